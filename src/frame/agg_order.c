// Aggregates that need a group's values together. Quantiles: the rows by group, each group's values copied and selected
// from on their own, groups in parallel. Distinct values and modes: the pairs (group, value) are grouped in turn.
#include "frame/agg_int.h"

#include "num/num.h"

#include <math.h>
#include <stdatomic.h>

enum { FEW = 16, SOME = 4096 };

// ---- quantiles ------------------------------------------------------------------------------------------------------
typedef struct QuantileRun {
  const Groups *g;
  const Column *x;
  double p;
  double *value;  // by group
  uint8_t *empty; // by group
  _Atomic bool failed;
} QuantileRun;

// The present values of a group; *nan: one of them is none.
static int64_t group_values(const QuantileRun *r, int64_t k, double *x, bool *nan) {
  const Groups *g = r->g;
  int64_t n = 0;
  *nan = false;
  for (int64_t i = g->start[k]; i < g->start[k + 1]; i += GROUP_BLOCK) {
    int64_t left = g->start[k + 1] - i;
    int m = left < GROUP_BLOCK ? (int)left : GROUP_BLOCK;
    uint64_t value[GROUP_BLOCK];
    values_gather(r->x, VALUE_REAL, g->row + i, m, value);
    for (int j = 0; j < m; j++) {
      if (!col_valid(r->x, g->row[i + j])) continue;
      memcpy(&x[n], &value[j], sizeof *x);
      *nan |= x[n] != x[n];
      n++;
    }
  }
  return n;
}

static void sort_few(double *x, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    double v = x[i];
    int64_t j = i;
    for (; j > 0 && x[j - 1] > v; j--) x[j] = x[j - 1];
    x[j] = v;
  }
}

static double middle_of(double a, double b, double c) {
  double lo = a < b ? a : b, hi = a < b ? b : a;
  return c < lo ? lo : c > hi ? hi : c;
}

// The value at place `at` of the sorted x; none after it is smaller then. Hoare's selection, ended by a sort; num's
// selection needs more to begin with and is for more values.
static double select_few(double *x, int64_t n, int64_t at) {
  int64_t lo = 0, hi = n - 1;
  while (hi - lo >= FEW) {
    double pivot = middle_of(x[lo], x[(lo + hi) / 2], x[hi]);
    int64_t i = lo, j = hi;
    while (i <= j) {
      while (x[i] < pivot) i++;
      while (x[j] > pivot) j--;
      if (i > j) break;
      double t = x[i];
      x[i++] = x[j], x[j--] = t;
    }
    if (at <= j) hi = j;
    else if (at >= i) lo = i;
    else return x[at];
  }
  sort_few(x + lo, hi - lo + 1);
  return x[at];
}

// R's type 7, in the order of operations of num's quantiles.
static double quantile_few(double *x, int64_t n, double p) {
  double index = (double)(n - 1) * p + 1, h = index - floor(index);
  int64_t at = (int64_t)floor(index) - 1;
  double a = select_few(x, n, at), b = INFINITY;
  if (h <= 0) return a;
  for (int64_t i = at + 1; i < n; i++) b = x[i] < b ? x[i] : b;
  return a == b ? a : (1 - h) * a + h * b;
}

static bool quantile_one(const QuantileRun *r, int64_t k, double *x) {
  bool nan;
  int64_t n = group_values(r, k, x, &nan);
  r->empty[k] = n == 0;
  r->value[k] = NAN;
  if (n == 0 || nan) return true;
  if (n > SOME) return quantile_f64(NULL, x, n, 7, &r->p, 1, &r->value[k], NULL) == OK;
  r->value[k] = quantile_few(x, n, r->p);
  return true;
}

static void quantile_groups(void *ctx, int64_t begin, int64_t end) {
  QuantileRun *r = ctx;
  int64_t most = 0;
  for (int64_t k = begin; k < end; k++)
    if (r->g->start[k + 1] - r->g->start[k] > most) most = r->g->start[k + 1] - r->g->start[k];
  double *x = mem_new((size_t)most * sizeof *x);
  bool good = x != NULL;
  for (int64_t k = begin; k < end && good; k++) good = quantile_one(r, k, x);
  mem_free(x);
  if (!good) atomic_store_explicit(&r->failed, true, memory_order_relaxed);
}

static ErrCode quantile_column(const AggCall *c, const QuantileRun *r, Column **out, Err *err) {
  ColType type = c->x->type;
  bool moment = type == COL_DATE || type == COL_TIME;
  TRY(agg_column(c, moment ? type : COL_F64, out, err));
  for (int64_t k = 0; k < (*out)->n; k++) {
    if (r->empty[k]) TRY(column_set_missing(*out, k, err));
    else if (moment) (*out)->i[k] = (int64_t)floor(r->value[k]);
    else (*out)->f[k] = r->value[k];
  }
  return OK;
}

static ErrCode quantile(const AggCall *c, Column **out, Err *err) {
  Groups *g = &c->run->g;
  Job *job = c->run->job;
  QuantileRun r = {.g = g, .x = c->x, .p = c->p};
  TRY(groups_sort(job, g, err));
  TRY(job_need(job, g->n * 8, "quantiles by groups", err));
  TRY(array_new(job, g->ngroup, sizeof *r.value + 1, "quantiles by groups", &r.value, err));
  r.empty = (uint8_t *)(r.value + g->ngroup);
  ErrCode code = par_rounds(job, g->ngroup, g->ngroup / 256 + 1, 16, quantile_groups, &r, err);
  if (code == OK && atomic_load(&r.failed)) code = out_of_memory("quantiles by groups", err);
  if (code == OK) code = quantile_column(c, &r, out, err);
  mem_free(r.value);
  return code;
}

static ErrCode median(const AggCall *c, Column **out, Err *err) {
  AggCall half = *c;
  half.p = 0.5;
  return quantile(&half, out, err);
}

// ---- pairs ----------------------------------------------------------------------------------------------------------
static ErrCode distinct(const AggCall *c, Column **out, Err *err) {
  Groups pairs;
  const Groups *g = &c->run->g;
  TRY(groups_refine(c->run->job, g, c->x, GROUP_FIRST, &pairs, err));
  ErrCode code = agg_column(c, COL_I64, out, err);
  if (code == OK) memset((*out)->i, 0, (size_t)g->ngroup * sizeof(int64_t));
  for (int64_t k = 0; k < pairs.ngroup && code == OK; k++)
    (*out)->i[g->id[pairs.first[k]]] += col_valid(c->x, pairs.first[k]);
  groups_fini(&pairs);
  return code;
}

// The first row of the most frequent value of each group; pairs are in the order of the values, so that the smallest of
// equally frequent ones is met first.
static ErrCode mode_rows(const AggCall *c, Groups *pairs, int64_t *row, Err *err) {
  const Groups *g = &c->run->g;
  int64_t *count, *most;
  TRY(array_new(c->run->job, pairs->ngroup + g->ngroup, sizeof *count, "modes", &count, err));
  most = count + pairs->ngroup;
  ErrCode code = groups_count(c->run->job, pairs, NULL, count, err);
  for (int64_t k = 0; k < g->ngroup; k++) row[k] = -1, most[k] = 0;
  for (int64_t k = 0; k < pairs->ngroup && code == OK; k++) {
    uint32_t at = pairs->first[k], id = g->id[at];
    if (col_valid(c->x, at) && count[k] > most[id]) most[id] = count[k], row[id] = at;
  }
  mem_free(count);
  return code;
}

static ErrCode mode(const AggCall *c, Column **out, Err *err) {
  Job *job = c->run->job;
  int64_t *row;
  Groups pairs;
  TRY(array_new(job, c->run->g.ngroup, sizeof *row, "modes", &row, err));
  ErrCode code = groups_refine(job, &c->run->g, c->x, GROUP_KEY, &pairs, err);
  if (code == OK) code = mode_rows(c, &pairs, row, err);
  if (code == OK) code = column_gather(job, c->x, row, c->run->g.ngroup, out, err);
  groups_fini(&pairs);
  mem_free(row);
  return code;
}

const AggFunc AGG_ORDER[] = {
    {"median", "median(x)", "m", median, "the middle value, or the mean of the two middle ones; of dates cut to a day"},
    {"quantile", "quantile(x, p)", "mp", quantile, "the p-quantile, R's type 7; p from 0 to 1"},
    {"distinct", "distinct(x)", "x", distinct, "how many different values, missing ones left out"},
    {"n_distinct", "n_distinct(x)", "x", distinct, "the same"},
    {"mode", "mode(x)", "x", mode, "the most frequent value, of several the smallest"},
    {0},
};
