// libsvm and svmlight: a label, then index:value for what is not 0. The columns f1 ... fn hold all of it, zeros too; so
// the file is first kept as it is, sparse, and the table is made when its width is known and the memory for it is
// granted. Indices count from 1, or from 0 when one is 0, and then the columns are f0 ... . A column is int when all
// its values are written so. The format has no missing value: nan stands for it.
#include "io/formats_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>

enum { TICK = 1024, WIDEST = 1 << 20, SNIFFED = 20 };

typedef struct Entry {
  int64_t row, index;
  double value;
} Entry;

typedef struct Reader {
  Table t; // label and qid
  const char *file;
  Entry *entry;
  int64_t n, cap, row_begin;
  int64_t least, most, most_line; // of the indices
  uint8_t *real;                  // of each index: a value is not written as an integer
  int64_t nreal;
  int64_t label, qid;
  char reason[160];
} Reader;

// ---- one line -------------------------------------------------------------------------------------------------------
static bool next_word(Sv *s, Sv *word) {
  while (s->n && (s->s[0] == ' ' || s->s[0] == '\t' || s->s[0] == '\r')) s->s++, s->n--;
  size_t n = 0;
  while (n < s->n && s->s[n] != ' ' && s->s[n] != '\t' && s->s[n] != '\r') n++;
  *word = (Sv){s->s, n};
  s->s += n, s->n -= n;
  return n > 0;
}

static bool parse_value(Sv t, double *v, bool *real) {
  int64_t i;
  bool zoned;
  Sv bare = t.n && (t.s[0] == '-' || t.s[0] == '+') ? (Sv){t.s + 1, t.n - 1} : t;
  *real = !parse_i64(t.s, t.n, &i) || i > 1ll << 53 || i < -(1ll << 53);
  if (sv_is(bare, "nan") || sv_is(bare, "NaN")) return *v = (double)NAN, *real = false, true;
  return parse_f64(t.s, t.n, v) || COLTYPES[COL_F64].parse(t, &i, v, &zoned);
}

// Splits "12:0.5"; qid has the index -1.
static bool parse_pair(Sv word, int64_t *index, double *value, bool *real) {
  const char *colon = word.n ? memchr(word.s, ':', word.n) : NULL;
  if (!colon) return false;
  Sv head = {word.s, (size_t)(colon - word.s)}, rest = {colon + 1, word.n - (size_t)(colon - word.s) - 1};
  if (sv_is(head, "qid")) *index = -1;
  else if (!parse_i64(head.s, head.n, index) || *index < 0 || head.s[0] == '+') return false;
  return parse_value(rest, value, real);
}

static ErrCode refuse(Reader *r, const char *what, Sv word) {
  snprintf(r->reason, sizeof r->reason, "%s '%.*s'", what, (int)(word.n < 60 ? word.n : 60), word.s);
  return ERR_PARSE;
}

static ErrCode grow_entries(Reader *r, Err *err) {
  int64_t cap = r->cap ? r->cap * 2 : 1024;
  TRY(job_need(r->t.job, cap * (int64_t)sizeof *r->entry, "the values", err));
  Entry *e = mem_resize(r->entry, (size_t)r->n * sizeof *e, (size_t)cap * sizeof *e);
  if (!e) return err_set(err, ERR_MEMORY, "the system has no memory left for the values: take fewer rows");
  r->entry = e, r->cap = cap;
  return OK;
}

static ErrCode note_real(Reader *r, int64_t index, Err *err) {
  if (index >= r->nreal) {
    int64_t n = r->nreal ? r->nreal * 2 : 256;
    while (n <= index) n *= 2;
    uint8_t *real = mem_resize(r->real, (size_t)r->nreal, (size_t)n);
    if (!real) return err_set(err, ERR_MEMORY, "the system has no memory left for the columns");
    memset(real + r->nreal, 0, (size_t)(n - r->nreal));
    r->real = real, r->nreal = n;
  }
  r->real[index] = 1;
  return OK;
}

static ErrCode add_cell(Reader *r, int64_t k, double v, bool real, Err *err) {
  Cells *c = &r->t.col[k];
  if (isnan(v)) return cells_add(c, r->t.nrow, KIND_NONE, 0, err);
  return real ? cells_add_real(c, r->t.nrow, v, err) : cells_add(c, r->t.nrow, KIND_INT, (int64_t)v, err);
}

static ErrCode add_qid(Reader *r, double v, bool real, Sv word, Err *err) {
  if (r->qid < 0) TRY(table_column(&r->t, sv("qid"), &r->qid, err));
  if (r->t.col[r->qid].n > r->t.nrow) return refuse(r, "qid comes twice:", word);
  return add_cell(r, r->qid, v, real, err);
}

static ErrCode add_pair(Reader *r, Sv word, int64_t line, Err *err) {
  int64_t index;
  double v;
  bool real;
  if (!parse_pair(word, &index, &v, &real)) return refuse(r, "index:value expected, found", word);
  if (index < 0) return add_qid(r, v, real, word, err);
  if (index > WIDEST) {
    snprintf(r->reason, sizeof r->reason, "index %lld: a table may have %d columns", (long long)index, WIDEST);
    return ERR_PARSE;
  }
  for (int64_t k = r->n - 1; k >= r->row_begin && r->entry[k].index >= index; k--) // rising, as a rule: one step
    if (r->entry[k].index == index) return refuse(r, "an index comes twice:", word);
  if (r->n == r->cap) TRY(grow_entries(r, err));
  if (real) TRY(note_real(r, index, err));
  r->entry[r->n++] = (Entry){r->t.nrow, index, v};
  if (index < r->least) r->least = index;
  if (index > r->most) r->most = index, r->most_line = line;
  return OK;
}

static ErrCode read_label(Reader *r, Sv word, Err *err) {
  double v;
  bool real;
  if (memchr(word.s, ':', word.n)) return refuse(r, "a label expected before the values, found", word);
  if (parse_value(word, &v, &real)) return add_cell(r, r->label, v, real, err);
  return cells_add_text(&r->t.col[r->label], r->t.nrow, word, err); // several labels: "1,3"
}

static ErrCode read_row(Reader *r, Sv s, int64_t line, Err *err) {
  Sv word;
  next_word(&s, &word);
  TRY(read_label(r, word, err));
  while (next_word(&s, &word)) TRY(add_pair(r, word, line, err));
  return OK;
}

static Sv without_comment(Sv line) {
  const char *mark = line.n ? memchr(line.s, '#', line.n) : NULL;
  return sv_trim((Sv){line.s, mark ? (size_t)(mark - line.s) : line.n});
}

static ErrCode read_line(Reader *r, Sv line, int64_t number, Err *err) {
  Sv s = without_comment(line);
  if (!s.n) return OK;
  Reader before = *r;
  ErrCode code = read_row(r, s, number, err);
  if (code == OK) table_end_row(&r->t, number);
  if (code != ERR_PARSE) return r->row_begin = r->n, code;
  r->n = r->row_begin, r->least = before.least, r->most = before.most, r->most_line = before.most_line;
  return table_give_up(&r->t, number, r->reason, line, err);
}

static ErrCode read_lines(Reader *r, Sv all, Err *err) {
  Sv rest = all;
  for (int64_t number = 1; rest.n && !table_is_full(&r->t); number++) {
    const char *nl = memchr(rest.s, '\n', rest.n);
    Sv line = {rest.s, nl ? (size_t)(nl - rest.s) : rest.n};
    rest.s += line.n + (nl != NULL), rest.n -= line.n + (nl != NULL);
    if (number % TICK == 0) TRY(job_tick(r->t.job, (int64_t)(all.n - rest.n), (int64_t)all.n, err));
    TRY(read_line(r, line, number, err));
  }
  if (r->t.nrow || !r->t.bad.n) return OK;
  return err_set(err, ERR_PARSE, "'%s' has no line that can be read; line %lld: %s", r->file,
                 (long long)r->t.bad.line[0], r->reason);
}

// ---- the columns ----------------------------------------------------------------------------------------------------
static ErrCode ask_for_width(Reader *r, int64_t width, Err *err) {
  enum { COLUMN_BYTES = 400 };
  char what[160], n[32], line[32];
  fmt_i64(n, sizeof n, width, true);
  fmt_i64(line, sizeof line, r->most_line, true);
  snprintf(what, sizeof what, "the table of %s columns (index %lld on line %s) with its zeros", n, (long long)r->most,
           line);
  return job_need(r->t.job, width * (r->t.nrow * (int64_t)sizeof(double) + COLUMN_BYTES), what, err);
}

static ErrCode column_of_zeros(Job *job, ColType type, int64_t n, Column **out, Err *err) {
  TRY(column_new(job, type, n, NULL, out, err));
  memset((*out)->i, 0, (size_t)n * sizeof(double)); // 0.0 is all bits 0
  return OK;
}

static ErrCode set_entries(const Reader *r, Column **col, int64_t first, Err *err) {
  for (int64_t k = 0; k < r->n; k++) {
    const Entry *e = &r->entry[k];
    Column *c = col[e->index - first];
    if (isnan(e->value)) TRY(column_set_missing(c, e->row, err));
    else if (c->type == COL_F64) c->f[e->row] = e->value;
    else c->i[e->row] = (int64_t)e->value;
  }
  return OK;
}

static ErrCode make_columns(Reader *r, Column **col, int64_t first, int64_t width, Err *err) {
  for (int64_t j = 0; j < width; j++) {
    bool real = first + j < r->nreal && r->real[first + j];
    TRY(column_of_zeros(r->t.job, real ? COL_F64 : COL_I64, r->t.nrow, &col[j], err));
    if (j % TICK == 0) TRY(job_tick(r->t.job, j, width, err));
  }
  return set_entries(r, col, first, err);
}

// The columns as cells of the table: what is chosen, forced and told is the same for every format.
static ErrCode add_columns(Reader *r, Err *err) {
  if (r->most < 0) return OK;
  int64_t first = r->least == 0 ? 0 : 1, width = r->most - first + 1;
  if (!first) note_add(&r->t.notes, "indices count from 0");
  TRY(ask_for_width(r, width, err));
  Arena a = {0};
  Column **col = arena_array(&a, Column *, width);
  ErrCode code = make_columns(r, col, first, width, err);
  for (int64_t j = 0; j < width; j++) {
    char name[32];
    snprintf(name, sizeof name, "f%lld", (long long)(first + j));
    if (code == OK) code = table_add_made(&r->t, sv(name), col[j], err);
    else column_unref(col[j]);
  }
  arena_fini(&a);
  return code;
}

static ErrCode read_all(Reader *r, Sv text, Err *err) {
  TRY(table_column(&r->t, sv("label"), &r->label, err));
  TRY(read_lines(r, text, err));
  return add_columns(r, err);
}

static ErrCode libsvm_read(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err) {
  Reader r = {.file = from->path, .least = INT64_MAX, .most = -1, .qid = -1};
  Str own = {0};
  Sv text;
  table_init(&r.t, job, opts);
  if (from->notes.n) note_add(&r.t.notes, "%s", str_c(&from->notes));
  ErrCode code = table_text(&r.t, from, &own, &text, err);
  if (code == OK) code = read_all(&r, text, err);
  str_fini(&own);
  mem_free(r.entry);
  mem_free(r.real);
  if (code == OK) code = table_take(&r.t, "libsvm", from->path, out, err);
  table_fini(&r.t);
  return code;
}

// ---- sniffing -------------------------------------------------------------------------------------------------------
// The pairs of a line that has the form; -1 when it has not.
static int pairs_of(Sv line) {
  Sv word;
  int64_t index;
  double v;
  bool real;
  int n = 0;
  if (!next_word(&line, &word) || !parse_value(word, &v, &real)) return -1;
  for (; next_word(&line, &word); n++)
    if (!parse_pair(word, &index, &v, &real)) return -1;
  return n;
}

static int libsvm_sniff(Sv head, const char *name) {
  Sv suffix = path_suffix(name), whole = head;
  bool named = sv_is(suffix, ".libsvm") || sv_is(suffix, ".svm") || sv_is(suffix, ".svmlight");
  int most = 0;
  for (int k = 0; k < SNIFFED && head.n; k++) {
    const char *nl = memchr(head.s, '\n', head.n);
    if (!nl && whole.n == SOURCE_HEAD) break; // a line that is cut there
    Sv line = without_comment((Sv){head.s, nl ? (size_t)(nl - head.s) : head.n});
    size_t n = nl ? (size_t)(nl - head.s) + 1 : head.n;
    head.s += n, head.n -= n;
    if (!line.n) continue;
    int pairs = pairs_of(line);
    if (pairs < 0 && !named) return 0;
    if (pairs > most) most = pairs;
  }
  size_t odd;
  if (named) return most ? 90 : decode_is_text(whole, &odd) ? 40 : 0;
  return most >= 2 ? 70 : 0; // "5 12:30" alone may be a time
}

extern const Format format_libsvm;
const Format format_libsvm = {.name = "libsvm",
                              .suffixes = ".libsvm .svm .svmlight",
                              .sniff = libsvm_sniff,
                              .read = libsvm_read,
                              .write = libsvm_print,
                              .options = ""};
