// Tables with given margins: Fisher's exact test, the conditional estimate of an odds ratio, and its interval.
//
// 2 x 2: the first cell follows a hypergeometric distribution, with odds ratio psi a noncentral one of weights
// w(i + 1) / w(i) = psi (col - i) (row - i) / ((i + 1) (other - row + i + 1)). Weights are taken outwards from the
// likeliest cell, where w = 1, so sums keep their relative precision and stop where nothing more counts. The estimate
// makes the mean equal to the cell; the limits of the interval make a tail equal to (1 - conf) / 2; both are found by
// halving on log psi. r x c: all tables are enumerated cell by cell; a subtree's tables are products of reciprocal
// factorials.
// Reference: Fisher 1935; Cornfield 1956; the answers are those of fisher.test of R but for its root finder's 1e-4.
#include "stats/exact_int.h"

#include <math.h>
#include <string.h>

typedef struct Cell22 {
  int64_t lo, hi;        // of the first cell
  double row, col, rest; // rest: other - row
} Cell22;

static double ratio(const Cell22 *h, int64_t i, double psi) { // w(i + 1) / w(i)
  double x = (double)i;
  return psi * ((h->col - x) / (x + 1)) * ((h->row - x) / (h->rest + x + 1));
}

static int64_t likeliest(const Cell22 *h, double psi) { // the first i with w(i + 1) < w(i)
  int64_t lo = h->lo, hi = h->hi;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (ratio(h, mid, psi) < 1) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

typedef struct Sums22 {
  double all, mean, upto, from; // mean: of i - lo, times all; sums over i <= a and i >= a
} Sums22;

static void add_cell(Sums22 *s, const Cell22 *h, int64_t i, int64_t a, double w) {
  s->all += w;
  s->mean += w * (double)(i - h->lo);
  if (i <= a) s->upto += w;
  if (i >= a) s->from += w;
}

static Sums22 sums_at(const Cell22 *h, double psi, int64_t a) {
  Sums22 s = {0};
  int64_t mode = likeliest(h, psi);
  double w = 1;
  for (int64_t i = mode; i <= h->hi && w > 0; i++) {
    add_cell(&s, h, i, a, w);
    w *= ratio(h, i, psi);
  }
  w = 1;
  for (int64_t i = mode - 1; i >= h->lo && w > 0; i--) {
    w /= ratio(h, i, psi);
    add_cell(&s, h, i, a, w);
  }
  return s;
}

static double two_sided(const Cell22 *h, int64_t a) {
  int64_t mode = likeliest(h, 1);
  double seen = 1, all = 0, small = 0, w = 1;
  for (int64_t i = mode; i < a; i++) seen *= ratio(h, i, 1);
  for (int64_t i = mode; i > a; i--) seen /= ratio(h, i - 1, 1);
  double limit = seen * (1 + 1e-7);
  for (int64_t i = mode; i <= h->hi && w > 0; w *= ratio(h, i++, 1)) all += w, small += w <= limit ? w : 0;
  w = 1;
  for (int64_t i = mode - 1; i >= h->lo; i--) {
    w /= ratio(h, i, 1);
    if (w == 0) break;
    all += w, small += w <= limit ? w : 0;
  }
  return fmin(1, small / all);
}

typedef enum { MATCH_MEAN, MATCH_LOWER, MATCH_UPPER } Match;

// Whether psi is above the one at which the mean is a, P(X <= a) is q, or P(X >= a) is q.
static bool too_large(const Cell22 *h, double psi, int64_t a, Match what, double q) {
  Sums22 s = sums_at(h, psi, a);
  if (what == MATCH_MEAN) return s.mean > s.all * (double)(a - h->lo);
  return what == MATCH_LOWER ? s.upto < q * s.all : s.from > q * s.all;
}

static double solve_odds(const Cell22 *h, int64_t a, Match what, double q) {
  double lo = -700, hi = 700; // of log psi
  for (int t = 0; t < 70 && hi - lo > 1e-15 * (1 + fabs(lo)); t++) {
    double mid = (lo + hi) / 2;
    if (too_large(h, fmath_exp(mid), a, what, q)) hi = mid;
    else lo = mid;
  }
  return fmath_exp((lo + hi) / 2);
}

Fisher22 exact_fisher22(int64_t a, int64_t row, int64_t col, int64_t other, double conf) {
  Cell22 h = {row > other ? row - other : 0, row < col ? row : col, (double)row, (double)col, (double)(other - row)};
  double q = (1 - conf) / 2;
  if (h.lo == h.hi) return (Fisher22){1, NAN, 0, INFINITY};
  bool least = a == h.lo, most = a == h.hi;
  return (Fisher22){
      .p = two_sided(&h, a),
      .odds = least  ? 0
              : most ? INFINITY
                     : solve_odds(&h, a, MATCH_MEAN, 0),
      .low = least ? 0 : solve_odds(&h, a, MATCH_UPPER, q),
      .high = most ? INFINITY : solve_odds(&h, a, MATCH_LOWER, q),
  };
}

// ---- r x c ----------------------------------------------------------------------------------------------------------
enum { FISHER_LEVELS = 32 };
typedef struct Walk {
  int64_t r, c, most, steps;
  int64_t row[FISHER_LEVELS]; // what is left of the rows
  int64_t col[FISHER_LEVELS];
  const double *lfact;
  double limit, base, small; // base: log of the constant of all tables
} Walk;

// Cells of column j from row i on; `left` of the column is not yet placed; `lp` is the sum of -log x! so far. The last
// row of a column and the last column are determined by what is left.
static bool walk(Walk *w, int64_t j, int64_t i, int64_t left, double lp) {
  if (++w->steps > w->most) return false;
  if (j == w->c - 1) {
    for (int64_t k = 0; k < w->r; k++) lp -= w->lfact[w->row[k]];
    if (lp <= w->limit) w->small += fmath_exp(w->base + lp);
    return true;
  }
  if (i == w->r - 1) {
    if (left > w->row[i]) return true;
    w->row[i] -= left;
    bool done = walk(w, j + 1, 0, w->col[j + 1], lp - w->lfact[left]);
    w->row[i] += left;
    return done;
  }
  int64_t room = 0;
  for (int64_t k = i + 1; k < w->r; k++) room += w->row[k];
  int64_t from = left > room ? left - room : 0, to = left < w->row[i] ? left : w->row[i];
  for (int64_t x = from; x <= to; x++) {
    w->row[i] -= x;
    bool done = walk(w, j, i + 1, left - x, lp - w->lfact[x]);
    w->row[i] += x;
    if (!done) return false;
  }
  return true;
}

bool exact_fisher(const int64_t *count, int64_t r, int64_t c, int64_t most, double *p) {
  if (r > FISHER_LEVELS || c > FISHER_LEVELS) return false;
  Walk w = {.r = r, .c = c, .most = most};
  int64_t n = 0;
  for (int64_t k = 0; k < r * c; k++) w.row[k / c] += count[k], w.col[k % c] += count[k], n += count[k];
  if (n > most) return false;
  Arena arena = {0};
  double *lfact = arena_array(&arena, double, n + 1);
  for (int64_t k = 2; k <= n; k++) lfact[k] = dist_lgamma((double)k + 1);
  w.lfact = lfact;
  double seen = 0;
  for (int64_t k = 0; k < r * c; k++) seen -= lfact[count[k]];
  w.limit = seen + 1e-7;
  w.base = -lfact[n];
  for (int64_t i = 0; i < r; i++) w.base += lfact[w.row[i]];
  for (int64_t j = 0; j < c; j++) w.base += lfact[w.col[j]];
  bool done = walk(&w, 0, 0, w.col[0], 0);
  arena_fini(&arena);
  *p = fmin(1, w.small);
  return done;
}
