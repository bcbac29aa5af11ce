// What the benchmarks' programs of this side share: loading a table, the clock, a line for each job.
#pragma once
#include "base/pool.h"
#include "frame/frame.h"
#include "io/io.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static Job JOB;
static const char *FOLDER;

static inline double now(void) {
  struct timespec t;
  clock_gettime(getenv("TYCHO_BENCH_CPU") ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline void must(ErrCode code, const Err *err) {
  if (code == OK) return;
  fprintf(stderr, "bench: %s\n", err->msg);
  exit(1);
}

static inline ErrCode resolve(void *ctx, const char *path, bool write, Str *real, Err *err) {
  (void)ctx, (void)write, (void)err;
  str_add(real, path);
  return OK;
}

static inline Frame *load(const char *name) {
  const Door door = {.resolve = resolve};
  char path[4096];
  ReadOpts opts;
  Frame *f = NULL;
  Err err = {0};
  io_read_defaults(&opts);
  snprintf(path, sizeof path, "%s/%s", FOLDER, name);
  must(io_read(&JOB, &door, path, &opts, &f, &err), &err);
  return f;
}

static inline double sum_of(const Frame *f, const char *name) {
  int j;
  Err err = {0};
  must(frame_col(f, sv(name), &j, &err), &err);
  const Column *c = frame_at(f, j);
  double sum = 0;
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) sum += col_f64(c, i);
  return sum;
}

static inline void report(const char *job, double seconds, double check) {
  printf("%s %.6f %.9g\n", job, seconds, check);
}

static inline void bench_open(const char *folder) {
  const char *threads = getenv("TYCHO_BENCH_THREADS");
  FOLDER = folder;
  JOB.pool = pool_new(threads ? atoi(threads) : 2);
}

static inline void bench_close(const char *what) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  printf("memory_%s %.1f 0\n", what, (double)use.ru_maxrss / 1024);
  pool_free(JOB.pool);
}
