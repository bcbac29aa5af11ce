// The small panes: names, outline, jobs, undo and pictures. Expected lines are the right column of the looks'
// notebook-120x40 and the jobs of explore-200x60; where those shorten a name by hand (crosstab by class) the name is
// the column's own. Words of cells and times are worked by hand.
#include "check.h"

#include "ui/app_int.h"
#include "ui/words_int.h"

#include <stdlib.h>

// ---- what the panes call -------------------------------------------------------------------------------------------
static char calls[200], said[200];

void app_say(App *a, Style style, const char *fmt, ...) {
  (void)a, (void)style;
  snprintf(said, sizeof said, "%s", fmt);
}
void app_dive(App *a, PaneId pane) {
  (void)a;
  snprintf(calls, sizeof calls, "dive %d", (int)pane);
}
void sheet_open(App *a, const char *object) {
  (void)a;
  snprintf(calls + strlen(calls), sizeof calls - strlen(calls), " table %s", object);
}
void operate_open(App *a, const char *object) {
  (void)a;
  snprintf(calls + strlen(calls), sizeof calls - strlen(calls), " evaluation %s", object);
}
void tree_command(App *a, const char *object, bool other) {
  (void)a, (void)other;
  snprintf(calls + strlen(calls), sizeof calls - strlen(calls), " tree %s", object);
}
uint64_t app_ask(App *a, Msg *m) {
  (void)a, (void)m;
  return 0;
}
int64_t app_emit(App *a, const char *lua, const char *label) {
  (void)a;
  snprintf(calls, sizeof calls, "emit %s as %s", lua, label);
  return 1;
}
void app_undo_to(App *a, int64_t to) { a->doc.at = to; }

// ---- the notebook of the looks ---------------------------------------------------------------------------------------
static const char *const NOTEBOOK =
    "-- %% [markdown]\n-- # Women and children first?\n-- The rule is said to have held.\n"
    "-- %%\nd = data \"titanic\"\n"
    "d:crosstab(\"passengerClass\", \"sex\", {share=\"survived\"})\n"
    "-- %%\nd:line{\"age\", \"share(survived)\", by=\"sex\", bins=10}\n"
    "-- %%\nm = p:fit(train, \"survived\")\n"
    "-- %%\nb = ml.bost{rounds=200, eta=0.05}\n"
    "-- %%\ncv(p, d, \"survived\", {folds=5, repeats=20, metrics={\"auc\"}})\n"
    "-- %%\nb = ml.boost{rounds=200, m}\n"
    "-- %% [markdown]\n-- # How sure are we?\n";

static void run_cell(Doc *d, int64_t i, bool failed, double seconds, const char *writes) {
  int64_t id = d->cell[i].id;
  const char *name[1] = {writes};
  MsgDone done = {.cell = id, .failed = failed, .seconds = seconds, .token = "", .message = "", .asks = ""};
  if (writes) done.writes = (Names){name, 1};
  done.state = i + 1, done.whole = true;
  doc_begin(d, id);
  doc_started(d, id);
  doc_take_done(d, &done);
}

static void open_app(App *a) {
  Err err;
  *a = (App){.w = 120, .h = 40};
  calls[0] = said[0] = 0;
  doc_init(&a->doc);
  if (doc_read(&a->doc, sv(NOTEBOOK), &err) != OK) fail_msg("%s", err.msg);
  assert_int_equal(a->doc.n, 8);
}
static void close_app(App *a) { doc_fini(&a->doc); }

// Title and pane in a rectangle at (2, 1) of a canvas; lines as text.
static void print_pane(App *a, const PaneType *type, int w, int h, int number, Canvas *c, Str *text) {
  static const DrawStyle PLAIN = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_PLAIN};
  Paint p = {c, &PLAIN};
  Str what = {0}, state = {0};
  canvas_init(c, w, h);
  type->title(a, &what, &state);
  paint_title(&p, (Rect){0, 0, w, h}, number, type->name, str_c(&what), str_c(&state), number == 1, NULL);
  type->draw(a, &p, (Rect){0, 1, w, h - 1}, number == 1);
  str_clear(text);
  canvas_print(c, &PLAIN, text);
  str_fini(&what), str_fini(&state);
}

static void assert_pane(App *a, const PaneType *type, int w, int h, int number, const char *want) {
  Canvas c;
  Str text = {0};
  print_pane(a, type, w, h, number, &c, &text);
  assert_string_equal(str_c(&text), want);
  str_fini(&text);
  canvas_fini(&c);
}

static const CanvasCell *at(const Canvas *c, int x, int y) { return &c->cell[y * c->w + x]; }

// ---- names ---------------------------------------------------------------------------------------------------------
static WireObject OBJECT[] = {
    {.name = "d", .kind = "Frame", .summary = "1,309 x 5", .nrow = 1309, .ncol = 5},
    {.name = "train", .kind = "Frame", .summary = "", .nrow = 982, .ncol = 5},
    {.name = "test", .kind = "Frame", .summary = "", .nrow = 327, .ncol = 5},
    {.name = "p", .kind = "Pipeline", .summary = "3 steps"},
    {.name = "m", .kind = "Logistic", .summary = "5 terms"},
    {.name = "e", .kind = "Evaluation", .summary = "AUC .801"},
};

static void open_names(App *a) {
  open_app(a);
  msg_init(&a->objects, MSG_OBJECTS, 0);
  a->objects.Objects = (MsgObjects){.item = OBJECT, .n = 6, .memory = 6396314};
}

TEST(names_say_what_they_are_and_what_is_stale) {
  App a;
  Canvas c;
  Str text = {0};
  open_names(&a);
  run_cell(&a.doc, 3, false, 0.031, "m");
  a.doc.cell[3].state = CELL_STALE;
  assert_pane(&a, &pane_names, 36, 8, 2,
              " 2 names  6 ──────────────── 6.1 MB\n"
              " d      Frame       1,309 × 5\n"
              " train  Frame       982 × 5\n"
              " test   Frame       327 × 5\n"
              " p      Pipeline    3 steps\n"
              " m      Logistic    ~ 5 terms\n"
              " e      Evaluation  AUC .801\n\n");
  print_pane(&a, &pane_names, 36, 8, 2, &c, &text);
  assert_int_equal(at(&c, 1, 1)->style, STYLE_STRONG);
  assert_int_equal(at(&c, 8, 1)->style, STYLE_DIM);
  assert_int_equal(at(&c, 20, 5)->style, STYLE_WARN);
  canvas_fini(&c);
  a.objects.kind = MSG_NONE;
  print_pane(&a, &pane_names, 50, 3, 2, &c, &text);
  assert_has(str_c(&text), "no names yet");
  canvas_fini(&c), str_fini(&text);
  close_app(&a);
}

TEST(names_scroll_with_their_cursor) {
  App a;
  open_names(&a);
  for (int k = 0; k < 9; k++) act_names_step(&a, 1);
  assert_int_equal(a.names_row, 5);
  assert_pane(&a, &pane_names, 36, 4, 1,
              " 1 names  6 ━━━━━━━━━━━━━━━━ 6.1 MB\n"
              " p      Pipeline    3 steps\n"
              " m      Logistic    5 terms\n"
              "›e      Evaluation  AUC .801        \n"); // shaded to the edge
  act_names_step(&a, -99);
  assert_int_equal(a.names_row, 0);
  close_app(&a);
}

TEST(enter_opens_tables_and_evaluations_and_shows_the_rest) {
  char want[100];
  App a;
  open_names(&a);
  act_names_open(&a, 0);
  snprintf(want, sizeof want, "dive %d table d", (int)PANE_table);
  assert_string_equal(calls, want);
  a.names_row = 5;
  act_names_open(&a, 0);
  snprintf(want, sizeof want, "dive %d evaluation e", (int)PANE_evaluate);
  assert_string_equal(calls, want);
  a.names_row = 3;
  act_names_open(&a, 0);
  assert_string_equal(calls, "emit p as show p");
  close_app(&a);
}

// ---- outline -------------------------------------------------------------------------------------------------------
TEST(the_outline_says_what_each_cell_does) {
  static const CellState STATE[] = {CELL_NEVER,  CELL_CURRENT, CELL_CURRENT, CELL_STALE,
                                    CELL_FAILED, CELL_RUNNING, CELL_NEVER,   CELL_NEVER};
  App a;
  Canvas c;
  Str text = {0};
  open_app(&a);
  for (int i = 0; i < 8; i++) a.doc.cell[i].state = STATE[i];
  a.cell = 6;
  assert_pane(&a, &pane_outline, 36, 10, 3,
              " 3 outline  2 headings, 8 cells ───\n"
              " 1 Women and children first?\n"
              " 2   crosstab by passengerClass an…\n"
              " 3   line by age and sex\n"
              " 4 ~ m = p:fit\n"
              " 5 ! b = ml.bost\n"
              " 6 > cv of p\n"
              " 7 b = ml.boost\n"
              " 8 How sure are we?\n\n");
  print_pane(&a, &pane_outline, 36, 10, 3, &c, &text);
  assert_int_equal(at(&c, 1, 1)->style, STYLE_DIM);
  assert_int_equal(at(&c, 1, 7)->style, STYLE_FOCUS);
  assert_int_equal(at(&c, 3, 4)->style, STYLE_WARN);
  assert_int_equal(at(&c, 5, 4)->style, STYLE_FG);
  assert_int_equal(at(&c, 7, 4)->style, STYLE_DIM);
  assert_int_equal(at(&c, 3, 6)->style, STYLE_FOCUS);
  canvas_fini(&c), str_fini(&text);
  close_app(&a);
}

static void assert_words(const char *lua, const char *want) {
  Str name = {0}, rest = {0};
  words_of_code(lua, &name, &rest);
  str_addf(&name, "|%s", str_c(&rest));
  assert_string_equal(str_c(&name), want);
  str_fini(&name), str_fini(&rest);
}

TEST(words_come_from_the_last_statement) {
  assert_words("d = data \"titanic\"", "d|= data \"titanic\"");
  assert_words("train, test = d:split{test=0.25}", "train, test|= d:split");
  assert_words("local k = 5 + 2", "k|= 5 + 2");
  assert_words("x = 1\n-- a comment", "x|= 1");
  assert_words("d:group{\"class\"}:agg{\"n = count()\"}", "group|by class");
  assert_words("d:where \"age > 30\"", "where|");
  assert_words("d:sort{\"-fare\"}", "sort|");
  assert_words("d:hist\"age\"", "hist|by age");
  assert_words("stats.t(d, \"age ~ sex\")", "stats.t|of d");
  assert_words("ml.boost{rounds=5}", "ml.boost|");
  assert_words("1 + 1", "1 + 1|");
  assert_words("d", "d|");
  assert_words("for i = 1, 3 do\n  print(i)\nend", "for i = 1, 3 do|");
  assert_words("", "|");
  assert_words("(", "(|");
  assert_words("x =", "x|= ");
}

static void assert_job(const char *lua, int room, const char *want) {
  Str text = {0};
  words_of_job(lua, room, &text);
  assert_string_equal(str_c(&text), want);
  str_fini(&text);
}

TEST(a_job_is_its_statement_or_a_few_words) {
  assert_job("explain.leaks(d, \"price\")", 32, "explain.leaks(d, \"price\")");
  assert_job("cv(p, d, \"survived\", {folds=5})", 13, "cv of p");
  assert_job("d:line{\"age\", \"share(survived)\"}", 13, "d:line");
  assert_job("m = p:fit(train, \"survived\")", 13, "m = p:fit");
  assert_job("x = 1\nd:corr{}", 13, "d:corr{}");
}

TEST(times_have_two_digits_or_so) {
  char buf[32];
  assert_string_equal(words_time(0.0082, buf), "8 ms");
  assert_string_equal(words_time(0.0002, buf), "<1 ms");
  assert_string_equal(words_time(0.9999, buf), "1.0 s");
  assert_string_equal(words_time(1.24, buf), "1.2 s");
  assert_string_equal(words_time(42.4, buf), "42 s");
  assert_string_equal(words_time(125, buf), "2 min 05 s");
  assert_string_equal(words_time(3725, buf), "1 h 02 min");
  assert_string_equal(words_time(NAN, buf), "<1 ms");
}

// ---- jobs ----------------------------------------------------------------------------------------------------------
static void run_with_progress(App *a, int64_t i, int64_t done, int64_t total, double seconds) {
  MsgProgress m = {.cell = a->doc.cell[i].id, .done = done, .total = total, .seconds = seconds};
  doc_begin(&a->doc, m.cell);
  doc_started(&a->doc, m.cell);
  doc_take_progress(&a->doc, &m);
}

TEST(jobs_say_how_far_and_how_long) {
  App a;
  Canvas c;
  Str text = {0};
  open_app(&a);
  a.threads = 2;
  run_cell(&a.doc, 2, false, 0.008, NULL);
  run_with_progress(&a, 5, 62, 100, 6.4);
  assert_pane(&a, &pane_jobs, 36, 4, 4,
              " 4 jobs  1 runs ───────── 2 threads\n"
              " > cv of p       62%  6 s  ETA 4 s\n"
              " = d:line         done  8 ms\n\n");
  print_pane(&a, &pane_jobs, 36, 4, 4, &c, &text);
  assert_int_equal(at(&c, 1, 1)->style, STYLE_FOCUS);
  assert_int_equal(at(&c, 17, 1)->style, STYLE_STRONG);
  assert_int_equal(at(&c, 3, 2)->style, STYLE_DIM);
  canvas_fini(&c), str_fini(&text);
  close_app(&a);
}

TEST(wide_jobs_have_a_bar_and_waiting_cells) {
  App a;
  int64_t queue[1];
  open_app(&a);
  a.threads = 2;
  doc_set_text(&a.doc, 1, "compare{a=p, b=b, c=m}");
  doc_set_text(&a.doc, 2, "explain.leaks(d, \"price\")");
  doc_set_text(&a.doc, 3, "d:corr{}");
  run_cell(&a.doc, 3, false, 0.004, NULL);
  run_with_progress(&a, 1, 68, 100, 44.6);
  doc_begin(&a.doc, a.doc.cell[2].id);
  queue[0] = a.doc.cell[2].id, a.queue = queue, a.nqueue = 1;
  assert_pane(&a, &pane_jobs, 52, 4, 6,
              " 6 jobs  1 runs, 1 waits ──────────────── 2 threads\n"
              " > compare          ━━━━━━━━━━━───── 68%  ETA 21 s\n"
              "   explain.leaks(d, \"price\")        waits\n"
              " = d:corr{}                         done 4 ms\n");
  close_app(&a);
}

TEST(an_estimate_is_that_of_the_loop_under_way) {
  Result r = {0};
  result_set_progress(&r, &(MsgProgress){.done = 90, .total = 100, .seconds = 20, .memory = 300});
  assert_true(result_share(&r) == 0.9);
  result_set_progress(&r, &(MsgProgress){.done = 10, .total = 100, .seconds = 22, .memory = 200}); // another loop
  assert_true(result_eta(&r) == 18); // 2 s for a tenth of it
  result_set_progress(&r, &(MsgProgress){.done = 3, .total = 0, .seconds = 23});
  assert_true(result_share(&r) < 0 && result_eta(&r) < 0);
  assert_int_equal(r.memory, 300);
}

TEST(a_wide_job_says_its_memory_and_that_it_is_paused) {
  App a;
  open_app(&a);
  a.threads = 2, a.memory = 64 << 20, a.memory_most = 8ll << 30, a.paused = true, a.w = 80;
  run_with_progress(&a, 5, 62, 100, 6.4);
  a.doc.cell[5].result->memory = 64 << 20, a.doc.cell[5].result->paused = true;
  assert_pane(&a, &pane_jobs, 80, 3, 6,
              " 6 jobs  1 is paused ──────────────────────────── 2 threads · 64.0 MB of 8.0 GB\n"
              " > cv of p        ━━━━━━━━━━──────  62%     6 s  paused                 64.0 MB\n\n");
  close_app(&a);
}

TEST(jobs_keep_quiet_for_half_a_second_and_name_failures) {
  App a;
  open_app(&a);
  run_cell(&a.doc, 4, true, 0.002, NULL);
  run_with_progress(&a, 5, 1, 100, 0.2);
  assert_pane(&a, &pane_jobs, 36, 4, 4,
              " 4 jobs  1 runs ───────────────────\n"
              " > cv of p\n"
              " ! b = ml.bost    failed  2 ms\n\n");
  for (int k = 0; k < 5; k++) act_jobs_step(&a, 1);
  assert_int_equal(a.jobs_row, 1);
  act_jobs_step(&a, -5);
  assert_int_equal(a.jobs_row, 0);
  close_app(&a);
}

// ---- undo ----------------------------------------------------------------------------------------------------------
static void open_undo(App *a, UndoState *state, int n, int at_state) {
  *a = (App){0};
  for (int i = 0; i < n; i++) {
    state[i] = (UndoState){.kernel = i, .whole = true};
    snprintf(state[i].label, sizeof state[i].label, "act %d", i + 1);
  }
  a->doc.undo = state, a->doc.nundo = n, a->doc.at = at_state;
}

TEST(undo_lists_its_states_from_the_present_down) {
  App a;
  Canvas c;
  Str text = {0};
  UndoState past[9];
  open_undo(&a, past, 9, 8);
  snprintf(past[8].label, sizeof past[8].label, "edit cell 7");
  snprintf(past[7].label, sizeof past[7].label, "run cell 6");
  snprintf(past[6].label, sizeof past[6].label, "run cell 2 again: 4 is stale");
  assert_pane(&a, &pane_undo, 36, 5, 5,
              " 5 undo  9 states ──────────── u ^R\n"
              " ● 9 edit cell 7\n"
              " │\n"
              " ● 8 run cell 6\n"
              " ● 7 run cell 2 again: 4 is stale\n");
  print_pane(&a, &pane_undo, 36, 5, 5, &c, &text);
  assert_int_equal(at(&c, 1, 1)->style, STYLE_FOCUS);
  assert_int_equal(at(&c, 1, 2)->style, STYLE_FAINT);
  assert_int_equal(at(&c, 1, 3)->style, STYLE_DIM);
  assert_int_equal(at(&c, 5, 3)->style, STYLE_FG);
  assert_int_equal(at(&c, 5, 4)->style, STYLE_DIM);
  canvas_fini(&c), str_fini(&text);
}

TEST(what_redo_goes_to_is_hollow_and_what_needs_a_replay_says_so) {
  App a;
  UndoState past[3];
  open_undo(&a, past, 3, 1);
  past[1].whole = false;
  assert_pane(&a, &pane_undo, 36, 5, 5,
              " 5 undo  3 states ──────────── u ^R\n"
              " ○ 3 act 3\n"
              " ● 2 act 2                   replay\n"
              " │\n"
              " ● 1 act 1\n");
}

TEST(enter_goes_to_the_state_under_the_cursor) {
  App a;
  UndoState past[5];
  open_undo(&a, past, 5, 4);
  for (int k = 0; k < 3; k++) act_undo_step(&a, 1);
  act_undo_open(&a, 0);
  assert_int_equal(a.doc.at, 1);
  act_undo_step(&a, -9);
  act_undo_open(&a, 0);
  assert_int_equal(a.doc.at, 4);
}

TEST(a_wide_list_says_what_changed_and_when) {
  App a;
  UndoState past[3];
  const char *names[] = {"train", "test"};
  Result *run = result_new();
  open_undo(&a, past, 3, 2);
  run->done = true, run->writes = (Names){names, 2};
  UndoBlock one = {.refs = 1, .n = 1, .cell = {{.id = 1}}};
  UndoBlock two = {.refs = 1, .n = 2, .cell = {{.id = 1}, {.id = 2, .result = run}}};
  UndoBlock *first = &one, *second = &two;
  past[1].block = &first, past[1].nblock = past[1].n = 1;
  past[2].block = &second, past[2].nblock = 1, past[2].n = 2;
  past[1].seconds = 86400 * 40 + 43200; // noon of a day in February 1970, at Greenwich
  setenv("TZ", "UTC", 1);
  assert_pane(&a, &pane_undo, 64, 5, 5,
              " 5 undo  3 states ──────────────────────────────────────── u ^R\n"
              " ● 3 act 3                train, test\n"
              " │\n"
              " ● 2 act 2                1 cell more              10 Feb 12:00\n"
              " ● 1 act 1\n");
  result_unref(run);
}

// ---- pictures ------------------------------------------------------------------------------------------------------
static void give_plot(App *a, int64_t i, const char *title) {
  MsgOut out = {.cell = a->doc.cell[i].id, .title = "", .has_plot = true};
  MsgDone done = {.cell = out.cell, .token = "", .message = "", .asks = "", .state = i + 1};
  shown_text(&out.shown, SHOWN_TEXT, "a plot", NULL);
  plot_init(&out.plot);
  out.plot.title = arena_strdup(&out.plot.arena, title), out.plot.reading = "", out.plot.n = 1046;
  out.plot.x = out.plot.y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1};
  plot_add(&out.plot, MARK_LINE, 2)->x[1] = 1;
  doc_begin(&a->doc, out.cell);
  doc_started(&a->doc, out.cell);
  doc_take_out(&a->doc, &out);
  doc_take_done(&a->doc, &done);
}

static void assert_title(App *a, const char *want) {
  Str what = {0}, state = {0};
  pane_plot.title(a, &what, &state);
  str_addf(&what, "|%s", str_c(&state));
  assert_string_equal(str_c(&what), want);
  str_fini(&what), str_fini(&state);
}

TEST(the_picture_is_the_chosen_the_focused_or_the_latest_one) {
  App a;
  open_app(&a);
  assert_title(&a, "|");
  give_plot(&a, 5, "age by sex");
  give_plot(&a, 2, "fare");
  assert_title(&a, "fare  n 1,046|cell 3"); // ran last
  a.cell = 5;
  assert_title(&a, "age by sex  n 1,046|cell 6");
  act_plot_step(&a, -1);
  assert_title(&a, "fare  n 1,046|cell 3");
  act_plot_step(&a, -1);
  assert_title(&a, "fare  n 1,046|cell 3");
  act_plot_step(&a, 1);
  assert_title(&a, "age by sex  n 1,046|cell 6");
  close_app(&a);
}

TEST(the_picture_has_no_title_of_its_own_and_other_glyphs_on_demand) {
  static const GlyphSet SET[] = {GLYPHS_BRAILLE, GLYPHS_BLOCK, GLYPHS_ASCII, GLYPHS_BRAILLE};
  App a;
  Canvas c, want;
  Str text = {0}, expected = {0};
  open_app(&a);
  give_plot(&a, 2, "fare");
  for (size_t k = 0; k < 4; k++) {
    DrawStyle style = {.glyphs = SET[k], .depth = THEME_PLAIN};
    Plot plot = a.doc.cell[2].result->out[0].plot;
    plot.title = NULL;
    print_pane(&a, &pane_plot, 42, 13, 3, &c, &text);
    assert_null(strstr(strchr(str_c(&text), '\n'), "fare"));
    canvas_init(&want, 40, 12);
    draw_cells(&plot, &style, &want);
    for (int y = 0; y < 12; y++)
      for (int x = 0; x < 40; x++) assert_int_equal(at(&c, x + 1, y + 1)->cp, at(&want, x, y)->cp);
    canvas_fini(&c), canvas_fini(&want);
    act_plot_glyphs(&a, 0);
  }
  assert_int_equal(a.plot_glyphs, 1);
  str_fini(&text), str_fini(&expected);
  close_app(&a);
}

TEST(without_a_picture_the_pane_says_which_key_makes_one) {
  App a;
  Canvas c;
  Str text = {0};
  open_app(&a);
  print_pane(&a, &pane_plot, 60, 3, 3, &c, &text);
  assert_has(str_c(&text), "no picture yet: . in a table");
  act_plot_step(&a, 1);
  assert_int_equal(a.plot_cell, 0);
  canvas_fini(&c), str_fini(&text);
  close_app(&a);
}

RUN(CASE(names_say_what_they_are_and_what_is_stale), CASE(names_scroll_with_their_cursor),
    CASE(enter_opens_tables_and_evaluations_and_shows_the_rest), CASE(the_outline_says_what_each_cell_does),
    CASE(words_come_from_the_last_statement), CASE(a_job_is_its_statement_or_a_few_words),
    CASE(times_have_two_digits_or_so), CASE(jobs_say_how_far_and_how_long),
    CASE(wide_jobs_have_a_bar_and_waiting_cells), CASE(an_estimate_is_that_of_the_loop_under_way),
    CASE(a_wide_job_says_its_memory_and_that_it_is_paused),
    CASE(jobs_keep_quiet_for_half_a_second_and_name_failures),
    CASE(undo_lists_its_states_from_the_present_down),
    CASE(what_redo_goes_to_is_hollow_and_what_needs_a_replay_says_so), CASE(enter_goes_to_the_state_under_the_cursor), CASE(a_wide_list_says_what_changed_and_when),
    CASE(the_picture_is_the_chosen_the_focused_or_the_latest_one),
    CASE(the_picture_has_no_title_of_its_own_and_other_glyphs_on_demand),
    CASE(without_a_picture_the_pane_says_which_key_makes_one))
