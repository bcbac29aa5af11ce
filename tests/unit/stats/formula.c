// Formulas of tests. Expected readings by hand, from the contract.
#include "check.h"

#include "unit/frame/make.h"

#include "stats/tests.h"

static Frame *table(void) { return make_frame("y:real a:category b:category Solar.R:real g:int", "1 u v 2 3"); }

// The formula, read and written out again: "y ~ a b * | g".
static const char *reading(const char *text) {
  static char out[256];
  Frame *f = table();
  Arena a;
  Formula q;
  Err err = {0};
  arena_init(&a);
  if (formula_parse(f, "t", text, &a, &q, &err) != OK) fail_msg("%s: %s", text, err.msg);
  int n = snprintf(out, sizeof out, "%s ~", q.response ? q.response : "-");
  for (int64_t k = 0; k < q.term.n; k++) n += snprintf(out + n, sizeof out - (size_t)n, " %s", q.term.name[k]);
  if (q.crossed) n += snprintf(out + n, sizeof out - (size_t)n, " *");
  if (q.block) snprintf(out + n, sizeof out - (size_t)n, " | %s", q.block);
  arena_fini(&a);
  frame_unref(f);
  return out;
}

static const char *refusal(const char *text, ErrCode want) {
  static Err err;
  Frame *f = table();
  Arena a;
  Formula q;
  arena_init(&a);
  err = (Err){0};
  assert_int_equal(formula_parse(f, "t", text, &a, &q, &err), want);
  arena_fini(&a);
  frame_unref(f);
  return err.msg;
}

TEST(names_are_joined_by_plus) { assert_string_equal(reading("y ~ a + b"), "y ~ a b"); }
TEST(a_star_and_a_colon_cross) {
  assert_string_equal(reading("y~a*b"), "y ~ a b *");
  assert_string_equal(reading("y ~ a + b + a:b"), "y ~ a b *");
}
TEST(a_lone_response_has_no_terms) {
  assert_string_equal(reading("y"), "y ~");
  assert_string_equal(reading("y ~ 1"), "y ~");
}
TEST(a_response_may_be_left_out) { assert_string_equal(reading("~ a + b"), "- ~ a b"); }
TEST(a_block_stands_behind_a_bar) { assert_string_equal(reading("y ~ a | g"), "y ~ a | g"); }
TEST(backticks_hold_any_name) { assert_string_equal(reading("`y` ~ `Solar.R`"), "y ~ Solar.R"); }
TEST(a_name_may_have_dots) { assert_string_equal(reading("Solar.R ~ a"), "Solar.R ~ a"); }
TEST(a_dot_is_all_other_columns) {
  assert_string_equal(reading("y ~ ."), "y ~ a b Solar.R g");
  assert_string_equal(reading("y ~ . | g"), "y ~ a b Solar.R | g");
}
TEST(a_term_counts_once) { assert_string_equal(reading("y ~ a + a + b"), "y ~ a b"); }

TEST(an_unknown_column_is_pointed_at) {
  assert_string_equal(refusal("y ~ a + solar.R", ERR_NAME), "t: no column 'solar.R': did you mean 'Solar.R'?\n"
                                                            "  y ~ a + solar.R\n"
                                                            "          ^^^^^^^");
}
TEST(what_a_formula_is_not_says_so) {
  assert_has(refusal("y ~ log(g)", ERR_PARSE), "d:derive");
  assert_has(refusal("y ~ g(a)", ERR_PARSE), "d:derive");
  assert_has(refusal("y ~ a - b", ERR_PARSE), "joined by + * or :");
  assert_has(refusal("y ~ a b", ERR_PARSE), "a formula reads like");
  assert_has(refusal("y ~", ERR_PARSE), "expected here");
  assert_has(refusal("", ERR_PARSE), "expected here");
  assert_has(refusal("y ~ `a", ERR_PARSE), "not closed");
  assert_has(refusal("y ~ ``", ERR_PARSE), "empty");
  assert_has(refusal("y ~ y", ERR_PARSE), "both sides");
  assert_has(refusal("y ~ a | a", ERR_PARSE), "cannot be a block too");
  assert_has(refusal("y ~ a |", ERR_PARSE), "makes the blocks");
}

RUN(CASE(names_are_joined_by_plus), CASE(a_star_and_a_colon_cross), CASE(a_lone_response_has_no_terms),
    CASE(a_response_may_be_left_out), CASE(a_block_stands_behind_a_bar), CASE(backticks_hold_any_name),
    CASE(a_name_may_have_dots), CASE(a_dot_is_all_other_columns), CASE(a_term_counts_once),
    CASE(an_unknown_column_is_pointed_at), CASE(what_a_formula_is_not_says_so))
