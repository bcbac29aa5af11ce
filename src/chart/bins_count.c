// Counting values into bins. Edges of a histogram are nearly even, so (v - edge 0) * bins / range, cut to a whole
// number, is the bin or one beside it; two comparisons with the edges themselves settle which. The guess grows with v,
// so it is enough to check it at the edges: where it is off by more than one there (logarithmic edges, bins as narrow
// as the doubles), every value is looked up by bisection. Either way the counts are those of the edges, exactly.
//
// Values that come sorted or heaped would make every increment wait for the one before it, so four tallies take turns.
// Chunks are counted on all threads and added up: whole numbers, so the order is of no matter. O(n).
#include "chart/chart_int.h"

#include "base/pool.h"

#include <math.h>

enum { GRAIN = 1 << 16, TURNS = 4 };

typedef struct Counter {
  const Bins *b;
  const BinsInput *in;
  double *edge; // n + 2: with an infinity at the end
  double lo, scale;
  bool even;
  int64_t slots, grain; // of a chunk
  uint32_t *tally;      // chunks x slots
} Counter;

static bool is_even(const Counter *c) {
  for (int64_t k = 0; k <= c->b->n; k++) {
    double guess = (c->edge[k] - c->lo) * c->scale;
    if (!(guess >= (double)k - 1 && guess < (double)k + 1)) return false;
  }
  return isfinite(c->scale);
}

// The last edge has a slot of its own, which joins the last bin in the end.
static inline int64_t slot_of(const double *edge, double lo, double scale, double v) {
  int64_t k = (int64_t)((v - lo) * scale);
  return k - (v < edge[k]) + (v >= edge[k + 1]);
}

static void count_even(const Counter *c, int64_t begin, int64_t end, uint32_t *tally) {
  const double *x = c->in->x, *edge = c->edge, lo = c->lo, scale = c->scale;
  int64_t width = c->slots / TURNS, i = begin;
  uint32_t *a = tally, *b = a + width, *d = b + width, *e = d + width;
  for (; i + TURNS <= end; i += TURNS) {
    a[slot_of(edge, lo, scale, x[i])]++;
    b[slot_of(edge, lo, scale, x[i + 1])]++;
    d[slot_of(edge, lo, scale, x[i + 2])]++;
    e[slot_of(edge, lo, scale, x[i + 3])]++;
  }
  for (; i < end; i++) a[slot_of(edge, lo, scale, x[i])]++;
}

static void count_chunk(void *ctx, int64_t begin, int64_t end) {
  const Counter *c = ctx;
  uint32_t *tally = c->tally + begin / c->grain * c->slots;
  int64_t width = c->b->n + 1;
  if (c->even && !c->in->level) {
    count_even(c, begin, end, tally);
    return;
  }
  for (int64_t i = begin; i < end; i++) {
    double v = c->in->x[i];
    int64_t level = c->in->level ? c->in->level[i] : 0;
    tally[level * width + (c->even ? slot_of(c->edge, c->lo, c->scale, v) : bins_find(c->b, v))]++;
  }
}

static void add_up(const Counter *c, int64_t nchunk, int64_t *count) {
  int64_t n = c->b->n, rows = c->slots / (n + 1);
  memset(count, 0, (size_t)(c->in->nlevel * n) * sizeof *count);
  for (int64_t k = 0; k < nchunk * rows; k++) {
    const uint32_t *from = c->tally + k * (n + 1);
    int64_t *to = count + (c->in->level ? k % rows * n : 0);
    for (int64_t b = 0; b <= n; b++) to[b < n ? b : n - 1] += from[b];
  }
}

ErrCode bins_count(Pile *p, const Bins *b, const BinsInput *in, int64_t *count, Err *err) {
  Counter c = {.b = b, .in = in, .lo = b->edge[0], .scale = (double)b->n / (b->edge[b->n] - b->edge[0])};
  c.grain = in->n / 64 > GRAIN ? in->n / 64 : GRAIN;
  c.slots = (in->level ? in->nlevel : TURNS) * (b->n + 1);
  int64_t nchunk = (in->n + c.grain - 1) / c.grain;
  TRY(job_tick(p->job, 0, in->n, err));
  TRY(pile_new(p, (b->n + 2) * 8, &c.edge, err));
  TRY(pile_new(p, nchunk * c.slots * 4, &c.tally, err));
  memcpy(c.edge, b->edge, (size_t)(b->n + 1) * sizeof *c.edge);
  c.edge[b->n + 1] = INFINITY;
  memset(c.tally, 0, (size_t)(nchunk * c.slots) * sizeof *c.tally);
  c.even = is_even(&c);
  par_for(p->job, in->n, c.grain, count_chunk, &c);
  add_up(&c, nchunk, count);
  return job_tick(p->job, in->n, in->n, err);
}
