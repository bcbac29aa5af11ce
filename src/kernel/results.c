// Results beside a recipe: a text file with one block a cell. Values are the exact CSV or text that was shown, so that
// a difference can be named; long ones keep their first lines and their hash.
//
//   tycho results 1
//   build tycho 0.1.0, glibc 2.36
//   cell 3 ok seed 1
//   code HASH
//   input file titanic HASH
//   value HASH
//   | class,n
//   | 3rd,709
#include "kernel/kernel_int.h"

#include "base/numfmt.h"
#include "base/sha256.h"

#include <gnu/libc-version.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_LINES = 5000 };

void build_id(Str *out) { str_addf(out, "tycho %s, glibc %s", kernel_version(), gnu_get_libc_version()); }

void results_fini(Results *r) {
  for (int k = 0; k < r->n; k++) str_fini(&r->item[k].value), str_fini(&r->item[k].inputs);
  free(r->item);
  str_fini(&r->build);
  *r = (Results){0};
}

Result *results_add(Results *r) {
  if (r->n == r->cap) {
    r->cap = r->cap ? r->cap * 2 : 16;
    r->item = realloc(r->item, (size_t)r->cap * sizeof *r->item);
    if (!r->item) abort();
  }
  r->item[r->n] = (Result){0};
  return &r->item[r->n++];
}

void result_end(Result *r) {
  Sha256 s;
  sha256_init(&s);
  sha256_add(&s, r->value.s, r->value.n);
  sha256_hex(&s, r->hash);
}

Sv text_line(Sv text, int line) {
  if (line < 1) return (Sv){"", 0};
  while (text.n && --line > 0) {
    const char *end = memchr(text.s, '\n', text.n);
    size_t skip = end ? (size_t)(end + 1 - text.s) : text.n;
    text.s += skip, text.n -= skip;
  }
  const char *end = text.n ? memchr(text.s, '\n', text.n) : NULL;
  return (Sv){text.s, end ? (size_t)(end - text.s) : text.n};
}

static Sv take_line(Sv *text) {
  Sv line = text_line(*text, 1);
  size_t skip = line.n + (line.n < text->n);
  text->s += skip, text->n -= skip;
  return line;
}

// ---- printing -----------------------------------------------------------------------------------------------------
static void print_lines(Sv text, const char *prefix, int most, Str *out) {
  for (int k = 0; text.n; k++) {
    Sv line = take_line(&text);
    if (k < most) str_addf(out, "%s" SV_FMT "\n", prefix, SV_ARG(line));
  }
}

void results_print(const Results *r, Str *out) {
  str_addf(out, "tycho results 1\nbuild %s\n", str_c(&r->build));
  for (int k = 0; k < r->n; k++) {
    const Result *x = &r->item[k];
    str_addf(out, "\ncell %d %s seed %llu\ncode %s\n", x->cell, x->failed ? "failed" : "ok",
             (unsigned long long)x->seed, x->code);
    print_lines((Sv){str_c(&x->inputs), x->inputs.n}, "input ", INT32_MAX, out);
    str_addf(out, "value %s\n", x->hash);
    print_lines((Sv){str_c(&x->value), x->value.n}, "| ", MOST_LINES, out);
  }
}

// ---- reading ------------------------------------------------------------------------------------------------------
static bool take_word(Sv *line, const char *word) {
  size_t n = strlen(word);
  if (line->n < n || memcmp(line->s, word, n) != 0) return false;
  line->s += n, line->n -= n;
  return true;
}

static bool read_hash(Sv line, char hex[65]) {
  if (line.n != 64) return false;
  for (int i = 0; i < 64; i++)
    if (!line.s[i] || !strchr("0123456789abcdef", line.s[i])) return false;
  memcpy(hex, line.s, 64);
  hex[64] = 0;
  return true;
}

static bool take_number(Sv *line, uint64_t *v) {
  size_t n = 0;
  for (*v = 0; n < line->n && line->s[n] >= '0' && line->s[n] <= '9'; n++)
    if (__builtin_mul_overflow(*v, 10, v) || __builtin_add_overflow(*v, (uint64_t)(line->s[n] - '0'), v)) return false;
  line->s += n, line->n -= n;
  return n > 0;
}

static bool read_cell(Sv line, Results *out) {
  uint64_t cell, seed;
  if (!take_number(&line, &cell) || cell > INT_MAX) return false;
  bool failed = take_word(&line, " failed seed ");
  if (!failed && !take_word(&line, " ok seed ")) return false;
  if (!take_number(&line, &seed) || line.n) return false;
  Result *r = results_add(out);
  r->cell = (int)cell, r->seed = seed, r->failed = failed;
  return true;
}

static bool read_line(Sv line, Results *out) {
  Result *r = out->n ? &out->item[out->n - 1] : NULL;
  if (line.n == 0) return true;
  if (take_word(&line, "build ")) return str_addn(&out->build, line.s, line.n), true;
  if (take_word(&line, "cell ")) return read_cell(line, out);
  if (!r) return false;
  if (take_word(&line, "code ")) return read_hash(line, r->code);
  if (take_word(&line, "value ")) return read_hash(line, r->hash);
  if (take_word(&line, "input ")) return str_addf(&r->inputs, SV_FMT "\n", SV_ARG(line)), true;
  if (!take_word(&line, "| ")) return false;
  str_addn(&r->value, line.s, line.n);
  str_addc(&r->value, '\n');
  return true;
}

ErrCode results_parse(Sv text, Results *out, Err *err) {
  *out = (Results){0};
  if (!sv_is(take_line(&text), "tycho results 1"))
    return err_set(err, ERR_PARSE, "line 1 does not say \"tycho results 1\": made by another program or version");
  for (int line = 2; text.n; line++) {
    if (read_line(take_line(&text), out)) continue;
    results_fini(out);
    return err_set(err, ERR_PARSE, "line %d cannot be read: record the results again", line);
  }
  return OK;
}

// ---- comparing ----------------------------------------------------------------------------------------------------
static bool near_numbers(Sv a, Sv b) {
  double x, y;
  if (!parse_f64(a.s, a.n, &x) || !parse_f64(b.s, b.n, &y)) return false;
  double scale = fmax(fabs(x), fabs(y));
  return fabs(x - y) <= 1e-9 * fmax(scale, 1e-3);
}

static Sv take_token(Sv *line) {
  size_t n = 0;
  while (n < line->n && !strchr(", \t|", line->s[n])) n++;
  if (n == 0 && line->n) n = 1;
  Sv token = {line->s, n};
  line->s += n, line->n -= n;
  return token;
}

static bool lines_agree(Sv a, Sv b, bool near) {
  if (sv_eq(a, b)) return true;
  while (near && (a.n || b.n)) {
    Sv x = take_token(&a), y = take_token(&b);
    if (!sv_eq(x, y) && !near_numbers(x, y)) return false;
  }
  return near;
}

int value_differs(Sv a, Sv b, bool near) {
  for (int line = 1; a.n || b.n; line++)
    if (!lines_agree(take_line(&a), take_line(&b), near)) return line;
  return 0;
}
