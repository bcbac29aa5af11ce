// Tables put together row by row: their columns are declared in one line, their cells are set by name.
#include "stats/report_int.h"

#include <assert.h>
#include <math.h>

void tab_init(Tab *t, Arena *a, const char *columns) {
  *t = (Tab){.a = a};
  while (*columns) {
    size_t n = strcspn(columns, " ");
    bool optional = columns[n - 1] == '?';
    assert(t->m < TAB_COLUMNS && n > 1 + (size_t)optional);
    t->kind[t->m] = *columns, t->optional[t->m] = optional;
    t->name[t->m++] = arena_strndup(a, columns + 1, n - 1 - optional);
    columns += n + strspn(columns + n, " ");
  }
}

// Texts start as NULL, ints as NO_INT, reals as NaN: missing.
static void clear_cell(Tab *t, int j, int64_t i) {
  if (t->kind[j] == '~') ((Sv *)t->cell[j])[i] = (Sv){0};
  else if (t->kind[j] == '#') ((int64_t *)t->cell[j])[i] = NO_INT;
  else ((double *)t->cell[j])[i] = NAN;
}

static void grow(Tab *t) {
  int64_t cap = t->cap ? 2 * t->cap : 16;
  for (int j = 0; j < t->m; j++) {
    size_t size = t->kind[j] == '~' ? sizeof(Sv) : sizeof(double);
    void *more = arena_alloc_n(t->a, (size_t)cap, size);
    if (t->n) memcpy(more, t->cell[j], (size_t)t->n * size);
    t->cell[j] = more;
  }
  t->cap = cap;
}

void tab_row(Tab *t) {
  if (t->n == t->cap) grow(t);
  for (int j = 0; j < t->m; j++) clear_cell(t, j, t->n);
  t->n++;
}

static void *cell_of(Tab *t, const char *column, char kind, size_t size) {
  int j = 0;
  while (j < t->m && strcmp(t->name[j], column) != 0) j++;
  assert(j < t->m && t->kind[j] == kind && t->n > 0);
  t->used[j] = true;
  return (char *)t->cell[j] + (size_t)(t->n - 1) * size;
}

void tab_text(Tab *t, const char *column, const char *v) {
  if (v) *(Sv *)cell_of(t, column, '~', sizeof(Sv)) = sv(arena_strdup(t->a, v));
}

void tab_int(Tab *t, const char *column, int64_t v) { *(int64_t *)cell_of(t, column, '#', sizeof v) = v; }

void tab_real(Tab *t, const char *column, double v) {
  if (!isnan(v)) *(double *)cell_of(t, column, '%', sizeof v) = v;
}

void tab_bar(Tab *t, const char *low, const char *high, Bar b) {
  tab_real(t, low, b.low);
  tab_real(t, high, b.high);
}

ErrCode tab_frame(Job *job, const Tab *t, const char *caption, Frame **out, Err *err) {
  Frame *f = frame_new(t->n);
  ErrCode code = OK;
  for (int j = 0; j < t->m && code == OK; j++) {
    if (t->optional[j] && !t->used[j]) continue;
    if (t->kind[j] == '~') code = answer_texts(job, f, t->name[j], t->cell[j], t->n, err);
    else if (t->kind[j] == '#') code = answer_ints(job, f, t->name[j], t->cell[j], t->n, err);
    else code = answer_reals(job, f, t->name[j], t->cell[j], t->n, err);
  }
  if (code != OK) return frame_unref(f), code;
  frame_set_caption(f, caption);
  *out = f;
  return OK;
}

ErrCode report_section(Run *r, int section, const Tab *t, const char *caption, Err *err) {
  return tab_frame(r->job, t, caption, &r->out->section[section], err);
}

ErrCode report_shown(Run *r, int section, const Tab *t, Err *err) {
  if (t->n == 0) return OK;
  return tab_frame(r->job, t, frame_caption(r->out->section[section]), &r->out->shown[section], err);
}

const char *name_with_sign(Run *r, int j) {
  return arena_printf(&r->arena, "%s%c", r->fact[j].name, COLTYPES[r->fact[j].c->type].sign);
}
