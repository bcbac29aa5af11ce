// Order statistics of all differences between two samples and of all averages within one.
//
// Rounded differences and averages are monotone in either value, so how many of them are at most d is counted by two
// fingers on the sorted samples, together with the greatest of these and the least of the others. Places are found by
// cuts: the k-th pair lies between two of them, `lo` and `hi`, and each cut at a d between puts one of the ends at a
// pair nearer to it. Where to cut comes from the counts at both ends, and from the pairs of 512 values of each sample
// at first: some eight cuts leave no more pairs than there are values, which are listed and sorted. Should cuts gain
// little, as where most pairs are equal, they halve the range of the doubles' keys instead, at most 64 times. The
// answer is exact, one of the rounded differences, wherever the cuts were. Fingers walk fixed chunks of the first
// sample on all threads. O((m + n) log(m + n)), room for m + n pairs.
#include "stats/exact_int.h"

#include "base/pool.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

enum { GRAIN = 1 << 13, CHUNKS = 256, SAMPLE = 512, FEW = 1 << 14, LISTED = 512, PATIENCE = 24 };

typedef struct Pairs {
  const double *x, *y; // y NULL: averages within x
  int64_t m, n;
} Pairs;

// The cut at d: pairs of at most d, the greatest of them, and the least of the others.
typedef struct Cut {
  int64_t count;
  double most, least;
} Cut;

static inline double difference(const Pairs *p, int64_t i, int64_t j) { return p->x[i] - p->y[j]; }
static inline double average(const Pairs *p, int64_t i, int64_t j) { return (p->x[i] + p->x[j]) / 2; }

// The first j whose difference to x[i] is at most d; n: none.
static int64_t first_difference(const Pairs *p, int64_t i, double d) {
  int64_t lo = 0, hi = p->n;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (difference(p, i, mid) <= d) hi = mid;
    else lo = mid + 1;
  }
  return lo;
}

// The first j from i on whose average with x[i] is above d; n: none.
static int64_t first_average(const Pairs *p, int64_t i, double d) {
  int64_t lo = i, hi = p->m;
  while (lo < hi) {
    int64_t mid = lo + (hi - lo) / 2;
    if (average(p, i, mid) <= d) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

// Rows begin .. end - 1 of x. One step moves either finger, with no branch on which one: that is as good as random.
static Cut cut_differences(const Pairs *p, int64_t begin, int64_t end, double d) {
  Cut c = {0, -INFINITY, INFINITY};
  int64_t i = begin, j = first_difference(p, begin, d);
  if (j > 0) c.least = difference(p, i, j - 1);
  while (i < end && j < p->n) {
    double v = difference(p, i, j);
    bool in = v <= d;
    c.count += in ? p->n - j : 0;
    c.most = in && v > c.most ? v : c.most;
    c.least = !in && v < c.least ? v : c.least;
    i += in, j += !in;
  }
  return c;
}

static Cut cut_averages(const Pairs *p, int64_t begin, int64_t end, double d) {
  Cut c = {0, -INFINITY, INFINITY};
  int64_t i = begin, j = first_average(p, begin, d);
  if (j < p->m) c.least = average(p, i, j);
  while (i < end && j > i) {
    double v = average(p, i, j - 1);
    bool in = v <= d;
    c.count += in ? j - i : 0;
    c.most = in && v > c.most ? v : c.most;
    c.least = !in && v < c.least ? v : c.least;
    i += in, j -= !in;
  }
  if (i < end && p->x[i] < c.least) c.least = p->x[i]; // its average with itself, when the fingers have met before it
  return c;
}

typedef struct Walk {
  const Pairs *p;
  int64_t grain;
  double d;
  Cut part[CHUNKS];
} Walk;

static void run_cut(void *ctx, int64_t begin, int64_t end) {
  Walk *w = ctx;
  w->part[begin / w->grain] = w->p->y ? cut_differences(w->p, begin, end, w->d) : cut_averages(w->p, begin, end, w->d);
}

static int64_t grain_of(int64_t m) { return m / CHUNKS < GRAIN ? GRAIN : m / CHUNKS + 1; }

static Cut cut_at(Job *job, const Pairs *p, double d) {
  Walk w = {.p = p, .d = d, .grain = grain_of(p->m)};
  par_for(job, p->m, w.grain, run_cut, &w);
  Cut all = w.part[0];
  for (int64_t c = 1; c * w.grain < p->m; c++) {
    all.count += w.part[c].count;
    all.most = fmax(all.most, w.part[c].most), all.least = fmin(all.least, w.part[c].least);
  }
  return all;
}

// ---- what is left --------------------------------------------------------------------------------------------------
typedef struct List {
  const Pairs *p;
  double lo, hi, *v;
  _Atomic int64_t n; // in any order: they are sorted afterwards
} List;

static void put(List *l, const double *v, int64_t n) {
  memcpy(l->v + atomic_fetch_add_explicit(&l->n, n, memory_order_relaxed), v, (size_t)n * sizeof *v);
}

static void run_list(void *ctx, int64_t begin, int64_t end) {
  List *l = ctx;
  const Pairs *p = l->p;
  double v[LISTED];
  int64_t n = 0, from = p->y ? first_difference(p, begin, l->hi) : first_average(p, begin, l->hi);
  for (int64_t i = begin; i < end; i++) {
    if (p->y)
      while (from < p->n && difference(p, i, from) > l->hi) from++;
    else
      while (from > i && average(p, i, from - 1) > l->hi) from--;
    for (int64_t j = from;; n++) { // away from the greatest pair
      if (p->y ? j == p->n : j <= i) break;
      double d = p->y ? difference(p, i, j++) : average(p, i, --j);
      if (d < l->lo) break;
      if (n == LISTED) put(l, v, n), n = 0;
      v[n] = d;
    }
  }
  put(l, v, n);
}

// ---- the k-th ------------------------------------------------------------------------------------------------------
typedef struct Search {
  const Pairs *p;
  int64_t k, below, upto; // pairs below lo, and up to hi; below <= k < upto
  double lo, hi;          // pairs
  bool two, split;        // the next one is wanted too; lo and hi are the two
} Search;

static double key_value(uint64_t key) {
  uint64_t bits = key >> 63 ? key ^ (uint64_t)1 << 63 : ~key;
  double v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

static double halfway(const Search *s) {
  uint64_t lo = order_key_f64(s->lo), hi = order_key_f64(s->hi);
  return key_value(lo + (hi - lo) / 2);
}

// Where the wanted pair is when the pairs between are spread evenly. After a cut close to it the next one goes as far
// beyond, to bring in the other end.
static double aim(const Search *s) {
  double before = (double)(s->k - s->below) + 0.5, after = (double)(s->upto - s->k) - 0.5;
  double at = before < after / 4 ? 3 * before : after < before / 4 ? before - 2 * after : before;
  double d = s->lo + (s->hi - s->lo) * (at / (before + after));
  return d >= s->lo && d < s->hi ? d : halfway(s);
}

static void narrow(Job *job, Search *s, double d) {
  if (!(d >= s->lo && d < s->hi)) return;
  Cut c = cut_at(job, s->p, d);
  if (c.count <= s->k) s->lo = c.least, s->below = c.count;
  else if (c.count > s->k + s->two) s->hi = c.most, s->upto = c.count;
  else s->lo = c.most, s->hi = c.least, s->split = true;
}

static int64_t pairs_of(const Pairs *p) { return p->y ? p->m * p->n : p->m * (p->m + 1) / 2; }

static Search whole(const Pairs *p, int64_t k, bool two) {
  Search s = {.p = p, .k = k, .upto = pairs_of(p), .lo = p->x[0], .hi = p->x[p->m - 1], .two = two};
  if (p->y) s.lo = p->x[0] - p->y[p->n - 1], s.hi = p->x[p->m - 1] - p->y[0];
  return s;
}

static ErrCode search(Job *job, Search *s, int64_t few, Err *err) {
  for (int turn = 0; !s->split && s->lo < s->hi && s->upto - s->below > few; turn++) {
    TRY(job_tick(job, turn, 0, err));
    narrow(job, s, turn < PATIENCE ? aim(s) : halfway(s));
  }
  return OK;
}

// Every so many values of a long sample; returns how many.
static int64_t thin(const double *x, int64_t n, double *out) {
  int64_t m = n < SAMPLE ? n : SAMPLE;
  for (int64_t i = 0; i < m; i++) out[i] = x[(2 * i + 1) * n / (2 * m)];
  return m;
}

// Cuts where the pairs of a few values say that the place is not far.
static ErrCode start(Job *job, Search *s, Err *err) {
  double x[SAMPLE], y[SAMPLE], share = (double)s->k / (double)s->upto;
  const Pairs *p = s->p;
  if (p->m + p->n <= 4 * SAMPLE) return OK;
  Pairs few = {x, p->y ? y : NULL, thin(p->x, p->m, x), p->y ? thin(p->y, p->n, y) : 0};
  double all = (double)pairs_of(&few);
  for (int side = -1; side <= 1; side += 2) {
    int64_t k = (int64_t)(all * (share + side * 4.0 / SAMPLE));
    if (k < 0 || k >= pairs_of(&few)) continue;
    Search t = whole(&few, k, false);
    TRY(search(NULL, &t, 0, err));
    narrow(job, s, t.lo);
  }
  return OK;
}

static ErrCode kth(Job *job, const Pairs *p, int64_t k, bool two, double out[2], Err *err) {
  Search s = whole(p, k, two);
  int64_t few = FEW + (p->m + p->n) / 16;
  TRY(start(job, &s, err));
  TRY(search(job, &s, few, err));
  out[0] = s.lo + 0.0, out[1] = s.hi + 0.0;
  if (s.split || s.lo == s.hi) return OK;
  List l = {.p = p, .lo = s.lo, .hi = s.hi};
  TRY(job_need(job, few * (int64_t)sizeof *l.v, "order statistics of pairs", err));
  l.v = mem_new((size_t)few * sizeof *l.v);
  if (!l.v) return err_set(err, ERR_MEMORY, "no memory for %lld pairs", (long long)few);
  par_for(job, p->m, grain_of(p->m), run_list, &l);
  ErrCode code = order_sort_f64(job, l.v, l.n, err);
  if (code == OK) out[0] = l.v[k - s.below] + 0.0, out[1] = two ? l.v[k + 1 - s.below] + 0.0 : out[0];
  mem_free(l.v);
  return code;
}

static ErrCode median(Job *job, const Pairs *p, double *out, Err *err) {
  int64_t all = pairs_of(p);
  bool two = all % 2 == 0;
  double v[2];
  TRY(kth(job, p, two ? all / 2 - 1 : all / 2, two, v, err));
  *out = two ? (v[0] + v[1]) / 2 : v[0];
  return OK;
}

ErrCode pair_difference(Job *job, const double *x, int64_t m, const double *y, int64_t n, int64_t k, double *out,
                        Err *err) {
  double v[2];
  TRY(kth(job, &(Pairs){x, y, m, n}, k, false, v, err));
  *out = v[0];
  return OK;
}

ErrCode pair_average(Job *job, const double *x, int64_t n, int64_t k, double *out, Err *err) {
  double v[2];
  TRY(kth(job, &(Pairs){x, NULL, n, 0}, k, false, v, err));
  *out = v[0];
  return OK;
}

ErrCode pair_difference_median(Job *job, const double *x, int64_t m, const double *y, int64_t n, double *out,
                               Err *err) {
  return median(job, &(Pairs){x, y, m, n}, out, err);
}

ErrCode pair_average_median(Job *job, const double *x, int64_t n, double *out, Err *err) {
  return median(job, &(Pairs){x, NULL, n, 0}, out, err);
}
