# /usr/bin/python3 tests/golden/make/prep_shape.py > tests/golden/sklearn_shape.h
# From the root of the repository. Lambdas of powers are the zeros of the derivative of scikit-learn's own likelihood
# (by complex steps), since its search stops at 1.5e-8; what it finds itself is written down too.
import warnings

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.optimize import brentq
from sklearn.compose import TransformedTargetRegressor
from sklearn.decomposition import PCA
from sklearn.feature_selection import (SelectFpr, SelectKBest, SelectPercentile, VarianceThreshold, chi2, f_classif,
                                       f_regression, mutual_info_classif, mutual_info_regression)
from sklearn.feature_selection._mutual_info import _compute_mi_cc, _compute_mi_cd
from sklearn.linear_model import LinearRegression
from sklearn.metrics import mean_squared_error, mutual_info_score
from sklearn.preprocessing import (KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, Normalizer, PolynomialFeatures,
                                   PowerTransformer, QuantileTransformer, RobustScaler)

warnings.simplefilter("ignore")
ROWS = []


def table(name):
    return pd.read_csv("datasets/%s.csv" % name)


def numbers(name):
    return table(name).select_dtypes("number").astype(float)


def c(v):
    return "NAN" if np.isnan(v) else "%.17g" % v


def probes(z):
    n = len(z)
    return [z[i] for i in (0, 1, n // 3, n // 2, n - 2, n - 1)]


def emit(data, step, opts, names, z):
    z = np.asarray(z, dtype=float)
    for j, name in enumerate(names):
        v = z[:, j]
        ROWS.append('    {"%s", "%s", "%s", "%s", {%s}, %s},' %
                    (data, step, opts, name, ", ".join(c(x) for x in probes(v)), c(np.nansum(v))))


def every(data, step, opts, estimator):
    x = numbers(data)
    emit(data, step, opts, x.columns, estimator.fit_transform(x.to_numpy()))


def loglike(method, x, lam):
    x, lam = x.astype(np.longdouble), np.clongdouble(lam)
    if method == "box-cox":
        z = (x ** lam - 1) / lam
        jacobian = np.log(x).sum()
    else:
        pos = x >= 0
        z = np.empty(len(x), dtype=np.clongdouble)
        z[pos] = ((x[pos] + 1) ** lam - 1) / lam
        z[~pos] = -((-x[~pos] + 1) ** (2 - lam) - 1) / (2 - lam)
        jacobian = (np.sign(x) * np.log1p(np.abs(x))).sum()
    var = ((z - z.mean()) ** 2).mean()
    return -len(x) / 2 * np.log(var) + (lam - 1) * jacobian


def exact_lambda(method, x):
    h = 1e-30
    slope = lambda lam: float(loglike(method, x, lam + 1j * h).imag / h)
    lo, hi = -2.0001, 2.0001
    while slope(lo) < 0:
        lo *= 2
    while slope(hi) > 0:
        hi *= 2
    return brentq(slope, lo, hi, xtol=1e-15, rtol=1e-15)


LAMBDAS = []


def power(data, method, columns, standardize=True):
    x = numbers(data)[columns]
    pt = PowerTransformer(method=method, standardize=standardize).fit(x.to_numpy())
    own = pt.lambdas_.copy()
    pt.lambdas_ = np.array([exact_lambda(method, x[k].dropna().to_numpy()) for k in columns])
    if standardize:
        raw = PowerTransformer(method=method, standardize=False).fit(x.to_numpy())
        raw.lambdas_ = pt.lambdas_
        pt._scaler.fit(raw.transform(x.to_numpy()))
    word = method.replace("-", "")
    opts = "method=%s" % word + ("" if standardize else ";standardize=false")
    emit(data, "power", opts, columns, pt.transform(x.to_numpy()))
    for k, a, b in zip(columns, pt.lambdas_, own):
        LAMBDAS.append('    {"%s", "%s", "%s", %s, %s},' % (data, word, k, c(a), c(b)))


def scales():
    for data in ("airquality", "wine"):
        every(data, "minmax", "", MinMaxScaler())
        every(data, "maxabs", "", MaxAbsScaler())
        every(data, "robust", "", RobustScaler())
    every("airquality", "minmax", "low=-1;high=2.5", MinMaxScaler(feature_range=(-1, 2.5)))
    every("airquality", "robust", "lower=0.1;upper=0.9;median=false",
          RobustScaler(quantile_range=(10, 90), with_centering=False))
    for norm in ("l2", "l1", "max"):
        every("wine", "normalize", "norm=" + norm, Normalizer(norm=norm))


def shapes():
    x = numbers("wine")
    emit("wine", "log", "", x.columns, np.log(x))
    emit("wine", "log", "plus=1", x.columns, np.log1p(x))
    emit("wine", "log", "base=2", x.columns, np.log2(x))
    emit("wine", "log", "plus=0.5;base=10", x.columns, np.log10(x + 0.5))
    emit("wine", "sqrt", "", x.columns, np.sqrt(x))
    x = numbers("airquality")
    emit("airquality", "cbrt", "", x.columns, np.cbrt(x))
    emit("sacramento_homes", "cbrt", "", ["longitude"], np.cbrt(numbers("sacramento_homes")[["longitude"]]))
    w = x.clip(x.quantile(0.05), x.quantile(0.95), axis=1)
    emit("airquality", "winsorize", "", x.columns, w)
    w = x.clip(upper=x.quantile(0.8), axis=1)
    emit("airquality", "winsorize", "lower=0;upper=0.8", x.columns, w)
    for into in ("uniform", "normal"):
        every("diamonds_1in8", "quantile", "into=" + into,
              QuantileTransformer(n_quantiles=1000, output_distribution=into, subsample=10 ** 9))
        every("airquality", "quantile", "into=%s;quantiles=50" % into,
              QuantileTransformer(n_quantiles=50, output_distribution=into, subsample=10 ** 9))
    every("diamonds_1in8", "quantile", "into=normal;quantiles=50",
          QuantileTransformer(n_quantiles=50, output_distribution="normal", subsample=10 ** 9))


def powers():
    wine = list(numbers("wine").columns)
    power("wine", "yeo-johnson", wine)
    power("wine", "box-cox", wine, standardize=False)
    power("airquality", "yeo-johnson", ["Ozone", "Solar.R", "Wind", "Temp"])
    power("diamonds_1in8", "box-cox", ["carat", "depth", "table", "price"])
    power("sacramento_homes", "yeo-johnson", ["price", "sqft"])
    power("seattle_weather", "yeo-johnson", ["temp_max", "temp_min", "wind"])


def bins():
    for strategy, method in (("uniform", "width"), ("quantile", "frequency"), ("kmeans", "kmeans")):
        for data, k in (("wine", 5), ("breast_cancer", 8), ("diamonds_1in8", 12), ("usarrests", 3)):
            x = numbers(data)
            # A start with empty clusters ends in what rounding prefers among values that are equally far from their
            # means; of those tables only one column where any choice leads to the same end.
            names = [n for n in x.columns if strategy != "kmeans" or n == "concavity_error" or
                     np.histogram(x[n], k)[0].min() > 0]
            emit(data, "bin", "into=number;method=%s;bins=%d" % (method, k), names, KBinsDiscretizer(
                n_bins=k, strategy=strategy, encode="ordinal", subsample=None).fit_transform(x[names]))


def components(data, opts, **how):
    x = numbers(data).to_numpy()
    pca = PCA(svd_solver="full", **how).fit(x)
    sign = np.sign(pca.components_[np.arange(len(pca.components_)), np.abs(pca.components_).argmax(axis=1)])
    z = pca.transform(x) * sign
    emit(data, "pca", opts, ["pc%d" % (k + 1) for k in range(z.shape[1])], z)


def products():
    x = numbers("usarrests")
    for step, only, degree in (("polynomial", False, 3), ("interactions", True, 4)):
        p = PolynomialFeatures(degree, interaction_only=only, include_bias=False).fit(x)
        names = [n.replace(" ", ":") for n in p.get_feature_names_out()]
        emit("usarrests", step, "degree=%d" % degree, names, p.transform(x))


SCORES = []


def score(data, target, opts, selector):
    d = table(data).dropna()
    y = d[target]
    x = d.drop(columns=target).select_dtypes("number").astype(float)
    selector.fit(x, y)
    values = selector.variances_ if isinstance(selector, VarianceThreshold) else selector.scores_
    p = getattr(selector, "pvalues_", None)
    for j, name in enumerate(x.columns):
        SCORES.append('    {"%s", "%s", "%s", "%s", %s, %s, %d},' %
                      (data, target, opts, name, c(values[j]), c(np.nan if p is None else p[j]),
                       selector.get_support()[j]))


def scored():
    score("wine", "class", "by=f;k=6", SelectKBest(f_classif, k=6))
    score("wine", "class", "by=chi2;share=0.4", SelectPercentile(chi2, percentile=40))
    score("breast_cancer", "class", "by=f;p=1e-20", SelectFpr(f_classif, alpha=1e-20))
    score("diamonds_1in8", "price", "by=f;share=0.5", SelectPercentile(f_regression, percentile=50))
    score("wine", "class", "by=variance;above=1", VarianceThreshold(1))


def lcg(n):
    s, out = 20240229, []
    for _ in range(n):
        s = 16807 * s % 2147483647
        out.append(s / 2147483647)
    return np.array(out)


def mutual():
    n = 400
    u = lcg(4 * n).reshape(n, 4)
    a, b, k = u[:, 0], u[:, 0] ** 2 + 0.3 * u[:, 1], np.floor(u[:, 2] * 3)
    cls = (a + 0.5 * u[:, 3] > 0.7).astype(int)
    scale = lambda v: v / v.std()
    print("// Of 400 rows of four draws u of the generator s = 16807 s mod 2^31 - 1 from 20240229, a = u0,")
    print("// b = u0^2 + 0.3 u1, k = floor(3 u2), class = a + u3 / 2 > 0.7: mutual information of class with a, b, k and of")
    print("// b with a and k, without noise.")
    print("static const double MUTUAL_MADE[] = {%s};" % ", ".join(c(v) for v in (
        _compute_mi_cd(scale(a), cls, 3), _compute_mi_cd(scale(b), cls, 3), mutual_info_score(k, cls),
        _compute_mi_cc(scale(a), scale(b), 3), _compute_mi_cd(scale(b), k, 3))))
    wine, y = numbers("wine"), table("wine")["class"]
    runs = np.array([mutual_info_classif(wine, y, random_state=s) for s in range(30)])
    homes = table("sacramento_homes").dropna()
    x = homes[["sqft", "latitude", "longitude"]]
    values = np.array([mutual_info_regression(x, homes["price"], random_state=s) for s in range(30)])
    for name, names, r in (("WINE", wine.columns, runs), ("HOMES", x.columns, values)):
        print("// Mean and sd over 30 seeds of %s." % ("wine with class" if name == "WINE" else
                                                       "sacramento_homes with price"))
        print("static const struct {\n  const char *column;\n  double mean, sd;\n} MUTUAL_%s[] = {" % name)
        for j, col in enumerate(names):
            print('    {"%s", %s, %s},' % (col, c(r[:, j].mean()), c(r[:, j].std())))
        print("};")


def targets():
    homes = table("sacramento_homes")
    x, y = homes[["sqft", "latitude", "longitude"]], homes["price"]
    out = []

    def add(word, **how):
        m = TransformedTargetRegressor(LinearRegression(), check_inverse=False, **how).fit(x, y)
        if word == "log":
            print("static const double HOMES_LOG_RMSE = %s;" % c(mean_squared_error(y, m.predict(x), squared=False)))
        out.append('    {"%s", {%s}},' % (word, ", ".join(c(v) for v in probes(np.ravel(m.predict(x))))))

    add("log", func=np.log, inverse_func=np.exp)
    add("log1p", func=np.log1p, inverse_func=np.expm1)
    add("sqrt", func=np.sqrt, inverse_func=np.square)
    add("cbrt", func=np.cbrt, inverse_func=lambda v: v ** 3)
    for method in ("box-cox", "yeo-johnson"):
        pt = PowerTransformer(method=method, standardize=False).fit(y.to_frame())
        pt.lambdas_ = np.array([exact_lambda(method, y.to_numpy(dtype=float))])
        add(method.replace("-", ""), func=lambda v: pt.transform(v.reshape(-1, 1)),
            inverse_func=lambda v: pt.inverse_transform(v.reshape(-1, 1)))
    add("standard", func=lambda v: (v - y.mean()) / y.std(ddof=0), inverse_func=lambda v: v * y.std(ddof=0) + y.mean())
    qt = QuantileTransformer(n_quantiles=len(y), output_distribution="normal", subsample=10 ** 9).fit(y.to_frame())
    qt.quantiles_ = np.sort(y.to_numpy(dtype=float)).reshape(-1, 1)  # which it misses by last bits
    add("quantile", func=lambda v: qt.transform(v.reshape(-1, 1)),
        inverse_func=lambda v: qt.inverse_transform(v.reshape(-1, 1)))
    print("// Predictions for price of sqft, latitude and longitude of sacramento_homes in rows 0, 1, n/3, n/2, n-2, n-1.")
    print("static const struct {\n  const char *target;\n  double probe[6];\n} TARGETS[] = {")
    print("\n".join(out) + "\n};")


scales()
shapes()
powers()
bins()
components("wine", "components=3", n_components=3)
components("usarrests", "", n_components=None)
components("usarrests", "whiten=true", n_components=None, whiten=True)
components("breast_cancer", "share=0.999", n_components=0.999)
products()
scored()
print("// Made by tests/golden/make/prep_shape.py with scikit-learn %s, SciPy %s, numpy %s, pandas %s." %
      (sklearn.__version__, scipy.__version__, np.__version__, pd.__version__))
print("#pragma once\n#include <math.h>\n")
print("// What a step makes of a table's column in rows 0, 1, n/3, n/2, n-2, n-1, and the sum of all its values.")
print("typedef struct ShapeRow {\n  const char *data, *step, *opts, *column;\n  double probe[6], sum;\n} ShapeRow;")
print("static const ShapeRow SHAPES[] = {")
print("\n".join(ROWS) + "\n};")
print("// Lambda of greatest likelihood, and the one that PowerTransformer finds.")
print("static const struct {\n  const char *data, *method, *column;\n  double exact, found;\n} LAMBDAS[] = {")
print("\n".join(LAMBDAS) + "\n};")
print("// Scores, p values and whether the column stays.")
print("static const struct {\n  const char *data, *target, *opts, *column;\n  double score, p;\n  int stays;\n} SCORES[] = {")
print("\n".join(SCORES) + "\n};")
mutual()
targets()
