#!/usr/bin/env bash
# What a recipe may read and write.
. "$(dirname "$0")/tap"
mkdir -p inside/sub outside out
printf 'a\n1\n' | tee inside/t.csv inside/sub/u.csv > outside/o.csv
ln -s ../outside inside/link
recipe() { printf '%s\n' "$1" > inside/r.lua; shift; tycho run "$@" inside/r.lua; }

recipe 'data("t.csv").nrow'; gives "relative paths start at the recipe's folder" 1
recipe 'data("sub/u.csv").nrow'; gives "folders below it too" 1
recipe 'data("iris").nrow'; gives "bundled tables go by name" 150
recipe 'data("irsi")'; says "a bundled name is corrected" 1 "did you mean 'iris'?"
tycho -e 'data "inside"'; says "a bare name that is a file's or a folder's is told how to be one" 1 "write './inside'"
recipe 'data("../outside/o.csv")'; says "outside is refused" 1 "outside the recipe's folder: start with --allow"
recipe 'data("link/o.csv")'; says "a link does not lead out" 1 "outside the recipe's folder"
recipe 'data("/etc/passwd")'; says "absolute paths are refused" 1 "outside the recipe's folder"
recipe 'data("../outside/o.csv").nrow' --allow outside; gives "--allow permits a folder" 1
recipe 'data("../outside/o.csv").nrow' --trust; gives "--trust permits all" 1
recipe 'data("t.csv"):save "w.csv"'; gives "writing below the folder" ''
[ -f inside/w.csv ]; report $? "the file is there"
recipe 'data("t.csv"):save "../outside/w.csv"'; says "writing outside is refused" 1 'write below it, or start with --out DIR'
[ ! -e outside/w.csv ]; report $? "nothing was written outside"
recipe 'data("t.csv"):save "w2.csv"' --out out; gives "--out takes the files" ''
[ -f out/w2.csv ] && [ ! -e inside/w2.csv ]; report $? "they are in --out"
recipe 'data("t.csv"):save "w.xyz"'; says "an unknown suffix names the known ones" 1 '.csv'
printf 'old\n' > inside/keep.csv
chmod 444 inside/keep.csv
recipe 'data("t.csv"):save "nofolder/w.csv"'; says "a missing folder is said" 1 'nofolder'
printf 'a\n7\n' > inside/full.csv
cp inside/full.csv before
run bash -c "ulimit -f 4; exec '$TYCHO' -e 'data(\"course_ratings\"):save \"inside/full.csv\"'"
says "a disk that takes no more is said" 1 'the file is as it was'
cmp -s before inside/full.csv; report $? "the old file survives"
[ "$(ls inside | grep -c full)" = 1 ]; report $? "nothing half-written is left"
tycho -e 'data("outside/o.csv").nrow'; gives "typed code reads what the user can" 1
tycho -e 'data("inside/t.csv"):save "/tycho-must-not-write.csv"'; says "typed code writes below its folder" 1 'outside'
finish
