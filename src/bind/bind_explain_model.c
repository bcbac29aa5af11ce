// explain.*: what the predictions of a model are made of.
#include "bind/bind_int.h"

#include "eval/eval.h"
#include "model/explain.h"

typedef struct ShapOpts {
  int model, d, form;
} ShapOpts;
static const Param SHAP[] = {
    {"m", PARAM_VALUE, offsetof(ShapOpts, model), 0, 0, NULL, "model", "a model of trees"},
    {"d", PARAM_VALUE, offsetof(ShapOpts, d), 0, 0, NULL, "frame", "rows with the model's columns"},
    {"form", PARAM_CHOICE, offsetof(ShapOpts, form), 0, 0, "rows", "rows|means|long",
     "a row each row; the mean of the absolute values of each term; a row each row and term, for charts"},
    PARAM_END};

static ErrCode shap(Call *c) {
  const ShapOpts *o = c->opts;
  const Frame *d;
  const Model *m = box_test(c->L, o->model, &CLASS_MODEL);
  if (!m) return err_set(c->err, ERR_ARG, "explain.shap: m must be a model");
  TRY(call_frame_arg(c, o->d, "d", &d));
  return model_shap(c->job, m, d, (ShapForm)o->form, call_frame(c), c->err);
}

typedef struct PdpOpts {
  int model, d;
  const char *column;
  int64_t points;
} PdpOpts;
static const Param PDP[] = {
    {"m", PARAM_VALUE, offsetof(PdpOpts, model), 0, 0, NULL, "model", "any model"},
    {"d", PARAM_VALUE, offsetof(PdpOpts, d), 0, 0, NULL, "frame", "rows with the model's columns"},
    {"column", PARAM_TEXT, offsetof(PdpOpts, column), 0, 0, NULL, NULL, "the column that is varied"},
    {"points", PARAM_INT, offsetof(PdpOpts, points), 2, 1000, "20", NULL, "values of a number, at most"},
    PARAM_END};

static ErrCode pdp(Call *c) {
  const PdpOpts *o = c->opts;
  const Frame *d;
  const Model *m = box_test(c->L, o->model, &CLASS_MODEL);
  if (!m) return err_set(c->err, ERR_ARG, "explain.pdp: m must be a model");
  TRY(call_frame_arg(c, o->d, "d", &d));
  return model_pdp(c->job, m, d, o->column, o->points, call_frame(c), c->err);
}

typedef struct ImportanceArgs {
  int model, d;
  int64_t repeats, seed;
  const char *metric;
  int form;
} ImportanceArgs;
#define IMPORTANCE_AT(field) offsetof(ImportanceArgs, field)
static const Param IMPORTANCE[] = {
    {"m", PARAM_VALUE, IMPORTANCE_AT(model), 0, 0, NULL, "model", "any model with a target"},
    {"d", PARAM_VALUE, IMPORTANCE_AT(d), 0, 0, NULL, "frame", "rows with the model's columns and its target"},
    {"repeats", PARAM_INT, IMPORTANCE_AT(repeats), 1, 1000, "5", NULL, "how often each column is shuffled"},
    {"metric", PARAM_TEXT, IMPORTANCE_AT(metric), 0, 0, "", NULL,
     "what gets worse; auc for two classes, accuracy for more, r2 for values when none is given"},
    {"form", PARAM_CHOICE, IMPORTANCE_AT(form), 0, 0, "means", "means|long",
     "a row each column; a row each column and repeat, for charts"},
    {"seed", PARAM_INT, IMPORTANCE_AT(seed), 0, PARAM_INF, "0", NULL, "the session's seed when not given"},
    PARAM_END};
#undef IMPORTANCE_AT

static ErrCode importance(Call *c) {
  const ImportanceArgs *o = c->opts;
  const Frame *d;
  const Model *m = box_test(c->L, o->model, &CLASS_MODEL);
  if (!m) return err_set(c->err, ERR_ARG, "explain.importance: m must be a model");
  TRY(call_frame_arg(c, o->d, "d", &d));
  ImportanceOpts opts = {.repeats = o->repeats, .metric = o->metric, .seed = (uint64_t)o->seed,
                         .form = (ImportanceForm)o->form};
  return eval_importance(c->job, m, d, &opts, call_frame(c), c->err);
}

const BindFn EXPLAIN_MODEL_ROWS[] = {
    {"shap", "explain.shap(m, test), explain.shap(m, test, {form=\"means\"})",
     "exact Shapley values of trees: what each column adds to the sum of a row", shap, BIND_OPTS(ShapOpts, SHAP),
     .npos = 2,
     .example = "local d = data 'iris' local m = ml.boost{rounds=5}:fit(d, 'class') "
                "return explain.shap(m, d, {form='means'})"},
    {"pdp", "explain.pdp(m, test, \"age\")",
     "partial dependence: the mean prediction when all rows have the same value of a column", pdp,
     BIND_OPTS(PdpOpts, PDP), .npos = 3,
     .example = "local d = data 'iris' local m = ml.tree{}:fit(d, 'class') "
                "return explain.pdp(m, d, 'petal_length_cm', {points=5})"},
    {"importance", "explain.importance(m, test), explain.importance(m, test):bar{x=\"column\", y=\"importance\"}",
     "permutation importance: how much worse the model gets when a column is shuffled; dot of form=\"long\" draws "
     "the intervals", importance, BIND_OPTS(ImportanceArgs, IMPORTANCE), .npos = 2,
     .example = "local d = data 'iris' local m = ml.tree{}:fit(d, 'class') "
                "return explain.importance(m, d, {repeats=3})"},
    {0}};

void explain_open(LuaHost *h) {
  lua_newtable(h->L);
  for (const BindFn *f = EXPLAIN_MODEL_ROWS; f->name; f++) {
    push_bound(h->L, f, NULL);
    lua_setfield(h->L, -2, f->name);
  }
  lua_setglobal(h->L, "explain");
}
