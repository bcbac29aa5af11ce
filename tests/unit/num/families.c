// Families of distributions: densities, tails and quantiles. Expected values: golden/dist_families.h, R 4.2.2, and where
// R is off by more than 1e-13 (quantiles of t and F, dgamma and dpois of large means, quantiles of counts far out)
// mpmath 1.2.1 with 40 digits. Noncentral t and F and the studentised range: mpmath with 22 to 30 digits, by
// integrating the definition; R's own are good to 1e-9 to 1e-12 there.
#include "check.h"

#include "golden/dist_families.h"
#include "num/num.h"

static double relative(double got, double want) {
  if (got == want || (isnan(got) && isnan(want))) return 0;
  return fabs(got - want) / fmax(fabs(want), 1e-306); // subnormal results have fewer digits
}

static const DistFamily *family(const char *name) {
  for (const DistFamily *f = dist_families(); f->name; f++)
    if (strcmp(f->name, name) == 0) return f;
  fail_msg("no family %s", name);
  return NULL;
}

static void expect(const char *what, const char *name, double x, const double *a, double got, double want, double tol) {
  if (!(relative(got, want) <= tol))
    fail_msg("%s of %s at %.17g (%g, %g, %g) is %.17g, expected %.17g", what, name, x, a[0], a[1], a[2], got, want);
}

TEST(densities_and_tails_agree_to_twelve_digits) {
  for (size_t i = 0; i < sizeof family_at / sizeof *family_at; i++) {
    const FamilyAt *r = &family_at[i];
    const DistFamily *f = family(r->family);
    expect("density", r->family, r->x, r->a, f->density(r->x, r->a), r->density, 1e-12);
    expect("lower tail", r->family, r->x, r->a, f->cdf(r->x, r->a, DIST_LOWER), r->lower, 1e-12);
    expect("upper tail", r->family, r->x, r->a, f->cdf(r->x, r->a, DIST_UPPER), r->upper, 1e-12);
  }
}

TEST(quantiles_agree_to_twelve_digits) {
  for (size_t i = 0; i < sizeof family_of / sizeof *family_of; i++) {
    const FamilyOf *r = &family_of[i];
    const DistFamily *f = family(r->family);
    expect("lower quantile", r->family, r->p, r->a, f->quantile(r->p, r->a, DIST_LOWER), r->lower, 1e-12);
    expect("upper quantile", r->family, r->p, r->a, f->quantile(r->p, r->a, DIST_UPPER), r->upper, 1e-12);
  }
}

typedef struct Row {
  double x, a[3], lower, upper;
} Row;

static void check_rows(const char *name, const Row *r, size_t n) {
  const DistFamily *f = family(name);
  for (size_t i = 0; i < n; i++) {
    expect("lower tail", name, r[i].x, r[i].a, f->cdf(r[i].x, r[i].a, DIST_LOWER), r[i].lower, 1e-12);
    expect("upper tail", name, r[i].x, r[i].a, f->cdf(r[i].x, r[i].a, DIST_UPPER), r[i].upper, 1e-12);
  }
}

TEST(noncentral_t_keeps_both_tails) {
  static const Row rows[] = {
      {1.5, {5, 1}, 0.64962080421522513, 0.35037919578477487},
      {3, {20, 2}, 0.80794770814805484, 0.19205229185194516},
      {-2, {7.5, 0.5}, 0.014344966952033941, 0.98565503304796606},
      {40, {30, 35}, 0.81201060061330817, 0.18798939938669183},
      {-5, {12, 3}, 8.6701652011849391e-10, 0.99999999913298348},
      {25, {4, 1}, 0.99995030520950437, 4.9694790495634012e-5},
      {2, {1.5, -4}, 0.99999866349623388, 1.3365037661156384e-6},
      {100, {800, 90}, 0.99991062601104605, 8.9373988953950092e-5},
  };
  check_rows("t", rows, sizeof rows / sizeof *rows);
}

TEST(noncentral_f_keeps_both_tails) {
  static const Row rows[] = {
      {1.5, {2, 10, 1}, 0.5872234234625327, 0.4127765765374673},
      {3, {5, 40, 20}, 0.15615429290454841, 0.84384570709545159},
      {60, {3, 200, 300}, 0.00049257404716606515, 0.99950742595283393},
      {0.01, {4, 9, 30}, 8.4569112553397669e-11, 0.99999999991543089},
      {40, {1, 25, 2}, 0.99989842429789951, 0.0001015757021004904},
  };
  check_rows("f", rows, sizeof rows / sizeof *rows);
}

TEST(the_studentised_range_keeps_both_tails) {
  static const Row rows[] = {
      {1, {2, 5}, 0.4889159195697193, 0.5110840804302807},
      {3.5, {3, 20}, 0.944108150918251, 0.05589184908174899},
      {0.1, {4, 30}, 0.0001298633837887311, 0.9998701366162113},
      {15, {4, 12}, 0.9999990068364558, 9.93163544231584e-7},
      {9, {8, 60}, 0.9999991804939966, 8.195060033759768e-7},
      {12, {5, INFINITY}, 0.9999999999999998, 2.151969036504988e-16},
  };
  check_rows("tukey", rows, sizeof rows / sizeof *rows);
}

TEST(a_noncentrality_leaves_what_was_wanted) {
  static const double at[][2] = {{2.5, 30}, {-7, 12}, {0.1, 4}, {45, 98}, {-60, 400}};
  for (size_t i = 0; i < sizeof at / sizeof *at; i++)
    for (double p = 0.005; p < 1; p += 0.33) {
      double t = at[i][0], df = at[i][1], up = dist_t_ncp(t, df, p, DIST_UPPER), low = dist_t_ncp(t, df, p, DIST_LOWER);
      assert_true(relative(dist_t_noncentral(t, df, up, DIST_UPPER), p) < 1e-11);
      assert_true(relative(dist_t_noncentral(t, df, low, DIST_LOWER), p) < 1e-11);
    }
  double ncp = dist_f_ncp(119.26, 2, 147, 0.025, DIST_UPPER);
  assert_true(relative(dist_f_noncentral(119.26, 2, 147, ncp, DIST_UPPER), 0.025) < 1e-11);
  assert_true(dist_f_ncp(0.5, 2, 147, 0.025, DIST_UPPER) == 0);
}

TEST(quantiles_of_the_range_undo_its_tails) {
  for (double p = 1e-8; p < 1; p = p < 0.1 ? p * 12 : p + 0.3)
    for (double k = 2; k < 40; k *= 3) {
      double q = dist_range_quantile(p, k, 17, DIST_UPPER);
      assert_true(relative(dist_range(q, k, 17, DIST_UPPER), p) < 1e-10);
    }
}

TEST(invalid_parameters_give_nan) {
  static const double bad[3] = {-1, -1, -1}, nan[3] = {NAN, NAN, NAN};
  for (const DistFamily *f = dist_families(); f->name; f++) {
    if (strcmp(f->name, "unif") != 0 && !isnan(f->cdf(1, bad, DIST_LOWER))) fail_msg("%s", f->name);
    if (!isnan(f->cdf(1, nan, DIST_UPPER)) || !isnan(f->quantile(0.5, nan, DIST_LOWER))) fail_msg("%s", f->name);
    if (!isnan(f->cdf(NAN, f->dflt, DIST_LOWER))) fail_msg("%s", f->name);
  }
  assert_true(isnan(dist_gamma_quantile(1.5, 2, DIST_LOWER)) && isnan(dist_beta_quantile(-1, 2, 2, DIST_LOWER)));
}

TEST(powers_agree_with_exact_ones) { // by hand: exact in binary
  assert_true(fmath_pow(2, 10) == 1024 && fmath_pow(0, 3) == 0 && fmath_pow(7, 0) == 1 && fmath_pow(4, 0.5) == 2);
  assert_true(fmath_pow(0x1p-1060, 0.5) == 0x1p-530 && fmath_pow(1e300, 2) == INFINITY && fmath_pow(1e-300, 2) == 0);
  assert_true(isnan(fmath_pow(NAN, 2)) && fmath_pow(10, -3) == 0.001);
}

RUN(CASE(densities_and_tails_agree_to_twelve_digits), CASE(quantiles_agree_to_twelve_digits),
    CASE(noncentral_t_keeps_both_tails), CASE(noncentral_f_keeps_both_tails),
    CASE(the_studentised_range_keeps_both_tails), CASE(a_noncentrality_leaves_what_was_wanted),
    CASE(quantiles_of_the_range_undo_its_tails), CASE(invalid_parameters_give_nan), CASE(powers_agree_with_exact_ones))
