// The rows of a table that a row or a cell of an answer about it stands for, as a condition: the level of a frequency
// table, the suspect of a list of outliers, the cell of a pivot. Where a cell is a statistic, the condition is the one
// that explaining it names, so that F1 and Enter never disagree.
#include "stats/explain_int.h"

#include "frame/shape.h"

typedef const char *BehindFn(ExplainCell *e);

static const char *joined(ExplainCell *e, const char *all, const char *one) {
  return all ? arena_printf(&e->out->arena, "%s and %s", all, one) : one;
}

// The columns of the answer that the table has too are those of its values in this row.
static const char *same_values(ExplainCell *e, const Names *names) {
  const char *all = NULL;
  for (int64_t k = 0; k < names->n; k++) {
    int j = frame_find(e->answer, sv(names->name[k]));
    if (j >= 0) all = joined(e, all, explain_equal(e->out, names->name[k], frame_at(e->answer, j), e->row));
  }
  return all;
}

static const char *counted(ExplainCell *e) { return same_values(e, e->asked->opts); } // whose options are names alone

static const char *repeated(ExplainCell *e) {
  const Names *names = e->asked->opts;
  if (names->n) return same_values(e, names);
  Names all = {arena_array(&e->out->arena, const char *, frame_ncol(e->f)), 0};
  for (int j = 0; j < frame_ncol(e->f); j++) all.name[all.n++] = frame_name(e->f, j);
  return same_values(e, &all);
}

static const char *pivoted(ExplainCell *e) {
  const PivotOpts *o = e->asked->opts;
  const char *where = same_values(e, &o->rows);
  bool level = o->columns.n == 1 && o->values.n <= 1;
  for (int64_t k = 0; k < o->rows.n; k++) level = level && strcmp(o->rows.name[k], e->name) != 0;
  if (!level) return where;
  bool none = strcmp(e->name, "missing") == 0;
  const char *column = o->columns.name[0];
  const char *one = none ? arena_printf(&e->out->arena, "is_missing(%s)", explain_name(e->out, column))
                         : cell_equals(e, column, e->name);
  return joined(e, where, one);
}

// A card tells the row by its number.
static const char *suspect(ExplainCell *e) {
  const char *row = cell_text(e, "row", e->row);
  return row ? arena_printf(&e->out->arena, "row() == %s", row) : NULL;
}

static const char *without_value(ExplainCell *e) {
  const char *column = cell_text(e, "column", e->row);
  return column ? arena_printf(&e->out->arena, "is_missing(%s)", explain_name(e->out, column)) : NULL;
}

static const char *spelled(ExplainCell *e) {
  const char *column = cell_text(e, "column", e->row), *value = cell_text(e, "value", e->row),
             *rule = cell_text(e, "rule", e->row);
  bool format = rule && strcmp(rule, "format") == 0;
  if (!column || !value || format || frame_find(e->f, sv(column)) < 0) return NULL;
  return cell_equals(e, column, value);
}

static const char *alerted(ExplainCell *e) { return cell_text(e, "where", e->row); }

static const struct {
  const char *verb;
  BehindFn *fn;
} VERBS[] = {{"count", counted},        {"agg", counted},      {"duplicates", repeated},
             {"pivot", pivoted},        {"outliers", suspect}, {"missing_columns", without_value},
             {"inconsistent", spelled}, {"alerts", alerted}};

ErrCode explain_behind(Job *job, const Frame *answer, int64_t row, int column, Explained *out, Err *err) {
  ExplainCell e;
  TRY(explain_cell_init(&e, job, answer, row, column, out, err));
  for (size_t k = 0; k < sizeof VERBS / sizeof *VERBS; k++) {
    if (strcmp(VERBS[k].verb, e.asked->verb) != 0) continue;
    out->where = VERBS[k].fn(&e);
    return out->where ? OK : err_set(err, ERR_ARG, "no rows in particular stand behind this row of %s", e.asked->verb);
  }
  TRY(explain_cell(job, answer, row, column, out, err));
  if (out->where || out->x) return OK;
  return err_set(err, ERR_ARG, "no rows in particular stand behind '%s' of %s", e.name, e.asked->verb);
}
