// Cells of a table of two categories.
#include "stats/explain_int.h"

#include <math.h>

typedef struct Table { // of a crosstab of counts
  double count, row, column, all;
} Table;

static bool is_level(const Frame *f, int j, const CrosstabOpts *o) {
  const char *name = frame_name(f, j);
  return col_is_number(frame_at(f, j)) && strcmp(name, "total") != 0 && strcmp(name, o->rows) != 0 &&
         !(o->by && strcmp(name, o->by) == 0);
}

// The counts again, the row that reads as the asked one, and its sums.
static ErrCode read_table(ExplainCell *e, const CrosstabOpts *o, Table *t, Err *err) {
  CrosstabOpts counts = *o;
  Frame *f;
  counts.show = SHOW_COUNT;
  TRY(stats_crosstab(e->job, e->f, &counts, &f, err));
  const char *level = cell_text(e, o->rows, e->row), *by = o->by ? cell_text(e, o->by, e->row) : NULL;
  int r = frame_find(f, sv(o->rows)), g = o->by ? frame_find(f, sv(o->by)) : -1;
  Sv group = sv(by ? by : "");
  *t = (Table){NAN, 0, 0, 0};
  for (int64_t i = 0; i < frame_nrow(f); i++) {
    Sv here = col_text(frame_at(f, r), i);
    if (sv_is(here, "total") || (g >= 0 && !sv_eq(col_text(frame_at(f, g), i), group))) continue;
    for (int j = 0; j < frame_ncol(f); j++) {
      if (!is_level(f, j, o)) continue;
      double v = col_f64(frame_at(f, j), i);
      bool row = level && sv_is(here, level), column = strcmp(frame_name(f, j), e->name) == 0;
      t->all += v;
      if (row) t->row += v;
      if (column) t->column += v;
      if (row && column) t->count = v;
    }
  }
  frame_unref(f);
  return OK;
}

static void say_cell(ExplainCell *e, int show, const Table *t) {
  double expected = t->row * t->column / t->all;
  double adjusted = (t->count - expected) / sqrt(expected * (1 - t->row / t->all) * (1 - t->column / t->all));
  const char *n = LONG(t->count), *row = LONG(t->row), *column = LONG(t->column), *all = LONG(t->all);
  switch (show) {
  case SHOW_ROW:
    explained_add(e->out, "formula", "share = count / row total");
    explained_add(e->out, "numbers", "share = %s / %s = %s", n, row, REAL(t->count / t->row));
    break;
  case SHOW_COLUMN:
    explained_add(e->out, "formula", "share = count / column total");
    explained_add(e->out, "numbers", "share = %s / %s = %s", n, column, REAL(t->count / t->column));
    break;
  case SHOW_ALL:
    explained_add(e->out, "formula", "share = count / n");
    explained_add(e->out, "numbers", "share = %s / %s = %s", n, all, REAL(t->count / t->all));
    break;
  case SHOW_PEARSON:
    explained_add(e->out, "formula", "residual = (count − expected) / √expected");
    explained_add(e->out, "numbers", "residual = (%s − %s) / √%s = %s", n, REAL(expected), REAL(expected),
                  REAL((t->count - expected) / sqrt(expected)));
    break;
  case SHOW_ADJUSTED:
    explained_add(e->out, "formula",
                  "residual = (count − expected) / √( expected · (1 − row share)(1 − column share) )");
    explained_add(e->out, "numbers", "residual = (%s − %s) / √( %s × %s × %s ) = %s", n, REAL(expected), REAL(expected),
                  REAL(1 - t->row / t->all), REAL(1 - t->column / t->all), REAL(adjusted));
    break;
  default:
    explained_add(e->out, "formula", "expected = row total · column total / n, when neither tells of the other");
    explained_add(e->out, "numbers", "count = %s, expected = %s × %s / %s = %s", n, row, column, all, REAL(expected));
  }
  if (expected < 5)
    explained_add(e->out, "misleads", "only %s cases are expected here: chance alone changes much", REAL(expected));
  else
    explained_add(
        e->out, "misleads",
        "%s %s than expected (adjusted residual %s; beyond ±2 is rare by chance); a third column may turn it around",
        REAL(fabs(t->count - expected)), t->count < expected ? "fewer" : "more", REAL(adjusted));
}

const char *cell_equals(ExplainCell *e, const char *column, const char *level) {
  int j = frame_find(e->f, sv(column));
  const Column *c = frame_at(e->f, j);
  Str text = {0};
  const char *found = NULL;
  for (int64_t i = 0; i < c->n && !found; i++) {
    if (!col_valid(c, i)) continue;
    str_clear(&text);
    col_format(c, i, CELL_EXACT, &text);
    if (strcmp(str_c(&text), level) == 0) found = explain_equal(e->out, column, c, i);
  }
  str_fini(&text);
  return found ? found : "true";
}

ErrCode explain_crosstab_cell(ExplainCell *e, Err *err) {
  const CrosstabOpts *o = e->asked->opts;
  const char *level = cell_text(e, o->rows, e->row), *by = o->by ? cell_text(e, o->by, e->row) : NULL;
  bool total = level && (strcmp(level, "total") == 0 || strcmp(e->name, "total") == 0);
  if (!level || !is_level(e->answer, e->column, o)) {
    if (!level || !total) return explain_nothing(e, err);
  }
  if (total) {
    explained_title(e->out, "total of %s by %s", o->rows, o->columns);
    explained_add(e->out, "formula", "total = the sum of the %s", strcmp(e->name, "total") == 0 ? "row" : "column");
    explained_add(e->out, "numbers", "total = %s",
                  cell_text(e, e->name, e->row) ? cell_text(e, e->name, e->row) : "undefined");
    explained_add(e->out, "misleads", "rows in which either is missing are left out");
    explained_add(e->out, "instead", "d:missing_pairs{\"%s\", \"%s\"}", o->rows, o->columns);
    return OK;
  }
  Table t;
  TRY(read_table(e, o, &t, err));
  if (isnan(t.count)) return explain_nothing(e, err);
  explained_title(e->out, "%s = %s by %s = %s", o->rows, level, o->columns, e->name);
  say_cell(e, o->show, &t);
  const char *more = by ? arena_printf(&e->out->arena, " and %s", cell_equals(e, o->by, by)) : "";
  const char *where = arena_printf(&e->out->arena, "%s and %s%s", cell_equals(e, o->rows, level),
                                   cell_equals(e, o->columns, e->name), more);
  explained_add(e->out, "rows", "%s", explain_keep_where(e->out, where));
  explained_add(e->out, "instead", "d:crosstab(\"%s\", \"%s\", {show=\"%s\"})", o->rows, o->columns,
                o->show == SHOW_ADJUSTED ? "row" : "adjusted");
  return OK;
}
