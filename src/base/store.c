// The text of a store: a first line "tycho KIND VERSION", one field a line ("name value ..."), and a last line
// "sha256 DIGEST" over all bytes before it. First and last line are the same in every version, so that damage, another
// kind and a newer version can be told apart. Values are separated by one space:
//   bool true | false      number shortest exact decimals, nan, inf, -inf      array count, then that many numbers
//   text "..." or nil; \" \\ \n and \xHH for other control bytes, so that a field never spans lines
//   list count, then that many texts
// A count is believed only as far as the rest of its line has room for that many values: memory taken while reading
// is bounded by the size of the file. After an error every field reads as false, 0, NULL or empty, so that a visitor
// may loop over counts without asking.
#include "base/store.h"

#include "base/numfmt.h"
#include "base/sha256.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

enum { DIGEST = 64, LAST_LINE = 7 + DIGEST + 1 }; // "sha256 ", the digits, the newline

void store_fail(Store *s, const char *fmt, ...) {
  if (s->err.code != OK) return;
  char what[sizeof s->err.msg];
  va_list args;
  va_start(args, fmt);
  vsnprintf(what, sizeof what, fmt, args);
  va_end(args);
  err_set(&s->err, ERR_PARSE, "line %d: %s", s->line, what);
}

// ---- first and last line -------------------------------------------------------------------------------------------
static void digest_of(Sv text, char hex[DIGEST + 1]) {
  Sha256 h;
  sha256_init(&h);
  sha256_add(&h, text.s, text.n);
  sha256_hex(&h, hex);
}

void store_write(Store *s, const char *kind, int version, Str *out) {
  *s = (Store){.out = out};
  str_clear(out);
  str_addf(out, "tycho %s %d\n", kind, version);
}

void store_write_end(Store *s) {
  char hex[DIGEST + 1];
  digest_of((Sv){str_c(s->out), s->out->n}, hex);
  str_addf(s->out, "sha256 %s\n", hex);
}

static Sv take_word(Sv *rest) {
  Sv word = {rest->s, 0};
  while (word.n < rest->n && rest->s[word.n] != ' ') word.n++;
  size_t used = word.n + (word.n < rest->n);
  rest->s += used, rest->n -= used;
  return word;
}

static Sv take_line(Sv *text) {
  const char *end = text->n ? memchr(text->s, '\n', text->n) : NULL;
  Sv line = {text->s, end ? (size_t)(end - text->s) : text->n};
  size_t used = line.n + (end != NULL);
  text->s += used, text->n -= used;
  return line;
}

// Splits off the last line; false when the text does not end in one, or when the digest in it is of other text.
static bool check_digest(Store *s, Sv *text) {
  char hex[DIGEST + 1];
  Sv last = {text->s + text->n - LAST_LINE, LAST_LINE};
  bool whole = text->n > LAST_LINE && last.s[-1] == '\n' && memcmp(last.s, "sha256 ", 7) == 0;
  if (!whole || last.s[LAST_LINE - 1] != '\n') {
    err_set(&s->err, ERR_PARSE, "cut short: the last line is no checksum; save or copy it again");
    return false;
  }
  text->n -= LAST_LINE;
  digest_of(*text, hex);
  if (memcmp(hex, last.s + 7, DIGEST) == 0) return true;
  err_set(&s->err, ERR_PARSE, "changed or damaged: the checksum does not fit what stands before it");
  return false;
}

void store_read(Store *s, const char *kind, int version, Sv text, Arena *arena) {
  *s = (Store){.reading = true, .arena = arena, .line = 1};
  if (text.n < 6 || memcmp(text.s, "tycho ", 6) != 0) {
    const char *found = text.n ? "it does not start with \"tycho\"" : "it is empty";
    err_set(&s->err, ERR_PARSE, "not a tycho %s: %s", kind, found);
    return;
  }
  if (!check_digest(s, &text)) return;
  Sv line = take_line(&text);
  take_word(&line);
  Sv found = take_word(&line);
  int64_t number;
  if (!sv_is(found, kind)) {
    err_set(&s->err, ERR_PARSE, "a tycho " SV_FMT ", not a %s", SV_ARG(found), kind);
  } else if (!parse_i64(line.s, line.n, &number) || number < 1) {
    store_fail(s, "no version number after \"tycho %s\"", kind);
  } else if (number > version) {
    err_set(&s->err, ERR_PARSE, "a %s of format %lld; this tycho reads formats up to %d: use a newer one", kind,
            (long long)number, version);
  } else {
    s->version = number;
    s->left = text;
  }
}

// ---- fields --------------------------------------------------------------------------------------------------------
// Reading: the value part of the next line, when it is the field `name`.
static bool take_field(Store *s, const char *name, Sv *value) {
  if (s->err.code != OK) return false;
  s->line++;
  if (!s->left.n) return store_fail(s, "expected '%s', found the end", name), false;
  *value = take_line(&s->left);
  Sv found = take_word(value);
  if (sv_is(found, name)) return true;
  int shown = (int)utf8_fit(found, 60);
  return store_fail(s, "expected '%s', found '%.*s'", name, shown, found.s), false;
}

static void fail_value(Store *s, const char *name, const char *fits, Sv found) {
  int shown = (int)utf8_fit(found, 60);
  store_fail(s, "'%s' must be %s, '%.*s' was found", name, fits, shown, found.s);
}

static void expect_end(Store *s, const char *name, Sv rest) {
  if (s->err.code == OK && rest.n) fail_value(s, name, "followed by the end of the line", rest);
}

static void begin_field(Store *s, const char *name) { str_add(s->out, name); }
static void end_field(Store *s) { str_addc(s->out, '\n'); }

void store_bool(Store *s, const char *name, bool *v) {
  if (!s->reading) {
    str_addf(s->out, "%s %s\n", name, *v ? "true" : "false");
    return;
  }
  *v = false;
  Sv value;
  if (!take_field(s, name, &value)) return;
  *v = sv_is(value, "true");
  if (!*v && !sv_is(value, "false")) fail_value(s, name, "true or false", value);
}

static void write_i64(Store *s, int64_t v) { str_addf(s->out, " %lld", (long long)v); }

static int64_t take_i64(Store *s, const char *name, Sv *rest) {
  int64_t v = 0;
  Sv word = take_word(rest);
  if (parse_i64(word.s, word.n, &v)) return v;
  fail_value(s, name, "a whole number", word);
  return 0;
}

static void write_f64(Store *s, double v) {
  char buf[NUMFMT_MAX];
  fmt_shortest(buf, sizeof buf, v);
  str_addc(s->out, ' ');
  str_add(s->out, buf);
}

static double take_f64(Store *s, const char *name, Sv *rest) {
  double v = 0;
  Sv word = take_word(rest);
  if (parse_f64(word.s, word.n, &v)) return v;
  if (sv_is(word, "nan")) return NAN;
  if (sv_is(word, "inf")) return INFINITY;
  if (sv_is(word, "-inf")) return -INFINITY;
  fail_value(s, name, "a number", word);
  return 0;
}

void store_i64(Store *s, const char *name, int64_t *v) {
  if (!s->reading) {
    begin_field(s, name);
    write_i64(s, *v);
    end_field(s);
    return;
  }
  *v = 0;
  Sv rest;
  if (!take_field(s, name, &rest)) return;
  *v = take_i64(s, name, &rest);
  expect_end(s, name, rest);
  if (s->err.code != OK) *v = 0;
}

void store_f64(Store *s, const char *name, double *v) {
  if (!s->reading) {
    begin_field(s, name);
    write_f64(s, *v);
    end_field(s);
    return;
  }
  *v = 0;
  Sv rest;
  if (!take_field(s, name, &rest)) return;
  *v = take_f64(s, name, &rest);
  expect_end(s, name, rest);
  if (s->err.code != OK) *v = 0;
}

// ---- text ----------------------------------------------------------------------------------------------------------
static void write_text(Store *s, const char *v) {
  if (!v) {
    str_add(s->out, " nil");
    return;
  }
  str_add(s->out, " \"");
  for (; *v; v++) {
    unsigned char c = (unsigned char)*v;
    if (c == '"' || c == '\\') str_addf(s->out, "\\%c", c);
    else if (c == '\n') str_add(s->out, "\\n");
    else if (c < 0x20 || c == 0x7F) str_addf(s->out, "\\x%02X", c);
    else str_addc(s->out, *v);
  }
  str_addc(s->out, '"');
}

static int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// One character of a quoted text, escaped or not, into *c; bytes used, or 0 when it is no such thing.
static size_t take_char(Sv rest, char *c) {
  if (rest.n == 0 || rest.s[0] == '\0') return 0;
  *c = rest.s[0];
  if (*c != '\\') return 1;
  if (rest.n < 2) return 0;
  *c = rest.s[1] == 'n' ? '\n' : rest.s[1];
  if (rest.s[1] == 'n' || rest.s[1] == '"' || rest.s[1] == '\\') return 2;
  if (rest.s[1] != 'x' || rest.n < 4) return 0;
  int hi = hex_value(rest.s[2]), lo = hex_value(rest.s[3]);
  *c = (char)(hi * 16 + lo);
  return hi < 0 || lo < 0 || !*c ? 0 : 4;
}

static const char *take_text(Store *s, const char *name, Sv *rest) {
  Sv all = *rest, after = *rest;
  if (sv_is(take_word(&after), "nil")) return *rest = after, NULL;
  Str text = {0};
  const char *out = NULL;
  bool open = rest->n && rest->s[0] == '"';
  if (open) rest->s++, rest->n--;
  while (open && rest->n && rest->s[0] != '"') {
    char c;
    size_t used = take_char(*rest, &c);
    if (!used) break;
    str_addc(&text, c);
    rest->s += used, rest->n -= used;
  }
  if (open && rest->n && rest->s[0] == '"') {
    out = arena_strndup(s->arena, str_c(&text), text.n);
    rest->s++, rest->n--;
    if (rest->n && rest->s[0] == ' ') rest->s++, rest->n--;
  } else {
    fail_value(s, name, "a text in quotes or nil", all);
  }
  str_fini(&text);
  return out;
}

void store_text(Store *s, const char *name, const char **v) {
  if (!s->reading) {
    begin_field(s, name);
    write_text(s, *v);
    end_field(s);
    return;
  }
  *v = NULL;
  Sv rest;
  if (!take_field(s, name, &rest)) return;
  *v = take_text(s, name, &rest);
  expect_end(s, name, rest);
  if (s->err.code != OK) *v = NULL;
}

// ---- lists ---------------------------------------------------------------------------------------------------------
// Reading: opens the field `name` and takes its count; each value takes at least `least` bytes with its space.
static int64_t take_count(Store *s, const char *name, size_t least, Sv *rest) {
  if (!take_field(s, name, rest)) return 0;
  int64_t n = take_i64(s, name, rest);
  if (n >= 0 && (uint64_t)n <= (rest->n + 1) / least) return n;
  store_fail(s, "'%s' says that it has %lld values, which its line has no room for", name, (long long)n);
  return 0;
}

void store_names(Store *s, const char *name, Names *v) {
  if (!s->reading) {
    begin_field(s, name);
    write_i64(s, v->n);
    for (int64_t i = 0; i < v->n; i++) write_text(s, v->name[i]);
    end_field(s);
    return;
  }
  Sv rest = {0};
  int64_t n = take_count(s, name, 3, &rest);
  *v = (Names){arena_array(s->arena, const char *, n), n};
  for (int64_t i = 0; i < n && s->err.code == OK; i++) {
    v->name[i] = take_text(s, name, &rest);
    if (!v->name[i]) store_fail(s, "'%s' must be a list of texts, nil was found", name);
  }
  expect_end(s, name, rest);
  if (s->err.code != OK) *v = (Names){0};
}

void store_f64s(Store *s, const char *name, double **v, int64_t *n) {
  if (!s->reading) {
    begin_field(s, name);
    write_i64(s, *n);
    for (int64_t i = 0; i < *n; i++) write_f64(s, (*v)[i]);
    end_field(s);
    return;
  }
  Sv rest = {0};
  *n = take_count(s, name, 2, &rest);
  *v = arena_array(s->arena, double, *n);
  for (int64_t i = 0; i < *n && s->err.code == OK; i++) (*v)[i] = take_f64(s, name, &rest);
  expect_end(s, name, rest);
  if (s->err.code != OK) *v = NULL, *n = 0;
}

void store_i64s(Store *s, const char *name, int64_t **v, int64_t *n) {
  if (!s->reading) {
    begin_field(s, name);
    write_i64(s, *n);
    for (int64_t i = 0; i < *n; i++) write_i64(s, (*v)[i]);
    end_field(s);
    return;
  }
  Sv rest = {0};
  *n = take_count(s, name, 2, &rest);
  *v = arena_array(s->arena, int64_t, *n);
  for (int64_t i = 0; i < *n && s->err.code == OK; i++) (*v)[i] = take_i64(s, name, &rest);
  expect_end(s, name, rest);
  if (s->err.code != OK) *v = NULL, *n = 0;
}

// ---- options -------------------------------------------------------------------------------------------------------
// What is read passes the same checks as what a user types.
static void take_param(Store *s, const Param *p, void *opts) {
  Err wrong = {0};
  int64_t whole;
  double real;
  const char *text;
  switch (p->type) {
  case PARAM_INT:
    store_i64(s, p->name, &whole);
    if (s->err.code == OK && param_set_int(p, "stored options", opts, whole, &wrong) != OK) break;
    return;
  case PARAM_REAL:
    store_f64(s, p->name, &real);
    if (s->err.code == OK && param_set_real(p, "stored options", opts, real, &wrong) != OK) break;
    return;
  default:
    store_text(s, p->name, &text);
    if (s->err.code == OK && param_set_text(p, "stored options", opts, text ? text : "", &wrong) != OK) break;
    return;
  }
  store_fail(s, "%s", wrong.msg);
}

static void write_choice(Store *s, const Param *p, const void *opts) {
  Arena a;
  arena_init(&a);
  str_addf(s->out, "%s %s\n", p->name, param_print(p, opts, &a));
  arena_fini(&a);
}

static void visit_param(Store *s, const Param *p, void *opts) {
  void *field = (char *)opts + p->offset;
  switch (p->type) {
  case PARAM_BOOL: store_bool(s, p->name, field); break;
  case PARAM_TEXT: store_text(s, p->name, field); break;
  case PARAM_NAMES: store_names(s, p->name, field); break;
  case PARAM_INT:
    if (s->reading) take_param(s, p, opts);
    else store_i64(s, p->name, field);
    break;
  case PARAM_REAL:
    if (s->reading) take_param(s, p, opts);
    else store_f64(s, p->name, field);
    break;
  case PARAM_CHOICE:
    if (s->reading) take_param(s, p, opts);
    else write_choice(s, p, opts);
    break;
  case PARAM_VALUE: break;
  }
}

void store_params(Store *s, const Param *table, void *opts) {
  if (s->reading) param_defaults(table, opts);
  for (const Param *p = table; p->name; p++) visit_param(s, p, opts);
}
