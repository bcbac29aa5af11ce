// Whether two columns go together.
//   pearson   t of r with n - 2 degrees of freedom; interval by Fisher's transform
//   spearman  of average ranks; p of the sum S of squared differences of the ranks where nothing is tied (spearman.c),
//             else t as above; interval with Bonett and Wright's variance (1 + r^2 / 2) / (n - 3)
//   kendall   tau-b (kendall.c); exact p of the number T of concordant pairs below 50 rows without ties, else normal
//             with the variance that ties leave; interval with Fieller's variance 0.437 / (n - 4)
// The column `method` names the distribution of the statistic that p comes from; which one is chosen, as in cor.test of
// R. References: Fisher 1921; Bonett and Wright 2000; Fieller, Hartley and Pearson 1957.
#include "stats/rank_corr_int.h"

#include "num/num.h"
#include "stats/corr_int.h"
#include "stats/stats.h"

#include <math.h>
#include <stdlib.h>

typedef enum { PEARSON, SPEARMAN, KENDALL } Method;
typedef struct CorrelationOpts {
  int method, alternative;
  double conf;
} CorrelationOpts;
static const Param PARAMS[] = {{"method", PARAM_CHOICE, offsetof(CorrelationOpts, method), 0, 0, "pearson",
                                "pearson|spearman|kendall", "straight lines, any monotone relation, or pairs in order"},
                               TEST_ALTERNATIVE(CorrelationOpts),
                               TEST_CONF(CorrelationOpts),
                               PARAM_END};

typedef struct Both { // the values of two columns; whole: in all rows of the frame
  const char *xname, *yname;
  const double *x, *y;
  bool whole;
} Both;

typedef struct Found {
  const char *method;        // that p comes from
  double r, stat, df, p, se; // se: of atanh r
} Found;

static double side(const CorrelationOpts *o, double lower, double upper) {
  if (o->alternative == TWO_SIDED) return fmin(1, 2 * fmin(lower, upper));
  return o->alternative == LESS ? lower : upper;
}

static void put_rank_test(const CorrelationOpts *o, RankTest t, Found *f) {
  f->method = t.method, f->stat = t.statistic, f->p = t.p[o->alternative], f->df = NAN;
}

// ---- Pearson and Spearman ------------------------------------------------------------------------------------------
// Average ranks, n <= SPEARMAN_MOST: ties make the sum of their squares smaller.
static bool is_untied(const double *rank, int64_t n) {
  double sum = 0, size = (double)n; // quarters: exact
  for (int64_t i = 0; i < n; i++) sum += rank[i] * rank[i];
  return 6 * sum == size * (size + 1) * (2 * size + 1);
}

// Of all rows of two columns of the frame: one pass over them, as stats_corr's.
static ErrCode pearson_of_columns(Test *t, const char *x, const char *y, double *r) {
  CorrIn in;
  CorrPair *pair = NULL;
  const Names both = {(const char *[]){x, y}, 2};
  ErrCode code = corr_in(t->job, t->f, &both, t->name, col_is_number, "", true, &in, t->err);
  if (code == OK) pair = corr_pairs_new(2);
  if (code == OK) code = corr_pearson(&in, false, pair, t->err);
  if (code == OK) *r = pair[1].r;
  free(pair);
  corr_in_fini(&in);
  return code;
}

static ErrCode pearson_of_values(Test *t, const double *x, const double *y, int64_t n, double *r) {
  double *u, *v;
  TRY(test_array(t, n * (int64_t)sizeof *u, &u));
  TRY(test_array(t, n * (int64_t)sizeof *v, &v));
  memcpy(u, x, (size_t)n * sizeof *u);
  memcpy(v, y, (size_t)n * sizeof *v);
  if (!stats_pearson(t->job, u, v, n, r)) *r = NAN;
  return OK;
}

static ErrCode linear(Test *t, const CorrelationOpts *o, const Both *b, int64_t n, Found *f) {
  double *u, *v;
  bool known = false; // the distribution of S
  if (o->method == SPEARMAN) {
    TRY(test_array(t, n * (int64_t)sizeof *u, &u));
    TRY(test_array(t, n * (int64_t)sizeof *v, &v));
    TRY(rank_average(t->job, b->x, n, u, t->err));
    TRY(rank_average(t->job, b->y, n, v, t->err));
    known = n <= SPEARMAN_MOST && is_untied(u, n) && is_untied(v, n);
    if (!stats_pearson(t->job, u, v, n, &f->r)) f->r = NAN;
  } else if (b->whole) {
    TRY(pearson_of_columns(t, b->xname, b->yname, &f->r));
  } else {
    TRY(pearson_of_values(t, b->x, b->y, n, &f->r));
  }
  if (isnan(f->r)) return test_fail(t, ERR_ARG, "there is no spread to compare");
  f->df = (double)n - 2;
  f->stat = sqrt(f->df) * f->r / sqrt(1 - f->r * f->r);
  f->p = side(o, dist_t(f->stat, f->df, DIST_LOWER), dist_t(f->stat, f->df, DIST_UPPER));
  f->method = "t";
  if (known) put_rank_test(o, spearman_test(f->r, n), f);
  f->se = n > 3 ? sqrt((o->method == SPEARMAN ? 1 + f->r * f->r / 2 : 1) / (double)(n - 3)) : NAN;
  return OK;
}

// ---- Kendall -------------------------------------------------------------------------------------------------------
static ErrCode rank_column(Test *t, const double *x, int64_t n, uint32_t **order, uint32_t **rank, bool *ties) {
  uint64_t *key, *scratch;
  TRY(test_array(t, n * (int64_t)sizeof *key, &key));
  TRY(test_array(t, (5 * n / 2 + 1) * (int64_t)sizeof *scratch, &scratch));
  TRY(test_array(t, n * (int64_t)sizeof **order, order));
  TRY(test_array(t, n * (int64_t)sizeof **rank, rank));
  for (int64_t i = 0; i < n; i++) key[i] = order_key_f64(x[i]);
  RankIn in = {.key = key, .n = n, .real = true, .scratch = scratch, .order = *order, .rank = *rank};
  TRY(order_ranks(&in, t->err));
  *ties = *ties || in.ties;
  return OK;
}

static ErrCode kendall(Test *t, const CorrelationOpts *o, const double *x, const double *y, int64_t n, Found *f) {
  uint32_t *order, *other, *rank_x, *rank_y, *room;
  bool ties = false;
  TRY(rank_column(t, y, n, &other, &rank_y, &ties));
  TRY(rank_column(t, x, n, &order, &rank_x, &ties));
  TRY(test_array(t, 3 * n * (int64_t)sizeof *room, &room));
  KendallCounts c = kendall_count(order, rank_x, rank_y, n, ties, room);
  f->r = kendall_tau(&c);
  f->se = n > 4 ? sqrt(0.437 / (double)(n - 4)) : NAN;
  put_rank_test(o, kendall_test(&c), f);
  return OK;
}

// ---- the test ------------------------------------------------------------------------------------------------------
static double atanh_of(double r) { return fmath_log1p(2 * r / (1 - r)) / 2; }

static void add_answer(Test *t, const CorrelationOpts *o, const char *x, const char *y, int64_t n, const Found *f) {
  double z = -dist_norm_quantile(o->alternative == TWO_SIDED ? (1 - o->conf) / 2 : 1 - o->conf), low = -1, high = 1;
  double at = fabs(f->r) < 1 ? atanh_of(f->r) : copysign(INFINITY, f->r);
  if (o->alternative != LESS) low = isnan(f->se) ? NAN : fmath_tanh(at - z * f->se);
  if (o->alternative != GREATER) high = isnan(f->se) ? NAN : fmath_tanh(at + z * f->se);
  result_row(t);
  result_text(t, "columns", arena_printf(&t->arena, "%s, %s", x, y));
  result_real(t, "statistic", f->stat);
  if (!isnan(f->df)) result_int(t, "df", (int64_t)f->df);
  result_real(t, "p", f->p);
  result_text(t, "method", f->method);
  result_estimate(t, f->r, low, high);
  result_int(t, "n", n);
}

static void say_method(Test *t, const CorrelationOpts *o, const char *x, const char *y, int64_t n, const Found *f) {
  static const char *const names[] = {"Pearson's correlation", "Spearman's rank correlation", "Kendall's tau-b"};
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  static const char *const from[][2] = {
      {"exact", "exact distribution of the statistic"},
      {"edgeworth", "Edgeworth's series for S, the sum of squared differences of the ranks"},
      {"normal", "normal approximation"},
      {"t", "Student's t"},
  };
  const char *how = "";
  for (size_t k = 0; k < sizeof from / sizeof *from; k++)
    if (strcmp(f->method, from[k][0]) == 0) how = from[k][1];
  result_say(t, "%s of %s and %s; p: %s. Alternative: it %s 0.", names[o->method], x, y, how, words[o->alternative]);
  if (o->method == SPEARMAN && n < 10 && strcmp(f->method, "t") == 0)
    result_say(t, "p, by Student's t, is rough below 10 rows.");
}

static ErrCode choose(Test *t, const char **x, const char **y) {
  const Formula *q = t->q;
  bool two = q->response ? q->term.n == 1 : q->term.n == 2;
  if (!two || q->block)
    return test_fail(t, ERR_ARG, "the formula must read \"y ~ x\" or \"~ x + y\", '%s' was given", q->text);
  *x = q->response ? q->response : q->term.name[0];
  *y = q->response ? q->term.name[0] : q->term.name[1];
  return OK;
}

static bool is_constant(const double *x, int64_t n) {
  for (int64_t i = 1; i < n; i++)
    if (x[i] != x[0]) return false;
  return true;
}

static ErrCode correlation_run(Test *t, const void *opts) {
  const CorrelationOpts *o = opts;
  Both b = {0};
  Rows r;
  Found f = {0};
  TRY(choose(t, &b.xname, &b.yname));
  TRY(rows_complete(t, &r));
  TRY(rows_lent(t, b.xname, &r, &b.x));
  TRY(rows_lent(t, b.yname, &r, &b.y));
  if (r.n < 3) return test_fail(t, ERR_ARG, "%lld rows have both values, at least 3 are needed", (long long)r.n);
  if (is_constant(b.x, r.n) || is_constant(b.y, r.n))
    return test_fail(t, ERR_ARG, "'%s' is constant: it has no correlation", is_constant(b.x, r.n) ? b.xname : b.yname);
  b.whole = !r.row;
  TRY(o->method == KENDALL ? kendall(t, o, b.x, b.y, r.n, &f) : linear(t, o, &b, r.n, &f));
  add_answer(t, o, b.xname, b.yname, r.n, &f);
  say_method(t, o, b.xname, b.yname, r.n, &f);
  rows_say(t, r.dropped);
  Samples s = {.k = 2, .n = (int64_t[]){r.n, r.n}, .name = (const char *[]){b.xname, b.yname}};
  s.x = (double *[]){(double *)(uintptr_t)b.x, (double *)(uintptr_t)b.y}; // which are only read
  return o->method == PEARSON ? assume_normal(t, &s) : OK;
}

const TestType test_correlation = {
    .name = "correlation",
    .signature = "stats.correlation(d, \"y ~ x\", {method=\"pearson\"})",
    .summary = "whether two columns go together",
    .example = "return stats.correlation(data('cars'), 'Horsepower ~ Displacement', {method='kendall'})",
    .misleads = "a curve, a few values far out or two groups mixed: look at d:scatter first",
    .params = PARAMS,
    .opts_size = sizeof(CorrelationOpts),
    .run = correlation_run,
};
