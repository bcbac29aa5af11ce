// Suggestions that mend values: units, types, blanks, words for missing, variants.
#include "prep/suggest_int.h"
#include "prep/units_int.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { UNITS_MOST = 40, NEAR_LEVELS = 1000, EXAMPLES = 2 };
static const double SHARE = 0.8; // of the values that must read

static const Column *feature(const Suggest *s, const char *name) {
  return frame_at(s->now, frame_find(s->now, sv(name)));
}

// ---- units ---------------------------------------------------------------------------------------------------------
typedef struct Written {                                          // how the values of a column are written
  int64_t rows, plain, united, of[UNITS_MOST], parts[UNITS_MOST]; // by the first unit: all, and those of several parts
  double *value;                                                  // nvalue numbers alone
  int64_t *times, nvalue;
} Written;

static void look_at_words(const Codes *k, Arena *a, Written *w) {
  w->value = arena_array(a, double, k->n), w->times = arena_array(a, int64_t, k->n);
  for (int64_t i = 0; i < k->n; i++) {
    Quantity q = quantity_parse(k->word[i]);
    w->rows += k->count[i];
    if (!k->count[i] || !q.n) continue;
    if (q.unit[0] < 0) {
      w->plain += k->count[i];
      w->value[w->nvalue] = q.v[0], w->times[w->nvalue++] = k->count[i];
    } else {
      w->united += k->count[i], w->of[q.unit[0]] += k->count[i];
      if (q.n > 1) w->parts[q.unit[0]] += k->count[i];
    }
  }
}

// The unit of most, or where those have several parts (5 ft 10) the smaller one.
static int best_unit(const Written *w) {
  int best = -1, smaller;
  for (int u = 0; u < UNITS_MOST; u++)
    if (w->of[u] && (best < 0 || w->of[u] > w->of[best])) best = u;
  if (best < 0) return best;
  (void)unit_most(best, &smaller);
  return smaller >= 0 && 2 * w->parts[best] >= w->of[best] ? smaller : best;
}

typedef struct Point {
  double v;
  int64_t n;
} Point;

static int by_value(const void *a, const void *b) {
  const Point *x = a, *y = b;
  return (x->v > y->v) - (x->v < y->v);
}

static double quartile(const Point *p, int64_t n, double rows) {
  int64_t i = 0;
  for (double seen = (double)p[0].n; seen < rows && i + 1 < n; seen += (double)p[++i].n) {
  }
  return p[i].v;
}

// Where nearly all numbers alone lie, 2.5 quartile ranges beyond the quartiles; false when no number lies outside.
static bool usual_range(const Written *w, Arena *a, double *low, double *high) {
  Point *p = arena_array(a, Point, w->nvalue);
  for (int64_t i = 0; i < w->nvalue; i++) p[i] = (Point){w->value[i], w->times[i]};
  if (!w->nvalue) return false;
  qsort(p, (size_t)w->nvalue, sizeof *p, by_value);
  double q1 = quartile(p, w->nvalue, 0.25 * (double)w->plain), q3 = quartile(p, w->nvalue, 0.75 * (double)w->plain);
  *low = floor(q1 - 2.5 * (q3 - q1)), *high = ceil(q3 + 2.5 * (q3 - q1));
  if (p[0].v >= 0 && *low < 0) *low = 0;
  return q3 > q1 && (p[0].v < *low || p[w->nvalue - 1].v > *high);
}

// Other units of the kind in which a number outside of the range would lie inside, where the two cannot be confused.
static Names other_units(Suggest *s, const Written *w, int to, double low, double high) {
  static const char *const common[] = {"cm", "m", "in", "ft", "kg", "g", "lb", "min", "h", "s", "c", "f"};
  Names out = {arena_array(s->arena, const char *, 1 + (int64_t)(sizeof common / sizeof *common)), 0};
  out.name[out.n++] = unit_name(to);
  for (size_t k = 0; k < sizeof common / sizeof *common; k++) {
    int u = unit_find(sv(common[k]));
    int smaller;
    (void)unit_most(u, &smaller);
    if (u == to || !unit_alike(u, to) || smaller == to) continue; // 5.11 may be 5 ft 11 in
    double from = unit_convert(low, to, u), till = unit_convert(high, to, u);
    int64_t n = 0;
    for (int64_t i = 0; i < w->nvalue; i++)
      if (w->value[i] >= from && w->value[i] <= till) n += w->times[i];
    bool apart = till < low || from > high;
    if (n && apart) out.name[out.n++] = common[k];
  }
  return out;
}

static ErrCode suggest_unit(Suggest *s, const char *rule, const char *name, const Written *w, Err *err) {
  int to = best_unit(w);
  if (to < 0 || (double)(w->plain + w->united) < SHARE * (double)w->rows) return OK;
  Picks one = {&name, 1};
  StepSpec spec = suggest_spec(s, "units", &one);
  double low, high;
  suggest_text(&spec, "to", unit_name(to));
  if (usual_range(w, &s->scratch, &low, &high)) {
    Names plain = other_units(s, w, to, low, high);
    suggest_real(&spec, "low", low);
    suggest_real(&spec, "high", high);
    if (plain.n > 1) suggest_names(&spec, "plain", plain);
  }
  return suggest_add(s, rule, &spec, &one, err, "%s value%s of %s with units, %s without: all as numbers, in '%s'",
                     suggest_count(s, w->united), w->united == 1 ? "" : "s", name, suggest_count(s, w->plain),
                     unit_name(to));
}

ErrCode suggest_units(Suggest *s, const char *rule, Err *err) {
  int n = frame_ncol(s->now);
  for (int j = 0; j < n; j++) {
    const Column *c = frame_at(s->now, j);
    Codes k;
    Written w = {0};
    if (!col_is_text(c) || c->missing == c->n) continue;
    TRY(codes_init(s->job, "suggest", c, &k, err));
    look_at_words(&k, &s->scratch, &w);
    codes_fini(&k);
    TRY(suggest_unit(s, rule, arena_strdup(s->arena, frame_name(s->now, j)), &w, err));
  }
  return OK;
}

// ---- types ---------------------------------------------------------------------------------------------------------
ErrCode suggest_types(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  int64_t fits = 0, rows = 0;
  const char *type = "";
  for (int j = 0; j < frame_ncol(s->now); j++) {
    const Column *c = frame_at(s->now, j);
    if (!col_is_text(c) || c->missing == c->n) continue;
    found.name[found.n] = frame_name(s->now, j);
    Picks one = {&found.name[found.n], 1};
    StepSpec spec = suggest_spec(s, "retype", &one);
    Frame *card;
    suggest_real(&spec, "share", SHARE);
    TRY(suggest_try(s, &spec, &card, err));
    if (card && !found.n) {
      Sv rule_of = col_text(frame_at(card, 1), 0);
      fits = frame_at(card, 2)->i[0], rows = c->n - c->missing;
      type = arena_strndup(s->arena, rule_of.s, rule_of.n);
    }
    found.n += card != NULL;
    frame_unref(card);
  }
  StepSpec spec = suggest_spec(s, "retype", &found);
  if (found.n == 0) return OK;
  if (found.n > 1)
    return suggest_add(s, rule, &spec, &found, err, "most values of %s read as numbers or dates",
                       suggest_list(s, &found));
  return suggest_add(s, rule, &spec, &found, err, "%s of %s values of %s read as %s", suggest_count(s, fits),
                     suggest_count(s, rows), found.name[0], type);
}

// ---- blanks and words for missing ----------------------------------------------------------------------------------
ErrCode suggest_blanks(Suggest *s, const char *rule, Err *err) {
  Picks found = picks_new(s);
  int64_t rows = 0;
  for (int j = 0; j < frame_ncol(s->now); j++) {
    const Column *c = frame_at(s->now, j);
    Frame *card;
    if (!col_is_text(c) || c->missing == c->n) continue;
    found.name[found.n] = frame_name(s->now, j);
    Picks one = {&found.name[found.n], 1};
    StepSpec spec = suggest_spec(s, "replace", &one);
    TRY(suggest_try(s, &spec, &card, err));
    int64_t n = card ? frame_at(card, 2)->i[0] : 0;
    found.n += n > 0, rows += n;
    frame_unref(card);
  }
  StepSpec spec = suggest_spec(s, "replace", &found);
  return suggest_add(s, rule, &spec, &found, err, "%s text%s of %s with blanks around or within",
                     suggest_count(s, rows), rows == 1 ? "" : "s", suggest_list(s, &found));
}

static bool means_missing(Sv word) {
  static const char *const words[] = {"?",       "??",   "-",   "--",  "n/a",     "n.a.",      "na",
                                      "unknown", "null", "nil", "nan", "missing", "undefined", "not available"};
  char lower[32];
  Sv t = sv_trim(word);
  if (t.n >= sizeof lower) return false;
  for (size_t i = 0; i < t.n; i++) lower[i] = (char)(t.s[i] >= 'A' && t.s[i] <= 'Z' ? t.s[i] + 32 : t.s[i]);
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (sv_is((Sv){lower, t.n}, words[k])) return true;
  return false;
}

static ErrCode list_unknown(Suggest *s, const Column *c, Names *out, int64_t *rows, Err *err) {
  Codes k;
  *out = (Names){0}, *rows = 0;
  TRY(codes_init(s->job, "suggest", c, &k, err));
  out->name = arena_array(s->arena, const char *, 50);
  for (int64_t w = 0; w < k.n && out->n < 50; w++) {
    if (!k.count[w] || !means_missing(k.word[w])) continue;
    out->name[out->n++] = arena_strndup(s->arena, sv_trim(k.word[w]).s, sv_trim(k.word[w]).n);
    *rows += k.count[w];
  }
  codes_fini(&k);
  return OK;
}

ErrCode suggest_unknown(Suggest *s, const char *rule, Err *err) {
  int n = frame_ncol(s->now);
  for (int j = 0; j < n; j++) {
    const Column *c = frame_at(s->now, j);
    const char *name = arena_strdup(s->arena, frame_name(s->now, j));
    Names words;
    int64_t rows;
    if (!col_is_text(c) || c->missing == c->n) continue;
    TRY(list_unknown(s, c, &words, &rows, err));
    if (!words.n) continue;
    Picks one = {&name, 1};
    StepSpec spec = suggest_spec(s, "replace", &one);
    suggest_names(&spec, "missing", words);
    TRY(suggest_add(s, rule, &spec, &one, err, "'%s' in %s row%s of %s seems to stand for missing", words.name[0],
                    suggest_count(s, rows), rows == 1 ? "" : "s", name));
  }
  return OK;
}

// ---- variants ------------------------------------------------------------------------------------------------------
typedef struct Variants {
  Picks columns;
  int64_t rows, spellings;
  Str examples;
} Variants;

static void count_variants(const Frame *card, const char *name, Variants *v) {
  const Column *n = frame_at(card, 2), *from = frame_at(card, 3), *to = frame_at(card, 4);
  for (int64_t i = 0; i < frame_nrow(card); i++) {
    Sv a = col_text(from, i), b = col_text(to, i);
    v->rows += n->i[i];
    if (v->spellings++ < EXAMPLES)
      str_addf(&v->examples, "%s'%.*s' is '%.*s'", v->spellings > 1 ? ", " : "", (int)a.n, a.s, (int)b.n, b.s);
  }
  v->columns.name[v->columns.n++] = name;
}

static bool has_near(const Frame *card) {
  for (int64_t i = 0; i < frame_nrow(card); i++)
    if (sv_is(col_text(frame_at(card, 1), i), "near")) return true;
  return false;
}

static ErrCode add_variants(Suggest *s, const char *rule, Variants *v, bool near, Err *err) {
  StepSpec spec = suggest_spec(s, "merge", &v->columns);
  if (near) suggest_int(&spec, "near", 1);
  ErrCode code = suggest_add(s, rule, &spec, &v->columns, err, "%s spelling%s in %s row%s of %s: %s",
                             suggest_count(s, v->spellings), v->spellings == 1 ? "" : "s", suggest_count(s, v->rows),
                             v->rows == 1 ? "" : "s", suggest_list(s, &v->columns), str_c(&v->examples));
  str_fini(&v->examples);
  return code;
}

ErrCode suggest_variants(Suggest *s, const char *rule, Err *err) {
  Variants plain = {.columns = picks_new(s)}, near = {.columns = picks_new(s)};
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(s->now) && code == OK; j++) {
    const char *name = arena_strdup(s->arena, frame_name(s->now, j));
    const Column *c = feature(s, name);
    Picks one = {&name, 1};
    Frame *card;
    if (c->type != COL_CAT || c->missing == c->n) continue;
    StepSpec spec = suggest_spec(s, "merge", &one);
    if (c->dict->n <= NEAR_LEVELS) suggest_int(&spec, "near", 1);
    code = suggest_try(s, &spec, &card, err);
    if (card && frame_nrow(card)) count_variants(card, name, has_near(card) ? &near : &plain);
    frame_unref(card);
  }
  if (code == OK) code = add_variants(s, rule, &plain, false, err);
  else str_fini(&plain.examples);
  if (code == OK) return add_variants(s, rule, &near, true, err);
  str_fini(&near.examples);
  return code;
}
