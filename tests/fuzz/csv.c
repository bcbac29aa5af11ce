// Any bytes as a table: a frame whose parts fit together, or an error that says something. Where a line is a record
// (no quotes, no CR, no tabs among blanks) every line is a row, in quarantine, a header, a comment or blank. Read in
// windows and by libcsv the text gives the same.
#include "fuzz/fuzz.h"

#include "unit/io/differ.h"

#include <strings.h>

static const char *const TOKENS[] = {
    ",", ";", "\t", "|", "\"", "\"\"", "\",\"", "\n", "\r\n", "\r", "a,b,c\n", "1", "-0", "1e400", "1e-400", "nan",
    "NA", "-999", "9223372036854775807", "9223372036854775808", "1,5", "1.234.567", "true", "2024-02-30", "0000-01-01",
    "9999-12-31T23:59:60Z", "2024-01-01T00:00+99:99", "24:00:00", "\xff\xfe", "\xfe\xff", "\xef\xbb\xbf", "\xc2\xa0",
    "sep=;\n", "sep=,\n", "# note\n", "#", "%", "//", "\n# ", "Report 2012,,\n", "2001,2002,2003\n", "'", "','", "^", "~", ":", "caf\xe9", "\x80\x81", " ", "  \n", "%", "$1,000", "''", "=cmd()", NULL};

static void check_column(const Column *c, int64_t n) {
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

static void check_frame(const Frame *f) {
  for (int j = 0; j < frame_ncol(f); j++) {
    check_column(frame_at(f, j), frame_nrow(f));
    assert_int_equal(frame_find(f, sv(frame_name(f, j))), j);
  }
}

static int64_t count_lines(Sv text) {
  int64_t n = 0;
  bool blank = true;
  for (size_t i = 0; i < text.n; i++) {
    if (text.s[i] != '\n') blank = blank && text.s[i] == ' ';
    if (text.s[i] == '\n' || i + 1 == text.n) n += !blank, blank = true;
  }
  return n;
}

static int64_t count_of(const Frame *f, const char *what) { // the number before a word of the ledger
  const char *note = help_ledger(f, "(file)", "note"), *at = strstr(note, what);
  while (at && at > note && (at[-1] == ' ' || (at[-1] >= '0' && at[-1] <= '9'))) at--;
  return at ? strtoll(at, NULL, 10) : 0;
}

static void check_lines(const Frame *f, Sv bytes, const ReadOpts *opts) {
  int64_t had = frame_nrow(f) + frame_nrow(frame_quarantine(f)), lines = count_lines(bytes);
  for (size_t i = 0; i < bytes.n; i++)
    if (strchr("'\"\r\t", bytes.s[i]) || (unsigned char)bytes.s[i] >= 0x7F) return;
  if (strcmp(help_ledger(f, "(file)", "type"), "csv")) return;
  if (opts->rows >= 0 || opts->skip > 0 || strstr(help_ledger(f, "(file)", "note"), "delimiter ' '")) return;
  had += strstr(help_ledger(f, "(file)", "note"), "; header on line ") != NULL;
  had += count_of(f, " comment line");
  if (bytes.n > 4 && strncasecmp(bytes.s, "sep=", 4) == 0) assert_in_range(lines - had, 0, 1);
  else assert_int_equal(had, lines);
}

// What was read can be written, and then has the same rows and columns, none of them out of place. A file with
// control characters in it may look like no text when it is written.
static void check_again(const Frame *f, Sv bytes) {
  for (size_t i = 0; i < bytes.n; i++)
    if ((unsigned char)bytes.s[i] < ' ' && !strchr("\t\n\r", bytes.s[i] ? bytes.s[i] : 1)) return;
  const char *path = help_path("again.csv");
  Frame *g = NULL;
  Err err = {0};
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.header = 1, opts.delim = ',';
  if (io_write(NULL, &HELP_DOOR, f, path, &err) != OK) fail_msg("%s", err.msg);
  if (io_read(NULL, &HELP_DOOR, path, &opts, &g, &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(frame_nrow(g), frame_nrow(f));
  assert_int_equal(frame_ncol(g), frame_ncol(f));
  assert_int_equal(frame_nrow(frame_quarantine(g)), 0);
  frame_unref(g);
}

static void draw_options(Dice *d, ReadOpts *o) {
  static const int64_t rows[] = {-1, -1, -1, 0, 3};
  static const char *const comment[] = {NULL, NULL, NULL, "", "#", "//"};
  static const char *const encoding[] = {"utf-8", "utf-16", "utf-16be", "latin-1", "windows-1252"};
  io_read_defaults(o);
  o->header = (int)below(d, 3) - 1, o->delim = "\0\0\0\0,;\t|: \xFE"[below(d, 11)], o->rows = rows[below(d, 5)];
  o->quote = "\0\0\0\0\"'\xFF"[below(d, 7)], o->comment = comment[below(d, 6)];
  o->encoding = below(d, 4) ? NULL : encoding[below(d, 5)], o->skip = below(d, 3) ? -1 : below(d, 4);
}

static void check(Sv bytes, Dice *d) {
  const char *path = help_file("any.csv", bytes.s, bytes.n);
  ReadOpts opts;
  Frame *f = NULL;
  Err err = {0};
  draw_options(d, &opts);
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) == OK) {
    check_frame(f), check_frame(frame_ledger(f)), check_frame(frame_quarantine(f));
    if (!opts.encoding || strncmp(opts.encoding, "utf-16", 6)) check_lines(f, bytes, &opts);
    if (below(d, 32) == 0) check_again(f, bytes);
    frame_unref(f);
  } else if (err.code == ERR_ARG) {
    if (!strstr(err.msg, " has no use for ")) assert_has(err.msg, "skip = "); // what is JSON takes no delim
  } else {
    assert_int_equal(err.code, ERR_PARSE);
    assert_has(err.msg, "any.csv'");
  }
}

static void check_ways(Sv bytes, Dice *d) {
  static const char *const comment[] = {"", "#", "//", "%"};
  Str own = {0}, notes = {0};
  Sv text;
  assert_int_equal(decode_text(NULL, bytes, &own, &text, &notes, NULL), OK);
  Dialect dialect = {.delim = ",,,;\t| \xFE"[below(d, 8)], .quote = "\"\"\"'\xFF"[below(d, 5)]};
  dialect.comment = sv(comment[below(d, 4)]);
  int64_t width = width_of(text, &dialect);
  size_t grain = (size_t)below(d, 200) + 1;
  Way way = {.sizes = {.first = grain * (size_t)(1 + below(d, 3)), .most = grain * 9, .grain = grain,
                       .careful = (size_t)below(d, 100) + 1},
             .isa = (int)below(d, 3)};
  if (width) compare(text, &dialect, width, below(d, 4) ? -1 : below(d, 12), &way, "ways");
  str_fini(&own);
  str_fini(&notes);
}

static void check_both(Sv bytes, Dice *d) {
  check(bytes, d);
  check_ways(bytes, d);
}

TEST(any_bytes_are_a_table_or_a_clear_error) {
  fuzz_run(&(Fuzz){.door = "csv", .check = check_both, .rounds = 2000, .token = TOKENS});
  help_done();
}

RUN(FUZZ_CASE(any_bytes_are_a_table_or_a_clear_error))
