// A notebook in memory for tests: read, run, looked at.
#pragma once
#include "check.h"

#include "ui/doc_int.h"

static inline void read_doc(Doc *d, const char *text) {
  Err err;
  doc_init(d);
  assert_int_equal(doc_read(d, sv(text), &err), OK);
}

static inline void expect_print(const Doc *d, const char *want) {
  Str out = {0};
  doc_print(d, &out);
  assert_string_equal(str_c(&out), want);
  str_fini(&out);
}

static inline Names words(const char *list, Arena *a) {
  Names names = {.name = arena_array(a, const char *, strlen(list) + 1)};
  char *copy = arena_strdup(a, list);
  for (char *w = strtok(copy, " "); w; w = strtok(NULL, " ")) names.name[names.n++] = w;
  return names;
}

static inline void finish(Doc *d, int64_t id, const char *reads, const char *writes, int64_t state, bool failed) {
  Arena a = {0};
  MsgDone m = {.cell = id, .state = state, .whole = true, .failed = failed, .message = failed ? "no" : ""};
  m.reads = words(reads, &a), m.writes = words(writes, &a);
  doc_take_done(d, &m);
  arena_fini(&a);
}

// Runs cell i as the app would.
static inline void run_cell(Doc *d, int64_t i, const char *reads, const char *writes, int64_t state) {
  int64_t id = d->cell[i].id;
  doc_begin(d, id);
  doc_started(d, id);
  finish(d, id, reads, writes, state, false);
}

static inline void say(Doc *d, int64_t id, const char *text) {
  MsgOut m = {.cell = id, .title = "d"};
  shown_text(&m.shown, SHOWN_TEXT, text, NULL);
  doc_take_out(d, &m);
  shown_fini(&m.shown);
}

static inline void expect_state(const Doc *d, int64_t i, CellState state, const char *why) {
  assert_int_equal(d->cell[i].state, state);
  assert_string_equal(d->cell[i].why, why);
}

static inline void expect_text(const Doc *d, int64_t i, const char *text) { assert_string_equal(doc_text(d, i), text); }

#define THREE "x = 1\n\n-- %%\ny = x\n\n-- %%\nz = y\n\n-- %%\nw = 1\n"

static inline void run_three(Doc *d) {
  read_doc(d, THREE);
  run_cell(d, 0, "", "x", 1);
  run_cell(d, 1, "x", "y", 2);
  run_cell(d, 2, "y", "z", 3);
  run_cell(d, 3, "", "w", 4);
  for (int64_t i = 0; i < 4; i++) expect_state(d, i, CELL_CURRENT, "");
}
