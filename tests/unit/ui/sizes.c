// Every pane at every size from 1 x 1 to 60 x 20, focused and not, empty and full: nothing outside its rectangle is
// touched. What is painted there is for the tests of the panes.
#include "check.h"

#include "credit_view.h"

enum { W = 60, H = 20, LEFT = 3, TOP = 2 };

static const CanvasCell CANARY = {.cp = '#', .style = STYLE_WARN, .extra = EXTRA_POPUP};

static bool is_canary(const CanvasCell *c) {
  return c->cp == CANARY.cp && c->style == CANARY.style && c->extra == CANARY.extra && c->mark == 0;
}

// Appends what was touched outside, the first place only; true when nothing was.
static bool paint_within(App *a, PaneId pane, Canvas *c, Rect r, bool focused, Str *wrong) {
  static const DrawStyle STYLE = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_256};
  Paint p = {c, &STYLE};
  for (int i = 0; i < c->w * c->h; i++) c->cell[i] = CANARY;
  for (int y = 0; y < r.h; y++)
    for (int x = 0; x < r.w; x++) c->cell[(r.y + y) * c->w + r.x + x] = (CanvasCell){.cp = ' '};
  a->focus = pane;
  a->layout = (Layout){.n = 1, .slot = {{pane, {r.x, r.y - 1, r.w, r.h + 1}, 1}}};
  PANE_TYPES[pane]->draw(a, &p, r, focused);
  for (int i = 0; i < c->w * c->h; i++) {
    int x = i % c->w - r.x, y = i / c->w - r.y;
    if ((x >= 0 && x < r.w && y >= 0 && y < r.h) || is_canary(&c->cell[i])) continue;
    str_addf(wrong, "%s at %d x %d%s writes at %d,%d\n", PANE_TYPES[pane]->name, r.w, r.h, focused ? " focused" : "", x,
             y);
    return false;
  }
  return true;
}

static void paint_sizes(App *a, PaneId pane, Canvas *c, Str *wrong) {
  for (int h = 0; h <= H; h++)
    for (int w = 1; w <= W; w++)
      if (!paint_within(a, pane, c, (Rect){LEFT, TOP, w, h}, (w + h) % 2, wrong)) return;
}

static void assert_within(App *a) {
  Canvas c;
  Str wrong = {0};
  canvas_init(&c, LEFT + W + 4, TOP + H + 3);
  a->w = W, a->h = H;
  for (int pane = 0; pane < PANE_COUNT; pane++) paint_sizes(a, (PaneId)pane, &c, &wrong);
  canvas_fini(&c);
  assert_string_equal(str_c(&wrong), "");
  str_fini(&wrong);
}

static void assert_titles(App *a) {
  for (int pane = 0; pane < PANE_COUNT; pane++) {
    Str what = {0}, state_text = {0};
    PANE_TYPES[pane]->title(a, &what, &state_text);
    str_fini(&what), str_fini(&state_text);
  }
}

TEST(empty_panes_stay_inside) {
  static const UiOpts OPTS = {.program = "tycho", .seed = "1"};
  App a = {.opts = &OPTS};
  doc_init(&a.doc);
  sheet_init(&a.sheet);
  assert_within(&a);
  assert_titles(&a);
  sheet_fini(&a.sheet);
  doc_fini(&a.doc);
}

// ---- full ones -----------------------------------------------------------------------------------------------------
static void run_cell(Doc *d, int64_t i) {
  MsgOut out = {.cell = d->cell[i].id, .title = "x", .has_plot = i % 2 == 0};
  MsgDone done = {.cell = out.cell, .failed = i == 3, .token = "bost", .message = "no model 'bost'", .asks = ""};
  MsgProgress progress = {.cell = out.cell, .done = 62, .total = 100, .seconds = 6.4};
  out.shown.kind = SHOWN_PAGE;
  credit_page(&out.shown.page);
  if (out.has_plot) credit_plot(&out.plot);
  done.state = i + 1, done.line = 1, done.column = 8, done.seconds = 0.01;
  doc_begin(d, out.cell);
  doc_started(d, out.cell);
  doc_take_out(d, &out);
  shown_fini(&out.shown);
  doc_take_progress(d, &progress);
  if (i + 1 < d->n) doc_take_done(d, &done); // the last one still runs
}

static void fill_sheet(Sheet *s) {
  static double BIN[] = {1, 0.5, 0, 0.25, NAN};
  static double SHARE[] = {0.6, 0.3, 0.1};
  static WireHead HEAD[] = {
      {.name = "a long name of a column", .kind = "text", .sign = '~', .strip = STRIP_TEXT, .text = "1,309 distinct"},
      {.name = "age", .kind = "real", .sign = '%', .strip = STRIP_SPARK, .value = BIN, .n = 5, .text = ""},
      {.name = "class", .kind = "category", .sign = '~', .strip = STRIP_SHARES, .value = SHARE, .n = 3, .text = "123"},
  };
  static const char *COLUMN[] = {"age", "name"}, *TEXT[] = {"263 missing, not at random", "cut off at 31"};
  s->object = strdup("d");
  msg_init(&s->heads, MSG_HEADS, 0);
  s->heads.Heads = (MsgHeads){"d", "a.csv", "whole file, 9 ms", 1, 247, HEAD, 3, false};
  msg_init(&s->notes, MSG_NOTES, 0);
  s->notes.Notes = (MsgNotes){"d", 1, {COLUMN, 2}, {TEXT, 2}, {TEXT, 2}};
}

TEST(full_panes_stay_inside) {
  static WireObject OBJECT[] = {{.name = "d", .kind = "Frame", .summary = "", .nrow = 1309, .ncol = 5},
                                {.name = "a_rather_long_name", .kind = "Evaluation", .summary = "AUC .801"}};
  static const UiOpts OPTS = {.program = "tycho", .seed = "1"};
  App a = {.opts = &OPTS};
  Err err;
  doc_init(&a.doc);
  sheet_init(&a.sheet);
  fill_sheet(&a.sheet);
  assert_int_equal(doc_read(&a.doc,
                            sv("-- %% [markdown]\n-- # One heading\n-- and a text\n-- %%\nd = data \"titanic\"\nd\n"
                               "-- %%\nd:hist\"age\"\n-- %%\nb = ml.bost{rounds=200}\n-- %%\ncv(p, d, \"y\")\n"),
                            &err),
                   OK);
  for (int64_t i = 1; i < a.doc.n; i++) run_cell(&a.doc, i);
  doc_commit(&a.doc, "edit cell 7 with a longer label", NULL, NULL);
  msg_init(&a.objects, MSG_OBJECTS, 0);
  a.objects.Objects = (MsgObjects){.item = OBJECT, .n = 2, .memory = 5000000};
  a.operate = (Operate){.object = strdup("e"), .threshold = 0.24, .was = NAN, .rows = OPERATE_ROWS};
  credit_answer(&a.operate.now);
  assert_within(&a);
  assert_titles(&a);
  a.operate.now.Evaluation.binary = false; // several classes
  assert_within(&a);
  credit_fini(&a.operate.now);
  a.operate.now.kind = MSG_NONE;
  operate_fini(&a.operate);
  sheet_fini(&a.sheet);
  doc_fini(&a.doc);
}

RUN(CASE(empty_panes_stay_inside), CASE(full_panes_stay_inside))
