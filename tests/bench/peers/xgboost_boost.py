# XGBoost's side of the benchmark of boosting: prints "job seconds check" lines as boost.c does.
#   xgboost_boost.py FILE ROWS ROUNDS DEPTH LEAVES
import os, resource, sys, time
import numpy as np, xgboost as xgb
from sklearn.metrics import roc_auc_score

path, rows, rounds, depth, leaves = sys.argv[1], *map(int, sys.argv[2:6])
data = np.fromfile(path, np.float32).reshape(-1, 29)
X, y, Xt, yt = data[:rows, :28].copy(), data[:rows, 28].copy(), data[rows:, :28].copy(), data[rows:, 28].copy()
del data
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
clock = time.process_time if os.environ.get("TYCHO_BENCH_CPU") else time.perf_counter
params = dict(objective="binary:logistic", tree_method="hist", eta=.1, max_depth=depth, max_bin=256,
              nthread=int(os.environ.get("TYCHO_BENCH_THREADS", "2")))
if leaves:
    params.update(grow_policy="lossguide", max_leaves=leaves)
start = clock()
d = xgb.DMatrix(X, y)
matrix = clock() - start
m = xgb.train(params, d, 1)
one = clock() - start
start = clock()
d = xgb.DMatrix(X, y)
m = xgb.train(params, d, rounds)
fit = clock() - start
start = clock()
p = m.predict(xgb.DMatrix(Xt))
predict = clock() - start
auc = roc_auc_score(yt, p)
print(f"matrix_and_one_round {one:.6f} {matrix:.9g}")
print(f"fit {fit:.6f} {auc:.9g}")
print(f"predict {predict:.6f} {auc:.9g}")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"table {before / 1024:.1f} MB, peak {peak / 1024:.1f} MB")
