// From many rows to sums of leaves. Instead of walking down from the root row after row, every question of a tree is
// asked of 64 rows at once, on bytes: a node's row of bytes is, for each of the 64, the exit that it would come to from
// there, chosen between those of its children, from the lowest nodes up to the root. That is more comparisons than a
// walk makes, but no branch, no chain of loads and dozens of rows an instruction: 63 questions cost less than 6 steps.
// Trees of more exits than a byte can number are swept as far down as it can, and walked from there. A tree that asks
// one question a level (CatBoost's) is a byte of bits.
// Leaves are added in the order of the trees, as the plain walk does (trees_predict.c): the same bits.
#include "model/trees_sweep_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <stdatomic.h>
#include <string.h>

typedef uint8_t Bytes __attribute__((vector_size(SWEEP_GROUP), aligned(SWEEP_GROUP)));
enum { PIECE = 4096, INNER = SWEEP_EXITS };

// ---- kernels: a tree over a group of rows -------------------------------------------------------------------------
typedef struct Desk {  // of a thread
  Bytes *row;          // SWEEP_EXITS constants, then a row for each inside node
  uint8_t *plane;      // nplane + most_words, SWEEP_ROWS each
  double *x;           // p x SWEEP_ROWS
  int32_t *level;      // of columns of words
  double *sum;         // noutput x SWEEP_ROWS
} Desk;

// Ones where the answer is left. A macro, since a function cannot give so wide a value back on every machine.
#define ASKED(s, plane, at) \
  (Bytes)(((const Bytes *)(const void *)((plane) + (int64_t)(s)->plane * SWEEP_ROWS + (at)))[0] + (s)->shift < (s)->cut)

CLONES static void sweep_pairs(const SweepStep *s, int64_t n, const uint8_t *plane, int64_t at, Bytes *row) {
  for (; n > 0; n--, s++) row[s->out] = ASKED(s, plane, at) + (uint8_t)s->right;
}

CLONES static void sweep_others(const SweepStep *s, int64_t n, const uint8_t *plane, int64_t at, Bytes *row) {
  for (; n > 0; n--, s++) {
    Bytes left = ASKED(s, plane, at);
    row[s->out] = (row[s->left] & left) | (row[s->right] & ~left);
  }
}

CLONES static void sweep_bits(const SweepStep *s, int64_t n, const uint8_t *plane, int64_t at, Bytes *out) {
  Bytes exit = {0};
  for (; n > 0; n--, s++) exit = exit + exit + 1 + ASKED(s, plane, at);
  *out = exit;
}

// ---- a tree over a block ------------------------------------------------------------------------------------------
typedef struct Run {
  const Sweep *s;
  const Features *x;
  double *out;         // n x noutput
  atomic_bool failed;
} Run;

static void fill_words(const Run *r, const SweepTree *t, Desk *d, int64_t n) {
  for (int32_t k = 0; k < t->nwords; k++) {
    const SweepWords *w = &r->s->words[t->words + k];
    const int32_t *level = d->level + (int64_t)w->feature * SWEEP_ROWS;
    uint8_t *plane = d->plane + (r->s->nplane + k) * SWEEP_ROWS;
    for (int64_t i = 0; i < n; i++) plane[i] = !(w->set[level[i] >> 6] >> (level[i] & 63) & 1);
  }
}

static const Bytes *sweep_tree(const Run *r, const SweepTree *t, Desk *d, int64_t at) {
  const SweepStep *s = r->s->step + t->step;
  Bytes *root = &d->row[INNER];
  if (t->oblivious) sweep_bits(s, t->nstep, d->plane, at, root);
  else if (!t->nstep) *root = (Bytes){0};
  else {
    sweep_pairs(s, t->npair, d->plane, at, d->row);
    sweep_others(s + t->npair, t->nstep - t->npair, d->plane, at, d->row);
  }
  return root;
}

// The leaf under an exit.
static int64_t walk_on(const Trees *t, const TreeNode *tree, int64_t at, const double *x, int64_t i) {
  while (tree[at].feature != NODE_LEAF)
    at = node_next(t, &tree[at], x[(int64_t)tree[at].feature * SWEEP_ROWS + i]);
  return at;
}

static void add_open(const Run *r, const SweepTree *t, int64_t k, const uint8_t *exit, int64_t at, int64_t n, Desk *d) {
  const Trees *trees = r->s->trees;
  const TreeNode *tree = trees->node + trees->root[k];
  const double *value = trees->value + trees->root[k] * trees->width;
  for (int64_t i = 0; i < n; i++) {
    int64_t leaf = walk_on(trees, tree, t->exit[exit[i]], d->x, at + i);
    for (int64_t j = 0; j < trees->width; j++)
      d->sum[(trees->output[k] + j) * SWEEP_ROWS + at + i] += value[leaf * trees->width + j];
  }
}

static void add_exits(const Run *r, const SweepTree *t, int64_t k, const uint8_t *exit, int64_t at, int64_t n,
                      Desk *d) {
  const Trees *trees = r->s->trees;
  double leaf[SWEEP_EXITS];
  for (int64_t j = 0; j < trees->width; j++) {
    double *sum = d->sum + (trees->output[k] + j) * SWEEP_ROWS + at;
    for (int32_t e = 0; e < t->nexit; e++) leaf[e] = trees->value[(trees->root[k] + t->exit[e]) * trees->width + j];
    for (int64_t i = 0; i < n; i++) sum[i] += leaf[exit[i]];
  }
}

static void run_tree(const Run *r, int64_t k, Desk *d, int64_t n) {
  const SweepTree *t = &r->s->tree[k - r->s->first];
  uint8_t exit[SWEEP_ROWS] __attribute__((aligned(SWEEP_GROUP)));
  fill_words(r, t, d, n);
  for (int64_t at = 0; at < n; at += SWEEP_GROUP) memcpy(exit + at, sweep_tree(r, t, d, at), SWEEP_GROUP);
  (t->open ? add_open : add_exits)(r, t, k, exit, 0, n, d);
}

// ---- blocks -------------------------------------------------------------------------------------------------------
static void read_levels(const Trees *t, int64_t j, const double *x, int64_t n, int32_t *level) {
  double levels = (double)t->levels[j];
  for (int64_t i = 0; i < n; i++)
    level[i] = (int32_t)(x[i] != x[i] || x[i] < 0 ? levels : x[i] >= levels ? levels + 1 : x[i]);
}

static void read_block(const Run *r, int64_t begin, int64_t n, Desk *d) {
  const Trees *t = r->s->trees;
  for (int64_t j = 0; j < r->s->p; j++) {
    const Ruler *ruler = &r->s->ruler[j];
    if (!ruler->nplane && !ruler->words) continue;
    double *x = d->x + j * SWEEP_ROWS;
    features_read(r->x, j, begin, begin + n, x);
    ruler_apply(ruler, t->single, x, n, d->plane + ruler->plane * SWEEP_ROWS);
    if (ruler->words) read_levels(t, j, x, n, d->level + j * SWEEP_ROWS);
  }
}

static void run_block(const Run *r, int64_t begin, int64_t n, Desk *d) {
  const Trees *t = r->s->trees;
  read_block(r, begin, n, d);
  for (int64_t j = 0; j < t->noutput; j++)
    for (int64_t i = 0; i < n; i++) d->sum[j * SWEEP_ROWS + i] = t->base[j];
  for (int64_t k = r->s->first; k < r->s->last; k++) run_tree(r, k, d, n);
  for (int64_t j = 0; j < t->noutput; j++)
    memcpy(r->out + j * r->x->n + begin, d->sum + j * SWEEP_ROWS, (size_t)n * sizeof *d->sum);
}

static bool desk_open(const Sweep *s, Desk *d) {
  size_t row = (SWEEP_EXITS + INNER) * SWEEP_GROUP, plane = (size_t)(s->nplane + s->most_words) * SWEEP_ROWS;
  size_t x = (size_t)(s->p + s->trees->noutput) * SWEEP_ROWS * sizeof(double), level = (size_t)s->p * SWEEP_ROWS * 4;
  uint8_t *block = mem_new(row + plane + x + level);
  if (!block) return false;
  memset(block + row, 0, plane);
  *d = (Desk){.row = (Bytes *)(void *)block, .plane = block + row, .x = (double *)(void *)(block + row + plane)};
  d->sum = d->x + s->p * SWEEP_ROWS;
  d->level = (int32_t *)(void *)(d->sum + s->trees->noutput * SWEEP_ROWS);
  for (int k = 0; k < SWEEP_EXITS; k++) memset(&d->row[k], k, SWEEP_GROUP);
  return true;
}

static void run_piece(void *ctx, int64_t begin, int64_t end) {
  Run *r = ctx;
  Desk d;
  if (!desk_open(r->s, &d)) {
    r->failed = true;
    return;
  }
  for (int64_t at = begin; at < end; at += SWEEP_ROWS)
    run_block(r, at, end - at < SWEEP_ROWS ? end - at : SWEEP_ROWS, &d);
  mem_free(d.row);
}

ErrCode trees_sweep(Job *job, const Trees *t, const Features *x, int64_t first, int64_t last, double *out, Err *err) {
  Sweep s;
  TRY(sweep_open(job, t, x->p, first, last, &s, err));
  Run r = {.s = &s, .x = x, .out = out};
  par_for(job, x->n, PIECE, run_piece, &r);
  sweep_close(&s);
  return r.failed ? err_set(err, ERR_MEMORY, "no memory for a piece of %lld columns", (long long)x->p) : OK;
}
