// Every statistical test equals R on five real tables: statistic, degrees of freedom and p to 1e-10 of their size, and
// effects. A test that is listed without five tables fails. Expected values: golden/r_five.h, R 4.2.2 with car 3.1.1 and
// nortest 1.0.4. Where R itself is less exact the tolerance says so.
#include "unit/stats/golden_help.h"

typedef struct FiveRow {
  const char *test, *data, *formula, *options; // data as of StatsGolden
  int row;                                     // of the answer
  struct {
    const char *column;
    double value;
  } want[12];
} FiveRow;
#include "golden/r_five.h"
enum { ROWS = sizeof FIVE / sizeof *FIVE };

// R's exact p of ks is good to 1e-14 of 1, not of a small p; p of the studentised range comes from a quadrature there;
// limits of effects come from root finders.
static double tolerance(const FiveRow *g, const char *column, double want) {
  bool range = strcmp(g->test, "tukey") == 0 || strcmp(g->test, "games_howell") == 0;
  if (range && strcmp(column, "p") == 0) return fmax(1e-10, 1e-13 / want);
  if (strcmp(g->test, "ks") == 0 && strcmp(column, "p") == 0) return fmax(1e-10, 1e-14 / want);
  if (strncmp(column, "effect_", 7) == 0) return 1e-7;
  return 1e-10;
}

static bool is_near(const FiveRow *g, const char *column, double got, double want) {
  if (got == want || (isnan(got) && isnan(want))) return true;
  if (want == 0) return fabs(got) < 1e-12;
  return fabs(got - want) <= tolerance(g, column, want) * fabs(want);
}

TEST(answers_equal_r) {
  const char *data = "";
  Frame *f = NULL;
  int wrong = 0;
  for (int k = 0; k < ROWS; k++) {
    const FiveRow *g = &FIVE[k];
    if (strcmp(data, g->data) != 0) {
      frame_unref(f);
      f = golden_data(data = g->data);
    }
    Frame *r = stats_answer(g->test, f, g->formula, g->options);
    for (int j = 0; j < 12 && g->want[j].column; j++) {
      double got = stats_cell(r, g->want[j].column, g->row), want = g->want[j].value;
      if (is_near(g, g->want[j].column, got, want)) continue;
      wrong++;
      print_error("%s of %s, %s {%s} row %d: %s is %.17g, R has %.17g\n", g->test, g->data, g->formula, g->options,
                  g->row, g->want[j].column, got, want);
    }
    frame_unref(r);
  }
  frame_unref(f);
  if (wrong) fail_msg("%d values differ", wrong);
}

// The table's own name, without what is derived or chosen.
static size_t table_length(const FiveRow *g) { return strcspn(g->data, "?+"); }

static bool same_table(const FiveRow *a, const FiveRow *b) {
  return table_length(a) == table_length(b) && strncmp(a->data, b->data, table_length(a)) == 0;
}

TEST(every_test_stands_on_five_tables) {
  for (const TestType *const *t = test_types(); *t; t++) {
    int tables = 0;
    for (int k = 0; k < ROWS; k++) {
      bool first = strcmp(FIVE[k].test, (*t)->name) == 0;
      for (int i = 0; i < k && first; i++)
        first = strcmp(FIVE[i].test, (*t)->name) != 0 || !same_table(&FIVE[i], &FIVE[k]);
      tables += first;
    }
    if (tables < 5)
      fail_msg("%s has golden values on %d tables, 5 are wanted: see golden/make/stats_five.R", (*t)->name, tables);
  }
}

// The effect of a test, or its estimate, has an interval; of a ranking of distributions each parameter has.
TEST(every_test_has_an_interval) {
  for (const TestType *const *t = test_types(); *t; t++) {
    bool found = false;
    for (int k = 0; k < ROWS && !found; k++) {
      if (strcmp(FIVE[k].test, (*t)->name) != 0) continue;
      Frame *f = golden_data(FIVE[k].data), *r = stats_answer(FIVE[k].test, f, FIVE[k].formula, FIVE[k].options);
      bool effect = frame_find(r, sv("effect_low")) >= 0;
      if (!effect && frame_find(r, sv("low")) < 0) fail_msg("%s has no interval", (*t)->name);
      double low = stats_cell(r, effect ? "effect_low" : "low", 0);
      double high = stats_cell(r, effect ? "effect_high" : "high", 0);
      if (!(low <= high)) fail_msg("%s: from %g to %g is no interval", (*t)->name, low, high);
      frame_unref(r);
      frame_unref(f);
      found = true;
    }
  }
}

RUN(CASE(answers_equal_r), CASE(every_test_stands_on_five_tables), CASE(every_test_has_an_interval))
