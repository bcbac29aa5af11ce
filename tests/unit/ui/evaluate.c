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
  (void)a;
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
static const DrawStyle COLOUR = {GLYPHS_BRAILLE, THEME_256, false};
static const DrawStyle PLAIN = {GLYPHS_BRAILLE, THEME_PLAIN, false};

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

// Each cell is the expected one; where dots are expected there are dots.
static void assert_row(const Canvas *c, int y, const char *want) {
  size_t n = strlen(want);
  int x = 0, len;
  for (size_t i = 0; i < n; i += (size_t)len, x++) {
    uint32_t cp = utf8_decode(want + i, n - i, &len), got = at(c, x, y)->cp;
    if (cp != got && !(is_braille(cp) && is_braille(got))) {
      Str text = {0};
      canvas_print(c, &PLAIN, &text);
      fail_msg("line %d column %d is U+%04X, expected U+%04X of\n%s\n%s", y, x, got, cp, want, str_c(&text));
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

RUN(CASE(the_screen_is_the_drawing))
