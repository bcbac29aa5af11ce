// Tables of functions under one global name: prep.*, ml.*, stats.*.
#include "bind/bind_int.h"

#include "base/near.h"

// ml.bost: upvalue 1 is "model" or "step", the table itself is the first argument.
static int unknown_member(lua_State *L) {
  const char *what = lua_tostring(L, lua_upvalueindex(1)), *key = luaL_tolstring(L, 2, NULL);
  push_sorted_keys(L, 1);
  int64_t n = (int64_t)lua_rawlen(L, -1);
  Sv *names = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *names, 0);
  for (int64_t i = 0; i < n; i++) {
    lua_rawgeti(L, -2, i + 1);
    names[i].s = lua_tolstring(L, -1, &names[i].n);
    lua_pop(L, 1);
  }
  char hint[300];
  near_hint(hint, sizeof hint, sv(key), names, n);
  return luaL_error(L, "no %s '%s'%s", what, key, hint);
}

void member_open(lua_State *L, const char *what) {
  lua_newtable(L);
  lua_newtable(L);
  lua_pushstring(L, what);
  lua_pushcclosure(L, unknown_member, 1);
  lua_setfield(L, -2, "__index");
  lua_pushstring(L, what);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

void member_add(LuaHost *h, const BindFn *row) {
  BindFn *kept = arena_new(&h->arena, BindFn);
  memcpy(kept, row, sizeof *kept);
  push_bound(h->L, kept, NULL);
  lua_setfield(h->L, -2, row->name);
}
