// What is odd, worst first: what stats_alerts tells of files and single columns, and what takes the whole report to
// see, above all the target. Warnings are what may spoil an analysis, remarks what is good to know.
#include "stats/report_int.h"

#include <math.h>
#include <stdlib.h>

enum { SPELLED_WORDS = 20000, SHOWN = 16, OF_A_KIND = 4 };

static const char *name_of(const Run *r, int j) { return r->fact[j].name; }
#define SAY(...) arena_printf(&r->alerts.arena, __VA_ARGS__)
static double limit_of(AlertKind kind) { return ALERT_RULES[kind].limit; }
static bool is_warning(const Alert *a) { return ALERT_RULES[a->kind].tier != TIER_REMARK; }
static void add(Run *r, AlertKind kind, int64_t rows, const char *column, const char *text) {
  alerts_add(&r->alerts, kind, rows, column, text);
}

// What the one just added is ordered by among its kind.
static void sized(Run *r, double size) { r->alerts.item[r->alerts.n - 1].size = fabs(size); }

// ---- the target ----------------------------------------------------------------------------------------------------
static void look_at_balance(Run *r) {
  const Goal *g = &r->goal;
  int64_t most = 0;
  for (int64_t k = 1; k < g->k; k++)
    if (g->count[k] > g->count[most]) most = k;
  double share = g->k ? (double)g->count[most] / (double)g->n : 0;
  if (share < limit_of(ALERT_UNEVEN)) return;
  uint32_t rare = g->k == 2 ? (uint32_t)!most : g->told;
  add(r, share < limit_of(ALERT_UNBALANCED) ? ALERT_UNEVEN : ALERT_UNBALANCED, g->count[rare], g->name,
      SAY("unbalanced: %s %s; accuracy %s is free", tell_percent(r, (double)g->count[rare] / (double)g->n),
          g->level[rare], tell_auc(r, share)));
}

static void look_at_leaks(Run *r) {
  const Frame *leaks = r->out->section[REPORT_LEAKS];
  if (!leaks) return;
  const Column *column = frame_at(leaks, 0), *leak = frame_at(leaks, 1), *rows = frame_at(leaks, 3),
               *text = frame_at(leaks, 4);
  for (int64_t i = 0; i < frame_nrow(leaks); i++) {
    Sv name = col_text(column, i), words = col_text(text, i);
    bool order = sv_is(col_text(leak, i), "order"), copies = sv_is(col_text(leak, i), "copies");
    add(r, order || copies ? ALERT_LEAK_ROWS : ALERT_LEAK, rows->i[i], arena_strndup(&r->alerts.arena, name.s, name.n),
        arena_strndup(&r->alerts.arena, words.s, words.n));
  }
}

static ErrCode look_at_missing(Run *r, int j, Err *err) {
  const Column *c = frame_at(r->whole, j);
  const char *pattern = j == r->goal.j ? NULL : goal_missing(r, r->fact[j].c);
  if (!pattern) return alerts_missing(&r->alerts, j, err);
  add(r, ALERT_MISSING_TARGET, c->missing, name_of(r, j), SAY("%s missing; %s", tell_count(r, c->missing), pattern));
  return OK;
}

// ---- columns -------------------------------------------------------------------------------------------------------
static void look_at_values(Run *r, const Facts *t) {
  double n = (double)t->n, zeros = (double)t->zeros / n;
  bool heavy = zeros >= limit_of(ALERT_ZEROS) && t->distinct > 2;
  if (t->nan)
    add(r, ALERT_NAN, t->nan, t->name,
        SAY("%s nan: no number, and not missing either", tell_rows(r, t->nan, "value is", "values are")));
  if (heavy)
    add(r, ALERT_ZEROS, t->zeros, t->name,
        SAY("%s are 0; median of the rest %s", tell_share(r, zeros), tell_number(r, t->rest)));
  if (fabs(t->skew) > limit_of(ALERT_SKEWED) && t->distinct > 2 && t->ncode == 0 && !heavy) {
    const char *top =
        isnan(t->top_share) || t->skew < 0 ? "" : SAY("; the top 1%% hold %s", tell_share(r, t->top_share));
    add(r, ALERT_SKEWED, t->n, t->name, SAY("skew %s%s", tell_short(r, t->skew), top));
    sized(r, t->skew);
  }
  if (t->id && !t->spans)
    add(r, ALERT_UNIQUE, t->n, t->name, SAY("a different number in each of %s rows: an id?", tell_count(r, t->n)));
}

static void look_at_blank_words(Run *r, const Facts *t) {
  const char *text = "";
  int64_t rows = 0;
  for (int k = 0; k < t->nblank; k++) {
    text = SAY("%s%s'%s' %s", text, k ? ", " : "", t->blank[k].s, tell_count(r, t->blank_n[k]));
    rows += t->blank_n[k];
  }
  for (int64_t k = 0; k < t->words.n && t->nblank; k++)
    if (sv_is(t->words.word[k], "other") || sv_is(t->words.word[k], "Other"))
      text = SAY("%s, '%s' %s", text, t->words.word[k].s, tell_count(r, t->words.count[k]));
  if (t->nblank)
    add(r, ALERT_BLANK, rows, t->name, SAY("%s: %s", text, strchr(text, ',') ? "is one a missing?" : "a missing?"));
}

static void look_at_words(Run *r, const Facts *t) {
  look_at_blank_words(r, t);
  double numbers = (double)t->number_rows / (double)t->n;
  if (numbers >= limit_of(ALERT_NUMBERS) && t->distinct > 2)
    add(r, ALERT_NUMBERS, t->n - t->number_rows, t->name,
        SAY("%s of the values are numbers, the column is %s: d:cast it", tell_share(r, numbers),
            COLTYPES[t->c->type].name));
  if ((double)t->distinct > limit_of(ALERT_CARDINALITY) && t->distinct < t->n && t->c->type == COL_CAT)
    add(r, ALERT_CARDINALITY, t->n, t->name,
        SAY("%s levels, %s of them in one row only", tell_count(r, t->distinct), tell_count(r, t->once)));
  if (t->distinct == t->n && (double)t->n > limit_of(ALERT_CARDINALITY) && !texts_are_ids(t->c))
    add(r, ALERT_UNIQUE, t->n, t->name, SAY("%s texts, all different", tell_count(r, t->n)));
}

// ---- spellings -----------------------------------------------------------------------------------------------------
typedef struct Spelled { // the answer of stats_inconsistent
  const Column *column, *cluster, *value, *n, *suggestion, *rule;
} Spelled;

static Sv text_of(const Column *c, int64_t i) { return col_text(c, i); }

static bool told_mixed(const Run *r, Sv column) {
  for (int64_t k = 0; k < r->alerts.n; k++)
    if (r->alerts.item[k].kind == ALERT_MIXED && sv_is(column, r->alerts.item[k].column)) return true;
  return false;
}

// Rows first .. end - 1: spellings (or formats) of one column.
static void tell_spellings(Run *r, const Spelled *s, int64_t first, int64_t end, bool format) {
  int64_t rows = 0, sets = 0, words = end - first;
  for (int64_t i = first; i < end; i++) {
    bool begins = i == first || s->cluster->i[i] != s->cluster->i[i - 1];
    sets += begins, rows += begins ? 0 : s->n->i[i];
  }
  Sv column = text_of(s->column, first), a = text_of(s->value, first), b = text_of(s->value, first + (words > 1));
  const char *name = arena_strndup(&r->alerts.arena, column.s, column.n);
  if (format && !told_mixed(r, column))
    add(r, ALERT_MIXED, rows, name, SAY("values of several formats: '" SV_FMT "', '" SV_FMT "'", SV_ARG(a), SV_ARG(b)));
  if (!format)
    add(r, ALERT_SPELLINGS, rows, name,
        SAY("%s of another word: '" SV_FMT "', '" SV_FMT "'", tell_rows(r, words - sets, "spelling", "spellings"),
            SV_ARG(a), SV_ARG(b)));
}

static ErrCode look_at_spellings(Run *r, Err *err) {
  InconsistentOpts opts = {.letters = false, .formats = true};
  opts.columns = (Names){arena_array(&r->arena, const char *, r->p), 0};
  for (int j = 0; j < r->p; j++) {
    const Facts *t = &r->fact[j];
    if (t->words.n > 1 && t->words.n <= SPELLED_WORDS && !t->id) opts.columns.name[opts.columns.n++] = t->name;
  }
  if (opts.columns.n == 0) return OK;
  TRY(stats_inconsistent(r->job, r->f, &opts, &r->spellings, err));
  const Column *c[6];
  for (int k = 0; k < 6; k++) c[k] = frame_at(r->spellings, k);
  Spelled s = {c[0], c[1], c[2], c[3], c[4], c[5]};
  for (int64_t i = 0, end; i < s.value->n; i = end) {
    bool format = sv_is(text_of(s.rule, i), "format");
    for (end = i + 1; end < s.value->n && sv_eq(text_of(s.column, end), text_of(s.column, i)); end++)
      if (sv_is(text_of(s.rule, end), "format") != format) break;
    tell_spellings(r, &s, i, end, format);
  }
  return OK;
}

// ---- pairs and rows ------------------------------------------------------------------------------------------------
static void look_at_pairs(Run *r) {
  for (int k = 0; k < r->nstrong; k++) {
    const Strong *s = &r->strong[k];
    bool strong = fabs(s->r) >= limit_of(ALERT_CORRELATED);
    if (fabs(s->r) < limit_of(ALERT_STRONGEST)) return;
    const char *kind = s->ranks ? "rank r" : "r";
    add(r, strong ? ALERT_CORRELATED : ALERT_STRONGEST, 0, SAY("%s, %s", name_of(r, s->a), name_of(r, s->b)),
        SAY("%s %s%s", kind, tell_auc(r, s->r), strong ? ": one says what the other does" : ": the strongest pair"));
    sized(r, s->r);
    if (k == 4) break; // the table has the others
  }
}

static void look_at_rows(Run *r) {
  if (r->copies > 0 && r->copies <= r->n / 2)
    add(r, ALERT_DUPLICATES, r->copies, "",
        SAY("%s an earlier one in every column", tell_rows(r, r->copies, "row repeats", "rows repeat")));
  const Frame *leaks = r->out->section[REPORT_LEAKS];
  if (leaks && frame_nrow(leaks) == 0) add(r, ALERT_CLEAN, 0, "", SAY("nothing found that leaks %s", r->goal.name));
}

// ---- the answer ----------------------------------------------------------------------------------------------------
static const char *caption_of(Run *r, int64_t warnings) {
  int64_t remarks = r->alerts.n - warnings;
  if (r->alerts.n == 0) return arena_printf(&r->arena, "alerts  nothing odd was found%s", tell_sample(r));
  return arena_printf(&r->arena, "alerts  %s, %s, worst first%s", tell_rows(r, warnings, "warning", "warnings"),
                      tell_rows(r, remarks, "remark", "remarks"), tell_sample(r));
}

static void put(Run *r, Tab *t, const Alert *a) {
  bool whole = a->kind == ALERT_UNREAD || a->kind == ALERT_DISSENT || a->kind == ALERT_MISSING ||
               a->kind == ALERT_FEW_MISSING || a->kind == ALERT_ALL_MISSING || a->kind == ALERT_MISSING_PATTERN ||
               a->kind == ALERT_MISSING_TARGET;
  tab_row(t);
  tab_text(t, "level", is_warning(a) ? "warning" : "remark");
  tab_text(t, "column", a->column);
  tab_text(t, "alert", ALERT_RULES[a->kind].name);
  tab_text(t, "text", a->text);
  if (a->rows == 0) return;
  tab_int(t, "rows", a->rows);
  tab_real(t, "share", (double)a->rows / (double)(whole ? r->all : r->n));
  if (r->part && !whole) tab_bar(t, "low", "high", bar_share(r, a->rows, r->n));
}

// The worst, few of a kind, and how many of which kinds are left.
static ErrCode show(Run *r, Err *err) {
  Tab few;
  int64_t of[ALERT_KINDS] = {0}, left[ALERT_KINDS] = {0}, more = 0;
  const char *kinds = "";
  tab_init(&few, &r->arena, "~column ~text");
  for (int64_t i = 0; i < r->alerts.n; i++) {
    const Alert *a = &r->alerts.item[i];
    if (a->kind == ALERT_FEW_MISSING) continue; // the missing section has them
    if (of[a->kind]++ >= OF_A_KIND || few.n == SHOWN) {
      left[a->kind]++, more++;
      continue;
    }
    tab_row(&few);
    tab_text(&few, "column",
             arena_printf(&r->arena, "%s %s", is_warning(a) ? "!" : "·", *a->column ? a->column : "rows"));
    tab_text(&few, "text", a->text);
  }
  for (int k = 0; k < ALERT_KINDS; k++)
    if (left[k])
      kinds =
          arena_printf(&r->arena, "%s%s%s %lld", kinds, *kinds ? ", " : "", ALERT_RULES[k].name, (long long)left[k]);
  if (more) {
    tab_row(&few);
    tab_text(&few, "column", arena_printf(&r->arena, "%s more", tell_count(r, more)));
    tab_text(&few, "text", kinds);
  }
  return report_shown(r, REPORT_ALERTS, &few, err);
}

static ErrCode fill(Run *r, Err *err) {
  Tab all;
  int64_t warnings = 0;
  tab_init(&all, &r->arena, "~level ~column ~alert #rows %share %low? %high? ~text");
  for (int64_t i = 0; i < r->alerts.n; i++) {
    warnings += is_warning(&r->alerts.item[i]);
    put(r, &all, &r->alerts.item[i]);
  }
  TRY(report_section(r, REPORT_ALERTS, &all, caption_of(r, warnings), err));
  return show(r, err);
}

ErrCode report_alerts(Run *r, Err *err) {
  alerts_file(&r->alerts, r->whole);
  look_at_leaks(r);
  look_at_balance(r);
  for (int j = 0; j < r->p; j++) {
    const Facts *t = &r->fact[j];
    TRY(job_tick(r->job, j, r->p, err));
    TRY(look_at_missing(r, j, err));
    if (t->kind == FACT_NUMBERS) look_at_values(r, t);
    if (t->kind == FACT_WORDS && t->c->type != COL_BOOL) look_at_words(r, t);
  }
  TRY(look_at_spellings(r, err));
  look_at_pairs(r);
  look_at_rows(r);
  alerts_sort(&r->alerts);
  return fill(r, err);
}
