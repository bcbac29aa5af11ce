// Any text as recorded results: what is taken prints as a text that is read as the same.
#include "fuzz/fuzz.h"

#include "kernel/kernel_int.h"

static const char *const TOKENS[] = {
    "tycho results 1\n", "build ", "cell ", "cell 1 ok seed 1\n", "cell -2147483649 failed seed 18446744073709551616\n",
    "code ", "value ", "input ", "| ", "|", "\n", "ok", "failed", "seed", "file a b\n",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", NULL};

static bool is_whole(const Results *r) { // a file that was cut off has a last cell without its value
  for (int k = 0; k < r->n; k++)
    if (!r->item[k].code[0] || !r->item[k].hash[0]) return false;
  return true;
}

static void check_again(const Results *r) {
  Str once = {0}, twice = {0};
  Results back;
  Err err = {0};
  results_print(r, &once);
  if (results_parse((Sv){once.s, once.n}, &back, &err) != OK) fail_msg("%s", err.msg);
  results_print(&back, &twice);
  assert_true(sv_eq((Sv){once.s, once.n}, (Sv){twice.s, twice.n}));
  results_fini(&back);
  str_fini(&once), str_fini(&twice);
}

static void check(Sv bytes, Dice *d) {
  Results r;
  Err err = {0};
  if (results_parse(bytes, &r, &err) != OK) {
    assert_int_equal(err.code, ERR_PARSE);
    assert_has(err.msg, "line ");
    return;
  }
  for (int k = 0; k + 1 < r.n; k++) {
    Sv a = {str_c(&r.item[k].value), r.item[k].value.n}, b = {str_c(&r.item[k + 1].value), r.item[k + 1].value.n};
    bool near = coin(d);
    assert_int_equal(value_differs(a, b, near), value_differs(b, a, near));
    assert_int_equal(value_differs(a, a, near), 0);
  }
  if (is_whole(&r)) check_again(&r);
  results_fini(&r);
}

static void head(Str *s, Dice *d) {
  static const char line[] = "tycho results 1\n";
  if (below(d, 8) && s->n >= sizeof line - 1) memcpy(s->s, line, sizeof line - 1);
}

TEST(any_text_is_results_or_names_its_line) {
  fuzz_run(&(Fuzz){.door = "results", .check = check, .rounds = 60000, .token = TOKENS, .mend = head});
}

RUN(FUZZ_CASE(any_text_is_results_or_names_its_line))
