// Lists side by side, and a notebook whose file was written by somebody else. Expected pairs were worked by hand.
#include "check.h"

#include "doc_help.h"
#include "ui/match_int.h"

// Items are letters; the partners of x as places, '-' for none.
static void expect(const char *x, const char *y, const char *want) {
  Sv xs[32], ys[32];
  Arena a;
  arena_init(&a);
  int64_t n = (int64_t)strlen(x), m = (int64_t)strlen(y);
  for (int64_t i = 0; i < n; i++) xs[i] = (Sv){x + i, 1};
  for (int64_t k = 0; k < m; k++) ys[k] = (Sv){y + k, 1};
  int64_t *of = match_make(xs, n, ys, m, &a);
  char got[33] = "";
  for (int64_t i = 0; i < n; i++) got[i] = of[i] < 0 ? '-' : (char)('0' + of[i]);
  assert_string_equal(got, want);
  arena_fini(&a);
}

TEST(as_many_items_as_there_can_be_belong_together) {
  expect("abc", "abc", "012");
  expect("abc", "abxc", "013");
  expect("abcd", "ad", "0--1");
  expect("", "abc", "");
  expect("abc", "", "---");
  expect("xay", "zaw", "-1-");
}

// The textbook's pair, whose longest common subsequences have four letters.
TEST(crossing_items_are_left_out) {
  const char *x = "abcbdab", *y = "bdcaba";
  Sv xs[7], ys[6];
  Arena a;
  arena_init(&a);
  for (int i = 0; i < 7; i++) xs[i] = (Sv){x + i, 1};
  for (int k = 0; k < 6; k++) ys[k] = (Sv){y + k, 1};
  int64_t *of = match_make(xs, 7, ys, 6, &a), last = -1;
  int n = 0;
  for (int i = 0; i < 7; i++) {
    if (of[i] < 0) continue;
    assert_true(of[i] > last && x[i] == y[of[i]]);
    last = of[i], n++;
  }
  assert_int_equal(n, 4);
  arena_fini(&a);
}

static void expect_lines(const char *x, const char *y, const char *want) {
  Str out = {0};
  match_print(sv(x), sv(y), &out);
  assert_string_equal(str_c(&out), want);
  str_fini(&out);
}

TEST(differences_stand_among_lines_that_stayed) {
  expect_lines("a\nb\nc\n", "a\nb\nc\n", "");
  expect_lines("a\nb\nc\n", "a\nx\nc\n", "  a\n- b\n+ x\n  c\n");
  expect_lines("1\n2\n3\n4\n5\n", "1\n2\n3\n4\n5\n6\n", "  3\n  4\n  5\n+ 6\n");
  expect_lines("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "1\n2\n3\n4\n5\n6\n7\n", "- a\n  1\n  2\n  3\n\n  5\n  6\n  7\n- b\n");
  expect_lines("a\n1\n2\nb\n", "1\n2\n", "- a\n  1\n  2\n- b\n"); // no line twice
  expect_lines("", "a", "+ a\n");
}

// ---- a file written by somebody else ------------------------------------------------------------------------------
static void reload(Doc *d, const char *text, int64_t want) {
  int64_t differ;
  Err err;
  assert_int_equal(doc_reload(d, sv(text), &differ, &err), OK);
  assert_int_equal(differ, want);
  expect_print(d, text);
}

TEST(cells_that_stayed_keep_what_they_gave) {
  Doc d;
  run_three(&d); // x, y = x, z = y, w
  int64_t first = d.cell[0].id, third = d.cell[2].id;
  reload(&d, "-- %%\nnew = 1\n-- %%\nx = 1\n-- %%\ny = x + 1\n-- %%\nz = y\n", 2); // one edited; one gone, one new
  assert_int_equal(d.n, 4);
  assert_int_equal(d.cell[1].id, first);
  assert_int_equal(d.cell[3].id, third);
  expect_state(&d, 0, CELL_NEVER, "");
  expect_state(&d, 1, CELL_CURRENT, "");
  expect_state(&d, 2, CELL_STALE, "edited");
  expect_state(&d, 3, CELL_STALE, "cell 3 is stale");
  doc_fini(&d);
}

TEST(one_undo_takes_it_back) {
  Doc d;
  run_three(&d);
  doc_commit(&d, "run", NULL, NULL);
  reload(&d, "-- %% [markdown]\n-- all new\n", 4);
  doc_commit(&d, "take", NULL, NULL);
  assert_true(doc_undo(&d, -1));
  expect_print(&d, THREE);
  expect_state(&d, 2, CELL_CURRENT, "");
  doc_fini(&d);
}

TEST(what_another_wrote_was_not_typed_here) {
  Doc d;
  run_three(&d);
  for (int i = 0; i < 4; i++) d.cell[i].typed = true;
  reload(&d, "x = 1\n\n-- %%\ny = data '/secret'\n\n-- %%\nz = y\n", 2);
  assert_true(d.cell[0].typed && d.cell[2].typed);
  assert_false(d.cell[1].typed);
  doc_fini(&d);
}

TEST(a_file_with_a_nul_byte_changes_nothing) {
  Doc d;
  int64_t differ;
  Err err;
  run_three(&d);
  assert_int_equal(doc_reload(&d, (Sv){"x\0y", 3}, &differ, &err), ERR_PARSE);
  expect_print(&d, THREE);
  doc_fini(&d);
}

RUN(CASE(as_many_items_as_there_can_be_belong_together), CASE(crossing_items_are_left_out),
    CASE(cells_that_stayed_keep_what_they_gave), CASE(one_undo_takes_it_back),
    CASE(what_another_wrote_was_not_typed_here), CASE(a_file_with_a_nul_byte_changes_nothing),
    CASE(differences_stand_among_lines_that_stayed))
