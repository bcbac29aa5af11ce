// Cells, globals and the sandbox. What Lua is expected to do is Lua 5.4's manual; the rest is the language page.
#include "check.h"

#include "bind/bind_int.h"

#include <stdlib.h>

typedef struct Sink {
  Str values, prints;
} Sink;

static void on_emit(void *ctx, const HostValue *v) {
  Sink *s = ctx;
  if (v->kind == VALUE_INT) str_addf(&s->values, "%lld;", (long long)v->i);
  else if (v->kind == VALUE_REAL) str_addf(&s->values, "%.17g;", v->f);
  else if (v->kind == VALUE_BOOL) str_addf(&s->values, "%s;", v->b ? "true" : "false");
  else if (v->kind == VALUE_FRAME)
    str_addf(&s->values, "frame %lld x %d;", (long long)frame_nrow(v->frame), frame_ncol(v->frame));
  else str_addf(&s->values, "%s;", v->text);
}

static void on_print(void *ctx, Sv text) { str_addn(&((Sink *)ctx)->prints, text.s, text.n); }
static void on_accepted(void *ctx, const char *text) { str_addf(&((Sink *)ctx)->prints, "+%s", text); }
static void on_datasets(void *ctx, Frame **out) { (void)ctx, *out = frame_new(0); }

static ErrCode refuse(void *ctx, const char *path, bool write, Str *real, Err *err) {
  (void)ctx, (void)write, (void)real;
  return err_set(err, ERR_DENIED, "%s is outside", path);
}

typedef struct Rig {
  Sink sink;
  Job job;
  LuaHost *host;
  CellError error;
} Rig;

static void rig_open(Rig *r, uint64_t seed) {
  *r = (Rig){0};
  static const char *const args[] = {"city=Rome", "n=3", NULL};
  HostOps ops = {.ctx = &r->sink,
                 .emit = on_emit,
                 .print = on_print,
                 .accepted = on_accepted,
                 .door = {NULL, refuse, NULL},
                 .datasets = on_datasets,
                 .args = args,
                 .memory = 64 << 20};
  Err err;
  if (host_open(&r->job, &ops, seed, &r->host, &err) != OK) fail_msg("%s", err.msg);
}

static void rig_close(Rig *r) {
  host_close(r->host);
  str_fini(&r->sink.values);
  str_fini(&r->sink.prints);
}

// The values that the cells give, run one after the other in one session; a failure ends in "!message".
static const char *run(Rig *r, const char *const *cells) {
  str_clear(&r->sink.values);
  str_clear(&r->sink.prints);
  for (int k = 0; cells[k]; k++)
    if (host_run_cell(r->host, k + 1, sv(cells[k]), &r->error) != OK)
      str_addf(&r->sink.values, "!%s", r->error.err.msg);
  return str_c(&r->sink.values);
}

#define RUN_CELLS(...)                                                                                                 \
  Rig r;                                                                                                               \
  rig_open(&r, 1);                                                                                                     \
  const char *got = run(&r, (const char *const[]){__VA_ARGS__, NULL})

#define GIVES(want)                                                                                                    \
  assert_string_equal(got, want);                                                                                      \
  rig_close(&r)

#define FAILS(part)                                                                                                    \
  assert_has(got, part);                                                                                               \
  rig_close(&r)

TEST(the_value_is_the_last_expression) {
  RUN_CELLS("1 + 1", "x = 3", "x", "local a = 4\na * 2", "x = 5; x", "'text'", "{1, 2, n = {true}}", "-3",
            "if x then\n  y = 1\nend", "f = function() return 1, 2 end\nf()", "return 9");
  GIVES("2;3;8;5;text;{1, 2, n = {true}};-3;1;2;9;");
}

TEST(a_cell_that_ends_in_a_semicolon_shows_nothing) {
  RUN_CELLS("1 + 1;", "1 + 1; -- note", "x = 2;", "x");
  GIVES("2;");
}

TEST(a_call_over_two_lines_is_one_statement) {
  RUN_CELLS("g = function(t) return t[1] end", "g\n{7}", "s = 'a'\n..'b'", "s");
  GIVES("7;ab;");
}

TEST(cells_share_globals_and_locals_are_named) {
  RUN_CELLS("local d = 1", "d + 1");
  assert_has(got, "d was local to cell 1; write d = ...");
  assert_int_equal(r.error.line, 1);
  rig_close(&r);
}

TEST(unknown_names_are_answered_with_the_nearest) {
  RUN_CELLS("total = 1", "return totl");
  FAILS("no name 'totl' here: did you mean 'total'?");
}

TEST(a_name_set_to_nil_is_known) {
  RUN_CELLS("x = nil", "x == nil");
  GIVES("true;");
}

TEST(own_names_are_protected) {
  RUN_CELLS("data = 1");
  FAILS("'data' is tycho's own name: call yours my_data or data2");
}

TEST(own_names_are_protected_from_rawset_too) {
  RUN_CELLS("rawset(_G, 'data', 1)");
  FAILS("rawset cannot write globals");
}

TEST(reads_and_writes_of_a_cell_are_known) {
  RUN_CELLS("a = 1\nb = 2", "c = a + b\na = c\nreturn c");
  int64_t n;
  const Sv *name = host_reads(r.host, &n);
  assert_int_equal(n, 2);
  assert_true(sv_is(name[0], "a") && sv_is(name[1], "b"));
  name = host_writes(r.host, &n);
  assert_int_equal(n, 2);
  assert_true(sv_is(name[0], "c") && sv_is(name[1], "a"));
  assert_string_equal(got, "3;");
  rig_close(&r);
}

TEST(what_could_reach_outside_is_absent) {
  static const char *const gone[] = {"dofile",    "loadfile", "collectgarbage", "next",       "require",
                                     "package",   "io",       "debug",          "os.execute", "os.getenv",
                                     "os.remove", "os.exit",  "string.dump"};
  for (size_t k = 0; k < sizeof gone / sizeof *gone; k++) {
    Rig r;
    rig_open(&r, 1);
    Str cell = {0};
    str_addf(&cell, "return %s == nil", gone[k]);
    const char *got = run(&r, (const char *const[]){str_c(&cell), NULL});
    if (strcmp(got, "true;") != 0 && !strstr(got, "no name")) fail_msg("%s: %s", gone[k], got);
    str_fini(&cell);
    rig_close(&r);
  }
}

TEST(load_takes_text_only_and_sees_the_cells_globals) {
  RUN_CELLS("x = 4", "load('return x')()", "load('\\27Lua')", "load('data = 1')()");
  assert_has(got, "4;");
  assert_has(got, "attempt to load a binary chunk");
  FAILS("tycho's own name");
}

TEST(pairs_come_in_sorted_order) {
  RUN_CELLS("t = {} for _, k in ipairs{'pear', 'fig', 'apple', 'kiwi'} do t[k] = 1 end t[1] = 0 t[2] = 0 t[10] = 0 "
            "t[2.5] = 0",
            "s = '' for k in pairs(t) do s = s .. k .. ' ' end", "s");
  GIVES("1 2 2.5 10 apple fig kiwi pear ;");
}

TEST(pairs_allows_removal_on_the_way) {
  RUN_CELLS("t = {a = 1, b = 2, c = 3} n = 0", "for k in pairs(t) do t.b = nil n = n + 1 end", "n");
  GIVES("2;");
}

TEST(addresses_are_never_printed) {
  RUN_CELLS("print({}, print, coroutine.create(print))", "string.format('%s %s', {}, print)",
            "string.format('%p', {})");
  assert_string_equal(str_c(&r.sink.prints), "table\tfunction\tthread\n");
  assert_has(got, "table function;");
  FAILS("%p would print an address");
}

TEST(random_numbers_depend_on_seed_and_cell_alone) {
  Rig a, b, c;
  rig_open(&a, 1), rig_open(&b, 1), rig_open(&c, 2);
  static const char *const cell[] = {"math.random()", NULL}, *const after[] = {"x = math.random(10)", "math.random()",
                                                                               NULL};
  char *first = strdup(run(&a, cell)), *other = strdup(run(&b, after)), *seeded = strdup(run(&c, cell));
  assert_string_equal(first, other);
  assert_string_not_equal(first, seeded);
  assert_string_not_equal(run(&a, cell), first); // the same text a second time is a stream of its own
  free(first), free(other), free(seeded);
  rig_close(&a), rig_close(&b), rig_close(&c);
}

TEST(random_integers_stay_in_their_interval) {
  RUN_CELLS(
      "lo, hi = 9, 0 for i = 1, 2000 do local v = math.random(3, 6) lo = math.min(lo, v) hi = math.max(hi, v) end",
      "lo", "hi", "math.type(math.random(math.mininteger, math.maxinteger))", "math.random(3, 2)");
  assert_has(got, "3;6;integer;");
  FAILS("is empty");
}

TEST(errors_name_line_and_token) {
  RUN_CELLS("x = 1\ny = = 2");
  assert_int_equal(r.error.line, 2);
  assert_string_equal(r.error.token, "=");
  FAILS("unexpected symbol");
}

TEST(a_syntax_error_is_located_at_the_token) {
  static const struct {
    const char *cell, *token;
    int line, column;
  } wrong[] = {{"x = \"= =\" = 1", "=", 1, 11}, {"x = = 1", "=", 1, 5},
               {"a = 1\n\n  b = )", ")", 3, 7}, {"if x then\ny = 1", "", 0, 0},
               {"x = 3 y", "", 0, 0},           {"d:where 'a' d.age > 3", ">", 1, 19},
               {"x = 1e", "1e", 1, 5},          {"local function end", "end", 1, 16}};
  for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
    Rig r;
    rig_open(&r, 1);
    run(&r, (const char *const[]){wrong[k].cell, NULL});
    assert_int_equal(r.error.err.code, ERR_LUA);
    if (wrong[k].line) {
      assert_string_equal(r.error.token, wrong[k].token);
      assert_int_equal(r.error.line, wrong[k].line);
      assert_int_equal(r.error.column, wrong[k].column);
    } else {
      assert_int_equal(r.error.column, 0);
    }
    rig_close(&r);
  }
}

TEST(memory_bombs_end_in_an_error_and_the_session_lives) {
  RUN_CELLS("t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1000) .. i end", "t = nil", "1 + 1");
  assert_has(got, "not enough memory");
  FAILS("2;");
}

TEST(what_ran_before_an_error_stays) {
  RUN_CELLS("a = 1\nerror('boo')", "a");
  GIVES("!boo1;");
}

TEST(accept_fails_loudly) {
  RUN_CELLS("accept(1 < 2, 'order')", "accept(false, 'chaos')");
  assert_string_equal(str_c(&r.sink.prints), "+order");
  FAILS("not accepted: chaos");
}

TEST(args_hold_the_command_lines_words) {
  RUN_CELLS("args.city .. args.n", "args.other == nil");
  GIVES("Rome3;true;");
}

TEST(frames_from_lists_keep_types_and_order) {
  RUN_CELLS("frame{x = {1, 2, 3}, g = {'a', 'b', 'a'}}:names()", "frame{{'z', {1}}, {'a', {2.5}}}:names()",
            "frame{x = {1, nil, 3.5}}.x:nmissing()", "frame{x = {1, 'a'}}");
  assert_has(got, "{\"g\", \"x\"};{\"z\", \"a\"};1;");
  FAILS("column 'x': entry 2 is a string");
}

TEST(the_calling_rule_has_two_equal_forms) {
  RUN_CELLS("d = frame{x = {3, 1, 2}}", "d:head(2).x:values()", "d:head{2}.x:values()", "d:head{n = 2}.x:values()",
            "d:sort('x').x:values()", "d:sort{'x'}.x:values()", "d:sort({'-x'}).x:values()");
  GIVES("{3, 1};{3, 1};{3, 1};{1, 2, 3};{1, 2, 3};{3, 2, 1};");
}

TEST(wrong_arguments_say_what_fits) {
  RUN_CELLS("d = frame{x = {1}}", "d:head('a')", "d:head(1, 2)", "d:head{rows = 1}", "d:head(-1)", "d:sort()",
            "d.head(3)", "d:row(2)");
  assert_has(got, "head: n must be a whole number of at least 0, a string was given");
  assert_has(got, "head takes at most 1 value, 2 were given: d:head(n)");
  assert_has(got, "head has no option 'rows'");
  assert_has(got, "n must be a whole number of at least 0, -1 was given");
  assert_has(got, "sort needs keys");
  assert_has(got, "head is called with a colon");
  FAILS("there is no row 2, the frame has 1");
}

TEST(an_order_is_one_list_or_one_for_each_name) {
  RUN_CELLS("d = frame{s = {'M', 'S', 'L'}, g = {'b', 'a', 'b'}}",
            "p = pipe{prep.ordinal{'s', order = {'S', 'M', 'L'}}}", "p:fit(d):transform(d).s:values()",
            "p = pipe{prep.ordinal{order = {s = {'L', 'M', 'S'}, g = {'b', 'a'}}}}",
            "p:fit(d):transform(d).s:values()", "p:fit(d):transform(d).g:values()", "p:fit(d):transform(d).nrow",
            "prep.ordinal{order = {s = 3}}");
  assert_has(got, "{1, 0, 2};{1, 2, 0};{0, 1, 0};3;");
  FAILS("s must be a name or a list of names");
}

TEST(comparing_a_column_in_plain_lua_shows_the_string_form) {
  RUN_CELLS("d = frame{age = {1}}", "d.age > 30", "d.age <= 3", "d.age + 1");
  assert_has(got, "d:where \"age > 30\"");
  assert_has(got, "d:where \"age <= 3\"");
  FAILS("d:derive{\"new = age + 1\"}");
}

TEST(a_column_named_like_a_verb_leaves_the_verb_callable) {
  RUN_CELLS("d = frame{count = {1, 1, 2}}", "d.count:sum()", "d:count{'count'}");
  GIVES("4;frame 2 x 2;");
}

TEST(unknown_columns_and_verbs_share_one_answer) {
  RUN_CELLS("d = frame{age = {1}}", "d.agee", "d:haed(3)", "d.x = 1");
  assert_has(got, "no column or verb 'agee': did you mean 'age'?");
  assert_has(got, "no column or verb 'haed': did you mean 'head'?");
  FAILS("a frame never changes");
}

TEST(user_globals_are_listed_without_the_programs_own) {
  RUN_CELLS("b = 1 a = frame{x = {1, 2}} c = {1}", "for k in pairs(_G) do print(k) end");
  assert_string_equal(got, "");
  assert_string_equal(str_c(&r.sink.prints), "a\nb\nc\n");
  HostSnapshot *s = host_snapshot(r.host);
  assert_int_equal(s->n, 3);
  const HostObject *a = snapshot_find(s, sv("a"));
  assert_string_equal(a->kind, "Frame");
  rig_close(&r); // a snapshot outlives the host
  assert_int_equal(frame_nrow(a->frame), 2);
  assert_null(snapshot_find(s, sv("data")));
  snapshot_unref(s);
}

TEST(going_back_restores_values_and_forgets_later_ones) {
  RUN_CELLS("d = frame{x = {1, 2}} t = {1, {k = 'v'}} n = 1");
  bool whole = false;
  int64_t id = host_save_state(r.host, &whole);
  assert_true(id > 0 && whole);
  run(&r, (const char *const[]){"t[2].k = 'w' n = 2 d = nil later = 1", NULL});
  Err err;
  assert_int_equal(host_restore_state(r.host, id, &err), OK);
  got = run(&r, (const char *const[]){"t[2].k .. n", "d.nrow", "later", NULL});
  assert_has(got, "v1;2;");
  assert_has(got, "no name 'later'");
  run(&r, (const char *const[]){"t[2].k = 'x'", NULL});
  assert_int_equal(host_restore_state(r.host, id, &err), OK); // the kept copy did not change
  assert_string_equal(run(&r, (const char *const[]){"t[2].k", NULL}), "v;");
  host_drop_state(r.host, id);
  assert_int_equal(host_restore_state(r.host, 12345, &err), ERR_ARG);
  rig_close(&r);
}

TEST(a_state_keeps_functions_that_hold_no_local_variable) {
  RUN_CELLS("function twice(x) return 2 * x end floor = math.floor");
  Err err;
  bool whole = false;
  assert_string_equal(got, "");
  int64_t id = host_save_state(r.host, &whole);
  assert_true(whole);
  run(&r, (const char *const[]){"twice = nil floor = nil", NULL});
  assert_int_equal(host_restore_state(r.host, id, &err), OK);
  assert_string_equal(run(&r, (const char *const[]){"twice(floor(3.5))", NULL}), "6;");
  run(&r, (const char *const[]){"local n = 0 function count() n = n + 1 return n end", NULL});
  host_save_state(r.host, &whole);
  assert_false(whole);
  rig_close(&r);
}

TEST(taking_back_keeps_what_is_new) {
  RUN_CELLS("d = 1 kept = 'k'");
  Err err;
  bool whole;
  assert_string_equal(got, "");
  int64_t id = host_save_state(r.host, &whole);
  run(&r, (const char *const[]){"d = 2 kept = nil new = 3", NULL});
  assert_int_equal(host_take_back(r.host, id, &err), OK);
  assert_string_equal(run(&r, (const char *const[]){"d .. kept .. new", NULL}), "1k3;");
  rig_close(&r);
}

TEST(going_back_to_the_beginning_empties_the_session) {
  RUN_CELLS("d = 1 seed(5)");
  Err err;
  assert_string_equal(got, "");
  assert_int_equal(host_restore_state(r.host, 0, &err), OK);
  assert_true(host_seed(r.host) == 1);
  got = run(&r, (const char *const[]){"d", NULL});
  assert_has(got, "no name 'd'");
  rig_close(&r);
}

TEST(a_state_keeps_the_seed) {
  RUN_CELLS("seed(5)");
  assert_string_equal(got, "");
  bool whole;
  int64_t id = host_save_state(r.host, &whole);
  run(&r, (const char *const[]){"seed(6)", NULL});
  assert_int_equal(host_restore_state(r.host, id, NULL), OK);
  assert_true(host_seed(r.host) == 5);
  rig_close(&r);
}

TEST(states_fall_out_oldest_first_and_say_so) {
  RUN_CELLS("x = 1");
  bool whole;
  Err err;
  assert_string_equal(got, "");
  int64_t first = host_save_state(r.host, &whole), second = host_save_state(r.host, &whole);
  assert_true(second > first);
  assert_true(host_forget_oldest(r.host));
  assert_false(host_forget_oldest(r.host)); // the newest stays
  assert_int_equal(host_restore_state(r.host, first, &err), ERR_ARG);
  assert_has(err.msg, "no longer kept, to save memory: replay the cells");
  assert_int_equal(host_restore_state(r.host, second, &err), OK);
  host_drop_state(r.host, second);
  assert_int_equal(host_restore_state(r.host, second, &err), ERR_ARG);
  assert_true(host_save_state(r.host, &whole) > second); // a number is never used again
  rig_close(&r);
}

TEST(random_numbers_follow_the_text_and_its_occurrence) {
  Rig r;
  rig_open(&r, 1);
  static const char *const cell[] = {"math.random(1000000)", NULL};
  char *first = strdup(run(&r, cell)), *second = strdup(run(&r, cell)); // counted as they run
  assert_string_not_equal(first, second);
  host_set_occurrence(r.host, 0);
  assert_string_equal(run(&r, cell), first);
  host_set_occurrence(r.host, 1);
  assert_string_equal(run(&r, cell), second);
  host_set_occurrence(r.host, 0);
  assert_string_equal(run(&r, cell), first);
  free(first), free(second);
  rig_close(&r);
}

TEST(a_state_with_a_function_that_holds_a_variable_says_that_it_is_not_whole) {
  RUN_CELLS("local n = 0 f = function() n = n + 1 end");
  assert_string_equal(got, "");
  bool whole = true;
  assert_true(host_save_state(r.host, &whole) > 0);
  assert_false(whole);
  rig_close(&r);
}

TEST(a_state_bounds_what_it_copies) {
  RUN_CELLS("t = {} for i = 1, 20000 do t[i] = i end", "u = {} u.u = u");
  assert_string_equal(got, "");
  bool whole = true;
  assert_true(host_save_state(r.host, &whole) > 0);
  assert_false(whole);
  rig_close(&r);
}

TEST(derived_columns_build_on_those_before_them) {
  RUN_CELLS("d = frame{x = {1, 2}}", "d:derive{'y = x + 1', 'z = y * 10'}.z:values()",
            "d:derive({y = 'x + 1', z = 'y * 2'}).z:values()",
            "d:derive{w = function(r) return r.x * 3 end}.w:values()", "d:derive{'y = x + 1', 'z = yy'}",
            "d:derive{y = 3}");
  assert_has(got, "{20, 30};{4, 6};{3, 6};");
  assert_has(got, "no column 'yy': did you mean 'y'?");
  FAILS("derive: y must be an expression in a string, a number was given");
}

TEST(named_values_reach_their_place) {
  RUN_CELLS("d = frame{x = {1, 2, 3, 4}, y = {'a', 'b', 'a', 'a'}}",
            "m = pipe{ml.baseline()}:fit{train = d, target = 'y', seed = 3}", "m:predict{d = d}.nrow");
  GIVES("4;");
}

TEST(weights_of_classes_are_a_word_or_a_table) {
  RUN_CELLS("tostring(ml.logistic{class_weight = 'balanced'})", "ml.logistic{class_weight = {'balanced'}}",
            "ml.logistic{class_weight = {yes = 5, no = 0.5}}", "ml.logistic{class_weight = {[0] = 1, [1] = 5}}",
            "ml.logistic{class_weight = {yes = 'much'}}");
  assert_has(got, "ml.logistic{class_weight=\"balanced\"};");
  assert_has(got, "ml.logistic{class_weight={no=0.5, yes=5}};ml.logistic{class_weight={[\"1\"]=5, [\"0\"]=1}};");
  FAILS("class_weight must be \"balanced\", or a table of names and positive numbers, such as {yes=5, no=1}, a string");
}

TEST(a_tostring_that_fails_or_does_not_end_is_the_cells_error) {
  RUN_CELLS("error(setmetatable({}, {__tostring = error}))",
            "setmetatable({}, {__tostring = function() error('no') end})",
            "{setmetatable({}, {__tostring = function() return {} end})}", "1 + 1");
  GIVES("!the error's __tostring fails!no!'__tostring' must return a string2;");
}

TEST(a_coroutine_shows_its_own_values) {
  RUN_CELLS("coroutine.wrap(function(a, b, c) show(c) end)(1, 2, 'third')");
  GIVES("third;");
}

TEST(finalizers_are_left_out) {
  RUN_CELLS("setmetatable({}, {__gc = function() while true do end end})");
  FAILS("setmetatable: __gc is left out");
}

TEST(a_full_memory_leaves_the_session_to_look_at) {
  RUN_CELLS("t = {} while true do t = {t} end");
  assert_has(got, "not enough memory");
  HostSnapshot *s = host_snapshot(r.host);
  assert_non_null(snapshot_find(s, sv("t")));
  snapshot_unref(s);
  rig_close(&r);
}

RUN(CASE(named_values_reach_their_place), CASE(weights_of_classes_are_a_word_or_a_table),
    CASE(a_tostring_that_fails_or_does_not_end_is_the_cells_error),
    CASE(a_coroutine_shows_its_own_values), CASE(finalizers_are_left_out),
    CASE(a_full_memory_leaves_the_session_to_look_at), CASE(derived_columns_build_on_those_before_them),
    CASE(user_globals_are_listed_without_the_programs_own), CASE(going_back_restores_values_and_forgets_later_ones),
    CASE(a_state_keeps_functions_that_hold_no_local_variable), CASE(taking_back_keeps_what_is_new),
    CASE(going_back_to_the_beginning_empties_the_session), CASE(a_state_keeps_the_seed),
    CASE(states_fall_out_oldest_first_and_say_so), CASE(random_numbers_follow_the_text_and_its_occurrence),
    CASE(a_state_with_a_function_that_holds_a_variable_says_that_it_is_not_whole), CASE(a_state_bounds_what_it_copies),
    CASE(the_value_is_the_last_expression), CASE(a_cell_that_ends_in_a_semicolon_shows_nothing),
    CASE(a_call_over_two_lines_is_one_statement), CASE(cells_share_globals_and_locals_are_named),
    CASE(unknown_names_are_answered_with_the_nearest), CASE(a_name_set_to_nil_is_known), CASE(own_names_are_protected),
    CASE(own_names_are_protected_from_rawset_too), CASE(reads_and_writes_of_a_cell_are_known),
    CASE(what_could_reach_outside_is_absent), CASE(load_takes_text_only_and_sees_the_cells_globals),
    CASE(pairs_come_in_sorted_order), CASE(pairs_allows_removal_on_the_way), CASE(addresses_are_never_printed),
    CASE(random_numbers_depend_on_seed_and_cell_alone), CASE(random_integers_stay_in_their_interval),
    CASE(errors_name_line_and_token), CASE(a_syntax_error_is_located_at_the_token),
    CASE(memory_bombs_end_in_an_error_and_the_session_lives), CASE(what_ran_before_an_error_stays),
    CASE(accept_fails_loudly), CASE(args_hold_the_command_lines_words), CASE(frames_from_lists_keep_types_and_order),
    CASE(the_calling_rule_has_two_equal_forms), CASE(wrong_arguments_say_what_fits),
    CASE(an_order_is_one_list_or_one_for_each_name),
    CASE(comparing_a_column_in_plain_lua_shows_the_string_form),
    CASE(a_column_named_like_a_verb_leaves_the_verb_callable), CASE(unknown_columns_and_verbs_share_one_answer))
