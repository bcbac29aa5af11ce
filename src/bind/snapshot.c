// The user's globals for readers on other threads: names, kinds, what a plain value is in a word, and references to the
// engine objects, which are immutable and counted.
#include "bind/bind_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { TEXT_COLUMNS = 40 };

// ---- plain values in a word ----------------------------------------------------------------------------------------
static const char *count_of(Arena *a, int64_t n, const char *one, const char *many) {
  char buf[32];
  fmt_i64(buf, sizeof buf, n, true);
  return arena_printf(a, "%s %s", buf, n == 1 ? one : many);
}

static const char *quoted(Arena *a, Sv text) {
  size_t n = utf8_fit(text, TEXT_COLUMNS), line = 0;
  while (line < n && (unsigned char)text.s[line] >= ' ') line++;
  return arena_printf(a, line < text.n ? "\"%.*s…\"" : "\"%.*s\"", (int)line, text.s);
}

static const char *number(Arena *a, lua_State *L, int place) {
  char buf[NUMFMT_MAX];
  if (lua_isinteger(L, place)) fmt_i64(buf, sizeof buf, lua_tointeger(L, place), true);
  else fmt_sensible(buf, sizeof buf, lua_tonumber(L, place), 6);
  return arena_strdup(a, buf);
}

static int64_t entries(lua_State *L, int place) {
  int64_t n = 0;
  place = lua_absindex(L, place);
  for (lua_pushnil(L); lua_next(L, place); lua_pop(L, 1)) n++;
  return n;
}

static const char *column_text(Arena *a, const Column *c) {
  return arena_printf(a, "%s, %s", COLTYPES[c->type].name, count_of(a, c->n, "row", "rows"));
}

static const char *text_of(Arena *a, lua_State *L, int place) {
  Sv text;
  switch (lua_type(L, place)) {
  case LUA_TNUMBER: return number(a, L, place);
  case LUA_TBOOLEAN: return lua_toboolean(L, place) ? "true" : "false";
  case LUA_TTABLE: return count_of(a, entries(L, place), "item", "items");
  case LUA_TSTRING:
    text.s = lua_tolstring(L, place, &text.n);
    return quoted(a, text);
  default: break;
  }
  const Column *c = column_test(L, place);
  const Plot *p = plot_test(L, place);
  return c ? column_text(a, c) : p ? count_of(a, p->n, "row", "rows") : "";
}

// ---- the snapshot --------------------------------------------------------------------------------------------------
static const char *kind_name(const Class *k, lua_State *L, int place) {
  if (!k) return lua_typename(L, lua_type(L, place));
  return k == &CLASS_LEARNER ? "Pipeline" : k->name;
}

static void add_object(HostSnapshot *s, lua_State *L, const char *name, int place) {
  const Class *k = box_class(L, place);
  HostObject *o = &s->item[s->n++];
  o->name = arena_strdup(&s->arena, name);
  o->kind = arena_strdup(&s->arena, kind_name(k, L, place));
  o->text = text_of(&s->arena, L, place);
  o->k = k;
  void *object = k ? box_test(L, place, k) : NULL;
  if (k == &CLASS_FRAME) o->frame = frame_ref(object);
  else if (k == &CLASS_LEARNER) o->learner = learner_ref(object);
  else if (k == &CLASS_MODEL) o->model = model_ref(object);
  else if (k == &CLASS_EVALUATION) o->evaluation = eval_ref(object);
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
  for (int64_t i = 0; i < s->n; i++) {
    frame_unref(s->item[i].frame);
    learner_unref(s->item[i].learner);
    model_unref(s->item[i].model);
    eval_unref(s->item[i].evaluation);
  }
  arena_fini(&s->arena);
  free(s);
}

const HostObject *snapshot_find(const HostSnapshot *s, Sv name) {
  for (int64_t i = 0; s && i < s->n; i++)
    if (sv_is(name, s->item[i].name)) return &s->item[i];
  return NULL;
}
