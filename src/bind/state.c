// States that the session can go back to: the user's globals after a cell. Engine objects are immutable and shared by
// reference; plain tables are copied up to a bound.
#include "bind/bind_int.h"

#include <stdlib.h>

enum { MOST_COPIED = 10000, DEEPEST_COPY = 16 };

typedef struct Copy {
  lua_State *L;
  int64_t left; // entries that may still be copied
  bool whole;
} Copy;

// Whether a function holds nothing but the session's names, so that it is the same at any time: functions of C, and Lua
// functions without local variables of their surroundings.
static bool is_stateless(lua_State *L, int place) {
  if (!lua_isfunction(L, place) || lua_iscfunction(L, place)) return lua_iscfunction(L, place);
  bool stateless = true;
  const char *name;
  for (int k = 1; (name = lua_getupvalue(L, place, k)); k++) {
    stateless = stateless && strcmp(name, "_ENV") == 0;
    lua_pop(L, 1);
  }
  return stateless;
}

// Pushes a copy of the value; what cannot be kept becomes nil and clears `whole`.
static void push_copy(Copy *c, int place, int depth) {
  lua_State *L = c->L;
  place = lua_absindex(L, place);
  int type = lua_type(L, place);
  bool plain = type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING;
  if (plain || box_class(L, place) || is_stateless(L, place)) {
    lua_pushvalue(L, place);
  } else if (depth == DEEPEST_COPY || !is_plain_table(L, place)) {
    c->whole = false;
    lua_pushnil(L);
  } else {
    luaL_checkstack(L, 8, "too deep");
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, place); lua_pop(L, 1)) {
      if (c->left-- <= 0) {
        c->whole = false;
        lua_pop(L, 2);
        break;
      }
      lua_pushvalue(L, -2);
      push_copy(c, -2, depth + 1);
      lua_rawset(L, -5);
    }
  }
}

// Copies every user global from table `from` into table `to` (places); returns whether all could be kept.
static bool copy_globals(lua_State *L, int names, int from, int to) {
  Copy c = {.L = L, .left = MOST_COPIED, .whole = true};
  int64_t n = (int64_t)lua_rawlen(L, names);
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, names, i);
    lua_pushvalue(L, -1);
    lua_rawget(L, from);
    push_copy(&c, -1, 0);
    lua_remove(L, -2);
    lua_rawset(L, to);
  }
  return c.whole;
}

static int save_state(lua_State *L) {
  env_push_user_names(L);
  env_push_globals(L);
  lua_newtable(L);
  bool whole = copy_globals(L, 1, 2, 3);
  lua_pushinteger(L, luaL_ref(L, LUA_REGISTRYINDEX));
  lua_pushboolean(L, whole);
  return 2;
}

static SavedState *state_find(const LuaHost *h, int64_t id) {
  for (int64_t k = 0; k < h->nstate; k++)
    if (h->state[k].id == id) return &h->state[k];
  return NULL;
}

static int64_t state_add(LuaHost *h, int table) {
  if (h->nstate == h->state_cap) {
    h->state_cap = h->state_cap ? h->state_cap * 2 : 64;
    h->state = realloc(h->state, (size_t)h->state_cap * sizeof *h->state);
    if (!h->state) abort();
  }
  h->state[h->nstate++] = (SavedState){++h->last_state, table, h->seed};
  return h->last_state;
}

int64_t host_save_state(LuaHost *h, bool *whole) {
  lua_State *L = h->L;
  int top = lua_gettop(L);
  int64_t id = 0;
  *whole = false;
  lua_pushcfunction(L, save_state);
  if (lua_pcall(L, 0, 2, 0) == LUA_OK) {
    *whole = lua_toboolean(L, -1);
    id = state_add(h, (int)lua_tointeger(L, -2));
  }
  lua_settop(L, top);
  return id;
}

void host_drop_state(LuaHost *h, int64_t id) {
  SavedState *s = state_find(h, id);
  if (!s) return;
  luaL_unref(h->L, LUA_REGISTRYINDEX, s->table);
  memmove(s, s + 1, (size_t)(h->state + h->nstate - s - 1) * sizeof *s);
  h->nstate--;
}

bool host_forget_oldest(LuaHost *h) {
  if (h->nstate < 2) return false;
  host_drop_state(h, h->state[0].id);
  return true;
}

void host_collect(LuaHost *h) { lua_gc(h->L, LUA_GCCOLLECT); }

// Pushes the list of the names that table `from` holds.
static void push_names(lua_State *L, int from) {
  lua_newtable(L);
  int64_t m = 0;
  for (lua_pushnil(L); lua_next(L, from); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_rawseti(L, -4, ++m);
  }
}

// Arguments: the state. Globals that it does not hold become nil.
static int restore_state(lua_State *L) {
  env_push_user_names(L);
  env_push_globals(L);
  int64_t n = (int64_t)lua_rawlen(L, 2);
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, 2, i);
    lua_pushnil(L);
    lua_rawset(L, 3);
  }
  push_names(L, 1);
  copy_globals(L, 4, 1, 3);
  env_set_known(L, 4);
  return 0;
}

// Arguments: the state. Globals that it holds get their values of then; others stay.
static int take_back(lua_State *L) {
  env_push_globals(L);
  push_names(L, 1);
  copy_globals(L, 3, 1, 2);
  return 0;
}

static ErrCode push_state(LuaHost *h, int64_t id, Err *err) {
  const SavedState *s = state_find(h, id);
  if (id == 0) lua_newtable(h->L);
  else if (s) lua_rawgeti(h->L, LUA_REGISTRYINDEX, s->table);
  else if (id > 0 && id <= h->last_state)
    return err_set(err, ERR_ARG, "state %lld is no longer kept, to save memory: replay the cells", (long long)id);
  else return err_set(err, ERR_ARG, "there is no saved state %lld: replay the cells", (long long)id);
  return OK;
}

static ErrCode call_with_state(LuaHost *h, lua_CFunction go_back, int64_t id, Err *err) {
  lua_State *L = h->L;
  int top = lua_gettop(L);
  const SavedState *s = state_find(h, id);
  lua_pushcfunction(L, go_back);
  ErrCode code = push_state(h, id, err);
  if (code == OK && lua_pcall(L, 1, 0, 0) != LUA_OK)
    code = err_set(err, ERR_LUA, "state %lld cannot be restored: %s", (long long)id, lua_tostring(L, -1));
  if (code == OK) h->seed = s ? s->seed : h->first_seed;
  lua_settop(L, top);
  return code;
}

ErrCode host_restore_state(LuaHost *h, int64_t id, Err *err) { return call_with_state(h, restore_state, id, err); }

ErrCode host_take_back(LuaHost *h, int64_t id, Err *err) { return call_with_state(h, take_back, id, err); }
