// Correlation of a series with itself and with another at a distance, as acf, pacf and ccf of R: deviations from the
// mean of the whole series, sums of products over n (Box & Jenkins), missing values left out of sums and counts (R's
// na.pass). The band is where 95% of the values of a series without memory fall. Partial autocorrelations by Durbin and
// Levinson. O(n lags).
#include "stats/assoc.h"

#include "num/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Series {
  double *dev, *has; // deviations, 0 where missing; 1 where present
  int64_t n, present;
} Series;

static ErrCode series_read(Job *job, const Frame *f, const char *owner, const char *name, Mat *room, Series *out,
                           Err *err) {
  int j;
  TRY(frame_col(f, sv(name), &j, err));
  const Column *c = frame_at(f, j);
  if (!col_is_number(c))
    return err_set(err, ERR_TYPE, "%s: column '%s' is %s: a series needs numbers", owner, name, COLTYPES[c->type].name);
  if (c->n < 2)
    return err_set(err, ERR_SHAPE, "%s: column '%s' has %lld rows, 2 are needed", owner, name, (long long)c->n);
  TRY(mat_new(job, c->n, 2, owner, room, err));
  *out = (Series){room->x, room->x + c->n, c->n, 0};
  for (int64_t i = 0; i < c->n; i++) {
    double v = col_f64(c, i);
    out->dev[i] = isnan(v) ? 0 : v, out->has[i] = !isnan(v);
    out->present += !isnan(v);
  }
  double mean = sum_f64(job, out->dev, c->n) / (double)out->present;
  for (int64_t i = 0; i < c->n; i++) out->dev[i] = out->has[i] > 0 ? out->dev[i] - mean : 0;
  return OK;
}

// Sum of a[t + lag] b[t] over n, as if no pair were missing; NaN when all are.
static double covariance(Job *job, const Series *a, const Series *b, int64_t lag) {
  const Series *first = lag < 0 ? b : a, *second = lag < 0 ? a : b;
  int64_t d = llabs(lag), n = a->n - d;
  double pairs = (double)n;
  if (a->present < a->n || b->present < b->n) pairs = sum_dot(job, first->has + d, second->has, n);
  return pairs > 0 ? sum_dot(job, first->dev + d, second->dev, n) / (pairs + (double)d) : NAN;
}

// r[k] for lags from first to last.
static ErrCode correlations(Job *job, const Series *a, const Series *b, int64_t first, int64_t last, double *r,
                            Err *err) {
  double scale = sqrt(covariance(job, a, a, 0)) * sqrt(covariance(job, b, b, 0));
  for (int64_t lag = first; lag <= last; lag++) {
    TRY(job_tick(job, lag - first, last - first + 1, err));
    double v = covariance(job, a, b, lag) / scale;
    r[lag - first] = v > 1 ? 1 : v < -1 ? -1 : v;
  }
  return OK;
}

static ErrCode check_lags(const char *owner, int64_t n, double series, int64_t *lags, Err *err) {
  bool own = *lags <= 0;
  if (own) *lags = (int64_t)floor(10 * (log10((double)n) - log10(series)));
  if (own && *lags > n - 1) *lags = n - 1;
  if (*lags >= n)
    return err_set(err, ERR_ARG, "%s: lags must be below the number of rows, %lld, %lld was given", owner, (long long)n,
                   (long long)*lags);
  return OK;
}

// ---- the answer ---------------------------------------------------------------------------------------------------
static ErrCode add_reals(Job *job, Frame *out, const char *name, const double *x, int64_t n, Err *err) {
  Column *c;
  TRY(column_new(job, COL_F64, n, NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    c->f[i] = x[i];
    if (isnan(x[i])) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(out, name, c, err);
  column_unref(c);
  return code;
}

// lag, the values, and the band of a series without memory.
static ErrCode add_lags(Job *job, Frame *out, int64_t first, const char *name, const double *r, int64_t n, int64_t rows,
                        Err *err) {
  Column *lag;
  TRY(column_new(job, COL_I64, n, NULL, &lag, err));
  for (int64_t i = 0; i < n; i++) lag->i[i] = first + i;
  TRY(frame_add(out, "lag", lag, err));
  TRY(add_reals(job, out, name, r, n, err));
  double *band = calloc((size_t)n + 1, sizeof *band), half = dist_norm_quantile(.975) / sqrt((double)rows);
  if (!band) abort();
  for (int64_t i = 0; i < n; i++) band[i] = -half;
  ErrCode code = add_reals(job, out, "low", band, n, err);
  for (int64_t i = 0; i < n; i++) band[i] = half;
  if (code == OK) code = add_reals(job, out, "high", band, n, err);
  free(band);
  return code;
}

// Ljung and Box: whether the autocorrelations up to each lag are those of a series without memory.
static ErrCode add_ljung_box(Job *job, Frame *out, const double *r, int64_t lags, int64_t n, Err *err) {
  double *q = calloc((size_t)lags + 1, sizeof *q), *p = calloc((size_t)lags + 1, sizeof *p), sum = 0, d = (double)n;
  if (!q || !p) abort();
  q[0] = p[0] = NAN;
  for (int64_t k = 1; k <= lags; k++) {
    sum += r[k] * r[k] / (d - (double)k);
    q[k] = d * (d + 2) * sum, p[k] = dist_chisq(q[k], (double)k, DIST_UPPER);
  }
  ErrCode code = add_reals(job, out, "ljung_box", q, lags + 1, err);
  if (code == OK) code = add_reals(job, out, "p", p, lags + 1, err);
  free(q);
  free(p);
  return code;
}

static void set_caption(Frame *out, const char *text, const char *a, const char *b, int64_t n) {
  Str s = {0};
  str_addf(&s, text, a, b);
  str_addf(&s, ", n = %lld; low and high: 95%% of a series without memory", (long long)n);
  frame_set_caption(out, str_c(&s));
  str_fini(&s);
}

static ErrCode finish(ErrCode code, Frame *made, Frame **out) {
  if (code == OK) *out = made;
  else frame_unref(made);
  return code;
}

// ---- acf, pacf ----------------------------------------------------------------------------------------------------
// r[0 .. lags] becomes the partial autocorrelations of lags 1 .. lags at r[1 ..].
static void durbin_levinson(double *r, int64_t lags) {
  double *phi = calloc((size_t)(2 * lags + 2), sizeof *phi), *old = phi + lags + 1;
  double *partial = calloc((size_t)lags + 1, sizeof *partial);
  if (!phi || !partial) abort();
  for (int64_t k = 1; k <= lags; k++) {
    double a = r[k], b = 1;
    for (int64_t j = 1; j < k; j++) a -= old[j] * r[k - j], b -= old[j] * r[j];
    phi[k] = partial[k] = a / b;
    for (int64_t j = 1; j < k; j++) phi[j] = old[j] - phi[k] * old[k - j];
    memcpy(old, phi, (size_t)(k + 1) * sizeof *phi);
  }
  memcpy(r + 1, partial + 1, (size_t)lags * sizeof *r);
  free(phi);
  free(partial);
}

static ErrCode acf_frame(Job *job, const Series *x, bool partial, double *r, int64_t lags, Frame *out, Err *err) {
  TRY(correlations(job, x, x, 0, lags, r, err));
  if (!partial) {
    TRY(add_lags(job, out, 0, "acf", r, lags + 1, x->n, err));
    return add_ljung_box(job, out, r, lags, x->n, err);
  }
  durbin_levinson(r, lags);
  return add_lags(job, out, 1, "pacf", r + 1, lags, x->n, err);
}

static ErrCode autocorrelation(Job *job, const Frame *f, const char *owner, const char *name, int64_t lags,
                               bool partial, Frame **out, Err *err) {
  Mat room = {0};
  Series x;
  double *r = NULL;
  Frame *made = NULL;
  ErrCode code = series_read(job, f, owner, name, &room, &x, err);
  if (code == OK) code = check_lags(owner, x.n, 1, &lags, err);
  if (code == OK) {
    made = frame_new(lags + !partial);
    r = calloc((size_t)lags + 1, sizeof *r);
    if (!r) abort();
    code = acf_frame(job, &x, partial, r, lags, made, err);
    set_caption(made, partial ? "Partial autocorrelation of %s%s" : "Autocorrelation of %s%s", name, "", x.n);
  }
  free(r);
  mat_free(&room);
  return finish(code, made, out);
}

ErrCode stats_acf(Job *job, const Frame *f, const char *column, int64_t lags, Frame **out, Err *err) {
  return autocorrelation(job, f, "acf", column, lags, false, out, err);
}

ErrCode stats_pacf(Job *job, const Frame *f, const char *column, int64_t lags, Frame **out, Err *err) {
  return autocorrelation(job, f, "pacf", column, lags, true, out, err);
}

// ---- ccf ----------------------------------------------------------------------------------------------------------
ErrCode stats_ccf(Job *job, const Frame *f, const char *x, const char *y, int64_t lags, Frame **out, Err *err) {
  Mat room_x = {0}, room_y = {0};
  Series a, b;
  double *r = NULL;
  Frame *made = NULL;
  ErrCode code = series_read(job, f, "ccf", x, &room_x, &a, err);
  if (code == OK) code = series_read(job, f, "ccf", y, &room_y, &b, err);
  if (code == OK) code = check_lags("ccf", a.n, 2, &lags, err);
  if (code == OK) {
    made = frame_new(2 * lags + 1);
    r = calloc((size_t)(2 * lags + 1), sizeof *r);
    if (!r) abort();
    code = correlations(job, &a, &b, -lags, lags, r, err);
    if (code == OK) code = add_lags(job, made, -lags, "ccf", r, 2 * lags + 1, a.n, err);
    set_caption(made, "Correlation of %s, lag rows later, with %s", x, y, a.n);
  }
  free(r);
  mat_free(&room_x);
  mat_free(&room_y);
  return finish(code, made, out);
}
