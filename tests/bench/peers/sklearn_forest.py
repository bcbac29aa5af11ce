# scikit-learn's side of the benchmark of exact trees: prints "job seconds check" lines as forest.c does.
#   sklearn_forest.py FILE ROWS TYPE NAME=VALUE...
import os, sys, time
import numpy as np
from sklearn.ensemble import ExtraTreesClassifier, RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

path, rows, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3]
opts = {k: v if k == "max_features" else int(v) for k, v in (a.split("=") for a in sys.argv[4:])}
data = np.fromfile(path, np.float32).reshape(-1, 29)
X, y, Xt, yt = data[:rows, :28].copy(), data[:rows, 28].copy(), data[rows:, :28].copy(), data[rows:, 28].copy()
clock = time.process_time if os.environ.get("TYCHO_BENCH_CPU") else time.perf_counter
opts["random_state"] = opts.pop("seed", 1)
threads = int(os.environ.get("TYCHO_BENCH_THREADS", "2"))
if kind == "tree":
    m = DecisionTreeClassifier(**opts)
else:
    m = (RandomForestClassifier if kind == "forest" else ExtraTreesClassifier)(n_jobs=threads, **opts)
start = clock()
m.fit(X, y)
fit = clock() - start
start = clock()
p = m.predict_proba(Xt)[:, 1]
predict = clock() - start
auc = roc_auc_score(yt, p)
print(f"fit {fit:.6f} {auc:.9g}")
print(f"predict {predict:.6f} {auc:.9g}")
