// Rolling medians. The windows that end in a block of places hold values of that block and of the one before alone (see
// window_roll.c): these are sorted once, and a Fenwick tree over their order counts which of them are in the window. A
// step adds one value, takes out one and finds the middle: O(log w) a row.
// Reference: Fenwick, "A new data structure for cumulative frequency tables", Software: Practice and Experience 24
// (1994).
#include "frame/window_int.h"

enum { FEW = 64 };

typedef struct Middle { // room for two blocks of width w
  uint64_t *key;        // 2 w: in the order of the places, missing and NaN are not counted
  double *sorted;       // by rank
  int64_t *perm;
  int32_t *rank; // of a place; -1: not counted
  int32_t *tree; // of 2 w counts, 1-based
  int64_t nan;   // in the window
  int64_t n;     // counted in the window
  int64_t size;  // ranks
} Middle;

size_t window_median_room(int64_t width) { return sizeof(Middle) + (size_t)width * 2 * 32 + 64; }

static Middle *middle_of(void *room, int64_t width) {
  Middle *m = room;
  size_t n = 2 * (size_t)width;
  m->key = (uint64_t *)(m + 1);
  m->sorted = (double *)(m->key + n);
  m->perm = (int64_t *)(m->sorted + n);
  m->rank = (int32_t *)(m->perm + n);
  m->tree = m->rank + n;
  return m;
}

static bool sort_keys(const uint64_t *key, int64_t n, int64_t *perm) {
  if (n > FEW) return order_keys(NULL, key, n, false, perm, NULL) == OK;
  for (int64_t i = 0; i < n; i++) {
    int64_t j = i;
    for (; j > 0 && key[perm[j - 1]] > key[i]; j--) perm[j] = perm[j - 1];
    perm[j] = i;
  }
  return true;
}

// Ranks of the places from..end; what is missing or NaN comes last and is not counted.
static bool rank_places(const Window *w, int64_t from, int64_t end, Middle *m) {
  int64_t n = end - from;
  m->size = 0;
  for (int64_t i = 0; i < n; i++) {
    m->key[i] = col_valid(w->x, from + i) ? order_key_f64(window_real(w->x, from + i)) : UINT64_MAX;
  }
  if (!sort_keys(m->key, n, m->perm)) return false;
  for (int64_t k = 0; k < n; k++) {
    int64_t i = m->perm[k];
    bool counts = m->key[i] != UINT64_MAX;
    m->rank[i] = counts ? (int32_t)k : -1;
    if (counts) m->sorted[m->size++] = window_real(w->x, from + i);
  }
  return true;
}

static void tree_add(Middle *m, int32_t rank, int32_t by) {
  for (int64_t k = rank + 1; k <= m->size; k += k & -k) m->tree[k - 1] += by;
}

// The value at place `at`, 0-based, among those in the window.
static double tree_find(const Middle *m, int64_t at) {
  int64_t k = 0;
  for (int64_t step = (int64_t)1 << (63 - __builtin_clzll((uint64_t)m->size)); step; step /= 2) {
    if (k + step > m->size || m->tree[k + step - 1] > at) continue;
    k += step;
    at -= m->tree[k - 1];
  }
  return m->sorted[k];
}

// The place i from `from` enters (by = 1) or leaves (-1) the window.
static void move_place(const Window *w, Middle *m, int64_t from, int64_t i, int32_t by) {
  int32_t rank = m->rank[i - from];
  if (rank >= 0) {
    tree_add(m, rank, by);
    m->n += by;
  } else if (col_valid(w->x, i)) {
    m->nan += by;
  }
}

static void put_median(Window *w, const Middle *m, int64_t row) {
  int64_t n = m->n + m->nan;
  if (n < w->min || n == 0) return;
  if (m->nan) {
    window_put(w, row, NAN);
    return;
  }
  double upper = tree_find(m, n / 2), lower = n % 2 ? upper : tree_find(m, n / 2 - 1);
  window_put(w, row, lower == upper ? upper : 0.5 * lower + 0.5 * upper);
}

void window_median_block(Window *w, int64_t first, int64_t begin, int64_t end, void *room) {
  Middle *m = middle_of(room, w->k);
  int64_t from = begin > first ? begin - w->k : begin;
  m->n = m->nan = 0;
  if (!rank_places(w, from, end, m)) {
    atomic_store_explicit(&w->failed, true, memory_order_relaxed);
    return;
  }
  memset(m->tree, 0, (size_t)m->size * sizeof *m->tree);
  for (int64_t i = from; i < begin; i++) move_place(w, m, from, i, 1);
  for (int64_t i = begin; i < end; i++) {
    if (i - w->k >= from) move_place(w, m, from, i - w->k, -1);
    move_place(w, m, from, i, 1);
    put_median(w, m, i);
  }
}
