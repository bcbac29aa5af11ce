// What a real kernel answers about calls and expressions, also while a cell runs. titanic: pandas 1.5.3 (rows with
// age > 40: 227; the first ages 29, 0.9167, 2, 30, 25).
#include "kernel_help.h"

static void keep_busy(Client *c) {
  eval(c, 99, "while true do end");
  Msg m = await(c, MSG_PROGRESS);
  msg_fini(&m);
}

static Msg preview(Client *c, const char *text, bool filter) {
  Msg m;
  msg_init(&m, MSG_VIEW_PREVIEW, 0);
  m.ViewPreview = (MsgViewPreview){"d", text, 5, filter};
  uint64_t request = send_kind(c, &m);
  m = await(c, MSG_PREVIEW);
  assert_true(m.request == request);
  return m;
}

TEST(everything_that_can_be_called_is_listed_with_the_bundled_tables) {
  Client *c = open_client();
  Msg m;
  bool titanic = false, hist = false;
  msg_init(&m, MSG_VIEW_CATALOGUE, 0);
  m.ViewCatalogue.data = true;
  send_kind(c, &m);
  m = await(c, MSG_CATALOGUE);
  for (int64_t i = 0; i < m.Catalogue.n; i++) {
    const WireEntry *e = &m.Catalogue.item[i];
    titanic = titanic || (strcmp(e->kind, "data") == 0 && strcmp(e->lua, "d = data \"titanic\"") == 0);
    hist = hist || (strcmp(e->kind, "chart") == 0 && strcmp(e->topic, "d:hist") == 0 && strcmp(e->of, "Frame") == 0);
  }
  assert_true(titanic && hist);
  msg_fini(&m);
  client_close(c);
}

static Msg call(Client *c, const char *topic, const char *text, int64_t at) {
  Msg m;
  msg_init(&m, MSG_CALL, 0);
  m.Call = (MsgCall){topic, text, at};
  send_kind(c, &m);
  return await(c, MSG_FORM);
}

TEST(a_call_has_its_options_while_a_cell_runs) {
  Client *c = open_client();
  keep_busy(c);
  Msg m = call(c, "ml.logistic", "", 0);
  assert_string_equal(m.Form.owner, "ml.logistic");
  assert_int_equal(m.Form.position, -1);
  const WireOption *l2 = NULL;
  for (int64_t i = 0; i < m.Form.n; i++)
    if (strcmp(m.Form.option[i].name, "l2") == 0) l2 = &m.Form.option[i];
  assert_true(l2 && l2->type == PARAM_REAL && l2->lo == 0);
  msg_fini(&m);
  const char *text = "d:hist{'age', bins=";
  m = call(c, "", text, (int64_t)strlen(text));
  assert_string_equal(m.Form.owner, "d:hist");
  assert_string_equal(m.Form.option[m.Form.position].name, "bins");
  assert_null(m.Form.option[0].dflt); // must be given
  msg_fini(&m);
  client_close(c);
}

TEST(what_is_no_call_is_refused) {
  Client *c = open_client();
  Msg m;
  msg_init(&m, MSG_CALL, 0);
  m.Call = (MsgCall){"d:nothing", "", 0};
  send_kind(c, &m);
  m = await(c, MSG_REFUSED);
  assert_has(m.Refused.message, "'d:nothing' is nothing that can be called");
  msg_fini(&m);
  msg_init(&m, MSG_CALL, 0);
  m.Call = (MsgCall){"", "x = 1", 5};
  send_kind(c, &m);
  m = await(c, MSG_REFUSED);
  assert_has(m.Refused.message, "no call stands there");
  msg_fini(&m);
  client_close(c);
}

TEST(a_new_column_shows_its_first_values_beside_what_it_is_made_of) {
  static const char *const want[] = {"14.5", "0.4584", "1", "15", "12.5"};
  Client *c = open_client();
  run(c, 1, "d = data 'titanic'");
  keep_busy(c);
  Msg m = preview(c, "half = age / 2", false);
  const MsgPreview *p = &m.Preview;
  assert_string_equal(p->message, "");
  assert_string_equal(p->name, "half");
  assert_string_equal(p->kind, "real");
  assert_true(p->nrow == 1309 && p->looked == 1309 && p->holds == -1);
  assert_true(p->page.ncol == 2 && p->page.shown == 5);
  assert_string_equal(p->page.col[0].name, "age");
  assert_string_equal(p->page.col[1].name, "half");
  assert_string_equal(page_get(&p->page, 0, 0), "29");
  for (int i = 0; i < 5; i++)
    if (strtod(page_get(&p->page, i, 1), NULL) < strtod(want[i], NULL) - 1e-4 ||
        strtod(page_get(&p->page, i, 1), NULL) > strtod(want[i], NULL) + 1e-4)
      fail_msg("row %d: %s", i, page_get(&p->page, i, 1));
  msg_fini(&m);
  client_close(c);
}

TEST(a_filter_says_how_many_rows_it_keeps_and_which) {
  Client *c = open_client();
  run(c, 1, "d = data 'titanic'");
  Msg m = preview(c, "age > 40", true);
  const MsgPreview *p = &m.Preview;
  assert_string_equal(p->message, "");
  assert_int_equal(p->holds, 227);
  assert_true(p->page.ncol == 1 && p->page.shown == 5);
  for (int i = 0; i < 5; i++) assert_true(strtod(page_get(&p->page, i, 0), NULL) > 40);
  msg_fini(&m);
  client_close(c);
}

static void assert_wrong(Client *c, const char *text, bool filter, const char *why, const char *part) {
  Msg m = preview(c, text, filter);
  const MsgPreview *p = &m.Preview;
  assert_has(p->message, why);
  assert_null(strchr(p->message, '\n'));
  if (p->end - p->begin != (int64_t)strlen(part) || strncmp(text + p->begin, part, strlen(part)) != 0)
    fail_msg("'%s': bytes %d to %d", text, (int)p->begin, (int)p->end);
  assert_int_equal(p->page.ncol, 0);
  msg_fini(&m);
}

TEST(what_is_wrong_is_told_with_its_place) {
  Client *c = open_client();
  run(c, 1, "d = data 'titanic'");
  assert_wrong(c, "half = agee / 2", false, "agee", "agee");
  assert_wrong(c, "age > 'x'", true, "", "age > 'x'");
  assert_wrong(c, "agee > 40", true, "did you mean 'age'?", "agee");
  assert_wrong(c, "age", true, "this is real", "age");
  client_close(c);
}

TEST(nothing_typed_yet_is_no_error) {
  Client *c = open_client();
  run(c, 1, "d = data 'titanic'");
  Msg m = preview(c, "  ", true);
  assert_string_equal(m.Preview.message, "");
  assert_int_equal(m.Preview.page.ncol, 0);
  msg_fini(&m);
  client_close(c);
}

RUN(CASE(everything_that_can_be_called_is_listed_with_the_bundled_tables),
    CASE(a_call_has_its_options_while_a_cell_runs), CASE(what_is_no_call_is_refused),
    CASE(a_new_column_shows_its_first_values_beside_what_it_is_made_of),
    CASE(a_filter_says_how_many_rows_it_keeps_and_which), CASE(what_is_wrong_is_told_with_its_place),
    CASE(nothing_typed_yet_is_no_error))
