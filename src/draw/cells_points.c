// Points, lines, steps, reference lines and grids of counts: everything that is drawn on dots.
//
// Where points lie over each other the dots say nothing about how many, so above DENSE points in any cell a cloud takes
// its colours from the sequential map, by the logarithm of the count; where all dots of a cell are set its halves are
// coloured each by its own. A cloud of few points gets dots of 2 x 2, since a lone dot of a braille cell is hard to
// see. Points of given shapes or sizes are glyphs, one a cell, as long as they are few, or where there is no colour to
// tell their groups apart.
#include "draw/draw_int.h"

#include <math.h>

enum { DENSE = 5, FEW = 60, CELLS_A_GLYPH = 8, CELLS_A_LARGE = 5, CELLS_A_FEW = 12 };

bool points_is_mark(const Series *s) { return s->kind == MARK_POINT && (s->label || s->n == 1); }

bool points_stand_out(const Plot *p, const Series *s) {
  if (!points_is_mark(s) || s->label) return points_is_mark(s);
  if (s->size || s->value || s->shape) return false;
  for (int i = 0; i < p->nseries; i++) { // the outlier of a box, the only point of a group
    const Series *other = &p->series[i];
    if (other->kind == MARK_BOX || (other->kind == MARK_POINT && !other->label && other->n != 1)) return false;
  }
  return true;
}

static bool is_cloud(const Pen *pen, const Series *s) { return s->kind == MARK_POINT && !points_stand_out(pen->p, s); }

// ---- lines ----------------------------------------------------------------------------------------------------------

static Dash dash_of(const Pen *pen, const Series *s) {
  bool letters = pen->dot->sx == 1;
  if (s->kind == MARK_RULE && s->role == ROLE_FAINT && !s->dashed) return letters ? (Dash){1, 2, 0} : (Dash){1, 4, 0};
  if (!s->dashed) return (Dash){1, 0, 0};
  return letters ? (Dash){2, 1, 0} : (Dash){5, 4, 0};
}

static void draw_lines(const Pen *pen, Dots *d, const Series *s) {
  Dash dash = dash_of(pen, s);
  for (int64_t i = 1; i < s->n; i++) {
    double x0 = pen_share_x(pen, s->x[i - 1]), y0 = pen_share_y(pen, s->y[i - 1]);
    double x1 = pen_share_x(pen, s->x[i]), y1 = pen_share_y(pen, s->y[i]);
    if (!isfinite(s->x[i - 1] + s->y[i - 1] + s->x[i] + s->y[i])) continue;
    if (s->kind == MARK_STEP) {
      dots_line(d, x0, y0, x1, y0, &dash, pen_style(s));
      x0 = x1;
    }
    dots_line(d, x0, y0, x1, y1, &dash, pen_style(s));
  }
}

static void draw_rule(const Pen *pen, Dots *d, const Series *s) {
  for (int64_t i = 0; i < s->n; i++) {
    Dash dash = dash_of(pen, s);
    dots_line(d, pen_share_x(pen, s->x[i]), pen_share_y(pen, s->y[i]), pen_share_x(pen, s->x2[i]),
              pen_share_y(pen, s->y2[i]), &dash, pen_style(s));
  }
}

// ---- clouds ---------------------------------------------------------------------------------------------------------

static bool is_valued(const Series *s) { return s->value && (s->role == ROLE_SEQUENTIAL || s->role == ROLE_DIVERGING); }

static Style style_of(const Series *s, const Scale *scale, int64_t i) {
  if (!is_valued(s)) return pen_style(s);
  return isnan(s->value[i]) ? STYLE_FAINT : scale_ink(scale, s->value[i]);
}

// Colours every cell of a cloud by its count; leaves sparse clouds alone.
static void colour_by_count(Dots *d, double least) {
  double top = 0;
  for (int i = 0; i < d->w * d->h; i++) top = fmax(top, d->weight[i]);
  if (top <= least) return;
  for (int i = 0; i < d->w * d->h; i++)
    if (d->bits[i]) d->style[i] = (uint8_t)pen_sequential(log1p(d->weight[i]) / log1p(top));
}

static int dot_of(double share, int n) { return (int)lround(share * (n - 1)); }

static void draw_cloud(const Pen *pen, Dots *d, const Series *s, bool all_large) {
  int wide = d->w * d->set->sx, high = d->h * d->set->sy;
  Scale scale = is_valued(s) ? scale_of(pen, s) : (Scale){0};
  for (int64_t i = 0; i < s->n; i++) {
    if (!pen_inside(pen, s->x[i], s->y[i])) continue;
    int x = dot_of(pen_share_x(pen, s->x[i]), wide), y = dot_of(1 - pen_share_y(pen, s->y[i]), high);
    Style style = style_of(s, &scale, i);
    dots_set(d, x, y, 1, style);
    bool large = is_valued(s) ? s->n * CELLS_A_LARGE <= pen->area.w * pen->area.h : all_large;
    if (s->size ? !(s->size[i] > 0.25) || d->set->sy == 1 : !large || d->set->sy != 4) continue;
    int right = x + 1 < wide ? x + 1 : x - 1, below = y + 1 < high ? y + 1 : y - 1;
    dots_set(d, right, y, 1, style);
    dots_set(d, x, below, 1, style);
    dots_set(d, right, below, 1, style);
  }
}

// Each count is spread over the dots that its rectangle covers, one at least. `sum` (NULL: nobody asks) gets the counts
// by cells.
static void draw_grid(Dots *d, const Series *s, double *sum) {
  int wide = d->w * d->set->sx, high = d->h * d->set->sy;
  for (int64_t i = 0; i < s->nrow; i++) {
    int y0 = (int)(i * high / s->nrow), y1 = (int)((i + 1) * high / s->nrow);
    if (y1 == y0) y1++;
    for (int64_t j = 0; j < s->ncol; j++) {
      double count = s->value[i * s->ncol + j];
      int x0 = (int)(j * wide / s->ncol), x1 = (int)((j + 1) * wide / s->ncol);
      if (x1 == x0) x1++;
      if (!(count > 0) || !isfinite(count)) continue;
      for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++) {
          double part = count / ((x1 - x0) * (y1 - y0));
          dots_set(d, x, high - 1 - y, part, pen_style(s));
          if (sum) sum[(high - 1 - y) / d->set->sy * d->w + x / d->set->sx] += part;
        }
    }
  }
}

static bool is_grouped(const Series *s) { return s->kind == MARK_GRID && s->role == ROLE_GROUP; }

// Grids of several groups: a cell has the colour of the group that has most points in it.
static void draw_grouped(const Pen *pen, Dots *d) {
  int64_t n = (int64_t)d->w * d->h;
  double *most = arena_array(pen->arena, double, n), *sum = arena_array(pen->arena, double, n);
  uint8_t *style = arena_array(pen->arena, uint8_t, n);
  for (int k = 0; k < pen->p->nseries; k++) {
    const Series *s = &pen->p->series[k];
    if (!is_grouped(s)) continue;
    memset(sum, 0, (size_t)n * sizeof *sum);
    draw_grid(d, s, sum);
    for (int64_t i = 0; i < n; i++)
      if (sum[i] > most[i]) most[i] = sum[i], style[i] = (uint8_t)pen_style(s);
  }
  for (int64_t i = 0; i < n; i++)
    if (most[i] > 0) d->style[i] = style[i];
}

// The upper and the lower half of cells whose dots are all set, coloured by their counts.
static void colour_halves(const Dots *d, const Pen *pen) {
  double top = 0;
  for (int i = 0; i < d->w * d->h; i++) top = fmax(top, d->weight[i]);
  for (int i = 0; i < d->w * d->h; i++) {
    if (d->bits[i] != (1u << d->set->sx * d->set->sy) - 1) continue;
    double half = top / 2, upper = d->upper[i], lower = d->weight[i] - upper;
    canvas_halves(pen->c, pen->area.x + i % d->w, pen->area.y + i / d->w,
                  (int)pen_sequential(log1p(upper) / log1p(half)), (int)pen_sequential(log1p(lower) / log1p(half)));
  }
}

// ---- glyphs ---------------------------------------------------------------------------------------------------------

// About one point a category: a dot plot.
static bool is_sparse(const Pen *pen, int64_t n) {
  const Axis *y = &pen->p->y;
  bool boxes = false;
  int clouds = 0;
  for (int i = 0; i < pen->p->nseries; i++) {
    boxes = boxes || pen->p->series[i].kind == MARK_BOX;
    clouds += is_cloud(pen, &pen->p->series[i]);
  }
  return y->kind == AXIS_CATEGORY && !boxes && n <= (int64_t)clouds * y->ncategory;
}

bool points_are_glyphs(const Pen *pen) {
  int64_t n = 0;
  bool shaped = false;
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    if (is_cloud(pen, s)) n += s->n, shaped = shaped || s->size || s->shape;
  }
  if (is_sparse(pen, n)) return true;
  return shaped && (n * CELLS_A_GLYPH <= pen->room.w * pen->room.h || pen->style->depth < THEME_16);
}

static int weight_of(const Series *s, int64_t i) {
  double side = s->size ? sqrt(fmin(fmax(s->size[i], 0), 1)) : 1;
  return side > 0.66 ? 2 : side > 0.33 ? 1 : 0;
}

uint32_t points_glyph(const Pen *pen, const Series *s, int weight) {
  return pen->g->shape[s->shape < 0 ? 0 : s->shape % 6][weight];
}

// Small points over large ones.
static void draw_glyphs(const Pen *pen) {
  for (int weight = 2; weight >= 0; weight--) {
    for (int k = 0; k < pen->p->nseries; k++) {
      const Series *s = &pen->p->series[k];
      if (!is_cloud(pen, s)) continue;
      Scale scale = is_valued(s) ? scale_of(pen, s) : (Scale){0};
      for (int64_t i = 0; i < s->n; i++) {
        if (weight_of(s, i) != weight || !pen_inside(pen, s->x[i], s->y[i])) continue;
        canvas_ink(pen->c, pen_col(pen, s->x[i]), pen_row(pen, s->y[i]), points_glyph(pen, s, weight),
                   style_of(s, &scale, i));
      }
    }
  }
}

static int count_clouds(const Pen *pen, int64_t *points) {
  int clouds = 0;
  *points = 0;
  for (int i = 0; i < pen->p->nseries; i++) {
    if (!is_cloud(pen, &pen->p->series[i])) continue;
    clouds++, *points += pen->p->series[i].n;
  }
  return clouds;
}

// All clouds on dots of their own, since counts of lines mean nothing.
static void draw_clouds(const Pen *pen) {
  int64_t points;
  int clouds = count_clouds(pen, &points);
  bool grid = false, coloured = false, glyphs = points_are_glyphs(pen);
  Dots d;
  dots_init(&d, pen);
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    if (s->kind == MARK_GRID && !is_grouped(s)) draw_grid(&d, s, NULL), grid = true;
    if (glyphs || !is_cloud(pen, s)) continue;
    draw_cloud(pen, &d, s, points <= FEW && points * CELLS_A_FEW <= d.w * d.h);
    coloured = coloured || is_valued(s) || s->size;
  }
  draw_grouped(pen, &d);
  if (grid) colour_by_count(&d, 0);
  else if (clouds == 1 && !coloured && points > FEW) colour_by_count(&d, DENSE);
  dots_flush(&d, pen);
  if (grid && pen_has_halves(pen)) colour_halves(&d, pen);
  if (glyphs) draw_glyphs(pen);
}

void points_draw(Pen *pen) {
  Dots faint, lines;
  dots_init(&faint, pen);
  dots_init(&lines, pen);
  for (int i = 0; i < pen->p->nseries; i++) {
    const Series *s = &pen->p->series[i];
    Dots *d = s->role == ROLE_FAINT ? &faint : &lines;
    if (s->kind == MARK_RULE) draw_rule(pen, d, s);
    if (s->kind == MARK_LINE || s->kind == MARK_STEP) draw_lines(pen, d, s);
  }
  bool over = points_are_glyphs(pen); // few points stand over lines, many would hide them
  dots_flush(&faint, pen);
  if (!over) draw_clouds(pen);
  dots_flush(&lines, pen);
  if (over) draw_clouds(pen);
}
