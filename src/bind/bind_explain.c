// stats.explain and e:explain: what a number is.
#include "bind/explain_int.h"

#include "eval/eval.h"

const Param EXPLAIN[] = {
    {"d", PARAM_VALUE, offsetof(ExplainArgs, d), 0, 0, NULL, "frame", "the table"},
    {"columns", PARAM_NAMES, offsetof(ExplainArgs, columns), 0, 0, NULL, NULL, "a column, or a pair of them"},
    {"stat", PARAM_TEXT, offsetof(ExplainArgs, stat), 0, 0, "", NULL,
     "a statistic; all of the profile when none is given"},
    PARAM_END};

static ErrCode finish(Call *c, ErrCode code, Explained *e) {
  if (code == OK) code = explained_frame(c->job, e, call_frame(c), c->err);
  explained_fini(e);
  return code;
}

ErrCode bind_explain(Call *c) {
  const ExplainArgs *a = c->opts;
  const Frame *d;
  Explained e;
  TRY(call_frame_arg(c, a->d, "d", &d));
  explained_init(&e);
  return finish(c, stats_explain(c->job, d, &a->columns, a->stat, &e, c->err), &e);
}

// ---- e:explain -----------------------------------------------------------------------------------------------------
typedef struct MetricArgs {
  const char *metric;
} MetricArgs;
static const Param METRIC[] = {
    {"metric", PARAM_TEXT, offsetof(MetricArgs, metric), 0, 0, "", NULL, "a metric; all of them when none is given"},
    PARAM_END};

static ErrCode explain_metric(Call *c) {
  const MetricArgs *a = c->opts;
  Explained e;
  explained_init(&e);
  return finish(c, eval_explain(c->job, c->self, a->metric, &e, c->err), &e);
}

const BindFn EVAL_EXPLAIN_ROWS[] = {
    {"explain", "e:explain \"precision\"", "what a metric is, with the counts of this evaluation", explain_metric,
     BIND_OPTS(MetricArgs, METRIC), .npos = 1,
     .example = "local d = data('titanic'):select{'survived', 'sex'} "
                "return pipe{prep.onehot{}, ml.logistic{}}:fit(d, 'survived'):evaluate(d):explain 'precision'"},
    {0}};
