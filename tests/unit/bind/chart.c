// Charts and plots in Lua: verbs of every frame, what a plot answers, and how it is saved. Expected values by hand.
#include "unit/io/io_help.h"

#include "bind/bind_int.h"
#include "chart/chart.h"

typedef struct Sink {
  Str values;
  int format, width, height; // of the last picture asked for
} Sink;

static void on_emit(void *ctx, const HostValue *v) {
  Sink *s = ctx;
  if (v->kind == VALUE_PLOT) str_addf(&s->values, "plot %d: %s;", v->plot->nseries, v->plot->reading);
  else if (v->kind == VALUE_FRAME)
    str_addf(&s->values, "frame %lld x %d;", (long long)frame_nrow(v->frame), frame_ncol(v->frame));
  else if (v->kind == VALUE_INT) str_addf(&s->values, "%lld;", (long long)v->i);
  else if (v->kind == VALUE_BOOL) str_add(&s->values, v->b ? "true;" : "false;");
  else str_addf(&s->values, "%s;", v->text);
}

static void on_print(void *ctx, Sv text) { (void)ctx, (void)text; }
static void on_accepted(void *ctx, const char *text) { (void)ctx, (void)text; }
static void on_datasets(void *ctx, Frame **out) { (void)ctx, *out = frame_new(0); }

static ErrCode on_render(void *ctx, const Plot *p, ExportFormat format, int width, int height, Str *picture, Err *err) {
  Sink *s = ctx;
  s->format = (int)format, s->width = width, s->height = height;
  if (p->n == 1) return err_set(err, ERR_IO, "no gnuplot here");
  str_add(picture, "<picture>");
  return OK;
}

typedef struct Rig {
  Sink sink;
  Job job;
  LuaHost *host;
  CellError error;
} Rig;

static void rig_open(Rig *r, bool renders) {
  *r = (Rig){0};
  HostOps ops = {.ctx = &r->sink,
                 .emit = on_emit,
                 .print = on_print,
                 .accepted = on_accepted,
                 .door = {NULL, help_resolve, NULL},
                 .datasets = on_datasets,
                 .memory = 64 << 20};
  if (renders) ops.render = on_render;
  Err err;
  if (host_open(&r->job, &ops, 1, &r->host, &err) != OK) fail_msg("%s", err.msg);
}

static void rig_close(Rig *r) {
  host_close(r->host);
  str_fini(&r->sink.values);
}

static const char *run(Rig *r, const char *cell) {
  str_clear(&r->sink.values);
  if (host_run_cell(r->host, 1, sv(cell), &r->error) != OK) str_addf(&r->sink.values, "!%s", r->error.err.msg);
  return str_c(&r->sink.values);
}

#define D "d = frame{x={1, 2, 2, 4}, g={'a', 'b', 'b', 'b'}} "

TEST(every_chart_is_a_verb_of_a_frame) {
  Rig r;
  rig_open(&r, false);
  assert_string_equal(run(&r, D "return d:bar 'g'"), "plot 1: b is most frequent: 3 of 4 (75%); a has 1;");
  assert_string_equal(run(&r, "return d:hist{'x', by='g'}"), "plot 2: median a 1 (n 1), b 2 (n 3);");
  assert_string_equal(run(&r, "return d:hist('x', {by='g'})"), "plot 2: median a 1 (n 1), b 2 (n 3);");
  assert_has(run(&r, "return d:scatter('x', 'x')"), "plot 1: x rises with x");
  assert_has(run(&r, "return d:corr():heatmap()"), "plot 1: one column, no pair");
  assert_has(run(&r, "return frame{fpr={0, 1}, tpr={0, 1}}:roc{at=0.3}"), "plot 2: AUC .500;");
  rig_close(&r);
}

TEST(a_column_with_the_name_of_a_chart_is_still_a_column) {
  Rig r;
  rig_open(&r, false);
  assert_string_equal(run(&r, "d = frame{hist={1, 2}} return d.hist:sum()"), "3;");
  assert_has(run(&r, "return d:hist 'hist'"), "plot 1: ");
  rig_close(&r);
}

TEST(a_plot_answers_with_its_words_and_its_table) {
  Rig r;
  rig_open(&r, false);
  assert_string_equal(run(&r, D "c = d:bar{'g', title='T'} return c.n, c.title, c.note == nil, c.reading"),
                      "4;T;true;b is most frequent: 3 of 4 (75%); a has 1;");
  assert_string_equal(run(&r, "return c:table()"), "frame 2 x 2;");
  assert_string_equal(run(&r, "return c:table():row(1).x, c:table():row(1).y == 3"), "b;true;");
  assert_has(run(&r, "return c.titel"), "a plot has no 'titel'");
  assert_has(run(&r, "c.title = 'new'"), "a plot never changes");
  rig_close(&r);
}

#define E                                                                                                              \
  "d = frame{x={1, 2, 3, 4, 5, 6, 7, 8}, y={'n', 'n', 'y', 'n', 'y', 'n', 'y', 'y'}} "                                 \
  "e = ml.logistic{}:fit(d, 'y'):evaluate(d) "

TEST(an_evaluation_draws_itself_and_the_plot_answers_as_its_table) {
  Rig r;
  rig_open(&r, true);
  assert_has(run(&r, E "return e:roc()"), "plot 3: AUC .812 of 'y', 4 rows against 4; at .50 "); // 13 of 16 pairs
  assert_string_equal(run(&r, "return e:roc():table()"), "frame 9 x 8;");
  assert_string_equal(run(&r, "return e:roc().nrow, e:roc():row(9).tp, e:roc().tpr:max() == 1"), "9;4;true;");
  assert_string_equal(run(&r, "return e:confusion():row(1).n, e:confusion().nrow"), "3;2;");
  assert_has(run(&r, "return e:roc():roc()"), "plot 3: AUC .812 over 4 positive and 4 negative rows");
  assert_string_equal(run(&r, "return e:pr():table(), e:gain():table(), e:lift():table()"),
                      "frame 9 x 7;frame 9 x 5;frame 9 x 5;");
  assert_string_equal(run(&r, "return e:calibration{bins=2}:table(), e:scores():table()"), "frame 2 x 9;frame 8 x 3;");
  assert_has(run(&r, "return e:confusion{title='T'}.title"), "T");
  char save[300];
  snprintf(save, sizeof save, "e:roc():save '%s'", help_path("roc.svg"));
  run(&r, save);
  assert_int_equal(r.sink.format, EXPORT_SVG);
  assert_has(run(&r, "return e:roc().nothing"), "no column or verb 'nothing'");
  rig_close(&r);
}

TEST(the_threshold_that_is_marked_is_the_evaluations_own) {
  Rig r;
  rig_open(&r, false);
  assert_has(run(&r, E "return e:threshold(0.25):roc()"), "; at .25 it finds ");
  assert_has(run(&r, "return e:threshold(0.25):roc{at=0.75}"), "; at .75 it finds ");
  assert_has(run(&r, "return e:roc().note"), "8 rows; positive class 'y', threshold 0.5");
  rig_close(&r);
}

TEST(a_chart_that_does_not_fit_the_task_is_refused) {
  Rig r;
  rig_open(&r, false);
  assert_has(run(&r, E "return e:residuals()"),
             "residuals is for regressions, this model of 'y' is a classifier: write e:calibration() or e:scores()");
  run(&r, "d = frame{x={1, 2, 3, 4}, y={1.1, 1.9, 3.2, 3.9}} e = ml.linear{}:fit(d, 'y'):evaluate(d)");
  assert_has(run(&r, "return e:pr()"), "pr is for classifiers, this model of 'y' is a regression: write e:residuals()");
  assert_has(run(&r, "return e:residuals()"), "plot 3: RMSE ");
  assert_string_equal(run(&r, "return e:residuals():table()"), "frame 4 x 4;");
  rig_close(&r);
}

static void check_file(const char *path, const char *part) {
  char bytes[4096] = {0};
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  size_t n = fread(bytes, 1, sizeof bytes - 1, f);
  fclose(f);
  assert_true(n > 0);
  assert_has(bytes, part);
}

TEST(a_plot_is_saved_by_its_suffix) {
  Rig r;
  char cell[600];
  rig_open(&r, true);
  const char *txt = help_path("p.txt"), *svg = help_path("p.svg"), *pdf = help_path("p.pdf");
  snprintf(cell, sizeof cell, D "c = d:bar 'g' c:save '%s' c:save{'%s'} c:save('%s', {width=300, height=200})", txt,
           svg, pdf);
  assert_string_equal(run(&r, cell), "");
  check_file(txt, "reading: b is most frequent");
  check_file(svg, "<picture>");
  assert_true(r.sink.format == EXPORT_PDF && r.sink.width == 300 && r.sink.height == 200);
  rig_close(&r);
  help_done();
}

TEST(what_cannot_be_saved_is_said) {
  Rig r;
  rig_open(&r, true);
  assert_string_equal(run(&r, D "return d:bar('g'):save 'p.jpg'"),
                      "!save: the suffix of 'p.jpg' names no format of a plot: there are .txt .svg .png .pdf");
  assert_string_equal(run(&r, "return d:head(1):bar('g'):save 'p.svg'"), "!no gnuplot here");
  rig_close(&r);
  rig_open(&r, false);
  assert_string_equal(run(&r, D "return d:bar('g'):save 'p.svg'"),
                      "!save: this session cannot make pictures: save a .txt instead");
  rig_close(&r);
}

TEST(mistakes_are_answered) {
  Rig r;
  rig_open(&r, false);
  assert_has(run(&r, D "return d:hst 'x'"), "no column or verb 'hst': did you mean 'hist'?");
  assert_has(run(&r, "return d:hist()"), "hist needs x: d:hist{\"age\", by=\"sex\", bins=30}");
  assert_has(run(&r, "return d:hist{'x', bin=3}"), "hist has no option 'bin': did you mean 'bins'?");
  assert_has(run(&r, "return d:hist{'x', bins=-1}"), "bins must be a whole number from 0 to 1000");
  assert_has(run(&r, "return d:hist 'g'"), "hist: column 'g' is category");
  assert_has(run(&r, "return d.hist('x')"), "hist is called with a colon");
  rig_close(&r);
}

TEST(help_and_completion_know_the_charts) {
  Str page = {0};
  assert_true(host_help(sv("d:hist"), &page));
  assert_has(str_c(&page), "d:hist: how the values of a number column are distributed");
  assert_has(str_c(&page), "bins           0              how many; 0 chooses from the data");
  str_clear(&page);
  assert_true(host_help(sv(""), &page));
  assert_has(str_c(&page), "d:scatter        two columns against each other");
  str_fini(&page);
}

RUN(CASE(every_chart_is_a_verb_of_a_frame), CASE(a_column_with_the_name_of_a_chart_is_still_a_column),
    CASE(a_plot_answers_with_its_words_and_its_table),
    CASE(an_evaluation_draws_itself_and_the_plot_answers_as_its_table),
    CASE(the_threshold_that_is_marked_is_the_evaluations_own), CASE(a_chart_that_does_not_fit_the_task_is_refused),
    CASE(a_plot_is_saved_by_its_suffix), CASE(what_cannot_be_saved_is_said), CASE(mistakes_are_answered),
    CASE(help_and_completion_know_the_charts))
