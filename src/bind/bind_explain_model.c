// explain.*: what the predictions of a model are made of.
#include "bind/bind_int.h"

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

const BindFn EXPLAIN_MODEL_ROWS[] = {
    {"shap", "explain.shap(m, test), explain.shap(m, test, {form=\"means\"})",
     "exact Shapley values of trees: what each column adds to the sum of a row", shap, BIND_OPTS(ShapOpts, SHAP),
     .npos = 2,
     .example = "local d = data 'iris' local m = ml.boost{rounds=5}:fit(d, 'class') "
                "return explain.shap(m, d, {form='means'})"},
    {0}};

void explain_open(LuaHost *h) {
  lua_newtable(h->L);
  for (const BindFn *f = EXPLAIN_MODEL_ROWS; f->name; f++) {
    push_bound(h->L, f, NULL);
    lua_setfield(h->L, -2, f->name);
  }
  lua_setglobal(h->L, "explain");
}
