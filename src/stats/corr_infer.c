// p values and intervals of correlations. Pearson: t with n - 2 degrees of freedom and Fisher's z with standard error
// (n - 3)^-1/2. Ranks: Fisher's z with the standard errors of Bonett & Wright (2000), ((1 + r^2 / 2) / (n - 3))^1/2 for
// Spearman, (.437 / (n - 4))^1/2 for Kendall. Polychoric: Wald, cut at -1 and 1.
#include "stats/corr_int.h"

#include <math.h>

static double z_of(double level) { return dist_norm_quantile(1 - (1 - level) / 2); }

static double artanh(double r) { return fmath_log1p(2 * r / (1 - r)) / 2; }

void corr_fisher(double r, double se, double level, double *low, double *high) {
  double half = z_of(level) * se;
  if (fabs(r) == 1) *low = *high = r;
  else *low = fmath_tanh(artanh(r) - half), *high = fmath_tanh(artanh(r) + half);
}

double corr_t_p(double r, double df) {
  if (df < 1) return NAN;
  return fabs(r) == 1 ? 0 : 2 * dist_t(fabs(r) * sqrt(df / ((1 - r) * (1 + r))), df, DIST_UPPER);
}

void corr_infer(CorrMethod method, double level, CorrPair *c) {
  double n = (double)c->n, se = NAN;
  if (method == CORR_PEARSON || method == CORR_SPEARMAN) c->p = corr_t_p(c->r, n - 2);
  c->low = c->high = NAN;
  if (!c->defined || isnan(c->r)) {
    c->p = NAN;
    return;
  }
  if (method == CORR_POLYCHORIC) {
    c->p = 2 * dist_norm(fabs(c->r) / c->se, DIST_UPPER);
    c->low = fmax(-1, c->r - z_of(level) * c->se), c->high = fmin(1, c->r + z_of(level) * c->se);
    return;
  }
  if (method == CORR_PEARSON && c->n > 3) se = 1 / sqrt(n - 3);
  if (method == CORR_SPEARMAN && c->n > 3) se = sqrt((1 + c->r * c->r / 2) / (n - 3));
  if (method == CORR_KENDALL && c->n > 4) se = sqrt(.437 / (n - 4));
  if (!isnan(se)) corr_fisher(c->r, se, level, &c->low, &c->high);
}
