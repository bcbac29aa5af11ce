// Calls as forms, the place of the cursor in a call, and the catalogue. What must come follows from the language: each
// call has the options of its table, and everything that has a table or a help page is listed.
#include "check.h"

#include "bind/bind_int.h"
#include "chart/chart.h"
#include "model/model.h"
#include "stats/tests.h"

static Arena arena;

static HostForm form_of(const char *topic) {
  HostForm f;
  if (!host_form(sv(topic), &arena, &f)) fail_msg("no form for '%s'", topic);
  return f;
}

// The call around '|' and the option that stands there, "-" for none: "d:head n".
static void check(const char *with_mark, const char *want) {
  const char *mark = strchr(with_mark, '|');
  Str text = {0}, got = {0};
  str_addn(&text, with_mark, (size_t)(mark - with_mark));
  str_add(&text, mark + 1);
  HostForm f;
  int at;
  if (host_form_at(NULL, (Sv){str_c(&text), text.n}, (size_t)(mark - with_mark), &arena, &f, &at))
    str_addf(&got, "%s %s", f.owner, at < 0 ? "-" : f.params[at].name);
  if (strcmp(str_c(&got), want) != 0) fail_msg("'%s' gives '%s', not '%s'", with_mark, str_c(&got), want);
  str_fini(&text), str_fini(&got);
}

TEST(a_topic_finds_verbs_charts_tests_steps_and_models) {
  assert_string_equal(form_of("d:head").owner, "d:head");
  assert_string_equal(form_of("d:hist").kind, "chart");
  assert_string_equal(form_of("hist").owner, "d:hist");
  assert_string_equal(form_of("stats.welch").kind, "test");
  assert_string_equal(form_of("prep.impute").params[0].name, "columns");
  assert_string_equal(form_of("ml.logistic").kind, "model");
  assert_string_equal(form_of("m:evaluate").of, "Model");
  assert_string_equal(form_of("c:save").of, "Plot");
  assert_string_equal(form_of("data").of, "");
  HostForm f;
  assert_false(host_form(sv("d:nothing"), &arena, &f));
  assert_false(host_form(sv("ml.impute"), &arena, &f));
  assert_false(host_form(sv(""), &arena, &f));
  arena_fini(&arena);
}

TEST(options_of_a_test_begin_with_the_frame_and_the_formula) {
  HostForm f = form_of("stats.welch");
  assert_string_equal(f.params[0].name, "d");
  assert_string_equal(f.params[1].name, "formula");
  assert_int_equal(f.npos, 2);
  assert_non_null(param_find(f.params, sv("alternative")));
  arena_fini(&arena);
}

TEST(the_option_at_the_cursor_is_found_by_place_and_by_name) {
  check("d:hist{|", "d:hist x");
  check("d:hist{'age', |", "d:hist -");
  check("d:hist{'age', bins=|", "d:hist bins");
  check("d:hist('age', {bins=3|0, by='sex'})", "d:hist bins");
  check("d:hist('age', {bins=30, by='s|ex'})", "d:hist by");
  check("d:scatter{'x', '|", "d:scatter y");
  check("d:head(|", "d:head n");
  check("d:head(3, {|", "d:head -");
  check("ml.logistic{l2=|", "ml.logistic l2");
  check("pipe{prep.impute{with=|", "prep.impute with");
  check("pipe{prep.impute{}, |", "pipe parts");
  check("pipe{ml.linear{}, target=|", "pipe target");
  check("d:describe{stats={'mean', '|", "d:describe stats");
  check("d:select{'a', 'b', '|", "d:select names");
  check("stats.welch(d, '|", "stats.welch formula");
  arena_fini(&arena);
}

TEST(outside_of_calls_and_in_unknown_ones_there_is_none) {
  check("x = |", "");
  check("d:head(3) |", "");
  check("f(|", "");
  check("f(d:head(|", "d:head n");
  check("d:head(f(1, |", "d:head n"); // the innermost known one
  check("ml.nothing{|", "");
  arena_fini(&arena);
}

// ---- the catalogue -------------------------------------------------------------------------------------------------
typedef struct Count {
  int64_t n, verbs, charts, tests, steps, models, expressions, calls;
} Count;

static void count(void *ctx, const HostEntry *e) {
  Count *c = ctx;
  HostForm f;
  Str page = {0};
  assert_true(*e->name && *e->lua && *e->doc && *e->topic && !strchr(e->doc, '\n'));
  if (!host_help(sv(e->topic), &page)) fail_msg("no help on %s", e->topic);
  str_fini(&page);
  if (e->options >= 0 && !host_form(sv(e->topic), &arena, &f)) fail_msg("no form for %s", e->topic);
  assert_true(e->needs <= e->options || e->options < 0);
  c->n++, c->calls += e->options >= 0;
  c->verbs += strcmp(e->kind, "verb") == 0, c->charts += strcmp(e->kind, "chart") == 0;
  c->tests += strcmp(e->kind, "test") == 0, c->steps += strcmp(e->kind, "step") == 0;
  c->models += strcmp(e->kind, "model") == 0, c->expressions += strcmp(e->kind, "expression") == 0;
}

TEST(everything_in_the_tables_is_listed_with_its_help_page) {
  Count c = {0};
  int64_t charts = 0, tests = 0, models = 0;
  for (const ChartType *const *t = chart_types(); *t; t++) charts++;
  for (const TestType *const *t = test_types(); *t; t++) tests++;
  for (const ModelType *const *t = model_types(); *t; t++) models++;
  host_catalogue(count, &c);
  assert_int_equal(c.charts, charts);
  assert_int_equal(c.tests, tests);
  assert_int_equal(c.models, models);
  assert_true(c.steps >= 3 && c.verbs > 60 && c.expressions > 50 && c.calls > 100);
  arena_fini(&arena);
}

RUN(CASE(a_topic_finds_verbs_charts_tests_steps_and_models),
    CASE(options_of_a_test_begin_with_the_frame_and_the_formula),
    CASE(the_option_at_the_cursor_is_found_by_place_and_by_name),
    CASE(outside_of_calls_and_in_unknown_ones_there_is_none),
    CASE(everything_in_the_tables_is_listed_with_its_help_page))
