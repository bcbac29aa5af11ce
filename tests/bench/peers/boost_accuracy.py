# Whether ml.boost learns as well as XGBoost (tree_method hist) at equal options: means over seeds of AUC, log loss or
# RMSE (in standard deviations of the target) on rows held out, their difference and its standard error, and as a
# yardstick how far XGBoost is from itself with one bin fewer.
#   boost_accuracy.py BUILD [FILE:TARGET ...]     from the root of the repository; tables beside the bundled ones
# TYCHO_BENCH_SEEDS: how many (5). A seed chooses the half of the rows that is learned from, and rows and columns by
# chance. Numbers are those that float32 holds; words are categories for both.
import os, subprocess, sys, tempfile, warnings
import numpy as np, pandas as pd

try:
    import xgboost as xgb
    from sklearn.metrics import log_loss, mean_squared_error, roc_auc_score
except ImportError as e:
    sys.exit(f"missing: {e.name}")

warnings.filterwarnings("ignore")
build, more = os.path.abspath(sys.argv[1]), sys.argv[2:]
SEEDS = int(os.environ.get("TYCHO_BENCH_SEEDS", "5"))
TABLES = ["credit:Status", "breast_cancer:class", "spam_words:type", "digits:digit", "wine:class", "penguins:species",
          "titanic:survived", "diamonds_1in8:price", "sacramento_homes:price", "flights_5k:delay"]
WAYS = [("depth 6", dict(max_depth=6)), ("31 leaves", dict(max_depth=0, grow_policy="lossguide", max_leaves=31)),
        ("sampled", dict(max_depth=6, subsample=.8, colsample_bytree=.8))]
COMMON = dict(eta=.1, max_bin=256, nthread=1, tree_method="hist", max_cat_threshold=64)
ROUNDS = 100

def friedman(n=20000):
    r = np.random.default_rng(1)
    x = r.random((n, 10))
    y = 10 * np.sin(np.pi * x[:, 0] * x[:, 1]) + 20 * (x[:, 2] - .5) ** 2 + 10 * x[:, 3] + 5 * x[:, 4]
    y += r.normal(size=n)
    return pd.DataFrame(x, columns=[f"x{j}" for j in range(10)]).assign(y=y), "y"

def two_classes(n=40000):
    r = np.random.default_rng(2)
    x = r.normal(size=(n, 12))
    x[r.random((n, 12)) < .05] = np.nan
    z = np.nan_to_num(x)
    s = z[:, 0] - z[:, 1] + 1.5 * z[:, 2] * z[:, 3] + np.sin(3 * z[:, 4]) + np.exp(z[:, 5] / 2)
    d = pd.DataFrame(x, columns=[f"x{j}" for j in range(12)])
    return d.assign(y=np.where(r.random(n) < 1 / (1 + np.exp(-s)), "yes", "no")), "y"

def table(path, target):
    d = pd.read_csv(path)
    d = d[d[target].notna()]
    for c in d.columns:  # what identifies rows teaches nothing
        if c != target and d[c].dtype == object and d[c].nunique() > 200:
            d = d.drop(columns=[c])
    return d, target

def prepared(d, target):
    d = d.copy().reset_index(drop=True)
    for c in d.columns:
        if d[c].dtype == bool:
            d[c] = np.where(d[c], "true", "false")
        d[c] = d[c].astype("category") if d[c].dtype == object else d[c].astype(np.float32)
    if d[target].dtype != "category" and d[target].nunique() <= 10:
        d[target] = d[target].astype(int).map("class{}".format).astype("category")
    return d

def ours(work, way, seeds, classes):
    options = dict(COMMON, **way, rounds=ROUNDS, cat_smooth=1, cat_l2=0)
    for name in ("nthread", "tree_method"):
        del options[name]
    if options.pop("grow_policy", ""):
        options["grow"] = '"leaf"'
    text = ", ".join(f"{k}={v}" for k, v in options.items())
    types = ", ".join(f'["{c}"]="category"' for c in classes)
    with open(f"{work}/fit.lua", "w") as f:
        f.write(f"""for seed = 1, {seeds} do
  local read = function(part) return data{{part .. seed .. '.csv', types={{{types}}}}} end
  local m = ml.boost{{{text}, seed=seed}}:fit(read 'train', 'target')
  m:predict(read 'test'):save('pred' .. seed .. '.csv')
end
""")
    r = subprocess.run([f"{build}/tycho", "run", f"{work}/fit.lua"], capture_output=True, text=True)
    if r.returncode:
        sys.exit(r.stderr or r.stdout)

def peer(way, seed, a, b, task, k, max_bin=256):
    x, xt = a.drop(columns="target"), b.drop(columns="target")
    y, yt = (t["target"] if task == "reg" else t["target"].cat.codes for t in (a, b))
    params = dict(COMMON, **way, seed=seed, max_bin=max_bin)
    params["objective"] = dict(reg="reg:squarederror", two="binary:logistic", many="multi:softprob")[task]
    if task == "many":
        params["num_class"] = k
    else:
        params["base_score"] = float(y.mean())
    m = xgb.train(params, xgb.DMatrix(x, y, enable_categorical=True), ROUNDS)
    return m.predict(xgb.DMatrix(xt, enable_categorical=True)).astype(float)

def scores(task, y, p, scale):
    if task == "reg":
        return {"RMSE / sd": mean_squared_error(y, p) ** .5 / scale}
    k = int(y.max()) + 1
    s = {"log loss": log_loss(y, p, labels=range(k))}
    return dict(s, AUC=roc_auc_score(y, p)) if task == "two" else s

def compare(name, d, target):
    d = prepared(d, target).rename(columns={target: "target"})
    words = d["target"].dtype == "category"
    k = d["target"].nunique() if words else 0
    task = "reg" if not words else "two" if k == 2 else "many"
    with tempfile.TemporaryDirectory() as work:
        parts = []
        for seed in range(1, SEEDS + 1):
            order = np.random.default_rng(seed).permutation(len(d))
            a, b = d.iloc[order[:len(d) // 2]], d.iloc[order[len(d) // 2:]]
            parts.append((a, b))
            a.to_csv(f"{work}/train{seed}.csv", index=False, float_format="%.9g")
            b.to_csv(f"{work}/test{seed}.csv", index=False, float_format="%.9g")
        for way, params in WAYS:
            ours(work, params, SEEDS, [c for c in d.columns if d[c].dtype == "category"])
            got = {}
            for seed, (a, b) in enumerate(parts, 1):
                y = b["target"].cat.codes.to_numpy() if words else b["target"].to_numpy(float)
                f = pd.read_csv(f"{work}/pred{seed}.csv")
                levels = list(d["target"].cat.categories) if words else []
                p = f[[f"p_{w}" for w in levels]].to_numpy() if words else f["pred"].to_numpy()
                if task == "two":
                    p = p[:, 1]
                scale = 1 if words else d["target"].std()
                each = [scores(task, y, q, scale) for q in (p, peer(params, seed, a, b, task, k),
                                                            peer(params, seed, a, b, task, k, 255))]
                for m in each[0]:
                    got.setdefault(m, []).append([s[m] for s in each])
            for m, v in got.items():
                v = np.array(v)
                diff, own = v[:, 0] - v[:, 1], v[:, 2] - v[:, 1]
                better = -diff.mean() if m != "AUC" else diff.mean()
                print(f"{name:18} {way:10} {m:10} {v[:, 0].mean():9.5f} {v[:, 1].mean():9.5f} {diff.mean():+9.5f} "
                      f"{diff.std(ddof=1) / SEEDS ** .5:8.5f} {own.mean():+9.5f}  "
                      f"{'better' if better > 5e-4 else 'equal' if better > -5e-4 else 'WORSE'}", flush=True)

print(f"XGBoost {xgb.__version__}, {SEEDS} seeds, {ROUNDS} rounds")
print(f"{'table':18} {'growth':10} {'score':10} {'tycho':>9} {'XGBoost':>9} {'less':>9} {'error':>8} {'255-256':>9}")
for t in TABLES + more:
    path, target = t.rsplit(":", 1)
    path = path if os.path.exists(path) else f"datasets/{path}.csv"
    compare(os.path.basename(path).removesuffix(".gz").removesuffix(".csv"), *table(path, target))
compare("friedman 20,000", *friedman())
compare("classes 40,000", *two_classes())
