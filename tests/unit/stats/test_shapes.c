// Kruskal-Wallis, Friedman, Cochran's Q, Kolmogorov-Smirnov, Shapiro-Wilk and Anderson-Darling against R 4.2.2, nortest
// 1.0-4 and scipy 1.10.1, see tests/golden/r_shapes.h; Dunn's comparisons from R's rank, pnorm and p.adjust.
#include "unit/stats/golden_help.h"

#include "golden/r_shapes.h"

TEST(answers_are_those_of_R) { golden_check_all(R_SHAPES, sizeof R_SHAPES / sizeof *R_SHAPES, 1e-10); }

static void check_dunn(const char *data, const char *formula, int n, const double *z, const double *p,
                       const double *adjusted) {
  Frame *f = stats_data(data), *r = stats_answer("dunn", f, formula, "");
  assert_int_equal(frame_nrow(r), n);
  for (int k = 0; k < n; k++) {
    assert_near(stats_cell(r, "statistic", k), z[k], 1e-12);
    assert_near(stats_cell(r, "p_alone", k) / p[k], 1, 1e-10);
    assert_near(stats_cell(r, "p", k) / adjusted[k], 1, 1e-10);
  }
  frame_unref(r);
  frame_unref(f);
}

TEST(pairs_of_groups_follow_dunn) {
  check_dunn("iris", "sepal_width_cm ~ class", 3,
             (double[]){7.7877069278751385, 5.3744192957286128, -2.4132876321465249},
             (double[]){6.8236230631710201e-15, 7.6829884990046741e-08, 0.015809337921174078},
             (double[]){2.0470869189513061e-14, 1.5365976998009348e-07, 0.015809337921174078});
  check_dunn("toothgrowth", "len ~ dose", 3, (double[]){-3.5549111508080746, -6.3626116775609489, -2.8077005267528743},
             (double[]){0.0003781068361995848, 1.9835171878468384e-10, 0.0049896603977702238},
             (double[]){0.00075621367239916959, 5.9505515635405148e-10, 0.0049896603977702238});
  check_dunn("airquality", "Ozone ~ Month", 10,
             (double[]){-0.92515861626872664, -4.4194706406115563, -4.1328134222051123, -1.3212022825201664,
                        -2.2442080323946723, -2.0386354872877126, 0.0025385552695226092, 0.28665721840644365,
                        3.2171991242773572, 2.9228277777795233},
             (double[]){0.35488340642579086, 9.8942961500004651e-06, 3.5834961433141897e-05, 0.1864339254627953,
                        0.024819019470422133, 0.041486420725049787, 0.99797452811914888, 0.77437479811301979,
                        0.0012944872164508631, 0.003468683161149384},
             (double[]){1, 9.8942961500004644e-05, 0.00032251465289827709, 0.74573570185118121, 0.1489141168225328,
                        0.20743210362524894, 1, 1, 0.010355897731606905, 0.024280782128045686});
}

TEST(normality_is_tested_in_each_group) {
  static const double want[] = {0.91902630361192772, 0.91902630361192772, 0.77494423629439713};
  Frame *f = stats_data("iris"), *r = stats_answer("shapiro", f, "sepal_length_cm ~ class", "adjust=holm");
  for (int k = 0; k < 3; k++) assert_near(stats_cell(r, "p", k), want[k], 1e-10);
  assert_string_equal(shown_at(r, "groups"), "setosa versicolor virginica");
  frame_unref(r);
  frame_unref(f);
}

TEST(assumptions_are_said) {
  Frame *f = stats_data("iris"), *r = stats_answer("ks", f, "sepal_width_cm", "");
  assert_has(frame_caption(r), "Parameters come from the same values");
  assert_has(frame_caption(r), "equal another one");
  frame_unref(r);
  frame_unref(f);
  f = golden_data("untied");
  r = stats_answer("kruskal", f, "x ~ g", "");
  assert_has(frame_caption(r), "The smallest group has 5 values.");
  frame_unref(r);
  frame_unref(f);
  f = stats_data("airquality");
  r = stats_answer("friedman", f, "Ozone ~ Month | Day", "");
  assert_has(frame_caption(r), "in incomplete blocks left out");
  frame_unref(r);
  frame_unref(f);
}

TEST(what_cannot_be_tested_is_refused) {
  Frame *f = make_frame("x:real y:real g:category b:int", "1 1 a 1 1 2 b 1 1 3 a 2 1 4 b 2 1 5 a 3");
  assert_has(stats_refusal("kruskal", f, "x ~ g", "", ERR_ARG), "all values of 'x' are equal");
  assert_has(stats_refusal("friedman", f, "x ~ g | b", "", ERR_ARG), "values are equal within every block");
  assert_has(stats_refusal("friedman", f, "x ~ g", "", ERR_ARG), "value ~ treatment | block");
  assert_has(stats_refusal("cochran_q", f, "y ~ g | b", "", ERR_ARG), "'y' must be 0 or 1, 3 was found");
  assert_has(stats_refusal("cochran_q", f, "x ~ g | b", "", ERR_ARG), "the same within every block");
  assert_has(stats_refusal("shapiro", f, "x", "", ERR_ARG), "all 5 values of 'x' are equal");
  assert_has(stats_refusal("shapiro", f, "y ~ g", "", ERR_ARG), "at least 3 are needed");
  assert_has(stats_refusal("anderson_darling", f, "y", "", ERR_ARG), "at least 8 are needed");
  assert_has(stats_refusal("ks", f, "y", "sd=0", ERR_ARG), "sd must be positive");
  assert_has(stats_refusal("ks", f, "x", "dist=uniform", ERR_ARG), "max must be above min");
  assert_has(stats_refusal("ks", f, "g", "", ERR_TYPE), "must be numbers");
  frame_unref(f);
  f = make_frame("x:real", "-1 2 3");
  assert_has(stats_refusal("ks", f, "x", "dist=lognormal", ERR_ARG), "a lognormal variable is positive, -1 was found");
  assert_has(stats_refusal("ks", f, "x", "dist=exponential", ERR_ARG), "not negative");
  frame_unref(f);
}

RUN(CASE(answers_are_those_of_R), CASE(pairs_of_groups_follow_dunn), CASE(normality_is_tested_in_each_group),
    CASE(assumptions_are_said), CASE(what_cannot_be_tested_is_refused))
