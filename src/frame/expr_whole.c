// Functions of a whole column, the same value in every row. Missing rows are left out; sums take num's fixed order.
#include "frame/expr_int.h"

#include "frame/series_int.h"
#include "num/num.h"

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

static ErrCode present(const Whole *w, double **x, int64_t *n, Err *err) {
  TRY(job_need(w->job, w->x->n * (int64_t)sizeof **x, "a column of numbers", err));
  *x = mem_new((size_t)w->x->n * sizeof **x);
  if (!*x) return out_of_memory("a column of numbers", err);
  *n = col_present_f64(w->x, *x);
  return OK;
}

static ErrCode moments(const Whole *w, Moments *m, Err *err) {
  double *x;
  int64_t n;
  if (!w->x->valid && w->x->type == COL_F64) return *m = moments_f64(w->job, w->x->f, w->x->n), OK;
  TRY(present(w, &x, &n, err));
  *m = moments_f64(w->job, x, n);
  mem_free(x);
  return OK;
}

static ErrCode mean(const Whole *w, Cell *out, Err *err) {
  Moments m;
  TRY(moments(w, &m, err));
  *out = (Cell){.type = COL_F64, .missing = m.n < 1, .f = m.mean};
  return OK;
}

static ErrCode var(const Whole *w, Cell *out, Err *err) {
  Moments m;
  TRY(moments(w, &m, err));
  *out = (Cell){.type = COL_F64, .missing = m.n < 2, .f = moments_var(&m)};
  return OK;
}

static ErrCode sd(const Whole *w, Cell *out, Err *err) {
  TRY(var(w, out, err));
  out->f = __builtin_sqrt(out->f);
  return OK;
}

static ErrCode quantile_at(const Whole *w, double p, Cell *out, Err *err) {
  double *x, q = 0;
  int64_t n;
  TRY(present(w, &x, &n, err));
  bool nan = false;
  for (int64_t i = 0; i < n; i++) nan = nan || x[i] != x[i];
  ErrCode code = nan ? OK : quantile_f64(w->job, x, n, 7, &p, 1, &q, err);
  mem_free(x);
  *out = (Cell){.type = COL_F64, .missing = n == 0, .f = nan ? __builtin_nan("") : q};
  return code;
}

static ErrCode median(const Whole *w, Cell *out, Err *err) { return quantile_at(w, 0.5, out, err); }

static ErrCode quantile(const Whole *w, Cell *out, Err *err) {
  double p = w->opt[0].f;
  if (!(p >= 0 && p <= 1)) return err_set(err, ERR_ARG, "p is a share from 0 to 1, as 0.9");
  return quantile_at(w, p, out, err);
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
static ErrCode sum(const Whole *w, Cell *out, Err *err) {
  *out = (Cell){.type = COL_I64};
  if (w->x->type != COL_F64 && sum_exact(w->x, &out->i)) return OK;
  double *x;
  int64_t n;
  TRY(present(w, &x, &n, err));
  *out = (Cell){.type = COL_F64, .f = sum_f64(w->job, x, n)};
  mem_free(x);
  return OK;
}

static ErrCode nrow(const Whole *w, Cell *out, Err *err) {
  (void)err;
  *out = (Cell){.type = COL_I64, .i = frame_nrow(w->frame)};
  return OK;
}

// ---- one of its values ----------------------------------------------------------------------------------------------
static ErrCode take_cell(const Column *c, int64_t i, Cell *out) {
  *out = (Cell){.type = col_is_text(c) ? COL_TEXT : c->type, .missing = i < 0};
  if (i < 0) return OK;
  switch (out->type) {
  case COL_BOOL: out->b = c->b[i]; break;
  case COL_F64: out->f = c->f[i]; break;
  case COL_TEXT: out->t = col_text(c, i); break;
  default: out->i = c->i[i];
  }
  return OK;
}

static ErrCode first(const Whole *w, Cell *out, Err *err) {
  (void)err;
  int64_t i = 0;
  while (i < w->x->n && !col_valid(w->x, i)) i++;
  return take_cell(w->x, i < w->x->n ? i : -1, out);
}

static ErrCode last(const Whole *w, Cell *out, Err *err) {
  (void)err;
  int64_t i = w->x->n - 1;
  while (i >= 0 && !col_valid(w->x, i)) i--;
  return take_cell(w->x, i, out);
}

// Whether row i comes before row j; nan before everything, words in the order of their dictionary.
static bool comes_first(const Column *c, int64_t i, int64_t j, bool largest) {
  if (c->type == COL_F64) {
    double a = c->f[i], b = c->f[j];
    return b == b && (a != a || (largest ? a > b : a < b));
  }
  int64_t a = c->dict ? col_code(c, i) : c->i[i], b = c->dict ? col_code(c, j) : c->i[j];
  return largest ? a > b : a < b;
}

static ErrCode extreme(const Whole *w, bool largest, Cell *out, Err *err) {
  Column *cat = NULL;
  if (!w->x->dict && w->x->type == COL_TEXT) TRY(column_to_cat(w->job, w->x, -1, &cat, err));
  const Column *c = cat ? cat : w->x;
  int64_t best = -1;
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i) && (best < 0 || comes_first(c, i, best, largest))) best = i;
  column_unref(cat);
  return take_cell(w->x, best, out);
}

static ErrCode min(const Whole *w, Cell *out, Err *err) { return extreme(w, false, out, err); }
static ErrCode max(const Whole *w, Cell *out, Err *err) { return extreme(w, true, out, err); }

// ---- counts ---------------------------------------------------------------------------------------------------------
static ErrCode n_missing(const Whole *w, Cell *out, Err *err) {
  (void)err;
  *out = (Cell){.type = COL_I64, .i = w->x->missing};
  return OK;
}

static ErrCode n_distinct(const Whole *w, Cell *out, Err *err) {
  *out = (Cell){.type = COL_I64};
  return series_distinct(w->job, w->x, &out->i, err);
}

static bool has_row(const Column *c, bool want) {
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i) && c->b[i] == want) return true;
  return false;
}

static ErrCode any(const Whole *w, Cell *out, Err *err) {
  (void)err;
  *out = (Cell){.type = COL_BOOL, .b = has_row(w->x, true)};
  return OK;
}

static ErrCode all(const Whole *w, Cell *out, Err *err) {
  (void)err;
  *out = (Cell){.type = COL_BOOL, .b = !has_row(w->x, false)};
  return OK;
}

static void row(Call *c) { ROWS(c) c->out.i[i] = c->begin + i + 1; }

const Func EXPR_WHOLE[] = {
    {"mean", "mean(x)", "a:r", .whole = mean, .doc = "mean of the column; of a condition, the share that is true"},
    {"median", "median(x)", "a:r", .whole = median, .doc = "median of the column"},
    {"quantile", "quantile(x, p)", "a!r:r", .whole = quantile,
     .doc = "the value below which the share p lies, between two by their distance (R's type 7)"},
    {"sd", "sd(x)", "a:r", .whole = sd, .doc = "standard deviation, divisor n - 1; missing for fewer than 2 values"},
    {"var", "var(x)", "a:r", .whole = var, .doc = "variance, divisor n - 1; missing for fewer than 2 values"},
    {"sum", "sum(x)", "a:=", .whole = sum, .doc = "sum of the column; of a condition, how many are true"},
    {"min", "min(x)", "o:=", .whole = min, .doc = "the smallest of the column; nan when there is one"},
    {"max", "max(x)", "o:=", .whole = max, .doc = "the largest of the column; nan when there is one"},
    {"first", "first(x)", "x:=", .whole = first, .doc = "the first that is not missing"},
    {"last", "last(x)", "x:=", .whole = last, .doc = "the last that is not missing"},
    {"n_distinct", "n_distinct(x)", "x:i", .whole = n_distinct, .doc = "how many different values"},
    {"n_missing", "n_missing(x)", "x:i", .whole = n_missing, .doc = "how many are missing"},
    {"any", "any(c)", "b:b", .whole = any, .doc = "is c true in some row; false without rows"},
    {"all", "all(c)", "b:b", .whole = all, .doc = "is c true in every row; true without rows"},
    {"nrow", "nrow()", ":i", .whole = nrow, .doc = "rows of the frame"},
    {"row", "row()", ":i", .any = row, .doc = "number of the row, from 1"},
    {0},
};
