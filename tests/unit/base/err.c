#include "check.h"

#include "base/err.h"
#include "base/utf8.h"

TEST(a_message_holds_code_and_text) {
  Err err;
  assert_int_equal(err_set(&err, ERR_SHAPE, "%d rows, %d expected", 3, 4), ERR_SHAPE);
  assert_int_equal(err.code, ERR_SHAPE);
  assert_string_equal(err.msg, "3 rows, 4 expected");
}

TEST(a_caller_may_not_want_the_message) {
  assert_int_equal(err_set(NULL, ERR_IO, "x"), ERR_IO);
  assert_int_not_equal(err_prefix(NULL, "x"), OK);
}

// Long texts of two-byte letters behind `lead` ASCII letters, so that the cut falls at every place of a letter.
TEST(a_long_message_is_cut_at_a_character_border) {
  char text[3000];
  for (size_t lead = 0; lead < 4; lead++) {
    memset(text, 'a', lead);
    for (size_t i = lead; i + 2 < sizeof text; i += 2) memcpy(text + i, "\xC3\xA9", 3);
    Err err;
    err_set(&err, ERR_ARG, "%s", text);
    size_t n = strlen(err.msg);
    assert_true(n < sizeof err.msg && n > sizeof err.msg - 8);
    assert_true(utf8_valid(err.msg, n));
    assert_string_equal(err.msg + n - 3, "\xE2\x80\xA6");
  }
}

TEST(a_message_that_just_fits_is_whole) {
  char text[1024];
  memset(text, 'x', 1023);
  text[1023] = 0;
  Err err;
  err_set(&err, ERR_ARG, "%s", text);
  assert_string_equal(err.msg, text);
}

TEST(a_prefix_goes_before_the_message_and_keeps_the_code) {
  Err err;
  err_set(&err, ERR_PARSE, "no number: 'x'");
  assert_int_equal(err_prefix(&err, "line %d", 7), ERR_PARSE);
  assert_string_equal(err.msg, "line 7: no number: 'x'");
}

TEST(a_prefix_before_a_long_message_cuts_it) {
  char text[3000];
  memset(text, 'y', sizeof text);
  text[sizeof text - 1] = 0;
  Err err;
  err_set(&err, ERR_PARSE, "%s", text);
  err_prefix(&err, "file");
  assert_true(strncmp(err.msg, "file: yyy", 9) == 0);
  assert_true(utf8_valid(err.msg, strlen(err.msg)));
  err_prefix(&err, "%s", text);
  assert_int_equal(err.code, ERR_PARSE);
  assert_true(utf8_valid(err.msg, strlen(err.msg)));
}

static ErrCode third_fails(int *reached, Err *err) {
  TRY(OK);
  ++*reached;
  TRY(err_set(err, ERR_NUMERIC, "no answer"));
  ++*reached;
  return OK;
}

TEST(try_returns_the_first_error) {
  int reached = 0;
  Err err;
  assert_int_equal(third_fails(&reached, &err), ERR_NUMERIC);
  assert_int_equal(reached, 1);
}

RUN(CASE(a_message_holds_code_and_text), CASE(a_caller_may_not_want_the_message),
    CASE(a_long_message_is_cut_at_a_character_border), CASE(a_message_that_just_fits_is_whole),
    CASE(a_prefix_goes_before_the_message_and_keeps_the_code), CASE(a_prefix_before_a_long_message_cuts_it),
    CASE(try_returns_the_first_error))
