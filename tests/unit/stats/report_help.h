// Shared by the tests of reports: a report of a frame, and its cells by the row's key.
#pragma once
#include "unit/stats/test_help.h"

#include "base/pool.h"
#include "stats/report.h"

static inline Report *report_try(Job *job, const Frame *f, ReportOpts opts, ErrCode want, const char *message) {
  Report *r = NULL;
  Err err = {0};
  ErrCode code = stats_report(job, f, &opts, &r, &err);
  if (code == OK && want != OK) fail_msg("no error, where %d was expected", want);
  if (code != want) fail_msg("%s", err.msg);
  if (code != OK && message && !strstr(err.msg, message)) fail_msg("'%s' does not say '%s'", err.msg, message);
  return r;
}

static inline Report *report_of(const Frame *f, ReportOpts opts) { return report_try(NULL, f, opts, OK, NULL); }

static inline int64_t report_row(const Frame *f, const char *key) { // of the first text column that has it
  for (int j = 0; j < frame_ncol(f); j++)
    for (int64_t i = 0; i < frame_nrow(f) && col_is_text(frame_at(f, j)); i++)
      if (col_valid(frame_at(f, j), i) && sv_is(col_text(frame_at(f, j), i), key)) return i;
  fail_msg("no row '%s'", key);
  return -1;
}

static inline double report_number(const Frame *f, const char *key, const char *column) {
  return stats_cell(f, column, report_row(f, key));
}

static inline const char *report_text_at(const Frame *f, int64_t i, const char *column) {
  static char buf[4][512];
  static int turn;
  char *out = buf[turn++ & 3];
  int j = frame_find(f, sv(column));
  if (j < 0) fail_msg("no column '%s'", column);
  Str s = {0};
  col_format(frame_at(f, j), i, CELL_EXACT, &s);
  snprintf(out, sizeof buf[0], "%s", str_c(&s));
  str_fini(&s);
  return out;
}

static inline const char *report_text(const Frame *f, const char *key, const char *column) {
  return report_text_at(f, report_row(f, key), column);
}

// The text of the alert of this kind about this column, "" when there is none.
static inline const char *report_alert(const Report *r, const char *kind, const char *column) {
  const Frame *f = r->section[REPORT_ALERTS];
  for (int64_t i = 0; i < frame_nrow(f); i++)
    if (strcmp(report_text_at(f, i, "alert"), kind) == 0 && strcmp(report_text_at(f, i, "column"), column) == 0)
      return report_text_at(f, i, "text");
  return "";
}

// All sections and what is shown of them, as one hash of hashes.
static inline void report_hash(const Report *r, char *out, size_t size) {
  size_t n = 0;
  for (int k = 0; k < 2 * REPORT_NSECTIONS; k++) {
    const Frame *f = k < REPORT_NSECTIONS ? r->section[k] : r->shown[k - REPORT_NSECTIONS];
    char hex[65] = "-";
    if (f) frame_hash(f, hex);
    n += (size_t)snprintf(out + n, size - n, "%.16s%s ", hex, f ? frame_caption(f) : "");
  }
}
