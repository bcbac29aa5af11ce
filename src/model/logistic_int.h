// Shared by the files of logistic regression.
#pragma once
#include "model/model_int.h"

enum { SLICE = 256 }; // rows that pass through the first-level cache together

// A fit. Columns are standardised on the fly, z = (x - mean) / scale; coefficients are those of z, set after set, each
// set being the intercept, when there is one, and a coefficient for each column in use. Set a belongs to class
// a + offset: with a reference class (offset 1) class 0 has no set and margin 0.
typedef struct HotGroup {
  int64_t n, slot;       // levels; the place of the first among those of all groups, each with one more for none
  int64_t *column;       // of each level, as a place in Logit.col; -1: not in use
  const uint16_t *code;  // of each row its level, n = none
} HotGroup;
typedef struct Hot {
  int64_t n, slots, wide, size; // groups, levels of all of them, other columns in whole lanes, sums
  HotGroup *group;
  int64_t *pair;  // where the sums of a pair of groups begin
  double *weight; // of each level in the margin of this sweep
  Arena arena;
} Hot;

typedef struct Logit {
  const FitIn *in;
  int64_t n, p;           // rows, columns in use
  const int64_t *col;     // p: their places in in->compact; borrowed
  double *mean, *scale;   // p each
  int64_t first;          // 1 with an intercept, else 0
  Hot hot;                // groups of one-hot columns
  int64_t nd, *at;        // the columns in none of them, as places in col
  int64_t m, sets, size;  // first + p; sets of coefficients; m * sets
  int64_t offset;
  double l2, total;       // penalty; sum of the weights
  int64_t block, batch;   // rows of a block; blocks between two looks at the cancel flag
  Mat standard;           // holds mean and scale
  Mat slice, part, edge;  // work of a sweep
} Logit;

typedef struct Sweep {
  double f;      // loss with penalty
  double *g, *h; // its gradient (size) and Hessian (size x size; NULL: not wanted)
  double lo, hi; // over all rows and wrong classes, the margin of the right class over the wrong one; without a penalty
} Sweep;

// One slice of rows between margins and sums.
typedef struct Link {
  const double *y, *weight; // rows; weight NULL: ones
  int64_t rows;
  double *eta;              // sets x SLICE: margins, then probabilities of the sets' classes
  double *r;                // sets x SLICE: gradient of the loss by each margin
  double *loss, *v, *top;   // SLICE each; v: curvature of set 0 (two classes), work otherwise
  double lo, hi;            // updated
  bool edges;               // whether lo and hi are wanted
} Link;
void link_two(Link *k);
void link_softmax(Link *k, int64_t sets, int64_t offset);

// ---- logistic_sweep.c: one pass over the rows ---------------------------------------------------------------------
// Standardises the columns col[0..p) of in->compact and takes memory for sweeps, with their Hessian if wanted.
NODISCARD ErrCode logit_open(Job *job, const FitIn *in, const int64_t *col, int64_t p, bool intercept, double l2,
                             bool hessian, Logit *l, Err *err);
void logit_close(Logit *l);
NODISCARD ErrCode logit_sweep(Job *job, const Logit *l, const double *w, Sweep *s, Err *err);

// ---- logistic_hot.c: groups of one-hot columns, for two classes ---------------------------------------------------
typedef struct HotSlice {
  int64_t row, rows;
  const double *r, *v, *z; // residuals, curvature and the other columns, columns of SLICE
  const double *zero;      // SLICE zeros
  double *vz;              // work: SLICE x wide
} HotSlice;
void hot_open(Logit *l); // takes those of in->compact that pay; sets nd and at
void hot_close(Logit *l);
int64_t hot_size(const Logit *l, bool hessian); // sums of a block
void hot_start(const Logit *l, const double *w);
void hot_margins(const Logit *l, int64_t row, int64_t rows, double *eta);
void hot_add(const Logit *l, const HotSlice *s, bool hessian, double *sum);
// From the sums into the gradient and the Hessian, in which the other columns stand already.
void hot_gradient(const Logit *l, const double *sum, double *g);
void hot_hessian(const Logit *l, const double *sum, double *h);

// ---- logistic_rank.c ----------------------------------------------------------------------------------------------
// Without a penalty: puts the columns that are no combination of others before them into col[0..*p) and the rest behind
// them, both in order. col has room for in->compact->p.
NODISCARD ErrCode logit_columns(Job *job, const FitIn *in, bool intercept, int64_t *col, int64_t *p, Err *err);

// ---- solvers: from w (size) in place ------------------------------------------------------------------------------
typedef struct Search {
  double tol;         // of the largest |gradient|, beside the total weight
  int64_t max_iter;
  int64_t iterations;
  bool converged, stopped; // stopped: cancelled, and what there is was kept
  double f, gmax;
  double *h, *step;   // Hessian at the end, and the last step; Newton only
} Search;
NODISCARD ErrCode logit_newton(Job *job, const Logit *l, double *w, Search *s, Err *err);
NODISCARD ErrCode logit_lbfgs(Job *job, const Logit *l, double *w, Search *s, Err *err);

// Puts a start near the solution into w (size, zeros so far) when there are many rows: logistic_start.c.
NODISCARD ErrCode logit_start(Job *job, const Logit *l, double *w, Err *err);

// ---- logistic_infer.c ---------------------------------------------------------------------------------------------
// Coefficients b of the columns as they are from those of standard columns; b, se: sets x (first + in->x->p), NaN where
// a column is not in use.
void logit_unscale(const Logit *l, const double *w, double *b);
// Their standard errors from the Hessian h (destroyed); *ok = false when it is singular.
NODISCARD ErrCode logit_errors(Job *job, const Logit *l, double *h, double *se, bool *ok, Err *err);
// Adds a note and returns through *found whether some direction makes no row less likely and some more so; `step` is
// the last step of the search, or NULL.
NODISCARD ErrCode logit_separation(Job *job, const Logit *l, const double *w, const double *step, ModelState *state,
                                   bool *found, Err *err);
