// Missing values, and where they concentrate: for every category column of at most 20 levels, Pearson's chi-square of
// missing or not by level (k - 1 degrees of freedom, no correction). Levels without rows fall out; a table counts when
// each of its levels is expected to miss one value at least. The strongest association below p = .001 is told, levels
// with the largest share first. Reference: Agresti, Categorical Data Analysis, 3rd ed., 3.2.1.
#include "stats/stats_int.h"

#include "num/num.h"

#include <math.h>

enum { MOST_LEVELS = 20, SHOWN_LEVELS = 3 };

typedef struct Pattern { // of the missing values of one column by the levels of another
  int by;                // column; -1 none
  int n;                 // levels with rows
  int64_t rows[MOST_LEVELS], miss[MOST_LEVELS];
  int64_t first[MOST_LEVELS]; // a row of the level, for its name
  double p, v2;               // v2: square of Cramer's V
} Pattern;

static int level_count(const Column *c) { return c->type == COL_BOOL ? 2 : c->type == COL_CAT ? c->dict->n : 0; }

static void cross(const Column *c, const Column *by, Pattern *t) {
  for (int64_t i = 0; i < c->n; i++) {
    if (!col_valid(by, i)) continue;
    int k = by->type == COL_BOOL ? by->b[i] : (int)col_code(by, i);
    if (t->rows[k]++ == 0) t->first[k] = i;
    t->miss[k] += !col_valid(c, i);
  }
  for (int k = 0; k < level_count(by); k++) {
    if (!t->rows[k]) continue;
    t->rows[t->n] = t->rows[k], t->miss[t->n] = t->miss[k], t->first[t->n] = t->first[k];
    t->n++;
  }
}

// False where the table says nothing.
static bool measure(Job *job, Pattern *t) {
  double part[MOST_LEVELS], rows = 0, miss = 0;
  for (int k = 0; k < t->n; k++) rows += (double)t->rows[k], miss += (double)t->miss[k]; // whole numbers: exact
  double share = miss / rows;
  if (t->n < 2 || !(share > 0 && share < 1)) return false;
  for (int k = 0; k < t->n; k++) {
    double expected = share * (double)t->rows[k], off = (double)t->miss[k] - expected;
    if (expected < 1) return false;
    part[k] = off * off / expected + off * off / ((double)t->rows[k] - expected);
  }
  double chisq = sum_f64(job, part, t->n);
  t->p = dist_chisq(chisq, t->n - 1, DIST_UPPER), t->v2 = chisq / rows;
  return true;
}

static void find_pattern(Alerts *a, int j, Pattern *best) {
  *best = (Pattern){.by = -1, .p = .001};
  for (int g = 0; g < frame_ncol(a->f); g++) {
    const Column *by = frame_at(a->f, g);
    Pattern t = {.by = g};
    if (g == j || level_count(by) < 2 || level_count(by) > MOST_LEVELS) continue;
    cross(frame_at(a->f, j), by, &t);
    if (!measure(a->job, &t) || !(t.p < .001)) continue;
    if (best->by < 0 || t.v2 > best->v2) *best = t;
  }
}

// ---- words ---------------------------------------------------------------------------------------------------------
// "class" of passengerClass and passenger_class; NULL when the name is one word.
static const char *last_word(Alerts *a, const char *name) {
  size_t n = strlen(name), at = 0;
  for (size_t i = 1; i + 1 < n; i++) {
    bool hump = name[i] >= 'A' && name[i] <= 'Z' && name[i - 1] >= 'a' && name[i - 1] <= 'z';
    if (name[i] == '_' || name[i] == '.' || name[i] == ' ' || name[i] == '-') at = i + 1;
    else if (hump) at = i;
  }
  if (!at) return NULL;
  char *word = arena_strdup(&a->arena, name + at);
  for (char *s = word; *s; s++)
    if (*s >= 'A' && *s <= 'Z') *s = (char)(*s + 32);
  return word;
}

static double share_of(const Pattern *t, int k) { return (double)t->miss[k] / (double)t->rows[k]; }

static void order_levels(const Pattern *t, int order[MOST_LEVELS]) {
  for (int i = 0; i < t->n; i++) {
    int k = i;
    for (; k > 0 && share_of(t, order[k - 1]) < share_of(t, i); k--) order[k] = order[k - 1];
    order[k] = i;
  }
}

// "3rd class 29%, 1st 12%, 2nd 6%", "sex male 22%, female 17%"
static const char *pattern_words(Alerts *a, const Pattern *t) {
  const Column *by = frame_at(a->f, t->by);
  const char *name = frame_name(a->f, t->by), *word = last_word(a, name), *text = "";
  int order[MOST_LEVELS];
  order_levels(t, order);
  for (int i = 0; i < t->n && i < SHOWN_LEVELS; i++) {
    int k = order[i];
    const char *level = alert_cell(a, by, t->first[k]), *share = alert_share(a, t->miss[k], t->rows[k]);
    if (i) text = arena_printf(&a->arena, "%s, %s %s", text, level, share);
    else if (word) text = arena_printf(&a->arena, "%s %s %s", level, word, share);
    else text = arena_printf(&a->arena, "%s %s %s", name, level, share);
  }
  return text;
}

ErrCode alerts_missing(Alerts *a, int j, Err *err) {
  const Column *c = frame_at(a->whole ? a->whole : a->f, j);
  const char *name = frame_name(a->f, j), *n = alert_count(a, c->missing);
  if (c->missing == 0) return OK;
  TRY(job_tick(a->job, j, frame_ncol(a->f), err));
  double share = (double)c->missing / (double)c->n;
  const char *where = arena_printf(&a->arena, "is_missing(%s)", alert_name(a, name));
  if (c->missing == c->n) {
    alerts_add(a, ALERT_ALL_MISSING, c->n, name, arena_printf(&a->arena, "all %s missing", n));
    return alerts_where(a, where), OK;
  }
  Pattern t;
  find_pattern(a, j, &t);
  if (t.by >= 0)
    alerts_add(a, ALERT_MISSING_PATTERN, c->missing, name,
               arena_printf(&a->arena, "%s missing, not at random: %s", n, pattern_words(a, &t)));
  else
    alerts_add(a, share < ALERT_RULES[ALERT_MISSING].limit ? ALERT_FEW_MISSING : ALERT_MISSING, c->missing, name,
               arena_printf(&a->arena, "%s missing (%s)", n, alert_share(a, c->missing, c->n)));
  return alerts_where(a, where), OK;
}
