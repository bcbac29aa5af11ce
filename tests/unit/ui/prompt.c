// The prompt driven by keys, without a terminal. What the keys do is GNU readline's manual, "Command Line Editing"; the
// rest is the contract in ui/prompt_int.h and the look of popups.
#include "check.h"

#include "base/mem.h"
#include "ui/prompt_int.h"

#include <locale.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct World {
  Prompt *prompt;
  Str accepted, left; // "kind:line;" of each
  int asked;
  bool reopen;
} World;

static void on_accept(void *ctx, PromptKind kind, const char *line) {
  World *w = ctx;
  str_addf(&w->accepted, "%d:%s;", (int)kind, line);
  if (w->reopen) prompt_open(w->prompt, kind, "again ", line);
}

static void on_leave(void *ctx, PromptKind kind) {
  World *w = ctx;
  str_addf(&w->left, "%d;", (int)kind);
}

static int on_complete(void *ctx, PromptKind kind, const char *line, size_t at, size_t *from, PromptWord *word,
                       int most) {
  static const PromptWord WORDS[] = {{"max_depth", "int 0..64", "deepest tree; 0 is no limit"},
                                     {"max_leaves", "int 0..65,536", "most leaves; 0 is no limit"},
                                     {"max_bin", "int 2..256", "bins for each column"},
                                     {"rounds", "int", "how many trees"},
                                     {"größe", "real", "Umlaute"},
                                     {"größt", "real", "Umlaute"}};
  World *w = ctx;
  (void)kind, (void)most;
  w->asked++;
  size_t start = at;
  while (start > 0 && line[start - 1] != ' ' && line[start - 1] != '{') start--;
  int n = 0;
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
    if (strncmp(WORDS[i].text, line + start, at - start) == 0) word[n++] = WORDS[i];
  *from = start;
  return n;
}

// readline reads its file once a process, so all cases share one.
static void set_inputrc(void) {
  char path[] = "/tmp/tycho-inputrc-XXXXXX";
  static const char text[] = "\"\\C-x\\C-t\": \"typed\"\n\"\\e[5~\": history-search-backward\n"
                             "set bell-style audible\nset blink-matching-paren on\n";
  int fd = mkstemp(path);
  assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
  close(fd);
  setenv("INPUTRC", path, 1);
}

static void world_open(World *w, const char *folder) {
  static bool begun;
  bool first = !begun;
  if (first) set_inputrc();
  *w = (World){0};
  PromptOps ops = {.ctx = w, .accept = on_accept, .leave = on_leave, .complete = on_complete};
  w->prompt = prompt_new(&ops, folder);
  if (first) unlink(getenv("INPUTRC"));
  begun = true;
}

static void world_close(World *w) {
  prompt_free(w->prompt);
  str_fini(&w->accepted);
  str_fini(&w->left);
}

static void press(World *w, uint32_t code, int mods) {
  Key key = {.code = code, .mods = (uint8_t)mods};
  prompt_key(w->prompt, &key);
}

static void ctrl(World *w, char letter) { press(w, (uint32_t)letter, MOD_CTRL); }

static void type(World *w, const char *ascii) {
  for (; *ascii; ascii++) press(w, (unsigned char)*ascii, 0);
}

static void paste(World *w, const char *text) {
  Key key = {.code = K_PASTE, .paste = text};
  prompt_key(w->prompt, &key);
}

static const char *now(World *w) { return prompt_line(w->prompt); }

// What the prompt draws on the last line of a screen of w x h cells, as text.
static char *drawn(World *w, int width, int height, GlyphSet glyphs, int *cursor) {
  Canvas c;
  canvas_init(&c, width, height);
  DrawStyle style = {.glyphs = glyphs, .depth = THEME_PLAIN};
  Paint paint = {&c, &style};
  prompt_draw(w->prompt, &paint, (Rect){0, height - 1, width, 1}, cursor);
  Str out = {0};
  canvas_print(&c, &style, &out);
  canvas_fini(&c);
  size_t n = 0; // without the surface of a popup at line ends
  for (size_t i = 0; i < out.n; i++) {
    if (out.s[i] == '\n')
      while (n > 0 && out.s[n - 1] == ' ') n--;
    out.s[n++] = out.s[i];
  }
  out.n = n, str_addc(&out, 0);
  return str_take(&out);
}

// ---- editing -------------------------------------------------------------------------------------------------------
TEST(keys_edit_as_readline_says) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  type(&w, "two words");
  ctrl(&w, 'a');
  type(&w, "X");
  assert_string_equal(now(&w), "Xtwo words");
  press(&w, K_END, 0);
  ctrl(&w, 'w');
  assert_string_equal(now(&w), "Xtwo ");
  ctrl(&w, 'y');
  assert_string_equal(now(&w), "Xtwo words");
  press(&w, 'b', MOD_ALT);
  ctrl(&w, 'k');
  assert_string_equal(now(&w), "Xtwo ");
  press(&w, K_HOME, 0);
  press(&w, K_DELETE, 0);
  press(&w, K_RIGHT, 0);
  press(&w, K_BACKSPACE, 0);
  assert_string_equal(now(&w), "wo ");
  ctrl(&w, '_');
  assert_string_equal(now(&w), "two ");
  press(&w, K_ENTER, 0);
  assert_string_equal(str_c(&w.accepted), "0:two ;");
  assert_false(prompt_is_open(w.prompt));
  world_close(&w);
}

TEST(characters_of_several_bytes_are_edited_whole) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_SEARCH, "/", "");
  press(&w, 0xE9, 0);    // é
  press(&w, 0x4E2D, 0);  // 中
  press(&w, 0x1F600, 0); // 😀
  assert_string_equal(now(&w), "é中😀");
  press(&w, K_LEFT, 0);
  press(&w, K_BACKSPACE, 0);
  assert_string_equal(now(&w), "é😀");
  int x = 0;
  char *text = drawn(&w, 20, 1, GLYPHS_BRAILLE, &x);
  assert_string_equal(text, " /é😀\n");
  assert_int_equal(x, 3);
  free(text);
  world_close(&w);
}

TEST(a_key_that_nothing_is_bound_to_types_nothing) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "a");
  press(&w, K_PGUP, MOD_CTRL);
  press(&w, K_UP, MOD_SHIFT | MOD_ALT);
  press(&w, K_F1 + 4, 0);
  press(&w, K_MOUSE, 0);
  press(&w, 'Q', MOD_ALT);
  assert_string_equal(now(&w), "a");
  type(&w, "b");
  assert_string_equal(now(&w), "ab");
  world_close(&w);
}

TEST(a_numeric_argument_repeats_the_key) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  press(&w, '3', MOD_ALT);
  type(&w, "x");
  assert_string_equal(now(&w), "xxx");
  world_close(&w);
}

// ---- ending --------------------------------------------------------------------------------------------------------
TEST(escape_alone_leaves_and_a_new_line_is_empty) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_FILTER, "filter ", "age > ");
  type(&w, "30");
  press(&w, K_ESC, 0);
  assert_false(prompt_is_open(w.prompt));
  assert_string_equal(str_c(&w.left), "1;");
  assert_string_equal(str_c(&w.accepted), "");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  assert_string_equal(now(&w), "");
  type(&w, "u");
  assert_string_equal(now(&w), "u");
  world_close(&w);
}

TEST(interrupt_inside_a_search_leaves_a_clean_prompt) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  type(&w, "first");
  press(&w, K_ENTER, 0);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  ctrl(&w, 'r');
  type(&w, "fi");
  ctrl(&w, 'c');
  assert_false(prompt_is_open(w.prompt));
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  type(&w, "abc");
  assert_string_equal(now(&w), "abc");
  int x = 0;
  char *text = drawn(&w, 20, 1, GLYPHS_BRAILLE, &x);
  assert_string_equal(text, " :abc\n");
  free(text);
  world_close(&w);
}

TEST(end_of_input_leaves_an_empty_line_and_deletes_in_another) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_ANSWER, "name ", "ab");
  ctrl(&w, 'a');
  ctrl(&w, 'd');
  assert_string_equal(now(&w), "b");
  ctrl(&w, 'd');
  assert_true(prompt_is_open(w.prompt));
  ctrl(&w, 'd');
  assert_false(prompt_is_open(w.prompt));
  assert_string_equal(str_c(&w.left), "4;");
  world_close(&w);
}

TEST(the_line_may_be_opened_again_from_accept) {
  World w;
  world_open(&w, NULL);
  w.reopen = true;
  prompt_open(w.prompt, PROMPT_DERIVE, "=", "x = y");
  press(&w, K_ENTER, 0);
  assert_true(prompt_is_open(w.prompt));
  assert_string_equal(now(&w), "x = y");
  type(&w, "z");
  assert_string_equal(now(&w), "x = yz");
  world_close(&w);
}

// ---- history -------------------------------------------------------------------------------------------------------
static void enter(World *w, PromptKind kind, const char *line) {
  prompt_open(w->prompt, kind, ":", line);
  press(w, K_ENTER, 0);
}

TEST(each_kind_recalls_its_own_lines) {
  World w;
  world_open(&w, NULL);
  enter(&w, PROMPT_COMMAND, "d:head()");
  enter(&w, PROMPT_FILTER, "age > 30");
  enter(&w, PROMPT_COMMAND, "d:describe()");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  press(&w, K_UP, 0);
  assert_string_equal(now(&w), "d:describe()");
  press(&w, K_UP, 0);
  press(&w, K_UP, 0);
  assert_string_equal(now(&w), "d:head()");
  press(&w, K_DOWN, 0);
  press(&w, K_DOWN, 0);
  assert_string_equal(now(&w), "");
  prompt_open(w.prompt, PROMPT_FILTER, "filter ", "");
  ctrl(&w, 'p');
  assert_string_equal(now(&w), "age > 30");
  world_close(&w);
}

TEST(backward_search_finds_and_escape_keeps_what_it_found) {
  World w;
  world_open(&w, NULL);
  enter(&w, PROMPT_COMMAND, "alpha beta");
  enter(&w, PROMPT_COMMAND, "alpha gamma");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  ctrl(&w, 'r');
  type(&w, "alp");
  assert_string_equal(now(&w), "alpha gamma");
  int x = 0;
  char *text = drawn(&w, 60, 1, GLYPHS_BRAILLE, &x);
  assert_has(text, "(reverse-i-search)`alp': alpha gamma");
  free(text);
  ctrl(&w, 'r');
  assert_string_equal(now(&w), "alpha beta");
  press(&w, K_ESC, 0);
  assert_true(prompt_is_open(w.prompt));
  assert_string_equal(now(&w), "alpha beta");
  text = drawn(&w, 60, 1, GLYPHS_BRAILLE, &x);
  assert_string_equal(text, " :alpha beta\n");
  free(text);
  press(&w, K_ESC, 0);
  assert_false(prompt_is_open(w.prompt));
  world_close(&w);
}

TEST(a_search_where_nothing_was_entered_yet_finds_nothing) {
  World w;
  world_open(&w, NULL);
  enter(&w, PROMPT_COMMAND, "alpha");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  press(&w, K_UP, 0);
  press(&w, K_ENTER, 0);
  for (int k = 0; k < 3; k++) { // what readline read beyond its list was not always wrong
    prompt_open(w.prompt, PROMPT_FILTER, "filter ", k ? "abc" : "");
    ctrl(&w, 'r');
    type(&w, "x");
    ctrl(&w, 'a');
    assert_string_equal(now(&w), k ? "abc" : "");
    prompt_close(w.prompt);
  }
  world_close(&w);
}

TEST(history_outlives_the_program_and_holds_no_duplicates_in_a_row) {
  char folder[] = "/tmp/tycho-prompt-XXXXXX", path[64];
  assert_non_null(mkdtemp(folder));
  World w;
  world_open(&w, folder);
  enter(&w, PROMPT_COMMAND, "one");
  enter(&w, PROMPT_COMMAND, "one");
  enter(&w, PROMPT_COMMAND, "  ");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  paste(&w, "a\\n = 1\nb = 2");
  press(&w, K_ENTER, 0);
  world_close(&w);
  world_open(&w, folder);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  press(&w, K_UP, 0);
  assert_string_equal(now(&w), "a\\n = 1\nb = 2");
  press(&w, K_UP, 0);
  assert_string_equal(now(&w), "one");
  press(&w, K_UP, 0);
  assert_string_equal(now(&w), "one");
  world_close(&w);
  snprintf(path, sizeof path, "%s/history-command", folder);
  struct stat st;
  assert_int_equal(stat(path, &st), 0);
  assert_int_equal(st.st_mode & 0777, 0600);
  unlink(path);
  rmdir(folder);
}

TEST(a_long_history_file_is_cut_to_its_latest_thousand) {
  char folder[] = "/tmp/tycho-prompt-XXXXXX", path[64], line[32] = "";
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/history-filter", folder);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  for (int i = 0; i < 1500; i++) fprintf(f, "x > %d\n", i);
  fclose(f);
  World w;
  world_open(&w, folder);
  prompt_open(w.prompt, PROMPT_FILTER, ":", "");
  press(&w, '<', MOD_ALT);
  assert_string_equal(now(&w), "x > 500");
  world_close(&w);
  f = fopen(path, "r");
  assert_non_null(fgets(line, sizeof line, f));
  assert_string_equal(line, "x > 500\n");
  fclose(f);
  unlink(path);
  rmdir(folder);
}

TEST(a_folder_that_cannot_be_written_does_no_harm) {
  World w;
  world_open(&w, "/proc/nothing");
  enter(&w, PROMPT_COMMAND, "one");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  press(&w, K_UP, 0);
  assert_string_equal(now(&w), "one");
  world_close(&w);
}

// ---- paste ---------------------------------------------------------------------------------------------------------
TEST(a_large_paste_is_one_line_and_one_step_of_undo) {
  enum { LINES = 6000 };
  Str text = {0};
  for (int i = 0; i < LINES; i++) str_add(&text, "x = 12345\n");
  assert_int_equal(text.n, 60000);
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  type(&w, "a");
  paste(&w, str_c(&text));
  assert_int_equal(strlen(now(&w)), 60000); // without the last line end, with the a
  int x = 0;
  char *shown = drawn(&w, 40, 1, GLYPHS_BRAILLE, &x);
  assert_has(shown, "x = 12345↵x = 12345");
  assert_int_equal(x, 38);
  free(shown);
  ctrl(&w, '_');
  assert_string_equal(now(&w), "a");
  str_fini(&text);
  world_close(&w);
}

TEST(pasted_control_characters_are_dropped) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  paste(&w, "a\033[31mb\rc\td\n");
  assert_string_equal(now(&w), "a[31mbc\td");
  int x = 0;
  char *shown = drawn(&w, 40, 1, GLYPHS_ASCII, &x);
  assert_string_equal(shown, " :a[31mbc^Id\n");
  free(shown);
  world_close(&w);
}

TEST(a_short_paste_inside_a_search_is_looked_for) {
  World w;
  world_open(&w, NULL);
  enter(&w, PROMPT_COMMAND, "alpha beta");
  enter(&w, PROMPT_COMMAND, "gamma");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  ctrl(&w, 'r');
  paste(&w, "bet");
  assert_string_equal(now(&w), "alpha beta");
  world_close(&w);
}

// ---- completion ----------------------------------------------------------------------------------------------------
TEST(tab_completes_what_candidates_share_and_then_offers_them) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "ml.boost{m");
  press(&w, K_TAB, 0);
  assert_string_equal(now(&w), "ml.boost{max_");
  press(&w, K_TAB, 0);
  press(&w, K_TAB, 0);
  assert_string_equal(now(&w), "ml.boost{max_");
  press(&w, K_ENTER, 0);
  assert_string_equal(now(&w), "ml.boost{max_leaves");
  assert_true(prompt_is_open(w.prompt));
  ctrl(&w, '_');
  assert_string_equal(now(&w), "ml.boost{max_");
  world_close(&w);
}

TEST(the_popup_stands_under_the_word_with_kind_doc_and_keys) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "b = ml.boost{max_");
  press(&w, K_TAB, 0);
  press(&w, K_DOWN, 0);
  int x = 0;
  char *shown = drawn(&w, 80, 6, GLYPHS_BRAILLE, &x);
  assert_string_equal(shown, "\n"
                             "           │   max_depth   int 0..64      deepest tree; 0 is no limit\n"
                             "           │ › max_leaves  int 0..65,536  most leaves; 0 is no limit\n"
                             "           │   max_bin     int 2..256     bins for each column\n"
                             "           │   ↑↓ choose   Enter takes   Esc closes            2 of 3\n"
                             " :b = ml.boost{max_\n");
  assert_int_equal(x, 19);
  free(shown);
  shown = drawn(&w, 80, 6, GLYPHS_ASCII, &x);
  assert_has(shown, "|   Tab choose   Enter takes   Esc closes           2 of 3\n");
  assert_has(shown, "| > max_leaves  int 0..65,536  most leaves; 0 is no limit\n");
  free(shown);
  world_close(&w);
}

TEST(the_popup_follows_what_is_typed_and_escape_closes_it_first) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "max_");
  press(&w, K_TAB, 0);
  int asked = w.asked, x = 0;
  type(&w, "b");
  assert_int_equal(w.asked, asked + 1);
  char *shown = drawn(&w, 80, 6, GLYPHS_BRAILLE, &x);
  assert_has(shown, "max_bin");
  assert_null(strstr(shown, "max_depth"));
  free(shown);
  press(&w, K_ESC, 0);
  assert_true(prompt_is_open(w.prompt));
  shown = drawn(&w, 80, 2, GLYPHS_BRAILLE, &x);
  assert_string_equal(shown, "\n :max_b\n");
  free(shown);
  press(&w, K_TAB, 0);
  assert_string_equal(now(&w), "max_bin");
  press(&w, K_ESC, 0);
  assert_false(prompt_is_open(w.prompt));
  world_close(&w);
}

TEST(what_candidates_share_ends_at_a_whole_character) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "gr");
  press(&w, K_TAB, 0);
  assert_string_equal(now(&w), "größ");
  world_close(&w);
}

TEST(the_popup_fits_every_screen) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "max_");
  press(&w, K_TAB, 0);
  for (int width = 1; width < 40; width++) {
    for (int height = 1; height < 6; height++) {
      int x = 0;
      free(drawn(&w, width, height, GLYPHS_BRAILLE, &x));
    }
  }
  assert_string_equal(now(&w), "max_");
  world_close(&w);
}

// ---- the place it runs in ------------------------------------------------------------------------------------------
TEST(the_line_scrolls_so_that_the_cursor_shows) {
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_SEARCH, "/", "abcdefghijklmnopqrstuvwxyz");
  int x = 0;
  char *shown = drawn(&w, 12, 1, GLYPHS_BRAILLE, &x);
  assert_string_equal(shown, " /…tuvwxyz\n");
  assert_int_equal(x, 10);
  free(shown);
  press(&w, K_HOME, 0);
  shown = drawn(&w, 12, 1, GLYPHS_BRAILLE, &x);
  assert_string_equal(shown, " /abcdefgh…\n");
  assert_int_equal(x, 2);
  free(shown);
  world_close(&w);
}

TEST(in_the_c_locale_text_is_utf8_all_the_same) {
  setenv("LC_ALL", "C", 1);
  setlocale(LC_CTYPE, "C");
  World w;
  world_open(&w, NULL);
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  press(&w, 0xE9, 0);
  type(&w, "a");
  press(&w, K_LEFT, 0);
  press(&w, K_BACKSPACE, 0);
  assert_string_equal(now(&w), "a");
  paste(&w, "größe");
  press(&w, K_ENTER, 0);
  assert_string_equal(str_c(&w.accepted), "0:größea;");
  assert_string_equal(setlocale(LC_CTYPE, NULL), "C");
  world_close(&w);
  setenv("LC_ALL", "C.UTF-8", 1);
}

TEST(the_locale_of_the_process_stays_as_it_was) {
  setenv("LC_ALL", "C", 1);
  const char *set = setlocale(LC_CTYPE, "C.UTF-8");
  assert_non_null(set);
  World w;
  world_open(&w, NULL);
  for (int i = 0; i < 3; i++) enter(&w, PROMPT_COMMAND, "x");
  assert_string_equal(setlocale(LC_CTYPE, NULL), "C.UTF-8");
  world_close(&w);
  setlocale(LC_CTYPE, "C");
  setenv("LC_ALL", "C.UTF-8", 1);
}

TEST(inputrc_counts) {
  World w;
  world_open(&w, NULL);
  enter(&w, PROMPT_COMMAND, "alpha");
  enter(&w, PROMPT_COMMAND, "beta");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "");
  ctrl(&w, 'x');
  ctrl(&w, 't');
  assert_string_equal(now(&w), "typed");
  prompt_open(w.prompt, PROMPT_COMMAND, ":", "al");
  press(&w, K_PGUP, 0);
  assert_string_equal(now(&w), "alpha");
  world_close(&w);
}

RUN(CASE(keys_edit_as_readline_says), CASE(characters_of_several_bytes_are_edited_whole),
    CASE(a_key_that_nothing_is_bound_to_types_nothing), CASE(a_numeric_argument_repeats_the_key),
    CASE(escape_alone_leaves_and_a_new_line_is_empty), CASE(interrupt_inside_a_search_leaves_a_clean_prompt),
    CASE(end_of_input_leaves_an_empty_line_and_deletes_in_another), CASE(the_line_may_be_opened_again_from_accept),
    CASE(each_kind_recalls_its_own_lines), CASE(backward_search_finds_and_escape_keeps_what_it_found),
    CASE(a_search_where_nothing_was_entered_yet_finds_nothing),
    CASE(history_outlives_the_program_and_holds_no_duplicates_in_a_row),
    CASE(a_long_history_file_is_cut_to_its_latest_thousand), CASE(a_folder_that_cannot_be_written_does_no_harm),
    CASE(a_large_paste_is_one_line_and_one_step_of_undo), CASE(pasted_control_characters_are_dropped),
    CASE(a_short_paste_inside_a_search_is_looked_for), CASE(tab_completes_what_candidates_share_and_then_offers_them),
    CASE(the_popup_stands_under_the_word_with_kind_doc_and_keys),
    CASE(the_popup_follows_what_is_typed_and_escape_closes_it_first),
    CASE(what_candidates_share_ends_at_a_whole_character), CASE(the_popup_fits_every_screen),
    CASE(the_line_scrolls_so_that_the_cursor_shows), CASE(in_the_c_locale_text_is_utf8_all_the_same),
    CASE(the_locale_of_the_process_stays_as_it_was), CASE(inputrc_counts))
