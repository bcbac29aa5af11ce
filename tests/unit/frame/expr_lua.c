// Properties: random arithmetic means what Lua 5.4 says it means (value and number type), and no random text, tokens or
// bytes, brings the compiler down.
#include "unit/frame/make.h"

#include "base/rng.h"
#include "base/utf8.h"
#include "frame/expr.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

typedef struct Source {
  RngKey key;
  uint64_t row, draw;
  Str text;
} Source;

static int64_t pick(Source *s, int64_t n) { return rng_below(s->key, s->row, s->draw++, n); }

#define PICK(s, list) list[pick(s, (int64_t)(sizeof list / sizeof *list))]

static void add_number(Source *s, int depth) {
  static const char *const leaf[] = {"0", "1", "2", "3", "7", "2.5", "0.5", "1e2", "10"},
                    *const op[] = {" + ", " - ", " * ", " / ", " // ", " % ", " ^ "};
  int64_t kind = depth > 0 ? pick(s, 6) : 0;
  if (kind == 0) {
    str_add(&s->text, PICK(s, leaf));
  } else if (kind == 1) {
    str_add(&s->text, "- ");
    add_number(s, depth - 1);
  } else {
    if (kind == 2) str_addc(&s->text, '(');
    add_number(s, depth - 1);
    str_add(&s->text, PICK(s, op));
    add_number(s, depth - 1);
    if (kind == 2) str_addc(&s->text, ')');
  }
}

static void add_condition(Source *s, int depth) {
  static const char *const compare[] = {" < ", " > ", " <= ", " >= ", " == ", " ~= "}, *const logic[] = {" and ",
        " or "};
  int64_t kind = depth > 0 ? pick(s, 4) : 0;
  if (kind == 0) {
    add_number(s, 2);
    str_add(&s->text, PICK(s, compare));
    add_number(s, 2);
  } else if (kind == 1) {
    str_add(&s->text, "not (");
    add_condition(s, depth - 1);
    str_addc(&s->text, ')');
  } else {
    add_condition(s, depth - 1);
    str_add(&s->text, PICK(s, logic));
    add_condition(s, depth - 1);
  }
}

static void compare_with_lua(lua_State *lua, const Frame *f, const char *text) {
  lua_settop(lua, 0);
  Str chunk = {0};
  str_addf(&chunk, "return %s", text);
  assert_int_equal(luaL_loadstring(lua, str_c(&chunk)), LUA_OK);
  str_fini(&chunk);
  bool answered = lua_pcall(lua, 0, 1, 0) == LUA_OK; // an integer divided by zero raises an error
  Column *c;
  Err err = {0};
  if (expr_eval(NULL, f, sv(text), NULL, 0, &c, &err) != OK) fail_msg("%s: %s", text, err.msg);
  if (answered && !col_valid(c, 0)) fail_msg("%s is missing", text);
  if (answered && lua_isboolean(lua, -1)) {
    if (c->type != COL_BOOL || c->b[0] != lua_toboolean(lua, -1)) fail_msg("%s is %s", text, shown(c));
  } else if (answered) {
    if ((c->type == COL_I64) != lua_isinteger(lua, -1)) fail_msg("%s is %s", text, COLTYPES[c->type].name);
    assert_near(col_f64(c, 0), lua_tonumber(lua, -1), 1e-14);
  }
  column_unref(c);
}

TEST(arithmetic_and_logic_agree_with_lua) {
  lua_State *lua = luaL_newstate();
  Frame *f = make_frame("x:int", "1");
  Source s = {.key = rng_key(1, "lua")};
  for (s.row = 0; s.row < 20000; s.row++) {
    s.draw = 0;
    str_clear(&s.text);
    if (s.row % 2) add_number(&s, 4);
    else add_condition(&s, 3);
    compare_with_lua(lua, f, str_c(&s.text));
  }
  str_fini(&s.text);
  frame_unref(f);
  lua_close(lua);
}

static void survive(const Frame *f, Sv text) {
  static const ExprArg arg = {.name = "lo", .kind = EXPR_ARG_REAL, .f = 2.5};
  Err err = {0};
  Column *c;
  if (expr_eval(NULL, f, text, &arg, 1, &c, &err) == OK) {
    assert_int_equal(c->n, frame_nrow(f));
    column_unref(c);
  } else {
    assert_true(err.msg[0] && utf8_valid(err.msg, strlen(err.msg)));
  }
  Sv name, expr;
  if (expr_split(text, &name, &expr, &err) != OK) assert_true(err.msg[0]);
}

static Frame *mixed(void) {
  return make_frame("i:int x:real c:category t:text b:bool d:date m:time",
                    "1 0.5 red a true 2012-02-29 2012-02-29_12:00 NA NA NA NA NA NA NA "
                    "-9223372036854775808 inf blue '' false 1969-12-31 1969-12-31_23:59:59.5");
}

TEST(random_tokens_never_bring_it_down) {
  static const char *const token[] = {
      "i", "x", "c", "t", "b", "d", "m", "$lo", "$no", "`i`", "1", "0", "2.5", "-1", "'red'", "'2012-02-29'", "true",
            "nil",
      "9223372036854775807", "(", ")", "(", ")", ",", ",", "+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<",
            ">=",
      "and", "or", "not", "=", "min(", "if_else(b,", "coalesce(", "sum(", "mean(", "sd(", "row()", "sub(t,", "text(",
            "int(",
      "lower(c)", "between(i,", "one_of(c,", "year(", "hour(m)", "is_missing(", "round(", "replace(c,", "date(",
            "max(x,"};
  Frame *f = mixed();
  Source s = {.key = rng_key(1, "tokens")};
  for (s.row = 0; s.row < 100000; s.row++) {
    s.draw = 0;
    str_clear(&s.text);
    for (int64_t k = pick(&s, 12); k >= 0; k--) {
      str_add(&s.text, PICK(&s, token));
      if (pick(&s, 4)) str_addc(&s.text, ' ');
    }
    survive(f, (Sv){str_c(&s.text), s.text.n});
  }
  str_fini(&s.text);
  frame_unref(f);
}

TEST(random_bytes_never_bring_it_down) {
  static const char some[] = "ixctbdm $`'\"\\0123456789.()+-*/%^=<>~!&|,#[]{}:\n\t\xC3\xA9\xE2\x89\xA5\xFF\xC2\xA0\xF0";
  Frame *f = mixed();
  Source s = {.key = rng_key(1, "bytes")};
  for (s.row = 0; s.row < 100000; s.row++) {
    s.draw = 0;
    str_clear(&s.text);
    for (int64_t k = pick(&s, 16); k >= 0; k--) str_addc(&s.text, some[pick(&s, sizeof some)]);
    survive(f, (Sv){str_c(&s.text), s.text.n});
  }
  str_fini(&s.text);
  frame_unref(f);
}

RUN(CASE(arithmetic_and_logic_agree_with_lua), CASE(random_tokens_never_bring_it_down),
    CASE(random_bytes_never_bring_it_down))
