// The globals of cells. A cell's _ENV is a proxy that stays empty, so that every global read and write passes through
// here: tycho's own names are protected, an unknown name is answered with the nearest one, and what a cell read and
// wrote is known (for staleness and for the identity of its inputs).
#include "bind/bind_int.h"

#include "base/near.h"

static const char PROXY = 0, GLOBALS = 0, OWN = 0, KNOWN = 0; // their addresses are registry keys

static void get_registry(lua_State *L, const char *key) { lua_rawgetp(L, LUA_REGISTRYINDEX, key); }

void env_push(lua_State *L) { get_registry(L, &PROXY); }
void env_push_globals(lua_State *L) { get_registry(L, &GLOBALS); }

static bool is_in(lua_State *L, const char *table, int key) {
  get_registry(L, table);
  lua_pushvalue(L, key);
  bool yes = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return yes;
}

static void note_read(LuaHost *h, Sv name) {
  if (map_get(&h->writes, name) < 0) map_put(&h->reads, name, NULL);
}

static int unknown_name(lua_State *L, Sv name) {
  LuaHost *h = host_of(L);
  int64_t local = map_get(&h->locals, name);
  if (local >= 0)
    return luaL_error(L, "%s was local to cell %d; write %s = ... there without the word local", name.s,
                      h->local_cell[local], name.s);
  env_push_globals(L);
  push_sorted_keys(L, -1);
  int64_t n = (int64_t)lua_rawlen(L, -1), m = 0;
  Sv *names = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *names, 0);
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, -2, i);
    if (lua_type(L, -1) == LUA_TSTRING) names[m].s = lua_tolstring(L, -1, &names[m].n), m++;
    lua_pop(L, 1);
  }
  int64_t near = near_find(name, names, m);
  if (near >= 0) return luaL_error(L, "no name '%s' here: did you mean '%s'?", name.s, names[near].s);
  return luaL_error(L, "no name '%s' here: give it a value first (%s = ...)", name.s, name.s);
}

static int env_index(lua_State *L) {
  env_push_globals(L);
  lua_pushvalue(L, 2);
  int type = lua_rawget(L, -2);
  if (lua_type(L, 2) != LUA_TSTRING) return 1;
  Sv name;
  name.s = lua_tolstring(L, 2, &name.n);
  if (type == LUA_TNIL && !is_in(L, &KNOWN, 2)) return unknown_name(L, name);
  if (!is_in(L, &OWN, 2)) note_read(host_of(L), name);
  return 1;
}

static int env_newindex(lua_State *L) {
  if (is_in(L, &OWN, 2)) {
    const char *name = lua_tostring(L, 2);
    return luaL_error(L, "'%s' is tycho's own name: call yours my_%s or %s2", name, name, name);
  }
  if (lua_type(L, 2) == LUA_TSTRING) {
    Sv name;
    name.s = lua_tolstring(L, 2, &name.n);
    map_put(&host_of(L)->writes, name, NULL);
    get_registry(L, &KNOWN);
    lua_pushvalue(L, 2);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
  env_push_globals(L);
  lua_pushvalue(L, 2);
  lua_pushvalue(L, 3);
  lua_rawset(L, -3);
  return 0;
}

int64_t env_push_user_names(lua_State *L) {
  lua_newtable(L);
  int list = lua_gettop(L);
  env_push_globals(L);
  push_sorted_keys(L, list + 1);
  int64_t n = (int64_t)lua_rawlen(L, -1), m = 0;
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, list + 2, i);
    if (is_in(L, &OWN, lua_gettop(L))) lua_pop(L, 1);
    else lua_rawseti(L, list, ++m);
  }
  lua_settop(L, list);
  return m;
}

void env_set_known(lua_State *L, int names) {
  int64_t n = (int64_t)lua_rawlen(L, names);
  lua_newtable(L);
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, names, i);
    lua_pushboolean(L, 1);
    lua_rawset(L, -3);
  }
  lua_rawsetp(L, LUA_REGISTRYINDEX, &KNOWN);
}

// pairs(_G) shows the user's globals.
static int env_pairs(lua_State *L) {
  lua_newtable(L);
  int64_t n = env_push_user_names(L);
  env_push_globals(L);
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, -2, i);
    lua_pushvalue(L, -1);
    lua_rawget(L, -3);
    lua_rawset(L, -5);
  }
  lua_getfield(L, -1, "pairs");
  lua_replace(L, -3);
  lua_pop(L, 1);
  lua_insert(L, -2);
  lua_call(L, 1, 3);
  return 3;
}

// rawset and rawget would reach behind the proxy.
static int safe_rawset(lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  luaL_checkany(L, 2);
  luaL_checkany(L, 3);
  lua_settop(L, 3);
  env_push(L);
  if (lua_rawequal(L, 1, -1)) return luaL_error(L, "rawset cannot write globals: assign them");
  lua_pop(L, 1);
  lua_rawset(L, 1);
  return 1;
}

static void set_registry(lua_State *L, const char *key) { lua_rawsetp(L, LUA_REGISTRYINDEX, key); }

static void open_proxy(lua_State *L) {
  static const luaL_Reg meta[] = {
      {"__index", env_index}, {"__newindex", env_newindex}, {"__pairs", env_pairs}, {NULL, NULL}};
  lua_newtable(L);
  luaL_newlib(L, meta);
  lua_pushliteral(L, "globals");
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

void env_open(LuaHost *h) {
  lua_State *L = h->L;
  lua_register(L, "rawset", safe_rawset);
  lua_newtable(L);
  set_registry(L, &KNOWN);
  lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
  int globals = lua_gettop(L);
  open_proxy(L);
  lua_pushvalue(L, -1);
  lua_setfield(L, globals, "_G");
  set_registry(L, &PROXY);
  lua_newtable(L); // every name that exists now is the program's own
  for (lua_pushnil(L); lua_next(L, globals); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_pushboolean(L, 1);
    lua_rawset(L, globals + 1);
  }
  set_registry(L, &OWN);
  set_registry(L, &GLOBALS);
}
