// Density estimates: the share of values per unit, drawn as filled curves, one a level on the same bandwidth rule.
// Outside of the data the curve falls off over three bandwidths as R's density() does, unless `cut` is smaller. On a
// logarithmic axis the logarithms are estimated, so that areas are shares of the picture as it is seen.
#include "chart/chart_int.h"

#include <math.h>

enum { POINTS = 512 };

typedef struct DensityOpts {
  ChartLabels labels;
  const char *x, *by;
  int bw;
  double width, adjust, cut;
  bool fill;
} DensityOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(DensityOpts, x), 0, 0, NULL, NULL, "number column"},
    {"by", PARAM_TEXT, offsetof(DensityOpts, by), 0, 0, "", NULL, "column whose levels are compared, at most 6"},
    {"bw", PARAM_CHOICE, offsetof(DensityOpts, bw), 0, 0, "nrd0", KDE_RULES,
     "rule of the bandwidth; sj (Sheather and Jones) suits several humps"},
    {"width", PARAM_REAL, offsetof(DensityOpts, width), 0, PARAM_INF, "0", NULL, "bandwidth itself; 0: by the rule"},
    {"adjust", PARAM_REAL, offsetof(DensityOpts, adjust), 1e-3, 1e3, "1", NULL, "times the bandwidth"},
    {"cut", PARAM_REAL, offsetof(DensityOpts, cut), 0, 10, "3", NULL,
     "bandwidths drawn beyond the data; 0 ends at the least and greatest value"},
    {"fill", PARAM_BOOL, offsetof(DensityOpts, fill), 0, 0, "true", NULL, "filled curves"},
    CHART_LABELS(DensityOpts),
    CHART_LOGX(DensityOpts),
    PARAM_END};

typedef struct Density {
  Pile pile;
  const DensityOpts *o;
  Plot *p;
  Parts parts;
  double bw[CHART_MOST_GROUPS];   // of each level
  double mode[CHART_MOST_GROUPS]; // where the curve is highest
  double lo, hi, top;
} Density;

static ErrCode load(Density *d, const Frame *f, Err *err) {
  const DensityOpts *o = d->o;
  PartsOpts part = {o->x, o->by, "a density needs numbers; for levels write d:bar", CHART_MOST_GROUPS,
                    o->labels.xscale};
  if (o->labels.xscale == SCALE_SYMLOG)
    return err_set(err, ERR_ARG, "density: areas have no meaning on a symlog axis: take \"linear\" or \"log\"");
  TRY(parts_load(&d->pile, f, &part, d->p, &d->parts, err));
  if (d->parts.use.log) fmath_log_n(d->parts.x, d->parts.x, d->parts.n);
  return OK;
}

static ErrCode set_bandwidths(Density *d, Err *err) {
  const Parts *q = &d->parts;
  d->lo = INFINITY, d->hi = -INFINITY;
  for (int64_t k = 0; k < q->nlevel; k++) {
    int64_t n = q->begin[k + 1] - q->begin[k];
    const double *x = q->x + q->begin[k];
    if (!n) continue;
    d->bw[k] = d->o->width;
    if (!(d->o->width > 0)) TRY(kde_bandwidth(&d->pile, x, n, d->o->bw, &d->bw[k], err));
    d->bw[k] *= d->o->adjust;
    d->lo = fmin(d->lo, x[0] - d->o->cut * d->bw[k]), d->hi = fmax(d->hi, x[n - 1] + d->o->cut * d->bw[k]);
  }
  return OK;
}

// To what is looked at; false: the curve does not reach it.
static bool clip(const Density *d, double *lo, double *hi) {
  const ChartRange *r = d->o->labels.range;
  if (!r) return true;
  bool log = d->parts.use.log;
  *lo = fmax(*lo, log ? fmath_log(r->lo[0]) : r->lo[0]), *hi = fmin(*hi, log ? fmath_log(r->hi[0]) : r->hi[0]);
  return *lo < *hi;
}

// A level's curve ends `cut` bandwidths beyond its own values.
static ErrCode add_curve(Density *d, int64_t k, Err *err) {
  const Parts *q = &d->parts;
  const double *x = q->x + q->begin[k];
  int64_t n = q->begin[k + 1] - q->begin[k], m = chart_grid(&d->o->labels);
  if (!n) return OK;
  if (m > POINTS) m = POINTS;
  double lo = x[0] - d->o->cut * d->bw[k], hi = x[n - 1] + d->o->cut * d->bw[k];
  if (!(lo < hi)) lo = x[0] - 3 * d->bw[k], hi = x[0] + 3 * d->bw[k];
  if (!clip(d, &lo, &hi)) return OK;
  d->lo = fmin(d->lo, lo), d->hi = fmax(d->hi, hi);
  Series *s = plot_add(d->p, d->o->fill ? MARK_AREA : MARK_LINE, m);
  s->group = (int)k, s->name = q->split ? q->by.name[k] : NULL;
  s->rows = arena_array(&d->p->arena, int64_t, m);
  TRY(kde_estimate(&d->pile, x, n, d->bw[k], lo, hi, s->x, s->y, m, err));
  double top = -1;
  for (int64_t i = 0; i < m; i++) {
    s->rows[i] = k;
    if (s->y[i] > top) top = s->y[i], d->mode[k] = s->x[i];
    if (q->use.log) s->x[i] = fmath_exp(s->x[i]);
  }
  if (q->use.log) d->mode[k] = fmath_exp(d->mode[k]);
  d->top = fmax(d->top, top);
  return OK;
}

static ErrCode add_marks(Density *d, Err *err) {
  bool log = d->parts.use.log;
  if (d->o->labels.range) d->lo = INFINITY, d->hi = -INFINITY;
  for (int64_t k = 0; k < d->parts.nlevel; k++) TRY(add_curve(d, k, err));
  double lo = log ? fmath_exp(d->lo) : d->lo, hi = log ? fmath_exp(d->hi) : d->hi;
  if (!isfinite(lo) || !isfinite(hi) || !isfinite(d->top) || (log && !(lo > 0)))
    return err_set(err, ERR_NUMERIC, "density: the values of '%s' lie too far apart or too near for a density",
                   d->parts.use.name);
  axis_over(&d->p->x, AXIS_NUMBER, lo, hi, log);
  axis_from_zero(&d->p->y, 0, d->top);
  for (int k = 0; k < d->p->nseries; k++) { // ends are as exact as exp and log are
    Series *s = &d->p->series[k];
    for (int64_t i = 0; i < s->n; i++) s->x[i] = fmin(fmax(s->x[i], d->p->x.lo), d->p->x.hi);
  }
  return OK;
}

static void set_box(Density *d) {
  const Parts *q = &d->parts;
  double v[5];
  if (q->split) return;
  for (int k = 0; k < 5; k++) {
    v[k] = sorted_quantile(q->x, q->n, k / 4.0);
    if (q->use.log) v[k] = fmath_exp(v[k]);
  }
  d->p->box = (BoxStats){true, v[0], v[1], v[2], v[3], v[4]};
}

static void describe(Density *d) {
  Plot *p = d->p;
  const Parts *q = &d->parts;
  static const char *const rules[] = {"nrd0", "Scott", "Silverman", "Sheather and Jones"};
  const char *rule = d->o->width > 0 ? "given" : rules[d->o->bw];
  Str s = {0}, bw = {0};
  for (int64_t k = 0; k < q->nlevel; k++) {
    int64_t n = q->begin[k + 1] - q->begin[k];
    if (!n) continue;
    str_addf(&s, "%s%s%s%s (n %s)", s.n ? ", " : "densest near ", q->split ? q->by.name[k] : "", q->split ? " " : "",
             words_round(p, d->mode[k], 3), words_count(p, n));
    str_addf(&bw, "%s%s", bw.n ? ", " : "", words_number(p, d->bw[k]));
  }
  p->reading = arena_strdup(&p->arena, str_c(&s));
  const char *out = rows_note(&q->use, 1, q->split ? &q->by : NULL, p);
  p->note = arena_printf(&p->arena, "bandwidth %s (%s%s)%s%s", str_c(&bw), rule, q->use.log ? ", of logarithms" : "",
                         out ? "; " : "", out ? out : "");
  p->n = q->n;
  p->groups = q->split ? words_copy(p, sv(q->by.column), CHART_NAME_COLUMNS) : NULL;
  words_labels(p, &d->o->labels, q->use.name, "density");
  behind_parts(p, q, false);
  str_fini(&s);
  str_fini(&bw);
}

static ErrCode fill(Density *d, const Frame *f, Err *err) {
  TRY(load(d, f, err));
  TRY(set_bandwidths(d, err));
  TRY(add_marks(d, err));
  set_box(d);
  describe(d);
  return OK;
}

static ErrCode make(Job *job, const Frame *f, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Density d = {.pile = {.job = job, .chart = "density", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&d, f, err);
  pile_free(&d.pile);
  return code;
}

const ChartType chart_density = {.name = "density",
                                 .signature = "d:density{\"age\", by=\"sex\"}",
                                 .summary = "a smooth curve of how the values of a number column are distributed",
                                 .example = "return data('penguins'):density{'body_mass_g', by='sex'}",
                                 .params = PARAMS,
                                 .opts_size = sizeof(DensityOpts),
                                 .npos = 1,
                                 .again = AGAIN_ALL,
                                 .make = make};
