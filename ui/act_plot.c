// What keys do on a picture. Looking is of the screen alone; only the rows behind a mark become Lua.
#include "ui/app_int.h"
#include "ui/look_int.h"

#include <math.h>
#include <stdlib.h>

static const double STEP = 0.25; // of what shows, that a pan moves

// The picture that keys act on, as it was drawn last; false, and it was said: there is none.
static bool open_view(App *a, LookView *v) {
  const Plot *plot = look_plot(a);
  if (!plot) {
    app_say(a, STYLE_DIM, "no picture yet: . in a table draws its column");
    return false;
  }
  DrawStyle style = a->caps.style;
  if (style.glyphs != GLYPHS_ASCII) style.glyphs = (GlyphSet)(((int)style.glyphs + a->plot_glyphs) % 3);
  Rect r = a->look.r.w > 0 ? a->look.r : (Rect){0, 0, 80, 20};
  look_part_settle(a, r, &style);
  look_view_init(v, a, plot, r, &style);
  a->dirty = true;
  return true;
}

static void choose(Look *look, const MarkSpot *s) {
  look->on = true, look->panel = s->panel, look->series = s->series, look->mark = s->mark;
}

// ---- the cursor --------------------------------------------------------------------------------------------------
static bool is_cloud(const LookView *v, const MarkSpot *s) {
  MarkKind kind = look_panel(v, s->panel)->series[s->series].kind;
  return kind == MARK_POINT || kind == MARK_GRID || kind == MARK_HEX;
}

// Where the cursor begins: on the first bar or cell, in the middle of a cloud.
static const MarkSpot *first_spot(const LookView *v) {
  const MarkSpot *best = NULL;
  int64_t least = INT64_MAX;
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    if (!is_cloud(v, s)) return &v->spots.spot[0];
    int64_t far = labs(2L * s->x - v->canvas.w) + 2 * labs(2L * s->y - v->canvas.h);
    if (far < least) least = far, best = s;
  }
  return best;
}

static int apart(int a, int an, int b, int bn) { // between two intervals, 0 when they overlap
  return a + an <= b ? b - a - an + 1 : b + bn <= a ? a - b - bn + 1 : 0;
}

// The nearest mark in the direction: how far along, and three times as much what lies aside.
static const MarkSpot *next_spot(const LookView *v, const MarkSpot *from, int dx, int dy) {
  const MarkSpot *best = NULL;
  int64_t least = INT64_MAX;
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    int along = dx ? dx * (2 * s->x + s->w - 2 * from->x - from->w) : dy * (2 * s->y + s->h - 2 * from->y - from->h);
    int aside = dx ? 2 * apart(s->y, s->h, from->y, from->h) : apart(s->x, s->w, from->x, from->w);
    if (dx && look_panel(v, s->panel)->series[s->series].kind == MARK_BAR && s->panel == from->panel &&
        look_panel(v, s->panel)->x.kind != AXIS_CATEGORY)
      aside = 0;
    int64_t far = (dx ? along : 2L * along) + 6L * aside;
    bool same = s->series == from->series && s->panel == from->panel;
    if (along <= 0) continue;
    if (far < least || (far == least && same)) least = far, best = s;
  }
  return best;
}

static bool scrolls(const Plot *plot) { return look_scrolls(plot, 0) || look_scrolls(plot, 1); }

// Of categories that do not fit the next one comes into view; false: there is none.
static bool scroll_by(App *a, const Plot *plot, int dy) {
  Look *look = &a->look;
  int axis = look_scrolls(plot, 1) ? 1 : 0, n = axis ? plot->y.ncategory : plot->x.ncategory, now = look->past[axis];
  if (!look_scrolls(plot, axis)) return false;
  int to = now + dy < 0 ? 0 : now + dy > n - 1 ? n - 1 : now + dy;
  look->past[axis] = to;
  return to != now;
}

static bool all_fit(const LookView *v) { // whether the last category shows
  const Plot *p = &v->plot;
  int axis = look_scrolls(p, 1) ? 1 : 0;
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    const Series *of = &p->series[s->series];
    double at = axis ? (of->y2 ? fmin(of->y[s->mark], of->y2[s->mark]) : of->y[s->mark]) : of->x[s->mark] + 1;
    if (axis ? at < 1 : at >= p->x.ncategory - 1e-9) return true;
  }
  return v->spots.n == 0;
}

static void move_corner(const LookView *v, Look *look, int dx, int dy) {
  const SpotArea *area = look_area(v, look->panel);
  const Plot *p = look_panel(v, look->panel);
  double lo, hi;
  if (!area) return;
  int x = look_column(area, &p->x, look->to.x) + dx, y = look_row(area, &p->y, look->to.y) + dy;
  if (x >= area->x && x < area->x + area->w && dx)
    look_column_range(area, &p->x, x, &lo, &hi), look->to.x = lo / 2 + hi / 2;
  if (y >= area->y && y < area->y + area->h && dy)
    look_row_range(area, &p->y, y, &lo, &hi), look->to.y = lo / 2 + hi / 2;
}

static void move(App *a, int dx, int dy) {
  LookView v;
  Look *look = &a->look;
  if (look->table) {
    look->row += dy;
    a->dirty = true;
    return;
  }
  if (!open_view(a, &v)) return;
  const MarkSpot *from = look_spot(&v, look), *to = from ? next_spot(&v, from, dx, dy) : first_spot(&v);
  bool lines = from && look_panel(&v, from->panel)->x.kind == AXIS_CATEGORY && !is_cloud(&v, from);
  if (!to && dx && lines) to = next_spot(&v, from, 0, dx), dy = dx; // bars below each other
  if (look->brushing && !look->by_marks) move_corner(&v, look, dx, dy);
  else if (to) choose(look, to);
  else if (!from) app_say(a, STYLE_DIM, "this picture has no marks to go to");
  else if (dy && scrolls(&v.plot) && (dy < 0 || !all_fit(&v)) && scroll_by(a, look_plot(a), dy)) {
    look_view_fini(&v);
    if (!open_view(a, &v)) return;
    from = look_spot(&v, look), to = from ? next_spot(&v, from, dx, dy) : first_spot(&v);
    if (to) choose(look, to);
  }
  look_view_fini(&v);
}

void act_plot_right(App *a, int by) { move(a, by, 0); }
void act_plot_down(App *a, int by) { move(a, 0, by); }

void act_plot_page(App *a, int by) {
  if (a->look.table) a->look.row += by * (a->look.r.h > 3 ? a->look.r.h - 2 : 1), a->dirty = true;
}

void act_plot_let_go(App *a, int arg) {
  (void)arg;
  if (a->look.brushing) a->look.brushing = false;
  else a->look.on = false;
  a->dirty = true;
}

// ---- zoom and pan ------------------------------------------------------------------------------------------------
static const Axis *axis_of(const Plot *plot, int panel, int k) {
  const Plot *p = plot->npanel ? &plot->panel[panel >= 0 && panel < plot->npanel ? panel : 0] : plot;
  return k ? &p->y : &p->x;
}

static bool can_zoom(const Axis *a) { return a->kind == AXIS_NUMBER || a->kind == AXIS_DATE || a->kind == AXIS_TIME; }

static Axis shown_axis(const App *a, const Plot *plot, int panel, int k) {
  Axis axis = *axis_of(plot, panel, k);
  if (a->look.zoomed[k]) axis.lo = a->look.lo[k], axis.hi = a->look.hi[k];
  return axis;
}

// Shows the part from share lo to hi of what shows, within the whole.
static void show_shares(App *a, const Plot *plot, int panel, int k, double lo, double hi) {
  Look *look = &a->look;
  const Axis *whole = axis_of(plot, panel, k);
  Axis now = shown_axis(a, plot, panel, k);
  double from = axis_share(whole, axis_value(&now, lo)), to = axis_share(whole, axis_value(&now, hi));
  double length = to - from;
  if (!isfinite(length) || (length < 1e-6 && length < axis_share(whole, now.hi) - axis_share(whole, now.lo))) return;
  if (from < 0) from = 0, to = fmin(1, length);
  if (to > 1) to = 1, from = fmax(0, 1 - length);
  look->zoomed[k] = from > 1e-9 || to < 1 - 1e-9;
  look->lo[k] = axis_value(whole, from), look->hi[k] = axis_value(whole, to);
}

// The middle of the zoom: the cursor, else the middle of the area.
static double centre(const LookView *v, const App *a, const Plot *plot, int panel, int k) {
  const MarkSpot *at = look_spot(v, &a->look);
  if (!at) return 0.5;
  const Series *s = &look_panel(v, at->panel)->series[at->series];
  Axis now = shown_axis(a, plot, panel, k);
  if (!s->x || !s->y) return 0.5;
  double x = s->x2 && s->kind != MARK_HEX ? s->x[at->mark] / 2 + s->x2[at->mark] / 2 : s->x[at->mark];
  double share = axis_share(&now, k ? s->y[at->mark] : x);
  return share >= 0 && share <= 1 ? share : 0.5;
}

// What shows now, on the line below: small screens have no room for it in the title.
static void say_range(App *a, const Plot *plot, int panel) {
  Str text = {0};
  for (int k = 0; k < 2; k++) {
    const Axis *axis = axis_of(plot, panel, k);
    if (!a->look.zoomed[k]) continue;
    const char *name = axis->name ? axis->name : axis->of.column ? axis->of.column : k ? "y" : "x";
    str_addf(&text, "%s%s ", text.n ? "   " : "", name);
    look_value(axis, a->look.lo[k], &text);
    str_add(&text, " to ");
    look_value(axis, a->look.hi[k], &text);
  }
  app_say(a, STYLE_DIM, "%s", text.n ? str_c(&text) : "all of it shows");
  str_fini(&text);
}

static bool is_matrix(const Plot *plot) { // pairs: panels with axes of their own
  return plot->npanel > 1 && !plot->share_x;
}

static void enter_panel(App *a, const Plot *plot) {
  Look *look = &a->look;
  int panel = look->on ? look->panel : 0;
  if (panel < 0 || panel >= plot->npanel) panel = 0;
  look->alone = panel + 1, look->panel = panel;
  app_say(a, STYLE_DIM, "this panel alone; _ shows all");
}

void act_plot_zoom(App *a, int in) {
  LookView v;
  const Plot *plot = look_plot(a);
  if (!open_view(a, &v)) return;
  int panel = a->look.on ? a->look.panel : plot->npanel ? 0 : -1;
  bool x = can_zoom(axis_of(plot, panel, 0)), y = can_zoom(axis_of(plot, panel, 1)) && look_is_free(plot);
  if (is_matrix(plot) && !a->look.alone) {
    if (in > 0) enter_panel(a, plot);
  } else if (!x && !y) {
    app_say(a, STYLE_DIM, "names do not zoom: J K scroll them");
  } else {
    double half = in > 0 ? 0.25 : 1;
    for (int k = 0; k < 2; k++) {
      double at = centre(&v, a, plot, panel, k), from = in > 0 ? at - 2 * half * at : 0.5 - half;
      if (k ? y : x) show_shares(a, plot, panel, k, from, from + 2 * half);
    }
    say_range(a, plot, panel);
  }
  look_view_fini(&v);
}

void act_plot_fit(App *a, int arg) {
  (void)arg;
  Look *look = &a->look;
  look->zoomed[0] = look->zoomed[1] = false, look->past[0] = look->past[1] = 0, look->alone = 0;
  a->dirty = true;
  app_say(a, STYLE_DIM, "all of it shows");
}

static void pan(App *a, int k, double by) {
  LookView v;
  const Plot *plot = look_plot(a);
  if (!open_view(a, &v)) return;
  int panel = a->look.on ? a->look.panel : plot->npanel ? 0 : -1;
  int names = look_scrolls(plot, 1);
  if (a->look.zoomed[k]) {
    show_shares(a, plot, panel, k, by, 1 + by);
    say_range(a, plot, panel);
  } else if (k && scroll_by(a, plot, by > 0 ? -3 : 3)) {
    const Axis *axis = axis_of(plot, panel, names);
    int past = a->look.past[names], at = names ? axis->ncategory - 1 - past : past;
    app_say(a, STYLE_DIM, "names from %s on", axis->category[at]);
  } else app_say(a, STYLE_DIM, "all of it shows: + zooms in");
  look_view_fini(&v);
}

void look_pan(App *a, const Plot *plot, int axis, double by) {
  show_shares(a, plot, a->look.on ? a->look.panel : plot->npanel ? 0 : -1, axis, by, 1 + by);
}

void act_plot_pan_right(App *a, int by) { pan(a, 0, by * STEP); }
void act_plot_pan_up(App *a, int by) { pan(a, 1, by * STEP); }

// ---- series ------------------------------------------------------------------------------------------------------
void act_plot_one(App *a, int by) {
  const char *name[64];
  const Plot *plot = look_plot(a);
  int n = plot ? look_names(plot, name, 64) : 0;
  if (n < 2) {
    app_say(a, STYLE_DIM, "this picture has one series");
    return;
  }
  a->look.one = (a->look.one + by + n + 1) % (n + 1);
  if (a->look.one) app_say(a, STYLE_FG, "only %s, %d of %d", name[a->look.one - 1], a->look.one, n);
  else app_say(a, STYLE_FG, "all %d series", n);
  a->dirty = true;
}

void act_plot_hide(App *a, int arg) {
  (void)arg;
  LookView v;
  const char *name[64];
  if (!open_view(a, &v)) return;
  Look *look = &a->look;
  const MarkSpot *at = look_spot(&v, look);
  const char *own = at ? look_panel(&v, at->panel)->series[at->series].name : NULL;
  int n = look_names(v.whole, name, 64);
  if (look->hidden && !own) look->hidden = 0, app_say(a, STYLE_FG, "all %d series", n);
  else if (!own || n < 2) app_say(a, STYLE_DIM, "hjkl go to a mark, x then leaves its series out");
  for (int k = 0; own && n > 1 && k < n; k++)
    if (strcmp(name[k], own) == 0) {
      look->hidden |= 1ull << k, look->on = false;
      app_say(a, STYLE_FG, "without %s; x brings it back", own);
    }
  look_view_fini(&v);
}

// ---- brush and rows ----------------------------------------------------------------------------------------------
static LookPlace middle_of(const LookView *v, const SpotArea *area, const Plot *p, int x, int y) {
  double lo, hi;
  LookPlace at;
  (void)v;
  look_column_range(area, &p->x, x, &lo, &hi), at.x = lo / 2 + hi / 2;
  look_row_range(area, &p->y, y, &lo, &hi), at.y = lo / 2 + hi / 2;
  return at;
}

void act_plot_brush(App *a, int arg) {
  (void)arg;
  LookView v;
  Look *look = &a->look;
  if (look->brushing) {
    look->brushing = false, a->dirty = true;
    return;
  }
  if (!open_view(a, &v)) return;
  const MarkSpot *at = look_spot(&v, look);
  if (!at && (at = first_spot(&v))) choose(look, at);
  const Plot *p = at ? look_panel(&v, at->panel) : NULL;
  const SpotArea *area = at ? look_area(&v, at->panel) : NULL;
  MarkKind kind = at ? p->series[at->series].kind : MARK_TEXT;
  if (!at) app_say(a, STYLE_DIM, "this picture has no marks");
  else {
    look->by_marks = kind == MARK_BAR || kind == MARK_CELL || kind == MARK_BOX || !area;
    look->from_series = at->series, look->from_mark = at->mark, look->brushing = true;
    if (!look->by_marks) look->from = look->to = middle_of(&v, area, p, at->x + at->w / 2, at->y + at->h / 2);
  }
  look_view_fini(&v);
}

static bool is_evaluation(const App *a, const char *name) {
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++)
    if (strcmp(a->objects.Objects.item[k].name, name) == 0)
      return strcmp(a->objects.Objects.item[k].kind, "Evaluation") == 0;
  return false;
}

// The rows of a cell of e:confusion().
static bool confusion_rows(const App *a, const LookView *v, const char *base, Str *lua) {
  const MarkSpot *at = look_spot(v, &a->look);
  const Plot *p = &v->plot;
  if (!at || !p->chart || strcmp(p->chart, "confusion") != 0 || !is_evaluation(a, base)) return false;
  const Series *s = &p->series[at->series];
  if (s->kind != MARK_CELL) return false;
  str_addf(lua, "%s:rows{actual=", base);
  lua_quote(lua, p->y.category[(int)(s->y[at->mark] / 2 + s->y2[at->mark] / 2)]);
  str_add(lua, ", pred=");
  lua_quote(lua, p->x.category[(int)(s->x[at->mark] / 2 + s->x2[at->mark] / 2)]);
  str_addc(lua, '}');
  return true;
}

void act_plot_rows(App *a, int arg) {
  (void)arg;
  LookView v;
  Str filter = {0}, base = {0}, lua = {0};
  int64_t i = look_cell(a);
  if (!open_view(a, &v)) return;
  bool chosen = a->look.brushing || look_spot(&v, &a->look);
  bool named = look_base(doc_text(&a->doc, i), v.whole->chart, &base);
  if (!chosen) app_say(a, STYLE_DIM, "hjkl go to a mark first, s brushes several");
  else if (named && confusion_rows(a, &v, str_c(&base), &lua)) chosen = true;
  else if (!look_filter(&v, &a->look, &filter)) app_say(a, STYLE_DIM, "%s", str_c(&filter));
  else if (!named)
    app_say(a, STYLE_DIM, "cell %lld does not say which table it draws: d:where \"%s\"", (long long)i + 1,
            str_c(&filter));
  else {
    str_addf(&lua, "%s:where ", str_c(&base));
    lua_quote(&lua, str_c(&filter));
  }
  look_view_fini(&v);
  if (lua.n) {
    a->plot_cell = a->doc.cell[i].id, a->look.brushing = false;
    app_emit(a, str_c(&lua), "rows behind a mark");
  }
  str_fini(&filter), str_fini(&base), str_fini(&lua);
}

void act_plot_table(App *a, int arg) {
  (void)arg;
  if (!look_plot(a)) return;
  a->look.table = !a->look.table, a->look.row = a->look.top = 0, a->dirty = true;
  app_say(a, STYLE_DIM, a->look.table ? "the marks as a table; t goes back" : "the picture");
}
