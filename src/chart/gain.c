// Gain: rows taken in the order of their score, the highest first, and the share of the class that is among them.
// Scores without meaning find as large a share as they take; perfect ones take no other row before all are found. Rows
// of one score come at once, and a share that ends among them is read off the straight line: what any order of them
// gives on average.
#include "chart/curve_int.h"

#include <math.h>

const Param chart_gain_params[] = {CHART_SCORES, CHART_AT, CHART_LABELS(ScoreOpts), PARAM_END};

typedef struct Gain {
  Scores s;
  double *x, *y;
  int64_t *at;
} Gain;

static const char *words_one(const Scores *s, const ScoreCurve *c) {
  Plot *p = s->p;
  const char *first = words_share(p, curve_gain(c, 0.1), 1), *fifth = words_share(p, curve_gain(c, 0.2), 1);
  return arena_printf(&p->arena, "the top 10%% of %s rows hold %s of the %s of '%s', the top 20%% %s, the top half %s",
                      words_count(p, s->nrow), first, words_count(p, c->npos), c->name, fifth,
                      words_share(p, curve_gain(c, 0.5), 1));
}

static ErrCode add_all(Gain *g, double *top, Err *err) {
  Scores *s = &g->s;
  ScoreCurve c;
  for (int k = 0; k < s->n; k++) {
    TRY(scores_curve(s, k, &c, err));
    top[k] = c.npos && c.nneg ? curve_gain(&c, 0.1) : NAN;
    for (int64_t i = 0; i < c.n; i++) {
      g->x[i] = (double)(c.tp[i] + c.fp[i]) / (double)s->nrow, g->y[i] = (double)c.tp[i] / (double)c.npos;
      g->at[i] = i;
    }
    if (s->group[k] >= 0) TRY(scores_line(s, &c, g->x, g->y, g->at, c.n, err));
  }
  scores_rule(s->p, "chance", 0, 0, 1, 1);
  if (s->n > 1) return s->p->reading = scores_means(s, "gain of the top 10%", top), OK;
  scores_rule(s->p, "perfect", 0, 0, (double)c.npos / (double)s->nrow, 1);
  int64_t now = curve_at(&c, s->o->at);
  if (s->unit) scores_mark(s, &c, now, g->x[now], g->y[now]);
  s->p->reading = words_one(s, &c);
  return OK;
}

static ErrCode fill(Gain *g, Pile *pile, const Frame *d, const ScoreOpts *o, Plot *p, Err *err) {
  double top[SCORES_MOST];
  TRY(scores_load(&g->s, pile, d, o, p, err));
  TRY(pile_new(pile, (g->s.nrow + 1) * 8, &g->x, err));
  TRY(pile_new(pile, (g->s.nrow + 1) * 8, &g->y, err));
  TRY(pile_new(pile, (g->s.nrow + 1) * 8, &g->at, err));
  p->x = p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  TRY(add_all(g, top, err));
  scores_describe(&g->s, "share of the rows", "share found");
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Pile pile = {.job = job, .chart = "gain", .whole = labels->whole};
  Gain g;
  ErrCode code = fill(&g, &pile, d, opts, out, err);
  pile_free(&pile);
  return code;
}

const ChartType chart_gain = {.name = "gain",
                              .signature = "d:gain{\"score\", \"actual\"}",
                              .summary = "share of a class found among the rows of the highest scores",
                              .example = "return data('breast_cancer'):gain{'mean_radius', 'class'}",
                              .params = chart_gain_params,
                              .opts_size = sizeof(ScoreOpts),
                              .npos = 2,
                              .make = make};
