// Growing a tree: rows lie in one run, a node is a piece of it, and a split moves the rows of the left child before
// those of the right one. Large nodes are split one after the other with all threads on their columns; once a node is
// small it becomes a task that grows its whole subtree alone. With a limit on the leaves the node that gains most is
// split first instead. Random numbers hang on the path from the root, so the tree is the same either way. Where cuts
// are drawn, the values of a node that is small enough are copied side by side once for all that grows below it.
#include "model/cart_split_int.h"

#include "base/pool.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <stdatomic.h>
#include <string.h>

// NEAR: values that are copied for a piece of a tree; it pays where nodes look at one column in NEAR_SHARE or more.
enum { SUBTREE = 1 << 13, SET_WORD = 64, NEAR = 1 << 15, NEAR_SHARE = 8 };

typedef struct Open { // a node whose rows lie at begin .. begin + m
  int64_t at, begin, m, depth;
  int64_t mean;     // in units: what was taken off the items of a regression so far
  uint64_t key;
  CartSplit split;  // with a limit on the leaves
} Open;

typedef struct Grower {
  Job *job;         // NULL inside of a task
  const CartIn *in;
  CartTree *tree;
  uint32_t *row, *other_row;
  CartItem *item, *other_item;
  CartRoom scratch;
  Arena kept;       // sets of splits that wait
  int64_t *count;   // of the node at hand; of more than two classes
  const double **all, **near, **x; // columns of values; NULL: there are ranks. x: all, or near
  Room near_room;
  int64_t near_floor; // open nodes that lie outside of what is near
  RngKey path;      // by which keys of children follow from that of their parent
  Open *open;       // a stack, or a heap
  int64_t nopen, room_open;
  Open *later;      // roots of subtrees
  int64_t nlater, room_later;
} Grower;

// ---- growing arrays -----------------------------------------------------------------------------------------------
static bool grow_array(void **p, int64_t n, int64_t *room, size_t size) {
  if (n < *room) return true;
  int64_t more = *room ? 2 * *room : 64;
  void *grown = mem_resize(*p, (size_t)*room * size, (size_t)more * size);
  if (!grown) return false;
  *p = grown, *room = more;
  return true;
}

static bool push(Open **list, int64_t *n, int64_t *room, const Open *o) {
  void *p = *list;
  bool good = grow_array(&p, *n, room, sizeof *o);
  *list = p;
  if (good) (*list)[(*n)++] = *o;
  return good;
}

// ---- one node -----------------------------------------------------------------------------------------------------
static double criterion_unit(const CartIn *in) { // from scores to weight * impurity
  const CartTarget *t = in->target;
  if (in->opts.criterion == CART_ENTROPY) return t->weight_unit / M_LN2;
  if (t->nclass == 0) return t->weight_unit * t->unit * t->unit;
  return t->weight_unit * (t->nclass == 2 ? 2 : 1);
}

static double node_score(const CartIn *in, const CartNode *node) {
  double w = (double)node->sum.w, s = (double)node->sum.s, phi = 0;
  if (in->target->nclass <= 2)
    return in->opts.criterion == CART_ENTROPY ? cart_purity(in, node->sum.w, node->sum.s) : s * s / w;
  for (int k = 0; k < in->target->nclass; k++) phi += cart_phi(in, node->count[k]);
  return in->opts.criterion == CART_ENTROPY ? phi - cart_xlogx(in, node->sum.w) : phi / w;
}

// Score of the node if all its rows were alike: what is lacking is its impurity.
static double pure_score(const CartIn *in, const CartNode *node) {
  double squares = 0;
  if (in->opts.criterion == CART_ENTROPY) return 0;
  if (in->target->nclass > 2) return (double)node->sum.w;
  if (in->target->nclass == 2) return (double)node->sum.s;
  for (int64_t i = 0; i < node->m; i++)
    squares += (double)node->item[i].s * (double)node->item[i].s / (double)node->item[i].w;
  return squares;
}

// Of a regression: takes the mean off, so that what is left says how rows differ within the node.
static void centre(CartNode *node, Open *o) {
  int64_t mean = node->sum.s / node->sum.w;
  for (int64_t i = 0; i < node->m; i++) node->item[i].s -= mean * node->item[i].w;
  node->sum.s -= mean * node->sum.w, o->mean += mean;
}

static void add_up(Grower *g, CartNode *node) {
  bool classes = g->in->target->nclass > 2;
  node->sum = (CartSum){.n = node->m};
  if (classes) memset(node->count, 0, (size_t)g->in->target->nclass * sizeof *node->count);
  for (int64_t i = 0; i < node->m; i++) {
    node->sum.w += node->item[i].w;
    if (classes) node->count[node->item[i].s] += node->item[i].w;
    else node->sum.s += node->item[i].s;
  }
}

static CartNode view(Grower *g, Open *o) {
  CartNode node = {.row = g->row + o->begin, .item = g->item + o->begin, .m = o->m, .count = g->count, .key = o->key,
                   .x = g->x};
  add_up(g, &node);
  if (g->in->target->nclass == 0) centre(&node, o);
  return node;
}

static void set_value(const Grower *g, const CartNode *node, const Open *o) {
  const CartTarget *t = g->in->target;
  double w = (double)node->sum.w, *v = g->tree->value + o->at * g->tree->width;
  if (t->nclass == 0) v[0] = t->centre + t->unit * ((double)o->mean + (double)node->sum.s / w);
  else if (t->nclass == 2) v[1] = (double)node->sum.s / w, v[0] = (double)(node->sum.w - node->sum.s) / w;
  else for (int k = 0; k < t->nclass; k++) v[k] = (double)node->count[k] / w;
}

static void set_leaf(const Grower *g, const CartNode *node, const Open *o) {
  double lack = (pure_score(g->in, node) - node_score(g->in, node)) * criterion_unit(g->in);
  g->tree->node[o->at] = (TreeNode){.feature = NODE_LEAF, .cover = (double)node->sum.w * g->in->target->weight_unit};
  g->tree->risk[o->at] = lack > 0 ? lack : 0;
  set_value(g, node, o);
}

static bool is_pure(const CartIn *in, const CartNode *node) {
  if (in->target->nclass == 2) return node->sum.s == 0 || node->sum.s == node->sum.w;
  if (in->target->nclass > 2) return node->count[node->item[0].s] == node->sum.w;
  for (int64_t i = 0; i < node->m; i++)
    if (llabs(node->item[i].s) > node->item[i].w + 1) return false;
  return true;
}

static bool may_split(const Grower *g, const CartNode *node, const Open *o) {
  const CartOpts *opts = &g->in->opts;
  if (opts->max_depth && o->depth >= opts->max_depth) return false;
  return node->m >= opts->min_split && node->m >= 2 * opts->min_leaf && node->m >= 2 && !is_pure(g->in, node);
}

// Makes the node a leaf, and finds its split when it is to have one: then *split has a score above -inf.
static bool find_split(Grower *g, Open *o, CartSplit *split) {
  const CartIn *in = g->in;
  CartNode node = view(g, o);
  set_leaf(g, &node, o);
  *split = (CartSplit){.score = -INFINITY};
  if (!may_split(g, &node, o)) return true;
  if (!cart_split_find(g->job, in, &node, &g->scratch, split)) return false;
  double gain = (split->score - node_score(in, &node)) * criterion_unit(in);
  bool enough = gain / (in->target->total * in->target->weight_unit) + DBL_EPSILON >= in->opts.min_decrease;
  if (!enough || split->score == -INFINITY) split->score = -INFINITY;
  else g->tree->node[o->at].gain = (float)(gain > 0 ? gain : 0);
  return true;
}

// ---- dividing -----------------------------------------------------------------------------------------------------
typedef struct Sides {
  int64_t left, wl, wr;
  int64_t below, above; // largest rank on the left, smallest on the right
} Sides;

static bool is_left(const CartSplit *s, const CartColumn *c, uint32_t rank) {
  if (rank == (uint32_t)c->distinct) return s->missing_left;
  return s->set ? s->set[rank / SET_WORD] >> (rank % SET_WORD) & 1 : rank < s->rank;
}

// Rows of the left side first, each side in its order.
static Sides part(Grower *g, const Open *o, const CartSplit *s) {
  const CartColumn *c = &g->in->data->column[s->feature];
  uint32_t *row = g->row + o->begin, *other = g->other_row + o->begin;
  CartItem *item = g->item + o->begin, *spare = g->other_item + o->begin;
  Sides n = {.below = -1, .above = c->distinct};
  int64_t right = 0;
  for (int64_t i = 0; i < o->m; i++) {
    uint32_t rank = cart_rank(c, row[i]);
    bool gone = rank == (uint32_t)c->distinct;
    if (is_left(s, c, rank)) {
      if (!gone && rank > n.below) n.below = rank;
      n.wl += item[i].w, row[n.left] = row[i], item[n.left++] = item[i];
    } else {
      if (!gone && rank < n.above) n.above = rank;
      n.wr += item[i].w, other[right] = row[i], spare[right++] = item[i];
    }
  }
  memcpy(row + n.left, other, (size_t)right * sizeof *row);
  memcpy(item + n.left, spare, (size_t)right * sizeof *item);
  return n;
}

// The same of values: which way they go no branch could foresee.
static Sides part_values(Grower *g, const Open *o, const CartSplit *s) {
  const double *x = g->x[s->feature];
  uint32_t *row = g->row + o->begin, *other = g->other_row + o->begin;
  CartItem *item = g->item + o->begin, *spare = g->other_item + o->begin;
  Sides n = {0};
  int64_t right = 0;
  for (int64_t i = 0; i < o->m; i++) {
    uint32_t at = row[i];
    CartItem it = item[i];
    int64_t left = cart_value_left(s, x[at]);
    row[n.left] = at, item[n.left] = it, other[right] = at, spare[right] = it;
    n.left += left, right += 1 - left, n.wl += it.w & -left, n.wr += it.w & (left - 1);
  }
  memcpy(row + n.left, other, (size_t)right * sizeof *row);
  memcpy(item + n.left, spare, (size_t)right * sizeof *item);
  return n;
}

// x < cut for what lies left, and not for what lies right; infinite when only missing values do.
static double cut_between(const CartColumn *c, const Sides *n) {
  if (n->above >= c->distinct) return INFINITY;
  if (n->below < 0) return -INFINITY;
  double lo = c->value[n->below], hi = c->value[n->above], mid = lo / 2 + hi / 2;
  return mid > lo && mid <= hi ? mid : hi;
}

static bool set_split(Grower *g, TreeNode *t, const CartSplit *s, const Sides *n) {
  const CartColumn *c = &g->in->data->column[s->feature];
  bool missing_left = s->gaps ? s->missing_left : n->wl >= n->wr;
  t->feature = s->feature, t->left = (int32_t)g->tree->n;
  t->flags = (missing_left ? NODE_MISSING_LEFT : 0) | (s->set ? NODE_WORDS : 0) | (s->gaps ? NODE_GAPS : 0);
  if (s->set) return cart_tree_add_set(g->tree, s->set, (c->distinct + SET_WORD - 1) / SET_WORD, &t->set);
  t->cut = isnan(s->cut) ? cut_between(c, n) : s->cut;
  return true;
}

static bool divide(Grower *g, const Open *o, const CartSplit *s, Open child[2]) {
  Sides n = g->x ? part_values(g, o, s) : part(g, o, s);
  if (!cart_tree_reserve(g->tree) || !set_split(g, &g->tree->node[o->at], s, &n)) return false;
  for (int k = 0; k < 2; k++) {
    child[k] = (Open){.at = g->tree->n + k, .begin = o->begin, .m = n.left, .depth = o->depth + 1, .mean = o->mean};
    child[k].key = rng_u64(g->path, o->key, (uint64_t)k);
  }
  child[1].begin += n.left, child[1].m = o->m - n.left;
  g->tree->n += 2;
  return true;
}

// ---- depth first --------------------------------------------------------------------------------------------------
static bool stopped(const Grower *g) {
  return g->in->cancel && atomic_load_explicit(g->in->cancel, memory_order_relaxed);
}

// Copies the values of the rows of a node, which from here on are numbered from 0; false: memory ran out.
static bool near_open(Grower *g, const Open *o) {
  int64_t p = g->in->data->p;
  uint32_t *row = g->row + o->begin;
  double *copy = room_get(&g->near_room, (size_t)(p * o->m) * sizeof *copy);
  if (!copy) return false;
  for (int64_t j = 0; j < p; j++, copy += o->m) {
    g->near[j] = copy;
    for (int64_t i = 0; i < o->m; i++) copy[i] = g->all[j][row[i]];
  }
  for (int64_t i = 0; i < o->m; i++) row[i] = (uint32_t)i;
  g->x = g->near, g->near_floor = g->nopen;
  return true;
}

// Before the node is looked at that was just taken off the stack.
static bool near_check(Grower *g, const Open *o) {
  int64_t p = g->in->data->p;
  if (g->nopen < g->near_floor) g->x = g->all, g->near_floor = 0;
  bool pays = g->x == g->all && o->m <= SUBTREE && p * o->m <= NEAR && p <= NEAR_SHARE * g->in->opts.max_features;
  return !pays || o->m <= 2 || near_open(g, o);
}

// One node off the stack. `large`: small ones wait for a task.
static bool grow_next(Grower *g, bool large) {
  Open o = g->open[--g->nopen], child[2];
  CartSplit split;
  if (large && o.m <= SUBTREE) return push(&g->later, &g->nlater, &g->room_later, &o);
  arena_fini(&g->scratch.sets);
  if (g->x && !near_check(g, &o)) return false;
  if (!find_split(g, &o, &split)) return false;
  if (split.score == -INFINITY) return true;
  if (!divide(g, &o, &split, child)) return false;
  return push(&g->open, &g->nopen, &g->room_open, &child[1]) && push(&g->open, &g->nopen, &g->room_open, &child[0]);
}

static void grower_fini(Grower *g) {
  room_fini(&g->scratch.room);
  room_fini(&g->scratch.cells);
  arena_fini(&g->scratch.sets);
  arena_fini(&g->kept);
  mem_free(g->scratch.order);
  room_fini(&g->near_room);
  mem_free(g->all);
  mem_free(g->count);
  mem_free(g->open);
  mem_free(g->later);
}

static bool grower_init(Grower *g) {
  int64_t p = g->in->data->p, k = g->in->target->nclass;
  g->path = rng_key(0, "cart.path");
  g->scratch.order = mem_new((size_t)(p + 1) * sizeof *g->scratch.order);
  g->count = mem_new((size_t)(k + 1) * sizeof *g->count);
  g->tree->width = k ? k : 1;
  if (g->in->opts.random) {
    g->all = mem_new((size_t)(2 * p) * sizeof *g->all);
    if (!g->all) return false;
    for (int64_t j = 0; j < p; j++) g->all[j] = g->in->data->column[j].x;
    g->near = g->all + p, g->x = g->all;
  }
  return g->scratch.order && g->count && cart_tree_reserve(g->tree);
}

// ---- subtrees -----------------------------------------------------------------------------------------------------
typedef struct Tasks {
  const Grower *g;
  CartTree *tree; // of each
} Tasks;

static void grow_subtree(void *ctx, int64_t begin, int64_t end) {
  const Tasks *t = ctx;
  for (int64_t k = begin; k < end; k++) {
    Grower g = {.in = t->g->in, .tree = &t->tree[k], .row = t->g->row, .other_row = t->g->other_row,
                .item = t->g->item, .other_item = t->g->other_item};
    Open root = t->g->later[k];
    root.at = 0;
    bool good = grower_init(&g) && push(&g.open, &g.nopen, &g.room_open, &root);
    g.tree->n = 1;
    while (good && g.nopen && !stopped(&g)) good = grow_next(&g, false);
    g.tree->failed = !good;
    grower_fini(&g);
  }
}

static bool grow_later(Grower *g) {
  Tasks t = {g, mem_new((size_t)(g->nlater + 1) * sizeof *t.tree)};
  if (!t.tree) return false;
  memset(t.tree, 0, (size_t)g->nlater * sizeof *t.tree);
  par_for(g->job, g->nlater, 1, grow_subtree, &t);
  bool good = true;
  for (int64_t k = 0; k < g->nlater; k++) {
    good = good && !t.tree[k].failed && cart_tree_splice(g->tree, g->later[k].at, &t.tree[k]);
    cart_tree_fini(&t.tree[k]);
  }
  mem_free(t.tree);
  return good;
}

static ErrCode grow_depth(Grower *g, Err *err) {
  bool good = true;
  for (int64_t k = 0; good && g->nopen; k++) {
    if (g->job) TRY(job_tick(g->job, k, 0, err));
    if (stopped(g)) return ERR_CANCELLED;
    good = grow_next(g, true);
  }
  return good && grow_later(g) ? OK : ERR_MEMORY;
}

// ---- best first ---------------------------------------------------------------------------------------------------
static bool gains_more(const Grower *g, const Open *a, const Open *b) {
  float x = g->tree->node[a->at].gain, y = g->tree->node[b->at].gain;
  return x != y ? x > y : a->at < b->at;
}

// Looks for the split of a new node; one that has none is done with.
static bool enter(Grower *g, Open *o) {
  arena_fini(&g->scratch.sets);
  if (!find_split(g, o, &o->split)) return false;
  if (o->split.score == -INFINITY) return true;
  if (o->split.set) {
    int64_t words = (g->in->data->column[o->split.feature].distinct + SET_WORD - 1) / SET_WORD;
    uint64_t *set = arena_array(&g->kept, uint64_t, words);
    memcpy(set, o->split.set, (size_t)words * sizeof *set);
    o->split.set = set;
  }
  return push(&g->open, &g->nopen, &g->room_open, o);
}

static Open leave(Grower *g) {
  int64_t best = 0;
  for (int64_t k = 1; k < g->nopen; k++)
    if (gains_more(g, &g->open[k], &g->open[best])) best = k;
  Open o = g->open[best];
  g->open[best] = g->open[--g->nopen];
  return o;
}

// Nodes that were looked at and not split are leaves: their gain is none.
static void drop_waiting(Grower *g) {
  while (g->nopen) g->tree->node[g->open[--g->nopen].at].gain = 0;
}

static ErrCode grow_best(Grower *g, Err *err) {
  Open root = g->open[--g->nopen];
  bool good = enter(g, &root);
  for (int64_t leaves = 1; good && g->nopen && leaves < g->in->opts.max_leaf_nodes; leaves++) {
    Open o = leave(g), child[2];
    if (g->job) TRY(job_tick(g->job, leaves, g->in->opts.max_leaf_nodes, err));
    if (stopped(g)) return ERR_CANCELLED;
    good = divide(g, &o, &o.split, child) && enter(g, &child[0]) && enter(g, &child[1]);
  }
  drop_waiting(g);
  return good ? OK : ERR_MEMORY;
}

// ---- a tree -------------------------------------------------------------------------------------------------------
static void fill_rows(Grower *g, const uint32_t *rows, const uint8_t *copies, int64_t m) {
  bool classes = g->in->target->nclass > 2;
  for (int64_t i = 0; i < m; i++) {
    CartItem item = g->in->target->item[rows[i]];
    int64_t k = copies ? copies[i] : 1;
    g->row[i] = rows[i];
    g->item[i] = (CartItem){item.w * k, classes ? item.s : item.s * k};
  }
}

static ErrCode grow_rows(Grower *g, const uint32_t *rows, const uint8_t *copies, int64_t m, uint64_t seed, Err *err) {
  Open root = {.m = m, .key = seed};
  fill_rows(g, rows, copies, m);
  bool good = grower_init(g) && push(&g->open, &g->nopen, &g->room_open, &root);
  g->tree->n = 1;
  ErrCode code = !good ? ERR_MEMORY : g->in->opts.max_leaf_nodes ? grow_best(g, err) : grow_depth(g, err);
  if (code == ERR_MEMORY) err_set(err, code, "no memory for a tree of %lld rows", (long long)m);
  grower_fini(g);
  return code;
}

ErrCode cart_grow(Job *job, const CartIn *in, const uint32_t *rows, const uint8_t *copies, int64_t m, uint64_t seed,
                  CartTree *out, Err *err) {
  size_t size = 2 * (sizeof(CartItem) + sizeof *rows);
  *out = (CartTree){0};
  if (job) TRY(job_need(job, m * (int64_t)size, "the rows of a tree", err));
  CartItem *item = mem_new((size_t)m * size);
  if (!item) return err_set(err, ERR_MEMORY, "no memory for a tree of %lld rows", (long long)m);
  uint32_t *row = (uint32_t *)(void *)(item + 2 * m);
  Grower g = {.job = job, .in = in, .tree = out, .item = item, .other_item = item + m};
  g.row = row, g.other_row = row + m;
  ErrCode code = grow_rows(&g, rows, copies, m, seed, err);
  mem_free(item);
  if (code != OK) cart_tree_fini(out);
  return code;
}
