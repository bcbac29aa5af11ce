// Probability distributions (dist*.c): relative error about 1e-12 against R, tails included; NaN for invalid arguments.
#pragma once
#include <stdbool.h>

typedef enum { DIST_LOWER, DIST_UPPER } DistTail;
double dist_norm(double z, DistTail tail);
double dist_norm_quantile(double p);
double dist_t(double t, double df, DistTail tail); // df may be infinite, in F df2
double dist_t_quantile(double p, double df);
double dist_f(double f, double df1, double df2, DistTail tail);
double dist_chisq(double x, double df, DistTail tail);
double dist_beta(double x, double a, double b, DistTail tail);
double dist_gamma(double x, double shape, DistTail tail); // scale 1
double dist_binorm(double h, double k, double r); // P(X <= h, Y <= k) of two normals with correlation r (binorm.c)
double dist_lgamma(double x); // log Gamma(x), x >= 0
// Quantiles: the x with P(X <= x) = p, or P(X > x) = p for the upper tail.
double dist_f_quantile(double p, double df1, double df2, DistTail tail);
double dist_chisq_quantile(double p, double df, DistTail tail);
double dist_beta_quantile(double p, double a, double b, DistTail tail);
double dist_gamma_quantile(double p, double shape, DistTail tail);
double dist_norm_density(double z);
double dist_t_density(double t, double df);
double dist_f_density(double f, double df1, double df2);
double dist_beta_density(double x, double a, double b);
double dist_gamma_density(double x, double shape);
double dist_binom_density(double k, double n, double p);
double dist_pois_density(double k, double mean);
// Noncentral, for intervals of effect sizes and for power (dist_noncentral.c). ncp >= 0 but for t.
double dist_t_noncentral(double t, double df, double ncp, DistTail tail);
double dist_f_noncentral(double f, double df1, double df2, double ncp, DistTail tail); // df2 infinite: chisq / df1
// The ncp at which `tail` beyond the statistic is p; F: 0 when even ncp = 0 leaves less in the lower tail.
double dist_t_ncp(double t, double df, double p, DistTail tail);
double dist_f_ncp(double f, double df1, double df2, double p, DistTail tail);
// The range of `means` standard normal values over an independent estimate of their sd, as ptukey of R (which is good
// to about 1e-10; this to 1e-12). means >= 2, df >= 1. Quantiles to 1e-10.
double dist_range(double q, double means, double df, DistTail tail);
double dist_range_quantile(double p, double means, double df, DistTail tail);

// Every family by name, parameters in R's order (dist_families.c).
typedef struct DistFamily {
  const char *name;      // "t"
  const char *param[3];  // "df"; NULL behind the last
  double dflt[3];        // NaN: must be given
  bool discrete;
  double (*cdf)(double x, const double *a, DistTail tail);
  double (*quantile)(double p, const double *a, DistTail tail);
  double (*density)(double x, const double *a); // NULL = none
} DistFamily;
const DistFamily *dist_families(void); // ended by a NULL name
