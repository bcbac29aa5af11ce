// Random trees over random columns, numbers and words, with missing values.
#pragma once
#include "check.h"

#include "base/rng.h"
#include "model/trees_int.h"

#include <stdlib.h>

enum { HELP_WORDS = 70 };

typedef struct Table { // every third column has words
  Frame *frame;
  Design design;
  Features f;
  Arena arena;
} Table;

static inline bool help_words(int64_t j) { return j % 3 == 2; }

static inline Column *help_column(int64_t n, int64_t j, RngKey key) {
  static const char letter[] = "abcdefgh";
  Column *c;
  TextBuilder b;
  textb_init(&b, NULL);
  if (!help_words(j)) assert_int_equal(column_new(NULL, COL_F64, n, NULL, &c, NULL), OK);
  for (int64_t i = 0; i < n; i++) {
    uint64_t at = (uint64_t)(j * n + i);
    bool missing = rng_unit(key, at, 0) < 0.1;
    int64_t word = rng_below(key, at, 1, HELP_WORDS);
    char text[] = {letter[word % 8], letter[word / 8 % 8], letter[word / 64], 0};
    if (help_words(j)) assert_int_equal(missing ? textb_add_missing(&b, NULL) : textb_add(&b, sv(text), NULL), OK);
    else if (missing) assert_int_equal(column_set_missing(c, i, NULL), OK);
    else c->f[i] = floor(1000 * rng_unit(key, at, 2)) / 1000;
  }
  if (help_words(j)) {
    assert_int_equal(textb_take(&b, &c, NULL), OK);
    Column *cat;
    assert_int_equal(column_to_cat(NULL, c, -1, &cat, NULL), OK);
    column_unref(c);
    c = cat;
  }
  textb_fini(&b);
  return c;
}

static inline Frame *help_rows(int64_t n, int64_t p, uint64_t seed) {
  Frame *f = frame_new(n);
  for (int64_t j = 0; j < p; j++) {
    char name[32];
    snprintf(name, sizeof name, "x%lld", (long long)j);
    assert_int_equal(frame_add(f, name, help_column(n, j, rng_key(seed, "table")), NULL), OK);
  }
  return f;
}

// The design is that of other rows, so that some words may be missing here.
static inline Table table_new(int64_t n, int64_t p, uint64_t seed) {
  Table t = {.frame = help_rows(n, p, seed)};
  Frame *other = help_rows(1000, p, seed + 1);
  assert_int_equal(design_fit_columns(NULL, other, "ml.tree{}", &t.arena, &t.design, NULL), OK);
  frame_unref(other);
  assert_int_equal(features_open(NULL, &t.design, t.frame, &t.f, NULL), OK);
  return t;
}

static inline void table_free(Table *t) {
  features_close(&t->f);
  frame_unref(t->frame);
  arena_fini(&t->arena);
}

typedef struct Forest {
  Trees trees;
  Arena arena;
} Forest;

typedef struct Grower {
  RngKey key;
  uint64_t at;
  int64_t p, cuts, n, nset, width, depth;
  TreeNode node[1 << 13];
  double value[1 << 14];
  uint64_t set[1 << 14];
} Grower;

static inline double help_draw(Grower *g) { return rng_unit(g->key, g->at++, 9); }

static inline void help_split(Grower *g, int64_t i) {
  TreeNode *n = &g->node[i];
  n->feature = (int32_t)(help_draw(g) * (double)g->p), n->left = (int32_t)g->n;
  n->flags = help_draw(g) < 0.5 ? NODE_MISSING_LEFT : 0, n->gain = (float)help_draw(g);
  if (help_words(n->feature)) {
    n->flags |= NODE_WORDS, n->set = g->nset;
    for (int k = 0; k < (HELP_WORDS + 63) / 64; k++) g->set[g->nset++] = rng_u64(g->key, g->at++, 4);
  } else n->cut = floor(help_draw(g) * (double)g->cuts) / (double)g->cuts;
  for (int k = 0; k < 2; k++) {
    g->node[g->n] = (TreeNode){.feature = NODE_LEAF, .cover = 1 + floor(100 * help_draw(g))};
    for (int64_t j = 0; j < g->width; j++) g->value[g->n * g->width + j] = help_draw(g) - 0.5;
    g->n++;
  }
}

// Breadth-first: about two thirds of the nodes above `depth` split, on numbers at one of `cuts` places.
static inline void help_tree(Grower *g, int64_t most) {
  int64_t level[1 << 13] = {0};
  g->n = 1, g->nset = 0;
  g->node[0] = (TreeNode){.feature = NODE_LEAF, .cover = 200};
  for (int64_t j = 0; j < g->width; j++) g->value[j] = help_draw(g);
  for (int64_t i = 0; i < g->n && g->n + 2 < most; i++) {
    if (level[i] >= g->depth || (i > 2 && help_draw(g) < 0.3)) continue;
    level[g->n] = level[g->n + 1] = level[i] + 1;
    help_split(g, i);
  }
}

static inline Forest forest_wide(int64_t ntree, int64_t p, int64_t cuts, int64_t depth, int64_t width, uint64_t seed) {
  Forest f = {0};
  Grower *g = calloc(1, sizeof *g);
  *g = (Grower){.key = rng_key(seed, "forest"), .p = p, .cuts = cuts, .width = width, .depth = depth};
  trees_init(&f.trees, &f.arena, width, width);
  f.trees.nterm = p, f.trees.levels = arena_array(&f.arena, int64_t, p);
  for (int64_t j = 0; j < p; j++) f.trees.levels[j] = help_words(j) ? HELP_WORDS : 0;
  for (int64_t j = 0; j < width; j++) f.trees.base[j] = 0.25 * (double)(j + 1);
  for (int64_t k = 0; k < ntree; k++) {
    help_tree(g, 1 << 12);
    trees_add(&f.trees, g->node, g->value, g->n, 0, g->set, g->nset);
  }
  free(g);
  return f;
}

static inline Forest forest_new(int64_t ntree, int64_t p, int64_t cuts, int64_t depth, uint64_t seed) {
  return forest_wide(ntree, p, cuts > 2 ? cuts : 50, depth, 1, seed);
}

static inline void forest_add(Forest *f, const TreeNode *node, const double *value, int64_t n) {
  f->trees.arena = &f->arena; // a forest moves when it is returned
  trees_add(&f->trees, node, value, n, 0, NULL, 0);
}

static inline void forest_free(Forest *f) { arena_fini(&f->arena); }
