// Dates and times written and read by a format, with the letters of strftime and English names in every locale. The
// format is the same in every row and checked once.
#include "frame/expr_int.h"

#include <stdio.h>

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

static const int64_t DAY_US = 86400000000, SECOND_US = 1000000;
static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};
static const char *const DAYS[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

typedef struct Moment {
  int64_t year, days, us; // days since 1970-01-01; microseconds since midnight
  int month, day;
} Moment;

// ---- formats --------------------------------------------------------------------------------------------------------
static ErrCode check_format(Prepare *p, const char *letters, Err *err) {
  Sv t = p->arg[1].t;
  p->at = 1;
  for (size_t k = 0; k < t.n; k++) {
    if (t.s[k] != '%') continue;
    p->byte = (int)k++;
    if (k < t.n && t.s[k] && strchr(letters, t.s[k])) continue;
    char with[160] = {0};
    for (const char *s = letters; *s && strlen(with) + 5 < sizeof with; s++)
      snprintf(with + strlen(with), sizeof with - strlen(with), " %%%c", *s);
    return err_set(err, ERR_ARG, "a format has letters behind %%:%s", with);
  }
  Sv *kept = arena_new(p->arena, Sv);
  *kept = (Sv){arena_strndup(p->arena, t.s, t.n), t.n};
  p->data = kept;
  return OK;
}

static ErrCode prepare_format(Prepare *p, Err *err) { return check_format(p, "YmdyjHIMSfpaAbBuVGqFT%", err); }

static ErrCode prepare_parse(Prepare *p, Err *err) {
  TRY(check_format(p, "YmdyjHIMSfpaAbBFT%", err));
  Sv t = p->arg[1].t;
  for (size_t k = 0; k + 1 < t.n; k++)
    if (t.s[k] == '%' && strchr("YyF", t.s[++k])) return OK;
  p->byte = -1;
  return err_set(err, ERR_ARG, "the format has no year: write %%Y for 2012, %%y for 12");
}

// ---- writing --------------------------------------------------------------------------------------------------------
static void add_digits(Str *out, int64_t v, int width) {
  char buf[24];
  int n = 0;
  uint64_t left = v < 0 ? -(uint64_t)v : (uint64_t)v;
  for (; left || n < width; left /= 10) buf[n++] = (char)('0' + left % 10);
  if (v < 0) str_addc(out, '-');
  while (n > 0) str_addc(out, buf[--n]);
}

static void add_week(Str *out, const Moment *t, bool year) {
  int64_t week_year, week;
  calendar_week(t->days, &week_year, &week);
  add_digits(out, year ? week_year : week, year ? 4 : 2);
}

static void add_part(Str *out, char letter, const Moment *t) {
  int64_t s = t->us / SECOND_US, hour = s / 3600;
  switch (letter) {
  case 'Y': add_digits(out, t->year, 4); break;
  case 'm': add_digits(out, t->month, 2); break;
  case 'd': add_digits(out, t->day, 2); break;
  case 'y': add_digits(out, (t->year % 100 + 100) % 100, 2); break;
  case 'j': add_digits(out, t->days - date_from_civil(t->year, 1, 1) + 1, 3); break;
  case 'H': add_digits(out, hour, 2); break;
  case 'I': add_digits(out, (hour + 11) % 12 + 1, 2); break;
  case 'M': add_digits(out, s / 60 % 60, 2); break;
  case 'S': add_digits(out, s % 60, 2); break;
  case 'f': add_digits(out, t->us % SECOND_US, 6); break;
  case 'p': str_add(out, hour < 12 ? "AM" : "PM"); break;
  case 'a': str_addn(out, DAYS[calendar_weekday(t->days) - 1], 3); break;
  case 'A': str_add(out, DAYS[calendar_weekday(t->days) - 1]); break;
  case 'b': str_addn(out, MONTHS[t->month - 1], 3); break;
  case 'B': str_add(out, MONTHS[t->month - 1]); break;
  case 'u': add_digits(out, calendar_weekday(t->days), 1); break;
  case 'V': add_week(out, t, false); break;
  case 'G': add_week(out, t, true); break;
  case 'q': add_digits(out, (t->month - 1) / 3 + 1, 1); break;
  default: str_addc(out, letter);
  }
}

static void add_format(Str *out, Sv format, const Moment *t) {
  for (size_t k = 0; k < format.n; k++) {
    char c = format.s[k];
    if (c != '%') {
      str_addc(out, c);
      continue;
    }
    c = format.s[++k];
    if (c == 'F') add_format(out, sv("%Y-%m-%d"), t);
    else if (c == 'T') add_format(out, sv("%H:%M:%S"), t);
    else add_part(out, c, t);
  }
}

static void format_date(Call *c) {
  const Sv *format = c->op->data;
  bool time = c->op->arg[0]->type == COL_TIME;
  Str out = {0};
  ROWS(c) {
    int64_t v = c->arg[0].i[i], us = time ? (v % DAY_US + DAY_US) % DAY_US : 0;
    Moment t = {.days = time ? (v - us) / DAY_US : v, .us = us};
    date_to_civil(t.days, &t.year, &t.month, &t.day);
    str_clear(&out);
    add_format(&out, *format, &t);
    c->out.t[i] = (Sv){arena_strndup(c->text, str_c(&out), out.n), out.n};
  }
  str_fini(&out);
}

// ---- reading --------------------------------------------------------------------------------------------------------
typedef struct Read {
  int64_t year, month, day, yearday, hour, minute, second, us;
  bool half_day, afternoon; // %I; %p
} Read;

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Up to `most` digits; at least `least`.
static bool take_digits(Sv *t, int least, int most, int64_t lo, int64_t hi, int64_t *v) {
  int n = 0;
  for (*v = 0; n < most && (size_t)n < t->n && t->s[n] >= '0' && t->s[n] <= '9'; n++) *v = *v * 10 + (t->s[n] - '0');
  t->s += n, t->n -= (size_t)n;
  return n >= least && *v >= lo && *v <= hi;
}

static bool take_fraction(Sv *t, int64_t *us) {
  size_t before = t->n;
  if (!take_digits(t, 1, 6, 0, 999999, us)) return false;
  for (size_t k = before - t->n; k < 6; k++) *us *= 10;
  return true;
}

// One of the names, or its first three letters, in any case.
static bool take_name(Sv *t, const char *const *name, int n, bool whole, int64_t *place) {
  for (int k = 0; k < n; k++) {
    size_t len = whole ? strlen(name[k]) : 3, same = 0;
    while (same < len && same < t->n && (t->s[same] | 32) == (name[k][same] | 32)) same++;
    if (same < len) continue;
    *place = k + 1;
    t->s += len, t->n -= len;
    return true;
  }
  return false;
}

static bool take_half(Sv *t, bool *afternoon) {
  if (t->n < 2 || (t->s[1] | 32) != 'm' || ((t->s[0] | 32) != 'a' && (t->s[0] | 32) != 'p')) return false;
  *afternoon = (t->s[0] | 32) == 'p';
  t->s += 2, t->n -= 2;
  return true;
}

static bool take_part(Sv *t, char letter, Read *r) {
  int64_t skipped;
  switch (letter) {
  case 'Y': return take_digits(t, 4, 4, 0, 9999, &r->year);
  case 'm': return take_digits(t, 1, 2, 1, 12, &r->month);
  case 'd': return take_digits(t, 1, 2, 1, 31, &r->day);
  case 'j': return take_digits(t, 1, 3, 1, 366, &r->yearday);
  case 'H': return take_digits(t, 1, 2, 0, 23, &r->hour);
  case 'I': return r->half_day = true, take_digits(t, 1, 2, 1, 12, &r->hour);
  case 'M': return take_digits(t, 1, 2, 0, 59, &r->minute);
  case 'S': return take_digits(t, 1, 2, 0, 59, &r->second);
  case 'f': return take_fraction(t, &r->us);
  case 'p': return take_half(t, &r->afternoon);
  case 'b': return take_name(t, MONTHS, 12, false, &r->month);
  case 'B': return take_name(t, MONTHS, 12, true, &r->month);
  case 'a': return take_name(t, DAYS, 7, false, &skipped);
  case 'A': return take_name(t, DAYS, 7, true, &skipped);
  case 'y':
    if (!take_digits(t, 2, 2, 0, 99, &r->year)) return false;
    return r->year += r->year < 69 ? 2000 : 1900, true;
  default:
    if (!t->n || t->s[0] != letter) return false;
    return t->s++, t->n--, true;
  }
}

static bool take_format(Sv *t, Sv format, Read *r) {
  for (size_t k = 0; k < format.n; k++) {
    char c = format.s[k];
    if (is_blank(c)) {
      if (!t->n || !is_blank(t->s[0])) return false;
      while (t->n && is_blank(t->s[0])) t->s++, t->n--;
      while (k + 1 < format.n && is_blank(format.s[k + 1])) k++;
    } else if (c != '%') {
      if (!t->n || t->s[0] != c) return false;
      t->s++, t->n--;
    } else {
      c = format.s[++k];
      bool fits = c == 'F'   ? take_format(t, sv("%Y-%m-%d"), r)
                  : c == 'T' ? take_format(t, sv("%H:%M:%S"), r)
                             : take_part(t, c, r);
      if (!fits) return false;
    }
  }
  return true;
}

static bool parse(Sv text, Sv format, int64_t *days, int64_t *us) {
  Read r = {.month = 1, .day = 1};
  Sv t = sv_trim(text);
  *days = *us = 0;
  if (!take_format(&t, sv_trim(format), &r) || t.n) return false;
  if (r.half_day) r.hour = r.hour % 12 + (r.afternoon ? 12 : 0);
  *us = ((r.hour * 60 + r.minute) * 60 + r.second) * SECOND_US + r.us;
  if (!r.yearday) return calendar_days(r.year, r.month, r.day, days);
  int64_t last;
  if (!calendar_days(r.year, 1, 1, days) || !calendar_days(r.year, 12, 31, &last)) return false;
  *days += r.yearday - 1;
  return *days <= last;
}

static void parse_date(Call *c) {
  int64_t us;
  ROWS(c) {
    bool fits = parse(c->arg[0].t[i], *(const Sv *)c->op->data, &c->out.i[i], &us);
    if (!fits) call_ok(c)[i] = 0, c->out.i[i] = 0;
  }
}

static void parse_time(Call *c) {
  int64_t days, us;
  ROWS(c) {
    bool fits = parse(c->arg[0].t[i], *(const Sv *)c->op->data, &days, &us);
    c->out.i[i] = fits ? days * DAY_US + us : 0;
    if (!fits) call_ok(c)[i] = 0;
  }
}

const Func EXPR_STRFTIME[] = {
    {"format_date", "format_date(t, format)", "m!s:s", .prepare = prepare_format, .any = format_date,
     .doc = "t as text by '%Y-%m-%d %H:%M:%S'; also %y %j %b %B %a %A %I %p %f %u %V %G %q"},
    {"parse_date", "parse_date(s, format)", "s!s:d", .prepare = prepare_parse, .any = parse_date,
     .doc = "text as a date by '%d/%m/%Y', '%b %d, %y' and so on; missing where it does not fit"},
    {"parse_time", "parse_time(s, format)", "s!s:t", .prepare = prepare_parse, .any = parse_time,
     .doc = "text as a time by '%d/%m/%Y %H:%M', likewise"},
    {0},
};
