// The help overlay. Which keys there are is the key table's; where things stand is the look of the help (docs: look).
#include "check.h"

#include "ui/help_int.h"

#include <stdlib.h>

static char *drawn(App *a, int w, int h) {
  DrawStyle style = a->caps.style;
  style.depth = THEME_PLAIN;
  Paint p = {&a->canvas, &style};
  a->w = w, a->h = h;
  canvas_fini(&a->canvas);
  canvas_init(&a->canvas, w, h);
  help_draw(a, &p);
  Str out = {0};
  canvas_print(&a->canvas, &style, &out);
  return str_take(&out);
}

static void app_end(App *a) {
  canvas_fini(&a->canvas);
  str_fini(&a->help_text);
}

static CanvasCell cell_of(const App *a, int x, int y) { return a->canvas.cell[y * a->canvas.w + x]; }

// Column (of the screen) and line where a text stands.
static int line_of(const char *screen, const char *text) {
  const char *at = strstr(screen, text);
  if (!at) fail_msg("\"%s\" is not on the screen:\n%s", text, screen);
  int line = 0;
  for (const char *s = screen; at && s < at; s++) line += *s == '\n';
  return line;
}

// Where a pane has many, those that count everywhere have a screen of their own.
TEST(the_keys_of_every_pane_are_on_one_screen_of_80_by_24) {
  for (int pane = 0; pane < PANE_COUNT; pane++) {
    App a = {.focus = (PaneId)pane, .help = true, .help_top = 1000};
    char *text = drawn(&a, 80, 24);
    assert_int_equal(a.help_top, 0);
    assert_null(strstr(text, "lines 1"));
    bool apart = strstr(text, " more everywhere");
    if (apart) {
      free(text);
      act_help_rest(&a, 0);
      text = drawn(&a, 80, 24);
      assert_null(strstr(text, "lines 1"));
      assert_has(text, " keys everywhere; ? those of ");
    }
    assert_has(text, "always");
    assert_has(text, "u ^R    undo, redo");
    free(text);
    app_end(&a);
  }
}

TEST(groups_stand_in_columns_with_a_key_and_its_word_in_a_line) {
  App a = {.focus = PANE_table, .help = true};
  char *text = drawn(&a, 80, 24);
  assert_has(text, "  ┌? help  table: ");
  assert_has(text, "│ move                    change                  choose ");
  assert_has(text, "│ j k     down, up        [ ]     sort up, down   s t     select row ");
  assert_has(text, "│ gg G    top, end        - gv    hide, show all  \" g\"    keep, drop ");
  assert_has(text, "~ # % $ @ type ");
  assert_has(text, " / g/    search, in all ");
  assert_int_equal(line_of(text, "┌"), 1);
  assert_true(line_of(text, "└") <= 22);
  assert_int_equal(cell_of(&a, 4, 2).style, STYLE_STRONG); // move
  assert_int_equal(cell_of(&a, 4, 3).style, STYLE_FOCUS);  // j
  assert_int_equal(cell_of(&a, 12, 3).style, STYLE_FG);    // down
  assert_has(text, "type signs  ~ text  # integer  % real  @ date  ? yes or no");
  assert_has(text, "marks       ! warning or error  ~ stale  > running  = current");
  int marks = line_of(text, "marks ");
  assert_int_equal(cell_of(&a, 16, marks).style, STYLE_WARN); // !
  free(text);
  act_help_rest(&a, 0);
  text = drawn(&a, 80, 24);
  assert_has(text, "q Q     back, quit");
  assert_has(text, "1..9    pane ");
  free(text);
  app_end(&a);
}

// ---- pages of text --------------------------------------------------------------------------------------------------
static void open_page(App *a) {
  help_show(a, "d:head: the first n rows\n\n  d:head(n)\n\nexample\n  return data('iris'):head(3)\n\n"
               "g:head: of groups\n\nexample\n  data('iris'):tail(2)\n");
}

TEST(examples_are_lua_and_one_of_them_is_chosen) {
  App a = {.focus = PANE_table};
  open_page(&a);
  char *text = drawn(&a, 80, 24);
  assert_has(text, "Enter inserts the example as a cell");
  int first = line_of(text, "› return data('iris'):head(3)"), second = line_of(text, "  data('iris'):tail(2)");
  assert_int_equal(cell_of(&a, 6, first).style, STYLE_KEYWORD); // return
  free(text);
  act_help_example(&a, 1);
  text = drawn(&a, 80, 24);
  assert_int_equal(line_of(text, "› data('iris'):tail(2)"), second);
  free(text);
  act_help_example(&a, 1);
  assert_int_equal(a.help_example, 0);
  act_help_example(&a, -1);
  assert_int_equal(a.help_example, 1);
  app_end(&a);
}

TEST(a_search_marks_what_it_finds_and_goes_there) {
  App a = {.focus = PANE_table};
  Str long_page = {0};
  for (int k = 1; k <= 60; k++) str_addf(&long_page, k % 20 == 0 ? "here is Needle %d\n" : "line %d\n", k);
  help_show(&a, str_c(&long_page));
  free(drawn(&a, 80, 24));
  help_find(&a, "needle");
  char *text = drawn(&a, 80, 24);
  int y = line_of(text, "here is Needle 20");
  assert_int_equal(cell_of(&a, 4 + 8, y).style, STYLE_HIT);
  assert_int_equal(cell_of(&a, 4 + 7, y).style, STYLE_FG);
  free(text);
  assert_int_equal(a.help_hit, 19);
  act_help_next(&a, 1);
  assert_int_equal(a.help_hit, 39);
  act_help_next(&a, -1);
  act_help_next(&a, -1); // round the end
  assert_int_equal(a.help_hit, 59);
  help_find(&a, "nothing");
  assert_has(a.message, "nothing is not on this page");
  free(a.message), free(a.help_find);
  str_fini(&long_page);
  app_end(&a);
}

// ---- where it stands ------------------------------------------------------------------------------------------------
TEST(the_key_bar_and_a_line_that_is_typed_stay_free) {
  App a = {.focus = PANE_notebook, .help = true};
  char *text = drawn(&a, 80, 24);
  assert_true(line_of(text, "└") <= 22);
  free(text);
  a.question.n = 1;
  text = drawn(&a, 80, 24);
  assert_true(line_of(text, "└") <= 21);
  free(text);
  app_end(&a);
}

TEST(what_does_not_fit_scrolls_to_its_end) {
  App a = {.focus = PANE_table, .help = true};
  char *text = drawn(&a, 40, 12);
  assert_has(text, " lines 1 to 8 of ");
  assert_has(text, "j k     down, up");
  free(text);
  act_help_step(&a, 10);
  text = drawn(&a, 40, 12);
  assert_has(text, " lines 11 to 18 of ");
  assert_null(strstr(text, "j k "));
  free(text);
  act_help_step(&a, 100000);
  text = drawn(&a, 40, 12);
  assert_has(text, "marks ");
  act_help_step(&a, -100000);
  free(text);
  text = drawn(&a, 40, 12);
  assert_int_equal(a.help_top, 0);
  free(text);
  app_end(&a);
}

TEST(every_size_is_good_for_something) {
  App a = {.focus = PANE_table, .help = true};
  for (int w = 1; w < 30; w += 3)
    for (int h = 1; h < 12; h++) free(drawn(&a, w, h));
  str_add(&a.help_text, "one two three\n\n  four 中中中中中中中中");
  for (int w = 1; w < 30; w += 3)
    for (int h = 1; h < 12; h++) free(drawn(&a, w, h));
  app_end(&a);
}

TEST(a_page_of_text_breaks_at_blanks_under_its_last_column) {
  App a = {.focus = PANE_table, .help = true};
  str_add(&a.help_text,
          "ml.logistic: Logistic regression for two or more classes, with a penalty on the squares of the "
          "coefficients\n\n  l2       1       penalty l2/2 * |coefficients|^2 beside the sum of losses; the "
          "intercept is free\n");
  char *text = drawn(&a, 80, 24);
  assert_has(text, "│ ml.logistic: Logistic regression for two or more classes, with a penalty │\n"
                   "  │ on the squares of the coefficients                                       │\n"
                   "  │                                                                          │\n"
                   "  │   l2       1       penalty l2/2 * |coefficients|^2 beside the sum of     │\n"
                   "  │                    losses; the intercept is free                         │\n"
                   "  └");
  assert_int_equal(cell_of(&a, 4, 2).style, STYLE_STRONG);
  free(text);
  act_help(&a, 0);
  assert_false(a.help);
  assert_int_equal(a.help_text.n, 0);
  app_end(&a);
}

TEST(ascii_has_no_other_letters) {
  App a = {.focus = PANE_table, .help = true, .caps = {.style = {.glyphs = GLYPHS_ASCII}}};
  char *text = drawn(&a, 80, 24);
  for (const char *s = text; *s; s++) assert_true((unsigned char)*s < 0x80);
  assert_has(text, "+? help  table: ");
  free(text);
  app_end(&a);
}

TEST(the_page_of_keys_names_every_key) {
  Str page = {0};
  ui_print_keys(&page);
  assert_has(str_c(&page), "everywhere\n  Tab                 the next pane\n");
  assert_has(str_c(&page), "\n\ntable\n  j Down              down one row\n");
  assert_has(str_c(&page), "\n\nin a cell that is edited\n  F5 C-Enter          run the cell\n");
  int lines = 0, rows = 0;
  for (const char *s = str_c(&page); *s; s++) lines += s[0] == '\n' && s[1] == ' ';
  for (const KeyRow *row = KEY_ROWS; row->keys; row++) {
    rows++;
    assert_has(str_c(&page), row->help);
  }
  assert_int_equal(lines, rows);
  str_fini(&page);
}

RUN(CASE(the_keys_of_every_pane_are_on_one_screen_of_80_by_24),
    CASE(groups_stand_in_columns_with_a_key_and_its_word_in_a_line), CASE(examples_are_lua_and_one_of_them_is_chosen),
    CASE(a_search_marks_what_it_finds_and_goes_there), CASE(the_key_bar_and_a_line_that_is_typed_stay_free),
    CASE(what_does_not_fit_scrolls_to_its_end), CASE(every_size_is_good_for_something),
    CASE(a_page_of_text_breaks_at_blanks_under_its_last_column), CASE(ascii_has_no_other_letters),
    CASE(the_page_of_keys_names_every_key))
