// Any keys in the editor: the text stays UTF-8, the cursor stands between two characters, and undo goes back to the
// beginning and forth to the end.
#include "fuzz/fuzz.h"

#include "base/utf8.h"
#include "ui/editor_int.h"

static const char *const TOKENS[] = {
    "\x01", "\x02", "\x04", "\x05", "\x06", "\x08", "\x0b", "\x0e", "\x10", "\x14", "\x15", "\x17", "\x19", "\x1f",
    "\r", "\t", "\x1b[Z", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[1;5C", "\x1b[1;5D", "\x1b[3~", "\x1b[5~",
    "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b" "b", "\x1b" "f", "\x1b" "d", "\x1b\x7f", "\x1b" "t", "\x1b" "u", "\x1b" "l",
    "\x1b" "c", "\x1b\\", "\x1b_", "\x1b;", "\x1b<", "\x1b>", "\x1bw", "\x7f", "\x1b[200~end\nx\x1b[201~", "if x then", "end",
    "else", "repeat", "until", "function(", ")", "{", "}", "(", "\"", "--", "[[", "]]", "e\xcc\x81", "\xe6\xbc\xa2",
    "\xf0\x9f\x98\x80", " ", "x", "\n", NULL};

static void check_state(Editor *e) {
  int64_t line;
  int column;
  assert_true(utf8_valid(str_c(&e->text), e->text.n));
  assert_true(e->at <= e->text.n);
  assert_int_equal(edit_snap(e, e->at), e->at);
  assert_true(e->mark == (size_t)-1 || e->mark <= e->text.n);
  editor_place(e, &line, &column);
  assert_in_range(line, 0, editor_lines(e) - 1);
  size_t match = editor_match(e);
  assert_true(match == (size_t)-1 || match < e->text.n);
}

// Back to where the cursor is drawn: to the same place, but for marks of no width at the beginning of a line.
static void check_place(Editor *e) {
  int64_t line, again;
  int column, there;
  editor_place(e, &line, &column);
  editor_put(e, line, column);
  editor_place(e, &again, &there);
  assert_true(again == line && there == column);
}

// All steps back and all forth again.
static void check_undo(Editor *e, Sv begin) {
  Str end = {0};
  str_addn(&end, str_c(&e->text), e->text.n);
  while (edit_undo(e, +1)) check_state(e);
  str_clear(&end), str_addn(&end, str_c(&e->text), e->text.n);
  while (edit_undo(e, -1)) check_state(e);
  assert_true(sv_eq((Sv){str_c(&e->text), e->text.n}, begin));
  while (edit_undo(e, +1)) check_state(e);
  assert_true(sv_eq((Sv){str_c(&e->text), e->text.n}, (Sv){str_c(&end), end.n}));
  str_fini(&end);
}

static void check(Sv bytes, Dice *d) {
  static const char *const begin[] = {"", "x = 1", "if x then\n  y()\nend\n", "e\xcc\x81t\xe6\xbc\xa2(\"a\")", "\n\n"};
  Sv text = sv(begin[below(d, 5)]);
  Editor e;
  Keys k;
  Key key;
  editor_init(&e, text, (size_t)below(d, (int64_t)text.n + 1));
  e.plain = below(d, 4) == 0;
  keys_init(&k);
  keys_feed(&k, bytes.s, bytes.n);
  while (keys_next(&k, true, &key) && e.text.n < 20000) {
    int64_t changes = e.changes;
    if (key.code == K_MOUSE) editor_put(&e, key.y, key.x);
    else if (!editor_key(&e, &key)) assert_int_equal(e.changes, changes);
    check_state(&e);
  }
  check_place(&e);
  check_undo(&e, text);
  keys_fini(&k);
  editor_fini(&e);
}

TEST(any_keys_leave_the_text_whole) {
  fuzz_run(&(Fuzz){.door = "editor", .check = check, .rounds = 8000, .token = TOKENS});
}

RUN(FUZZ_CASE(any_keys_leave_the_text_whole))
