// Which bootstrap expressions need no rows to be drawn, and their replicates.
//
// sums    mean, share, sum, sd, var and n or count of columns or expressions over rows, and whatever is made of them
//         ("mean(x) - mean(y)", "sd(x) / mean(x)"): sums of the present values, of their squares and of their number
//         over a resample come from its counts (boot_counts.c), the same counts for all; the rest of the expression is
//         then evaluated over the replicates as over rows. Values are taken less their mean first.
// order   median(x) or quantile(x, p) alone: the k-th value of a resample is the value of rank floor(n U), where U is
//         the k-th of m uniform numbers, beta distributed with k and m - k + 1; the next one, if it has a part, is the
//         least of the m - k others above U. m, the number of present values drawn, is binomial.
// Both have the law of drawing the rows one by one. Anything else, or a value that is not finite, is left to that.
// Reference: David and Nagaraja 2003, ch. 2, on order statistics of a resample.
#include "stats/boot_int.h"

#include "base/pool.h"
#include "frame/expr.h"
#include "num/num.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CALLS = 16, BATCH = 64, ORDER_GRAIN = 16 };
typedef enum { CALL_MEAN, CALL_SUM, CALL_SD, CALL_VAR, CALL_COUNT, CALL_QUANTILE } CallKind;

typedef struct FastColumn { // what stands inside of a call
  const char *text;
  Column *c;
  bool squares;
  double centre; // of the group at hand
  int64_t at;    // its first sum: values, then squares, then present ones, as far as needed
} FastColumn;

typedef struct FastCall {
  CallKind kind;
  int column;
  double p; // of a quantile
} FastCall;

typedef struct FastExpr {
  const char *rest; // the expression over .0, .1 ... instead of calls
  int call[MOST_CALLS], ncall;
} FastExpr;

struct FastPlan {
  Job *job;
  const Frame *f;
  const BootstrapOpts *o;
  Arena arena;
  FastColumn column[MOST_CALLS];
  FastCall call[MOST_CALLS];
  FastExpr *expr;
  int ncolumn, ncall;
};

// ---- reading --------------------------------------------------------------------------------------------------------
static const struct {
  const char *name;
  CallKind kind;
} CALLS[] = {{"mean", CALL_MEAN},   {"share", CALL_MEAN},      {"sum", CALL_SUM},
             {"sd", CALL_SD},       {"var", CALL_VAR},         {"n", CALL_COUNT},
             {"count", CALL_COUNT}, {"median", CALL_QUANTILE}, {"quantile", CALL_QUANTILE}};

static bool is_name(char c) { return isalnum((unsigned char)c) || c == '_' || c == '.'; }

// The parenthesis that closes the one at s; NULL when there is none or a quote comes first, since that is left alone.
static const char *closing(const char *s) {
  int depth = 0;
  for (; *s && !strchr("'\"[", *s); s++) {
    if (*s == '`' && !(s = strchr(s + 1, '`'))) return NULL;
    depth += *s == '(' ? 1 : *s == ')' ? -1 : 0;
    if (depth == 0) return s;
  }
  return NULL;
}

static int find_column(FastPlan *p, const char *text) {
  for (int k = 0; k < p->ncolumn; k++)
    if (strcmp(p->column[k].text, text) == 0) return k;
  Column *c = NULL;
  if (p->ncolumn == MOST_CALLS || expr_eval(p->job, p->f, sv(text), NULL, 0, &c, NULL) != OK) return -1;
  p->column[p->ncolumn] = (FastColumn){.text = text, .c = c};
  return p->ncolumn++;
}

// "x, 0.9" of a quantile: the number goes to *p.
static bool cut_number(char *args, double *p) {
  char *comma = strrchr(args, ','), *end;
  if (!comma) return false;
  *comma = 0;
  *p = strtod(comma + 1, &end);
  return end != comma + 1 && !end[strspn(end, " ")] && *p >= 0 && *p <= 1;
}

// The call whose name begins at s: its number, and *end behind it. -1: no call that is known.
static int read_call(FastPlan *p, const char *s, size_t length, const char **end) {
  const char *open = s + length + strspn(s + length, " "), *close = *open == '(' ? closing(open) : NULL;
  FastCall c = {.column = -1, .p = 0.5};
  size_t k = 0, known = sizeof CALLS / sizeof *CALLS;
  while (k < known && (strlen(CALLS[k].name) != length || strncmp(CALLS[k].name, s, length) != 0)) k++;
  if (!close || k == known || p->ncall == MOST_CALLS) return -1;
  char *args = arena_strndup(&p->arena, open + 1, (size_t)(close - open - 1));
  c.kind = CALLS[k].kind;
  if (strcmp(CALLS[k].name, "quantile") == 0 && !cut_number(args, &c.p)) return -1;
  c.column = find_column(p, args);
  if (c.column < 0 || !col_is_number(p->column[c.column].c)) return -1;
  p->column[c.column].squares = p->column[c.column].squares || c.kind == CALL_SD || c.kind == CALL_VAR;
  *end = close + 1;
  return p->call[p->ncall] = c, p->ncall++;
}

static bool read_expr(FastPlan *p, const char *text, FastExpr *out) {
  Sv name, expr = sv(text);
  if (expr_split(sv(text), &name, &expr, NULL) != OK) expr = sv(text);
  const char *s = arena_strndup(&p->arena, expr.s, expr.n), *rest = "";
  bool ordered = false;
  while (*s) {
    size_t n = 0;
    if (*s == '`' || *s == '\'' || *s == '"' || *s == '[') return false;
    while (is_name(s[n])) n++;
    const char *end = s + (n ? n : 1);
    int call = n && !isdigit((unsigned char)*s) && *s != '.' && s[n + strspn(s + n, " ")] == '('
                   ? read_call(p, s, n, &end)
                   : -1;
    if (call >= 0) {
      if (out->ncall == MOST_CALLS) return false;
      rest = arena_printf(&p->arena, "%s`.%d`", rest, out->ncall);
      ordered = ordered || p->call[call].kind == CALL_QUANTILE;
      out->call[out->ncall++] = call;
    } else rest = arena_printf(&p->arena, "%s%.*s", rest, (int)(end - s), s);
    s = end;
  }
  out->rest = rest;
  return out->ncall && (!ordered || strspn(rest, "`.0 ") == strlen(rest));
}

// ---- evaluation over replicates -------------------------------------------------------------------------------------
// values: of each call n numbers, the first at value[k * n].
static ErrCode combine(const FastPlan *p, const FastExpr *e, const double *value, int64_t n, double *out, Err *err) {
  Frame *f = frame_new(n);
  Column *c = NULL;
  ErrCode code = OK;
  for (int k = 0; k < e->ncall && code == OK; k++) {
    char name[16];
    snprintf(name, sizeof name, ".%d", k);
    code = column_new(p->job, COL_F64, n, NULL, &c, err);
    if (code != OK) break;
    memcpy(c->f, value + e->call[k] * n, (size_t)n * sizeof *out);
    for (int64_t i = 0; i < n && code == OK; i++)
      if (isnan(c->f[i])) code = column_set_missing(c, i, err);
    if (code == OK) code = frame_add(f, name, c, err);
    else column_unref(c);
  }
  c = NULL;
  if (code == OK) code = expr_eval(p->job, f, sv(e->rest), NULL, 0, &c, err);
  for (int64_t i = 0; i < n && code == OK; i++) out[i] = col_f64(c, i);
  column_unref(c);
  frame_unref(f);
  return code;
}

// One row of ones: whether the rest is an expression over the calls alone, whose value is a number.
static bool is_evaluable(const FastPlan *p, const FastExpr *e) {
  double ones[MOST_CALLS], v;
  for (int k = 0; k < MOST_CALLS; k++) ones[k] = 1;
  return combine(p, e, ones, 1, &v, NULL) == OK;
}

static bool is_finite(const Column *c) {
  for (int64_t i = 0; i < c->n && c->type == COL_F64; i++)
    if (col_valid(c, i) && !isfinite(c->f[i])) return false;
  return true;
}

ErrCode fast_plan(Job *job, const Frame *f, const BootstrapOpts *o, FastPlan **out, Err *err) {
  FastPlan *p = calloc(1, sizeof *p);
  if (!p) abort();
  *out = NULL;
  *p = (FastPlan){.job = job, .f = f, .o = o};
  arena_init(&p->arena);
  p->expr = arena_array(&p->arena, FastExpr, o->exprs.n);
  bool good = true;
  for (int64_t k = 0; k < o->exprs.n && good; k++)
    good = read_expr(p, o->exprs.name[k], &p->expr[k]) && is_evaluable(p, &p->expr[k]);
  for (int k = 0; k < p->ncolumn && good; k++) good = is_finite(p->column[k].c);
  ErrCode code = job_tick(job, 0, 1, err); // reading may have been cut short
  if (good && code == OK) *out = p;
  else fast_free(p);
  return code;
}

void fast_free(FastPlan *p) {
  if (!p) return;
  for (int k = 0; k < p->ncolumn; k++) column_unref(p->column[k].c);
  arena_fini(&p->arena);
  free(p);
}

bool fast_is_ordered(const FastPlan *p) {
  for (int k = 0; k < p->ncall; k++)
    if (p->call[k].kind == CALL_QUANTILE) return true;
  return false;
}

// ---- sums -----------------------------------------------------------------------------------------------------------
typedef struct Group {
  FastPlan *p;
  const int64_t *row;
  int64_t n;
  double *value; // ncall x replicates
} Group;

static int64_t place_sums(FastPlan *p, const bool *used) {
  int64_t m = 0;
  for (int k = 0; k < p->ncolumn; k++) {
    FastColumn *c = &p->column[k];
    if (!used[k]) continue;
    c->at = m;
    m += 1 + c->squares + (c->c->valid != NULL);
  }
  return m;
}

static void fill_column(const Group *g, FastColumn *c, double *x) {
  int64_t present = 0, n = g->n;
  double *d = x + c->at * n, *squares = d + n, *there = squares + (c->squares ? n : 0);
  for (int64_t i = 0; i < n; i++) {
    bool valid = col_valid(c->c, g->row[i]);
    d[i] = valid ? col_f64(c->c, g->row[i]) : 0;
    if (c->c->valid) there[i] = valid;
    present += valid;
  }
  c->centre = present ? sum_f64(g->p->job, d, n) / (double)present : 0;
  for (int64_t i = 0; i < n; i++) {
    d[i] = col_valid(c->c, g->row[i]) ? d[i] - c->centre : 0;
    if (c->squares) squares[i] = d[i] * d[i];
  }
}

static double from_sums(const Group *g, const FastCall *call, const double *sum) {
  const FastColumn *c = &g->p->column[call->column];
  double one = sum[c->at], n = c->c->valid ? sum[c->at + 1 + c->squares] : (double)g->n;
  if (call->kind == CALL_COUNT) return n;
  if (call->kind == CALL_SUM) return c->centre * n + one;
  if (call->kind == CALL_MEAN) return n > 0 ? c->centre + one / n : NAN;
  double var = n > 1 ? fmax(0, sum[c->at + 1] - one / n * one) / (n - 1) : NAN;
  return call->kind == CALL_SD ? sqrt(var) : var;
}

static ErrCode run_sums(Group *g, Err *err) {
  FastPlan *p = g->p;
  bool used[MOST_CALLS] = {false};
  double *x = NULL, sums[BATCH * 3 * MOST_CALLS];
  for (int k = 0; k < p->ncall; k++) used[p->call[k].column] |= p->call[k].kind != CALL_QUANTILE;
  int64_t m = place_sums(p, used), n = p->o->n;
  if (m == 0) return OK;
  TRY(job_need(p->job, m * g->n * 8, "bootstrap", err));
  if (!(x = mem_new((size_t)(m * g->n) * sizeof *x)))
    return err_set(err, ERR_MEMORY, "bootstrap: the system has no memory left: take fewer rows");
  for (int k = 0; k < p->ncolumn; k++)
    if (used[k]) fill_column(g, &p->column[k], x);
  CountSums s = {p->job, rng_key((uint64_t)p->o->seed, "stats.bootstrap.counts"), x, g->n, m};
  ErrCode code = OK;
  for (int64_t r = 0; r < n && code == OK; r += BATCH) {
    int64_t batch = n - r < BATCH ? n - r : BATCH;
    code = job_tick(p->job, r, n, err);
    if (code == OK) code = count_sums(&s, r, batch, sums, err);
    for (int64_t i = 0; i < batch && code == OK; i++)
      for (int k = 0; k < p->ncall; k++)
        if (p->call[k].kind != CALL_QUANTILE) g->value[k * n + r + i] = from_sums(g, &p->call[k], sums + i * m);
  }
  mem_free(x);
  return code;
}

// ---- order statistics -----------------------------------------------------------------------------------------------
typedef struct Ordered {
  const double *x; // sorted
  int64_t present, n;
  double p, *value;
  RngKey key;
} Ordered;

static double value_at(const Ordered *o, double u) {
  int64_t i = (int64_t)(u * (double)o->present);
  return o->x[i < o->present ? i : o->present - 1];
}

static void draw_order(void *ctx, int64_t begin, int64_t end) {
  const Ordered *o = ctx;
  for (int64_t r = begin; r < end; r++) {
    uint64_t row = (uint64_t)r;
    int64_t m = count_binomial(o->key, row, o->n, o->present, o->n);
    double index = (double)(m - 1) * o->p + 1, k = floor(index), h = index - k, rest = (double)m - k;
    if (m < 1) {
      o->value[r] = NAN;
      continue;
    }
    double u = dist_beta_quantile(rng_unit(o->key, row, 0), k, rest + 1, DIST_LOWER), a = value_at(o, u);
    if (h > 0) { // the least of `rest` numbers above u
      double share = -fmath_expm1(fmath_log1p(-rng_unit(o->key, row, 1)) / rest);
      double b = value_at(o, u + (1 - u) * share);
      if (b != a) a = (1 - h) * a + h * b;
    }
    o->value[r] = a;
  }
}

static ErrCode run_order(Group *g, int call, Err *err) {
  FastPlan *p = g->p;
  const Column *c = p->column[p->call[call].column].c;
  double *x;
  TRY(job_need(p->job, g->n * 8, "bootstrap", err));
  if (!(x = mem_new((size_t)g->n * sizeof *x)))
    return err_set(err, ERR_MEMORY, "bootstrap: the system has no memory left: take fewer rows");
  Ordered o = {.x = x, .n = g->n, .p = p->call[call].p, .value = g->value + call * p->o->n};
  o.key = rng_key((uint64_t)p->o->seed + (uint64_t)call, "stats.bootstrap.order");
  for (int64_t i = 0; i < g->n; i++)
    if (col_valid(c, g->row[i])) x[o.present++] = col_f64(c, g->row[i]);
  ErrCode code = order_sort_f64(p->job, x, o.present, err);
  if (code == OK) par_for(p->job, p->o->n, ORDER_GRAIN, draw_order, &o);
  mem_free(x);
  return code;
}

ErrCode fast_replicates(FastPlan *p, const int64_t *row, int64_t rows, double *rep, Err *err) {
  int64_t n = p->o->n;
  Group g = {p, row, rows, NULL};
  TRY(job_need(p->job, p->ncall * n * 8, "bootstrap", err));
  if (!(g.value = mem_new((size_t)(p->ncall * n) * 8)))
    return err_set(err, ERR_MEMORY, "bootstrap: the system has no memory left: take fewer resamples");
  ErrCode code = run_sums(&g, err);
  for (int k = 0; k < p->ncall && code == OK; k++)
    if (p->call[k].kind == CALL_QUANTILE) code = run_order(&g, k, err);
  for (int64_t k = 0; k < p->o->exprs.n && code == OK; k++)
    code = combine(p, &p->expr[k], g.value, n, rep + k * n, err);
  mem_free(g.value);
  return code;
}
