// Made by tests/golden/make/boost.py with XGBoost 1.7.4 and scikit-learn 1.2.1: RMSE or log loss; AUC or -1.
#pragma once

typedef struct XgboostFit {
  const char *table, *target, *way;
  double train, test, auc;
} XgboostFit;

static const XgboostFit XGBOOST_FITS[] = {
    {"credit", "Status", "depth 6", 0.314636639, 0.474807655, 0.801238899},
    {"credit", "Status", "depth 3, penalties", 0.438580588, 0.47314879, 0.801464081},
    {"credit", "Status", "15 leaves", 0.388396743, 0.469363361, 0.80630353},
    {"breast_cancer", "class", "depth 6", 0.0249629163, 0.131584819, 0.989247312},
    {"breast_cancer", "class", "depth 3, penalties", 0.0574884459, 0.145252994, 0.989677419},
    {"breast_cancer", "class", "15 leaves", 0.0249629163, 0.131584819, 0.989247312},
    {"spam_words", "type", "depth 6", 0.0967575038, 0.131545182, 0.988792433},
    {"spam_words", "type", "depth 3, penalties", 0.168768897, 0.160964409, 0.985899291},
    {"spam_words", "type", "15 leaves", 0.102815809, 0.124635412, 0.989835292},
    {"digits", "digit", "depth 6", 0.0376213205, 0.168052471, -1},
    {"digits", "digit", "depth 3, penalties", 0.140458536, 0.238279149, -1},
    {"digits", "digit", "15 leaves", 0.0384763059, 0.169965211, -1},
    {"diamonds_1in8", "price", "depth 6", 1031.10514, 1333.40347, -1},
    {"diamonds_1in8", "price", "depth 3, penalties", 1240.87959, 1334.4633, -1},
    {"diamonds_1in8", "price", "15 leaves", 1152.5375, 1339.12774, -1},
    {"sacramento_homes", "price", "depth 6", 38602.2796, 84530.7891, -1},
    {"sacramento_homes", "price", "depth 3, penalties", 61047.8157, 85665.382, -1},
    {"sacramento_homes", "price", "15 leaves", 46649.1645, 82924.9093, -1},
    {"wine", "class", "depth 6", 0.0271003295, 0.0627753076, -1},
    {"wine", "class", "depth 3, penalties", 0.0702926274, 0.104770555, -1},
    {"wine", "class", "15 leaves", 0.0271003295, 0.0627753076, -1},
    {"titanic", "survived", "depth 6", 0.614970992, 0.665285842, 0.571152709},
    {"titanic", "survived", "depth 3, penalties", 0.636352907, 0.65783355, 0.568413793},
    {"titanic", "survived", "15 leaves", 0.615898379, 0.66441881, 0.575054187},
};
