// Shared by the tests of io: a door that allows everything, files in a folder of their own, and short ways to cells.
#pragma once
#include "check.h"

#include "io/io.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static inline ErrCode help_resolve(void *ctx, const char *path, bool write, Str *real, Err *err) {
  (void)ctx, (void)write, (void)err;
  str_add(real, path);
  return OK;
}
static const Door HELP_DOOR = {.resolve = help_resolve};

// A path in a folder that is made on first use; help_done removes both.
static char help_folder[64];
static inline const char *help_path(const char *name) {
  static char path[4][256];
  static int turn;
  if (!help_folder[0]) {
    strcpy(help_folder, "/tmp/tycho_io_XXXXXX");
    assert_non_null(mkdtemp(help_folder));
  }
  turn = (turn + 1) % 4;
  snprintf(path[turn], sizeof path[turn], "%s/%s", help_folder, name);
  return path[turn];
}
static inline void help_done(void) {
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", help_folder);
  if (help_folder[0]) assert_int_equal(system(command), 0);
  help_folder[0] = 0;
}

static inline const char *help_file(const char *name, const char *bytes, size_t n) {
  const char *path = help_path(name);
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, n, f), n);
  assert_int_equal(fclose(f), 0);
  return path;
}

// Reads `n` bytes as a file `name`; fails the case on an error.
static inline Frame *help_read_bytes(Job *job, const char *name, const char *bytes, size_t n, const ReadOpts *opts) {
  const char *path = help_file(name, bytes, n);
  ReadOpts dflt;
  io_read_defaults(&dflt);
  Frame *f = NULL;
  Err err = {0};
  if (io_read(job, &HELP_DOOR, path, opts ? opts : &dflt, &f, &err) != OK) fail_msg("%s", err.msg);
  return f;
}
static inline Frame *help_read(const char *text) { return help_read_bytes(NULL, "t.csv", text, strlen(text), NULL); }
static inline Frame *help_read_opts(const char *text, const ReadOpts *opts) {
  return help_read_bytes(NULL, "t.csv", text, strlen(text), opts);
}

// The cell as exact text; "<missing>" when it is.
static inline const char *help_cell(const Frame *f, const char *name, int64_t row) {
  static char text[8][2048];
  static int turn;
  turn = (turn + 1) % 8;
  int j = frame_find(f, sv(name));
  if (j < 0) fail_msg("no column '%s'", name);
  if (row >= frame_nrow(f)) fail_msg("no row %lld", (long long)row);
  const Column *c = frame_at(f, j);
  if (!col_valid(c, row)) return "<missing>";
  Str s = {0};
  col_format(c, row, CELL_EXACT, &s);
  snprintf(text[turn], sizeof text[turn], "%s", str_c(&s));
  str_fini(&s);
  return text[turn];
}
static inline const char *help_type(const Frame *f, const char *name) {
  int j = frame_find(f, sv(name));
  if (j < 0) fail_msg("no column '%s'", name);
  return COLTYPES[frame_at(f, j)->type].name;
}
// A field of the ledger's row for `column`.
static inline const char *help_ledger(const Frame *f, const char *column, const char *field) {
  const Frame *l = frame_ledger(f);
  assert_non_null(l);
  for (int64_t i = 0; i < frame_nrow(l); i++)
    if (strcmp(help_cell(l, "column", i), column) == 0) return help_cell(l, field, i);
  fail_msg("the ledger has no row '%s'", column);
  return "";
}
#define assert_cell(f, name, row, want) assert_string_equal(help_cell(f, name, row), want)
#define assert_quarantine(f, row, line_, reason_, text_)                                           \
  do {                                                                                             \
    assert_cell(frame_quarantine(f), "line", row, line_);                                          \
    assert_cell(frame_quarantine(f), "reason", row, reason_);                                      \
    assert_cell(frame_quarantine(f), "text", row, text_);                                          \
  } while (0)
