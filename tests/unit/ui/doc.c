// Cells, results, staleness and undo, each case worked by hand; random acts against a plain list of texts.
#include "check.h"

#include "base/file.h"
#include "base/rng.h"
#include "ui/doc_int.h"

#include <stdlib.h>

static void read_doc(Doc *d, const char *text) {
  Err err;
  doc_init(d);
  assert_int_equal(doc_read(d, sv(text), &err), OK);
}

static void expect_print(const Doc *d, const char *want) {
  Str out = {0};
  doc_print(d, &out);
  assert_string_equal(str_c(&out), want);
  str_fini(&out);
}

static Names words(const char *list, Arena *a) {
  Names names = {.name = arena_array(a, const char *, strlen(list) + 1)};
  char *copy = arena_strdup(a, list);
  for (char *w = strtok(copy, " "); w; w = strtok(NULL, " ")) names.name[names.n++] = w;
  return names;
}

static void finish(Doc *d, int64_t id, const char *reads, const char *writes, int64_t state, bool failed) {
  Arena a = {0};
  MsgDone m = {.cell = id, .state = state, .whole = true, .failed = failed, .message = failed ? "no" : ""};
  m.reads = words(reads, &a), m.writes = words(writes, &a);
  doc_take_done(d, &m);
  arena_fini(&a);
}

// Runs cell i as the app would.
static void run_cell(Doc *d, int64_t i, const char *reads, const char *writes, int64_t state) {
  int64_t id = d->cell[i].id;
  doc_begin(d, id);
  doc_started(d, id);
  finish(d, id, reads, writes, state, false);
}

static void say(Doc *d, int64_t id, const char *text) {
  MsgOut m = {.cell = id, .title = "d"};
  shown_text(&m.shown, SHOWN_TEXT, text, NULL);
  doc_take_out(d, &m);
  shown_fini(&m.shown);
}

static void expect_state(const Doc *d, int64_t i, CellState state, const char *why) {
  assert_int_equal(d->cell[i].state, state);
  assert_string_equal(d->cell[i].why, why);
}

static void expect_text(const Doc *d, int64_t i, const char *text) { assert_string_equal(doc_text(d, i), text); }

// ---- texts ---------------------------------------------------------------------------------------------------------
static void expect_round_trip(const char *text) {
  Doc d;
  read_doc(&d, text);
  assert_int_equal(d.n, d.note.n);
  expect_print(&d, text);
  doc_fini(&d);
}

TEST(recipes_come_back_byte_for_byte) {
  static const char *const path[] = {"scripts/recipes/tour.lua", "scripts/recipes/credit.lua",
                                     "scripts/recipes/homes.lua"};
  for (int k = 0; k < 3; k++) {
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
  doc_take_progress(&d, &(MsgProgress){id, 3, 10, 0.5});
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

static const char THREE[] = "x = 1\n\n-- %%\ny = x\n\n-- %%\nz = y\n\n-- %%\nw = 1\n";

static void run_three(Doc *d) {
  read_doc(d, THREE);
  run_cell(d, 0, "", "x", 1);
  run_cell(d, 1, "x", "y", 2);
  run_cell(d, 2, "y", "z", 3);
  run_cell(d, 3, "", "w", 4);
  for (int64_t i = 0; i < 4; i++) expect_state(d, i, CELL_CURRENT, "");
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
  expect_state(&d, 1, CELL_CURRENT, ""); // nobody else wrote x
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

// ---- undo ----------------------------------------------------------------------------------------------------------
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

// ---- random acts ---------------------------------------------------------------------------------------------------
enum { PLAIN_CELLS = 24, PLAIN_STATES = 4096, KERNEL_STATES = 20001 };

typedef struct PlainState {
  char *text;
  int64_t id[PLAIN_CELLS], n, kernel;
} PlainState;

// What the notebook should be, kept as plainly as can be: texts in a list, every printed file in another.
typedef struct Plain {
  char *text[PLAIN_CELLS];
  int64_t n;
  PlainState state[PLAIN_STATES]; // oldest first; those before `first` fell out
  int64_t first, at, nstate, kernel;
  char kept[KERNEL_STATES]; // 1 = in the kernel, 2 = dropped
} Plain;

static void plain_drop(void *ctx, int64_t id) {
  Plain *p = ctx;
  assert_int_equal(p->kept[id], 1);
  p->kept[id] = 2;
  assert_int_not_equal(p->kernel, id);
  for (int64_t k = p->first; k < p->nstate; k++) assert_int_not_equal(p->state[k].kernel, id);
}

static void plain_push(Plain *p, const Doc *d) {
  Str text = {0};
  doc_print(d, &text);
  PlainState *s = &p->state[p->at];
  bool same = p->nstate && strcmp(s->text, str_c(&text)) == 0 && s->n == d->n && s->kernel == d->kernel;
  for (int64_t i = 0; same && i < d->n; i++) same = s->id[i] == d->cell[i].id;
  if (same) {
    str_fini(&text);
    return;
  }
  while (p->nstate > p->at + 1) free(p->state[--p->nstate].text);
  s = &p->state[p->at = p->nstate++];
  assert_true(p->nstate < PLAIN_STATES);
  s->text = str_take(&text), s->n = d->n, s->kernel = d->kernel;
  for (int64_t i = 0; i < d->n; i++) s->id[i] = d->cell[i].id;
  if (p->nstate - p->first > DOC_UNDO_MOST) p->first++;
}

static void plain_put(Plain *p, int64_t i, const char *text) {
  free(p->text[i]);
  p->text[i] = strdup(text);
}

static void plain_insert(Plain *p, int64_t at, const char *text) {
  memmove(p->text + at + 1, p->text + at, (size_t)(p->n++ - at) * sizeof *p->text);
  p->text[at] = strdup(text);
}

static void plain_remove(Plain *p, int64_t i) {
  free(p->text[i]);
  memmove(p->text + i, p->text + i + 1, (size_t)(--p->n - i) * sizeof *p->text);
}

static const char *const LINES[] = {"x = 1", "y = x", "#!z", "  -- note", "d:sort{'a'}", "\xC3\xA9 = [[", "]]", "a\rb"};

static void plain_text(RngKey key, uint64_t row, Str *out) {
  int64_t n = rng_below(key, row, 10, 4);
  for (int64_t k = 0; k < n; k++) {
    if (k) str_addc(out, '\n');
    str_add(out, LINES[rng_below(key, row, (uint64_t)(11 + k), 8)]);
  }
}

static void random_edit(Doc *d, Plain *p, RngKey key, uint64_t row, int64_t i) {
  Str text = {0};
  plain_text(key, row, &text);
  if (doc_kind(d, i) == NOTE_CODE && p->n < 20 && rng_below(key, row, 3, 6) == 0) {
    Str two = {0};
    str_addf(&two, "%s\n-- %%%%\nsecond", str_c(&text));
    assert_int_equal(doc_set_text(d, i, str_c(&two)), 2);
    plain_insert(p, i + 1, "second");
    str_fini(&two);
  } else {
    assert_int_equal(doc_set_text(d, i, str_c(&text)), 1);
  }
  plain_put(p, i, str_c(&text));
  str_fini(&text);
}

static void random_insert(Doc *d, Plain *p, RngKey key, uint64_t row) {
  if (p->n >= 20) return;
  Str text = {0};
  int64_t at = rng_below(key, row, 1, p->n + 1), kind = rng_below(key, row, 2, 3);
  plain_text(key, row, &text);
  doc_insert(d, at, kind == 2 ? NOTE_MARKDOWN : NOTE_CODE, str_c(&text));
  plain_insert(p, at, str_c(&text));
  str_fini(&text);
}

static void random_move(Doc *d, Plain *p, int64_t i, int64_t to) {
  doc_move(d, i, to);
  char *text = strdup(p->text[i]);
  plain_remove(p, i);
  plain_insert(p, to, text);
  free(text);
}

static void random_run(Doc *d, Plain *p, uint64_t row, int64_t i) {
  int64_t id = (int64_t)row + 1;
  doc_begin(d, d->cell[i].id);
  say(d, d->cell[i].id, "value");
  p->kept[id] = 1, p->kernel = id;
  finish(d, d->cell[i].id, row % 2 ? "x" : "y", row % 3 ? "y" : "x", id, row % 7 == 0);
}

static void random_undo(Doc *d, Plain *p, int step) {
  plain_push(p, d);
  int64_t to = p->at + step;
  bool can = to >= p->first && to < p->nstate;
  if (can) p->at = to, p->kernel = p->state[to].kernel;
  assert_int_equal(doc_undo(d, step), can);
  while (p->n) plain_remove(p, 0);
  for (int64_t i = 0; i < d->n; i++) plain_insert(p, i, doc_text(d, i));
  expect_print(d, p->state[p->at].text);
  for (int64_t i = 0; i < d->n; i++) assert_int_equal(d->cell[i].id, p->state[p->at].id[i]);
}

static void check_doc(const Doc *d, const Plain *p) {
  assert_int_equal(d->n, p->n);
  assert_int_equal(d->note.n, d->n);
  assert_int_equal(d->kernel, p->kernel);
  for (int64_t i = 0; i < d->n; i++) {
    expect_text(d, i, p->text[i]);
    assert_true(d->cell[i].id >= 1 && d->cell[i].id <= d->last_id);
    for (int64_t k = 0; k < i; k++) assert_int_not_equal(d->cell[k].id, d->cell[i].id);
  }
}

static void random_act(Doc *d, Plain *p, RngKey key, uint64_t row) {
  int64_t act = rng_below(key, row, 0, 20), i = p->n ? rng_below(key, row, 1, p->n) : 0;
  if (act < 5 || !p->n) random_insert(d, p, key, row);
  else if (act < 9) random_edit(d, p, key, row, i);
  else if (act < 11) doc_remove(d, i), plain_remove(p, i);
  else if (act < 12) random_move(d, p, i, rng_below(key, row, 2, p->n));
  else if (act < 13) doc_set_kind(d, i, rng_below(key, row, 2, 2) ? NOTE_CODE : NOTE_MARKDOWN);
  else if (act < 16 && doc_kind(d, i) == NOTE_CODE) random_run(d, p, row, i);
  else if (act < 18) random_undo(d, p, -1);
  else if (act < 19) random_undo(d, p, 1);
  else d->cell[i].folded = !d->cell[i].folded;
  if (rng_below(key, row, 4, 3)) {
    plain_push(p, d);
    doc_commit(d, "act", plain_drop, p);
  }
}

TEST(random_acts_agree_with_a_plain_list_and_undo_gives_the_same_bytes) {
  Plain *p = calloc(1, sizeof *p);
  RngKey key = rng_key(1, "doc");
  Doc d;
  doc_init(&d);
  plain_push(p, &d);
  for (uint64_t row = 0; row < 20000; row++) {
    random_act(&d, p, key, row);
    check_doc(&d, p);
    if (p->nstate > PLAIN_STATES - 4) { // a new session
      while (p->nstate) free(p->state[--p->nstate].text);
      p->at = p->first = 0;
      doc_undo_reset(&d);
      plain_push(p, &d);
    }
  }
  plain_push(p, &d);
  doc_commit(&d, "end", plain_drop, p);
  for (int64_t id = 1; id < KERNEL_STATES; id++) { // what is not dropped is needed
    bool needed = id == p->kernel;
    for (int64_t k = p->first; k < p->nstate; k++) needed |= p->state[k].kernel == id;
    assert_int_equal(p->kept[id] == 1, needed);
  }
  while (p->n) plain_remove(p, 0);
  while (p->nstate) free(p->state[--p->nstate].text);
  free(p);
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
    CASE(moving_and_removing_a_writer_counts), CASE(a_lost_kernel_makes_every_result_stale_also_after_undo),
    CASE(a_text_cell_has_no_result), CASE(new_names_are_unused),
    CASE(undo_brings_back_texts_results_and_kernel_state_together),
    CASE(a_new_last_cell_can_be_taken_back_alone),
    CASE(taking_back_keeps_a_kernel_whose_state_before_was_not_kept_whole),
    CASE(kernel_states_are_dropped_when_nothing_needs_them), CASE(the_oldest_states_fall_out),
    CASE(folds_stay_and_are_no_act), CASE(what_was_not_committed_is_no_loss),
    CASE(undo_waits_for_a_running_cell_and_a_state_kept_meanwhile_is_from_before_it),
    CASE(a_removed_cell_comes_back_with_its_name_and_result), CASE(a_long_label_is_cut_at_a_character),
    CASE(random_acts_agree_with_a_plain_list_and_undo_gives_the_same_bytes))
