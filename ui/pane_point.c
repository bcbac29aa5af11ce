// What follows from the threshold: the table of counts with a cursor on its cells, the metrics with their intervals,
// and two of them in plain words. Enter on a cell shows its rows. Of several classes the table of all of them.
#include "ui/evaluate_int.h"

#include <math.h>

enum { SHARES_WIDTH = 16, SHARES_HEIGHT = 5 };

static void title(const App *a, Str *what, Str *state) {
  const MsgEvaluation *e = evaluate_answer(a);
  char buf[32];
  if (!e) return;
  if (!e->binary) {
    str_add(what, e->classes.n ? "said by the model, and what was true" : "how far off it is");
    return;
  }
  const char *least = a->caps.style.glyphs == GLYPHS_ASCII ? ">=" : "≥";
  str_addf(what, "%s if score %s %s", e->positive, least, unit_print(e->threshold, buf));
  str_add(state, "▴ better  ▾ worse");
}

static Rect below(Rect r, int lines) {
  if (lines > r.h) lines = r.h;
  return (Rect){r.x, r.y + lines, r.w, r.h - lines};
}

// The words stand below where there is room, and leave theirs to the intervals; else beside.
static void draw_two(const App *a, const Paint *p, Rect r, const MsgEvaluation *e, bool focused) {
  bool airy = r.h >= 4 + 1 + (int)e->nmetric;
  int used = point_matrix(p, r, e, false, focused ? a->operate.cell : -1) + airy;
  Rect lower = below(r, used), metrics = lower;
  bool words = r.w >= POINT_WIDTH + 3 + SHARES_WIDTH, tall = lower.h >= (int)e->nmetric + 2 + SHARES_HEIGHT;
  if (words && !tall && e->other && *e->other) words = false; // its column goes first
  if (words && !tall) metrics.w = POINT_WIDTH;
  used = point_metrics(p, metrics, e) + 1;
  if (tall) point_shares(p, below(lower, used), e);
  else if (words) point_shares(p, (Rect){r.x + metrics.w + 3, lower.y, SHARES_WIDTH, lower.h}, e);
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  const MsgEvaluation *e = evaluate_ready(a, p, r);
  Rect in = {r.x + 1, r.y, r.w - 2, r.h};
  if (!e) return;
  if (e->binary) {
    draw_two(a, p, in, e, focused);
    return;
  }
  int used = 0, n = (int)e->classes.n, cell = a->operate.cell;
  if (n) used = point_confusion(p, in, e, focused && cell >= 0 ? cell / n : -1, cell >= 0 ? cell % n : 0);
  if (used) used++;
  point_metrics(p, below(in, used), e);
}

static int classes_of(const MsgEvaluation *e) { return e->binary ? 2 : (int)e->classes.n; }

// The cell with the cursor in words, on the recipe line while the pane has the keys.
bool point_draw_line(const App *a, const Paint *p, Rect r) {
  const MsgEvaluation *e = evaluate_answer(a);
  int n = e ? classes_of(e) : 0, at = a->operate.cell;
  if (a->focus != PANE_point || n < 2 || at < 0 || at >= n * n) return false;
  const char *const two[2] = {e->negative, e->positive};
  const char *is = e->binary ? two[at / 2] : e->classes.name[at / n];
  const char *said = e->binary ? two[at % 2] : e->classes.name[at % n];
  int used = r.w >= 60 ? paint_right(p, r.x + 1, r.y, r.w - 2, "Enter: the rows", STYLE_DIM) + 2 : 0;
  Str text = {0};
  str_addf(&text, "is %s, said %s", is, said);
  if (e->binary) {
    static const int CELL[] = {2, 1, 3, 0}; // tn fp fn tp
    str_addf(&text, ": %lld rows", (long long)e->now_count[CELL[at]]);
  } else if (page_get(&e->page, at / n, at % n + 1)) {
    str_addf(&text, ": %s rows", page_get(&e->page, at / n, at % n + 1));
  }
  paint_text(p, r.x + 1, r.y, r.w - 2 - used, str_c(&text), STYLE_FG);
  str_fini(&text);
  return true;
}

// ---- keys --------------------------------------------------------------------------------------------------------
static void move(App *a, int rows, int cols) {
  const MsgEvaluation *e = evaluate_answer(a);
  int n = e ? classes_of(e) : 0;
  if (n < 2) return;
  int at = a->operate.cell < 0 || a->operate.cell >= n * n ? 0 : a->operate.cell, i = at / n + rows, j = at % n + cols;
  if (i >= 0 && i < n && j >= 0 && j < n) a->operate.cell = i * n + j;
  a->dirty = true;
}

void act_point_down(App *a, int by) { move(a, by, 0); }
void act_point_right(App *a, int by) { move(a, 0, by); }

static void add_rows(Str *lua, const char *actual, const char *pred) {
  str_add(lua, ":rows{actual=");
  lua_quote(lua, actual);
  str_add(lua, ", pred=");
  lua_quote(lua, pred);
  str_addc(lua, '}');
}

void act_point_rows(App *a, int arg) {
  (void)arg;
  const MsgEvaluation *e = evaluate_answer(a);
  const Operate *o = &a->operate;
  int n = e ? classes_of(e) : 0;
  if (n < 2) return;
  if (e->fixed && e->binary) {
    app_say(a, STYLE_DIM, "one class against the others: [ goes back to the table of all classes");
    return;
  }
  int at = o->cell < 0 || o->cell >= n * n ? 0 : o->cell;
  Str lua = {0};
  str_add(&lua, o->object);
  if (e->binary) {
    const char *name[2] = {e->negative, e->positive};
    bool moved = !isnan(o->threshold) && o->threshold != e->was;
    if (moved) str_addf(&lua, ":threshold(%.15g)", e->threshold);
    add_rows(&lua, name[at / 2], name[at % 2]);
  } else {
    add_rows(&lua, e->classes.name[at / n], e->classes.name[at % n]);
  }
  app_emit(a, str_c(&lua), "rows of a cell");
  str_fini(&lua);
}

static void mouse(App *a, const Key *key, int x, int y, Rect r) {
  const MsgEvaluation *e = evaluate_answer(a);
  if (!e || !e->binary || key->button != MOUSE_LEFT || y < 1 || y > 2) return;
  a->operate.cell = 2 * (y - 1) + (x > r.w / 3 && x >= 24);
  a->dirty = true;
}

const PaneType pane_point = {
    .name = "point", .help = "counts and metrics at the threshold", .title = title, .draw = draw, .mouse = mouse};
