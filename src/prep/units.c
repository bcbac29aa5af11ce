// Numbers that people wrote in their own units, in one unit: "5'11\"", "180cm", "5 ft 10", "five foot nine" and "180"
// become inches. A value is tried, in this order, against
//   rules    "PATTERN => ft in": the groups of a regular expression, each in a unit or times a number, and an offset
//            behind + or -
//   units    that are written with the number (units_text.c)
//   plain    units that a number alone may be in; the first in whose range, or between low and high, it lies
// and takes the first result between low and high. What none of them reads is missing, and the card counts it. A column
// that hardly reads at all is no column of quantities and stays. Learned: the unit, where none is given that in which
// most training values are written; whether the column turns; and what each rule did.
#include "prep/repair_int.h"
#include "prep/units_int.h"

#include "base/numfmt.h"
#include "base/regex.h"

#include <math.h>
#include <string.h>

enum { SPAN = 2 * (REGEX_GROUPS + 1), UNITS_MOST = 40, EXAMPLES = 3, TICK = 4096 };

typedef struct UnitsOpts {
  Names columns, plain, rules;
  const char *to;
  double low, high, share;
} UnitsOpts;

typedef struct Measured {
  Hits hits;
  bool turns;       // into a column of numbers
  const char *unit; // NULL = numbers alone
} Measured;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(UnitsOpts, columns), .dflt = "",
     .doc = "columns of quantities; none given: those category and text columns that read as such"},
    {"to", PARAM_TEXT, offsetof(UnitsOpts, to), .dflt = "",
     .doc =
         "unit of the result, such as \"cm\", \"kg\" or \"min\"; not given: the one that most values are written in"},
    {"low", PARAM_REAL, offsetof(UnitsOpts, low), -PARAM_INF, PARAM_INF, "-inf",
     .doc = "least value that can be true, in the unit of the result"},
    {"high", PARAM_REAL, offsetof(UnitsOpts, high), -PARAM_INF, PARAM_INF, "inf", .doc = "greatest such value"},
    {"plain", PARAM_NAMES, offsetof(UnitsOpts, plain), .dflt = "",
     .doc = "units that a number alone may be in, likely ones first: \"cm\", or with the numbers that it has, "
            "\"120..220 cm\"; not given: that of the result"},
    {"rules", PARAM_NAMES, offsetof(UnitsOpts, rules), .dflt = "",
     .doc = "\"PATTERN => ft in\" says what the groups of a regular expression are, "
            "\"PATTERN => 0.5556 - 17.78\" a factor and an offset"},
    {"share", PARAM_REAL, offsetof(UnitsOpts, share), 0, 1, "0.5",
     .doc = "least share of the values that must read; a column with less stays as it is, or if named is an error"},
    PARAM_END};

// ---- rules ---------------------------------------------------------------------------------------------------------
typedef struct Rule {
  const char *text;
  const Regex *pattern;
  RegexRun *run;
  int n, groups;
  int unit[UNIT_PARTS];
  double factor[UNIT_PARTS], offset;
} Rule;

typedef struct Plain {
  int unit;
  double low, high; // of the number as it stands
} Plain;

typedef struct Ruler {
  const UnitsOpts *o;
  int to;
  Rule *rule;
  int64_t nrule;
  Plain *plain;
  int64_t nplain;
  Arena arena;
} Ruler;

static Sv next_word(const char **p) {
  *p += strspn(*p, " \t");
  Sv w = {*p, strcspn(*p, " \t")};
  *p += w.n;
  return w;
}

static ErrCode bad_rule(const char *text, const char *why, Err *err) {
  return err_set(err, ERR_ARG,
                 "prep.units: rule '%s': %s; a rule is \"PATTERN => ft in\" or \"PATTERN => 2.54 + 0\", units are %s",
                 text, why, unit_list());
}

static ErrCode parse_result(const Ruler *k, const char *p, Rule *r, Err *err) {
  for (Sv w = next_word(&p); w.n; w = next_word(&p)) {
    if (r->n && (sv_is(w, "+") || sv_is(w, "-"))) {
      double sign = w.s[0] == '-' ? -1 : 1;
      Sv number = next_word(&p);
      if (!parse_f64(number.s, number.n, &r->offset) || next_word(&p).n)
        return bad_rule(r->text, "one number comes behind + or -", err);
      r->offset *= sign;
      return OK;
    }
    if (r->n == UNIT_PARTS) return bad_rule(r->text, "four groups are the most", err);
    r->unit[r->n] = unit_find(w), r->factor[r->n] = 1;
    if (r->unit[r->n] < 0 && !parse_f64(w.s, w.n, &r->factor[r->n]))
      return bad_rule(r->text, "behind => stand units or factors", err);
    if (r->unit[r->n] >= 0 && (k->to < 0 || !unit_alike(r->unit[r->n], k->to)))
      return bad_rule(r->text,
                      k->to < 0 ? "to=\"...\" must say the unit of the result"
                                : "its unit is of another kind than that of the result",
                      err);
    r->n++;
  }
  return r->n ? OK : bad_rule(r->text, "nothing stands behind =>", err);
}

static ErrCode parse_rule(Ruler *k, const char *text, Rule *r, Err *err) {
  const char *arrow = NULL;
  for (const char *p = text; (p = strstr(p, "=>")); p += 2) arrow = p;
  r->text = text;
  if (!arrow) return bad_rule(text, "it has no =>", err);
  Regex *pattern;
  int at;
  Err why = {0};
  if (regex_parse(sv_trim((Sv){text, (size_t)(arrow - text)}), &k->arena, &pattern, &at, &why) != OK)
    return bad_rule(text, why.msg, err);
  r->pattern = pattern, r->groups = regex_ngroup(pattern);
  r->run = regex_run_new(pattern, r->groups, &k->arena);
  TRY(parse_result(k, arrow + 2, r, err));
  if (r->n > r->groups) return bad_rule(text, "the pattern has fewer groups ( ) than units behind =>", err);
  return OK;
}

static ErrCode parse_plain(const Ruler *k, const char *text, Plain *p, Err *err) {
  const char *dots = strstr(text, ".."), *at = dots ? dots + 2 : text;
  Sv last = next_word(&at), unit = dots ? next_word(&at) : last;
  *p = (Plain){unit_find(unit), -INFINITY, INFINITY};
  bool range = !dots || (parse_f64(text, (size_t)(dots - text), &p->low) && parse_f64(last.s, last.n, &p->high));
  if (range && !next_word(&at).n && p->unit >= 0 && k->to >= 0 && unit_alike(p->unit, k->to)) return OK;
  if (k->to < 0) return err_set(err, ERR_ARG, "prep.units: plain needs to=\"...\", the unit of the result");
  return err_set(err, ERR_ARG, "prep.units: plain '%s' must be a unit like %s, or a range and it: \"120..220 cm\"",
                 text, unit_name(k->to));
}

static ErrCode ruler_init(const UnitsOpts *o, int to, Ruler *k, Err *err) {
  *k = (Ruler){.o = o, .to = to};
  arena_init(&k->arena);
  k->rule = arena_array(&k->arena, Rule, o->rules.n), k->plain = arena_array(&k->arena, Plain, o->plain.n + 1);
  ErrCode code = OK;
  for (; k->nrule < o->rules.n && code == OK; k->nrule++)
    code = parse_rule(k, o->rules.name[k->nrule], &k->rule[k->nrule], err);
  for (; k->nplain < o->plain.n && code == OK; k->nplain++)
    code = parse_plain(k, o->plain.name[k->nplain], &k->plain[k->nplain], err);
  if (!o->plain.n) k->plain[k->nplain++] = (Plain){to, -INFINITY, INFINITY};
  if (code != OK) arena_fini(&k->arena);
  return code;
}

// ---- one value -----------------------------------------------------------------------------------------------------
static bool inside(const Ruler *k, double v) { return v >= k->o->low && v <= k->o->high; }

static bool rule_reads(const Ruler *k, const Rule *r, Sv text, double *v) {
  int64_t span[SPAN];
  Quantity q = {.n = r->n};
  if (!regex_find(r->pattern, r->run, text, 0, span)) return false;
  *v = 0;
  for (int g = 0; g < r->n; g++) {
    int64_t begin = span[2 * g + 2], end = span[2 * g + 3];
    bool empty = begin < 0 || begin == end;
    q.unit[g] = r->unit[g];
    if (!empty && !quantity_number((Sv){text.s + begin, (size_t)(end - begin)}, &q.v[g])) return false;
    *v += r->unit[g] < 0 ? r->factor[g] * q.v[g] : unit_convert(q.v[g], r->unit[g], k->to);
  }
  double sum;
  bool mixed = r->unit[0] < 0;
  if (!mixed && r->n > 1 && !quantity_value(&q, k->to, &sum)) return false;
  *v += r->offset;
  return inside(k, *v);
}

static bool plain_reads(const Ruler *k, const Plain *p, double x, double *v) {
  *v = k->to < 0 ? x : unit_convert(x, p->unit, k->to);
  return x >= p->low && x <= p->high && inside(k, *v);
}

// Which rule reads the value: user's rules, then two places for each unit that is written (one part, several parts),
// then plain ones; -1 none.
static int64_t read_word(const Ruler *k, Sv word, double *v) {
  Sv text = sv_trim(word);
  for (int64_t r = 0; r < k->nrule; r++)
    if (rule_reads(k, &k->rule[r], text, v)) return r;
  Quantity q = quantity_parse(text);
  if (k->to >= 0 && quantity_value(&q, k->to, v)) return inside(k, *v) ? k->nrule + 2 * q.unit[0] + (q.n > 1) : -1;
  if (q.n != 1 || q.unit[0] >= 0) return -1;
  for (int64_t p = 0; p < k->nplain; p++)
    if (plain_reads(k, &k->plain[p], q.v[0], v)) return k->nrule + 2 * UNITS_MOST + p;
  return -1;
}

static const char *rule_name(const Ruler *k, int64_t rule, Arena *a) {
  if (rule < k->nrule) return arena_strdup(a, k->rule[rule].text);
  int64_t w = rule - k->nrule;
  if (w >= 2 * UNITS_MOST) {
    int u = k->plain[w - 2 * UNITS_MOST].unit;
    return u < 0 ? "a number" : arena_printf(a, "a number in %s", unit_name(u));
  }
  int smaller;
  (void)unit_most((int)(w / 2), &smaller);
  return w % 2 && smaller >= 0 ? arena_printf(a, "%s %s", unit_name((int)(w / 2)), unit_name(smaller))
                               : arena_strdup(a, unit_name((int)(w / 2)));
}

// ---- fit -----------------------------------------------------------------------------------------------------------
static ErrCode find_unit(const UnitsOpts *o, const Codes *codes, int *to, Err *err) {
  int64_t rows[UNITS_MOST] = {0};
  *to = UNIT_NONE;
  if (o->to && *o->to) {
    *to = unit_find(sv(o->to));
    if (*to >= 0) return OK;
    return err_set(err, ERR_ARG, "prep.units: to='%s' is no unit; there are %s", o->to, unit_list());
  }
  for (int64_t w = 0; w < codes->n; w++) {
    Quantity q = quantity_parse(codes->word[w]);
    if (q.n && q.unit[0] >= 0) rows[q.unit[0]] += codes->count[w];
  }
  for (int u = 0; u < UNITS_MOST; u++)
    if (rows[u] && (*to < 0 || rows[u] > rows[*to])) *to = u;
  return OK;
}

typedef struct Tally {
  int64_t present, read;
  int64_t nslot, *rows, *first; // of each rule, and last of none: rows, and the word that comes first in order
  double *value;                // what that word became
} Tally;

static ErrCode tally_words(Job *job, const Ruler *k, const Codes *codes, Arena *a, Tally *t, Err *err) {
  t->nslot = k->nrule + 2 * UNITS_MOST + k->nplain + 1;
  t->rows = arena_array(a, int64_t, t->nslot), t->first = arena_array(a, int64_t, t->nslot);
  t->value = arena_array(a, double, t->nslot);
  for (int64_t w = 0; w < codes->n; w++) {
    if (w % TICK == 0) TRY(job_tick(job, w, codes->n, err));
    if (!codes->count[w]) continue;
    double v = NAN;
    int64_t slot = read_word(k, codes->word[w], &v);
    t->present += codes->count[w], t->read += slot < 0 ? 0 : codes->count[w];
    if (slot < 0) slot = t->nslot - 1;
    if (!t->rows[slot] || sv_cmp(codes->word[w], codes->word[t->first[slot]]) < 0)
      t->first[slot] = w, t->value[slot] = v;
    t->rows[slot] += codes->count[w];
  }
  return OK;
}

// The words that nothing reads: the most frequent, the first in order among equals.
static const char *unread_words(const Ruler *k, const Codes *codes, Arena *a) {
  int64_t best[EXAMPLES] = {-1, -1, -1};
  for (int64_t w = 0; w < codes->n; w++) {
    double v;
    if (!codes->count[w] || read_word(k, codes->word[w], &v) >= 0) continue;
    int64_t x = w;
    for (int e = 0; e < EXAMPLES; e++) {
      int64_t b = best[e];
      bool before = b < 0 || codes->count[x] > codes->count[b] ||
                    (codes->count[x] == codes->count[b] && sv_cmp(codes->word[x], codes->word[b]) < 0);
      if (before) best[e] = x, x = b;
      if (x < 0) break;
    }
  }
  Str s = {0};
  for (int e = 0; e < EXAMPLES && best[e] >= 0; e++)
    str_addf(&s, "%s%s", e ? ", " : "", hit_text(codes->word[best[e]], a));
  const char *text = arena_strndup(a, str_c(&s), s.n);
  str_fini(&s);
  return text;
}

static const char *number_text(double v, Arena *a) {
  char buf[NUMFMT_MAX];
  fmt_sensible(buf, sizeof buf, v, 6);
  return arena_strdup(a, buf);
}

static void keep_hits(const Ruler *k, const Codes *codes, const Tally *t, Arena *a, Measured *m) {
  m->hits = (Hits){arena_array(a, Hit, t->nslot), 0};
  for (int64_t s = 0; s < t->nslot; s++) {
    bool none = s == t->nslot - 1, asked = s < k->nrule;
    if (!t->rows[s] && !asked) continue;
    Hit *h = &m->hits.hit[m->hits.n++];
    *h = (Hit){none ? "no rule" : rule_name(k, s, a), NULL, NULL, t->rows[s]};
    if (none) h->from = unread_words(k, codes, a);
    else if (t->rows[s]) h->from = hit_text(codes->word[t->first[s]], a), h->to = number_text(t->value[s], a);
  }
}

static bool is_named(const UnitsOpts *o, const char *name) {
  for (int64_t i = 0; i < o->columns.n; i++)
    if (strcmp(o->columns.name[i], name) == 0) return true;
  return false;
}

static ErrCode learn_units(Job *job, const UnitsOpts *o, const EachIn *in, const Codes *codes, Measured *m, Err *err) {
  Ruler k;
  Tally t = {0};
  int to;
  TRY(find_unit(o, codes, &to, err));
  TRY(ruler_init(o, to, &k, err));
  m->unit = to < 0 ? NULL : unit_name(to);
  ErrCode code = tally_words(job, &k, codes, &k.arena, &t, err);
  if (code == OK) {
    m->turns = t.read > 0 && (double)t.read >= o->share * (double)t.present;
    keep_hits(&k, codes, &t, in->arena, m);
  }
  if (code == OK && !m->turns && is_named(o, in->name))
    code = err_set(err, ERR_ARG,
                   "prep.units: column '%s': %lld of %lld values read as quantities, share asks for %g: add rules, or "
                   "lower share; not read are %s",
                   in->name, (long long)t.read, (long long)t.present, o->share, unread_words(&k, codes, &k.arena));
  arena_fini(&k.arena);
  return code;
}

static ErrCode units_learn(Job *job, const void *opts, const EachIn *in, void *out, Err *err) {
  Codes codes;
  TRY(codes_init(job, "units", in->c, &codes, err));
  ErrCode code = learn_units(job, opts, in, &codes, out, err);
  codes_fini(&codes);
  return code;
}

// ---- apply ---------------------------------------------------------------------------------------------------------
static ErrCode read_all(Job *job, const Ruler *k, Codes *codes, Column **out, Err *err) {
  Read *of = arena_array(&codes->arena, Read, codes->n);
  for (int64_t w = 0; w < codes->n; w++) {
    if (w % TICK == 0) TRY(job_tick(job, w, codes->n, err));
    if (codes->count[w]) of[w].fits = read_word(k, codes->word[w], &of[w].f) >= 0;
  }
  return repair_values(job, codes, COL_F64, of, out, err);
}

static ErrCode units_turn(Job *job, const void *opts, const void *learned, const char *name, const Column *c,
                          Column **out, Err *err) {
  (void)name;
  const Measured *m = learned;
  Ruler k;
  Codes codes;
  if (!m->turns) return *out = column_ref(c), OK;
  TRY(ruler_init(opts, m->unit ? unit_find(sv(m->unit)) : UNIT_NONE, &k, err));
  ErrCode code = codes_init(job, "units", c, &codes, err);
  if (code == OK) {
    code = read_all(job, &k, &codes, out, err);
    codes_fini(&codes);
  }
  arena_fini(&k.arena);
  return code;
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void store_measured(Store *s, void *learned) {
  Measured *m = learned;
  hits_store(s, &m->hits);
  store_bool(s, "turns", &m->turns);
  store_text(s, "unit", &m->unit);
  if (m->unit && unit_find(sv(m->unit)) < 0) store_fail(s, "'%s' is no unit", m->unit);
}

static const Each EACH = {"units", "@text", sizeof(Measured), PARAMS, units_learn, units_turn, store_measured};

REPAIR_SLOTS(units)

static ErrCode units_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  (void)opts;
  const EachState *st = state->data;
  Arena a;
  arena_init(&a);
  const Hits **hits = arena_array(&a, const Hits *, st->in.names.n);
  Str caption = {0};
  for (int64_t k = 0; k < st->in.names.n; k++) {
    const Measured *m = each_of(&EACH, st, k);
    hits[k] = &m->hits;
    const char *unit = m->unit ? m->unit : "a number", *sep = k ? "; " : "";
    if (m->turns) str_addf(&caption, "%s%s becomes %s", sep, st->in.names.name[k], unit);
    else str_addf(&caption, "%s%s stays, for too few of its values read", sep, st->in.names.name[k]);
  }
  ErrCode code = hits_card(job, &st->in, hits, caption.n ? str_c(&caption) : NULL, out, err);
  str_fini(&caption);
  arena_fini(&a);
  return code;
}

const StepType step_units = {
    .name = "units",
    .summary = "Reads quantities that are written in many ways and units, as numbers in one unit",
    .source = "checked against the reported heights of dslabs, by R; units by their international definitions",
    .unfit = "columns where a number alone may be in two units with overlapping ranges: they cannot be told apart",
    .example = "return pipe{prep.units{'height', to='in', low=50, high=84, plain={'in', 'cm', 'm'}}}:preview(data "
               "'reported_heights')",
    .params = PARAMS,
    .opts_size = sizeof(UnitsOpts),
    .fit = units_fit,
    .apply = units_apply,
    .store = units_store,
    .card = units_card,
};
