// Sums of the target by level and fold. Rows are cut into chunks whose number depends on the rows and levels alone, and
// the chunks are put together in a fixed tree, so that the bits do not depend on the threads. Of classes the rows are
// counted, which is exact; a regression is centred by its mean first, and squares are taken around the mean of their
// own slot, in a second run.
#include "prep/target_int.h"

#include "base/pool.h"

#include <math.h>
#include <string.h>

enum { ROWS_A_CHUNK = 1 << 16, CHUNKS_MOST = 64, ROOM = 1 << 20 };

int64_t target_grain(int64_t n, int64_t width) {
  int64_t chunks = (n + ROOM) / (width > 0 ? width : 1), most = n / ROWS_A_CHUNK;
  if (chunks > most) chunks = most;
  if (chunks > CHUNKS_MOST) chunks = CHUNKS_MOST;
  if (chunks < 1) chunks = 1;
  return n > 0 ? ((n + chunks - 1) / chunks + 63) / 64 * 64 : 1;
}

// ---- parts ---------------------------------------------------------------------------------------------------------
Part part_add(Part a, Part b) {
  if (a.n == 0) return b;
  if (b.n == 0) return a;
  double gap = b.sum / b.n - a.sum / a.n, n = a.n + b.n;
  return (Part){n, a.sum + b.sum, a.m2 + b.m2 + gap * gap * (a.n * b.n / n)};
}

double part_mean(const Goal *g, Part p) { return p.n > 0 ? g->centre + p.sum / p.n : g->centre; }

// Empirical Bayes: the weight of the level's own mean is var n / (var n + its variance), as if levels differed by as
// much as all rows do (Micci-Barreca 2001).
double target_blend(const Goal *g, Part prior, Part level, double m) {
  double mean = part_mean(g, prior), own = part_mean(g, level);
  if (level.n == 0) return mean;
  if (!isnan(m)) return (level.n * own + m * mean) / (level.n + m);
  double between = prior.m2 / prior.n * level.n, within = level.m2 / level.n;
  if (!(between + within > 0)) return mean;
  double share = between / (between + within);
  return share * own + (1 - share) * mean;
}

// ---- counting ------------------------------------------------------------------------------------------------------
typedef struct Tally {
  const Goal *g;
  const Codes *codes;
  const uint8_t *fold;
  int64_t folds, width, size, grain; // width: doubles of a slot; size: of a chunk
  double *part;
  const double *sum; // second run: weights and sums of each slot
} Tally;

static int64_t slot_of(const Tally *t, int64_t i) {
  return (codes_at(t->codes, i) + 1) * t->folds + (t->fold ? t->fold[i] : 0);
}

static void count_classes(void *ctx, int64_t begin, int64_t end) {
  const Tally *t = ctx;
  double *own = t->part + begin / t->grain * t->size;
  const double *y = t->g->y, *w = t->g->weight;
  for (int64_t i = begin; i < end; i++) own[slot_of(t, i) * t->width + (int64_t)y[i]] += w ? w[i] : 1;
}

static void sum_values(void *ctx, int64_t begin, int64_t end) {
  const Tally *t = ctx;
  double *own = t->part + begin / t->grain * t->size;
  const double *y = t->g->y, *w = t->g->weight, centre = t->g->centre;
  for (int64_t i = begin; i < end; i++) {
    double *at = own + slot_of(t, i) * 2, weight = w ? w[i] : 1;
    at[0] += weight;
    at[1] += weight * (y[i] - centre);
  }
}

static void sum_squares(void *ctx, int64_t begin, int64_t end) {
  const Tally *t = ctx;
  double *own = t->part + begin / t->grain * t->size;
  const double *y = t->g->y, *w = t->g->weight, centre = t->g->centre;
  for (int64_t i = begin; i < end; i++) {
    int64_t slot = slot_of(t, i);
    double d = y[i] - centre - t->sum[slot * 2 + 1] / t->sum[slot * 2];
    own[slot] += (w ? w[i] : 1) * d * d;
  }
}

// width doubles of each slot, in *out (mem_free).
static ErrCode run(Job *job, Tally *t, int64_t slots, int64_t width, PoolFn fn, double **out, Err *err) {
  int64_t n = t->g->n;
  t->width = width, t->size = slots * width, t->grain = target_grain(n, t->size);
  int64_t chunks = n > 0 ? (n + t->grain - 1) / t->grain : 1, bytes = chunks * t->size * (int64_t)sizeof(double);
  TRY(job_need(job, bytes, "prep.target", err));
  t->part = mem_new((size_t)bytes);
  if (!t->part) return err_set(err, ERR_MEMORY, "prep.target: no memory for sums of %lld levels", (long long)slots);
  memset(t->part, 0, (size_t)bytes);
  par_for(job, n, t->grain, fn, t);
  sum_tree(t->part, chunks, t->size);
  *out = t->part;
  return OK;
}

// ---- sums ----------------------------------------------------------------------------------------------------------
// count: nclass of a slot. Squares around a share come from the counts themselves.
static void take_classes(const Goal *g, const double *count, int64_t cells, Part *part) {
  for (int64_t s = 0; s < cells; s++) {
    double n = 0;
    for (int64_t c = 0; c < g->nclass; c++) n += count[s * g->nclass + c];
    for (int64_t o = 0; o < g->nout; o++) part[s * g->nout + o] = (Part){n, count[s * g->nclass + g->first + o], 0};
  }
}

static ErrCode sum_classes(Job *job, Tally *t, int64_t cells, Sums *out, Err *err) {
  double *count;
  TRY(run(job, t, cells, t->g->nclass, count_classes, &count, err));
  take_classes(t->g, count, cells, out->part);
  mem_free(count);
  return OK;
}

static ErrCode sum_regression(Job *job, Tally *t, int64_t cells, bool spread, Sums *out, Err *err) {
  double *sum, *square = NULL;
  TRY(run(job, t, cells, 2, sum_values, &sum, err));
  t->sum = sum;
  ErrCode code = spread ? run(job, t, cells, 1, sum_squares, &square, err) : OK;
  for (int64_t s = 0; s < cells && code == OK; s++)
    out->part[s] = (Part){sum[s * 2], sum[s * 2 + 1], square ? square[s] : 0};
  mem_free(square);
  mem_free(sum);
  return code;
}

ErrCode sums_init(Job *job, const Goal *g, const Codes *k, const uint8_t *fold, int64_t folds, bool spread, Sums *out,
                  Err *err) {
  Tally t = {.g = g, .codes = k, .fold = fold, .folds = folds};
  *out = (Sums){.slots = k->n + 1, .folds = folds};
  arena_init(&out->arena);
  int64_t cells = out->slots * folds;
  out->part = arena_array(&out->arena, Part, cells * g->nout);
  ErrCode code = g->nclass ? sum_classes(job, &t, cells, out, err) : sum_regression(job, &t, cells, spread, out, err);
  if (code != OK) sums_fini(out);
  return code;
}

void sums_fini(Sums *s) { arena_fini(&s->arena); }

// Of a class the squares follow from the counts.
static Part finished(const Goal *g, Part p) {
  if (g->nclass) p.m2 = p.n > 0 ? p.sum * (p.n - p.sum) / p.n : 0;
  return p;
}

static void add_slot(const Sums *s, const Goal *g, int64_t slot, int64_t o, int64_t leave, Part *to) {
  for (int64_t f = 0; f < s->folds; f++) {
    if (f == leave) continue;
    Part p = s->part[(slot * s->folds + f) * g->nout + o];
    *to = g->nclass ? (Part){to->n + p.n, to->sum + p.sum, 0} : part_add(*to, p);
  }
}

Part sums_level(const Sums *s, const Goal *g, int64_t slot, int64_t o, int64_t leave) {
  Part p = {0};
  add_slot(s, g, slot, o, leave, &p);
  return finished(g, p);
}

Part sums_all(const Sums *s, const Goal *g, int64_t o, int64_t leave) {
  Part p = {0};
  for (int64_t slot = 0; slot < s->slots; slot++) add_slot(s, g, slot, o, leave, &p);
  return finished(g, p);
}
