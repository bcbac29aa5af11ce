// Which groups differ: every pair of means, first level minus second.
//   tukey         the studentised range with one variance (Tukey and Kramer where the groups differ in size)
//   games_howell  the same with the variance of each pair and Welch's degrees of freedom
//   pairwise_t    t tests of each pair, with one variance or not, p values corrected for their number
// Cohen's d of a pair: in units of the common standard deviation, or of the average one of the pair; its interval, by
// noncentral t, is not corrected.
// References: Tukey 1953; Kramer 1956; Games and Howell 1976; TukeyHSD and pairwise.t.test of R.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

enum { MOST_COMPARED = 60 };

typedef struct Pairs {
  Samples s;
  double *mean, *var, pooled, df;
  double alpha;
} Pairs;

static ErrCode open_pairs(Test *t, double conf, Pairs *p) {
  TRY(samples_split(t, 2, MOST_COMPARED, 2, &p->s));
  const Samples *s = &p->s;
  double *m2 = arena_array(&t->arena, double, s->k);
  p->mean = arena_array(&t->arena, double, s->k), p->var = arena_array(&t->arena, double, s->k);
  for (int64_t g = 0; g < s->k; g++) {
    Moments m = moments_f64(t->job, s->x[g], s->n[g]);
    p->mean[g] = m.mean, p->var[g] = moments_var(&m), m2[g] = m.m2;
  }
  p->df = (double)(s->total - s->k), p->pooled = sum_f64(NULL, m2, s->k) / p->df, p->alpha = 1 - conf;
  if (p->pooled > 0) return OK;
  return test_fail(t, ERR_ARG, "the values within the groups are constant: there is no spread");
}

// Standard error of a difference and its degrees of freedom, of one variance for all or of the pair's own two.
static double pair_se(const Pairs *p, int64_t a, int64_t b, bool pooled, double *df) {
  double na = (double)p->s.n[a], nb = (double)p->s.n[b], va = p->var[a] / na, vb = p->var[b] / nb;
  *df = pooled ? p->df : (va + vb) * (va + vb) / (va * va / (na - 1) + vb * vb / (nb - 1));
  return sqrt(pooled ? p->pooled * (1 / na + 1 / nb) : va + vb);
}

static void add_pair(Test *t, const Pairs *p, int64_t a, int64_t b, bool pooled, double stat, double pvalue, double w) {
  double diff = p->mean[a] - p->mean[b], df, se = pair_se(p, a, b, pooled, &df);
  double sd = sqrt(pooled ? p->pooled : (p->var[a] + p->var[b]) / 2);
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s - %s", p->s.name[a], p->s.name[b]));
  result_real(t, "statistic", stat);
  result_real(t, "df", df);
  result_real(t, "p", pvalue);
  result_estimate(t, diff, diff - w, diff + w);
  effect_cohen_d(t, diff / se, se / sd, df, 1 - p->alpha);
  result_int(t, "n", p->s.n[a] + p->s.n[b]);
}

// ---- the studentised range -----------------------------------------------------------------------------------------
typedef struct RangeOpts {
  double conf;
} RangeOpts;
static const Param RANGE[] = {TEST_CONF(RangeOpts), PARAM_END};

static ErrCode range_pairs(Test *t, const Pairs *p, bool pooled) {
  double k = (double)p->s.k, wide = pooled ? dist_range_quantile(p->alpha, k, p->df, DIST_UPPER) : 0;
  for (int64_t a = 0; a < p->s.k; a++)
    for (int64_t b = a + 1; b < p->s.k; b++) {
      double df, se = pair_se(p, a, b, pooled, &df) / sqrt(2.0), q = fabs(p->mean[a] - p->mean[b]) / se;
      TRY(job_tick(t->job, a, p->s.k, t->err));
      if (!(se > 0))
        return test_fail(t, ERR_ARG, "the values of '%s' and '%s' are constant: there is no spread", p->s.name[a],
                         p->s.name[b]);
      if (!pooled) wide = dist_range_quantile(p->alpha, k, df, DIST_UPPER);
      add_pair(t, p, a, b, pooled, q, dist_range(q, k, df, DIST_UPPER), wide * se);
    }
  return OK;
}

static ErrCode tukey_run(Test *t, const void *opts) {
  const RangeOpts *o = opts;
  Pairs p;
  TRY(open_pairs(t, o->conf, &p));
  TRY(range_pairs(t, &p, true));
  result_say(t,
             "Tukey's honest differences of the means of %s by %s. p values and intervals hold for all %lld groups at "
             "once.",
             p.s.response, p.s.by, (long long)p.s.k);
  rows_say(t, p.s.dropped);
  TRY(assume_normal(t, &p.s));
  return assume_equal(t, &p.s, "stats.games_howell does not need them");
}

static ErrCode games_howell_run(Test *t, const void *opts) {
  const RangeOpts *o = opts;
  Pairs p;
  TRY(open_pairs(t, o->conf, &p));
  TRY(range_pairs(t, &p, false));
  result_say(t,
             "Games and Howell's differences of the means of %s by %s, whatever the variances. p values and intervals "
             "hold for all %lld groups at once.",
             p.s.response, p.s.by, (long long)p.s.k);
  rows_say(t, p.s.dropped);
  return assume_normal(t, &p.s);
}

// ---- t tests -------------------------------------------------------------------------------------------------------
typedef struct PairwiseOpts {
  int adjust;
  bool pooled;
  double conf;
} PairwiseOpts;
static const Param PAIRWISE[] = {
    TEST_ADJUST(PairwiseOpts, "holm"),
    {"pooled", PARAM_BOOL, offsetof(PairwiseOpts, pooled), 0, 0, "true", NULL, "one variance for all groups"},
    TEST_CONF(PairwiseOpts),
    PARAM_END};

static ErrCode pairwise_t_run(Test *t, const void *opts) {
  const PairwiseOpts *o = opts;
  Pairs p;
  TRY(open_pairs(t, o->conf, &p));
  int64_t n = p.s.k * (p.s.k - 1) / 2, i = 0;
  double *pvalue = arena_array(&t->arena, double, n), *adjusted = arena_array(&t->arena, double, n), df;
  for (int64_t a = 0; a < p.s.k; a++)
    for (int64_t b = a + 1; b < p.s.k; b++) {
      double se = pair_se(&p, a, b, o->pooled, &df);
      if (!(se > 0))
        return test_fail(t, ERR_ARG, "the values of '%s' and '%s' are constant: there is no spread", p.s.name[a],
                         p.s.name[b]);
      pvalue[i++] = 2 * dist_t(fabs(p.mean[a] - p.mean[b]) / se, df, DIST_UPPER);
    }
  TRY(stats_adjust(t->job, pvalue, n, o->adjust, adjusted, t->err));
  i = 0;
  for (int64_t a = 0; a < p.s.k; a++)
    for (int64_t b = a + 1; b < p.s.k; b++) {
      double se = pair_se(&p, a, b, o->pooled, &df), w = -dist_t_quantile(p.alpha / 2, df) * se;
      add_pair(t, &p, a, b, o->pooled, (p.mean[a] - p.mean[b]) / se, adjusted[i], w);
      result_real(t, "p_alone", pvalue[i++]);
    }
  result_say(t,
             "t tests of each pair of means of %s by %s, %s. p: %s for %lld comparisons; intervals are not corrected.",
             p.s.response, p.s.by, o->pooled ? "one variance" : "each pair with its variances",
             adjust_word(t, o->adjust), (long long)n);
  rows_say(t, p.s.dropped);
  TRY(assume_normal(t, &p.s));
  return o->pooled ? assume_equal(t, &p.s, "pooled=false does not need them") : OK;
}

const TestType test_tukey = {
    .name = "tukey",
    .signature = "stats.tukey(d, \"count ~ spray\")",
    .summary = "which means differ, all pairs at once",
    .example = "return stats.tukey(data('insect_sprays'), 'count ~ spray')",
    .misleads = "unequal variances: stats.games_howell does not mind them",
    .params = RANGE,
    .opts_size = sizeof(RangeOpts),
    .run = tukey_run,
};

const TestType test_games_howell = {
    .name = "games_howell",
    .signature = "stats.games_howell(d, \"count ~ spray\")",
    .summary = "which means differ, all pairs at once, whatever the variances",
    .example = "return stats.games_howell(data('insect_sprays'), 'count ~ spray')",
    .misleads = "groups of fewer than about six values: it rejects too often then",
    .params = RANGE,
    .opts_size = sizeof(RangeOpts),
    .run = games_howell_run,
};

const TestType test_pairwise_t = {
    .name = "pairwise_t",
    .signature = "stats.pairwise_t(d, \"count ~ spray\", {adjust=\"holm\"})",
    .summary = "which means differ, by t tests corrected for their number",
    .example = "return stats.pairwise_t(data('insect_sprays'), 'count ~ spray', {adjust='BH'})",
    .misleads = "its intervals hold one at a time: those of stats.tukey hold together",
    .params = PAIRWISE,
    .opts_size = sizeof(PairwiseOpts),
    .run = pairwise_t_run,
};
