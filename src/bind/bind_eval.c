// Splits and evaluations in Lua.
#include "bind/bind_int.h"

#include "chart/chart.h"
#include "eval/eval.h"

#include <math.h>
#include <stdlib.h>

// ---- d:split -------------------------------------------------------------------------------------------------------
// Of d:split, and of d:split_map, whose options begin with them.
#define SPLIT_OPTIONS                                                                                                  \
    {"test", PARAM_REAL, offsetof(SplitOpts, test), 0, 1, "0.25", NULL, "share of the rows for the test part"},        \
    {"valid", PARAM_REAL, offsetof(SplitOpts, valid), 0, 1, "0", NULL, "share for a validation part"},                 \
    {"stratify", PARAM_TEXT, offsetof(SplitOpts, stratify), 0, 0, "", NULL, "column whose distribution is kept"},      \
    {"group", PARAM_TEXT, offsetof(SplitOpts, group), 0, 0, "", NULL, "column whose equal values stay in one part"},   \
    {"time", PARAM_TEXT, offsetof(SplitOpts, time), 0, 0, "", NULL,                                                    \
     "column that orders the rows: the latest are the test part"},                                                     \
    {"target", PARAM_TEXT, offsetof(SplitOpts, target), 0, 0, "", NULL,                                                \
     "column to predict, to warn when it goes along with the order of the rows; that of stratify when not given"},     \
    {"seed", PARAM_INT, offsetof(SplitOpts, seed), 0, PARAM_INF, "0", NULL, "the session's seed when not given"}
const Param SPLIT[] = {SPLIT_OPTIONS, PARAM_END};

// The lines of the caption that begin with "!": a split is seldom shown.
static void print_cautions(Call *c, const Frame *f) {
  const char *mark = strchr(frame_caption(f), '\n');
  if (!mark) return;
  Str lines = {0};
  str_addf(&lines, "%s\n", mark + 1);
  c->host->ops.print(c->host->ops.ctx, (Sv){str_c(&lines), lines.n});
  str_fini(&lines);
}

ErrCode bind_split(Call *c) {
  const SplitOpts *o = c->opts;
  Frame **train = call_frame(c), **test = call_frame(c), **valid = call_frame(c);
  TRY(eval_split(c->job, c->self, o, train, test, valid, c->err));
  print_cautions(c, *test);
  if (o->valid <= 0) {
    lua_pop(c->L, 1);
    c->nret = 2;
  }
  return OK;
}

typedef struct SplitMapArgs {
  SplitOpts split;
  const char *by;
} SplitMapArgs;
static const Param SPLIT_MAP[] = {
    SPLIT_OPTIONS,
    {"by", PARAM_TEXT, offsetof(SplitMapArgs, by), 0, 0, "", NULL,
     "column whose levels are compared between the parts; that of stratify when not given"},
    PARAM_END};

// Which rows d:split would give to which part: the chart rowmap of d with a column of parts, and that frame behind it.
static ErrCode split_map(Call *c) {
  const SplitMapArgs *o = c->opts;
  Frame **parts = (Frame **)box_new(c->L, &CLASS_FRAME);
  TRY(eval_split_parts(c->job, c->self, &o->split, "part", parts, c->err));
  Plot *p = plot_box(c->L);
  RowmapOpts opts = {.part = "part", .by = o->by ? o->by : o->split.stratify};
  TRY(chart_plot(c->job, &chart_rowmap, *parts, &opts, p, c->err));
  const char *cautions = strchr(frame_caption(*parts), '\n');
  if (cautions) p->note = arena_printf(&p->arena, "%s%s%s", cautions + 1, p->note ? "; " : "", p->note ? p->note : "");
  lua_pushvalue(c->L, -2);
  lua_setiuservalue(c->L, -2, 1);
  c->nret = 1;
  return OK;
}

const BindFn SPLIT_ROWS[] = {
    {"split_map", "d:split_map{test=0.25, stratify=\"y\"}", "which rows d:split would give to which part, as a picture",
     split_map, BIND_OPTS(SplitMapArgs, SPLIT_MAP),
     .example = "return data('titanic'):split_map{test=0.25, valid=0.25, stratify='survived'}"},
    {0}};

// ---- e:... ---------------------------------------------------------------------------------------------------------
static void unref(void *object) { eval_unref(object); }

static void remember(Frame *metrics, const Evaluation *e) {
  frame_set_asked(metrics, asked_new("metrics", "Evaluation", eval_ref(e), unref, NULL, NULL, 0, NULL));
}

static ErrCode metrics(Call *c) {
  Frame **out = call_frame(c);
  TRY(eval_metrics(c->job, c->self, out, c->err));
  remember(*out, c->self);
  return OK;
}

typedef struct RowsOpts {
  const char *actual, *pred;
} RowsOpts;
static const Param ROWS[] = {
    {"actual", PARAM_TEXT, offsetof(RowsOpts, actual), 0, 0, "", NULL, "only rows that are of this class"},
    {"pred", PARAM_TEXT, offsetof(RowsOpts, pred), 0, 0, "", NULL, "only rows that were said to be of this class"},
    PARAM_END};

static ErrCode rows(Call *c) {
  const RowsOpts *o = c->opts;
  return eval_rows(c->job, c->self, o->actual, o->pred, call_frame(c), c->err);
}

static Evaluation **call_evaluation(Call *c) {
  c->nret++;
  return (Evaluation **)box_new(c->L, &CLASS_EVALUATION);
}

typedef struct ThresholdOpts {
  double t;
} ThresholdOpts;
static const Param THRESHOLD[] = {
    {"t", PARAM_REAL, offsetof(ThresholdOpts, t), 0, 1, NULL, NULL, "least probability that counts as positive"},
    PARAM_END};

static ErrCode threshold(Call *c) {
  return eval_threshold(c->self, ((const ThresholdOpts *)c->opts)->t, call_evaluation(c), c->err);
}

static const Param COST[] = {
    {"fp", PARAM_REAL, offsetof(CostOpts, fp), 0, PARAM_INF, "1", NULL, "cost of one false positive"},
    {"fn", PARAM_REAL, offsetof(CostOpts, fn), 0, PARAM_INF, "1", NULL, "cost of one false negative"},
    PARAM_END};

static ErrCode cost(Call *c) { return eval_cost(c->self, c->opts, call_evaluation(c), c->err); }

#define IRIS_EVAL "local d = data 'iris' local e = ml.logistic{}:fit(d, 'class'):evaluate(d) "
#define SEX_EVAL                                                                                                       \
  "local d = data('titanic'):select{'survived', 'sex'} "                                                               \
  "local e = pipe{prep.onehot{}, ml.logistic{}}:fit(d, 'survived'):evaluate(d) "

static const BindFn METHODS[] = {
    {"metrics", "e:metrics()", "every metric of the task, with intervals where they exist", metrics,
     .example = IRIS_EVAL "return e:metrics()"},
    {"rows", "e:rows{actual=\"yes\", pred=\"no\"}", "the rows behind a cell of the confusion matrix", rows,
     BIND_OPTS(RowsOpts, ROWS), .example = SEX_EVAL "return e:rows{actual='yes', pred='no'}:head(3)"},
    {"threshold", "e:threshold(0.37)", "the same scores judged at another threshold", threshold,
     BIND_OPTS(ThresholdOpts, THRESHOLD), .npos = 1, .example = SEX_EVAL "return e:threshold(0.3).recall"},
    {"cost", "e:cost{fp=1, fn=5}", "the same scores with costs of the two errors", cost, BIND_OPTS(CostOpts, COST),
     .example = SEX_EVAL "return e:cost{fp=1, fn=5}.total_cost"},
    {0}};

// e.auc, e.rmse ...: the metrics; nil where one is undefined.
static int index_evaluation(lua_State *L) {
  const char *key = lua_tostring(L, 2);
  if (!key || class_find(&CLASS_EVALUATION, key)) return 0;
  Err err;
  double v;
  if (eval_metric(host_of(L)->job, box_test(L, 1, &CLASS_EVALUATION), sv(key), &v, &err) != OK)
    return luaL_error(L, "%s", err.msg);
  if (isnan(v)) lua_pushnil(L);
  else lua_pushnumber(L, v);
  return 1;
}

static ErrCode value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  TRY(eval_metrics(h->job, object, made, err));
  remember(*made, object);
  *out = (HostValue){.kind = VALUE_FRAME, .frame = *made, .title = frame_caption(*made)};
  return OK;
}

const Class CLASS_EVALUATION = {"Evaluation", "an evaluation", METHODS, unref, index_evaluation, value, NULL};

void eval_open(lua_State *L) { class_open(L, &CLASS_EVALUATION); }
