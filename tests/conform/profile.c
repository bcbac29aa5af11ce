// The profile as Lua sees it: sections, what is shown, steps that run, and what leaks are worth. The leak is made: a
// column that is the target but for one row in twenty; what it is worth must show. Areas by scikit-learn are in
// unit/stats/report.c.
#include "check.h"

#include "bind/bind_int.h"
#include "kernel/kernel_int.h"

typedef struct Seen {
  int values;
  char titles[4096];
} Seen;

static void on_value(Session *s, const HostValue *v) {
  Seen *seen = s->sink_ctx;
  size_t n = strlen(seen->titles);
  seen->values++;
  snprintf(seen->titles + n, sizeof seen->titles - n, "%.*s;", (int)strcspn(v->title ? v->title : "", " \n"),
           v->title ? v->title : "");
}
static void on_print(Session *s, Sv text) { (void)s, (void)text; }
static void on_accepted(Session *s, const char *text) { (void)s, (void)text; }
static const Sink SINK = {on_value, NULL, on_print, on_accepted};

static ErrCode run(const char *text, Seen *seen, CellError *e) {
  KernelOpts opts = {.format = "text", .seed = 1, .threads = 2};
  Session s;
  Err err;
  *seen = (Seen){0};
  assert_int_equal(session_open(&s, &opts, ".", true, &err), OK);
  s.sink = &SINK, s.sink_ctx = seen;
  ErrCode code = host_run_cell(s.host, 1, sv(text), e);
  session_close(&s);
  return code;
}

static void good(const char *text) {
  Seen seen;
  CellError e;
  if (run(text, &seen, &e) != OK) fail_msg("%s: %s", text, e.err.msg);
}

static void bad(const char *text, const char *message) {
  Seen seen;
  CellError e;
  if (run(text, &seen, &e) == OK) fail_msg("no error: %s", text);
  if (!strstr(e.err.msg, message)) fail_msg("'%s' does not say '%s'", e.err.msg, message);
}

TEST(a_profile_is_shown_section_by_section) {
  Seen seen;
  CellError e;
  assert_int_equal(run("return data('credit'):profile{target='Status'}", &seen, &e), OK);
  assert_string_equal(seen.titles,
                      "alerts;overview;columns;target;correlations;missing;patterns;pairs;duplicates;steps;");
  assert_int_equal(run("return data('iris'):drop{'class'}:profile()", &seen, &e), OK);
  assert_string_equal(seen.titles, "alerts;overview;columns;correlations;duplicates;steps;");
  assert_int_equal(run("local d = data 'iris' return d:profile{with=d}", &seen, &e), OK);
  assert_string_equal(seen.titles, "drift;");
}

TEST(sections_are_frames) {
  good("local r = data('credit'):profile{target='Status'} "
       "for _, k in ipairs{'alerts', 'overview', 'columns', 'target', 'leaks', 'correlations', 'missing', 'patterns', "
       "'pairs', 'duplicates', 'steps'} do accept(r[k].nrow >= 0, k) end "
       "accept(r.columns:where(\"column == 'Income'\").missing:sum() == 381, 'missing')");
  good("accept(data('iris'):profile().target == nil, 'no target')");
}

TEST(the_steps_run_on_every_bundled_table) {
  good("for _, name in ipairs(datasets().name:values()) do local d = data(name) "
       "local done = load('local d = ... ' .. d:profile():script() .. ' return d')(d) "
       "accept(done.nrow <= d.nrow, name) end");
}

TEST(the_steps_of_credit_leave_nothing_missing) {
  good("local d = data 'credit' local e = load('local d = ... ' .. d:profile{target='Status'}:script() .. ' return "
       "d')(d) "
       "accept(e.nrow == 4452, 'without copies') accept(e:missing_columns().nrow == 0 or "
       "e:missing_columns().missing:sum() == 0, 'nothing is missing')");
}

TEST(a_leak_is_worth_what_it_adds) {
  good("local d = data('credit'):derive{'leak = if_else(row() % 20 == 0, 0, 1) * if_else(Status == \"bad\", 1, 0)', "
       "'copy = if_else(Status == \"bad\", 7.5, 2.5) + Age / 1000'} "
       "local l = d:profile{target='Status'}.leaks "
       "accept(l.nrow == 2, 'two') local c, k = l:row(1), l:row(2) "
       "accept(c.column == 'copy' and c.inflated > 0.999 and c.honest > 0.75 and c.honest < 0.9, 'copy') "
       "accept(k.column == 'leak' and k.inflated > 0.96 and k.honest == c.honest, 'leak') "
       "accept(math.abs(k.damage - (k.inflated - k.honest)) < 1e-15, 'damage')");
}

TEST(a_leak_of_a_number_is_measured_by_r2) {
  good("local d = data('sacramento_homes'):derive{'almost = price * 1.01 + beds'} "
       "local l = d:profile{target='price'}.leaks:row(1) "
       "accept(l.column == 'almost' and l.inflated > 0.999 and l.honest < 0.9, 'almost')");
}

TEST(copies_and_time_are_measured_too) {
  good("local d = data 'wine' local e = d:stack(d:head(60)) local l = e:profile{target=d:names()[1]}.leaks "
       "local found = false for r in l:rows() do found = found or (r.leak == 'copies' and r.honest ~= nil) end "
       "accept(found, 'copies')");
  good("local n, day, y, x = 400, {}, {}, {} "
       "for i = 1, n do day[i] = string.format('20%02d-%02d-%02d', i // 100 + 10, i % 12 + 1, i % 28 + 1) "
       "y[i] = (i // 100 % 4 * 29 + i * 7 % 100) > 93 x[i] = i * 13 % 37 end "
       "local d = frame{day=day, x=x, y=y}:cast{day='date'} local l = d:profile{target='y'}.leaks "
       "accept(l:row(1).leak == 'time' and l:row(1).column == 'day', 'time')");
}

TEST(a_seed_makes_a_sample_again) {
  good("local d = data 'credit' local function f(s) return d:profile{sample=300, seed=s}.columns.mean:sum() end "
       "accept(f(5) == f(5) and f(5) ~= f(6), 'keyed')");
}

TEST(what_is_wrong_is_said) {
  bad("data('iris'):profile{target='clas'}", "did you mean 'class'");
  bad("data('iris'):profile{targt='class'}", "profile has no option 'targt': did you mean 'target'");
  bad("return data('iris'):profile().colums", "a profile has no 'colums': did you mean 'columns'");
  bad("data('iris'):profile{with='iris'}", "with must be a frame");
  bad("data('iris'):profile{with=data 'iris', target='class'}", "takes no target=");
  bad("data('iris'):profile{columns='class'}", "columns= belongs to with=");
  bad("data('iris'):profile{sample=-1}", "sample must be");
  bad("data('iris'):profile{with=data 'iris', bins=1}", "bins must be");
}

RUN(CASE(a_profile_is_shown_section_by_section), CASE(sections_are_frames), CASE(the_steps_run_on_every_bundled_table),
    CASE(the_steps_of_credit_leave_nothing_missing), CASE(a_leak_is_worth_what_it_adds),
    CASE(a_leak_of_a_number_is_measured_by_r2), CASE(copies_and_time_are_measured_too),
    CASE(a_seed_makes_a_sample_again), CASE(what_is_wrong_is_said))
