// What keys the bytes of a terminal are. Expected: the terminfo entries of ncurses 6.4 (asked at run time), "Xterm
// Control Sequences" (PC-style function keys, modifyOtherKeys, mouse tracking, bracketed paste, OSC 11), rxvt's
// reference, console_codes(4), and the kitty keyboard protocol's legacy forms.
#include "check.h"

#include "base/rng.h"
#include "ui/keys_int.h"

#include <stdlib.h>

#include <curses.h>
#include <term.h>
#undef tab

// ---- keys as one line of text ---------------------------------------------------------------------------------------
static void describe(const Key *key, Str *out) {
  static const char *const button[] = {"left", "middle", "right", "up", "down", "release", "drag"};
  char name[24];
  if (out->n) str_addc(out, ' ');
  if (key->code == K_PASTE) str_addf(out, "paste<%s>", key->paste);
  else if (key->code == K_GROUND) str_add(out, key->light ? "light" : "dark");
  else if (key->code == K_FOCUS) str_add(out, "focus");
  else if (key->code == K_MOUSE) str_addf(out, "%d/%s@%d,%d", key->mods, button[key->button], key->x, key->y);
  else str_add(out, keys_name(key, name));
}

static void drain(Keys *k, bool late, Str *out) {
  Key key;
  while (keys_next(k, late, &key)) describe(&key, out);
}

// All keys of the bytes when they come in pieces that end at `cut` and at the end, or one by one (cut < 0), and then
// nothing more comes.
static char *decode(const char *bytes, size_t n, long cut) {
  Keys k;
  Str out = {0};
  keys_init(&k);
  for (size_t i = 0; i < n;) {
    size_t to = cut < 0 ? i + 1 : i < (size_t)cut ? (size_t)cut : n;
    keys_feed(&k, bytes + i, to - i);
    drain(&k, false, &out);
    i = to;
  }
  while (keys_waiting(&k)) drain(&k, true, &out);
  keys_fini(&k);
  return str_take(&out);
}

static void expect_bytes(const char *bytes, size_t n, const char *want) {
  for (long cut = -1; cut <= (long)n; cut++) {
    char *got = decode(bytes, n, cut);
    if (strcmp(got, want) != 0) fail_msg("cut at %ld: got \"%s\", expected \"%s\" (%s)", cut, got, want, bytes + 1);
    free(got);
  }
}
static void expect(const char *bytes, const char *want) { expect_bytes(bytes, strlen(bytes), want); }

// ---- text -----------------------------------------------------------------------------------------------------------
TEST(text_is_its_code_points_however_it_is_cut) {
  expect("aZ 9~", "a Z Space 9 ~");
  expect("é日\xF0\x9F\x98\x80x", "é 日 \xF0\x9F\x98\x80 x");
}

TEST(control_characters_are_ctrl_letters) {
  expect("\x01\x03\x13\x11\x1A\x12\x1C\x1D\x1E\x1F", "^A ^C ^S ^Q ^Z ^R ^\\ ^] ^^ ^_");
  expect("\r\n\t\x7F\x08", "Enter Enter Tab Backspace Backspace");
  expect_bytes("\0a", 2, "C-Space a");
}

TEST(malformed_bytes_are_swallowed) {
  expect("a\xFF\xFE"
         "b",
         "a b");
  expect("\xC3(", "(");             // a lead byte without its tail
  expect("\x80\xBFz", "z");         // tails without a lead
  expect("\xED\xA0\x80.", ".");     // a surrogate
  expect("\xC0\xAF\xF5\x80q", "q"); // overlong; beyond Unicode
  expect("\xC2\x9B"
         "31mx",
         "3 1 m x");              // U+009B is no key and begins nothing
  expect("\xE6\x97\x1b[A", "Up"); // broken off by a sequence
}

TEST(alt_is_an_escape_before_the_key) {
  expect("\x1b"
         "a\x1bZ\x1b\r\x1b\x7F\x1b\t\x1b\x01\x1b ",
         "Alt-a Alt-Z Alt-Enter Alt-Backspace S-Tab Alt-^A Alt-Space");
  expect("\x1bé", "Alt-é");
  expect("\x1b\x1b[A\x1b\x1bOA", "Alt-Up Alt-Up"); // rxvt
}

TEST(a_lone_escape_is_esc_when_nothing_comes) {
  Keys k;
  Key key;
  keys_init(&k);
  assert_false(keys_next(&k, true, &key));
  assert_false(keys_waiting(&k));
  keys_feed(&k, "\x1b", 1);
  assert_false(keys_next(&k, false, &key));
  assert_true(keys_waiting(&k));
  assert_true(keys_next(&k, true, &key));
  assert_true(key.code == K_ESC && key.mods == 0);
  assert_false(keys_waiting(&k));
  keys_feed(&k, "\x1b", 1); // early: the rest comes in time
  assert_false(keys_next(&k, false, &key));
  keys_feed(&k, "[B", 2);
  assert_false(keys_waiting(&k));
  assert_true(keys_next(&k, false, &key));
  assert_int_equal(key.code, K_DOWN);
  keys_feed(&k, "\x1b[", 2);
  assert_false(keys_next(&k, false, &key));
  assert_true(keys_waiting(&k));
  assert_true(keys_next(&k, true, &key));
  assert_true(key.code == '[' && key.mods == MOD_ALT);
  keys_fini(&k);
  expect("\x1b", "Esc");
  expect("\x1b\x1b", "Esc Esc");
  expect("\x1b\x1b\x1b[C", "Esc Alt-Right");
  expect("\x1bO", "Alt-O");
  expect("\x1b]", "Alt-]");
  expect("\x1b\x1bx", "Esc Alt-x");
}

TEST(time_does_not_end_what_only_bytes_can_end) {
  Keys k;
  Key key;
  keys_init(&k);
  keys_feed(&k, "\x1b[1;", 4);
  assert_false(keys_next(&k, true, &key));
  assert_false(keys_waiting(&k));
  keys_feed(&k, "5C", 2);
  assert_true(keys_next(&k, false, &key));
  assert_true(key.code == K_RIGHT && key.mods == MOD_CTRL);
  keys_feed(&k, "\xE6", 1);
  assert_false(keys_next(&k, true, &key));
  keys_feed(&k, "\x97\xA5", 2);
  assert_true(keys_next(&k, false, &key));
  assert_int_equal(key.code, 0x65E5);
  keys_fini(&k);
}

// ---- special keys ---------------------------------------------------------------------------------------------------
TEST(cursor_keys_in_every_dialect) {
  expect("\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F", "Up Down Right Left Home End");
  expect("\x1bOA\x1bOB\x1bOC\x1bOD\x1bOH\x1bOF", "Up Down Right Left Home End"); // application mode
  expect("\x1b[1~\x1b[2~\x1b[3~\x1b[4~\x1b[5~\x1b[6~\x1b[7~\x1b[8~", "Home Insert Delete End PgUp PgDn Home End");
  expect("\x1b[1;2A\x1b[1;3B\x1b[1;5C\x1b[1;6D\x1b[1;8H", "S-Up Alt-Down C-Right C-S-Left Alt-C-S-Home");
  expect("\x1b[3;5~\x1b[5;2~\x1b[6;3~", "C-Delete S-PgUp Alt-PgDn");
  expect("\x1b[5A\x1bO5A\x1bO1;5A", "C-Up C-Up C-Up");
  expect("\x1b[a\x1b[d\x1bOa\x1bOc\x1b[3^\x1b[3$\x1b[5@",
         "S-Up S-Left C-Up C-Right C-Delete S-Delete C-S-PgUp"); // rxvt
  expect("\x1b[Z", "S-Tab");
}

TEST(function_keys_in_every_dialect) {
  expect("\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~\x1b[18~\x1b[19~\x1b[20~\x1b[21~\x1b[23~\x1b[24~",
         "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12");
  expect("\x1b[11~\x1b[12~\x1b[13~\x1b[14~", "F1 F2 F3 F4");
  expect("\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E", "F1 F2 F3 F4 F5"); // Linux console
  expect("\x1b[1;2P\x1b[1;5Q\x1b[15;3~\x1b[24;6~", "S-F1 C-F2 Alt-F5 C-S-F12");
  expect("\x1b[25~\x1b[34~", "S-F1 S-F8");
  expect("\x1bOM\x1bOj\x1bOp\x1bOy\x1bOX", "Enter * 0 9 ="); // the keypad in application mode
}

static void expect_capability(const char *term, const char *capability, const char *want) {
  const char *bytes = tigetstr(capability);
  if (!bytes || bytes == (const char *)-1) return;
  char *got = decode(bytes, strlen(bytes), -1);
  if (strcmp(got, want) != 0) fail_msg("%s of %s is \"%s\", expected \"%s\"", capability, term, got, want);
  free(got);
}

TEST(every_key_of_the_usual_terminfo_entries) {
  static const char *const terms[] = {"xterm", "xterm-256color", "screen-256color", "tmux-256color", "linux", "rxvt"};
  static const struct {
    const char *capability, *key;
  } keys[] = {
      {"kcuu1", "Up"},      {"kcud1", "Down"},     {"kcub1", "Left"},      {"kcuf1", "Right"},   {"khome", "Home"},
      {"kend", "End"},      {"kpp", "PgUp"},       {"knp", "PgDn"},        {"kich1", "Insert"},  {"kdch1", "Delete"},
      {"kcbt", "S-Tab"},    {"kbs", "Backspace"},  {"kf1", "F1"},          {"kf2", "F2"},        {"kf3", "F3"},
      {"kf4", "F4"},        {"kf5", "F5"},         {"kf6", "F6"},          {"kf7", "F7"},        {"kf8", "F8"},
      {"kf9", "F9"},        {"kf10", "F10"},       {"kf11", "F11"},        {"kf12", "F12"},      {"kUP", "S-Up"},
      {"kUP3", "Alt-Up"},   {"kUP5", "C-Up"},      {"kDC6", "C-S-Delete"}, {"kDN5", "C-Down"},   {"kLFT5", "C-Left"},
      {"kRIT5", "C-Right"}, {"kHOM5", "C-Home"},   {"kEND5", "C-End"},     {"kDC5", "C-Delete"}, {"kDC3", "Alt-Delete"},
      {"kNXT5", "C-PgDn"},  {"kPRV3", "Alt-PgUp"}, {"kIC5", "C-Insert"}};
  int known = 0;
  for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
    int status;
    if (setupterm(terms[t], 1, &status) != 0) continue; // not in this system's database
    known++;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
      expect_capability(terms[t], keys[i].capability, keys[i].key);
    del_curterm(cur_term);
  }
  assert_true(known > 0);
}

TEST(characters_with_modifiers_that_plain_terminals_cannot_send) {
  expect("\x1b[13;2u\x1b[13;5u\x1b[27;2;13~\x1b[27;5;13~", "S-Enter C-Enter S-Enter C-Enter");
  expect("\x1b[97;5u\x1b[27;6;67~\x1b[97;3u\x1b[27u\x1b[9;2u\x1b[127;5u", "^A ^C Alt-a Esc S-Tab C-Backspace");
  expect("\x1b[97;2u\x1b[27;2;65~\x1b[32;2u", "A A Space"); // Shift is in the letter
  expect("\x1b[97;5:1u\x1b[97;5:3u\x1b[97:65;5u", "^A ^A"); // a release is no key
  expect("\x1b[57441;2u\x1b[55296u", "");                   // Shift itself; a surrogate
}

TEST(readline_gets_the_bytes_that_came) {
  Keys k;
  Key key;
  keys_init(&k);
  keys_feed(&k,
            "\x1b[1;5Cé\x1b"
            "b",
            10);
  assert_true(keys_next(&k, false, &key));
  assert_int_equal(key.nbytes, 6);
  assert_memory_equal(key.bytes, "\x1b[1;5C", 6);
  assert_true(keys_next(&k, false, &key));
  assert_int_equal(key.nbytes, 2);
  assert_memory_equal(key.bytes, "é", 2);
  assert_true(keys_next(&k, false, &key));
  assert_int_equal(key.nbytes, 2);
  assert_memory_equal(key.bytes,
                      "\x1b"
                      "b",
                      2);
  keys_feed(&k, "\x1b[<0;1;1M", 9);
  assert_true(keys_next(&k, false, &key));
  assert_int_equal(key.nbytes, 0);
  keys_fini(&k);
}

// ---- the mouse ------------------------------------------------------------------------------------------------------
TEST(mouse_reports_name_button_place_and_modifiers) {
  expect("\x1b[<0;1;1M\x1b[<0;1;1m", "0/left@0,0 0/release@0,0");
  expect("\x1b[<1;80;24M\x1b[<2;300;100M", "0/middle@79,23 0/right@299,99");
  expect("\x1b[<64;5;6M\x1b[<65;5;6M\x1b[<66;5;6M", "0/up@4,5 0/down@4,5");
  expect("\x1b[<4;1;1M\x1b[<24;1;1M\x1b[<80;2;2M", "1/left@0,0 6/left@0,0 4/up@1,1");
  expect("\x1b[<32;7;8M\x1b[<35;7;8M", "0/drag@6,7");                          // moving with a button and without
  expect("\x1b[M !!\x1b[M#!!\x1b[M`\"#", "0/left@0,0 0/release@0,0 0/up@1,2"); // without mode 1006
  expect("\x1b[<0;0;1M\x1b[<0;1M\x1b[<999;1;1Mx", "x");
  expect("\x1b[<0;99999999999;1Mx", "x");
}

// ---- pasted text ----------------------------------------------------------------------------------------------------
TEST(a_paste_is_one_key_however_it_is_cut) {
  expect("\x1b[200~a = 1\rb\r\nc\n\td\x1b[201~x", "paste<a = 1\nb\nc\n\td> x");
  expect("\x1b[200~\x1b[201~", "paste<>");
  expect("\x1b[200~\x1b[A\x03q\x1b[201\x1b[201~", "paste<[Aq[201>"); // no key inside
  expect("\x1b[200~\xFFé\xC3\x1b[201~z", "paste<\xEF\xBF\xBDé\xEF\xBF\xBD> z");
  expect("\x1b[200~a\x1b[201~\x1b[200~b\x1b[201~", "paste<a> paste<b>");
  expect("\x1b[201~x", "x"); // an end without a beginning
  expect("\x1b\x1b[200~a\x1b[201~", "Esc paste<a>");
}

TEST(a_large_paste_comes_whole) {
  enum { PASTED = 60000 };
  Str bytes = {0};
  str_add(&bytes, "\x1b[200~");
  for (int i = 0; i < PASTED; i++) str_addf(&bytes, "%05d\r", i);
  str_add(&bytes, "\x1b[201~");
  Keys k;
  Key key;
  keys_init(&k);
  for (size_t i = 0; i < bytes.n; i += 1000) {
    keys_feed(&k, bytes.s + i, bytes.n - i < 1000 ? bytes.n - i : 1000);
    bool got = keys_next(&k, true, &key);
    assert_true(got == (i + 1000 >= bytes.n));
    assert_false(keys_waiting(&k));
  }
  assert_int_equal(key.code, K_PASTE);
  assert_int_equal(strlen(key.paste), PASTED * 6);
  assert_memory_equal(key.paste + 59999 * 6, "59999\n", 6);
  keys_fini(&k);
  str_fini(&bytes);
}

// ---- answers and what is not known ----------------------------------------------------------------------------------
TEST(the_background_is_light_or_dark_by_its_luminance) {
  expect("\x1b]11;rgb:ffff/ffff/ffff\x07", "light");
  expect("\x1b]11;rgb:0000/0000/0000\x1b\\", "dark");
  expect("\x1b]11;rgb:fd/f6/e3\x1b\\", "light");             // Solarized light
  expect("\x1b]11;rgb:0000/2b2b/3636\x07", "dark");          // Solarized dark
  expect("\x1b]11;rgb:0000/0000/ffff\x07", "dark");          // blue
  expect("\x1b]11;rgba:FFFF/FFFF/0000/8000\x1b\\", "light"); // yellow
  expect("\x1b]11;rgb:ff/ff\x07\x1b]11;rgb:\x07\x1b]11;nonsense\x07\x1b]10;rgb:ff/ff/ff\x07x", "x");
}

TEST(unknown_sequences_are_swallowed_whole) {
  expect("\x1b[?1;2cx\x1b[>0;276;0cy\x1b[24;80Rz", "x y z"); // answers to questions not asked
  expect("\x1b[99~\x1b[1;2;3;4;5;6W\x1b[?2026;2$yx", "x");
  expect("\x1b]0;a title\x07x\x1b]52;c;aGk=\x1b\\y", "x y");
  expect("\x1bP1$r0m\x1b\\x\x1b_Gi=1;OK\x1b\\y\x1b^m\x1b\\z\x1bXs\x07w", "x y z w");
  expect("\x1bOz\x1bO~x", "x");
  expect("\x1b[I\x1b[Ox", "focus focus x");
}

TEST(a_control_character_ends_a_sequence_that_was_never_ended) {
  expect("\x1b[12\x03", "^C");
  expect("\x1b[1\x1b[A", "Up");
  expect("\x1b]11;rgb\x03x", "^C x");
  expect("\x1b]0;title\x1b[A", "Up");
  expect("\x1b]0;title\x1b", "Esc");
  expect("\x1b[[\x03", "^C");
  expect("\x1b[M \rx", "Enter x");
}

TEST(a_long_unknown_string_keeps_only_its_beginning) {
  Keys k;
  Key key;
  char junk[1000];
  memset(junk, 'j', sizeof junk);
  keys_init(&k);
  keys_feed(&k, "\x1b]52;c;", 7);
  for (int i = 0; i < 1000; i++) {
    keys_feed(&k, junk, sizeof junk);
    assert_false(keys_next(&k, false, &key));
  }
  assert_true(k.inbox.cap < 100000 && k.paste.n <= 64);
  keys_feed(&k, "\x07x", 2);
  assert_true(keys_next(&k, false, &key) && key.code == 'x');
  keys_fini(&k);
}

// ---- anything -------------------------------------------------------------------------------------------------------
// Bytes of which many are the ones that sequences are made of.
static char random_byte(RngKey r, uint64_t i) {
  static const char often[] = "\x1b\x1b\x1b\x1b[[[OO]P;;?<0123456789~ABCMmu$\x07\\\xC3\xE6\x97";
  uint64_t v = rng_u64(r, i, 0);
  return v & 1 ? often[(v >> 8) % (sizeof often - 1)] : (char)(v >> 8);
}

TEST(random_bytes_give_the_same_keys_in_any_pieces) {
  enum { N = 100000 };
  char *bytes = malloc(N);
  RngKey r = rng_key(7, "keys");
  for (int i = 0; i < N; i++) bytes[i] = random_byte(r, (uint64_t)i);
  Keys whole, pieces;
  Str a = {0}, b = {0};
  keys_init(&whole);
  keys_init(&pieces);
  keys_feed(&whole, bytes, N);
  drain(&whole, false, &a);
  for (size_t i = 0, n; i < N; i += n) {
    n = 1 + (size_t)(rng_u64(r, i, 1) % 9);
    if (n > N - i) n = N - i;
    keys_feed(&pieces, bytes + i, n);
    drain(&pieces, false, &b);
  }
  assert_string_equal(str_c(&a), str_c(&b));
  assert_true(a.n > N / 4);
  keys_fini(&whole);
  keys_fini(&pieces);
  str_fini(&a);
  str_fini(&b);
  free(bytes);
}

RUN(CASE(text_is_its_code_points_however_it_is_cut), CASE(control_characters_are_ctrl_letters),
    CASE(malformed_bytes_are_swallowed), CASE(alt_is_an_escape_before_the_key),
    CASE(a_lone_escape_is_esc_when_nothing_comes), CASE(time_does_not_end_what_only_bytes_can_end),
    CASE(cursor_keys_in_every_dialect), CASE(function_keys_in_every_dialect),
    CASE(every_key_of_the_usual_terminfo_entries), CASE(characters_with_modifiers_that_plain_terminals_cannot_send),
    CASE(readline_gets_the_bytes_that_came), CASE(mouse_reports_name_button_place_and_modifiers),
    CASE(a_paste_is_one_key_however_it_is_cut), CASE(a_large_paste_comes_whole),
    CASE(the_background_is_light_or_dark_by_its_luminance), CASE(unknown_sequences_are_swallowed_whole),
    CASE(a_control_character_ends_a_sequence_that_was_never_ended),
    CASE(a_long_unknown_string_keeps_only_its_beginning), CASE(random_bytes_give_the_same_keys_in_any_pieces))
