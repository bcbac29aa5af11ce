// The best split of a node. Columns are looked at one by one, on all threads when there is enough to do; a large node
// of numbers or two classes goes through cells first (cart_cells.c), all else is sorted (cart_sort.c). What a column
// offers depends on the rows of the node alone, and among equal scores the column that stands first wins, so neither
// threads nor the order in which columns are drawn can be seen in the result.
#include "model/cart_split_int.h"

#include "base/pool.h"

#include <math.h>
#include <string.h>

// Rows from which cells pay; rows times columns from which threads do; columns that are looked at together.
enum { COARSE = 4096, SHARED = 1 << 16, GROUP = 64 };

typedef struct Tried {
  CartSplit best;
  CartSearch search;
  bool constant, failed;
} Tried;

typedef struct Find {
  Job *job;             // NULL: alone
  const CartIn *in;
  const CartNode *node;
  CartRoom *scratch;
  Room *room;           // NULL: each task has its own
  unsigned char *cells; // cart_cells_size() each
  Tried *tried;         // GROUP
  RngKey draw, cut;
  int n;
  bool coarse;
  double floor;
} Find;

static bool same_cut(const CartSplit *a, double score, uint32_t rank, bool missing_left) {
  if (score != a->score) return score > a->score;
  if (missing_left != a->missing_left) return !missing_left;
  return rank < a->rank;
}

void cart_take(CartSearch *s, double score, uint32_t rank, bool missing_left) {
  CartSplit *b = s->best;
  if (score < b->score || !same_cut(b, score, rank, missing_left)) return;
  b->score = score, b->rank = rank, b->missing_left = missing_left, b->cut = NAN;
}

// ---- sorted -------------------------------------------------------------------------------------------------------
static bool classes(const CartSearch *s) { return s->in->target->nclass > 2; }

static void add_missing(CartSearch *s, const CartItem *row) {
  s->missing.n++, s->missing.w += row->w;
  if (classes(s)) s->gone[row->s] += row->w;
  else s->missing.s += row->s;
}

// Keys of the rows that have a value; sets what cart_range does.
static int64_t read_keys(CartSearch *s, uint64_t *key) {
  const CartNode *node = s->node;
  uint32_t missing = (uint32_t)s->c->distinct;
  int64_t m = 0;
  s->lo = UINT32_MAX, s->hi = 0;
  for (int64_t i = 0; i < node->m; i++) {
    uint32_t rank = cart_rank(s->c, node->row[i]);
    if (rank == missing) {
      add_missing(s, &node->item[i]);
      continue;
    }
    key[m++] = (uint64_t)rank << 32 | (uint64_t)i;
    s->lo = rank < s->lo ? rank : s->lo, s->hi = rank > s->hi ? rank : s->hi;
  }
  return m;
}

// The rows that have a value go left, the missing ones right.
static void take_present(CartSearch *s, int64_t present) {
  const CartIn *in = s->in;
  const CartNode *node = s->node;
  int64_t least = in->opts.min_leaf;
  if (!s->missing.n || !present || present < least || s->missing.n < least) return;
  const CartSum *all = &node->sum, *gone = &s->missing;
  if (!classes(s)) {
    cart_take(s, cart_score_pair(in, all->w - gone->w, all->s - gone->s, gone->w, gone->s), s->hi + 1, false);
    return;
  }
  double l = 0, r = 0;
  for (int k = 0; k < in->target->nclass; k++)
    l += cart_phi(in, node->count[k] - s->gone[k]), r += cart_phi(in, s->gone[k]);
  cart_take(s, cart_score_classes(in, l, all->w - gone->w, r, gone->w), s->hi + 1, false);
}

static bool search_sorted(CartSearch *s, Room *room, bool *constant) {
  const CartNode *node = s->node;
  int64_t nclass = s->in->target->nclass;
  uint64_t *key = room_get(room, (size_t)(2 * node->m + 3 * nclass) * sizeof *key);
  if (!key) return false;
  s->gone = (int64_t *)(void *)(key + 2 * node->m), s->left = s->gone + nclass, s->right = s->left + nclass;
  memset(s->gone, 0, (size_t)nclass * sizeof *s->gone);
  int64_t m = read_keys(s, key);
  *constant = m == 0 || (s->lo == s->hi && m == node->m);
  if (*constant) return true;
  take_present(s, m);
  if (s->lo == s->hi) return true;
  key = cart_sort(key, key + node->m, m, s->lo, s->hi);
  if (classes(s)) cart_scan_classes(s, key, m);
  else cart_scan_pairs(s, key, m, (CartSum){0});
  return true;
}

// ---- one column ---------------------------------------------------------------------------------------------------
static bool uses_cells(const Find *f, const CartSearch *s) { return f->coarse && !s->c->words; }

static bool search_first(Find *f, Tried *t, Room *room, int64_t k) {
  CartSearch *s = &t->search;
  if (f->in->opts.random) return cart_split_random(s, room, &t->constant);
  if (s->c->words) return cart_split_words(s, room, &t->constant);
  if (!uses_cells(f, s)) return search_sorted(s, room, &t->constant);
  cart_range(s, NULL);
  t->constant = s->lo > s->hi || (s->lo == s->hi && !s->c->gaps);
  if (!t->constant) cart_cells_scan(s, (CartCells *)(void *)(f->cells + (size_t)k * cart_cells_size()));
  return true;
}

static bool search_again(Find *f, Tried *t, Room *room, int64_t k) {
  if (t->constant || !uses_cells(f, &t->search)) return true;
  return cart_cells_refine(&t->search, (CartCells *)(void *)(f->cells + (size_t)k * cart_cells_size()), f->floor, room);
}

static void search(Find *f, int64_t begin, int64_t end, bool (*fn)(Find *, Tried *, Room *, int64_t)) {
  Room own = {0};
  for (int64_t k = begin; k < end; k++)
    f->tried[k].failed = f->tried[k].failed || !fn(f, &f->tried[k], f->room ? f->room : &own, k);
  room_fini(&own);
}

static void task_first(void *ctx, int64_t begin, int64_t end) { search(ctx, begin, end, search_first); }
static void task_again(void *ctx, int64_t begin, int64_t end) { search(ctx, begin, end, search_again); }

// ---- a group of columns -------------------------------------------------------------------------------------------
static void start_column(Find *f, int32_t feature) {
  const CartColumn *c = &f->in->data->column[feature];
  Tried *t = &f->tried[f->n++];
  *t = (Tried){.best = {.score = -INFINITY, .cut = NAN, .feature = feature}};
  if (c->words) t->best.set = arena_array(&f->scratch->sets, uint64_t, (c->distinct + 63) / 64);
  t->search = (CartSearch){.in = f->in, .node = f->node, .c = c, .cut = f->cut, .best = &t->best};
}

static void run(Find *f, PoolFn fn, bool shared) {
  if (shared) par_for(f->job, f->n, 1, fn, f);
  else fn(f, 0, f->n);
}

// Searches f->tried[0 .. f->n); the best of them and what was best before goes to *out. Returns how many vary.
static int try_group(Find *f, CartSplit *out) {
  bool shared = f->job && f->n > 1 && f->node->m * f->n >= SHARED;
  int vary = 0;
  f->room = shared ? NULL : &f->scratch->room;
  run(f, task_first, shared);
  f->floor = out->score;
  for (int k = 0; k < f->n; k++) f->floor = fmax(f->floor, f->tried[k].best.score);
  if (f->coarse) run(f, task_again, shared);
  for (int k = 0; k < f->n; k++) {
    CartSplit *b = &f->tried[k].best;
    if (f->tried[k].failed) return -1;
    b->gaps = f->tried[k].search.missing.n > 0;
    vary += !f->tried[k].constant;
    if (b->score > out->score || (b->score == out->score && b->feature < out->feature && b->score > -INFINITY))
      *out = *b;
  }
  return vary;
}

// ---- all columns --------------------------------------------------------------------------------------------------
// The next of the columns in the order that the node's key draws; order[k ..] are those that are left.
static int32_t draw_column(const Find *f, int32_t *order, int64_t k, int64_t p) {
  int64_t pick = k + rng_below(f->draw, (uint64_t)k, 0, p - k);
  int32_t drawn = order[pick];
  order[pick] = order[k], order[k] = drawn;
  return drawn;
}

// At least max_features columns, and more until one of them varies.
static bool try_columns(Find *f, CartSplit *out) {
  int64_t p = f->in->data->p, want = f->in->opts.max_features, vary = 0;
  int32_t *order = f->scratch->order;
  for (int64_t j = 0; j < p; j++) order[j] = (int32_t)j;
  if (want < p) f->draw = rng_key(f->node->key, "cart.columns");
  if (f->in->opts.random) f->cut = rng_key(f->node->key, "cart.cut");
  for (int64_t k = 0; k < p && (k < want || !vary);) {
    f->n = 0;
    int64_t end = k < want ? want : k + 1;
    for (; k < end && f->n < GROUP; k++) start_column(f, want < p ? draw_column(f, order, k, p) : order[k]);
    int found = try_group(f, out);
    if (found < 0) return false;
    vary += found;
  }
  return true;
}

bool cart_split_find(Job *job, const CartIn *in, const CartNode *node, CartRoom *scratch, CartSplit *out) {
  Tried tried[GROUP];
  int64_t want = in->opts.max_features, most = want < GROUP ? want : GROUP;
  Find f = {.job = job, .in = in, .node = node, .scratch = scratch, .tried = tried};
  f.coarse = node->m >= COARSE && in->target->nclass <= 2 && !in->opts.random;
  *out = (CartSplit){.score = -INFINITY, .cut = NAN};
  if (f.coarse) f.cells = room_get(&scratch->cells, (size_t)most * cart_cells_size());
  return (!f.coarse || f.cells) && try_columns(&f, out);
}
