// Feature hashing: every "column=level" goes to one of n_features columns by a hash, with a sign of its own, so that
// levels that meet in a column cancel out on the average; nothing is learned, and new levels need no policy. The hash
// is MurmurHash3 (x86, 32 bits, seed 0) of the bytes of "column=level", the same on every machine: its absolute value
// modulo n_features is the place, and its sign the sign, as in scikit-learn's FeatureHasher. A missing value adds
// nothing. O(n) a column: a text is hashed once a distinct word.
// Reference: Weinberger et al., Feature hashing for large scale multitask learning, ICML 2009.
#include "prep/levels_int.h"

#include "base/pool.h"

#include <string.h>

enum { FEATURES_MOST = 1 << 12 };

typedef struct HashOpts {
  Names columns;
  int64_t features;
  bool sign;
  const char *prefix;
} HashOpts;

typedef struct Hash {
  Learned in;
} Hash;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(HashOpts, columns), .dflt = "",
     .doc = "columns to encode: names or \"@text\", \"@category\"; none given: every category and text column"},
    {"n_features", PARAM_INT, offsetof(HashOpts, features), 1, FEATURES_MOST, "32",
     .doc = "how many new columns all of them share; fewer mean that more levels meet"},
    {"sign", PARAM_BOOL, offsetof(HashOpts, sign), .dflt = "true",
     .doc = "half of the levels count -1, so that levels that meet cancel out on the average"},
    {"prefix", PARAM_TEXT, offsetof(HashOpts, prefix), .dflt = "hash",
     .doc = "new columns are named <prefix>_1, <prefix>_2 and so on"},
    PARAM_END};

// ---- the hash ------------------------------------------------------------------------------------------------------
static uint32_t rotate(uint32_t v, int by) { return v << by | v >> (32 - by); }

static uint32_t scramble(uint32_t k) { return rotate(k * 0xcc9e2d51u, 15) * 0x1b873593u; }

static uint32_t murmur(const uint8_t *p, size_t n) {
  uint32_t h = 0, tail = 0;
  size_t whole = n / 4 * 4;
  for (size_t i = 0; i < whole; i += 4) {
    uint32_t k = (uint32_t)p[i] | (uint32_t)p[i + 1] << 8 | (uint32_t)p[i + 2] << 16 | (uint32_t)p[i + 3] << 24;
    h = rotate(h ^ scramble(k), 13) * 5 + 0xe6546b64u;
  }
  for (size_t i = n; i > whole; i--) tail = tail << 8 | p[i - 1];
  h ^= scramble(tail) ^ (uint32_t)n;
  h = (h ^ h >> 16) * 0x85ebca6bu;
  h = (h ^ h >> 13) * 0xc2b2ae35u;
  return h ^ h >> 16;
}

typedef struct Spot {
  int64_t at; // -1: none
  int64_t sign;
} Spot;

static Spot spot_of(const HashOpts *o, const char *column, Sv word, Str *s) {
  str_clear(s);
  str_addf(s, "%s=", column);
  str_addn(s, word.s, word.n);
  uint32_t h = murmur((const uint8_t *)str_c(s), s->n);
  bool negative = h >> 31;
  uint32_t size = negative ? 0u - h : h;
  return (Spot){size % o->features, negative && o->sign ? -1 : 1};
}

// ---- apply ---------------------------------------------------------------------------------------------------------
typedef struct Adding {
  const Codes *codes;
  const Spot *spot; // of each word, that of missing values before them
  int64_t **column;
} Adding;

static void add_chunk(void *ctx, int64_t begin, int64_t end) {
  const Adding *t = ctx;
  for (int64_t i = begin; i < end; i++) {
    Spot s = t->spot[codes_at(t->codes, i)];
    if (s.at >= 0) t->column[s.at][i] += s.sign;
  }
}

static ErrCode add_words(Job *job, const HashOpts *o, const char *name, const Column *c, int64_t **column, Err *err) {
  Codes codes;
  Arena a;
  Str s = {0};
  TRY(codes_init(job, "hash", c, &codes, err));
  arena_init(&a);
  Spot *spot = arena_array(&a, Spot, codes.n + 1);
  *spot++ = (Spot){-1, 0};
  for (int64_t w = 0; w < codes.n; w++)
    if (codes.count[w]) spot[w] = spot_of(o, name, codes.word[w], &s);
  par_for(job, c->n, STEP_GRAIN, add_chunk, &(Adding){&codes, spot, column});
  str_fini(&s);
  arena_fini(&a);
  codes_fini(&codes);
  return OK;
}

typedef struct Clearing {
  int64_t **column, n;
} Clearing;

static void clear_chunk(void *ctx, int64_t begin, int64_t end) {
  const Clearing *t = ctx;
  for (int64_t k = 0; k < t->n; k++) memset(t->column[k] + begin, 0, (size_t)(end - begin) * sizeof(int64_t));
}

static ErrCode add_columns(Job *job, const HashOpts *o, int64_t n, Arena *a, int64_t **column, Frame *made, Err *err) {
  TRY(job_need(job, n * o->features * (int64_t)sizeof(int64_t), "prep.hash", err));
  for (int64_t k = 0; k < o->features; k++) {
    Column *c;
    TRY(column_new(job, COL_I64, n, NULL, &c, err));
    column[k] = c->i;
    const char *prefix = o->prefix ? o->prefix : "";
    TRY(step_add("hash", made, arena_printf(a, "%s_%lld", prefix, (long long)k + 1), c, err));
  }
  par_for(job, n, STEP_GRAIN / 8, clear_chunk, &(Clearing){column, o->features});
  return OK;
}

static ErrCode apply_all(Job *job, const HashOpts *o, const Hash *st, const Frame *x, Arena *a, Frame *made,
                         Err *err) {
  int *of, ncol = frame_ncol(x);
  int64_t **column = arena_array(a, int64_t *, o->features);
  TRY(step_match("hash", x, &st->in, a, &of, err));
  for (int j = 0; j < ncol; j++)
    if (of[j] < 0) TRY(step_add("hash", made, frame_name(x, j), column_ref(frame_at(x, j)), err));
  if (st->in.names.n) TRY(add_columns(job, o, frame_nrow(x), a, column, made, err));
  for (int j = 0; j < ncol; j++) {
    TRY(job_tick(job, j, ncol, err));
    if (of[j] >= 0) TRY(add_words(job, o, frame_name(x, j), frame_at(x, j), column, err));
  }
  return OK;
}

static ErrCode hash_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = apply_all(job, opts, state->data, x, &a, made, err);
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- fit, store, card ----------------------------------------------------------------------------------------------
static ErrCode hash_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  (void)job;
  const HashOpts *o = opts;
  Hash *st = arena_new(&state->arena, Hash);
  int *col;
  TRY(step_learn("hash", in->x, &o->columns, "@text", &state->arena, &st->in, &col, err));
  for (int64_t k = 0; k < st->in.names.n; k++) {
    const Column *c = frame_at(in->x, col[k]);
    const char *name = st->in.names.name[k];
    if (c->missing == c->n)
      return err_set(err, ERR_ARG,
                     "prep.hash: column '%s' has no value in the training rows: leave it out, d:drop{\"%s\"}", name,
                     name);
  }
  state->data = st;
  return OK;
}

static void hash_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Hash);
  step_store(s, &((Hash *)state->data)->in);
}

static ErrCode hash_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const HashOpts *o = opts;
  const Hash *st = state->data;
  Arena a;
  arena_init(&a);
  Frame *card = frame_new(st->in.names.n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  frame_set_caption(card, arena_printf(&a, "the levels of these columns share %lld new ones, by MurmurHash3 of "
                                       "\"column=level\"", (long long)o->features));
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_hash = {
    .name = "hash",
    .summary = "Spreads the levels of columns over a fixed number of columns by a signed hash",
    .source = "Weinberger et al. 2009; checked against scikit-learn 1.2.1, FeatureHasher",
    .unfit = "reading a model: which level a column stands for cannot be said; few levels, where onehot is exact",
    .unseen = "its own hash, as any level: nothing was learned",
    .example = "return pipe{prep.hash{'zip', n_features=16}}:preview(data 'sacramento_homes')",
    .params = PARAMS,
    .opts_size = sizeof(HashOpts),
    .fit = hash_fit,
    .apply = hash_apply,
    .store = hash_store,
    .card = hash_card,
};
