// The verbs of shape as Lua calls them: the forms of on=, frames by place, types by name, and what a mistake is
// answered with. Values by hand.
#include "check.h"

#include "bind/bind_int.h"

#include <stdlib.h>

static void on_emit(void *ctx, const HostValue *v) {
  Str *out = ctx;
  if (v->kind == VALUE_STRING) str_add(out, v->text);
  else str_addf(out, "kind %d", (int)v->kind);
}

static void on_print(void *ctx, Sv text) { (void)ctx, (void)text; }
static void on_datasets(void *ctx, Frame **out) { (void)ctx, *out = frame_new(0); }

// What `code` prints of the frames d, e and three of its own; or the message behind "line 1: ".
static const char *answer(const char *code) {
  static char buf[4][1200];
  static int turn;
  char *to = buf[turn++ & 3];
  static const char *const args[] = {NULL};
  static const char head[] = "local d = frame{id={1, 2, 3}, x={'a', 'b', 'a'}} "
                             "local e = frame{key={3, 1, 1}, x={'c', 'd', 'e'}} "
                             "local function show(f) local t = {} for r in f:rows() do local c = {} "
                             "for i, n in ipairs(f:names()) do c[i] = tostring(r[n]) end "
                             "t[#t + 1] = table.concat(c, ' ') end return table.concat(t, '; ') end ";
  Str text = {0}, out = {0};
  str_addf(&text, "%s %s", head, code);
  Job job = {0};
  HostOps ops = {.ctx = &out, .emit = on_emit, .print = on_print, .datasets = on_datasets, .args = args};
  LuaHost *host;
  CellError e = {0};
  assert_int_equal(host_open(&job, &ops, 1, &host, NULL), OK);
  ErrCode code_ = host_run_cell(host, 1, (Sv){str_c(&text), text.n}, &e);
  const char *place = strstr(e.err.msg, "line 1: ");
  snprintf(to, sizeof buf[0], "%s", code_ == OK ? str_c(&out) : place ? place + 8 : e.err.msg);
  host_close(host);
  str_fini(&text);
  str_fini(&out);
  return to;
}

#define ANSWERS(code, want) assert_string_equal(answer(code), want)

TEST(on_takes_a_name_a_list_or_pairs) {
  ANSWERS("return show(d:join(e, {on={id='key'}, how='left'}))", "1 a d; 1 a e; 2 b nil; 3 a c");
  ANSWERS("return show(d:join(d, {on='id'}))", "1 a a; 2 b b; 3 a a");
  ANSWERS("return show(d:join{d, on={'id', 'x'}, how='semi'})", "1 a; 2 b; 3 a");
  ANSWERS("return show(d:join(e, {on={'x', id='key'}, how='anti'}))", "1 a; 2 b; 3 a");
  ANSWERS("return table.concat(d:join(e, {on={id='key'}, suffix='2'}):names(), ' ')", "id x x2");
}

TEST(join_answers_mistakes) {
  ANSWERS("return d:join(e)",
          "join needs on=, the columns to match: on=\"id\", on={\"x\", \"y\"} or on={a=\"b\"}; both "
          "frames have \"x\"");
  ANSWERS(
      "return d:join(d:rename{y='x', z='id'})",
      "join needs on=, the columns to match: on=\"id\", on={\"x\", \"y\"} or on={a=\"b\"}; the frames have no column "
      "name in common");
  ANSWERS("return d:join(e, {on=3})", "join: on must be a name, a list of names or a table left = right, a number was "
                                      "given");
  ANSWERS("return d:join(e, {on={id=3}})", "join: on: names of columns are strings, a number was given");
  ANSWERS("return d:join('e', {on='x'})", "join: the first value must be a frame, a string was given");
  ANSWERS("return d:join(e, {on='x', how='lft'})",
          "join: how must be \"inner\", \"left\", \"right\", \"full\", \"semi\" or \"anti\", \"lft\" was given");
  ANSWERS("return d:join(e, {on={id='key'}, expect='1:1'})",
          "join: expect=\"1:1\" does not hold: key=1 stands in rows 2 and 3 of the right frame");
}

TEST(stack_takes_frames_by_place) {
  ANSWERS("return show(d:head(1):stack(d:tail(1), d:head(1)))", "1 a; 3 a; 1 a");
  ANSWERS("return show(d:head(1):stack{d:tail(1), e:head(1), source='from', labels={'p', 'q', 'r'}})",
          "p 1 a nil; q 3 a nil; r nil c 3");
  ANSWERS("return d:stack()", "stack needs frames: d:stack(e, f, {source=\"file\"})");
  ANSWERS("return d:stack(e, 3)", "stack: each value must be a frame, a number was given");
  ANSWERS("return d:stack(e, {labels={'a'}})", "stack: labels= needs source=, the name of their column");
  ANSWERS("return d:stack(e, {source='s', labels={'a'}})",
          "stack: 1 labels were given for 2 frames, d itself is the first");
}

TEST(the_others_take_their_options) {
  ANSWERS("return show(d:melt{id='x', values='id', names='n', to='v'})", "a id 1; b id 2; a id 3");
  ANSWERS("return show(d:pivot{rows='x', columns='id', agg='count'})", "a 1 0 1; b 0 1 0");
  ANSWERS("return d:cast{id='text'}:types().id .. d:cast{x='category', id='real'}:types().id", "textreal");
  ANSWERS("return d:cast{id='rael'}", "cast: id: no type 'rael': did you mean 'real'?");
  ANSWERS("return d:cast{id=3}", "cast: id must be the name of a type, as in cast{id=\"int\"}, a number was given");
  ANSWERS("return d:cast{}", "cast needs columns and types: d:cast{age=\"int\"}");
  ANSWERS("return show(d:cast{x='int', unfit='missing'})", "1 nil; 2 nil; 3 nil");
  ANSWERS("return show(d:cast{x='int', unfit='missing'}:dropna('id'))", "1 nil; 2 nil; 3 nil");
  ANSWERS("return #d:cast{x='int', unfit='missing'}:dropna() .. #d:cast{x='int', unfit='missing'}:dropna{min=1}", "03");
  ANSWERS("return show(d:duplicates('x'))", "a 2 1; a 2 3");
  ANSWERS("return show(d:order('x'))", "a 1; b 2; a 3");
}

RUN(CASE(on_takes_a_name_a_list_or_pairs), CASE(join_answers_mistakes), CASE(stack_takes_frames_by_place),
    CASE(the_others_take_their_options))
