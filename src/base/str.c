#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int sv_cmp(Sv a, Sv b) {
  size_t n = a.n < b.n ? a.n : b.n;
  int c = n ? memcmp(a.s, b.s, n) : 0;
  return c ? c : (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Sv sv_trim(Sv a) {
  while (a.n && is_space(a.s[0])) a.s++, a.n--;
  while (a.n && is_space(a.s[a.n - 1])) a.n--;
  return a;
}

void str_fini(Str *b) {
  free(b->s);
  *b = (Str){0};
}

void str_clear(Str *b) {
  b->n = 0;
  if (b->s) b->s[0] = 0;
}

static void resize(Str *b, size_t cap) {
  char *s = realloc(b->s, cap);
  if (!s) abort();
  b->s = s, b->cap = cap;
}

static void reserve(Str *b, size_t more) {
  size_t want = b->n + more + 1;
  if (want <= b->cap) return;
  size_t cap = b->cap ? b->cap * 2 : 64;
  while (cap < want) cap *= 2;
  resize(b, cap);
}

void str_reserve(Str *b, size_t more) {
  if (b->n + more + 1 > b->cap) resize(b, b->n + more + 1);
}

void str_addn(Str *b, const char *s, size_t n) {
  reserve(b, n);
  if (n) memcpy(b->s + b->n, s, n);
  b->n += n;
  b->s[b->n] = 0;
}

void str_add(Str *b, const char *s) { str_addn(b, s, strlen(s)); }
void str_addc(Str *b, char c) { str_addn(b, &c, 1); }

void str_pad(Str *b, char c, int n) {
  if (n <= 0) return;
  reserve(b, (size_t)n);
  memset(b->s + b->n, c, (size_t)n);
  b->n += (size_t)n;
  b->s[b->n] = 0;
}

void str_addf(Str *b, const char *fmt, ...) {
  va_list args, again;
  va_start(args, fmt);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, fmt, args);
  va_end(args);
  if (n > 0) {
    reserve(b, (size_t)n);
    vsnprintf(b->s + b->n, (size_t)n + 1, fmt, again);
    b->n += (size_t)n;
  }
  va_end(again);
}

const char *str_c(const Str *b) { return b->s ? b->s : ""; }

char *str_take(Str *b) {
  reserve(b, 0);
  b->s[b->n] = 0;
  char *s = b->s;
  *b = (Str){0};
  return s;
}
