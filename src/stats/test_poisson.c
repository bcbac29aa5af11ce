// Rates of counts, exactly: the sum of a column of counts over the exposure (the number of rows, or the sum of another
// column). Two rates: given both sums, the first one is binomial with a share that the ratio of the rates determines.
// References: Garwood 1936; Przyborowski and Wilenski 1940; poisson.test of R.
#include "stats/tests_int.h"

#include "num/num.h"

#include <math.h>

typedef struct PoissonOpts {
  int alternative;
  double rate, conf;
  const char *exposure;
} PoissonOpts;
static const Param PARAMS[] = {TEST_ALTERNATIVE(PoissonOpts),
                               {"rate", PARAM_REAL, offsetof(PoissonOpts, rate), 1e-300, PARAM_INF, "1", NULL,
                                "the rate, or of two groups the ratio of rates, under the null hypothesis"},
                               TEST_CONF(PoissonOpts),
                               {"exposure", PARAM_TEXT, offsetof(PoissonOpts, exposure), 0, 0, "", NULL,
                                "column of the time or size behind each count; 1 a row when not given"},
                               PARAM_END};

typedef struct Rates {
  double count[2], time[2];
  const char **name;
  int64_t k, total;
} Rates;

static ErrCode check_counts(Test *t, const char *name, const double *y, int64_t n) {
  for (int64_t i = 0; i < n; i++)
    if (!(y[i] >= 0 && y[i] == floor(y[i]) && y[i] <= 1e15))
      return test_fail(t, ERR_ARG, "'%s' must be counts (whole numbers from 0 on), it has %s", name,
                       say_number(t, y[i]));
  return OK;
}

// The rows with a present exposure, too.
static ErrCode open_rows(Test *t, const PoissonOpts *o, Rows *r, double **time) {
  int j = -1;
  *time = NULL;
  TRY(rows_complete(t, r));
  if (!o->exposure) return OK;
  ErrCode code = frame_col(t->f, sv(o->exposure), &j, t->err);
  if (code != OK) return t->err ? err_prefix(t->err, "%s: exposure", t->name) : code;
  const Column *c = frame_at(t->f, j);
  int64_t n = 0, *row;
  TRY(test_array(t, r->n * (int64_t)sizeof *row, &row));
  for (int64_t i = 0; i < r->n; i++) {
    row[n] = rows_at(r, i);
    n += col_valid(c, row[n]) && !(c->type == COL_F64 && isnan(c->f[row[n]]));
  }
  *r = (Rows){row, n, r->dropped + r->n - n};
  TRY(rows_values(t, o->exposure, r, time));
  for (int64_t i = 0; i < n; i++)
    if (!((*time)[i] > 0)) return test_fail(t, ERR_ARG, "exposure '%s' must be positive in every row", o->exposure);
  return OK;
}

static ErrCode sum_rates(Test *t, const PoissonOpts *o, Rates *out, int64_t *dropped) {
  const Formula *q = t->q;
  const char *y = q->response ? q->response : q->term.n == 1 ? q->term.name[0] : NULL;
  bool split = q->response && q->term.n == 1;
  if (!y || q->block || q->term.n > 1)
    return test_fail(t, ERR_ARG, "the formula must read \"count\" or \"count ~ group\", '%s' was given", q->text);
  Rows r;
  Factor g = {.k = 1};
  double *count, *time, *part;
  TRY(open_rows(t, o, &r, &time));
  TRY(rows_values(t, y, &r, &count));
  TRY(check_counts(t, y, count, r.n));
  if (split) TRY(rows_factor(t, q->term.name[0], &r, &g));
  if (r.n == 0) return test_fail(t, ERR_ARG, "no row has all values");
  if (split && g.k != 2)
    return test_fail(t, ERR_ARG, "'%s' must make exactly 2 groups, it makes %lld", g.name, (long long)g.k);
  TRY(test_array(t, r.n * (int64_t)sizeof *part, &part));
  *out = (Rates){.name = g.level, .k = g.k, .total = r.n};
  for (int64_t k = 0; k < g.k; k++) {
    for (int64_t i = 0; i < r.n; i++) part[i] = !split || g.code[i] == k ? count[i] : 0;
    out->count[k] = sum_f64(t->job, part, r.n);
    for (int64_t i = 0; i < r.n; i++) part[i] = split && g.code[i] != k ? 0 : time ? time[i] : 1;
    out->time[k] = sum_f64(t->job, part, r.n);
  }
  *dropped = r.dropped;
  return OK;
}

static ErrCode poisson_run(Test *t, const void *opts) {
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  const PoissonOpts *o = opts;
  Rates r = {0};
  int64_t dropped = 0;
  TRY(sum_rates(t, o, &r, &dropped));
  double x = r.count[0], all = x + r.count[1], weight = o->rate * r.time[0];
  if (r.k == 2 && all == 0) return test_fail(t, ERR_ARG, "all counts are 0: there is no rate to compare");
  Exact e = r.k == 1 ? exact_poisson(x, weight, (Alternative)o->alternative, o->conf)
                     : exact_binomial(x, all, weight / (weight + r.time[1]), (Alternative)o->alternative, o->conf);
  result_row(t);
  if (r.k == 2) result_text(t, "groups", arena_printf(&t->arena, "%s / %s", r.name[0], r.name[1]));
  else result_text(t, "groups", t->q->response ? t->q->response : t->q->term.name[0]);
  result_real(t, "statistic", x);
  result_real(t, "p", e.p);
  if (r.k == 1) {
    result_estimate(t, x / r.time[0], e.low / r.time[0], e.high / r.time[0]);
    result_real(t, "exposure", r.time[0]);
  } else {
    double odds = r.time[1] / r.time[0];
    result_estimate(t, x / r.time[0] / (r.count[1] / r.time[1]), e.low / (1 - e.low) * odds,
                    e.high < 1 ? e.high / (1 - e.high) * odds : INFINITY);
    result_real(t, "rate_1", x / r.time[0]);
    result_real(t, "rate_2", r.count[1] / r.time[1]);
  }
  result_int(t, "n", r.total);
  result_say(t, "Exact Poisson test. Alternative: the %s %s %s.", r.k == 1 ? "rate" : "ratio of the rates",
             words[o->alternative], say_number(t, o->rate));
  rows_say(t, dropped);
  return OK;
}

const TestType test_poisson = {
    .name = "poisson",
    .signature = "stats.poisson(d, \"count ~ group\", {rate=1, exposure=\"hours\"})",
    .summary = "whether a rate of counts is a given one, or two are equal",
    .example = "return stats.poisson(data('insect_sprays'):where \"spray == 'A' or spray == 'B'\", 'count ~ spray')",
    .misleads = "counts that vary more than their mean (events in clusters): p is far too small then",
    .params = PARAMS,
    .opts_size = sizeof(PoissonOpts),
    .run = poisson_run,
};
