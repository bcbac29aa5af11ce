// Targets and weights as whole numbers. A weight becomes a multiple of a power of two so small that a billionth of the
// mean weight is seen, or stays as it is when all are whole; a target becomes its distance from the middle of all
// targets, in units of a power of two. Sums of them are exact: they do not depend on order, threads or how a sum over a
// node is put together from parts, and a split that two columns make alike scores the same bits in both.
#include "model/cart_int.h"

#include <math.h>

// Sums stay below 2^50 (weights) and 2^56 (targets), which leaves room for rows that are drawn several times.
enum { WEIGHT_BITS = 50, SUM_BITS = 56 };

// ---- whole numbers ------------------------------------------------------------------------------------------------
// The power of two in which `total` has at most so many bits.
static double unit_of(double total, int bits) {
  int e;
  frexp(total, &e);
  return ldexp(1, e - bits);
}

static void set_weights(const FitIn *in, CartTarget *t) {
  double total = 0;
  bool whole = true;
  for (int64_t i = 0; i < t->n; i++) {
    double w = in->weight ? in->weight[i] : 1;
    whole = whole && w == floor(w), total += w;
  }
  t->weight_unit = whole && total < ldexp(1, WEIGHT_BITS) ? 1 : unit_of(total, WEIGHT_BITS);
  int64_t sum = 0;
  for (int64_t i = 0; i < t->n; i++) {
    double w = in->weight ? in->weight[i] : 1;
    int64_t k = llrint(w / t->weight_unit);
    t->item[i].w = k > 0 ? k : 1;
    sum += t->item[i].w;
  }
  t->total = (double)sum;
}

static void set_values(const FitIn *in, CartTarget *t) {
  double lo = INFINITY, hi = -INFINITY;
  for (int64_t i = 0; i < t->n; i++) lo = fmin(lo, in->y[i]), hi = fmax(hi, in->y[i]);
  double half = hi / 2 - lo / 2;
  t->centre = lo + half;
  t->unit = half > 0 ? unit_of(half * t->total, SUM_BITS) : 1;
  for (int64_t i = 0; i < t->n; i++) {
    double y = (in->y[i] - t->centre) / t->unit;
    CartItem *item = &t->item[i];
    item->s = t->weight_unit == 1 ? item->w * llrint(y) : llrint((double)item->w * y);
  }
}

static void set_classes(const FitIn *in, CartTarget *t) {
  for (int64_t i = 0; i < t->n; i++) {
    int64_t k = (int64_t)in->y[i];
    t->item[i].s = t->nclass > 2 ? k : k ? t->item[i].w : 0;
  }
}

static ErrCode check_values(const FitIn *in, int64_t n, const char *owner, Err *err) {
  for (int64_t i = 0; i < n; i++)
    if (!(fabs(in->y[i]) < 0x1p1000))
      return err_set(err, ERR_NUMERIC, "%s: the target has infinite or huge values: drop those rows", owner);
  return OK;
}

ErrCode cart_target_new(Job *job, const FitIn *in, const char *owner, CartTarget *out, Err *err) {
  int64_t n = in->columns->n;
  *out = (CartTarget){.n = n, .nclass = in->nclass, .unit = 1};
  if (!in->nclass) TRY(check_values(in, n, owner, err));
  TRY(job_need(job, n * (int64_t)sizeof *out->item, "the target", err));
  out->item = mem_new((size_t)n * sizeof *out->item);
  if (!out->item) return err_set(err, ERR_MEMORY, "no memory for a target of %lld rows", (long long)n);
  set_weights(in, out);
  (in->nclass ? set_classes : set_values)(in, out);
  return OK;
}

void cart_target_free(CartTarget *t) {
  mem_free(t->item);
  *t = (CartTarget){0};
}
