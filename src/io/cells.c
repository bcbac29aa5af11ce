// A column whose cells each have a kind, as in JSON and SQLite. Numbers are kept as they were read, so that a column of
// numbers alone is taken as it stands; texts go to a TextBuilder that begins with the first of them. When kinds differ
// the rule is that of delimited text: a type that nearly all cells have wins and the others become missing, told in the
// ledger; else the column is text. A text is never read as a number: where a file can say that something is one, it
// would have said so.
#include "io/formats_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

enum { SHOWN = 5 };

void cells_init(Cells *c, Job *job) {
  *c = (Cells){.job = job, .declared = -1};
  textb_init(&c->text, job);
}

void cells_fini(Cells *c) {
  mem_free(c->kind);
  mem_free(c->value);
  column_unref(c->made);
  textb_fini(&c->text);
  *c = (Cells){.declared = -1};
}

// ---- adding ---------------------------------------------------------------------------------------------------------
static ErrCode no_memory(Err *err) {
  return err_set(err, ERR_MEMORY, "the system has no memory left for a column: take fewer rows or columns");
}

static ErrCode grow(Cells *c, int64_t wanted, Err *err) {
  int64_t cap = c->cap ? c->cap * 2 : 64;
  while (cap < wanted) cap *= 2;
  TRY(job_need(c->job, cap * (c->value ? 9 : 1), "a column", err));
  uint8_t *kind = mem_resize(c->kind, (size_t)c->n, (size_t)cap);
  if (!kind) return no_memory(err);
  c->kind = kind;
  if (c->value) {
    int64_t *value = mem_resize(c->value, (size_t)c->n * sizeof *value, (size_t)cap * sizeof *value);
    if (!value) return no_memory(err);
    c->value = value;
  }
  c->cap = cap;
  return OK;
}

static ErrCode start_values(Cells *c, Err *err) {
  TRY(job_need(c->job, c->cap * (int64_t)sizeof *c->value, "a column", err));
  c->value = mem_new((size_t)c->cap * sizeof *c->value);
  if (!c->value) return no_memory(err);
  memset(c->value, 0, (size_t)c->n * sizeof *c->value);
  return OK;
}

static ErrCode pad_text(Cells *c, int64_t row, Err *err) {
  while (c->text.n < row) TRY(textb_add_missing(&c->text, err));
  return OK;
}

// Makes the rows before `row` missing and this one of `kind`; its value is then set.
static ErrCode next_cell(Cells *c, int64_t row, Kind kind, Err *err) {
  if (row >= c->cap) TRY(grow(c, row + 1, err));
  if (kind != KIND_NONE && kind != KIND_TEXT && !c->value) TRY(start_values(c, err));
  int64_t gap = row - c->n;
  if (gap) {
    memset(c->kind + c->n, KIND_NONE, (size_t)gap);
    if (c->value) memset(c->value + c->n, 0, (size_t)gap * sizeof *c->value);
    c->count[KIND_NONE] += gap;
  }
  c->kind[row] = (uint8_t)kind;
  if (c->value) c->value[row] = 0;
  c->count[kind]++;
  c->n = row + 1;
  return OK;
}

ErrCode cells_add(Cells *c, int64_t row, Kind kind, int64_t value, Err *err) {
  TRY(next_cell(c, row, kind, err));
  if (kind != KIND_NONE) c->value[row] = value;
  return OK;
}

ErrCode cells_add_real(Cells *c, int64_t row, double value, Err *err) {
  TRY(next_cell(c, row, KIND_REAL, err));
  memcpy(&c->value[row], &value, sizeof value);
  return OK;
}

ErrCode cells_add_text(Cells *c, int64_t row, Sv value, Err *err) {
  TRY(pad_text(c, row, err));
  TRY(textb_add(&c->text, value, err));
  return next_cell(c, row, KIND_TEXT, err);
}

void cells_cut(Cells *c, int64_t n) {
  if (c->n <= n) return;
  TextBuilder *b = &c->text;
  c->n--;
  c->count[c->kind[c->n]]--;
  if (b->n <= c->n) return;
  b->n--;
  b->size = b->off[b->n];
  uint64_t bit = 1ull << (b->n & 63), *word = &b->valid[b->n >> 6];
  b->missing -= !(*word & bit);
  *word |= bit;
}

// ---- what cells say -------------------------------------------------------------------------------------------------
static double real_at(const Cells *c, int64_t row) {
  double v;
  memcpy(&v, &c->value[row], sizeof v);
  return v;
}

static Sv text_at(const Cells *c, int64_t row) {
  int64_t begin = c->text.off[row];
  const char *bytes = c->text.bytes ? c->text.bytes : ""; // all texts so far are empty
  return (Sv){bytes + begin, (size_t)(c->text.off[row + 1] - begin)};
}

static bool is_moment(const Cells *c) { return c->declared == COL_DATE || c->declared == COL_TIME; }

static void print_moment(const Cells *c, int64_t row, Str *out) {
  int64_t value = c->value[row];
  Column one = {.type = (ColType)c->declared, .n = 1, .i = &value, .zoned = c->zoned};
  col_format(&one, 0, CELL_EXACT, out);
}

static void print_cell(const Cells *c, int64_t row, Str *out) {
  char buf[NUMFMT_MAX];
  Kind kind = (Kind)c->kind[row];
  if (kind == KIND_TEXT) {
    Sv text = text_at(c, row);
    str_addn(out, text.s, text.n);
  }
  if (kind == KIND_BOOL) str_add(out, c->value[row] ? "true" : "false");
  if (kind == KIND_INT && is_moment(c)) print_moment(c, row, out);
  else if (kind == KIND_INT) str_addn(out, buf, (size_t)fmt_i64(buf, sizeof buf, c->value[row], false));
  if (kind == KIND_REAL) str_addn(out, buf, (size_t)fmt_shortest(buf, sizeof buf, real_at(c, row)));
}

static void set_none(Cells *c, int64_t row) {
  c->count[c->kind[row]]--;
  c->kind[row] = KIND_NONE;
  c->count[KIND_NONE]++;
  if (row >= c->text.n) return;
  uint64_t bit = 1ull << (row & 63), *word = &c->text.valid[row >> 6];
  c->text.missing += (*word & bit) != 0;
  *word &= ~bit;
}

// Cells that are one of the texts that mean missing; -999 means every number of that value.
static void take_marks(Cells *c, const Names *na) {
  for (int64_t k = 0; k < na->n; k++) {
    double number, v;
    Sv mark = sv(na->name[k]);
    bool is_number = parse_f64(mark.s, mark.n, &number);
    for (int64_t row = 0; row < c->n; row++) {
      Kind kind = (Kind)c->kind[row];
      if (kind == KIND_TEXT && sv_eq(text_at(c, row), mark)) set_none(c, row);
      if (!is_number || (kind != KIND_INT && kind != KIND_REAL)) continue;
      v = kind == KIND_INT ? (double)c->value[row] : real_at(c, row);
      if (v == number) set_none(c, row);
    }
  }
}

// ---- one type for all -----------------------------------------------------------------------------------------------
static bool fits(Kind kind, ColType type) {
  if (type == COL_F64) return kind == KIND_INT || kind == KIND_REAL;
  return kind == (type == COL_BOOL ? KIND_BOOL : KIND_INT);
}

static void tell_dissent(Finding *f, int64_t line, Sv cell) {
  if (f->dissent++ >= SHOWN) return;
  str_addf(&f->lines, "%s%lld", f->lines.n ? ", " : "", (long long)line);
  str_addf(&f->examples, "%s%.*s", f->examples.n ? ", " : "", (int)(cell.n < 40 ? cell.n : 40), cell.s);
}

static ErrCode take_numbers(Cells *c, ColType type, const LineMap *lines, Column **out, Finding *f, Err *err) {
  Column *col;
  Str text = {0};
  TRY(column_new(c->job, type, c->n, NULL, &col, err));
  ErrCode code = OK;
  for (int64_t row = 0; row < c->n && code == OK; row++) {
    Kind kind = (Kind)c->kind[row];
    if (fits(kind, type)) {
      if (type == COL_F64) col->f[row] = kind == KIND_INT ? (double)c->value[row] : real_at(c, row);
      else if (type == COL_BOOL) col->b[row] = c->value[row] != 0;
      else col->i[row] = c->value[row];
      continue;
    }
    code = column_set_missing(col, row, err);
    if (kind == KIND_NONE) continue;
    str_clear(&text);
    print_cell(c, row, &text);
    tell_dissent(f, lines_at(lines, row), (Sv){str_c(&text), text.n});
  }
  str_fini(&text);
  col->zoned = c->zoned;
  if (code == OK) *out = col;
  else column_unref(col);
  return code;
}

// All cells as texts; the builder's own when they were.
static ErrCode take_texts(Cells *c, Column **out, Err *err) {
  if (c->count[KIND_TEXT] + c->count[KIND_NONE] == c->n) {
    TRY(pad_text(c, c->n, err));
    return textb_take(&c->text, out, err);
  }
  TextBuilder b;
  Str cell = {0};
  ErrCode code = OK;
  textb_init(&b, c->job);
  for (int64_t row = 0; row < c->n && code == OK; row++) {
    str_clear(&cell);
    print_cell(c, row, &cell);
    code = c->kind[row] == KIND_NONE ? textb_add_missing(&b, err) : textb_add(&b, (Sv){str_c(&cell), cell.n}, err);
  }
  if (code == OK) code = textb_take(&b, out, err);
  textb_fini(&b);
  str_fini(&cell);
  return code;
}

static ErrCode take_nothing(Cells *c, Column **out, Finding *f, Err *err) {
  ColType type = c->declared >= 0 ? (ColType)c->declared : c->n ? COL_F64 : COL_TEXT;
  if (c->n) note_add(&f->note, "all missing");
  if (type == COL_TEXT) return take_texts(c, out, err);
  Column *col;
  TRY(column_new(c->job, type, c->n, NULL, &col, err));
  for (int64_t row = 0; row < c->n; row++) {
    ErrCode code = column_set_missing(col, row, err);
    if (code != OK) return column_unref(col), code;
  }
  *out = col;
  return OK;
}

// ---- texts ----------------------------------------------------------------------------------------------------------
// `text` read as `type` by the reader of delimited text, which lists what does not fit.
static ErrCode read_texts(Cells *c, const Column *text, ColType type, const LineMap *lines, const ReadOpts *opts,
                          Column **out, Finding *f, Err *err) {
  const char *none[] = {""};
  const char *name[] = {"x"};
  NamedType forced = {"x", type};
  ReadOpts one = *opts;
  one.types = &forced, one.ntypes = 1, one.na = (Names){none, 1}, one.columns = (Names){0};
  Column *cell[] = {column_ref(text)};
  RawTable raw = {.nrow = text->n, .ncol = 1, .name = name, .cell = cell, .lines = *lines};
  Frame *frame = NULL;
  Job quiet = {.memory = c->job ? c->job->memory : 0}; // this may be a worker, and those do not tick
  finding_fini(f);
  *f = (Finding){0};
  ErrCode code = infer_columns(&quiet, &raw, &one, &frame, f, err);
  if (code == OK) *out = column_ref(frame_at(frame, 0));
  frame_unref(frame);
  column_unref(cell[0]);
  arena_fini(&raw.arena);
  return code;
}

static ErrCode fill_moments(Column *c, const Column *text, const LineMap *lines, int64_t limit, Finding *f, Err *err) {
  for (int64_t row = 0; row < text->n; row++) {
    double unused;
    bool zoned = false;
    Sv cell = sv_trim(col_text(text, row));
    if (col_valid(text, row) && COLTYPES[c->type].parse(cell, &c->i[row], &unused, &zoned)) {
      c->zoned |= zoned;
      continue;
    }
    TRY(column_set_missing(c, row, err));
    if (!col_valid(text, row)) continue;
    tell_dissent(f, lines_at(lines, row), cell);
    if (f->dissent > limit) return OK;
  }
  return OK;
}

// `text` as dates or times; *out = NULL when more than `limit` cells are none.
static ErrCode as_moments(Cells *c, ColType type, const Column *text, const LineMap *lines, int64_t limit, Column **out,
                          Finding *f, Err *err) {
  Column *col;
  TRY(column_new(c->job, type, text->n, NULL, &col, err));
  ErrCode code = fill_moments(col, text, lines, limit, f, err);
  if (code == OK && f->dissent <= limit) return *out = col, OK;
  column_unref(col);
  f->dissent = 0;
  str_clear(&f->lines);
  str_clear(&f->examples);
  return code;
}

static ErrCode infer_texts(Cells *c, const Column *text, const LineMap *lines, const ReadOpts *opts, Column **out,
                           Finding *f, Err *err) {
  *out = NULL;
  if (c->declared == COL_TEXT) return *out = column_ref(text), OK;
  for (ColType type = COL_DATE; type <= COL_TIME && !*out; type++)
    TRY(as_moments(c, type, text, lines, infer_allowed(opts, f->present), out, f, err));
  return *out ? OK : infer_words(c->job, text, out, err);
}

// A category of all its declared words: they are put behind the rows and taken off again.
static ErrCode with_levels(Cells *c, Column **out, Err *err) {
  int64_t n = c->n;
  Column *text, *cat = NULL;
  for (int64_t k = 0; k < c->nlevel; k++) TRY(cells_add_text(c, n + k, c->level[k], err));
  TRY(take_texts(c, &text, err));
  ErrCode code = job_need(c->job, n * (int64_t)sizeof(int64_t), "a category column", err);
  if (code == OK) code = column_to_cat(c->job, text, -1, &cat, err);
  column_unref(text);
  int64_t *row = code == OK ? mem_new((size_t)n * sizeof *row) : NULL;
  if (code == OK && !row) code = no_memory(err);
  for (int64_t i = 0; code == OK && i < n; i++) row[i] = i;
  if (code == OK) code = column_gather(c->job, cat, row, n, out, err);
  mem_free(row);
  column_unref(cat);
  return code;
}

// ---- the column -----------------------------------------------------------------------------------------------------
static ErrCode take_forced(Cells *c, ColType type, const LineMap *lines, const ReadOpts *opts, Column **out, Finding *f,
                           Err *err) {
  Column *text;
  TRY(take_texts(c, &text, err));
  ErrCode code = OK;
  if (type == COL_TEXT) *out = column_ref(text);
  else if (type == COL_CAT) code = column_to_cat(c->job, text, -1, out, err);
  else code = read_texts(c, text, type, lines, opts, out, f, err);
  column_unref(text);
  return code;
}

static ErrCode take_words(Cells *c, const LineMap *lines, const ReadOpts *opts, Column **out, Finding *f, Err *err) {
  int64_t texts = c->count[KIND_TEXT], other = f->present - texts;
  if (texts && other)
    note_add(&f->note, "%lld text%s and %lld other values: all taken as text", (long long)texts, texts == 1 ? "" : "s",
             (long long)other);
  else if (other) note_add(&f->note, "numbers and true or false: all taken as text");
  Column *text;
  TRY(take_texts(c, &text, err));
  ErrCode code = infer_texts(c, text, lines, opts, out, f, err);
  column_unref(text);
  return code;
}

static bool only_bits(const Cells *c) {
  if (c->count[KIND_INT] + c->count[KIND_NONE] != c->n) return false;
  for (int64_t row = 0; row < c->n; row++)
    if (c->kind[row] == KIND_INT && (c->value[row] & ~1ll)) return false;
  return true;
}

static void bits_to_bool(Cells *c) {
  for (int64_t row = 0; row < c->n; row++)
    if (c->kind[row] == KIND_INT) c->kind[row] = KIND_BOOL;
  c->count[KIND_BOOL] += c->count[KIND_INT], c->count[KIND_INT] = 0;
}

// The type of numbers or truth values that all cells have but the ones that may dissent, or -1.
static int number_type(const Cells *c, int64_t present, int64_t allowed) {
  int64_t numbers = c->count[KIND_INT] + c->count[KIND_REAL];
  if (present - c->count[KIND_BOOL] <= allowed && c->count[KIND_BOOL]) return COL_BOOL;
  if (present - numbers > allowed || !numbers) return -1;
  if (is_moment(c) && !c->count[KIND_REAL]) return c->declared;
  return c->count[KIND_REAL] || c->declared == COL_F64 ? COL_F64 : COL_I64;
}

// A made column is taken as it stands, but for what the user asks: then it becomes cells after all.
static ErrCode unmake(Cells *c, Err *err) {
  Column *m = c->made;
  for (int64_t row = 0; row < m->n; row++) {
    if (!col_valid(m, row)) TRY(cells_add(c, row, KIND_NONE, 0, err));
    else if (m->type == COL_F64) TRY(cells_add_real(c, row, m->f[row], err));
    else TRY(cells_add(c, row, KIND_INT, m->i[row], err));
  }
  c->declared = (int)m->type;
  column_unref(m);
  c->made = NULL;
  return OK;
}

static ErrCode take_made(Cells *c, Column **out, Finding *f) {
  *out = column_ref(c->made);
  f->present = c->made->n - c->made->missing;
  sentinel_note(*out, &f->note);
  return OK;
}

ErrCode cells_take(Cells *c, int64_t n, const LineMap *lines, const ReadOpts *opts, int forced, Column **out,
                   Finding *f, Err *err) {
  if (c->made && forced < 0 && !opts->na.n) return take_made(c, out, f);
  if (c->made) TRY(unmake(c, err));
  if (c->n < n) TRY(cells_add(c, n - 1, KIND_NONE, 0, err));
  take_marks(c, &opts->na);
  f->present = n - c->count[KIND_NONE];
  if (forced >= 0) return take_forced(c, (ColType)forced, lines, opts, out, f, err);
  if (c->declared == COL_CAT) return with_levels(c, out, err);
  if (!f->present) return take_nothing(c, out, f, err);
  if (c->declared == COL_BOOL && only_bits(c)) bits_to_bool(c);
  int type = number_type(c, f->present, infer_allowed(opts, f->present));
  if (type < 0) return take_words(c, lines, opts, out, f, err);
  TRY(take_numbers(c, (ColType)type, lines, out, f, err));
  if (type == COL_I64 || type == COL_F64) sentinel_note(*out, &f->note);
  return OK;
}
