// The grid of cells and its print.
#include "check.h"
#include "draw/draw.h"

static const DrawStyle PLAIN = {.depth = THEME_PLAIN}, DARK = {.depth = THEME_256}, MONO = {.depth = THEME_MONO};

static void expect(const Canvas *c, const DrawStyle *style, const char *want) {
  Str out = {0};
  canvas_print(c, style, &out);
  assert_string_equal(str_c(&out), want);
  str_fini(&out);
}

TEST(text_is_clipped_and_trailing_blanks_are_cut) {
  Canvas c;
  canvas_init(&c, 6, 2);
  assert_int_equal(canvas_text(&c, 4, 0, "abc", STYLE_FG), 2);
  assert_int_equal(canvas_text(&c, -1, 1, "xyz", STYLE_FG), 3);
  canvas_text(&c, 0, 7, "outside", STYLE_FG);
  canvas_put(&c, 6, 0, 'x', STYLE_FG);
  canvas_put(&c, 0, -1, 'x', STYLE_FG);
  expect(&c, &PLAIN, "    ab\nyz\n");
  canvas_fini(&c);
}

TEST(wide_characters_take_two_cells_and_never_half_one) {
  Canvas c;
  canvas_init(&c, 5, 1);
  assert_int_equal(canvas_text(&c, 0, 0, "日本語", STYLE_FG), 4);
  expect(&c, &PLAIN, "日本\n");
  canvas_put(&c, 1, 0, 'x', STYLE_FG); // the right half of the first
  expect(&c, &PLAIN, " x本\n");
  canvas_put(&c, 2, 0, 'y', STYLE_FG); // the left half of the second
  expect(&c, &PLAIN, " xy\n");
  canvas_put(&c, 4, 0, 0x65E5, STYLE_FG); // no room for its right half
  expect(&c, &PLAIN, " xy\n");
  canvas_fini(&c);
}

TEST(what_could_move_the_cursor_is_dropped) {
  Canvas c;
  canvas_init(&c, 9, 1);
  canvas_text(&c, 0, 0,
              "a\x1b[2J\n\tb\xC2\x9B\xE2\x81\xA6"
              "c\xFF",
              STYLE_FG);
  expect(&c, &PLAIN, "a[2Jbc\xEF\xBF\xBD\n");
  canvas_put(&c, 0, 0, 0x110000, STYLE_FG);
  expect(&c, &PLAIN, "\xEF\xBF\xBD[2Jbc\xEF\xBF\xBD\n");
  canvas_fini(&c);
}

TEST(sequences_are_written_where_the_style_changes_and_reset_at_the_end_of_a_line) {
  Canvas c;
  canvas_init(&c, 12, 2);
  canvas_text(&c, 0, 0, "ab", STYLE_GROUP0);
  canvas_text(&c, 4, 0, "cd", STYLE_GROUP0); // blanks between keep the colour: nothing shows there
  canvas_text(&c, 6, 0, "ef", STYLE_FG);
  canvas_text(&c, 0, 1, "gh", STYLE_STRONG);
  expect(&c, &DARK, "\x1b[0;38;5;69mab  cd\x1b[0mef\n\x1b[0;1mgh\x1b[0m\n");
  expect(&c, &PLAIN, "ab  cdef\ngh\n");
  expect(&c, &MONO, "ab  cdef\n\x1b[0;1mgh\x1b[0m\n");
  canvas_fini(&c);
}

TEST(a_background_ends_where_its_cells_end) {
  Canvas c;
  canvas_init(&c, 6, 1);
  for (int x = 0; x < 3; x++) c.cell[x] = (CanvasCell){x == 1 ? 'v' : ' ', STYLE_DIV8, EXTRA_BACK};
  canvas_text(&c, 4, 0, "w", STYLE_FG);
  expect(&c, &DARK, "\x1b[0;38;5;16;48;5;208m v \x1b[0m w\n");
  canvas_fini(&c);
}

// From the tables of the style guide: dark, light, 16 colours, mono.
TEST(styles_have_the_colours_of_the_guide) {
  static const DrawStyle light = {.depth = THEME_256, .light = true}, sixteen = {.depth = THEME_16};
  assert_string_equal(style_sgr(STYLE_FG, &DARK), "");
  assert_string_equal(style_sgr(STYLE_DIM, &DARK), "38;5;246");
  assert_string_equal(style_sgr(STYLE_FAINT, &light), "38;5;249");
  assert_string_equal(style_sgr(STYLE_FOCUS, &DARK), "1;38;5;80");
  assert_string_equal(style_sgr(STYLE_GROUP0, &DARK), "38;5;69");
  assert_string_equal(style_sgr(STYLE_GROUP1, &light), "38;5;166");
  assert_string_equal(style_sgr(STYLE_GROUP0, &sixteen), "94");
  assert_string_equal(style_sgr(STYLE_DIV0, &MONO), "7");
  assert_string_equal(style_sgr(STYLE_DIV0 + 7, &MONO), "1");
  CanvasCell cell = {'1', STYLE_SEQ9, EXTRA_BACK};
  assert_string_equal(cell_sgr(&cell, &DARK), "38;5;16;48;5;226");
  assert_string_equal(cell_sgr(&cell, &PLAIN), "");
  for (int s = 0; s < STYLE_COUNT; s++) assert_string_equal(style_sgr((Style)s, &PLAIN), "");
}

TEST(a_canvas_of_no_size_is_fine) {
  Canvas c;
  canvas_init(&c, -3, 4);
  canvas_put(&c, 0, 0, 'x', STYLE_FG);
  expect(&c, &PLAIN, "\n\n\n\n");
  canvas_fini(&c);
}

RUN(CASE(text_is_clipped_and_trailing_blanks_are_cut), CASE(wide_characters_take_two_cells_and_never_half_one),
    CASE(what_could_move_the_cursor_is_dropped),
    CASE(sequences_are_written_where_the_style_changes_and_reset_at_the_end_of_a_line),
    CASE(a_background_ends_where_its_cells_end), CASE(styles_have_the_colours_of_the_guide),
    CASE(a_canvas_of_no_size_is_fine))
