# Models that XGBoost 1.7.4 wrote, its predictions and its SHAP values, for tests/unit/model/exchange.c and shap.c:
#   /usr/bin/python3 -I tests/golden/make/xgboost_models.py      (from the root; writes tests/golden/xgboost)
import numpy as np
import pandas as pd
import xgboost as xgb

OUT = "tests/golden/xgboost/"
rng = np.random.default_rng(11)
n = 80
words = ["w%02d" % k for k in range(40)]
X = pd.DataFrame({
    "a": rng.normal(size=n).round(3),
    "b": rng.integers(0, 6, n),
    "c": pd.Categorical(words + list(rng.choice(words, n - 40)), categories=words),
    "d": (rng.lognormal(size=n) * 1000).round(1),
})
X.loc[rng.random(n) < 0.2, "a"] = np.nan
X.loc[(np.arange(n) >= 40) & (rng.random(n) < 0.2), "c"] = np.nan  # each word stays somewhere
code = X.c.cat.codes.to_numpy()
eta = X.a.fillna(0.7).to_numpy() + (code % 3) * 0.8 + 0.3 * X.b.to_numpy() * (X.d.to_numpy() > 900)
y = {
    "logistic": (eta > 1.4).astype(int), "squared": eta, "poisson": np.floor(np.exp(eta / 2)),
    "softprob": np.clip(eta, 0, 2.9).astype(int), "dart": (eta > 1.4).astype(int), "hinge": (eta > 1.4).astype(int),
}
params = {
    "logistic": dict(objective="binary:logistic", base_score=0.3, max_cat_to_onehot=2),
    "squared": dict(objective="reg:squarederror", max_cat_to_onehot=100),
    "poisson": dict(objective="count:poisson", max_cat_to_onehot=2),
    "softprob": dict(objective="multi:softprob", num_class=3, max_cat_to_onehot=2),
    "dart": dict(objective="binary:logistic", booster="dart", rate_drop=0.5, max_cat_to_onehot=2),
    "hinge": dict(objective="binary:hinge", grow_policy="lossguide", max_depth=0, max_leaves=6, max_cat_to_onehot=2),
}
pred = pd.DataFrame()
shap = pd.DataFrame()
for name, p in params.items():
    d = xgb.DMatrix(X, y[name], enable_categorical=True)
    m = xgb.train(dict(p, tree_method="hist", max_depth=p.get("max_depth", 3), seed=5), d, 5)
    m.save_model(OUT + name + ".json")
    out = m.predict(d)
    for k in range(out.shape[1] if out.ndim > 1 else 1):
        pred[name + (str(k) if out.ndim > 1 else "")] = out[:, k] if out.ndim > 1 else out
    if name in ("logistic", "squared"):
        phi = m.predict(d, pred_contribs=True)
        for k in range(5):
            shap["%s_%s" % (name, "abcd+"[k])] = phi[:, k]
X.to_csv(OUT + "data.csv", index=False)
pred.to_csv(OUT + "pred.csv", index=False, float_format="%.9g")
shap.to_csv(OUT + "shap.csv", index=False, float_format="%.9g")
