// The rows that the threshold moved to the other side, nearest first: which of them are right now, and which are wrong.
// All of them went the same way, so that the true class alone says which.
#include "base/numfmt.h"
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"

#include <stdio.h>

enum { ROW_END = 7, SCORE_END = 13, IS = 16, IS_LEAST = 4, IS_MOST = 12, GAP = 3, TEXT_LEAST = 4, WIDE = 100 };
enum { COL_ROW, COL_SCORE, COL_IS, COL_FIRST }; // of the page

static const MsgEvaluation *answer(const App *a) {
  const Operate *o = &a->operate;
  bool there = o->object && o->now.kind == MSG_EVALUATION;
  return there && o->now.Evaluation.binary ? &o->now.Evaluation : NULL;
}
static int64_t changed(const MsgEvaluation *e) { return e->right + e->wrong; }

// ---- title --------------------------------------------------------------------------------------------------------
static void add_count(Str *out, int64_t n, const char *after) {
  char digits[NUMFMT_MAX];
  fmt_i64(digits, sizeof digits, n, true);
  str_addf(out, "%s%s", digits, after);
}

static int64_t rows_shown(const App *a, int64_t n) {
  for (int k = 0; k < a->layout.n; k++)
    if (a->layout.slot[k].pane == PANE_changed && a->layout.slot[k].r.h - 2 < n) n = a->layout.slot[k].r.h - 2;
  return n > 0 ? n : 0;
}

static void title(const App *a, Str *what, Str *state) {
  const MsgEvaluation *e = answer(a);
  if (!e || changed(e) == 0) return;
  char now[32], was[32];
  bool up = e->threshold > e->was;
  add_count(what, changed(e), changed(e) == 1 ? " row" : " rows");
  if (a->w >= WIDE)
    str_addf(what, " between %s and %s", unit_print(up ? e->was : e->threshold, now),
             unit_print(up ? e->threshold : e->was, was));
  str_add(what, ": ");
  add_count(what, e->right, " now right, ");
  add_count(what, e->wrong, " now wrong");
  if (a->w >= WIDE) {
    add_count(state, rows_shown(a, e->page.shown), " of ");
    add_count(state, changed(e), ", ");
  }
  str_add(state, "nearest first");
}

// Gives words of the title line their colour: the line above the rectangle is this pane's too.
static void colour(const Paint *p, Rect r, const char *words, Style style) {
  int n = (int)strlen(words), y = r.y - 1, from = r.x < 0 ? 0 : r.x;
  if (y < 0 || y >= p->c->h) return;
  CanvasCell *line = p->c->cell + (size_t)y * (size_t)p->c->w;
  for (int x = from; x + n <= r.x + r.w && x + n <= p->c->w; x++) {
    int k = 0;
    while (k < n && line[x + k].cp == (uint32_t)words[k]) k++;
    for (int i = 0; k == n && i < n; i++) line[x + i].style = (uint8_t)style;
    if (k == n) return;
  }
}

static void colour_title(const Paint *p, Rect r, const MsgEvaluation *e) {
  Str words = {0};
  add_count(&words, e->right, " now right");
  colour(p, r, str_c(&words), STYLE_GROUP0);
  str_clear(&words);
  add_count(&words, e->wrong, " now wrong");
  colour(p, r, str_c(&words), STYLE_GROUP1);
  str_fini(&words);
}

// ---- rows ---------------------------------------------------------------------------------------------------------
typedef struct Rows {
  const MsgEvaluation *e;
  Rect r;
  int64_t first, n; // that show
  int64_t cursor;   // -1 = not focused
} Rows;

static int is_width(const MsgEvaluation *e) {
  int a = utf8_width(sv(e->negative)), b = utf8_width(sv(e->positive)), w = a > b ? a : b;
  return w < IS_LEAST ? IS_LEAST : w > IS_MOST ? IS_MOST : w;
}

static void paint_fixed(const Paint *p, const Rows *rows, int is) {
  const MsgEvaluation *e = rows->e;
  Rect r = rows->r;
  rect_right(p, r, 0, ROW_END, 0, "row", STYLE_DIM);
  rect_right(p, r, ROW_END + 1, SCORE_END, 0, "score", STYLE_DIM);
  rect_text(p, r, IS, 0, is, "is", STYLE_DIM);
  for (int64_t i = 0; i < rows->n; i++) {
    const char *cell[COL_FIRST];
    int y = (int)i + 1;
    for (int j = 0; j < COL_FIRST; j++) {
      const char *text = j < e->page.ncol ? page_get(&e->page, rows->first + i, j) : NULL;
      cell[j] = text ? text : "";
    }
    bool right = (strcmp(cell[COL_IS], e->positive) == 0) == (e->threshold < e->was);
    rect_put(p, r, 1, y, right ? G_BETTER : G_WORSE, right ? STYLE_GROUP0 : STYLE_GROUP1);
    rect_right(p, r, 2, ROW_END, y, cell[COL_ROW], STYLE_FG);
    rect_right(p, r, ROW_END + 1, SCORE_END, y, cell[COL_SCORE], STYLE_FG);
    rect_text(p, r, IS, y, is, cell[COL_IS], STYLE_FG);
  }
}

// One further column from x on; returns its width, 0 = it has no room. Text may be cut, a number may not.
static int paint_column(const Paint *p, const Rows *rows, int j, int x) {
  const Page *page = &rows->e->page;
  const PageCol *col = &page->col[j];
  int left = 0, right = 0, name = utf8_width(sv(col->name)), room = rows->r.w - 1 - x;
  for (int64_t i = 0; i < page->shown; i++) { // all of them, so that scrolling moves nothing
    int before, after;
    cell_measure(col, page_get(page, i, j), &before, &after);
    if (before > left) left = before;
    if (after > right) right = after;
  }
  int w = left + right > name ? left + right : name;
  bool text = col->align == ALIGN_LEFT;
  if (w > room && (!text || room < TEXT_LEAST)) return 0;
  if (w > room) w = room;
  if (text) rect_text(p, rows->r, x, 0, w, col->name, STYLE_DIM);
  else rect_right(p, rows->r, x, x + w - 1, 0, col->name, STYLE_DIM);
  for (int64_t i = 0; i < rows->n; i++) {
    const char *cell = page_get(page, rows->first + i, j);
    paint_cell(p, rows->r.x + x, rows->r.y + (int)i + 1, w, col, right, cell, STYLE_FG);
  }
  return w;
}

static void paint_rows(const Paint *p, const Rows *rows) {
  int is = is_width(rows->e), x = IS + is + 2;
  paint_fixed(p, rows, is);
  for (int j = COL_FIRST; j < rows->e->page.ncol; j++) {
    int w = paint_column(p, rows, j, x);
    if (!w) break;
    x += w + GAP;
  }
  if (rows->cursor >= rows->first && rows->cursor < rows->first + rows->n)
    rect_cursor(p, rows->r, (int)(rows->cursor - rows->first) + 1);
}

static void paint_more(const Paint *p, Rect r, int64_t more) {
  Str text = {0};
  add_count(&text, more, more == 1 ? " more row" : " more rows");
  rect_text(p, r, r.w > 20 ? 8 : r.w > 1, r.h - 1, r.w, str_c(&text), STYLE_DIM);
  str_fini(&text);
}

static const MsgEvaluation *other_task(const App *a) { // no threshold: there is a table instead
  const Operate *o = &a->operate;
  bool there = o->object && o->now.kind == MSG_EVALUATION;
  return there && !o->now.Evaluation.binary && o->now.Evaluation.page.ncol > 0 ? &o->now.Evaluation : NULL;
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  const MsgEvaluation *e = answer(a);
  Operate *o = &a->operate;
  if (r.h < 1 || r.w < 1) return;
  if (other_task(a)) {
    paint_page(p, (Rect){r.x + (r.w > 2), r.y, r.w - 2 * (r.w > 2), r.h}, &other_task(a)->page, STYLE_FG);
    return;
  }
  if (!e || changed(e) == 0) {
    const char *why = !operate_moves(o) ? "no row can change side: only a target of two classes has a threshold"
                      : !e              ? "no threshold to move: T in a table makes an evaluation, the names open one"
                                        : "no row has changed side: ← → in evaluate move the threshold";
    rect_text(p, r, r.w > 1, 0, r.w, why, STYLE_DIM);
    return;
  }
  int64_t all = changed(e), shown = e->page.shown;
  int lines = r.h - 1, more = all > lines && a->w < WIDE && lines > 1;
  if (more) lines--;
  o->top = list_top(shown, o->row, o->top, lines);
  Rows rows = {.e = e, .r = r, .first = o->top, .n = shown - o->top, .cursor = focused ? o->row : -1};
  if (rows.n > lines) rows.n = lines;
  paint_rows(p, &rows);
  if (more && all > rows.first + rows.n) paint_more(p, r, all - rows.first - rows.n);
  colour_title(p, r, e);
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  (void)x, (void)r;
  if (key->button == MOUSE_WHEEL_DOWN) operate_step(a, 3);
  else if (key->button == MOUSE_WHEEL_UP) operate_step(a, -3);
  else if (key->button == MOUSE_LEFT && y > 0) operate_step(a, a->operate.top + y - 1 - a->operate.row);
}

const PaneType pane_changed = {.name = "changed side",
                               .help = "rows that the threshold moved to the other side",
                               .title = title,
                               .draw = draw,
                               .mouse = mouse};
