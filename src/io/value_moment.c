// Dates in the common forms beside ISO 8601: three numbers in a known order, or a month by its English name. A time of
// day may follow; it is read by clock_parse.
#include "io/value_int.h"

enum { DAY_MINUTES = 1440, MINUTE_US = 60000000 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); }
static void cut_front(Sv *t, size_t n) { t->s += n, t->n -= n; }

// All the digits at t, at most `most`; returns how many, 0 when there are more.
static size_t take_number(Sv *t, size_t most, int *v) {
  size_t n = 0;
  *v = 0;
  for (; n < t->n && is_digit(t->s[n]); n++)
    if (n < most) *v = *v * 10 + (t->s[n] - '0');
  if (n > most) return 0;
  cut_front(t, n);
  return n;
}

static int full_year(int y, size_t digits) { return digits == 4 ? y : y < 69 ? 2000 + y : 1900 + y; }

// A year at t; one of two digits is none before a colon: "Mar 31 10:20" has no year.
static bool take_year(Sv *t, bool may_be_short, int *y) {
  size_t digits = take_number(t, 4, y);
  *y = full_year(*y, digits);
  return digits == 4 || (digits == 2 && may_be_short && !(t->n && t->s[0] == ':'));
}

// ---- three numbers ------------------------------------------------------------------------------------------------
static bool take_mark(Sv *t, char *mark) { // the same each time
  if (!t->n || (*mark && t->s[0] != *mark)) return false;
  *mark = t->s[0];
  cut_front(t, 1);
  return *mark == '/' || *mark == '.' || *mark == '-';
}

static bool take_numeric(const ValueStyle *s, Sv *t, int64_t *days) {
  int y, m, d, first, second;
  char mark = 0;
  if (s->order == ORDER_YMD && !(take_year(t, s->short_year, &y) && take_mark(t, &mark))) return false;
  if (!take_number(t, 2, &first) || !take_mark(t, &mark) || !take_number(t, 2, &second)) return false;
  if (s->order != ORDER_YMD && !(take_mark(t, &mark) && take_year(t, s->short_year, &y))) return false;
  m = s->order == ORDER_DMY ? second : first;
  d = s->order == ORDER_DMY ? first : second;
  return date_from_parts(y, m, d, days);
}

// ---- a month by name ----------------------------------------------------------------------------------------------
static size_t word_size(Sv t) {
  size_t n = 0;
  while (n < t.n && lower(t.s[n]) >= 'a' && lower(t.s[n]) <= 'z') n++;
  return n;
}

static bool is_name(Sv word, const char *name, size_t least) {
  size_t k = 0;
  while (k < word.n && name[k] && lower(word.s[k]) == name[k]) k++;
  return k == word.n && (k == least || !name[k]);
}

// The name at t, in full or its first three letters: its place in names[0..n), from 1 on; 0 when there is none.
static int take_name(Sv *t, const char *const *names, int n) {
  Sv word = {t->s, word_size(*t)};
  for (int k = 0; k < n; k++) {
    if (!is_name(word, names[k], 3)) continue;
    cut_front(t, word.n);
    return k + 1;
  }
  return 0;
}

static int take_month(Sv *t) {
  static const char *const months[] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
  Sv word = {t->s, word_size(*t)};
  if (is_name(word, "sept", 4)) return cut_front(t, 4), 9;
  return take_name(t, months, 12);
}

static bool take_marks(Sv *t) { // one or two of " -/.,", as in "Mar. 31, 2012"
  size_t n = 0;
  while (n < 2 && n < t->n && t->s[n] && strchr(" -/.,", t->s[n])) n++;
  cut_front(t, n);
  return n > 0;
}

static void skip_weekday(Sv *t) {
  static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  Sv rest = *t;
  if (take_name(&rest, days, 7) && take_marks(&rest)) *t = rest;
}

static void skip_ordinal(Sv *t) { // 1st 2nd 3rd 4th
  static const char *const endings[] = {"st", "nd", "rd", "th"};
  Sv word = {t->s, word_size(*t)};
  for (int k = 0; k < 4; k++)
    if (is_name(word, endings[k], 2)) return cut_front(t, 2);
}

typedef struct Civil {
  int y, m, d;
} Civil;

// 31 Mar 2012, 31-Mar-12, 31MAR2012, 2012-Mar-31
static bool take_number_first(Sv *t, Civil *c) {
  size_t digits = take_number(t, 4, &c->d);
  if (digits == 3 || !digits) return false;
  if (digits < 3) skip_ordinal(t);
  take_marks(t);
  c->m = take_month(t);
  take_marks(t);
  if (digits < 3) return take_year(t, true, &c->y);
  c->y = c->d;
  return take_number(t, 2, &c->d) > 0;
}

// Mar 31, 2012 and, with *no_day, Mar 2012.
static bool take_month_first(Sv *t, Civil *c, bool *no_day) {
  c->m = take_month(t);
  if (!take_marks(t)) return false;
  size_t digits = take_number(t, 4, &c->d);
  *no_day = digits == 4;
  if (*no_day) return c->y = c->d, c->d = 1, true;
  skip_ordinal(t);
  return (digits == 1 || digits == 2) && take_marks(t) && take_year(t, true, &c->y);
}

static bool take_named(Sv *t, int64_t *days, bool *no_day) {
  Civil c = {0};
  skip_weekday(t);
  if (!t->n) return false;
  bool ok = is_digit(t->s[0]) ? take_number_first(t, &c) : take_month_first(t, &c, no_day);
  return ok && date_from_parts(c.y, c.m, c.d, days);
}

// "Sat Mar 31 10:20:30 2012", the zone before or behind the year: asctime of C, and many logs.
static bool parse_year_last(Sv t, int64_t *i, bool *zoned) {
  Civil c;
  int64_t days, us;
  skip_weekday(&t);
  c.m = take_month(&t);
  if (!take_marks(&t) || !take_number(&t, 2, &c.d) || !t.n || t.s[0] != ' ') return false;
  cut_front(&t, 1);
  Sv rest = t;
  while (rest.n > 1 && !(rest.s[0] == ' ' && is_digit(rest.s[1]))) cut_front(&rest, 1);
  if (!rest.n) return false;
  char clock[64]; // without the year
  size_t n = (size_t)(rest.s - t.s);
  cut_front(&rest, 1);
  if (!take_year(&rest, false, &c.y) || n + rest.n > sizeof clock) return false;
  memcpy(clock, t.s, n);
  memcpy(clock + n, rest.s, rest.n);
  if (!date_from_parts(c.y, c.m, c.d, &days) || !clock_parse((Sv){clock, n + rest.n}, true, &us, zoned)) return false;
  *i = days * DAY_MINUTES * MINUTE_US + us;
  return true;
}

// ---- cells --------------------------------------------------------------------------------------------------------
static bool take_gap(Sv *t, bool named) { // between date and time
  if (t->n && t->s[0] == ',') cut_front(t, 1);
  bool gap = t->n && (t->s[0] == ' ' || t->s[0] == 'T' || t->s[0] == 't' || (named && t->s[0] == ':'));
  if (gap) cut_front(t, 1);
  return gap;
}

static bool take_date(const ValueStyle *s, Sv *t, int64_t *days, bool *no_day) {
  *no_day = false;
  return s->named_month ? take_named(t, days, no_day) : take_numeric(s, t, days);
}

bool moment_parse(const ValueStyle *s, ColType type, Sv t, int64_t *i, bool *zoned) {
  int64_t days, us;
  bool no_day;
  Sv rest = t;
  bool date = take_date(s, &rest, &days, &no_day);
  if (type == COL_DATE) return date && rest.n == 0 ? *i = days, true : false;
  if (date && !no_day && take_gap(&rest, s->named_month) && clock_parse(rest, true, &us, zoned))
    return *i = days * DAY_MINUTES * MINUTE_US + us, true;
  return s->named_month && parse_year_last(t, i, zoned);
}
