# Missing values filled by other programs, for prep.impute_knn: tests/golden/impute_knn.h. Run in the folder of the tree:
#   /usr/bin/python3 tests/golden/make/impute_knn.py > tests/golden/impute_knn.h
# scikit-learn 1.2.1, pandas 1.5.3, numpy 1.24.2. Gower: written out below with numpy, every pair by itself.
# Which of several donors at the same distance is taken is nobody's promise: gaps where the k-th and the next distance
# agree are left out.
import numpy as np, pandas as pd
from sklearn.impute import KNNImputer
from sklearn.metrics import nan_euclidean_distances


def tied(dist, k, value):
    d = np.sort(dist[~np.isnan(value) & ~np.isnan(dist)])
    return len(d) > k and abs(d[k] - d[k - 1]) < 1e-9


def show(name, rows):
    print(f"static const GoldenGap {name}[] = {{")
    for column, row, value in rows:
        print(f'    {{"{column}", {row}, {value!r}, NULL}},' if not isinstance(value, str)
              else f'    {{"{column}", {row}, 0, "{value}"}},')
    print("};")


def euclid(name, file, columns, k, weights):
    d = pd.read_csv(file)[columns].astype(float)
    x = d.to_numpy()
    filled = KNNImputer(n_neighbors=k, weights=weights).fit_transform(x)
    dist = nan_euclidean_distances(x, x)
    show(name, [(columns[j], i, float(filled[i, j])) for i, j in zip(*np.where(np.isnan(x)))
                if not tied(dist[i], k, x[:, j])])


def gower(name, file, columns, k):
    d = pd.read_csv(file)[columns]
    n, p, rows = len(d), len(columns), []
    cols = [d[c].to_numpy() for c in columns]
    words = [d[c].dtype == object for c in columns]
    gone = [pd.isna(d[c]).to_numpy() for c in columns]
    for i in range(n):
        if not any(g[i] for g in gone):
            continue
        total, common = np.zeros(n), np.zeros(n)
        for j in range(p):
            if gone[j][i]:
                continue
            both = ~gone[j]
            if words[j]:
                t = np.array([0.0 if v == cols[j][i] else 1.0 for v in cols[j]])
            else:
                t = np.abs(cols[j] - cols[j][i]) / (np.nanmax(cols[j]) - np.nanmin(cols[j]))
            total += np.where(both, t, 0)
            common += both
        dist = np.where(common > 0, total / np.maximum(common, 1), np.nan)
        for j in range(p):
            if not gone[j][i] or tied(dist, k, np.where(gone[j], np.nan, 0)):
                continue
            own = np.where(gone[j], np.nan, dist)
            best = np.argsort(own, kind="stable")[:k]
            v = cols[j][best]
            if words[j]:
                level, count = np.unique(v.astype(str), return_counts=True)
                rows.append((columns[j], i, str(level[np.argmax(count)])))
            else:
                rows.append((columns[j], i, float(np.mean(v))))
    show(name, rows)


print("// Made by tests/golden/make/impute_knn.py: scikit-learn 1.2.1, and Gower's distance with numpy 1.24.2.")
print("#pragma once\n#include <stddef.h>\n")
print("typedef struct GoldenGap {\n  const char *column;\n  int row; // from 0\n  double value;\n"
      "  const char *word; // NULL: a number\n} GoldenGap;\n")
air = ["Ozone", "Solar.R", "Wind", "Temp", "Month", "Day"]
euclid("AIR_5", "datasets/airquality.csv", air, 5, "uniform")
euclid("AIR_3_DISTANCE", "datasets/airquality.csv", air, 3, "distance")
gower("PENGUINS_GOWER_5", "datasets/penguins.csv", ["species", "island", "bill_length_mm", "bill_depth_mm",
      "flipper_length_mm", "body_mass_g", "sex", "year"], 5)
gower("AIR_GOWER_1", "datasets/airquality.csv", air, 1)
