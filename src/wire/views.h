// The fields of the messages that ask for views of tables and evaluations and answer them. Part of wire.h.
#pragma once
#include "wire/fields.h"

// ---- views of a table; `object` is a global, or "#7" for the last table that cell 7 showed --------------------------
typedef struct MsgViewHeads {
  const char *object;
} MsgViewHeads;

typedef enum { STRIP_NONE, STRIP_SPARK, STRIP_SHARES, STRIP_TEXT } WireStrip;

typedef struct WireHead {
  const char *name, *kind; // kind: "category"
  char sign;
  WireStrip strip;
  double *value; // SPARK: heights of bins, the highest 1; SHARES: of the levels, their sum 1
  int64_t n;
  const char *text; // TEXT: "1,309 distinct"; SHARES: the first letter of each level
} WireHead;

typedef struct MsgHeads {
  const char *object, *source, *state; // "titanic.csv", "whole file, 9 ms"
  int64_t version, nrow;
  WireHead *item;
  int64_t n;
  bool answer; // rows of another table stand behind its cells
} MsgHeads;

typedef struct MsgViewColumn {
  const char *object, *column;
  const char *target; // the column whose levels part its numbers where they can, "" = whichever parts them most
} MsgViewColumn;

typedef struct WireBox { // the values of a column in the rows of one level of another
  const char *name, *middle; // the level; the median in words
  int64_t n;
  double q[5]; // least, quartiles, greatest
} WireBox;

typedef struct MsgColumn {
  const char *object, *column, *kind, *state; // "real", "complete 79.9%"
  int64_t version, place, ncol;               // place from 1
  Names label, value;                         // statistics, five to a group: n missing distinct ..., mean se sd ...
  bool has_plot;
  Plot plot;
  const char *target; // as asked
  const char *by; // of numbers, the target or the category whose levels differ most in them; "" = none
  WireBox *box;
  int64_t nbox;
} MsgColumn;

typedef struct MsgViewNotes {
  const char *object;
} MsgViewNotes;

typedef struct MsgNotes {
  const char *object;
  int64_t version;
  Names column, text; // worst first
  Names where;        // the rows that each is about, "" = none in particular
} MsgNotes;

typedef struct MsgFind {
  const char *object, *text; // letters of either case
  const char *column;        // "" = any
  int64_t row;               // where to begin, this row not included; -1 = before the first
  bool backward, pattern; // pattern: `text` is a regular expression
} MsgFind;

// What rows are asked for: those behind the cell (row, column) of an answer; with row -1 behind a statistic of the
// column (`label`, as MSG_COLUMN names it), or with label "" behind a bar of its histogram, from lo to hi.
typedef struct MsgViewRows {
  const char *object, *column, *label;
  int64_t row;
  double lo, hi;
  bool last; // the bar's upper end belongs to it
} MsgViewRows;

typedef struct MsgRows {
  const char *of;     // the table that they are rows of, "" = the object itself
  const char *column; // where the cursor should be, "" = anywhere
  const char *where;  // the condition, "" = there is `lua` instead
  const char *lua;    // what shows it, to be written behind the table: ":scatter{\"x\", \"y\"}"
} MsgRows;

typedef struct MsgExplain {
  const char *object; // a table, or an evaluation
  const char *column; // of the cell; of an evaluation the metric, "" = all of them
  int64_t row;        // of the cell; -1 = the column itself
  double threshold;   // of an evaluation, NaN = its own
  const char *topic;  // the help that is sent when there is nothing to explain
} MsgExplain;

// The last plot that the EVAL with this request gave, of the part of its axes that shows.
typedef struct MsgViewPlot {
  int64_t run;
  bool x, y;                      // whether that axis shows a part only
  double x_lo, x_hi, y_lo, y_hi;  // that shows
} MsgViewPlot;

typedef struct MsgPlotAnswer {
  int64_t run;
  Plot plot;
} MsgPlotAnswer;

typedef struct MsgFound {
  int64_t row; // -1 = nowhere
  const char *column;
} MsgFound;

typedef struct WireRun {
  int64_t from, to; // rows from..to-1
} WireRun;

typedef struct MsgViewFollow {
  const char *object, *was; // a table, and the one that it was made of, which may have the same name
  int64_t version;          // of the latter
  WireRun *run;             // rows of it, ascending and apart
  int64_t n;
} MsgViewFollow;

typedef struct MsgFollowed {
  const char *object;
  int64_t version;
  WireRun *run; // where those rows stand in it now
  int64_t n;
} MsgFollowed;

// ---- a file that is not read yet ------------------------------------------------------------------------------------
typedef struct MsgViewFile {
  const char *path; // as a user writes it; "" = the bundled tables
} MsgViewFile;

typedef struct MsgFile {
  const char *path;
  const char *kind, *how; // "csv"; how it would be read: "; between columns, decimal commas, Latin-1"
  int64_t rows;           // of the whole file, -1 = not known
  bool about;             // `rows` is an estimate
  Shown shown;            // its first rows, or the first lines of a recipe
} MsgFile;

// ---- an evaluation --------------------------------------------------------------------------------------------------
// Its pictures. Of two classes, or of one against the others: the ROC curve, precision and recall, gain, cost,
// calibration. Of all classes: the first three by class, the confusion matrix, calibration by class. Of a regression:
// predicted against actual, residuals, error quantiles, residuals as a histogram, their normal quantiles.
typedef enum { EVALUATION_ROC, EVALUATION_PR, EVALUATION_GAIN, EVALUATION_COST, EVALUATION_CALIBRATION,
               EVALUATION_PLOTS } EvaluationPlot;

typedef struct MsgViewEvaluation {
  const char *object;
  double threshold, was; // NaN = the evaluation's own
  double fp, fn;         // costs; 0 and 0 = the evaluation's own
  int64_t show;          // EvaluationPlot that `plot` is
  int64_t more;          // a bit for each further one that is wanted
  int64_t of;            // 0 all classes, k class k against the others, one more than there are: pooled
  const char *other;     // an evaluation of the same rows to lay over it, "" = none
  int64_t rows;          // at most so many of the rows that changed side
} MsgViewEvaluation;

typedef struct WireMetric {
  const char *name, *now, *was, *change;
  const char *range, *other; // "[.703, .760]"; of the evaluation laid over; "" = none
  int64_t better; // 1 now is better, -1 worse, 0 neither
} WireMetric;

typedef struct MsgEvaluation {
  const char *object, *model; // model: the global that it judges, or ""
  const char *learner, *score; // "logistic", "AUC .832 [.807, .858]"
  int64_t version, n;
  bool binary; // otherwise only n, score, metrics (now), plots and page hold
  bool fixed;  // the threshold is for looking only: the model takes the likeliest class
  Names classes;
  int64_t of;
  const char *other, *difference; // the evaluation laid over, "" = none; "AUC +.021 [-.004, .046], p .10"
  const char *negative, *positive;
  double threshold, was, best;        // best: the cheapest when costs are set, else the knee
  const char *cost;                   // "5:1", "" = not set
  int64_t now_count[4], was_count[4]; // tp fp tn fn
  WireMetric *metric;
  int64_t nmetric;
  double *hist_negative, *hist_positive; // counts of scores in nhist equal bins from 0 to 1, the highest of each 1
  int64_t nhist, right, wrong;           // rows that changed side
  Page page; // binary: row, score, actual, then columns, nearest first; several classes: confusion; else worst rows
  Plot plot; // with the points now, was and best
  bool has_more[EVALUATION_PLOTS];
  Plot more[EVALUATION_PLOTS];
} MsgEvaluation;
