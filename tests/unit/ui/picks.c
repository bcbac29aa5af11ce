// Selected rows as runs, held against a plain array of flags; conditions by hand.
#include "check.h"
#include "dice.h"

#include "ui/picks_int.h"

enum { ROWS = 40 };

static void assert_same(const Picks *m, const bool flag[ROWS]) {
  int64_t rows = 0;
  for (int i = 0; i < ROWS; i++) {
    assert_int_equal(picks_has(m, i), flag[i]);
    rows += flag[i];
  }
  assert_int_equal(m->rows, rows);
  for (int64_t k = 0; k < m->n; k++) {
    assert_true(m->run[k].from < m->run[k].to);
    if (k) assert_true(m->run[k - 1].to < m->run[k].from); // apart, else they were one
  }
}

TEST(runs_are_what_flags_would_be) {
  Dice d = dice(7, "picks");
  Picks m = {0};
  bool flag[ROWS] = {false};
  for (int step = 0; step < 20000; step++) {
    int64_t from = below(&d, ROWS), to = from + below(&d, 6), what = below(&d, 20);
    if (to > ROWS) to = ROWS;
    if (what == 0) picks_invert(&m, ROWS);
    else if (what < 11) picks_add(&m, from, to);
    else picks_remove(&m, from, to);
    for (int i = 0; i < ROWS; i++) flag[i] = what == 0 ? !flag[i] : i >= from && i < to ? what < 11 : flag[i];
    assert_same(&m, flag);
  }
  picks_fini(&m);
  assert_int_equal(m.rows, 0);
}

static void assert_printed(Picks *m, const char *want) {
  Str text = {0};
  assert_true(picks_print(m, &text));
  assert_string_equal(str_c(&text), want);
  str_fini(&text);
}

TEST(rows_become_a_condition_that_counts_from_one) {
  Picks m = {0};
  picks_add(&m, 4, 5);
  assert_printed(&m, "row() == 5");
  picks_add(&m, 0, 2);
  assert_printed(&m, "one_of(row(), 1, 2, 5)");
  picks_add(&m, 9, 20);
  assert_printed(&m, "between(row(), 10, 20) or one_of(row(), 1, 2, 5)");
  picks_fini(&m);
  picks_add(&m, 0, 10000000);
  assert_printed(&m, "between(row(), 1, 10000000)");
  picks_fini(&m);
}

TEST(calls_have_200_values_and_lines_a_thousand_pieces_at_most) {
  Picks m = {0};
  Str text = {0};
  for (int i = 0; i < PICKS_MOST; i++) picks_add(&m, 2 * i, 2 * i + 1);
  assert_true(picks_print(&m, &text));
  int calls = 0;
  for (const char *s = str_c(&text); (s = strstr(s, "one_of(row()")); s++) calls++;
  assert_int_equal(calls, 5);
  picks_add(&m, 5000, 5001);
  assert_false(picks_print(&m, &text));
  str_fini(&text);
  picks_fini(&m);
}

RUN(CASE(runs_are_what_flags_would_be), CASE(rows_become_a_condition_that_counts_from_one),
    CASE(calls_have_200_values_and_lines_a_thousand_pieces_at_most))
