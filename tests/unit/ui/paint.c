// What lines are written with. Expected lines are worked by hand from the rules of the look, or are lines of its
// pictures.
#include "check.h"
#include "ui/paint_int.h"

static const DrawStyle UTF8 = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_256};
static const DrawStyle ASCII = {.glyphs = GLYPHS_ASCII, .depth = THEME_256};

static Canvas canvas;
static Paint begin(int w, int h, const DrawStyle *style) {
  canvas_init(&canvas, w, h);
  return (Paint){&canvas, style};
}

static void check(const char *want) {
  Str text = {0};
  canvas_print(&canvas, &(DrawStyle){.depth = THEME_PLAIN}, &text);
  assert_string_equal(str_c(&text), want);
  str_fini(&text);
  canvas_fini(&canvas);
}

static Style style_at(int x, int y) { return (Style)canvas.cell[y * canvas.w + x].style; }

TEST(cut_text_ends_in_an_ellipsis_that_follows_a_letter) {
  Paint p = begin(25, 3, &UTF8);
  assert_int_equal(paint_text(&p, 0, 0, 25, "Barkworth, Mr. Algernon Henry W", STYLE_FG), 24);
  paint_text(&p, 0, 1, 25, "Baumann, Mr. John D", STYLE_FG);
  assert_int_equal(paint_text(&p, 0, 2, 5, "a., b", STYLE_FG), 5); // it fits
  check("Barkworth, Mr. Algernon…\nBaumann, Mr. John D\na., b\n");
}

TEST(wide_characters_are_cut_whole) {
  Paint p = begin(8, 2, &UTF8);
  assert_int_equal(paint_text(&p, 0, 0, 4, "日本語", STYLE_FG), 3); // 日…: half a character is none
  assert_int_equal(paint_right(&p, 0, 1, 8, "日本", STYLE_FG), 4);
  check("日…\n    日本\n");
}

TEST(data_cannot_drive_the_terminal) {
  Paint p = begin(40, 1, &UTF8);
  paint_text(&p, 0, 0, 40, "a\x1b[2Jb\tc\xe2\x80\xae", STYLE_FG);
  check("a\\x1b[2Jb\\tc\\u{202e}\n");
}

TEST(on_an_ascii_screen_glyphs_become_their_stand_ins) {
  Paint p = begin(30, 2, &ASCII);
  paint_text(&p, 0, 0, 30, "1,309 × 5 · −3 é", STYLE_FG);
  paint_text(&p, 0, 1, 6, "Andrews", STYLE_FG);
  check("1,309 x 5 - -3 é\nAndre~\n");
}

TEST(a_title_keeps_a_stroke_of_rule_and_shortens_the_words) {
  Paint p = begin(40, 4, &UTF8);
  Badge badge = {"EDIT", STYLE_CURSOR};
  paint_title(&p, (Rect){0, 0, 40, 1}, 2, "column", "age  real", "79.9%", false, NULL);
  paint_title(&p, (Rect){0, 1, 40, 1}, 5, "notebook", "women-first.lua, of eight cells", "all current", true, NULL);
  paint_title(&p, (Rect){0, 2, 20, 1}, 1, "table", "titanic", "whole file, 9 ms", true, &badge);
  paint_title(&p, (Rect){0, 3, 9, 1}, 1, "table", "", "", true, NULL);
  assert_int_equal(style_at(1, 0), STYLE_DIM), assert_int_equal(style_at(3, 0), STYLE_STRONG);
  assert_int_equal(style_at(1, 1), STYLE_FOCUS), assert_int_equal(style_at(15, 2), STYLE_CURSOR);
  check(" 2 column  age  real ──────────── 79.9%\n"
        " 5 notebook  women-first… ━ all current\n"
        " 1 table  t… ━ EDIT\n"
        " 1 table\n");
}

TEST(the_key_bar_shortens_words_where_it_is_narrow) {
  static const KeyWord pair[] = {{"!", "target"}, {"I", "describe"}, {"F", "frequencies"},
                                 {".", "plot"},   {"T", "train"},    {"?", "help"}};
  Paint p = begin(80, 2, &UTF8);
  paint_key_bar(&p, (Rect){0, 0, 80, 1}, pair, 6);
  paint_key_bar(&p, (Rect){0, 1, 40, 1}, pair, 6);
  assert_int_equal(style_at(1, 0), STYLE_FOCUS), assert_int_equal(style_at(3, 0), STYLE_DIM);
  check(" ! target     I describe     F frequencies     . plot     T train     ? help\n"
        " ! targ I desc F freq . plot T trai ?\n");
}

TEST(the_last_key_stays_where_not_all_fit) {
  static const KeyWord pair[] = {{"Enter", "open"}, {"Backspace", "folders"}, {"Esc", "close"}, {"?", "help"}};
  Paint p = begin(24, 1, &UTF8);
  paint_key_bar(&p, (Rect){0, 0, 24, 1}, pair, 4);
  check(" Enter open      ? help\n");
  assert_int_equal(key_bar_at((Rect){0, 0, 24, 1}, pair, 4, 17), 3);
}

TEST(sparks_are_eighths_and_in_ascii_digits) {
  static const double share[] = {0, 0.01, 0.5, 1, NAN};
  Paint p = begin(5, 1, &UTF8);
  paint_spark(&p, 0, 0, share, 5, STYLE_GROUP0);
  check(" ▁▅█\n");
  p = begin(5, 1, &ASCII);
  paint_spark(&p, 0, 0, share, 5, STYLE_GROUP0);
  check("00590\n");
}

TEST(shares_without_colours_are_letters) {
  double share[] = {0.5, 0.3, 0.2};
  WireHead head = {.strip = STRIP_SHARES, .value = share, .n = 3, .text = "äbc"};
  DrawStyle mono = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_MONO};
  Paint p = begin(10, 1, &mono);
  paint_shares(&p, 0, 0, 10, &head);
  check("äääääbbbcc\n");
}

TEST(progress_is_a_thick_line_that_a_thin_one_goes_on) {
  Paint p = begin(8, 2, &UTF8);
  paint_progress(&p, 0, 0, 8, 0.25), paint_progress(&p, 0, 1, 8, NAN);
  check("━━──────\n────────\n");
}

TEST(a_page_stands_on_its_decimal_points) {
  Page page;
  page_init(&page, 4, 2);
  page_col(&page, 0, "who", '~', ALIGN_LEFT, CELL_TEXT), page_col(&page, 1, "value", '%', ALIGN_POINT, CELL_NUMBER);
  static const char *cell[4][2] = {{"a", "-1.25"}, {"", "12"}, {NULL, NULL}, {"d", "nan"}};
  for (int i = 0; i < 4; i++) page_cell(&page, i, 0, cell[i][0]), page_cell(&page, i, 1, cell[i][1]);
  page.nrow = 6;
  Paint p = begin(20, 6, &UTF8);
  assert_int_equal(paint_page(&p, (Rect){0, 0, 20, 6}, &page, STYLE_FG), 6);
  assert_int_equal(style_at(0, 0), STYLE_DIM), assert_int_equal(style_at(0, 3), STYLE_FAINT);
  assert_int_equal(style_at(9, 3), STYLE_FAINT), assert_int_equal(style_at(8, 4), STYLE_WARN);
  check("who~   value%\na       −1.25\n\"\"      12\n·        ·\nd      nan\n2 more rows\n");
  page_fini(&page);
}

TEST(a_page_that_is_too_wide_cuts_texts_then_drops_columns) {
  Page page;
  page_init(&page, 1, 3);
  page_col(&page, 0, "text", '~', ALIGN_LEFT, CELL_TEXT);
  page_col(&page, 1, "n", '#', ALIGN_POINT, CELL_NUMBER), page_col(&page, 2, "m", '#', ALIGN_POINT, CELL_NUMBER);
  page_cell(&page, 0, 0, "abcdefghijklmnop"), page_cell(&page, 0, 1, "123,456"), page_cell(&page, 0, 2, "123,456");
  Paint p = begin(30, 4, &UTF8);
  paint_page(&p, (Rect){0, 0, 30, 2}, &page, STYLE_FG);
  paint_page(&p, (Rect){0, 2, 20, 2}, &page, STYLE_FG);
  check("text~              n#       m#\nabcdefghijk…  123,456  123,456\n"
        "text~             n#\nabcdefghij…  123,456\n");
  page_fini(&page);
}

TEST(lua_is_coloured_by_its_tokens_on_any_line_of_a_long_string) {
  static const char code[] = "local s = [[one\ntwo]] -- why";
  Paint p = begin(20, 4, &UTF8);
  for (int line = 0; line < 2; line++) paint_lua(&p, 0, line, 20, sv(code), line, 0, STYLE_FG);
  paint_lua(&p, 0, 2, 6, sv(code), 0, 2, STYLE_FG);
  paint_lua(&p, 0, 3, 20, sv(code), 1, 0, STYLE_DIM);
  assert_int_equal(style_at(0, 0), STYLE_KEYWORD), assert_int_equal(style_at(6, 0), STYLE_FG);
  assert_int_equal(style_at(10, 0), STYLE_STRING), assert_int_equal(style_at(0, 1), STYLE_STRING);
  assert_int_equal(style_at(6, 1), STYLE_NOTE), assert_int_equal(style_at(0, 3), STYLE_DIM);
  check("local s = [[one\ntwo]] -- why\ncal s…\ntwo]] -- why\n");
}

TEST(an_overlay_is_the_only_frame) {
  Paint p = begin(24, 5, &UTF8);
  for (int y = 0; y < 5; y++) paint_text(&p, 0, y, 24, "xxxxxxxxxxxxxxxxxxxxxxxx", STYLE_WARN);
  paint_overlay(&p, (Rect){2, 1, 20, 3}, "? help", "table", "");
  assert_int_equal(style_at(0, 0), STYLE_BACK), assert_int_equal(style_at(3, 1), STYLE_FOCUS);
  check("xxxxxxxxxxxxxxxxxxxxxxxx\nxx┌? help  table ━━━━┐xx\nxx│                  │xx\nxx└──────────────────┘xx\n"
        "xxxxxxxxxxxxxxxxxxxxxxxx\n");
}

RUN(CASE(cut_text_ends_in_an_ellipsis_that_follows_a_letter), CASE(wide_characters_are_cut_whole),
    CASE(data_cannot_drive_the_terminal), CASE(on_an_ascii_screen_glyphs_become_their_stand_ins),
    CASE(a_title_keeps_a_stroke_of_rule_and_shortens_the_words), CASE(the_key_bar_shortens_words_where_it_is_narrow),
    CASE(the_last_key_stays_where_not_all_fit),
    CASE(sparks_are_eighths_and_in_ascii_digits), CASE(shares_without_colours_are_letters),
    CASE(progress_is_a_thick_line_that_a_thin_one_goes_on), CASE(a_page_stands_on_its_decimal_points),
    CASE(a_page_that_is_too_wide_cuts_texts_then_drops_columns),
    CASE(lua_is_coloured_by_its_tokens_on_any_line_of_a_long_string), CASE(an_overlay_is_the_only_frame))
