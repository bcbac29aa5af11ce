// Splits of words. For numbers and two classes the best of all 2^(k-1) sets is among the k - 1 that cut the words in
// the order of their means (Breiman et al. 1984, 4.2.2; Fisher 1958). For more classes the words stand in the order of
// the share of one class after the other, which holds every set that separates one class well, and so the sets of one
// word that a class has for itself. Words that the node does not hold go with the heavier side.
#include "model/cart_split_int.h"

#include <stdlib.h>
#include <string.h>

enum { ORDERS = 16 }; // classes whose order is tried

typedef struct Word {
  double mean;    // by which it is ordered
  CartSum sum;
  int64_t *count; // of more than two classes
  int64_t code;
} Word;

typedef struct Words {
  CartSearch *s;
  Word *word;     // that occur, in order
  int64_t n, nclass;
} Words;

static int by_mean(const void *a, const void *b) {
  const Word *x = a, *y = b;
  return x->mean < y->mean ? -1 : x->mean > y->mean ? 1 : (x->code > y->code) - (x->code < y->code);
}

// ---- sums ---------------------------------------------------------------------------------------------------------
static void add_row(CartSum *sum, int64_t *count, const CartItem *row, bool classes) {
  sum->n++, sum->w += row->w;
  if (classes) count[row->s] += row->w;
  else sum->s += row->s;
}

static void add_rows(Words *t) {
  CartSearch *s = t->s;
  const CartNode *node = s->node;
  for (int64_t i = 0; i < node->m; i++) {
    uint32_t code = cart_rank(s->c, node->row[i]);
    Word *w = &t->word[code];
    bool gone = code == (uint32_t)s->c->distinct;
    add_row(gone ? &s->missing : &w->sum, gone ? s->gone : w->count, &node->item[i], t->nclass > 2);
  }
}

static bool read_words(Words *t, Room *room) {
  CartSearch *s = t->s;
  int64_t levels = s->c->distinct, k = t->nclass > 2 ? t->nclass : 0;
  size_t counts = (size_t)(k * (levels + 4)) * sizeof(int64_t), words = (size_t)(levels + 1) * sizeof(Word);
  char *p = room_get(room, counts + words);
  if (!p) return false;
  memset(p, 0, counts + words);
  t->word = (Word *)(void *)p;
  int64_t *count = (int64_t *)(void *)(p + words);
  for (int64_t c = 0; c <= levels; c++) t->word[c].code = c, t->word[c].count = count + c * k;
  s->gone = count + (levels + 1) * k, s->left = s->gone + k, s->right = s->left + k;
  add_rows(t);
  for (int64_t c = 0; c < levels; c++)
    if (t->word[c].sum.n) t->word[t->n++] = t->word[c];
  return true;
}

// ---- sets ---------------------------------------------------------------------------------------------------------
// The first `taken` words and, when they weigh more, those that the node does not hold.
static void make_set(const Words *t, int64_t taken, uint64_t *set) {
  int64_t left = 0, levels = t->s->c->distinct;
  for (int64_t i = 0; i < taken; i++) left += t->word[i].sum.w;
  bool heavier = 2 * left > t->s->node->sum.w - t->s->missing.w;
  for (int64_t k = 0; k < (levels + 63) / 64; k++) set[k] = heavier ? ~0ull : 0;
  for (int64_t i = 0; i < t->n; i++) {
    uint64_t bit = 1ull << (t->word[i].code & 63), *at = &set[t->word[i].code >> 6];
    *at = i < taken ? *at | bit : *at & ~bit;
  }
}

static bool enough(const CartSearch *s, int64_t left) {
  int64_t least = s->in->opts.min_leaf, right = s->node->m - left;
  return left >= least && right >= least && right > 0;
}

static double score_pair(const Words *t, CartSum left) {
  const CartSum *all = &t->s->node->sum;
  return cart_score_pair(t->s->in, left.w, left.s, all->w - left.w, all->s - left.s);
}

static double score_classes(const Words *t, CartSum left) {
  const CartSearch *s = t->s;
  double l = 0, r = 0;
  for (int64_t k = 0; k < t->nclass; k++)
    l += cart_phi(s->in, s->left[k]), r += cart_phi(s->in, s->node->count[k] - s->left[k]);
  return cart_score_classes(s->in, l, left.w, r, s->node->sum.w - left.w);
}

// The cuts of the present order; the set of the best one when it beats what was best.
static void scan_order(Words *t, bool missing_left) {
  CartSearch *s = t->s;
  bool classes = t->nclass > 2;
  int64_t best = -1, last = s->missing.n && !missing_left ? t->n : t->n - 1;
  CartSum left = missing_left ? s->missing : (CartSum){0};
  for (int64_t k = 0; classes && k < t->nclass; k++) s->left[k] = missing_left ? s->gone[k] : 0;
  for (int64_t i = 0; i < last; i++) {
    const Word *w = &t->word[i];
    left.n += w->sum.n, left.w += w->sum.w, left.s += w->sum.s;
    for (int64_t k = 0; classes && k < t->nclass; k++) s->left[k] += w->count[k];
    if (!enough(s, left.n)) continue;
    double score = classes ? score_classes(t, left) : score_pair(t, left);
    if (score <= s->best->score) continue;
    s->best->score = score, s->best->missing_left = missing_left, best = i;
  }
  if (best >= 0) make_set(t, best + 1, s->best->set);
}

static void try_order(Words *t, int64_t class) {
  for (int64_t i = 0; i < t->n; i++) {
    Word *w = &t->word[i];
    w->mean = (double)(class < 0 ? w->sum.s : w->count[class]) / (double)w->sum.w;
  }
  qsort(t->word, (size_t)t->n, sizeof *t->word, by_mean);
  scan_order(t, false);
  if (t->s->missing.n) scan_order(t, true);
}

// The class with the most weight below (weight, class) in that order; -1: none.
static int64_t next_class(const CartNode *node, int64_t nclass, int64_t last) {
  int64_t best = -1;
  for (int64_t k = 0; k < nclass; k++) {
    if (!node->count[k] || k == last) continue;
    bool after = last < 0 || node->count[k] < node->count[last] || (node->count[k] == node->count[last] && k > last);
    if (after && (best < 0 || node->count[k] > node->count[best])) best = k;
  }
  return best;
}

bool cart_split_words(CartSearch *s, Room *room, bool *constant) {
  Words t = {.s = s, .nclass = s->in->target->nclass};
  if (!read_words(&t, room)) return false;
  *constant = t.n == 0 || (t.n == 1 && !s->missing.n);
  if (*constant) return true;
  if (t.nclass <= 2) try_order(&t, -1);
  int64_t class = -1;
  for (int k = 0; k < ORDERS && t.nclass > 2; k++) {
    class = next_class(s->node, t.nclass, class);
    if (class < 0) break;
    try_order(&t, class);
  }
  return true;
}
