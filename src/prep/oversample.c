// Oversampling: rows of smaller classes are drawn again, with replacement, until their class has the share asked for.
// No column changes and no row goes, so weights of classes do nearly the same without the copies.
#include "prep/balance_int.h"

#include "base/rng.h"
#include "frame/verbs.h"

typedef struct OverOpts {
  double ratio;
} OverOpts;

static const Param PARAMS[] = {BALANCE_RATIO(OverOpts), PARAM_END};

static ErrCode oversample_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const OverOpts *o = opts;
  Balance *b;
  TRY(job_tick(job, 0, 1, err));
  TRY(balance_fit("oversample", in, &state->arena, &b, err));
  balance_raise(b, o->ratio);
  state->data = b;
  return OK;
}

BALANCE_SLOTS(oversample)

static ErrCode draw_rows(Job *job, const Balance *b, const StepIn *in, StepRows *out, Err *err) {
  int64_t n = frame_nrow(in->x), at = n, *first, *row;
  RngKey key = rng_key(in->seed, "oversample");
  Arena a;
  arena_init(&a);
  ErrCode code = balance_rows(job, "oversample", in, b, &a, &first, &row, err);
  if (code == OK) code = balance_source(job, "oversample", balance_total(b), out, err);
  for (int64_t i = 0; i < n && code == OK; i++) out->source[i] = i;
  for (int64_t k = 0; k < b->level.n && code == OK; k++)
    for (int64_t j = b->rows[k]; j < b->after[k]; j++)
      out->source[at++] = row[first[k] + rng_below(key, (uint64_t)k, (uint64_t)j, b->rows[k])];
  arena_fini(&a);
  return code;
}

static ErrCode oversample_train(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out,
                                Err *err) {
  const Balance *b = state->data;
  if (balance_total(b) == frame_nrow(in->x)) return oversample_apply(job, opts, state, in->x, &out->x, err);
  ErrCode code = draw_rows(job, b, in, out, err);
  if (code == OK) code = frame_gather(job, in->x, out->source, balance_total(b), &out->x, err);
  if (code != OK) mem_free(out->source), out->source = NULL;
  return code;
}

static ErrCode oversample_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  return balance_card(job, state, "rows of smaller classes are drawn again", NULL, out, err);
}

const StepType step_oversample = {
    .name = "oversample",
    .summary = "Draws rows of smaller classes again, in training, until the classes are balanced",
    .source = "Japkowicz and Stephen 2002, The class imbalance problem; He and Garcia 2009",
    .unfit = "probabilities, which it shifts, and trees, which learn the copies by heart; see help imbalance",
    .example = "return pipe{prep.oversample{}}:preview(data 'credit', 'Status')",
    .params = PARAMS,
    .opts_size = sizeof(OverOpts),
    .rows = true,
    .fit = oversample_fit,
    .apply = oversample_apply,
    .train = oversample_train,
    .store = balance_store,
    .card = oversample_card,
};
