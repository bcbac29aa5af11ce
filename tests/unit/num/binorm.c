// The bivariate normal distribution against pmvnorm(algorithm = TVPACK(1e-15)) of mvtnorm 1.1-3 (R 4.2.2), and against
// what is known in closed form.
#include "check.h"

#include "num/num.h"

TEST(it_agrees_with_mvtnorm) {
  static const double want[][4] = {
      {1, -0.5, -0.99, 0.14988444792802144},    {2, 1.9, -0.99, 0.94853330823581894},
      {1, -0.5, -0.93, 0.15465400760743772},    {-1.2, -1.3, -0.93, 2.5748320409523375e-13},
      {1, -0.5, -0.5, 0.21106081851597014},     {-3, -2.5, -0.5, 1.4265589886980313e-09},
      {2, 1.9, 0.3, 0.95098586911347538},       {-3, -2.5, 0.3, 7.6634093349766351e-05},
      {1, -0.5, 0.9, 0.30851925963385507},      {-1.2, -1.3, 0.924, 0.076692086058831155},
      {2, 1.9, 0.926, 0.96495637340123541},     {-3, -2.5, 0.926, 0.0012036785078715301},
      {-1.2, -1.3, 0.95, 0.08179710467013579},  {-3, -2.5, 0.999, 0.0013498980316300946},
      {-1.2, -1.3, 0.999, 0.096764482649876069}};
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
    assert_near(dist_binorm(want[k][0], want[k][1], want[k][2]), want[k][3], 1e-15);
    assert_near(dist_binorm(want[k][1], want[k][0], want[k][2]), want[k][3], 1e-15);
  }
}

TEST(a_quarter_turn_is_known) { // P(X <= 0, Y <= 0) = 1/4 + asin(r) / (2 pi)
  for (int k = -200; k <= 200; k++)
    assert_near(dist_binorm(0, 0, k / 200.0), .25 + asin(k / 200.0) / (2 * acos(-1)), 2e-16);
}

TEST(the_branches_meet) { // at |r| = .925 the method changes
  for (double h = -5; h <= 5; h += .37)
    for (double k = -5; k <= 5; k += .41)
      for (int sign = -1; sign <= 1; sign += 2) {
        double step = 1e-9, below = dist_binorm(h, k, sign * (.925 - step)),
               above = dist_binorm(h, k, sign * (.925 + step));
        double d = 1 - .925 * .925,
               slope = exp(-(h * h - 2 * sign * .925 * h * k + k * k) / (2 * d)) / (2 * acos(-1) * sqrt(d));
        assert_near(above - below, sign * 2 * step * slope, 1e-15);
      }
}

TEST(the_edges_are_the_margins) {
  assert_near(dist_binorm(INFINITY, 1, .3), dist_norm(1, DIST_LOWER), 0);
  assert_near(dist_binorm(-.7, INFINITY, -.97), dist_norm(-.7, DIST_LOWER), 0);
  assert_near(dist_binorm(-INFINITY, 1, .3), 0, 0);
  assert_near(dist_binorm(.4, 1.1, 1), dist_norm(.4, DIST_LOWER), 0);
  assert_near(dist_binorm(.4, 1.1, -1), dist_norm(.4, DIST_LOWER) - dist_norm(-1.1, DIST_LOWER), 1e-16);
  assert_near(dist_binorm(-.4, .3, -1), 0, 0);
  assert_true(isnan(dist_binorm(0, 0, 1.5)) && isnan(dist_binorm(NAN, 0, 0)) && isnan(dist_binorm(0, 0, NAN)));
}

RUN(CASE(it_agrees_with_mvtnorm), CASE(a_quarter_turn_is_known), CASE(the_branches_meet),
    CASE(the_edges_are_the_margins))
