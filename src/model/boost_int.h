// Sums of trees and the way from a sum to a prediction: what boosting learns, and what is read from other programs.
#pragma once
#include "model/trees_int.h"

typedef enum {
  LINK_IDENTITY, // the sum
  LINK_LOG,      // its exponential
  LINK_LOGIT,    // the probability of the second class, or a share
  LINK_STEP,     // the second class where it is above 0
  LINK_SOFTMAX,  // a sum for each class
  LINK_N
} Link;

typedef struct Boost { // state->data
  Trees trees;           // base holds sums, not probabilities
  const char *objective; // "binary:logistic"
  int64_t link;
} Boost;

// How the predictions of an objective come from sums; false: there is no such objective.
bool boost_link(Sv objective, Link *link);
