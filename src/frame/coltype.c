// The column types, one row of operations each. Everything that depends on a type goes through this table.
#include "frame/frame_int.h"

#include "base/numfmt.h"
#include "base/pool.h"
#include "num/num.h"

#include <stdio.h>
#include <stdlib.h>

// ---- numbers ------------------------------------------------------------------------------------------------------
static bool parse_bool(Sv t, int64_t *i, double *f, bool *zoned) {
  (void)f, (void)zoned;
  static const char *const yes[] = {"true", "True", "TRUE", "T"}, *const no[] = {"false", "False", "FALSE", "F"};
  for (int k = 0; k < 4; k++) {
    if (sv_is(t, yes[k])) return *i = 1, true;
    if (sv_is(t, no[k])) return *i = 0, true;
  }
  return false;
}

// 007 is a code, not a number: reading it as 7 would lose the zeros.
static bool has_leading_zero(Sv t) {
  if (t.n && (t.s[0] == '-' || t.s[0] == '+')) t.s++, t.n--;
  return t.n > 1 && t.s[0] == '0' && t.s[1] >= '0' && t.s[1] <= '9';
}

static bool parse_int(Sv t, int64_t *i, double *f, bool *zoned) {
  (void)f, (void)zoned;
  return parse_i64(t.s, t.n, i) && !has_leading_zero(t);
}

static bool parse_infinity(Sv t, double *f) {
  bool negative = t.n && t.s[0] == '-';
  if (t.n && (t.s[0] == '-' || t.s[0] == '+')) t.s++, t.n--;
  if (!sv_is(t, "inf") && !sv_is(t, "Inf") && !sv_is(t, "Infinity")) return false;
  *f = negative ? -PARAM_INF : PARAM_INF;
  return true;
}

// An integer that neither 64 bits nor a double can hold exactly is an identifier and stays text.
static bool is_huge_integer(Sv t) {
  if (t.n < 19) return false;
  for (size_t k = t.s[0] == '-' || t.s[0] == '+'; k < t.n; k++)
    if (t.s[k] < '0' || t.s[k] > '9') return false;
  int64_t i;
  return !parse_i64(t.s, t.n, &i);
}

static bool parse_real(Sv t, int64_t *i, double *f, bool *zoned) {
  (void)i, (void)zoned;
  if (t.n && (t.s[t.n - 1] == 'f' || t.s[t.n - 1] == 'y')) return parse_infinity(t, f);
  return parse_f64(t.s, t.n, f) && !has_leading_zero(t) && !is_huge_integer(t);
}

static void format_bool(const Column *c, int64_t row, CellStyle style, Str *out) {
  (void)style;
  str_add(out, c->b[row] ? "true" : "false");
}

static void format_int(const Column *c, int64_t row, CellStyle style, Str *out) {
  char buf[32];
  fmt_i64(buf, sizeof buf, c->i[row], style == CELL_PRETTY);
  str_add(out, buf);
}

static void format_real(const Column *c, int64_t row, CellStyle style, Str *out) {
  char buf[NUMFMT_MAX];
  if (style == CELL_PRETTY) fmt_sensible(buf, sizeof buf, c->f[row], 4);
  else fmt_shortest(buf, sizeof buf, c->f[row]);
  str_add(out, buf);
}

// ---- dates and times ----------------------------------------------------------------------------------------------
static void add_date(int64_t days, Str *out) {
  int64_t y;
  int m, d;
  date_to_civil(days, &y, &m, &d);
  str_addf(out, "%04lld-%02d-%02d", (long long)y, m, d);
}

static void format_date(const Column *c, int64_t row, CellStyle style, Str *out) {
  (void)style;
  add_date(c->i[row], out);
}

static void format_time(const Column *c, int64_t row, CellStyle style, Str *out) {
  int64_t day_us = 86400000000, v = c->i[row], us = (v % day_us + day_us) % day_us;
  add_date((v - us) / day_us, out);
  int64_t s = us / 1000000, fraction = us % 1000000;
  str_addf(out, " %02d:%02d", (int)(s / 3600), (int)(s / 60 % 60));
  if (style == CELL_EXACT || s % 60 || fraction) str_addf(out, ":%02d", (int)(s % 60));
  if (fraction) str_addf(out, ".%06d", (int)fraction);
  if (c->zoned) str_addc(out, 'Z');
}

// ---- text ---------------------------------------------------------------------------------------------------------
static bool parse_any(Sv t, int64_t *i, double *f, bool *zoned) {
  (void)t, (void)i, (void)f, (void)zoned;
  return true;
}

static void format_text(const Column *c, int64_t row, CellStyle style, Str *out) {
  (void)style;
  Sv t = col_text(c, row);
  str_addn(out, t.s, t.n);
}

const ColTypeOps COLTYPES[COL_NTYPES] = {
    [COL_BOOL] = {"bool", '?', true, parse_bool, format_bool},
    [COL_I64] = {"int", '#', true, parse_int, format_int},
    [COL_F64] = {"real", '%', true, parse_real, format_real},
    [COL_DATE] = {"date", '@', false, moment_parse_date, format_date},
    [COL_TIME] = {"time", '@', false, moment_parse_time, format_time},
    [COL_CAT] = {"category", '~', false, parse_any, format_text},
    [COL_TEXT] = {"text", '~', false, parse_any, format_text},
};

bool coltype_parse_name(Sv word, ColType *type) {
  static const struct {
    const char *name;
    ColType type;
  } also[] = {{"int64", COL_I64},     {"integer", COL_I64}, {"double", COL_F64},   {"number", COL_F64},
              {"datetime", COL_TIME}, {"string", COL_TEXT}, {"boolean", COL_BOOL}, {"factor", COL_CAT}};
  for (int t = 0; t < COL_NTYPES; t++)
    if (sv_is(word, COLTYPES[t].name)) return *type = (ColType)t, true;
  for (size_t k = 0; k < sizeof also / sizeof *also; k++)
    if (sv_is(word, also[k].name)) return *type = also[k].type, true;
  return false;
}

// ---- years --------------------------------------------------------------------------------------------------------
typedef enum { SPAN_UNKNOWN, SPAN_CENTURIES, SPAN_YEARS, SPAN_OTHER } Span; // 1500 to 2100, 0 to 9999, neither

static Span find_span(const Column *c) {
  Span span = c->missing == c->n ? SPAN_OTHER : SPAN_CENTURIES;
  for (int64_t i = 0; i < c->n && span != SPAN_OTHER; i++) {
    if (!col_valid(c, i)) continue;
    if (c->i[i] < 0 || c->i[i] > 9999) span = SPAN_OTHER;
    else if (c->i[i] < 1500 || c->i[i] > 2100) span = SPAN_YEARS;
  }
  return span;
}

CellStyle col_style(const Column *c, const char *name) {
  if (c->type != COL_I64) return CELL_PRETTY;
  Column *shared = (Column *)(uintptr_t)c; // what is found once is kept
  Span span = (Span)atomic_load_explicit(&shared->span, memory_order_relaxed);
  if (span == SPAN_UNKNOWN) {
    span = find_span(c);
    atomic_store_explicit(&shared->span, (signed char)span, memory_order_relaxed);
  }
  double lo = span == SPAN_CENTURIES ? 1500 : 0, hi = span == SPAN_CENTURIES ? 2100 : 9999;
  return span != SPAN_OTHER && fmt_is_year(name, lo, hi) ? CELL_EXACT : CELL_PRETTY;
}

void col_format(const Column *c, int64_t row, CellStyle style, Str *out) {
  if (col_valid(c, row)) COLTYPES[c->type].format(c, row, style, out);
}

#define KEYS(VALUE)                                                                                                    \
  for (int64_t i = begin; i < end; i++) {                                                                              \
    int64_t k = row ? (int64_t)row[i] : i;                                                                             \
    *key++ = (VALUE);                                                                                                  \
  }                                                                                                                    \
  break

void col_keys(const Column *c, const uint32_t *row, int64_t begin, int64_t end, uint64_t *key) {
  switch (c->type) {
  case COL_F64: KEYS(order_key_f64(c->f[k]));
  case COL_BOOL: KEYS(c->b[k]);
  case COL_CAT:
  case COL_TEXT:
    switch (c->width) {
    case 1: KEYS(c->code1[k]);
    case 2: KEYS(c->code2[k]);
    default: KEYS(c->code4[k]);
    }
    break;
  default: KEYS(order_key_i64(c->i[k]));
  }
}

typedef struct KeysOf {
  const Column *c;
  bool descending;
  uint64_t *key;
} KeysOf;

static void run_keys(void *ctx, int64_t begin, int64_t end) {
  const KeysOf *k = ctx;
  col_keys(k->c, NULL, begin, end, k->key + begin);
  for (int64_t i = begin; i < end && k->descending; i++)
    if (k->c->type != COL_F64 || k->key[i] != UINT64_MAX) k->key[i] = ~k->key[i]; // NaN stays behind the numbers
}

ErrCode column_keys(Job *job, const Column *c, bool descending, uint64_t *key, Err *err) {
  enum { GRAIN = 1 << 15 };
  Column *cat = NULL;
  if (!col_width(c)) TRY(column_to_cat(job, c, -1, &cat, err));
  KeysOf k = {cat ? cat : c, descending, key};
  par_for(job, c->n, GRAIN, run_keys, &k);
  column_unref(cat);
  return OK;
}
