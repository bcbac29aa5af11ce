// Trees made ready for many rows: columns as bytes, trees as lists of byte comparisons.
#pragma once
#include "model/trees_int.h"

enum {
  SWEEP_ROWS = 512,    // of a block: its bytes stay in the first cache
  SWEEP_GROUP = 64,    // rows that a comparison takes at once
  SWEEP_EXITS = 256,   // of a tree, at most: what a byte can tell
  PLANE_CUTS = 254,    // of a plane, at most
  PLANE_MISSING = 255,
};

// The ranks of a column among some of the cuts that trees have there: how many cuts are not above x, less `first`,
// kept within 0 .. PLANE_CUTS; PLANE_MISSING for a missing value.
typedef struct Ruler { // of a term
  int64_t n;           // distinct cuts
  double *cut;         // ascending, then NaN
  int32_t scan;        // cuts of a cell, at most; -1: more than are worth comparing one by one
  int64_t cells;       // of an even grid from lo on
  double lo, scale;
  int32_t *start;      // cells + 1: cuts below those of the cell
  int64_t plane, nplane;
  bool words;          // read as levels for the sets of nodes
} Ruler;

typedef struct SweepWords { // a node that splits words: becomes a plane of its own, 0 for left and 1 for right
  int32_t feature;
  const uint64_t *set;      // bits of levels, then of missing and of words beyond
} SweepWords;

typedef struct SweepStep { // row[out] = plane + shift < cut ? row[left] : row[right], each as bytes
  int32_t plane, left, right, out;
  uint8_t cut, shift;
} SweepStep;

typedef struct SweepTree {
  int32_t step, nstep, npair;   // steps from children up; the first npair have exits left, left + 1
  int32_t words, nwords;        // their planes follow those of the columns
  int32_t nexit;
  bool oblivious;               // npair steps, each a bit of the exit, highest first
  bool open;                    // some exits are no leaves: the rest is walked
  int32_t *exit;                // nodes, from the root
} SweepTree;

typedef struct Sweep { // owned by `arena`
  Arena arena;
  const Trees *trees;
  int64_t first, last, p;
  Ruler *ruler;        // p
  int64_t nplane;      // of all columns
  int64_t most_words;  // of a tree
  SweepStep *step;
  SweepWords *words;
  SweepTree *tree;     // of first .. last - 1
} Sweep;

NODISCARD ErrCode sweep_open(Job *job, const Trees *t, int64_t p, int64_t first, int64_t last, Sweep *out, Err *err);
void sweep_close(Sweep *s);
// The bytes of a column's planes (SWEEP_ROWS each) for n <= SWEEP_ROWS values, which become floats if `single`.
void ruler_apply(const Ruler *r, bool single, double *x, int64_t n, uint8_t *plane);
