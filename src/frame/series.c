// What shifts, fills and picks by row number is a list of rows and a gather, so that it works for every type. Running
// sums go one row after another: that order is their meaning, and it is the same for any number of threads. Ranks come
// from the sort keys of the column.
#include "frame/series_int.h"

#include "num/num.h"

enum { TICK = 1 << 20 }; // rows between ticks

static ErrCode array_new(Job *job, int64_t n, void *out, Err *err) { // of 8-byte values
  void **p = out;
  TRY(job_need(job, n * 8, "a list of rows", err));
  *p = mem_new((size_t)n * 8);
  return *p ? OK : out_of_memory("a list of rows", err);
}

// ---- lists of rows --------------------------------------------------------------------------------------------------
ErrCode series_lag(Job *job, const Column *x, int64_t k, Column **out, Err *err) {
  int64_t *row, n = x->n;
  TRY(array_new(job, n, &row, err));
  for (int64_t i = 0; i < n; i++) row[i] = k > i || k < i - n + 1 ? -1 : i - k;
  ErrCode code = column_gather(job, x, row, n, out, err);
  mem_free(row);
  return code;
}

ErrCode series_fill(Job *job, const Column *x, bool forward, Column **out, Err *err) {
  int64_t *row, n = x->n, last = -1;
  if (!x->missing) return *out = column_ref(x), OK;
  TRY(array_new(job, n, &row, err));
  for (int64_t k = 0; k < n; k++) {
    int64_t i = forward ? k : n - 1 - k;
    if (col_valid(x, i)) last = i;
    row[i] = last;
  }
  ErrCode code = column_gather(job, x, row, n, out, err);
  mem_free(row);
  return code;
}

static ErrCode running_best(Job *job, const Column *x, bool largest, Column **out, Err *err) {
  uint64_t *key;
  int64_t *row = NULL, n = x->n, best = -1;
  TRY(array_new(job, n, &key, err));
  ErrCode code = array_new(job, n, &row, err);
  if (code == OK) code = column_keys(job, x, largest, key, err);
  bool stuck = false;
  for (int64_t i = 0; i < n && code == OK; i++) {
    if (i % TICK == 0) code = job_tick(job, i, n, err);
    row[i] = -1;
    if (!col_valid(x, i)) continue;
    bool nan = x->type == COL_F64 && x->f[i] != x->f[i];
    if (!stuck && (best < 0 || nan || key[i] < key[best])) best = i;
    stuck = stuck || nan;
    row[i] = best;
  }
  if (code == OK) code = column_gather(job, x, row, n, out, err);
  mem_free(key);
  mem_free(row);
  return code;
}

// ---- sums and differences -------------------------------------------------------------------------------------------
static ErrCode column_like(Job *job, const Column *x, ColType type, Column **out, Err *err) {
  TRY(column_new(job, type, x->n, NULL, out, err));
  (*out)->volatile_ = x->volatile_;
  return OK;
}

static int64_t int_at(const Column *x, int64_t i) { return x->type == COL_BOOL ? x->b[i] : x->i[i]; }

// False when an int leaves 64 bits.
static bool running_ints(const Column *x, bool product, int64_t begin, int64_t end, int64_t *acc, int64_t *out) {
  for (int64_t i = begin; i < end; i++) {
    if (!col_valid(x, i)) continue;
    int64_t v = int_at(x, i);
    if (product ? __builtin_mul_overflow(*acc, v, acc) : __builtin_add_overflow(*acc, v, acc)) return false;
    out[i] = *acc;
  }
  return true;
}

static void running_reals(const Column *x, bool product, int64_t begin, int64_t end, double *acc, double *out) {
  for (int64_t i = begin; i < end; i++) {
    if (!col_valid(x, i)) continue;
    double v = x->type == COL_F64 ? x->f[i] : (double)int_at(x, i);
    *acc = product ? *acc * v : *acc + v;
    out[i] = *acc;
  }
}

static ErrCode running(Job *job, const Column *x, bool product, ColType type, Column **out, bool *fits, Err *err) {
  Column *c;
  TRY(column_like(job, x, type, &c, err));
  int64_t total = product;
  double sum = product;
  ErrCode code = OK;
  *fits = true;
  for (int64_t i = 0; i < x->n && code == OK && *fits; i += TICK) {
    int64_t end = x->n - i < TICK ? x->n : i + TICK;
    code = job_tick(job, i, x->n, err);
    if (type == COL_F64) running_reals(x, product, i, end, &sum, c->f);
    else *fits = running_ints(x, product, i, end, &total, c->i);
  }
  for (int64_t i = 0; x->missing && i < x->n && code == OK; i++)
    if (!col_valid(x, i)) code = column_set_missing(c, i, err);
  *out = c;
  if (code == OK && *fits) return OK;
  column_unref(c);
  return code;
}

ErrCode series_cumulate(Job *job, const Column *x, Cumulate how, Column **out, Err *err) {
  if (how == CUM_MIN || how == CUM_MAX) return running_best(job, x, how == CUM_MAX, out, err);
  bool fits = false;
  if (x->type != COL_F64) TRY(running(job, x, how == CUM_PROD, COL_I64, out, &fits, err));
  return fits ? OK : running(job, x, how == CUM_PROD, COL_F64, out, &fits, err);
}

static double real_difference(const Column *x, int64_t i, int64_t j) {
  if (x->type == COL_F64) return x->f[i] - x->f[j];
  if (x->type == COL_TIME) return ((double)x->i[i] - (double)x->i[j]) / 1e6;
  return (double)int_at(x, i) - (double)int_at(x, j);
}

static ErrCode differences(const Column *x, int64_t k, Column *c, bool *fits, Err *err) {
  for (int64_t i = 0; i < x->n; i++) {
    bool inside = k <= i && k >= i - x->n + 1;
    if (!inside || !col_valid(x, i) || !col_valid(x, i - k)) TRY(column_set_missing(c, i, err));
    else if (c->type == COL_F64) c->f[i] = real_difference(x, i, i - k);
    else if (__builtin_sub_overflow(int_at(x, i), int_at(x, i - k), &c->i[i])) return *fits = false, OK;
  }
  return OK;
}

ErrCode series_diff(Job *job, const Column *x, int64_t k, Column **out, Err *err) {
  bool exact = x->type != COL_F64 && x->type != COL_TIME;
  for (;; exact = false) {
    bool fits = true;
    TRY(column_like(job, x, exact ? COL_I64 : COL_F64, out, err));
    ErrCode code = differences(x, k, *out, &fits, err);
    if (code == OK && fits) return OK;
    column_unref(*out);
    TRY(code);
  }
}

ErrCode series_zscore(Job *job, const Column *x, Column **out, Err *err) {
  double *present;
  TRY(array_new(job, x->n, &present, err));
  Moments m = moments_f64(job, present, col_present_f64(x, present));
  mem_free(present);
  double sd = __builtin_sqrt(moments_var(&m));
  TRY(column_like(job, x, COL_F64, out, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < x->n && code == OK; i++) {
    if (m.n < 2 || !col_valid(x, i)) code = column_set_missing(*out, i, err);
    else (*out)->f[i] = (col_f64(x, i) - m.mean) / sd;
  }
  if (code != OK) column_unref(*out);
  return code;
}

// ---- order ----------------------------------------------------------------------------------------------------------
typedef struct Ranking { // the present rows by value
  uint64_t *key;
  int64_t *row, n; // row[k]: the k-th row
} Ranking;

static void ranking_free(Ranking *o) {
  mem_free(o->key);
  mem_free(o->row);
}

// Missing rows get the largest key, which a present nan has too: they are moved behind it.
static ErrCode ranking_make(Job *job, const Column *x, Ranking *o, Err *err) {
  *o = (Ranking){0};
  ErrCode code = array_new(job, x->n, &o->key, err);
  if (code == OK) code = array_new(job, x->n, &o->row, err);
  if (code == OK) code = column_keys(job, x, false, o->key, err);
  if (code != OK) return code;
  int64_t missing = x->n;
  for (int64_t i = 0; i < x->n; i++) {
    if (col_valid(x, i)) o->row[o->n++] = i;
    else o->row[--missing] = i, o->key[i] = UINT64_MAX;
  }
  return order_keys(job, o->key, x->n, true, o->row, err);
}

// The place behind the rows that equal the one at `from`.
static int64_t ties_end(const Ranking *o, int64_t from) {
  int64_t to = from + 1;
  while (to < o->n && o->key[o->row[to]] == o->key[o->row[from]]) to++;
  return to;
}

static void rank_ties(const Ranking *o, int64_t from, int64_t to, RankTies ties, int64_t dense, Column *c) {
  for (int64_t k = from; k < to; k++) {
    int64_t i = o->row[k];
    if (ties == RANK_AVERAGE) c->f[i] = (double)(from + 1 + to) / 2;
    else c->i[i] = ties == RANK_MIN ? from + 1 : ties == RANK_MAX ? to : ties == RANK_DENSE ? dense : k + 1;
  }
}

static ErrCode rank_missing(const Column *x, Column *c, Err *err) {
  for (int64_t i = 0; x->missing && i < x->n; i++)
    if (!col_valid(x, i)) TRY(column_set_missing(c, i, err));
  return OK;
}

ErrCode series_rank(Job *job, const Column *x, RankTies ties, Column **out, Err *err) {
  Ranking o;
  Column *c = NULL;
  ErrCode code = ranking_make(job, x, &o, err);
  if (code == OK) code = column_like(job, x, ties == RANK_AVERAGE ? COL_F64 : COL_I64, &c, err);
  int64_t dense = 0;
  for (int64_t k = 0, to; k < o.n && code == OK; k = to) rank_ties(&o, k, to = ties_end(&o, k), ties, ++dense, c);
  if (code == OK) code = rank_missing(x, c, err);
  ranking_free(&o);
  if (code != OK) return column_unref(c), code;
  *out = c;
  return OK;
}

ErrCode series_ntile(Job *job, const Column *x, int64_t n, Column **out, Err *err) {
  Ranking o;
  Column *c = NULL;
  ErrCode code = ranking_make(job, x, &o, err);
  if (code == OK) code = column_like(job, x, COL_I64, &c, err);
  int64_t part = code == OK ? o.n / n : 0, larger = code == OK ? o.n % n : 0, edge = larger * (part + 1);
  for (int64_t k = 0; k < o.n && code == OK; k++)
    c->i[o.row[k]] = k < edge ? k / (part + 1) + 1 : larger + (k - edge) / part + 1;
  if (code == OK) code = rank_missing(x, c, err);
  ranking_free(&o);
  if (code != OK) return column_unref(c), code;
  *out = c;
  return OK;
}

static int64_t codes_used(const Column *x) {
  uint8_t *used = mem_new((size_t)x->dict->n);
  int64_t n = 0;
  if (!used) return -1;
  memset(used, 0, (size_t)x->dict->n);
  for (int64_t i = 0; i < x->n; i++)
    if (col_valid(x, i)) used[col_code(x, i)] = 1;
  for (int64_t k = 0; k < x->dict->n; k++) n += used[k];
  mem_free(used);
  return n;
}

ErrCode series_distinct(Job *job, const Column *x, int64_t *n, Err *err) {
  if (!x->dict && x->type == COL_TEXT) {
    Column *cat;
    TRY(column_to_cat(job, x, -1, &cat, err));
    *n = cat->dict->n;
    column_unref(cat);
    return OK;
  }
  if (x->dict) return *n = codes_used(x), *n < 0 ? out_of_memory("a list of words", err) : OK;
  Ranking o;
  ErrCode code = ranking_make(job, x, &o, err);
  *n = 0;
  for (int64_t k = 0; k < o.n && code == OK; k = ties_end(&o, k)) ++*n;
  ranking_free(&o);
  return code;
}
