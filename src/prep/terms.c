// Products of columns, one degree after the other: each product of degree d is one of degree d - 1 times a column, so
// that a new column costs one multiplication a row. Names are as in formulas: a:b, a^2, a^2:b. A product is missing
// where one of its factors is.
#include "prep/terms_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <string.h>

enum { TERMS_MAX = 10000, DEGREE_MAX = 16 };

// ---- which products ------------------------------------------------------------------------------------------------
typedef struct Growing {
  const char *step;
  int64_t p, degree;
  bool distinct;
  int64_t (*factors)[DEGREE_MAX]; // of each product its factors, rising
  Terms *t;
  Arena *a;
} Growing;

static const char *name_of(const Growing *g, const int64_t *factor, int64_t n) {
  Str s = {0};
  for (int64_t i = 0, run; i < n; i += run) {
    for (run = 1; i + run < n && factor[i + run] == factor[i];) run++;
    str_addf(&s, "%s%s", i ? ":" : "", g->t->in.names.name[factor[i]]);
    if (run > 1) str_addf(&s, "^%lld", (long long)run);
  }
  const char *name = arena_strndup(g->a, str_c(&s), s.n);
  str_fini(&s);
  return name;
}

static void add_product(Growing *g, int64_t parent, int64_t by, const int64_t *factor, int64_t degree) {
  Terms *t = g->t;
  t->parent[t->n] = parent, t->by[t->n] = by;
  memcpy(g->factors[t->n], factor, (size_t)(degree - 1) * sizeof *factor);
  g->factors[t->n][degree - 1] = by;
  t->name.name[t->n] = name_of(g, g->factors[t->n], degree);
  t->n++;
}

// Products of the degree, from those of the degree before: [from, to) among the new columns, or the columns themselves.
static void grow(Growing *g, int64_t degree, int64_t from, int64_t to) {
  int64_t begin = degree == 2 ? 0 : from, end = degree == 2 ? g->p : to;
  for (int64_t k = begin; k < end; k++) {
    const int64_t *factor = degree == 2 ? &k : g->factors[k];
    int64_t parent = degree == 2 ? k : g->p + k;
    for (int64_t by = factor[degree - 2] + g->distinct; by < g->p; by++) add_product(g, parent, by, factor, degree);
  }
}

// How many products there are: of each degree d the choices of d among p columns, or p + d - 1 where they may repeat.
static double count_products(const Growing *g) {
  double all = 0, of_degree = (double)g->p;
  for (int64_t d = 2; d <= g->degree; d++) {
    int64_t more = g->distinct ? g->p - d + 1 : g->p + d - 1;
    of_degree *= (double)(more > 0 ? more : 0) / (double)d;
    all += of_degree;
  }
  return all;
}

static ErrCode find_products(Growing *g, Arena *scratch, Err *err) {
  Terms *t = g->t;
  double all = count_products(g);
  if (all > TERMS_MAX)
    return err_set(err, ERR_ARG,
                   "prep.%s: %lld columns to degree %lld make %.6g products, %d are the most: name fewer "
                   "columns or lower the degree",
                   g->step, (long long)g->p, (long long)g->degree, all, TERMS_MAX);
  int64_t n = (int64_t)(all + 0.5), from = 0;
  g->factors = arena_alloc_n(scratch, (size_t)n, sizeof *g->factors);
  t->parent = arena_array(g->a, int64_t, n), t->by = arena_array(g->a, int64_t, n);
  t->name = (Names){arena_array(g->a, const char *, n), n};
  for (int64_t d = 2; d <= g->degree; d++) {
    int64_t to = t->n;
    grow(g, d, from, to);
    from = to;
  }
  return OK;
}

ErrCode terms_fit(Job *job, const char *step, const Names *columns, int64_t degree, bool distinct, const StepIn *in,
                  StepState *state, Err *err) {
  Terms *t = arena_new(&state->arena, Terms);
  int *col;
  TRY(step_learn(step, in->x, columns, "@number", &state->arena, &t->in, &col, err));
  for (int64_t k = 0; k < t->in.names.n; k++) {
    const Column *c = frame_at(in->x, col[k]);
    const char *name = t->in.names.name[k];
    TRY(job_tick(job, k, t->in.names.n, err));
    if (!col_is_number(c))
      return err_set(err, ERR_TYPE, "prep.%s: column '%s' is %s, and this step takes numbers: leave it out of columns",
                     step, name, COLTYPES[c->type].name);
    if (c->missing == c->n)
      return err_set(err, ERR_ARG,
                     "prep.%s: column '%s' has no value in the training rows: leave it out, "
                     "d:drop{\"%s\"}",
                     step, name, name);
  }
  Arena scratch;
  arena_init(&scratch);
  Growing g = {.step = step, .p = t->in.names.n, .degree = degree, .distinct = distinct, .t = t, .a = &state->arena};
  ErrCode code = find_products(&g, &scratch, err);
  arena_fini(&scratch);
  state->data = t;
  return code;
}

// ---- multiplying ---------------------------------------------------------------------------------------------------
typedef struct Product {
  const Column *a, *b;
  double *z;
} Product;

CLONES static void multiply(const double *x, const double *y, int64_t n, double *z) {
  for (int64_t i = 0; i < n; i++) z[i] = x[i] * y[i];
}

static void product_chunk(void *ctx, int64_t begin, int64_t end) {
  const Product *t = ctx;
  enum { SLICE = 1024 };
  double x[SLICE], y[SLICE];
  for (int64_t i = begin; i < end; i += SLICE) {
    int64_t to = end < i + SLICE ? end : i + SLICE;
    column_doubles(t->a, i, to, x);
    column_doubles(t->b, i, to, y);
    multiply(x, y, to - i, t->z + i);
  }
}

// Rows that b misses are missing in z too.
static ErrCode miss_also(Column *z, const Column *b, Err *err) {
  for (int64_t i = 0; i < b->n && b->missing; i++)
    if (!col_valid(b, i) && col_valid(z, i)) TRY(column_set_missing(z, i, err));
  return OK;
}

static ErrCode product_column(Job *job, const Column *a, const Column *b, Column **out, Err *err) {
  if (!col_is_number(a) || !col_is_number(b)) return column_missing(job, COL_F64, a->n, out, err);
  TRY(column_like(job, COL_F64, a, out, err));
  par_for(job, a->n, STEP_GRAIN, product_chunk, &(Product){a, b, (*out)->f});
  ErrCode code = miss_also(*out, b, err);
  if (code != OK) column_unref(*out);
  return code;
}

static ErrCode add_products(Job *job, const char *step, const Terms *t, const Column **c, Frame *made, Err *err) {
  int64_t p = t->in.names.n;
  for (int64_t k = 0; k < t->n; k++) {
    Column *z;
    TRY(job_tick(job, k, t->n, err));
    TRY(product_column(job, c[t->parent[k]], c[t->by[k]], &z, err));
    c[p + k] = z; // the frame keeps it
    TRY(step_add(step, made, t->name.name[k], z, err));
  }
  return OK;
}

ErrCode terms_apply(Job *job, const char *step, const StepState *state, const Frame *x, Frame **out, Err *err) {
  const Terms *t = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  const Column **c = arena_array(&a, const Column *, t->in.names.n + t->n);
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match(step, x, &t->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    if (of[j] >= 0) c[of[j]] = frame_at(x, j);
    code = step_add(step, made, frame_name(x, j), column_ref(frame_at(x, j)), err);
  }
  if (code == OK) code = add_products(job, step, t, c, made, err);
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
void terms_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Terms);
  Terms *t = state->data;
  step_store(s, &t->in);
  int64_t n = t->n, nby = t->n, p = t->in.names.n;
  store_i64s(s, "parents", &t->parent, &n);
  store_i64s(s, "factors", &t->by, &nby);
  store_names(s, "names", &t->name);
  bool fits = n == nby && n == t->name.n;
  for (int64_t k = 0; k < n && fits; k++)
    fits = t->parent[k] >= 0 && t->parent[k] < p + k && t->by[k] >= 0 && t->by[k] < p;
  if (!fits) store_fail(s, "products that do not fit their columns");
  t->n = s->err.code == OK ? n : 0;
}

ErrCode terms_card(Job *job, const StepState *state, Frame **out, Err *err) {
  const Terms *t = state->data;
  int64_t p = t->in.names.n;
  Arena a;
  arena_init(&a);
  const char **left = arena_array(&a, const char *, t->n), **right = arena_array(&a, const char *, t->n);
  for (int64_t k = 0; k < t->n; k++) {
    left[k] = t->parent[k] < p ? t->in.names.name[t->parent[k]] : t->name.name[t->parent[k] - p];
    right[k] = t->in.names.name[t->by[k]];
  }
  Frame *card = frame_new(t->n);
  ErrCode code = card_words(job, card, "feature", t->name.name, err);
  if (code == OK) code = card_words(job, card, "of", left, err);
  if (code == OK) code = card_words(job, card, "times", right, err);
  const char *caption =
      arena_printf(&a, "%lld products of %lld columns, beside the columns themselves", (long long)t->n, (long long)p);
  frame_set_caption(card, caption);
  arena_fini(&a);
  return frame_give(code, card, out);
}
