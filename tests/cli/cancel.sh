#!/usr/bin/env bash
# Ctrl-C stops a running cell, whatever it does; the cells before it keep what they recorded.
. "$(dirname "$0")/tap"

# The first cell says that the program runs; the signal goes out once its line has come.
stopped() { # NAME CODE
  printf 'print "begun"\n-- %%%%\n%s\n' "$2" > r.lua
  mkfifo pipe
  bash -c 'trap - INT; exec "$@"' _ "$TYCHO" run --record r.lua > pipe 2> .err &
  local pid=$! line
  { read -r line; kill -INT "$pid"; cat > /dev/null; } < pipe
  wait "$pid"
  status=$? out=$line err=$(cat .err)
  rm pipe
  says "$1" 1 stopped
}

set -m # a script's background jobs ignore the interrupt unless job control is on
stopped "an endless loop" 'while true do end'
stopped "a loop that catches errors" 'while true do pcall(function() while true do end end) end'
stopped "a wrapped coroutine" 'coroutine.wrap(function() while true do end end)()'
stopped "a coroutine that catches errors" \
  'local c = coroutine.wrap(function() while true do pcall(function() while true do end end) end end) while true do c() end'
stopped "a derive that calls Lua for each row" \
  'local d = data "sensor_anomaly" while true do d:derive{x = function(r) return r.reading end} end'
stopped "sorting again and again" 'local d = data "sensor_anomaly" while true do d:sort{"-humidity", "temperature"} end'
grep -q '^cell 1 ok' r.lua.results && grep -q '^cell 2 failed' r.lua.results; report $? "the record keeps the cells before"
finish
