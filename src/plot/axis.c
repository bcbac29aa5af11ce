// Ticks and their texts.
//
// Numbers. A step is m * 10^e with m of 1, 2, 5: the finest whose ticks are at most the wanted number. A tick is an
// integer times m, multiplied or divided once by an exact power of ten, so 3 steps of 0.1 are 0.3 and not
// 0.30000000000000004. An end of the axis counts as inside when it misses a tick by a billionth of the axis: ends are
// often sums of bin widths.
// Logarithms. 1, 2, 5 in every decade; where these are too many, every k-th decade; an axis with less than two of
// either has a range so short that plain steps serve it.
// Symmetric logarithms. Zero and, on both sides beyond the linear part, 1, 2 and 5 in every decade or every k-th power
// of ten; an axis within the linear part has plain steps, one that lies beyond it is a log axis.
// Days and clock times. The steps are those of a calendar: seconds and minutes divide 60, hours divide 24, months
// divide 12, weeks begin on Monday. Civil dates by counting days in eras of 400 years that begin in March, so that the
// leap day is the last of its year.
#include "base/numfmt.h"
#include "plot/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double SLACK = 1e-9;

static double pow_ten(int e) { return pow(10, abs(e)); }

static double multiple(double i, int mantissa, int e) {
  double v = i * mantissa;
  return e < 0 ? v / pow_ten(e) : v * pow_ten(e);
}

// Ticks at multiples of mantissa * 10^e inside [lo, hi]; writes at most `most` and returns how many there are, or
// most + 1 when there are more.
static int linear_at(double lo, double hi, int mantissa, int e, int most, double *tick) {
  double step = multiple(1, mantissa, e);
  if (!(step > 0) || !isfinite(step)) return most + 1;
  double slack = SLACK * (hi / step - lo / step);
  double first = ceil(lo / step - slack), last = floor(hi / step + slack);
  if (!(last - first < most) || fmax(fabs(first), fabs(last)) > 1e15) return most + 1;
  int n = 0;
  for (double i = first; i <= last; i++) tick[n++] = i == 0 ? 0 : multiple(i, mantissa, e);
  return n;
}

static int linear_ticks(double lo, double hi, int most, double *tick) {
  static const int mantissa[] = {1, 2, 5};
  int e = (int)floor(log10(hi / 2 - lo / 2)) - 3;
  for (int i = 0; i < 30; i++) {
    int n = linear_at(lo, hi, mantissa[i % 3], e + i / 3, most, tick);
    if (n <= most) return n;
  }
  return 0;
}

// Ticks at 10^(anchor + i k), or with k = 0 at 1, 2 and 5 times all powers of ten; as linear_at.
static int decades(double lo, double hi, int anchor, int k, int most, double *tick) {
  int n = 0, every = k ? k : 1;
  int first = (int)floor(log10(lo)), last = (int)ceil(log10(hi));
  for (int e = first; e <= last; e++) {
    if ((e - anchor) % every) continue;
    for (int m = 1; m <= (k ? 1 : 5); m += m == 2 ? 3 : 1) {
      double v = multiple(1, m, e);
      if (v < lo * (1 - SLACK) || v > hi * (1 + SLACK)) continue;
      if (n == most) return most + 1;
      tick[n++] = v;
    }
  }
  return n;
}

static int log_ticks(double lo, double hi, int most, double *tick) {
  for (int k = 0; k < 700; k++) {
    int n = decades(lo, hi, 0, k, most, tick);
    if (n > most) continue;
    if (n >= 2 || most < 2) return n;
    break;
  }
  return linear_ticks(lo, hi, most, tick);
}

// Zero, and decades on both sides from 10^first up; as linear_at.
static int two_sided(const Axis *a, int first, int k, int most, double *tick) {
  double least = multiple(1, 1, first);
  int n = -a->lo >= least ? decades(fmax(least, -a->hi), -a->lo, first, k, most, tick) : 0;
  if (n > most) return n;
  for (int i = 0, j = n - 1; i <= j; i++, j--) {
    double v = tick[i];
    tick[i] = -tick[j], tick[j] = -v;
  }
  if (a->lo <= 0 && a->hi >= 0) {
    if (n == most) return most + 1;
    tick[n++] = 0;
  }
  return a->hi >= least ? n + decades(fmax(least, a->lo), a->hi, first, k, most - n, tick + n) : n;
}

static int symlog_ticks(const Axis *a, int most, double *tick) {
  double lo = a->lo, hi = a->hi, linear = a->linear;
  if (!(linear > 0) || (lo >= -linear && hi <= linear)) return linear_ticks(lo, hi, most, tick);
  if (lo >= linear) return log_ticks(lo, hi, most, tick);
  int first = (int)ceil(log10(linear) - SLACK);
  for (int i = 0; i < 700; i++) { // of single decades those next to zero go first
    int k = i < 2 ? i : i - 1, n = two_sided(a, first + (i == 2 ? 1 : k > 0 ? k - 1 : 0), k, most, tick);
    if (n > most) continue;
    if (n >= 2 || most < 2) return n;
    break;
  }
  return linear_ticks(lo, hi, most, tick);
}

static int category_ticks(const Axis *a, int most, double *tick) {
  double first = fmax(0, ceil(a->lo - 0.5)), last = fmin(a->ncategory - 1.0, floor(a->hi - 0.5));
  if (!(last >= first)) return 0;
  double every = ceil((last - first + 1) / most);
  int n = 0;
  for (double i = first; i <= last; i += every) tick[n++] = i + 0.5;
  return n;
}

// ---- the calendar ---------------------------------------------------------------------------------------------------

typedef struct Civil {
  int64_t year;
  int month, day; // from 1
} Civil;

static const double DAY = 86400e6; // microseconds

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

static Civil civil_of(int64_t day) {
  int64_t z = day + 719468, era = floor_div(z, 146097), doe = z - era * 146097;
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
  int month = (int)(mp < 10 ? mp + 3 : mp - 9);
  return (Civil){yoe + era * 400 + (month <= 2), month, (int)(doy - (153 * mp + 2) / 5 + 1)};
}

// Day number of the first of a month; months are counted from January of year 0.
static int64_t month_start(int64_t months) {
  int64_t year = floor_div(months, 12), month = months - year * 12 + 1;
  int64_t y = year - (month <= 2), era = floor_div(y, 400), yoe = y - era * 400;
  int64_t doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

// Ticks at first-of-month days every `step` months, in units of `day` a day; as linear_at.
static int month_at(double lo, double hi, int64_t step, double day, int most, double *tick) {
  Civil c = civil_of((int64_t)floor(lo / day));
  int64_t m = floor_div(c.year * 12 + c.month - 1, step) * step;
  int n = 0;
  for (;; m += step) {
    double v = (double)month_start(m) * day;
    if (v < lo) continue;
    if (v > hi) return n;
    if (n == most) return most + 1;
    tick[n++] = v;
  }
}

// Ticks every `step` units from an origin; as linear_at.
static int even_at(double lo, double hi, double step, double origin, int most, double *tick) {
  double first = ceil((lo - origin) / step), last = floor((hi - origin) / step);
  if (!(last - first < most)) return most + 1;
  int n = 0;
  for (double i = first; i <= last; i++) tick[n++] = origin + i * step;
  return n;
}

static int clock_ticks(double lo, double hi, int most, double *tick) {
  static const double second[] = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200};
  if (hi - lo < 2e6) return linear_ticks(lo, hi, most, tick);
  for (size_t i = 0; i < sizeof second / sizeof *second; i++) {
    int n = even_at(lo, hi, second[i] * 1e6, 0, most, tick);
    if (n <= most) return n;
  }
  return most + 1;
}

// `day` is the length of a day in the units of the axis.
static int calendar_ticks(double lo, double hi, double day, int most, double *tick) {
  static const double days[] = {1, 2, 7, 14};
  static const double monday = 4; // 1970-01-05
  static const int64_t months[] = {1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000};
  int n = most + 1;
  if (fabs(lo / day) > 3e8 || fabs(hi / day) > 3e8) return linear_ticks(lo, hi, most, tick);
  if (day > 1 && hi - lo < 4 * day * most) n = clock_ticks(lo, hi, most, tick);
  for (size_t i = 0; n > most && i < 4; i++)
    n = even_at(lo, hi, days[i] * day, days[i] < 7 ? 0 : monday * day, most, tick);
  for (size_t i = 0; n > most && i < sizeof months / sizeof *months; i++)
    n = month_at(lo, hi, months[i], day, most, tick);
  return n > most ? linear_ticks(lo, hi, most, tick) : n;
}

int axis_ticks(const Axis *a, int most, double *tick) {
  if (most < 1 || !(a->lo < a->hi) || !isfinite(a->lo) || !isfinite(a->hi)) return 0;
  switch (a->kind) {
  case AXIS_NONE: return 0;
  case AXIS_CATEGORY: return category_ticks(a, most, tick);
  case AXIS_DATE: return calendar_ticks(a->lo, a->hi, 1, most, tick);
  case AXIS_TIME: return calendar_ticks(a->lo, a->hi, DAY, most, tick);
  case AXIS_NUMBER: break;
  }
  if (a->scale == SCALE_SYMLOG) return symlog_ticks(a, most, tick);
  if (a->scale != SCALE_LOG) return linear_ticks(a->lo, a->hi, most, tick);
  return a->lo > 0 ? log_ticks(a->lo, a->hi, most, tick) : 0;
}

// ---- texts ----------------------------------------------------------------------------------------------------------

static int exponent_of(double v) { return v == 0 ? 0 : (int)floor(log10(fabs(v)) + 1e-9); }

// v as mantissa and exponent, "1.5e9", with the digits that tell it from v + step; step 0: with the digits of v.
static void print_exponent(double v, double step, char *buf, size_t size) {
  int digits = step > 0 ? exponent_of(v) - exponent_of(step) : 5;
  char mantissa[40];
  snprintf(mantissa, sizeof mantissa, "%.*e", digits < 0 ? 0 : digits > 15 ? 15 : digits, v);
  char *end = strchr(mantissa, 'e');
  int exponent = atoi(end + 1);
  if (!(step > 0)) {
    while (end[-1] == '0') end--;
    if (end[-1] == '.') end--;
  }
  *end = 0;
  snprintf(buf, size, "%se%d", mantissa, exponent);
}

static void number_label(double v, double step, char *buf, size_t size) {
  bool stepped = step > 0 && isfinite(step);
  int decimals = stepped ? -exponent_of(step) : 0;
  if (!isfinite(v) || (v == 0 && (!stepped || decimals > 6))) {
    fmt_shortest(buf, size, v == 0 ? 0 : v);
    return;
  }
  if (!stepped) {
    if (fabs(v) < 1e-4 || fabs(v) >= 1e9) print_exponent(v, 0, buf, size);
    else fmt_sensible(buf, size, v, 6);
    return;
  }
  if (fabs(v) >= 1e9 || decimals > 6) {
    print_exponent(v, step, buf, size);
    return;
  }
  char text[NUMFMT_MAX];
  snprintf(text, sizeof text, "%.*f", decimals < 0 ? 0 : decimals, v);
  double rounded = strtod(text, NULL);
  if (decimals > 0) snprintf(buf, size, "%s", text);
  else fmt_i64(buf, size, (int64_t)rounded, true);
  if (decimals > 0 && fabs(v) >= 1000) {
    char whole[NUMFMT_MAX];
    fmt_i64(whole, sizeof whole, (int64_t)trunc(rounded), true);
    snprintf(buf, size, "%s%s", whole, strchr(text, '.'));
  }
}

static void month_label(int64_t day, char *buf, size_t size) {
  static const char names[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  snprintf(buf, size, "%s", names[civil_of(day).month - 1]);
}

static void date_label(int64_t day, double step_days, char *buf, size_t size) {
  Civil c = civil_of(day);
  if (step_days >= 360) snprintf(buf, size, "%lld", (long long)c.year);
  else if (step_days >= 28) snprintf(buf, size, "%04lld-%02d", (long long)c.year, c.month);
  else snprintf(buf, size, "%04lld-%02d-%02d", (long long)c.year, c.month, c.day);
}

// On a clock, midnight shows its day and the rest of the day the time.
static void time_label(double t, double step, char *buf, size_t size) {
  int64_t day = (int64_t)floor(t / DAY);
  double second = (t - (double)day * DAY) / 1e6;
  if (second == 0 && (step >= 60e6 || !(step > 0))) {
    date_label(day, step / DAY, buf, size);
    return;
  }
  int minutes = (int)(second / 60);
  if (step >= 60e6) {
    snprintf(buf, size, "%02d:%02d", minutes / 60, minutes % 60);
    return;
  }
  int decimals = step >= 1e6 ? 0 : step > 0 ? -exponent_of(step / 1e6) : second == floor(second) ? 0 : 6;
  snprintf(buf, size, "%02d:%02d:%0*.*f", minutes / 60, minutes % 60, decimals ? decimals + 3 : 2, decimals,
           second - minutes * 60);
}

void axis_label(const Axis *a, double tick, double step, char *buf, size_t size) {
  if (!size) return;
  buf[0] = 0;
  bool timely = isfinite(tick) && fabs(tick) < (a->kind == AXIS_TIME ? 3e8 * DAY : 3e8);
  if (a->kind == AXIS_CATEGORY) {
    if (tick >= 0 && tick < a->ncategory) snprintf(buf, size, "%s", a->category[(int)tick]);
  } else if (a->kind == AXIS_DATE && timely && a->months && (step >= 28 || !(step > 0))) {
    month_label((int64_t)floor(tick), buf, size);
  } else if (a->kind == AXIS_DATE && timely) {
    date_label((int64_t)floor(tick), step, buf, size);
  } else if (a->kind == AXIS_TIME && timely) {
    time_label(tick, step, buf, size);
  } else {
    number_label(tick, a->scale == SCALE_LINEAR ? step : 0, buf, size);
    if (a->name && fmt_is_year(a->name, a->lo, a->hi)) fmt_drop_commas(buf, 0, 9999);
  }
}

// Decades from zero, the linear part counting as one.
static double symlog(const Axis *a, double v) {
  double far = fabs(v);
  return copysign(far <= a->linear ? far / a->linear : 1 + log10(far) - log10(a->linear), v);
}

double axis_share(const Axis *a, double v) {
  if (a->scale == SCALE_LOG) return v > 0 ? (log10(v) - log10(a->lo)) / (log10(a->hi) - log10(a->lo)) : NAN;
  if (a->scale == SCALE_SYMLOG && a->linear > 0) {
    double lo = symlog(a, a->lo);
    return (symlog(a, v) - lo) / (symlog(a, a->hi) - lo);
  }
  double span = a->hi - a->lo;
  return isfinite(span) ? (v - a->lo) / span : (v / 2 - a->lo / 2) / (a->hi / 2 - a->lo / 2);
}

static double symlog_back(const Axis *a, double s) {
  double far = fabs(s);
  return copysign(far <= 1 ? far * a->linear : a->linear * pow(10, far - 1), s);
}

double axis_value(const Axis *a, double share) {
  if (a->scale == SCALE_LOG) return pow(10, log10(a->lo) + share * (log10(a->hi) - log10(a->lo)));
  if (a->scale == SCALE_SYMLOG && a->linear > 0) {
    double lo = symlog(a, a->lo);
    return symlog_back(a, lo + share * (symlog(a, a->hi) - lo));
  }
  return a->lo + 2 * share * (a->hi / 2 - a->lo / 2);
}
