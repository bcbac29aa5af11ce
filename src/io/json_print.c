// JSON that reads back as the same values: exact digits, a real of a whole number with ".0", infinity as 1e999 (a JSON
// number that readers round to it), missing as null. Not a number has no form in JSON and is null too. A table without
// rows is an object of empty arrays, since an empty array would lose its columns.
#include "io/formats_int.h"

#include "base/utf8.h"

#include <math.h>

enum { TICK = 1024 };

static void print_escape(unsigned char c, Str *out) {
  static const char letters[] = "\b\f\n\r\t\"\\", names[] = "bfnrt\"\\";
  const char *k = c ? strchr(letters, c) : NULL;
  if (k) str_addc(out, '\\'), str_addc(out, names[k - letters]);
  else str_addf(out, "\\u%04x", c);
}

static void print_string(Sv text, Str *out, Str *own) {
  text = text_valid(text, own);
  const char *from = text.s, *end = text.s + text.n;
  str_addc(out, '"');
  for (const char *p = from; p < end; p++) {
    unsigned char c = (unsigned char)*p;
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    str_addn(out, from, (size_t)(p - from));
    print_escape(c, out);
    from = p + 1;
  }
  str_addn(out, from, (size_t)(end - from));
  str_addc(out, '"');
}

static void print_real(const Column *c, int64_t row, Str *out) {
  double v = c->f[row];
  if (isnan(v)) str_add(out, "null");
  else if (isinf(v)) str_add(out, v < 0 ? "-1e999" : "1e999");
  else {
    size_t begin = out->n;
    col_format(c, row, CELL_EXACT, out);
    if (!memchr(out->s + begin, '.', out->n - begin) && !memchr(out->s + begin, 'e', out->n - begin))
      str_add(out, ".0");
  }
}

static void print_cell(const Column *c, int64_t row, Str *out, Str *own) {
  if (!col_valid(c, row)) str_add(out, "null");
  else if (col_is_text(c)) print_string(col_text(c, row), out, own);
  else if (c->type == COL_F64) print_real(c, row, out);
  else if (col_is_number(c)) col_format(c, row, CELL_EXACT, out);
  else {
    str_addc(out, '"');
    col_format(c, row, CELL_EXACT, out);
    str_addc(out, '"');
  }
}

typedef struct Printer {
  const Frame *f;
  Sv *key; // "name": as it is printed
  Str own;
  const char *open, *colon, *comma, *close;
} Printer;

static void print_row(Printer *p, int64_t row, Str *out) {
  str_addc(out, '{');
  for (int j = 0; j < frame_ncol(p->f); j++) {
    if (j) str_add(out, p->comma);
    str_addn(out, p->key[j].s, p->key[j].n);
    str_add(out, p->colon);
    print_cell(frame_at(p->f, j), row, out, &p->own);
  }
  str_addc(out, '}');
}

static ErrCode print_rows(Job *job, Printer *p, bool lines, Str *out, Err *err) {
  int64_t n = frame_nrow(p->f);
  if (!lines) str_add(out, "[\n");
  for (int64_t i = 0; i < n; i++) {
    if (i % TICK == 0) TRY(job_tick(job, i, n, err));
    print_row(p, i, out);
    str_add(out, lines || i + 1 == n ? "\n" : ",\n");
  }
  if (!lines) str_add(out, "]\n");
  return job_tick(job, n, n, err);
}

static void print_empty(Printer *p, Str *out) {
  str_addc(out, '{');
  for (int j = 0; j < frame_ncol(p->f); j++) {
    str_add(out, j ? ", " : "");
    str_addn(out, p->key[j].s, p->key[j].n);
    str_add(out, ": []");
  }
  str_add(out, "}\n");
}

ErrCode json_print(Job *job, const Frame *f, bool lines, Str *out, Err *err) {
  int ncol = frame_ncol(f);
  int64_t names = 0;
  if (ncol == 0) return err_set(err, ERR_SHAPE, "a frame without columns cannot be written as JSON");
  if (lines && frame_nrow(f) == 0)
    return err_set(err, ERR_SHAPE, "JSON Lines cannot hold a table without rows: write .json or .csv");
  for (int j = 0; j < ncol; j++) names += (int64_t)strlen(frame_name(f, j)) + 6;
  TRY(job_need(job, 2 * frame_bytes(f) + names * frame_nrow(f), "the text of the file", err));
  Arena a = {0};
  Str key = {0};
  Printer p = {.f = f, .colon = lines ? ":" : ": ", .comma = lines ? "," : ", "};
  p.key = arena_array(&a, Sv, ncol);
  for (int j = 0; j < ncol; j++) {
    str_clear(&key);
    print_string(sv(frame_name(f, j)), &key, &p.own);
    p.key[j] = (Sv){arena_strndup(&a, key.s, key.n), key.n};
  }
  ErrCode code = OK;
  if (frame_nrow(f)) code = print_rows(job, &p, lines, out, err);
  else print_empty(&p, out);
  str_fini(&p.own);
  str_fini(&key);
  arena_fini(&a);
  return code;
}
