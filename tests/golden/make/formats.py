# Files of other programs and what those programs read from them: tests/golden/formats.h.
#   /usr/bin/python3 tests/golden/make/formats.py > tests/golden/formats.h
# Python 3.11.2 (gzip, bz2, lzma, zipfile, tarfile, json, sqlite3 with SQLite 3.40.1), SciPy 1.10.1, scikit-learn 1.2.1,
# zstd 1.5.4
import bz2, gzip, io, json, lzma, os, sqlite3, subprocess, tarfile, tempfile, zipfile
import numpy as np
from scipy.io import arff
from sklearn.datasets import load_svmlight_file

CSV = b"a,b\n" + b"".join(b"%d,%s\n" % (i, b"xyz"[i % 3 : i % 3 + 1]) for i in range(50))


def blob(name, data):
    print(f"static const unsigned char {name}[{len(data)}] = {{")
    for i in range(0, len(data), 24):
        print("    " + ",".join(str(b) for b in data[i : i + 24]) + ",")
    print("};")


def text(name, value):
    print(f"static const char {name}[] =")
    for line in value.splitlines(keepends=True):
        print("    " + json.dumps(line))
    print("    \"\";")


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            z.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as t:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def database(fill):
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "x.db")
        c = sqlite3.connect(path)
        fill(c)
        c.commit()
        c.close()
        return gzip.compress(open(path, "rb").read(), 9, mtime=0)


def one_table(c):
    c.execute("CREATE TABLE t (i INTEGER, r REAL, s TEXT, d DATE, w DATETIME, b BOOLEAN, m, blob BLOB, n NUMERIC)")
    rows = [
        (1, 1.5, "a", "2020-01-31", "2020-01-31 10:20:30", 1, 5, b"\x00\x01", 7),
        (-9223372036854775808, 0.1, "h\u00e9 \U0001F600", "1969-12-31", "2021-02-03T04:05:06", 0, "five", None, 0.5),
        (None, None, None, None, None, None, None, None, None),
        (9223372036854775807, 1e300, "", "2024-02-29", "1970-01-01 00:00:00", 1, 2.5, None, 8),
    ]
    c.executemany("INSERT INTO t VALUES (?,?,?,?,?,?,?,?,?)", rows)


def two_tables(c):
    c.execute("CREATE TABLE orders (id INTEGER, total REAL)")
    c.executemany("INSERT INTO orders VALUES (?, ?)", [(k, k / 4) for k in range(1200)])
    c.execute('CREATE TABLE "odd ""name" (x)')
    c.execute("CREATE VIEW big AS SELECT id FROM orders WHERE total > 100")


def logged(c):
    c.execute("PRAGMA journal_mode=WAL")
    c.execute("CREATE TABLE t (x INTEGER)")
    c.execute("INSERT INTO t VALUES (42)")


print("// Made by tests/golden/make/formats.py: Python 3.11.2, SQLite 3.40.1, SciPy 1.10.1, scikit-learn 1.2.1, zstd 1.5.4.")
print("#pragma once\n")
print("// 50 rows: a = 0 ... 49, b = x y z x y z ...")
blob("CSV_PLAIN", CSV)
blob("CSV_GZ", gzip.compress(CSV, 9, mtime=0))
half = CSV.index(b"25,")
blob("CSV_GZ_TWO_MEMBERS", gzip.compress(CSV[:half], 9, mtime=0) + gzip.compress(CSV[half:], 9, mtime=0))
blob("CSV_BZ2", bz2.compress(CSV))
blob("CSV_XZ", lzma.compress(CSV))
blob("CSV_ZST", subprocess.run(["zstd", "-q", "-c", "--check"], input=CSV, capture_output=True, check=True).stdout)
blob("ZIP_ONE", zipped([("data/t.csv", CSV)]))
blob("ZIP_TWO", zipped([("a.csv", CSV), ("b/c.csv", b"q\n7\n")]))
blob("ZIP_NONE", zipped([]))
blob("ZIP_WORKBOOK", zipped([("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]))
blob("TAR_GZ", gzip.compress(tarred([("t.csv", CSV)]), 9, mtime=0))
print()
blob("DB_ONE_GZ", database(one_table))
blob("DB_TWO_GZ", database(two_tables))
blob("DB_WAL_GZ", database(logged))

print("\n// Texts of numbers and the doubles that Python's json reads from them.")
numbers = ["0", "-0.0", "0.1", "1e22", "1e23", "123456789012345678", "9007199254740993.0", "2.2250738585072011e-308",
           "4.9e-324", "1.7976931348623157e308", "0.30000000000000004", "-1.5E-7", "1E+2", "8.41e21", "5e-324",
           "2.2250738585072014e-308", "179769313486231580793e289", "9.5367431640625e-07", "3.141592653589793238462643"]
print("static const struct {\n  const char *text;\n  double value;\n} JSON_NUMBERS[] = {")
for n in numbers:
    print(f'    {{"{n}", {float(json.loads(n)).hex().replace("inf", "INFINITY")}}},')
print("};")
strings = [r'"\u0041\u00e9\ud83d\ude00"', r'"\"\\\/\b\f\n\r\t"', '"plain \u00fc\u4e2d"', r'""', r'"a\u0000b"']
print("static const struct {\n  const char *text, *value;\n  size_t n;\n} JSON_STRINGS[] = {")
for s in strings:
    v = json.loads(s).encode()
    print("    {" + json.dumps(s) + ', "' + "".join(f"\\x{b:02x}" for b in v) + f'", {len(v)}}},')
print("};")

ARFF = """% a comment
@RELATION 'weather data'

@attribute outlook {sunny, overcast, rainy}
@attribute 'temp C' real
@ATTRIBUTE humidity NUMERIC
@attribute day date yyyy-MM-dd
@attribute at date "yyyy-MM-dd HH:mm:ss"
@attribute windy {TRUE,FALSE}

@data
sunny,29.5,85,2024-01-31,"2024-01-31 12:34:56",FALSE
% another
overcast,-1e3,?,1969-12-31,'1969-12-31 23:59:59',TRUE
rainy,?,70,2024-02-29,"2000-01-01 00:00:00",?
"""
text("ARFF_TEXT", ARFF)
data, meta = arff.loadarff(io.StringIO(ARFF))
print("static const char *const ARFF_OUTLOOK[] = {" + ", ".join(f'"{v.decode()}"' for v in data["outlook"]) + "};")
print("static const double ARFF_TEMP[] = {" + ", ".join("NAN" if np.isnan(v) else repr(float(v)) for v in data["temp C"]) + "};")
print("static const double ARFF_HUMIDITY[] = {" + ", ".join("NAN" if np.isnan(v) else repr(float(v)) for v in data["humidity"]) + "};")
print("static const int64_t ARFF_DAY[] = {" + ", ".join(str(v.astype("datetime64[D]").astype(int)) for v in data["day"]) + "}; // days")
print("static const int64_t ARFF_AT[] = {" + ", ".join(str(v.astype("datetime64[s]").astype(int)) for v in data["at"]) + "}; // seconds")

SVM = """# header comment
1 1:0.43 3:0.12 9284:0.2 # abcdef
-1 2:-1.5e-3 3:7
0 qid:4 1:1
+1
"""
SVM = SVM.replace("9284", "7").replace("0 qid:4 1:1", "0 1:1")
text("SVM_TEXT", SVM)
X, y = load_svmlight_file(io.BytesIO(SVM.encode()))
X = X.toarray()
print(f"enum {{ SVM_ROWS = {X.shape[0]}, SVM_COLS = {X.shape[1]} }};")
print("static const double SVM_X[SVM_ROWS][SVM_COLS] = {")
for r in X:
    print("    {" + ", ".join(repr(float(v)) for v in r) + "},")
print("};\nstatic const double SVM_Y[SVM_ROWS] = {" + ", ".join(repr(float(v)) for v in y) + "};")
QID = "2 qid:1 1:1 2:1\n1 qid:1 1:0 2:1\n3 qid:2 1:0.5\n"
text("SVM_QID_TEXT", QID)
_, _, q = load_svmlight_file(io.BytesIO(QID.encode()), query_id=True)
print("static const int64_t SVM_QID[] = {" + ", ".join(str(v) for v in q) + "};")
