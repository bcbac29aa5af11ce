// The leak radar: what tells the target better than it will when it counts. A column that alone tells nearly all of it
// was often made from it; an id, the order of the rows or a date that tell it break a split drawn at random; so do rows
// that stand on both sides of it. What each is worth is measured by two fits (see the binding).
#include "stats/report_int.h"

#include <math.h>

static const double ORDER = .6, BLANKS = .8, TWINS = .01;
enum { LEAST = 30, LEVELS = 50 };

static void put(Tab *t, const char *column, const char *leak, double power, int64_t rows, const char *text) {
  tab_row(t);
  tab_text(t, "column", column);
  tab_text(t, "leak", leak);
  tab_real(t, "power", power);
  tab_int(t, "rows", rows);
  tab_text(t, "text", text);
}

static const char *measure_words(Run *r, const PowerOut *p) {
  const char *value = tell_auc(r, p->value);
  return arena_printf(&r->arena, strcmp(p->measure, "auc") == 0 ? "AUC %s" : "rank correlation %s", value);
}

// Beyond what chance would give a column that knows nothing, p about 1e-6.
static bool is_sure(const Run *r, const PowerOut *p) {
  double n = (double)p->n, yes = n / 2, no = n / 2, z = 4.9;
  if (r->goal.kind == GOAL_NUMBER) return p->value > z / sqrt(n);
  if (r->goal.k == 2) yes = n * (double)r->goal.count[r->goal.told] / (double)r->goal.n, no = n - yes;
  return p->value - .5 > z * sqrt((n + 1) / (12 * yes * no));
}

static void look_at_column(Run *r, Tab *t, const Facts *f) {
  const PowerOut *p = &f->power;
  if (isnan(p->value) || p->n < LEAST || !is_sure(r, p)) return;
  const char *measure = measure_words(r, p);
  if (f->id && p->value >= ORDER)
    put(t, f->name, "id", p->value, p->n,
        arena_printf(&r->arena, "only names the rows, and yet tells %s with %s", r->goal.name, measure));
  else if (p->value >= ALERT_RULES[ALERT_LEAK].limit)
    put(t, f->name, "alone", p->value, p->n,
        arena_printf(&r->arena, "alone tells %s with %s: was it known before?", r->goal.name, measure));
  else if (f->kind == FACT_DATES && p->value >= ORDER)
    put(t, f->name, "time", p->value, p->n,
        arena_printf(&r->arena, "%s changes with it, %s: hold out the last rows, not rows at random", r->goal.name,
                     measure));
}

static void look_at_blanks(Run *r, Tab *t, const Facts *f) {
  const Goal *g = &r->goal;
  int64_t there[2] = {0}, all[2] = {0};
  if (g->kind != GOAL_CLASSES || g->k != 2 || f->c->missing == 0 || f->c->missing == f->c->n) return;
  for (int64_t i = 0; i < r->n; i++) {
    if (g->class[i] == NO_CODE) continue;
    all[g->class[i] == g->told]++, there[g->class[i] == g->told] += !col_valid(f->c, i);
  }
  double yes = (double)there[1] / (double)all[1], no = (double)there[0] / (double)all[0];
  PowerOut p = {"auc", .5 + fabs(yes - no) / 2, g->n};
  if (p.value < BLANKS || g->n < LEAST || !is_sure(r, &p)) return;
  put(t, f->name, "blanks", p.value, f->c->missing,
      arena_printf(&r->arena, "whether it is missing tells %s with AUC %s: filled in later?", g->name,
                   tell_auc(r, p.value)));
}

static ErrCode look_at_order(Run *r, Tab *t, Err *err) {
  Column *number;
  PowerOut p;
  TRY(column_new(r->job, COL_I64, r->n, NULL, &number, err));
  for (int64_t i = 0; i < r->n; i++) number->i[i] = i;
  ErrCode code = stats_power(r->job, number, r->goal.y, &p, err);
  column_unref(number);
  if (code != OK) return code;
  if (p.value >= ORDER && p.n >= LEAST && is_sure(r, &p))
    put(t, NULL, "order", p.value, r->n,
        arena_printf(&r->arena, "the place of a row tells %s with %s: sorted, or in groups", r->goal.name,
                     measure_words(r, &p)));
  return OK;
}

// "no column tells Status suspiciously well; the strongest alone is Seniority, AUC .697"
static const char *caption_of(Run *r, int64_t n) {
  const Facts *best = r->nplace ? &r->fact[r->place[0]] : NULL;
  if (n)
    return arena_printf(&r->arena, "leaks  %s why a test may promise too much%s", tell_rows(r, n, "reason", "reasons"),
                        tell_sample(r));
  if (!best || isnan(best->power.value)) return arena_printf(&r->arena, "leaks  none found%s", tell_sample(r));
  return arena_printf(&r->arena, "leaks  none found; the strongest column alone is %s, %s%s", best->name,
                      measure_words(r, &best->power), tell_sample(r));
}

static bool is_suspect(const Tab *t, const char *name) {
  const Sv *column = t->cell[0];
  for (int64_t i = 0; i < t->n; i++)
    if (column[i].s && sv_is(column[i], name)) return true;
  return false;
}

static void name_features(Run *r, const Tab *t) {
  Report *out = r->out;
  out->classes = r->goal.kind == GOAL_CLASSES;
  out->features.name = arena_array(&out->arena, const char *, r->nplace);
  for (int k = 0; k < r->nplace; k++) {
    const Facts *f = &r->fact[r->place[k]];
    bool number = f->kind == FACT_NUMBERS && isfinite(f->sd) && !f->nan;
    bool levels = f->kind == FACT_WORDS && f->c->type != COL_TEXT && f->distinct <= LEVELS;
    if ((number || levels) && !f->id && f->distinct > 1 && !is_suspect(t, f->name))
      out->features.name[out->features.n++] = arena_strdup(&out->arena, f->name);
  }
}

ErrCode report_leaks(Run *r, Err *err) {
  Tab t;
  if (!r->goal.y) return OK;
  tab_init(&t, &r->arena, "~column ~leak %power #rows ~text");
  for (int k = 0; k < r->nplace; k++) look_at_column(r, &t, &r->fact[r->place[k]]);
  for (int k = 0; k < r->nplace; k++) look_at_blanks(r, &t, &r->fact[r->place[k]]);
  TRY(look_at_order(r, &t, err));
  if (r->twins > 0 && r->twins <= r->n / 2 && (double)r->twins >= TWINS * (double)r->n) // more: a table of few levels
    put(&t, NULL, "copies", NAN, r->twins,
        arena_printf(&r->arena, "%s an earlier one: a split puts some on both sides",
                     tell_rows(r, r->twins, "row repeats", "rows repeat")));
  name_features(r, &t);
  return report_section(r, REPORT_LEAKS, &t, caption_of(r, t.n), err);
}
