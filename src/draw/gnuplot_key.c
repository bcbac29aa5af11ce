// What colours mean, at the right of the picture: names of clouds, bars and boxes, which have no end to be named at
// (with panels, of all groups, so that these are named once), and the scale of values as a small box of its colours.
#include "draw/gnuplot_int.h"

#include <math.h>

enum { MOST_ENTRIES = 24, BOX_STEPS = 64 };

typedef struct Key {
  const Series *entry[MOST_ENTRIES];
  int n;
} Key;

static bool may_stand(const Plot *page, const Series *s) {
  if (!s->name || !s->name[0] || s->n == 0) return false;
  switch (s->kind) {
  case MARK_POINT: return !points_is_mark(s);
  case MARK_BAR:
  case MARK_BOX: return true;
  case MARK_CELL: return s->role == ROLE_GROUP;
  case MARK_LINE:
  case MARK_STEP:
  case MARK_AREA: return page->npanel > 0;
  default: return false;
  }
}

static void collect(const Plot *page, const Plot *p, Key *key) {
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    bool known = !may_stand(page, s);
    for (int j = 0; j < key->n; j++) known |= strcmp(key->entry[j]->name, s->name ? s->name : "") == 0;
    if (!known && key->n < MOST_ENTRIES) key->entry[key->n++] = s;
  }
}

static Key key_of(const Plot *page) {
  Key key = {0};
  collect(page, page, &key);
  for (int i = 0; i < page->npanel; i++) collect(page, &page->panel[i], &key);
  if (key.n < 2) key.n = 0;
  return key;
}

bool key_has(const Plot *page, const Series *s) {
  Key key = key_of(page);
  for (int i = 0; s->name && i < key.n; i++)
    if (strcmp(key.entry[i]->name, s->name) == 0) return true;
  return false;
}

// The scale to explain, and a series that is coloured by it.
static const ColourScale *named_scale(const Plot *page, Series *like) {
  const ColourScale *scale = page->colour.present && page->colour.name ? &page->colour : NULL;
  *like = (Series){.role = ROLE_SEQUENTIAL};
  for (int i = -1; i < page->npanel; i++) {
    const Plot *p = i < 0 ? page : &page->panel[i];
    if (!scale && p->colour.present && p->colour.name) scale = &p->colour;
    for (int j = 0; j < p->nseries; j++)
      if (p->series[j].value && (p->series[j].role == ROLE_DIVERGING || p->series[j].role == ROLE_SEQUENTIAL))
        like->role = p->series[j].role, like->kind = p->series[j].kind;
  }
  return scale && isfinite(scale->lo) && isfinite(scale->hi) && scale->lo < scale->hi ? scale : NULL;
}

double key_width(const Plot *page, Ink *k, double u) {
  Key key = key_of(page);
  Series like;
  const ColourScale *scale = named_scale(page, &like);
  double w = 0, size = 12.5 * u;
  (void)k;
  if (!key.n && !scale) return 0;
  for (int i = 0; i < key.n; i++) w = fmax(w, 20 * u + words_width(key.entry[i]->name, size));
  if (key.n && page->groups) w = fmax(w, words_width(page->groups, size));
  if (scale) w = fmax(w, fmax(words_width(scale->name, size), 70 * u));
  return 22 * u + fmin(w, 170 * u);
}

static void draw_swatch(const Plot *page, Ink *k, double u, const Series *s, double x, double y) {
  Colour c = colour_group(s);
  double half = 5.5 * u;
  bool path = s->kind == MARK_LINE || s->kind == MARK_STEP;
  ink_open(k);
  if (path) {
    ink_place(k, x, y);
    ink_place(k, x + 2.4 * half, y);
    ink_close_strokes(k, 1.8 * u, c, s->dashed);
  } else if (s->kind == MARK_POINT) {
    ink_dot(k, x + half, y, 8 * u, c);
    ink_close_dots(k, s->shape);
  } else {
    bool thin =
        s->kind == MARK_AREA || (s->kind == MARK_BAR && page->x.kind != AXIS_CATEGORY && !bars_are_stacked(page));
    ink_rect(k, x, y - half, x + 2 * half, y + half, colour_thin(c, thin || s->kind == MARK_BOX ? 0.5 : 0.9));
    ink_close_fills(k);
  }
}

static double draw_entries(const Plot *page, Ink *k, double u, double x, double y) {
  Key key = key_of(page);
  double size = 12.5 * u;
  if (!key.n) return y;
  if (page->groups) {
    ink_text(k, words_fit(k, page->groups, size, 170 * u), x, y, (Type){size, 0, COLOUR_NAME, false, 0});
    y -= 19 * u;
  }
  for (int i = 0; i < key.n; i++, y -= 18 * u) {
    draw_swatch(page, k, u, key.entry[i], x, y);
    ink_text(k, words_fit(k, key.entry[i]->name, size, 150 * u), x + 20 * u, y, (Type){size, 0, COLOUR_TICK, false, 0});
  }
  return y - 12 * u;
}

static void draw_scale(const Plot *page, Ink *k, double u, double x, double y) {
  Series like;
  const ColourScale *scale = named_scale(page, &like);
  if (!scale) return;
  double size = 12.5 * u, tall = 130 * u, wide = 13 * u, bottom = y - 14 * u - tall;
  Axis a = {.lo = scale->lo, .hi = scale->hi, .scale = scale->log && scale->lo > 0 ? SCALE_LOG : SCALE_LINEAR};
  Shades m = colour_shades(scale, &like);
  ink_text(k, words_fit(k, scale->name, size, 170 * u), x, y, (Type){size, 0, COLOUR_NAME, false, 0});
  ink_open(k);
  for (int i = 0; i < BOX_STEPS; i++) {
    double share = (i + 0.5) / BOX_STEPS;
    double value = a.scale == SCALE_LOG ? a.lo * pow(a.hi / a.lo, share) : a.lo * (1 - share) + a.hi * share;
    double overlap = i + 1 < BOX_STEPS ? 0.5 : 0; // no seams
    ink_rect(k, x, bottom + tall * i / BOX_STEPS, x + wide, bottom + tall * (i + 1) / BOX_STEPS + overlap,
             colour_at(&m, value));
  }
  ink_close_fills(k);
  View v = {.p = page, .page = page, .ink = k, .u = u, .x = &a, .y = &a, .area = {x, bottom, x + wide, bottom + tall}};
  axis_fit(&v, 'y', 5, &v.ty);
  for (int i = 0; i < v.ty.n; i++) {
    double at = view_y(&v, v.ty.at[i]);
    ink_line(k, x + wide, at, x + wide + 3.5 * u, at, 0.9 * u, COLOUR_AXIS);
    ink_text(k, v.ty.text[i], x + wide + 7 * u, at, (Type){size, 0, COLOUR_TICK, false, 0});
  }
}

void key_draw(const Plot *page, Ink *k, double u, double x, double top) {
  double y = draw_entries(page, k, u, x, top - 8 * u);
  draw_scale(page, k, u, x, y);
}
