// How a boosted model came to be, round by round: its curves, and the trees of each round.
#pragma once
#include "base/rounds.h"
#include "model/model.h"

struct ModelRounds {     // borrowed from the model
  const char *metric;    // of the curves; NULL: no rows were held out
  bool larger;           // is better
  const double *train, *valid; // n
  int64_t n, best;       // rounds with a score; the best of them on the rows held out, from 0
  const RoundSeen *seen; // of the first nseen rounds, where there are two classes; a model from a file has none
  int64_t nseen, nvalid; // nvalid: rows held out, 0 not known
  int64_t kept;          // rounds that the model has trees of
};
// False: the model did not learn in rounds.
bool model_training(const Model *m, ModelRounds *out);
// A row a round: round, train and valid (where rows were held out), leaves, depth and gain (sums over the round's
// trees, depth the largest; missing for rounds that early stopping dropped). ERR_ARG: it did not learn in rounds.
NODISCARD ErrCode model_rounds(const Model *m, Frame **out, Err *err);

typedef struct RoundTerm {
  const char *term;      // borrowed from the model
  double share;          // of the gain of all splits
} RoundTerm;
typedef struct RoundTrees { // owned by the arena
  int64_t first, n;      // trees of the round, from 1
  int64_t leaves, depth; // together; of the deepest
  double gain;
  RoundTerm *term;       // by the gain of all trees up to this round, largest first; those without one are left out
  int64_t nterm;
} RoundTrees;
// A round, from 1 to `kept`. ERR_ARG no such round.
NODISCARD ErrCode model_round(const Model *m, int64_t round, Arena *a, RoundTrees *out, Err *err);
