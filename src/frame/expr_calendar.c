// Dates and times made from numbers, moved, rounded and counted. The calendar is the Gregorian one, in the past too.
#include "frame/expr_int.h"

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

static const int64_t DAY_US = 86400000000, SECOND_US = 1000000, MOST_YEAR = 100000, MOST_MONTHS = 12 * 100000;

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

static bool is_leap(int64_t y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }

static int month_days(int64_t y, int m) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return days[m - 1] + (m == 2 && is_leap(y));
}

// ---- from numbers ---------------------------------------------------------------------------------------------------
bool calendar_days(int64_t y, int64_t m, int64_t d, int64_t *days) {
  *days = 0;
  bool fits = y >= 0 && y <= MOST_YEAR && m >= 1 && m <= 12 && d >= 1 && d <= 31;
  return fits && date_from_parts((int)y, (int)m, (int)d, days);
}

static void make_date(Call *c) {
  ROWS(c) if (!calendar_days(c->arg[0].i[i], c->arg[1].i[i], c->arg[2].i[i], &c->out.i[i])) call_ok(c)[i] = 0;
}

static void make_time(Call *c) {
  ROWS(c) {
    int64_t days, hour = c->op->narg > 3 ? c->arg[3].i[i] : 0, minute = c->op->narg > 4 ? c->arg[4].i[i] : 0;
    double second = c->op->narg > 5 ? c->arg[5].f[i] : 0;
    bool fits = calendar_days(c->arg[0].i[i], c->arg[1].i[i], c->arg[2].i[i], &days) && hour >= 0 && hour < 24 &&
                minute >= 0 && minute < 60 && second >= 0 && second < 60;
    int64_t us = fits ? (int64_t)__builtin_rint(second * (double)SECOND_US) : 0;
    c->out.i[i] = fits ? ((days * 24 + hour) * 60 + minute) * 60 * SECOND_US + us : 0;
    if (!fits) call_ok(c)[i] = 0;
  }
}

static void same_time(Call *c) {
  if (c->op->arg[0]->type == COL_DATE) expr_to_time(c);
  else memcpy(c->out.i, c->arg[0].i, (size_t)c->m * sizeof(int64_t));
}

static void text_to_time(Call *c) {
  ROWS(c) {
    Sv t = sv_trim(c->arg[0].t[i]);
    bool zoned;
    double f;
    c->out.i[i] = 0;
    if (COLTYPES[COL_TIME].parse(t, &c->out.i[i], &f, &zoned)) continue;
    if (COLTYPES[COL_DATE].parse(t, &c->out.i[i], &f, &zoned)) c->out.i[i] *= DAY_US;
    else call_ok(c)[i] = 0;
  }
}

// ---- parts ----------------------------------------------------------------------------------------------------------
// 1970-01-01 was a Thursday.
int64_t calendar_weekday(int64_t days) { return (days % 7 + 10) % 7 + 1; }

// The week belongs to the year of its Thursday (ISO 8601).
void calendar_week(int64_t days, int64_t *year, int64_t *week) {
  int m, d;
  int64_t thursday = days - calendar_weekday(days) + 4;
  date_to_civil(thursday, year, &m, &d);
  *week = (thursday - date_from_civil(*year, 1, 1)) / 7 + 1;
}

#define PART(name, value)                                                                                              \
  static void name(Call *c) {                                                                                          \
    ROWS(c) {                                                                                                          \
      int64_t days = c->arg[0].i[i], y;                                                                                \
      int m, d;                                                                                                        \
      date_to_civil(days, &y, &m, &d);                                                                                 \
      c->out.i[i] = (value);                                                                                           \
    }                                                                                                                  \
  }
PART(quarter, (m - 1) / 3 + 1)
PART(yearday, days - date_from_civil(y, 1, 1) + 1)
PART(days_in_month, month_days(y, m))

static void week(Call *c) {
  int64_t year;
  ROWS(c) calendar_week(c->arg[0].i[i], &year, &c->out.i[i]);
}

static void week_year(Call *c) {
  int64_t week;
  ROWS(c) calendar_week(c->arg[0].i[i], &c->out.i[i], &week);
}

static void is_weekend(Call *c) { ROWS(c) c->out.b[i] = calendar_weekday(c->arg[0].i[i]) > 5; }

// ---- rounding and moving --------------------------------------------------------------------------------------------
typedef enum Unit {
  UNIT_YEAR, UNIT_QUARTER, UNIT_MONTH, UNIT_WEEK, UNIT_DAY, UNIT_HOUR, UNIT_MINUTE, UNIT_SECOND
} Unit;
static const char *const UNITS[] = {"year", "quarter", "month", "week", "day", "hour", "minute", "second"};

static ErrCode prepare_unit(Prepare *p, Err *err) {
  p->at = 1;
  for (size_t k = 0; k < sizeof UNITS / sizeof *UNITS; k++)
    if (sv_is(p->arg[1].t, UNITS[k])) return p->data = &UNITS[k], OK;
  return err_set(err, ERR_ARG, "the units are year, quarter, month, week, day, hour, minute and second");
}

static int64_t floor_days(int64_t days, Unit unit) {
  int64_t y;
  int m, d;
  if (unit == UNIT_WEEK) return days - calendar_weekday(days) + 1;
  if (unit >= UNIT_DAY) return days;
  date_to_civil(days, &y, &m, &d);
  return date_from_civil(y, unit == UNIT_YEAR ? 1 : unit == UNIT_QUARTER ? (m - 1) / 3 * 3 + 1 : m, 1);
}

static void floor_date(Call *c) {
  Unit unit = (Unit)((const char *const *)c->op->data - UNITS);
  bool time = c->op->type == COL_TIME;
  int64_t step = unit == UNIT_HOUR ? 3600 * SECOND_US : unit == UNIT_MINUTE ? 60 * SECOND_US : SECOND_US;
  ROWS(c) {
    int64_t v = c->arg[0].i[i];
    if (!time) c->out.i[i] = floor_days(v, unit);
    else if (unit > UNIT_DAY) c->out.i[i] = floor_div(v, step) * step;
    else c->out.i[i] = floor_days(floor_div(v, DAY_US), unit) * DAY_US;
  }
}

// The same day so many months later, the last of the month when it has no such day.
static bool shift_months(int64_t days, int64_t n, int64_t *out) {
  int64_t y;
  int m, d;
  *out = 0;
  if (n < -MOST_MONTHS || n > MOST_MONTHS) return false;
  date_to_civil(days, &y, &m, &d);
  int64_t month = y * 12 + (m - 1) + n;
  y = floor_div(month, 12), m = (int)(month - y * 12) + 1;
  if (y < -MOST_YEAR || y > MOST_YEAR) return false;
  int last = month_days(y, m);
  *out = date_from_civil(y, m, d < last ? d : last);
  return true;
}

static void add_months(Call *c) {
  bool time = c->op->type == COL_TIME;
  ROWS(c) {
    int64_t v = c->arg[0].i[i], days = time ? floor_div(v, DAY_US) : v, rest = time ? v - days * DAY_US : 0;
    bool fits = shift_months(days, c->arg[1].i[i], &days);
    c->out.i[i] = !fits ? 0 : time ? days * DAY_US + rest : days;
    if (!fits) call_ok(c)[i] = 0;
  }
}

const Func EXPR_CALENDAR[] = {
    {"date", "date(y, m, d)", "iii:d", .any = make_date,
     .doc = "the day of a year, month and day; missing when there is none"},
    {"time", "time(x)", "p:t", .by = {[STORE_I] = same_time, [STORE_T] = text_to_time},
     .doc = "a date as its midnight, text as '2012-03-31 14:05:00'; missing when the text is no time"},
    {"time", "time(y, m, d, h, min, s)", "iiii?i?r?:t", .any = make_time,
     .doc = "a time of numbers, h, min and s 0 when left out; missing when there is none"},
    {"quarter", "quarter(t)", "d:i", .any = quarter, .doc = "quarter of the year, 1 to 4"},
    {"week", "week(t)", "d:i", .any = week, .doc = "week of week_year(t), 1 to 53, from Monday (ISO 8601)"},
    {"week_year", "week_year(t)", "d:i", .any = week_year, .doc = "the year that the week's Thursday is in (ISO 8601)"},
    {"yearday", "yearday(t)", "d:i", .any = yearday, .doc = "day of the year, 1 to 366"},
    {"days_in_month", "days_in_month(t)", "d:i", .any = days_in_month, .doc = "days of the month, 28 to 31"},
    {"is_weekend", "is_weekend(t)", "d:b", .any = is_weekend, .doc = "is it a Saturday or a Sunday"},
    {"floor_date", "floor_date(t, unit)", "m!s:=", .prepare = prepare_unit, .any = floor_date,
     .doc = "when the year, quarter, month, week, day, hour, minute or second of t began"},
    {"add_months", "add_months(t, n)", "mi:=", .any = add_months,
     .doc = "the same day n months later, the last of the month when it has none"},
    {0},
};
