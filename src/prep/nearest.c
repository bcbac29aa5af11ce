// The nearest rows that have a value where another row has none, by looking at every pair. Donors stand in columns
// and are walked in blocks that fit the first cache, for a few receivers at a time; each block's distances are sums
// over the columns that the receiver has, where a donor's gap adds nothing. A sum of non-negative terms times p /
// (columns of the receiver) is a lower bound of the distance, for the columns in common can only be fewer: one
// comparison with the worst distance still wanted settles nearly every pair, and only the others have their common
// columns counted.
#include "base/pool.h"
#include "base/simd.h"
#include "prep/prep_int.h"

#include <math.h>
#include <string.h>

enum { BLOCK = 256, TOGETHER = 16, BATCH = 1024 };

typedef struct Search {
  const Donors *d;
  const double *row;    // of the batch's first receiver on
  const int64_t *first; // the same
  const uint64_t *has;  // of each donor, `words` words: which columns it has
  int64_t words, k;
  bool full; // no donor has a gap
  int64_t *donor;
  double *distance;
} Search;

typedef struct Receiver {
  const double *x;
  const int64_t *first; // of its gaps, and of the next one's
  uint64_t *has;
  int64_t present;
  double limit; // sums above it are of no use
} Receiver;

// ---- distances of a block ------------------------------------------------------------------------------------------
CLONES static void add_squares(double x, const double *v, int64_t n, double *sum) {
  for (int64_t i = 0; i < n; i++) {
    double t = (x - v[i]) * (x - v[i]);
    sum[i] += t == t ? t : 0;
  }
}

CLONES static void add_squares4(const double *x, const double *const *v, int64_t n, double *sum) {
  const double *a = v[0], *b = v[1], *c = v[2], *d = v[3];
  double xa = x[0], xb = x[1], xc = x[2], xd = x[3];
  for (int64_t i = 0; i < n; i++) {
    double p = (xa - a[i]) * (xa - a[i]), q = (xb - b[i]) * (xb - b[i]);
    double r = (xc - c[i]) * (xc - c[i]), s = (xd - d[i]) * (xd - d[i]);
    p = p == p ? p : 0, q = q == q ? q : 0, r = r == r ? r : 0, s = s == s ? s : 0;
    sum[i] += (p + q) + (r + s);
  }
}

// The same for columns without gaps: no sum there is NaN.
CLONES static void add_squares4_full(const double *x, const double *const *v, int64_t n, double *sum) {
  const double *a = v[0], *b = v[1], *c = v[2], *d = v[3];
  double xa = x[0], xb = x[1], xc = x[2], xd = x[3];
  for (int64_t i = 0; i < n; i++) {
    double p = (xa - a[i]) * (xa - a[i]), q = (xb - b[i]) * (xb - b[i]);
    double r = (xc - c[i]) * (xc - c[i]), s = (xd - d[i]) * (xd - d[i]);
    sum[i] += (p + q) + (r + s);
  }
}

CLONES static void add_differences(double x, const double *v, int64_t n, double *sum) {
  for (int64_t i = 0; i < n; i++) {
    double t = fabs(x - v[i]);
    sum[i] += t == t ? t : 0;
  }
}

CLONES static void add_unlike(double x, const double *v, int64_t n, double *sum) {
  for (int64_t i = 0; i < n; i++) sum[i] += ((x < v[i]) | (x > v[i])) ? 1.0 : 0.0;
}

CLONES static int64_t count_within(const double *sum, int64_t n, double limit) {
  int64_t count = 0;
  for (int64_t i = 0; i < n; i++) count += sum[i] <= limit;
  return count;
}

static void add_columns(const Donors *d, bool full, const double *x, int64_t at, int64_t n, double *sum) {
  const double *v[4];
  double own[4];
  int m = 0;
  memset(sum, 0, (size_t)n * sizeof *sum);
  for (int64_t j = 0; j < d->p; j++) {
    const double *col = d->v + j * d->n + at;
    if (isnan(x[j])) continue;
    if (d->nominal[j]) add_unlike(x[j], col, n, sum);
    else if (!d->squares) add_differences(x[j], col, n, sum);
    else own[m] = x[j], v[m++] = col;
    if (m == 4) (full ? add_squares4_full : add_squares4)(own, v, n, sum), m = 0;
  }
  for (int k = 0; k < m; k++) add_squares(own[k], v[k], n, sum);
}

// ---- the nearest so far --------------------------------------------------------------------------------------------
static uint64_t hash_value(double v) {
  uint64_t h;
  memcpy(&h, &v, sizeof h);
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9U;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebU;
  return h ^ (h >> 31);
}

static bool closer(const double *col, double d, int64_t i, double d2, int64_t i2) {
  if (i2 < 0 || d != d2) return i2 < 0 || d < d2;
  return hash_value(col[i]) < hash_value(col[i2]);
}

static void insert(const Search *s, const double *col, int64_t gap, int64_t i, double d) {
  int64_t *who = s->donor + gap * s->k, at = s->k - 1;
  double *far = s->distance + gap * s->k;
  if (!closer(col, d, i, far[at], who[at])) return;
  for (; at > 0 && closer(col, d, i, far[at - 1], who[at - 1]); at--) far[at] = far[at - 1], who[at] = who[at - 1];
  far[at] = d, who[at] = i;
}

static int64_t count_common(const Search *s, const Receiver *r, int64_t i) {
  int64_t n = 0;
  for (int64_t w = 0; w < s->words; w++) n += __builtin_popcountll(s->has[i * s->words + w] & r->has[w]);
  return n;
}

static void offer(const Search *s, Receiver *r, int64_t i, double sum) {
  const Donors *d = s->d;
  int64_t common = count_common(s, r, i), gap = r->first[0];
  if (!common) return;
  double distance = d->squares ? sum * (double)d->p / (double)common : sum / (double)common, worst = 0;
  for (int64_t j = 0; j < d->p; j++) {
    if (!isnan(r->x[j])) continue;
    const double *col = d->v + j * d->n;
    if (!isnan(col[i])) insert(s, col, gap, i, distance);
    worst = fmax(worst, s->distance[gap++ * s->k + s->k - 1]);
  }
  double bound = worst * (double)r->present * (1 + 1e-12); // what rounding may add
  r->limit = d->squares ? bound / (double)d->p : bound;
}

static void search_block(const Search *s, Receiver *r, int64_t at, int64_t n) {
  double sum[BLOCK];
  add_columns(s->d, s->full, r->x, at, n, sum);
  if (!count_within(sum, n, r->limit)) return;
  for (int64_t i = 0; i < n; i++)
    if (sum[i] <= r->limit) offer(s, r, at + i, sum[i]);
}

// ---- all receivers -------------------------------------------------------------------------------------------------
static void mark_present(const double *x, int64_t step, int64_t p, uint64_t *has) {
  for (int64_t j = 0; j < p; j++)
    if (!isnan(x[j * step])) has[j >> 6] |= (uint64_t)1 << (j & 63);
}

static void start(const Search *s, int64_t i, uint64_t *has, Receiver *r) {
  *r = (Receiver){s->row + i * s->d->p, s->first + i, has, 0, INFINITY};
  memset(has, 0, (size_t)s->words * sizeof *has);
  mark_present(r->x, 1, s->d->p, has);
  for (int64_t w = 0; w < s->words; w++) r->present += __builtin_popcountll(has[w]);
  for (int64_t g = r->first[0] * s->k; g < r->first[1] * s->k; g++) s->donor[g] = -1, s->distance[g] = INFINITY;
}

static void finish(const Search *s, const Receiver *r) {
  if (!s->d->squares) return;
  for (int64_t g = r->first[0] * s->k; g < r->first[1] * s->k; g++) s->distance[g] = sqrt(s->distance[g]);
}

static void search_chunk(void *ctx, int64_t begin, int64_t end) {
  const Search *s = ctx;
  Receiver r[TOGETHER];
  Arena a;
  arena_init(&a);
  uint64_t *has = arena_array(&a, uint64_t, TOGETHER * s->words);
  for (int64_t i = begin; i < end; i++) start(s, i, has + (i - begin) * s->words, &r[i - begin]);
  for (int64_t at = 0; at < s->d->n; at += BLOCK) {
    int64_t n = s->d->n - at < BLOCK ? s->d->n - at : BLOCK;
    for (int64_t i = 0; i < end - begin; i++)
      if (r[i].present && r[i].first[0] < r[i].first[1]) search_block(s, &r[i], at, n);
  }
  for (int64_t i = 0; i < end - begin; i++) finish(s, &r[i]);
  arena_fini(&a);
}

ErrCode nearest_find(Job *job, const Donors *d, const double *row, int64_t m, const int64_t *first, int64_t k,
                     int64_t *donor, double *distance, Err *err) {
  int64_t words = (d->p + 63) / 64;
  TRY(job_need(job, d->n * words * 8, "the nearest rows", err));
  uint64_t *has = mem_new((size_t)(d->n * words) * sizeof *has);
  if (!has) return err_set(err, ERR_MEMORY, "no memory for the nearest rows");
  memset(has, 0, (size_t)(d->n * words) * sizeof *has);
  for (int64_t i = 0; i < d->n; i++) mark_present(d->v + i, d->n, d->p, has + i * words);
  int64_t present = 0;
  for (int64_t w = 0; w < d->n * words; w++) present += __builtin_popcountll(has[w]);
  bool full = present == d->n * d->p;
  ErrCode code = OK;
  for (int64_t at = 0; at < m && code == OK; at += BATCH) {
    Search s = {d, row + at * d->p, first + at, has, words, k, full, donor, distance};
    code = job_tick(job, at, m, err);
    if (code == OK) par_for(job, m - at < BATCH ? m - at : BATCH, TOGETHER, search_chunk, &s);
  }
  mem_free(has);
  return code;
}

// ---- among themselves ----------------------------------------------------------------------------------------------
// A row without a value in the last column, so that its donors are the nearest rows of all, itself among them.
static void take_rows(const Donors *d, const int64_t *at, int64_t m, double *row) {
  for (int64_t i = 0; i < m; i++) {
    for (int64_t j = 0; j < d->p - 1; j++) row[i * d->p + j] = d->v[j * d->n + at[i]];
    row[i * d->p + d->p - 1] = NAN;
  }
}

static void drop_self(const int64_t *found, int64_t k, int64_t self, int64_t *near) {
  int64_t n = 0;
  for (int64_t q = 0; q <= k && n < k; q++)
    if (found[q] != self) near[n++] = found[q];
}

ErrCode nearest_others(Job *job, const Donors *d, const int64_t *at, int64_t m, int64_t k, int64_t *near, Err *err) {
  int64_t words = m * (d->p + 2 * (k + 1) + 1) + 1;
  TRY(job_need(job, words * 8, "the nearest rows", err));
  double *row = mem_new((size_t)words * sizeof *row);
  if (!row) return err_set(err, ERR_MEMORY, "no memory for the nearest rows");
  double *distance = row + m * d->p;
  int64_t *found = (int64_t *)(void *)(distance + m * (k + 1)), *first = found + m * (k + 1);
  take_rows(d, at, m, row);
  for (int64_t i = 0; i <= m; i++) first[i] = i;
  ErrCode code = nearest_find(job, d, row, m, first, k + 1, found, distance, err);
  for (int64_t i = 0; i < m && code == OK; i++) drop_self(found + i * (k + 1), k, at[i], near + i * k);
  mem_free(row);
  return code;
}
