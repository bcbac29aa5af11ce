// What a number is: expected numbers from pandas 1.5.3 and scipy 1.10.1 on the bundled titanic and iris (describe,
// quantile, skew, t, ttest_ind, kendalltau, chi2_contingency), sums by hand from their columns. Then every cell of
// every kind of answer is explained, and each condition that is named as its rows runs and keeps as many as it says.
#include "check.h"

#include "bind/bind_int.h"
#include "kernel/kernel_int.h"
#include "stats/explain.h"
#include "stats/tests.h"

#include <stdlib.h>

typedef struct Rig {
  Session s;
  Frame *last;
  char text[256];
} Rig;

static void take(Session *s, const HostValue *v) {
  Rig *r = s->sink_ctx;
  if (v->kind == VALUE_INT) snprintf(r->text, sizeof r->text, "%lld", (long long)v->i);
  if (v->kind != VALUE_FRAME) return;
  frame_unref(r->last);
  r->last = frame_ref(v->frame);
}
static void ignore(Session *s, Sv text) { (void)s, (void)text; }
static void accepted(Session *s, const char *text) { (void)s, (void)text; }
static const Sink SINK = {take, NULL, ignore, accepted};
static const KernelOpts OPTS = {.format = "text", .seed = 1, .threads = 2};

static void rig_open(Rig *r) {
  Err err;
  *r = (Rig){.last = NULL};
  assert_int_equal(session_open(&r->s, &OPTS, ".", true, &err), OK);
  r->s.sink = &SINK, r->s.sink_ctx = r;
}

static void rig_close(Rig *r) {
  frame_unref(r->last);
  session_close(&r->s);
}

static void run(Rig *r, const char *lua) {
  CellError e;
  if (host_run_cell(r->s.host, 1, sv(lua), &e) != OK) fail_msg("%s\n  %s", lua, e.err.msg);
}

// The explanation as a page; "" when there is none.
static const char *explain(Rig *r, int64_t row, const char *column, Str *out) {
  Explained e;
  Err err = {0};
  str_clear(out);
  explained_init(&e);
  int j = frame_find(r->last, sv(column));
  assert_true(j >= 0);
  ErrCode code = explain_cell(&r->s.job, r->last, row, j, &e, &err);
  if (code == OK) explained_print(&e, out);
  else if (code != ERR_ARG) fail_msg("%s in row %lld: %s", column, (long long)row + 1, err.msg);
  explained_fini(&e);
  return str_c(out);
}

#define SAYS(row, column, text) assert_has(explain(&r, row, column, &page), text)

TEST(statistics_of_a_column_come_with_its_numbers) {
  Rig r;
  Str page = {0};
  rig_open(&r);
  run(&r, "return data('titanic'):describe{stats='all'}");
  SAYS(3, "n", "n = 1,309 − 263 = 1,046");
  SAYS(3, "mean", "mean = 31,255.7 / 1,046 = 29.88");
  SAYS(3, "sd", "sd = √( 217,098 / 1,045 ) = 14.41");
  SAYS(3, "var", "var = 217,098 / 1,045 = 207.7");
  SAYS(3, "se", "se = 14.41 / √1,046 = 0.4457");
  SAYS(3, "low", "low = 29.88 − 1.962 × 0.4457 = 29.01");
  SAYS(3, "median", "h = 1,045 × 0.5 + 1 = 523.5: x[523] = 28, x[524] = 28, median = 28");
  SAYS(3, "iqr", "iqr = 39 − 21 = 18");
  SAYS(3, "iqr", "d:where \"age >= 21 and age <= 39\" (552)");
  SAYS(3, "mad", "mad = 1.4826 × 8 = 11.86");
  SAYS(3, "skew", "skew = 1.001 × 1,217.2 / 207.55^(3/2) = 0.4077");
  SAYS(3, "kurtosis", "kurtosis = 0.1469");
  SAYS(3, "mode", "mode = 24, 47 times among 1,046 values");
  SAYS(3, "outliers_iqr", "d:where \"age < -6 or age > 66\" (9)");
  SAYS(3, "min", "d:where \"age == 0.166700006\"");
  SAYS(2, "freq", "top = male, freq = 843 of 1,309 values (64.4%)");
  SAYS(2, "top", "d:where \"sex == 'male'\"");
  SAYS(3, "mean", "9 values beyond 1.5 IQR");
  assert_string_equal(explain(&r, 3, "top", &page), "");
  assert_string_equal(explain(&r, 3, "column", &page), "");
  str_fini(&page);
  rig_close(&r);
}

TEST(a_group_is_explained_by_its_own_rows) {
  Rig r;
  Str page = {0};
  rig_open(&r);
  run(&r, "return data('titanic'):describe{'age', by='sex', stats={'mean'}}");
  SAYS(0, "mean", "mean of age where sex == 'female'");
  SAYS(0, "mean", "mean = 11,130.6 / 388 = 28.69");
  SAYS(0, "mean", "d:where \"sex == 'female' and not is_missing(age)\"");
  run(&r, "return data('titanic'):describe{'age', by='sex', stats={'mean'}}:sort{'-sex'}");
  SAYS(1, "mean", "mean = 11,130.6 / 388 = 28.69");
  str_fini(&page);
  rig_close(&r);
}

TEST(pairs_come_with_their_sums) {
  Rig r;
  Str page = {0};
  rig_open(&r);
  run(&r, "return data('iris'):corr()");
  SAYS(0, "petal_width_cm", "r = 76.9243 / √( 102.168 × 86.5699 ) = 0.8179");
  run(&r, "return data('iris'):corr{method='kendall', missing='complete'}");
  SAYS(0, "petal_width_cm", "tau-b = 6,932 / √( 10,800 × 10,361 ) = 0.6553, of 11,175 pairs");
  run(&r, "return data('titanic'):crosstab('sex', 'survived')");
  SAYS(0, "no", "count = 127, expected = 466 × 809 / 1,309 = 288");
  SAYS(0, "no", "161 fewer than expected (adjusted residual −19.13");
  SAYS(0, "no", "d:where \"sex == 'female' and survived == 'no'\"");
  str_fini(&page);
  rig_close(&r);
}

TEST(tests_come_with_their_groups) {
  Rig r;
  Str page = {0};
  rig_open(&r);
  run(&r, "return stats.welch(data('titanic'), 'age ~ sex')");
  SAYS(0, "statistic", "t = (28.69 − 30.59) / √( 14.58² / 388 + 14.28² / 658 ) = −2.05");
  SAYS(0, "p", "p = 2 · P(T ≥ 2.05) with 798.4 df = 0.04072");
  SAYS(0, "estimate", "estimate = 28.69 − 30.59 = −1.898");
  run(&r, "return stats.anova(data('titanic'), 'age ~ passengerClass')");
  SAYS(0, "statistic", "F = 18,670 / 172.3 = 108.3");
  SAYS(0, "eta_sq", "eta_sq = 37,339.4 / (37,339.4 + 179,758) = 0.172");
  str_fini(&page);
  rig_close(&r);
}

TEST(metrics_come_with_their_counts) {
  Rig r;
  rig_open(&r);
  run(&r, "local d = data('titanic'):select{'survived', 'sex'}"
          "return pipe{prep.onehot{}, ml.logistic{}}:fit(d, 'survived'):evaluate(d):explain 'precision'");
  Sv part = col_text(frame_at(r.last, 0), 2), text = col_text(frame_at(r.last, 1), 2); // women are called survivors
  assert_true(sv_is(part, "numbers") && sv_is(text, "precision = 339 / (339 + 127) = 0.7275"));
  rig_close(&r);
}

// `rows  d:where "..." (47)`: the condition runs, and where a count stands behind it, keeps so many.
static void check_rows(Rig *r, const char *source, const char *page) {
  const char *at = strstr(page, "d:where \""), *end = at ? strstr(at + 9, "\"") : NULL;
  while (end && end[-1] == '\\') end = strstr(end + 1, "\"");
  if (!end) return;
  Str lua = {0};
  str_addf(&lua, "local d = %s return (%.*s).nrow", source, (int)(end + 1 - at), at);
  run(r, str_c(&lua));
  if (end[1] == ' ' && end[2] == '(') {
    int64_t want = 0;
    for (const char *p = end + 3; *p && *p != ')'; p++) want = *p == ',' ? want : want * 10 + (*p - '0');
    if (want != atoll(r->text)) fail_msg("%s\n%s keeps %s", page, str_c(&lua), r->text);
  }
  str_fini(&lua);
}

static void check_cells(Rig *r, const char *source, const char *verb) {
  Str page = {0}, lua = {0};
  str_addf(&lua, "local d = %s return %s", source, verb);
  run(r, str_c(&lua));
  Frame *answer = frame_ref(r->last);
  int64_t told = 0;
  for (int64_t i = 0; i < frame_nrow(answer); i++)
    for (int j = 0; j < frame_ncol(answer); j++) {
      frame_unref(r->last), r->last = frame_ref(answer);
      explain(r, i, frame_name(answer, j), &page);
      told += page.n > 0;
      check_rows(r, source, str_c(&page));
    }
  if (!told) fail_msg("nothing of %s is explained", verb);
  frame_unref(answer);
  str_fini(&page);
  str_fini(&lua);
}

TEST(every_cell_has_an_explanation_or_none_and_its_rows_can_be_had) {
  static const char *const verbs[] = {"d:describe{stats='all'}",
                                      "d:describe{stats='all', type=6, shape='g'}",
                                      "d:describe{'bill_length_mm', by={'species', 'sex'}, stats='all'}",
                                      "d:describe{'bill_length_mm', weight='body_mass_g'}",
                                      "d:corr{show='long'}",
                                      "d:corr{method='spearman', missing='complete'}",
                                      "d:corr{method='kendall', show='p'}",
                                      "d:corr{show='low'}",
                                      "d:cov{}",
                                      "d:partial{show='long'}",
                                      "d:assoc()",
                                      "d:assoc{target='sex'}",
                                      "d:assoc{show='long'}",
                                      "d:crosstab('species', 'island')",
                                      "d:crosstab('species', 'sex', {by='island', show='adjusted'})",
                                      "d:crosstab('species', 'sex', {show='row'})",
                                      "d:crosstab('species', 'sex', {show='pearson'})"};
  Rig r;
  rig_open(&r);
  for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) check_cells(&r, "data('penguins')", verbs[k]);
  check_cells(&r, "data('airpassengers')", "d:describe{stats='all'}");
  rig_close(&r);
}

TEST(every_test_explains_its_numbers) {
  Rig r;
  Str page = {0};
  rig_open(&r);
  for (const TestType *const *t = test_types(); *t; t++) {
    run(&r, (*t)->example);
    int64_t told = 0;
    for (int j = 0; j < frame_ncol(r.last); j++)
      for (int64_t i = 0; i < frame_nrow(r.last); i++) told += explain(&r, i, frame_name(r.last, j), &page)[0] != 0;
    if (!told) fail_msg("stats.%s explains nothing", (*t)->name);
  }
  str_fini(&page);
  rig_close(&r);
}

// ---- errors --------------------------------------------------------------------------------------------------------
static void refused(Rig *r, const char *lua, const char *why) {
  CellError e;
  if (host_run_cell(r->s.host, 1, sv(lua), &e) == OK) fail_msg("%s is no error", lua);
  assert_has(e.err.msg, why);
}

TEST(what_cannot_be_explained_is_an_error) {
  Rig r;
  rig_open(&r);
  refused(&r, "return stats.explain(data('titanic'), 'age', 'maen')", "did you mean 'mean'?");
  refused(&r, "return stats.explain(data('titanic'), 'agee', 'mean')", "did you mean 'age'?");
  refused(&r, "return stats.explain(data('titanic'), 'sex', 'mean')", "'sex' is category, it has no mean");
  refused(&r, "return stats.explain(data('titanic'), {'age', 'sex', 'name'}, 'r')", "one column or two");
  refused(&r, "return stats.explain(data('iris'), {'sepal_length_cm', 'class'}, 'r')", "class");
  refused(&r, "return stats.explain(data('iris'), {'sepal_length_cm', 'petal_width_cm'}, 'rr')", "of two columns");
  refused(&r, "local d = data 'iris' return ml.logistic{}:fit(d, 'class'):evaluate(d):explain 'rmse'", "rmse");
  run(&r, "return data('titanic'):head(3)");
  Explained e;
  Err err;
  explained_init(&e);
  assert_int_equal(explain_cell(&r.s.job, r.last, 0, 0, &e, &err), ERR_ARG);
  explained_fini(&e);
  rig_close(&r);
}

RUN(CASE(statistics_of_a_column_come_with_its_numbers), CASE(a_group_is_explained_by_its_own_rows),
    CASE(pairs_come_with_their_sums), CASE(tests_come_with_their_groups), CASE(metrics_come_with_their_counts),
    CASE(every_cell_has_an_explanation_or_none_and_its_rows_can_be_had), CASE(every_test_explains_its_numbers),
    CASE(what_cannot_be_explained_is_an_error))
