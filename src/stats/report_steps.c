// Steps that would clean the table, in the order in which they should run: each says why, and is the line of Lua that
// does it to a frame `d`. Nothing is done here, and what is only odd (outliers, imbalance) is left as it is. A column
// that a step drops has no later steps.
#include "stats/report_int.h"

#include "base/numfmt.h"

#include <math.h>

static const double EQUAL = .99, COPIES = .1, SKEWED = 4, NUMBERS = .9, EMPTY = .5, FLAG = .01, LEAK = .98;
enum { MOST_WORDS = 20, LEAST_PAIRS = 50, SHOWN = 15 };

typedef struct Steps {
  Run *r;
  Tab all, shown;
  bool *dropped; // columns
} Steps;

// `why`: the reason in two or three words.
static void step(Steps *s, const char *step, const char *column, const char *why, const char *reason, const char *lua) {
  tab_row(&s->all);
  tab_text(&s->all, "step", step);
  tab_text(&s->all, "column", column);
  tab_text(&s->all, "reason", reason);
  tab_text(&s->all, "lua", lua);
  if (s->shown.n == SHOWN) return;
  tab_row(&s->shown);
  tab_text(&s->shown, "why", column ? arena_printf(&s->r->arena, "%s: %s", column, why) : why);
  tab_text(&s->shown, "lua", lua);
}
#define SAY(...) arena_printf(&s->r->arena, __VA_ARGS__)

// ---- Lua -----------------------------------------------------------------------------------------------------------
static const char *quoted(Steps *s, Sv text, char quote) {
  Str out = {0};
  str_addc(&out, quote);
  for (size_t i = 0; i < text.n; i++) {
    char c = text.s[i];
    if (c == quote || c == '\\') str_addf(&out, "\\%c", c);
    else if ((unsigned char)c < ' ' || c == 127) str_addf(&out, "\\%03d", c);
    else str_addc(&out, c);
  }
  str_addc(&out, quote);
  const char *lua = arena_strdup(&s->r->arena, str_c(&out));
  str_fini(&out);
  return lua;
}

static const char *lua_text(Steps *s, const char *text) { return quoted(s, sv(text), '"'); }

static bool is_name(const char *name) {
  static const char *const words[] = {"and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
                                      "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
                                      "repeat",   "return", "then", "true", "until",  "while", "unfit"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (strcmp(name, words[k]) == 0) return false;
  bool plain = *name && !(*name >= '0' && *name <= '9');
  for (const char *p = name; *p && plain; p++)
    plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '_';
  return plain;
}

static const char *in_expr(Steps *s, const char *name) { return is_name(name) ? name : SAY("`%s`", name); }
static bool can_stand_in_expr(const char *name) { return !strpbrk(name, "`\n\r") && *name; }

// d = d:derive{"name = expr"}
static const char *derive(Steps *s, const char *name, const char *expr) {
  return SAY("d = d:derive{%s}", lua_text(s, SAY("%s = %s", in_expr(s, name), expr)));
}

static const char *literal(Steps *s, const Facts *t, double v) {
  char buf[NUMFMT_MAX];
  if (t->c->type == COL_I64) v = floor(v);
  fmt_shortest(buf, sizeof buf, v);
  return SAY("%s", buf);
}

// ---- rows and columns that go --------------------------------------------------------------------------------------
static void drop(Steps *s, int j, const char *why, const char *reason) {
  const char *name = s->r->fact[j].name;
  if (s->dropped[j]) return;
  s->dropped[j] = true;
  step(s, "drop", name, why, reason, SAY("d = d:drop{%s}", lua_text(s, name)));
}

static void rows_that_go(Steps *s) {
  Run *r = s->r;
  const Goal *g = &r->goal;
  if (r->copies > 0 && (double)r->copies <= COPIES * (double)r->n)
    step(s, "unique", NULL, "repeated rows",
         SAY("%s an earlier one: unless they are cases of their own",
             tell_rows(r, r->copies, "row repeats", "rows repeat")),
         "d = d:unique()");
  int64_t missing = g->j >= 0 ? frame_at(r->whole, g->j)->missing : 0;
  if (missing)
    step(s, "dropna", g->name, "no target", SAY("%s no target", tell_rows(r, missing, "row has", "rows have")),
         SAY("d = d:dropna{%s}", lua_text(s, g->name)));
}

static void columns_that_go(Steps *s, int j) {
  Run *r = s->r;
  const Facts *t = &r->fact[j];
  double missing = t->c->n ? (double)t->c->missing / (double)t->c->n : 0;
  if (t->kind == FACT_EMPTY && t->c->missing) drop(s, j, "empty", "nothing in it");
  else if (t->distinct == 1 && t->n > 1 && t->nan == 0 && t->c->missing == 0) drop(s, j, "constant", "always the same");
  else if (t->id && (t->c->type == COL_I64 || texts_are_ids(t->c))) drop(s, j, "an id", "only says which row it is");
  else if (!isnan(t->power.value) && t->power.value >= LEAK)
    drop(s, j, "a leak?",
         SAY("alone tells %s with %s %s: keep it only if it is known before", r->goal.name,
             strcmp(t->power.measure, "auc") == 0 ? "AUC" : "rank correlation", tell_auc(r, t->power.value)));
  else if (missing > EMPTY)
    drop(s, j, SAY("%s missing", tell_share(r, missing)), SAY("%s missing", tell_percent(r, missing)));
}

static void twins_that_go(Steps *s) {
  for (int k = 0; k < s->r->nstrong; k++) {
    const Strong *p = &s->r->strong[k];
    int j = p->b == s->r->goal.j ? p->a : p->b, other = j == p->a ? p->b : p->a;
    if (fabs(p->r) < EQUAL || s->r->n < LEAST_PAIRS || s->dropped[p->a] || s->dropped[p->b] || other == s->r->goal.j)
      continue;
    drop(s, j, SAY("a twin of %s", s->r->fact[other].name),
         SAY("%s %s with %s", p->ranks ? "rank r" : "r", tell_auc(s->r, p->r), s->r->fact[other].name));
  }
}

// ---- values that become others -------------------------------------------------------------------------------------
static bool cast_numbers(Steps *s, const Facts *t) {
  double share = t->n ? (double)t->number_rows / (double)t->n : 0;
  if (t->kind != FACT_WORDS || share < NUMBERS || t->distinct < 3) return false;
  const char *key = is_name(t->name) ? t->name : SAY("[%s]", lua_text(s, t->name));
  step(s, "cast", t->name, "numbers", SAY("%s of the values are numbers", tell_share(s->r, share)),
       SAY("d = d:cast{%s=\"real\", unfit=\"missing\"}", key));
  return true;
}

static void merge_spellings(Steps *s, int64_t first, int64_t end) {
  const Frame *f = s->r->spellings;
  const Column *value = frame_at(f, 2), *best = frame_at(f, 4);
  Sv name = col_text(frame_at(f, 0), first), to = col_text(best, first);
  const char *column = SAY(SV_FMT, SV_ARG(name)), *in = in_expr(s, column), *list = "";
  if (!can_stand_in_expr(column)) return;
  int j = frame_find(s->r->f, name);
  for (int64_t i = first; i < end && i < first + MOST_WORDS; i++)
    if (!sv_eq(col_text(value, i), to)) list = SAY("%s, %s", list, quoted(s, col_text(value, i), '\''));
  if (!*list || j < 0 || s->dropped[j]) return;
  const char *good = quoted(s, to, '\'');
  step(s, "merge", column, "spellings", SAY("%lld spellings of %s", (long long)(end - first), good),
       derive(s, column, SAY("if_else(one_of(%s%s), %s, %s)", in, list, good, in)));
}

static void merge_all(Steps *s) {
  const Frame *f = s->r->spellings;
  if (!f) return;
  const Column *cluster = frame_at(f, 1), *rule = frame_at(f, 5);
  for (int64_t i = 0, end; i < frame_nrow(f); i = end) {
    for (end = i + 1; end < frame_nrow(f) && cluster->i[end] == cluster->i[i]; end++) continue;
    if (!sv_is(col_text(rule, i), "format")) merge_spellings(s, i, end);
  }
}

static void take_away(Steps *s, const Facts *t) {
  const char *list = "", *in = in_expr(s, t->name);
  int64_t rows = 0;
  for (int k = 0; k < t->nblank; k++) list = SAY("%s, %s", list, quoted(s, t->blank[k], '\'')), rows += t->blank_n[k];
  for (int k = 0; k < t->ncode; k++)
    list = SAY("%s, %s", list, literal(s, t, t->code[k].value)), rows += t->code[k].times;
  if (rows)
    step(s, "missing_if", t->name, "codes",
         SAY("%s for missing", tell_rows(s->r, rows, "value stands", "values stand")),
         derive(s, t->name, SAY("missing_if(%s%s)", in, list)));
}

static void fill_in(Steps *s, int j) {
  Run *r = s->r;
  const Facts *t = &r->fact[j];
  int64_t missing = frame_at(r->whole, j)->missing;
  bool number = t->kind == FACT_NUMBERS, words = t->c->type == COL_CAT;
  if (!missing || !(number || words) || (number && !isfinite(t->centre))) return;
  double share = (double)missing / (double)r->all;
  const char *in = in_expr(s, t->name), *what = SAY("%s missing (%s)", tell_count(r, missing), tell_percent(r, share));
  const char *pattern = share >= FLAG ? goal_missing(r, t->c) : NULL, *flag = SAY("%s_missing", t->name);
  if (pattern && frame_find(r->whole, sv(flag)) < 0)
    step(s, "flag", t->name, SAY("%s missing", tell_count(r, missing)), SAY("missing where it matters: %s", pattern),
         derive(s, flag, SAY("is_missing(%s)", in)));
  if (number)
    step(s, "impute", t->name, SAY("%s missing", tell_count(r, missing)),
         SAY("%s: its median; in a pipe{...} prep.impute{} learns it", what),
         derive(s, t->name, SAY("coalesce(%s, %s)", in, literal(s, t, t->centre))));
  else
    step(s, "impute", t->name, SAY("%s missing", tell_count(r, missing)), SAY("%s: a level of its own", what),
         derive(s, t->name, SAY("coalesce(%s, 'missing')", in)));
}

static void make_even(Steps *s, const Facts *t) {
  if (t->kind != FACT_NUMBERS || !(t->skew > SKEWED) || t->ncode || t->nan || t->q[0] < 0 || t->distinct < 10) return;
  step(s, "log", t->name, SAY("skew %s", tell_short(s->r, t->skew)), SAY("skew %s", tell_number(s->r, t->skew)),
       derive(s, t->name, SAY(t->q[0] > 0 ? "log(%s)" : "log1p(%s)", in_expr(s, t->name))));
}

ErrCode report_steps(Run *r, Err *err) {
  Steps steps = {.r = r, .dropped = arena_array(&r->arena, bool, r->p + 1)}, *s = &steps;
  tab_init(&s->all, &r->arena, "~step ~column ~reason ~lua");
  tab_init(&s->shown, &r->arena, "~why ~lua");
  rows_that_go(s);
  for (int j = 0; j < r->p; j++)
    if (j != r->goal.j) columns_that_go(s, j);
  twins_that_go(s);
  merge_all(s);
  for (int j = 0; j < r->p; j++) {
    const Facts *t = &r->fact[j];
    if (s->dropped[j] || j == r->goal.j || !can_stand_in_expr(t->name)) continue;
    if (cast_numbers(s, t)) continue;
    take_away(s, t);
    fill_in(s, j);
    make_even(s, t);
  }
  const char *caption =
      s->all.n ? SAY("steps  %s that would clean d, in order; none is done yet%s",
                     tell_rows(r, s->all.n, "line", "lines"), s->all.n > s->shown.n ? "; r:script() has all" : "")
               : "steps  nothing to clean";
  TRY(report_section(r, REPORT_STEPS, &s->all, caption, err));
  return report_shown(r, REPORT_STEPS, &s->shown, err);
}
