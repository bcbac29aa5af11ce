// The best split of a node by one column. With the sums g and h of a child and penalties alpha and l2, the weight
// w = -T(g) / (h + l2), T(g) = sign(g) max(|g| - alpha, 0), takes T(g)^2 / (h + l2) / 2 off the loss; a split gains
// what its children take off more than the node itself (twice that, as XGBoost counts it).
// Numbers: cuts from left to right, with the missing values right, then, if there are any, left; the last cut divides
// what is there from what is missing. Words: each against the others where they are few; else they are ordered by
// g / (h + smooth), in which order the best subset of a convex loss lies together (Fisher 1958), and cut from both
// ends. Without missing values in the node they go with the heavier child. Ties: the first one wins, so that the result
// depends on nothing else. Prefix sums are whole numbers, gains elementwise.
// Reference: Chen and Guestrin, XGBoost, KDD 2016, 2.2; Ke et al., LightGBM, NIPS 2017.
#include "model/boost_int.h"

#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ALWAYS static inline __attribute__((always_inline))

static const double LEAST_GAIN = 1e-6, REFUSED = -INFINITY;

ALWAYS double soften(double g, double alpha) {
  double t = fabs(g) - alpha;
  t = t > 0 ? t : 0;
  return g < 0 ? -t : t;
}

ALWAYS double clamped_weight(double g, double h, double alpha, double l2, double step) {
  double w = -soften(g, alpha) / (h + l2);
  return step > 0 ? fmin(fmax(w, -step), step) : w;
}

ALWAYS double score(double g, double h, double alpha, double l2, double step) {
  double t = soften(g, alpha);
  if (step <= 0) return t * t / (h + l2);
  double w = clamped_weight(g, h, alpha, l2, step);
  return -(2 * g * w + (h + l2) * w * w + 2 * alpha * fabs(w));
}

double split_weight(const BoostOpts *o, double g, double h) {
  return h + o->lambda > 0 ? clamped_weight(g, h, o->alpha, o->lambda, o->max_delta_step) : 0;
}

double split_score(const BoostOpts *o, double l2, double g, double h) {
  return h + l2 > 0 ? score(g, h, o->alpha, l2, o->max_delta_step) : 0;
}

double split_least(const BoostOpts *o) { return o->gamma > LEAST_GAIN ? o->gamma : LEAST_GAIN; }

static double bounded(double w, Bounds b) { return fmin(fmax(w, b.lo), b.hi); }

void split_bounds(const BoostOpts *o, const double g[2], const double h[2], int sense, Bounds side[2]) {
  double left = bounded(split_weight(o, g[0], h[0]), side[0]), right = bounded(split_weight(o, g[1], h[1]), side[1]);
  double middle = (left + right) / 2;
  if (sense > 0) side[0].hi = side[1].lo = middle;
  else side[0].lo = side[1].hi = middle;
}

typedef struct Scan {
  double alpha, l2, step, least; // least: sum of h of a child
  double g, h;                   // of the node
  Units unit;
  int64_t rows;                  // of the node, where they are counted
  const SplitIn *in;
} Scan;

typedef struct Lefts { // what goes left at each cut
  Pair sum[BINS_MOST];
  int32_t rows[BINS_MOST];
} Lefts;

// gain[k] of both children when left[k] goes left; REFUSED where a child is too light.
CLONES static void scan_gains(const Scan *s, const Pair *restrict left, int64_t n, double *restrict gain) {
  double alpha = s->alpha, l2 = s->l2, step = s->step, least = s->least, total_g = s->g, total_h = s->h;
  double unit_g = s->unit.g, unit_h = s->unit.h;
  for (int64_t k = 0; k < n; k++) {
    double g = pair_g(left[k]) * unit_g, h = pair_h(left[k]) * unit_h, g2 = total_g - g, h2 = total_h - h;
    double both = score(g, h, alpha, l2, step) + score(g2, h2, alpha, l2, step);
    gain[k] = (h >= least) & (h2 >= least) & (h > 0) & (h2 > 0) ? both : REFUSED;
  }
}

static double bounded_score(const Scan *s, double g, double h, double *w) {
  double alpha = s->alpha;
  *w = bounded(clamped_weight(g, h, alpha, s->l2, s->step), *s->in->bounds);
  return -(2 * g * *w + (h + s->l2) * *w * *w + 2 * alpha * fabs(*w));
}

// The same with bounds, and REFUSED where the weights are in the wrong order.
static void scan_bounded(const Scan *s, const Pair *left, int64_t n, double *gain) {
  for (int64_t k = 0; k < n; k++) {
    double g = pair_g(left[k]) * s->unit.g, h = pair_h(left[k]) * s->unit.h, h2 = s->h - h, w, w2;
    gain[k] = REFUSED;
    if (!(h >= s->least && h2 >= s->least && h > 0 && h2 > 0)) continue;
    double both = bounded_score(s, g, h, &w) + bounded_score(s, s->g - g, h2, &w2);
    if (s->in->sense * (w2 - w) >= 0) gain[k] = both;
  }
}

static void scan_lefts(const Scan *s, const Lefts *l, int32_t n, double *gain) {
  int64_t least = s->in->o->min_data;
  (s->in->bounds ? scan_bounded : scan_gains)(s, l->sum, n, gain);
  for (int32_t k = 0; s->in->rows && k < n; k++)
    if (l->rows[k] < least || s->rows - l->rows[k] < least) gain[k] = REFUSED;
}

static Pair missing_sum(const SplitIn *in) {
  return in->column->nbin > in->column->nvalue ? in->hist[in->column->nvalue] : 0;
}

static int32_t missing_rows(const SplitIn *in) {
  return in->rows && in->column->nbin > in->column->nvalue ? in->rows[in->column->nvalue] : 0;
}

static void list_lefts(const SplitIn *in, const SplitWays *w, const SplitWay *way, Lefts *out) {
  Pair first = way->missing_left ? missing_sum(in) : 0, sum = first;
  int32_t first_rows = way->missing_left ? missing_rows(in) : 0, rows = first_rows;
  for (int32_t k = 0; k < way->n; k++) {
    int32_t at = way->backwards ? way->n - 1 - k : k, code = w->ordered ? w->order[at] : at;
    out->sum[k] = sum += in->hist[code], out->rows[k] = rows += in->rows ? in->rows[code] : 0;
    if (!way->run) sum = first, rows = first_rows;
  }
}

// ---- words --------------------------------------------------------------------------------------------------------
// Codes in the order of g / (h + smooth). What is lighter than a child may be, or does not occur in the node, says
// nothing and stands at 0, as in XGBoost.
static int32_t order_words(const SplitIn *in, uint8_t order[BINS_MOST]) {
  double ratio[BINS_MOST];
  uint8_t none[BINS_MOST];
  int32_t n = 0, nnone = 0, below = 0;
  for (int32_t c = 0; c < in->column->nvalue; c++) {
    double h = pair_h(in->hist[c]) * in->unit.h, r = pair_g(in->hist[c]) * in->unit.g / (h + in->o->cat_smooth);
    if (!(h > 0) || h < in->o->min_child_weight) {
      none[nnone++] = (uint8_t)c;
      continue;
    }
    int32_t k = n++;
    for (; k > 0 && ratio[k - 1] > r; k--) ratio[k] = ratio[k - 1], order[k] = order[k - 1];
    ratio[k] = r, order[k] = (uint8_t)c, below += r < 0;
  }
  memmove(order + below + nnone, order + below, (size_t)(n - below));
  memcpy(order + below, none, (size_t)nnone);
  return n + nnone;
}

static bool is_onehot(const SplitIn *in) { return in->column->nvalue <= in->o->onehot; }

// ---- ways through the cuts -----------------------------------------------------------------------------------------
void split_ways(const SplitIn *in, SplitWays *out) {
  bool gaps = missing_sum(in) != 0, words = in->column->words, one = words && is_onehot(in);
  int32_t n = in->column->nvalue, most = one ? n : n - !gaps;
  out->n = 0, out->ordered = words && !one;
  if (out->ordered) n = order_words(in, out->order), most = n - !gaps;
  if (out->ordered && most > in->o->cat_threshold) most = (int32_t)in->o->cat_threshold;
  for (int side = 0; side <= out->ordered; side++)
    for (int m = 0; m <= gaps; m++)
      out->way[out->n++] = (SplitWay){.n = n, .most = m && !words ? n - 1 : most, .backwards = side, .run = !one,
                                      .missing_left = m};
}

int32_t split_bin(const SplitWays *w, const SplitWay *way, int32_t k) {
  return !w->ordered ? k : way->backwards ? -(k + 1) : k + 1;
}

void split_codes(const SplitIn *in, const Found *f, uint8_t left[BINS_MOST]) {
  const BinColumn *c = in->column;
  memset(left, 0, BINS_MOST);
  if (!c->words) memset(left, 1, (size_t)f->bin + 1);
  else if (is_onehot(in)) left[f->bin] = 1;
  else {
    uint8_t order[BINS_MOST];
    int32_t n = order_words(in, order);
    for (int32_t k = 0; k < abs(f->bin); k++) left[order[f->bin < 0 ? n - 1 - k : k]] = 1;
  }
  if (c->nbin > c->nvalue) left[c->nvalue] = f->missing_left;
}

// ---- one column ---------------------------------------------------------------------------------------------------
static Scan scan_of(const SplitIn *in) {
  const BoostOpts *o = in->o;
  double l2 = o->lambda + (in->column->words && !is_onehot(in) ? o->cat_l2 : 0);
  Scan s = {o->alpha, l2, o->max_delta_step, o->min_child_weight, pair_g(in->sum) * in->unit.g,
            pair_h(in->sum) * in->unit.h, in->unit, 0, in};
  for (int32_t c = 0; in->rows && c < in->column->nbin; c++) s.rows += in->rows[c];
  return s;
}

static double own_score(const Scan *s) {
  Scan own = *s;
  double w;
  own.l2 = s->in->o->lambda; // the penalty on splits of ordered words is none on the node
  return s->in->bounds ? bounded_score(&own, s->g, s->h, &w) : split_score(s->in->o, own.l2, s->g, s->h);
}

double split_gains(const SplitIn *in, const SplitWays *w, const SplitWay *way, double *gain) {
  Scan s = scan_of(in);
  Lefts l;
  list_lefts(in, w, way, &l);
  scan_lefts(&s, &l, way->most, gain);
  return own_score(&s);
}

double split_gain(const SplitIn *in, Pair left) {
  Scan s = scan_of(in);
  double gain;
  (in->bounds ? scan_bounded : scan_gains)(&s, &left, 1, &gain);
  return isinf(gain) ? 0 : gain - own_score(&s);
}

static void take_best(const Scan *s, const SplitWays *w, const SplitWay *way, Found *best) {
  double gain[BINS_MOST];
  Lefts l;
  list_lefts(s->in, w, way, &l);
  scan_lefts(s, &l, way->most, gain);
  for (int32_t k = 0; k < way->most; k++)
    if (gain[k] > best->gain) *best = (Found){gain[k], l.sum[k], split_bin(w, way, k), way->missing_left};
}

Found split_find(const SplitIn *in) {
  Scan s = scan_of(in);
  SplitWays w;
  double own = own_score(&s), least = split_least(in->o);
  Found best = {.gain = own + least};
  split_ways(in, &w);
  for (int k = 0; k < w.n; k++) take_best(&s, &w, &w.way[k], &best);
  if (!(best.gain > own + least)) return (Found){0};
  best.gain -= own;
  if (missing_sum(in) == 0) best.missing_left = 2 * pair_h(best.left) >= pair_h(in->sum);
  return best;
}
