// Filling gaps from the rows beside them: the last value before (forward), the next one after (backward), or a
// straight line between the two, in the order of a column and within groups. Nothing is learned but which columns;
// the rows to fill are filled from each other, so training rows never see later ones and later ones never training
// rows. What has no neighbour on the side that is asked for stays missing, for prep.impute{} behind it. A line needs
// both neighbours: it is drawn over the values of `order`, or else over the number of the row. An int column with
// gaps in training becomes real under "linear"; one without stays int and takes rounded values.
#include "prep/lines_int.h"

#include "base/pool.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { WITH_FORWARD, WITH_BACKWARD, WITH_LINEAR };

typedef struct FillOpts {
  Names columns, group;
  int with;
  const char *order;
  int64_t limit;
} FillOpts;

typedef struct Fill {
  Learned in, order, group;
  int64_t *missing, *left; // of each column in training: before and after
} Fill;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(FillOpts, columns), .dflt = "",
     .doc =
         "columns to fill: names or \"*\", \"@number\", \"@text\"; none given: all, for with=\"linear\" all numbers"},
    {"with", PARAM_CHOICE, offsetof(FillOpts, with), .dflt = "forward", .choices = "forward|backward|linear",
     .doc = "the last value before the gap, the next one after it, or the line between them"},
    {"order", PARAM_TEXT, offsetof(FillOpts, order), .dflt = "",
     .doc = "column that puts the rows in order, such as a date; not given: as they stand"},
    {"group", PARAM_NAMES, offsetof(FillOpts, group), .dflt = "", .doc = "columns whose values make groups of rows"},
    {"limit", PARAM_INT, offsetof(FillOpts, limit), 0, PARAM_INF, "0",
     .doc = "rows of a gap that are filled at most, forward and backward; 0: all"},
    PARAM_END};

// ---- filling -------------------------------------------------------------------------------------------------------
typedef struct Filling {
  const FillOpts *opts;
  const Line *line;
  const Column *c;
  int64_t *from; // of each row the one whose value it gets, itself when it has one, -1 when there is none
  double *v;     // or its value; NaN = none
} Filling;

static int64_t row_at(const Filling *t, int64_t k) {
  return t->line->row[t->opts->with == WITH_BACKWARD ? t->line->n - 1 - k : k];
}

// A chunk of the line begins by looking back over the gap that it may begin in.
static void find_sources(void *ctx, int64_t begin, int64_t end) {
  const Filling *t = ctx;
  int64_t limit = t->opts->limit ? t->opts->limit : INT64_MAX, k = begin - 1, first = row_at(t, begin);
  while (k >= 0 && same_group(t->line, row_at(t, k), first) && cell_missing(t->c, row_at(t, k))) k--;
  bool found = k >= 0 && same_group(t->line, row_at(t, k), first);
  int64_t last = found ? row_at(t, k) : -1, run = begin - 1 - k;
  for (k = begin; k < end; k++) {
    int64_t i = row_at(t, k);
    if (last >= 0 && !same_group(t->line, last, i)) last = -1;
    if (!cell_missing(t->c, i)) last = i, run = 0;
    else run++;
    t->from[i] = run > limit ? -1 : last;
  }
}

static double place(const Line *l, int64_t k) { return l->order ? col_f64(l->order, l->row[k]) : (double)k; }

// The gap between the places a and b of the line, which have values.
static void draw_line(const Line *l, const Column *c, int64_t a, int64_t b, double *v) {
  double x0 = place(l, a), x1 = place(l, b), y0 = col_f64(c, l->row[a]), y1 = col_f64(c, l->row[b]);
  for (int64_t k = a + 1; k < b; k++) {
    double share = x1 > x0 ? (place(l, k) - x0) / (x1 - x0) : 0;
    v[l->row[k]] = y0 + share * (y1 - y0);
  }
}

static void take_values(void *ctx, int64_t begin, int64_t end) {
  const Filling *t = ctx;
  for (int64_t i = begin; i < end; i++) t->v[i] = cell_missing(t->c, i) ? NAN : col_f64(t->c, i);
}

// The gaps that begin in a chunk of the line, to their ends, wherever those are.
static void draw_lines(void *ctx, int64_t begin, int64_t end) {
  const Filling *t = ctx;
  const Line *l = t->line;
  for (int64_t k = begin > 0 ? begin : 1; k < end; k++) {
    int64_t before = l->row[k - 1], to = k;
    bool begins = cell_missing(t->c, l->row[k]) && !cell_missing(t->c, before) && same_group(l, before, l->row[k]);
    if (!begins) continue;
    while (to < l->n && same_group(l, before, l->row[to]) && cell_missing(t->c, l->row[to])) to++;
    if (to < l->n && same_group(l, before, l->row[to])) draw_line(l, t->c, k - 1, to, t->v);
    k = to - 1;
  }
}

typedef struct Taking {
  const double *v;
  Column *out;
  _Atomic int64_t missing;
} Taking;

static void take_chunk(void *ctx, int64_t begin, int64_t end) { // a multiple of 64 rows
  Taking *t = ctx;
  int64_t missing = 0;
  memset(t->out->valid + begin / 64, 0xFF, (size_t)((end - begin + 63) / 64) * sizeof *t->out->valid);
  for (int64_t i = begin; i < end; i++) {
    bool none = isnan(t->v[i]);
    if (t->out->type == COL_F64) t->out->f[i] = none ? 0 : t->v[i];
    else t->out->i[i] = none ? 0 : (int64_t)fmax(-0x1p62, fmin(0x1p62, nearbyint(t->v[i])));
    if (!none) continue;
    t->out->valid[i >> 6] &= ~(1ull << (i & 63));
    missing++;
  }
  atomic_fetch_add(&t->missing, missing);
}

static ErrCode take_line(Job *job, const double *v, ColType type, int64_t n, Column **out, Err *err) {
  TRY(column_new(job, type, n, NULL, out, err));
  (*out)->valid = mem_new((size_t)(n / 64 + 1) * sizeof *(*out)->valid);
  if (!(*out)->valid) return column_unref(*out), err_set(err, ERR_MEMORY, "prep.fill: no memory for a column");
  Taking t = {.v = v, .out = *out};
  par_for(job, n, STEP_GRAIN, take_chunk, &t);
  (*out)->missing = t.missing;
  if (t.missing) return OK;
  mem_free((*out)->valid);
  (*out)->valid = NULL;
  return OK;
}

static ErrCode fill_column(Job *job, const FillOpts *o, const Line *l, const Column *c, bool real, Column **out,
                           Err *err) {
  int64_t first, *from;
  bool linear = o->with == WITH_LINEAR, turns = linear && real && c->type == COL_I64;
  if ((!column_count_missing(c, &first) && !turns) || (linear && c->type == COL_BOOL)) return *out = column_ref(c), OK;
  TRY(step_ints(job, "fill", l->n, &from, err)); // doubles for a line
  ErrCode code = OK;
  Filling t = {o, l, c, from, (double *)from};
  if (linear) {
    bool whole = c->type == COL_I64 && !real;
    par_for(job, l->n, STEP_GRAIN, take_values, &t);
    par_for(job, l->n, STEP_GRAIN, draw_lines, &t);
    code = take_line(job, (const double *)from, whole ? COL_I64 : COL_F64, l->n, out, err);
  } else {
    par_for(job, l->n, STEP_GRAIN, find_sources, &t);
    code = column_gather(job, c, from, l->n, out, err);
  }
  mem_free(from);
  return code;
}

// ---- fit -----------------------------------------------------------------------------------------------------------
static ErrCode check_column(const FillOpts *o, const char *name, const Column *c, int64_t missing, Err *err) {
  if (missing == c->n)
    return err_set(err, ERR_ARG,
                   "prep.fill: column '%s' has no value in the training rows to fill in with: leave it "
                   "out, d:drop{\"%s\"}",
                   name, name);
  if (o->with != WITH_LINEAR || col_is_number(c)) return OK;
  return err_set(err, ERR_TYPE,
                 "prep.fill: column '%s' is %s, and with=\"linear\" is for numbers: use \"forward\" or "
                 "\"backward\"",
                 name, COLTYPES[c->type].name);
}

static ErrCode learn_column(Job *job, const FillOpts *o, const Line *l, const char *name, const Column *c,
                            int64_t *missing, int64_t *left, Err *err) {
  Column *filled;
  int64_t first;
  *missing = column_count_missing(c, &first);
  TRY(check_column(o, name, c, *missing, err));
  TRY(fill_column(job, o, l, c, true, &filled, err));
  *left = column_count_missing(filled, &first);
  column_unref(filled);
  return OK;
}

static ErrCode check_order(const FillOpts *o, const Fill *st, Err *err) {
  if (o->with != WITH_LINEAR || !st->order.names.n) return OK;
  ColType t = st->order.type[0];
  if (t != COL_CAT && t != COL_TEXT) return OK;
  return err_set(err, ERR_TYPE, "prep.fill: order column '%s' is %s, and with=\"linear\" needs a number or date there",
                 st->order.names.name[0], COLTYPES[t].name);
}

static ErrCode fill_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const FillOpts *o = opts;
  Fill *st = arena_new(&state->arena, Fill);
  int *col;
  Line l;
  const char *dflt = o->with == WITH_LINEAR ? "@number" : "*";
  TRY(step_learn("fill", in->x, &o->columns, dflt, &state->arena, &st->in, &col, err));
  TRY(line_learn("fill", o->order, &o->group, in->x, &state->arena, &st->order, &st->group, err));
  TRY(check_order(o, st, err));
  int64_t n = st->in.names.n;
  st->missing = arena_array(&state->arena, int64_t, n);
  st->left = arena_array(&state->arena, int64_t, n);
  ErrCode code = line_init(job, "fill", &st->order, &st->group, in->x, &state->arena, &l, err);
  for (int64_t k = 0; k < n && code == OK; k++) {
    const Column *c = frame_at(in->x, col[k]);
    code = job_tick(job, k, n, err);
    if (code == OK) code = learn_column(job, o, &l, st->in.names.name[k], c, &st->missing[k], &st->left[k], err);
  }
  line_fini(&l);
  state->data = st;
  return code;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
static ErrCode apply_all(Job *job, const FillOpts *o, const Fill *st, const Frame *x, Arena *a, Frame *made, Err *err) {
  int *of;
  Line l = {0};
  TRY(step_match("fill", x, &st->in, a, &of, err));
  ErrCode code = line_init(job, "fill", &st->order, &st->group, x, a, &l, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    Column *t = NULL;
    code = job_tick(job, j, frame_ncol(x), err);
    if (code != OK) break;
    if (of[j] < 0) t = column_ref(c);
    else code = fill_column(job, o, &l, c, st->missing[of[j]] > 0, &t, err);
    if (code == OK) code = frame_add(made, frame_name(x, j), t, err);
  }
  line_fini(&l);
  return code;
}

static ErrCode fill_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = apply_all(job, opts, state->data, x, &a, made, err);
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void fill_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Fill);
  Fill *st = state->data;
  step_store(s, &st->in);
  step_store(s, &st->order);
  step_store(s, &st->group);
  int64_t n = st->in.names.n, m = n;
  store_i64s(s, "missing", &st->missing, &n);
  store_i64s(s, "left", &st->left, &m);
  if (n == st->in.names.n && m == n && st->order.names.n <= 1) return;
  store_fail(s, "columns that do not fit their counts");
  st->in.names.n = st->order.names.n = 0;
}

static ErrCode fill_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  static const char *const words[] = {"the last value before", "the next value after", "the line between neighbours"};
  const FillOpts *o = opts;
  const Fill *st = state->data;
  Arena a;
  arena_init(&a);
  Frame *card = frame_new(st->in.names.n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_ints(job, card, "missing", st->missing, err);
  if (code == OK) code = card_ints(job, card, "left", st->left, err);
  const char *order = st->order.names.n ? arena_printf(&a, ", in the order of %s", st->order.names.name[0]) : "";
  frame_set_caption(card, arena_printf(&a, "%s%s%s; left: training rows without such a neighbour", words[o->with],
                                       order, st->group.names.n ? ", within groups" : ""));
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_fill = {
    .name = "fill",
    .summary = "Fills gaps from the rows before, after or around them, by order and group",
    .source = "checked against pandas 1.5.3, ffill, bfill and interpolate",
    .unfit = "rows without an order; forecasts, where \"backward\" and \"linear\" look ahead",
    .example = "return pipe{prep.fill{'Ozone', with='linear'}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(FillOpts),
    .across = true,
    .fit = fill_fit,
    .apply = fill_apply,
    .store = fill_store,
    .card = fill_card,
};
