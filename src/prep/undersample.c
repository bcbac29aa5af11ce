// Undersampling: of larger classes so many rows are drawn, without replacement, that the smallest class has the share
// asked for. Rows stay in their order.
#include "prep/balance_int.h"

#include "base/rng.h"
#include "frame/verbs.h"

typedef struct UnderOpts {
  double ratio;
} UnderOpts;

static const Param PARAMS[] = {BALANCE_RATIO(UnderOpts), PARAM_END};

static ErrCode undersample_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const UnderOpts *o = opts;
  Balance *b;
  TRY(job_tick(job, 0, 1, err));
  TRY(balance_fit("undersample", in, &state->arena, &b, err));
  balance_cut(b, o->ratio);
  state->data = b;
  return OK;
}

BALANCE_SLOTS(undersample)

static ErrCode draw_rows(Job *job, const Balance *b, const StepIn *in, StepRows *out, Err *err) {
  int64_t n = frame_nrow(in->x), m = 0, *first, *row;
  Arena a;
  arena_init(&a);
  ErrCode code = balance_rows(job, "undersample", in, b, &a, &first, &row, err);
  if (code == OK) code = job_need(job, n, "prep.undersample", err);
  if (code == OK) code = balance_source(job, "undersample", balance_total(b), out, err);
  bool *stays = code == OK ? arena_array(&a, bool, n) : NULL;
  for (int64_t k = 0; k < b->level.n && code == OK; k++) {
    RngKey key = rng_key(rng_u64(rng_key(in->seed, "undersample"), (uint64_t)k, 0), "class");
    if (b->after[k] < b->rows[k]) rng_shuffle(key, row + first[k], b->rows[k]);
    for (int64_t j = 0; j < b->after[k]; j++) stays[row[first[k] + j]] = true;
  }
  for (int64_t i = 0; i < n && code == OK; i++)
    if (stays[i]) out->source[m++] = i;
  arena_fini(&a);
  return code;
}

static ErrCode undersample_train(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out,
                                 Err *err) {
  const Balance *b = state->data;
  if (balance_total(b) == frame_nrow(in->x)) return undersample_apply(job, opts, state, in->x, &out->x, err);
  ErrCode code = draw_rows(job, b, in, out, err);
  if (code == OK) code = frame_gather(job, in->x, out->source, balance_total(b), &out->x, err);
  if (code != OK) mem_free(out->source), out->source = NULL;
  return code;
}

static ErrCode undersample_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  return balance_card(job, state, "rows of larger classes are left out", NULL, out, err);
}

const StepType step_undersample = {
    .name = "undersample",
    .summary = "Leaves out rows of larger classes, in training, until the classes are balanced",
    .source = "Japkowicz and Stephen 2002, The class imbalance problem; He and Garcia 2009",
    .unfit = "small tables, of which it throws away what was known; probabilities, which it shifts; see help imbalance",
    .example = "return pipe{prep.undersample{}}:preview(data 'credit', 'Status')",
    .params = PARAMS,
    .opts_size = sizeof(UnderOpts),
    .rows = true,
    .fit = undersample_fit,
    .apply = undersample_apply,
    .train = undersample_train,
    .store = balance_store,
    .card = undersample_card,
};
