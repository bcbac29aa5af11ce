# Writes tests/golden/xgboost_fits.h: what XGBoost gives on bundled tables at equal options, learned from the rows whose
# number (from 0) is no multiple of 4 and scored on the others.
#   python3 tests/golden/make/boost.py > tests/golden/xgboost_fits.h
import warnings
import numpy as np, pandas as pd, sklearn, xgboost as xgb
from sklearn.metrics import log_loss, mean_squared_error, roc_auc_score

warnings.filterwarnings("ignore")
TABLES = [("credit", "Status"), ("breast_cancer", None), ("spam_words", None), ("digits", None), ("diamonds_1in8", "price"),
          ("sacramento_homes", "price"), ("wine", None), ("titanic", "survived")]
COMMON = dict(eta=0.1, tree_method="hist", max_bin=256, base_score=0.5, nthread=1)
WAYS = [("depth 6", dict(max_depth=6)), ("depth 3, penalties", dict(max_depth=3, alpha=0.5, **{"lambda": 2.0}, gamma=0.2, min_child_weight=3)),
        ("15 leaves", dict(max_depth=0, grow_policy="lossguide", max_leaves=15))]

def score(task, y, p, k):
    if task == "reg":
        return mean_squared_error(y, p) ** .5
    return log_loss(y, p, labels=range(k))

print("// Made by tests/golden/make/boost.py with XGBoost %s and scikit-learn %s: RMSE or log loss; AUC or -1."
      % (xgb.__version__, sklearn.__version__))
print("#pragma once\n")
print("typedef struct XgboostFit {\n  const char *table, *target, *way;\n  double train, test, auc;\n} XgboostFit;\n")
print("static const XgboostFit XGBOOST_FITS[] = {")
for table, target in TABLES:
    d = pd.read_csv(f"datasets/{table}.csv")
    target = target or d.columns[-1]
    d = d[d[target].notna()].reset_index(drop=True)
    y = d[target]
    words = y.dtype == object or y.nunique() <= 10
    task = "reg" if not words else "bin" if y.nunique() == 2 else "many"
    if words:
        y = y.astype("category").cat.codes
    k = int(y.nunique())
    x = d.drop(columns=[target]).select_dtypes("number")
    test = np.arange(len(d)) % 4 == 0
    for way, params in WAYS:
        objective = dict(reg="reg:squarederror", bin="binary:logistic", many="multi:softprob")[task]
        more = dict(num_class=k) if task == "many" else {}
        a, b = xgb.DMatrix(x[~test], y[~test]), xgb.DMatrix(x[test], y[test])
        m = xgb.train(dict(COMMON, objective=objective, **params, **more), a, 50)
        p, q = m.predict(a), m.predict(b)
        auc = roc_auc_score(y[test], q) if task == "bin" else -1
        print('    {"%s", "%s", "%s", %.9g, %.9g, %s},' % (table, target, way, score(task, y[~test], p.astype(float), k),
              score(task, y[test], q.astype(float), k), "%.9g" % auc if task == "bin" else "-1"))
print("};")
