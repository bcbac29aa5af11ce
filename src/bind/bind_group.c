// Verbs of a frame that work by group or along an order, and groups as an object, as Lua sees them.
#include "bind/bind_int.h"

#include "frame/group.h"
#include "frame/verbs.h"

#include <stdlib.h>

typedef struct BoundGroups {
  Frame *frame;
  Names by;
  Arena arena; // of the names
} BoundGroups;

// ---- expressions ----------------------------------------------------------------------------------------------------
// What was written in a list, then {name = "expression"} in the order of the names.
static ErrCode all_expressions(Call *c, const Param *params, const Names *listed, Names *out) {
  Named *named;
  int n;
  TRY(call_open_args(c, params, &named, &n));
  *out = (Names){arena_array(c->arena, const char *, listed->n + n), listed->n};
  if (listed->n) memcpy(out->name, listed->name, (size_t)listed->n * sizeof *out->name);
  for (int k = 0; k < n; k++) {
    if (lua_type(c->L, named[k].place) != LUA_TSTRING)
      return err_set(c->err, ERR_ARG, "%s: %s must be an expression in a string, %s was given", c->owner, named[k].key,
                     kind_of(c->L, named[k].place));
    const char *text = lua_tostring(c->L, named[k].place);
    out->name[out->n++] = arena_printf(c->arena, "`%s` = %s", named[k].key, text);
  }
  if (out->n) return OK;
  return err_set(c->err, ERR_ARG, "%s needs an expression: %s", c->owner, c->bind->signature);
}

// ---- d:group, and what answers by groups remember -----------------------------------------------------------------
typedef struct GroupOpts {
  Names names;
} GroupOpts;
static const Param GROUP[] = {
    {"names", PARAM_NAMES, offsetof(GroupOpts, names), 0, 0, NULL, NULL, "columns that make the groups"}, PARAM_END};

// The answer on top of the stack is about groups of `of`: the rows behind one of its rows are those with its keys.
static void remember_groups(Call *c, const char *verb, const Frame *of, const Names *by) {
  GroupOpts keys = {*by};
  if (by->n) call_remember(c, verb, of, GROUP, &keys, sizeof keys, NULL);
}

// ---- d:agg ----------------------------------------------------------------------------------------------------------
typedef struct AggOpts {
  Names exprs, by;
} AggOpts;
static const Param AGG[] = {
    {"exprs", PARAM_NAMES, offsetof(AggOpts, exprs), 0, 0, "", NULL, "expressions over aggregates"},
    {"by", PARAM_NAMES, offsetof(AggOpts, by), 0, 0, "", NULL,
     "columns that make the groups; one row when none is given"},
    PARAM_END};

static ErrCode agg(Call *c) {
  const AggOpts *o = c->opts;
  Names exprs;
  TRY(all_expressions(c, AGG, &o->exprs, &exprs));
  TRY(frame_agg(c->job, c->self, &exprs, &o->by, call_frame(c), c->err));
  remember_groups(c, "agg", c->self, &o->by);
  return OK;
}

// ---- d:window -------------------------------------------------------------------------------------------------------
static const Param WINDOW[] = {
    {"exprs", PARAM_NAMES, offsetof(WindowOpts, exprs), 0, 0, "", NULL, "expressions over window functions"},
    {"by", PARAM_NAMES, offsetof(WindowOpts, by), 0, 0, "", NULL, "columns that make the groups"},
    {"order", PARAM_NAMES, offsetof(WindowOpts, order), 0, 0, "", NULL,
     "column names, \"-name\" for descending; the order of the rows when none is given"},
    {"min", PARAM_INT, offsetof(WindowOpts, min), 0, PARAM_INF, "0", NULL,
     "present values that a rolling window needs; 0 for its whole width"},
    PARAM_END};

static ErrCode window(Call *c) {
  WindowOpts o = *(const WindowOpts *)c->opts;
  TRY(all_expressions(c, WINDOW, &((const WindowOpts *)c->opts)->exprs, &o.exprs));
  return frame_window(c->job, c->self, &o, call_frame(c), c->err);
}

// ---- d:group --------------------------------------------------------------------------------------------------------
static void groups_unref(void *object) {
  BoundGroups *b = object;
  frame_unref(b->frame);
  arena_fini(&b->arena);
  free(b);
}

static ErrCode group(Call *c) {
  const GroupOpts *o = c->opts;
  Frame *keys;
  TRY(frame_select(c->self, &o->names, &keys, c->err)); // the names are those of columns
  frame_unref(keys);
  void **slot = box_new(c->L, &CLASS_GROUPS);
  BoundGroups *b = calloc(1, sizeof *b);
  if (!b) abort();
  b->frame = frame_ref(c->self);
  b->by = (Names){arena_array(&b->arena, const char *, o->names.n), o->names.n};
  for (int64_t k = 0; k < o->names.n; k++) b->by.name[k] = arena_strdup(&b->arena, o->names.name[k]);
  *slot = b;
  c->nret = 1;
  return OK;
}

// ---- verbs of groups ------------------------------------------------------------------------------------------------
static const Param GROUPS_AGG[] = {
    {"exprs", PARAM_NAMES, offsetof(AggOpts, exprs), 0, 0, "", NULL, "expressions over aggregates"}, PARAM_END};

static ErrCode groups_agg(Call *c) {
  const BoundGroups *b = c->self;
  const AggOpts *o = c->opts;
  Names exprs;
  TRY(all_expressions(c, GROUPS_AGG, &o->exprs, &exprs));
  TRY(frame_agg(c->job, b->frame, &exprs, &b->by, call_frame(c), c->err));
  remember_groups(c, "agg", b->frame, &b->by);
  return OK;
}

static const Param GROUPS_WINDOW[] = {
    {"exprs", PARAM_NAMES, offsetof(WindowOpts, exprs), 0, 0, "", NULL, "expressions over window functions"},
    {"order", PARAM_NAMES, offsetof(WindowOpts, order), 0, 0, "", NULL,
     "column names, \"-name\" for descending; the order of the rows when none is given"},
    {"min", PARAM_INT, offsetof(WindowOpts, min), 0, PARAM_INF, "0", NULL,
     "present values that a rolling window needs; 0 for its whole width"},
    PARAM_END};

static ErrCode groups_window(Call *c) {
  const BoundGroups *b = c->self;
  WindowOpts o = *(const WindowOpts *)c->opts;
  o.by = b->by;
  TRY(all_expressions(c, GROUPS_WINDOW, &((const WindowOpts *)c->opts)->exprs, &o.exprs));
  return frame_window(c->job, b->frame, &o, call_frame(c), c->err);
}

static ErrCode groups_count(Call *c) {
  const BoundGroups *b = c->self;
  TRY(frame_count(c->job, b->frame, &b->by, call_frame(c), c->err));
  remember_groups(c, "count", b->frame, &b->by);
  return OK;
}

static ErrCode value(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err) {
  const BoundGroups *b = object;
  TRY(frame_count(h->job, b->frame, &b->by, made, err));
  *out = (HostValue){.kind = VALUE_FRAME, .frame = *made};
  return OK;
}

static const BindFn METHODS[] = {
    {"agg", "g:agg{\"n = count()\", \"m = mean(x)\"}", "one row a group, in the order of the keys", groups_agg,
     BIND_OPTS(AggOpts, GROUPS_AGG), .npos = 1, .rest = true, .open = true, .functions = agg_function,
     .example = "return data('titanic'):group{'sex'}:agg{'n = count()', 'age = mean(age)'}"},
    {"window", "g:window{\"ma = mean(x, 7)\", order=}", "new columns from the rows of each group", groups_window,
     BIND_OPTS(WindowOpts, GROUPS_WINDOW), .npos = 1, .rest = true, .open = true, .functions = window_function,
     .example = "return data('titanic'):group{'sex'}:window{'older = rank(-age)'}:head(3)"},
    {"count", "g:count()", "rows of each group, most frequent first", groups_count,
     .example = "return data('titanic'):group{'sex', 'survived'}:count()"},
    {0}};

const Class CLASS_GROUPS = {"Groups", "groups", METHODS, groups_unref, NULL, value, NULL};

const BindFn GROUP_ROWS[] = {
    {"group", "d:group{\"class\"}", "the groups of rows that agree in these columns; has :agg, :window, :count", group,
     BIND_OPTS(GroupOpts, GROUP), .npos = 1, .rest = true,
     .example = "return data('titanic'):group{'passengerClass'}:agg{'n = count()', 'q90 = quantile(age, 0.9)'}"},
    {"agg", "d:agg({\"n = count()\", \"mean(fare)\"}, {by=\"class\"})", "one row a group, in the order of the keys",
     agg, BIND_OPTS(AggOpts, AGG), .npos = 1, .rest = true, .open = true, .functions = agg_function,
     .example = "return data('titanic'):agg({'range = max(age) - min(age)', 'mean(age)'}, {by='sex'})"},
    {"window", "d:window({\"lag1 = lag(x, 1)\", \"ma = mean(x, 7)\"}, {by=, order=})",
     "new columns from other rows of the group; rows keep their places", window, BIND_OPTS(WindowOpts, WINDOW),
     .npos = 1, .rest = true, .open = true, .functions = window_function,
     .example = "return data('longley'):window({'gain = diff(GNP)', 'ma = mean(GNP, 3)'}, {order='Year'}):head(4)"},
    {0}};

void groups_open(lua_State *L) { class_open(L, &CLASS_GROUPS); }
