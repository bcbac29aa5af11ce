// Frames in which one thing is wrong, and what is suggested for it: worked by hand. Counts of titanic (263 ages missing:
// is.na) and of the reported heights (1,095 rows, 66 entries written with a unit: grepl) by R 4.2.2.
#include "unit/io/io_help.h"
#include "unit/prep/prep_help.h"

#include "prep/suggest.h"

static Frame *bundled(const char *path) {
  ReadOpts opts;
  Frame *d;
  io_read_defaults(&opts);
  assert_int_equal(io_read(NULL, &HELP_DOOR, path, &opts, &d, NULL), OK);
  return d;
}

static Suggestions suggested(const Frame *x, const char *target) {
  Suggestions s;
  Err err = {0};
  if (prep_suggest(NULL, x, target, &s, &err) != OK) fail_msg("%s", err.msg);
  return s;
}

// "units,impute": the rules in their order.
static void assert_rules(const Suggestions *s, const char *want) {
  Str got = {0};
  for (int64_t k = 0; k < s->n; k++) str_addf(&got, "%s%s", k ? "," : "", s->item[k].rule);
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

static const Suggestion *item(const Suggestions *s, const char *rule) {
  for (int64_t k = 0; k < s->n; k++)
    if (strcmp(s->item[k].rule, rule) == 0) return &s->item[k];
  fail_msg("nothing suggested by '%s'", rule);
  return NULL;
}

TEST(heights_in_several_units_are_read_and_what_is_lost_is_told) {
  Frame *d = bundled("datasets/reported_heights.csv");
  Suggestions s = suggested(d, NULL);
  assert_rules(&s, "units,indicator,impute,dates,levels");
  assert_string_equal(s.item[0].lua,
                      "prep.units{\"height\", to=\"in\", low=47, high=90, plain={\"in\", \"cm\", \"m\"}}");
  assert_has(s.item[0].reason, "66 values of height with units");
  assert_int_equal(s.item[0].rows, 1095);
  assert_string_equal(s.item[0].shape->name, "height");
  assert_string_equal(item(&s, "impute")->lua, "prep.impute{\"height\"}"); // of what the first step leaves
  suggestions_free(&s);
  frame_unref(d);
}

TEST(titanic_is_asked_for_no_more_than_it_needs) {
  Frame *d = bundled("datasets/titanic.csv");
  Suggestions s = suggested(d, "survived");
  Str lua = {0};
  assert_string_equal(item(&s, "ids")->lua, "prep.drop{\"name\"}");
  assert_string_equal(item(&s, "impute")->lua, "prep.impute{\"age\"}");
  assert_int_equal(item(&s, "impute")->rows, 263);
  assert_string_equal(item(&s, "levels")->lua, "prep.onehot{\"sex\", \"passengerClass\"}");
  suggestions_print(&s, (const bool[]){false, false, true, true, false, false}, &lua);
  assert_string_equal(str_c(&lua), "p = pipe{\n  prep.indicator{\"age\"},\n  prep.impute{\"age\"}\n}");
  str_fini(&lua);
  suggestions_free(&s);
  frame_unref(d);
}

TEST(variants_blanks_unknown_words_and_types_have_steps) {
  Frame *x = HELP_FRAME(10, {"state", COL_CAT, {"NY", "NY", "N.Y.", "CA", "ca", "CA", "NY", "CA", "NY", "CA"}},
                        {"cost", COL_TEXT, {"$1", "$2", "$3,000", "4", "5", "6", "7", "8", "n/a", "9"}},
                        {"kind", COL_CAT, {"a ", "a", "b", "?", "b", "a", "b", "a", "b", "a"}},
                        {"same", COL_I64, {"1", "1", "1", "1", "1", "1", "1", "1", "1", "1"}},
                        {"rare", COL_F64, {"1", NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "2"}});
  Suggestions s = suggested(x, NULL);
  assert_rules(&s, "types,constant,blanks,unknown,variants,empty,indicator,impute,levels");
  assert_string_equal(item(&s, "types")->lua, "prep.retype{\"cost\"}");
  assert_string_equal(item(&s, "types")->reason, "9 of 10 values of cost read as int; 1 value becomes missing");
  assert_string_equal(item(&s, "constant")->lua, "prep.drop{\"same\"}");
  assert_string_equal(item(&s, "blanks")->lua, "prep.replace{\"kind\"}");
  assert_string_equal(item(&s, "unknown")->lua, "prep.replace{\"kind\", missing={\"?\"}}");
  assert_string_equal(item(&s, "variants")->lua, "prep.merge{\"state\"}");
  assert_string_equal(item(&s, "variants")->reason, "2 spellings in 2 rows of state: 'N.Y.' is 'NY', 'ca' is 'CA'");
  assert_int_equal(item(&s, "variants")->rows, 2);
  assert_string_equal(item(&s, "empty")->lua, "prep.drop{\"rare\"}");
  suggestions_free(&s);
  frame_unref(x);
}

TEST(a_target_out_of_balance_is_told_and_touched_by_no_step) {
  Frame *x = HELP_FRAME(12, {"y", COL_CAT, {"no", "no", "no", "no", "no", "no", "no", "no", "no", "no", "yes", "no"}},
                        {"v", COL_I64, {"5", "3", "2", "3", "9", "1", "4", "4", "7", "6", "5", "3"}});
  Suggestions s = suggested(x, "y");
  Err err = {0};
  const Suggestion *b = item(&s, "balance");
  assert_null(b->lua);
  assert_has(b->reason, "92% of the rows are y=no");
  for (int64_t k = 0; k < s.n; k++)
    if (s.item[k].lua) assert_null(strstr(s.item[k].lua, "\"y\""));
  suggestions_free(&s);
  assert_int_equal(prep_suggest(NULL, x, "z", &s, &err), ERR_NAME);
  suggestions_free(&s);
  frame_unref(x);
}

TEST(clean_numbers_are_left_alone) {
  Frame *x = HELP_FRAME(6, {"a", COL_F64, {"1", "2.5", "3", "2", "1.5", "2"}},
                        {"b", COL_F64, {"4", "3", "2", "2.5", "3.5", "3"}}),
        *none = frame_new(0), *card;
  Suggestions s = suggested(x, NULL);
  assert_int_equal(s.n, 0);
  assert_int_equal(suggestions_table(NULL, &s, &card, NULL), OK);
  assert_string_equal(frame_caption(card), "no step is asked for");
  frame_unref(card);
  suggestions_free(&s);
  s = suggested(none, NULL);
  assert_int_equal(s.n, 0);
  suggestions_free(&s);
  frame_unref(none);
  frame_unref(x);
}

RUN(CASE(heights_in_several_units_are_read_and_what_is_lost_is_told), CASE(titanic_is_asked_for_no_more_than_it_needs),
    CASE(variants_blanks_unknown_words_and_types_have_steps),
    CASE(a_target_out_of_balance_is_told_and_touched_by_no_step), CASE(clean_numbers_are_left_alone))
