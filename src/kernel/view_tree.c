// A tree of a model: its nodes around the one that is looked at, in words, and the table whose rows reach a node.
#include "kernel/desk_int.h"

enum { MOST = 1000 };

static const Model *model_of(const Found *found, Err *err) {
  const HostObject *o = found->object;
  if (o && o->model) return o->model;
  if (o && o->evaluation) return eval_model(o->evaluation);
  (void)!err_set(err, ERR_TYPE, "it is no model, and no evaluation of one");
  return NULL;
}

static const char *value_words(Arena *a, const TreeLook *look, const TreeLookNode *n, const Names *levels) {
  int64_t best = 0;
  if (!look->shares)
    return arena_printf(a, "%s%s", look->adds && n->value[0] >= 0 ? "+" : "", word_sensible(a, n->value[0], 4));
  for (int64_t k = 1; k < look->width; k++)
    if (n->value[k] > n->value[best]) best = k;
  return arena_printf(a, "%s %s", levels->name[best], word_unit(a, n->value[best], 2, false));
}

static WireTreeNode node_words(Arena *a, const TreeLook *look, const TreeLookNode *n, const Names *levels,
                               double whole) {
  bool counted = n->cover == (double)(int64_t)n->cover;
  return (WireTreeNode){.node = n->node,
                        .up = n->up,
                        .left = n->left,
                        .leaf = n->leaf,
                        .side = n->side,
                        .column = n->column,
                        .count = counted ? word_count(a, (int64_t)n->cover) : word_sensible(a, n->cover, 3),
                        .said = value_words(a, look, n, levels),
                        .share = n->cover / whole,
                        .value = look->shares ? n->value : NULL,
                        .n = look->shares ? look->width : 0};
}

static Names copy_names(Arena *a, const Names *from) {
  Names to = {arena_array(a, const char *, from->n), from->n};
  for (int64_t i = 0; i < from->n; i++) to.name[i] = arena_strdup(a, from->name[i]);
  return to;
}

ErrCode view_tree(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  const MsgViewTree *v = &ask->ViewTree;
  const Model *m = model_of(found, err);
  MsgTree *t = &answer->Tree;
  Arena *a = &answer->arena;
  TreeLook look;
  (void)job;
  if (!m) return ERR_TYPE;
  ModelInfo info = model_info(m);
  TRY(model_look(m, v->tree, v->node, MOST, a, &look, err));
  *t = (MsgTree){.object = v->object,
                 .learner = learner_print(info.learner, a),
                 .target = arena_strdup(a, info.target ? info.target : ""),
                 .version = found->version,
                 .ntree = look.ntree,
                 .tree = v->tree,
                 .nnode = look.nnode,
                 .nleaf = look.nleaf,
                 .depth = look.depth,
                 .of = look.of >= 0 && look.of < info.levels->n ? arena_strdup(a, info.levels->name[look.of]) : "",
                 .adds = look.adds,
                 .rows = look.rows,
                 .at = look.at,
                 .above = look.above,
                 .rule = look.rule,
                 .item = arena_array(a, WireTreeNode, look.n),
                 .n = look.n};
  if (look.shares) t->classes = copy_names(a, info.levels);
  for (int64_t i = 0; i < look.n; i++) t->item[i] = node_words(a, &look, &look.item[i], info.levels, look.whole);
  return OK;
}

// ---- the rows of a node --------------------------------------------------------------------------------------------
static bool has_features(const Frame *f, const Names *features) {
  for (int64_t k = 0; k < features->n; k++)
    if (frame_find(f, sv(features->name[k])) < 0) return false;
  return true;
}

static const char *training_table(const HostSnapshot *s, const ModelInfo *info) {
  char hash[65];
  for (int64_t k = 0; k < s->n; k++) {
    const Frame *f = s->item[k].frame;
    if (!f || frame_nrow(f) < info->nrow || !has_features(f, info->features)) continue;
    frame_hash(f, hash);
    if (strcmp(hash, info->data_hash) == 0) return s->item[k].name;
  }
  return NULL;
}

static const char *name_of(const HostSnapshot *s, const Model *m) {
  for (int64_t k = 0; k < s->n; k++)
    if (s->item[k].model && model_same_fit(s->item[k].model, m)) return s->item[k].name;
  return NULL;
}

ErrCode view_tree_rows(const Found *found, const MsgViewRows *v, Arena *a, MsgRows *m, Err *err) {
  const Model *model = model_of(found, err);
  TreeLook look;
  if (!model) return ERR_TYPE;
  ModelInfo info = model_info(model);
  TRY(model_look(model, (int64_t)v->lo, v->row, MOST, a, &look, err));
  const char *table = training_table(found->snapshot, &info), *name = name_of(found->snapshot, model);
  if (!table)
    return err_set(err, ERR_NAME, "the table that the model learned from has no name now: read it again, or u");
  bool steps = learner_nstep(info.learner) > 0;
  if (steps && !name) return err_set(err, ERR_NAME, "the model has no name: write m = ... to see what its steps make");
  m->of = steps ? arena_printf(a, "%s:transform(%s)", name, table) : arena_strdup(a, table);
  m->where = look.rule, m->column = look.item[look.at].column;
  return OK;
}
