// A large text: a sample says what each column probably holds, then the windows fill the columns (stream.c). A column
// of which more cells dissent than may is read again, alone, as words, and decides then; so does one that was empty
// in the sample. Nothing of the result hangs on the sample but which columns are read twice.
#include "io/csv_int.h"

#include "base/pool.h"

#include <stdlib.h>

enum { MOST_HEAD = 64 << 20, JUMPS = 100, JUMP = 16 << 10, JUMP_ROWS = 100, IN_STEP = 3 };

typedef struct Reading {
  Job *job;
  Source *from;
  const ReadOpts *opts;
  int64_t begin; // of the table
  Str head;      // the beginning of the text
  Sv text;       // of the table, in it: whole lines
  Start start;
  Str *notes;
  int64_t width;
  int64_t head_rows;
  bool settled; // the width is known from the whole text
  Rows sample;
  RawTable table; // of the sample, then of the whole
  Finding *finding;
  const char **said; // of the columns: how their cells are written, where that is not plain
  Frame *typed;      // the sample
  Stream s;
} Reading;

// ---- the sample ---------------------------------------------------------------------------------------------------
static ErrCode read_head(Reading *r, Err *err) {
  int64_t lines = 0, line_ends = 0;
  for (size_t size = SNIFF_BYTES; lines < SNIFF_LINES && line_ends < SNIFF_LINES && size <= MOST_HEAD; size *= 2) {
    size_t had = r->head.n, got;
    TRY(job_need(r->job, (int64_t)size, "the first lines", err));
    str_reserve(&r->head, size - had);
    TRY(source_read(r->from, r->begin + (int64_t)had, r->head.s + had, size - had, &got, err));
    for (size_t i = had; i < had + got; i++) lines += r->head.s[i] == '\n', line_ends += r->head.s[i] == '\r';
    r->head.n += got;
    r->head.s[r->head.n] = 0;
    if (r->head.n < size) break;
  }
  return OK;
}

static Sv whole_lines(Sv text) {
  const char *lf = memrchr(text.s, '\n', text.n);
  return (Sv){text.s, lf ? (size_t)(lf - text.s) + 1 : text.n};
}

static ErrCode find_table(Reading *r, Err *err) {
  int64_t line = 1;
  TRY(start_skip(r->job, r->from, r->opts, &r->begin, &line, r->notes, err));
  TRY(read_head(r, err));
  r->text = (Sv){r->head.s, r->head.n};
  if (r->begin + (int64_t)r->head.n < r->from->size) r->text = whole_lines(r->text);
  TRY(start_find(r->text, line, r->from, r->opts, &r->start, r->notes, err));
  r->text = (Sv){r->text.s + r->start.at, r->text.n - r->start.at};
  r->begin += (int64_t)r->start.at, r->width = r->start.width;
  return OK;
}

// A line feed may stand inside quotes; behind one that does not, records have the right width.
static bool is_in_step(const Reading *r, Sv text) {
  Records *in = records_open(text, &r->start.dialect, 1);
  const Record *rec;
  int good = 0;
  while (good < IN_STEP && (rec = records_next(in)) && !rec->fault && !rec->stray && rec->n == r->width) good++;
  records_close(in);
  return good == IN_STEP;
}

static ErrCode sample_at(Reading *r, Sv text, Err *err) {
  for (int k = 0; k < 8 && text.n; k++) {
    const char *lf = memchr(text.s, '\n', text.n);
    if (!lf) return OK;
    text = (Sv){lf + 1, text.n - (size_t)(lf + 1 - text.s)};
    if (is_in_step(r, text)) break;
  }
  Records *in = records_open(text, &r->start.dialect, 1);
  const Record *rec;
  ErrCode code = OK;
  for (int64_t k = 0; k < JUMP_ROWS && code == OK && (rec = records_next(in)) && records_at(in) < text.n; k++)
    if (!rec->fault && !rec->stray && rec->n == r->width) code = rows_add(&r->sample, rec, err);
  records_close(in);
  return code;
}

static ErrCode sample_jumps(Reading *r, Err *err) {
  int64_t first = r->begin + (int64_t)r->text.n, left = r->from->size - first - JUMP;
  char *text = malloc(JUMP);
  if (!text) abort();
  ErrCode code = OK;
  for (int64_t k = 0; k <= JUMPS && left > 0 && code == OK; k++) {
    size_t got;
    code = job_tick(r->job, k, JUMPS, err);
    if (code == OK) code = source_read(r->from, first + left / JUMPS * k, text, JUMP, &got, err);
    if (code == OK) code = sample_at(r, (Sv){text, got}, err);
  }
  free(text);
  return code;
}

static ErrCode sample_types(Reading *r, Err *err) {
  ReadOpts opts = *r->opts;
  RawTable t = {.comma_free = r->start.dialect.delim != ','};
  if (r->settled) {
    rows_init(&r->sample, r->job, r->width);
    TRY(rows_read(&r->sample, r->text, &r->start.dialect, r->start.line, -1, err));
  } else {
    TRY(rows_read_best(&r->sample, r->job, r->text, &r->start, -1, err));
  }
  r->width = r->sample.width, r->head_rows = r->sample.n;
  const TextBuilder *last = &r->sample.cell[r->width - 1];
  bool last_filled = r->sample.n > 0 && last->missing < last->n;
  if (opts.rows < 0) TRY(sample_jumps(r, err));
  r->table.name = csv_names(r->text, &r->start, r->width, last_filled, &r->table.arena, r->notes);
  r->table.ncol = r->width;
  opts.columns.n = 0;
  ErrCode code = rows_take(&r->sample, &t, err);
  t.name = r->table.name;
  r->finding = arena_array(&r->table.arena, Finding, r->width);
  if (code == OK) code = infer_columns(r->job, &t, &opts, &r->typed, r->finding, err);
  raw_fini(&t);
  return code;
}

// ---- the plan -----------------------------------------------------------------------------------------------------
// Words of which the sample hardly has one twice are kept one behind the other.
static Hold hold_texts(const Column *c) {
  if (c->type != COL_TEXT || c->n < 1000) return HOLD_WORDS;
  Column *cat = NULL;
  Err err;
  if (column_to_cat(NULL, c, -1, &cat, &err) != OK) return HOLD_WORDS;
  int64_t present = c->n - c->missing, twice = present - cat->dict->n;
  column_unref(cat);
  return present > 1000 && twice * 1000 < present ? HOLD_TEXTS : HOLD_WORDS;
}

static void plan_column(Reading *r, int j) {
  const Column *c = frame_at(r->typed, j);
  Build *b = &r->s.col[j];
  if (col_is_text(c)) build_init(b, hold_texts(c), COL_TEXT);
  else if (c->missing == c->n) build_init(b, HOLD_WORDS, COL_TEXT);
  else build_init(b, HOLD_VALUES, c->type);
  if (b->hold == HOLD_VALUES && !value_is_plain(&r->finding[j].style)) {
    ValueStyle *style = arena_new(&r->table.arena, ValueStyle);
    *style = r->finding[j].style;
    b->style = style;
    r->said[j] = arena_strdup(&r->table.arena, str_c(&r->finding[j].note));
  }
}

static ErrCode plan(Reading *r, Err *err) {
  Stream *s = &r->s;
  const ReadOpts *o = r->opts;
  s->ncol = (int)r->width;
  s->col = calloc((size_t)r->width, sizeof *s->col);
  if (!s->col) abort();
  r->said = arena_array(&r->table.arena, const char *, s->ncol);
  for (int j = 0; j < s->ncol; j++) plan_column(r, j);
  for (int64_t k = 0; k < o->ntypes; k++) {
    int64_t j;
    TRY(raw_find(&r->table, "types", o->types[k].name, &j, err));
    bool words = o->types[k].type == COL_TEXT || o->types[k].type == COL_CAT;
    const ValueStyle *style = s->col[j].style;
    build_init(&s->col[j], words ? HOLD_WORDS : HOLD_VALUES, o->types[k].type);
    s->col[j].style = style, s->col[j].forced = true;
  }
  if (!o->columns.n) return OK;
  bool *wanted = arena_array(&r->table.arena, bool, r->width);
  for (int64_t k = 0; k < o->columns.n; k++) {
    int64_t j;
    TRY(raw_find(&r->table, "columns", o->columns.name[k], &j, err));
    if (wanted[j]) return err_set(err, ERR_NAME, "columns: '%s' is named twice", o->columns.name[k]);
    wanted[j] = true;
  }
  for (int j = 0; j < s->ncol; j++)
    if (!wanted[j]) s->col[j].hold = HOLD_NONE;
  return OK;
}

// Asks for the whole table at once, by the length of the sample's lines: better than running out half way.
static ErrCode ask_memory(Reading *r, Err *err) {
  double row = 0, rows = (double)r->s.limit, head = (double)r->text.n, sampled = (double)r->head_rows;
  for (int j = 0; j < r->s.ncol; j++)
    if (r->s.col[j].hold != HOLD_NONE) row += (double)r->s.col[j].width + 0.125;
  double all = sampled / head * (double)(r->from->size - r->begin);
  if (rows < 0 || rows > all) rows = all;
  return job_need(r->job, (int64_t)(row * rows), "the table", err);
}

// ---- reading ------------------------------------------------------------------------------------------------------
// The place behind the header; what stands before it goes to the quarantine.
static ErrCode start(Reading *r, Err *err) {
  Stream *s = &r->s;
  s->start = r->begin, s->start_line = r->start.line;
  TRY(start_keep(&r->start, &s->bad, err));
  if (!r->start.dialect.header) return OK;
  Records *in = records_open(r->text, &r->start.dialect, r->start.line);
  const Record *rec;
  ErrCode code = OK;
  while (code == OK && (rec = records_next(in)) && rec->fault)
    code = quarantine_add(&s->bad, rec->line, rec->fault, rec->raw, err);
  s->start = r->begin + (int64_t)records_at(in), s->start_line = records_line(in);
  s->comments = records_comments(in, &s->comment_line);
  records_close(in);
  return code;
}

static int64_t present_of(const Stream *s, int j) { return s->nrow - s->col[j].missing; }

static bool holds(const Reading *r, int j) {
  const Build *b = &r->s.col[j];
  return b->hold != HOLD_VALUES || b->forced || b->dissent <= infer_allowed(r->opts, present_of(&r->s, j));
}

// Reads the columns that are not what the sample said once more, as words.
static ErrCode read_again(Reading *r, Err *err) {
  Stream *s = &r->s, more = *s;
  bool any = false;
  more.col = calloc((size_t)s->ncol, sizeof *more.col);
  if (!more.col) abort();
  for (int j = 0; j < s->ncol; j++) {
    build_init(&more.col[j], holds(r, j) ? HOLD_NONE : HOLD_WORDS, COL_TEXT);
    any |= more.col[j].hold != HOLD_NONE;
  }
  ErrCode code = OK;
  if (any) {
    more.again = true;
    code = stream_read(&more, err);
    if (code == OK && more.nrow != s->nrow)
      code = err_set(err, ERR_IO, "'%s' was changed while it was read", r->from->path);
    s->window = more.window, s->part = more.part, s->npart = more.npart;
  }
  for (int j = 0; j < s->ncol; j++) {
    if (more.col[j].hold == HOLD_NONE) continue;
    build_fini(&s->col[j]);
    s->col[j] = more.col[j];
  }
  free(more.col);
  return code;
}

static void find(Reading *r, int j, const Build *b, Finding *f) {
  f->present = present_of(&r->s, j), f->dissent = b->dissent;
  for (int64_t k = 0; k < b->shown.n; k++) {
    str_addf(&f->lines, "%s%lld", k ? ", " : "", (long long)lines_at(&r->s.lines, b->shown.row[k]));
    str_addf(&f->examples, "%s%.40s", k ? ", " : "", b->shown.text[k]);
  }
}

static ErrCode take_columns(Reading *r, Err *err) {
  Stream *s = &r->s;
  RawTable *t = &r->table;
  const Names *want = &r->opts->columns;
  int64_t n = want->n ? want->n : s->ncol;
  const char **name = arena_array(&t->arena, const char *, n);
  t->cell = arena_array(&t->arena, Column *, n), t->ready = arena_array(&t->arena, Column *, n);
  r->finding = arena_array(&t->arena, Finding, n);
  for (int64_t k = 0; k < n; k++) {
    int64_t j = k;
    if (want->n) TRY(raw_find(t, "columns", want->name[k], &j, err));
    Build *b = &s->col[j];
    bool values = b->hold == HOLD_VALUES;
    if (values) find(r, (int)j, b, &r->finding[k]);
    if (values && r->said[j]) note_add(&r->finding[k].note, "%s", r->said[j]);
    name[k] = t->name[j];
    TRY(build_take(s->job, b, s->nrow, values ? &t->ready[k] : &t->cell[k], err));
    TRY(job_tick(s->job, k, n, err));
  }
  t->name = name, t->ncol = n, t->nrow = s->nrow;
  t->lines = s->lines;
  s->lines = (LineMap){0};
  return OK;
}

// Reads all; *width: the one that fits most records, with which to read once more where it is another.
static ErrCode read_all(Reading *r, int64_t *width, Err *err) {
  Stream *s = &r->s;
  TRY(sample_types(r, err));
  TRY(plan(r, err));
  TRY(ask_memory(r, err));
  s->dialect = r->start.dialect;
  marks_init(&s->marks, &r->opts->na);
  TRY(start(r, err));
  TRY(stream_read(s, err));
  *width = r->settled ? r->width : widths_better(&s->other, r->width, s->nrow, s->ragged);
  return OK;
}

static void begin(Reading *r) {
  r->s = (Stream){.job = r->job,
                  .from = r->from,
                  .limit = r->opts->rows,
                  .sizes = {.first = 1 << 20, .most = 2 << 20, .grain = 256 << 10, .careful = 64 << 10}};
  quarantine_init(&r->s.bad, r->job);
}

static void forget(Reading *r) {
  for (int64_t j = 0; r->finding && j < r->table.ncol; j++) finding_fini(&r->finding[j]);
  frame_unref(r->typed);
  stream_fini(&r->s);
  rows_fini(&r->sample);
  raw_fini(&r->table);
  r->typed = NULL, r->finding = NULL;
}

static ErrCode read_table(Reading *r, Err *err) {
  Stream *s = &r->s;
  int64_t width;
  size_t noted;
  TRY(find_table(r, err));
  noted = r->notes->n;
  TRY(read_all(r, &width, err));
  if (width != r->width) {
    forget(r);
    begin(r);
    r->width = width, r->settled = true, r->notes->n = noted;
    TRY(read_all(r, &width, err));
  }
  TRY(read_again(r, err));
  csv_note_lines(&r->start, s->comments, s->comment_line, &s->bad, s->stray, s->stray_line, r->notes);
  if (s->nul)
    note_add(r->notes, "%lld NUL byte%s kept (first on line %lld)", (long long)s->nul, s->nul == 1 ? "" : "s",
             (long long)s->nul_line);
  for (int64_t j = 0; j < r->width; j++) finding_fini(&r->finding[j]);
  return take_columns(r, err);
}

ErrCode csv_stream(Job *job, Source *from, int64_t place, const ReadOpts *opts, Str *notes, bool *encoded, Frame **out,
                   Err *err) {
  Reading r = {.job = job, .from = from, .opts = opts, .begin = place, .notes = notes};
  begin(&r);
  ErrCode code = read_table(&r, err);
  *encoded = r.s.encoded;
  r.table.comma_free = r.start.dialect.delim != ',';
  if (code == OK) code = csv_frame(job, &r.table, r.finding, opts, from->path, &r.s.bad, str_c(notes), out, err);
  forget(&r);
  start_fini(&r.start);
  str_fini(&r.head);
  return code;
}
