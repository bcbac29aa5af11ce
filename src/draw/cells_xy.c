// Marks between two axes: the plan of the area, ticks, labels and the names of the axes.
//
// The area is planned from the outside in: lines below for the axis and its labels, columns at the left for the
// labels of the y axis, columns at the right for names of lines that end there. Its height gives up to three lines
// away so that ticks fall evenly: steps of unequal height look like an error of the scale. Axis names stand inside
// the area, at the ends of the axes; when marks are there already, the y name gets a line of its own above and the x
// name a place between the labels.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>

enum { MOST_TICKS = 40, LABEL_BYTES = 256 };

typedef struct Tick {
  int at;       // column or row of the canvas
  int x, width; // of the label, on the x axis
  const char *text;
} Tick;

typedef struct Ticks {
  int n, widest;
  Tick tick[MOST_TICKS];
} Ticks;

typedef struct Axes {
  Ticks x, y;
  bool line_x, line_y, labels_x; // what there is room for
  int left;                      // columns left of the area
  int head;                      // 1 = a line above names the y axis
  int hidden;                    // categories of the y axis that do not fit
} Axes;

static int text_width(const char *s) { return utf8_width(sv(s)); }

static Ticks ticks_of(const Pen *pen, const Axis *a, int most, int (*at)(const Pen *, double)) {
  double value[MOST_TICKS];
  char text[LABEL_BYTES];
  Ticks t = {.n = axis_ticks(a, most < MOST_TICKS ? most : MOST_TICKS, value)};
  double step = t.n > 1 ? value[1] - value[0] : 0;
  for (int i = 0; i < t.n; i++) {
    axis_label(a, value[i], step, text, sizeof text);
    bool number = a->kind == AXIS_NUMBER;
    const char *label = number ? pen_minus(pen, text) : arena_strdup(pen->arena, text);
    int width = text_width(label);
    t.tick[i] = (Tick){.at = at(pen, value[i]), .width = width, .text = label};
    if (width > t.widest) t.widest = width;
  }
  return t;
}

// ---- the y axis -----------------------------------------------------------------------------------------------------

static int wanted_y(const Pen *pen) {
  int h = pen->area.h;
  if (pen->p->y.kind == AXIS_CATEGORY) return h;
  return h < 4 ? 2 : h <= 12 ? (h + 1) / 2 : h <= 15 ? 6 : h / 3 + 1;
}

// The largest difference between the heights of two steps, in rows; log axes have none to compare.
static int unevenness(const Ticks *t) {
  int least = 1 << 20, most = 0;
  for (int i = 1; i < t->n; i++) {
    int step = t->tick[i - 1].at - t->tick[i].at;
    if (step < least) least = step;
    if (step > most) most = step;
  }
  return t->n > 2 ? most - least : 0;
}

static bool rows_differ(const Ticks *t) {
  for (int i = 1; i < t->n; i++)
    if (t->tick[i].at >= t->tick[i - 1].at) return false;
  return true;
}

static Ticks ticks_y(const Pen *pen) {
  Ticks t = {0};
  for (int most = wanted_y(pen); most > 0; most--) {
    t = ticks_of(pen, &pen->p->y, most, pen_row);
    if (rows_differ(&t)) return t;
  }
  t.n = 0;
  return t;
}

static void plan_height(Pen *pen, Axes *axes) {
  int h = pen->area.h, best = h, least = 1 << 20;
  for (int less = 0; less <= (pen->panel ? 0 : 3) && h - less >= 5; less++) {
    pen->area.h = h - less;
    Ticks t = ticks_y(pen);
    int uneven = pen->p->y.scale != SCALE_LINEAR ? 0 : unevenness(&t);
    if (uneven < least) least = uneven, best = h - less;
  }
  pen->area.h = best;
  axes->y = ticks_y(pen);
}

static bool is_edged(MarkKind kind) {
  return kind == MARK_BAR || kind == MARK_CELL || kind == MARK_HEX || kind == MARK_BOX;
}

static bool has_bars(const Plot *p) {
  for (int i = 0; i < p->nseries; i++)
    if (is_edged(p->series[i].kind)) return true;
  return false;
}

// Lines that let a box have a body of three.
static int box_lines(const Series *s) {
  double part = s->n > 0 ? fabs(s->y2[0] - s->y[0]) : 1;
  return part > 0.125 && part <= 1 ? (int)ceil(3 / part) : part > 1 ? 5 : 24;
}

// Lines a category of the y axis may have: a box or a strip needs few, a violin more.
static int most_lines(const Plot *p) {
  int lines = 0;
  for (int i = 0; i < p->nseries; i++) {
    MarkKind kind = p->series[i].kind;
    int wanted = kind == MARK_BOX ? box_lines(&p->series[i]) : kind == MARK_POINT ? 5 : kind == MARK_AREA ? 9 : 0;
    if (wanted > lines) lines = wanted;
  }
  return lines ? lines : 100;
}

static bool has_names_y(const Plot *p) { return p->y.kind == AXIS_CATEGORY && p->y.ncategory > 0; }

// Cells without texts can stand two rows a line.
static bool has_pairs(const Pen *pen, const Plot *p) {
  for (int i = 0; i < p->nseries; i++)
    if (p->series[i].kind != MARK_CELL || p->series[i].label) return false;
  return p->nseries > 0 && pen_has_halves(pen);
}

int xy_lines(const Pen *pen, const Plot *p) {
  int n = has_names_y(p) ? p->y.ncategory : 0;
  return has_pairs(pen, p) ? (n + 1) / 2 : n;
}

static void show_from(Pen *pen, double lo) {
  Plot *part = arena_new(pen->arena, Plot);
  *part = *pen->p;
  part->y.lo = lo;
  pen->p = part;
}

// An axis of categories has equally many lines for each; of those that do not fit the last are left out.
static void plan_categories(Pen *pen, Axes *axes) {
  const Axis *y = &pen->p->y;
  int n = y->ncategory, h = pen->area.h, pairs = n > h && has_pairs(pen, pen->p) ? 2 : 1;
  int shown = n <= h * pairs ? n : (h - 1) * pairs, lines = (shown + pairs - 1) / pairs;
  if (y->lo != 0 || y->hi != n || shown < 1) return;
  axes->hidden = n - shown;
  if (axes->hidden || pairs == 2) show_from(pen, n - lines * pairs);
  int each = (h - (axes->hidden > 0)) / lines, most = most_lines(pen->p);
  pen->area.h = lines * (each < most || pen->panel ? each : most);
}

static void plan_area(Pen *pen, Axes *axes) {
  const Box *room = &pen->room;
  bool x = pen->p->x.kind != AXIS_NONE;
  axes->line_x = x && room->h >= 3;
  axes->labels_x = x && room->h >= (pen->panel ? 4 : 5) && !pen->bare_x;
  axes->line_y = pen->p->y.kind != AXIS_NONE && room->w >= 8;
  pen->edges = has_bars(pen->p);
  pen->area.y = room->y + axes->head;
  pen->area.h = room->h - axes->line_x - axes->labels_x - axes->head;
  if (has_names_y(pen->p)) plan_categories(pen, axes), axes->y = ticks_y(pen);
  else plan_height(pen, axes);
  int label = axes->line_y && !pen->bare_y ? axes->y.widest : 0, most = room->w / 3;
  if (pen->left >= 0 && pen->left < label) most = pen->left;
  if (label > most) label = pen->p->y.kind == AXIS_CATEGORY ? most : 0;
  axes->y.widest = label;
  axes->left = (pen->left > label ? pen->left : label) + axes->line_y;
  pen->area.x = room->x + axes->left;
  pen->area.w = room->w - axes->left - (pen->panel ? 0 : names_margin(pen));
  if (!pen->unnamed) pen->area.w = bars_width(pen, pen->area.w);
}

int xy_labels(Pen *pen) {
  Axes axes = {0};
  pen->left = -1;
  plan_area(pen, &axes);
  return axes.y.widest;
}

static void draw_y(const Pen *pen, const Axes *axes) {
  if (!axes->line_y) return;
  const Box *a = &pen->area;
  for (int y = a->y; y < a->y + a->h; y++) canvas_put(pen->c, a->x - 1, y, pen->g->rule_y, STYLE_FAINT);
  for (int i = 0; i < axes->y.n && !pen->untold; i++) {
    const Tick *t = &axes->y.tick[i];
    int width = t->width < axes->y.widest ? t->width : axes->y.widest;
    canvas_put(pen->c, a->x - 1, t->at, pen->g->tick_y, STYLE_FAINT);
    pen_text(pen, a->x - 1 - width, t->at, width, t->text, pen->p->y.kind == AXIS_CATEGORY ? STYLE_FG : STYLE_DIM);
  }
}

// Writes the name of the y axis at the upper end; false when marks are in its way.
static bool name_y(const Pen *pen, const Axes *axes) {
  const char *name = pen->p->y.name;
  const Box *a = &pen->area, *room = &pen->room;
  if (!name || !*name || pen->bare_y || pen->unnamed) return true;
  if (axes->head) {
    int width = text_width(name), x = a->x - 1 < room->x ? room->x : a->x - 1;
    if (x > room->x && x + width > room->x + room->w) x = room->x;
    pen_text(pen, x, a->y - 1, room->x + room->w - x, name, STYLE_DIM);
    return true;
  }
  int width = text_width(name), first = a->x + axes->line_y;
  for (int x = first; x < first + a->w / 4 && x + width < a->x + a->w; x++) {
    int before = x > a->x;
    if (!canvas_is_blank(pen->c, x - before, a->y, before + width + 1)) continue;
    canvas_text(pen->c, x, a->y, name, STYLE_DIM);
    return true;
  }
  return false;
}

// ---- the x axis -----------------------------------------------------------------------------------------------------

// Centres the labels below their ticks, moved inward at the ends; false when two come closer than two blanks.
static bool place_labels(const Pen *pen, Ticks *t) {
  int end = pen->room.x - 2, last = pen->room.x + pen->room.w;
  for (int i = 0; i < t->n; i++) {
    Tick *k = &t->tick[i];
    k->x = k->at - k->width / 2;
    if (k->x + k->width > last) k->x = last - k->width;
    if (k->x < pen->room.x) k->x = pen->room.x;
    if (k->x < end + 2 || k->x + k->width > last) return false;
    end = k->x + k->width;
  }
  return true;
}

// The last place in the line of labels where `width` columns and two blanks around are free: behind the last label, or
// right before one; -1 = none.
static int free_place(const Pen *pen, const Ticks *t, int width) {
  int edge = pen->room.x + pen->room.w, end = edge;
  for (int i = t->n - 1; i >= 0; i--) {
    int begin = t->tick[i].x + t->tick[i].width + 2;
    if (end == edge && end - begin >= width) return begin;
    if (end != edge && end - 2 - begin >= width) return end - 2 - width;
    end = t->tick[i].x;
  }
  return -1;
}

static void cut_categories(const Pen *pen, Ticks *t) {
  int each = t->n > 1 ? t->tick[1].at - t->tick[0].at - 2 : pen->room.w;
  if (each < 3) each = 3;
  for (int i = 0; i < t->n; i++) {
    Tick *k = &t->tick[i];
    if (k->width > each) k->width = each;
  }
}

// As many ticks as have room for their labels and, when `name` > 0, for a name of that width; its place in *at.
static Ticks ticks_x(const Pen *pen, int name, int *at) {
  Ticks t = {0};
  *at = -1;
  bool categories = pen->p->x.kind == AXIS_CATEGORY;
  int most = categories ? pen->area.w / 3 : pen->area.w / 6 + 1;
  if (!categories && most > 12) most = 12;
  for (; most > 0; most--) {
    t = ticks_of(pen, &pen->p->x, most, pen_col);
    if (categories) cut_categories(pen, &t);
    if (!place_labels(pen, &t)) continue;
    *at = name ? free_place(pen, &t, name) : -1;
    if (!name || *at >= 0 || most <= 2) return t;
  }
  t.n = 0;
  return t;
}

// Writes the name of the x axis at its right end, just above it; false when marks are in its way.
static bool name_x_inside(const Pen *pen, const char *name) {
  const Box *a = &pen->area;
  int width = text_width(name), x = a->x + a->w - width, y = a->y + a->h - 1;
  if (a->h < 2 || width + 2 > a->w || !canvas_is_blank(pen->c, x - 1, y, width + 1)) return false;
  canvas_text(pen->c, x, y, name, STYLE_DIM);
  return true;
}

static void draw_line_x(const Pen *pen, const Axes *axes, int y) {
  const Box *a = &pen->area;
  if (pen->p->box.present) {
    bars_box(pen, y);
    return;
  }
  if (axes->line_y) canvas_put(pen->c, a->x - 1, y, pen->g->corner, STYLE_FAINT);
  for (int x = a->x; x < a->x + a->w; x++) canvas_put(pen->c, x, y, pen->g->rule_x, STYLE_FAINT);
  for (int i = 0; i < axes->x.n; i++) canvas_put(pen->c, axes->x.tick[i].at, y, pen->g->tick_x, STYLE_FAINT);
}

static void draw_x(const Pen *pen, Axes *axes) {
  if (!axes->line_x) return;
  const char *name = pen->bare_x || pen->unnamed ? NULL : pen->p->x.name;
  if (name && (!*name || name_x_inside(pen, name))) name = NULL;
  int width = name ? text_width(name) : 0, place, y = pen->area.y + pen->area.h;
  axes->x = ticks_x(pen, width < pen->room.w / 2 ? width : 0, &place);
  draw_line_x(pen, axes, y);
  if (!axes->labels_x) return;
  for (int i = 0; i < axes->x.n; i++) {
    const Tick *t = &axes->x.tick[i];
    pen_text(pen, t->x, y + 1, t->width, t->text, STYLE_DIM);
  }
  if (name && place >= 0) canvas_text(pen->c, place, y + 1, name, STYLE_DIM);
}

int xy_draw(Pen *pen) {
  Axes axes = {0};
  const Plot *whole = pen->p;
  for (;; axes.head = 1, pen->p = whole) {
    canvas_blank(pen->c, pen->room);
    plan_area(pen, &axes);
    heat_draw(pen);
    bars_draw(pen);
    areas_draw(pen);
    boxes_draw(pen);
    points_draw(pen);
    texts_draw(pen);
    if (name_y(pen, &axes) || pen->area.h < 4) break;
  }
  draw_y(pen, &axes);
  draw_x(pen, &axes);
  names_draw(pen);
  spots_between_axes(pen);
  int y = pen->area.y + pen->area.h + axes.line_x + axes.labels_x;
  if (axes.hidden) pen_more(pen, pen->room.x, y++, axes.hidden);
  pen->p = whole;
  return y - pen->room.y;
}
