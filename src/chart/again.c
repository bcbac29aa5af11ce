// A chart asked once more, of the part that is looked at. The rows that lie in it, or about it, make the chart as the
// rows of a panel do (ChartWhole): they keep their handles, and levels keep their numbers and colours. Charts of which
// a part needs all rows, as bins whose edges lie outside of it, get them and the range. O(rows).
#include "chart/chart_int.h"

#include "frame/verbs.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

struct ChartAsked {
  atomic_int refs;
  const ChartType *type;
  Frame *d;
  void *opts;
  Arena arena;
};

ChartAsked *chart_asked_new(const ChartType *t, const Frame *d, const void *opts) {
  ChartAsked *a = calloc(1, sizeof *a);
  if (!a) abort();
  atomic_init(&a->refs, 1);
  arena_init(&a->arena);
  a->type = t, a->d = frame_ref(d), a->opts = arena_alloc(&a->arena, t->opts_size);
  memset(a->opts, 0, t->opts_size);
  param_copy(t->params, opts, a->opts, &a->arena);
  return a;
}

ChartAsked *chart_asked_ref(ChartAsked *a) {
  if (a) atomic_fetch_add(&a->refs, 1);
  return a;
}

void chart_asked_unref(ChartAsked *a) {
  if (!a || atomic_fetch_sub(&a->refs, 1) != 1) return;
  frame_unref(a->d);
  arena_fini(&a->arena);
  free(a);
}

// ---- rows ----------------------------------------------------------------------------------------------------------
typedef struct Part {
  Pile pile;
  const ChartAsked *asked;
  const ChartRange *range;
  const Column *col[2]; // of x and y; NULL: this axis takes all rows
  double lo[2], hi[2];  // of the rows that are taken, both included
  int64_t *row, n;
} Part;

// The columns of the axes are the options x and y, where they name one column of numbers.
static void find_axes(Part *p) {
  static const char *const names[2] = {"x", "y"};
  for (const Param *o = p->asked->type->params; o->name; o++)
    for (int k = 0; k < 2; k++) {
      const char *name;
      if (o->type != PARAM_TEXT || strcmp(o->name, names[k]) != 0) continue;
      memcpy(&name, (const char *)p->asked->opts + o->offset, sizeof name);
      int j = name ? frame_find(p->asked->d, sv(name)) : -1;
      if (j >= 0 && !col_is_text(frame_at(p->asked->d, j))) p->col[k] = frame_at(p->asked->d, j);
    }
}

// The nearest values outside of the range belong to what is drawn about it: a line comes from there and goes there.
static ErrCode widen(Part *p, int64_t nrow, Err *err) {
  const Column *c = p->col[0];
  double lo = p->lo[0], hi = p->hi[0], before = -INFINITY, after = INFINITY;
  for (int64_t i = 0; c && i < nrow; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(p->pile.job, i, nrow, err));
    double v = col_valid(c, i) ? col_f64(c, i) : NAN;
    if (v < lo && v > before) before = v;
    if (v > hi && v < after) after = v;
  }
  p->lo[0] = before, p->hi[0] = after;
  if (!c) p->lo[0] = lo - 1, p->hi[0] = hi + 1; // along the rows
  return OK;
}

static bool is_inside(const Part *p, int64_t i) {
  bool about = p->asked->type->again == AGAIN_ABOUT;
  for (int k = 0; k < (about ? 1 : 2); k++) {
    const Column *c = p->col[k];
    if (!c && !(about && k == 0)) continue;
    if (c && !col_valid(c, i)) return false;
    double v = c ? col_f64(c, i) : (double)i + 1;
    if (!(v >= p->lo[k] && v <= p->hi[k])) return false;
  }
  return true;
}

static ErrCode take_rows(Part *p, Err *err) {
  const Frame *d = p->asked->d;
  int64_t nrow = frame_nrow(d);
  for (int k = 0; k < 2; k++) {
    p->lo[k] = p->range->on[k] ? p->range->lo[k] : -INFINITY, p->hi[k] = p->range->on[k] ? p->range->hi[k] : INFINITY;
  }
  find_axes(p);
  if (p->asked->type->again == AGAIN_ABOUT) TRY(widen(p, nrow, err));
  TRY(pile_new(&p->pile, nrow * 8, &p->row, err));
  for (int64_t i = 0; i < nrow; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(p->pile.job, i, nrow, err));
    if (is_inside(p, i)) p->row[p->n++] = i;
  }
  return p->n ? OK : err_set(err, ERR_ARG, "%s: no row lies there", p->asked->type->name);
}

// The columns that the chart has a use for.
static ErrCode take_columns(const ChartAsked *a, Frame **out, Err *err) {
  Arena arena;
  arena_init(&arena);
  int ncol = frame_ncol(a->d);
  Names used = {arena_array(&arena, const char *, ncol), 0};
  for (int j = 0; j < ncol; j++)
    if (chart_uses(a->type, a->opts, frame_name(a->d, j))) used.name[used.n++] = frame_name(a->d, j);
  ErrCode code = frame_select(a->d, &used, out, err);
  arena_fini(&arena);
  return code;
}

// ---- drawing -------------------------------------------------------------------------------------------------------
static ErrCode draw(Part *p, const Frame *all, const Frame *part, Plot *out, Err *err) {
  const ChartType *t = p->asked->type;
  Arena arena;
  Plot axes;
  arena_init(&arena);
  plot_init(&axes);
  ChartLabels *labels = chart_options(&arena, t, p->asked->opts);
  axes.x.lo = p->range->lo[0], axes.x.hi = p->range->hi[0], axes.x.scale = (AxisScale)labels->xscale;
  axes.y.lo = p->range->lo[1], axes.y.hi = p->range->hi[1], axes.y.scale = (AxisScale)labels->yscale;
  ChartWhole whole = {all, p->row, p->row, &axes, 1};
  labels->range = p->range, labels->whole = t->again == AGAIN_ALL ? NULL : &whole;
  ErrCode code = t->make(p->pile.job, part, labels, out, err);
  out->chart = t->name;
  plot_fini(&axes);
  arena_fini(&arena);
  return code;
}

static ErrCode draw_part(Part *p, Plot *out, Err *err) {
  const ChartAsked *a = p->asked;
  if (a->type->again == AGAIN_ALL) return draw(p, a->d, a->d, out, err);
  Frame *all, *part;
  TRY(take_rows(p, err));
  TRY(take_columns(a, &all, err));
  ErrCode code = frame_gather(p->pile.job, all, p->row, p->n, &part, err);
  if (code == OK) {
    code = draw(p, all, part, out, err);
    frame_unref(part);
  }
  frame_unref(all);
  return code;
}

static bool is_log(const ChartLabels *l, int k) {
  return k ? l->logy || l->yscale == SCALE_LOG : l->logx || l->xscale == SCALE_LOG;
}

ErrCode chart_again(Job *job, const ChartAsked *a, const ChartRange *range, Plot *out, Err *err) {
  const ChartLabels *labels = a->opts;
  const char *name = a->type->name;
  if (a->type->again == AGAIN_NEVER || labels->facet)
    return err_set(err, ERR_ARG, "%s: its marks are all there: a part has no others", name);
  if (labels->xscale == SCALE_SYMLOG || labels->yscale == SCALE_SYMLOG)
    return err_set(err, ERR_ARG, "%s: a part of a symlog axis has no others", name);
  bool good = range->on[0] || range->on[1];
  for (int k = 0; k < 2; k++) good = good && (range->lo[k] > 0 || !is_log(labels, k));
  for (int k = 0; k < 2; k++) good = good && range->lo[k] < range->hi[k] && isfinite(range->hi[k] - range->lo[k]);
  if (!good) return err_set(err, ERR_ARG, "%s: a part has a beginning below its end", name);
  Part part = {.pile = {.job = job, .chart = name}, .asked = a, .range = range};
  ErrCode code = draw_part(&part, out, err);
  pile_free(&part.pile);
  return code;
}
