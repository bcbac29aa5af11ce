// Shared inside the room: how Lua calls become C calls with options read from Param tables, and how engine objects are
// boxed. The adapter (args.c) is the one place that knows the calling rule: f(a, b, {opt=..}) equals f{a, b, opt=..}.
#pragma once
#include "base/map.h"
#include "base/param.h"
#include "base/rng.h"
#include "bind/host.h"

#include <lauxlib.h>
#include <lua.h>

typedef struct SavedState {
  int64_t id;
  int table;     // registry reference of the globals
  uint64_t seed; // the session's, then
} SavedState;

struct LuaHost {
  lua_State *L;
  lua_State *volatile running; // the coroutine that runs now, for host_cancel
  Job *job;
  HostOps ops;
  uint64_t seed, first_seed; // now; at the beginning
  int64_t occurrence;        // of the next cell's text, as told; -1 = not told
  RngKey cell_key;      // stream of the running cell
  uint64_t draws;       // taken from it so far
  int64_t lua_bytes;
  bool limited;         // a cell runs, so that ops.memory holds; what the host itself needs then always fits
  Map reads, writes;    // globals of the running cell
  Map locals;           // names that were local to a cell ...
  int *local_cell;      // ... and that cell's number
  int64_t nlocal_cell;
  Arena arena;          // of rows made while opening
  Map texts;            // cell texts run so far ...
  int *text_runs;       // ... and how often, for the streams
  int64_t ntext_runs;
  SavedState *state;    // oldest first
  int64_t nstate, state_cap, last_state;
};

// After a call: when a cancel ended it with what it had, the cell is told so and goes on (host.c).
void host_settle(LuaHost *h);

static inline LuaHost *host_of(lua_State *L) { return *(LuaHost **)lua_getextraspace(L); }

// ---- calls (args.c) -----------------------------------------------------------------------------------------------
typedef struct BindFn BindFn;
typedef struct Call {
  lua_State *L;
  const BindFn *bind; // the row being called
  LuaHost *host;
  Job *job;
  Arena *arena;      // lives as long as the call
  void *opts;        // the function's options struct, filled
  void *self;        // the object before the colon, or NULL
  const char *owner; // "d:head" without the prefix, for messages
  int table;         // place of the table with named arguments; 0 = none
  int rest;          // values from the place of a last VALUE param on that takes all further ones
  int nret;          // values left on top of the stack
  Err *err;
} Call;

struct BindFn {
  const char *name;
  const char *signature;        // as help and messages show it
  const char *summary;          // one line
  ErrCode (*fn)(Call *c);
  const Param *params;          // NULL = none
  size_t opts_size;
  int npos;                     // the first npos params may be given by place
  bool rest;                    // the last of them is a NAMES or a VALUE that takes all further values
  bool open;                    // named arguments outside the table are allowed (new column names)
  bool whole;                   // a table as the one argument is a value, not the arguments
  bool partial;                 // a cancel ends it with what it has so far (job_keep), and the cell goes on
  bool asked;                   // of a frame: its answer remembers the frame and the options (frame_asked)
  const char *example;          // runs as a test
  // The functions that its expressions know, for help; NULL = none.
  bool (*functions)(int k, const char **signature, const char **doc);
  const char *functions_title;  // what help calls them; NULL = functions
  const void *data;             // what a function shared by many rows works on (a StepType, a ModelType)
};
#define BIND_OPTS(T, table) .params = (table), .opts_size = sizeof(T)

// Pushes a closure that calls fn; `self` is read from the first argument when the class is not NULL.
void push_bound(lua_State *L, const BindFn *fn, const Class *of);
// Named arguments that are not in the Param table: key and place of the value, in key order. Arena-owned.
typedef struct Named {
  const char *key;
  int place;
} Named;
NODISCARD ErrCode call_open_args(Call *c, const Param *params, Named **out, int *n);
const char *kind_of(lua_State *L, int place); // "a string", "a frame", ...
bool is_plain_table(lua_State *L, int place);
// The strings of the list at `place`, as Names in the call's arena; ERR_ARG names `what`.
NODISCARD ErrCode call_names(Call *c, int place, const char *what, Names *out);

// ---- objects (object.c) -------------------------------------------------------------------------------------------
struct Class {
  const char *name;            // "Frame"; also the metatable's name
  const char *article;         // "a frame"
  const BindFn *methods;       // ended by a NULL name
  void (*unref)(void *object);
  int (*index)(lua_State *L);  // looked up before the methods; pushes a value and returns 1, or 0. May be NULL
  // How it is shown; `made` is freed afterwards.
  ErrCode (*value)(LuaHost *h, void *object, HostValue *out, Frame **made, Err *err);
  ErrCode (*emit)(LuaHost *h, void *object, Err *err); // as several values in turn, by ops.emit; NULL: as `value`
};
extern const Class CLASS_FRAME, CLASS_COLUMN, CLASS_LEARNER, CLASS_MODEL, CLASS_EVALUATION, CLASS_PLOT, CLASS_GROUPS,
    CLASS_PROFILE, CLASS_PREVIEW;

void class_open(lua_State *L, const Class *k);
// One more verb for an open class; the row outlives the state.
void class_add(lua_State *L, const Class *k, const BindFn *row);
// Pushes the verb of an open class by name, added ones too; nil and false when there is none.
bool class_push(lua_State *L, const Class *k, const char *name);
// Pushes an empty box, with room for one user value, and returns its slot: the object is put there once it exists, so
// no error can leak it.
void **box_new(lua_State *L, const Class *k);
void *box_test(lua_State *L, int place, const Class *k); // NULL when it is something else
const Class *box_class(lua_State *L, int place);         // NULL when it is no box
// The verb of a class by name, or NULL.
const BindFn *class_find(const Class *k, const char *name);

// The result slot of a verb that returns a frame; counts as one returned value.
static inline Frame **call_frame(Call *c) {
  c->nret++;
  return (Frame **)box_new(c->L, &CLASS_FRAME);
}
// The frame on top of the stack is the verb's answer about `of`: see frame_asked.
void call_remember(const Call *c, const char *verb, const Frame *of, const Param *params, const void *opts,
                   size_t size, const char *text);
NODISCARD ErrCode call_frame_arg(Call *c, int place, const char *what, const Frame **out);
// A target that is a formula ("y ~ a + b") becomes its left side, the right side the features; others stay.
NODISCARD ErrCode call_formula(Call *c, const char **target, Names *features);

// Every documented row, by family ("d:", "c:", "", "m:" ...), ended by a NULL prefix; for help and tests.
typedef struct Family {
  const char *prefix;
  const BindFn *functions; // of globals, or further verbs of the class; NULL: the class's own rows
  const Class *k;          // whose verbs they are; NULL: globals
} Family;
extern const BindFn GLOBAL_ROWS[], LEARN_ROWS[], GROUP_ROWS[], SHAPE_ROWS[], STATS_ROWS[], QUALITY_ROWS[],
    ASSOC_ROWS[], TABLE_ROWS[], JUDGE_ROWS[], REPORT_ROWS[], EVAL_EXPLAIN_ROWS[],
    CV_ROWS[], PREVIEW_ROWS[], FLOW_ROWS[], MODEL_FLOW_ROWS[], MODEL_TREE_ROWS[], SPLIT_ROWS[], EXPLAIN_MODEL_ROWS[];
extern const Family FAMILIES[];
const BindFn *family_rows(const Family *f);

// ---- tables of functions: ml.*, prep.*, stats.* (member.c) ----------------------------------------------------------
void member_open(lua_State *L, const char *what);     // pushes one; what: "model", for messages about unknown names
void member_add(LuaHost *h, const BindFn *row);       // one more function for the table on top of the stack

// ---- parts --------------------------------------------------------------------------------------------------------
void lib_open(LuaHost *h);        // the whitelisted standard library and its replacements (lib.c)
void env_open(LuaHost *h);        // the proxy through which cells see globals (env.c); last
void env_push(lua_State *L);      // pushes the proxy
void env_push_globals(lua_State *L);
void env_set_known(lua_State *L, int names); // exactly these names (a list) have been given a value
int64_t env_push_user_names(lua_State *L); // pushes the sorted list of the globals that cells made; returns how many
void bind_globals_open(LuaHost *h); // data, frame, datasets, show, accept, seed, args (globals.c)
void push_text(lua_State *L, int place);                 // tostring without addresses (inspect.c)
void inspect_lua(lua_State *L, int place, Str *out);     // as a Lua literal, bounded
void inspect_json(lua_State *L, int place, Str *out);
void push_sorted_keys(lua_State *L, int place);          // a list of the keys of the table: 1..n, then sorted (lib.c)
// `L` may be a coroutine. ERR_LUA or ERR_CANCELLED when a __tostring fails.
NODISCARD ErrCode emit_value(lua_State *L, int place, Err *err);
// tables.c: Lua tables into columns and back.
// {x={1,2}, g={"a","b"}} (names sorted) or {{"x",{1,2}}, {"g",{"a","b"}}} (order kept) as a frame.
NODISCARD ErrCode frame_from_table(Call *c, int place, Frame **out);
// The list at `place` with n entries as a column: int, real, bool, category or text; nil is missing. `name` for errors.
NODISCARD ErrCode column_from_list(Call *c, int place, int64_t n, const char *name, Column **out);
void push_cell(lua_State *L, const Column *c, int64_t row); // a Lua value; nil when missing
void push_row(lua_State *L, const Frame *f, int64_t row);   // {name = value}
// column.c: pushes the column of f as an object with its verbs.
void push_column(lua_State *L, const Frame *f, int j);
const Column *column_test(lua_State *L, int place);         // NULL when it is no column object
Plot *plot_box(lua_State *L);                               // pushes an empty plot, which Lua owns
const Plot *plot_test(lua_State *L, int place);             // NULL when it is no plot
void column_open(lua_State *L);
void frame_open(lua_State *L);
void groups_open(lua_State *L);  // bind_group.c
void learn_open(LuaHost *h);     // prep, ml, pipe, load_model (bind_learn.c)
void stats_open(LuaHost *h);     // stats (bind_stats.c)
void explain_open(LuaHost *h);   // explain (bind_explain_model.c)
void model_open(lua_State *L);   // bind_model.c
void report_open(lua_State *L);  // bind_report.c
void preview_open(lua_State *L); // bind_preview.c
void eval_open(lua_State *L);    // bind_eval.c
// Pushes the frame behind a plot that an evaluation drew, made when first asked for; false, and nothing, for all else.
bool plot_push_table(lua_State *L, int place); // bind_judge.c
void chart_open(LuaHost *h);     // plots, and charts as verbs of a frame (bind_chart.c); after frame_open
ErrCode bind_split(Call *c);     // d:split{...} (bind_eval.c)
extern const Param SPLIT[];

// ---- places of errors (place.c) -----------------------------------------------------------------------------------
// The token at which Lua gave up.
void place_syntax(lua_State *L, Sv text, CellError *e);
// The first name that the message quotes, when it stands on the error's line and in no later one.
void place_name(Sv text, CellError *e);
