// Whether two columns go together.
//   pearson   t of r with n - 2 degrees of freedom; interval by Fisher's transform
//   spearman  the same of average ranks; interval with Bonett and Wright's variance (1 + r^2 / 2) / (n - 3)
//   kendall   tau-b by sorting and counting exchanges, O(n log n); exact p below 50 rows without ties, else normal with
//             the variance that ties leave; interval with Fieller's variance 0.437 / (n - 4)
// References: Fisher 1921; Bonett and Wright 2000; Fieller, Hartley and Pearson 1957; Kendall 1970; Knight 1966;
// cor.test of R (spearman: exact = FALSE).
#include "stats/tests_int.h"

#include "num/num.h"
#include "stats/stats.h"

#include <math.h>

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

typedef struct Found {
  const char *statistic;
  double r, stat, df, p, se; // se: of atanh r
} Found;

static double side(const CorrelationOpts *o, double lower, double upper) {
  if (o->alternative == TWO_SIDED) return fmin(1, 2 * fmin(lower, upper));
  return o->alternative == LESS ? lower : upper;
}

// ---- Pearson and Spearman ------------------------------------------------------------------------------------------
static ErrCode linear(Test *t, const CorrelationOpts *o, const double *x, const double *y, int64_t n, Found *f) {
  double *u, *v;
  TRY(test_array(t, n * (int64_t)sizeof *u, &u));
  TRY(test_array(t, n * (int64_t)sizeof *v, &v));
  if (o->method == SPEARMAN) {
    TRY(rank_average(t->job, x, n, u, t->err));
    TRY(rank_average(t->job, y, n, v, t->err));
  } else {
    memcpy(u, x, (size_t)n * sizeof *u);
    memcpy(v, y, (size_t)n * sizeof *v);
  }
  if (!stats_pearson(t->job, u, v, n, &f->r)) return test_fail(t, ERR_ARG, "there is no spread to compare");
  f->df = (double)n - 2;
  f->stat = sqrt(f->df) * f->r / sqrt(1 - f->r * f->r);
  f->p = side(o, dist_t(f->stat, f->df, DIST_LOWER), dist_t(f->stat, f->df, DIST_UPPER));
  f->se = n > 3 ? sqrt((o->method == SPEARMAN ? 1 + f->r * f->r / 2 : 1) / (double)(n - 3)) : NAN;
  return OK;
}

// ---- Kendall -------------------------------------------------------------------------------------------------------
// Sorts y[0..n) and returns how many pairs stood in the wrong order.
static double count_exchanges(double *y, double *room, int64_t n) {
  int64_t swaps = 0;
  for (int64_t width = 1; width < n; width *= 2) {
    for (int64_t at = 0; at < n; at += 2 * width) {
      int64_t mid = at + width < n ? at + width : n, end = at + 2 * width < n ? at + 2 * width : n, i = at, j = mid;
      for (int64_t k = at; k < end; k++)
        if (i < mid && (j >= end || y[i] <= y[j])) room[k] = y[i++];
        else room[k] = y[j++], swaps += mid - i;
    }
    memcpy(y, room, (size_t)n * sizeof *y);
  }
  return (double)swaps;
}

typedef struct Ties {       // over groups of m equal values, in sorted order
  double pairs, three, var; // m (m - 1) / 2; m (m - 1) (m - 2); m (m - 1) (2 m + 5)
} Ties;

static void add_tie(Ties *t, double m) {
  t->pairs += m * (m - 1) / 2, t->three += m * (m - 1) * (m - 2), t->var += m * (m - 1) * (2 * m + 5);
}

static Ties count_ties(const double *x, int64_t n) {
  Ties t = {0};
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && x[j] == x[i]; j++) continue;
    add_tie(&t, (double)(j - i));
  }
  return t;
}

// P(T <= k) among the permutations of n, T concordant pairs.
static double exact_tau(double k, int64_t n) {
  enum { MOST = 50 * 49 / 2 + 1 };
  double ways[MOST] = {1}, next[MOST];
  for (int64_t m = 2; m <= n; m++) {
    double run = 0;
    for (int64_t i = 0; i <= m * (m - 1) / 2; i++) { // the m-th value passes 0 to m - 1 others
      run += i <= (m - 1) * (m - 2) / 2 ? ways[i] / (double)m : 0;
      if (i >= m) run -= ways[i - m] / (double)m;
      next[i] = run;
    }
    memcpy(ways, next, (size_t)(m * (m - 1) / 2 + 1) * sizeof *ways);
  }
  double sum = 0;
  for (int64_t i = 0; i <= (int64_t)k && i <= n * (n - 1) / 2; i++) sum += ways[i];
  return fmin(sum, 1);
}

// The smaller of the two tails keeps its digits: they mirror each other.
static double tau_tail(double concordant, int64_t n, DistTail tail) {
  double pairs = (double)n * (double)(n - 1) / 2;
  if (tail == DIST_LOWER) return exact_tau(concordant, n);
  return concordant <= 0 ? 1 : exact_tau(pairs - concordant, n);
}

static void tau_p(const CorrelationOpts *o, int64_t n, double s, const Ties *tx, const Ties *ty, Found *f) {
  double m = (double)n, pairs = m * (m - 1) / 2;
  if (n < 50 && tx->pairs == 0 && ty->pairs == 0) {
    double concordant = rint((s + pairs) / 2);
    f->statistic = "T", f->stat = concordant;
    f->p = side(o, tau_tail(concordant, n, DIST_LOWER), tau_tail(concordant, n, DIST_UPPER));
    return;
  }
  double var = (m * (m - 1) * (2 * m + 5) - tx->var - ty->var) / 18 + 2 * tx->pairs * ty->pairs / (m * (m - 1)) +
               tx->three * ty->three / (9 * m * (m - 1) * (m - 2));
  f->stat = s / sqrt(var);
  f->p = side(o, dist_norm(f->stat, DIST_LOWER), dist_norm(f->stat, DIST_UPPER));
}

static ErrCode kendall(Test *t, const CorrelationOpts *o, const double *x, const double *y, int64_t n, Found *f) {
  uint64_t *key;
  int64_t *perm;
  double *sx, *sy, *room;
  TRY(test_array(t, n * (int64_t)sizeof *key, &key));
  TRY(test_array(t, n * (int64_t)sizeof *perm, &perm));
  TRY(test_array(t, 3 * n * (int64_t)sizeof *sx, &sx));
  sy = sx + n, room = sy + n;
  for (int64_t i = 0; i < n; i++) key[i] = order_key_f64(y[i]);
  TRY(order_keys(t->job, key, n, false, perm, t->err));
  for (int64_t i = 0; i < n; i++) key[i] = order_key_f64(x[i]);
  TRY(order_keys(t->job, key, n, true, perm, t->err)); // by x, then y
  for (int64_t i = 0; i < n; i++) sx[i] = x[perm[i]], sy[i] = y[perm[i]];
  Ties both = {0}, tx = count_ties(sx, n);
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && sx[j] == sx[i] && sy[j] == sy[i]; j++) continue;
    add_tie(&both, (double)(j - i));
  }
  double swaps = count_exchanges(sy, room, n), pairs = (double)n * (double)(n - 1) / 2;
  Ties ty = count_ties(sy, n);
  double s = pairs - tx.pairs - ty.pairs + both.pairs - 2 * swaps;
  f->r = s / (sqrt(pairs - tx.pairs) * sqrt(pairs - ty.pairs));
  f->se = n > 4 ? sqrt(0.437 / (double)(n - 4)) : NAN;
  tau_p(o, n, s, &tx, &ty, f);
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
  if (o->method != KENDALL) result_int(t, "df", (int64_t)f->df);
  result_real(t, "p", f->p);
  result_estimate(t, f->r, low, high);
  result_int(t, "n", n);
}

static void say_method(Test *t, const CorrelationOpts *o, const char *x, const char *y, int64_t n, const Found *f) {
  static const char *const names[] = {"Pearson's correlation", "Spearman's rank correlation", "Kendall's tau-b"};
  static const char *const words[] = {"differs from", "is less than", "is greater than"};
  result_say(t, "%s of %s and %s%s. Alternative: it %s 0.", names[o->method], x, y,
             o->method != KENDALL ? ""
             : f->statistic       ? ", exact p"
                                  : ", p by the normal distribution",
             words[o->alternative]);
  if (o->method == SPEARMAN && n < 10) result_say(t, "p, by Student's t, is rough below 10 rows.");
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
  const char *xname = NULL, *yname = NULL;
  Rows r;
  double *x, *y;
  Found f = {0};
  TRY(choose(t, &xname, &yname));
  TRY(rows_complete(t, &r));
  TRY(rows_values(t, xname, &r, &x));
  TRY(rows_values(t, yname, &r, &y));
  if (r.n < 3) return test_fail(t, ERR_ARG, "%lld rows have both values, at least 3 are needed", (long long)r.n);
  if (is_constant(x, r.n) || is_constant(y, r.n))
    return test_fail(t, ERR_ARG, "'%s' is constant: it has no correlation", is_constant(x, r.n) ? xname : yname);
  Samples s = {.k = 2, .n = (int64_t[]){r.n, r.n}, .x = (double *[]){x, y}, .name = (const char *[]){xname, yname}};
  TRY(o->method == KENDALL ? kendall(t, o, x, y, r.n, &f) : linear(t, o, x, y, r.n, &f));
  add_answer(t, o, xname, yname, r.n, &f);
  say_method(t, o, xname, yname, r.n, &f);
  rows_say(t, r.dropped);
  if (o->method == PEARSON) TRY(assume_normal(t, &s));
  return OK;
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
