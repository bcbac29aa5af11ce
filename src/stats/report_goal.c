// The target: classes (words, truth values, numbers of two values) or a number, read once for all sections.
#include "stats/report_int.h"

#include "base/near.h"
#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_CLASSES = 50 };

static ErrCode refuse(const Goal *g, ErrCode code, const char *why, Err *err) {
  return err_set(err, code, "profile: target '%s' %s", g->name, why);
}

// ---- which classes -------------------------------------------------------------------------------------------------
// The two values of a number column, or false.
static bool two_values(const Column *c, double v[2]) {
  int found = 0;
  for (int64_t i = 0; i < c->n; i++) {
    double x = col_f64(c, i);
    if (isnan(x) || (found > 0 && x == v[0]) || (found > 1 && x == v[1])) continue;
    if (found == 2) return false;
    v[found++] = x;
  }
  if (found == 2 && v[0] > v[1]) {
    double low = v[1];
    v[1] = v[0], v[0] = low;
  }
  return found == 2;
}

static uint32_t code_at(const Column *c, int64_t i, const double v[2]) {
  if (!col_valid(c, i)) return NO_CODE;
  if (c->dict) return (uint32_t)col_code(c, i);
  if (c->type == COL_BOOL) return c->b[i];
  return isnan(col_f64(c, i)) ? NO_CODE : col_f64(c, i) == v[1];
}

static const char *level_name(Run *r, const Column *c, uint32_t code, const double v[2]) {
  if (c->dict) return arena_strndup(&r->arena, c->dict->word[code].s, c->dict->word[code].n);
  return c->type == COL_BOOL ? (code ? "true" : "false") : tell_number(r, v[code]);
}

// Classes that occur get numbers 0 .. k - 1 in the order of the column.
static void count_classes(Run *r, const Column *c, const double v[2]) {
  Goal *g = &r->goal;
  uint32_t levels = c->dict ? (uint32_t)c->dict->n : 2;
  int64_t *rows = arena_array(&r->arena, int64_t, levels);
  uint32_t *to = arena_array(&r->arena, uint32_t, levels);
  for (int64_t i = 0; i < c->n; i++) {
    g->class[i] = code_at(c, i, v);
    if (g->class[i] != NO_CODE) rows[g->class[i]]++;
  }
  g->level = arena_array(&r->arena, const char *, levels), g->count = arena_array(&r->arena, int64_t, levels);
  for (uint32_t k = 0; k < levels; k++) {
    if (!rows[k]) continue;
    g->level[g->k] = level_name(r, c, k, v), g->count[g->k] = rows[k], g->n += rows[k];
    to[k] = (uint32_t)g->k++;
  }
  for (int64_t i = 0; i < c->n; i++)
    if (g->class[i] != NO_CODE) g->class[i] = to[g->class[i]];
}

static ErrCode choose_told(Run *r, const Column *c, Err *err) {
  Goal *g = &r->goal;
  const char *positive = r->opts->positive;
  g->told = 1;
  if (!c->dict && !positive) return OK;
  if (!positive) { // the rarest; among equals the last
    for (uint32_t k = 0; k < g->k; k++)
      if (g->count[k] <= g->count[g->told]) g->told = k;
    return OK;
  }
  Sv *names = arena_array(&r->arena, Sv, g->k);
  for (uint32_t k = 0; k < g->k; k++) {
    if (strcmp(g->level[k], positive) == 0) return g->told = k, OK;
    names[k] = sv(g->level[k]);
  }
  char hint[300];
  near_hint(hint, sizeof hint, sv(positive), names, g->k);
  return err_set(err, ERR_ARG, "profile: target '%s' has no class '%s'%s", g->name, positive, hint);
}

// For measures, two classes are truth values.
static ErrCode measured(Run *r, const Column *c, Err *err) {
  Goal *g = &r->goal;
  if (g->k > 2) return g->y = column_ref(c), OK;
  TRY(column_new(r->job, COL_BOOL, c->n, NULL, &g->y, err));
  for (int64_t i = 0; i < c->n; i++) {
    g->y->b[i] = g->class[i] == g->told;
    if (g->class[i] == NO_CODE) TRY(column_set_missing(g->y, i, err));
  }
  return OK;
}

static ErrCode read_classes(Run *r, const Column *c, const double v[2], Err *err) {
  Goal *g = &r->goal;
  g->kind = GOAL_CLASSES;
  count_classes(r, c, v);
  if (g->k < 2) return refuse(g, ERR_ARG, "has one value only: there is nothing to tell apart", err);
  if (g->k > MOST_CLASSES)
    return refuse(
        g, ERR_ARG,
        arena_printf(&r->arena, "has %lld classes, at most %d can be told apart", (long long)g->k, MOST_CLASSES), err);
  TRY(choose_told(r, c, err));
  return measured(r, c, err);
}

// ---- a number ------------------------------------------------------------------------------------------------------
static ErrCode read_number(Run *r, const Column *c, Err *err) {
  Goal *g = &r->goal;
  if (r->opts->positive) return refuse(g, ERR_ARG, "is a number and has no classes: leave positive= out", err);
  TRY(job_need(r->job, c->n * 8, "the target", err));
  double *x = mem_new((size_t)c->n * sizeof *x + 1);
  if (!x) return err_set(err, ERR_MEMORY, "profile: the system has no memory left: take fewer rows");
  int64_t m = column_present_f64(r->job, c, x);
  for (int64_t i = 0; i < m; i++)
    if (!isnan(x[i])) x[g->n++] = x[i];
  Moments all = moments_f64(r->job, x, g->n);
  mem_free(x);
  g->kind = GOAL_NUMBER, g->mean = all.mean, g->sd = sqrt(moments_var(&all));
  if (g->n < 2 || all.min == all.max) return refuse(g, ERR_ARG, "has one value only: there is nothing to tell", err);
  if (!isfinite(g->sd)) return refuse(g, ERR_ARG, "holds infinite values: d:where them out first", err);
  g->y = column_ref(c);
  return OK;
}

ErrCode goal_init(Run *r, Err *err) {
  Goal *g = &r->goal;
  double v[2] = {0};
  g->j = -1;
  if (!r->opts->target && r->opts->positive)
    return err_set(err, ERR_ARG, "profile: positive= names a class of the target, and no target= is given");
  if (!r->opts->target) return OK;
  TRY(frame_col(r->f, sv(r->opts->target), &g->j, err));
  const Column *c = g->column = frame_at(r->f, g->j);
  g->name = frame_name(r->f, g->j);
  if (c->type == COL_TEXT)
    return refuse(g, ERR_TYPE, "is text, nearly all of it different: a target is a number, a category or a bool", err);
  if (c->type == COL_DATE || c->type == COL_TIME)
    return refuse(g, ERR_TYPE, "is a date: d:derive a number or a category of it first", err);
  TRY(job_need(r->job, c->n * 8, "the target", err));
  g->class = mem_new((size_t)c->n * 2 * sizeof *g->class + 1);
  if (!g->class) return err_set(err, ERR_MEMORY, "profile: the system has no memory left: take fewer rows");
  g->group = g->class + c->n;
  bool classes = c->dict || c->type == COL_BOOL || two_values(c, v);
  return classes ? read_classes(r, c, v, err) : read_number(r, c, err);
}

void goal_fini(Goal *g) {
  column_unref(g->y);
  mem_free(g->class);
}

// ---- groups of rows ------------------------------------------------------------------------------------------------
static double class_p(const Run *r, int64_t k) {
  const Goal *g = &r->goal;
  const uint32_t *group = g->group;
  int64_t *cell = calloc((size_t)(k * g->k + k + g->k) + 1, sizeof *cell), *row = cell + k * g->k, *col = row + k,
          n = 0;
  if (!cell) abort();
  for (int64_t i = 0; i < r->n; i++) {
    if (g->class[i] == NO_CODE || group[i] == NO_CODE) continue;
    cell[group[i] * g->k + g->class[i]]++, row[group[i]]++, col[g->class[i]]++, n++;
  }
  double chisq = 0;
  int64_t rows = 0, cols = 0;
  for (int64_t a = 0; a < k; a++)
    for (int64_t b = 0; b < g->k; b++) {
      double expected = (double)row[a] * (double)col[b] / (double)n, off = (double)cell[a * g->k + b] - expected;
      if (expected > 0) chisq += off * off / expected;
    }
  for (int64_t a = 0; a < k; a++) rows += row[a] > 0;
  for (int64_t b = 0; b < g->k; b++) cols += col[b] > 0;
  free(cell);
  double df = (double)((rows - 1) * (cols - 1));
  return df > 0 ? dist_chisq(chisq, df, DIST_UPPER) : NAN;
}

typedef struct Group {
  int64_t n;
  double sum;
} Group;

static double number_p(const Run *r, int64_t k) {
  const uint32_t *group = r->goal.group;
  Group *t = calloc((size_t)k + 1, sizeof *t);
  if (!t) abort();
  double between = 0, all = 0, sum = 0, n = 0, groups = 0;
  for (int64_t i = 0; i < r->n; i++) {
    double v = col_f64(r->goal.y, i) - r->goal.mean;
    if (isnan(v) || group[i] == NO_CODE) continue;
    t[group[i]].n++, t[group[i]].sum += v, all += v * v;
  }
  for (int64_t a = 0; a < k; a++) {
    if (!t[a].n) continue;
    groups++, n += (double)t[a].n, sum += t[a].sum, between += t[a].sum * t[a].sum / (double)t[a].n;
  }
  free(t);
  between -= sum * sum / n, all -= sum * sum / n;
  double df1 = groups - 1, df2 = n - groups;
  if (!(df1 > 0 && df2 > 0 && all > between)) return NAN;
  return dist_f(between / df1 / ((all - between) / df2), df1, df2, DIST_UPPER);
}

double goal_p(Run *r, int64_t k) { return r->goal.kind == GOAL_CLASSES ? class_p(r, k) : number_p(r, k); }

// ---- missing values ------------------------------------------------------------------------------------------------
static const char *classes_there(Run *r, const Column *c) {
  const Goal *g = &r->goal;
  int64_t *there = arena_array(&r->arena, int64_t, g->k), n = 0, best = g->k == 2 ? g->told : 0;
  for (int64_t i = 0; i < c->n; i++)
    if (g->class[i] != NO_CODE && !col_valid(c, i)) there[g->class[i]]++, n++;
  double most = -1;
  for (int64_t k = 0; k < g->k && g->k > 2; k++) { // of many classes the one that differs most
    double off = fabs((double)there[k] / (double)n - (double)(g->count[k] - there[k]) / (double)(g->n - n));
    if (off > most) most = off, best = k;
  }
  return arena_printf(&r->arena, "%s %s there, %s elsewhere", g->level[best],
                      tell_share(r, (double)there[best] / (double)n),
                      tell_share(r, (double)(g->count[best] - there[best]) / (double)(g->n - n)));
}

static const char *means_there(Run *r, const Column *c) {
  double sum[2] = {0}, n[2] = {0};
  for (int64_t i = 0; i < c->n; i++) {
    double v = col_f64(r->goal.y, i) - r->goal.mean;
    int there = !col_valid(c, i);
    if (!isnan(v)) sum[there] += v, n[there]++;
  }
  return arena_printf(&r->arena, "mean %s %s there, %s elsewhere", r->goal.name,
                      tell_number(r, r->goal.mean + sum[1] / n[1]), tell_number(r, r->goal.mean + sum[0] / n[0]));
}

const char *goal_missing(Run *r, const Column *c) {
  const Goal *g = &r->goal;
  if (g->kind == GOAL_NONE || c->missing == 0 || c->missing == c->n) return NULL;
  for (int64_t i = 0; i < c->n; i++) g->group[i] = !col_valid(c, i);
  double p = goal_p(r, 2);
  if (!(p < .001)) return NULL;
  return g->kind == GOAL_CLASSES ? classes_there(r, c) : means_there(r, c);
}
