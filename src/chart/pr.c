// Precision against recall, a point a threshold. Between two thresholds precision is that of the lower one, so the line
// goes in steps, and the area under it is the average precision: the sum over thresholds of the recall that each adds
// times its precision. A line at the base rate is what scores without meaning would have.
// Reference: average_precision_score of scikit-learn 1.2.1; Davis, Goadrich, "The relationship between precision-recall
// and ROC curves", ICML 2006, on why the points must not be joined straight.
#include "chart/curve_int.h"

#include <math.h>

const Param chart_pr_params[] = {CHART_SCORES, CHART_AT, CHART_LABELS(ScoreOpts), PARAM_END};

typedef struct Pr {
  Scores s;
  double *x, *y, *step; // recall and precision of every point; corners of the line
  int64_t *at;
} Pr;

static double recall(const ScoreCurve *c, int64_t i) { return (double)c->tp[i] / (double)c->npos; }
static double precision(const ScoreCurve *c, int64_t i) { return (double)c->tp[i] / (double)(c->tp[i] + c->fp[i]); }

static double average_precision(Pr *r, const ScoreCurve *c) {
  for (int64_t i = 1; i < c->n; i++) r->x[i - 1] = recall(c, i) - recall(c, i - 1), r->y[i - 1] = precision(c, i);
  return sum_dot(r->s.pile->job, r->x, r->y, c->n - 1);
}

static ErrCode add_steps(Pr *r, const ScoreCurve *c, Err *err) {
  int64_t n = 0;
  double *x = r->step, *y = r->step + 2 * (r->s.nrow + 1);
  for (int64_t i = 1; i < c->n; i++) {
    double left = recall(c, i - 1), right = recall(c, i), p = precision(c, i);
    x[n] = left, y[n] = p, r->at[n++] = i;
    if (right > left) x[n] = right, y[n] = p, r->at[n++] = i;
  }
  return scores_line(&r->s, c, x, y, r->at, n, err);
}

static int64_t best_f1(const ScoreCurve *c) {
  int64_t best = 1;
  for (int64_t i = 2; i < c->n; i++)
    if (curve_f1(c, i) > curve_f1(c, best)) best = i;
  return best;
}

static const char *words_one(const Scores *s, const ScoreCurve *c, double ap) {
  Plot *p = s->p;
  int64_t best = best_f1(c);
  double rate = (double)c->npos / (double)s->nrow;
  return arena_printf(&p->arena,
                      "average precision %s of '%s'; base rate %s (%s of %s rows); best F1 %s at threshold %s",
                      words_unit(p, ap, 3, false), c->name, words_unit(p, rate, 3, false), words_count(p, c->npos),
                      words_count(p, s->nrow), words_unit(p, curve_f1(c, best), 2, false),
                      words_threshold(p, c->t[best], best + 1 < c->n ? c->t[best + 1] : -INFINITY));
}

static ErrCode add_all(Pr *r, double *ap, Err *err) {
  Scores *s = &r->s;
  ScoreCurve c;
  for (int k = 0; k < s->n; k++) {
    TRY(scores_curve(s, k, &c, err));
    ap[k] = c.npos && c.nneg ? average_precision(r, &c) : NAN;
    if (s->group[k] >= 0) TRY(add_steps(r, &c, err));
  }
  if (s->n > 1) return s->p->reading = scores_means(s, "average precision", ap), OK;
  double rate = (double)c.npos / (double)s->nrow;
  scores_rule(s->p, "base rate", 0, rate, 1, rate);
  int64_t now = curve_at(&c, s->o->at);
  if (s->unit && now) scores_mark(s, &c, now, recall(&c, now), precision(&c, now));
  s->p->reading = words_one(s, &c, ap[0]);
  return OK;
}

static ErrCode fill(Pr *r, Pile *pile, const Frame *d, const ScoreOpts *o, Plot *p, Err *err) {
  double ap[SCORES_MOST];
  TRY(scores_load(&r->s, pile, d, o, p, err));
  int64_t room = (r->s.nrow + 1) * 8;
  TRY(pile_new(pile, room, &r->x, err));
  TRY(pile_new(pile, room, &r->y, err));
  TRY(pile_new(pile, 4 * room, &r->step, err));
  TRY(pile_new(pile, 2 * room, &r->at, err));
  p->x = p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  TRY(add_all(r, ap, err));
  scores_describe(&r->s, "recall", "precision");
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Pile pile = {.job = job, .chart = "pr", .whole = labels->whole};
  Pr r;
  ErrCode code = fill(&r, &pile, d, opts, out, err);
  pile_free(&pile);
  return code;
}

const ChartType chart_pr = {.name = "pr",
                            .signature = "d:pr{\"score\", \"actual\"}",
                            .summary = "precision against recall of scores, with the base rate",
                            .example = "return data('breast_cancer'):pr{'mean_radius', 'class'}",
                            .params = chart_pr_params,
                            .opts_size = sizeof(ScoreOpts),
                            .npos = 2,
                            .make = make};
