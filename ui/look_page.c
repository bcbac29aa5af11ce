// The marks of a picture as a table: a row a mark, the columns that its marks have.
#include "ui/look_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>

enum { PANEL, NAME, X, X2, Y, Y2, FIVE, SIZE = FIVE + 5, VALUE, LABEL, COLUMNS };

static bool is_shown(const Series *s) { return s->kind != MARK_TEXT && s->kind != MARK_GRID && s->n > 0; }

static int64_t marks_of(const Plot *p) {
  int64_t n = 0;
  for (int i = 0; i < p->nseries; i++) n += is_shown(&p->series[i]) ? p->series[i].n : 0;
  return n;
}

int64_t look_marks(const Plot *plot) {
  int64_t n = marks_of(plot);
  for (int i = 0; i < plot->npanel; i++) n += marks_of(&plot->panel[i]);
  return n;
}

static void find_columns(const Plot *p, bool has[COLUMNS]) {
  for (int i = 0; i < p->nseries; i++) {
    const Series *s = &p->series[i];
    if (!is_shown(s)) continue;
    bool names = p->x.kind == AXIS_CATEGORY && s->kind == MARK_BAR;
    has[X] = has[Y] = true;
    has[NAME] = has[NAME] || (s->name && *s->name);
    has[X2] = has[X2] || (s->x2 && !names && !(s->kind == MARK_CELL && p->x.kind == AXIS_CATEGORY));
    has[Y2] = has[Y2] || (s->y2 && s->kind != MARK_BAR && s->kind != MARK_BOX &&
                          !(s->kind == MARK_CELL && p->y.kind == AXIS_CATEGORY));
    for (int k = 0; k < 5; k++) has[FIVE + k] = has[FIVE + k] || s->five;
    has[SIZE] = has[SIZE] || s->size, has[VALUE] = has[VALUE] || s->value, has[LABEL] = has[LABEL] || s->label;
  }
}

static const char *axis_name(const Axis *a, const char *fallback) { return a->name && *a->name ? a->name : fallback; }

static void name_columns(const Plot *plot, const bool has[COLUMNS], const int at[COLUMNS], Page *page) {
  static const char *const FIXED[COLUMNS] = {
      [FIVE] = "low",  [FIVE + 1] = "q1", [FIVE + 2] = "median", [FIVE + 3] = "q3", [FIVE + 4] = "high",
      [SIZE] = "size", [VALUE] = "value", [LABEL] = "label",     [PANEL] = "panel", [NAME] = "series"};
  const Plot *p = plot->npanel ? &plot->panel[0] : plot;
  const char *x = axis_name(&plot->x, axis_name(&p->x, "x")), *y = axis_name(&plot->y, axis_name(&p->y, "y"));
  for (int c = 0; c < COLUMNS; c++) {
    const char *name = FIXED[c];
    Str own = {0};
    if (c == X || c == X2) str_addf(&own, "%s%s", x, c == X2 ? " to" : "");
    if (c == Y || c == Y2) str_addf(&own, "%s%s", y, c == Y2 ? " to" : "");
    if (c == NAME && plot->groups) name = plot->groups;
    if (c == VALUE && plot->colour.present && plot->colour.name) name = plot->colour.name;
    if (c == SIZE && plot->size.present && plot->size.name) name = plot->size.name;
    const Axis *axis = c == X || c == X2 ? &p->x : &p->y;
    bool words = c == PANEL || c == NAME || c == LABEL;
    if (c == X || c == X2 || c == Y || c == Y2) words = axis->kind == AXIS_CATEGORY;
    if (has[c])
      page_col(page, at[c], own.n ? str_c(&own) : name, 0, words ? ALIGN_LEFT : ALIGN_POINT,
               words ? CELL_TEXT : CELL_NUMBER);
    str_fini(&own);
  }
}

static void put_place(Page *page, int64_t row, int column, const Axis *a, double v) {
  Str text = {0};
  if (column < 0 || isnan(v)) return;
  look_value(a, v, &text);
  page_cell(page, row, column, str_c(&text));
  str_fini(&text);
}

static void put_number(Page *page, int64_t row, int column, double v) {
  char text[NUMFMT_MAX];
  if (column < 0 || isnan(v)) return;
  fmt_sensible(text, sizeof text, v, 5);
  page_cell(page, row, column, text);
}

static void put_mark(const Plot *plot, const Plot *p, const Series *s, int64_t i, const int at[COLUMNS], Page *page,
                     int64_t row) {
  bool cell = s->kind == MARK_CELL;
  double x = cell && p->x.kind == AXIS_CATEGORY ? s->x[i] / 2 + s->x2[i] / 2 : s->x[i];
  double y = (cell && p->y.kind == AXIS_CATEGORY) || s->kind == MARK_BOX ? s->y[i] / 2 + s->y2[i] / 2 : s->y[i];
  if (at[PANEL] >= 0) page_cell(page, row, at[PANEL], p->title);
  if (at[NAME] >= 0) page_cell(page, row, at[NAME], s->name);
  if (s->kind != MARK_BOX) put_place(page, row, at[X], &p->x, x);
  if (s->x2) put_place(page, row, at[X2], &p->x, s->x2[i]);
  put_place(page, row, at[Y], &p->y, y);
  if (s->y2) put_place(page, row, at[Y2], &p->y, s->y2[i]);
  for (int k = 0; s->five && k < 5; k++) put_number(page, row, at[FIVE + k], s->five[5 * i + k]);
  if (s->size) put_number(page, row, at[SIZE], s->size[i] * (plot->size.present ? plot->size.most : 1));
  if (s->value) put_number(page, row, at[VALUE], s->value[i]);
  if (s->label && at[LABEL] >= 0) page_cell(page, row, at[LABEL], s->label[i]);
}

static void put_marks(const Plot *plot, const Plot *p, const int at[COLUMNS], int64_t *skip, Page *page, int64_t *row) {
  for (int k = 0; k < p->nseries && *row < page->shown; k++) {
    const Series *s = &p->series[k];
    if (!is_shown(s)) continue;
    int64_t from = *skip < s->n ? *skip : s->n;
    *skip -= from;
    for (int64_t i = from; i < s->n && *row < page->shown; i++) put_mark(plot, p, s, i, at, page, (*row)++);
  }
}

void look_page(const Plot *plot, int64_t first, int64_t n, Page *page) {
  bool has[COLUMNS] = {0};
  int at[COLUMNS], ncol = 0;
  int64_t all = look_marks(plot), row = 0, skip = first;
  find_columns(plot, has);
  for (int i = 0; i < plot->npanel; i++) find_columns(&plot->panel[i], has);
  has[PANEL] = plot->npanel > 0;
  for (int c = 0; c < COLUMNS; c++) at[c] = has[c] ? ncol++ : -1;
  if (n > all - first) n = all - first;
  page_init(page, n > 0 ? n : 0, ncol);
  page->nrow = all, page->first = first, page->row_numbers = true;
  name_columns(plot, has, at, page);
  put_marks(plot, plot, at, &skip, page, &row);
  for (int i = 0; i < plot->npanel; i++) put_marks(plot, &plot->panel[i], at, &skip, page, &row);
}
