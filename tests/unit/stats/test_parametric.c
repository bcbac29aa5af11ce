// t tests, analysis of variance, comparisons of pairs, variances, shares, rates and correlations. Expected values:
// golden/r_parametric.h (R 4.2.2), Tukey's and Games and Howell's pairs from SciPy 1.10.1,
// NIST StRD's analysis of variance, certified values and data of www.itl.nist.gov/div898/strd.
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
#include "golden/scipy_pairs.h"

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

// Limits of effects come from R's pt and pf of a noncentrality, which are that exact.
static bool is_effect(const char *column) {
  return strcmp(column, "effect_low") == 0 || strcmp(column, "effect_high") == 0;
}

// Answers are kept while the same question goes on: the rows of one stand side by side.
TEST(answers_equal_r) {
  Frame *f = NULL, *r = NULL;
  const char *data = "";
  int wrong = 0;
  for (size_t k = 0; k < sizeof PARAMETRIC / sizeof *PARAMETRIC; k++) {
    const ParametricRow *g = &PARAMETRIC[k];
    if (strcmp(data, g->data) != 0) {
      frame_unref(f);
      f = some_rows(data = g->data);
    }
    r = stats_answer(g->test, f, g->formula, g->options);
    for (int j = 0; j < 12 && g->want[j].column; j++) {
      double got = stats_cell(r, g->want[j].column, g->row), want = g->want[j].value;
      double tol = is_effect(g->want[j].column) ? 1e-7 : 1e-10;
      if (!is_near(got, want, tol))
        wrong++, print_error("%s of %s, %s {%s} row %d: %s is %.17g, expected %.17g\n", g->test, g->data, g->formula,
                             g->options, g->row, g->want[j].column, got, want);
    }
    frame_unref(r);
  }
  frame_unref(f);
  assert_int_equal(wrong, 0);
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

// SciPy's p is 1 less the other tail: 1e-10 of it is noise.
TEST(pairs_equal_scipy) {
  for (size_t k = 0; k < sizeof PAIRS / sizeof *PAIRS; k++) {
    const ParametricRow *g = &PAIRS[k];
    Frame *f = some_rows(g->data), *r = stats_answer(g->test, f, g->formula, g->options);
    for (int j = 0; j < 12 && g->want[j].column; j++) {
      double got = stats_cell(r, g->want[j].column, g->row), want = g->want[j].value;
      if (!(fabs(got - want) <= 1e-10 + 1e-10 * fabs(want)))
        fail_msg("%s of %s, row %d: %s is %.17g, expected %.17g", g->test, g->data, g->row, g->want[j].column, got,
                 want);
    }
    frame_unref(f);
    frame_unref(r);
  }
}

// ---- NIST ----------------------------------------------------------------------------------------------------------
static double lre(double got, double want) {
  double e = fabs(got - want) / fabs(want);
  return e < 1e-15 ? 15 : -log10(e);
}

typedef struct Certified {
  const char *name;
  double between, within, f;
} Certified;

static void check_nist(const Certified *want, const int *group, const double *y, int64_t n, double gate) {
  Frame *f = frame_new(n);
  Column *g = NULL, *v = NULL;
  assert_int_equal(column_new(NULL, COL_I64, n, NULL, &g, NULL), OK);
  assert_int_equal(column_new(NULL, COL_F64, n, NULL, &v, NULL), OK);
  for (int64_t i = 0; i < n; i++) g->i[i] = group[i], v->f[i] = y[i];
  assert_int_equal(frame_add(f, "g", g, NULL), OK);
  assert_int_equal(frame_add(f, "y", v, NULL), OK);
  Frame *r = stats_answer("anova", f, "y ~ g", "");
  double got[] = {stats_cell(r, "sum_sq", 0), stats_cell(r, "sum_sq", 1), stats_cell(r, "statistic", 0)};
  double certified[] = {want->between, want->within, want->f};
  for (int k = 0; k < 3; k++)
    if (lre(got[k], certified[k]) < gate)
      fail_msg("%s: %.17g agrees with %.17g to %.1f digits", want->name, got[k], certified[k],
               lre(got[k], certified[k]));
  frame_unref(r);
  frame_unref(f);
}

// Simon and Lesage's sets: nine treatments with the values c + .4, then c + .3 and c + .5 in turn; every even treatment
// is .1 lower and every further odd one .1 higher. The decimals are read, as from a file.
static void simon_lesage(const Certified *want, const char *c, int times, double gate) {
  enum { MOST = 18009 };
  static int group[MOST];
  static double y[MOST];
  int64_t n = 0;
  for (int g = 0; g < 9; g++)
    for (int i = 0; i < times; i++) {
      char text[40];
      int tenths = (i == 0 ? 4 : i % 2 ? 3 : 5) + (g == 0 ? 0 : g % 2 ? -1 : 1);
      snprintf(text, sizeof text, "%s.%d", c, tenths);
      group[n] = g, y[n++] = strtod(text, NULL);
    }
  check_nist(want, group, y, n, gate);
}

TEST(simon_and_lesages_nine_sets_keep_at_least_nine_digits) {
  static const Certified few = {"SmLs01, 04, 07", 1.68, 1.8, 21}, some = {"SmLs02, 05, 08", 16.08, 18, 201},
                         many = {"SmLs03, 06, 09", 160.08, 180, 2001};
  static const char *const centre[] = {"1", "1000000", "1000000000000"};
  for (int k = 0; k < 3; k++) {
    simon_lesage(&few, centre[k], 21, 9);
    simon_lesage(&some, centre[k], 201, 9);
    simon_lesage(&many, centre[k], 2001, 9);
  }
}

TEST(measured_sets_of_nist_keep_nine_digits) {
  static const double resistivity[] = {196.3052, 196.1240, 196.1890, 196.2569, 196.3403, 196.3042, 196.3825,
                                       196.1669, 196.3257, 196.0422, 196.1303, 196.2005, 196.2889, 196.0343,
                                       196.1811, 196.2795, 196.1748, 196.1494, 196.1485, 195.9885, 196.2119,
                                       196.1051, 196.1850, 196.0052, 196.2090};
  static const int silver[] = {// the last four digits of 107.868....
                               1568, 1465, 1572, 1785, 1446, 1903, 1526, 1494, 1616, 1587, 1519, 1486,
                               1419, 1569, 1508, 1672, 1385, 1518, 1662, 1424, 1360, 1333, 1610, 1477,
                               1079, 1344, 1513, 1197, 1604, 1385, 1642, 1365, 1151, 1082, 1517, 1448,
                               1198, 1482, 1334, 1609, 1101, 1512, 1469, 1360, 1254, 1261, 1450, 1368};
  static const Certified sirstv = {"SiRstv", 5.11462616e-2, 2.16636560e-1, 1.18046237440255};
  static const Certified agwt = {"AtmWtAg", 3.63834187500000e-9, 1.04951729166667e-8, 1.59467335677930e1};
  int group[48];
  double y[48];
  for (int i = 0; i < 25; i++) group[i] = i / 5;
  check_nist(&sirstv, group, resistivity, 25, 9);
  for (int i = 0; i < 48; i++) group[i] = i / 24, y[i] = (1078680000.0 + silver[i]) / 1e7;
  check_nist(&agwt, group, y, 48, 9);
}

// ---- words and refusals --------------------------------------------------------------------------------------------
static void expect_words(const char *test, const char *data, const char *formula, const char *words, const char *part) {
  Frame *f = some_rows(data), *r = stats_answer(test, f, formula, words);
  assert_has(frame_caption(r), part);
  frame_unref(f);
  frame_unref(r);
}

TEST(captions_say_method_hypothesis_and_assumptions) {
  expect_words("t", "titanic", "age ~ sex", "", "263 rows with missing values left out.");
  expect_words("t", "titanic", "age ~ sex", "alternative=less",
               "the mean of female minus that of male is less than 0.");
  expect_words("t", "titanic", "age ~ sex", "",
               "Normality is doubtful: female (p < 0.001), male (p < 0.001) by Shapiro-Wilk.");
  expect_words("anova", "insect_sprays", "count ~ spray", "", "Equal variances are doubtful: Levene");
  expect_words("anova", "toothgrowth", "len ~ supp * dose", "", "balanced");
  expect_words("anova", "penguins", "body_mass_g ~ species * sex", "", "type II");
  expect_words("anova", "penguins", "body_mass_g ~ species + island", "", "4 of the combinations do not occur.");
  expect_words("proportion", "titanic", "survived ~ sex", "", "with Yates's correction of the share of survived = yes");
  expect_words("pairwise_t", "iris", "sepal_width_cm ~ class", "adjust=BH",
               "Benjamini and Hochberg's correction for 3");
}

static void expect_refusal(const char *test, const char *data, const char *formula, const char *words, ErrCode code,
                           const char *part) {
  Frame *f = some_rows(data);
  assert_has(stats_refusal(test, f, formula, words, code), part);
  frame_unref(f);
}

TEST(many_groups_are_looked_at) {
  Frame *f = frame_new(900);
  Column *g = NULL, *v = NULL;
  TextBuilder b;
  textb_init(&b, NULL);
  assert_int_equal(column_new(NULL, COL_F64, 900, NULL, &v, NULL), OK);
  for (int i = 0; i < 900; i++) {
    char name[16];
    snprintf(name, sizeof name, "g%d", i % 300);
    assert_int_equal(textb_add(&b, sv(name), NULL), OK);
    v->f[i] = (i * 37) % 101;
  }
  assert_int_equal(textb_take(&b, &g, NULL), OK);
  textb_fini(&b);
  assert_int_equal(frame_add(f, "g", g, NULL), OK);
  assert_int_equal(frame_add(f, "y", v, NULL), OK);
  Frame *r = stats_answer("anova", f, "y ~ g", "");
  assert_true(stats_cell(r, "df1", 0) == 299);
  frame_unref(r);
  frame_unref(f);
}

TEST(what_a_test_cannot_answer_says_why) {
  expect_refusal("t", "iris", "sepal_length_cm ~ class", "", ERR_ARG, "exactly 2 groups, it makes 3 (setosa, ");
  expect_refusal("t", "iris", "class ~ sepal_length_cm", "", ERR_TYPE, "'class' must be numbers, it is category");
  expect_refusal("t", "iris?sepal_length_cm > 99", "sepal_length_cm", "", ERR_ARG, "at least 2 are needed");
  expect_refusal("welch", "iris", "sepal_length_cm ~ sepal_width_cm", "", ERR_TYPE, "more than 20 different values");
  expect_refusal("welch", "iris", "sepal_length_cm ~ class", "mu=1", ERR_ARG, "mu and alternative are for two groups");
  expect_refusal("anova", "toothgrowth", "len ~ supp + dose | len", "", ERR_PARSE, "cannot be a block");
  expect_refusal("paired_t", "toothgrowth", "len ~ supp | dose", "", ERR_ARG, "more than one row with 'VC'");
  expect_refusal("proportion", "iris", "class", "", ERR_ARG, "must have two values, it has 3");
  expect_refusal("proportion", "titanic", "survived ~ sex", "positive=maybe", ERR_ARG, "'survived' has no and yes");
  expect_refusal("poisson", "iris", "sepal_length_cm", "", ERR_ARG, "must be counts");
  expect_refusal("poisson", "insect_sprays", "count", "exposure=cont", ERR_NAME, "did you mean 'count'");
  expect_refusal("correlation", "iris", "sepal_length_cm", "", ERR_ARG, "y ~ x");
  expect_refusal("var", "iris", "sepal_length_cm ~ x", "", ERR_NAME, "no column 'x'");
}

// shapiro.test of the residuals of aov and leveneTest of the cells, R 4.2.2 with car 3.1.1.
TEST(two_factors_say_what_they_take_for_granted) {
  static const struct {
    const char *data, *formula, *said;
  } of[] = {
      {"toothgrowth", "len ~ supp * dose",
       "balanced. Normality: Shapiro-Wilk p = 0.67. Equal variances: Levene p = 0.15."},
      {"toothgrowth", "len ~ supp + dose", "Normality: Shapiro-Wilk p = 0.057. Equal variances: Levene p = 0.15."},
      {"titanic", "age ~ sex * passengerClass",
       "doubtful: the residuals (p < 0.001) by Shapiro-Wilk. Equal variances are doubtful: Levene p < 0.001"},
  };
  for (int k = 0; k < 3; k++) {
    Frame *f = stats_data(of[k].data), *r = stats_answer("anova", f, of[k].formula, "");
    assert_has(frame_caption(r), of[k].said);
    frame_unref(r);
    frame_unref(f);
  }
}

RUN(CASE(two_factors_say_what_they_take_for_granted), CASE(answers_equal_r), CASE(p_values_are_adjusted_as_r_does),
    CASE(pairs_equal_scipy), CASE(simon_and_lesages_nine_sets_keep_at_least_nine_digits),
    CASE(measured_sets_of_nist_keep_nine_digits), CASE(captions_say_method_hypothesis_and_assumptions),
    CASE(many_groups_are_looked_at), CASE(what_a_test_cannot_answer_says_why))
