// Ranks within a group: the present values of a group are sorted by their keys; runs of equal keys share a rank.
#include "frame/window_int.h"

typedef struct Ranked {
  uint64_t *key;
  int64_t *row, *perm;
  int64_t n;
} Ranked;

static bool sort_group(const Window *w, int64_t begin, int64_t end, Ranked *r) {
  int64_t most = end - begin;
  uint64_t *room = mem_new((size_t)most * 24);
  *r = (Ranked){room, (int64_t *)room + most, (int64_t *)room + 2 * most, 0};
  if (!room) return false;
  for (int64_t i = begin; i < end; i++) {
    int64_t row = window_row(w, i);
    if (!col_valid(w->x, row)) continue;
    r->key[r->n] = window_key(w->x, row);
    r->row[r->n++] = row;
  }
  return order_keys(NULL, r->key, r->n, false, r->perm, NULL) == OK;
}

// The run of equal values at places first..last of n, the distinct-th of them.
static void put_run(Window *w, const Ranked *r, int64_t first, int64_t last, int64_t distinct) {
  double rank = (double)(first + last + 1) / 2, share = r->n > 1 ? (double)first / (double)(r->n - 1) : 0;
  for (int64_t k = first; k < last; k++) {
    int64_t row = r->row[r->perm[k]];
    if (w->kind == WINDOW_DENSE_RANK) w->out->i[row] = distinct;
    else w->out->f[row] = w->kind == WINDOW_RANK ? rank : share;
    w->ok[row] = 1;
  }
}

void window_rank(Window *w, int64_t begin, int64_t end) {
  Ranked r;
  if (!sort_group(w, begin, end, &r)) atomic_store_explicit(&w->failed, true, memory_order_relaxed);
  else
    for (int64_t i = 0, distinct = 1; i < r.n; distinct++) {
      int64_t last = i + 1;
      while (last < r.n && r.key[r.perm[last]] == r.key[r.perm[i]]) last++;
      put_run(w, &r, i, last, distinct);
      i = last;
    }
  mem_free(r.key);
}
