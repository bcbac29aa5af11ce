// Plots of every further kind of mark, with data given here, for the tests of looks and sizes. Each ends with plot_fini.
#pragma once
#include "unit/draw/plots.h"

static inline double *add_array(Plot *p, int64_t n, const double *from) {
  double *v = plot_array(p, n);
  for (int64_t i = 0; from && i < n; i++) v[i] = from[i];
  return v;
}

// Numbers that look random: the fractional parts of multiples of the golden section.
static inline double spread(int i) {
  double v = (i + 1) * 0.618033988749895;
  return v - floor(v);
}

static inline double bell(double x, double at, double wide) { return exp(-(x - at) * (x - at) / (2 * wide * wide)); }

// Densities of three groups that overlap.
static inline void plot_densities(Plot *p) {
  static const char *name[] = {"setosa", "versicolor", "virginica"};
  static const double at[] = {5.0, 5.9, 6.6}, wide[] = {0.35, 0.5, 0.62};
  plot_init(p);
  p->title = "sepal_length by species", p->n = 150, p->groups = "species";
  p->reading = "setosa is the shortest; the other two overlap";
  set_axis(&p->x, "cm", 4, 8);
  set_axis(&p->y, "density", 0, 1.2);
  for (int g = 0; g < 3; g++) {
    Series *s = plot_add(p, MARK_AREA, 81);
    s->group = g, s->name = name[g];
    for (int i = 0; i < 81; i++) s->x[i] = 4 + i * 0.05, s->y[i] = 0.4 / wide[g] * bell(s->x[i], at[g], wide[g]);
  }
}

// Two humps, filled.
static inline void plot_density(Plot *p) {
  plot_init(p);
  p->title = "waiting", p->n = 272;
  set_axis(&p->x, "minutes", 40, 100);
  set_axis(&p->y, "density", 0, 0.05);
  Series *s = plot_add(p, MARK_AREA, 121);
  for (int i = 0; i < 121; i++)
    s->x[i] = 40 + i * 0.5, s->y[i] = 0.024 * bell(s->x[i], 54.6, 6) + 0.043 * bell(s->x[i], 80.1, 6);
}

// Shares over the years that add up to 1.
static inline void plot_stacked_areas(Plot *p) {
  static const char *name[] = {"coal", "gas", "wind"};
  plot_init(p);
  p->title = "electricity", p->groups = "source";
  set_axis(&p->x, "year", 0, 20);
  set_axis(&p->y, NULL, 0, 1);
  for (int g = 0; g < 3; g++) {
    Series *s = plot_add(p, MARK_AREA, 21);
    s->y2 = plot_array(p, 21), s->group = g, s->name = name[g];
    for (int i = 0; i < 21; i++) {
      double edge[] = {0, 0.6 - 0.025 * i, 0.9 - 0.02 * i, 1};
      s->x[i] = i, s->y2[i] = edge[g], s->y[i] = edge[g + 1];
    }
  }
}

// A trend with its band among points.
static inline void plot_band(Plot *p) {
  plot_init(p);
  p->title = "mpg by weight", p->n = 50;
  set_axis(&p->x, "weight", 0, 10);
  set_axis(&p->y, "mpg", 0, 10);
  Series *s = plot_add(p, MARK_AREA, 11);
  s->y2 = plot_array(p, 11), s->group = 1;
  for (int i = 0; i < 11; i++)
    s->x[i] = i, s->y[i] = 9.5 - 0.7 * i + 0.08 * fabs(i - 5.0), s->y2[i] = 7.5 - 0.7 * i - 0.08 * fabs(i - 5.0);
  s = plot_add(p, MARK_POINT, 50);
  for (int i = 0; i < 50; i++) s->x[i] = i / 5.0, s->y[i] = fmin(8.5 - 0.14 * i + 4 * (spread(i) - 0.5), 10);
  s = plot_add(p, MARK_LINE, 11);
  s->group = 1, s->name = "trend";
  for (int i = 0; i < 11; i++) s->x[i] = i, s->y[i] = 8.5 - 0.7 * i;
}

static inline Series *add_boxes(Plot *p, int64_t n, const double *five) {
  Series *s = plot_add(p, MARK_BOX, n);
  s->y2 = plot_array(p, n), s->five = add_array(p, 5 * n, five);
  for (int64_t i = 0; i < n; i++) s->y[i] = (double)i + 0.2, s->y2[i] = (double)i + 0.8;
  return s;
}

// Boxes of four categories with outliers; the last category is on top.
static inline void plot_boxes(Plot *p) {
  static const char *name[] = {"thursday", "friday", "saturday", "sunday"};
  static const double five[] = {7.5, 12.2, 15.8, 22.4, 34.8, 5.8, 12.1, 15.4, 21.8, 28.2,
                                3.1, 13.9, 18.2, 24.7, 40.2, 7.3, 14.6, 19.6, 26.5, 38.1},
                      x[] = {41.2, 43.1, 40.2, 48.3, 50.8, 48.2}, y[] = {0.5, 0.5, 1.5, 2.5, 2.5, 3.5};
  plot_init(p);
  p->title = "total_bill by day", p->n = 244;
  set_axis(&p->x, "total_bill", 0, 55);
  set_categories(&p->y, NULL, name, 4);
  add_boxes(p, 4, five);
  add_marks(p, MARK_POINT, 6, x, y);
}

// Two boxes a category.
static inline void plot_grouped_boxes(Plot *p) {
  static const char *name[] = {"dinner", "lunch"}, *smoker[] = {"no", "yes"};
  static const double five[2][10] = {{7, 14, 18, 24, 36, 7.5, 12, 15.5, 20, 31},
                                     {3, 13, 19, 27, 44, 8, 12.5, 16, 22, 32}};
  plot_init(p);
  p->title = "total_bill by time and smoker", p->n = 244, p->groups = "smoker";
  set_axis(&p->x, "total_bill", 0, 50);
  set_categories(&p->y, "time", name, 2);
  for (int g = 0; g < 2; g++) {
    Series *s = add_boxes(p, 2, five[g]);
    s->group = g, s->name = smoker[g];
    for (int i = 0; i < 2; i++) s->y[i] = i + (g ? 0.1 : 0.5), s->y2[i] = i + (g ? 0.5 : 0.9);
  }
}

// Violins with a thin box each.
static inline void plot_violins(Plot *p) {
  static const char *name[] = {"virginica", "versicolor", "setosa"};
  static const double five[] = {4.9, 6.2, 6.5, 6.9, 7.9, 4.9, 5.6, 5.9, 6.3, 7.0, 4.3, 4.8, 5.0, 5.2, 5.8},
                      at[] = {6.6, 5.9, 5.0}, wide[] = {0.62, 0.5, 0.35};
  plot_init(p);
  p->title = "sepal_length by species", p->n = 150;
  set_axis(&p->x, "cm", 4, 8.5);
  set_categories(&p->y, NULL, name, 3);
  for (int g = 0; g < 3; g++) {
    Series *s = plot_add(p, MARK_AREA, 81);
    s->y2 = plot_array(p, 81), s->group = g;
    for (int i = 0; i < 81; i++) {
      s->x[i] = 4 + i * 0.05;
      double half = 0.42 * bell(s->x[i], at[g], wide[g]);
      s->y[i] = g + 0.5 + half, s->y2[i] = g + 0.5 - half;
    }
  }
  Series *s = add_boxes(p, 3, five);
  s->role = ROLE_FAINT;
  for (int i = 0; i < 3; i++) s->y[i] = i + 0.45, s->y2[i] = i + 0.55;
}

// Points with sizes, of two groups.
static inline void plot_bubbles(Plot *p) {
  plot_init(p);
  p->title = "life expectancy", p->n = 24, p->groups = "continent";
  set_axis(&p->x, "income", 300, 60000);
  set_axis(&p->y, "years", 40, 85);
  p->x.scale = SCALE_LOG;
  for (int g = 0; g < 2; g++) {
    Series *s = plot_add(p, MARK_POINT, 12);
    s->size = plot_array(p, 12), s->name = g ? "europe" : "africa", s->group = s->shape = g;
    for (int i = 0; i < 12; i++) {
      s->x[i] = (g ? 5000 : 500) * pow(10, spread(i)), s->y[i] = (g ? 68 : 45) + 14 * spread(i + 7) * (1 - g * 0.2);
      s->size[i] = pow(spread(3 * i + g), 2);
    }
  }
}

// Points of three groups, each with a shape.
static inline void plot_shapes(Plot *p, int n) {
  static const char *name[] = {"setosa", "versicolor", "virginica"};
  plot_init(p);
  p->title = "petals", p->n = 3 * n, p->groups = "species";
  set_axis(&p->x, "petal_length", 1, 7);
  set_axis(&p->y, "petal_width", 0, 2.6);
  for (int g = 0; g < 3; g++) {
    Series *s = plot_add(p, MARK_POINT, n);
    s->name = name[g], s->group = g, s->shape = g == 2 ? 4 : g;
    for (int i = 0; i < n; i++) {
      double u = spread(i), v = spread(7 * i + g);
      s->x[i] = (g == 0 ? 1 : g == 1 ? 3 : 4.5) + u * (g ? 2.1 : 0.9);
      s->y[i] = (g == 0 ? 0.1 : g == 1 ? 1 : 1.4) + v * (g ? 0.8 : 0.5) + (g ? 0.2 * u : 0);
    }
  }
}

// Points coloured by a value.
static inline void plot_valued(Plot *p, ColourRole role) {
  plot_init(p);
  p->title = "houses", p->n = 120;
  set_axis(&p->x, "longitude", -2, 2);
  set_axis(&p->y, "latitude", -2, 2);
  p->colour = (ColourScale){.present = true, .name = "price", .lo = role == ROLE_DIVERGING ? -4 : 0, .hi = 4};
  Series *s = plot_add(p, MARK_POINT, 120);
  s->role = role, s->value = plot_array(p, 120);
  for (int i = 0; i < 120; i++) {
    s->x[i] = 4 * spread(i) - 2, s->y[i] = 4 * (i / 120.0) - 2;
    s->value[i] = role == ROLE_DIVERGING ? 2 * s->x[i] : s->x[i] + 2;
  }
}

static inline void plot_hexagons(Plot *p) {
  plot_init(p);
  p->title = "carat and depth", p->n = 53940;
  set_axis(&p->x, "x", 0, 10);
  set_axis(&p->y, "y", 0, 10);
  p->colour = (ColourScale){.present = true, .name = "count", .lo = 1, .hi = 500, .log = true};
  double x[400], y[400], v[400];
  int n = 0;
  for (int i = 0; i < 14; i++)
    for (int j = 0; j < 12; j++) {
      double cx = 0.5 + j * 0.8 + (i % 2) * 0.4, cy = 0.4 + i * 0.7, count = 500 * bell(cx, cy, 1.2) * bell(cx, 5, 2.5);
      if (count >= 1) x[n] = cx, y[n] = cy, v[n++] = floor(count);
    }
  Series *s = add_marks(p, MARK_HEX, n, x, y);
  s->role = ROLE_SEQUENTIAL;
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->value = add_array(p, n, v);
  for (int i = 0; i < n; i++) s->x2[i] = 0.4, s->y2[i] = 0.4667;
}

// Counts on a grid, dense in the middle.
static inline void plot_grid(Plot *p) {
  enum { SIDE = 128 };
  plot_init(p);
  p->title = "a million points", p->n = 1000000;
  set_axis(&p->x, "x", -3, 3);
  set_axis(&p->y, "y", -3, 3);
  Series *s = plot_add(p, MARK_GRID, 0);
  s->x = s->y = NULL, s->role = ROLE_SEQUENTIAL;
  s->n = SIDE * SIDE, s->ncol = s->nrow = SIDE, s->value = plot_array(p, s->n);
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      double x = 6.0 * j / SIDE - 3, y = 6.0 * i / SIDE - 3, mean = 400 * bell(x, 0.5 * y, 0.7) * bell(y, 0, 1);
      s->value[i * SIDE + j] = floor(mean + spread(i * SIDE + j));
    }
}

// A heatmap without numbers: days of a year, weeks across.
static inline void plot_calendar(Plot *p) {
  static const char *day[] = {"sun", "sat", "fri", "thu", "wed", "tue", "mon"};
  plot_init(p);
  p->title = "rides a day", p->n = 364;
  set_axis(&p->x, "week", 0, 52);
  set_categories(&p->y, NULL, day, 7);
  p->colour = (ColourScale){.present = true, .name = "rides", .lo = 0, .hi = 100};
  Series *s = plot_add(p, MARK_CELL, 364);
  s->role = ROLE_SEQUENTIAL;
  s->x2 = plot_array(p, 364), s->y2 = plot_array(p, 364), s->value = plot_array(p, 364);
  for (int i = 0; i < 364; i++) {
    s->x[i] = i / 7, s->x2[i] = i / 7 + 1, s->y[i] = 6 - i % 7, s->y2[i] = 7 - i % 7;
    s->value[i] = i % 31 == 5 ? NAN : 50 + 40 * sin(i / 58.0) + 20 * (spread(i) - 0.5) - (i % 7 > 4 ? 20 : 0);
  }
}

// Correlations of many columns without numbers.
static inline void plot_large_matrix(Plot *p) {
  enum { SIDE = 30 };
  static char name[SIDE][16];
  const char **x, **y;
  plot_init(p);
  p->title = "correlation", p->n = 6743;
  x = arena_array(&p->arena, const char *, SIDE), y = arena_array(&p->arena, const char *, SIDE);
  for (int i = 0; i < SIDE; i++) {
    snprintf(name[i], sizeof name[i], "v%d", i + 1);
    x[i] = name[i], y[SIDE - 1 - i] = name[i];
  }
  set_categories(&p->x, NULL, x, SIDE);
  set_categories(&p->y, NULL, y, SIDE);
  p->colour = (ColourScale){.present = true, .name = "r", .lo = -1, .hi = 1};
  Series *s = plot_add(p, MARK_CELL, SIDE * SIDE);
  s->role = ROLE_DIVERGING;
  s->x2 = plot_array(p, s->n), s->y2 = plot_array(p, s->n), s->value = plot_array(p, s->n);
  for (int i = 0; i < SIDE; i++)
    for (int j = 0; j < SIDE; j++) {
      int k = i * SIDE + j;
      s->x[k] = j, s->x2[k] = j + 1, s->y[k] = SIDE - 1 - i, s->y2[k] = SIDE - i;
      s->value[k] = i == j ? 1 : cos((i - j) / 4.0) * bell(i, j, 9);
    }
}

// Shares of three levels in each class, stacked.
static inline void plot_stacks(Plot *p) {
  static const char *name[] = {"first", "second", "third", "crew"}, *level[] = {"died", "survived"};
  static const double died[] = {122, 167, 528, 673}, lived[] = {203, 118, 178, 212};
  plot_init(p);
  p->title = "class by survived", p->n = 2201, p->groups = "survived";
  set_categories(&p->x, "class", name, 4);
  set_axis(&p->y, "passengers", 0, 885);
  add_bins(p, 4, 0, 1, died);
  add_bins(p, 4, 0, 1, lived);
  for (int g = 0; g < 2; g++) {
    Series *s = &p->series[g];
    s->group = g, s->name = level[g], s->y2 = plot_array(p, 4);
    for (int i = 0; i < 4; i++) s->y2[i] = g ? died[i] : 0, s->y[i] = died[i] + (g ? lived[i] : 0);
  }
}

static inline void plot_grouped_bars(Plot *p) {
  static const char *name[] = {"first", "second", "third", "crew"}, *level[] = {"died", "survived"};
  static const double count[2][4] = {{122, 167, 528, 673}, {203, 118, 178, 212}};
  plot_init(p);
  p->title = "class by survived", p->n = 2201, p->groups = "survived";
  set_categories(&p->x, "class", name, 4);
  set_axis(&p->y, "passengers", 0, 673);
  for (int g = 0; g < 2; g++) {
    add_bins(p, 4, 0, 0.5, count[g]);
    Series *s = &p->series[g];
    s->group = g, s->name = level[g];
    for (int i = 0; i < 4; i++) s->x[i] = i + g * 0.5, s->x2[i] = s->x[i] + 0.5;
  }
}

// Autocorrelations: bars up and down, with dashed limits.
static inline void plot_signed_bars(Plot *p) {
  plot_init(p);
  p->title = "autocorrelation of temp_max", p->n = 1461;
  set_axis(&p->x, "lag", 0, 31);
  set_axis(&p->y, "r", -1, 1);
  Series *s = plot_add(p, MARK_BAR, 30);
  s->x2 = plot_array(p, 30);
  for (int i = 0; i < 30; i++) s->x[i] = i + 0.6, s->x2[i] = i + 1.4, s->y[i] = cos(i / 4.0) * exp(-i / 20.0);
  for (int k = -1; k <= 1; k += 2) {
    s = add_marks(p, MARK_RULE, 1, (double[]){0}, (double[]){0.2 * k});
    s->x2 = add_array(p, 1, (double[]){31}), s->y2 = add_array(p, 1, (double[]){0.2 * k});
    s->role = ROLE_FAINT, s->dashed = true;
  }
}

// A histogram of three groups upon each other.
static inline void plot_stacked_histogram(Plot *p) {
  static const char *name[] = {"adelie", "chinstrap", "gentoo"};
  plot_init(p);
  p->title = "flipper_length", p->n = 342, p->groups = "species";
  set_axis(&p->x, "mm", 170, 235);
  set_axis(&p->y, "count", 0, 60);
  double foot[13] = {0};
  for (int g = 0; g < 3; g++) {
    double top[13];
    for (int i = 0; i < 13; i++)
      top[i] = foot[i] + floor((g == 1 ? 15 : 35) * bell(172.5 + 5 * i, g == 0 ? 190 : g == 1 ? 196 : 217, 6.5));
    add_bins(p, 13, 170, 5, top);
    Series *s = &p->series[g];
    s->group = g, s->name = name[g], s->y2 = add_array(p, 13, foot);
    memcpy(foot, top, sizeof foot);
  }
}

// A dashed line beside a solid one on a symmetric logarithmic axis.
static inline void plot_symlog(Plot *p) {
  plot_init(p);
  p->title = "profit", p->n = 60;
  set_axis(&p->x, "month", 0, 59);
  set_axis(&p->y, "euro", -2000, 20000);
  p->y.scale = SCALE_SYMLOG, p->y.linear = 10;
  double y[2][60];
  for (int i = 0; i < 60; i++) y[0][i] = sinh((i - 20) / 4.0), y[1][i] = -800 + 40 * i;
  add_marks(p, MARK_LINE, 60, NULL, y[0])->name = "profit";
  Series *s = add_marks(p, MARK_LINE, 60, NULL, y[1]);
  s->group = 1, s->name = "plan", s->dashed = true;
}

// Tiles of a mosaic with their shares as texts.
static inline void plot_mosaic(Plot *p) {
  static const double edge[] = {0, 0.15, 0.28, 0.6, 1}, died[] = {0.38, 0.59, 0.75, 0.76};
  static const char *text[] = {"38%", "59%", "75%", "76%"}, *name[] = {"died", "survived"};
  plot_init(p);
  p->title = "class and survived", p->n = 2201, p->groups = "survived";
  set_axis(&p->x, "share of class", 0, 1);
  set_axis(&p->y, NULL, 0, 1);
  for (int g = 0; g < 2; g++) {
    Series *s = plot_add(p, MARK_CELL, 4);
    s->x2 = plot_array(p, 4), s->y2 = plot_array(p, 4), s->group = g, s->name = name[g];
    for (int i = 0; i < 4; i++) {
      s->x[i] = edge[i] + 0.01, s->x2[i] = edge[i + 1] - 0.01;
      s->y[i] = g ? died[i] + 0.02 : 0, s->y2[i] = g ? 1 : died[i] - 0.02;
    }
  }
  Series *s = plot_add(p, MARK_TEXT, 4);
  s->label = arena_array(&p->arena, const char *, 4);
  for (int i = 0; i < 4; i++) s->x[i] = (edge[i] + edge[i + 1]) / 2, s->y[i] = died[i] / 2, s->label[i] = text[i];
}

// The same histogram for each of seven days.
static inline void plot_facets(Plot *p) {
  static const char *day[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  plot_init(p);
  p->title = "rides by hour", p->n = 12000, p->reading = "working days have two peaks, weekends one";
  p->x.name = "hour", p->y.name = "rides", p->share_x = p->share_y = true;
  plot_panels(p, 7, 4);
  for (int k = 0; k < 7; k++) {
    Plot *q = &p->panel[k];
    double count[24];
    for (int i = 0; i < 24; i++)
      count[i] = floor(k < 5 ? 90 * bell(i, 8, 1.5) + 80 * bell(i, 18, 2) + 10 : 70 * bell(i, 14, 4));
    q->title = day[k], q->n = 1700;
    set_axis(&q->x, NULL, 0, 24);
    set_axis(&q->y, NULL, 0, 100);
    add_bins(q, 24, 0, 1, count);
  }
}

static inline void set_words(Plot *q, int n, const char *const *text) {
  q->x = q->y = (Axis){.kind = AXIS_NONE, .hi = 1};
  for (int i = 0; i < n; i++) {
    Series *s = plot_add(q, MARK_TEXT, 1);
    s->label = arena_array(&q->arena, const char *, 1);
    s->x[0] = 0.5, s->y[0] = 1 - (i + 0.5) / n, s->label[0] = text[i], s->group = i ? i - 1 : 0;
    s->role = i ? ROLE_GROUP : ROLE_FAINT;
  }
}

// Every pair of k columns: histograms on the diagonal, clouds of three groups below it, texts above.
static inline void plot_pairs(Plot *p, int k) {
  static const char *name[] = {"sepal_length", "sepal_width", "petal_length", "petal_width", "fifth", "sixth"};
  static const char *group[] = {"setosa", "versicolor", "virginica"};
  static const double at[3][6] = {{5, 3.4, 1.5, 0.25, 1, 2}, {5.9, 2.8, 4.3, 1.3, 2, 3}, {6.6, 3, 5.6, 2, 3, 1}};
  static const double lo[] = {4, 2, 1, 0, 0, 0}, hi[] = {8, 4.5, 7, 2.6, 4, 4};
  plot_init(p);
  p->title = "pairs of iris", p->n = 150, p->groups = "species";
  plot_panels(p, k * k, k);
  for (int i = 0; i < k; i++)
    for (int j = 0; j < k; j++) {
      Plot *q = &p->panel[i * k + j];
      set_axis(&q->x, name[j], lo[j], hi[j]);
      set_axis(&q->y, name[i], lo[i], hi[i]);
      double count[10];
      if (i == j) set_axis(&q->y, "count", 0, 40);
      for (int b = 0; b < 10; b++) {
        double v = lo[j] + (b + 0.5) * (hi[j] - lo[j]) / 10, each = (hi[j] - lo[j]) / 8;
        count[b] = 18 * (bell(v, at[0][j], each / 2) + bell(v, at[1][j], each) + bell(v, at[2][j], each));
      }
      static const char *const words[] = {"+.87", "setosa +.27", "versicolor +.75", "virginica +.86"};
      if (j > i) set_words(q, 4, words);
      if (i == j) add_bins(q, 10, lo[j], (hi[j] - lo[j]) / 10, count);
      for (int g = 0; j < i && g < 3; g++) {
        Series *s = plot_add(q, MARK_POINT, 50);
        s->group = g, s->name = group[g];
        for (int m = 0; m < 50; m++) {
          s->x[m] = at[g][j] + (spread(m + 50 * j) - 0.5) * (hi[j] - lo[j]) / 4;
          s->y[m] = at[g][i] + (spread(3 * m + 50 * i) - 0.5) * (hi[i] - lo[i]) / 4;
        }
      }
    }
}

enum { MARKS_PLOTS = 24 };
static inline void plot_marks(Plot *p, int which) {
  switch (which) {
  case 0: plot_densities(p); break;
  case 1: plot_density(p); break;
  case 2: plot_stacked_areas(p); break;
  case 3: plot_band(p); break;
  case 4: plot_boxes(p); break;
  case 5: plot_grouped_boxes(p); break;
  case 6: plot_violins(p); break;
  case 7: plot_bubbles(p); break;
  case 8: plot_shapes(p, 20); break;
  case 9: plot_shapes(p, 600); break;
  case 10: plot_valued(p, ROLE_SEQUENTIAL); break;
  case 11: plot_valued(p, ROLE_DIVERGING); break;
  case 12: plot_hexagons(p); break;
  case 13: plot_grid(p); break;
  case 14: plot_calendar(p); break;
  case 15: plot_large_matrix(p); break;
  case 16: plot_stacks(p); break;
  case 17: plot_grouped_bars(p); break;
  case 18: plot_signed_bars(p); break;
  case 19: plot_stacked_histogram(p); break;
  case 20: plot_symlog(p); break;
  case 21: plot_mosaic(p); break;
  case 22: plot_facets(p); break;
  default: plot_pairs(p, 4); break;
  }
}
