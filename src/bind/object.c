// Engine objects in Lua: a box holds one reference and gives it back when Lua collects it.
#include "bind/bind_int.h"

#include "base/near.h"

typedef struct Box {
  void *object;
  const Class *k;
} Box;

static int box_gc(lua_State *L) {
  Box *b = lua_touserdata(L, 1);
  if (b->object) b->k->unref(b->object);
  b->object = NULL;
  return 0;
}

static int unknown_member(lua_State *L, const Class *k, const char *key) {
  Sv names[128] = {{0}};
  int64_t n = 0;
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); f->k == k && r->name && n < 128; r++) names[n++] = sv(r->name);
  char hint[300];
  near_hint(hint, sizeof hint, sv(key), names, n);
  return luaL_error(L, "%s has no '%s'%s", k->article, key, hint);
}

// Upvalue 1: the class, 2: the table of its bound methods.
static int box_index(lua_State *L) {
  const Class *k = lua_touserdata(L, lua_upvalueindex(1));
  if (k->index && k->index(L)) return 1;
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL) return 1;
  return unknown_member(L, k, luaL_tolstring(L, 2, NULL));
}

static int box_newindex(lua_State *L) {
  const Class *k = lua_touserdata(L, lua_upvalueindex(1));
  return luaL_error(L, "%s never changes: make a new one, for example d = d:derive{\"%s = ...\"}", k->article,
                    luaL_tolstring(L, 2, NULL));
}

static void push_methods(lua_State *L, const Class *k) {
  lua_newtable(L);
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); f->k == k && r->name; r++) {
      push_bound(L, r, k);
      lua_setfield(L, -2, r->name);
    }
}

void class_open(lua_State *L, const Class *k) {
  luaL_newmetatable(L, k->name);
  lua_pushcfunction(L, box_gc);
  lua_setfield(L, -2, "__gc");
  lua_pushlightuserdata(L, (void *)(uintptr_t)k);
  push_methods(L, k);
  lua_pushcclosure(L, box_index, 2);
  lua_setfield(L, -2, "__index");
  lua_pushlightuserdata(L, (void *)(uintptr_t)k);
  lua_pushcclosure(L, box_newindex, 1);
  lua_setfield(L, -2, "__newindex");
  lua_pushstring(L, k->name);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

// Pushes the table of a class's bound methods, the second upvalue of its __index.
static void push_bound_methods(lua_State *L, const Class *k) {
  luaL_getmetatable(L, k->name);
  lua_getfield(L, -1, "__index");
  lua_getupvalue(L, -1, 2);
  lua_replace(L, -3);
  lua_pop(L, 1);
}

void class_add(lua_State *L, const Class *k, const BindFn *row) {
  push_bound_methods(L, k);
  push_bound(L, row, k);
  lua_setfield(L, -2, row->name);
  lua_pop(L, 1);
}

bool class_push(lua_State *L, const Class *k, const char *name) {
  push_bound_methods(L, k);
  bool found = lua_getfield(L, -1, name) != LUA_TNIL;
  lua_remove(L, -2);
  return found;
}

void **box_new(lua_State *L, const Class *k) {
  Box *b = lua_newuserdatauv(L, sizeof *b, 1);
  *b = (Box){NULL, k};
  luaL_setmetatable(L, k->name);
  return &b->object;
}

void *box_test(lua_State *L, int place, const Class *k) {
  Box *b = luaL_testudata(L, place, k->name);
  return b ? b->object : NULL;
}

const Class *box_class(lua_State *L, int place) {
  if (lua_type(L, place) != LUA_TUSERDATA || !lua_getmetatable(L, place)) return NULL;
  lua_pushcfunction(L, box_gc);
  bool box = lua_getfield(L, -2, "__gc") == LUA_TFUNCTION && lua_rawequal(L, -1, -2);
  lua_pop(L, 3);
  return box ? ((Box *)lua_touserdata(L, place))->k : NULL;
}

const BindFn *class_find(const Class *k, const char *name) {
  for (const Family *f = FAMILIES; f->prefix; f++)
    for (const BindFn *r = family_rows(f); f->k == k && r->name; r++)
      if (strcmp(r->name, name) == 0) return r;
  return NULL;
}

const Family FAMILIES[] = {{"", GLOBAL_ROWS, NULL},
                           {"", LEARN_ROWS, NULL},
                           {"", CV_ROWS, NULL},
                           {"stats.", STATS_ROWS, NULL},
                           {"explain.", EXPLAIN_MODEL_ROWS, NULL},
                           {"d:", NULL, &CLASS_FRAME},
                           {"d:", GROUP_ROWS, &CLASS_FRAME},
                           {"d:", SHAPE_ROWS, &CLASS_FRAME},
                           {"d:", QUALITY_ROWS, &CLASS_FRAME},
                           {"d:", ASSOC_ROWS, &CLASS_FRAME},
                           {"d:", TABLE_ROWS, &CLASS_FRAME},
                           {"d:", REPORT_ROWS, &CLASS_FRAME},
                           {"d:", SPLIT_ROWS, &CLASS_FRAME},
                           {"g:", NULL, &CLASS_GROUPS},
                           {"c:", NULL, &CLASS_COLUMN},
                           {"p:", NULL, &CLASS_LEARNER},
                           {"p:", PREVIEW_ROWS, &CLASS_LEARNER},
                           {"p:", FLOW_ROWS, &CLASS_LEARNER},
                           {"v:", NULL, &CLASS_PREVIEW},
                           {"m:", NULL, &CLASS_MODEL},
                           {"m:", MODEL_FLOW_ROWS, &CLASS_MODEL},
                           {"m:", MODEL_TREE_ROWS, &CLASS_MODEL},
                           {"e:", NULL, &CLASS_EVALUATION},
                           {"e:", JUDGE_ROWS, &CLASS_EVALUATION},
                           {"e:", EVAL_EXPLAIN_ROWS, &CLASS_EVALUATION},
                           {"c:", NULL, &CLASS_PLOT},
                           {"r:", NULL, &CLASS_PROFILE},
                           {0}};

const BindFn *family_rows(const Family *f) { return f->functions ? f->functions : f->k->methods; }

ErrCode call_frame_arg(Call *c, int place, const char *what, const Frame **out) {
  *out = place ? box_test(c->L, place, &CLASS_FRAME) : NULL;
  if (*out) return OK;
  return err_set(c->err, ERR_ARG, "%s: %s must be a frame, %s was given", c->owner, what,
                 place ? kind_of(c->L, place) : "nothing");
}

static int inspect_both(lua_State *L) {
  inspect_lua(L, 1, lua_touserdata(L, 2));
  inspect_json(L, 1, lua_touserdata(L, 3));
  return 0;
}

// Protected, since a __tostring may fail or be stopped.
static ErrCode inspect_value(lua_State *L, int place, Str *text, Str *json, Err *err) {
  lua_pushcfunction(L, inspect_both);
  lua_pushvalue(L, place);
  lua_pushlightuserdata(L, text);
  lua_pushlightuserdata(L, json);
  if (lua_pcall(L, 3, 0, 0) == LUA_OK) return OK;
  const char *message = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "the value's __tostring fails";
  ErrCode code =
      host_cancelling(host_of(L)) ? err_set(err, ERR_CANCELLED, "stopped") : err_set(err, ERR_LUA, "%s", message);
  lua_pop(L, 1);
  return code;
}

ErrCode emit_value(lua_State *L, int place, Err *err) {
  LuaHost *h = host_of(L);
  HostValue v = {0};
  Frame *made = NULL;
  Str text = {0}, json = {0};
  const Class *k = box_class(L, place);
  ErrCode code = OK;
  if (k && k->emit) return k->emit(h, box_test(L, place, k), err);
  if (k) {
    code = k->value(h, box_test(L, place, k), &v, &made, err);
  } else if (lua_isinteger(L, place)) {
    v.kind = VALUE_INT, v.i = lua_tointeger(L, place);
  } else if (lua_type(L, place) == LUA_TNUMBER) {
    v.kind = VALUE_REAL, v.f = lua_tonumber(L, place);
  } else if (lua_type(L, place) == LUA_TBOOLEAN) {
    v.kind = VALUE_BOOL, v.b = lua_toboolean(L, place);
  } else if (lua_type(L, place) == LUA_TSTRING) {
    v.kind = VALUE_STRING, v.text = lua_tostring(L, place);
  } else {
    v.kind = VALUE_TABLE;
    code = inspect_value(L, place, &text, &json, err);
    v.text = str_c(&text), v.json = str_c(&json);
  }
  if (code == OK) h->ops.emit(h->ops.ctx, &v);
  frame_unref(made);
  str_fini(&text);
  str_fini(&json);
  return code;
}
