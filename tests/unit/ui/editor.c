// Single lines against GNU Readline 8.2 itself (its functions on its own buffer); several lines, indentation, grouping
// and brackets worked by hand.
#include "check.h"

#include "base/rng.h"
#include "base/utf8.h"
#include "ui/editor_int.h"

#include <readline/readline.h>
#include <stdlib.h>

static void press(Editor *e, uint32_t code, int mods) { editor_key(e, &(Key){.code = code, .mods = (uint8_t)mods}); }

static void type(Editor *e, const char *text) {
  for (int len; *text; text += len) {
    uint32_t cp = utf8_decode(text, strlen(text), &len);
    press(e, cp == '\n' ? K_ENTER : cp, 0);
  }
}

// `|` in the text is the cursor.
static Editor made(const char *text) {
  Editor e;
  Str plain = {0};
  const char *bar = strchr(text, '|');
  str_addn(&plain, text, (size_t)(bar - text));
  str_add(&plain, bar + 1);
  editor_init(&e, (Sv){str_c(&plain), plain.n}, (size_t)(bar - text));
  str_fini(&plain);
  return e;
}

static void expect(const Editor *e, const char *want) {
  Str got = {0};
  str_addn(&got, str_c(&e->text), e->at);
  str_addc(&got, '|');
  str_add(&got, str_c(&e->text) + e->at);
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

static void expect_key(const char *before, uint32_t code, int mods, const char *after) {
  Editor e = made(before);
  assert_true(editor_key(&e, &(Key){.code = code, .mods = (uint8_t)mods}));
  expect(&e, after);
  editor_fini(&e);
}

static void expect_typed(const char *before, const char *typed, const char *after) {
  Editor e = made(before);
  type(&e, typed);
  expect(&e, after);
  while (edit_undo(&e, -1)) continue;
  expect(&e, before);
  editor_fini(&e);
}

// ---- readline ------------------------------------------------------------------------------------------------------
typedef struct Same {
  uint32_t code;
  int mods;
  rl_command_func_t *run;
} Same;

static const Same SAME[] = {{'f', MOD_CTRL, rl_forward_char},
                            {'b', MOD_CTRL, rl_backward_char},
                            {'f', MOD_ALT, rl_forward_word},
                            {'b', MOD_ALT, rl_backward_word},
                            {'a', MOD_CTRL, rl_beg_of_line},
                            {'e', MOD_CTRL, rl_end_of_line},
                            {'d', MOD_CTRL, rl_delete},
                            {K_BACKSPACE, 0, rl_rubout},
                            {'k', MOD_CTRL, rl_kill_line},
                            {'u', MOD_CTRL, rl_unix_line_discard},
                            {'w', MOD_CTRL, rl_unix_word_rubout},
                            {'d', MOD_ALT, rl_kill_word},
                            {K_BACKSPACE, MOD_ALT, rl_backward_kill_word},
                            {'t', MOD_CTRL, rl_transpose_chars},
                            {'u', MOD_ALT, rl_upcase_word},
                            {'l', MOD_ALT, rl_downcase_word},
                            {'c', MOD_ALT, rl_capitalize_word},
                            {'\\', MOD_ALT, rl_delete_horizontal_space},
                            {'t', MOD_ALT, rl_transpose_words}};
enum { NSAME = sizeof SAME / sizeof *SAME };

static void set_readline(const Editor *e) {
  rl_replace_line(str_c(&e->text), 1);
  rl_point = (int)e->at, rl_end = (int)e->text.n;
}

static bool has_word_from(const Editor *e) {
  for (size_t i = e->at; i < e->text.n; i++)
    if (edit_is_word(e->text.s[i])) return true;
  return false;
}

TEST(one_line_behaves_as_in_readline) {
  static const char letters[] = "ab1X  (._-\"=";
  RngKey key = rng_key(1, "readline");
  rl_instream = fopen("/dev/null", "r"), rl_outstream = fopen("/dev/null", "w");
  rl_initialize();
  for (uint64_t row = 0; row < 20000; row++) {
    char text[16] = "";
    int64_t n = rng_below(key, row, 0, 15);
    for (int64_t i = 0; i < n; i++) text[i] = letters[rng_below(key, row, (uint64_t)(1 + i), 12)];
    Editor e;
    editor_init(&e, (Sv){text, (size_t)n}, (size_t)rng_below(key, row, 20, n + 1));
    set_readline(&e);
    for (uint64_t k = 0; k < 6; k++) {
      const Same *s = &SAME[rng_below(key, row, 30 + k, NSAME)];
      bool edge = s->run == rl_kill_line || s->run == rl_unix_line_discard || s->run == rl_rubout;
      if (edge && e.at == (s->run == rl_kill_line ? e.text.n : 0)) continue; // ours also joins lines, theirs rings
      if (s->run == rl_transpose_words && !has_word_from(&e)) continue;      // theirs takes what trails the word along
      Str before = {0};
      str_addn(&before, str_c(&e.text), e.text.n);
      size_t was = e.at;
      press(&e, s->code, s->mods);
      rl_executing_key = (int)s->code;
      s->run(1, (int)s->code);
      rl_last_func = s->run;
      if (strcmp(str_c(&e.text), rl_line_buffer) != 0 || e.at != (size_t)rl_point)
        fail_msg("\"%s\" at %zu, key %x %d: \"%s\" at %zu, readline \"%s\" at %d", str_c(&before), was,
                 (unsigned)s->code, s->mods, str_c(&e.text), e.at, rl_line_buffer, rl_point);
      str_fini(&before);
    }
    editor_fini(&e);
  }
  fclose(rl_instream), fclose(rl_outstream);
}

// As the manual says: GNU Readline 8.2, "Killing And Yanking", "Miscellaneous", "Numeric Arguments".
TEST(kills_come_back_one_after_the_other) {
  Editor e = made("one two three|");
  press(&e, 'w', MOD_CTRL);
  press(&e, K_LEFT, 0);
  press(&e, 'w', MOD_CTRL); // not in a row: a kill of its own
  assert_string_equal(str_c(&e.text), "one  ");
  press(&e, 'y', MOD_CTRL);
  assert_string_equal(str_c(&e.text), "one two ");
  press(&e, 'y', MOD_ALT);
  assert_string_equal(str_c(&e.text), "one three ");
  press(&e, 'y', MOD_ALT); // round
  assert_string_equal(str_c(&e.text), "one two ");
  press(&e, K_LEFT, 0);
  press(&e, 'y', MOD_ALT); // only after a yank
  assert_string_equal(str_c(&e.text), "one two ");
  editor_fini(&e);
}

TEST(digits_with_alt_say_how_often) {
  Editor e = made("|abcdef");
  press(&e, '3', MOD_ALT);
  press(&e, 'f', MOD_CTRL);
  assert_int_equal(e.at, 3);
  press(&e, '1', MOD_ALT), press(&e, '2', MOD_ALT);
  press(&e, 'x', 0);
  assert_string_equal(str_c(&e.text), "abcxxxxxxxxxxxxdef");
  press(&e, 'y', 0); // once again
  assert_string_equal(str_c(&e.text), "abcxxxxxxxxxxxxydef");
  editor_fini(&e);
}

TEST(prefixes_wait_for_a_second_key) {
  Editor e = made("|say what");
  press(&e, ' ', MOD_CTRL);
  press(&e, ']', MOD_CTRL), press(&e, 'a', 0);
  assert_int_equal(e.at, 1);
  press(&e, ']', MOD_CTRL), press(&e, 'a', 0);
  assert_int_equal(e.at, 6);
  press(&e, 'x', MOD_CTRL), press(&e, 'x', MOD_CTRL);
  assert_int_equal(e.at, 0);
  press(&e, 'x', MOD_CTRL), press(&e, 'x', MOD_CTRL);
  press(&e, 'x', MOD_CTRL), press(&e, K_BACKSPACE, 0);
  assert_string_equal(str_c(&e.text), "at");
  press(&e, 'x', MOD_CTRL), press(&e, 'u', MOD_CTRL);
  assert_string_equal(str_c(&e.text), "say what");
  press(&e, 'z', 0), press(&e, 'r', MOD_ALT);
  assert_string_equal(str_c(&e.text), "say what");
  editor_fini(&e);
}

// ---- several lines -------------------------------------------------------------------------------------------------
TEST(keys_work_over_several_lines) {
  expect_key("ab\n|cd", K_LEFT, 0, "ab|\ncd");
  expect_key("ab|\ncd", K_DELETE, 0, "ab|cd");
  expect_key("ab\n|cd", K_BACKSPACE, 0, "ab|cd");
  expect_key("ab|\ncd", 'k', MOD_CTRL, "ab|cd");
  expect_key("a|b\ncd", 'k', MOD_CTRL, "a|\ncd");
  expect_key("ab\nc|d", 'u', MOD_CTRL, "ab\n|d");
  expect_key("ab\n|cd", 'u', MOD_CTRL, "ab|cd");
  expect_key("ab\ncd|\nef", 'a', MOD_CTRL, "ab\n|cd\nef");
  expect_key("ab\n|cd\nef", K_END, 0, "ab\ncd|\nef");
  expect_key("ab|\n\ncd", 'f', MOD_ALT, "ab\n\ncd|");
  expect_key("ab \n |cd", K_LEFT, MOD_CTRL, "|ab \n cd");
  expect_key("ab\ncd|", '<', MOD_ALT, "|ab\ncd");
  expect_key("a|b\ncd", K_END, MOD_CTRL, "ab\ncd|");
  expect_key("ab\n|cd", 't', MOD_CTRL, "ab\n|cd");
  expect_key("ab\nc|d", 't', MOD_CTRL, "ab\ndc|");
  expect_key("|x", 'F', MOD_ALT | MOD_SHIFT, "x|");
}

TEST(up_and_down_keep_their_column) {
  Editor e = made("long l|ine\nab\n\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\n");
  press(&e, K_DOWN, 0);
  expect(&e, "long line\nab|\n\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\n");
  press(&e, 'n', MOD_CTRL);
  expect(&e, "long line\nab\n\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD|\xE4\xB8\xAD\n");
  press(&e, K_PGDN, 0);
  press(&e, K_DOWN, 0);
  expect(&e, "long line\nab\n\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\n|");
  press(&e, K_PGUP, 0);
  expect(&e, "long l|ine\nab\n\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\n");
  press(&e, K_RIGHT, 0);
  press(&e, K_DOWN, 0);
  press(&e, K_UP, 0);
  expect(&e, "long li|ne\nab\n\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\xE4\xB8\xAD\n");
  editor_fini(&e);
}

TEST(characters_are_taken_with_their_marks) {
  expect_key("e\xCC\x81\xCC\xA7x|", K_LEFT, 0, "e\xCC\x81\xCC\xA7|x");
  expect_key("e\xCC\x81\xCC\xA7|x", K_BACKSPACE, 0, "|x");
  expect_key("|e\xCC\x81x", K_DELETE, 0, "|x");
  expect_key("|\xF0\x9F\x98\x80x", K_RIGHT, 0, "\xF0\x9F\x98\x80|x");
  expect_key("a\n|\xCC\x81x", K_RIGHT, 0, "a\n\xCC\x81|x");   // a mark of its own
  expect_key("a\n|\xCC\x81x", K_BACKSPACE, 0, "a\xCC\x81|x"); // and now one of a
  expect_key("\xFF\xC3|x", K_BACKSPACE, 0, "\xFF|x");
  Editor e;
  editor_init(&e, sv("\xE2\x82\xAC"), 1);
  assert_int_equal(e.at, 3);
  editor_fini(&e);
}

TEST(places_are_lines_and_columns) {
  Editor e = made("ab\n\xE4\xB8\xAD"
                  "e\xCC\x81|x\n");
  int64_t line;
  int column;
  editor_place(&e, &line, &column);
  assert_int_equal(line, 1);
  assert_int_equal(column, 3);
  assert_int_equal(editor_lines(&e), 3);
  assert_true(sv_is(editor_line(&e, 1), "\xE4\xB8\xAD"
                                        "e\xCC\x81x"));
  assert_int_equal(editor_line(&e, 2).n, 0);
  editor_put(&e, 1, 1); // in the middle of a wide character
  expect(&e, "ab\n|\xE4\xB8\xAD"
             "e\xCC\x81x\n");
  editor_put(&e, 9, 9);
  expect(&e, "ab\n\xE4\xB8\xAD"
             "e\xCC\x81x\n|");
  editor_put(&e, -1, -1);
  expect(&e, "|ab\n\xE4\xB8\xAD"
             "e\xCC\x81x\n");
  editor_put(&e, 1, 3);
  expect(&e, "ab\n\xE4\xB8\xAD"
             "e\xCC\x81|x\n");
  editor_fini(&e);
}

TEST(kills_in_a_row_add_up_and_come_back) {
  Editor e = made("one two| three\nfour");
  press(&e, 'w', MOD_CTRL);
  press(&e, 'd', MOD_ALT);
  press(&e, 'k', MOD_CTRL);
  expect(&e, "one |four");
  press(&e, K_RIGHT, 0);
  press(&e, 'y', MOD_CTRL);
  expect(&e, "one ftwo three\n|our");
  press(&e, K_BACKSPACE, MOD_ALT); // a new kill
  press(&e, K_END, 0);
  press(&e, 'y', MOD_CTRL);
  expect(&e, "one ftwo ourthree\n|");
  editor_fini(&e);
}

TEST(the_region_is_killed_copied_and_ended_by_a_change) {
  Editor e = made("a|bcd");
  press(&e, ' ', MOD_CTRL);
  press(&e, K_END, 0);
  press(&e, 'w', MOD_ALT);
  assert_true(e.mark == (size_t)-1);
  press(&e, 'y', MOD_CTRL);
  expect(&e, "abcdbcd|");
  press(&e, ' ', MOD_CTRL);
  press(&e, K_HOME, 0);
  press(&e, 'w', MOD_CTRL);
  expect(&e, "|");
  press(&e, ' ', MOD_CTRL);
  type(&e, "x");
  assert_true(e.mark == (size_t)-1);
  editor_fini(&e);
}

// ---- Lua -----------------------------------------------------------------------------------------------------------
TEST(enter_indents_as_the_line_and_one_level_more_after_an_opening) {
  expect_typed("  x = 1|", "\ny", "  x = 1\n  y|");
  expect_typed("if a then|", "\nb", "if a then\n  b|");
  expect_typed("  for i = 1, 3 do|", "\nb", "  for i = 1, 3 do\n    b|");
  expect_typed("f = function(a, b)|", "\nb", "f = function(a, b)\n  b|");
  expect_typed("x = f(|", "\nb", "x = f(\n  b|");
  expect_typed("t = {|", "\nb", "t = {\n  b|");
  expect_typed("repeat|", "\nb", "repeat\n  b|");
  expect_typed("g(function() return {|", "\nb", "g(function() return {\n  b|");
  expect_typed("if a then b() end|", "\nb", "if a then b() end\nb|");
  expect_typed("x = f(\n  1,\n  2)|", "\nb", "x = f(\n  1,\n  2)\nb|");
  expect_typed("s = 'then'|", "\nb", "s = 'then'\nb|");
  expect_typed("x = 1 -- do|", "\nb", "x = 1 -- do\nb|");
  expect_typed("s = [[ do|", "\nb", "s = [[ do\nb|");
  expect_typed("{|}", "\n", "{\n|}");
  expect_typed("do  |  x", "\n", "do  \n  |x");
  expect_typed("do\n  |", "\nx", "do\n\n  x|"); // a blank line keeps no blanks
  expect_typed("\tx|", "\ny", "\tx\n\ty|");
}

TEST(closing_words_go_back_one_level_when_typed_first_on_a_line) {
  expect_typed("if a then|", "\nb()\nend", "if a then\n  b()\nend|");
  expect_typed("if a then|", "\nb\nelse\nc\nend\nd", "if a then\n  b\nelse\n  c\nend\nd|");
  expect_typed("if a then|", "\nb\nelseif c then\nd\nend", "if a then\n  b\nelseif c then\n  d\nend|");
  expect_typed("repeat|", "\nx()\nuntil y\nz", "repeat\n  x()\nuntil y\nz|");
  expect_typed("t = {|", "\n1,\n}", "t = {\n  1,\n}|");
  expect_typed("f(function()|", "\nx()\nend)\ny", "f(function()\n  x()\nend)\ny|");
  expect_typed("do|", "\nif a then\nb\nend\nend", "do\n  if a then\n    b\n  end\nend|");
  expect_typed("if a then|", "\nend_of = 1", "if a then\n  end_of = 1|");
  expect_typed("if a then|", "\nendless()", "if a then\n  endless()|");
  expect_typed("if a then\n      |", "end", "if a then\n      end|"); // the user's own place
  expect_typed("x = [[do\n  |", "end", "x = [[do\n  end|");
  expect_typed("do\n  x |", "end", "do\n  x end|");
}

TEST(a_text_cell_is_not_lua) {
  Editor e = made("what to do|");
  e.plain = true;
  type(&e, "\nthe end\n  in the\nend");
  expect(&e, "what to do\nthe end\n  in the\n  end|");
  editor_fini(&e);
}

TEST(tab_indents_only_where_blanks_are) {
  expect_key("|x", K_TAB, 0, "  |x");
  expect_key("a\n | x", K_TAB, 0, "a\n   | x");
  Editor e = made("x |");
  assert_false(editor_key(&e, &(Key){.code = K_TAB}));
  editor_fini(&e);
  expect_key("    x|", K_TAB, MOD_SHIFT, "  x|");
  expect_key(" |x", K_TAB, MOD_SHIFT, "|x");
  expect_key("x|", K_TAB, MOD_SHIFT, "x|");
}

TEST(comments_come_and_go) {
  expect_key("  x = |1", ';', MOD_ALT, "  -- x = |1");
  expect_key("  -- x = |1", ';', MOD_ALT, "  x = |1");
  expect_key("--x|", ';', MOD_ALT, "x|");
  expect_key("-|- x", ';', MOD_ALT, "|x");
  expect_key("|", ';', MOD_ALT, "|");
  Editor e = made("a\n  |b\n\n-- c\nd");
  press(&e, ' ', MOD_CTRL);
  for (int k = 0; k < 2; k++) press(&e, K_DOWN, 0);
  press(&e, ';', MOD_ALT);
  expect(&e, "a\n  -- b\n\n-- --| c\nd");
  editor_fini(&e);
}

TEST(brackets_match_outside_strings_and_comments) {
  Editor e = made("f(a[1], \")\", --[[)]] {b})|");
  assert_int_equal(editor_match(&e), 1);
  e.at = 1;
  assert_int_equal(editor_match(&e), 24);
  e.at = 4; // behind a, on the bracket
  assert_int_equal(editor_match(&e), 3 + 2);
  e.at = 6;
  assert_int_equal(editor_match(&e), 3);
  e.at = 9; // inside the string
  assert_true(editor_match(&e) == (size_t)-1);
  editor_fini(&e);
  e = made("(]|)");
  assert_true(editor_match(&e) == (size_t)-1);
  editor_fini(&e);
}

// ---- undo ----------------------------------------------------------------------------------------------------------
TEST(undo_takes_back_words_and_redo_gives_them_again) {
  Editor e = made("|");
  type(&e, "d = data \"churn.csv\"");
  static const char *const back[] = {"d = data \"churn.|", "d = data \"|", "d = |", "|"};
  for (int k = 0; k < 4; k++) {
    press(&e, '_', MOD_CTRL);
    expect(&e, back[k]);
  }
  assert_false(edit_undo(&e, -1));
  for (int k = 2; k >= 0; k--) {
    press(&e, '_', MOD_ALT);
    expect(&e, back[k]);
  }
  type(&e, "z");
  assert_false(edit_undo(&e, 1));
  expect(&e, "d = data \"churn.z|");
  editor_fini(&e);
}

TEST(erasing_in_a_row_is_undone_by_words_too) {
  Editor e = made("one two three|");
  for (int k = 0; k < 9; k++) press(&e, K_BACKSPACE, 0);
  expect(&e, "one |");
  press(&e, '_', MOD_CTRL);
  expect(&e, "one two|");
  press(&e, '_', MOD_CTRL);
  expect(&e, "one two three|");
  press(&e, K_HOME, 0);
  for (int k = 0; k < 5; k++) press(&e, K_DELETE, 0);
  press(&e, '_', MOD_CTRL);
  expect(&e, "|two three");
  editor_fini(&e);
}

TEST(moving_the_cursor_ends_a_step) {
  Editor e = made("|");
  type(&e, "ab");
  press(&e, K_LEFT, 0);
  press(&e, K_RIGHT, 0);
  type(&e, "cd");
  press(&e, '_', MOD_CTRL);
  expect(&e, "ab|");
  editor_fini(&e);
}

TEST(paste_and_completion_are_one_step_each) {
  Editor e = made("x = |");
  int64_t changes = e.changes;
  editor_key(&e, &(Key){.code = K_PASTE, .paste = "if a then\nb\n    end"});
  expect(&e, "x = if a then\nb\n    end|");
  assert_true(e.changes > changes);
  press(&e, '_', MOD_CTRL);
  expect(&e, "x = |");
  type(&e, "da");
  editor_replace(&e, 4, "data");
  expect(&e, "x = data|");
  press(&e, '_', MOD_CTRL);
  expect(&e, "x = da|");
  editor_fini(&e);
}

TEST(keys_of_others_change_nothing) {
  static const Key other[] = {{.code = K_F1},
                              {.code = K_ESC},
                              {.code = 'c', .mods = MOD_CTRL},
                              {.code = 'q', .mods = MOD_ALT},
                              {.code = K_MOUSE},
                              {.code = K_ENTER, .mods = MOD_ALT},
                              {.code = 0xD800},
                              {.code = 0x1B},
                              {.code = 0x85},
                              {.code = K_FOCUS}};
  Editor e = made("a|b");
  for (size_t k = 0; k < sizeof other / sizeof *other; k++) assert_false(editor_key(&e, &other[k]));
  expect(&e, "a|b");
  assert_int_equal(e.changes, 0);
  editor_fini(&e);
}

// ---- random keys ---------------------------------------------------------------------------------------------------
static Key random_key(RngKey key, uint64_t row) {
  static const uint32_t text[] = {'a', 'd', 'e', 'n', 'l',  's',   ' ',   ' ',    '(',     ')',    '{',  '}', '"',
                                  '-', '[', ']', '=', 0xE9, 0x301, 0x327, 0x4E2D, 0x1F600, 0x200D, 0xA0, '_', 0xFFFD};
  static const char *const paste[] = {"", "end", "if x then\n", "\n\n", "e\xCC\x81", "\xCC\x81", "[[", "-- c\n"};
  static const uint32_t named[] = {K_UP,   K_DOWN,   K_LEFT,  K_RIGHT, K_HOME,      K_END,   K_PGUP,
                                   K_PGDN, K_DELETE, K_ENTER, K_TAB,   K_BACKSPACE, K_ENTER, K_ENTER};
  static const char ctrl[] = "abdefhjknptuwy_ /", alt[] = "bdftulcw\\<>_;";
  int64_t kind = rng_below(key, row, 0, 10);
  if (kind < 5) return (Key){.code = text[rng_below(key, row, 1, sizeof text / sizeof *text)]};
  if (kind < 7) {
    int mods = (int[]){0, 0, 0, MOD_SHIFT, MOD_ALT, MOD_CTRL}[rng_below(key, row, 2, 6)];
    return (Key){.code = named[rng_below(key, row, 1, sizeof named / sizeof *named)], .mods = (uint8_t)mods};
  }
  if (kind < 8) return (Key){.code = (uint32_t)ctrl[rng_below(key, row, 1, sizeof ctrl - 1)], .mods = MOD_CTRL};
  if (kind < 9) return (Key){.code = (uint32_t)alt[rng_below(key, row, 1, sizeof alt - 1)], .mods = MOD_ALT};
  return (Key){.code = K_PASTE, .paste = paste[rng_below(key, row, 1, sizeof paste / sizeof *paste)]};
}

// Whether the cursor is at one of the borders found by walking from the beginning.
static bool at_border(const Editor *e) {
  size_t at = 0;
  while (at < e->at) {
    int len;
    bool line = e->text.s[at] == '\n';
    for (bool first = true; at < e->text.n; first = false) {
      uint32_t cp = utf8_decode(e->text.s + at, e->text.n - at, &len);
      if (!first && (line || cp < 0x300 || utf8_cp_width(cp))) break;
      at += (size_t)len;
    }
  }
  return at == e->at;
}

// Whether the lines that the editor knows are those of its text.
static bool knows_lines(const Editor *e) {
  size_t begin = 0;
  for (int64_t k = 0; k < editor_lines(e); k++) {
    Sv line = editor_line(e, k);
    if ((size_t)(line.s - str_c(&e->text)) != begin || line.n != strcspn(line.s, "\n")) return false;
    begin += line.n + 1;
  }
  return begin == e->text.n + 1;
}

TEST(a_megabyte_pasted_is_one_step_and_its_lines_are_known) {
  Str text = {0};
  Editor e = made("x = 1|\n");
  for (int k = 0; k < 40000; k++) str_add(&text, "y = frame{a = {1, 2}} -- ä\n");
  Key paste = {.code = K_PASTE, .paste = str_c(&text)};
  assert_true(editor_key(&e, &paste));
  assert_int_equal(editor_lines(&e), 40002);
  assert_true(knows_lines(&e));
  int64_t line;
  int column;
  editor_place(&e, &line, &column);
  assert_int_equal(line, 40000);
  assert_int_equal(column, 0);
  editor_put(&e, 20000, 5);
  editor_insert(&e, "a\nb", 3);
  assert_true(knows_lines(&e));
  assert_true(edit_undo(&e, -1));
  assert_true(edit_undo(&e, -1));
  assert_string_equal(str_c(&e.text), "x = 1\n");
  assert_false(edit_undo(&e, -1));
  editor_fini(&e);
  str_fini(&text);
}

TEST(random_keys_keep_the_text_whole_and_undo_leads_to_the_first_text) {
  RngKey key = rng_key(2, "editor");
  for (uint64_t trial = 0; trial < 60; trial++) {
    Editor e = made("for i = 1, 3 do\n  print(\"\xC3\xA9\", i)|\nend\n");
    e.plain = trial % 4 == 3;
    for (uint64_t k = 0; k < 400; k++) {
      Key press_it = random_key(key, trial * 400 + k);
      if (e.text.n > 4000 && press_it.code == 'y') continue; // doubling without end
      Str before = {0};
      str_addn(&before, str_c(&e.text), e.text.n);
      size_t at = e.at;
      if (!editor_key(&e, &press_it)) {
        assert_string_equal(str_c(&e.text), str_c(&before));
        assert_int_equal(e.at, at);
      }
      str_fini(&before);
      assert_true(utf8_valid(e.text.s, e.text.n));
      assert_true(at_border(&e));
      assert_true(e.mark == (size_t)-1 || e.mark <= e.text.n);
      assert_int_equal(e.text.n, strlen(e.text.s));
      assert_true(knows_lines(&e));
      (void)editor_match(&e);
    }
    while (edit_undo(&e, 1)) continue;
    Str last = {0};
    str_addn(&last, str_c(&e.text), e.text.n);
    while (edit_undo(&e, -1)) assert_true(at_border(&e));
    assert_string_equal(str_c(&e.text), "for i = 1, 3 do\n  print(\"\xC3\xA9\", i)\nend\n");
    while (edit_undo(&e, 1)) assert_true(at_border(&e));
    assert_string_equal(str_c(&e.text), str_c(&last));
    str_fini(&last);
    editor_fini(&e);
  }
}

RUN(CASE(one_line_behaves_as_in_readline), CASE(kills_come_back_one_after_the_other),
    CASE(digits_with_alt_say_how_often), CASE(prefixes_wait_for_a_second_key), CASE(keys_work_over_several_lines),
    CASE(up_and_down_keep_their_column), CASE(characters_are_taken_with_their_marks),
    CASE(places_are_lines_and_columns), CASE(kills_in_a_row_add_up_and_come_back),
    CASE(the_region_is_killed_copied_and_ended_by_a_change),
    CASE(enter_indents_as_the_line_and_one_level_more_after_an_opening),
    CASE(closing_words_go_back_one_level_when_typed_first_on_a_line), CASE(a_text_cell_is_not_lua),
    CASE(tab_indents_only_where_blanks_are), CASE(comments_come_and_go),
    CASE(brackets_match_outside_strings_and_comments), CASE(undo_takes_back_words_and_redo_gives_them_again),
    CASE(erasing_in_a_row_is_undone_by_words_too), CASE(moving_the_cursor_ends_a_step),
    CASE(paste_and_completion_are_one_step_each), CASE(keys_of_others_change_nothing),
    CASE(a_megabyte_pasted_is_one_step_and_its_lines_are_known),
    CASE(random_keys_keep_the_text_whole_and_undo_leads_to_the_first_text))
