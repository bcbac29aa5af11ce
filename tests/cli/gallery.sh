#!/usr/bin/env bash
# The gallery shows every chart as the program draws it.
. "$(dirname "$0")/tap"
run "$here/scripts/dev/gallery" "$TYCHO" made text; says "the page is made" 0 ''
diff made/gallery.md "$here/docs/gallery.md" > difference; report $? "docs/gallery.md is up to date (make gallery)"
missing=0
for name in $(sed -n 's/^## //p' made/gallery.md); do
  size=$(stat -c %s "$here/docs/gallery/$name.svg" 2> .err || echo 0)
  [ "$size" -gt 1000 ] && [ "$size" -lt 60000 ] || { missing=1; echo "# $name.svg: $size bytes"; }
done
report $missing "every chart has a picture of less than 60 kB"
[ "$(ls "$here/docs/gallery" | wc -l)" -eq "$(grep -c '^## ' made/gallery.md)" ]; report $? "and there are no others"
finish
