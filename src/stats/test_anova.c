// Analysis of variance of one or two factors.
//
// One factor: moments of each group in two passes about a centre, then the spread of the group means about the grand
// mean, itself corrected for what its rounding left. Where the values agree in all but their last digits, they are
// first taken less a common decimal (decimal.c).
// Two factors, type II: each main effect adjusted for the other one, the interaction for both. About the grand mean,
// the sum of squares of A given B is alpha' Q with C alpha = Q, where C and Q are the normal equations of A with B
// swept out; the interaction is the spread of the cell means about the additive fit; both are sums of squares, no
// differences of large ones. With equal numbers in the cells type II is the only type there is.
// eta_sq is the share of the sum of squares, of the effect and the residual when there are two factors (partial);
// omega_sq has less bias. The interval of eta_sq follows from that of the noncentrality of F:
// ncp / (ncp + df1 + df2 + 1).
// References: Searle 1971, ch. 7; Steiger 2004; Simon and Lesage 1989; aov of R and Anova of its package car.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

typedef struct AnovaOpts {
  double conf;
} AnovaOpts;
static const Param PARAMS[] = {TEST_CONF(AnovaOpts), PARAM_END};

typedef struct Error {
  double ss, df, total; // total: number of values
} Error;

static void add_term(Test *t, const AnovaOpts *o, const char *term, double ss, double df, const Error *e,
                     const char *effect) {
  double ms = ss / df, mse = e->ss / e->df, f = ms / mse;
  EffectLimits share = effect_share_limits(f, df, e->df, o->conf);
  bool partial = strcmp(effect, "eta_sq") != 0;
  result_row(t);
  result_text(t, "term", term);
  result_real(t, "statistic", f);
  result_int(t, "df1", (int64_t)df);
  result_int(t, "df2", (int64_t)e->df);
  result_real(t, "p", dist_f(f, df, e->df, DIST_UPPER));
  result_real(t, "sum_sq", ss);
  result_real(t, "mean_sq", ms);
  result_effect(t, effect, ss / (ss + e->ss), share.low, share.high);
  result_real(t, partial ? "partial_omega_sq" : "omega_sq",
              partial ? (ss - df * mse) / (ss + (e->total - df) * mse) : (ss - df * mse) / (ss + e->ss + mse));
  result_int(t, "n", (int64_t)e->total);
}

static void add_residual(Test *t, const Error *e) {
  result_row(t);
  result_text(t, "term", "residual");
  result_int(t, "df1", (int64_t)e->df);
  result_real(t, "sum_sq", e->ss);
  result_real(t, "mean_sq", e->ss / e->df);
}

static ErrCode check_error(Test *t, const Error *e) {
  if (e->df < 1)
    return test_fail(t, ERR_ARG, "each group has one value: there is no spread within groups to compare with");
  if (!(e->ss > 0)) return test_fail(t, ERR_ARG, "the values within the groups are constant: there is no spread");
  return OK;
}

// ---- one factor ----------------------------------------------------------------------------------------------------
static void centre_values(Test *t, const Samples *s, OneWay *w) {
  double centre, sd = sqrt((w->between + w->within) / (double)s->total);
  if (!(fabs(s->x[0][0]) > 1e5 * sd) || !decimal_centre(s->x, s->n, s->k, &centre)) return;
  one_way(t, s, w);
  result_say(t, "The values, as decimals, were taken less %s.", say_number(t, centre));
}

static ErrCode one_factor(Test *t, const AnovaOpts *o) {
  Samples s;
  OneWay w;
  TRY(samples_split(t, 2, MOST_GROUPS, 1, &s));
  result_say(t, "Analysis of variance of %s by %s. Alternative: the means of the %lld groups are not all equal.",
             s.response, s.by, (long long)s.k);
  one_way(t, &s, &w);
  centre_values(t, &s, &w);
  Error e = {w.within, w.df2, (double)s.total};
  TRY(check_error(t, &e));
  add_term(t, o, s.by, w.between, w.df1, &e, "eta_sq");
  add_residual(t, &e);
  rows_say(t, s.dropped);
  TRY(assume_normal(t, &s));
  return assume_equal(t, &s, "stats.welch does not need them");
}

// ---- two factors ---------------------------------------------------------------------------------------------------
typedef struct Cells {
  Factor a, b;
  double *n, *sum; // a.k x b.k, of values about the grand mean
  double *na, *nb, *ya, *yb;
  double *fit_a, *fit_b; // the additive fit
  double *y;             // values about the grand mean, cell by cell
  double within, total;
  int64_t filled;
} Cells;

static double *cell_array(Test *t, int64_t n) { return arena_array(&t->arena, double, n); }

// The values within a cell lie side by side in y.
static ErrCode fill_cells(Test *t, const Rows *r, double *y, Cells *c) {
  Factor all = {.k = c->a.k * c->b.k, .n = r->n};
  double *sorted;
  int64_t *at = arena_array(&t->arena, int64_t, all.k + 1);
  c->n = cell_array(t, all.k), c->sum = cell_array(t, all.k);
  c->na = cell_array(t, c->a.k), c->ya = cell_array(t, c->a.k), c->fit_a = cell_array(t, c->a.k);
  c->nb = cell_array(t, c->b.k), c->yb = cell_array(t, c->b.k), c->fit_b = cell_array(t, c->b.k);
  TRY(test_array(t, r->n * (int64_t)sizeof *sorted, &sorted));
  double mean = sum_f64(t->job, y, r->n) / (double)r->n;
  for (int64_t i = 0; i < r->n; i++) at[c->a.code[i] * c->b.k + c->b.code[i] + 1]++;
  for (int64_t k = 0; k < all.k; k++) at[k + 1] += at[k];
  for (int64_t i = 0; i < r->n; i++) sorted[at[c->a.code[i] * c->b.k + c->b.code[i]]++] = y[i] - mean;
  double *within = cell_array(t, all.k);
  for (int64_t k = 0, begin = 0; k < all.k; begin = at[k++]) {
    Moments m = moments_f64(t->job, sorted + begin, at[k] - begin);
    c->n[k] = (double)m.n, c->sum[k] = m.n ? m.mean * (double)m.n : 0, within[k] = m.n ? m.m2 : 0;
    c->filled += m.n > 0;
    c->na[k / c->b.k] += c->n[k], c->nb[k % c->b.k] += c->n[k];
    c->ya[k / c->b.k] += c->sum[k], c->yb[k % c->b.k] += c->sum[k];
  }
  c->within = sum_f64(NULL, within, all.k), c->total = (double)r->n, c->y = sorted;
  return OK;
}

// Sum of squares of the first factor given the second, and the additive fit. The first level is the reference.
static ErrCode adjusted(Test *t, Cells *c, double *ss) {
  int64_t ka = c->a.k, kb = c->b.k, m = ka - 1, rank;
  double *C = cell_array(t, m * m), *q = cell_array(t, m), *part = cell_array(t, ka > kb ? ka : kb);
  for (int64_t i = 0; i < m; i++) {
    for (int64_t j = 0; j <= i; j++) {
      for (int64_t b = 0; b < kb; b++) part[b] = c->n[(i + 1) * kb + b] * c->n[(j + 1) * kb + b] / c->nb[b];
      C[j * m + i] = (i == j ? c->na[i + 1] : 0) - sum_f64(NULL, part, kb);
    }
    for (int64_t b = 0; b < kb; b++) part[b] = c->n[(i + 1) * kb + b] * (c->yb[b] / c->nb[b]);
    q[i] = c->ya[i + 1] - sum_f64(NULL, part, kb);
  }
  if (chol_factor(C, m, 1e-10, &rank, NULL) != OK)
    return test_fail(t, ERR_ARG, "'%s' and '%s' have too few combinations to tell their effects apart", c->a.name,
                     c->b.name);
  memcpy(c->fit_a + 1, q, (size_t)m * sizeof *q);
  chol_solve(C, m, c->fit_a + 1);
  *ss = sum_dot(NULL, c->fit_a + 1, q, m);
  for (int64_t b = 0; b < kb; b++) {
    for (int64_t a = 0; a < ka; a++) part[a] = c->n[a * kb + b] * c->fit_a[a];
    c->fit_b[b] = (c->yb[b] - sum_f64(NULL, part, ka)) / c->nb[b];
  }
  return OK;
}

static double interaction(Test *t, const Cells *c) {
  int64_t all = c->a.k * c->b.k;
  double *part = cell_array(t, all);
  for (int64_t k = 0; k < all; k++) {
    double off = c->n[k] > 0 ? c->sum[k] / c->n[k] - c->fit_a[k / c->b.k] - c->fit_b[k % c->b.k] : 0;
    part[k] = c->n[k] * off * off;
  }
  return sum_f64(NULL, part, all);
}

// The same cells with the factors exchanged.
static Cells turned(Test *t, const Cells *c) {
  Cells d = *c;
  d.a = c->b, d.b = c->a, d.na = c->nb, d.nb = c->na, d.ya = c->yb, d.yb = c->ya;
  d.fit_a = cell_array(t, d.a.k), d.fit_b = cell_array(t, d.b.k);
  d.n = cell_array(t, d.a.k * d.b.k), d.sum = cell_array(t, d.a.k * d.b.k);
  for (int64_t a = 0; a < d.a.k; a++)
    for (int64_t b = 0; b < d.b.k; b++)
      d.n[a * d.b.k + b] = c->n[b * c->b.k + a], d.sum[a * d.b.k + b] = c->sum[b * c->b.k + a];
  return d;
}

// ---- what the analysis takes for granted ---------------------------------------------------------------------------
// Residuals are about the cell means where there is an interaction, else about the additive fit; spreads are compared
// between the cells.
static ErrCode assume_cells(Test *t, const Cells *c, bool crossed) {
  int64_t all = c->a.k * c->b.k, k = 0;
  double *y = c->y, *residual;
  Samples s = {.response = t->q->response, .total = (int64_t)c->total};
  s.name = arena_array(&t->arena, const char *, c->filled);
  s.x = arena_array(&t->arena, double *, c->filled), s.n = arena_array(&t->arena, int64_t, c->filled);
  TRY(test_array(t, s.total * (int64_t)sizeof *residual, &residual));
  for (int64_t cell = 0; cell < all; cell++) {
    int64_t n = (int64_t)c->n[cell];
    if (n == 0) continue;
    double fit = crossed ? c->sum[cell] / c->n[cell] : c->fit_a[cell / c->b.k] + c->fit_b[cell % c->b.k];
    for (int64_t i = 0; i < n; i++) residual[y - c->y + i] = y[i] - fit;
    s.name[k] = arena_printf(&t->arena, "%s %s", c->a.level[cell / c->b.k], c->b.level[cell % c->b.k]);
    s.x[k] = y, s.n[k++] = n, y += n;
  }
  s.k = k;
  Samples one = {.k = 1, .n = &s.total, .x = &residual, .name = (const char *[]){"the residuals"}};
  TRY(assume_normal(t, &one));
  return assume_equal(t, &s, "stats.welch of one factor does not need them");
}

static bool is_balanced(const Cells *c) {
  for (int64_t k = 1; k < c->a.k * c->b.k; k++)
    if (c->n[k] != c->n[0]) return false;
  return true;
}

static ErrCode open_cells(Test *t, Rows *r, Cells *c) {
  const Formula *q = t->q;
  double *y;
  TRY(rows_complete(t, r));
  TRY(rows_values(t, q->response, r, &y));
  TRY(rows_factor(t, q->term.name[0], r, &c->a));
  TRY(rows_factor(t, q->term.name[1], r, &c->b));
  if (c->a.k < 2 || c->b.k < 2)
    return test_fail(t, ERR_ARG, "'%s' must make at least 2 groups, it makes %lld", c->a.k < 2 ? c->a.name : c->b.name,
                     (long long)(c->a.k < 2 ? c->a.k : c->b.k));
  return fill_cells(t, r, y, c);
}

static ErrCode two_factors(Test *t, const AnovaOpts *o) {
  Rows r;
  Cells c = {0};
  double ss_a, ss_b, ss_ab;
  TRY(open_cells(t, &r, &c));
  Cells d = turned(t, &c);
  TRY(adjusted(t, &d, &ss_b));
  TRY(adjusted(t, &c, &ss_a));
  ss_ab = interaction(t, &c);
  double ka = (double)c.a.k, kb = (double)c.b.k, df_ab = (double)c.filled - ka - kb + 1;
  bool crossed = t->q->crossed && df_ab > 0;
  Error e = {c.within, c.total - (double)c.filled, c.total};
  if (!crossed) e.ss += ss_ab, e.df += df_ab;
  TRY(check_error(t, &e));
  add_term(t, o, c.a.name, ss_a, ka - 1, &e, "partial_eta_sq");
  add_term(t, o, c.b.name, ss_b, kb - 1, &e, "partial_eta_sq");
  if (crossed) add_term(t, o, arena_printf(&t->arena, "%s:%s", c.a.name, c.b.name), ss_ab, df_ab, &e, "partial_eta_sq");
  add_residual(t, &e);
  bool balanced = is_balanced(&c);
  result_say(t, "Analysis of variance of %s by %s and %s, %s.", t->q->response, c.a.name, c.b.name,
             balanced ? "balanced" : "not balanced: sums of squares of type II");
  if (c.filled < c.a.k * c.b.k)
    result_say(t, "%lld of the combinations do not occur.", (long long)(c.a.k * c.b.k - c.filled));
  rows_say(t, r.dropped);
  return assume_cells(t, &c, crossed);
}

static ErrCode anova_run(Test *t, const void *opts) {
  const Formula *q = t->q;
  if (!q->response || q->block || q->term.n < 1 || q->term.n > 2)
    return test_fail(t, ERR_ARG,
                     "the formula must read \"value ~ group\", \"value ~ a + b\" or \"value ~ a * b\", '%s' "
                     "was given",
                     q->text);
  return q->term.n == 1 ? one_factor(t, opts) : two_factors(t, opts);
}

const TestType test_anova = {
    .name = "anova",
    .signature = "stats.anova(d, \"len ~ supp * dose\") or stats.anova(d, \"count ~ spray\")",
    .summary = "whether means differ between the groups of one or two factors",
    .example = "return stats.anova(data('toothgrowth'), 'len ~ supp * dose')",
    .misleads = "unequal spread in groups of different sizes, or an interaction that turns main effects around",
    .params = PARAMS,
    .opts_size = sizeof(AnovaOpts),
    .run = anova_run,
};
