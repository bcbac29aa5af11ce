// Bytes that no honest writer makes: each is refused with a reason, and nothing is read past the end (the bytes stand
// in a block of exactly their size, so that the address sanitizer sees it).
#include "check.h"

#include "random.h"

#include <stdlib.h>

static ErrCode read_exact(const char *s, size_t n, Msg *m, Err *err) {
  char *block = malloc(n ? n : 1);
  assert_non_null(block);
  if (n) memcpy(block, s, n);
  ErrCode code = msg_read((Sv){block, n}, m, err);
  free(block);
  return code;
}

static void assert_refused(const Str *bytes, const char *why) {
  Msg m;
  Err err = {0};
  assert_int_equal(read_exact(bytes->s, bytes->n, &m, &err), ERR_PARSE);
  assert_has(err.msg, why);
  assert_int_equal(m.kind, MSG_NONE);
  assert_false(m.owned);
  assert_null(m.arena.head);
}

static void put(Str *out, int size, uint64_t v) {
  for (int i = 0; i < size; i++) str_addc(out, (char)(v >> 8 * i & 0xFF));
}

static void begin(Str *out, unsigned kind) {
  str_clear(out);
  put(out, 4, 0), put(out, 2, kind), put(out, 2, 0), put(out, 8, 77);
}

static void end(Str *out) {
  for (int i = 0; i < 4; i++) out->s[i] = (char)((out->n - 4) >> 8 * i & 0xFF);
}

static void put_text(Str *out, const char *s, size_t n) {
  put(out, 4, n);
  str_addn(out, s, n);
}

TEST(message_cut_at_any_byte_is_refused) {
  Dice d = dice(3, "cut");
  for (MsgKind kind = MSG_NONE + 1; kind < MSG_COUNT; kind++) {
    Msg m, back;
    Str bytes = {0};
    any_msg(&d, kind, &m);
    assert_int_equal(msg_write(&m, &bytes, NULL), OK);
    for (size_t n = 0; n < bytes.n; n++) {
      size_t size = 1;
      assert_int_equal(msg_size((Sv){bytes.s, n}, &size, NULL), OK);
      assert_int_equal(size, 0);
      Err err = {0};
      assert_int_equal(read_exact(bytes.s, n, &back, &err), ERR_PARSE);
      assert_has(err.msg, "cut off");
    }
    for (size_t n = WIRE_HEADER; n < bytes.n; n++) { // a length that fits, fields that do not
      Str cut = {0};
      str_addn(&cut, bytes.s, n);
      end(&cut);
      assert_refused(&cut, "message, field '");
      str_fini(&cut);
    }
    msg_fini(&m);
    str_fini(&bytes);
  }
}

TEST(length_out_of_bounds_is_refused_before_its_bytes_come) {
  static const uint64_t lengths[] = {0, 11, WIRE_MOST - 3, 0x7FFFFFFF, 0xFFFFFFFC, 0xFFFFFFFF};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    Str bytes = {0};
    put(&bytes, 4, lengths[i]);
    size_t size;
    Err err = {0};
    assert_int_equal(msg_size((Sv){bytes.s, 4}, &size, &err), ERR_PARSE);
    assert_has(err.msg, "expected 16 to 16777216");
    assert_refused(&bytes, "not tycho's protocol");
    str_fini(&bytes);
  }
}

TEST(unknown_kinds_and_flags_are_refused_and_keep_the_request) {
  static const unsigned kinds[] = {0, MSG_COUNT, 0xFFFF};
  Str bytes = {0};
  Msg m;
  for (size_t i = 0; i < 3; i++) {
    begin(&bytes, kinds[i]), end(&bytes);
    assert_refused(&bytes, "a message of kind");
    assert_int_equal(read_exact(bytes.s, bytes.n, &m, NULL), ERR_PARSE);
    assert_int_equal(m.request, 77);
  }
  begin(&bytes, MSG_BYE), put(&bytes, 1, 0), end(&bytes);
  bytes.s[7] = 1;
  assert_refused(&bytes, "BYE message: flags 256");
  begin(&bytes, MSG_BYE), put(&bytes, 1, 2), end(&bytes);
  assert_refused(&bytes, "BYE message, field 'now' before byte 17: 2, must be below 2");
  assert_int_equal(read_exact(bytes.s, bytes.n, &m, NULL), ERR_PARSE);
  assert_int_equal(m.request, 77);
  str_fini(&bytes);
}

TEST(bytes_left_over_are_refused_inside_and_behind) {
  Str bytes = {0};
  begin(&bytes, MSG_CANCEL), put(&bytes, 1, 1), put(&bytes, 1, 0), end(&bytes);
  assert_refused(&bytes, "CANCEL message: 1 bytes are left over");
  begin(&bytes, MSG_CANCEL), put(&bytes, 1, 1), end(&bytes), put(&bytes, 1, 0);
  assert_refused(&bytes, "1 bytes follow a message of 17");
  str_fini(&bytes);
}

TEST(texts_must_be_utf8_without_nul) {
  static const struct {
    const char *s;
    size_t n;
  } bad[] = {{"\xFF", 1}, {"a\0b", 3}, {"\xC0\x80", 2}, {"\xED\xA0\x80", 3}, {"\xF4\x90\x80\x80", 4}, {"x\xE2\x82", 3}};
  Str bytes = {0};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    begin(&bytes, MSG_HELP), put_text(&bytes, bad[i].s, bad[i].n), end(&bytes);
    assert_refused(&bytes, "HELP message, field 'topic'");
    assert_refused(&bytes, "not UTF-8 or holds a NUL");
  }
  str_fini(&bytes);
}

TEST(counts_larger_than_the_bytes_left_are_refused) {
  static const uint64_t counts[] = {1, 3, 0x10000000, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF};
  Str bytes = {0};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    begin(&bytes, MSG_HELP), put(&bytes, 4, counts[i]), end(&bytes);
    assert_refused(&bytes, "bytes, 0 are left");
    begin(&bytes, MSG_OBJECTS), put(&bytes, 8, 0), put(&bytes, 4, counts[i]), end(&bytes);
    assert_refused(&bytes, "items cannot fit into the 0 bytes left");
    begin(&bytes, MSG_CANDIDATES), put(&bytes, 8, 0), put(&bytes, 4, counts[i]), put(&bytes, 8, 0), end(&bytes);
    assert_refused(&bytes, "items cannot fit into the 8 bytes left");
    begin(&bytes, MSG_VIEW_PAGE), put_text(&bytes, "d", 1), put(&bytes, 8, 1), put(&bytes, 8, 0), put(&bytes, 8, 9);
    put(&bytes, 4, counts[i]), put(&bytes, 3, 0), end(&bytes);
    assert_refused(&bytes, "items cannot fit into the 3 bytes left");
  }
  str_fini(&bytes);
}

// A PAGE whose one column is called "a".
static void begin_page(Str *out, int64_t nrow, int64_t first, int64_t shown) {
  begin(out, MSG_PAGE);
  put_text(out, "d", 1), put(out, 8, 1), put(out, 4, 0xFFFFFFFF);
  put(out, 8, (uint64_t)nrow), put(out, 8, (uint64_t)first), put(out, 8, (uint64_t)shown), put(out, 1, 0);
}

static void put_column(Str *out, char sign, int align, int kind) {
  put_text(out, "a", 1);
  str_addc(out, sign);
  put(out, 1, (uint64_t)align), put(out, 1, (uint64_t)kind);
}

TEST(sizes_of_a_page_must_fit_its_bytes) {
  Str bytes = {0};
  begin_page(&bytes, 4000000, 0, 4000000), put(&bytes, 4, 1), put_column(&bytes, '~', 0, 0), put(&bytes, 4, 0);
  end(&bytes);
  assert_refused(&bytes, "4000000 x 1 cells cannot fit into the 4 bytes left");
  begin_page(&bytes, 2, 0, 2), put(&bytes, 4, 0x08000000), put_column(&bytes, '~', 0, 0), end(&bytes);
  assert_refused(&bytes, "items cannot fit into the 8 bytes left");
  begin_page(&bytes, INT64_MAX, 0, INT64_MAX), put(&bytes, 4, 0), end(&bytes);
  assert_refused(&bytes, "a page has at most 4194304");
  begin_page(&bytes, 10, 8, 3), put(&bytes, 4, 0), end(&bytes);
  assert_refused(&bytes, "3 rows from row 8 on, the object has 10");
  begin_page(&bytes, -1, 0, 0), put(&bytes, 4, 0), end(&bytes);
  assert_refused(&bytes, "'page.nrow' before byte 41: -1, must be at least 0");
  str_fini(&bytes);
}

TEST(columns_of_a_page_must_be_of_known_sorts) {
  Str bytes = {0};
  begin_page(&bytes, 0, 0, 0), put(&bytes, 4, 1), put_column(&bytes, '\x1B', 0, 0), end(&bytes);
  assert_refused(&bytes, "27 is no printed character");
  begin_page(&bytes, 0, 0, 0), put(&bytes, 4, 1), put_column(&bytes, '\x80', 0, 0), end(&bytes);
  assert_refused(&bytes, "'column.sign'");
  begin_page(&bytes, 0, 0, 0), put(&bytes, 4, 1), put_column(&bytes, '~', 3, 0), end(&bytes);
  assert_refused(&bytes, "'column.align'");
  begin_page(&bytes, 0, 0, 0), put(&bytes, 4, 1), put_column(&bytes, '~', 0, 3), end(&bytes);
  assert_refused(&bytes, "'column.kind'");
  begin_page(&bytes, 0, 0, 0), put(&bytes, 4, 1), put_column(&bytes, 0, 2, 2), end(&bytes);
  Msg m;
  assert_int_equal(read_exact(bytes.s, bytes.n, &m, NULL), OK);
  msg_fini(&m);
  str_fini(&bytes);
}

TEST(place_of_completion_lies_in_its_text) {
  Str bytes = {0};
  begin(&bytes, MSG_COMPLETE), put_text(&bytes, "da", 2), put(&bytes, 8, 3), end(&bytes);
  assert_refused(&bytes, "'at' before byte 30: 3, the text has 2 bytes");
  begin(&bytes, MSG_COMPLETE), put_text(&bytes, "da", 2), put(&bytes, 8, UINT64_MAX), end(&bytes);
  assert_refused(&bytes, "must be at least 0");
  str_fini(&bytes);
}

// A FORM of one option, which stands at place `position`.
static void put_form(Str *out, int64_t position, int64_t npos) {
  begin(out, MSG_FORM);
  for (int k = 0; k < 6; k++) put(out, 4, 0);
  put(out, 8, (uint64_t)position), put(out, 8, (uint64_t)npos), put(out, 2, 0), put(out, 4, 1);
  put_text(out, "x", 1), put(out, 1, PARAM_REAL), put(out, 8, 0), put(out, 8, 0), put(out, 4, 0xFFFFFFFF), put(out, 8, 0);
  end(out);
}

TEST(places_of_a_form_are_those_of_its_options) {
  Str bytes = {0};
  Msg m;
  put_form(&bytes, 0, 1);
  assert_int_equal(read_exact(bytes.s, bytes.n, &m, NULL), OK);
  msg_fini(&m);
  put_form(&bytes, 1, 1);
  assert_refused(&bytes, "1 of 1 options");
  put_form(&bytes, -2, 1);
  assert_refused(&bytes, "-2 of 1 options");
  put_form(&bytes, -1, 2);
  assert_refused(&bytes, "FORM message, field 'npos'");
  str_fini(&bytes);
}

TEST(plot_that_cannot_be_read_is_refused) {
  Str bytes = {0};
  begin(&bytes, MSG_OUT), put(&bytes, 8, 1), put(&bytes, 1, false), put(&bytes, 4, 0), put(&bytes, 1, SHOWN_TEXT),
      put(&bytes, 4, 0);
  put(&bytes, 4, 0xFFFFFFFF), put(&bytes, 1, true), put_text(&bytes, "no plot", 7), end(&bytes);
  assert_refused(&bytes, "OUT message, field 'plot': ");
  str_fini(&bytes);
}

// ---- what the writer refuses ----------------------------------------------------------------------------------------

static void assert_not_written(const Msg *m, ErrCode code, const char *why) {
  Str out = {0};
  Err err = {0};
  str_add(&out, "before");
  assert_int_equal(msg_write(m, &out, &err), code);
  assert_has(err.msg, why);
  assert_string_equal(str_c(&out), "before");
  assert_int_equal(out.n, 6);
  str_fini(&out);
}

TEST(message_longer_than_the_limit_is_not_written) {
  size_t room = WIRE_MOST - WIRE_HEADER - 4;
  char *text = malloc(room + 2);
  assert_non_null(text);
  memset(text, 'x', room + 1);
  text[room + 1] = 0;
  Msg m, back;
  msg_init(&m, MSG_TEXT, 1);
  m.TextAnswer.text = text;
  assert_not_written(&m, ERR_SHAPE, "TEXT message: longer than the 16 MB that fit");
  text[room] = 0;
  Str out = {0};
  assert_int_equal(msg_write(&m, &out, NULL), OK);
  assert_int_equal(out.n, WIRE_MOST);
  assert_int_equal(msg_read((Sv){out.s, out.n}, &back, NULL), OK);
  msg_fini(&back);
  memset(text, 0xFF, room / 2); // three bytes each when repaired
  assert_not_written(&m, ERR_SHAPE, "TEXT message: longer than the 16 MB that fit");
  str_fini(&out);
  free(text);
}

TEST(texts_of_the_screen_must_be_exact) {
  Msg m;
  msg_init(&m, MSG_EVAL, 1);
  m.Eval.text = "s = 'caf\xE9'";
  assert_not_written(&m, ERR_ARG, "EVAL message, field 'text': the text is not UTF-8; save it as UTF-8");
  msg_init(&m, MSG_COMPLETE, 1);
  m.Complete.text = "\xE9.", m.Complete.at = 2;
  assert_not_written(&m, ERR_ARG, "COMPLETE message, field 'text'");
}

TEST(numbers_outside_their_field_are_not_written) {
  Msg m;
  msg_init(&m, MSG_VIEW_PAGE, 1);
  m.ViewPage.first = -1;
  assert_not_written(&m, ERR_ARG, "VIEW_PAGE message, field 'first': -1, must be at least 0");
  msg_init(&m, MSG_COMPLETE, 1);
  m.Complete.at = 1;
  assert_not_written(&m, ERR_ARG, "COMPLETE message, field 'at': 1, the text has 0 bytes");
  msg_init(&m, MSG_OUT, 1);
  m.Out.shown.kind = (ShownKind)3;
  assert_not_written(&m, ERR_ARG, "OUT message, field 'shown.kind': 3, must be below 3");
  msg_init(&m, MSG_OBJECTS, 1);
  m.Objects.n = INT64_MAX;
  assert_not_written(&m, ERR_SHAPE, "OBJECTS message: longer than");
}

RUN(CASE(message_cut_at_any_byte_is_refused), CASE(length_out_of_bounds_is_refused_before_its_bytes_come),
    CASE(unknown_kinds_and_flags_are_refused_and_keep_the_request), CASE(bytes_left_over_are_refused_inside_and_behind),
    CASE(texts_must_be_utf8_without_nul), CASE(counts_larger_than_the_bytes_left_are_refused),
    CASE(sizes_of_a_page_must_fit_its_bytes), CASE(columns_of_a_page_must_be_of_known_sorts),
    CASE(place_of_completion_lies_in_its_text), CASE(places_of_a_form_are_those_of_its_options), CASE(plot_that_cannot_be_read_is_refused),
    CASE(message_longer_than_the_limit_is_not_written), CASE(texts_of_the_screen_must_be_exact),
    CASE(numbers_outside_their_field_are_not_written))
