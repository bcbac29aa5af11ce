// Columns of plain numbers, four cells at a time, without a branch that depends on where their digits lie.
//
// Of each cell the 16 bytes that end where it ends are loaded; what stands before its first digit is cleared; the place
// of the point selects a shuffle that closes its gap; three multiply-adds turn 16 digits into two numbers of 8. Digits
// up to 2^53 over a power of ten up to 10^15 round correctly in one division. A column's loop goes on to the first
// group with anything else (empty, quoted, with blanks, an exponent, more digits, leading zeros); the word-wise parser
// of base/number.c then looks at single cells, as it does throughout where there is no AVX2, and leaves the first that
// is no plain number to build.c. 3 to 6 ns a cell, mostly waiting for memory.
#include "io/csv_int.h"

#include "base/numfmt.h"

#ifdef __x86_64__
#include <immintrin.h>
#endif

// 007, and -0, which as a real keeps its sign; not 0 alone.
static inline bool begins_with_zero(Sv c) { return c.n > 1 && c.s[(c.s[0] == '-') | (c.s[0] == '+')] == '0'; }

// 007 and the like. No branch: which numbers begin with 0 is as good as random.
static inline bool has_leading_zero(Sv c) {
  size_t k = (size_t)(c.s[0] == '-') | (size_t)(c.s[0] == '+');
  return (c.n > k + 1) & (c.s[k] == '0') & ((unsigned char)(c.s[k + 1] - '0') <= 9);
}

// Whether cell j of row i is plain and no mark for missing.
static inline bool quick_cell(const Block *b, const Marks *marks, int64_t i, int j, Sv *c) {
  CellKind kind;
  *c = block_cell(b, i, j, &kind);
  return kind == CELL_PLAIN && c->n && !marks->first[(unsigned char)c->s[0]];
}

static int64_t reals_any(const Block *b, const Marks *marks, int64_t i, int64_t end, int j, double *out) {
  for (Sv c; i < end; i++)
    if (!quick_cell(b, marks, i, j, &c) || c.n > 18 || has_leading_zero(c) || !parse_f64_padded(c.s, c.n, &out[i]))
      break;
  return i;
}

static int64_t ints_any(const Block *b, const Marks *marks, int64_t i, int64_t end, int j, int64_t *out) {
  for (Sv c; i < end; i++)
    if (!quick_cell(b, marks, i, j, &c) || begins_with_zero(c) || !parse_i64_padded(c.s, c.n, &out[i])) break;
  return i;
}

#ifdef __x86_64__
#define AVX2 __attribute__((target("avx2,bmi")))
#define AVX2_INLINE __attribute__((target("avx2,bmi"), always_inline)) static inline
enum { LANE = 16, NO_POINT = LANE, GROUP = 4 };

typedef struct Cells { // of one column
  const char *text;
  const uint32_t *pos, *first; // as in Block, pos moved to the column
  char tail; // that may end a cell and is none of it: CR in the last column, else a delimiter, which none ends with
} Cells;

typedef struct Group {   // the cells of four rows
  __m256i v01, v23;      // digits in the highest bytes of a lane
  unsigned power[GROUP]; // in POW10: by the byte of the point and the sign
  unsigned points;       // how many have a point
} Group;

#define POWERS(s)                                                                                                      \
  s 1e15, s 1e14, s 1e13, s 1e12, s 1e11, s 1e10, s 1e9, s 1e8, s 1e7, s 1e6, s 1e5, s 1e4, s 1e3, s 1e2, s 1e1, s 1,  \
      s 1
static const double POW10[2 * (NO_POINT + 1)] = {POWERS(), POWERS(-)};

// By the byte of the point: what stands before it moves up by one.
// clang-format off
#define AT(p, i) (uint8_t)(i - (i <= p))
#define GAP(p) {0x80 * (p >= 0), AT(p, 1), AT(p, 2), AT(p, 3), AT(p, 4), AT(p, 5), AT(p, 6), AT(p, 7), AT(p, 8),       \
                AT(p, 9), AT(p, 10), AT(p, 11), AT(p, 12), AT(p, 13), AT(p, 14), AT(p, 15)}
static const uint8_t CLOSE[NO_POINT + 1][LANE] = {
    GAP(0), GAP(1), GAP(2),  GAP(3),  GAP(4),  GAP(5),  GAP(6),  GAP(7),
    GAP(8), GAP(9), GAP(10), GAP(11), GAP(12), GAP(13), GAP(14), GAP(15), GAP(-1)};
// clang-format on
static const uint8_t KEEP[2 * LANE] = {[LANE] = 255, 255, 255, 255, 255, 255, 255, 255,
                                       255,          255, 255, 255, 255, 255, 255, 255};

AVX2_INLINE __m256i two_lanes(const void *low, const void *high) {
  return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)low)),
                                 _mm_loadu_si128((const __m128i *)high), 1);
}

AVX2_INLINE unsigned point_of(unsigned points, int lane) {
  return _tzcnt_u32((points >> LANE * lane & 0xFFFF) | 1u << NO_POINT);
}

AVX2_INLINE unsigned find_points(__m256i v) {
  return (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('.' ^ '0')));
}

// 16 digits as two numbers of 8: the high ones of the four cells, then the low ones.
AVX2_INLINE __m256i eights_of(__m256i v01, __m256i v23) {
  const __m256i tens = _mm256_set1_epi16(1 << 8 | 10), hundreds = _mm256_set1_epi32(1 << 16 | 100);
  const __m256i myriads = _mm256_set1_epi32(1 << 16 | 10000);
  v01 = _mm256_madd_epi16(_mm256_maddubs_epi16(v01, tens), hundreds);
  v23 = _mm256_madd_epi16(_mm256_maddubs_epi16(v23, tens), hundreds);
  __m256i eights = _mm256_madd_epi16(_mm256_packus_epi32(v01, v23), myriads);
  return _mm256_permutevar8x32_epi32(eights, _mm256_setr_epi32(0, 4, 2, 6, 1, 5, 3, 7));
}

AVX2_INLINE bool read_group(const Cells *c, int64_t i, Group *g) {
  const char *end[GROUP];
  size_t n[GROUP];
  unsigned power[GROUP];
  bool odd = false;
#pragma GCC unroll 4
  for (int k = 0; k < GROUP; k++) {
    const uint32_t *p = c->pos + c->first[i + k];
    const char *s = c->text + (p[-1] + 1u), *e = c->text + p[0];
    e -= e[-1] == c->tail && e > s;
    size_t minus = *s == '-';
    s += minus;
    uint16_t two;
    memcpy(&two, s, 2);
    odd |= (uint16_t)(__builtin_bswap16(two) - ('0' << 8 | '0')) <= 9; // 00 to 09
    end[k] = e - LANE, n[k] = (size_t)(e - s);
    power[k] = minus ? NO_POINT + 1 : 0;
  }
  if (odd || ((n[0] - 1) | (n[1] - 1) | (n[2] - 1) | (n[3] - 1)) >= LANE) return false;
  const __m256i zeros = _mm256_set1_epi8('0'), nines = _mm256_set1_epi8(9);
  __m256i v01 =
      _mm256_and_si256(_mm256_xor_si256(two_lanes(end[0], end[1]), zeros), two_lanes(KEEP + n[0], KEEP + n[1]));
  __m256i v23 =
      _mm256_and_si256(_mm256_xor_si256(two_lanes(end[2], end[3]), zeros), two_lanes(KEEP + n[2], KEEP + n[3]));
  unsigned points[2] = {find_points(v01), find_points(v23)}, at[GROUP];
#pragma GCC unroll 4
  for (int k = 0; k < GROUP; k++) {
    at[k] = point_of(points[k >> 1], k & 1);
    g->power[k] = power[k] + at[k];
    odd |= (n[k] == 1) & (at[k] != NO_POINT);
  }
  g->points = points[0] | points[1];
  g->v01 = _mm256_shuffle_epi8(v01, two_lanes(CLOSE[at[0]], CLOSE[at[1]]));
  g->v23 = _mm256_shuffle_epi8(v23, two_lanes(CLOSE[at[2]], CLOSE[at[3]]));
  __m256i more = _mm256_or_si256(_mm256_subs_epu8(g->v01, nines), _mm256_subs_epu8(g->v23, nines));
  return _mm256_testz_si256(more, more) && !odd;
}

AVX2_INLINE __m256d powers_of(const Group *g) {
  return _mm256_setr_pd(POW10[g->power[0]], POW10[g->power[1]], POW10[g->power[2]], POW10[g->power[3]]);
}

AVX2_INLINE bool group_reals(const Cells *c, int64_t i, double *out) {
  Group g;
  if (!read_group(c, i, &g)) return false;
  __m256i eights = eights_of(g.v01, g.v23);
  __m256d high = _mm256_cvtepi32_pd(_mm256_castsi256_si128(eights));
  __m256d low = _mm256_cvtepi32_pd(_mm256_extracti128_si256(eights, 1));
  __m256d w = _mm256_add_pd(_mm256_mul_pd(high, _mm256_set1_pd(1e8)), low);
  if (_mm256_movemask_pd(_mm256_cmp_pd(w, _mm256_set1_pd(9007199254740992.0), _CMP_GT_OQ))) return false;
  _mm256_storeu_pd(out + i, _mm256_div_pd(w, powers_of(&g)));
  return true;
}

AVX2_INLINE bool group_ints(const Cells *c, int64_t i, int64_t *out) {
  Group g;
  if (!read_group(c, i, &g) || g.points) return false;
  __m256i eights = eights_of(g.v01, g.v23);
  __m256i high = _mm256_cvtepu32_epi64(_mm256_castsi256_si128(eights));
  __m256i low = _mm256_cvtepu32_epi64(_mm256_extracti128_si256(eights, 1));
  __m256i w = _mm256_add_epi64(_mm256_mul_epu32(high, _mm256_set1_epi64x(100000000)), low);
  __m256i minus = _mm256_cmpgt_epi64(_mm256_setzero_si256(), _mm256_castpd_si256(powers_of(&g)));
  __m256i none = _mm256_and_si256(minus, _mm256_cmpeq_epi64(w, _mm256_setzero_si256()));
  if (!_mm256_testz_si256(none, none)) return false; // -0
  _mm256_storeu_si256((__m256i *)(void *)(out + i), _mm256_sub_epi64(_mm256_xor_si256(w, minus), minus));
  return true;
}

AVX2 static int64_t reals_avx2(Cells c, int64_t i, int64_t end, double *out) {
  while (i + GROUP <= end && group_reals(&c, i, out)) i += GROUP;
  return i;
}

AVX2 static int64_t ints_avx2(Cells c, int64_t i, int64_t end, int64_t *out) {
  while (i + GROUP <= end && group_ints(&c, i, out)) i += GROUP;
  return i;
}

static Cells cells_of(const Block *b, int j) {
  return (Cells){b->text, b->pos + j, b->first, j + 1 == b->ncol ? '\r' : b->dialect->delim};
}

static bool has_avx2(const Block *b, const Marks *marks) {
  return !b->cell && !marks->digits && b->dialect->isa >= 1 && __builtin_cpu_supports("avx2");
}
#endif

int64_t digits_reals(const Block *b, const Marks *marks, int64_t begin, int64_t end, int j, double *out) {
#ifdef __x86_64__
  if (has_avx2(b, marks)) begin = reals_avx2(cells_of(b, j), begin, end, out);
#endif
  return reals_any(b, marks, begin, end, j, out);
}

int64_t digits_ints(const Block *b, const Marks *marks, int64_t begin, int64_t end, int j, int64_t *out) {
#ifdef __x86_64__
  if (has_avx2(b, marks)) begin = ints_avx2(cells_of(b, j), begin, end, out);
#endif
  return ints_any(b, marks, begin, end, j, out);
}
