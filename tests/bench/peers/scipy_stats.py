"""NumPy's, SciPy's and matplotlib's side of the benchmark of statistics: "job seconds check" lines as stats.c's."""
import io, resource, sys, time
import numpy as np
import pandas as pd
from scipy import stats

FOLDER, ROWS = sys.argv[1], 200000
d = pd.read_csv(FOLDER + "/wide.csv")
X, c0, c1, c2 = d.to_numpy(), d.c0.to_numpy(), d.c1.to_numpy(), d.c2.to_numpy()
side = c1 > 0
band = (c2 > -0.5).astype(int) + (c2 > 0.5)
bins = np.arange(50)


def report(job, run, times=3):
    for _ in range(times):
        start = time.perf_counter()
        check = run()
        print(job, "%.6f" % (time.perf_counter() - start), "%.9g" % check)


def by_band():
    return [c0[band == k] for k in range(3)]


def pearson_t(r):
    return r * np.sqrt((len(c0) - 2) / (1 - r * r))


def scatter():
    figure, axes = pyplot.subplots()
    axes.plot(c0, c1, ",")
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close(figure)
    return len(c0)


report("pearson", lambda: np.corrcoef(X, rowvar=False).sum())
report("spearman", lambda: stats.spearmanr(X)[0].sum())
report("kendall_200k", lambda: stats.kendalltau(c0[:ROWS], c1[:ROWS])[0], 5)
report("welch", lambda: stats.ttest_ind(c0[~side], c0[side], equal_var=False)[0], 5)
report("mannwhitney", lambda: stats.mannwhitneyu(c0[~side], c0[side])[0])
report("ks", lambda: stats.ks_2samp(c0[~side], c0[side], mode="asymp")[0])
report("anova", lambda: stats.f_oneway(*by_band())[0], 5)
report("levene", lambda: stats.levene(*by_band())[0], 5)
report("kruskal", lambda: stats.kruskal(*by_band())[0])
report("chisq", lambda: stats.chi2_contingency(np.bincount(side * 3 + band).reshape(2, 3))[0], 5)
report("wilcoxon", lambda: stats.wilcoxon(c0, c1, alternative="greater")[0])
report("pearson_test", lambda: pearson_t(stats.pearsonr(c0, c1)[0]), 5)
report("hist", lambda: (np.histogram(c0, bins=50)[0] * bins).sum(), 15)
try:
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    report("scatter", scatter)
except ImportError:
    print("matplotlib is not installed", file=sys.stderr)
print("memory_statistics", "%.1f" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), 0)
