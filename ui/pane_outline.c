// The notebook at a glance: headings, and what each cell does in a few words, with the mark of its state.
#include "ui/app_int.h"
#include "ui/rect_int.h"
#include "ui/words_int.h"

#include <stdio.h>

static void title(const App *a, Str *what, Str *state) {
  (void)state;
  int headings = 0;
  for (int64_t i = 0; i < a->doc.n; i++) headings += words_headings(&a->doc, i);
  str_addf(what, "%d heading%s, %lld cell%s", headings, headings == 1 ? "" : "s", (long long)a->doc.n,
           a->doc.n == 1 ? "" : "s");
}

typedef struct Mark {
  const char *text;
  Style style;
} Mark;

static Mark mark_of(CellState s) {
  switch (s) {
  case CELL_RUNNING: return (Mark){">", STYLE_FOCUS};
  case CELL_STALE: return (Mark){"~", STYLE_WARN};
  case CELL_FAILED: return (Mark){"!", STYLE_WARN};
  default: return (Mark){" ", STYLE_DIM};
  }
}

static void paint_cell_line(const App *a, const Paint *p, Rect r, int y, int64_t i, int digits) {
  Str name = {0}, rest = {0};
  bool code = doc_kind(&a->doc, i) == NOTE_CODE;
  CellState state = a->doc.cell[i].state;
  char number[24];
  snprintf(number, sizeof number, "%*lld", digits, (long long)i + 1);
  words_of_cell(&a->doc, i, &name, &rest);
  rect_text(p, r, 1, y, r.w, number, i == a->cell ? STYLE_FOCUS : STYLE_DIM);
  int x = 2 + digits;
  if (code && state != CELL_NEVER) {
    Mark mark = mark_of(state);
    rect_text(p, r, x, y, 1, mark.text, mark.style);
    x += 2;
  }
  if (name.n) x += rect_text(p, r, x, y, r.w - 1 - x, str_c(&name), STYLE_FG) + 1;
  if (rest.n) rect_text(p, r, x, y, r.w - 1 - x, str_c(&rest), STYLE_DIM);
  str_fini(&name), str_fini(&rest);
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  if (a->doc.n == 0) {
    rect_text(p, r, r.w > 1, 0, r.w, "no cells yet: a or b in the notebook", STYLE_DIM);
    return;
  }
  int digits = snprintf(NULL, 0, "%lld", (long long)a->doc.n);
  a->outline_row = list_top(a->doc.n, a->cell, a->outline_row, r.h);
  for (int y = 0; y < r.h && a->outline_row + y < a->doc.n; y++) {
    paint_cell_line(a, p, r, y, a->outline_row + y, digits);
    if (focused && a->outline_row + y == a->cell) rect_cursor(p, r, y);
  }
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x, (void)r;
  int64_t to = a->cell;
  if (key->button == MOUSE_WHEEL_DOWN) to++;
  else if (key->button == MOUSE_WHEEL_UP) to--;
  else if (key->button == MOUSE_LEFT) to = a->outline_row + y;
  if (to >= 0 && to < a->doc.n) a->cell = to;
  a->dirty = true;
}

const PaneType pane_outline = {
    .name = "outline", .help = "headings and cells in a few words", .title = title, .draw = draw, .mouse = mouse};
