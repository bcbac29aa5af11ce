// A histogram where there is no room for the whole plot. Equal bins get equally many columns; with more bins than
// columns a column shows the tallest of its bins. The axis is the box plot: thin from min to max, thick between the
// quartiles, a stroke at the median.
#include "ui/paint_int.h"

#include "base/utf8.h"

#include <math.h>

enum { LEAST_W = 8, LEAST_H = 3, TICK_ROOM = 5, TICKS_MOST = 64 };

const Series *histogram_bars(const Plot *plot) {
  bool number = plot->x.kind == AXIS_NUMBER || plot->x.kind == AXIS_DATE || plot->x.kind == AXIS_TIME;
  for (int i = 0; number && i < plot->nseries; i++)
    if (plot->series[i].kind == MARK_BAR && plot->series[i].n > 0 && plot->series[i].x2) return &plot->series[i];
  return NULL;
}

// The widest room <= w in which all bins are equally wide.
static int even_width(int w, int64_t bins) { return bins <= w ? (int)(w / bins * bins) : w; }

static void paint_bar(const Paint *p, int x, int foot, int h, double share, Style style) {
  static const char ASCII[] = ".:#";
  int eighths = (int)rint(8 * h * share);
  if (share > 0 && !eighths) eighths = 1;
  for (int i = 0; 8 * i < eighths; i++) {
    int k = eighths - 8 * i < 8 ? eighths - 8 * i : 8;
    uint32_t cp = p->style->glyphs == GLYPHS_ASCII ? (uint32_t)ASCII[(k - 1) / 3] : 0x2580 + (uint32_t)k;
    canvas_put(p->c, x, foot - i, cp, style);
  }
}

void paint_bars(const Paint *p, Rect r, const double *share, int64_t n, Style style) {
  int w = even_width(r.w, n);
  for (int x = 0; x < w; x++) {
    int64_t from = x * n / w, to = (x + 1) * n / w;
    double v = share[from];
    for (int64_t i = from + 1; i < to; i++) v = fmax(v, share[i]);
    paint_bar(p, r.x + x, r.y + r.h - 1, r.h, v, style);
  }
}

static void paint_bins(const Paint *p, Rect r, const Series *s, int64_t at) {
  double top = 0;
  for (int64_t i = 0; i < s->n; i++) top = fmax(top, s->y[i]);
  for (int x = 0; x < r.w && top > 0; x++) {
    int64_t from = x * s->n / r.w, to = (x + 1) * s->n / r.w;
    double v = s->y[from];
    for (int64_t i = from + 1; i < to; i++) v = fmax(v, s->y[i]);
    bool here = at >= from && (at < to || at == from);
    paint_bar(p, r.x + x, r.y + r.h - 1, r.h, v / top, here ? STYLE_FOCUS : STYLE_GROUP0);
    if (here && v <= 0) paint_text(p, r.x + x, r.y + r.h - 1, 1, glyph(p, G_POINTER), STYLE_FOCUS);
  }
}

static int column_of(const Plot *plot, Rect r, double v) {
  double share = axis_share(&plot->x, v);
  return isnan(share) ? 0 : (int)rint(fmin(fmax(share, 0), 1) * (r.w - 1));
}

static void paint_axis(const Paint *p, Rect r, int y, const Plot *plot, const BoxStats *b) {
  int lo = 0, hi = r.w - 1;
  if (b->present) lo = column_of(plot, r, b->min), hi = column_of(plot, r, b->max);
  for (int x = lo; x <= hi; x++) paint_text(p, r.x + x, y, 1, glyph(p, G_RULE), STYLE_FAINT);
  if (!b->present) return;
  for (int x = column_of(plot, r, b->q1); x <= column_of(plot, r, b->q3); x++)
    paint_text(p, r.x + x, y, 1, glyph(p, G_FOCUS_RULE), STYLE_DIM);
  paint_text(p, r.x + column_of(plot, r, b->median), y, 1, glyph(p, G_EDGE), STYLE_STRONG);
}

void paint_box(const Paint *p, int x, int y, int w, const Plot *plot, const BoxStats *box) {
  const Series *s = histogram_bars(plot);
  if (s && w >= LEAST_W) paint_axis(p, (Rect){x, y, even_width(w, s->n), 1}, y, plot, box);
}

// Where the label of a tick begins: below the tick, within the width.
static int label_at(const Plot *plot, Rect r, double tick, double gap, char label[64]) {
  axis_label(&plot->x, tick, gap, label, 64);
  int width = utf8_width(sv(label)), at = column_of(plot, r, tick) - width / 2;
  if (at > r.w - width) at = r.w - width;
  return at > 0 ? at : 0;
}

// The labels of at most `most` ticks; false: they would touch, and with `paint` nothing is known of that.
static bool tick_labels(const Paint *p, Rect r, int y, const Plot *plot, int most, bool paint) {
  double tick[TICKS_MOST];
  char label[64];
  int n = axis_ticks(&plot->x, most < TICKS_MOST ? most : TICKS_MOST, tick), end = -1;
  for (int i = 0; i < n; i++) {
    int at = label_at(plot, r, tick[i], n > 1 ? tick[1] - tick[0] : 0, label);
    if (!paint && at <= end) return false;
    end = at + utf8_width(sv(label));
    if (!paint) continue;
    bool below = *label == '-';
    if (below) paint_text(p, r.x + at, y, r.w - at, glyph(p, G_MINUS), STYLE_DIM);
    paint_text(p, r.x + at + below, y, r.w - at - below, label + below, STYLE_DIM);
  }
  return true;
}

int64_t histogram_bar_at(const Plot *plot, int w, int x) {
  const Series *s = histogram_bars(plot);
  if (!s || w < LEAST_W) return -1;
  w = even_width(w, s->n);
  return x < 0 || x >= w ? -1 : x * s->n / w;
}

bool paint_histogram(const Paint *p, Rect r, const Plot *plot, int64_t at) {
  const Series *s = histogram_bars(plot);
  if (!s || r.w < LEAST_W || r.h < LEAST_H) return false;
  r.w = even_width(r.w, s->n);
  int most = r.w / TICK_ROOM, box = r.y + r.h - 2;
  paint_bins(p, (Rect){r.x, r.y, r.w, r.h - 2}, s, at);
  paint_axis(p, r, box, plot, &plot->box);
  while (most > 2 && !tick_labels(p, r, box + 1, plot, most, false)) most--;
  tick_labels(p, r, box + 1, plot, most, true);
  return true;
}
