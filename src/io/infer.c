// Types from texts. Each column is read as bool, int, real, date and time in turn; the first type that all its cells
// fit wins. When none fits all but some fit nearly all, the one with the fewest dissenters wins and the dissenters
// become missing, listed in the ledger. Else it is a category when it has few distinct words, or text. A try stops at
// the first dissenter too many, so a wrong guess costs little and only the column that needs it is read again.
// Columns are independent: the result does not depend on the number of threads.
#include "io/io_int.h"

#include "base/near.h"
#include "io/value_int.h"
#include "base/pool.h"

#include <assert.h>
#include <stdlib.h>

enum {
  SHOWN_ROWS = 5,
  ENOUGH = 100,
  SMALL = 20,
  UNASKED = -1,
  STYLE_FEW = 100,
  STYLE_CELLS = 2000
};

typedef struct Fit { // how the cells of a column took a type
  int64_t dissent, row[SHOWN_ROWS];
} Fit;

typedef struct Task {
  const RawTable *t;
  const Marks *marks;
  const ReadOpts *opts;
  int forced; // a ColType, or UNASKED
  Job *job;
  int64_t *count; // of a raw column stored by its words: how many rows have each; else NULL
  Column **raw, **ready, *out;
  Finding *finding;
  ErrCode code;
  Err err;
} Task;

// ---- one type -----------------------------------------------------------------------------------------------------
static void store(Column *c, int64_t row, int64_t i, double f) {
  if (c->type == COL_F64) c->f[row] = f;
  else if (c->type == COL_BOOL) c->b[row] = (uint8_t)i;
  else c->i[row] = i;
}

// The same by words: each is read once, and how often it stands there says whether the type can be meant at all.
typedef struct WordValue {
  bool empty, fits;
  int64_t i;
  double f;
} WordValue;

static int64_t read_words(const Column *c, const Column *raw, const ValueStyle *style, const int64_t *count,
                          WordValue *v, bool *zoned) {
  int64_t dissent = 0;
  for (int32_t k = 0; k < raw->dict->n; k++) {
    bool z = false;
    Sv text = sv_trim(raw->dict->word[k]);
    v[k] = (WordValue){.empty = text.n == 0};
    if (!count[k]) continue;
    v[k].fits = text.n && value_parse(style, c->type, text, &v[k].i, &v[k].f, &z);
    dissent += v[k].fits || v[k].empty ? 0 : count[k];
    *zoned |= z;
  }
  return dissent;
}

static ErrCode fill_by_words(Column *c, const Column *raw, const ValueStyle *style, const int64_t *count, int64_t limit,
                             Fit *fit, Err *err) {
  WordValue *v = mem_new(((size_t)raw->dict->n + 1) * sizeof *v);
  if (!v) return err_set(err, ERR_MEMORY, "the system has no memory left for the words of a column");
  int64_t dissent = read_words(c, raw, style, count, v, &c->zoned);
  ErrCode code = OK;
  for (int64_t row = 0; row < raw->n && code == OK && dissent <= limit; row++) {
    const WordValue *w = col_valid(raw, row) ? &v[col_code(raw, row)] : NULL;
    if (w && w->fits) {
      store(c, row, w->i, w->f);
      continue;
    }
    code = column_set_missing(c, row, err);
    if (!w || w->empty) continue;
    if (fit->dissent < SHOWN_ROWS) fit->row[fit->dissent] = row;
    fit->dissent++;
  }
  fit->dissent = dissent;
  mem_free(v);
  return code;
}

static ErrCode fill(Column *c, const Column *raw, const ValueStyle *style, const int64_t *count, int64_t limit,
                    Fit *fit, Err *err) {
  if (count) return fill_by_words(c, raw, style, count, limit, fit, err);
  for (int64_t row = 0; row < raw->n; row++) {
    Sv text = sv_trim(col_text(raw, row));
    int64_t i = 0;
    double f = 0;
    bool zoned = false;
    if (text.n && value_parse(style, c->type, text, &i, &f, &zoned)) {
      store(c, row, i, f);
      c->zoned |= zoned;
      continue;
    }
    TRY(column_set_missing(c, row, err));
    if (!text.n) continue;
    if (fit->dissent < SHOWN_ROWS) fit->row[fit->dissent] = row;
    if (++fit->dissent > limit) return OK;
  }
  return OK;
}

// raw as `type`; *out = NULL when more than `limit` cells do not fit.
static ErrCode convert(const Task *t, const Column *raw, ColType type, int64_t limit, Fit *fit, Column **out,
                       Err *err) {
  Column *c;
  *fit = (Fit){0};
  *out = NULL;
  TRY(column_new(t->job, type, raw->n, NULL, &c, err));
  ErrCode code = fill(c, raw, &t->finding->style, raw == *t->raw ? t->count : NULL, limit, fit, err);
  if (code == OK && fit->dissent <= limit) *out = c;
  else column_unref(c);
  return code;
}

static ErrCode best_typed(Task *t, int64_t allowed, Fit *fit, Column **out, Err *err) {
  int64_t limit = allowed;
  *out = NULL;
  for (int type = COL_BOOL; type <= COL_TIME && limit >= 0; type++) {
    Fit now;
    Column *c;
    ErrCode code = convert(t, *t->raw, (ColType)type, limit, &now, &c, err);
    if (code != OK) return column_unref(*out), *out = NULL, code;
    if (!c) continue;
    column_unref(*out);
    *out = c, *fit = now, limit = now.dissent - 1;
  }
  return OK;
}

// ---- words --------------------------------------------------------------------------------------------------------
ErrCode infer_words(Job *job, const Column *text, Column **out, Err *err) {
  int64_t present = text->n - text->missing;
  Column *cat = NULL;
  if (present > 0) TRY(column_to_cat(job, text, category_most(text->n), &cat, err));
  if (cat && cat->dict->n == present && text->n > SMALL) { // all distinct: names, not categories
    column_unref(cat);
    cat = NULL;
  }
  *out = cat ? cat : column_ref(text);
  return OK;
}

// ---- styles ---------------------------------------------------------------------------------------------------------
static StyleOpts style_opts(const ReadOpts *o) {
  StyleOpts s = {.group = o->thousands, .currency = o->currency, .percent = o->percent};
  if (o->decimal) s.decimal = o->decimal[0];
  if (o->dates) s.dates = o->dates[0] == 'd' ? ORDER_DMY : o->dates[0] == 'm' ? ORDER_MDY : ORDER_YMD;
  return s;
}

static bool forces_numbers(const StyleOpts *s) { return s->decimal || s->group || s->currency || s->percent; }

// At most `most` present cells, evenly spread; returns how many.
static int64_t spread_cells(const Column *raw, Sv *cell, int64_t most) {
  int64_t n = 0, step = raw->n / most + 1;
  for (int64_t i = 0; i < raw->n && n < most; i += step) {
    Sv text = sv_trim(col_text(raw, i));
    if (text.n && col_valid(raw, i)) cell[n++] = text;
  }
  return n;
}

// The style in which the column reads as `type`, when at most `allowed` of its cells do not.
static ErrCode try_style(Task *t, ColType type, const StyleOpts *forced, int64_t allowed, Fit *fit, Column **out,
                         Err *err) {
  Sv cell[STYLE_CELLS];
  ValueStyle *style = &t->finding->style;
  Str said = {0};
  int64_t few = spread_cells(*t->raw, cell, STYLE_FEW);
  if (!few || value_style(type, cell, few, t->t->comma_free, forced, style, &said) * 10 > few) {
    *style = (ValueStyle){0};
    return str_fini(&said), OK;
  }
  str_clear(&said);
  int64_t n = spread_cells(*t->raw, cell, STYLE_CELLS);
  (void)value_style(type, cell, n, t->t->comma_free, forced, style, &said);
  ErrCode code = value_is_plain(style) ? OK : convert(t, *t->raw, type, allowed, fit, out, err);
  if (code == OK && *out && said.n) note_add(&t->finding->note, "%s", str_c(&said));
  if (!*out) *style = (ValueStyle){0};
  str_fini(&said);
  return code;
}

static ErrCode as_styled(Task *t, int64_t allowed, bool numbers_only, Fit *fit, Column **out, Err *err) {
  static const ColType types[] = {COL_I64, COL_F64, COL_DATE, COL_TIME};
  StyleOpts forced = style_opts(t->opts);
  for (int k = 0; k < (numbers_only ? 2 : 4) && !*out; k++)
    TRY(try_style(t, types[k], &forced, allowed, fit, out, err));
  return OK;
}

static ErrCode all_missing(Task *t, Column **out, Err *err) {
  TRY(column_new(t->job, COL_F64, (*t->raw)->n, NULL, out, err));
  for (int64_t i = 0; i < (*out)->n; i++) {
    ErrCode code = column_set_missing(*out, i, err);
    if (code != OK) return column_unref(*out), *out = NULL, code;
  }
  note_add(&t->finding->note, "all missing");
  return OK;
}

// ---- what the ledger says -----------------------------------------------------------------------------------------
static void list_lines(const Task *t, const Fit *fit, Str *out) {
  for (int64_t k = 0; k < fit->dissent && k < SHOWN_ROWS; k++)
    str_addf(out, "%s%lld", k ? ", " : "", (long long)lines_at(&t->t->lines, fit->row[k]));
}

static void list_dissent(Task *t, const Fit *fit) {
  Finding *f = t->finding;
  f->dissent = fit->dissent;
  list_lines(t, fit, &f->lines);
  for (int64_t k = 0; k < fit->dissent && k < SHOWN_ROWS; k++) {
    Sv cell = col_text(*t->raw, fit->row[k]);
    str_addf(&f->examples, "%s%.*s", k ? ", " : "", (int)(cell.n < 40 ? cell.n : 40), cell.s);
  }
}

// Says when a column that stays text would nearly be of another type.
static ErrCode note_near_miss(Task *t, int64_t present, Err *err) {
  static const ColType types[] = {COL_F64, COL_DATE, COL_TIME};
  for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
    Fit fit;
    Column *c;
    TRY(convert(t, *t->raw, types[k], present / 2, &fit, &c, err));
    if (!c) continue;
    column_unref(c);
    Str lines = {0};
    list_lines(t, &fit, &lines);
    note_add(&t->finding->note, "%.1f %% of its cells read as %s, %lld do not (first lines: %s)",
             100 * (1 - (double)fit.dissent / (double)present), COLTYPES[types[k]].name, (long long)fit.dissent,
             str_c(&lines));
    str_fini(&lines);
    return OK;
  }
  return OK;
}

// ---- one column ---------------------------------------------------------------------------------------------------
static ErrCode count_words(Task *t, Err *err) {
  const Column *raw = *t->raw;
  size_t bytes = ((size_t)raw->dict->n + 1) * sizeof *t->count;
  TRY(job_need(t->job, (int64_t)bytes, "counting words", err));
  t->count = mem_new(bytes);
  if (!t->count) return err_set(err, ERR_MEMORY, "the system has no memory left for the words of a column");
  memset(t->count, 0, bytes);
  for (int64_t i = 0; i < raw->n; i++)
    if (col_valid(raw, i)) t->count[col_code(raw, i)]++;
  return OK;
}

// False: some word is a mark for missing, so the rows have to be looked at.
static bool words_present(Task *t) {
  const Dict *d = (*t->raw)->dict;
  t->finding->present = 0;
  for (int32_t k = 0; k < d->n; k++) {
    Sv text = sv_trim(d->word[k]);
    if (t->count[k] && marks_has(t->marks, text)) return false;
    if (text.n) t->finding->present += t->count[k];
  }
  return true;
}

static ErrCode mark_missing(Task *t, Err *err) {
  Column *raw = *t->raw;
  if (t->count && words_present(t)) return OK;
  t->finding->present = 0;
  for (int64_t i = 0; i < raw->n; i++) {
    Sv text = sv_trim(col_text(raw, i));
    if (marks_has(t->marks, text)) TRY(column_set_missing(raw, i, err));
    else t->finding->present += text.n > 0;
  }
  mem_free(t->count);
  t->count = NULL;
  return raw->dict ? count_words(t, err) : OK;
}

static ErrCode as_forced(Task *t, Column **out, Err *err) {
  ColType type = (ColType)t->forced;
  if (type == COL_TEXT) return *out = column_ref(*t->raw), OK;
  if (type == COL_CAT) return column_to_cat(t->job, *t->raw, -1, out, err);
  Fit fit;
  StyleOpts forced = style_opts(t->opts);
  *out = NULL;
  int64_t present = t->finding->present;
  if (type != COL_BOOL && present) TRY(try_style(t, type, &forced, present / 2, &fit, out, err));
  if (!*out) TRY(convert(t, *t->raw, type, (*t->raw)->n, &fit, out, err));
  list_dissent(t, &fit);
  return OK;
}

static ErrCode as_inferred(Task *t, Column **out, Err *err) {
  const Column *raw = *t->raw;
  if (raw->n == 0) return *out = column_ref(raw), OK;
  if (raw->missing == raw->n) return all_missing(t, out, err);
  int64_t present = t->finding->present;
  int64_t allowed = infer_allowed(t->opts, present);
  Fit fit;
  StyleOpts forced = style_opts(t->opts);
  *out = NULL;
  if (present && forces_numbers(&forced)) TRY(as_styled(t, allowed, true, &fit, out, err));
  if (present && !*out) TRY(best_typed(t, allowed, &fit, out, err));
  if (present && !*out) TRY(as_styled(t, allowed, false, &fit, out, err));
  if (*out) {
    list_dissent(t, &fit);
    return OK;
  }
  TRY(infer_words(t->job, *t->raw, out, err));
  return present >= SMALL ? note_near_miss(t, present, err) : OK;
}

static ErrCode column_infer(Task *t, Err *err) {
  if (t->ready && *t->ready) {
    t->out = *t->ready;
    *t->ready = NULL;
    if (col_is_number(t->out)) sentinel_note(t->out, &t->finding->note);
    return OK;
  }
  if ((*t->raw)->dict) TRY(count_words(t, err));
  TRY(mark_missing(t, err));
  TRY(t->forced == UNASKED ? as_inferred(t, &t->out, err) : as_forced(t, &t->out, err));
  if (col_is_number(t->out)) sentinel_note(t->out, &t->finding->note);
  column_unref(*t->raw);
  *t->raw = NULL;
  return OK;
}

static void run_tasks(void *ctx, int64_t begin, int64_t end) {
  Task *task = ctx;
  for (int64_t k = begin; k < end; k++) {
    task[k].code = column_infer(&task[k], &task[k].err);
    mem_free(task[k].count);
  }
}

int64_t infer_allowed(const ReadOpts *opts, int64_t present) {
  return present >= ENOUGH ? (int64_t)(opts->tolerance * (double)present) : 0;
}

// ---- the table ----------------------------------------------------------------------------------------------------
void raw_fini(RawTable *t) {
  for (int64_t j = 0; t->cell && j < t->ncol; j++) column_unref(t->cell[j]);
  for (int64_t j = 0; t->ready && j < t->ncol; j++) column_unref(t->ready[j]);
  lines_fini(&t->lines);
  arena_fini(&t->arena);
  *t = (RawTable){0};
}

ErrCode raw_find(const RawTable *t, const char *what, const char *name, int64_t *j, Err *err) {
  Arena a = {0};
  Sv *names = arena_array(&a, Sv, t->ncol);
  for (*j = 0; *j < t->ncol && strcmp(t->name[*j], name) != 0; ++*j) names[*j] = sv(t->name[*j]);
  ErrCode code = OK;
  if (*j == t->ncol) {
    char hint[300];
    near_hint(hint, sizeof hint, sv(name), names, t->ncol);
    code = err_set(err, ERR_NAME, "%s: no column '%s'%s", what, name, hint);
  }
  arena_fini(&a);
  return code;
}

ErrCode raw_select(RawTable *t, const Names *columns, Err *err) {
  const char **name = arena_array(&t->arena, const char *, columns->n);
  Column **cell = arena_array(&t->arena, Column *, columns->n);
  assert(!t->ready);
  int64_t *from = arena_array(&t->arena, int64_t, columns->n);
  for (int64_t k = 0; k < columns->n; k++) {
    TRY(raw_find(t, "columns", columns->name[k], &from[k], err));
    for (int64_t i = 0; i < k; i++)
      if (from[i] == from[k]) return err_set(err, ERR_NAME, "columns: '%s' is named twice", columns->name[k]);
  }
  for (int64_t k = 0; k < columns->n; k++) {
    name[k] = t->name[from[k]], cell[k] = t->cell[from[k]];
    t->cell[from[k]] = NULL;
  }
  for (int64_t j = 0; j < t->ncol; j++) column_unref(t->cell[j]);
  t->name = name, t->cell = cell, t->ncol = columns->n;
  return OK;
}

static ErrCode forced_types(const RawTable *t, const ReadOpts *opts, int *forced, Err *err) {
  for (int64_t j = 0; j < t->ncol; j++) forced[j] = UNASKED;
  for (int64_t k = 0; k < opts->ntypes; k++) {
    int64_t j;
    TRY(raw_find(t, "types", opts->types[k].name, &j, err));
    forced[j] = (int)opts->types[k].type;
  }
  return OK;
}

// Runs the tasks and adds what they made, in column order; the first error in that order is the one reported.
static ErrCode finish_tasks(Job *job, Task *task, int64_t first, int64_t n, Frame *f, Err *err) {
  par_for(job, n, 1, run_tasks, task);
  ErrCode code = OK;
  for (int64_t k = 0; k < n; k++) {
    if (code == OK && task[k].code != OK) code = err_set(err, task[k].code, "%s", task[k].err.msg);
    if (code == OK) code = frame_add(f, task[k].t->name[first + k], task[k].out, err);
    else column_unref(task[k].out);
  }
  return code;
}

ErrCode infer_columns(Job *job, RawTable *t, const ReadOpts *opts, Frame **out, Finding *finding, Err *err) {
  int *forced = arena_array(&t->arena, int, t->ncol);
  TRY(forced_types(t, opts, forced, err));
  Marks marks;
  marks_init(&marks, &opts->na);
  int64_t batch = 8 * (job ? pool_threads(job->pool) : 1);
  Task *task = arena_array(&t->arena, Task, batch);
  Frame *f = frame_new(t->nrow);
  ErrCode code = OK;
  for (int64_t first = 0; first < t->ncol && code == OK; first += batch) {
    int64_t n = t->ncol - first < batch ? t->ncol - first : batch;
    for (int64_t k = 0; k < n; k++)
      task[k] = (Task){.t = t,
                       .marks = &marks,
                       .opts = opts,
                       .forced = forced[first + k],
                       .job = job,
                       .raw = &t->cell[first + k],
                       .ready = t->ready ? &t->ready[first + k] : NULL,
                       .finding = &finding[first + k]};
    code = finish_tasks(job, task, first, n, f, err);
    if (code == OK) code = job_tick(job, first + n, t->ncol, err);
  }
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}
