// Functions that make a column from a whole column: what looks at other rows (series.c), and intervals. An interval is
// closed to the left: [0, 10) holds 0 and not 10.
#include "frame/expr_int.h"

#include "base/numfmt.h"
#include "base/pool.h"
#include "frame/series_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t step_of(const Whole *w) { return w->nopt ? w->opt[0].i : 1; }

static ErrCode check_step(const Whole *w, Err *err) {
  if (step_of(w) > -INT64_MAX) return OK;
  return err_set(err, ERR_ARG, "k is a number of rows");
}

static ErrCode lag(const Whole *w, Column **out, Err *err) {
  TRY(check_step(w, err));
  return series_lag(w->job, w->x, step_of(w), out, err);
}

static ErrCode lead(const Whole *w, Column **out, Err *err) {
  TRY(check_step(w, err));
  return series_lag(w->job, w->x, -step_of(w), out, err);
}

static ErrCode diff(const Whole *w, Column **out, Err *err) {
  TRY(check_step(w, err));
  return series_diff(w->job, w->x, step_of(w), out, err);
}

static ErrCode cumsum(const Whole *w, Column **out, Err *err) {
  return series_cumulate(w->job, w->x, CUM_SUM, out, err);
}
static ErrCode cumprod(const Whole *w, Column **out, Err *err) {
  return series_cumulate(w->job, w->x, CUM_PROD, out, err);
}
static ErrCode cummin(const Whole *w, Column **out, Err *err) {
  return series_cumulate(w->job, w->x, CUM_MIN, out, err);
}
static ErrCode cummax(const Whole *w, Column **out, Err *err) {
  return series_cumulate(w->job, w->x, CUM_MAX, out, err);
}
static ErrCode fill_forward(const Whole *w, Column **out, Err *err) {
  return series_fill(w->job, w->x, true, out, err);
}
static ErrCode fill_backward(const Whole *w, Column **out, Err *err) {
  return series_fill(w->job, w->x, false, out, err);
}
static ErrCode zscore(const Whole *w, Column **out, Err *err) { return series_zscore(w->job, w->x, out, err); }

static ErrCode rank(const Whole *w, Column **out, Err *err) {
  static const char *const names[] = {"average", "min", "max", "dense", "first"};
  for (int k = 0; k < 5; k++)
    if (!w->nopt || sv_is(w->opt[0].t, names[k])) return series_rank(w->job, w->x, (RankTies)k, out, err);
  return err_set(err, ERR_ARG, "ties take the average, min, max, dense or first rank");
}

static ErrCode ntile(const Whole *w, Column **out, Err *err) {
  if (w->opt[0].i < 1) return err_set(err, ERR_ARG, "n is a number of parts, at least 1");
  return series_ntile(w->job, w->x, w->opt[0].i, out, err);
}

// ---- intervals ------------------------------------------------------------------------------------------------------
typedef struct Cut {
  const Column *x;
  const double *edge; // n of them, rising; interval k lies before edge[k]
  int n;
  bool open;          // beyond the edges there is an interval too; otherwise the last one is closed
  const uint32_t *code; // of each interval
  Column *out;
  _Atomic int64_t missing;
} Cut;

// How many edges are at or below v.
static int place_of(const Cut *c, double v) {
  int lo = 0, hi = c->n;
  while (lo < hi) {
    int mid = (lo + hi) / 2;
    if (c->edge[mid] <= v) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

static int interval_of(const Cut *c, double v) {
  if (v != v) return -1;
  if (c->open) return place_of(c, v);
  if (!(v >= c->edge[0] && v <= c->edge[c->n - 1])) return -1;
  int place = place_of(c, v) - 1;
  return place < c->n - 1 ? place : c->n - 2;
}

static void cut_chunk(void *ctx, int64_t begin, int64_t end) {
  Cut *c = ctx;
  int64_t missing = 0;
  for (int64_t i = begin; i < end; i++) {
    int k = col_valid(c->x, i) ? interval_of(c, col_f64(c->x, i)) : -1;
    col_set_code(c->out, i, k < 0 ? 0 : c->code[k]);
    if (k >= 0) continue;
    c->out->valid[i >> 6] &= ~(1ull << (i & 63));
    missing++;
  }
  atomic_fetch_add(&c->missing, missing);
}

// A category of x with these words for its intervals.
static ErrCode cut_column(const Whole *w, Cut *c, const Sv *word, int nword, Column **out, Err *err) {
  uint32_t *code = calloc((size_t)nword + 1, sizeof *code);
  if (!code) abort();
  Dict *dict = dict_new(word, nword, code);
  ErrCode status = column_new(w->job, COL_CAT, w->x->n, dict, &c->out, err);
  if (status == OK) status = bitmap_new(w->x->n, &c->out->valid, err);
  c->x = w->x, c->code = code;
  if (status == OK) par_for(w->job, w->x->n, EXPR_CHUNK, cut_chunk, c);
  free(code);
  if (status != OK) return column_unref(c->out), status;
  c->out->missing = c->missing;
  if (!c->missing) {
    mem_free(c->out->valid);
    c->out->valid = NULL;
  }
  *out = c->out;
  return OK;
}

static Sv label(Arena *a, const char *lo, const char *hi, bool last_closed) {
  bool endless = lo[0] == '-' && lo[1] == 'i';
  return sv(arena_printf(a, "%c%s, %s%c", endless ? '(' : '[', lo, hi, last_closed ? ']' : ')'));
}

static char *number_text(Arena *a, double v) {
  char *buf = arena_alloc(a, NUMFMT_MAX);
  fmt_shortest(buf, NUMFMT_MAX, v + 0.0); // 0 for -0
  return buf;
}

static ErrCode cut(const Whole *w, Column **out, Err *err) {
  Arena a;
  arena_init(&a);
  int n = w->nopt;
  double *edge = arena_array(&a, double, n);
  Sv *word = arena_array(&a, Sv, n + 1);
  const char *before = "-inf";
  ErrCode code = OK;
  for (int k = 0; k < n && code == OK; k++) {
    edge[k] = w->opt[k].f;
    const char *here = number_text(&a, edge[k]);
    if (!isfinite(edge[k]) || (k && edge[k] <= edge[k - 1]))
      code = err_set(err, ERR_ARG, "the edges must rise, %s does not lie behind %s", here, before);
    word[k] = label(&a, before, here, false);
    before = here;
  }
  word[n] = label(&a, before, "inf", false);
  if (code == OK) code = cut_column(w, &(Cut){.edge = edge, .n = n, .open = true}, word, n + 1, out, err);
  arena_fini(&a);
  return code;
}

// The finite values reach from *lo to *hi; false when there are none.
static bool finite_range(const Column *x, double *lo, double *hi) {
  bool found = false;
  for (int64_t i = 0; i < x->n; i++) {
    double v = col_f64(x, i);
    if (!isfinite(v)) continue;
    if (!found || v < *lo) *lo = v;
    if (!found || v > *hi) *hi = v;
    found = true;
  }
  return found;
}

// So many significant digits; written and read by the C library, which agrees with itself in every locale.
static double round_to(double v, int digits) {
  char buf[64];
  snprintf(buf, sizeof buf, "%.*e", digits - 1, v);
  return strtod(buf, NULL);
}

// The fewest digits, 3 at least, with which no two edges look the same.
static int edge_digits(const double *edge, int n) {
  for (int digits = 3; digits < 17; digits++) {
    int k = 1;
    while (k < n && round_to(edge[k], digits) > round_to(edge[k - 1], digits)) k++;
    if (k == n) return digits;
  }
  return 17;
}

// Rising; fewer where doubles are too coarse for so many.
static int equal_edges(double lo, double hi, int64_t n, double *edge) {
  int m = 0;
  for (int64_t k = 0; k <= n; k++) {
    double share = (double)k / (double)n, v = k == n ? hi : lo * (1 - share) + hi * share;
    if (!m || v > edge[m - 1]) edge[m++] = v;
  }
  if (m == 1) edge[m++] = hi;
  return m;
}

static ErrCode bin(const Whole *w, Column **out, Err *err) {
  enum { MOST = 1000 };
  int64_t n = w->opt[0].i;
  if (n < 1 || n > MOST) return err_set(err, ERR_ARG, "n is a number of intervals, from 1 to %d", MOST);
  double lo = 0, hi = 0;
  finite_range(w->x, &lo, &hi);
  Arena a;
  arena_init(&a);
  double *edge = arena_array(&a, double, n + 2);
  int m = equal_edges(lo, hi, n, edge), digits = edge_digits(edge, m);
  Sv *word = arena_array(&a, Sv, m);
  for (int k = 0; k + 1 < m; k++)
    word[k] = label(&a, number_text(&a, round_to(edge[k], digits)), number_text(&a, round_to(edge[k + 1], digits)),
                    k + 2 == m);
  ErrCode code = cut_column(w, &(Cut){.edge = edge, .n = m}, word, m - 1, out, err);
  arena_fini(&a);
  return code;
}

const Func EXPR_SERIES[] = {
    {"lag", "lag(x, k)", "x!i?:=", .series = lag, .doc = "x of k rows (1) before; missing in the first k"},
    {"lead", "lead(x, k)", "x!i?:=", .series = lead, .doc = "x of k rows (1) later; missing in the last k"},
    {"diff", "diff(x, k)", "v!i?:=", .series = diff, .doc = "x less x of k rows (1) before"},
    {"cumsum", "cumsum(x)", "a:=", .series = cumsum,
     .doc = "sum up to the row; missing rows stay so and are passed over"},
    {"cumprod", "cumprod(x)", "a:=", .series = cumprod, .doc = "product up to the row, as cumsum"},
    {"cummin", "cummin(x)", "o:=", .series = cummin, .doc = "smallest up to the row, as cumsum"},
    {"cummax", "cummax(x)", "o:=", .series = cummax, .doc = "largest up to the row, as cumsum"},
    {"fill_forward", "fill_forward(x)", "x:=", .series = fill_forward,
     .doc = "x, or the last before it that is not missing"},
    {"fill_backward", "fill_backward(x)", "x:=", .series = fill_backward,
     .doc = "x, or the next behind it that is not missing"},
    {"rank", "rank(x, ties)", "x!s?:=", .series = rank,
     .doc = "place by size, 1 the smallest; ties get their 'average', or 'min', 'max', 'dense', 'first'"},
    {"ntile", "ntile(x, n)", "x!i:i", .series = ntile,
     .doc = "which of n parts of equal size by value, 1 to n; ties in row order"},
    {"zscore", "zscore(x)", "a:r", .series = zscore, .doc = "(x - mean(x)) / sd(x)"},
    {"cut", "cut(x, a, b, ...)", "a!r!r*:s", .series = cut,
     .doc = "the interval x is in: (-inf, a), [a, b), ... [z, inf)"},
    {"bin", "bin(x, n)", "a!i:s", .series = bin,
     .doc = "the one of n intervals of equal width, closed to the left, the last on both sides"},
    {0},
};
