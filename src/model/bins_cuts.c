// Where a column of numbers is cut. A column of few values is cut between all of them. Else the rows are counted over a
// fine grid of cells; the values of the cells that hold a wanted quantile, and of their neighbours, are collected and
// sorted: exact order statistics for about three passes over the rows. Where most rows lie in a few cells (long tails)
// the grid is one over the bits of the doubles instead. Counts are whole numbers, also those of weights, so the order
// of the rows changes nothing.
// A quantile v that begins a run of equal values is cut off below; where the run holds the next quantile too, it is cut
// off above as well, so that a value of many rows has a bin of its own.
#include "model/bins_int.h"

#include "base/simd.h"

#include <math.h>
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
    cell[i] = x[i] == x[i] ? (uint16_t)((order_key_f64(x[i]) - first) >> g->shift) : (uint16_t)g->ncell;
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
static void count_cells(BinCuts *c, bool keyed) {
  BinRoom *r = c->room;
  int32_t ncell = 256;
  while (ncell < BIN_CELLS && ncell < c->x->n) ncell *= 2;
  bin_grid_init(&c->grid, c->lo, c->hi, keyed, ncell);
  memset(r->count, 0, (size_t)(ncell + 1) * sizeof *r->count);
  for (int64_t i = 0, m; i < c->x->n; i += m) {
    m = c->x->n - i < BIN_PIECE ? c->x->n - i : BIN_PIECE;
    features_read(c->x, c->j, i, i + m, r->x);
    bin_grid_cells(&c->grid, r->x, m, r->cell + i);
    if (c->weight) for (int64_t k = i; k < i + m; k++) r->count[r->cell[k]] += c->weight[k];
    else for (int64_t k = i; k < i + m; k++) r->count[r->cell[k]]++;
  }
}

static uint64_t total_count(const BinCuts *c) {
  uint64_t sum = 0;
  for (int32_t k = 0; k < c->grid.ncell; k++) sum += c->room->count[k];
  return sum;
}

// floor(total k / most) without overflow.
static uint64_t target(uint64_t total, int64_t k, int64_t most) {
  uint64_t m = (uint64_t)most, each = total / m, rest = total % m;
  return each * (uint64_t)k + rest * (uint64_t)k / m;
}

// Marks (code 1) the cells of all wanted quantiles and their neighbours that are not empty. Returns what they count.
static uint64_t mark_cells(BinCuts *c, uint64_t total) {
  BinRoom *r = c->room;
  int32_t last = -1, ncell = c->grid.ncell;
  uint64_t below = 0, marked = 0;
  int64_t k = 1;
  bool next = false;
  memset(r->code, 0, (size_t)(ncell + 1) * sizeof *r->code);
  for (int32_t cell = 0; cell < ncell; cell++) {
    if (!r->count[cell]) continue;
    below += r->count[cell];
    bool hit = false;
    for (; k < c->most && target(total, k, c->most) < below; k++) hit = true;
    if (hit && last >= 0) r->code[last] = 1;
    if (hit || next) r->code[cell] = 1;
    next = hit, last = cell;
  }
  for (int32_t cell = 0; cell < ncell; cell++) marked += r->code[cell] ? r->count[cell] : 0;
  return marked;
}

// ---- order statistics ---------------------------------------------------------------------------------------------
typedef struct Pick { // values of the marked cells, in order once they are sorted
  KeyRows rows;
  double *v;
  uint64_t *w;
  int32_t *cell;
} Pick;

static void collect(BinCuts *c, Pick *p) {
  BinRoom *r = c->room;
  int64_t n = 0;
  for (int64_t i = 0, m; i < c->x->n; i += m) {
    m = c->x->n - i < BIN_PIECE ? c->x->n - i : BIN_PIECE;
    features_read(c->x, c->j, i, i + m, r->x);
    for (int64_t k = 0; k < m; k++) {
      if (!r->code[r->cell[i + k]]) continue;
      double v = r->x[k] + 0.0;
      p->v[n] = v, p->w[n] = c->weight ? c->weight[i + k] : 1, p->cell[n] = r->cell[i + k];
      p->rows.key[n] = order_key_f64(v), p->rows.row[n] = (uint32_t)n;
      n++;
    }
  }
}

static int64_t count_marked(const BinCuts *c) {
  int64_t n = 0;
  for (int64_t i = 0; i < c->x->n; i++) n += c->room->code[c->room->cell[i]];
  return n;
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

// Walks the sorted values a run of equal ones at a time. below: what counts before the run, over all cells.
static void cut_runs(BinCuts *c, const Pick *p, uint64_t total) {
  const BinRoom *r = c->room;
  uint64_t below = 0;
  int64_t k = 1;
  int32_t cell = 0;
  bool above = false;
  for (int64_t i = 0, end; i < p->rows.n; i = end) {
    int64_t at = p->rows.row[i];
    double v = p->v[at], before = i ? p->v[p->rows.row[i - 1]] : v;
    uint64_t run = 0;
    for (end = i; end < p->rows.n && p->v[p->rows.row[end]] == v; end++) run += p->w[p->rows.row[end]];
    for (; cell < p->cell[at]; cell++) below += r->code[cell] ? 0 : r->count[cell];
    int64_t hits = 0;
    for (; k < c->most && target(total, k, c->most) < below + run; k++) hits++;
    if ((above || hits) && i) add_cut(c, before, v);
    above = hits > 1;
    below += run;
  }
}

static ErrCode cut_quantiles(BinCuts *c, uint64_t total, Err *err) {
  Arena a = {0};
  int64_t n = count_marked(c);
  Pick p = {.rows.n = n};
  p.v = mem_new((size_t)n * (4 * sizeof(double) + 3 * sizeof(int32_t)));
  if (!p.v) return err_set(err, ERR_MEMORY, "no memory to sort %lld values", (long long)n);
  p.w = (uint64_t *)(void *)(p.v + n), p.rows.key = p.w + n, p.rows.key2 = p.rows.key + n;
  p.rows.row = (uint32_t *)(p.rows.key2 + n), p.rows.row2 = p.rows.row + n;
  p.cell = (int32_t *)(p.rows.row2 + n);
  collect(c, &p);
  ErrCode code = order_rows(NULL, &p.rows, err);
  if (code == OK) cut_runs(c, &p, total);
  mem_free(p.v);
  arena_fini(&a);
  return code;
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
  uint64_t total = total_count(c);
  if (mark_cells(c, total) > total / 8) {
    count_cells(c, true);
    mark_cells(c, total);
  }
  return cut_quantiles(c, total, err);
}
