// The target by fifths of numbers and by the levels of categories: where it is high and where it is low, with Wilson's
// intervals for shares and Student's for means. Fifths end at the quintiles, equal ones count once; a number of few
// values keeps them. Missing values are a group of their own.
#include "stats/report_int.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LEVELS = 50, FEW_VALUES = 5, SHOWN = 6, SHOWN_LEVELS = 6, SHARES = 44 };

typedef struct Part { // a group of rows
  const char *name;
  int64_t n;
  int64_t *class;      // rows of each class
  double sum, squares; // of a number, about its mean
} Part;

typedef struct Parts {
  int64_t n;
  Part *part;
  bool ordered; // from low to high
} Parts;

// ---- which group ---------------------------------------------------------------------------------------------------
static int64_t cuts_of(const Facts *t, double *cut) { // upper ends of the groups but the last
  int64_t m = 0;
  for (int k = 0; k < FIFTHS - 1; k++)
    if (t->fifth[k] < t->q[4] && (m == 0 || t->fifth[k] > cut[m - 1])) cut[m++] = t->fifth[k];
  return m;
}

static const char *range_name(Run *r, const Facts *t, const double *cut, int64_t m, int64_t k) {
  if (m == 0) return fact_value(r, t, t->q[0]);
  if (k == 0) return arena_printf(&r->arena, "to %s", fact_value(r, t, cut[0]));
  if (k == m) return arena_printf(&r->arena, "above %s", fact_value(r, t, cut[m - 1]));
  return arena_printf(&r->arena, "%s to %s", fact_value(r, t, cut[k - 1]), fact_value(r, t, cut[k]));
}

// Group m + 1 holds the missing values; NaN has no group.
static void group_numbers(Run *r, const Facts *t, Parts *p) {
  double cut[FIFTHS];
  int64_t m = cuts_of(t, cut);
  for (int64_t i = 0; i < r->n; i++) {
    double v = col_f64(t->c, i);
    uint32_t k = 0;
    while (k < m && v > cut[k]) k++;
    r->goal.group[i] = !col_valid(t->c, i) ? (uint32_t)m + 1 : isnan(v) ? NO_CODE : k;
  }
  p->ordered = true, p->n = m + 2, p->part = arena_array(&r->arena, Part, p->n);
  for (int64_t k = 0; k <= m; k++) p->part[k].name = range_name(r, t, cut, m, k);
}

static void group_words(Run *r, const Facts *t, Parts *p) {
  const Dict *dict = t->c->dict;
  p->n = (dict ? dict->n : 2) + 1, p->part = arena_array(&r->arena, Part, p->n);
  for (int64_t i = 0; i < r->n; i++)
    r->goal.group[i] = !col_valid(t->c, i) ? (uint32_t)(p->n - 1) : dict ? (uint32_t)col_code(t->c, i) : t->c->b[i];
  for (int64_t k = 0; k + 1 < p->n; k++)
    p->part[k].name = dict ? arena_strndup(&r->arena, dict->word[k].s, dict->word[k].n) : k ? "true" : "false";
}

static void count_parts(Run *r, Parts *p) {
  const Goal *g = &r->goal;
  bool classes = g->kind == GOAL_CLASSES;
  p->part[p->n - 1].name = "(missing)";
  for (int64_t k = 0; k < p->n; k++) p->part[k].class = arena_array(&r->arena, int64_t, g->k + 1);
  for (int64_t i = 0; i < r->n; i++) {
    double v = classes ? 0 : col_f64(g->y, i) - g->mean;
    if (g->group[i] == NO_CODE || (classes ? g->class[i] == NO_CODE : isnan(v))) continue;
    Part *to = &p->part[g->group[i]];
    to->n++;
    if (classes) to->class[g->class[i]]++;
    else to->sum += v, to->squares += v * v;
  }
}

static double value_of(const Run *r, const Part *p) { // what groups are ordered by and bars show
  if (r->goal.kind == GOAL_NUMBER) return r->goal.mean + p->sum / (double)p->n;
  return (double)p->class[r->goal.told] / (double)p->n;
}

static void close_parts(const Run *r, Parts *p) { // without the empty ones; levels from high to low
  int64_t m = 0;
  for (int64_t k = 0; k < p->n; k++) {
    Part one = p->part[k];
    if (!one.n) continue;
    int64_t at = m++;
    bool sorts = !p->ordered && k + 1 < p->n;
    for (; sorts && at > 0 && value_of(r, &p->part[at - 1]) < value_of(r, &one); at--) p->part[at] = p->part[at - 1];
    p->part[at] = one;
  }
  p->n = m;
}

// ---- the answer ----------------------------------------------------------------------------------------------------
static void put_class(Run *r, Tab *t, const Facts *x, const Part *p, int64_t k) {
  const Goal *g = &r->goal;
  tab_row(t);
  tab_text(t, "column", x->name);
  tab_text(t, "group", p->name);
  tab_text(t, "class", g->level[k]);
  tab_int(t, "n", p->n);
  tab_real(t, "share", (double)p->class[k] / (double)p->n);
  tab_bar(t, "low", "high", bar_wilson((double)p->class[k], (double)p -> n));
}

static void put_number(Run *r, Tab *t, const Facts *x, const Part *p) {
  double n = (double)p->n, mean = p->sum / n, var = n > 1 ? fmax(0, (p->squares - n * mean * mean) / (n - 1)) : NAN;
  double half = n > 1 ? dist_t_quantile(.975, n - 1) * sqrt(var / n) : NAN;
  tab_row(t);
  tab_text(t, "column", x->name);
  tab_text(t, "group", p->name);
  tab_int(t, "n", p->n);
  tab_real(t, "mean", r->goal.mean + mean);
  tab_bar(t, "low", "high", (Bar){r->goal.mean + mean - half, r->goal.mean + mean + half});
}

static void put_parts(Run *r, Tab *t, const Facts *x, const Parts *p) {
  const Goal *g = &r->goal;
  for (int64_t i = 0; i < p->n; i++) {
    if (g->kind == GOAL_NUMBER) put_number(r, t, x, &p->part[i]);
    for (int64_t k = 0; k < g->k && g->kind == GOAL_CLASSES; k++)
      if (g->k > 2 || k == g->told) put_class(r, t, x, &p->part[i], k);
  }
}

static const char *value_text(Run *r, const Part *p) {
  if (r->goal.kind == GOAL_NUMBER) return tell_short(r, value_of(r, p));
  return arena_printf(&r->arena, "%.0f", 100 * value_of(r, p));
}

// Bars from low to high, and the shares: bare for fifths, beside their names for levels.
static void put_shown(Run *r, Tab *t, int j, const Parts *p) {
  int64_t height[FIFTHS + 2] = {0}, n = p->n < SHOWN_LEVELS ? p->n : SHOWN_LEVELS;
  double lo = INFINITY, hi = -INFINITY;
  const char *text = "";
  for (int64_t k = 0; k < n; k++) lo = fmin(lo, value_of(r, &p->part[k])), hi = fmax(hi, value_of(r, &p->part[k]));
  if (r->goal.kind == GOAL_CLASSES) lo = 0;
  for (int64_t k = 0; k < n; k++) {
    const Part *one = &p->part[k];
    height[k] = 1 + (int64_t)(999 * (hi > lo ? (value_of(r, one) - lo) / (hi - lo) : 0));
    bool named = !p->ordered || strcmp(one->name, "(missing)") == 0;
    text = arena_printf(&r->arena, "%s%s%s%s%s", text,
                        !k      ? ""
                        : named ? ", "
                                : " ",
                        named ? one->name : "", named ? " " : "", value_text(r, one));
  }
  size_t fit = utf8_fit(sv(text), SHARES);
  tab_row(t);
  tab_text(t, "column", name_with_sign(r, j));
  tab_text(t, "bars", tell_bars(r, height, (int)n, " "));
  tab_text(t, r->goal.kind == GOAL_NUMBER ? "mean" : "percent",
           text[fit] ? arena_printf(&r->arena, "%.*s…", (int)fit, text) : text);
}

static const char *caption_of(Run *r) {
  const Goal *g = &r->goal;
  if (g->kind == GOAL_NUMBER)
    return arena_printf(&r->arena, "target  mean of %s by fifths of numbers and by levels; all %s%s", g->name,
                        tell_number(r, g->mean), tell_sample(r));
  double share = (double)g->count[g->told] / (double)g->n;
  return arena_printf(&r->arena, "target  share of %s = %s in %% by fifths of numbers and by levels; all %s%s", g->name,
                      g->level[g->told], tell_share(r, share), tell_sample(r));
}

static bool is_told(const Facts *t) {
  if (t->kind == FACT_EMPTY || t->c->type == COL_TEXT || t->id || t->distinct < 2) return false;
  return t->kind != FACT_WORDS || t->distinct <= MOST_LEVELS;
}

ErrCode report_target(Run *r, Err *err) {
  Tab t, few;
  int shown = 0;
  if (!r->goal.y) return OK;
  tab_init(&t, &r->arena, "~column ~group ~class? #n %share? %mean? %low %high");
  tab_init(&few, &r->arena, "~column ~bars ~percent? ~mean?");
  for (int k = 0; k < r->nplace; k++) {
    const Facts *x = &r->fact[r->place[k]];
    Parts p = {0};
    TRY(job_tick(r->job, k, r->nplace, err));
    if (!is_told(x)) continue;
    if (fact_numbers(x)) group_numbers(r, x, &p);
    else group_words(r, x, &p);
    count_parts(r, &p);
    close_parts(r, &p);
    put_parts(r, &t, x, &p);
    if (shown++ < SHOWN) put_shown(r, &few, r->place[k], &p);
  }
  TRY(report_section(r, REPORT_TARGET, &t, caption_of(r), err));
  return report_shown(r, REPORT_TARGET, &few, err);
}
