// A small plot with marks of one kind, every text of it `text`, every option used. Each ends with plot_fini.
#pragma once
#include "unit/draw/plots.h"

static inline void fill_marks(Plot *p, Series *s, const char *text) {
  static const double five[] = {1, 2, 2.5, 3, 4};
  double **const more[] = {&s->x2, &s->y2, &s->value, &s->size};
  for (int i = 0; i < 4; i++)
    if (s->kind != MARK_GRID || i == 2) *more[i] = plot_array(p, s->n);
  if (s->kind != MARK_POINT) s->size = NULL;
  if (s->kind == MARK_BOX) s->five = plot_array(p, 5 * s->n);
  if (s->kind == MARK_CELL || s->kind == MARK_TEXT) s->label = arena_array(&p->arena, const char *, s->n);
  for (int64_t i = 0; i < s->n; i++) {
    if (s->kind != MARK_GRID)
      s->x[i] = (double)i, s->y[i] = s->kind == MARK_BOX ? (double)i + 0.2 : 1 + (double)(i * i % 4);
    if (s->x2) s->x2[i] = s->kind == MARK_HEX ? 0.5 : (double)i + 1;
    if (s->y2) s->y2[i] = s->kind == MARK_HEX ? 0.5 : s->kind == MARK_BOX ? (double)i + 0.8 : s->y[i] + 1;
    if (s->kind == MARK_BAR || s->kind == MARK_AREA) s->y2[i] = s->group;
    if (s->value) s->value[i] = (double)i - 1;
    if (s->size) s->size[i] = (double)i / 4;
    if (s->label) s->label[i] = text;
    for (int j = 0; s->five && j < 5; j++) s->five[5 * i + j] = five[j];
  }
}

static inline void set_texts(Plot *p, const char *text) {
  p->title = p->reading = p->note = p->groups = p->colour.name = text;
  p->x.name = p->y.name = text;
}

// Two series: of groups 0 and 1, the second dashed and of another shape; names of categories are `text` too.
static inline void plot_marks(Plot *p, MarkKind kind, bool categories, const char *text) {
  const char **name = (const char *[]){text, text, text, text};
  plot_init(p);
  set_axis(&p->x, text, 0, 5);
  set_axis(&p->y, text, 0, 6);
  if (categories) {
    const char **kept = arena_array(&p->arena, const char *, 4);
    memcpy(kept, name, 4 * sizeof *kept);
    set_categories(kind == MARK_BAR ? &p->x : &p->y, text, kept, 4);
  }
  p->colour = (ColourScale){true, text, -1, 0, 3, false};
  p->box = (BoxStats){kind == MARK_BAR, 0, 1, 2, 3, 4};
  set_texts(p, text);
  for (int g = 0; g < 2; g++) {
    Series *s = plot_add(p, kind, kind == MARK_GRID ? 0 : 4);
    if (kind == MARK_GRID) *s = (Series){.kind = kind, .ncol = 2, .nrow = 2, .n = 4};
    s->role = kind == MARK_HEX || kind == MARK_GRID ? ROLE_SEQUENTIAL : kind == MARK_CELL ? ROLE_DIVERGING : ROLE_GROUP;
    s->group = g, s->shape = 3 * g, s->dashed = g;
    s->name = g ? "other" : text;
    fill_marks(p, s, text);
  }
  add_mark(p, 2, 1, 2, text);
}

// Seven panels in rows of three, each of another kind.
static inline void plot_paneled(Plot *p, bool share, const char *text) {
  static const MarkKind kind[] = {MARK_POINT, MARK_AREA, MARK_BOX, MARK_LINE, MARK_BAR, MARK_CELL, MARK_TEXT};
  plot_init(p);
  set_texts(p, text);
  p->share_x = p->share_y = share;
  plot_panels(p, 7, 3);
  for (int i = 0; i < 7; i++) {
    plot_fini(&p->panel[i]);
    plot_marks(&p->panel[i], kind[i], kind[i] == MARK_BOX || kind[i] == MARK_CELL, text);
  }
}
