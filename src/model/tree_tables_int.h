// What is told of a tree: the sides of its splits and the rules that lead to its nodes, in the language of d:where.
#pragma once
#include "model/trees_int.h"

typedef struct Said { // of one column on a path
  double lo, hi;      // lo <= x < hi
  uint64_t *set;      // words that are left; NULL: all
  bool gaps, out;     // some node knew missing values; one of them sent them elsewhere
} Said;

typedef struct Telling {
  const Trees *t;
  const Fitted *f;
  int64_t first;  // node of the root
  Said *said;     // of each term
  int64_t *order; // terms on the path, first met first
  int64_t nterm;
  double scale; // of values: how many trees share them
  Arena arena;
} Telling;

static inline const TreeNode *node_at(const Telling *t, int64_t k) { return &t->t->node[t->first + k]; }
// Ended by freeing the arena. ERR_ARG no such tree (from 1), or none at all.
NODISCARD ErrCode tell_open(const Model *m, int64_t tree, Telling *out, Err *err);
int64_t *tell_parents(Telling *t, int64_t n); // of each of the tree's n nodes, counted from its root
void tell_side(Telling *t, const TreeNode *n, bool left, Str *s); // a split as one of its sides: "age < 30"
void tell_rule(Telling *t, const int64_t *up, int64_t node, Str *s);
