// Keys under which spellings of one thing meet. Each level forgives what the levels before it do and one thing more:
// spaces, case, punctuation, accents; then either the order of words or all blanks, and at last single letters (the set
// of pairs of neighbouring letters, where doubled letters and blanks do not count). Cases are those of Latin (below
// U+0180), Greek and Cyrillic letters, accents those of Latin ones and the combining marks; the rest of Unicode stays.
// What distinguishes values stays: a sign between digits (5.11, 5'11, 2020-01-05), + and - behind a letter or before a
// digit (A-, B+, -3), and symbols (C#, 50%). Texts with two numbers keep the order of their words (10 x 20).
// Source: OpenRefine's fingerprint and n-gram fingerprint, which merge all of these.
#include "stats/spelling_int.h"

#include "base/utf8.h"

#include <stdlib.h>

enum { MOST = 128, LEAST_LETTERS = 5 };

const char *const FOLD_NAMES[FOLD_LEVELS] = {"spaces",     "case",   "punctuation", "accents",
                                             "word order", "blanks", "letters"};

// ---- characters ----------------------------------------------------------------------------------------------------
static bool is_space(uint32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000 ||
         c == 0xFEFF;
}
static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_letter(uint32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= 0xC0 && c != 0xD7 && c != 0xF7 && (c < 0x2000 || c > 0x2BFF) && (c < 0x3000 || c > 0x303F));
}

static uint32_t lower(uint32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
  if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) return c == 0x130 ? 'i' : c | 1;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c + (c & 1);
  if (c == 0x178) return 0xFF;
  if (c >= 0x391 && c <= 0x3A9) return c + 32;
  if (c == 0x3C2) return 0x3C3; // the sigma at the end of a word
  if (c >= 0x410 && c <= 0x42F) return c + 32;
  return c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

// The letters of U+00E0 .. U+00FF and U+0100 .. U+017F without their accents; '.': none of these.
static const char BASES[] = "aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
                            "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkk"
                            "llllllllllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static void add_base(uint32_t c, Str *out) { // c: small
  char buf[4];
  if (c >= 0x300 && c <= 0x36F) return; // an accent of its own
  if (c == 0xDF) str_add(out, "ss");
  else if (c == 0xE6) str_add(out, "ae");
  else if (c == 0x153) str_add(out, "oe");
  else if (c == 0x133) str_add(out, "ij");
  else if (c == 0xFE) str_add(out, "th");
  else if (c >= 0xE0 && c <= 0x17F && BASES[c - 0xE0] != '.') str_addc(out, BASES[c - 0xE0]);
  else str_addn(out, buf, (size_t)utf8_encode(c, buf));
}

// ---- punctuation ---------------------------------------------------------------------------------------------------
typedef enum { KEEP, DROP, SPLIT } Fate;

static bool is_dash(uint32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015); }
static bool is_separator(uint32_t c) {
  return c == ',' || c == ';' || c == ':' || c == '/' || c == '_' || c == '|' || c == '\\';
}
static bool is_mark(uint32_t c) {
  return (c < 128 && c && strchr(".'\"`()[]{}!?", (int)c)) || c == 0xB4 || c == 0xAB || c == 0xBB || c == 0xBF ||
         c == 0xA1 || (c >= 0x2018 && c <= 0x201F) || c == 0x2026 || c == 0x2032 || c == 0x2033;
}

static Fate fate_of(uint32_t before, uint32_t c, uint32_t after) {
  bool number = is_digit(before) && is_digit(after), feet = is_digit(before) && c < 128 && strchr("'\"", (int)c);
  if (is_dash(c)) {
    if (number || (is_digit(after) && !is_letter(before)) ||
        (is_letter(before) && !is_letter(after) && !is_digit(after)))
      return KEEP;
    return SPLIT;
  }
  if (is_separator(c)) return number ? KEEP : SPLIT;
  if (is_mark(c)) return number || feet || (c == '.' && is_digit(after) && !is_letter(before)) ? KEEP : DROP;
  return KEEP;
}

// ---- words ---------------------------------------------------------------------------------------------------------
typedef struct Words {
  Sv word[MOST];
  int n;
} Words;

// False when there are too many.
static bool cut_words(Sv text, Words *w) {
  w->n = 0;
  for (size_t i = 0; i < text.n;) {
    size_t end = i;
    while (end < text.n && text.s[end] != ' ') end++;
    if (end > i && w->n == MOST) return false;
    if (end > i) w->word[w->n++] = (Sv){text.s + i, end - i};
    i = end + 1;
  }
  return true;
}

static int by_bytes(const void *a, const void *b) { return sv_cmp(*(const Sv *)a, *(const Sv *)b); }

static void sort_words(Sv text, Str *out) {
  Words w;
  int numbers = 0;
  if (!cut_words(text, &w)) return str_addn(out, text.s, text.n);
  for (int k = 0; k < w.n; k++) numbers += is_digit((unsigned char)w.word[k].s[0]);
  if (numbers < 2) qsort(w.word, (size_t)w.n, sizeof *w.word, by_bytes);
  size_t start = out->n;
  for (int k = 0; k < w.n; k++) {
    if (k && numbers < 2 && sv_eq(w.word[k], w.word[k - 1])) continue;
    if (out->n > start) str_addc(out, ' ');
    str_addn(out, w.word[k].s, w.word[k].n);
  }
}

static void drop_blanks(Sv text, Str *out) {
  for (size_t i = 0; i < text.n; i++) {
    bool number =
        i && i + 1 < text.n && is_digit((unsigned char)text.s[i - 1]) && is_digit((unsigned char)text.s[i + 1]);
    if (text.s[i] != ' ' || number) str_addc(out, text.s[i]);
  }
}

static int by_pair(const void *a, const void *b) {
  const uint64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

// The pairs of neighbouring letters in order, each once, behind the signs that are no letters.
static void add_pairs(Sv text, Str *out) {
  uint64_t pair[MOST];
  uint32_t before = 0;
  int n = 0, letters = 0;
  Str others = {0};
  for (size_t i = 0; i < text.n;) {
    int len;
    uint32_t c = utf8_decode(text.s + i, text.n - i, &len);
    if (is_letter(c)) {
      if (before && c != before && n < MOST) pair[n++] = (uint64_t)before << 32 | c;
      letters += c != before, before = c;
    } else if (c != ' ') str_addn(&others, text.s + i, (size_t)len);
    i += (size_t)len;
  }
  if (letters >= LEAST_LETTERS && n < MOST) {
    qsort(pair, (size_t)n, sizeof *pair, by_pair);
    str_addn(out, str_c(&others), others.n);
    str_addc(out, ' ');
    for (int k = 0; k < n; k++)
      if (!k || pair[k] != pair[k - 1]) str_addn(out, (const char *)&pair[k], sizeof pair[k]);
  }
  str_fini(&others);
}

// ---- keys ----------------------------------------------------------------------------------------------------------
// The text up to FOLD_ACCENTS; a run of spaces is one blank, none at the ends.
static void fold_characters(Sv text, FoldLevel level, Str *out) {
  size_t start = out->n;
  bool gap = false;
  char buf[4];
  uint32_t before = 0;
  for (size_t i = 0; i < text.n;) {
    int len, after_len;
    uint32_t c = utf8_decode(text.s + i, text.n - i, &len);
    i += (size_t)len;
    uint32_t after = i < text.n ? utf8_decode(text.s + i, text.n - i, &after_len) : 0;
    Fate fate = is_space(c) ? SPLIT : level >= FOLD_PUNCTUATION ? fate_of(before, c, after) : KEEP;
    before = c;
    gap = gap || fate == SPLIT;
    if (fate != KEEP) continue;
    if (gap && out->n > start) str_addc(out, ' ');
    gap = false;
    if (level >= FOLD_CASE) c = lower(c);
    if (level >= FOLD_ACCENTS) add_base(c, out);
    else str_addn(out, buf, (size_t)utf8_encode(c, buf));
  }
}

void fold_text(Sv text, FoldLevel level, Str *out) {
  if (level < FOLD_WORD_ORDER) return fold_characters(text, level, out);
  Str plain = {0};
  fold_characters(text, FOLD_ACCENTS, &plain);
  Sv key = {str_c(&plain), plain.n};
  if (level == FOLD_WORD_ORDER) sort_words(key, out);
  else if (level == FOLD_BLANKS) drop_blanks(key, out);
  else add_pairs(key, out);
  str_fini(&plain);
}
