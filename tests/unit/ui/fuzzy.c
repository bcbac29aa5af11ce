// Matching of what is typed with names and words, one-line fields and scales. What must match and which of two is
// better follows from the rules in ui/fuzzy.c; places on scales are worked by hand (log 1 + v over log 1 + range).
#include "check.h"

#include "ui/field_int.h"
#include "ui/form_int.h"
#include "ui/fuzzy_int.h"

// ---- matching ------------------------------------------------------------------------------------------------------
static int score(const char *query, const char *text) {
  FuzzyField field = {text, true};
  FuzzyHits hits;
  return fuzzy_match(sv(query), &field, 1, &hits);
}

// The letters that are marked, the others as dots.
static void assert_hits(const char *query, const char *text, const char *want) {
  FuzzyField field = {text, true};
  FuzzyHits hits;
  char got[128] = "";
  assert_true(fuzzy_match(sv(query), &field, 1, &hits) > 0);
  for (size_t i = 0; text[i]; i++) got[i] = hits.byte[i] ? text[i] : '.';
  assert_string_equal(got, want);
}

TEST(every_word_must_be_found) {
  assert_true(score("miss map", "missing map") > 0);
  assert_true(score("map miss", "missing map") > 0);
  assert_int_equal(score("miss bar", "missing map"), 0);
  assert_true(score("", "anything") > 0);
}

TEST(letters_of_either_case_match_as_they_stand_as_initials_and_in_names_loosely) {
  assert_hits("MISS", "missing map", "miss.......");
  assert_hits("cm", "confusion matrix", "c.........m.....");
  assert_hits("frq", "frequencies", "fr.q.......");
  assert_int_equal(score("fqs", "frequencies of all values"), 0);
  assert_int_equal(score("xyz", "frequencies"), 0);
}

TEST(the_beginning_of_a_word_is_better_than_its_middle) {
  assert_true(score("hist", "hist") > score("hist", "d:hist"));
  assert_true(score("hist", "d:hist") > score("hist", "machista"));
  assert_true(score("con", "confusion") > score("cn", "confusion no"));
}

TEST(an_earlier_field_counts_more) {
  FuzzyField first[] = {{"scatter", true}, {"other", true}}, second[] = {{"other", true}, {"scatter", true}};
  FuzzyHits hits[2];
  int a = fuzzy_match(sv("scatter"), first, 2, hits);
  assert_true(hits[0].byte[0] && !hits[1].byte[0]);
  assert_true(a > fuzzy_match(sv("scatter"), second, 2, hits));
  assert_true(hits[1].byte[0] && !hits[0].byte[0]);
}

// ---- a line of text ------------------------------------------------------------------------------------------------
static bool key(Field *f, uint32_t code, uint8_t mods) { return field_key(f, &(Key){.code = code, .mods = mods}); }

TEST(a_field_takes_text_and_the_plain_keys_of_readline) {
  Field f = {0};
  for (const char *s = "abc de"; *s; s++) assert_true(key(&f, (uint32_t)*s, 0));
  assert_true(key(&f, 0xE9, 0)); // é
  assert_string_equal(field_text(&f), "abc de\xC3\xA9");
  assert_true(key(&f, K_BACKSPACE, 0));
  assert_string_equal(field_text(&f), "abc de");
  assert_true(key(&f, 'w', MOD_CTRL));
  assert_string_equal(field_text(&f), "abc ");
  assert_true(key(&f, K_HOME, 0) && key(&f, K_DELETE, 0) && key(&f, 'x', 0));
  assert_string_equal(field_text(&f), "xbc ");
  assert_true(key(&f, K_RIGHT, 0) && key(&f, 'k', MOD_CTRL));
  assert_string_equal(field_text(&f), "xb");
  assert_true(key(&f, 'u', MOD_CTRL));
  assert_string_equal(field_text(&f), "");
  assert_false(key(&f, K_BACKSPACE, 0));
  assert_false(key(&f, K_LEFT, 0));
  assert_false(key(&f, K_UP, 0));
  assert_false(key(&f, 'x', MOD_ALT));
  assert_true(field_key(&f, &(Key){.code = K_PASTE, .paste = "a\nb"}));
  assert_string_equal(field_text(&f), "a b");
  field_fini(&f);
}

// ---- scales --------------------------------------------------------------------------------------------------------
static WireOption option(ParamType type, double lo, double hi, const char *dflt) {
  return (WireOption){"x", type, lo, hi, dflt, "", "doc"};
}

TEST(a_narrow_range_is_even_and_a_wide_one_logarithmic) {
  WireOption share = option(PARAM_REAL, 0, 1, "0.5"), wide = option(PARAM_INT, 0, 99999, "10"),
             open = option(PARAM_REAL, 0, PARAM_INF, "1");
  assert_near(scale_place(&share, 0.25), 0.25, 1e-15);
  assert_near(scale_place(&wide, 0), 0, 0);
  assert_near(scale_place(&wide, 99999), 1, 1e-15);
  assert_near(scale_place(&wide, 9), 0.2, 1e-12); // log 10 of log 100,000
  assert_true(scale_place(&open, 1) > 0.3 && scale_place(&open, 1e9) == 1);
  WireOption any = option(PARAM_REAL, -PARAM_INF, PARAM_INF, "0");
  assert_true(isnan(scale_place(&any, 0)));
}

static void assert_steps(const WireOption *o, double from, int by, const double *want, int n) {
  for (int k = 0; k < n; k++) {
    from = scale_step(o, from, by);
    if (from != want[k]) fail_msg("step %d gives %.17g, not %.17g", k, from, want[k]);
  }
}

TEST(steps_are_round_numbers_within_the_range) {
  WireOption share = option(PARAM_REAL, 0, 1, "0.5"), wide = option(PARAM_INT, 1, 10000, "100"),
             few = option(PARAM_INT, 1, 6, "3"), l2 = option(PARAM_REAL, 0, PARAM_INF, "1"),
             any = option(PARAM_REAL, -PARAM_INF, PARAM_INF, "0");
  assert_steps(&share, 0.2, 1, (double[]){0.25, 0.3, 0.35, 0.4}, 4);
  assert_steps(&share, 0.1, -1, (double[]){0.05, 0, 0}, 3);
  assert_steps(&wide, 100, 1, (double[]){200, 500, 1000, 2000, 5000, 10000, 10000}, 7);
  assert_steps(&wide, 5, -1, (double[]){2, 1, 1}, 3);
  assert_steps(&few, 4, 1, (double[]){5, 6, 6}, 3);
  assert_steps(&l2, 1, -1, (double[]){0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0}, 10);
  assert_steps(&l2, 0, 1, (double[]){0.001, 0.002, 0.005}, 3);
  assert_steps(&any, 0, -1, (double[]){-0.1}, 1);
}

TEST(a_place_on_the_scale_gives_a_round_number) {
  WireOption share = option(PARAM_REAL, 0, 1, "0.5"), wide = option(PARAM_INT, 1, 10000, "100");
  assert_near(scale_value(&share, 0.24), 0.25, 0);
  assert_near(scale_value(&share, 0), 0, 0);
  assert_near(scale_value(&share, 1), 1, 0);
  assert_near(scale_value(&wide, 0.5), 100, 0);
  assert_near(scale_value(&wide, 2), 10000, 0);
}

RUN(CASE(every_word_must_be_found), CASE(letters_of_either_case_match_as_they_stand_as_initials_and_in_names_loosely),
    CASE(the_beginning_of_a_word_is_better_than_its_middle), CASE(an_earlier_field_counts_more),
    CASE(a_field_takes_text_and_the_plain_keys_of_readline), CASE(a_narrow_range_is_even_and_a_wide_one_logarithmic),
    CASE(steps_are_round_numbers_within_the_range), CASE(a_place_on_the_scale_gives_a_round_number))
