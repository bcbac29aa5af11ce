// Shared by the correlation files: which columns, which rows, and what came out of each pair.
#pragma once
#include "stats/assoc.h"

#include "num/num.h"

// The chosen columns and the rows of each. In a pair both bitmaps count; NULL stands for all rows.
typedef struct CorrIn {
  Job *job;
  const Frame *f;
  const char *owner;      // "corr", for messages
  int64_t p, n;           // columns and rows of f
  const uint64_t **valid; // p: of each column, or the one bitmap of rows that miss nothing; tail bits are 0
  int64_t *present;       // p: how many rows that leaves
  uint64_t *own;          // the bitmaps that had to be made
  bool complete;          // all columns share one bitmap
} CorrIn;

typedef struct CorrPair {
  double r;            // or the covariance, ...
  double se;           // polychoric: standard error of r
  int64_t n;           // -1: not asked, for the caption
  double p, low, high; // NAN where there is none
  bool defined;        // r has a meaning (it may be NaN)
  const char *measure; // what r is, where that differs from pair to pair; NULL
} CorrPair;
CorrPair *corr_pairs_new(int64_t p); // p x p, with nothing known; free

static inline bool corr_has(const uint64_t *valid, int64_t i) { return !valid || (valid[i >> 6] >> (i & 63) & 1); }
// corr_in.c. wanted: says which columns are taken when none is named, and refuses the others. corr_in_fini always.
typedef bool (*CorrWanted)(const Column *c);
NODISCARD ErrCode corr_in(Job *job, const Frame *f, const Names *columns, const char *owner, CorrWanted wanted,
                          const char *need, bool complete, CorrIn *out, Err *err);
void corr_in_fini(CorrIn *s);
int64_t corr_count(const uint64_t *a, const uint64_t *b, int64_t n); // rows in both
// The values of columns i and j (of all columns) in the rows that have both, closed up; returns how many.
int64_t corr_close_up(const CorrIn *s, int64_t i, int64_t j, double *u, double *v);

// Sums of squares and products about the means, n long and changed: x times 2^-ex, y times 2^-ey. False when a side is
// constant or n < 2.
typedef struct Moments2 {
  double xx, yy, xy;
  int ex, ey;
  bool x_constant, y_constant;
} Moments2;
Moments2 corr_moments(Job *job, double *x, double *y, int64_t n); // corr_exact.c; y may be x
double corr_of(const Moments2 *m);
double corr_ratio(double xx, double yy, double xy); // xy / (xx yy)^1/2, at most 1

// Each fills pair[i * p + j] (both triangles) but for p, low and high.
NODISCARD ErrCode corr_pearson(const CorrIn *s, bool covariance, CorrPair *pair, Err *err);
NODISCARD ErrCode corr_spearman(const CorrIn *s, CorrPair *pair, Err *err);
NODISCARD ErrCode corr_kendall(const CorrIn *s, CorrPair *pair, Err *err);
NODISCARD ErrCode corr_polychoric(const CorrIn *s, CorrPair *pair, Err *err);

// corr_infer.c: p, low and high of a pair, and their parts.
void corr_infer(CorrMethod method, double level, CorrPair *c);
void corr_fisher(double r, double se, double level, double *low, double *high);
double corr_t_p(double r, double df); // two-sided; NAN for df < 1
// corr_answer.c. r: the name of its column.
NODISCARD ErrCode corr_matrix(const CorrIn *s, const CorrPair *pair, int show, Frame **out, Err *err);
typedef struct LongForm {
  const char *value; // name of the column for r
  bool intervals;    // low and high too
  bool both;         // each pair in both directions
  int64_t target;    // only the pairs of others with this column; -1 = all
} LongForm;
NODISCARD ErrCode corr_long(const CorrIn *s, const CorrPair *pair, const LongForm *form, Frame **out, Err *err);
void corr_caption(const CorrIn *s, const CorrPair *pair, const char *what, const char *how, Frame *out);
