// Lift: of the rows of the highest scores, how many times as many are of the class as of all rows. Scores without
// meaning have 1; the least that any end at, with all rows, is 1 too. The line begins with the rows of the highest
// score.
#include "chart/curve_int.h"

#include <math.h>

const Param chart_lift_params[] = {CHART_SCORES, CHART_AT, CHART_LABELS(ScoreOpts), PARAM_END};

typedef struct Lift {
  Scores s;
  double *x, *y, top;
  int64_t *at;
} Lift;

static double times_at(const ScoreCurve *c, double share) { return curve_gain(c, share) / share; }

static const char *words_one(const Scores *s, const ScoreCurve *c) {
  Plot *p = s->p;
  return arena_printf(&p->arena,
                      "the top 10%% of %s rows have %s times the base rate of '%s' (%s), the top 20%% %s times",
                      words_count(p, s->nrow), words_round(p, times_at(c, 0.1), 3), c->name,
                      words_share(p, (double)c->npos, (double)s->nrow), words_round(p, times_at(c, 0.2), 3));
}

static ErrCode add_all(Lift *l, double *times, Err *err) {
  Scores *s = &l->s;
  ScoreCurve c;
  for (int k = 0; k < s->n; k++) {
    TRY(scores_curve(s, k, &c, err));
    times[k] = c.npos && c.nneg ? times_at(&c, 0.1) : NAN;
    if (s->group[k] < 0) continue;
    double rate = (double)c.npos / (double)s->nrow;
    for (int64_t i = 1; i < c.n; i++) {
      double taken = (double)(c.tp[i] + c.fp[i]), lift = (double)c.tp[i] / taken / rate;
      l->x[i - 1] = taken / (double)s->nrow, l->y[i - 1] = lift, l->at[i - 1] = i, l->top = fmax(l->top, lift);
    }
    TRY(scores_line(s, &c, l->x, l->y, l->at, c.n - 1, err));
  }
  scores_rule(s->p, "chance", 0, 1, 1, 1);
  if (s->n > 1) return s->p->reading = scores_means(s, "lift of the top 10%", times), OK;
  int64_t now = curve_at(&c, s->o->at);
  if (s->unit && now) scores_mark(s, &c, now, l->x[now - 1], l->y[now - 1]);
  s->p->reading = words_one(s, &c);
  return OK;
}

static ErrCode fill(Lift *l, Pile *pile, const Frame *d, const ScoreOpts *o, Plot *p, Err *err) {
  double times[SCORES_MOST];
  TRY(scores_load(&l->s, pile, d, o, p, err));
  TRY(pile_new(pile, (l->s.nrow + 1) * 8, &l->x, err));
  TRY(pile_new(pile, (l->s.nrow + 1) * 8, &l->y, err));
  TRY(pile_new(pile, (l->s.nrow + 1) * 8, &l->at, err));
  p->x = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  TRY(add_all(l, times, err));
  axis_from_zero(&p->y, 0, fmax(l->top, 1));
  scores_describe(&l->s, "share of the rows", "lift");
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Pile pile = {.job = job, .chart = "lift", .whole = labels->whole};
  Lift l = {.top = 0};
  ErrCode code = fill(&l, &pile, d, opts, out, err);
  pile_free(&pile);
  return code;
}

const ChartType chart_lift = {.name = "lift",
                              .signature = "d:lift{\"score\", \"actual\"}",
                              .summary = "how many times the base rate the rows of the highest scores have",
                              .example = "return data('breast_cancer'):lift{'mean_radius', 'class'}",
                              .params = chart_lift_params,
                              .opts_size = sizeof(ScoreOpts),
                              .npos = 2,
                              .make = make};
