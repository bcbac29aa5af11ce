// JSON (RFC 8259) read token by token from text in memory, in place: nothing is built but strings that have escapes.
// Three things beyond the RFC that writers produce are taken: NaN, Infinity and -Infinity. Where a value is wrong the
// fault says what was expected, and at which character. Own code rather than a library: yajl, the one that streams, has
// not been kept since 2015, and those that build trees take tens of times the memory and time.
#include "base/json.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>

// ---- faults ---------------------------------------------------------------------------------------------------------
bool json_fail(Json *j, const char *at, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  vsnprintf(j->fault, sizeof j->fault, fmt, args);
  va_end(args);
  j->at = at;
  return false;
}

static void describe(const Json *j, char *buf, size_t size) {
  unsigned char c = j->p < j->end ? (unsigned char)*j->p : 0;
  int len = 1;
  if (j->p == j->end) snprintf(buf, size, "the end");
  else if (c == '\n' || c == '\r') snprintf(buf, size, "the end of the line");
  else if (c == '"') snprintf(buf, size, "a text");
  else if (c < 0x20 || c == 0x7F) snprintf(buf, size, "the byte 0x%02X", c);
  else {
    if (c >= 0x80) utf8_decode(j->p, (size_t)(j->end - j->p), &len);
    snprintf(buf, size, "'%.*s'", len, j->p);
  }
}

bool json_expected(Json *j, const char *what) {
  char found[32];
  describe(j, found, sizeof found);
  return json_fail(j, j->p, "%s expected, %s found", what, found);
}

void json_place(const Json *j, const char *at, int64_t *line, int64_t *column) {
  const char *start = j->begin;
  *line = j->line, *column = 1;
  for (const char *nl; (nl = memchr(start, '\n', (size_t)(at - start))); start = nl + 1) ++*line;
  for (; start < at; start++) *column += ((unsigned char)*start & 0xC0) != 0x80;
}

// ---- tokens ---------------------------------------------------------------------------------------------------------
int json_peek(Json *j) {
  while (j->p < j->end && (*j->p == ' ' || *j->p == '\n' || *j->p == '\t' || *j->p == '\r')) j->p++;
  return j->p < j->end ? (unsigned char)*j->p : -1;
}

// Whether any of 8 bytes is a quote, a backslash or below 0x20 (Mycroft's zero-byte test on three differences).
static bool has_special(uint64_t w) {
  const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
  uint64_t quote = w ^ (ones * '"'), slash = w ^ (ones * '\\');
  return (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((w - ones * 0x20) & ~w)) & high;
}

static const char *plain_end(const char *p, const char *end) {
  uint64_t w;
  for (; end - p >= 8; p += 8) {
    memcpy(&w, p, sizeof w);
    if (has_special(w)) break;
  }
  while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20) p++;
  return p;
}

static bool hex4(const char *p, const char *end, uint32_t *v) {
  *v = 0;
  if (end - p < 4) return false;
  for (int k = 0; k < 4; k++) {
    unsigned c = (unsigned char)p[k], lower = c | 0x20;
    if (c >= '0' && c <= '9') *v = *v * 16 + c - '0';
    else if (lower >= 'a' && lower <= 'f') *v = *v * 16 + lower - 'a' + 10;
    else return false;
  }
  return true;
}

static bool take_unicode(Json *j) { // behind \u
  uint32_t cp, low;
  char buf[4];
  if (!hex4(j->p, j->end, &cp)) return json_fail(j, j->p, "four hexadecimal digits expected behind \\u");
  j->p += 4;
  if (cp >= 0xD800 && cp < 0xDC00 && j->end - j->p >= 6 && j->p[0] == '\\' && j->p[1] == 'u' &&
      hex4(j->p + 2, j->end, &low) && low >= 0xDC00 && low < 0xE000) {
    cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
    j->p += 6;
  }
  if (cp >= 0xD800 && cp < 0xE000) cp = 0xFFFD, j->odd++;
  str_addn(&j->text, buf, (size_t)utf8_encode(cp, buf));
  return true;
}

static bool take_escape(Json *j) { // at the backslash
  static const char letter[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
  if (++j->p == j->end) return json_expected(j, "a letter behind the backslash");
  if (*j->p == 'u') return j->p++, take_unicode(j);
  const char *k = *j->p ? strchr(letter, *j->p) : NULL;
  if (!k) return json_expected(j, "one of \" \\ / b f n r t u behind the backslash");
  str_addc(&j->text, meant[k - letter]);
  j->p++;
  return true;
}

bool json_string(Json *j, Sv *out) {
  const char *open = j->p++, *from = j->p;
  j->p = plain_end(from, j->end);
  if (j->p < j->end && *j->p == '"') return *out = (Sv){from, (size_t)(j->p++ - from)}, true;
  str_clear(&j->text);
  for (;;) {
    str_addn(&j->text, from, (size_t)(j->p - from));
    if (j->p == j->end) return json_fail(j, open, "the text that begins here is not closed");
    if (*j->p == '"') break;
    if (*j->p != '\\') return json_expected(j, "a closing quote or \\n, \\t, \\u....");
    if (!take_escape(j)) return false;
    from = j->p;
    j->p = plain_end(from, j->end);
  }
  j->p++;
  *out = (Sv){str_c(&j->text), j->text.n};
  return true;
}

bool json_word(Json *j, const char *word) {
  size_t n = strlen(word);
  if ((size_t)(j->end - j->p) < n || memcmp(j->p, word, n) != 0) return json_expected(j, "a value");
  j->p += n;
  return true;
}

// ---- numbers --------------------------------------------------------------------------------------------------------
static bool is_digit(const Json *j, const char *p) { return p < j->end && *p >= '0' && *p <= '9'; }

static bool take_digits(Json *j) {
  if (!is_digit(j, j->p)) return json_expected(j, "a digit");
  while (is_digit(j, j->p)) j->p++;
  return true;
}

static bool take_special(Json *j, const char *start, JsonNumber *kind, double *f) {
  bool negative = j->p > start;
  if (!json_word(j, *j->p == 'N' && !negative ? "NaN" : "Infinity")) return false;
  *kind = JSON_REAL;
  *f = j->p[-1] == 'N' ? (double)NAN : negative ? -INFINITY : INFINITY;
  return true;
}

bool json_number(Json *j, JsonNumber *kind, int64_t *i, double *f, Sv *raw) {
  const char *start = j->p;
  if (*j->p == '-') j->p++;
  if (j->p < j->end && (*j->p == 'N' || *j->p == 'I')) return take_special(j, start, kind, f);
  const char *first = j->p;
  uint64_t v = 0;
  for (; is_digit(j, j->p); j->p++) v = v * 10 + (uint64_t)(*j->p - '0');
  ptrdiff_t digits = j->p - first;
  if (!digits) return json_expected(j, "a digit");
  if (*first == '0' && digits > 1) return json_fail(j, first, "a number may not begin with 0%c", first[1]);
  *kind = JSON_INT;
  if (j->p < j->end && *j->p == '.') {
    *kind = JSON_REAL, j->p++;
    if (!take_digits(j)) return false;
  }
  if (j->p < j->end && (*j->p | 0x20) == 'e') {
    *kind = JSON_REAL, j->p++;
    if (j->p < j->end && (*j->p == '-' || *j->p == '+')) j->p++;
    if (!take_digits(j)) return false;
  }
  *raw = (Sv){start, (size_t)(j->p - start)};
  if (*kind == JSON_REAL) return parse_f64(raw->s, raw->n, f) || json_fail(j, start, "a number expected");
  if (digits <= 18) *i = start == first ? (int64_t)v : -(int64_t)v;
  else if (!parse_i64(raw->s, raw->n, i)) *kind = JSON_HUGE;
  return true;
}

// ---- values that are passed over ------------------------------------------------------------------------------------
static bool skip_scalar(Json *j, int c) {
  Sv raw;
  JsonNumber kind;
  int64_t i;
  double f;
  if (c == '"') return json_string(j, &raw);
  if (c == 't') return json_word(j, "true");
  if (c == 'f') return json_word(j, "false");
  if (c == 'n') return json_word(j, "null");
  if (c == '-' || c == 'N' || c == 'I' || (c >= '0' && c <= '9')) return json_number(j, &kind, &i, &f, &raw);
  return json_expected(j, "a value");
}

static bool skip_copied(Json *j, int c, Str *copy) {
  const char *start = j->p;
  if (!skip_scalar(j, c)) return false;
  if (copy) str_addn(copy, start, (size_t)(j->p - start));
  return true;
}

static void take_mark(Json *j, Str *copy) {
  if (copy) str_addc(copy, *j->p);
  j->p++;
}

static bool skip_key(Json *j, Str *copy) {
  if (json_peek(j) != '"') return json_expected(j, "a name in quotes");
  if (!skip_copied(j, '"', copy)) return false;
  if (json_peek(j) != ':') return json_expected(j, "':' behind the name");
  take_mark(j, copy);
  return true;
}

bool json_skip(Json *j, Str *copy) {
  int c = json_peek(j);
  if (c != '{' && c != '[') return skip_copied(j, c, copy);
  int close = c == '{' ? '}' : ']';
  if (++j->depth > JSON_DEPTH) return json_fail(j, j->p, "values may be nested %d deep", JSON_DEPTH);
  take_mark(j, copy);
  if (json_peek(j) != close) {
    for (;;) {
      if (close == '}' && !skip_key(j, copy)) return false;
      if (!json_skip(j, copy)) return false;
      int next = json_peek(j);
      if (next == close) break;
      if (next != ',') return json_expected(j, close == '}' ? "',' or '}'" : "',' or ']'");
      take_mark(j, copy);
    }
  }
  take_mark(j, copy);
  j->depth--;
  return true;
}

// ---- values that are looked for -------------------------------------------------------------------------------------
static bool take_member(Json *j, const char *const *name, int n, const char **value) {
  Sv key;
  if (json_peek(j) != '"') return json_expected(j, "a name in quotes");
  if (!json_string(j, &key)) return false;
  int k = 0;
  while (k < n && !sv_is(key, name[k])) k++;
  if (json_peek(j) != ':') return json_expected(j, "':' behind the name");
  j->p++;
  json_peek(j);
  if (k < n) value[k] = j->p;
  return json_skip(j, NULL);
}

bool json_members(Json *j, const char *what, const char *const *name, int n, const char **value) {
  memset(value, 0, (size_t)n * sizeof *value);
  if (json_peek(j) != '{') return json_fail(j, j->p, "%s expected, an object", what);
  j->p++;
  if (json_peek(j) == '}') return j->p++, true;
  for (;;) {
    if (!take_member(j, name, n, value)) return false;
    int next = json_peek(j);
    if (next != ',' && next != '}') return json_expected(j, "',' or '}'");
    j->p++;
    if (next == '}') return true;
  }
}
