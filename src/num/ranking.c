// Ranks of many values, on one thread. A value becomes a word: above, a whole number t that rises with it, below, its
// place. Words are half as much to move as keys with rows, and t has only the bits that the values need:
//   decimals  t is the value times a power of ten, where dividing by it gives each value back: equal t, equal values
//   even      t is even in value over the range
//   keys      t is the leading bits of key - smallest key: whole numbers, values of many magnitudes, NaN
// A scatter by the ten leading bits takes the words into cache, where two passes of at most eight bits order a bucket
// from the trailing bits up; bits below those are settled by insertion. Where t does not tell all values apart, the
// keys of neighbours with equal t are compared, and such runs are ordered by their keys when they differ. Ties are a
// list, so that nothing branches on where they are. O(n) whatever the values; every way gives the one stable order.
#include "num/num_int.h"

#include <math.h>

enum {
  TOP = 10,        // bits of the scatter
  DIGIT = 8,       // and of a pass, at most
  FEW = 24,        // words for insertion
  SHORT = 1 << 11, // words that are not worth a scatter
  SAMPLE = 256,    // values that choose the map
  AHEAD = 16,      // ties to fetch ahead
};

typedef struct Words {
  const uint64_t *key;
  uint64_t *word, *other;
  int64_t n;
  int low, bits; // bits of the place, and of t
  bool exact;    // equal t are equal keys
} Words;

// ---- values to words ------------------------------------------------------------------------------------------------
typedef struct KeySpan {
  uint64_t min, max;
} KeySpan;

NUM_CLONES static KeySpan span_of(const uint64_t *key, int64_t n) {
  KeySpan s = {UINT64_MAX, 0};
  for (int64_t i = 0; i < n; i++) {
    s.min = key[i] < s.min ? key[i] : s.min;
    s.max = key[i] > s.max ? key[i] : s.max;
  }
  return s;
}

static int bits_of(uint64_t v) { return v ? 64 - __builtin_clzll(v) : 0; }

NUM_CLONES static void pack_keys(const uint64_t *key, int64_t n, uint64_t min, int shift, int low, uint64_t *word) {
  for (int64_t i = 0; i < n; i++) word[i] = (key[i] - min) >> shift << low | (uint64_t)i;
}

NUM_CLONES static void pack_even(const uint64_t *key, int64_t n, double min, double scale, int low, uint64_t *word) {
  for (int64_t i = 0; i < n; i++) word[i] = whole_bits((split_value(key[i]) - min) * scale) << low | (uint64_t)i;
}

// False when a value is no such decimal.
NUM_CLONES static bool pack_decimals(const uint64_t *key, int64_t n, double min, double power, int low,
                                     uint64_t *word) {
  uint64_t bad = 0;
  for (int64_t i = 0; i < n; i++) {
    double v = split_value(key[i]), whole = whole_near(v * power);
    bad |= (uint64_t)(whole / power != v);
    word[i] = whole_bits(whole - min) << low | (uint64_t)i;
  }
  return !bad;
}

static bool try_decimals(Words *w, const double *v, int64_t m, KeySpan s) {
  double ends[2] = {split_value(s.min), split_value(s.max)}, power = decimals_power(v, m);
  if (power == 0 || !decimals_fit(ends, 2, power)) return false;
  double min = nearbyint(ends[0] * power), span = nearbyint(ends[1] * power) - min;
  int bits = bits_of((uint64_t)span);
  if (bits + w->low > 64 || !pack_decimals(w->key, w->n, min, power, w->low, w->word)) return false;
  w->bits = bits, w->exact = true;
  return true;
}

// Whether the sample says that t would be spent on a few values far out.
static bool is_crowded(const double *v, int64_t m, double min, double scale) {
  int64_t near = 0;
  for (int64_t k = 0; k < m; k++) near += (v[k] - min) * scale < 4096;
  return near > m / 2;
}

static bool try_even(Words *w, const double *v, int64_t m, KeySpan s) {
  int bits = 64 - w->low < 51 ? 64 - w->low : 51;
  double min = split_value(s.min), range = split_value(s.max) - min;
  double scale = ((double)((uint64_t)1 << bits) - 2) / range;
  if (!isfinite(range) || !isfinite(scale) || is_crowded(v, m, min, scale)) return false;
  pack_even(w->key, w->n, min, scale, w->low, w->word);
  w->bits = bits, w->exact = false;
  return true;
}

static void make_words(Words *w, bool real) {
  double v[SAMPLE];
  int64_t m = w->n < SAMPLE ? w->n : SAMPLE;
  KeySpan s = span_of(w->key, w->n);
  w->low = bits_of((uint64_t)w->n - 1);
  if (real && isfinite(split_value(s.min)) && isfinite(split_value(s.max)) && s.min < s.max) {
    for (int64_t k = 0; k < m; k++) v[k] = split_value(w->key[k * (w->n / m)]);
    if (try_decimals(w, v, m, s) || try_even(w, v, m, s)) return;
  }
  int bits = bits_of(s.max - s.min), shift = bits + w->low > 64 ? bits + w->low - 64 : 0;
  pack_keys(w->key, w->n, s.min, shift, w->low, w->word);
  w->bits = bits - shift, w->exact = !shift;
}

// ---- words in order -------------------------------------------------------------------------------------------------
static void insert_words(uint64_t *word, int64_t n) {
  for (int64_t i = 1; i < n; i++) {
    uint64_t v = word[i];
    int64_t j = i;
    for (; j > 0 && word[j - 1] > v; j--) word[j] = word[j - 1];
    word[j] = v;
  }
}

static ErrCode sort_any(uint64_t *word, uint64_t *other, int64_t n, Err *err) {
  KeyRows r = {.key = word, .key2 = other, .n = n};
  return order_rows(NULL, &r, err);
}

static void starts_of(uint32_t *count, int64_t n) {
  uint32_t before = 0;
  for (int64_t d = 0; d < n; d++) {
    uint32_t here = count[d];
    count[d] = before, before += here;
  }
}

// Two stable passes over the bits from `shift` on, a and b of them.
static void two_passes(uint64_t *word, uint64_t *other, int64_t n, int shift, int a, int b) {
  uint32_t first[1 << DIGIT] = {0}, second[1 << DIGIT] = {0};
  const uint64_t in_a = ((uint64_t)1 << a) - 1, in_b = ((uint64_t)1 << b) - 1;
  for (int64_t i = 0; i < n; i++) first[word[i] >> shift & in_a]++, second[word[i] >> (shift + a) & in_b]++;
  starts_of(first, 1 << a);
  starts_of(second, 1 << b);
  for (int64_t i = 0; i < n; i++) other[first[word[i] >> shift & in_a]++] = word[i];
  for (int64_t i = 0; i < n; i++) word[second[other[i] >> (shift + a) & in_b]++] = other[i];
}

// What is in order but for the bits below `shift`.
static ErrCode finish_runs(uint64_t *word, uint64_t *other, int64_t n, int shift, Err *err) {
  for (int64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && word[j] >> shift == word[i] >> shift;) j++;
    if (j - i > FEW) TRY(sort_any(word + i, other + i, j - i, err));
    else if (j > i + 1) insert_words(word + i, j - i);
  }
  return OK;
}

// shift: the bits above are the same in all.
static ErrCode sort_bucket(uint64_t *word, uint64_t *other, int64_t n, int low, int shift, Err *err) {
  int bits = shift - low < 2 * DIGIT ? shift - low : 2 * DIGIT;
  if (bits == 0) return OK;
  if (n <= FEW) insert_words(word, n);
  if (n <= FEW) return OK;
  two_passes(word, other, n, shift - bits, bits / 2, bits - bits / 2);
  return shift - bits > low ? finish_runs(word, other, n, shift - bits, err) : OK;
}

static ErrCode sort_words(Words *w, Err *err) {
  if (w->n <= SHORT) return sort_any(w->word, w->other, w->n, err);
  int top = w->bits < TOP ? w->bits : TOP, shift = w->low + w->bits - top;
  uint32_t at[1 << TOP] = {0};
  const uint64_t *from = w->word;
  if (top == 0) return OK; // all values are the same
  for (int64_t i = 0; i < w->n; i++) at[from[i] >> shift]++;
  starts_of(at, 1 << top);
  for (int64_t i = 0; i < w->n; i++) w->other[at[from[i] >> shift]++] = from[i];
  uint64_t *to = w->other;
  w->other = w->word, w->word = to;
  for (int64_t d = 0, first = 0; d < 1 << top; first = at[d++])
    if (at[d] - first > 1) TRY(sort_bucket(to + first, w->other + first, at[d] - first, w->low, shift, err));
  return OK;
}

// ---- ties -----------------------------------------------------------------------------------------------------------
INLINE uint64_t place_of(const Words *w, int64_t k) { return w->word[k] & (((uint64_t)1 << w->low) - 1); }

// The k whose t is that of k - 1.
static int64_t list_ties(const Words *w, uint32_t *list) {
  int64_t m = 0;
  uint64_t before = w->word[0] >> w->low;
  for (int64_t k = 1; k < w->n; k++) {
    uint64_t t = w->word[k] >> w->low;
    list[m] = (uint32_t)k, m += t == before, before = t;
  }
  return m;
}

static void insert_by_key(const Words *w, int64_t first, int64_t n) {
  uint64_t *word = w->word + first, mask = ((uint64_t)1 << w->low) - 1;
  for (int64_t i = 1; i < n; i++) {
    uint64_t v = word[i], key = w->key[v & mask];
    int64_t j = i;
    for (; j > 0 && w->key[word[j - 1] & mask] > key; j--) word[j] = word[j - 1];
    word[j] = v;
  }
}

static ErrCode sort_by_key(const Words *w, int64_t first, int64_t n, Err *err) {
  uint64_t *scratch = mem_new((size_t)n * 24);
  if (!scratch) return err_set(err, ERR_MEMORY, "ranking: no memory for %lld rows", (long long)n);
  uint32_t *row = (uint32_t *)(scratch + 2 * n);
  KeyRows r = {scratch, scratch + n, row, row + n, n};
  uint64_t above = w->word[first] >> w->low << w->low;
  for (int64_t k = 0; k < n; k++) row[k] = (uint32_t)place_of(w, first + k), r.key[k] = w->key[row[k]];
  ErrCode code = order_rows(NULL, &r, err);
  for (int64_t k = 0; k < n; k++) w->word[first + k] = above | r.row[k];
  mem_free(scratch);
  return code;
}

static bool is_same(const Words *w, int64_t k) { return w->key[place_of(w, k)] == w->key[place_of(w, k - 1)]; }

// Orders the run of ties list[from .. to) and keeps those of them that are ties indeed.
static ErrCode settle_run(const Words *w, uint32_t *list, int64_t from, int64_t to, int64_t *kept, Err *err) {
  int64_t first = (int64_t)list[from] - 1, n = to - from + 1;
  if (n <= FEW) insert_by_key(w, first, n);
  else TRY(sort_by_key(w, first, n, err));
  for (int64_t k = first + 1; k < first + n; k++) list[*kept] = (uint32_t)k, *kept += is_same(w, k);
  return OK;
}

// From neighbours of equal t to those of equal keys. Most runs turn out to be ties, which their keys tell in row order.
static ErrCode settle_ties(const Words *w, uint32_t *list, int64_t *m, Err *err) {
  int64_t kept = 0;
  for (int64_t a = 0, b; a < *m; a = b) {
    bool same = true;
    for (b = a; b < *m && list[b] - list[a] == b - a; b++) {
      int64_t ahead = list[b + AHEAD < *m ? b + AHEAD : b];
      __builtin_prefetch(&w->key[place_of(w, ahead)]);
      __builtin_prefetch(&w->key[place_of(w, ahead - 1)]);
      same &= is_same(w, list[b]);
    }
    if (same) memmove(list + kept, list + a, (size_t)(b - a) * sizeof *list), kept += b - a;
    else TRY(settle_run(w, list, a, b, &kept, err));
  }
  *m = kept;
  return OK;
}

// ---- ranks ----------------------------------------------------------------------------------------------------------
// rank by order: where the run of k begins or, doubled, that and 1 and where it ends. end: room for n.
static void share_places(const uint32_t *list, int64_t m, int64_t n, bool doubled, uint32_t *rank, uint32_t *end) {
  for (int64_t k = 0; k < n; k++) rank[k] = (uint32_t)k;
  for (int64_t a = 0; a < m; a++) rank[list[a]] = rank[list[a] - 1];
  if (!doubled) return;
  for (int64_t k = 0; k < n; k++) end[k] = (uint32_t)k + 1;
  for (int64_t a = m - 1; a >= 0; a--) end[list[a] - 1] = end[list[a]];
  for (int64_t k = 0; k < n; k++) rank[k] += 1 + end[k];
}

static void put_ranks(const Words *w, const RankIn *r, const uint32_t *rank) {
  const uint64_t *word = w->word, mask = ((uint64_t)1 << w->low) - 1;
  if (r->row) {
    for (int64_t k = 0; k < w->n; k++) r->rank[r->row[word[k] & mask]] = rank[k];
    for (int64_t k = 0; r->order && k < w->n; k++) r->order[k] = r->row[word[k] & mask];
    return;
  }
  for (int64_t k = 0; k < w->n; k++) r->rank[word[k] & mask] = rank[k];
  for (int64_t k = 0; r->order && k < w->n; k++) r->order[k] = (uint32_t)(word[k] & mask);
}

ErrCode order_ranks(RankIn *r, Err *err) {
  Words w = {.key = r->key, .word = r->scratch, .other = r->scratch + r->n, .n = r->n};
  uint32_t *list = (uint32_t *)(r->scratch + 2 * r->n);
  r->ties = false;
  if (r->n == 0) return OK;
  make_words(&w, r->real);
  TRY(sort_words(&w, err));
  int64_t m = list_ties(&w, list);
  if (!w.exact) TRY(settle_ties(&w, list, &m, err));
  r->ties = m > 0;
  uint32_t *rank = (uint32_t *)w.other;
  share_places(list, m, r->n, r->doubled, rank, rank + r->n);
  put_ranks(&w, r, rank);
  return OK;
}
