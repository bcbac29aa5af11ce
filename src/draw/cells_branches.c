// A tree as indented lines (chart "tree"): of its cells the first series says how each node is reached, depth first,
// and stands in the column of the node's level; the cell below it, of another series, says what the node predicts.
#include "base/utf8.h"
#include "draw/draw_int.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { INDENT = 2 };

static bool is_cells(const Series *s) { return s->kind == MARK_CELL && s->label && s->x2 && s->y2; }

static const Series *first_cells(const Plot *p) {
  for (int k = 0; k < p->nseries; k++)
    if (is_cells(&p->series[k])) return &p->series[k];
  return NULL;
}

bool branches_are(const Plot *p) { return p->chart && strcmp(p->chart, "tree") == 0 && first_cells(p); }

static int level_of(const Series *s, int64_t i) { return s->x[i] > 0 ? (int)floor(s->x[i]) : 0; }

// The cell under cell i; places may have been rounded on their way.
static const Series *cell_below(const Plot *p, const Series *sides, int64_t i, int64_t *at) {
  double near = 0.25 * (sides->y2[i] - sides->y[i]);
  for (const Series *s = sides + 1; s < p->series + p->nseries; s++)
    for (*at = 0; is_cells(s) && *at < s->n; ++*at)
      if (level_of(s, *at) == level_of(sides, i) && fabs(s->y2[*at] - sides->y[i]) < near) return s;
  return NULL;
}

static const char *text_of(const Series *s, int64_t i) { return s->label[i] ? s->label[i] : ""; }

int branches_draw(Pen *pen) {
  const Series *sides = first_cells(pen->p);
  int x = pen->room.x, y = pen->room.y, w = pen->room.w, wide = 0;
  int64_t shown = sides->n <= pen->room.h ? sides->n : pen->room.h - 1, at;
  for (int64_t i = 0; i < shown; i++) {
    int end = level_of(sides, i) * INDENT + utf8_width(sv(text_of(sides, i)));
    wide = end > wide ? end : wide;
  }
  if (wide > w / 2) wide = w / 2;
  for (int64_t i = 0; i < shown; i++, y++) {
    int indent = level_of(sides, i) * INDENT;
    if (indent > wide - 4) indent = wide > 4 ? wide - 4 : 0;
    pen_text(pen, x + indent, y, wide - indent, text_of(sides, i), STYLE_FG);
    const Series *said = cell_below(pen->p, sides, i, &at);
    if (said) pen_text(pen, x + wide + 2, y, w - wide - 2, text_of(said, at), pen_style(said));
  }
  if (shown < sides->n) {
    char more[40];
    snprintf(more, sizeof more, "%lld more", (long long)(sides->n - shown));
    pen_text(pen, x, y++, w, more, STYLE_DIM);
  }
  return y - pen->room.y;
}
