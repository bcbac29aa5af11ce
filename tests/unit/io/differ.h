// One text read in windows and by libcsv, record by record: cells, lines, quarantine and counts must be the same.
#pragma once
#include "unit/io/io_help.h"

#include "base/pool.h"
#include "io/csv_int.h"

typedef struct Way { // how the windows are cut
  StreamSizes sizes;
  int isa;
  Pool *pool;
} Way;

static inline void read_slowly(Sv text, const Dialect *d, int64_t width, int64_t most, Rows *rows, RawTable *t) {
  Err err = {0};
  *t = (RawTable){0};
  rows_init(rows, NULL, width);
  if (rows_read(rows, text, d, 1, most, &err) != OK || rows_take(rows, t, &err) != OK) fail_msg("%s", err.msg);
}

static inline void read_windows(Sv text, const Dialect *d, int64_t width, int64_t most, const Way *way, Stream *s, Source *from,
                         Job *job) {
  Err err = {0};
  *from = (Source){.path = "t", .name = "t", .fd = -1, .size = (int64_t)text.n};
  str_addn(&from->mem, text.s, text.n);
  *job = (Job){.pool = way->pool};
  *s = (Stream){.job = job, .from = from, .dialect = *d, .sizes = way->sizes, .start_line = 1, .limit = most,
                .ncol = (int)width};
  s->dialect.isa = way->isa;
  quarantine_init(&s->bad, job);
  s->col = calloc((size_t)width, sizeof *s->col);
  for (int64_t j = 0; j < width; j++) build_init(&s->col[j], j % 3 == 2 ? HOLD_TEXTS : HOLD_WORDS, COL_TEXT);
  if (stream_read(s, &err) != OK) fail_msg("%s", err.msg);
}

static inline void same_column(const Column *a, const Column *b, int64_t j, const char *what) {
  for (int64_t i = 0; i < a->n; i++) {
    if (col_valid(a, i) == col_valid(b, i) && sv_eq(col_text(a, i), col_text(b, i))) continue;
    fail_msg("%s: row %lld, column %lld: '" SV_FMT "', libcsv: '" SV_FMT "'", what, (long long)i, (long long)j,
             SV_ARG(col_text(b, i)), SV_ARG(col_text(a, i)));
  }
}

static inline void same_quarantine(Quarantine *a, Quarantine *b, const char *what) {
  Frame *x, *y;
  char hx[65], hy[65];
  if (a->n != b->n) fail_msg("%s: %lld lines in quarantine, libcsv: %lld", what, (long long)b->n, (long long)a->n);
  assert_int_equal(quarantine_take(a, &x, NULL), OK);
  assert_int_equal(quarantine_take(b, &y, NULL), OK);
  frame_hash(x, hx);
  frame_hash(y, hy);
  if (strcmp(hx, hy)) fail_msg("%s: another quarantine", what);
  frame_unref(x);
  frame_unref(y);
}

static inline void compare(Sv text, const Dialect *d, int64_t width, int64_t most, const Way *way, const char *what) {
  Rows rows;
  RawTable t;
  Stream s;
  Source from;
  Job job;
  read_slowly(text, d, width, most, &rows, &t);
  read_windows(text, d, width, most, way, &s, &from, &job);
  if (t.nrow != s.nrow) fail_msg("%s: %lld rows, libcsv: %lld", what, (long long)s.nrow, (long long)t.nrow);
  for (int64_t i = 0; i < t.nrow; i++)
    if (lines_at(&t.lines, i) != lines_at(&s.lines, i))
      fail_msg("%s: row %lld on line %lld, libcsv: %lld", what, (long long)i, (long long)lines_at(&s.lines, i),
               (long long)lines_at(&t.lines, i));
  if (rows.stray != s.stray || rows.stray_line != s.stray_line) fail_msg("%s: other misplaced quotes", what);
  if (rows.comments != s.comments || rows.comment_line != s.comment_line)
    fail_msg("%s: %lld comments from line %lld, libcsv: %lld from %lld", what, (long long)s.comments,
             (long long)s.comment_line, (long long)rows.comments, (long long)rows.comment_line);
  for (int64_t j = 0; j < width; j++) {
    Column *c = NULL;
    assert_int_equal(build_take(NULL, &s.col[j], s.nrow, &c, NULL), OK);
    same_column(t.cell[j], c, j, what);
    column_unref(c);
  }
  same_quarantine(&rows.bad, &s.bad, what);
  stream_fini(&s);
  source_close(&from);
  rows_fini(&rows);
  raw_fini(&t);
}

static inline int64_t width_of(Sv text, const Dialect *d) {
  Records *in = records_open(text, d, 1);
  const Record *rec = records_next(in);
  while (rec && rec->fault) rec = records_next(in);
  int64_t n = rec ? rec->n : 0;
  records_close(in);
  return n;
}
