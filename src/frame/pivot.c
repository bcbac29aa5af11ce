// From long to wide. Rows are numbered by `rows` and by `columns`; the pair is a cell, and cells lie column by column.
// One pass over the rows gives each cell a row to take its value from (first, last, min, max), a count, or a sum. Sums
// run in row order with Neumaier's correction, whatever the number of threads.
// Reference: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974.
#include "frame/shape_int.h"

#include "frame/verbs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TICK = 1 << 16 };

typedef struct Pivot {
  const Frame *f;
  const PivotOpts *opts;
  int *row, nrow, *col, ncol, *value, nvalue;
  int64_t n, high, wide; // rows; rows and columns of the result
  int64_t *cell;         // of each row
  int64_t *first;        // first row of each row of the result
  Frame *levels;         // of the columns, in order
} Pivot;

// ---- cells --------------------------------------------------------------------------------------------------------
// group[i] of each row by the columns, and the first row of each group.
static ErrCode group_rows(Job *job, const Pivot *p, const int *col, int m, int64_t *group, int64_t *ngroup,
                          int64_t **first, Err *err) {
  TRY(frame_groups(job, p->f, col, m, group, ngroup, err));
  TRY(shape_new(job, *ngroup, sizeof **first, "groups", first, err));
  int64_t seen = 0;
  for (int64_t i = 0; i < p->n; i++)
    if (group[i] == seen) (*first)[seen++] = i;
  return OK;
}

// The distinct combinations of the columns (rows first[0..n) of f), sorted, and the place of each of them.
static ErrCode sort_levels(Job *job, Pivot *p, const int64_t *first, int64_t n, int64_t *place, Err *err) {
  Frame *levels = frame_new(n);
  ErrCode code = OK;
  Column *c;
  char(*name)[16] = calloc((size_t)p->ncol + 1, sizeof *name);
  const char **key = calloc((size_t)p->ncol + 1, sizeof *key);
  if (!name || !key) abort();
  for (int k = 0; k < p->ncol && code == OK; k++) {
    snprintf(name[k], sizeof name[k], "key%d", k);
    key[k] = name[k];
    code = column_gather(job, frame_at(p->f, p->col[k]), first, n, &c, err);
    if (code == OK) code = frame_add(levels, name[k], c, err);
  }
  if (code == OK) code = column_new(job, COL_I64, n, NULL, &c, err);
  for (int64_t g = 0; g < n && code == OK; g++) c->i[g] = g;
  if (code == OK) code = frame_add(levels, "group", c, err);
  if (code == OK) code = frame_sort(job, levels, &(Names){key, p->ncol}, &p->levels, err);
  for (int64_t g = 0; g < n && code == OK; g++) place[frame_at(p->levels, p->ncol)->i[g]] = g;
  free(name);
  free(key);
  frame_unref(levels);
  return code;
}

static ErrCode too_wide(const Pivot *p, Err *err) {
  Str names = {0};
  for (int k = 0; k < p->ncol; k++) str_addf(&names, "%s'%s'", k ? ", " : "", frame_name(p->f, p->col[k]));
  err_set(err, ERR_ARG, "pivot: %s ha%s %s different values, at most %s can become columns", str_c(&names),
          p->ncol == 1 ? "s" : "ve", shape_number(p->wide).s, shape_number(PIVOT_MOST).s);
  str_fini(&names);
  return ERR_ARG;
}

static ErrCode number_columns(Job *job, Pivot *p, int64_t *group, Err *err) {
  int64_t *first = NULL, *place = NULL;
  ErrCode code = group_rows(job, p, p->col, p->ncol, group, &p->wide, &first, err);
  if (code == OK && p->wide > PIVOT_MOST) code = too_wide(p, err);
  if (code == OK) code = shape_new(job, p->wide, sizeof *place, "groups", &place, err);
  if (code == OK) code = sort_levels(job, p, first, p->wide, place, err);
  for (int64_t i = 0; i < p->n && code == OK; i++) group[i] = place[group[i]];
  mem_free(first);
  mem_free(place);
  return code;
}

static ErrCode number_cells(Job *job, Pivot *p, Err *err) {
  int64_t *group;
  TRY(shape_new(job, p->n, sizeof *p->cell, "groups", &p->cell, err));
  TRY(shape_new(job, p->n, sizeof *group, "groups", &group, err));
  ErrCode code = number_columns(job, p, group, err);
  if (code == OK) code = group_rows(job, p, p->row, p->nrow, p->cell, &p->high, &p->first, err);
  for (int64_t i = 0; i < p->n && code == OK; i++) p->cell[i] += group[i] * p->high;
  mem_free(group);
  int64_t values = p->nvalue > 1 ? p->nvalue : 1;
  if (code == OK) code = job_need(job, p->high * p->wide * values * (int64_t)sizeof(int64_t), "a pivot", err);
  return code;
}

// ---- values -------------------------------------------------------------------------------------------------------
typedef struct Cells { // of one value column; which of the arrays are there depends on agg
  const Column *from;  // NULL: rows are counted
  int64_t *pick, *count, *whole;
  double *sum, *lost;
  bool overflow;
} Cells;

static bool is_less(const Column *c, int64_t a, int64_t b) {
  if (c->dict) return col_code(c, a) < col_code(c, b);
  if (c->type == COL_TEXT) return sv_cmp(col_text(c, a), col_text(c, b)) < 0;
  if (c->type == COL_F64) return c->f[a] < c->f[b];
  return c->type == COL_BOOL ? c->b[a] < c->b[b] : c->i[a] < c->i[b];
}

static bool is_nan(const Column *c, int64_t i) { return c->type == COL_F64 && c->f[i] != c->f[i]; }

// Whether row i takes the place of `now`; a nan stays.
static bool is_better(const Column *c, int agg, int64_t i, int64_t now) {
  if (agg == PIVOT_FIRST) return false;
  if (agg == PIVOT_LAST) return true;
  if (is_nan(c, now)) return false;
  return is_nan(c, i) || (agg == PIVOT_MIN ? is_less(c, i, now) : is_less(c, now, i));
}

static void add_real(Cells *t, int64_t cell, double v) {
  double s = t->sum[cell], sum = s + v;
  t->lost[cell] += fabs(s) >= fabs(v) ? (s - sum) + v : (v - sum) + s;
  t->sum[cell] = sum;
}

static ErrCode refuse_repeat(const Pivot *p, int64_t a, int64_t b, Err *err) {
  Str at = {0};
  shape_cells(p->f, p->row, p->nrow, a, &at);
  if (p->nrow) str_add(&at, ", ");
  shape_cells(p->f, p->col, p->ncol, a, &at);
  err_set(err, ERR_ARG,
          "pivot: the cell %s has more than one row (%s and %s): say what becomes of them, agg=\"sum\", \"mean\", "
          "\"count\", \"min\", \"max\", \"first\" or \"last\"",
          str_c(&at), shape_number(a + 1).s, shape_number(b + 1).s);
  str_fini(&at);
  return ERR_ARG;
}

static ErrCode put_row(const Pivot *p, Cells *t, int64_t i, Err *err) {
  int64_t cell = p->cell[i];
  int agg = p->opts->agg;
  if (agg == PIVOT_UNIQUE) {
    if (t->pick[cell] >= 0) return refuse_repeat(p, t->pick[cell], i, err);
    t->pick[cell] = i;
    return OK;
  }
  if (agg == PIVOT_SUM) t->count[cell]++; // of nothing 0, as in d:agg; missing where there are no rows
  if (t->from && !col_valid(t->from, i)) return OK;
  if (t->pick && (t->pick[cell] < 0 || is_better(t->from, agg, i, t->pick[cell]))) t->pick[cell] = i;
  if (agg == PIVOT_COUNT || agg == PIVOT_MEAN) t->count[cell]++;
  if (t->sum) add_real(t, cell, col_f64(t->from, i));
  if (t->whole) {
    int64_t v = t->from->type == COL_BOOL ? t->from->b[i] : t->from->i[i];
    t->overflow |= __builtin_add_overflow(t->whole[cell], v, &t->whole[cell]);
  }
  return OK;
}

static ErrCode zeros(Job *job, int64_t n, void *out, Err *err) {
  void *p;
  TRY(shape_new(job, n, sizeof(int64_t), "a pivot", &p, err));
  memset(p, 0, (size_t)n * sizeof(int64_t));
  memcpy(out, &p, sizeof p);
  return OK;
}

static ErrCode fill_cells(Job *job, const Pivot *p, Cells *t, Err *err) {
  int64_t n = p->high * p->wide;
  int agg = p->opts->agg;
  bool sums = agg == PIVOT_SUM || agg == PIVOT_MEAN, whole = agg == PIVOT_SUM && t->from->type != COL_F64;
  if (sums || agg == PIVOT_COUNT) TRY(zeros(job, n, &t->count, err));
  if (sums) TRY(zeros(job, n, &t->sum, err));
  if (sums) TRY(zeros(job, n, &t->lost, err));
  if (whole) TRY(zeros(job, n, &t->whole, err));
  if (!t->count) {
    TRY(zeros(job, n, &t->pick, err));
    memset(t->pick, 0xFF, (size_t)n * sizeof *t->pick);
  }
  for (int64_t i = 0; i < p->n; i++) {
    if (i % TICK == 0) TRY(job_tick(job, i, p->n, err));
    TRY(put_row(p, t, i, err));
  }
  return OK;
}

static void cells_free(Cells *t) {
  mem_free(t->pick);
  mem_free(t->count);
  mem_free(t->whole);
  mem_free(t->sum);
  mem_free(t->lost);
}

static double real_cell(const Cells *t, int agg, int64_t cell) {
  double sum = isfinite(t->sum[cell]) ? t->sum[cell] + t->lost[cell] : t->sum[cell];
  return agg == PIVOT_MEAN ? sum / (double)t->count[cell] : sum;
}

// One column of the result.
static ErrCode cells_column(Job *job, const Pivot *p, const Cells *t, int64_t level, Column **out, Err *err) {
  int64_t begin = level * p->high;
  int agg = p->opts->agg;
  if (t->pick) return column_gather(job, t->from, t->pick + begin, p->high, out, err);
  bool ints = agg == PIVOT_COUNT || (t->whole && !t->overflow);
  Column *c;
  TRY(column_new(job, ints ? COL_I64 : COL_F64, p->high, NULL, &c, err));
  for (int64_t r = 0; r < p->high; r++) {
    ErrCode code = OK;
    if (agg == PIVOT_COUNT) c->i[r] = t->count[begin + r];
    else if (!t->count[begin + r]) code = column_set_missing(c, r, err);
    else if (ints) c->i[r] = t->whole[begin + r];
    else c->f[r] = real_cell(t, agg, begin + r);
    if (code != OK) return column_unref(c), code;
  }
  *out = c;
  return OK;
}

// ---- the result ---------------------------------------------------------------------------------------------------
// "level", "level_level", "value_level"; with "_2" behind it when the name is taken.
static void level_name(const Pivot *p, int value, int64_t level, const Frame *made, Str *name) {
  str_clear(name);
  if (p->nvalue > 1) str_addf(name, "%s_", frame_name(p->f, p->value[value]));
  for (int k = 0; k < p->ncol; k++) {
    const Column *c = frame_at(p->levels, k);
    if (k) str_addc(name, '_');
    if (col_valid(c, level)) col_format(c, level, CELL_EXACT, name);
    else str_add(name, "missing");
  }
  while (frame_find(made, (Sv){str_c(name), name->n}) >= 0) str_add(name, "_2");
}

static ErrCode add_levels(Job *job, const Pivot *p, int value, Frame *made, Err *err) {
  Cells t = {.from = p->nvalue ? frame_at(p->f, p->value[value]) : NULL};
  ErrCode code = fill_cells(job, p, &t, err);
  Str name = {0};
  for (int64_t level = 0; level < p->wide && code == OK; level++) {
    Column *c;
    code = job_tick(job, level, p->wide, err);
    if (code == OK) code = cells_column(job, p, &t, level, &c, err);
    if (code != OK) break;
    level_name(p, value, level, made, &name);
    code = frame_add(made, str_c(&name), c, err);
  }
  str_fini(&name);
  cells_free(&t);
  return code;
}

static ErrCode assemble(Job *job, const Pivot *p, Frame *made, Err *err) {
  for (int k = 0; k < p->nrow; k++) {
    Column *c;
    TRY(column_gather(job, frame_at(p->f, p->row[k]), p->first, p->high, &c, err));
    TRY(frame_add(made, frame_name(p->f, p->row[k]), c, err));
  }
  for (int v = 0; v < (p->nvalue ? p->nvalue : 1); v++) TRY(add_levels(job, p, v, made, err));
  return OK;
}

static ErrCode check_values(const Pivot *p, Err *err) {
  int agg = p->opts->agg;
  if (!p->ncol) return err_set(err, ERR_ARG, "pivot needs columns=, whose values become the columns");
  if (!p->nvalue && agg != PIVOT_COUNT)
    return err_set(err, ERR_ARG, "pivot needs values=, the column to fill the cells with; agg=\"count\" counts rows");
  for (int v = 0; v < p->nvalue && (agg == PIVOT_SUM || agg == PIVOT_MEAN); v++) {
    const Column *c = frame_at(p->f, p->value[v]);
    if (!col_is_number(c))
      return err_set(err, ERR_TYPE,
                     "pivot: column '%s' is %s, agg=\"%s\" needs numbers: first, last, min, max and "
                     "count take any type",
                     frame_name(p->f, p->value[v]), COLTYPES[c->type].name, agg == PIVOT_SUM ? "sum" : "mean");
  }
  return OK;
}

static ErrCode pivot(Job *job, Pivot *p, Frame **made, Err *err) {
  const PivotOpts *o = p->opts;
  TRY(shape_columns(p->f, &o->rows, false, &p->row, &p->nrow, err));
  TRY(shape_columns(p->f, &o->columns, false, &p->col, &p->ncol, err));
  TRY(shape_columns(p->f, &o->values, false, &p->value, &p->nvalue, err));
  TRY(check_values(p, err));
  TRY(number_cells(job, p, err));
  *made = frame_new(p->high);
  return assemble(job, p, *made, err);
}

ErrCode frame_pivot(Job *job, const Frame *f, const PivotOpts *opts, Frame **out, Err *err) {
  Pivot p = {.f = f, .opts = opts, .n = frame_nrow(f)};
  Frame *made = NULL;
  ErrCode code = pivot(job, &p, &made, err);
  free(p.row);
  free(p.col);
  free(p.value);
  mem_free(p.cell);
  mem_free(p.first);
  frame_unref(p.levels);
  if (code != OK) return frame_unref(made), code;
  *out = made;
  return OK;
}
