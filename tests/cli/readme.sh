#!/usr/bin/env bash
# Every command line of the README runs, and its Lua sample fits the language.
. "$(dirname "$0")/tap"
mkdir build
ln -s "$TYCHO" build/tycho
ln -s "$here/scripts" scripts
cp -r "$here/datasets" datasets
while read -r line; do
  run bash -c "$line"; says "$line" 0 ''
done < <(sed -n 's/^    \$ \(.*\)/\1/p' "$here/README.md")
awk '/^    d = data "titanic"$/ { on = 1 } on && /^    / { print substr($0, 5); next } on { exit }' "$here/README.md" > sample.lua
grep -q 'e:confusion()' sample.lua; report $? "the sample was found"
tycho run sample.lua; says "the sample runs" 0 ''
[ -s roc.svg ]; report $? "its picture was saved"
finish
