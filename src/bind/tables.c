// Lua tables into columns and frames, and cells and rows back into Lua values.
#include "bind/bind_int.h"

#include "base/numfmt.h"

typedef enum { LIST_EMPTY, LIST_BOOL, LIST_INT, LIST_REAL, LIST_TEXT } ListKind;

static ListKind entry_kind(lua_State *L, int place) {
  switch (lua_type(L, place)) {
  case LUA_TBOOLEAN: return LIST_BOOL;
  case LUA_TNUMBER: return lua_isinteger(L, place) ? LIST_INT : LIST_REAL;
  case LUA_TSTRING: return LIST_TEXT;
  default: return LIST_EMPTY;
  }
}

static bool is_list_number(ListKind k) { return k == LIST_INT || k == LIST_REAL; }

static ErrCode list_kind(Call *c, int place, int64_t n, const char *name, ListKind *kind) {
  lua_State *L = c->L;
  *kind = LIST_EMPTY;
  for (int64_t i = 1; i <= n; i++) {
    lua_rawgeti(L, place, i);
    ListKind k = entry_kind(L, -1);
    if (k == LIST_EMPTY && !lua_isnil(L, -1))
      return err_set(c->err, ERR_TYPE, "column '%s': entry %lld is %s; a column holds numbers, strings or booleans",
                     name, (long long)i, kind_of(L, -1));
    if (k != LIST_EMPTY && *kind != LIST_EMPTY && k != *kind && !(is_list_number(k) && is_list_number(*kind)))
      return err_set(c->err, ERR_TYPE, "column '%s': entry %lld is %s, the entries before it are of another kind", name,
                     (long long)i, kind_of(L, -1));
    lua_pop(L, 1);
    if (k > *kind) *kind = k;
  }
  return OK;
}

static ErrCode text_from_list(Call *c, int place, int64_t n, Column **out) {
  lua_State *L = c->L;
  TextBuilder b;
  textb_init(&b, c->job);
  ErrCode code = OK;
  for (int64_t i = 1; i <= n && code == OK; i++) {
    lua_rawgeti(L, place, i);
    Sv text;
    text.s = lua_tolstring(L, -1, &text.n);
    code = text.s ? textb_add(&b, text, c->err) : textb_add_missing(&b, c->err);
    lua_pop(L, 1);
  }
  Column *made = NULL, *cat = NULL;
  if (code == OK) code = textb_take(&b, &made, c->err);
  textb_fini(&b);
  if (code != OK) return code;
  code = column_to_cat(c->job, made, category_most(n), &cat, c->err);
  *out = cat ? cat : column_ref(made);
  column_unref(made);
  return code;
}

ErrCode column_from_list(Call *c, int place, int64_t n, const char *name, Column **out) {
  lua_State *L = c->L;
  ListKind kind;
  TRY(list_kind(c, place, n, name, &kind));
  if (kind == LIST_TEXT) return text_from_list(c, place, n, out);
  ColType type = kind == LIST_BOOL ? COL_BOOL : kind == LIST_INT ? COL_I64 : COL_F64;
  Column *made;
  TRY(column_new(c->job, type, n, NULL, &made, c->err));
  for (int64_t i = 0; i < n; i++) {
    ErrCode code = OK;
    if (lua_rawgeti(L, place, i + 1) == LUA_TNIL) code = column_set_missing(made, i, c->err);
    else if (type == COL_BOOL) made->b[i] = (uint8_t)lua_toboolean(L, -1);
    else if (type == COL_I64) made->i[i] = lua_tointeger(L, -1);
    else made->f[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
    if (code != OK) return column_unref(made), code;
  }
  *out = made;
  return OK;
}

// Largest integer key, so that {1, nil, 3} has three entries.
static int64_t list_length(lua_State *L, int place) {
  int64_t n = 0;
  for (lua_pushnil(L); lua_next(L, place); lua_pop(L, 1))
    if (lua_isinteger(L, -2) && lua_tointeger(L, -2) > n) n = lua_tointeger(L, -2);
  return n;
}

// The column under `place`: a list or a column object.
static ErrCode add_column(Call *c, const char *name, int place, Frame **f) {
  const Column *shared = column_test(c->L, place);
  if (!shared && !is_plain_table(c->L, place))
    return err_set(c->err, ERR_ARG, "frame: '%s' must be a list of values, %s was given", name, kind_of(c->L, place));
  int64_t n = shared ? shared->n : list_length(c->L, place);
  TRY(job_need(c->job, n * 8, "a column", c->err));
  Column *made = NULL;
  if (shared) made = column_ref(shared);
  else TRY(column_from_list(c, place, n, name, &made));
  if (!*f) *f = frame_new(n);
  return frame_add(*f, name, made, c->err);
}

static ErrCode add_pair(Call *c, int place, int64_t i, Frame **f) {
  lua_State *L = c->L;
  if (!is_plain_table(L, place) || lua_rawgeti(L, place, 1) != LUA_TSTRING)
    return err_set(c->err, ERR_ARG, "frame: entry %lld must be {\"name\", {values}}", (long long)i);
  lua_rawgeti(L, place, 2);
  return add_column(c, lua_tostring(L, -2), lua_gettop(L), f);
}

ErrCode frame_from_table(Call *c, int place, Frame **out) {
  lua_State *L = c->L;
  push_sorted_keys(L, place);
  int keys = lua_gettop(L);
  int64_t n = (int64_t)lua_rawlen(L, keys);
  for (int64_t i = 1; i <= n; i++) {
    luaL_checkstack(L, 8, "too many columns");
    int top = lua_gettop(L);
    lua_rawgeti(L, keys, i);
    bool named = lua_type(L, -1) == LUA_TSTRING;
    lua_pushvalue(L, -1);
    lua_rawget(L, place);
    if (named) TRY(add_column(c, lua_tostring(L, -2), lua_gettop(L), out));
    else TRY(add_pair(c, lua_gettop(L), i, out));
    lua_settop(L, top);
  }
  lua_settop(L, keys - 1);
  if (!*out) *out = frame_new(0);
  return OK;
}

void push_cell(lua_State *L, const Column *c, int64_t row) {
  if (!col_valid(c, row)) {
    lua_pushnil(L);
  } else if (col_is_text(c)) {
    Sv text = col_text(c, row);
    lua_pushlstring(L, text.s, text.n);
  } else if (c->type == COL_F64) {
    lua_pushnumber(L, c->f[row]);
  } else if (c->type == COL_I64) {
    lua_pushinteger(L, c->i[row]);
  } else if (c->type == COL_BOOL) {
    lua_pushboolean(L, c->b[row]);
  } else {
    Str text = {0};
    col_format(c, row, CELL_EXACT, &text);
    lua_pushlstring(L, text.s, text.n);
    str_fini(&text);
  }
}

void push_row(lua_State *L, const Frame *f, int64_t row) {
  lua_createtable(L, 0, frame_ncol(f));
  for (int j = 0; j < frame_ncol(f); j++) {
    push_cell(L, frame_at(f, j), row);
    lua_setfield(L, -2, frame_name(f, j));
  }
}
