// Two ways to read delimited text, the windows and libcsv line by line, give the same cells, lines and quarantine: on the
// files of the tests, on generated text with every kind of trouble, at every chunk and window size from one byte up, with
// each instruction set, on 1, 2, 3 and 7 threads.
#include "unit/io/io_help.h"

#include "base/pool.h"
#include "dice.h"
#include "io/csv_int.h"

#include <glob.h>

typedef struct Way { // how the windows are cut
  StreamSizes sizes;
  int isa;
  Pool *pool;
} Way;

static void read_slowly(Sv text, const Dialect *d, int64_t width, int64_t most, Rows *rows, RawTable *t) {
  Err err = {0};
  *t = (RawTable){0};
  rows_init(rows, NULL, width);
  if (rows_read(rows, text, d, most, &err) != OK || rows_take(rows, t, &err) != OK) fail_msg("%s", err.msg);
}

static void read_windows(Sv text, const Dialect *d, int64_t width, int64_t most, const Way *way, Stream *s,
                         Source *from, Job *job) {
  Err err = {0};
  *from = (Source){.path = "t", .name = "t", .fd = -1, .size = (int64_t)text.n};
  str_addn(&from->mem, text.s, text.n);
  *job = (Job){.pool = way->pool};
  *s = (Stream){
      .job = job, .from = from, .dialect = *d, .sizes = way->sizes, .start_line = 1, .limit = most, .ncol = (int)width};
  s->dialect.isa = way->isa;
  quarantine_init(&s->bad, job);
  s->col = calloc((size_t)width, sizeof *s->col);
  for (int64_t j = 0; j < width; j++) build_init(&s->col[j], j % 3 == 2 ? HOLD_TEXTS : HOLD_WORDS, COL_TEXT);
  if (stream_read(s, &err) != OK) fail_msg("%s", err.msg);
}

static void same_column(const Column *a, const Column *b, int64_t j, const char *what) {
  for (int64_t i = 0; i < a->n; i++) {
    if (col_valid(a, i) == col_valid(b, i) && sv_eq(col_text(a, i), col_text(b, i))) continue;
    fail_msg("%s: row %lld, column %lld: '" SV_FMT "', libcsv: '" SV_FMT "'", what, (long long)i, (long long)j,
             SV_ARG(col_text(b, i)), SV_ARG(col_text(a, i)));
  }
}

static void same_quarantine(Quarantine *a, Quarantine *b, const char *what) {
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

static void compare(Sv text, const Dialect *d, int64_t width, int64_t most, const Way *way, const char *what) {
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

static const Dialect COMMA = {.delim = ',', .quote = '"'};

static int64_t width_of(Sv text, const Dialect *d) {
  Records *in = records_open(text, d);
  const Record *rec = records_next(in);
  while (rec && rec->fault) rec = records_next(in);
  int64_t n = rec ? rec->n : 0;
  records_close(in);
  return n;
}

static void every_size(Sv text, const Dialect *d, const char *what) {
  int64_t width = width_of(text, d);
  if (!width) return;
  for (size_t grain = 1; grain <= text.n + 1 && grain < 80; grain += grain < 20 ? 1 : 7) {
    Way way = {.sizes = {.first = grain * 3, .most = grain * 7, .grain = grain, .careful = grain},
               .isa = (int)grain % 3};
    compare(text, d, width, -1, &way, what);
  }
}

TEST(hard_cases_are_the_same_at_every_size) {
  static const char *const cases[] = {"a,b\n1,2\n",
                                      "a,b\n1,2",
                                      "a,b\r\n1,2\r\n\r\n3,4",
                                      "a\n\nb\n \n\"\"\nc",
                                      "a,b\n\"x\ny\",2\n3,4\n",
                                      "a,b\n\"x\r\ny\",2\r\n3,4\r\n",
                                      "a,b\n\"say \"\"hi\"\"\",2\n\"\",\"\"\"\"\n",
                                      "a,b\n x , \"y\" \n\t1\t,2 \n",
                                      "a,b\n\"x\" ,2\n3, \"y\"\n",
                                      "a,b\nx\"y,2\n3,4\n",
                                      "a,b\n\"x\"y,2\n3,4\n",
                                      "a,b\n\"x,2\n3,4\n5,6\n",
                                      "a,b\n1,\"x\n2,y\"z\n3,4\n",
                                      "a,b\r1,2\r3,4\r",
                                      "a,b\n1\r2,3\n4,5\n",
                                      "a,b\n1,2,3\n4\n5,6\n",
                                      "a,b\n\"p\nq\",2,3\n4,5\n",
                                      "a,b\n1,\"\"\"\n2,3\n",
                                      "a,b\n\"\"x,1\n2,3\n",
                                      "a,b\n1,\"x\"\"\n2,\"y\"\"z\"\n3,4\n",
                                      "\"a\",\"b\"\n\"1\",\"2\"",
                                      "\n\n  \na,b\n\n1,2\n",
                                      "a,b\n,\n \t,\n\"\",\n",
                                      "a,b\n1,2\n\"",
                                      "a,b\n1,2\n\"x",
                                      "a,b\n1,2\n\"x\"",
                                      "a,b\n1,\r\n2,\r\n",
                                      "a,b\n\"x\ry\",2\n3,4\n",
                                      "a,b\n1,2\r",
                                      "a,b\n1,2\n\r\n\r\n3,4\n",
                                      "a,b\n\"1\"\"\",\"\"\"2\"\n\"\"\"\"\"\",3\n",
                                      NULL};
  for (int k = 0; cases[k]; k++) every_size(sv(cases[k]), &COMMA, cases[k]);
}

TEST(nul_bytes_and_bytes_beyond_ascii_are_kept) {
  static const char text[] = "a,b\nx\0y,\xC3\xA9\n\"\0\n\0\",\xE2\x82\xAC\n\xF0\x9F\x98\x80,2\n";
  every_size((Sv){text, sizeof text - 1}, &COMMA, "NUL and UTF-8");
}

TEST(other_delimiters_quotes_and_comments) {
  const Dialect tab = {.delim = '\t', .quote = '"'}, one = {.delim = NO_DELIM, .quote = '"'};
  const Dialect single = {.delim = ';', .quote = '\''}, hash = {.delim = ',', .quote = '"', .comment = '#'};
  every_size(sv("a\tb\n\"x\ty\"\t2\nit's 5\" wide\t3\n\"open\t4\n \t\n"), &tab, "tabs");
  every_size(sv("a\nb,c\n\n\"d\ne\"\n x \n\"\"\n"), &one, "one column");
  every_size(sv("a;b\n'x;y';2\n'it''s';3\n\"p\";4\n"), &single, "single quotes");
  every_size(sv("# \"head\na,b\n1,2\n#3,4\n# \"x\n5,6\n\"#7\",8\n#\n#\"y\"\n9,\"#\n#\"\n"), &hash, "comments");
}

// ---- generated text -------------------------------------------------------------------------------------------------
static void random_text(Dice *d, int trouble, Str *s) {
  static const char *const good[] = {"1",          "2.5",         "word",           "",     " ",
                                     "\"q,r\"",    "\"a\"\"b\"",  "\"two\nlines\"", "\"\"", " x ",
                                     "\"c\r\nd\"", "caf\xC3\xA9", "\"  \"",         "#5"};
  static const char *const bad[] = {"\"", "a\"b",   "\"x\"y",  "\r",     "\"\"\"",     "\n\n",
                                    ",",  "\"\n\"", " \"z\" ", "\"z\" ", "\" \"\" \"", "x\"\n"};
  int64_t rows = below(d, 30) + 1, ncol = below(d, 4) + 1;
  const char *end = below(d, 3) ? "\n" : "\r\n";
  for (int64_t i = 0; i < rows; i++)
    for (int64_t j = 0; j < ncol; j++) {
      bool odd = below(d, 100) < trouble;
      str_add(s, odd ? bad[below(d, sizeof bad / sizeof *bad)] : good[below(d, sizeof good / sizeof *good)]);
      if (j + 1 < ncol) str_add(s, ",");
      else if (i + 1 < rows || below(d, 2)) str_add(s, end);
    }
}

TEST(generated_text_with_and_without_trouble_is_the_same) {
  for (uint64_t round = 0; round < 3000; round++) {
    Dice d = dice(round, "differ");
    Str s = {0};
    random_text(&d, (int)(round % 4) * 4, &s);
    Sv text = {str_c(&s), s.n};
    int64_t width = width_of(text, &COMMA);
    size_t grain = (size_t)below(&d, 90) + 1;
    Way way = {.sizes = {.first = grain * (size_t)(1 + below(&d, 3)),
                         .most = grain * 9,
                         .grain = grain,
                         .careful = (size_t)below(&d, 60) + 1},
               .isa = (int)below(&d, 3)};
    char what[64];
    snprintf(what, sizeof what, "round %d", (int)round);
    if (width) compare(text, &COMMA, width, below(&d, 4) ? -1 : below(&d, 12), &way, what);
    str_fini(&s);
  }
}

TEST(threads_do_not_matter) {
  Dice d = dice(1, "threads");
  Str s = {0};
  for (int k = 0; k < 300; k++) random_text(&d, k % 50 ? 0 : 10, &s);
  static const int threads[] = {1, 2, 3, 7};
  for (int k = 0; k < 4; k++) {
    Pool *pool = pool_new(threads[k]);
    Way way = {.sizes = {.first = 1000, .most = 20000, .grain = 300, .careful = 500}, .isa = 2, .pool = pool};
    compare((Sv){str_c(&s), s.n}, &COMMA, 3, -1, &way, "threads");
    pool_free(pool);
  }
  str_fini(&s);
}

// ---- whole tables ---------------------------------------------------------------------------------------------------
static Frame *read_small(const char *path) {
  ReadOpts opts;
  Frame *f = NULL;
  Err err = {0};
  io_read_defaults(&opts);
  if (io_read(NULL, &HELP_DOOR, path, &opts, &f, &err) != OK) fail_msg("%s: %s", path, err.msg);
  return f;
}

static Frame *read_large(const char *path) {
  ReadOpts opts;
  Source from;
  Frame *f = NULL;
  Str notes = {0};
  bool encoded = false;
  int64_t begin = 0;
  Err err = {0};
  io_read_defaults(&opts);
  if (source_open(NULL, &HELP_DOOR, path, &from, &err) != OK) fail_msg("%s", err.msg);
  assert_true(decode_is_plain(from.head, &begin));
  if (begin) note_add(&notes, "byte order mark removed");
  if (csv_stream(NULL, &from, begin, &opts, &notes, &encoded, &f, &err) != OK) fail_msg("%s: %s", path, err.msg);
  str_fini(&notes);
  source_close(&from);
  return f;
}

static void same_frame(const Frame *a, const Frame *b, const char *path, const char *part) {
  char ha[65], hb[65];
  frame_hash(a, ha);
  frame_hash(b, hb);
  if (!strcmp(ha, hb)) return;
  for (int j = 0; j < frame_ncol(a) && j < frame_ncol(b); j++)
    for (int64_t i = 0; i < frame_nrow(a) && i < frame_nrow(b); i++) {
      Str x = {0}, y = {0};
      col_format(frame_at(a, j), i, CELL_EXACT, &x);
      col_format(frame_at(b, j), i, CELL_EXACT, &y);
      if (strcmp(str_c(&x), str_c(&y)))
        fail_msg("%s, %s: column %s, row %lld: '%s' in windows, else '%s'", path, part, frame_name(a, j), (long long)i,
                 str_c(&y), str_c(&x));
      str_fini(&x);
      str_fini(&y);
    }
  fail_msg("%s, %s: not the same", path, part);
}

static void same_table(const char *path) {
  Frame *a = read_small(path), *b = read_large(path);
  same_frame(a, b, path, "rows");
  same_frame(frame_ledger(a), frame_ledger(b), path, "ledger");
  same_frame(frame_quarantine(a), frame_quarantine(b), path, "quarantine");
  frame_unref(a);
  frame_unref(b);
}

TEST(the_bundled_tables_have_the_same_types_values_and_ledger) {
  glob_t found;
  assert_int_equal(glob("datasets/*.csv", 0, NULL, &found), 0);
  assert_true(found.gl_pathc > 20);
  for (size_t k = 0; k < found.gl_pathc; k++) same_table(found.gl_pathv[k]);
  globfree(&found);
}

TEST(every_way_to_write_a_value_gives_the_same) {
  Str s = {0};
  str_add(&s, "int;real;both;minus;comma;money;share;day;us;named;time;zone;word;code;odd;late;none;flag\n");
  for (int i = 0; i < 3000; i++) {
    int m = i % 12 + 1, d = i % 28 + 1;
    str_addf(&s, "%d;%d.%d;%d%s;%s;%d,%d;\"$%d,%03d.50\";%d.5 %%;%d/%d/2012;%d/%d/2012;", i - 50, i, i % 7, i,
             i == 2900 ? ".5" : "", i == 2000 ? "-0" : "7", i, i % 10, i % 90 + 1, i % 1000, i % 100, d, m, m, d);
    str_addf(&s, "%d Mar 2012;2012-%02d-%02d %02d:30:00;2012-01-01T00:00:%02d+02:00;w%d;%05d;%s;%s;%s;%s\n", d, m, d,
             i % 24, i % 60, i % 40, i, i % 500 ? "3" : "n/a?", i < 2500 ? "" : "2012-05-06", i % 3 ? "NA" : "",
             i % 2 ? "T" : "false");
  }
  const char *path = help_file("values.csv", s.s, s.n);
  same_table(path);
  Frame *f = read_large(path);
  static const char *const want[][2] = {
      {"int", "int"},       {"real", "real"}, {"both", "real"}, {"minus", "int"},  {"comma", "real"}, {"money", "real"},
      {"share", "real"},    {"day", "date"},  {"us", "date"},   {"named", "date"}, {"time", "time"},  {"zone", "time"},
      {"word", "category"}, {"odd", "int"},   {"late", "date"}, {"none", "real"},  {"flag", "bool"}};
  for (size_t k = 0; k < sizeof want / sizeof *want; k++) assert_string_equal(help_type(f, want[k][0]), want[k][1]);
  assert_cell(f, "both", 2900, "2900.5");
  assert_cell(f, "comma", 1, "1.1");
  assert_cell(f, "money", 1, "2001.5");
  assert_cell(f, "share", 1, "0.015");
  assert_cell(f, "day", 12, "2012-01-13");
  assert_cell(f, "us", 12, "2012-01-13");
  assert_string_equal(help_ledger(f, "odd", "dissent"), "6");
  frame_unref(f);
  str_fini(&s);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(hard_cases_are_the_same_at_every_size), CASE(nul_bytes_and_bytes_beyond_ascii_are_kept),
    CASE(other_delimiters_quotes_and_comments), CASE(generated_text_with_and_without_trouble_is_the_same),
    CASE(threads_do_not_matter), CASE(the_bundled_tables_have_the_same_types_values_and_ledger),
    CASE(every_way_to_write_a_value_gives_the_same), CASE(the_folder_of_the_test_is_removed))
