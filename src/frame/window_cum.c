// Cumulative numbers along a group. A missing row stays missing and is passed over. Reals are added with the rounding
// error kept beside the sum, as in agg_sum.c.
#include "frame/window_int.h"

static int64_t int_at(const Column *c, int64_t i) { return c->type == COL_BOOL ? c->b[i] : c->i[i]; }

static void put_int(const Window *w, int64_t i, int64_t value) {
  w->out->i[i] = value;
  w->ok[i] = 1;
}

static void cumsum_ints(Window *w, int64_t begin, int64_t end) {
  int64_t sum = 0;
  for (int64_t i = begin; i < end; i++) {
    if (!col_valid(w->x, i)) continue;
    if (__builtin_add_overflow(sum, int_at(w->x, i), &sum)) {
      atomic_store_explicit(&w->overflow, true, memory_order_relaxed);
      return;
    }
    put_int(w, i, sum);
  }
}

void window_cumsum(Window *w, int64_t begin, int64_t end) {
  if (w->out->type == COL_I64) {
    cumsum_ints(w, begin, end);
    return;
  }
  double sum = 0, rest = 0;
  for (int64_t i = begin; i < end; i++) {
    if (!col_valid(w->x, i)) continue;
    double x = window_real(w->x, i), s = sum + x, back = s - sum;
    rest += (sum - (s - back)) + (x - back);
    sum = s;
    window_put(w, i, isfinite(sum) ? sum + rest : sum);
  }
}

static void cumprod_ints(Window *w, int64_t begin, int64_t end) {
  int64_t product = 1;
  for (int64_t i = begin; i < end; i++) {
    if (!col_valid(w->x, i)) continue;
    if (__builtin_mul_overflow(product, int_at(w->x, i), &product)) {
      atomic_store_explicit(&w->overflow, true, memory_order_relaxed);
      return;
    }
    put_int(w, i, product);
  }
}

void window_cumprod(Window *w, int64_t begin, int64_t end) {
  if (w->out->type == COL_I64) {
    cumprod_ints(w, begin, end);
    return;
  }
  double product = 1;
  for (int64_t i = begin; i < end; i++) {
    if (!col_valid(w->x, i)) continue;
    product *= window_real(w->x, i);
    window_put(w, i, product);
  }
}

void window_cumcount(Window *w, int64_t begin, int64_t end) {
  int64_t n = 0;
  for (int64_t i = begin; i < end; i++) {
    n += !w->x || col_valid(w->x, i);
    put_int(w, i, n);
  }
}

int64_t window_part(int64_t at, int64_t n, int64_t parts) {
  int64_t small = n / parts, larger = n % parts, border = larger * (small + 1);
  return at < border ? at / (small + 1) + 1 : (at - border) / small + larger + 1;
}

void window_ntile(Window *w, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; i++) put_int(w, i, window_part(i - begin, end - begin, w->k));
}
