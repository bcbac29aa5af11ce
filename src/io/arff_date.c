// Dates of ARFF have a pattern in the words of Java's SimpleDateFormat. Each letter is repeated as often as it has
// digits; text in quotes stands for itself. S is a fraction of a second in as many digits as it is repeated (Java's
// milliseconds are SSS), X and Z a zone.
#include "io/formats_int.h"

typedef struct Moment {
  int64_t year, month, day, hour, minute, second, us, zone, pm; // zone in minutes; pm -1: none given
} Moment;

typedef struct Piece { // of a pattern: n times a letter, or one character that stands for itself
  char letter, literal;
  size_t n;
} Piece;

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Takes the next piece off a pattern; `quoted` is carried along. false at the end.
static bool next_piece(Sv *p, bool *quoted, Piece *out) {
  while (p->n && p->s[0] == '\'') {
    bool twice = p->n > 1 && p->s[1] == '\'';
    p->s += 1 + twice, p->n -= 1 + twice;
    if (twice) return *out = (Piece){.literal = '\''}, true;
    *quoted = !*quoted;
  }
  if (!p->n) return false;
  char c = p->s[0];
  size_t n = 1;
  if (*quoted || !is_letter(c)) *out = (Piece){.literal = c};
  else {
    while (n < p->n && p->s[n] == c) n++;
    *out = (Piece){.letter = c, .n = n};
  }
  p->s += n, p->n -= n;
  return true;
}

bool arff_date_is_known(Sv pattern, bool *has_time, bool *has_zone) {
  bool quoted = false, year = false;
  Piece piece;
  *has_time = *has_zone = false;
  while (next_piece(&pattern, &quoted, &piece)) {
    if (piece.literal) continue;
    if (!strchr("yMdHhmsSaXZ", piece.letter) || (piece.letter == 'M' && piece.n > 2)) return false;
    year = year || piece.letter == 'y';
    *has_time = *has_time || strchr("HhmsSa", piece.letter);
    *has_zone = *has_zone || piece.letter == 'X' || piece.letter == 'Z';
  }
  return year && !quoted;
}

// Digits: exactly n where other digits follow in the pattern (`tight`), else up to `most`.
static bool take_number(Sv *t, size_t least, size_t most, int64_t *v, size_t *digits) {
  size_t k = 0;
  *v = 0;
  for (; k < most && k < t->n && t->s[k] >= '0' && t->s[k] <= '9'; k++) *v = *v * 10 + (t->s[k] - '0');
  t->s += k, t->n -= k;
  if (digits) *digits = k;
  return k >= least;
}

static bool take_zone(Sv *t, int64_t *minutes) {
  int64_t h, m = 0;
  *minutes = 0;
  if (!t->n) return false;
  char sign = t->s[0];
  t->s++, t->n--;
  if (sign == 'Z') return true;
  if ((sign != '+' && sign != '-') || !take_number(t, 2, 2, &h, NULL)) return false;
  if (t->n && t->s[0] == ':') t->s++, t->n--;
  if (t->n && t->s[0] >= '0' && t->s[0] <= '9' && !take_number(t, 2, 2, &m, NULL)) return false;
  *minutes = (sign == '-' ? -1 : 1) * (h * 60 + m);
  return h < 24 && m < 60;
}

static bool take_half(Sv *t, int64_t *pm) {
  if (t->n < 2 || (t->s[1] | 0x20) != 'm') return false;
  char c = (char)(t->s[0] | 0x20);
  *pm = c == 'p';
  t->s += 2, t->n -= 2;
  return c == 'p' || c == 'a';
}

static bool take_fraction(Sv *t, size_t n, int64_t *us) {
  size_t digits;
  if (!take_number(t, 1, n < 9 ? n : 9, us, &digits)) return false;
  for (; digits < 6; digits++) *us *= 10;
  for (; digits > 6; digits--) *us /= 10;
  return true;
}

static bool take_year(Sv *t, size_t n, bool tight, int64_t *year) {
  if (!take_number(t, n == 2 ? 2 : 1, n == 2 ? 2 : tight ? n : 9, year, NULL)) return false;
  if (n == 2) *year += *year < 70 ? 2000 : 1900;
  return true;
}

static bool take_piece(Sv *t, Piece p, bool tight, Moment *m) {
  size_t most = tight ? p.n : p.n > 2 ? p.n : 2;
  switch (p.letter) {
  case 'y': return take_year(t, p.n, tight, &m->year);
  case 'M': return take_number(t, 1, most, &m->month, NULL);
  case 'd': return take_number(t, 1, most, &m->day, NULL);
  case 'H':
  case 'h': return take_number(t, 1, most, &m->hour, NULL);
  case 'm': return take_number(t, 1, most, &m->minute, NULL);
  case 's': return take_number(t, 1, most, &m->second, NULL);
  case 'S': return take_fraction(t, p.n, &m->us);
  case 'a': return take_half(t, &m->pm);
  case 'X':
  case 'Z': return take_zone(t, &m->zone);
  default:
    if (!t->n || t->s[0] != p.literal) return false;
    t->s++, t->n--;
    return true;
  }
}

static bool take_all(Sv pattern, Sv text, Moment *m) {
  bool quoted = false;
  Piece now, next;
  bool more = next_piece(&pattern, &quoted, &now);
  while (more) {
    more = next_piece(&pattern, &quoted, &next);
    if (!take_piece(&text, now, more && next.letter && next.letter != 'a' && next.letter != 'X', m)) return false;
    now = next;
  }
  return text.n == 0;
}

static bool is_day(const Moment *m) {
  static const int length[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (m->year > 9999 || m->month < 1 || m->month > 12 || m->day < 1 || m->day > length[m->month - 1]) return false;
  bool leap = m->year % 4 == 0 && (m->year % 100 != 0 || m->year % 400 == 0);
  return m->month != 2 || m->day < 29 || leap;
}

bool arff_date_parse(Sv pattern, Sv text, int64_t *us) {
  Moment m = {.year = 1970, .month = 1, .day = 1, .pm = -1};
  if (!take_all(pattern, text, &m) || !is_day(&m)) return false;
  if (m.pm >= 0 && (m.hour < 1 || m.hour > 12)) return false;
  if (m.pm >= 0) m.hour = m.hour % 12 + 12 * m.pm;
  if (m.hour > 23 || m.minute > 59 || m.second > 59) return false;
  int64_t days = date_from_civil(m.year, (int)m.month, (int)m.day);
  *us = ((days * 24 + m.hour) * 60 + m.minute - m.zone) * 60000000 + m.second * 1000000 + m.us;
  return true;
}
