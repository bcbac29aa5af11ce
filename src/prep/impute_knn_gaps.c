// Rows with gaps: which they are, the values that they have, their nearest donors, and what these say.
#include "prep/impute_knn_int.h"

#include "base/map.h"
#include "base/rng.h"

#include <math.h>
#include <string.h>

void gaps_fini(Gaps *g) {
  for (int k = 0; k < 4; k++) mem_free(g->block[k]);
}

static ErrCode take_block(Job *job, int64_t n, void **out, Err *err) {
  TRY(job_need(job, n * 8, "prep.impute_knn", err));
  *out = mem_new((size_t)(n ? n : 1) * 8);
  return *out ? OK : err_set(err, ERR_MEMORY, "prep.impute_knn: no memory for rows with missing values");
}

ErrCode gaps_init(Job *job, int64_t m, int64_t p, Gaps *g, Err *err) {
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

ErrCode gaps_fill(Job *job, const Knn *st, const KnnOpts *o, Gaps *g, Err *err) {
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

// ---- rows of a frame ------------------------------------------------------------------------------------------------
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

ErrCode gaps_find(Job *job, const Knn *st, const Frame *x, const int *at, Gaps *g, Err *err) {
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
