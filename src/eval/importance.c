// Permutation importance (Breiman 2001; Fisher, Rudin, Dominici 2019): how much worse a fitted model judges rows when
// the values of one column are dealt out anew among them, so that the column keeps its distribution and says nothing.
// Steps and model run as they are, so that any model can be asked, on the columns that the user knows. In a repeat the
// same permutation goes to every column: what differs between columns is not the luck of the draw. Permutations are
// keyed by (seed, repeat), tasks are pairs of column and repeat: the same table on any number of threads.
// Cost: columns x repeats predictions, each by one thread.
#include "eval/eval_int.h"

#include "base/pool.h"
#include "base/rng.h"
#include "frame/verbs.h"
#include "num/dist.h"
#include "num/num.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH = 64 }; // tasks between two looks at the cancel flag

typedef struct Shuffled {
  Job *job;
  const Model *m;
  const Metric *metric;
  const ImportanceOpts *o;
  Frame *d;        // judged rows, columns that the model looks at
  const double *y;
  double base;
  int64_t n, p, first; // rows, columns, first task of the batch
  int64_t *order;  // repeats x n
  double *drop;    // p x repeats
  ErrCode code[BATCH];
  Err err[BATCH];
} Shuffled;

// ---- one task -----------------------------------------------------------------------------------------------------
static ErrCode shuffled_frame(const Shuffled *s, int64_t column, int64_t repeat, Frame **out, Err *err) {
  Column *c;
  TRY(column_gather(NULL, frame_at(s->d, (int)column), s->order + repeat * s->n, s->n, &c, err));
  Frame *f = frame_new(s->n);
  ErrCode code = OK;
  for (int j = 0; j < (int)s->p && code == OK; j++)
    code = frame_add(f, frame_name(s->d, j), column_ref(j == column ? c : frame_at(s->d, j)), err);
  column_unref(c);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

static ErrCode judge_frame(const Shuffled *s, const Frame *f, double *value, Err *err) {
  double *score;
  void *y;
  TRY(eval_alloc(NULL, s->n * 8, "importance", &y, err));
  memcpy(y, s->y, (size_t)s->n * sizeof *s->y);
  ErrCode code = model_scores(NULL, s->m, f, &score, err);
  if (code != OK) return mem_free(y), code;
  Evaluation *e;
  TRY(eval_of_scores(NULL, s->m, f, y, score, &e, err));
  code = eval_metric(NULL, e, sv(s->metric->name), value, err);
  eval_unref(e);
  return code;
}

static ErrCode run_task(const Shuffled *s, int64_t task, Err *err) {
  Frame *f;
  double value = NAN;
  TRY(shuffled_frame(s, task / s->o->repeats, task % s->o->repeats, &f, err));
  ErrCode code = judge_frame(s, f, &value, err);
  frame_unref(f);
  s->drop[task] = s->metric->better > 0 ? s->base - value : value - s->base;
  return code;
}

static void task_range(void *ctx, int64_t begin, int64_t end) {
  Shuffled *s = ctx;
  for (int64_t k = begin; k < end; k++) s->code[k] = run_task(s, s->first + k, &s->err[k]);
}

static ErrCode run_all(Shuffled *s, Err *err) {
  int64_t all = s->p * s->o->repeats, count;
  for (s->first = 0; s->first < all; s->first += count) {
    TRY(job_tick(s->job, s->first, all, err));
    count = all - s->first < BATCH ? all - s->first : BATCH;
    par_for(s->job, count, 1, task_range, s);
    for (int64_t k = 0; k < count; k++)
      if (s->code[k] != OK) return err_set(err, s->code[k], "importance: %s", s->err[k].msg);
  }
  return OK;
}

// ---- the table ----------------------------------------------------------------------------------------------------
typedef struct Fall {
  int64_t column;
  double mean, sd, half;
} Fall;

// Mean, standard deviation and half of the 95 % interval of the mean by Student's t.
static Fall fall_of(const Shuffled *s, int64_t column) {
  int64_t r = s->o->repeats;
  const double *v = s->drop + column * r;
  Fall f = {column, 0, NAN, NAN};
  double square = 0;
  for (int64_t k = 0; k < r; k++) f.mean += v[k];
  f.mean /= (double)r;
  for (int64_t k = 0; k < r; k++) square += (v[k] - f.mean) * (v[k] - f.mean);
  if (r > 1) f.sd = sqrt(square / (double)(r - 1));
  if (r > 1) f.half = dist_t_quantile(0.975, (double)(r - 1)) * f.sd / sqrt((double)r);
  return f;
}

static int by_mean(const void *a, const void *b) {
  const Fall *x = a, *y = b;
  if (x->mean != y->mean) return x->mean > y->mean || isnan(y->mean) ? -1 : 1;
  return x->column < y->column ? -1 : 1;
}

static ErrCode fill_means(const Shuffled *s, const Names *names, Frame *f, Arena *a, Err *err) {
  Fall *fall = arena_array(a, Fall, s->p);
  int64_t *pick = arena_array(a, int64_t, s->p);
  double *v[4];
  for (int k = 0; k < 4; k++) v[k] = arena_array(a, double, s->p);
  for (int64_t j = 0; j < s->p; j++) fall[j] = fall_of(s, j);
  qsort(fall, (size_t)s->p, sizeof *fall, by_mean);
  for (int64_t j = 0; j < s->p; j++) {
    pick[j] = fall[j].column, v[0][j] = fall[j].mean, v[1][j] = fall[j].sd;
    v[2][j] = fall[j].mean - fall[j].half, v[3][j] = fall[j].mean + fall[j].half;
  }
  static const char *const title[] = {"importance", "sd", "lower", "upper"};
  TRY(table_words(s->job, f, "column", names, pick, err));
  for (int k = 0; k < 4; k++) TRY(table_reals(s->job, f, title[k], v[k], err));
  return OK;
}

static ErrCode fill_long(const Shuffled *s, const Names *names, Frame *f, Arena *a, Err *err) {
  int64_t r = s->o->repeats, n = s->p * r;
  int64_t *pick = arena_array(a, int64_t, n), *repeat = arena_array(a, int64_t, n);
  for (int64_t i = 0; i < n; i++) pick[i] = i / r, repeat[i] = i % r + 1;
  TRY(table_words(s->job, f, "column", names, pick, err));
  TRY(table_ints(s->job, f, "repeat", repeat, err));
  return table_reals(s->job, f, "importance", s->drop, err);
}

static ErrCode make_table(const Shuffled *s, Arena *a, Frame **out, Err *err) {
  Names names = {arena_array(a, const char *, s->p), s->p};
  for (int j = 0; j < (int)s->p; j++) names.name[j] = frame_name(s->d, j);
  bool rows = s->o->form == IMPORTANCE_LONG;
  Frame *f = frame_new(rows ? s->p * s->o->repeats : s->p);
  ErrCode code = (rows ? fill_long : fill_means)(s, &names, f, a, err);
  const char *caption =
      arena_printf(a, "%s %s by when a column is shuffled among %lld rows; %.6g as it stands; %lld repeats",
                   s->metric->name, s->metric->better > 0 ? "falls" : "rises", (long long)s->n, s->base,
                   (long long)s->o->repeats);
  return eval_finish(code, f, caption, out);
}

// ---- rows and permutations ----------------------------------------------------------------------------------------
static void draw_orders(const Shuffled *s) {
  for (int64_t r = 0; r < s->o->repeats; r++) {
    int64_t *x = s->order + r * s->n;
    for (int64_t i = 0; i < s->n; i++) x[i] = i;
    uint64_t seed = rng_u64(rng_key(s->o->seed, "importance"), (uint64_t)r, 0);
    rng_shuffle(rng_key(seed, "importance.rows"), x, s->n);
  }
}

static ErrCode judged_rows(Shuffled *s, const Evaluation *e, Err *err) {
  Frame *kept;
  TRY(frame_select(e->said->test, model_info(s->m).features, &kept, err));
  s->n = e->said->n, s->p = frame_ncol(kept), s->y = e->said->y;
  ErrCode code = OK;
  if (s->p == 0) code = err_set(err, ERR_ARG, "importance: the model looks at no column");
  else if (s->n == frame_nrow(kept)) s->d = frame_ref(kept);
  else code = frame_gather(s->job, kept, e->said->row, s->n, &s->d, err);
  frame_unref(kept);
  return code;
}

static ErrCode with_rows(Shuffled *s, Arena *a, Frame **out, Err *err) {
  void *order;
  TRY(eval_alloc(s->job, s->o->repeats * s->n * 8, "importance", &order, err));
  s->order = order;
  s->drop = arena_array(a, double, s->p * s->o->repeats);
  draw_orders(s);
  ErrCode code = run_all(s, err);
  mem_free(order);
  return code == OK ? make_table(s, a, out, err) : code;
}

static const Metric *usual_metric(const Evaluation *e) {
  Scored s = eval_scored(e);
  return metric_find(sv(s.nclass == 0 ? "r2" : s.nclass == 2 ? "auc" : "accuracy"));
}

static ErrCode judge_model(Shuffled *s, const Evaluation *e, Frame **out, Err *err) {
  const char *name = s->o->metric && *s->o->metric ? s->o->metric : usual_metric(e)->name;
  Arena a = {0};
  TRY(eval_metric(s->job, e, sv(name), &s->base, err));
  if (isnan(s->base)) return err_set(err, ERR_ARG, "importance: %s is undefined for these rows", name);
  s->metric = metric_find(sv(name));
  TRY(judged_rows(s, e, err));
  ErrCode code = with_rows(s, &a, out, err);
  frame_unref(s->d);
  arena_fini(&a);
  return code;
}

ErrCode eval_importance(Job *job, const Model *m, const Frame *test, const ImportanceOpts *opts, Frame **out,
                        Err *err) {
  Evaluation *e;
  TRY(eval_new(job, m, test, &e, err));
  Shuffled *s = calloc(1, sizeof *s);
  if (!s) abort();
  *s = (Shuffled){.job = job, .m = m, .o = opts};
  ErrCode code = judge_model(s, e, out, err);
  free(s);
  eval_unref(e);
  return code;
}
