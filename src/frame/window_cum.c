// Cumulative numbers along a group. A missing row stays missing and is passed over. Reals are added with the rounding
// error kept beside the sum, as in agg_sum.c.
#include "frame/window_int.h"

static int64_t int_at(const Column *c, int64_t row) { return c->type == COL_BOOL ? c->b[row] : c->i[row]; }

static void cumsum_ints(Window *w, int64_t begin, int64_t end) {
  int64_t sum = 0;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = window_row(w, i);
    if (!col_valid(w->x, row)) continue;
    if (__builtin_add_overflow(sum, int_at(w->x, row), &sum)) {
      atomic_store_explicit(&w->overflow, true, memory_order_relaxed);
      return;
    }
    w->out->i[row] = sum;
    w->ok[row] = 1;
  }
}

void window_cumsum(Window *w, int64_t begin, int64_t end) {
  if (w->out->type == COL_I64) {
    cumsum_ints(w, begin, end);
    return;
  }
  double sum = 0, rest = 0;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = window_row(w, i);
    if (!col_valid(w->x, row)) continue;
    double x = window_real(w->x, row), s = sum + x, back = s - sum;
    rest += (sum - (s - back)) + (x - back);
    sum = s;
    window_put(w, row, isfinite(sum) ? sum + rest : sum);
  }
}

static void cumprod_ints(Window *w, int64_t begin, int64_t end) {
  int64_t product = 1;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = window_row(w, i);
    if (!col_valid(w->x, row)) continue;
    if (__builtin_mul_overflow(product, int_at(w->x, row), &product)) {
      atomic_store_explicit(&w->overflow, true, memory_order_relaxed);
      return;
    }
    w->out->i[row] = product;
    w->ok[row] = 1;
  }
}

void window_cumprod(Window *w, int64_t begin, int64_t end) {
  if (w->out->type == COL_I64) {
    cumprod_ints(w, begin, end);
    return;
  }
  double product = 1;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = window_row(w, i);
    if (!col_valid(w->x, row)) continue;
    product *= window_real(w->x, row);
    window_put(w, row, product);
  }
}

void window_cumcount(Window *w, int64_t begin, int64_t end) {
  int64_t n = 0;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = window_row(w, i);
    n += !w->x || col_valid(w->x, row);
    w->out->i[row] = n;
    w->ok[row] = 1;
  }
}

// Parts as even as possible, the larger ones first.
void window_ntile(Window *w, int64_t begin, int64_t end) {
  int64_t n = end - begin, small = n / w->k, larger = n % w->k, border = larger * (small + 1);
  for (int64_t i = 0; i < n; i++) {
    int64_t row = window_row(w, begin + i);
    w->out->i[row] = i < border ? i / (small + 1) + 1 : (i - border) / small + larger + 1;
    w->ok[row] = 1;
  }
}
