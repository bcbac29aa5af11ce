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
// Partial dependence of any model on a column: a row for each of its words, or of at most `most` >= 2 of its values
// (quantiles, the extremes among them): the value, and the mean of what is predicted when all rows have it, pred or
// p_<class> of each class. ERR_NAME, ERR_TYPE no such column, or a date; ERR_ARG no rows, no values; as model_predict.
NODISCARD ErrCode model_pdp(Job *job, const Model *m, const Frame *d, const char *column, int64_t most, Frame **out,
                            Err *err);
