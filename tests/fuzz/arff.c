#include "fuzz/table.h"

static const char *const TOKENS[] = {
    "@relation r\n", "@attribute x ", "numeric\n", "real\n", "integer\n", "string\n", "{a,b,'c d'}\n", "{false,true}\n",
    "{}\n", "date\n", "date \"yyyy-MM-dd HH:mm:ss.SSSX\"\n", "date 'dd/MM/yy'\n", "@data\n", "?", ",", "'", "\"", "\\'",
    "{", "}", "{0 1, 2 a}\n", ", {5}\n", "%", "1e400", "nan", "-Inf", "9223372036854775808", "2024-02-30", "\t",
    "2024-02-29T23:59:59", "\n", "\r\n", NULL};

static void check(Sv bytes, Dice *d) { table_check(bytes, d, "any.arff", "again.arff"); }

TEST(any_bytes_are_a_table_or_a_clear_error) {
  fuzz_run(&(Fuzz){.door = "arff", .check = check, .rounds = 2000, .token = TOKENS});
  help_done();
}

RUN(FUZZ_CASE(any_bytes_are_a_table_or_a_clear_error))
