// A design without a matrix. Columns as trees take them: numbers with missing values, and words as codes of the levels
// that training had, read a piece of a column at a time, as doubles. Columns as models of sums take them: reals as they
// lie in the frame, and runs of bools of which a row has at most one, as one-hot coding makes them, as one code a row.
#pragma once
#include "prep/prep.h"

typedef struct Features {
  int64_t n, p;
  const Design *design;         // borrowed; made by design_fit_columns
  struct FeatureColumn *column; // of each term
  Arena arena;
} Features;

// Any numbers, with or without missing values, and columns of words, whose levels design->levels remembers. ERR_TYPE
// dates and columns whose words nearly all differ (which identify rows), ERR_ARG infinite values; as design_fit.
NODISCARD ErrCode design_fit_columns(Job *job, const Frame *x, const char *learner, Arena *a, Design *out, Err *err);
// The terms of the design by name, of a frame that outlives the result. ERR_NAME a term is gone, ERR_TYPE it is of
// another kind, ERR_ARG it is infinite somewhere. A level that training did not have reads as missing.
NODISCARD ErrCode features_open(Job *job, const Design *d, const Frame *x, Features *out, Err *err);
void features_close(Features *f);
// Words of term j, 0 for a number: then codes are 0 .. levels - 1, in the order of design->levels[j].
int64_t features_levels(const Features *f, int64_t j);
// out[i - begin] for begin <= i < end: the number, the code, or NaN for missing. Safe on any thread.
void features_read(const Features *f, int64_t j, int64_t begin, int64_t end, double *out);

// ---- for models of sums (compact.c) --------------------------------------------------------------------------------
typedef struct CodedRun {
  int64_t first, n;     // terms first .. first + n - 1
  uint16_t *code;       // of each row which of them is 1, from 0; n: none
  const int64_t *count; // rows of each
} CodedRun;

typedef struct Compact {
  int64_t n, p, nrun;  // rows, terms, runs
  const double **col;  // of each term its n values; NULL: it is of a run
  int64_t *of;         // of those the run
  CodedRun *run;
  Mat made, codes;     // columns that are no reals, as doubles; the codes of all runs
  Arena arena;
} Compact;

// The terms of the design by name, of a frame that outlives the result; compact_close, after an error too. Errors as
// design_mat. O(n p) bytes looked at; bools that do not exclude their neighbours are copied as doubles.
NODISCARD ErrCode compact_open(Job *job, const Design *d, const Frame *x, Compact *out, Err *err);
void compact_close(Compact *c);
// A matrix that outlives the result, as it is.
void compact_of_mat(const Mat *x, Compact *out);
// The rows [i, i + run) for i = 0, every, 2 every ... as long as they are whole, copied.
NODISCARD ErrCode compact_part(Job *job, const Compact *c, int64_t run, int64_t every, Compact *out, Err *err);
// out[i - begin] = value of term j in row i, begin <= i < end. Safe on any thread.
void compact_read(const Compact *c, int64_t j, int64_t begin, int64_t end, double *out);
// out (n) = X v; the sum of a row is in the order of the terms.
void compact_mul_vec(Job *job, const Compact *c, const double *v, double *out);
