# /usr/bin/python3 tests/golden/make/logistic.py > tests/golden/sklearn_logistic.h
import math
import textwrap

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression, Ridge


def toy(n=160):
    s = 20240229.0

    def draw():
        nonlocal s
        s = math.fmod(16807 * s, 2147483647)
        return s / 2147483647

    x, two, three, real, weight = [], [], [], [], []
    for _ in range(n):
        a = math.floor(draw() * 4096) / 512 - 4
        b = math.floor(draw() * 1000) + 2000.0
        c = float(draw() < 0.4)
        noise = ((draw() + draw()) + draw() - 1.5) * 4
        eta = 0.5 + 0.6 * a - 0.004 * (b - 2500) + 0.8 * c
        x.append([a, b, c])
        two.append(int(eta + noise > 0))
        three.append(int(eta + noise > -1) + int(noise - 0.5 * a > 1))
        real.append(3 + 2 * a - 0.01 * b + 5 * c + noise)
        weight.append(1 + math.floor(draw() * 3))
    return np.array(x), np.array(two), np.array(three), np.array(real), np.array(weight)


def emit(name, v):
    body = textwrap.fill(", ".join("%.17g" % t for t in np.ravel(v)), 116, initial_indent="    ",
                         subsequent_indent="    ")
    print("static const double %s[] = {\n%s};" % (name, body))


def fit(name, x, y, l2, weight=None, intercept=True, classes=None):
    m = LogisticRegression(C=1 / l2, tol=1e-10, solver="newton-cg", max_iter=100000, fit_intercept=intercept,
                           class_weight=classes, multi_class="ovr" if y.max() == 1 else "multinomial")
    m.fit(x, y, sample_weight=weight)
    rows = np.column_stack([m.intercept_, m.coef_]) if intercept else m.coef_
    emit(name + "_EST", rows)  # a row of coefficients for each set, the intercept first
    emit(name + "_P", m.predict_proba(x[:4]))  # row by row


x, two, three, real, weight = toy()
z = x.copy()
z[:, 1] = (z[:, 1] - 2500) / 300  # newton-cg does not get near enough on columns of unlike scale
print("// LogisticRegression(C=1/l2, tol=1e-10, newton-cg) and Ridge of scikit-learn %s by" % sklearn.__version__)
print("// tests/golden/make/logistic.py. The second column of the toy data is (b - 2500) / 300.\n#pragma once\n")
fit("SK_TWO_1", z, two, 1.0)
fit("SK_TWO_10", z, two, 10.0)
fit("SK_TWO_SMALL", z, two, 0.01)
fit("SK_TWO_WEIGHTED", z, two, 1.0, weight)
fit("SK_TWO_ORIGIN", z, two, 1.0, None, False)
fit("SK_THREE_1", z, three, 1.0)
fit("SK_THREE_SMALL", z, three, 0.01)
fit("SK_THREE_WEIGHTED", z, three, 2.0, weight)
fit("SK_TWO_BALANCED", z, two, 1.0, classes="balanced")
fit("SK_TWO_CLASSES", z, two, 1.0, weight, classes={0: 1.0, 1: 5.5})
fit("SK_THREE_BALANCED", z, three, 1.0, weight, classes="balanced")
for name, w in ("SK_RIDGE", None), ("SK_RIDGE_WEIGHTED", weight):
    r = Ridge(alpha=2.0, solver="cholesky").fit(z, real, sample_weight=w)
    emit(name, np.append(r.intercept_, r.coef_))
    emit(name + "_R2", [r.score(z, real, w)])
