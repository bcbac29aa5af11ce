// The mouse on a picture: a press goes to the mark that is nearest to it, or leaves a series out whose name it is on;
// the left button drawn over it brushes, the right one moves the part that shows.
#include "ui/app_int.h"
#include "ui/look_int.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { FAR = 12 }; // columns that a press may miss a mark by

static bool view_init(App *a, LookView *v) {
  const Plot *plot = look_plot(a);
  DrawStyle style = a->caps.style;
  if (!plot || a->look.r.w < 1) return false;
  if (style.glyphs != GLYPHS_ASCII) style.glyphs = (GlyphSet)(((int)style.glyphs + a->plot_glyphs) % 3);
  look_view_init(v, a, plot, a->look.r, &style);
  return true;
}

static const MarkSpot *nearest(const LookView *v, int x, int y, int panel, int least) {
  const MarkSpot *best = NULL;
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    int dx = x < s->x ? s->x - x : x >= s->x + s->w ? x - s->x - s->w + 1 : 0;
    int dy = y < s->y ? s->y - y : y >= s->y + s->h ? y - s->y - s->h + 1 : 0;
    bool here = panel < -1 || s->panel == panel;
    if (here && dx + 2 * dy < least) least = dx + 2 * dy, best = s;
  }
  return best;
}

// ---- names of series -----------------------------------------------------------------------------------------
// Whether the text stands in that line of the picture with the column in it.
static bool stands_at(const Canvas *c, int x, int y, const char *text) {
  int w = utf8_width(sv(text));
  for (int from = x - w + 1; from <= x; from++) {
    size_t at = 0, n = strlen(text);
    int k = from, used;
    if (from < 0 || from + w > c->w || y < 0 || y >= c->h) continue;
    for (; at < n; at += (size_t)used, k++) {
      uint32_t cp = utf8_decode(text + at, n - at, &used);
      if (c->cell[y * c->w + k].cp != cp) break;
      if (k + 1 < c->w && c->cell[y * c->w + k + 1].cp == 0) k++; // the tail of a wide one
    }
    bool alone =
        (from == 0 || c->cell[y * c->w + from - 1].cp == ' ') && (k >= c->w || c->cell[y * c->w + k].cp == ' ');
    if (at == n && alone) return true;
  }
  return false;
}

static bool press_name(App *a, const LookView *v, int x, int y) {
  const char *name[64];
  Look *look = &a->look;
  int n = look_names(v->whole, name, 64);
  for (int k = 0; n > 1 && k < n; k++) {
    if (!stands_at(&v->canvas, x, y, name[k])) continue;
    look->hidden ^= 1ull << k, look->one = 0, look->on = false;
    bool none = look->hidden == (n < 64 ? (1ull << n) - 1 : ~0ull);
    if (none) look->hidden = 0;
    if (none) app_say(a, STYLE_FG, "all %d series", n);
    else app_say(a, STYLE_FG, look->hidden >> k & 1 ? "without %s" : "with %s again", name[k]);
    return true;
  }
  return false;
}

// ---- pressing and drawing ------------------------------------------------------------------------------------
void look_press(App *a, int x, int y, bool right) {
  LookView v;
  Look *look = &a->look;
  if (!view_init(a, &v)) return;
  look->brushing = false;
  bool named = !right && press_name(a, &v, x, y);
  const MarkSpot *s = named || right ? NULL : nearest(&v, x, y, -2, FAR);
  if (s) look->on = true, look->panel = s->panel, look->series = s->series, look->mark = s->mark;
  look->pressed = named ? 0 : right ? 2 : 1, look->press_x = x, look->press_y = y;
  look_view_fini(&v);
  a->dirty = true;
}

static const SpotArea *area_at(const LookView *v, int x, int y) {
  for (int64_t i = 0; i < v->spots.narea; i++) {
    const SpotArea *r = &v->spots.area[i];
    if (x >= r->x && x < r->x + r->w && y >= r->y && y < r->y + r->h) return r;
  }
  return NULL;
}

static LookPlace place_of(const LookView *v, const SpotArea *r, int x, int y) {
  const Plot *p = look_panel(v, r->panel);
  double lo, hi;
  LookPlace at;
  x = x < r->x ? r->x : x >= r->x + r->w ? r->x + r->w - 1 : x;
  y = y < r->y ? r->y : y >= r->y + r->h ? r->y + r->h - 1 : y;
  look_column_range(r, &p->x, x, &lo, &hi), at.x = lo / 2 + hi / 2;
  look_row_range(r, &p->y, y, &lo, &hi), at.y = lo / 2 + hi / 2;
  return at;
}

// Bars, cells and boxes are taken whole, of a plane a rectangle.
static void begin_brush(Look *look, const LookView *v) {
  const MarkSpot *s = nearest(v, look->press_x, look->press_y, -2, INT32_MAX);
  const SpotArea *area = area_at(v, look->press_x, look->press_y);
  if (!s) return;
  MarkKind kind = look_panel(v, s->panel)->series[s->series].kind;
  look->by_marks = kind == MARK_BAR || kind == MARK_CELL || kind == MARK_BOX || !area;
  look->on = true, look->panel = look->by_marks ? s->panel : area->panel, look->series = s->series;
  look->mark = s->mark, look->from_series = s->series, look->from_mark = s->mark;
  if (!look->by_marks) look->from = look->to = place_of(v, area, look->press_x, look->press_y);
  look->brushing = true;
}

static void brush_to(Look *look, const LookView *v, int x, int y) {
  const SpotArea *area = look_area(v, look->panel);
  if (!look->by_marks && area) look->to = place_of(v, area, x, y);
  const MarkSpot *s = look->by_marks ? nearest(v, x, y, look->panel, INT32_MAX) : NULL;
  if (s) look->series = s->series, look->mark = s->mark;
}

static void pan_to(App *a, const LookView *v, int x, int y) {
  Look *look = &a->look;
  const SpotArea *area = look_area(v, look->panel);
  if (!area && v->spots.narea) area = &v->spots.area[0];
  if (!area) return;
  if (look->zoomed[0]) look_pan(a, v->whole, 0, (double)(look->press_x - x) / area->w);
  if (look->zoomed[1]) look_pan(a, v->whole, 1, (double)(y - look->press_y) / area->h);
  look->press_x = x, look->press_y = y;
}

void look_drag(App *a, int x, int y) {
  LookView v;
  Look *look = &a->look;
  if (look->table || (x == look->press_x && y == look->press_y) || !view_init(a, &v)) return;
  free(a->message); // the line below says what is brushed
  a->message = NULL;
  if (look->pressed == 2) pan_to(a, &v, x, y);
  else {
    if (!look->brushing) begin_brush(look, &v);
    if (look->brushing) brush_to(look, &v, x, y);
  }
  look_view_fini(&v);
  a->dirty = true;
}
