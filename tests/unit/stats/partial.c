// Partial correlations and variance inflation. airquality and longley with R 4.2.2: solve(cor(x)), correlations of the
// residuals of lm, 1 / (1 - r.squared) of lm, eigen(cor(x)).
#include "unit/stats/assoc_help.h"

static Frame *partial(const Frame *f, PartialOpts opts) {
  Frame *out = NULL;
  Err err = {0};
  if (opts.level == 0) opts.level = .95;
  if (stats_partial(NULL, f, &opts, &out, &err) != OK) fail_msg("%s", err.msg);
  return out;
}

TEST(given_all_others_agrees_with_the_inverse) {
  static const char *const v[] = {"Ozone", "Solar.R", "Wind", "Temp"};
  static const double want[] = {0.24200224465168829, -0.44179523268185011, 0.53301395749673697,
                                0.12689443739908376, 0.091229565193654202, -0.13265771804103152};
  Frame *f = load("airquality"), *r = partial(f, (PartialOpts){.columns = *NAMES("Ozone", "Solar.R", "Wind", "Temp")});
  for (int j = 0, k = 0; j < 4; j++) {
    assert_near(cell(r, v[j], NULL, v[j]), 1, 0);
    for (int i = j + 1; i < 4; i++, k++) {
      assert_near(cell(r, v[i], NULL, v[j]), want[k], 1e-14);
      assert_near(cell(r, v[j], NULL, v[i]), want[k], 1e-14);
    }
  }
  assert_string_equal(frame_caption(r), "Partial Pearson correlation given all other columns, n = 111; 42 rows with "
                                        "missing values left out");
  frame_unref(r);
  frame_unref(f);
}

TEST(given_some_agrees_with_residuals) {
  Frame *f = load("airquality");
  Frame *r = partial(f, (PartialOpts){*NAMES("Ozone", "Wind"), *NAMES("Temp"), CORR_PEARSON, CORR_LONG, .95});
  assert_near(pair_cell(r, "Ozone", "Wind", "r"), -0.39763997435551274, 1e-14);
  assert_near(pair_cell(r, "Ozone", "Wind", "p") / 1.0800461096301552e-05, 1, 1e-11);
  assert_near(pair_cell(r, "Ozone", "Wind", "low"), -0.54133475791272878, 1e-14);
  assert_near(pair_cell(r, "Ozone", "Wind", "high"), -0.23137649616901435, 1e-14);
  assert_near(pair_cell(r, "Ozone", "Wind", "n"), 116, 0);
  frame_unref(r);
  r = partial(f, (PartialOpts){*NAMES("Ozone", "Wind"), *NAMES("Temp", "Day"), CORR_SPEARMAN, CORR_LONG, .95});
  assert_near(pair_cell(r, "Ozone", "Wind", "r"), -0.35238411363357958, 1e-14);
  frame_unref(r);
  r = partial(f, (PartialOpts){.given = *NAMES("Temp", "Day"), .show = CORR_N});
  assert_string_equal(shown_at(r, "column"), "Ozone Solar.R Wind Month");
  frame_unref(r);
  frame_unref(f);
}

TEST(two_columns_alone_are_a_correlation) {
  Frame *f = load("airquality"), *r = partial(f, (PartialOpts){.columns = *NAMES("Ozone", "Temp"), .show = CORR_LONG});
  assert_near(pair_cell(r, "Ozone", "Temp", "r"), 0.6983603421509319, 1e-14);
  assert_near(pair_cell(r, "Ozone", "Temp", "p") / 2.9318965924778777e-18, 1, 1e-11);
  frame_unref(r);
  frame_unref(f);
}

TEST(vif_agrees_with_R) {
  Frame *f = load("longley"), *r = NULL;
  assert_int_equal(stats_vif(NULL, f, NAMES("GNP", "Unemployed", "Population", "Year"), &r, NULL), OK);
  assert_near(cell(r, "GNP", NULL, "vif") / 914.88857376621365, 1, 1e-11);
  assert_near(cell(r, "Unemployed", NULL, "vif") / 16.350697195656899, 1, 1e-11);
  assert_near(cell(r, "Population", NULL, "vif") / 224.94890391803344, 1, 1e-11);
  assert_near(cell(r, "Year", NULL, "vif") / 529.89228308175666, 1, 1e-11);
  assert_near(cell(r, "Year", NULL, "r2"), 1 - 1 / 529.89228308175666, 1e-13);
  assert_has(frame_caption(r), "condition number 72.8 ");
  frame_unref(r);
  frame_unref(f);
}

TEST(combinations_are_said) {
  Frame *f = make_frame("a:int b:int c:int d:int", "1 2 3 5 2 1 3 1 3 5 8 2 5 4 9 4 4 4 8 0"), *r = NULL;
  Err err;
  assert_int_equal(stats_vif(NULL, f, &(Names){NULL, 0}, &r, &err), OK);
  assert_true(isinf(cell(r, "a", NULL, "vif")) && isinf(cell(r, "c", NULL, "vif")) &&
              isfinite(cell(r, "d", NULL, "vif")));
  assert_has(frame_caption(r), "condition number inf");
  frame_unref(r);
  PartialOpts all = {.level = .95}, given = {*NAMES("c", "d"), *NAMES("a", "b"), 0, 0, .95};
  PartialOpts both = {*NAMES("d", "a"), *NAMES("b", "c"), 0, 0, .95};
  assert_int_equal(stats_partial(NULL, f, &all, &r, &err), ERR_NUMERIC);
  assert_has(err.msg, "is a linear combination of the others: leave one of them out");
  assert_int_equal(stats_partial(NULL, f, &given, &r, &err), ERR_NUMERIC);
  assert_has(err.msg, "column 'c'");
  assert_int_equal(stats_partial(NULL, f, &both, &r, &err), ERR_NUMERIC);
  frame_unref(f);
}

TEST(what_does_not_fit_is_refused) {
  Frame *f = make_frame("a:int b:int k:int s:category", "1 2 7 u 2 1 7 v 4 9 7 u 3 3 7 u"), *r = NULL;
  Err err;
  assert_int_equal(stats_vif(NULL, f, &(Names){NULL, 0}, &r, &err), ERR_NUMERIC);
  assert_has(err.msg, "constant");
  PartialOpts one = {*NAMES("a"), *NAMES("b"), 0, 0, .95}, text = {.columns = *NAMES("a", "s"), .level = .95};
  assert_int_equal(stats_partial(NULL, f, &one, &r, &err), ERR_ARG);
  assert_int_equal(stats_partial(NULL, f, &text, &r, &err), ERR_TYPE);
  assert_int_equal(stats_vif(NULL, f, NAMES("a", "bb"), &r, &err), ERR_NAME);
  Job job = {.cancel = true};
  assert_int_equal(stats_vif(&job, f, NAMES("a", "b"), &r, &err), ERR_CANCELLED);
  frame_unref(f);
}

RUN(CASE(given_all_others_agrees_with_the_inverse), CASE(given_some_agrees_with_residuals),
    CASE(two_columns_alone_are_a_correlation), CASE(vif_agrees_with_R), CASE(combinations_are_said),
    CASE(what_does_not_fit_is_refused))
