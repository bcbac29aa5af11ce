#!/usr/bin/env bash
# The reference pages are what the program says of itself.
. "$(dirname "$0")/tap"
run "$here/scripts/dev/reference" "$TYCHO" made; says "the pages are made" 0 ''
diff -r made "$here/docs/reference" > difference; report $? "docs/reference is up to date (make docs)"
[ "$(grep -c '^## ' made/frame.md)" -gt 30 ]; report $? "every verb of a frame is there"
grep -q '^## ml.logistic' made/learning.md && grep -q '^## d:hist' made/charts.md; report $? "models and charts too"
! grep -rq 'no help on' made; report $? "every topic has a page"
finish
