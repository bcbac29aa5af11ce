// The verbs of a frame, as Lua sees them.
#include "bind/bind_int.h"

#include "base/near.h"
#include "chart/chart.h"
#include "eval/eval.h"
#include "frame/expr.h"
#include "frame/verbs.h"
#include "stats/stats.h"

#include <stdlib.h>

// ---- rows ---------------------------------------------------------------------------------------------------------
typedef struct CountOpts {
  int64_t n;
} CountOpts;
static const Param HEAD[] = {{"n", PARAM_INT, offsetof(CountOpts, n), 0, PARAM_INF, "10", NULL, "how many rows"},
                             PARAM_END};

static ErrCode head(Call *c) {
  const CountOpts *o = c->opts;
  return frame_slice(c->job, c->self, 0, o->n, call_frame(c), c->err);
}

static ErrCode tail(Call *c) {
  const CountOpts *o = c->opts;
  int64_t nrow = frame_nrow(c->self), n = o->n < nrow ? o->n : nrow;
  return frame_slice(c->job, c->self, nrow - n, n, call_frame(c), c->err);
}

typedef struct SampleOpts {
  int64_t n, seed;
  double frac;
} SampleOpts;
static const Param SAMPLE[] = {
    {"n", PARAM_INT, offsetof(SampleOpts, n), 0, PARAM_INF, "-1", NULL, "how many rows"},
    {"frac", PARAM_REAL, offsetof(SampleOpts, frac), 0, 1, "-1", NULL, "share of the rows instead"},
    {"seed", PARAM_INT, offsetof(SampleOpts, seed), 0, PARAM_INF, "0", NULL, "the session's seed when not given"},
    PARAM_END};

static ErrCode sample(Call *c) {
  const SampleOpts *o = c->opts;
  int64_t n = o->n;
  if ((o->n < 0) == (o->frac < 0))
    return err_set(c->err, ERR_ARG, "sample needs either n or frac: d:sample{n=100} or d:sample{frac=0.1}");
  if (n < 0) n = (int64_t)(o->frac * (double)frame_nrow(c->self) + 0.5);
  return frame_sample(c->job, c->self, n, (uint64_t)o->seed, call_frame(c), c->err);
}

typedef struct NamesOpts {
  Names names;
} NamesOpts;
static const Param NAMES[] = {{"names", PARAM_NAMES, offsetof(NamesOpts, names), 0, 0, NULL, NULL, "column names"},
                              PARAM_END};
static const Param KEYS[] = {
    {"keys", PARAM_NAMES, offsetof(NamesOpts, names), 0, 0, NULL, NULL, "column names, \"-name\" for descending"},
    PARAM_END};
static const Param NAMES_OR_ALL[] = {
    {"names", PARAM_NAMES, offsetof(NamesOpts, names), 0, 0, "", NULL, "column names; all when none is given"},
    PARAM_END};

static ErrCode sort(Call *c) {
  const NamesOpts *o = c->opts;
  return frame_sort(c->job, c->self, &o->names, call_frame(c), c->err);
}

static ErrCode count(Call *c) {
  const NamesOpts *o = c->opts;
  return frame_count(c->job, c->self, &o->names, call_frame(c), c->err);
}

static ErrCode unique(Call *c) {
  const NamesOpts *o = c->opts;
  return frame_unique(c->job, c->self, &o->names, call_frame(c), c->err);
}

// ---- columns ------------------------------------------------------------------------------------------------------
static ErrCode select_(Call *c) {
  const NamesOpts *o = c->opts;
  return frame_select(c->self, &o->names, call_frame(c), c->err);
}

static ErrCode drop(Call *c) {
  const NamesOpts *o = c->opts;
  return frame_drop(c->self, &o->names, call_frame(c), c->err);
}

static ErrCode rename_(Call *c) {
  Named *named;
  int n;
  TRY(call_open_args(c, NULL, &named, &n));
  if (!n) return err_set(c->err, ERR_ARG, "rename needs pairs: d:rename{new=\"old\"}");
  Names from = {arena_array(c->arena, const char *, n), n}, to = {arena_array(c->arena, const char *, n), n};
  for (int k = 0; k < n; k++) {
    if (lua_type(c->L, named[k].place) != LUA_TSTRING)
      return err_set(c->err, ERR_ARG, "rename: %s must be the name of a column, %s was given", named[k].key,
                     kind_of(c->L, named[k].place));
    to.name[k] = named[k].key, from.name[k] = lua_tostring(c->L, named[k].place);
  }
  return frame_rename(c->self, &from, &to, call_frame(c), c->err);
}

// ---- expressions --------------------------------------------------------------------------------------------------
static ErrCode expr_args(Call *c, const Param *params, ExprArg **out, int *n) {
  lua_State *L = c->L;
  Named *named;
  TRY(call_open_args(c, params, &named, n));
  *out = arena_array(c->arena, ExprArg, *n);
  for (int k = 0; k < *n; k++) {
    int at = named[k].place;
    ExprArg *a = &(*out)[k];
    a->name = named[k].key;
    if (lua_isinteger(L, at)) a->kind = EXPR_ARG_INT, a->i = lua_tointeger(L, at);
    else if (lua_type(L, at) == LUA_TNUMBER) a->kind = EXPR_ARG_REAL, a->f = lua_tonumber(L, at);
    else if (lua_isboolean(L, at)) a->kind = EXPR_ARG_BOOL, a->b = lua_toboolean(L, at);
    else if (lua_type(L, at) == LUA_TSTRING) a->kind = EXPR_ARG_TEXT, a->text.s = lua_tolstring(L, at, &a->text.n);
    else
      return err_set(c->err, ERR_ARG, "%s: $%s must be a number, a string or a boolean, %s was given", c->owner,
                     a->name, kind_of(L, at));
  }
  return OK;
}

typedef struct WhereOpts {
  const char *cond;
} WhereOpts;
static const Param WHERE[] = {
    {"cond", PARAM_TEXT, offsetof(WhereOpts, cond), 0, 0, NULL, NULL, "condition over the columns"}, PARAM_END};

static ErrCode where(Call *c) {
  const WhereOpts *o = c->opts;
  ExprArg *arg;
  int n;
  TRY(expr_args(c, WHERE, &arg, &n));
  return frame_where(c->job, c->self, sv(o->cond), arg, n, call_frame(c), c->err);
}

// The function is called with each row as a table; its results make the column.
static ErrCode derive_by_function(Call *c, const Frame *f, const char *name, int fn, Frame **out) {
  lua_State *L = c->L;
  lua_newtable(L);
  int list = lua_gettop(L);
  for (int64_t i = 0; i < frame_nrow(f); i++) {
    TRY(job_tick(c->job, i, frame_nrow(f), c->err));
    lua_pushvalue(L, fn);
    push_row(L, f, i);
    lua_call(L, 1, 1);
    lua_rawseti(L, list, i + 1);
  }
  Column *made;
  TRY(column_from_list(c, list, frame_nrow(f), name, &made));
  lua_settop(L, list - 1);
  Names all = {arena_array(c->arena, const char *, frame_ncol(f)), 0};
  for (int j = 0; j < frame_ncol(f); j++)
    if (strcmp(frame_name(f, j), name) != 0) all.name[all.n++] = frame_name(f, j);
  ErrCode code = frame_select(f, &all, out, c->err);
  if (code != OK) return column_unref(made), code;
  return frame_add(*out, name, made, c->err);
}

// One step of a chain of frames: `next` takes the place of *now.
static ErrCode step(ErrCode code, Frame **now, Frame *next) {
  if (code != OK) {
    frame_unref(next);
    return code;
  }
  frame_unref(*now);
  *now = next;
  return OK;
}

static ErrCode derive_one(Call *c, const char *text, Frame **now) {
  Sv name, expr;
  Frame *next = NULL;
  TRY(expr_split(sv(text), &name, &expr, c->err));
  const char *target = arena_strndup(c->arena, name.s, name.n);
  ErrCode code = frame_derive(c->job, *now, target, expr, NULL, 0, &next, c->err);
  return step(code, now, next);
}

static ErrCode derive_named(Call *c, const Named *v, Frame **now) {
  Frame *next = NULL;
  ErrCode code;
  if (lua_isfunction(c->L, v->place)) code = derive_by_function(c, *now, v->key, v->place, &next);
  else if (lua_type(c->L, v->place) == LUA_TSTRING)
    code = frame_derive(c->job, *now, v->key, sv(lua_tostring(c->L, v->place)), NULL, 0, &next, c->err);
  else
    code = err_set(c->err, ERR_ARG, "derive: %s must be an expression in a string, %s was given", v->key,
                   kind_of(c->L, v->place));
  return step(code, now, next);
}

static ErrCode derive(Call *c) {
  const NamesOpts *o = c->opts;
  Named *named;
  int n;
  TRY(call_open_args(c, NAMES_OR_ALL, &named, &n));
  Frame **now = call_frame(c);
  *now = frame_ref(c->self);
  for (int64_t k = 0; k < o->names.n; k++) TRY(derive_one(c, o->names.name[k], now));
  for (int k = 0; k < n; k++) TRY(derive_named(c, &named[k], now));
  return OK;
}

// ---- looking ------------------------------------------------------------------------------------------------------

static ErrCode names(Call *c) {
  const Frame *f = c->self;
  lua_createtable(c->L, frame_ncol(f), 0);
  for (int j = 0; j < frame_ncol(f); j++) {
    lua_pushstring(c->L, frame_name(f, j));
    lua_rawseti(c->L, -2, j + 1);
  }
  c->nret = 1;
  return OK;
}

static ErrCode types(Call *c) {
  const Frame *f = c->self;
  lua_createtable(c->L, 0, frame_ncol(f));
  for (int j = 0; j < frame_ncol(f); j++) {
    lua_pushstring(c->L, COLTYPES[frame_at(f, j)->type].name);
    lua_setfield(c->L, -2, frame_name(f, j));
  }
  c->nret = 1;
  return OK;
}

typedef struct RowOpts {
  int64_t i;
} RowOpts;
static const Param ROW[] = {{"i", PARAM_INT, offsetof(RowOpts, i), 1, PARAM_INF, NULL, NULL, "row number, from 1"},
                            PARAM_END};

static ErrCode row(Call *c) {
  const RowOpts *o = c->opts;
  if (o->i > frame_nrow(c->self))
    return err_set(c->err, ERR_ARG, "row: there is no row %lld, the frame has %lld", (long long)o->i,
                   (long long)frame_nrow(c->self));
  push_row(c->L, c->self, o->i - 1);
  c->nret = 1;
  return OK;
}

// Upvalues: the frame, the next row.
static int rows_step(lua_State *L) {
  const Frame *f = box_test(L, lua_upvalueindex(1), &CLASS_FRAME);
  lua_Integer i = lua_tointeger(L, lua_upvalueindex(2));
  if (i >= frame_nrow(f)) return lua_pushnil(L), 1;
  lua_pushinteger(L, i + 1);
  lua_replace(L, lua_upvalueindex(2));
  push_row(L, f, i);
  return 1;
}

static ErrCode rows(Call *c) {
  *box_new(c->L, &CLASS_FRAME) = frame_ref(c->self);
  lua_pushinteger(c->L, 0);
  lua_pushcclosure(c->L, rows_step, 2);
  c->nret = 1;
  return OK;
}

typedef struct NameOpts {
  const char *name;
} NameOpts;
static const Param NAME[] = {{"name", PARAM_TEXT, offsetof(NameOpts, name), 0, 0, NULL, NULL, "name of the column"},
                             PARAM_END};

static ErrCode col(Call *c) {
  const NameOpts *o = c->opts;
  int j;
  TRY(frame_col(c->self, sv(o->name), &j, c->err));
  push_column(c->L, c->self, j);
  c->nret = 1;
  return OK;
}

static ErrCode origin(Call *c, const Frame *part) {
  if (!part)
    return err_set(c->err, ERR_ARG, "%s belongs to a frame as data(...) read it; this one was computed", c->owner);
  *call_frame(c) = frame_ref(part);
  return OK;
}

static ErrCode ledger(Call *c) { return origin(c, frame_ledger(c->self)); }
static ErrCode quarantine(Call *c) { return origin(c, frame_quarantine(c->self)); }

static const Param PATH[] = {
    {"path", PARAM_TEXT, offsetof(NameOpts, name), 0, 0, NULL, NULL, "file to write; the suffix names the format"},
    PARAM_END};

static ErrCode save(Call *c) {
  const NameOpts *o = c->opts;
  return io_write(c->job, &c->host->ops.door, c->self, o->name, c->err);
}

static const BindFn METHODS[] = {
    {"names", "d:names()", "the column names as a list", names, .example = "return data('iris'):names()"},
    {"types", "d:types()", "column name = type", types, .example = "return data('iris'):types()"},
    {"head", "d:head(n)", "the first n rows", head, BIND_OPTS(CountOpts, HEAD), .npos = 1,
     .example = "return data('iris'):head(3)"},
    {"tail", "d:tail(n)", "the last n rows", tail, BIND_OPTS(CountOpts, HEAD), .npos = 1,
     .example = "return data('iris'):tail(3)"},
    {"sample", "d:sample{n=, frac=}", "rows drawn without replacement, in row order", sample,
     BIND_OPTS(SampleOpts, SAMPLE), .npos = 1, .example = "return data('iris'):sample{n=5}"},
    {"select", "d:select{\"a\", \"b\"}", "only these columns, in this order", select_, BIND_OPTS(NamesOpts, NAMES),
     .npos = 1, .rest = true, .example = "return data('iris'):select{'class'}:head(2)"},
    {"drop", "d:drop{\"a\"}", "all columns but these", drop, BIND_OPTS(NamesOpts, NAMES), .npos = 1, .rest = true,
     .example = "return data('iris'):drop{'class'}:head(2)"},
    {"rename", "d:rename{new=\"old\"}", "other names for columns", rename_, .open = true,
     .example = "return data('iris'):rename{species='class'}:names()"},
    {"where", "d:where(\"age > $lo\", {lo=30})", "the rows for which the condition is true", where,
     BIND_OPTS(WhereOpts, WHERE), .npos = 1, .open = true,
     .example = "return data('titanic'):where \"age > 60 and sex == 'female'\""},
    {"derive", "d:derive{\"ratio = price / sqft\"}", "new columns from expressions, in order", derive,
     BIND_OPTS(NamesOpts, NAMES_OR_ALL), .npos = 1, .rest = true, .open = true,
     .example = "return data('iris'):derive{'area = petal_length_cm * petal_width_cm'}:head(2)"},
    {"sort", "d:sort{\"-fare\", \"age\"}", "rows in order; missing last", sort, BIND_OPTS(NamesOpts, KEYS), .npos = 1,
     .rest = true, .example = "return data('titanic'):sort{'-age'}:head(3)"},
    {"count", "d:count{\"class\"}", "rows of each combination, most frequent first", count, BIND_OPTS(NamesOpts, NAMES),
     .npos = 1, .rest = true, .asked = true, .example = "return data('titanic'):count{'sex', 'survived'}"},
    {"unique", "d:unique{\"class\"}", "the first row of each combination", unique, BIND_OPTS(NamesOpts, NAMES_OR_ALL),
     .npos = 1, .rest = true, .example = "return data('titanic'):unique{'passengerClass'}"},
    {"split", "train, test = d:split{test=0.25, stratify=\"y\"}", "rows drawn into parts", bind_split, .params = SPLIT,
     .opts_size = sizeof(SplitOpts),
     .example = "local a, b = data('iris'):split{test=0.2, stratify='class'} return b:count{'class'}"},
    {"row", "d:row(i)", "row i as a table", row, BIND_OPTS(RowOpts, ROW), .npos = 1,
     .example = "return data('iris'):row(1)"},
    {"rows", "for r in d:rows() do", "the rows in turn, each as a table", rows,
     .example = "local n = 0 for r in data('iris'):rows() do n = n + 1 end return n"},
    {"col", "d:col \"age\"", "a column", col, BIND_OPTS(NameOpts, NAME), .npos = 1,
     .example = "return data('iris'):col('class'):n()"},
    {"ledger", "d:ledger()", "what the reader decided for each column, and why", ledger,
     .example = "return data('titanic'):ledger()"},
    {"quarantine", "d:quarantine()", "the lines that could not be read, kept", quarantine,
     .example = "return data('titanic'):quarantine()"},
    {"save", "d:save \"x.csv\"", "writes the frame; the suffix names the format", save, BIND_OPTS(NameOpts, PATH),
     .npos = 1, .example = "data('iris'):head(3):save 'iris-head.csv'"},
    {0}};

static void unref(void *object) { frame_unref(object); }

static int unknown_member(lua_State *L, const Frame *f, Sv key) {
  int ncol = frame_ncol(f), n = 0;
  size_t nchart = 0;
  while (chart_types()[nchart]) nchart++;
  size_t nverb = 0;
  for (const Family *v = FAMILIES; v->prefix; v++)
    for (const BindFn *m = family_rows(v); v->k == &CLASS_FRAME && m->name; m++) nverb++;
  Sv *names = lua_newuserdatauv(L, ((size_t)ncol + nverb + nchart) * sizeof *names, 0);
  for (int j = 0; j < ncol; j++) names[n++] = sv(frame_name(f, j));
  for (const Family *v = FAMILIES; v->prefix; v++)
    for (const BindFn *m = family_rows(v); v->k == &CLASS_FRAME && m->name; m++) names[n++] = sv(m->name);
  for (const ChartType *const *t = chart_types(); *t; t++) names[n++] = sv((*t)->name);
  int64_t near = near_find(key, names, n);
  if (near >= 0) return luaL_error(L, "no column or verb '%s': did you mean '%s'?", key.s, names[near].s);
  char hint[300];
  near_hint(hint, sizeof hint, key, names, ncol);
  return luaL_error(L, "no column or verb '%s'%s", key.s, hint);
}

// d.age: a column before a verb; d.nrow and d.ncol where no column has that name.
static int index_frame(lua_State *L) {
  const Frame *f = box_test(L, 1, &CLASS_FRAME);
  if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "a frame has named columns: d.age or d[\"age\"]");
  Sv key;
  key.s = lua_tolstring(L, 2, &key.n);
  int j = frame_find(f, key);
  if (j >= 0) return push_column(L, f, j), 1;
  if (sv_is(key, "nrow")) return lua_pushinteger(L, frame_nrow(f)), 1;
  if (sv_is(key, "ncol")) return lua_pushinteger(L, frame_ncol(f)), 1;
  return class_push(L, &CLASS_FRAME, key.s) ? 1 : unknown_member(L, f, key);
}

static ErrCode value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  (void)h, (void)made, (void)err;
  *out = (HostValue){.kind = VALUE_FRAME, .frame = object, .title = frame_caption(object)};
  return OK;
}

const Class CLASS_FRAME = {"Frame", "a frame", METHODS, unref, index_frame, value, NULL};

static int length(lua_State *L) {
  lua_pushinteger(L, frame_nrow(box_test(L, 1, &CLASS_FRAME)));
  return 1;
}

void frame_open(lua_State *L) {
  class_open(L, &CLASS_FRAME);
  luaL_getmetatable(L, CLASS_FRAME.name);
  lua_pushcfunction(L, length);
  lua_setfield(L, -2, "__len");
  lua_pop(L, 1);
}
