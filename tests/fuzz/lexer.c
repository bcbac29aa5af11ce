// Any bytes as Lua: the tokens cover them without gaps, and what Lua takes has no token that says it would not.
#include "fuzz/fuzz.h"

#include "note/note.h"

#include <lauxlib.h>
#include <lua.h>

static const char *const TOKENS[] = {
    "local ", "function ", "end", "return ", "if x then ", "=", "==", "~=", "//", "::", "...", "..", ".", "(", ")", "{",
    "}", "[[", "]]", "[==[", "]==]", "--", "--[[", "--[=[", "]=]", "'", "\"", "\\", "\\z", "\\x4", "\\u{7FFFFFFF}",
    "\\u{", "\\300", "0x", "0x.p1", "1e", "3..2", "0xA.8p-3", "1.", ".5", "\n", "\r\n", "\n\r", ";", ":", "<const>",
    "goto", "\xc3\xa9", "$", "@", "`", "!", NULL};

static lua_State *L;

static void check_tail(Sv bytes) {
  size_t at[64];
  int64_t n = note_tail_candidates(bytes, at, 64);
  assert_in_range(n, 0, 64);
  for (int64_t k = 0; k < n; k++) assert_true(at[k] < bytes.n && (k == 0 || at[k] < at[k - 1]));
  (void)note_is_silent(bytes);
}

static void check(Sv bytes, Dice *d) {
  (void)d;
  Lexer x;
  size_t at = 0;
  bool good = true;
  lexer_init(&x, bytes);
  for (Token t; lexer_next(&x, &t); at += t.length) {
    assert_int_equal(t.offset, at);
    assert_in_range(t.kind, TOKEN_KEYWORD, TOKEN_ERROR);
    assert_true(t.length > 0);
    good = good && t.kind != TOKEN_ERROR && !t.unfinished;
  }
  assert_int_equal(at, bytes.n);
  check_tail(bytes);
  if (luaL_loadbufferx(L, bytes.s, bytes.n, "=", "t") == LUA_OK && !good) fail_msg("Lua takes what has a wrong token");
  lua_settop(L, 0);
}

TEST(tokens_cover_any_text_and_agree_with_lua) {
  L = luaL_newstate();
  fuzz_run(&(Fuzz){.door = "lexer", .check = check, .rounds = 60000, .token = TOKENS});
  lua_close(L);
}

RUN(FUZZ_CASE(tokens_cover_any_text_and_agree_with_lua))
