// The notebook: cells below each other, as many as fit. The view begins with line `line_top` of cell `cell_top`, so
// that only cells near the view are ever counted, however many there are. A frame is painted on a canvas of the pane's
// size and copied, so that what is cut at the top or the foot needs no care.
#include "ui/cell_view_int.h"
#include "ui/output_int.h"

#include <stdio.h>
#include <stdlib.h>

enum { WHEEL_LINES = 3, FAR = 1 << 20 };

typedef struct View {
  const App *a;
  CellFrame f;
  int h;
  int64_t top, line; // first cell and line of it
} View;

// ---- lines --------------------------------------------------------------------------------------------------------
static bool shows_output(const App *a, int64_t i) {
  const DocCell *c = &a->doc.cell[i];
  bool speaks = c->state == CELL_FAILED || c->state == CELL_RUNNING || c->state == CELL_WAITING;
  return speaks || doc_kind(&a->doc, i) != NOTE_CODE || (c->result && c->result->nout);
}

// A blank line parts cells of which one shows more than its code, on a screen with room for it.
static int gap_after(const App *a, int64_t i) {
  bool roomy = a->w >= 120 && a->h >= 40;
  return roomy && i + 1 < a->doc.n && (shows_output(a, i) || shows_output(a, i + 1));
}

static int lines_of(const View *v, int64_t i) { return cell_lines(v->a, i, &v->f) + gap_after(v->a, i); }

// Lines from the top of the view to the first of cell i; FAR and -FAR when that is more than two screens away.
static int distance(const View *v, int64_t i) {
  int64_t lines = -v->line;
  for (int64_t k = v->top; k < i; k++)
    if ((lines += lines_of(v, k)) > 2 * v->h) return FAR;
  for (int64_t k = v->top; k > i; k--)
    if ((lines -= lines_of(v, k - 1)) < -2 * v->h) return -FAR;
  return (int)lines;
}

// Moves the view by some lines, over the borders of cells, up to the first line of all.
static void shift(View *v, int64_t by) {
  v->line += by;
  while (v->line < 0 && v->top > 0) v->line += lines_of(v, --v->top);
  if (v->line < 0) v->line = 0;
  for (int lines; v->top + 1 < v->a->doc.n && v->line >= (lines = lines_of(v, v->top)); v->top++) v->line -= lines;
}

// No blank lines below the last cell while there is something above.
static void fill(View *v) {
  int64_t lines = -v->line;
  for (int64_t k = v->top; k < v->a->doc.n && lines < v->h; k++) lines += lines_of(v, k);
  if (lines < v->h) shift(v, lines - v->h);
}

static void go_to(View *v, int64_t cell) { v->top = cell, v->line = 0; }

// The line of the hit in the focused cell.
static bool hit_line(const App *a, int64_t *line) {
  const char *text = doc_text(&a->doc, a->cell);
  if (!a->search.marks || a->search.cell != a->doc.cell[a->cell].id) return false;
  for (size_t k = 0; k < a->search.at && text[k]; k++) *line += text[k] == '\n';
  return true;
}

// The focused cell is in view: whole if it fits, else it fills the view; when it is edited, so is its cursor.
static void follow(View *v) {
  const App *a = v->a;
  int d = distance(v, a->cell), lines = cell_lines(a, a->cell, &v->f);
  if (d == FAR || d == -FAR) {
    go_to(v, a->cell);
    if (d == FAR) shift(v, lines < v->h ? lines - v->h : 0);
  } else if (lines <= v->h ? d < 0 : d > 0) go_to(v, a->cell);
  else if (lines <= v->h ? d + lines > v->h : d + lines < v->h) shift(v, d + lines - v->h);
  int64_t line = 0;
  int column;
  if (a->editor) editor_place(a->editor, &line, &column);
  else if (!hit_line(a, &line)) return;
  int64_t row = distance(v, a->cell) + line;
  if (row < 0) shift(v, row);
  else if (row >= v->h) shift(v, row - v->h + 1);
}

static View view_make(App *a, Rect r) {
  if (a->cell >= a->doc.n) a->cell = a->doc.n - 1;
  if (a->cell < 0) a->cell = 0;
  View v = {.a = a, .f = cell_frame(a, r.w), .h = r.h, .top = a->cell_top, .line = a->line_top};
  if (v.top >= a->doc.n) v.top = a->doc.n - 1, v.line = 0;
  if (v.top < 0) v.top = 0;
  if (a->doc.n && v.line >= lines_of(&v, v.top)) v.line = lines_of(&v, v.top) - 1;
  return v;
}

static void keep(App *a, const View *v) { a->cell_top = v->top, a->line_top = v->line; }

// ---- drawing ------------------------------------------------------------------------------------------------------
static void draw_cells_of(App *a, const Paint *p, View *v, bool focused) {
  int y = (int)-v->line;
  for (int64_t i = v->top; i < a->doc.n && y < v->h; i++) {
    cell_draw(a, p, y, i, &v->f, focused);
    y += lines_of(v, i);
  }
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  a->edit_x = a->edit_y = -1;
  if (r.w < 1 || r.h < 1) return;
  if (!a->doc.n) {
    paint_text(p, r.x + 1, r.y, r.w - 2, "no cell yet: b makes one, : takes a line of Lua", STYLE_DIM);
    return;
  }
  View v = view_make(a, r);
  follow(&v);
  fill(&v);
  keep(a, &v);
  Canvas canvas;
  canvas_init(&canvas, r.w, r.h);
  Paint mine = {&canvas, p->style};
  draw_cells_of(a, &mine, &v, focused);
  canvas_blit(p->c, r.x, r.y, &canvas);
  canvas_fini(&canvas);
  bool inside = a->edit_x >= 0 && a->edit_x < r.w && a->edit_y >= 0 && a->edit_y < r.h;
  if (inside) a->edit_x += r.x, a->edit_y += r.y;
  else a->edit_x = a->edit_y = -1;
}

bool notebook_cursor(const App *a, int *x, int *y) {
  if (!a->editor || a->edit_x < 0) return false;
  *x = a->edit_x, *y = a->edit_y;
  return true;
}

// ---- title --------------------------------------------------------------------------------------------------------
static void add_count(Str *out, int64_t n, const char *one, const char *many) {
  if (n) str_addf(out, "%s%lld %s", out->n ? " · " : "", (long long)n, n == 1 ? one : many);
}

static void title(const App *a, Str *what, Str *state) {
  int64_t count[CELL_FAILED + 1] = {0};
  const char *path = a->doc.path, *slash = path ? strrchr(path, '/') : NULL;
  str_addf(what, "%s  %lld cell%s", path ? slash ? slash + 1 : path : "not named yet", (long long)a->doc.n,
           a->doc.n == 1 ? "" : "s");
  for (int64_t i = 0; i < a->doc.n; i++)
    if (doc_kind(&a->doc, i) == NOTE_CODE) count[a->doc.cell[i].state]++;
  add_count(state, count[CELL_RUNNING], "runs", "run");
  add_count(state, count[CELL_WAITING], "waits", "wait");
  add_count(state, count[CELL_STALE], "stale", "stale");
  add_count(state, count[CELL_FAILED], "error", "errors");
  if (!state->n && count[CELL_NEVER]) str_add(state, count[CELL_CURRENT] ? "not all run" : "never run");
  else if (!state->n && count[CELL_CURRENT]) str_add(state, "all current");
}

// ---- moving -------------------------------------------------------------------------------------------------------
// After the view has moved, the focus goes to the nearest cell that shows.
static void focus_seen(App *a, const View *v) {
  int64_t first = v->top, last = v->top;
  int lines = lines_of(v, first) - (int)v->line;
  bool cut = v->line > 0 && cell_lines(a, first, &v->f) <= v->h; // the next is the first one that shows whole
  if (cut && first + 1 < a->doc.n) first++;
  while (last + 1 < a->doc.n && lines < v->h) lines += lines_of(v, ++last);
  if (lines - gap_after(a, last) > v->h && last > first) last--; // the last one that shows whole
  if (a->cell < first) a->cell = first;
  else if (a->cell > last) a->cell = last;
}

static void scroll(App *a, Rect r, int lines) {
  if (!a->doc.n || r.h < 1) return;
  View v = view_make(a, r), was = v;
  shift(&v, lines);
  fill(&v);
  bool stays = v.top == was.top && v.line == was.line;
  if (!stays) focus_seen(a, &v);
  else if (lines > WHEEL_LINES) a->cell = a->doc.n - 1; // there is no further page
  else if (lines < -WHEEL_LINES) a->cell = 0;
  keep(a, &v);
}

// The place of its cells on the screen, h = 0: it does not show.
static Rect body_of(const App *a) {
  for (int k = 0; k < a->layout.n; k++) {
    Rect r = a->layout.slot[k].r;
    if (a->layout.slot[k].pane == PANE_notebook) return (Rect){r.x, r.y + 1, r.w, r.h - 1};
  }
  return (Rect){0};
}

void notebook_scroll(App *a, int pages) {
  Rect r = body_of(a);
  scroll(a, r, pages * (r.h > WHEEL_LINES + 1 ? r.h - 1 : WHEEL_LINES + 1));
}

bool notebook_scroll_output(App *a, int64_t cell, int pages, int lines) {
  CellFrame f = cell_frame(a, body_of(a).w);
  return outputs_scroll(&a->doc.cell[cell], f.w, f.output, pages, lines);
}

// The cell at row y of the pane, and which of its lines; false: none.
static bool cell_at(const View *v, int y, int64_t *cell, int *line) {
  int row = (int)-v->line;
  for (int64_t i = v->top; i < v->a->doc.n && row <= y; i++) {
    int lines = lines_of(v, i);
    if (y < row + lines) return *cell = i, *line = y - row, true;
    row += lines;
  }
  return false;
}

static void put_cursor(App *a, const View *v, int64_t line, int x) {
  int64_t now;
  int column;
  editor_place(a->editor, &now, &column);
  int skip = line == now ? cell_edit_skip(a, &v->f) : 0;
  editor_put(a->editor, line, x - v->f.text + skip > 0 ? x - v->f.text + skip : 0);
}

// The wheel moves the window of the output under it, until its end.
static void wheel(App *a, Rect r, int y, int lines) {
  int64_t cell;
  int row;
  View v = view_make(a, r);
  bool inside = a->doc.n && cell_at(&v, y - r.y, &cell, &row) && cell_output_row(a, cell, row, &v.f);
  if (!inside || !notebook_scroll_output(a, cell, 0, lines)) scroll(a, r, lines);
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  if (key->button == MOUSE_WHEEL_UP) wheel(a, r, y, -WHEEL_LINES);
  else if (key->button == MOUSE_WHEEL_DOWN) wheel(a, r, y, WHEEL_LINES);
  if (key->button != MOUSE_LEFT || !a->doc.n || y < r.y) return;
  View v = view_make(a, r);
  int64_t cell;
  int row;
  if (!cell_at(&v, y - r.y, &cell, &row)) return;
  int64_t line = cell_text_line(a, cell, row);
  if (a->editor && cell == a->cell && line >= 0) put_cursor(a, &v, line, x - r.x);
  if (cell == a->cell) return;
  if (a->editor) act_edit_leave(a, 0);
  a->cell = cell < a->doc.n ? cell : a->doc.n - 1;
}

const PaneType pane_notebook = {"notebook", "cells of Lua and text, and what they gave", title, draw, mouse};
