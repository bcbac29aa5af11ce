// ml.forest: trees on rows drawn with replacement, each node looking at a few columns (Breiman 2001).
#include "model/cart_forest.h"

static const Param PARAMS[] = {FOREST_PARAMS("true"), PARAM_END};

static ErrCode forest_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  return forest_fit_with(job, opts, in, "forest", false, state, err);
}

const ModelType model_forest = {
    .name = "forest",
    .summary = "Grows many trees, each on drawn rows and few columns a split, and takes the mean of what they say",
    .source = "Breiman, Random Forests, Machine Learning 45, 2001; checked against scikit-learn 1.2.1 and "
              "ranger 0.14.1",
    .unfit = "values outside of those seen in training: it cannot go beyond them; and models that must be read",
    .tasks = TASK_REGRESSION | TASK_CLASSIFICATION,
    .example = "return ml.forest{n_estimators=50}:fit(data 'iris', 'class')",
    .params = PARAMS,
    .opts_size = sizeof(ForestOpts),
    .fit = forest_fit,
    .predict_columns = forest_predict,
    .card = forest_card,
    .store = forest_store,
    .trees = forest_trees,
    .mean = true,
    .oob = forest_oob,
};
