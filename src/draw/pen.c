// Where a value stands on the canvas, and how texts and numbers are written there.
//
// Marks live on dots: share 0 is the middle of the first dot of the area, share 1 of the last. Bars and heat live on
// edges: share 0 is the left edge of the first cell, share 1 the right edge of the last. A plot uses one of the two for
// its marks, ticks and labels alike, so that they agree.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>
#include <stdio.h>

static double clamp(double v, double lo, double hi) { return v < lo ? lo : v > hi ? hi : v; }

double pen_share_x(const Pen *pen, double v) { return clamp(axis_share(&pen->p->x, v), -1e4, 1e4); }
double pen_share_y(const Pen *pen, double v) { return clamp(axis_share(&pen->p->y, v), -1e4, 1e4); }

// Cell of a share from the low end among n cells of `dots` dots.
static int cell_of(double share, int n, int dots, bool edges, bool up) {
  if (isnan(share) || n < 1) return 0;
  share = clamp(share, 0, 1);
  if (!edges) {
    int dot = (int)lround((up ? 1 - share : share) * (n * dots - 1)) / dots;
    return up ? n - 1 - dot : dot;
  }
  // A height is reached by the cell below it, a horizontal position is in the cell to its right.
  int cell = (int)(up ? ceil(share * n - 1e-6) - 1 : floor(share * n + 1e-6));
  return cell < 0 ? 0 : cell >= n ? n - 1 : cell;
}

int pen_col(const Pen *pen, double v) {
  return pen->area.x + cell_of(pen_share_x(pen, v), pen->area.w, pen->dot->sx, pen->edges, false);
}

int pen_row(const Pen *pen, double v) {
  return pen->area.y + pen->area.h - 1 - cell_of(pen_share_y(pen, v), pen->area.h, pen->dot->sy, pen->edges, true);
}

bool pen_inside(const Pen *pen, double x, double y) {
  double sx = axis_share(&pen->p->x, x), sy = axis_share(&pen->p->y, y), slack = 1e-9;
  return sx >= -slack && sx <= 1 + slack && sy >= -slack && sy <= 1 + slack;
}

Style pen_style(const Series *s) {
  if (s->role == ROLE_FAINT) return STYLE_FAINT;
  return (Style)(STYLE_GROUP0 + (s->group < 0 ? 0 : s->group % 6));
}

Style pen_sequential(double share) {
  static const int first = 3; // darker steps are lost on a dark ground
  int step = isnan(share) ? 0 : (int)(clamp(share, 0, 1) * (10 - first));
  return (Style)(STYLE_SEQ0 + (step > 9 - first ? 9 : first + step));
}

uint32_t pen_thick(const Pen *pen, int group) {
  static const uint32_t line[] = {0x2501, 0x2550, 0x254D, 0x2505}, letter[] = {'=', '#', '%', '&'};
  if (pen->style->depth >= THEME_16) return pen->g->thick;
  return pen->style->glyphs == GLYPHS_ASCII ? letter[group % 4] : line[group % 4];
}

void pen_more(const Pen *pen, int x, int y, int hidden) {
  char more[48];
  snprintf(more, sizeof more, "%s %d more", pen->g->cut, hidden);
  pen_text(pen, x, y, pen->room.x + pen->room.w - x, more, STYLE_DIM);
}

uint32_t pen_filler(const Pen *pen, int group) {
  static const uint32_t letter[] = {'#', 'o', '+', 'x', '%', '='}, shade[] = {0x2588, 0x2592, 0x2591, 0x2593};
  if (pen->style->glyphs == GLYPHS_ASCII) return letter[group % 6];
  return pen->style->depth >= THEME_16 ? 0x2588 : shade[group % 4];
}

bool pen_has_halves(const Pen *pen) { return pen->style->depth >= THEME_16 && pen->style->glyphs != GLYPHS_ASCII; }

int pen_text(const Pen *pen, int x, int y, int room, const char *text, Style style) {
  Sv s = sv(text);
  if (room < 1) return 0;
  if (utf8_width(s) <= room) return canvas_text(pen->c, x, y, text, style);
  size_t n = utf8_fit(s, room - 1);
  while (n && (s.s[n - 1] == ' ' || s.s[n - 1] == ',')) n--;
  int used = canvas_text(pen->c, x, y, arena_strndup(pen->arena, s.s, n), style);
  return used + canvas_text(pen->c, x + used, y, pen->g->cut, style);
}

const char *pen_minus(const Pen *pen, const char *number) {
  if (!strchr(number, '-')) return arena_strdup(pen->arena, number);
  Str out = {0};
  for (; *number; number++) {
    if (*number == '-') str_add(&out, pen->g->minus);
    else str_addc(&out, *number);
  }
  const char *text = arena_strdup(pen->arena, str_c(&out));
  str_fini(&out);
  return text;
}

const char *pen_value(const Pen *pen, const Axis *a, double v) {
  char text[NUMFMT_MAX];
  if (a->kind == AXIS_DATE || a->kind == AXIS_TIME) {
    axis_label(a, v, 0, text, sizeof text);
    return arena_strdup(pen->arena, text);
  }
  fmt_sensible(text, sizeof text, v, 4);
  bool inner = a->unit && fabs(v) < 1;
  char *zero = inner ? strstr(text, "0.") : NULL;
  if (zero && (zero == text || zero[-1] == '-')) memmove(zero, zero + 1, strlen(zero));
  return pen_minus(pen, text);
}
