// Bins of a histogram. The width that Freedman and Diaconis give, 2 IQR / n^(1/3), says how many bins are wanted, or
// Sturges' log2(n) + 1 where that is more: quartiles far apart, as of data with two humps, make the former too wide.
// Among the 1-2-5 steps with 5 to 60 bins the one that comes nearest is taken, so edges are numbers that people read.
// Whole numbers never get bins narrower than 1, and in a range of at most 30 each value has a bin around it: otherwise
// some bins would hold two values and others one.
// By rule, so many equal bins from min to max as the rule's width asks for, as NumPy's histogram_bin_edges: 2 IQR /
// n^(1/3), Scott's (24 sqrt(pi) / n)^(1/3) sd, Sturges' range / (log2(n) + 1). Where the quartiles are equal, Sturges'.
// References: Freedman, Diaconis, "On the histogram as a density estimator", Z. Wahrscheinlichkeitstheorie 57 (1981);
// Sturges, "The choice of a class interval", JASA 21 (1926);
// Scott, "On optimal and data-based histograms", Biometrika 66 (1979).
#include "chart/chart_int.h"

#include <float.h>
#include <math.h>

enum { FEWEST = 5, MOST = 60, SHORT_RANGE = 30, MOST_BY_WIDTH = 1000 };
static const double PI = 3.14159265358979323846, LN2 = 0.693147180559945309, LN10 = 2.302585092994045684;
static const double FARTHEST = 9e15; // multiples of a step are exact below

static double log10_of(double v) { return fmath_log(v) / LN10; }

// 10^v; exact where v is a whole number within 22.
static double exp10_of(double v) {
  double whole = floor(v), power = pow(10, fabs(whole));
  double mantissa = v == whole ? 1 : fmath_exp((v - whole) * LN10);
  return whole < 0 ? mantissa / power : mantissa * power;
}

static double fewest(const BinsOpts *o) { return o->n < FEWEST ? (double)o->n : FEWEST; }

static double wanted_bins(const BinsOpts *o) {
  double n = (double)o->n;
  double width = 2 * (o->q3 - o->q1) / fmath_exp(fmath_log(n) / 3);
  double sturges = fmath_log(n) / fmath_log(2) + 1, bins = width > 0 ? (o->max - o->min) / width : 0;
  return fmax(fewest(o), fmin(MOST, fmax(bins, sturges)));
}

// The first and last edge as multiples of the step. A maximum that is an edge belongs to the bin before it, but not for
// whole numbers: that bin would hold one value more than the others.
static void ends(const BinsOpts *o, Nice s, double *first, double *last) {
  *first = nice_floor(s, o->min), *last = nice_ceil(s, o->max);
  if (*last <= *first || (o->whole && nice_value(s, *last) == o->max)) ++*last;
}

// False when no step fits: the values are too near to each other for their size.
static bool choose_step(const BinsOpts *o, Nice *step) {
  double wanted = wanted_bins(o), best = INFINITY, range = o->max - o->min;
  for (Nice s = nice_above(range / (2 * MOST)); nice_value(s, 1) <= range * 2; s = nice_next(s)) {
    double size = nice_value(s, 1), first, last;
    if (o->whole && size < 1) continue;
    if (fmax(fabs(o->min), fabs(o->max)) / size > FARTHEST) continue;
    ends(o, s, &first, &last);
    double miss = fabs(fmath_log((last - first) / wanted));
    if (last - first > MOST || last - first < fewest(o) || miss > best) continue;
    best = miss, *step = s;
  }
  return isfinite(best);
}

static double *edges(Plot *plot, Bins *b, int64_t n) {
  b->n = n, b->edge = plot_array(plot, n + 1);
  return b->edge;
}

static void even_edges(Plot *plot, Bins *b, double lo, double hi, int64_t n) {
  double *edge = edges(plot, b, n);
  double step = (hi - lo) / (double)n;
  for (int64_t k = 0; k <= n; k++) edge[k] = lo + step * (double)k; // rounded as NumPy does
  edge[0] = lo, edge[n] = hi;
}

static void edges_by_value(Plot *plot, Bins *b, double min, double max) {
  int64_t n = (int64_t)(max - min) + 1;
  double *edge = edges(plot, b, n);
  for (int64_t k = 0; k <= n; k++) edge[k] = min + (double)k - 0.5;
  b->one_a_value = true;
}

// All values are one, or too near to each other to part.
static void single_bin(const BinsOpts *o, Plot *plot, Bins *b) {
  double apart = o->whole || o->min == 0 ? 0.5 : fabs(o->min) / 20, lo = o->min, hi = o->max;
  if (o->whole) apart = fmax(apart, fabs(o->min) * 1e-12);
  if (lo == hi) lo = fmax(lo - apart, -DBL_MAX), hi = fmin(hi + apart, DBL_MAX);
  even_edges(plot, b, lo, hi, o->wanted ? o->wanted : 1);
  b->one_a_value = o->whole && o->min == o->max && !o->wanted;
}

static bool is_good(const Bins *b) {
  if (!isfinite(b->edge[0]) || !isfinite(b->edge[b->n])) return false;
  for (int64_t k = 0; k < b->n; k++)
    if (!(b->edge[k] < b->edge[k + 1])) return false;
  return true;
}

static void edges_of_width(const BinsOpts *o, Plot *plot, Bins *b) {
  double first = floor(o->min / o->width), last = ceil(o->max / o->width);
  if (last <= first || (o->whole && last * o->width == o->max)) last++;
  double *edge = edges(plot, b, (int64_t)(last - first));
  for (int64_t k = 0; k <= b->n; k++) edge[k] = (first + (double)k) * o->width;
}

static int64_t bins_by_rule(const BinsOpts *o) {
  double n = (double)o->n, range = o->max - o->min, third = fmath_exp(fmath_log(n) / 3);
  double width = 0;
  if (o->rule == BINS_FD) width = 2 * (o->q3 - o->q1) / third;
  if (o->rule == BINS_SCOTT) width = fmath_exp(fmath_log(24 * sqrt(PI)) / 3) / third * o->sd;
  if (!(width > 0)) width = range / (fmath_log(n) / LN2 + 1);
  double bins = ceil(range / width - 1e-9); // by a rounding error more than a whole number is that number
  return bins < 1 ? 1 : bins > MOST_BY_WIDTH ? MOST_BY_WIDTH : (int64_t)bins;
}

static ErrCode check_width(const BinsOpts *o, Err *err) {
  if (o->rule && o->wanted) return err_set(err, ERR_ARG, "hist: give bins or rule, not both");
  if (o->width == 0) return OK;
  if (o->wanted || o->log || o->linear > 0 || o->rule)
    return err_set(err, ERR_ARG, "hist: width goes neither with bins nor with logx nor with rule nor with xscale");
  if ((o->max - o->min) / o->width > MOST_BY_WIDTH || fmax(fabs(o->min), fabs(o->max)) / o->width > FARTHEST)
    return err_set(err, ERR_ARG, "hist: bins of width %g would be more than %d from %g to %g", o->width, MOST_BY_WIDTH,
                   o->min, o->max);
  return OK;
}

static void choose_on_scale(const BinsOpts *o, Plot *plot, Bins *b) {
  Nice step;
  double first, last;
  if (o->min == o->max) {
    single_bin(o, plot, b);
  } else if (o->width > 0) {
    edges_of_width(o, plot, b);
  } else if (o->wanted) {
    even_edges(plot, b, o->min, o->max, o->wanted);
  } else if (o->whole && o->max - o->min <= SHORT_RANGE) {
    edges_by_value(plot, b, o->min, o->max);
  } else if (!choose_step(o, &step)) {
    single_bin(o, plot, b);
  } else if (ends(o, step, &first, &last), o->whole && nice_value(step, 1) == 1) {
    edges_by_value(plot, b, o->min, o->max);
  } else {
    double *edge = edges(plot, b, (int64_t)(last - first));
    for (int64_t k = 0; k <= b->n; k++) edge[k] = nice_value(step, first + (double)k);
  }
}

ErrCode bins_choose(const BinsOpts *o, Plot *plot, Bins *out, Err *err) {
  *out = (Bins){0};
  if (!isfinite((o->max - o->min) * 2))
    return err_set(err, ERR_NUMERIC, "hist: values from %g to %g span more than numbers hold: divide the column first",
                   o->min, o->max);
  TRY(check_width(o, err));
  BinsOpts scale = *o;
  if (o->log) {
    scale.whole = false;
    scale.min = log10_of(o->min), scale.q1 = log10_of(o->q1), scale.q3 = log10_of(o->q3), scale.max = log10_of(o->max);
  }
  if (o->linear > 0) {
    double *v[] = {&scale.min, &scale.q1, &scale.q3, &scale.max};
    scale.whole = false;
    for (int k = 0; k < 4; k++) *v[k] = symlog_of(o->linear, *v[k]);
  }
  if (o->rule && o->max > o->min) scale.wanted = bins_by_rule(&scale);
  choose_on_scale(&scale, plot, out);
  for (int64_t k = 0; o->log && k <= out->n; k++) out->edge[k] = exp10_of(out->edge[k]);
  for (int64_t k = 0; o->linear > 0 && k <= out->n; k++) out->edge[k] = symlog_back(o->linear, out->edge[k]);
  if (!is_good(out)) single_bin(&(BinsOpts){.min = o->min, .max = o->max, .whole = o->whole}, plot, out);
  // the way there and back through logarithms may leave an end just inside the data
  out->edge[0] = fmin(out->edge[0], o->min), out->edge[out->n] = fmax(out->edge[out->n], o->max);
  return OK;
}

int64_t bins_find(const Bins *b, double v) {
  int64_t lo = 0, hi = b->n;
  while (hi - lo > 1) {
    int64_t mid = lo + (hi - lo) / 2;
    if (b->edge[mid] <= v) lo = mid;
    else hi = mid;
  }
  return lo;
}
