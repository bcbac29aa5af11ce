// Leaving out what has too many missing values: first columns, on training and on later rows, then training rows by
// what is missing in the columns that are left; rows to predict always stay. Rows are rarely incomplete by chance, so
// the card shows how the classes (or the mean of the target) shift when they go.
#include "prep/prep_int.h"

#include "base/pool.h"
#include "frame/verbs.h"

#include <math.h>
#include <string.h>

typedef struct DropOpts {
  double rows, columns;
  Names among;
} DropOpts;

typedef struct Drop {
  Learned in;
  int64_t *missing;   // of each learned column, in training
  int64_t *gone;      // of each, 1 when it is left out
  int64_t rows, left; // training rows before and after
  Names level;        // classes, and their rows before and after
  int64_t *before, *after;
  double mean, mean_left; // of a target that is a number
} Drop;

static const Param PARAMS[] = {
    {"rows", PARAM_REAL, offsetof(DropOpts, rows), 0, 1, "0.5",
     .doc = "training rows with more than this share of missing values are left out; 0: any, 1: none"},
    {"columns", PARAM_REAL, offsetof(DropOpts, columns), 0, 1, "0.5",
     .doc = "columns with more than this share of missing values in training are left out; 0: any, 1: none"},
    {"among", PARAM_NAMES, offsetof(DropOpts, among), .dflt = "",
     .doc = "columns to look at: names or \"*\", \"@number\", \"@text\"; none given: all"},
    PARAM_END};

// ---- fit -----------------------------------------------------------------------------------------------------------
typedef struct Counting {
  const Drop *st;
  const Frame *x;
  const int *col;
  int32_t *count;
} Counting;

static void count_chunk(void *ctx, int64_t begin, int64_t end) {
  const Counting *t = ctx;
  memset(t->count + begin, 0, (size_t)(end - begin) * sizeof *t->count);
  for (int64_t k = 0; k < t->st->in.names.n; k++) {
    const Column *c = frame_at(t->x, t->col[k]);
    if (t->st->gone[k] || (!c->missing && c->type != COL_F64)) continue;
    for (int64_t i = begin; i < end; i++) t->count[i] += cell_missing(c, i);
  }
}

// missing[i]: of row i, in the learned columns that stay. mem_free.
static ErrCode count_rows(Job *job, const Drop *st, const Frame *x, const int *col, int32_t **missing, Err *err) {
  int64_t n = frame_nrow(x);
  TRY(job_need(job, n * (int64_t)sizeof **missing, "prep.drop_missing", err));
  int32_t *count = mem_new((size_t)n * sizeof *count);
  if (!count) return err_set(err, ERR_MEMORY, "prep.drop_missing: no memory for %lld rows", (long long)n);
  par_for(job, n, STEP_GRAIN, count_chunk, &(Counting){st, x, col, count});
  *missing = count;
  return OK;
}

static int64_t columns_left(const Drop *st) {
  int64_t n = 0;
  for (int64_t k = 0; k < st->in.names.n; k++) n += !st->gone[k];
  return n;
}

static bool too_many(int64_t missing, int64_t of, double share) {
  return (double)missing > share * (double)of * (1 + 1e-12); // 0.3 of 10 is 3, whatever the rounding
}

static void learn_shift(const DropOpts *o, const StepIn *in, const int32_t *missing, Drop *st) {
  int64_t p = columns_left(st);
  for (int64_t i = 0; i < st->rows; i++) {
    bool stays = !too_many(missing[i], p, o->rows);
    st->left += stays;
    if (!in->y || !st->level.n) continue;
    st->before[(int64_t)in->y[i]]++;
    st->after[(int64_t)in->y[i]] += stays;
  }
}

static ErrCode learn_means(Job *job, const DropOpts *o, const StepIn *in, const int32_t *missing, Drop *st, Err *err) {
  int64_t p = columns_left(st), m = 0;
  if (!in->y || st->level.n || st->left == 0) return OK;
  TRY(job_need(job, st->left * (int64_t)sizeof(double), "prep.drop_missing", err));
  double *y = mem_new((size_t)st->left * sizeof *y);
  if (!y) return err_set(err, ERR_MEMORY, "prep.drop_missing: no memory for the target");
  for (int64_t i = 0; i < st->rows; i++)
    if (!too_many(missing[i], p, o->rows)) y[m++] = in->y[i];
  st->mean = moments_f64(job, in->y, st->rows).mean;
  st->mean_left = moments_f64(job, y, m).mean;
  mem_free(y);
  return OK;
}

static void copy_levels(const Names *levels, Arena *a, Drop *st) {
  int64_t n = levels ? levels->n : 0;
  st->level = (Names){arena_array(a, const char *, n), n};
  st->before = arena_array(a, int64_t, n);
  st->after = arena_array(a, int64_t, n);
  for (int64_t k = 0; k < n; k++) st->level.name[k] = arena_strdup(a, levels->name[k]);
}

static ErrCode drop_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const DropOpts *o = opts;
  Drop *st = arena_new(&state->arena, Drop);
  int *col;
  int32_t *missing;
  TRY(step_learn("drop_missing", in->x, &o->among, "*", &state->arena, &st->in, &col, err));
  int64_t n = st->in.names.n, first;
  st->rows = frame_nrow(in->x), st->mean = st->mean_left = NAN;
  st->missing = arena_array(&state->arena, int64_t, n);
  st->gone = arena_array(&state->arena, int64_t, n);
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    st->missing[k] = column_count_missing(frame_at(in->x, col[k]), &first);
    st->gone[k] = too_many(st->missing[k], st->rows, o->columns);
  }
  if (n && n == frame_ncol(in->x) && !columns_left(st))
    return err_set(err, ERR_ARG,
                   "prep.drop_missing: all %lld columns have more than %g of their values missing, so "
                   "none would be left: raise columns",
                   (long long)n, o->columns);
  copy_levels(in->levels, &state->arena, st);
  TRY(count_rows(job, st, in->x, col, &missing, err));
  learn_shift(o, in, missing, st);
  ErrCode code = learn_means(job, o, in, missing, st, err);
  mem_free(missing);
  state->data = st;
  return code;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
static ErrCode drop_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  (void)opts;
  const Drop *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("drop_missing", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    code = job_tick(job, j, frame_ncol(x), err);
    if (code != OK || (of[j] >= 0 && st->gone[of[j]])) continue;
    code = frame_add(made, frame_name(x, j), column_ref(frame_at(x, j)), err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

static ErrCode keep_rows(Job *job, const DropOpts *o, const Drop *st, const Frame *x, const int *col, int64_t *row,
                         int64_t *m, Err *err) {
  int32_t *missing;
  int64_t p = columns_left(st);
  TRY(count_rows(job, st, x, col, &missing, err));
  for (int64_t i = 0; i < frame_nrow(x); i++)
    if (!too_many(missing[i], p, o->rows)) row[(*m)++] = i;
  mem_free(missing);
  if (*m) return OK;
  return err_set(err, ERR_ARG,
                 "prep.drop_missing: every training row has more than %g of its values missing, so none "
                 "would be left: raise rows, or lower columns",
                 o->rows);
}

static ErrCode drop_rows(Job *job, const DropOpts *o, const Drop *st, const Frame *x, const Frame *kept, StepRows *out,
                         Err *err) {
  int64_t n = frame_nrow(x), m = 0;
  Arena a;
  arena_init(&a);
  int *of, *col = arena_array(&a, int, st->in.names.n);
  ErrCode code = step_match("drop_missing", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++)
    if (of[j] >= 0) col[of[j]] = j;
  if (code == OK) code = job_need(job, n * (int64_t)sizeof *out->source, "prep.drop_missing", err);
  if (code == OK) out->source = mem_new((size_t)n * sizeof *out->source);
  if (code == OK && !out->source) code = err_set(err, ERR_MEMORY, "prep.drop_missing: no memory for rows");
  if (code == OK) code = keep_rows(job, o, st, x, col, out->source, &m, err);
  if (code == OK) code = frame_gather(job, kept, out->source, m, &out->x, err);
  if (code != OK) mem_free(out->source), out->source = NULL;
  arena_fini(&a);
  return code;
}

static ErrCode drop_train(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out,
                          Err *err) {
  const Drop *st = state->data;
  Frame *kept;
  TRY(drop_apply(job, opts, state, in->x, &kept, err));
  if (st->left == st->rows) return out->x = kept, OK;
  ErrCode code = drop_rows(job, opts, st, in->x, kept, out, err);
  frame_unref(kept);
  return code;
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void drop_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Drop);
  Drop *st = state->data;
  step_store(s, &st->in);
  int64_t n = st->in.names.n, nmissing = n, ngone = n, before = st->level.n, after = st->level.n;
  store_i64s(s, "missing", &st->missing, &nmissing);
  store_i64s(s, "gone", &st->gone, &ngone);
  store_i64(s, "rows", &st->rows);
  store_i64(s, "left", &st->left);
  store_names(s, "classes", &st->level);
  store_i64s(s, "before", &st->before, &before);
  store_i64s(s, "after", &st->after, &after);
  store_f64(s, "mean", &st->mean);
  store_f64(s, "mean_left", &st->mean_left);
  if (nmissing == n && ngone == n && before == st->level.n && after == before) return;
  store_fail(s, "columns and classes that do not fit their counts");
  st->in.names.n = st->level.n = 0;
}

typedef struct CardRows {
  const char **what, **name, **note;
  int64_t *n, at;
  double *share, *after;
} CardRows;

static void add_row(CardRows *c, const char *what, const char *name, int64_t n, double share, double after,
                    const char *note) {
  int64_t i = c->at++;
  c->what[i] = what, c->name[i] = name, c->note[i] = note;
  c->n[i] = n, c->share[i] = share, c->after[i] = after;
}

static void list_rows(const Drop *st, CardRows *c) {
  double rows = (double)st->rows, left = (double)st->left;
  for (int64_t k = 0; k < st->in.names.n; k++)
    add_row(c, "missing", st->in.names.name[k], st->missing[k], (double)st->missing[k] / rows, NAN,
            st->gone[k] ? "left out" : NULL);
  if (st->left == st->rows) return;
  for (int64_t k = 0; k < st->level.n; k++)
    add_row(c, "class", st->level.name[k], st->before[k], (double)st->before[k] / rows, (double)st->after[k] / left,
            st->after[k] ? NULL : "no row left");
  if (!isnan(st->mean)) add_row(c, "target", "mean", st->rows, st->mean, st->mean_left, NULL);
}

static ErrCode drop_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const DropOpts *o = opts;
  const Drop *st = state->data;
  int64_t n = st->in.names.n + st->level.n + 1;
  Arena a;
  arena_init(&a);
  CardRows c = {arena_array(&a, const char *, n),
                arena_array(&a, const char *, n),
                arena_array(&a, const char *, n),
                arena_array(&a, int64_t, n),
                0,
                arena_array(&a, double, n),
                arena_array(&a, double, n)};
  list_rows(st, &c);
  Frame *card = frame_new(c.at);
  ErrCode code = card_words(job, card, "what", c.what, err);
  if (code == OK) code = card_words(job, card, "name", c.name, err);
  if (code == OK) code = card_ints(job, card, "n", c.n, err);
  if (code == OK) code = card_reals(job, card, "share", c.share, err);
  if (code == OK) code = card_reals(job, card, "after", c.after, err);
  if (code == OK) code = card_words(job, card, "note", c.note, err);
  frame_set_caption(card, arena_printf(&a,
                                       "%lld of %lld columns left out; %lld of %lld training rows left out, with "
                                       "more than %g of their values missing; after: the share without them",
                                       (long long)(st->in.names.n - columns_left(st)), (long long)st->in.names.n,
                                       (long long)(st->rows - st->left), (long long)st->rows, o->rows));
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_drop_missing = {
    .name = "drop_missing",
    .summary = "Leaves out columns and, in training, rows with too many missing values",
    .source =
        "checked against pandas 1.5.3, DataFrame.dropna; Little and Rubin, Statistical Analysis with Missing Data",
    .unfit = "rows that are incomplete for a reason: those left are another population, and the card shows how",
    .example = "return pipe{prep.drop_missing{rows=0}}:preview(data 'titanic', 'survived')",
    .params = PARAMS,
    .opts_size = sizeof(DropOpts),
    .fit = drop_fit,
    .apply = drop_apply,
    .train = drop_train,
    .store = drop_store,
    .card = drop_card,
};
