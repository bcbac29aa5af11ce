// The rounds of a fit that runs: told by it as they end, read meanwhile by another thread.
#pragma once
#include "base/job.h"

#include <pthread.h>

// Rows held out, of two classes, as the model of a round scores them: how many of those that are of the second class
// and of those that are not it calls so, and how its scores lie in equal bins from 0 to 1.
enum { SEEN_BINS = 22 };
typedef struct RoundSeen {
  int32_t tp, fp, tn, fn;
  int32_t bin[2][SEEN_BINS]; // of the first class, of the second
} RoundSeen;

typedef struct Round {
  double train, valid; // the metric on the rows learned from and on those held out
} Round;

typedef struct RoundsPlan {
  char metric[24];        // "" no rows are held out: the rounds are counted, and nothing is scored
  bool larger;            // is better
  int64_t total;          // rounds that are wanted
  int64_t ntrain, nvalid; // rows
  char class[2][64];      // where there are two
} RoundsPlan;

typedef struct Rounds { // ended by rounds_fini
  pthread_mutex_t lock;
  int64_t fit;         // counts the fits that told of themselves; 0 none yet
  double began;        // seconds of the monotonic clock
  RoundsPlan plan;
  int64_t n, best;     // rounds that have ended; the best, from 0
  Round *round;        // n, where there is a metric
  int64_t room;
  bool has_seen;
  RoundSeen seen[2];   // of the last round, of the best
} Rounds;
void rounds_init(Rounds *r);
void rounds_fini(Rounds *r);

// A fit begins, a round has ended. Nothing without a job, where nobody reads along (Job.rounds), and inside of a loop
// that reports its own progress. `seen` NULL: there are not two classes.
void rounds_begin(Job *job, const RoundsPlan *plan);
void rounds_add(Job *job, const Round *round, const RoundSeen *seen);
