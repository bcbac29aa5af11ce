// The evaluation on the screen. The expected screen is the drawing of the looks (evaluate-80x24), whose numbers come
// from scikit-learn 1.2.1 (see credit.h); its row numbers and their header are right-aligned here, as those of every
// table are. Costs, thresholds and Lua are worked by hand from docs and the language's page.
#include "check.h"

#include "base/utf8.h"
#include "credit_view.h"

#include <stdlib.h>

// ---- what the panes call -------------------------------------------------------------------------------------------
static char said[400], emitted[400], label_of_emit[100], prompted[100];
static Msg asked;
static char asked_object[32];
static int nasked, lost;

void app_say(App *a, Style style, const char *fmt, ...) {
  (void)a, (void)style;
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(said, sizeof said, fmt, ap);
  va_end(ap);
}
uint64_t app_ask(App *a, Msg *m) {
  (void)a;
  asked = *m;
  snprintf(asked_object, sizeof asked_object, "%s", m->ViewEvaluation.object);
  return lost ? 0 : (uint64_t)++nasked;
}
int64_t app_emit(App *a, const char *lua, const char *label) {
  a->follow = 1;
  snprintf(emitted, sizeof emitted, "%s", lua);
  snprintf(label_of_emit, sizeof label_of_emit, "%s", label);
  return 1;
}
void prompt_open(Prompt *p, PromptKind kind, const char *label, const char *content) {
  (void)p;
  snprintf(prompted, sizeof prompted, "%d %s%s", kind == PROMPT_ANSWER, label, content);
}

static void forget(void) {
  said[0] = emitted[0] = label_of_emit[0] = prompted[0] = asked_object[0] = 0;
  nasked = lost = 0;
}

// An app whose evaluation `e` has been answered at 0.24; its own threshold is 0.50.
static void open_app(App *a) {
  forget();
  *a = (App){.w = 80, .h = 24};
  operate_open(a, "e");
  a->operate.threshold = 0.24;
  a->operate.asked = 0;
  credit_answer(&a->operate.now);
  nasked = 0;
}
static void close_app(App *a) {
  credit_fini(&a->operate.now);
  a->operate.now.kind = MSG_NONE;
  operate_fini(&a->operate);
}

// ---- painting ------------------------------------------------------------------------------------------------------
static const DrawStyle COLOUR = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_256};
static const DrawStyle PLAIN = {.glyphs = GLYPHS_BRAILLE, .depth = THEME_PLAIN};

static void paint_pane(App *a, const PaneType *type, Canvas *c, Rect r, int number, const DrawStyle *style,
                       const Badge *badge) {
  Paint p = {c, style};
  Str what = {0}, state = {0};
  bool focused = number == 1;
  type->title(a, &what, &state);
  paint_title(&p, r, number, type->name, str_c(&what), str_c(&state), focused, badge);
  type->draw(a, &p, (Rect){r.x, r.y + 1, r.w, r.h - 1}, focused);
  str_fini(&what), str_fini(&state);
}

static void paint_both(App *a, Canvas *c, int top, const DrawStyle *style) {
  Badge mode = {"COMMAND", STYLE_STRONG};
  canvas_init(c, a->w, a->h - 2);
  paint_pane(a, &pane_evaluate, c, (Rect){0, 0, a->w, top}, 1, style, &mode);
  paint_pane(a, &pane_changed, c, (Rect){0, top, a->w, c->h - top}, 2, style, NULL);
}

static const CanvasCell *at(const Canvas *c, int x, int y) { return &c->cell[y * c->w + x]; }
static bool is_braille(uint32_t cp) { return cp >= 0x2800 && cp < 0x2900; }

// The sparse dots of the chance line are draw's own; they count as blanks.
static bool is_chance(const CanvasCell *cell) { return is_braille(cell->cp) && cell->style == STYLE_FAINT; }
static bool is_one_dot(uint32_t cp) { return is_braille(cp) && (cp & (cp - 1) & 0xFF) == 0; }

static bool is_same(uint32_t want, const CanvasCell *got) {
  if (is_braille(want) && is_braille(got->cp)) return true;
  return want == got->cp || ((want == ' ' || is_one_dot(want)) && (got->cp == ' ' || is_chance(got)));
}

// Each cell is the expected one; where dots are expected there are dots.
static void assert_row(const Canvas *c, int y, const char *want) {
  size_t n = strlen(want);
  int x = 0, len;
  for (size_t i = 0; i < n; i += (size_t)len, x++) {
    uint32_t cp = utf8_decode(want + i, n - i, &len);
    if (!is_same(cp, at(c, x, y))) {
      Str text = {0};
      canvas_print(c, &PLAIN, &text);
      fail_msg("line %d column %d is U+%04X, expected U+%04X of\n%s\n%s", y, x, at(c, x, y)->cp, cp, want,
               str_c(&text));
    }
  }
  for (; x < c->w; x++)
    if (at(c, x, y)->cp != ' ') fail_msg("line %d column %d is not blank", y, x);
}

static void assert_style(const Canvas *c, int x, int y, const char *text, Style style) {
  int len;
  for (size_t i = 0; text[i]; i += (size_t)len, x++) {
    uint32_t cp = utf8_decode(text + i, strlen(text + i), &len);
    const CanvasCell *cell = at(c, x, y);
    if (cell->cp != cp || cell->style != style)
      fail_msg("at %d,%d: U+%04X style %d, expected %s style %d", x, y, cell->cp, cell->style, text, style);
  }
}

static const char *const SCREEN[] = {
    " 1 evaluate  credit › boost  1,114 rows ━━━━━━━━ AUC .832 [.807, .858]  COMMAND",
    " 1.0┤TPR              ⢀⣀⣠⠤⠤⠤⠴⠒⠒⠒⠋⠉⠉⡉⠉⠋                said good       said bad",
    "    │          ⢀⣀⡤⠖⠒⠚⠉⠉          ⠄        is good      565 −162       235 +162",
    " 0.8┤       ⣠⠤●⠉             ⡀ ⠂          is bad        64  −85       250  +85",
    "    │     ⣠⠞⠁              ⠄                              now     was   change",
    " 0.6┤   ⢠⠞⠁            ⡀ ⠂                accuracy       .732    .801    −.069 ▾",
    "    │  ⢠○            ⠄                    precision      .515    .693    −.178 ▾",
    " 0.4┤ ⢀⡏         ⡀ ⠁                      recall         .796    .525    +.271 ▴",
    "    │ ⡞        ⠄● now .24                 specificity    .706    .909    −.202 ▾",
    " 0.2┤⢠⠇    ⡀ ⠁  ○ was .50                 F1             .626    .598    +.028 ▴",
    "    │⡞   ⠄                                cost 5:1        555     818     −263 ▴",
    " 0.0┤⡇ ⠁                          FPR     good  ██▅▅▄▃▃▂▂▂▂▂▂▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁",
    "    └┬─────┬──────┬─────┬──────┬─────┬    bad   ▃▃▅▄▅▅▆▄▅▆▆▇▅▇▃▆▆▅▆██▇▇▄█▃█▂▃▁",
    "    0.0   0.2    0.4   0.6    0.8  1.0    score 0.0    ▲     0.5            1.0",
    " 2 changed side  247 rows: 85 now right, 162 now wrong ────────── nearest first",
    "     row score  is    Records   Job         Seniority   Income   Amount",
    " ▾ 4,421  .240  good  no        fixed               6      114    1,150",
    " ▾   504  .241  good  no        fixed               0      206    1,500",
    " ▾ 3,490  .241  good  no        fixed               5      100      549",
    " ▾ 4,082  .241  good  no        freelance          25        ·      375",
    " ▾ 1,251  .241  good  no        fixed               2       88      325",
    "        242 more rows",
};

TEST(the_screen_is_the_drawing) {
  App a;
  Canvas c;
  open_app(&a);
  a.sheet.heads.kind = MSG_HEADS, a.sheet.heads.Heads.source = "credit.csv";
  paint_both(&a, &c, 14, &COLOUR);
  for (int y = 0; y < 22; y++) assert_row(&c, y, SCREEN[y]);
  canvas_fini(&c);
  close_app(&a);
}

TEST(styles_say_what_is_better_and_where_the_threshold_is) {
  App a;
  Canvas c;
  open_app(&a);
  paint_both(&a, &c, 14, &COLOUR);
  assert_style(&c, 1, 1, "1.0", STYLE_DIM);
  assert_style(&c, 4, 1, "┤", STYLE_FAINT);
  assert_style(&c, 14, 3, "●", STYLE_FOCUS);
  assert_style(&c, 8, 6, "○", STYLE_STRONG);
  assert_style(&c, 16, 8, "●", STYLE_FOCUS);
  assert_style(&c, 18, 8, "now", STYLE_FG);
  assert_style(&c, 22, 8, ".24", STYLE_FOCUS);
  assert_style(&c, 22, 9, ".50", STYLE_STRONG);
  assert_style(&c, 55, 2, "565", STYLE_STRONG);
  assert_style(&c, 59, 2, "−162", STYLE_DIM);
  assert_style(&c, 70, 2, "235", STYLE_FG);
  assert_style(&c, 57, 5, ".732", STYLE_STRONG);
  assert_style(&c, 65, 5, ".801", STYLE_FG);
  assert_style(&c, 73, 5, "−.069", STYLE_GROUP1);
  assert_style(&c, 79, 5, "▾", STYLE_GROUP1);
  assert_style(&c, 73, 7, "+.271", STYLE_GROUP0);
  assert_style(&c, 79, 7, "▴", STYLE_GROUP0);
  assert_style(&c, 79, 10, "▴", STYLE_GROUP0);
  assert_style(&c, 48, 11, "██", STYLE_GROUP0);
  assert_style(&c, 48, 12, "▃▃", STYLE_GROUP1);
  assert_style(&c, 55, 13, "▲", STYLE_FOCUS);
  assert_style(&c, 27, 14, "85 now right", STYLE_GROUP0);
  assert_style(&c, 41, 14, "162 now wrong", STYLE_GROUP1);
  assert_style(&c, 1, 16, "▾", STYLE_GROUP1);
  assert_style(&c, 61, 19, "·", STYLE_FAINT);
  canvas_fini(&c);
  close_app(&a);
}

TEST(a_row_is_marked_by_what_it_is_now_said_to_be) {
  App a;
  Canvas c;
  open_app(&a);
  page_cell(&a.operate.now.Evaluation.page, 0, 2, "bad"); // the threshold fell: all are said to be bad now
  paint_both(&a, &c, 14, &COLOUR);
  assert_style(&c, 1, 16, "▴", STYLE_GROUP0);
  assert_style(&c, 1, 17, "▾", STYLE_GROUP1);
  canvas_fini(&c);
  a.operate.now.Evaluation.threshold = 0.7; // it rose: all are said to be good
  paint_both(&a, &c, 14, &COLOUR);
  assert_style(&c, 1, 16, "▾", STYLE_GROUP1);
  assert_style(&c, 1, 17, "▴", STYLE_GROUP0);
  canvas_fini(&c);
  close_app(&a);
}

TEST(the_cursor_of_the_rows_shows_when_they_have_the_focus) {
  App a;
  Canvas c;
  open_app(&a);
  a.operate.row = 2;
  canvas_init(&c, 80, 8);
  paint_pane(&a, &pane_changed, &c, (Rect){0, 0, 80, 8}, 1, &COLOUR, NULL);
  assert_style(&c, 0, 4, "›", STYLE_FOCUS);
  assert_int_equal(at(&c, 30, 4)->extra, EXTRA_ROW);
  assert_int_equal(at(&c, 30, 3)->extra, EXTRA_NONE);
  canvas_fini(&c);
  close_app(&a);
}

TEST(a_screen_of_ascii_has_ascii_only) {
  static const DrawStyle ASCII = {.glyphs = GLYPHS_ASCII, .depth = THEME_PLAIN};
  App a;
  Canvas c;
  open_app(&a);
  paint_both(&a, &c, 14, &ASCII);
  for (int i = 0; i < c.w * c.h; i++) assert_in_range(c.cell[i].cp, ' ', '~');
  canvas_fini(&c);
  close_app(&a);
}

static void print_both(App *a, int top, Str *text) {
  Canvas c;
  str_clear(text);
  paint_both(a, &c, top, &PLAIN);
  canvas_print(&c, &PLAIN, text);
  canvas_fini(&c);
}

TEST(small_panes_keep_threshold_counts_and_metrics) {
  static const char *const KEPT[] = {"565", "235", "64", "250", ".732", ".515", ".796", ".24"};
  static const int SIZE[][2] = {{80, 13}, {66, 9}, {60, 9}, {40, 9}, {38, 9}, {30, 9}, {22, 9}, {40, 8}};
  App a;
  Str text = {0};
  open_app(&a);
  for (size_t k = 0; k < sizeof SIZE / sizeof SIZE[0]; k++) {
    Canvas c;
    canvas_init(&c, SIZE[k][0], SIZE[k][1]);
    Paint p = {&c, &PLAIN};
    pane_evaluate.draw(&a, &p, (Rect){0, 0, c.w, c.h}, true);
    str_clear(&text);
    canvas_print(&c, &PLAIN, &text);
    for (size_t i = 0; i < sizeof KEPT / sizeof KEPT[0]; i++) assert_has(str_c(&text), KEPT[i]);
    canvas_fini(&c);
  }
  str_fini(&text);
  close_app(&a);
}

TEST(larger_screens_have_a_larger_curve_and_both_histograms) {
  App a;
  Str text = {0};
  open_app(&a);
  a.w = 120, a.h = 40;
  print_both(&a, 23, &text);
  assert_has(str_c(&text), "now .24");
  assert_has(str_c(&text), "was .50");
  assert_has(str_c(&text), "point  bad if score ≥ .24");
  assert_has(str_c(&text), "800 good up, 314 bad down");
  assert_has(str_c(&text), "80 found");
  assert_has(str_c(&text), "48 are good");
  assert_has(str_c(&text), "247 rows between .24 and .50: 85 now right, 162 now wrong");
  a.w = 200, a.h = 60;
  print_both(&a, 36, &text);
  assert_has(str_c(&text), "800 good up, 314 bad down");
  str_fini(&text);
  close_app(&a);
}

// The kernel gives the bins of each class by that class's own highest; on one scale 18 bad rows are no higher than 18
// good ones.
TEST(the_histogram_has_one_scale_for_both_classes) {
  App a;
  Canvas c;
  int up = 0, down = 0;
  open_app(&a);
  MsgEvaluation *e = &a.operate.now.Evaluation;
  for (int i = 0; i < CREDIT_BINS; i++) e->hist_positive[i] *= 133.0 / 18;
  a.w = 120, a.h = 40;
  paint_both(&a, &c, 23, &COLOUR);
  for (int y = 14; y < 23; y++)
    for (int x = 62; x < 120; x++) {
      const CanvasCell *cell = at(&c, x, y);
      bool ink = cell->cp >= 0x2580 && cell->cp <= 0x2588;
      up += ink && (cell->style == STYLE_GROUP0 || cell->style == STYLE_GROUP4);
      down += ink && (cell->style == STYLE_GROUP1 || cell->style == STYLE_GROUP5);
    }
  assert_in_range(down, 50, 60); // one line of bars, for all bins
  assert_true(up > down + 10);
  canvas_fini(&c);
  close_app(&a);
}

TEST(counts_that_did_not_move_have_no_change) {
  App a;
  Str text = {0};
  open_app(&a);
  MsgEvaluation *e = &a.operate.now.Evaluation;
  memcpy(e->now_count, e->was_count, sizeof e->now_count);
  e->threshold = e->was, e->right = e->wrong = 0;
  print_both(&a, 14, &text);
  assert_has(str_c(&text), "is good      727             73\n");
  assert_has(str_c(&text), "● now .50");
  assert_has(str_c(&text), "score 0.0            ▲            1.0\n"); // no label under the pointer
  assert_null(strstr(str_c(&text), "was .50"));
  assert_has(str_c(&text), "no row has changed side");
  str_fini(&text);
  close_app(&a);
}

TEST(without_an_evaluation_the_panes_say_how_to_get_one) {
  App a = {.w = 80, .h = 24};
  Str text = {0};
  print_both(&a, 14, &text);
  assert_has(str_c(&text), "no evaluation yet: T in a table, or e = m:evaluate(test)");
  str_fini(&text);
}

TEST(several_classes_have_their_table_and_no_threshold) {
  App a;
  Str text = {0};
  open_app(&a);
  a.operate.now.Evaluation.binary = false;
  a.operate.now.Evaluation.nmetric = 1;
  print_both(&a, 14, &text);
  assert_has(str_c(&text), "accuracy");
  assert_has(str_c(&text), "4,421"); // of the page
  act_threshold(&a, -10);
  assert_string_equal(said, "no threshold: the target does not have two classes");
  assert_int_equal(nasked, 0);
  str_fini(&text);
  close_app(&a);
}

TEST(a_model_laid_over_has_its_metrics_and_the_difference) {
  App a;
  Str text = {0};
  open_app(&a);
  MsgEvaluation *e = &a.operate.now.Evaluation;
  e->other = "e2", e->difference = "AUC +.021 [−.004, +.046], p .10";
  for (int k = 0; k < 5; k++) e->metric[k].other = ".777", e->metric[k].range = "[.703, .760]";
  a.w = 120, a.h = 40;
  Canvas c;
  canvas_init(&c, 80, 14);
  paint_pane(&a, &pane_point, &c, (Rect){0, 0, 80, 14}, 2, &PLAIN, NULL);
  canvas_print(&c, &PLAIN, &text);
  assert_has(str_c(&text), "e2");
  assert_has(str_c(&text), ".777");
  assert_has(str_c(&text), "95% interval");
  assert_has(str_c(&text), "[.703, .760]");
  canvas_fini(&c);
  str_clear(&text);
  Str right = {0};
  pane_evaluate.title(&a, &text, &right);
  assert_string_equal(str_c(&right), "vs e2: AUC +.021 [−.004, +.046], p .10");
  for (int k = 0; k < 5; k++) e->metric[k].other = e->metric[k].range = "";
  str_fini(&text), str_fini(&right);
  close_app(&a);
}

TEST(the_cells_of_the_table_of_counts_are_rows) {
  App a;
  open_app(&a);
  a.focus = PANE_point;
  act_point_right(&a, 1);
  assert_int_equal(a.operate.cell, 1); // said bad, is good
  act_point_rows(&a, 0);
  assert_string_equal(emitted, "e:threshold(0.24):rows{actual=\"good\", pred=\"bad\"}");
  act_point_down(&a, 1), act_point_down(&a, 1), act_point_right(&a, -1);
  assert_int_equal(a.operate.cell, 2);
  a.operate.threshold = NAN; // as the notebook has it
  act_point_rows(&a, 0);
  assert_string_equal(emitted, "e:rows{actual=\"bad\", pred=\"good\"}");
  close_app(&a);
}

TEST(classes_come_one_after_the_other_then_pooled_then_all) {
  static const char *ABC[] = {"a", "b", "c"};
  App a;
  open_app(&a);
  a.operate.now.Evaluation.classes = (Names){ABC, 2};
  act_class(&a, 1);
  assert_string_equal(said, "two classes: one curve says it all");
  a.operate.now.Evaluation.classes = (Names){ABC, 3};
  act_class(&a, 1);
  assert_string_equal(said, "a against the others, 1 of 3");
  assert_int_equal(asked.ViewEvaluation.of, 1);
  act_threshold(&a, -10); // before the answer has come
  assert_near(operate_threshold(&a.operate), 0.49, 1e-12);
  for (int k = 0; k < 3; k++) act_class(&a, 1);
  assert_has(said, "pooled (micro)");
  act_class(&a, 1);
  assert_has(said, "all 3 classes");
  close_app(&a);
}

TEST(another_evaluation_is_laid_over_and_taken_away) {
  static WireObject object[] = {{.name = "d", .kind = "Frame"}, {.name = "e", .kind = "Evaluation"}};
  static WireObject more[] = {{.name = "e", .kind = "Evaluation"}, {.name = "e2", .kind = "Evaluation"}};
  App a;
  open_app(&a);
  msg_init(&a.objects, MSG_OBJECTS, 0);
  a.objects.Objects = (MsgObjects){.item = object, .n = 2};
  act_overlay(&a, 0);
  assert_has(said, "no other evaluation yet");
  a.objects.Objects.item = more;
  act_overlay(&a, 0);
  assert_string_equal(a.operate.other, "e2");
  assert_int_equal(nasked, 1);
  a.operate.asked = 0;
  act_overlay(&a, 0);
  assert_null(a.operate.other);
  close_app(&a);
}

// ---- asking --------------------------------------------------------------------------------------------------------
static void answer_to(App *a, uint64_t request, Msg *m) {
  credit_fini(&a->operate.now);
  credit_answer(m);
  m->request = request;
}

TEST(keys_while_an_answer_is_under_way_ask_once_more_only) {
  App a;
  Msg m;
  open_app(&a);
  for (int k = 0; k < 5; k++) act_threshold(&a, -10);
  assert_int_equal(nasked, 1);
  assert_near(asked.ViewEvaluation.threshold, 0.23, 0);
  answer_to(&a, 1, &m);
  assert_true(operate_take(&a, &m));
  assert_int_equal(m.kind, MSG_NONE);
  assert_int_equal(nasked, 2);
  assert_near(asked.ViewEvaluation.threshold, 0.19, 0);
  answer_to(&a, 2, &m);
  assert_true(operate_take(&a, &m));
  assert_int_equal(nasked, 2);
  close_app(&a);
}

TEST(answers_about_another_object_are_dropped) {
  App a;
  Msg m;
  open_app(&a);
  act_threshold(&a, -10);
  credit_fini(&a.operate.now);
  a.operate.now.kind = MSG_NONE;
  operate_open(&a, "f");
  assert_string_equal(asked_object, "f");
  assert_int_equal(nasked, 2);
  msg_init(&m, MSG_EVALUATION, 1);
  assert_true(operate_take(&a, &m));
  assert_int_equal(a.operate.now.kind, MSG_NONE);
  msg_init(&m, MSG_PAGE, 2);
  assert_false(operate_take(&a, &m));
  msg_init(&m, MSG_REFUSED, 9);
  assert_false(operate_take(&a, &m));
  msg_init(&m, MSG_REFUSED, 2);
  m.Refused.message = "there is no object 'f'";
  assert_true(operate_take(&a, &m));
  assert_string_equal(said, "there is no object 'f'");
  assert_int_equal(a.operate.asked, 0);
  operate_fini(&a.operate);
}

TEST(the_threshold_stays_between_0_and_1_in_whole_thousandths) {
  App a;
  open_app(&a);
  for (int k = 0; k < 26; k++) act_threshold(&a, -10), a.operate.asked = 0;
  assert_near(operate_threshold(&a.operate), 0, 0);
  assert_int_equal(nasked, 24); // at 0 there is nothing to ask
  for (int k = 0; k < 3; k++) act_threshold(&a, 1);
  assert_true(operate_threshold(&a.operate) == 0.003);
  for (int k = 0; k < 200; k++) act_threshold(&a, 10);
  assert_true(operate_threshold(&a.operate) == 1);
  close_app(&a);
}

TEST(thresholds_print_as_shares) {
  char buf[32];
  assert_string_equal(unit_print(0.5, buf), ".50");
  assert_string_equal(unit_print(0.24, buf), ".24");
  assert_string_equal(unit_print(0.245, buf), ".245");
  assert_string_equal(unit_print(0.18237, buf), ".182");
  assert_string_equal(unit_print(1, buf), "1.00");
  assert_string_equal(unit_print(0, buf), ".00");
}

TEST(a_changed_version_is_asked_for_and_a_lost_object_shows_no_more) {
  App a;
  open_app(&a);
  WireObject item = {.name = "e", .kind = "Evaluation", .version = 7};
  msg_init(&a.objects, MSG_OBJECTS, 0);
  a.objects.Objects = (MsgObjects){.item = &item, .n = 1};
  operate_changed(&a);
  assert_int_equal(nasked, 0);
  item.version = 8;
  operate_changed(&a);
  assert_int_equal(nasked, 1);
  assert_near(asked.ViewEvaluation.threshold, 0.24, 0);
  operate_lost(&a.operate);
  credit_fini(&a.operate.now);
  msg_init(&a.operate.now, MSG_EVALUATION, 0);
  a.objects.Objects.n = 0;
  operate_changed(&a);
  assert_int_equal(a.operate.now.kind, MSG_NONE);
  assert_string_equal(a.operate.object, "e");
  a.objects.Objects.n = 1; // it is back, after a replay
  operate_changed(&a);
  assert_int_equal(nasked, 2);
  operate_fini(&a.operate);
}

TEST(the_cursor_asks_for_more_rows_at_the_last_one) {
  App a;
  open_app(&a);
  for (int k = 0; k < 3; k++) act_changed_step(&a, 1);
  assert_int_equal(a.operate.row, 3);
  act_changed_step(&a, -9);
  assert_int_equal(a.operate.row, 0);
  a.operate.rows = 5; // as many as came
  act_changed_step(&a, 9);
  assert_int_equal(a.operate.row, 4);
  assert_int_equal(nasked, 1);
  assert_int_equal(asked.ViewEvaluation.rows, 20);
  close_app(&a);
}

// ---- costs, the curve, keeping ------------------------------------------------------------------------------------
TEST(costs_are_two_numbers) {
  static const char *const WRONG[] = {"1", "1 5 2", "1 x", "-1 5", "0 0", "nan 1", "1e999 1", "1 5 x"};
  App a;
  open_app(&a);
  act_costs(&a, 0);
  assert_string_equal(prompted, "1 costs fp fn: ");
  for (size_t k = 0; k < sizeof WRONG / sizeof WRONG[0]; k++) {
    said[0] = 0;
    evaluate_accept(&a, WRONG[k]);
    assert_has(said, "costs are two numbers");
    assert_has(said, WRONG[k]);
  }
  assert_int_equal(nasked, 0);
  evaluate_accept(&a, " 1, 5 ");
  assert_near(asked.ViewEvaluation.fp, 1, 0);
  assert_near(asked.ViewEvaluation.fn, 5, 0);
  act_costs(&a, 0);
  assert_string_equal(prompted, "1 costs fp fn: 1 5");
  a.operate.asked = 0;
  evaluate_accept(&a, "");
  assert_near(asked.ViewEvaluation.fp, 0, 0);
  close_app(&a);
}

TEST(K_goes_to_the_best_and_p_to_each_curve_in_turn) {
  App a;
  open_app(&a);
  act_cheapest(&a, 0);
  assert_near(asked.ViewEvaluation.threshold, 0.18, 0);
  assert_int_equal(asked.ViewEvaluation.show, EVALUATION_ROC);
  for (int k = 1; k <= EVALUATION_PLOTS; k++) {
    a.operate.asked = 0;
    act_curve(&a, 0);
    assert_int_equal(asked.ViewEvaluation.show, k % EVALUATION_PLOTS);
  }
  close_app(&a);
}

TEST(enter_writes_the_threshold_once) {
  App a;
  Str lua = {0};
  open_app(&a);
  assert_true(operate_pending(&a, &lua));
  assert_string_equal(str_c(&lua), "m = m:threshold(0.24)");
  act_threshold_keep(&a, 0);
  assert_string_equal(emitted, "m = m:threshold(0.24)");
  assert_string_equal(label_of_emit, "threshold .24");
  assert_int_equal(a.follow, 0); // the screen stays here
  emitted[0] = 0;
  act_threshold_keep(&a, 0);
  assert_string_equal(emitted, "");
  assert_string_equal(said, "it is in the notebook already");
  a.operate.now.Evaluation.model = ""; // m is another model now, the one that was kept
  act_threshold(&a, 260);
  act_threshold_keep(&a, 0);
  assert_string_equal(emitted, "m = m:threshold(0.5)");
  str_fini(&lua);
  close_app(&a);
}

TEST(enter_writes_costs_too) {
  App a;
  open_app(&a);
  evaluate_accept(&a, "1 5");
  act_threshold_keep(&a, 0);
  assert_string_equal(emitted, "m = m:threshold(0.24)\ne = e:cost{fp=1, fn=5}");
  a.operate.threshold = NAN, a.operate.asked = 0;
  evaluate_accept(&a, "0.5 2");
  act_threshold_keep(&a, 0);
  assert_string_equal(emitted, "e = e:cost{fp=0.5, fn=2}");
  close_app(&a);
}

TEST(what_cannot_be_kept_says_why) {
  App a;
  open_app(&a);
  a.operate.now.Evaluation.model = "";
  act_threshold_keep(&a, 0);
  assert_has(said, "the model has no name");
  a.operate.now.Evaluation.model = "m";
  a.operate.threshold = NAN;
  act_threshold_keep(&a, 0);
  assert_has(said, "nothing to keep");
  assert_string_equal(emitted, "");
  close_app(&a);
  a = (App){0};
  act_threshold_keep(&a, 0);
  assert_has(said, "no evaluation yet");
  act_threshold(&a, 10);
  operate_move(&a, 0.1); // nothing to move
  operate_changed(&a);
}

RUN(CASE(the_screen_is_the_drawing), CASE(styles_say_what_is_better_and_where_the_threshold_is),
    CASE(a_row_is_marked_by_what_it_is_now_said_to_be), CASE(the_cursor_of_the_rows_shows_when_they_have_the_focus),
    CASE(a_screen_of_ascii_has_ascii_only), CASE(small_panes_keep_threshold_counts_and_metrics),
    CASE(larger_screens_have_a_larger_curve_and_both_histograms), CASE(the_histogram_has_one_scale_for_both_classes),
    CASE(counts_that_did_not_move_have_no_change), CASE(without_an_evaluation_the_panes_say_how_to_get_one),
    CASE(several_classes_have_their_table_and_no_threshold), CASE(a_model_laid_over_has_its_metrics_and_the_difference),
    CASE(the_cells_of_the_table_of_counts_are_rows), CASE(classes_come_one_after_the_other_then_pooled_then_all),
    CASE(another_evaluation_is_laid_over_and_taken_away), CASE(keys_while_an_answer_is_under_way_ask_once_more_only),
    CASE(answers_about_another_object_are_dropped), CASE(the_threshold_stays_between_0_and_1_in_whole_thousandths),
    CASE(thresholds_print_as_shares), CASE(a_changed_version_is_asked_for_and_a_lost_object_shows_no_more),
    CASE(the_cursor_asks_for_more_rows_at_the_last_one), CASE(costs_are_two_numbers),
    CASE(K_goes_to_the_best_and_p_to_each_curve_in_turn), CASE(enter_writes_the_threshold_once),
    CASE(enter_writes_costs_too), CASE(what_cannot_be_kept_says_why))
