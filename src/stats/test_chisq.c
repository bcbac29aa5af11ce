// Pearson's chi-squared tests: whether counts have given proportions, and whether two categories are independent.
// Effect: Cohen's w or Cramer's V from the uncorrected statistic, its interval from the noncentral distribution.
// Reference: Pearson 1900; Yates 1934; chisq.test of R; Smithson 2003 for the intervals.
#include "stats/cells_int.h"

#include "base/numfmt.h"

#include <math.h>

typedef struct ChisqOpts {
  const char *count, *ratio;
  bool correct;
  double conf;
} ChisqOpts;
static const Param PARAMS[] = {
    CELLS_COUNT(ChisqOpts),
    {"ratio", PARAM_TEXT, offsetof(ChisqOpts, ratio), 0, 0, "", NULL,
     "one category: expected proportions of its levels, \"9:3:3:1\"; equal ones when not given"},
    {"correct", PARAM_BOOL, offsetof(ChisqOpts, correct), 0, 0, "true", NULL,
     "continuity correction (Yates) of a 2 x 2 table"},
    TEST_CONF(ChisqOpts),
    PARAM_END};

// Proportions from "9:3:3:1", "0.5, 0.5" or "1 1 2".
static ErrCode read_ratio(Test *t, const char *text, const Cells *c, double *share) {
  int64_t k = 0;
  double sum = 0;
  for (const char *s = text; s && *(s += strspn(s, " ,:")); k++) {
    size_t n = strcspn(s, " ,:");
    double v;
    if (!parse_f64(s, n, &v) || !(v > 0) || isinf(v))
      return test_fail(t, ERR_ARG, "ratio must be positive numbers such as \"9:3:3:1\", \"%s\" was given", text);
    if (k < c->r) sum += share[k] = v;
    s += n;
  }
  if (text && k != c->r)
    return test_fail(t, ERR_ARG, "ratio has %lld numbers, '%s' has %lld levels", (long long)k, c->row_name,
                     (long long)c->r);
  for (int64_t i = 0; i < c->r; i++) share[i] = text ? share[i] / sum : 1 / (double)c->r;
  return OK;
}

static void add_chisq(Test *t, double statistic, double df) {
  result_real(t, "statistic", statistic);
  result_real(t, "df", df);
  result_real(t, "p", dist_chisq(statistic, df, DIST_UPPER));
}

static ErrCode fit_run(Test *t, const ChisqOpts *o) {
  Cells c;
  TRY(cells_read(t, o->count, false, &c));
  double *share = arena_array(&t->arena, double, c.r), sum = 0, least = INFINITY, n = (double)c.total;
  TRY(read_ratio(t, o->ratio, &c, share));
  for (int64_t i = 0; i < c.r; i++) {
    double e = share[i] * n, d = (double)c.n[i] - e;
    sum += d * d / e;
    least = fmin(least, e);
  }
  result_row(t);
  result_text(t, "groups", c.row_name);
  add_chisq(t, sum, (double)c.r - 1);
  effect_root(t, "cohen_w", sum, (double)c.r - 1, n, o->conf, INFINITY);
  result_int(t, "n", c.total);
  result_say(t, "Chi-squared test that the %lld levels of %s occur %s%s.", (long long)c.r, c.row_name,
             o->ratio ? "in the ratio " : "equally often", o->ratio ? o->ratio : "");
  result_say(t, "The least expected count is %s%s.", say_number(t, least),
             least < 5 ? ", below 5: the p value is rough" : "");
  rows_say(t, c.dropped);
  return OK;
}

static ErrCode chisq_run(Test *t, const void *opts) {
  const ChisqOpts *o = opts;
  if (t->q->term.n + (t->q->response ? 1 : 0) < 2 && !t->q->block) return fit_run(t, o);
  if (o->ratio) return test_fail(t, ERR_ARG, "ratio goes with one category, '%s' was given", t->q->text);
  Cells c;
  TRY(cells_read(t, o->count, true, &c));
  bool yates = o->correct && c.r == 2 && c.c == 2;
  double df = (double)((c.r - 1) * (c.c - 1)), least = (double)(c.r < c.c ? c.r : c.c) - 1,
         plain = cells_chisq(&c, false);
  result_row(t);
  result_text(t, "groups", arena_printf(&t->arena, "%s by %s", c.row_name, c.col_name));
  add_chisq(t, yates ? cells_chisq(&c, true) : plain, df);
  effect_root(t, "cramers_v", plain, df, (double)c.total * least, o->conf, 1);
  result_int(t, "n", c.total);
  result_say(t, "Chi-squared test that %s and %s are independent%s.", c.row_name, c.col_name,
             yates ? ", with Yates's continuity correction" : "");
  cells_say_expected(t, &c);
  rows_say(t, c.dropped);
  return OK;
}

const TestType test_chisq = {
    .name = "chisq",
    .signature = "stats.chisq(d, \"survived ~ sex\", {count=, correct=true}) or (d, \"colour\", {ratio=\"9:3:3:1\"})",
    .summary = "whether two categories are independent, or one has given proportions",
    .example = "return stats.chisq(data('ucb_admissions'), 'Admit ~ Gender', {count='Freq'})",
    .misleads = "expected counts below 5, or a third category that turns the association around: see d:crosstab",
    .params = PARAMS,
    .opts_size = sizeof(ChisqOpts),
    .run = chisq_run,
};
