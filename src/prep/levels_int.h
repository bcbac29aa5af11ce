// Steps that turn each column of words into numbers, one number (or one for each class) a level.
#pragma once
#include "prep/prep_int.h"

// The levels of a column as a step learned them.
typedef struct LevelSet {
  Names level;     // sorted: numbers by value when every level is one, else bytewise
  int64_t *count;  // training rows of each
  int64_t missing; // training rows without one
} LevelSet;
// ERR_ARG when a level holds a NUL byte. O(words).
NODISCARD ErrCode levels_take(const char *step, const char *column, const Codes *k, Arena *a, LevelSet *out, Err *err);
void levels_store(Store *s, LevelSet *v);
// Of each word of k its place among the levels, or -1.
int64_t *levels_place(const Names *level, const Codes *k, Arena *a);
// ERR_ARG for a word that training did not have: "... has level 'x' (first in row 3), which ...: " and `advice`.
NODISCARD ErrCode levels_refuse(const char *step, const char *column, const Codes *k, int64_t word, const char *advice,
                                Err *err);
// The column (int or real) of value[codes_at(k, i)]; value[-1] is that of missing cells, and NaN makes a cell missing.
NODISCARD ErrCode levels_column(Job *job, ColType type, const Codes *k, const double *value, Column **out, Err *err);

// What such a step learned begins with this.
typedef struct Encoded {
  Learned in;
  LevelSet *set; // of each learned column
} Encoded;
// Learns the levels of the chosen columns, every category and text column by default. ERR_ARG a column without any
// value in the training rows; errors of step_learn.
NODISCARD ErrCode encode_fit(Job *job, const char *step, const Names *columns, const StepIn *in, Arena *a, Encoded *out,
                             Err *err);
// Adds to `made` what stands in the place of the k-th learned column, whose cells are `codes`.
typedef ErrCode (*EncodeFn)(Job *job, const void *ctx, int64_t k, const Codes *codes, Arena *a, Frame *made, Err *err);
NODISCARD ErrCode encode_apply(Job *job, const char *step, const Encoded *st, EncodeFn fn, const void *ctx,
                               const Frame *x, Frame **out, Err *err);
void encode_store(Store *s, Encoded *st);
int64_t encode_levels(const Encoded *st); // of all columns together, and one for each column with missing values
// A card with a row for each of them, level missing where it is that of missing values: columns column, level and n.
NODISCARD ErrCode encode_card(Job *job, const Encoded *st, Frame **out, Err *err);
