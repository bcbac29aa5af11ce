// Fitting distributions by maximum likelihood: normal, lognormal, exponential, Poisson, binomial.
//
// Standard errors are those of the inverse information; intervals are estimate +- z se. Goodness of fit: Anderson and
// Darling (normal, lognormal: Stephens's p for estimated parameters); Kolmogorov and Smirnov's distance (exponential:
// its p is too large, since the rate comes from the same values); chi-squared over classes of neighbouring counts with
// 5 expected each (Poisson, binomial). Without dist= the distributions that can have made the values are ranked by AIC;
// for whole numbers a density at a count is taken as its probability, so that both kinds compare.
// Checked against fitdistr of MASS, chisq.test and ad.test of nortest.
#include "stats/exact_int.h"
#include "stats/tests_int.h"

#include <math.h>

typedef struct FittingOpts {
  int dist;
  int64_t size;
  double conf;
} FittingOpts;
#define FIT_DISTS "best|normal|lognormal|exponential|poisson|binomial"
typedef enum { FIT_BEST, FIT_NORMAL, FIT_LOGNORMAL, FIT_EXPONENTIAL, FIT_POISSON, FIT_BINOMIAL, FIT_ALL } FitDist;
static const char *const NAMES[] = {"best", "normal", "lognormal", "exponential", "poisson", "binomial"};
static const Param PARAMS[] = {
    {"dist", PARAM_CHOICE, offsetof(FittingOpts, dist), 0, 0, "best", FIT_DISTS, "the distribution; best: a ranking"},
    {"size", PARAM_INT, offsetof(FittingOpts, size), 0, 1e9, "0", NULL, "of the binomial: trials behind each count"},
    TEST_CONF(FittingOpts),
    PARAM_END};
enum { LEAST_EXPECTED = 5, AD_LEAST = 8, MOST_COUNT = 1000000 };

typedef struct Sorted {
  const double *x; // sorted
  double *work, *log_x;
  int64_t n, size;
  double sum;
  bool whole;
} Sorted;

typedef struct Fitted {
  int dist, npar;
  const char *name[2];
  double par[2], se[2], log_lik, aic, bic;
  const char *gof;
  double statistic, df, p;
} Fitted;

// ---- each distribution: estimates and likelihood ------------------------------------------------------------------
static void fit_normal(Job *job, const double *x, int64_t n, Fitted *f) {
  Moments m = moments_f64(job, x, n);
  double size = (double)n, var = m.m2 / size;
  f->npar = 2;
  f->name[0] = "mean", f->name[1] = "sd";
  f->par[0] = m.mean, f->par[1] = sqrt(var);
  f->se[0] = sqrt(var / size), f->se[1] = sqrt(var / (2 * size));
  f->log_lik = -size / 2 * (0x1.d67f1c864beb5p+0 + fmath_log(var) + 1); // log(2 pi)
}

static void fit_one(const char *name, double par, double se, Fitted *f) {
  f->npar = 1, f->name[0] = name, f->par[0] = par, f->se[0] = se;
}

static double sum_of(Job *job, const Sorted *v, double (*term)(double x, double size), double size) {
  for (int64_t i = 0; i < v->n; i++) v->work[i] = term(v->x[i], size);
  return sum_f64(job, v->work, v->n);
}
static double log_factorial(double x, double size) { return (void)size, dist_lgamma(x + 1); }
static double log_ways(double x, double size) {
  return dist_lgamma(size + 1) - dist_lgamma(x + 1) - dist_lgamma(size - x + 1);
}
static double times_log(double k, double p) { return k > 0 ? k * fmath_log(p) : 0; }

static void fit_dist(Job *job, const Sorted *v, Fitted *f) {
  double n = (double)v->n, mean = v->sum / n, size = (double)v->size, p = mean / size;
  switch ((FitDist)f->dist) {
  case FIT_NORMAL: fit_normal(job, v->x, v->n, f); break;
  case FIT_LOGNORMAL:
    fit_normal(job, v->log_x, v->n, f);
    f->name[0] = "meanlog", f->name[1] = "sdlog";
    f->log_lik -= sum_f64(job, v->log_x, v->n);
    break;
  case FIT_EXPONENTIAL:
    fit_one("rate", 1 / mean, 1 / mean / sqrt(n), f);
    f->log_lik = -n * (fmath_log(mean) + 1);
    break;
  case FIT_POISSON:
    fit_one("lambda", mean, sqrt(mean / n), f);
    f->log_lik = times_log(v->sum, mean) - v->sum - sum_of(job, v, log_factorial, 0);
    break;
  case FIT_BINOMIAL:
    fit_one("prob", p, sqrt(p * (1 - p) / (n * size)), f);
    f->log_lik = sum_of(job, v, log_ways, size) + times_log(v->sum, p) + times_log(n * size - v->sum, 1 - p);
    break;
  case FIT_BEST:
  case FIT_ALL: break;
  }
  f->aic = 2 * f->npar - 2 * f->log_lik;
  f->bic = f->npar * fmath_log(n) - 2 * f->log_lik;
}

// ---- goodness of fit ----------------------------------------------------------------------------------------------
static double count_below(const Fitted *f, const Sorted *v, double k) { // P(X <= k)
  if (k < 0) return 0;
  if (f->dist == FIT_POISSON) return dist_gamma(f->par[0], k + 1, DIST_UPPER);
  return k >= (double)v->size ? 1 : dist_beta(f->par[0], k + 1, (double)v->size - k, DIST_UPPER);
}

// Classes of neighbouring counts from 0 on, each closed once 5 cases are expected; what is left joins the last one.
static void gof_classes(const Sorted *v, Fitted *f) {
  double n = (double)v->n, below = 0, e_last = 0, o_last = 0, sum = 0;
  int64_t classes = 0, i = 0;
  for (double k = 0; below < 1; k++) {
    double upto = count_below(f, v, k), e = (upto - below) * n, rest = (1 - upto) * n;
    int64_t from = i;
    if (e < LEAST_EXPECTED && rest >= LEAST_EXPECTED) continue;
    bool last = rest < LEAST_EXPECTED;
    while (i < v->n && (last || v->x[i] <= k)) i++;
    if (last) e += rest, upto = 1;
    if (classes && e < LEAST_EXPECTED) { // join the one before
      sum -= (o_last - e_last) * (o_last - e_last) / e_last;
      e += e_last, classes--;
      from -= (int64_t)o_last;
    }
    e_last = e, o_last = (double)(i - from);
    sum += (o_last - e_last) * (o_last - e_last) / e_last;
    classes++, below = upto;
  }
  f->gof = "chi_squared";
  f->df = (double)classes - 2;
  f->statistic = classes > 2 ? sum : NAN;
  f->p = classes > 2 ? dist_chisq(sum, f->df, DIST_UPPER) : NAN;
}

static void gof_exponential(const Sorted *v, Fitted *f) {
  double n = (double)v->n, d = 0;
  for (int64_t i = 0; i < v->n; i++) {
    double p = -fmath_expm1(-f->par[0] * v->x[i]) - (double)i / n;
    d = fmax(d, fmax(p, 1 / n - p));
  }
  f->gof = "kolmogorov_smirnov";
  f->statistic = d;
  f->p = kolmogorov_limit(sqrt(n) * d);
}

static void gof(Job *job, const Sorted *v, Fitted *f) {
  f->df = f->statistic = f->p = NAN;
  f->gof = "";
  if (f->dist == FIT_POISSON || f->dist == FIT_BINOMIAL) gof_classes(v, f);
  else if (f->dist == FIT_EXPONENTIAL) gof_exponential(v, f);
  else if (v->n >= AD_LEAST && f->par[1] > 0) {
    f->gof = "anderson_darling";
    f->statistic = normality_distance(job, f->dist == FIT_LOGNORMAL ? v->log_x : v->x, v->n, v->work, &f->p);
  }
}

// ---- what can be fitted -------------------------------------------------------------------------------------------
// NULL when the distribution can have made the values, else what stands against it.
static const char *against(const Sorted *v, int dist) {
  double least = v->x[0], most = v->x[v->n - 1];
  if (dist == FIT_NORMAL) return least == most ? "all values are equal" : NULL;
  if (dist == FIT_LOGNORMAL)
    return least <= 0 ? "values must be positive" : least == most ? "all values are equal" : NULL;
  if (dist == FIT_EXPONENTIAL) return least < 0 ? "values must not be negative" : most == 0 ? "all values are 0" : NULL;
  if (!v->whole || least < 0) return "values must be counts (0, 1, 2, ...)";
  if (most > MOST_COUNT) return "counts are above 1,000,000";
  if (dist == FIT_POISSON) return most == 0 ? "all values are 0" : NULL;
  if (v->size == 0) return "size=, the number of trials behind each count, must be given";
  return most > (double)v->size ? "a count is above size" : NULL;
}

static ErrCode read_values(Test *t, const FittingOpts *o, Sorted *v, int64_t *dropped) {
  Samples s;
  TRY(samples_split(t, 1, 1, 2, &s));
  *v = (Sorted){.x = s.x[0], .n = s.n[0], .whole = true, .size = o->size};
  *dropped = s.dropped;
  TRY(order_sort_f64(t->job, s.x[0], v->n, t->err));
  TRY(test_array(t, v->n * (int64_t)sizeof(double), &v->work));
  TRY(test_array(t, v->n * (int64_t)sizeof(double), &v->log_x));
  for (int64_t i = 0; i < v->n; i++) v->whole = v->whole && v->x[i] == floor(v->x[i]);
  if (v->x[0] > 0) fmath_log_n(v->x, v->log_x, v->n);
  v->sum = sum_f64(t->job, v->x, v->n);
  if (!v->size && v->whole && v->x[0] == 0 && v->x[v->n - 1] == 1) v->size = 1;
  return OK;
}

// ---- the answer ---------------------------------------------------------------------------------------------------
static void add_fit(Test *t, const Fitted *f) {
  result_real(t, "log_lik", f->log_lik);
  result_real(t, "aic", f->aic);
  result_real(t, "bic", f->bic);
  result_text(t, "gof", f->gof);
  result_real(t, "gof_statistic", f->statistic);
  result_real(t, "gof_df", f->df);
  result_real(t, "gof_p", f->p);
}

static void add_one(Test *t, const FittingOpts *o, const Sorted *v, const Fitted *f) {
  double z = -dist_norm_quantile((1 - o->conf) / 2);
  for (int k = 0; k < f->npar; k++) {
    result_row(t);
    result_text(t, "parameter", f->name[k]);
    result_real(t, "estimate", f->par[k]);
    result_real(t, "se", f->se[k]);
    result_real(t, "low", f->par[k] - z * f->se[k]);
    result_real(t, "high", f->par[k] + z * f->se[k]);
    if (k == 0) add_fit(t, f);
    if (k == 0) result_int(t, "n", v->n);
  }
  if (!isnan(f->p)) result_say(t, "Goodness of fit: %s.", say_p(t, f->p));
  if (f->dist == FIT_EXPONENTIAL) result_say(t, "The rate comes from the same values, so the true p is smaller.");
}

static const char *par_words(Test *t, const Fitted *f, int k, double z) { // "mean = 9.5 [7.85, 11.15]"
  return arena_printf(&t->arena, "%s = %s [%s, %s]", f->name[k], say_number(t, f->par[k]),
                      say_number(t, f->par[k] - z * f->se[k]), say_number(t, f->par[k] + z * f->se[k]));
}

static void add_ranking(Test *t, const FittingOpts *o, const Sorted *v, Fitted *f, int m) {
  double z = -dist_norm_quantile((1 - o->conf) / 2);
  for (int i = 1; i < m; i++)
    for (int k = i; k > 0 && f[k].aic < f[k - 1].aic; k--) {
      Fitted swap = f[k];
      f[k] = f[k - 1], f[k - 1] = swap;
    }
  for (int i = 0; i < m; i++) {
    const char *par = par_words(t, &f[i], 0, z);
    if (f[i].npar == 2) par = arena_printf(&t->arena, "%s, %s", par, par_words(t, &f[i], 1, z));
    result_row(t);
    result_text(t, "dist", NAMES[f[i].dist]);
    result_text(t, "parameters", par);
    result_real(t, "delta_aic", f[i].aic - f[0].aic);
    add_fit(t, &f[i]);
    result_int(t, "n", v->n);
  }
  result_say(t, "Ranked by AIC, the best first; a difference below 2 decides little. Parameters with %s %% intervals.",
             say_number(t, 100 * o->conf));
  if (!isnan(f[0].p) && f[0].p < 0.05)
    result_say(t, "Even the best does not fit well (goodness of fit: %s).", say_p(t, f[0].p));
}

static ErrCode fit_run(Test *t, const void *opts) {
  const FittingOpts *o = opts;
  Sorted v;
  int64_t dropped;
  Fitted f[FIT_ALL];
  int m = 0;
  TRY(read_values(t, o, &v, &dropped));
  result_say(t, "%s by maximum likelihood, n = %lld.",
             o->dist == FIT_BEST ? "Distributions fitted"
                                 : arena_printf(&t->arena, "The %s distribution", NAMES[o->dist]),
             (long long)v.n);
  for (int d = FIT_NORMAL; d < FIT_ALL; d++) {
    if (o->dist != FIT_BEST && o->dist != d) continue;
    const char *why = against(&v, d);
    if (why && o->dist == d) return test_fail(t, ERR_ARG, "%s does not fit: %s", NAMES[d], why);
    if (why && d <= FIT_EXPONENTIAL) result_say(t, "%s is left out: %s.", NAMES[d], why);
    if (why) continue;
    TRY(job_tick(t->job, d, FIT_ALL, t->err));
    f[m] = (Fitted){.dist = d};
    fit_dist(t->job, &v, &f[m]);
    gof(t->job, &v, &f[m++]);
  }
  if (!m) return test_fail(t, ERR_ARG, "no distribution fits: %s", against(&v, FIT_NORMAL));
  if (o->dist == FIT_BEST) add_ranking(t, o, &v, f, m);
  else add_one(t, o, &v, f);
  rows_say(t, dropped);
  return OK;
}

const TestType test_fit = {
    .name = "fit",
    .signature = "stats.fit(d, \"x\", {dist=\"normal\"})",
    .summary = "parameters of a distribution, or a ranking of distributions",
    .example = "return stats.fit(data('insect_sprays'), 'count')",
    .misleads = "a ranking alone: the best of five may still be far off, see gof_p and d:qq",
    .params = PARAMS,
    .opts_size = sizeof(FittingOpts),
    .run = fit_run,
};
