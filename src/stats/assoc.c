// Association between columns of any type, each pair by the measure that fits it:
//   number, number            Pearson's correlation
//   number, two levels        the same with 0 and 1: point-biserial; two levels twice: phi
//   number, category          correlation ratio eta, the square root of the share of the spread between the levels
//   category, category        Cramer's V
// or all pairs by one measure of categories, for which numbers are cut into intervals of equal counts. The pairs that
// are correlations come from one product of all columns (corr_pearson.c).
#include "stats/assoc_int.h"
#include "stats/exact_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef enum { KIND_NUMBER, KIND_TWO, KIND_CATEGORY } Kind;

typedef struct Assoc {
  CorrIn s;
  const AssocOpts *o;
  Kind *kind;     // p
  Coded *coded;   // p; numbers only where they are cut
  CorrPair *pair; // p x p
  int64_t target; // -1 = none
  double level;
  bool intervals; // are asked for
} Assoc;

static bool has_kind(const Column *c) { return c->type != COL_TEXT; }

static Kind kind_of(const Column *c) {
  if (c->type == COL_BOOL || (c->type == COL_CAT && c->dict->n == 2)) return KIND_TWO;
  return c->type == COL_CAT ? KIND_CATEGORY : KIND_NUMBER;
}

static bool is_wanted(const Assoc *a, int64_t i, int64_t j) {
  return a->target < 0 || i == a->target || j == a->target;
}

// ---- correlations -------------------------------------------------------------------------------------------------
// Two words as 0 and 1.
static ErrCode as_number(Job *job, const Column *c, Column **out, Err *err) {
  if (!c->dict) return *out = column_ref(c), OK;
  TRY(column_new(job, COL_I64, c->n, NULL, out, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    (*out)->i[i] = col_code(c, i);
    if (!col_valid(c, i)) code = column_set_missing(*out, i, err);
  }
  if (code != OK) column_unref(*out);
  return code;
}

static bool any_column(const Column *c) { return c != NULL; }

static const char *correlation_name(Kind a, Kind b) {
  return a != b ? "point-biserial" : a == KIND_TWO ? "phi" : "pearson";
}

static ErrCode correlate(Assoc *a, const Frame *numbers, const int64_t *at, Err *err) {
  CorrIn s;
  CorrPair *pair = NULL;
  ErrCode code = corr_in(a->s.job, numbers, &(Names){NULL, 0}, a->s.owner, any_column, "", false, &s, err);
  if (code == OK) pair = corr_pairs_new(s.p);
  if (code == OK) code = corr_pearson(&s, false, pair, err);
  for (int64_t k = 0; k < s.p * s.p && code == OK; k++) {
    int64_t i = at[k / s.p], j = at[k % s.p];
    corr_infer(CORR_PEARSON, a->level, &pair[k]);
    pair[k].measure = correlation_name(a->kind[i], a->kind[j]);
    a->pair[i * a->s.p + j] = pair[k];
  }
  free(pair);
  corr_in_fini(&s);
  return code;
}

static ErrCode correlations(Assoc *a, Err *err) {
  Frame *numbers = frame_new(a->s.n);
  int64_t *at = calloc((size_t)a->s.p, sizeof *at), n = 0;
  if (!at) abort();
  ErrCode code = OK;
  for (int64_t j = 0; j < a->s.p && code == OK; j++) {
    if (a->kind[j] == KIND_CATEGORY) continue;
    Column *c = NULL;
    code = as_number(a->s.job, frame_at(a->s.f, (int)j), &c, err);
    if (code == OK) code = frame_add(numbers, frame_name(a->s.f, (int)j), c, err);
    at[n++] = j;
  }
  if (code == OK && n) code = correlate(a, numbers, at, err);
  free(at);
  frame_unref(numbers);
  return code;
}

// ---- tables -------------------------------------------------------------------------------------------------------
typedef struct Limits {
  double low, high;
} Limits;

static void put_limits(CorrPair *c, Limits l, double scale) {
  if (c->defined) c->low = fmin(1, l.low / scale), c->high = fmin(1, l.high / scale);
}

// Of the noncentrality that a chi-squared statistic leaves, over 2 n: of mutual information, n V^2 / 2 ...
static Limits table_limits(const Assoc *a, const TwoWay *t, double statistic, double df) {
  Limits l = {NAN, NAN};
  if (!a->intervals || !(df > 0)) return l;
  exact_noncentrality(statistic, df, a->level, &l.low, &l.high);
  return (Limits){l.low / (2 * (double)t->n), l.high / (2 * (double)t->n)};
}

static void put_table(const Assoc *a, const TwoWay *t, int method, CorrPair *there, CorrPair *back) {
  CorrPair c = {.n = t->n, .r = NAN, .p = NAN, .low = NAN, .high = NAN, .measure = "cramer v"};
  double df = two_way_df(t), statistic = method == ASSOC_CRAMER ? t->chi2 : 2 * (double)t->n * t->mutual;
  if (df > 0) c.p = dist_chisq(statistic, df, DIST_UPPER);
  if (method == ASSOC_CRAMER) c.r = two_way_cramer(t, a->o->corrected);
  if (method == ASSOC_MUTUAL) c.r = t->n ? t->mutual : NAN, c.measure = "mutual information";
  *there = *back = c;
  if (method == ASSOC_THEIL) {
    there->measure = back->measure = "theil u";
    there->r = t->rows > 1 ? fmin(1, t->mutual / t->entropy_x) : NAN;
    back->r = t->columns > 1 ? fmin(1, t->mutual / t->entropy_y) : NAN;
  }
  there->defined = !isnan(there->r), back->defined = !isnan(back->r);
  Limits l = table_limits(a, t, statistic, df);
  double least = (double)(t->rows < t->columns ? t->rows : t->columns) - 1;
  if (method == ASSOC_CRAMER) l = (Limits){sqrt(2 * l.low / least), sqrt(2 * l.high / least)};
  put_limits(there, l, method == ASSOC_THEIL ? t->entropy_x : 1);
  put_limits(back, l, method == ASSOC_THEIL ? t->entropy_y : 1);
  if (method == ASSOC_MUTUAL && there->defined) there->low = back->low = l.low, there->high = back->high = l.high;
}

static void put_eta(const Assoc *a, const Levels *l, CorrPair *there, CorrPair *back) {
  CorrPair c = {.n = l->n, .r = NAN, .p = NAN, .low = NAN, .high = NAN, .measure = "eta"};
  double within = fmax(0, l->total - l->between), df1 = (double)(l->levels - 1), df2 = (double)(l->n - l->levels);
  c.defined = l->levels > 1 && !(l->total <= 0);
  if (c.defined) c.r = isfinite(l->total) ? fmin(1, sqrt(l->between / l->total)) : NAN;
  if (c.defined && df2 > 0 && !isnan(c.r))
    c.p = within > 0 ? dist_f(l->between / df1 / (within / df2), df1, df2, DIST_UPPER) : 0;
  if (!isnan(c.p) && a->intervals) {
    double f = l->between / df1 / (within / df2), tail = (1 - a->level) / 2, weight = df1 + df2 + 1;
    double low = within > 0 ? dist_f_ncp(f, df1, df2, tail, DIST_UPPER) : INFINITY;
    double high = within > 0 ? dist_f_ncp(f, df1, df2, tail, DIST_LOWER) : INFINITY;
    c.low = isinf(low) ? 1 : sqrt(low / (low + weight)), c.high = isinf(high) ? 1 : sqrt(high / (high + weight));
  }
  *there = *back = c;
}

static ErrCode code_columns(Assoc *a, Err *err) {
  for (int64_t j = 0; j < a->s.p; j++) {
    TRY(job_tick(a->s.job, j, a->s.p, err));
    if (a->o->method == ASSOC_AUTO && a->kind[j] == KIND_NUMBER) continue;
    TRY(coded_column(a->s.job, frame_at(a->s.f, (int)j), a->o->bins, &a->coded[j], err));
  }
  return OK;
}

static ErrCode fill_pair(Assoc *a, int64_t i, int64_t j, Err *err) {
  const Column *x = frame_at(a->s.f, (int)i), *y = frame_at(a->s.f, (int)j);
  CorrPair *there = &a->pair[i * a->s.p + j], *back = &a->pair[j * a->s.p + i];
  bool automatic = a->o->method == ASSOC_AUTO;
  if (automatic && a->kind[i] != KIND_CATEGORY && a->kind[j] != KIND_CATEGORY) return OK; // a correlation
  if (automatic && (a->kind[i] == KIND_NUMBER || a->kind[j] == KIND_NUMBER)) {
    Levels l;
    bool first = a->kind[i] == KIND_NUMBER;
    TRY(levels_spread(a->s.job, first ? x : y, &a->coded[first ? j : i], &l, err));
    put_eta(a, &l, there, back);
    return OK;
  }
  TwoWay t;
  TRY(two_way(a->s.job, &a->coded[i], &a->coded[j], a->s.n, &t, err));
  put_table(a, &t, automatic ? ASSOC_CRAMER : a->o->method, there, back);
  return OK;
}

static ErrCode fill_pairs(Assoc *a, Err *err) {
  TRY(code_columns(a, err));
  if (a->o->method == ASSOC_AUTO) TRY(correlations(a, err));
  for (int64_t i = 0; i < a->s.p; i++)
    for (int64_t j = 0; j <= i; j++) {
      TRY(job_tick(a->s.job, i * (i + 1) / 2 + j, a->s.p * (a->s.p + 1) / 2, err));
      if (is_wanted(a, i, j)) TRY(fill_pair(a, i, j, err));
      else a->pair[i * a->s.p + j].n = -1;
    }
  return OK;
}

// ---- the answer ---------------------------------------------------------------------------------------------------
static void set_caption(const Assoc *a, Frame *out) {
  static const char *const NAMES[] = {"Association, each pair by the measure that fits it", "Cramer's V",
                                      "Theil's U: the share of the row's entropy that the column tells",
                                      "Mutual information in nats"};
  char how[200] = "";
  bool cut = false;
  for (int64_t j = 0; j < a->s.p; j++) cut = cut || (a->o->method != ASSOC_AUTO && a->kind[j] == KIND_NUMBER);
  if (cut && a->o->bins) snprintf(how, sizeof how, "numbers in %lld intervals of equal counts", (long long)a->o->bins);
  else if (cut) snprintf(how, sizeof how, "numbers in n^(1/3) intervals of equal counts, from 2 to 20");
  const char *name = NAMES[a->o->method];
  if (a->o->method == ASSOC_CRAMER && a->o->corrected) name = "Cramer's V, bias-corrected";
  corr_caption(&a->s, a->pair, name, *how ? how : NULL, out);
}

static ErrCode answer(const Assoc *a, Frame **out, Err *err) {
  static const int SHOWN[] = {CORR_R, CORR_N, CORR_P, CORR_LOW, CORR_HIGH};
  LongForm form = {"value", true, a->o->method == ASSOC_THEIL, a->target};
  bool rows = a->o->show == ASSOC_LONG || a->target >= 0;
  TRY(rows ? corr_long(&a->s, a->pair, &form, out, err) : corr_matrix(&a->s, a->pair, SHOWN[a->o->show], out, err));
  set_caption(a, *out);
  return OK;
}

static ErrCode find_target(Assoc *a, Err *err) {
  int j = -1;
  if (a->o->target) TRY(frame_col(a->s.f, sv(a->o->target), &j, err));
  a->target = j;
  a->level = a->o->level > 0 ? a->o->level : .95;
  a->intervals = a->o->show >= ASSOC_LOW || j >= 0;
  return OK;
}

static ErrCode run(Assoc *a, Frame **out, Err *err) {
  TRY(find_target(a, err));
  size_t p = (size_t)a->s.p;
  a->kind = calloc(p, sizeof *a->kind), a->coded = calloc(p, sizeof *a->coded), a->pair = corr_pairs_new(a->s.p);
  if (!a->kind || !a->coded) abort();
  for (int64_t j = 0; j < a->s.p; j++) a->kind[j] = kind_of(frame_at(a->s.f, (int)j));
  TRY(fill_pairs(a, err));
  return answer(a, out, err);
}

ErrCode stats_assoc(Job *job, const Frame *f, const AssocOpts *opts, Frame **out, Err *err) {
  Assoc a = {.o = opts};
  ErrCode code = corr_in(job, f, &opts->columns, "assoc", has_kind,
                         "association needs numbers, dates, categories or truth values", false, &a.s, err);
  if (code == OK) code = run(&a, out, err);
  for (int64_t j = 0; j < a.s.p && a.coded; j++) coded_free(&a.coded[j]);
  free(a.kind);
  free(a.coded);
  free(a.pair);
  corr_in_fini(&a.s);
  return code;
}
