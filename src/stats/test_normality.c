// Tests of normality. Shapiro and Wilk's W by Royston's approximation: weights from normal scores with the first one or
// two corrected by polynomials, and a normal transform of 1 - W (Applied Statistics 44, 1995, R94). Anderson and
// Darling's distance with mean and sd estimated, p by Stephens's formulas (D'Agostino and Stephens 1986, table 4.9).
// One row a group when the formula has one. The effect is the distance from the normal distribution with the mean and
// sd of the values, see effects.c. Checked against shapiro.test of R and ad.test of nortest.
#include "stats/exact_int.h"
#include "stats/tests_int.h"

#include <math.h>

typedef struct NormalityOpts {
  int adjust;
  double conf;
} NormalityOpts;
static const Param PARAMS[] = {TEST_ADJUST(NormalityOpts, "none"), TEST_CONF(NormalityOpts), PARAM_END};
enum { AD_LEAST = 8 };

typedef struct Fit {
  double statistic, p;
  double distance; // from the normal with the values' mean and sd
} Fit;
typedef ErrCode (*FitFn)(Test *t, const double *x, int64_t n, double *work, Fit *out); // x sorted, not constant

static double polynomial(const double *c, int n, double x) {
  double p = 0;
  for (int k = n - 1; k >= 0; k--) p = p * x + c[k];
  return p;
}

// ---- Shapiro and Wilk ---------------------------------------------------------------------------------------------
// a[0 .. n / 2): weights of the smallest values, negated those of the largest.
static void shapiro_weights(int64_t n, double *a) {
  static const double c1[] = {0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056};
  static const double c2[] = {0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633};
  int64_t half = n / 2;
  if (n == 3) {
    a[0] = -sqrt(0.5);
    return;
  }
  double sum = 0, root = 1 / sqrt((double)n);
  for (int64_t i = 0; i < half; i++) {
    a[i] = dist_norm_quantile(((double)i + 0.625) / ((double)n + 0.25));
    sum += 2 * a[i] * a[i];
  }
  int64_t fixed = n > 5 ? 2 : 1;
  double first = polynomial(c1, 6, root) - a[0] / sqrt(sum), second = polynomial(c2, 6, root) - a[1] / sqrt(sum);
  double rest = sum - 2 * a[0] * a[0] - (fixed == 2 ? 2 * a[1] * a[1] : 0);
  double unit = 1 - 2 * first * first - (fixed == 2 ? 2 * second * second : 0), scale = sqrt(rest / unit);
  a[0] = -first;
  if (fixed == 2) a[1] = -second;
  for (int64_t i = fixed; i < half; i++) a[i] /= scale;
}

static double shapiro_p(double w, double rest, int64_t n) { // rest: 1 - w
  static const double c3[] = {0.544, -0.39978, 0.025054, -6.714e-4}, c4[] = {1.3822, -0.77857, 0.062767, -0.0020322};
  static const double c5[] = {-1.5861, -0.31082, -0.083751, 0.0038915}, c6[] = {-0.4803, -0.082676, 0.0030302};
  if (n == 3) return fmax(0, 3 * dist_beta(w, 0.5, 0.5, DIST_LOWER) - 2); // arcsines as a beta distribution
  double y = fmath_log(rest), size = (double)n, mean, sd;
  if (n <= 11) {
    double gamma = 0.459 * size - 2.273;
    if (y >= gamma) return 1e-99;
    y = -fmath_log(gamma - y);
    mean = polynomial(c3, 4, size), sd = fmath_exp(polynomial(c4, 4, size));
  } else {
    double log_n = fmath_log(size);
    mean = polynomial(c5, 4, log_n), sd = fmath_exp(polynomial(c6, 3, log_n));
  }
  return dist_norm((y - mean) / sd, DIST_UPPER);
}

static ErrCode shapiro_fit(Test *t, const double *x, int64_t n, double *a, Fit *out) {
  shapiro_weights(n, a);
  double range = x[n - 1] - x[0], middle = x[n / 2];
  double *z = a + n / 2, *w = z + n; // both n long
  for (int64_t i = 0; i < n; i++) z[i] = (x[i] - middle) / range;
  for (int64_t i = 0; i < n; i++) w[i] = i < n / 2 ? a[i] : i >= n - n / 2 ? -a[n - 1 - i] : 0;
  double mean = sum_f64(t->job, z, n) / (double)n;
  for (int64_t i = 0; i < n; i++) z[i] -= mean;
  double zz = sum_dot(t->job, z, z, n), ww = sum_dot(t->job, w, w, n), zw = sum_dot(t->job, z, w, n);
  double root = sqrt(zz * ww), rest = (root - zw) * (root + zw) / (zz * ww); // 1 - W without cancellation
  out->statistic = 1 - rest;
  out->p = rest <= 0 ? 1 : shapiro_p(out->statistic, rest, n);
  return OK;
}

// ---- Anderson and Darling -----------------------------------------------------------------------------------------
static double log_lower(double z) { // log P(Z < z)
  if (z > -37) return fmath_log(dist_norm(z, DIST_LOWER));
  double s = 1 / (z * z); // Mills's ratio, asymptotically
  return -z * z / 2 - fmath_log(-z) - 0x1.d67f1c864beb5p-1 + fmath_log1p(-s * (1 - 3 * s));
}

static double stephens_p(double a) {
  if (a < 0.2) return 1 - fmath_exp(-13.436 + 101.14 * a - 223.73 * a * a);
  if (a < 0.34) return 1 - fmath_exp(-8.318 + 42.796 * a - 59.938 * a * a);
  if (a < 0.6) return fmath_exp(0.9177 - 4.279 * a - 1.38 * a * a);
  return a < 10 ? fmath_exp(1.2937 - 5.709 * a + 0.0186 * a * a) : 3.7e-24;
}

double normality_distance(Job *job, const double *x, int64_t n, double *work, double *p) {
  Moments m = moments_f64(job, x, n);
  double sd = sqrt(moments_var(&m)), size = (double)n;
  for (int64_t i = 0; i < n; i++)
    work[i] = (double)(2 * i + 1) * (log_lower((x[i] - m.mean) / sd) + log_lower((m.mean - x[n - 1 - i]) / sd));
  double a = -size - sum_f64(job, work, n) / size;
  *p = stephens_p((1 + 0.75 / size + 2.25 / (size * size)) * a);
  return a;
}

static ErrCode ad_fit(Test *t, const double *x, int64_t n, double *work, Fit *out) {
  out->statistic = normality_distance(t->job, x, n, work, &out->p);
  return OK;
}

// ---- both ---------------------------------------------------------------------------------------------------------
static double distance_of(Test *t, const double *x, int64_t n) {
  Moments m = moments_f64(t->job, x, n);
  double sd = sqrt(moments_var(&m)), size = (double)n, d = 0;
  for (int64_t i = 0; i < n; i++) {
    double over = dist_norm((x[i] - m.mean) / sd, DIST_LOWER) - (double)i / size;
    d = fmax(d, fmax(over, 1 / size - over));
  }
  return d;
}

static ErrCode fit_group(Test *t, const Samples *s, int64_t g, double *work, FitFn fn, Fit *out) {
  double *x = work;
  int64_t n = s->n[g];
  memcpy(x, s->x[g], (size_t)n * sizeof *x);
  TRY(order_sort_f64(t->job, x, n, t->err));
  if (x[0] == x[n - 1]) return test_fail(t, ERR_ARG, "all %lld values of '%s' are equal", (long long)n, s->name[g]);
  out->distance = distance_of(t, x, n);
  return fn(t, x, n, work + n, out);
}

static ErrCode fit_groups(Test *t, const Samples *s, int64_t largest, FitFn fn, Fit *fit) {
  double *work;
  TRY(test_array(t, 4 * largest * (int64_t)sizeof *work, &work));
  for (int64_t g = 0; g < s->k; g++) {
    TRY(job_tick(t->job, g, s->k, t->err));
    TRY(fit_group(t, s, g, work, fn, &fit[g]));
  }
  return OK;
}

static ErrCode add_groups(Test *t, const NormalityOpts *o, const Samples *s, const Fit *fit) {
  double *p = arena_array(&t->arena, double, 2 * s->k), *adjusted = p + s->k;
  for (int64_t g = 0; g < s->k; g++) p[g] = fit[g].p;
  TRY(stats_adjust(t->job, p, s->k, o->adjust, adjusted, t->err));
  for (int64_t g = 0; g < s->k; g++) {
    result_row(t);
    result_text(t, "groups", s->name[g]);
    result_real(t, "statistic", fit[g].statistic);
    result_real(t, "p", adjusted[g]);
    effect_distance(t, fit[g].distance, (double)s->n[g], INFINITY, o->conf);
    result_int(t, "n", s->n[g]);
    if (o->adjust != ADJUST_NONE) result_real(t, "p_alone", p[g]);
  }
  return OK;
}

static ErrCode run_groups(Test *t, const NormalityOpts *o, const char *title, FitFn fn, int64_t least, int64_t most) {
  Samples s;
  TRY(samples_split(t, 1, MOST_GROUPS, least, &s));
  int64_t largest = 0;
  for (int64_t g = 0; g < s.k; g++) largest = s.n[g] > largest ? s.n[g] : largest;
  if (largest > most)
    return test_fail(t, ERR_ARG,
                     "%lld values were given, at most %lld can be tested: take d:sample{n=%lld} or "
                     "stats.anderson_darling",
                     (long long)largest, (long long)most, (long long)most);
  Fit *fit = arena_array(&t->arena, Fit, s.k);
  TRY(fit_groups(t, &s, largest, fn, fit));
  TRY(add_groups(t, o, &s, fit));
  result_say(t, "%s that %s is normal%s%s.", title, s.response, s.by ? " in each group of " : "", s.by ? s.by : "");
  if (o->adjust != ADJUST_NONE) result_say(t, "p: %s.", adjust_word(t, o->adjust));
  result_say(t, "Distance: the largest between the distribution of the values and the normal with their mean and "
                "sd. " DISTANCE_SAID);
  if (largest > 300) result_say(t, "With so many values small departures are found that may not matter: see d:qq.");
  rows_say(t, s.dropped);
  return OK;
}

ErrCode normality_p(Test *t, const double *x, int64_t n, double *p) {
  Samples s = {.k = 1, .x = (double *[]){(double *)(uintptr_t)x}, .n = &n, .name = (const char *[]){""}};
  Fit fit;
  TRY(fit_groups(t, &s, n, shapiro_fit, &fit));
  *p = fit.p;
  return OK;
}

static ErrCode shapiro_run(Test *t, const void *opts) {
  return run_groups(t, opts, "Shapiro-Wilk test", shapiro_fit, 3, SHAPIRO_MOST);
}

static ErrCode anderson_darling_run(Test *t, const void *opts) {
  return run_groups(t, opts, "Anderson-Darling test", ad_fit, AD_LEAST, INT64_MAX);
}

const TestType test_shapiro = {
    .name = "shapiro",
    .signature = "stats.shapiro(d, \"age\") or stats.shapiro(d, \"age ~ sex\", {adjust=\"holm\"})",
    .summary = "whether values are normal: Shapiro and Wilk's W, 3 to 5,000 values",
    .example = "return stats.shapiro(data('iris'), 'sepal_length_cm ~ class')",
    .misleads = "large samples, where departures too small to matter are found; small ones, where none are",
    .params = PARAMS,
    .opts_size = sizeof(NormalityOpts),
    .run = shapiro_run,
};

const TestType test_anderson_darling = {
    .name = "anderson_darling",
    .signature = "stats.anderson_darling(d, \"age\") or stats.anderson_darling(d, \"age ~ sex\")",
    .summary = "whether values are normal: a distance with weight on the tails",
    .example = "return stats.anderson_darling(data('titanic'), 'age ~ sex')",
    .misleads = "rounded values and ties: they alone can make it reject in large samples",
    .params = PARAMS,
    .opts_size = sizeof(NormalityOpts),
    .run = anderson_darling_run,
};
