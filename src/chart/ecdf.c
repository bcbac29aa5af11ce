// Empirical distribution functions: the share of values up to x, a step at every value. Of many values so many steps
// are drawn that none passes a 512th of the height or of the width, where the screen could show no more. The band is
// that of Dvoretzky, Kiefer and Wolfowitz with Massart's constant, F -+ sqrt(log(2 / .05) / (2 n)): it holds the whole
// true curve with 95 %, for any distribution.
// Reference: Massart, "The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality", Ann. Probab. 18 (1990).
#include "chart/chart_int.h"

#include <math.h>

typedef struct EcdfOpts {
  ChartLabels labels;
  const char *x, *by;
  bool band;
} EcdfOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(EcdfOpts, x), 0, 0, NULL, NULL, "number column"},
    {"by", PARAM_TEXT, offsetof(EcdfOpts, by), 0, 0, "", NULL, "column whose levels are compared, at most 6"},
    {"band", PARAM_BOOL, offsetof(EcdfOpts, band), 0, 0, "false", NULL, "where the true curves lie, with 95 %"},
    CHART_LABELS(EcdfOpts),
    CHART_LOGX(EcdfOpts),
    PARAM_END};

typedef struct Ecdf {
  Pile pile;
  const EcdfOpts *o;
  Plot *p;
  Parts parts;
  double finest; // steps are at most this share of the height or width, where many are put together
  double *x, *f; // of the level being drawn: values and shares
  int64_t *row, nstep;
} Ecdf;

static double eps_of(int64_t n) { return sqrt(fmath_log(2 / 0.05) / (2 * (double)n)); }

// The distinct values of level k with the share up to each; where values are dense, only some of them.
static void find_steps(Ecdf *e, int64_t k) {
  const Parts *q = &e->parts;
  int64_t first = q->begin[k], n = q->begin[k + 1] - first;
  bool all = q->n <= chart_marks(&e->o->labels) / 10;
  double last_f = 0, last_at = -INFINITY;
  e->nstep = 0;
  for (int64_t i = 0; i < n; i++) {
    double v = q->x[first + i];
    if (i + 1 < n && q->x[first + i + 1] == v) continue;
    double f = (double)(i + 1) / (double)n, at = axis_share(&e->p->x, v);
    if (!all && i + 1 < n && f - last_f < e->finest && at - last_at < e->finest) continue;
    last_f = f, last_at = at;
    e->x[e->nstep] = v, e->f[e->nstep] = f, e->row[e->nstep++] = row_handle(&e->o->labels, q->row[first + i]);
  }
}

static void add_steps(Ecdf *e, int64_t k) {
  int64_t n = e->nstep;
  Series *s = plot_add(e->p, MARK_STEP, n + 1);
  s->group = (int)k, s->name = e->parts.split ? e->parts.by.name[k] : NULL;
  s->rows = arena_array(&e->p->arena, int64_t, n + 1);
  s->x[0] = e->x[0], s->y[0] = 0, s->rows[0] = e->row[0];
  for (int64_t i = 0; i < n; i++) s->x[i + 1] = e->x[i], s->y[i + 1] = e->f[i], s->rows[i + 1] = e->row[i];
}

// Corners of the steps: every value twice, but the last.
static void add_band(Ecdf *e, int64_t k) {
  const Parts *q = &e->parts;
  int64_t n = e->nstep, m = n > 1 ? 2 * n - 1 : 2;
  double eps = eps_of(q->begin[k + 1] - q->begin[k]);
  Series *s = plot_add(e->p, MARK_AREA, m);
  s->group = (int)k, s->y2 = plot_array(e->p, m), s->role = ROLE_FAINT;
  for (int64_t i = 0; i < m; i++) {
    double f = e->f[i / 2];
    s->x[i] = n > 1 ? e->x[(i + 1) / 2] : i ? e->p->x.hi : e->p->x.lo;
    s->y[i] = fmax(0, f - eps), s->y2[i] = fmin(1, f + eps);
  }
}

static ErrCode load(Ecdf *e, const Frame *d, Err *err) {
  const EcdfOpts *o = e->o;
  PartsOpts part = {o->x, o->by, "shares up to a value need numbers; for levels write d:bar", CHART_MOST_GROUPS,
                    o->labels.xscale};
  TRY(parts_load(&e->pile, d, &part, e->p, &e->parts, err));
  TRY(pile_new(&e->pile, e->parts.n * 8, &e->x, err));
  TRY(pile_new(&e->pile, e->parts.n * 8, &e->f, err));
  TRY(pile_new(&e->pile, e->parts.n * 8, &e->row, err));
  e->finest = 1.0 / chart_grid(&o->labels);
  axis_values(&e->p->x, &e->parts);
  e->p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1, .unit = true};
  return OK;
}

// The greatest distance between the curves of two levels, and the value where it is.
static double farthest(const Parts *q, int64_t a, int64_t b, double *at) {
  int64_t i = q->begin[a], j = q->begin[b];
  double n = (double)(q->begin[a + 1] - i), m = (double)(q->begin[b + 1] - j), most = 0;
  while (i < q->begin[a + 1] && j < q->begin[b + 1]) {
    double v = fmin(q->x[i], q->x[j]);
    while (i < q->begin[a + 1] && q->x[i] == v) i++;
    while (j < q->begin[b + 1] && q->x[j] == v) j++;
    double d = fabs((double)(i - q->begin[a]) / n - (double)(j - q->begin[b]) / m);
    if (d > most) most = d, *at = v;
  }
  return most;
}

static const char *compare(Ecdf *e) {
  const Parts *q = &e->parts;
  double most = -1, at = 0;
  int64_t one = -1, two = -1;
  for (int64_t a = 0; a < q->nlevel; a++)
    for (int64_t b = a + 1; b < q->nlevel; b++) {
      double v = 0, d = 0;
      if (q->begin[a] < q->begin[a + 1] && q->begin[b] < q->begin[b + 1]) d = farthest(q, a, b, &v);
      if (d > most && d > 0) most = d, at = v, one = a, two = b;
    }
  if (one < 0) return "";
  return arena_printf(&e->p->arena, "; %s and %s are furthest apart at %s, by %s", q->by.name[one], q->by.name[two],
                      words_number(e->p, at), words_unit(e->p, most, 2, false));
}

static void describe(Ecdf *e) {
  Plot *p = e->p;
  const Parts *q = &e->parts;
  p->n = q->n;
  p->note = rows_note(&q->use, 1, q->split ? &q->by : NULL, p);
  if (e->o->band)
    p->note = arena_printf(&p->arena, "band: 95%% for the whole curve (Dvoretzky, Kiefer, Wolfowitz)%s%s",
                           p->note ? "; " : "", p->note ? p->note : "");
  if (q->split) p->reading = arena_printf(&p->arena, "%s%s", words_medians(q, p), compare(e));
  else
    p->reading = arena_printf(&p->arena, "half of %s are at most %s, nine in ten at most %s", words_count(p, q->n),
                              words_number(p, sorted_quantile(q->x, q->n, 0.5)),
                              words_number(p, sorted_quantile(q->x, q->n, 0.9)));
  p->groups = q->split ? words_copy(p, sv(q->by.column), CHART_NAME_COLUMNS) : NULL;
  words_labels(p, &e->o->labels, q->use.name, "share");
  behind_parts(p, q, false);
}

static ErrCode fill(Ecdf *e, const Frame *d, Err *err) {
  const Parts *q = &e->parts;
  TRY(load(e, d, err));
  for (int bands = e->o->band; bands >= 0; bands--) // bands lie behind all curves
    for (int64_t k = 0; k < q->nlevel; k++) {
      if (q->begin[k] == q->begin[k + 1]) continue;
      find_steps(e, k);
      if (bands) add_band(e, k);
      else add_steps(e, k);
    }
  describe(e);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Ecdf e = {.pile = {.job = job, .chart = "ecdf", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&e, d, err);
  pile_free(&e.pile);
  return code;
}

const ChartType chart_ecdf = {.name = "ecdf",
                              .signature = "d:ecdf{\"age\", by=\"sex\"}",
                              .summary = "the share of values up to each value, by level",
                              .example = "return data('iris'):ecdf{'sepal_length_cm', by='class', band=true}",
                              .params = PARAMS,
                              .opts_size = sizeof(EcdfOpts),
                              .npos = 1,
                              .make = make};
