// Undo and redo of texts, results and kernel states, each case worked by hand.
#include "doc_help.h"

enum { DROPPED_MOST = 64 };
typedef struct Dropped {
  int64_t id[DROPPED_MOST];
  int n;
} Dropped;

static void drop(void *ctx, int64_t id) {
  Dropped *k = ctx;
  assert_true(k->n < DROPPED_MOST);
  k->id[k->n++] = id;
}

TEST(undo_brings_back_texts_results_and_kernel_state_together) {
  Doc d;
  Dropped gone = {0};
  read_doc(&d, "x = 1\n");
  run_cell(&d, 0, "", "x", 11);
  doc_commit(&d, "run cell 1", drop, &gone);
  const Result *first = d.cell[0].result;
  doc_set_text(&d, 0, "x = 2");
  doc_commit(&d, "edit cell 1", drop, &gone);
  run_cell(&d, 0, "", "x", 12);
  doc_commit(&d, "run cell 1 again", drop, &gone);
  assert_string_equal(doc_undo_label(&d, -1), "run cell 1 again");
  assert_null(doc_undo_label(&d, 1));
  assert_true(doc_undo(&d, -1));
  assert_int_equal(d.kernel, 11);
  expect_text(&d, 0, "x = 2");
  assert_ptr_equal(d.cell[0].result, first);
  expect_state(&d, 0, CELL_STALE, "edited");
  assert_true(doc_undo(&d, -1));
  expect_state(&d, 0, CELL_CURRENT, "");
  assert_true(doc_undo(&d, -1));
  assert_int_equal(d.kernel, 0);
  expect_state(&d, 0, CELL_NEVER, "");
  assert_false(doc_undo(&d, -1));
  assert_null(doc_undo_label(&d, -1));
  assert_string_equal(doc_undo_label(&d, 1), "run cell 1");
  for (int k = 0; k < 3; k++) assert_true(doc_undo(&d, 1));
  assert_false(doc_undo(&d, 1));
  assert_int_equal(d.kernel, 12);
  expect_state(&d, 0, CELL_CURRENT, "");
  assert_int_equal(gone.n, 0);
  doc_fini(&d);
}

TEST(any_state_can_be_gone_to_at_once) {
  Doc d;
  Str change = {0};
  read_doc(&d, "x = 1\n");
  for (int k = 0; k < 4; k++) {
    doc_insert(&d, d.n, NOTE_CODE, "y = 2");
    if (k % 2) run_cell(&d, d.n - 1, "", "y", 20 + k);
    doc_commit(&d, "act", NULL, NULL);
  }
  assert_true(doc_go(&d, 1));
  assert_int_equal(d.at, 1), assert_int_equal(d.n, 2), assert_int_equal(d.kernel, 0);
  assert_false(doc_go(&d, 1) || doc_go(&d, 5) || doc_go(&d, -1));
  assert_true(doc_go(&d, 4));
  assert_int_equal(d.n, 5), assert_int_equal(d.kernel, 23);
  doc_undo_change(&d, 4, &change);
  assert_string_equal(str_c(&change), "y");
  str_clear(&change);
  doc_undo_change(&d, 3, &change);
  assert_string_equal(str_c(&change), "1 cell more");
  str_fini(&change);
  doc_fini(&d);
}

TEST(a_new_last_cell_can_be_taken_back_alone) {
  Doc d;
  read_doc(&d, "x = 1\n");
  run_cell(&d, 0, "", "x", 11);
  doc_commit(&d, "run cell 1", NULL, NULL);
  assert_false(doc_take_back(&d, d.cell[0].id + 1)); // no such cell
  int64_t id = doc_insert(&d, 1, NOTE_CODE, "x = nil + 1");
  run_cell(&d, 1, "x", "", 12);
  doc_commit(&d, "type Lua", NULL, NULL);
  assert_true(doc_take_back(&d, id));
  expect_print(&d, "x = 1\n");
  assert_int_equal(d.kernel, 11);
  assert_string_equal(doc_undo_label(&d, 1), "type Lua");
  id = doc_insert(&d, 1, NOTE_CODE, "y = nil + 1");
  doc_set_text(&d, 0, "x = 2"); // another act came between
  doc_insert(&d, 2, NOTE_CODE, "z = 1");
  doc_commit(&d, "edit", NULL, NULL);
  assert_false(doc_take_back(&d, id));
  assert_int_equal(d.n, 3);
  doc_fini(&d);
}

TEST(taking_back_keeps_a_kernel_whose_state_before_was_not_kept_whole) {
  Doc d;
  read_doc(&d, "function f() end\n");
  run_cell(&d, 0, "", "f", 11);
  d.kernel_whole = false;
  doc_commit(&d, "run cell 1", NULL, NULL);
  int64_t id = doc_insert(&d, 1, NOTE_CODE, "f(1");
  run_cell(&d, 1, "", "", 12);
  doc_commit(&d, "type Lua", NULL, NULL);
  assert_true(doc_take_back(&d, id));
  assert_int_equal(d.kernel, 12);
  doc_commit(&d, "nothing", NULL, NULL);
  assert_string_equal(doc_undo_label(&d, 1), "type Lua");
  doc_fini(&d);
}

TEST(kernel_states_are_dropped_when_nothing_needs_them) {
  Doc d;
  Dropped gone = {0};
  read_doc(&d, "x = 1\n\n-- %%\ny = 1\n");
  run_cell(&d, 0, "", "x", 1); // two runs, one commit: 1 is passed over
  run_cell(&d, 1, "", "y", 2);
  doc_commit(&d, "run all", drop, &gone);
  assert_int_equal(gone.n, 1);
  assert_int_equal(gone.id[0], 1);
  run_cell(&d, 0, "", "x", 1); // the number is given out anew
  doc_commit(&d, "run cell 1", drop, &gone);
  assert_true(doc_undo(&d, -1));
  finish(&d, 0, "", "", 2, false); // the answer to RESTORE
  assert_true(d.kernel_whole);
  doc_commit(&d, "nothing", drop, &gone);
  assert_int_equal(gone.n, 1); // redo still needs it
  doc_set_text(&d, 0, "x = 5");
  doc_commit(&d, "edit", drop, &gone);
  assert_int_equal(gone.n, 2);
  assert_int_equal(gone.id[1], 1);
  assert_false(doc_undo(&d, 1));
  doc_fini(&d);
}

TEST(the_oldest_states_fall_out) {
  Doc d;
  Dropped gone = {0};
  char text[32];
  read_doc(&d, "x = 0\n");
  run_cell(&d, 0, "", "x", 1);
  doc_commit(&d, "run", drop, &gone);
  for (int k = 1; k < DOC_UNDO_MOST + 40; k++) {
    snprintf(text, sizeof text, "x = %d", k);
    doc_set_text(&d, 0, text);
    if (k == 20) run_cell(&d, 0, "", "x", 2);
    doc_commit(&d, text, drop, &gone);
    assert_true(d.nundo <= DOC_UNDO_MOST);
  }
  assert_int_equal(d.nundo, DOC_UNDO_MOST);
  assert_int_equal(gone.n, 1); // the state of the first 20, which are gone
  assert_int_equal(gone.id[0], 1);
  while (doc_undo(&d, -1)) continue;
  expect_text(&d, 0, "x = 40");
  doc_fini(&d);
}

TEST(folds_stay_and_are_no_act) {
  Doc d;
  read_doc(&d, "a\n\n-- %%\nb\n");
  doc_set_text(&d, 0, "a = 1");
  doc_commit(&d, "edit", NULL, NULL);
  int64_t n = d.nundo;
  d.cell[1].folded = true;
  doc_commit(&d, "fold", NULL, NULL);
  assert_int_equal(d.nundo, n);
  assert_true(doc_undo(&d, -1));
  assert_true(d.cell[1].folded);
  doc_fini(&d);
}

TEST(what_was_not_committed_is_no_loss) {
  Doc d;
  read_doc(&d, "a\n");
  doc_set_text(&d, 0, "a long text that was typed");
  assert_true(doc_undo(&d, -1));
  expect_text(&d, 0, "a");
  assert_true(doc_undo(&d, 1));
  expect_text(&d, 0, "a long text that was typed");
  assert_string_equal(doc_undo_label(&d, -1), "edit");
  doc_fini(&d);
}

TEST(undo_waits_for_a_running_cell_and_a_state_kept_meanwhile_is_from_before_it) {
  Doc d;
  read_doc(&d, "x = 1\n\n-- %%\ny = 1\n");
  run_cell(&d, 0, "", "x", 1);
  doc_commit(&d, "run cell 1", NULL, NULL);
  doc_begin(&d, d.cell[0].id);
  doc_started(&d, d.cell[0].id);
  doc_set_text(&d, 1, "y = 2");
  doc_commit(&d, "edit cell 2", NULL, NULL);
  assert_false(doc_undo(&d, -1));
  finish(&d, d.cell[0].id, "", "x", 2, true);
  doc_commit(&d, "run cell 1", NULL, NULL);
  expect_state(&d, 0, CELL_FAILED, "");
  assert_true(doc_undo(&d, -1));
  expect_state(&d, 0, CELL_CURRENT, "");
  expect_text(&d, 1, "y = 2");
  assert_int_equal(d.kernel, 1);
  doc_fini(&d);
}

TEST(a_removed_cell_comes_back_with_its_name_and_result) {
  Doc d;
  run_three(&d);
  doc_commit(&d, "run", NULL, NULL);
  int64_t id = d.cell[1].id;
  const Result *had = d.cell[1].result;
  doc_remove(&d, 1);
  doc_commit(&d, "delete cell 2", NULL, NULL);
  assert_int_equal(d.undo[d.at].focus, 1);
  int64_t fresh = doc_insert(&d, 3, NOTE_CODE, "new");
  assert_true(fresh > id);
  assert_true(doc_undo(&d, -1) && doc_undo(&d, -1));
  assert_int_equal(doc_find(&d, id), 1);
  assert_ptr_equal(d.cell[1].result, had);
  expect_state(&d, 2, CELL_CURRENT, "");
  expect_print(&d, THREE);
  doc_fini(&d);
}

TEST(a_long_label_is_cut_at_a_character) {
  Doc d;
  read_doc(&d, "a\n");
  doc_set_text(&d, 0, "b");
  doc_commit(&d, "1234567890123456789012345678901234567890123456789012345678901\xE2\x82\xAC\xE2\x82\xAC", NULL, NULL);
  assert_string_equal(doc_undo_label(&d, -1), "1234567890123456789012345678901234567890123456789012345678901");
  doc_fini(&d);
}

RUN(CASE(undo_brings_back_texts_results_and_kernel_state_together), CASE(any_state_can_be_gone_to_at_once),
    CASE(a_new_last_cell_can_be_taken_back_alone),
    CASE(taking_back_keeps_a_kernel_whose_state_before_was_not_kept_whole),
    CASE(kernel_states_are_dropped_when_nothing_needs_them), CASE(the_oldest_states_fall_out),
    CASE(folds_stay_and_are_no_act), CASE(what_was_not_committed_is_no_loss),
    CASE(undo_waits_for_a_running_cell_and_a_state_kept_meanwhile_is_from_before_it),
    CASE(a_removed_cell_comes_back_with_its_name_and_result), CASE(a_long_label_is_cut_at_a_character))
