// The calling rule. Positional values come from the argument list or, when the one argument is a plain table, from its
// list part; named ones from that table's other keys, or from a last table that has no list part. Both are checked
// against the function's Param table and written into its options struct.
#include "bind/bind_int.h"

#include "base/near.h"
#include "base/numfmt.h"

#include <stdlib.h>

bool is_plain_table(lua_State *L, int place) {
  if (!lua_istable(L, place)) return false;
  if (!lua_getmetatable(L, place)) return true;
  lua_pop(L, 1);
  return false;
}

const char *kind_of(lua_State *L, int place) {
  const Class *k = box_class(L, place);
  if (k) return k->article;
  switch (lua_type(L, place)) {
  case LUA_TNONE:
  case LUA_TNIL: return "nothing";
  case LUA_TBOOLEAN: return lua_toboolean(L, place) ? "true" : "false";
  case LUA_TNUMBER: return "a number";
  case LUA_TSTRING: return "a string";
  case LUA_TTABLE: return "a table";
  case LUA_TFUNCTION: return "a function";
  default: return "another kind of value";
  }
}

static ErrCode wrong_kind(Call *c, const Param *p, int place) {
  return err_set(c->err, ERR_ARG, "%s: %s must be %s, %s was given", c->owner, p->name, param_describe(p, c->arena),
                 kind_of(c->L, place));
}

static bool is_string(lua_State *L, int place) { return lua_type(L, place) == LUA_TSTRING; }

// {18, 65.5}: each number as text with all its digits.
static ErrCode call_numbers(Call *c, const Param *p, int place, Names *out) {
  lua_State *L = c->L;
  bool one = lua_type(L, place) == LUA_TNUMBER;
  int64_t n = one ? 1 : is_plain_table(L, place) ? (int64_t)lua_rawlen(L, place) : -1;
  if (n < 0) return wrong_kind(c, p, place);
  *out = (Names){arena_array(c->arena, const char *, n), n};
  for (int64_t i = 0; i < n; i++) {
    char *text = arena_alloc(c->arena, NUMFMT_MAX);
    if (one) lua_pushvalue(L, place);
    else lua_rawgeti(L, place, i + 1);
    if (!lua_isnumber(L, -1))
      return err_set(c->err, ERR_ARG, "%s: %s must be a list of numbers, entry %lld is %s", c->owner, p->name,
                     (long long)i + 1, kind_of(L, -1));
    fmt_shortest(text, NUMFMT_MAX, lua_tonumber(L, -1));
    out->name[i] = text;
    lua_pop(L, 1);
  }
  return OK;
}

// {["N.Y."] = "NY"}: each key and behind it its text, keys in order.
static ErrCode call_pairs(Call *c, const Param *p, int place, Names *out) {
  lua_State *L = c->L;
  if (!is_plain_table(L, place)) return wrong_kind(c, p, place);
  push_sorted_keys(L, place);
  int keys = lua_gettop(L);
  int64_t n = (int64_t)lua_rawlen(L, keys);
  *out = (Names){arena_array(c->arena, const char *, 2 * n), 2 * n};
  for (int64_t i = 0; i < n; i++) {
    lua_rawgeti(L, keys, i + 1);
    const char *key = is_string(L, -1) ? lua_tostring(L, -1) : NULL; // the table keeps both alive
    if (key) lua_rawget(L, place);
    if (!key || !is_string(L, -1))
      return err_set(c->err, ERR_ARG, "%s: %s must be %s, %s is %s", c->owner, p->name, param_describe(p, c->arena),
                     key ? key : "a key", kind_of(L, -1));
    out->name[2 * i] = key, out->name[2 * i + 1] = lua_tostring(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return OK;
}

ErrCode call_names(Call *c, int place, const char *what, Names *out) {
  lua_State *L = c->L;
  if (is_string(L, place)) {
    out->name = arena_array(c->arena, const char *, 1), out->n = 1;
    out->name[0] = lua_tostring(L, place);
    return OK;
  }
  int64_t n = is_plain_table(L, place) ? (int64_t)lua_rawlen(L, place) : -1;
  if (n < 0)
    return err_set(c->err, ERR_ARG, "%s: %s must be a name or a list of names, %s was given", c->owner, what,
                   kind_of(L, place));
  out->name = arena_array(c->arena, const char *, n), out->n = n;
  for (int64_t i = 0; i < n; i++) {
    lua_rawgeti(L, place, i + 1); // the table keeps the string alive
    bool good = is_string(L, -1);
    out->name[i] = good ? lua_tostring(L, -1) : NULL;
    if (!good)
      return err_set(c->err, ERR_ARG, "%s: %s must be a list of names, entry %lld is %s", c->owner, what,
                     (long long)i + 1, kind_of(L, -1));
    lua_pop(L, 1);
  }
  return OK;
}

// "balanced", or {yes=5, no=1}: each name, and its weight as text with all its digits.
static ErrCode call_weights(Call *c, const Param *p, int place, Names *out) {
  lua_State *L = c->L;
  if (is_string(L, place)) return call_names(c, place, p->name, out);
  if (!is_plain_table(L, place)) return wrong_kind(c, p, place);
  if (lua_rawgeti(L, place, 1) == LUA_TSTRING && lua_rawlen(L, place) == 1) return call_names(c, place, p->name, out);
  push_sorted_keys(L, place);
  int keys = lua_gettop(L);
  int64_t n = (int64_t)lua_rawlen(L, keys);
  *out = (Names){arena_array(c->arena, const char *, 2 * n), 2 * n};
  for (int64_t i = 0; i < n; i++) {
    char *text = arena_alloc(c->arena, NUMFMT_MAX);
    lua_rawgeti(L, keys, i + 1);
    lua_pushvalue(L, -1);
    lua_rawget(L, place);
    if (!lua_isnumber(L, -1) || (!is_string(L, -2) && lua_type(L, -2) != LUA_TNUMBER))
      return wrong_kind(c, p, lua_gettop(L));
    fmt_shortest(text, NUMFMT_MAX, lua_tonumber(L, -1));
    out->name[2 * i] = arena_strdup(c->arena, lua_tostring(L, -2));
    out->name[2 * i + 1] = text;
    lua_pop(L, 2);
  }
  return OK;
}

// {size = {"S", "M"}}: "size: S < M" for each key.
static ErrCode call_orders(Call *c, const Param *p, int place, Names *out) {
  lua_State *L = c->L;
  push_sorted_keys(L, place);
  int keys = lua_gettop(L);
  int64_t n = (int64_t)lua_rawlen(L, keys);
  *out = (Names){arena_array(c->arena, const char *, n), n};
  for (int64_t i = 0; i < n; i++) {
    Names level;
    Str s = {0};
    lua_rawgeti(L, keys, i + 1);
    const char *key = is_string(L, -1) ? lua_tostring(L, -1) : NULL;
    if (!key) return wrong_kind(c, p, place);
    lua_rawget(L, place);
    TRY(call_names(c, lua_gettop(L), key, &level));
    str_addf(&s, "%s: ", key);
    for (int64_t k = 0; k < level.n; k++) str_addf(&s, "%s%s", k ? " < " : "", level.name[k]);
    out->name[i] = arena_strndup(c->arena, str_c(&s), s.n);
    str_fini(&s);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return OK;
}

static ErrCode set_param(Call *c, const Param *p, int place) {
  lua_State *L = c->L;
  if (param_is_weights(p) && !lua_isnil(L, place)) {
    Names v;
    TRY(call_weights(c, p, lua_absindex(L, place), &v));
    return param_set_names(p, c->opts, v), OK;
  }
  if (param_is_numbers(p) && !lua_isnil(L, place)) {
    Names v;
    TRY(call_numbers(c, p, place, &v));
    return param_set_names(p, c->opts, v), OK;
  }
  if (param_is_pairs(p) && !lua_isnil(L, place)) {
    Names v;
    TRY(call_pairs(c, p, lua_absindex(L, place), &v));
    return param_set_names(p, c->opts, v), OK;
  }
  if (param_is_orders(p) && is_plain_table(L, place) && lua_rawlen(L, place) == 0) {
    Names v;
    TRY(call_orders(c, p, lua_absindex(L, place), &v));
    return param_set_names(p, c->opts, v), OK;
  }
  if (p->type == PARAM_VALUE) return param_set_value(p, c->opts, lua_absindex(L, place)), OK;
  switch (lua_type(L, place)) {
  case LUA_TNIL: return OK;
  case LUA_TBOOLEAN:
    if (p->type == PARAM_BOOL) return param_set_bool(p, c->owner, c->opts, lua_toboolean(L, place), c->err);
    break;
  case LUA_TNUMBER:
    if (p->type == PARAM_TEXT) return param_set_text(p, c->owner, c->opts, lua_tostring(L, place), c->err);
    if (p->type != PARAM_INT && p->type != PARAM_REAL) break;
    if (lua_isinteger(L, place)) return param_set_int(p, c->owner, c->opts, lua_tointeger(L, place), c->err);
    return param_set_real(p, c->owner, c->opts, lua_tonumber(L, place), c->err);
  case LUA_TSTRING:
    if (p->type == PARAM_TEXT || p->type == PARAM_CHOICE)
      return param_set_text(p, c->owner, c->opts, lua_tostring(L, place), c->err);
  }
  if (p->type != PARAM_NAMES) return wrong_kind(c, p, place);
  Names v;
  TRY(call_names(c, place, p->name, &v));
  param_set_names(p, c->opts, v);
  return OK;
}

static int params_count(const Param *t) {
  int n = 0;
  while (t && t[n].name) n++;
  return n;
}

// All values from `first` on, strings or lists of them, joined into the NAMES param; a VALUE gets the first place.
static ErrCode set_rest(Call *c, const Param *p, int first, int last) {
  if (p->type == PARAM_VALUE) {
    c->rest = last - first + 1;
    return param_set_value(p, c->opts, first), OK;
  }
  int64_t cap = 0, n = 0;
  for (int k = first; k <= last; k++) cap += lua_istable(c->L, k) ? (int64_t)lua_rawlen(c->L, k) : 1;
  const char **name = arena_array(c->arena, const char *, cap);
  for (int k = first; k <= last; k++) {
    Names v;
    TRY(call_names(c, k, p->name, &v));
    for (int64_t i = 0; i < v.n; i++) name[n++] = v.name[i];
  }
  param_set_names(p, c->opts, (Names){name, n});
  return OK;
}

static ErrCode set_positional(Call *c, const BindFn *f, int first, int last) {
  int given = last - first + 1, plain = f->rest ? f->npos - 1 : f->npos;
  for (int k = 0; k < given && k < plain; k++) TRY(set_param(c, &f->params[k], first + k));
  if (given <= plain) return OK;
  if (f->rest) return set_rest(c, &f->params[plain], first + plain, last);
  return err_set(c->err, ERR_ARG, "%s takes %s%d value%s, %d were given: %s", c->owner, plain ? "at most " : "", plain,
                 plain == 1 ? "" : "s", given, f->signature);
}

// An option under two of its names, the later one key i.
static ErrCode refuse_twice(Call *c, const Param *table, const Param *p, int keys, int64_t i) {
  lua_State *L = c->L;
  for (int64_t k = 1; k < i; k++) {
    lua_rawgeti(L, keys, k);
    const char *other = is_string(L, -1) ? lua_tostring(L, -1) : "";
    lua_pop(L, 1); // the table keeps it
    if (param_find(table, sv(other)) != p) continue;
    lua_rawgeti(L, keys, i);
    return err_set(c->err, ERR_ARG, "%s: '%s' and '%s' are one option: give one of them", c->owner, other,
                   lua_tostring(L, -1));
  }
  return OK;
}

static ErrCode set_named(Call *c, const BindFn *f, bool list_allowed) {
  lua_State *L = c->L;
  push_sorted_keys(L, c->table);
  int keys = lua_gettop(L);
  int64_t n = (int64_t)lua_rawlen(L, keys);
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, keys, i);
    if (lua_isinteger(L, -1) && list_allowed) {
      lua_pop(L, 1);
      continue;
    }
    if (!is_string(L, -1)) return err_set(c->err, ERR_ARG, "%s: option names are strings: %s", c->owner, f->signature);
    const char *key = lua_tostring(L, -1);
    const Param *p = f->params ? param_find(f->params, sv(key)) : NULL;
    if (p) TRY(refuse_twice(c, f->params, p, keys, i));
    static const Param none[] = {PARAM_END};
    if (!p && !f->open) return param_unknown(f->params ? f->params : none, c->owner, sv(key), c->err);
    lua_pushvalue(L, -1);
    lua_rawget(L, c->table); // stays on the stack: options may borrow it, VALUEs keep its place
    lua_remove(L, -2);
    if (p) TRY(set_param(c, p, lua_gettop(L)));
    luaL_checkstack(L, 8, "too many options");
  }
  return OK;
}

// The stack grows by the values of a spread table, which keeps borrowed strings alive until the call returns.
static ErrCode read_args(Call *c, const BindFn *f, int first) {
  lua_State *L = c->L;
  int last = lua_gettop(L), n = last - first + 1;
  if (f->params) param_defaults(f->params, c->opts);
  const Param *seed = f->params ? param_find(f->params, sv("seed")) : NULL;
  if (seed && seed->type == PARAM_INT) *(int64_t *)((char *)c->opts + seed->offset) = (int64_t)c->host->seed;
  bool spread = n == 1 && !f->whole && is_plain_table(L, first);
  bool options = n >= 2 && !f->whole && is_plain_table(L, last) && lua_rawlen(L, last) == 0;
  if (spread || options) c->table = spread ? first : last;
  if (spread) {
    int64_t m = (int64_t)lua_rawlen(L, first);
    luaL_checkstack(L, (int)(m < 100000 ? m : 100000) + 16, "too many values");
    for (int64_t i = 1; i <= m; i++) lua_rawgeti(L, first, i);
    first = last + 1, last = lua_gettop(L);
  } else if (options) {
    last--;
  }
  TRY(set_positional(c, f, first, last));
  if (c->table) TRY(set_named(c, f, spread));
  for (int k = 0; k < params_count(f->params); k++) {
    const Param *p = &f->params[k];
    bool by_place = k < last - first + 1 && !lua_isnoneornil(L, first + k);
    if (p->dflt || by_place) continue;
    if (c->table) {
      bool given = lua_getfield(L, c->table, p->name) != LUA_TNIL;
      lua_pop(L, 1);
      if (given) continue;
    }
    return err_set(c->err, ERR_ARG, "%s needs %s: %s", c->owner, p->name, f->signature);
  }
  return OK;
}

ErrCode call_open_args(Call *c, const Param *params, Named **out, int *n) {
  lua_State *L = c->L;
  *n = 0;
  if (!c->table) return OK;
  push_sorted_keys(L, c->table);
  int keys = lua_gettop(L);
  int64_t nkey = (int64_t)lua_rawlen(L, keys);
  *out = arena_array(c->arena, Named, nkey);
  for (int64_t i = 1; i <= nkey; i++) {
    luaL_checkstack(L, 8, "too many names");
    lua_rawgeti(L, keys, i);
    if (!is_string(L, -1) || (params && param_find(params, sv(lua_tostring(L, -1))))) {
      lua_pop(L, 1);
      continue;
    }
    const char *key = lua_tostring(L, -1);
    lua_rawget(L, c->table); // the key stays alive in the table
    (*out)[(*n)++] = (Named){key, lua_gettop(L)};
  }
  return OK;
}

// ---- the call -----------------------------------------------------------------------------------------------------
typedef struct Scratch {
  Arena arena;
  Err err;
} Scratch;

static int scratch_gc(lua_State *L) {
  Scratch *s = lua_touserdata(L, 1);
  arena_fini(&s->arena);
  return 0;
}

static Scratch *scratch_new(lua_State *L) {
  Scratch *s = lua_newuserdatauv(L, sizeof *s, 0);
  *s = (Scratch){0};
  if (luaL_newmetatable(L, "Scratch")) {
    lua_pushcfunction(L, scratch_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return s;
}

static int raise(lua_State *L, const Err *err) {
  luaL_where(L, 1);
  lua_pushstring(L, err->msg);
  lua_concat(L, 2);
  return lua_error(L);
}

static void unref_frame(void *f) { frame_unref(f); }

void call_remember(const Call *c, const char *verb, const Frame *of, const Param *params, const void *opts,
                   size_t size, const char *text) {
  Frame *answer = box_test(c->L, -1, &CLASS_FRAME);
  frame_set_asked(answer, asked_new(verb, "Frame", frame_ref(of), unref_frame, params, opts, size, text));
}

static int call_bound(lua_State *L) {
  const BindFn *f = lua_touserdata(L, lua_upvalueindex(1));
  const Class *k = lua_touserdata(L, lua_upvalueindex(2));
  Scratch *s = scratch_new(L);
  lua_insert(L, 1); // below the arguments, alive for the whole call
  LuaHost *h = host_of(L);
  Call c = {.L = L, .bind = f, .host = h, .job = h->job, .arena = &s->arena, .owner = f->name, .err = &s->err};
  int first = 2;
  if (k) {
    if (k == &CLASS_FRAME && plot_push_table(L, 2)) lua_replace(L, 2); // a verb of the table behind a plot
    c.self = box_test(L, 2, k);
    if (!c.self) return luaL_error(L, "%s is called with a colon: %s", f->name, f->signature);
    first = 3;
  }
  c.opts = arena_alloc(&s->arena, f->opts_size ? f->opts_size : 1);
  ErrCode code = read_args(&c, f, first);
  c.job->partial = f->partial;
  if (code == OK) code = f->fn(&c);
  host_settle(c.host);
  if (code == OK && f->asked) call_remember(&c, f->name, c.self, f->params, c.opts, f->opts_size, NULL);
  if (code != OK) return raise(L, &s->err);
  arena_fini(&s->arena);
  return c.nret;
}

void push_bound(lua_State *L, const BindFn *fn, const Class *of) {
  lua_pushlightuserdata(L, (void *)(uintptr_t)fn);
  lua_pushlightuserdata(L, (void *)(uintptr_t)of);
  lua_pushcclosure(L, call_bound, 2);
}
