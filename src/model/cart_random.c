// One random split of a column in a node, as extremely randomized trees have it: of numbers a cut drawn evenly between
// the smallest and the largest value, of words a side drawn for each (Geurts, Ernst, Wehenkel 2006). Missing values go
// where they score best. One pass gathers the values of the node, one adds up the rows left of the cut.
#include "model/cart_split_int.h"

#include <string.h>

typedef struct Draw {
  CartSearch *s;
  uint64_t column;
  double lo, hi;     // values or codes that occur; lo > hi: none
  double *v;         // of the rows of the node; NaN: missing
  CartSum left;
} Draw;

typedef struct Range {
  double lo, hi;
} Range;

static Range widen(Range r, double v) { // NaN changes nothing
  return (Range){v < r.lo ? v : r.lo, v > r.hi ? v : r.hi};
}

// The values of the node's rows; two ranges at a time, that one need not wait for the other.
static void read_values(Draw *d) {
  const CartNode *node = d->s->node;
  const double *x = node->x[d->column];
  Range a = {INFINITY, -INFINITY}, b = a;
  int64_t i = 0;
  for (; i + 1 < node->m; i += 2) {
    double v = x[node->row[i]], w = x[node->row[i + 1]];
    d->v[i] = v, d->v[i + 1] = w;
    a = widen(a, v), b = widen(b, w);
  }
  if (i < node->m) d->v[i] = x[node->row[i]], a = widen(a, d->v[i]);
  d->lo = a.lo < b.lo ? a.lo : b.lo, d->hi = a.hi > b.hi ? a.hi : b.hi;
}

// A column without two values parts those that have one from those that have none.
static void draw_number(Draw *d) {
  double lo = d->lo, hi = d->hi;
  if (lo == hi) {
    d->s->best->cut = INFINITY;
    return;
  }
  double cut = hi - rng_unit(d->s->cut, d->column, 0) * (hi - lo);
  d->s->best->cut = cut > lo && cut <= hi ? cut : hi;
}

// The smallest and the largest code that occur go to different sides, so that neither is empty.
static void draw_words(Draw *d) {
  uint64_t *set = d->s->best->set, levels = (uint64_t)d->s->c->distinct;
  uint64_t first = (uint64_t)d->lo, last = (uint64_t)d->hi;
  memset(set, 0, (levels + 63) / 64 * sizeof *set);
  for (uint64_t k = 0; k < levels; k++) set[k >> 6] |= (rng_u64(d->s->cut, d->column, k) & 1) << (k & 63);
  uint64_t lo = 1ull << (first & 63), hi = 1ull << (last & 63);
  if (set[first >> 6] & lo) set[last >> 6] &= ~hi;
  else set[last >> 6] |= hi;
  if (first == last) set[first >> 6] |= lo;
}

static void add_row(Draw *d, const CartItem *row, bool gone) {
  CartSearch *s = d->s;
  CartSum *sum = gone ? &s->missing : &d->left;
  sum->n++, sum->w += row->w;
  if (s->in->target->nclass > 2) (gone ? s->gone : s->left)[row->s] += row->w;
  else sum->s += row->s;
}

static void add_rows(Draw *d) {
  const CartSearch *s = d->s;
  for (int64_t i = 0; i < s->node->m; i++) {
    bool gone = isnan(d->v[i]);
    if (gone || cart_value_left(s->best, d->v[i])) add_row(d, &s->node->item[i], gone);
  }
}

// The same of numbers without gaps, which are most: a coin's throw that no branch could foresee.
static void add_numbers(Draw *d) {
  const CartItem *item = d->s->node->item;
  double cut = d->s->best->cut;
  CartSum sum = {0};
  for (int64_t i = 0; i < d->s->node->m; i++) {
    int64_t left = -(int64_t)(d->v[i] < cut);
    sum.n -= left, sum.w += item[i].w & left, sum.s += item[i].s & left;
  }
  d->left = sum;
}

static double score_of(const CartSearch *s, const CartSum *left) {
  const CartIn *in = s->in;
  const CartNode *node = s->node;
  double l = 0, r = 0;
  int64_t w = node->sum.w - left->w;
  if (in->target->nclass <= 2) return cart_score_pair(in, left->w, left->s, w, node->sum.s - left->s);
  for (int k = 0; k < in->target->nclass; k++)
    l += cart_phi(in, s->left[k]), r += cart_phi(in, node->count[k] - s->left[k]);
  return cart_score_classes(in, l, left->w, r, w);
}

static void take(Draw *d, bool missing_left) {
  CartSearch *s = d->s;
  int64_t least = s->in->opts.min_leaf, right = s->node->m - d->left.n;
  if (!d->left.n || !right || d->left.n < least || right < least) return;
  double score = score_of(s, &d->left), cut = s->best->cut;
  if (score <= s->best->score) return;
  s->best->score = score, s->best->missing_left = missing_left, s->best->cut = cut;
}

bool cart_split_random(CartSearch *s, Room *room, bool *constant) {
  int64_t k = s->in->target->nclass;
  size_t bytes = (size_t)(2 * k) * sizeof(int64_t);
  s->gone = room_get(room, bytes + (size_t)s->node->m * sizeof(double));
  if (!s->gone) return false;
  Draw d = {.s = s, .column = (uint64_t)s->best->feature, .v = (double *)(void *)(s->gone + 2 * k)};
  read_values(&d);
  *constant = d.lo > d.hi || (d.lo == d.hi && !s->c->gaps);
  if (*constant) return true;
  memset(s->gone, 0, bytes);
  s->left = s->gone + k;
  (s->c->words ? draw_words : draw_number)(&d);
  (s->c->gaps || s->c->words || k > 2 ? add_rows : add_numbers)(&d);
  take(&d, false);
  if (!s->missing.n) return true;
  d.left.n += s->missing.n, d.left.w += s->missing.w, d.left.s += s->missing.s;
  for (int64_t c = 0; k > 2 && c < k; c++) s->left[c] += s->gone[c];
  take(&d, true);
  return true;
}
