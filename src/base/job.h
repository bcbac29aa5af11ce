// A Job is what a running computation shares with the outside: a cancel flag, progress, threads and a memory budget.
#pragma once
#include "base/err.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Pool Pool;
typedef struct Rounds Rounds; // rounds.h

typedef struct Job {
  atomic_bool cancel;          // set by anyone, read by job_tick
  atomic_bool pause;           // the same; job_tick waits until it is down again or cancel is up
  _Atomic int64_t done, total; // progress in units of the running loop; total 0 = unknown
  Pool *pool;                  // borrowed; NULL = one thread
  int64_t memory;              // budget in bytes; 0 = none
  int inner;                   // depth of loops inside one that reports its own progress: they store none
  bool partial;                // whoever asked takes what there is when it is cancelled: see job_keep
  bool kept;                   // and has been given that
  Rounds *rounds;              // of a fit, for whoever looks on; NULL nobody does. Borrowed
} Job;

// Called in every long loop, from the thread that owns the computation: stores progress and returns ERR_CANCELLED
// when the flag is set. `job` may be NULL. Costs two loads and two stores.
NODISCARD ErrCode job_tick(Job *job, int64_t done, int64_t total, Err *err);
// Asked by a computation that can end early, after ERR_CANCELLED: true, with the flag down again, when its caller takes
// what there is so far; then it ends as if it were done, and says so in its result.
bool job_keep(Job *job);
void job_wait(Job *job); // until the pause ends or the job is cancelled

// Asks for `bytes` more before a size that grows with the data is allocated: ERR_MEMORY when the process would
// pass the budget ("needs 3.1 GB, limit 2.0 GB"). `what` names the thing in the message. Free below 1 MB.
NODISCARD ErrCode job_need(Job *job, int64_t bytes, const char *what, Err *err);
