// What makes a split flatter its model: rows that stand in two parts, and rows whose order is time. Rows are compared
// by a 64-bit hash of all their cells; two different ones among a million have the same with a chance of 3e-8. Where
// more than half of all rows repeat others, rows are combinations of few values and not copies, and nothing is said.
// Order: a date column that ascends or descends from the first row to the last, or a target whose ranks go along with
// the numbers of the rows (Spearman's correlation). A target of classes that stand in one block each is sorted, not in
// order of time, and nothing is said either. O(n p).
#include "eval/folds.h"

#include "base/map.h"
#include "base/numfmt.h"
#include "base/pool.h"
#include "eval/eval_int.h"

#include <math.h>

enum { GRAIN = 1 << 14, LEAST_ROWS = 10 };
static const double TREND = 0.3; // of Spearman's correlation with the numbers of the rows

// ---- copies -------------------------------------------------------------------------------------------------------
static uint64_t mix(uint64_t h) { // the finisher of MurmurHash3
  h = (h ^ h >> 33) * 0xFF51AFD7ED558CCDu;
  h = (h ^ h >> 33) * 0xC4CEB9FE1A85EC53u;
  return h ^ h >> 33;
}

static uint64_t cell_key(const Column *c, int64_t i) {
  if (!col_valid(c, i)) return 0x9E3779B97F4A7C15u;
  if (c->dict) return (uint64_t)col_code(c, i);
  if (c->type != COL_TEXT) return order_key_f64(col_f64(c, i));
  Sv text = col_text(c, i);
  return hash_bytes(text.s, text.n);
}

typedef struct Hashing {
  const Frame *d;
  KeyRows rows;
} Hashing;

static void hash_chunk(void *ctx, int64_t begin, int64_t end) {
  const Hashing *h = ctx;
  for (int64_t i = begin; i < end; i++) h->rows.key[i] = 0, h->rows.row[i] = (uint32_t)i;
  for (int j = 0; j < frame_ncol(h->d); j++) {
    const Column *c = frame_at(h->d, j);
    for (int64_t i = begin; i < end; i++) h->rows.key[i] = mix(h->rows.key[i] + cell_key(c, i) + 0x632BE59BD9B4E019u);
  }
}

// Of the rows that `held` holds (cv: of all), those that another part has too; -1: nothing is said.
static int64_t count_shared(const KeyRows *r, const CautionIn *in) {
  int64_t sets = 0, shared = 0;
  for (int64_t first = 0, end; first < r->n; first = end, sets++) {
    int32_t part = in->part[r->row[first]];
    bool mixed = false;
    for (end = first + 1; end < r->n && r->key[end] == r->key[first]; end++)
      mixed = mixed || in->part[r->row[end]] != part;
    for (int64_t i = first; i < end && mixed; i++) shared += in->held < 0 || in->part[r->row[i]] == in->held;
  }
  return 2 * sets < r->n ? -1 : shared;
}

static ErrCode find_copies(Job *job, const CautionIn *in, int64_t *shared, Err *err) {
  void *block;
  int64_t n = frame_nrow(in->d);
  *shared = 0;
  if (n > UINT32_MAX || frame_ncol(in->d) == 0) return OK;
  TRY(eval_alloc(job, n * 24, "copies of rows", &block, err));
  Hashing h = {.d = in->d, .rows = {.key = block, .n = n}};
  h.rows.key2 = h.rows.key + n, h.rows.row = (uint32_t *)(h.rows.key2 + n), h.rows.row2 = h.rows.row + n;
  par_for(job, n, GRAIN, hash_chunk, &h);
  ErrCode code = order_rows(job, &h.rows, err);
  if (code == OK) *shared = count_shared(&h.rows, in);
  mem_free(block);
  return code;
}

static void tell_copies(const CautionIn *in, int64_t shared, Str *out) {
  int64_t all = 0, n = frame_nrow(in->d);
  char some[NUMFMT_MAX], of[NUMFMT_MAX];
  for (int64_t i = 0; i < n; i++) all += in->held < 0 || in->part[i] == in->held;
  fmt_i64(some, sizeof some, shared, true);
  fmt_i64(of, sizeof of, all, true);
  const char *where = in->held < 0 ? "have a copy in another fold" : "are also in another part, cell for cell";
  if (shared == 1) where = in->held < 0 ? "has a copy in another fold" : "is also in another part, cell for cell";
  str_addf(out, "! %s of %s %srows %s: scores flatter; keep one of each first, d = d:unique()\n", some, of,
           in->held < 0 ? "" : "test ", where);
}

// ---- order --------------------------------------------------------------------------------------------------------
// 1 ascending, -1 descending, 0 neither or with gaps.
static int direction(const Column *c) {
  bool up = true, down = true;
  if (c->missing || c->n < LEAST_ROWS) return 0;
  for (int64_t i = 1; i < c->n && (up || down); i++) {
    up = up && c->i[i - 1] <= c->i[i];
    down = down && c->i[i - 1] >= c->i[i];
  }
  return up == down ? 0 : up ? 1 : -1;
}

static const char *ordered_date(const Frame *d) {
  for (int j = 0; j < frame_ncol(d); j++) {
    const Column *c = frame_at(d, j);
    if ((c->type == COL_DATE || c->type == COL_TIME) && direction(c)) return frame_name(d, j);
  }
  return NULL;
}

// Spearman's correlation of values with the numbers of their rows, from keys that order as the values do and the rows
// in that order; NaN when all are equal. `runs`: blocks of equal values that stand side by side.
static double trend_of(const uint64_t *key, const int64_t *row, int64_t n, int64_t *distinct, int64_t *runs) {
  double middle = (double)(n - 1) / 2, xy = 0, xx = 0, yy = 0;
  *distinct = *runs = 0;
  for (int64_t first = 0, end; first < n; first = end, (*distinct)++) {
    for (end = first + 1; end < n && key[row[end]] == key[row[first]];) end++;
    double rank = (double)(first + end - 1) / 2 - middle;
    for (int64_t i = first; i < end; i++) {
      double at = (double)row[i] - middle;
      *runs += i == first || row[i] != row[i - 1] + 1;
      xy += rank * at, xx += rank * rank, yy += at * at;
    }
  }
  return xy / sqrt(xx * yy);
}

// The values of a target; classes by their place among the words. false: too few, or not to be ordered.
static bool read_keys(const Column *c, uint64_t *key) {
  if (c->missing || c->n < LEAST_ROWS || (col_is_text(c) && (!c->dict || c->dict->n > 2))) return false;
  for (int64_t i = 0; i < c->n; i++) {
    double v = col_is_text(c) ? (double)col_code(c, i) : col_f64(c, i);
    if (isnan(v)) return false;
    key[i] = order_key_f64(v);
  }
  return true;
}

static ErrCode find_trend(Job *job, const CautionIn *in, double *trend, Err *err) {
  int j = in->target ? frame_find(in->d, sv(in->target)) : -1;
  void *block;
  *trend = 0;
  if (j < 0) return OK;
  const Column *c = frame_at(in->d, j);
  TRY(eval_alloc(job, c->n * 16 + 1, "the order of the target", &block, err));
  uint64_t *key = block;
  int64_t *row = (int64_t *)(key + c->n), distinct, runs;
  ErrCode code = OK;
  if (read_keys(c, key)) {
    code = order_keys(job, key, c->n, false, row, err);
    double rho = code == OK ? trend_of(key, row, c->n, &distinct, &runs) : 0;
    bool sorted = code == OK && runs == distinct && distinct < c->n;
    if (fabs(rho) >= TREND && !sorted) *trend = rho;
  }
  mem_free(block);
  return code;
}

static ErrCode tell_order(Job *job, const CautionIn *in, Str *out, Err *err) {
  const char *date = ordered_date(in->d), *target = in->target;
  double trend;
  TRY(find_trend(job, in, &trend, err));
  if (!date && trend == 0) return OK;
  str_add(out, "! ");
  if (date) str_addf(out, "rows are in order of '%s'", date);
  if (date && trend != 0) str_add(out, ", and ");
  if (trend != 0) str_addf(out, "'%s' %s along the rows (Spearman %.2f)", target, trend > 0 ? "rises" : "falls", trend);
  if (date) str_addf(out, ": a random split learns from the future; time=\"%s\" does not\n", date);
  else str_add(out, ": if their order is time, a random split learns from the future; time= names its column\n");
  return OK;
}

// ---- both ---------------------------------------------------------------------------------------------------------
ErrCode eval_cautions(Job *job, const CautionIn *in, Str *out, Err *err) {
  int64_t shared;
  TRY(find_copies(job, in, &shared, err));
  if (shared > 0) tell_copies(in, shared, out);
  return in->random ? tell_order(job, in, out, err) : OK;
}
