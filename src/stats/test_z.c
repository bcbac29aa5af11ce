// z tests of means: of one sample, or of two (first level minus second), when the standard deviations are known; when
// they are not given they come from the values, which serves large samples. Cohen's d is the mean, or difference, over
// the standard deviation (of two: the root of the mean variance); its interval is that of the estimate.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

typedef struct ZOpts {
  int alternative;
  double mu, sd, sd2, conf;
} ZOpts;
static const Param PARAMS[] = {TEST_ALTERNATIVE(ZOpts),
                               {"mu", PARAM_REAL, offsetof(ZOpts, mu), -PARAM_INF, PARAM_INF, "0", NULL,
                                "the mean, or difference of means, under the null hypothesis"},
                               {"sd", PARAM_REAL, offsetof(ZOpts, sd), 1e-300, PARAM_INF, "nan", NULL,
                                "the known standard deviation; from the values when not given"},
                               {"sd2", PARAM_REAL, offsetof(ZOpts, sd2), 1e-300, PARAM_INF, "nan", NULL,
                                "that of the second group; sd when not given"},
                               TEST_CONF(ZOpts),
                               PARAM_END};

static void add_answer(Test *t, const ZOpts *o, double value, double se, double sd) {
  double stat = (value - o->mu) / se, tail = (1 - o->conf) / (o->alternative == TWO_SIDED ? 2 : 1);
  double w = -dist_norm_quantile(tail) * se, both = -dist_norm_quantile((1 - o->conf) / 2) * se;
  double p = o->alternative == TWO_SIDED ? fmin(1, 2 * dist_norm(fabs(stat), DIST_UPPER))
                                         : dist_norm(stat, o->alternative == LESS ? DIST_LOWER : DIST_UPPER);
  result_real(t, "statistic", stat);
  result_real(t, "p", p);
  result_estimate(t, value, o->alternative == LESS ? -INFINITY : value - w,
                  o->alternative == GREATER ? INFINITY : value + w);
  result_effect(t, "cohen_d", (value - o->mu) / sd, (value - o->mu - both) / sd, (value - o->mu + both) / sd);
}

static ErrCode say_sds(Test *t, const ZOpts *o, const Samples *s, const double sd[2]) {
  int64_t least = s->n[0];
  for (int64_t g = 0; g < s->k; g++) least = s->n[g] < least ? s->n[g] : least;
  const char *what = isnan(o->sd) ? "taken from the values" : "given";
  if (s->k == 1) result_say(t, "Standard deviation %s, %s.", say_number(t, sd[0]), what);
  else result_say(t, "Standard deviations %s and %s, %s.", say_number(t, sd[0]), say_number(t, sd[1]), what);
  if (isnan(o->sd) && least < 50)
    result_say(t, "With %lld values that is rough: take stats.%s.", (long long)least, s->k == 1 ? "t" : "welch");
  rows_say(t, s->dropped);
  return assume_normal(t, s);
}

static ErrCode z_run(Test *t, const void *opts) {
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  const ZOpts *o = opts;
  Samples s;
  double mean[2] = {0}, sd[2] = {0};
  TRY(samples_split(t, 1, 2, 2, &s));
  if (!isnan(o->sd2) && (s.k == 1 || isnan(o->sd))) return test_fail(t, ERR_ARG, "sd2 goes with sd and two groups");
  for (int64_t g = 0; g < s.k; g++) {
    Moments m = moments_f64(t->job, s.x[g], s.n[g]);
    mean[g] = m.mean;
    sd[g] = isnan(o->sd) ? sqrt(moments_var(&m)) : g == 1 && !isnan(o->sd2) ? o->sd2 : o->sd;
  }
  double size = (double)s.n[0], value = mean[0], se = sd[0] / sqrt(size), unit = sd[0];
  if (s.k == 2) {
    value -= mean[1], unit = sqrt((sd[0] * sd[0] + sd[1] * sd[1]) / 2);
    se = sqrt(sd[0] * sd[0] / size + sd[1] * sd[1] / (double)s.n[1]);
  }
  if (!(se > 0)) return test_fail(t, ERR_ARG, "the values are constant: there is no spread; give sd");
  result_row(t);
  result_text(t, "groups", s.k == 1 ? s.response : arena_printf(&t->arena, "%s - %s", s.name[0], s.name[1]));
  add_answer(t, o, value, se, unit);
  result_int(t, "n", s.total);
  if (s.k == 1)
    result_say(t, "z test of %s. Alternative: the mean %s %s.", s.response, words[o->alternative],
               say_number(t, o->mu));
  else
    result_say(t, "z test of %s by %s. Alternative: the mean of %s minus that of %s %s %s.", s.response, s.by,
               s.name[0], s.name[1], words[o->alternative], say_number(t, o->mu));
  return say_sds(t, o, &s, sd);
}

const TestType test_z = {
    .name = "z",
    .signature = "stats.z(d, \"age ~ sex\", {mu=0, sd=, sd2=, alternative=\"two.sided\"})",
    .summary = "whether one mean is mu, or two differ, with known spread",
    .example = "return stats.z(data('titanic'), 'age ~ sex', {sd=14})",
    .misleads = "a standard deviation that is not really known: stats.t and stats.welch estimate it and say so",
    .params = PARAMS,
    .opts_size = sizeof(ZOpts),
    .run = z_run,
};
