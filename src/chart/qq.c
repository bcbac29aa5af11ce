// Quantiles against quantiles: ordered values against what the k-th of n values from a distribution is about, its
// quantile at (k - a) / (n + 1 - 2a), a = 3/8 up to 10 values and 1/2 above, as R's ppoints. Values from that
// distribution, shifted and stretched, lie on a line; the one drawn goes through the quartiles, which tails cannot
// bend. About it a pointwise 95 % band: the k-th order statistic has the standard error slope / density(q) *
// sqrt(p (1 - p) / n). Lognormal is normal on a log axis. With `y`, the quantiles of two columns against each other and
// the line of equality.
// Reference: Wilk, Gnanadesikan, "Probability plotting methods for the analysis of data", Biometrika 55 (1968).
#include "chart/chart_int.h"

#include "base/pool.h"

#include <math.h>

enum { QQ_NORMAL, QQ_EXPONENTIAL, QQ_LOGNORMAL, QQ_UNIFORM };
enum { MOST_POINTS = 2000, TAIL = 200, BAND_POINTS = 101 };
static const double Z95 = 1.959963984540054, SQRT_2PI = 2.506628274631000502;

typedef struct QqOpts {
  ChartLabels labels;
  const char *x, *y;
  int dist;
} QqOpts;

static const Param PARAMS[] = {
    {"x", PARAM_TEXT, offsetof(QqOpts, x), 0, 0, NULL, NULL, "number column"},
    {"y", PARAM_TEXT, offsetof(QqOpts, y), 0, 0, "", NULL, "number column to compare with; a distribution if none"},
    {"dist", PARAM_CHOICE, offsetof(QqOpts, dist), 0, 0, "normal", "normal|exponential|lognormal|uniform",
     "what the values are compared with"},
    CHART_LABELS(QqOpts),
    PARAM_END};

typedef struct Qq {
  Pile pile;
  const QqOpts *o;
  Plot *p;
  Parts x, y;
  double *v;             // the values, of lognormal their logarithms
  double at, slope;      // the line
  int64_t n, out, shown; // points, outside of the band, drawn
  double lo[2], hi[2];   // ranges of x and y so far
} Qq;

static const char *const NAMES[] = {"normal", "exponential", "lognormal", "uniform"};

static double quantile_of(int dist, double p) {
  if (dist == QQ_EXPONENTIAL) return -fmath_log1p(-p);
  return dist == QQ_UNIFORM ? p : dist_norm_quantile(p);
}

static double density_of(int dist, double q) {
  if (dist == QQ_EXPONENTIAL) return fmath_exp(-q);
  return dist == QQ_UNIFORM ? 1 : fmath_exp(-q * q / 2) / SQRT_2PI;
}

static double place(int64_t i, int64_t n) {
  double a = n <= 10 ? 0.375 : 0.5;
  return ((double)i + 1 - a) / ((double)n + 1 - 2 * a);
}

static double error_at(const Qq *q, double p, double z) {
  return Z95 * fabs(q->slope) / density_of(q->o->dist, z) * sqrt(p * (1 - p) / (double)q->n);
}

static double shown_value(const Qq *q, double v) { return q->o->dist == QQ_LOGNORMAL && !q->o->y ? fmath_exp(v) : v; }

static void widen(Qq *q, double x, double y) {
  q->lo[0] = fmin(q->lo[0], x), q->hi[0] = fmax(q->hi[0], x);
  q->lo[1] = fmin(q->lo[1], y), q->hi[1] = fmax(q->hi[1], y);
}

// ---- against a distribution -----------------------------------------------------------------------------------------
static void fit_line(Qq *q) {
  double a = sorted_quantile(q->v, q->n, 0.25), b = sorted_quantile(q->v, q->n, 0.75);
  double x = quantile_of(q->o->dist, 0.25), x2 = quantile_of(q->o->dist, 0.75);
  q->slope = (b - a) / (x2 - x), q->at = a - q->slope * x;
}

static void add_band(Qq *q) {
  Series *s = plot_add(q->p, MARK_AREA, BAND_POINTS);
  double first = quantile_of(q->o->dist, place(0, q->n)), last = quantile_of(q->o->dist, place(q->n - 1, q->n));
  s->y2 = plot_array(q->p, BAND_POINTS), s->role = ROLE_FAINT, s->name = NULL;
  for (int64_t i = 0; i < BAND_POINTS; i++) {
    double z = first + (last - first) * ((double)i / (BAND_POINTS - 1)), p = z;
    if (q->o->dist == QQ_EXPONENTIAL) p = -fmath_expm1(-z);
    else if (q->o->dist != QQ_UNIFORM) p = dist_norm(z, DIST_LOWER);
    double half = error_at(q, p, z), fit = q->at + q->slope * z;
    s->x[i] = z, s->y[i] = shown_value(q, fit - half), s->y2[i] = shown_value(q, fit + half);
    widen(q, z, s->y[i]);
    widen(q, z, s->y2[i]);
  }
}

static void add_line(Qq *q, double x, double y, double x2, double y2) {
  Series *s = plot_add(q->p, MARK_RULE, 1);
  s->x2 = plot_array(q->p, 1), s->y2 = plot_array(q->p, 1), s->role = ROLE_FAINT;
  s->x[0] = x, s->y[0] = y, s->x2[0] = x2, s->y2[0] = y2;
  widen(q, x, y);
  widen(q, x2, y2);
}

// All points, or both tails and so many of the others at even distances.
static bool is_drawn(const Qq *q, int64_t i, int64_t most) {
  if (q->n <= most || i < TAIL || i >= q->n - TAIL) return true;
  int64_t every = (q->n - 2 * TAIL) / (most - 2 * TAIL) + 1;
  return (i - TAIL) % every == 0;
}

enum { GRAIN = 16384 };

typedef struct Outside { // of the band, counted by chunks
  const Qq *q;
  int64_t *count;
} Outside;

static void count_chunk(void *ctx, int64_t begin, int64_t end) {
  const Outside *o = ctx;
  const Qq *q = o->q;
  int64_t out = 0;
  for (int64_t i = begin; i < end; i++) {
    double p = place(i, q->n), z = quantile_of(q->o->dist, p);
    out += fabs(q->v[i] - q->at - q->slope * z) > error_at(q, p, z);
  }
  o->count[begin / GRAIN] = out;
}

static ErrCode count_outside(Qq *q, Err *err) {
  Outside o = {.q = q};
  int64_t nchunk = (q->n + GRAIN - 1) / GRAIN;
  TRY(pile_new(&q->pile, nchunk * 8, &o.count, err));
  TRY(job_tick(q->pile.job, 0, q->n, err));
  par_for(q->pile.job, q->n, GRAIN, count_chunk, &o);
  for (int64_t k = 0; k < nchunk; k++) q->out += o.count[k];
  return job_tick(q->pile.job, q->n, q->n, err);
}

static void add_points(Qq *q) {
  int64_t most = MOST_POINTS, at = 0;
  Series *s = plot_add(q->p, MARK_POINT, q->n < most ? q->n : 2 * TAIL + most);
  s->rows = arena_array(&q->p->arena, int64_t, s->n);
  for (int64_t i = 0; i < q->n; i++) {
    if (!is_drawn(q, i, most) || at == s->n) continue;
    s->x[at] = quantile_of(q->o->dist, place(i, q->n)), s->y[at] = q->x.x[i];
    s->rows[at] = row_handle(&q->o->labels, q->x.row[i]);
    widen(q, s->x[at], s->y[at]);
    at++;
  }
  s->n = q->shown = at;
}

static ErrCode against_distribution(Qq *q, Err *err) {
  if (q->n < 3) return err_set(err, ERR_ARG, "qq: three values at least make a line, there are %lld", (long long)q->n);
  if (q->x.min == q->x.max) return err_set(err, ERR_ARG, "qq: all values of '%s' are the same", q->x.use.name);
  fit_line(q);
  if (q->slope > 0) add_band(q);
  double first = quantile_of(q->o->dist, place(0, q->n)), last = quantile_of(q->o->dist, place(q->n - 1, q->n));
  TRY(count_outside(q, err));
  add_points(q);
  if (q->slope > 0)
    add_line(q, first, shown_value(q, q->at + q->slope * first), last, shown_value(q, q->at + q->slope * last));
  return OK;
}

// ---- two columns ----------------------------------------------------------------------------------------------------
// The value at place t of m evenly spread over the n sorted ones.
static double spread_over(const double *x, int64_t n, int64_t t, int64_t m) {
  double h = m > 1 ? (double)(n - 1) * ((double)t / (double)(m - 1)) : 0, k = floor(h);
  int64_t i = (int64_t)k;
  return i + 1 < n ? x[i] + (h - k) * (x[i + 1] - x[i]) : x[n - 1];
}

static void against_column(Qq *q) {
  int64_t n = q->x.n < q->y.n ? q->x.n : q->y.n, m = n < MOST_POINTS ? n : MOST_POINTS;
  Series *s = plot_add(q->p, MARK_POINT, m);
  for (int64_t i = 0; i < m; i++) {
    int64_t t = n == m ? i : (int64_t)((double)(n - 1) * ((double)i / (double)(m - 1)));
    s->x[i] = spread_over(q->x.x, q->x.n, t, n), s->y[i] = spread_over(q->y.x, q->y.n, t, n);
    widen(q, s->x[i], s->y[i]);
  }
  double lo = fmax(q->lo[0], q->lo[1]), hi = fmin(q->hi[0], q->hi[1]);
  q->n = n, q->shown = m;
  if (lo < hi) add_line(q, lo, lo, hi, hi);
}

// ---- the chart ------------------------------------------------------------------------------------------------------
static ErrCode load(Qq *q, const Frame *d, Err *err) {
  static const char advice[] = "quantiles need numbers";
  bool log = q->o->dist == QQ_LOGNORMAL && !q->o->y;
  PartsOpts part = {q->o->x, NULL, advice, 1, log ? SCALE_LOG : SCALE_LINEAR};
  TRY(parts_load(&q->pile, d, &part, q->p, &q->x, err));
  part.x = q->o->y;
  if (q->o->y) TRY(parts_load(&q->pile, d, &part, q->p, &q->y, err));
  TRY(pile_new(&q->pile, q->x.n * 8, &q->v, err));
  if (log) fmath_log_n(q->x.x, q->v, q->x.n);
  else memcpy(q->v, q->x.x, (size_t)q->x.n * sizeof *q->v);
  q->n = q->x.n;
  for (int k = 0; k < 2; k++) q->lo[k] = INFINITY, q->hi[k] = -INFINITY;
  return OK;
}

static const char *column_words(Qq *q) {
  Plot *p = q->p;
  static const double at[] = {0.25, 0.5, 0.75};
  const char *v[2][3];
  for (int k = 0; k < 3; k++) {
    v[0][k] = words_number(p, sorted_quantile(q->x.x, q->x.n, at[k]));
    v[1][k] = words_number(p, sorted_quantile(q->y.x, q->y.n, at[k]));
  }
  return arena_printf(&p->arena, "quartiles of %s %s, %s, %s; of %s %s, %s, %s",
                      words_copy(p, sv(q->x.use.name), CHART_NAME_COLUMNS), v[0][0], v[0][1], v[0][2],
                      words_copy(p, sv(q->y.use.name), CHART_NAME_COLUMNS), v[1][0], v[1][1], v[1][2]);
}

static const char *distribution_words(Qq *q) {
  Plot *p = q->p;
  if (!(q->slope > 0)) return "both quartiles are the same value: no line, no band";
  const char *share = words_share(p, (double)q->out, (double)q->n);
  return arena_printf(&p->arena,
                      "%s of %s values (%s) lie outside of the 95%% band, where about 5%% would if they were %s",
                      words_count(p, q->out), words_count(p, q->n), share, NAMES[q->o->dist]);
}

static void describe(Qq *q) {
  Plot *p = q->p;
  const char *out = rows_note(&q->x.use, 1, NULL, p), *other = q->o->y ? rows_note(&q->y.use, 1, NULL, p) : NULL;
  p->n = q->o->y ? q->x.n + q->y.n : q->n;
  p->reading = q->o->y ? column_words(q) : distribution_words(q);
  Str note = {0};
  if (q->shown < q->n) str_addf(&note, "%s of %s points are drawn", words_count(p, q->shown), words_count(p, q->n));
  if (out) str_addf(&note, "%s%s", note.n ? "; " : "", out);
  if (other) str_addf(&note, "%s%s", note.n ? "; " : "", other);
  p->note = note.n ? arena_strdup(&p->arena, str_c(&note)) : NULL;
  str_fini(&note);
  const char *theory = arena_printf(&p->arena, "%s quantiles", NAMES[q->o->dist == QQ_LOGNORMAL ? 0 : q->o->dist]);
  words_labels(p, &q->o->labels, q->o->y ? q->x.use.name : theory, q->o->y ? q->y.use.name : q->x.use.name);
}

static ErrCode fill(Qq *q, const Frame *d, Err *err) {
  TRY(load(q, d, err));
  if (q->o->y) against_column(q);
  else TRY(against_distribution(q, err));
  if (!isfinite(q->hi[1] - q->lo[1]))
    return err_set(err, ERR_NUMERIC, "qq: the values of '%s' span more than numbers hold", q->x.use.name);
  axis_over(&q->p->x, AXIS_NUMBER, q->lo[0], q->hi[0], false);
  axis_over(&q->p->y, AXIS_NUMBER, q->lo[1], q->hi[1], q->o->dist == QQ_LOGNORMAL && !q->o->y);
  describe(q);
  return OK;
}

static ErrCode make(Job *job, const Frame *d, const void *opts, Plot *out, Err *err) {
  const ChartLabels *labels = opts;
  Qq q = {.pile = {.job = job, .chart = "qq", .whole = labels->whole}, .o = opts, .p = out};
  ErrCode code = fill(&q, d, err);
  pile_free(&q.pile);
  return code;
}

const ChartType chart_qq = {.name = "qq",
                            .signature = "d:qq{\"age\", dist=\"normal\"}",
                            .summary = "quantiles against those of a distribution or of another column",
                            .example = "return data('iris'):qq{'sepal_width_cm'}",
                            .params = PARAMS,
                            .opts_size = sizeof(QqOpts),
                            .npos = 1,
                            .make = make};
