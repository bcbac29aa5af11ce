#!/usr/bin/env bash
# The blocks of the tutorial, in order, as the cells of one recipe.
. "$(dirname "$0")/tap"
awk '/^```lua$/ { on = 1; print "-- %%"; next } /^```$/ { on = 0 } on' "$here/docs/tutorial.md" > tutorial.lua
blocks=$(grep -c '^-- %%$' tutorial.lua)
[ "$blocks" -gt 15 ]; report $? "the tutorial has blocks"
tycho run --record tutorial.lua; says "every block runs" 0 'more than 19 of 20'
says "the slip is answered" 0 "did you mean 'species'?"
[ "$(grep -c '^cell .* ok' tutorial.lua.results)" = "$blocks" ]; report $? "each gave a result"
grep -q '<svg' penguins.svg; report $? "the picture is an svg"
tycho verify tutorial.lua; says "and verifies" 0 "$blocks of $blocks cells are the same"
finish
