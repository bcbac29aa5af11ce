// The ROC curve: the share of positives found against the share of negatives taken for them, a point a threshold. It is
// drawn from scores and what was (its area is then counted in whole pairs, ties as halves), or from a frame that has
// the curve itself, columns tpr and fpr in its order (the area is the trapezoid sum over all points). Of very many
// points only those are drawn that a screen can part.
// Reference: Hanley, McNeil, "The meaning and use of the area under a receiver operating characteristic curve",
// Radiology 143 (1982).
#include "chart/curve_int.h"

#include <math.h>

const Param chart_roc_params[] = {CHART_SCORES, CHART_AT, CHART_LABELS(ScoreOpts), PARAM_END};

typedef struct Roc {
  Pile pile;
  const ScoreOpts *o;
  const Frame *d;
  Plot *p;
  int64_t n;
  double *tpr, *fpr;       // n
  const Column *threshold; // NULL = none
  double auc;
  int64_t positive, negative; // rows behind the curve; 0 unknown
} Roc;

static ErrCode find(const Frame *d, const char *name, const Column **out, Err *err) {
  int j = frame_find(d, sv(name));
  if (j < 0)
    return err_set(
        err, ERR_NAME,
        "roc draws scores, d:roc{\"score\", \"actual\"}, or a curve with columns tpr and fpr; this frame has "
        "no '%s'",
        name);
  if (!col_is_number(frame_at(d, j)))
    return err_set(err, ERR_TYPE, "roc: column '%s' is %s, shares from 0 to 1 are needed", name,
                   COLTYPES[frame_at(d, j)->type].name);
  *out = frame_at(d, j);
  return OK;
}

static ErrCode load_shares(Roc *r, const char *name, double **out, Err *err) {
  const Column *c = NULL;
  TRY(find(r->d, name, &c, err));
  TRY(pile_new(&r->pile, r->n * 8, out, err));
  for (int64_t i = 0; i < r->n; i++) {
    if (i % CHART_TICK == 0) TRY(job_tick(r->pile.job, i, r->n, err));
    (*out)[i] = col_f64(c, i);
    if (!((*out)[i] >= 0 && (*out)[i] <= 1))
      return err_set(err, ERR_ARG, "roc: row %lld of '%s' is no share from 0 to 1", (long long)i + 1, name);
    if (i && (*out)[i] < (*out)[i - 1])
      return err_set(err, ERR_ARG, "roc: '%s' falls at row %lld: sort by threshold, the highest first", name,
                     (long long)i + 1);
  }
  return OK;
}

static double last_of(const Frame *d, const char *name, int64_t row) {
  int j = frame_find(d, sv(name));
  return j >= 0 && col_is_number(frame_at(d, j)) ? col_f64(frame_at(d, j), row) : NAN;
}

static ErrCode load(Roc *r, Err *err) {
  r->n = frame_nrow(r->d);
  TRY(load_shares(r, "fpr", &r->fpr, err));
  TRY(load_shares(r, "tpr", &r->tpr, err));
  if (r->n < 2)
    return err_set(err, ERR_ARG, "roc: a curve needs two points at least, the frame has %lld", (long long)r->n);
  int j = frame_find(r->d, sv("threshold"));
  if (j >= 0 && col_is_number(frame_at(r->d, j))) r->threshold = frame_at(r->d, j);
  double tp = last_of(r->d, "tp", r->n - 1), fp = last_of(r->d, "fp", r->n - 1);
  if (tp > 0 && fp > 0 && tp < 1e15 && fp < 1e15) r->positive = (int64_t)tp, r->negative = (int64_t)fp;
  return OK;
}

static ErrCode measure(Roc *r, Err *err) {
  double *width, *height;
  TRY(pile_new(&r->pile, r->n * 8, &width, err));
  TRY(pile_new(&r->pile, r->n * 8, &height, err));
  for (int64_t i = 1; i < r->n; i++)
    width[i - 1] = r->fpr[i] - r->fpr[i - 1], height[i - 1] = (r->tpr[i] + r->tpr[i - 1]) / 2;
  r->auc = sum_dot(r->pile.job, width, height, r->n - 1);
  return OK;
}

// ---- marks --------------------------------------------------------------------------------------------------------
// Rows whose points differ by a 4,000th of an axis from the one before, and both ends.
static int64_t thin(const Roc *r, int64_t *row) {
  static const double apart = 1.0 / 4000;
  int64_t n = 0;
  for (int64_t i = 0; i < r->n; i++) {
    int64_t before = n ? row[n - 1] : -1;
    bool far = before < 0 || r->fpr[i] - r->fpr[before] >= apart || r->tpr[i] - r->tpr[before] >= apart;
    if (far || i == r->n - 1 || r->n <= PLOT_MOST_MARKS / 2) row[n++] = i;
  }
  return n;
}

static ErrCode add_curve(Roc *r, Err *err) {
  int64_t *row, n;
  TRY(pile_new(&r->pile, r->n * 8, &row, err));
  n = thin(r, row);
  Series *s = plot_add(r->p, MARK_LINE, n);
  s->rows = arena_array(&r->p->arena, int64_t, n);
  for (int64_t k = 0; k < n; k++)
    s->x[k] = r->fpr[row[k]], s->y[k] = r->tpr[row[k]], s->rows[k] = row_handle(&r->o->labels, row[k]);
  return OK;
}

static void add_chance(Roc *r) {
  Series *s = plot_add(r->p, MARK_RULE, 1);
  s->role = ROLE_FAINT, s->name = "chance", s->x2 = plot_array(r->p, 1), s->y2 = plot_array(r->p, 1);
  s->x2[0] = s->y2[0] = 1;
}

// What a threshold gives is the last point at or above it, not the nearest score: rows between are not yet positive.
static int64_t point_at(const Roc *r) {
  int64_t at = -1;
  for (int64_t i = 0; r->threshold && i < r->n; i++)
    if (col_valid(r->threshold, i) && col_f64(r->threshold, i) >= r->o->at) at = i;
  return at;
}

static void add_point(Roc *r, int64_t at) {
  Series *s = plot_add(r->p, MARK_POINT, 1);
  s->x[0] = r->fpr[at], s->y[0] = r->tpr[at];
  s->name = words_unit(r->p, r->o->at, 2, false);
  s->rows = arena_array(&r->p->arena, int64_t, 1), s->rows[0] = row_handle(&r->o->labels, at);
}

// ---- words --------------------------------------------------------------------------------------------------------
static void describe(Roc *r, int64_t at) {
  Plot *p = r->p;
  Arena *a = &p->arena;
  const char *n = "", *point = "";
  if (r->positive)
    n = arena_printf(a, " over %s positive and %s negative rows", words_count(p, r->positive),
                     words_count(p, r->negative));
  if (at >= 0)
    point =
        arena_printf(a, "; at %s it finds %s of the positive and takes %s of the negative for them",
                     words_unit(p, r->o->at, 2, false), words_share(p, r->tpr[at], 1), words_share(p, r->fpr[at], 1));
  p->reading = arena_printf(a, "AUC %s%s%s", words_unit(p, r->auc, 3, false), n, point);
  const char *caption = frame_caption(r->d);
  if (caption) p->note = words_copy(p, sv(caption), 200);
  p->n = r->positive ? r->positive + r->negative : r->n;
  words_labels(p, &r->o->labels, "FPR", "TPR");
}

static ErrCode fill_points(Roc *r, Err *err) {
  TRY(load(r, err));
  TRY(measure(r, err));
  r->p->x = r->p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  TRY(add_curve(r, err));
  add_chance(r);
  int64_t at = point_at(r);
  if (at >= 0) add_point(r, at);
  describe(r, at);
  return OK;
}

// ---- from scores --------------------------------------------------------------------------------------------------
__extension__ typedef unsigned __int128 u128;

static double area(const ScoreCurve *c) {
  u128 half_pairs = 0;
  for (int64_t i = 1; i < c->n; i++)
    half_pairs += (u128)(uint64_t)(c->fp[i] - c->fp[i - 1]) * (uint64_t)(c->tp[i] + c->tp[i - 1]);
  return (double)half_pairs / (2 * (double)c->npos * (double)c->nneg);
}

// The point farthest above chance: the largest TPR - FPR, compared in whole numbers; the highest threshold of equals.
static int64_t farthest(const ScoreCurve *c) {
  __extension__ typedef __int128 i128;
  int64_t best = 0;
  i128 most = 0;
  for (int64_t i = 1; i < c->n; i++) {
    i128 above = (i128)c->tp[i] * c->nneg - (i128)c->fp[i] * c->npos;
    if (above > most) most = above, best = i;
  }
  return best;
}

static const char *words_one(const Scores *s, const ScoreCurve *c, double auc, int64_t at) {
  Plot *p = s->p;
  Arena *a = &p->arena;
  const char *now = "", *far = "";
  int64_t best = farthest(c);
  double npos = (double)c->npos, nneg = (double)c->nneg;
  if (s->unit)
    now = arena_printf(a, "; at %s it finds %s and takes %s of the others for them", words_unit(p, s->o->at, 2, false),
                       words_share(p, (double)c->tp[at], npos), words_share(p, (double)c->fp[at], nneg));
  if (best)
    far = arena_printf(a, "; farthest above chance, %s against %s, at %s", words_share(p, (double)c->tp[best], npos),
                       words_share(p, (double)c->fp[best], nneg),
                       words_threshold(p, c->t[best], best + 1 < c->n ? c->t[best + 1] : -INFINITY));
  return arena_printf(a, "AUC %s of '%s', %s rows against %s%s%s", words_unit(p, auc, 3, false), c->name,
                      words_count(p, c->npos), words_count(p, c->nneg), now, far);
}

static ErrCode add_scores(Roc *r, Scores *s, double *auc, Err *err) {
  ScoreCurve c;
  double *x, *y;
  int64_t *at;
  TRY(pile_new(&r->pile, (s->nrow + 1) * 8, &x, err));
  TRY(pile_new(&r->pile, (s->nrow + 1) * 8, &y, err));
  TRY(pile_new(&r->pile, (s->nrow + 1) * 8, &at, err));
  for (int k = 0; k < s->n; k++) {
    TRY(scores_curve(s, k, &c, err));
    auc[k] = c.npos && c.nneg ? area(&c) : NAN;
    for (int64_t i = 0; i < c.n; i++)
      x[i] = (double)c.fp[i] / (double)c.nneg, y[i] = (double)c.tp[i] / (double)c.npos, at[i] = i;
    if (s->group[k] >= 0) TRY(scores_line(s, &c, x, y, at, c.n, err));
  }
  scores_rule(r->p, "chance", 0, 0, 1, 1);
  if (s->n > 1) return r->p->reading = scores_means(s, "AUC", auc), OK;
  int64_t now = curve_at(&c, s->o->at);
  if (s->unit) scores_mark(s, &c, now, x[now], y[now]);
  r->p->reading = words_one(s, &c, auc[0], now);
  return OK;
}

static ErrCode fill_scores(Roc *r, Err *err) {
  Scores s;
  double auc[SCORES_MOST];
  TRY(scores_load(&s, &r->pile, r->d, r->o, r->p, err));
  r->p->x = r->p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  TRY(add_scores(r, &s, auc, err));
  scores_describe(&s, "FPR", "TPR");
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Roc r = {.pile = {.job = job, .chart = "roc", .whole = labels->whole}, .o = opts, .d = d, .p = out};
  ErrCode code = r.o->score.n || r.o->actual ? fill_scores(&r, err) : fill_points(&r, err);
  pile_free(&r.pile);
  return code;
}

const ChartType chart_roc = {.name = "roc",
                             .signature = "d:roc{\"score\", \"actual\"}",
                             .summary = "ROC curve of scores, or of a frame with columns tpr and fpr",
                             .example = "return data('breast_cancer'):roc{'mean_radius', 'class'}",
                             .params = chart_roc_params,
                             .opts_size = sizeof(ScoreOpts),
                             .npos = 2,
                             .make = make};
