#!/usr/bin/env bash
# Files of every kind from outside: by name, by pattern, through pipes whole and cut; what may be touched.
. "$(dirname "$0")/tap"
printf 'a,b\n1,x\n2,y\n' > t.csv
mkdir in && for k in 1 2 3; do printf 'a\n%d\n' "$k" > "in/p$k.csv"; done
mkdir recipe && printf 'a\n7\n' > recipe/own.csv

tycho -e 'd:save "t.json"; d:save "t.jsonl"; d:save "t.db"; d:save "t.arff"; d:save "t.csv.gz"; d:save "t.csv.zst"' t.csv
says "every kind is written" 0 ''
for f in t.json t.jsonl t.db t.arff t.csv.gz t.csv.zst; do
  tycho --format csv -e d "$f"; gives "$f gives the table again" $'a,b\n1,x\n2,y'
  run sh -c "cat '$f' | '$TYCHO' --format csv -e d -"; gives "$f through a pipe too" $'a,b\n1,x\n2,y'
done
tycho --format csv -e 'data{"t.db", table = "select b, 2 * a as c from t where a > 1"}'; gives "a query" $'b,c\ny,4'

tycho --format csv -e 'data{"in/p*.csv", source = "file"}'
gives "a pattern" $'file,a\nin/p1.csv,1\nin/p2.csv,2\nin/p3.csv,3'
tycho --format csv -e 'data{"in/p3.csv", "in/p1.csv"}'; gives "a list" $'a\n3\n1'
tycho -e 'data "in/q*.csv"'; says "a pattern that nothing matches" 1 "no file matches 'in/q*.csv'"
tycho -e 'data "in"'; says "a bare name is a bundled one" 1 'no bundled table'
tycho -e 'data "./in"'; says "a folder says how all of it is read" 1 "or all of a kind: './in/*.csv'"
printf 'return data "*.csv"\n' > recipe/r.lua
tycho --format csv run recipe/r.lua; says "a recipe's pattern begins at its folder" 0 '7'
printf 'return data "../in/*.csv"\n' > recipe/r.lua
tycho run recipe/r.lua; says "and does not lead out of it" 1 "is outside the recipe's folder"

run sh -c "head -c 25 t.csv.gz | '$TYCHO' -e d -"; says "gzip that a pipe cut says so" 1 "'-' is damaged or cut short: it ends too early at byte 25"
run sh -c "printf '{\"a\":1}\n{\"a\":2}\n{\"a\":' | '$TYCHO' -e 'd:quarantine()' -"
says "a line that a pipe cut is kept" 0 'the file ends within this line'
run sh -c "printf '[{\"a\":1},{\"a\"' | '$TYCHO' -e d -"; says "an array that a pipe cut says where" 1 "'-', line 1, column 14: "
run sh -c "(printf 'a\n1\n'; exit 3) | '$TYCHO' -e 'd.nrow' -"; gives "a writer that dies is the end of the data" 1
tycho -e 'data{"t.json", header = false}'; says "an option of another format is refused" 1 'has no use for header'
tycho -e 'data{"t.csv", dates = "ydm"}'; says "an option's words are checked" 1 'dates must be dmy|mdy|ymd, "ydm" was given'
tycho -e 'data{"t.csv", quote = "ab"}'; says "an option's character is one" 1 'quote must be one character'

set -m # a script's background jobs ignore the interrupt unless job control is on
mkfifo slow
bash -c 'trap - INT; exec "$@"' _ "$TYCHO" -e 'data "./slow"' > .out 2> .err &
pid=$!
exec 9> slow # goes on once the reader has opened it; nothing is ever written
kill -INT "$pid"
wait "$pid"
status=$? out= err=$(cat .err)
says "waiting for a pipe stops when asked" 1 stopped
finish
