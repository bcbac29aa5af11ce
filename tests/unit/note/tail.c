// Cells and their values, worked by hand from the rule for last expressions; liblua 5.4 says what compiles.
#include "check.h"

#include "note/note.h"

#include <lauxlib.h>
#include <lua.h>

static bool compiles(lua_State *L, Sv head, const char *between, Sv tail) {
  Str all = {0};
  str_addn(&all, head.s, head.n);
  str_add(&all, between);
  str_addn(&all, tail.s, tail.n);
  bool good = luaL_loadbuffer(L, str_c(&all), all.n, "=t") == LUA_OK;
  str_fini(&all);
  lua_settop(L, 0);
  return good;
}

// The tail of `cell` by the whole rule, "" when it has none.
static const char *tail_of(const char *cell) {
  lua_State *L = luaL_newstate();
  size_t offset[64];
  int64_t n = note_tail_candidates(sv(cell), offset, 64);
  const char *tail = "";
  for (int64_t k = 0; k < n && !*tail; k++) {
    Sv head = {cell, offset[k]}, rest = sv(cell + offset[k]);
    if (compiles(L, head, "", (Sv){0}) && compiles(L, head, "return ", rest)) tail = rest.s;
  }
  lua_close(L);
  return tail;
}

TEST(the_last_expression_is_the_tail) {
  assert_string_equal(tail_of("1 + 2"), "1 + 2");
  assert_string_equal(tail_of("x = 1\nx + 1"), "x + 1");
  assert_string_equal(tail_of("x = 1; x"), "x");
  assert_string_equal(tail_of("d = data 'titanic'\nd:describe{}"), "d:describe{}");
  assert_string_equal(tail_of("d = data 'titanic'\nd:crosstab('a',\n  'b')\n"), "d:crosstab('a',\n  'b')\n");
  assert_string_equal(tail_of("p = pipe{\n  prep.onehot{},\n  ml.logistic{}\n}\np"), "p");
  assert_string_equal(tail_of("m, n -- two"), "m, n -- two");
  assert_string_equal(tail_of("x = 3\n-- show it\nx\n-- done"), "x\n-- done");
}

TEST(statements_have_no_tail) {
  assert_string_equal(tail_of("x = 1"), "");
  assert_string_equal(tail_of("for i = 1, 3 do\n  print(i)\nend"), "");
  assert_string_equal(tail_of("local function f()\n  return 1\nend"), "");
  assert_string_equal(tail_of(""), "");
  assert_string_equal(tail_of("-- only words\n"), "");
  assert_string_equal(tail_of("x ="), "");
}

TEST(lines_that_continue_the_one_before_are_no_tails) {
  assert_string_equal(tail_of("y = f\n(g or h)(1)"), "");
  assert_string_equal(tail_of("y = f\n{1}"), "");
  assert_string_equal(tail_of("y = a\n- b"), "");
  assert_string_equal(tail_of("d\n  :where 'x'\n  :sort 'y'"), "d\n  :where 'x'\n  :sort 'y'");
}

TEST(strings_and_comments_hold_no_tails) {
  assert_string_equal(tail_of("s = [[\nx\n]]\ns"), "s");
  assert_string_equal(tail_of("s = [[\nx\n]]"), "");
  assert_string_equal(tail_of("s = 'a;b'"), "");
  assert_string_equal(tail_of("x = 1 --[[\n2\n]]"), "");
}

static void check_candidates(const char *cell, const char *want) {
  size_t offset[8];
  int64_t n = note_tail_candidates(sv(cell), offset, 8);
  Str got = {0};
  for (int64_t k = 0; k < n; k++) str_addf(&got, "%s%zu", k ? " " : "", offset[k]);
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

TEST(candidates_run_from_the_last_to_the_first) {
  check_candidates("a\nb; c\n  d", "9 5 2 0");
  check_candidates("f(a;\nb)\nif x then y; z\nw end; v", "30 8 0");
  check_candidates("a = function()\nb; c\nend\nd", "24 0");
  check_candidates("repeat\nx\nuntil y\nz", "17 0");
  check_candidates("a\r\nb\rc", "5 3 0");
  check_candidates("\n\n  (a)\n'b'\n;c", "13");
}

TEST(at_most_max_candidates_come_and_they_are_the_last) {
  size_t offset[2];
  assert_int_equal(note_tail_candidates(sv("a\nb\nc"), offset, 2), 2);
  assert_int_equal(offset[0], 4);
  assert_int_equal(offset[1], 2);
  assert_int_equal(note_tail_candidates(sv("a"), offset, 0), 0);
}

TEST(a_cell_is_silent_when_its_last_token_is_a_semicolon) {
  assert_true(note_is_silent(sv("x = 1;")));
  assert_true(note_is_silent(sv("x; -- quiet\n\n")));
  assert_false(note_is_silent(sv("x -- ;")));
  assert_false(note_is_silent(sv("';'")));
  assert_false(note_is_silent(sv("x;\ny")));
  assert_false(note_is_silent(sv("")));
}

RUN(CASE(the_last_expression_is_the_tail), CASE(statements_have_no_tail),
    CASE(lines_that_continue_the_one_before_are_no_tails), CASE(strings_and_comments_hold_no_tails),
    CASE(candidates_run_from_the_last_to_the_first), CASE(at_most_max_candidates_come_and_they_are_the_last),
    CASE(a_cell_is_silent_when_its_last_token_is_a_semicolon))
