// The settings: each with its values, the chosen one in focus, below them what the one under the cursor is, what else
// holds for this session, and a sample of the look.
#include "ui/app_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/rect_int.h"

#include <stdio.h>
#include <stdlib.h>

enum { VALUES_AT = 12, NAME_AT = 2, SAMPLE_LINES = 5 };

static void title(const App *a, Str *what, Str *state) {
  (void)state;
  const char *home = getenv("HOME"), *path = a->config.path;
  size_t n = home ? strlen(home) : 0;
  bool below = path && n > 1 && strncmp(path, home, n) == 0 && path[n] == '/';
  if (path) str_addf(what, "%s%s", below ? "~" : "", below ? path + n : path);
}

// Where there is no room for all values, the chosen one alone.
static void paint_values(const App *a, const Paint *p, Rect r, int y, SettingId s) {
  const char *values = SETTINGS_TABLE[s].values;
  bool all = VALUES_AT + (int)strlen(values) + 2 * 6 < r.w;
  int x = VALUES_AT, place = 0;
  for (const char *v = values; *v; place++) {
    size_t n = strcspn(v, " ");
    bool chosen = place == a->config.value[s];
    if (chosen || all) x += rect_print(p, r, x, y, chosen ? STYLE_FOCUS : STYLE_DIM, "%.*s", (int)n, v) + 2;
    v += n + (v[n] == ' ');
  }
}

// Text over as many lines as it takes; returns the line after it.
static int paint_text_block(const Paint *p, Rect r, int y, const char *text, Style style) {
  int room = r.w - NAME_AT - 2;
  while (*text && room > 8 && y < r.h) {
    size_t n = utf8_fit(sv(text), room);
    if (text[n])
      while (n && text[n] != ' ') n--;
    if (!n) n = utf8_fit(sv(text), room);
    rect_print(p, r, NAME_AT, y++, style, "%.*s", (int)n, text);
    text += n + (text[n] == ' ');
  }
  return y;
}

static int paint_given(const Paint *p, Rect r, int y, const char *name, const char *value, const char *how) {
  rect_text(p, r, NAME_AT, y, r.w, name, STYLE_DIM);
  int x = VALUES_AT + rect_text(p, r, VALUES_AT, y, r.w, value, STYLE_FG);
  if (x + 2 < r.w) rect_text(p, r, x + 2, y, r.w - x - 3, how, STYLE_DIM);
  return y + 1;
}

static int paint_session(const App *a, const Paint *p, Rect r, int y) {
  char threads[32] = "one for each core", memory[32] = "no limit";
  if (a->threads) snprintf(threads, sizeof threads, "%lld", (long long)a->threads);
  if (a->memory_most) fmt_bytes(memory, sizeof memory, a->memory_most);
  y = paint_given(p, r, y, "threads", threads, "tycho --threads N");
  y = paint_given(p, r, y, "memory", memory, "tycho --memory 8G");
  y = paint_given(p, r, y, "seed", a->opts->seed, "tycho --seed N");
  char moved[32] = "as they are";
  if (a->keymap.moved) snprintf(moved, sizeof moved, "%d moved", a->keymap.moved);
  return paint_given(p, r, y, "keys", moved, "e: a file of them to edit, or read it again");
}

static int paint_problems(const Paint *p, Rect r, int y, const Str *problems) {
  for (const char *line = str_c(problems); *line && y < r.h;) {
    size_t n = strcspn(line, "\n");
    rect_text(p, r, 0, y, 1, "!", STYLE_WARN);
    rect_print(p, r, NAME_AT, y++, STYLE_FG, "%.*s", (int)n, line);
    line += n + (line[n] == '\n');
  }
  return y;
}

// Every style where it is at home: words, groups of data, the scale, what must be seen.
static void paint_sample(const Paint *p, Rect r, int y) {
  static const struct {
    const char *text;
    Style style;
  } WORD[] = {{"name", STYLE_STRONG}, {"value", STYLE_FG},       {"label", STYLE_DIM},
              {"rule", STYLE_FAINT},  {"key", STYLE_FOCUS},      {"column", STYLE_COLUMN},
              {"cell", STYLE_CURSOR}, {"! warning", STYLE_WARN}, {"FILTER", STYLE_ALARM}},
    DATA[] = {{"blue", STYLE_GROUP0}, {"orange", STYLE_GROUP1}, {"green", STYLE_GROUP2}, {"purple", STYLE_GROUP3}};
  int x = NAME_AT;
  for (size_t k = 0; k < sizeof WORD / sizeof *WORD; k++)
    x += rect_text(p, r, x, y, r.w, WORD[k].text, WORD[k].style) + 2;
  x = NAME_AT;
  for (size_t k = 0; k < sizeof DATA / sizeof *DATA; k++) {
    x += rect_text(p, r, x, y + 1, r.w, p->style->glyphs == GLYPHS_ASCII ? "###" : "▄▆█", DATA[k].style) + 1;
    x += rect_text(p, r, x, y + 1, r.w, DATA[k].text, STYLE_FG) + 2;
  }
  x = NAME_AT + rect_text(p, r, NAME_AT, y + 2, r.w, "few", STYLE_DIM) + 1;
  for (int k = 0; k < 10; k++)
    x += rect_text(p, r, x, y + 2, r.w, p->style->glyphs == GLYPHS_ASCII ? "##" : "██", (Style)(STYLE_SEQ0 + k));
  x += 1 + rect_text(p, r, x + 1, y + 2, r.w, "many", STYLE_DIM) + 3;
  for (int k = 8; k >= 0; k--) {
    char text[8];
    snprintf(text, sizeof text, k == 4 ? "  .0 " : " %c.%d ", k < 4 ? '+' : '-', k < 4 ? 8 - 2 * k : 2 * k - 8);
    x += rect_text(p, r, x, y + 2, r.w, text, (Style)(STYLE_DIV0 + k));
  }
  static const char lua[] = "d:where \"age > 30\" -- a line of Lua, and the row under the cursor";
  if (y + 3 < r.h) {
    paint_lua(p, r.x + NAME_AT, r.y + y + 3, r.w - NAME_AT, sv(lua), 0, 0, STYLE_FG);
    rect_cursor(p, r, y + 3);
  }
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  int64_t top = list_top(SETTING_COUNT, a->settings_row, 0, r.h);
  int y = 0;
  for (; y < r.h && top + y < SETTING_COUNT; y++) {
    SettingId s = (SettingId)(top + y);
    rect_text(p, r, NAME_AT, y, VALUES_AT - NAME_AT - 1, SETTINGS_TABLE[s].name, STYLE_STRONG);
    paint_values(a, p, r, y, s);
    if (focused && top + y == a->settings_row) rect_cursor(p, r, y);
  }
  y = paint_text_block(p, r, y + 1, SETTINGS_TABLE[a->settings_row].doc, STYLE_FG);
  y = paint_session(a, p, r, y + 1);
  if (a->config.problems.n) y = paint_problems(p, r, y + 1, &a->config.problems);
  if (a->keymap.problems.n) y = paint_problems(p, r, y + 1, &a->keymap.problems);
  if (y + 1 + SAMPLE_LINES <= r.h) paint_sample(p, r, y + 1);
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x;
  int64_t row = list_top(SETTING_COUNT, a->settings_row, 0, r.h) + y - r.y;
  if (key->button == MOUSE_WHEEL_DOWN) act_settings_step(a, 1);
  else if (key->button == MOUSE_WHEEL_UP) act_settings_step(a, -1);
  else if (y < r.y || row >= SETTING_COUNT) return;
  else if (row == a->settings_row) act_settings_change(a, 1);
  else a->settings_row = row;
}

const PaneType pane_settings = {
    .name = "settings", .help = "colours, glyphs, mouse, bell", .title = title, .draw = draw, .mouse = mouse};
