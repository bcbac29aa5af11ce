// Columns of zeros and ones of which a row has at most one 1, as one-hot coding makes them: a group of them is kept as
// one number a row, its level. A sweep then adds a row's terms to the sums of its levels instead of multiplying all
// columns by each other: n (d^2 / 2 + g d + g^2 / 2) instead of n p^2 / 2 for d other columns and g groups. Sums are
// over the columns as they are; those of standard columns follow from them at the end.
//
// Groups are guessed from a sample of the rows and proved on all; where a row contradicts, all columns are taken as
// they come. Within a block rows are added one after the other, blocks meet as in logistic_sweep.c.
#include "model/logistic_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>
#include <string.h>

enum { SAMPLE = 4096, HOT_MIN = 8, WIDE = 3, LEVELS_MAX = 60000 };

// ---- groups --------------------------------------------------------------------------------------------------------
static bool sample_is_hot(const double *x, int64_t n, int64_t step) {
  bool some = false;
  for (int64_t i = 0; i < n; i += step) {
    if (x[i] != 0 && x[i] != 1) return false;
    some = some || x[i] == 1;
  }
  return some;
}

static bool sample_joins(const double *x, int64_t n, int64_t step, const bool *taken) {
  for (int64_t i = 0; i < n; i += step)
    if (x[i] == 1 && taken[i / step]) return false;
  return true;
}

// Neighbours that exclude each other in the sample make a group; the other columns go to l->at.
static void guess_groups(Logit *l, int64_t step) {
  Hot *h = &l->hot;
  int64_t hot = 0;
  bool *taken = arena_array(&h->arena, bool, l->n / step + 1);
  h->group = arena_array(&h->arena, HotGroup, l->p);
  int64_t *column = arena_array(&h->arena, int64_t, l->p);
  l->nd = 0;
  for (int64_t j = 0; j < l->p; j++) {
    const double *x = l->in->x->x + l->col[j] * l->n;
    HotGroup *g = h->n ? &h->group[h->n - 1] : NULL;
    if (!sample_is_hot(x, l->n, step)) {
      l->at[l->nd++] = j;
      continue;
    }
    if (!g || g->n == LEVELS_MAX || !sample_joins(x, l->n, step, taken)) {
      memset(taken, 0, (size_t)(l->n / step + 1) * sizeof *taken);
      g = &h->group[h->n++];
      *g = (HotGroup){.column = column + hot};
    }
    for (int64_t i = 0; i < l->n; i += step) taken[i / step] = taken[i / step] || x[i] == 1;
    column[hot++] = j, g->n++;
  }
}

typedef struct Proof {
  Logit *l;
  atomic_bool wrong;
} Proof;

static void prove_rows(void *ctx, int64_t begin, int64_t end) {
  Proof *p = ctx;
  const Logit *l = p->l;
  for (int64_t k = 0; k < l->hot.n; k++) {
    const HotGroup *g = &l->hot.group[k];
    uint16_t none = (uint16_t)g->n;
    bool wrong = false;
    for (int64_t i = begin; i < end; i++) g->code[i] = none;
    for (int64_t c = 0; c < g->n; c++) {
      const double *x = l->in->x->x + l->col[g->column[c]] * l->n;
      for (int64_t i = begin; i < end; i++) {
        if (x[i] == 0) continue;
        wrong = wrong || x[i] != 1 || g->code[i] != none;
        g->code[i] = (uint16_t)c;
      }
    }
    if (wrong) atomic_store_explicit(&p->wrong, true, memory_order_relaxed);
  }
}

static void without_groups(Logit *l) {
  l->hot.n = l->hot.slots = l->hot.size = 0;
  l->nd = l->p;
  for (int64_t j = 0; j < l->p; j++) l->at[j] = j;
}

// Where the sums of each group and of each pair of them lie.
static void lay_out(Logit *l) {
  Hot *h = &l->hot;
  int64_t md = l->first + l->nd, size;
  h->wide = (md + LANES - 1) / LANES * LANES;
  for (int64_t k = 0; k < h->n; k++) h->group[k].slot = h->slots, h->slots += h->group[k].n + 1;
  size = h->slots * (2 + h->wide); // gradient, weight, products with the other columns
  for (int64_t k = 0; k < h->n; k++)
    for (int64_t q = 0; q < k; q++) h->pair[k * h->n + q] = size, size += (h->group[k].n + 1) * (h->group[q].n + 1);
  h->size = size;
}

ErrCode hot_open(Job *job, Logit *l, Err *err) {
  Hot *h = &l->hot;
  int64_t step = l->n > SAMPLE ? l->n / SAMPLE : 1;
  l->at = arena_array(&h->arena, int64_t, l->p);
  without_groups(l);
  if (l->sets != 1 || l->p < HOT_MIN || l->n < SAMPLE) return OK;
  guess_groups(l, step);
  int64_t hot = l->p - l->nd;
  if (hot < HOT_MIN || hot < WIDE * h->n) return without_groups(l), OK;
  TRY(mat_new(job, (l->n * h->n + 3) / 4, 1, "logistic regression", &h->codes, err));
  for (int64_t k = 0; k < h->n; k++) h->group[k].code = (uint16_t *)(void *)h->codes.x + k * l->n;
  Proof proof = {.l = l};
  atomic_init(&proof.wrong, false);
  par_for(job, l->n, NUM_BLOCK, prove_rows, &proof);
  if (atomic_load(&proof.wrong)) return without_groups(l), OK;
  h->pair = arena_array(&h->arena, int64_t, h->n * h->n);
  lay_out(l);
  h->weight = arena_array(&h->arena, double, h->slots);
  return OK;
}

void hot_close(Logit *l) {
  mat_free(&l->hot.codes);
  arena_fini(&l->hot.arena);
}

// ---- a sweep -------------------------------------------------------------------------------------------------------
void hot_start(const Logit *l, const double *w) {
  const Hot *h = &l->hot;
  for (int64_t k = 0; k < h->n; k++) {
    const HotGroup *g = &h->group[k];
    double shift = 0;
    for (int64_t c = 0; c < g->n; c++) {
      int64_t j = g->column[c];
      h->weight[g->slot + c] = w[l->first + j] / l->scale[j];
      shift += h->weight[g->slot + c] * l->mean[j];
    }
    h->weight[g->slot + g->n] = 0;
    for (int64_t c = 0; c <= g->n; c++) h->weight[g->slot + c] -= shift;
  }
}

void hot_margins(const Logit *l, int64_t row, int64_t rows, double *eta) {
  for (int64_t k = 0; k < l->hot.n; k++) {
    const HotGroup *g = &l->hot.group[k];
    const double *weight = l->hot.weight + g->slot;
    for (int64_t i = 0; i < rows; i++) eta[i] += weight[g->code[row + i]];
  }
}

CLONES static void add_products(const uint16_t *code, const double *vz, int64_t rows, int64_t wide, double *to) {
  for (int64_t i = 0; i < rows; i++)
    for (int64_t d = 0; d < wide; d += LANES)
      *(Lanes *)(to + code[i] * wide + d) += *(const Lanes *)(vz + i * wide + d);
}

static void add_levels(const uint16_t *code, const double *v, int64_t rows, double *to) {
  for (int64_t i = 0; i < rows; i++) to[code[i]] += v[i];
}

static void add_level_pairs(const HotGroup *a, const HotGroup *b, int64_t row, const double *v, int64_t rows,
                            double *to) {
  for (int64_t i = 0; i < rows; i++) to[a->code[row + i] * (b->n + 1) + b->code[row + i]] += v[i];
}

void hot_add(const Logit *l, const HotSlice *s, bool hessian, double *sum) {
  const Hot *h = &l->hot;
  int64_t md = l->first + l->nd;
  for (int64_t k = 0; k < h->n; k++) add_levels(h->group[k].code + s->row, s->r, s->rows, sum + h->group[k].slot);
  if (!hessian) return;
  for (int64_t i = 0; i < s->rows; i++)
    for (int64_t d = 0; d < h->wide; d++) s->vz[i * h->wide + d] = d < md ? s->v[i] * s->z[d * SLICE + i] : 0;
  for (int64_t k = 0; k < h->n; k++) {
    const HotGroup *g = &h->group[k];
    add_levels(g->code + s->row, s->v, s->rows, sum + h->slots + g->slot);
    add_products(g->code + s->row, s->vz, s->rows, h->wide, sum + 2 * h->slots + g->slot * h->wide);
    for (int64_t q = 0; q < k; q++)
      add_level_pairs(g, &h->group[q], s->row, s->v, s->rows, sum + h->pair[k * h->n + q]);
  }
}

int64_t hot_size(const Logit *l, bool hessian) { return hessian ? l->hot.size : l->hot.slots; }

// ---- the sums of standard columns ----------------------------------------------------------------------------------
void hot_gradient(const Logit *l, const double *sum, double *g) {
  for (int64_t k = 0; k < l->hot.n; k++) {
    const HotGroup *q = &l->hot.group[k];
    for (int64_t c = 0; c < q->n; c++) {
      int64_t j = q->column[c];
      g[l->first + j] = (sum[q->slot + c] - (l->first ? l->mean[j] * g[0] : 0)) / l->scale[j];
    }
  }
}

static void set_both(const Logit *l, int64_t i, int64_t j, double v, double *h) {
  h[i * l->size + j] = h[j * l->size + i] = v;
}

// With the other columns, whose own products stand in `out` already; those with the intercept are their sums.
static void spread_others(const Logit *l, const HotGroup *g, int64_t c, const double *sum, double *out) {
  const Hot *h = &l->hot;
  int64_t j = g->column[c], at = l->first + j;
  const double *product = sum + 2 * h->slots + (g->slot + c) * h->wide;
  for (int64_t d = 0; d < l->first + l->nd; d++) {
    int64_t i = d < l->first ? 0 : l->first + l->at[d - l->first];
    double mean = l->first ? l->mean[j] * out[i] : 0; // row 0 of out
    set_both(l, at, i, (product[d] - mean) / l->scale[j], out);
  }
}

static double level_pair(const Hot *h, int64_t k, int64_t c, int64_t q, int64_t e, const double *sum) {
  if (k == q) return c == e ? sum[h->slots + h->group[k].slot + c] : 0;
  return sum[h->pair[k * h->n + q] + c * (h->group[q].n + 1) + e];
}

static void spread_pair(const Logit *l, int64_t k, int64_t q, double all, const double *sum, double *out) {
  const Hot *h = &l->hot;
  const HotGroup *a = &h->group[k], *b = &h->group[q];
  const double *va = sum + h->slots + a->slot, *vb = sum + h->slots + b->slot;
  for (int64_t c = 0; c < a->n; c++)
    for (int64_t e = 0; e < b->n; e++) {
      int64_t i = a->column[c], j = b->column[e];
      double raw = level_pair(h, k, c, q, e, sum), mi = l->mean[i], mj = l->mean[j];
      double v = (raw - mi * vb[e] - mj * va[c] + mi * mj * all) / (l->scale[i] * l->scale[j]);
      set_both(l, l->first + i, l->first + j, v, out);
    }
}

void hot_hessian(const Logit *l, const double *sum, double *out) {
  const Hot *h = &l->hot;
  double all = l->first ? out[0] : 0;
  for (int64_t k = 0; k < h->n; k++) {
    for (int64_t c = 0; c < h->group[k].n; c++) spread_others(l, &h->group[k], c, sum, out);
    for (int64_t q = 0; q <= k; q++) spread_pair(l, k, q, all, sum, out);
  }
}
