// Runs of one-hot columns, which a design keeps as one code a row, are summed level by level. A sweep adds a row's
// terms to the sums of its levels instead of multiplying all columns by each other: n (d^2 / 2 + g d + g^2 / 2) instead
// of n p^2 / 2 for d other columns and g groups. Sums are over the columns as they are; those of standard columns
// follow from them at the end. Where groups are few or small, or there are more than two classes, a sweep expands
// their columns in the cache and takes them as they come.
//
// Within a block rows are added one after the other, blocks meet as in logistic_sweep.c.
#include "model/logistic_int.h"

#include "base/simd.h"

enum { FEW_ROWS = 4096, HOT_MIN = 8, WIDE = 3 };

// ---- groups --------------------------------------------------------------------------------------------------------
// Returns how many columns are in groups.
static int64_t take_groups(Logit *l) {
  const Compact *c = l->in->compact;
  Hot *h = &l->hot;
  int64_t hot = 0, *place = arena_array(&h->arena, int64_t, c->p);
  for (int64_t t = 0; t < c->p; t++) place[t] = -1;
  for (int64_t j = 0; j < l->p; j++) place[l->col[j]] = j;
  h->group = arena_array(&h->arena, HotGroup, c->nrun);
  for (int64_t k = 0; k < c->nrun; k++) {
    const CodedRun *r = &c->run[k];
    h->group[k] = (HotGroup){.n = r->n, .column = place + r->first, .code = r->code};
    for (int64_t t = r->first; t < r->first + r->n; t++) hot += place[t] >= 0;
  }
  h->n = c->nrun;
  return hot;
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

void hot_open(Logit *l) {
  Hot *h = &l->hot;
  l->at = arena_array(&h->arena, int64_t, l->p);
  without_groups(l);
  if (l->sets != 1 || l->p < HOT_MIN || l->n < FEW_ROWS) return;
  int64_t hot = take_groups(l);
  if (hot < HOT_MIN || hot < WIDE * h->n) {
    without_groups(l);
    return;
  }
  l->nd = 0;
  for (int64_t j = 0; j < l->p; j++)
    if (l->in->compact->col[l->col[j]]) l->at[l->nd++] = j;
  h->pair = arena_array(&h->arena, int64_t, h->n * h->n);
  lay_out(l);
  h->weight = arena_array(&h->arena, double, h->slots);
}

void hot_close(Logit *l) { arena_fini(&l->hot.arena); }

// ---- a sweep -------------------------------------------------------------------------------------------------------
void hot_start(const Logit *l, const double *w) {
  const Hot *h = &l->hot;
  for (int64_t k = 0; k < h->n; k++) {
    const HotGroup *g = &h->group[k];
    double shift = 0;
    for (int64_t c = 0; c <= g->n; c++) h->weight[g->slot + c] = 0;
    for (int64_t c = 0; c < g->n; c++) {
      int64_t j = g->column[c];
      if (j < 0) continue;
      h->weight[g->slot + c] = w[l->first + j] / l->scale[j];
      shift += h->weight[g->slot + c] * l->mean[j];
    }
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

static void add_levels(const uint16_t *code, const double *restrict v, int64_t rows, double *restrict to) {
  for (int64_t i = 0; i < rows; i++) to[code[i]] += v[i];
}

// nb: levels of b and none.
static void add_level_pairs(const uint16_t *a, const uint16_t *b, int64_t nb, const double *restrict v, int64_t rows,
                            double *restrict to) {
  for (int64_t i = 0; i < rows; i++) to[a[i] * nb + b[i]] += v[i];
}

// Rows of v z instead of columns, zeros behind the last.
CLONES static void weigh(const HotSlice *s, int64_t md, int64_t wide) {
  for (int64_t d = 0; d < wide; d += LANES) {
    const double *z[LANES];
    for (int64_t k = 0; k < LANES; k++) z[k] = d + k < md ? s->z + (d + k) * SLICE : s->zero;
    for (int64_t i = 0; i < SLICE; i++) {
      Lanes x = {z[0][i], z[1][i], z[2][i], z[3][i], z[4][i], z[5][i], z[6][i], z[7][i]};
      *(Lanes *)(s->vz + i * wide + d) = x * s->v[i];
    }
  }
}

void hot_add(const Logit *l, const HotSlice *s, bool hessian, double *sum) {
  const Hot *h = &l->hot;
  for (int64_t k = 0; k < h->n; k++) add_levels(h->group[k].code + s->row, s->r, s->rows, sum + h->group[k].slot);
  if (!hessian) return;
  if (h->n) weigh(s, l->first + l->nd, h->wide);
  for (int64_t k = 0; k < h->n; k++) {
    const HotGroup *g = &h->group[k];
    add_levels(g->code + s->row, s->v, s->rows, sum + h->slots + g->slot);
    add_products(g->code + s->row, s->vz, s->rows, h->wide, sum + 2 * h->slots + g->slot * h->wide);
    for (int64_t q = 0; q < k; q++)
      add_level_pairs(g->code + s->row, h->group[q].code + s->row, h->group[q].n + 1, s->v, s->rows,
                      sum + h->pair[k * h->n + q]);
  }
}

int64_t hot_size(const Logit *l, bool hessian) { return hessian ? l->hot.size : l->hot.slots; }

// ---- the sums of standard columns ----------------------------------------------------------------------------------
void hot_gradient(const Logit *l, const double *sum, double *g) {
  for (int64_t k = 0; k < l->hot.n; k++) {
    const HotGroup *q = &l->hot.group[k];
    for (int64_t c = 0; c < q->n; c++) {
      int64_t j = q->column[c];
      if (j < 0) continue;
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
      if (i < 0 || j < 0) continue;
      double raw = level_pair(h, k, c, q, e, sum), mi = l->mean[i], mj = l->mean[j];
      double v = (raw - mi * vb[e] - mj * va[c] + mi * mj * all) / (l->scale[i] * l->scale[j]);
      set_both(l, l->first + i, l->first + j, v, out);
    }
}

void hot_hessian(const Logit *l, const double *sum, double *out) {
  const Hot *h = &l->hot;
  double all = l->first ? out[0] : 0;
  for (int64_t k = 0; k < h->n; k++) {
    for (int64_t c = 0; c < h->group[k].n; c++)
      if (h->group[k].column[c] >= 0) spread_others(l, &h->group[k], c, sum, out);
    for (int64_t q = 0; q <= k; q++) spread_pair(l, k, q, all, sum, out);
  }
}
