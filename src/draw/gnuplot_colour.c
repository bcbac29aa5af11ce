// Colours of files, on white. Groups: the colours of Okabe and Ito in the order of the screen's groups, which can be
// told apart with every kind of colour blindness (Okabe and Ito, "Color Universal Design", 2008). Sequential: viridis
// (van der Walt and Smith, 2015) from light to dark, so that much is much ink; its lightest eighth, which white
// swallows, is left out. Cells, which touch each other, begin near white. Diverging: blue below the middle, orange
// above, the same number of steps from a light grey.
#include "draw/gnuplot_int.h"

#include <math.h>

static const Colour GROUP[] = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xE69F00, 0x404040, 0x8C6BB1};
enum { NGROUP = sizeof GROUP / sizeof *GROUP };
static const Colour SEQUENTIAL[] = {0xBDDF26, 0x6ECE58, 0x35B779, 0x1F9E89, 0x26828E,
                                    0x31688E, 0x3E4989, 0x482878, 0x440154};
static const Colour DIVERGING[] = {0x00497A, 0x0072B2, 0x7FB9D9, 0xC9E0EE, 0xF5F5F5,
                                   0xFBDCC5, 0xF0A675, 0xD55E00, 0x8A3B00};
static const Colour NOTHING = 0xE8E8E8; // of a value that is missing

Colour colour_group(const Series *s) {
  return s->role == ROLE_FAINT ? COLOUR_FAINT : GROUP[s->group < 0 ? 0 : s->group % NGROUP];
}

Colour colour_thin(Colour c, double opaque) { return (c & 0xFFFFFF) | (Colour)lround(255 * (1 - opaque)) << 24; }

bool colour_is_dark(Colour c) { return 0.299 * (c >> 16 & 255) + 0.587 * (c >> 8 & 255) + 0.114 * (c & 255) < 140; }

static Colour mix(Colour a, Colour b, double t) {
  Colour c = 0;
  for (int shift = 0; shift <= 16; shift += 8) {
    double from = a >> shift & 255, to = b >> shift & 255;
    c |= (Colour)lround(from + t * (to - from)) << shift;
  }
  return c;
}

// 0..1 along the map.
static Colour colour_share(const Shades *m, double share) {
  const Colour *map = m->role == ROLE_DIVERGING ? DIVERGING : SEQUENTIAL;
  double at = fmin(fmax(share, 0), 1) * 8;
  int i = at < 8 ? (int)at : 7;
  Colour c = mix(map[i], map[i + 1], at - i);
  return m->pale && m->role != ROLE_DIVERGING ? mix(0xFFFFFF, c, fmin(1, 0.08 + at / 5)) : c;
}

// Correlations fill the scale from -1 to 1; counts of a grid, which spread over decades, are taken by their logarithm.
Shades colour_shades(const ColourScale *scale, const Series *s) {
  Shades m = {.role = s->role, .lo = INFINITY, .hi = -INFINITY, .log = s->kind == MARK_GRID};
  m.pale = s->kind == MARK_CELL;
  if (scale && scale->present) {
    m.lo = scale->lo, m.mid = scale->mid, m.hi = scale->hi, m.log = scale->log && scale->lo > 0;
  } else {
    for (int64_t i = 0; s->value && i < s->n; i++)
      if (isfinite(s->value[i]) && !(m.log && s->value[i] <= 0))
        m.lo = fmin(m.lo, s->value[i]), m.hi = fmax(m.hi, s->value[i]);
    if (m.role == ROLE_DIVERGING && m.lo >= -1 && m.hi <= 1) m.lo = -1, m.hi = 1;
  }
  return m;
}

Colour colour_at(const Shades *m, double v) {
  if (!isfinite(v)) return NOTHING;
  if (m->role == ROLE_DIVERGING) {
    double reach = fmax(m->hi - m->mid, m->mid - m->lo);
    return colour_share(m, reach > 0 && isfinite(reach) ? 0.5 + (v - m->mid) / reach / 2 : 0.5);
  }
  double lo = m->log ? log(m->lo) : m->lo, hi = m->log ? log(m->hi) : m->hi, at = m->log ? log(v) : v;
  double share = hi > lo ? (at / 2 - lo / 2) / (hi / 2 - lo / 2) : 0.5;
  return colour_share(m, isnan(share) ? 0 : share);
}
