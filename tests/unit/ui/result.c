// What a run of a cell gave: first answers make room for better ones.
#include "check.h"
#include "ui/doc_int.h"

static void take(Result *r, const char *title, bool early) {
  Msg m;
  msg_init(&m, MSG_OUT, 1);
  m.Out.title = title, m.Out.early = early;
  shown_text(&m.Out.shown, SHOWN_TEXT, title, NULL);
  result_take_out(r, &m.Out);
  msg_fini(&m);
}

TEST(first_answers_stand_until_a_better_one_comes) {
  Result *r = result_new();
  take(r, "printed", false);
  take(r, "about 3", true);
  take(r, "about 4", true);
  assert_int_equal(r->nout, 3);
  assert_string_equal(r->out[2].title, "about 4");
  take(r, "3.01", false);
  assert_int_equal(r->nout, 2);
  assert_string_equal(r->out[0].title, "printed");
  assert_string_equal(r->out[1].title, "3.01");
  take(r, "4.02", false);
  assert_int_equal(r->nout, 3);
  result_unref(r);
}

TEST(first_answers_stay_when_no_better_one_comes) {
  Result *r = result_new();
  take(r, "about 3", true);
  MsgDone done = {.cancelled = true};
  result_set_done(r, &done);
  assert_int_equal(r->nout, 1);
  result_unref(r);
}

static void take_text(Result *r, const char *text) {
  Msg m;
  msg_init(&m, MSG_OUT, 1);
  shown_text(&m.Out.shown, SHOWN_TEXT, text, NULL);
  result_take_out(r, &m.Out);
  msg_fini(&m);
}

TEST(what_is_printed_in_pieces_is_one_output) {
  Result *r = result_new();
  take_text(r, "one\n");
  take_text(r, "two\n");
  assert_int_equal(r->nout, 1);
  assert_string_equal(r->out[0].shown.text, "one\ntwo\n");
  take_text(r, "a value");
  take_text(r, "three\n");
  assert_int_equal(r->nout, 3);
  result_unref(r);
}

RUN(CASE(first_answers_stand_until_a_better_one_comes), CASE(first_answers_stay_when_no_better_one_comes),
    CASE(what_is_printed_in_pieces_is_one_output))
