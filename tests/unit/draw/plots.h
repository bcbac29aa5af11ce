// Small plots with data given here, for the tests of looks and of export. Each ends with plot_fini.
#pragma once
#include "plot/plot.h"

#include <math.h>

static inline Series *add_marks(Plot *p, MarkKind kind, int64_t n, const double *x, const double *y) {
  Series *s = plot_add(p, kind, n);
  for (int64_t i = 0; i < n; i++) s->x[i] = x ? x[i] : (double)i, s->y[i] = y[i];
  return s;
}

static inline void add_mark(Plot *p, int group, double x, double y, const char *label) {
  Series *s = add_marks(p, MARK_POINT, 1, &x, &y);
  s->group = group;
  s->label = arena_array(&p->arena, const char *, 1);
  s->label[0] = label;
}

static inline void set_axis(Axis *a, const char *name, double lo, double hi) {
  *a = (Axis){.name = name, .lo = lo, .hi = hi};
}

static inline void add_bins(Plot *p, int n, double lo, double width, const double *count) {
  Series *s = add_marks(p, MARK_BAR, n, NULL, count);
  s->x2 = plot_array(p, n);
  for (int i = 0; i < n; i++) s->x[i] = lo + width * i, s->x2[i] = lo + width * (i + 1);
}

// Waiting times of a geyser with the five numbers of the box plot.
static inline void plot_histogram(Plot *p) {
  static const double count[] = {4, 22, 33, 24, 14, 10, 27, 54, 55, 23, 5, 1};
  plot_init(p);
  p->title = "waiting", p->n = 272;
  p->reading = "two humps, near 54 and 80 minutes", p->note = "263 missing are not shown";
  set_axis(&p->x, "minutes", 40, 100);
  set_axis(&p->y, "count", 0, 55);
  p->box = (BoxStats){true, 43, 58, 76, 82, 96};
  add_bins(p, 12, 40, 5, count);
}

static inline void plot_two_histograms(Plot *p) {
  static const double no[] = {7, 12, 35, 71, 62, 48, 33, 18, 9, 3}, yes[] = {30, 9, 18, 22, 45, 38, 21, 12, 6, 1};
  plot_init(p);
  p->title = "age by survived", p->n = 500;
  set_axis(&p->x, "age", 0, 80);
  set_axis(&p->y, "count", 0, 71);
  add_bins(p, 10, 0, 8, no);
  add_bins(p, 10, 0, 8, yes);
  p->series[0].name = "no", p->series[1].name = "yes", p->series[1].group = 1;
}

// Outlines of two groups that come down to the axis.
static inline void plot_outlines(Plot *p) {
  static const double edge[] = {0, 0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80},
                      no[] = {0, 7, 12, 35, 71, 62, 48, 33, 18, 9, 3, 0},
                      yes[] = {0, 30, 9, 18, 22, 45, 38, 21, 12, 6, 1, 0};
  plot_init(p);
  set_axis(&p->x, "age", 0, 80);
  set_axis(&p->y, "count", 0, 80);
  add_marks(p, MARK_STEP, 12, edge, no)->name = "no";
  Series *s = add_marks(p, MARK_STEP, 12, edge, yes);
  s->name = "yes", s->group = 1;
}

// Two curves, one with a gap, and the best point.
static inline void plot_curves(Plot *p) {
  double y[2][41];
  plot_init(p);
  p->title = "loss", p->n = 398;
  p->reading = "validation is best at round 16; after that the model learns noise";
  set_axis(&p->x, "round", 0, 40);
  set_axis(&p->y, "log loss", 0, 0.6);
  for (int i = 0; i <= 40; i++) {
    y[0][i] = 0.6 / (1 + i * i / 16.0);
    y[1][i] = i == 30 ? NAN : 0.16 + (i - 16) * (i - 16) * (i < 16 ? 0.0017 : 0.0002);
  }
  add_marks(p, MARK_LINE, 41, NULL, y[0])->name = "train";
  Series *valid = add_marks(p, MARK_LINE, 41, NULL, y[1]);
  valid->name = "valid", valid->group = 1;
  add_mark(p, 2, 16, 0.16, "best 16");
}

static inline void plot_roc(Plot *p) {
  static const double x[] = {0, 0, 0.02, 0.05, 0.1, 0.2, 0.29, 0.4, 0.6, 0.8, 1},
                      y[] = {0, 0.15, 0.3, 0.42, 0.53, 0.7, 0.8, 0.87, 0.94, 0.98, 1};
  plot_init(p);
  p->title = "ROC", p->n = 1114;
  set_axis(&p->x, "FPR", 0, 1);
  set_axis(&p->y, "TPR", 0, 1);
  add_marks(p, MARK_LINE, 11, x, y)->name = "AUC .832";
  Series *s = add_marks(p, MARK_RULE, 1, (double[]){0}, (double[]){0});
  s->x2 = plot_array(p, 1), s->y2 = plot_array(p, 1);
  s->x2[0] = s->y2[0] = 1;
  s->role = ROLE_FAINT, s->name = "chance";
  add_mark(p, 0, 0.29, 0.8, "now .24");
  add_mark(p, 1, 0.1, 0.53, "was .50");
}

// Points of two groups on log axes.
static inline void plot_scatter(Plot *p) {
  double x[2][60], y[2][60];
  for (int g = 0; g < 2; g++)
    for (int i = 0; i < 60; i++) {
      x[g][i] = 0.2 * pow(20, (i * 7 % 60) / 60.0);
      y[g][i] = (g ? 900 : 3000) * pow(x[g][i], 1.7) * (1 + 0.5 * ((i * 13 % 60) / 60.0));
    }
  plot_init(p);
  p->title = "price by weight", p->n = 120;
  set_axis(&p->x, "carat", 0.2, 4);
  set_axis(&p->y, "price", 50, 40000);
  p->x.scale = p->y.scale = SCALE_LOG;
  add_marks(p, MARK_POINT, 60, x[0], y[0])->name = "clear";
  Series *s = add_marks(p, MARK_POINT, 60, x[1], y[1]);
  s->name = "cloudy", s->group = 1;
}

static inline void set_categories(Axis *a, const char *name, const char **category, int n) {
  *a = (Axis){.kind = AXIS_CATEGORY, .name = name, .hi = n, .category = category, .ncategory = n};
}

static inline void plot_bars(Plot *p) {
  static const char *name[] = {"fixed", "freelance", "partial and seasonal work", "無職", "other"};
  static const double count[] = {2805, 1024, 452, 171, 2};
  plot_init(p);
  p->title = "Job", p->n = 4454;
  p->reading = "two of three clients have a fixed job";
  set_categories(&p->x, "job", name, 5);
  set_axis(&p->y, "clients", 0, 2805);
  add_bins(p, 5, 0, 1, count);
}

// Correlations of four columns, the triangle below the diagonal or all of the matrix; the first row is on top.
static inline void plot_matrix(Plot *p, bool triangle) {
  static const char *column[] = {"price", "carat", "table", "depth"}, *row[] = {"depth", "table", "carat", "price"};
  static const double r[4][4] = {{1, .92, .13, -.01}, {.92, 1, .18, .03}, {.13, .18, 1, -.31}, {-.01, .03, -.31, 1}};
  static const char *text[4][4] = {{"+1.00", "+.92", "+.13", "-.01"},
                                   {"+.92", "+1.00", "+.18", "+.03"},
                                   {"+.13", "+.18", "+1.00", "-.31"},
                                   {"-.01", "+.03", "-.31", "+1.00"}};
  plot_init(p);
  p->title = "correlation", p->n = 6743;
  set_categories(&p->x, triangle ? NULL : "with", column, 4);
  set_categories(&p->y, triangle ? NULL : "of", row, 4);
  Series *s = plot_add(p, MARK_CELL, triangle ? 6 : 16);
  s->role = ROLE_DIVERGING;
  s->x2 = plot_array(p, s->n), s->y2 = plot_array(p, s->n), s->value = plot_array(p, s->n);
  s->label = arena_array(&p->arena, const char *, s->n);
  int64_t k = 0;
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < (triangle ? i : 4); j++, k++) {
      s->x[k] = j, s->x2[k] = j + 1, s->y[k] = 3 - i, s->y2[k] = 4 - i;
      s->value[k] = r[i][j], s->label[k] = text[i][j];
    }
}
