// Screens worked by hand from the rules for tables: two blanks between columns, points below each other.
#include "check.h"

#include "shown.h"

static const ShowStyle UTF8 = {.format = FORMAT_TEXT, .utf8 = true};
static const ShowStyle ASCII = {.format = FORMAT_TEXT};

static ShowStyle within(int width) { return (ShowStyle){.format = FORMAT_TEXT, .utf8 = true, .width = width}; }

static const ShownCol PEOPLE[] = {TEXT_COL("name"), NUM_COL("age", '%')};
static const char *const ALLEN[] = {"Allen, Miss. Elisabeth", "29",   "Allison, Trevor", "0.9167",
                                    NULL,                     "-3.5", "",                NULL};

TEST(points_stand_below_each_other_and_missing_is_a_dot_in_the_units) {
  Shown s;
  PAGE(s, PEOPLE, ALLEN);
  check_print(&s, UTF8,
              " name~                      age%\n"
              " Allen, Miss. Elisabeth  29\n"
              " Allison, Trevor          0.9167\n"
              " ·                       −3.5\n"
              " \"\"                       ·\n");
  shown_fini(&s);
}

TEST(plain_glyphs_are_ascii) {
  Shown s;
  PAGE(s, PEOPLE, ALLEN);
  check_print(&s, ASCII,
              " name~                      age%\n"
              " Allen, Miss. Elisabeth  29\n"
              " Allison, Trevor          0.9167\n"
              " -                       -3.5\n"
              " \"\"                       -\n");
  shown_fini(&s);
}

TEST(header_stands_right_over_numbers_also_when_it_is_wider) {
  static const ShownCol cols[] = {NUM_COL("passengers", '#'), NUM_COL("p", '%'), {"kept", '?', ALIGN_LEFT, CELL_BOOL}};
  static const char *const cells[] = {"1,309", "<.001", "true", "7", ".832", "false"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, UTF8,
              " passengers#     p%  kept?\n"
              "       1,309  <.001  true\n"
              "           7   .832  false\n");
  shown_fini(&s);
}

TEST(exponents_and_words_keep_to_the_units_column) {
  static const ShownCol cols[] = {NUM_COL("x", '%')};
  static const char *const cells[] = {"5.000e-05", "1e+10", "nan", "-inf", "12.5"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, UTF8,
              "           x%\n"
              "    5.000e−05\n"
              "    1e+10\n"
              "  nan\n"
              " −inf\n"
              "   12.5\n");
  shown_fini(&s);
}

TEST(right_aligned_columns_ignore_the_point) {
  static const ShownCol cols[] = {{"t", 0, ALIGN_RIGHT, CELL_TEXT}, TEXT_COL("u")};
  static const char *const cells[] = {"1.25 s", "a", NULL, "b", "80 ms", "c"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, UTF8,
              "      t  u~\n"
              " 1.25 s  a\n"
              "      ·  b\n"
              "  80 ms  c\n");
  shown_fini(&s);
}

TEST(wide_and_combining_characters_take_their_columns) {
  static const ShownCol cols[] = {TEXT_COL("city"), NUM_COL("n", '#')};
  static const char *const cells[] = {"東京", "1", "Cafe\u0301", "22", "Zürich", "333"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, UTF8,
              " city~    n#\n"
              " 東京      1\n"
              " Cafe\u0301     22\n"
              " Zürich  333\n");
  shown_fini(&s);
}

TEST(text_gives_way_first_and_numbers_never) {
  Shown s;
  PAGE(s, PEOPLE, ALLEN);
  check_print(&s, within(29),
              " name~                   age%\n"
              " Allen, Miss. Elisa…  29\n"
              " Allison, Trevor       0.9167\n"
              " ·                    −3.5\n"
              " \"\"                    ·\n");
  check_print(&s, within(22),
              " name~            age%\n"
              " Allen, Miss…  29\n"
              " Allison, Tr…   0.9167\n"
              " ·             −3.5\n"
              " \"\"             ·\n");
  shown_fini(&s);
}

TEST(the_widest_text_gives_way_before_the_others) {
  static const ShownCol cols[] = {TEXT_COL("a"), TEXT_COL("b")};
  static const char *const cells[] = {"twelve chars", "twenty characters ab"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, within(30),
              " a~            b~\n"
              " twelve chars  twenty charact…\n");
  shown_fini(&s);
}

TEST(no_space_or_comma_stays_before_the_mark) {
  static const ShownCol cols[] = {TEXT_COL("x")};
  static const char *const cells[] = {"Allison Tr, Anna Maria", "Allison , , Bernhardine", "東京東京東京東京"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, within(13),
              " x~\n"
              " Allison Tr…\n"
              " Allison…\n"
              " 東京東京東…\n");
  ShowStyle plain = within(13);
  plain.utf8 = false;
  check_print(&s, plain,
              " x~\n"
              " Allison Tr~\n"
              " Allison~\n"
              " 東京東京東~\n");
  check_print(&s, within(4),
              " x~\n"
              " Al…\n"
              " Al…\n"
              " 東…\n");
  shown_fini(&s);
}

TEST(columns_fall_from_the_right_and_are_named) {
  static const ShownCol cols[] = {TEXT_COL("name"), NUM_COL("age", '#'), NUM_COL("fare", '%'), TEXT_COL("deck")};
  static const char *const cells[] = {"Allen, Miss. Elisabeth", "29", "211.3", "B"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, within(30),
              " name~             age#  fare%\n"
              " Allen, Miss. El…    29  211.3\n"
              "  1 column not shown: deck\n");
  check_print(&s, within(24),
              " name~              age#\n"
              " Allen, Miss. Eli…    29\n"
              "  2 columns not shown:…\n");
  shown_fini(&s);
}

TEST(a_long_header_is_cut_and_keeps_its_sign) {
  static const ShownCol cols[] = {TEXT_COL("passenger class at boarding"), NUM_COL("n", '#')};
  static const char *const cells[] = {"1st", "3"};
  Shown s;
  PAGE(s, cols, cells);
  check_print(&s, within(17),
              " passenger…~   n#\n"
              " 1st            3\n");
  shown_fini(&s);
}

TEST(row_numbers_count_in_the_whole_object) {
  static const ShownCol cols[] = {TEXT_COL("v")};
  static const char *const cells[] = {"a", "b"};
  Shown s;
  PAGE(s, cols, cells);
  s.page.row_numbers = true, s.page.first = 998, s.page.nrow = 1301;
  check_print(&s, UTF8,
              "        v~\n"
              "   999  a\n"
              " 1,000  b\n"
              "  1,299 more rows\n");
  s.page.nrow = 3;
  check_print(&s, UTF8,
              "        v~\n"
              "   999  a\n"
              " 1,000  b\n"
              "  1 more row\n");
  shown_fini(&s);
}

TEST(data_cannot_drive_the_terminal) {
  static const ShownCol cols[] = {TEXT_COL("bad\x1bname")};
  static const char *const cells[] = {"a\nb\tc\r",       "\x1b]0;title\a", "\x7f\x9b" "31m", "\xc2\x9b" "31m",
                                      "rtl \u202e txt", "cut \xe6\x9d"};
  Shown s;
  PAGE(s, cols, cells);
  s.page.title = "t\x1b[2J";
  check_print(&s, UTF8,
              " t\\x1b[2J\n"
              " bad\\x1bname~\n"
              " a\\nb\\tc\\r\n"
              " \\x1b]0;title\\x07\n"
              " \\x7f\\x9b31m\n"
              " \\u{9b}31m\n"
              " rtl \\u{202e} txt\n"
              " cut \\xe6\\x9d\n");
  shown_fini(&s);
}

TEST(colour_marks_names_row_numbers_missing_and_feet) {
  static const ShownCol cols[] = {TEXT_COL("v"), NUM_COL("x", '%')};
  static const char *const cells[] = {"a", NULL, "", "nan"};
  Shown s;
  PAGE(s, cols, cells);
  s.page.row_numbers = true, s.page.nrow = 5;
  ShowStyle colour = UTF8;
  colour.colour = true;
  check_print(&s, colour,
              "    \x1b[0;1mv\x1b[0m\x1b[0;38;5;246m~\x1b[0m   \x1b[0;1mx\x1b[0m\x1b[0;38;5;246m%\x1b[0m\n"
              " \x1b[0;38;5;240m1\x1b[0m  a     \x1b[0;38;5;240m·\x1b[0m\n"
              " \x1b[0;38;5;240m2\x1b[0m  \x1b[0;38;5;246m\"\"\x1b[0m  \x1b[0;1;38;5;204mnan\x1b[0m\n"
              "  \x1b[0;38;5;240m3 more rows\x1b[0m\n");
  shown_fini(&s);
}

TEST(an_empty_table_says_so) {
  Shown s = {.kind = SHOWN_PAGE};
  page_init(&s.page, 0, 1);
  page_col(&s.page, 0, "v", '~', ALIGN_LEFT, CELL_TEXT);
  check_print(&s, within(80), " v~\n  no rows\n");
  shown_fini(&s);
  s.kind = SHOWN_PAGE;
  page_init(&s.page, 0, 0);
  check_print(&s, within(80), "  no rows\n");
  shown_fini(&s);
}

TEST(texts_keep_their_lines_and_errors_have_a_mark) {
  Shown s;
  shown_text(&s, SHOWN_TEXT, "two\nlines\x1b", NULL);
  check_print(&s, UTF8, "two\nlines\\x1b\n");
  shown_fini(&s);
  shown_text(&s, SHOWN_TEXT, "", NULL);
  check_print(&s, UTF8, "\n");
  shown_fini(&s);
  shown_text(&s, SHOWN_ERROR, "no column 'agee'", NULL);
  check_print(&s, UTF8, "! no column 'agee'\n");
  ShowStyle colour = UTF8;
  colour.colour = true;
  check_print(&s, colour, "\x1b[0;1;38;5;204m!\x1b[0m no column 'agee'\n");
  shown_fini(&s);
}

RUN(CASE(points_stand_below_each_other_and_missing_is_a_dot_in_the_units), CASE(plain_glyphs_are_ascii),
    CASE(header_stands_right_over_numbers_also_when_it_is_wider), CASE(exponents_and_words_keep_to_the_units_column),
    CASE(right_aligned_columns_ignore_the_point), CASE(wide_and_combining_characters_take_their_columns),
    CASE(text_gives_way_first_and_numbers_never), CASE(the_widest_text_gives_way_before_the_others),
    CASE(no_space_or_comma_stays_before_the_mark), CASE(columns_fall_from_the_right_and_are_named),
    CASE(a_long_header_is_cut_and_keeps_its_sign), CASE(row_numbers_count_in_the_whole_object),
    CASE(data_cannot_drive_the_terminal), CASE(colour_marks_names_row_numbers_missing_and_feet),
    CASE(an_empty_table_says_so), CASE(texts_keep_their_lines_and_errors_have_a_mark))
