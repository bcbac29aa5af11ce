// A calendar: each day a cell, weeks from left to right, Monday above Sunday, each year a panel. Weekly and yearly
// rhythms, gaps and single odd days show at once. A day's value is an aggregate of its rows.
#include "chart/matrix_int.h"
#include "chart/points_int.h"

#include "frame/verbs.h"

#include <math.h>

enum { MOST_YEARS = 12, WEEK = 7 };
static const char *const WEEKDAYS[WEEK] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

typedef struct CalendarOpts {
  ChartLabels labels;
  const char *date, *value;
} CalendarOpts;

static const Param PARAMS[] = {
    {"date", PARAM_TEXT, offsetof(CalendarOpts, date), 0, 0, NULL, NULL, "column of dates or times"},
    {"value", PARAM_TEXT, offsetof(CalendarOpts, value), 0, 0, "", NULL,
     "number column, whose mean of each day is shown, or an aggregate such as sum(x); rows are counted without it"},
    CHART_LABELS(CalendarOpts),
    PARAM_END};

typedef struct Calendar {
  Pile pile;
  const CalendarOpts *o;
  Plot *p;
  Use date;
  const char *what; // "mean of delay"
  int64_t n, *day;  // days with a value, ascending
  double *value, lo, hi;
  int64_t first, last; // years
  int64_t nodd;
} Calendar;

static int64_t year_of(int64_t day) {
  int64_t year;
  int month, of_month;
  date_to_civil(day, &year, &month, &of_month);
  return year;
}

static int64_t weekday_of(int64_t day) { return ((day + 3) % WEEK + WEEK) % WEEK; } // 1970-01-01 was a Thursday
static int64_t monday_of(int64_t day) { return day - weekday_of(day); }

// ---- loading ------------------------------------------------------------------------------------------------------
static ErrCode find_date(Calendar *c, const Frame *d, Err *err) {
  static const char advice[] = "a calendar needs dates or times";
  TRY(use_find(d, "calendar", c->o->date, true, advice, &c->date, err));
  ColType type = c->date.col->type;
  if (type == COL_DATE || type == COL_TIME) return OK;
  return err_set(err, ERR_TYPE, "calendar: column '%s' is %s: %s", c->date.name, COLTYPES[type].name, advice);
}

// The frame with a column of the day of each row, which is named *name.
static ErrCode add_day(Calendar *c, const Frame *d, const char **name, Frame **out, Err *err) {
  const int64_t us = 86400000000;
  const Column *from = c->date.col;
  Column *day;
  Names all = {arena_array(&c->p->arena, const char *, frame_ncol(d)), frame_ncol(d)};
  for (int j = 0; j < frame_ncol(d); j++) all.name[j] = frame_name(d, j);
  for (*name = "day"; frame_find(d, sv(*name)) >= 0;) *name = arena_printf(&c->p->arena, "%s_", *name);
  TRY(frame_select(d, &all, out, err));
  ErrCode code = column_new(c->pile.job, COL_DATE, from->n, NULL, &day, err);
  for (int64_t i = 0; i < from->n && code == OK; i++) {
    int64_t v = from->i[i];
    if (!col_valid(from, i)) code = column_set_missing(day, i, err), v = 0;
    day->i[i] = from->type == COL_DATE ? v : v >= 0 ? v / us : -((-v + us - 1) / us);
  }
  if (code == OK) code = frame_add(*out, *name, day, err);
  if (code != OK) frame_unref(*out);
  return code;
}

static ErrCode take_days(Calendar *c, const Frame *agg, Err *err) {
  const Column *day = frame_at(agg, 0), *value = frame_at(agg, frame_ncol(agg) - 1);
  int64_t nrow = frame_nrow(agg);
  TRY(pile_new(&c->pile, nrow * 8, &c->day, err));
  TRY(pile_new(&c->pile, nrow * 8, &c->value, err));
  for (int64_t i = 0; i < nrow; i++) {
    if (!col_valid(day, i)) continue;
    double v = col_f64(value, i);
    c->nodd += !isfinite(v);
    if (isfinite(v)) c->day[c->n] = day->i[i], c->value[c->n++] = v;
  }
  if (c->n) return OK;
  return err_set(err, ERR_ARG, "calendar: no row has both '%s' and a value that can be shown", c->date.name);
}

static ErrCode load(Calendar *c, const Frame *d, Err *err) {
  const char *name;
  Frame *dated, *agg;
  TRY(job_tick(c->pile.job, 0, frame_nrow(d), err));
  TRY(find_date(c, d, err));
  TRY(add_day(c, d, &name, &dated, err));
  ErrCode code = chart_aggregate(&c->pile, dated, c->o->value, &(Names){&name, 1}, c->p, &agg, err);
  frame_unref(dated);
  if (code != OK) return code;
  code = take_days(c, agg, err);
  frame_unref(agg);
  if (code != OK) return code;
  c->what = chart_aggregate_name(d, c->o->value, c->p);
  c->first = year_of(c->day[0]), c->last = year_of(c->day[c->n - 1]);
  points_range(c->pile.job, c->value, c->n, &c->lo, &c->hi);
  if (c->last - c->first < MOST_YEARS) return OK;
  return err_set(err, ERR_ARG, "calendar: %lld to %lld are more than %d years: keep fewer with d:where",
                 (long long)c->first, (long long)c->last, MOST_YEARS);
}

// ---- marks --------------------------------------------------------------------------------------------------------
// Zero is the middle of the colours where both sides of it are far, as of gains and losses; a frost is no other side.
static bool is_two_sided(const Calendar *c) { return c->lo < 0 && fmin(-c->lo, c->hi) > fmax(-c->lo, c->hi) / 5; }

// Cells are too small for numbers in any but the widest window: they have none.
static void add_cells(const Calendar *c, Plot *p, int64_t from, int64_t to) {
  int64_t n = to - from;
  Series *s = plot_add(p, MARK_CELL, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n), s->value = plot_array(p, n);
  s->rows = arena_array(&p->arena, int64_t, n);
  s->role = is_two_sided(c) ? ROLE_DIVERGING : ROLE_SEQUENTIAL;
  for (int64_t k = 0; k < n; k++) {
    int64_t day = c->day[from + k];
    s->x[k] = (double)monday_of(day), s->x2[k] = s->x[k] + WEEK;
    s->y[k] = (double)(WEEK - 1 - weekday_of(day)), s->y2[k] = s->y[k] + 1;
    s->value[k] = c->value[from + k], s->rows[k] = day;
  }
}

static void set_colours(const Calendar *c, Plot *p) {
  double most = fmax(fabs(c->lo), fabs(c->hi));
  p->colour = (ColourScale){.present = true, .name = c->what, .lo = c->lo, .mid = c->lo / 2 + c->hi / 2, .hi = c->hi};
  if (is_two_sided(c)) p->colour.lo = -most, p->colour.mid = 0, p->colour.hi = most;
}

// Days [from, to) of one year; the axis is the whole year where there are several.
static void fill_year(const Calendar *c, Plot *p, int64_t from, int64_t to, bool whole) {
  int64_t year = year_of(c->day[from]), first = c->day[from], last = c->day[to - 1];
  if (whole) first = date_from_civil(year, 1, 1), last = date_from_civil(year, 12, 31);
  p->x =
      (Axis){.kind = AXIS_DATE, .lo = (double)monday_of(first), .hi = (double)(monday_of(last) + WEEK), .months = true};
  p->y = axis_of_names(p, WEEKDAYS, WEEK, true);
  p->n = to - from;
  set_colours(c, p);
  add_cells(c, p, from, to);
}

static void add_years(Calendar *c) {
  int nyear = 0;
  if (c->first == c->last) {
    fill_year(c, c->p, 0, c->n, false);
    return;
  }
  for (int64_t i = 0; i < c->n; i++) nyear += i == 0 || year_of(c->day[i]) != year_of(c->day[i - 1]);
  plot_panels(c->p, nyear, 1);
  c->p->share_y = true;
  for (int64_t i = 0, k = 0, end; i < c->n; i = end, k++) {
    Plot *panel = &c->p->panel[k];
    int64_t year = year_of(c->day[i]);
    for (end = i; end < c->n && year_of(c->day[end]) == year; end++) {
    }
    panel->title = arena_printf(&panel->arena, "%lld", (long long)year);
    fill_year(c, panel, i, end, true);
    panel->reading = arena_printf(&panel->arena, "%s days", words_count(panel, end - i));
  }
  set_colours(c, c->p);
}

// ---- words --------------------------------------------------------------------------------------------------------
static const char *date_words(Plot *p, int64_t day) {
  int64_t year;
  int month, of_month;
  date_to_civil(day, &year, &month, &of_month);
  return arena_printf(&p->arena, "%s %04lld-%02d-%02d", WEEKDAYS[weekday_of(day)], (long long)year, month, of_month);
}

static void describe(Calendar *c) {
  Plot *p = c->p;
  double sum[WEEK] = {0};
  int64_t n[WEEK] = {0}, most = 0, least = 0, high = -1, low = -1;
  for (int64_t i = 0; i < c->n; i++) {
    int64_t w = weekday_of(c->day[i]);
    sum[w] += c->value[i], n[w]++; // in the order of days
    if (c->value[i] > c->value[most]) most = i;
    if (c->value[i] < c->value[least]) least = i;
  }
  for (int64_t w = 0; w < WEEK; w++) {
    if (!n[w]) continue;
    double mean = sum[w] / (double)n[w];
    if (high < 0 || mean > sum[high] / (double)n[high]) high = w;
    if (low < 0 || mean < sum[low] / (double)n[low]) low = w;
  }
  const char *ends =
      arena_printf(&p->arena, "%s: highest %s on %s, lowest %s on %s", c->what, words_number(p, c->value[most]),
                   date_words(p, c->day[most]), words_number(p, c->value[least]), date_words(p, c->day[least]));
  p->reading = ends;
  if (high >= 0 && high != low)
    p->reading = arena_printf(&p->arena, "%s; by weekday from %s %s to %s %s", ends, WEEKDAYS[low],
                              words_number(p, sum[low] / (double)n[low]), WEEKDAYS[high],
                              words_number(p, sum[high] / (double)n[high]));
  p->n = c->n;
  c->date.missing = c->date.col->missing;
  words_add_note(p, rows_note(&c->date, 1, NULL, p));
  if (c->nodd) words_add_note(p, arena_printf(&p->arena, "%s days without a value: blank", words_count(p, c->nodd)));
  const char *year = p->npanel ? NULL : arena_printf(&p->arena, "%lld", (long long)c->first);
  words_labels(p, &c->o->labels, year, NULL);
}

static ErrCode fill(Calendar *c, const Frame *d, Err *err) {
  TRY(load(c, d, err));
  add_years(c);
  describe(c);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  Calendar c = {.pile = {.job = job, .chart = "calendar"}, .o = opts, .p = out};
  ErrCode code = fill(&c, d, err);
  pile_free(&c.pile);
  return code;
}

const ChartType chart_calendar = {.name = "calendar",
                                  .signature = "d:calendar{\"date\", \"x\"}",
                                  .summary = "a value of each day, weeks by weekdays, a panel a year",
                                  .example = "return data('seattle_weather'):tail(365):calendar{'date', 'temp_max'}",
                                  .params = PARAMS,
                                  .opts_size = sizeof(CalendarOpts),
                                  .npos = 2,
                                  .make = make};
