// Text: Sv is a borrowed view, Str a growing buffer. Both may hold NUL bytes; a Str always ends in one more.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Sv {
  const char *s;
  size_t n;
} Sv;

static inline Sv sv(const char *s) { return (Sv){s, strlen(s)}; }
static inline bool sv_eq(Sv a, Sv b) { return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0); }
static inline bool sv_is(Sv a, const char *b) { return sv_eq(a, sv(b)); }
int sv_cmp(Sv a, Sv b); // bytewise, the shorter first
Sv sv_trim(Sv a);       // without leading and trailing ASCII white space
#define SV_FMT "%.*s"
#define SV_ARG(v) (int)(v).n, (v).s

typedef struct Str {
  char *s; // NULL while empty; use str_c
  size_t n, cap;
} Str;

void str_fini(Str *b);
void str_clear(Str *b);
void str_reserve(Str *b, size_t more); // room for so many bytes more, with no need to grow
void str_add(Str *b, const char *s);
void str_addn(Str *b, const char *s, size_t n);
void str_addc(Str *b, char c);
void str_addf(Str *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void str_pad(Str *b, char c, int n); // n <= 0 adds nothing
const char *str_c(const Str *b);     // NUL-terminated, borrowed
char *str_take(Str *b);              // ownership moves to the caller (free)
