// A flow of boxes with arrows: the steps of a pipeline. Its plot (chart "flow") holds three series of texts: the names
// of n boxes, what stands beside each, and of n + 1 arrows, into the first box, between them and out of the last, what
// goes along. Boxes stand side by side where the width allows it, else above each other; where the height does not
// allow boxes, each is a line.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <string.h>

enum { BOX_HEIGHT = 3, LEAST_ARROW = 4, SIDE_LINES = 4, LEAST_SIDE = 16 };

typedef struct Flow {
  const char *const *name, *const *text, *const *edge;
  int64_t n;
  bool ascii;
  int wide; // columns of the widest name
} Flow;

static int width_of(const char *s) { return utf8_width(sv(s)); }
static int larger(int a, int b) { return a > b ? a : b; }

bool flow_is(const Plot *p) {
  if (!p->chart || strcmp(p->chart, "flow") != 0 || p->nseries < 3) return false;
  const Series *s = p->series;
  for (int k = 0; k < 3; k++)
    if (s[k].kind != MARK_TEXT || !s[k].label) return false;
  return s[0].n > 0 && s[1].n == s[0].n && s[2].n == s[0].n + 1;
}

// ---- boxes and arrows ---------------------------------------------------------------------------------------------
static void draw_line(const Pen *pen, int x, int y, int w, const uint32_t glyph[3]) {
  canvas_put(pen->c, x, y, glyph[0], STYLE_DIM);
  for (int k = 1; k < w - 1; k++) canvas_put(pen->c, x + k, y, glyph[1], STYLE_DIM);
  canvas_put(pen->c, x + w - 1, y, glyph[2], STYLE_DIM);
}

static void draw_box(const Pen *pen, const Flow *f, int64_t k, int x, int y, int w) {
  static const uint32_t utf8[2][3] = {{0x250C, 0x2500, 0x2510}, {0x2514, 0x2500, 0x2518}},
                        ascii[3] = {'+', '-', '+'};
  draw_line(pen, x, y, w, f->ascii ? ascii : utf8[0]);
  draw_line(pen, x, y + 2, w, f->ascii ? ascii : utf8[1]);
  canvas_put(pen->c, x, y + 1, pen->g->rule_y, STYLE_DIM);
  canvas_put(pen->c, x + w - 1, y + 1, pen->g->rule_y, STYLE_DIM);
  pen_text(pen, x + 2, y + 1, w - 4, f->name[k], STYLE_STRONG);
}

// Text in at most `lines` lines of w columns, broken at blanks; returns how many it takes.
static int draw_text(const Pen *pen, const char *text, int x, int y, int w, int lines) {
  int k = 0;
  for (; k < lines && *text; k++) {
    size_t n = strlen(text), cut = utf8_fit(sv(text), w);
    while (cut < n && cut > 0 && text[cut] != ' ') cut--;
    if (cut == 0) cut = utf8_fit(sv(text), w);
    bool last = k + 1 == lines || cut == n;
    const char *line = last ? text : arena_strndup(pen->arena, text, cut);
    pen_text(pen, x, y + k, w, line, STYLE_FG);
    if (last) return k + 1;
    text += cut + (text[cut] == ' ');
  }
  return k;
}

// ---- side by side -------------------------------------------------------------------------------------------------
static int arrow_width(const Flow *f, int64_t k) { return larger(width_of(f->edge[k]) + 2, LEAST_ARROW); }

// The first and the last arrow are left out where nothing is told of them.
static bool has_edge(const Flow *f, int64_t k) { return *f->edge[k] || (k > 0 && k < f->n); }

static int width_across(const Flow *f) {
  int w = 0;
  for (int64_t k = 0; k < f->n; k++) w += width_of(f->name[k]) + 4;
  for (int64_t k = 0; k <= f->n; k++)
    if (has_edge(f, k)) w += arrow_width(f, k) + (k < f->n);
  return w;
}

// What goes along stands on the shaft.
static int draw_arrow_across(const Pen *pen, const Flow *f, int64_t k, int x, int y) {
  int w = arrow_width(f, k), text = width_of(f->edge[k]);
  if (!has_edge(f, k)) return 0;
  for (int i = 0; i + 1 < w; i++) canvas_put(pen->c, x + i, y, pen->g->rule_x, STYLE_DIM);
  canvas_put(pen->c, x + w - 1, y, f->ascii ? '>' : 0x2192, STYLE_DIM);
  pen_text(pen, x + (w - text) / 2, y - 1, w, f->edge[k], STYLE_DIM);
  return w + (k < f->n);
}

// Boxes share what width is left over, so that more of the texts below them can be read.
static int draw_across(const Pen *pen, const Flow *f) {
  int x = pen->room.x, y = pen->room.y, most = 0, spare = (pen->room.w - width_across(f)) / (int)f->n;
  int lines = pen->room.h - BOX_HEIGHT < SIDE_LINES ? pen->room.h - BOX_HEIGHT : SIDE_LINES;
  for (int64_t k = 0; k < f->n; k++) {
    x += draw_arrow_across(pen, f, k, x, y + 1);
    int w = width_of(f->name[k]) + 4, room = w + spare;
    int next = has_edge(f, k + 1) ? arrow_width(f, k + 1) : 0;
    int enough = larger(w, width_of(f->text[k]) + 2 - next);
    if (room > enough) room = enough;
    draw_box(pen, f, k, x, y, room);
    int reach = room + next;
    if (x + reach > pen->room.x + pen->room.w) reach = pen->room.x + pen->room.w - x;
    most = larger(most, draw_text(pen, f->text[k], x, y + BOX_HEIGHT, reach - 2, lines));
    x += room;
  }
  draw_arrow_across(pen, f, f->n, x, y + 1);
  return BOX_HEIGHT + most;
}

// ---- above each other ---------------------------------------------------------------------------------------------
static int draw_arrow_down(const Pen *pen, const Flow *f, int64_t k, int x, int y) {
  if (!has_edge(f, k)) return 0;
  canvas_put(pen->c, x, y, f->ascii ? 'v' : 0x2193, STYLE_DIM);
  pen_text(pen, x + 2, y, pen->room.x + pen->room.w - x - 2, f->edge[k], STYLE_DIM);
  return 1;
}

static int draw_down(const Pen *pen, const Flow *f) {
  int w = f->wide + 4, x = pen->room.x, y = pen->room.y, side = pen->room.w - w - 2;
  for (int64_t k = 0; k < f->n; k++) {
    y += draw_arrow_down(pen, f, k, x + w / 2, y);
    draw_box(pen, f, k, x, y, w);
    int lines = (width_of(f->text[k]) > side) + 1;
    if (side >= LEAST_SIDE) draw_text(pen, f->text[k], x + w + 2, y + 1, side, lines);
    y += BOX_HEIGHT;
  }
  y += draw_arrow_down(pen, f, f->n, x + w / 2, y);
  return y - pen->room.y;
}

static int height_down(const Flow *f) {
  return (int)f->n * (BOX_HEIGHT + 1) - 1 + has_edge(f, 0) + has_edge(f, f->n);
}

// ---- a line for each ----------------------------------------------------------------------------------------------
static int draw_list(const Pen *pen, const Flow *f) {
  int x = pen->room.x, y = pen->room.y, end = y + pen->room.h, half = pen->room.w / 2;
  int name = f->wide < half ? f->wide : half;
  bool arrows = 2 * (int)f->n + 1 <= pen->room.h;
  for (int64_t k = 0; k < f->n && y < end; k++) {
    if (arrows) y += draw_arrow_down(pen, f, k, x, y);
    pen_text(pen, x, y, name, f->name[k], STYLE_STRONG);
    draw_text(pen, f->text[k], x + name + 2, y, pen->room.w - name - 2, 1);
    y++;
  }
  if (arrows && y < end) y += draw_arrow_down(pen, f, f->n, x, y);
  return y - pen->room.y;
}

int flow_draw(Pen *pen) {
  const Series *s = pen->p->series;
  Flow f = {.name = s[0].label,
            .text = s[1].label,
            .edge = s[2].label,
            .n = s[0].n,
            .ascii = pen->style->glyphs == GLYPHS_ASCII};
  for (int64_t k = 0; k < f.n; k++) f.wide = larger(f.wide, width_of(f.name[k]));
  if (width_across(&f) <= pen->room.w && pen->room.h >= BOX_HEIGHT) return draw_across(pen, &f);
  if (height_down(&f) <= pen->room.h && f.wide + 4 <= pen->room.w) return draw_down(pen, &f);
  return draw_list(pen, &f);
}
