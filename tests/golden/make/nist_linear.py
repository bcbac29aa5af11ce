# python3 tests/golden/make/nist_linear.py FOLDER > tests/golden/nist_lls.h
# FOLDER holds the .dat files of www.itl.nist.gov/div898/strd/lls/lls.shtml as NIST has them.
import re
import sys
import textwrap

SETS = ["Norris", "Pontius", "NoInt1", "NoInt2", "Filip", "Longley", "Wampler1", "Wampler2", "Wampler3", "Wampler4",
        "Wampler5"]


def floats(name, values):
    body = textwrap.fill(", ".join(values), 116, initial_indent="    ", subsequent_indent="    ")
    print("static const double %s[] = {\n%s};" % (name, body))


print("// NIST Statistical Reference Datasets (StRD), linear least squares, www.itl.nist.gov/div898/strd: data row by\n"
      "// row, y first; certified estimates and their standard deviations; residual standard deviation and R squared.\n"
      "// By tests/golden/make/nist_linear.py.\n#pragma once\n")
for name in SETS:
    lines = open("%s/%s.dat" % (sys.argv[1], name)).read().splitlines()
    text, key = "\n".join(lines), name.upper()
    first, last = map(int, re.search(r"Data\s+\(lines (\d+) to (\d+)\)", text).groups())
    rows = [t.split() for t in lines[first - 1:last]]
    params = re.findall(r"^\s+B\d+\s+(\S+)\s+(\S+)\s*$", text, re.M)
    sd = re.search(r"Residual\s+Standard Deviation\s+(\S+)", text).group(1)
    r2 = re.search(r"R-Squared\s+(\S+)", text).group(1)
    print("enum { %s_N = %d, %s_COLS = %d, %s_P = %d };" % (key, len(rows), key, len(rows[0]), key, len(params)))
    floats(key, [v for r in rows for v in r])
    floats(key + "_EST", [e for e, _ in params])
    floats(key + "_SE", [s for _, s in params])
    floats(key + "_FIT", [sd, r2])
    print()
