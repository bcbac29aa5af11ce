// Which rows a chart can place. A row falls out at the first column that cannot place it, so each row that is not shown
// is counted once.
#include "chart/chart_int.h"

#include "frame/verbs.h"

#include <math.h>

ErrCode use_find(const Frame *d, const char *chart, const char *name, bool dates, const char *advice, Use *out,
                 Err *err) {
  int j;
  ErrCode code = frame_col(d, sv(name), &j, err);
  if (code != OK) return err_prefix(err, "%s", chart);
  const Column *c = frame_at(d, j);
  bool date = c->type == COL_DATE || c->type == COL_TIME;
  if (!col_is_number(c) && !(dates && date))
    return err_set(err, ERR_TYPE, "%s: column '%s' is %s: %s", chart, name, COLTYPES[c->type].name, advice);
  *out = (Use){.col = c, .name = frame_name(d, j)};
  return OK;
}

AxisKind use_axis(const Use *u) {
  return u->col->type == COL_DATE ? AXIS_DATE : u->col->type == COL_TIME ? AXIS_TIME : AXIS_NUMBER;
}

void use_scale(Use *u, int scale) { u->log = scale == SCALE_LOG, u->symlog = scale == SCALE_SYMLOG; }

static bool places(Use *u, int64_t i) {
  if (!col_valid(u->col, i)) return u->missing++, false;
  double v = col_f64(u->col, i);
  if (!isfinite(v)) return u->not_finite++, false;
  if ((u->log || u->positive) && v <= 0) return u->not_positive++, false;
  return true;
}

static bool all_place(Use *use, int nuse, Levels *by, int64_t i) {
  for (int k = 0; k < nuse; k++)
    if (!places(&use[k], i)) return false;
  for (Levels *l = by; l; l = l->also)
    if (l->of[i] < 0) return l->missing++, false;
  return true;
}

static ErrCode nothing_left(const Pile *p, const Use *use, int nuse, const Levels *by, int64_t nrow, Err *err) {
  if (nrow == 0) return err_set(err, ERR_ARG, "%s: the frame has no rows", p->chart);
  for (int k = 0; k < nuse; k++) {
    if (use[k].missing == nrow)
      return err_set(err, ERR_ARG, "%s: every value of '%s' is missing", p->chart, use[k].name);
    if (use[k].not_positive == nrow)
      return err_set(err, ERR_ARG, "%s: no value of '%s' is above 0, as %s needs", p->chart, use[k].name,
                     use[k].log ? "a log scale" : "a size");
  }
  for (const Levels *l = by; l; l = l->also)
    if (l->missing == nrow)
      return err_set(err, ERR_ARG, "%s: every value of '%s' is missing", p->chart, l->column);
  return err_set(err, ERR_ARG, "%s: none of the %lld rows has %s that can be shown", p->chart, (long long)nrow,
                 nuse > 1 ? "values in all columns" : "a value");
}

ErrCode rows_pick(Pile *p, Use *use, int nuse, Levels *by, int64_t nrow, int64_t **row, int64_t *n, Err *err) {
  int64_t kept = 0;
  TRY(pile_new(p, nrow * 8, row, err));
  for (int64_t i = 0; i < nrow; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(p->job, i, nrow, err));
    if (all_place(use, nuse, by, i)) (*row)[kept++] = i;
  }
  *n = kept;
  return kept ? OK : nothing_left(p, use, nuse, by, nrow, err);
}

static void add_reason(Plot *plot, Str *text, int64_t n, const char *what, const char *name) {
  if (!n) return;
  str_addf(text, "%s%s %s %s", text->n ? ", " : "", words_count(plot, n), what,
           words_copy(plot, sv(name), CHART_NAME_COLUMNS));
}

const char *rows_note(const Use *use, int nuse, const Levels *by, Plot *plot) {
  Str text = {0};
  for (int k = 0; k < nuse; k++) {
    add_reason(plot, &text, use[k].missing, "missing", use[k].name);
    add_reason(plot, &text, use[k].not_finite, "not finite", use[k].name);
    add_reason(plot, &text, use[k].not_positive, "not above 0 in", use[k].name);
  }
  for (const Levels *l = by; l; l = l->also) add_reason(plot, &text, l->missing, "missing", l->column);
  const char *note = text.n ? arena_printf(&plot->arena, "%s: not shown", str_c(&text)) : NULL;
  str_fini(&text);
  return note;
}

Axis axis_of_names(Plot *p, const char *const *name, int64_t n, bool downwards) {
  Axis a = {.kind = AXIS_CATEGORY, .lo = 0, .hi = (double)n, .ncategory = (int32_t)n};
  a.category = arena_array(&p->arena, const char *, n);
  for (int64_t k = 0; k < n; k++) a.category[k] = name[downwards ? n - 1 - k : k];
  return a;
}

// ---- levels -------------------------------------------------------------------------------------------------------
typedef struct Groups {
  int64_t *of, n; // group of each row, in order of first appearance
  int64_t *first; // a row of each group
  int64_t *place; // level of each group
} Groups;

static ErrCode find_groups(Pile *p, const Frame *d, int j, Groups *g, Err *err) {
  int64_t nrow = frame_nrow(d);
  TRY(pile_new(p, nrow * 8, &g->of, err));
  TRY(frame_groups(p->job, d, &j, 1, g->of, &g->n, err));
  TRY(pile_new(p, g->n * 8, &g->first, err));
  TRY(pile_new(p, g->n * 8, &g->place, err));
  for (int64_t i = nrow - 1; i >= 0; i--) g->first[g->of[i]] = i;
  return OK;
}

// Levels in the order of the column; the missing group gets -1.
static ErrCode order_groups(Pile *p, const Column *c, const Groups *g, int64_t *order, int64_t *nlevel, Err *err) {
  Column *one;
  uint64_t *key;
  TRY(pile_new(p, g->n * 8, &key, err));
  TRY(column_gather(p->job, c, g->first, g->n, &one, err));
  ErrCode code = column_keys(p->job, one, false, key, err);
  column_unref(one);
  if (code == OK) code = order_keys(p->job, key, g->n, false, order, err);
  if (code != OK) return code;
  int64_t k = 0;
  for (int64_t i = 0; i < g->n; i++) {
    bool present = col_valid(c, g->first[order[i]]);
    g->place[order[i]] = present ? k : -1;
    if (present) order[k++] = order[i];
  }
  *nlevel = k;
  return OK;
}

static const char *level_name(Plot *plot, const Column *c, int64_t row) {
  Str text = {0};
  col_format(c, row, CELL_EXACT, &text);
  const char *name = text.n ? words_copy(plot, (Sv){str_c(&text), text.n}, CHART_NAME_COLUMNS) : "\"\"";
  str_fini(&text);
  return name;
}

ErrCode levels_load(Pile *p, const Frame *d, const char *name, int64_t most, const char *advice, Plot *plot,
                    Levels *out, Err *err) {
  int j;
  int64_t nrow = frame_nrow(d);
  const int64_t *row = p->whole ? p->whole->row : NULL;
  if (p->whole) d = p->whole->d;
  ErrCode code = frame_col(d, sv(name), &j, err);
  if (code != OK) return err_prefix(err, "%s", p->chart);
  const Column *c = frame_at(d, j);
  bool number = c->type == COL_I64 || c->type == COL_DATE || c->type == COL_TIME;
  *out = (Levels){.column = frame_name(d, j),
                  .kind = c->type == COL_BOOL ? VALUES_BOOL
                          : number            ? VALUES_NUMBER
                                              : VALUES_TEXT};
  if (c->type == COL_F64)
    return err_set(err, ERR_TYPE, "%s: column '%s' is real, levels come from a category, text, bool or int: %s",
                   p->chart, name, advice);
  Groups g;
  int64_t *order;
  TRY(find_groups(p, d, j, &g, err));
  TRY(pile_new(p, g.n * 8, &order, err));
  TRY(order_groups(p, c, &g, order, &out->n, err));
  if (out->n > most)
    return err_set(err, ERR_ARG, "%s: column '%s' has %s levels, at most %lld fit: %s", p->chart, name,
                   words_count(plot, out->n), (long long)most, advice);
  TRY(pile_new(p, nrow * 4, &out->of, err));
  for (int64_t i = 0; i < nrow; i++) out->of[i] = (int32_t)g.place[g.of[row ? row[i] : i]];
  out->name = arena_array(&plot->arena, const char *, out->n);
  for (int64_t k = 0; k < out->n; k++) out->name[k] = level_name(plot, c, g.first[order[k]]);
  return OK;
}
