// The whole report on a frame, as frames; and how far two frames have drifted apart.
#pragma once
#include "frame/frame.h"

// The sections, in the order in which they are shown.
#define REPORT_SECTIONS(X)                                                                                             \
  X(ALERTS, alerts)                                                                                                    \
  X(OVERVIEW, overview)                                                                                                \
  X(COLUMNS, columns) X(TARGET, target) X(LEAKS, leaks) X(CORRELATIONS, correlations) X(MISSING, missing)              \
      X(PATTERNS, patterns) X(PAIRS, pairs) X(DUPLICATES, duplicates) X(STEPS, steps)
#define REPORT_ENUM(NAME, word) REPORT_##NAME,
typedef enum { REPORT_SECTIONS(REPORT_ENUM) REPORT_NSECTIONS } ReportSection;
#undef REPORT_ENUM
extern const char *const REPORT_NAMES[REPORT_NSECTIONS];
bool report_section_doc(int k, const char **name, const char **doc); // false past the last

typedef struct ReportOpts {
  const char *target;   // NULL: none
  const char *positive; // the class that is told; NULL: of two the rarer, of yes or no and of numbers the larger
  int64_t sample;       // rows that are drawn for the estimates; 0, or no fewer than there are: all of them
  int64_t seed;
} ReportOpts;
typedef struct Report {
  Frame *section[REPORT_NSECTIONS]; // NULL: there is nothing to say without a target
  Frame *shown[REPORT_NSECTIONS];   // what of it is worth a look, in few columns; NULL: nothing
  bool classes;                     // the target has classes
  Names features;                   // columns that a model could use: no ids, texts, dates, no suspects of a leak
  Arena arena;
} Report;

// Every section is a frame with a caption; the same bits for any number of threads. With `sample`, what is not known
// from the columns' own counts is an estimate, and has an error bar of 95 %: columns that end in low and high.
// columns: one card a column; `power`: how well it alone tells the target (stats_power); `shape`: a histogram, or the
// counts of levels. target: shares with Wilson's intervals, means with Student's. leaks: column, leak (alone, id, time,
// order, blanks, copies), power, rows, text. steps: step, column, reason, lua: a line that runs where the frame is `d`.
// ERR_NAME, ERR_TYPE, ERR_ARG a target that is a text, is constant or has more than 50 classes, a class that it does
// not have; ERR_MEMORY, ERR_CANCELLED. O(n p log n + n p^2).
NODISCARD ErrCode stats_report(Job *job, const Frame *f, const ReportOpts *opts, Report **out, Err *err);
void report_free(Report *r); // NULL allowed

typedef struct DriftOpts {
  Names columns; // n = 0: all that either frame has
  int64_t bins;  // of numbers and dates: at quantiles of the first frame; 2 or more
} DriftOpts;
// One row a column, the largest drift first: column, drift (little, some, much; gone, new, "category, was int"), psi
// (population stability index over bins of the first frame, a bin for what is missing and one for words it does not
// have), test (ks, chisq), statistic, p, p_holm, missing and missing_with (shares), new and vanished (levels). An
// empty bin counts as half a row. ERR_NAME, ERR_ARG a frame without rows; ERR_MEMORY, ERR_CANCELLED. O(n p log n).
NODISCARD ErrCode stats_drift(Job *job, const Frame *f, const Frame *with, const DriftOpts *opts, Frame **out,
                              Err *err);
