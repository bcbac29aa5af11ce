// Rolling functions in a constant number of steps a row, without ever taking a value out of a sum, so that nothing
// drifts and a NaN or an infinity is gone when it leaves the window. Places of a group are cut into blocks of the
// window's width: the window that ends at a place is the tail of the block before and the head of its own block. Tails
// of a block are computed backwards once, heads grow by one value a row. Sums keep their rounding error beside them;
// variances merge by Chan, Golub and LeVeque. Since no window reaches beyond the block before, any worker can start at
// any block.
// Reference: van Herk, "A fast algorithm for local minimum and maximum filters", Pattern Recognition Letters 13 (1992);
// Gil, Werman, "Computing 2-D min, median and max filters", IEEE PAMI 15 (1993).
#include "frame/window_int.h"

// Defines the function of a block for a State with `one(w, i)`, `join(older, newer)` and `put(w, i, state)`; a state
// of zeros is that of nothing.
#define ROLL(name, State, one, join, put)                                                                              \
  static void name##_tails(const Window *w, int64_t begin, State *tail) {                                              \
    State all = {0};                                                                                                   \
    for (int64_t i = w->k - 1; i > 0; i--) tail[i] = all = join(one(w, begin + i), all);                               \
  }                                                                                                                    \
  static void name(Window *w, int64_t first, int64_t begin, int64_t end, void *room) {                                 \
    State *tail = room, head = {0};                                                                                    \
    if (begin > first) name##_tails(w, begin - w->k, tail);                                                            \
    for (int64_t i = begin; i < end; i++) {                                                                            \
      int64_t before = i - begin + 1;                                                                                  \
      head = join(head, one(w, i));                                                                                    \
      put(w, i, begin > first && before < w->k ? join(tail[before], head) : head);                                     \
    }                                                                                                                  \
  }

// ---- sums -----------------------------------------------------------------------------------------------------------
typedef struct Sum {
  double s, c;
  int64_t n;
} Sum;

static inline Sum sum_one(const Window *w, int64_t i) {
  return col_valid(w->x, i) ? (Sum){window_real(w->x, i), 0, 1} : (Sum){0};
}

static inline Sum sum_join(Sum a, Sum b) {
  double s = a.s + b.s, back = s - a.s, e = (a.s - (s - back)) + (b.s - back);
  return (Sum){s, (a.c + b.c) + e, a.n + b.n};
}

static inline void sum_put(Window *w, int64_t i, Sum t) {
  if (t.n < w->min) return;
  double s = isfinite(t.s) ? t.s + t.c : t.s;
  if (w->kind == WINDOW_SUM) window_put(w, i, s);
  else if (t.n) window_put(w, i, s / (double)t.n);
}

ROLL(roll_sum, Sum, sum_one, sum_join, sum_put)

typedef struct Total {
  int64_t s, n;
  bool over;
} Total;

static inline Total total_one(const Window *w, int64_t i) {
  if (!col_valid(w->x, i)) return (Total){0};
  return (Total){w->x->type == COL_BOOL ? w->x->b[i] : w->x->i[i], 1, false};
}

static inline Total total_join(Total a, Total b) {
  Total t = {.n = a.n + b.n};
  bool over = __builtin_add_overflow(a.s, b.s, &t.s);
  t.over = a.over | b.over | over;
  return t;
}

static inline void total_put(Window *w, int64_t i, Total t) {
  if (t.n < w->min) return;
  if (t.over) atomic_store_explicit(&w->overflow, true, memory_order_relaxed);
  w->out->i[i] = t.s;
  w->ok[i] = 1;
}

ROLL(roll_total, Total, total_one, total_join, total_put)

// ---- counts ---------------------------------------------------------------------------------------------------------
static inline int64_t count_one(const Window *w, int64_t i) { return col_valid(w->x, i); }
static inline int64_t count_join(int64_t a, int64_t b) { return a + b; }

static inline void count_put(Window *w, int64_t i, int64_t n) {
  w->out->i[i] = n;
  w->ok[i] = 1;
}

ROLL(roll_count, int64_t, count_one, count_join, count_put)

// ---- extremes -------------------------------------------------------------------------------------------------------
typedef struct Best {
  uint64_t key;
  int64_t row, n; // n = 0: none
} Best;

static inline Best best_one(const Window *w, int64_t i) {
  if (!col_valid(w->x, i)) return (Best){0};
  uint64_t key = w->key[i];
  bool nan = w->x->type == COL_F64 && key == UINT64_MAX; // both the smallest and the largest
  return (Best){w->kind == WINDOW_MAX || nan ? key : ~key, i, 1};
}

static inline Best best_join(Best a, Best b) {
  Best t = b.n && (!a.n || b.key > a.key) ? b : a;
  t.n = a.n + b.n;
  return t;
}

static inline void best_put(Window *w, int64_t i, Best t) { w->from[i] = t.n && t.n >= w->min ? t.row : -1; }

ROLL(roll_best, Best, best_one, best_join, best_put)

// ---- spread ---------------------------------------------------------------------------------------------------------
typedef struct Spread {
  double mean, m2;
  int64_t n;
} Spread;

static inline Spread spread_one(const Window *w, int64_t i) {
  return col_valid(w->x, i) ? (Spread){window_real(w->x, i), 0, 1} : (Spread){0};
}

static inline Spread spread_join(Spread a, Spread b) {
  if (!a.n || !b.n) return a.n ? a : b;
  double na = (double)a.n, nb = (double)b.n, d = b.mean - a.mean, share = nb / (na + nb);
  return (Spread){a.mean + d * share, a.m2 + b.m2 + d * d * na * share, a.n + b.n};
}

static inline void spread_put(Window *w, int64_t i, Spread t) {
  if (t.n < w->min || t.n < 2) return;
  double var = isfinite(t.mean) ? t.m2 / (double)(t.n - 1) : NAN;
  window_put(w, i, w->kind == WINDOW_SD ? sqrt(var) : var);
}

ROLL(roll_spread, Spread, spread_one, spread_join, spread_put)

// ---- which ----------------------------------------------------------------------------------------------------------
ErrCode window_roll(Window *w, Err *err) {
  int64_t longest = 1; // no wider than the longest group, so that room and places stay within it
  for (int64_t g = 0; g < w->ngroup; g++) {
    int64_t n = w->start[g + 1] - w->start[g];
    if (n > longest) longest = n;
  }
  if (w->k > longest) w->k = longest;
  size_t room = (size_t)w->k;
  switch (w->kind) {
  case WINDOW_SUM:
    if (w->out->type == COL_I64) return window_blocks(w, w->k, room * sizeof(Total), roll_total, err);
    return window_blocks(w, w->k, room * sizeof(Sum), roll_sum, err);
  case WINDOW_MEAN: return window_blocks(w, w->k, room * sizeof(Sum), roll_sum, err);
  case WINDOW_COUNT: return window_blocks(w, w->k, room * sizeof(int64_t), roll_count, err);
  case WINDOW_MIN:
  case WINDOW_MAX: return window_blocks(w, w->k, room * sizeof(Best), roll_best, err);
  case WINDOW_MEDIAN: return window_blocks(w, w->k, window_median_room(w->k), window_median_block, err);
  default: return window_blocks(w, w->k, room * sizeof(Spread), roll_spread, err);
  }
}
