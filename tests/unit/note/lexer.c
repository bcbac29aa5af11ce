// Tokens worked by hand from the Lua 5.4 Reference Manual, section 3.1; what is well formed is asked of liblua 5.4.
#include "check.h"

#include "base/rng.h"
#include "note/note.h"

#include <lauxlib.h>
#include <lua.h>

static const char KINDS[] = "KNDSCO_E"; // by TokenKind; spaces are left out of listings

// "K:local N:x O:= D:1", unfinished tokens with a "!" after the kind.
static void list_tokens(const char *text, Str *out) {
  Lexer x;
  Token t;
  str_clear(out);
  lexer_init(&x, sv(text));
  while (lexer_next(&x, &t)) {
    if (t.kind == TOKEN_SPACE) continue;
    str_addf(out, "%s%c%s:", out->n ? " " : "", KINDS[t.kind], t.unfinished ? "!" : "");
    str_addn(out, text + t.offset, t.length);
  }
}

static void check_tokens(const char *text, const char *want) {
  Str got = {0};
  list_tokens(text, &got);
  assert_string_equal(str_c(&got), want);
  str_fini(&got);
}

TEST(statements_become_tokens) {
  check_tokens("local x = 1", "K:local N:x O:= D:1");
  check_tokens("for i=1,#t do t[i]=nil end", "K:for N:i O:= D:1 O:, O:# N:t K:do N:t O:[ N:i O:] O:= K:nil K:end");
  check_tokens("a<=b==c~=d>=e//f::g<<h>>i..j...k", "N:a O:<= N:b O:== N:c O:~= N:d O:>= N:e O:// N:f O::: N:g O:<< N:h "
                                                    "O:>> N:i O:.. N:j O:... N:k");
  check_tokens("d:where\"age > 30\"", "N:d O:: N:where S:\"age > 30\"");
  check_tokens("ending _end end1 End", "N:ending N:_end N:end1 N:End");
}

TEST(numbers_are_taken_greedily) {
  check_tokens("3 3. .5 3e5 3E-5 3.e+5", "D:3 D:3. D:.5 D:3e5 D:3E-5 D:3.e+5");
  check_tokens("0xA 0X.8p1 0xA.8P-3 0xep1", "D:0xA D:0X.8p1 D:0xA.8P-3 D:0xep1");
  check_tokens("3..2", "E:3..2");
  check_tokens("3 ..2", "D:3 O:.. D:2");
  check_tokens("0x 3e 3x 0xp1 1e5.5 08f", "E:0x E:3e E:3x E:0xp1 E:1e5.5 E:08f");
  check_tokens("1-2 0x1e+2", "D:1 O:- D:2 D:0x1e O:+ D:2");
}

TEST(strings_end_at_their_quote) {
  check_tokens("'a\"b' \"c'd\"", "S:'a\"b' S:\"c'd\"");
  check_tokens("'\\'' x", "S:'\\'' N:x");
  check_tokens("'a\\\nb' x", "S:'a\\\nb' N:x");
  check_tokens("'a\\\r\nb' x", "S:'a\\\r\nb' N:x");
  check_tokens("'a\\z  \n  b' x", "S:'a\\z  \n  b' N:x");
  check_tokens("'\\x4a\\u{48}\\065\\0' x", "S:'\\x4a\\u{48}\\065\\0' N:x");
  check_tokens("'\\q' x", "E:'\\q' N:x");
  check_tokens("'\\300' '\\x4' '\\u{80000000}' '\\u48'", "E:'\\300' E:'\\x4' E:'\\u{80000000}' E:'\\u48'");
}

TEST(unfinished_strings_stop_at_the_line_end) {
  check_tokens("'abc\nx", "S!:'abc N:x");
  check_tokens("'abc", "S!:'abc");
  check_tokens("'abc\\", "S!:'abc\\");
  check_tokens("[[abc\nx", "S!:[[abc\nx");
  check_tokens("--[==[ abc ]=]\nx", "C!:--[==[ abc ]=]\nx");
}

TEST(long_brackets_have_levels) {
  check_tokens("[[a]]b", "S:[[a]] N:b");
  check_tokens("[==[a]]b]=]c]==]d", "S:[==[a]]b]=]c]==] N:d");
  check_tokens("[=[a]==]]=]d", "S:[=[a]==]]=] N:d");
  check_tokens("t[t[1]]", "N:t O:[ N:t O:[ D:1 O:] O:]");
  check_tokens("[==a", "E:[== N:a");
  check_tokens("-- a\nb--[[c\nd]]e --[=x\nf", "C:-- a N:b C:--[[c\nd]] N:e C:--[=x N:f");
}

TEST(strays_are_errors) {
  check_tokens("a != b", "N:a E:! O:= N:b");
  check_tokens("größe @ $", "N:gr E:öß N:e E:@ E:$");
}

// ---- properties ----

static const char PIECES[] = "\"'\\xzu{}[]=-- 019aefPpX.+\n\r()%q";

static size_t random_text(RngKey key, uint64_t row, char *text, const char *alphabet, size_t most) {
  size_t n = (size_t)rng_below(key, row, 0, (int64_t)most + 1);
  for (size_t i = 0; i < n; i++) {
    uint64_t bits = rng_u64(key, row, i + 1);
    text[i] = alphabet ? alphabet[bits % strlen(alphabet)] : (char)(bits & 0xFF);
  }
  text[n] = 0;
  return n;
}

TEST(tokens_cover_any_bytes_without_gaps) {
  RngKey key = rng_key(1, "cover");
  char text[200];
  for (uint64_t row = 0; row < 40000; row++) {
    size_t n = random_text(key, row, text, row % 2 ? PIECES : NULL, sizeof text - 1), at = 0;
    Lexer x;
    Token t;
    lexer_init(&x, (Sv){text, n});
    while (lexer_next(&x, &t)) {
      assert_true(t.offset == at && t.length > 0);
      at += t.length;
    }
    assert_true(at == n);
  }
}

static bool has_flaw(Sv text) {
  Lexer x;
  Token t;
  lexer_init(&x, text);
  while (lexer_next(&x, &t))
    if (t.kind == TOKEN_ERROR || t.unfinished) return true;
  return false;
}

static bool is_lexical(const char *message) {
  static const char *const words[] = {"unfinished",    "malformed number",    "invalid escape", "hexadecimal digit",
                                      "escape too large", "value too large", "missing '",      "invalid long string"};
  for (size_t k = 0; k < sizeof words / sizeof *words; k++)
    if (strstr(message, words[k])) return true;
  return false;
}

TEST(lua_refuses_what_is_flawed_and_flaws_are_what_its_lexer_refuses) {
  RngKey key = rng_key(2, "oracle");
  lua_State *L = luaL_newstate();
  char text[64] = "return ";
  for (uint64_t row = 0; row < 60000; row++) {
    size_t n = 7 + random_text(key, row, text + 7, row % 3 ? "'\\xzu{}0a9\n" : PIECES, 16);
    if (row % 3 == 2) text[7] = '\'';
    if (n == 7) continue;
    int status = luaL_loadbuffer(L, text, n, "=t");
    bool flaw = has_flaw((Sv){text, n});
    const char *message = status ? lua_tostring(L, -1) : "";
    if (flaw && !status) fail_msg("Lua takes <%s>", text);
    if (!flaw && is_lexical(message)) fail_msg("Lua refuses <%s>: %s", text, message);
    lua_settop(L, 0);
  }
  lua_close(L);
}

TEST(numbers_are_what_lua_takes_for_numbers) {
  RngKey key = rng_key(3, "numbers");
  lua_State *L = luaL_newstate();
  char text[64] = "return ";
  int64_t good = 0;
  for (uint64_t row = 0; row < 60000; row++) {
    size_t n = 7 + random_text(key, row, text + 7, row % 2 ? "0019xXa.pPe" : "0123.eE", 8);
    if (n == 7 || text[7] > '9' || text[7] < '0') continue;
    bool lua = luaL_loadbuffer(L, text, n, "=t") == LUA_OK && lua_pcall(L, 0, 1, 0) == LUA_OK && lua_isnumber(L, -1);
    Lexer x;
    Token t;
    lexer_init(&x, (Sv){text + 7, n - 7});
    bool ours = lexer_next(&x, &t) && t.kind == TOKEN_NUMBER && t.length == n - 7;
    if (lua != ours) fail_msg("%s: Lua %d, here %d", text, lua, ours);
    good += ours;
    lua_settop(L, 0);
  }
  assert_true(good > 1000);
  lua_close(L);
}

RUN(CASE(statements_become_tokens), CASE(numbers_are_taken_greedily), CASE(strings_end_at_their_quote),
    CASE(unfinished_strings_stop_at_the_line_end), CASE(long_brackets_have_levels), CASE(strays_are_errors),
    CASE(tokens_cover_any_bytes_without_gaps), CASE(lua_refuses_what_is_flawed_and_flaws_are_what_its_lexer_refuses),
    CASE(numbers_are_what_lua_takes_for_numbers))
