// Objectives of boosting: derivatives of a row's loss by its score, the score to begin with, and what scores predict.
// squarederror: (y - s)^2 / 2. poisson: e^s - y s. hinge: max(0, 1 - s) and max(0, 1 + s). logistic: log(1 + e^-s) and
// log(1 + e^s). softprob: -s_y + log sum_k e^(s_k), with twice the diagonal of the second derivatives, as XGBoost takes
// it (Friedman 2001 has (K - 1) / K of one).
#include "model/boost_int.h"

#include "base/simd.h"

#include <math.h>
#include <string.h>

static const double LEAST_H = 1e-16;

// ---- regression ---------------------------------------------------------------------------------------------------
static void squared_gradient(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h) {
  (void)k;
  for (int64_t i = begin; i < end; i++) g[i - begin] = d->score[i] - d->y[i], h[i - begin] = 1;
}

// |s - y| by the side: q of it above the score, 1 - q below. The leaves are quantiles of what is left.
static void quantile_gradient(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h) {
  (void)k;
  for (int64_t i = begin; i < end; i++) {
    double e = d->score[i] - d->y[i];
    g[i - begin] = e > 0 ? 1 - d->quantile : e < 0 ? -d->quantile : 0, h[i - begin] = 1;
  }
}

static void absolute_gradient(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h) {
  (void)k;
  for (int64_t i = begin; i < end; i++)
    g[i - begin] = (d->score[i] > d->y[i]) - (d->score[i] < d->y[i]), h[i - begin] = 1;
}

static double same(double mean) { return mean; }

// Of y - s with a corner of width 1: sqrt(1 + (y - s)^2) - 1.
static void huber_gradient(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h) {
  (void)k;
  for (int64_t i = begin; i < end; i++) {
    double z = d->score[i] - d->y[i], square = 1 + z * z, root = sqrt(square);
    g[i - begin] = z / root, h[i - begin] = 1 / (square * root);
  }
}

static void poisson_gradient(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h) {
  (void)k;
  fmath_exp_n(d->score + begin, h, end - begin);
  for (int64_t i = begin; i < end; i++) g[i - begin] = h[i - begin] - d->y[i];
}

static double log_mean(double mean) { return fmath_log(fmax(mean, 1e-16)); }

// ---- two classes --------------------------------------------------------------------------------------------------
// From the probabilities in g.
CLONES static void derive_logistic(const double *restrict y, double positive, int64_t n, double *restrict g,
                                   double *restrict h) {
  for (int64_t i = 0; i < n; i++) {
    double p = g[i], w = y[i] > 0 ? positive : 1, v = p * (1 - p);
    v = v > LEAST_H ? v : LEAST_H;
    g[i] = w * (p - y[i]), h[i] = w * v;
  }
}

static void logistic_gradient(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h) {
  (void)k;
  fmath_sigmoid_n(d->score + begin, g, end - begin);
  derive_logistic(d->y + begin, d->positive, end - begin, g, h);
}

static void hinge_gradient(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h) {
  (void)k;
  for (int64_t i = begin; i < end; i++) {
    double sign = d->y[i] > 0 ? 1 : -1, w = d->y[i] > 0 ? d->positive : 1;
    bool inside = sign * d->score[i] < 1;
    g[i - begin] = inside ? -sign * w : 0, h[i - begin] = inside ? w : LEAST_H;
  }
}

static double zero(double mean) { return (void)mean, 0; }

static double logit(double mean) {
  double p = fmin(fmax(mean, 1e-7), 1 - 1e-7);
  return fmath_log(p / (1 - p));
}

// ---- many classes -------------------------------------------------------------------------------------------------
void objective_total(const BoostData *d, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; i++) {
    double most = d->score[i], sum = 0;
    for (int k = 1; k < d->noutput; k++) most = fmax(most, d->score[k * d->n + i]);
    for (int k = 0; k < d->noutput; k++) sum += fmath_exp(d->score[k * d->n + i] - most);
    d->total[i] = most + fmath_log(sum);
  }
}

static void softmax_gradient(const BoostData *d, int k, int64_t begin, int64_t end, double *g, double *h) {
  const double *score = d->score + k * d->n;
  for (int64_t i = begin; i < end; i++) g[i - begin] = score[i] - d->total[i];
  fmath_exp_n(g, g, end - begin);
  for (int64_t i = begin; i < end; i++, g++, h++) {
    double p = *g, v = 2 * p * (1 - p);
    *g = p - (d->y[i] == k), *h = v > LEAST_H ? v : LEAST_H;
  }
}

static double log_share(double mean) { return fmath_log(fmax(mean, 1e-7)); }

static const Objective LIST[] = {{"reg:squarederror", squared_gradient, same},
                                 {"reg:pseudohubererror", huber_gradient, same},
                                 {"count:poisson", poisson_gradient, log_mean},
                                 {"binary:logistic", logistic_gradient, logit},
                                 {"binary:logitraw", logistic_gradient, logit},
                                 {"binary:hinge", hinge_gradient, zero},
                                 {"multi:softprob", softmax_gradient, log_share},
                                 {"multi:softmax", softmax_gradient, log_share},
                                 {"reg:absoluteerror", absolute_gradient, NULL},
                                 {"reg:quantileerror", quantile_gradient, NULL}};
static const char *const AUTO[] = {"reg:squarederror", "binary:logistic", "multi:softprob"};

static const Objective *by_name(const char *name) {
  const Objective *f = LIST;
  while (strcmp(f->name, name) != 0) f++;
  return f;
}

ErrCode objective_find(const BoostOpts *o, Task task, int nclass, const Objective **out, const ObjectiveName **name,
                       Err *err) {
  const char *first = AUTO[task == TASK_REGRESSION ? 0 : nclass == 2 ? 1 : 2];
  const Objective *f = *out = o->objective ? &LIST[o->objective - 1] : by_name(first);
  const ObjectiveName *is = *name = objective_name(sv(f->name));
  if (is->task != task)
    return err_set(err, ERR_ARG, "boost: objective \"%s\" is for %s, and the target is %s", f->name,
                   is->task == TASK_REGRESSION ? "numbers" : "classes",
                   task == TASK_REGRESSION ? "a number" : "a class");
  if (task == TASK_CLASSIFICATION && !is->many && nclass != 2)
    return err_set(err, ERR_ARG, "boost: objective \"%s\" is for two classes, and the target has %d: take "
                   "objective=\"multi:softprob\"", f->name, nclass);
  return OK;
}
