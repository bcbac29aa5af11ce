// A part of a picture in its own right: when the axes show a part, the kernel is asked for the same chart of what lies
// there, with bins, points or cells of its own. Until that comes, and where there is none, the marks of the whole are
// magnified. Nothing of it is kept in the notebook. The cursor stays at the place where it was.
#include "ui/app_int.h"
#include "ui/look_int.h"

#include <math.h>

static const Result *result_of(const App *a) {
  int64_t i = look_cell(a);
  return i < 0 ? NULL : a->doc.cell[i].result;
}

static bool is_near(double a, double b, double length) { return fabs(a - b) <= 1e-9 * fabs(length); }

// Of the plot that shows, with the range that is looked at.
static bool range_now(const App *a, const Plot *plot, MsgViewPlot *out) {
  const Look *look = &a->look;
  const Axis *axis[2] = {&plot->x, &plot->y};
  double lo[2], hi[2];
  for (int k = 0; k < 2; k++)
    lo[k] = look->zoomed[k] ? look->lo[k] : axis[k]->lo, hi[k] = look->zoomed[k] ? look->hi[k] : axis[k]->hi;
  *out = (MsgViewPlot){
      .x = look->zoomed[0], .y = look->zoomed[1], .x_lo = lo[0], .x_hi = hi[0], .y_lo = lo[1], .y_hi = hi[1]};
  return look->zoomed[0] || look->zoomed[1];
}

static bool is_same(const MsgViewPlot *a, const MsgViewPlot *b) {
  return a->run == b->run && a->x == b->x && a->y == b->y && is_near(a->x_lo, b->x_lo, b->x_hi - b->x_lo) &&
         is_near(a->x_hi, b->x_hi, b->x_hi - b->x_lo) && is_near(a->y_lo, b->y_lo, b->y_hi - b->y_lo) &&
         is_near(a->y_hi, b->y_hi, b->y_hi - b->y_lo);
}

void look_part_fini(LookPart *part) {
  plot_fini(&part->plot);
  *part = (LookPart){0};
}

const Plot *look_part(const App *a) {
  const Plot *whole = look_plot(a);
  const Result *r = result_of(a);
  MsgViewPlot now;
  if (!a->part.there || !whole || whole->npanel || !r || !range_now(a, whole, &now)) return NULL;
  now.run = r->request;
  return r->kernel == a->part.kernel && is_same(&now, &a->part.of) ? &a->part.plot : NULL;
}

void look_part_ask(App *a) {
  const Plot *whole = look_plot(a);
  const Result *r = result_of(a);
  MsgViewPlot now;
  Msg m;
  if (a->part.asked || !a->client || !whole || whole->npanel || !r || !r->request) return;
  if (r->kernel != client_pid(a->client) || !range_now(a, whole, &now)) return;
  now.run = r->request;
  if (r->kernel == a->part.kernel && is_same(&now, &a->part.of)) return; // it is there, or was refused
  msg_init(&m, MSG_VIEW_PLOT, 0);
  m.ViewPlot = now;
  a->part.next = now, a->part.kernel_next = r->kernel;
  a->part.asked = app_ask(a, &m);
}

bool look_part_take(App *a, Msg *m) {
  LookPart *part = &a->part;
  if (!part->asked || m->request != part->asked || (m->kind != MSG_PLOT && m->kind != MSG_REFUSED)) return false;
  plot_fini(&part->plot);
  plot_init(&part->plot);
  part->asked = 0, part->serial++, part->of = part->next, part->kernel = part->kernel_next;
  part->there = m->kind == MSG_PLOT;
  if (part->there) {
    part->plot = m->PlotAnswer.plot;
    plot_init(&m->PlotAnswer.plot);
  }
  a->dirty = true;
  return true;
}

// ---- the cursor ----------------------------------------------------------------------------------------------------
// Where a mark stands, in the units of the axes.
static LookPlace place_of(const Plot *p, const MarkSpot *s) {
  const Series *of = &p->series[s->series];
  if (of->kind == MARK_GRID && of->ncol > 0 && of->nrow > 0)
    return (LookPlace){axis_value(&p->x, ((double)(s->mark % of->ncol) + 0.5) / of->ncol),
                       axis_value(&p->y, ((double)(s->mark / of->ncol) + 0.5) / of->nrow)};
  if (!of->x || !of->y || s->mark >= of->n) return (LookPlace){NAN, NAN};
  bool wide = of->x2 && of->kind != MARK_HEX;
  return (LookPlace){wide ? of->x[s->mark] / 2 + of->x2[s->mark] / 2 : of->x[s->mark], of->y[s->mark]};
}

static void go_near(Look *look, const LookView *v) {
  const MarkSpot *best = NULL;
  double least = INFINITY;
  for (int64_t i = 0; i < v->spots.n; i++) {
    const MarkSpot *s = &v->spots.spot[i];
    const Plot *p = look_panel(v, s->panel);
    LookPlace at = place_of(p, s);
    double dx = axis_share(&p->x, at.x) - axis_share(&p->x, look->at.x);
    double dy = axis_share(&p->y, at.y) - axis_share(&p->y, look->at.y), far = fabs(dx) + 0.2 * fabs(dy);
    if (far < least) least = far, best = s;
  }
  look->on = best;
  if (best) look->panel = best->panel, look->series = best->series, look->mark = best->mark;
}

void look_part_settle(App *a, Rect r, const DrawStyle *style) {
  Look *look = &a->look;
  const Plot *whole = look_plot(a);
  int64_t base = look_part(a) ? a->part.serial : 0;
  bool other = base != look->base;
  if (!whole || whole->npanel || (!look->on && !other)) return;
  if (other && look->by_marks) look->brushing = false;
  look->base = base;
  if (!look->on) return;
  LookView v;
  look_view_init(&v, a, whole, r, style);
  if (other) go_near(look, &v);
  const MarkSpot *s = look_spot(&v, look);
  if (s) look->at = place_of(look_panel(&v, s->panel), s);
  look_view_fini(&v);
}
