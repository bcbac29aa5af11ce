#include "ui/picks_int.h"

#include <stdlib.h>
#include <string.h>

enum { VALUES_MOST = 200, SHORT_RUN = 2 }; // of one call of one_of; rows that are listed and no range

void picks_fini(Picks *m) {
  free(m->run);
  *m = (Picks){0};
}

void picks_copy(const Picks *m, Picks *out) {
  *out = (Picks){.n = m->n, .cap = m->n, .rows = m->rows};
  if (!m->n) return;
  out->run = malloc((size_t)m->n * sizeof *out->run);
  if (!out->run) abort();
  memcpy(out->run, m->run, (size_t)m->n * sizeof *out->run);
}

// The first run that ends behind `row`.
static int64_t find(const Picks *m, int64_t row) {
  int64_t lo = 0, hi = m->n;
  while (lo < hi) {
    int64_t mid = (lo + hi) / 2;
    if (m->run[mid].to <= row) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

bool picks_has(const Picks *m, int64_t row) {
  int64_t k = find(m, row);
  return k < m->n && m->run[k].from <= row;
}

// Puts `with` (count of them) in the place of runs k..end-1.
static void replace(Picks *m, int64_t k, int64_t end, const PickRun *with, int64_t count) {
  int64_t n = m->n - (end - k) + count;
  if (n > m->cap) {
    m->cap = n + n / 2 + 16;
    m->run = realloc(m->run, (size_t)m->cap * sizeof *m->run);
    if (!m->run) abort();
  }
  for (int64_t i = k; i < end; i++) m->rows -= m->run[i].to - m->run[i].from;
  if (m->n > end) memmove(m->run + k + count, m->run + end, (size_t)(m->n - end) * sizeof *m->run);
  for (int64_t i = 0; i < count; i++) m->run[k + i] = with[i], m->rows += with[i].to - with[i].from;
  m->n = n;
}

void picks_add(Picks *m, int64_t from, int64_t to) {
  if (from >= to) return;
  int64_t k = find(m, from - 1), end = k; // a run that ends where this begins is joined
  PickRun all = {from, to};
  for (; end < m->n && m->run[end].from <= to; end++) {
    if (m->run[end].from < all.from) all.from = m->run[end].from;
    if (m->run[end].to > all.to) all.to = m->run[end].to;
  }
  replace(m, k, end, &all, 1);
}

void picks_remove(Picks *m, int64_t from, int64_t to) {
  if (from >= to) return;
  int64_t k = find(m, from), end = k, left = 0;
  PickRun rest[2];
  for (; end < m->n && m->run[end].from < to; end++) {
    PickRun r = m->run[end];
    if (r.from < from) rest[left++] = (PickRun){r.from, from};
    if (r.to > to) rest[left++] = (PickRun){to, r.to};
  }
  replace(m, k, end, rest, left);
}

void picks_invert(Picks *m, int64_t nrow) {
  Picks was = *m;
  int64_t at = 0;
  *m = (Picks){0};
  for (int64_t k = 0; k < was.n; k++) picks_add(m, at, was.run[k].from), at = was.run[k].to;
  picks_add(m, at, nrow);
  picks_fini(&was);
}

static void part(Str *out, size_t begin) {
  if (out->n > begin) str_add(out, " or ");
}

bool picks_print(const Picks *m, Str *out) {
  size_t begin = out->n;
  int64_t listed = 0;
  if (m->n > PICKS_MOST) return false;
  if (m->rows == 1) return str_addf(out, "row() == %lld", (long long)m->run[0].from + 1), true;
  for (int64_t k = 0; k < m->n; k++) {
    PickRun r = m->run[k];
    if (r.to - r.from <= SHORT_RUN) continue;
    part(out, begin);
    str_addf(out, "between(row(), %lld, %lld)", (long long)r.from + 1, (long long)r.to);
  }
  for (int64_t k = 0; k < m->n; k++) {
    PickRun r = m->run[k];
    for (int64_t row = r.from; row < r.to && r.to - r.from <= SHORT_RUN; row++) {
      if (listed % VALUES_MOST == 0) {
        if (listed) str_addc(out, ')');
        part(out, begin);
        str_add(out, "one_of(row()");
      }
      str_addf(out, ", %lld", (long long)row + 1);
      listed++;
    }
  }
  if (listed) str_addc(out, ')');
  return true;
}
