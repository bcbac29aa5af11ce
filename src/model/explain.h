// What the predictions of a model are made of.
#pragma once
#include "model/model.h"

typedef enum { SHAP_ROWS, SHAP_MEANS, SHAP_LONG } ShapForm;
// Exact Shapley values of a model of trees, in units of its sums (log-odds, logarithms, or values themselves), of the
// columns that the trees see. ROWS: a row each row (and class, where each has a sum), a column each term, then base
// (the sum of a row of which nothing is known) and total. MEANS: term, shap (mean of the absolute values), low and high
// (extremes), largest first. LONG: row, (class,) term, shap, value (of words their number). ERR_ARG: no trees, no rows;
// as model_predict.
NODISCARD ErrCode model_shap(Job *job, const Model *m, const Frame *d, ShapForm form, Frame **out, Err *err);
