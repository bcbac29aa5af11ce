// The scores of cross-validation fold by fold: a picture for each metric, a line for each fold, a point where its score
// is and a dashed line at the mean. How far the points lie apart says how far a single split can be off; points far
// from the others are folds to look into.
#include "chart/chart_int.h"

#include <math.h>
#include <string.h>

enum { MOST_METRICS = 6, SHOWN_METRICS = 3, MOST_NAMED = 30, MOST_FOLDS = 10000 };

typedef struct FoldsOpts {
  ChartLabels labels;
  Names columns;
} FoldsOpts;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(FoldsOpts, columns), 0, 0, "", NULL,
     "scores to draw, at most 6; none given: the first three of the table"},
    CHART_LABELS(FoldsOpts),
    PARAM_END};

typedef struct Scores { // of one metric
  Use use;
  double mean, sd, lo, hi;
  int64_t n, worst, best; // rows of the least and the greatest
} Scores;

typedef struct FoldsChart {
  Pile pile;
  const FoldsOpts *o;
  const Frame *d;
  Plot *p;
  Scores score[MOST_METRICS];
  int n;
} FoldsChart;

static bool counts_folds(const char *name) {
  static const char *const NAMES[] = {"repeat", "fold", "train", "test"};
  for (int k = 0; k < 4; k++)
    if (strcmp(name, NAMES[k]) == 0) return true;
  return false;
}

static ErrCode add_score(FoldsChart *f, const char *name, Err *err) {
  static const char advice[] = "scores of folds are numbers, as in the table of cv(p, d, \"y\")";
  return use_find(f->d, "folds", name, false, advice, &f->score[f->n++].use, err);
}

static ErrCode find_scores(FoldsChart *f, Err *err) {
  const Names *asked = &f->o->columns;
  if (asked->n > MOST_METRICS) return err_set(err, ERR_ARG, "folds: at most %d scores at once", MOST_METRICS);
  for (int64_t k = 0; k < asked->n; k++) TRY(add_score(f, asked->name[k], err));
  for (int j = 0; j < frame_ncol(f->d) && !asked->n && f->n < SHOWN_METRICS; j++) {
    const char *name = frame_name(f->d, j);
    if (col_is_number(frame_at(f->d, j)) && !counts_folds(name)) TRY(add_score(f, name, err));
  }
  if (f->n == 0) return err_set(err, ERR_ARG, "folds: there is no number column of scores: cv(p, d, \"y\"):folds()");
  if (frame_nrow(f->d) > MOST_FOLDS)
    return err_set(err, ERR_ARG, "folds: at most %d folds fit, there are %lld rows", MOST_FOLDS,
                   (long long)frame_nrow(f->d));
  return OK;
}

static void summarise(const Column *c, Scores *s) {
  double square = 0;
  s->lo = INFINITY, s->hi = -INFINITY;
  for (int64_t i = 0; i < c->n; i++) {
    double v = col_f64(c, i);
    if (!isfinite(v)) continue;
    if (v < s->lo) s->lo = v, s->worst = i;
    if (v > s->hi) s->hi = v, s->best = i;
    s->mean += (v - s->mean) / (double)++s->n;
  }
  for (int64_t i = 0; i < c->n; i++) {
    double by = col_f64(c, i) - s->mean;
    if (isfinite(by)) square += by * by;
  }
  s->sd = sqrt(square / (double)(s->n - 1));
}

// "3", of several repeats "2.3".
static const char *fold_name(const FoldsChart *f, int64_t i, Plot *q) {
  int r = frame_find(f->d, sv("repeat")), k = frame_find(f->d, sv("fold"));
  if (k < 0) return arena_printf(&q->arena, "%lld", (long long)i + 1);
  double fold = col_f64(frame_at(f->d, k), i), repeat = r < 0 ? NAN : col_f64(frame_at(f->d, r), i);
  if (isnan(repeat)) return arena_printf(&q->arena, "%g", fold);
  return arena_printf(&q->arena, "%g.%g", repeat, fold);
}

static void add_lines(const FoldsChart *f, Plot *q) {
  int64_t n = frame_nrow(f->d);
  q->y = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = (double)n};
  if (n > MOST_NAMED) return;
  const char **name = arena_array(&q->arena, const char *, n);
  for (int64_t i = 0; i < n; i++) name[i] = fold_name(f, i, q);
  q->y = axis_of_names(q, name, n, true);
  if (f->n == 1) q->y.name = "fold"; // between panels it would only hide a point
}

static void draw_score(const FoldsChart *f, const Scores *s, Plot *q) {
  const Column *c = s->use.col;
  Series *dot = plot_add(q, MARK_POINT, s->n);
  dot->rows = arena_array(&q->arena, int64_t, s->n);
  for (int64_t i = 0, k = 0; i < c->n; i++) {
    double v = col_f64(c, i);
    if (!isfinite(v)) continue;
    dot->x[k] = v, dot->y[k] = (double)(c->n - i) - 0.5, dot->rows[k++] = row_handle(&f->o->labels, i);
  }
  Series *mean = plot_add(q, MARK_RULE, 1);
  mean->x2 = plot_array(q, 1), mean->y2 = plot_array(q, 1), mean->role = ROLE_FAINT, mean->dashed = true;
  mean->x[0] = mean->x2[0] = s->mean, mean->y[0] = 0, mean->y2[0] = (double)c->n;
  add_lines(f, q);
  axis_over(&q->x, AXIS_NUMBER, s->lo, s->hi, false);
  q->n = s->n;
}

// "accuracy 0.96, from 0.9333 in fold 3 to 1 in fold 1"
static const char *read_score(const FoldsChart *f, const Scores *s, Plot *q) {
  const char *name = words_copy(q, sv(s->use.name), CHART_NAME_COLUMNS), *mean = words_number(q, s->mean);
  if (s->n == 1) return arena_printf(&q->arena, "%s %s", name, mean);
  return arena_printf(&q->arena, "%s %s \xC2\xB1 %s, from %s in fold %s to %s in fold %s", name, mean,
                      words_round(q, s->sd, 2), words_number(q, s->lo), fold_name(f, s->worst, q),
                      words_number(q, s->hi), fold_name(f, s->best, q));
}

static void draw_panels(FoldsChart *f) {
  Plot *p = f->p;
  Str reading = {0};
  plot_panels(p, f->n, f->n < SHOWN_METRICS ? f->n : SHOWN_METRICS);
  p->x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = 1}, p->y = p->x;
  for (int k = 0; k < f->n; k++) {
    Plot *q = &p->panel[k];
    draw_score(f, &f->score[k], q);
    q->title = words_copy(q, sv(f->score[k].use.name), CHART_NAME_COLUMNS);
    q->reading = read_score(f, &f->score[k], q);
    str_addf(&reading, "%s%s", k ? "; " : "", q->reading);
  }
  p->reading = arena_strdup(&p->arena, str_c(&reading));
  words_labels(p, &f->o->labels, NULL, NULL);
  str_fini(&reading);
}

static ErrCode fill(FoldsChart *f, Err *err) {
  TRY(find_scores(f, err));
  for (int k = 0; k < f->n; k++) {
    Scores *s = &f->score[k];
    TRY(job_tick(f->pile.job, k, f->n, err));
    summarise(s->use.col, s);
    if (s->n == 0) return err_set(err, ERR_ARG, "folds: column '%s' has no values", s->use.name);
  }
  f->p->n = frame_nrow(f->d);
  if (f->n > 1) {
    draw_panels(f);
    return OK;
  }
  draw_score(f, &f->score[0], f->p);
  f->p->reading = read_score(f, &f->score[0], f->p);
  words_labels(f->p, &f->o->labels, f->score[0].use.name, "fold");
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  FoldsChart f = {.pile = {.job = job, .chart = "folds", .whole = labels->whole}, .o = opts, .d = d, .p = out};
  ErrCode code = fill(&f, err);
  pile_free(&f.pile);
  return code;
}

const ChartType chart_folds = {.name = "folds",
                               .signature = "cv(p, d, \"y\"):folds{\"auc\"}",
                               .summary = "scores of cross-validation, fold by fold",
                               .example = "return cv(ml.logistic{}, data('iris'), 'class', {folds=5}):folds{}",
                               .params = PARAMS,
                               .opts_size = sizeof(FoldsOpts),
                               .npos = 1,
                               .make = make};
