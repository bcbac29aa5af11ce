#include "fuzz/table.h"

static const char *const TOKENS[] = {"1 ", "-1 ", "0:1 ", "1:0.5 ", "2:-3e5 ", "7:nan ", "3:inf ", "qid:2 ", "# x", "\n",
                                     "1,3 ", ":", "99:1 ", "3000:1 ", "1048577:1 ", "9223372036854775808:1 ", "-1:2 ",
                                     "1e400", "+1 ", "4:9007199254740993 ", "\r\n", "\t", NULL};

static void check(Sv bytes, Dice *d) { table_check(bytes, d, "any.svm", "again.svm"); }

TEST(any_bytes_are_a_table_or_a_clear_error) {
  fuzz_run(&(Fuzz){.door = "libsvm", .check = check, .rounds = 2000, .token = TOKENS});
  help_done();
}

RUN(FUZZ_CASE(any_bytes_are_a_table_or_a_clear_error))
