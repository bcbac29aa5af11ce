// Correlation matrices. A complete column is scaled by a power of two (so that no square overflows) and centred about
// its mean once; a pair of complete columns then costs one dot product. What rounding left of the sum of a centred
// column is taken out of the products (Chan, Golub, LeVeque 1983), so a large offset costs no digits. A pair with
// missing values is first closed up to the rows that have both and centred about their means there, as R does for
// "pairwise.complete.obs". All sums are num's, so the bits do not depend on threads.
// O(n p^2) time, 8 n (p + 2) bytes.
#include "stats/stats.h"

#include "base/numfmt.h"
#include "frame/verbs.h"
#include "num/num.h"

#include <math.h>
#include <stdlib.h>

typedef struct Centred {
  double *x;       // values less their mean, times a power of two
  double left, ss; // what is left of their sum; sum of squares about the mean
  bool constant;
} Centred;

typedef struct Corr {
  Job *job;
  const Frame *f;      // the chosen columns
  bool complete;       // use only rows without any missing value
  int64_t p, n;        // columns; rows used
  int64_t *row;        // which rows; NULL = all
  double *x;           // (p + 2) columns of n; the last two are room for the rows of one pair
  Centred *col;        // p; of columns with missing values x alone is set
  int64_t least, most; // rows behind a pair
  double *r;           // p x p
  bool *defined;       // p x p
} Corr;

// ---- one pair -----------------------------------------------------------------------------------------------------
static bool is_constant(const double *x, int64_t n) {
  for (int64_t i = 1; i < n; i++)
    if (!(x[i] == x[0])) return false;
  return true;
}

static double scale_of(const double *x, int64_t n) {
  double most = 0;
  int exponent;
  for (int64_t i = 0; i < n; i++) most = fabs(x[i]) > most ? fabs(x[i]) : most;
  if (most == 0 || !isfinite(most)) return 1;
  frexp(most, &exponent);
  return ldexp(1, exponent < -1000 ? 1000 : -exponent);
}

static Centred centre(Job *job, double *x, int64_t n) {
  Centred c = {.x = x, .constant = is_constant(x, n)};
  double scale = scale_of(x, n);
  for (int64_t i = 0; i < n; i++) x[i] *= scale;
  double mean = sum_f64(job, x, n) / (double)n;
  for (int64_t i = 0; i < n; i++) x[i] -= mean;
  c.left = sum_f64(job, x, n);
  c.ss = sum_dot(job, x, x, n) - c.left * c.left / (double)n;
  return c;
}

// False where a correlation has no meaning: fewer than two rows, or a side without spread.
static bool correlate(Job *job, const Centred *a, const Centred *b, int64_t n, double *r) {
  if (n < 2 || a->constant || b->constant) return false;
  if (a == b) return *r = isfinite(a->ss) ? 1 : NAN, true;
  double xy = sum_dot(job, a->x, b->x, n) - a->left * b->left / (double)n;
  *r = xy / (sqrt(a->ss) * sqrt(b->ss));
  *r = *r > 1 ? 1 : *r < -1 ? -1 : *r;
  return true;
}

bool stats_pearson(Job *job, double *x, double *y, int64_t n, double *r) {
  Centred a = centre(job, x, n), b = centre(job, y, n);
  return correlate(job, &a, &b, n, r);
}

// The rows that have both values, closed up in the room for a pair; returns how many.
static int64_t close_up(const Corr *s, int64_t i, int64_t j) {
  const Column *a = frame_at(s->f, (int)i), *b = frame_at(s->f, (int)j);
  const double *x = s->col[i].x, *y = s->col[j].x;
  double *u = s->x + s->p * s->n, *v = u + s->n;
  int64_t k = 0;
  for (int64_t row = 0; row < s->n; row++) {
    u[k] = x[row], v[k] = y[row];
    k += col_valid(a, row) && col_valid(b, row);
  }
  return k;
}

static bool is_complete(const Corr *s, int64_t j) { return s->complete || frame_at(s->f, (int)j)->missing == 0; }

static void fill_pair(Corr *s, int64_t i, int64_t j) {
  double r = NAN;
  int64_t n = s->n;
  bool defined;
  if (is_complete(s, i) && is_complete(s, j)) {
    defined = correlate(s->job, &s->col[i], &s->col[j], n, &r);
  } else {
    n = close_up(s, i, j);
    double *u = s->x + s->p * s->n;
    Centred a = centre(s->job, u, n), b = centre(s->job, u + s->n, n);
    defined = correlate(s->job, &a, i == j ? &a : &b, n, &r);
  }
  if (i != j || s->p == 1) s->least = n < s->least ? n : s->least, s->most = n > s->most ? n : s->most;
  s->r[i * s->p + j] = s->r[j * s->p + i] = r;
  s->defined[i * s->p + j] = s->defined[j * s->p + i] = defined;
}

static ErrCode fill_pairs(Corr *s, Err *err) {
  int64_t done = 0, pairs = s->p * (s->p + 1) / 2;
  s->least = s->n, s->most = 0;
  for (int64_t i = 0; i < s->p; i++)
    for (int64_t j = 0; j <= i; j++) {
      TRY(job_tick(s->job, done++, pairs, err));
      fill_pair(s, i, j);
    }
  return OK;
}

// ---- loading ------------------------------------------------------------------------------------------------------
static bool row_complete(const Frame *f, int64_t row) {
  for (int j = 0; j < frame_ncol(f); j++)
    if (!col_valid(frame_at(f, j), row)) return false;
  return true;
}

static ErrCode choose_rows(Corr *s, Err *err) {
  s->n = frame_nrow(s->f);
  if (!s->complete) return OK;
  TRY(job_need(s->job, s->n * 8, "corr", err));
  s->row = mem_new((size_t)s->n * sizeof *s->row);
  if (!s->row) return err_set(err, ERR_MEMORY, "corr: the system has no memory for %lld rows", (long long)s->n);
  int64_t n = 0;
  for (int64_t row = 0; row < s->n; row++)
    if (row_complete(s->f, row)) s->row[n++] = row;
  s->n = n;
  return OK;
}

static ErrCode load(Corr *s, Err *err) {
  TRY(choose_rows(s, err));
  TRY(job_need(s->job, (s->p + 2) * s->n * 8, "corr", err));
  s->x = mem_new((size_t)(s->p + 2) * (size_t)s->n * sizeof *s->x);
  if (!s->x) return err_set(err, ERR_MEMORY, "corr: the system has no memory for %lld columns", (long long)s->p);
  for (int64_t j = 0; j < s->p; j++) {
    TRY(job_tick(s->job, j, s->p, err));
    const Column *c = frame_at(s->f, (int)j);
    double *x = s->x + j * s->n;
    s->col[j].x = x;
    for (int64_t k = 0; k < s->n; k++) x[k] = col_f64(c, s->row ? s->row[k] : k);
    if (is_complete(s, j)) s->col[j] = centre(s->job, x, s->n);
  }
  return OK;
}

// ---- the answer ---------------------------------------------------------------------------------------------------
static ErrCode add_names(const Corr *s, Frame *out, Err *err) {
  TextBuilder b;
  textb_init(&b, s->job);
  ErrCode code = OK;
  for (int64_t j = 0; j < s->p && code == OK; j++) code = textb_add(&b, sv(frame_name(s->f, (int)j)), err);
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  const char *name = frame_find(s->f, sv("column")) < 0 ? "column" : "column name";
  return code == OK ? frame_add(out, name, c, err) : code;
}

static ErrCode add_column(const Corr *s, int64_t j, Frame *out, Err *err) {
  Column *c;
  TRY(column_new(s->job, COL_F64, s->p, NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < s->p && code == OK; i++) {
    c->f[i] = s->r[j * s->p + i];
    if (!s->defined[j * s->p + i]) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(out, frame_name(s->f, (int)j), c, err);
  column_unref(c);
  return code;
}

static void set_caption(const Corr *s, Frame *out) {
  char number[32];
  int64_t left_out = frame_nrow(s->f) - s->n;
  Str text = {0};
  fmt_i64(number, sizeof number, s->least, true);
  str_addf(&text, "Pearson correlation, n = %s", number);
  fmt_i64(number, sizeof number, s->most, true);
  if (s->least < s->most) str_addf(&text, " to %s", number);
  fmt_i64(number, sizeof number, left_out, true);
  if (left_out) str_addf(&text, "; %s row%s with missing values left out", number, left_out == 1 ? "" : "s");
  frame_set_caption(out, str_c(&text));
  str_fini(&text);
}

static ErrCode answer(const Corr *s, Frame *out, Err *err) {
  TRY(add_names(s, out, err));
  for (int64_t j = 0; j < s->p; j++) TRY(add_column(s, j, out, err));
  set_caption(s, out);
  return OK;
}

// The named columns, all of them numbers; or every number column.
static ErrCode choose(const Frame *f, const Names *names, Frame **out, Err *err) {
  const char **name = calloc((size_t)frame_ncol(f) + 1, sizeof *name);
  if (!name) abort();
  Names numbers = {name, 0};
  for (int j = 0; j < frame_ncol(f); j++)
    if (col_is_number(frame_at(f, j))) name[numbers.n++] = frame_name(f, j);
  ErrCode code = frame_select(f, names->n ? names : &numbers, out, err);
  free(name);
  if (code != OK) return code;
  for (int j = 0; j < frame_ncol(*out) && code == OK; j++)
    if (!col_is_number(frame_at(*out, j)))
      code = err_set(err, ERR_TYPE, "corr: column '%s' is %s: correlation needs numbers", frame_name(*out, j),
                     COLTYPES[frame_at(*out, j)->type].name);
  if (code == OK && frame_ncol(*out) == 0) code = err_set(err, ERR_ARG, "corr: the frame has no number column");
  if (code != OK) frame_unref(*out);
  return code;
}

ErrCode stats_corr(Job *job, const Frame *f, const CorrOpts *opts, Frame **out, Err *err) {
  Frame *chosen;
  TRY(choose(f, &opts->columns, &chosen, err));
  size_t p = (size_t)frame_ncol(chosen);
  Corr s = {.job = job, .f = chosen, .complete = opts->missing == CORR_COMPLETE, .p = (int64_t)p};
  s.col = calloc(p, sizeof *s.col), s.r = calloc(p * p, sizeof *s.r), s.defined = calloc(p * p, sizeof *s.defined);
  if (!s.col || !s.r || !s.defined) abort();
  Frame *made = frame_new(s.p);
  ErrCode code = load(&s, err);
  if (code == OK) code = fill_pairs(&s, err);
  if (code == OK) code = answer(&s, made, err);
  if (code == OK) *out = made;
  else frame_unref(made);
  mem_free(s.x);
  mem_free(s.row);
  free(s.col);
  free(s.r);
  free(s.defined);
  frame_unref(chosen);
  return code;
}
