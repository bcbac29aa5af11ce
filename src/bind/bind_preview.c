// p:preview(d, {step=, target=}): what one step of a pipeline makes of its training rows, without anything being used.
#include "bind/bind_int.h"

#include "base/near.h"
#include "bind/preview_int.h"
#include "model/model.h"

#include <stdlib.h>

enum { PLOT_COLUMNS = 3, MOST_PLOTTED = 12 };

typedef struct Preview {
  StepPreview of;
  char *title; // "step 2 of 3, prep.impute"
} Preview;

static void unref(void *object) {
  Preview *v = object;
  step_preview_free(&v->of);
  free(v->title);
  free(v);
}

// ---- p:preview -----------------------------------------------------------------------------------------------------
typedef struct PreviewArgs {
  int d;
  const char *target, *step, *weight;
  Names features;
  int64_t seed;
} PreviewArgs;
static const Param PREVIEW[] = {
    {"d", PARAM_VALUE, offsetof(PreviewArgs, d), 0, 0, NULL, "frame",
     "rows that it would learn from; they stay as they are"},
    {"target", PARAM_TEXT, offsetof(PreviewArgs, target), 0, 0, "", NULL,
     "column to predict, which no step sees; or a formula \"y ~ a + b\""},
    {"step", PARAM_TEXT, offsetof(PreviewArgs, step), 0, 0, "", NULL,
     "number or name of the step; the last one when not given"},
    {"weight", PARAM_TEXT, offsetof(PreviewArgs, weight), 0, 0, "", NULL, "column of case weights"},
    {"features", PARAM_NAMES, offsetof(PreviewArgs, features), 0, 0, "", NULL, "use only these columns"},
    {"seed", PARAM_INT, offsetof(PreviewArgs, seed), 0, PARAM_INF, "0", NULL, "the session's seed when not given"},
    PARAM_END};

static Preview *preview_new(const Learner *l, int k) {
  Preview *v = calloc(1, sizeof *v);
  Str title = {0};
  if (!v) abort();
  if (learner_nstep(l) > 1) str_addf(&title, "step %d of %d, ", k + 1, learner_nstep(l));
  str_addf(&title, "prep.%s", learner_step(l, k)->type->name);
  v->title = strdup(str_c(&title));
  str_fini(&title);
  if (!v->title) abort();
  return v;
}

static ErrCode preview(Call *c) {
  PreviewArgs *o = c->opts;
  const Learner *l = c->self;
  const Frame *d;
  int n = learner_nstep(l);
  TRY(call_frame_arg(c, o->d, "d", &d));
  TRY(call_formula(c, &o->target, &o->features));
  if (n == 0) return err_set(c->err, ERR_ARG, "preview: this pipeline has no steps: put one before the model");
  if (o->step && learner_place(l, sv(o->step), &n, c->err) != OK) return err_prefix(c->err, "preview");
  if (n == 0) return err_set(c->err, ERR_ARG, "preview: steps are counted from 1");
  FitOpts opts = {.weight = o->weight, .features = o->features, .seed = (uint64_t)o->seed};
  c->nret = 1;
  Preview **slot = (Preview **)box_new(c->L, &CLASS_PREVIEW);
  *slot = preview_new(l, n - 1);
  return model_preview(c->job, l, d, o->target, &opts, n - 1, &(*slot)->of, c->err);
}

static ErrCode card(Call *c) { return learner_card(c->self, call_frame(c), c->err); }

const BindFn PREVIEW_ROWS[] = {
    {"card", "p:card()", "a line for each part: how it is called and what it does", card,
     .example = "return pipe{prep.impute{with='mean'}, prep.onehot{}, ml.logistic{l2=0}}:card()"},
    {"preview", "v = p:preview(d, \"y\", {step=2})", "what a step would make of these rows, before it is used", preview,
     BIND_OPTS(PreviewArgs, PREVIEW), .npos = 2,
     .example = "return pipe{prep.impute{}, prep.onehot{'sex'}, ml.logistic{}}:preview(data 'titanic', 'survived', "
                "{step='impute'})"},
    {0}};

// ---- v:... ---------------------------------------------------------------------------------------------------------
static ErrCode table_of(Job *job, const Preview *v, Frame **out, Err *err) {
  TRY(step_preview_table(job, &v->of, out, err));
  const char *caption = frame_caption(*out);
  Str s = {0};
  str_addf(&s, "%s: %s", v->title, caption);
  frame_set_caption(*out, str_c(&s));
  str_fini(&s);
  return OK;
}

static ErrCode table(Call *c) { return table_of(c->job, c->self, call_frame(c), c->err); }

typedef struct PlotArgs {
  Names columns;
} PlotArgs;
static const Param PLOT[] = {{"columns", PARAM_NAMES, offsetof(PlotArgs, columns), 0, 0, "", NULL,
                              "columns to draw, at most 12; the first three when none is given"},
                             PARAM_END};

static ErrCode find_column(Call *c, const char *name, const PreviewColumn **out) {
  const StepPreview *v = &((const Preview *)c->self)->of;
  char hint[300];
  Sv *names = arena_array(c->arena, Sv, v->ncolumn);
  for (int64_t j = 0; j < v->ncolumn; j++) {
    if (strcmp(v->column[j].name, name) == 0) return *out = &v->column[j], OK;
    names[j] = sv(v->column[j].name);
  }
  bool there = frame_find(v->before, sv(name)) >= 0;
  if (there) return err_set(c->err, ERR_ARG, "plot: the step leaves column '%s' as it is", name);
  near_hint(hint, sizeof hint, sv(name), names, v->ncolumn);
  return err_set(c->err, ERR_NAME, "plot: the step has no column '%s'%s", name, hint);
}

static ErrCode plot(Call *c) {
  const PlotArgs *o = c->opts;
  const Preview *v = c->self;
  const PreviewColumn *column[MOST_PLOTTED];
  int64_t n = o->columns.n ? o->columns.n : v->of.ncolumn < PLOT_COLUMNS ? v->of.ncolumn : PLOT_COLUMNS;
  if (n == 0) return err_set(c->err, ERR_ARG, "plot: the step leaves every column as it is");
  if (n > MOST_PLOTTED) return err_set(c->err, ERR_ARG, "plot: at most %d columns at once", MOST_PLOTTED);
  for (int64_t k = 0; k < n; k++) {
    column[k] = &v->of.column[k];
    if (o->columns.n) TRY(find_column(c, o->columns.name[k], &column[k]));
  }
  c->nret = 1;
  Plot *p = plot_box(c->L);
  preview_plot(&v->of, column, (int)n, v->title, p);
  return OK;
}

static const BindFn METHODS[] = {
    {"table", "v:table()", "a line for each column before the step and one after it, as a frame", table,
     .example = "return prep.impute{}:preview(data 'airquality'):table():where \"side == 'after'\""},
    {"plot", "v:plot{\"age\"}", "histograms before and after the step, side by side", plot, BIND_OPTS(PlotArgs, PLOT),
     .npos = 1, .rest = true, .example = "return prep.impute{}:preview(data 'airquality'):plot{'Ozone'}"},
    {0}};

// v.before, v.after: the frames; v.affected, v.left_out, v.made: counts of rows.
static int index_preview(lua_State *L) {
  const StepPreview *v = &((const Preview *)box_test(L, 1, &CLASS_PREVIEW))->of;
  const char *key = lua_tostring(L, 2);
  if (!key) return 0;
  if (strcmp(key, "before") == 0) return *box_new(L, &CLASS_FRAME) = frame_ref(v->before), 1;
  if (strcmp(key, "after") == 0) return *box_new(L, &CLASS_FRAME) = frame_ref(v->after), 1;
  if (strcmp(key, "affected") == 0) return lua_pushinteger(L, v->affected), 1;
  if (strcmp(key, "left_out") == 0) return lua_pushinteger(L, v->left_out), 1;
  if (strcmp(key, "made") == 0) return lua_pushinteger(L, v->made), 1;
  return 0;
}

static ErrCode value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  TRY(table_of(h->job, object, made, err));
  *out = (HostValue){.kind = VALUE_FRAME, .frame = *made, .title = frame_caption(*made)};
  return OK;
}

const Class CLASS_PREVIEW = {"Preview", "a preview", METHODS, unref, index_preview, value, NULL};

void preview_open(lua_State *L) { class_open(L, &CLASS_PREVIEW); }
