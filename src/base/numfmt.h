// Numbers as text, independent of the locale.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NUMFMT_MAX = 400 }; // enough for every function here

// Shortest decimal text that reads back as the same double; "nan", "inf", "-inf"; integers without a point.
int fmt_shortest(char *buf, size_t size, double v);
// `sig` significant digits but integer parts in full, no exponent from 1e-4 up to 1e9, trailing zeros cut,
// thousands marked by commas: 0.1667, 29.88, 1,309.
int fmt_sensible(char *buf, size_t size, double v, int sig);
// The decimals fmt_sensible would print for v, before trailing zeros are cut; -1 when it takes an exponent.
int fmt_decimals(double v, int sig);
int fmt_i64(char *buf, size_t size, int64_t v, bool commas);
// Whether whole numbers from lo to hi are years, which have no comma: 1500 to 2100, or 0 to 9999 of what is called a
// year ("year", "birth_year", "YrSold"). Counts (n, count, rows) never are. The one place that decides it.
bool fmt_is_year(const char *name, double lo, double hi);
void fmt_drop_commas(char *text, int lo, int hi); // of the numbers d,ddd in it from lo to hi: 2,007 becomes 2007
// 512 B, 3.1 GB: powers of 1024, two digits at least.
int fmt_bytes(char *buf, size_t size, int64_t bytes);
// The whole of s[0..n) as a decimal number in C syntax (no hex, no inf, no nan, no surrounding space); equals strtod.
bool parse_f64(const char *s, size_t n, double *v);
bool parse_i64(const char *s, size_t n, int64_t *v); // false on overflow
// The same, a tenth to a third faster for short numbers, where the 8 bytes behind s[0..n) may be read too.
bool parse_f64_padded(const char *s, size_t n, double *v);
bool parse_i64_padded(const char *s, size_t n, int64_t *v);
