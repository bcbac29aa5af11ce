// Ranks within a group: the present values of a group are sorted by their keys; runs of equal keys share a rank.
#include "frame/window_int.h"

static bool rank_new(int64_t n, KeyRows *r) {
  uint64_t *room = mem_new((size_t)n * 24);
  uint32_t *row = (uint32_t *)(room + 2 * n);
  *r = (KeyRows){room, room + n, row, row + n, 0};
  return room != NULL;
}

// The run of equal values at places first..last of n, the distinct-th of them.
static void put_run(const Window *w, int64_t begin, const uint32_t *row, int64_t first, int64_t last, int64_t n,
                    int64_t distinct) {
  double rank = (double)(first + last + 1) / 2, share = n > 1 ? (double)first / (double)(n - 1) : 0;
  for (int64_t k = first; k < last; k++) {
    int64_t i = begin + row[k];
    w->ok[i] = 1;
    switch (w->kind) {
    case WINDOW_RANK: w->out->f[i] = rank; break;
    case WINDOW_RANK_PERCENT: w->out->f[i] = share; break;
    case WINDOW_RANK_MIN: w->out->i[i] = first + 1; break;
    case WINDOW_RANK_MAX: w->out->i[i] = last; break;
    case WINDOW_RANK_DENSE: w->out->i[i] = distinct; break;
    case WINDOW_RANK_FIRST: w->out->i[i] = k + 1; break;
    default: w->out->i[i] = window_part(k, n, w->k);
    }
  }
}

static ErrCode rank_rows(Job *job, const Window *w, int64_t begin, int64_t end, KeyRows *r, Err *err) {
  for (int64_t i = begin; i < end; i++)
    if (col_valid(w->x, i)) r->key[r->n] = w->key[i], r->row[r->n++] = (uint32_t)(i - begin);
  TRY(order_rows(job, r, err));
  for (int64_t i = 0, last, distinct = 1; i < r->n; i = last, distinct++) {
    for (last = i + 1; last < r->n && r->key[last] == r->key[i]; last++) {
    }
    put_run(w, begin, r->row, i, last, r->n, distinct);
  }
  return OK;
}

void window_rank(Window *w, int64_t begin, int64_t end) {
  KeyRows r;
  bool good = rank_new(end - begin, &r);
  uint64_t *room = r.key;
  if (good) good = rank_rows(NULL, w, begin, end, &r, NULL) == OK;
  if (!good) atomic_store_explicit(&w->failed, true, memory_order_relaxed);
  mem_free(room);
}

ErrCode window_rank_all(Window *w, Err *err) {
  KeyRows r;
  TRY(job_need(w->job, w->n * 24, "ranks", err));
  if (!rank_new(w->n, &r)) return out_of_memory("ranks", err);
  uint64_t *room = r.key;
  ErrCode code = rank_rows(w->job, w, 0, w->n, &r, err);
  mem_free(room);
  return code;
}
