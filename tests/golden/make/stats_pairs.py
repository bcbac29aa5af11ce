# Writes tests/golden/scipy_pairs.h: python3 tests/golden/make/stats_pairs.py > tests/golden/scipy_pairs.h
# SciPy's studentised range, whose p is 1 less the other tail.
import numpy as np
import pandas as pd
import scipy
from scipy.stats import studentized_range, tukey_hsd

SETS = [("insect_sprays", "count", "spray"), ("iris", "sepal_length_cm", "class"),
        ("penguins", "bill_depth_mm", "island"), ("airquality", "Ozone", "Month"), ("toothgrowth", "len", "dose")]


def emit(test, data, formula, row, values):
    cells = ", ".join('{"%s", %.17g}' % kv for kv in values.items())
    print('    {"%s", "%s", "%s", "", %d, {%s}},' % (test, data, formula, row, cells))


print("// Pairs of means: tukey_hsd and studentized_range of SciPy %s." % scipy.__version__)
print("// Made by tests/golden/make/stats_pairs.py.\nstatic const ParametricRow PAIRS[] = {")
for data, y, g in SETS:
    d = pd.read_csv("datasets/%s.csv" % data)[[y, g]].dropna()
    x = [part[y].to_numpy(float) for _, part in d.groupby(g)]
    k, t = len(x), tukey_hsd(*x)
    ci = t.confidence_interval(0.95)
    row = 0
    for a in range(k):
        for b in range(a + 1, k):
            if row < 3:
                f = "%s ~ %s" % (y, g)
                emit("tukey", data, f, row, {"p": t.pvalue[a, b], "estimate": t.statistic[a, b], "low": ci.low[a, b],
                                             "high": ci.high[a, b]})
                va, vb = x[a].var(ddof=1) / len(x[a]), x[b].var(ddof=1) / len(x[b])
                df = (va + vb)**2 / (va**2 / (len(x[a]) - 1) + vb**2 / (len(x[b]) - 1))
                se, diff = np.sqrt((va + vb) / 2), x[a].mean() - x[b].mean()
                w = studentized_range.ppf(0.95, k, df) * se
                emit("games_howell", data, f, row, {"df": df, "p": studentized_range.sf(abs(diff) / se, k, df),
                                                    "low": diff - w, "high": diff + w})
            row += 1
print("};")
