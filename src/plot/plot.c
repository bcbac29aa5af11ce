// A plot being built. The series array doubles when their number reaches a power of two, so its capacity needs no
// field: it is the least power of two not below nseries. Old arrays stay in the arena until plot_fini.
#include "plot/plot.h"

void plot_init(Plot *p) {
  *p = (Plot){.x = {.hi = 1}, .y = {.hi = 1}};
  arena_init(&p->arena);
}

void plot_panels(Plot *p, int n, int columns) {
  p->panel = arena_array(&p->arena, Plot, n);
  p->npanel = n, p->panel_columns = columns;
  for (int i = 0; i < n; i++) plot_init(&p->panel[i]);
}

void plot_fini(Plot *p) {
  for (int i = 0; i < p->npanel; i++) plot_fini(&p->panel[i]);
  arena_fini(&p->arena);
  *p = (Plot){0};
}

double *plot_array(Plot *p, int64_t n) { return arena_array(&p->arena, double, n); }

static void grow(Plot *p) {
  int n = p->nseries;
  if (n & (n - 1)) return;
  Series *more = arena_array(&p->arena, Series, n ? 2 * n : 1);
  if (n) memcpy(more, p->series, (size_t)n * sizeof *more);
  p->series = more;
}

Series *plot_add(Plot *p, MarkKind kind, int64_t n) {
  grow(p);
  Series *s = &p->series[p->nseries++];
  *s = (Series){.kind = kind, .n = n, .x = plot_array(p, n), .y = plot_array(p, n)};
  return s;
}
