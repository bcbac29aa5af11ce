// Numbers that are dressed up: "$1,234.50", "1.234,56 EUR", "(12)", "12,5 %". What surrounds the digits is taken off,
// the rest is written anew in plain form and read by the type of the column, so that the rules for plain numbers (no
// leading zeros, no integers that nothing holds exactly, rounding as strtod) hold here too. A percentage is written
// with the exponent -2: 12.3 % is the double nearest to 0.123, which 12.3 / 100 is not.
#include "io/value_int.h"

enum { LONGEST = 100 }; // characters of a number in plain form

// The ISO codes and signs of the most traded currencies.
static const char *const CURRENCIES[] = {
    "US$", "A$",  "C$",  "R$",  "$",   "€",   "£",   "¥",   "₹",   "₽", "₩",   "₺",   "₫",   "₪",   "₴",
    "₦",   "฿",   "kr",  "zł",  "Kč",  "Ft",  "EUR", "USD", "GBP", "JPY", "CHF", "CNY", "INR", "AUD", "CAD",
    "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RUB", "TRY", "BRL", "MXN", "ZAR", "KRW", "SGD", "HKD"};

// ---- pieces -------------------------------------------------------------------------------------------------------
static bool begins(const char *s, size_t n, const char *with) {
  size_t m = strlen(with);
  return m <= n && memcmp(s, with, m) == 0;
}

static bool ends(Sv t, const char *with) {
  size_t m = strlen(with);
  return m <= t.n && memcmp(t.s + t.n - m, with, m) == 0;
}

static size_t blank_size(const char *s, size_t n) {
  if (n && *s == ' ') return 1;
  if (begins(s, n, "\u00A0")) return 2;
  return begins(s, n, "\u202F") || begins(s, n, "\u2009") ? 3 : 0;
}

static size_t apostrophe_size(const char *s, size_t n) {
  if (n && *s == '\'') return 1;
  return begins(s, n, "\u2019") ? 3 : 0;
}

size_t number_group(const char *group, const char *s, size_t n) {
  if (!*group) return 0;
  if (*group == ' ') return blank_size(s, n);
  if (*group == '\'') return apostrophe_size(s, n);
  return begins(s, n, group) ? strlen(group) : 0;
}

static size_t last_blank(Sv t) {
  for (size_t size = 1; size <= 3 && size <= t.n; size++)
    if (blank_size(t.s + t.n - size, size) == size) return size;
  return 0;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether a currency may begin or end with c: most words do not.
static bool is_of_currency(char c) {
  return (unsigned char)c >= 0x80 || (c >= 'A' && c <= 'Z') || c == '$' || c == 'k' || c == 'z' || c == 'r' || c == 't';
}

// The bytes of a currency at the begin or the end of t; 0 when there is none.
static size_t find_currency(Sv t, const char *own, bool at_end) {
  if (*own && (at_end ? ends(t, own) : begins(t.s, t.n, own))) return strlen(own);
  if (!is_of_currency(at_end ? t.s[t.n - 1] : *t.s)) return 0;
  for (size_t k = 0; k < sizeof CURRENCIES / sizeof *CURRENCIES; k++)
    if (at_end ? ends(t, CURRENCIES[k]) : begins(t.s, t.n, CURRENCIES[k])) return strlen(CURRENCIES[k]);
  return 0;
}

static void cut_front(Sv *t, size_t n) { t->s += n, t->n -= n; }

typedef struct Outside { // what was taken off so far
  bool sign, open, close;
} Outside;

static bool cut_first(Sv *t, const char *own, NumberParts *p, Outside *o) {
  size_t size = blank_size(t->s, t->n);
  if (size) return cut_front(t, size), true;
  if (!o->sign && (*t->s == '-' || *t->s == '+')) {
    o->sign = true;
    p->negative = *t->s == '-';
    return cut_front(t, 1), true;
  }
  if (!o->open && *t->s == '(') return o->open = true, cut_front(t, 1), true;
  size = p->currency.n ? 0 : find_currency(*t, own, false);
  if (size) p->currency = (Sv){t->s, size}, cut_front(t, size);
  return size > 0;
}

static bool cut_last(Sv *t, const char *own, NumberParts *p, Outside *o) {
  size_t size = last_blank(*t);
  if (size) return t->n -= size, true;
  char c = t->s[t->n - 1];
  if (!o->close && c == ')') return o->close = true, t->n--, true;
  if (!p->percent && c == '%') return p->percent = true, t->n--, true;
  size = p->currency.n ? 0 : find_currency(*t, own, true);
  if (size) p->currency = (Sv){t->s + t->n - size, size}, t->n -= size;
  return size > 0;
}

bool number_split(Sv t, const char *currency, NumberParts *p) {
  Outside o = {0};
  *p = (NumberParts){0};
  while (t.n && !is_digit(*t.s) && cut_first(&t, currency, p, &o)) {
  }
  while (t.n && !is_digit(t.s[t.n - 1]) && cut_last(&t, currency, p, &o)) {
  }
  p->parens = o.open;
  p->core = t;
  if (o.open != o.close || (o.open && o.sign) || (p->percent && p->currency.n)) return false;
  return t.n && (is_digit(*t.s) || *t.s == '.' || *t.s == ',');
}

// ---- plain form ---------------------------------------------------------------------------------------------------
typedef struct Plain {
  char s[LONGEST];
  size_t n;
} Plain;

static bool put(Plain *out, char c) {
  if (out->n == LONGEST) return false;
  out->s[out->n++] = c;
  return true;
}

static bool put_digits(Plain *out, const char **s, const char *end) {
  while (*s < end && is_digit(**s))
    if (!put(out, *(*s)++)) return false;
  return true;
}

// Digits up to the decimal mark, without the marks between groups: one to three digits, then three each.
static bool put_groups(Plain *out, const char **s, const char *end, const char *group) {
  size_t size, begin = out->n;
  if (!put_digits(out, s, end)) return false;
  if (!number_group(group, *s, (size_t)(end - *s))) return true;
  if (out->n == begin || out->n - begin > 3) return false;
  while ((size = number_group(group, *s, (size_t)(end - *s)))) {
    *s += size;
    begin = out->n;
    if (!put_digits(out, s, end) || out->n - begin != 3) return false;
  }
  return true;
}

static bool put_core(Plain *out, Sv core, const ValueStyle *st, bool percent) {
  const char *s = core.s, *end = core.s + core.n;
  if (!put_groups(out, &s, end, st->group)) return false;
  if (s < end && *s == (st->decimal ? st->decimal : '.')) {
    s++;
    if (!put(out, '.') || !put_digits(out, &s, end)) return false;
  }
  if (percent) return s == end && put(out, 'e') && put(out, '-') && put(out, '2');
  if (s < end && *s != 'e' && *s != 'E') return false;
  while (s < end)
    if (!put(out, *s++)) return false; // an exponent, or what no number may hold
  return true;
}

static bool is_zero(Sv core) {
  for (size_t k = 0; k < core.n; k++)
    if (core.s[k] != '0' && core.s[k] != '.' && core.s[k] != ',') return false;
  return true;
}

// The usual cell of a column with decimal commas, nothing but the comma to change; false for others.
static bool parse_bare(const ValueStyle *s, ColType type, Sv cell, int64_t *i, double *f) {
  char out[LONGEST];
  if (*s->group || s->percent || cell.n > LONGEST) return false;
  for (size_t k = 0; k < cell.n; k++) {
    char c = cell.s[k];
    if (c == '.' && s->decimal == ',') return false;
    out[k] = c == s->decimal ? '.' : c;
  }
  bool zoned;
  return COLTYPES[type].parse((Sv){out, cell.n}, i, f, &zoned);
}

bool number_parse(const ValueStyle *s, ColType type, Sv cell, int64_t *i, double *f) {
  bool zoned;
  NumberParts p;
  if (parse_bare(s, type, cell, i, f)) return true;
  if (cell.n && (cell.s[cell.n - 1] == 'f' || cell.s[cell.n - 1] == 'y')) // Inf, Infinity
    return COLTYPES[type].parse(cell, i, f, &zoned);
  if (!number_split(cell, s->currency, &p) || (p.currency.n && !sv_is(p.currency, s->currency))) return false;
  if ((p.percent && !s->percent) || (p.parens && !s->accounting)) return false;
  if (s->percent && !p.percent && !s->percent_bare && !is_zero(p.core)) return false;
  Plain out = {.n = 0};
  if (p.negative || p.parens) put(&out, '-');
  return put_core(&out, p.core, s, s->percent) && COLTYPES[type].parse((Sv){out.s, out.n}, i, f, &zoned);
}
