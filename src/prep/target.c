// Target encoding: each level becomes the mean of the target over its training rows, drawn to the mean of all rows the
// more, the fewer rows it has. smooth="auto" is empirical Bayes, by the spread of the target within the level and over
// all rows; a number m puts m rows of the mean of all beside those of the level. Of two classes the mean is the share
// of the last one, of more there is a column a class. Missing values are a level of their own; a level that training
// did not have gets the mean of all.
// A row's own target must not reach the model through its own encoding. So training goes on with other numbers than
// those that later rows get: those of the other folds (each fold's rows by the rows of the other folds, its mean
// included), or those of the rows before it in a random order or in that of time (method="ordered"). Folds are drawn
// class by class.
// Reference: Micci-Barreca, A preprocessing scheme for high-cardinality categorical attributes, SIGKDD Explorations
// 3(1), 2001; scikit-learn's TargetEncoder (1.3) has the same formulas.
#include "prep/lines_int.h"
#include "prep/target_int.h"

#include "base/numfmt.h"
#include "base/pool.h"
#include "base/rng.h"

#include <math.h>
#include <string.h>

enum { FOLDS_MOST = 100 };

typedef struct TargetOpts {
  Names columns;
  const char *smooth;
  int method;
  int64_t folds, permutations;
  const char *order;
} TargetOpts;

typedef struct Target {
  Encoded base;
  Names output;              // classes with a column of their own; none: one number a level
  const char *of;            // of two classes the one whose share it is; NULL: a regression, or more classes
  double *prior;             // of each number
  int64_t nout;
  double **mean, **encoding; // of each learned column: nout of each level, and nout of missing values behind them
} Target;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(TargetOpts, columns), .dflt = "",
     .doc = "columns to encode: names or \"@text\", \"@category\"; none given: every category and text column"},
    {"smooth", PARAM_TEXT, offsetof(TargetOpts, smooth), .dflt = "auto",
     .doc = "how levels with few rows are drawn to the mean: \"auto\", by the spread in them, or a number of rows"},
    {"method", PARAM_CHOICE, offsetof(TargetOpts, method), .dflt = "folds", .choices = "folds|ordered",
     .doc = "training rows are encoded by the rows of the other folds, or by those before them in a random order"},
    {"folds", PARAM_INT, offsetof(TargetOpts, folds), 2, FOLDS_MOST, "5", .doc = "folds: how many"},
    {"permutations", PARAM_INT, offsetof(TargetOpts, permutations), 1, 64, "1",
     .doc = "ordered: how many random orders are averaged; more are steadier and shield the target less"},
    {"order", PARAM_TEXT, offsetof(TargetOpts, order), .dflt = "",
     .doc = "ordered: column that puts the rows in order, such as a date, in place of random orders"},
    PARAM_END};

// ---- options -------------------------------------------------------------------------------------------------------
// NaN: "auto", which the ordered method has no use for: it takes one row of the mean, as CatBoost.
static ErrCode read_smooth(const TargetOpts *o, double *m, Err *err) {
  const char *s = o->smooth ? o->smooth : "";
  *m = o->method == METHOD_ORDERED ? 1 : NAN;
  if (strcmp(s, "auto") == 0) return OK;
  if (parse_f64(s, strlen(s), m) && *m >= 0 && *m < 1e300) return OK;
  return err_set(err, ERR_ARG, "prep.target: smooth must be \"auto\" or a number of rows of at least 0, '%s' was given",
                 s);
}

// The order of time, where one is given.
static ErrCode learn_order(const TargetOpts *o, const Frame *x, Arena *a, Learned *out, Err *err) {
  Learned none = {0};
  *out = none;
  if (!o->order || !*o->order) return OK;
  if (o->method != METHOD_ORDERED)
    return err_set(err, ERR_ARG, "prep.target: order=\"%s\" is for method=\"ordered\": give that too", o->order);
  return line_learn("target", o->order, &(Names){0}, x, a, out, &none, err);
}

static ErrCode goal_of(Job *job, const StepIn *in, Goal *out, Err *err) {
  int64_t n = frame_nrow(in->x), nclass = in->levels ? in->levels->n : 0;
  if (!in->y)
    return err_set(err, ERR_ARG, "prep.target: levels are encoded by a target, and there is none: p:fit(d, \"y\")");
  *out = (Goal){.y = in->y, .weight = in->weight, .n = n, .nclass = nclass, .nout = nclass > 2 ? nclass : 1};
  out->first = nclass == 2 ? 1 : 0;
  if (!nclass && n) out->centre = sum_f64(job, in->y, n) / (double)n;
  return OK;
}

// ---- fit -----------------------------------------------------------------------------------------------------------
// Numbers of each level, of the missing one behind them, and what is in place of both when there are no such rows.
static void take_numbers(const Goal *g, const Sums *sums, const int64_t *word_of, int64_t nlevel, double m,
                         double *mean, double *encoding) {
  for (int64_t o = 0; o < g->nout; o++) {
    Part prior = sums_all(sums, g, o, -1);
    for (int64_t l = 0; l <= nlevel; l++) {
      Part level = sums_level(sums, g, l < nlevel ? word_of[l] + 1 : 0, o, -1);
      mean[l * g->nout + o] = level.n > 0 ? part_mean(g, level) : NAN;
      encoding[l * g->nout + o] = target_blend(g, prior, level, m);
    }
  }
}

static ErrCode learn_column(Job *job, const Goal *g, double m, const Column *c, Target *st, int64_t k, Arena *a,
                            Err *err) {
  const LevelSet *v = &st->base.set[k];
  int64_t n = v->level.n;
  Codes codes;
  Sums sums;
  TRY(codes_init(job, "target", c, &codes, err));
  ErrCode code = sums_init(job, g, &codes, NULL, 1, isnan(m), &sums, err);
  if (code == OK) {
    int64_t *word_of = arena_array(&sums.arena, int64_t, n);
    const int64_t *place = levels_place(&v->level, &codes, &sums.arena);
    for (int64_t w = 0; w < codes.n; w++)
      if (place[w] >= 0 && codes.count[w]) word_of[place[w]] = w;
    st->mean[k] = arena_array(a, double, (n + 1) * g->nout);
    st->encoding[k] = arena_array(a, double, (n + 1) * g->nout);
    take_numbers(g, &sums, word_of, n, m, st->mean[k], st->encoding[k]);
    for (int64_t o = 0; o < g->nout && k == 0; o++) st->prior[o] = part_mean(g, sums_all(&sums, g, o, -1));
    sums_fini(&sums);
  }
  codes_fini(&codes);
  return code;
}

static ErrCode target_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const TargetOpts *o = opts;
  Arena *a = &state->arena;
  Target *st = arena_new(a, Target);
  Goal g;
  Learned order;
  double m;
  TRY(read_smooth(o, &m, err));
  TRY(learn_order(o, in->x, a, &order, err));
  TRY(encode_fit(job, "target", &o->columns, in, a, &st->base, err));
  TRY(goal_of(job, in, &g, err));
  int64_t n = st->base.in.names.n;
  st->nout = g.nout, st->prior = arena_array(a, double, g.nout);
  st->mean = arena_array(a, double *, n), st->encoding = arena_array(a, double *, n);
  if (g.nout > 1) st->output = (Names){arena_array(a, const char *, g.nout), g.nout};
  for (int64_t c = 0; c < st->output.n; c++) st->output.name[c] = arena_strdup(a, in->levels->name[c]);
  if (g.nclass == 2) st->of = arena_strdup(a, in->levels->name[g.first]);
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    int j = frame_find(in->x, sv(st->base.in.names.name[k]));
    TRY(learn_column(job, &g, m, frame_at(in->x, j), st, k, a, err));
  }
  state->data = st;
  return OK;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
static const char *output_name(const Target *st, int64_t k, int64_t o, Arena *a) {
  const char *name = st->base.in.names.name[k];
  return st->output.n ? arena_printf(a, "%s_%s", name, st->output.name[o]) : name;
}

static ErrCode encode(Job *job, const void *ctx, int64_t k, const Codes *codes, Arena *a, Frame *made, Err *err) {
  const Target *st = ctx;
  int64_t nlevel = st->base.set[k].level.n;
  const int64_t *place = levels_place(&st->base.set[k].level, codes, a);
  double *value = arena_array(a, double, codes->n + 1);
  value++;
  for (int64_t o = 0; o < st->nout; o++) {
    Column *c;
    value[-1] = st->encoding[k][nlevel * st->nout + o];
    for (int64_t w = 0; w < codes->n; w++)
      value[w] = place[w] < 0 ? st->prior[o] : st->encoding[k][place[w] * st->nout + o];
    TRY(levels_column(job, COL_F64, codes, value, &c, err));
    TRY(step_add("target", made, output_name(st, k, o, a), c, err));
  }
  return OK;
}

static ErrCode target_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,
                            Err *err) {
  (void)opts;
  const Target *st = state->data;
  return encode_apply(job, "target", &st->base, encode, st, x, out, err);
}

// ---- training ------------------------------------------------------------------------------------------------------
typedef struct Training {
  const TargetOpts *opts;
  const Target *st;
  Goal goal;
  double m;
  uint64_t seed;
  uint8_t *fold; // of each row
  int64_t folds;
  Line line; // row NULL: random orders
} Training;

// Rows in a random order are dealt out class by class, so that the folds differ by one row at most in all and by one or
// so of each class.
static ErrCode deal_folds(Job *job, Training *t, Err *err) {
  const Goal *g = &t->goal;
  int64_t n = g->n;
  TRY(job_need(job, n * 9, "prep.target", err));
  int64_t *row = mem_new((size_t)n * sizeof *row), *at = mem_new((size_t)(g->nclass + 1) * sizeof *at);
  t->fold = mem_new((size_t)n);
  bool got = row && at && t->fold;
  for (int64_t i = 0; i < n && got; i++) row[i] = i;
  if (got) rng_shuffle(rng_key(t->seed, "target.folds"), row, n);
  if (got) memset(at, 0, (size_t)(g->nclass + 1) * sizeof *at);
  for (int64_t i = 0; i < n && g->nclass && got; i++) at[(int64_t)g->y[i] + 1]++;
  for (int64_t c = 1; c < g->nclass && got; c++) at[c] += at[c - 1]; // where a class begins to be dealt
  for (int64_t i = 0; i < n && got; i++) {
    int64_t next = at[g->nclass ? (int64_t)g->y[row[i]] : 0]++;
    t->fold[row[i]] = (uint8_t)(next % t->folds);
  }
  mem_free(row);
  mem_free(at);
  return got ? OK : err_set(err, ERR_MEMORY, "prep.target: no memory for %lld rows", (long long)n);
}

static ErrCode put_in_order(Job *job, Training *t, const Frame *x, Err *err) {
  Learned order, group = {0};
  Arena a;
  arena_init(&a);
  ErrCode code = learn_order(t->opts, x, &a, &order, err);
  if (code == OK && order.names.n) code = line_init(job, "target", &order, &group, x, &a, &t->line, err);
  arena_fini(&a);
  return code;
}

typedef struct Spread { // of one number a slot to the rows
  const Codes *codes;
  const uint8_t *fold;
  int64_t folds;
  const double *value;
  double *out;
} Spread;

static void spread_chunk(void *ctx, int64_t begin, int64_t end) {
  const Spread *t = ctx;
  for (int64_t i = begin; i < end; i++)
    t->out[i] = t->value[(codes_at(t->codes, i) + 1) * t->folds + t->fold[i]];
}

static ErrCode encode_folds(Job *job, const Training *t, const Codes *codes, double *const *out, Err *err) {
  const Goal *g = &t->goal;
  Sums sums;
  TRY(sums_init(job, g, codes, t->fold, t->folds, isnan(t->m), &sums, err));
  double *value = arena_array(&sums.arena, double, sums.slots * t->folds);
  for (int64_t o = 0; o < g->nout; o++) {
    for (int64_t f = 0; f < t->folds; f++) {
      Part prior = sums_all(&sums, g, o, f);
      for (int64_t s = 0; s < sums.slots; s++)
        value[s * t->folds + f] = target_blend(g, prior, sums_level(&sums, g, s, o, f), t->m);
    }
    par_for(job, g->n, STEP_GRAIN, spread_chunk, &(Spread){codes, t->fold, t->folds, value, out[o]});
  }
  sums_fini(&sums);
  return OK;
}

static ErrCode encode_ordered(Job *job, const Training *t, const Codes *codes, Arena *a, double *const *out,
                              Err *err) {
  Sums sums;
  TRY(sums_init(job, &t->goal, codes, NULL, 1, false, &sums, err));
  Part *prior = arena_array(a, Part, t->goal.nout);
  for (int64_t o = 0; o < t->goal.nout; o++) prior[o] = sums_all(&sums, &t->goal, o, -1);
  sums_fini(&sums);
  return target_ordered(job, &t->goal, codes, prior, t->m, t->line.row, t->opts->permutations, t->seed, out, err);
}

static ErrCode encode_training(Job *job, const void *ctx, int64_t k, const Codes *codes, Arena *a, Frame *made,
                               Err *err) {
  const Training *t = ctx;
  int64_t nout = t->st->nout;
  double **out = arena_array(a, double *, nout);
  for (int64_t o = 0; o < nout; o++) {
    Column *c;
    TRY(column_new(job, COL_F64, t->goal.n, NULL, &c, err));
    out[o] = c->f;
    TRY(step_add("target", made, output_name(t->st, k, o, a), c, err));
  }
  if (t->opts->method == METHOD_ORDERED) return encode_ordered(job, t, codes, a, out, err);
  return encode_folds(job, t, codes, out, err);
}

static ErrCode target_train(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out,
                            Err *err) {
  Training t = {.opts = opts, .st = state->data, .seed = in->seed};
  TRY(read_smooth(opts, &t.m, err));
  TRY(goal_of(job, in, &t.goal, err));
  if (t.goal.n < 2) return target_apply(job, opts, state, in->x, &out->x, err); // no other row to learn from
  t.folds = t.opts->folds < t.goal.n ? t.opts->folds : t.goal.n;
  ErrCode code = t.opts->method == METHOD_FOLDS ? deal_folds(job, &t, err) : put_in_order(job, &t, in->x, err);
  if (code == OK) code = encode_apply(job, "target", &t.st->base, encode_training, &t, in->x, &out->x, err);
  mem_free(t.fold);
  line_fini(&t.line);
  return code;
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_numbers(Store *s, const char *name, double **v, int64_t want) {
  int64_t n = want;
  store_f64s(s, name, v, &n);
  if (n == want) return;
  store_fail(s, "levels and numbers that do not fit each other");
  *v = arena_array(s->arena, double, want);
}

static void target_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Target);
  Target *st = state->data;
  encode_store(s, &st->base);
  store_names(s, "classes", &st->output);
  store_text(s, "of", &st->of);
  st->nout = st->output.n ? st->output.n : 1;
  store_numbers(s, "prior", &st->prior, st->nout);
  int64_t n = st->base.in.names.n;
  if (s->reading) st->mean = arena_array(&state->arena, double *, n);
  if (s->reading) st->encoding = arena_array(&state->arena, double *, n);
  for (int64_t k = 0; k < n; k++) {
    int64_t cells = (st->base.set[k].level.n + 1) * st->nout;
    store_numbers(s, "means", &st->mean[k], cells);
    store_numbers(s, "encodings", &st->encoding[k], cells);
  }
}

typedef struct CardRows {
  const char **column, **level, **feature;
  int64_t *n, at;
  double *mean, *encoding;
} CardRows;

static void card_level(const Target *st, int64_t k, int64_t l, Arena *a, CardRows *to) {
  const LevelSet *v = &st->base.set[k];
  bool missing = l == v->level.n;
  for (int64_t o = 0; o < st->nout; o++, to->at++) {
    to->column[to->at] = st->base.in.names.name[k], to->level[to->at] = missing ? NULL : v->level.name[l];
    to->feature[to->at] = output_name(st, k, o, a), to->n[to->at] = missing ? v->missing : v->count[l];
    to->mean[to->at] = st->mean[k][l * st->nout + o], to->encoding[to->at] = st->encoding[k][l * st->nout + o];
  }
}

static const char *caption_of(const TargetOpts *o, const Target *st, Arena *a) {
  bool ordered = o->method == METHOD_ORDERED, given = o->order && *o->order;
  const char *training = !ordered ? "other folds" : given ? arena_printf(a, "the rows before them by %s", o->order)
                                                          : "the rows before them in a random order";
  if (st->nout > 1)
    return arena_printf(a, "a level that training did not have gets the shares of all rows; training rows are encoded "
                        "by %s", training);
  const char *what = st->of ? arena_printf(a, "the share of %s in all rows", st->of) : "the mean of all rows";
  return arena_printf(a, "a level that training did not have gets %.6g, %s; training rows are encoded by %s",
                      st->prior[0], what, training);
}

static ErrCode target_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const Target *st = state->data;
  int64_t n = encode_levels(&st->base) * st->nout;
  Arena a;
  arena_init(&a);
  CardRows r = {arena_array(&a, const char *, n), arena_array(&a, const char *, n), arena_array(&a, const char *, n),
                arena_array(&a, int64_t, n), 0, arena_array(&a, double, n), arena_array(&a, double, n)};
  for (int64_t k = 0; k < st->base.in.names.n; k++) {
    const LevelSet *v = &st->base.set[k];
    for (int64_t l = 0; l < v->level.n + (v->missing > 0); l++) card_level(st, k, l, &a, &r);
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", r.column, err);
  if (code == OK) code = card_words(job, card, "level", r.level, err);
  if (code == OK && st->nout > 1) code = card_words(job, card, "feature", r.feature, err);
  if (code == OK) code = card_ints(job, card, "n", r.n, err);
  if (code == OK) code = card_reals(job, card, "mean", r.mean, err);
  if (code == OK) code = card_reals(job, card, "encoding", r.encoding, err);
  frame_set_caption(card, caption_of(opts, st, &a));
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_target = {
    .name = "target",
    .summary = "Turns each level into the mean of the target there, out of fold or in a random order for training rows",
    .source = "Micci-Barreca 2001; Prokhorenkova et al. 2018; checked against scikit-learn 1.3 in numpy",
    .unfit = "columns of few levels, where onehot says the same without a target; levels that are nearly all different",
    .unseen = "the mean of the target over all training rows",
    .example = "return pipe{prep.target{'zip', 'city'}}:preview(data 'sacramento_homes', 'price')",
    .params = PARAMS,
    .opts_size = sizeof(TargetOpts),
    .fit = target_fit,
    .apply = target_apply,
    .train = target_train,
    .store = target_store,
    .card = target_card,
};
