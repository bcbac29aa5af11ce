// t tests, analysis of variance, comparisons of pairs, variances, shares, rates and correlations. Expected values:
// golden/r_parametric.h (R 4.2.2), Tukey's and Games and Howell's pairs from SciPy 1.10.1, limits of eta squared from
// mpmath 1.2.1, NIST StRD's analysis of variance.
#include "unit/stats/test_help.h"

#include "frame/expr.h"

typedef struct ParametricRow {
  const char *test, *data, *formula, *options; // data: a bundled table, with "?condition" behind it some of its rows
  int row;                                     // of the answer
  struct {
    const char *column;
    double value;
  } want[12];
} ParametricRow;
#include "golden/r_parametric.h"

static Frame *some_rows(const char *data) {
  const char *cond = strchr(data, '?');
  if (!cond) return stats_data(data);
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)(cond - data), data);
  Frame *all = stats_data(name), *some = NULL;
  Err err = {0};
  if (frame_where(NULL, all, sv(cond + 1), NULL, 0, &some, &err) != OK) fail_msg("%s", err.msg);
  frame_unref(all);
  return some;
}

static bool is_near(double got, double want, double tol) {
  return got == want || fabs(got - want) <= tol * fabs(want) || (isnan(got) && isnan(want));
}

static bool is_effect(const char *column) {
  return strcmp(column, "effect_low") == 0 || strcmp(column, "effect_high") == 0;
}

// Answers are kept while the same question goes on: the rows of one stand side by side.
TEST(answers_equal_r) {
  Frame *f = NULL, *r = NULL;
  const char *data = "";
  for (size_t k = 0; k < sizeof PARAMETRIC / sizeof *PARAMETRIC; k++) {
    const ParametricRow *g = &PARAMETRIC[k];
    if (strcmp(data, g->data) != 0) {
      frame_unref(f);
      f = some_rows(data = g->data);
    }
    r = stats_answer(g->test, f, g->formula, g->options);
    for (int j = 0; j < 12 && g->want[j].column; j++) {
      double got = stats_cell(r, g->want[j].column, g->row), want = g->want[j].value;
      double tol = is_effect(g->want[j].column) && strstr(g->test, "prop") == NULL ? 1e-8 : 1e-10; // R's own pt of ncp
      if (!is_near(got, want, tol))
        fail_msg("%s of %s, %s {%s} row %d: %s is %.17g, expected %.17g", g->test, g->data, g->formula, g->options,
                 g->row, g->want[j].column, got, want);
    }
    frame_unref(r);
  }
  frame_unref(f);
}

TEST(p_values_are_adjusted_as_r_does) {
  enum { N = sizeof ADJUST_P / sizeof *ADJUST_P };
  double got[N];
  for (int method = ADJUST_HOLM; method <= ADJUST_NONE; method++) {
    assert_int_equal(stats_adjust(NULL, ADJUST_P, N, method, got, NULL), OK);
    for (int i = 0; i < N; i++)
      if (!is_near(got[i], ADJUSTED[method][i], 1e-14)) fail_msg("method %d, %d: %.17g", method, i, got[i]);
  }
}

RUN(CASE(answers_equal_r), CASE(p_values_are_adjusted_as_r_does))
