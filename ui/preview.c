// One question at a time is under way; the answer brings the next when the text has changed meanwhile, so that fast
// typing never builds a queue and the last text always gets its answer.
#include "ui/preview_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { ROWS = 5 };

static bool is_filter(const App *a) { return prompt_kind(a->prompt) == PROMPT_FILTER; }

static bool is_wanted(const App *a) {
  if (!prompt_is_open(a->prompt) || !a->sheet.object) return false;
  return prompt_kind(a->prompt) == PROMPT_FILTER || prompt_kind(a->prompt) == PROMPT_DERIVE;
}

static void forget(Preview *p) {
  msg_fini(&p->answer);
  free(p->text);
  p->text = NULL;
}

void preview_free(Preview *p) {
  if (!p) return;
  forget(p);
  free(p->asked_for);
  free(p);
}

static void ask(App *a, Preview *p, const char *text) {
  Msg m;
  msg_init(&m, MSG_VIEW_PREVIEW, 0);
  m.ViewPreview = (MsgViewPreview){a->sheet.object, text, ROWS, is_filter(a)};
  free(p->asked_for);
  p->asked_for = strdup(text);
  p->asked = app_ask(a, &m);
}

void preview_update(App *a) {
  if (!is_wanted(a)) {
    if (a->preview) forget(a->preview);
    return;
  }
  if (!a->preview) a->preview = calloc(1, sizeof *a->preview);
  Preview *p = a->preview;
  if (!p) abort();
  const char *text = prompt_line(a->prompt);
  if (p->asked || (p->text && strcmp(p->text, text) == 0)) return;
  if (*text) ask(a, p, text);
  else forget(p);
}

bool preview_take(App *a, Msg *m) {
  Preview *p = a->preview;
  if (!p || !m->request || m->request != p->asked) return false;
  forget(p);
  p->asked = 0, p->text = p->asked_for, p->asked_for = NULL;
  if (m->kind == MSG_PREVIEW) {
    p->answer = *m;
    msg_init(m, MSG_NONE, 0);
  }
  preview_update(a);
  return true;
}

// ---- drawing -------------------------------------------------------------------------------------------------------
// "227 of 1,309 rows hold"; of a large table the rows that were looked at.
static void add_count(const MsgPreview *m, Str *out) {
  char holds[32], looked[32], share[32];
  fmt_i64(holds, sizeof holds, m->holds, true);
  fmt_i64(looked, sizeof looked, m->looked, true);
  fmt_sensible(share, sizeof share, m->looked ? 100.0 * (double)m->holds / (double)m->looked : 0, 3);
  str_addf(out, "%s of %s%s rows hold, %s%%", holds, m->looked < m->nrow ? "the first " : "", looked, share);
}

static void add_kind(const MsgPreview *m, Str *out) {
  char looked[32];
  fmt_i64(looked, sizeof looked, m->looked, true);
  if (*m->name) str_addf(out, "%s: %s", m->name, m->kind);
  else str_addf(out, "%s; NAME = before it makes it a column", m->kind);
  if (m->looked < m->nrow) str_addf(out, ", computed on the first %s rows", looked);
}

static void surface(const Paint *p, Rect r) {
  for (int y = r.y; y < r.y + r.h; y++)
    for (int x = r.x; x < r.x + r.w; x++) canvas_put(p->c, x, y, ' ', STYLE_FG);
}

typedef struct Pointer {
  int x; // column of the place that is wrong; -1 = not known, or off the screen
  int w; // columns of the line
} Pointer;

static Pointer pointer_of(const App *a, const MsgPreview *m, int w, int label) {
  const char *text = prompt_line(a->prompt);
  size_t n = strlen(text), at = (size_t)m->begin < n ? (size_t)m->begin : n;
  int x = label + utf8_width((Sv){text, at});
  return (Pointer){m->end && x > 0 && x < w - 1 ? x : -1, w};
}

// The message begins over the place that is wrong, or ends there; where it has no room for either, a line of its own.
static void draw_error(const Paint *p, const MsgPreview *m, int y, Pointer at) {
  int need = utf8_width(sv(m->message)) + 2, x = at.x, top = y;
  bool right = x >= 0 && x + need < at.w, left = x >= 0 && !right && x > need, apart = x >= 0 && !right && !left;
  if (apart && y > 0) top--;
  surface(p, (Rect){0, top, at.w, y - top + 1});
  if (right || left) {
    paint_text(p, x, y, 1, glyph(p, right ? G_TOP_LEFT : G_TOP_RIGHT), STYLE_WARN);
    if (right) paint_text(p, x + 2, y, at.w - x - 3, m->message, STYLE_WARN);
    else paint_right(p, 1, y, x - 2, m->message, STYLE_WARN);
  } else {
    paint_text(p, 1, top, 1, "!", STYLE_WARN);
    paint_text(p, 3, top, at.w - 4, m->message, STYLE_WARN);
    if (apart && top < y) paint_text(p, x, y, 1, glyph(p, G_WORSE), STYLE_WARN);
  }
  for (int line = top; line <= y; line++) canvas_shade(p->c, 0, line, at.w, EXTRA_POPUP);
}

void preview_draw(App *a, const Paint *p, int label) {
  const Preview *v = a->preview;
  if (!v || v->answer.kind != MSG_PREVIEW || !is_wanted(a)) return;
  const MsgPreview *m = &v->answer.Preview;
  int bottom = a->layout.recipe_y;
  if (*m->message) {
    if (bottom > 1) draw_error(p, m, bottom - 1, pointer_of(a, m, p->c->w, label));
    return;
  }
  if (!*m->kind) return;
  int rows = m->page.ncol ? (int)m->page.shown + 1 : 0, room = bottom - 2;
  int h = 1 + (rows < room ? rows : room);
  if (room < 1 || h < 1) return;
  Str text = {0};
  Rect r = {0, bottom - h, p->c->w, h};
  surface(p, r);
  if (m->holds >= 0) add_count(m, &text);
  else add_kind(m, &text);
  paint_text(p, 1, r.y, r.w - 2, str_c(&text), m->holds == 0 ? STYLE_WARN : STYLE_STRONG);
  if (h > 1) paint_page(p, (Rect){1, r.y + 1, r.w - 2, h - 1}, &m->page, STYLE_FG);
  for (int y = r.y; y < r.y + r.h; y++) canvas_shade(p->c, 0, y, r.w, EXTRA_POPUP);
  str_fini(&text);
}
