#!/usr/bin/env bash
# A run that is killed at any moment leaves the results of one run, whole: the earlier ones or its own. The moments
# differ from time to time; TYCHO_KILLS says how many there are.
. "$(dirname "$0")/tap"
cat > r.lua <<'LUA'
d = data "iris"
d:derive("k = sepal_length_cm * " .. args.k)
LUA

for k in 1 2; do
  begin=$EPOCHREALTIME
  tycho run --record r.lua k=$k
  took=$((${EPOCHREALTIME/./} - ${begin/./}))
  cp r.lua.results whole$k
done
cmp -s whole1 whole2; [ $? -eq 1 ]; report $? "the two runs differ"

torn=0 own=0 kills=${TYCHO_KILLS:-5}
for ((i = 0; i < kills; i++)); do
  cp whole1 r.lua.results
  "$TYCHO" run --record r.lua k=2 > /dev/null 2>&1 &
  sleep "$(printf '0.%06d' $(((RANDOM * 32768 + RANDOM) % (took * 3 / 4))))"
  kill -9 $! 2> /dev/null
  wait $! 2> /dev/null
  if cmp -s r.lua.results whole2; then own=$((own + 1))
  elif ! cmp -s r.lua.results whole1; then torn=$((torn + 1)); fi
done
[ $torn -eq 0 ]; report $? "no results are torn"
echo "# $own of $kills runs had ended"
finish
