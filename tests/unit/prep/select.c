// Scores and what stays against f_classif, f_regression, chi2, VarianceThreshold, SelectKBest, SelectPercentile and
// SelectFpr of scikit-learn 1.2.1 on bundled data; mutual information without ties against its estimators without
// noise, and with ties inside the spread that its noise gives (tests/golden/make/prep_shape.py).
#include "golden/sklearn_shape.h"
#include "unit/prep/shape_help.h"

#include "frame/verbs.h"

#include <stdlib.h>

// What a step sees of a table: its rows without missing values, less the target, which becomes numbers.
typedef struct Task {
  Frame *x;
  double *y;
  const char *name[20];
  Names levels;
} Task;

static Task task_new(const char *data, const char *target) {
  Frame *d = help_data(data);
  Task t = {.y = calloc((size_t)frame_nrow(d), sizeof(double))};
  Names gone = {(const char **)(uintptr_t)&target, 1};
  const Column *c = help_col(d, target);
  t.levels.name = t.name;
  for (int64_t i = 0; i < c->n; i++) {
    if (!col_is_text(c)) {
      t.y[i] = col_f64(c, i);
      continue;
    }
    t.y[i] = (double)col_code(c, i); // dictionaries are sorted
    t.levels.n = c->dict->n;
    t.name[col_code(c, i)] = "class";
  }
  assert_int_equal(frame_drop(d, &gone, &t.x, NULL), OK);
  frame_unref(d);
  return t;
}

static void task_free(Task *t) {
  frame_unref(t->x);
  free(t->y);
}

static ErrCode fit_task(Step *s, const Task *t, uint64_t seed) {
  StepIn in = {.x = t->x, .y = t->y, .levels = t->levels.n ? &t->levels : NULL, .seed = seed};
  arena_fini(&s->state.arena);
  s->state = (StepState){0};
  return s->type->fit(NULL, s->opts, &in, &s->state, &s->err);
}

static int64_t row_of(const Frame *card, const char *column) {
  const Column *c = help_col(card, "column");
  int64_t i = 0;
  while (!sv_is(col_text(c, i), column)) i++;
  return i;
}

// p far out in the tail is compared by its relative error.
static void assert_p(double got, double want) {
  if (isnan(want)) return;
  if (!(fabs(got - want) <= 1e-9 * want + 1e-300)) fail_msg("p is %.17g, expected %.17g", got, want);
}

TEST(scores_and_what_stays_are_those_of_scikit_learn) {
  for (size_t k = 0; k < sizeof SCORES / sizeof *SCORES; k++) {
    Task t = task_new(SCORES[k].data, SCORES[k].target);
    Step s = help_step("select");
    char by[20];
    snprintf(by, sizeof by, "%.*s", (int)strcspn(SCORES[k].opts + 3, ";"), SCORES[k].opts + 3);
    set_opts(&s, SCORES[k].opts);
    if (fit_task(&s, &t, 1) != OK) fail_msg("%s", s.err.msg);
    Frame *card = card_of(&s), *z = applied(&s, t.x);
    int64_t i = row_of(card, SCORES[k].column);
    const char *score = strcmp(by, "f") == 0 ? "f" : strcmp(by, "chi2") == 0 ? "chi2" : "variance";
    assert_near(col_f64(help_col(card, score), i), SCORES[k].score, 1e-9);
    if (!isnan(SCORES[k].p)) assert_p(col_f64(help_col(card, "p"), i), SCORES[k].p);
    assert_int_equal(frame_find(z, sv(SCORES[k].column)) >= 0, SCORES[k].stays);
    frame_unref(z);
    frame_unref(card);
    task_free(&t);
    help_fini(&s);
  }
}

// ---- mutual information --------------------------------------------------------------------------------------------
enum { MADE = 400 };

static double draw(int64_t *s) {
  *s = 16807 * *s % 2147483647;
  return (double)*s / 2147483647;
}

static Column *real_column(void) {
  Column *c;
  assert_int_equal(column_new(NULL, COL_F64, MADE, NULL, &c, NULL), OK);
  return c;
}

// a, b, k and, as y, the class or b.
static Task made(bool classes) {
  static const char *const names[] = {"a", "b", "k"};
  Column *c[3] = {real_column(), real_column(), NULL};
  Task t = {.x = frame_new(MADE), .y = calloc(MADE, sizeof(double)), .name = {"no", "yes"}};
  int64_t s = 20240229;
  t.levels = (Names){t.name, classes ? 2 : 0};
  assert_int_equal(column_new(NULL, COL_I64, MADE, NULL, &c[2], NULL), OK);
  for (int64_t i = 0; i < MADE; i++) {
    double u[4];
    for (int k = 0; k < 4; k++) u[k] = draw(&s);
    c[0]->f[i] = u[0], c[1]->f[i] = u[0] * u[0] + 0.3 * u[1], c[2]->i[i] = (int64_t)(3 * u[2]);
    t.y[i] = classes ? u[0] + 0.5 * u[3] > 0.7 : c[1]->f[i];
  }
  for (int k = 0; k < 3; k++) assert_int_equal(frame_add(t.x, names[k], c[k], NULL), OK);
  return t;
}

static double mutual_of(Step *s, const char *column) {
  Frame *card = card_of(s);
  double v = col_f64(help_col(card, "mutual_information"), row_of(card, column));
  frame_unref(card);
  return v;
}

TEST(mutual_information_of_values_that_differ_is_that_of_scikit_learn) {
  Task classes = made(true), values = made(false);
  Step s = help_step("select");
  set_text(&s, "by", "mutual");
  assert_int_equal(fit_task(&s, &classes, 1), OK);
  assert_near(mutual_of(&s, "a"), MUTUAL_MADE[0], 1e-9);
  assert_near(mutual_of(&s, "b"), MUTUAL_MADE[1], 1e-9);
  assert_near(mutual_of(&s, "k"), MUTUAL_MADE[2], 1e-9);
  assert_int_equal(fit_task(&s, &values, 1), OK);
  assert_near(mutual_of(&s, "a"), MUTUAL_MADE[3], 1e-9);
  assert_near(mutual_of(&s, "k"), MUTUAL_MADE[4], 1e-9);
  task_free(&classes);
  task_free(&values);
  help_fini(&s);
}

TEST(mutual_information_of_real_data_has_the_mean_that_scikit_learn_has) {
  enum { SEEDS = 10 };
  Task wine = task_new("wine", "class"), homes = task_new("sacramento_homes", "price");
  const size_t nwine = sizeof MUTUAL_WINE / sizeof *MUTUAL_WINE, nhomes = sizeof MUTUAL_HOMES / sizeof *MUTUAL_HOMES;
  double sum[40] = {0};
  Step s = help_step("select");
  set_text(&s, "by", "mutual");
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    assert_int_equal(fit_task(&s, &wine, seed), OK);
    for (size_t k = 0; k < nwine; k++) sum[k] += mutual_of(&s, MUTUAL_WINE[k].column) / SEEDS;
    assert_int_equal(fit_task(&s, &homes, seed), OK);
    for (size_t k = 0; k < nhomes; k++) sum[nwine + k] += mutual_of(&s, MUTUAL_HOMES[k].column) / SEEDS;
  }
  // Means of 10 and of 30 runs: four standard errors of their difference.
  for (size_t k = 0; k < nwine; k++)
    assert_near(sum[k], MUTUAL_WINE[k].mean, 4 * MUTUAL_WINE[k].sd * sqrt(1.0 / SEEDS + 1.0 / 30));
  for (size_t k = 0; k < nhomes; k++)
    assert_near(sum[nwine + k], MUTUAL_HOMES[k].mean, 4 * MUTUAL_HOMES[k].sd * sqrt(1.0 / SEEDS + 1.0 / 30));
  task_free(&wine);
  task_free(&homes);
  help_fini(&s);
}

// ---- the correlation filter ----------------------------------------------------------------------------------------
// pandas 1.5.3: corr() of usarrests and breast_cancer, columns dropped from left to right.
TEST(a_column_that_repeats_one_to_its_left_is_left_out) {
  Frame *d = help_data("usarrests");
  Step s = help_step("select");
  set_text(&s, "by", "correlation");
  set_real(&s, "limit", 0.8);
  Frame *z = fitted(&s, d), *card = card_of(&s);
  assert_columns(z, "state,Murder,UrbanPop,Rape");
  assert_cells(card, "stays", "yes,no,yes,yes");
  assert_cells(card, "note", ",with Murder,with Murder,with Murder");
  assert_near(col_f64(help_col(card, "r"), 1), 0.8018733117249399, 1e-12);
  assert_near(col_f64(help_col(card, "r"), 3), 0.5635788329577192, 1e-12);
  frame_unref(card);
  frame_unref(z);
  frame_unref(d);
  help_fini(&s);
}

// ---- bounds and refusals -------------------------------------------------------------------------------------------
TEST(equal_scores_are_taken_from_the_left) {
  Frame *x = HELP_FRAME(4, {"a", COL_I64, {"1", "2", "3", "4"}}, {"b", COL_I64, {"1", "2", "3", "4"}},
                        {"t", COL_TEXT, {"p", "q", "p", "q"}});
  Step s = help_step("select");
  set_int(&s, "k", 1);
  Frame *z = fitted(&s, x);
  assert_columns(z, "a,t");
  frame_unref(z);
  frame_unref(x);
  help_fini(&s);
}

TEST(what_cannot_be_scored_is_named) {
  Frame *x = HELP_FRAME(4, {"a", COL_F64, {"1", "-2", "3", "4"}}, {"b", COL_F64, {"1", NULL, "3", "4"}});
  Step s = help_step("select");
  assert_refused(&s, x, ERR_ARG,
                 "prep.select: column 'b' has 1 missing value (first in row 2): put prep.impute{} "
                 "before prep.select");
  set_columns(&s, "a");
  set_text(&s, "by", "chi2");
  assert_refused(&s, x, ERR_ARG, "column 'a' has 1 value below 0 (row 2): chi-square is for counts");
  set_int(&s, "k", 1);
  set_real(&s, "p", 0.05);
  assert_refused(&s, x, ERR_ARG, "give one of k, share, p and above");
  set_int(&s, "k", 0);
  set_text(&s, "by", "mutual");
  assert_refused(&s, x, ERR_ARG, "p is for by=\"f\" and by=\"chi2\"");
  set_real(&s, "p", 0);
  StepIn none = {.x = x};
  assert_int_equal(s.type->fit(NULL, s.opts, &none, &s.state, &s.err), ERR_ARG);
  assert_has(s.err.msg, "this score needs a target");
  set_text(&s, "by", "chi2");
  none.y = (const double[]){1, 2, 3, 4};
  assert_int_equal(s.type->fit(NULL, s.opts, &none, &s.state, &s.err), ERR_ARG);
  assert_has(s.err.msg, "by=\"chi2\" is for classes");
  frame_unref(x);
  help_fini(&s);
}

TEST(a_frame_is_not_left_without_columns) {
  Frame *x = HELP_FRAME(3, {"a", COL_I64, {"2", "2", "2"}}), *y = HELP_FRAME(3, {"a", COL_TEXT, {"p", "q", "r"}});
  Step s = help_step("select");
  set_text(&s, "by", "variance");
  assert_refused(&s, x, ERR_ARG, "none of the 1 columns passes");
  set_columns(&s, "a");
  assert_refused(&s, y, ERR_TYPE, "column 'a' is text, and this step takes numbers");
  frame_unref(x);
  frame_unref(y);
  help_fini(&s);
}

RUN(CASE(scores_and_what_stays_are_those_of_scikit_learn),
    CASE(mutual_information_of_values_that_differ_is_that_of_scikit_learn),
    CASE(mutual_information_of_real_data_has_the_mean_that_scikit_learn_has),
    CASE(a_column_that_repeats_one_to_its_left_is_left_out), CASE(equal_scores_are_taken_from_the_left),
    CASE(what_cannot_be_scored_is_named), CASE(a_frame_is_not_left_without_columns))
