// The best cut of a large node without sorting it, and yet exactly the best one. Ranks fall into a few hundred cells of
// equal width; one pass adds up the cells, and the cuts between cells are scored. A cut inside a cell scores at most
// what the corners of the region score in which the sums of its left part can lie, for the score is convex in them
// (square over linear, or an entropy):
//   two classes: (w, s) lies between nothing, all of one class, all of the other, and the whole cell;
//   numbers: a part of the weight a has the sum a * mean + d, |d| <= sqrt(w * sum of squares about the mean) / 2.
// Only cells whose bound reaches the best score found so far in any column are sorted and searched. O(rows) a column,
// and little more: near the best cut the bound of most cells is far below.
#include "model/cart_split_int.h"

#include <math.h>
#include <string.h>

enum { CELLS = 512, PIECE = 1024 };

typedef struct Cell {
  CartSum sum;
  double squares; // s^2 / w of the rows
} Cell;

struct CartCells {
  int shift;
  int64_t n;
  Cell cell[CELLS + 1]; // the last one: missing
};

size_t cart_cells_size(void) { return sizeof(CartCells); }

static void read_ranks(const CartColumn *c, const uint32_t *row, int64_t m, uint32_t *out) {
  if (c->r16) for (int64_t i = 0; i < m; i++) out[i] = c->r16[row[i]];
  else for (int64_t i = 0; i < m; i++) out[i] = c->r32[row[i]];
}

static inline CartSum plus(CartSum a, CartSum b) { return (CartSum){a.n + b.n, a.w + b.w, a.s + b.s}; }

void cart_range(CartSearch *s, uint32_t *keep) {
  const CartNode *node = s->node;
  uint32_t own[PIECE], missing = (uint32_t)s->c->distinct, lo = UINT32_MAX, hi = 0;
  for (int64_t i = 0; i < node->m; i += PIECE) {
    int64_t m = node->m - i < PIECE ? node->m - i : PIECE;
    uint32_t *rank = keep ? keep + i : own;
    read_ranks(s->c, node->row + i, m, rank);
    for (int64_t k = 0; k < m; k++) {
      bool gone = rank[k] == missing;
      lo = rank[k] < lo ? rank[k] : lo;
      hi = rank[k] > hi && !gone ? rank[k] : hi;
    }
  }
  s->lo = lo, s->hi = lo == missing ? 0 : hi;
}

// ---- sums ---------------------------------------------------------------------------------------------------------
static void add_piece(CartCells *t, const CartSearch *s, const uint32_t *rank, const CartItem *item, int64_t m) {
  uint32_t lo = s->lo, missing = (uint32_t)s->c->distinct;
  bool numbers = s->in->target->nclass == 0;
  for (int64_t k = 0; k < m; k++) {
    Cell *c = &t->cell[rank[k] == missing ? CELLS : (rank[k] - lo) >> t->shift];
    c->sum.n++, c->sum.w += item[k].w, c->sum.s += item[k].s;
    if (numbers) c->squares += (double)item[k].s * (double)item[k].s / (double)item[k].w;
  }
}

static void add_up(CartCells *t, const CartSearch *s) {
  const CartNode *node = s->node;
  uint32_t rank[PIECE];
  for (int64_t i = 0; i < node->m; i += PIECE) {
    int64_t m = node->m - i < PIECE ? node->m - i : PIECE;
    read_ranks(s->c, node->row + i, m, rank);
    add_piece(t, s, rank, node->item + i, m);
  }
}

static void take_between(CartSearch *s, CartSum left, uint32_t rank, bool missing_left) {
  const CartSum *all = &s->node->sum;
  int64_t least = s->in->opts.min_leaf, right = all->n - left.n;
  if (left.n < least || right < least || !left.n || !right) return;
  cart_take(s, cart_score_pair(s->in, left.w, left.s, all->w - left.w, all->s - left.s), rank, missing_left);
}

void cart_cells_scan(CartSearch *s, CartCells *t) {
  uint32_t spread = s->hi - s->lo;
  *t = (CartCells){0};
  while (spread >> t->shift >= CELLS) t->shift++;
  t->n = (int64_t)(spread >> t->shift) + 1;
  add_up(t, s);
  s->missing = t->cell[CELLS].sum;
  for (int side = 0; side < (s->missing.n ? 2 : 1); side++) {
    CartSum left = side ? s->missing : (CartSum){0};
    for (int64_t k = 0; k < t->n; k++) {
      if (!t->cell[k].sum.n) continue;
      left = plus(left, t->cell[k].sum);
      uint32_t rank = k + 1 < t->n ? s->lo + ((uint32_t)(k + 1) << t->shift) : s->hi + 1;
      take_between(s, left, rank, side);
    }
  }
}

// ---- bounds -------------------------------------------------------------------------------------------------------
static double square(double s, double w) { return s == 0 ? 0 : w > 0 ? s * s / w : INFINITY; }

static double bound_numbers(const CartSum *all, const CartSum *left, const Cell *c) {
  double w = (double)c->sum.w, s = (double)c->sum.s, spread = c->squares - s * s / w, best = 0;
  double d = sqrt(fmax(0, w * spread)) / 2 * (1 + 1e-9);
  for (int k = 0; k < 4; k++) {
    double wl = (double)left->w + (k & 1 ? w : 0), sl = (double)left->s + (k & 1 ? s : 0) + (k & 2 ? d : -d);
    best = fmax(best, square(sl, wl) + square((double)all->s - sl, (double)all->w - wl));
  }
  return best;
}

static double bound_classes(const CartIn *in, const CartSum *all, const CartSum *left, const CartSum *c) {
  double best = -INFINITY;
  for (int k = 0; k < 2; k++) {
    int64_t wl = left->w + (k ? c->s : c->w - c->s), sl = left->s + (k ? c->s : 0), wr = all->w - wl;
    if (wl > 0 && wr > 0) best = fmax(best, cart_score_pair(in, wl, sl, wr, all->s - sl));
    else best = INFINITY;
  }
  return best;
}

static bool may_hold(const CartSearch *s, const Cell *c, const CartSum *left, double floor) {
  const CartSum *all = &s->node->sum;
  double bound = s->in->target->nclass ? bound_classes(s->in, all, left, &c->sum) : bound_numbers(all, left, c);
  return bound + fabs(bound) * 1e-9 >= floor;
}

// Marks the cells that are to be searched; returns their rows.
static int64_t mark_cells(const CartSearch *s, const CartCells *t, double floor, CartSum *before, bool *mark) {
  CartSum left = {0};
  int64_t rows = 0;
  for (int64_t k = 0; k < t->n; k++) {
    const Cell *c = &t->cell[k];
    CartSum with = plus(left, s->missing);
    mark[k] = c->sum.n > 1 && t->shift &&
              (may_hold(s, c, &left, floor) || (s->missing.n && may_hold(s, c, &with, floor)));
    before[k] = left;
    left = plus(left, c->sum);
    if (mark[k]) rows += c->sum.n;
  }
  return rows;
}

static void collect(const CartSearch *s, const CartCells *t, const bool *mark, uint64_t *key) {
  const CartNode *node = s->node;
  uint32_t rank[PIECE], missing = (uint32_t)s->c->distinct;
  for (int64_t i = 0; i < node->m; i += PIECE) {
    int64_t m = node->m - i < PIECE ? node->m - i : PIECE;
    read_ranks(s->c, node->row + i, m, rank);
    for (int64_t k = 0; k < m; k++)
      if (rank[k] != missing && mark[(rank[k] - s->lo) >> t->shift])
        *key++ = (uint64_t)rank[k] << 32 | (uint64_t)(i + k);
  }
}

bool cart_cells_refine(CartSearch *s, const CartCells *t, double floor, Room *room) {
  CartSum before[CELLS];
  bool mark[CELLS];
  int64_t rows = mark_cells(s, t, floor, before, mark);
  if (!rows) return true;
  uint64_t *key = room_get(room, (size_t)rows * 2 * sizeof *key);
  if (!key) return false;
  collect(s, t, mark, key);
  key = cart_sort(key, key + rows, rows, s->lo, s->hi);
  for (int64_t k = 0, at = 0; k < t->n; k++) {
    if (!mark[k]) continue;
    cart_scan_pairs(s, key + at, t->cell[k].sum.n, before[k]);
    at += t->cell[k].sum.n;
  }
  return true;
}
