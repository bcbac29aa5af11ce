// Values by their place among the training values: knots are quantiles at equal steps, between them lies a straight
// line, and a value that several knots share gets the middle of their places. Values beyond the knots get 0 or 1. For
// normal scores the places go through the normal quantile, held at 1e-7 from either end, and what lies within 1e-7 of
// the ends counts as the end: as QuantileTransformer of scikit-learn 1.2.1 has it, but for knots that fall on a value,
// which it misses by a last bit. O(log knots) a value.
#include "prep/transform_int.h"

#include <float.h>

static const double NEAR = 1e-7, CLIP = 1e-7 - DBL_EPSILON;

// The sorted value at place part / whole, between two of them on a straight line. A knot that falls on a value is that
// value to the last bit, so that equal values find all knots that they share.
static double value_at(const double *x, int64_t n, int64_t part, int64_t whole) {
  int64_t k = part / whole;
  if (k >= n - 1) return x[n - 1];
  return x[k] + (x[k + 1] - x[k]) * ((double)(part % whole) / (double)whole);
}

ErrCode knots_fit(Job *job, double *x, int64_t n, int64_t nknot, Arena *a, Transform *c, Err *err) {
  TRY(order_sort_f64(job, x, n, err));
  c->nknot = nknot < n ? nknot : n;
  c->knot = arena_array(a, double, c->nknot);
  int64_t most = c->nknot > 1 ? c->nknot - 1 : 1;
  for (int64_t k = 0; k < c->nknot; k++) c->knot[k] = value_at(x, n, k * (n - 1), most) + 0.0; // 0 for -0
  return OK;
}

// How many knots lie below v. Without branches, for what v is cannot be foretold.
static int64_t knots_below(const Transform *c, double v) {
  const double *base = c->knot;
  for (int64_t n = c->nknot; n > 0;) {
    int64_t half = n / 2;
    bool right = base[half] < v;
    base = right ? base + half + 1 : base;
    n = right ? n - half - 1 : half;
  }
  return base - c->knot;
}

// The last of the knots at the value of knot `first`, by steps that double.
static int64_t last_alike(const Transform *c, int64_t first) {
  int64_t step = 1, at = first;
  double v = c->knot[first];
  while (at + step < c->nknot && c->knot[at + step] == v) at += step, step *= 2;
  for (; step > 0; step /= 2)
    if (at + step < c->nknot && c->knot[at + step] == v) at += step;
  return at;
}

static double place_of_knot(const Transform *c, int64_t k) { return (double)k / (double)(c->nknot - 1); }

// First and last of the knots at v, or the ones around it.
static double place_between(const Transform *c, double v) {
  int64_t first = knots_below(c, v), last = first - 1; // a knot lies at v or above
  if (c->knot[first] == v) return (place_of_knot(c, first) + place_of_knot(c, last_alike(c, first))) / 2;
  double share = (v - c->knot[last]) / (c->knot[first] - c->knot[last]);
  return place_of_knot(c, last) + share * (place_of_knot(c, first) - place_of_knot(c, last));
}

static double place_of(const Transform *c, double x, double near) {
  double low = c->knot[0], high = c->knot[c->nknot - 1];
  if (x != x) return x;
  if (x <= low || x - near < low) return 0;
  return x >= high || x + near > high ? 1 : place_between(c, x);
}

void knots_apply(const Transform *c, const double *x, int64_t n, bool normal, double *z) {
  double least = dist_norm_quantile(CLIP);
  for (int64_t i = 0; i < n; i++) {
    double place = place_of(c, x[i], normal ? NEAR : 0);
    double score = !normal || place != place ? place : dist_norm_quantile(place);
    z[i] = !normal ? place : score < least ? least : score > -least ? -least : score;
  }
}

double knots_inverse(const Transform *c, double z, bool normal) {
  int64_t most = c->nknot - 1;
  double place = normal ? dist_norm(z, DIST_LOWER) : z, near = normal ? NEAR : 0;
  if (z != z) return z;
  if (place <= 0 || place - near < 0) return c->knot[0];
  if (place >= 1 || place + near > 1) return c->knot[most];
  double at = place * (double)most;
  int64_t k = (int64_t)at;
  return k >= most ? c->knot[most] : c->knot[k] + (at - (double)k) * (c->knot[k + 1] - c->knot[k]);
}
