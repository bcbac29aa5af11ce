// Imputing from the nearest training rows: the mean of their values for numbers and dates, their most frequent value
// for bools, categories and texts. Distances are Gower's (each number column divided by its range in training,
// anything else 0 or 1, averaged over the columns that both rows have) or scikit-learn's nan_euclidean for numbers as
// they stand. The training rows are kept, gaps and all, so later rows find the same donors; a training row is never
// its own donor, for it lacks the very value. Where no row has a column in common the mean or most frequent value
// steps in. An int column with gaps in training becomes real, for a mean is rarely whole; one without stays int, and
// gaps of later rows take the rounded mean: the type of a column is decided by fit. scikit-learn also averages over
// rows that have no column in common when fewer than k others are left; here they are no donors. With `draw` it is a
// hot deck: the value of one of the k rows as it stands (Andridge and Little 2010).
#include "base/map.h"
#include "base/rng.h"
#include "prep/prep_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WEIGHTS_UNIFORM, WEIGHTS_DISTANCE };
enum { K_MAX = 1000 };
enum { METRIC_GOWER, METRIC_EUCLIDEAN };

typedef struct KnnOpts {
  Names columns;
  int64_t k;
  int weights, metric;
  bool draw;
} KnnOpts;

typedef struct KnnColumn {
  ColType becomes;
  double scale;    // a distance is a difference times this
  double fallback; // mean, or most frequent value
  Names word;      // of categories and texts, sorted; values are their numbers
  int64_t missing; // in training
} KnnColumn;

typedef struct Knn {
  Learned in;
  KnnColumn *col;
  int64_t n;
  double *v;    // training rows, column after column
  int64_t seed; // of the draws
} Knn;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(KnnOpts, columns), .dflt = "",
     .doc = "columns to fill and to measure distances by; none given: all, for metric=\"euclidean\" all numbers"},
    {"k", PARAM_INT, offsetof(KnnOpts, k), 1, K_MAX, "5", .doc = "training rows that a value is taken from"},
    {"weights", PARAM_CHOICE, offsetof(KnnOpts, weights), .dflt = "uniform", .choices = "uniform|distance",
     .doc = "each row counts the same, or 1/distance"},
    {"metric", PARAM_CHOICE, offsetof(KnnOpts, metric), .dflt = "gower", .choices = "gower|euclidean",
     .doc = "numbers by their range and words as same or not, or numbers as they stand"},
    {"draw", PARAM_BOOL, offsetof(KnnOpts, draw), .dflt = "false",
     .doc = "hot deck: the value of one of the k rows, drawn at random, so that the spread stays"},
    PARAM_END};

static bool votes(ColType t) { return t == COL_BOOL || t == COL_CAT || t == COL_TEXT; }

// ---- fit -----------------------------------------------------------------------------------------------------------
typedef struct Word {
  Sv text;
  int64_t code;
} Word;

static int by_text(const void *a, const void *b) { return sv_cmp(((const Word *)a)->text, ((const Word *)b)->text); }

static ErrCode sort_words(const char *name, const Codes *codes, Arena *a, Names *out, int64_t *place, Err *err) {
  Arena scratch;
  arena_init(&scratch);
  Word *w = arena_array(&scratch, Word, codes->n);
  int64_t n = 0;
  for (int64_t k = 0; k < codes->n; k++)
    if (codes->count[k]) w[n++] = (Word){codes->word[k], k};
  qsort(w, (size_t)n, sizeof *w, by_text);
  *out = (Names){arena_array(a, const char *, n), n};
  ErrCode code = OK;
  for (int64_t k = 0; k < n && code == OK; k++) {
    place[w[k].code] = k;
    code = step_word("impute_knn", name, w[k].text, a, &out->name[k], err);
  }
  arena_fini(&scratch);
  return code;
}

static ErrCode learn_words(Job *job, const char *name, const Column *c, Arena *a, Names *out, double *v, Err *err) {
  Codes codes;
  TRY(codes_init(job, "impute_knn", c, &codes, err));
  int64_t *place = arena_array(&codes.arena, int64_t, codes.n);
  ErrCode code = sort_words(name, &codes, a, out, place, err);
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    int64_t w = codes_at(&codes, i);
    v[i] = w < 0 ? NAN : (double)place[w];
  }
  codes_fini(&codes);
  return code;
}

static ErrCode read_numbers(const char *name, const Column *c, double *v, Err *err) {
  for (int64_t i = 0; i < c->n; i++) {
    v[i] = col_f64(c, i) + 0.0; // -0.0 becomes 0.0
    if (isinf(v[i]))
      return err_set(err, ERR_ARG,
                     "prep.impute_knn: column '%s' is infinite in row %lld, which has no distance: leave "
                     "such rows or the column out",
                     name, (long long)i + 1);
  }
  return OK;
}

static double most_frequent(const double *v, int64_t n, int64_t nvalue) {
  int64_t *count = calloc((size_t)nvalue, sizeof *count), best = 0;
  if (!count) abort();
  for (int64_t i = 0; i < n; i++)
    if (!isnan(v[i])) count[(int64_t)v[i]]++;
  for (int64_t k = 1; k < nvalue; k++)
    if (count[k] > count[best]) best = k;
  free(count);
  return (double)best;
}

static ErrCode learn_scale(Job *job, const KnnOpts *o, const Column *c, KnnColumn *out, Err *err) {
  double *x;
  int64_t m;
  TRY(column_present(job, "impute_knn", c, &x, &m, err));
  double lo = INFINITY, hi = -INFINITY;
  for (int64_t i = 0; i < m; i++) lo = fmin(lo, x[i]), hi = fmax(hi, x[i]);
  out->fallback = moments_f64(job, x, m).mean;
  out->scale = o->metric == METRIC_EUCLIDEAN ? 1 : hi > lo ? 1 / (hi - lo) : 0;
  mem_free(x);
  if (isfinite(out->fallback) && isfinite(out->scale)) return OK;
  return err_set(err, ERR_ARG, "a range too wide or too narrow to measure distances by");
}

static ErrCode learn_column(Job *job, const KnnOpts *o, const char *name, const Column *c, Arena *a, double *v,
                            KnnColumn *out, Err *err) {
  int64_t first;
  *out = (KnnColumn){.becomes = c->type, .scale = 1, .missing = column_count_missing(c, &first)};
  if (out->missing == c->n)
    return err_set(err, ERR_ARG,
                   "prep.impute_knn: column '%s' has no value in the training rows to fill in with: leave "
                   "it out, d:drop{\"%s\"}",
                   name, name);
  if (o->metric == METRIC_EUCLIDEAN && !col_is_number(c))
    return err_set(err, ERR_TYPE,
                   "prep.impute_knn: column '%s' is %s, and metric=\"euclidean\" is for numbers: leave it "
                   "out of columns, or use metric=\"gower\"",
                   name, COLTYPES[c->type].name);
  if (col_is_text(c)) TRY(learn_words(job, name, c, a, &out->word, v, err));
  else TRY(read_numbers(name, c, v, err));
  if (c->type == COL_I64 && out->missing && !o->draw) out->becomes = COL_F64;
  if (votes(c->type)) return out->fallback = most_frequent(v, c->n, col_is_text(c) ? out->word.n : 2), OK;
  ErrCode code = learn_scale(job, o, c, out, err);
  if (code == ERR_ARG) err_prefix(err, "prep.impute_knn: column '%s'", name);
  return code;
}

static ErrCode knn_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const KnnOpts *o = opts;
  Knn *st = arena_new(&state->arena, Knn);
  int *col;
  const char *dflt = o->metric == METRIC_EUCLIDEAN ? "@number" : "*";
  TRY(step_learn("impute_knn", in->x, &o->columns, dflt, &state->arena, &st->in, &col, err));
  int64_t p = st->in.names.n;
  st->n = frame_nrow(in->x), st->seed = (int64_t)in->seed;
  TRY(job_need(job, st->n * p * (int64_t)sizeof *st->v, "prep.impute_knn", err));
  st->v = arena_array(&state->arena, double, st->n *p);
  st->col = arena_array(&state->arena, KnnColumn, p);
  for (int64_t j = 0; j < p; j++) {
    const Column *c = frame_at(in->x, col[j]);
    TRY(job_tick(job, j, p, err));
    TRY(learn_column(job, o, st->in.names.name[j], c, &state->arena, st->v + j * st->n, &st->col[j], err));
  }
  state->data = st;
  return OK;
}

// ---- rows with gaps ------------------------------------------------------------------------------------------------
typedef struct Gaps {
  int64_t m;      // rows that have some
  int64_t *row;   // of each its place in the frame
  int64_t *first; // the gaps before each row; m + 1
  double *x;      // the rows: values as in training, NaN = missing; then also scaled
  int64_t *donor; // k of each gap
  double *distance;
  double *value; // of each gap
  void *block[4];
} Gaps;

static void gaps_fini(Gaps *g) {
  for (int k = 0; k < 4; k++) mem_free(g->block[k]);
}

static ErrCode take_block(Job *job, int64_t n, void **out, Err *err) {
  TRY(job_need(job, n * 8, "prep.impute_knn", err));
  *out = mem_new((size_t)(n ? n : 1) * 8);
  return *out ? OK : err_set(err, ERR_MEMORY, "prep.impute_knn: no memory for rows with missing values");
}

static ErrCode gaps_init(Job *job, int64_t m, int64_t p, Gaps *g, Err *err) {
  TRY(take_block(job, 2 * m + 1, &g->block[0], err));
  TRY(take_block(job, m * p, &g->block[1], err));
  g->m = m, g->row = g->block[0], g->first = g->row + m, g->x = g->block[1];
  return OK;
}

static double average(const double *v, const double *w, int64_t n) {
  double sum = sum_f64(NULL, w, n);
  return sum_dot(NULL, v, w, n) / sum;
}

// Ties go to the smaller value; n is small.
static double vote(const double *v, const double *w, int64_t n) {
  double best = NAN, most = -1;
  for (int64_t i = 0; i < n; i++) {
    double all = 0;
    for (int64_t k = 0; k < n; k++) all += v[k] == v[i] ? w[k] : 0;
    if (all > most || (all == most && v[i] < best)) most = all, best = v[i];
  }
  return best;
}

// Depends on the row's values and not on its place, so that a row becomes the same wherever it stands.
static uint64_t hash_row(const double *x, int64_t p) {
  uint64_t h = 0;
  for (int64_t j = 0; j < p; j++) {
    uint64_t bits = 0x7ff8;
    if (!isnan(x[j])) memcpy(&bits, &x[j], sizeof bits);
    h = (h ^ bits) * 0x9e3779b97f4a7c15U;
    h ^= h >> 29;
  }
  return h;
}

// The donor of a gap that is drawn, by weight; n >= 1.
static int64_t draw_donor(const Knn *st, const double *x, int64_t j, const double *w, int64_t n) {
  double u = rng_unit(rng_key((uint64_t)st->seed, "impute_knn"), hash_row(x, st->in.names.n), (uint64_t)j);
  double left = u * sum_f64(NULL, w, n);
  int64_t k = 0;
  while (k < n - 1 && left >= w[k]) left -= w[k++];
  return k;
}

static double value_of_gap(const Knn *st, const KnnOpts *o, Gaps *g, const double *x, int64_t gap, int64_t j) {
  int64_t *who = g->donor + gap * o->k;
  const double *far = g->distance + gap * o->k;
  double v[K_MAX], w[K_MAX];
  int64_t n = 0;
  for (; n < o->k && who[n] >= 0; n++) {
    v[n] = st->v[j * st->n + who[n]];
    w[n] = o->weights == WEIGHTS_UNIFORM ? 1 : far[0] > 0 ? far[0] / far[n] : far[n] == 0;
  }
  if (!n) return st->col[j].fallback;
  if (o->draw) {
    int64_t k = draw_donor(st, x, j, w, n);
    who[0] = who[k]; // the only one from here on, for the card
    if (o->k > 1) who[1] = -1;
    return v[k];
  }
  return votes(st->in.type[j]) ? vote(v, w, n) : average(v, w, n);
}

static ErrCode scale_donors(Job *job, const Knn *st, double **out, Err *err) {
  void *block;
  TRY(take_block(job, st->n * st->in.names.n, &block, err));
  *out = block;
  for (int64_t j = 0; j < st->in.names.n; j++)
    for (int64_t i = 0; i < st->n; i++) (*out)[j * st->n + i] = st->v[j * st->n + i] * st->col[j].scale;
  return OK;
}

// Finds the donors and the values of all gaps of g->x, which it scales.
static ErrCode fill_gaps(Job *job, const Knn *st, const KnnOpts *o, Gaps *g, Err *err) {
  int64_t p = st->in.names.n, n = 0;
  bool gower = o->metric == METRIC_GOWER;
  double *scaled = NULL;
  for (int64_t i = 0; i < g->m; i++) {
    g->first[i] = n;
    for (int64_t j = 0; j < p; j++) n += isnan(g->x[i * p + j]), g->x[i * p + j] *= st->col[j].scale;
  }
  g->first[g->m] = n;
  TRY(take_block(job, n * (2 * o->k), &g->block[2], err));
  TRY(take_block(job, n, &g->block[3], err));
  g->donor = g->block[2], g->distance = (double *)g->block[2] + n * o->k, g->value = g->block[3];
  if (gower) TRY(scale_donors(job, st, &scaled, err));
  Arena a;
  arena_init(&a);
  bool *nominal = arena_array(&a, bool, p);
  for (int64_t j = 0; j < p; j++) nominal[j] = gower && votes(st->in.type[j]);
  Donors d = {st->n, p, gower ? scaled : st->v, nominal, !gower};
  ErrCode code = nearest_find(job, &d, g->x, g->m, g->first, o->k, g->donor, g->distance, err);
  arena_fini(&a);
  mem_free(scaled);
  for (int64_t i = 0, gap = 0; i < g->m && code == OK; i++)
    for (int64_t j = 0; j < p; j++)
      if (isnan(g->x[i * p + j])) g->value[gap] = value_of_gap(st, o, g, g->x + i * p, gap, j), gap++;
  return code;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
// Values of one column of the rows with gaps; an unseen word is like no other.
static ErrCode read_column(Job *job, const Knn *st, int64_t j, const Column *c, Gaps *g, Err *err) {
  int64_t p = st->in.names.n;
  const Names *word = &st->col[j].word;
  Codes codes;
  Map known;
  if (!col_is_text(c) || !word->n) {
    for (int64_t i = 0; i < g->m; i++) {
      g->x[i * p + j] = word->n ? NAN : col_f64(c, g->row[i]) + 0.0;
      if (isinf(g->x[i * p + j]))
        return err_set(err, ERR_ARG,
                       "prep.impute_knn: column '%s' is infinite in row %lld, which has no distance: leave "
                       "that row out",
                       st->in.names.name[j], (long long)g->row[i] + 1);
    }
    return OK;
  }
  TRY(codes_init(job, "impute_knn", c, &codes, err));
  map_init(&known);
  for (int64_t k = 0; k < word->n; k++) map_put(&known, sv(word->name[k]), NULL);
  double *place = arena_array(&codes.arena, double, codes.n);
  for (int64_t w = 0; w < codes.n; w++) {
    int64_t at = map_get(&known, codes.word[w]);
    place[w] = (double)(at < 0 ? word->n : at);
  }
  for (int64_t i = 0; i < g->m; i++) {
    int64_t w = codes_at(&codes, g->row[i]);
    g->x[i * p + j] = w < 0 ? NAN : place[w];
  }
  map_fini(&known);
  codes_fini(&codes);
  return OK;
}

static ErrCode find_gaps(Job *job, const Knn *st, const Frame *x, const int *at, Gaps *g, Err *err) {
  int64_t n = frame_nrow(x), m = 0, p = st->in.names.n;
  TRY(job_need(job, n, "prep.impute_knn", err));
  uint8_t *some = mem_new((size_t)n + 1);
  if (!some) return err_set(err, ERR_MEMORY, "prep.impute_knn: no memory for %lld rows", (long long)n);
  memset(some, 0, (size_t)n + 1);
  for (int64_t j = 0, first; j < p; j++) {
    const Column *c = frame_at(x, at[j]);
    if (!column_count_missing(c, &first)) continue;
    for (int64_t i = first; i < n; i++) some[i] |= cell_missing(c, i);
  }
  for (int64_t i = 0; i < n; i++) m += some[i];
  ErrCode code = gaps_init(job, m, p, g, err);
  for (int64_t i = 0, k = 0; i < n && code == OK; i++)
    if (some[i]) g->row[k++] = i;
  mem_free(some);
  for (int64_t j = 0; j < p && code == OK && m; j++) code = read_column(job, st, j, frame_at(x, at[j]), g, err);
  return code;
}

// The words of the column, and behind them those that gaps are filled with.
static ErrCode fill_words(Job *job, const Knn *st, int64_t j, const Column *c, const Gaps *g, Column **out, Err *err) {
  int64_t p = st->in.names.n, gap = 0;
  ColType type = col_is_text(c) ? c->type : st->col[j].becomes;
  Codes k;
  Map words;
  TRY(codes_init(job, "impute_knn", c, &k, err));
  map_init(&words);
  Sv *word = arena_array(&k.arena, Sv, k.n + st->col[j].word.n);
  for (int64_t w = 0; w < k.n; w++) map_put(&words, word[w] = k.word[w], NULL);
  uint32_t *code = NULL;
  ErrCode done = job_need(job, c->n * 4, "prep.impute_knn", err);
  if (done == OK) code = mem_new((size_t)(c->n + 1) * sizeof *code);
  if (done == OK && !code) done = err_set(err, ERR_MEMORY, "prep.impute_knn: no memory for words");
  for (int64_t i = 0; i < c->n && done == OK; i++) code[i] = (uint32_t)(codes_at(&k, i) < 0 ? 0 : codes_at(&k, i));
  int64_t nword = k.n;
  for (int64_t i = 0; i < g->m && done == OK; i++)
    for (int64_t q = 0; q < p; q++) {
      if (!isnan(g->x[i * p + q])) continue;
      double v = g->value[gap++];
      if (q != j) continue;
      bool is_new;
      Sv w = sv(st->col[j].word.name[(int64_t)v]);
      int64_t to = map_put(&words, w, &is_new);
      if (is_new) word[nword++] = w;
      code[g->row[i]] = (uint32_t)to;
    }
  if (done == OK) done = column_of_words(job, type, word, nword, code, c->n, NULL, 0, out, err);
  mem_free(code);
  map_fini(&words);
  codes_fini(&k);
  return done;
}

static ErrCode fill_fixed(Job *job, const Knn *st, int64_t j, const Column *c, const Gaps *g, Column **out, Err *err) {
  int64_t p = st->in.names.n, gap = 0;
  bool bare = c->missing == c->n;
  ColType type = c->type == COL_F64 && !bare ? COL_F64 : st->col[j].becomes;
  TRY(column_new(job, type, c->n, NULL, out, err));
  (*out)->zoned = c->zoned;
  if (!bare && type == c->type) memcpy((*out)->b, c->b, (size_t)c->n * col_width(c));
  for (int64_t i = 0; i < c->n && !bare && type != c->type; i++) (*out)->f[i] = col_f64(c, i);
  for (int64_t i = 0; i < g->m; i++)
    for (int64_t q = 0; q < p; q++) {
      if (!isnan(g->x[i * p + q])) continue;
      double v = g->value[gap++];
      if (q != j) continue;
      if (type == COL_F64) (*out)->f[g->row[i]] = v;
      else if (type == COL_BOOL) (*out)->b[g->row[i]] = v > 0;
      else (*out)->i[g->row[i]] = (int64_t)fmax(-0x1p62, fmin(0x1p62, nearbyint(v)));
    }
  return OK;
}

static ErrCode fill_column(Job *job, const Knn *st, int64_t j, const Column *c, const Gaps *g, Column **out, Err *err) {
  int64_t first;
  bool same = c->type == st->col[j].becomes || c->type == COL_F64 || st->col[j].word.n;
  if (!column_count_missing(c, &first) && same) return *out = column_ref(c), OK;
  return st->col[j].word.n ? fill_words(job, st, j, c, g, out, err) : fill_fixed(job, st, j, c, g, out, err);
}

static ErrCode apply_all(Job *job, const Knn *st, const KnnOpts *o, const Frame *x, const int *of, Arena *a,
                         Frame *made, Err *err) {
  int *at = arena_array(a, int, st->in.names.n);
  Gaps g = {0};
  for (int j = 0; j < frame_ncol(x); j++)
    if (of[j] >= 0) at[of[j]] = j;
  ErrCode code = find_gaps(job, st, x, at, &g, err);
  if (code == OK) code = fill_gaps(job, st, o, &g, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    Column *c = NULL;
    code = job_tick(job, j, frame_ncol(x), err);
    if (code != OK) break;
    if (of[j] < 0) c = column_ref(frame_at(x, j));
    else code = fill_column(job, st, of[j], frame_at(x, j), &g, &c, err);
    if (code == OK) code = frame_add(made, frame_name(x, j), c, err);
  }
  gaps_fini(&g);
  return code;
}

static ErrCode knn_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  const Knn *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("impute_knn", x, &st->in, &a, &of, err);
  if (code == OK) code = apply_all(job, st, opts, x, of, &a, made, err);
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_column(Store *s, const Knn *st, int64_t j) {
  KnnColumn *c = &st->col[j];
  ColType was = st->in.type[j];
  type_store(s, "becomes", &c->becomes);
  store_f64(s, "scale", &c->scale);
  store_f64(s, "fallback", &c->fallback);
  store_names(s, "words", &c->word);
  store_i64(s, "missing", &c->missing);
  bool text = was == COL_CAT || was == COL_TEXT;
  bool fits = c->becomes == was || (was == COL_I64 && c->becomes == COL_F64);
  fits = fits && text == (c->word.n > 0) && isfinite(c->scale) && isfinite(c->fallback);
  double most = text ? (double)c->word.n - 1 : 1;
  if (votes(was)) fits = fits && c->fallback >= 0 && c->fallback <= most && c->fallback == floor(c->fallback);
  for (int64_t i = 0; i < st->n && fits; i++) {
    double v = st->v[j * st->n + i];
    fits = isnan(v) || (isfinite(v) && (!votes(was) || (v >= 0 && v <= most && v == floor(v))));
  }
  if (!fits) store_fail(s, "a column of training rows that does not fit its type");
}

static void knn_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Knn);
  Knn *st = state->data;
  step_store(s, &st->in);
  int64_t p = st->in.names.n, cells = st->n * p;
  store_i64(s, "rows", &st->n);
  store_i64(s, "seed", &st->seed);
  store_f64s(s, "values", &st->v, &cells);
  if (st->n < 1 || (p ? cells / p != st->n || cells % p : cells != 0)) {
    store_fail(s, "training rows that do not fit their columns");
    st->n = 0, st->in.names.n = p = 0;
  }
  if (s->reading) st->col = arena_array(&state->arena, KnnColumn, p);
  for (int64_t j = 0; j < p; j++) store_column(s, st, j);
}

typedef struct CardColumns {
  int64_t *missing, *row;
  double *range;
  const char **fill, **donors;
} CardColumns;

static const char *print_value(const KnnColumn *c, ColType was, double v, Arena *a) {
  if (c->word.n) return c->word.name[(int64_t)v];
  if (was == COL_BOOL) return v > 0 ? "true" : "false";
  Str text = {0};
  uint8_t bytes[8];
  Column cell = {.n = 1, .type = c->becomes};
  cell.b = bytes;
  int64_t whole = (int64_t)fmax(-0x1p62, fmin(0x1p62, nearbyint(v)));
  if (c->becomes == COL_F64) memcpy(bytes, &v, 8);
  else memcpy(bytes, &whole, 8);
  col_format(&cell, 0, CELL_EXACT, &text);
  const char *out = arena_strndup(a, str_c(&text), text.n);
  str_fini(&text);
  return out;
}

// The first gap of a column in training, as an example: who gives the value.
static void show_gap(const Knn *st, const KnnOpts *o, const Gaps *g, int64_t i, int64_t j, Arena *a, CardColumns *out) {
  int64_t p = st->in.names.n, gap = g->first[i];
  Str text = {0};
  for (int64_t q = 0; q < j; q++) gap += isnan(g->x[i * p + q]);
  for (int64_t k = 0; k < o->k && k < 10 && g->donor[gap * o->k + k] >= 0; k++)
    str_addf(&text, "%s%lld", k ? ", " : "", (long long)g->donor[gap * o->k + k] + 1);
  out->donors[j] = text.n ? arena_strndup(a, str_c(&text), text.n) : NULL;
  out->fill[j] = print_value(&st->col[j], st->in.type[j], g->value[gap], a);
  str_fini(&text);
}

static ErrCode show_gaps(Job *job, const Knn *st, const KnnOpts *o, Arena *a, CardColumns *out, Err *err) {
  int64_t p = st->in.names.n, m = 0;
  Gaps g = {0};
  ErrCode code = gaps_init(job, p, p, &g, err);
  for (int64_t j = 0; j < p && code == OK; j++) {
    int64_t i = 0;
    while (i < st->n && !isnan(st->v[j * st->n + i])) i++;
    if (i == st->n) continue;
    for (int64_t q = 0; q < p; q++) g.x[m * p + q] = st->v[q * st->n + i];
    g.row[m++] = j, out->row[j] = i + 1;
  }
  g.m = m;
  if (code == OK) code = fill_gaps(job, st, o, &g, err);
  for (int64_t i = 0; i < m && code == OK; i++) show_gap(st, o, &g, i, g.row[i], a, out);
  gaps_fini(&g);
  return code;
}

static ErrCode add_ints(Job *job, Frame *card, const char *name, const int64_t *v, Err *err) {
  Column *c;
  TRY(column_new(job, COL_I64, frame_nrow(card), NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    c->i[i] = v[i];
    if (!v[i]) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(card, name, c, err);
  column_unref(c);
  return code;
}

static ErrCode knn_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const KnnOpts *o = opts;
  const Knn *st = state->data;
  int64_t p = st->in.names.n;
  Arena a;
  arena_init(&a);
  CardColumns c = {arena_array(&a, int64_t, p), arena_array(&a, int64_t, p), arena_array(&a, double, p),
                   arena_array(&a, const char *, p), arena_array(&a, const char *, p)};
  for (int64_t j = 0; j < p; j++) {
    c.missing[j] = st->col[j].missing;
    bool ranged = o->metric == METRIC_GOWER && !votes(st->in.type[j]);
    c.range[j] = !ranged ? NAN : st->col[j].scale > 0 ? 1 / st->col[j].scale : 0;
  }
  Frame *card = frame_new(p);
  ErrCode code = show_gaps(job, st, o, &a, &c, err);
  if (code == OK) code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_ints(job, card, "missing", c.missing, err);
  if (code == OK) code = card_reals(job, card, "range", c.range, err);
  if (code == OK) code = add_ints(job, card, "row", c.row, err);
  if (code == OK) code = card_words(job, card, "fill", c.fill, err);
  if (code == OK) code = card_words(job, card, "donors", c.donors, err);
  const char *which = o->draw ? "one drawn of the " : "";
  frame_set_caption(card, arena_printf(&a,
                                       "%s%lld nearest of %lld training rows; row, fill and donors: the first gap of "
                                       "each column, nearest donor first",
                                       which, (long long)o->k, (long long)st->n));
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_impute_knn = {
    .name = "impute_knn",
    .summary = "Fills missing values from the k most similar training rows",
    .source = "checked against scikit-learn 1.2.1, KNNImputer; Gower 1971, A general coefficient of similarity",
    .unfit = "very many training rows, which are all kept and all compared; texts that are all different",
    .params = PARAMS,
    .opts_size = sizeof(KnnOpts),
    .fit = knn_fit,
    .apply = knn_apply,
    .store = knn_store,
    .card = knn_card,
};
