#include "fuzz/table.h"

static const char *const TOKENS[] = {
    "{", "}", "[", "]", ",", ":", "\"a\"", "\"a\":", "{\"a\":1}\n", "{\"b\":{\"c\":", "null", "true", "false", "NaN",
    "-Infinity", "1e999", "-0.0", "9223372036854775808", "-9223372036854775808", "0.1e-400", "01", "\"\\u0000\"",
    "\"\\ud83d\\ude00\"", "\"\\ud83d\"", "\\", "\"2024-02-29\"", "\"2024-02-29T10:00:00Z\"", "\"\"", "\"data\":[{",
    "\n", "\r\n", "[{", "}]", "\t", "\xef\xbb\xbf", "\"a\":1,\"a\":", NULL};

static void check(Sv bytes, Dice *d) {
  bool lines = coin(d);
  table_check(bytes, d, lines ? "any.jsonl" : "any.json", lines ? "again.jsonl" : "again.json");
}

TEST(any_bytes_are_a_table_or_a_clear_error) {
  fuzz_run(&(Fuzz){.door = "json", .check = check, .rounds = 2000, .token = TOKENS});
  help_done();
}

RUN(FUZZ_CASE(any_bytes_are_a_table_or_a_clear_error))
