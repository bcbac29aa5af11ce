// Colours finer than cells: two pixels a cell, one above the other, where a cell can show an ink and a ground, and one
// where it shows a shade. A pixel takes the mean of the values that it shows, each by the part of the pixel that it
// covers, so no value vanishes for being smaller than a pixel. Values narrower than the screen are thinned to their
// means; what covers nothing stays blank.
#include "draw/draw_int.h"

#include <math.h>

void raster_init(Raster *r, const Pen *pen) {
  r->w = pen->area.w, r->lines = pen_has_halves(pen) ? 2 : 1, r->h = pen->area.h * r->lines;
  int64_t n = (int64_t)r->w * r->h;
  r->sum = arena_array(pen->arena, double, n);
  r->weight = arena_array(pen->arena, double, n);
}

// Pixels [*from, *to) of the interval a .. b of shares, one at least; false outside.
static bool pixels(double a, double b, int n, int *from, int *to) {
  double lo = fmax(fmin(a, b), 0) * n, hi = fmin(fmax(a, b), 1) * n;
  if (isnan(a + b) || hi < lo || lo >= n || hi <= 0) return false;
  *from = (int)floor(lo + 1e-6), *to = (int)ceil(hi - 1e-6);
  if (*to <= *from) *to = *from + 1;
  return *to <= n;
}

static double covered(double a, double b, int pixel) {
  double part = fmin(fmax(a, b), pixel + 1) - fmax(fmin(a, b), pixel);
  return fmax(part, 1e-6);
}

void raster_add(Raster *r, double x0, double x1, double y0, double y1, double value) {
  int left, right, low, high;
  if (!isfinite(value) || !pixels(x0, x1, r->w, &left, &right) || !pixels(y0, y1, r->h, &low, &high)) return;
  for (int y = low; y < high; y++) {
    double part = covered(y0 * r->h, y1 * r->h, y);
    for (int x = left; x < right; x++) {
      double weight = part * covered(x0 * r->w, x1 * r->w, x);
      int i = (r->h - 1 - y) * r->w + x;
      r->sum[i] += weight * value, r->weight[i] += weight;
    }
  }
}

// Pixels whose middles lie in the hexagon, its tips above and below; the one in its middle at least.
void raster_hexagon(Raster *r, double x, double y, double wide, double high, double value) {
  if (!isfinite(value) || !isfinite(x + y + wide + high)) return;
  double top = (y + high) * r->h, foot = (y - high) * r->h;
  int first = (int)fmax(floor(foot), 0), last = (int)fmin(ceil(top), r->h - 1), done = 0;
  for (int j = first; j <= last; j++) {
    double up = fabs((j + 0.5) / r->h - y), half = up < high / 2 ? wide : wide * 2 * (1 - up / high);
    int from = (int)fmax(ceil((x - half) * r->w - 0.5), 0), to = (int)fmin(floor((x + half) * r->w - 0.5), r->w - 1);
    for (int i = from; half > 0 && i <= to; i++, done++) {
      int k = (r->h - 1 - j) * r->w + i;
      r->sum[k] += value, r->weight[k] += 1;
    }
  }
  bool inside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
  int i = (int)fmin(x * r->w, r->w - 1), j = (int)fmin(y * r->h, r->h - 1), k = (r->h - 1 - j) * r->w + i;
  if (!done && inside) r->sum[k] += value, r->weight[k] += 1;
}

double raster_value(const Raster *r, int x, int row) {
  int i = row * r->w + x;
  return row < r->h && r->weight[i] > 0 ? r->sum[i] / r->weight[i] : NAN;
}

void raster_flush(const Raster *r, const Pen *pen, const Scale *scale) {
  for (int y = 0; y < pen->area.h; y++) {
    for (int x = 0; x < r->w; x++) {
      double v = raster_value(r, x, y * r->lines), w = r->lines == 2 ? raster_value(r, x, 2 * y + 1) : v;
      int col = pen->area.x + x, row = pen->area.y + y;
      if (r->lines == 2) {
        canvas_halves(pen->c, col, row, isnan(v) ? -1 : (int)scale_style(scale, v),
                      isnan(w) ? -1 : (int)scale_style(scale, w));
      } else if (!isnan(v) && pen->style->depth >= THEME_16) {
        canvas_put(pen->c, col, row, ' ', STYLE_FG);
        canvas_paint(pen->c, col, row, 1, scale_style(scale, v));
      } else if (!isnan(v)) {
        canvas_put(pen->c, col, row, scale_shade(pen, scale, v), STYLE_FG);
      }
    }
  }
}

void raster_flush_group(const Raster *r, const Pen *pen, const Series *s) {
  int style = (int)pen_style(s), filler = s->group < 0 ? 0 : s->group;
  bool hue = hue_known((Style)style);
  for (int y = 0; y < pen->area.h; y++) {
    for (int x = 0; x < r->w; x++) {
      bool upper = r->weight[y * r->lines * r->w + x] > 0;
      bool lower = r->weight[(y * r->lines + r->lines - 1) * r->w + x] > 0;
      int col = pen->area.x + x, row = pen->area.y + y;
      if (!upper && !lower) continue;
      if (r->lines == 2 && hue) canvas_fill_halves(pen->c, col, row, upper ? style : -1, lower ? style : -1);
      else canvas_put(pen->c, col, row, pen_filler(pen, filler), (Style)style);
    }
  }
}
