// What the steps that mend values have in common. They look at each distinct value once (codes.c), so that a pattern is
// tried once a word and not once a row, and they remember what each rule did to the training rows, for the card.
#include "prep/repair_int.h"

#include "base/map.h"
#include "base/pool.h"
#include "base/utf8.h"

#include <stdatomic.h>
#include <string.h>

enum { HIT_COLUMNS = 40 };

// ---- fit and apply -------------------------------------------------------------------------------------------------
static ErrCode learn_column(Job *job, const Each *e, const void *opts, const EachIn *in, void *out, Err *err) {
  if (in->n == 0)
    return err_set(err, ERR_ARG, "prep.%s: column '%s' has no value in the training rows: leave it out, d:drop{\"%s\"}",
                   e->step, in->name, in->name);
  return e->learn(job, opts, in, out, err);
}

ErrCode repair_fit(Job *job, const Each *e, const void *opts, const StepIn *in, StepState *state, Err *err) {
  EachState *st = arena_new(&state->arena, EachState);
  int *col;
  const Names *columns = (const Names *)(const void *)((const char *)opts + e->params[0].offset);
  TRY(step_learn(e->step, in->x, columns, e->columns, &state->arena, &st->in, &col, err));
  int64_t n = st->in.names.n, first;
  st->of = arena_alloc_n(&state->arena, (size_t)n, e->size);
  for (int64_t k = 0; k < n; k++) {
    const Column *c = frame_at(in->x, col[k]);
    EachIn one = {st->in.names.name[k], c, NULL, c->n - column_count_missing(c, &first), &state->arena};
    TRY(job_tick(job, k, n, err));
    TRY(learn_column(job, e, opts, &one, each_of(e, st, k), err));
  }
  state->data = st;
  return OK;
}

ErrCode repair_apply(Job *job, const Each *e, const void *opts, const StepState *state, const Frame *x, Frame **out,
                     Err *err) {
  const EachState *st = state->data;
  int64_t n = st->in.names.n;
  Arena a;
  arena_init(&a);
  EachState now = {{st->in.names, arena_array(&a, ColType, n)}, st->of};
  for (int64_t k = 0; k < n; k++) {
    int j = frame_find(x, sv(st->in.names.name[k]));
    bool number = j >= 0 && col_is_number(frame_at(x, j));
    now.in.type[k] = number ? frame_at(x, j)->type : st->in.type[k];
  }
  ErrCode code = each_apply(job, e, opts, &(StepState){.data = &now}, x, out, err);
  arena_fini(&a);
  return code;
}

// ---- columns -------------------------------------------------------------------------------------------------------
typedef struct Words {
  const Codes *codes;
  const int64_t *to; // of each word its new code, -1 = missing
  uint32_t *code;
  uint64_t *valid;
  _Atomic int64_t missing;
} Words;

// Chunks are multiples of 64 rows: no two threads share a word of the bitmap.
static void words_chunk(void *ctx, int64_t begin, int64_t end) {
  Words *t = ctx;
  int64_t missing = 0;
  for (int64_t i = begin; i < end; i++) {
    int64_t w = codes_at(t->codes, i), v = w < 0 ? -1 : t->to[w];
    uint64_t bit = 1ull << (i & 63);
    t->code[i] = v < 0 ? 0 : (uint32_t)v;
    t->valid[i >> 6] = v < 0 ? t->valid[i >> 6] & ~bit : t->valid[i >> 6] | bit;
    missing += v < 0;
  }
  atomic_fetch_add(&t->missing, missing);
}

static bool changes(const Codes *k, ColType type, const Sv *to) {
  if (k->c->type != type) return true;
  for (int64_t w = 0; w < k->n; w++)
    if (k->count[w] && (!to[w].s || !sv_eq(to[w], k->word[w]))) return true;
  return false;
}

static ErrCode take_words(Job *job, const char *step, const Codes *k, ColType type, const Map *words, const int64_t *to,
                          Column **out, Err *err) {
  int64_t n = k->c->n, bits = (n + 63) / 64 + 1;
  TRY(job_need(job, n * 4 + bits * 8, step, err));
  Words t = {.codes = k, .to = to};
  t.code = mem_new((size_t)n * sizeof *t.code + 4);
  t.valid = mem_new((size_t)bits * 8);
  if (!t.code || !t.valid) {
    mem_free(t.code);
    mem_free(t.valid);
    return err_set(err, ERR_MEMORY, "prep.%s: no memory for words", step);
  }
  memset(t.valid, 0, (size_t)bits * 8);
  par_for(job, n, STEP_GRAIN, words_chunk, &t);
  if (!t.missing) mem_free(t.valid), t.valid = NULL;
  ErrCode code = column_of_words(job, type, words->key, words->n, t.code, n, t.valid, t.missing, out, err);
  mem_free(t.code);
  return code;
}

ErrCode repair_words(Job *job, const char *step, const Codes *k, ColType type, const Sv *to, Column **out, Err *err) {
  if (!changes(k, type, to)) return *out = column_ref(k->c), OK;
  Arena a;
  Map words;
  arena_init(&a);
  map_init(&words);
  int64_t *code = arena_array(&a, int64_t, k->n);
  for (int64_t w = 0; w < k->n; w++) code[w] = to[w].s && k->count[w] ? map_put(&words, to[w], NULL) : -1;
  ErrCode status = take_words(job, step, k, type, &words, code, out, err);
  map_fini(&words);
  arena_fini(&a);
  return status;
}

typedef struct Reading {
  const Codes *codes;
  const Read *of;
  Column *c;
  _Atomic int64_t missing;
} Reading;

static void values_chunk(void *ctx, int64_t begin, int64_t end) {
  Reading *t = ctx;
  Column *c = t->c;
  int64_t missing = 0;
  for (int64_t i = begin; i < end; i++) {
    int64_t w = codes_at(t->codes, i);
    Read v = w < 0 || !t->of[w].fits ? (Read){0} : t->of[w];
    uint64_t bit = 1ull << (i & 63);
    if (c->type == COL_F64) c->f[i] = v.f;
    else if (c->type == COL_BOOL) c->b[i] = (uint8_t)v.i;
    else c->i[i] = v.i;
    c->valid[i >> 6] = v.fits ? c->valid[i >> 6] | bit : c->valid[i >> 6] & ~bit;
    missing += !v.fits;
  }
  atomic_fetch_add(&t->missing, missing);
}

ErrCode repair_values(Job *job, const Codes *k, ColType type, const Read *of, Column **out, Err *err) {
  TRY(column_missing(job, type, k->c->n, out, err));
  Reading t = {.codes = k, .of = of, .c = *out};
  par_for(job, k->c->n, STEP_GRAIN, values_chunk, &t);
  (*out)->missing = t.missing;
  if (t.missing) return OK;
  mem_free((*out)->valid);
  (*out)->valid = NULL;
  return OK;
}

// ---- cards ---------------------------------------------------------------------------------------------------------
const char *hit_text(Sv word, Arena *a) {
  Sv all = {word.s, strnlen(word.s, word.n)};
  size_t n = utf8_fit(all, HIT_COLUMNS);
  return arena_printf(a, n < all.n ? "%.*s…" : "%.*s", (int)n, all.s);
}

void hits_store(Store *s, Hits *h) {
  store_i64(s, "hits", &h->n);
  if (s->reading && (h->n < 0 || h->n > (int64_t)s->left.n)) store_fail(s, "more hits than lines");
  if (s->err.code != OK) h->n = 0;
  if (s->reading) h->hit = arena_array(s->arena, Hit, h->n);
  for (int64_t i = 0; i < h->n && s->err.code == OK; i++) {
    store_text(s, "rule", &h->hit[i].rule);
    store_text(s, "from", &h->hit[i].from);
    store_text(s, "to", &h->hit[i].to);
    store_i64(s, "n", &h->hit[i].n);
  }
}

ErrCode hits_card(Job *job, const Learned *in, const Hits *const *hits, const char *caption, Frame **out, Err *err) {
  int64_t n = 0, at = 0;
  for (int64_t k = 0; k < in->names.n; k++) n += hits[k]->n;
  Arena a;
  arena_init(&a);
  const char **text = arena_array(&a, const char *, 4 * n + 1), **rule = text + n, **from = rule + n, **to = from + n;
  int64_t *count = arena_array(&a, int64_t, n);
  for (int64_t k = 0; k < in->names.n; k++) {
    for (int64_t i = 0; i < hits[k]->n; i++, at++) {
      const Hit *h = &hits[k]->hit[i];
      text[at] = in->names.name[k], rule[at] = h->rule, from[at] = h->from, to[at] = h->to, count[at] = h->n;
    }
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", text, err);
  if (code == OK) code = card_words(job, card, "rule", rule, err);
  if (code == OK) code = card_ints(job, card, "n", count, err);
  if (code == OK) code = card_words(job, card, "from", from, err);
  if (code == OK) code = card_words(job, card, "to", to, err);
  arena_fini(&a);
  if (caption) frame_set_caption(card, caption);
  return frame_give(code, card, out);
}
