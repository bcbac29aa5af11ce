// One random split of a column in a node, as extremely randomized trees have it: of numbers a cut drawn evenly between
// the smallest and the largest value, of words a side drawn for each (Geurts, Ernst, Wehenkel 2006). Missing values go
// where they score best. One pass over scattered ranks and one over the rows.
#include "model/cart_split_int.h"

#include "base/rng.h"

#include <string.h>

// Rows up to which their own values are looked at, all at once, in place of a search step by step.
enum { FEW = 64 };

typedef struct Draw {
  CartSearch *s;
  RngKey key;
  uint64_t column;
  uint32_t rank;     // numbers: smaller ones go left
  CartSum left;
} Draw;

static bool word_left(const Draw *d, uint32_t code) { return rng_u64(d->key, d->column, code) & 1; }

static bool goes_left(const Draw *d, uint32_t rank) {
  return d->s->c->words ? d->s->best->set[rank >> 6] >> (rank & 63) & 1 : rank < d->rank;
}

// The first rank whose value reaches the cut.
static uint32_t rank_at(const CartColumn *c, uint32_t lo, uint32_t hi, double cut) {
  while (lo < hi) {
    uint32_t mid = lo + (hi - lo) / 2;
    if (c->value[mid] < cut) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

// The smallest of the rows' ranks whose value reaches the cut: it parts the rows as rank_at does.
static uint32_t rank_among(const CartColumn *c, const uint32_t *rank, int64_t m, double cut, uint32_t hi) {
  for (int64_t i = 0; i < m; i++)
    if (rank[i] < hi && c->value[rank[i]] >= cut) hi = rank[i];
  return hi;
}

static void draw_number(Draw *d, const uint32_t *rank) {
  const CartSearch *s = d->s;
  double lo = s->c->value[s->lo], hi = s->c->value[s->hi], u = rng_unit(d->key, d->column, 0);
  double cut = hi - u * (hi - lo);
  if (!(cut > lo && cut <= hi)) cut = hi;
  bool few = s->node->m <= FEW;
  d->rank = few ? rank_among(s->c, rank, s->node->m, cut, s->hi) : rank_at(s->c, s->lo, s->hi, cut);
  s->best->cut = cut, s->best->rank = d->rank;
}

// The smallest and the largest code that occur go to different sides, so that neither is empty.
static void draw_words(Draw *d) {
  const CartSearch *s = d->s;
  uint64_t *set = s->best->set;
  memset(set, 0, (size_t)((s->c->distinct + 63) / 64) * sizeof *set);
  for (uint32_t k = 0; k < (uint32_t)s->c->distinct; k++)
    if (word_left(d, k)) set[k >> 6] |= 1ull << (k & 63);
  uint64_t lo = 1ull << (s->lo & 63), hi = 1ull << (s->hi & 63);
  if (goes_left(d, s->lo)) set[s->hi >> 6] &= ~hi;
  else set[s->hi >> 6] |= hi;
  if (s->lo == s->hi) set[s->lo >> 6] |= lo;
}

static void add_row(Draw *d, const CartItem *row, bool gone) {
  CartSearch *s = d->s;
  CartSum *sum = gone ? &s->missing : &d->left;
  sum->n++, sum->w += row->w;
  if (s->in->target->nclass > 2) (gone ? s->gone : s->left)[row->s] += row->w;
  else sum->s += row->s;
}

static void add_rows(Draw *d, const uint32_t *rank) {
  const CartSearch *s = d->s;
  uint32_t missing = (uint32_t)s->c->distinct;
  for (int64_t i = 0; i < s->node->m; i++)
    if (rank[i] == missing || goes_left(d, rank[i])) add_row(d, &s->node->item[i], rank[i] == missing);
}

// The same of numbers without gaps, which are most: a coin's throw that no branch could foresee.
static void add_numbers(Draw *d, const uint32_t *rank) {
  const CartItem *item = d->s->node->item;
  CartSum sum = {0};
  for (int64_t i = 0; i < d->s->node->m; i++) {
    int64_t left = -(int64_t)(rank[i] < d->rank);
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
  size_t bytes = (size_t)(3 * k) * sizeof(int64_t);
  s->gone = room_get(room, bytes + (size_t)s->node->m * sizeof(uint32_t));
  if (!s->gone) return false;
  uint32_t *rank = (uint32_t *)(void *)(s->gone + 3 * k);
  cart_range(s, rank);
  *constant = s->lo > s->hi || (s->lo == s->hi && !s->c->gaps);
  if (*constant) return true;
  memset(s->gone, 0, bytes);
  s->left = s->gone + k, s->right = s->left + k;
  Draw d = {.s = s, .key = rng_key(s->node->key, "cart.cut"), .column = (uint64_t)s->best->feature};
  if (s->c->words) draw_words(&d);
  else if (s->lo < s->hi) draw_number(&d, rank);
  else d.rank = s->best->rank = s->hi + 1;
  (s->c->gaps || s->c->words || k > 2 ? add_rows : add_numbers)(&d, rank);
  take(&d, false);
  if (!s->missing.n) return true;
  d.left.n += s->missing.n, d.left.w += s->missing.w, d.left.s += s->missing.s;
  for (int64_t c = 0; k > 2 && c < k; c++) s->left[c] += s->gone[c];
  take(&d, true);
  return true;
}
