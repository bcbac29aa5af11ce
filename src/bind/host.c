// A LuaHost: one Lua state with a limited allocator, its globals behind a proxy, and cells run one at a time.
#include "bind/bind_int.h"

#include "base/sha256.h"
#include "note/note.h"

#include <stdio.h>
#include <stdlib.h>

static void *limited_alloc(void *ud, void *p, size_t old, size_t size) {
  LuaHost *h = ud;
  int64_t grow = (int64_t)size - (int64_t)(p ? old : 0);
  if (size == 0) {
    free(p);
    h->lua_bytes += grow;
    return NULL;
  }
  if (grow > 0 && h->limited && h->ops.memory && h->lua_bytes + grow > h->ops.memory) return NULL;
  void *q = realloc(p, size);
  if (q) h->lua_bytes += grow;
  return q;
}

static int open_all(lua_State *L) {
  LuaHost *h = lua_touserdata(L, 1);
  lib_open(h);
  bind_globals_open(h);
  env_open(h);
  return 0;
}

ErrCode host_open(Job *job, const HostOps *ops, uint64_t seed, LuaHost **out, Err *err) {
  LuaHost *h = calloc(1, sizeof *h);
  if (!h) abort();
  h->job = job, h->ops = *ops, h->seed = h->first_seed = seed, h->occurrence = -1;
  h->L = lua_newstate(limited_alloc, h);
  if (!h->L) {
    free(h);
    return err_set(err, ERR_MEMORY, "no memory for Lua: raise --memory");
  }
  *(LuaHost **)lua_getextraspace(h->L) = h;
  h->running = h->L;
  lua_pushcfunction(h->L, open_all);
  lua_pushlightuserdata(h->L, h);
  if (lua_pcall(h->L, 1, 0, 0) != LUA_OK) {
    ErrCode code = err_set(err, ERR_LUA, "the session does not open: %s", lua_tostring(h->L, -1));
    host_close(h);
    return code;
  }
  *out = h;
  return OK;
}

void host_close(LuaHost *h) {
  if (!h) return;
  lua_close(h->L);
  map_fini(&h->reads);
  map_fini(&h->writes);
  map_fini(&h->locals);
  map_fini(&h->texts);
  arena_fini(&h->arena);
  free(h->local_cell);
  free(h->text_runs);
  free(h->state);
  free(h);
}

uint64_t host_seed(const LuaHost *h) { return h->seed; }

const Sv *host_reads(const LuaHost *h, int64_t *n) { return *n = h->reads.n, h->reads.key; }
const Sv *host_writes(const LuaHost *h, int64_t *n) { return *n = h->writes.n, h->writes.key; }

void host_set_frame(LuaHost *h, const char *name, const Frame *f) {
  lua_State *L = h->L;
  env_push(L);
  *box_new(L, &CLASS_FRAME) = frame_ref(f);
  lua_setfield(L, -2, name);
  lua_pop(L, 1);
}

// ---- compiling: the value of the last expression ------------------------------------------------------------------
static bool compiles(lua_State *L, Sv text, const char *name) {
  bool good = luaL_loadbufferx(L, text.s, text.n, name, "t") == LUA_OK;
  if (!good) lua_pop(L, 1);
  return good;
}

// Leaves the chunk on the stack when `head`, and head + "return " + tail, both compile.
static bool split_compiles(lua_State *L, Sv text, size_t at, const char *name) {
  if (!compiles(L, (Sv){text.s, at}, name)) return false;
  lua_pop(L, 1);
  Str with = {0};
  str_addn(&with, text.s, at);
  str_add(&with, "return ");
  str_addn(&with, text.s + at, text.n - at);
  bool good = compiles(L, (Sv){with.s, with.n}, name);
  str_fini(&with);
  return good;
}

enum { MOST_TAILS = 256 };

static int load_cell(lua_State *L, Sv text, const char *name) {
  size_t at[MOST_TAILS];
  int64_t n = note_tail_candidates(text, at, MOST_TAILS);
  for (int64_t k = 0; k < n; k++)
    if (split_compiles(L, text, at[k], name)) return LUA_OK;
  if (split_compiles(L, text, 0, name)) return LUA_OK; // the whole cell is one expression, whatever it begins with
  return luaL_loadbufferx(L, text.s, text.n, name, "t");
}

// ---- names local to a cell ----------------------------------------------------------------------------------------
static void remember_local(LuaHost *h, Sv name, int cell) {
  int64_t i = map_put(&h->locals, name, NULL);
  if (i >= h->nlocal_cell) {
    h->nlocal_cell = i * 2 + 16;
    h->local_cell = realloc(h->local_cell, (size_t)h->nlocal_cell * sizeof *h->local_cell);
    if (!h->local_cell) abort();
  }
  h->local_cell[i] = cell;
}

// `local a, b <const> = ...` and `local function f`: the names after the word, up to what cannot belong to them.
static void find_locals(LuaHost *h, Sv text, int cell) {
  Lexer lexer;
  lexer_init(&lexer, text);
  bool after = false, attribute = false;
  for (Token t; lexer_next(&lexer, &t);) {
    Sv word = {text.s + t.offset, t.length};
    if (t.kind == TOKEN_SPACE || t.kind == TOKEN_COMMENT) continue;
    if (t.kind == TOKEN_KEYWORD) after = sv_is(word, "local") || (after && sv_is(word, "function"));
    else if (t.kind == TOKEN_NAME && after && !attribute) remember_local(h, word, cell);
    else if (t.kind == TOKEN_OP && sv_is(word, "<")) attribute = true;
    else if (t.kind == TOKEN_OP && sv_is(word, ">")) attribute = false;
    else if (!sv_is(word, ",") && !attribute) after = false;
  }
}

// ---- errors -------------------------------------------------------------------------------------------------------
// Lua's messages begin "cell 3:2: "; a syntax error ends "near 'token'".
static void read_place(const char *name, const char *message, CellError *e) {
  size_t n = strlen(name);
  if (strncmp(message, name, n) == 0 && message[n] == ':') {
    char *end;
    e->line = (int)strtol(message + n + 1, &end, 10);
    message = *end == ':' ? end + 1 + (end[1] == ' ') : end;
  }
  const char *near = strstr(message, " near '"), *close = near ? strrchr(message, '\'') : NULL;
  if (near && close > near + 7) snprintf(e->token, sizeof e->token, "%.*s", (int)(close - near - 7), near + 7);
  ErrCode code = strcmp(message, "stopped") == 0 ? ERR_CANCELLED : ERR_LUA;
  err_set(&e->err, code, "%s", *message ? message : "an error without a message");
}

static int push_text_of(lua_State *L) {
  push_text(L, 1);
  return 1;
}

// The error value stands on the stack; its __tostring may fail.
static ErrCode report(LuaHost *h, const char *name, CellError *e) {
  lua_State *L = h->L;
  lua_pushcfunction(L, push_text_of);
  lua_insert(L, -2);
  bool text = lua_pcall(L, 1, 1, 0) == LUA_OK || lua_type(L, -1) == LUA_TSTRING;
  read_place(name, text ? lua_tostring(L, -1) : "the error's __tostring fails", e);
  return e->err.code;
}

static ErrCode report_syntax(LuaHost *h, Sv text, const char *name, CellError *e) {
  ErrCode code = report(h, name, e);
  place_syntax(h->L, text, e);
  return code;
}

// ---- running ------------------------------------------------------------------------------------------------------
// How often cells with this text have run.
static int *runs_of(LuaHost *h, Sv text) {
  int64_t i = map_put(&h->texts, text, NULL);
  if (i >= h->ntext_runs) {
    int64_t n = i * 2 + 16;
    h->text_runs = realloc(h->text_runs, (size_t)n * sizeof *h->text_runs);
    if (!h->text_runs) abort();
    memset(h->text_runs + h->ntext_runs, 0, (size_t)(n - h->ntext_runs) * sizeof *h->text_runs);
    h->ntext_runs = n;
  }
  return &h->text_runs[i];
}

void host_set_occurrence(LuaHost *h, int64_t k) { h->occurrence = k; }

static void key_stream(LuaHost *h, Sv text) {
  int64_t occurrence = h->occurrence >= 0 ? h->occurrence : (*runs_of(h, text))++;
  Sha256 s;
  char hex[65], stage[96];
  sha256_init(&s);
  sha256_add(&s, text.s, text.n);
  sha256_hex(&s, hex);
  snprintf(stage, sizeof stage, "%s#%lld", hex, (long long)occurrence);
  h->cell_key = rng_key(h->seed, stage), h->draws = 0, h->occurrence = -1;
}

static ErrCode emit_results(LuaHost *h, const char *name, int base, CellError *error) {
  int top = lua_gettop(h->L);
  Err err = {0};
  if (!lua_checkstack(h->L, LUA_MINSTACK)) err_set(&err, ERR_LUA, "too many values: %d", top - base);
  for (int place = base + 1; place <= top && err.code == OK; place++)
    if (!lua_isnil(h->L, place) && emit_value(h->L, place, &err) != OK) break;
  if (err.code == OK) return OK;
  read_place(name, err.msg, error);
  return error->err.code = err.code;
}

static ErrCode run_loaded(LuaHost *h, Sv text, const char *name, int base, CellError *error) {
  lua_State *L = h->L;
  env_push(L);
  lua_setupvalue(L, -2, 1);
  h->limited = true;
  ErrCode code = lua_pcall(L, 0, LUA_MULTRET, 0) == LUA_OK ? OK : report(h, name, error);
  if (code != OK) place_name(text, error);
  if (code == OK && !note_is_silent(text)) code = emit_results(h, name, base, error);
  h->limited = false;
  return code;
}

static void stop(lua_State *L, lua_Debug *where);

static void hook_stop(lua_State *L) {
  lua_sethook(L, stop, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

// A cancel that comes between the look at the flag and the end of the hook sets it again.
static void unhook(lua_State *L) {
  lua_sethook(L, NULL, 0, 0);
  if (host_cancelling(host_of(L))) hook_stop(L);
}

// A hook whose cell has ended meanwhile finds the flag down.
static void stop(lua_State *L, lua_Debug *where) {
  (void)where;
  if (host_cancelling(host_of(L))) luaL_error(L, "stopped");
  unhook(L);
}

void host_cancel(LuaHost *h) {
  atomic_store(&h->job->cancel, true);
  hook_stop(h->running);
}

static void wait_there(lua_State *L, lua_Debug *where) {
  job_wait(host_of(L)->job);
  stop(L, where);
}

void host_pause(LuaHost *h) { lua_sethook(h->running, wait_there, LUA_MASKCALL | LUA_MASKCOUNT, 1); }

bool host_cancelling(const LuaHost *h) { return atomic_load(&h->job->cancel); }
bool host_pausing(const LuaHost *h) { return atomic_load(&h->job->pause); }

void host_settle(LuaHost *h) {
  Job *job = h->job;
  bool kept = job->kept;
  job->partial = job->kept = false;
  if (!kept || atomic_load(&job->cancel)) return;
  lua_sethook(h->running, NULL, 0, 0);
  h->ops.print(h->ops.ctx, sv("stopped by hand: what was done so far is kept\n"));
}

static void clear_cancel(LuaHost *h) {
  atomic_store(&h->job->cancel, false);
  lua_sethook(h->L, NULL, 0, 0);
  h->running = h->L;
}

ErrCode host_run_cell(LuaHost *h, int number, Sv text, CellError *error) {
  lua_State *L = h->L;
  int base = lua_gettop(L);
  char chunk[32];
  snprintf(chunk, sizeof chunk, "=cell %d", number);
  *error = (CellError){0};
  h->running = L;
  map_fini(&h->reads);
  map_fini(&h->writes);
  key_stream(h, text);
  ErrCode code =
      load_cell(L, text, chunk) == LUA_OK ? run_loaded(h, text, chunk + 1, base, error)
                                          : report_syntax(h, text, chunk + 1, error);
  find_locals(h, text, number);
  lua_settop(L, base);
  if (code == ERR_CANCELLED) clear_cancel(h); // one that comes between cells stops the next
  return code;
}
