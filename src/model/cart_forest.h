// Forests of exact trees: what ml.forest and ml.extratrees share.
#pragma once
#include "model/cart_int.h"

typedef struct ForestOpts {
  CartAsked grow;
  Names class_weight;
  int64_t n_estimators;
  double max_samples;
  bool bootstrap, oob_score;
} ForestOpts;

#define FOREST_PARAMS(draw)                                                                                            \
  {"n_estimators", PARAM_INT, offsetof(ForestOpts, n_estimators), 1, 100000, .dflt = "100",                            \
       .doc = "how many trees"},                                                                                       \
      CART_PARAMS(ForestOpts, grow, "auto"),                                                                           \
      {"bootstrap", PARAM_BOOL, offsetof(ForestOpts, bootstrap), .dflt = draw,                                         \
       .doc = "each tree learns from rows drawn with replacement; else from all"},                                     \
      {"max_samples", PARAM_REAL, offsetof(ForestOpts, max_samples), 0, PARAM_INF, .dflt = "0",                        \
       .doc = "rows that bootstrap draws; up to 1 a share of all rows; 0: as many as there are"},                      \
  {                                                                                                                    \
    "oob_score", PARAM_BOOL, offsetof(ForestOpts, oob_score), .dflt = "true",                                          \
        .doc = "judge by the rows that a tree did not draw; m:oob() has their predictions"                             \
  }

// `random`: one random cut a column.
NODISCARD ErrCode forest_fit_with(Job *job, const ForestOpts *o, const FitIn *in, const char *owner, bool random,
                                  ModelState *state, Err *err);
ErrCode forest_predict(Job *job, const void *opts, const ModelState *state, const Features *x, double *out, Err *err);
ErrCode forest_card(Job *job, const void *opts, const ModelState *state, const Names *terms, const Names *levels,
                    Frame **out, Err *err);
void forest_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state);
const Trees *forest_trees(const ModelState *state);
const double *forest_oob(const ModelState *state, int64_t *n);
