// Functions of a whole column, the same value in every row. Missing rows are left out; sums take num's fixed order.
#include "frame/expr_int.h"

#include "num/num.h"

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

static ErrCode present(Job *job, const Column *c, double **x, int64_t *n, Err *err) {
  TRY(job_need(job, c->n * (int64_t)sizeof **x, "a column of numbers", err));
  *x = mem_new((size_t)c->n * sizeof **x);
  if (!*x) return out_of_memory("a column of numbers", err);
  *n = col_present_f64(c, *x);
  return OK;
}

static ErrCode moments(Job *job, const Column *c, Moments *m, Err *err) {
  double *x;
  int64_t n;
  TRY(present(job, c, &x, &n, err));
  *m = moments_f64(job, x, n);
  mem_free(x);
  return OK;
}

static ErrCode mean(Job *job, const Frame *f, const Column *c, Cell *out, Err *err) {
  (void)f;
  Moments m;
  TRY(moments(job, c, &m, err));
  *out = (Cell){.type = COL_F64, .missing = m.n < 1, .f = m.mean};
  return OK;
}

static ErrCode sd(Job *job, const Frame *f, const Column *c, Cell *out, Err *err) {
  (void)f;
  Moments m;
  TRY(moments(job, c, &m, err));
  *out = (Cell){.type = COL_F64, .missing = m.n < 2, .f = __builtin_sqrt(moments_var(&m))};
  return OK;
}

static ErrCode median(Job *job, const Frame *f, const Column *c, Cell *out, Err *err) {
  (void)f;
  double *x, q = 0, half = 0.5;
  int64_t n;
  TRY(present(job, c, &x, &n, err));
  bool nan = false;
  for (int64_t i = 0; i < n; i++) nan = nan || x[i] != x[i];
  ErrCode code = nan ? OK : quantile_f64(job, x, n, 7, &half, 1, &q, err);
  mem_free(x);
  *out = (Cell){.type = COL_F64, .missing = n == 0, .f = nan ? __builtin_nan("") : q};
  return code;
}

static bool sum_exact(const Column *c, int64_t *sum) {
  *sum = 0;
  for (int64_t i = 0; i < c->n; i++) {
    int64_t v = !col_valid(c, i) ? 0 : c->type == COL_BOOL ? c->b[i] : c->i[i];
    if (__builtin_add_overflow(*sum, v, sum)) return false;
  }
  return true;
}

// Ints and conditions sum to an int, or to a real when it does not fit.
static ErrCode sum(Job *job, const Frame *f, const Column *c, Cell *out, Err *err) {
  (void)f;
  *out = (Cell){.type = COL_I64};
  if (c->type != COL_F64 && sum_exact(c, &out->i)) return OK;
  double *x;
  int64_t n;
  TRY(present(job, c, &x, &n, err));
  *out = (Cell){.type = COL_F64, .f = sum_f64(job, x, n)};
  mem_free(x);
  return OK;
}

static ErrCode nrow(Job *job, const Frame *f, const Column *c, Cell *out, Err *err) {
  (void)job, (void)c, (void)err;
  *out = (Cell){.type = COL_I64, .i = frame_nrow(f)};
  return OK;
}

static void row(Call *c) { ROWS(c) c->out.i[i] = c->begin + i + 1; }

const Func EXPR_WHOLE[] = {
    {"mean", "mean(x)", "a:r", .whole = mean, .doc = "mean of the column; of a condition, the share that is true"},
    {"median", "median(x)", "a:r", .whole = median, .doc = "median of the column"},
    {"sd", "sd(x)", "a:r", .whole = sd, .doc = "standard deviation, divisor n - 1; missing for fewer than 2 values"},
    {"sum", "sum(x)", "a:=", .whole = sum, .doc = "sum of the column; of a condition, how many are true"},
    {"nrow", "nrow()", ":i", .whole = nrow, .doc = "rows of the frame"},
    {"row", "row()", ":i", .any = row, .doc = "number of the row, from 1"},
    {0},
};
