// Correlation and covariance matrices: each method fills the pairs, this says what they mean.
#include "stats/corr_int.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
  const char *name, *p, *interval;
} METHODS[CORR_METHODS] = {
    {"Pearson correlation", "t with n - 2 df", "Fisher's z"},
    {"Spearman rank correlation", "t with n - 2 df", "Fisher's z by Bonett and Wright"},
    {"Kendall's tau-b", "normal, exact below 50 rows with no ties", "Fisher's z by Bonett and Wright"},
    {"Polychoric correlation", "Wald", "Wald"}};

static ErrCode fill(const CorrIn *s, int method, CorrPair *pair, Err *err) {
  switch (method) {
  case CORR_SPEARMAN: return corr_spearman(s, pair, err);
  case CORR_KENDALL: return corr_kendall(s, pair, err);
  case CORR_POLYCHORIC: return corr_polychoric(s, pair, err);
  default: return corr_pearson(s, false, pair, err);
  }
}

// What the caption says besides n.
static void explain(const CorrOpts *o, double level, char *text, size_t size) {
  const char *p = METHODS[o->method].p, *interval = METHODS[o->method].interval;
  if (o->show == CORR_P) snprintf(text, size, "two-sided p (%s)", p);
  else if (o->show == CORR_LOW) snprintf(text, size, "lower ends of %g%% intervals (%s)", 100 * level, interval);
  else if (o->show == CORR_HIGH) snprintf(text, size, "upper ends of %g%% intervals (%s)", 100 * level, interval);
  else if (o->show == CORR_LONG) snprintf(text, size, "p: %s; %g%% intervals: %s", p, 100 * level, interval);
  else *text = '\0';
}

static ErrCode answer(const CorrIn *s, const CorrOpts *o, CorrPair *pair, Frame **out, Err *err) {
  double level = o->level > 0 ? o->level : .95;
  char how[160];
  for (int64_t k = 0; k < s->p * s->p; k++) corr_infer((CorrMethod)o->method, level, &pair[k]);
  ErrCode code = o->show == CORR_LONG ? corr_long(s, pair, &(LongForm){"r", true, false, -1}, out, err)
                                      : corr_matrix(s, pair, o->show, out, err);
  if (code != OK) return code;
  explain(o, level, how, sizeof how);
  corr_caption(s, pair, METHODS[o->method].name, *how ? how : NULL, *out);
  return OK;
}

static bool is_ordered(const Column *c) { return col_is_number(c) || c->type == COL_CAT; }

ErrCode stats_corr(Job *job, const Frame *f, const CorrOpts *opts, Frame **out, Err *err) {
  CorrIn s;
  CorrPair *pair = NULL;
  bool poly = opts->method == CORR_POLYCHORIC;
  ErrCode code = corr_in(job, f, &opts->columns, "corr", poly && opts->columns.n ? is_ordered : col_is_number,
                         poly ? "levels must be numbers or a category" : "correlation needs numbers",
                         opts->missing == CORR_COMPLETE, &s, err);
  if (code == OK) pair = corr_pairs_new(s.p);
  if (code == OK) code = fill(&s, opts->method, pair, err);
  if (code == OK) code = answer(&s, opts, pair, out, err);
  free(pair);
  corr_in_fini(&s);
  return code;
}

ErrCode stats_cov(Job *job, const Frame *f, const Names *columns, int missing, Frame **out, Err *err) {
  CorrIn s;
  CorrPair *pair = NULL;
  ErrCode code =
      corr_in(job, f, columns, "cov", col_is_number, "covariance needs numbers", missing == CORR_COMPLETE, &s, err);
  if (code == OK) pair = corr_pairs_new(s.p);
  if (code == OK) code = corr_pearson(&s, true, pair, err);
  if (code == OK) code = corr_matrix(&s, pair, CORR_R, out, err);
  if (code == OK) corr_caption(&s, pair, "Covariance", NULL, *out);
  free(pair);
  corr_in_fini(&s);
  return code;
}
