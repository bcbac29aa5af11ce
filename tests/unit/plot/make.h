// Plots made at random, of any mark kind and any oddity that the contract allows.
#pragma once
#include "dice.h"
#include "plot/plot.h"

#include <math.h>

static inline double dice_unit(Dice *d) { return rng_unit(d->key, d->row, d->draw++); }
static inline int dice_below(Dice *d, int n) { return (int)rng_below(d->key, d->row, d->draw++, n); }

static inline double dice_value(Dice *d) {
  switch (dice_below(d, 24)) {
  case 0: return NAN;
  case 1: return INFINITY;
  case 2: return -INFINITY;
  case 3: return -0.0;
  case 4: return 1e300;
  case 5: return dice_below(d, 10);
  default: return dice_unit(d) * 12 - 1;
  }
}

static inline const char *dice_name(Dice *d) {
  static const char *const name[] = {
      "", "a", "age", "日本語のラベル", "e\xCC\x81te\xCC\x81", "wide 漢", "a rather long name of a thing"};
  int i = dice_below(d, 9);
  return i < 7 ? name[i] : NULL;
}

enum { MARK_KINDS = MARK_TEXT + 1 };

static inline void make_scale(Axis *a, Dice *d) {
  int scale = dice_below(d, 4);
  if (scale == 1 && a->lo > 0) a->scale = SCALE_LOG;
  if (scale == 2) a->scale = SCALE_SYMLOG, a->linear = dice_below(d, 2) ? 1 : 0.01 + dice_unit(d) * 20;
}

static inline void make_axis(Plot *p, Axis *a, Dice *d) {
  static const int least[] = {-1, 0, 1, -1000, 19000};
  a->kind = (AxisKind)dice_below(d, 5);
  a->name = dice_name(d);
  a->lo = least[dice_below(d, 5)], a->hi = a->lo + 1 + dice_below(d, 12) * (dice_below(d, 3) ? 1 : 300);
  a->unit = dice_below(d, 2), a->months = dice_below(d, 2);
  make_scale(a, d);
  if (a->kind != AXIS_CATEGORY) return;
  a->ncategory = 1 + dice_below(d, 30);
  a->lo = 0, a->hi = a->ncategory, a->scale = SCALE_LINEAR, a->linear = 0;
  a->category = arena_array(&p->arena, const char *, a->ncategory);
  for (int i = 0; i < a->ncategory; i++) {
    const char *name = dice_name(d);
    a->category[i] = name ? name : "none";
  }
}

static inline double *make_values(Plot *p, int64_t n, Dice *d) {
  double *v = plot_array(p, n);
  for (int64_t i = 0; i < n; i++) v[i] = dice_value(d);
  return v;
}

// Five ascending numbers a box, but for a few that no chart would make.
static inline double *make_fives(Plot *p, int64_t n, Dice *d) {
  double *five = make_values(p, 5 * n, d);
  for (int64_t i = 0; i < 5 * n; i++)
    if (i % 5 && !(five[i] >= five[i - 1]) && dice_below(d, 20)) five[i] = five[i - 1] + dice_unit(d);
  return five;
}

static inline const char **make_labels(Plot *p, int64_t n, Dice *d) {
  const char **label = arena_array(&p->arena, const char *, n);
  for (int64_t i = 0; i < n; i++) label[i] = dice_below(d, 3) ? "-0.25" : dice_name(d);
  return label;
}

static inline bool has_second(MarkKind kind, bool x, Dice *d) {
  bool box = kind == MARK_CELL || kind == MARK_RULE || kind == MARK_HEX;
  if (x) return box || kind == MARK_BAR;
  return box || kind == MARK_BOX || ((kind == MARK_AREA || kind == MARK_BAR) && dice_below(d, 2));
}

static inline void make_series(Plot *p, MarkKind kind, Dice *d) {
  static const int64_t count[] = {0, 1, 2, 7, 40, 300};
  int64_t n = count[dice_below(d, 6)];
  bool grid = kind == MARK_GRID;
  int32_t ncol = 1 + dice_below(d, 40), nrow = 1 + dice_below(d, 40);
  Series *s = plot_add(p, kind, grid ? 0 : n);
  if (grid) s->n = n = (int64_t)ncol * nrow, s->ncol = ncol, s->nrow = nrow, s->x = s->y = NULL;
  s->role = (ColourRole)dice_below(d, 4);
  s->group = dice_below(d, 8), s->shape = dice_below(d, 6), s->dashed = dice_below(d, 2);
  s->name = dice_name(d);
  if (!grid) s->x = make_values(p, n, d), s->y = make_values(p, n, d);
  if (has_second(kind, true, d)) s->x2 = make_values(p, n, d);
  if (has_second(kind, false, d)) s->y2 = make_values(p, n, d);
  bool whole = dice_below(d, 2); // bars, boxes and cells as charts make them
  for (int64_t i = 0; whole && s->x2 && i < n; i++) s->x[i] = (double)(i % 12), s->x2[i] = s->x[i] + 1;
  for (int64_t i = 0; whole && s->y2 && i < n; i++) s->y[i] = (double)(i / 12 % 12), s->y2[i] = s->y[i] + 1;
  bool point = kind == MARK_POINT, valued = grid || kind == MARK_CELL || kind == MARK_HEX;
  if (valued || (point && dice_below(d, 3) == 0)) s->value = make_values(p, n, d);
  if (point && dice_below(d, 3) == 0) s->size = make_values(p, n, d);
  if (kind == MARK_BOX) s->five = make_fives(p, n, d);
  bool labels = kind == MARK_CELL || kind == MARK_TEXT || (point && dice_below(d, 4) == 0);
  if (labels) s->label = make_labels(p, n, d);
  if (grid || dice_below(d, 2)) return;
  s->rows = arena_array(&p->arena, int64_t, n);
  for (int64_t i = 0; i < n; i++) s->rows[i] = dice_below(d, 100000) - 1;
}

static inline void make_colours(Plot *p, Dice *d) {
  if (dice_below(d, 3)) return;
  double lo = dice_value(d);
  p->colour = (ColourScale){true, dice_name(d), lo, lo + dice_unit(d), lo + 2, dice_below(d, 2)};
}

static inline void make_all_series(Plot *p, MarkKind kind, Dice *d) {
  make_series(p, kind, d);
  for (int i = dice_below(d, 4); i > 0; i--) make_series(p, (MarkKind)dice_below(d, MARK_KINDS), d);
}

static inline void make_panels(Plot *p, MarkKind kind, Dice *d) {
  int n = 1 + dice_below(d, 9);
  plot_panels(p, n, 1 + dice_below(d, n));
  p->share_x = dice_below(d, 2), p->share_y = dice_below(d, 2);
  for (int i = 0; i < n; i++) {
    Plot *q = &p->panel[i];
    q->title = dice_name(d), q->n = dice_below(d, 500);
    make_axis(q, &q->x, d);
    make_axis(q, &q->y, d);
    if (i && p->share_x) q->x = p->panel[0].x;
    if (i && p->share_y) q->y = p->panel[0].y;
    make_all_series(q, kind, d);
  }
}

// A plot whose first series is of `kind`; ends with plot_fini.
static inline void make_plot(Plot *p, MarkKind kind, uint64_t number) {
  Dice d = {rng_key(7, "plots"), number * 16 + (uint64_t)kind, 0};
  plot_init(p);
  p->title = dice_name(&d), p->reading = dice_name(&d), p->note = dice_name(&d);
  p->n = dice_below(&d, 2000000);
  make_axis(p, &p->x, &d);
  make_axis(p, &p->y, &d);
  p->box.present = dice_below(&d, 4) == 0;
  if (p->box.present) p->box = (BoxStats){true, dice_value(&d), dice_value(&d), dice_value(&d), dice_value(&d), 9};
  p->groups = dice_name(&d);
  make_colours(p, &d);
  if (dice_below(&d, 6) == 0) make_panels(p, kind, &d);
  else make_all_series(p, kind, &d);
}
