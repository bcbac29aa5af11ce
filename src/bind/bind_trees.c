// The trees inside of a fitted model, as tables.
#include "bind/bind_int.h"

#include "bind/tree_int.h"
#include "model/training.h"

typedef struct TreeArgs {
  int64_t tree;
} TreeArgs;
static const Param TREE[] = {
    {"tree", PARAM_INT, offsetof(TreeArgs, tree), 1, PARAM_INF, "1", NULL, "which of the trees"}, PARAM_END};

static ErrCode rules(Call *c) {
  return model_rules(c->self, ((const TreeArgs *)c->opts)->tree, call_frame(c), c->err);
}

static ErrCode branches(Call *c) {
  return model_branches(c->self, ((const TreeArgs *)c->opts)->tree, call_frame(c), c->err);
}

static ErrCode path(Call *c) { return model_path(c->self, call_frame(c), c->err); }

static ErrCode rounds(Call *c) { return model_rounds(c->self, call_frame(c), c->err); }

static ErrCode oob(Call *c) { return model_oob(c->self, call_frame(c), c->err); }

typedef struct DrawArgs {
  int64_t tree, depth;
} DrawArgs;
static const Param DRAW[] = {
    {"tree", PARAM_INT, offsetof(DrawArgs, tree), 1, PARAM_INF, "1", NULL, "which of the trees"},
    {"depth", PARAM_INT, offsetof(DrawArgs, depth), 0, 9, "3", NULL, "levels of splits that are drawn"},
    PARAM_END};

// The plot, and m:branches() behind it.
static ErrCode draw(Call *c) {
  enum { MOST = 1023 }; // nodes of nine levels of splits
  const DrawArgs *o = c->opts;
  TreeLook look;
  ModelInfo info = model_info(c->self);
  TRY(model_look(c->self, o->tree, 1, MOST, c->arena, &look, c->err));
  c->nret = 1;
  Plot *p = plot_box(c->L);
  tree_plot(&look, &info, o->depth, learner_print(info.learner, c->arena), p);
  Frame **table = (Frame **)box_new(c->L, &CLASS_FRAME);
  TRY(model_branches(c->self, o->tree, table, c->err));
  lua_setiuservalue(c->L, -2, 1);
  return OK;
}

const BindFn MODEL_TREE_ROWS[] = {
    {"rules", "m:rules{tree=1}", "a row for each leaf of a tree: its rule, as d:where takes it, and what it predicts",
     rules, BIND_OPTS(TreeArgs, TREE), .npos = 1,
     .example = "return ml.tree{max_depth=2}:fit(data 'iris', 'class'):rules()"},
    {"branches", "m:branches{tree=1}", "a row for each node of a tree, as indented branches", branches,
     BIND_OPTS(TreeArgs, TREE), .npos = 1,
     .example = "return ml.tree{max_depth=2}:fit(data 'sacramento_homes', 'price ~ sqft + beds'):branches()"},
    {"tree", "m:tree{tree=1, depth=3}, m:tree():save \"tree.svg\"", "a tree as a picture: how each node is reached, "
     "and what it predicts", draw, BIND_OPTS(DrawArgs, DRAW), .npos = 1,
     .example = "return ml.tree{max_depth=2}:fit(data 'iris', 'class'):tree()"},
    {"pruning", "m:pruning()", "the trees that pruning chose from: alpha, cp, leaves, impurity, error", path,
     .example = "return ml.tree{ccp_alpha='cv'}:fit(data 'iris', 'class'):pruning()"},
    {"oob", "m:oob()", "training rows as those trees of a forest predict them that did not draw them", oob,
     .example = "return ml.forest{n_estimators=20}:fit(data 'iris', 'class'):oob():head(3)"},
    {"rounds", "m:rounds(), m:rounds():line{x=\"round\", y={\"train\", \"valid\"}}",
     "what each round of boosting made: the metric on the rows learned from and held out, leaves, depth, gain", rounds,
     .example = "return ml.boost{rounds=20, valid=.3}:fit(data 'sacramento_homes', 'price ~ sqft + beds'):rounds()"},
    {0}};
