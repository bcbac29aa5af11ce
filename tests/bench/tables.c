// This program's side of the benchmark of tables: does a job and prints "job seconds check" for each part of it, and at
// the end the peak of its memory.
//   tables FOLDER load_trips|load_wide|trips|wide
// TYCHO_BENCH_THREADS: how many threads (2).
#include "base/pool.h"
#include "frame/expr.h"
#include "frame/group.h"
#include "frame/shape.h"
#include "frame/verbs.h"
#include "io/io.h"
#include "num/num.h"
#include "stats/stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static Job JOB;
static const char *FOLDER;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void must(ErrCode code, const Err *err) {
  if (code == OK) return;
  fprintf(stderr, "tables: %s\n", err->msg);
  exit(1);
}

static ErrCode resolve(void *ctx, const char *path, bool write, Str *real, Err *err) {
  (void)ctx, (void)write, (void)err;
  str_add(real, path);
  return OK;
}

static Frame *load(const char *name) {
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

static double sum_of(const Frame *f, const char *name) {
  int j;
  Err err = {0};
  must(frame_col(f, sv(name), &j, &err), &err);
  const Column *c = frame_at(f, j);
  double sum = 0;
  for (int64_t i = 0; i < c->n; i++)
    if (col_valid(c, i)) sum += col_f64(c, i);
  return sum;
}

static void report(const char *job, double seconds, double check) { printf("%s %.6f %.9g\n", job, seconds, check); }

static void time_load(const char *job, const char *name) {
  double start = now();
  Frame *f = load(name);
  report(job, now() - start, (double)frame_nrow(f));
  frame_unref(f);
}

// ---- jobs on trips --------------------------------------------------------------------------------------------------
static Frame *DRIVERS;

static ErrCode group(const Frame *f, const char *by, Frame **out, Err *err) {
  const char *expr = "fare = mean(fare)";
  Names keys = {&by, 1}, exprs = {&expr, 1};
  return frame_agg(&JOB, f, &exprs, &keys, out, err);
}
static ErrCode by_payment(const Frame *f, Frame **out, Err *err) { return group(f, "payment", out, err); }
static ErrCode by_zone(const Frame *f, Frame **out, Err *err) { return group(f, "zone", out, err); }
static ErrCode by_driver(const Frame *f, Frame **out, Err *err) { return group(f, "driver", out, err); }

static ErrCode filter(const Frame *f, Frame **out, Err *err) {
  return frame_where(&JOB, f, sv("fare > 20 and payment == 'card'"), NULL, 0, out, err);
}

static ErrCode sort(const Frame *f, Frame **out, Err *err) {
  const char *key = "fare";
  Names keys = {&key, 1};
  return frame_sort(&JOB, f, &keys, out, err);
}

static ErrCode join(const Frame *f, Frame **out, Err *err) {
  const char *key = "driver";
  Names on = {&key, 1};
  JoinOpts opts = {.left = on, .right = on, .how = JOIN_INNER, .suffix = "_right"};
  return frame_join(&JOB, f, DRIVERS, &opts, out, err);
}

static ErrCode describe(const Frame *f, Frame **out, Err *err) {
  static const char *name[] = {"passengers", "distance", "lon", "lat", "fare"};
  DescribeOpts opts = {.columns = {name, 5}, .type = 7};
  return stats_describe(&JOB, f, &opts, out, err);
}

static ErrCode describe_all(const Frame *f, Frame **out, Err *err) {
  DescribeOpts opts = {.type = 7};
  return stats_describe(&JOB, f, &opts, out, err);
}

typedef struct Task {
  const char *name;
  ErrCode (*run)(const Frame *f, Frame **out, Err *err);
  const char *check; // the column that is summed; NULL: the rows are counted
} Task;

static void time_task(const Task *t, const Frame *f, int times) {
  for (int k = 0; k < times; k++) {
    Frame *out = NULL;
    Err err = {0};
    double start = now();
    must(t->run(f, &out, &err), &err);
    double seconds = now() - start;
    report(t->name, seconds, t->check ? sum_of(out, t->check) : (double)frame_nrow(out));
    frame_unref(out);
  }
}

static void trips(void) {
  static const Task task[] = {{"group_payment", by_payment, "fare"},
                              {"group_zone", by_zone, "fare"},
                              {"group_driver", by_driver, "fare"},
                              {"filter", filter, NULL},
                              {"sort", sort, NULL},
                              {"join", join, "rating"},
                              {"describe", describe, "median"}};
  Frame *f = load("trips.csv");
  DRIVERS = load("drivers.csv");
  for (size_t k = 0; k < sizeof task / sizeof *task; k++) time_task(&task[k], f, 3);
  frame_unref(DRIVERS);
  frame_unref(f);
}

// ---- jobs on wide ---------------------------------------------------------------------------------------------------
static void time_deciles(const Frame *f) {
  static const double p[9] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};
  double *x = mem_new((size_t)frame_nrow(f) * sizeof *x), q[9], sum = 0, start = now();
  if (!x) exit(1);
  for (int j = 0; j < frame_ncol(f); j++) {
    Err err = {0};
    int64_t n = col_present_f64(frame_at(f, j), x);
    must(quantile_f64(&JOB, x, n, 7, p, 9, q, &err), &err);
    for (int k = 0; k < 9; k++) sum += q[k];
  }
  report("deciles_wide", now() - start, sum);
  mem_free(x);
}

static void wide(void) {
  const Task task = {"describe_wide", describe_all, "median"};
  Frame *f = load("wide.csv");
  time_task(&task, f, 3);
  for (int k = 0; k < 3; k++) time_deciles(f);
  frame_unref(f);
}

int main(int argc, char **argv) {
  if (argc < 3) return fprintf(stderr, "usage: tables FOLDER load_trips|load_wide|trips|wide\n"), 2;
  const char *threads = getenv("TYCHO_BENCH_THREADS"), *what = argv[2];
  FOLDER = argv[1];
  JOB.pool = pool_new(threads ? atoi(threads) : 2);
  if (!strcmp(what, "load_trips")) time_load(what, "trips.csv");
  else if (!strcmp(what, "load_wide")) time_load(what, "wide.csv");
  else if (!strcmp(what, "trips")) trips();
  else wide();
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  printf("memory_%s %.1f 0\n", what, (double)use.ru_maxrss / 1024);
  pool_free(JOB.pool);
  return 0;
}
