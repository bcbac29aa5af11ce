// The terminal: cells out, bytes in, and given back whatever happens. The program in the terminal is this one, forked:
// it paints a pattern, shows the names of the keys that come, and ends in the ways that its keys say. Expected colours:
// the theme's SGR parameters, which tests/unit/draw pins to the style guide; 9x on 8 colours is 3x in bold.
#include "screen/tty.h"

#include "ui/keys_int.h"
#include "ui/term_int.h"

#include <limits.h>
#include <sys/signalfd.h>

// ---- the program in the terminal ------------------------------------------------------------------------------------
typedef struct Shown {
  Term *term;
  TermCaps caps;
  Canvas canvas;
  Str keys;
  int flips; // full screens of one letter
} Shown;

static void paint_letter(Shown *s) {
  Canvas *c = &s->canvas;
  for (int y = 0; y < c->h; y++)
    for (int x = 0; x < c->w; x++) canvas_put(c, x, y, (uint32_t)('a' + s->flips % 26), (Style)((x + y) % 3));
  term_paint(s->term, c, &s->caps.style, -1, 0);
}

static void paint(Shown *s) {
  int w, h;
  term_size(s->term, &w, &h);
  canvas_fini(&s->canvas);
  canvas_init(&s->canvas, w, h);
  Canvas *c = &s->canvas;
  if (s->flips) {
    paint_letter(s);
    return;
  }
  char size[32];
  snprintf(size, sizeof size, "%d x %d", w, h);
  canvas_text(c, 0, 0, size, STYLE_STRONG);
  canvas_text(c, 0, 1, str_c(&s->keys), STYLE_FG);
  canvas_text(c, 0, 2, "dim", STYLE_DIM);
  canvas_text(c, 4, 2, "focus", STYLE_FOCUS);
  canvas_text(c, 10, 2, "here", STYLE_CURSOR);
  canvas_text(c, 15, 2, "faint", STYLE_FAINT);
  canvas_text(c, 21, 2, "hit", STYLE_HIT);
  canvas_text(c, 25, 2, "note", STYLE_NOTE);
  canvas_text(c, 0, 3, "日本 e\xCC\x81 ▁█⣿", STYLE_FG);
  canvas_text(c, 0, 4, "row", STYLE_DIM);
  canvas_shade(c, 0, 4, 6, EXTRA_ROW);
  canvas_put(c, w - 1, h - 1, '#', STYLE_FG);
  canvas_text(c, 0, h - 1, s->caps.style.light ? "light" : "dark", STYLE_FG);
  term_paint(s->term, c, &s->caps.style, 3, 1);
}

static void end(Shown *s, int status) {
  term_close(s->term);
  canvas_fini(&s->canvas);
  str_fini(&s->keys);
  exit(status);
}

static void outside(Shown *s) { // another program has the terminal for a line
  char line[64];
  term_suspend(s->term);
  printf("outside\n");
  fflush(stdout);
  if (!fgets(line, sizeof line, stdin)) exit(9);
  if (line[0] == 'k') raise(SIGKILL);
  printf("heard %s", line);
  fflush(stdout);
  term_resume(s->term);
}

static int overflow(int depth) { // its stack
  volatile char page[4096];
  page[depth % 4096] = (char)depth;
  return depth == INT_MAX ? 0 : overflow(depth + 1) + page[depth % 4096];
}

static void on_key(Shown *s, const Key *key) {
  char name[24];
  if (key->code == K_GROUND) s->caps.style.light = key->light;
  if (key->code == K_MOUSE) str_addf(&s->keys, " %d@%d,%d", key->button, key->x, key->y);
  if (key->code == K_PASTE) str_addf(&s->keys, " paste<%s>", key->paste);
  if (*keys_name(key, name)) str_addf(&s->keys, " %s", name);
  if (key->mods) return;
  switch (key->code) {
  case 'q': end(s, 0); break;
  case 'A': abort();
  case 'S': raise(SIGSEGV); break;
  case 'O': exit(overflow(1));
  case 'X': exit(7);
  case 'z': outside(s); break;
  case 'm': term_mouse(s->term, true); break;
  case 'M': term_mouse(s->term, false); break;
  case 'c': str_clear(&s->keys); break;
  case 'f': s->flips++; break;
  default: break;
  }
}

static void loop(Shown *s, int signals) {
  Keys keys;
  keys_init(&keys);
  for (;;) {
    paint(s);
    Str bytes = {0};
    struct pollfd p[2] = {{term_fd(s->term), POLLIN, 0}, {signals, POLLIN, 0}};
    int n = poll(p, 2, keys_waiting(&keys) ? s->caps.esc_ms : -1);
    struct signalfd_siginfo info;
    while (read(signals, &info, sizeof info) > 0) continue;
    if (n > 0 && p[0].revents && !term_read(s->term, &bytes)) exit(8);
    keys_feed(&keys, str_c(&bytes), bytes.n);
    str_fini(&bytes);
    for (Key key; keys_next(&keys, n == 0, &key);) {
      if (key.code == 'q' && !key.mods) keys_fini(&keys);
      on_key(s, &key);
    }
  }
}

static void program(void) {
  Shown s = {0};
  Err err;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGWINCH);
  sigprocmask(SIG_BLOCK, &set, NULL);
  term_caps(&s.caps);
  if (term_open(&s.caps, &s.term, &err) != 0) {
    printf("%s\n", err.msg);
    exit(2);
  }
  loop(&s, signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
}

#define ENV(...)                                                                                                       \
  (const char *const[]) { "LC_ALL=C.UTF-8", "NO_COLOR", "COLORTERM", "COLORFGBG", "SSH_CONNECTION", __VA_ARGS__, NULL }

static void start(Tty *t, int w, int h, const char *const *env) {
  if (tty_fork(t, w, h, env) == 0) program();
}

static void start_ready(Tty *t, int w, int h, const char *const *env) {
  start(t, w, h, env);
  tty_wait_row(t, h - 1, "dark");
  tty_wait_row(t, h - 1, "#");
}

static void quit(Tty *t) {
  tty_keys(t, "q");
  int status = tty_wait_end(t);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) tty_fail(t, "it ended with status %d", status);
  assert_true(tty_is_sane(t));
  assert_false(t->alternate);
  assert_true(t->cursor_shown);
  tty_wait_hang_up(t);
  tty_close(t);
}

static void expect_cell(Tty *t, int x, int y, int fg, int bg, bool bold) {
  TtyCell c = tty_cell(t, x, y);
  if (c.fg != fg || c.bg != bg || c.bold != bold)
    tty_fail(t, "cell %d,%d has %d on %d%s, expected %d on %d%s", x, y, c.fg, c.bg, c.bold ? " bold" : "", fg, bg,
             bold ? " bold" : "");
}

// ---- cells ----------------------------------------------------------------------------------------------------------
TEST(cells_and_256_colours_arrive) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
  assert_string_equal(tty_row(&t, 0), "60 x 12");
  assert_string_equal(tty_row(&t, 2), "dim focus here faint hit note");
  expect_cell(&t, 0, 0, -1, -1, true);
  expect_cell(&t, 0, 2, 246, -1, false);
  expect_cell(&t, 4, 2, 80, -1, true);
  expect_cell(&t, 10, 2, 16, 80, false);
  expect_cell(&t, 15, 2, 240, -1, false);
  expect_cell(&t, 21, 2, 80, -1, true);
  assert_true(tty_cell(&t, 21, 2).underline);
  assert_true(tty_cell(&t, 25, 2).italic);
  expect_cell(&t, 0, 4, 246, 236, false);
  expect_cell(&t, 5, 4, -1, 236, false);
  expect_cell(&t, 6, 4, -1, -1, false);
  assert_true(t.alternate && t.cursor_shown);
  int x, y;
  tty_cursor(&t, &x, &y);
  assert_true(x == 3 && y == 1);
  assert_int_equal(tty_cell(&t, 59, 11).cp, '#'); // the last corner
  quit(&t);
}

TEST(a_plain_family_name_gets_the_colours_that_the_terminal_says) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm", "COLORTERM=truecolor"));
  expect_cell(&t, 0, 2, 246, -1, false);
  quit(&t);
  start_ready(&t, 60, 12, ENV("TERM=tmux-256color"));
  expect_cell(&t, 10, 2, 16, 80, false);
  quit(&t);
}

TEST(sixteen_colours_arrive) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm"));
  expect_cell(&t, 0, 2, -1, -1, false);
  expect_cell(&t, 4, 2, 14, -1, true);
  expect_cell(&t, 10, 2, 0, 6, false);
  expect_cell(&t, 15, 2, 8, -1, false);
  expect_cell(&t, 0, 4, -1, -1, false);
  quit(&t);
}

TEST(on_eight_colours_bright_is_bold) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=linux"));
  expect_cell(&t, 4, 2, 6, -1, true);
  expect_cell(&t, 10, 2, 0, 6, false);
  expect_cell(&t, 15, 2, -1, -1, false); // grey: no bold black
  assert_true(tty_got(&t, "\x1b[2m") || tty_got(&t, ";2m"));
  assert_false(tty_got(&t, "\x1b]11;?"));
  assert_false(tty_got(&t, "\x1b[?1000h"));
  quit(&t);
}

TEST(without_colours_bold_and_reverse_do) {
  static const char *const env[][2] = {{"TERM=vt100", "NO_COLOR"}, {"TERM=xterm-256color", "NO_COLOR=1"}};
  for (int k = 0; k < 2; k++) {
    Tty t;
    start_ready(&t, 60, 12, ENV(env[k][0], env[k][1]));
    expect_cell(&t, 4, 2, -1, -1, true);
    expect_cell(&t, 10, 2, -1, -1, false);
    assert_true(tty_cell(&t, 10, 2).reverse && tty_cell(&t, 13, 2).reverse && !tty_cell(&t, 14, 2).reverse);
    quit(&t);
  }
}

TEST(wide_and_combined_characters_keep_their_columns) {
  Tty t;
  start_ready(&t, 40, 10, ENV("TERM=xterm-256color"));
  assert_string_equal(tty_row(&t, 3), "日本 e\xCC\x81 ▁█⣿");
  assert_int_equal(tty_cell(&t, 0, 3).width, 2);
  assert_int_equal(tty_cell(&t, 5, 3).mark, 0x301);
  assert_int_equal(tty_column(&t, 3, "▁"), 7);
  quit(&t);
}

TEST(without_a_utf8_locale_it_works_in_the_nearest_there_is) {
  Tty t;
  TermCaps caps;
  start_ready(&t, 40, 10, ENV("TERM=xterm-256color", "LC_ALL", "LC_CTYPE", "LANG"));
  assert_string_equal(tty_row(&t, 2), "dim focus here faint hit note");
  quit(&t);
  setenv("LC_ALL", "C", 1);
  term_caps(&caps);
  setenv("LC_ALL", "C.UTF-8", 1);
  assert_int_equal(caps.style.glyphs, GLYPHS_ASCII);
}

TEST(a_resized_terminal_is_painted_anew) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
  static const int sizes[][2] = {{100, 30}, {20, 6}, {80, 24}};
  for (int k = 0; k < 3; k++) {
    char size[32];
    tty_resize(&t, sizes[k][0], sizes[k][1]);
    snprintf(size, sizeof size, "%d x %d", sizes[k][0], sizes[k][1]);
    tty_wait_row(&t, 0, size);
    TTY_UNTIL(&t, tty_cell(&t, t.w - 1, t.h - 1).cp == '#', "no last corner");
    tty_wait_row(&t, t.h - 1, "dark");
  }
  quit(&t);
}

TEST(a_condition_is_never_judged_on_half_a_screen) {
  enum { FLIPS = 40 };
  Tty t;
  start_ready(&t, 200, 60, ENV("TERM=xterm-256color"));
  for (int k = 1; k <= FLIPS; k++) {
    uint32_t letter = (uint32_t)('a' + k % 26);
    tty_keys(&t, "f");
    TTY_UNTIL(&t, tty_cell(&t, 0, 0).cp == letter, "no flip %d", k);
    if (tty_cell(&t, 199, 59).cp != letter) tty_fail(&t, "flip %d is seen half painted", k);
  }
  quit(&t);
}

// ---- bytes ----------------------------------------------------------------------------------------------------------
TEST(keys_come_as_the_terminal_sends_them) {
  Tty t;
  start_ready(&t, 78, 12, ENV("TERM=xterm-256color"));
  tty_keys(&t, "a é Up F5 ^C ^Z ^S ^Q ^\\ Alt-x S-Tab Enter Esc"); // none of them is a signal here
  tty_wait_row(&t, 1, " a é Up F5 ^C ^Z ^S ^Q ^\\ Alt-x S-Tab Enter Esc");
  tty_keys(&t, "c");
  tty_paste(&t, "one\ntwo");
  tty_wait_row(&t, 1, "paste<onetwo>"); // a cell drops the line end
  assert_true(tty_got(&t, "\x1b[?2004h"));
  quit(&t);
}

TEST(the_mouse_is_reported_until_it_is_freed) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
  assert_true(tty_got(&t, "\x1b[?1000h\x1b[?1002h\x1b[?1006h"));
  tty_mouse(&t, 0, 7, 5);
  tty_mouse(&t, 65, 59, 11);
  tty_wait_row(&t, 1, " 0@7,5 5@7,5 4@59,11");
  assert_false(tty_got(&t, "\x1b[?1006l"));
  tty_keys(&t, "M");
  tty_wait_row(&t, 1, "M");
  assert_true(tty_got(&t, "\x1b[?1006l\x1b[?1002l\x1b[?1000l"));
  quit(&t);
}

TEST(the_terminal_tells_its_background) {
  static const char *const ground[] = {"ffff/ffff/ffff", "0000/0000/0000"}, *const shown[] = {"light", "dark"};
  for (int k = 0; k < 2; k++) {
    Tty t;
    tty_fork(&t, 60, 12, ENV("TERM=xterm-256color", k ? "COLORFGBG=0;15" : "COLORFGBG=15;0"));
    if (t.pid == 0) program();
    t.ground = ground[k];
    tty_wait_row(&t, 11, shown[k]);
    quit(&t);
  }
}

// ---- another program ------------------------------------------------------------------------------------------------
TEST(another_program_gets_the_terminal_as_it_was) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
  tty_keys(&t, "z");
  tty_wait(&t, "outside");
  assert_true(tty_is_sane(&t) && !t.alternate && t.cursor_shown);
  assert_int_equal(tty_find(&t, "dim focus"), -1);
  assert_true(tty_got(&t, "\x1b[?2004l") && tty_got(&t, "\x1b[?1000l"));
  tty_type(&t, "words\r");
  tty_wait(&t, "dim focus here"); // taken back
  assert_true(t.alternate && !tty_is_sane(&t));
  tty_keys(&t, "Up");
  tty_wait_row(&t, 1, "z Up");
  quit(&t);
}

TEST(a_screen_killed_while_another_program_has_the_terminal_leaves_it_alone) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
  tty_keys(&t, "z");
  tty_wait(&t, "outside");
  size_t before = t.nlog;
  tty_type(&t, "k\r");
  tty_wait_end(&t);
  tty_wait_hang_up(&t);
  assert_null(memmem(t.log + before, t.nlog - before, "\x1b", 1));
  tty_close(&t);
}

// ---- ends -----------------------------------------------------------------------------------------------------------
static void expect_given_back(Tty *t) {
  TTY_UNTIL_AFTER(t, !t->alternate && tty_is_sane(t) && t->cursor_shown, "the terminal was not given back");
  assert_true(tty_got(t, "\x1b[?2004l") && tty_got(t, "\x1b[?1000l"));
  tty_wait_hang_up(t); // and nobody holds it
  tty_close(t);
}

TEST(a_fault_gives_the_terminal_back_before_the_program_ends) {
  static const char *const key[] = {"A", "S", "O"};
  static const int sig[] = {SIGABRT, SIGSEGV, SIGSEGV};
  for (int k = 0; k < 3; k++) {
    Tty t;
    start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
    tty_keys(&t, key[k]);
    int status = tty_wait_end(&t);
    bool by_signal = WIFSIGNALED(status) && WTERMSIG(status) == sig[k];
    assert_true(by_signal || (WIFEXITED(status) && WEXITSTATUS(status) != 0)); // a sanitizer exits after its report
    assert_true(!t.alternate && tty_is_sane(&t) && t.cursor_shown);
    expect_given_back(&t);
  }
}

TEST(a_killed_screen_gives_the_terminal_back) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
  assert_true(t.alternate && !tty_is_sane(&t));
  tty_kill(&t, SIGKILL);
  tty_wait_end(&t);
  expect_given_back(&t);
  start_ready(&t, 60, 12, ENV("TERM=linux")); // which has no alternate screen
  tty_kill(&t, SIGKILL);
  tty_wait_end(&t);
  TTY_UNTIL_AFTER(&t, tty_is_sane(&t) && tty_got(&t, "\x1b[999;1H\r"), "the terminal was not given back");
  tty_wait_hang_up(&t);
  tty_close(&t);
}

TEST(a_program_that_exits_without_a_word_gives_the_terminal_back) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
  tty_keys(&t, "X");
  tty_wait_end(&t);
  expect_given_back(&t);
}

TEST(a_closed_terminal_ends_the_reading) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-256color"));
  signal(SIGHUP, SIG_IGN);
  close(t.slave);
  close(t.master);
  int status;
  while (waitpid(t.pid, &status, 0) < 0) assert_int_equal(errno, EINTR);
  assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 8);
  t.ended = true, t.master = t.slave = open("/dev/null", O_RDWR);
  t.slave = -1;
  tty_close(&t);
}

TEST(a_terminal_that_cannot_do_it_is_refused_and_says_what_to_do) {
  static const struct {
    const char *env, *message;
  } refused[] = {{"TERM=dumb", "TERM=dumb cannot place a cursor: set TERM to what the terminal is"},
                 {"TERM", "TERM is not set"},
                 {"TERM=nosuch", "TERM=nosuch is not known on this machine"}};
  for (int k = 0; k < 3; k++) {
    Tty t;
    start(&t, 130, 12, ENV(refused[k].env));
    int status = tty_wait_end(&t);
    assert_int_equal(WEXITSTATUS(status), 2);
    if (tty_find(&t, refused[k].message) != 0) tty_fail(&t, "no word of %s", refused[k].env);
    assert_true(tty_is_sane(&t) && !t.alternate);
    tty_close(&t);
  }
}

TEST(an_unknown_xterm_is_taken_for_one) {
  Tty t;
  start_ready(&t, 60, 12, ENV("TERM=xterm-ghostly-256color"));
  expect_cell(&t, 0, 2, 246, -1, false);
  quit(&t);
}

TEST(without_a_terminal_it_says_so) {
  TermCaps caps;
  Term *term;
  Err err;
  int kept = dup(STDOUT_FILENO), null = open("/dev/null", O_WRONLY);
  fflush(stdout);
  dup2(null, STDOUT_FILENO);
  term_caps(&caps);
  ErrCode code = term_open(&caps, &term, &err);
  dup2(kept, STDOUT_FILENO);
  close(kept);
  close(null);
  assert_int_equal(code, ERR_IO);
  assert_has(err.msg, "standard output is a file or a pipe");
}

// ---- the environment ------------------------------------------------------------------------------------------------
static TermCaps caps_of(const char *term, const char *name, const char *value) {
  static const char *const cleared[] = {"NO_COLOR",       "COLORTERM",  "COLORFGBG",
                                        "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"};
  TermCaps caps;
  for (int k = 0; k < 6; k++) unsetenv(cleared[k]);
  setenv("LC_ALL", "C.UTF-8", 1);
  setenv("TERM", term, 1);
  if (name) setenv(name, value, 1);
  term_caps(&caps);
  if (name) unsetenv(name);
  setenv("LC_ALL", "C.UTF-8", 1);
  return caps;
}

TEST(the_environment_says_what_the_terminal_can) {
  assert_int_equal(caps_of("xterm-256color", NULL, NULL).style.depth, THEME_256);
  assert_int_equal(caps_of("xterm", "COLORTERM", "truecolor").style.depth, THEME_256);
  assert_int_equal(caps_of("alacritty", NULL, NULL).style.depth, THEME_256);
  assert_int_equal(caps_of("xterm-direct", NULL, NULL).style.depth, THEME_256);
  assert_int_equal(caps_of("screen", NULL, NULL).style.depth, THEME_16);
  assert_int_equal(caps_of("linux", "COLORTERM", "1").style.depth, THEME_16);
  assert_int_equal(caps_of("vt220", NULL, NULL).style.depth, THEME_MONO);
  assert_int_equal(caps_of("xterm-mono", NULL, NULL).style.depth, THEME_MONO);
  assert_int_equal(caps_of("ansi-m", NULL, NULL).style.depth, THEME_MONO);
  assert_int_equal(caps_of("xterm-256color", "NO_COLOR", "1").style.depth, THEME_MONO);
  assert_int_equal(caps_of("xterm-256color", "NO_COLOR", "").style.depth, THEME_256);
  assert_int_equal(caps_of("xterm", NULL, NULL).style.glyphs, GLYPHS_BRAILLE);
  assert_int_equal(caps_of("linux", NULL, NULL).style.glyphs, GLYPHS_ASCII);
  assert_int_equal(caps_of("xterm", "LC_ALL", "C").style.glyphs, GLYPHS_ASCII);
  assert_int_equal(caps_of("xterm", "LC_ALL", "de_DE.utf8").style.glyphs, GLYPHS_BRAILLE); // installed or not
  assert_true(caps_of("xterm", "COLORFGBG", "0;15").style.light);
  assert_true(caps_of("rxvt", "COLORFGBG", "0;default;15").style.light);
  assert_false(caps_of("xterm", "COLORFGBG", "15;0").style.light);
  assert_false(caps_of("xterm", NULL, NULL).style.light);
  assert_true(caps_of("dumb", NULL, NULL).dumb && caps_of("", NULL, NULL).dumb);
  assert_true(caps_of("xterm", NULL, NULL).mouse && !caps_of("linux", NULL, NULL).mouse);
  assert_int_equal(caps_of("xterm", NULL, NULL).esc_ms, 25);
  assert_int_equal(caps_of("xterm", "SSH_CONNECTION", "1 2 3 4").esc_ms, 100);
}

RUN(CASE(cells_and_256_colours_arrive), CASE(a_plain_family_name_gets_the_colours_that_the_terminal_says),
    CASE(sixteen_colours_arrive), CASE(on_eight_colours_bright_is_bold), CASE(without_colours_bold_and_reverse_do),
    CASE(wide_and_combined_characters_keep_their_columns), CASE(without_a_utf8_locale_it_works_in_the_nearest_there_is),
    CASE(a_resized_terminal_is_painted_anew), CASE(a_condition_is_never_judged_on_half_a_screen),
    CASE(keys_come_as_the_terminal_sends_them), CASE(the_mouse_is_reported_until_it_is_freed),
    CASE(the_terminal_tells_its_background), CASE(another_program_gets_the_terminal_as_it_was),
    CASE(a_screen_killed_while_another_program_has_the_terminal_leaves_it_alone),
    CASE(a_fault_gives_the_terminal_back_before_the_program_ends), CASE(a_killed_screen_gives_the_terminal_back),
    CASE(a_program_that_exits_without_a_word_gives_the_terminal_back), CASE(a_closed_terminal_ends_the_reading),
    CASE(a_terminal_that_cannot_do_it_is_refused_and_says_what_to_do), CASE(an_unknown_xterm_is_taken_for_one),
    CASE(without_a_terminal_it_says_so), CASE(the_environment_says_what_the_terminal_can))
