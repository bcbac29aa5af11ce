// The line that names series which cannot be named at their ends: clouds, areas and boxes of groups, stacks, and all of
// small multiples. A series stands there with the glyph and the colour that it is drawn with. What does not fit is
// counted; the colours of a scale stand at the right.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>
#include <stdio.h>

enum { MOST_ITEMS = 64, TWO_LINES_FROM = 20, MORE_COLUMNS = 9 };

typedef struct Item {
  uint32_t glyph;
  Style style;
  const char *name;
} Item;

typedef struct Legend {
  Item item[MOST_ITEMS];
  int n;
} Legend;

static bool is_kind(const Plot *p, const Series *s, const Series *as) {
  if (s->kind != as->kind) return false;
  return s->kind != MARK_POINT || !points_stand_out(p, s);
}

// How many series of the kind of `as` have names of their own.
static int count_named(const Plot *p, const Series *as) {
  const char *first = NULL;
  int n = 0;
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    if (!s->name || !*s->name || !is_kind(p, s, as)) continue;
    if (!first || strcmp(first, s->name) != 0) n++;
    if (!first) first = s->name;
  }
  return n;
}

// Whether a series belongs into the legend, where there is one.
static bool is_listed(const Pen *pen, const Plot *p, const Series *s) {
  if (!s->name || !*s->name || s->kind == MARK_RULE || s->kind == MARK_TEXT) return false;
  if (s->kind == MARK_POINT && points_stand_out(p, s)) return false;
  if (p != pen->p || pen->panel) return true;
  if (s->kind == MARK_LINE || s->kind == MARK_STEP) return false;
  if (s->kind == MARK_BAR && !bars_are_stacked(p)) return false;
  return count_named(p, s) > 1;
}

bool legend_has(const Pen *pen, const Series *s) { return pen->legend && is_listed(pen, pen->p, s); }

static uint32_t glyph_of(const Pen *pen, const Series *s) {
  int group = s->group < 0 ? 0 : s->group;
  bool letters = pen->dot->sx == 1;
  switch (s->kind) {
  case MARK_POINT:
    if (points_are_glyphs(pen)) return points_glyph(pen, s, 2);
    return letters ? pen->dot->dots(1, group) : pen->g->shape[0][2];
  case MARK_GRID:
  case MARK_AREA: return letters ? pen->dot->dots(1, group) : pen->g->shape[5][2];
  case MARK_LINE:
  case MARK_STEP: return letters ? pen->dot->dots(1, group) : pen->g->thick;
  case MARK_BOX: return pen_thick(pen, group);
  default: return pen_filler(pen, group);
  }
}

static void add_item(Legend *l, Item item) {
  for (int i = 0; i < l->n; i++)
    if (strcmp(l->item[i].name, item.name) == 0) return;
  if (l->n < MOST_ITEMS) l->item[l->n++] = item;
}

static void collect(const Pen *pen, const Plot *p, Legend *l) {
  for (int i = 0; i < p->npanel; i++) collect(pen, &p->panel[i], l);
  Pen part = *pen;
  part.p = p, part.dot = pen_dots(p, pen->style, pen->g);
  for (int i = 0; i < p->nseries; i++)
    if (is_listed(pen, p, &p->series[i]))
      add_item(l, (Item){glyph_of(&part, &p->series[i]), pen_style(&p->series[i]), p->series[i].name});
}

static int width_of(const Item *item) { return 2 + utf8_width(sv(item->name)); }

// Items from the k-th on that fit on a line from column x; the last line leaves room to say how many do not.
static int fit_items(const Pen *pen, const Legend *l, int k, int x, bool last) {
  int end = pen->room.x + pen->room.w, n = 0, all = x;
  for (int i = k; i < l->n; i++) all += width_of(&l->item[i]) + (i > k ? 2 : 0);
  if (all <= end) return l->n - k;
  for (; k + n < l->n; n++) {
    int next = x + width_of(&l->item[k + n]);
    if (next + (last ? 2 + MORE_COLUMNS : 0) > end) break;
    x = next + 2;
  }
  return n;
}

static int draw_items(const Pen *pen, const Legend *l, int k, int n, int x, int y) {
  for (int i = k; i < k + n; i++) {
    canvas_put(pen->c, x, y, l->item[i].glyph, l->item[i].style);
    x += 2 + canvas_text(pen->c, x + 2, y, l->item[i].name, STYLE_FG) + 2;
  }
  return x;
}

// Draws the items and returns the lines used; *end is the column behind the first line.
static int draw_lines(const Pen *pen, const Legend *l, int most, int *end) {
  int x = pen->room.x, y = pen->room.y, k = 0, lines = 0, room = pen->room.w;
  const char *groups = pen->p->groups && *pen->p->groups ? pen->p->groups : NULL;
  int title = groups ? utf8_width(sv(groups)) + 2 : 0;
  bool fits = title <= room / 3 && (most > 1 || fit_items(pen, l, 0, x + title, true) == l->n);
  if (groups && fits) x += pen_text(pen, x, y, room, groups, STYLE_DIM) + 2;
  for (; k < l->n && lines < most; lines++) {
    int n = fit_items(pen, l, k, x, lines + 1 == most);
    x = draw_items(pen, l, k, n, x, y + lines);
    k += n;
    if (lines == 0) *end = x;
    if (k < l->n && lines + 1 < most) x = pen->room.x;
  }
  char more[32];
  snprintf(more, sizeof more, "%s %d more", pen->g->cut, l->n - k);
  if (k < l->n && x + utf8_width(sv(more)) <= pen->room.x + room)
    canvas_text(pen->c, x, y + lines - 1, more, STYLE_DIM);
  return lines;
}

// "population  ● 20  • 5  · 1": the glyphs of points and the value of each, at the right of the line from column x on;
// the columns used, 0 = no room or nothing to explain.
static int sizes_draw(const Pen *pen, int x, int y) {
  static const double SHARE[] = {1, 0.25, 0.05}; // of the largest: one for each glyph
  const SizeScale *z = &pen->p->size;
  const Series *s = NULL;
  for (int i = 0; i < pen->p->nseries && !s; i++)
    if (pen->p->series[i].size) s = &pen->p->series[i];
  if (!z->present || !z->name || !s || !(z->most > 0) || !isfinite(z->most)) return 0;
  const Axis plain = {0};
  const char *value[3];
  int used = utf8_width(sv(z->name));
  for (int k = 0; k < 3; k++)
    value[k] = pen_value(pen, &plain, z->most * SHARE[k]), used += 4 + utf8_width(sv(value[k]));
  int at = pen->room.x + pen->room.w - used;
  if (at < x) return 0;
  at += canvas_text(pen->c, at, y, z->name, STYLE_DIM);
  for (int k = 0; k < 3; k++) {
    canvas_put(pen->c, at + 2, y, points_glyph(pen, s, 2 - k), s->value ? STYLE_FG : STYLE_GROUP0);
    at += 4 + canvas_text(pen->c, at + 4, y, value[k], STYLE_FG);
  }
  return used;
}

int legend_draw(Pen *pen) {
  Legend *l = arena_new(pen->arena, Legend);
  int end = pen->room.x, most = pen->c->h >= TWO_LINES_FROM ? 2 : 1, lines = 0;
  collect(pen, pen->p, l);
  if (l->n > (pen->p->npanel ? 0 : 1)) lines = draw_lines(pen, l, most, &end);
  pen->legend = lines > 0;
  if (sizes_draw(pen, end + (lines > 0), pen->room.y)) { // the colours then have the line below
    if (!lines) lines = 1;
    if (lines < most && scale_legend(pen, pen->room.x, pen->room.y + lines)) lines++;
    return lines;
  }
  if (scale_legend(pen, end + (lines > 0), pen->room.y)) return lines ? lines : 1;
  if (lines && lines < most && scale_legend(pen, pen->room.x, pen->room.y + lines)) lines++;
  return lines;
}
