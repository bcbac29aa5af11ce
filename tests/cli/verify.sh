#!/usr/bin/env bash
# tycho run --record and tycho verify.
. "$(dirname "$0")/tap"
printf 'x,g\n1,a\n2,b\n4,a\n' > t.csv
cat > r.lua <<'LUA'
-- %% [markdown]
-- # Title
-- %%
d = data "t.csv"
d:describe()
-- %%
s = d.x:sum()
print("sum", s)
-- %%
d:count{"g"}
LUA

tycho verify r.lua; says "without results it says how to make them" 2 'tycho run --record r.lua'
tycho run --record r.lua; says "recording prints the values too" 0 'sum'
tycho verify r.lua; says "nothing changed" 0 '3 of 3 cells are the same'
cp r.lua.results first
tycho run --record r.lua; cmp -s first r.lua.results; report $? "a second record is the same file"
tycho --threads 4 verify r.lua; says "four threads are the same" 0 '3 of 3 cells'

printf 'x,g\n1,a\n2,b\n5,a\n' > t.csv
tycho verify r.lua; says "changed data differ" 1 'DIFF  cell 1'
says "the changed file is named" 1 'its input changed: file t.csv'
says "the first differing value is shown" 1 'was "sum	7", is "sum	8"'
says "the cell that did not change is the same" 1 'SAME  cell 3'
printf 'x,g\n1,a\n2,b\n4,a\n' > t.csv
sed 's/print("sum"/print("Sum"/' r.lua > r2.lua; cp first r2.lua.results
tycho verify r2.lua; says "changed code is said" 1 'cell 2: the code is not what was recorded'
sed 's/^build .*/build tycho 0.0.0, glibc 1.0/; s/^| x,3,0,3,2.3333333333333335/| x,3,0,3,2.33333333333333/' first > r.lua.results
tycho verify r.lua; says "another build compares nine digits" 0 'recorded with tycho 0.0.0, glibc 1.0'
head -c 200 first > r.lua.results
tycho verify r.lua; says "a cut record differs" 1 'not in the record'
printf 'garbage\n' > r.lua.results
tycho verify r.lua; says "garbage is no record" 2 'r.lua.results: line 1'

printf -- '-- %%%%\na = 1\n-- %%%%\nb = a +\n' > broken.lua
tycho run broken.lua; says "an error names file, line and cell" 1 'broken.lua:4, cell 2'
printf -- '-- %%%%\nlocal d = 1\n-- %%%%\nd + 1\n' > local.lua
tycho run local.lua; says "a local of another cell is explained" 1 'd was local to cell 1; write d = ...'
printf 'return args.k .. "!"\n' > args.lua
tycho run args.lua k=v; gives "k=v words are args.k" 'v!'
tycho run nofile.lua; says "a missing recipe is status 2" 2 'nofile.lua'
tycho run; says "run wants a recipe" 2 'a recipe must follow run'
run sh -c "echo '6 * 7' | '$TYCHO' run -"; gives "a recipe from standard input" 42
printf 'math.random()\n-- %%%%\nmath.random()\n' > rand.lua
tycho run --record rand.lua; first=$out
tycho run rand.lua; [ "$out" = "$first" ]; report $? "random numbers repeat"
tycho run --seed 2 rand.lua; [ "$out" != "$first" ]; report $? "another seed gives others"
finish
