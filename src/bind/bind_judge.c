// What an evaluation draws: its answers become a frame, the chart of that name draws it, and behind the plot stands the
// table of what is drawn. Such a plot answers to the verbs and columns of its table too, so that e:confusion():row(1)
// and e:roc():save "roc.svg" both mean what they say. Tables that grow with the rows are made when first asked for.
#include "bind/bind_int.h"

#include "chart/chart.h"
#include "eval/eval.h"

#include <assert.h>
#include <stdlib.h>

enum { MOST_OPTS = 512 }; // the options of a chart, whatever they are
typedef struct JudgeOpts {
  char bytes[MOST_OPTS];
} JudgeOpts;
typedef ErrCode (*TableOf)(Job *job, const Evaluation *e, const ReliabilityOpts *opts, Frame **out, Err *err);
typedef struct Judge {
  const ChartType *chart;
  TableOf table;
  bool now; // the table is small, or needs the options
} Judge;

// ---- tables --------------------------------------------------------------------------------------------------------
static ErrCode roc_table(Job *job, const Evaluation *e, const ReliabilityOpts *o, Frame **out, Err *err) {
  (void)o;
  return eval_points(job, e, CURVE_ROC, out, err);
}
static ErrCode pr_table(Job *job, const Evaluation *e, const ReliabilityOpts *o, Frame **out, Err *err) {
  (void)o;
  return eval_points(job, e, CURVE_PR, out, err);
}
static ErrCode gain_table(Job *job, const Evaluation *e, const ReliabilityOpts *o, Frame **out, Err *err) {
  (void)o;
  return eval_points(job, e, CURVE_GAIN, out, err);
}
static ErrCode answers_table(Job *job, const Evaluation *e, const ReliabilityOpts *o, Frame **out, Err *err) {
  (void)o;
  return eval_answers(job, e, out, err);
}
static ErrCode residuals_table(Job *job, const Evaluation *e, const ReliabilityOpts *o, Frame **out, Err *err) {
  (void)o;
  return eval_residuals(job, e, out, err);
}
static ErrCode confusion_table(Job *job, const Evaluation *e, const ReliabilityOpts *o, Frame **out, Err *err) {
  (void)o;
  return eval_confusion(job, e, out, err);
}

bool plot_push_table(lua_State *L, int place) {
  place = lua_absindex(L, place);
  if (!box_test(L, place, &CLASS_PLOT)) return false;
  if (lua_getiuservalue(L, place, 1) != LUA_TTABLE) {
    bool made = box_test(L, -1, &CLASS_FRAME) != NULL;
    if (!made) lua_pop(L, 1);
    return made;
  }
  lua_rawgeti(L, -1, 1);
  lua_rawgeti(L, -2, 2);
  const Evaluation *e = box_test(L, -2, &CLASS_EVALUATION);
  const Judge *j = lua_touserdata(L, -1);
  Frame **slot = (Frame **)box_new(L, &CLASS_FRAME);
  Err err;
  if (j->table(host_of(L)->job, e, NULL, slot, &err) != OK) luaL_error(L, "%s", err.msg);
  lua_pushvalue(L, -1);
  lua_setiuservalue(L, place, 1);
  lua_replace(L, -4);
  lua_pop(L, 2);
  return true;
}

// Of the plot on top of the stack: its table, or how to make it.
static ErrCode keep_table(Call *c, const Judge *j, const ReliabilityOpts *o) {
  lua_State *L = c->L;
  static const int self = 2;
  if (j->now) {
    Frame **slot = (Frame **)box_new(L, &CLASS_FRAME);
    TRY(j->table(c->job, c->self, o, slot, c->err));
  } else {
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, self);
    lua_rawseti(L, -2, 1);
    lua_pushlightuserdata(L, (void *)(uintptr_t)j);
    lua_rawseti(L, -2, 2);
  }
  lua_setiuservalue(L, -2, 1);
  return OK;
}

// ---- plots ---------------------------------------------------------------------------------------------------------
static Names score_columns(Call *c, const Frame *d) {
  Names names = {arena_array(c->arena, const char *, frame_ncol(d)), 0};
  for (int j = 2; j < frame_ncol(d); j++) names.name[names.n++] = frame_name(d, j);
  return names;
}

static bool is_given(Call *c, const char *name) {
  if (!c->table) return false;
  bool given = lua_getfield(c->L, c->table, name) != LUA_TNIL;
  lua_pop(c->L, 1);
  return given;
}

static void name_columns(Call *c, const Judge *j, const Frame *d) {
  ModelInfo info = model_info(eval_model(c->self));
  if (j->chart == &chart_confusion || j->chart == &chart_residuals) {
    AnswerOpts *o = c->opts;
    o->actual = "actual", o->pred = "pred";
    return;
  }
  ScoreOpts *o = c->opts;
  o->score = score_columns(c, d), o->actual = "actual";
  if (o->score.n == 1) o->positive = info.levels->name[info.positive];
  if (!is_given(c, "at")) o->at = eval_get_threshold(c->self);
}

// A classifier for all but residuals, which are of a regression.
static ErrCode check_task(Call *c) {
  const char *name = c->bind->name;
  ModelInfo info = model_info(eval_model(c->self));
  bool values = strcmp(name, "residuals") == 0;
  if (values == (info.task == TASK_REGRESSION)) return OK;
  return err_set(c->err, ERR_ARG, "%s is for %s, this model of '%s' is a %s: write %s", name,
                 values ? "regressions" : "classifiers", info.target, values ? "classifier" : "regression",
                 values ? "e:calibration() or e:scores()" : "e:residuals()");
}

static void add_caption(Plot *p, const char *caption) {
  if (!caption) return;
  p->note = p->note ? arena_printf(&p->arena, "%s; %s", caption, p->note) : arena_strdup(&p->arena, caption);
}

static ErrCode draw(Call *c, const Judge *j, const Frame *d) {
  Plot *p = plot_box(c->L);
  c->nret = 1;
  name_columns(c, j, d);
  TRY(chart_plot(c->job, j->chart, d, c->opts, p, c->err));
  add_caption(p, frame_caption(d));
  return OK;
}

static ErrCode judge(Call *c) {
  const Judge *j = c->bind->data;
  Frame *d;
  assert(j->chart->opts_size <= MOST_OPTS);
  TRY(check_task(c));
  TRY(eval_answers(c->job, c->self, &d, c->err));
  ErrCode code = draw(c, j, d);
  frame_unref(d);
  if (code != OK) return code;
  ReliabilityOpts o = {0};
  if (j->chart == &chart_calibration) {
    const CalibrationOpts *given = c->opts;
    o = (ReliabilityOpts){given->bins, given->quantile};
  }
  return keep_table(c, j, &o);
}

static const Judge ROC = {&chart_roc, roc_table, false}, PR = {&chart_pr, pr_table, false},
                   GAIN = {&chart_gain, gain_table, false}, LIFT = {&chart_lift, gain_table, false},
                   CALIBRATION = {&chart_calibration, eval_calibration, true},
                   SCORES = {&chart_scores, answers_table, false},
                   RESIDUALS = {&chart_residuals, residuals_table, false},
                   CONFUSION = {&chart_confusion, confusion_table, true};

#define JUDGE(chart, skip, row) BIND_OPTS(JudgeOpts, chart_##chart##_params + (skip)), .data = &(row)

#define IRIS_EVAL "local d = data 'iris' local e = ml.logistic{}:fit(d, 'class'):evaluate(d) "
#define SEX_EVAL                                                                                                       \
  "local d = data('titanic'):select{'survived', 'sex', 'age'}:dropna() "                                              \
  "local e = pipe{prep.onehot{}, ml.logistic{}}:fit(d, 'survived'):evaluate(d) "

const BindFn JUDGE_ROWS[] = {
    {"confusion", "e:confusion()", "counts and shares of actual by predicted class", judge,
     JUDGE(confusion, CHART_ANSWER_PARAMS, CONFUSION), .example = IRIS_EVAL "return e:confusion()"},
    {"roc", "e:roc()", "the ROC curve, of more than two classes each against the others", judge,
     JUDGE(roc, CHART_SCORE_PARAMS, ROC), .example = SEX_EVAL "e:roc():save 'roc.txt' return e:roc():table()"},
    {"pr", "e:pr()", "precision against recall, with the base rate", judge, JUDGE(pr, CHART_SCORE_PARAMS, PR),
     .example = SEX_EVAL "return e:pr()"},
    {"gain", "e:gain()", "share of the positives among the rows of the highest scores", judge,
     JUDGE(gain, CHART_SCORE_PARAMS, GAIN), .example = SEX_EVAL "return e:gain()"},
    {"lift", "e:lift()", "how many times the base rate the rows of the highest scores have", judge,
     JUDGE(lift, CHART_SCORE_PARAMS, LIFT), .example = SEX_EVAL "return e:lift()"},
    {"calibration", "e:calibration{bins=10}", "what came true of scores: are they probabilities?", judge,
     JUDGE(calibration, CHART_SCORE_PARAMS, CALIBRATION),
     .example = SEX_EVAL "return e:calibration{quantile=true}:table()"},
    {"scores", "e:scores()", "how scores are distributed in each class", judge,
     JUDGE(scores, CHART_SCORE_PARAMS, SCORES), .example = IRIS_EVAL "return e:scores()"},
    {"residuals", "e:residuals{qq=true}", "residuals over predictions, or their normal quantiles", judge,
     JUDGE(residuals, CHART_ANSWER_PARAMS, RESIDUALS),
     .example = "local d = data 'longley' return ml.linear{}:fit(d, 'Employed'):evaluate(d):residuals()"},
    {0}};
