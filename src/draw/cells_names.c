// Names of series, and marks with their labels. There is no legend: a line is named at its end, bars at their peak, a
// cloud near its middle, a mark beside it, each in its own colour. A name never covers ink: it takes the blank place
// that is nearest to its anchor, and stays away when there is none.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>

enum { MOST_MARGIN = 12, LEAST_WIDTH = 30, MOST_LABELS = 200 };

static int text_width(const char *s) { return utf8_width(sv(s)); }
static bool is_line(const Series *s) { return s->kind == MARK_LINE || s->kind == MARK_STEP; }

// The last point of a line that can be seen; -1 = none.
static int64_t end_of(const Pen *pen, const Series *s) {
  for (int64_t i = s->n - 1; i >= 0; i--)
    if (pen_inside(pen, s->x[i], s->y[i])) return i;
  return -1;
}

// Whether a line comes down to the foot of the area at its end, as outlines of histograms do: it is named at its peak.
static bool ends_at_foot(const Pen *pen, const Series *s) {
  int64_t end = end_of(pen, s);
  return s->kind == MARK_STEP && end >= 0 && pen_share_y(pen, s->y[end]) < 0.02;
}

static int64_t peak_of(const Pen *pen, const Series *s) {
  int64_t peak = -1;
  for (int64_t i = 0; i < s->n; i++)
    if (pen_inside(pen, s->x[i], s->y[i]) && (peak < 0 || s->y[i] > s->y[peak])) peak = i;
  return peak;
}

int names_margin(const Pen *pen) {
  int most = 0;
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    if (!is_line(s) || !s->name || legend_has(pen, s) || ends_at_foot(pen, s)) continue;
    int64_t end = end_of(pen, s);
    int width = text_width(s->name);
    if (end < 0 || pen_share_x(pen, s->x[end]) < 0.9 || width > MOST_MARGIN) continue;
    if (width + 1 > most) most = width + 1;
  }
  return pen->room.w >= LEAST_WIDTH && most <= pen->room.w / 4 ? most : 0;
}

// Distance of a text at x, in columns; a row counts as two. Places at the left or below are a little worse.
static int distance(int x, int y, int width, int ax, int ay) {
  int dx = x > ax ? x - ax : ax >= x + width ? ax - x - width + 2 : 0, dy = y > ay ? y - ay : ay - y;
  return 4 * dx + 8 * dy + (y > ay) + (x < ax);
}

// Writes `text` into the blank place nearest to (ax, ay) from the area to the right edge of the canvas.
static void place_near(const Pen *pen, int ax, int ay, const char *text, Style style) {
  const Box *a = &pen->area;
  int width = text_width(text), right = pen->room.x + pen->room.w, best = INT32_MAX, bx = 0, by = 0;
  if (!width) return;
  for (int y = a->y; y < a->y + a->h; y++) {
    for (int x = a->x; x + width <= right; x++) {
      int far = distance(x, y, width, ax, ay), apart = x == ax && y == ay ? 1 : 2; // from what stands at the left
      int before = x - a->x < apart ? x - a->x : apart;
      if (far >= best || !canvas_is_blank(pen->c, x - before, y, before + width + 1)) continue;
      best = far, bx = x, by = y;
    }
  }
  if (best < INT32_MAX) canvas_text(pen->c, bx, by, text, style);
}

// Right of the area beside the end of the line, moved up or down when another name is there.
static bool name_in_margin(const Pen *pen, int row, const char *name, Style style) {
  int x = pen->area.x + pen->area.w + 1, width = text_width(name);
  if (x + width > pen->room.x + pen->room.w) return false;
  for (int k = 0; k < 2 * pen->area.h; k++) {
    int y = row + (k % 2 ? -(k + 1) / 2 : k / 2);
    bool inside = y >= pen->area.y && y < pen->area.y + pen->area.h;
    if (!inside || !canvas_is_blank(pen->c, x, y, width)) continue;
    canvas_text(pen->c, x, y, name, style);
    return true;
  }
  return false;
}

static void name_peak(const Pen *pen, const Series *s, const double *right) {
  int64_t peak = peak_of(pen, s);
  if (peak >= 0) place_near(pen, pen_col(pen, right[peak]) + 2, pen_row(pen, s->y[peak]), s->name, pen_style(s));
}

static void name_line(const Pen *pen, const Series *s) {
  int64_t end = end_of(pen, s);
  if (end < 0) return;
  if (ends_at_foot(pen, s)) {
    name_peak(pen, s, s->x);
    return;
  }
  int col = pen_col(pen, s->x[end]), row = pen_row(pen, s->y[end]);
  bool margin = names_margin(pen) && pen_share_x(pen, s->x[end]) >= 0.9;
  if (margin && name_in_margin(pen, row, s->name, pen_style(s))) return;
  place_near(pen, col + 2, row, s->name, pen_style(s));
}

static void name_cloud(const Pen *pen, const Series *s) {
  double col = 0, row = 0;
  int64_t n = 0;
  for (int64_t i = 0; i < s->n; i++) {
    if (!pen_inside(pen, s->x[i], s->y[i])) continue;
    col += pen_col(pen, s->x[i]), row += pen_row(pen, s->y[i]), n++;
  }
  int half = text_width(s->name) / 2;
  if (n) place_near(pen, (int)(col / (double)n) - half, (int)(row / (double)n), s->name, pen_style(s));
}

// A reference line is named at its middle, where it is least likely to meet the ends of others.
static void name_rule(const Pen *pen, const Series *s) {
  if (s->n < 1 || isnan(pen_share_x(pen, s->x2[0]) + pen_share_y(pen, s->y2[0]))) return;
  int col = (pen_col(pen, s->x[0]) + pen_col(pen, s->x2[0])) / 2;
  int row = (pen_row(pen, s->y[0]) + pen_row(pen, s->y2[0])) / 2;
  place_near(pen, col + 2, row, s->name, STYLE_DIM);
}

static Style mark_style(const Series *s) { return s->group == 0 ? STYLE_FOCUS : STYLE_STRONG; }

// Of very many marks only the first are labelled: there is no room for more.
static void draw_marks(const Pen *pen, const Series *s, bool labels) {
  for (int64_t i = 0; i < s->n && (!labels || i < MOST_LABELS); i++) {
    if (!pen_inside(pen, s->x[i], s->y[i])) continue;
    int col = pen_col(pen, s->x[i]), row = pen_row(pen, s->y[i]);
    const char *label = s->label ? s->label[i] : s->name;
    if (!labels) canvas_put(pen->c, col, row, pen->g->mark[s->group % 3], mark_style(s));
    else if (label) place_near(pen, col + 2, row, label, STYLE_FG);
  }
}

static void draw_name(const Pen *pen, const Series *s) {
  switch (s->kind) {
  case MARK_LINE:
  case MARK_STEP: name_line(pen, s); break;
  case MARK_POINT: name_cloud(pen, s); break;
  case MARK_BAR: name_peak(pen, s, s->x2); break;
  case MARK_RULE: name_rule(pen, s); break;
  default: break;
  }
}

void names_draw(const Pen *pen) {
  const Series *series = pen->p->series;
  int n = pen->p->nseries;
  for (int i = 0; i < n; i++)
    if (points_stand_out(pen->p, &series[i])) draw_marks(pen, &series[i], false);
  for (int i = 0; i < n; i++)
    if (points_stand_out(pen->p, &series[i])) draw_marks(pen, &series[i], true);
  for (int i = 0; i < n; i++)
    if (series[i].name && !points_stand_out(pen->p, &series[i]) && !legend_has(pen, &series[i]))
      draw_name(pen, &series[i]);
}
