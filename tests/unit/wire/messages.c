// Messages to bytes and back: what goes in comes out, and the bytes are those of docs/wire.md. Expected bytes are
// worked by hand from that page.
#include "same.h"

static void write_ok(const Msg *m, Str *out) {
  Err err = {0};
  if (msg_write(m, out, &err) != OK) fail_msg("%s", err.msg);
}

static void read_ok(const Str *bytes, Msg *m) {
  Err err = {0};
  if (msg_read((Sv){bytes->s, bytes->n}, m, &err) != OK) fail_msg("%s", err.msg);
}

TEST(every_kind_comes_back_field_by_field) {
  Dice d = dice(1, "round trip");
  for (int t = 0; t < 100; t++) {
    for (MsgKind kind = MSG_NONE + 1; kind < MSG_COUNT; kind++) {
      Msg m, back;
      Str bytes = {0}, again = {0};
      any_msg(&d, kind, &m);
      write_ok(&m, &bytes);
      read_ok(&bytes, &back);
      assert_same(&back, &m);
      write_ok(&back, &again);
      assert_int_equal(again.n, bytes.n);
      assert_memory_equal(again.s, bytes.s, bytes.n);
      msg_fini(&m), msg_fini(&back);
      str_fini(&bytes), str_fini(&again);
    }
  }
}

static void assert_bytes(const Msg *m, const void *want, size_t n) {
  Str bytes = {0};
  write_ok(m, &bytes);
  assert_int_equal(bytes.n, n);
  assert_memory_equal(bytes.s, want, n);
  str_fini(&bytes);
}

TEST(bytes_of_eval_are_those_of_the_page) {
  static const unsigned char want[] = {44, 0, 0, 0, 3, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0,   0,   0,
                                       4,  0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 1, 3, 0, 0, 0, '1', '+', '1'};
  Msg m;
  msg_init(&m, MSG_EVAL, 7);
  m.Eval = (MsgEval){.cell = 258, .number = 4, .occurrence = 5, .typed = true, .text = "1+1"};
  assert_bytes(&m, want, sizeof want);
}

TEST(bytes_of_out_are_those_of_the_page) {
  static const unsigned char want[] = {36, 0, 0, 0, MSG_OUT, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0,   0,    2,    1,    0,    0,
                                       0,  0, 0, 0, 0,       0, 0, 0, 0, 0, 1, 0, 0, 0, '2', 0xFF, 0xFF, 0xFF, 0xFF, 0};
  Msg m;
  msg_init(&m, MSG_OUT, 7);
  m.Out.cell = 258;
  m.Out.shown = (Shown){.kind = SHOWN_TEXT, .text = "2"};
  assert_bytes(&m, want, sizeof want);
}

TEST(numbers_of_hello_and_refused_stay) {
  assert_int_equal(MSG_HELLO, 1);
  assert_int_equal(MSG_REFUSED, 2);
}

TEST(same_fields_give_same_bytes_whatever_memory_held) {
  Msg a, b;
  memset(&a, 0xA5, sizeof a), memset(&b, 0x5A, sizeof b);
  msg_init(&a, MSG_DONE, 3), msg_init(&b, MSG_DONE, 3);
  memset(&a.Done, 0xA5, sizeof a.Done), memset(&b.Done, 0x5A, sizeof b.Done);
  a.Done.cell = b.Done.cell = 1, a.Done.failed = b.Done.failed = true, a.Done.cancelled = b.Done.cancelled = false;
  a.Done.state = b.Done.state = 2, a.Done.seconds = b.Done.seconds = .5;
  a.Done.line = b.Done.line = a.Done.column = b.Done.column = 4;
  a.Done.token = b.Done.token = "x", a.Done.message = b.Done.message = "y";
  a.Done.asks = b.Done.asks = "z", a.Done.whole = b.Done.whole = true;
  a.Done.reads = b.Done.reads = a.Done.writes = b.Done.writes = (Names){0};
  a.Done.opened = b.Done.opened = (Names){0};
  Str bytes = {0};
  write_ok(&b, &bytes);
  assert_bytes(&a, bytes.s, bytes.n);
  str_fini(&bytes);
}

TEST(null_texts_are_read_as_empty) {
  Msg m, back;
  Str bytes = {0};
  msg_init(&m, MSG_DONE, 1);
  write_ok(&m, &bytes);
  read_ok(&bytes, &back);
  assert_text(back.Done.token, "");
  assert_text(back.Done.message, "");
  msg_fini(&back);
  str_fini(&bytes);
}

TEST(malformed_bytes_of_the_kernel_become_replacement_characters) {
  Msg m, back;
  Str bytes = {0};
  msg_init(&m, MSG_OUT, 1);
  m.Out.title = "caf\xE9";
  m.Out.shown = (Shown){.kind = SHOWN_TEXT, .text = "a\xFF\xC0\x80z", .json = "\xED\xA0\x80"};
  write_ok(&m, &bytes);
  read_ok(&bytes, &back);
  assert_text(back.Out.title, "caf\xEF\xBF\xBD");
  assert_text(back.Out.shown.text, "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
  assert_text(back.Out.shown.json, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  msg_fini(&back);
  str_fini(&bytes);
}

TEST(page_and_plot_can_be_taken_out_of_a_message) {
  Dice d = dice(4, "taken");
  Msg m, back;
  Str bytes = {0};
  do {
    any_msg(&d, MSG_OUT, &m);
    if (m.Out.has_plot) break;
    msg_fini(&m);
  } while (true);
  write_ok(&m, &bytes);
  read_ok(&bytes, &back);
  Shown shown = back.Out.shown;
  Plot plot = back.Out.plot;
  memset(&back.Out.shown, 0, sizeof shown), memset(&back.Out.plot, 0, sizeof plot);
  msg_fini(&back);
  assert_shown(&shown, &m.Out.shown);
  assert_plot(&plot, &m.Out.plot);
  shown_fini(&shown);
  plot_fini(&plot);
  msg_fini(&m);
  str_fini(&bytes);
}

TEST(hello_of_another_version_is_read_as_far_as_its_version) {
  Msg m, back;
  Str bytes = {0};
  msg_init(&m, MSG_HELLO, 9);
  m.Hello = (MsgHello){.version = WIRE_VERSION + 1, .build = "fields of tomorrow", .pid = 5};
  write_ok(&m, &bytes);
  read_ok(&bytes, &back);
  assert_true(back.request == 9);
  assert_int_equal(back.Hello.version, WIRE_VERSION + 1);
  assert_text(back.Hello.build, "");
  assert_int_equal(back.Hello.pid, 0);
  msg_fini(&back);
  str_fini(&bytes);
}

TEST(messages_follow_each_other_in_one_buffer) {
  Dice d = dice(2, "stream");
  Str bytes = {0};
  Msg sent[20], back;
  for (int i = 0; i < 20; i++) {
    any_msg(&d, (MsgKind)(1 + below(&d, MSG_COUNT - 1)), &sent[i]);
    write_ok(&sent[i], &bytes);
  }
  Sv left = {bytes.s, bytes.n};
  for (int i = 0; i < 20; i++) {
    size_t size = 0;
    assert_int_equal(msg_size(left, &size, NULL), OK);
    assert_true(size > 0);
    assert_int_equal(msg_read((Sv){left.s, size}, &back, NULL), OK);
    assert_same(&back, &sent[i]);
    msg_fini(&back), msg_fini(&sent[i]);
    left.s += size, left.n -= size;
  }
  assert_int_equal(left.n, 0);
  str_fini(&bytes);
}

RUN(CASE(every_kind_comes_back_field_by_field), CASE(bytes_of_eval_are_those_of_the_page),
    CASE(bytes_of_out_are_those_of_the_page), CASE(numbers_of_hello_and_refused_stay),
    CASE(same_fields_give_same_bytes_whatever_memory_held), CASE(null_texts_are_read_as_empty),
    CASE(malformed_bytes_of_the_kernel_become_replacement_characters),
    CASE(page_and_plot_can_be_taken_out_of_a_message), CASE(hello_of_another_version_is_read_as_far_as_its_version),
    CASE(messages_follow_each_other_in_one_buffer))
