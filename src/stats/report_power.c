// The order of a column's values together with what it tells of a target of classes: each value is sorted with the
// class of its row, and one walk adds up the ranks of each class, ties sharing their mean rank. Ranks are halves of
// whole numbers, so that the sums are exact and the areas those of stats_power. Rows without a target count for the
// order alone.
#include "stats/report_int.h"

#include <math.h>
#include <stdlib.h>

static double value_of_key(uint64_t key) { // the inverse of order_key_f64, for numbers
  uint64_t b = key >> 63 ? key ^ (uint64_t)1 << 63 : ~key;
  double v;
  memcpy(&v, &b, sizeof v);
  return v;
}

// The classes stand where rows would.
static void fill_keys(const Goal *g, const Column *c, KeyRows *k) {
  for (int64_t i = 0; i < c->n; i++) {
    double v = col_f64(c, i);
    if (!isnan(v)) k->key[k->n] = order_key_f64(v), k->row[k->n++] = g->class[i];
  }
}

typedef struct Ranks {
  double *sum, *rows; // of each class
  double n;
} Ranks;

static void add_ranks(const KeyRows *k, Ranks *t) {
  for (int64_t i = 0, j; i < k->n; i = j) {
    double before = t->n;
    for (j = i; j < k->n && k->key[j] == k->key[i]; j++) t->n += k->row[j] != NO_CODE;
    double rank = (before + t->n + 1) / 2;
    for (int64_t l = i; l < j; l++)
      if (k->row[l] != NO_CODE) t->sum[k->row[l]] += rank, t->rows[k->row[l]] += 1;
  }
}

static double area_of(const Ranks *t, int64_t class) {
  double yes = t->rows[class], no = t->n - yes;
  double area = (t->sum[class] - yes * (yes + 1) / 2) / (yes * no);
  return yes > 0 && no > 0 ? fmax(area, 1 - area) : NAN;
}

static void read_power(const Goal *g, const Ranks *t, PowerOut *power) {
  double sum = 0, weight = 0;
  for (int64_t class = 0; class < g->k; class ++) {
    double area = area_of(t, class);
    if ((g->k == 2 && class != g->told) || isnan(area)) continue;
    sum += t->rows[class] * area, weight += t->rows[class];
  }
  *power = (PowerOut){"auc", weight > 0 ? sum / weight : NAN, (int64_t)t->n};
}

ErrCode goal_sort(Run *r, const Column *c, double *x, int64_t n, PowerOut *power, Err *err) {
  size_t bytes = (size_t)n * 24 + 8;
  if (bytes > r->keys.bytes) TRY(job_need(r->job, (int64_t)bytes, "a profile", err));
  KeyRows k = {.key = room_get(&r->keys, bytes)};
  if (!k.key) return err_set(err, ERR_MEMORY, "a profile: the system has no memory left: take fewer rows");
  k.key2 = k.key + n, k.row = (uint32_t *)(k.key2 + n), k.row2 = k.row + n;
  fill_keys(&r->goal, c, &k);
  ErrCode code = order_rows(r->job, &k, err);
  Ranks t = {.sum = calloc((size_t)r->goal.k * 2, sizeof *t.sum)};
  if (!t.sum) abort();
  t.rows = t.sum + r->goal.k;
  if (code == OK) add_ranks(&k, &t), read_power(&r->goal, &t, power);
  for (int64_t i = 0; i < n && code == OK; i++) x[i] = value_of_key(k.key[i]);
  free(t.sum);
  return code;
}
