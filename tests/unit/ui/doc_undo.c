// Undo and redo of texts, results and kernel states, each case worked by hand.
#include "doc_help.h"

#include <stdlib.h>

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

TEST(no_state_falls_out) {
  Doc d;
  Dropped gone = {0};
  char text[32];
  read_doc(&d, "x = 0\n");
  run_cell(&d, 0, "", "x", 1);
  doc_commit(&d, "run", drop, &gone);
  for (int k = 1; k < 2000; k++) {
    snprintf(text, sizeof text, "x = %d", k);
    doc_set_text(&d, 0, text);
    if (k == 20) run_cell(&d, 0, "", "x", 2);
    doc_commit(&d, text, drop, &gone);
  }
  assert_int_equal(d.nundo, 2001);
  assert_int_equal(gone.n, 0);
  while (doc_undo(&d, -1)) continue;
  expect_text(&d, 0, "x = 0");
  while (doc_undo(&d, 1)) continue;
  expect_text(&d, 0, "x = 1999");
  doc_fini(&d);
}

// ---- a large notebook ---------------------------------------------------------------------------------------------
enum { LARGE_CELLS = 4000, LARGE_LINES = 60, LARGE_ACTS = 300 };

static void read_large(Doc *d) { // 5 MB
  Str text = {0};
  for (int i = 0; i < LARGE_CELLS; i++) {
    str_addf(&text, "-- %%%%\n");
    for (int k = 0; k < LARGE_LINES; k++) str_addf(&text, "v%d = %d + %d\n", k, i, k);
    str_add(&text, "\n");
  }
  while (text.n < 5000000) str_add(&text, "-- a long last cell\n");
  read_doc(d, str_c(&text));
  assert_int_equal(d->n, LARGE_CELLS);
  str_fini(&text);
}

static int compare_pointers(const void *a, const void *b) {
  const char *x = *(char *const *)a, *y = *(char *const *)b;
  return (x > y) - (x < y);
}

static int64_t count_distinct(const void **p, int64_t n) {
  int64_t distinct = 0;
  qsort(p, (size_t)n, sizeof *p, compare_pointers);
  for (int64_t k = 0; k < n; k++) distinct += k == 0 || p[k] != p[k - 1];
  return distinct;
}

static void count_kept(const Doc *d, int64_t *texts, int64_t *blocks) {
  Arena a = {0};
  int64_t n = 0, m = 0;
  for (int64_t s = 0; s < d->nundo; s++) n += d->undo[s].n, m += d->undo[s].nblock;
  const void **text = arena_array(&a, const void *, n), **block = arena_array(&a, const void *, m);
  n = m = 0;
  for (int64_t s = 0; s < d->nundo; s++)
    for (int64_t b = 0; b < d->undo[s].nblock; b++) {
      UndoBlock *at = d->undo[s].block[b];
      block[m++] = at;
      for (int k = 0; k < at->n; k++) text[n++] = at->cell[k].kept;
    }
  *texts = count_distinct(text, n), *blocks = count_distinct(block, m);
  arena_fini(&a);
}

TEST(a_state_of_a_large_notebook_costs_what_changed) {
  Doc d;
  char line[64];
  int64_t texts, blocks, all = (LARGE_CELLS + UNDO_BLOCK - 1) / UNDO_BLOCK;
  read_large(&d);
  count_kept(&d, &texts, &blocks);
  assert_int_equal(texts, LARGE_CELLS), assert_int_equal(blocks, all);
  for (int k = 0; k < LARGE_ACTS; k++) {
    int64_t i = (int64_t)k * 997 % LARGE_CELLS;
    snprintf(line, sizeof line, "changed = %d", k);
    if (k % 3 == 0) doc_set_text(&d, i, line);
    else if (k % 3 == 1) doc_insert(&d, i, NOTE_CODE, line);
    else doc_remove(&d, i);
    doc_commit(&d, "act", NULL, NULL);
  }
  count_kept(&d, &texts, &blocks);
  // a text for each cell that is new or edited; its block, and one more where that was full
  assert_true(texts <= LARGE_CELLS + LARGE_ACTS);
  assert_true(blocks <= all + 2 * LARGE_ACTS);
  doc_fini(&d);
}

TEST(a_large_notebook_comes_back_to_the_byte) {
  Doc d;
  Str before = {0}, after = {0};
  read_large(&d);
  doc_print(&d, &before);
  for (int k = 0; k < 60; k++) {
    int64_t i = (int64_t)k * 997 % d.n;
    if (k % 4 == 0) doc_move(&d, i, d.n - 1 - i);
    else if (k % 4 == 1) doc_remove(&d, i);
    else if (k % 4 == 2) doc_insert(&d, i, NOTE_MARKDOWN, "# words");
    else doc_set_text(&d, i, "one = 1\n-- %%\ntwo = 2");
    doc_commit(&d, "act", NULL, NULL);
  }
  doc_print(&d, &after);
  while (doc_undo(&d, -1)) continue;
  expect_print(&d, str_c(&before));
  assert_true(doc_go(&d, d.nundo - 1));
  expect_print(&d, str_c(&after));
  assert_true(doc_go(&d, 0));
  expect_print(&d, str_c(&before));
  str_fini(&before), str_fini(&after);
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
    CASE(kernel_states_are_dropped_when_nothing_needs_them), CASE(no_state_falls_out),
    CASE(a_state_of_a_large_notebook_costs_what_changed), CASE(a_large_notebook_comes_back_to_the_byte),
    CASE(folds_stay_and_are_no_act), CASE(what_was_not_committed_is_no_loss),
    CASE(undo_waits_for_a_running_cell_and_a_state_kept_meanwhile_is_from_before_it),
    CASE(a_removed_cell_comes_back_with_its_name_and_result), CASE(a_long_label_is_cut_at_a_character))
