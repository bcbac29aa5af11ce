// Counts and sums. Reals are added with the rounding error of each addition kept beside the sum (Neumaier's variant
// with the branch-free two-sum of Knuth), so that the error does not grow with the number of rows; conditions, ints
// and dates are added in 128 bits, exactly. An int sum that leaves 64 bits makes the column real.
// Reference: Ogita, Rump, Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005), algorithm 4.1.
#include "frame/agg_int.h"

#include <math.h>

// ---- states ---------------------------------------------------------------------------------------------------------
static inline void add_real(RealSum *t, double x) {
  double s = t->s + x, back = s - t->s;
  t->c += (t->s - (s - back)) + (x - back);
  t->s = s;
}

static void add_reals(const void *ctx, const Piece *p, void *state) {
  (void)ctx;
  RealSum *t = state;
  for (int i = 0; i < p->m; i++) {
    add_real(&t[p->id[i]], p->f[i]);
    t[p->id[i]].n++;
  }
}

static void merge_reals(const void *ctx, void *into, const void *part, int64_t n) {
  (void)ctx;
  RealSum *a = into;
  const RealSum *b = part;
  for (int64_t k = 0; k < n; k++) {
    add_real(&a[k], b[k].s);
    a[k].c += b[k].c;
    a[k].n += b[k].n;
  }
}

static void add_ints(const void *ctx, const Piece *p, void *state) {
  (void)ctx;
  IntSum *t = state;
  for (int i = 0; i < p->m; i++) {
    t[p->id[i]].s += p->i[i];
    t[p->id[i]].n++;
  }
}

static void merge_ints(const void *ctx, void *into, const void *part, int64_t n) {
  (void)ctx;
  IntSum *a = into;
  const IntSum *b = part;
  for (int64_t k = 0; k < n; k++) a[k].s += b[k].s, a[k].n += b[k].n;
}

static const Reduction REAL_SUMS = {sizeof(RealSum), VALUE_REAL, false, add_reals, merge_reals},
                       INT_SUMS = {sizeof(IntSum), VALUE_INT, false, add_ints, merge_ints};

ErrCode agg_sums(const AggCall *c, const AggSums **out, Err *err) {
  AggRun *r = c->run;
  for (AggSums *s = r->sums; s; s = s->next)
    if (s->col == c->x) return *out = s, OK;
  bool real = c->x->type == COL_F64;
  const Reduction *reduction = real ? &REAL_SUMS : &INT_SUMS;
  void *state;
  TRY(array_new(r->job, r->g.ngroup, reduction->size, "sums by groups", &state, err));
  AggSums *s = arena_new(&r->arena, AggSums);
  *s = (AggSums){.col = column_ref(c->x), .real = real ? state : NULL, .exact = real ? NULL : state, .next = r->sums};
  r->sums = s; // what it owns is freed with the run
  *out = s;
  return groups_reduce(r->job, &r->g, c->x, reduction, NULL, state, err);
}

int64_t sums_n(const AggSums *s, int64_t k) { return s->real ? s->real[k].n : s->exact[k].n; }

static double sums_real(const AggSums *s, int64_t k) {
  if (s->exact) return (double)s->exact[k].s;
  return isfinite(s->real[k].s) ? s->real[k].s + s->real[k].c : s->real[k].s;
}

double sums_mean(const AggSums *s, int64_t k) { return sums_real(s, k) / (double)sums_n(s, k); }

// ---- counts ---------------------------------------------------------------------------------------------------------
static ErrCode count(const AggCall *c, Column **out, Err *err) {
  TRY(agg_column(c, COL_I64, out, err));
  return groups_count(c->run->job, &c->run->g, c->x, (*out)->i, err);
}

static ErrCode missing(const AggCall *c, Column **out, Err *err) {
  Column *all;
  AggCall rows = {.run = c->run};
  TRY(count(&rows, &all, err));
  ErrCode code = count(c, out, err);
  for (int64_t k = 0; k < all->n && code == OK; k++) (*out)->i[k] = all->i[k] - (*out)->i[k];
  column_unref(all);
  return code;
}

// ---- sums -----------------------------------------------------------------------------------------------------------
static bool fits_ints(const AggSums *s, int64_t n) {
  for (int64_t k = 0; k < n; k++)
    if (s->exact[k].s != (int64_t)s->exact[k].s) return false;
  return true;
}

static ErrCode sum(const AggCall *c, Column **out, Err *err) {
  const AggSums *s;
  int64_t n = c->run->g.ngroup;
  TRY(agg_sums(c, &s, err));
  bool exact = s->exact && fits_ints(s, n);
  TRY(agg_column(c, exact ? COL_I64 : COL_F64, out, err));
  for (int64_t k = 0; k < n; k++) {
    if (exact) (*out)->i[k] = (int64_t)s->exact[k].s;
    else (*out)->f[k] = sums_real(s, k);
  }
  return OK;
}

static int64_t floor_div(__int128 a, int64_t b) { return (int64_t)(a / b - (a % b < 0)); }

// The mean of dates is the day, of times the microsecond, in which it falls.
static ErrCode mean(const AggCall *c, Column **out, Err *err) {
  const AggSums *s;
  ColType type = c->x->type;
  bool moment = type == COL_DATE || type == COL_TIME;
  TRY(agg_sums(c, &s, err));
  TRY(agg_column(c, moment ? type : COL_F64, out, err));
  for (int64_t k = 0; k < (*out)->n; k++) {
    if (!sums_n(s, k)) TRY(column_set_missing(*out, k, err));
    else if (moment) (*out)->i[k] = floor_div(s->exact[k].s, s->exact[k].n);
    else (*out)->f[k] = sums_mean(s, k);
  }
  return OK;
}

// ---- conditions -----------------------------------------------------------------------------------------------------
static ErrCode holds(const AggCall *c, bool all, Column **out, Err *err) {
  const AggSums *s;
  TRY(agg_sums(c, &s, err));
  TRY(agg_column(c, COL_BOOL, out, err));
  for (int64_t k = 0; k < (*out)->n; k++) (*out)->b[k] = all ? s->exact[k].s == s->exact[k].n : s->exact[k].s > 0;
  return OK;
}

static ErrCode any(const AggCall *c, Column **out, Err *err) { return holds(c, false, out, err); }
static ErrCode all(const AggCall *c, Column **out, Err *err) { return holds(c, true, out, err); }

const AggFunc AGG_SUMS[] = {
    {"count", "count()", "x?", count, "how many rows; of x, how many of its values are present"},
    {"n", "n(x)", "x?", count, "how many values of x are present"},
    {"nrow", "nrow()", "", count, "how many rows"},
    {"missing", "missing(x)", "x", missing, "how many values of x are missing"},
    {"n_missing", "n_missing(x)", "x", missing, "the same"},
    {"sum", "sum(x)", "a", sum,
     "sum; of a condition, how many are true; of nothing 0; ints beyond 64 bits become real"},
    {"mean", "mean(x)", "m", mean, "mean; of dates the day, of times the microsecond in which it falls"},
    {"share", "share(c)", "b", mean, "share of the rows where the condition is true"},
    {"any", "any(c)", "b", any, "is the condition true somewhere; of nothing false"},
    {"all", "all(c)", "b", all, "is the condition true wherever it is known; of nothing true"},
    {0},
};
