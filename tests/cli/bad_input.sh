#!/usr/bin/env bash
# What goes wrong at a user's desk, each with the message that says what, where and what to do.
. "$(dirname "$0")/tap"

# ---- files -----------------------------------------------------------------------------------------------------------
printf 'age,sex\n' > header.csv
printf 'a,b\n1,2\n3\n4,5,6\n7,8\n' > ragged.csv
printf 'a,b\n1,x\0y\n2,z\n' > nul.csv
printf '\357\273\277a,b\r\n1,2\r\n' > bom.csv
printf 'n,s\n1,caf\351\n2,x\n' > latin.csv
printf 'x,x,x\n1,2,3\n' > twice.csv
head -c 4096 /bin/sh > binary.csv
: > empty.csv
cp "$here/datasets/titanic.csv" titanic2.csv

tycho titanc2.csv; says "a file that is not there: the nearest name" 1 'titanic2.csv'
tycho "$work"; says "a folder: what it holds" 1 'folder'
tycho binary.csv; says "a binary file" 1 'binary'
tycho empty.csv; says "an empty file" 1 'empty'
tycho -e 'd.nrow, d:names()[2]' header.csv; gives "only a header: no rows, its columns" $'0\nsex'
tycho -e 'd.nrow' ragged.csv; gives "ragged rows do not stop the reading" 2
tycho --format csv -e 'd:quarantine():select{"line"}' ragged.csv; gives "they are kept with their lines" $'line\n3\n4'
tycho -e '#d:row(1).b' nul.csv; gives "NUL bytes are kept" 3
tycho -e 'd:names()[1], d.a:sum()' bom.csv; gives "a byte order mark and CR LF are no data" $'a\n1'
tycho -e 'd:row(1).s' latin.csv; gives "bytes that are not UTF-8 are read as Windows-1252" café
tycho -e 'table.concat(d:names(), " ")' twice.csv; gives "columns of one name are told apart" 'x x_2 x_3'
awk 'BEGIN { for (i = 1; i <= 10000; i++) printf "%sc%d", (i > 1 ? "," : ""), i; print ""
  for (i = 1; i <= 10000; i++) printf "%s%d", (i > 1 ? "," : ""), i; print "" }' > wide.csv
tycho -e 'd.ncol, d.c10000:sum()' wide.csv; gives "ten thousand columns" $'10,000\n10,000'
{ printf 'a,b\n1,"'; head -c 50000000 /dev/zero | tr '\0' x; printf '"\n2,y\n'; } > field.csv
tycho -e 'd.nrow, #d:row(1).b' field.csv; gives "a field of 50 MB" $'2\n50,000,000'
rm field.csv

# ---- learning --------------------------------------------------------------------------------------------------------
printf 'y,x,t,e\n1,1,word one,\n1,2,word two,\n1,3,word three,\n1,4,word four,\n' > one.csv
{ echo 'y,x,t'; for i in $(seq 60); do echo "$((i % 2)),$i,some text number $i"; done; } > text.csv
tycho -e 'ml.logistic{}:fit(d:select{"y","x"}, "y")' one.csv; says "a target with one class" 1 'class'
tycho -e 'ml.linear{}:fit(data"titanic", "name")'; says "a text target for a regression" 1 "'name'"
tycho -e 'ml.logistic{}:fit(d, "y")' text.csv; says "raw text fed to a model" 1 "'t'"
tycho -e 'ml.logistic{}:fit(data "titanic", "survived")'; says "raw columns: the line to write instead" 1 'pipe{'
tycho -e 'pipe{prep.impute{}, ml.linear{}}:fit(d:select{"y","x","e"}, "x")' one.csv
says "a column that is all missing" 1 "'e'"

# ---- Lua -------------------------------------------------------------------------------------------------------------
tycho -e 'prep.impute{wiht="median"}'; says "an unknown option: the nearest" 1 "did you mean 'with'?"
tycho -e 'data("titanic"):count{"sexx"}'; says "a misspelt column: the nearest" 1 "did you mean 'sex'?"
says "... and carets under it" 1 '   ^^^^'
tycho -e 'd = data "titanic"; d.age > 30'; says "a comparison outside a string: its string form" 1 'where'
cat > locals.lua << 'LUA'
-- %%
local d = data "titanic"
-- %%
d:head(1)
LUA
tycho run locals.lua; says "a local of another cell" 1 'd was local to cell 1'
printf 'x = 1\n\n-- %%%%\nx = = 2\n' > syntax.lua
tycho run syntax.lua; says "a syntax error: its cell" 1 'cell 2'
says "... its line, and a caret under the token" 1 '    ^'
printf -- '-- %%%%\nlocal t = nil\nprint(t.x)\n' > runtime.lua
tycho run runtime.lua; says "a run-time error: its line and cell" 1 'runtime.lua:3, cell 1'
cp "$here/scripts/recipes/tour.lua" cut.lua
truncate -s 900 cut.lua
tycho run cut.lua; [ "$status" -le 1 ] && [ -n "$out$err" ]; report $? "a recipe that is cut off runs or says why not"
printf -- '-- %%%%\nx = "never end' > open.lua
tycho run open.lua; says "a text that never ends" 1 'unfinished string'

# ---- saving ----------------------------------------------------------------------------------------------------------
echo old > kept.csv
run bash -c "ulimit -f 8; '$TYCHO' -e 'data(\"titanic\"):save \"kept.csv\"'"; says "a full disk" 1 'kept.csv'
[ "$(cat kept.csv)" = old ]; report $? "the old file survives it"
[ "$(find . -maxdepth 1 -name '*kept*' | wc -l)" -eq 1 ]; report $? "and nothing else is left behind"
mkdir locked && chmod 555 locked
if [ "$(id -u)" -ne 0 ]; then
  tycho -e 'data("iris"):save "locked/x.csv"'; says "a folder that cannot be written" 1 'locked'
else
  tycho -e 'data("iris"):save "/proc/x.csv"'; says "a folder that cannot be written" 1 '/proc'
fi

# ---- terminals -------------------------------------------------------------------------------------------------------
run env -u LANG -u LC_ALL "$TYCHO" -e 'data("iris"):head(1)'; says "no locale" 0 'setosa'
run env -u TERM "$TYCHO" titanic2.csv; says "no TERM in a pipe" 0 'kurtosis'
finish
