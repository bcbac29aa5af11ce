// A plot on a canvas of cells: words above and below, the picture between. The picture has the first claim on the
// height; title, reading and note come in that order as the canvas grows.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <stdio.h>

enum { TITLE_FROM = 8, LEGEND_FROM = 8, READING_FROM = 10, NOTE_FROM = 12, TWO_LINES_FROM = 16, BLANK_FROM = 20 };

static const Glyphs *glyphs_of(const DrawStyle *style) {
  switch (style->glyphs) {
  case GLYPHS_ASCII: return &glyphs_ascii;
  case GLYPHS_BLOCK: return &glyphs_block;
  default: return &glyphs_braille;
  }
}

// Without colour, clouds and areas of several groups differ by letters, unless their places on an axis of categories
// tell them apart; the lines of a panel, which are not named at their ends, too.
const Glyphs *pen_dots(const Plot *p, const DrawStyle *style, const Glyphs *g) {
  int clouds = 0;
  bool places = p->y.kind == AXIS_CATEGORY;
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    bool named = s->name && *s->name;
    if (s->kind == MARK_POINT) clouds += !points_stand_out(p, s) && (named || !places);
    if (s->kind == MARK_AREA) clouds += named;
    if (s->kind == MARK_GRID) clouds += s->role == ROLE_GROUP;
  }
  return clouds > 1 && style->depth < THEME_16 ? &glyphs_ascii : g;
}

// Title and, at the right, how many rows are behind the picture.
static void draw_title(Pen *pen) {
  const Plot *p = pen->p;
  Box *room = &pen->room;
  if (!p->title || !*p->title || pen->c->h < TITLE_FROM) return;
  char digits[NUMFMT_MAX], rows[NUMFMT_MAX + 2];
  fmt_i64(digits, sizeof digits, p->n, true);
  snprintf(rows, sizeof rows, "n %s", digits);
  int width = utf8_width(sv(rows)), used = pen_text(pen, room->x, room->y, room->w, p->title, STYLE_STRONG);
  if (p->n > 0 && used + 2 + width <= room->w) canvas_text(pen->c, room->x + room->w - width, room->y, rows, STYLE_DIM);
  room->y++, room->h--;
}

// The first line of `text` when broken at blanks, and the rest in *rest.
static const char *break_line(const Pen *pen, const char *text, const char **rest) {
  Sv s = sv(text);
  size_t n = utf8_fit(s, pen->room.w), cut = n;
  *rest = text + s.n;
  if (n == s.n) return text;
  while (cut > 0 && s.s[cut] != ' ') cut--;
  if (cut == 0) cut = n;
  *rest = text + cut + (s.s[cut] == ' ');
  return arena_strndup(pen->arena, s.s, cut);
}

typedef struct Words {
  const char *line[4];
  int n;
} Words;

static void add_words(const Pen *pen, Words *w, const char *text, int most) {
  for (int i = 0; i < most && *text; i++) {
    const char *rest = "";
    w->line[w->n++] = i + 1 < most ? break_line(pen, text, &rest) : text;
    text = rest;
  }
}

static Words words_of(const Pen *pen) {
  const Plot *p = pen->p;
  int h = pen->c->h, most = h >= TWO_LINES_FROM ? 2 : 1;
  Words w = {0};
  if (p->note && h >= NOTE_FROM) add_words(pen, &w, p->note, most);
  if (p->reading && *p->reading && h >= READING_FROM)
    add_words(pen, &w, arena_printf(pen->arena, "reading: %s", p->reading), most);
  return w;
}

static bool has_kind(const Plot *p, MarkKind kind) {
  for (int i = 0; i < p->nseries; i++)
    if (p->series[i].kind == kind) return true;
  return false;
}

int cells_picture(Pen *pen) {
  const Plot *p = pen->p;
  bool names_x = p->x.kind == AXIS_CATEGORY && p->x.ncategory > 0;
  bool names_y = p->y.kind == AXIS_CATEGORY && p->y.ncategory > 0;
  if (pen->room.h < 1 || pen->room.w < 1) return 0;
  if (flow_is(p)) return flow_draw(pen);
  if (branches_are(p)) return branches_draw(pen);
  if (names_x && has_kind(p, MARK_BAR)) return bars_are_stacked(p) ? stacks_draw(pen) : rows_draw(pen);
  if (names_x && names_y && has_kind(p, MARK_CELL)) return matrix_draw(pen);
  return xy_draw(pen);
}

void draw_cells(const Plot *p, const DrawStyle *style, Canvas *out) { draw_cells_spots(p, style, out, NULL); }

void draw_cells_spots(const Plot *p, const DrawStyle *style, Canvas *out, Spots *spots) {
  Arena scratch;
  arena_init(&scratch);
  const Glyphs *g = glyphs_of(style);
  Box all = {0, 0, out->w, out->h};
  Pen pen = {.p = p,
             .colour = &p->colour,
             .style = style,
             .g = g,
             .dot = pen_dots(p, style, g),
             .c = out,
             .arena = &scratch,
             .room = all,
             .left = -1,
             .spots = spots,
             .at = -1};
  canvas_blank(out, all);
  draw_title(&pen);
  Words words = words_of(&pen);
  bool blank = words.n && out->h >= BLANK_FROM;
  pen.room.h -= words.n + blank;
  if (out->h >= LEGEND_FROM) {
    int lines = legend_draw(&pen);
    pen.room.y += lines, pen.room.h -= lines;
  }
  int y = pen.room.y + (p->npanel ? panels_draw(&pen) : cells_picture(&pen)) + blank;
  for (int i = 0; i < words.n; i++) pen_text(&pen, 0, y + i, out->w, words.line[i], STYLE_DIM);
  arena_fini(&scratch);
}
