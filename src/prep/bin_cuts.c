// Bins of equal width, of equal frequency, or around k means. All work on the sorted values.
// k-means in one dimension: clusters are runs of the sorted values that end half way between two means, so an iteration
// of Lloyd costs k searches and k differences of running sums instead of a pass over the data. It starts from the
// middles of bins of equal width and stops when no value moves or when the means move less than 1e-4 of the variance; a
// cluster without values takes over the value furthest from its mean. All of that is as in KMeans of scikit-learn
// 1.2.1. Afterwards bins narrower than 1e-8 are joined to the one before them, but for bins of equal width.
#include "prep/bin_int.h"

#include <math.h>

enum { ROUNDS_MAX = 300 };
static const double NARROW = 1e-8, TOLERANCE = 1e-4;

// ---- k-means -------------------------------------------------------------------------------------------------------
typedef struct Means {
  const double *x, *sum; // sorted values; sum[i] = x[0] + ... + x[i - 1], less the mean of all
  int64_t n, k;
  double origin; // the mean of all
  double *mean;  // k, rising, less the origin
  int64_t *end;  // cluster j has the values [end[j - 1], end[j]), with end[-1] = 0
  double *fresh; // k: means to be
} Means;

static int64_t values_up_to(const Means *m, double v) {
  int64_t lo = 0, hi = m->n;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (m->x[mid] - m->origin <= v) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

// True when a value changed its cluster. Of equal means the first takes all values.
static bool assign(Means *m) {
  bool moved = false;
  for (int64_t j = 0; j < m->k; j++) {
    int64_t next = j + 1;
    while (next < m->k && m->mean[next] == m->mean[j]) next++;
    int64_t end = next == m->k ? m->n : values_up_to(m, (m->mean[j] + m->mean[next]) / 2);
    moved = moved || end != m->end[j];
    m->end[j] = end;
  }
  return moved;
}

// The values furthest from their means, one for each empty cluster: they lie at the ends of the runs.
static void fill_empty(const Means *m, int64_t *first, int64_t *last, double *sum, int64_t *count) {
  for (int64_t empty = 0; empty < m->k; empty++) {
    int64_t from = -1;
    double far = -1;
    bool low = false;
    if (m->end[empty] > (empty ? m->end[empty - 1] : 0)) continue;
    for (int64_t j = 0; j < m->k; j++) {
      if (last[j] - first[j] < 2) continue; // taking its only value would empty that one
      double below = fabs(m->x[first[j]] - m->origin - m->mean[j]);
      double above = fabs(m->x[last[j] - 1] - m->origin - m->mean[j]);
      if (fmax(below, above) > far) far = fmax(below, above), from = j, low = below > above;
    }
    if (from < 0) return;
    double v = m->x[low ? first[from]++ : --last[from]] - m->origin;
    sum[from] -= v, count[from]--;
    sum[empty] = v, count[empty] = 1;
  }
}

static void sort_few(double *v, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    double x = v[i];
    int64_t j = i;
    for (; j > 0 && v[j - 1] > x; j--) v[j] = v[j - 1];
    v[j] = x;
  }
}

// New means; returns the sum of the squares of how far they moved.
static double move_means(Means *m, int64_t *first, int64_t *last, int64_t *count) {
  double moved = 0;
  for (int64_t j = 0; j < m->k; j++) {
    first[j] = j ? m->end[j - 1] : 0, last[j] = m->end[j];
    count[j] = last[j] - first[j];
    m->fresh[j] = m->sum[last[j]] - m->sum[first[j]];
  }
  fill_empty(m, first, last, m->fresh, count);
  for (int64_t j = 0; j < m->k; j++) {
    if (count[j] > 0) m->fresh[j] /= (double)count[j];
    moved += (m->fresh[j] - m->mean[j]) * (m->fresh[j] - m->mean[j]);
    m->mean[j] = m->fresh[j];
  }
  sort_few(m->mean, m->k);
  return moved;
}

static ErrCode run_lloyd(Job *job, Means *m, double variance, Arena *a, Err *err) {
  int64_t *first = arena_array(a, int64_t, m->k), *last = arena_array(a, int64_t, m->k);
  int64_t *count = arena_array(a, int64_t, m->k);
  for (int round = 0; round < ROUNDS_MAX; round++) {
    TRY(job_tick(job, round, ROUNDS_MAX, err));
    bool same = !assign(m);
    double moved = move_means(m, first, last, count);
    if (same || moved <= TOLERANCE * variance) break;
  }
  return OK;
}

static ErrCode kmeans_edges(Job *job, const double *x, int64_t n, int64_t k, double *edge, Err *err) {
  Mat sum;
  Moments all = moments_f64(job, x, n);
  TRY(mat_new(job, n + 1, 1, "the running sums of k-means", &sum, err));
  for (int64_t i = 0; i < n; i++) sum.x[i + 1] = sum.x[i] + (x[i] - all.mean);
  Arena a;
  arena_init(&a);
  Means m = {.x = x, .sum = sum.x, .n = n, .k = k, .origin = all.mean};
  m.mean = arena_array(&a, double, k), m.fresh = arena_array(&a, double, k), m.end = arena_array(&a, int64_t, k);
  for (int64_t j = 0; j < k; j++) m.mean[j] = (edge[j] + edge[j + 1]) / 2 - all.mean, m.end[j] = -1;
  ErrCode code = run_lloyd(job, &m, all.m2 / (double)n, &a, err);
  for (int64_t j = 1; j < k; j++) edge[j] = (m.mean[j - 1] + m.mean[j]) / 2 + all.mean;
  arena_fini(&a);
  mat_free(&sum);
  return code;
}

// ---- edges ---------------------------------------------------------------------------------------------------------
static int64_t join_narrow(double *edge, int64_t n) {
  int64_t kept = 1;
  double before = edge[0];
  for (int64_t k = 1; k < n; k++) {
    bool wide = edge[k] - before > NARROW;
    before = edge[k];
    if (wide) edge[kept++] = edge[k];
  }
  return kept;
}

ErrCode bin_cuts(Job *job, int method, int64_t bins, double *x, int64_t n, Arena *a, double **cut, int64_t *ncut,
                 Err *err) {
  double *edge = arena_array(a, double, bins + 1);
  *cut = edge + 1, *ncut = 0;
  TRY(order_sort_f64(job, x, n, err));
  if (x[0] == x[n - 1]) return OK;
  double width = (x[n - 1] - x[0]) / (double)bins;
  for (int64_t k = 0; k <= bins; k++) {
    double at = (double)k / (double)bins;
    edge[k] = method == BIN_FREQUENCY ? linear_quantile(x, n, at) : k == bins ? x[n - 1] : (double)k * width + x[0];
  }
  if (method == BIN_KMEANS) TRY(kmeans_edges(job, x, n, bins, edge, err));
  int64_t edges = method == BIN_WIDTH ? bins + 1 : join_narrow(edge, bins + 1);
  *ncut = edges > 2 ? edges - 2 : 0;
  for (int64_t k = 0; k < *ncut; k++) (*cut)[k] += 0.0; // 0 for -0
  return OK;
}
