// The bars of a preview as a picture: two panels for each column, before the step and after it, and after those one for
// each column that was added or removed.
#include "bind/preview_int.h"

#include "base/numfmt.h"

#include <math.h>

static AxisKind axis_kind(ColType type) {
  return type == COL_DATE ? AXIS_DATE : type == COL_TIME ? AXIS_TIME : AXIS_NUMBER;
}

static void add_bins(Plot *q, const PreviewSide *s, double top) {
  Series *bars = plot_add(q, MARK_BAR, s->nbar);
  bars->x2 = plot_array(q, s->nbar);
  for (int k = 0; k < s->nbar; k++) {
    bars->x[k] = s->lo + (s->hi - s->lo) * ((double)k / s->nbar);
    bars->x2[k] = s->lo + (s->hi - s->lo) * ((double)(k + 1) / s->nbar);
    bars->y[k] = (double)s->bar[k];
  }
  q->x = (Axis){.kind = axis_kind(s->type), .lo = s->lo, .hi = s->hi};
  q->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = top};
}

static void add_levels(Plot *q, const PreviewColumn *c, const PreviewSide *s, double top) {
  Series *bars = plot_add(q, MARK_BAR, s->nbar);
  bars->x2 = plot_array(q, s->nbar);
  const char **name = arena_array(&q->arena, const char *, s->nbar);
  for (int k = 0; k < s->nbar; k++) {
    bars->x[k] = k, bars->x2[k] = k + 1, bars->y[k] = (double)s->bar[k];
    name[k] = k < c->nlevel ? arena_strdup(&q->arena, c->level[k]) : "all others";
  }
  q->x = (Axis){.kind = AXIS_CATEGORY, .lo = 0, .hi = s->nbar, .category = name, .ncategory = s->nbar};
  q->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = top};
}

static double tallest(const PreviewSide *s) {
  int64_t top = 1;
  for (int k = 0; k < s->nbar; k++) top = s->bar[k] > top ? s->bar[k] : top;
  return (double)top;
}

// "age before, 263 missing"
static const char *title_of(Plot *q, const PreviewColumn *c, int side) {
  static const char *const NAME[] = {"before", "after"};
  const PreviewSide *s = &c->side[side];
  const char *what = c->side[1 - side].present ? NAME[side] : side == PREVIEW_AFTER ? "added" : "removed";
  char missing[NUMFMT_MAX];
  fmt_i64(missing, sizeof missing, s->missing, true);
  if (!s->missing) return arena_printf(&q->arena, "%s %s", c->name, what);
  return arena_printf(&q->arena, "%s %s, %s missing", c->name, what, missing);
}

static void draw_side(Plot *q, const PreviewColumn *c, int side) {
  const PreviewSide *s = &c->side[side];
  double top = tallest(s);
  bool same = c->one_scale || (c->side[0].distinct >= 0 && c->side[1].distinct >= 0);
  if (same) top = fmax(tallest(&c->side[0]), tallest(&c->side[1]));
  q->title = q->reading = title_of(q, c, side), q->n = s->n;
  q->x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1};
  q->y = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1};
  if (s->nbar && s->distinct < 0) add_bins(q, s, top);
  else if (s->nbar) add_levels(q, c, s, top);
  q->x.name = arena_strdup(&q->arena, c->name);
}

static int count_panels(const PreviewColumn *const *column, int n) {
  int panels = 0;
  for (int k = 0; k < n; k++) panels += column[k]->side[0].present + column[k]->side[1].present;
  return panels;
}

// Columns with two sides first, so that these stand beside each other.
static void draw_sides(Plot *p, const PreviewColumn *const *column, int n) {
  int at = 0;
  for (int pairs = 1; pairs >= 0; pairs--)
    for (int k = 0; k < n; k++) {
      const PreviewColumn *c = column[k];
      bool both = c->side[0].present && c->side[1].present;
      for (int side = 0; both == pairs && side < PREVIEW_SIDES; side++)
        if (c->side[side].present) draw_side(&p->panel[at++], c, side);
    }
}

void preview_plot(const StepPreview *v, const PreviewColumn *const *column, int n, const char *title, Plot *p) {
  Str words = {0};
  step_preview_print(v, &words);
  for (size_t i = 0; i < words.n; i++)
    if (words.s[i] == '\n') words.s[i] = ';';
  plot_panels(p, count_panels(column, n), 2);
  p->title = arena_strdup(&p->arena, title), p->reading = arena_strdup(&p->arena, str_c(&words));
  p->n = frame_nrow(v->before);
  p->x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1}, p->y = p->x;
  draw_sides(p, column, n);
  if (n < v->ncolumn)
    p->note = arena_printf(&p->arena, "%d of %lld columns are drawn; v:plot{\"name\"} draws others", n,
                           (long long)v->ncolumn);
  str_fini(&words);
}
