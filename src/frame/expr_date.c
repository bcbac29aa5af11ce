// Dates (days since 1970-01-01) and times (microseconds since then, UTC). A sum that leaves their range, a billion days
// or some 146,000 years to either side, is missing.
#include "frame/expr_int.h"

#include "base/simd.h"

#include <math.h>

#define ROWS(c) for (int i = 0; i < (c)->m; i++)

static const int64_t DAY_US = 86400000000, SECOND_US = 1000000, MOST_DAYS = 1000000000, MOST_US = 1ll << 62;

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

// The block divided by `by` and rounded down, exactly: up to 2^52 a quotient of ints is nearer to its rounding in
// doubles than to the next int.
CLONES static void floor_quotients(const int64_t *restrict x, int64_t by, int64_t *restrict out, int m) {
  uint64_t large = 0;
  for (int i = 0; i < m; i++) large |= ((uint64_t)x[i] + (1ull << 52)) >> 53;
  if (large)
    for (int i = 0; i < m; i++) out[i] = floor_div(x[i], by);
  else
    for (int i = 0; i < m; i++) out[i] = (int64_t)floor((double)x[i] / (double)by);
}

// ---- conversions ----------------------------------------------------------------------------------------------------
void expr_to_time(Call *c) {
  ROWS(c) {
    int64_t days = c->arg[0].i[i];
    bool fits = days > -MOST_US / DAY_US && days < MOST_US / DAY_US;
    c->out.i[i] = fits ? days * DAY_US : 0;
    if (!fits) call_ok(c)[i] = 0;
  }
}

void expr_to_date(Call *c) { floor_quotients(c->arg[0].i, DAY_US, c->out.i, c->m); }

static void moment_to_date(Call *c) {
  if (c->op->arg[0]->type == COL_TIME) expr_to_date(c);
  else memcpy(c->out.i, c->arg[0].i, (size_t)c->m * sizeof(int64_t));
}

static void text_to_date(Call *c) {
  ROWS(c) {
    Sv t = sv_trim(c->arg[0].t[i]);
    bool zoned;
    double f;
    c->out.i[i] = 0;
    if (COLTYPES[COL_DATE].parse(t, &c->out.i[i], &f, &zoned)) continue;
    if (COLTYPES[COL_TIME].parse(t, &c->out.i[i], &f, &zoned)) c->out.i[i] = floor_div(c->out.i[i], DAY_US);
    else call_ok(c)[i] = 0;
  }
}

// ---- arithmetic -----------------------------------------------------------------------------------------------------
#define CHECKED(name, builtin)                                                                                         \
  void name(Call *c) {                                                                                                 \
    ROWS(c) {                                                                                                          \
      int64_t days = 0;                                                                                                \
      bool fits = !builtin(c->arg[0].i[i], c->arg[1].i[i], &days) && days >= -MOST_DAYS && days <= MOST_DAYS;          \
      c->out.i[i] = fits ? days : 0;                                                                                   \
      if (!fits) call_ok(c)[i] = 0;                                                                                    \
    }                                                                                                                  \
  }
CHECKED(expr_date_add, __builtin_add_overflow)
CHECKED(expr_date_sub, __builtin_sub_overflow)

void expr_date_diff(Call *c) {
  ROWS(c) if (__builtin_sub_overflow(c->arg[0].i[i], c->arg[1].i[i], &c->out.i[i])) call_ok(c)[i] = 0;
}

static void shift_time(Call *c, double sign) {
  ROWS(c) {
    double us = rint(sign * c->arg[1].f[i] * (double)SECOND_US);
    int64_t sum = 0;
    bool fits = fabs(us) < (double)MOST_US && !__builtin_add_overflow(c->arg[0].i[i], (int64_t)us, &sum) &&
                sum > -MOST_US && sum < MOST_US;
    c->out.i[i] = fits ? sum : 0;
    if (!fits) call_ok(c)[i] = 0;
  }
}

void expr_time_add(Call *c) { shift_time(c, 1); }
void expr_time_sub(Call *c) { shift_time(c, -1); }

void expr_time_diff(Call *c) {
  ROWS(c) {
    int64_t us = 0;
    if (__builtin_sub_overflow(c->arg[0].i[i], c->arg[1].i[i], &us)) call_ok(c)[i] = 0;
    c->out.f[i] = (double)us / (double)SECOND_US;
  }
}

// ---- parts ----------------------------------------------------------------------------------------------------------
// Near now the calendar is computed in 32 bits, which a compiler does for many days at once: years from March, in
// centuries of 36,524 days and every fourth one more, in fours of 1,461 days, and months of 153 days in fives.
enum { NEAR_DAYS = 1 << 23, NEAR_SHIFT = 61, ERA_DAYS = 146097 }; // eras of 400 years, so that no day is negative

#define PART(name, of_year, of_civil)                                                                                  \
  CLONES static bool name##_near(const int64_t *restrict x, int64_t *restrict out, int n) {                            \
    uint64_t far = 0;                                                                                                  \
    for (int i = 0; i < n; i++) far |= ((uint64_t)x[i] + NEAR_DAYS) / (2 * NEAR_DAYS);                                 \
    for (int i = 0; i < n && !far; i++) {                                                                              \
      uint32_t z = ((uint32_t)x[i] + 719468 + NEAR_SHIFT * ERA_DAYS) * 4 + 3, century = z / ERA_DAYS;                  \
      uint32_t r = (z - century * ERA_DAYS) | 3, four = r / 1461, day_of = (r - four * 1461) / 4;                      \
      uint32_t mp = (5 * day_of + 2) / 153, d = day_of - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;        \
      uint32_t y = century * 100 + four + (m <= 2);                                                                    \
      (void)d, (void)m, (void)y;                                                                                       \
      out[i] = (of_year);                                                                                              \
    }                                                                                                                  \
    return !far;                                                                                                       \
  }                                                                                                                    \
  static void name(Call *c) {                                                                                          \
    if (name##_near(c->arg[0].i, c->out.i, c->m)) return;                                                              \
    ROWS(c) {                                                                                                          \
      int64_t y;                                                                                                       \
      int m, d;                                                                                                        \
      date_to_civil(c->arg[0].i[i], &y, &m, &d);                                                                       \
      c->out.i[i] = (of_civil);                                                                                        \
    }                                                                                                                  \
  }
PART(year, (int64_t)y - NEAR_SHIFT * 400, y)
PART(month, m, m)
PART(day, d, d)

CLONES static void rests(const int64_t *restrict x, const int64_t *restrict quotient, int64_t by,
                         int64_t *restrict out, int m) {
  for (int i = 0; i < m; i++) out[i] = x[i] - by * quotient[i];
}

// Days since a Thursday, 1970-01-01, as days from Monday.
CLONES static void from_monday(int64_t *out, int m) {
  for (int i = 0; i < m; i++) out[i] += out[i] < 4 ? 4 : -3;
}

static void weekday(Call *c) {
  int64_t weeks[EXPR_BLOCK];
  floor_quotients(c->arg[0].i, 7, weeks, c->m);
  rests(c->arg[0].i, weeks, 7, c->out.i, c->m);
  from_monday(c->out.i, c->m);
}

// Whole units since the last multiple of `cycle` of them; days are a multiple.
static void time_part(Call *c, int64_t unit, int64_t cycle) {
  int64_t units[EXPR_BLOCK], cycles[EXPR_BLOCK];
  floor_quotients(c->arg[0].i, unit, units, c->m);
  floor_quotients(units, cycle, cycles, c->m);
  rests(units, cycles, cycle, c->out.i, c->m);
}

static void hour(Call *c) { time_part(c, 3600 * SECOND_US, 24); }
static void minute(Call *c) { time_part(c, 60 * SECOND_US, 60); }
static void second(Call *c) { time_part(c, SECOND_US, 60); }

const Func EXPR_DATE[] = {
    {"date", "date(x)", "p:d", .by = {[STORE_I] = moment_to_date, [STORE_T] = text_to_date},
     .doc = "the day of a time, or of text as '2012-03-31'; missing when the text is no date"},
    {"year", "year(t)", "d:i", .any = year, .doc = "year of a date or time"},
    {"month", "month(t)", "d:i", .any = month, .doc = "month, 1 to 12"},
    {"day", "day(t)", "d:i", .any = day, .doc = "day of the month, 1 to 31"},
    {"weekday", "weekday(t)", "d:i", .any = weekday, .doc = "day of the week, 1 Monday to 7 Sunday (ISO 8601)"},
    {"hour", "hour(t)", "t:i", .any = hour, .doc = "hour of a time, 0 to 23, UTC where a zone was given"},
    {"minute", "minute(t)", "t:i", .any = minute, .doc = "minute, 0 to 59"},
    {"second", "second(t)", "t:i", .any = second, .doc = "whole second, 0 to 59"},
    {0},
};
