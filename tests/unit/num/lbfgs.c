// Expected values: minima known in closed form (Rosenbrock 1960; a quadratic by hand); the coefficients of
// glm(am ~ wt + hp, binomial, mtcars, epsilon = 1e-15) and half its deviance from R 4.2.2.
#include "check.h"

#include "num/num.h"

#include <float.h>

typedef struct Calls {
  int64_t calls, stop_at; // of fn; at `stop_at` it fails or cancels
  Job *job;
} Calls;

static ErrCode rosenbrock(void *ctx, const double *w, double *f, double *g, Err *err) {
  Calls *c = ctx;
  if (++c->calls == c->stop_at) {
    if (!c->job) return err_set(err, ERR_ARG, "no more");
    c->job->cancel = true;
  }
  double a = w[1] - w[0] * w[0], b = 1 - w[0];
  *f = 100 * a * a + b * b;
  g[0] = -400 * w[0] * a - 2 * b;
  g[1] = 200 * a;
  return OK;
}

TEST(rosenbrock_valley_is_followed_to_its_end) {
  Calls c = {0};
  double w[2] = {-1.2, 1};
  OptResult r;
  assert_int_equal(opt_lbfgs(NULL, rosenbrock, &c, 2, w, 1e-10, 1000, &r, NULL), OK);
  assert_true(r.converged && r.gmax <= 1e-10 && r.iterations < 60 && c.calls < 80);
  assert_near(w[0], 1.0, 1e-9);
  assert_near(w[1], 1.0, 1e-9);
  assert_near(r.f, 0.0, 1e-18);
}

enum { Q = 50 };

static ErrCode quadratic(void *ctx, const double *w, double *f, double *g, Err *err) {
  (void)ctx, (void)err;
  *f = 0;
  for (int j = 0; j < Q; j++) {
    double d = w[j] - j;
    *f += (j + 1) * d * d / 2;
    g[j] = (j + 1) * d;
  }
  return OK;
}

TEST(a_convex_quadratic_ends_at_its_minimum) {
  double w[Q] = {0};
  OptResult r;
  assert_int_equal(opt_lbfgs(NULL, quadratic, NULL, Q, w, 1e-12, 500, &r, NULL), OK);
  assert_true(r.converged && r.iterations < 100);
  for (int j = 0; j < Q; j++) assert_near(w[j], (double)j, 1e-12);
}

static ErrCode logistic(void *ctx, const double *w, double *f, double *g, Err *err) {
  static const double am[32] = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                                0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1};
  static const double wt[32] = {2.62,  2.875, 2.32, 3.215, 3.44,  3.46, 3.57,  3.19,  3.15,  3.44, 3.44,
                                4.07,  3.73,  3.78, 5.25,  5.424, 5.345, 2.2,  1.615, 1.835, 2.465, 3.52,
                                3.435, 3.84,  3.845, 1.935, 2.14, 1.513, 3.17, 2.77,  3.57,  2.78};
  static const double hp[32] = {110, 110, 93, 110, 175, 105, 245, 62, 95,  123, 123, 180, 180, 180, 205, 215,
                                230, 66,  52, 65,  97,  150, 150, 245, 175, 66, 91,  113, 264, 175, 335, 109};
  (void)ctx, (void)err;
  *f = g[0] = g[1] = g[2] = 0;
  for (int i = 0; i < 32; i++) {
    double z = w[0] + w[1] * wt[i] + w[2] * hp[i], d = fmath_sigmoid(z) - am[i];
    *f += fmath_softplus(z) - am[i] * z;
    g[0] += d, g[1] += d * wt[i], g[2] += d * hp[i];
  }
  return OK;
}

TEST(logistic_regression_agrees_with_glm) {
  double w[3] = {0};
  OptResult r;
  assert_int_equal(opt_lbfgs(NULL, logistic, NULL, 3, w, 1e-9, 1000, &r, NULL), OK);
  assert_true(r.converged);
  assert_near(w[0], 18.866298717204096, 1e-8);
  assert_near(w[1], -8.0834751824446283, 1e-8);
  assert_near(w[2], 0.036255596082216547, 1e-8);
  assert_near(r.f, 5.0295552361334943, 1e-12);
}

TEST(too_small_a_gtol_ends_where_f_is_minimal_to_its_last_digits) {
  double w[3] = {0};
  OptResult r;
  assert_int_equal(opt_lbfgs(NULL, logistic, NULL, 3, w, 0, 10000, &r, NULL), OK);
  assert_true(r.iterations < 1000);
  assert_near(r.f, 5.0295552361334943, 1e-14);
}

static ErrCode constant(void *ctx, const double *w, double *f, double *g, Err *err) {
  (void)ctx, (void)w, (void)err;
  *f = 3, g[0] = g[1] = 0;
  return OK;
}

TEST(a_constant_and_a_start_at_the_optimum_take_no_step) {
  double w[2] = {5, -1}, best[2] = {1, 1};
  Calls c = {0};
  OptResult r;
  assert_int_equal(opt_lbfgs(NULL, constant, NULL, 2, w, 1e-8, 10, &r, NULL), OK);
  assert_true(r.converged && r.iterations == 0 && r.f == 3 && w[0] == 5 && w[1] == -1);
  assert_int_equal(opt_lbfgs(NULL, rosenbrock, &c, 2, best, 1e-8, 10, &r, NULL), OK);
  assert_true(r.converged && r.iterations == 0 && c.calls == 1 && best[0] == 1 && best[1] == 1);
}

TEST(an_iteration_limit_is_a_result_not_an_error) {
  Calls c = {0};
  double w[2] = {-1.2, 1};
  OptResult r;
  assert_int_equal(opt_lbfgs(NULL, rosenbrock, &c, 2, w, 1e-10, 3, &r, NULL), OK);
  assert_true(!r.converged && r.iterations == 3 && r.f < 24.2);
}

TEST(an_error_of_the_objective_stops_the_search_and_arrives) {
  for (int64_t at = 1; at < 20; at++) {
    Calls c = {.stop_at = at};
    double w[2] = {-1.2, 1};
    OptResult r;
    Err err;
    assert_int_equal(opt_lbfgs(NULL, rosenbrock, &c, 2, w, 1e-10, 1000, &r, &err), ERR_ARG);
    assert_string_equal(err.msg, "no more");
    assert_int_equal(c.calls, at);
  }
}

TEST(cancelling_stops_at_the_next_iteration) {
  Job job = {0};
  Calls c = {.stop_at = 5, .job = &job};
  double w[2] = {-1.2, 1};
  OptResult r;
  assert_int_equal(opt_lbfgs(&job, rosenbrock, &c, 2, w, 1e-10, 1000, &r, NULL), ERR_CANCELLED);
  assert_true(c.calls < 12);
}

static ErrCode not_finite(void *ctx, const double *w, double *f, double *g, Err *err) {
  (void)ctx, (void)err;
  *f = w[0], g[0] = NAN;
  return OK;
}

TEST(a_start_that_is_not_finite_is_an_error) {
  double w[1] = {0};
  OptResult r;
  Err err;
  assert_int_equal(opt_lbfgs(NULL, not_finite, NULL, 1, w, 1e-8, 10, &r, &err), ERR_NUMERIC);
  assert_has(err.msg, "not finite at the start");
}

static ErrCode barrier(void *ctx, const double *w, double *f, double *g, Err *err) {
  (void)ctx, (void)err;
  *f = w[0] > 0 ? w[0] - log(w[0]) : INFINITY; // minimum 1 at 1
  g[0] = 1 - 1 / w[0];
  return OK;
}

TEST(steps_into_the_infinite_are_taken_back) {
  double w[1] = {20};
  OptResult r;
  assert_int_equal(opt_lbfgs(NULL, barrier, NULL, 1, w, 1e-10, 200, &r, NULL), OK);
  assert_true(r.converged);
  assert_near(w[0], 1.0, 1e-9);
}

static ErrCode downhill(void *ctx, const double *w, double *f, double *g, Err *err) {
  (void)ctx, (void)err;
  *f = -w[0], g[0] = -1;
  return OK;
}

TEST(an_objective_without_a_minimum_ends_unconverged) {
  double w[1] = {0};
  OptResult r;
  assert_int_equal(opt_lbfgs(NULL, downhill, NULL, 1, w, 1e-8, 100, &r, NULL), OK);
  assert_false(r.converged);
}

RUN(CASE(rosenbrock_valley_is_followed_to_its_end), CASE(a_convex_quadratic_ends_at_its_minimum),
    CASE(logistic_regression_agrees_with_glm), CASE(too_small_a_gtol_ends_where_f_is_minimal_to_its_last_digits),
    CASE(a_constant_and_a_start_at_the_optimum_take_no_step), CASE(an_iteration_limit_is_a_result_not_an_error),
    CASE(an_error_of_the_objective_stops_the_search_and_arrives), CASE(cancelling_stops_at_the_next_iteration),
    CASE(a_start_that_is_not_finite_is_an_error), CASE(steps_into_the_infinite_are_taken_back),
    CASE(an_objective_without_a_minimum_ends_unconverged))
