// Dates and times of day from text, and the calendar they count by.
//
// Nearly all are "2012-03-31" and "2012-03-31 10:20:30": both are read a word at a time, without a branch that depends
// on a digit. What does not fit that, the other forms of ISO 8601 and RFC 3339, goes through the same grammar character
// by character: YYYY-MM-DD or YYYY/MM/DD, or YYYYMMDD before a T; then T, t or a space; then HH:MM or HH:MM:SS with a
// fraction behind a point or comma (after a T the colons may be left out); then a zone: Z, +hh, +hhmm, +hh:mm, UTC or
// GMT, maybe behind a space. Digits behind the microseconds are cut off. A date alone may be a month, YYYY-MM, and
// stands for its first day; YYYYMMDD alone is an integer.
// Calendar: Hinnant, "chrono-compatible low-level date algorithms": years from March, eras of 400 years.
#include "frame/frame_int.h"

#include "base/word.h"

enum { DAY_MINUTES = 1440, MINUTE_US = 60000000, SECOND_US = 1000000 };

// ---- calendar -----------------------------------------------------------------------------------------------------
int64_t date_from_civil(int64_t y, int m, int d) {
  y -= m <= 2;
  int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
  int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void date_to_civil(int64_t days, int64_t *year, int *month, int *day) {
  int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t mp = (5 * doy + 2) / 153;
  *day = (int)(doy - (153 * mp + 2) / 5 + 1);
  *month = (int)(mp < 10 ? mp + 3 : mp - 9);
  *year = yoe + era * 400 + (*month <= 2);
}

bool date_from_parts(int y, int m, int d, int64_t *days) {
  static const uint8_t length[] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  static const int16_t before[] = {0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275}; // from March on
  if (m < 1 || m > 12 || d < 1 || d > length[m]) return false;
  if (d == 29 && m == 2 && (y % 100 ? y % 4 : y % 400)) return false;
  unsigned from_march = (unsigned)(y + 400 - (m <= 2)), century = from_march / 100;
  *days = (int64_t)(from_march * 365 + from_march / 4 - century + century / 4) + before[m] + d - (719469 + 146097);
  return true;
}

// ---- words --------------------------------------------------------------------------------------------------------
// Each digit times ten plus the one behind it: of "12:34" the bytes 0 and 3 are 12 and 34.
static inline uint64_t word_pairs(uint64_t digits) { return digits * 10 + (digits >> 8); }
static inline int word_byte(uint64_t w, int k) { return (int)(w >> 8 * k & 0xFF); }

// s[0..10) as YYYY-MM-DD or YYYY/MM/DD.
static inline bool read_date(const char *s, int64_t *days) {
  const uint64_t dashes = (uint64_t)'-' << 32 | (uint64_t)'-' << 56,
                 slashes = (uint64_t)'/' << 32 | (uint64_t)'/' << 56;
  uint64_t word = word_load(s), marks = word & 0xFF0000FF00000000,
           digits = (word ^ marks ^ WORD_ZEROS) & ~0xFF0000FF00000000;
  unsigned tens = (unsigned char)(s[8] - '0'), ones = (unsigned char)(s[9] - '0');
  if ((marks != dashes && marks != slashes) || word_odd(digits) || tens > 9 || ones > 9) return false;
  uint64_t pairs = word_pairs(digits);
  return date_from_parts(word_byte(pairs, 0) * 100 + word_byte(pairs, 2), word_byte(pairs, 5), (int)(tens * 10 + ones),
                         days);
}

// s[0..8) as HH:MM:SS, in seconds.
static inline bool read_clock(const char *s, int64_t *seconds) {
  uint64_t digits = word_load(s) ^ (WORD_ZEROS | (uint64_t)(':' ^ '0') << 16 | (uint64_t)(':' ^ '0') << 40);
  uint64_t pairs = word_pairs(digits);
  int h = word_byte(pairs, 0), m = word_byte(pairs, 3), sec = word_byte(pairs, 6);
  *seconds = (h * 60 + m) * 60 + sec;
  return !(word_odd(digits) | (digits & 0x0000FF0000FF0000)) && h < 24 && m < 60 && sec < 60;
}

// s[-2..6) as two characters and six digits, in microseconds.
static inline bool read_micros(const char *s, int64_t *us) {
  uint64_t digits = (word_load(s - 2) ^ WORD_ZEROS) & ~(uint64_t)0xFFFF;
  *us = (int64_t)word_value(digits);
  return !word_odd(digits);
}

// ---- character by character ---------------------------------------------------------------------------------------
static bool is_digit(Sv t) { return t.n && t.s[0] >= '0' && t.s[0] <= '9'; }

static bool take_digits(Sv *t, size_t n, int *v) {
  if (t->n < n) return false;
  *v = 0;
  for (size_t k = 0; k < n; k++) {
    if (t->s[k] < '0' || t->s[k] > '9') return false;
    *v = *v * 10 + (t->s[k] - '0');
  }
  t->s += n, t->n -= n;
  return true;
}

static bool take_char(Sv *t, char c) {
  if (!t->n || t->s[0] != c) return false;
  t->s++, t->n--;
  return true;
}

static bool take_either(Sv *t, char c, char other) { return take_char(t, c) || take_char(t, other); }

static bool take_word(Sv *t, const char *word) {
  size_t n = strlen(word);
  if (t->n < n || memcmp(t->s, word, n) != 0) return false;
  t->s += n, t->n -= n;
  return true;
}

// Behind seconds.
static bool take_fraction(Sv *t, int64_t *us) {
  *us = 0;
  if (!take_either(t, '.', ',')) return true;
  if (!is_digit(*t)) return false;
  bool six = t->n >= 6 && read_micros(t->s, us);
  int64_t scale = six ? 1 : SECOND_US;
  if (six) t->s += 6, t->n -= 6;
  else *us = 0;
  for (; is_digit(*t); t->s++, t->n--) scale /= 10, *us += (t->s[0] - '0') * scale;
  return true;
}

static bool take_offset(Sv *t, int64_t *minutes) {
  int h = 0, m = 0;
  bool west = t->n && t->s[0] == '-';
  if (!take_either(t, '-', '+') || !take_digits(t, 2, &h)) return false;
  if ((take_char(t, ':') || t->n) && !take_digits(t, 2, &m)) return false;
  *minutes = (west ? -1 : 1) * (h * 60 + m);
  return h < 24 && m < 60;
}

// The whole of t, maybe nothing, as a zone.
static bool take_zone(Sv t, int64_t *us, bool *zoned) {
  int64_t minutes = 0;
  *zoned = t.n > 0;
  if (t.n <= 1) return t.n == 0 || t.s[0] == 'Z' || t.s[0] == 'z';
  take_char(&t, ' ');
  if (!take_either(&t, 'Z', 'z') && !take_word(&t, "UTC") && !take_word(&t, "GMT") && !take_offset(&t, &minutes))
    return false;
  *us -= minutes * MINUTE_US;
  return t.n == 0;
}

// AM, pm, a.m.: *half 0 or 12; -1 when there is none.
static bool take_half(Sv *t, int *half) {
  Sv u = *t;
  take_char(&u, ' ');
  *half = -1;
  int of = take_either(&u, 'A', 'a') ? 0 : take_either(&u, 'P', 'p') ? 12 : -1;
  if (of < 0) return true;
  bool points = take_char(&u, '.');
  if (!take_either(&u, 'M', 'm') || (points && !take_char(&u, '.'))) return false;
  *half = of, *t = u;
  return true;
}

bool clock_parse(Sv t, bool loose, int64_t *us, bool *zoned) {
  int h, m = 0, s = 0, half = -1;
  *us = 0;
  if (!take_digits(&t, 2, &h) && !(loose && take_digits(&t, 1, &h))) return false;
  bool minutes = take_char(&t, ':');
  if (minutes ? !take_digits(&t, 2, &m) : !loose) return false;
  if (minutes && take_char(&t, ':') && (!take_digits(&t, 2, &s) || !take_fraction(&t, us))) return false;
  if (loose && !take_half(&t, &half)) return false;
  if (half < 0 ? !minutes : h < 1 || h > 12) return false;
  if (half >= 0) h = h % 12 + half;
  *us += ((int64_t)(h * 60 + m) * 60 + s) * SECOND_US;
  return h < 24 && m < 60 && s < 60 && take_zone(t, us, zoned);
}

// HHMM or HHMMSS with a fraction, and a zone.
static bool parse_basic_clock(Sv t, int64_t *us, bool *zoned) {
  int h, m, s = 0;
  *us = 0;
  if (!take_digits(&t, 2, &h) || !take_digits(&t, 2, &m)) return false;
  if (is_digit(t) && (!take_digits(&t, 2, &s) || !take_fraction(&t, us))) return false;
  *us += ((int64_t)(h * 60 + m) * 60 + s) * SECOND_US;
  return h < 24 && m < 60 && s < 60 && take_zone(t, us, zoned);
}

static bool take_date(Sv *t, int64_t *days) {
  int y, m, d;
  if (t->n >= 10 && read_date(t->s, days)) {
    t->s += 10, t->n -= 10;
    return true;
  }
  return take_digits(t, 4, &y) && take_digits(t, 2, &m) && take_digits(t, 2, &d) && t->n &&
         (t->s[0] == 'T' || t->s[0] == 't') && date_from_parts(y, m, d, days);
}

// ---- cells --------------------------------------------------------------------------------------------------------
bool moment_parse_date(Sv t, int64_t *i, double *f, bool *zoned) {
  (void)f, (void)zoned;
  if (t.n == 10) return read_date(t.s, i);
  int y, m;
  return t.n == 7 && take_digits(&t, 4, &y) && take_char(&t, '-') && take_digits(&t, 2, &m) &&
         date_from_parts(y, m, 1, i);
}

static bool parse_any_time(Sv t, int64_t *i, bool *zoned) {
  int64_t days, us;
  if (!take_date(&t, &days)) return false;
  bool letter = take_either(&t, 'T', 't');
  if (!letter && !take_char(&t, ' ')) return false;
  if (!clock_parse(t, false, &us, zoned) && !(letter && parse_basic_clock(t, &us, zoned))) return false;
  *i = days * DAY_MINUTES * MINUTE_US + us;
  return true;
}

bool moment_parse_time(Sv t, int64_t *i, double *f, bool *zoned) {
  (void)f;
  int64_t days, seconds, us = 0;
  bool usual =
      t.n >= 19 && (t.s[10] == ' ' || t.s[10] == 'T') && read_date(t.s, &days) && read_clock(t.s + 11, &seconds);
  if (!usual) return parse_any_time(t, i, zoned);
  *zoned = false;
  Sv rest = {t.s + 19, t.n - 19};
  if (rest.n && !(take_fraction(&rest, &us) && take_zone(rest, &us, zoned))) return false;
  *i = (days * DAY_MINUTES * 60 + seconds) * SECOND_US + us;
  return true;
}
