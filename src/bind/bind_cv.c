// cv(p, d, "y", {folds=5}): a pipeline fitted and judged fold by fold.
#include "bind/bind_int.h"

#include "eval/folds.h"

typedef struct CvArgs {
  int learner, d;
  const char *target;
  CvOpts cv;
  const char *weight, *positive;
  int64_t seed;
} CvArgs;

static const Param CV[] = {
    {"p", PARAM_VALUE, offsetof(CvArgs, learner), 0, 0, NULL, "pipeline", "a pipeline, or a model alone"},
    {"d", PARAM_VALUE, offsetof(CvArgs, d), 0, 0, NULL, "frame", "rows to learn from and to be judged on"},
    {"target", PARAM_TEXT, offsetof(CvArgs, target), 0, 0, NULL, NULL,
     "column to predict, or a formula \"y ~ a + b\""},
    {"folds", PARAM_INT, offsetof(CvArgs, cv.folds.folds), 2, 1000, "5", NULL, "parts, each held out once"},
    {"repeats", PARAM_INT, offsetof(CvArgs, cv.folds.repeats), 1, 1000, "1", NULL,
     "how often, with other parts each time"},
    {"method", PARAM_CHOICE, offsetof(CvArgs, cv.folds.method), 0, 0, "kfold", "kfold|loo|time|group",
     "which rows are held out together"},
    {"stratify", PARAM_BOOL, offsetof(CvArgs, cv.folds.stratify), 0, 0, "true", NULL,
     "spread each class evenly over the parts"},
    {"group", PARAM_TEXT, offsetof(CvArgs, cv.folds.group), 0, 0, "", NULL, "column whose equal values stay together"},
    {"time", PARAM_TEXT, offsetof(CvArgs, cv.folds.time), 0, 0, "", NULL,
     "column that orders the rows: each fold learns from what came before"},
    {"metrics", PARAM_NAMES, offsetof(CvArgs, cv.metrics), 0, 0, "", NULL,
     "scores; none given: accuracy, auc and log_loss, or rmse, mae and r2"},
    {"weight", PARAM_TEXT, offsetof(CvArgs, weight), 0, 0, "", NULL, "column of case weights"},
    {"positive", PARAM_TEXT, offsetof(CvArgs, positive), 0, 0, "", NULL, "class that counts as positive"},
    {"seed", PARAM_INT, offsetof(CvArgs, seed), 0, PARAM_INF, "0", NULL, "the session's seed when not given"},
    PARAM_END};

static ErrCode cross_validate(Call *c) {
  CvArgs *o = c->opts;
  const Frame *d;
  const Learner *l = o->learner ? box_test(c->L, o->learner, &CLASS_LEARNER) : NULL;
  if (!l)
    return err_set(c->err, ERR_ARG, "cv: the first argument is a pipeline, %s was given: cv(pipe{...}, d, \"y\")",
                   o->learner ? kind_of(c->L, o->learner) : "nothing");
  TRY(call_frame_arg(c, o->d, "d", &d));
  o->cv.fit = (FitOpts){.weight = o->weight, .positive = o->positive, .seed = (uint64_t)o->seed};
  o->cv.folds.seed = (uint64_t)o->seed;
  TRY(call_formula(c, &o->target, &o->cv.fit.features));
  return eval_cv(c->job, l, d, o->target, &o->cv, call_frame(c), c->err);
}

const BindFn CV_ROWS[] = {
    {"cv", "cv(p, d, \"y\", {folds=5})", "scores of a pipeline that is fitted anew for each fold", cross_validate,
     BIND_OPTS(CvArgs, CV), .npos = 3, .partial = true,
     .example = "return cv(pipe{prep.standard{}, ml.logistic{}}, data 'iris', 'class', {folds=3})"},
    {0}};
