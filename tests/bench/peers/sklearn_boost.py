# scikit-learn's side of the benchmark of boosting: prints "job seconds check" lines as boost.c does.
#   sklearn_boost.py FILE ROWS ROUNDS DEPTH LEAVES
import os, sys, time
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

path, rows, rounds, depth, leaves = sys.argv[1], *map(int, sys.argv[2:6])
data = np.fromfile(path, np.float32).reshape(-1, 29)
X, y, Xt, yt = data[:rows, :28], data[:rows, 28], data[rows:, :28], data[rows:, 28]
clock = time.process_time if os.environ.get("TYCHO_BENCH_CPU") else time.perf_counter
m = HistGradientBoostingClassifier(learning_rate=.1, max_iter=rounds, max_bins=255, early_stopping=False,
                                   max_depth=depth or None, max_leaf_nodes=leaves or None, l2_regularization=1)
start = clock()
m.fit(X, y)
fit = clock() - start
start = clock()
p = m.predict_proba(Xt)[:, 1]
predict = clock() - start
auc = roc_auc_score(yt, p)
print(f"fit {fit:.6f} {auc:.9g}")
print(f"predict {predict:.6f} {auc:.9g}")
