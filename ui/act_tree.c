// Walking through a tree. The kernel tells the nodes around the cursor; each step asks anew, one question at a time,
// and the cursor moves at once where the node is known already.
#include "ui/app_int.h"

#include <stdlib.h>

const MsgTree *tree_answer(const TreeWalk *t) {
  return t->object && t->now.kind == MSG_TREE && t->now.Tree.tree == t->tree ? &t->now.Tree : NULL;
}

int64_t tree_at(const TreeWalk *t) {
  const MsgTree *m = tree_answer(t);
  if (m && m->item[m->at].node == t->node) return m->at;
  for (int64_t i = 0; m && i < m->n; i++)
    if (m->item[i].node == t->node) return i;
  return -1;
}

bool tree_is_coming(const TreeWalk *t) {
  int64_t at = tree_at(t);
  return t->object && t->asked && (at < 0 || (!t->now.Tree.item[at].leaf && !t->now.Tree.item[at].left));
}

static void ask(App *a) {
  TreeWalk *t = &a->tree;
  a->dirty = true;
  t->again = t->asked != 0;
  if (!t->object || t->asked) return;
  Msg m;
  msg_init(&m, MSG_VIEW_TREE, 0);
  m.ViewTree = (MsgViewTree){t->object, t->tree, t->node};
  t->asked = app_ask(a, &m);
}

void tree_fini(TreeWalk *t) {
  msg_fini(&t->now);
  free(t->object);
  *t = (TreeWalk){0};
}

void tree_lost(TreeWalk *t) { t->asked = 0, t->again = false; }

void tree_open(App *a, const char *object, int64_t tree) {
  char *name = strdup(object); // may be our own
  if (!name) abort();
  tree_fini(&a->tree);
  a->tree.object = name, a->tree.tree = tree, a->tree.node = 1;
  ask(a);
}

static void drop(Msg *m) {
  msg_fini(m);
  *m = (Msg){0};
}

bool tree_take(App *a, Msg *m) {
  TreeWalk *t = &a->tree;
  bool ours = t->asked && m->request == t->asked;
  if (!ours || (m->kind != MSG_TREE && m->kind != MSG_REFUSED)) {
    if (m->kind == MSG_TREE) drop(m); // of an object that is shown no more
    return m->kind == MSG_NONE;
  }
  t->asked = 0;
  a->dirty = true;
  if (m->kind == MSG_TREE) {
    msg_fini(&t->now);
    t->now = *m;
    *m = (Msg){0};
  } else {
    app_say(a, STYLE_WARN, "! %s", m->Refused.message);
    if (t->node != 1) t->node = 1, t->again = true; // a tree that has changed
    else if (t->tree != 1) t->tree = 1, t->again = true;
    drop(m);
  }
  if (t->again) ask(a);
  return true;
}

void tree_changed(App *a) {
  TreeWalk *t = &a->tree;
  if (!t->object || a->objects.kind != MSG_OBJECTS) return;
  const WireObject *found = NULL;
  for (int64_t k = 0; k < a->objects.Objects.n && !found; k++)
    if (strcmp(a->objects.Objects.item[k].name, t->object) == 0) found = &a->objects.Objects.item[k];
  if (!found) drop(&t->now);
  else if (t->now.kind != MSG_TREE || t->now.Tree.version != found->version) ask(a);
  a->dirty = true;
}

// ---- steps --------------------------------------------------------------------------------------------------------
// NULL: it is not known; a key typed ahead of the answer waits for it.
static const MsgTree *here(App *a, int64_t *at) {
  const TreeWalk *t = &a->tree;
  const MsgTree *m = tree_answer(t);
  *at = tree_at(t);
  if (app_hold_for_columns(a)) return NULL;
  if (m && *at >= 0) return m;
  if (!t->object) app_say(a, STYLE_DIM, "no tree yet: m = ml.tree{}:fit(d, \"y\"), then :tree m");
  return NULL;
}

static void go(App *a, int64_t node) {
  a->tree.node = node;
  ask(a);
}

void act_tree_up(App *a, int arg) {
  int64_t at;
  const MsgTree *m = here(a, &at);
  if (!m) return;
  if (arg) go(a, 1);
  else if (m->item[at].up >= 0) go(a, m->item[m->item[at].up].node);
  else if (m->above) go(a, m->above);
}

// Down goes to the child with more rows.
void act_tree_down(App *a, int arg) {
  (void)arg;
  int64_t at;
  const MsgTree *m = here(a, &at);
  if (!m) return;
  const WireTreeNode *n = &m->item[at];
  if (n->leaf) app_say(a, STYLE_DIM, "a leaf: Enter shows its rows");
  if (n->leaf || !n->left) return;
  go(a, m->item[n->left + (m->item[n->left + 1].share > m->item[n->left].share)].node);
}

static int depth_of(const MsgTree *m, int64_t i) {
  int depth = 0;
  while (m->item[i].up >= 0) i = m->item[i].up, depth++;
  return depth;
}

// The list is breadth-first: the next one of the same depth stands beside it.
void act_tree_side(App *a, int by) {
  int64_t at;
  const MsgTree *m = here(a, &at);
  if (!m) return;
  int64_t next = at + by;
  if (next >= 0 && next < m->n && depth_of(m, next) == depth_of(m, at)) go(a, m->item[next].node);
}

void act_tree_next(App *a, int by) {
  int64_t at;
  const MsgTree *m = here(a, &at);
  if (!m) return;
  int64_t tree = a->tree.tree + by;
  if (m->ntree == 1) app_say(a, STYLE_DIM, "the model is one tree");
  if (tree < 1 || tree > m->ntree) return;
  a->tree.tree = tree, a->tree.node = 1;
  ask(a);
}

void act_tree_rows(App *a, int arg) {
  (void)arg;
  int64_t at;
  const MsgTree *m = here(a, &at);
  if (m)
    dive_ask(
        a,
        &(MsgViewRows){
            .object = a->tree.object, .column = "", .label = "tree", .row = a->tree.node, .lo = (double)a->tree.tree},
        false);
}

// ---- ways in ------------------------------------------------------------------------------------------------------
// The model of that name that is made of trees; NULL: the last one there is.
static const WireObject *trees_named(const App *a, const char *name) {
  const WireObject *found = NULL;
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++) {
    const WireObject *w = &a->objects.Objects.item[k];
    if (strcmp(w->kind, "Model") == 0 && w->nrow > 0 && (!name || strcmp(w->name, name) == 0)) found = w;
  }
  return found;
}

void tree_show(App *a, const char *object, int64_t tree) {
  if (a->view != VIEW_TREE) app_dive(a, PANE_tree);
  tree_open(a, object, tree);
}

void tree_command(App *a, const char *rest, bool force) {
  (void)force;
  const WireObject *w = trees_named(a, *rest ? rest : NULL);
  if (w) tree_show(a, w->name, 1);
  else if (*rest) app_say(a, STYLE_WARN, "! '%s' is no model that is made of trees", rest);
  else app_say(a, STYLE_DIM, "no trees yet: m = ml.tree{}:fit(d, \"y\"), then :tree m");
}

void act_tree_of_model(App *a, int arg) {
  (void)arg;
  const Operate *o = &a->operate;
  if (!o->object || o->now.kind != MSG_EVALUATION) app_say(a, STYLE_DIM, "no evaluation yet");
  else if (trees_named(a, o->now.Evaluation.model)) tree_show(a, o->object, 1);
  else app_say(a, STYLE_DIM, "the model is not made of trees, or has no name");
}
