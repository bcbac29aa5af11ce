// Cells, results and staleness of a notebook, each case worked by hand.
#include "doc_help.h"

#include "base/file.h"

// ---- texts ---------------------------------------------------------------------------------------------------------
static void expect_round_trip(const char *text) {
  Doc d;
  read_doc(&d, text);
  assert_int_equal(d.n, d.note.n);
  expect_print(&d, text);
  doc_fini(&d);
}

TEST(recipes_come_back_byte_for_byte) {
  static const char *const path[] = {"scripts/recipes/tour.lua",       "scripts/recipes/credit.lua",
                                     "scripts/recipes/homes.lua",      "scripts/recipes/eda_titanic.lua",
                                     "scripts/recipes/eda_credit.lua", "scripts/recipes/eda_seattle_weather.lua"};
  for (int k = 0; k < 6; k++) {
    Str text = {0};
    assert_int_equal(file_read(path[k], &text, NULL), OK);
    assert_true(text.n > 500);
    expect_round_trip(str_c(&text));
    str_fini(&text);
  }
}

static const char *const NASTY[] = {"",
                                    "\n",
                                    " ",
                                    "\n\n\n",
                                    "#",
                                    "#!/usr/bin/env tycho",
                                    "#!/usr/bin/env tycho\n",
                                    "#!x\n# y\n",
                                    "#!x\n\n-- %%\n",
                                    "\xEF\xBB\xBF",
                                    ("\xEF\xBB\xBF"
                                     "x = 1\n"),
                                    "\xEF\xBB\xBF#!x\n-- %%\n1",
                                    "x",
                                    "x\n",
                                    "x\n\n\n",
                                    "\n\nx",
                                    "\t\n \nx  \n  ",
                                    "-- %%",
                                    "-- %%\n",
                                    "-- %%\n-- %%",
                                    "--%%\n--\t%% a [md] b=1\n-- no\nbare\n",
                                    "-- %% [raw]\n--\n--\n\n-- %% t\n \nx",
                                    "x\r\ny\r\n-- %%\r\nz\r\n",
                                    "x\r\ny\n-- %%\r\nz\n",
                                    "\r",
                                    "\r\n",
                                    "a\rb",
                                    "-- %%\r\n\r\n\r\n",
                                    "s = [[\n-- %%\n]]\n",
                                    "-- \xFF\xFE\n-- %%\n\xC3(\n",
                                    "-- %% [markdown]\n-- \\%%\n-- -- %%\n--x\n",
                                    "-- %%%% deep\nx;\n-- %%  two  words  \n"};
enum { NNASTY = sizeof NASTY / sizeof *NASTY };

TEST(nasty_texts_come_back_byte_for_byte) {
  for (int k = 0; k < NNASTY; k++) expect_round_trip(NASTY[k]);
}

TEST(nasty_texts_survive_an_edit_and_undo) {
  for (int k = 0; k < NNASTY; k++) {
    Doc d;
    read_doc(&d, NASTY[k]);
    int64_t n = d.n;
    Str after = {0};
    doc_insert(&d, 0, NOTE_CODE, "y = 2");
    doc_commit(&d, "new", NULL, NULL);
    doc_print(&d, &after);
    assert_true(doc_undo(&d, -1));
    assert_int_equal(d.n, n);
    assert_int_equal(d.note.n, n);
    expect_print(&d, NASTY[k]);
    assert_true(doc_undo(&d, 1));
    expect_text(&d, 0, "y = 2");
    expect_print(&d, str_c(&after));
    str_fini(&after);
    doc_fini(&d);
  }
}

TEST(a_file_with_a_nul_byte_is_refused_and_changes_nothing) {
  Doc d;
  Err err;
  read_doc(&d, "x = 1\n");
  assert_int_equal(doc_read(&d, (Sv){"a\nb\0c", 5}, &err), ERR_PARSE);
  assert_has(err.msg, "line 2");
  expect_print(&d, "x = 1\n");
  assert_int_equal(d.n, 1);
  doc_fini(&d);
}

TEST(an_edit_leaves_the_other_cells_as_they_stood) {
  Doc d;
  read_doc(&d, "x = 1  \n\n\n--  %% t k=1\n\ny = 2\n\n\n-- %% [markdown]\nbare\n-- # h\n");
  assert_int_equal(doc_set_text(&d, 1, "y = 3\n\n  \n"), 1);
  expect_print(&d, "x = 1  \n\n\n--  %% t k=1\ny = 3\n\n\n-- %% [markdown]\nbare\n-- # h\n");
  assert_true(d.cell[1].typed);
  assert_false(d.cell[0].typed);
  doc_fini(&d);
}

TEST(the_same_text_moves_nothing) {
  Doc d;
  read_doc(&d, "x = 1\r\ny = 2\nz");
  int64_t changes = d.changes;
  assert_int_equal(doc_set_text(&d, 0, "x = 1\r\ny = 2\nz"), 1);
  assert_int_equal(d.changes, changes);
  assert_false(d.cell[0].typed);
  doc_set_text(&d, 0, "x = 1\r\ny = 2\r\r\nz\r");
  expect_text(&d, 0, "x = 1\ny = 2\nz");
  assert_int_equal(d.changes, changes + 1);
  doc_set_text(&d, 0, "x = 1\ny = 2\nz\n\n");
  assert_int_equal(d.changes, changes + 1);
  doc_fini(&d);
}

TEST(a_marker_line_parts_a_code_cell_as_in_the_file) {
  Doc d;
  read_doc(&d, "a = 1\n\n\n-- %%\nlast\n");
  int64_t id = d.cell[0].id;
  assert_int_equal(doc_set_text(&d, 0, "a = 1\n-- %% [markdown]\n-- # h\n\n-- %% two tags=[\"lab\"]\nb = 2"), 3);
  assert_int_equal(d.n, 4);
  assert_int_equal(d.note.n, 4);
  assert_int_equal(d.cell[0].id, id);
  expect_text(&d, 1, "# h");
  assert_int_equal(doc_kind(&d, 1), NOTE_MARKDOWN);
  assert_string_equal(d.note.cell[2].title, "two");
  assert_true(d.cell[1].typed && d.cell[2].typed);
  expect_print(&d, "a = 1\n-- %% [markdown]\n-- # h\n\n-- %% two tags=[\"lab\"]\nb = 2\n\n\n-- %%\nlast\n");
  int64_t below = doc_insert(&d, 4, NOTE_CODE, "c = 3\n-- %%\nd = 4");
  assert_int_equal(doc_find(&d, below), 4);
  assert_int_equal(d.n, 6);
  expect_text(&d, 5, "d = 4");
  doc_fini(&d);
}

TEST(a_marker_in_a_text_cell_is_text) {
  Doc d;
  read_doc(&d, "-- %% [markdown]\n-- # h\n");
  assert_int_equal(doc_set_text(&d, 0, "one\n%% two\n-- %%"), 1);
  expect_print(&d, "-- %% [markdown]\n-- one\n-- \\%% two\n-- -- %%\n");
  doc_set_kind(&d, 0, NOTE_CODE); // now it is one
  assert_int_equal(d.n, 2);
  expect_text(&d, 0, "one\n%% two");
  doc_fini(&d);
}

TEST(a_first_cell_gets_a_marker_when_it_would_not_read_as_one) {
  static const char *const text[] = {"", "#!/bin/sh", "\xEF\xBB\xBF"};
  for (int k = 0; k < 3; k++) {
    Doc d;
    read_doc(&d, "x = 1\n");
    doc_set_text(&d, 0, text[k]);
    doc_commit(&d, "edit", NULL, NULL);
    assert_true(doc_undo(&d, -1) && doc_undo(&d, 1));
    assert_int_equal(d.n, 1);
    expect_text(&d, 0, text[k]);
    doc_fini(&d);
  }
}

TEST(cells_go_and_move_and_the_file_ends_as_it_did) {
  Doc d;
  read_doc(&d, "-- %%\na\n\n\n-- %%\nb\n\n-- %% t\nc\n");
  int64_t a = d.cell[0].id, c = d.cell[2].id;
  doc_move(&d, 0, 2);
  assert_int_equal(doc_find(&d, a), 2);
  expect_print(&d, "-- %%\nb\n\n\n-- %% t\nc\n\n-- %%\na\n");
  doc_move(&d, 1, 0);
  assert_int_equal(doc_find(&d, c), 0);
  expect_print(&d, "-- %% t\nc\n\n\n-- %%\nb\n\n-- %%\na\n");
  doc_remove(&d, 2);
  assert_int_equal(doc_find(&d, a), -1);
  expect_print(&d, "-- %% t\nc\n\n\n-- %%\nb\n");
  doc_remove(&d, 0);
  doc_remove(&d, 0);
  assert_int_equal(d.n, 0);
  expect_print(&d, "");
  doc_fini(&d);
}

TEST(merging_joins_lines_and_turns_markdown_below_code_into_comments) {
  Doc d;
  read_doc(&d, "-- %% [markdown]\n-- # h\n\n-- %%\nx = 1\n\n-- %% [markdown]\n-- why\n--\n-- \\%%\n\n-- %%\ny = 2\n");
  doc_merge(&d, 1);
  assert_int_equal(d.n, 3);
  expect_text(&d, 1, "x = 1\n-- why\n-- \n-- \\%%");
  doc_merge(&d, 1);
  doc_merge(&d, 0);
  expect_text(&d, 0, "# h\nx = 1\n-- why\n-- \n-- \\%%\ny = 2");
  assert_int_equal(doc_kind(&d, 0), NOTE_MARKDOWN);
  assert_false(d.cell[0].typed); // what the file said, in another cell
  doc_merge(&d, 0);
  assert_int_equal(d.n, 1);
  doc_fini(&d);
}

TEST(splitting_makes_a_cell_of_the_same_kind_below) {
  Doc d;
  read_doc(&d, "a = 1\n\nb = 2\n");
  int64_t id = d.cell[0].id;
  run_cell(&d, 0, "", "a b", 1);
  doc_split(&d, 0, 6);
  assert_int_equal(d.n, 2);
  assert_int_equal(d.cell[0].id, id);
  expect_text(&d, 0, "a = 1");
  expect_text(&d, 1, "b = 2");
  assert_false(d.cell[0].typed || d.cell[1].typed);
  expect_state(&d, 0, CELL_STALE, "edited");
  expect_state(&d, 1, CELL_NEVER, "");
  doc_split(&d, 1, 0);
  expect_text(&d, 1, "");
  expect_text(&d, 2, "b = 2");
  doc_split(&d, 2, 5);
  expect_text(&d, 3, "");
  expect_print(&d, "a = 1\n\n-- %%\n\n\n-- %%\nb = 2\n\n-- %%\n\n");
  doc_fini(&d);
}

TEST(only_one_cell_is_a_pending_chain_until_another_cell_changes) {
  Doc d;
  read_doc(&d, "a\n\n-- %%\nb\n");
  d.cell[1].pending = true;
  doc_set_text(&d, 1, "b:sort'x'");
  assert_true(d.cell[1].pending);
  doc_begin(&d, d.cell[1].id);
  finish(&d, d.cell[1].id, "", "", 1, false);
  assert_true(d.cell[1].pending);
  doc_set_text(&d, 0, "a = 2");
  assert_false(d.cell[1].pending);
  d.cell[1].pending = true;
  doc_begin(&d, d.cell[0].id);
  assert_false(d.cell[1].pending);
  doc_fini(&d);
}

// ---- runs ----------------------------------------------------------------------------------------------------------
TEST(a_run_goes_from_waiting_to_its_result) {
  Doc d;
  read_doc(&d, "d = data 'x'\n");
  int64_t id = d.cell[0].id;
  expect_state(&d, 0, CELL_NEVER, "");
  doc_begin(&d, id);
  expect_state(&d, 0, CELL_WAITING, "");
  assert_true(doc_busy(&d));
  doc_started(&d, id);
  say(&d, id, "one");
  say(&d, id, "two");
  doc_take_progress(&d, &(MsgProgress){.cell = id, .done = 3, .total = 10, .seconds = 0.5});
  const Result *r = d.cell[0].result;
  assert_int_equal(r->progress, 3);
  assert_int_equal(r->total, 10);
  expect_state(&d, 0, CELL_RUNNING, "");
  finish(&d, id, "data", "d", 7, false);
  expect_state(&d, 0, CELL_CURRENT, "");
  assert_false(doc_busy(&d));
  assert_int_equal(r->nout, 2);
  assert_string_equal(r->out[1].shown.text, "two");
  assert_string_equal(r->out[0].title, "d");
  assert_int_equal(r->run, 1);
  assert_int_equal(d.kernel, 7);
  assert_true(d.kernel_whole);
  say(&d, id, "late");
  say(&d, 99, "of nobody");
  assert_int_equal(r->nout, 2);
  doc_fini(&d);
}

TEST(a_failed_cell_keeps_where_and_why) {
  Doc d;
  read_doc(&d, "b = ml.bost{}\n");
  doc_begin(&d, d.cell[0].id);
  doc_take_done(&d, &(MsgDone){.cell = d.cell[0].id,
                               .failed = true,
                               .line = 1,
                               .column = 8,
                               .token = "bost",
                               .message = "no model",
                               .state = 1});
  expect_state(&d, 0, CELL_FAILED, "");
  assert_string_equal(d.cell[0].result->token, "bost");
  assert_int_equal(d.cell[0].result->column, 8);
  doc_set_text(&d, 0, "b = ml.boost{}");
  expect_state(&d, 0, CELL_STALE, "edited");
  doc_fini(&d);
}

TEST(a_cancel_gives_back_what_the_cell_had) {
  Doc d;
  read_doc(&d, "x = 1\n\n-- %%\ny = x\n");
  run_cell(&d, 0, "", "x", 1);
  const Result *had = d.cell[0].result;
  doc_begin(&d, d.cell[0].id);
  doc_begin(&d, d.cell[0].id); // queued twice
  doc_begin(&d, d.cell[1].id);
  doc_started(&d, d.cell[0].id);
  doc_forget_waiting(&d);
  assert_ptr_equal(d.cell[0].result, had);
  expect_state(&d, 0, CELL_CURRENT, "");
  expect_state(&d, 1, CELL_NEVER, "");
  finish(&d, d.cell[0].id, "", "", 2, true); // what the kernel says of it afterwards
  expect_state(&d, 0, CELL_CURRENT, "");
  assert_int_equal(d.kernel, 2);
  doc_fini(&d);
}

TEST(a_later_run_above_makes_readers_stale_and_theirs) {
  Doc d;
  run_three(&d);
  run_cell(&d, 0, "", "x", 5);
  expect_state(&d, 0, CELL_CURRENT, "");
  expect_state(&d, 1, CELL_STALE, "cell 1 ran later");
  expect_state(&d, 2, CELL_STALE, "cell 2 is stale");
  expect_state(&d, 3, CELL_CURRENT, "");
  run_cell(&d, 1, "x", "y", 6);
  expect_state(&d, 1, CELL_CURRENT, "");
  expect_state(&d, 2, CELL_STALE, "cell 2 ran later");
  run_cell(&d, 2, "y", "z", 7);
  expect_state(&d, 2, CELL_CURRENT, "");
  doc_fini(&d);
}

TEST(an_edited_cell_is_stale_until_its_text_is_back) {
  Doc d;
  run_three(&d);
  doc_set_text(&d, 0, "x = 2");
  expect_state(&d, 0, CELL_STALE, "edited");
  expect_state(&d, 1, CELL_STALE, "cell 1 is stale");
  expect_state(&d, 2, CELL_STALE, "cell 2 is stale");
  doc_set_text(&d, 0, "x = 1  "); // blanks at a line's end make no difference
  for (int64_t i = 0; i < 4; i++) expect_state(&d, i, CELL_CURRENT, "");
  doc_begin(&d, d.cell[0].id);
  doc_set_text(&d, 0, "x = 3"); // while it runs
  finish(&d, d.cell[0].id, "", "x", 5, false);
  expect_state(&d, 0, CELL_STALE, "edited");
  doc_fini(&d);
}

TEST(a_notebook_that_ran_from_the_top_is_current_though_names_are_written_again) {
  Doc d;
  read_doc(&d, "d = data 'x'\n\n-- %%\nd:describe()\n\n-- %%\nd = d:dropna{}\n\n-- %%\nd:describe()\n");
  run_cell(&d, 0, "data", "d", 1);
  run_cell(&d, 1, "d", "", 2);
  run_cell(&d, 2, "d", "d", 3);
  run_cell(&d, 3, "d", "", 4);
  for (int64_t i = 0; i < 4; i++) expect_state(&d, i, CELL_CURRENT, "");
  run_cell(&d, 2, "d", "d", 5);
  expect_state(&d, 1, CELL_CURRENT, "");
  expect_state(&d, 3, CELL_STALE, "cell 3 ran later");
  run_cell(&d, 0, "data", "d", 6);
  expect_state(&d, 1, CELL_STALE, "cell 1 ran later");
  expect_state(&d, 2, CELL_STALE, "cell 1 ran later");
  doc_fini(&d);
}

TEST(moving_and_removing_a_writer_counts) {
  Doc d;
  run_three(&d);
  run_cell(&d, 3, "", "x", 5); // below: cell 2 would read the x of cell 1 again
  expect_state(&d, 1, CELL_CURRENT, "");
  doc_move(&d, 3, 1);
  expect_state(&d, 2, CELL_STALE, "cell 2 ran later");
  doc_remove(&d, 1);
  expect_state(&d, 1, CELL_CURRENT, "");
  doc_fini(&d);
}

TEST(a_result_counts_for_the_cell_whose_value_it_read) {
  Doc d;
  read_doc(&d, "x = 1\n\n-- %%\nx = 2\n\n-- %%\ny = x\n");
  run_cell(&d, 0, "", "x", 1);
  run_cell(&d, 1, "", "x", 2);
  run_cell(&d, 2, "x", "y", 3);
  expect_state(&d, 2, CELL_CURRENT, "");
  doc_move(&d, 2, 1); // x = 1, y = x, x = 2: y is 2
  expect_state(&d, 1, CELL_STALE, "x would come from cell 1");
  doc_move(&d, 1, 2);
  expect_state(&d, 2, CELL_CURRENT, "");
  doc_remove(&d, 1);
  expect_state(&d, 1, CELL_STALE, "x would come from cell 1");
  doc_remove(&d, 0);
  expect_state(&d, 0, CELL_STALE, "what made x is gone");
  doc_fini(&d);
}

TEST(a_value_from_below_is_not_that_of_a_replay) {
  Doc d;
  read_doc(&d, "y = x\n\n-- %%\nx = 2\n");
  run_cell(&d, 1, "", "x", 1);
  run_cell(&d, 0, "x", "y", 2);
  expect_state(&d, 0, CELL_STALE, "cell 2 below made x");
  doc_fini(&d);
}

TEST(undo_brings_back_who_wrote_what) {
  Doc d;
  read_doc(&d, "x = 1\n\n-- %%\ny = x\n");
  run_cell(&d, 0, "", "x", 1);
  doc_commit(&d, "run", NULL, NULL);
  doc_insert(&d, 2, NOTE_CODE, "x = 3");
  run_cell(&d, 2, "", "x", 2);
  doc_commit(&d, "run", NULL, NULL);
  assert_true(doc_undo(&d, -1));
  run_cell(&d, 1, "x", "y", 3);
  expect_state(&d, 1, CELL_CURRENT, "");
  doc_fini(&d);
}

// Which cells have to run, as a word of their numbers.
static void expect_plan(const Doc *d, const char *want) {
  Arena a;
  bool *run;
  char got[32] = "";
  arena_init(&a);
  int64_t n = doc_plan_stale(d, &run, &a), k = 0;
  for (int64_t i = 0; i < d->n; i++)
    if (run[i]) got[k++] = (char)('1' + i);
  assert_int_equal(k, n);
  assert_string_equal(got, want);
  arena_fini(&a);
}

TEST(running_what_is_stale_runs_what_its_values_come_from) {
  Doc d;
  read_doc(&d, "x = 1\n\n-- %%\nx = x + 1\n\n-- %%\ny = x\n\n-- %%\nz = 1\n");
  run_cell(&d, 0, "", "x", 1);
  run_cell(&d, 1, "x", "x", 2);
  run_cell(&d, 2, "x", "y", 3);
  run_cell(&d, 3, "", "z", 4);
  expect_plan(&d, "");
  doc_set_text(&d, 2, "y = x + 0");
  expect_plan(&d, "3"); // its x is there
  doc_set_text(&d, 1, "x = x + 2");
  expect_plan(&d, "123");       // the x of cell 1 was written over
  run_cell(&d, 1, "x", "x", 5); // x + 1 + 2
  expect_state(&d, 1, CELL_STALE, "x would come from cell 1");
  expect_plan(&d, "123");
  run_cell(&d, 0, "", "x", 6);
  run_cell(&d, 1, "x", "x", 7);
  run_cell(&d, 2, "x", "y", 8);
  expect_plan(&d, "");
  expect_state(&d, 2, CELL_CURRENT, "");
  doc_fini(&d);
}

TEST(a_lost_kernel_makes_every_result_stale_also_after_undo) {
  Doc d;
  run_three(&d);
  doc_commit(&d, "run", NULL, NULL);
  doc_set_text(&d, 3, "w = 2");
  doc_commit(&d, "edit", NULL, NULL);
  doc_begin(&d, d.cell[3].id);
  doc_kernel_gone(&d);
  expect_state(&d, 0, CELL_STALE, "kernel restarted");
  expect_state(&d, 3, CELL_STALE, "edited");
  assert_int_equal(d.kernel, 0);
  assert_true(doc_undo(&d, -1));
  expect_state(&d, 3, CELL_STALE, "kernel restarted");
  assert_int_equal(d.kernel, 0);
  assert_false(d.kernel_whole);
  run_cell(&d, 0, "", "x", 1);
  expect_state(&d, 0, CELL_CURRENT, "");
  expect_state(&d, 1, CELL_STALE, "cell 1 ran later");
  doc_fini(&d);
}

TEST(a_text_cell_has_no_result) {
  Doc d;
  run_three(&d);
  doc_set_kind(&d, 0, NOTE_MARKDOWN);
  assert_null(d.cell[0].result);
  expect_state(&d, 0, CELL_NEVER, "");
  expect_state(&d, 1, CELL_STALE, "what made x is gone");
  doc_fini(&d);
}

TEST(new_names_are_unused) {
  Doc d;
  Arena a = {0};
  read_doc(&d, "v = 1 -- v3\n\n-- %%\nload 'x'\n\n-- %% [markdown]\n-- v5\n");
  run_cell(&d, 1, "v4", "v2", 1);
  assert_string_equal(doc_new_name(&d, "v", &a), "v3");
  assert_string_equal(doc_new_name(&d, "e", &a), "e");
  doc_set_text(&d, 0, "v3 = v");
  assert_string_equal(doc_new_name(&d, "v", &a), "v5");
  arena_fini(&a);
  doc_fini(&d);
}

RUN(CASE(recipes_come_back_byte_for_byte), CASE(nasty_texts_come_back_byte_for_byte),
    CASE(nasty_texts_survive_an_edit_and_undo), CASE(a_file_with_a_nul_byte_is_refused_and_changes_nothing),
    CASE(an_edit_leaves_the_other_cells_as_they_stood), CASE(the_same_text_moves_nothing),
    CASE(a_marker_line_parts_a_code_cell_as_in_the_file), CASE(a_marker_in_a_text_cell_is_text),
    CASE(a_first_cell_gets_a_marker_when_it_would_not_read_as_one), CASE(cells_go_and_move_and_the_file_ends_as_it_did),
    CASE(merging_joins_lines_and_turns_markdown_below_code_into_comments),
    CASE(splitting_makes_a_cell_of_the_same_kind_below),
    CASE(only_one_cell_is_a_pending_chain_until_another_cell_changes), CASE(a_run_goes_from_waiting_to_its_result),
    CASE(a_failed_cell_keeps_where_and_why), CASE(a_cancel_gives_back_what_the_cell_had),
    CASE(a_later_run_above_makes_readers_stale_and_theirs), CASE(an_edited_cell_is_stale_until_its_text_is_back),
    CASE(a_notebook_that_ran_from_the_top_is_current_though_names_are_written_again),
    CASE(moving_and_removing_a_writer_counts), CASE(a_result_counts_for_the_cell_whose_value_it_read),
    CASE(a_value_from_below_is_not_that_of_a_replay), CASE(undo_brings_back_who_wrote_what),
    CASE(running_what_is_stale_runs_what_its_values_come_from),
    CASE(a_lost_kernel_makes_every_result_stale_also_after_undo), CASE(a_text_cell_has_no_result),
    CASE(new_names_are_unused))
