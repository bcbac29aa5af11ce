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

static inline void make_axis(Plot *p, Axis *a, Dice *d) {
  a->kind = (AxisKind)dice_below(d, 5);
  a->name = dice_name(d);
  a->lo = dice_below(d, 3) - 1, a->hi = a->lo + 1 + dice_below(d, 12);
  a->unit = dice_below(d, 2);
  a->scale = a->lo > 0 && dice_below(d, 2) ? SCALE_LOG : SCALE_LINEAR;
  if (a->kind != AXIS_CATEGORY) return;
  a->ncategory = 1 + dice_below(d, 30);
  a->lo = 0, a->hi = a->ncategory, a->scale = SCALE_LINEAR;
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

static inline void make_series(Plot *p, MarkKind kind, Dice *d) {
  static const int64_t count[] = {0, 1, 2, 7, 40, 300};
  int64_t n = count[dice_below(d, 6)];
  bool grid = kind == MARK_GRID;
  int32_t ncol = 1 + dice_below(d, 40), nrow = 1 + dice_below(d, 40);
  Series *s = plot_add(p, kind, grid ? 0 : n);
  if (grid) s->n = n = (int64_t)ncol * nrow, s->ncol = ncol, s->nrow = nrow, s->x = s->y = NULL;
  s->role = (ColourRole)dice_below(d, 4);
  s->group = dice_below(d, 8);
  s->name = dice_name(d);
  if (!grid) s->x = make_values(p, n, d), s->y = make_values(p, n, d);
  if (kind == MARK_BAR || kind == MARK_CELL || kind == MARK_RULE) s->x2 = make_values(p, n, d);
  if (kind == MARK_CELL || kind == MARK_RULE) s->y2 = make_values(p, n, d);
  bool whole = dice_below(d, 2); // bars and cells as charts make them
  for (int64_t i = 0; whole && s->x2 && i < n; i++) s->x[i] = (double)(i % 12), s->x2[i] = s->x[i] + 1;
  for (int64_t i = 0; whole && s->y2 && i < n; i++) s->y[i] = (double)(i / 12 % 12), s->y2[i] = s->y[i] + 1;
  if (grid || kind == MARK_CELL) s->value = make_values(p, n, d);
  if (kind == MARK_CELL || (kind == MARK_POINT && dice_below(d, 4) == 0)) {
    s->label = arena_array(&p->arena, const char *, n);
    for (int64_t i = 0; i < n; i++) s->label[i] = dice_below(d, 3) ? "-0.25" : dice_name(d);
  }
  if (grid || dice_below(d, 2)) return;
  s->rows = arena_array(&p->arena, int64_t, n);
  for (int64_t i = 0; i < n; i++) s->rows[i] = dice_below(d, 100000) - 1;
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
  make_series(p, kind, &d);
  for (int i = dice_below(&d, 4); i > 0; i--) make_series(p, (MarkKind)dice_below(&d, 7), &d);
}
