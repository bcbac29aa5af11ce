#include "io/io_int.h"

#include <stdlib.h>

void lines_fini(LineMap *m) {
  free(m->run);
  *m = (LineMap){0};
}

void lines_add(LineMap *m, int64_t row, int64_t line) {
  const LineRun *last = m->n ? &m->run[m->n - 1] : NULL;
  if (last && last->line + (row - last->row) == line) return;
  if (m->n == m->cap) {
    m->cap = m->cap ? m->cap * 2 : 16;
    m->run = realloc(m->run, (size_t)m->cap * sizeof *m->run);
    if (!m->run) abort();
  }
  m->run[m->n++] = (LineRun){row, line};
}

int64_t lines_at(const LineMap *m, int64_t row) {
  int64_t lo = 0, hi = m->n; // the last run that begins at or before the row
  while (hi - lo > 1) {
    int64_t mid = lo + (hi - lo) / 2;
    if (m->run[mid].row <= row) lo = mid;
    else hi = mid;
  }
  return m->n ? m->run[lo].line + (row - m->run[lo].row) : 0;
}
