#include "fuzz/table.h"

static const char *const TOKENS[] = {"SQLite format 3", "CREATE TABLE t (a INTEGER, b TEXT)", "CREATE VIEW v AS SELECT ",
                                     "table", "view", "INTEGER", "BOOLEAN", "DATE", "\x0d", "\x0a", "\x05", "\x02",
                                     "select load_extension('x')", "t", NULL};

static void check(Sv bytes, Dice *d) { table_check(bytes, d, "any.db", "again.db"); }

TEST(any_bytes_are_a_table_or_a_clear_error) {
  fuzz_run(&(Fuzz){.door = "sqlite", .check = check, .rounds = 1000, .token = TOKENS});
  help_done();
}

RUN(FUZZ_CASE(any_bytes_are_a_table_or_a_clear_error))
