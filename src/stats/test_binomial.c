// Shares of a yes-or-no column: the exact binomial test, and tests of proportions by the normal approximation.
//
// binomial: see exact.c.
// proportion: one sample, chi-square against p with Wilson's score interval; two, chi-square with Newcombe's interval
// of the difference, made of the Wilson intervals; more, chi-square. Yates's correction is at most the difference, as
// in prop.test of R; Wilson's limits are corrected with it, Newcombe's made of corrected ones (his method 11).
// Effects: Cohen's h of one share or two (effects.c), w of more.
// References: Wilson 1927; Newcombe 1998 (both papers); binom.test and prop.test of R.
#include "stats/tests_int.h"

#include "num/num.h"
#include "stats/scores.h"

#include <math.h>

// ---- yes or no -----------------------------------------------------------------------------------------------------
typedef struct Shares { // by group
  const char *yes, *response, *by, **name;
  double *hits, *n;
  int64_t k, total, dropped;
} Shares;

static ErrCode find_yes(Test *t, const Factor *y, const char *positive, int32_t *yes) {
  if (y->k > 2 || y->k == 0)
    return test_fail(t, ERR_ARG, "'%s' must have two values, it has %lld", y->name, (long long)y->k);
  *yes = (int32_t)y->k - 1;
  if (!positive) {
    bool no = y->k == 1 && (strcmp(y->level[0], "0") == 0 || strcmp(y->level[0], "false") == 0);
    if (no) *yes = 1;
    return OK;
  }
  for (int32_t l = 0; l < y->k; l++)
    if (strcmp(y->level[l], positive) == 0) return *yes = l, OK;
  return test_fail(t, ERR_ARG, "positive is '%s', '%s' has %s%s%s", positive, y->name, y->level[0],
                   y->k > 1 ? " and " : "", y->k > 1 ? y->level[1] : "");
}

static ErrCode count_shares(Test *t, const char *positive, int64_t most, Shares *out) {
  const Formula *q = t->q;
  const char *response = q->response ? q->response : q->term.n == 1 ? q->term.name[0] : NULL;
  bool split = q->response && q->term.n == 1;
  Rows r;
  Factor y, g = {.k = 1};
  int32_t yes = 0;
  if (!response || q->block || q->term.n > 1 || (split && most < 2))
    return test_fail(t, ERR_ARG, "the formula must read \"yes_or_no\"%s, '%s' was given",
                     most > 1 ? " or \"yes_or_no ~ group\"" : "", q->text);
  TRY(rows_complete(t, &r));
  if (r.n == 0) return test_fail(t, ERR_ARG, "no row has all values");
  TRY(rows_factor(t, response, &r, &y));
  TRY(find_yes(t, &y, positive, &yes));
  if (split) TRY(rows_factor(t, q->term.name[0], &r, &g));
  if (split && (g.k < 2 || g.k > most))
    return test_fail(t, ERR_ARG, "'%s' must make 2 groups%s, it makes %lld", g.name, most > 2 ? " or more" : "",
                     (long long)g.k);
  *out = (Shares){.yes = yes < y.k ? y.level[yes] : "1", .response = response, .by = g.name, .name = g.level, .k = g.k};
  out->hits = arena_array(&t->arena, double, g.k), out->n = arena_array(&t->arena, double, g.k);
  out->total = r.n, out->dropped = r.dropped;
  for (int64_t i = 0; i < r.n; i++) {
    int64_t at = split ? g.code[i] : 0;
    out->n[at]++, out->hits[at] += y.code[i] == yes; // whole numbers: exact
  }
  return OK;
}

// ---- binomial ------------------------------------------------------------------------------------------------------
typedef struct BinomialOpts {
  int alternative;
  double p, conf;
  const char *positive;
} BinomialOpts;
#define POSITIVE(Own)                                                                                                  \
  {                                                                                                                    \
    "positive", PARAM_TEXT, offsetof(Own, positive), 0, 0, "", NULL,                                                   \
        "the value that is counted; the second of the two when not given"                                              \
  }
static const Param BINOMIAL[] = {
    TEST_ALTERNATIVE(BinomialOpts),
    {"p", PARAM_REAL, offsetof(BinomialOpts, p), 0, 1, "0.5", NULL, "the share under the null hypothesis"},
    TEST_CONF(BinomialOpts),
    POSITIVE(BinomialOpts),
    PARAM_END};

static ErrCode binomial_run(Test *t, const void *opts) {
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  const BinomialOpts *o = opts;
  Shares s;
  TRY(count_shares(t, o->positive, 1, &s));
  double x = s.hits[0], n = s.n[0];
  Exact e = exact_binomial(x, n, o->p, (Alternative)o->alternative, o->conf);
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s = %s", s.response, s.yes));
  result_int(t, "statistic", (int64_t)x);
  result_real(t, "p", e.p);
  result_estimate(t, x / n, e.low, e.high);
  effect_cohen_h(t, x / n, n, o->p, INFINITY, o->conf);
  result_int(t, "n", (int64_t)n);
  result_say(t,
             "Exact binomial test: the statistic counts %s = %s. Alternative: its share %s %s. Interval: Clopper and "
             "Pearson.",
             s.response, s.yes, words[o->alternative], say_number(t, o->p));
  rows_say(t, s.dropped);
  return OK;
}

// ---- proportions ---------------------------------------------------------------------------------------------------
typedef struct ProportionOpts {
  int alternative;
  double p, conf;
  const char *positive;
  bool correct;
} ProportionOpts;
static const Param PROPORTION[] = {
    TEST_ALTERNATIVE(ProportionOpts),
    {"p", PARAM_REAL, offsetof(ProportionOpts, p), 0, 1, "0.5", NULL,
     "one sample: the share under the null hypothesis"},
    {"correct", PARAM_BOOL, offsetof(ProportionOpts, correct), 0, 0, "true", NULL, "Yates's correction for continuity"},
    TEST_CONF(ProportionOpts),
    POSITIVE(ProportionOpts),
    PARAM_END};

// Yates's half, no more than what it corrects.
static double yates_of(const ProportionOpts *o, double most) { return o->correct ? fmin(0.5, most) : 0; }

static double one_p(const ProportionOpts *o, double z, double chisq) {
  if (o->alternative == TWO_SIDED) return dist_chisq(chisq, 1, DIST_UPPER);
  return dist_norm(z, o->alternative == LESS ? DIST_LOWER : DIST_UPPER);
}

static double z_of(const ProportionOpts *o) {
  return -dist_norm_quantile(o->alternative == TWO_SIDED ? (1 - o->conf) / 2 : 1 - o->conf);
}

static void one_share(Test *t, const ProportionOpts *o, const Shares *s) {
  double x = s->hits[0], n = s->n[0], yates = yates_of(o, fabs(x - n * o->p)), off = fabs(x - n * o->p) - yates;
  double chisq = off * off / (n * o->p * (1 - o->p)), z = copysign(sqrt(chisq), x / n - o->p);
  ShareLimits w = stats_wilson(x, n, z_of(o), yates);
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s = %s", s->response, s->yes));
  result_real(t, "statistic", chisq);
  result_int(t, "df", 1);
  result_real(t, "p", one_p(o, z, chisq));
  result_estimate(t, x / n, o->alternative == LESS ? 0 : w.low, o->alternative == GREATER ? 1 : w.high);
  effect_cohen_h(t, x / n, n, o->p, INFINITY, o->conf);
  result_int(t, "n", (int64_t)n);
}

// Chi-square of the shares against the common one.
static double common_chisq(Test *t, const Shares *s, double yates) {
  double x = 0, n = 0, *part = arena_array(&t->arena, double, s->k);
  for (int64_t g = 0; g < s->k; g++) x += s->hits[g], n += s->n[g]; // whole numbers: exact
  double p = x / n;
  for (int64_t g = 0; g < s->k; g++) {
    double off = fabs(s->hits[g] - s->n[g] * p) - yates;
    part[g] = off * off / (s->n[g] * p) + off * off / (s->n[g] * (1 - p));
  }
  return sum_f64(NULL, part, s->k);
}

// Woolf's interval.
static void add_odds(Test *t, const ProportionOpts *o, const Shares *s) {
  double a = s->hits[0], b = s->n[0] - a, c = s->hits[1], d = s->n[1] - c, ratio = a / b * (d / c);
  double w = -dist_norm_quantile((1 - o->conf) / 2) * sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  bool whole = a > 0 && b > 0 && c > 0 && d > 0;
  result_real(t, "odds_ratio", ratio);
  result_real(t, "odds_low", whole ? ratio * fmath_exp(-w) : NAN);
  result_real(t, "odds_high", whole ? ratio * fmath_exp(w) : NAN);
}

static void two_shares(Test *t, const ProportionOpts *o, const Shares *s) {
  double p1 = s->hits[0] / s->n[0], p2 = s->hits[1] / s->n[1], diff = p1 - p2, inverse = 1 / s->n[0] + 1 / s->n[1];
  double yates = yates_of(o, fabs(diff) / inverse), chisq = common_chisq(t, s, yates), z = z_of(o);
  ShareLimits a = stats_wilson(s->hits[0], s->n[0], z, o->correct ? 0.5 : 0),
              b = stats_wilson(s->hits[1], s->n[1], z, o->correct ? 0.5 : 0);
  double low = diff - sqrt((p1 - a.low) * (p1 - a.low) + (b.high - p2) * (b.high - p2));
  double high = diff + sqrt((a.high - p1) * (a.high - p1) + (p2 - b.low) * (p2 - b.low));
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s - %s", s->name[0], s->name[1]));
  result_real(t, "statistic", chisq);
  result_int(t, "df", 1);
  result_real(t, "p", one_p(o, copysign(sqrt(chisq), diff), chisq));
  result_estimate(t, diff, o->alternative == LESS ? -1 : low, o->alternative == GREATER ? 1 : high);
  effect_cohen_h(t, p1, s->n[0], p2, s->n[1], o->conf);
  result_real(t, "share_1", p1);
  result_real(t, "share_2", p2);
  add_odds(t, o, s);
  result_int(t, "n", s->total);
}

static ErrCode many_shares(Test *t, const ProportionOpts *o, const Shares *s) {
  if (o->alternative != TWO_SIDED)
    return test_fail(t, ERR_ARG, "alternative is for one or two groups, '%s' makes %lld", s->by, (long long)s->k);
  double chisq = common_chisq(t, s, 0), p = dist_chisq(chisq, (double)s->k - 1, DIST_UPPER), z = z_of(o);
  for (int64_t g = 0; g < s->k; g++) {
    ShareLimits w = stats_wilson(s->hits[g], s->n[g], z, 0);
    result_row(t);
    result_text(t, "groups", s->name[g]);
    if (g == 0) result_real(t, "statistic", chisq), result_int(t, "df", s->k - 1), result_real(t, "p", p);
    result_estimate(t, s->hits[g] / s->n[g], w.low, w.high);
    if (g == 0) effect_root(t, "cohen_w", chisq, (double)s->k - 1, (double)s->total, o->conf, INFINITY);
    result_int(t, "n", (int64_t)s->n[g]);
  }
  return OK;
}

static void say_shares(Test *t, const ProportionOpts *o, const Shares *s) {
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  const char *yates = o->correct && s->k < 3 ? " with Yates's correction" : "";
  if (s->k == 1)
    result_say(t, "Chi-square test%s of the share of %s = %s. Alternative: it %s %s. Interval: Wilson.", yates,
               s->response, s->yes, words[o->alternative], say_number(t, o->p));
  else if (s->k == 2)
    result_say(t,
               "Chi-square test%s of the share of %s = %s by %s. Alternative: that of %s %s that of %s. Interval of "
               "the difference: Newcombe.",
               yates, s->response, s->yes, s->by, s->name[0], words[o->alternative], s->name[1]);
  else
    result_say(t,
               "Chi-square test of the share of %s = %s by %s; statistic and p are for all groups. Alternative: the "
               "shares are not all equal. Intervals: Wilson.",
               s->response, s->yes, s->by);
}

static ErrCode proportion_run(Test *t, const void *opts) {
  const ProportionOpts *o = opts;
  Shares s;
  TRY(count_shares(t, o->positive, MOST_GROUPS, &s));
  double hits = 0, least = INFINITY;
  for (int64_t g = 0; g < s.k; g++) hits += s.hits[g];
  double share = s.k == 1 ? o->p : hits / (double)s.total;
  if (!(share > 0 && share < 1))
    return s.k == 1 ? test_fail(t, ERR_ARG, "p must lie between 0 and 1; stats.binomial takes the ends too")
                    : test_fail(t, ERR_ARG, "'%s' is the same in every row: there is nothing to compare", s.response);
  for (int64_t g = 0; g < s.k; g++) least = fmin(least, s.n[g] * fmin(share, 1 - share));
  if (s.k == 1) one_share(t, o, &s);
  else if (s.k == 2) two_shares(t, o, &s);
  else TRY(many_shares(t, o, &s));
  say_shares(t, o, &s);
  rows_say(t, s.dropped);
  if (least < 5)
    result_say(t, "A count of %s is expected somewhere, below 5: the approximation is rough.", say_number(t, least));
  else result_say(t, "All expected counts are at least 5.");
  return OK;
}

const TestType test_binomial = {
    .name = "binomial",
    .signature = "stats.binomial(d, \"survived\", {p=0.5, positive=\"yes\"})",
    .summary = "whether a share is p, exactly",
    .example = "return stats.binomial(data('titanic'), 'survived', {p=0.4})",
    .misleads = "rows that are not independent of each other, such as several of one person",
    .params = BINOMIAL,
    .opts_size = sizeof(BinomialOpts),
    .run = binomial_run,
};

const TestType test_proportion = {
    .name = "proportion",
    .signature =
        "stats.proportion(d, \"survived ~ sex\", {correct=true}) or stats.proportion(d, \"survived\", {p=0.5})",
    .summary = "whether shares differ between groups, or one from p",
    .example = "return stats.proportion(data('titanic'), 'survived ~ sex')",
    .misleads = "expected counts below 5: stats.fisher or stats.binomial are exact",
    .params = PROPORTION,
    .opts_size = sizeof(ProportionOpts),
    .run = proportion_run,
};
