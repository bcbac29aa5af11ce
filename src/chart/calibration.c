// Reliability: whether scores are probabilities. Rows are put in bins of their score; of every bin the share that came
// true stands over the mean of the scores, with Wilson's 95 % interval as a band and the number of rows beside it.
// Probabilities lie on the diagonal; a band that leaves it out says that the scores of this bin are too high or too low
// by more than chance. The calibration error is the mean distance, weighted by rows.
// References: Niculescu-Mizil, Caruana, "Predicting good probabilities with supervised learning", ICML 2005;
// calibration_curve of scikit-learn 1.2.1 (stats_reliability).
#include "chart/curve_int.h"
#include "stats/scores.h"

#include <math.h>

const Param chart_calibration_params[] = {
    CHART_SCORES,
    {"bins", PARAM_INT, offsetof(CalibrationOpts, bins), 2, 100, "10", NULL, "of the scores"},
    {"quantile", PARAM_BOOL, offsetof(CalibrationOpts, quantile), 0, 0, "false", NULL,
     "bins of equal numbers of rows, not of equal widths"},
    CHART_LABELS(ScoreOpts),
    PARAM_END};

typedef struct Calibration {
  Scores s;
  const CalibrationOpts *o;
  double *score; // ascending
  uint8_t *hit;
  ReliabilityBin *bin;
  int64_t nbin;
} Calibration;

// ---- bins ---------------------------------------------------------------------------------------------------------
static ErrCode find_bins(Calibration *r, int k, ScoreCurve *c, Err *err) {
  Scores *s = &r->s;
  TRY(scores_curve(s, k, c, err));
  for (int64_t i = 0; i < s->nrow; i++) {
    int64_t row = s->row[s->order[s->nrow - 1 - i]];
    r->score[i] = col_f64(s->use[k].col, row) + 0.0, r->hit[i] = s->actual.of[row] == s->class[k];
  }
  ReliabilityOpts o = {r->o->bins, r->o->quantile};
  r->nbin = stats_reliability(s->pile->job, r->score, r->hit, s->nrow, &o, r->bin);
  return OK;
}

// ---- marks --------------------------------------------------------------------------------------------------------
static void add_band(Calibration *r) {
  if (r->nbin < 2) return;
  Series *s = plot_add(r->s.p, MARK_AREA, r->nbin);
  s->role = ROLE_FAINT, s->y2 = plot_array(r->s.p, r->nbin);
  for (int64_t b = 0; b < r->nbin; b++) s->x[b] = r->bin[b].score, s->y[b] = r->bin[b].high, s->y2[b] = r->bin[b].low;
}

static void add_line(Calibration *r, const ScoreCurve *c, MarkKind kind) {
  Plot *p = r->s.p;
  Series *s = plot_add(p, kind, r->nbin);
  s->group = r->s.group[c->k], s->name = r->s.n > 1 && kind == MARK_LINE ? c->name : NULL;
  s->rows = arena_array(&p->arena, int64_t, r->nbin);
  if (kind == MARK_POINT && r->s.n == 1) s->label = arena_array(&p->arena, const char *, r->nbin);
  for (int64_t b = 0; b < r->nbin; b++) {
    s->x[b] = r->bin[b].score, s->y[b] = r->bin[b].share;
    s->rows[b] = (r->s.n > 1 ? c->k * r->o->bins : 0) + b;
    if (s->label) s->label[b] = words_count(p, r->bin[b].n);
  }
}

// ---- words --------------------------------------------------------------------------------------------------------
static const char *words_worst(const Calibration *r) {
  Plot *p = r->s.p;
  int64_t off = 0, worst = -1;
  for (int64_t b = 0; b < r->nbin; b++) {
    const ReliabilityBin *v = &r->bin[b];
    if (v->score >= v->low && v->score <= v->high) continue;
    off++;
    if (worst < 0 || fabs(v->share - v->score) > fabs(r->bin[worst].share - r->bin[worst].score)) worst = b;
  }
  if (!off) return "; every band holds the diagonal";
  const ReliabilityBin *v = &r->bin[worst];
  return arena_printf(&p->arena,
                      "; %lld of %lld bands %s the diagonal, most of all scores about %s (%s rows): %s [%s, %s]",
                      (long long)off, (long long)r->nbin, off == 1 ? "misses" : "miss",
                      words_unit(p, v->score, 2, false), words_count(p, v->n), words_unit(p, v->share, 2, false),
                      words_unit(p, v->low, 2, false), words_unit(p, v->high, 2, false));
}

static ErrCode add_all(Calibration *r, double *error, Err *err) {
  Scores *s = &r->s;
  ScoreCurve c;
  scores_rule(s->p, "ideal", 0, 0, 1, 1);
  for (int k = 0; k < s->n; k++) {
    TRY(find_bins(r, k, &c, err));
    error[k] = c.npos && c.nneg ? stats_calibration_error(r->bin, r->nbin) : NAN;
    if (s->group[k] < 0) continue;
    if (s->n == 1) add_band(r);
    if (r->nbin > 1) add_line(r, &c, MARK_LINE);
    add_line(r, &c, MARK_POINT);
  }
  if (s->n > 1) return s->p->reading = scores_means(s, "calibration error", error), OK;
  s->p->reading = arena_printf(&s->p->arena, "calibration error of '%s' %s%s", c.name,
                               words_unit(s->p, error[0], 3, false), words_worst(r));
  return OK;
}

static ErrCode check_scores(const Calibration *r, Err *err) {
  const Scores *s = &r->s;
  if (s->unit) return OK;
  for (int k = 0; k < s->n; k++)
    for (int64_t i = 0; i < s->nrow; i++) {
      double v = col_f64(s->use[k].col, s->row[i]);
      if (!(v >= 0 && v <= 1))
        return err_set(err, ERR_ARG, "calibration: row %lld of '%s' is %g, probabilities from 0 to 1 are needed",
                       (long long)s->row[i] + 1, s->use[k].name, v);
    }
  return OK;
}

static ErrCode fill(Calibration *r, Pile *pile, const Frame *d, Plot *p, Err *err) {
  double error[SCORES_MOST];
  TRY(scores_load(&r->s, pile, d, &r->o->of, p, err));
  TRY(check_scores(r, err));
  TRY(pile_new(pile, r->s.nrow * 8, &r->score, err));
  TRY(pile_new(pile, r->s.nrow, &r->hit, err));
  TRY(pile_new(pile, r->o->bins * (int64_t)sizeof *r->bin, &r->bin, err));
  p->x = p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  TRY(add_all(r, error, err));
  scores_describe(&r->s, "mean score", "share that came true");
  if (r->s.n == 1)
    words_add_note(p, arena_printf(&p->arena, "bins of %s; rows beside the points; band: 95%% by Wilson",
                                   r->o->quantile ? "equal numbers of rows" : "equal width"));
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Pile pile = {.job = job, .chart = "calibration", .whole = labels->whole};
  Calibration r = {.o = opts};
  ErrCode code = fill(&r, &pile, d, out, err);
  pile_free(&pile);
  return code;
}

const ChartType chart_calibration = {
    .name = "calibration",
    .signature = "d:calibration{\"score\", \"actual\", bins=10}",
    .summary = "what came true of scores, by bins of them: are they probabilities?",
    .example = "return data('breast_cancer'):derive{'p = 1 / (1 + exp(15.2 - mean_radius))'}:calibration{'p', 'class'}",
    .params = chart_calibration_params,
    .opts_size = sizeof(CalibrationOpts),
    .npos = 2,
    .make = make};
