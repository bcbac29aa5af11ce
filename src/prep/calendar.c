// Parts of dates and times: weeks as in ISO 8601, weekdays from Monday = 1. On a circle a part stands at the share of
// its turn that has passed when it begins (January, Monday and 0 o'clock at the angle 0); months and years have the
// length that they have. Sine and cosine of k / n turns: the eighth of the turn is found in whole numbers, so that what
// is left is at most pi / 4 and the series is short.
#include "prep/calendar_int.h"

static const int64_t DAY_US = 86400000000, SECOND_US = 1000000;

const DatePartRow DATE_PARTS[NPART] = {
    [PART_YEAR] = {"year", false, 0, 0},        [PART_WEEK_YEAR] = {"week_year", false, 0, 0},
    [PART_QUARTER] = {"quarter", false, 1, 4},  [PART_MONTH] = {"month", false, 1, 12},
    [PART_WEEK] = {"week", false, 1, -1},       [PART_DAY] = {"day", false, 1, -1},
    [PART_YEARDAY] = {"yearday", false, 1, -1}, [PART_WEEKDAY] = {"weekday", false, 1, 7},
    [PART_WEEKEND] = {"weekend", false, 0, 0},  [PART_HOUR] = {"hour", true, 0, 24},
    [PART_MINUTE] = {"minute", true, 0, 60},    [PART_SECOND] = {"second", true, 0, 60},
};

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

static int64_t weekday_of(int64_t days) { return (days % 7 + 10) % 7 + 1; } // 1970-01-01 was a Thursday

// A year has the week that its Thursday is in.
static int64_t week_of(int64_t days, int64_t *year) {
  int month, day;
  int64_t thursday = days - weekday_of(days) + 4;
  date_to_civil(thursday, year, &month, &day);
  return (thursday - date_from_civil(*year, 1, 1)) / 7 + 1;
}

void moment_take(ColType type, int64_t v, Moment *out) {
  int64_t days = type == COL_TIME ? floor_div(v, DAY_US) : v, second = 0, year, week_year, none;
  int month, day;
  if (type == COL_TIME) second = (v - days * DAY_US) / SECOND_US;
  date_to_civil(days, &year, &month, &day);
  int64_t week = week_of(days, &week_year), first = date_from_civil(year, 1, 1);
  int64_t next = month < 12 ? date_from_civil(year, month + 1, 1) : date_from_civil(year + 1, 1, 1);
  int64_t weekday = weekday_of(days);
  *out = (Moment){.part = {[PART_YEAR] = year, [PART_WEEK_YEAR] = week_year, [PART_QUARTER] = (month - 1) / 3 + 1,
                           [PART_MONTH] = month, [PART_WEEK] = week, [PART_DAY] = day,
                           [PART_YEARDAY] = days - first + 1, [PART_WEEKDAY] = weekday, [PART_WEEKEND] = weekday > 5,
                           [PART_HOUR] = second / 3600, [PART_MINUTE] = second / 60 % 60, [PART_SECOND] = second % 60}};
  for (int p = 0; p < NPART; p++) out->turns[p] = DATE_PARTS[p].turns;
  out->turns[PART_DAY] = next - date_from_civil(year, month, 1);
  out->turns[PART_YEARDAY] = date_from_civil(year + 1, 1, 1) - first;
  out->turns[PART_WEEK] = week_of(date_from_civil(week_year, 12, 28), &none); // which is in the last week
}

// ---- the circle ----------------------------------------------------------------------------------------------------
// 0 <= x <= pi / 4: the first term left out is below 1e-17.
static double sine_of(double x) {
  double z = x * x, s = 0;
  for (int k = 17; k > 1; k -= 2) s = (1 + s) * -z / (double)(k * (k - 1));
  return x + x * s;
}

static double cosine_of(double x) {
  double z = x * x, s = 0;
  for (int k = 16; k > 0; k -= 2) s = (1 + s) * -z / (double)(k * (k - 1));
  return 1 + s;
}

static void turn(int64_t k, int64_t n, double *sine, double *cosine) {
  static const double EIGHTH = 0x1.921fb54442d18p-1; // pi / 4
  int64_t octant = 8 * k / n, rest = 8 * k % n;
  bool odd = octant & 1;
  double x = EIGHTH * (double)(odd ? n - rest : rest) / (double)n, s = sine_of(x), c = cosine_of(x);
  bool swap = ((octant + 1) / 2) & 1;
  *sine = (swap ? c : s) * (octant < 4 ? 1 : -1);
  *cosine = (swap ? s : c) * (octant < 2 || octant > 5 ? 1 : -1);
}

void circle_init(Circle *c, Arena *a) {
  static const int LENGTHS[] = {4, 7, 12, 24, 28, 29, 30, 31, 52, 53, 60, 365, 366};
  *c = (Circle){0};
  for (size_t j = 0; j < sizeof LENGTHS / sizeof *LENGTHS; j++) {
    int n = LENGTHS[j];
    c->sine[n] = arena_array(a, double, n), c->cosine[n] = arena_array(a, double, n);
    for (int k = 0; k < n; k++) turn(k, n, &c->sine[n][k], &c->cosine[n][k]);
  }
}
