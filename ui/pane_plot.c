// One picture of the notebook: that of the cell that was chosen, else of the focused cell, else the latest one. Its
// sentence always stands below it; a cursor goes over its marks and a brush takes some of them.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/look_int.h"
#include "ui/rect_int.h"

enum { READING_MOST = 3, WHEEL_LINES = 3 };

// What was looked at belongs to another picture: begin anew.
static void keep_look(App *a) {
  int64_t i = look_cell(a);
  int64_t cell = i < 0 ? 0 : a->doc.cell[i].id, run = i < 0 ? 0 : a->doc.cell[i].result->run;
  if (a->look.cell == cell && a->look.run == run) return;
  bool table = a->look.table;
  a->look = (Look){.cell = cell, .run = run, .table = table && cell};
}

static void title(const App *a, Str *what, Str *state) {
  const Plot *plot = look_plot(a);
  const Look *look = &a->look;
  if (!plot) return;
  if (plot->title) str_add(what, plot->title);
  if (plot->n > 0) {
    char rows[NUMFMT_MAX];
    fmt_i64(rows, sizeof rows, plot->n, true);
    const Plot *part = look_part(a);
    if (part) {
      char there[NUMFMT_MAX];
      fmt_i64(there, sizeof there, part->n, true);
      str_addf(what, "%sn %s of %s", what->n ? "  " : "", there, rows);
    } else str_addf(what, "%sn %s", what->n ? "  " : "", rows);
  }
  if (look->brushing) str_add(state, "brush  ");
  if (look->zoomed[0] || look->zoomed[1] || look->alone) str_add(state, "zoomed  ");
  if (look->hidden || look->one) str_add(state, "not all series  ");
  if (look->table) str_add(state, "as a table  ");
  str_addf(state, "cell %lld", (long long)look_cell(a) + 1);
}

// ---- words below -------------------------------------------------------------------------------------------------
// Bytes of the first line of `text` when it is broken at a blank.
static size_t line_of(const char *text, int w) {
  size_t n = strlen(text), fits = utf8_fit((Sv){text, n}, w), cut = fits;
  if (fits == n) return n;
  while (cut > 0 && text[cut] != ' ') cut--;
  return cut ? cut : fits;
}

static int lines_of(const char *text, int w) {
  int lines = 0;
  for (; *text; lines++) {
    text += line_of(text, w);
    while (*text == ' ') text++;
  }
  return lines;
}

// Paints the sentence at the foot of r; returns the lines it takes.
static int paint_reading(const Paint *p, Rect r, const Plot *plot) {
  Str text = {0}, line = {0};
  if (!plot->reading || !*plot->reading || r.h < 3 || r.w < 8) return 0;
  str_addf(&text, "reading: %s", plot->reading);
  int lines = lines_of(str_c(&text), r.w), most = r.h / 5 < 1 ? 1 : r.h / 5 > READING_MOST ? READING_MOST : r.h / 5;
  if (lines > most) lines = most;
  const char *rest = str_c(&text);
  for (int k = 0; k < lines; k++) {
    size_t n = k + 1 < lines ? line_of(rest, r.w) : strlen(rest);
    str_clear(&line);
    str_addn(&line, rest, n);
    rect_text(p, r, 0, r.h - lines + k, r.w, str_c(&line), STYLE_DIM);
    rest += n;
    while (*rest == ' ') rest++;
  }
  str_fini(&text), str_fini(&line);
  return lines;
}

// ---- cursor and brush --------------------------------------------------------------------------------------------
static void restyle(const Paint *p, Rect r, Style style) {
  for (int y = r.y; y < r.y + r.h; y++)
    for (int x = r.x; x < r.x + r.w; x++) {
      if (x < 0 || y < 0 || x >= p->c->w || y >= p->c->h) continue;
      CanvasCell *cell = &p->c->cell[(size_t)y * (size_t)p->c->w + (size_t)x];
      if (cell->cp != ' ' || style == STYLE_CURSOR) cell->style = (uint8_t)style, cell->extra = EXTRA_NONE;
    }
}

// A bar turns to the colour of the focus, with a pointer below; everything else is the filled cell of a cursor.
static void paint_cursor(const Paint *p, Rect r, const LookView *v, const MarkSpot *at) {
  const Plot *plot = look_panel(v, at->panel);
  const Series *s = &plot->series[at->series];
  const SpotArea *area = look_area(v, at->panel);
  Rect here = {r.x + at->x, r.y + at->y, at->w, at->h};
  bool bars = s->kind == MARK_BAR || s->kind == MARK_BOX;
  restyle(p, here, bars ? STYLE_FOCUS : STYLE_CURSOR);
  if (!bars) return;
  if (s->kind == MARK_BAR && plot->x.kind != AXIS_CATEGORY && area)
    rect_put(p, r, at->x + at->w / 2, area->y + area->h, G_POINTER, STYLE_FOCUS);
  else paint_text(p, r.x - 1 >= 0 ? r.x - 1 : r.x, here.y, 1, glyph(p, G_CURSOR_ROW), STYLE_FOCUS);
}

static void paint_brush(const Paint *p, Rect r, const LookView *v, const Look *look) {
  Rect b;
  if (!look_brush(v, look, &b)) return;
  int x = r.x + b.x, y = r.y + b.y, right = x + b.w - 1, foot = y + b.h - 1;
  for (int k = y; k <= foot; k++) canvas_shade(p->c, x, k, b.w, EXTRA_ROW);
  if (look->by_marks) {
    for (int64_t i = 0; i < v->spots.n; i++) {
      const MarkSpot *s = &v->spots.spot[i];
      bool in = s->x < b.x + b.w && s->x + s->w > b.x && s->y < b.y + b.h && s->y + s->h > b.y;
      if (in && s->panel == look->panel) restyle(p, (Rect){r.x + s->x, r.y + s->y, s->w, s->h}, STYLE_FOCUS);
    }
    return;
  }
  paint_text(p, x, y, 1, glyph(p, G_TOP_LEFT), STYLE_FOCUS),
      paint_text(p, right, y, 1, glyph(p, G_TOP_RIGHT), STYLE_FOCUS);
  paint_text(p, x, foot, 1, glyph(p, G_CORNER), STYLE_FOCUS);
  paint_text(p, right, foot, 1, glyph(p, G_CORNER_RIGHT), STYLE_FOCUS);
}

static void paint_table(App *a, const Paint *p, Rect r, const Plot *plot, bool focused) {
  Look *look = &a->look;
  Page page;
  int64_t n = look_marks(plot);
  int lines = r.h - 1;
  if (look->row >= n) look->row = n - 1;
  if (look->row < 0) look->row = 0;
  look->top = list_top(n, look->row, look->top, lines - 1 > 0 ? lines - 1 : 1);
  look_page(plot, look->top, lines, &page);
  page.nrow = n - look->top; // what is above is not "more"
  if (!n) rect_text(p, r, 0, 0, r.w, "counts on a grid: no marks to list", STYLE_DIM);
  else paint_page(p, r, &page, STYLE_FG);
  if (n && focused)
    paint_text(p, r.x - (r.x > 0), r.y + 1 + (int)(look->row - look->top), 1, glyph(p, G_CURSOR_ROW), STYLE_FOCUS);
  if (n && focused) canvas_shade(p->c, r.x, r.y + 1 + (int)(look->row - look->top), r.w, EXTRA_ROW);
  page_fini(&page);
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  keep_look(a);
  const Plot *plot = look_plot(a);
  Look *look = &a->look;
  if (!plot) {
    rect_text(p, r, r.w > 1, 0, r.w, "no picture yet: . in a table draws its column", STYLE_DIM);
    return;
  }
  DrawStyle style = *p->style;
  if (style.glyphs != GLYPHS_ASCII) style.glyphs = (GlyphSet)(((int)style.glyphs + a->plot_glyphs) % 3);
  int edge = r.w >= 12;
  Rect in = {r.x + edge, r.y, r.w - 2 * edge, r.h};
  in.h -= paint_reading(p, in, look_part(a) ? look_part(a) : plot);
  look->r = in;
  look_part_ask(a);
  look_part_settle(a, in, &style);
  if (look->table) {
    paint_table(a, p, in, look_part(a) ? look_part(a) : plot, focused);
    return;
  }
  if (in.w < 1 || in.h < 1) return;
  LookView v;
  look_view_init(&v, a, plot, in, &style);
  canvas_blit(p->c, in.x, in.y, &v.canvas);
  const MarkSpot *at = look_spot(&v, look);
  if (focused && look->brushing) paint_brush(p, in, &v, look);
  else if (focused && at) paint_cursor(p, in, &v, at);
  look_view_fini(&v);
}

// The cursor's mark on the recipe line, while the picture has the keys.
bool look_draw_line(const App *a, const Paint *p, Rect r) {
  const Plot *plot = look_plot(a);
  const Look *look = &a->look;
  const Plot *marks = look_part(a) ? look_part(a) : plot;
  if (a->focus != PANE_plot || !plot || look->r.w < 1) return false;
  if (look->table && look_marks(marks) > 0) {
    rect_print(p, r, 1, 0, STYLE_DIM, "mark %lld of %lld", (long long)look->row + 1, (long long)look_marks(marks));
    return true;
  }
  if (look->table || !(look->on || look->brushing)) return false;
  LookView v;
  Str text = {0};
  look_view_init(&v, a, plot, look->r, p->style);
  look_say(&v, look, &text);
  look_view_fini(&v);
  if (text.n) {
    const char *hint = look->brushing ? "Enter: these rows  Esc: no" : "Enter: the rows";
    int used = r.w >= 60 ? paint_right(p, r.x + 1, r.y, r.w - 2, hint, STYLE_DIM) + 2 : 0;
    paint_text(p, r.x + 1, r.y, r.w - 2 - used, str_c(&text), STYLE_FG);
  }
  bool said = text.n > 0;
  str_fini(&text);
  return said;
}

void act_plot_step(App *a, int by) {
  int64_t n = a->doc.n, from = look_cell(a);
  int64_t was = a->plot_cell;
  for (int64_t i = from + by; from >= 0 && i >= 0 && i < n; i += by) {
    a->plot_cell = a->doc.cell[i].id;
    if (look_cell(a) == i) break;
    a->plot_cell = was;
  }
  a->dirty = true;
}

void act_plot_glyphs(App *a, int arg) {
  (void)arg;
  if (a->caps.style.glyphs == GLYPHS_ASCII) app_say(a, STYLE_DIM, "this screen has ASCII only");
  a->plot_glyphs = (a->plot_glyphs + 1) % 3;
  a->dirty = true;
}

// ---- the mouse ---------------------------------------------------------------------------------------------------
static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)r;
  int wheel = key->button == MOUSE_WHEEL_DOWN ? 1 : key->button == MOUSE_WHEEL_UP ? -1 : 0;
  int left = a->look.r.x, top = a->look.r.y; // (x, y) is of the screen
  if (wheel && a->look.table) a->look.row += wheel * WHEEL_LINES, a->dirty = true;
  else if (wheel) {
    look_press(a, x - left, y - top, false);
    a->look.pressed = 0;
    act_plot_zoom(a, -wheel);
  } else if (key->button == MOUSE_LEFT && a->look.table) a->look.row = a->look.top + y - top - 1, a->dirty = true;
  else if (key->button == MOUSE_DRAG) look_drag(a, x - left, y - top);
  else look_press(a, x - left, y - top, key->button == MOUSE_RIGHT);
}

const PaneType pane_plot = {
    .name = "plot", .help = "a picture of the notebook", .title = title, .draw = draw, .mouse = mouse};
