// Lua values as text: as tostring without addresses (they change from run to run), as a Lua literal, and as JSON.
// Nested tables are bounded in depth and in entries; keys come in the order of pairs.
#include "bind/bind_int.h"

#include "base/numfmt.h"

#include <math.h>

enum { DEEPEST = 5, MOST_ENTRIES = 400 };

typedef struct Inspect {
  lua_State *L;
  Str *out;
  bool json;
  int entries;
} Inspect;

void push_text(lua_State *L, int place) {
  place = lua_absindex(L, place);
  const Class *k = box_class(L, place);
  if (k) {
    lua_pushstring(L, k->article);
  } else if (luaL_getmetafield(L, place, "__tostring") != LUA_TNIL) {
    lua_pop(L, 1);
    luaL_tolstring(L, place, NULL);
  } else if (lua_type(L, place) == LUA_TNUMBER || lua_type(L, place) <= LUA_TBOOLEAN ||
             lua_type(L, place) == LUA_TSTRING) {
    luaL_tolstring(L, place, NULL);
  } else {
    lua_pushstring(L, lua_typename(L, lua_type(L, place)));
  }
}

static void add_quoted(Str *out, const char *s, size_t n, bool json) {
  str_addc(out, '"');
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)s[i];
    if (c == '"' || c == '\\') str_addf(out, "\\%c", c);
    else if (c == '\n') str_add(out, "\\n");
    else if (c == '\t') str_add(out, "\\t");
    else if (c < 0x20 || c == 0x7F) str_addf(out, json ? "\\u%04x" : "\\x%02X", c);
    else str_addc(out, (char)c);
  }
  str_addc(out, '"');
}

static void add_number(const Inspect *s, int place) {
  char buf[NUMFMT_MAX];
  double v = lua_tonumber(s->L, place);
  if (lua_isinteger(s->L, place)) fmt_i64(buf, sizeof buf, lua_tointeger(s->L, place), false);
  else if (s->json && !isfinite(v)) strcpy(buf, "null");
  else fmt_shortest(buf, sizeof buf, v);
  str_add(s->out, buf);
}

static bool is_name(const char *s) {
  if (!*s || (*s >= '0' && *s <= '9')) return false;
  for (; *s; s++)
    if (*s != '_' && !(*s >= '0' && *s <= '9') && !(*s >= 'a' && *s <= 'z') && !(*s >= 'A' && *s <= 'Z')) return false;
  return true;
}

static void add_value(Inspect *s, int place, int depth);

static void add_key(Inspect *s, int place) {
  lua_State *L = s->L;
  bool string = lua_type(L, place) == LUA_TSTRING;
  if (s->json) {
    push_text(L, place);
    size_t n;
    const char *text = lua_tolstring(L, -1, &n);
    add_quoted(s->out, text, n, true);
    str_add(s->out, ": ");
    lua_pop(L, 1);
  } else if (string && is_name(lua_tostring(L, place))) {
    str_addf(s->out, "%s = ", lua_tostring(L, place));
  } else {
    str_addc(s->out, '[');
    add_value(s, place, DEEPEST);
    str_add(s->out, "] = ");
  }
}

static void add_table(Inspect *s, int place, int depth) {
  lua_State *L = s->L;
  luaL_checkstack(L, 8, "too deep");
  push_sorted_keys(L, place);
  int keys = lua_gettop(L);
  int64_t n = (int64_t)lua_rawlen(L, keys), length = (int64_t)lua_rawlen(L, place);
  bool list = length == n && n > 0;
  str_add(s->out, s->json && list ? "[" : "{");
  for (int64_t i = 1; i <= n; i++) {
    if (i > 1) str_add(s->out, ", ");
    if (++s->entries > MOST_ENTRIES) {
      str_addf(s->out, s->json ? "\"... %lld more\"" : "... %lld more", (long long)(n - i + 1));
      break;
    }
    lua_rawgeti(L, keys, i);
    if (i > length || (s->json && !list)) add_key(s, lua_gettop(L));
    lua_rawget(L, place);
    add_value(s, lua_gettop(L), depth + 1);
    lua_pop(L, 1);
  }
  str_add(s->out, s->json && list ? "]" : "}");
  lua_pop(L, 1);
}

static void add_value(Inspect *s, int place, int depth) {
  lua_State *L = s->L;
  size_t n;
  switch (lua_type(L, place)) {
  case LUA_TNIL: str_add(s->out, s->json ? "null" : "nil"); return;
  case LUA_TNUMBER: add_number(s, place); return;
  case LUA_TSTRING: {
    const char *text = lua_tolstring(L, place, &n);
    add_quoted(s->out, text, n, s->json);
    return;
  }
  case LUA_TTABLE:
    if (depth < DEEPEST && is_plain_table(L, place)) {
      add_table(s, place, depth);
      return;
    }
  }
  push_text(L, place);
  const char *text = lua_tolstring(L, -1, &n);
  bool quoted = s->json && lua_type(L, place) != LUA_TBOOLEAN;
  if (quoted) add_quoted(s->out, text, n, true);
  else str_addn(s->out, text, n);
  lua_pop(L, 1);
}

void inspect_lua(lua_State *L, int place, Str *out) {
  Inspect s = {.L = L, .out = out};
  add_value(&s, lua_absindex(L, place), 0);
}

void inspect_json(lua_State *L, int place, Str *out) {
  Inspect s = {.L = L, .out = out, .json = true};
  add_value(&s, lua_absindex(L, place), 0);
}
