// Which marks a column of numbers is written with. Every style that may be meant is tried on all cells; the one in
// which the most read wins, and plain wins a tie, so that a column of plain numbers never changes its meaning; nor does
// it for less than one odd cell in a hundred. Where two styles read as many cells but some of them differently ("1,234"
// is 1234 or 1.234), nothing decides between them: the column stays as it is, and that is said. Undecided is
// "601 123 456" too where every cell has as many full groups of three, as telephone numbers and codes have.
#include "io/value_int.h"

#include "base/numfmt.h"

#include <stdio.h>

enum { SIGNS = 8, RARE = 100, STYLES = 10 };

// ---- what stands around the numbers -------------------------------------------------------------------------------
typedef struct Around {
  int64_t numbers, percent, parens, currency; // cells with each
  Sv sign;                                    // the most frequent currency
} Around;

static Around look_around(const Sv *cell, int64_t n, const char *own) {
  Around a = {0};
  Sv sign[SIGNS];
  int64_t times[SIGNS] = {0};
  int nsigns = 0;
  for (int64_t k = 0; k < n; k++) {
    NumberParts p;
    if (!number_split(cell[k], own, &p)) continue;
    a.numbers++, a.percent += p.percent, a.parens += p.parens;
    if (!p.currency.n || p.currency.n >= sizeof((ValueStyle *)0)->currency) continue;
    int j = 0;
    while (j < nsigns && !sv_eq(sign[j], p.currency)) j++;
    if (j == SIGNS) continue;
    if (j == nsigns) sign[nsigns++] = p.currency;
    if (++times[j] > a.currency) a.currency = times[j], a.sign = p.currency;
  }
  return a;
}

static ValueStyle dressed(const Around *a, const StyleOpts *forced) {
  ValueStyle s = {.decimal = '.'};
  if (a->sign.n) memcpy(s.currency, a->sign.s, a->sign.n);
  s.percent = a->percent > 0 && (forced->percent || 2 * a->percent > a->numbers);
  s.percent_bare = s.percent && forced->percent;
  s.accounting = a->parens > 0 && a->parens < a->numbers;
  return s;
}

// ---- their marks --------------------------------------------------------------------------------------------------
static void set_group(ValueStyle *s, const char *group) { snprintf(s->group, sizeof s->group, "%s", group); }

typedef struct Search {
  const Sv *cell;
  int64_t n;
  const StyleOpts *forced;
  bool comma_free;
  ValueStyle style[STYLES]; // those that may be meant, the simple first
  int64_t fits[STYLES];
  int nstyles, best;
} Search;

// A group that the user gave: any blank and any apostrophe stand for all of them.
static const char *known_group(const char *group) {
  size_t n = strlen(group);
  if (n && number_group(" ", group, n) == n) return " ";
  return n && number_group("'", group, n) == n ? "'" : group;
}

static void add_styles(Search *s, const ValueStyle *dress, const char *group) {
  const StyleOpts *o = s->forced;
  bool comma = s->comma_free || (o->group && strcmp(o->group, ".") == 0);
  for (const char *decimal = ".,"; *decimal; decimal++) {
    if (o->decimal ? *decimal != o->decimal : *decimal == ',' && !comma) continue;
    if (*decimal == *group || (o->group && *decimal == *o->group)) continue;
    ValueStyle *made = &s->style[s->nstyles++];
    *made = *dress;
    made->decimal = *decimal;
    set_group(made, group);
  }
}

static void find_marks(Search *s, const ValueStyle *dress) {
  static const char *const groups[] = {",", ".", " ", "'"};
  add_styles(s, dress, "");
  for (int k = 0; k < 4 && !s->forced->group; k++) add_styles(s, dress, groups[k]);
  if (s->forced->group && *s->forced->group) add_styles(s, dress, known_group(s->forced->group));
  for (int k = 0; k < s->nstyles; k++) {
    s->fits[k] = s->n - style_misfits(&s->style[k], COL_F64, s->cell, s->n);
    if (s->fits[k] > s->fits[s->best]) s->best = k;
  }
}

static bool reads(const ValueStyle *s, Sv cell, double *x) {
  int64_t i;
  bool zoned;
  return value_parse(s, COL_F64, cell, &i, x, &zoned);
}

// The first cell that both read, but as different numbers; -1 when there is none.
static int64_t first_difference(const Search *s, const ValueStyle *a, const ValueStyle *b) {
  double x, y;
  for (int64_t k = 0; k < s->n; k++)
    if (reads(a, s->cell[k], &x) && reads(b, s->cell[k], &y) && x != y) return k;
  return -1;
}

// Whether another style reads as many cells, and some of them differently: says so.
static bool is_undecided(const Search *s, Str *said) {
  const ValueStyle *best = &s->style[s->best];
  if (best->percent && !*best->group) return false; // thousands of percents are rare
  for (int k = 0; k < s->nstyles; k++) {
    // With one decimal mark two styles differ in their groups alone, and what both read has none.
    if (s->fits[k] < s->fits[s->best] || s->style[k].decimal == best->decimal) continue;
    int64_t at = first_difference(s, best, &s->style[k]);
    if (at < 0) continue;
    char mark = best->decimal == s->style[k].group[0] ? best->decimal : s->style[k].decimal;
    str_addf(said, "no cell decides whether '%c' marks decimals or thousands: ", mark);
    style_quote(s->cell[at], said);
    str_addf(said, "; decimal=\"%c\" or thousands=\"%c\" says it", mark, mark);
    return true;
  }
  return false;
}

// How many groups of exactly three digits a number consists of; 0 when of anything else.
static int full_groups(Sv t, const char *group) {
  int groups = 0;
  for (size_t size = 0;; groups++) {
    t.s += size, t.n -= size;
    for (int k = 0; k < 3; k++, t.s++, t.n--)
      if (!t.n || *t.s < '0' || *t.s > '9') return 0;
    if (!t.n) return groups + 1;
    if (!(size = number_group(group, t.s, t.n))) return 0;
  }
}

// Whether all numbers have the same number of full groups, as codes and telephone numbers have: says so.
static bool may_be_codes(const Search *s, Str *said) {
  const ValueStyle *best = &s->style[s->best];
  bool usual = *best->group == '\'' || (*best->group == ',' && s->comma_free);
  if (!*best->group || usual || s->forced->group || *best->currency || best->percent) return false;
  int groups = 0;
  int64_t first = -1;
  for (int64_t k = 0; k < s->n; k++) {
    NumberParts p;
    double x;
    if (!reads(best, s->cell[k], &x) || !number_split(s->cell[k], "", &p)) continue;
    int here = full_groups(p.core, best->group);
    if (here < 2 || (groups && here != groups)) return false;
    groups = here;
    if (first < 0) first = k;
  }
  if (first < 0) return false;
  style_quote(s->cell[first], said);
  str_addf(said, " may be a code, as every cell has %d groups of three digits; thousands=\"%s\" makes them numbers",
           groups, best->group);
  return true;
}

// ---- what is said -------------------------------------------------------------------------------------------------
// The first cell that the best style reads, `without` does not and, if there is one, `rival` does not either.
static int64_t deciding(const Search *s, const ValueStyle *without, const ValueStyle *rival) {
  int64_t found = -1;
  double x;
  for (int64_t k = 0; k < s->n; k++) {
    if (!reads(&s->style[s->best], s->cell[k], &x) || reads(without, s->cell[k], &x)) continue;
    if (!reads(rival, s->cell[k], &x)) return k;
    if (found < 0) found = k;
  }
  return found;
}

static ValueStyle with_marks(ValueStyle s, char decimal, const char *group) {
  s.decimal = decimal;
  set_group(&s, group);
  return s;
}

static void say(const Search *s, int64_t at, const char *what, Str *said) {
  if (at < 0) return;
  str_addf(said, "%s%s: ", said->n ? "; " : "", what);
  style_quote(s->cell[at], said);
}

static void say_marks(const Search *s, Str *said) {
  const ValueStyle *best = &s->style[s->best];
  if (best->decimal == ',') {
    ValueStyle without = with_marks(*best, '\n', best->group); // no decimals
    ValueStyle rival = with_marks(*best, '.', ",");
    say(s, deciding(s, &without, &rival), "decimal comma", said);
  }
  if (*best->group) {
    ValueStyle without = with_marks(*best, best->decimal, "");
    ValueStyle rival = with_marks(*best, *best->group == ',' ? ',' : '.', "");
    char what[64];
    const char *name = *best->group == ' ' ? "a blank" : *best->group == '\'' ? "an apostrophe" : NULL;
    snprintf(what, sizeof what, name ? "thousands marked by %s" : "thousands marked by '%s'",
             name ? name : best->group);
    say(s, deciding(s, &without, &rival), what, said);
  }
}

static void say_dress(const Search *s, Str *said) {
  const ValueStyle *best = &s->style[s->best];
  int64_t currency = -1, percent = -1, parens = -1;
  double x, first = 0;
  for (int64_t k = s->n - 1; k >= 0; k--) {
    NumberParts p;
    if (!reads(best, s->cell[k], &x) || !number_split(s->cell[k], best->currency, &p)) continue;
    if (p.currency.n) currency = k;
    if (p.percent) percent = k, first = x;
    if (p.parens) parens = k;
  }
  char what[64], number[NUMFMT_MAX];
  snprintf(what, sizeof what, "currency '%s' taken off", best->currency);
  say(s, currency, what, said);
  say(s, percent, "percent", said);
  fmt_shortest(number, sizeof number, first);
  if (percent >= 0) str_addf(said, " is %s", number);
  say(s, parens, "parentheses for minus", said);
}

bool style_number(const Sv *cell, int64_t n, bool comma_free, const StyleOpts *forced, ValueStyle *out, Str *said) {
  Search s = {.cell = cell, .n = n, .comma_free = comma_free, .forced = forced};
  bool fixed = forced->decimal == ',' || (forced->group && *forced->group == '.');
  int64_t plain = n - style_misfits(out, COL_F64, cell, n);
  if (plain == n && !fixed) return false;
  Around around = look_around(cell, n, forced->currency ? forced->currency : "");
  if (around.numbers <= plain && !fixed) return false;
  ValueStyle dress = dressed(&around, forced);
  find_marks(&s, &dress);
  const ValueStyle *best = &s.style[s.best];
  if (!fixed && s.fits[s.best] <= plain) return false;
  if (is_undecided(&s, said) || may_be_codes(&s, said)) return fixed;
  bool rare = (n - plain) * RARE < n; // a few odd cells do not change what the others mean
  if (!fixed && rare && first_difference(&s, out, best) >= 0) return false;
  *out = *best;
  say_marks(&s, said);
  say_dress(&s, said);
  return fixed;
}
