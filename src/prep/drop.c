// Leaving columns out: those that are named, or else those of which no model can learn because they have no value in
// the training rows or the same one in all of them. Learned: which columns; later rows lose the same ones.
#include "prep/prep_int.h"

#include <string.h>

typedef struct DropOpts {
  Names columns;
} DropOpts;

typedef struct Dropped {
  Learned in;
  const char **why; // of each column
} Dropped;

static const Param PARAMS[] = {{"columns", PARAM_NAMES, offsetof(DropOpts, columns), .dflt = "",
                                .doc =
                                    "columns to leave out: names or \"@text\", \"@date\"; none given: those without a "
                                    "value in training, and those with one value in all rows"},
                               PARAM_END};

// ---- fit -----------------------------------------------------------------------------------------------------------
static const char *reason(const DropOpts *o, const Column *c) {
  int64_t first;
  if (column_is_constant(c)) return column_count_missing(c, &first) == c->n ? "no value" : "one value in all rows";
  return o->columns.n ? "named" : NULL;
}

static ErrCode drop_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const DropOpts *o = opts;
  Arena *a = &state->arena;
  Dropped *st = arena_new(a, Dropped);
  Learned all;
  int *col;
  TRY(step_learn("drop", in->x, &o->columns, "*", a, &all, &col, err));
  int64_t n = all.names.n, m = 0;
  st->in = (Learned){{arena_array(a, const char *, n), 0}, arena_array(a, ColType, n)};
  st->why = arena_array(a, const char *, n);
  TRY(job_need(job, n, "prep.drop", err));
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    const char *why = reason(o, frame_at(in->x, col[k]));
    if (!why) continue;
    st->in.names.name[m] = all.names.name[k], st->in.type[m] = all.type[k], st->why[m++] = why;
  }
  st->in.names.n = m;
  if (m > 0 && m == frame_ncol(in->x))
    return err_set(err, ERR_ARG, "prep.drop: no column would be left: name the columns to leave out");
  state->data = st;
  return OK;
}

// ---- apply, store, card --------------------------------------------------------------------------------------------
static ErrCode drop_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  (void)job, (void)opts;
  const Dropped *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("drop", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++)
    if (of[j] < 0) code = frame_add(made, frame_name(x, j), column_ref(frame_at(x, j)), err);
  arena_fini(&a);
  return frame_give(code, made, out);
}

static void drop_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Dropped);
  Dropped *st = state->data;
  step_store(s, &st->in);
  if (s->reading) st->why = arena_array(&state->arena, const char *, st->in.names.n);
  for (int64_t k = 0; k < st->in.names.n; k++) store_text(s, "why", &st->why[k]);
}

static ErrCode drop_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const Dropped *st = state->data;
  Frame *card = frame_new(st->in.names.n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_words(job, card, "why", st->why, err);
  frame_set_caption(card, "columns that are left out");
  return frame_give(code, card, out);
}

const StepType step_drop = {
    .name = "drop",
    .summary = "Leaves out columns that are named, or those of which nothing can be learned",
    .source = "checked against scikit-learn 1.2.1, VarianceThreshold, for the constant columns of bundled data",
    .unfit = "columns that say little: prep.select scores them",
    .example = "return pipe{prep.drop{'name'}}:preview(data 'titanic')",
    .params = PARAMS,
    .opts_size = sizeof(DropOpts),
    .fit = drop_fit,
    .apply = drop_apply,
    .store = drop_store,
    .card = drop_card,
};
