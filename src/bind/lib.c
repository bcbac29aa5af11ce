// What Lua has here: base without dofile, loadfile, binary chunks, collectgarbage and next; string without dump; table,
// math, utf8, coroutine; of os the time. Replaced: pairs (sorted), tostring and format (no addresses), print and random
// numbers (through the host).
#include "bind/bind_int.h"

#include <lualib.h>
#include <math.h>
#include <stdlib.h>

// ---- pairs --------------------------------------------------------------------------------------------------------
typedef struct SortKey {
  int rank; // 0 integer or float, 1 string, 2 false, 3 true, 4 the rest in the table's own order
  double number;
  Sv text;
  int64_t at;
} SortKey;

static int by_key(const void *a, const void *b) {
  const SortKey *x = a, *y = b;
  if (x->rank != y->rank) return x->rank - y->rank;
  if (x->rank == 0 && x->number != y->number) return x->number < y->number ? -1 : 1;
  int c = x->rank == 1 ? sv_cmp(x->text, y->text) : 0;
  return c ? c : (x->at > y->at) - (x->at < y->at);
}

static SortKey sort_key(lua_State *L, int place, int64_t at) {
  SortKey k = {.rank = 4, .at = at};
  switch (lua_type(L, place)) {
  case LUA_TNUMBER: k.rank = 0, k.number = lua_tonumber(L, place); break;
  case LUA_TSTRING: k.rank = 1, k.text.s = lua_tolstring(L, place, &k.text.n); break;
  case LUA_TBOOLEAN: k.rank = 2 + lua_toboolean(L, place); break;
  }
  return k;
}

void push_sorted_keys(lua_State *L, int place) {
  place = lua_absindex(L, place);
  luaL_checkstack(L, 8, "too many values");
  lua_Integer length = (lua_Integer)lua_rawlen(L, place), n = 0;
  lua_newtable(L); // the keys outside the list part, in the table's own order
  int loose = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, place); lua_pop(L, 1)) {
    if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 && lua_tointeger(L, -2) <= length) continue;
    lua_pushvalue(L, -2);
    lua_rawseti(L, loose, ++n);
  }
  SortKey *k = lua_newuserdatauv(L, ((size_t)n + 1) * sizeof *k, 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, loose, i + 1); // the table keeps a string's bytes in place
    k[i] = sort_key(L, -1, i + 1);
    lua_pop(L, 1);
  }
  qsort(k, (size_t)n, sizeof *k, by_key);
  lua_createtable(L, (int)(length + n < 1000000 ? length + n : 1000000), 0);
  for (lua_Integer i = 1; i <= length; i++) {
    lua_pushinteger(L, i);
    lua_rawseti(L, -2, i);
  }
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, loose, k[i].at);
    lua_rawseti(L, -2, length + i + 1);
  }
  lua_replace(L, loose);
  lua_settop(L, loose);
}

// Upvalues: the keys, the place reached. Entries that became nil meanwhile are passed over.
static int pairs_step(lua_State *L) {
  lua_Integer i = lua_tointeger(L, lua_upvalueindex(2)), n = (lua_Integer)lua_rawlen(L, lua_upvalueindex(1));
  while (i < n) {
    lua_rawgeti(L, lua_upvalueindex(1), ++i);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, 1) != LUA_TNIL) {
      lua_pushinteger(L, i);
      lua_replace(L, lua_upvalueindex(2));
      return 2;
    }
    lua_pop(L, 2);
  }
  lua_pushnil(L);
  return 1;
}

static int safe_pairs(lua_State *L) {
  luaL_checkany(L, 1);
  if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
    lua_pushvalue(L, 1);
    lua_call(L, 1, 3);
    return 3;
  }
  if (box_class(L, 1)) return luaL_error(L, "pairs needs a table: for the rows of a frame write for r in d:rows() do");
  luaL_checktype(L, 1, LUA_TTABLE);
  push_sorted_keys(L, 1);
  lua_pushinteger(L, 0);
  lua_pushcclosure(L, pairs_step, 2);
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

// ---- text ---------------------------------------------------------------------------------------------------------
static int safe_tostring(lua_State *L) {
  luaL_checkany(L, 1);
  push_text(L, 1);
  return 1;
}

// A frame, a plot or the like alone is shown as show() does.
static int safe_print(lua_State *L) {
  LuaHost *h = host_of(L);
  int n = lua_gettop(L);
  Err err = {0};
  if (n == 1 && box_class(L, 1)) return emit_value(L, 1, &err) == OK ? 0 : luaL_error(L, "%s", err.msg);
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (int i = 1; i <= n; i++) {
    if (i > 1) luaL_addchar(&b, '\t');
    push_text(L, i);
    luaL_addvalue(&b);
  }
  luaL_addchar(&b, '\n');
  luaL_pushresult(&b);
  Sv text;
  text.s = lua_tolstring(L, -1, &text.n);
  h->ops.print(h->ops.ctx, text);
  return 0;
}

// Upvalue 1: Lua's own string.format.
static int safe_format(lua_State *L) {
  const char *f = luaL_checkstring(L, 1);
  for (const char *p = strchr(f, '%'); p; p = strchr(p, '%')) {
    p++;
    p += strspn(p, "-+ #0123456789.");
    if (*p == 'p') return luaL_error(L, "format: %%p would print an address, which changes from run to run");
    if (*p) p++;
  }
  for (int i = 2; i <= lua_gettop(L); i++) {
    int t = lua_type(L, i);
    if (t == LUA_TTABLE || t == LUA_TUSERDATA || t == LUA_TFUNCTION || t == LUA_TTHREAD) {
      push_text(L, i);
      lua_replace(L, i);
    }
  }
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

// Upvalue 1: Lua's own setmetatable. A finalizer would run when memory happens to be collected, where nothing can stop
// it.
static int safe_setmetatable(lua_State *L) {
  if (lua_type(L, 2) == LUA_TTABLE) {
    lua_pushliteral(L, "__gc");
    if (lua_rawget(L, 2) != LUA_TNIL)
      return luaL_error(L, "setmetatable: __gc is left out, since it would not run at the same time on a replay");
    lua_pop(L, 1);
  }
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, lua_gettop(L) - 1, 1);
  return 1;
}

// load(chunk, name, mode, env): text only, and globals through the proxy.
static int safe_load(lua_State *L) {
  luaL_checkany(L, 1);
  const char *name = luaL_optstring(L, 2, "=load");
  bool env = !lua_isnone(L, 4);
  if (lua_type(L, 1) == LUA_TFUNCTION) { // the pieces are joined first
    luaL_Buffer b;
    luaL_buffinit(L, &b);
    for (;;) {
      lua_pushvalue(L, 1);
      lua_call(L, 0, 1);
      size_t n = 0;
      if (!lua_tolstring(L, -1, &n) || n == 0) break;
      luaL_addvalue(&b);
    }
    lua_pop(L, 1);
    luaL_pushresult(&b);
    lua_replace(L, 1);
  }
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  if (luaL_loadbufferx(L, text, n, name, "t") != LUA_OK) {
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
  }
  if (env) lua_pushvalue(L, 4);
  else env_push(L);
  lua_setupvalue(L, -2, 1);
  return 1;
}

// ---- coroutines: which one runs is known, so that it can be stopped -----------------------------------------------
// Upvalue 1: Lua's own coroutine.resume.
static int tracked_resume(lua_State *L) {
  LuaHost *h = host_of(L);
  lua_State *co = lua_tothread(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  if (co) h->running = co;
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  h->running = L;
  if (co && atomic_load(&h->job->cancel)) return luaL_error(L, "stopped");
  return lua_gettop(L);
}

// Upvalues: the tracked resume, the coroutine.
static int wrapped_call(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_insert(L, 2);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  if (lua_toboolean(L, 1)) return lua_gettop(L) - 1;
  lua_settop(L, 2);
  return lua_error(L);
}

static int tracked_wrap(lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_settop(L, 1);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, -2);
  lua_pushcclosure(L, wrapped_call, 2);
  return 1;
}

static void track_coroutines(lua_State *L) {
  lua_getglobal(L, "coroutine");
  lua_getfield(L, -1, "resume");
  lua_pushcclosure(L, tracked_resume, 1);
  lua_pushvalue(L, -1);
  lua_setfield(L, -3, "resume");
  lua_pushcclosure(L, tracked_wrap, 1);
  lua_setfield(L, -2, "wrap");
  lua_pop(L, 1);
}

// ---- random numbers: a stream keyed by the session's seed and the cell --------------------------------------------
static int safe_random(lua_State *L) {
  LuaHost *h = host_of(L);
  uint64_t draw = h->draws++;
  if (lua_gettop(L) == 0) return lua_pushnumber(L, rng_unit(h->cell_key, 0, draw)), 1;
  lua_Integer lo = lua_gettop(L) >= 2 ? luaL_checkinteger(L, 1) : 1;
  lua_Integer hi = luaL_checkinteger(L, lua_gettop(L) >= 2 ? 2 : 1);
  if (lua_gettop(L) == 1 && hi == 0) return lua_pushinteger(L, (lua_Integer)rng_u64(h->cell_key, 0, draw)), 1;
  if (lo > hi) return luaL_error(L, "random: the interval from %d to %d is empty", (int)lo, (int)hi);
  uint64_t width = (uint64_t)hi - (uint64_t)lo, step = rng_u64(h->cell_key, 0, draw);
  if (width < INT64_MAX) step = (uint64_t)rng_below(h->cell_key, 0, draw, (int64_t)width + 1);
  else if (width < UINT64_MAX) step %= width + 1;
  lua_pushinteger(L, (lua_Integer)((uint64_t)lo + step));
  return 1;
}

static int no_randomseed(lua_State *L) {
  return luaL_error(L, "math.randomseed has no effect on a replay: write seed(%d)", (int)luaL_optinteger(L, 1, 1));
}

// ---- opening ------------------------------------------------------------------------------------------------------
static void forget(lua_State *L, const char *table, const char *const *names) {
  lua_getglobal(L, table);
  for (; *names; names++) {
    lua_pushnil(L);
    lua_setfield(L, -2, *names);
  }
  lua_pop(L, 1);
}

static void set_in(lua_State *L, const char *table, const char *name, lua_CFunction f) {
  lua_getglobal(L, table);
  lua_pushcfunction(L, f);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

static void keep_only_time(lua_State *L) {
  static const char *const kept[] = {"time", "date", "clock", "difftime", NULL};
  luaL_requiref(L, "os", luaopen_os, 0);
  lua_newtable(L);
  for (const char *const *k = kept; *k; k++) {
    lua_getfield(L, -2, *k);
    lua_setfield(L, -2, *k);
  }
  lua_setglobal(L, "os");
  lua_pop(L, 1);
}

void lib_open(LuaHost *h) {
  lua_State *L = h->L;
  static const luaL_Reg libs[] = {{"_G", luaopen_base},
                                  {"string", luaopen_string},
                                  {"table", luaopen_table},
                                  {"math", luaopen_math},
                                  {"utf8", luaopen_utf8},
                                  {"coroutine", luaopen_coroutine},
                                  {NULL, NULL}};
  for (const luaL_Reg *r = libs; r->name; r++) {
    luaL_requiref(L, r->name, r->func, 1);
    lua_pop(L, 1);
  }
  keep_only_time(L);
  static const char *const base[] = {"dofile", "loadfile", "collectgarbage", "next", "warn", NULL};
  forget(L, "_G", base);
  static const char *const string[] = {"dump", NULL};
  forget(L, "string", string);
  lua_register(L, "pairs", safe_pairs);
  lua_register(L, "tostring", safe_tostring);
  lua_register(L, "print", safe_print);
  lua_register(L, "load", safe_load);
  set_in(L, "math", "random", safe_random);
  set_in(L, "math", "randomseed", no_randomseed);
  track_coroutines(L);
  lua_getglobal(L, "setmetatable");
  lua_pushcclosure(L, safe_setmetatable, 1);
  lua_setglobal(L, "setmetatable");
  lua_getglobal(L, "string");
  lua_getfield(L, -1, "format");
  lua_pushcclosure(L, safe_format, 1);
  lua_setfield(L, -2, "format");
  lua_pop(L, 1);
}
