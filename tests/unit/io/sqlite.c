// SQLite. The databases were made by Python 3.11.2's sqlite3 (SQLite 3.40.1, tests/golden/make/formats.py); what is in
// them stands there.
#include "unit/io/io_help.h"

#include "golden/formats.h"

static Err err;

// The database as a file of its own, and packed, so that both ways into the library are taken.
static const char *unpacked(const char *name, const void *bytes, size_t n) {
  Source s;
  Sv all;
  const char *path = help_file("x.db.gz", bytes, n);
  assert_int_equal(source_open(NULL, &HELP_DOOR, path, &s, &err), OK);
  assert_int_equal(source_unpack(NULL, &s, NULL, &err), OK);
  assert_int_equal(source_all(NULL, &s, &all, &err), OK);
  path = help_file(name, all.s, all.n);
  source_close(&s);
  return path;
}
#define UNPACKED(name, bytes) unpacked(name, bytes, sizeof(bytes))

static ErrCode try_table(Job *job, const char *path, const char *table, Frame **f) {
  ReadOpts opts;
  io_read_defaults(&opts);
  opts.table = table;
  err = (Err){0};
  *f = NULL;
  return io_read(job, &HELP_DOOR, path, &opts, f, &err);
}
static Frame *read_table(const char *path, const char *table) {
  Frame *f;
  if (try_table(NULL, path, table, &f) != OK) fail_msg("%s", err.msg);
  return f;
}

TEST(values_and_declarations_give_the_types) {
  const char *path[] = {UNPACKED("one.db", DB_ONE_GZ), help_file("one.db.gz", (const char *)DB_ONE_GZ, sizeof DB_ONE_GZ)};
  for (int k = 0; k < 2; k++) {
    Frame *f = read_table(path[k], NULL);
    static const char *const type[][2] = {{"i", "int"},  {"r", "real"}, {"s", "category"}, {"d", "date"}, {"w", "time"},
                                          {"b", "bool"}, {"m", "category"}, {"n", "real"}};
    for (size_t j = 0; j < sizeof type / sizeof *type; j++) assert_string_equal(help_type(f, type[j][0]), type[j][1]);
    assert_int_equal(frame_nrow(f), 4);
    assert_cell(f, "i", 1, "-9223372036854775808");
    assert_cell(f, "i", 3, "9223372036854775807");
    assert_cell(f, "r", 1, "0.1");
    assert_cell(f, "r", 3, "1e+300");
    assert_cell(f, "s", 1, "h\xc3\xa9 \xf0\x9f\x98\x80");
    assert_cell(f, "s", 2, "<missing>");
    assert_cell(f, "s", 3, "");
    assert_cell(f, "d", 3, "2024-02-29");
    assert_cell(f, "w", 1, "2021-02-03 04:05:06");
    assert_cell(f, "b", 0, "true");
    assert_cell(f, "b", 1, "false");
    assert_cell(f, "m", 3, "2.5");
    assert_cell(f, "n", 1, "0.5");
    assert_string_equal(help_ledger(f, "m", "note"), "1 text and 2 other values: all taken as text");
    assert_has(help_ledger(f, "(file)", "note"), "column 'blob': 1 blob left out; table=\"select hex(...) ...\" reads them");
    assert_string_equal(frame_source(f), path[k]);
    frame_unref(f);
  }
}

TEST(of_several_tables_one_is_chosen) {
  const char *path = UNPACKED("two.db", DB_TWO_GZ);
  Frame *f;
  assert_int_equal(try_table(NULL, path, NULL, &f), ERR_NAME);
  assert_has(err.msg, "two.db' holds 3 tables: choose one with table=\"orders\", or a query with table=\"select ...\"; "
                      "there are orders (1,200 rows), odd \"name (0 rows), big (a view)");
  assert_int_equal(try_table(NULL, path, "order", &f), ERR_NAME);
  assert_has(err.msg, "two.db' has no table 'order': did you mean 'orders'?");
  assert_int_equal(try_table(NULL, path, "qqqqq", &f), ERR_NAME);
  assert_has(err.msg, "has no table 'qqqqq': there are orders (1,200 rows), ");
  f = read_table(path, "orders");
  assert_int_equal(frame_nrow(f), 1200);
  assert_cell(f, "total", 1199, "299.75");
  frame_unref(f);
  f = read_table(path, "big");
  assert_int_equal(frame_nrow(f), 799);
  frame_unref(f);
  f = read_table(path, "odd \"name");
  assert_int_equal(frame_nrow(f), 0);
  assert_int_equal(frame_ncol(f), 1);
  frame_unref(f);
}

TEST(a_query_is_answered) {
  const char *path = UNPACKED("two.db", DB_TWO_GZ);
  Frame *f = read_table(path, " select id % 2 as odd, sum(total) as total, id from orders group by 1 order by 1;");
  assert_int_equal(frame_nrow(f), 2);
  assert_cell(f, "total", 0, "89850"); // the sum of k / 4 over the even k below 1200
  frame_unref(f);
  f = read_table(path, "select 1 as a, 2 as a");
  assert_cell(f, "a", 0, "1");
  assert_cell(f, "a_2", 0, "2");
  frame_unref(f);
}

TEST(nothing_but_reading_is_let_through) {
  const char *path = UNPACKED("two.db", DB_TWO_GZ);
  Frame *f;
  assert_int_equal(try_table(NULL, path, "select load_extension('x')", &f), ERR_PARSE);
  assert_has(err.msg, "table: the query cannot be used: not authorized");
  assert_int_equal(try_table(NULL, path, "with a as (select 1) delete from orders", &f), ERR_PARSE);
  assert_has(err.msg, "not authorized");
  assert_int_equal(try_table(NULL, path, "select 1; drop table orders", &f), ERR_PARSE);
  assert_has(err.msg, "table: one query at a time; this stands behind it: drop table orders");
  assert_int_equal(try_table(NULL, path, "select * from pragma_database_list", &f), ERR_PARSE);
  assert_int_equal(try_table(NULL, path, "select nope from orders", &f), ERR_PARSE);
  assert_has(err.msg, "no such column: nope");
  assert_int_equal(try_table(NULL, path, "select from", &f), ERR_PARSE);
  assert_has(err.msg, "syntax error");
}

TEST(a_database_with_a_write_ahead_log_is_read_from_a_file_and_from_memory) {
  Frame *f = read_table(UNPACKED("wal.db", DB_WAL_GZ), NULL);
  assert_cell(f, "x", 0, "42");
  frame_unref(f);
  f = read_table(help_file("wal.db.gz", (const char *)DB_WAL_GZ, sizeof DB_WAL_GZ), NULL);
  assert_cell(f, "x", 0, "42");
  frame_unref(f);
}

TEST(an_endless_query_stops_when_asked_and_at_the_rows_asked_for) {
  static const char endless[] = "with recursive c(x) as (select 1 union all select x + 1 from c) select ";
  const char *path = UNPACKED("one.db", DB_ONE_GZ);
  char query[200];
  Frame *f;
  ReadOpts opts;
  io_read_defaults(&opts);
  snprintf(query, sizeof query, "%sx from c", endless);
  opts.table = query, opts.rows = 3;
  assert_int_equal(io_read(NULL, &HELP_DOOR, path, &opts, &f, &err), OK);
  assert_cell(f, "x", 2, "3");
  frame_unref(f);
  snprintf(query, sizeof query, "%scount(*) from c", endless);
  Job job = {0};
  atomic_store(&job.cancel, true);
  assert_int_equal(try_table(&job, path, query, &f), ERR_CANCELLED);
  assert_string_equal(err.msg, "stopped");
}

TEST(a_damaged_database_says_so) {
  Str bytes = {0};
  Frame *f;
  const char *path = UNPACKED("one.db", DB_ONE_GZ);
  assert_int_equal(io_read_bytes(&HELP_DOOR, path, &bytes, &err), OK);
  assert_int_equal(try_table(NULL, help_file("cut.db", bytes.s, 3000), NULL, &f), ERR_PARSE);
  assert_has(err.msg, "cut.db': SQLite says: ");
  memset(bytes.s + 4096, 0x5A, bytes.n - 4096);
  assert_int_equal(try_table(NULL, help_file("bad.db", bytes.s, bytes.n), NULL, &f), ERR_PARSE);
  assert_has(err.msg, "bad.db': SQLite says: database disk image is malformed");
  for (size_t n = 0; n < bytes.n; n += n < 200 ? 1 : 61)
    if (try_table(NULL, help_file("cut.db", bytes.s, n), NULL, &f) == OK) frame_unref(f);
  str_fini(&bytes);
}

TEST(a_file_name_of_any_characters_is_opened) {
  Frame *f = read_table(UNPACKED("a b?mode=rw#%41.db", DB_ONE_GZ), NULL);
  assert_int_equal(frame_nrow(f), 4);
  frame_unref(f);
}

TEST(writing_keeps_types_and_missing_and_names_the_table_after_the_file) {
  Frame *f = help_read("i,r,b,d,w,s\n1,1.0,true,2024-01-31,2024-01-31 10:20:30.5,x\n,,,,,\n"), *g;
  char want[65], got[65];
  for (int k = 0; k < 2; k++) {
    const char *path = help_path(k ? "my data.sqlite.gz" : "my data.sqlite");
    if (io_write(NULL, &HELP_DOOR, f, path, &err) != OK) fail_msg("%s", err.msg);
    g = read_table(help_path(k ? "my data.sqlite.gz" : "my data.sqlite"), "my data");
    frame_hash(f, want);
    frame_hash(g, got);
    assert_string_equal(got, want);
    frame_unref(g);
  }
  frame_unref(f);
  f = help_read("a,A\n1,2\n");
  assert_int_equal(io_write(NULL, &HELP_DOOR, f, help_path("x.db"), &err), ERR_IO);
  assert_has(err.msg, "x.db': SQLite says: duplicate column name: A");
  frame_unref(f);
}

TEST(the_folder_of_the_test_is_removed) { help_done(); }

RUN(CASE(values_and_declarations_give_the_types), CASE(of_several_tables_one_is_chosen), CASE(a_query_is_answered),
    CASE(nothing_but_reading_is_let_through),
    CASE(a_database_with_a_write_ahead_log_is_read_from_a_file_and_from_memory),
    CASE(an_endless_query_stops_when_asked_and_at_the_rows_asked_for), CASE(a_damaged_database_says_so),
    CASE(a_file_name_of_any_characters_is_opened),
    CASE(writing_keeps_types_and_missing_and_names_the_table_after_the_file), CASE(the_folder_of_the_test_is_removed))
