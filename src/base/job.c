#include "base/job.h"

#include "base/mem.h"
#include "base/numfmt.h"

#include <stddef.h>
#include <time.h>

enum { SMALL = 1 << 20, WAIT_MS = 10 };

void job_wait(Job *job) {
  struct timespec t = {0, WAIT_MS * 1000000L};
  while (atomic_load(&job->pause) && !atomic_load(&job->cancel)) nanosleep(&t, NULL);
}

ErrCode job_tick(Job *job, int64_t done, int64_t total, Err *err) {
  if (!job) return OK;
  if (!job->inner) {
    atomic_store_explicit(&job->done, done, memory_order_relaxed);
    atomic_store_explicit(&job->total, total, memory_order_relaxed);
  }
  if (atomic_load_explicit(&job->pause, memory_order_relaxed)) job_wait(job);
  if (!atomic_load_explicit(&job->cancel, memory_order_relaxed)) return OK;
  return err_set(err, ERR_CANCELLED, "stopped");
}

bool job_keep(Job *job) {
  if (!job || !job->partial) return false;
  atomic_store(&job->cancel, false);
  return job->kept = true;
}

ErrCode job_need(Job *job, int64_t bytes, const char *what, Err *err) {
  if (!job || !job->memory || bytes < SMALL) return OK;
  int64_t live = mem_resident();
  if (bytes <= job->memory - live) return OK;
  char need[32], limit[32], used[32];
  fmt_bytes(need, sizeof need, bytes);
  fmt_bytes(limit, sizeof limit, job->memory);
  fmt_bytes(used, sizeof used, live);
  return err_set(err, ERR_MEMORY, "%s needs %s, %s of %s are in use: raise --memory or take fewer rows or columns",
                 what, need, used, limit);
}
