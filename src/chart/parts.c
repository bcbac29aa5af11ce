// A number column split by the levels of another: the values of a level side by side, ascending. One radix sort of all
// values and a stable partition by level, so equal values keep the order of their rows.
#include "chart/chart_int.h"

#include <math.h>

// Keys carry their rows of the frame and say their values, so nothing is looked up again after sorting.
static ErrCode sort_rows(Pile *p, const Use *use, const int64_t *row, int64_t n, KeyRows *keys, Err *err) {
  TRY(pile_new(p, n * 8, &keys->key, err));
  TRY(pile_new(p, n * 8, &keys->key2, err));
  TRY(pile_new(p, n * 4, &keys->row, err));
  TRY(pile_new(p, n * 4, &keys->row2, err));
  for (int64_t i = 0; i < n; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(p->job, i, n, err));
    keys->key[i] = order_key_f64(col_f64(use->col, row[i])), keys->row[i] = (uint32_t)row[i];
  }
  keys->n = n;
  return order_rows(p->job, keys, err);
}

static double value_of_key(uint64_t key) {
  const uint64_t sign = (uint64_t)1 << 63, bits = key & sign ? key ^ sign : ~key;
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

static ErrCode partition(Pile *p, const KeyRows *keys, Parts *out, Err *err) {
  int64_t *next;
  TRY(pile_new(p, out->n * 8, &out->x, err));
  TRY(pile_new(p, out->n * 8, &out->row, err));
  TRY(pile_new(p, (out->nlevel + 1) * 8, &out->begin, err));
  TRY(pile_new(p, (out->nlevel + 1) * 8, &next, err));
  memset(next, 0, (size_t)(out->nlevel + 1) * sizeof *next);
  for (int64_t i = 0; i < out->n; i++) next[out->split ? out->by.of[keys->row[i]] : 0]++;
  for (int64_t k = 0, first = 0; k <= out->nlevel; k++) {
    int64_t n = next[k];
    out->begin[k] = next[k] = first, first += n;
  }
  for (int64_t i = 0; i < out->n; i++) {
    int64_t at = next[out->split ? out->by.of[keys->row[i]] : 0]++;
    out->row[at] = keys->row[i], out->x[at] = value_of_key(keys->key[i]);
  }
  return OK;
}

ErrCode parts_load(Pile *p, const Frame *d, const PartsOpts *o, Plot *plot, Parts *out, Err *err) {
  static const char advice[] = "keep fewer with d:where, or leave it out";
  int64_t *row;
  KeyRows keys = {0};
  if (frame_nrow(d) > UINT32_MAX) return err_set(err, ERR_SHAPE, "%s: more rows than can be sorted", p->chart);
  *out = (Parts){.split = o->by != NULL, .nlevel = 1};
  TRY(use_find(d, p->chart, o->x, false, o->advice, &out->use, err));
  use_scale(&out->use, o->scale);
  if (o->by) TRY(levels_load(p, d, o->by, o->most, advice, plot, &out->by, err));
  TRY(rows_pick(p, &out->use, 1, o->by ? &out->by : NULL, frame_nrow(d), &row, &out->n, err));
  if (o->by) out->nlevel = out->by.n;
  TRY(sort_rows(p, &out->use, row, out->n, &keys, err));
  TRY(partition(p, &keys, out, err));
  out->min = out->max = out->x[0];
  for (int64_t k = 0; k < out->nlevel; k++) {
    if (out->begin[k] == out->begin[k + 1]) continue;
    out->min = fmin(out->min, out->x[out->begin[k]]), out->max = fmax(out->max, out->x[out->begin[k + 1] - 1]);
  }
  return OK;
}

double sorted_quantile(const double *x, int64_t n, double p) {
  double h = (double)(n - 1) * p, lo = floor(h + 4 * 2.220446049250313e-16), part = h - lo;
  int64_t i = (int64_t)lo;
  if (fabs(part) < 1e-15 || i + 1 >= n) return x[i < n ? i : n - 1];
  return x[i] + part * (x[i + 1] - x[i]);
}

void sorted_hinges(const double *x, int64_t n, double five[5]) {
  int64_t half = (n + 3) / 2; // twice the depth of the hinges, as whole numbers
  double depth[5] = {1, (double)half / 2, (double)(n + 1) / 2, (double)n + 1 - (double)half / 2, (double)n};
  for (int k = 0; k < 5; k++) {
    int64_t a = (int64_t)floor(depth[k]) - 1, b = (int64_t)ceil(depth[k]) - 1;
    five[k] = x[a] / 2 + x[b] / 2;
    if (a == b) five[k] = x[a];
  }
}

void axis_parts(Plot *p, Axis *a, const Parts *parts, bool all) {
  const char **name = parts->by.name;
  int64_t n = 0;
  a->category = arena_array(&p->arena, const char *, parts->nlevel);
  for (int64_t k = parts->nlevel - 1; k >= 0; k--) // the first level at the top
    if (all || parts->begin[k] < parts->begin[k + 1]) a->category[n++] = parts->split ? name[k] : "";
  *a = (Axis){.kind = AXIS_CATEGORY, .lo = 0, .hi = (double)n, .category = a->category, .ncategory = (int32_t)n};
}

void axis_values(Axis *a, const Parts *parts) {
  axis_over(a, AXIS_NUMBER, parts->min, parts->max, parts->use.log);
  if (parts->use.symlog) axis_symlog(a, parts->x, parts->n);
}

const char *words_medians(const Parts *parts, Plot *p) {
  enum { MOST = 4 };
  Str s = {0};
  int64_t shown = 0, full = 0;
  for (int64_t k = 0; k < parts->nlevel; k++) full += parts->begin[k] < parts->begin[k + 1];
  for (int64_t k = 0; k < parts->nlevel && full <= MOST; k++) {
    const double *x = parts->x + parts->begin[k];
    int64_t n = parts->begin[k + 1] - parts->begin[k];
    if (!n) continue;
    str_addf(&s, "%s%s%s%s (n %s)", shown++ ? ", " : "median ", parts->split ? parts->by.name[k] : "",
             parts->split ? " " : "", words_number(p, sorted_quantile(x, n, 0.5)), words_count(p, n));
  }
  if (full > MOST) {
    int64_t least = -1, most = -1;
    double low = INFINITY, high = -INFINITY;
    for (int64_t k = 0; k < parts->nlevel; k++) {
      int64_t n = parts->begin[k + 1] - parts->begin[k];
      if (!n) continue;
      double m = sorted_quantile(parts->x + parts->begin[k], n, 0.5);
      if (m < low) low = m, least = k;
      if (m > high) high = m, most = k;
    }
    str_addf(&s, "medians from %s in %s to %s in %s", words_number(p, low), parts->by.name[least],
             words_number(p, high), parts->by.name[most]);
  }
  const char *words = arena_strdup(&p->arena, str_c(&s));
  str_fini(&s);
  return words;
}
