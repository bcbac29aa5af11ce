// Imputing from the nearest training rows: the mean of their values for numbers and dates, their most frequent value
// for bools, categories and texts. Distances are Gower's (each number column divided by its range in training,
// anything else 0 or 1, averaged over the columns that both rows have) or scikit-learn's nan_euclidean for numbers as
// they stand. The training rows are kept, gaps and all, so later rows find the same donors; a training row is never
// its own donor, for it lacks the very value. Where no row has a column in common the mean or most frequent value
// steps in. An int column with gaps in training becomes real, for a mean is rarely whole; one without stays int, and
// gaps of later rows take the rounded mean: the type of a column is decided by fit. scikit-learn also averages over
// rows that have no column in common when fewer than k others are left; here they are no donors. With `draw` it is a
// hot deck: the value of one of the k rows as it stands (Andridge and Little 2010).
#include "prep/impute_knn_int.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

// ---- apply ---------------------------------------------------------------------------------------------------------
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
  ErrCode code = gaps_find(job, st, x, at, &g, err);
  if (code == OK) code = gaps_fill(job, st, o, &g, err);
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

// ---- store ----------------------------------------------------------------------------------------------------------
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

const StepType step_impute_knn = {
    .name = "impute_knn",
    .summary = "Fills missing values from the k most similar training rows",
    .source = "checked against scikit-learn 1.2.1, KNNImputer; Gower 1971, A general coefficient of similarity",
    .unfit = "very many training rows, which are all kept and all compared; texts that are all different",
    .example = "return pipe{prep.impute_knn{k=5}}:preview(data 'airquality')",
    .params = PARAMS,
    .opts_size = sizeof(KnnOpts),
    .fit = knn_fit,
    .apply = knn_apply,
    .store = knn_store,
    .card = knn_card,
};
