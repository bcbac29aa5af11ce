// What steps that put numbers in the place of words have in common: the levels of the training rows in an order that no
// row has a say in, tables with a number for each, and the columns that are looked up in them. Words are compared once
// a distinct word and not once a row, O(n) a column on all threads.
#include "prep/levels_int.h"

#include "base/map.h"
#include "base/numfmt.h"
#include "base/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// ---- levels --------------------------------------------------------------------------------------------------------
typedef struct Word {
  Sv text;
  double number;
  int64_t count;
} Word;

static int by_text(const void *a, const void *b) { return sv_cmp(((const Word *)a)->text, ((const Word *)b)->text); }

static int by_number(const void *a, const void *b) {
  double x = ((const Word *)a)->number, y = ((const Word *)b)->number;
  return x < y ? -1 : x > y ? 1 : by_text(a, b);
}

// The words that occur, sorted: a category's dictionary has no say, for it may hold words of other rows.
static Word *sort_words(const Codes *codes, Arena *a, int64_t *n) {
  Word *w = arena_array(a, Word, codes->n);
  bool numbers = true;
  *n = 0;
  for (int64_t i = 0; i < codes->n; i++) {
    if (!codes->count[i]) continue;
    Word *one = &w[(*n)++];
    *one = (Word){.text = codes->word[i], .count = codes->count[i]};
    numbers = numbers && parse_f64(one->text.s, one->text.n, &one->number);
  }
  qsort(w, (size_t)*n, sizeof *w, numbers ? by_number : by_text);
  return w;
}

ErrCode levels_take(const char *step, const char *column, const Codes *k, Arena *a, LevelSet *out, Err *err) {
  Arena scratch;
  arena_init(&scratch);
  int64_t n;
  const Word *w = sort_words(k, &scratch, &n);
  *out = (LevelSet){{arena_array(a, const char *, n), n}, arena_array(a, int64_t, n), k->missing};
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    out->count[i] = w[i].count;
    code = step_word(step, column, w[i].text, a, &out->level.name[i], err);
  }
  arena_fini(&scratch);
  return code;
}

void levels_store(Store *s, LevelSet *v) {
  int64_t n = v->level.n;
  store_names(s, "levels", &v->level);
  store_i64s(s, "counts", &v->count, &n);
  store_i64(s, "missing", &v->missing);
  if (n == v->level.n) return;
  store_fail(s, "levels and counts that do not fit each other");
  v->level.n = 0;
}

int64_t *levels_place(const Names *level, const Codes *k, Arena *a) {
  int64_t *place = arena_array(a, int64_t, k->n);
  Map known;
  map_init(&known);
  for (int64_t l = 0; l < level->n; l++) map_put(&known, sv(level->name[l]), NULL);
  bool twice = known.n < level->n; // a store edited by hand: places would not be those of the levels
  for (int64_t w = 0; w < k->n; w++) place[w] = twice ? -1 : map_get(&known, k->word[w]);
  map_fini(&known);
  return place;
}

ErrCode levels_refuse(const char *step, const char *column, const Codes *k, int64_t word, const char *advice,
                      Err *err) {
  Sv text = k->word[word];
  int64_t row = 0;
  int shown = text.n < 60 ? (int)text.n : 60;
  while (codes_at(k, row) != word) row++;
  return err_set(err, ERR_ARG, "prep.%s: column '%s' has level '%.*s' (first in row %lld), %s", step, column, shown,
                 text.s, (long long)row + 1, advice);
}

// ---- columns that are looked up ------------------------------------------------------------------------------------
typedef struct Lookup {
  const Codes *codes;
  const double *value;
  Column *out;
} Lookup;

static void look_up(void *ctx, int64_t begin, int64_t end) {
  const Lookup *t = ctx;
  bool real = t->out->type == COL_F64;
  for (int64_t i = begin; i < end; i++) {
    double v = t->value[codes_at(t->codes, i)];
    if (real) t->out->f[i] = v;
    else t->out->i[i] = isnan(v) ? 0 : (int64_t)v;
    if (isnan(v)) t->out->valid[i >> 6] &= ~(1ull << (i & 63)); // chunks are multiples of 64
  }
}

ErrCode levels_column(Job *job, ColType type, const Codes *k, const double *value, Column **out, Err *err) {
  int64_t missing = isnan(value[-1]) ? k->missing : 0, words = (k->c->n + 63) / 64;
  for (int64_t w = 0; w < k->n; w++) missing += isnan(value[w]) ? k->count[w] : 0;
  TRY(column_new(job, type, k->c->n, NULL, out, err));
  if (missing) {
    (*out)->valid = mem_new((size_t)words * sizeof(uint64_t));
    if (!(*out)->valid) return column_unref(*out), err_set(err, ERR_MEMORY, "no memory for a column");
    memset((*out)->valid, 0xFF, (size_t)words * sizeof(uint64_t));
    (*out)->missing = missing;
  }
  par_for(job, k->c->n, STEP_GRAIN, look_up, &(Lookup){k, value, *out});
  return OK;
}

// ---- steps ---------------------------------------------------------------------------------------------------------
static ErrCode learn_levels(Job *job, const char *step, const char *name, const Column *c, Arena *a, LevelSet *out,
                            Err *err) {
  Codes codes;
  TRY(codes_init(job, step, c, &codes, err));
  ErrCode code = levels_take(step, name, &codes, a, out, err);
  codes_fini(&codes);
  if (code != OK || out->level.n) return code;
  return err_set(err, ERR_ARG, "prep.%s: column '%s' has no value in the training rows: leave it out, d:drop{\"%s\"}",
                 step, name, name);
}

ErrCode encode_fit(Job *job, const char *step, const Names *columns, const StepIn *in, Arena *a, Encoded *out,
                   Err *err) {
  int *col;
  TRY(step_learn(step, in->x, columns, "@text", a, &out->in, &col, err));
  int64_t n = out->in.names.n;
  out->set = arena_array(a, LevelSet, n);
  for (int64_t k = 0; k < n; k++) {
    TRY(job_tick(job, k, n, err));
    TRY(learn_levels(job, step, out->in.names.name[k], frame_at(in->x, col[k]), a, &out->set[k], err));
  }
  return OK;
}

static ErrCode encode_column(Job *job, const char *step, EncodeFn fn, const void *ctx, int64_t k, const Column *c,
                             Frame *made, Err *err) {
  Codes codes;
  Arena a;
  TRY(codes_init(job, step, c, &codes, err));
  arena_init(&a);
  ErrCode code = fn(job, ctx, k, &codes, &a, made, err);
  arena_fini(&a);
  codes_fini(&codes);
  return code;
}

ErrCode encode_apply(Job *job, const char *step, const Encoded *st, EncodeFn fn, const void *ctx, const Frame *x,
                     Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match(step, x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    const Column *c = frame_at(x, j);
    code = job_tick(job, j, frame_ncol(x), err);
    if (code == OK && of[j] < 0) code = step_add(step, made, frame_name(x, j), column_ref(c), err);
    else if (code == OK) code = encode_column(job, step, fn, ctx, of[j], c, made, err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

void encode_store(Store *s, Encoded *st) {
  step_store(s, &st->in);
  int64_t n = st->in.names.n;
  if (s->reading) st->set = arena_array(s->arena, LevelSet, n);
  for (int64_t k = 0; k < n; k++) levels_store(s, &st->set[k]);
}

int64_t encode_levels(const Encoded *st) {
  int64_t n = 0;
  for (int64_t k = 0; k < st->in.names.n; k++) n += st->set[k].level.n + (st->set[k].missing > 0);
  return n;
}

ErrCode encode_card(Job *job, const Encoded *st, Frame **out, Err *err) {
  int64_t n = encode_levels(st), at = 0;
  Arena a;
  arena_init(&a);
  const char **column = arena_array(&a, const char *, n), **level = arena_array(&a, const char *, n);
  int64_t *count = arena_array(&a, int64_t, n);
  for (int64_t k = 0; k < st->in.names.n; k++) {
    const LevelSet *v = &st->set[k];
    for (int64_t l = 0; l < v->level.n; l++, at++)
      column[at] = st->in.names.name[k], level[at] = v->level.name[l], count[at] = v->count[l];
    if (v->missing > 0) column[at] = st->in.names.name[k], count[at++] = v->missing;
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", column, err);
  if (code == OK) code = card_words(job, card, "level", level, err);
  if (code == OK) code = card_ints(job, card, "n", count, err);
  arena_fini(&a);
  return frame_give(code, card, out);
}
