#!/usr/bin/env bash
# Every recipe gives the same record at 1 and 4 threads, and under other locales and zones.
. "$(dirname "$0")/tap"
# The sanitizers' build has no vector code and clang's is another compiler's: they must agree with the plain one.
plain=$here/build/tycho
commas=
if localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" > made 2>&1; then commas=de_DE.UTF-8; fi
cp "$here"/scripts/recipes/*.json .
for recipe in "$here"/scripts/recipes/*.lua; do
  name=$(basename "$recipe" .lua)
  cp "$recipe" "$name.lua"
  tycho --threads 1 run --record "$name.lua"; says "$name replays" 0 ''
  mv "$name.lua.results" one
  tycho --threads 4 run --record "$name.lua"
  cmp -s one "$name.lua.results"; report $? "$name: 4 threads give the record of 1"
  run env LC_ALL=C TZ=Asia/Tokyo "$TYCHO" run --record "$name.lua"
  cmp -s one "$name.lua.results"; report $? "$name: another locale and zone give the same record"
  if [ -n "$commas" ]; then
    run env ASAN_OPTIONS=detect_leaks=0 LOCPATH="$work" LC_ALL="$commas" "$TYCHO" run --record "$name.lua"
    cmp -s one "$name.lua.results"; report $? "$name: a locale with decimal commas gives the same record"
  else
    echo "# no locale with decimal commas can be made here (package locales)"
  fi
  if [ ! "$plain" -ef "$TYCHO" ]; then
    run "$plain" run --record "$name.lua"
    cmp -s one "$name.lua.results"; report $? "$name: the plain build gives the same record"
  fi
  cp one "$name.lua.results"
  tycho verify "$name.lua"; says "$name verifies" 0 'cells are the same'
done
finish
