// ml.extratrees: a forest whose nodes draw one cut for each column that they look at and take the best of these cuts;
// its trees learn from all rows (Geurts, Ernst, Wehenkel 2006).
#include "model/cart_forest.h"

static const Param PARAMS[] = {FOREST_PARAMS("false"), PARAM_END};

static ErrCode extratrees_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  return forest_fit_with(job, opts, in, "extratrees", true, state, err);
}

const ModelType model_extratrees = {
    .name = "extratrees",
    .summary = "Grows many trees whose cuts are drawn at random, and takes the mean of what they say",
    .source = "Geurts, Ernst, Wehenkel, Extremely randomized trees, Machine Learning 63, 2006; checked against "
              "scikit-learn 1.2.1",
    .unfit = "tables where most columns are noise: a random cut of them is taken too often",
    .tasks = TASK_REGRESSION | TASK_CLASSIFICATION,
    .example = "return ml.extratrees{n_estimators=50}:fit(data 'iris', 'class')",
    .params = PARAMS,
    .opts_size = sizeof(ForestOpts),
    .fit = extratrees_fit,
    .predict_columns = forest_predict,
    .card = forest_card,
    .store = forest_store,
    .trees = forest_trees,
    .mean = true,
    .oob = forest_oob,
};
