// A tree in cells: levels from the top down, leaves side by side, every node over the middle of its children. As many
// levels show as the size bears, from an ancestor of the cursor on; what is cut off says so. Below or beside it stands
// what the node under the cursor is: its rows, its value or its classes, and the path to it as a condition.
#include "base/utf8.h"
#include "ui/app_int.h"
#include "ui/rect_int.h"

#include <stdio.h>

enum { SLOT_LEAST = 13, SLOT_MOST_WIDE = 28, LINES = 3, BESIDE = 110, SIDE_WIDTH = 42, LEVELS_MOST = 16 };

static void title(const App *a, Str *what, Str *state) {
  const MsgTree *m = tree_answer(&a->tree);
  if (!m) return;
  str_addf(what, "%s", m->learner);
  if (m->ntree > 1) str_addf(state, "tree %lld of %lld, ", (long long)m->tree, (long long)m->ntree);
  if (*m->of) str_addf(state, "for %s, ", m->of);
  str_addf(state, "%lld leaves, depth %lld", (long long)m->nleaf, (long long)m->depth);
}

// ---- which part shows ---------------------------------------------------------------------------------------------
typedef struct Drawing {
  const MsgTree *m;
  int64_t at, root; // cursor; the node at the top
  int levels;
  int slot, x; // columns of a leaf; where the next one begins
  Rect r;
} Drawing;

// Nodes without a child in the first `levels` levels from `i` on.
static int count_ends(const MsgTree *m, int64_t i, int levels) {
  const WireTreeNode *n = &m->item[i];
  if (levels <= 1 || !n->left) return 1;
  return count_ends(m, n->left, levels - 1) + count_ends(m, n->left + 1, levels - 1);
}

static int most_levels(const MsgTree *m, int64_t root, Rect r) {
  int levels = (r.h + 1) / LINES;
  if (levels > LEVELS_MOST) levels = LEVELS_MOST;
  while (levels > 1 && count_ends(m, root, levels) * SLOT_LEAST > r.w) levels--;
  return levels > 1 ? levels : 1;
}

// The highest ancestor from which the cursor shows with its children.
static void choose_root(Drawing *d) {
  int64_t way[256], n = 0;
  for (int64_t i = d->at; i >= 0 && n < 256; i = d->m->item[i].up) way[n++] = i;
  bool ends = !d->m->item[d->at].left;
  for (int64_t k = n - 1; k >= 0; k--) {
    d->root = way[k], d->levels = most_levels(d->m, d->root, d->r);
    if (k + 1 + !ends <= d->levels) break;
  }
  d->slot = d->r.w / count_ends(d->m, d->root, d->levels);
  if (d->slot > SLOT_MOST_WIDE) d->slot = SLOT_MOST_WIDE;
  d->x = (d->r.w - d->slot * count_ends(d->m, d->root, d->levels)) / 2;
}

// ---- drawing ------------------------------------------------------------------------------------------------------
static void put_middle(const Paint *p, Rect r, int middle, int y, int w, const char *text, Style style) {
  int width = utf8_width(sv(text));
  if (width > w) width = w;
  int x = middle - width / 2;
  if (x + width > r.w) x = r.w - width;
  rect_text(p, r, x > 0 ? x : 0, y, w, text, style);
}

static bool is_on_path(const Drawing *d, int64_t i) {
  for (int64_t k = d->at; k >= 0; k = d->m->item[k].up)
    if (k == i) return true;
  return false;
}

static void put_node(const Paint *p, const Drawing *d, int64_t i, int middle, int y) {
  const WireTreeNode *n = &d->m->item[i];
  bool path = is_on_path(d, i);
  char said[160];
  int w = d->slot - 1;
  put_middle(p, d->r, middle, y, w, n->side, i == d->at ? STYLE_CURSOR : path ? STYLE_FOCUS : STYLE_FG);
  bool both = utf8_width(sv(n->said)) + utf8_width(sv(n->count)) + 3 <= w;
  snprintf(said, sizeof said, "%s%s%s", n->said, both ? " · " : "", both ? n->count : "");
  put_middle(p, d->r, middle, y + 1, w, said, n->leaf ? STYLE_STRONG : STYLE_DIM);
}

// The line from a node to its children: ┌──────┴──────┐
static void put_fork(const Paint *p, const Drawing *d, int left, int middle, int right, int y) {
  for (int x = left + 1; x < right; x++) rect_put(p, d->r, x, y, G_RULE, STYLE_FAINT);
  rect_put(p, d->r, left, y, G_TOP_LEFT, STYLE_FAINT);
  rect_put(p, d->r, right, y, G_TOP_RIGHT, STYLE_FAINT);
  rect_put(p, d->r, middle, y, G_FORK, STYLE_FAINT);
}

// Returns the column of the node's middle.
static int draw_below(const Paint *p, Drawing *d, int64_t i, int level) {
  const WireTreeNode *n = &d->m->item[i];
  int y = level * LINES, middle;
  if (level + 1 >= d->levels || !n->left) {
    middle = d->x + d->slot / 2, d->x += d->slot;
    if (!n->leaf) rect_put(p, d->r, middle, y + 2, G_WORSE, STYLE_DIM);
  } else {
    int left = draw_below(p, d, n->left, level + 1), right = draw_below(p, d, n->left + 1, level + 1);
    middle = (left + right) / 2;
    put_fork(p, d, left, middle, right, y + 2);
  }
  put_node(p, d, i, middle, y);
  return middle;
}

// ---- the node under the cursor ------------------------------------------------------------------------------------
static int draw_wrapped(const Paint *p, Rect r, int y, const char *text, Style style) {
  Sv rest = sv(text);
  for (; rest.n && y < r.h; y++) {
    size_t fit = utf8_fit(rest, r.w), cut = fit;
    while (fit < rest.n && cut > 0 && rest.s[cut] != ' ') cut--;
    if (cut == 0 || y + 1 == r.h) cut = y + 1 == r.h ? rest.n : fit ? fit : rest.n;
    Str line = {0};
    str_addn(&line, rest.s, cut);
    rect_text(p, r, 0, y, r.w, str_c(&line), style);
    str_fini(&line);
    rest = sv_trim((Sv){rest.s + cut, rest.n - cut});
  }
  return y;
}

// Of the classes as many as there is room for, the largest shares first where there is not.
static int draw_classes(const Paint *p, Rect r, int y, const MsgTree *m, const WireTreeNode *n, int most) {
  int name = 0, bar = r.w < 40 ? 10 : 16;
  bool done[64] = {0};
  int64_t classes = n->n < m->classes.n ? n->n : m->classes.n;
  for (int64_t k = 0; k < classes; k++) {
    int width = utf8_width(sv(m->classes.name[k]));
    name = width > name ? width : name;
  }
  if (name > r.w - bar - 8) name = r.w - bar - 8;
  for (int line = 0; line < most && line < classes && y < r.h; line++, y++) {
    int64_t best = line;
    for (int64_t k = 0; classes > most && k < classes && k < 64; k++)
      if (!done[k] && (done[best < 64 ? best : 0] || n->value[k] > n->value[best])) best = k;
    if (best < 64) done[best] = true;
    char share[32];
    rect_text(p, r, 0, y, name, m->classes.name[best], STYLE_FG);
    if (name + 2 + bar + 6 <= r.w) paint_progress(p, r.x + name + 2, r.y + y, bar, n->value[best]);
    snprintf(share, sizeof share, "%.1f%%", 100 * n->value[best]);
    rect_right(p, r, 0, (name + bar + 9 < r.w ? name + bar + 9 : r.w - 1), y, share, STYLE_DIM);
  }
  return y;
}

static void draw_node(const App *a, const Paint *p, Rect r, const MsgTree *m, int64_t at) {
  const WireTreeNode *n = &m->item[at];
  Str what = {0}, text = {0};
  bool told = m->item[m->at].node == n->node;
  if (r.h < 1 || r.w < 3) return;
  str_addf(&what, "%lld of %lld", (long long)n->node, (long long)m->nnode);
  if (n->leaf) str_add(&text, "a leaf");
  else str_addf(&text, "splits %s", n->column);
  paint_title(p, r, 0, "node", str_c(&what), str_c(&text), false, NULL);
  Rect in = {r.x + (r.w > 2), r.y + 1, r.w - 2 * (r.w > 2), r.h - 1};
  int classes = (int)(m->classes.n < 8 ? m->classes.n : 8), room = in.h - 3;
  str_clear(&text);
  str_addf(&text, "%s %s, %.3g%% of the %s", n->count, m->rows ? "rows" : "weight of second derivatives",
           100 * n->share, m->rows ? "rows" : "whole");
  if (!m->classes.n) str_addf(&text, "; %s %s", m->adds ? "adds" : "predicts", n->said);
  int y = rect_text(p, in, 0, 0, in.w, str_c(&text), STYLE_STRONG) > 0;
  if (room > 0) y = draw_classes(p, in, y, m, n, classes < room ? classes : room);
  str_clear(&text);
  str_addf(&text, "where %s", told ? m->rule : "");
  if (strcmp(m->rule, "true") == 0 && told) str_clear(&text), str_add(&text, "all rows: no condition yet");
  draw_wrapped(p, in, y, str_c(&text), STYLE_FG);
  (void)a;
  str_fini(&what), str_fini(&text);
}

static void draw(App *a, const Paint *p, Rect r, bool focused) {
  const MsgTree *m = tree_answer(&a->tree);
  int64_t at = tree_at(&a->tree);
  (void)focused;
  if (r.w < 1 || r.h < 1) return;
  if (!m || at < 0) {
    const char *why = !a->tree.object ? "no tree yet: m = ml.tree{}:fit(d, \"y\"), then :tree m"
                      : a->tree.asked ? "the tree is being told"
                                      : "it is not there: run its cell";
    rect_text(p, r, r.w > 1, 0, r.w, why, STYLE_DIM);
    return;
  }
  bool beside = r.w >= BESIDE;
  int classes = (int)(m->classes.n < 4 ? m->classes.n : 4), foot = 4 + classes;
  if (foot > r.h / 2) foot = r.h / 2;
  if (r.h < 8) foot = r.h < 5 ? 0 : 3;
  Rect top = beside ? (Rect){r.x + 1, r.y, r.w - SIDE_WIDTH - 3, r.h} : (Rect){r.x, r.y, r.w, r.h - foot};
  Rect node = beside ? (Rect){r.x + r.w - SIDE_WIDTH, r.y, SIDE_WIDTH, r.h} : (Rect){r.x, r.y + r.h - foot, r.w, foot};
  Drawing d = {.m = m, .at = at, .r = top};
  choose_root(&d);
  draw_below(p, &d, d.root, 0);
  draw_node(a, p, node, m, at);
}

const PaneType pane_tree = {.name = "tree", .help = "a tree of a model, to walk through", .title = title, .draw = draw};
