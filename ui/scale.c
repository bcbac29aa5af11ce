// Numbers as places on a scale. A range of a thousandfold or more, or without an end, is logarithmic; one that begins
// at 0 is so above a unit. Steps are round numbers, so that no arrow ever writes 0.30000000000000004.
#include "ui/form_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>

enum { WIDE = 1000, STEPS = 20 };

typedef struct Scale {
  double lo, hi, unit; // unit: below it a logarithmic scale is nearly linear
  bool log, whole;
} Scale;

static double default_of(const WireOption *o) {
  double v;
  return o->dflt && parse_f64(o->dflt, strlen(o->dflt), &v) && isfinite(v) ? v : 1;
}

static Scale scale_of(const WireOption *o) {
  Scale s = {o->lo, o->hi, 1, false, o->type == PARAM_INT};
  double usual = fabs(default_of(o)) > 0 ? fabs(default_of(o)) : 1;
  if (!isfinite(s.lo)) s.lo = NAN;
  if (!isfinite(s.hi)) s.hi = WIDE * usual;
  s.log = s.lo >= 0 && (!isfinite(o->hi) || s.hi - s.lo >= WIDE || (s.lo > 0 && s.hi / s.lo >= WIDE));
  s.unit = s.whole ? 1 : s.lo > 0 ? s.lo : usual / 100;
  return s;
}

double scale_place(const WireOption *o, double v) {
  Scale s = scale_of(o);
  if (isnan(s.lo) || !(s.hi > s.lo) || isnan(v)) return NAN;
  double place = s.log ? log1p((v - s.lo) / s.unit) / log1p((s.hi - s.lo) / s.unit) : (v - s.lo) / (s.hi - s.lo);
  return fmin(fmax(place, 0), 1);
}

// ---- round numbers -------------------------------------------------------------------------------------------------
// The nearest of 1, 2, 5 times a power of ten.
static double round_wide(double v) {
  if (!(v > 0)) return 0;
  double ten = pow(10, floor(log10(v))), m = v / ten;
  return (m < 1.5 ? 1 : m < 3.5 ? 2 : m < 7.5 ? 5 : 10) * ten;
}

static double step_wide(double v, int by) {
  double ten = pow(10, floor(log10(v))), m = v / ten;
  if (by > 0) return (m < 1.999 ? 2 : m < 4.999 ? 5 : 10) * ten;
  return (m > 5.001 ? 5 : m > 2.001 ? 2 : m > 1.001 ? 1 : 0.5) * ten;
}

static double narrow_step(const Scale *s) {
  double step = round_wide((s->hi - s->lo) / STEPS);
  return s->whole && step < 1 ? 1 : step;
}

// The double that is nearest to the short decimal number.
static double tidy(double v) {
  char text[64];
  double out = v;
  snprintf(text, sizeof text, "%.6g", v);
  return parse_f64(text, strlen(text), &out) ? out : v;
}

static double within(const WireOption *o, double v) {
  v = o->type == PARAM_INT ? round(v) : tidy(v);
  return fmin(fmax(v, o->lo), o->hi);
}

double scale_value(const WireOption *o, double place) {
  Scale s = scale_of(o);
  if (isnan(s.lo)) return default_of(o);
  if (place <= 0) return within(o, s.lo);
  if (place >= 1) return within(o, s.hi);
  if (s.log) return within(o, round_wide(s.lo + s.unit * expm1(place * log1p((s.hi - s.lo) / s.unit))));
  double step = narrow_step(&s);
  return within(o, s.lo + step * round(place * (s.hi - s.lo) / step));
}

double scale_step(const WireOption *o, double v, int by) {
  Scale s = scale_of(o);
  if (isnan(v)) v = default_of(o);
  if (isnan(s.lo)) return within(o, v + by * (s.whole ? 1 : fmax(fabs(v) / 10, 0.1)));
  if (!s.log) {
    double step = narrow_step(&s), k = (v - s.lo) / step;
    return within(o, s.lo + step * (by > 0 ? floor(k + 1 + 1e-9) : ceil(k - 1 - 1e-9)));
  }
  double least = s.lo > 0 ? s.lo : s.whole ? 1 : s.unit / 10;
  if (by > 0) return within(o, v < least ? least : step_wide(v, 1));
  double next = v > least * 1.001 ? step_wide(v, -1) : s.lo;
  return within(o, next < least ? s.lo : next);
}
