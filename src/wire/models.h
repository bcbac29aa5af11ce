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

typedef struct MsgViewTraining {
  const char *object; // a model, or an evaluation of one
} MsgViewTraining;

typedef struct WireSeen { // rows held out, of two classes, as a round scores them
  int64_t tp, fp, tn, fn; // of the second class as positive, at one half
  double *negative, *positive; // how many of each class lie in equal bins of the score from 0 to 1
  int64_t n;
} WireSeen;

// Of a model in answer to VIEW_TRAINING; while a fit runs also unasked, with what is new since the message before.
typedef struct MsgTraining {
  const char *object;          // "" = of the fit that runs
  const char *learner, *target, *metric; // "boost"; metric "" = no rows were held out
  const char *negative, *positive;
  int64_t version, cell, fit;  // cell, fit: of the fit that runs, which one of this kernel's; else 0
  bool larger, runs;           // is better; rounds are to come
  int64_t total, done, kept;   // rounds that were wanted; that ended; that the model has trees of, 0 while it runs
  int64_t ntrain, nvalid;      // rows, 0 not known
  double seconds;              // so far, or of the whole fit
  int64_t best;                // round, from 1; 0 = none
  double best_train, best_valid;
  int64_t first, step;         // value i is of round first + step i, from 1
  double *train, *valid;
  int64_t n;
  bool has_seen;
  WireSeen here, at_best;      // of the last round that ended, and of the best
} MsgTraining;

typedef struct MsgViewRound {
  const char *object;
  int64_t round; // from 1
} MsgViewRound;

typedef struct MsgRoundAnswer {
  const char *object;
  int64_t version, round;
  int64_t tree, ntree;    // trees of the round, from 1; 0 and 0: the model has none of that round
  int64_t leaves, depth;
  double train, valid;    // NaN: no rows were held out
  Names terms;            // what gained most up to this round, first
  double *share;          // of all gains
  int64_t n;              // as many as terms
  bool has_seen;
  WireSeen here, at_best;
} MsgRoundAnswer;
