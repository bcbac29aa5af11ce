// The two-way table of two coded columns and what is measured on it: Pearson's chi-square, mutual information and
// entropies (Cover & Thomas 2006, ch. 2), Cramer's V with Bergsma's (2013) correction. Cells are counted in place while
// they are few, else by sorting one key a row; sums run over the cells that have any, in the order of the levels.
//
// Also how a number spreads between the levels of a category (correlation ratio): sums a level within fixed blocks of
// rows, the blocks in sum_tree's tree.
#include "stats/assoc_int.h"

#include "base/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_CELLS = 1 << 20 };

typedef struct Cells {
  Job *job;
  const Coded *x, *y;
  int64_t n;
  int64_t *down, *across; // margins
} Cells;

// ---- sums over cells ----------------------------------------------------------------------------------------------
static double entropy_of(const int64_t *margin, int64_t levels, int64_t n, int64_t *used) {
  double sum = 0;
  *used = 0;
  for (int64_t k = 0; k < levels; k++) {
    if (!margin[k]) continue;
    double p = (double)margin[k] / (double)n;
    sum -= p * fmath_log(p), ++*used;
  }
  return sum;
}

typedef struct CellSums {
  double near, expected, mutual;
  int64_t cells;
} CellSums;

static void add_cell(CellSums *s, int64_t count, int64_t row, int64_t column, int64_t n) {
  double c = (double)count, e = (double)row * (double)column / (double)n;
  s->near += (c - e) * (c - e) / e;
  s->expected += e;
  s->mutual += c / (double)n * fmath_log(c / e);
  s->cells++;
}

// ---- counting -----------------------------------------------------------------------------------------------------
static int64_t count_margins(const Cells *t) {
  int64_t n = 0;
  for (int64_t i = 0; i < t->n; i++) {
    uint32_t a = t->x->code[i], b = t->y->code[i];
    if (a == NO_CODE || b == NO_CODE) continue;
    t->down[a]++, t->across[b]++, n++;
  }
  return n;
}

static ErrCode count_in_place(const Cells *t, int64_t n, CellSums *sums, Err *err) {
  int64_t wide = t->y->levels, cells = t->x->levels * wide;
  int64_t *cell = calloc((size_t)cells + 1, sizeof *cell);
  if (!cell)
    return err_set(err, ERR_MEMORY, "assoc: the system has no memory for a table of %lld cells", (long long)cells);
  for (int64_t i = 0; i < t->n; i++) {
    uint32_t a = t->x->code[i], b = t->y->code[i];
    if (a != NO_CODE && b != NO_CODE) cell[a * wide + b]++;
  }
  for (int64_t k = 0; k < cells; k++)
    if (cell[k]) add_cell(sums, cell[k], t->down[k / wide], t->across[k % wide], n);
  free(cell);
  return OK;
}

static ErrCode count_sorted(const Cells *t, int64_t n, CellSums *sums, Err *err) {
  uint64_t wide = (uint64_t)t->y->levels;
  TRY(job_need(t->job, n * 16, "assoc", err));
  uint64_t *key = mem_new((size_t)n * 16 + 1);
  if (!key) return err_set(err, ERR_MEMORY, "assoc: the system has no memory for %lld rows", (long long)n);
  KeyRows r = {.key = key, .key2 = key + n};
  for (int64_t i = 0; i < t->n; i++)
    if (t->x->code[i] != NO_CODE && t->y->code[i] != NO_CODE) key[r.n++] = t->x->code[i] * wide + t->y->code[i];
  ErrCode code = order_rows(t->job, &r, err);
  for (int64_t i = 0, j; i < n && code == OK; i = j) {
    for (j = i + 1; j < n && key[j] == key[i];) j++;
    add_cell(sums, j - i, t->down[key[i] / wide], t->across[key[i] % wide], n);
  }
  mem_free(key);
  return code;
}

ErrCode two_way(Job *job, const Coded *x, const Coded *y, int64_t n, TwoWay *out, Err *err) {
  Cells t = {.job = job, .x = x, .y = y, .n = n};
  CellSums sums = {0};
  t.down = calloc((size_t)x->levels + 1, sizeof *t.down), t.across = calloc((size_t)y->levels + 1, sizeof *t.across);
  if (!t.down || !t.across) abort();
  *out = (TwoWay){.n = count_margins(&t)};
  bool few = x->levels * y->levels <= FEW_CELLS;
  ErrCode code = few ? count_in_place(&t, out->n, &sums, err) : count_sorted(&t, out->n, &sums, err);
  out->entropy_x = entropy_of(t.down, x->levels, out->n, &out->rows);
  out->entropy_y = entropy_of(t.across, y->levels, out->n, &out->columns);
  out->cells = sums.cells;
  bool full = sums.cells == out->rows * out->columns; // else the empty cells have the rest of the expected counts
  out->chi2 = sums.near + (full ? 0 : fmax(0, (double)out->n - sums.expected));
  out->mutual = fmax(0, sums.mutual);
  free(t.down);
  free(t.across);
  return code;
}

// ---- measures -----------------------------------------------------------------------------------------------------
double two_way_df(const TwoWay *t) { return (double)(t->rows - 1) * (double)(t->columns - 1); }

double two_way_phi2(const TwoWay *t) { return t->chi2 / (double)t->n; }

double two_way_cramer(const TwoWay *t, bool corrected) {
  double r = (double)t->rows, k = (double)t->columns, n = (double)t->n, phi2 = two_way_phi2(t);
  if (t->rows < 2 || t->columns < 2) return NAN;
  if (corrected) {
    phi2 = fmax(0, phi2 - (r - 1) * (k - 1) / (n - 1));
    r -= (r - 1) * (r - 1) / (n - 1), k -= (k - 1) * (k - 1) / (n - 1);
    if (fmin(r, k) <= 1) return NAN;
  }
  return fmin(1, sqrt(phi2 / (fmin(r, k) - 1)));
}

// ---- a number by levels -------------------------------------------------------------------------------------------
typedef struct Spread {
  const Column *x;
  const Coded *g;
  double centre;
  int64_t rows; // of a block
  double *part; // a block: for each level count and sum, then the sum of squares
} Spread;

static void spread_block(void *ctx, int64_t begin, int64_t end) {
  const Spread *s = ctx;
  int64_t k = s->g->levels;
  double *count = s->part + begin / s->rows * (2 * k + 1), *sum = count + k, squares = 0;
  memset(count, 0, (size_t)(2 * k + 1) * sizeof *count);
  for (int64_t i = begin; i < end; i++) {
    if (s->g->code[i] == NO_CODE || !col_valid(s->x, i)) continue;
    double d = col_f64(s->x, i) - s->centre;
    count[s->g->code[i]] += 1, sum[s->g->code[i]] += d, squares += d * d;
  }
  count[2 * k] = squares;
}

static void close_spread(const double *count, int64_t levels, Levels *out) {
  const double *sum = count + levels;
  double n = 0, all = 0, between = 0;
  for (int64_t k = 0; k < levels; k++) {
    if (count[k] == 0) continue;
    n += count[k], all += sum[k], between += sum[k] * sum[k] / count[k];
    out->levels++;
  }
  out->n = (int64_t)n;
  out->between = fmax(0, between - all * all / n), out->total = count[2 * levels] - all * all / n;
}

// The mean over the rows that have both, so that little cancels.
static double mean_of(const Column *x, const Coded *g) {
  double sum = 0, count = 0;
  for (int64_t i = 0; i < x->n; i++) {
    if (g->code[i] == NO_CODE || !col_valid(x, i)) continue;
    sum += col_f64(x, i), count++;
  }
  double mean = count > 0 ? sum / count : 0;
  return isfinite(mean) ? mean : 0;
}

ErrCode levels_spread(Job *job, const Column *x, const Coded *g, Levels *out, Err *err) {
  int64_t width = 2 * g->levels + 1, rows = g->levels * 16 > NUM_BLOCK ? g->levels * 16 : NUM_BLOCK;
  int64_t blocks = x->n > 0 ? (x->n + rows - 1) / rows : 1;
  Mat part;
  *out = (Levels){0};
  TRY(mat_new(job, width, blocks, "the sums of the levels", &part, err));
  Spread s = {x, g, mean_of(x, g), rows, part.x};
  par_for(job, x->n, rows, spread_block, &s);
  sum_tree(part.x, blocks, width);
  close_spread(part.x, g->levels, out);
  mat_free(&part);
  return OK;
}
