// Frequency encoding: each level becomes its share of the training rows, or how many they were. Missing values are a
// level of their own, and levels that training did not have come to 0.
#include "prep/levels_int.h"

enum { AS_SHARE, AS_COUNT };

typedef struct FrequencyOpts {
  Names columns;
  int as;
} FrequencyOpts;

typedef struct Frequency {
  Encoded base;
  int64_t rows; // of training
} Frequency;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(FrequencyOpts, columns), .dflt = "",
     .doc = "columns to encode: names or \"@text\", \"@category\"; none given: every category and text column"},
    {"as", PARAM_CHOICE, offsetof(FrequencyOpts, as), .dflt = "share", .choices = "share|count",
     .doc = "the share of the training rows that have the level, or their number"},
    PARAM_END};

typedef struct Encoding {
  const FrequencyOpts *opts;
  const Frequency *st;
} Encoding;

static double number_of(const Encoding *t, int64_t count) {
  return t->opts->as == AS_COUNT ? (double)count : (double)count / (double)t->st->rows;
}

static ErrCode encode(Job *job, const void *ctx, int64_t k, const Codes *codes, Arena *a, Frame *made, Err *err) {
  const Encoding *t = ctx;
  const LevelSet *v = &t->st->base.set[k];
  double *value = arena_array(a, double, codes->n + 1);
  const int64_t *place = levels_place(&v->level, codes, a);
  Column *c;
  *value++ = number_of(t, v->missing);
  for (int64_t w = 0; w < codes->n; w++) value[w] = place[w] < 0 ? 0 : number_of(t, v->count[place[w]]);
  TRY(levels_column(job, t->opts->as == AS_COUNT ? COL_I64 : COL_F64, codes, value, &c, err));
  return step_add("frequency", made, t->st->base.in.names.name[k], c, err);
}

static ErrCode frequency_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const FrequencyOpts *o = opts;
  Frequency *st = arena_new(&state->arena, Frequency);
  st->rows = frame_nrow(in->x);
  TRY(encode_fit(job, "frequency", &o->columns, in, &state->arena, &st->base, err));
  state->data = st;
  return OK;
}

static ErrCode frequency_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                               Err *err) {
  const Frequency *st = state->data;
  return encode_apply(job, "frequency", &st->base, encode, &(Encoding){opts, st}, x, out, err);
}

static void frequency_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Frequency);
  Frequency *st = state->data;
  store_i64(s, "rows", &st->rows);
  encode_store(s, &st->base);
  if (st->rows < 1) store_fail(s, "no training rows");
}

static ErrCode frequency_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const Frequency *st = state->data;
  Frame *card;
  TRY(encode_card(job, &st->base, &card, err));
  int64_t n = frame_nrow(card);
  const Column *count = frame_at(card, 2);
  Arena a;
  arena_init(&a);
  double *share = arena_array(&a, double, n);
  for (int64_t i = 0; i < n; i++) share[i] = (double)count->i[i] / (double)st->rows;
  ErrCode code = card_reals(job, card, "share", share, err);
  arena_fini(&a);
  frame_set_caption(card, "levels that training did not have become 0");
  return frame_give(code, card, out);
}

const StepType step_frequency = {
    .name = "frequency",
    .summary = "Turns the levels of a column into how often they are in the training rows",
    .source = "checked against pandas 1.5.3, value_counts",
    .unfit = "levels that are equally frequent, which become the same number",
    .unseen = "0",
    .example = "return pipe{prep.frequency{'zip', 'city'}}:preview(data 'sacramento_homes')",
    .params = PARAMS,
    .opts_size = sizeof(FrequencyOpts),
    .fit = frequency_fit,
    .apply = frequency_apply,
    .store = frequency_store,
    .card = frequency_card,
};
