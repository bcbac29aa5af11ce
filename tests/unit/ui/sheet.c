// What the table on the screen asks for and keeps. Expected requests are worked by hand from the rule that the head of
// ui/sheet_ask.c states; the table is that of titanic.h.
#include "check.h"
#include "titanic.h"

static App app;
static WireHead head[5];

static void open_titanic(void) {
  titanic_open(&app, head, 80, 24, GLYPHS_BRAILLE);
  app.sheet.across = 5;
}

static void answer_refused(uint64_t request, ErrCode code) {
  Msg m;
  msg_init(&m, MSG_REFUSED, request);
  m.Refused = (MsgRefused){code, "no"};
  assert_true(sheet_take(&app, &m));
}

// Wide tables: column j is called c0, c1 ...
enum { MANY = 10000 };
static void open_wide(int64_t nrow) {
  static WireHead wide[MANY];
  static char name[MANY][16];
  titanic_open(&app, head, 80, 24, GLYPHS_BRAILLE);
  Sheet *s = &app.sheet;
  for (int j = 0; j < MANY; j++) {
    snprintf(name[j], sizeof name[j], "c%d", j);
    wide[j] = (WireHead){.name = name[j], .kind = "int", .sign = '#', .text = ""};
  }
  s->heads.Heads.item = wide, s->heads.Heads.n = MANY, s->heads.Heads.nrow = nrow;
  sheet_size(s, nrow, MANY);
}

TEST(rows_are_asked_in_pages_of_200_around_those_that_show) {
  open_titanic();
  sheet_size(&app.sheet, 10000000, 5);
  sheet_goto(&app, 5000123, 0);
  app.sheet.top = 5000120;
  sheet_want(&app, 10);
  assert_int_equal(app.sheet.asked.first, 5000000), assert_int_equal(app.sheet.asked.rows, 200);
  assert_int_equal(app.sheet.asked.n, 5); // of few columns all
  uint64_t under_way = app.sheet.page_asked;
  app.sheet.top = 7000000;
  sheet_want(&app, 10);
  assert_int_equal(app.sheet.page_asked, under_way); // one at a time
  titanic_close(&app);
}

TEST(of_ten_thousand_columns_those_that_show_and_some_more_are_asked) {
  open_wide(10000000);
  Sheet *s = &app.sheet;
  s->frozen = 2, s->left = 5000, s->across = 8, s->col = 5001;
  sheet_want(&app, 10);
  assert_int_equal(s->asked.frozen, 2), assert_int_equal(s->asked.from, 4984), assert_int_equal(s->asked.n, 72);
  titanic_close(&app);
}

TEST(before_the_names_are_known_a_wide_table_is_asked_for_few_rows) {
  open_wide(10000000);
  app.sheet.heads.kind = MSG_NONE;
  sheet_want(&app, 10);
  assert_int_equal(app.sheet.asked.rows, 3); // 20,000 cells
  titanic_close(&app);
}

TEST(a_cell_comes_from_the_page_that_has_it_and_missing_is_not_unknown) {
  open_titanic();
  bool known;
  assert_null(sheet_cell(&app.sheet, 12, 3, &known)), assert_false(known);
  titanic_give(&app, 6, 10);
  assert_string_equal(sheet_cell(&app.sheet, 12, 3, &known), "24"), assert_true(known);
  assert_null(sheet_cell(&app.sheet, 15, 3, &known)), assert_true(known);
  assert_null(sheet_cell(&app.sheet, 16, 3, &known)), assert_false(known);
  titanic_close(&app);
}

TEST(an_answer_for_an_older_version_or_another_object_is_dropped) {
  static const int ALL[] = {0, 1, 2, 3, 4};
  for (int other = 0; other < 2; other++) {
    open_titanic();
    Msg m;
    bool known;
    app.sheet.version = other ? 1 : 2, app.sheet.page_asked = 9, app.sheet.asked = (SheetPage){.n = 5};
    titanic_page(&m, 9, 6, 5, ALL, 5);
    if (other) m.PageAnswer.object = "e";
    assert_true(sheet_take(&app, &m));
    assert_int_equal(m.kind, MSG_NONE), assert_int_equal(app.sheet.page_asked, 0);
    sheet_cell(&app.sheet, 6, 0, &known);
    assert_false(known);
    titanic_close(&app);
  }
}

TEST(an_answer_that_nobody_waits_for_is_left_to_others) {
  open_titanic();
  Msg m;
  msg_init(&m, MSG_REFUSED, 77);
  assert_false(sheet_take(&app, &m));
  titanic_close(&app);
}

TEST(a_new_version_keeps_rows_on_the_screen_until_its_own_are_there) {
  static const int FEWER[] = {1, 3};
  open_titanic();
  titanic_give(&app, 6, 10);
  WireObject object = {"d", "Frame", "", 2, 900, 2, 0};
  msg_init(&app.objects, MSG_OBJECTS, 0);
  app.objects.Objects = (MsgObjects){&object, 1, 0};
  sheet_changed(&app);
  bool known;
  assert_string_equal(sheet_cell(&app.sheet, 12, 3, &known), "24");
  sheet_want(&app, 10);
  assert_true(app.sheet.page_asked > 0);
  Msg m;
  app.sheet.asked = (SheetPage){.n = app.sheet.ncol};
  titanic_page(&m, app.sheet.page_asked, 6, 5, FEWER, 2);
  m.PageAnswer.version = 2, m.PageAnswer.page.nrow = 900;
  assert_true(sheet_take(&app, &m));
  assert_int_equal(sheet_ncol(&app.sheet), 2), assert_int_equal(sheet_nrow(&app.sheet), 900);
  assert_string_equal(sheet_name(&app.sheet, 0), "survived"); // the heads of before went: they name other columns
  assert_int_equal(app.sheet.col, 1);                         // still age
  assert_int_equal(app.sheet.row, 12);
  titanic_close(&app);
}

TEST(a_page_that_makes_too_long_a_message_is_asked_with_half_the_rows) {
  open_titanic();
  sheet_want(&app, 10);
  answer_refused(app.sheet.page_asked, ERR_SHAPE);
  sheet_want(&app, 10);
  assert_int_equal(app.sheet.asked.rows, 100);
  answer_refused(app.sheet.page_asked, ERR_NAME); // no such table: that is said, and not asked again
  int before = heard.asked;
  sheet_want(&app, 10);
  assert_int_equal(heard.asked, before);
  assert_string_equal(app.sheet.refusal, "no");
  titanic_close(&app);
}

TEST(rows_ahead_of_the_cursor_are_asked_before_they_show) {
  open_titanic();
  titanic_give(&app, 6, 11);
  app.sheet.page[0].first = 0, app.sheet.page[0].rows = 200; // as if it had brought them all
  app.sheet.top = 150, app.sheet.heading = 1;
  sheet_want(&app, 10);
  assert_int_equal(app.sheet.asked.first, 200);
  titanic_close(&app);
}

TEST(the_page_looked_at_least_recently_goes) {
  open_titanic();
  bool known;
  for (int64_t first = 6; first < 10; first++) titanic_give(&app, first, 1);
  sheet_cell(&app.sheet, 6, 0, &known);
  titanic_give(&app, 10, 1);
  sheet_cell(&app.sheet, 6, 0, &known);
  assert_true(known);
  sheet_cell(&app.sheet, 7, 0, &known);
  assert_false(known);
  titanic_close(&app);
}

TEST(widths_grow_with_what_was_seen_and_never_shrink) {
  open_titanic();
  titanic_give(&app, 6, 1);
  int wide = app.sheet.width[0].left;
  assert_int_equal(wide, 31);
  titanic_give(&app, 7, 1); // a shorter name
  assert_int_equal(app.sheet.width[0].left, wide);
  titanic_close(&app);
}

TEST(the_cursor_stays_within_the_table) {
  open_titanic();
  sheet_move(&app, -100, -100);
  assert_int_equal(app.sheet.row, 0), assert_int_equal(app.sheet.col, 0);
  sheet_move(&app, 5000, 100);
  assert_int_equal(app.sheet.row, 1308), assert_int_equal(app.sheet.col, 4);
  titanic_close(&app);
}

static void answer_found(int64_t row, const char *column) {
  Msg m;
  msg_init(&m, MSG_FOUND, app.sheet.find_asked);
  m.Found = (MsgFound){row, column};
  assert_true(sheet_take(&app, &m));
}

TEST(a_search_goes_on_from_the_other_end_and_says_so) {
  open_titanic();
  app.sheet.find = strdup("Astor");
  sheet_search(&app, false);
  assert_int_equal(heard.last.Find.row, 12), assert_false(heard.last.Find.backward);
  answer_found(-1, "");
  assert_int_equal(heard.last.Find.row, -1);
  answer_found(10, "name");
  assert_int_equal(app.sheet.row, 10), assert_int_equal(app.sheet.col, 0);
  assert_has(heard.said, "on from the top");
  sheet_search(&app, true);
  answer_found(-1, "");
  assert_int_equal(heard.last.Find.row, 1309); // behind the last
  answer_found(-1, "");
  assert_has(heard.said, "nowhere");
  titanic_close(&app);
}

static void check_source(const char *cell, int nkey, const char *first, bool filtered) {
  open_titanic();
  Cell *c = note_insert(&app.doc.note, 0, NOTE_CODE);
  str_add(&c->text, cell);
  sheet_read_source(&app);
  assert_int_equal(app.sheet.nkey, nkey), assert_int_equal(app.sheet.filtered, filtered);
  if (nkey) assert_string_equal(app.sheet.key[0], first);
  titanic_close(&app);
}

TEST(sort_keys_and_filter_are_those_of_the_cell_that_made_the_table) {
  check_source("d = data \"titanic\"", 0, "", false);
  check_source("d = t:sort{\"-age\", 'name'}", 2, "-age", false);
  check_source("d = t:where \"sex == 'male'\":sort \"age\"", 1, "age", true);
  check_source("d = t:sort{\"a \\\"b\\\"\"}:drop{\"name\"}", 1, "a \"b\"", false);
  check_source("x = 1\nd = t:sort{\"age\"}:count{\"sex\"}", 0, "", false); // a new table, in an order of its own
  check_source("dd = t:sort{\"age\"}", 0, "", false);
  check_source("d = t:sort{", 0, "", false);
}

RUN(CASE(rows_are_asked_in_pages_of_200_around_those_that_show),
    CASE(of_ten_thousand_columns_those_that_show_and_some_more_are_asked),
    CASE(before_the_names_are_known_a_wide_table_is_asked_for_few_rows),
    CASE(a_cell_comes_from_the_page_that_has_it_and_missing_is_not_unknown),
    CASE(an_answer_for_an_older_version_or_another_object_is_dropped),
    CASE(an_answer_that_nobody_waits_for_is_left_to_others),
    CASE(a_new_version_keeps_rows_on_the_screen_until_its_own_are_there),
    CASE(a_page_that_makes_too_long_a_message_is_asked_with_half_the_rows),
    CASE(rows_ahead_of_the_cursor_are_asked_before_they_show), CASE(the_page_looked_at_least_recently_goes),
    CASE(widths_grow_with_what_was_seen_and_never_shrink), CASE(the_cursor_stays_within_the_table),
    CASE(a_search_goes_on_from_the_other_end_and_says_so),
    CASE(sort_keys_and_filter_are_those_of_the_cell_that_made_the_table))
