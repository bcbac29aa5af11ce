// The states that undo goes through, the newest first; the present one is filled, those that redo goes to are hollow.
// A stroke below the present parts it from what undo would go back to.
#include "ui/app_int.h"
#include "ui/rect_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// Columns from which times and changes are said; what stands behind the changes.
enum { TIMED = 40, CHANGED = 56, LATER = 24 };

static void title(const App *a, Str *what, Str *state) {
  if (a->doc.nundo == 0) return;
  str_addf(what, "%lld state%s", (long long)a->doc.nundo, a->doc.nundo == 1 ? "" : "s");
  str_add(state, "u ^R");
}

static int64_t present_row(const Doc *d) { return d->nundo - 1 - d->at; }
static int64_t line_of(const Doc *d, int64_t row) { return row + (row > present_row(d)); }

// "14:32:05", the day where it is not today's.
static void print_time(int64_t seconds, char buf[32]) {
  time_t t = (time_t)seconds, now = time(NULL);
  struct tm then, today;
  buf[0] = 0;
  if (!seconds || !localtime_r(&t, &then) || !localtime_r(&now, &today)) return;
  bool same = then.tm_yday == today.tm_yday && then.tm_year == today.tm_year;
  strftime(buf, 32, same ? "%H:%M:%S" : "%d %b %H:%M", &then);
}

// From the right: the time, that a replay is needed, what it changed; the label has what is left.
static void paint_state(const Doc *d, const Paint *p, Rect r, int y, int64_t k, int digits) {
  const UndoState *s = &d->undo[k];
  bool now = k == d->at, replay = s->kernel && !s->whole && r.w >= 30;
  rect_put(p, r, 1, y, k > d->at ? G_WAS : G_NOW, now ? STYLE_FOCUS : STYLE_DIM);
  rect_print(p, r, 3, y, STYLE_FG, "%*lld", digits, (long long)k + 1);
  int x = 4 + digits, end = r.w - 1;
  char when[32];
  print_time(s->seconds, when);
  if (*when && r.w >= TIMED) {
    rect_right(p, r, 0, r.w - 2, y, when, STYLE_DIM);
    end -= (int)strlen(when) + 2;
  }
  if (replay) rect_right(p, r, 0, end - 1, y, "replay", STYLE_FAINT), end -= 8;
  Str change = {0};
  if (r.w >= CHANGED) doc_undo_change(d, k, &change);
  int at = x + 3 * (r.w - LATER - x) / 5;
  if (change.n) rect_text(p, r, at, y, end - at, str_c(&change), STYLE_DIM), end = at - 2;
  str_fini(&change);
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

void act_undo_open(App *a, int arg) {
  (void)arg;
  int64_t to = a->doc.nundo - 1 - a->undo_row;
  if (to >= 0) app_undo_to(a, to);
}

// The first press chooses a state, the second one goes there.
static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x;
  const Doc *d = &a->doc;
  if (key->button == MOUSE_WHEEL_DOWN) act_undo_step(a, 1);
  else if (key->button == MOUSE_WHEEL_UP) act_undo_step(a, -1);
  else if (y >= r.y && d->nundo) {
    int64_t lines = d->nundo + (d->at > 0), top = list_top(lines, line_of(d, a->undo_row), 0, r.h),
            line = top + y - r.y;
    int64_t stroke = present_row(d) + 1, row = line - (line > stroke && d->at > 0);
    if (line >= lines || (line == stroke && d->at > 0)) return;
    if (row == a->undo_row) act_undo_open(a, 0);
    else a->undo_row = row;
  }
}

const PaneType pane_undo = {
    .name = "undo", .help = "the states that u and ^R go through", .title = title, .draw = draw, .mouse = mouse};
