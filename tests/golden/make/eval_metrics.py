#!/usr/bin/env python3
"""Prints tests/golden/eval_metrics.h: values of scikit-learn for the samples of tests/unit/eval/samples.h."""
import sys
import numpy as np
import sklearn
from sklearn import metrics as M


def two(n, ties):
    i = np.arange(n)
    y = (i * 37 % 101 < 40).astype(int)
    p = ((i * 7919 % ties) + 0.5 * ties * y) / (1.5 * ties)
    return y, np.column_stack([1 - p, p])


def three(n):
    i = np.arange(n)
    y = i * 31 % 7 % 3
    raw = np.column_stack([1.0 + i * (11 + 2 * k) % 13 + 6 * (y == k) for k in range(3)])
    return y, raw / raw.sum(axis=1)[:, None]


def values(n):
    i = np.arange(n)
    y = (i * 53 % 97) / 8.0 - 3
    return y, y + ((i * 29 % 41) - 20) / 16.0 + 0.25


def class_metrics(y, P):
    k = P.shape[1]
    pred = (P[:, 1] >= 0.5).astype(int) if k == 2 else P.argmax(axis=1)
    avg = "binary" if k == 2 else "macro"
    rows = [("accuracy", M.accuracy_score(y, pred)), ("balanced_accuracy", M.balanced_accuracy_score(y, pred)),
            ("precision", M.precision_score(y, pred, average=avg)), ("recall", M.recall_score(y, pred, average=avg))]
    if k == 2:
        rows.append(("specificity", M.recall_score(y, pred, pos_label=0)))
    rows += [("f1", M.f1_score(y, pred, average=avg)), ("mcc", M.matthews_corrcoef(y, pred)),
             ("kappa", M.cohen_kappa_score(y, pred)),
             ("auc", M.roc_auc_score(y, P[:, 1]) if k == 2 else M.roc_auc_score(y, P, multi_class="ovr")),
             ("average_precision", M.average_precision_score(y, P[:, 1]) if k == 2 else
              M.average_precision_score(np.eye(k)[y], P)),
             ("log_loss", M.log_loss(y, P)),
             ("brier", M.brier_score_loss(y, P[:, 1]) if k == 2 else ((P - np.eye(k)[y]) ** 2).sum(axis=1).mean())]
    if k == 2:
        rows.append(("total_cost", float(2 * ((pred == 1) & (y == 0)).sum() + 7 * ((pred == 0) & (y == 1)).sum())))
    return rows


def value_metrics(y, z, terms):
    r2 = M.r2_score(y, z)
    n = len(y)
    return [("rmse", M.mean_squared_error(y, z, squared=False)), ("mae", M.mean_absolute_error(y, z)), ("r2", r2),
            ("adjusted_r2", 1 - (1 - r2) * (n - 1) / (n - terms - 1))]


def table(name, rows):
    print(f"static const Golden {name}[] = {{")
    for metric, v in rows:
        print(f'    {{"{metric}", {v!r}}},')
    print("    {NULL, 0},\n};\n")


print(f"""// Metrics of the samples in tests/unit/eval/samples.h by scikit-learn {sklearn.__version__}, numpy {np.__version__},
// printed by tests/golden/make/eval_metrics.py. By their definition, with numpy: the Brier score of three classes (mean
// over rows of the summed squares), the cost (2 a false positive, 7 a false negative) and adjusted R2 (5 terms).
#pragma once
#include <stddef.h>

typedef struct Golden {{
  const char *name;
  double value;
}} Golden;
""")
table("GOLDEN_TWO", class_metrics(*two(200, 1009)))
table("GOLDEN_TIES", class_metrics(*two(90, 7)))
table("GOLDEN_THREE", class_metrics(*three(150)))
table("GOLDEN_VALUES", value_metrics(*values(120), 5))
y, P = two(90, 7)
fpr, tpr, t = M.roc_curve(y, P[:, 1], drop_intermediate=False)
print("// roc_curve(drop_intermediate=False) of the sample with ties; scikit-learn's first threshold, 1 + the largest")
print("// score, stands for inf.")
print(f"enum {{ GOLDEN_NPOINT = {len(t)} }};")
for name, x in (("THRESHOLD", t), ("TPR", tpr), ("FPR", fpr)):
    text, line = "", f"static const double GOLDEN_{name}[] = {{"
    for k, v in enumerate(x):
        w = ("INFINITY" if name == "THRESHOLD" and k == 0 else repr(float(v))) + ("};" if k == len(x) - 1 else ",")
        if len(line) + len(w) + 1 > 118:
            text += line + "\n"
            line = "   "
        line += (" " if not line.endswith("{") else "") + w
    print(text + line)
