// One-hot encoding: a column of words becomes one 0/1 column for each level, <column>_<level>, in its place. Levels are
// those of the training rows, sorted: numbers by value when every level is one, else bytewise. A category's dictionary
// has no say, for it may hold words of other rows. Levels rarer than min_frequency share <column>_other, after the
// rest; drop leaves out the first column of the group. A level that training did not have is all zeros.
// Representation: `place` gives each level its column in the group, or -1 for the dropped one; the columns are names
// in `feature`, so that apply and card need no options but `missing` and `unknown`.
#include "base/pool.h"
#include "prep/levels_int.h"

#include <string.h>

enum { DROP_NONE, DROP_FIRST, DROP_BINARY };
enum { UNKNOWN_ZERO, UNKNOWN_ERROR };
enum { NOWHERE = -1, FILL = 1 << 14 };

typedef struct OnehotOpts {
  Names columns;
  int drop;
  int64_t min_frequency;
  int unknown;
  int64_t max_levels;
  bool missing;
} OnehotOpts;

typedef struct Levels {
  Names level;    // sorted
  int64_t *count; // rows of each in training
  int64_t *place; // of each: index into feature, or -1
  Names feature;  // new columns
} Levels;

typedef struct Onehot {
  Learned in;
  Levels *levels; // of each learned column
} Onehot;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(OnehotOpts, columns), .dflt = "",
     .doc = "columns to encode: names or \"@text\", \"@category\"; none given: every category and text column"},
    {"drop", PARAM_CHOICE, offsetof(OnehotOpts, drop), .dflt = "none", .choices = "none|first|binary",
     .doc = "leave out the first level of every column, or of columns with two levels"},
    {"min_frequency", PARAM_INT, offsetof(OnehotOpts, min_frequency), 1, PARAM_INF, "1",
     .doc = "levels with fewer training rows share <column>_other"},
    {"unknown", PARAM_CHOICE, offsetof(OnehotOpts, unknown), .dflt = "zero", .choices = "zero|error",
     .doc = "a level that training did not have: zeros in all columns, or an error"},
    {"max_levels", PARAM_INT, offsetof(OnehotOpts, max_levels), 1, 1e6, "1000",
     .doc = "most new columns that one column may give"},
    {"missing", PARAM_BOOL, offsetof(OnehotOpts, missing), .dflt = "false",
     .doc = "accept missing values: zeros, and 1 in <column>_missing"},
    PARAM_END};

// ---- fit -----------------------------------------------------------------------------------------------------------
// Lays out the group: levels of their own, then the one for rare levels, less the one that drop leaves out.
static void place_levels(const OnehotOpts *o, const char *name, Levels *v, Arena *a) {
  int64_t own = 0, n = v->level.n;
  for (int64_t k = 0; k < n; k++) own += v->count[k] >= o->min_frequency;
  int64_t group = own + (own < n);
  int64_t gone = o->drop == DROP_FIRST || (o->drop == DROP_BINARY && group == 2);
  v->place = arena_array(a, int64_t, n);
  v->feature = (Names){arena_array(a, const char *, group), 0};
  for (int64_t k = 0, at = 0; k < n; k++) {
    bool rare = v->count[k] < o->min_frequency;
    v->place[k] = (rare ? own : at++) - gone;
    if (!rare && v->place[k] >= 0) v->feature.name[v->place[k]] = arena_printf(a, "%s_%s", name, v->level.name[k]);
  }
  v->feature.n = group ? group - gone : 0;
  if (own < n && own >= gone) v->feature.name[own - gone] = arena_printf(a, "%s_other", name);
}

static ErrCode check_missing(const OnehotOpts *o, const char *name, const Column *c, Err *err) {
  int64_t first, n = column_count_missing(c, &first);
  if (n == 0 || o->missing) return OK;
  return err_set(err, ERR_ARG, "prep.onehot: column '%s' has %lld missing value%s (first in row %lld): put "
                 "prep.impute{} before prep.onehot, or give missing=true", name, (long long)n, n == 1 ? "" : "s",
                 (long long)first + 1);
}

static ErrCode check_size(const OnehotOpts *o, const char *name, const Levels *v, Err *err) {
  if (v->feature.n <= o->max_levels) return OK;
  return err_set(err, ERR_ARG, "prep.onehot: column '%s' would give %lld columns, max_levels is %lld: leave it out, "
                 "d:drop{\"%s\"}, or raise min_frequency or max_levels", name, (long long)v->feature.n,
                 (long long)o->max_levels, name);
}

static ErrCode learn_levels(Job *job, const OnehotOpts *o, const char *name, const Column *c, Arena *a, Levels *out,
                            Err *err) {
  Codes codes;
  LevelSet set;
  TRY(check_missing(o, name, c, err));
  TRY(codes_init(job, "onehot", c, &codes, err));
  ErrCode code = levels_take("onehot", name, &codes, a, &set, err);
  codes_fini(&codes);
  if (code != OK) return code;
  out->level = set.level, out->count = set.count;
  place_levels(o, name, out, a);
  return check_size(o, name, out, err);
}

static ErrCode onehot_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const Frame *x = in->x;
  const OnehotOpts *o = opts;
  Onehot *st = arena_new(&state->arena, Onehot);
  int *col;
  TRY(step_learn("onehot", x, &o->columns, "@text", &state->arena, &st->in, &col, err));
  int64_t n = st->in.names.n;
  st->levels = arena_array(&state->arena, Levels, n);
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    TRY(learn_levels(job, o, st->in.names.name[k], frame_at(x, col[k]), &state->arena, &st->levels[k], err));
  }
  state->data = st;
  return OK;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
typedef struct Group { // of one column on its way to 0/1 columns
  Job *job;
  const OnehotOpts *opts;
  const char *name;
  const Column *col;
  const Levels *levels;
  Codes codes;
  int64_t *place;   // of each word, the missing one before them: its column, or NOWHERE
  uint8_t **column; // those of the levels, and behind them that of missing values
  int64_t ncolumn;
} Group;

static ErrCode place_words(Group *g, Arena *a, Err *err) {
  const Levels *v = g->levels;
  const int64_t *level = levels_place(&v->level, &g->codes, a);
  g->place = arena_array(a, int64_t, g->codes.n + 1);
  *g->place++ = g->opts->missing ? v->feature.n : NOWHERE;
  for (int64_t w = 0; w < g->codes.n; w++) {
    g->place[w] = level[w] < 0 ? NOWHERE : v->place[level[w]];
    if (level[w] < 0 && g->codes.count[w] && g->opts->unknown == UNKNOWN_ERROR)
      return levels_refuse("onehot", g->name, &g->codes, w,
                           "which the training rows did not have: unknown=\"zero\" would give it zeros", err);
  }
  return OK;
}

static void fill_chunk(void *ctx, int64_t begin, int64_t end) {
  const Group *g = ctx;
  for (int64_t k = 0; k < g->ncolumn; k++) memset(g->column[k] + begin, 0, (size_t)(end - begin));
  for (int64_t i = begin; i < end; i++) {
    int64_t place = g->place[codes_at(&g->codes, i)];
    if (place >= 0) g->column[place][i] = 1;
  }
}

static ErrCode add_columns(Group *g, Arena *a, Frame *made, Err *err) {
  const Names *feature = &g->levels->feature;
  g->ncolumn = feature->n + g->opts->missing;
  g->column = arena_array(a, uint8_t *, g->ncolumn);
  TRY(job_need(g->job, g->col->n * g->ncolumn, "prep.onehot", err));
  for (int64_t k = 0; k < g->ncolumn; k++) {
    Column *c;
    const char *name = k < feature->n ? feature->name[k] : arena_printf(a, "%s_missing", g->name);
    TRY(column_new(g->job, COL_BOOL, g->col->n, NULL, &c, err));
    g->column[k] = c->b;
    TRY(step_add("onehot", made, name, c, err));
  }
  par_for(g->job, g->col->n, FILL, fill_chunk, g);
  return OK;
}

static ErrCode apply_group(Group *g, Frame *made, Err *err) {
  TRY(check_missing(g->opts, g->name, g->col, err));
  TRY(codes_init(g->job, "onehot", g->col, &g->codes, err));
  Arena a;
  arena_init(&a);
  ErrCode code = place_words(g, &a, err);
  if (code == OK) code = add_columns(g, &a, made, err);
  arena_fini(&a);
  codes_fini(&g->codes);
  return code;
}

static ErrCode onehot_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  const Onehot *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("onehot", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    Group g = {.job = job, .opts = opts, .name = frame_name(x, j), .col = c};
    if (of[j] < 0) {
      code = step_add("onehot", made, g.name, column_ref(c), err);
    } else {
      g.levels = &st->levels[of[j]];
      code = apply_group(&g, made, err);
    }
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_levels(Store *s, Levels *v) {
  int64_t ncount = v->level.n, nplace = v->level.n;
  store_names(s, "levels", &v->level);
  store_i64s(s, "counts", &v->count, &ncount);
  store_i64s(s, "places", &v->place, &nplace);
  store_names(s, "features", &v->feature);
  bool fits = ncount == v->level.n && nplace == v->level.n;
  for (int64_t k = 0; k < v->level.n && fits; k++) fits = v->place[k] >= -1 && v->place[k] < v->feature.n;
  if (!fits) store_fail(s, "levels, counts and places that do not fit each other");
}

static void onehot_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Onehot);
  Onehot *st = state->data;
  step_store(s, &st->in);
  int64_t n = st->in.names.n;
  if (s->reading) st->levels = arena_array(&state->arena, Levels, n);
  for (int64_t k = 0; k < n; k++) store_levels(s, &st->levels[k]);
}

static ErrCode onehot_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const Onehot *st = state->data;
  int64_t n = 0, at = 0;
  for (int64_t k = 0; k < st->in.names.n; k++) n += st->levels[k].level.n;
  Arena a;
  arena_init(&a);
  const char **column = arena_array(&a, const char *, n), **level = arena_array(&a, const char *, n);
  const char **feature = arena_array(&a, const char *, n);
  int64_t *count = arena_array(&a, int64_t, n);
  for (int64_t k = 0; k < st->in.names.n; k++) {
    const Levels *v = &st->levels[k];
    for (int64_t l = 0; l < v->level.n; l++, at++) {
      column[at] = st->in.names.name[k], level[at] = v->level.name[l], count[at] = v->count[l];
      feature[at] = v->place[l] >= 0 ? v->feature.name[v->place[l]] : NULL;
    }
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", column, err);
  if (code == OK) code = card_words(job, card, "level", level, err);
  if (code == OK) code = card_ints(job, card, "n", count, err);
  if (code == OK) code = card_words(job, card, "feature", feature, err);
  arena_fini(&a);
  frame_set_caption(card, "a level without a feature was dropped: it is the one with zeros in all columns");
  return frame_give(code, card, out);
}

const StepType step_onehot = {
    .name = "onehot",
    .summary = "Turns each level of category and text columns into a column of true and false",
    .source = "checked against scikit-learn 1.2.1, OneHotEncoder, and recipes 1.0.4, step_dummy",
    .unfit = "columns with many levels (names, codes): they give many columns with few ones; trees split them slowly",
    .unseen = "zeros in all columns of its own; unknown=\"error\" refuses it",
    .example = "return pipe{prep.onehot{'sex', 'passengerClass', drop='first'}}:preview(data 'titanic')",
    .params = PARAMS,
    .opts_size = sizeof(OnehotOpts),
    .fit = onehot_fit,
    .apply = onehot_apply,
    .store = onehot_store,
    .card = onehot_card,
};
