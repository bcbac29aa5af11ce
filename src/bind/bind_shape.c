// Verbs that give a frame another shape, as Lua sees them.
#include "bind/bind_int.h"

#include "base/near.h"
#include "frame/shape.h"

// ---- join ---------------------------------------------------------------------------------------------------------
typedef struct JoinArgs {
  int other, on, how, expect;
  const char *suffix;
} JoinArgs;
static const Param JOIN[] = {
    {"other", PARAM_VALUE, offsetof(JoinArgs, other), 0, 0, NULL, "frame", "the frame on the right"},
    {"on", PARAM_VALUE, offsetof(JoinArgs, on), 0, 0, "", "name or table",
     "key columns: a name, a list of names, or left name = right name"},
    {"how", PARAM_CHOICE, offsetof(JoinArgs, how), 0, 0, "inner", JOIN_HOWS,
     "rows kept: of both, of the left, right or either; left rows with (semi) or without (anti) a match"},
    {"expect", PARAM_CHOICE, offsetof(JoinArgs, expect), 0, 0, "m:m", JOIN_EXPECTS,
     "left:right; 1 refuses keys that come again on that side"},
    {"suffix", PARAM_TEXT, offsetof(JoinArgs, suffix), 0, 0, "_right", NULL,
     "behind a right column's name that the left has too"},
    PARAM_END};

static void add_pair(JoinOpts *o, const char *left, const char *right) {
  o->left.name[o->left.n++] = left;
  o->right.name[o->right.n++] = right;
}

static ErrCode no_key(Call *c, const Frame *left, const Frame *right) {
  Str both = {0};
  for (int j = 0; j < frame_ncol(left) && both.n < 200; j++)
    if (frame_find(right, sv(frame_name(left, j))) >= 0)
      str_addf(&both, "%s\"%s\"", both.n ? ", " : "", frame_name(left, j));
  err_set(c->err, ERR_ARG, "join needs on=, the columns to match: on=\"id\", on={\"x\", \"y\"} or on={a=\"b\"}%s%s",
          both.n ? "; both frames have " : "; the frames have no column name in common", str_c(&both));
  str_fini(&both);
  return ERR_ARG;
}

// The list part of on={"x", a="b"} names columns of both, the rest pairs them.
static ErrCode key_columns(Call *c, int on, JoinOpts *o) {
  lua_State *L = c->L;
  if (lua_type(L, on) != LUA_TSTRING && !is_plain_table(L, on))
    return err_set(c->err, ERR_ARG, "join: on must be a name, a list of names or a table left = right, %s was given",
                   kind_of(L, on));
  if (lua_type(L, on) == LUA_TSTRING) {
    o->left.name = arena_array(c->arena, const char *, 1), o->right.name = arena_array(c->arena, const char *, 1);
    return add_pair(o, lua_tostring(L, on), lua_tostring(L, on)), OK;
  }
  push_sorted_keys(L, on);
  int keys = lua_gettop(L);
  int64_t n = (int64_t)lua_rawlen(L, keys);
  o->left.name = arena_array(c->arena, const char *, n), o->right.name = arena_array(c->arena, const char *, n);
  for (int64_t i = 1; i <= n; i++) {
    luaL_checkstack(L, 8, "too many keys");
    lua_rawgeti(L, keys, i);
    const char *left = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL; // alive in the table
    lua_rawget(L, on);
    if (lua_type(L, -1) != LUA_TSTRING)
      return err_set(c->err, ERR_ARG, "join: on: names of columns are strings, %s was given", kind_of(L, -1));
    const char *right = lua_tostring(L, -1);
    add_pair(o, left ? left : right, right);
  }
  return OK;
}

static ErrCode join(Call *c) {
  const JoinArgs *a = c->opts;
  const Frame *other;
  TRY(call_frame_arg(c, a->other, "the first value", &other));
  if (!a->on) return no_key(c, c->self, other);
  JoinOpts o = {.how = a->how, .expect = a->expect, .suffix = a->suffix};
  TRY(key_columns(c, a->on, &o));
  return frame_join(c->job, c->self, other, &o, call_frame(c), c->err);
}

// ---- stack --------------------------------------------------------------------------------------------------------
typedef struct StackArgs {
  int frames;
  const char *source;
  Names labels;
} StackArgs;
static const Param STACK[] = {
    {"frames", PARAM_VALUE, offsetof(StackArgs, frames), 0, 0, NULL, "frame", "frames to put below, in order"},
    {"source", PARAM_TEXT, offsetof(StackArgs, source), 0, 0, "", NULL,
     "name of a new column that says which frame a row is from"},
    {"labels", PARAM_NAMES, offsetof(StackArgs, labels), 0, 0, "", NULL,
     "what it says, one for each frame; 1, 2, ... when not given"},
    PARAM_END};

static ErrCode stack(Call *c) {
  const StackArgs *a = c->opts;
  int n = 1 + (c->rest ? c->rest : 1);
  const Frame **frame = arena_array(c->arena, const Frame *, n);
  frame[0] = c->self;
  for (int k = 1; k < n; k++) TRY(call_frame_arg(c, a->frames + k - 1, "each value", &frame[k]));
  if (a->labels.n && !a->source)
    return err_set(c->err, ERR_ARG, "stack: labels= needs source=, the name of their column");
  if (a->labels.n && a->labels.n != n)
    return err_set(c->err, ERR_ARG, "stack: %lld labels were given for %d frames, d itself is the first",
                   (long long)a->labels.n, n);
  StackSource source = {a->source, a->labels.n ? a->labels.name : NULL};
  return frame_stack(c->job, frame, n, a->source ? &source : NULL, call_frame(c), c->err);
}

// ---- melt, pivot --------------------------------------------------------------------------------------------------
static const Param MELT[] = {
    {"id", PARAM_NAMES, offsetof(MeltOpts, id), 0, 0, "", NULL, "columns to repeat; all but values when not given"},
    {"values", PARAM_NAMES, offsetof(MeltOpts, values), 0, 0, "", NULL,
     "columns to put below each other; all but id when not given"},
    {"names", PARAM_TEXT, offsetof(MeltOpts, names), 0, 0, "variable", NULL, "new column for their names"},
    {"to", PARAM_TEXT, offsetof(MeltOpts, to), 0, 0, "value", NULL, "new column for their values"},
    PARAM_END};

static ErrCode melt(Call *c) { return frame_melt(c->job, c->self, c->opts, call_frame(c), c->err); }

static const Param PIVOT[] = {
    {"rows", PARAM_NAMES, offsetof(PivotOpts, rows), 0, 0, "", NULL, "columns that name a row of the result"},
    {"columns", PARAM_NAMES, offsetof(PivotOpts, columns), 0, 0, NULL, NULL,
     "columns whose values become columns, by value, missing last"},
    {"values", PARAM_NAMES, offsetof(PivotOpts, values), 0, 0, "", NULL, "columns that fill the cells"},
    {"agg", PARAM_CHOICE, offsetof(PivotOpts, agg), 0, 0, "unique", PIVOT_AGGS,
     "what becomes of several rows in a cell; unique refuses them"},
    PARAM_END};

static ErrCode pivot(Call *c) { return frame_pivot(c->job, c->self, c->opts, call_frame(c), c->err); }

// ---- types --------------------------------------------------------------------------------------------------------
typedef struct CastArgs {
  int unfit;
} CastArgs;
static const Param CAST[] = {{"unfit", PARAM_CHOICE, offsetof(CastArgs, unfit), 0, 0, "error", CAST_UNFITS,
                              "what becomes of values that the new type cannot hold"},
                             PARAM_END};

static ErrCode read_type(Call *c, const Named *v, ColType *type) {
  if (lua_type(c->L, v->place) != LUA_TSTRING)
    return err_set(c->err, ERR_ARG, "cast: %s must be the name of a type, as in cast{%s=\"int\"}, %s was given", v->key,
                   v->key, kind_of(c->L, v->place));
  Sv given = sv(lua_tostring(c->L, v->place)), name[COL_NTYPES];
  if (coltype_parse_name(given, type)) return OK;
  for (int t = 0; t < COL_NTYPES; t++) name[t] = sv(COLTYPES[t].name);
  char hint[300];
  near_hint(hint, sizeof hint, given, name, COL_NTYPES);
  return err_set(c->err, ERR_NAME, "cast: %s: no type '" SV_FMT "'%s", v->key, SV_ARG(given), hint);
}

static ErrCode cast(Call *c) {
  const CastArgs *a = c->opts;
  Named *named;
  int n;
  TRY(call_open_args(c, CAST, &named, &n));
  if (!n) return err_set(c->err, ERR_ARG, "cast needs columns and types: d:cast{age=\"int\"}");
  Names names = {arena_array(c->arena, const char *, n), n};
  ColType *to = arena_array(c->arena, ColType, n);
  for (int k = 0; k < n; k++) {
    names.name[k] = named[k].key;
    TRY(read_type(c, &named[k], &to[k]));
  }
  return frame_cast(c->job, c->self, &names, to, (CastUnfit)a->unfit, call_frame(c), c->err);
}

// ---- rows and columns ---------------------------------------------------------------------------------------------
typedef struct DropArgs {
  Names columns;
  int64_t min;
} DropArgs;
static const Param DROPNA[] = {
    {"columns", PARAM_NAMES, offsetof(DropArgs, columns), 0, 0, "", NULL, "column names; all when none is given"},
    {"min", PARAM_INT, offsetof(DropArgs, min), -1, PARAM_INF, "-1", NULL,
     "keep rows with at least so many of them present; -1 is all of them"},
    PARAM_END};

static ErrCode dropna(Call *c) {
  const DropArgs *a = c->opts;
  return frame_drop_missing(c->job, c->self, &a->columns, a->min, call_frame(c), c->err);
}

typedef struct ColumnsArgs {
  Names columns;
} ColumnsArgs;
static const Param DUPLICATES[] = {
    {"columns", PARAM_NAMES, offsetof(ColumnsArgs, columns), 0, 0, "", NULL, "column names; all when none is given"},
    PARAM_END};
static const Param ORDER[] = {
    {"columns", PARAM_NAMES, offsetof(ColumnsArgs, columns), 0, 0, NULL, NULL, "columns that come first"}, PARAM_END};

static ErrCode duplicates(Call *c) {
  const ColumnsArgs *a = c->opts;
  return frame_duplicates(c->job, c->self, &a->columns, call_frame(c), c->err);
}

static ErrCode order(Call *c) {
  const ColumnsArgs *a = c->opts;
  return frame_order(c->self, &a->columns, call_frame(c), c->err);
}

const BindFn SHAPE_ROWS[] = {
    {"join", "d:join(e, {on=\"id\", how=\"left\"})", "the rows of two frames side by side, matched by key columns",
     join, BIND_OPTS(JoinArgs, JOIN), .npos = 1,
     .example = "local class = frame{passengerClass={'1st', '2nd', '3rd'}, deck={'upper', 'middle', 'lower'}} "
                "return data('titanic'):join(class, {on='passengerClass', how='left', expect='m:1'}):head(3)"},
    {"stack", "d:stack(e, f, {source=\"file\"})", "the rows of frames below each other, columns by name", stack,
     BIND_OPTS(StackArgs, STACK), .npos = 1, .rest = true,
     .example = "local d = data('iris') return d:head(2):stack(d:tail(2), {source='part', labels={'head', 'tail'}})"},
    {"melt", "d:melt{id={\"id\"}, values=, names=\"variable\", to=\"value\"}",
     "from wide to long: one row for each row and value column", melt, BIND_OPTS(MeltOpts, MELT),
     .example = "return data('iris'):head(2):melt{id='class', names='part', to='cm'}"},
    {"pivot", "d:pivot{rows=\"a\", columns=\"b\", values=\"x\", agg=\"sum\"}",
     "from long to wide: the values of a column become columns", pivot, BIND_OPTS(PivotOpts, PIVOT), .asked = true,
     .example = "return data('titanic'):pivot{rows='passengerClass', columns='sex', values='age', agg='mean'}"},
    {"cast", "d:cast{age=\"int\", unfit=\"error\"}", "columns as other types, no value changed", cast,
     BIND_OPTS(CastArgs, CAST), .open = true,
     .example = "return data('airquality'):cast{Month='category', Temp='real'}:types()"},
    {"dropna", "d:dropna{columns=, min=}", "rows that miss nothing, or not too much", dropna,
     BIND_OPTS(DropArgs, DROPNA), .npos = 1, .rest = true, .example = "return data('titanic'):dropna{'age'}:head(3)"},
    {"duplicates", "d:duplicates{\"name\"}", "rows that come more than once, equal ones together, and how often",
     duplicates, BIND_OPTS(ColumnsArgs, DUPLICATES), .npos = 1, .rest = true, .asked = true,
     .example = "return data('iris'):duplicates()"},
    {"order", "d:order{\"b\", \"a\"}", "these columns first, the others behind them", order,
     BIND_OPTS(ColumnsArgs, ORDER), .npos = 1, .rest = true, .example = "return data('iris'):order{'class'}:head(2)"},
    {0}};
