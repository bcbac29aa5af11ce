// Columns as dense ranks: the smallest value is 0, the next one 1; missing is one more than the largest. What a tree
// needs of a number is its order, and a rank says it in two or four bytes; the values themselves come back only where a
// cut is written down. Random cuts are drawn among the values, so they take columns of values instead.
#include "model/cart_int.h"

#include "base/pool.h"

#include <math.h>

enum { GRAIN = 1 << 14, NARROW = UINT16_MAX };

typedef struct Ranking {
  const Features *x;
  int64_t j;
  KeyRows r;
} Ranking;

static void read_keys(void *ctx, int64_t begin, int64_t end) {
  const Ranking *k = ctx;
  double *v = (double *)(void *)(k->r.key2 + begin); // not in use yet
  features_read(k->x, k->j, begin, end, v);
  for (int64_t i = begin; i < end; i++) k->r.key[i] = order_key_f64(v[i - begin]), k->r.row[i] = (uint32_t)i;
}

static void set_rank(CartColumn *c, int64_t row, int64_t rank) {
  if (c->r16) c->r16[row] = (uint16_t)rank;
  else c->r32[row] = (uint32_t)rank;
}

static ErrCode new_ranks(Job *job, int64_t n, CartColumn *c, Err *err) {
  size_t width = c->distinct <= NARROW ? sizeof *c->r16 : sizeof *c->r32;
  TRY(job_need(job, n * (int64_t)width, "the ranks of a column", err));
  void *ranks = mem_new((size_t)n * width);
  if (!ranks) return err_set(err, ERR_MEMORY, "no memory for the ranks of %lld rows", (long long)n);
  if (c->distinct <= NARROW) c->r16 = ranks;
  else c->r32 = ranks;
  return OK;
}

// From rows in the order of their keys.
static ErrCode rank_sorted(Job *job, const Ranking *k, CartColumn *c, Arena *a, Err *err) {
  const KeyRows *r = &k->r;
  uint64_t missing = order_key_f64(NAN);
  int64_t present = r->n;
  while (present > 0 && r->key[present - 1] >= missing) present--;
  c->gaps = present < r->n;
  for (int64_t i = 0; i < present; i++) c->distinct += i == 0 || r->key[i] != r->key[i - 1];
  TRY(new_ranks(job, r->n, c, err));
  c->value = arena_array(a, double, c->distinct);
  double *value = (double *)(void *)r->key2; // free again
  features_read(k->x, k->j, 0, r->n, value);
  int64_t rank = -1;
  for (int64_t i = 0; i < present; i++) {
    if (i == 0 || r->key[i] != r->key[i - 1]) c->value[++rank] = value[r->row[i]] + 0.0; // -0 is 0
    set_rank(c, r->row[i], rank);
  }
  for (int64_t i = present; i < r->n; i++) set_rank(c, r->row[i], c->distinct);
  return OK;
}

static ErrCode rank_numbers(Job *job, Ranking *k, CartColumn *c, Arena *a, Err *err) {
  par_for(job, k->r.n, GRAIN, read_keys, k);
  TRY(order_rows(job, &k->r, err));
  return rank_sorted(job, k, c, a, err);
}

static ErrCode rank_words(Job *job, const Ranking *k, CartColumn *c, Err *err) {
  double v[256];
  const int64_t piece = sizeof v / sizeof *v;
  c->words = true, c->distinct = features_levels(k->x, k->j);
  TRY(new_ranks(job, k->r.n, c, err));
  for (int64_t i = 0; i < k->r.n; i += piece) {
    int64_t end = i + piece < k->r.n ? i + piece : k->r.n;
    features_read(k->x, k->j, i, end, v);
    for (int64_t q = i; q < end; q++) {
      bool gap = isnan(v[q - i]);
      c->gaps = c->gaps || gap;
      set_rank(c, q, gap ? c->distinct : (int64_t)v[q - i]);
    }
  }
  return OK;
}

static ErrCode rank_all(Job *job, const Features *x, KeyRows rows, CartData *d, Err *err) {
  for (int64_t j = 0; j < x->p; j++) {
    Ranking k = {x, j, rows};
    TRY(job_tick(job, j, x->p, err));
    TRY(features_levels(x, j) ? rank_words(job, &k, &d->column[j], err)
                              : rank_numbers(job, &k, &d->column[j], &d->arena, err));
  }
  return OK;
}

// ---- values -------------------------------------------------------------------------------------------------------
static ErrCode read_values(Job *job, const Features *x, CartData *d, Err *err) {
  d->column = arena_array(&d->arena, CartColumn, x->p);
  for (int64_t j = 0; j < x->p; j++) {
    CartColumn *c = &d->column[j];
    TRY(job_tick(job, j, x->p, err));
    TRY(job_need(job, x->n * (int64_t)sizeof *c->x, "the values of a column", err));
    c->x = mem_new((size_t)x->n * sizeof *c->x);
    if (!c->x) return err_set(err, ERR_MEMORY, "no memory for the values of %lld rows", (long long)x->n);
    c->distinct = features_levels(x, j), c->words = c->distinct > 0;
    features_read(x, j, 0, x->n, c->x);
    for (int64_t i = 0; i < x->n; i++) c->gaps = c->gaps || isnan(c->x[i]), c->x[i] += 0.0; // -0 is 0
  }
  return OK;
}

// ---- all columns --------------------------------------------------------------------------------------------------
ErrCode cart_data_new(Job *job, const Features *x, bool values, CartData *out, Err *err) {
  int64_t n = x->n;
  *out = (CartData){.n = n, .p = x->p};
  if (values) {
    ErrCode read = read_values(job, x, out, err);
    if (read != OK) cart_data_free(out);
    return read;
  }
  TRY(job_need(job, n * 24, "ranking", err));
  uint64_t *scratch = mem_new((size_t)n * 24);
  if (!scratch) return err_set(err, ERR_MEMORY, "no memory for the ranks of %lld rows", (long long)n);
  out->column = arena_array(&out->arena, CartColumn, x->p);
  uint32_t *row = (uint32_t *)(scratch + 2 * n);
  ErrCode code = rank_all(job, x, (KeyRows){scratch, scratch + n, row, row + n, n}, out, err);
  mem_free(scratch);
  if (code != OK) cart_data_free(out);
  return code;
}

void cart_data_free(CartData *d) {
  for (int64_t j = 0; j < d->p && d->column; j++) {
    mem_free(d->column[j].r16);
    mem_free(d->column[j].r32);
    mem_free(d->column[j].x);
  }
  arena_fini(&d->arena);
  *d = (CartData){0};
}
