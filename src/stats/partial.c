// Correlations given other columns, and how far each column is a combination of the others. Both read the correlation
// matrix R of the rows that miss nothing. With C the inverse of R, the correlation of i and j given all other columns
// is -C_ij / (C_ii C_jj)^1/2, and C_ii is the variance inflation factor 1 / (1 - R_i^2). Given some columns only, the
// others pair up in the inverse of the part that is left when one pair and the given columns stand alone; all such
// parts at once are the Schur complement of the given columns. Eigenvalues (eigen.c) say when R has no inverse.
#include "stats/corr_int.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double FLAT = 1e-13; // of the largest eigenvalue: below it stands for 0

// R's eigenvalues and vectors, and its inverse where there is one.
typedef struct Spectrum {
  int64_t p;
  double *value, *vector, *inverse;
  double most, least; // eigenvalues
  double *room;
} Spectrum;

static Spectrum spectrum_of(const double *r, int64_t p) {
  Spectrum s = {.p = p, .room = calloc((size_t)(3 * p * p + p) + 1, sizeof(double)), .least = INFINITY};
  if (!s.room) abort();
  double *a = s.room;
  s.vector = a + p * p, s.inverse = s.vector + p * p, s.value = s.inverse + p * p;
  memcpy(a, r, (size_t)(p * p) * sizeof *a);
  eigen_sym(a, p, s.value, s.vector);
  for (int64_t k = 0; k < p; k++) s.most = fmax(s.most, s.value[k]), s.least = fmin(s.least, s.value[k]);
  for (int64_t i = 0; i < p; i++)
    for (int64_t j = 0; j < p; j++)
      for (int64_t k = 0; k < p; k++) s.inverse[i * p + j] += s.vector[i * p + k] * s.vector[j * p + k] / s.value[k];
  return s;
}

static bool is_singular(const Spectrum *s) { return s->least <= FLAT * (double)s->p * s->most; }

// The column that has most to do with the smallest eigenvalue.
static int64_t worst_of(const Spectrum *s) {
  int64_t k = 0, worst = 0;
  for (int64_t i = 1; i < s->p; i++)
    if (s->value[i] < s->value[k]) k = i;
  for (int64_t i = 1; i < s->p; i++)
    if (fabs(s->vector[i * s->p + k]) > fabs(s->vector[worst * s->p + k])) worst = i;
  return worst;
}

static ErrCode not_invertible(const CorrIn *s, int64_t j, Err *err) {
  return err_set(err, ERR_NUMERIC, "%s: column '%s' is a linear combination of the others: leave one of them out",
                 s->owner, frame_name(s->f, (int)j));
}

// Every pair must have a correlation.
static ErrCode read_matrix(const CorrIn *s, const CorrPair *pair, double *r, Err *err) {
  for (int64_t k = 0; k < s->p * s->p; k++) {
    r[k] = pair[k].r;
    if (!pair[k].defined || isnan(r[k]))
      return err_set(
          err, ERR_NUMERIC,
          "%s: column '%s' has no correlation with '%s' over the %lld rows that miss nothing: one of them is "
          "constant or holds NaN, or there are too few rows",
          s->owner, frame_name(s->f, (int)(k / s->p)), frame_name(s->f, (int)(k % s->p)), (long long)s->present[0]);
  }
  return OK;
}

// ---- partial correlations -----------------------------------------------------------------------------------------
// The first q columns, then the given ones: what is left of R's first q x q part when the given columns are taken out.
static ErrCode take_out(const CorrIn *s, int64_t q, double *r, Err *err) {
  int64_t p = s->p, g = p - q;
  double *given = calloc((size_t)(g * g) + 1, sizeof *given);
  if (!given) abort();
  for (int64_t a = 0; a < g; a++)
    for (int64_t b = 0; b < g; b++) given[a * g + b] = r[(q + a) * p + q + b];
  Spectrum k = spectrum_of(given, g);
  bool singular = is_singular(&k);
  int64_t worst = q + worst_of(&k);
  for (int64_t i = 0; i < q; i++)
    for (int64_t j = 0; j < q; j++) {
      double explained = 0;
      for (int64_t a = 0; a < g; a++)
        for (int64_t b = 0; b < g; b++) explained += r[i * p + q + a] * k.inverse[a * g + b] * r[j * p + q + b];
      r[i * p + j] -= explained;
    }
  free(given);
  free(k.room);
  return singular ? not_invertible(s, worst, err) : OK;
}

static double clamp(double r) { return r > 1 ? 1 : r < -1 ? -1 : r; }

// c: stride wide; sign -1 for an inverse.
static ErrCode put_partial(const CorrIn *s, const double *c, int64_t q, int64_t wide, double sign, int64_t fixed,
                           double level, CorrPair *pair, Err *err) {
  for (int64_t i = 0; i < q; i++)
    if (!(c[i * wide + i] > FLAT)) return not_invertible(s, i, err);
  for (int64_t i = 0; i < q; i++)
    for (int64_t j = 0; j < q; j++) {
      CorrPair *out = &pair[i * q + j];
      double df = (double)(s->present[0] - 2 - fixed);
      out->n = s->present[0], out->defined = df > 0;
      out->r = i == j ? 1 : clamp(sign * c[i * wide + j] / (sqrt(c[i * wide + i]) * sqrt(c[j * wide + j])));
      out->p = corr_t_p(out->r, df);
      if (df > 1) corr_fisher(out->r, 1 / sqrt(df - 1), level, &out->low, &out->high);
    }
  return OK;
}

static ErrCode fill_partial(const CorrIn *s, const PartialOpts *o, int64_t q, double *r, CorrPair *pair, Err *err) {
  if (q < s->p) {
    TRY(take_out(s, q, r, err));
    return put_partial(s, r, q, s->p, 1, s->p - q, o->level, pair, err);
  }
  Spectrum k = spectrum_of(r, s->p);
  ErrCode code = is_singular(&k) ? not_invertible(s, worst_of(&k), err) : OK;
  int64_t fixed = s->p > 2 ? s->p - 2 : 0;
  if (code == OK) code = put_partial(s, k.inverse, s->p, s->p, -1, fixed, o->level, pair, err);
  free(k.room);
  return code;
}

static bool is_given(const Names *given, const char *name) {
  for (int64_t k = 0; k < given->n; k++)
    if (strcmp(given->name[k], name) == 0) return true;
  return false;
}

// The asked columns (all number columns when none), then the given ones.
static void list_columns(const Frame *f, const PartialOpts *o, const char **name, int64_t *q, Names *out) {
  *out = (Names){name, 0};
  for (int64_t k = 0; k < o->columns.n; k++) name[out->n++] = o->columns.name[k];
  for (int j = 0; j < frame_ncol(f) && !o->columns.n; j++)
    if (col_is_number(frame_at(f, j)) && !is_given(&o->given, frame_name(f, j))) name[out->n++] = frame_name(f, j);
  *q = out->n;
  for (int64_t k = 0; k < o->given.n; k++) name[out->n++] = o->given.name[k];
}

static void caption(const CorrIn *s, const PartialOpts *o, const CorrPair *pair, int64_t q, Frame *out) {
  char what[160], how[120] = "";
  const char *method = o->method == CORR_SPEARMAN ? "Spearman" : "Pearson";
  if (q < s->p)
    snprintf(what, sizeof what, "Partial %s correlation given %lld column%s", method, (long long)(s->p - q),
             s->p - q == 1 ? "" : "s");
  else snprintf(what, sizeof what, "Partial %s correlation given all other columns", method);
  if (o->show != CORR_R && o->show != CORR_N)
    snprintf(how, sizeof how, "p: t with %lld df; %g%% intervals: Fisher's z",
             (long long)(s->present[0] - 2 - (q < s->p ? s->p - q : s->p - 2)), 100 * o->level);
  corr_caption(s, pair, what, *how ? how : NULL, out);
}

static ErrCode partial_of(CorrIn *s, const PartialOpts *o, int64_t q, Frame **out, Err *err) {
  CorrPair *all = corr_pairs_new(s->p), *pair = corr_pairs_new(q);
  double *r = calloc((size_t)(s->p * s->p), sizeof *r);
  if (!r) abort();
  ErrCode code = o->method == CORR_SPEARMAN ? corr_spearman(s, all, err) : corr_pearson(s, false, all, err);
  if (code == OK) code = read_matrix(s, all, r, err);
  if (code == OK) code = fill_partial(s, o, q, r, pair, err);
  CorrIn shown = *s; // the asked columns come first
  shown.p = q;
  if (code == OK)
    code = o->show == CORR_LONG ? corr_long(&shown, pair, &(LongForm){"r", true, false, -1}, out, err)
                                : corr_matrix(&shown, pair, o->show, out, err);
  if (code == OK) caption(s, o, all, q, *out);
  free(all);
  free(pair);
  free(r);
  return code;
}

ErrCode stats_partial(Job *job, const Frame *f, const PartialOpts *opts, Frame **out, Err *err) {
  CorrIn s;
  Names columns;
  int64_t q;
  const char **name = calloc((size_t)(frame_ncol(f) + opts->columns.n + opts->given.n) + 1, sizeof *name);
  if (!name) abort();
  list_columns(f, opts, name, &q, &columns);
  ErrCode code =
      corr_in(job, f, &columns, "partial", col_is_number, "partial correlation needs numbers", true, &s, err);
  if (code == OK && q < 2)
    code = err_set(err, ERR_ARG, "partial: needs two columns besides the given ones, %lld was named", (long long)q);
  if (code == OK) code = partial_of(&s, opts, q, out, err);
  free(name);
  corr_in_fini(&s);
  return code;
}

// ---- variance inflation -------------------------------------------------------------------------------------------
// Infinite where an eigenvalue of 0 has to do with the column.
static double inflation(const Spectrum *s, int64_t j) {
  double sum = 0;
  for (int64_t k = 0; k < s->p; k++) {
    double share = s->vector[j * s->p + k] * s->vector[j * s->p + k];
    bool flat = s->value[k] <= FLAT * (double)s->p * s->most;
    if (flat && share > 1e-10) return INFINITY;
    if (!flat) sum += share / s->value[k];
  }
  return sum;
}

static ErrCode vif_frame(const CorrIn *s, const Spectrum *k, Frame *out, Err *err) {
  TextBuilder b;
  Column *c[3] = {0};
  textb_init(&b, s->job);
  ErrCode code = OK;
  for (int64_t j = 0; j < s->p && code == OK; j++) code = textb_add(&b, sv(frame_name(s->f, (int)j)), err);
  if (code == OK) code = textb_take(&b, &c[0], err);
  textb_fini(&b);
  if (code == OK) code = column_new(s->job, COL_F64, s->p, NULL, &c[1], err);
  if (code == OK) code = column_new(s->job, COL_F64, s->p, NULL, &c[2], err);
  for (int64_t j = 0; j < s->p && code == OK; j++) c[1]->f[j] = inflation(k, j), c[2]->f[j] = 1 - 1 / c[1]->f[j];
  const char *name[] = {"column", "vif", "r2"};
  for (int i = 0; i < 3; i++) {
    if (code == OK) code = frame_add(out, name[i], c[i], err);
    else column_unref(c[i]);
  }
  return code;
}

static ErrCode vif_of(const CorrIn *s, Frame *out, Err *err) {
  CorrPair *pair = corr_pairs_new(s->p);
  double *r = calloc((size_t)(s->p * s->p), sizeof *r);
  if (!r) abort();
  ErrCode code = corr_pearson(s, false, pair, err);
  if (code == OK) code = read_matrix(s, pair, r, err);
  if (code == OK) {
    Spectrum k = spectrum_of(r, s->p);
    double ratio = k.least <= FLAT * (double)s->p * k.most ? INFINITY : sqrt(k.most / k.least);
    char how[120];
    snprintf(how, sizeof how, "condition number %.4g (root of the largest over the smallest eigenvalue)", ratio);
    code = vif_frame(s, &k, out, err);
    corr_caption(s, pair, "Variance inflation of each column by the others", how, out);
    free(k.room);
  }
  free(pair);
  free(r);
  return code;
}

ErrCode stats_vif(Job *job, const Frame *f, const Names *columns, Frame **out, Err *err) {
  CorrIn s;
  ErrCode code = corr_in(job, f, columns, "vif", col_is_number, "variance inflation needs numbers", true, &s, err);
  if (code == OK) {
    Frame *made = frame_new(s.p);
    code = vif_of(&s, made, err);
    if (code == OK) *out = made;
    else frame_unref(made);
  }
  corr_in_fini(&s);
  return code;
}
