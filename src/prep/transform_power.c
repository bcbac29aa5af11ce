// The power transforms of Box and Cox (1964) and of Yeo and Johnson (2000), and their lambda of greatest likelihood.
// Both are made of one function of u = log x, or log(1 + |x|): h(m) = (exp(m u) - 1) / m, which tends to u as m tends
// to 0. Box-Cox is h(lambda); Yeo-Johnson is h(lambda) above 0 and -h(2 - lambda) below.
// The profile likelihood l(lambda) = -n/2 log var(z) + (lambda - 1) sum of +-u is concave (Kouider and Chen 1995;
// Marchand et al. 2022), so its derivative falls and has one zero, which is found to the last digits: the bracket grows
// from [-2, 2], then the secant finds it (Illinois). scikit-learn minimises to a tolerance of 1.5e-8
// instead. lambda stays where exp(lambda u) and its square are finite. O(n) a step, about 12 steps.
#include "prep/transform_int.h"

#include "base/pool.h"

#include <math.h>

enum { CHUNK = 1 << 12, STEPS_MAX = 200 };
static const double EXPONENT_MAX = 300, SMALL = 0.05, NARROW = 1e-15;

// ---- the curves ----------------------------------------------------------------------------------------------------
static double power_of(double u, double m) { return m == 0 ? u : fmath_expm1(m * u) / m; }

double boxcox_value(double x, double lambda) { return x > 0 ? power_of(fmath_log(x), lambda) : NAN; }

double yeojohnson_value(double x, double lambda) {
  if (x >= 0) return power_of(fmath_log1p(x), lambda);
  return x < 0 ? -power_of(fmath_log1p(-x), 2 - lambda) : x;
}

// The u with power_of(u, m) = z; an infinity when z lies beyond -1 / m, which the curve never reaches.
static double power_inverse(double z, double m) {
  if (m == 0) return z;
  double t = m * z;
  return t <= -1 ? (m > 0 ? -INFINITY : INFINITY) : fmath_log1p(t) / m;
}

double boxcox_inverse(double z, double lambda) { return z != z ? z : fmath_exp(power_inverse(z, lambda)); }

double yeojohnson_inverse(double z, double lambda) {
  if (z >= 0) return fmath_expm1(power_inverse(z, lambda));
  return z < 0 ? -fmath_expm1(power_inverse(-z, 2 - lambda)) : z;
}

// ---- the likelihood ------------------------------------------------------------------------------------------------
// u is signed: below 0 the values of Yeo-Johnson that mirror the curve.
typedef struct Power {
  Job *job;
  bool mirror;
  double least; // of |u|, where all u have one sign; else 0
  const double *u;
  int64_t n;
  double sum_u, lambda, mean, mean_slope;
  double *z, *slope; // of each value: the curve at lambda, and its derivative by lambda
} Power;

// d/dm of (exp(m u) - 1) / m, which is u^2 g(m u) with g(t) = (1 + exp(t) (t - 1)) / t^2.
static double slope_of(double u, double m, double e) {
  double t = m * u;
  if (fabs(t) > SMALL) return (u * (e + 1) - e / m) / m; // e = exp(t) - 1
  double g = 0, term = 1;
  for (int k = 0; k < 8; k++) { // sum of t^k / (k! (k + 2))
    g += term / (k + 2);
    term *= t / (k + 1);
  }
  return u * u * g;
}

// The likelihood does not see constants: where exp(m u) is far from 1 for all u, the 1 is left out, which would cost
// the digits of a flat curve.
static void curve_chunk(void *ctx, int64_t begin, int64_t end) {
  const Power *p = ctx;
  for (int64_t i = begin; i < end; i++) {
    bool below = p->mirror && p->u[i] < 0;
    double u = below ? -p->u[i] : p->u[i], m = below ? 2 - p->lambda : p->lambda;
    if (fabs(m) * p->least > 1) {
      double e = fmath_exp(m * u);
      p->z[i] = (below ? -e : e) / m;
      p->slope[i] = e * (u - 1 / m) / m;
      continue;
    }
    double e = fmath_expm1(m * u), z = m == 0 ? u : e / m;
    p->z[i] = below ? -z : z;
    p->slope[i] = slope_of(u, m, e);
  }
}

static void centre_chunk(void *ctx, int64_t begin, int64_t end) {
  const Power *p = ctx;
  for (int64_t i = begin; i < end; i++) p->z[i] -= p->mean, p->slope[i] -= p->mean_slope;
}

// l'(lambda); NaN when the curve flattens all values into one.
static double likelihood_slope(Power *p, double lambda) {
  double n = (double)p->n;
  p->lambda = lambda;
  par_for(p->job, p->n, CHUNK, curve_chunk, p);
  p->mean = sum_f64(p->job, p->z, p->n) / n;
  p->mean_slope = sum_f64(p->job, p->slope, p->n) / n;
  par_for(p->job, p->n, CHUNK, centre_chunk, p);
  double square = sum_dot(p->job, p->z, p->z, p->n);
  return p->sum_u - n * sum_dot(p->job, p->z, p->slope, p->n) / square;
}

// ---- its zero ------------------------------------------------------------------------------------------------------
typedef struct Bracket {
  double lo, hi, flo, fhi; // flo > 0 > fhi
} Bracket;

// Moves an end further out, the other one to where it was; false where the curve flattens all values into one.
static bool move_end(Power *p, double to, double *end, double *f, double *other, double *fother) {
  double slope = likelihood_slope(p, to);
  if (!isfinite(slope)) return false;
  *other = *end, *fother = *f;
  *end = to, *f = slope;
  return true;
}

static ErrCode widen(Power *p, double least, double most, Bracket *b, Err *err) {
  b->lo = fmax(least, -2), b->hi = fmin(most, 2);
  b->flo = likelihood_slope(p, b->lo), b->fhi = likelihood_slope(p, b->hi);
  bool on = true;
  while (on && b->flo <= 0 && b->lo > least) {
    TRY(job_tick(p->job, 0, 0, err));
    on = move_end(p, fmax(least, 2 * b->lo), &b->lo, &b->flo, &b->hi, &b->fhi);
  }
  while (on && b->fhi >= 0 && b->hi < most) {
    TRY(job_tick(p->job, 0, 0, err));
    on = move_end(p, fmin(most, 2 * b->hi), &b->hi, &b->fhi, &b->lo, &b->flo);
  }
  return OK;
}

// Illinois: the secant, where the value at an end that stays twice counts half.
static ErrCode narrow(Power *p, Bracket b, double *lambda, Err *err) {
  int side = 0;
  double before = INFINITY;
  for (int k = 0; k < STEPS_MAX; k++) {
    TRY(job_tick(p->job, k, 0, err));
    double mid = (b.lo * b.fhi - b.hi * b.flo) / (b.fhi - b.flo);
    if (!(mid > b.lo && mid < b.hi)) mid = b.lo + (b.hi - b.lo) / 2;
    *lambda = mid;
    if (fabs(mid - before) <= NARROW * fmax(1, fabs(mid)) || mid == b.lo || mid == b.hi) return OK;
    double f = likelihood_slope(p, mid);
    before = mid;
    if (f == 0) return OK;
    if (f > 0) {
      b.lo = mid, b.flo = f, b.fhi = side > 0 ? b.fhi / 2 : b.fhi, side = 1;
    } else {
      b.hi = mid, b.fhi = f, b.flo = side < 0 ? b.flo / 2 : b.flo, side = -1;
    }
  }
  return OK;
}

typedef struct Logs {
  double *x;
  bool boxcox;
} Logs;

static void log_chunk(void *ctx, int64_t begin, int64_t end) {
  const Logs *l = ctx;
  double *x = l->x;
  for (int64_t i = begin; i < end; i++) {
    if (l->boxcox) x[i] = fmath_log(x[i]);
    else x[i] = x[i] < 0 ? -fmath_log1p(-x[i]) : fmath_log1p(x[i]);
  }
}

static ErrCode search(Power *p, double *lambda, const char **note, Err *err) {
  Moments m = moments_f64(p->job, p->u, p->n);
  double top = fmax(fabs(m.min), fabs(m.max));
  p->sum_u = sum_f64(p->job, p->u, p->n);
  p->least = m.min > 0 ? m.min : m.max < 0 ? -m.max : 0;
  *lambda = 1;
  if (m.min == m.max) return *note = "no spread: lambda 1", OK;
  double most = EXPONENT_MAX / top, least = p->mirror && m.min < 0 ? 2 - most : -most;
  Bracket b;
  if (least >= most) return *note = "values are too far apart for a power: lambda 1", OK;
  TRY(widen(p, least, most, &b, err));
  if (b.flo > 0 && b.fhi < 0) return narrow(p, b, lambda, err);
  *lambda = b.flo > 0 ? b.hi : b.lo;
  *note = "lambda is as far as doubles go: the spread is small beside the values";
  return OK;
}

ErrCode lambda_fit(Job *job, bool boxcox, double *x, int64_t n, double *lambda, const char **note, Err *err) {
  Mat room; // the curve and its slope
  par_for(job, n, CHUNK, log_chunk, &(Logs){x, boxcox});
  TRY(mat_new(job, n, 2, "the powers of a column", &room, err));
  Power p = {.job = job, .mirror = !boxcox, .u = x, .n = n, .z = room.x, .slope = room.x + n};
  ErrCode code = search(&p, lambda, note, err);
  mat_free(&room);
  return code;
}
