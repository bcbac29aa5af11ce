#!/usr/bin/env bash
# Plots from outside: how they print in every format, and the files they are saved to.
. "$(dirname "$0")/tap"
printf 'g,x\na,1\nb,2\nb,2\nb,4\n' > t.csv

tycho -e 'd:bar "g"' t.csv; says "a plot is drawn and read" 0 'reading: b is most frequent: 3 of 4 (75%); a has 1'
says "bars are labelled with their values" 0 '█ 3'
tycho --plain -e 'd:bar "g"' t.csv; says "plain plots are ASCII" 0 'reading: b is most'
[ -z "$(printf '%s' "$out" | tr -d '\000-\177')" ]; report $? "no byte above 127 in a plain plot"
tycho --format csv -e 'd:bar "g"' t.csv; gives "as csv a plot is its table" $'x,y\nb,3\na,1'
tycho --format json -e 'd:bar "g"' t.csv; gives "as json too" $'[\n{"x": "b", "y": 3},\n{"x": "a", "y": 1}\n]'
tycho -e 'd:hist("x"):save "x.txt"' t.csv; gives "saving prints nothing" ''
run head -n 1 x.txt; says "the text is the picture" 0 'count'
tycho -e 'd:hist "y"' t.csv; says "a wrong name is answered" 1 "hist: no column 'y'"
tycho -e 'd:corr()' t.csv; says "correlations say their n" 0 'Pearson correlation, n = 4'
finish
