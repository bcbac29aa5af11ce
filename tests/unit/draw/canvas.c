// The grid of cells and its print.
#include "check.h"
#include "draw/draw.h"

#include <stdlib.h>

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
  for (int x = 0; x < 3; x++) c.cell[x] = (CanvasCell){x == 1 ? 'v' : ' ', STYLE_DIV8, EXTRA_BACK, 0};
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
  CanvasCell cell = {'1', STYLE_SEQ9, EXTRA_BACK, 0};
  assert_string_equal(cell_sgr(&cell, &DARK), "38;5;16;48;5;226");
  assert_string_equal(cell_sgr(&cell, &PLAIN), "");
  for (int s = 0; s < STYLE_COUNT; s++) assert_string_equal(style_sgr((Style)s, &PLAIN), "");
}

// An ink before a ground, from the same tables.
TEST(a_cell_can_have_two_data_colours) {
  static const DrawStyle light = {.depth = THEME_256, .light = true}, sixteen = {.depth = THEME_16};
  CanvasCell cell = {0x2580, STYLE_SEQ9, EXTRA_GROUND + STYLE_SEQ0 - STYLE_GROUP0, 0};
  assert_string_equal(cell_sgr(&cell, &DARK), "38;5;226;48;5;53");
  assert_string_equal(cell_sgr(&cell, &light), "38;5;53;48;5;226");
  assert_string_equal(cell_sgr(&cell, &sixteen), "93;45");
  assert_string_equal(cell_sgr(&cell, &MONO), "");
  cell = (CanvasCell){0x2580, STYLE_DIV8, EXTRA_GROUND + STYLE_GROUP1 - STYLE_GROUP0, 0};
  assert_string_equal(cell_sgr(&cell, &DARK), "38;5;208;48;5;215");
  cell.extra = EXTRA_INK;
  assert_string_equal(cell_sgr(&cell, &DARK), "38;5;208");
  cell = (CanvasCell){'7', STYLE_GROUP0, EXTRA_BACK, 0};
  assert_string_equal(cell_sgr(&cell, &DARK), "38;5;16;48;5;69");
  cell = (CanvasCell){'x', STYLE_DIM, EXTRA_GROUND, 0}; // what was dimmed afterwards has no data colour
  assert_string_equal(cell_sgr(&cell, &DARK), "38;5;246");
}

// Every data colour has the same ink alone as before a ground, and its ground is its colour.
TEST(all_pairs_of_data_colours_are_there) {
  static const DrawStyle all[] = {{.depth = THEME_256}, {.depth = THEME_256, .light = true}, {.depth = THEME_16}};
  for (int k = 0; k < 3; k++)
    for (int ink = STYLE_GROUP0; ink <= STYLE_DIV8; ink++) {
      CanvasCell alone = {0x2580, (uint8_t)ink, EXTRA_INK, 0};
      char begin[32];
      snprintf(begin, sizeof begin, "%s;", cell_sgr(&alone, &all[k]));
      for (int ground = EXTRA_GROUND; ground < EXTRA_COUNT; ground++) {
        CanvasCell both = {0x2580, (uint8_t)ink, (uint8_t)ground, 0};
        const char *sgr = cell_sgr(&both, &all[k]), *back = sgr + strlen(begin);
        CanvasCell other = {0x2580, (uint8_t)(ground - EXTRA_GROUND + (int)STYLE_GROUP0), EXTRA_INK, 0};
        const char *want = cell_sgr(&other, &all[k]);
        assert_memory_equal(sgr, begin, strlen(begin));
        if (k < 2) assert_true(strncmp(back, "48;5;", 5) == 0 && strcmp(back + 5, want + 5) == 0);
        else assert_int_equal(atoi(back), atoi(want) + 10);
      }
    }
}

TEST(styles_of_a_screen_have_the_colours_of_the_guide) {
  static const DrawStyle light = {.depth = THEME_256, .light = true}, sixteen = {.depth = THEME_16};
  static const struct {
    Style style;
    const char *dark, *light, *sixteen, *mono;
  } guide[] = {
      {STYLE_COLUMN, "1;38;5;80", "1;38;5;30", "1;96", "1;4"},
      {STYLE_CURSOR, "38;5;16;48;5;80", "38;5;231;48;5;30", "30;46", "7"},
      {STYLE_ALARM, "38;5;16;48;5;204", "38;5;231;48;5;161", "30;101", "7"},
      {STYLE_HIT, "1;4;38;5;80", "1;4;38;5;30", "1;4;96", "1;4"},
      {STYLE_BACK, "38;5;238", "38;5;252", "90", "2"},
      {STYLE_STRING, "38;5;150", "38;5;64", "32", ""},
      {STYLE_NOTE, "3;38;5;245", "3;38;5;243", "90", "2"},
      {STYLE_KEYWORD, "1", "1", "1", "1"},
  };
  for (size_t i = 0; i < sizeof guide / sizeof *guide; i++) {
    assert_string_equal(style_sgr(guide[i].style, &DARK), guide[i].dark);
    assert_string_equal(style_sgr(guide[i].style, &light), guide[i].light);
    assert_string_equal(style_sgr(guide[i].style, &sixteen), guide[i].sixteen);
    assert_string_equal(style_sgr(guide[i].style, &MONO), guide[i].mono);
  }
}

TEST(the_ground_of_a_row_and_of_a_popup_goes_with_every_ink) {
  static const DrawStyle light = {.depth = THEME_256, .light = true}, sixteen = {.depth = THEME_16};
  CanvasCell row = {'x', STYLE_DIM, EXTRA_ROW, 0}, popup = {'x', STYLE_FG, EXTRA_POPUP, 0};
  assert_string_equal(cell_sgr(&row, &DARK), "38;5;246;48;5;236");
  assert_string_equal(cell_sgr(&row, &light), "38;5;241;48;5;254");
  assert_string_equal(cell_sgr(&popup, &DARK), "48;5;234");
  assert_string_equal(cell_sgr(&popup, &light), "48;5;255");
  assert_string_equal(cell_sgr(&row, &sixteen), "");
  assert_string_equal(cell_sgr(&row, &MONO), "");
  row.style = STYLE_ALARM; // has a ground of its own
  assert_string_equal(cell_sgr(&row, &DARK), "38;5;16;48;5;204");
  for (int s = 0; s < STYLE_COUNT; s++) {
    row.style = (uint8_t)s;
    const char *sgr = cell_sgr(&row, &DARK), *ground = strstr(sgr, "48;5;");
    assert_non_null(ground);
    assert_null(strstr(ground + 1, "48;5;"));
  }
}

TEST(a_shaded_line_keeps_its_cursor_and_what_is_painted) {
  Canvas c;
  canvas_init(&c, 8, 1);
  canvas_text(&c, 1, 0, "ab", STYLE_FG);
  canvas_text(&c, 3, 0, " 7", STYLE_CURSOR);
  canvas_put(&c, 5, 0, '9', STYLE_SEQ9);
  c.cell[5].extra = EXTRA_BACK;
  canvas_shade(&c, -2, 0, 9, EXTRA_ROW); // up to column 6
  canvas_shade(&c, 0, 3, 8, EXTRA_ROW);  // outside
  expect(&c, &DARK, "\x1b[0;48;5;236m ab\x1b[0;38;5;16;48;5;80m 7\x1b[0;38;5;16;48;5;226m9\x1b[0;48;5;236m \x1b[0m\n");
  expect(&c, &MONO, " ab\x1b[0;7m 7\x1b[0m9 \n");
  canvas_fini(&c);
}

TEST(a_blank_after_the_cursor_is_not_filled) {
  Canvas c;
  canvas_init(&c, 5, 1);
  canvas_put(&c, 0, 0, 'a', STYLE_CURSOR);
  canvas_put(&c, 2, 0, 'b', STYLE_CURSOR);
  expect(&c, &MONO, "\x1b[0;7ma\x1b[0m \x1b[0;7mb\x1b[0m\n");
  canvas_fini(&c);
}

TEST(what_is_behind_an_overlay_turns_faint) {
  Canvas c;
  canvas_init(&c, 4, 1);
  canvas_text(&c, 0, 0, "ab", STYLE_WARN);
  canvas_shade(&c, 0, 0, 4, EXTRA_ROW);
  canvas_back(&c);
  expect(&c, &DARK, "\x1b[0;38;5;238mab\x1b[0m\n");
  canvas_fini(&c);
}

TEST(a_canvas_is_copied_with_its_blanks_and_clipped) {
  Canvas c, from;
  canvas_init(&c, 6, 2);
  canvas_init(&from, 3, 2);
  canvas_text(&c, 0, 0, "......", STYLE_FG);
  canvas_text(&c, 0, 1, "......", STYLE_FG);
  canvas_text(&from, 0, 0, "a c", STYLE_STRONG);
  canvas_blit(&c, 1, 0, &from);
  expect(&c, &PLAIN, ".a c..\n.   ..\n");
  expect(&c, &MONO, ".\x1b[0;1ma c\x1b[0m..\n.   ..\n");
  canvas_blit(&c, -2, 1, &from);
  canvas_blit(&c, 5, -1, &from);
  canvas_blit(&c, 4, 1, &from);
  expect(&c, &PLAIN, ".a c.\nc   a\n");
  canvas_fini(&from);
  canvas_fini(&c);
}

TEST(a_copy_never_leaves_half_a_wide_character) {
  Canvas c, from;
  canvas_init(&c, 6, 1);
  canvas_init(&from, 4, 1);
  canvas_text(&c, 0, 0, "日本語", STYLE_FG);
  canvas_text(&from, 0, 0, "x火y", STYLE_FG);
  canvas_blit(&c, 1, 0, &from); // over halves at both ends
  expect(&c, &PLAIN, " x火y\n");
  canvas_blit(&c, 4, 0, &from); // the wide one is cut
  expect(&c, &PLAIN, " x火x\n");
  canvas_blit(&c, -2, 0, &from);
  expect(&c, &PLAIN, " y火x\n");
  canvas_fini(&from);
  canvas_fini(&c);
}

TEST(a_combining_mark_joins_the_character_to_its_left) {
  Canvas c;
  canvas_init(&c, 6, 1);
  assert_int_equal(canvas_text(&c, 1, 0, "e\xCC\x81日\xE3\x82\x99x", STYLE_FG), 4);
  expect(&c, &PLAIN, " e\xCC\x81日\xE3\x82\x99x\n");
  assert_int_equal(c.cell[1].mark, 0x301);
  assert_int_equal(canvas_text(&c, 2, 0, "\xCC\x81y", STYLE_FG), 1); // a text's own mark stays out of what is before it
  expect(&c, &PLAIN, " e\xCC\x81y x\n");
  canvas_put(&c, 1, 0, 'o', STYLE_FG); // takes the mark away
  expect(&c, &PLAIN, " oy x\n");
  canvas_put(&c, 0, 0, 0x301, STYLE_FG);                                    // nothing to join
  canvas_text(&c, 0, 0, "a\xE2\x80\x8D\xEF\xB8\x8F\xE2\x80\xAE", STYLE_FG); // joiner, variation, direction
  expect(&c, &PLAIN, "aoy x\n");
  canvas_fini(&c);
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
    CASE(styles_of_a_screen_have_the_colours_of_the_guide),
    CASE(a_cell_can_have_two_data_colours), CASE(all_pairs_of_data_colours_are_there),
    CASE(the_ground_of_a_row_and_of_a_popup_goes_with_every_ink),
    CASE(a_shaded_line_keeps_its_cursor_and_what_is_painted), CASE(a_blank_after_the_cursor_is_not_filled),
    CASE(what_is_behind_an_overlay_turns_faint), CASE(a_canvas_is_copied_with_its_blanks_and_clipped),
    CASE(a_copy_never_leaves_half_a_wide_character), CASE(a_combining_mark_joins_the_character_to_its_left),
    CASE(a_canvas_of_no_size_is_fine))
