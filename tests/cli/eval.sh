#!/usr/bin/env bash
# tycho -e: values, formats, files, exit status.
. "$(dirname "$0")/tap"
printf 'a,b\n1,x\n2,\n' > t.csv

tycho -e '1 + 1'; gives "a number is printed" 2
tycho -e 'return "a", true'; gives "several values, one a line" $'a\ntrue'
tycho -e '{1, x = "y"}'; gives "a table as Lua writes it" '{1, x = "y"}'
tycho --format json -e '{1, x = "y"}'; gives "a table as json" '{"1": 1, "x": "y"}'
tycho -e 'x = 1;'; gives "a silent cell prints nothing" ''
tycho --format csv -e d t.csv; gives "a frame as csv keeps missing and digits" $'a,b\n1,x\n2,'
tycho --format json -e d t.csv; gives "a frame as json" $'[\n{"a": 1, "b": "x"},\n{"a": 2, "b": null}\n]'
tycho --format md -e d t.csv; says "a frame as markdown" 0 '| ---: |'
tycho --plain -e d t.csv; says "a frame as text" 0 'a#'
tycho -e 'd2.nrow + d.nrow' t.csv t.csv; gives "files are d, d2" 4
run sh -c "printf 'a\n5\n6\n' | '$TYCHO' -e 'd.a:sum()' -"; gives "standard input is a file" 11
printf 'year,n\n2012,2012\n' > years.csv
tycho -e d years.csv; says "years are no counts" 0 '2012  2,012'
tycho -e 'd:describe()' t.csv; says "describe" 0 'median'
tycho t.csv; says "a file alone is shown and described" 0 'kurtosis'

tycho -e 'error("boo")'; says "a failing cell is status 1" 1 'boo'
tycho -e 'x = = 1'; says "a syntax error points at the token" 1 '    ^'
tycho -e 'x = "= =" = 1'; says "the token is looked for outside strings" 1 '            ^'
tycho rnu t.csv; says "a command with a slip is corrected" 2 "did you mean 'tycho run'?"
printf 'a,b\n1,2\n3\n' > ragged.csv
tycho ragged.csv; says "a quarantined line is said" 0 '1 line could not be read and is kept in d:quarantine()'
tycho -e; says "-e wants code" 2 'a value must follow -e'
tycho --fromat csv -e 1; says "unknown options are status 2" 2 'no option --fromat'
tycho --format cvs -e 1; says "unknown formats name the known ones" 2 'there are text, csv, json, md'
tycho --threads x -e 1; says "a bad number is said" 2 'the value cannot be used: --threads'
tycho -e d nofile.csv; says "a missing file is said" 1 'nofile.csv'
tycho -e 1 "$work"; says "a folder is no table" 1 'folder'
tycho doctor; says "doctor names what it found" 0 'gnuplot'
tycho doctro; says "doctor with a slip" 2 "did you mean 'tycho doctor'?"
libraries=$(ldd "$TYCHO" | awk '$1 ~ /^lib/ { sub(/\.so.*/, "", $1); print $1 }' |
  grep -vE '^lib(asan|ubsan|tsan|gcc_s|dl|pthread|rt|stdc\+\+)$' | sort | tr '\n' ' ')
[ "$libraries" = "libc libcsv liblua5.4 libm libmd4c libncursesw libreadline libtinfo " ]; report $? "it starts with these libraries alone: $libraries"
tycho --version; says "version" 0 'tycho 0.'
tycho --help; says "help" 0 'tycho verify'
run sh -c "'$TYCHO' -e 'for i = 1, 1e6 do print(i) end' | head -n 2"; gives "a closed pipe ends quietly" $'1\n2'
run sh -c "'$TYCHO' -e '1 + 1' > /dev/full"; says "a full disk behind stdout is an error" 1 'standard output'
tycho --memory 40M -e 'local t = {} for i = 1, 1e9 do t[i] = i end'; says "the memory limit holds" 1 'not enough memory'
run env LC_ALL=C "$TYCHO" -e 'd' t.csv; says "without UTF-8 only ASCII is printed" 0 'b~'
[ -z "$(printf '%s' "$out" | tr -d '\000-\177')" ]; report $? "no byte above 127 without a UTF-8 locale"
if localedef -i de_DE -f UTF-8 "$work/de_DE.UTF-8" > made 2>&1; then # (libc itself leaks its split LOCPATH)
  run env ASAN_OPTIONS=detect_leaks=0 LOCPATH="$work" LC_ALL=de_DE.UTF-8 "$TYCHO" -e 'return ("a" < "B"), ("%.1f"):format(1.5), tonumber("1.5"), os.date("%B", 0), "ä" > "z"'
  gives "Lua compares, prints and names the same under a German locale" $'false\n1.5\n1.5\nJanuary\ntrue'
  run env ASAN_OPTIONS=detect_leaks=0 LOCPATH="$work" LC_ALL=de_DE.UTF-8 "$TYCHO" -e 'frame{x = {1.5}}'; says "glyphs follow the locale's character set" 0 '1.5'
else
  echo "# no other locale can be made here (package locales)"
fi
finish
