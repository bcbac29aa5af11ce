#include "fuzz/table.h"

static const char *const TOKENS[] = {"\x1f\x8b\x08", "BZh91AY&SY", "\x28\xb5\x2f\xfd", "PK\x03\x04", "PK\x01\x02",
                                     "PK\x05\x06", "ustar", "a.csv", "\x03", "\x08", NULL};

static void check(Sv bytes, Dice *d) {
  static const char *const name[] = {"any.csv.gz", "any.csv.xz", "any.zip", "any"};
  table_check(bytes, d, name[below(d, 4)], NULL);
}

TEST(any_bytes_are_a_table_or_a_clear_error) {
  fuzz_run(&(Fuzz){.door = "packed", .check = check, .rounds = 1000, .token = TOKENS});
  help_done();
}

RUN(FUZZ_CASE(any_bytes_are_a_table_or_a_clear_error))
