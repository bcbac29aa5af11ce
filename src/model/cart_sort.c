// Rows of a node in the order of their ranks, and every cut between them. Ranks lie between two known ones, so that a
// few digits as wide as needed sort them: as many passes as the spread of the ranks asks for, and not more for a small
// node in a large table than its spread takes.
#include "model/cart_split_int.h"

enum { INSERTION = 24, DIGIT = 8 };

static void sort_few(uint64_t *key, int64_t m) {
  for (int64_t i = 1; i < m; i++) {
    uint64_t k = key[i];
    int64_t j = i;
    for (; j > 0 && key[j - 1] > k; j--) key[j] = key[j - 1];
    key[j] = k;
  }
}

static void sort_digit(const uint64_t *from, uint64_t *to, int64_t m, uint32_t lo, int shift, int bits) {
  uint32_t place[1 << DIGIT] = {0};
  uint32_t mask = (1u << bits) - 1, sum = 0;
  for (int64_t i = 0; i < m; i++) place[(((uint32_t)(from[i] >> 32) - lo) >> shift) & mask]++;
  for (uint32_t d = 0; d <= mask; d++) {
    uint32_t count = place[d];
    place[d] = sum, sum += count;
  }
  for (int64_t i = 0; i < m; i++) to[place[(((uint32_t)(from[i] >> 32) - lo) >> shift) & mask]++] = from[i];
}

uint64_t *cart_sort(uint64_t *key, uint64_t *other, int64_t m, uint32_t lo, uint32_t hi) {
  if (m <= INSERTION) {
    sort_few(key, m);
    return key;
  }
  int bits = hi > lo ? 32 - __builtin_clz(hi - lo) : 0, passes = (bits + DIGIT - 1) / DIGIT;
  int width = passes ? (bits + passes - 1) / passes : 0;
  for (int k = 0; k < passes; k++) {
    sort_digit(key, other, m, lo, k * width, width);
    uint64_t *swap = key;
    key = other, other = swap;
  }
  return key;
}

// ---- numbers and two classes --------------------------------------------------------------------------------------
static inline bool enough(const CartSearch *s, int64_t left) {
  int64_t least = s->in->opts.min_leaf;
  return left >= least && s->node->m - left >= least;
}

static inline uint32_t rank_of(uint64_t key) { return (uint32_t)(key >> 32); }

static void scan_pairs(CartSearch *s, const uint64_t *key, int64_t m, CartSum left, bool missing_left) {
  const CartSum all = s->node->sum;
  const CartItem *item = s->node->item;
  for (int64_t i = 0; i + 1 < m; i++) {
    const CartItem *row = &item[(uint32_t)key[i]];
    left.n++, left.w += row->w, left.s += row->s;
    if (rank_of(key[i]) == rank_of(key[i + 1]) || !enough(s, left.n)) continue;
    double score = cart_score_pair(s->in, left.w, left.s, all.w - left.w, all.s - left.s);
    cart_take(s, score, rank_of(key[i + 1]), missing_left);
  }
}

void cart_scan_pairs(CartSearch *s, const uint64_t *key, int64_t m, CartSum before) {
  const CartSum *gone = &s->missing;
  scan_pairs(s, key, m, before, false);
  if (!gone->n) return;
  scan_pairs(s, key, m, (CartSum){before.n + gone->n, before.w + gone->w, before.s + gone->s}, true);
}

// ---- more classes -------------------------------------------------------------------------------------------------
static void scan_classes(CartSearch *s, const uint64_t *key, int64_t m, bool missing_left) {
  const CartIn *in = s->in;
  const CartNode *node = s->node;
  int64_t n = missing_left ? s->missing.n : 0, w = missing_left ? s->missing.w : 0;
  double l = 0, r = 0;
  for (int k = 0; k < in->target->nclass; k++) {
    s->left[k] = missing_left ? s->gone[k] : 0, s->right[k] = node->count[k] - s->left[k];
    l += cart_phi(in, s->left[k]), r += cart_phi(in, s->right[k]);
  }
  for (int64_t i = 0; i + 1 < m; i++) {
    const CartItem *row = &node->item[(uint32_t)key[i]];
    int64_t *a = &s->left[row->s], *b = &s->right[row->s];
    l -= cart_phi(in, *a), r -= cart_phi(in, *b);
    *a += row->w, *b -= row->w, n++, w += row->w;
    l += cart_phi(in, *a), r += cart_phi(in, *b);
    if (rank_of(key[i]) == rank_of(key[i + 1]) || !enough(s, n)) continue;
    cart_take(s, cart_score_classes(in, l, w, r, node->sum.w - w), rank_of(key[i + 1]), missing_left);
  }
}

void cart_scan_classes(CartSearch *s, const uint64_t *key, int64_t m) {
  scan_classes(s, key, m, false);
  if (s->missing.n) scan_classes(s, key, m, true);
}
