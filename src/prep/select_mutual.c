// Mutual information of a column and the target, in nats.
// Classes and classes: from the table of counts. Numbers and classes: Ross, PLoS ONE 9 (2014): of each row the distance
// to its third nearest neighbour of the same class, and how many rows of any class are nearer. Numbers and numbers:
// Kraskov, Stoegbauer and Grassberger, Phys. Rev. E 69 (2004), their first estimator, with the larger of the two
// distances. As mutual_info_classif and mutual_info_regression of scikit-learn 1.2.1: columns are divided by their sd
// and get a noise of 1e-10, since both estimators need values that differ. The noise belongs to the place of a row
// among the sorted ones, so that the order of the rows has no say.
// Neighbours are found among sorted values: O(n log n) in one dimension; in two the search runs along x until x alone
// is too far, about sqrt(n) rows for each.
#include "prep/select_int.h"

#include "base/pool.h"
#include "base/rng.h"

#include <math.h>
#include <string.h>

enum { NEIGHBOURS = 3, CHUNK = 256 };
static const double NOISE = 1e-10;

// psi(n) of a whole n >= 1.
static double digamma(double n) {
  double shift = 0;
  for (; n < 12; n++) shift -= 1 / n;
  double r = 1 / (n * n);
  double tail = r * (1.0 / 12 - r * (1.0 / 120 - r * (1.0 / 252 - r * (1.0 / 240 - r * (1.0 / 132)))));
  return shift + fmath_log(n) - 0.5 / n - tail;
}

// ---- room --------------------------------------------------------------------------------------------------------
typedef struct Plane { // rows in the order of x
  Job *job;
  int64_t n;
  double *x, *y;   // values
  double *xs, *ys; // sorted
  double *term;    // of each row, to be summed
  int64_t *perm;
  uint64_t *key;
  int64_t *start; // classes: of xs sorted by class and value; nclass + 1
  int64_t nclass;
} Plane;

static ErrCode sort_by(Plane *t, const double *v, bool keep, Err *err) {
  for (int64_t i = 0; i < t->n; i++) t->key[i] = order_key_f64(v[i]);
  return order_keys(t->job, t->key, t->n, keep, t->perm, err);
}

static void permute(const Plane *t, double *v, double *room) {
  for (int64_t i = 0; i < t->n; i++) room[i] = v[t->perm[i]];
  memcpy(v, room, (size_t)t->n * sizeof *v);
}

// Divides by the sd and adds the noise; v is in the order of the sorted rows. Draw 0 or 1.
static void blur(Plane *t, double *v, RngKey key, uint64_t draw) {
  Moments m = moments_f64(t->job, v, t->n);
  double sd = scale_or_one(sqrt(m.m2 / (double)t->n));
  for (int64_t i = 0; i < t->n; i++) v[i] /= sd, t->term[i] = fabs(v[i]);
  double size = NOISE * fmax(1, sum_f64(t->job, t->term, t->n) / (double)t->n);
  for (int64_t i = 0; i < t->n; i++)
    v[i] += size * dist_norm_quantile(rng_unit(key, (uint64_t)i, draw) * (1 - 0x1p-53) + 0x1p-54);
}

// How many of s[0..n), sorted, lie within r of v.
static int64_t within(const double *s, int64_t n, double v, double r) {
  int64_t lo = 0, hi = n;
  while (lo < hi) { // the first that is no more than r below v
    int64_t mid = lo + (hi - lo) / 2;
    if (s[mid] < v && v - s[mid] > r) lo = mid + 1;
    else hi = mid;
  }
  int64_t first = lo;
  for (hi = n; lo < hi;) {
    int64_t mid = lo + (hi - lo) / 2;
    if (s[mid] <= v || s[mid] - v <= r) lo = mid + 1;
    else hi = mid;
  }
  return lo - first;
}

// ---- numbers and classes -------------------------------------------------------------------------------------------
// Distance from s[i] to the k-th nearest other one.
static double nearest(const double *s, int64_t n, int64_t i, int64_t k) {
  int64_t lo = i - 1, hi = i + 1;
  double far = 0;
  for (; k > 0; k--) {
    double below = lo >= 0 ? s[i] - s[lo] : INFINITY, above = hi < n ? s[hi] - s[i] : INFINITY;
    if (below <= above) far = below, lo--;
    else far = above, hi++;
  }
  return far;
}

// x: all classes one behind the other, sorted in each; xs: the sorted values of classes with two rows or more.
static void class_chunk(void *ctx, int64_t begin, int64_t end) {
  const Plane *t = ctx;
  int64_t c = 0, all = t->start[t->nclass];
  for (int64_t i = begin; i < end; i++) {
    while (t->start[c + 1] <= i) c++;
    const double *s = t->x + t->start[c];
    int64_t m = t->start[c + 1] - t->start[c], k = m - 1 < NEIGHBOURS ? m - 1 : NEIGHBOURS;
    double r = nextafter(nearest(s, m, i - t->start[c], k), 0);
    t->term[i] = digamma((double)k) - digamma((double)m) - digamma((double)within(t->xs, all, t->x[i], r));
  }
}

// y: class numbers. Classes of one row are left out.
static ErrCode ross(Plane *t, double *out, Err *err) {
  TRY(sort_by(t, t->x, false, err));
  TRY(sort_by(t, t->y, true, err)); // by class, and in it by value
  permute(t, t->x, t->term);
  permute(t, t->y, t->term);
  int64_t n = 0;
  t->nclass = 0;
  for (int64_t i = 0, end; i < t->n; i = end) {
    for (end = i; end < t->n && t->y[end] == t->y[i];) end++;
    if (end - i < 2) continue;
    memmove(t->x + n, t->x + i, (size_t)(end - i) * sizeof *t->x);
    t->start[t->nclass++] = n;
    n += end - i;
  }
  t->start[t->nclass] = n;
  if (n == 0) return *out = 0, OK;
  memcpy(t->xs, t->x, (size_t)n * sizeof *t->xs);
  TRY(order_sort_f64(t->job, t->xs, n, err));
  par_for(t->job, n, CHUNK, class_chunk, t);
  *out = digamma((double)n) + sum_f64(t->job, t->term, n) / (double)n;
  return OK;
}

// ---- numbers and numbers -------------------------------------------------------------------------------------------
static void keep_nearest(double *best, double d) {
  int k = NEIGHBOURS - 1;
  if (d >= best[k]) return;
  for (; k > 0 && best[k - 1] > d; k--) best[k] = best[k - 1];
  best[k] = d;
}

// Distance from row i to its third nearest neighbour; rows are in the order of x.
static double nearest_in_plane(const Plane *t, int64_t i, int64_t k) {
  double best[NEIGHBOURS];
  for (int j = 0; j < NEIGHBOURS; j++) best[j] = INFINITY;
  int64_t lo = i - 1, hi = i + 1;
  while (lo >= 0 || hi < t->n) {
    double below = lo >= 0 ? t->x[i] - t->x[lo] : INFINITY, above = hi < t->n ? t->x[hi] - t->x[i] : INFINITY;
    if (fmin(below, above) >= best[NEIGHBOURS - 1]) break;
    int64_t j = below <= above ? lo-- : hi++;
    keep_nearest(best, fmax(fmin(below, above), fabs(t->y[j] - t->y[i])));
  }
  return best[k - 1];
}

static void plane_chunk(void *ctx, int64_t begin, int64_t end) {
  const Plane *t = ctx;
  int64_t k = t->n - 1 < NEIGHBOURS ? t->n - 1 : NEIGHBOURS;
  for (int64_t i = begin; i < end; i++) {
    double r = nextafter(nearest_in_plane(t, i, k), 0);
    t->term[i] = digamma((double)within(t->x, t->n, t->x[i], r)) + digamma((double)within(t->ys, t->n, t->y[i], r));
  }
}

static ErrCode kraskov(Plane *t, double *out, Err *err) {
  int64_t k = t->n - 1 < NEIGHBOURS ? t->n - 1 : NEIGHBOURS;
  TRY(sort_by(t, t->x, false, err)); // the noise may have changed the order
  permute(t, t->x, t->term);
  permute(t, t->y, t->term);
  memcpy(t->ys, t->y, (size_t)t->n * sizeof *t->ys);
  TRY(order_sort_f64(t->job, t->ys, t->n, err));
  par_for(t->job, t->n, CHUNK, plane_chunk, t);
  *out = digamma((double)t->n) + digamma((double)k) - sum_f64(t->job, t->term, t->n) / (double)t->n;
  return OK;
}

// ---- classes and classes -------------------------------------------------------------------------------------------
// Sum of m log m over the runs of equal (x, y), or of equal x or y alone.
static double count_logs(const Plane *t, bool x, bool y) {
  double sum = 0;
  for (int64_t i = 0, end; i < t->n; i = end) {
    for (end = i; end < t->n && (!x || t->x[end] == t->x[i]) && (!y || t->y[end] == t->y[i]);) end++;
    sum += (double)(end - i) * fmath_log((double)(end - i));
  }
  return sum;
}

static ErrCode by_counts(Plane *t, double *out, Err *err) {
  double n = (double)t->n, both, one, other;
  TRY(sort_by(t, t->y, false, err));
  TRY(sort_by(t, t->x, true, err));
  permute(t, t->x, t->term);
  permute(t, t->y, t->term);
  both = count_logs(t, true, true), one = count_logs(t, true, false);
  TRY(order_sort_f64(t->job, t->y, t->n, err));
  other = count_logs(t, false, true);
  *out = (both - one - other) / n + fmath_log(n);
  return OK;
}

// ---- which of them -------------------------------------------------------------------------------------------------
static void swap_sides(Plane *t) {
  double *x = t->x;
  t->x = t->y, t->y = x;
}

// Rows in the order of x and, among equal ones, of y.
static ErrCode sort_rows(Plane *t, Err *err) {
  TRY(sort_by(t, t->y, false, err));
  TRY(sort_by(t, t->x, true, err));
  permute(t, t->x, t->term);
  permute(t, t->y, t->term);
  return OK;
}

static ErrCode estimate(Plane *t, bool x_classes, bool y_classes, uint64_t seed, double *out, Err *err) {
  RngKey key = rng_key(seed, "mutual");
  if (x_classes && y_classes) return by_counts(t, out, err);
  TRY(sort_rows(t, err));
  if (!x_classes) blur(t, t->x, key, 0);
  if (!y_classes) blur(t, t->y, key, 1);
  if (x_classes) swap_sides(t);
  return x_classes || y_classes ? ross(t, out, err) : kraskov(t, out, err);
}

ErrCode score_mutual(Job *job, const Goal *g, double *x, bool discrete, uint64_t seed, double *out, Err *err) {
  Mat room;
  int64_t n = g->n;
  *out = 0;
  if (n < 2) return OK;
  TRY(mat_new(job, n + 1, 7, "the neighbours of prep.select", &room, err));
  double *col[7];
  for (int k = 0; k < 7; k++) col[k] = room.x + (int64_t)k * (n + 1);
  Plane t = {.job = job,
             .n = n,
             .x = x,
             .y = col[0],
             .xs = col[1],
             .ys = col[2],
             .term = col[3],
             .perm = (int64_t *)(void *)col[4],
             .key = (uint64_t *)(void *)col[5],
             .start = (int64_t *)(void *)col[6]};
  memcpy(t.y, g->y, (size_t)n * sizeof *t.y);
  ErrCode code = estimate(&t, discrete, g->nclass > 0, seed, out, err);
  *out = *out > 0 ? *out : 0;
  mat_free(&room);
  return code;
}
