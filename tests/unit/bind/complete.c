// Completion and help. Expected candidates follow from the language: verbs after a colon, columns after a point or in a
// string, options in braces.
#include "check.h"

#include "bind/bind_int.h"

static void ignore_emit(void *ctx, const HostValue *v) { (void)ctx, (void)v; }
static void ignore_print(void *ctx, Sv text) { (void)ctx, (void)text; }
static void ignore_text(void *ctx, const char *text) { (void)ctx, (void)text; }
static void no_datasets(void *ctx, Frame **out) { (void)ctx, *out = frame_new(0); }

static HostSnapshot *snapshot_of(const char *cell) {
  Job job = {0};
  HostOps ops = {.emit = ignore_emit, .print = ignore_print, .accepted = ignore_text, .datasets = no_datasets};
  LuaHost *h;
  CellError error;
  Err err;
  if (host_open(&job, &ops, 1, &h, &err) != OK) fail_msg("%s", err.msg);
  if (host_run_cell(h, 1, sv(cell), &error) != OK) fail_msg("%s", error.err.msg);
  HostSnapshot *s = host_snapshot(h);
  host_close(h);
  return s;
}

static void add(void *ctx, const char *text, const char *kind, const char *doc) {
  (void)kind, (void)doc;
  str_addf(ctx, "%s ", text);
}

// The text up to '|' is completed; what remains of the word is `word`.
static void check(const char *before, const char *word, const char *wanted, const char *unwanted) {
  HostSnapshot *s =
      snapshot_of("d = frame{age = {1}, sex = {'m'}} e = frame{['pass class'] = {1}, x = {1}} data2 = 1 list = {1};");
  Str got = {0};
  size_t from = host_complete(s, sv(before), strlen(before), add, &got);
  assert_string_equal(before + from, word);
  Str padded = {0};
  str_addf(&padded, " %s", str_c(&got));
  Str want = {0};
  str_addf(&want, " %s ", wanted);
  if (!strstr(str_c(&padded), str_c(&want))) fail_msg("'%s' gives '%s', not '%s'", before, str_c(&got), wanted);
  str_clear(&want);
  str_addf(&want, " %s ", unwanted);
  if (strstr(str_c(&padded), str_c(&want))) fail_msg("'%s' gives '%s'", before, unwanted);
  str_fini(&got), str_fini(&padded), str_fini(&want);
  snapshot_unref(s);
}

TEST(a_colon_gives_verbs) { check("x = d:de", "de", "describe", "age"); }
TEST(a_point_gives_columns) { check("d.", "", "age sex", "describe"); }
TEST(a_word_gives_names_and_functions) { check("dat", "dat", "data2 data datasets", "d"); }
TEST(a_string_in_a_call_gives_columns) { check("d:select{\"a", "a", "age", "sex"); }
TEST(a_second_string_too) { check("d:count{'age', 's", "s", "sex", "age"); }
TEST(braces_give_options) { check("d:split{te", "te", "test", "valid"); }
TEST(options_of_a_nested_table_too) { check("d:head(3, {n", "n", "n", "age"); }
TEST(members_follow_the_tables_of_lua) {
  check("x = math.fl", "fl", "floor", "fmod");
  check("string.", "", "byte char find format gmatch gsub", "floor");
  check("os.", "", "clock date difftime time", "execute");
}
TEST(steps_follow_prep) { check("pipe{prep.st", "st", "standard", "impute"); }
TEST(options_of_a_step) { check("prep.impute{wi", "wi", "with", "columns"); }
TEST(tests_follow_stats) { check("stats.pai", "pai", "paired_t", "welch"); }
TEST(options_of_a_test) { check("stats.welch(d, 'age ~ sex', {al", "al", "alternative", "adjust"); }
TEST(a_closed_call_is_over) { check("d:split{test = 1}; t", "t", "true", "test"); }

TEST(the_last_word_of_an_expression_counts) { check("d:where \"age > 3 and s", "s", "sex", "age"); }
TEST(a_name_may_have_blanks) { check("e:count{\"pass", "pass", "pass class", "x"); }
TEST(a_blank_in_a_name_is_no_end_of_it) { check("e:count{\"pass c", "pass c", "pass class", "x"); }
TEST(a_frame_among_the_arguments_gives_columns) { check("p:fit(d, \"a", "a", "age", "sex"); }
TEST(without_a_frame_all_columns_fit) { check("prep.impute{\"s", "s", "sex", "age"); }
TEST(an_option_with_choices_gives_them) {
  check("stats.welch(d, 'age ~ sex', {alternative = \"gr", "gr", "greater", "less");
}

static void add_kind(void *ctx, const char *text, const char *kind, const char *doc) {
  (void)doc;
  str_addf(ctx, "%s=%s ", text, kind);
}

TEST(options_tell_their_default_and_what_they_take) {
  Str got = {0};
  host_complete(NULL, sv("d:split{te"), 10, add_kind, &got);
  assert_has(str_c(&got), "test=0.25\treal 0..1 ");
  str_clear(&got);
  host_complete(NULL, sv("stats.welch(d, '', {alt"), 23, add_kind, &got);
  assert_has(str_c(&got), "alternative=two.sided\ttwo.sided|");
  str_fini(&got);
}

static bool is_path(const char *text, const char *word) {
  size_t from;
  bool path = host_path_at(NULL, sv(text), strlen(text), &from);
  if (path) assert_string_equal(text + from, word);
  return path;
}

TEST(paths_are_known_by_their_option) {
  assert_true(is_path("data \"tit", "tit"));
  assert_true(is_path("x = data(\"a/b", "a/b"));
  assert_true(is_path("data{'a.csv', \"b", "b"));
  assert_true(is_path("d:save \"", ""));
  assert_false(is_path("d:where \"age", ""));
  assert_false(is_path("data(\"a\")", ""));
  assert_false(is_path("x = \"a", ""));
}

TEST(any_text_at_any_place_is_answered) {
  HostSnapshot *s = snapshot_of("d = frame{x = {1}};");
  RngKey key = rng_key(1, "complete");
  static const char alphabet[] = "d:.{}()\"'[]=~, \n\tpmlre12-\\\x80\xE2";
  for (uint64_t i = 0; i < 20000; i++) {
    char text[40];
    size_t n = (size_t)rng_below(key, i, 0, sizeof text);
    for (size_t k = 0; k < n; k++) text[k] = alphabet[rng_below(key, i, 1 + k, sizeof alphabet - 1)];
    Str got = {0};
    size_t at = (size_t)rng_below(key, i, 100, (int64_t)n + 1), from = host_complete(s, (Sv){text, n}, at, add, &got);
    assert_true(from <= at);
    str_fini(&got);
  }
  snapshot_unref(s);
}

static bool help(const char *topic, const char *part) {
  Str text = {0};
  bool found = host_help(sv(topic), &text);
  assert_has(str_c(&text), part);
  str_fini(&text);
  return found;
}

TEST(help_comes_from_the_rows) {
  assert_true(help("", "d:describe"));
  assert_true(help("d:head", "d:head(n)"));
  assert_true(help("head", "the first n rows"));
  assert_true(help("prep.impute", "scikit-learn"));
  assert_true(help(" split ", "0.25"));
  assert_true(help("", "  expressions "));
  assert_true(help("expressions", "\noperators, the tightest first\n"));
  assert_true(help("expressions", "  cumsum(x) "));
  assert_true(help("cumsum", "a function of expressions"));
  assert_true(help("date", "  date(y, m, d) "));
  assert_false(help("hed", "did you mean 'head'?"));
  assert_false(help("cumsm", "did you mean 'cumsum'?"));
}

RUN(CASE(a_colon_gives_verbs), CASE(a_point_gives_columns), CASE(a_word_gives_names_and_functions),
    CASE(a_string_in_a_call_gives_columns), CASE(a_second_string_too), CASE(braces_give_options),
    CASE(options_of_a_nested_table_too), CASE(members_follow_the_tables_of_lua), CASE(steps_follow_prep), CASE(options_of_a_step), CASE(tests_follow_stats),
    CASE(options_of_a_test), CASE(a_closed_call_is_over), CASE(the_last_word_of_an_expression_counts),
    CASE(a_name_may_have_blanks), CASE(a_blank_in_a_name_is_no_end_of_it),
    CASE(a_frame_among_the_arguments_gives_columns), CASE(without_a_frame_all_columns_fit),
    CASE(an_option_with_choices_gives_them), CASE(options_tell_their_default_and_what_they_take),
    CASE(paths_are_known_by_their_option), CASE(any_text_at_any_place_is_answered), CASE(help_comes_from_the_rows))
