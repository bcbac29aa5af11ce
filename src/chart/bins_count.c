// Counting values into bins. Edges of a histogram are nearly even, so (v - edge 0) * bins / range, cut to a whole
// number, is the bin or one beside it. The guess grows with v, so it is enough to check it at the edges: a value whose
// guess is further from whole numbers than any edge's is surely in its bin; the few others are settled by two
// comparisons with the edges themselves. Where the guess is off by more than one at an edge (logarithmic edges, bins as
// narrow as the doubles), every value is looked up by bisection. Either way the counts are those of the edges, exactly.
//
// Values that come sorted or heaped would make every increment wait for the one before it, so four tallies take turns.
// Chunks are counted on all threads and added up: whole numbers, so the order is of no matter. O(n).
#include "chart/chart_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>

enum { GRAIN = 1 << 16, TURNS = 4, PIECE = 512 };

typedef struct Counter {
  const Bins *b;
  const BinsInput *in;
  double *edge;          // n + 2: with an infinity at the end
  double lo, scale, off; // off: how far the guess of an edge is from its number at most
  bool even;
  int64_t slots, grain; // of a chunk
  uint32_t *tally;      // chunks x slots
} Counter;

static bool is_even(Counter *c) {
  for (int64_t k = 0; k <= c->b->n; k++) {
    double guess = (c->edge[k] - c->lo) * c->scale;
    if (!(guess >= (double)k - 1 && guess < (double)k + 1)) return false;
    c->off = fmax(c->off, fabs(guess - (double)k));
  }
  return isfinite(c->scale);
}

// The last edge has a slot of its own, which joins the last bin in the end.
static inline int64_t slot_of(const double *edge, double lo, double scale, double v) {
  int64_t k = (int64_t)((v - lo) * scale);
  return k - (v < edge[k]) + (v >= edge[k + 1]);
}

// The bin where the guess lies clear of both edges, else its complement; returns whether there is one of those.
CLONES static bool guess_slots(const double *x, int64_t n, double lo, double scale, double off, int32_t *slot) {
  int32_t unsure = 0;
  for (int64_t i = 0; i < n; i++) {
    double at = (x[i] - lo) * scale;
    int32_t k = (int32_t)at, near = -((at - k <= off) | (at - k >= 1 - off));
    slot[i] = k ^ near, unsure |= near;
  }
  return unsure;
}

static void find_slots(const Counter *c, const double *x, int64_t n, int32_t *slot) {
  const double *edge = c->edge, lo = c->lo, scale = c->scale;
  if (!guess_slots(x, n, lo, scale, c->off, slot)) return;
  for (int64_t i = 0; i < n; i++)
    if (slot[i] < 0) slot[i] = (int32_t)slot_of(edge, lo, scale, x[i]);
}

static void count_even(const Counter *c, int64_t begin, int64_t end, uint32_t *tally) {
  int64_t width = c->slots / TURNS;
  uint32_t *a = tally, *b = a + width, *d = b + width, *e = d + width;
  int32_t slot[PIECE];
  for (int64_t i = begin; i < end; i += PIECE) {
    int64_t n = end - i < PIECE ? end - i : PIECE, k = 0;
    find_slots(c, c->in->x + i, n, slot);
    for (; k + TURNS <= n; k += TURNS) a[slot[k]]++, b[slot[k + 1]]++, d[slot[k + 2]]++, e[slot[k + 3]]++;
    for (; k < n; k++) a[slot[k]]++;
  }
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
