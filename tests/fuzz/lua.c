// Any text as a cell: it runs, or it fails with a message and a place inside the cell; nothing that it does outlives
// it, and the session takes the next cell. A cell that does not end is stopped after so many instructions.
#include "fuzz/fuzz.h"

#include "bind/bind_int.h"

enum { MEMORY = 16 << 20, INSTRUCTIONS = 20000 };

static const char *const TOKENS[] = {
    "local ", "function(", ") ", "end\n", "return ", "if x then ", "else ", "for i = 1, 3 do ",
    "for k, v in pairs(t) do ", "while true do ", "repeat ", "until x", "goto a", "::a::", "break", "= ", "==", "..",
    "...", "#", "(", ")", "{", "}", "[", "]", ",", ";", ":", ".", "nil", "true", "x", "t", "f", "d", "y", "1", "-1",
    "0.5", "1e308", "math.huge", "0/0", "math.mininteger", "'a'", "\"age > 1\"", "[[s]]", "d:where", "d:derive",
    "d:sort", "d:select", "d:count", "d:head", "d:describe()", "d.age", ":mean()", ":values()", "d:split", "frame",
    "data", "ml.logistic", "ml.linear", "ml.baseline", "prep.impute", "prep.onehot", "pipe", ":fit", ":predict",
    "evaluate", "plot", "show(", "print(", "accept(", "seed(", "pcall(", "error(", "setmetatable(", "getmetatable(",
    "rawset(", "rawget(", "_G", "_ENV", "coroutine.wrap(", "coroutine.yield(", "string.format(", "'%s'",
    "table.sort(", "table.concat(", "table.unpack(", "select(", "load(", "tostring(", "tonumber(", "__gc", "__close",
    "__index", "<close>", "help(", "type(", "next", "\n", "-- c\n", NULL};

static void on_emit(void *ctx, const HostValue *v) { *(bool *)ctx = v->kind == VALUE_INT && v->i == 2; }
static void on_print(void *ctx, Sv text) { (void)ctx, (void)text; }
static void on_accepted(void *ctx, const char *text) { (void)ctx, (void)text; }
static void on_datasets(void *ctx, Frame **out) { (void)ctx, *out = frame_new(0); }
static ErrCode refuse(void *ctx, const char *path, bool write, Str *real, Err *err) {
  (void)ctx, (void)write, (void)real;
  return err_set(err, ERR_DENIED, "%s is outside", path);
}
static void on_candidate(void *ctx, const char *text, const char *kind, const char *doc) {
  (void)ctx;
  assert_true(text && kind && doc);
}

static void guard(lua_State *L, lua_Debug *where) {
  (void)where;
  host_cancel(host_of(L));
}

static ErrCode run(LuaHost *h, int number, Sv text, CellError *e) {
  lua_sethook(h->L, guard, LUA_MASKCOUNT, INSTRUCTIONS);
  return host_run_cell(h, number, text, e);
}

static void check_place(Sv text, const CellError *e) {
  int lines = 1;
  for (size_t i = 0; i < text.n; i++) lines += text.s[i] == '\n' || text.s[i] == '\r';
  assert_true(e->err.msg[0]);
  assert_true(e->line >= 0 && e->column >= 0 && e->column <= (int)text.n + 1);
  if (e->line > lines) fail_msg("line %d of %d: %s", e->line, lines, e->err.msg);
}

static void check_session(LuaHost *h, Sv text, Dice *d) {
  bool whole;
  int64_t n, id = host_save_state(h, &whole);
  HostSnapshot *s = host_snapshot(h);
  size_t at = (size_t)below(d, (int64_t)text.n + 1);
  assert_true(host_complete(s, text, at, on_candidate, NULL) <= at);
  snapshot_unref(s);
  (void)host_reads(h, &n), (void)host_writes(h, &n);
  if (id) assert_int_equal(host_restore_state(h, id, NULL), OK);
}

static void check(Sv bytes, Dice *d) {
  bool two = false;
  Job job = {0};
  HostOps ops = {.ctx = &two, .emit = on_emit, .print = on_print, .accepted = on_accepted,
                 .door = {NULL, refuse, NULL}, .datasets = on_datasets, .memory = MEMORY};
  LuaHost *h;
  CellError e;
  assert_int_equal(host_open(&job, &ops, 1, &h, NULL), OK);
  Sv names = sv("d = frame{age = {1, 2, 3, 4}, y = {'a', 'b', 'a', 'b'}}; x = 1; t = {1, 2}");
  assert_int_equal(host_run_cell(h, 1, names, &e), OK);
  ErrCode code = run(h, 2, bytes, &e);
  assert_int_equal(code, e.err.code);
  if (code != OK) check_place(bytes, &e);
  check_session(h, bytes, d);
  code = run(h, 3, sv("1 + 1"), &e); // a cancel that came as the cell ended stops the next one
  if (code == ERR_CANCELLED) code = run(h, 4, sv("1 + 1"), &e);
  if (code != OK) fail_msg("the next cell fails: %s", e.err.msg);
  assert_true(two);
  host_close(h);
}

TEST(any_cell_runs_or_fails_with_a_message) {
  fuzz_run(&(Fuzz){.door = "lua", .check = check, .rounds = 3000, .token = TOKENS});
}

RUN(FUZZ_CASE(any_cell_runs_or_fails_with_a_message))
