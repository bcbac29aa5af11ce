// Trees that another program grew, as load_model reads them. The type stands outside of MODEL_TYPES, since nothing can
// be fitted with it; saved, it is found by its name as any other.
#include "model/link_int.h"

static const Param PARAMS[] = {PARAM_END};

static ErrCode imported_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  (void)job, (void)opts, (void)in, (void)state;
  return err_set(err, ERR_ARG, "trees of another program are read, load_model \"m.json\", not fitted: ml.boost{} is");
}

static ErrCode imported_card(Job *job, const void *opts, const ModelState *state, const Names *terms,
                             const Names *levels, Frame **out, Err *err) {
  (void)opts, (void)levels;
  const Sums *s = state->data;
  TRY(trees_card(job, &s->trees, terms, out, err));
  Str facts = {0};
  str_addf(&facts, "%s, %lld trees, %lld leaves", s->objective, (long long)s->trees.ntree,
           (long long)(s->trees.nnode + s->trees.ntree) / 2);
  frame_set_caption(*out, str_c(&facts));
  str_fini(&facts);
  return OK;
}

static void imported_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state) {
  (void)opts;
  if (s->reading) state->data = arena_new(s->arena, Sums);
  sums_store(s, nterm, nclass, state->data);
}

const ModelType model_imported = {
    .name = "imported",
    .summary = "Trees that XGBoost or LightGBM grew, read from their files",
    .source = "XGBoost 1.7.4 and LightGBM's model text",
    .unfit = "being fitted again",
    .tasks = TASK_REGRESSION | TASK_CLASSIFICATION,
    .params = PARAMS,
    .opts_size = 1,
    .fit = imported_fit,
    .predict_columns = sums_predict,
    .card = imported_card,
    .store = imported_store,
    .trees = sums_trees,
    .sums = sums_get,
};
