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

static const double LEAST_GAIN = 1e-6;

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

typedef struct Scan {
  double alpha, l2, step, least; // least: sum of h of a child
  double g, h;                   // of the node
  Units unit;
} Scan;

// gain[k] of both children when left[k] goes left; -1 where a child is too light.
CLONES static void scan_gains(const Scan *s, const Pair *restrict left, int64_t n, double *restrict gain) {
  double alpha = s->alpha, l2 = s->l2, step = s->step, least = s->least, total_g = s->g, total_h = s->h;
  double unit_g = s->unit.g, unit_h = s->unit.h;
  for (int64_t k = 0; k < n; k++) {
    double g = pair_g(left[k]) * unit_g, h = pair_h(left[k]) * unit_h, g2 = total_g - g, h2 = total_h - h;
    double both = score(g, h, alpha, l2, step) + score(g2, h2, alpha, l2, step);
    gain[k] = (h >= least) & (h2 >= least) & (h > 0) & (h2 > 0) ? both : -1;
  }
}

static void take_best(const Scan *s, const Pair *left, int32_t n, bool missing_left, Found *best) {
  double gain[BINS_MOST];
  scan_gains(s, left, n, gain);
  for (int32_t k = 0; k < n; k++)
    if (gain[k] > best->gain) *best = (Found){gain[k], left[k], k, missing_left};
}

static Pair missing_sum(const SplitIn *in) {
  return in->column->nbin > in->column->nvalue ? in->hist[in->column->nvalue] : 0;
}

static void scan_numbers(const SplitIn *in, const Scan *s, Found *best) {
  Pair left[BINS_MOST] = {0}, run = 0, missing = missing_sum(in);
  int32_t n = in->column->nvalue;
  for (int32_t k = 0; k < n; k++) left[k] = run += in->hist[k];
  take_best(s, left, n - (missing == 0), false, best);
  if (missing == 0) return;
  for (int32_t k = 0; k < n; k++) left[k] += missing;
  take_best(s, left, n - 1, true, best);
}

// ---- words --------------------------------------------------------------------------------------------------------
// Codes that occur in the node, ordered; ratio is kept beside them.
static int32_t order_words(const SplitIn *in, uint8_t order[BINS_MOST]) {
  double ratio[BINS_MOST];
  int32_t n = 0;
  for (int32_t c = 0; c < in->column->nvalue; c++) {
    double h = pair_h(in->hist[c]) * in->unit.h;
    if (in->hist[c] == 0) continue;
    double r = pair_g(in->hist[c]) * in->unit.g / (h + in->o->cat_smooth);
    int32_t k = n++;
    for (; k > 0 && ratio[k - 1] > r; k--) ratio[k] = ratio[k - 1], order[k] = order[k - 1];
    ratio[k] = r, order[k] = (uint8_t)c;
  }
  return n;
}

static bool is_onehot(const SplitIn *in) { return in->column->nvalue <= in->o->onehot; }

static void scan_onehot(const SplitIn *in, const Scan *s, Found *best) {
  Pair missing = missing_sum(in), left[BINS_MOST] = {0};
  take_best(s, in->hist, in->column->nvalue, false, best);
  if (missing == 0) return;
  for (int32_t k = 0; k < in->column->nvalue; k++) left[k] = in->hist[k] + missing;
  take_best(s, left, in->column->nvalue, true, best);
}

// The first k + 1 of the order go left; bin counts them: positive from the low end, negative from the high one.
static void scan_ordered(const SplitIn *in, const Scan *s, Found *best) {
  uint8_t order[BINS_MOST];
  Pair left[BINS_MOST] = {0}, missing = missing_sum(in);
  int32_t n = order_words(in, order), most = n - (missing == 0);
  if (most > in->o->cat_threshold) most = (int32_t)in->o->cat_threshold;
  for (int side = 0; side < 2; side++)
    for (int m = 0; m <= (missing != 0); m++) {
      Found f = {.gain = best->gain};
      Pair run = m ? missing : 0;
      for (int32_t k = 0; k < most; k++) left[k] = run += in->hist[order[side ? n - 1 - k : k]];
      take_best(s, left, most, m, &f);
      if (f.gain > best->gain) *best = f, best->bin = side ? -(f.bin + 1) : f.bin + 1;
    }
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
Found split_find(const SplitIn *in) {
  const BoostOpts *o = in->o;
  double g = pair_g(in->sum) * in->unit.g, h = pair_h(in->sum) * in->unit.h;
  bool words = in->column->words;
  double l2 = o->lambda + (words && !is_onehot(in) ? o->cat_l2 : 0);
  Scan s = {o->alpha, l2, o->max_delta_step, o->min_child_weight, g, h, in->unit};
  double own = split_score(o, o->lambda, g, h), least = o->gamma > LEAST_GAIN ? o->gamma : LEAST_GAIN;
  Found best = {.gain = own + least};
  if (!words) scan_numbers(in, &s, &best);
  else if (is_onehot(in)) scan_onehot(in, &s, &best);
  else scan_ordered(in, &s, &best);
  if (!(best.gain > own + least)) return (Found){0};
  best.gain -= own;
  if (missing_sum(in) == 0) best.missing_left = 2 * pair_h(best.left) >= pair_h(in->sum);
  return best;
}
