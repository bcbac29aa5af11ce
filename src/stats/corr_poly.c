// Polychoric correlations in two steps (Olsson 1979): thresholds from the margins of the table of two ordered
// variables, then the correlation of the normal variables behind them that makes the table most likely. The derivative
// of a cell's probability in r is a difference of four densities, so Newton's steps are exact; they are kept inside a
// bracket of the root. The standard error is from the second derivative with the thresholds taken as known. A table
// that the bounds -.9999 and .9999 fit best gets the bound, with no standard error.
#include "stats/corr_int.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LEVELS = 30, NO_LEVEL = 255, STEPS = 100 };
static const double BOUND = .9999, TWO_PI = 6.28318530717958647692;

typedef struct Table {
  int64_t cell[MOST_LEVELS][MOST_LEVELS]; // rows and columns that have any
  int rows, columns;
  double a[MOST_LEVELS + 1], b[MOST_LEVELS + 1]; // thresholds, from -inf to inf
} Table;

// ---- likelihood ---------------------------------------------------------------------------------------------------
typedef struct Corner { // distribution at (a, b), its derivative in r, and that one's
  double p, p1, p2;
} Corner;

static Corner corner(double h, double k, double r) {
  Corner c = {.p = dist_binorm(h, k, r)};
  if (isinf(h) || isinf(k)) return c;
  double d = (1 - r) * (1 + r), cross = h * k, squares = h * h + k * k;
  c.p1 = fmath_exp(-(squares - 2 * r * cross) / (2 * d)) / (TWO_PI * sqrt(d));
  c.p2 = c.p1 * (r / d + (cross * (1 + r * r) - r * squares) / (d * d));
  return c;
}

// First and second derivatives of the log likelihood at r.
static void derivatives(const Table *t, double r, double *first, double *second) {
  Corner above[MOST_LEVELS + 1] = {0}, row[MOST_LEVELS + 1] = {0};
  *first = *second = 0;
  for (int i = 1; i <= t->rows; i++) {
    for (int j = 1; j <= t->columns; j++) {
      row[j] = corner(t->a[i], t->b[j], r);
      double n = (double)t->cell[i - 1][j - 1];
      double p = row[j].p - row[j - 1].p - above[j].p + above[j - 1].p;
      double p1 = row[j].p1 - row[j - 1].p1 - above[j].p1 + above[j - 1].p1;
      double p2 = row[j].p2 - row[j - 1].p2 - above[j].p2 + above[j - 1].p2;
      if (n == 0) continue;
      p = fmax(p, 1e-300);
      *first += n * p1 / p;
      *second += n * (p2 / p - p1 / p * (p1 / p));
    }
    for (int j = 0; j <= t->columns; j++) above[j] = row[j];
  }
}

static void thresholds(const int64_t *margin, int levels, int64_t n, double *out) {
  int64_t sum = 0;
  out[0] = -INFINITY, out[levels] = INFINITY;
  for (int i = 0; i + 1 < levels; i++) sum += margin[i], out[i + 1] = dist_norm_quantile((double)sum / (double)n);
}

// The root of the derivative, from 0: Newton inside a bracket, halved where a step leaves it.
static double most_likely(const Table *t, double *se) {
  double low = -BOUND, high = BOUND, r = 0, first, second;
  *se = NAN;
  for (int step = 0; step < STEPS; step++) {
    derivatives(t, r, &first, &second);
    if (first > 0) low = r;
    else high = r;
    double next = r - first / second;
    if (second < 0 && fabs(next - r) < 1e-14) break; // rounding could point out of the bracket
    if (!(second < 0) || !(next > low && next < high)) next = (low + high) / 2;
    if (next == r) break;
    r = next;
  }
  if (BOUND - fabs(r) < 1e-12) return r > 0 ? BOUND : -BOUND;
  derivatives(t, r, &first, &second);
  if (second < 0) *se = 1 / sqrt(-second);
  return r;
}

// ---- tables -------------------------------------------------------------------------------------------------------
static int keep_used(const int64_t *margin, int levels, int *at) {
  int k = 0;
  for (int i = 0; i < levels; i++)
    if (margin[i]) at[k++] = i;
  return k;
}

// Counts the pairs of levels; those that no row has are left out.
static void count(const uint8_t *x, const uint8_t *y, int64_t n, Table *t, int64_t *rows) {
  int64_t all[MOST_LEVELS][MOST_LEVELS] = {0}, down[MOST_LEVELS] = {0}, across[MOST_LEVELS] = {0}, total = 0;
  int64_t margin_a[MOST_LEVELS], margin_b[MOST_LEVELS];
  int at_a[MOST_LEVELS], at_b[MOST_LEVELS];
  for (int64_t i = 0; i < n; i++)
    if (x[i] != NO_LEVEL && y[i] != NO_LEVEL) all[x[i]][y[i]]++;
  for (int i = 0; i < MOST_LEVELS; i++)
    for (int j = 0; j < MOST_LEVELS; j++) down[i] += all[i][j], across[j] += all[i][j], total += all[i][j];
  t->rows = keep_used(down, MOST_LEVELS, at_a), t->columns = keep_used(across, MOST_LEVELS, at_b);
  for (int i = 0; i < t->rows; i++) margin_a[i] = down[at_a[i]];
  for (int j = 0; j < t->columns; j++) margin_b[j] = across[at_b[j]];
  for (int i = 0; i < t->rows; i++)
    for (int j = 0; j < t->columns; j++) t->cell[i][j] = all[at_a[i]][at_b[j]];
  if (t->rows > 1) thresholds(margin_a, t->rows, total, t->a);
  if (t->columns > 1) thresholds(margin_b, t->columns, total, t->b);
  *rows = total;
}

// ---- levels -------------------------------------------------------------------------------------------------------
static ErrCode too_many(const CorrIn *s, int64_t j, Err *err) {
  return err_set(err, ERR_ARG,
                 "%s: column '%s' has more than %d levels: polychoric correlation is for few ordered levels; take "
                 "spearman, or cut the column into intervals",
                 s->owner, frame_name(s->f, (int)j), MOST_LEVELS);
}

// Place of v among the sorted values, or where it would stand.
static int place_of(const double *value, int n, double v) {
  int k = 0;
  while (k < n && value[k] < v) k++;
  return k;
}

// The distinct values of a number column, sorted; -1 when there are too many. NaN counts as missing.
static int distinct(const Column *c, double value[MOST_LEVELS]) {
  int n = 0;
  for (int64_t i = 0; i < c->n; i++) {
    double v = col_f64(c, i);
    int k = isnan(v) ? 0 : place_of(value, n, v);
    if (isnan(v) || (k < n && value[k] == v)) continue;
    if (n == MOST_LEVELS) return -1;
    for (int m = n++; m > k; m--) value[m] = value[m - 1];
    value[k] = v;
  }
  return n;
}

static ErrCode levels_of(const CorrIn *s, int64_t j, uint8_t *level, Err *err) {
  const Column *c = frame_at(s->f, (int)j);
  double value[MOST_LEVELS];
  bool words = c->type == COL_CAT;
  int n = words ? (c->dict->n <= MOST_LEVELS ? 0 : -1) : distinct(c, value);
  if (n < 0) return too_many(s, j, err);
  for (int64_t i = 0; i < s->n; i++) {
    double v = words ? 0 : col_f64(c, i);
    if (!corr_has(s->valid[j], i) || isnan(v)) level[i] = NO_LEVEL;
    else level[i] = (uint8_t)(words ? col_code(c, i) : place_of(value, n, v));
  }
  return OK;
}

static ErrCode fill_pairs(const CorrIn *s, const uint8_t *level, Table *t, CorrPair *pair, Err *err) {
  for (int64_t i = 0; i < s->p; i++)
    for (int64_t j = 0; j <= i; j++) {
      CorrPair *c = &pair[i * s->p + j];
      TRY(job_tick(s->job, i * (i + 1) / 2 + j, s->p * (s->p + 1) / 2, err));
      count(level + i * s->n, level + j * s->n, s->n, t, &c->n);
      c->defined = t->rows > 1 && t->columns > 1;
      if (c->defined && i == j) c->r = 1, c->se = 0;
      else if (c->defined) c->r = most_likely(t, &c->se);
      pair[j * s->p + i] = *c;
    }
  return OK;
}

ErrCode corr_polychoric(const CorrIn *s, CorrPair *pair, Err *err) {
  TRY(job_need(s->job, s->p * s->n, s->owner, err));
  uint8_t *level = mem_new((size_t)(s->p * s->n) + 1);
  Table *t = calloc(1, sizeof *t);
  if (!t) abort();
  ErrCode code = level ? OK : err_set(err, ERR_MEMORY, "%s: the system has no memory for the levels", s->owner);
  for (int64_t j = 0; j < s->p && code == OK; j++) code = levels_of(s, j, level + j * s->n, err);
  if (code == OK) code = fill_pairs(s, level, t, pair, err);
  free(t);
  mem_free(level);
  return code;
}
