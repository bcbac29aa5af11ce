// Scores by what was: the rows of each class as shares of it, on the same bins, one outline over the other. Of two
// classes the score is that of the positive one, and a line marks the threshold; of more, each outline is of the
// probability that the rows of a class were given for it, and all should stand to the right.
#include "chart/curve_int.h"

#include <math.h>

typedef struct ScoresOpts {
  ScoreOpts of;
  int64_t bins;
  bool count;
} ScoresOpts;

const Param chart_scores_params[] = {
    CHART_SCORES,
    CHART_AT,
    {"bins", PARAM_INT, offsetof(ScoresOpts, bins), 2, 200, "25", NULL, "of equal width"},
    {"count", PARAM_BOOL, offsetof(ScoresOpts, count), 0, 0, "false", NULL, "rows, not shares of their class"},
    CHART_LABELS(ScoreOpts),
    PARAM_END};

enum { MOST_OUTLINES = SCORES_MOST };
typedef struct Overlay {
  Scores s;
  const ScoresOpts *o;
  Bins bins;
  int n; // outlines: the others and the class, or a class each
  int64_t rows[MOST_OUTLINES], *count;
  double *x, median[MOST_OUTLINES];
  const char *name[MOST_OUTLINES];
} Overlay;

// Of one score column the outline 1 is the class and 0 all others.
static bool is_of(const Overlay *v, int outline, int64_t row) {
  const Scores *s = &v->s;
  if (s->n > 1) return s->actual.of[row] == s->class[outline];
  return (s->actual.of[row] == s->class[0]) == (outline == 1);
}

static const Column *score_of(const Overlay *v, int outline) { return v->s.use[v->s.n > 1 ? outline : 0].col; }

static const char *other_name(const Scores *s) {
  if (s->actual.n != 2) return arena_printf(&s->p->arena, "not %s", s->name[0]);
  return s->actual.name[1 - s->class[0]];
}

// ---- counts -------------------------------------------------------------------------------------------------------
static double lower_of(double a, double b) { return b < a ? b : a; }

static void choose_bins(Overlay *v) {
  const ChartWhole *whole = v->o->of.labels.whole;
  Scores *s = &v->s;
  double lo = s->unit ? 0 : INFINITY, hi = s->unit ? 1 : -INFINITY;
  for (int k = 0; k < s->n && !s->unit; k++)
    for (int64_t i = 0; i < s->nrow; i++) {
      double score = col_f64(s->use[k].col, s->row[i]);
      lo = lower_of(lo, score), hi = -lower_of(-hi, -score);
    }
  if (whole && whole->plot) lo = whole->plot->x.lo, hi = whole->plot->x.hi;
  if (!(lo < hi)) lo -= 0.5, hi += 0.5;
  v->bins = (Bins){.n = v->o->bins, .edge = plot_array(s->p, v->o->bins + 1)};
  for (int64_t b = 0; b <= v->bins.n; b++) {
    double share = (double)b / (double)v->bins.n;
    v->bins.edge[b] = b == v->bins.n ? hi : lo * (1 - share) + hi * share;
  }
}

static ErrCode count_one(Overlay *v, int outline, Err *err) {
  static const double half = 0.5;
  const Scores *s = &v->s;
  int64_t n = 0, *count = v->count + outline * v->bins.n;
  memset(count, 0, (size_t)v->bins.n * sizeof *count);
  for (int64_t i = 0; i < s->nrow; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(s->pile->job, i, s->nrow, err));
    if (!is_of(v, outline, s->row[i])) continue;
    v->x[n] = col_f64(score_of(v, outline), s->row[i]);
    count[bins_find(&v->bins, v->x[n++])]++;
  }
  v->rows[outline] = n, v->median[outline] = NAN;
  return n ? quantile_f64(s->pile->job, v->x, n, 7, &half, 1, &v->median[outline], err) : OK;
}

// ---- marks --------------------------------------------------------------------------------------------------------
static double height(const Overlay *v, int outline, int64_t b) {
  double count = (double)v->count[outline * v->bins.n + b];
  return v->o->count ? count : count / (double)v->rows[outline];
}

static double add_outline(Overlay *v, int outline) {
  const int64_t *c = v->count + outline * v->bins.n;
  int64_t first = 0, last = v->bins.n - 1;
  while (!c[first]) first++;
  while (!c[last]) last--;
  int64_t n = last - first + 3;
  double top = 0;
  Plot *p = v->s.p;
  Series *s = plot_add(p, MARK_STEP, n);
  s->name = v->name[outline], s->group = v->s.n > 1 ? v->s.group[outline] : 1 - outline;
  s->rows = arena_array(&p->arena, int64_t, n);
  for (int64_t k = 0; k < n; k++) {
    int64_t b = k == 0 ? first : k == n - 1 ? last : first + k - 1;
    s->x[k] = v->bins.edge[k == n - 1 ? last + 1 : b], s->rows[k] = outline * v->bins.n + b;
    s->y[k] = k == 0 || k == n - 1 ? 0 : height(v, outline, b), top = fmax(top, s->y[k]);
  }
  return top;
}

static void add_marks(Overlay *v) {
  Plot *p = v->s.p;
  double top = 0;
  for (int k = 0; k < v->n; k++)
    if (v->rows[k] && (v->s.n == 1 || v->s.group[k] >= 0)) top = fmax(top, add_outline(v, k));
  axis_over(&p->x, AXIS_NUMBER, v->bins.edge[0], v->bins.edge[v->bins.n], false);
  axis_from_zero(&p->y, 0, top);
  p->x.unit = v->s.unit;
  double at = v->o->of.at;
  if (v->s.n == 1 && v->s.unit) scores_rule(p, words_unit(p, at, 2, false), at, 0, at, p->y.hi);
}

// ---- words --------------------------------------------------------------------------------------------------------
static const char *words_two(const Overlay *v) {
  const Scores *s = &v->s;
  Plot *p = s->p;
  Arena *a = &p->arena;
  int64_t below = 0, above = 0;
  for (int64_t i = 0; i < s->nrow; i++) {
    bool high = col_f64(s->use[0].col, s->row[i]) >= s->o->at, is = is_of(v, 1, s->row[i]);
    below += !high && !is, above += high && is;
  }
  const char *medians = arena_printf(a, "median score %s of %s, %s of %s", words_round(p, v->median[0], 2), v->name[0],
                                     words_round(p, v->median[1], 2), v->name[1]);
  if (!s->unit) return medians;
  return arena_printf(a, "%s; below %s are %s of %s %s, from it on %s of %s %s", medians,
                      words_unit(p, s->o->at, 2, false), words_count(p, below), words_count(p, v->rows[0]), v->name[0],
                      words_count(p, above), words_count(p, v->rows[1]), v->name[1]);
}

static const char *words_several(const Overlay *v) {
  int least = -1;
  for (int k = 0; k < v->n; k++)
    if (v->rows[k] && (least < 0 || v->median[k] < v->median[least])) least = k;
  return arena_printf(&v->s.p->arena, "scores for the class that was: least sure of %s, median %s over %s rows",
                      v->name[least], words_round(v->s.p, v->median[least], 2), words_count(v->s.p, v->rows[least]));
}

static ErrCode fill(Overlay *v, Pile *pile, const Frame *d, Plot *p, Err *err) {
  Scores *s = &v->s;
  TRY(scores_load(s, pile, d, &v->o->of, p, err));
  v->n = s->n > 1 ? s->n : 2;
  for (int k = 0; k < v->n; k++) v->name[k] = s->n > 1 ? s->name[k] : k == 1 ? s->name[0] : other_name(s);
  choose_bins(v);
  TRY(pile_new(pile, v->n * v->bins.n * 8, &v->count, err));
  TRY(pile_new(pile, s->nrow * 8, &v->x, err));
  for (int k = 0; k < v->n; k++) TRY(count_one(v, k, err));
  add_marks(v);
  p->reading = s->n > 1 ? words_several(v) : words_two(v);
  scores_describe(s, "score", v->o->count ? "rows" : "share of the class");
  p->groups = words_copy(p, sv(s->actual.column), CHART_NAME_COLUMNS);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Pile pile = {.job = job, .chart = "scores", .whole = labels->whole};
  Overlay v = {.o = opts};
  ErrCode code = fill(&v, &pile, d, out, err);
  pile_free(&pile);
  return code;
}

const ChartType chart_scores = {.name = "scores",
                                .signature = "d:scores{\"score\", \"actual\"}",
                                .summary = "how scores are distributed in each class, one over the other",
                                .example = "return data('breast_cancer'):scores{'mean_radius', 'class'}",
                                .params = chart_scores_params,
                                .opts_size = sizeof(ScoresOpts),
                                .npos = 2,
                                .make = make};
