// The list of charts, and the memory of one being made.
#include "chart/chart_int.h"

#include <assert.h>

const ChartType *const *chart_types(void) {
#define CHART_ROW(name) &chart_##name,
  static const ChartType *const types[] = {CHART_TYPES(CHART_ROW) NULL};
#undef CHART_ROW
  return types;
}

const ChartType *chart_find(Sv name) {
  for (const ChartType *const *t = chart_types(); *t; t++)
    if (sv_is(name, (*t)->name)) return *t;
  return NULL;
}

ErrCode pile_new(Pile *p, int64_t bytes, void *out, Err *err) {
  assert(p->n < (int)(sizeof p->part / sizeof *p->part));
  TRY(job_need(p->job, bytes, p->chart, err));
  void *part = mem_new((size_t)bytes);
  if (!part) return err_set(err, ERR_MEMORY, "%s: the system has no memory left: take fewer rows", p->chart);
  p->part[p->n++] = part;
  memcpy(out, &part, sizeof part);
  return OK;
}

void pile_free(Pile *p) {
  while (p->n) mem_free(p->part[--p->n]);
}

int64_t chart_marks(const ChartLabels *labels) {
  return labels->whole ? PLOT_MOST_MARKS / labels->whole->npanel : PLOT_MOST_MARKS;
}

int32_t chart_grid(const ChartLabels *labels) {
  int32_t side = 1;
  while (labels->whole && side * side < labels->whole->npanel) side *= 2;
  return PLOT_GRID / side;
}
