// Where a column of numbers is cut. A column of few values is cut between all of them. Else the rows are counted over a
// fine grid of cells; the values of the cells that hold a wanted quantile, and of their neighbours, are collected and
// sorted: exact order statistics for about three passes over the rows. Where most rows lie in a few cells (long tails)
// the grid is one over the bits of the doubles instead. Counts are whole numbers, also those of weights, so the order
// of the rows changes nothing.
// The quantiles are those of the rows between the least and the largest value, as XGBoost takes them, so that a column
// of which most are 0 is cut finely above it. A quantile v that begins a run of equal values is cut off below; where
// the run holds the next quantile too, it is cut off above as well. So a value of many rows has a bin of its own, also
// when it is the least or the largest.
#include "model/bins_int.h"

#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- the grid -----------------------------------------------------------------------------------------------------
void bin_grid_init(BinGrid *g, double lo, double hi, bool keyed, int32_t ncell) {
  *g = (BinGrid){.lo = lo, .hi = hi, .ncell = ncell, .scale = (ncell - 1) / (hi - lo)};
  g->keyed = keyed || !isfinite(g->scale) || g->scale == 0;
  uint64_t range = order_key_f64(hi) - order_key_f64(lo);
  while (range >> g->shift >= (uint64_t)ncell) g->shift++;
}

CLONES static void even_cells(const double *restrict x, int64_t n, double lo, double scale, double missing,
                              uint16_t *restrict cell) {
  for (int64_t i = 0; i < n; i++) {
    double at = (x[i] - lo) * scale;
    at = at == at ? at : missing;
    cell[i] = (uint16_t)(int32_t)at;
  }
}

void bin_grid_cells(const BinGrid *g, const double *x, int64_t n, uint16_t *cell) {
  if (!g->keyed) {
    even_cells(x, n, g->lo, g->scale, g->ncell, cell);
    return;
  }
  uint64_t first = order_key_f64(g->lo);
  for (int64_t i = 0; i < n; i++)
    cell[i] = (uint16_t)(x[i] == x[i] ? (order_key_f64(x[i]) - first) >> g->shift : (uint64_t)g->ncell);
}

// ---- a first look: range, missing, few values ---------------------------------------------------------------------
enum { SLOTS = 1024 };

typedef struct Look {
  double lo, hi, last;
  int64_t missing, n;      // n: distinct values so far
  uint64_t slot[SLOTS];    // bits of a value + 1; 0 empty
} Look;

static void add_distinct(Look *l, double x, BinCuts *c) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint64_t at = (bits * 0x9E3779B97F4A7C15u) >> 54;
  while (l->slot[at] && l->slot[at] != bits + 1) at = (at + 1) & (SLOTS - 1);
  if (l->slot[at]) return;
  l->slot[at] = bits + 1;
  if (l->n < c->most) c->distinct[l->n] = x;
  l->n++;
}

CLONES static void look_range(const double *x, int64_t n, double *lo, double *hi, int64_t *missing) {
  double least[LANES], most[LANES];
  int64_t gone = 0, i = 0;
  for (int k = 0; k < LANES; k++) least[k] = *lo, most[k] = *hi;
  for (; i + LANES <= n; i += LANES)
    for (int k = 0; k < LANES; k++) {
      double v = x[i + k];
      least[k] = v < least[k] ? v : least[k], most[k] = v > most[k] ? v : most[k];
      gone += v != v;
    }
  for (; i < n; i++) {
    least[0] = x[i] < least[0] ? x[i] : least[0], most[0] = x[i] > most[0] ? x[i] : most[0];
    gone += x[i] != x[i];
  }
  for (int k = 0; k < LANES; k++) {
    *lo = least[k] < *lo ? least[k] : *lo;
    *hi = most[k] > *hi ? most[k] : *hi;
  }
  *missing += gone;
}

static void look_at(BinCuts *c) {
  Look l = {.lo = INFINITY, .hi = -INFINITY, .last = NAN};
  double *x = c->room->x;
  for (int64_t i = 0, m; i < c->x->n; i += m) {
    m = c->x->n - i < BIN_PIECE ? c->x->n - i : BIN_PIECE;
    features_read(c->x, c->j, i, i + m, x);
    look_range(x, m, &l.lo, &l.hi, &l.missing);
    for (int64_t k = 0; k < m && l.n <= c->most; k++) {
      double v = x[k] + 0.0; // -0.0 is 0.0
      if (v == v && v != l.last) add_distinct(&l, l.last = v, c);
    }
  }
  c->lo = l.lo, c->hi = l.hi, c->missing = l.missing, c->ndistinct = l.n;
}

// ---- cells --------------------------------------------------------------------------------------------------------
static uint64_t count_equal(const BinCuts *c, const double *x, int64_t i, int64_t n, double v) {
  uint64_t sum = 0;
  for (int64_t k = 0; k < n && !c->weight; k++) sum += x[k] == v;
  for (int64_t k = 0; k < n && c->weight; k++) sum += x[k] == v ? c->weight[i + k] : 0;
  return sum;
}

static void count_cells(BinCuts *c, bool keyed) {
  BinRoom *r = c->room;
  int32_t ncell = 256;
  while (ncell < BIN_CELLS && ncell < c->x->n) ncell *= 2;
  bin_grid_init(&c->grid, c->lo, c->hi, keyed, ncell);
  memset(r->count, 0, (size_t)(ncell + 1) * sizeof *r->count);
  c->least = c->largest = 0;
  for (int64_t i = 0, m; i < c->x->n; i += m) {
    m = c->x->n - i < BIN_PIECE ? c->x->n - i : BIN_PIECE;
    features_read(c->x, c->j, i, i + m, r->x);
    bin_grid_cells(&c->grid, r->x, m, r->cell + i);
    c->least += count_equal(c, r->x, i, m, c->lo), c->largest += count_equal(c, r->x, i, m, c->hi);
    if (c->weight) for (int64_t k = i; k < i + m; k++) r->count[r->cell[k]] += c->weight[k];
    else for (int64_t k = i; k < i + m; k++) r->count[r->cell[k]]++;
  }
}

typedef struct Ranks { // of the wanted quantiles: begin + floor(range k / step), first <= k < end
  uint64_t total, begin, range;
  int64_t step, first, end;
} Ranks;

static Ranks choose_ranks(const BinCuts *c) {
  Ranks r = {.step = c->most, .first = 1, .end = c->most};
  for (int32_t k = 0; k < c->grid.ncell; k++) r.total += c->room->count[k];
  uint64_t share = r.total / (uint64_t)c->most, least = c->least, largest = c->largest;
  if (least > share) r.first = 0, r.end--, r.step--;
  if (largest > share) r.step--;
  r.begin = least, r.range = r.total - least - largest;
  return r;
}

// Without overflow.
static uint64_t rank_at(const Ranks *r, int64_t k) {
  uint64_t m = (uint64_t)r->step, each = r->range / m, rest = r->range % m;
  return r->begin + each * (uint64_t)k + rest * (uint64_t)k / m;
}

// Codes of cells: 0, or 1 + the place of what is kept of their values.
enum { CELLS = 3 * BINS_MOST };
typedef struct Bucket { // values of a cell that holds a quantile, or only the least and the largest of one beside it
  int32_t cell;
  bool full;
  double lo, hi;
  int64_t begin, n;
} Bucket;

typedef struct Value {
  double v;
  uint64_t w;
} Value;

typedef struct Pick {
  Bucket bucket[CELLS];
  int64_t n;
  Value *value;
} Pick;

static void keep_cell(BinCuts *c, Pick *p, int32_t cell, bool full) {
  int16_t *code = &c->room->code[cell];
  if (!*code) {
    p->bucket[p->n] = (Bucket){.cell = cell, .lo = INFINITY, .hi = -INFINITY};
    *code = (int16_t)++p->n;
  }
  p->bucket[*code - 1].full |= full;
}

// Keeps the cells of all wanted quantiles and their neighbours that are not empty, in order. Returns what they count.
static uint64_t keep_cells(BinCuts *c, const Ranks *ranks, Pick *p) {
  BinRoom *r = c->room;
  int32_t last = -1, ncell = c->grid.ncell;
  uint64_t below = 0, kept = 0;
  int64_t k = ranks->first;
  bool next = false;
  p->n = 0;
  memset(r->code, 0, (size_t)(ncell + 1) * sizeof *r->code);
  for (int32_t cell = 0; cell < ncell; cell++) {
    if (!r->count[cell]) continue;
    below += r->count[cell];
    bool hit = false;
    for (; k < ranks->end && rank_at(ranks, k) < below; k++) hit = true;
    if (hit && last >= 0) keep_cell(c, p, last, false);
    if (hit || next) keep_cell(c, p, cell, hit);
    kept += hit ? r->count[cell] : 0;
    next = hit, last = cell;
  }
  return kept;
}

// ---- order statistics ---------------------------------------------------------------------------------------------
static int64_t place_buckets(const BinCuts *c, Pick *p) {
  const BinRoom *r = c->room;
  int64_t n = 0;
  for (int64_t i = 0; i < c->x->n && c->weight; i++)
    if (r->code[r->cell[i]]) p->bucket[r->code[r->cell[i]] - 1].n++;
  for (int64_t k = 0; k < p->n; k++) {
    Bucket *b = &p->bucket[k];
    b->begin = n;
    if (b->full) n += c->weight ? b->n : (int64_t)r->count[b->cell];
    b->n = 0;
  }
  return n;
}

static void collect(BinCuts *c, Pick *p) {
  BinRoom *r = c->room;
  for (int64_t i = 0, m; i < c->x->n; i += m) {
    m = c->x->n - i < BIN_PIECE ? c->x->n - i : BIN_PIECE;
    features_read(c->x, c->j, i, i + m, r->x);
    for (int64_t k = 0; k < m; k++) {
      int32_t code = r->code[r->cell[i + k]];
      if (!code) continue;
      Bucket *b = &p->bucket[code - 1];
      double v = r->x[k] + 0.0;
      b->lo = v < b->lo ? v : b->lo, b->hi = v > b->hi ? v : b->hi;
      if (b->full) p->value[b->begin + b->n++] = (Value){v, c->weight ? c->weight[i + k] : 1};
    }
  }
}

static int by_value(const void *a, const void *b) {
  double x = ((const Value *)a)->v, y = ((const Value *)b)->v;
  return (x > y) - (x < y);
}

static void sort_values(Value *v, int64_t n) {
  if (n > 64) {
    qsort(v, (size_t)n, sizeof *v, by_value);
    return;
  }
  for (int64_t i = 1; i < n; i++) {
    Value x = v[i];
    int64_t k = i;
    for (; k > 0 && v[k - 1].v > x.v; k--) v[k] = v[k - 1];
    v[k] = x;
  }
}

static double midway(double u, double v) {
  double c = u + (v - u) / 2;
  if (!isfinite(c)) c = u / 2 + v / 2;
  return c > u ? c : v;
}

static void add_cut(BinCuts *c, double u, double v) {
  double cut = midway(u, v);
  if (c->ncut < c->most - 1 && (c->ncut == 0 || cut > c->cut[c->ncut - 1])) c->cut[c->ncut++] = cut;
}

typedef struct Walk { // from value to value
  const Ranks *ranks;
  uint64_t below;        // what counts before
  int64_t k;             // the next quantile
  double before;         // the value before, NaN at first
  bool above;            // it wants a cut above
} Walk;

static void walk_bucket(BinCuts *c, Walk *w, Value *v, int64_t n) {
  sort_values(v, n);
  for (int64_t i = 0, end; i < n; i = end) {
    int64_t hits = 0;
    uint64_t run = 0;
    for (end = i; end < n && v[end].v == v[i].v; end++) run += v[end].w;
    for (; w->k < w->ranks->end && rank_at(w->ranks, w->k) < w->below + run; w->k++) hits++;
    if ((w->above || hits) && w->before == w->before) add_cut(c, w->before, v[i].v);
    w->above = hits > 1, w->before = v[i].v, w->below += run;
  }
}

static void walk_cells(BinCuts *c, Pick *p, const Ranks *ranks) {
  const BinRoom *r = c->room;
  Walk w = {.ranks = ranks, .k = ranks->first, .before = NAN};
  int32_t cell = 0;
  for (int64_t k = 0; k < p->n; k++) {
    const Bucket *b = &p->bucket[k];
    for (; cell < b->cell; cell++) w.below += r->count[cell];
    if (b->full) walk_bucket(c, &w, p->value + b->begin, b->n);
    else {
      if (w.above) add_cut(c, w.before, b->lo);
      w.above = false, w.before = b->hi, w.below += r->count[cell];
    }
    cell = b->cell + 1;
  }
}

static ErrCode cut_quantiles(BinCuts *c, Pick *p, const Ranks *ranks, Err *err) {
  int64_t n = place_buckets(c, p);
  p->value = mem_new((size_t)n * sizeof *p->value);
  if (!p->value) return err_set(err, ERR_MEMORY, "no memory to sort %lld values", (long long)n);
  collect(c, p);
  walk_cells(c, p, ranks);
  mem_free(p->value);
  return OK;
}

static void cut_between_all(BinCuts *c) {
  double *v = c->distinct;
  for (int64_t i = 1; i < c->ndistinct; i++) { // insertion: 256 at most
    double x = v[i];
    int64_t k = i;
    for (; k > 0 && v[k - 1] > x; k--) v[k] = v[k - 1];
    v[k] = x;
  }
  for (int64_t i = 1; i < c->ndistinct; i++) c->cut[c->ncut++] = midway(v[i - 1], v[i]);
}

ErrCode bin_cuts_find(BinCuts *c, Err *err) {
  look_at(c);
  if (c->missing && c->most == BINS_MOST) c->most--;
  if (c->missing == c->x->n) return OK;
  count_cells(c, false);
  if (c->ndistinct <= c->most) {
    cut_between_all(c);
    return OK;
  }
  Ranks ranks = choose_ranks(c);
  Pick pick;
  if (keep_cells(c, &ranks, &pick) > ranks.total / 8) {
    count_cells(c, true);
    keep_cells(c, &ranks, &pick);
  }
  return cut_quantiles(c, &pick, &ranks, err);
}
