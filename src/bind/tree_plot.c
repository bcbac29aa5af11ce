// A tree drawn from left to right: a column for each level, a line for each leaf that is drawn, a node in the middle of
// its children. A node is two cells: how it is reached and, below, what it predicts, coloured by class or by value. On
// cells draw writes the nodes as indented lines (chart "tree"), in the order of the first series of cells: depth first.
#include "bind/tree_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

static const double PAD = 0.07, HALF = 0.42;

typedef struct Drawn {
  const TreeLook *look;
  const ModelInfo *info;
  Plot *p;
  int64_t depth, n, nleaf; // n nodes are drawn
  int64_t *item, *level;   // of each, depth first: its place in the look, and how many splits lead to it
  double *y;               // of each place of the look that is drawn
  bool cut;
} Drawn;

static bool opens(const Drawn *d, int64_t i, int64_t level) { return d->look->item[i].left && level < d->depth; }

// Depth first with the left child on top; leaves from 0 downwards, turned round at the end.
static void place_node(Drawn *d, int64_t i, int64_t level) {
  int64_t left = d->look->item[i].left;
  d->item[d->n] = i, d->level[d->n++] = level;
  if (!opens(d, i, level)) {
    d->cut = d->cut || !d->look->item[i].leaf;
    d->y[i] = -(double)d->nleaf++;
    return;
  }
  place_node(d, left, level + 1);
  place_node(d, left + 1, level + 1);
  d->y[i] = (d->y[left] + d->y[left + 1]) / 2;
}

static void add_edge(Plot *p, int64_t level, double from, double to) {
  Series *s = plot_add(p, MARK_LINE, 4);
  double right = (double)level + 1;
  s->role = ROLE_FAINT;
  s->x[0] = right - PAD, s->x[1] = s->x[2] = right, s->x[3] = right + PAD;
  s->y[0] = s->y[1] = from, s->y[2] = s->y[3] = to;
}

static void add_edges(Drawn *d) {
  for (int64_t k = 0; k < d->n; k++) {
    int64_t i = d->item[k], left = d->look->item[i].left;
    if (!opens(d, i, d->level[k])) continue;
    for (int64_t j = left; j < left + 2; j++) add_edge(d->p, d->level[k], d->y[i], d->y[j]);
  }
}

// ---- cells ----------------------------------------------------------------------------------------------------------
static int64_t best_class(const Drawn *d, const TreeLookNode *n) {
  int64_t best = 0;
  for (int64_t k = 1; d->look->shares && k < d->look->width; k++)
    if (n->value[k] > n->value[best]) best = k;
  return best;
}

// "setosa 0.98, 50 rows"; "+0.31, 12.5"; dots where splits follow that are not drawn.
static const char *node_words(const Drawn *d, const TreeLookNode *n, bool more) {
  char value[NUMFMT_MAX], cover[NUMFMT_MAX];
  int64_t best = best_class(d, n);
  bool counted = n->cover == floor(n->cover) && n->cover < 1e15;
  fmt_sensible(value, sizeof value, n->value[best], 4);
  if (counted) fmt_i64(cover, sizeof cover, (int64_t)n->cover, true);
  else fmt_sensible(cover, sizeof cover, n->cover, 3);
  return arena_printf(&d->p->arena, "%s%s%s%s, %s%s%s", d->look->shares ? d->info->levels->name[best] : "",
                      d->look->shares ? " " : "", d->look->adds && n->value[0] >= 0 ? "+" : "", value, cover,
                      d->look->rows && counted ? n->cover == 1 ? " row" : " rows" : "", more ? " ..." : "");
}

static Series *add_cells(Plot *p, int64_t n, ColourRole role, int group) {
  Series *s = plot_add(p, MARK_CELL, n);
  s->x2 = plot_array(p, n), s->y2 = plot_array(p, n);
  s->label = arena_array(&p->arena, const char *, n);
  s->role = role, s->group = group;
  return s;
}

static void fill_cell(const Drawn *d, int64_t k, bool above, Series *s, int64_t at, const char *text) {
  double y = d->y[d->item[k]];
  s->x[at] = (double)d->level[k] + PAD, s->x2[at] = (double)(d->level[k] + 1) - PAD;
  s->y[at] = above ? y : y - HALF, s->y2[at] = above ? y + HALF : y;
  s->label[at] = text;
}

static void add_sides(Drawn *d) {
  Series *s = add_cells(d->p, d->n, ROLE_FAINT, 0);
  for (int64_t k = 0; k < d->n; k++)
    fill_cell(d, k, true, s, k, arena_strdup(&d->p->arena, d->look->item[d->item[k]].side));
}

// Those of one class, or all.
static void add_said(Drawn *d, int64_t class, bool classes) {
  int64_t n = 0;
  for (int64_t k = 0; k < d->n; k++) n += best_class(d, &d->look->item[d->item[k]]) == class;
  if (!n) return;
  Series *s = add_cells(d->p, n, classes ? ROLE_GROUP : ROLE_SEQUENTIAL, (int)class);
  s->value = classes ? NULL : plot_array(d->p, n);
  n = 0;
  for (int64_t k = 0; k < d->n; k++) {
    const TreeLookNode *node = &d->look->item[d->item[k]];
    if (best_class(d, node) != class) continue;
    bool more = !node->leaf && !opens(d, d->item[k], d->level[k]);
    if (!classes) s->value[n] = node->value[0];
    fill_cell(d, k, false, s, n++, node_words(d, node, more));
  }
}

// ---- words ----------------------------------------------------------------------------------------------------------
static const char *plural(int64_t n, const char *one, const char *many) { return n == 1 ? one : many; }

static void add_words(Drawn *d, const char *learner) {
  const TreeLook *look = d->look;
  Plot *p = d->p;
  p->title = arena_printf(&p->arena, "%s for %s", learner, d->info->target ? d->info->target : "scores");
  const char *first = look->item[0].leaf ? "no column" : look->item[0].column;
  p->reading = arena_printf(&p->arena, "the tree splits by %s first; it has %lld lea%s, %lld %s deep", first,
                            (long long)look->nleaf, plural(look->nleaf, "f", "ves"), (long long)look->depth,
                            plural(look->depth, "level", "levels"));
  if (d->cut)
    p->note = arena_printf(&p->arena, "%lld of %lld nodes are drawn; m:tree{depth=%lld} draws more", (long long)d->n,
                           (long long)look->nnode, (long long)d->depth + 1);
}

void tree_plot(const TreeLook *look, const ModelInfo *info, int64_t depth, const char *learner, Plot *p) {
  Arena scratch = {0};
  Drawn d = {.look = look, .info = info, .p = p, .depth = depth};
  d.item = arena_array(&scratch, int64_t, look->n), d.level = arena_array(&scratch, int64_t, look->n);
  d.y = arena_array(&scratch, double, look->n);
  place_node(&d, 0, 0);
  int64_t levels = 0;
  for (int64_t k = 0; k < d.n; k++) levels = d.level[k] > levels ? d.level[k] : levels;
  for (int64_t i = 0; i < look->n; i++) d.y[i] += (double)d.nleaf - 0.5;
  add_edges(&d);
  add_sides(&d);
  for (int64_t k = 0; k < (look->shares ? look->width : 1); k++) add_said(&d, k, look->shares);
  add_words(&d, learner);
  p->chart = "tree", p->n = info->nrow;
  p->x = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = (double)levels + 1};
  p->y = (Axis){.kind = AXIS_NONE, .lo = 0, .hi = (double)d.nleaf};
  arena_fini(&scratch);
}
