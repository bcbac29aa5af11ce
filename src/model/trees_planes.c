// Trees made ready for a sweep (trees_sweep.c). All that a tree asks of a number is how it lies to its cuts, so each
// column is ranked once among the cuts that any tree has there, and nodes compare ranks. A column with many cuts has
// several planes of bytes, each good for a run of them. Ranks come from a grid: a cell tells how many cuts lie below
// it, and the few inside are compared; the grid is the same monotone function for cuts and values, so that no rounding
// can put them into the wrong order.
#include "model/trees_sweep_int.h"

#include "base/simd.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS_MOST = 1 << 14, SCAN = 3 };

// ---- rulers -------------------------------------------------------------------------------------------------------
static inline int32_t cell_of(const Ruler *r, double x) {
  double at = (x - r->lo) * r->scale, top = (double)(r->cells - 1);
  at = at > 0 ? at : 0;
  return (int32_t)(at < top ? at : top);
}

// Cuts that are not above x: where x goes right. Behind the last cut stands NaN, which is above nothing.
static inline int32_t rank_in(const Ruler *r, int32_t cell, double x) {
  int32_t at = r->start[cell];
  for (int32_t k = 0; k < r->scan; k++) at += x >= r->cut[at];
  if (r->scan >= 0) return at;
  int32_t end = r->start[cell + 1];
  while (at < end) {
    int32_t mid = at + (end - at) / 2;
    if (x >= r->cut[mid]) at = mid + 1;
    else end = mid;
  }
  return at;
}

static int32_t rank_of(const Ruler *r, double x) { return rank_in(r, cell_of(r, x), x); }

CLONES static void find_cells(const Ruler *r, const double *x, int64_t n, int32_t *cell) {
  for (int64_t i = 0; i < n; i++) cell[i] = cell_of(r, x[i]);
}

static void find_ranks(const Ruler *r, const double *x, int64_t n, int32_t *rank) {
  find_cells(r, x, n, rank);
  for (int64_t i = 0; i < n; i++) rank[i] = rank_in(r, rank[i], x[i]);
}

CLONES static void fill_plane(const double *x, const int32_t *rank, int64_t n, int32_t first, uint8_t *plane) {
  for (int64_t i = 0; i < n; i++) {
    int32_t own = rank[i] - first;
    own = own < 0 ? 0 : own > PLANE_CUTS ? PLANE_CUTS : own;
    plane[i] = (uint8_t)(x[i] != x[i] ? PLANE_MISSING : own);
  }
}

void ruler_apply(const Ruler *r, bool single, double *x, int64_t n, uint8_t *plane) {
  int32_t rank[SWEEP_ROWS];
  for (int64_t i = 0; single && i < n; i++) x[i] = (double)(float)x[i];
  find_ranks(r, x, n, rank);
  for (int64_t k = 0; k < r->nplane; k++)
    fill_plane(x, rank, n, (int32_t)k * PLANE_CUTS, plane + k * SWEEP_ROWS);
}

static int order_reals(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void sort_cuts(Ruler *r) {
  int64_t n = 0;
  qsort(r->cut, (size_t)r->n, sizeof *r->cut, order_reals);
  for (int64_t i = 0; i < r->n; i++)
    if (n == 0 || r->cut[n - 1] != r->cut[i]) r->cut[n++] = r->cut[i];
  r->cut[n] = NAN;
  r->n = n, r->nplane = (n + PLANE_CUTS - 1) / PLANE_CUTS;
}

// Counts the cuts of each cell; returns the most of any.
static int32_t count_cells(Ruler *r) {
  int32_t most = 0;
  memset(r->start, 0, (size_t)(r->cells + 1) * sizeof *r->start);
  for (int64_t i = 0; i < r->n; i++) {
    int32_t *count = &r->start[cell_of(r, r->cut[i]) + 1];
    if (++*count > most) most = *count;
  }
  for (int64_t c = 0; c < r->cells; c++) r->start[c + 1] += r->start[c];
  return most;
}

// As fine a grid as it takes for SCAN cuts a cell, or else one whose cells are searched.
static void make_grid(Ruler *r, Arena *a) {
  sort_cuts(r);
  double width = r->n ? r->cut[r->n - 1] - r->cut[0] : 0;
  r->lo = r->n ? r->cut[0] : 0, r->scan = -1;
  int64_t least = 2 * r->n + 1, most = least < CELLS_MOST ? CELLS_MOST : least;
  r->start = arena_array(a, int32_t, most + 1);
  for (r->cells = least; r->cells <= most && r->scan < 0; r->cells *= 2) {
    r->scale = width > 0 && isfinite((double)r->cells / width) ? (double)(r->cells - 1) / width : 0;
    int32_t found = count_cells(r);
    if (found <= SCAN) r->scan = found;
    if (r->scan >= 0 || r->cells * 2 > most) break;
  }
}

static double cut_of(const Trees *t, const TreeNode *n) { return t->single ? (double)(float)n->cut : n->cut; }

static void make_rulers(Sweep *s) {
  const Trees *t = s->trees;
  const TreeNode *begin = t->node + t->root[s->first], *end = t->node + t->root[s->last];
  s->ruler = arena_array(&s->arena, Ruler, s->p);
  for (const TreeNode *n = begin; n < end; n++)
    if (n->feature == NODE_LEAF) continue;
    else if (n->flags & NODE_WORDS) s->ruler[n->feature].words = true;
    else s->ruler[n->feature].n++;
  for (int64_t j = 0; j < s->p; j++) {
    s->ruler[j].cut = arena_array(&s->arena, double, s->ruler[j].n + 1);
    s->ruler[j].n = 0;
  }
  for (const TreeNode *n = begin; n < end; n++)
    if (n->feature != NODE_LEAF && !(n->flags & NODE_WORDS)) {
      Ruler *r = &s->ruler[n->feature];
      r->cut[r->n++] = cut_of(t, n) + 0.0;
    }
  for (int64_t j = 0; j < s->p; j++) {
    make_grid(&s->ruler[j], &s->arena);
    s->ruler[j].plane = s->nplane;
    s->nplane += s->ruler[j].nplane;
  }
}

// ---- trees --------------------------------------------------------------------------------------------------------
typedef struct Fill { // of a tree
  Sweep *s;
  SweepTree *out;
  const TreeNode *tree;
  int32_t *place;      // of each node that is inside: its number in the order from the root down
  int32_t *order;      // those nodes
  int32_t n;
  SweepStep *step;
  SweepWords *words;
} Fill;

static const uint64_t *set_with_ends(Fill *f, const TreeNode *n) {
  const Trees *t = f->s->trees;
  int64_t levels = t->levels[n->feature], size = (levels + 2 + 63) / 64;
  uint64_t *set = arena_array(&f->s->arena, uint64_t, size);
  memcpy(set, t->set + n->set, (size_t)((levels + 63) / 64) * sizeof *set);
  bool end[2] = {n->flags & NODE_MISSING_LEFT, n->flags & NODE_BEYOND_LEFT};
  for (int64_t k = levels; k < levels + 2; k++) {
    uint64_t bit = 1ull << (k & 63);
    set[k >> 6] = end[k - levels] ? set[k >> 6] | bit : set[k >> 6] & ~bit;
  }
  return set;
}

static SweepStep step_of(Fill *f, const TreeNode *n) {
  SweepStep s = {0};
  if (n->flags & NODE_WORDS) {
    s.plane = (int32_t)f->s->nplane + f->out->nwords++, s.cut = 1;
    *f->words++ = (SweepWords){n->feature, set_with_ends(f, n)};
    return s;
  }
  const Ruler *r = &f->s->ruler[n->feature];
  int64_t at = rank_of(r, cut_of(f->s->trees, n)) - 1, k = at / PLANE_CUTS;
  s.plane = (int32_t)(r->plane + k), s.shift = n->flags & NODE_MISSING_LEFT ? 1 : 0;
  s.cut = (uint8_t)(at - k * PLANE_CUTS + 1 + s.shift);
  return s;
}

static int64_t node_at(const Fill *f, int32_t order) { return f->order[order]; }

// From the root down, level by level, until there are so many exits that another split would be one too many.
static void choose_inside(Fill *f, int64_t size) {
  int32_t head = 0, exits = 1;
  for (int64_t i = 0; i < size; i++) f->place[i] = -1;
  int32_t tail = 0;
  if (f->tree[0].feature != NODE_LEAF) f->order[tail++] = 0;
  for (; head < tail && exits < SWEEP_EXITS; head++, exits++) {
    int32_t at = f->order[head], left = f->tree[at].left;
    f->place[at] = f->n++;
    for (int32_t c = left; c < left + 2; c++)
      if (f->tree[c].feature != NODE_LEAF) f->order[tail++] = c;
  }
}

// The byte rows are the constants of the exits, then those of the inside nodes.
static int32_t row_of(Fill *f, int32_t node) {
  if (f->place[node] >= 0) return SWEEP_EXITS + f->place[node];
  if (f->tree[node].feature != NODE_LEAF) f->out->open = true;
  f->out->exit[f->out->nexit] = node;
  return f->out->nexit++;
}

static bool is_pair(const Fill *f, const TreeNode *n) { return f->place[n->left] < 0 && f->place[n->left + 1] < 0; }

static void add_steps(Fill *f, bool pairs) {
  for (int32_t k = f->n - 1; k >= 0; k--) {
    const TreeNode *n = &f->tree[node_at(f, k)];
    if (is_pair(f, n) != pairs) continue;
    SweepStep s = step_of(f, n);
    s.out = SWEEP_EXITS + k;
    s.left = row_of(f, n->left), s.right = row_of(f, n->left + 1);
    *f->step++ = s;
    f->out->nstep++, f->out->npair += pairs;
  }
}

// ---- trees whose levels ask one question each ---------------------------------------------------------------------
static bool same_question(const TreeNode *a, const TreeNode *b) {
  return a->feature == b->feature && a->feature != NODE_LEAF && a->flags == b->flags && !(a->flags & NODE_WORDS) &&
         a->cut == b->cut;
}

// Depth of a complete tree, in the order level by level, that asks one question a level; 0 for any other.
static int oblivious_depth(const TreeNode *tree, int64_t size) {
  int depth = 0;
  while (((int64_t)2 << depth) - 1 < size) depth++;
  if (depth < 2 || depth > 8 || ((int64_t)2 << depth) - 1 != size) return 0;
  for (int d = 0; d < depth; d++)
    for (int64_t i = (1 << d) - 1; i < (2 << d) - 1; i++)
      if (tree[i].left != 2 * i + 1 || !same_question(&tree[i], &tree[(1 << d) - 1])) return 0;
  for (int64_t i = (1 << depth) - 1; i < size; i++)
    if (tree[i].feature != NODE_LEAF) return 0;
  return depth;
}

static void add_bits(Fill *f, int depth) {
  f->out->oblivious = true;
  for (int d = 0; d < depth; d++) *f->step++ = step_of(f, &f->tree[(1 << d) - 1]);
  f->out->npair = f->out->nstep = depth;
  for (int32_t k = 0; k < 1 << depth; k++) f->out->exit[f->out->nexit++] = (1 << depth) - 1 + k;
}

static void fill_tree(Fill *f, int64_t size) {
  int depth = oblivious_depth(f->tree, size);
  f->out->exit = arena_array(&f->s->arena, int32_t, size < SWEEP_EXITS ? size : SWEEP_EXITS);
  f->n = 0;
  if (depth) {
    add_bits(f, depth);
    return;
  }
  choose_inside(f, size);
  if (!f->n) row_of(f, 0);
  add_steps(f, true);
  add_steps(f, false);
}

static void fill_trees(Sweep *s) {
  const Trees *t = s->trees;
  Arena scratch = {0};
  int64_t most = 1, nwords = 0, inner = 0;
  for (int64_t k = s->first; k < s->last; k++)
    if (t->root[k + 1] - t->root[k] > most) most = t->root[k + 1] - t->root[k];
  for (int64_t i = t->root[s->first]; i < t->root[s->last]; i++)
    inner += t->node[i].feature != NODE_LEAF, nwords += (t->node[i].flags & NODE_WORDS) != 0;
  s->step = arena_array(&s->arena, SweepStep, inner), s->words = arena_array(&s->arena, SweepWords, nwords);
  s->tree = arena_array(&s->arena, SweepTree, s->last - s->first);
  Fill f = {.s = s, .place = arena_array(&scratch, int32_t, most), .order = arena_array(&scratch, int32_t, most),
            .step = s->step, .words = s->words};
  for (int64_t k = s->first; k < s->last; k++) {
    f.out = &s->tree[k - s->first], f.tree = t->node + t->root[k];
    f.out->step = (int32_t)(f.step - s->step), f.out->words = (int32_t)(f.words - s->words);
    fill_tree(&f, t->root[k + 1] - t->root[k]);
    if (f.out->nwords > s->most_words) s->most_words = f.out->nwords;
  }
  arena_fini(&scratch);
}

ErrCode sweep_open(Job *job, const Trees *t, int64_t p, int64_t first, int64_t last, Sweep *out, Err *err) {
  *out = (Sweep){.trees = t, .p = p, .first = first, .last = last};
  int64_t nodes = t->root[last] - t->root[first];
  TRY(job_need(job, nodes * (int64_t)(sizeof(SweepStep) + 80) + t->nset * 16, "trees made ready for many rows", err));
  make_rulers(out);
  fill_trees(out);
  return OK;
}

void sweep_close(Sweep *s) { arena_fini(&s->arena); }
