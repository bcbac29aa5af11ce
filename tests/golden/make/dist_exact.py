# Replaces what R gets wrong in tests/golden/dist/*.h: python3 tests/golden/make/dist_exact.py, with mpmath.
# Where R's value is off by more than 1e-13 of mpmath's (40 digits; counts: exact tails) the row gets mpmath's values and
# ends in "// mpmath". Looked at: all quantiles of t, f, binom, nbinom, hyper; densities of gamma, pois, nbinom and tails of the last two.
import pathlib
import re
from fractions import Fraction
from math import comb

import mpmath as mp

mp.mp.dps = 40


def num(text):
    text = text.strip()
    return mp.mpf(float(text.lower().replace("infinity", "inf")))  # the double, not its 17 digits


def beta_fraction(x, y, a, b):  # I_x(a, b) by Lentz's method on the classical continued fraction, for x below the mean
    c, d = mp.mpf(1), 1 / (1 - (a + b) * x / (a + 1))
    f = d
    for m in range(1, 10**6):
        for num in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                    -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / (1 + num * d)
            c = 1 + num / c
            f *= c * d
        if abs(c * d - 1) < mp.mpf("1e-38"):
            break
    front = mp.loggamma(a + b) - mp.loggamma(a + 1) - mp.loggamma(b) + a * mp.log(x) + b * mp.log(y)
    return mp.e**front * f


def beta_tail(x, y, a, b, lower):  # x + y = 1
    if x <= 0 or y <= 0:
        return mp.mpf(int((x > 0) == lower))
    below = x < (a + 1) / (a + b + 2)
    p = beta_fraction(x, y, a, b) if below else beta_fraction(y, x, b, a)
    return p if below == lower else 1 - p


def solve(tail, p, lo, hi):  # increasing or falling tail over a logarithmic scale
    sign = 1 if tail(hi) > tail(lo) else -1
    for _ in range(140):
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if sign * (tail(mid) - p) < 0 else (lo, mid)
    return (lo + hi) / 2


def f_quantile(p, a, lower):
    def tail(u):
        y = 1 / (1 + mp.e**u)
        return beta_tail(mp.e**u * y, y, a[0] / 2, a[1] / 2, lower)

    return a[1] / a[0] * mp.e ** solve(tail, p, mp.mpf(-800), mp.mpf(800))


def t_quantile(p, a, lower):
    if p == 0.5:
        return mp.mpf(0)
    q = p if p < 0.5 else 1 - p

    def tail(u):  # of |t| = e^u
        r = mp.e ** (2 * u) / a[0]
        return beta_tail(1 / (1 + r), r / (1 + r), a[0] / 2, mp.mpf(1) / 2, True) / 2

    t = mp.e ** solve(tail, q, mp.mpf(-60), mp.mpf(1600 / float(a[0]) + 60))
    return -t if (p < 0.5) == lower else t


def count_tails(name, a):
    if name == "binom":
        return lambda k, lower: beta_tail(a[1], 1 - a[1], k + 1, a[0] - k, not lower) if k < a[0] else int(lower)
    if name == "nbinom":
        return lambda k, lower: beta_tail(a[1], 1 - a[1], a[0], mp.mpf(k + 1), lower)
    m, n, d = (int(v) for v in a)
    whole = comb(m + n, d)

    def hyper(k, lower):
        ways = range(0, k + 1) if lower else range(k + 1, min(m, d) + 1)
        return mp.mpf(sum(comb(m, i) * comb(n, d - i) for i in ways)) / whole

    return hyper


def count_quantile(name, p, a, lower):
    tail = count_tails(name, a)
    slack = 64 * mp.mpf(2) ** -52
    good = (lambda k: tail(k, True) >= p * (1 - slack)) if lower else (lambda k: tail(k, False) <= p * (1 + slack))
    lo, hi = -1, 1
    top = int(a[0]) if name == "binom" else int(min(a[0], a[2])) if name == "hyper" else 10**7
    while hi < top and not good(hi):
        lo, hi = hi, hi * 2
    hi = min(hi, top)
    while hi - lo > 1:
        mid = (lo + hi) // 2
        lo, hi = (lo, mid) if good(mid) else (mid, hi)
    return mp.mpf(hi)


def pois_sum(term, k, mean, way):  # of all values from k on, downwards or upwards
    total = mp.mpf(0)
    while term and not (term < total * mp.mpf("1e-45")):
        total += term
        term = term * (k / mean if way < 0 else mean / (k + 1))
        k += way
    return total


def at(name, x, a):
    if name == "gamma":
        x *= a[1]
        return (a[1] * mp.e ** ((a[0] - 1) * mp.log(x) - x - mp.loggamma(a[0])),
                None, None)
    if name == "pois":
        pmf = mp.e ** (x * mp.log(a[0]) - a[0] - mp.loggamma(x + 1))
        return pmf, pois_sum(pmf, x, a[0], -1), pois_sum(pmf * a[0] / (x + 1), x + 1, a[0], 1)
    pmf = mp.e ** (mp.loggamma(a[0] + x) - mp.loggamma(a[0]) - mp.loggamma(x + 1) + a[0] * mp.log(a[1]) +
                   x * mp.log(1 - a[1]))
    return pmf, beta_tail(a[1], 1 - a[1], a[0], x + 1, True), beta_tail(a[1], 1 - a[1], a[0], x + 1, False)


def off(old, new):
    return old != new and not abs(old - new) <= mp.mpf("1e-13") * abs(new)


def text(v):
    return repr(float(v)).replace("inf", "INFINITY")


QUANTILE = {"t": t_quantile, "f": f_quantile}
for path in sorted(pathlib.Path("tests/golden/dist").glob("*.h")):
    out = []
    for line in open(path):
        m = re.match(r'    \{"(\w+)", ([^{]+), \{([^}]+)\}, (.*)\},', line)
        if m:
            name, x, values = m[1], num(m[2]), [num(v) for v in m[4].split(",")]
            a = [num(v) for v in m[3].split(",")]
            new = values
            if len(values) == 2 and name in ("t", "f"):
                new = [QUANTILE[name](x, a, lower) for lower in (True, False)]
            elif len(values) == 2 and name in ("binom", "nbinom", "hyper"):
                new = [count_quantile(name, x, a, lower) for lower in (True, False)]
            elif len(values) == 3 and name in ("gamma", "pois", "nbinom") and x > 0:
                new = [v if v is not None else old for v, old in zip(at(name, x, a), values)]
            if any(off(o, v) for o, v in zip(values, new)):
                line = '    {"%s", %s, {%s}, %s}, // mpmath\n' % (name, m[2].strip(), m[3], ", ".join(text(v) for v in new))
        out.append(line)
    path.write_text("".join(out))
