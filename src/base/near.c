#include "base/near.h"

enum { LONGEST = 63 };

static char fold(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static int least(int a, int b) { return a < b ? a : b; }

// Optimal string alignment distance: insert, delete, replace, swap of neighbours.
static int distance(Sv a, Sv b) {
  int row[3][LONGEST + 2], *before = row[0], *prev = row[1], *now = row[2];
  for (int j = 0; j <= (int)b.n; j++) prev[j] = j;
  for (int i = 1; i <= (int)a.n; i++) {
    now[0] = i;
    for (int j = 1; j <= (int)b.n; j++) {
      char x = fold(a.s[i - 1]), y = fold(b.s[j - 1]);
      now[j] = least(least(prev[j] + 1, now[j - 1] + 1), prev[j - 1] + (x != y));
      if (i > 1 && j > 1 && x == fold(b.s[j - 2]) && fold(a.s[i - 2]) == y) now[j] = least(now[j], before[j - 2] + 1);
    }
    int *t = before;
    before = prev, prev = now, now = t;
  }
  return prev[b.n];
}

static bool is_prefix(Sv a, Sv b) {
  for (size_t i = 0; i < a.n; i++)
    if (i >= b.n || fold(a.s[i]) != fold(b.s[i])) return false;
  return true;
}

int64_t near_find(Sv given, const Sv *names, int64_t n) {
  int64_t best = -1;
  int best_d = (int)given.n / 3 + 1;
  if (given.n > LONGEST) return -1;
  for (int64_t i = 0; i < n; i++) {
    if (names[i].n > LONGEST) continue;
    int d = distance(given, names[i]);
    if (d && given.n >= 3 && is_prefix(given, names[i])) d = 1;
    if (d < best_d || (best < 0 && d == best_d && d < (int)given.n)) best = i, best_d = d;
  }
  return best;
}

static void list_names(Str *list, const Sv *names, int64_t n) {
  size_t start = list->n;
  int64_t k = 0;
  for (; k < n && list->n - start < 200; k++) str_addf(list, "%s" SV_FMT, k ? ", " : "", SV_ARG(names[k]));
  if (k < n) str_add(list, " ...");
}

static void copy_cut(char *buf, size_t size, const Str *text) {
  size_t n = text->n < size ? text->n : size - 1;
  while (n > 0 && n < text->n && ((unsigned char)text->s[n] & 0xC0) == 0x80) n--;
  memcpy(buf, str_c(text), n);
  buf[n] = 0;
}

void near_hint(char *buf, size_t size, Sv given, const Sv *names, int64_t n) {
  Str text = {0};
  int64_t i = near_find(given, names, n);
  if (i >= 0) {
    str_addf(&text, ": did you mean '" SV_FMT "'?", SV_ARG(names[i]));
  } else if (n > 0) {
    str_addf(&text, ": there %s ", n == 1 ? "is" : "are");
    list_names(&text, names, n);
  }
  copy_cut(buf, size, &text);
  str_fini(&text);
}
