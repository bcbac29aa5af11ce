// A column of a frame as an object: d.age. It knows its frame, so that d.count is the column and d:count{...} still the
// verb, and so that comparing it in plain Lua can say which string to write instead.
#include "bind/bind_int.h"

#include "frame/verbs.h"
#include "num/num.h"

#include <stdlib.h>

typedef struct BoundColumn {
  Frame *frame;
  int j;
} BoundColumn;

static const Column *column_of(const BoundColumn *b) { return frame_at(b->frame, b->j); }
static const char *name_of(const BoundColumn *b) { return frame_name(b->frame, b->j); }

static void bound_unref(void *object) {
  BoundColumn *b = object;
  frame_unref(b->frame);
  free(b);
}

void push_column(lua_State *L, const Frame *f, int j) {
  void **slot = box_new(L, &CLASS_COLUMN);
  BoundColumn *b = calloc(1, sizeof *b);
  if (!b) abort();
  b->frame = frame_ref(f), b->j = j;
  *slot = b;
}

const Column *column_test(lua_State *L, int place) {
  BoundColumn *b = box_test(L, place, &CLASS_COLUMN);
  return b ? column_of(b) : NULL;
}

static ErrCode column_value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  (void)h;
  BoundColumn *b = object;
  *made = frame_new(frame_nrow(b->frame));
  TRY(frame_add(*made, name_of(b), column_ref(column_of(b)), err));
  *out = (HostValue){.kind = VALUE_FRAME, .frame = *made};
  return OK;
}

// ---- verbs --------------------------------------------------------------------------------------------------------
// The present values; *x is freed by the caller.
static ErrCode numbers_of(Call *c, double **x, int64_t *n) {
  const BoundColumn *b = c->self;
  const Column *col = column_of(b);
  if (!col_is_number(col))
    return err_set(c->err, ERR_TYPE, "%s needs numbers: column '%s' is of type %s", c->owner, name_of(b),
                   COLTYPES[col->type].name);
  TRY(job_need(c->job, col->n * 8, c->owner, c->err));
  *x = mem_new((size_t)col->n * sizeof **x);
  if (!*x) return err_set(c->err, ERR_MEMORY, "no memory for %s of '%s'", c->owner, name_of(b));
  *n = col_present_f64(col, *x);
  return OK;
}

static ErrCode moments_of(Call *c, Moments *m) {
  double *x;
  int64_t n;
  TRY(numbers_of(c, &x, &n));
  *m = moments_f64(c->job, x, n);
  mem_free(x);
  return OK;
}

static void push_real(Call *c, double v) {
  lua_pushnumber(c->L, v);
  c->nret = 1;
}

// An integer column answers in integers.
static void push_like(Call *c, double v) {
  bool whole = column_of(c->self)->type == COL_I64 && v == (double)(int64_t)v;
  if (whole) lua_pushinteger(c->L, (int64_t)v);
  else lua_pushnumber(c->L, v);
  c->nret = 1;
}

static ErrCode column_mean(Call *c) {
  Moments m;
  TRY(moments_of(c, &m));
  push_real(c, m.n ? m.mean : 0.0 / 0.0);
  return OK;
}

static ErrCode column_var(Call *c) {
  Moments m;
  TRY(moments_of(c, &m));
  push_real(c, moments_var(&m));
  return OK;
}

static ErrCode column_sd(Call *c) {
  Moments m;
  TRY(moments_of(c, &m));
  push_real(c, __builtin_sqrt(moments_var(&m)));
  return OK;
}

static ErrCode column_min(Call *c) {
  Moments m;
  TRY(moments_of(c, &m));
  if (m.n) push_like(c, m.min);
  return OK;
}

static ErrCode column_max(Call *c) {
  Moments m;
  TRY(moments_of(c, &m));
  if (m.n) push_like(c, m.max);
  return OK;
}

static ErrCode column_sum(Call *c) {
  double *x;
  int64_t n;
  TRY(numbers_of(c, &x, &n));
  push_like(c, sum_f64(c->job, x, n));
  mem_free(x);
  return OK;
}

static ErrCode quantile_of(Call *c, double p, int type) {
  double *x, q;
  int64_t n;
  TRY(numbers_of(c, &x, &n));
  ErrCode code = quantile_f64(c->job, x, n, type, &p, 1, &q, c->err);
  mem_free(x);
  if (code == OK && n) push_real(c, q);
  return code;
}

static ErrCode column_median(Call *c) { return quantile_of(c, 0.5, 7); }

typedef struct QuantileOpts {
  double p;
  int64_t type;
} QuantileOpts;
static const Param QUANTILE[] = {
    {"p", PARAM_REAL, offsetof(QuantileOpts, p), 0, 1, NULL, NULL, "probability"},
    {"type", PARAM_INT, offsetof(QuantileOpts, type), 1, 9, "7", NULL, "R's quantile type"},
    PARAM_END};

static ErrCode column_quantile(Call *c) {
  const QuantileOpts *o = c->opts;
  return quantile_of(c, o->p, (int)o->type);
}

static ErrCode column_n(Call *c) {
  const Column *col = column_of(c->self);
  lua_pushinteger(c->L, col->n - col->missing);
  c->nret = 1;
  return OK;
}

static ErrCode column_nmissing(Call *c) {
  lua_pushinteger(c->L, column_of(c->self)->missing);
  c->nret = 1;
  return OK;
}

static ErrCode column_values(Call *c) {
  const Column *col = column_of(c->self);
  lua_createtable(c->L, (int)(col->n < 1 << 28 ? col->n : 0), 0);
  for (int64_t i = 0; i < col->n; i++) {
    push_cell(c->L, col, i);
    lua_rawseti(c->L, -2, i + 1);
  }
  c->nret = 1;
  return OK;
}

static ErrCode column_unique(Call *c) {
  const BoundColumn *b = c->self;
  const char *name = name_of(b);
  Names one = {&name, 1};
  Frame **slot = call_frame(c), *rows = NULL;
  ErrCode code = frame_unique(c->job, b->frame, &one, &rows, c->err);
  if (code == OK) code = frame_select(rows, &one, slot, c->err);
  frame_unref(rows);
  return code;
}

static const BindFn METHODS[] = {
    {"mean", "c:mean()", "arithmetic mean of the present values", column_mean,
     .example = "return data('iris').sepal_length_cm:mean()"},
    {"median", "c:median()", "middle value", column_median, .example = "return data('iris').sepal_length_cm:median()"},
    {"sd", "c:sd()", "standard deviation (n - 1)", column_sd, .example = "return data('iris').sepal_length_cm:sd()"},
    {"var", "c:var()", "variance (n - 1)", column_var, .example = "return data('iris').sepal_length_cm:var()"},
    {"min", "c:min()", "smallest value", column_min, .example = "return data('iris').sepal_length_cm:min()"},
    {"max", "c:max()", "largest value", column_max, .example = "return data('iris').sepal_length_cm:max()"},
    {"sum", "c:sum()", "sum of the present values", column_sum, .example = "return data('iris').sepal_length_cm:sum()"},
    {"n", "c:n()", "how many values are present", column_n, .example = "return data('titanic').age:n()"},
    {"nmissing", "c:nmissing()", "how many values are missing", column_nmissing,
     .example = "return data('titanic').age:nmissing()"},
    {"quantile", "c:quantile(p, {type=7})", "the value below which a share p lies", column_quantile,
     BIND_OPTS(QuantileOpts, QUANTILE), .npos = 1, .example = "return data('titanic').age:quantile(0.9)"},
    {"unique", "c:unique()", "the distinct values as a frame, in row order", column_unique,
     .example = "return data('titanic').sex:unique()"},
    {"values", "c:values()", "all values as a Lua list; nil where missing", column_values,
     .example = "return #data('iris').class:values()"},
    {0}};

const Class CLASS_COLUMN = {"Column", "a column", METHODS, bound_unref, NULL, column_value, NULL};

// ---- operators ----------------------------------------------------------------------------------------------------
// d:count{...} when a column is named count: the call comes here with the frame as its first argument.
static int column_call(lua_State *L) {
  BoundColumn *b = box_test(L, 1, &CLASS_COLUMN);
  bool verb = b && box_test(L, 2, &CLASS_FRAME) && class_push(L, &CLASS_FRAME, name_of(b));
  if (!verb) return luaL_error(L, "%s is a column, not a function", b ? name_of(b) : "this");
  lua_replace(L, 1);
  lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
  return lua_gettop(L);
}

static int column_len(lua_State *L) {
  lua_pushinteger(L, column_test(L, 1)->n);
  return 1;
}

static const char *operand(lua_State *L, int place) {
  BoundColumn *b = box_test(L, place, &CLASS_COLUMN);
  if (b) return name_of(b);
  if (lua_type(L, place) == LUA_TSTRING) return lua_pushfstring(L, "'%s'", lua_tostring(L, place));
  return luaL_tolstring(L, place, NULL);
}

// Upvalue 1: the operator. Lua would make a boolean of a comparison, so it is an error that shows the string form.
static int column_operator(lua_State *L) {
  const char *op = lua_tostring(L, lua_upvalueindex(1));
  bool compares = strchr("<>", op[0]) != NULL;
  const char *a = operand(L, 1), *b = operand(L, 2);
  if (compares && !box_test(L, 1, &CLASS_COLUMN)) { // Lua turns age > 30 into 30 < age
    const char *t = a;
    a = b, b = t;
    op = op[1] ? ">=" : ">";
  }
  if (compares) return luaL_error(L, "columns are compared in a string: d:where \"%s %s %s\"", a, op, b);
  return luaL_error(L, "columns are computed in a string: d:derive{\"new = %s %s %s\"}", a, op, b);
}

void column_open(lua_State *L) {
  static const char *const ops[][2] = {{"__lt", "<"},    {"__le", "<="},    {"__add", "+"}, {"__sub", "-"},
                                       {"__mul", "*"},   {"__div", "/"},    {"__mod", "%"}, {"__pow", "^"},
                                       {"__idiv", "//"}, {"__concat", ".."}};
  class_open(L, &CLASS_COLUMN);
  luaL_getmetatable(L, CLASS_COLUMN.name);
  for (size_t k = 0; k < sizeof ops / sizeof *ops; k++) {
    lua_pushstring(L, ops[k][1]);
    lua_pushcclosure(L, column_operator, 1);
    lua_setfield(L, -2, ops[k][0]);
  }
  lua_pushcfunction(L, column_call);
  lua_setfield(L, -2, "__call");
  lua_pushcfunction(L, column_len);
  lua_setfield(L, -2, "__len");
  lua_pop(L, 1);
}
