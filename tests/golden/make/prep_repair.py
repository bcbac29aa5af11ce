# /usr/bin/python3 -I tests/golden/make/prep_repair.py > tests/golden/repair.h
# From the root of the repository. What pandas makes of texts of bundled tables, and which columns scikit-learn leaves.
import pandas as pd
import sklearn
from sklearn.feature_selection import VarianceThreshold


def fnv(cells):
    h = 14695981039346656037
    for b in "".join(v + "\n" for v in cells).encode():
        h = ((h ^ b) * 1099511628211) % 2**64
    return h


def table(name):
    return pd.read_csv("datasets/%s.csv" % name, dtype=str, keep_default_na=False)


def trimmed(z):
    return z.str.strip().str.replace(r"\s+", " ", regex=True)


def quoted(v):
    return '"%s"' % v.replace("\\", "\\\\").replace('"', '\\"')


NAMES, REVIEWS = trimmed(table("titanic")["name"]), trimmed(table("food_reviews")["review"])
TIDIED = [
    ("titanic", "name", "trim=true", NAMES),
    ("titanic", "name", "case=lower", NAMES.str.lower()),
    ("titanic", "name", "case=upper", NAMES.str.upper()),
    ("titanic", "name", "pattern=^([^,]*), (\\w*)\\..*$;with=%2 %1",
     NAMES.str.replace(r"^([^,]*), (\w*)\..*$", r"\2 \1", regex=True)),
    ("food_reviews", "review", "trim=true", REVIEWS),
    ("food_reviews", "review", "pattern=<br />;with=|",
     REVIEWS.str.replace("<br />", "|", regex=False)),
    ("food_reviews", "review", "pattern=[0-9]+;with=#",
     REVIEWS.str.replace(r"[0-9]+", "#", regex=True)),
]
print("// Made by tests/golden/make/prep_repair.py with pandas %s, scikit-learn %s." % (pd.__version__, sklearn.__version__))
print("#pragma once\n#include <stdint.h>\n")
print("// A column of texts after prep.replace: its 64-bit FNV-1a, a line feed behind each cell, and its longest cell.")
print("static const struct {\n  const char *data, *column, *opts;\n  uint64_t hash;\n  int64_t longest;\n} TIDIED[] = {")
for data, column, opts, z in TIDIED:
    print("    {%s, %s, %s, %dULL, %d}," % (quoted(data), quoted(column), quoted(opts), fnv(z), z.map(lambda v: len(v.encode())).max()))
print("};\n")

# Commas between groups of three digits, which to_numeric does not read, are taken away first.
GROUPS = r"^(\d{1,3})((?:,\d{3})+)$"
print("// Texts read as numbers, or as days or seconds since 1970, where they can be: how many,\n// their sum, the first and the last.")
print("static const struct {\n  const char *data, *column;\n  int64_t n;\n  double sum, first, last;\n} RETYPED[] = {")
for data, column in [("reported_heights", "height"), ("titanic", "age"), ("airquality", "Ozone")]:
    v = table(data)[column].str.replace(GROUPS, lambda m: m.group().replace(",", ""), regex=True)
    z = pd.to_numeric(v, errors="coerce").dropna()
    print('    {"%s", "%s", %d, %.17g, %.17g, %.17g},' % (data, column, len(z), z.sum(), z.iloc[0], z.iloc[-1]))
for data, column in [("seattle_weather", "date"), ("flights_5k", "date"), ("reported_heights", "time_stamp")]:
    z = pd.to_datetime(table(data)[column], errors="coerce").dropna().astype("int64") // 10**9
    if (z % 86400 == 0).all():
        z = z // 86400
    print('    {"%s", "%s", %d, %d, %d, %d},' % (data, column, len(z), z.sum(), z.iloc[0], z.iloc[-1]))
print("};\n")

d = pd.read_csv("datasets/digits.csv").select_dtypes("number")
kept = VarianceThreshold().fit(d).get_support()
print("// Columns of digits.csv whose variance is zero.")
print("static const char CONSTANT[] = %s;" % quoted(",".join(d.columns[~kept])))
