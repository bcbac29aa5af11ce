// One picture of the notebook: that of the cell that was chosen, else of the focused cell, else the latest one.
#include "base/numfmt.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"

static const Plot *plot_of(const Doc *d, int64_t i) {
  const Result *r = i >= 0 && i < d->n ? d->cell[i].result : NULL;
  for (int64_t k = r ? r->nout - 1 : -1; k >= 0; k--)
    if (r->out[k].has_plot) return &r->out[k].plot;
  return NULL;
}

// Index of the cell whose picture shows, -1 = there is none.
static int64_t shown_cell(const App *a) {
  const Doc *d = &a->doc;
  int64_t chosen = a->plot_cell ? doc_find(d, a->plot_cell) : -1, latest = -1;
  if (plot_of(d, chosen)) return chosen;
  if (plot_of(d, a->cell)) return a->cell;
  for (int64_t i = 0; i < d->n; i++)
    if (plot_of(d, i) && (latest < 0 || d->cell[i].result->run > d->cell[latest].result->run)) latest = i;
  return latest;
}

static void title(const App *a, Str *what, Str *state) {
  int64_t i = shown_cell(a);
  const Plot *plot = plot_of(&a->doc, i);
  if (!plot) return;
  if (plot->title) str_add(what, plot->title);
  if (plot->n > 0) {
    char rows[NUMFMT_MAX];
    fmt_i64(rows, sizeof rows, plot->n, true);
    str_addf(what, "%sn %s", what->n ? "  " : "", rows);
  }
  str_addf(state, "cell %lld", (long long)i + 1);
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  (void)focused;
  const Plot *plot = plot_of(&a->doc, shown_cell(a));
  if (!plot) {
    rect_text(p, r, r.w > 1, 0, r.w, "no picture yet: . in a table draws its column", STYLE_DIM);
    return;
  }
  Plot picture = *plot;
  DrawStyle style = *p->style;
  Paint q = {p->c, &style};
  picture.title = NULL; // it stands on the title line
  if (style.glyphs != GLYPHS_ASCII) style.glyphs = (GlyphSet)(((int)style.glyphs + a->plot_glyphs) % 3);
  int edge = r.w >= 12;
  paint_plot(&q, (Rect){r.x + edge, r.y, r.w - 2 * edge, r.h}, &picture);
}

void act_plot_step(App *a, int by) {
  int64_t n = a->doc.n, from = shown_cell(a);
  for (int64_t i = from + by; from >= 0 && i >= 0 && i < n; i += by) {
    if (!plot_of(&a->doc, i)) continue;
    a->plot_cell = a->doc.cell[i].id;
    break;
  }
  a->dirty = true;
}

void act_plot_glyphs(App *a, int arg) {
  (void)arg;
  if (a->caps.style.glyphs == GLYPHS_ASCII) app_say(a, STYLE_DIM, "this screen has ASCII only");
  a->plot_glyphs = (a->plot_glyphs + 1) % 3;
  a->dirty = true;
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x, (void)y, (void)r;
  if (key->button == MOUSE_WHEEL_DOWN) act_plot_step(a, 1);
  else if (key->button == MOUSE_WHEEL_UP) act_plot_step(a, -1);
}

const PaneType pane_plot = {
    .name = "plot", .help = "a picture of the notebook", .title = title, .draw = draw, .mouse = mouse};
