// A tree of a model that is walked through, node by node.
#pragma once
#include "wire/wire.h"

typedef struct App App;

typedef struct TreeWalk {
  char *object;       // "m", or an evaluation "e"; NULL = none
  int64_t tree, node; // where the cursor stands, from 1; the answer may be behind
  Msg now;            // MSG_TREE
  uint64_t asked;
  bool again; // something moved while an answer was under way
} TreeWalk;
void tree_open(App *a, const char *object, int64_t tree);
void tree_show(App *a, const char *object, int64_t tree); // with a way back
bool tree_take(App *a, Msg *m); // an answer of the kernel; true = taken over
void tree_changed(App *a);      // objects have new versions
void tree_lost(TreeWalk *t);
void tree_fini(TreeWalk *t);
const MsgTree *tree_answer(const TreeWalk *t); // NULL = none yet
bool tree_is_coming(const TreeWalk *t);        // the cursor's node, or its children
int64_t tree_at(const TreeWalk *t);            // place of the cursor in the answer's list, -1 = it is not there
void tree_command(App *a, const char *rest, bool force); // :tree NAME
