// How well a text answers what was typed. Each word of the query must be found in one of the fields: as it stands (best
// at the beginning of a word), as beginnings of words in their order ("cm" in "confusion matrix"), or, in a name, with
// few letters left out ("frq" in "frequencies"). Letters of either case are the same.
#include "ui/fuzzy_int.h"

enum { WHOLE = 100, AT_WORD = 40, AT_START = 20, INITIALS = 60, LOOSE = 30, FIELD_STEP = 12, SLACK = 3 };

static char low(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static bool begins_word(Sv text, size_t i) { return i == 0 || strchr(" _.:-{(\"'", text.s[i - 1]); }

static bool same(Sv text, size_t at, Sv word) {
  if (word.n > text.n - at) return false;
  for (size_t k = 0; k < word.n; k++)
    if (low(text.s[at + k]) != low(word.s[k])) return false;
  return true;
}

static void mark(FuzzyHits *hits, size_t from, size_t n) {
  for (size_t i = from; i < from + n && i < FUZZY_MOST; i++) hits->byte[i] = true;
}

static int find_whole(Sv text, Sv word, FuzzyHits *hits) {
  int best = 0;
  size_t at = 0;
  for (size_t i = 0; i + word.n <= text.n; i++) {
    if (!same(text, i, word)) continue;
    int score = WHOLE + (begins_word(text, i) ? AT_WORD : 0) + (i == 0 ? AT_START : 0);
    if (score > best) best = score, at = i;
  }
  if (best) mark(hits, at, word.n);
  return best;
}

// Letters of the word in their order, each one behind the one before or at the beginning of a word.
static bool step_initials(Sv text, size_t from, Sv word, size_t k, FuzzyHits *hits, bool first) {
  if (k == word.n) return true;
  for (size_t i = from; i < text.n; i++) {
    bool fits = low(text.s[i]) == low(word.s[k]) && (begins_word(text, i) || (!first && i == from));
    if (!fits || !step_initials(text, i + 1, word, k + 1, hits, false)) continue;
    mark(hits, i, 1);
    return true;
  }
  return false;
}

// The shortest stretch that holds all letters in their order, from a first letter on.
static bool find_loose(Sv text, Sv word, FuzzyHits *hits) {
  for (size_t i = 0; i < text.n; i++) {
    size_t k = 0, end = i;
    if (low(text.s[i]) != low(word.s[0]) || !begins_word(text, i)) continue;
    for (; end < text.n && k < word.n && end - i < word.n + SLACK; end++) k += low(text.s[end]) == low(word.s[k]);
    if (k < word.n) continue;
    for (k = 0, end = i; k < word.n; end++)
      if (low(text.s[end]) == low(word.s[k])) mark(hits, end, 1), k++;
    return true;
  }
  return false;
}

static int match_field(Sv text, Sv word, bool name, FuzzyHits *hits) {
  int whole = find_whole(text, word, hits);
  if (whole || word.n < 2) return whole;
  if (word.n <= 8 && step_initials(text, 0, word, 0, hits, true)) return INITIALS;
  return name && word.n > 2 && find_loose(text, word, hits) ? LOOSE : 0;
}

static int match_word(const FuzzyField *field, int n, Sv word, FuzzyHits *hits) {
  int best = 0, where = 0;
  FuzzyHits found = {0}, one;
  for (int k = 0; k < n; k++) {
    one = (FuzzyHits){0};
    int score = match_field(sv(field[k].text), word, field[k].name, &one);
    if (score && (score -= FIELD_STEP * k) < 1) score = 1;
    if (score > best) best = score, where = k, found = one;
  }
  for (int i = 0; best && i < FUZZY_MOST; i++) hits[where].byte[i] |= found.byte[i];
  return best;
}

int fuzzy_match(Sv query, const FuzzyField *field, int n, FuzzyHits *hits) {
  int total = 1;
  for (int k = 0; k < n; k++) hits[k] = (FuzzyHits){0};
  for (size_t i = 0; i < query.n;) {
    size_t end = i;
    while (end < query.n && query.s[end] != ' ') end++;
    Sv word = {query.s + i, end - i};
    int score = word.n ? match_word(field, n, word, hits) : 1;
    if (!score) return 0;
    total += score, i = end + 1;
  }
  return total;
}
