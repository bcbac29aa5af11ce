// Mann and Whitney's test of two samples: how often a value of the one exceeds one of the other.
//
// The statistic U of the first sample counts pairs x > y, ties as halves. Below 50 values a side and without ties its
// distribution is known exactly; else the normal approximation is taken, with the variance that ties leave and half a
// pair as continuity correction. The estimate is Hodges and Lehmann's, the median of all differences; the limits of its
// interval are the differences at which the test, at that shift, would just reject.
// Effect: rank-biserial correlation 2 U / (m n) - 1, its interval by Fisher's z.
// References: Hollander and Wolfe 1999, ch. 4; wilcox.test of R; Kerby 2014 for the effect.
#include "stats/ranks_int.h"

#include <math.h>

typedef struct RankOpts {
  int alternative;
  double mu, conf;
  bool correct;
} RankOpts;
static const Param PARAMS[] = {
    TEST_ALTERNATIVE(RankOpts),
    {"mu", PARAM_REAL, offsetof(RankOpts, mu), -PARAM_INF, PARAM_INF, "0", NULL, "the shift under the null hypothesis"},
    {"correct", PARAM_BOOL, offsetof(RankOpts, correct), 0, 0, "true", NULL,
     "continuity correction of the normal approximation"},
    TEST_CONF(RankOpts),
    PARAM_END};
enum { EXACT_BELOW = 50 };

// Two sorted samples, x shifted by mu.
typedef struct Two {
  const double *x, *y;
  int64_t m, n;
  double u, sigma;   // sigma: of the samples as they are, ties taken into account
  double free_sigma; // where no x equals a y, as at almost any shift
  int64_t tied;      // values that have an equal
} Two;

static double tie_term(double run) { return run * run * run - run; }

static double sigma_of(const Two *s, double ties) {
  double m = (double)s->m, n = (double)s->n, all = m + n;
  return sqrt(m * n / 12 * (all + 1 - ties / (all * (all - 1))));
}

static void count_pairs(Two *s) {
  double ties = 0;
  for (int64_t i = 0, j = 0; i < s->m || j < s->n;) {
    double v = j == s->n || (i < s->m && s->x[i] < s->y[j]) ? s->x[i] : s->y[j];
    int64_t a = 0, b = 0;
    while (i + a < s->m && s->x[i + a] == v) a++;
    while (j + b < s->n && s->y[j + b] == v) b++;
    s->u += (double)a * ((double)j + (double)b / 2);
    ties += tie_term((double)(a + b));
    s->tied += a + b > 1 ? a + b : 0;
    i += a, j += b;
  }
  s->sigma = sigma_of(s, ties);
  s->free_sigma = sigma_of(s, rank_ties(s->x, s->m, NULL) + rank_ties(s->y, s->n, NULL));
}

static ErrCode sort_shifted(Test *t, const double *from, int64_t n, double mu, double **out) {
  TRY(test_array(t, n * (int64_t)sizeof **out, out));
  for (int64_t i = 0; i < n; i++) (*out)[i] = from[i] - mu;
  return order_sort_f64(t->job, *out, n, t->err);
}

static double sorted_quantile(const double *sorted, int64_t n, double p) { // type 7
  double at = (double)(n - 1) * p, j = floor(at), h = at - j, lo = sorted[(int64_t)j];
  return h > 0 ? (1 - h) * lo + h * sorted[(int64_t)j + 1] : lo;
}

static double spread(const double *sorted, int64_t n) {
  return sorted_quantile(sorted, n, 0.75) - sorted_quantile(sorted, n, 0.25);
}

static void say_spreads(Test *t, const Two *two) {
  double a = spread(two->x, two->m), b = spread(two->y, two->n);
  bool alike = fmax(a, b) <= 2 * fmin(a, b);
  result_say(t, "Interquartile ranges %s and %s%s.", say_number(t, a), say_number(t, b),
             alike ? "" : ": the spreads differ, so the estimate is no mere shift");
}

static void say_method(Test *t, const RankOpts *o, const Samples *s, const Two *two, bool exact) {
  static const char *const words[] = {"differ from", "be less than", "be greater than"};
  result_say(t, "Mann-Whitney test of %s by %s, %s.", s->response, s->by,
             exact        ? "exact distribution"
             : o->correct ? "normal approximation with continuity correction"
                          : "normal approximation");
  result_say(t, "Alternative: values of %s tend to %s those of %s%s%s.", s->name[0], words[o->alternative], s->name[1],
             o->mu != 0 ? " plus " : "", o->mu != 0 ? say_number(t, o->mu) : "");
  result_say(t, "Estimate: median of all differences (Hodges-Lehmann).");
  if (two->tied) result_say(t, "%lld values are tied.", (long long)two->tied);
  say_spreads(t, two);
  rows_say(t, s->dropped);
}

static ErrCode mannwhitney_run(Test *t, const void *opts) {
  const RankOpts *o = opts;
  Samples s;
  TRY(samples_split(t, 2, 2, 1, &s));
  double *x, *y, *raw;
  TRY(sort_shifted(t, s.x[0], s.n[0], o->mu, &x));
  TRY(sort_shifted(t, s.x[1], s.n[1], 0, &y));
  if (o->mu != 0) TRY(sort_shifted(t, s.x[0], s.n[0], 0, &raw));
  else raw = x;
  Two two = {.x = x, .y = y, .m = s.n[0], .n = s.n[1]};
  count_pairs(&two);
  if (!(two.sigma > 0))
    return test_fail(t, ERR_ARG, "all values of '%s' are equal: there is nothing to rank", s.response);
  bool exact = two.m < EXACT_BELOW && two.n < EXACT_BELOW && !two.tied;
  double pairs = (double)two.m * (double)two.n, level = (1 - o->conf) / (o->alternative == TWO_SIDED ? 2 : 1);
  double half = o->correct ? 0.5 : 0;
  const double *below = exact ? exact_u(&t->arena, two.m, two.n) : NULL;
  PlaceRange at =
      exact ? rank_exact_range(below, two.m * two.n, level) : rank_normal_range(pairs, level, half, two.free_sigma);
  double p = exact ? rank_exact_p(below, two.m * two.n, (int64_t)two.u, o->alternative)
                   : rank_normal_p(two.u - pairs / 2, o->alternative, half, two.sigma);
  double centre, low = -INFINITY, high = INFINITY;
  TRY(pair_difference_median(t->job, raw, two.m, y, two.n, &centre, t->err));
  if (o->alternative != LESS) TRY(pair_difference(t->job, raw, two.m, y, two.n, at.low, &low, t->err));
  if (o->alternative != GREATER) TRY(pair_difference(t->job, raw, two.m, y, two.n, at.high, &high, t->err));
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s - %s", s.name[0], s.name[1]));
  result_real(t, "statistic", two.u);
  result_real(t, "p", p);
  result_estimate(t, centre, low, high);
  rank_biserial(t, 2 * two.u / pairs - 1, sqrt((double)(two.m + two.n + 1) / (3 * pairs)), o->conf);
  result_int(t, "n", s.total);
  say_method(t, o, &s, &two, exact);
  return OK;
}

const TestType test_mannwhitney = {
    .name = "mannwhitney",
    .signature = "stats.mannwhitney(d, \"age ~ sex\", {mu=0, alternative=\"two.sided\"})",
    .summary = "whether values of one group tend to be larger than those of another",
    .example = "return stats.mannwhitney(data('titanic'), 'age ~ sex')",
    .misleads = "groups of different spread or shape: a small p then need not mean that the medians differ",
    .params = PARAMS,
    .opts_size = sizeof(RankOpts),
    .run = mannwhitney_run,
};
