// Bootstrap intervals of any aggregate expression.
//
// Replicates are drawn in batches: the rows of many resamples are gathered below each other, with the number of the
// replicate as a column, and aggregated by it in one call, so that every aggregate works, at its own speed. Row i of
// replicate b is draw i of b: the same for any number of threads and any size of the batches. In groups of many rows
// replicates of means, spreads, correlations and quantiles come from counts and order statistics instead (boot_fast.c).
// percentile: quantiles of the replicates. basic: these mirrored at the estimate. bca: quantiles at levels corrected
// for the median bias of the replicates and for acceleration, from the values that leave one row out (or one block of
// rows, where there are many). References: Efron 1987; Davison and Hinkley 1997; scipy.stats.bootstrap.
#include "stats/boot_int.h"

#include "base/numfmt.h"
#include "base/pool.h"
#include "frame/group.h"
#include "frame/verbs.h"
#include "num/num.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH_ROWS = 1 << 20, DRAW_ROWS = 1 << 14, JACKKNIFE_ROWS = 1 << 23, JACKKNIFE_LEAST = 50 };
static const char ROW[] = ".row", REPLICATE[] = ".replicate";

typedef struct Boot {
  Job *job;
  const BootstrapOpts *o;
  Frame *f;      // what the expressions need
  Frame *answer; // the aggregates of all rows: `by`, then m statistics
  int64_t ngroup, m;
  int64_t *row, *start; // rows by group, in the order of the answer
  double *rep;          // m x n: replicates of the group at hand
  double *jack;         // m x blocks
  int64_t blocks, undefined;
  bool grouped;    // blocks of more than one row
  FastPlan *fast;  // NULL: rows are drawn one by one
  int64_t counted; // groups that were not
} Boot;

static ErrCode boot_array(Boot *b, int64_t n, size_t size, void *out, Err *err) {
  TRY(job_need(b->job, n * (int64_t)size, "bootstrap", err));
  void *p = mem_new((size_t)(n > 0 ? n : 1) * size);
  if (!p) return err_set(err, ERR_MEMORY, "bootstrap: the system has no memory left: take fewer rows");
  memcpy(out, &p, sizeof p);
  return OK;
}

// ---- the rows -------------------------------------------------------------------------------------------------------
// Columns whose names occur in an expression; the first one when none does (count()).
static ErrCode needed_columns(const Frame *f, const Names *exprs, Frame **out, Err *err) {
  const char **name = calloc((size_t)frame_ncol(f) + 1, sizeof *name);
  if (!name) abort();
  Names names = {name, 0};
  for (int j = 0; j < frame_ncol(f); j++) {
    bool used = false;
    for (int64_t k = 0; k < exprs->n; k++) used = used || strstr(exprs->name[k], frame_name(f, j));
    if (used) name[names.n++] = frame_name(f, j);
  }
  if (!names.n && frame_ncol(f)) name[names.n++] = frame_name(f, 0);
  ErrCode code = frame_select(f, &names, out, err);
  free(name);
  return code;
}

// Adds a column of ints, which becomes the frame's.
static ErrCode add_ints(Job *job, Frame *f, const char *name, const int64_t *v, Err *err) {
  Column *c;
  TRY(column_new(job, COL_I64, frame_nrow(f), NULL, &c, err));
  for (int64_t i = 0; i < c->n; i++) c->i[i] = v ? v[i] : i;
  return frame_add(f, name, c, err);
}

// The first row of each group in the order of the answer.
static ErrCode first_rows(Boot *b, const Frame *f, int64_t *first, Err *err) {
  Frame *keys, *made = NULL;
  const char *expr = "min(`.row`)";
  TRY(frame_select(f, &b->o->by, &keys, err));
  ErrCode code = add_ints(b->job, keys, ROW, NULL, err);
  if (code == OK) code = frame_agg(b->job, keys, &(Names){&expr, 1}, &b->o->by, &made, err);
  for (int64_t g = 0; code == OK && g < b->ngroup; g++) first[g] = frame_at(made, frame_ncol(made) - 1)->i[g];
  frame_unref(made);
  frame_unref(keys);
  return code;
}

static ErrCode sort_rows(Boot *b, const Frame *f, int64_t *group, int64_t *first, Err *err) {
  int64_t n = frame_nrow(f), ngroup;
  int *col = calloc((size_t)b->o->by.n + 1, sizeof *col);
  if (!col) abort();
  for (int64_t k = 0; k < b->o->by.n; k++) col[k] = frame_find(f, sv(b->o->by.name[k]));
  ErrCode code = frame_groups(b->job, f, col, (int)b->o->by.n, group, &ngroup, err);
  free(col);
  if (code == OK) code = first_rows(b, f, first, err);
  if (code != OK) return code;
  int64_t *place = first + b->ngroup; // of a group number in the answer
  for (int64_t g = 0; g < b->ngroup; g++) place[group[first[g]]] = g;
  for (int64_t i = 0; i < n; i++) b->start[place[group[i]] + 1]++;
  for (int64_t g = 0; g < b->ngroup; g++) b->start[g + 1] += b->start[g];
  for (int64_t g = 0; g < b->ngroup; g++) first[g] = b->start[g];
  for (int64_t i = 0; i < n; i++) b->row[first[place[group[i]]]++] = i;
  return OK;
}

static ErrCode split_rows(Boot *b, const Frame *f, Err *err) {
  int64_t n = frame_nrow(f), *group = NULL, *first = NULL;
  TRY(boot_array(b, n, sizeof *b->row, &b->row, err));
  TRY(boot_array(b, b->ngroup + 1, sizeof *b->start, &b->start, err));
  memset(b->start, 0, (size_t)(b->ngroup + 1) * sizeof *b->start);
  if (!b->o->by.n) {
    for (int64_t i = 0; i < n; i++) b->row[i] = i;
    b->start[b->ngroup] = n;
    return OK;
  }
  ErrCode code = boot_array(b, n, sizeof *group, &group, err);
  if (code == OK) code = boot_array(b, 2 * b->ngroup, sizeof *first, &first, err);
  if (code == OK) code = sort_rows(b, f, group, first, err);
  mem_free(first);
  mem_free(group);
  return code;
}

// ---- replicates -----------------------------------------------------------------------------------------------------
// The statistics of `batch` parts of rows (part: which one a row is in) into value[k * stride + at ..).
static ErrCode aggregate(Boot *b, const int64_t *row, const int64_t *part, int64_t rows, int64_t batch, double *value,
                         int64_t stride, Err *err) {
  Frame *parts, *made = NULL;
  const char *by = REPLICATE;
  TRY(frame_gather(b->job, b->f, row, rows, &parts, err));
  ErrCode code = add_ints(b->job, parts, REPLICATE, part, err);
  if (code == OK) code = frame_agg(b->job, parts, &b->o->exprs, &(Names){&by, 1}, &made, err);
  for (int64_t k = 0; code == OK && k < b->m; k++)
    for (int64_t i = 0; i < batch; i++) value[k * stride + i] = col_f64(frame_at(made, (int)k + 1), i);
  frame_unref(made);
  frame_unref(parts);
  return code;
}

typedef struct Batch {
  int64_t *row, *part;
  int64_t begin, end; // rows of the group within b->row
} Batch;

typedef struct Draws {
  const Boot *b;
  const Batch *t;
  RngKey key;
  int64_t first; // replicate
} Draws;

static void draw_rows(void *ctx, int64_t begin, int64_t end) {
  const Draws *d = ctx;
  const Batch *t = d->t;
  int64_t n = t->end - t->begin, r = d->first + begin / n, i = begin % n;
  for (int64_t at = begin; at < end; at++) {
    t->row[at] = d->b->row[t->begin + rng_below(d->key, (uint64_t)r, (uint64_t)(t->begin + i), n)];
    t->part[at] = r;
    if (++i == n) i = 0, r++;
  }
}

static int64_t resample(const Boot *b, const Batch *t, int64_t first, int64_t batch) {
  Draws d = {b, t, rng_key((uint64_t)b->o->seed, "stats.bootstrap"), first};
  int64_t rows = batch * (t->end - t->begin);
  par_for(b->job, rows, DRAW_ROWS, draw_rows, &d);
  return rows;
}

// All rows of the group but those of block r of b->blocks.
static int64_t leave_out(const Boot *b, const Batch *t, int64_t first, int64_t batch) {
  int64_t at = 0, n = t->end - t->begin;
  for (int64_t r = first; r < first + batch; r++) {
    int64_t from = n * r / b->blocks, to = n * (r + 1) / b->blocks;
    for (int64_t i = 0; i < n; i++) {
      if (i >= from && i < to) continue;
      t->row[at] = b->row[t->begin + i];
      t->part[at++] = r;
    }
  }
  return at;
}

static ErrCode run_batches(Boot *b, Batch *t, int64_t n,
                           int64_t (*choose)(const Boot *, const Batch *, int64_t, int64_t), double *value, Err *err) {
  int64_t size = t->end - t->begin, most = size < BATCH_ROWS ? BATCH_ROWS / size : 1;
  if (most > n) most = n;
  ErrCode code = boot_array(b, most * size, sizeof *t->row, &t->row, err);
  if (code == OK) code = boot_array(b, most * size, sizeof *t->part, &t->part, err);
  for (int64_t r = 0; code == OK && r < n; r += most) {
    int64_t batch = n - r < most ? n - r : most;
    code = job_tick(b->job, r, n, err);
    if (code == OK) code = aggregate(b, t->row, t->part, choose(b, t, r, batch), batch, value + r, n, err);
  }
  mem_free(t->row);
  mem_free(t->part);
  t->row = t->part = NULL;
  return code;
}

// ---- intervals ------------------------------------------------------------------------------------------------------
// The level at which the bias-corrected and accelerated interval looks up its limit for the normal quantile z.
static double bca_level(double z0, double a, double z) {
  double shifted = z0 + z;
  return dist_norm(z0 + shifted / (1 - a * shifted), DIST_LOWER);
}

static double acceleration(const Boot *b, int64_t k) {
  const double *x = b->jack + k * b->blocks;
  double mean = sum_f64(b->job, x, b->blocks) / (double)b->blocks, two = 0, three = 0;
  for (int64_t i = 0; i < b->blocks; i++) {
    double d = mean - x[i];
    two += d * d, three += d * d * d;
  }
  return two > 0 ? three / (6 * two * sqrt(two)) : two == 0 ? 0 : NAN;
}

typedef struct Interval {
  double bias, se, low, high;
} Interval;

static ErrCode find_interval(Boot *b, int64_t k, double estimate, Interval *out, Err *err) {
  double *x = b->rep + k * b->o->n, z = dist_norm_quantile((1 - b->o->conf) / 2), q[2];
  int64_t n = 0;
  double below = 0;
  for (int64_t i = 0; i < b->o->n; i++)
    if (!isnan(x[i])) x[n++] = x[i];
  b->undefined += b->o->n - n;
  *out = (Interval){NAN, NAN, NAN, NAN};
  if (n < 2 || isnan(estimate)) return OK;
  Moments m = moments_f64(b->job, x, n);
  out->bias = m.mean - estimate, out->se = sqrt(moments_var(&m));
  for (int64_t i = 0; i < n; i++) below += x[i] < estimate ? 1 : x[i] == estimate ? 0.5 : 0;
  double level[2] = {(1 - b->o->conf) / 2, (1 + b->o->conf) / 2};
  if (b->o->method == BOOTSTRAP_BCA) {
    double z0 = dist_norm_quantile(below / (double)n), a = acceleration(b, k);
    level[0] = bca_level(z0, a, z), level[1] = bca_level(z0, a, -z);
    if (!(level[0] >= 0 && level[1] <= 1)) return OK; // all replicates lie on one side, or left-out rows undefine it
  }
  TRY(quantile_f64(b->job, x, n, 7, level, 2, q, err));
  bool mirrored = b->o->method == BOOTSTRAP_BASIC;
  out->low = mirrored ? 2 * estimate - q[1] : q[0];
  out->high = mirrored ? 2 * estimate - q[0] : q[1];
  return OK;
}

static ErrCode run_group(Boot *b, int64_t g, Interval *out, Err *err) {
  Batch t = {.begin = b->start[g], .end = b->start[g + 1]};
  int64_t n = t.end - t.begin;
  if (b->fast && n >= FAST_ROWS) {
    b->counted++;
    TRY(fast_replicates(b->fast, b->row + t.begin, n, b->rep, err));
  } else TRY(run_batches(b, &t, b->o->n, resample, b->rep, err));
  if (b->o->method == BOOTSTRAP_BCA) {
    int64_t most = JACKKNIFE_ROWS / n;
    b->blocks = n <= most ? n : most > JACKKNIFE_LEAST ? most : n < JACKKNIFE_LEAST ? n : JACKKNIFE_LEAST;
    b->grouped = b->grouped || b->blocks < n;
    mem_free(b->jack);
    b->jack = NULL;
    TRY(boot_array(b, b->m * b->blocks, sizeof *b->jack, &b->jack, err));
    for (int64_t i = 0; i < b->m * b->blocks; i++) b->jack[i] = NAN;
    if (n > 1) TRY(run_batches(b, &t, b->blocks, leave_out, b->jack, err));
  }
  for (int64_t k = 0; k < b->m; k++) {
    double estimate = col_f64(frame_at(b->answer, (int)(b->o->by.n + k)), g);
    TRY(find_interval(b, k, estimate, &out[g * b->m + k], err));
  }
  return OK;
}

// ---- the answer -----------------------------------------------------------------------------------------------------
static ErrCode add_reals(Boot *b, Frame *out, const char *name, const double *v, int64_t step, Err *err) {
  Column *c;
  TRY(column_new(b->job, COL_F64, frame_nrow(out), NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    c->f[i] = v[i * step];
    if (isnan(c->f[i])) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(out, name, c, err);
  column_unref(c);
  return code;
}

static ErrCode add_names(Boot *b, Frame *out, Err *err) {
  TextBuilder names;
  textb_init(&names, b->job);
  ErrCode code = OK;
  for (int64_t i = 0; i < b->ngroup * b->m && code == OK; i++)
    code = textb_add(&names, sv(frame_name(b->answer, (int)(b->o->by.n + i % b->m))), err);
  Column *c = NULL;
  if (code == OK) code = textb_take(&names, &c, err);
  textb_fini(&names);
  return code == OK ? frame_add(out, "statistic", c, err) : code;
}

static ErrCode by_columns(Boot *b, Frame **out, Err *err) {
  int64_t rows = b->ngroup * b->m, *row;
  Frame *keys;
  if (!b->o->by.n) return *out = frame_new(rows), OK;
  TRY(frame_select(b->answer, &b->o->by, &keys, err));
  ErrCode code = boot_array(b, rows, sizeof *row, &row, err);
  if (code == OK) {
    for (int64_t i = 0; i < rows; i++) row[i] = i / b->m;
    code = frame_gather(b->job, keys, row, rows, out, err);
    mem_free(row);
  }
  frame_unref(keys);
  return code;
}

static ErrCode fill_answer(Boot *b, const Interval *v, Frame *out, Err *err) {
  int64_t rows = b->ngroup * b->m, *size = NULL;
  double *estimate = NULL;
  ErrCode code = boot_array(b, rows, sizeof *estimate, &estimate, err);
  if (code == OK) code = boot_array(b, rows, sizeof *size, &size, err);
  for (int64_t i = 0; code == OK && i < rows; i++) {
    estimate[i] = col_f64(frame_at(b->answer, (int)(b->o->by.n + i % b->m)), i / b->m);
    size[i] = b->start[i / b->m + 1] - b->start[i / b->m];
  }
  if (code == OK) code = add_names(b, out, err);
  if (code == OK) code = add_reals(b, out, "estimate", estimate, 1, err);
  if (code == OK) code = add_reals(b, out, "bias", &v->bias, 4, err);
  if (code == OK) code = add_reals(b, out, "se", &v->se, 4, err);
  if (code == OK) code = add_reals(b, out, "low", &v->low, 4, err);
  if (code == OK) code = add_reals(b, out, "high", &v->high, 4, err);
  if (code == OK) code = add_ints(b->job, out, "n", size, err);
  mem_free(estimate);
  mem_free(size);
  return code;
}

static void set_caption(const Boot *b, Frame *out) {
  static const char *const words[] = {"percentile", "basic", "bias-corrected and accelerated"};
  char level[NUMFMT_MAX], n[32];
  Str text = {0};
  fmt_sensible(level, sizeof level, b->o->conf * 100, 6);
  fmt_i64(n, sizeof n, b->o->n, true);
  str_addf(&text, "Bootstrap: %s %% %s intervals from %s resamples (seed %lld).", level, words[b->o->method], n,
           (long long)b->o->seed);
  if (b->grouped) str_addf(&text, " Acceleration from %lld blocks of rows.", (long long)b->blocks);
  if (b->counted)
    str_addf(&text, " Groups of 20,000 rows and more by %s: the same law as drawing rows.",
             fast_is_ordered(b->fast) ? "counts of the rows and order statistics" : "counts of the rows");
  if (b->undefined) str_addf(&text, " %lld replicates had no value and were left out.", (long long)b->undefined);
  frame_set_caption(out, str_c(&text));
  str_fini(&text);
}

static ErrCode check_answer(Boot *b, const Frame *f, Err *err) {
  b->ngroup = frame_nrow(b->answer), b->m = frame_ncol(b->answer) - b->o->by.n;
  for (int64_t k = 0; k < b->m; k++) {
    const Column *c = frame_at(b->answer, (int)(b->o->by.n + k));
    if (!col_is_number(c))
      return err_set(err, ERR_TYPE, "bootstrap: '%s' is %s: an interval needs a number",
                     frame_name(b->answer, (int)(b->o->by.n + k)), COLTYPES[c->type].name);
  }
  if (frame_nrow(f)) return OK;
  return err_set(err, ERR_ARG, "bootstrap: the table has no rows");
}

static ErrCode run(Boot *b, const Frame *f, Frame **out, Err *err) {
  TRY(frame_agg(b->job, f, &b->o->exprs, &b->o->by, &b->answer, err));
  TRY(check_answer(b, f, err));
  TRY(needed_columns(f, &b->o->exprs, &b->f, err));
  TRY(split_rows(b, f, err));
  if (frame_nrow(f) >= FAST_ROWS) TRY(fast_plan(b->job, b->f, b->o, &b->fast, err));
  TRY(boot_array(b, b->m * b->o->n, sizeof *b->rep, &b->rep, err));
  Interval *v;
  TRY(boot_array(b, b->ngroup * b->m, sizeof *v, &v, err));
  ErrCode code = OK;
  for (int64_t g = 0; code == OK && g < b->ngroup; g++) code = run_group(b, g, v, err);
  Frame *made = NULL;
  if (code == OK) code = by_columns(b, &made, err);
  if (code == OK) code = fill_answer(b, v, made, err);
  mem_free(v);
  if (code != OK) return frame_unref(made), code;
  set_caption(b, made);
  *out = made;
  return OK;
}

ErrCode stats_bootstrap(Job *job, const Frame *f, const BootstrapOpts *opts, Frame **out, Err *err) {
  BootstrapOpts o = *opts;
  Boot b = {.job = job, .o = &o};
  Frame *with = NULL;
  Arena a;
  arena_init(&a);
  ErrCode code = boot_correlations(job, f, &opts->exprs, &a, &o.exprs, &with, err);
  if (code == OK) code = run(&b, with, out, err);
  fast_free(b.fast);
  frame_unref(with);
  arena_fini(&a);
  frame_unref(b.answer);
  frame_unref(b.f);
  mem_free(b.row);
  mem_free(b.start);
  mem_free(b.rep);
  mem_free(b.jack);
  return code;
}
