// Mann-Whitney, Wilcoxon and sign tests against R 4.2.2 and effectsize 0.8.3, see tests/golden/r_ranks.h. Limits of
// intervals are found by a root finder there, hence 1e-10.
#include "unit/stats/golden_help.h"

#include "golden/r_ranks.h"

TEST(answers_are_those_of_R) { golden_check_all(R_RANKS, sizeof R_RANKS / sizeof *R_RANKS, 1e-10); }

TEST(captions_say_what_was_found) {
  Frame *f = stats_data("toothgrowth"), *r = stats_answer("mannwhitney", f, "len ~ supp", "");
  assert_has(frame_caption(r), "normal approximation with continuity correction");
  assert_has(frame_caption(r), "30 values are tied");
  assert_string_equal(shown_at(r, "groups"), "OJ - VC");
  frame_unref(r);
  frame_unref(f);
  f = golden_data("untied");
  r = stats_answer("mannwhitney", f, "x ~ g", "");
  assert_has(frame_caption(r), "exact distribution");
  frame_unref(r);
  r = stats_answer("wilcoxon", f, "x", "mu=0.83");
  assert_has(frame_caption(r), "1 value equal to mu left out");
  assert_has(frame_caption(r), "normal approximation");
  frame_unref(r);
  frame_unref(f);
}

TEST(what_cannot_be_ranked_is_refused) {
  Frame *f = make_frame("x:real y:real g:category h:category b:int", "1 1 a p 1 1 1 a q 1 1 1 b r 2 1 1 b s 2");
  assert_has(stats_refusal("mannwhitney", f, "x ~ g", "", ERR_ARG), "all values of 'x' are equal");
  assert_has(stats_refusal("mannwhitney", f, "x ~ h", "", ERR_ARG), "must make exactly 2 groups, it makes 4");
  assert_has(stats_refusal("mannwhitney", f, "g ~ h", "", ERR_TYPE), "'g' must be numbers");
  assert_has(stats_refusal("mannwhitney", f, "x", "", ERR_ARG), "must read \"value ~ group\"");
  assert_has(stats_refusal("wilcoxon", f, "x", "mu=1", ERR_ARG), "all 4 values equal mu = 1");
  assert_has(stats_refusal("wilcoxon", f, "x ~ y", "", ERR_ARG), "all 4 values equal mu = 0");
  assert_has(stats_refusal("sign", f, "x", "mu=1", ERR_ARG), "all 4 values equal mu = 1");
  assert_has(stats_refusal("wilcoxon", f, "g", "", ERR_TYPE), "must be numbers");
  frame_unref(f);
}

RUN(CASE(answers_are_those_of_R), CASE(captions_say_what_was_found), CASE(what_cannot_be_ranked_is_refused))
