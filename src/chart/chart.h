// Recipes that turn a frame into a Plot, one file each.
#pragma once
#include "frame/frame.h"
#include "plot/plot.h"

typedef struct ChartLabels { // options that every chart has; NULL = the chart's own words
  const char *title, *xlab, *ylab;
  bool logx, logy;
} ChartLabels;

typedef struct ChartType {
  const char *name;    // "hist": d:hist{...}
  const char *summary; // one line
  const char *example; // Lua that runs as a test, on the frame d (titanic)
  const Param *params; // its own options; CHART_LABELS are added by the binding
  size_t opts_size;    // the options struct begins with ChartLabels
  int npos;
  ErrCode (*make)(Job *job, const Frame *d, const void *opts, Plot *out, Err *err);
} ChartType;

// One line here and one file NAME.c ending in `const ChartType chart_NAME` make a chart.
#define CHART_TYPES(X) X(hist) X(bar) X(scatter) X(heatmap) X(roc)
#define CHART_DECLARE(name) extern const ChartType chart_##name;
CHART_TYPES(CHART_DECLARE)
#undef CHART_DECLARE
const ChartType *const *chart_types(void); // ended by NULL

// Rows of the macro CHART_LABELS(Opts) for every chart's Param table.
#define CHART_LABELS(Opts)                                                                                             \
  {"title", PARAM_TEXT, offsetof(Opts, labels.title), 0, 0, "", NULL, "heading"},                                      \
  {"xlab", PARAM_TEXT, offsetof(Opts, labels.xlab), 0, 0, "", NULL, "name of the horizontal axis"},                    \
  {"ylab", PARAM_TEXT, offsetof(Opts, labels.ylab), 0, 0, "", NULL, "name of the vertical axis"}
