// Columns as trees take them: numbers with missing values, and words as codes of the levels that training had. Nothing
// is copied: values are read a piece of a column at a time, as doubles.
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
