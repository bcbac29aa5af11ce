// Large trees made small for walks: what a step asks in 16 bytes, and several rows on their way together.
#pragma once
#include "model/trees_int.h"

typedef struct DeepNode {
  union {
    double cut;   // NaN in a leaf: nothing reaches it
    int64_t set;
  };
  int32_t left;   // of a leaf itself
  uint32_t asks;  // its feature and flags
} DeepNode;

typedef struct DeepTree {
  const DeepNode *node;
  const uint64_t *set;
  const int64_t *levels; // of each term
  bool words;            // some node asks for a word
} DeepTree;

int64_t deep_block(int64_t p); // rows of a block over p columns

void deep_fill(const TreeNode *node, int64_t n, bool single, DeepNode *out, bool *words);
// Rows begin .. begin + n of x, row after row, p values each; scratch: n values.
void deep_read(const Features *x, int64_t begin, int64_t n, bool single, double *row, double *scratch);
// leaf[i] = the node in which row which[i] ends (which NULL: row i).
void deep_leaves(const DeepTree *t, const double *row, int64_t p, const int32_t *which, int64_t n, int32_t *leaf);
