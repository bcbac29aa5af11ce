// Which values are missing, as columns of their own: that a value is missing often tells as much as the value.
// Columns that had missing values in training get <column>_missing; the values stay as they are, so this step stands
// before one that fills them.
#include "prep/prep_int.h"

typedef struct IndicatorOpts {
  Names columns;
  bool all;
} IndicatorOpts;

typedef struct Indicator {
  Learned in;
  int64_t rows, *missing; // in training, of each column
} Indicator;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(IndicatorOpts, columns), .dflt = "",
     .doc = "columns to mark: names or \"*\", \"@number\", \"@text\", \"@missing\"; none given: all"},
    {"all", PARAM_BOOL, offsetof(IndicatorOpts, all), .dflt = "false",
     .doc = "also for columns without missing values in training, whose later rows may have some"},
    PARAM_END};

static ErrCode indicator_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const IndicatorOpts *o = opts;
  Indicator *st = arena_new(&state->arena, Indicator);
  int *col;
  TRY(step_learn("indicator", in->x, &o->columns, "*", &state->arena, &st->in, &col, err));
  int64_t n = st->in.names.n, first;
  st->rows = frame_nrow(in->x);
  st->missing = arena_array(&state->arena, int64_t, n);
  for (int64_t k = 0; k < n; k++) {
    const char *name = st->in.names.name[k];
    TRY(job_tick(job, k, n, err));
    st->missing[k] = column_count_missing(frame_at(in->x, col[k]), &first);
    if (st->missing[k] == st->rows)
      return err_set(err, ERR_ARG,
                     "prep.indicator: column '%s' has no value in the training rows, so its indicator "
                     "would always be true: leave it out, d:drop{\"%s\"}",
                     name, name);
  }
  state->data = st;
  return OK;
}

static ErrCode add_indicator(Job *job, const Column *c, const char *name, Frame *made, Err *err) {
  Column *t;
  TRY(column_new(job, COL_BOOL, c->n, NULL, &t, err));
  for (int64_t i = 0; i < c->n; i++) t->b[i] = cell_missing(c, i);
  return step_add("indicator", made, name, t, err);
}

static ErrCode indicator_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                               Err *err) {
  const IndicatorOpts *o = opts;
  const Indicator *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("indicator", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    const char *name = frame_name(x, j);
    bool marked = of[j] >= 0 && (o->all || st->missing[of[j]]);
    code = job_tick(job, j, frame_ncol(x), err);
    if (code == OK) code = step_add("indicator", made, name, column_ref(c), err);
    if (code == OK && marked) code = add_indicator(job, c, arena_printf(&a, "%s_missing", name), made, err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

static void indicator_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Indicator);
  Indicator *st = state->data;
  step_store(s, &st->in);
  int64_t n = st->in.names.n;
  store_i64(s, "rows", &st->rows);
  store_i64s(s, "missing", &st->missing, &n);
  if (n == st->in.names.n) return;
  store_fail(s, "columns that do not fit their counts");
  st->in.names.n = 0;
}

static ErrCode indicator_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const IndicatorOpts *o = opts;
  const Indicator *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  double *share = arena_array(&a, double, n);
  const char **feature = arena_array(&a, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    share[k] = (double)st->missing[k] / (double)st->rows;
    if (o->all || st->missing[k]) feature[k] = arena_printf(&a, "%s_missing", st->in.names.name[k]);
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_ints(job, card, "missing", st->missing, err);
  if (code == OK) code = card_reals(job, card, "share", share, err);
  if (code == OK) code = card_words(job, card, "feature", feature, err);
  arena_fini(&a);
  frame_set_caption(card, "a column without a feature had no missing values in training");
  return frame_give(code, card, out);
}

const StepType step_indicator = {
    .name = "indicator",
    .summary = "Adds columns that are true where a value is missing",
    .source = "checked against scikit-learn 1.2.1, MissingIndicator, and recipes 1.0.4, step_indicate_na",
    .unfit = "values that are missing by pure chance, where it only adds noise",
    .example = "return pipe{prep.indicator{'age'}}:preview(data 'titanic')",
    .params = PARAMS,
    .opts_size = sizeof(IndicatorOpts),
    .fit = indicator_fit,
    .apply = indicator_apply,
    .store = indicator_store,
    .card = indicator_card,
};
