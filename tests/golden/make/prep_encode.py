# /usr/bin/python3 -I tests/golden/make/prep_encode.py > tests/golden/encode.h
# From the root of the repository. Means of the target by the formulas of scikit-learn 1.3's TargetEncoder in numpy,
# since older versions have none.
import numpy as np
import pandas as pd
import sklearn
from sklearn.feature_extraction import FeatureHasher
from sklearn.preprocessing import OrdinalEncoder

ROWS = []


def table(name):
    return pd.read_csv("datasets/%s.csv" % name)


def c(v):
    return "NAN" if np.isnan(v) else "%.17g" % v


def emit(data, target, step, opts, name, z):
    z = np.asarray(z, dtype=float)
    n = len(z)
    probes = ", ".join(c(z[i]) for i in (0, 1, n // 3, n // 2, n - 2, n - 1))
    ROWS.append('    {"%s", "%s", "%s", "%s", "%s", {%s}, %s},' % (data, target, step, opts, name, probes,
                                                                  c(np.nansum(z))))


def encoding(x, y, smooth):
    x = x.astype(object).where(x.notna(), "(missing)")
    mean, var, code = y.mean(), y.var(), {}
    for level in x.unique():
        v = y[(x == level).to_numpy()]
        if smooth == "auto":
            share = var * len(v) / (var * len(v) + ((v - v.mean()) ** 2).sum() / len(v))
            code[level] = mean if np.isnan(share) else share * v.mean() + (1 - share) * mean
        else:
            code[level] = (v.sum() + smooth * mean) / (len(v) + smooth)
    return x.map(code)


def target(data, y, columns, smooth="auto"):
    d = table(data)
    d = d[d[y].notna()]
    opts = "columns=" + ",".join(columns) + ("" if smooth == "auto" else ";smooth=%g" % smooth)
    v = d[y]
    levels = sorted(v.unique()) if v.dtype == object else []
    for k in columns:
        if not levels:
            emit(data, y, "target", opts, k, encoding(d[k], v.to_numpy(dtype=float), smooth))
        elif len(levels) == 2:
            emit(data, y, "target", opts, k, encoding(d[k], (v == levels[1]).to_numpy(dtype=float), smooth))
        else:
            for level in levels:
                emit(data, y, "target", opts, "%s_%s" % (k, level),
                     encoding(d[k], (v == level).to_numpy(dtype=float), smooth))


def targets():
    for smooth in ("auto", 0, 1, 12.5):
        target("sacramento_homes", "price", ["city", "zip", "type"], smooth)
        target("credit", "Status", ["Home", "Marital", "Records", "Job"], smooth)
        target("titanic", "survived", ["sex", "passengerClass"], smooth)
        target("penguins", "species", ["island", "sex"], smooth)
    target("flights_5k", "delay", ["origin", "destination"])


def others():
    for data, columns in (("credit", ["Home", "Marital", "Job"]), ("flights_5k", ["origin", "destination"]),
                          ("sacramento_homes", ["city", "type"])):
        d = table(data)
        named = "columns=" + ",".join(columns)
        for k in columns:
            emit(data, "", "frequency", named, k, d[k].map(d[k].value_counts(normalize=True, dropna=False)))
            emit(data, "", "frequency", named + ";as=count", k, d[k].map(d[k].value_counts(dropna=False)))
        z = OrdinalEncoder().fit_transform(d[columns])
        for j, k in enumerate(columns):
            emit(data, "", "ordinal", named, k, z[:, j])
        rows = [{k: r[k] for k in columns if isinstance(r[k], str)} for r in d[columns].to_dict("records")]
        for n, sign in ((16, True), (7, True), (10, False)):
            z = FeatureHasher(n_features=n, alternate_sign=sign).transform(rows).toarray()
            for j in range(n):
                emit(data, "", "hash", named + ";n_features=%d%s" % (n, "" if sign else ";sign=false"),
                     "hash_%d" % (j + 1), z[:, j])
    d = table("credit")
    order = ["owner", "rent", "parents", "priv", "other", "ignore"]
    z = d["Home"].map({k: i for i, k in enumerate(order)})
    emit("credit", "", "ordinal", "columns=Home;order=" + ",".join(order), "Home", z)
    short = ["Home: rent < owner < parents", "Records: yes < no"]
    for k, names in (("Home", ["rent", "owner", "parents"]), ("Records", ["yes", "no"])):
        z = d[k].map({v: i for i, v in enumerate(names)}).fillna(-1).where(d[k].notna())
        emit("credit", "", "ordinal", "columns=Home,Records;unseen=-1;order=" + ",".join(short), k, z)


ALL = ["year", "week_year", "quarter", "month", "week", "day", "yearday", "weekday", "weekend", "hour", "minute",
       "second"]


def part(t, k):
    if k == "week":
        return t.dt.isocalendar().week.astype(float)
    if k == "week_year":
        return t.dt.isocalendar().year.astype(float)
    if k == "weekday":
        return t.dt.weekday + 1
    if k == "weekend":
        return t.dt.weekday >= 5
    return getattr(t.dt, {"yearday": "dayofyear"}.get(k, k))


def turns(t, k):
    fixed = {"quarter": 4, "month": 12, "weekday": 7, "hour": 24, "minute": 60, "second": 60}
    if k in fixed:
        return fixed[k]
    if k == "day":
        return t.dt.days_in_month
    if k == "yearday":
        return 365 + t.dt.is_leap_year
    return pd.to_datetime(t.dt.isocalendar().year.astype(str) + "-12-28").dt.isocalendar().week.astype(float)


def dates(data, column, clock):
    t = pd.to_datetime(table(data)[column])
    parts = [p for p in ALL if clock or p not in ("hour", "minute", "second")]
    emit_all = "columns=%s;parts=%s" % (column, ",".join(parts))
    for k in parts:
        emit(data, "", "dates", emit_all, "%s_%s" % (column, k), part(t, k))
    for k in ["year", "month", "day", "weekday"] + ["hour"] * clock:
        emit(data, "", "dates", "columns=" + column, "%s_%s" % (column, k), part(t, k))
    round_ = [p for p in parts if p not in ("year", "week_year", "weekend")]
    for k in round_:
        begin = 0 if k in ("hour", "minute", "second") else 1
        angle = 2 * np.pi * (part(t, k) - begin) / turns(t, k)
        opts = "columns=%s;parts=none;cyclic=%s" % (column, ",".join(round_))
        emit(data, "", "dates", opts, "%s_%s_sin" % (column, k), np.sin(angle))
        emit(data, "", "dates", opts, "%s_%s_cos" % (column, k), np.cos(angle))
    for unit, seconds in (("days", 86400), ("weeks", 604800), ("years", 86400 * 365.2425), ("hours", 3600),
                          ("minutes", 60), ("seconds", 1)):
        opts = "columns=%s;parts=none;unit=%s;since=first,2001-02-03" % (column, unit)
        emit(data, "", "dates", opts, column + "_since_first", (t - t.min()).dt.total_seconds() / seconds)
        emit(data, "", "dates", opts, column + "_since_2001-02-03",
             (t - pd.Timestamp("2001-02-03")).dt.total_seconds() / seconds)


def before(data, order, group, columns, n):
    d = table(data)
    if data == "flights_5k":
        d["date"] = pd.to_datetime(d["date"])
    s = d.sort_values(order, kind="stable") if order else d
    g = s.groupby(group, dropna=False) if group else None
    named = "columns=" + ",".join(columns) + ("" if not order else ";order=" + order) + \
            ("" if not group else ";group=" + ",".join(group))
    shift = lambda k, by: (g[k].shift(by) if group else s[k].shift(by))
    for k in columns:
        for by in (1, 2, n):
            emit(data, "", "lags", named + ";lags=1,2,%d" % n, "%s_lag_%d" % (k, by), shift(k, by).reindex(d.index))
        prev = shift(k, 1)
        by = [s[j] for j in group] if group else None
        for stat in ("mean", "sum", "min", "max", "sd", "var", "median", "count"):
            for least in (0, 1):
                if stat == "count" and least == 0:
                    continue
                f = {"sd": "std"}.get(stat, stat)
                roll = lambda v: getattr(v.rolling(n, min_periods=least or n), f)()
                z = prev.groupby(by, dropna=False).transform(roll) if group else roll(prev)
                if stat == "count":
                    z = z.fillna(0)
                opts = named + ";window=%d;with=%s" % (n, stat) + (";min=1" if least else "")
                emit(data, "", "rolling", opts, "%s_%s_%d" % (k, stat, n), z.reindex(d.index))


targets()
others()
dates("flights_5k", "date", True)
dates("seattle_weather", "date", False)
before("seattle_weather", "date", [], ["temp_max", "precipitation"], 7)
before("flights_5k", "date", ["origin"], ["delay"], 5)
before("airquality", "Day", ["Month"], ["Ozone", "Temp"], 3)
before("airquality", "", [], ["Wind"], 4)
print("// Made by tests/golden/make/prep_encode.py with scikit-learn %s, numpy %s, pandas %s." %
      (sklearn.__version__, np.__version__, pd.__version__))
print("#pragma once\n#include <math.h>\n")
print("// What a step makes of a table's column in rows 0, 1, n/3, n/2, n-2, n-1, and the sum of all its values; rows")
print("// without the target are left out.")
print("typedef struct EncodeRow {\n  const char *data, *target, *step, *opts, *column;\n  double probe[6], sum;\n} EncodeRow;")
print("static const EncodeRow ENCODED[] = {")
print("\n".join(ROWS) + "\n};")
