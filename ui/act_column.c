// The cursor in the profile of a column: down a group of statistics, across to the next group, along the bars of the
// histogram; Enter shows the rows behind what it is on.
#include "ui/column_int.h"

#include "base/numfmt.h"

static const MsgColumn *profile_of(const App *a) {
  const Sheet *s = &a->sheet;
  return sheet_profile(s, sheet_name(s, s->col));
}

// Below the title of the pane, as it stands now.
static Rect body_of(const App *a) {
  for (int k = 0; k < a->layout.n; k++) {
    Rect r = a->layout.slot[k].r;
    if (a->layout.slot[k].pane == PANE_column) return (Rect){r.x, r.y + 1, r.w, r.h - 1};
  }
  return (Rect){0};
}

static const MsgColumn *places_of(const App *a, ColumnPlaces *at) {
  const MsgColumn *m = profile_of(a);
  *at = (ColumnPlaces){0};
  if (m) column_places(m, body_of(a), at);
  return m;
}

// Whether there is something at this place. Where the pane has one line every statistic takes its turn in it.
static bool is_place(const MsgColumn *m, const ColumnPlaces *at, int i) {
  if (i < 0 || i >= at->n + at->nbar) return false;
  if (i >= at->n) return true;
  return *m->label.name[i] && (at->nblock == 0 || at->stat[i].w);
}

static int put(const MsgColumn *m, const ColumnPlaces *at, int cursor) {
  int most = at->n + at->nbar - 1;
  if (cursor > most) cursor = most;
  while (cursor > 0 && !is_place(m, at, cursor)) cursor--;
  return cursor < 0 ? 0 : cursor;
}

int column_cursor(const App *a) {
  ColumnPlaces at;
  const MsgColumn *m = places_of(a, &at);
  return m ? put(m, &at, a->dive.statistic) : -1;
}

static void go(App *a, int cursor) { a->dive.statistic = cursor, a->dirty = true; }

// ---- moving -------------------------------------------------------------------------------------------------------
void act_column_down(App *a, int by) {
  ColumnPlaces at;
  const MsgColumn *m = places_of(a, &at);
  if (!m) {
    app_hold_for_columns(a);
    return;
  }
  int cursor = column_cursor(a), to = cursor >= at.n && by < 0 ? at.n - 1 : cursor + by;
  if (cursor >= at.n && by > 0) return;
  while (to >= 0 && to < at.n && !is_place(m, &at, to)) to += by;
  if (is_place(m, &at, to)) go(a, to);
}

void act_column_across(App *a, int by) {
  ColumnPlaces at;
  const MsgColumn *m = places_of(a, &at);
  if (!m) {
    app_hold_for_columns(a);
    return;
  }
  int cursor = column_cursor(a), to = cursor >= at.n ? cursor + by : cursor + by * COLUMN_GROUP;
  if (at.nblock == 0) act_column_down(a, by);
  else if (cursor == at.n && by < 0) go(a, put(m, &at, at.nblock * COLUMN_GROUP - 1));
  else if (cursor >= at.n && is_place(m, &at, to)) go(a, to);
  else if (cursor < at.n && to >= at.nblock * COLUMN_GROUP && at.nbar) go(a, at.n);
  else if (cursor < at.n && to >= 0 && to < at.nblock * COLUMN_GROUP) go(a, put(m, &at, to));
}

// ---- looking ------------------------------------------------------------------------------------------------------
static const Series *bar_of(const App *a, int64_t *k) {
  ColumnPlaces at;
  const MsgColumn *m = places_of(a, &at);
  int cursor = m ? column_cursor(a) : -1;
  if (!m || cursor < at.n) return NULL;
  *k = cursor - at.n;
  return histogram_bars(&m->plot);
}

bool column_read_out(const App *a, Str *out) {
  int64_t k;
  const Series *s = bar_of(a, &k);
  if (!s) return false;
  const Axis *axis = &profile_of(a)->plot.x;
  char lo[64], hi[64], n[NUMFMT_MAX];
  axis_label(axis, s->x[k], 0, lo, sizeof lo);
  axis_label(axis, s->x2[k], 0, hi, sizeof hi);
  fmt_sensible(n, sizeof n, s->y[k], 4);
  str_addf(out, "%s to %s: %s", lo, hi, n);
  return true;
}

void act_column_rows(App *a, int arg) {
  (void)arg;
  int64_t k;
  const MsgColumn *m = profile_of(a);
  if (!m) {
    app_hold_for_columns(a);
    return;
  }
  MsgViewRows ask = {.object = a->sheet.object, .column = m->column, .label = "", .row = -1};
  const Series *s = bar_of(a, &k);
  if (s) ask.lo = s->x[k], ask.hi = s->x2[k], ask.last = k == s->n - 1;
  else if (column_cursor(a) >= 0 && m->label.n) ask.label = m->label.name[column_cursor(a)];
  if (s || *ask.label) dive_ask(a, &ask, false);
}

void column_mouse(App *a, const Key *key, int x, int y, Rect r) {
  ColumnPlaces at;
  const MsgColumn *m = profile_of(a);
  if (key->button == MOUSE_WHEEL_UP || key->button == MOUSE_WHEEL_DOWN) {
    sheet_move(a, 0, key->button == MOUSE_WHEEL_UP ? -1 : 1);
    return;
  }
  if (!m) return;
  column_places(m, r, &at);
  for (int i = 0; i < at.n; i++)
    if (at.stat[i].w && y == at.stat[i].y && x >= at.stat[i].x && x < at.stat[i].x + at.stat[i].w) go(a, i);
  bool inside = at.bars.w && y >= at.bars.y && y < at.bars.y + at.bars.h;
  int64_t bar = inside ? histogram_bar_at(&m->plot, at.bars.w, x - at.bars.x) : -1;
  if (bar >= 0) go(a, at.n + (int)bar);
}
