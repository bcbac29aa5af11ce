// Growing one tree, a batch of nodes at a time. A batch is split in two parallel passes: over blocks, each of which
// parts the rows of every node of the batch in place, and over columns, each of which builds the histograms of all new
// nodes and looks for their best splits. So a level of any number of nodes costs two barriers. Rows keep their order
// within a node. Which nodes make a batch is the policy's (grow_select.c).
// Nothing here depends on the number of threads: histograms are whole numbers, and the best split of a node is taken
// over the columns in their order.
#include "model/boost_int.h"

#include "base/pool.h"
#include "base/rng.h"

#include <math.h>
#include <string.h>

static bool is_oblivious(const Grow *g) { return g->o->grow == GROW_OBLIVIOUS; }

static bool is_left(const GrowNode *n, uint8_t code) { return n->code[code >> 3] >> (code & 7) & 1; }

// ---- parting rows -------------------------------------------------------------------------------------------------
typedef struct Batch {
  Grow *g;
  const int32_t *node;   // to be split
  int64_t n;
  int32_t *fresh;        // nodes to find splits for
  int64_t nfresh;
  HistPair *pair;
  int64_t npair;
} Batch;

static void part_segment(const Grow *g, int64_t block, const GrowNode *n, const Segment *s, Segment *left,
                         Segment *right) {
  uint8_t goes[BINS_MOST];
  int64_t at = block * g->bins->block + s->begin;
  const uint8_t *code = bins_codes(g->bins, block, n->feature);
  uint16_t *row = g->row + at, *row2 = g->row2 + at;
  Pair *gh = g->gh + at, *gh2 = g->gh2 + at;
  int64_t nl = 0, nr = 0;
  for (int k = 0; k < BINS_MOST; k++) goes[k] = is_left(n, (uint8_t)k);
  for (int64_t i = 0; i < s->n; i++) {
    uint16_t r = row[i];
    Pair v = gh[i];
    int64_t l = goes[code[r]];
    row[nl] = r, gh[nl] = v, row2[nr] = r, gh2[nr] = v;
    nl += l, nr += 1 - l;
  }
  memcpy(row + nl, row2, (size_t)nr * sizeof *row);
  memcpy(gh + nl, gh2, (size_t)nr * sizeof *gh);
  *left = (Segment){s->begin, (int32_t)nl}, *right = (Segment){s->begin + (int32_t)nl, (int32_t)nr};
}

static void part_blocks(void *ctx, int64_t begin, int64_t end) {
  const Batch *b = ctx;
  Grow *g = b->g;
  for (int64_t block = begin; block < end; block++)
    for (int64_t k = 0; k < b->n; k++) {
      const GrowNode *n = &g->node[b->node[k]];
      part_segment(g, block, n, grow_segment(g, b->node[k], block), grow_segment(g, n->left, block),
                   grow_segment(g, n->left + 1, block));
    }
}

// ---- finding splits -----------------------------------------------------------------------------------------------
SplitIn grow_split_in(const Grow *g, int64_t j, const GrowNode *n) {
  return (SplitIn){.o = g->o, .column = &g->bins->column[j], .hist = grow_hist(g, j, n->slot), .sum = n->sum,
                   .unit = g->unit, .bounds = g->sense ? &n->bounds : NULL, .sense = g->sense ? g->sense[j] : 0};
}

void grow_count_rows(const Grow *g, int64_t j, int64_t node, int32_t rows[BINS_MOST + 1]) {
  memset(rows, 0, (BINS_MOST + 1) * sizeof *rows);
  for (int64_t block = 0; block < g->bins->nblock; block++) {
    const Segment *s = grow_segment(g, node, block);
    const uint8_t *code = bins_codes(g->bins, block, j);
    const uint16_t *row = g->row + block * g->bins->block + s->begin;
    const double *h = g->h + block * g->bins->block;
    for (int32_t i = 0; i < s->n; i++) rows[code[row[i]]] += h[row[i]] > 0;
  }
}

static Found find_split(const Grow *g, int64_t j, int32_t node) {
  const GrowNode *n = &g->node[node];
  int32_t rows[BINS_MOST + 1];
  SplitIn in = grow_split_in(g, j, n);
  if (g->o->min_data > 1) grow_count_rows(g, j, node, rows), in.rows = rows;
  return split_find(&in);
}

static void find_columns(void *ctx, int64_t begin, int64_t end) {
  const Batch *b = ctx;
  Grow *g = b->g;
  int64_t p = g->bins->p;
  hist_build(g, g->column + begin, end - begin, b->pair, b->npair);
  for (int64_t c = begin; c < end; c++) {
    int64_t j = g->column[c];
    if (is_oblivious(g)) g->found[j] = g->allowed[j] ? grow_level_find(g, j, b->fresh, b->nfresh) : (Found){0};
    for (int64_t k = 0; k < b->nfresh && !is_oblivious(g); k++) {
      g->found[k * p + j] = g->allowed[k * p + j] ? find_split(g, j, b->fresh[k]) : (Found){0};
    }
  }
}

void grow_keep_codes(GrowNode *n, const uint8_t left[BINS_MOST]) {
  memset(n->code, 0, sizeof n->code);
  for (int k = 0; k < BINS_MOST; k++) n->code[k >> 3] |= (uint8_t)(left[k] << (k & 7));
}

static void keep_split(Grow *g, GrowNode *n) {
  uint8_t left[BINS_MOST];
  SplitIn in = grow_split_in(g, n->feature, n);
  split_codes(&in, &n->split, left);
  grow_keep_codes(n, left);
}

static void take_best(Grow *g, const Batch *b) {
  int64_t p = g->bins->p;
  for (int64_t k = 0; k < b->nfresh; k++) {
    GrowNode *n = &g->node[b->fresh[k]];
    for (int64_t c = 0; c < g->ncolumn; c++) {
      int64_t j = g->column[c];
      if (!(g->found[k * p + j].gain > n->split.gain)) continue;
      n->split = g->found[k * p + j], n->feature = (int32_t)j;
    }
    if (n->feature >= 0) keep_split(g, n);
    else g->free_slot[g->nfree++] = n->slot, n->slot = -1;
  }
}

// ---- columns by chance --------------------------------------------------------------------------------------------
// Leaves max(1, round down of share x marked) of the marks, chosen by key and row.
static void thin(uint8_t *mark, int64_t p, double share, RngKey key, uint64_t row, int64_t *place) {
  int64_t n = 0;
  if (share >= 1) return;
  for (int64_t j = 0; j < p; j++)
    if (mark[j]) place[n++] = j;
  int64_t keep = (int64_t)(share * (double)n);
  keep = keep < 1 ? 1 : keep;
  for (int64_t k = 0; k < n; k++) {
    int64_t at = k + rng_below(key, row, (uint64_t)k, n - k), j = place[at];
    place[at] = place[k], place[k] = j;
    mark[j] = k < keep;
  }
}

static void allow_columns(Grow *g, const Batch *b) {
  const BoostOpts *o = g->o;
  int64_t p = g->bins->p;
  Arena a = {0};
  int64_t *place = arena_array(&a, int64_t, p);
  RngKey level = rng_key((uint64_t)o->seed ^ g->tree, "boost.level");
  RngKey node = rng_key((uint64_t)o->seed ^ g->tree, "boost.node");
  int64_t most = is_oblivious(g) ? 1 : b->nfresh; // a level that is split alike is one node
  for (int64_t k = 0; k < most; k++) {
    const GrowNode *n = &g->node[b->fresh[k]];
    uint8_t *mark = g->allowed + k * p;
    memcpy(mark, g->used, (size_t)p);
    thin(mark, p, o->by_level, level, (uint64_t)n->depth, place);
    thin(mark, p, o->by_node, node, is_oblivious(g) ? (uint64_t)n->depth : n->path, place);
  }
  arena_fini(&a);
}

// ---- nodes --------------------------------------------------------------------------------------------------------
static ErrCode room_for(Grow *g, int64_t nnode, int64_t batch, Err *err) {
  int64_t p = g->bins->p, nblock = g->bins->nblock;
  if (nnode > g->room) {
    int64_t room = nnode * 2;
    TRY(job_need(g->job, room * ((int64_t)sizeof *g->node + nblock * (int64_t)sizeof *g->segment), "nodes", err));
    GrowNode *node = mem_resize(g->node, (size_t)g->nnode * sizeof *node, (size_t)room * sizeof *node);
    if (node) g->node = node;
    size_t row = (size_t)nblock * sizeof *g->segment;
    Segment *segment = mem_resize(g->segment, (size_t)g->nnode * row, (size_t)room * row);
    if (segment) g->segment = segment;
    if (!node || !segment) return err_set(err, ERR_MEMORY, "no memory for %lld nodes", (long long)room);
    g->room = room;
  }
  if (batch > g->batch) {
    TRY(job_need(g->job, batch * p * (int64_t)(sizeof *g->found + 1), "splits of the columns", err));
    mem_free(g->found), mem_free(g->allowed);
    g->found = mem_new((size_t)(batch * p) * sizeof *g->found), g->allowed = mem_new((size_t)(batch * p));
    g->batch = g->found && g->allowed ? batch : 0;
    if (!g->batch) return err_set(err, ERR_MEMORY, "no memory for the splits of %lld columns", (long long)p);
  }
  return OK;
}

// Slots for so many more nodes; the tables move, feature by feature.
static ErrCode room_for_slots(Grow *g, int64_t need, Err *err) {
  if (need <= g->nfree) return OK;
  int64_t old = g->nslot, nslot = old + (need - g->nfree > old ? need - g->nfree : old);
  int64_t bytes = g->bins->total * nslot * (int64_t)sizeof(Pair);
  TRY(job_need(g->job, bytes, "histograms", err));
  Pair *hist = mem_new((size_t)bytes);
  int32_t *free_slot = mem_new((size_t)nslot * sizeof *free_slot);
  if (!hist || !free_slot) {
    mem_free(hist), mem_free(free_slot);
    return err_set(err, ERR_MEMORY, "no memory for %lld histograms", (long long)nslot);
  }
  for (int64_t j = 0; j < g->bins->p && old; j++) {
    const BinColumn *c = &g->bins->column[j];
    memcpy(hist + c->offset * nslot, g->hist + c->offset * old, (size_t)(old * c->nbin) * sizeof *hist);
  }
  if (g->nfree) memcpy(free_slot, g->free_slot, (size_t)g->nfree * sizeof *free_slot);
  for (int64_t k = nslot; k > old; k--) free_slot[g->nfree++] = (int32_t)k - 1;
  mem_free(g->hist), mem_free(g->free_slot);
  g->hist = hist, g->free_slot = free_slot, g->nslot = nslot;
  return OK;
}

static bool may_split(const Grow *g, const GrowNode *n) {
  const BoostOpts *o = g->o;
  bool deep = o->max_depth > 0 && n->depth >= o->max_depth;
  if (deep || n->light) return false;
  return n->n >= 2 && n->n >= 2 * o->min_data && pair_h(n->sum) * g->unit.h >= 2 * o->min_child_weight;
}

static void add_child(Grow *g, const GrowNode *parent, Pair sum, uint64_t side) {
  int64_t rows = 0;
  for (int64_t block = 0; block < g->bins->nblock; block++) rows += grow_segment(g, g->nnode, block)->n;
  g->node[g->nnode++] = (GrowNode){.sum = sum, .n = rows, .path = 2 * parent->path + side, .depth = parent->depth + 1,
                                   .slot = -1, .feature = -1, .bounds = parent->bounds};
}

static void bound_children(Grow *g, const GrowNode *parent) {
  GrowNode *child = &g->node[parent->left];
  Bounds side[2] = {parent->bounds, parent->bounds};
  double sum_g[2], sum_h[2];
  if (!g->sense || !g->sense[parent->feature] || child[0].light || child[1].light) return;
  for (int k = 0; k < 2; k++)
    sum_g[k] = pair_g(child[k].sum) * g->unit.g, sum_h[k] = pair_h(child[k].sum) * g->unit.h;
  split_bounds(g->o, sum_g, sum_h, g->sense[parent->feature], side);
  for (int k = 0; k < 2; k++) child[k].bounds = side[k];
}

// Slots and pairs of the children of a node that may be split again.
static void open_children(Batch *b, GrowNode *parent) {
  Grow *g = b->g;
  int32_t left = parent->left, small = g->node[left].n <= g->node[left + 1].n ? left : left + 1;
  int32_t large = left + (small == left);
  bool opens = false;
  if (parent->slot < 0) return;
  for (int32_t k = left; k <= left + 1; k++)
    if (may_split(g, &g->node[k])) b->fresh[b->nfresh++] = k, opens = true;
  if (opens) {
    g->node[small].slot = g->free_slot[--g->nfree], g->node[large].slot = parent->slot;
    b->pair[b->npair++] = (HistPair){small, large};
  } else {
    g->free_slot[g->nfree++] = parent->slot;
  }
  parent->slot = -1;
}

static void close_unused(Batch *b) { // children that have a table and nothing to look for
  Grow *g = b->g;
  for (int64_t k = 0; k < b->npair; k++)
    for (int side = 0; side < 2; side++) {
      GrowNode *n = &g->node[side ? b->pair[k].large : b->pair[k].small];
      if (may_split(g, n) || n->slot < 0) continue;
      g->free_slot[g->nfree++] = n->slot, n->slot = -1;
    }
}

static void find_splits(Batch *b) {
  Grow *g = b->g;
  int64_t n = g->ncolumn, few = n < 8 * pool_threads(g->job ? g->job->pool : NULL) ? 2 : 4;
  allow_columns(g, b);
  par_for(g->job, n, g->bins->n * n < 1 << 16 ? n : few, find_columns, b);
  if (is_oblivious(g)) grow_level_take(g, b->fresh, b->nfresh);
  else take_best(g, b);
}

static ErrCode split_batch(Grow *g, const int32_t *node, int64_t n, Arena *a, Err *err) {
  Batch b = {.g = g, .node = node, .n = n, .fresh = arena_array(a, int32_t, 2 * n),
             .pair = arena_array(a, HistPair, n)};
  int64_t nblock = g->bins->nblock, nslot = 0;
  for (int64_t k = 0; k < n; k++) nslot += g->node[node[k]].slot >= 0;
  TRY(room_for(g, g->nnode + 2 * n, is_oblivious(g) ? 1 : 2 * n, err));
  TRY(room_for_slots(g, nslot, err));
  for (int64_t k = 0; k < n; k++) g->node[node[k]].left = (int32_t)(g->nnode + 2 * k);
  par_for(g->job, nblock, 1, part_blocks, &b);
  for (int64_t k = 0; k < n; k++) {
    GrowNode *parent = &g->node[node[k]];
    add_child(g, parent, parent->split.left, 0);
    add_child(g, parent, parent->sum - parent->split.left, 1);
    if (is_oblivious(g)) grow_level_mark(g, parent);
    bound_children(g, parent);
    open_children(&b, parent);
  }
  if (b.nfresh) find_splits(&b);
  close_unused(&b);
  return OK;
}

// ---- a tree -------------------------------------------------------------------------------------------------------
static void start_rows(void *ctx, int64_t begin, int64_t end) {
  Grow *g = ctx;
  for (int64_t block = begin; block < end; block++) {
    uint16_t *row = g->row + block * g->bins->block;
    for (int64_t i = 0; i < bins_rows(g->bins, block); i++) row[i] = (uint16_t)i;
  }
}

static Pair sum_pairs(const Grow *g) {
  Pair sum = 0;
  for (int64_t block = 0; block < g->bins->nblock; block++)
    for (int64_t i = 0; i < bins_rows(g->bins, block); i++) sum += g->gh[block * g->bins->block + i];
  return sum;
}

static void choose_columns(Grow *g) {
  Arena a = {0};
  memset(g->used, 1, (size_t)g->bins->p);
  thin(g->used, g->bins->p, g->o->by_tree, rng_key((uint64_t)g->o->seed, "boost.tree"), g->tree,
       arena_array(&a, int64_t, g->bins->p));
  g->ncolumn = 0;
  for (int64_t j = 0; j < g->bins->p; j++)
    if (g->used[j]) g->column[g->ncolumn++] = (int32_t)j;
  arena_fini(&a);
}

static ErrCode start_tree(Grow *g, Err *err) {
  int32_t fresh = 0;
  HistPair pair = {0, -1};
  Batch b = {.g = g, .fresh = &fresh, .pair = &pair};
  g->nnode = 0;
  TRY(room_for(g, 64, 2, err));
  TRY(room_for_slots(g, g->nslot ? 0 : 1, err));
  g->nfree = 0;
  for (int64_t k = g->nslot; k > 0; k--) g->free_slot[g->nfree++] = (int32_t)k - 1;
  choose_columns(g);
  par_for(g->job, g->bins->nblock, 1, start_rows, g);
  g->node[g->nnode++] = (GrowNode){.sum = sum_pairs(g), .n = g->bins->n, .path = 1, .slot = -1, .feature = -1,
                                   .bounds = {-INFINITY, INFINITY}};
  for (int64_t k = 0; k < g->bins->nblock; k++) *grow_segment(g, 0, k) = (Segment){0, (int32_t)bins_rows(g->bins, k)};
  if (!may_split(g, &g->node[0])) return OK;
  g->node[0].slot = g->free_slot[--g->nfree];
  b.nfresh = b.npair = 1;
  find_splits(&b);
  return OK;
}

ErrCode grow_tree(Grow *g, Err *err) {
  ErrCode code = start_tree(g, err);
  while (code == OK) {
    Arena a = {0};
    int32_t *next = arena_array(&a, int32_t, g->nnode);
    int64_t n = grow_select(g, next);
    if (n) code = split_batch(g, next, n, &a, err);
    arena_fini(&a);
    if (!n) break;
  }
  return code;
}

ErrCode grow_new(Job *job, const Bins *bins, const BoostOpts *o, Grow *out, Err *err) {
  int64_t n = bins->nblock * bins->block, each = 2 * (int64_t)(sizeof(Pair) + sizeof(uint16_t));
  *out = (Grow){.job = job, .bins = bins, .o = o};
  TRY(job_need(job, n * each, "the rows of the nodes", err));
  out->block = mem_new((size_t)(n * each));
  out->used = mem_new((size_t)bins->p), out->column = mem_new((size_t)bins->p * sizeof *out->column);
  if (!out->block || !out->used || !out->column) {
    grow_free(out);
    return err_set(err, ERR_MEMORY, "no memory for %lld rows", (long long)n);
  }
  out->gh = out->block, out->gh2 = out->gh + n;
  out->row = (uint16_t *)(void *)(out->gh2 + n), out->row2 = out->row + n;
  return OK;
}

void grow_free(Grow *g) {
  mem_free(g->block), mem_free(g->used), mem_free(g->column);
  mem_free(g->hist), mem_free(g->free_slot);
  mem_free(g->node), mem_free(g->segment);
  mem_free(g->found), mem_free(g->allowed);
  *g = (Grow){0};
}
