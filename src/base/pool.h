// Threads for numeric leaves. Work is cut into chunks of a fixed size, so what a chunk computes never depends on the
// number of threads; partial results are kept per chunk and combined by the caller in chunk order.
#pragma once
#include "base/job.h"

// `begin`..`end` is one chunk (end - begin == grain, but for the last); begin / grain is its index.
typedef void (*PoolFn)(void *ctx, int64_t begin, int64_t end);

// A pool of `threads` workers, the calling thread included; 1 or less makes none and par_for runs in place.
Pool *pool_new(int threads);
void pool_free(Pool *pool);
int pool_threads(const Pool *pool);

// Calls fn over [0, n) in chunks of `grain` >= 1, on all threads; returns when all are done. A call from inside
// another par_for of the same pool, or beside one of another thread, runs in place. `fn` must touch only its own slice
// and must not tick.
void par_for(Job *job, int64_t n, int64_t grain, PoolFn fn, void *ctx);
