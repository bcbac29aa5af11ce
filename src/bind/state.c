// The user's globals as values that can be kept: published for readers on another thread (a snapshot) and saved for
// going back (a state). Engine objects are immutable and shared by reference; plain tables are copied up to a bound.
#include "bind/bind_int.h"

#include <stdlib.h>

enum { MOST_COPIED = 10000, DEEPEST_COPY = 16 };

// ---- snapshots -----------------------------------------------------------------------------------------------------
static void add_object(HostSnapshot *s, lua_State *L, const char *name, int place) {
  const Class *k = box_class(L, place);
  HostObject *o = &s->item[s->n++];
  o->name = arena_strdup(&s->arena, name);
  o->kind = arena_strdup(&s->arena, k ? k->name : lua_typename(L, lua_type(L, place)));
  o->k = k;
  if (k == &CLASS_FRAME) o->frame = frame_ref(box_test(L, place, k));
}

HostSnapshot *host_snapshot(LuaHost *h) {
  lua_State *L = h->L;
  int top = lua_gettop(L);
  HostSnapshot *s = calloc(1, sizeof *s);
  if (!s) abort();
  atomic_init(&s->refs, 1);
  int64_t n = env_push_user_names(L);
  s->item = arena_array(&s->arena, HostObject, n);
  env_push_globals(L);
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, top + 1, i);
    lua_pushvalue(L, -1);
    lua_rawget(L, top + 2);
    if (lua_type(L, -2) == LUA_TSTRING) add_object(s, L, lua_tostring(L, -2), lua_gettop(L));
    lua_pop(L, 2);
  }
  lua_settop(L, top);
  return s;
}

HostSnapshot *snapshot_ref(HostSnapshot *s) {
  if (s) atomic_fetch_add(&s->refs, 1);
  return s;
}

void snapshot_unref(HostSnapshot *s) {
  if (!s || atomic_fetch_sub(&s->refs, 1) != 1) return;
  for (int64_t i = 0; i < s->n; i++) frame_unref(s->item[i].frame);
  arena_fini(&s->arena);
  free(s);
}

const HostObject *snapshot_find(const HostSnapshot *s, Sv name) {
  for (int64_t i = 0; s && i < s->n; i++)
    if (sv_is(name, s->item[i].name)) return &s->item[i];
  return NULL;
}

// ---- states --------------------------------------------------------------------------------------------------------
typedef struct Copy {
  lua_State *L;
  int64_t left; // entries that may still be copied
  bool whole;
} Copy;

// Pushes a copy of the value; what cannot be kept becomes nil and clears `whole`.
static void push_copy(Copy *c, int place, int depth) {
  lua_State *L = c->L;
  place = lua_absindex(L, place);
  int type = lua_type(L, place);
  bool plain = type == LUA_TNIL || type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING;
  if (plain || box_class(L, place)) {
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

int64_t host_save_state(LuaHost *h, bool *whole) {
  lua_State *L = h->L;
  int top = lua_gettop(L);
  int64_t id = 0;
  lua_pushcfunction(L, save_state);
  if (lua_pcall(L, 0, 2, 0) == LUA_OK) id = lua_tointeger(L, -2), *whole = lua_toboolean(L, -1);
  lua_settop(L, top);
  return id;
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
  lua_newtable(L);
  int64_t m = 0;
  for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_rawseti(L, 4, ++m);
  }
  copy_globals(L, 4, 1, 3);
  env_set_known(L, 4);
  return 0;
}

ErrCode host_restore_state(LuaHost *h, int64_t id, Err *err) {
  lua_State *L = h->L;
  int top = lua_gettop(L);
  lua_pushcfunction(L, restore_state);
  ErrCode code = OK;
  if (id <= 0 || lua_rawgeti(L, LUA_REGISTRYINDEX, id) != LUA_TTABLE)
    code = err_set(err, ERR_ARG, "there is no saved state %lld: replay the cells", (long long)id);
  else if (lua_pcall(L, 1, 0, 0) != LUA_OK)
    code = err_set(err, ERR_LUA, "state %lld cannot be restored: %s", (long long)id, lua_tostring(L, -1));
  lua_settop(L, top);
  return code;
}

void host_drop_state(LuaHost *h, int64_t id) { luaL_unref(h->L, LUA_REGISTRYINDEX, (int)id); }
