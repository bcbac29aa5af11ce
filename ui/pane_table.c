// Rows of a table: a header line, on screens that have room a line with each column's distribution, then rows. Row
// numbers stand in the gutter; the cursor's row is shaded and its cell filled.
#include "ui/app_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { STRIP_LEAST_W = 60, STRIP_LEAST_H = 8, WHEEL_LINES = 3 };

// ---- title --------------------------------------------------------------------------------------------------------
static void add_count(Str *out, int64_t n) {
  char text[NUMFMT_MAX];
  fmt_i64(text, sizeof text, n, true);
  str_add(out, text);
}

// "titanic.csv"; where the session line names the file, the object; "cell 4" for a result without a name.
static void add_source(const App *a, Str *out) {
  const Sheet *s = &a->sheet;
  const char *source = s->heads.kind == MSG_HEADS ? s->heads.Heads.source : "";
  if (a->layout.session_line) trail_object(a, s->object, out);
  else if (a->ncrumb || *s->object == '#' || !*source) trail_tail(a, a->w * 2 / 5, out);
  else str_add(out, source);
  str_add(out, "  ");
}

static void table_title(const App *a, Str *what, Str *state) {
  const Sheet *s = &a->sheet;
  if (peek_shows(a)) peek_title(a, what, state);
  if (!s->object || !s->ncol) return;
  bool narrow = a->w < STRIP_LEAST_W;
  if (!narrow) add_source(a, what);
  add_count(what, s->nrow);
  str_add(what, " × ");
  add_count(what, s->ncol);
  int64_t range = s->pick_from > s->row ? s->pick_from - s->row : s->pick_from ? s->row + 2 - s->pick_from : 0;
  if (range) str_add(what, ", range "), add_count(what, range);
  else if (s->picks.rows && (narrow || (s->filtered && a->w < 100)))
    str_add(what, " •"), add_count(what, s->picks.rows);
  else if (s->picks.rows) str_add(what, ", "), add_count(what, s->picks.rows), str_add(what, " selected");
  if (narrow) return;
  for (int k = 0; k < s->nkey; k++) {
    const char *key = s->key[k];
    bool down = *key == '-', same = k + 1 < s->nkey && (*s->key[k + 1] == '-') == down;
    str_addf(state, "%s%s%s", k ? ", " : "by ", key + down, same ? "" : down ? " ↓" : " ↑");
  }
  if (s->heads.kind != MSG_HEADS || !*s->heads.Heads.state) return;
  str_addf(state, "%s%s", s->nkey ? "  " : "", s->heads.Heads.state);
}

// ---- lines above the rows -----------------------------------------------------------------------------------------
static void draw_head(const Sheet *s, const Paint *p, int x0, int y, const GridCol *g) {
  const char *name = sheet_name(s, g->col);
  const PageCol *form = sheet_form(s, g->col);
  const WireHead *head = sheet_head(s, g->col);
  bool here = g->col == s->col, down;
  int place = sheet_sort_place(s, g->col, &down);
  char sign[24] = {head ? head->sign : form ? form->sign : 0};
  if (!name) return;
  if (place >= 0) strcat(sign, down ? "↓" : "↑");
  if (place >= 0 && s->nkey > 1) snprintf(sign + strlen(sign), sizeof sign - strlen(sign), "%d", place + 1);
  int tail = utf8_width(sv(sign)), width = utf8_width(sv(name)), room = g->w - tail;
  if (width > room) tail = 0, room = g->w; // a header that is cut has no sign
  int x = x0 + g->x + (sheet_is_left(s, g->col) || width > room ? 0 : room - width);
  bool target = s->target && strcmp(s->target, name) == 0;
  x += paint_text(p, x, y, room, name, here ? STYLE_COLUMN : target ? STYLE_ACCENT : STYLE_STRONG);
  if (tail) paint_text(p, x, y, tail, sign, here ? STYLE_COLUMN : STYLE_DIM);
}

static void draw_strip(const Sheet *s, const Paint *p, int x0, int y, const GridCol *g) {
  const WireHead *head = sheet_head(s, g->col);
  if (!head) return;
  int x = x0 + g->x, n = (int)head->n;
  if (head->strip == STRIP_TEXT) {
    paint_text(p, x, y, g->strip, head->text, STYLE_DIM);
  } else if (head->strip == STRIP_SHARES) {
    paint_shares(p, x, y, g->strip, head);
  } else if (head->strip == STRIP_SPARK) {
    double less[64];
    const double *value = head->value;
    for (int i = 0; n > g->w && i < g->w && i < 64; i++) { // fewer bins: the highest of those that fall together
      less[i] = 0;
      for (int k = i * n / g->w; k < (i + 1) * n / g->w; k++) less[i] = value[k] > less[i] ? value[k] : less[i];
    }
    if (n > g->w) n = g->w < 64 ? g->w : 64, value = less;
    paint_spark(p, sheet_is_left(s, g->col) ? x : x + g->w - n, y, value, n, STYLE_GROUP0);
  }
}

// ---- rows ---------------------------------------------------------------------------------------------------------
static void draw_cell(Sheet *s, const Paint *p, int x0, int y, const GridCol *g, int64_t row, bool focused) {
  bool known, here = row == s->row && g->col == s->col;
  const char *text = sheet_cell(s, row, g->col, &known);
  const PageCol *form = sheet_form(s, g->col);
  Style style = here && focused ? STYLE_CURSOR : here ? STYLE_COLUMN : STYLE_FG;
  for (int i = 0; here && focused && i < g->w; i++) canvas_put(p->c, x0 + g->x + i, y, ' ', STYLE_CURSOR);
  if (known && form) paint_cell(p, x0 + g->x, y, g->w, form, g->right, text, style);
  if (known && text && !(here && focused)) hits_paint(s, p, g->col, x0 + g->x, y, g->w, text);
}

static void draw_row(Sheet *s, const Paint *p, Rect line, const Grid *grid, int64_t row, bool focused) {
  bool here = row == s->row;
  char number[NUMFMT_MAX];
  fmt_i64(number, sizeof number, row + 1, line.w >= STRIP_LEAST_W);
  int room = grid->number + 1 < line.w ? grid->number + 1 : line.w;
  paint_right(p, line.x, line.y, room, number, here ? STYLE_FOCUS : STYLE_FAINT);
  bool marked = sheet_is_picked(s, row);
  Glyph sign = marked ? G_SELECTED : G_CURSOR_ROW;
  Style style = here ? STYLE_FOCUS : STYLE_ACCENT;
  if (here || marked) paint_text(p, line.x + (line.w >= STRIP_LEAST_W), line.y, 1, glyph(p, sign), style);
  for (int i = 0; i < grid->n; i++) draw_cell(s, p, line.x, line.y, &grid->item[i], row, focused);
  if (here) canvas_shade(p->c, line.x, line.y, line.w, EXTRA_ROW);
}

// The lines that show around the cursor's row.
static void scroll(Sheet *s, int lines) {
  s->lines = lines;
  if (s->row < s->top) s->top = s->row;
  if (lines > 0 && s->row >= s->top + lines) s->top = s->row - lines + 1;
  if (s->nrow && s->top > s->nrow - lines) s->top = s->nrow - lines;
  if (s->top < 0) s->top = 0;
}

static bool has_strips(const App *a, Rect r) { return a->w >= STRIP_LEAST_W && r.h >= STRIP_LEAST_H; }

const char *app_no_table(const App *a, bool whole) {
  int64_t i = a->running ? doc_find(&a->doc, a->running) : -1;
  const Result *res = i < 0 ? NULL : a->doc.cell[i].result;
  if (peek_shows(a)) return "known when all of it is read";
  if (res && res->elapsed >= 0.3) return "a cell is at it: ^C stops it";
  if (a->running || a->nqueue || (a->client == NULL && a->term)) return "";
  return whole ? "no table yet: :open FILE, or : and d = data \"titanic\"" : "no table yet: :open FILE";
}

static void draw_empty(const App *a, const Paint *p, Rect r) {
  const Sheet *s = &a->sheet;
  const char *text = !s->object               ? app_no_table(a, true)
                     : s->refusal             ? s->refusal
                     : s->ncol && s->filtered ? "no rows hold: u takes the filter back"
                     : s->ncol                ? "no rows"
                                              : "the rows are on their way";
  paint_text(p, r.x + 1, r.y, r.w - 2, text, STYLE_DIM);
}

static void table_draw(App *a, const Paint *p, Rect r, bool focused) {
  Sheet *s = &a->sheet;
  if (r.h < 1 || r.w < 1) return;
  int above = 1 + has_strips(a, r), lines = r.h - above > 1 ? r.h - above : 1;
  Grid grid;
  scroll(s, lines);
  grid_make(s, r.w, &grid);
  sheet_want(a, lines);
  if ((!s->object && !peek_shows(a)) || s->refusal || !s->ncol) {
    draw_empty(a, p, r);
    grid_fini(&grid);
    return;
  }
  for (int i = 0; i < grid.n; i++) {
    draw_head(s, p, r.x, r.y, &grid.item[i]);
    if (above > 1) draw_strip(s, p, r.x, r.y + 1, &grid.item[i]);
  }
  if (grid.more_left && grid.number < r.w) paint_text(p, r.x + grid.number, r.y, 1, glyph(p, G_MORE), STYLE_FAINT);
  if (grid.more_right && !grid.item[grid.n - 1].cut) paint_text(p, r.x + r.w - 1, r.y, 1, glyph(p, G_CUT), STYLE_FAINT);
  for (int i = 0; i < lines && above + i < r.h && s->top + i < s->nrow; i++)
    draw_row(s, p, (Rect){r.x, r.y + above + i, r.w, 1}, &grid, s->top + i, focused);
  if (!s->nrow) draw_empty(a, p, (Rect){r.x, r.y + above, r.w, 1});
  grid_fini(&grid);
}

// ---- mouse --------------------------------------------------------------------------------------------------------
static int column_at(Sheet *s, Rect r, int x) {
  Grid grid;
  int col = -1;
  grid_make(s, r.w, &grid);
  for (int i = 0; i < grid.n; i++) {
    int end = i + 1 < grid.n ? grid.item[i + 1].x : grid.item[i].x + grid.item[i].w;
    if (x - r.x >= grid.item[i].x && x - r.x < end) col = grid.item[i].col;
  }
  grid_fini(&grid);
  return col;
}

static int first_column(Sheet *s, Rect r) {
  Grid grid;
  grid_make(s, r.w, &grid);
  int first = r.x + (grid.n ? grid.item[0].x : 0);
  grid_fini(&grid);
  return first;
}

static bool sorted_up(const Sheet *s, int col) {
  bool down;
  return sheet_sort_place(s, col, &down) == 0 && !down;
}

static void table_mouse(App *a, const Key *key, int x, int y, Rect r) {
  Sheet *s = &a->sheet;
  int above = 1 + has_strips(a, r);
  int64_t row = s->top + y - r.y - above;
  if (key->button == MOUSE_WHEEL_UP || key->button == MOUSE_WHEEL_DOWN) {
    int by = key->button == MOUSE_WHEEL_UP ? -WHEEL_LINES : WHEEL_LINES;
    int64_t last = s->nrow > s->lines ? s->nrow - s->lines : 0, top = s->top + by;
    s->top = top < 0 ? 0 : top > last ? last : top;
    int64_t at = s->row < s->top ? s->top : s->row >= s->top + s->lines ? s->top + s->lines - 1 : s->row;
    sheet_goto(a, at, s->col);
    return;
  }
  int col = column_at(s, r, x);
  if (y < r.y) return;
  if (y < r.y + above) { // the header
    if (col < 0) return;
    sheet_goto(a, s->row, col);
    act_table_sort(a, sorted_up(s, col) ? -1 : 1);
  } else if (row < s->nrow) {
    sheet_goto(a, row, col >= 0 ? col : s->col);
    if (x < first_column(s, r)) act_pick_toggle(a, 0); // the row's number
  }
}

const PaneType pane_table = {
    .name = "table", .help = "rows of a table", .title = table_title, .draw = table_draw, .mouse = table_mouse};
