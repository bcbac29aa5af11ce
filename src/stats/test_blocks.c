// Tests of several treatments of the same blocks: Friedman's ranks within blocks, and Cochran's Q of yes and no.
// Effect of both: the statistic over its greatest value, blocks (treatments - 1): Kendall's W, Serlin's eta squared;
// the interval takes the statistic as noncentral chi-squared. Q is Friedman's statistic of zeros and ones.
// References: Friedman 1937; Cochran 1950; friedman.test of R; Serlin, Carr and Marascuilo 1982.
#include "stats/ranks_int.h"

#include <math.h>

typedef struct BlockOpts {
  double conf;
} BlockOpts;
static const Param PARAMS[] = {TEST_CONF(BlockOpts), PARAM_END};

// Ranks within each block: sums by treatment into total[k]; returns the sum of run^3 - run over all blocks.
static double rank_blocks(const Samples *s, double *total) {
  double ties = 0;
  for (int64_t b = 0; b < s->n[0]; b++)
    for (int64_t g = 0; g < s->k; g++) {
      int64_t below = 0, equal = 0;
      for (int64_t h = 0; h < s->k; h++) below += s->x[h][b] < s->x[g][b], equal += s->x[h][b] == s->x[g][b];
      total[g] += (double)below + (double)(equal + 1) / 2;
      ties += (double)(equal * equal - 1); // each of a run of m adds m^2 - 1
    }
  return ties;
}

static void add_answer(Test *t, const BlockOpts *o, const Samples *s, double statistic, const char *effect) {
  double df = (double)s->k - 1, scale = (double)s->n[0] * df, low, high;
  exact_noncentrality(statistic, df, o->conf, &low, &high);
  result_row(t);
  result_text(t, "groups", s->by);
  result_real(t, "statistic", statistic);
  result_real(t, "df", df);
  result_real(t, "p", dist_chisq(statistic, df, DIST_UPPER));
  result_effect(t, effect, statistic / scale, fmin(1, low / scale), fmin(1, high / scale));
  result_int(t, "n", s->n[0]);
}

static void say_blocks(Test *t, const Samples *s) {
  bool few = s->n[0] * s->k < 24;
  result_say(t, "n counts the blocks of %s%s.", t->q->block, few ? "; with so few of them the p value is rough" : "");
  if (s->dropped)
    result_say(t, "%lld rows with missing values or in incomplete blocks left out.", (long long)s->dropped);
}

static ErrCode read_blocks(Test *t, Samples *s) {
  TRY(samples_blocked(t, 2, 50, s));
  if (s->n[0] >= 2) return OK;
  return test_fail(t, ERR_ARG, "there %s %lld block%s with a row of each treatment, at least 2 are needed",
                   s->n[0] == 1 ? "is" : "are", (long long)s->n[0], s->n[0] == 1 ? "" : "s");
}

static ErrCode friedman_run(Test *t, const void *opts) {
  Samples s;
  TRY(read_blocks(t, &s));
  double *total = arena_array(&t->arena, double, s.k), n = (double)s.n[0], k = (double)s.k, sum = 0;
  double ties = rank_blocks(&s, total), scale = n * k * (k + 1) - ties / (k - 1);
  for (int64_t g = 0; g < s.k; g++) sum += (total[g] - n * (k + 1) / 2) * (total[g] - n * (k + 1) / 2);
  if (!(scale > 0)) return test_fail(t, ERR_ARG, "values are equal within every block: there is nothing to rank");
  add_answer(t, opts, &s, 12 * sum / scale, "kendall_w");
  result_say(t, "Friedman test that %s does not depend on the %lld levels of %s, by ranks within blocks.", s.response,
             (long long)s.k, s.by);
  if (ties > 0) result_say(t, "The statistic is corrected for ties.");
  say_blocks(t, &s);
  return OK;
}

static ErrCode cochran_q_run(Test *t, const void *opts) {
  Samples s;
  TRY(read_blocks(t, &s));
  double k = (double)s.k, all = 0, squares = 0, rows = 0;
  for (int64_t g = 0; g < s.k; g++) {
    double yes = 0;
    for (int64_t b = 0; b < s.n[0]; b++) {
      double v = s.x[g][b];
      if (v != 0 && v != 1)
        return test_fail(t, ERR_ARG, "'%s' must be 0 or 1, %s was found: take stats.friedman", s.response,
                         say_number(t, v));
      yes += v;
    }
    all += yes, squares += yes * yes;
  }
  for (int64_t b = 0; b < s.n[0]; b++) {
    double yes = 0;
    for (int64_t g = 0; g < s.k; g++) yes += s.x[g][b];
    rows += yes * yes;
  }
  double scale = k * all - rows;
  if (!(scale > 0)) return test_fail(t, ERR_ARG, "'%s' is the same within every block", s.response);
  add_answer(t, opts, &s, (k - 1) * (k * squares - all * all) / scale, "eta_sq");
  result_say(t, "Cochran's Q test that %s is 1 equally often at the %lld levels of %s.", s.response, (long long)s.k,
             s.by);
  say_blocks(t, &s);
  return OK;
}

const TestType test_friedman = {
    .name = "friedman",
    .signature = "stats.friedman(d, \"value ~ treatment | block\")",
    .summary = "whether treatments of the same blocks differ, by ranks within each block",
    .example = "return stats.friedman(data('airquality'), 'Temp ~ Month | Day')",
    .misleads = "treatments that act differently in different blocks: the ranks then cancel",
    .params = PARAMS,
    .opts_size = sizeof(BlockOpts),
    .run = friedman_run,
};

const TestType test_cochran_q = {
    .name = "cochran_q",
    .signature = "stats.cochran_q(d, \"passed ~ task | person\")",
    .summary = "whether treatments of the same blocks succeed equally often",
    .example = "return stats.cochran_q(data('airquality'):derive{\"hot = Temp > 80\"}, 'hot ~ Month | Day')",
    .misleads = "few blocks that change: only those with both a 0 and a 1 count",
    .params = PARAMS,
    .opts_size = sizeof(BlockOpts),
    .run = cochran_q_run,
};
