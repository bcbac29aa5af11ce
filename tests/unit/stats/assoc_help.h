// Shared by the tests of association: a bundled table, and cells of an answer by the names in its first columns.
#pragma once
#include "unit/frame/make.h"
#include "unit/io/io_help.h"

#include "base/pool.h"
#include "frame/verbs.h"
#include "stats/assoc.h"

static inline Frame *load(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "datasets/%s.csv", name);
  ReadOpts opts;
  io_read_defaults(&opts);
  Frame *f = NULL;
  Err err = {0};
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

static inline int column_at(const Frame *f, const char *name) {
  int j = frame_find(f, sv(name));
  if (j < 0) fail_msg("no column %s", name);
  return j;
}

// Value of `column` in the row whose first column is a (and second b, unless NULL); NaN when missing.
static inline double cell(const Frame *f, const char *a, const char *b, const char *column) {
  for (int64_t i = 0; i < frame_nrow(f); i++)
    if (sv_is(col_text(frame_at(f, 0), i), a) && (!b || sv_is(col_text(frame_at(f, 1), i), b)))
      return col_f64(frame_at(f, column_at(f, column)), i);
  fail_msg("no row %s %s", a, b ? b : "");
  return NAN;
}

// A pair of a long answer, in either direction.
static inline double pair_cell(const Frame *f, const char *a, const char *b, const char *column) {
  for (int64_t i = 0; i < frame_nrow(f); i++) {
    Sv x = col_text(frame_at(f, 0), i), y = col_text(frame_at(f, 1), i);
    if ((sv_is(x, a) && sv_is(y, b)) || (sv_is(x, b) && sv_is(y, a)))
      return col_f64(frame_at(f, column_at(f, column)), i);
  }
  fail_msg("no pair %s %s", a, b);
  return NAN;
}
