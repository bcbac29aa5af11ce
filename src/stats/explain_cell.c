// From a cell of an answer back to what it was computed from: the columns, the rows and the options are found by what
// the answer remembers and by the names that stand in its row.
#include "stats/explain_int.h"

#include "frame/expr.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>

// ---- what stands in a row ------------------------------------------------------------------------------------------
const char *cell_text(ExplainCell *e, const char *column, int64_t row) {
  int j = frame_find(e->answer, sv(column));
  if (j < 0 || row < 0 || row >= frame_nrow(e->answer) || !col_valid(frame_at(e->answer, j), row)) return NULL;
  Str s = {0};
  col_format(frame_at(e->answer, j), row, CELL_EXACT, &s);
  const char *text = arena_strdup(&e->out->arena, str_c(&s));
  str_fini(&s);
  return text;
}

double cell_real(const ExplainCell *e, const char *column, int64_t row) {
  int j = frame_find(e->answer, sv(column));
  if (j < 0 || row < 0 || row >= frame_nrow(e->answer) || !col_is_number(frame_at(e->answer, j))) return NAN;
  return col_f64(frame_at(e->answer, j), row);
}

ErrCode explain_nothing(const ExplainCell *e, Err *err) {
  return err_set(err, ERR_ARG, "explain: '%s' of %s is no statistic: go to a number", e->name, e->asked->verb);
}

// ---- one column ----------------------------------------------------------------------------------------------------
static ErrCode sorted_values(Explain *e, Err *err) {
  TRY(job_need(e->job, 8 * e->c->n, "explain", err));
  e->x = mem_new((size_t)(e->c->n + 1) * sizeof *e->x);
  if (!e->x) return err_set(err, ERR_MEMORY, "explain: the system has no memory left: take fewer rows");
  int64_t n = col_present_f64(e->c, e->x);
  for (int64_t i = 0; i < n; i++)
    if (!isnan(e->x[i])) e->x[e->n++] = e->x[i];
  return order_sort_f64(e->job, e->x, e->n, err);
}

// Fills what describe says, and the values in order, of the rows at hand; then `stat`, or the profile where NULL.
static ErrCode explain_rows(Explain *e, const char *stat, Err *err) {
  Describe d = {.job = e->job, .opts = e->opts};
  d.need = NEED_MODE | NEED_MAD | NEED_ENTROPY | NEED_OUTLIERS | NEED_LENGTHS;
  e->r = (Row){.name = e->name, .like = e->c};
  ErrCode code = describe_column(&d, e->c, &e->r, err);
  if (code == OK && has_moments(e->c)) code = sorted_values(e, err);
  e->brief = !stat;
  const char *const *profile = explain_profile(e->c);
  for (int k = 0; !stat && profile[k] && code == OK; k++) code = explain_column(e, profile[k], err);
  if (stat && code == OK) code = explain_column(e, stat, err);
  mem_free(e->x);
  room_fini(&d.values), room_fini(&d.room), room_fini(&d.scratch);
  str_fini(&e->r.top), str_fini(&e->r.first), str_fini(&e->r.last), str_fini(&e->r.middle);
  return code;
}

static ErrCode explain_one(Job *job, const Frame *f, const char *column, const char *stat, Explained *out, Err *err) {
  static const DescribeOpts usual = {.type = 7};
  int j;
  TRY(frame_col(f, sv(column), &j, err));
  Explain e = {.job = job, .out = out, .f = f, .name = frame_name(f, j), .c = frame_at(f, j), .opts = &usual};
  return explain_rows(&e, stat, err);
}

ErrCode stats_explain(Job *job, const Frame *f, const Names *columns, const char *stat, Explained *out, Err *err) {
  static const CorrOpts usual = {0};
  if (columns->n == 1) return explain_one(job, f, columns->name[0], stat, out, err);
  if (columns->n != 2 || !stat)
    return err_set(err, ERR_ARG, "explain: %s, as in stats.explain(d, {\"x\", \"y\"}, \"r\")",
                   columns->n == 2 ? "two columns need the name of a statistic" : "it needs one column or two");
  for (int k = 0, j; k < 2; k++) TRY(frame_col(f, sv(columns->name[k]), &j, err));
  ExplainPair e = {job, out, f, columns->name[0], columns->name[1], &usual};
  return explain_pair(&e, stat, err);
}

// ---- describe ------------------------------------------------------------------------------------------------------
static bool is_row_of(ExplainCell *e, const Names *by, const By *groups, int64_t g) {
  for (int64_t k = 0; k < by->n; k++) {
    const Column *c = frame_at(e->f, frame_find(e->f, sv(by->name[k])));
    const char *want = cell_text(e, by->name[k], e->row);
    int64_t row = groups->row[groups->start[g]];
    Str text = {0};
    if (col_valid(c, row)) col_format(c, row, CELL_EXACT, &text);
    bool same = col_valid(c, row) == (want != NULL) && (!want || strcmp(str_c(&text), want) == 0);
    str_fini(&text);
    if (!same) return false;
  }
  return true;
}

static const char *condition_of(ExplainCell *e, const Names *by, int64_t row) {
  const char *all = NULL;
  for (int64_t k = 0; k < by->n; k++) {
    const Column *c = frame_at(e->f, frame_find(e->f, sv(by->name[k])));
    const char *one = explain_equal(e->out, by->name[k], c, row);
    all = all ? arena_printf(&e->out->arena, "%s and %s", all, one) : one;
  }
  return all;
}

static ErrCode explain_group(ExplainCell *e, Explain *x, const Names *by, Err *err) {
  By groups;
  TRY(by_init(e->job, e->f, by, &groups, err));
  ErrCode code = OK;
  int64_t g = 0;
  while (g < groups.ngroup && !is_row_of(e, by, &groups, g)) g++;
  Column *part = NULL;
  if (g < groups.ngroup) {
    x->row = groups.row + groups.start[g];
    x->where = condition_of(e, by, x->row[0]);
    code = column_gather(e->job, x->c, x->row, groups.start[g + 1] - groups.start[g], &part, err);
    if (code == OK) x->c = part, code = explain_rows(x, e->name, err);
  } else code = explain_nothing(e, err);
  column_unref(part);
  by_fini(&groups);
  return code;
}

static ErrCode explain_weighted(ExplainCell *e, const DescribeOpts *o, const char *column) {
  const char *value = cell_text(e, e->name, e->row);
  explained_title(e->out, "%s of %s, weighted by %s", e->name, column, o->weight);
  explained_add(e->out, "formula", "mean = Σw·x / Σw, var = Σw(x − mean)² / (V1 − V2 / V1), V1 = Σw, V2 = Σw²");
  explained_add(e->out, "numbers", "%s = %s", e->name, value ? value : "undefined");
  const char *where = arena_printf(&e->out->arena, "not is_missing(%s) and %s > 0", explain_name(e->out, column),
                                   explain_name(e->out, o->weight));
  explained_add(e->out, "rows", "%s", explain_keep_where(e->out, where));
  explained_add(e->out, "misleads",
                "weights that are counts of cases, not of how much a row is worth: se is then wrong");
  explained_add(e->out, "instead", "d:describe{\"%s\"} without weights", column);
  return OK;
}

ErrCode explain_describe_cell(ExplainCell *e, Err *err) {
  const DescribeOpts *o = e->asked->opts;
  const char *column = cell_text(e, "column", e->row);
  int j = column ? frame_find(e->f, sv(column)) : -1;
  bool stat = j >= 0 && strcmp(e->name, "column") != 0;
  for (int64_t k = 0; k < o->by.n; k++) stat = stat && strcmp(e->name, o->by.name[k]) != 0;
  if (!stat) return explain_nothing(e, err);
  Explain x = {.job = e->job, .out = e->out, .f = e->f, .name = frame_name(e->f, j), .c = frame_at(e->f, j), .opts = o};
  if (!explain_column_has(x.c, e->name)) return explain_nothing(e, err);
  if (o->weight && col_is_number(x.c)) return explain_weighted(e, o, column);
  return o->by.n ? explain_group(e, &x, &o->by, err) : explain_rows(&x, e->name, err);
}

// ---- matrices and lists of pairs -----------------------------------------------------------------------------------
// The pair that the cell is about; false: it is about none.
static bool pair_of(ExplainCell *e, bool list, const char **x, const char **y) {
  const char *first = frame_name(e->answer, 0);
  *x = cell_text(e, first, e->row), *y = list ? cell_text(e, "with", e->row) : e->name;
  return *x && *y && strcmp(e->name, first) != 0 && strcmp(e->name, "with") != 0 && frame_find(e->f, sv(*x)) >= 0 &&
         frame_find(e->f, sv(*y)) >= 0;
}

// The rows that miss nothing in the columns that were asked about.
static ErrCode complete_rows(ExplainCell *e, const Names *columns, Frame **out, Err *err) {
  Str text = {0};
  for (int j = 0; j < frame_ncol(e->f); j++) {
    bool chosen = !columns->n && col_is_number(frame_at(e->f, j));
    for (int64_t k = 0; k < columns->n; k++) chosen = chosen || strcmp(columns->name[k], frame_name(e->f, j)) == 0;
    if (chosen) str_addf(&text, "%snot is_missing(`%s`)", text.n ? " and " : "", frame_name(e->f, j));
  }
  ErrCode code = frame_where(e->job, e->f, (Sv){str_c(&text), text.n}, NULL, 0, out, err);
  str_fini(&text);
  return code;
}

// A cell of the diagonal.
static ErrCode explain_itself(ExplainCell *e, const char *x) {
  const char *value = cell_text(e, e->name, e->row);
  explained_title(e->out, "%s with itself", x);
  explained_add(e->out, "numbers", "%s by definition; it says nothing", value ? value : "undefined");
  return OK;
}

ErrCode explain_corr_cell(ExplainCell *e, Err *err) {
  static const char *const shown[] = {"r", "n", "p", "low", "high"};
  bool cov = strcmp(e->asked->verb, "cov") == 0, partial = strcmp(e->asked->verb, "partial") == 0;
  const CorrOpts *asked = cov || partial ? NULL : e->asked->opts;
  CorrOpts o = asked ? *asked : (CorrOpts){0};
  bool list = frame_find(e->answer, sv("with")) >= 0 && frame_find(e->answer, sv("r")) >= 0;
  const char *x, *y, *stat = cov ? "cov" : list ? e->name : o.show < CORR_LONG ? shown[o.show] : "r";
  if (!pair_of(e, list, &x, &y)) return explain_nothing(e, err);
  if (strcmp(x, y) == 0 && cov) return explain_one(e->job, e->f, x, "var", e->out, err);
  if (strcmp(x, y) == 0) return explain_itself(e, x);
  if (partial) {
    explained_title(e->out, "partial correlation of %s and %s", x, y);
    explained_add(e->out, "formula",
                  "r of what is left of both after a regression on the given columns; n − 2 − given df");
    explained_add(e->out, "numbers", "%s = %s", e->name,
                  cell_text(e, e->name, e->row) ? cell_text(e, e->name, e->row) : "undefined");
    explained_add(e->out, "misleads", "holding a consequence of both fixed makes an association where there is none");
    explained_add(e->out, "instead", "d:corr{\"%s\", \"%s\"} for the one without", x, y);
    return OK;
  }
  Frame *rows = NULL;
  if (o.missing == CORR_COMPLETE) TRY(complete_rows(e, &o.columns, &rows, err));
  ExplainPair p = {e->job, e->out, rows ? rows : e->f, x, y, &o};
  ErrCode code = explain_pair(&p, stat, err);
  frame_unref(rows);
  return code;
}

ErrCode explain_assoc_cell(ExplainCell *e, Err *err) {
  const AssocOpts *o = e->asked->opts;
  bool list = o->show == ASSOC_LONG || o->target;
  const char *x, *y, *first = frame_name(e->answer, 0);
  bool pair = pair_of(e, list, &x, &y);
  if (!pair && o->target && strcmp(e->name, first) != 0)
    x = cell_text(e, first, e->row), y = o->target, pair = x != NULL;
  if (!pair) return explain_nothing(e, err);
  if (strcmp(x, y) == 0) return explain_itself(e, x);
  CorrOpts none = {.method = CORR_PEARSON};
  ExplainPair p = {e->job, e->out, e->f, x, y, &none};
  return explain_assoc(&p, o, o->show == ASSOC_P || strcmp(e->name, "p") == 0 ? "p" : "value", err);
}

// ---- the answer ----------------------------------------------------------------------------------------------------
static const struct {
  const char *verb;
  ExplainCellFn *fn;
} VERBS[] = {{"describe", explain_describe_cell}, {"corr", explain_corr_cell},   {"cov", explain_corr_cell},
             {"partial", explain_corr_cell},      {"assoc", explain_assoc_cell}, {"crosstab", explain_crosstab_cell}};

ErrCode explain_cell_init(ExplainCell *e, Job *job, const Frame *answer, int64_t row, int column, Explained *out,
                          Err *err) {
  const Asked *asked = frame_asked(answer);
  bool there = asked && strcmp(asked->object, "Frame") == 0 && row >= 0 && row < frame_nrow(answer) && column >= 0 &&
               column < frame_ncol(answer);
  if (!there) return err_set(err, ERR_ARG, "explain: this table is no answer whose numbers can be explained");
  *e = (ExplainCell){job, out, answer, asked->of, asked, row, column, frame_name(answer, column)};
  return OK;
}

ErrCode explain_cell(Job *job, const Frame *answer, int64_t row, int column, Explained *out, Err *err) {
  ExplainCell e;
  TRY(explain_cell_init(&e, job, answer, row, column, out, err));
  for (size_t k = 0; k < sizeof VERBS / sizeof *VERBS; k++)
    if (strcmp(VERBS[k].verb, e.asked->verb) == 0) return VERBS[k].fn(&e, err);
  return explain_test_cell(&e, err);
}
