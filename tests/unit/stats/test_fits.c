// Fits against fitdistr of MASS, nortest and R 4.2.2, see tests/golden/r_fits.h; the ranking by its AICs there. Classes
// of counts follow one rule written twice, in C and in R.
#include "unit/stats/golden_help.h"

#include "golden/r_fits.h"

TEST(fits_are_those_of_R) { golden_check_all(R_FITS, sizeof R_FITS / sizeof *R_FITS, 1e-10); }

TEST(distributions_are_ranked_by_aic) {
  Frame *f = stats_data("insect_sprays"), *r = stats_answer("fit", f, "count", "");
  assert_string_equal(shown_at(r, "dist"), "exponential normal poisson");
  assert_true(stats_cell(r, "delta_aic", 0) == 0);
  assert_near(stats_cell(r, "delta_aic", 2), stats_cell(r, "aic", 2) - stats_cell(r, "aic", 0), 1e-12);
  assert_has(frame_caption(r), "lognormal is left out: values must be positive");
  frame_unref(r);
  frame_unref(f);
}

TEST(what_cannot_have_been_drawn_is_refused) {
  Frame *f = make_frame("x:real k:int c:int z:int g:category", "-1.5 3 4 0 a 2.5 1 4 0 b 0 2 4 0 c");
  assert_has(stats_refusal("fit", f, "x", "dist=lognormal", ERR_ARG), "values must be positive");
  assert_has(stats_refusal("fit", f, "x", "dist=poisson", ERR_ARG), "values must be counts");
  assert_has(stats_refusal("fit", f, "x", "dist=exponential", ERR_ARG), "must not be negative");
  assert_has(stats_refusal("fit", f, "k", "dist=binomial", ERR_ARG), "size=");
  assert_has(stats_refusal("fit", f, "k", "dist=binomial size=2", ERR_ARG), "above size");
  assert_has(stats_refusal("fit", f, "c", "dist=normal", ERR_ARG), "all values are equal");
  assert_has(stats_refusal("fit", f, "z", "dist=poisson", ERR_ARG), "all values are 0");
  assert_has(stats_refusal("fit", f, "g", "", ERR_TYPE), "must be numbers");
  assert_has(stats_refusal("fit", f, "x ~ g", "", ERR_ARG), "the formula must read");
  frame_unref(f);
}

RUN(CASE(fits_are_those_of_R), CASE(distributions_are_ranked_by_aic), CASE(what_cannot_have_been_drawn_is_refused))
