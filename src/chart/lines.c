// Thinning of lines. A screen column shows of all the points in it no more than where the line comes in, how far it
// goes down and up, and where it leaves; so of each of many even columns along x these four are kept, in their order,
// and peaks of a single row stay. Many columns: as many as marks are allowed, a fifth of them each.
// Reference: Jugel, Jerzak, Hackenbroich, Markl, "M4: a visualization-oriented time series data aggregation", VLDB 7
// (2014).
#include "chart/points_int.h"

#include <math.h>

enum { KEPT = 5 }; // first, least, greatest, last, a gap

typedef struct Bucket {
  int64_t at[KEPT]; // -1 = none
} Bucket;

static void bucket_add(Bucket *b, const double *y, int64_t i) {
  if (isnan(y[i])) {
    if (b->at[4] < 0) b->at[4] = i;
    return;
  }
  if (b->at[0] < 0) b->at[0] = b->at[1] = b->at[2] = i;
  if (y[i] < y[b->at[1]]) b->at[1] = i;
  if (y[i] > y[b->at[2]]) b->at[2] = i;
  b->at[3] = i;
}

static int64_t bucket_take(Bucket *b, int64_t *keep) {
  int64_t n = 0;
  for (int k = 1; k < KEPT; k++) // few: insertion
    for (int j = k; j > 0 && b->at[j] < b->at[j - 1]; j--) {
      int64_t swap = b->at[j];
      b->at[j] = b->at[j - 1], b->at[j - 1] = swap;
    }
  for (int k = 0; k < KEPT; k++)
    if (b->at[k] >= 0 && (n == 0 || b->at[k] != keep[n - 1])) keep[n++] = b->at[k];
  return n;
}

int64_t lines_thin(const double *x, const double *y, int64_t n, int64_t most, bool log, int64_t *keep) {
  int64_t m = 0, ncolumn = most / KEPT, column = 0;
  if (n <= most) {
    for (int64_t i = 0; i < n; i++) keep[i] = i;
    return n;
  }
  double lo = log ? fmath_log(x[0]) : x[0], hi = log ? fmath_log(x[n - 1]) : x[n - 1];
  double scale = (double)ncolumn / (hi - lo);
  if (!isfinite(scale) || !(scale > 0)) scale = 0;
  static const Bucket empty = {{-1, -1, -1, -1, -1}};
  Bucket b = empty;
  for (int64_t i = 0; i < n; i++) {
    int64_t k = (int64_t)(((log ? fmath_log(x[i]) : x[i]) - lo) * scale);
    k = k >= ncolumn ? ncolumn - 1 : k;
    if (k != column) m += bucket_take(&b, keep + m), b = empty, column = k;
    bucket_add(&b, y, i);
  }
  return m + bucket_take(&b, keep + m);
}
