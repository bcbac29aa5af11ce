"""Expected values of tests/unit/stats/bootstrap.c: python3 stats_bootstrap.py. numpy and scipy; the random numbers are
Philox4x32-10 (Salmon et al. 2011) written out again, keyed as src/base/rng.h says."""
import csv
import numpy as np
from scipy.stats import norm

MASK = 0xFFFFFFFF


def philox(key, c):
    k0, k1 = key
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k0, b & MASK, (a >> 32) ^ c[3] ^ k1, a & MASK]
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c


def rng_key(seed, stage):
    h = 0xCBF29CE484222325
    for s in stage.encode():
        h = (h ^ s) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    b = philox((seed & MASK, seed >> 32), [h & MASK, h >> 32, 0, 0])
    return b[0], b[1]


def below(key, row, draw, n):
    b = philox(key, [row & MASK, row >> 32, draw & MASK, draw >> 32])
    return (b[1] << 32 | b[0]) * n >> 64


def interval(rows, first, stat, method, n=200, seed=7, conf=0.95):
    """rows: of one group; first: how many rows the groups before it have."""
    rows, key = np.asarray(rows), rng_key(seed, "stats.bootstrap")
    m, theta = len(rows), stat(rows)
    rep = np.array([stat(rows[[below(key, r, first + i, m) for i in range(m)]]) for r in range(n)])
    level = np.array([(1 - conf) / 2, (1 + conf) / 2])
    if method == "bca":
        jack = np.array([stat(np.delete(rows, i, axis=0)) for i in range(m)])
        d = jack.mean() - jack
        a = (d**3).sum() / (6 * (d**2).sum() ** 1.5)
        z0 = norm.ppf(((rep < theta).sum() + (rep <= theta).sum()) / (2 * n))
        s = z0 + norm.ppf(level)
        level = norm.cdf(z0 + s / (1 - a * s))
    low, high = np.quantile(rep, level)
    if method == "basic":
        low, high = 2 * theta - high, 2 * theta - low
    return theta, rep.mean() - theta, rep.std(ddof=1), low, high


def table(name):
    return list(csv.DictReader(open(f"datasets/{name}.csv")))


def show(what, v):
    print(what, ", ".join("%.17g" % x for x in v))


tooth, iris = table("toothgrowth"), table("iris")
length = np.array([float(r["len"]) for r in tooth])
pair = np.array([[float(r["sepal_length_cm"]), float(r["petal_length_cm"])] for r in iris])
for method in "percentile", "basic", "bca":
    show("len " + method, interval(length, 0, lambda x: x.mean() / x.std(ddof=1), method))
show("pair bca", interval(pair, 0, lambda x: np.median(x[:, 0]) - x[:, 1].mean(), "bca", conf=0.9))
oj = np.array([float(r["len"]) for r in tooth if r["supp"] == "OJ"])
vc = np.array([float(r["len"]) for r in tooth if r["supp"] == "VC"])
show("OJ", interval(oj, 0, np.mean, "percentile"))
show("VC", interval(vc, len(oj), np.mean, "percentile"))
show("corr percentile", interval(pair, 0, lambda x: np.corrcoef(x[:, 0], x[:, 1])[0, 1], "percentile"))
