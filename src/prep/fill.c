// Filling gaps from the rows beside them: the last value before (forward), the next one after (backward), or a
// straight line between the two, in the order of a column and within groups. Nothing is learned but which columns;
// the rows to fill are filled from each other, so training rows never see later ones and later ones never training
// rows. What has no neighbour on the side that is asked for stays missing, for prep.impute{} behind it. A line needs
// both neighbours: it is drawn over the values of `order`, or else over the number of the row. An int column with
// gaps in training becomes real under "linear"; one without stays int and takes rounded values.
#include "prep/lines_int.h"

#include <math.h>

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
// from[i]: the row whose value row i gets, itself when it has one, -1 when there is none.
static void find_sources(const FillOpts *o, const Line *l, const Column *c, int64_t *from) {
  int64_t last = -1, run = 0, limit = o->limit ? o->limit : INT64_MAX;
  for (int64_t k = 0; k < l->n; k++) {
    int64_t i = l->row[o->with == WITH_BACKWARD ? l->n - 1 - k : k];
    if (last >= 0 && !same_group(l, last, i)) last = -1;
    if (!cell_missing(c, i)) last = i, run = 0;
    else run++;
    from[i] = run > limit ? -1 : last;
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

static void draw_lines(const Line *l, const Column *c, double *v) {
  int64_t last = -1;
  for (int64_t k = 0; k < l->n; k++) {
    int64_t i = l->row[k];
    v[i] = cell_missing(c, i) ? NAN : col_f64(c, i);
    if (isnan(v[i])) continue;
    if (last >= 0 && same_group(l, l->row[last], i)) draw_line(l, c, last, k, v);
    last = k;
  }
}

static ErrCode take_line(Job *job, const double *v, ColType type, int64_t n, Column **out, Err *err) {
  TRY(column_new(job, type, n, NULL, out, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    bool none = isnan(v[i]);
    if (type == COL_F64) (*out)->f[i] = none ? 0 : v[i];
    else (*out)->i[i] = none ? 0 : (int64_t)fmax(-0x1p62, fmin(0x1p62, nearbyint(v[i])));
    if (none) code = column_set_missing(*out, i, err);
  }
  if (code != OK) column_unref(*out);
  return code;
}

static ErrCode fill_column(Job *job, const FillOpts *o, const Line *l, const Column *c, bool real, Column **out,
                           Err *err) {
  int64_t first, *from;
  bool linear = o->with == WITH_LINEAR, turns = linear && real && c->type == COL_I64;
  if ((!column_count_missing(c, &first) && !turns) || (linear && c->type == COL_BOOL)) return *out = column_ref(c), OK;
  TRY(step_ints(job, "fill", l->n, &from, err)); // doubles for a line
  ErrCode code = OK;
  if (linear) {
    bool whole = c->type == COL_I64 && !real;
    draw_lines(l, c, (double *)from);
    code = take_line(job, (const double *)from, whole ? COL_I64 : COL_F64, l->n, out, err);
  } else {
    find_sources(o, l, c, from);
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
    .params = PARAMS,
    .opts_size = sizeof(FillOpts),
    .across = true,
    .fit = fill_fit,
    .apply = fill_apply,
    .store = fill_store,
    .card = fill_card,
};
