// Quantiles of a leaf, as XGBoost's adaptive leaves take them. O(n log n).
#include "model/boost_int.h"

#include <math.h>
#include <stdlib.h>

typedef struct Rest {
  double value, weight;
} Rest;

static int by_rest(const void *x, const void *y) {
  const Rest *a = x, *b = y;
  return (a->value > b->value) - (a->value < b->value);
}

double boost_quantile(const double *v, const double *w, int64_t n, double q) {
  double total = 0, run = 0;
  Arena a = {0};
  Rest *rest = arena_array(&a, Rest, n);
  for (int64_t i = 0; i < n; i++) rest[i] = (Rest){v[i], w ? w[i] : 1}, total += rest[i].weight;
  if (n) qsort(rest, (size_t)n, sizeof *rest, by_rest);
  double place = q * (double)(n + 1) - 1, below = floor(place), out = 0;
  int64_t k = 0;
  if (n && w) {
    while (k < n - 1 && (run += rest[k].weight) < q * total) k++;
    out = rest[k].value;
  } else if (n) {
    k = below < 0 ? 0 : below > (double)(n - 1) ? n - 1 : (int64_t)below;
    bool between = below >= 0 && k + 1 < n;
    out = rest[k].value + (between ? (place - below) * (rest[k + 1].value - rest[k].value) : 0);
  }
  arena_fini(&a);
  return out;
}
