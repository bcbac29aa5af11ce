"""scikit-learn's side of the benchmark of pipelines: "job seconds check" lines as pipelines.c's. Of kNN imputation it does
2,000 of the rows and takes as often as long as there are such parts; SMOTE, which it does not have, is written by hand with
its NearestNeighbors, as imbalanced-learn does it."""
import sys, time
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import PredefinedSplit, cross_val_score
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

FOLDER, WHAT = sys.argv[1:3]


def status(key):
    for line in open("/proc/self/status"):
        if line.startswith(key):
            return int(line.split()[1]) / 1024


def report(job, run, check, times=1, scale=1):
    for _ in range(times):
        open("/proc/self/clear_refs", "w").write("5")
        before, cpu, start = status("VmRSS"), time.process_time(), time.perf_counter()
        result = run()
        wall, cpu, memory = time.perf_counter() - start, time.process_time() - cpu, status("VmHWM") - before
        value = check(result)
        for name, v in (("", wall * scale), ("_cpu", cpu * scale), ("_memory", memory)):
            print(job + name, "%.6f" % v, "%.9g" % value)
        del result


def columns(d):
    numbers = make_pipeline(SimpleImputer(), StandardScaler())
    words = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    return ColumnTransformer([("x", numbers, [c for c in d if c[0] == "x"]), ("g", words, [c for c in d if c[0] == "g"])])


def smote(d):
    x, y = d.drop(columns="y").to_numpy(), d.y.to_numpy()
    rare = x[y == "yes"]
    near = NearestNeighbors(n_neighbors=6).fit(rare).kneighbors(rare, return_distance=False)[:, 1:]
    n, rng = (y == "no").sum() - len(rare), np.random.default_rng(1)
    base, towards, share = rng.integers(0, len(rare), n), rng.integers(0, 5, n), rng.random((n, 1))
    made = rare[base] + share * (rare[near[base, towards]] - rare[base])
    return np.vstack([x, made])


if WHAT == "columns":
    d = pd.read_csv(FOLDER + "/mixed.csv").drop(columns=["y", "fold"])
    report("columns", lambda: columns(d).fit_transform(d), lambda z: abs(z.data).sum(), 3)
elif WHAT == "knn":
    d = pd.read_csv(FOLDER + "/knn.csv").to_numpy()
    model = KNNImputer(n_neighbors=5).fit(d)
    report("knn", lambda: model.transform(d[:2000]), lambda z: abs(z[:1000]).sum(), 1, len(d) / 2000)
elif WHAT == "smote":
    d = pd.read_csv(FOLDER + "/rare.csv")
    report("smote", lambda: smote(d), len, 3)
else:
    d = pd.read_csv(FOLDER + "/mixed.csv")
    y, fold = d.pop("y"), d.pop("fold")
    p = make_pipeline(columns(d), LogisticRegression(C=1.0, tol=1e-6, max_iter=1000))
    report("cv", lambda: -cross_val_score(p, d, y, cv=PredefinedSplit(fold.astype("category").cat.codes),
                                          scoring="neg_log_loss"), lambda s: s.mean())
