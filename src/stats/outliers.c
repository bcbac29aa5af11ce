// Values that lie far from the rest of their column (and group), a card each: how far in three scales, the limits that
// it passes, and its neighbours in order, since a value beside others is rarely an error. Whether it is natural or
// artificial no formula tells: the verdict is the user's.
// Sources: Tukey 1977 (quartiles), Iglewicz and Hoaglin 1993 (median and MAD).
#include "stats/describe_int.h"
#include "stats/quality.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Card {
  int64_t row;
  double value, z, mad, iqr, low, high, below, above;
} Card;

typedef struct Scale { // of one column and group
  double mean, sd, median, mad, q1, q3, low, high;
} Scale;

typedef struct Outliers {
  Job *job;
  const Frame *f;
  const OutlierOpts *opts;
  double k;
  By by;
  int64_t ngroup;
  double *x; // values of a group
  int64_t *row;
  double *scratch;
  Card *card;
  const char **column; // of the card
  int64_t n, cap, looked_at, flat;
} Outliers;

static bool is_number(const Column *c) { return c->type == COL_I64 || c->type == COL_F64; }

static void add_card(Outliers *d, const char *column, Card card) {
  if (d->n == d->cap) {
    d->cap = d->cap ? d->cap * 2 : 64;
    d->card = realloc(d->card, (size_t)d->cap * sizeof *d->card);
    d->column = realloc((void *)d->column, (size_t)d->cap * sizeof *d->column);
    if (!d->card || !d->column) abort();
  }
  d->card[d->n] = card, d->column[d->n++] = column;
}

// ---- one group of one column ---------------------------------------------------------------------------------------
static int64_t load(Outliers *d, const Column *c, int64_t g) {
  int64_t n = 0, begin = d->by.row ? d->by.start[g] : 0, end = d->by.row ? d->by.start[g + 1] : c->n;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = d->by.row ? d->by.row[i] : i;
    double v = col_valid(c, row) ? col_f64(c, row) : NAN;
    if (!isnan(v)) d->x[n] = v, d->row[n++] = row;
  }
  return n;
}

static ErrCode find_scale(Outliers *d, int64_t n, Scale *s, Err *err) {
  static const double p[3] = {0.25, 0.5, 0.75};
  double q[3], half = 0.5;
  Moments m = moments_f64(d->job, d->x, n);
  TRY(quantile_f64(d->job, d->x, n, 7, p, 3, q, err));
  for (int64_t i = 0; i < n; i++) d->scratch[i] = fabs(d->x[i] - q[1]);
  *s = (Scale){.mean = m.mean, .sd = sqrt(moments_var(&m)), .q1 = q[0], .median = q[1], .q3 = q[2], .mad = NAN};
  if (sum_is_finite(d->scratch, n)) TRY(quantile_f64(d->job, d->scratch, n, 7, &half, 1, &s->mad, err));
  s->mad *= MAD_SCALE;
  double iqr = s->q3 - s->q1;
  switch ((OutlierMethod)d->opts->method) {
  case OUTLIER_BY_IQR: s->low = s->q1 - d->k * iqr, s->high = s->q3 + d->k * iqr; break;
  case OUTLIER_BY_Z: s->low = s->mean - d->k * s->sd, s->high = s->mean + d->k * s->sd; break;
  case OUTLIER_BY_MAD: s->low = s->median - d->k * s->mad, s->high = s->median + d->k * s->mad; break;
  }
  return OK;
}

static double ratio(double a, double b) { return b > 0 ? a / b : NAN; }

static Card card_of(const Scale *s, int64_t row, double v) {
  double beyond = v > s->q3 ? v - s->q3 : v < s->q1 ? v - s->q1 : 0;
  return (Card){
      row, v,  ratio(v - s->mean, s->sd), ratio(v - s->median, s->mad), ratio(beyond, s->q3 - s->q1), s->low, s->high,
      NAN, NAN};
}

// The first place in the ascending x whose value is not below v (`past`: is above v).
static int64_t bound(const double *x, int64_t n, double v, bool past) {
  int64_t lo = 0, hi = n;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (past ? x[mid] <= v : x[mid] < v) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

static ErrCode look(Outliers *d, const char *name, int64_t n, Err *err) {
  Scale s;
  int64_t first = d->n;
  TRY(find_scale(d, n, &s, err));
  d->looked_at += n, d->flat += n > 0 && !(s.high > s.low);
  if (!(s.high > s.low)) return OK;
  for (int64_t i = 0; i < n; i++)
    if (d->x[i] < s.low || d->x[i] > s.high) add_card(d, name, card_of(&s, d->row[i], d->x[i]));
  if (d->n == first) return OK;
  TRY(order_sort_f64(d->job, d->x, n, err));
  for (int64_t k = first; k < d->n; k++) {
    Card *c = &d->card[k];
    int64_t at = bound(d->x, n, c->value, false), past = bound(d->x, n, c->value, true);
    c->below = at > 0 ? d->x[at - 1] : NAN, c->above = past < n ? d->x[past] : NAN;
  }
  return OK;
}

// ---- all of them ---------------------------------------------------------------------------------------------------
static double farness(const Card *c) { // in widths of its limits from their middle, so that groups compare
  double middle = c->low + (c->high - c->low) / 2;
  return fabs(c->value - middle) / (c->high - c->low);
}

static int by_farness(const void *a, const void *b) {
  const Card *x = a, *y = b;
  double fx = farness(x), fy = farness(y);
  if (fx != fy) return fx < fy ? 1 : -1;
  return (x->row > y->row) - (x->row < y->row);
}

static ErrCode look_at(Outliers *d, int j, Err *err) {
  int64_t first = d->n;
  for (int64_t g = 0; g < d->ngroup; g++) {
    TRY(job_tick(d->job, g, d->ngroup, err));
    TRY(look(d, frame_name(d->f, j), load(d, frame_at(d->f, j), g), err));
  }
  if (d->n > first) qsort(d->card + first, (size_t)(d->n - first), sizeof *d->card, by_farness);
  return OK;
}

static ErrCode room_init(Outliers *d, Err *err) {
  size_t n = (size_t)frame_nrow(d->f);
  TRY(job_need(d->job, (int64_t)n * 24, "outliers", err));
  d->x = mem_new(n * sizeof *d->x), d->row = mem_new(n * sizeof *d->row), d->scratch = mem_new(n * sizeof *d->x);
  if (d->x && d->row && d->scratch) return OK;
  return err_set(err, ERR_MEMORY, "outliers: the system has no memory left: take fewer rows");
}

// ---- the answer as a frame -----------------------------------------------------------------------------------------
typedef enum {
  CARD_VALUE,
  CARD_Z,
  CARD_MAD,
  CARD_IQR,
  CARD_LOW,
  CARD_HIGH,
  CARD_BELOW,
  CARD_ABOVE,
  CARD_REALS
} CardReal;
static const char *const REALS[CARD_REALS] = {"value", "z", "mad", "iqr", "low", "high", "below", "above"};

static double real_of(const Card *c, CardReal k) {
  const double v[CARD_REALS] = {c->value, c->z, c->mad, c->iqr, c->low, c->high, c->below, c->above};
  return v[k];
}

static ErrCode fill(Outliers *d, Frame *out, Err *err) {
  Arena a = {0};
  Sv *text = arena_array(&a, Sv, d->n + 1);
  int64_t *row = arena_array(&a, int64_t, 2 * d->n + 2), *shown = row + d->n + 1;
  double *v = arena_array(&a, double, d->n + 1);
  for (int64_t i = 0; i < d->n; i++) text[i] = sv(d->column[i]), row[i] = d->card[i].row, shown[i] = row[i] + 1;
  ErrCode code = answer_texts(d->job, out, "column", text, d->n, err);
  if (code == OK) code = answer_ints(d->job, out, "row", shown, d->n, err);
  if (code == OK) code = by_columns(d->job, d->f, &d->opts->by, row, d->n, "outliers", out, err);
  for (int k = 0; k < CARD_REALS && code == OK; k++) {
    for (int64_t i = 0; i < d->n; i++) v[i] = real_of(&d->card[i], (CardReal)k);
    if (frame_find(out, sv(REALS[k])) >= 0)
      code = err_set(err, ERR_NAME, "outliers: by=\"%s\": the answer has a column of that name: d:rename it first",
                     REALS[k]);
    else code = answer_reals(d->job, out, REALS[k], v, d->n, err);
  }
  for (int64_t i = 0; i < d->n; i++) text[i] = (Sv){0};
  if (code == OK) code = answer_texts(d->job, out, "verdict", text, d->n, err);
  arena_fini(&a);
  return code;
}

static void set_caption(const Outliers *d, Frame *out) {
  static const char *const where[] = {"IQR beyond the quartiles", "sd from the mean", "MAD from the median"};
  char k[NUMFMT_MAX], flat[120] = "";
  fmt_sensible(k, sizeof k, d->k, 6);
  if (d->flat)
    snprintf(flat, sizeof flat, "%s limits where there is no spread (%s)", d->n ? " No" : "; no",
             count_text(d->flat).s);
  answer_caption(out, "%s of %s values more than %s %s%s%s", count_text(d->n).s, count_text(d->looked_at).s, k,
                 where[d->opts->method], d->n ? ": natural or artificial?" : "", flat);
}

static ErrCode find(Outliers *d, const int *col, int m, Err *err) {
  d->ngroup = 1;
  if (d->opts->by.n) {
    TRY(by_init(d->job, d->f, &d->opts->by, &d->by, err));
    d->ngroup = d->by.ngroup;
  }
  TRY(room_init(d, err));
  for (int k = 0; k < m; k++) TRY(look_at(d, col[k], err));
  return OK;
}

ErrCode stats_outliers(Job *job, const Frame *f, const OutlierOpts *opts, Frame **out, Err *err) {
  static const double usual[] = {OUTLIER_IQR, OUTLIER_Z, OUTLIER_MAD};
  Outliers d = {.job = job, .f = f, .opts = opts, .k = opts->k > 0 ? opts->k : usual[opts->method]};
  int *col, m;
  TRY(columns_choose(f, &opts->columns, is_number, "outliers", "numbers", &col, &m, err));
  ErrCode code = m ? OK : err_set(err, ERR_ARG, "outliers: the frame has no number column");
  if (code == OK) code = find(&d, col, m, err);
  Frame *made = code == OK ? frame_new(d.n) : NULL;
  if (code == OK) code = fill(&d, made, err);
  if (code == OK) {
    set_caption(&d, made);
    *out = made;
  } else frame_unref(made);
  mem_free(d.x);
  mem_free(d.row);
  mem_free(d.scratch);
  free(d.card);
  free((void *)d.column);
  by_fini(&d.by);
  free(col);
  return code;
}
