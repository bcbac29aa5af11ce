// Dictionaries: distinct words in order, numbers by value when every word is one, else bytewise.
// Words are sorted by the eight bytes that follow what all of them share, as one big-endian number, through num's radix
// sort; words that agree in these too are a smaller problem of the same kind. A word that ends within the eight bytes
// counts as if NULs followed, so among words of equal numbers those that have ended are the shorter, and first.
#include "frame/frame_int.h"

#include "base/numfmt.h"
#include "num/num.h"

#include <stdlib.h>

enum { FEW = 24, EIGHT = sizeof(uint64_t) };

typedef struct Words {
  const Sv *text;
  KeyRows sort; // row: numbers of words
} Words;

static KeyRows part_of(const KeyRows *r, int64_t first, int64_t n) {
  return (KeyRows){r->key + first, r->key2 + first, r->row + first, r->row2 + first, n};
}

// No budget and no cancel flag here: what is left to go wrong is the system's memory, and arenas do not survive that
// either.
static void sort_keys(KeyRows *r) {
  Err err;
  if (order_rows(NULL, r, &err) != OK) abort();
}

static uint64_t eight_bytes(Sv w, size_t from) {
  uint64_t key = 0;
  size_t n = w.n > from ? w.n - from : 0;
  if (n >= EIGHT) {
    memcpy(&key, w.s + from, EIGHT);
    return __builtin_bswap64(key);
  }
  for (size_t k = 0; k < n; k++) key |= (uint64_t)(unsigned char)w.s[from + k] << (56 - 8 * k);
  return key;
}

static void insert_words(const Sv *text, uint32_t *row, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    uint32_t v = row[i];
    int64_t j = i;
    for (; j > 0 && sv_cmp(text[row[j - 1]], text[v]) > 0; j--) row[j] = row[j - 1];
    row[j] = v;
  }
}

// How many bytes from `from` on all words share.
static size_t shared_bytes(const Words *w, const KeyRows *r, size_t from) {
  Sv first = w->text[r->row[0]];
  size_t most = first.n > from ? first.n - from : 0;
  for (int64_t i = 1; i < r->n && most; i++) {
    Sv one = w->text[r->row[i]];
    size_t k = 0;
    if (one.n < from + most) most = one.n > from ? one.n - from : 0;
    while (k < most && one.s[from + k] == first.s[from + k]) k++;
    most = k;
  }
  return most;
}

// The words that end before `from` come first; returns how many there are. Distinct words that agree up to there have
// at most one for each length.
static int64_t bring_ended_first(const Words *w, KeyRows *r, size_t from) {
  int64_t ended = 0;
  for (int64_t i = 0; i < r->n; i++) {
    uint32_t row = r->row[i];
    if (w->text[row].n > from) continue;
    memmove(r->row + ended + 1, r->row + ended, (size_t)(i - ended) * sizeof *r->row);
    r->row[ended++] = row;
  }
  insert_words(w->text, r->row, ended);
  return ended;
}

// The words of r agree in their bytes before `from`.
static void sort_words(const Words *w, KeyRows r, size_t from) {
  if (r.n <= FEW) {
    insert_words(w->text, r.row, r.n);
    return;
  }
  from += shared_bytes(w, &r, from);
  for (int64_t i = 0; i < r.n; i++) r.key[i] = eight_bytes(w->text[r.row[i]], from);
  sort_keys(&r);
  for (int64_t i = 0, j; i < r.n; i = j) {
    for (j = i + 1; j < r.n && r.key[j] == r.key[i];) j++;
    if (j - i == 1) continue;
    KeyRows same = part_of(&r, i, j - i);
    int64_t ended = same.n > FEW ? bring_ended_first(w, &same, from + EIGHT) : 0;
    sort_words(w, part_of(&same, ended, same.n - ended), from + EIGHT);
  }
}

static void sort_numbers(const Words *w, const double *number, KeyRows r) {
  for (int64_t i = 0; i < r.n; i++) r.key[i] = order_key_f64(number[i]);
  sort_keys(&r);
  for (int64_t i = 0, j; i < r.n; i = j) {
    for (j = i + 1; j < r.n && r.key[j] == r.key[i];) j++;
    if (j - i > 1) sort_words(w, part_of(&r, i, j - i), 0);
  }
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

// NULL when some word is no number.
static double *read_numbers(const Sv *words, int64_t n) {
  double *number = malloc(((size_t)n + 1) * sizeof *number);
  if (!number) abort();
  for (int64_t i = 0; i < n; i++)
    if (!word_value(words[i], &number[i])) return free(number), NULL;
  return number;
}

static Words words_new(const Sv *words, int64_t n) {
  size_t room = (size_t)n + 1;
  Words w = {.text = words};
  w.sort = (KeyRows){mem_new(room * 8), mem_new(room * 8), mem_new(room * 4), mem_new(room * 4), n};
  if (!w.sort.key || !w.sort.key2 || !w.sort.row || !w.sort.row2) abort();
  for (int64_t i = 0; i < n; i++) w.sort.row[i] = (uint32_t)i;
  return w;
}

static void words_free(Words *w) {
  mem_free(w->sort.key);
  mem_free(w->sort.key2);
  mem_free(w->sort.row);
  mem_free(w->sort.row2);
}

// Copies of the words in the order of `row`, side by side, each with a NUL behind it.
static void copy_words(Dict *d, const Sv *words, const uint32_t *row) {
  size_t bytes = 1;
  for (int64_t i = 0; i < d->n; i++) bytes += words[i].n + 1;
  char *text = arena_alloc(&d->arena, bytes);
  d->word = arena_array(&d->arena, Sv, d->n);
  for (int64_t i = 0; i < d->n; i++) {
    Sv from = words[row[i]];
    if (from.n) memcpy(text, from.s, from.n);
    d->word[i] = (Sv){text, from.n};
    text += from.n + 1;
  }
}

Dict *dict_new(const Sv *words, int64_t n, uint32_t *place) {
  Dict *d = calloc(1, sizeof *d);
  if (!d) abort();
  atomic_init(&d->refs, 1);
  d->n = (int32_t)n;
  Words w = words_new(words, n);
  double *number = read_numbers(words, n);
  if (number) sort_numbers(&w, number, w.sort);
  else sort_words(&w, w.sort, 0);
  copy_words(d, words, w.sort.row);
  for (int64_t i = 0; i < n && place; i++) place[w.sort.row[i]] = (uint32_t)i;
  free(number);
  words_free(&w);
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
