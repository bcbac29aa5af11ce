// Markdown on the screen. What a text means is CommonMark 0.30's (and GitHub's tables, task lists and strikethrough);
// how it looks is the look of the screen (docs: look). Expected lines were written by hand.
#include "check.h"

#include "ui/markdown_int.h"

#include <stdlib.h>

typedef struct Drawn {
  Canvas canvas;
  int lines;
  char *text;
} Drawn;

static Drawn drawn(const char *markdown, int w, GlyphSet glyphs) {
  DrawStyle style = {.glyphs = glyphs, .depth = THEME_PLAIN};
  Drawn d = {.lines = markdown_draw(NULL, 0, 0, w, sv(markdown))};
  canvas_init(&d.canvas, w, d.lines);
  Paint p = {&d.canvas, &style};
  assert_int_equal(markdown_draw(&p, 0, 0, w, sv(markdown)), d.lines);
  Str out = {0};
  canvas_print(&d.canvas, &style, &out);
  d.text = str_take(&out);
  return d;
}

static void drawn_fini(Drawn *d) {
  canvas_fini(&d->canvas);
  free(d->text);
}

static void expect(const char *markdown, int w, const char *want) {
  Drawn d = drawn(markdown, w, GLYPHS_BRAILLE);
  assert_string_equal(d.text, want);
  drawn_fini(&d);
}

static Style style_at(const Drawn *d, int x, int y) { return d->canvas.cell[y * d->canvas.w + x].style; }

TEST(paragraphs_join_their_lines_and_break_at_blanks) {
  expect("one two\nthree  four", 9, "one two\nthree\nfour\n");
  expect("one  \ntwo\\\nthree", 40, "one\ntwo\nthree\n");
  expect("a\n\n\n\nb", 40, "a\n\nb\n");
  expect("", 40, "\n");
}

TEST(headings_stand_close_to_what_they_head) {
  expect("# One\n\ntext\n\nTwo\n---\ntext\n### Three\ntext", 40, "One\ntext\n\nTwo\ntext\nThree\ntext\n");
  Drawn d = drawn("## A *b*\nc", 40, GLYPHS_BRAILLE);
  assert_int_equal(style_at(&d, 0, 0), STYLE_STRONG);
  assert_int_equal(style_at(&d, 2, 0), STYLE_STRONG);
  assert_int_equal(style_at(&d, 0, 1), STYLE_FG);
  drawn_fini(&d);
}

TEST(lists_nest_and_go_on_under_their_first_word) {
  expect("- one two three four\n- b\n  - c\n    1. d\n    2. e\n", 14,
         "• one two\n  three four\n• b\n  • c\n    1. d\n    2. e\n");
  expect("9. a\n10. b\n\n    c\n", 40, "9. a\n10. b\n\n    c\n");
  expect("text\n1. a\n2. b", 40, "text\n1. a\n2. b\n"); // close, as in the source
  expect("text\n\n- a\n\n- b\n\ntext", 40, "text\n\n• a\n\n• b\n\ntext\n");
  expect("-\n- b", 40, "•\n• b\n");
}

TEST(task_lists_show_what_is_done) {
  expect("- [x] done\n- [ ] open", 40, "[x] done\n[ ] open\n");
  Drawn d = drawn("- [x] done\n- [ ] open", 40, GLYPHS_BRAILLE);
  assert_int_equal(style_at(&d, 1, 0), STYLE_ACCENT);
  assert_int_equal(style_at(&d, 0, 1), STYLE_DIM);
  drawn_fini(&d);
}

TEST(quotes_have_a_bar_on_every_line) {
  expect("> one two\n> three\n>\n> four\n\nafter", 9, "│ one two\n│ three\n│\n│ four\n\nafter\n");
  expect("> - a\n> - b\n>\n>   > c", 40, "│ • a\n│ • b\n│\n│   │ c\n");
}

TEST(code_keeps_its_lines_and_lua_has_its_colours) {
  expect("a\n```\nx  =  1\n\n  y *2*\n```\n", 40, "a\n  x  =  1\n\n    y *2*\n");
  expect("    indented\n", 40, "  indented\n");
  Drawn d = drawn("```lua\nlocal x = \"s\"\n```\n`code` and **strong** and ~~gone~~", 40, GLYPHS_BRAILLE);
  assert_int_equal(style_at(&d, 2, 0), STYLE_KEYWORD);
  assert_int_equal(style_at(&d, 12, 0), STYLE_STRING);
  assert_int_equal(style_at(&d, 0, 1), STYLE_STRING);
  assert_int_equal(style_at(&d, 10, 1), STYLE_STRONG);
  assert_int_equal(style_at(&d, 21, 1), STYLE_FAINT);
  drawn_fini(&d);
}

TEST(links_show_their_text_and_a_far_address) {
  expect("see [cell 3](#3)", 60, "see cell 3\n");
  expect("[docs](https://example.org/a) <https://example.org> ![a](b.svg)", 70,
         "docs (https://example.org/a) https://example.org a (b.svg)\n");
  Drawn d = drawn("see [cell **3**](#3)", 40, GLYPHS_BRAILLE);
  assert_int_equal(style_at(&d, 4, 0), STYLE_ACCENT);
  assert_int_equal(style_at(&d, 9, 0), STYLE_ACCENT);
  drawn_fini(&d);
}

TEST(tables_are_aligned_and_numbers_stand_at_the_right) {
  expect("| name | n | share |\n|---|---|:-:|\n| women | 466 | 72.7 |\n| men | 1,043 | 9 |\n", 60,
         "name        n   share\nwomen     466   72.7\nmen     1,043     9\n");
  expect("a | b\n:-- | --:\n1 | x\n22 | yy", 60, "a     b\n1     x\n22   yy\n");
  Drawn d = drawn("| a |\n|---|\n| **b** |", 40, GLYPHS_BRAILLE);
  assert_int_equal(style_at(&d, 0, 0), STYLE_STRONG);
  assert_int_equal(style_at(&d, 0, 1), STYLE_STRONG);
  drawn_fini(&d);
}

TEST(a_table_too_wide_breaks_its_widest_cells) {
  expect("| k | what |\n|---|---|\n| a | one two three four |\n| b | x |\n", 16,
         "k   what\na   one two\n    three four\nb   x\n");
}

TEST(wide_characters_take_two_columns) {
  expect("| 名前 | n |\n|---|---|\n| 日本 | 1 |\n| ab | 22 |\n", 40, "名前    n\n日本    1\nab     22\n");
  expect("日本語の長い", 6, "日本語\nの長い\n");
}

TEST(entities_and_escapes_are_their_characters) {
  expect("a &amp; b &#65; &#x42; &rarr; \\*c\\* &unknown; 2 * 3", 60, "a & b A B → *c* &unknown; 2 * 3\n");
  expect("<b>raw</b> <!-- html -->", 60, "<b>raw</b> <!-- html -->\n");
}

TEST(ascii_has_no_other_letters) {
  Drawn d = drawn("- a\n\n> b\n\n---\n", 30, GLYPHS_ASCII);
  for (const char *s = d.text; *s; s++) assert_true((unsigned char)*s < 0x80);
  drawn_fini(&d);
}

// Signs of Markdown in any order, at any width: what is counted is what is painted, and nothing else happens.
TEST(any_text_is_drawn_as_it_is_counted) {
  static const char *const PIECE[] = {"# ",    "- ", "1. ",   "> ",   "| a | b |\n", "|---|:-:|\n", "```",   "\n",
                                      "\n\n",  "*",  "**",    "_x_",  "`",           "[a](b)",      "[ ] ",  "~~",
                                      "&amp;", "日", "word ", "    ", "<",           "\\",          "---\n", "\xFF"};
  uint32_t seed = 1;
  for (int round = 0; round < 3000; round++) {
    Str text = {0};
    int n = (int)((seed = seed * 1664525 + 1013904223) >> 24) % 60;
    for (int k = 0; k < n; k++) str_add(&text, PIECE[((seed = seed * 1664525 + 1013904223) >> 16) % 24]);
    Drawn d = drawn(str_c(&text), 1 + round % 37, GLYPHS_BRAILLE);
    drawn_fini(&d);
    str_fini(&text);
  }
  Str deep = {0};
  for (int k = 0; k < 500; k++) str_add(&deep, "> - ");
  str_add(&deep, "x");
  Drawn d = drawn(str_c(&deep), 20, GLYPHS_BRAILLE);
  drawn_fini(&d);
  str_fini(&deep);
}

RUN(CASE(paragraphs_join_their_lines_and_break_at_blanks), CASE(headings_stand_close_to_what_they_head),
    CASE(lists_nest_and_go_on_under_their_first_word), CASE(task_lists_show_what_is_done),
    CASE(quotes_have_a_bar_on_every_line), CASE(code_keeps_its_lines_and_lua_has_its_colours),
    CASE(links_show_their_text_and_a_far_address), CASE(tables_are_aligned_and_numbers_stand_at_the_right),
    CASE(a_table_too_wide_breaks_its_widest_cells), CASE(wide_characters_take_two_columns),
    CASE(entities_and_escapes_are_their_characters), CASE(ascii_has_no_other_letters),
    CASE(any_text_is_drawn_as_it_is_counted))
