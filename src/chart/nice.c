// Steps of 1, 2 and 5 times a power of ten. A multiple is made from two exact integers by one multiplication or
// division, so three steps of 0.1 are the 0.3 that a user types, and edges of bins compare equal to data.
#include "chart/chart_int.h"

#include <math.h>
#include <stdlib.h>

double nice_value(Nice s, double k) {
  double power = pow(10, abs(s.exponent));
  return s.exponent < 0 ? k * s.mantissa / power : k * s.mantissa * power;
}

Nice nice_next(Nice s) {
  if (s.mantissa == 5) return (Nice){1, s.exponent + 1};
  return (Nice){s.mantissa == 1 ? 2 : 5, s.exponent};
}

Nice nice_above(double least) {
  int exponent = (int)floor(log10(least));
  Nice s = {1, exponent < -300 ? -300 : exponent - 1};
  while (nice_value(s, 1) < least) s = nice_next(s);
  return s;
}

double nice_floor(Nice s, double v) {
  double k = floor(v / nice_value(s, 1));
  if (nice_value(s, k) > v) k--;
  if (nice_value(s, k + 1) <= v) k++;
  return k;
}

double nice_ceil(Nice s, double v) {
  double k = nice_floor(s, v);
  return nice_value(s, k) < v ? k + 1 : k;
}

void axis_from_zero(Axis *a, double lo, double hi) {
  lo = fmin(lo, 0), hi = fmax(hi, 0);
  if (lo == hi) hi = 1;
  double fifth = hi / 5 - lo / 5;
  Nice s = nice_above(fifth > 1e-300 ? fifth : 1e-300);
  a->kind = AXIS_NUMBER;
  a->lo = nice_value(s, nice_floor(s, lo)), a->hi = nice_value(s, nice_ceil(s, hi));
  if (!isfinite(a->lo)) a->lo = lo;
  if (!isfinite(a->hi)) a->hi = hi;
}

void axis_over(Axis *a, AxisKind kind, double lo, double hi, bool log) {
  a->kind = kind, a->lo = lo, a->hi = hi, a->scale = log ? SCALE_LOG : SCALE_LINEAR;
  if (lo < hi) return;
  double apart = kind == AXIS_TIME ? 1e6 : lo == 0 || fabs(lo) >= 1 ? fmax(0.5, fabs(lo) * 1e-9) : fabs(lo) / 2;
  if (log) a->lo = lo / 2, a->hi = hi * 2;
  else a->lo = lo - apart, a->hi = hi + apart;
  if (!(a->lo > (log ? 0 : -INFINITY))) a->lo = lo;
  if (!(a->hi < INFINITY)) a->hi = hi;
}

void axis_symlog(Axis *a, const double *v, int64_t n) {
  double most = 0, least = INFINITY;
  for (int64_t i = 0; i < n; i++) {
    double size = fabs(v[i]);
    most = fmax(most, size);
    if (size > 0) least = fmin(least, size);
  }
  double from = most > 0 ? fmax(most / 1000, least) : 1;
  a->scale = SCALE_SYMLOG, a->linear = nice_value((Nice){1, (int)floor(log10(fmax(from, 1e-300)))}, 1);
}

static const double LN10 = 2.302585092994045684;

double symlog_of(double linear, double v) {
  double far = fabs(v) / linear;
  return copysign(far <= 1 ? far : 1 + fmath_log(far) / LN10, v);
}

double symlog_back(double linear, double s) {
  double far = fabs(s), decades = far - 1, whole = round(decades);
  if (far <= 1) return s * linear;
  if (fabs(decades - whole) < 1e-12) return copysign(linear * pow(10, whole), s); // there and back gives powers of ten
  return copysign(linear * fmath_exp(decades * LN10), s);
}

void axis_whole(Axis *a, const Axis *whole) {
  a->lo = whole->lo, a->hi = whole->hi, a->scale = whole->scale, a->linear = whole->linear;
}
