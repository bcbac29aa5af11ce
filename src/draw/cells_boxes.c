// Box plots and texts between two axes. A box plot of one line looks as the one under a histogram: thin from whisker to
// whisker, thick between the quartiles, a stroke at the median. With three lines or more the box has a body of half
// blocks above and below, and the whiskers have ends.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>

typedef struct Five {
  int at[5];      // columns: low whisker, q1, median, q3, high whisker
  bool low, high; // whether the ends of the whiskers are within the axis
} Five;

// False when the box is not within the axis, or is none.
static bool five_of(const Pen *pen, const double *five, Five *f) {
  double lo = pen->p->x.lo, hi = pen->p->x.hi;
  for (int i = 0; i < 5; i++) {
    if (!isfinite(five[i]) || (i && five[i] < five[i - 1])) return false;
    f->at[i] = pen_col(pen, five[i]);
  }
  f->low = five[0] >= lo, f->high = five[4] <= hi;
  return five[4] >= lo && five[0] <= hi;
}

static void put_row(const Pen *pen, int from, int to, int y, uint32_t glyph, Style style) {
  for (int x = from; x <= to; x++) canvas_put(pen->c, x, y, glyph, style);
}

// Over an area the box is not in its colour, and whiskers stay behind it.
static void draw_thin(const Pen *pen, const Five *f, int y, bool over, Style style, int group) {
  for (int x = f->at[0]; x <= f->at[4]; x++)
    if (!over || canvas_is_blank(pen->c, x, y, 1)) canvas_put(pen->c, x, y, pen->g->thin, style);
  put_row(pen, f->at[1], f->at[3], y, pen_thick(pen, group), over ? STYLE_STRONG : style);
  canvas_put(pen->c, f->at[2], y, pen->g->median, STYLE_STRONG);
}

// Lines top .. bottom, three at least, whiskers in the middle one.
static void draw_thick(const Pen *pen, const Five *f, int top, int bottom, Style style) {
  const Glyphs *g = pen->g;
  int middle = (top + bottom) / 2;
  put_row(pen, f->at[0], f->at[4], middle, g->thin, style);
  if (f->low && f->at[0] < f->at[1]) canvas_put(pen->c, f->at[0], middle, g->end_left, style);
  if (f->high && f->at[4] > f->at[3]) canvas_put(pen->c, f->at[4], middle, g->end_right, style);
  for (int y = top; y <= bottom; y++) {
    uint32_t body = y == top ? g->up[4] : y == bottom ? g->down_half : g->up[8];
    int stroke = y == top ? 0 : y == bottom ? 2 : 1;
    put_row(pen, f->at[1], f->at[3], y, body, style);
    canvas_put(pen->c, f->at[2], y, g->stroke[stroke], STYLE_STRONG);
  }
}

static void draw_box(const Pen *pen, const Series *s, int64_t i, bool over) {
  double a = pen_share_y(pen, s->y[i]), b = pen_share_y(pen, s->y2[i]);
  Five f;
  if (!isfinite(a + b) || fmax(a, b) <= 0 || fmin(a, b) >= 1 || !five_of(pen, s->five + 5 * i, &f)) return;
  double part = fabs(s->y2[i] - s->y[i]);
  int lines = (int)(fabs(b - a) * pen->area.h + (part >= 0.5 ? 0.5 : 0) + 1e-6);
  int half = lines >= 3 ? (lines - 1) / 2 : 0;
  int middle = pen_row(pen, s->y[i] / 2 + s->y2[i] / 2), top = middle - half, bottom = middle + half;
  if (top < pen->area.y || bottom >= pen->area.y + pen->area.h) half = 0;
  if (half == 0 || over) draw_thin(pen, &f, middle, over, pen_style(s), s->group < 0 ? 0 : s->group);
  else draw_thick(pen, &f, top, bottom, pen_style(s));
}

void boxes_draw(Pen *pen) {
  bool over = false;
  for (int i = 0; i < pen->p->nseries; i++) over = over || pen->p->series[i].kind == MARK_AREA;
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    for (int64_t j = 0; s->kind == MARK_BOX && j < s->n; j++) draw_box(pen, s, j, over);
  }
}

// ---- texts ----------------------------------------------------------------------------------------------------------

// Centred on its place, moved inward at the edges; left away where another text stands or comes closer than a blank.
static void draw_text(const Pen *pen, const Series *s, int64_t i, bool grouped, bool *taken) {
  const char *text = s->label[i];
  const Box *a = &pen->area;
  if (!text || !*text || !pen_inside(pen, s->x[i], s->y[i])) return;
  text = pen_minus(pen, text);
  int w = utf8_width(sv(text)), y = pen_row(pen, s->y[i]), x = pen_col(pen, s->x[i]) - (w - 1) / 2;
  if (x + w > a->x + a->w) x = a->x + a->w - w;
  if (x < a->x) x = a->x;
  if (w < 1 || x + w > a->x + a->w) return;
  bool *line = taken + (y - a->y) * a->w;
  for (int k = x - a->x - 1; k <= x - a->x + w; k++)
    if (k >= 0 && k < a->w && line[k]) return;
  for (int k = x - a->x; k < x - a->x + w; k++) line[k] = true;
  Style style = s->role == ROLE_FAINT ? STYLE_DIM : grouped && s->role == ROLE_GROUP ? pen_style(s) : STYLE_FG;
  canvas_label(pen->c, x, y, text, style);
}

void texts_draw(Pen *pen) {
  bool grouped = false; // texts of several groups are in their colours
  for (int i = 0; i < pen->p->nseries; i++)
    grouped = grouped || (pen->p->series[i].kind == MARK_TEXT && pen->p->series[i].group > 0);
  bool *taken = arena_array(pen->arena, bool, (int64_t)pen->area.w * pen->area.h);
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    for (int64_t j = 0; s->kind == MARK_TEXT && s->label && j < s->n; j++) draw_text(pen, s, j, grouped, taken);
  }
}
