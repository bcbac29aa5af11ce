// Text columns under construction, and categories: the sorted dictionary of the distinct words and a code for each row.
#include "frame/frame_int.h"

#include "base/map.h"
#include "base/numfmt.h"
#include "base/pool.h"

#include <stdlib.h>

// ---- dictionaries -------------------------------------------------------------------------------------------------
typedef struct Word {
  Sv text;
  double number;
  int64_t was;
} Word;

static int by_text(const void *a, const void *b) { return sv_cmp(((const Word *)a)->text, ((const Word *)b)->text); }

static int by_number(const void *a, const void *b) {
  double x = ((const Word *)a)->number, y = ((const Word *)b)->number;
  return x < y ? -1 : x > y ? 1 : by_text(a, b);
}

// A number, or the lower end of an interval such as "[0, 10)".
static bool word_value(Sv w, double *v) {
  if (parse_f64(w.s, w.n, v)) return true;
  bool closed = w.n > 1 && (w.s[0] == '[' || w.s[0] == '(') && (w.s[w.n - 1] == ']' || w.s[w.n - 1] == ')');
  const char *comma = closed ? memchr(w.s, ',', w.n) : NULL;
  if (!comma) return false;
  Sv lower = {w.s + 1, (size_t)(comma - w.s) - 1};
  if (!sv_is(lower, "-inf")) return parse_f64(lower.s, lower.n, v);
  return *v = -PARAM_INF, true;
}

Dict *dict_new(const Sv *words, int64_t n, uint32_t *place) {
  Dict *d = calloc(1, sizeof *d);
  if (!d) abort();
  atomic_init(&d->refs, 1);
  d->n = (int32_t)n;
  d->word = arena_array(&d->arena, Sv, n);
  Arena scratch;
  arena_init(&scratch);
  Word *w = arena_array(&scratch, Word, n);
  bool numbers = true;
  for (int64_t i = 0; i < n; i++) {
    w[i] = (Word){.text = words[i], .was = i};
    numbers = numbers && word_value(words[i], &w[i].number);
  }
  qsort(w, (size_t)n, sizeof *w, numbers ? by_number : by_text);
  for (int64_t i = 0; i < n; i++) {
    d->word[i] = (Sv){arena_strndup(&d->arena, w[i].text.s, w[i].text.n), w[i].text.n};
    if (place) place[w[i].was] = (uint32_t)i;
  }
  arena_fini(&scratch);
  return d;
}

Dict *dict_ref(Dict *d) {
  if (d) atomic_fetch_add_explicit(&d->refs, 1, memory_order_relaxed);
  return d;
}

void dict_unref(Dict *d) {
  if (!d || atomic_fetch_sub_explicit(&d->refs, 1, memory_order_acq_rel) != 1) return;
  arena_fini(&d->arena);
  free(d);
}

// ---- the builder --------------------------------------------------------------------------------------------------
void textb_init(TextBuilder *b, Job *job) { *b = (TextBuilder){.job = job}; }

void textb_fini(TextBuilder *b) {
  mem_free(b->off);
  mem_free(b->bytes);
  mem_free(b->valid);
  *b = (TextBuilder){.job = b->job};
}

static ErrCode grow_rows(TextBuilder *b, Err *err) {
  int64_t cap = b->cap ? b->cap * 2 : 64;
  TRY(job_need(b->job, cap * (int64_t)sizeof *b->off, "a text column", err));
  int64_t *off = mem_resize(b->off, (size_t)(b->cap ? b->n + 1 : 0) * sizeof *off, (size_t)(cap + 1) * sizeof *off);
  if (!off) return out_of_memory("a text column", err);
  b->off = off;
  if (!b->cap) off[0] = 0;
  size_t words = (size_t)(cap + 63) / 64, had = (size_t)(b->cap + 63) / 64;
  uint64_t *valid = mem_resize(b->valid, had * sizeof *valid, words * sizeof *valid);
  if (!valid) return out_of_memory("a text column", err);
  memset(valid + had, 0xFF, (words - had) * sizeof *valid);
  b->valid = valid, b->cap = cap;
  return OK;
}

static ErrCode grow_bytes(TextBuilder *b, size_t more, Err *err) {
  int64_t room = b->room ? b->room : 256;
  while (room < b->size + (int64_t)more) room *= 2;
  TRY(job_need(b->job, room, "a text column", err));
  char *bytes = mem_resize(b->bytes, (size_t)b->size, (size_t)room);
  if (!bytes) return out_of_memory("a text column", err);
  b->bytes = bytes, b->room = room;
  return OK;
}

ErrCode textb_add(TextBuilder *b, Sv text, Err *err) {
  if (b->n == b->cap) TRY(grow_rows(b, err));
  if (b->size + (int64_t)text.n > b->room) TRY(grow_bytes(b, text.n, err));
  if (text.n) memcpy(b->bytes + b->size, text.s, text.n);
  b->size += (int64_t)text.n;
  b->off[++b->n] = b->size;
  return OK;
}

ErrCode textb_add_missing(TextBuilder *b, Err *err) {
  TRY(textb_add(b, (Sv){"", 0}, err));
  int64_t i = b->n - 1;
  b->valid[i >> 6] &= ~(1ull << (i & 63));
  b->missing++;
  return OK;
}

ErrCode textb_take(TextBuilder *b, Column **out, Err *err) {
  if (!b->cap) TRY(grow_rows(b, err));
  if (!b->bytes) TRY(grow_bytes(b, 0, err)); // a cell's text is never NULL
  Column *c = column_shell(COL_TEXT, b->n);
  c->missing = b->missing, c->off = b->off, c->bytes = b->bytes;
  b->off = NULL, b->bytes = NULL;
  if (b->missing) c->valid = b->valid, b->valid = NULL;
  textb_fini(b);
  *out = c;
  return OK;
}

// ---- categories ---------------------------------------------------------------------------------------------------
// Which words of a coded column its rows use: place[k] is 1 + the number of the k-th word among them, or 0.
static int64_t words_used(const Column *c, uint32_t *place, Sv *word) {
  int64_t used = 0;
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) place[col_code(c, i)] = 1;
  for (int64_t k = 0; k < c->dict->n; k++)
    if (place[k]) word[used] = c->dict->word[k], place[k] = (uint32_t)++used;
  return used;
}

static ErrCode recode(Job *job, const Column *c, Dict *dict, const uint32_t *place, Column **out, Err *err) {
  Column *cat;
  TRY(column_new(job, COL_CAT, c->n, dict, &cat, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    if (col_valid(c, i)) col_set_code(cat, i, place[col_code(c, i)]);
    else code = column_set_missing(cat, i, err);
  }
  if (code != OK) return column_unref(cat), code;
  cat->volatile_ = c->volatile_;
  *out = cat;
  return OK;
}

// A coded text as a category of the words that its rows have.
static ErrCode cat_of_codes(Job *job, const Column *c, int64_t most, Column **out, Err *err) {
  int64_t n = c->dict->n;
  uint32_t *place = calloc((size_t)n + 1, sizeof *place), *sorted = calloc((size_t)n + 1, sizeof *sorted);
  Sv *word = calloc((size_t)n + 1, sizeof *word);
  if (!place || !sorted || !word) abort();
  int64_t used = words_used(c, place, word);
  ErrCode code = OK;
  if (most < 0 || used <= most) {
    Dict *dict = dict_new(word, used, sorted);
    for (int64_t k = 0; k < n; k++)
      if (place[k]) place[k] = sorted[place[k] - 1];
    code = recode(job, c, dict, place, out, err);
  }
  free(place);
  free(sorted);
  free(word);
  return code;
}

// Codes in order of first appearance; false when there are more than `most` words.
static bool code_words(const Column *c, int64_t most, Map *words, uint32_t *code) {
  for (int64_t i = 0; i < c->n; i++) {
    code[i] = 0;
    if (!col_valid(c, i)) continue;
    code[i] = (uint32_t)map_put(words, col_text(c, i), NULL);
    if (most >= 0 && words->n > most) return false;
  }
  return true;
}

static ErrCode cat_from(Job *job, const Column *c, const Map *words, uint32_t *code, Column **out, Err *err) {
  uint32_t *place = calloc((size_t)words->n + 1, sizeof *place);
  if (!place) abort();
  Dict *dict = dict_new(words->key, words->n, place);
  Column *cat = NULL;
  ErrCode status = column_new(job, COL_CAT, c->n, dict, &cat, err);
  for (int64_t i = 0; i < c->n && status == OK; i++) {
    if (col_valid(c, i)) col_set_code(cat, i, place[code[i]]);
    else status = column_set_missing(cat, i, err);
  }
  free(place);
  if (status != OK) return column_unref(cat), status;
  cat->volatile_ = c->volatile_;
  *out = cat;
  return OK;
}

ErrCode column_to_cat(Job *job, const Column *c, int64_t most, Column **out, Err *err) {
  *out = NULL;
  if (c->type == COL_CAT) {
    if (most < 0 || c->dict->n <= most) *out = column_ref(c);
    return OK;
  }
  if (c->dict) return cat_of_codes(job, c, most, out, err);
  TRY(job_need(job, c->n * (int64_t)sizeof(uint32_t), "a category column", err));
  uint32_t *code = mem_new((size_t)c->n * sizeof *code);
  if (!code) return out_of_memory("a category column", err);
  Map words;
  map_init(&words);
  ErrCode status = OK;
  if (code_words(c, most, &words, code)) status = cat_from(job, c, &words, code, out, err);
  map_fini(&words);
  mem_free(code);
  return status;
}

typedef struct Placing { // codes into the sorted words
  Column *to;
  const uint32_t *code, *place;
} Placing;

static void place_codes(void *ctx, int64_t begin, int64_t end) {
  const Placing *p = ctx;
  for (int64_t i = begin; i < end; i++) col_set_code(p->to, i, col_valid(p->to, i) ? p->place[p->code[i]] : 0);
}

ErrCode column_of_words(Job *job, ColType type, const Sv *word, int64_t nword, const uint32_t *code, int64_t n,
                        uint64_t *valid, int64_t missing, Column **out, Err *err) {
  Sv none = {"", 0};
  uint32_t *place = malloc(((size_t)nword + 1) * sizeof *place);
  if (!place) abort();
  Dict *dict = nword ? dict_new(word, nword, place) : dict_new(&none, 1, place); // a dict has a word for code 0
  Column *c = NULL;
  ErrCode status = column_new(job, type, n, dict, &c, err);
  if (status == OK) {
    c->valid = valid, c->missing = missing;
    Placing p = {c, code, place};
    par_for(job, n, 1 << 16, place_codes, &p);
    *out = c;
  } else {
    mem_free(valid);
  }
  free(place);
  return status;
}
