// Odds ratio, relative risk and risk difference of a 2 x 2 table, and stats.odds.
// References: Woolf 1955; Katz, Baptista, Azen and Pike 1978; Newcombe 1998, method 10; Mantel and Haenszel 1959.
#include "stats/cells_int.h"
#include "stats/scores.h"

#include <math.h>

// near: the ratio of cells that are not 0.
static Estimate22 on_log(double value, double near, double se, double conf) {
  double w = -dist_norm_quantile((1 - conf) / 2) * se;
  if (isnan(value)) return (Estimate22){NAN, NAN, NAN};
  return (Estimate22){value, value == 0 ? 0 : near * fmath_exp(-w), isinf(value) ? value : near * fmath_exp(w)};
}

Estimate22 odds_ratio(const int64_t n[4], double conf) {
  double add = n[0] && n[1] && n[2] && n[3] ? 0 : 0.5;
  double a = (double)n[0] + add, b = (double)n[1] + add, c = (double)n[2] + add, d = (double)n[3] + add;
  double value = (double)n[0] * (double)n[3] / ((double)n[1] * (double)n[2]);
  return on_log(value, a * d / (b * c), sqrt(1 / a + 1 / b + 1 / c + 1 / d), conf);
}

Estimate22 relative_risk(const int64_t n[4], double conf) {
  double add = n[0] && n[2] ? 0 : 0.5;
  double a = (double)n[0] + add, c = (double)n[2] + add;
  double first = (double)(n[0] + n[1]) + 2 * add, second = (double)(n[2] + n[3]) + 2 * add;
  double value = (double)n[0] / (double)(n[0] + n[1]) / ((double)n[2] / (double)(n[2] + n[3]));
  return on_log(value, a / first / (c / second), sqrt(1 / a - 1 / first + 1 / c - 1 / second), conf);
}

static Estimate22 share_of(int64_t k, int64_t n, double z) {
  ShareLimits w = stats_wilson((double)k, (double)n, z, 0);
  return (Estimate22){(double)k / (double)n, w.low, w.high};
}

Estimate22 risk_difference(const int64_t n[4], double conf) {
  double z = -dist_norm_quantile((1 - conf) / 2);
  Estimate22 a = share_of(n[0], n[0] + n[1], z), b = share_of(n[2], n[2] + n[3], z);
  double d = a.value - b.value;
  double down = (a.value - a.low) * (a.value - a.low) + (b.high - b.value) * (b.high - b.value);
  double up = (a.high - a.value) * (a.high - a.value) + (b.value - b.low) * (b.value - b.low);
  return (Estimate22){d, d - sqrt(down), d + sqrt(up)};
}

double odds_common(const int64_t (*n)[4], int64_t k) {
  double with = 0, against = 0;
  for (int64_t i = 0; i < k; i++) {
    double all = (double)(n[i][0] + n[i][1] + n[i][2] + n[i][3]);
    if (!(all > 0)) continue;
    with += (double)n[i][0] * (double)n[i][3] / all;
    against += (double)n[i][1] * (double)n[i][2] / all;
  }
  return with / against;
}

// ---- stats.odds -----------------------------------------------------------------------------------------------------
typedef struct OddsOpts {
  const char *count, *positive;
  double conf;
} OddsOpts;
static const Param PARAMS[] = {CELLS_COUNT(OddsOpts),
                               {"positive", PARAM_TEXT, offsetof(OddsOpts, positive), 0, 0, "", NULL,
                                "the answer whose risk is meant; the second level when not given"},
                               TEST_CONF(OddsOpts),
                               PARAM_END};

static void add_measure(Test *t, const char *name, const char *groups, Estimate22 e, int64_t n) {
  result_row(t);
  result_text(t, "measure", name);
  result_text(t, "groups", groups);
  result_estimate(t, e.value, e.low, e.high);
  result_int(t, "n", n);
}

static ErrCode positive_level(Test *t, const OddsOpts *o, const Cells *c, int *out) {
  *out = 1;
  for (int i = 0; i < 2 && o->positive; i++)
    if (strcmp(o->positive, c->row[i]) == 0) return *out = i, OK;
  if (!o->positive) return OK;
  return test_fail(t, ERR_ARG, "positive must be '%s' or '%s', '%s' was given", c->row[0], c->row[1], o->positive);
}

static ErrCode odds_run(Test *t, const void *opts) {
  const OddsOpts *o = opts;
  Cells c;
  int yes;
  TRY(cells_read(t, o->count, true, &c));
  if (c.r != 2 || c.c != 2)
    return test_fail(t, ERR_ARG, "a 2 x 2 table is needed, %s by %s is %lld x %lld: choose two levels with d:where",
                     c.row_name, c.col_name, (long long)c.r, (long long)c.c);
  TRY(positive_level(t, o, &c, &yes));
  const int64_t n[4] = {c.n[2 * yes], c.n[2 * (1 - yes)], c.n[2 * yes + 1], c.n[2 * (1 - yes) + 1]};
  const char *groups = arena_printf(&t->arena, "%s, %s", c.col[0], c.col[1]);
  add_measure(t, "odds_ratio", groups, odds_ratio(n, o->conf), c.total);
  add_measure(t, "relative_risk", groups, relative_risk(n, o->conf), c.total);
  add_measure(t, "risk_difference", groups, risk_difference(n, o->conf), c.total);
  result_say(t, "Risk of %s = %s: %s for %s = %s, %s for %s.", c.row_name, c.row[yes],
             say_number(t, (double)n[0] / (double)(n[0] + n[1])), c.col_name, c.col[0],
             say_number(t, (double)n[2] / (double)(n[2] + n[3])), c.col[1]);
  if (!n[0] || !n[1] || !n[2] || !n[3]) result_say(t, "A cell is 0: 1/2 is added to each for the limit of a ratio.");
  rows_say(t, c.dropped);
  return OK;
}

const TestType test_odds = {
    .name = "odds",
    .signature = "stats.odds(d, \"survived ~ sex\", {positive=\"yes\", count=})",
    .summary = "odds ratio, relative risk and risk difference of a 2 x 2 table",
    .example = "return stats.odds(data('titanic'), 'survived ~ sex')",
    .misleads = "a common answer: the odds ratio is then much further from 1 than the relative risk",
    .params = PARAMS,
    .opts_size = sizeof(OddsOpts),
    .run = odds_run,
};
