// Units of measure and how people write them. The tables hold the international definitions (inch 2.54 cm, pound
// 0.45359237 kg, both of 1959; degrees Fahrenheit from 32).
#include "prep/units_int.h"

#include "base/numfmt.h"

#include <stdbool.h>
#include <string.h>

typedef struct Unit {
  const char *name, *words; // words: also written as, each between bars
  char kind;
  double factor, offset; // base = factor v + offset
} Unit;

static const Unit UNITS[] = {
    {"mm", "|millimeter|millimeters|millimetre|millimetres|", 'l', 0.001, 0},
    {"cm", "|centimeter|centimeters|centimetre|centimetres|cms|", 'l', 0.01, 0},
    {"m", "|meter|meters|metre|metres|", 'l', 1, 0},
    {"km", "|kilometer|kilometers|kilometre|kilometres|", 'l', 1000, 0},
    {"in", "|inch|inches|\"|''|″|”|", 'l', 0.0254, 0},
    {"ft", "|foot|feet|'|′|’|", 'l', 0.3048, 0},
    {"yd", "|yard|yards|yds|", 'l', 0.9144, 0},
    {"mi", "|mile|miles|", 'l', 1609.344, 0},
    {"mg", "|milligram|milligrams|", 'w', 1e-6, 0},
    {"g", "|gram|grams|gramme|grammes|", 'w', 1e-3, 0},
    {"kg", "|kilo|kilos|kilogram|kilograms|kgs|", 'w', 1, 0},
    {"t", "|tonne|tonnes|", 'w', 1000, 0},
    {"oz", "|ounce|ounces|", 'w', 0.028349523125, 0},
    {"lb", "|lbs|pound|pounds|", 'w', 0.45359237, 0},
    {"st", "|stone|stones|", 'w', 6.35029318, 0},
    {"ms", "|millisecond|milliseconds|msec|", 't', 0.001, 0},
    {"s", "|sec|secs|second|seconds|", 't', 1, 0},
    {"min", "|mins|minute|minutes|", 't', 60, 0},
    {"h", "|hr|hrs|hour|hours|", 't', 3600, 0},
    {"d", "|day|days|", 't', 86400, 0},
    {"week", "|weeks|wk|wks|", 't', 604800, 0},
    {"ml", "|milliliter|milliliters|millilitre|millilitres|", 'v', 0.001, 0},
    {"l", "|liter|liters|litre|litres|", 'v', 1, 0},
    {"m2", "|sqm|m²|", 'a', 1, 0},
    {"ft2", "|sqft|ft²|", 'a', 0.09290304, 0},
    {"c", "|°c|celsius|", 'k', 1, 273.15},
    {"f", "|°f|fahrenheit|", 'k', 5.0 / 9, 459.67 * 5 / 9},
    {"k", "|kelvin|", 'k', 1, 0},
};
enum { NUNIT = sizeof UNITS / sizeof *UNITS, WORD_MOST = 20 };

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

int unit_find(Sv name) {
  char word[WORD_MOST + 3] = "|";
  if (name.n == 0 || name.n > WORD_MOST) return UNIT_NONE;
  for (size_t i = 0; i < name.n; i++) {
    word[i + 1] = small(name.s[i]);
    if (word[i + 1] == '|' || !word[i + 1]) return UNIT_NONE;
  }
  word[name.n + 1] = '|';
  for (int u = 0; u < NUNIT; u++)
    if (sv_eq((Sv){word + 1, name.n}, sv(UNITS[u].name)) || strstr(UNITS[u].words, word)) return u;
  return UNIT_NONE;
}

const char *unit_name(int unit) { return UNITS[unit].name; }
bool unit_alike(int a, int b) { return UNITS[a].kind == UNITS[b].kind; }

double unit_convert(double v, int from, int to) {
  if (from == to) return v;
  const Unit *a = &UNITS[from], *b = &UNITS[to];
  bool shifted = a->offset != 0 || b->offset != 0;
  return shifted ? (v * a->factor + a->offset - b->offset) / b->factor : v * (a->factor / b->factor);
}

const char *unit_list(void) {
  return "mm cm m km in ft yd mi, mg g kg t oz lb st, ms s min h d week, ml l, m2 ft2, c f k";
}

double unit_most(int unit, int *smaller) {
  static const struct {
    const char *unit, *smaller;
    double most;
  } pairs[] = {{"ft", "in", 12}, {"yd", "ft", 3},   {"m", "cm", 100}, {"km", "m", 1000}, {"lb", "oz", 16},
               {"st", "lb", 14}, {"kg", "g", 1000}, {"h", "min", 60}, {"min", "s", 60},  {"d", "h", 24}};
  for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
    if (strcmp(UNITS[unit].name, pairs[k].unit) == 0) return *smaller = unit_find(sv(pairs[k].smaller)), pairs[k].most;
  *smaller = UNIT_NONE;
  return 0;
}

// ---- reading -------------------------------------------------------------------------------------------------------
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static size_t count_while(Sv t, bool (*is)(char)) {
  size_t n = 0;
  while (n < t.n && is(t.s[n])) n++;
  return n;
}

static void skip(Sv *t, size_t n) { t->s += n, t->n -= n; }

// Digits, one mark at most, digits.
static bool take_digits(Sv *t, double *v) {
  char text[64];
  size_t sign = t->n > 0 && t->s[0] == '-', n = sign + count_while((Sv){t->s + sign, t->n - sign}, is_digit);
  if (n == sign) return false;
  if (n + 1 < t->n && (t->s[n] == '.' || t->s[n] == ',') && is_digit(t->s[n + 1]))
    n += 1 + count_while((Sv){t->s + n + 1, t->n - n - 1}, is_digit);
  if (n >= sizeof text) return false;
  for (size_t i = 0; i < n; i++) text[i] = t->s[i] == ',' ? '.' : t->s[i];
  if (!parse_f64(text, n, v)) return false;
  skip(t, n);
  return true;
}

static bool take_word(Sv *t, double *v) {
  static const char *const words[] = {"zero",  "one",   "two",  "three", "four",   "five",  "six",
                                      "seven", "eight", "nine", "ten",   "eleven", "twelve"};
  size_t n = count_while(*t, is_letter);
  for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
    bool same = strlen(words[k]) == n;
    for (size_t i = 0; i < n && same; i++) same = small(t->s[i]) == words[k][i];
    if (!same) continue;
    *v = (double)k;
    skip(t, n);
    return true;
  }
  return false;
}

bool quantity_number(Sv text, double *v) {
  Sv t = sv_trim(text);
  return take_digits(&t, v) && t.n == 0;
}

static bool ends_unit(char c) { return is_blank(c) || is_digit(c) || c == ',' || c == '.'; }

// The unit at the front: letters, or marks such as ' and ''.
static int take_unit(Sv *t) {
  size_t n = count_while(*t, is_letter);
  if (n) {
    int u = unit_find((Sv){t->s, n});
    bool square = n < t->n && t->s[n] == '2' && (n + 1 == t->n || ends_unit(t->s[n + 1]));
    if (square && unit_find((Sv){t->s, n + 1}) >= 0) u = unit_find((Sv){t->s, ++n});
    if (u >= 0) skip(t, n);
    if (u >= 0 && t->n && t->s[0] == '.' && (t->n == 1 || !is_digit(t->s[1]))) skip(t, 1); // "5 ft. 10 in."
    return u;
  }
  for (n = t->n < 4 ? t->n : 4; n > 0; n--) {
    int u = is_blank(t->s[n - 1]) ? UNIT_NONE : unit_find((Sv){t->s, n});
    if (u >= 0) return skip(t, n), u;
  }
  return UNIT_NONE;
}

static void skip_between(Sv *t) {
  skip(t, count_while(*t, is_blank));
  if (t->n && t->s[0] == ',') skip(t, 1);
  skip(t, count_while(*t, is_blank));
  bool and = t->n > 3 && small(t->s[0]) == 'a' && small(t->s[1]) == 'n' && small(t->s[2]) == 'd' && !is_letter(t->s[3]);
  if (and) skip(t, 3);
  skip(t, count_while(*t, is_blank));
}

Quantity quantity_parse(Sv text) {
  Quantity q = {0}, none = {0};
  Sv t = sv_trim(text);
  while (t.n) {
    if (q.n == UNIT_PARTS || !(take_digits(&t, &q.v[q.n]) || take_word(&t, &q.v[q.n]))) return none;
    skip(&t, count_while(t, is_blank));
    q.unit[q.n] = take_unit(&t);
    if (q.unit[q.n] < 0 && t.n) return none; // a number alone can only come last
    q.n++;
    skip_between(&t);
  }
  return q;
}

bool quantity_value(const Quantity *q, int to, double *v) {
  if (q->n == 0 || q->unit[0] < 0 || !unit_alike(q->unit[0], to)) return false;
  *v = unit_convert(q->v[0], q->unit[0], to);
  for (int k = 1, unit = q->unit[0], smaller; k < q->n; k++, unit = smaller) {
    double most = unit_most(unit, &smaller);
    bool fits = smaller >= 0 && (q->unit[k] < 0 || q->unit[k] == smaller) && q->v[k] >= 0 && q->v[k] <= most;
    if (!fits) return false;
    *v += unit_convert(q->v[k], smaller, to);
  }
  return true;
}
