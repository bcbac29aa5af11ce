// Metrics of the samples in tests/unit/eval/samples.h by scikit-learn 1.2.1, numpy 1.24.2,
// printed by tests/golden/make/eval_metrics.py. By their definition, with numpy: the Brier score of three classes (mean
// over rows of the summed squares), the cost (2 a false positive, 7 a false negative) and adjusted R2 (5 terms).
#pragma once
#include <stddef.h>

typedef struct Golden {
  const char *name;
  double value;
} Golden;

static const Golden GOLDEN_TWO[] = {
    {"accuracy", 0.76},
    {"balanced_accuracy", 0.7577152421801443},
    {"precision", 0.6781609195402298},
    {"recall", 0.7468354430379747},
    {"specificity", 0.768595041322314},
    {"f1", 0.7108433734939759},
    {"mcc", 0.5082501124769068},
    {"kappa", 0.5065282204173949},
    {"auc", 0.8769745789308505},
    {"average_precision", 0.852266566497944},
    {"log_loss", 0.4479787916564018},
    {"brier", 0.14718559285121277},
    {"total_cost", 196.0},
    {NULL, 0},
};

static const Golden GOLDEN_TIES[] = {
    {"accuracy", 0.8},
    {"balanced_accuracy", 0.7824074074074074},
    {"precision", 0.78125},
    {"recall", 0.6944444444444444},
    {"specificity", 0.8703703703703703},
    {"f1", 0.7352941176470588},
    {"mcc", 0.5780497582289138},
    {"kappa", 0.5754716981132075},
    {"auc", 0.8713991769547326},
    {"average_precision", 0.8543779960623181},
    {"log_loss", 0.44123186515517016},
    {"brier", 0.14492315444696394},
    {"total_cost", 91.0},
    {NULL, 0},
};

static const Golden GOLDEN_THREE[] = {
    {"accuracy", 0.6066666666666667},
    {"balanced_accuracy", 0.5692640692640693},
    {"precision", 0.7260789188500031},
    {"recall", 0.5692640692640693},
    {"f1", 0.5109804956901542},
    {"mcc", 0.41102977450653555},
    {"kappa", 0.3771114864864865},
    {"auc", 0.9418791085457753},
    {"average_precision", 0.9122082370545085},
    {"log_loss", 0.6413702685249282},
    {"brier", 0.39215182124273035},
    {NULL, 0},
};

static const Golden GOLDEN_VALUES[] = {
    {"rmse", 0.7803745094504305},
    {"mae", 0.6645833333333333},
    {"r2", 0.9510488979853068},
    {"adjusted_r2", 0.9489019198267676},
    {NULL, 0},
};

// roc_curve(drop_intermediate=False) of the sample with ties; scikit-learn's first threshold, 1 + the largest
// score, stands for inf.
enum { GOLDEN_NPOINT = 15 };
static const double GOLDEN_THRESHOLD[] = {INFINITY, 0.9047619047619048, 0.8095238095238095, 0.7142857142857143,
    0.6190476190476191, 0.5714285714285714, 0.5238095238095238, 0.47619047619047616, 0.42857142857142855,
    0.38095238095238093, 0.3333333333333333, 0.2857142857142857, 0.19047619047619047, 0.09523809523809523, 0.0};
static const double GOLDEN_TPR[] = {0.0, 0.16666666666666666, 0.3055555555555556, 0.4166666666666667,
    0.5277777777777778, 0.5277777777777778, 0.6944444444444444, 0.6944444444444444, 0.8333333333333334,
    0.8333333333333334, 1.0, 1.0, 1.0, 1.0, 1.0};
static const double GOLDEN_FPR[] = {0.0, 0.0, 0.0, 0.0, 0.0, 0.12962962962962962, 0.12962962962962962,
    0.25925925925925924, 0.25925925925925924, 0.42592592592592593, 0.42592592592592593, 0.5925925925925926,
    0.7222222222222222, 0.8703703703703703, 1.0};
