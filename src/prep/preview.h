// What a step makes of its training rows, column by column, before anything is put to use.
#pragma once
#include "prep/prep.h"

enum { PREVIEW_BEFORE, PREVIEW_AFTER, PREVIEW_SIDES };
enum { PREVIEW_BARS = 24, PREVIEW_LEVELS = 12 }; // most bars of numbers; of words, and one more for all others

// A column on one side, its bars among the rest. Numbers, dates and bools (0 and 1): nbar equal bins from lo to hi of
// the finite values. Words: a bar for each of PreviewColumn.level, then one for all others.
typedef struct PreviewSide {
  bool present; // there is such a column
  ColType type;
  int64_t n, missing;            // rows, and those without a value or with NaN
  double mean, sd, min, max;     // of the finite values, sd with n - 1; NaN where there are none, and of words
  int64_t distinct;              // words that occur; -1 of numbers
  double lo, hi;
  int nbar;
  int64_t bar[PREVIEW_BARS];
} PreviewSide;

typedef struct PreviewColumn {
  const char *name;
  PreviewSide side[PREVIEW_SIDES];
  int64_t changed;    // rows of before that go on with another value in it; 0 of one that is added or removed
  bool one_scale;     // the bars of both sides lie on the same scale (fewer than half of the values changed)
  const char **level; // nlevel words, most frequent first; of columns of words
  int nlevel;
} PreviewColumn;

typedef struct StepPreview {
  Frame *before, *after;  // features before the step, and what training goes on with
  PreviewColumn *column;  // those whose values or kind changed, were added or removed; all where rows come or go
  int64_t ncolumn, kept;  // kept: columns that stay as they were
  int64_t left_out, made; // rows that training goes on without; rows that were drawn again or made
  int64_t affected;       // rows of before that are left out or get another value in a column that stays
  Arena arena;
} StepPreview;

// Fits the step on `in` with a state of its own, and compares what training goes on with to in->x. Nothing that is
// given changes. End it with step_preview_free, after an error too. Errors of the step's fit and apply; beside them
// O(rows x columns).
NODISCARD ErrCode step_preview(Job *job, const StepType *t, const void *opts, const StepIn *in, StepPreview *out,
                               Err *err);
// The same of any two frames; source[i]: the row of `before` that row i of `after` was, NULL = the same rows.
NODISCARD ErrCode step_preview_frames(Job *job, const Frame *before, const Frame *after, const int64_t *source,
                                 StepPreview *out, Err *err);
void step_preview_free(StepPreview *p);
// "263 rows change (20% of 1,309 rows); 1 column changes, 4 columns stay as they are", and where rows come or go a
// second line.
void step_preview_print(const StepPreview *p, Str *out);
// A line for each column and side: column, side (before, after; added, removed), missing, changed (rows), shape (bars
// from `from` to `to`), mean, sd, from, to, top (levels), n, share (of the rows that changed); without those that no
// line would fill. The caption is step_preview_print's.
NODISCARD ErrCode step_preview_table(Job *job, const StepPreview *p, Frame **out, Err *err);
