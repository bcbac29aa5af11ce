// What a leak is worth: the score of a plain model (logistic for classes, linear for numbers) on rows that it has not
// seen, with the leak and without. All fits share one split, drawn by the seed, and at most MOST rows. Honest is a
// model of the columns that nothing speaks against; inflated is one that has the suspect too. Rows that come twice are
// honest when each stands once; a target that changes with time is honest when the last quarter is held out.
#include "bind/bind_report.h"

#include "base/numfmt.h"
#include "eval/eval.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>

enum { MOST = 20000, MOST_LEVELS = 1000 };
static const double TEST = .25;

typedef struct Damage {
  Job *job;
  const ReportOpts *opts;
  const Report *r;
  const char *metric;
  Frame *d; // the rows to fit on
  Learner *learner;
  double honest; // of the plain columns at random rows; NaN: cannot be fitted
} Damage;

static void *defaults(Arena *a, const Param *params, size_t size) {
  void *opts = arena_alloc(a, size);
  param_defaults(params, opts);
  return opts;
}

// pipe{prep.impute{indicator=true}, prep.onehot{}, prep.standard{}, a model}
static Learner *plain_learner(bool classes) {
  static const StepType *const type[3] = {&step_impute, &step_onehot, &step_standard};
  const ModelType *model = classes ? &model_logistic : &model_linear;
  Arena a = {0};
  StepSpec step[3];
  for (int k = 0; k < 3; k++) step[k] = (StepSpec){type[k], defaults(&a, type[k]->params, type[k]->opts_size)};
  const Param *indicator = param_find(step_impute.params, sv("indicator")), *l2 = param_find(model->params, sv("l2"));
  void *opts = defaults(&a, model->params, model->opts_size);
  Err err;
  if (param_set_bool(indicator, "impute", step[0].opts, true, &err) != OK) abort();
  if (param_set_real(l2, model->name, opts, 1, &err) != OK) abort();
  Learner *l = learner_new(step, 3, model, opts);
  arena_fini(&a);
  return l;
}

// A model that cannot be fitted has no score; only what ends the whole call is an error.
static ErrCode forgive(ErrCode code) { return code == ERR_MEMORY || code == ERR_CANCELLED ? code : OK; }

static ErrCode score(Damage *g, const Frame *train, const Frame *test, const Names *features, double *out, Err *err) {
  FitOpts opts = {.features = *features, .seed = (uint64_t)g->opts->seed};
  Model *m = NULL;
  Evaluation *e = NULL;
  *out = NAN;
  ErrCode code = model_fit(g->job, g->learner, train, g->opts->target, &opts, &m, err);
  if (code == OK) code = eval_new(g->job, m, test, &e, err);
  if (code == OK) code = eval_metric(g->job, e, sv(g->metric), out, err);
  eval_unref(e);
  model_unref(m);
  return forgive(code);
}

static ErrCode score_split(Damage *g, const Frame *d, const Names *features, double *out, Err *err) {
  SplitOpts split = {.test = TEST, .stratify = g->r->classes ? g->opts->target : NULL, .seed = (uint64_t)g->opts->seed};
  Frame *train = NULL, *test = NULL, *valid = NULL;
  *out = NAN;
  if (features->n == 0) return *out = g->r->classes ? .5 : 0, OK; // what a guess gives
  ErrCode code = forgive(eval_split(g->job, d, &split, &train, &test, &valid, err));
  if (code == OK && train) code = score(g, train, test, features, out, err);
  frame_unref(train);
  frame_unref(test);
  frame_unref(valid);
  return code;
}

static Names with_column(const Damage *g, const char *name, Arena *a) {
  const Names *f = &g->r->features;
  Names all = {arena_array(a, const char *, f->n + 1), f->n};
  if (f->n) memcpy(all.name, f->name, (size_t)f->n * sizeof *f->name);
  all.name[all.n++] = name;
  return all;
}

// ---- kinds of leaks ------------------------------------------------------------------------------------------------
// For "alone", "id" and "blanks" (impute marks what was missing).
static ErrCode measure_column(Damage *g, const char *name, double v[2], Err *err) {
  Arena a = {0};
  const Column *c = frame_at(g->d, frame_find(g->d, sv(name)));
  Names all = with_column(g, name, &a);
  bool fits = c->type != COL_TEXT && (!c->dict || c->dict->n <= MOST_LEVELS) && (col_is_number(c) || c->dict);
  v[1] = g->honest;
  ErrCode code = fits ? score_split(g, g->d, &all, &v[0], err) : OK;
  arena_fini(&a);
  return code;
}

static ErrCode measure_copies(Damage *g, double v[2], Err *err) {
  Arena a = {0};
  Frame *once;
  Names all = with_column(g, g->opts->target, &a);
  ErrCode code = frame_unique(g->job, g->d, &all, &once, err);
  arena_fini(&a);
  if (code != OK) return code;
  v[0] = g->honest;
  code = score_split(g, once, &g->r->features, &v[1], err);
  frame_unref(once);
  return code;
}

static ErrCode measure_time(Damage *g, const char *name, double v[2], Err *err) {
  Frame *sorted, *train = NULL, *test = NULL;
  TRY(frame_sort(g->job, g->d, &(Names){&name, 1}, &sorted, err));
  int64_t n = frame_nrow(sorted), first = n - (int64_t)(TEST * (double)n);
  v[0] = g->honest;
  ErrCode code = frame_slice(g->job, sorted, 0, first, &train, err);
  if (code == OK) code = frame_slice(g->job, sorted, first, n - first, &test, err);
  if (code == OK && g->r->features.n) code = score(g, train, test, &g->r->features, &v[1], err);
  frame_unref(sorted);
  frame_unref(train);
  frame_unref(test);
  return code;
}

static ErrCode measure(Damage *g, const char *leak, const char *column, double v[2], Err *err) {
  v[0] = v[1] = NAN;
  if (strcmp(leak, "copies") == 0) return measure_copies(g, v, err);
  if (strcmp(leak, "time") == 0) return measure_time(g, column, v, err);
  return strcmp(leak, "order") == 0 ? OK : measure_column(g, column, v, err);
}

// ---- the leaks with their damage -----------------------------------------------------------------------------------
static ErrCode add_reals(Job *job, Frame *f, const char *name, const double *x, Err *err) {
  Column *c;
  TRY(column_new(job, COL_F64, frame_nrow(f), NULL, &c, err));
  for (int64_t i = 0; i < c->n; i++) {
    c->f[i] = x[i];
    ErrCode code = isnan(x[i]) ? column_set_missing(c, i, err) : OK;
    if (code != OK) return column_unref(c), code;
  }
  return frame_add(f, name, c, err);
}

static void add_shared(Frame *to, const Frame *from, const char *name) {
  int j = frame_find(from, sv(name));
  if (frame_add(to, name, column_ref(frame_at(from, j)), NULL) != OK) abort();
}

static double rounded(double v) { return floor(v * 1000 + .5) / 1000; }

static ErrCode rebuild(Damage *g, Report *r, const double *with, const double *without, Err *err) {
  const Frame *leaks = r->section[REPORT_LEAKS];
  int64_t n = frame_nrow(leaks);
  Arena a = {0};
  double *off = arena_array(&a, double, n + 1),
         *few[2] = {arena_array(&a, double, n + 1), arena_array(&a, double, n + 1)};
  for (int64_t i = 0; i < n; i++)
    off[i] = with[i] - without[i], few[0][i] = rounded(with[i]), few[1][i] = rounded(without[i]);
  Frame *full = frame_new(n), *shown = frame_new(n);
  for (int j = 0; j < 4; j++) add_shared(full, leaks, frame_name(leaks, j));
  ErrCode code = add_reals(g->job, full, "inflated", with, err);
  if (code == OK) code = add_reals(g->job, full, "honest", without, err);
  if (code == OK) code = add_reals(g->job, full, "damage", off, err);
  add_shared(full, leaks, "text");
  add_shared(shown, leaks, "column"), add_shared(shown, leaks, "leak");
  if (code == OK) code = add_reals(g->job, shown, "inflated", few[0], err);
  if (code == OK) code = add_reals(g->job, shown, "honest", few[1], err);
  add_shared(shown, leaks, "text");
  const char *model = r->classes ? "a logistic model" : "a linear model";
  char rows[32];
  fmt_i64(rows, sizeof rows, (int64_t)(TEST * (double)frame_nrow(g->d)), true);
  const char *caption = arena_printf(&a, "%s\n%s of %s on %s rows that it has not seen, with the leak and without",
                                     frame_caption(leaks), r->classes ? "AUC" : "R2", model, rows);
  frame_set_caption(full, caption), frame_set_caption(shown, caption);
  arena_fini(&a);
  if (code != OK) return frame_unref(full), frame_unref(shown), code;
  frame_unref(r->section[REPORT_LEAKS]);
  frame_unref(r->shown[REPORT_LEAKS]);
  r->section[REPORT_LEAKS] = full, r->shown[REPORT_LEAKS] = shown;
  return OK;
}

static ErrCode measure_all(Damage *g, Report *r, Err *err) {
  const Frame *leaks = r->section[REPORT_LEAKS];
  const Column *column = frame_at(leaks, 0), *leak = frame_at(leaks, 1);
  int64_t n = frame_nrow(leaks);
  Arena a = {0};
  double *with = arena_array(&a, double, n), *without = arena_array(&a, double, n);
  ErrCode code = score_split(g, g->d, &r->features, &g->honest, err);
  for (int64_t i = 0; i < n && code == OK; i++) {
    Sv name = col_text(column, i), kind = col_text(leak, i);
    double v[2];
    code = measure(g, arena_strndup(&a, kind.s, kind.n), arena_strndup(&a, name.s, name.n), v, err);
    with[i] = v[0], without[i] = v[1];
  }
  if (code == OK) code = rebuild(g, r, with, without, err);
  arena_fini(&a);
  return code;
}

ErrCode damage_report(Job *job, const Frame *d, const ReportOpts *opts, Report *r, Err *err) {
  if (!r->section[REPORT_LEAKS] || frame_nrow(r->section[REPORT_LEAKS]) == 0) return OK;
  Damage g = {.job = job, .opts = opts, .r = r, .metric = r->classes ? "auc" : "r2"};
  bool many = frame_nrow(d) > MOST;
  if (many) TRY(frame_sample(job, d, MOST, (uint64_t)opts->seed, &g.d, err));
  else g.d = frame_ref(d);
  g.learner = plain_learner(r->classes);
  ErrCode code = measure_all(&g, r, err);
  learner_unref(g.learner);
  frame_unref(g.d);
  return code;
}
