// CSV by RFC 4180, so that reading it back gives the same values: exact digits, a missing cell empty, an empty text
// "". What the text cannot say is lost: a text column whose cells all look like numbers comes back as numbers, and
// the text NA as missing, quoted or not (name the type, or na=, when reading). A missing cell of a table of one
// column is written NA, since an empty line would be none. A real column of whole numbers gets ".0", so that it stays
// real.
#include "io/io_int.h"

#include <math.h>
#include <strings.h>

enum { TICK = 1024 };

typedef struct Printer {
  const Frame *f;
  char delim;
  Marks marks;
  const bool *whole; // real columns of whole numbers
  Str cell;
} Printer;

// What a reader that sniffs would take for a comment, a quote, a word on the delimiter, or more columns than one.
static bool misleads(const Printer *p, Sv text) {
  static const char *const begins[] = {"'", "#", "%", "//", "sep="};
  for (size_t k = 0; k < sizeof begins / sizeof *begins; k++)
    if (text.n >= strlen(begins[k]) && strncasecmp(text.s, begins[k], strlen(begins[k])) == 0) return true;
  for (size_t i = 0; i < text.n && frame_ncol(p->f) == 1; i++)
    if (text.s[i] && strchr(",;\t|^~: ", text.s[i])) return true;
  return false;
}

static bool needs_quotes(const Printer *p, Sv text) {
  if (!text.n || text.s[0] == ' ' || text.s[0] == '\t' || text.s[text.n - 1] == ' ' || text.s[text.n - 1] == '\t')
    return true;
  if (text.n >= 3 && memcmp(text.s, "\xEF\xBB\xBF", 3) == 0) return true; // no mark of the file's encoding
  for (size_t i = 0; i < text.n; i++)
    if (text.s[i] == p->delim || text.s[i] == '"' || text.s[i] == '\n' || text.s[i] == '\r') return true;
  return marks_has(&p->marks, text) || sniff_is_typed(text) || misleads(p, text);
}

static void print_quoted(Sv text, Str *out) {
  str_addc(out, '"');
  for (size_t i = 0; i < text.n; i++) {
    if (text.s[i] == '"') str_addc(out, '"');
    str_addc(out, text.s[i]);
  }
  str_addc(out, '"');
}

static void print_text(const Printer *p, Sv text, Str *out) {
  if (needs_quotes(p, text)) print_quoted(text, out);
  else str_addn(out, text.s, text.n);
}

static bool is_whole(const Column *c) {
  if (c->type != COL_F64 || c->missing == c->n) return false;
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i) && isfinite(c->f[i]) && c->f[i] != floor(c->f[i])) return false;
  return true;
}

static void print_cell(Printer *p, int j, int64_t row, Str *out) {
  const Column *c = frame_at(p->f, j);
  if (!col_valid(c, row)) {
    if (frame_ncol(p->f) == 1) str_add(out, "NA");
  } else if (col_is_text(c)) {
    print_text(p, col_text(c, row), out);
  } else {
    size_t begin = out->n;
    col_format(c, row, CELL_EXACT, out);
    if (p->whole[j] && isfinite(c->f[row]) && !memchr(out->s + begin, 'e', out->n - begin)) str_add(out, ".0");
  }
}

static ErrCode print_rows(Job *job, Printer *p, Str *out, Err *err) {
  int64_t n = frame_nrow(p->f);
  int ncol = frame_ncol(p->f);
  for (int64_t i = 0; i < n; i++) {
    if (i % TICK == 0) TRY(job_tick(job, i, n, err));
    for (int j = 0; j < ncol; j++) {
      if (j) str_addc(out, p->delim);
      print_cell(p, j, i, out);
    }
    str_addc(out, '\n');
  }
  return job_tick(job, n, n, err);
}

ErrCode csv_print(Job *job, const Frame *f, char delim, Str *out, Err *err) {
  int ncol = frame_ncol(f);
  if (ncol == 0) return err_set(err, ERR_SHAPE, "a frame without columns cannot be written as CSV");
  TRY(job_need(job, 2 * frame_bytes(f), "the text of the file", err));
  Arena a = {0};
  bool *whole = arena_array(&a, bool, ncol);
  for (int j = 0; j < ncol; j++) whole[j] = is_whole(frame_at(f, j));
  Printer p = {.f = f, .delim = delim, .whole = whole};
  marks_init(&p.marks, NULL);
  for (int j = 0; j < ncol; j++) {
    if (j) str_addc(out, delim);
    print_text(&p, sv(frame_name(f, j)), out);
  }
  str_addc(out, '\n');
  ErrCode code = print_rows(job, &p, out, err);
  arena_fini(&a);
  return code;
}
