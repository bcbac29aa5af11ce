// Quantiles by selection: O(n) for any data. The wanted places are sorted; long columns are first cut into buckets on
// all threads (split.c, tally.c). What is short is narrowed in place by the leading bits of its keys: count the values
// in 2048 buckets between the smallest and the largest key, bring the values of the buckets that hold a wanted place to
// the front, and go on inside each bucket. Every level takes at least ten bits off the range of keys, so there are at
// most seven. The values at the places do not depend on the method.
// Reference: Hyndman and Fan, "Sample quantiles in statistical packages", Am. Statistician 50 (1996). Places and
// weights are computed in the order of operations of R 4.2.2, with its fuzz of 4 eps for types 4 to 9 and none for
// the others.
#include "num/num_int.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 11, BUCKETS = 1 << WIDTH, FEW = 48, TICK = 1 << 20 };

typedef struct Buckets {
  uint64_t min;
  int shift;
  int64_t count[BUCKETS];
  int64_t start[BUCKETS]; // of a wanted bucket, at the front of the range
  unsigned char wanted[BUCKETS];
} Buckets;

static int bucket_of(const Buckets *b, double v) { return (int)((order_key_f64(v) - b->min) >> b->shift); }

static void insertion_sort(double *x, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    double v = x[i];
    int64_t j = i;
    for (; j > 0 && x[j - 1] > v; j--) x[j] = x[j - 1];
    x[j] = v;
  }
}

// Sets min and shift; false when all values are equal.
static bool span_keys(Buckets *b, const double *x, int64_t n) {
  uint64_t max = 0;
  b->min = UINT64_MAX;
  for (int64_t i = 0; i < n; i++) {
    uint64_t key = order_key_f64(x[i]);
    b->min = key < b->min ? key : b->min;
    max = key > max ? key : max;
  }
  if (b->min == max) return false;
  int bits = 64 - __builtin_clzll(max - b->min);
  b->shift = bits > WIDTH ? bits - WIDTH : 0;
  return true;
}

static ErrCode count_buckets(Job *job, Buckets *b, const double *x, int64_t n, Err *err) {
  memset(b->count, 0, sizeof b->count);
  for (int64_t i = 0; i < n; i++) {
    if (i % TICK == 0) TRY(job_tick(job, i, n, err));
    b->count[bucket_of(b, x[i])]++;
  }
  return OK;
}

// Marks the buckets of the wants, lays them out at the front and makes `at` count within the bucket.
static void mark_wanted(Buckets *b, Want *want, int64_t m) {
  int64_t before = 0, front = 0, q = 0;
  for (int k = 0; k < BUCKETS; k++) {
    int64_t first = q;
    for (; q < m && want[q].at < before + b->count[k]; q++) want[q].at -= before;
    before += b->count[k];
    b->wanted[k] = q > first;
    b->start[k] = front;
    if (b->wanted[k]) front += b->count[k];
  }
}

// Without a branch on the data: which values are wanted is as good as random.
static void bring_to_front(const Buckets *b, double *x, int64_t n) {
  for (int64_t i = 0, front = 0; i < n; i++) {
    double v = x[i];
    x[i] = x[front];
    x[front] = v;
    front += b->wanted[bucket_of(b, v)];
  }
}

// Permutes the front so that each wanted bucket stands together (American flag sort).
static void group_front(const Buckets *b, double *x) {
  int64_t next[BUCKETS];
  memcpy(next, b->start, sizeof next);
  for (int k = 0; k < BUCKETS; k++) {
    if (!b->wanted[k]) continue;
    while (next[k] < b->start[k] + b->count[k]) {
      double v = x[next[k]];
      for (int to; (to = bucket_of(b, v)) != k;) {
        int64_t i = next[to]++;
        double t = x[i];
        x[i] = v, v = t;
      }
      x[next[k]++] = v;
    }
  }
}

static void read_values(const double *x, Want *want, int64_t m) {
  for (int64_t q = 0; q < m; q++) want[q].value = x[want[q].at];
}

ErrCode select_values(Job *job, double *x, int64_t n, Want *want, int64_t m, Err *err) {
  Buckets b;
  if (n <= FEW) insertion_sort(x, n);
  if (n <= FEW || !span_keys(&b, x, n)) {
    read_values(x, want, m);
    return OK;
  }
  TRY(count_buckets(job, &b, x, n, err));
  mark_wanted(&b, want, m);
  bring_to_front(&b, x, n);
  group_front(&b, x);
  for (int64_t k = 0, q = 0; q < m; k++) {
    if (!b.wanted[k]) continue;
    int64_t first = q, end = want[q].place - want[q].at + b.count[k]; // among all values
    while (q < m && want[q].place < end) q++;
    TRY(select_values(job, x + b.start[k], b.count[k], want + first, q - first, err));
  }
  return OK;
}

// The quantile is (1 - h) x[lo] + h x[hi], 1-based.
typedef struct Mix {
  int64_t lo, hi;
  double h;
} Mix;

static int64_t inside(double j, int64_t n) { return j < 1 ? 1 : j >= (double)n ? n : (int64_t)j; }

static Mix mix_type7(int64_t n, double p) {
  double index = 1 + (double)(n - 1) * p, lo = floor(index);
  return (Mix){inside(lo, n), inside(ceil(index), n), index - lo};
}

// Types 1 to 3: a value of the sample, or the middle of two.
static Mix mix_stepped(int type, int64_t n, double p) {
  double at = (double)n * p - (type == 3 ? 0.5 : 0), j = floor(at);
  bool odd = fmod(j, 2) != 0;
  double h = type == 1 ? at > j : type == 2 ? ((at > j) + 1) / 2.0 : at != j || odd;
  return (Mix){inside(j, n), inside(j + 1, n), h};
}

// Types 4 to 9: the place is a + p (n + 1 - a - b).
static Mix mix_linear(int type, int64_t n, double p) {
  static const double A[] = {0, 0.5, 0, 1, 1.0 / 3, 3.0 / 8}, B[] = {1, 0.5, 0, 1, 1.0 / 3, 3.0 / 8};
  const double fuzz = 4 * DBL_EPSILON;
  double a = A[type - 4], at = a + p * ((double)n + 1 - a - B[type - 4]), j = floor(at + fuzz), h = at - j;
  return (Mix){inside(j, n), inside(j + 1, n), fabs(h) < fuzz ? 0 : h};
}

static Mix mix_of(int type, int64_t n, double p) {
  if (type == 7) return mix_type7(n, p);
  return type <= 3 ? mix_stepped(type, n, p) : mix_linear(type, n, p);
}

static int compare_wants(const void *a, const void *b) {
  const Want *x = a, *y = b;
  return (x->place > y->place) - (x->place < y->place);
}

// Sorts the wants and drops equal ones; returns how many stay.
static int64_t unique_wants(Want *want, int64_t m) {
  int64_t kept = 0;
  qsort(want, (size_t)m, sizeof *want, compare_wants);
  for (int64_t q = 0; q < m; q++)
    if (kept == 0 || want[q].place != want[kept - 1].place) want[kept++] = want[q];
  return kept;
}

static double value_at(const Want *want, int64_t m, int64_t place) {
  const Want *w = bsearch(&(Want){.place = place}, want, (size_t)m, sizeof *want, compare_wants);
  assert(w);
  return w->value;
}

static double mix_values(Mix mix, double lo, double hi) {
  if (mix.h <= 0 || lo == hi) return lo;
  return mix.h < 1 ? (1 - mix.h) * lo + mix.h * hi : hi;
}

// The quantiles, and what `what` asks to count besides.
static ErrCode find_quantiles(Job *job, const double *x, int64_t n, int type, const double *p, int64_t m, double *q,
                              TallyKind what, Room *room, Tally *tally, Err *err) {
  TRY(job_need(job, 2 * m * (int64_t)sizeof(Want), "quantiles", err));
  Want *want = mem_new(2 * (size_t)m * sizeof *want);
  if (!want) return err_set(err, ERR_MEMORY, "no memory for %lld quantiles", (long long)m);
  for (int64_t j = 0; j < m; j++) {
    assert(p[j] >= 0 && p[j] <= 1);
    Mix mix = mix_of(type, n, p[j]);
    want[2 * j] = (Want){.place = mix.lo - 1, .at = mix.lo - 1};
    want[2 * j + 1] = (Want){.place = mix.hi - 1, .at = mix.hi - 1};
  }
  int64_t kept = unique_wants(want, 2 * m);
  ErrCode code = order_tally(job, x, n, what, want, kept, room, tally, err);
  for (int64_t j = 0; j < m && code == OK; j++) {
    Mix mix = mix_of(type, n, p[j]);
    q[j] = mix_values(mix, value_at(want, kept, mix.lo - 1), value_at(want, kept, mix.hi - 1));
  }
  mem_free(want);
  return code;
}

ErrCode quantile_f64(Job *job, const double *x, int64_t n, int type, const double *p, int64_t m, double *q, Err *err) {
  Tally tally;
  assert(type >= 1 && type <= 9);
  for (int64_t j = 0; j < m; j++) q[j] = NAN;
  if (n == 0 || m == 0) return OK;
  return find_quantiles(job, x, n, type, p, m, q, TALLY_NONE, NULL, &tally, err);
}

ErrCode quantile_values(Job *job, const double *x, int64_t n, int type, const double *p, int64_t m, double *q,
                        bool mode, Room *room, Values *out, Err *err) {
  Tally tally;
  assert(type >= 1 && type <= 9);
  for (int64_t j = 0; j < m; j++) q[j] = NAN;
  *out = (Values){.mode = NAN};
  if (n == 0) return OK;
  TRY(find_quantiles(job, x, n, type, p, m, q, mode ? TALLY_MODE : TALLY_DISTINCT, room, &tally, err));
  out->distinct = tally.distinct;
  if (mode) out->most = tally.most, out->mode = split_value(tally.mode);
  return OK;
}
