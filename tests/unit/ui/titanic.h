// The titanic table as a kernel would send it, made by hand for tests of panes. Facts: counts, shares, quartiles and
// histogram of the file datasets/titanic.csv, from pandas 1.5.3 and numpy 1.24 (age: np.histogram with 8 and with 26
// equal bins from 0 to 80). What the panes ask is counted, not sent.
#pragma once
#include "ui/app_int.h"

#include <stdarg.h>
#include <stdlib.h>

typedef struct Heard { // what the app was told to do
  char said[600], emitted[1200];
  int asked;
  Msg last; // texts are the sheet's
} Heard;
static Heard heard;

__attribute__((weak)) void app_say(App *a, Style style, const char *fmt, ...) {
  va_list args;
  (void)a, (void)style;
  va_start(args, fmt);
  vsnprintf(heard.said, sizeof heard.said, fmt, args);
  va_end(args);
}
__attribute__((weak)) uint64_t app_ask(App *a, Msg *m) {
  (void)a;
  heard.last = *m;
  return (uint64_t)++heard.asked;
}
__attribute__((weak)) int64_t app_emit(App *a, const char *lua, const char *label) {
  (void)a, (void)label;
  snprintf(heard.emitted, sizeof heard.emitted, "%s", lua);
  return 1;
}
__attribute__((weak)) void app_emit_view(App *a, const char *verb, const char *label) {
  (void)a, (void)label;
  snprintf(heard.emitted, sizeof heard.emitted, "%s", verb);
}
__attribute__((weak)) bool app_hold_for_columns(App *a) {
  (void)a;
  return false;
}
__attribute__((weak)) bool app_emit_look(App *a, const char *base, const char *verb, const char *label) {
  (void)a, (void)label;
  snprintf(heard.emitted, sizeof heard.emitted, "%s%s", base ? base : "", verb);
  return true;
}
__attribute__((weak)) void app_emit_chain(App *a, const char *base, const char *verbs, const char *label) {
  (void)a, (void)label;
  snprintf(heard.emitted, sizeof heard.emitted, "%s%s", base, verbs);
}
__attribute__((weak)) void app_settle(App *a) { (void)a; }
__attribute__((weak)) bool app_await(App *a, uint64_t request, Msg *answer, int ms) {
  (void)a, (void)request, (void)answer, (void)ms;
  return false;
}
__attribute__((weak)) bool crumb_stash(App *a, Sheet *from) {
  (void)a, (void)from;
  return false;
}
__attribute__((weak)) void dive_ask(App *a, const MsgViewRows *what, bool card) {
  (void)a, (void)card;
  snprintf(heard.emitted, sizeof heard.emitted, "rows of %s %s %lld", what->column, what->label, (long long)what->row);
}
__attribute__((weak)) void dive_where(App *a, const char *base, const char *where, const char *column) {
  (void)a, (void)base, (void)column;
  snprintf(heard.emitted, sizeof heard.emitted, "where %s", where);
}
__attribute__((weak)) void app_dive(App *a, PaneId pane) { a->focus = pane; }
__attribute__((weak)) void prompt_open(Prompt *p, PromptKind kind, const char *label, const char *content) {
  (void)p, (void)kind, (void)content;
  snprintf(heard.said, sizeof heard.said, "%s", label);
}
__attribute__((weak)) int64_t doc_find(const Doc *d, int64_t id) {
  for (int64_t i = 0; i < d->n; i++)
    if (d->cell[i].id == id) return i;
  return -1;
}
__attribute__((weak)) const char *doc_text(const Doc *d, int64_t i) { return str_c(&d->note.cell[i].text); }
__attribute__((weak)) void lua_quote(Str *out, const char *text) {
  str_addc(out, '"');
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') str_addc(out, '\\');
    str_addc(out, *text);
  }
  str_addc(out, '"');
}

static const double AGE_8[] = {82. / 344, 143. / 344, 1, 232. / 344, 135. / 344, 70. / 344, 32. / 344, 8. / 344};
static const double AGE_26[] = {41, 21, 20, 12, 21, 78, 97, 119, 95, 107, 72, 74, 44,
                                59, 39, 37, 29, 22, 16, 16, 14,  5,  3,   2,  2,  1};
static const double SURVIVED[] = {809. / 1309, 500. / 1309}, SEX[] = {843. / 1309, 466. / 1309},
                    CLASS[] = {709. / 1309, 323. / 1309, 277. / 1309};

static void head_set(WireHead *h, const char *name, const char *kind, char sign, WireStrip strip, const double *value,
                     int64_t n, const char *text) {
  *h = (WireHead){name, kind, sign, strip, (double *)value, n, text};
}

static void titanic_heads(Sheet *s, WireHead *h) {
  head_set(&h[0], "name", "text", '~', STRIP_TEXT, NULL, 0, "1,309 distinct");
  head_set(&h[1], "survived", "category", '~', STRIP_SHARES, SURVIVED, 2, "ny");
  head_set(&h[2], "sex", "category", '~', STRIP_SHARES, SEX, 2, "mf");
  head_set(&h[3], "age", "real", '%', STRIP_SPARK, AGE_8, 8, "");
  head_set(&h[4], "passengerClass", "category", '~', STRIP_SHARES, CLASS, 3, "312");
  msg_init(&s->heads, MSG_HEADS, 0);
  s->heads.Heads = (MsgHeads){"d", "titanic.csv", "whole file, 9 ms", 1, 1309, h, 5, false};
}

// Rows 7 to 17 of the file.
static const char *const ROW[][5] = {{"Andrews, Miss. Kornelia Theodos", "yes", "female", "63", "1st"},
                                     {"Andrews, Mr. Thomas Jr", "no", "male", "39", "1st"},
                                     {"Appleton, Mrs. Edward Dale (Cha", "yes", "female", "53", "1st"},
                                     {"Artagaveytia, Mr. Ramon", "no", "male", "71", "1st"},
                                     {"Astor, Col. John Jacob", "no", "male", "47", "1st"},
                                     {"Astor, Mrs. John Jacob (Madelei", "yes", "female", "18", "1st"},
                                     {"Aubart, Mme. Leontine Pauline", "yes", "female", "24", "1st"},
                                     {"Barber, Miss. Ellen Nellie", "yes", "female", "26", "1st"},
                                     {"Barkworth, Mr. Algernon Henry W", "yes", "male", "80", "1st"},
                                     {"Baumann, Mr. John D", "no", "male", NULL, "1st"},
                                     {"Baxter, Mr. Quigg Edmond", "no", "male", "24", "1st"}};

// A PAGE message of rows from..from+n (0-based, 6..16) with the columns whose places are given.
static void titanic_page(Msg *m, uint64_t request, int64_t from, int64_t n, const int *place, int ncol) {
  static const char *const NAME[] = {"name", "survived", "sex", "age", "passengerClass"};
  msg_init(m, MSG_PAGE, request);
  m->owned = true;
  arena_init(&m->arena);
  m->PageAnswer.object = "d", m->PageAnswer.version = 1;
  Page *p = &m->PageAnswer.page;
  page_init(p, n, ncol);
  p->nrow = 1309, p->first = from, p->row_numbers = true;
  for (int j = 0; j < ncol; j++) {
    bool age = place[j] == 3;
    page_col(p, j, NAME[place[j]], age ? '%' : '~', age ? ALIGN_POINT : ALIGN_LEFT, age ? CELL_NUMBER : CELL_TEXT);
    for (int64_t i = 0; i < n; i++) page_cell(p, i, j, ROW[from - 6 + i][place[j]]);
  }
}

// Gives a page as if it had been asked for.
static void titanic_give(App *a, int64_t from, int64_t n) {
  static const int ALL[] = {0, 1, 2, 3, 4};
  Msg m;
  a->sheet.page_asked = 999;
  a->sheet.asked = (SheetPage){.n = a->sheet.ncol, .first = from, .rows = n};
  titanic_page(&m, 999, from, n, ALL, 5);
  assert_true(sheet_take(a, &m));
}

static void titanic_profile(Sheet *s) {
  static const char *label[] = {"n",    "missing", "distinct", "outliers", "not int", "mean", "se", "sd",
                                "skew", "mode",    "min",      "q1",       "median",  "q3",   "max"};
  static const char *value[] = {"1,046", "263", "98",     "9",  "45", "29.88", "0.45", "14.41",
                                "0.41",  "24",  "0.1667", "21", "28", "39",    "80"};
  Msg *m = &s->profile[0];
  s->profile_used[0] = ++s->clock;
  msg_init(m, MSG_COLUMN, 0);
  m->Column = (MsgColumn){.object = "d", .target = "",
                          .column = "age",
                          .kind = "real",
                          .state = "complete 79.9%",
                          .version = 1,
                          .place = 4,
                          .ncol = 5,
                          .label = {label, 15},
                          .value = {value, 15},
                          .has_plot = true};
  Plot *p = &m->Column.plot;
  plot_init(p);
  p->n = 1046, p->reading = "half lie between 21 and 39";
  p->x = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 80}, p->y = (Axis){.kind = AXIS_NUMBER, .lo = 0, .hi = 120};
  p->box = (BoxStats){true, 0.1667, 21, 28, 39, 80};
  Series *bars = plot_add(p, MARK_BAR, 26);
  bars->x2 = plot_array(p, 26);
  for (int i = 0; i < 26; i++) bars->x[i] = 80. / 26 * i, bars->x2[i] = 80. / 26 * (i + 1), bars->y[i] = AGE_26[i];
}

static void titanic_notes(Sheet *s) {
  static const char *column[] = {"age", "name"};
  static const char *text[] = {"263 missing, not at random: 3rd class 29%, 1st 12%, 2nd 6%",
                               "259 values end at exactly 31 characters: cut off in the file"};
  msg_init(&s->notes, MSG_NOTES, 0);
  static const char *where[] = {"is_missing(age)", "len(name) == 31"};
  s->notes.Notes = (MsgNotes){"d", 1, {column, 2}, {text, 2}, {where, 2}};
}

// The sheet of the picture at 80x24: row 13 in column age, from row 7.
static void titanic_open(App *a, WireHead head[5], int w, int h, GlyphSet glyphs) {
  *a = (App){.w = w, .h = h, .kernel = KERNEL_READY};
  heard = (Heard){0};
  a->caps.style = (DrawStyle){.glyphs = glyphs, .depth = THEME_256};
  note_init(&a->doc.note);
  sheet_init(&a->sheet);
  Sheet *s = &a->sheet;
  s->object = strdup("d"), s->version = 1;
  titanic_heads(s, head);
  sheet_size(s, 1309, 5);
  titanic_profile(s), titanic_notes(s);
  s->row = 12, s->top = 6, s->col = 3;
}

static void titanic_close(App *a) {
  plot_fini(&a->sheet.profile[0].Column.plot);
  sheet_fini(&a->sheet);
  note_fini(&a->doc.note);
}
