// What is odd about the table, worst first, one line each: the column and a sentence with numbers.
#include "ui/app_int.h"

#include "base/utf8.h"

enum { NAME_MOST = 24 };

static int64_t count(const Sheet *s) { return s->notes.kind == MSG_NOTES ? s->notes.Notes.text.n : 0; }

static void notes_title(const App *a, Str *what, Str *state) {
  const Sheet *s = &a->sheet;
  int64_t n = count(s);
  if (!s->object || s->notes.kind != MSG_NOTES) return;
  if (n) str_addf(what, "%lld warning%s", (long long)n, n == 1 ? "" : "s");
  if (n) str_add(state, "Enter: the rows");
}

static int name_width(const MsgNotes *m) {
  int most = 0;
  for (int64_t i = 0; i < m->column.n; i++) {
    int w = utf8_width(sv(m->column.name[i]));
    most = w > most ? w : most;
  }
  return most < NAME_MOST ? most : NAME_MOST;
}

static int least(int a, int b) { return a < b ? a : b; }

static void draw_note(const Paint *p, Rect line, const MsgNotes *m, int64_t i, int name, bool here) {
  int x = line.x + 1, end = line.x + line.w;
  const char *column = m->column.name[i];
  if (x < end) paint_text(p, x, line.y, 1, "!", STYLE_WARN);
  x += 2;
  if (*column) paint_text(p, x, line.y, least(name, end - x), column, here ? STYLE_FOCUS : STYLE_FG);
  if (*column) x += name + 2;
  paint_text(p, x, line.y, end - 1 - x, m->text.name[i], STYLE_FG);
  if (here) {
    paint_text(p, line.x, line.y, 1, glyph(p, G_CURSOR_ROW), STYLE_FOCUS);
    canvas_shade(p->c, line.x, line.y, line.w, EXTRA_ROW);
  }
}

static int64_t first_shown(const Sheet *s, int lines) {
  int64_t last = count(s) - lines, top = s->note - lines + 1;
  if (top > last) top = last;
  return top > 0 ? top : 0;
}

static void notes_draw(App *a, const Paint *p, Rect r, bool focused) {
  Sheet *s = &a->sheet;
  if (r.h < 1 || r.w < 1) return;
  sheet_want(a, 0);
  int64_t n = count(s);
  if (s->note >= n) s->note = n ? n - 1 : 0;
  if (!n) {
    const char *text = !s->object                   ? app_no_table(a, false)
                       : s->notes.kind == MSG_NOTES ? "nothing odd was found in this table"
                       : s->notes_refused           ? "nothing is known of this table"
                                                    : "";
    paint_text(p, r.x + 1, r.y, r.w - 2, text, STYLE_DIM);
    return;
  }
  const MsgNotes *m = &s->notes.Notes;
  int64_t top = first_shown(s, r.h);
  for (int i = 0; i < r.h && top + i < n; i++)
    draw_note(p, (Rect){r.x, r.y + i, r.w, 1}, m, top + i, name_width(m), focused && top + i == s->note);
}

void act_notes_step(App *a, int by) {
  Sheet *s = &a->sheet;
  int64_t n = count(s), to = s->note + by;
  s->note = to >= n ? n - 1 : to;
  if (s->note < 0) s->note = 0;
  a->dirty = true;
}

// The rows that a note is about; where they are no rows in particular, the cursor goes to its column.
void act_notes_open(App *a, int arg) {
  (void)arg;
  Sheet *s = &a->sheet;
  if (s->note >= count(s)) return;
  const char *column = s->notes.Notes.column.name[s->note], *where = s->notes.Notes.where.name[s->note];
  if (*where) {
    dive_where(a, NULL, where, column);
    return;
  }
  int col = sheet_find_column(s, column);
  app_dive(a, PANE_table);
  if (col >= 0) sheet_goto(a, s->row, col);
}

static void notes_mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x;
  if (key->button == MOUSE_WHEEL_UP) act_notes_step(a, -1);
  else if (key->button == MOUSE_WHEEL_DOWN) act_notes_step(a, 1);
  else if (y >= r.y) {
    int64_t at = first_shown(&a->sheet, r.h) + y - r.y;
    if (at < count(&a->sheet)) a->sheet.note = at;
  }
  a->dirty = true;
}

const PaneType pane_notes = {.name = "notes",
                             .help = "what is odd about the table",
                             .title = notes_title,
                             .draw = notes_draw,
                             .mouse = notes_mouse};
