// Files worked by hand: CSV from RFC 4180, JSON from RFC 8259, Markdown from the GFM specification 0.29, section 4.10.
#include "check.h"

#include "shown.h"

static const ShowStyle CSV = {.format = FORMAT_CSV, .utf8 = true, .colour = true, .width = 20};
static const ShowStyle JSON = {.format = FORMAT_JSON, .utf8 = true, .colour = true, .width = 20};
static const ShowStyle MD = {.format = FORMAT_MD, .utf8 = true, .colour = true, .width = 20};

static const ShownCol COLS[] = {TEXT_COL("name"), NUM_COL("n", '#'), {"ok", '?', ALIGN_LEFT, CELL_BOOL}};
static const char *const CELLS[] = {"plain", "-1", "true", "a,b", "2.5", NULL, "say \"hi\"\nthere", NULL,
                                    "false", "",  "nan", "true", NULL, "1e-05", "false", " blank", "3", "true"};

TEST(csv_quotes_only_what_a_reader_could_misread) {
  Shown s;
  PAGE(s, COLS, CELLS);
  check_print(&s, CSV,
              "name,n,ok\n"
              "plain,-1,true\n"
              "\"a,b\",2.5,\n"
              "\"say \"\"hi\"\"\nthere\",,false\n"
              "\"\",nan,true\n"
              ",1e-05,false\n"
              "\" blank\",3,true\n");
  shown_fini(&s);
}

TEST(csv_of_texts_and_errors_is_one_field) {
  Shown s;
  shown_text(&s, SHOWN_TEXT, "1,309", NULL);
  check_print(&s, CSV, "\"1,309\"\n");
  shown_fini(&s);
  shown_text(&s, SHOWN_ERROR, "no column 'x'", NULL);
  check_print(&s, CSV, "error\nno column 'x'\n");
  shown_fini(&s);
}

TEST(json_has_one_object_a_line) {
  Shown s;
  PAGE(s, COLS, CELLS);
  check_print(&s, JSON,
              "[\n"
              "{\"name\": \"plain\", \"n\": -1, \"ok\": true},\n"
              "{\"name\": \"a,b\", \"n\": 2.5, \"ok\": null},\n"
              "{\"name\": \"say \\\"hi\\\"\\nthere\", \"n\": null, \"ok\": false},\n"
              "{\"name\": \"\", \"n\": null, \"ok\": true},\n"
              "{\"name\": null, \"n\": 1e-05, \"ok\": false},\n"
              "{\"name\": \" blank\", \"n\": 3, \"ok\": true}\n"
              "]\n");
  shown_fini(&s);
}

TEST(json_numbers_are_valid_whatever_the_digits_came_as) {
  static const ShownCol cols[] = {NUM_COL("x", '%')};
  static const char *const cells[] = {"1,309", "-1,234,567.5", ".832", "007",  "5.",
                                      "inf",   "-inf",         "<.001", "0.10", "1E+400"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, JSON,
              "[\n{\"x\": 1309},\n{\"x\": -1234567.5},\n{\"x\": 0.832},\n{\"x\": 7},\n{\"x\": 5},\n{\"x\": null},\n"
              "{\"x\": null},\n{\"x\": \"<.001\"},\n{\"x\": 0.10},\n{\"x\": 1E+400}\n]\n");
  shown_fini(&s);
}

TEST(json_strings_escape_controls_and_mend_bad_bytes) {
  Shown s;
  shown_text(&s, SHOWN_TEXT, "q\" b\\ \b\f\n\r\t \x01\x1b\x7f \xc2\x9b é \xff 東\xe6", NULL);
  check_print(&s, JSON,
              "\"q\\\" b\\\\ \\b\\f\\n\\r\\t \\u0001\\u001b\\u007f \\u009b é \xEF\xBF\xBD 東\xEF\xBF\xBD\"\n");
  shown_fini(&s);
  shown_text(&s, SHOWN_TEXT, "3 values", "[1, 2, 3]");
  check_print(&s, JSON, "[1, 2, 3]\n");
  shown_fini(&s);
  shown_text(&s, SHOWN_ERROR, "no \"x\"", NULL);
  check_print(&s, JSON, "{\"error\": \"no \\\"x\\\"\"}\n");
  shown_fini(&s);
}

TEST(json_of_no_rows_is_an_empty_array) {
  Shown s = {.kind = SHOWN_PAGE};
  page_init(&s.page, 0, 2);
  check_print(&s, JSON, "[]\n");
  shown_fini(&s);
}

TEST(md_aligns_and_escapes) {
  static const ShownCol cols[] = {TEXT_COL("name"), NUM_COL("n", '#'), NUM_COL("passengers", '#')};
  static const char *const cells[] = {"a|b",     "1",      "1,309", "two\nlines", "-22.5", NULL,  "", NULL, "7",
                                      "x\\|*y*", "12,345", "1",     "snake_case _em_ <b>", "0", "東京"};
  Shown s;
  PAGE(s, cols, cells);
  s.page.title = "A * B", s.page.nrow = 7;
  check_print(&s, MD,
              "**A \\* B**\n"
              "\n"
              "| name                   |      n | passengers |\n"
              "| ---------------------- | -----: | ---------: |\n"
              "| a\\|b                   |      1 |      1,309 |\n"
              "| two<br>lines           |  -22.5 |            |\n"
              "| \"\"                     |        |          7 |\n"
              "| x\\\\\\|\\*y\\*             | 12,345 |          1 |\n"
              "| snake_case \\_em\\_ \\<b> |      0 |       東京 |\n"
              "\n"
              "2 more rows\n");
  shown_fini(&s);
}

TEST(md_rules_have_three_dashes_at_least) {
  static const ShownCol cols[] = {TEXT_COL("a"), NUM_COL("b", '#')};
  static const char *const cells[] = {"x", "1"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, MD,
              "| a   |    b |\n"
              "| --- | ---: |\n"
              "| x   |    1 |\n");
  shown_fini(&s);
}

TEST(md_of_long_texts_is_a_fence_longer_than_theirs) {
  Shown s;
  shown_text(&s, SHOWN_TEXT, "a*b", NULL);
  check_print(&s, MD, "a\\*b\n");
  shown_fini(&s);
  shown_text(&s, SHOWN_TEXT, "one\n```\ntwo", NULL);
  check_print(&s, MD, "````\none\n```\ntwo\n````\n");
  shown_fini(&s);
  shown_text(&s, SHOWN_ERROR, "no `x`", NULL);
  check_print(&s, MD, "**error:** no \\`x\\`\n");
  shown_fini(&s);
}

TEST(formats_are_known_by_name) {
  ShowFormat f = FORMAT_TEXT;
  assert_true(show_parse_format(sv("json"), &f) && f == FORMAT_JSON);
  assert_true(show_parse_format(sv("csv"), &f) && f == FORMAT_CSV);
  assert_true(show_parse_format(sv("md"), &f) && f == FORMAT_MD);
  assert_true(show_parse_format(sv("text"), &f) && f == FORMAT_TEXT);
  assert_false(show_parse_format(sv("yaml"), &f));
  assert_false(show_parse_format(sv("js"), &f));
}

RUN(CASE(csv_quotes_only_what_a_reader_could_misread), CASE(csv_of_texts_and_errors_is_one_field),
    CASE(json_has_one_object_a_line), CASE(json_numbers_are_valid_whatever_the_digits_came_as),
    CASE(json_strings_escape_controls_and_mend_bad_bytes), CASE(json_of_no_rows_is_an_empty_array),
    CASE(md_aligns_and_escapes), CASE(md_rules_have_three_dashes_at_least),
    CASE(md_of_long_texts_is_a_fence_longer_than_theirs), CASE(formats_are_known_by_name))
