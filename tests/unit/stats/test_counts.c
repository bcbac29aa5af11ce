// Chi-squared, Fisher's and McNemar's tests against R 4.2.2, see tests/golden/r_counts.h; odds ratios and risks from
// R's qnorm and prop.test (Wilson's limits) by the formulas of Woolf, Katz and Newcombe.
#include "unit/stats/golden_help.h"

#include "golden/r_counts.h"

TEST(answers_are_those_of_R) { golden_check_all(R_COUNTS, sizeof R_COUNTS / sizeof *R_COUNTS, 1e-10); }

TEST(odds_and_risks_agree_with_R) {
  static const struct {
    const char *data, *formula, *options;
    double want[3][3];
  } golden[] = {
      {"titanic",
       "survived ~ sex",
       "",
       {{11.307184428033452, 8.6611269850298278, 14.76163782271596},
        {3.8090395329619069, 3.2796595483859838, 4.4238683770718996},
        {0.53648323227386352, 0.48591691517431129, 0.58240132537955802}}},
      {"ucb_admissions",
       "Admit ~ Gender",
       "count=Freq positive=Admitted",
       {{0.54315943891880314, 0.47922721069778024, 0.61562066907056689},
        {0.68182984356306831, 0.62869659762478813, 0.73945355729551743},
        {-0.14164542824654186, -0.16956951102999004, -0.11321312144252819}}},
      {"airquality+hot = Temp > 75+calm = Wind < 8",
       "hot ~ calm",
       "",
       {{0.13247863247863248, 0.044282384544248724, 0.39633340083281515},
        {0.62144522144522141, 0.51377554783049006, 0.75167875327635725},
        {-0.34334038054968286, -0.45226309809539789, -0.19152756878927421}}},
      {"toothgrowth+long = len > 20",
       "long ~ supp",
       "",
       {{3, 1.0461986908532279, 8.6025724163925741},
        {1.8, 1.0034442222671076, 3.2288790229712863},
        {0.26666666666666666, 0.015171008946313791, 0.47555388597739212}}},
      {"penguins+a = body_mass_g > 4000",
       "a ~ sex",
       "",
       {{0.2934064991854583, 0.18708720683419075, 0.46014570007751915},
        {0.54178482068390321, 0.42822602483788524, 0.6854576202710051},
        {-0.29729437229437233, -0.39405420497628169, -0.19105215204276502}}},
  };
  static const char *const column[] = {"estimate", "low", "high"};
  for (size_t k = 0; k < sizeof golden / sizeof *golden; k++) {
    Frame *f = golden_data(golden[k].data);
    Frame *r = stats_answer("odds", f, golden[k].formula, golden[k].options);
    assert_string_equal(shown_at(r, "measure"), "odds_ratio relative_risk risk_difference");
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) assert_near(stats_cell(r, column[j], i), golden[k].want[i][j], 1e-12);
    frame_unref(r);
    frame_unref(f);
  }
}

TEST(random_tables_estimate_fisher) { // 0.78268493896563884 by fisher.test, of too many tables to count
  Frame *f =
      make_frame("a:int b:int n:int", "1 1 1 1 2 2 1 3 1 1 4 0 2 1 3 2 2 3 2 3 6 2 4 1 3 1 10 3 2 10 3 3 14 3 4 9 "
                                      "4 1 6 4 2 7 4 3 12 4 4 11");
  Frame *r = stats_answer("fisher", f, "a ~ b", "count=n replicates=20000 seed=5");
  assert_near(stats_cell(r, "p", 0), 0.78268493896563884, 0.012); // four standard errors
  assert_has(frame_caption(r), "20000 random tables with these margins (seed 5): standard error of p");
  frame_unref(r);
  frame_unref(f);
}

TEST(more_than_two_answers_are_tested_for_symmetry) { // by hand: 4^2 / 6 + 0 + 1^2 / 3
  Frame *f = make_frame("a:category b:category n:int", "x x 4 x y 5 y x 1 y y 3 y z 2 z y 1 x z 2 z x 2 z z 9"), *r;
  r = stats_answer("mcnemar", f, "a ~ b", "count=n");
  assert_near(stats_cell(r, "statistic", 0), 16.0 / 6 + 1.0 / 3, 1e-14);
  assert_near(stats_cell(r, "df", 0), 3, 0);
  assert_has(frame_caption(r), "Bowker's test of symmetry");
  frame_unref(r);
  frame_unref(f);
}

TEST(assumptions_are_said) {
  Frame *f = golden_data("penguins?island ~= 'Dream'+heavy = body_mass_g > 6000"), *r;
  r = stats_answer("chisq", f, "heavy ~ sex", "");
  assert_has(frame_caption(r), "expected counts are below 5");
  assert_has(frame_caption(r), "take stats.fisher");
  frame_unref(r);
  r = stats_answer("mcnemar", f = (frame_unref(f), golden_data("toothgrowth+a = len > 15+b = dose > 0.7")), "a ~ b",
                   "");
  assert_has(frame_caption(r), "Fewer than 25 changes: take p_exact");
  frame_unref(r);
  frame_unref(f);
}

TEST(what_cannot_be_counted_is_refused) {
  Frame *f = make_frame("a:category b:category c:category n:real k:category x:text",
                        "p u 1 1.5 q u1 p v 2 2 q u2 r v 3 1 q u3");
  assert_has(stats_refusal("chisq", f, "a ~ b", "count=n", ERR_ARG), "must hold counts (0, 1, 2, ...), row 1 has 1.5");
  assert_has(stats_refusal("chisq", f, "a ~ b", "count=m", ERR_NAME), "m");
  assert_has(stats_refusal("chisq", f, "a ~ b", "count=k", ERR_TYPE), "'k' must hold counts, it is category");
  assert_has(stats_refusal("chisq", f, "a ~ k", "", ERR_ARG), "'k' must take at least 2 values, it takes 1");
  assert_has(stats_refusal("chisq", f, "a", "ratio=1:2:3", ERR_ARG), "ratio has 3 numbers, 'a' has 2 levels");
  assert_has(stats_refusal("chisq", f, "a", "ratio=1:no", ERR_ARG), "ratio must be positive numbers");
  assert_has(stats_refusal("chisq", f, "a ~ b", "ratio=1:2", ERR_ARG), "ratio goes with one category");
  assert_has(stats_refusal("fisher", f, "a", "", ERR_ARG), "must read \"a ~ b\"");
  assert_has(stats_refusal("odds", f, "a ~ c", "", ERR_ARG), "a 2 x 2 table is needed, a by c is 2 x 3");
  assert_has(stats_refusal("odds", f, "a ~ b", "positive=z", ERR_ARG), "positive must be 'p' or 'r', 'z' was given");
  assert_has(stats_refusal("mcnemar", f, "a ~ b", "", ERR_ARG), "must hold the same answers, they share none");
  frame_unref(f);
}

RUN(CASE(answers_are_those_of_R), CASE(odds_and_risks_agree_with_R), CASE(random_tables_estimate_fisher),
    CASE(more_than_two_answers_are_tested_for_symmetry), CASE(assumptions_are_said),
    CASE(what_cannot_be_counted_is_refused))
