"""NumPy's, SciPy's and matplotlib's side of the benchmark of statistics: "job seconds check" lines as stats.c's."""
import io, resource, sys, time
import numpy as np
import pandas as pd
from scipy import stats

FOLDER, ROWS = sys.argv[1], 200000
d = pd.read_csv(FOLDER + "/wide.csv")
X, c0, c1 = d.to_numpy(), d.c0.to_numpy(), d.c1.to_numpy()
side = c1 > 0
bins = np.arange(50)


def report(job, run, times=3):
    for _ in range(times):
        start = time.perf_counter()
        check = run()
        print(job, "%.6f" % (time.perf_counter() - start), "%.9g" % check)


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
report("hist", lambda: (np.histogram(c0, bins=50)[0] * bins).sum(), 15)
try:
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    report("scatter", scatter)
except ImportError:
    print("matplotlib is not installed", file=sys.stderr)
print("memory_statistics", "%.1f" % (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), 0)
