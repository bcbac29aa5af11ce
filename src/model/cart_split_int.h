// How a node finds its split: by ranks, column by column; by values when one cut a column is drawn.
#pragma once
#include "model/cart_int.h"

#include "base/rng.h"

#include <math.h>

// ---- a tree under construction (cart_tree.c); false: memory ran out -------------------------------------------------
NODISCARD bool cart_tree_reserve(CartTree *t); // room for two nodes more
NODISCARD bool cart_tree_add_set(CartTree *t, const uint64_t *set, int64_t n, int64_t *at);
NODISCARD bool cart_tree_splice(CartTree *t, int64_t at, const CartTree *sub); // in the place of the leaf `at`

// ---- what is split -------------------------------------------------------------------------------------------------
typedef struct CartSum { // of some rows; w and s as in CartItem
  int64_t n, w, s;
} CartSum;

typedef struct CartNode { // a run of rows in the making
  uint32_t *row;
  CartItem *item;         // of a regression about the mean of the node
  int64_t m;
  CartSum sum;
  int64_t *count;         // weight of each of more than two classes
  uint64_t key;           // of its random numbers
  const double **x;       // columns of values where row[] points to; NULL: there are ranks
} CartNode;

typedef struct CartSplit {
  double score;           // -inf: there is none
  double cut;             // NaN: halfway between the values on both sides of `rank`
  uint64_t *set;          // words that go left; of words only
  int32_t feature;
  uint32_t rank;          // smaller ranks go left
  bool missing_left, gaps; // gaps: some rows are missing
} CartSplit;

typedef struct CartRoom { // scratch of one thread
  Room room, cells;
  int32_t *order;  // of the columns
  Arena sets;      // of words
} CartRoom;

typedef struct CartSearch { // one column in one node
  const CartIn *in;
  const CartNode *node;
  const CartColumn *c;
  RngKey cut;             // of the random cuts of the node
  uint32_t lo, hi;        // ranks that occur; lo > hi: none
  CartSum missing;
  int64_t *gone, *left, *right; // nclass each: of missing rows, and to work with; of more than two classes
  CartSplit *best;
} CartSearch;

// On which side a value lies that a random cut parts.
static inline bool cart_value_left(const CartSplit *s, double v) {
  if (s->set) return isnan(v) ? s->missing_left : s->set[(int64_t)v >> 6] >> ((int64_t)v & 63) & 1;
  return (v < s->cut) | (isnan(v) & s->missing_left);
}

// The best split of a node by the columns that its key draws: by score, then by feature, then missing values on the
// right first, then by rank. false: memory ran out.
NODISCARD bool cart_split_find(Job *job, const CartIn *in, const CartNode *node, CartRoom *scratch, CartSplit *out);
void cart_take(CartSearch *s, double score, uint32_t rank, bool missing_left); // when it is better
// Every cut between the m rows key[0..m) (rank in the upper half, place in the node in the lower one), sorted.
// `before`: the sum of the rows left of them.
void cart_scan_pairs(CartSearch *s, const uint64_t *key, int64_t m, CartSum before);
void cart_scan_classes(CartSearch *s, const uint64_t *key, int64_t m);
// By rank; what is to be read afterwards is returned: key or other.
uint64_t *cart_sort(uint64_t *key, uint64_t *other, int64_t m, uint32_t lo, uint32_t hi);
// Words (cart_words.c), into best->set; one random cut or set (cart_random.c). false: memory ran out.
NODISCARD bool cart_split_words(CartSearch *s, Room *room, bool *constant);
NODISCARD bool cart_split_random(CartSearch *s, Room *room, bool *constant);
// The coarse way through large nodes (cart_cells.c).
typedef struct CartCells CartCells;
size_t cart_cells_size(void);
void cart_cells_scan(CartSearch *s, CartCells *cells);
NODISCARD bool cart_cells_refine(CartSearch *s, const CartCells *cells, double floor, Room *room);
void cart_range(CartSearch *s, uint32_t *keep); // sets lo and hi; keep: NULL, or where the ranks of all rows go

// ---- scores: the larger, the purer both sides ----------------------------------------------------------------------
double cart_log_sum(double x); // x log x, rounded so that sums are exact
static inline double cart_xlogx(const CartIn *in, int64_t x) {
  return x < in->log_room ? in->log_table[x] : cart_log_sum((double)x);
}
// Of one class in a side of more than two.
static inline double cart_phi(const CartIn *in, int64_t count) {
  return in->opts.criterion == CART_ENTROPY ? cart_xlogx(in, count) : (double)count * (double)count;
}
// Of sides with the sums of phi l and r.
static inline double cart_score_classes(const CartIn *in, double l, int64_t wl, double r, int64_t wr) {
  if (in->opts.criterion == CART_ENTROPY) return (l - cart_xlogx(in, wl)) + (r - cart_xlogx(in, wr));
  return l / (double)wl + r / (double)wr;
}
static inline double cart_purity(const CartIn *in, int64_t w, int64_t s) { // of one of two classes
  return cart_xlogx(in, s) + cart_xlogx(in, w - s) - cart_xlogx(in, w);
}
// Of numbers and of two classes.
static inline double cart_score_pair(const CartIn *in, int64_t wl, int64_t sl, int64_t wr, int64_t sr) {
  if (in->opts.criterion == CART_ENTROPY) return cart_purity(in, wl, sl) + cart_purity(in, wr, sr);
  double a = (double)sl * (double)sl * (double)wr, b = (double)sr * (double)sr * (double)wl;
  return (a + b) / ((double)wl * (double)wr);
}
