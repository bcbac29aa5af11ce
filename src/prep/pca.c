// Principal components: columns become their projections on the directions of largest variance, which are uncorrelated.
// The directions are the eigenvectors of the covariance matrix of the training rows (n - 1). Jacobi's method keeps the
// small eigenvalues exact relative to their columns. Their signs are free: the largest loading of each is positive, as
// in scikit-learn since 1.5. O(n p^2 + p^3) to learn, O(n p k) to apply, in slices of rows that fit the cache.
#include "prep/each_int.h"

#include "base/numfmt.h"
#include "base/pool.h"
#include "base/simd.h"

#include <math.h>

enum { SLICE = 512 };

typedef struct PcaOpts {
  Names columns;
  int64_t components;
  double share;
  bool whiten;
} PcaOpts;

typedef struct Pca {
  Learned in;
  int64_t k;       // components
  double *mean;    // p
  double *loading; // k x p, row-major
  double *var;     // k
  double total;    // variance of all columns
} Pca;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(PcaOpts, columns), .dflt = "",
     .doc = "columns to project: names or \"*\", \"@number\"; none given: every number column"},
    {"components", PARAM_INT, offsetof(PcaOpts, components), 0, 1e5, "0",
     .doc = "how many components; 0: as many as share asks for"},
    {"share", PARAM_REAL, offsetof(PcaOpts, share), 0, 1, "1",
     .doc = "as many components as together have more than this share of the variance; 1: all"},
    {"whiten", PARAM_BOOL, offsetof(PcaOpts, whiten), .dflt = "false",
     .doc = "divide each component by its standard deviation"},
    PARAM_END};

// ---- fit -----------------------------------------------------------------------------------------------------------
typedef struct Centring {
  const Column *c;
  double mean, *x;
} Centring;

static void centre_chunk(void *ctx, int64_t begin, int64_t end) {
  const Centring *t = ctx;
  column_doubles(t->c, begin, end, t->x + begin);
  affine_map(&(Affine){t->mean, 1}, t->x + begin, end - begin, t->x + begin);
}

static ErrCode centred(Job *job, const Frame *x, const int *col, Pca *st, Mat *m, Err *err) {
  for (int64_t j = 0; j < m->p; j++) {
    const Column *c = frame_at(x, col[j]);
    Centring t = {c, 0, m->x + j * m->n};
    TRY(job_tick(job, j, m->p, err));
    TRY(check_full("pca", st->in.names.name[j], c, err));
    par_for(job, m->n, STEP_GRAIN, centre_chunk, &t);
    t.mean = st->mean[j] = sum_f64(job, t.x, m->n) / (double)m->n;
    par_for(job, m->n, STEP_GRAIN, centre_chunk, &t);
  }
  return OK;
}

static void order_descending(const double *value, int64_t p, int64_t *place) {
  for (int64_t k = 0; k < p; k++) {
    int64_t j = k;
    for (; j > 0 && value[place[j - 1]] < value[k]; j--) place[j] = place[j - 1];
    place[j] = k;
  }
}

static int64_t wanted(const PcaOpts *o, const Pca *st, const double *value, const int64_t *place, int64_t most) {
  double sum = 0;
  int64_t k = 0;
  if (o->components) return o->components < most ? o->components : most;
  if (o->share >= 1 || st->total <= 0) return most;
  while (k < most && sum <= o->share * st->total) sum += fmax(value[place[k++]], 0);
  return k;
}

// Loadings of the k-th largest eigenvalue, which are column place[k] of v.
static void take_component(Pca *st, int64_t k, const double *v, int64_t from) {
  int64_t p = st->in.names.n, largest = 0;
  double *loading = st->loading + k * p;
  for (int64_t j = 0; j < p; j++) {
    loading[j] = v[j * p + from];
    if (fabs(loading[j]) > fabs(loading[largest])) largest = j;
  }
  bool turned = p > 0 && loading[largest] < 0;
  for (int64_t j = 0; j < p && turned; j++) loading[j] = -loading[j] + 0.0;
}

static ErrCode find_components(Job *job, const PcaOpts *o, const Mat *x, Arena *a, Pca *st, Err *err) {
  int64_t p = x->p, most = x->n < p ? x->n : p;
  Mat room; // covariances, vectors, values
  TRY(mat_new(job, 2 * p + 1, p, "the covariances", &room, err));
  double *gram = room.x, *v = gram + p * p, *value = v + p * p;
  ErrCode code = mat_gram(job, x, NULL, gram, err);
  for (int64_t i = 0; i < p * p; i++) gram[i] /= x->n > 1 ? (double)(x->n - 1) : 1;
  for (int64_t j = 0; j < p; j++) st->total += gram[j * p + j];
  if (code == OK && !isfinite(st->total))
    code = err_set(err, ERR_NUMERIC,
                   "prep.pca: the columns have huge values, their variance is no number: put "
                   "prep.standard{} before prep.pca");
  if (code == OK) {
    int64_t *place = arena_array(a, int64_t, p);
    eigen_sym(gram, p, value, v);
    order_descending(value, p, place);
    st->k = wanted(o, st, value, place, most);
    st->loading = arena_array(a, double, st->k *p), st->var = arena_array(a, double, st->k);
    for (int64_t k = 0; k < st->k; k++) {
      st->var[k] = fmax(value[place[k]], 0);
      take_component(st, k, v, place[k]);
    }
  }
  mat_free(&room);
  return code;
}

static ErrCode pca_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const PcaOpts *o = opts;
  Pca *st = arena_new(&state->arena, Pca);
  int *col;
  TRY(step_learn("pca", in->x, &o->columns, "@number", &state->arena, &st->in, &col, err));
  Mat x;
  int64_t p = st->in.names.n;
  st->mean = arena_array(&state->arena, double, p);
  state->data = st;
  if (p == 0) return OK;
  TRY(mat_new(job, frame_nrow(in->x), p, "the columns of prep.pca", &x, err));
  ErrCode code = centred(job, in->x, col, st, &x, err);
  if (code == OK) code = find_components(job, o, &x, &state->arena, st, err);
  mat_free(&x);
  return code;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
typedef struct Projecting {
  const Pca *st;
  const Column **c; // of each learned column
  double **z;       // of each component
  double *weight;   // k x p: loadings, whitened if asked for
} Projecting;

CLONES static void add_scaled(const double *x, int64_t n, double w, double *z) {
  for (int64_t i = 0; i < n; i++) z[i] += w * x[i];
}

static void project_slice(void *ctx, int64_t begin, int64_t end) {
  const Projecting *t = ctx;
  double x[SLICE];
  int64_t n = end - begin, p = t->st->in.names.n;
  for (int64_t k = 0; k < t->st->k; k++)
    for (int64_t i = begin; i < end; i++) t->z[k][i] = 0;
  for (int64_t j = 0; j < p; j++) {
    column_doubles(t->c[j], begin, end, x);
    affine_map(&(Affine){t->st->mean[j], 1}, x, n, x);
    for (int64_t k = 0; k < t->st->k; k++) add_scaled(x, n, t->weight[k * p + j], t->z[k] + begin);
  }
}

static ErrCode add_components(Job *job, Projecting *t, int64_t n, Arena *a, Frame *made, Err *err) {
  for (int64_t k = 0; k < t->st->k; k++) {
    Column *z;
    TRY(column_new(job, COL_F64, n, NULL, &z, err));
    t->z[k] = z->f;
    TRY(step_add("pca", made, arena_printf(a, "pc%lld", (long long)k + 1), z, err));
  }
  return OK;
}

// The components stand where the first of their columns stood.
static ErrCode add_columns(Job *job, Projecting *t, const Frame *x, const int *of, Arena *a, Frame *made, Err *err) {
  bool first = true;
  for (int j = 0; j < frame_ncol(x); j++) {
    const Column *c = frame_at(x, j);
    TRY(job_tick(job, j, frame_ncol(x), err));
    if (of[j] < 0) {
      TRY(step_add("pca", made, frame_name(x, j), column_ref(c), err));
      continue;
    }
    if (c->n > 0) TRY(check_full("pca", frame_name(x, j), c, err));
    t->c[of[j]] = c;
    if (first) TRY(add_components(job, t, frame_nrow(x), a, made, err));
    first = false;
  }
  return OK;
}

static void set_weights(Projecting *t, bool whiten, Arena *a) {
  int64_t p = t->st->in.names.n;
  t->weight = arena_array(a, double, t->st->k *p);
  for (int64_t k = 0; k < t->st->k; k++) {
    double scale = whiten ? scale_or_one(sqrt(t->st->var[k])) : 1;
    for (int64_t j = 0; j < p; j++) t->weight[k * p + j] = t->st->loading[k * p + j] / scale;
  }
}

static ErrCode pca_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  const Pca *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Projecting t = {st, arena_array(&a, const Column *, st->in.names.n), arena_array(&a, double *, st->k), NULL};
  Frame *made = frame_new(frame_nrow(x));
  set_weights(&t, ((const PcaOpts *)opts)->whiten, &a);
  ErrCode code = step_match("pca", x, &st->in, &a, &of, err);
  if (code == OK) code = add_columns(job, &t, x, of, &a, made, err);
  if (code == OK && st->k > 0) par_for(job, frame_nrow(x), SLICE, project_slice, &t);
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void pca_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Pca);
  Pca *st = state->data;
  step_store(s, &st->in);
  int64_t p = st->in.names.n, nloading = st->k * p, k = st->k;
  store_f64s(s, "means", &st->mean, &p);
  store_f64s(s, "variances", &st->var, &k);
  store_f64s(s, "loadings", &st->loading, &nloading);
  store_f64(s, "total", &st->total);
  bool fits = p == st->in.names.n && nloading == k * p;
  if (!fits) store_fail(s, "components that do not fit their columns");
  st->k = s->err.code == OK ? k : 0;
  if (s->err.code != OK) st->in.names.n = 0;
}

static ErrCode pca_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  const Pca *st = state->data;
  int64_t p = st->in.names.n, k = st->k;
  double sum = 0;
  char shown[NUMFMT_MAX];
  Arena a;
  arena_init(&a);
  const char **name = arena_array(&a, const char *, k);
  double *share = arena_array(&a, double, k), *together = arena_array(&a, double, k), *v = arena_array(&a, double, k);
  for (int64_t i = 0; i < k; i++) {
    name[i] = arena_printf(&a, "pc%lld", (long long)i + 1);
    share[i] = st->total > 0 ? st->var[i] / st->total : NAN;
    together[i] = sum += share[i];
  }
  Frame *card = frame_new(k);
  ErrCode code = card_words(job, card, "component", name, err);
  if (code == OK) code = card_reals(job, card, "variance", st->var, err);
  if (code == OK) code = card_reals(job, card, "share", share, err);
  if (code == OK) code = card_reals(job, card, "together", together, err);
  for (int64_t j = 0; j < p && code == OK; j++) {
    for (int64_t i = 0; i < k; i++) v[i] = st->loading[i * p + j];
    if (frame_find(card, sv(st->in.names.name[j])) >= 0) continue;
    code = card_reals(job, card, st->in.names.name[j], v, err);
  }
  fmt_sensible(shown, sizeof shown, 100 * sum, 3);
  const char *caption =
      arena_printf(&a, "%lld of %lld components, %s %% of the variance%s; loadings by column", (long long)k,
                   (long long)p, shown, ((const PcaOpts *)opts)->whiten ? ", whitened" : "");
  frame_set_caption(card, caption);
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_pca = {
    .name = "pca",
    .summary = "Replaces number columns by their principal components",
    .source = "Jolliffe, Principal Component Analysis; checked against scikit-learn 1.2.1, PCA, and recipes "
              "1.0.4, step_center and step_pca, up to signs",
    .unfit = "columns of different units, unless prep.standard{} comes before; coefficients that someone shall read",
    .example = "return pipe{prep.standard{}, prep.pca{components=2}}:fit(data 'wine', 'class'):steps()",
    .params = PARAMS,
    .opts_size = sizeof(PcaOpts),
    .fit = pca_fit,
    .apply = pca_apply,
    .store = pca_store,
    .card = pca_card,
};
