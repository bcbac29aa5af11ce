// Values of a type as people write them: numbers with currency, thousands marks, percent signs or brackets; dates in
// the usual orders, with numbers or the names of months. Zeros in front of a whole number mark a code, not a number.
#include "prep/retype_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <string.h>

enum { TEXT_MOST = 63 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static void skip(Sv *t, size_t n) { t->s += n, t->n -= n; }

static bool starts(Sv t, const char *with) { return t.n >= strlen(with) && memcmp(t.s, with, strlen(with)) == 0; }
static bool ends(Sv t, const char *with) {
  size_t n = strlen(with);
  return t.n >= n && memcmp(t.s + t.n - n, with, n) == 0;
}

// ---- numbers -------------------------------------------------------------------------------------------------------
static bool take_marks(Sv *t, bool *percent) {
  static const char *const signs[] = {"$", "€", "£", "¥", "USD", "EUR", "GBP", "CHF"};
  bool bracket = t->n > 2 && t->s[0] == '(' && ends(*t, ")");
  if (bracket) *t = sv_trim((Sv){t->s + 1, t->n - 2});
  for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
    if (starts(*t, signs[k])) skip(t, strlen(signs[k]));
    else if (ends(*t, signs[k])) t->n -= strlen(signs[k]);
    *t = sv_trim(*t);
  }
  *percent = ends(*t, "%");
  if (*percent) t->n--;
  *t = sv_trim(*t);
  return bracket;
}

// Bytes of a thousands mark at s[i], 0 = none. One that is used must be used throughout.
static size_t thousands(Sv t, size_t i, bool comma) {
  static const char *const marks[] = {"'", "’", " ", "\xC2\xA0", "\xE2\x80\xAF"};
  Sv rest = {t.s + i, t.n - i};
  if (starts(rest, comma ? "." : ",")) return 1;
  for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
    if (starts(rest, marks[k])) return strlen(marks[k]);
  return 0;
}

static size_t digits_at(Sv t, size_t i) {
  size_t n = 0;
  while (i + n < t.n && is_digit(t.s[i + n])) n++;
  return n;
}

// The digits of a number in C syntax, in `out`; false when it is none.
static bool plain_number(Sv t, bool comma, char *out) {
  size_t i = 0, n = 0, group = digits_at(t, t.n && (t.s[0] == '-' || t.s[0] == '+'));
  if (t.n == 0 || t.n > TEXT_MOST) return false;
  if (t.s[0] == '-' || t.s[0] == '+') out[n++] = t.s[i++];
  if (group > 1 && t.s[i] == '0') return false;
  while (i < t.n && is_digit(t.s[i])) {
    for (; i < t.n && is_digit(t.s[i]); i++) out[n++] = t.s[i];
    size_t mark = i < t.n && group <= 3 ? thousands(t, i, comma) : 0;
    if (!mark || digits_at(t, i + mark) != 3) break;
    i += mark;
  }
  if (i < t.n && t.s[i] == (comma ? ',' : '.')) out[n++] = '.', i++;
  while (i < t.n) out[n++] = t.s[i++];
  out[n] = 0;
  return true;
}

static bool read_number(Sv t, bool comma, double *v) {
  char text[TEXT_MOST + 2];
  bool percent, negative = take_marks(&t, &percent);
  if (!plain_number(t, comma, text) || !parse_f64(text, strlen(text), v)) return false;
  if (negative) *v = -*v;
  if (percent) *v /= 100;
  return true;
}

// ---- dates ---------------------------------------------------------------------------------------------------------
static bool take_int(Sv *t, size_t most, int *v, size_t *len) {
  *v = 0;
  for (*len = 0; *len < t->n && is_digit(t->s[*len]); ++*len) *v = *len < most ? *v * 10 + (t->s[*len] - '0') : 0;
  if (*len == 0 || *len > most) return false;
  skip(t, *len);
  return true;
}

static bool take_month(Sv *t, int *month) {
  static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                      "july",    "august",   "september", "october", "november", "december"};
  size_t n = 0;
  while (n < t->n && is_letter(t->s[n])) n++;
  for (int m = 0; m < 12 && n >= 3; m++) {
    bool same = n <= strlen(names[m]);
    for (size_t i = 0; i < n && same; i++) same = small(t->s[i]) == names[m][i];
    if (!same) continue;
    *month = m + 1;
    skip(t, n);
    return true;
  }
  return false;
}

static void skip_marks(Sv *t) {
  while (t->n && strchr(" ./-,", t->s[0])) skip(t, 1);
}

// Day, month and year in one of the orders; the rest of the text stays in *t.
static bool take_date(Sv *t, int order, int64_t *days) {
  int part[3], month = 0, at = 0;
  size_t len[3];
  for (int k = 0; k < 3; k++) {
    if (!month && take_month(t, &month)) {
      at = k;
      part[k] = month, len[k] = 2;
    } else if (!take_int(t, 4, &part[k], &len[k])) {
      return false;
    }
    if (k < 2 && !(t->n && strchr(" ./-,", t->s[0]))) return false;
    if (k < 2) skip_marks(t);
  }
  int y = order == ORDER_YMD ? 0 : 2, m = order == ORDER_MDY ? 0 : 1;
  if (month && y == 2) m = at;
  if (month && m != at) return false;
  int d = 3 - y - m;
  if (d < 0 || d > 2 || len[y] != 4 || len[d] > 2 || len[m] > 2) return false;
  return date_from_parts(part[y], part[m], part[d], days);
}

static bool read_date(Sv t, int order, int64_t *days) {
  bool zoned;
  double f;
  if (COLTYPES[COL_DATE].parse(t, days, &f, &zoned)) return true;
  return take_date(&t, order, days) && t.n == 0;
}

static bool read_time(Sv t, int order, int64_t *us) {
  bool zoned = false;
  double f;
  int64_t days, of_day;
  if (COLTYPES[COL_TIME].parse(t, us, &f, &zoned)) return true;
  if (!take_date(&t, order, &days)) return false;
  if (t.n && t.s[0] == ',') skip(&t, 1);
  t = sv_trim(t);
  if (!clock_parse(t, true, &of_day, &zoned)) return false;
  *us = days * 86400000000 + of_day;
  return true;
}

// ---- all types -----------------------------------------------------------------------------------------------------
static bool read_bool(Sv t, int64_t *v) {
  static const char *const words[] = {"false", "true", "no", "yes", "n", "y", "f", "t", "0", "1"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
    bool same = strlen(words[k]) == t.n;
    for (size_t i = 0; i < t.n && same; i++) same = small(t.s[i]) == words[k][i];
    if (same) return *v = (int64_t)k % 2, true;
  }
  return false;
}

bool retype_read(Sv text, ColType type, int order, bool comma, Read *out) {
  Sv t = sv_trim(text);
  *out = (Read){0};
  switch (type) {
  case COL_BOOL: out->fits = read_bool(t, &out->i); break;
  case COL_F64: out->fits = read_number(t, comma, &out->f); break;
  case COL_I64:
    out->fits = read_number(t, comma, &out->f) && floor(out->f) == out->f && fabs(out->f) < 0x1p53;
    out->i = out->fits ? (int64_t)out->f : 0;
    break;
  case COL_DATE: out->fits = read_date(t, order, &out->i); break;
  case COL_TIME: out->fits = read_time(t, order, &out->i); break;
  default: out->fits = true;
  }
  return out->fits;
}
