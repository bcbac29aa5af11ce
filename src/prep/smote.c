// SMOTE (Chawla and others 2002): new rows of smaller classes between a row and one of its k nearest neighbours of the
// same class, at a place drawn evenly on the line between them. Every row is the starting point equally often, but for
// a remainder that is drawn. With columns of words or bools it is SMOTE-NC: the new row has the value that most of the
// neighbours have (ties: the nearest), and two words that differ are as far apart as the median of the standard
// deviations of the number columns, within the class; constant columns are not counted there. Whole numbers and dates
// stay whole. Numbers are measured in standard deviations of all training rows unless scale=false.
#include "prep/balance_int.h"

#include "base/pool.h"
#include "base/rng.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR_MAX = 100 };

typedef struct SmoteOpts {
  int64_t k;
  double ratio;
  bool scale;
} SmoteOpts;

static const Param PARAMS[] = {{"k", PARAM_INT, offsetof(SmoteOpts, k), 1, NEAR_MAX, "5",
                                .doc = "nearest rows of the class that a new row may lie towards"},
                               BALANCE_RATIO(SmoteOpts),
                               {"scale", PARAM_BOOL, offsetof(SmoteOpts, scale), .dflt = "true",
                                .doc = "measure distances in standard deviations, not in the units of the columns"},
                               PARAM_END};

static bool votes(ColType t) { return t == COL_BOOL || t == COL_CAT || t == COL_TEXT; }

// ---- fit -----------------------------------------------------------------------------------------------------------
static ErrCode check_column(const char *name, const Column *c, Err *err) {
  int64_t first, n = column_count_missing(c, &first);
  if (n)
    return err_set(
        err, ERR_ARG,
        "prep.smote: column '%s' has %lld missing values (first in row %lld), and nothing lies between them: "
        "fill them before, prep.impute{}",
        name, (long long)n, (long long)first + 1);
  if (c->type != COL_F64 || sum_is_finite(c->f, c->n)) return OK;
  return err_set(
      err, ERR_ARG,
      "prep.smote: column '%s' has infinite or huge values, and no distances: leave those rows or the column "
      "out",
      name);
}

static ErrCode smote_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const SmoteOpts *o = opts;
  Balance *b;
  TRY(balance_fit("smote", in, &state->arena, &b, err));
  for (int j = 0; j < frame_ncol(in->x); j++) {
    TRY(job_tick(job, j, frame_ncol(in->x), err));
    TRY(check_column(frame_name(in->x, j), frame_at(in->x, j), err));
  }
  balance_raise(b, o->ratio);
  for (int64_t k = 0; k < b->level.n; k++) {
    if (b->after[k] == b->rows[k]) continue;
    if (b->rows[k] == 1)
      return err_set(err, ERR_ARG,
                     "prep.smote: class '%s' has a single training row, and so no neighbour: prep.oversample{} draws "
                     "such rows again",
                     b->level.name[k]);
    b->near[k] = o->k < b->rows[k] - 1 ? o->k : b->rows[k] - 1;
  }
  state->data = b;
  return job_tick(job, 1, 1, err);
}

BALANCE_SLOTS(smote)

// ---- distances within a class --------------------------------------------------------------------------------------
typedef struct Class {
  const int64_t *row; // its rows
  int64_t n, k;
  double *v; // n x (p + 1), column after column, the last the number of the row
  bool *nominal;
  int64_t m;      // starting points
  int64_t *start; // all rows of the class in a drawn order, as places in `row`; the first m are looked at
  int64_t *near;  // k of each starting point, as places in `row`
} Class;

static ErrCode read_words(Job *job, const Column *c, const Class *s, double *v, Err *err) {
  Codes codes;
  TRY(codes_init(job, "smote", c, &codes, err));
  for (int64_t i = 0; i < s->n; i++) v[i] = (double)codes_at(&codes, s->row[i]);
  codes_fini(&codes);
  return OK;
}

static double deviation(Job *job, const double *x, int64_t n) {
  Moments m = moments_f64(job, x, n);
  return n > 1 ? sqrt(moments_var(&m)) : 0;
}

static ErrCode deviation_of_all(Job *job, const Column *c, double *sd, Err *err) {
  double *x;
  int64_t n;
  TRY(column_present(job, "smote", c, &x, &n, err));
  *sd = deviation(job, x, n);
  mem_free(x);
  return OK;
}

// Values in units of `sd`; *spread: their standard deviation within the class.
static ErrCode read_numbers(Job *job, bool scale, const Column *c, const Class *s, double *v, double *spread,
                            Err *err) {
  double sd = 1;
  if (scale) TRY(deviation_of_all(job, c, &sd, err));
  double unit = sd > 0 && isfinite(sd) ? 1 / sd : 0;
  for (int64_t i = 0; i < s->n; i++) v[i] = col_f64(c, s->row[i]) * unit;
  *spread = deviation(job, v, s->n);
  return OK;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// Of the columns that have a spread; 1 without any. Sorts.
static double median_spread(double *spread, int64_t n) {
  int64_t m = 0;
  for (int64_t j = 0; j < n; j++)
    if (spread[j] > 0 && isfinite(spread[j])) spread[m++] = spread[j];
  if (!m) return 1;
  qsort(spread, (size_t)m, sizeof *spread, by_value);
  return m % 2 ? spread[m / 2] : (spread[m / 2 - 1] + spread[m / 2]) / 2;
}

// Two words that differ are 1 apart, so numbers are divided by what they should be apart.
static ErrCode measure_class(Job *job, const SmoteOpts *o, const Frame *x, Arena *a, Class *s, Err *err) {
  int64_t p = frame_ncol(x), numbers = 0, words = 0;
  double *spread = arena_array(a, double, p);
  for (int64_t j = 0; j < p; j++) {
    const Column *c = frame_at(x, (int)j);
    double *v = s->v + j * s->n;
    TRY(job_tick(job, j, p, err));
    s->nominal[j] = votes(c->type);
    if (c->type == COL_BOOL) {
      for (int64_t i = 0; i < s->n; i++) v[i] = c->b[s->row[i]] != 0;
      words++;
    } else if (s->nominal[j]) {
      TRY(read_words(job, c, s, v, err));
      words++;
    } else {
      TRY(read_numbers(job, o->scale, c, s, v, &spread[numbers++], err));
    }
  }
  for (int64_t i = 0; i < s->n; i++) s->v[p * s->n + i] = (double)i;
  double unit = words ? 1 / median_spread(spread, numbers) : 1;
  for (int64_t j = 0; j < p && unit != 1; j++)
    for (int64_t i = 0; i < s->n && !s->nominal[j]; i++) s->v[j * s->n + i] *= unit;
  return OK;
}

// The neighbours of a class's starting points; owned by `a`.
static ErrCode find_neighbours(Job *job, const SmoteOpts *o, const StepIn *in, int64_t class, int64_t made, Arena *a,
                               Class *s, Err *err) {
  int64_t p = frame_ncol(in->x);
  uint64_t seed = rng_u64(rng_key(in->seed, "smote"), (uint64_t) class, 0);
  s->m = made < s->n ? made : s->n;
  TRY(job_need(job, (s->n * (p + 2) + s->m * s->k) * 8, "prep.smote", err));
  s->v = arena_array(a, double, s->n *(p + 1));
  s->nominal = arena_array(a, bool, p + 1);
  s->start = arena_array(a, int64_t, s->n);
  s->near = arena_array(a, int64_t, s->m * s->k);
  for (int64_t i = 0; i < s->n; i++) s->start[i] = i;
  rng_shuffle(rng_key(seed, "start"), s->start, s->n);
  TRY(measure_class(job, o, in->x, a, s, err));
  Donors d = {s->n, p + 1, s->v, s->nominal, true};
  return nearest_others(job, &d, s->start, s->m, s->k, s->near, err);
}

// ---- new rows ------------------------------------------------------------------------------------------------------
typedef struct Made {
  int64_t n, m;          // rows there are, rows that are made
  const int64_t *source; // n + m: of each the row that it is or starts from
  int64_t *to;           // of each row that is made the one it lies towards
  double *share;         // of the way there
} Made;

static void draw_made(const StepIn *in, int64_t class, const Class *s, int64_t n, int64_t *source, int64_t *to,
                      double *share) {
  RngKey key = rng_key(rng_u64(rng_key(in->seed, "smote"), (uint64_t) class, 0), "made");
  for (int64_t i = 0; i < n; i++) {
    int64_t q = i % s->n, which = rng_below(key, (uint64_t)i, 0, s->k);
    source[i] = s->row[s->start[q]];
    to[i] = s->row[s->near[q * s->k + which]];
    share[i] = rng_unit(key, (uint64_t)i, 1);
  }
}

// The neighbour whose value most neighbours have; ties: the nearest that has it.
static int64_t elect(const double *v, const int64_t *near, int64_t k) {
  int64_t best = 0, most = 0;
  for (int64_t i = 0; i < k && most < k - i; i++) {
    int64_t count = 0;
    for (int64_t q = i; q < k; q++) count += v[near[q]] == v[near[i]];
    if (count > most) most = count, best = i;
  }
  return near[best];
}

// row[0..n): whose word each row that is made of this class has, in column j.
static void elect_words(const Class *s, int64_t j, int64_t n, int64_t *row) {
  for (int64_t i = 0; i < n; i++) {
    int64_t q = i % s->n;
    row[i] = i < s->m ? s->row[elect(s->v + j * s->n, s->near + q * s->k, s->k)] : row[q];
  }
}

typedef struct Between {
  const Made *made;
  const Column *c;
  Column *out;
} Between;

// Rounding may not lead past the end.
static double between(double a, double b, double share) {
  double v = a + share * (b - a);
  return v < fmin(a, b) ? fmin(a, b) : v > fmax(a, b) ? fmax(a, b) : v;
}

static void fill_between(void *ctx, int64_t begin, int64_t end) {
  const Between *w = ctx;
  const Made *g = w->made;
  for (int64_t i = begin; i < end; i++) {
    int64_t from = g->source[g->n + i], to = g->to[i];
    if (w->c->type == COL_F64) {
      w->out->f[g->n + i] = between(w->c->f[from], w->c->f[to], g->share[i]);
      continue;
    }
    int64_t a = w->c->i[from], b = w->c->i[to], most = (int64_t)1 << 53; // doubles hold whole numbers up to there
    bool exact = a > -most && a < most && b > -most && b < most;
    w->out->i[g->n + i] = exact ? (int64_t)nearbyint(between((double)a, (double)b, g->share[i])) : a;
  }
}

static ErrCode make_numbers(Job *job, const Made *g, const Column *c, Column **out, Err *err) {
  TRY(column_new(job, c->type, g->n + g->m, NULL, out, err));
  (*out)->zoned = c->zoned;
  memcpy((*out)->b, c->b, (size_t)g->n * col_width(c));
  par_for(job, g->m, STEP_GRAIN, fill_between, &(Between){g, c, *out});
  return OK;
}

// ---- train ---------------------------------------------------------------------------------------------------------
typedef struct Smote {
  const Balance *b;
  const StepIn *in;
  Class *class;
  Made made;
  int64_t *row; // n + m, of the words of a column
} Smote;

static ErrCode make_column(Job *job, const Smote *s, int j, Column **out, Err *err) {
  const Column *c = frame_at(s->in->x, j);
  const Made *g = &s->made;
  if (!votes(c->type)) return make_numbers(job, g, c, out, err);
  int64_t at = g->n;
  for (int64_t k = 0; k < s->b->level.n; k++) {
    int64_t n = s->b->after[k] - s->b->rows[k];
    if (n) elect_words(&s->class[k], j, n, s -> row + at);
    at += n;
  }
  return column_gather(job, c, s->row, g->n + g->m, out, err);
}

static ErrCode plan_rows(Job *job, const SmoteOpts *o, Smote *s, Arena *a, StepRows *out, Err *err) {
  int64_t n = s->made.n, m = s->made.m, *first, *row;
  TRY(balance_source(job, "smote", n + m, out, err));
  TRY(job_need(job, (n + 3 * m) * 8, "prep.smote", err));
  s->made.source = out->source;
  s->made.to = arena_array(a, int64_t, m);
  s->made.share = arena_array(a, double, m);
  s->row = arena_array(a, int64_t, n + m);
  s->class = arena_array(a, Class, s->b->level.n);
  for (int64_t i = 0; i < n; i++) out->source[i] = s->row[i] = i;
  TRY(balance_rows(job, "smote", s->in, s->b, a, &first, &row, err));
  for (int64_t k = 0, at = 0; k < s->b->level.n; k++) {
    Class *c = &s->class[k];
    int64_t made = s->b->after[k] - s->b->rows[k];
    *c = (Class){.row = row + first[k], .n = s->b->rows[k], .k = s->b->near[k]};
    if (!made) continue;
    TRY(find_neighbours(job, o, s->in, k, made, a, c, err));
    draw_made(s->in, k, c, made, out->source + n + at, s->made.to + at, s->made.share + at);
    at += made;
  }
  return OK;
}

static ErrCode make_rows(Job *job, const SmoteOpts *o, Smote *s, Arena *a, StepRows *out, Err *err) {
  TRY(plan_rows(job, o, s, a, out, err));
  Frame *made = frame_new(s->made.n + s->made.m);
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(s->in->x) && code == OK; j++) {
    Column *c = NULL;
    code = job_tick(job, j, frame_ncol(s->in->x), err);
    if (code == OK) code = make_column(job, s, j, &c, err);
    if (code == OK) code = frame_add(made, frame_name(s->in->x, j), c, err);
  }
  return frame_give(code, made, &out->x);
}

static ErrCode smote_train(Job *job, const void *opts, const StepState *state, const StepIn *in, StepRows *out,
                           Err *err) {
  const Balance *b = state->data;
  int64_t n = frame_nrow(in->x), m = balance_total(b) - n;
  if (!m) return smote_apply(job, opts, state, in->x, &out->x, err);
  Smote s = {.b = b, .in = in, .made = {.n = n, .m = m}};
  Arena a;
  arena_init(&a);
  ErrCode code = make_rows(job, opts, &s, &a, out, err);
  if (code != OK) mem_free(out->source), out->source = NULL;
  arena_fini(&a);
  return code;
}

// ---- card ----------------------------------------------------------------------------------------------------------
static ErrCode smote_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const SmoteOpts *o = opts;
  const Balance *b = state->data;
  Arena a;
  arena_init(&a);
  const char **note = arena_array(&a, const char *, b->level.n);
  for (int64_t k = 0; k < b->level.n; k++)
    if (b->near[k] && b->near[k] < o->k)
      note[k] = arena_printf(&a, "so few rows that %lld neighbour%s are looked at", (long long)b->near[k],
                             b->near[k] == 1 ? "" : "s");
  ErrCode code = balance_card(job, state, "new rows lie between neighbours of smaller classes", note, out, err);
  arena_fini(&a);
  return code;
}

const StepType step_smote = {
    .name = "smote",
    .summary = "Makes new rows of smaller classes, in training, between rows that are neighbours",
    .source = "Chawla, Bowyer, Hall and Kegelmeyer 2002, SMOTE: synthetic minority over-sampling technique",
    .unfit = "probabilities, which it shifts; many columns, or one-hot ones: put it before them; see help imbalance",
    .example = "return pipe{prep.impute{}, prep.standard{}, prep.smote{k=5}}:preview(data 'credit', 'Status')",
    .params = PARAMS,
    .opts_size = sizeof(SmoteOpts),
    .fit = smote_fit,
    .apply = smote_apply,
    .train = smote_train,
    .store = balance_store,
    .card = smote_card,
};
