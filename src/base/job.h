// A Job is what a running computation shares with the outside: a cancel flag, progress, threads and a memory budget.
#pragma once
#include "base/err.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Pool Pool;

typedef struct Job {
  atomic_bool cancel;          // set by anyone, read by job_tick
  atomic_bool pause;           // the same; job_tick waits until it is down again or cancel is up
  _Atomic int64_t done, total; // progress in units of the running loop; total 0 = unknown
  Pool *pool;                  // borrowed; NULL = one thread
  int64_t memory;              // budget in bytes; 0 = none
} Job;

// Called in every long loop, from the thread that owns the computation: stores progress and returns ERR_CANCELLED
// when the flag is set. `job` may be NULL. Costs two loads and two stores.
NODISCARD ErrCode job_tick(Job *job, int64_t done, int64_t total, Err *err);
void job_wait(Job *job); // until the pause ends or the job is cancelled

// Asks for `bytes` more before a size that grows with the data is allocated: ERR_MEMORY when the process would
// pass the budget ("needs 3.1 GB, limit 2.0 GB"). `what` names the thing in the message. Free below 1 MB.
NODISCARD ErrCode job_need(Job *job, int64_t bytes, const char *what, Err *err);
