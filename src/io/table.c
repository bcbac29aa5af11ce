// A table under construction. Columns come and go with the rows: one that appears late is missing before, and one that
// only a row has that was given up is none.
#include "io/formats_int.h"

#include "base/near.h"
#include "base/pool.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

void table_init(Table *t, Job *job, const ReadOpts *opts) {
  *t = (Table){.job = job, .opts = opts};
  map_init(&t->names);
  quarantine_init(&t->bad, job);
}

void table_fini(Table *t) {
  for (int64_t j = 0; j < t->ncol; j++) cells_fini(&t->col[j]);
  free(t->col);
  lines_fini(&t->lines);
  map_fini(&t->names);
  quarantine_fini(&t->bad);
  str_fini(&t->notes);
  *t = (Table){0};
}

// ---- columns and rows -----------------------------------------------------------------------------------------------
static ErrCode add_column(Table *t, Err *err) {
  if (t->ncol == t->cap) {
    int64_t cap = t->cap ? t->cap * 2 : 16;
    TRY(job_need(t->job, cap * (int64_t)sizeof *t->col, "the columns", err));
    t->col = realloc(t->col, (size_t)cap * sizeof *t->col);
    if (!t->col) abort();
    t->cap = cap;
  }
  cells_init(&t->col[t->ncol++], t->job);
  return OK;
}

// A name that can be shown: not empty, and blanks for control characters.
static Sv name_clean(Sv name, Str *own) {
  if (!name.n) return sv("unnamed");
  size_t i = 0;
  while (i < name.n && (unsigned char)name.s[i] >= 0x20) i++;
  if (i == name.n) return name;
  str_addn(own, name.s, name.n);
  for (; i < own->n; i++)
    if ((unsigned char)own->s[i] < 0x20) own->s[i] = ' ';
  return (Sv){own->s, own->n};
}

ErrCode table_column(Table *t, Sv name, int64_t *j, Err *err) {
  bool is_new;
  Str own = {0};
  *j = map_put(&t->names, name_clean(name, &own), &is_new);
  str_fini(&own);
  if (is_new) return add_column(t, err);
  t->col[*j].left_out = false;
  return OK;
}

ErrCode table_new_column(Table *t, Sv name, int64_t *j, Err *err) {
  bool is_new;
  Str other = {0}, own = {0};
  name = name_clean(name, &own);
  *j = map_put(&t->names, name, &is_new);
  for (int k = 2; !is_new; k++) {
    str_clear(&other);
    str_addf(&other, SV_FMT "_%d", SV_ARG(name), k);
    *j = map_put(&t->names, (Sv){str_c(&other), other.n}, &is_new);
  }
  if (other.n) note_add(&t->notes, "a second column '" SV_FMT "' is named '%s'", SV_ARG(name), str_c(&other));
  str_fini(&other);
  str_fini(&own);
  return add_column(t, err);
}

ErrCode table_add_made(Table *t, Sv name, Column *c, Err *err) {
  int64_t j;
  ErrCode code = table_new_column(t, name, &j, err);
  if (code == OK) t->col[j].made = c;
  else column_unref(c);
  return code;
}

void table_end_row(Table *t, int64_t line) {
  lines_add(&t->lines, t->nrow++, line);
  t->had = t->ncol;
}

ErrCode table_give_up(Table *t, int64_t line, const char *reason, Sv raw, Err *err) {
  for (int64_t j = 0; j < t->ncol; j++) {
    cells_cut(&t->col[j], t->nrow);
    t->col[j].left_out = t->col[j].left_out || j >= t->had;
  }
  t->had = t->ncol;
  return quarantine_add(&t->bad, line, reason, raw, err);
}

bool table_is_full(const Table *t) { return t->opts->rows >= 0 && t->nrow >= t->opts->rows; }

// ---- text -----------------------------------------------------------------------------------------------------------
ErrCode table_text(Table *t, Source *from, Str *own, Sv *text, Err *err) {
  Sv bytes;
  TRY(source_all(t->job, from, &bytes, err));
  return decode_text(t->job, bytes, own, text, &t->notes, err);
}

Sv text_valid(Sv text, Str *own) {
  if (utf8_valid(text.s, text.n)) return text;
  str_clear(own);
  for (size_t i = 0; i < text.n;) {
    char buf[4];
    int len;
    uint32_t cp = utf8_decode(text.s + i, text.n - i, &len);
    str_addn(own, buf, (size_t)utf8_encode(cp, buf));
    i += (size_t)len;
  }
  return (Sv){str_c(own), own->n};
}

// ---- the frame ------------------------------------------------------------------------------------------------------
typedef struct Choice { // the columns that are kept
  Arena arena;
  int64_t *from, n;
  int *forced;
  Finding *finding;
} Choice;

static ErrCode find_column(const Table *t, const char *what, const char *name, int64_t *j, Err *err) {
  *j = map_get(&t->names, sv(name));
  if (*j >= 0 && !t->col[*j].left_out) return OK;
  char hint[300];
  near_hint(hint, sizeof hint, sv(name), t->names.key, t->names.n);
  return err_set(err, ERR_NAME, "%s: no column '%s'%s", what, name, hint);
}

static ErrCode choose_named(const Table *t, Choice *c, Err *err) {
  const Names *wanted = &t->opts->columns;
  for (int64_t k = 0; k < wanted->n; k++) {
    TRY(find_column(t, "columns", wanted->name[k], &c->from[k], err));
    for (int64_t i = 0; i < k; i++)
      if (c->from[i] == c->from[k]) return err_set(err, ERR_NAME, "columns: '%s' is named twice", wanted->name[k]);
  }
  c->n = wanted->n;
  return OK;
}

static ErrCode choose_types(const Table *t, Choice *c, Err *err) {
  for (int64_t k = 0; k < c->n; k++) c->forced[k] = -1;
  for (int64_t i = 0; i < t->opts->ntypes; i++) {
    int64_t j;
    TRY(find_column(t, "types", t->opts->types[i].name, &j, err));
    for (int64_t k = 0; k < c->n; k++)
      if (c->from[k] == j) c->forced[k] = (int)t->opts->types[i].type;
  }
  return OK;
}

static ErrCode choose(const Table *t, Choice *c, Err *err) {
  int64_t most = t->ncol > t->opts->columns.n ? t->ncol : t->opts->columns.n;
  c->from = arena_array(&c->arena, int64_t, most);
  c->forced = arena_array(&c->arena, int, most);
  c->finding = arena_array(&c->arena, Finding, most);
  if (t->opts->columns.n) TRY(choose_named(t, c, err));
  else
    for (int64_t j = 0; j < t->ncol; j++)
      if (!t->col[j].left_out) c->from[c->n++] = j;
  return choose_types(t, c, err);
}

typedef struct Task { // one column that is made
  const Table *t;
  Cells *cells;
  int forced;
  Column *out;
  Finding *finding;
  ErrCode code;
  Err err;
} Task;

static void take_columns(void *ctx, int64_t begin, int64_t end) {
  Task *task = ctx;
  for (int64_t k = begin; k < end; k++) {
    Task *one = &task[k];
    const Table *t = one->t;
    one->code =
        cells_take(one->cells, t->nrow, &t->lines, t->opts, one->forced, &one->out, one->finding, &one->err);
    cells_fini(one->cells);
  }
}

// Adds what the tasks made, in column order; the first error in that order is the one reported.
static ErrCode add_taken(const Table *t, const Choice *c, Task *task, int64_t first, int64_t n, Frame *f, Err *err) {
  ErrCode code = OK;
  for (int64_t k = 0; k < n; k++) {
    if (code == OK && task[k].code != OK) code = err_set(err, task[k].code, "%s", task[k].err.msg);
    if (task[k].code != OK) continue;
    if (code == OK) code = frame_add(f, t->names.key[c->from[first + k]].s, task[k].out, err);
    else column_unref(task[k].out);
  }
  return code;
}

static ErrCode fill_frame(Table *t, Choice *c, Frame *f, Err *err) {
  int64_t batch = 8 * (t->job ? pool_threads(t->job->pool) : 1);
  Task *task = arena_array(&c->arena, Task, batch);
  for (int64_t first = 0; first < c->n; first += batch) {
    int64_t n = c->n - first < batch ? c->n - first : batch;
    for (int64_t k = 0; k < n; k++)
      task[k] = (Task){.t = t, .cells = &t->col[c->from[first + k]], .forced = c->forced[first + k],
                       .finding = &c->finding[first + k]};
    par_for(t->job, n, 1, take_columns, task);
    TRY(add_taken(t, c, task, first, n, f, err));
    TRY(job_tick(t->job, first + n, c->n, err));
  }
  return OK;
}

void say_quarantine(Frame *f) {
  int64_t bad = frame_nrow(frame_quarantine(f));
  char text[120];
  if (bad == 0) return;
  snprintf(text, sizeof text, "%lld line%s could not be read and %s kept in d:quarantine()", (long long)bad,
           bad == 1 ? "" : "s", bad == 1 ? "is" : "are");
  frame_set_caption(f, text);
}

static void note_bad(Table *t) {
  if (t->bad.n)
    note_add(&t->notes, "%lld line%s in quarantine (first: %lld)", (long long)t->bad.n, t->bad.n == 1 ? "" : "s",
             (long long)t->bad.line[0]);
}

static ErrCode make_frame(Table *t, Choice *c, const char *format, const char *path, Frame *f, Err *err) {
  Frame *ledger = NULL, *bad = NULL;
  TRY(choose(t, c, err));
  if (!c->n) return err_set(err, ERR_PARSE, "'%s' holds no table: there is no column in it", path);
  TRY(fill_frame(t, c, f, err));
  note_bad(t);
  TRY(ledger_new(f, c->finding, format, str_c(&t->notes), &ledger, err));
  ErrCode code = quarantine_take(&t->bad, &bad, err);
  frame_set_origin(f, path, ledger, bad);
  if (code == OK) say_quarantine(f);
  return code;
}

ErrCode table_take(Table *t, const char *format, const char *path, Frame **out, Err *err) {
  Choice c = {0};
  Frame *f = frame_new(t->nrow);
  ErrCode code = make_frame(t, &c, format, path, f, err);
  for (int64_t k = 0; k < c.n; k++) finding_fini(&c.finding[k]);
  arena_fini(&c.arena);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}
