// Levels of a column: the words of a category, or the few distinct values of numbers. Codes are written chunk by chunk
// on all threads, and counted by chunk too, so that samples know where the values of each chunk go.
#include "stats/tests_int.h"

#include "base/pool.h"
#include "base/simd.h"

#include <math.h>

enum { PIECE = 512, FEW_LEVELS = 16 };

typedef struct Few { // distinct values in order of size, with the first place of each; k > NUMBER_LEVELS: too many
  double value[NUMBER_LEVELS];
  int64_t at[NUMBER_LEVELS], k;
} Few;

typedef struct Coder {
  const Column *c;
  const Rows *r;
  Factor *f;
  Few *chunk; // of numbers, while values are collected
  Few all;
  int32_t *to; // where levels move
} Coder;

// ---- counting ------------------------------------------------------------------------------------------------------
CLONES static int64_t count_one(const int32_t *code, int64_t n, int32_t level) {
  int32_t sum = 0;
  for (int64_t i = 0; i < n; i++) sum += code[i] == level;
  return sum;
}

// A single count would wait for its last store, so a few levels are counted one after the other while in cache.
static void run_count(void *ctx, int64_t begin, int64_t end) {
  const Coder *d = ctx;
  int64_t k = d->f->k, *count = d->f->chunk + begin / test_grain(d->f->n) * k;
  const int32_t *code = d->f->code;
  for (int64_t i = begin; k > FEW_LEVELS && i < end; i++) count[code[i]]++;
  for (int64_t i = begin; k <= FEW_LEVELS && i < end; i += PIECE)
    for (int32_t l = 0; l < k; l++) count[l] += count_one(code + i, end - i < PIECE ? end - i : PIECE, l);
}

static void run_move(void *ctx, int64_t begin, int64_t end) {
  const Coder *d = ctx;
  for (int64_t i = begin; i < end; i++) d->f->code[i] = d->to[d->f->code[i]];
}

static ErrCode count_levels(Test *t, Coder *d) {
  Factor *f = d->f;
  int64_t nchunk = test_chunks(f->n);
  f->chunk = arena_array(&t->arena, int64_t, nchunk * f->k);
  TRY(test_rows(t, f->n, run_count, d));
  for (int64_t l = 0; l < f->k; l++) f->count[l] = 0;
  for (int64_t c = 0; c < nchunk; c++)
    for (int64_t l = 0; l < f->k; l++) f->count[l] += f->chunk[c * f->k + l];
  return OK;
}

// Drops the levels that no row has; returns whether there were any.
static bool drop_levels(Test *t, Coder *d) {
  Factor *f = d->f;
  int64_t k = 0;
  d->to = arena_array(&t->arena, int32_t, f->k);
  for (int64_t l = 0; l < f->k; l++) {
    d->to[l] = (int32_t)k;
    if (!f->count[l]) continue;
    f->level[k] = f->level[l], f->count[k] = f->count[l];
    k++;
  }
  bool dropped = k < f->k;
  f->k = k;
  return dropped;
}

static ErrCode close_levels(Test *t, Coder *d) {
  Factor *f = d->f;
  bool many = f->k > MOST_GROUPS;
  if (!many) TRY(count_levels(t, d));
  for (int64_t i = 0; many && i < f->n; i++) f->count[f->code[i]]++;
  if (drop_levels(t, d)) TRY(test_rows(t, f->n, run_move, d));
  else if (!many) return OK;
  if (f->k <= MOST_GROUPS) return count_levels(t, d);
  return test_fail(t, ERR_ARG, "'%s' has %lld levels, at most %d can be compared", f->name, (long long)f->k,
                   MOST_GROUPS);
}

// ---- words ---------------------------------------------------------------------------------------------------------
static void run_words(void *ctx, int64_t begin, int64_t end) {
  const Coder *d = ctx;
  const Column *c = d->c;
  int32_t *code = d->f->code;
  if (d->r->row || c->width == 4)
    for (int64_t i = begin; i < end; i++) code[i] = (int32_t)col_code(c, rows_at(d->r, i));
  else if (c->width == 1)
    for (int64_t i = begin; i < end; i++) code[i] = c->code1[i];
  else
    for (int64_t i = begin; i < end; i++) code[i] = c->code2[i];
}

static ErrCode text_levels(Test *t, const Column *c, const Rows *r, Factor *f) {
  Column *cat = NULL;
  if (!c->dict) TRY(column_to_cat(t->job, c, -1, &cat, t->err));
  Coder d = {.c = cat ? cat : c, .r = r, .f = f};
  const Dict *dict = d.c->dict;
  f->k = dict->n;
  f->level = arena_array(&t->arena, const char *, f->k);
  f->count = arena_array(&t->arena, int64_t, f->k);
  for (int64_t l = 0; l < f->k; l++) f->level[l] = arena_strndup(&t->arena, dict->word[l].s, dict->word[l].n);
  ErrCode code = test_rows(t, r->n, run_words, &d);
  column_unref(cat);
  return code == OK ? close_levels(t, &d) : code;
}

// ---- numbers -------------------------------------------------------------------------------------------------------
const char *number_level(Test *t, const Column *c, int64_t row) {
  Str text = {0};
  col_format(c, row, CELL_EXACT, &text);
  const char *kept = arena_strdup(&t->arena, str_c(&text));
  str_fini(&text);
  return kept;
}

// How many of the values are less than v.
static int64_t place_of(const Few *s, double v) {
  int64_t at = 0;
  for (int64_t l = 0; l < s->k; l++) at += s->value[l] < v;
  return at;
}

static void add_value(Few *s, double v, int64_t row) {
  if (s->k > NUMBER_LEVELS) return;
  int64_t at = place_of(s, v);
  if (at < s->k && s->value[at] == v) return;
  if (s->k++ == NUMBER_LEVELS) return;
  for (int64_t l = s->k - 1; l > at; l--) s->value[l] = s->value[l - 1], s->at[l] = s->at[l - 1];
  s->value[at] = v, s->at[at] = row;
}

static void run_collect(void *ctx, int64_t begin, int64_t end) {
  Coder *d = ctx;
  Few few = {.k = 0};
  double x[PIECE], last = NAN;
  for (int64_t i = begin; i < end && few.k <= NUMBER_LEVELS; i += PIECE) {
    int64_t n = end - i < PIECE ? end - i : PIECE;
    rows_doubles(d->r, d->c, i, n, x);
    for (int64_t k = 0; k < n; k++) {
      if (x[k] != last) add_value(&few, x[k], i + k);
      last = x[k];
    }
  }
  d->chunk[begin / test_grain(d->r->n)] = few;
}

CLONES static void codes_of(const double *x, int64_t n, const double *value, int64_t k, int32_t *code) {
  for (int64_t i = 0; i < n; i++) code[i] = 0;
  for (int64_t l = 0; l < k; l++)
    for (int64_t i = 0; i < n; i++) code[i] += value[l] < x[i];
}

static void run_codes(void *ctx, int64_t begin, int64_t end) {
  const Coder *d = ctx;
  double x[PIECE];
  for (int64_t i = begin; i < end; i += PIECE) {
    int64_t n = end - i < PIECE ? end - i : PIECE;
    rows_doubles(d->r, d->c, i, n, x);
    codes_of(x, n, d->all.value, d->all.k, d->f->code + i);
  }
}

static void run_bools(void *ctx, int64_t begin, int64_t end) {
  const Coder *d = ctx;
  const uint8_t *b = d->c->b;
  int32_t *code = d->f->code;
  if (d->r->row)
    for (int64_t i = begin; i < end; i++) code[i] = b[d->r->row[i]] != 0;
  else
    for (int64_t i = begin; i < end; i++) code[i] = b[i] != 0;
}

// The distinct values of all rows.
static ErrCode collect(Test *t, Coder *d) {
  d->chunk = arena_array(&t->arena, Few, test_chunks(d->r->n));
  TRY(test_rows(t, d->r->n, run_collect, d));
  for (int64_t c = 0; c < test_chunks(d->r->n); c++) {
    const Few *few = &d->chunk[c];
    for (int64_t l = 0; l < few->k && l < NUMBER_LEVELS; l++) add_value(&d->all, few->value[l], few->at[l]);
    if (few->k > NUMBER_LEVELS) d->all.k = few->k;
  }
  return OK;
}

static ErrCode number_levels(Test *t, const Column *c, const Rows *r, Factor *f) {
  Coder d = {.c = c, .r = r, .f = f};
  bool two = c->type == COL_BOOL;
  if (two) d.all.k = 2;
  else TRY(collect(t, &d));
  if (d.all.k > NUMBER_LEVELS)
    return test_fail(t, ERR_TYPE,
                     "'%s' is %s with more than %d different values: groups come from a category; cut it "
                     "into one with d:derive{\"group = cut(%s, ...)\"}",
                     f->name, COLTYPES[c->type].name, NUMBER_LEVELS, f->name);
  f->k = d.all.k;
  f->level = arena_array(&t->arena, const char *, f->k);
  f->count = arena_array(&t->arena, int64_t, f->k);
  for (int64_t l = 0; l < f->k; l++)
    f->level[l] = two ? (l ? "true" : "false") : number_level(t, c, rows_at(r, d.all.at[l]));
  TRY(test_rows(t, r->n, two ? run_bools : run_codes, &d));
  return close_levels(t, &d);
}

ErrCode rows_factor(Test *t, const char *name, const Rows *r, Factor *out) {
  int j;
  TRY(frame_col(t->f, sv(name), &j, t->err));
  const Column *c = frame_at(t->f, j);
  *out = (Factor){.name = name, .n = r->n};
  TRY(test_array(t, r->n * (int64_t)sizeof *out->code, &out->code));
  if (col_is_text(c)) return text_levels(t, c, r, out);
  if (col_is_number(c)) return number_levels(t, c, r, out);
  return test_fail(t, ERR_TYPE, "'%s' is %s: groups come from a category", name, COLTYPES[c->type].name);
}
