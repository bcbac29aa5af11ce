// The marks of a chunk of delimited text: where fields and records end.
//
// 64 bytes at a time become four bit masks: delimiters, quotes, line feeds, carriage returns. The running xor of the
// quote mask says which bytes stand inside quotes, given whether the chunk begins inside; what remains of delimiters
// and line feeds ends fields. A doubled quote closes and opens again, so it needs no care. All this holds for text
// whose quotes open where a field begins and close where it ends. A quote elsewhere, or a CR without a line feed, is
// trouble: its place is kept, and from the record that has it on libcsv reads (window.c). The masks come from
// AVX-512, AVX2 or plain 64-bit arithmetic, whichever the machine has; they are the same. Reference: Langdale and
// Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 28 (2019).
#include "io/text_int.h"

#include "base/simd.h"

#include <stdlib.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

typedef struct Masks {
  uint64_t delim, quote, lf, cr;
  uint64_t nul, high; // high: bytes beyond ASCII
} Masks;
typedef Masks (*MaskFn)(const char *p, char delim, char quote);

// ---- masks --------------------------------------------------------------------------------------------------------
// Bit k: byte k of the word is zero. Exact: no carry crosses a byte.
static inline uint64_t zero_bytes(uint64_t v) {
  const uint64_t low = 0x7F7F7F7F7F7F7F7Fu;
  uint64_t t = ~(((v & low) + low) | v | low);
  return (t >> 7) * 0x0102040810204080u >> 56;
}

static inline Masks masks_any(const char *p, char delim, char quote) {
  const uint64_t ones = 0x0101010101010101u;
  Masks m = {0};
  for (int k = 0; k < 8; k++) {
    uint64_t v;
    memcpy(&v, p + 8 * k, 8);
    m.delim |= zero_bytes(v ^ ones * (unsigned char)delim) << 8 * k;
    m.quote |= zero_bytes(v ^ ones * (unsigned char)quote) << 8 * k;
    m.lf |= zero_bytes(v ^ ones * '\n') << 8 * k;
    m.cr |= zero_bytes(v ^ ones * '\r') << 8 * k;
    m.nul |= zero_bytes(v) << 8 * k;
    m.high |= v & ones * 0x80;
  }
  return m;
}

#ifdef __x86_64__
__attribute__((target("avx2"))) static inline uint64_t equal_32x2(__m256i lo, __m256i hi, char c) {
  __m256i want = _mm256_set1_epi8(c);
  uint64_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(lo, want));
  uint64_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hi, want));
  return a | b << 32;
}

__attribute__((target("avx2"))) static inline Masks masks_avx2(const char *p, char delim, char quote) {
  __m256i lo = _mm256_loadu_si256((const __m256i *)(const void *)p);
  __m256i hi = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32));
  uint64_t high = (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(lo, hi));
  return (Masks){equal_32x2(lo, hi, delim), equal_32x2(lo, hi, quote), equal_32x2(lo, hi, '\n'),
                 equal_32x2(lo, hi, '\r'),  equal_32x2(lo, hi, 0),     high};
}

__attribute__((target("avx512bw,avx512f"))) static inline Masks masks_avx512(const char *p, char delim, char quote) {
  __m512i v = _mm512_loadu_si512((const void *)p);
  return (Masks){_mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(delim)),
                 _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(quote)),
                 _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n')),
                 _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\r')),
                 _mm512_testn_epi8_mask(v, v),
                 _mm512_movepi8_mask(v)};
}
#endif

// ---- lists --------------------------------------------------------------------------------------------------------
static void *grown(void *p, int64_t n, size_t size) {
  void *q = realloc(p, (size_t)n * size);
  if (!q) abort();
  return q;
}

static void room(uint32_t **list, int64_t n, int64_t *cap) {
  if (n + 64 <= *cap) return;
  *cap = *cap ? *cap * 2 : 4096;
  *list = grown(*list, *cap, sizeof **list);
}

void chunk_fini(Chunk *c) {
  free(c->pos ? c->pos - 1 : NULL);
  free(c->eol);
  free(c->inner);
  *c = (Chunk){0};
}

// pos[-1] is there too: the place before the first mark.
void chunk_room(Chunk *c, int64_t more) {
  if (c->npos + more <= c->cap) return;
  c->cap = c->cap ? c->cap * 2 : 16384;
  while (c->cap < c->npos + more) c->cap *= 2;
  c->pos = (uint32_t *)grown(c->pos ? c->pos - 1 : NULL, c->cap + 1, sizeof *c->pos) + 1;
  c->pos[-1] = UINT32_MAX;
}

void chunk_add_eol(Chunk *c, int64_t index) {
  room(&c->eol, c->neol, &c->eol_cap);
  c->eol[c->neol++] = (uint32_t)index;
}

void chunk_add_inner(Chunk *c, uint32_t at) {
  room(&c->inner, c->ninner, &c->inner_cap);
  c->inner[c->ninner++] = at;
}

// ---- quotes -------------------------------------------------------------------------------------------------------
static inline uint64_t prefix_xor(uint64_t v) {
  v ^= v << 1, v ^= v << 2, v ^= v << 4, v ^= v << 8, v ^= v << 16;
  return v ^ v << 32;
}

static bool is_blank(char c, const Dialect *d) { return (c == ' ' || c == '\t') && c != d->delim; }

// A quote that opens stands at the beginning of a field, but for blanks, or behind the quote that it doubles.
static bool may_open(const char *text, size_t at, const Dialect *d) {
  if (at && text[at - 1] == d->quote) return true;
  while (at && is_blank(text[at - 1], d)) at--;
  return at == 0 || text[at - 1] == d->delim || text[at - 1] == '\n';
}

static bool may_close(const char *text, size_t n, size_t at, const Dialect *d) {
  if (at + 1 < n && text[at + 1] == d->quote) return true;
  for (at++; at < n && is_blank(text[at], d);) at++;
  return at >= n || text[at] == d->delim || text[at] == '\n' ||
         (text[at] == '\r' && at + 1 < n && text[at + 1] == '\n');
}

// Looks at every quote of a word that does not stand right beside a delimiter, a line feed or another quote.
static void check_quotes(const char *text, size_t n, const Dialect *d, size_t base, uint64_t quotes, uint64_t inside,
                         Chunk *c) {
  for (; quotes; quotes &= quotes - 1) {
    int k = __builtin_ctzll(quotes);
    size_t at = base + (size_t)k;
    bool opens = inside >> k & 1;
    if (opens ? may_open(text, at, d) : may_close(text, n, at, d)) continue;
    if ((int64_t)at < c->trouble) c->trouble = (int64_t)at;
    return;
  }
}

// ---- one chunk ----------------------------------------------------------------------------------------------------
static inline __attribute__((always_inline)) void add_marks(Chunk *c, size_t base, uint64_t ends, uint64_t lf) {
  for (uint64_t left = lf; left; left &= left - 1) {
    uint64_t bit = left & -left;
    c->eol[c->neol++] = (uint32_t)(c->npos + __builtin_popcountll(ends & (bit - 1)));
  }
  uint32_t *to = c->pos + c->npos, *stop = to + __builtin_popcountll(ends);
  c->npos += stop - to;
  do { // eight at a time, some for nothing: no branch depends on how many there are
    for (int k = 0; k < 8; k++, ends &= ends - 1) to[k] = (uint32_t)base + (uint32_t)__builtin_ctzll(ends | 1ull << 63);
    to += 8;
  } while (to < stop);
}

static void add_inner(Chunk *c, size_t base, uint64_t lf) {
  room(&c->inner, c->ninner, &c->inner_cap);
  for (; lf; lf &= lf - 1) c->inner[c->ninner++] = (uint32_t)base + (uint32_t)__builtin_ctzll(lf);
}

static inline __attribute__((always_inline)) void scan_word(const char *text, size_t n, const Dialect *d, size_t base,
                                                            uint64_t live, Masks m, Chunk *c, uint64_t *inside) {
  m.delim &= live, m.quote &= live, m.lf &= live, m.cr &= live;
  uint64_t in = prefix_xor(m.quote) ^ *inside;
  *inside = (uint64_t)((int64_t)in >> 63);
  if (c->npos + 64 > c->cap) chunk_room(c, 64);
  room(&c->eol, c->neol, &c->eol_cap);
  add_marks(c, base, (m.delim | m.lf) & ~in, m.lf & ~in);
  if (m.lf & in) add_inner(c, base, m.lf & in);
  if (m.quote) check_quotes(text, n, d, base, m.quote, in, c);
  for (uint64_t lone = m.cr; lone; lone &= lone - 1) {
    size_t at = base + (size_t)__builtin_ctzll(lone);
    if (at + 1 < n && text[at + 1] == '\n') continue;
    if ((int64_t)at < c->trouble) c->trouble = (int64_t)at;
    break;
  }
}

static inline __attribute__((always_inline)) void scan_all(const char *text, size_t n, const Dialect *d, Chunk *c,
                                                           MaskFn masks) {
  uint64_t inside = c->inside ? UINT64_MAX : 0;
  size_t end = c->end;
  for (size_t at = c->begin; at < end; at += 64) {
    uint64_t live = end - at < 64 ? (1ull << (end - at)) - 1 : UINT64_MAX;
    scan_word(text, n, d, at, live, masks(text + at, d->delim, d->quote), c, &inside);
    if (!live) break;
  }
}

static void scan_any(const char *text, size_t n, const Dialect *d, Chunk *c) { scan_all(text, n, d, c, masks_any); }
#ifdef __x86_64__
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static void scan_avx2(const char *text, size_t n, const Dialect *d,
                                                                      Chunk *c) {
  scan_all(text, n, d, c, masks_avx2);
}
__attribute__((target("avx512bw,avx512f,bmi,bmi2,popcnt"))) static void scan_avx512(const char *text, size_t n,
                                                                                    const Dialect *d, Chunk *c) {
  scan_all(text, n, d, c, masks_avx512);
}
#endif

void scan_marks(const char *text, size_t n, const Dialect *d, Chunk *c) {
  c->npos = c->neol = c->ninner = 0, c->trouble = NO_TROUBLE;
  chunk_room(c, 64);
  room(&c->eol, 0, &c->eol_cap);
#ifdef __x86_64__
  if (d->isa >= 2 && __builtin_cpu_supports("avx512bw")) scan_avx512(text, n, d, c);
  else if (d->isa >= 1 && __builtin_cpu_supports("avx2")) scan_avx2(text, n, d, c);
  else
#endif
    scan_any(text, n, d, c);
}

// ---- counting -----------------------------------------------------------------------------------------------------
typedef struct Counts {
  int64_t quotes, lines, nul;
  uint64_t high;
} Counts;

static inline void add_counts(Counts *n, Masks m, uint64_t live) {
  n->quotes += __builtin_popcountll(m.quote & live), n->lines += __builtin_popcountll(m.lf & live);
  if (m.nul & live) n->nul += __builtin_popcountll(m.nul & live);
  n->high |= m.high;
}

// What lies behind the chunk may be read from the file at this moment, so its last bytes are looked at in a copy.
static inline __attribute__((always_inline)) Counts count_all(const char *text, const Chunk *c, char quote,
                                                              MaskFn masks) {
  Counts n = {0};
  size_t at = c->begin;
  for (; at + 64 <= c->end; at += 64) add_counts(&n, masks(text + at, '\n', quote), UINT64_MAX);
  if (at < c->end) {
    char last[64] = {0};
    memcpy(last, text + at, c->end - at);
    add_counts(&n, masks(last, '\n', quote), (1ull << (c->end - at)) - 1);
  }
  return n;
}

static Counts count_any(const char *text, const Chunk *c, char quote) { return count_all(text, c, quote, masks_any); }
#ifdef __x86_64__
__attribute__((target("avx2,popcnt"))) static Counts count_avx2(const char *text, const Chunk *c, char quote) {
  return count_all(text, c, quote, masks_avx2);
}
__attribute__((target("avx512bw,avx512f,popcnt"))) static Counts count_avx512(const char *text, const Chunk *c,
                                                                              char quote) {
  return count_all(text, c, quote, masks_avx512);
}
#endif

static Counts count(const char *text, const Dialect *d, const Chunk *c) {
#ifdef __x86_64__
  if (d->isa >= 2 && __builtin_cpu_supports("avx512bw")) return count_avx512(text, c, d->quote);
  if (d->isa >= 1 && __builtin_cpu_supports("avx2")) return count_avx2(text, c, d->quote);
#endif
  return count_any(text, c, d->quote);
}

void scan_count(const char *text, const Dialect *d, Chunk *c) {
  Counts n = count(text, d, c);
  c->quotes = n.quotes & 1, c->lines = n.lines, c->nul = n.nul, c->ascii = !n.high;
}
