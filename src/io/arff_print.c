// ARFF with each column's type declared, so that types come back as they were: categories are nominal with their
// levels, truth values nominal {false,true}, dates have the pattern that their values need. Microseconds are written as
// SSSSSS, which this program reads as such (Java takes S for milliseconds). Weka has no infinity and no NaN: the former
// is written as Inf, the latter as missing.
#include "io/formats_int.h"

#include <math.h>

enum { TICK = 1024 };

static bool needs_quotes(Sv t) {
  if (!t.n || sv_is(t, "?")) return true;
  for (size_t i = 0; i < t.n; i++)
    if ((unsigned char)t.s[i] <= ' ' || strchr("'\"\\,{}%@", t.s[i])) return true;
  return false;
}

static void print_text(Sv text, Str *out, Str *own) {
  static const char letters[] = "\n\t\r'\\", names[] = "ntr'\\";
  text = text_valid(text, own);
  if (!needs_quotes(text)) {
    str_addn(out, text.s, text.n);
    return;
  }
  str_addc(out, '\'');
  for (size_t i = 0; i < text.n; i++) {
    const char *k = text.s[i] ? strchr(letters, text.s[i]) : NULL;
    if (k) str_addc(out, '\\');
    str_addc(out, k ? names[k - letters] : text.s[i]);
  }
  str_addc(out, '\'');
}

// Digits of seconds' fractions that the column needs: 0, 3 or 6.
static int fraction_digits(const Column *c) {
  int digits = 0;
  for (int64_t i = 0; i < c->n && digits < 6; i++) {
    int64_t us = col_valid(c, i) ? c->i[i] % 1000000 : 0;
    if (us % 1000) digits = 6;
    else if (us) digits = 3;
  }
  return digits;
}

static void print_type(const Column *c, int digits, Str *out, Str *own) {
  static const char *const word[COL_NTYPES] = {[COL_BOOL] = "{false,true}",
                                               [COL_I64] = "integer",
                                               [COL_F64] = "real",
                                               [COL_DATE] = "date yyyy-MM-dd",
                                               [COL_TEXT] = "string"};
  if (c->type == COL_TIME) {
    str_addf(out, "date \"yyyy-MM-dd'T'HH:mm:ss%s%.*s%s\"", digits ? "." : "", digits, "SSSSSS", c->zoned ? "X" : "");
  } else if (c->type == COL_CAT) {
    str_addc(out, '{');
    for (int32_t k = 0; k < c->dict->n; k++) {
      if (k) str_addc(out, ',');
      print_text(c->dict->word[k], out, own);
    }
    str_addc(out, '}');
  } else {
    str_add(out, word[c->type]);
  }
}

static void print_time(const Column *c, int64_t row, int digits, Str *out) {
  int64_t day = 86400000000, v = c->i[row], us = (v % day + day) % day, year;
  int m, d;
  date_to_civil((v - us) / day, &year, &m, &d);
  str_addf(out, "%04lld-%02d-%02dT%02d:%02d:%02d", (long long)year, m, d, (int)(us / 3600000000),
           (int)(us / 60000000 % 60), (int)(us / 1000000 % 60));
  if (digits) str_addf(out, ".%0*d", digits, (int)(us % 1000000 / (digits == 3 ? 1000 : 1)));
  if (c->zoned) str_addc(out, 'Z');
}

static void print_cell(const Column *c, int64_t row, int digits, Str *out, Str *own) {
  if (!col_valid(c, row) || (c->type == COL_F64 && isnan(c->f[row]))) str_addc(out, '?');
  else if (col_is_text(c)) print_text(col_text(c, row), out, own);
  else if (c->type == COL_TIME) print_time(c, row, digits, out);
  else if (c->type == COL_F64 && isinf(c->f[row])) str_add(out, c->f[row] < 0 ? "-Inf" : "Inf");
  else col_format(c, row, CELL_EXACT, out);
}

static ErrCode print_rows(Job *job, const Frame *f, const int *digits, Str *own, Str *out, Err *err) {
  int64_t n = frame_nrow(f);
  for (int64_t i = 0; i < n; i++) {
    if (i % TICK == 0) TRY(job_tick(job, i, n, err));
    for (int j = 0; j < frame_ncol(f); j++) {
      if (j) str_addc(out, ',');
      print_cell(frame_at(f, j), i, digits[j], out, own);
    }
    str_addc(out, '\n');
  }
  return job_tick(job, n, n, err);
}

static void print_header(const Frame *f, const char *path, const int *digits, Str *own, Str *out) {
  const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
  str_add(out, "@relation ");
  print_text((Sv){base, strlen(base) - path_suffix(path).n}, out, own);
  str_add(out, "\n\n");
  for (int j = 0; j < frame_ncol(f); j++) {
    str_add(out, "@attribute ");
    print_text(sv(frame_name(f, j)), out, own);
    str_addc(out, ' ');
    print_type(frame_at(f, j), digits[j], out, own);
    str_addc(out, '\n');
  }
  str_add(out, "\n@data\n");
}

ErrCode arff_print(Job *job, const Frame *f, const char *path, Str *out, Err *err) {
  int ncol = frame_ncol(f);
  if (ncol == 0) return err_set(err, ERR_SHAPE, "a frame without columns cannot be written as ARFF");
  TRY(job_need(job, 2 * frame_bytes(f), "the text of the file", err));
  Arena a = {0};
  Str own = {0};
  int *digits = arena_array(&a, int, ncol);
  for (int j = 0; j < ncol; j++)
    if (frame_at(f, j)->type == COL_TIME) digits[j] = fraction_digits(frame_at(f, j));
  print_header(f, path, digits, &own, out);
  ErrCode code = print_rows(job, f, digits, &own, out, err);
  str_fini(&own);
  arena_fini(&a);
  return code;
}
