// Power of tests before the data: golden/r_power.h (pwr 1.3.0 and R 4.2.2). R's noncentral t and F are good to about
// 1e-9 to 1e-12, hence the tolerance.
#include "unit/stats/test_help.h"

#include "stats/power.h"

#include "golden/r_power.h"

static Frame *plan(PowerOpts o) {
  Frame *f = NULL;
  Err err = {0};
  if (stats_power_plan(&o, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}

TEST(answers_equal_r) {
  for (size_t k = 0; k < sizeof POWER / sizeof *POWER; k++) {
    Frame *f = plan(POWER[k].o);
    const char *solved = shown_at(f, "solved");
    int j = strcmp(solved, "n") == 0 ? 2 : strcmp(solved, "effect") == 0 ? 3 : strcmp(solved, "power") == 0 ? 4 : 5;
    double got = col_f64(frame_at(f, j), 0), want = POWER[k].want;
    if (!(fabs(got - want) <= 1e-8 * fabs(want)))
      fail_msg("row %zu, %s: %.17g, R has %.17g", k, shown_at(f, "solved"), got, want);
    frame_unref(f);
  }
}

TEST(what_is_solved_for_gives_back_the_rest) {
  PowerOpts o = {POWER_T, NAN, 0.35, 0.9, 0.02, POWER_ONE, 0, 2};
  Frame *f = plan(o);
  o.n = stats_cell(f, "n", 0), o.power = NAN;
  assert_true(stats_cell(f, "n_needed", 0) == ceil(o.n) && stats_cell(f, "n_all", 0) == ceil(o.n));
  frame_unref(f);
  f = plan(o);
  assert_near(stats_cell(f, "power", 0), 0.9, 1e-12);
  assert_has(frame_caption(f), "(two-sided)");
  frame_unref(f);
}

static void refuse(PowerOpts o, const char *part) {
  Frame *f = NULL;
  Err err = {0};
  assert_int_equal(stats_power_plan(&o, &f, &err), ERR_ARG);
  assert_has(err.msg, part);
}

TEST(what_has_no_answer_is_refused) {
  refuse((PowerOpts){POWER_T, NAN, NAN, 0.8, NAN, 0, 0, 2}, "exactly one of n, effect and power");
  refuse((PowerOpts){POWER_T, 20, 0.5, 0.8, 0.05, 0, 0, 2}, "exactly one of n, effect and power");
  refuse((PowerOpts){POWER_T, 1, 0.5, NAN, 0.05, 0, 0, 2}, "n must be at least 2");
  refuse((PowerOpts){POWER_CORRELATION, 20, 1.5, NAN, 0.05, 0, 0, 2}, "the effect lies between");
  refuse((PowerOpts){POWER_ANOVA, 20, -0.5, NAN, 0.05, 0, 0, 3}, "anova");
  refuse((PowerOpts){POWER_T, NAN, 0, 0.8, 0.05, 0, 0, 2}, "out of reach");
  refuse((PowerOpts){POWER_T, NAN, -0.5, 0.8, 0.05, 0, 2, 2}, "out of reach");
}

RUN(CASE(answers_equal_r), CASE(what_is_solved_for_gives_back_the_rest), CASE(what_has_no_answer_is_refused))
