// Rows in the order of their score. A threshold calls the first k of them positive; all that ROC, precision and recall,
// gain and lift draw follows from how many of these are of the class and how many are not, whole numbers at each
// distinct score. With several classes each has its own scores and stands against all others. O(n) a class.
#include "chart/curve_int.h"

#include "base/near.h"

#include <math.h>

// ---- columns ------------------------------------------------------------------------------------------------------
static ErrCode find_class(const Scores *s, const char *name, int32_t *out, Err *err) {
  for (int64_t k = 0; k < s->actual.n; k++)
    if (strcmp(s->actual.name[k], name) == 0) return *out = (int32_t)k, OK;
  char hint[300];
  Sv *names = arena_array(&s->p->arena, Sv, s->actual.n);
  for (int64_t k = 0; k < s->actual.n; k++) names[k] = sv(s->actual.name[k]);
  near_hint(hint, sizeof hint, sv(name), names, s->actual.n);
  return err_set(err, ERR_NAME, "%s: no row has %s = '%s'%s", s->pile->chart, s->actual.column, name, hint);
}

// The class that a column's name names; -1 none.
static int32_t named_class(const Scores *s, const char *column) {
  for (int64_t k = 0; k < s->actual.n; k++) {
    const char *level = s->actual.name[k];
    if (strcmp(column, level) == 0) return (int32_t)k;
    if (strncmp(column, "p_", 2) == 0 && strcmp(column + 2, level) == 0) return (int32_t)k;
  }
  return -1;
}

static ErrCode class_of_one(Scores *s, Err *err) {
  if (s->o->positive) return find_class(s, s->o->positive, &s->class[0], err);
  s->class[0] = named_class(s, s->use[0].name);
  if (s->class[0] >= 0) return OK;
  if (s->actual.n > 2)
    return err_set(err, ERR_ARG,
                   "%s: '%s' has %lld classes: say which one the score speaks for, positive=\"...\", or "
                   "give a score column for each",
                   s->pile->chart, s->actual.column, (long long)s->actual.n);
  s->class[0] = (int32_t)s->actual.n - 1;
  return OK;
}

// A class that no row has keeps its place: it is named in the note.
static ErrCode class_of_each(Scores *s, Err *err) {
  for (int k = 0; k < s->n; k++) {
    const char *name = s->use[k].name;
    s->class[k] = named_class(s, name);
    if (s->class[k] < 0 && strncmp(name, "p_", 2) != 0)
      return err_set(err, ERR_NAME,
                     "%s: column '%s' names no class of '%s': name score columns p_CLASS, as m:predict does",
                     s->pile->chart, name, s->actual.column);
    s->name[k] = s->class[k] < 0 ? words_copy(s->p, sv(name + 2), CHART_NAME_COLUMNS) : s->actual.name[s->class[k]];
  }
  return OK;
}

static ErrCode find_columns(Scores *s, const Frame *d, Err *err) {
  static const char advice[] = "scores are numbers", levels[] = "the classes that were";
  const char *chart = s->pile->chart;
  const ScoreOpts *o = s->o;
  if (o->score.n == 0 || !o->actual)
    return err_set(err, ERR_ARG, "%s: name the scores and what was: d:%s{\"score\", \"actual\"}", chart, chart);
  if (o->score.n > SCORES_MOST)
    return err_set(err, ERR_ARG, "%s: %lld score columns are too many, at most %d fit", chart, (long long)o->score.n,
                   SCORES_MOST);
  for (s->n = 0; s->n < o->score.n; s->n++)
    TRY(use_find(d, chart, o->score.name[s->n], false, advice, &s->use[s->n], err));
  TRY(levels_load(s->pile, d, o->actual, 1000, levels, s->p, &s->actual, err));
  if (s->n > 1) return class_of_each(s, err);
  TRY(class_of_one(s, err));
  s->name[0] = s->actual.name[s->class[0]];
  return OK;
}

// ---- rows ---------------------------------------------------------------------------------------------------------
static ErrCode count_classes(Scores *s, Err *err) {
  int64_t *count;
  TRY(pile_new(s->pile, s->actual.n * 8 + 8, &count, err));
  memset(count, 0, (size_t)s->actual.n * 8);
  for (int64_t i = 0; i < s->nrow; i++) count[s->actual.of[s->row[i]]]++;
  for (int k = 0; k < s->n; k++) s->rows[k] = s->class[k] < 0 ? 0 : count[s->class[k]];
  return OK;
}

static bool has_both(const Scores *s, int k) { return s->rows[k] > 0 && s->rows[k] < s->nrow; }

// Colours go by the order of classes; of more than can be told apart to those with most rows.
static ErrCode choose_drawn(Scores *s, Err *err) {
  for (int k = 0; k < s->n; k++) {
    int before = 0;
    for (int j = 0; j < s->n; j++)
      before += has_both(s, j) && (s->rows[j] > s->rows[k] || (s->rows[j] == s->rows[k] && j < k));
    s->group[k] = has_both(s, k) && before < CHART_MOST_GROUPS ? 0 : -1;
  }
  for (int k = 0; k < s->n; k++) {
    if (s->group[k] < 0) continue;
    s->group[k] = s->n <= CHART_MOST_GROUPS ? k : s->ndrawn; // in panels a class keeps its colour
    s->ndrawn++;
  }
  if (s->ndrawn) return OK;
  return err_set(err, ERR_ARG, "%s: %s row has %s = '%s', rows of both kinds are needed", s->pile->chart,
                 s->rows[0] ? "every" : "no", s->actual.column, s->name[0]);
}

static void look_at_range(Scores *s) {
  s->unit = true;
  for (int k = 0; k < s->n && s->unit; k++)
    for (int64_t i = 0; i < s->nrow && s->unit; i++) {
      double v = col_f64(s->use[k].col, s->row[i]);
      s->unit = v >= 0 && v <= 1;
    }
}

ErrCode scores_load(Scores *s, Pile *pile, const Frame *d, const ScoreOpts *o, Plot *p, Err *err) {
  *s = (Scores){.pile = pile, .o = o, .p = p};
  TRY(find_columns(s, d, err));
  TRY(rows_pick(pile, s->use, s->n, &s->actual, frame_nrow(d), &s->row, &s->nrow, err));
  TRY(count_classes(s, err));
  TRY(choose_drawn(s, err));
  look_at_range(s);
  TRY(pile_new(pile, s->nrow * 8, &s->key, err));
  TRY(pile_new(pile, s->nrow * 8, &s->order, err));
  return pile_new(pile, (s->nrow + 1) * 32, &s->points, err);
}

ErrCode scores_curve(Scores *s, int k, ScoreCurve *out, Err *err) {
  const Column *score = s->use[k].col;
  int64_t room = s->nrow + 1, n = 0, tp = 0;
  ScoreCurve c = {.name = s->name[k], .k = k, .npos = s->rows[k], .nneg = s->nrow - s->rows[k]};
  c.t = (double *)(void *)s->points, c.tp = s->points + room, c.fp = c.tp + room, c.row = c.fp + room;
  for (int64_t i = 0; i < s->nrow; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(s->pile->job, i, s->nrow, err));
    s->key[i] = ~order_key_f64(col_f64(score, s->row[i]));
  }
  TRY(order_keys(s->pile->job, s->key, s->nrow, false, s->order, err));
  c.t[0] = INFINITY, c.tp[0] = c.fp[0] = 0, c.row[0] = s->row[s->order[0]];
  for (int64_t i = 0; i < s->nrow; i++) {
    int64_t row = s->row[s->order[i]];
    double v = col_f64(score, row) + 0.0; // never -0
    if (v != c.t[n]) c.t[++n] = v, c.row[n] = row;
    tp += s->actual.of[row] == s->class[k];
    c.tp[n] = tp, c.fp[n] = i + 1 - tp;
  }
  c.n = n + 1;
  *out = c;
  return OK;
}

int64_t curve_at(const ScoreCurve *c, double t) {
  int64_t at = 0;
  while (at + 1 < c->n && c->t[at + 1] >= t) at++;
  return at;
}

double curve_f1(const ScoreCurve *c, int64_t i) {
  return 2 * (double)c->tp[i] / (double)(c->tp[i] + c->fp[i] + c->npos);
}

double curve_gain(const ScoreCurve *c, double share) {
  double rows = share * (double)(c->npos + c->nneg);
  int64_t i = 1;
  while (i < c->n - 1 && (double)(c->tp[i] + c->fp[i]) < rows) i++;
  double before = (double)(c->tp[i - 1] + c->fp[i - 1]), here = (double)(c->tp[i] + c->fp[i]);
  double part = (rows - before) / (here - before);
  return ((double)c->tp[i - 1] + part * (double)(c->tp[i] - c->tp[i - 1])) / (double)c->npos;
}

// ---- marks --------------------------------------------------------------------------------------------------------
ErrCode scores_line(Scores *s, const ScoreCurve *c, const double *x, const double *y, const int64_t *at, int64_t n,
                    Err *err) {
  int64_t *keep;
  TRY(pile_new(s->pile, n * 8, &keep, err));
  int64_t m = lines_thin(x, y, n, chart_marks(&s->o->labels) / (s->ndrawn + 1), false, keep);
  Series *line = plot_add(s->p, MARK_LINE, m);
  line->rows = arena_array(&s->p->arena, int64_t, m);
  line->group = s->group[c->k], line->name = s->n > 1 ? c->name : NULL;
  for (int64_t i = 0; i < m; i++) {
    line->x[i] = x[keep[i]], line->y[i] = y[keep[i]];
    line->rows[i] = row_handle(&s->o->labels, c->row[at[keep[i]]]);
  }
  s->pile->n--; // the last part is not needed any more
  mem_free(keep);
  return OK;
}

void scores_mark(Scores *s, const ScoreCurve *c, int64_t i, double x, double y) {
  Series *point = plot_add(s->p, MARK_POINT, 1);
  point->x[0] = x, point->y[0] = y;
  point->name = words_unit(s->p, s->o->at, 2, false);
  point->rows = arena_array(&s->p->arena, int64_t, 1), point->rows[0] = row_handle(&s->o->labels, c->row[i]);
}

void scores_rule(Plot *p, const char *name, double x, double y, double x2, double y2) {
  Series *s = plot_add(p, MARK_RULE, 1);
  s->role = ROLE_FAINT, s->name = name, s->x2 = plot_array(p, 1), s->y2 = plot_array(p, 1);
  s->x[0] = x, s->y[0] = y, s->x2[0] = x2, s->y2[0] = y2;
}

// ---- words --------------------------------------------------------------------------------------------------------
static void note_classes(Scores *s) {
  int64_t lacking = 0, more = 0;
  for (int k = 0; k < s->n; k++) lacking += !has_both(s, k), more += has_both(s, k) && s->group[k] < 0;
  Arena *a = &s->p->arena;
  if (more)
    words_add_note(s->p, arena_printf(a, "the %d classes with most rows are drawn, %lld more are not", s->ndrawn,
                                      (long long)more));
  if (lacking)
    words_add_note(s->p, arena_printf(a, "%lld class%s without rows of both kinds: not shown", (long long)lacking,
                                      lacking == 1 ? "" : "es"));
}

void scores_describe(Scores *s, const char *x, const char *y) {
  s->p->n = s->nrow;
  words_add_note(s->p, rows_note(s->use, s->n, &s->actual, s->p));
  note_classes(s);
  if (s->n > 1) s->p->groups = words_copy(s->p, sv(s->actual.column), CHART_NAME_COLUMNS);
  words_labels(s->p, &s->o->labels, x, y);
}

const char *scores_means(const Scores *s, const char *what, const double *value) {
  double sum = 0;
  int n = 0, least = -1;
  for (int k = 0; k < s->n; k++) { // few, always in this order
    if (isnan(value[k])) continue;
    sum += value[k], n++;
    if (least < 0 || value[k] < value[least]) least = k;
  }
  return arena_printf(&s->p->arena, "mean %s %s over %d classes, each against the others; least %s %s", what,
                      words_unit(s->p, sum / n, 3, false), n, s->name[least], words_unit(s->p, value[least], 3, false));
}

const char *words_threshold(Plot *p, double t, double t2) {
  double scale = 1;
  for (int digits = 0; digits < 15; digits++, scale *= 10) {
    double v = floor(t * scale) / scale;
    if (v > t2 && v <= t && fabs(v) < 1e9)
      return digits && fabs(v) < 1 ? words_unit(p, v, digits, false) : words_round(p, v, 15);
  }
  return words_round(p, t, 15);
}
