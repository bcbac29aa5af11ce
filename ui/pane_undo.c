// The states that undo goes through, the newest first; the present one is filled, those that redo goes to are hollow.
// A stroke below the present parts it from what undo would go back to.
#include "ui/app_int.h"
#include "ui/rect_int.h"

#include <stdio.h>
#include <stdlib.h>

static void title(const App *a, Str *what, Str *state) {
  if (a->doc.nundo == 0) return;
  str_addf(what, "%lld state%s", (long long)a->doc.nundo, a->doc.nundo == 1 ? "" : "s");
  str_add(state, "u ^R");
}

static int64_t present_row(const Doc *d) { return d->nundo - 1 - d->at; }
static int64_t line_of(const Doc *d, int64_t row) { return row + (row > present_row(d)); }

static void paint_state(const Doc *d, const Paint *p, Rect r, int y, int64_t k, int digits) {
  const UndoState *s = &d->undo[k];
  bool now = k == d->at;
  rect_put(p, r, 1, y, k > d->at ? G_WAS : G_NOW, now ? STYLE_FOCUS : STYLE_DIM);
  rect_print(p, r, 3, y, STYLE_FG, "%*lld", digits, (long long)k + 1);
  int x = 4 + digits, end = r.w - 1;
  bool replay = s->kernel && !s->whole && r.w >= 30;
  if (replay) rect_right(p, r, 0, r.w - 2, y, "replay", STYLE_FAINT), end -= 8;
  rect_text(p, r, x, y, end - x, *s->label ? s->label : "the beginning", now || k == d->at - 1 ? STYLE_FG : STYLE_DIM);
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  const Doc *d = &a->doc;
  if (d->nundo == 0) {
    rect_text(p, r, r.w > 1, 0, r.w, "nothing to undo yet", STYLE_DIM);
    return;
  }
  int digits = snprintf(NULL, 0, "%lld", (long long)d->nundo);
  int64_t cursor = a->undo_row < d->nundo ? a->undo_row : d->nundo - 1, stroke = present_row(d) + 1;
  int64_t lines = d->nundo + (d->at > 0), top = list_top(lines, line_of(d, cursor), 0, r.h);
  for (int y = 0; y < r.h && top + y < lines; y++) {
    int64_t line = top + y, row = line - (line > stroke);
    if (line == stroke) rect_put(p, r, 1, y, G_DIVIDER, STYLE_FAINT);
    else paint_state(d, p, r, y, d->nundo - 1 - row, digits);
    if (focused && line == line_of(d, cursor)) rect_cursor(p, r, y);
  }
}

void act_undo_step(App *a, int by) {
  int64_t row = a->undo_row + by;
  if (row >= a->doc.nundo) row = a->doc.nundo - 1;
  a->undo_row = row > 0 ? row : 0;
  a->dirty = true;
}

// Step by step, as u and ^R would; ends where one of them does not go on.
void act_undo_open(App *a, int arg) {
  (void)arg;
  int64_t to = a->doc.nundo - 1 - a->undo_row;
  while (to >= 0 && to < a->doc.nundo && a->doc.at != to) {
    int64_t before = a->doc.at;
    act_undo(a, to < before ? -1 : 1);
    if (a->doc.at == before) return;
  }
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x, (void)y, (void)r;
  if (key->button == MOUSE_WHEEL_DOWN) act_undo_step(a, 1);
  else if (key->button == MOUSE_WHEEL_UP) act_undo_step(a, -1);
}

const PaneType pane_undo = {
    .name = "undo", .help = "the states that u and ^R go through", .title = title, .draw = draw, .mouse = mouse};
