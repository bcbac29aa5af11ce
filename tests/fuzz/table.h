// A reader under fuzz: any bytes under a name are a frame whose parts fit together, which can be written and read
// again, or an error that names the file.
#pragma once
#include "fuzz/fuzz.h"

#include "unit/io/io_help.h"

static inline void table_column(const Column *c, int64_t n) {
  int64_t missing = 0;
  Str text = {0};
  assert_int_equal(c->n, n);
  for (int64_t i = 0; i < n; i++) {
    missing += !col_valid(c, i);
    if (c->type == COL_CAT && col_valid(c, i)) assert_true(col_code(c, i) < c->dict->n);
    if (!col_width(c)) assert_true(c->off[i] <= c->off[i + 1]);
    col_format(c, i, (CellStyle)(i % 2), &text);
  }
  assert_int_equal(missing, c->missing);
  str_fini(&text);
}

static inline void table_frame(const Frame *f) {
  for (int j = 0; j < frame_ncol(f); j++) {
    table_column(frame_at(f, j), frame_nrow(f));
    assert_int_equal(frame_find(f, sv(frame_name(f, j))), j);
    assert_true(frame_name(f, j)[0]);
  }
}

// Rows and columns of what is written are those that come back.
static inline void table_again(const Frame *f, const char *name) {
  ReadOpts opts;
  Frame *g = NULL;
  Err err = {0};
  io_read_defaults(&opts);
  unlink(help_path(name));
  if (io_write(NULL, &HELP_DOOR, f, help_path(name), &err) != OK) return;
  if (io_read(NULL, &HELP_DOOR, help_path(name), &opts, &g, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(frame_nrow(g), frame_nrow(f));
  assert_int_equal(frame_ncol(g), frame_ncol(f));
  assert_int_equal(frame_nrow(frame_quarantine(g)), 0);
  frame_unref(g);
}

// `again`: the name under which one of 32 frames is written and read again; NULL: none.
static inline void table_check(Sv bytes, Dice *d, const char *name, const char *again) {
  static const int64_t rows[] = {-1, -1, -1, 0, 3};
  static const char *mark[] = {"1", "x"};
  ReadOpts opts;
  Frame *f = NULL;
  Err err = {0};
  Job job = {.memory = mem_resident() + (256 << 20)};
  io_read_defaults(&opts);
  opts.rows = rows[below(d, 5)];
  if (below(d, 8) == 0) opts.na = (Names){mark, 2};
  unlink(help_path(name)); // cutting an old file is slow
  if (io_read(&job, &HELP_DOOR, help_file(name, bytes.s, bytes.n), &opts, &f, &err) == OK) {
    table_frame(f), table_frame(frame_ledger(f)), table_frame(frame_quarantine(f));
    if (again && below(d, 32) == 0) table_again(f, again);
    frame_unref(f);
  } else if (!strstr(err.msg, name) && err.code != ERR_MEMORY) {
    fail_msg("%s", err.msg);
  }
}
