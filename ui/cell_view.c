// One walk over the parts of a cell, which counts lines and, when there is a canvas, paints those that lie on it.
#include "ui/cell_view_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/markdown_int.h"
#include "ui/output_int.h"
#include "ui/words_int.h"

#include <stdio.h>

typedef struct CellPen {
  App *a;         // NULL while only counting
  const Paint *p; // the same
  const App *see;
  const CellFrame *f;
  int64_t i;
  int y, line; // first row of the cell; lines so far
  bool focused;
  int64_t at; // line of the editor's cursor, -1 = it is elsewhere
  int column;
} CellPen;

CellFrame cell_frame(const App *a, int w) {
  int digits = 1, margin = w >= 82 ? 2 : 1;
  for (int64_t n = a->doc.n; n >= 10; n /= 10) digits++;
  int most = (a->h - 3) * 3 / 5;
  CellFrame f = {digits, 4 + digits, 6 + digits, w - margin - 6 - digits, most < 6 ? 6 : most > 24 ? 24 : most};
  if (w < 24) f.bar = 0, f.text = 2, f.w = w - 2;
  if (f.w < 1) f.w = 1;
  return f;
}

// Whether the line at hand is to be painted.
static bool is_seen(const CellPen *pen) {
  int y = pen->y + pen->line;
  return pen->p && y >= 0 && y < pen->p->c->h;
}

static bool is_edited(const App *a, int64_t i) { return a->editor && i == a->cell; }

// Markdown shows as it is written while it is edited and where it holds the hit of a search.
static bool is_rendered(const App *a, int64_t i) {
  bool hit = a->search.marks && a->search.cell == a->doc.cell[i].id;
  return doc_kind(&a->doc, i) == NOTE_MARKDOWN && !is_edited(a, i) && !hit;
}

static Sv text_of(const App *a, int64_t i) {
  if (is_edited(a, i)) return (Sv){str_c(&a->editor->text), a->editor->text.n};
  return sv(doc_text(&a->doc, i));
}

static int64_t count_lines(Sv text) {
  int64_t n = 1;
  size_t at = 0;
  for (const char *end; (end = memchr(text.s + at, '\n', text.n - at)); n++) at = (size_t)(end - text.s) + 1;
  return n;
}

static int64_t lines_of(const App *a, int64_t i) {
  return is_edited(a, i) ? editor_lines(a->editor) : count_lines(text_of(a, i));
}

static Sv line_at(Sv text, int64_t line) {
  size_t at = 0;
  for (; line > 0; line--) at += (size_t)((const char *)memchr(text.s + at, '\n', text.n - at) - (text.s + at)) + 1;
  const char *end = memchr(text.s + at, '\n', text.n - at);
  return (Sv){text.s + at, end ? (size_t)(end - text.s) - at : text.n - at};
}

// ---- the gutter and what stands at the right ----------------------------------------------------------------------
typedef struct Sign {
  const char *text;
  Style style;
} Sign;

static Sign sign_of(CellState state) {
  switch (state) {
  case CELL_WAITING: return (Sign){">", STYLE_FAINT};
  case CELL_RUNNING: return (Sign){">", STYLE_FOCUS};
  case CELL_CURRENT: return (Sign){"=", STYLE_ACCENT};
  case CELL_STALE: return (Sign){"~", STYLE_WARN};
  case CELL_FAILED: return (Sign){"!", STYLE_WARN};
  default: return (Sign){" ", STYLE_DIM};
  }
}

static void put_bar(const CellPen *pen) {
  bool heavy = pen->focused && pen->i == pen->see->cell;
  paint_text(pen->p, pen->f->bar, pen->y + pen->line, 1, glyph(pen->p, heavy ? G_EDGE : G_DIVIDER),
             heavy ? STYLE_FOCUS : STYLE_FAINT);
}

static void put_gutter(const CellPen *pen) {
  const CellFrame *f = pen->f;
  char number[NUMFMT_MAX];
  put_bar(pen);
  if (f->bar == 0 || doc_kind(&pen->see->doc, pen->i) != NOTE_CODE) return;
  Sign sign = sign_of(pen->see->doc.cell[pen->i].state);
  paint_text(pen->p, 1, pen->y + pen->line, 1, sign.text, sign.style);
  fmt_i64(number, sizeof number, pen->i + 1, false);
  paint_right(pen->p, 3, pen->y + pen->line, f->digits, number, STYLE_DIM);
}

// What is said of the cell at the right of its first line, most important first; parts go from the end.
typedef struct Status {
  Sign part[3];
  char time[32];
  int n;
} Status;

static void status_of(const DocCell *c, NoteKind kind, Status *s) {
  s->n = 0;
  if (kind != NOTE_CODE) s->part[s->n++] = (Sign){kind == NOTE_RAW ? "raw" : "text", STYLE_FAINT};
  if (kind != NOTE_CODE) return;
  if (c->result) words_time(c->result->seconds, s->time);
  switch (c->state) {
  case CELL_STALE:
    s->part[s->n++] = (Sign){"stale", STYLE_WARN};
    if (c->why && *c->why) s->part[s->n++] = (Sign){c->why, STYLE_DIM};
    if (c->result) s->part[s->n++] = (Sign){s->time, STYLE_FAINT};
    break;
  case CELL_CURRENT: s->part[s->n++] = (Sign){s->time, STYLE_FAINT}; break;
  case CELL_NEVER: s->part[s->n++] = (Sign){"never run", STYLE_FAINT}; break;
  case CELL_WAITING: s->part[s->n++] = (Sign){"waits", STYLE_DIM}; break;
  default: break;
  }
}

// One blank between "stale" and why, three before the time.
static int status_gap(const Status *s, int k) { return k == 0 ? 0 : s->part[k].text == s->time ? 3 : 1; }

static int status_width(const Status *s) {
  int w = 0;
  for (int k = 0; k < s->n; k++) w += status_gap(s, k) + utf8_width(sv(s->part[k].text));
  return w;
}

// Paints the status and returns the columns that are left for the text of the line.
static int put_status(const CellPen *pen, int text_width) {
  enum { NARROW = 50 };
  const CellFrame *f = pen->f;
  Status s;
  status_of(&pen->see->doc.cell[pen->i], doc_kind(&pen->see->doc, pen->i), &s);
  while (s.n > 0 && text_width + 2 + status_width(&s) > f->w && (s.n > 1 || f->w < NARROW)) s.n--;
  int width = status_width(&s), x = f->text + f->w - width;
  for (int k = 0; k < s.n; k++) {
    x += status_gap(&s, k);
    x += paint_text(pen->p, x, pen->y + pen->line, f->text + f->w - x, s.part[k].text, s.part[k].style);
  }
  return s.n ? f->w - width - 2 : f->w;
}

// ---- text ---------------------------------------------------------------------------------------------------------
static int64_t caret_line(const App *a, int64_t i) {
  const DocCell *c = &a->doc.cell[i];
  const Result *r = c->state == CELL_FAILED && !is_edited(a, i) ? c->result : NULL;
  bool placed = r && r->message && strchr(r->message, '\n'); // an expression's error brings its own carets
  return r && r->column > 0 && !placed ? r->line : 0;
}

int cell_edit_skip(const App *a, const CellFrame *f) {
  int64_t line;
  int column, half = f->w > 3 ? f->w / 2 : 1;
  editor_place(a->editor, &line, &column);
  return column < f->w - 1 ? 0 : ((column - (f->w - 1)) / half + 1) * half;
}

// Text without colours: a comment, or Markdown that is being edited.
static void put_plain(const CellPen *pen, int w, Sv line, int skip, Style style) {
  size_t from = utf8_fit(line, skip);
  Str text = {0};
  str_addn(&text, line.s + from, line.n - from);
  paint_text(pen->p, pen->f->text, pen->y + pen->line, w, str_c(&text), style);
  str_fini(&text);
}

static void put_line(const CellPen *pen, LuaText *lua, Sv part, int64_t line) {
  const CellFrame *f = pen->f;
  NoteKind kind = doc_kind(&pen->see->doc, pen->i);
  int skip = 0, w = f->w, y = pen->y + pen->line;
  size_t begin = (size_t)(part.s - lua->text.s);
  if (line == pen->at) {
    skip = cell_edit_skip(pen->see, f);
    pen->a->edit_x = f->text + pen->column - skip, pen->a->edit_y = y;
  }
  if (line == 0) w = put_status(pen, utf8_width(part));
  if (line == pen->at && pen->column - skip >= w) w = f->w; // the cursor's line has its room
  if (kind == NOTE_CODE) paint_lua_line(lua, pen->p, f->text, y, w, begin, skip, STYLE_FG);
  else put_plain(pen, w, part, skip, kind == NOTE_RAW ? STYLE_DIM : STYLE_FG);
  search_mark(&pen->see->search, pen->p, f->text, y, w, part, skip, pen->see->doc.cell[pen->i].id, begin);
  if (skip) paint_text(pen->p, f->text, y, 1, glyph(pen->p, G_CUT), STYLE_FAINT);
}

static void put_carets(const CellPen *pen, Sv text, const Result *r) {
  Sv line = line_at(text, r->line - 1);
  size_t before = (size_t)r->column - 1 < line.n ? (size_t)r->column - 1 : line.n;
  int x = utf8_width((Sv){line.s, before}), n = utf8_width(sv(r->token ? r->token : ""));
  if (n < 1) n = 1;
  for (int k = 0; k < n && x + k < pen->f->w; k++)
    canvas_put(pen->p->c, pen->f->text + x + k, pen->y + pen->line, '^', STYLE_WARN);
}

// The line at byte *at; *at moves to the one behind it.
static Sv next_line(Sv text, size_t *at) {
  const char *s = text.s + *at, *end = memchr(s, '\n', text.n - *at);
  size_t n = end ? (size_t)(end - s) : text.n - *at;
  *at += n + (end != NULL);
  return (Sv){s, n};
}

static void put_text(CellPen *pen) {
  Sv text = text_of(pen->see, pen->i);
  int64_t lines = lines_of(pen->see, pen->i), caret = caret_line(pen->see, pen->i);
  bool has_caret = caret > 0 && caret <= lines;
  if (!pen->p) {
    pen->line += (int)lines + has_caret;
    return;
  }
  LuaText lua;
  size_t at = 0;
  lua_text_init(&lua, text);
  if (is_edited(pen->see, pen->i)) editor_place(pen->see->editor, &pen->at, &pen->column);
  for (int64_t line = 0; line < lines; line++) {
    if (pen->y + pen->line >= pen->p->c->h) { // the rest lies below the view
      pen->line += (int)(lines - line) + (has_caret && caret > line);
      return;
    }
    Sv part = next_line(text, &at);
    if (is_seen(pen)) {
      if (line == 0) put_gutter(pen);
      else put_bar(pen);
      put_line(pen, &lua, part, line);
    }
    pen->line++;
    if (!has_caret || line + 1 != caret) continue;
    if (is_seen(pen)) put_carets(pen, text, pen->see->doc.cell[pen->i].result);
    pen->line++;
  }
}

// The bracket that belongs to the one at the cursor.
static void put_match(const CellPen *pen) {
  const Editor *e = pen->see->editor;
  size_t match = editor_match(e), begin = match;
  if (match == (size_t)-1) return;
  Sv text = {str_c(&e->text), e->text.n};
  while (begin > 0 && text.s[begin - 1] != '\n') begin--;
  int64_t line = count_lines((Sv){text.s, begin}) - 1, at;
  int column, x = utf8_width((Sv){text.s + begin, match - begin});
  editor_place(e, &at, &column);
  if (line == at) x -= cell_edit_skip(pen->see, pen->f);
  if (x >= 0 && x < pen->f->w)
    canvas_put(pen->p->c, pen->f->text + x, pen->y + (int)line, (unsigned char)text.s[match], STYLE_HIT);
}

static void put_markdown(CellPen *pen) {
  Sv text = text_of(pen->see, pen->i);
  int first = pen->line, lines = markdown_draw(pen->p, pen->f->text, pen->y + pen->line, pen->f->w, text);
  for (; pen->line < first + lines; pen->line++)
    if (is_seen(pen)) put_bar(pen);
}

// ---- the whole ----------------------------------------------------------------------------------------------------
static void walk(CellPen *pen) {
  const App *a = pen->see;
  const DocCell *c = &a->doc.cell[pen->i];
  if (is_rendered(a, pen->i)) put_markdown(pen);
  else put_text(pen);
  if (pen->p && is_edited(a, pen->i)) put_match(pen);
  int64_t last = lines_of(a, pen->i);
  pen->line += outputs_draw(pen->p, pen->f->text, pen->y + pen->line, pen->f->w, c, last, pen->f->output);
}

int cell_lines(const App *a, int64_t i, const CellFrame *f) {
  CellPen pen = {.see = a, .f = f, .i = i, .at = -1};
  walk(&pen);
  return pen.line;
}

void cell_draw(App *a, const Paint *p, int y, int64_t i, const CellFrame *f, bool focused) {
  CellPen pen = {.a = a, .p = p, .see = a, .f = f, .i = i, .y = y, .focused = focused, .at = -1};
  walk(&pen);
}

int64_t cell_text_line(const App *a, int64_t i, int row) {
  int64_t lines = lines_of(a, i), caret = caret_line(a, i), line = row;
  if (is_rendered(a, i)) return -1;
  if (caret > 0 && row == caret) return -1;
  if (caret > 0 && row > caret) line--;
  return line < lines ? line : -1;
}

bool cell_output_row(const App *a, int64_t i, int row, const CellFrame *f) {
  int64_t last = lines_of(a, i);
  int lines = outputs_draw(NULL, 0, 0, f->w, &a->doc.cell[i], last, f->output);
  return row >= cell_lines(a, i, f) - lines;
}
