#include "check.h"

#include "base/param.h"
#include "base/utf8.h"

typedef struct Opts {
  bool flag;
  int64_t rounds;
  double l2, shift;
  const char *sep, *label;
  Names columns;
  int method, valid;
} Opts;

static const Param TABLE[] = {
    {"flag", PARAM_BOOL, offsetof(Opts, flag), .dflt = "true", .doc = "a flag"},
    {"rounds", PARAM_INT, offsetof(Opts, rounds), 1, 1000, "100", .doc = "how many"},
    {"l2", PARAM_REAL, offsetof(Opts, l2), 0, PARAM_INF, "0.5", .doc = "penalty"},
    {"shift", PARAM_REAL, offsetof(Opts, shift), -PARAM_INF, PARAM_INF, "0", .doc = "shift"},
    {"sep", PARAM_TEXT, offsetof(Opts, sep), .dflt = ",", .doc = "separator"},
    {"label", PARAM_TEXT, offsetof(Opts, label), .dflt = "", .doc = "label"},
    {"columns", PARAM_NAMES, offsetof(Opts, columns), .dflt = "", .doc = "columns"},
    {"method", PARAM_CHOICE, offsetof(Opts, method), .dflt = "spearman", .choices = "pearson|spearman|kendall",
     .doc = "method"},
    {"valid", PARAM_VALUE, offsetof(Opts, valid), .dflt = "", .choices = "frame", .doc = "rows to watch"},
    PARAM_END};

static const Param *row(const char *name) { return param_find(TABLE, sv(name)); }

static Opts defaults(void) {
  Opts o;
  memset(&o, 0x55, sizeof o);
  param_defaults(TABLE, &o);
  return o;
}

TEST(defaults_come_from_the_table) {
  Opts o = defaults();
  assert_true(o.flag && o.rounds == 100 && o.l2 == 0.5 && o.shift == 0);
  assert_string_equal(o.sep, ",");
  assert_null(o.label);
  assert_int_equal(o.columns.n, 0);
  assert_int_equal(o.method, 1);
  assert_int_equal(o.valid, 0);
}

TEST(values_in_range_are_set) {
  Opts o = defaults();
  Err err;
  assert_int_equal(param_set_bool(row("flag"), "f", &o, false, &err), OK);
  assert_int_equal(param_set_int(row("rounds"), "f", &o, 1000, &err), OK);
  assert_int_equal(param_set_real(row("rounds"), "f", &o, 7.0, &err), OK); // a whole float is an integer
  assert_int_equal(o.rounds, 7);
  assert_int_equal(param_set_int(row("l2"), "f", &o, 3, &err), OK);
  assert_int_equal(param_set_real(row("l2"), "f", &o, INFINITY, &err), OK);
  assert_int_equal(param_set_text(row("sep"), "f", &o, ";", &err), OK);
  assert_int_equal(param_set_text(row("method"), "f", &o, "kendall", &err), OK);
  const char *names[] = {"a", "b"};
  param_set_names(row("columns"), &o, (Names){names, 2});
  param_set_value(row("valid"), &o, 4);
  assert_true(!o.flag && o.l2 == INFINITY && o.method == 2 && o.columns.n == 2 && o.valid == 4);
  assert_string_equal(o.sep, ";");
}

TEST(values_out_of_range_are_refused_with_the_range) {
  Opts o = defaults();
  Err err;
  assert_int_equal(param_set_int(row("rounds"), "ml.boost", &o, 0, &err), ERR_ARG);
  assert_string_equal(err.msg, "ml.boost: rounds must be a whole number from 1 to 1000, 0 was given");
  assert_int_equal(param_set_int(row("rounds"), "f", &o, 1001, &err), ERR_ARG);
  assert_int_equal(param_set_real(row("rounds"), "f", &o, 2.5, &err), ERR_ARG);
  assert_has(err.msg, "2.5 was given");
  assert_int_equal(param_set_real(row("l2"), "f", &o, -1e-9, &err), ERR_ARG);
  assert_string_equal(err.msg, "f: l2 must be a number of at least 0, -1e-09 was given");
  assert_int_equal(param_set_int(row("l2"), "f", &o, -1, &err), ERR_ARG);
  assert_int_equal(param_set_real(row("shift"), "f", &o, NAN, &err), ERR_ARG);
  assert_has(err.msg, "shift must be a number, nan was given");
  assert_true(o.rounds == 100 && o.l2 == 0.5 && o.shift == 0);
}

TEST(floats_beyond_the_integers_are_no_integers) {
  static const double beyond[] = {1e300, -1e300, 0x1p63, INFINITY, -INFINITY, NAN};
  static const Param any = {"n", PARAM_INT, 0, -PARAM_INF, PARAM_INF, "0", .doc = "any"};
  int64_t n = 5;
  for (int i = 0; i < 6; i++) assert_int_equal(param_set_real(&any, "f", &n, beyond[i], NULL), ERR_ARG);
  assert_int_equal(param_set_real(&any, "f", &n, -0x1p63, NULL), OK);
  assert_true(n == INT64_MIN);
}

TEST(values_of_the_wrong_kind_are_refused) {
  Opts o = defaults();
  Err err;
  assert_int_equal(param_set_bool(row("l2"), "f", &o, true, &err), ERR_ARG);
  assert_has(err.msg, "true was given");
  assert_int_equal(param_set_int(row("flag"), "f", &o, 1, &err), ERR_ARG);
  assert_has(err.msg, "flag must be true or false, 1 was given");
  assert_int_equal(param_set_real(row("sep"), "f", &o, 1.5, &err), ERR_ARG);
  assert_has(err.msg, "sep must be a string, 1.5 was given");
  assert_int_equal(param_set_text(row("rounds"), "f", &o, "many", &err), ERR_ARG);
  assert_has(err.msg, "\"many\" was given");
  assert_int_equal(param_set_text(row("valid"), "f", &o, "x", &err), ERR_ARG);
  assert_has(err.msg, "valid must be a frame");
  assert_int_equal(param_set_text(row("columns"), "f", &o, "x", &err), ERR_ARG);
  assert_has(err.msg, "a name or a list of names");
}

TEST(a_word_that_is_no_choice_is_refused_with_the_choices) {
  Opts o = defaults();
  Err err;
  static const char *words[] = {"pear", "", "pearson|spearman", "Kendall"};
  for (int i = 0; i < 4; i++) {
    assert_int_equal(param_set_text(row("method"), "corr", &o, words[i], &err), ERR_ARG);
    assert_has(err.msg, "corr: method must be \"pearson\", \"spearman\" or \"kendall\", ");
  }
  assert_int_equal(o.method, 1);
}

TEST(long_text_is_quoted_without_cutting_a_character) {
  char text[400];
  for (int lead = 0; lead < 2; lead++) {
    text[0] = 'a';
    for (int i = lead; i + 3 <= 399; i += 2) memcpy(text + i, "\xC3\xA9", 3);
    Opts o = defaults();
    Err err;
    assert_int_equal(param_set_text(row("method"), "f", &o, text, &err), ERR_ARG);
    assert_true(utf8_valid(err.msg, strlen(err.msg)));
    assert_true(strlen(err.msg) < 300);
  }
}

TEST(an_unknown_option_gets_a_hint) {
  Err err;
  assert_int_equal(param_unknown(TABLE, "logistic", sv("l3"), &err), ERR_NAME);
  assert_has(err.msg, "logistic has no option 'l3'");
  assert_int_equal(param_unknown(TABLE, "logistic", sv("round"), &err), ERR_NAME);
  assert_string_equal(err.msg, "logistic has no option 'round': did you mean 'rounds'?");
  assert_int_equal(param_unknown(TABLE, "logistic", sv("temperature"), &err), ERR_NAME);
  assert_has(err.msg, ": there are flag, rounds, l2");
  static const Param none[] = {PARAM_END};
  assert_int_equal(param_unknown(none, "names", sv("x"), &err), ERR_NAME);
  assert_string_equal(err.msg, "names takes no options, 'x' was given");
  assert_null(row("l"));
  assert_null(row(""));
}

TEST(a_description_names_kind_and_range) {
  Arena a;
  arena_init(&a);
  assert_string_equal(param_describe(row("flag"), &a), "true or false");
  assert_string_equal(param_describe(row("rounds"), &a), "a whole number from 1 to 1000");
  assert_string_equal(param_describe(row("l2"), &a), "a number of at least 0");
  assert_string_equal(param_describe(row("shift"), &a), "a number");
  assert_string_equal(param_describe(row("columns"), &a), "a name or a list of names");
  assert_string_equal(param_describe(row("method"), &a), "\"pearson\", \"spearman\" or \"kendall\"");
  assert_string_equal(param_describe(row("valid"), &a), "a frame");
  static const Param two = {.name = "m", .type = PARAM_CHOICE, .choices = "a|b"};
  static const Param low = {.name = "x", .type = PARAM_REAL, .lo = -PARAM_INF, .hi = 3};
  assert_string_equal(param_describe(&two, &a), "\"a\" or \"b\"");
  assert_string_equal(param_describe(&low, &a), "a number of at most 3");
  arena_fini(&a);
}

TEST(values_print_as_lua) {
  Arena a;
  arena_init(&a);
  Opts o = defaults();
  assert_string_equal(param_print(row("flag"), &o, &a), "true");
  assert_string_equal(param_print(row("rounds"), &o, &a), "100");
  assert_string_equal(param_print(row("l2"), &o, &a), "0.5");
  assert_string_equal(param_print(row("sep"), &o, &a), "\",\"");
  assert_string_equal(param_print(row("label"), &o, &a), "nil");
  assert_string_equal(param_print(row("columns"), &o, &a), "{}");
  assert_string_equal(param_print(row("method"), &o, &a), "\"spearman\"");
  assert_string_equal(param_print(row("valid"), &o, &a), "...");
  const char *names[] = {"a", "the \"b\""};
  o.columns = (Names){names, 2}, o.flag = false, o.l2 = INFINITY, o.shift = -INFINITY, o.sep = "\t\\\"\n\x01" "9é";
  assert_string_equal(param_print(row("columns"), &o, &a), "{\"a\", \"the \\\"b\\\"\"}");
  assert_string_equal(param_print(row("flag"), &o, &a), "false");
  assert_string_equal(param_print(row("l2"), &o, &a), "math.huge");
  assert_string_equal(param_print(row("shift"), &o, &a), "-math.huge");
  assert_string_equal(param_print(row("sep"), &o, &a), "\"\\t\\\\\\\"\\n\\0019é\"");
  arena_fini(&a);
}

TEST(weights_print_as_the_table_or_the_word_that_lua_takes) {
  static const Param P = {"w", PARAM_NAMES, 0, .dflt = "", .choices = "weights", .doc = "weights"};
  const char *given[] = {"no", "1", "not yet", "2.5", "0", "3", "end", "4"}, *word[] = {"balanced"};
  Names all = {given, 8}, one = {word, 1}, none = {0};
  Arena a = {0};
  assert_true(param_is_weights(&P) && !param_is_numbers(&P) && !param_is_weights(row("columns")));
  assert_string_equal(param_print(&P, &all, &a), "{no=1, [\"not yet\"]=2.5, [\"0\"]=3, [\"end\"]=4}");
  assert_string_equal(param_print(&P, &one, &a), "\"balanced\"");
  assert_string_equal(param_print(&P, &none, &a), "{}");
  assert_has(param_describe(&P, &a), "a table of names and positive numbers, such as {yes=5, no=1}");
  arena_fini(&a);
}

TEST(a_row_is_found_by_its_synonyms) {
  static const Param other[] = {
      {"l2", PARAM_REAL, offsetof(Opts, l2), 0, PARAM_INF, "0.5", .doc = "penalty"},
      {"rounds", PARAM_INT, offsetof(Opts, rounds), 1, 1000, "100", .doc = "how many"},
      PARAM_END_SYNONYMS("num_round=rounds lambda=l2 iterations=rounds")};
  Arena a = {0};
  assert_ptr_equal(param_find(other, sv("lambda")), &other[0]);
  assert_ptr_equal(param_find(other, sv("iterations")), &other[1]);
  assert_ptr_equal(param_find(other, sv("rounds")), &other[1]);
  assert_null(param_find(other, sv("round")));
  assert_null(param_find(other, sv("l2=")));
  assert_string_equal(param_synonyms(other, &other[1], &a), "num_round, iterations");
  assert_null(param_synonyms(TABLE, row("rounds"), &a));
  arena_fini(&a);
}

TEST(pairs_print_and_are_described_as_a_table_from_texts_to_texts) {
  static const Param P = {"map", PARAM_NAMES, 0, .dflt = "", .choices = "pairs", .doc = "what becomes of a text"};
  const char *name[] = {"N.Y.", "NY", "a\"b", ""};
  Names pairs = {name, 4}, none = {0};
  Arena a = {0};
  assert_true(param_is_pairs(&P) && !param_is_pairs(row("columns")));
  assert_string_equal(param_print(&P, &pairs, &a), "{[\"N.Y.\"]=\"NY\", [\"a\\\"b\"]=\"\"}");
  assert_string_equal(param_print(&P, &none, &a), "{}");
  assert_has(param_describe(&P, &a), "a table from texts to texts");
  arena_fini(&a);
}

RUN(CASE(pairs_print_and_are_described_as_a_table_from_texts_to_texts), CASE(a_row_is_found_by_its_synonyms),
    CASE(defaults_come_from_the_table), CASE(values_in_range_are_set),
    CASE(values_out_of_range_are_refused_with_the_range), CASE(floats_beyond_the_integers_are_no_integers),
    CASE(values_of_the_wrong_kind_are_refused), CASE(a_word_that_is_no_choice_is_refused_with_the_choices),
    CASE(long_text_is_quoted_without_cutting_a_character), CASE(an_unknown_option_gets_a_hint),
    CASE(a_description_names_kind_and_range), CASE(values_print_as_lua),
    CASE(weights_print_as_the_table_or_the_word_that_lua_takes))
