// Tests of a centre, or of differences within pairs: Wilcoxon's signed ranks and the sign test.
//
// Signed ranks: V sums the ranks of |x - mu| over the positive x - mu; values equal to mu are left out. Below 50 values
// and without ties or values equal to mu its distribution is exact, else normal with the variance that ties leave. The
// estimate is the median of all averages of two values (the pseudomedian), with the averages at which V would just be
// rejected as limits. Effect: matched-pairs rank-biserial correlation, (V - V') / (V + V').
// Sign: the number of values above mu is binomial. Estimate: the median; its limits are order statistics, so that the
// confidence is at least the one asked for. Effect: the share of values above mu.
// References: Hollander and Wolfe 1999, ch. 3; wilcox.test and binom.test of R; Kerby 2014.
#include "stats/ranks_int.h"

#include <math.h>

typedef struct CentreOpts {
  int alternative;
  double mu, conf;
  bool correct;
} CentreOpts;
#define CENTRE_MU                                                                                                      \
  {                                                                                                                    \
    "mu", PARAM_REAL, offsetof(CentreOpts, mu), -PARAM_INF, PARAM_INF, "0", NULL,                                      \
        "the centre under the null hypothesis"                                                                         \
  }
static const Param WILCOXON[] = {TEST_ALTERNATIVE(CentreOpts),
                                 CENTRE_MU,
                                 {"correct", PARAM_BOOL, offsetof(CentreOpts, correct), 0, 0, "true", NULL,
                                  "continuity correction of the normal approximation"},
                                 TEST_CONF(CentreOpts),
                                 PARAM_END};
static const Param SIGN[] = {TEST_ALTERNATIVE(CentreOpts), CENTRE_MU, TEST_CONF(CentreOpts), PARAM_END};
enum { EXACT_BELOW = 50 };

// Sorted values, or differences within pairs.
typedef struct Centre {
  double *x;
  int64_t n, dropped;
  const char *name;
  bool paired;
} Centre;

static ErrCode centre_values(Test *t, Centre *c) {
  Samples s;
  bool one = !t->q->response != !t->q->term.n;
  if (one) TRY(samples_split(t, 1, 1, 1, &s));
  else TRY(samples_paired(t, &s));
  *c = (Centre){.n = s.n[0], .dropped = s.dropped, .paired = !one};
  if (c->n < 1) return test_fail(t, ERR_ARG, "there are no pairs without missing values");
  c->name = one ? s.name[0] : arena_printf(&t->arena, "%s - %s", s.name[0], s.name[1]);
  TRY(test_array(t, c->n * (int64_t)sizeof *c->x, &c->x));
  for (int64_t i = 0; i < c->n; i++) c->x[i] = one ? s.x[0][i] : s.x[0][i] - s.x[1][i];
  return order_sort_f64(t->job, c->x, c->n, t->err);
}

static void drop_equal(Centre *c, double mu) {
  int64_t n = 0;
  for (int64_t i = 0; i < c->n; i++)
    if (c->x[i] - mu != 0) c->x[n++] = c->x[i];
  c->n = n;
}

static void say_centre(Test *t, const CentreOpts *o, const Centre *c, const char *what) {
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  result_say(t, "Alternative: %s of %s %s %s.", what, c->paired ? "the differences" : "the values",
             words[o->alternative], say_number(t, o->mu));
}

// ---- signed ranks -------------------------------------------------------------------------------------------------
typedef struct Signed {
  double v, sigma, free_sigma; // free: at a shift that makes no new ties
  int64_t tied;
} Signed;

// The sizes |x - mu| in order: the values below mu, read backwards, and those above merge.
static void signed_ranks(const Centre *c, double mu, Signed *out) {
  const double *x = c->x;
  double n = (double)c->n, ties = 0;
  int64_t above = 0, down, up, done = 0;
  *out = (Signed){0};
  for (int64_t lo = 0, hi = c->n; lo < hi;) { // the first value above mu
    int64_t mid = lo + (hi - lo) / 2;
    if (x[mid] > mu) hi = mid;
    else lo = mid + 1;
    above = lo;
  }
  for (down = above - 1, up = above; down >= 0 || up < c->n;) {
    double size = fmin(down >= 0 ? mu - x[down] : INFINITY, up < c->n ? x[up] - mu : INFINITY);
    int64_t minus = 0, plus = 0;
    while (down >= 0 && mu - x[down] == size) down--, minus++;
    while (up < c->n && x[up] - mu == size) up++, plus++;
    int64_t run = minus + plus;
    out->v += (double)plus * ((double)done + (double)(run + 1) / 2); // halves: exact
    ties += (double)run * (double)run * (double)run - (double)run;
    if (run > 1) out->tied += run;
    done += run;
  }
  double base = n * (n + 1) * (2 * n + 1) / 24;
  out->sigma = sqrt(base - ties / 48);
  out->free_sigma = sqrt(base - rank_ties(x, c->n, NULL) / 48);
}

// Ranks of signed values take a symmetric shape for granted: how far the quartiles lie from it.
static void say_symmetry(Test *t, const Centre *c) {
  const double at[] = {0.25, 0.5, 0.75};
  double q[3];
  if (c->n < 8 || quantile_f64(t->job, c->x, c->n, 7, at, 3, q, NULL) != OK || !(q[2] > q[0])) return;
  double skew = (q[0] + q[2] - 2 * q[1]) / (q[2] - q[0]);
  result_say(t, "Symmetry is assumed: quartile skewness %s%s.", say_number(t, skew),
             fabs(skew) > 0.3 ? ", the sign test does without it" : "");
}

static ErrCode add_signed(Test *t, const CentreOpts *o, const Centre *c, const Signed *s, bool exact) {
  int64_t pairs = c->n * (c->n + 1) / 2;
  double all = (double)pairs, n = (double)c->n, half = o->correct ? 0.5 : 0;
  double level = (1 - o->conf) / (o->alternative == TWO_SIDED ? 2 : 1);
  const double *below = exact ? exact_v(&t->arena, c->n) : NULL;
  PlaceRange at = exact ? rank_exact_range(below, pairs, level) : rank_normal_range(all, level, half, s->free_sigma);
  double centre, low = -INFINITY, high = INFINITY;
  TRY(pair_average_median(t->job, c->x, c->n, &centre, t->err));
  if (o->alternative != LESS) TRY(pair_average(t->job, c->x, c->n, at.low, &low, t->err));
  if (o->alternative != GREATER) TRY(pair_average(t->job, c->x, c->n, at.high, &high, t->err));
  result_row(t);
  result_text(t, "groups", c->name);
  result_real(t, "statistic", s->v);
  result_real(t, "p",
              exact ? rank_exact_p(below, pairs, (int64_t)s->v, o->alternative)
                    : rank_normal_p(s->v - all / 2, o->alternative, half, s->sigma));
  result_estimate(t, centre, low, high);
  rank_biserial(t, 2 * s->v / all - 1, sqrt(n * (n + 1) * (2 * n + 1) / 6) / all, o->conf);
  result_int(t, "n", c->n);
  return OK;
}

static ErrCode wilcoxon_run(Test *t, const void *opts) {
  const CentreOpts *o = opts;
  Centre c;
  Signed s;
  TRY(centre_values(t, &c));
  int64_t before = c.n;
  drop_equal(&c, o->mu);
  if (!c.n) return test_fail(t, ERR_ARG, "all %lld values equal mu = %s", (long long)before, say_number(t, o->mu));
  signed_ranks(&c, o->mu, &s);
  bool exact = c.n < EXACT_BELOW && !s.tied && c.n == before;
  TRY(add_signed(t, o, &c, &s, exact));
  result_say(t, "Wilcoxon signed rank test of %s, %s.", c.name,
             exact        ? "exact distribution"
             : o->correct ? "normal approximation with continuity correction"
                          : "normal approximation");
  say_centre(t, o, &c, "the centre");
  result_say(t, "Estimate: median of all averages of two values.");
  if (c.n < before)
    result_say(t, "%lld value%s equal to mu left out.", (long long)(before - c.n), before - c.n == 1 ? "" : "s");
  if (s.tied) result_say(t, "%lld values are tied.", (long long)s.tied);
  say_symmetry(t, &c);
  rows_say(t, c.dropped);
  return OK;
}

// ---- signs --------------------------------------------------------------------------------------------------------
// The greatest number of values that may be cut off each end of the sorted sample.
static int64_t cut_off(int64_t n, double level) {
  int64_t lo = -1, hi = n; // P(X <= lo) <= level
  while (hi - lo > 1) {
    int64_t mid = lo + (hi - lo) / 2;
    if (dist_beta(0.5, (double)mid + 1, (double)(n - mid), DIST_UPPER) <= level) lo = mid;
    else hi = mid;
  }
  return lo; // -1: not even the extremes reach the confidence
}

static ErrCode sign_run(Test *t, const void *opts) {
  const CentreOpts *o = opts;
  Centre c;
  TRY(centre_values(t, &c));
  int64_t above = 0, unequal = 0;
  for (int64_t i = 0; i < c.n; i++) above += c.x[i] > o->mu, unequal += c.x[i] != o->mu;
  if (!unequal) return test_fail(t, ERR_ARG, "all %lld values equal mu = %s", (long long)c.n, say_number(t, o->mu));
  int64_t cut = cut_off(c.n, (1 - o->conf) / (o->alternative == TWO_SIDED ? 2 : 1));
  double median = (c.x[(c.n - 1) / 2] + c.x[c.n / 2]) / 2, k = (double)above, n = (double)unequal;
  Exact share = exact_binomial(k, n, 0.5, TWO_SIDED, o->conf);
  result_row(t);
  result_text(t, "groups", c.name);
  result_int(t, "statistic", above);
  result_real(t, "p", exact_binomial(k, n, 0.5, (Alternative)o->alternative, o->conf).p);
  result_estimate(t, median, o->alternative == LESS || cut < 0 ? -INFINITY : c.x[cut],
                  o->alternative == GREATER || cut < 0 ? INFINITY : c.x[c.n - 1 - cut]);
  result_effect(t, "share_above", k / n, share.low, share.high);
  result_int(t, "n", unequal);
  result_say(t, "Sign test of %s: %lld of %lld values above %s, exact binomial distribution.", c.name, (long long)above,
             (long long)unequal, say_number(t, o->mu));
  say_centre(t, o, &c, "the median");
  if (unequal < c.n)
    result_say(t, "%lld value%s equal to mu left out.", (long long)(c.n - unequal), c.n - unequal == 1 ? "" : "s");
  result_say(t, "Estimate: the median, between order statistics of at least the confidence asked for.");
  rows_say(t, c.dropped);
  return OK;
}

const TestType test_wilcoxon = {
    .name = "wilcoxon",
    .signature = "stats.wilcoxon(d, \"after ~ before\") or \"x\", {mu=0} or \"value ~ treatment | subject\"",
    .summary = "whether values, or differences within pairs, are centred at mu",
    .example = "return stats.wilcoxon(data('iris'), 'sepal_length_cm ~ petal_length_cm', {mu=2})",
    .misleads = "a skewed distribution: the centre of the ranks is then not the median",
    .params = WILCOXON,
    .opts_size = sizeof(CentreOpts),
    .run = wilcoxon_run,
};

const TestType test_sign = {
    .name = "sign",
    .signature = "stats.sign(d, \"after ~ before\") or \"x\", {mu=0} or \"value ~ treatment | subject\"",
    .summary = "whether the median of values, or of differences within pairs, is mu",
    .example = "return stats.sign(data('airquality'), 'Ozone', {mu=30})",
    .misleads = "few values: it looks at signs alone and needs more of them than stats.wilcoxon",
    .params = SIGN,
    .opts_size = sizeof(CentreOpts),
    .run = sign_run,
};
