// Recipes that turn a frame into a Plot, one file each.
#pragma once
#include "frame/frame.h"
#include "plot/plot.h"

// What the panels of a chart with facets have in common; the chart of one panel sees only its own rows.
typedef struct ChartWhole {
  const Frame *d;       // the rows of all panels
  const int64_t *row;   // of every row of the panel its row in d
  const int64_t *given; // of every row of the panel its row in the frame that was given
  const Plot *plot;     // the chart of d; NULL when it cannot be drawn
  int npanel;
} ChartWhole;

// The part of the axes x and y that is looked at; where an axis is not `on`, all of it.
typedef struct ChartRange {
  bool on[2];
  double lo[2], hi[2]; // that shows, on or not
} ChartRange;

typedef struct ChartLabels { // options that every chart has; NULL = the chart's own words
  const char *title, *xlab, *ylab;
  const char *facet;       // column whose levels get a panel each
  bool logx, logy;         // short for the scales
  int xscale, yscale;      // AxisScale
  const ChartWhole *whole; // set by chart_plot in the options of a panel; else NULL
  const ChartRange *range; // set by chart_again; else NULL
} ChartLabels;

// Which rows chart_again draws: the chart takes what it needs of all rows; those in the range; those about it.
typedef enum { AGAIN_NEVER, AGAIN_ALL, AGAIN_INSIDE, AGAIN_ABOUT } ChartAgain;

typedef struct ChartType {
  const char *name;    // "hist": d:hist{...}
  const char *signature, *summary; // as help and messages show them, one line each
  const char *example; // Lua that runs as a test
  const Param *params; // its options, CHART_LABELS among them
  size_t opts_size;    // the options struct begins with ChartLabels
  int npos;            // the first npos may be given by place
  ChartAgain again;
  // Fills `out`, which the caller has made with plot_init and ends with plot_fini, on failure too. Every chart says
  // what it shows (reading), what it left out (note) and how many rows are behind it (n); names are cut at 60 columns.
  // ERR_NAME no such column (with the nearest); ERR_TYPE a column of the wrong type (with what fits); ERR_ARG too many
  // levels, or nothing to show; ERR_MEMORY, ERR_CANCELLED.
  // Options come from chart_plot, with scales and whole set.
  ErrCode (*make)(Job *job, const Frame *d, const void *opts, Plot *out, Err *err);
} ChartType;

// The chart, or with `facet` a panel for every level of that column, at most 12: each a chart of its level's rows, with
// the same range on all number axes, the same categories, colours and bins. Levels with nothing to show are left out
// and named in the note. Errors as make's, and ERR_ARG too many levels.
NODISCARD ErrCode chart_plot(Job *job, const ChartType *t, const Frame *d, const void *opts, Plot *out, Err *err);

// What was drawn, so that a part of it can be drawn again with bins, points or cells of its own. Immutable, reference
// counted; holds the frame and a copy of the options. Any thread.
typedef struct ChartAsked ChartAsked;
ChartAsked *chart_asked_new(const ChartType *t, const Frame *d, const void *opts); // one reference
ChartAsked *chart_asked_ref(ChartAsked *a);                                        // NULL allowed
void chart_asked_unref(ChartAsked *a);                                             // NULL allowed
// The chart of what shows in the range, whose handles are of the frame that was given; levels, and so colours, are
// those of all rows, trends are left out. ERR_ARG: this chart has no finer picture of a part, or nothing lies there.
// Else as make's.
NODISCARD ErrCode chart_again(Job *job, const ChartAsked *a, const ChartRange *range, Plot *out, Err *err);

// rows_of: what Series.rows holds, by chart. Numbers of levels are those of the column's order, in all panels alike;
// rows are rows of the frame that was given, from 0. What is put together from many rows (grids, bands, curves over
// bars, crowds) has no handle.
//   hist     number of the bin, from 0; with `by` level * bins + bin
//   bar      number of the level, with `by` level * levels of by + level of by; -1 for the bar of all others
//   scatter, strip, swarm, ecdf, qq, residuals, folds   row; of qq with `y` none
//   roc, pr, gain, lift   row whose score is the threshold of the point
//   calibration   number of the bin of scores, from 0, with several classes class * bins + bin
//   scores   number of the bin, of a class class * bins + bin
//   confusion   actual class * classes + predicted class, in the order of the axes
//   bubble, line, area, step, lag, parallel   row (of lag the later one); of lines along places that stand for several
//            rows none
//   pairs    of points their row, of bars the number of the bin
//   correlogram  lag
//   hexbin   number of the hexagon: by lattice, row and column
//   heatmap  row * columns + column of the matrix as given, both from 0
//   calendar day, counted from 1970-01-01
//   mosaic, tile   number of the combination, levels of the last column fastest (of tile by y, then x)
//   missing  first row of the block
//   density, violin   number of the level of `by`, 0 without
//   box      number of the level; of a point (outlier) its row
//   dot      level * levels of by + level of by

// Charts of scores (roc, pr, gain, lift, calibration, scores): one score column is the score of one class, several are
// one curve for each class against all others; a column p_NAME or NAME is that of the class NAME.
typedef struct ScoreOpts { // what their options structs begin with
  ChartLabels labels;
  Names score;
  const char *actual, *positive;
  double at; // threshold that is marked
} ScoreOpts;
typedef struct CalibrationOpts {
  ScoreOpts of;
  int64_t bins;
  bool quantile; // of equal numbers of rows
} CalibrationOpts;
typedef struct AnswerOpts { // of residuals and confusion
  ChartLabels labels;
  const char *pred, *actual;
} AnswerOpts;
typedef struct RowmapOpts { // part: column of the parts; by: column that is compared between them, NULL = none
  ChartLabels labels;
  const char *part, *by;
} RowmapOpts;
// So many rows of their Param tables name the columns; an evaluation, which has its own, starts behind them.
enum { CHART_SCORE_PARAMS = 3, CHART_ANSWER_PARAMS = 2 };
#define CHART_JUDGES(X) X(roc) X(pr) X(gain) X(lift) X(calibration) X(scores) X(residuals) X(confusion)
#define CHART_DECLARE(name) extern const Param chart_##name##_params[];
CHART_JUDGES(CHART_DECLARE)
#undef CHART_DECLARE

// One line here and one file NAME.c ending in `const ChartType chart_NAME` make a chart.
#define CHART_TYPES(X)                                                                                                 \
  X(hist) X(bar) X(scatter) X(heatmap) X(roc)                                                                          \
  X(bubble) X(hexbin) X(pairs) X(parallel) X(line) X(area) X(step) X(lag) X(correlogram)                               \
  X(calendar) X(mosaic) X(tile) X(missing)                                                                             \
  X(density) X(box) X(violin) X(strip) X(swarm) X(ecdf) X(qq) X(dot) X(rowmap) X(folds)                                \
  X(pr) X(gain) X(lift) X(calibration) X(scores) X(residuals) X(confusion)
#define CHART_DECLARE(name) extern const ChartType chart_##name;
CHART_TYPES(CHART_DECLARE)
#undef CHART_DECLARE
const ChartType *const *chart_types(void); // ended by NULL
const ChartType *chart_find(Sv name);      // NULL when there is none

// The marks of a plot as a frame, one row a mark: panel, series (where they have names), x, x2, y, y2, of boxes low q1
// median q3 high, size, value, label, as far as the plot has them; names of categories as text, dates as dates; of a
// grid the cells that are not empty. ERR_MEMORY.
NODISCARD ErrCode chart_table(Job *job, const Plot *p, Frame **out, Err *err);

// Rows of every chart's Param table, and of those with axes that may be logarithmic.
#define CHART_LABELS(Opts)                                                                                             \
  {"title", PARAM_TEXT, offsetof(Opts, labels.title), 0, 0, "", NULL, "heading"},                                      \
  {"facet", PARAM_TEXT, offsetof(Opts, labels.facet), 0, 0, "", NULL,                                                 \
   "column whose levels get a panel each, at most 12"},                                                                \
  {"xlab", PARAM_TEXT, offsetof(Opts, labels.xlab), 0, 0, "", NULL, "name of the horizontal axis"},                    \
  {"ylab", PARAM_TEXT, offsetof(Opts, labels.ylab), 0, 0, "", NULL, "name of the vertical axis"}
#define CHART_LOGX(Opts)                                                                                               \
  {"logx", PARAM_BOOL, offsetof(Opts, labels.logx), 0, 0, "false", NULL, "short for xscale=\"log\""},                  \
  {"xscale", PARAM_CHOICE, offsetof(Opts, labels.xscale), 0, 0, "linear", "linear|log|symlog",                         \
   "of the horizontal axis; symlog is linear about 0 and logarithmic beyond"}
#define CHART_LOGY(Opts)                                                                                               \
  {"logy", PARAM_BOOL, offsetof(Opts, labels.logy), 0, 0, "false", NULL, "short for yscale=\"log\""},                  \
  {"yscale", PARAM_CHOICE, offsetof(Opts, labels.yscale), 0, 0, "linear", "linear|log|symlog",                         \
   "of the vertical axis; symlog is linear about 0 and logarithmic beyond"}
