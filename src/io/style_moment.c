// Which order the dates of a column are written in. The one that reads the most cells wins; ISO 8601 wins a tie. Of day
// and month a number above 12 decides. Where none is, the month is taken to be first, as pandas and dateutil do, and
// that is said; but 01.02.2012 has the day first, since nobody writes the month first with points. Years of two digits
// are read behind a month's name or when the user gives the order: 1/2/12 may be too much else.
#include "io/value_int.h"

enum { MOST = 10 }; // a share of one in ten may dissent where a hint is given

typedef struct Dates {
  ColType type;
  const Sv *cell;
  int64_t n;
} Dates;

static int64_t fits(const Dates *d, const ValueStyle *s) { return d->n - style_misfits(s, d->type, d->cell, d->n); }

static bool reads(const Dates *d, const ValueStyle *s, int64_t k, int64_t *x) {
  double f;
  bool zoned;
  return value_parse(s, d->type, d->cell[k], x, &f, &zoned);
}

// The first cell that `s` reads and `other` (NULL: anything) does not, or does as another day.
static int64_t first_read(const Dates *d, const ValueStyle *s, const ValueStyle *other, bool other_day) {
  int64_t x, y;
  for (int64_t k = 0; k < d->n; k++) {
    if (!reads(d, s, k, &x)) continue;
    if (!other || (reads(d, other, k, &y) ? other_day && x != y : !other_day)) return k;
  }
  return -1;
}

static void say(const Dates *d, const char *what, int64_t k, Str *said) {
  str_addf(said, "%s: ", what);
  style_quote(d->cell[k], said);
}

static char first_mark(Sv cell) {
  size_t k = 0;
  while (k < cell.n && cell.s[k] >= '0' && cell.s[k] <= '9') k++;
  return k < cell.n ? cell.s[k] : 0;
}

// ---- day and month ------------------------------------------------------------------------------------------------
static ValueStyle in_order(DateOrder order, bool short_year) {
  return (ValueStyle){.decimal = '.', .order = order, .short_year = short_year};
}

// The better of the two orders and, unless it is NULL, why.
static ValueStyle day_or_month(const Dates *d, Str *said) {
  ValueStyle day = in_order(ORDER_DMY, false), month = in_order(ORDER_MDY, false);
  int64_t days = fits(d, &day), months = fits(d, &month);
  if (days != months) {
    const ValueStyle *best = days > months ? &day : &month, *other = days > months ? &month : &day;
    if (said) say(d, days > months ? "day before month" : "month before day", first_read(d, best, other, false), said);
    return *best;
  }
  int64_t k = first_read(d, &month, &day, true);
  if (k < 0) k = first_read(d, &month, NULL, false);
  if (k < 0) return month;
  if (first_mark(d->cell[k]) == '.') {
    if (said) say(d, "day before month, as between points", k, said);
    return day;
  }
  if (said) {
    str_add(said, "day or month first is not decided by any cell: month first taken for ");
    style_quote(d->cell[k], said);
    str_add(said, "; dates=\"dmy\" changes it");
  }
  return month;
}

// ---- the whole ----------------------------------------------------------------------------------------------------
static void say_order(const Dates *d, const ValueStyle *s, bool forced, Str *said) {
  static const char *const what[] = {"", "day before month, as asked", "month before day, as asked",
                                     "year, month, day"};
  if (s->order == ORDER_YMD || (s->order != ORDER_ISO && forced))
    say(d, what[s->order], first_read(d, s, NULL, false), said);
  else if (s->order != ORDER_ISO) day_or_month(d, said);
  else if (s->named_month) say(d, "month by its name", first_read(d, s, NULL, false), said);
}

// Says that some order would read nearly all cells if their years may have two digits.
static void hint_short(const Dates *d, Str *said) {
  for (DateOrder order = ORDER_DMY; order <= ORDER_YMD; order++) {
    ValueStyle s = in_order(order, true);
    int64_t misfits = d->n - fits(d, &s);
    if (misfits * MOST > d->n) continue;
    style_quote(d->cell[first_read(d, &s, NULL, false)], said);
    str_add(said, " may be a date with a short year: dates=\"dmy\", \"mdy\" or \"ymd\" says its order");
    return;
  }
}

void style_moment(ColType type, const Sv *cell, int64_t n, const StyleOpts *forced, ValueStyle *out, Str *said) {
  Dates d = {type, cell, n};
  DateOrder order = forced->dates;
  ValueStyle style[3] = {in_order(ORDER_YMD, order == ORDER_YMD), {.decimal = '.', .named_month = true}};
  int nstyles = 2;
  if (order == ORDER_ISO) style[nstyles++] = day_or_month(&d, NULL);
  else if (order != ORDER_YMD) style[nstyles++] = in_order(order, true);
  int64_t most = fits(&d, out), plain = most;
  for (int k = 0; k < nstyles; k++) {
    int64_t now = fits(&d, &style[k]);
    if (now > most) most = now, *out = style[k];
  }
  if (most > plain) say_order(&d, out, order != ORDER_ISO, said);
  else if (plain == 0 && n > 0 && order == ORDER_ISO) hint_short(&d, said);
}
