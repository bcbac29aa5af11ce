// The notebook as the look of the screen has it (docs: look): a notebook about the Titanic at 120 x 40. The numbers of
// its table were made with pandas 1.5.3 from datasets/titanic.csv.
#include "check.h"

#include "ui/app_int.h"

#include <stdlib.h>

static const char NOTEBOOK[] = "-- %% [markdown]\n"
                               "-- # Women and children first?\n"
                               "--\n"
                               "-- The rule is said to have held on the Titanic. If it did,\n"
                               "-- 1. women survive more often in *every* class, and\n"
                               "-- 2. children more often than grown men: see [cell 3](#3).\n"
                               "\n-- %%\n"
                               "d = data \"titanic\"\n"
                               "d:crosstab(\"passengerClass\", \"sex\", {share=\"survived\"})\n"
                               "\n-- %%\n"
                               "d:line{\"age\", \"share(survived)\", by=\"sex\", bins=10}\n"
                               "\n-- %%\n"
                               "m = p:fit(train, \"survived\")\n"
                               "\n-- %%\n"
                               "b = ml.bost{rounds=200, eta=0.05}\n"
                               "\n-- %%\n"
                               "cv(p, d, \"survived\", {folds=5, repeats=20, metrics={\"auc\"}})\n"
                               "\n-- %%\n"
                               "b = ml.boost{rounds=200, m}\n";

// ---- results -------------------------------------------------------------------------------------------------------
static Result *give(App *a, int64_t i, CellState state, double seconds) {
  DocCell *c = &a->doc.cell[i];
  result_unref(c->result);
  c->result = result_new();
  c->state = state;
  c->result->seconds = seconds, c->result->done = true;
  return c->result;
}

static void give_text(App *a, int64_t i, const char *text) {
  MsgOut out = {.title = ""};
  shown_text(&out.shown, SHOWN_TEXT, text, NULL);
  result_take_out(a->doc.cell[i].result, &out);
}

static void give_table(App *a, int64_t i) {
  static const char *const CELL[3][6] = {{"1st", "96.5", "144", "34.1", "179", "62.4"},
                                         {"2nd", "88.7", "106", "14.6", "171", "74.1"},
                                         {"3rd", "49.1", "216", "15.2", "493", "33.9"}};
  static const char *const HEAD[6] = {"passengerClass", "female", "n", "male", "n", "gap"};
  MsgOut out = {.title = "", .shown = {.kind = SHOWN_PAGE}};
  page_init(&out.shown.page, 3, 6);
  for (int j = 0; j < 6; j++) {
    char sign = j == 0 ? '~' : j == 5 ? 0 : j % 2 ? '%' : '#';
    page_col(&out.shown.page, j, HEAD[j], sign, j ? ALIGN_POINT : ALIGN_LEFT, j ? CELL_NUMBER : CELL_TEXT);
    for (int k = 0; k < 3; k++) page_cell(&out.shown.page, k, j, CELL[k][j]);
  }
  result_take_out(a->doc.cell[i].result, &out);
}

static void give_plot(App *a, int64_t i) {
  MsgOut out = {.title = "", .has_plot = true};
  Plot *p = &out.plot;
  shown_text(&out.shown, SHOWN_TEXT, "", NULL);
  plot_init(p);
  p->x = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 80}, p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 1};
  p->n = 1046;
  p->reading = arena_strdup(&p->arena, "under 8 boys stay near the girls; past 16 they part");
  Series *s = plot_add(p, MARK_LINE, 2);
  s->name = arena_strdup(&p->arena, "female");
  s->x[0] = 4, s->y[0] = 0.7, s->x[1] = 68, s->y[1] = 1;
  result_take_out(a->doc.cell[i].result, &out);
}

// The screen of the look: current, current, stale, failed, running, never run.
static void notebook_open(App *a, int w, int h) {
  Err err;
  *a = (App){.focus = PANE_notebook, .view = VIEW_NOTEBOOK, .w = w, .h = h};
  doc_init(&a->doc);
  ErrCode code = doc_read(&a->doc, sv(NOTEBOOK), &err);
  assert_int_equal(code, OK);
  assert_int_equal(a->doc.n, 7);
  a->doc.path = strdup("/home/ada/women-first.lua");
  give(a, 1, CELL_CURRENT, 0.012);
  give_table(a, 1);
  give(a, 2, CELL_CURRENT, 0.008);
  give_plot(a, 2);
  give(a, 3, CELL_STALE, 0.031);
  a->doc.cell[3].why = "cell 2 ran later", a->doc.cell[3].folded = true;
  give_text(a, 3, "logistic, 5 terms, converged\na\nb\nc\nd\ne\n");
  Result *r = give(a, 4, CELL_FAILED, 0.001);
  r->failed = true, r->line = 1, r->column = 8, r->token = "bost", r->message = "no model 'bost': did you mean boost?";
  r = give(a, 5, CELL_RUNNING, 0);
  r->done = false, r->progress = 62, r->total = 100, r->elapsed = 6.2;
}

static void notebook_close(App *a) {
  if (a->editor) editor_fini(a->editor), free(a->editor);
  doc_fini(&a->doc);
  canvas_fini(&a->canvas);
}

static void edit(App *a, int64_t i, size_t at) {
  a->cell = i;
  a->editor = calloc(1, sizeof *a->editor);
  editor_init(a->editor, sv(doc_text(&a->doc, i)), at);
}

// The pane alone at the place `r` of a screen of a->w x a->h.
static char *drawn_at(App *a, Rect r, GlyphSet glyphs) {
  DrawStyle style = {.glyphs = glyphs, .depth = THEME_PLAIN};
  Paint p = {&a->canvas, &style};
  canvas_fini(&a->canvas);
  canvas_init(&a->canvas, a->w, a->h);
  pane_notebook.draw(a, &p, r, true);
  Str out = {0};
  canvas_print(&a->canvas, &style, &out);
  return str_take(&out);
}

static char *drawn(App *a, int w, int h) { return drawn_at(a, (Rect){0, 0, w, h}, GLYPHS_BRAILLE); }

static CanvasCell cell_of(const App *a, int x, int y) { return a->canvas.cell[y * a->canvas.w + x]; }

// A line of the screen, without its line end; the next call overwrites it.
static const char *line_of(const char *screen, int line, char buf[600]) {
  for (; line > 0 && screen; line--) screen = strchr(screen, '\n') ? strchr(screen, '\n') + 1 : NULL;
  snprintf(buf, 600, "%.*s", screen ? (int)strcspn(screen, "\n") : 0, screen ? screen : "");
  return buf;
}

// Whether a line of the screen begins with `left` and ends in `right`.
static void assert_line(const char *screen, int line, const char *left, const char *right) {
  char buf[600];
  line_of(screen, line, buf);
  size_t n = strlen(buf), tail = strlen(right);
  bool good = strncmp(buf, left, strlen(left)) == 0 && tail <= n && strcmp(buf + n - tail, right) == 0;
  if (!good) fail_msg("line %d is \"%s\", expected \"%s ... %s\"", line, buf, left, right);
}

// ---- the look ------------------------------------------------------------------------------------------------------
TEST(the_cells_stand_as_the_look_says) {
  static const char *const WANT[][2] = {
      {"     │ Women and children first?", ""},
      {"     │ The rule is said to have held on the Titanic. If it did,", ""},
      {"     │ 1. women survive more often in every class, and", ""},
      {"     │ 2. children more often than grown men: see cell 3.", ""},
      {"", ""},
      {" = 2 │ d = data \"titanic\"                                                  12 ms", "12 ms"},
      {"     │ d:crosstab(\"passengerClass\", \"sex\", {share=\"survived\"})", "})"},
      {"       passengerClass~   female%    n#   male%    n#    gap", "gap"},
      {"       1st                  96.5   144    34.1   179   62.4", "62.4"},
      {"       2nd                  88.7   106    14.6   171   74.1", "74.1"},
      {"       3rd                  49.1   216    15.2   493   33.9", "33.9"},
      {"", ""},
      {" = 3 │ d:line{\"age\", \"share(survived)\", by=\"sex\", bins=10}                  8 ms", "8 ms"},
      {"       1.0┤", "female"},
      {"          │", ""},
      {"       0.5┤", ""},
      {"          │", ""},
      {"       0.0┤", ""},
      {"          └┬", "┬"},
      {"           0 ", " 80"},
      {"       reading: under 8 boys stay near the girls; past 16 they part      n 1,046", "n 1,046"},
      {"", ""},
      {" ~ 4 │ m = p:fit(train, \"survived\")               stale cell 2 ran later   31 ms", "31 ms"},
      {"       ▸ 6 lines folded   logistic, 5 terms, converged", "converged"},
      {"", ""},
      {" ! 5 │ b = ml.bost{rounds=200, eta=0.05}", "}"},
      {"              ^^^^", "^"},
      {"       no model 'bost': did you mean boost?   p put it right", "right"},
      {"", ""},
      {" > 6 │ cv(p, d, \"survived\", {folds=5, repeats=20, metrics={\"auc\"}})", "})"},
      {"       ━━━━━━━━━━━━━━━━━━━───────────  62/100  ETA 4 s", "4 s"},
      {"", ""},
      {"   7 ┃ b = ml.boost{rounds=200, m}                                     never run", "never run"},
      {"", ""}};
  App a;
  notebook_open(&a, 120, 40);
  a.cell = 6;
  char *text = drawn(&a, 82, 37);
  for (int k = 0; k < (int)(sizeof WANT / sizeof *WANT); k++) assert_line(text, k, WANT[k][0], WANT[k][1]);
  free(text);
  notebook_close(&a);
}

TEST(styles_say_what_a_thing_is) {
  App a;
  notebook_open(&a, 120, 40);
  a.cell = 6;
  free(drawn(&a, 82, 37));
  assert_int_equal(cell_of(&a, 7, 0).style, STYLE_STRONG);  // heading
  assert_int_equal(cell_of(&a, 7, 2).style, STYLE_DIM);     // 1.
  assert_int_equal(cell_of(&a, 38, 2).style, STYLE_NOTE);   // every
  assert_int_equal(cell_of(&a, 50, 3).style, STYLE_ACCENT); // cell 3
  assert_int_equal(cell_of(&a, 5, 0).style, STYLE_FAINT);   // bar
  assert_int_equal(cell_of(&a, 1, 5).style, STYLE_ACCENT);  // =
  assert_int_equal(cell_of(&a, 3, 5).style, STYLE_DIM);     // 2
  assert_int_equal(cell_of(&a, 16, 5).style, STYLE_STRING);
  assert_int_equal(cell_of(&a, 75, 5).style, STYLE_FAINT); // 12 ms
  assert_int_equal(cell_of(&a, 7, 7).style, STYLE_DIM);    // names of columns
  assert_int_equal(cell_of(&a, 1, 22).style, STYLE_WARN);  // ~
  assert_int_equal(cell_of(&a, 50, 22).style, STYLE_WARN); // stale
  assert_int_equal(cell_of(&a, 56, 22).style, STYLE_DIM);  // cell 2 ran later
  assert_int_equal(cell_of(&a, 14, 26).style, STYLE_WARN); // ^
  assert_int_equal(cell_of(&a, 7, 27).style, STYLE_WARN);  // no model
  assert_int_equal(cell_of(&a, 24, 27).style, STYLE_FG);   // did you mean
  assert_int_equal(cell_of(&a, 37, 27).style, STYLE_STRONG);
  assert_int_equal(cell_of(&a, 1, 29).style, STYLE_FOCUS);   // >
  assert_int_equal(cell_of(&a, 39, 30).style, STYLE_STRONG); // 62
  assert_int_equal(cell_of(&a, 5, 32).style, STYLE_FOCUS);   // bar of the focused cell
  notebook_close(&a);
}

TEST(the_title_counts_cells_and_what_needs_an_act) {
  App a;
  notebook_open(&a, 120, 40);
  Str what = {0}, right = {0};
  pane_notebook.title(&a, &what, &right);
  assert_string_equal(str_c(&what), "women-first.lua  7 cells");
  assert_string_equal(str_c(&right), "1 runs · 1 stale · 1 error");
  for (int k = 3; k < 7; k++) a.doc.cell[k].state = CELL_CURRENT;
  str_clear(&what), str_clear(&right);
  pane_notebook.title(&a, &what, &right);
  assert_string_equal(str_c(&right), "all current");
  str_fini(&what), str_fini(&right);
  notebook_close(&a);
}

TEST(smaller_screens_show_the_same_in_fewer_columns) {
  App a;
  notebook_open(&a, 80, 24);
  a.cell = 4;
  char *text = drawn(&a, 80, 21); // no blank lines between cells
  assert_has(
      text,
      "\n ! 5 ┃ b = ml.bost{rounds=200, eta=0.05}\n              ^^^^\n       no model 'bost': did you mean boost?");
  assert_has(text, "\n = 3 │ d:line{\"age\", \"share(survived)\", by=\"sex\", bins=10}                 8 ms\n");
  free(text);
  a.w = 40, a.h = 12;
  text = drawn(&a, 40, 9);
  assert_has(text, " ~ 4 │ m = p:fit(train, \"survived\")\n       ▸ 6 lines folded   logistic, 5…\n");
  assert_has(text, " ! 5 ┃ b = ml.bost{rounds=200, eta=0.0…\n              ^^^^\n");
  assert_has(text, "       no model 'bost': did you mean\n       boost?   p put it right\n");
  free(text);
  for (int w = 1; w < 30; w += 2)
    for (int h = 1; h < 10; h += 2) free(drawn(&a, w, h));
  notebook_close(&a);
}

TEST(ascii_has_no_other_letters) {
  App a;
  notebook_open(&a, 120, 40);
  char *text = drawn_at(&a, (Rect){0, 0, 82, 37}, GLYPHS_ASCII);
  for (const char *s = text; *s; s++) assert_true((unsigned char)*s < 0x80);
  assert_has(text, " = 2 | d = data");
  assert_has(text, "> 6 lines folded   logistic, 5 terms, converged");
  free(text);
  notebook_close(&a);
}

TEST(an_empty_notebook_says_how_to_begin) {
  App a = {.w = 80, .h = 24};
  doc_init(&a.doc);
  char *text = drawn(&a, 80, 21);
  assert_has(text, " no cell yet: b makes one, : takes a line of Lua\n");
  free(text);
  pane_notebook.mouse(&a, &(Key){.code = K_MOUSE, .button = MOUSE_LEFT}, 3, 3, (Rect){0, 0, 80, 21});
  notebook_scroll(&a, 1);
  doc_fini(&a.doc);
  canvas_fini(&a.canvas);
}

TEST(markdown_shows_without_its_signs) {
  App a = {.w = 60, .h = 30};
  Err err;
  doc_init(&a.doc);
  ErrCode code = doc_read(&a.doc,
                          sv("-- %% [markdown]\n"
                             "-- ## A *short* heading\n--\n"
                             "-- A paragraph of\n-- three lines, with **strong words**, `x_1 * y_2 * 3`\n"
                             "-- and a [link](there), snake_case_name and 2 * 3 * 4.\n--\n--\n"
                             "-- - one item that is long enough to be broken once, yes\n-- * another\n"
                             "-- ```\n-- d:where  \"*x* > 1\"\n-- ```\n-- ---\n-- | a | b |\n-- |---|---|\n"),
                          &err);
  assert_int_equal(code, OK);
  char *text = drawn(&a, 50, 27);
  assert_string_equal(strstr(text, "     "), "     ┃ A short heading\n"
                                             "     ┃ A paragraph of three lines, with strong\n"
                                             "     ┃ words, x_1 * y_2 * 3 and a link,\n"
                                             "     ┃ snake_case_name and 2 * 3 * 4.\n"
                                             "     ┃\n"
                                             "     ┃ • one item that is long enough to be\n"
                                             "     ┃   broken once, yes\n"
                                             "     ┃ • another\n"
                                             "     ┃   d:where  \"*x* > 1\"\n"
                                             "     ┃ ────────────────────────\n"
                                             "     ┃ a   b\n"
                                             "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n");
  assert_int_equal(cell_of(&a, 40, 1).style, STYLE_STRONG);
  assert_int_equal(cell_of(&a, 14, 2).style, STYLE_STRING);
  assert_int_equal(cell_of(&a, 36, 2).style, STYLE_ACCENT);
  assert_int_equal(cell_of(&a, 7, 5).style, STYLE_DIM);
  free(text);
  doc_fini(&a.doc);
  canvas_fini(&a.canvas);
}

// ---- editing -------------------------------------------------------------------------------------------------------
TEST(the_cell_being_edited_shows_its_cursor_and_its_matching_bracket) {
  App a;
  int x, y;
  notebook_open(&a, 120, 40);
  assert_false(notebook_cursor(&a, &x, &y));
  edit(&a, 6, strlen("b = ml.boost{rounds=200, m}"));
  editor_insert(a.editor, " -- now", 7);
  editor_put(a.editor, 0, 27);
  char *text = drawn_at(&a, (Rect){2, 1, 82, 37}, GLYPHS_BRAILLE);
  assert_has(text, "     7 ┃ b = ml.boost{rounds=200, m} -- now");
  assert_true(notebook_cursor(&a, &x, &y));
  assert_int_equal(x, 2 + 7 + 27);
  assert_int_equal(y, 1 + 32);
  assert_int_equal(cell_of(&a, 2 + 7 + 12, 1 + 32).style, STYLE_HIT); // {
  free(text);
  notebook_close(&a);
}

TEST(a_long_line_scrolls_with_its_cursor) {
  App a;
  int x, y;
  notebook_open(&a, 40, 12);
  edit(&a, 5, strlen(doc_text(&a.doc, 5)));
  char *text = drawn(&a, 40, 9);
  assert_true(notebook_cursor(&a, &x, &y));
  assert_has(text, " > 6 ┃ …");
  assert_has(text, "metrics={\"auc\"}})");
  assert_true(x > 7 && x < 40);
  editor_put(a.editor, 0, 0);
  free(text);
  text = drawn(&a, 40, 9);
  assert_has(text, " > 6 ┃ cv(p, d, \"survived\", {folds=5, ");
  assert_true(notebook_cursor(&a, &x, &y));
  assert_int_equal(x, 7);
  free(text);
  notebook_close(&a);
}

TEST(the_cursor_stays_in_view_in_a_cell_of_many_lines) {
  App a;
  int x, y;
  notebook_open(&a, 80, 24);
  edit(&a, 4, 0);
  for (int k = 0; k < 300; k++) editor_insert(a.editor, "x = 1\n", 6);
  for (int line = 300; line >= 0; line -= 7) {
    editor_put(a.editor, line, 3);
    free(drawn(&a, 80, 21));
    assert_true(notebook_cursor(&a, &x, &y));
    assert_true(y >= 0 && y < 21);
    assert_true(x >= 7 && x <= 10);
  }
  notebook_close(&a);
}

// ---- outputs -------------------------------------------------------------------------------------------------------
TEST(an_error_in_a_line_before_the_last_is_told_by_number) {
  App a;
  notebook_open(&a, 120, 40);
  Result *r = give(&a, 1, CELL_FAILED, 0);
  r->line = 1, r->column = 5, r->token = "data", r->message = "no table";
  char *text = drawn(&a, 82, 37);
  assert_has(text, " ! 2 │ d = data \"titanic\"\n           ^^^^\n     │ d:crosstab(");
  assert_has(text, "\n       line 1: no table\n");
  free(text);
  notebook_close(&a);
}

TEST(long_outputs_stand_in_a_window_that_moves) {
  App a;
  notebook_open(&a, 120, 60);
  layout_make(VIEW_NOTEBOOK, PANE_notebook, true, 82, 60, &a.layout);
  give(&a, 1, CELL_CURRENT, 1.23);
  Str lines = {0};
  for (int k = 1; k <= 100; k++) str_addf(&lines, "line %d\n", k);
  give_text(&a, 1, str_c(&lines));
  char *text = drawn(&a, 82, 57);
  assert_has(text, "       line 23\n       ▸ lines 1 to 23 of 100   ) further   ( back   W all\n\n");
  assert_has(text, " 1.2 s\n");
  free(text);
  assert_false(notebook_scroll_output(&a, 1, -1, 0));
  assert_true(notebook_scroll_output(&a, 1, 1, 0));
  assert_true(notebook_scroll_output(&a, 1, 0, 2));
  text = drawn(&a, 82, 57);
  assert_has(text, "       line 24\n       line 25\n");
  assert_has(text, "       line 46\n       ▸ lines 24 to 46 of 100 ");
  free(text);
  while (notebook_scroll_output(&a, 1, 1, 0)) continue;
  text = drawn(&a, 82, 57);
  assert_has(text, "       line 100\n       ▸ lines 78 to 100 of 100 ");
  free(text);
  a.doc.cell[1].state = CELL_RUNNING, a.doc.cell[1].out_top = -1; // its end is what one waits for
  text = drawn(&a, 82, 57);
  assert_has(text, "       line 100\n       ▸ lines 78 to 100 of 100 ");
  free(text);
  a.doc.cell[1].state = CELL_CURRENT, a.doc.cell[1].whole = true;
  assert_false(notebook_scroll_output(&a, 1, 1, 0));
  text = drawn(&a, 82, 57);
  assert_has(text, "       line 40\n");
  free(text);
  a.doc.cell[1].folded = true;
  text = drawn(&a, 82, 57);
  assert_has(text, "       ▸ 100 lines folded   line 1\n");
  free(text);
  str_fini(&lines);
  notebook_close(&a);
}

TEST(the_head_of_a_long_table_stays_above_its_rows) {
  App a;
  notebook_open(&a, 80, 24);
  layout_make(VIEW_NOTEBOOK, PANE_notebook, true, 80, 24, &a.layout);
  give(&a, 1, CELL_CURRENT, 0);
  MsgOut out = {.title = "", .shown = {.kind = SHOWN_PAGE}};
  page_init(&out.shown.page, 50, 1);
  out.shown.page.nrow = 1309, out.shown.page.title = "fifty";
  page_col(&out.shown.page, 0, "n", '#', ALIGN_POINT, CELL_NUMBER);
  for (int k = 0; k < 50; k++) {
    char number[16];
    snprintf(number, sizeof number, "%d", k + 1);
    page_cell(&out.shown.page, k, 0, number);
  }
  result_take_out(a.doc.cell[1].result, &out);
  a.cell = 1;
  char *text = drawn(&a, 80, 21);
  assert_has(text, "       fifty\n       n#\n        1\n");
  assert_has(text, "\n        9\n       ▸ rows 1 to 9 of 1,309   ) further   ( back   t table\n");
  free(text);
  assert_true(notebook_scroll_output(&a, 1, 1, 0));
  text = drawn(&a, 80, 21);
  assert_has(text, "       n#\n        9\n       10\n");
  assert_has(text, "\n       18\n       ▸ rows 9 to 18 of 1,309 ");
  free(text);
  while (notebook_scroll_output(&a, 1, 1, 0)) continue;
  text = drawn(&a, 80, 21);
  assert_has(text, "\n       50\n       1,259 more rows\n       ▸ rows 42 to 50 of 1,309 ");
  free(text);
  notebook_close(&a);
}

TEST(what_is_stale_stays_and_turns_dim) {
  App a;
  notebook_open(&a, 120, 40);
  a.doc.cell[1].state = CELL_STALE, a.doc.cell[1].why = "edited";
  a.doc.cell[2].state = CELL_STALE, a.doc.cell[2].why = "cell 2 is stale";
  free(drawn(&a, 82, 37));
  assert_int_equal(cell_of(&a, 7, 8).style, STYLE_DIM);   // 1st
  assert_int_equal(cell_of(&a, 30, 13).style, STYLE_DIM); // a mark of the plot
  notebook_close(&a);
}

TEST(a_cell_that_runs_again_keeps_its_output_until_there_is_a_new_one) {
  App a;
  notebook_open(&a, 120, 40);
  DocCell *c = &a.doc.cell[1];
  c->before = c->result, c->result = result_new(), c->state = CELL_RUNNING;
  char *text = drawn(&a, 82, 37);
  assert_has(text, "       1st                  96.5   144    34.1   179   62.4\n");
  assert_null(strstr(text, "0 done")); // not before half a second
  assert_int_equal(cell_of(&a, 7, 8).style, STYLE_DIM);
  free(text);
  c->result->elapsed = 2, c->result->progress = 1234;
  give_text(&a, 1, "new");
  text = drawn(&a, 82, 37);
  assert_has(text, "       new\n       1,234 done  2 s\n");
  assert_null(strstr(text, "96.5"));
  free(text);
  notebook_close(&a);
}

// ---- scrolling -----------------------------------------------------------------------------------------------------
static void thousand_open(App *a) {
  Str text = {0};
  Err err;
  *a = (App){.focus = PANE_notebook, .view = VIEW_NOTEBOOK, .w = 80, .h = 24};
  a->layout = (Layout){.slot = {{PANE_notebook, {0, 0, 80, 22}, 1}}, .n = 1};
  for (int k = 1; k <= 1000; k++) str_addf(&text, "-- %%%%\nx%d = 1\ny%d = 2\n\n", k, k);
  doc_init(&a->doc);
  ErrCode code = doc_read(&a->doc, sv(str_c(&text)), &err);
  assert_int_equal(code, OK);
  assert_int_equal(a->doc.n, 1000);
  str_fini(&text);
}

// The number of the focused cell, which must show.
static void assert_focus_shows(App *a, int64_t cell) {
  char name[32];
  char *text = drawn(a, 80, 21);
  assert_int_equal(a->cell, cell);
  snprintf(name, sizeof name, "%4lld ┃ x%lld = 1", (long long)cell + 1, (long long)cell + 1);
  assert_has(text, name);
  free(text);
}

TEST(the_focused_cell_shows_wherever_it_is) {
  App a;
  thousand_open(&a);
  assert_focus_shows(&a, 0);
  a.cell = 999;
  assert_focus_shows(&a, 999);
  assert_int_equal(a.cell_top, 989); // 21 lines of cells of two: the last line stands at the foot
  assert_int_equal(a.line_top, 1);
  a.cell = 500;
  assert_focus_shows(&a, 500);
  for (int64_t k = 501; k < 530; k++) a.cell = k, assert_focus_shows(&a, k);
  for (int64_t k = 529; k > 480; k--) a.cell = k, assert_focus_shows(&a, k);
  for (int k = 0; k < 999; k++) doc_remove(&a.doc, 0);
  free(drawn(&a, 80, 21));
  assert_int_equal(a.cell, 0);
  notebook_close(&a);
}

TEST(pages_and_the_wheel_take_the_focus_along) {
  App a;
  Rect r = {0, 1, 80, 21};
  thousand_open(&a);
  free(drawn(&a, 80, 21));
  notebook_scroll(&a, 1);
  assert_focus_shows(&a, 10);
  notebook_scroll(&a, 1);
  assert_focus_shows(&a, 20);
  notebook_scroll(&a, -1);
  notebook_scroll(&a, -1);
  notebook_scroll(&a, -1);
  assert_focus_shows(&a, 0);
  for (int k = 0; k < 200; k++) notebook_scroll(&a, 1);
  assert_focus_shows(&a, 999);
  a.cell = 0;
  free(drawn(&a, 80, 21));
  Key key = {.code = K_MOUSE, .button = MOUSE_WHEEL_DOWN};
  pane_notebook.mouse(&a, &key, 5, 5, r);
  assert_int_equal(a.cell_top, 1);
  assert_int_equal(a.line_top, 1);
  assert_focus_shows(&a, 2);
  notebook_close(&a);
}

TEST(a_click_goes_to_the_cell_and_in_the_text_to_the_place) {
  App a;
  Rect r = {0, 1, 80, 21};
  thousand_open(&a);
  free(drawn(&a, 80, 21));
  Key key = {.code = K_MOUSE, .button = MOUSE_LEFT};
  pane_notebook.mouse(&a, &key, 12, 1 + 7, r);
  assert_int_equal(a.cell, 3);
  edit(&a, 3, 0);
  pane_notebook.mouse(&a, &key, 10 + 2, 1 + 7, r);
  int64_t line;
  int column;
  editor_place(a.editor, &line, &column);
  assert_int_equal(line, 1);
  assert_int_equal(column, 2);
  notebook_close(&a);
}

RUN(CASE(the_cells_stand_as_the_look_says), CASE(styles_say_what_a_thing_is),
    CASE(the_title_counts_cells_and_what_needs_an_act), CASE(smaller_screens_show_the_same_in_fewer_columns),
    CASE(ascii_has_no_other_letters), CASE(markdown_shows_without_its_signs), CASE(an_empty_notebook_says_how_to_begin),
    CASE(the_cell_being_edited_shows_its_cursor_and_its_matching_bracket), CASE(a_long_line_scrolls_with_its_cursor),
    CASE(the_cursor_stays_in_view_in_a_cell_of_many_lines), CASE(an_error_in_a_line_before_the_last_is_told_by_number),
    CASE(long_outputs_stand_in_a_window_that_moves), CASE(the_head_of_a_long_table_stays_above_its_rows),
    CASE(what_is_stale_stays_and_turns_dim), CASE(a_cell_that_runs_again_keeps_its_output_until_there_is_a_new_one),
    CASE(the_focused_cell_shows_wherever_it_is), CASE(pages_and_the_wheel_take_the_focus_along),
    CASE(a_click_goes_to_the_cell_and_in_the_text_to_the_place))
