// Dates and times as numbers: the parts that are asked for, sine and cosine of parts that come around again, and the
// time since a date, another column or the earliest value of the training rows. A missing date makes all of them
// missing. Times are taken in UTC, as they are stored.
#include "prep/calendar_int.h"

#include "base/near.h"
#include "base/pool.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { UNIT_DAYS, UNIT_WEEKS, UNIT_YEARS, UNIT_HOURS, UNIT_MINUTES, UNIT_SECONDS };
enum { SINCE_FIRST, SINCE_MOMENT, SINCE_COLUMN };
static const double DAY_US = 86400e6;

typedef struct DatesOpts {
  Names columns, parts, cyclic, since;
  int unit;
  bool keep;
} DatesOpts;

typedef struct Since {
  int64_t kind;     // SINCE_...
  const char *name; // as it was given, the end of the new columns' names
  double days;      // SINCE_MOMENT
} Since;

typedef struct Dates {
  Learned in, other; // other: the columns of `since`
  int64_t *first, *last; // of each learned column in training, as it is stored
  int64_t nsince;
  Since *since;
} Dates;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(DatesOpts, columns), .dflt = "",
     .doc = "columns of dates and times; none given: all"},
    {"parts", PARAM_NAMES, offsetof(DatesOpts, parts), .dflt = "",
     .doc = "year, week_year, quarter, month, week, day, yearday, weekday, weekend, hour, minute, second, or \"none\"; "
            "none given: year, month, day, weekday, and of times hour"},
    {"cyclic", PARAM_NAMES, offsetof(DatesOpts, cyclic), .dflt = "",
     .doc = "parts of which sine and cosine are added, such as month, weekday, hour"},
    {"since", PARAM_NAMES, offsetof(DatesOpts, since), .dflt = "",
     .doc = "time since \"first\", the earliest of the training rows, a date such as \"2024-01-31\", or a column"},
    {"unit", PARAM_CHOICE, offsetof(DatesOpts, unit), .dflt = "days",
     .choices = "days|weeks|years|hours|minutes|seconds", .doc = "unit of since; a year has 365.2425 days"},
    {"keep", PARAM_BOOL, offsetof(DatesOpts, keep), .dflt = "false", .doc = "keep the column that the parts are of"},
    PARAM_END};

// ---- options -------------------------------------------------------------------------------------------------------
static ErrCode find_part(const char *option, const char *word, int *part, Err *err) {
  Sv names[NPART];
  char hint[300];
  for (*part = 0; *part < NPART; ++*part)
    if (strcmp(DATE_PARTS[*part].name, word) == 0) return OK;
  for (int p = 0; p < NPART; p++) names[p] = sv(DATE_PARTS[p].name);
  near_hint(hint, sizeof hint, sv(word), names, NPART);
  return err_set(err, ERR_NAME, "prep.dates: %s: no part '%s' of a date%s", option, word, hint);
}

typedef struct Wanted { // of a column of dates or of times
  bool part[NPART], cyclic[NPART];
} Wanted;

static ErrCode want_parts(const DatesOpts *o, bool time, Wanted *w, Err *err) {
  int p;
  bool none = o->parts.n == 1 && strcmp(o->parts.name[0], "none") == 0;
  *w = (Wanted){0};
  for (int64_t k = 0; k < o->parts.n && !none; k++) {
    TRY(find_part("parts", o->parts.name[k], &p, err));
    w->part[p] = time || !DATE_PARTS[p].clock;
  }
  for (int64_t k = 0; k < o->cyclic.n; k++) {
    TRY(find_part("cyclic", o->cyclic.name[k], &p, err));
    if (!DATE_PARTS[p].turns)
      return err_set(err, ERR_ARG, "prep.dates: cyclic: %s never comes around again; give it in parts",
                     DATE_PARTS[p].name);
    w->cyclic[p] = time || !DATE_PARTS[p].clock;
  }
  if (o->parts.n == 0)
    w->part[PART_YEAR] = w->part[PART_MONTH] = w->part[PART_DAY] = w->part[PART_WEEKDAY] = true,
    w->part[PART_HOUR] = time;
  return OK;
}

static bool is_moment(ColType t) { return t == COL_DATE || t == COL_TIME; }

static ErrCode read_since(const char *word, const Frame *x, Names *column, Since *out, Err *err) {
  int64_t v;
  double real;
  bool zoned;
  *out = (Since){.name = word};
  int j = frame_find(x, sv(word));
  if (j >= 0) {
    ColType t = frame_at(x, j)->type;
    out->kind = SINCE_COLUMN;
    column->name[column->n++] = word;
    return is_moment(t) ? OK : err_set(err, ERR_TYPE, "prep.dates: since: column '%s' is %s, and no date or time", word,
                                       COLTYPES[t].name);
  }
  if (strcmp(word, "first") == 0) return out->kind = SINCE_FIRST, OK;
  out->kind = SINCE_MOMENT;
  if (COLTYPES[COL_DATE].parse(sv(word), &v, &real, &zoned)) return out->days = (double)v, OK;
  if (COLTYPES[COL_TIME].parse(sv(word), &v, &real, &zoned)) return out->days = (double)v / DAY_US, OK;
  return err_set(err, ERR_ARG, "prep.dates: since: '%s' is no column, no date such as \"2024-01-31\" and not \"first\"",
                 word);
}

// ---- fit -----------------------------------------------------------------------------------------------------------
static ErrCode learn_since(const DatesOpts *o, const Frame *x, Arena *a, Dates *st, Err *err) {
  Names column = {arena_array(a, const char *, o->since.n), 0};
  int *col;
  st->nsince = o->since.n, st->since = arena_array(a, Since, o->since.n);
  for (int64_t k = 0; k < o->since.n; k++) {
    const char *word = arena_strdup(a, o->since.name[k]);
    TRY(read_since(word, x, &column, &st->since[k], err));
    for (int64_t j = 0; j < k; j++)
      if (strcmp(st->since[j].name, word) == 0)
        return err_set(err, ERR_ARG, "prep.dates: since: '%s' is there twice", word);
  }
  return column.n ? step_learn("dates", x, &column, "", a, &st->other, &col, err) : OK;
}

static ErrCode learn_extent(const char *name, const Column *c, int64_t *first, int64_t *last, Err *err) {
  if (!is_moment(c->type))
    return err_set(err, ERR_TYPE, "prep.dates: column '%s' is %s, and no date or time: cast it first, "
                   "d:cast{[\"%s\"]=\"date\"}", name, COLTYPES[c->type].name, name);
  if (c->missing == c->n)
    return err_set(err, ERR_ARG,
                   "prep.dates: column '%s' has no value in the training rows: leave it out, d:drop{\"%s\"}", name,
                   name);
  *first = INT64_MAX, *last = INT64_MIN;
  for (int64_t i = 0; i < c->n; i++) {
    if (!col_valid(c, i)) continue;
    if (c->i[i] < *first) *first = c->i[i];
    if (c->i[i] > *last) *last = c->i[i];
  }
  return OK;
}

static ErrCode dates_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const DatesOpts *o = opts;
  Arena *a = &state->arena;
  Dates *st = arena_new(a, Dates);
  Wanted w;
  int *col;
  TRY(want_parts(o, true, &w, err));
  TRY(step_learn("dates", in->x, &o->columns, "@date", a, &st->in, &col, err));
  TRY(learn_since(o, in->x, a, st, err));
  int64_t n = st->in.names.n;
  st->first = arena_array(a, int64_t, n), st->last = arena_array(a, int64_t, n);
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    TRY(learn_extent(st->in.names.name[k], frame_at(in->x, col[k]), &st->first[k], &st->last[k], err));
  }
  state->data = st;
  return OK;
}

// ---- parts ---------------------------------------------------------------------------------------------------------
typedef struct Taking {
  const Column *c;
  const Circle *circle;
  const Wanted *want;
  Column *part[NPART], *sine[NPART], *cosine[NPART];
} Taking;

static void take_row(const Taking *t, int64_t i) {
  Moment m;
  moment_take(t->c->type, col_valid(t->c, i) ? t->c->i[i] : 0, &m);
  for (int p = 0; p < NPART; p++) {
    if (t->want->part[p] && p == PART_WEEKEND) t->part[p]->b[i] = (uint8_t)m.part[p];
    else if (t->want->part[p]) t->part[p]->i[i] = m.part[p];
    if (!t->want->cyclic[p]) continue;
    int64_t at = m.part[p] - DATE_PARTS[p].begin;
    t->sine[p]->f[i] = t->circle->sine[m.turns[p]][at];
    t->cosine[p]->f[i] = t->circle->cosine[m.turns[p]][at];
  }
}

static void take_chunk(void *ctx, int64_t begin, int64_t end) {
  for (int64_t i = begin; i < end; i++) take_row(ctx, i);
}

// A column to be filled, or of missing values only where c has none of its own.
static ErrCode add_column(Job *job, ColType type, const Column *c, const char *name, Frame *made, Column **out,
                          Err *err) {
  if (is_moment(c->type)) TRY(column_like(job, type, c, out, err));
  else TRY(column_missing(job, type, c->n, out, err));
  return step_add("dates", made, name, *out, err);
}

static ErrCode add_parts(Job *job, const Wanted *w, const Circle *circle, const char *name, const Column *c, Arena *a,
                         Frame *made, Err *err) {
  Taking t = {.c = c, .circle = circle, .want = w};
  for (int p = 0; p < NPART; p++) {
    if (!w->part[p]) continue;
    const char *part = arena_printf(a, "%s_%s", name, DATE_PARTS[p].name);
    TRY(add_column(job, p == PART_WEEKEND ? COL_BOOL : COL_I64, c, part, made, &t.part[p], err));
  }
  for (int p = 0; p < NPART; p++) {
    if (!w->cyclic[p]) continue;
    const char *part = DATE_PARTS[p].name;
    TRY(add_column(job, COL_F64, c, arena_printf(a, "%s_%s_sin", name, part), made, &t.sine[p], err));
    TRY(add_column(job, COL_F64, c, arena_printf(a, "%s_%s_cos", name, part), made, &t.cosine[p], err));
  }
  if (is_moment(c->type)) par_for(job, c->n, STEP_GRAIN / 8, take_chunk, &t);
  return OK;
}

// ---- since ---------------------------------------------------------------------------------------------------------
typedef struct Passing {
  const Column *c, *other; // other: NULL = since `days`
  double days, unit;       // unit: in days
  Column *out;
} Passing;

static double days_of(const Column *c, int64_t i) {
  return c->type == COL_TIME ? (double)c->i[i] / DAY_US : (double)c->i[i];
}

static void pass_chunk(void *ctx, int64_t begin, int64_t end) {
  const Passing *t = ctx;
  bool times = t->other && t->c->type == COL_TIME && t->other->type == COL_TIME;
  for (int64_t i = begin; i < end; i++) {
    bool some = col_valid(t->c, i) && (!t->other || col_valid(t->other, i));
    int64_t us;
    double days = 0;
    if (some && times && !__builtin_sub_overflow(t->c->i[i], t->other->i[i], &us)) days = (double)us / DAY_US;
    else if (some) days = days_of(t->c, i) - (t->other ? days_of(t->other, i) : t->days);
    t->out->f[i] = days / t->unit;
  }
}

static ErrCode mark_missing(const Column *other, Column *c, Err *err) {
  for (int64_t i = 0; i < c->n; i++)
    if (!col_valid(other, i) && col_valid(c, i)) TRY(column_set_missing(c, i, err));
  return OK;
}

static ErrCode add_since(Job *job, const DatesOpts *o, const Dates *st, int64_t k, const Since *s, const Frame *x,
                         const Column *c, Arena *a, Frame *made, Err *err) {
  static const double UNITS[] = {1, 7, 365.2425, 1.0 / 24, 1.0 / 1440, 1.0 / 86400};
  const char *name = arena_printf(a, "%s_since_%s", st->in.names.name[k], s->name);
  int j = s->kind == SINCE_COLUMN ? frame_find(x, sv(s->name)) : -1;
  Passing t = {.c = c, .days = s->days, .unit = UNITS[o->unit], .other = j >= 0 ? frame_at(x, j) : NULL};
  bool empty = !is_moment(c->type) || (t.other && !is_moment(t.other->type));
  if (s->kind == SINCE_FIRST)
    t.days = st->in.type[k] == COL_TIME ? (double)st->first[k] / DAY_US : (double)st->first[k];
  if (empty) {
    TRY(column_missing(job, COL_F64, c->n, &t.out, err));
    return step_add("dates", made, name, t.out, err);
  }
  TRY(add_column(job, COL_F64, c, name, made, &t.out, err));
  par_for(job, c->n, STEP_GRAIN, pass_chunk, &t);
  return t.other && t.other->missing ? mark_missing(t.other, t.out, err) : OK;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
static ErrCode apply_column(Job *job, const DatesOpts *o, const Dates *st, const Circle *circle, int64_t k,
                            const Frame *x, const Column *c, Frame *made, Err *err) {
  const char *name = st->in.names.name[k];
  Wanted w;
  Arena a;
  arena_init(&a);
  ErrCode code = want_parts(o, st->in.type[k] == COL_TIME, &w, err);
  if (code == OK && o->keep) code = step_add("dates", made, name, column_ref(c), err);
  if (code == OK) code = add_parts(job, &w, circle, name, c, &a, made, err);
  for (int64_t s = 0; s < st->nsince && code == OK; s++) {
    bool itself = st->since[s].kind == SINCE_COLUMN && strcmp(st->since[s].name, name) == 0;
    if (!itself) code = add_since(job, o, st, k, &st->since[s], x, c, &a, made, err);
  }
  arena_fini(&a);
  return code;
}

static ErrCode dates_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  const Dates *st = state->data;
  Arena a;
  arena_init(&a);
  int *of, *other;
  Circle circle;
  Frame *made = frame_new(frame_nrow(x));
  circle_init(&circle, &a);
  ErrCode code = step_match("dates", x, &st->in, &a, &of, err);
  if (code == OK) code = step_match("dates", x, &st->other, &a, &other, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    code = job_tick(job, j, frame_ncol(x), err);
    if (code == OK && of[j] < 0) code = step_add("dates", made, frame_name(x, j), column_ref(c), err);
    else if (code == OK) code = apply_column(job, opts, st, &circle, of[j], x, c, made, err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void dates_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Dates);
  Dates *st = state->data;
  step_store(s, &st->in);
  step_store(s, &st->other);
  int64_t n = st->in.names.n, nfirst = n, nlast = n;
  store_i64s(s, "first", &st->first, &nfirst);
  store_i64s(s, "last", &st->last, &nlast);
  store_i64(s, "since", &st->nsince);
  if (nfirst != n || nlast != n || st->nsince < 0 || st->nsince > 10000) store_fail(s, "dates that do not fit");
  for (int64_t k = 0; k < n; k++)
    if (!is_moment(st->in.type[k])) store_fail(s, "a column that is no date");
  if (s->err.code != OK) st->nsince = 0;
  if (s->reading) st->since = arena_array(&state->arena, Since, st->nsince);
  for (int64_t k = 0; k < st->nsince; k++) {
    store_i64(s, "kind", &st->since[k].kind);
    store_text(s, "name", &st->since[k].name);
    store_f64(s, "days", &st->since[k].days);
    if (!st->since[k].name) store_fail(s, "a time since without a name");
  }
}

// "2024-01-31", a stored value as a cell.
static const char *print_moment(ColType type, int64_t v, Arena *a) {
  Column c = {.type = type, .n = 1, .i = &v};
  Str s = {0};
  col_format(&c, 0, CELL_EXACT, &s);
  const char *out = arena_strndup(a, str_c(&s), s.n);
  str_fini(&s);
  return out;
}

static const char *print_parts(const DatesOpts *o, const Dates *st, int64_t k, Arena *a) {
  Wanted w;
  Str s = {0};
  if (want_parts(o, st->in.type[k] == COL_TIME, &w, NULL) != OK) return "";
  for (int p = 0; p < NPART; p++)
    if (w.part[p]) str_addf(&s, "%s%s", s.n ? ", " : "", DATE_PARTS[p].name);
  for (int p = 0; p < NPART; p++)
    if (w.cyclic[p]) str_addf(&s, "%s%s on a circle", s.n ? ", " : "", DATE_PARTS[p].name);
  for (int64_t j = 0; j < st->nsince; j++) str_addf(&s, "%ssince %s", s.n ? ", " : "", st->since[j].name);
  const char *out = arena_strndup(a, str_c(&s), s.n);
  str_fini(&s);
  return out;
}

static ErrCode dates_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const Dates *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  const char **first = arena_array(&a, const char *, n), **last = arena_array(&a, const char *, n);
  const char **parts = arena_array(&a, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    first[k] = print_moment(st->in.type[k], st->first[k], &a), last[k] = print_moment(st->in.type[k], st->last[k], &a);
    parts[k] = print_parts(opts, st, k, &a);
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_words(job, card, "first", first, err);
  if (code == OK) code = card_words(job, card, "last", last, err);
  if (code == OK) code = card_words(job, card, "parts", parts, err);
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_dates = {
    .name = "dates",
    .summary = "Turns dates and times into numbers: parts, sine and cosine of parts, time since",
    .source = "checked against pandas 1.5.3, Series.dt, and recipes 1.0.4, step_date; weeks as in ISO 8601",
    .unfit = "years to come, when a model learns from the year itself: none of them was in training",
    .example = "return pipe{prep.dates{'date', parts={'year', 'weekday'}, cyclic={'month'}}}:preview(data "
               "'seattle_weather')",
    .params = PARAMS,
    .opts_size = sizeof(DatesOpts),
    .fit = dates_fit,
    .apply = dates_apply,
    .store = dates_store,
    .card = dates_card,
};
