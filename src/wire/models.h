// The fields of the messages that look inside of a model. Part of wire.h.
#pragma once
#include "wire/fields.h"

typedef struct MsgViewTree {
  const char *object; // a model, or an evaluation of one
  int64_t tree, node; // from 1
} MsgViewTree;

typedef struct WireTreeNode {
  int64_t node;     // in the tree, from 1
  int64_t up, left; // places in the list: -1 none; 0 no child here, the right one is left + 1
  bool leaf;
  const char *side, *column; // "age < 30 or ·": how it is reached; what it splits, "" a leaf
  const char *count, *said;  // "1,204": its rows; "yes .82", "29.5"
  double share;              // of the rows of the tree
  double *value;             // shares of the classes, as many as there are; none where it is a number
  int64_t n;
} WireTreeNode;

typedef struct MsgTree {
  const char *object, *learner, *target; // learner: as Lua writes it
  int64_t version, ntree, tree;
  int64_t nnode, nleaf, depth; // of this tree
  const char *of;              // the class whose sum the tree adds to, "" = none
  bool adds, rows;             // values are added to those of other trees; counts are of rows
  Names classes;               // whose shares the values are
  int64_t at, above;           // the node asked for in the list; the parent of the first, 0 = it is the root
  const char *rule;            // that leads to the node asked for, for d:where
  WireTreeNode *item;          // breadth-first
  int64_t n;
} MsgTree;
