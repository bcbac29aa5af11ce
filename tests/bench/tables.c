// This program's side of the benchmark of tables: does a job and prints "job seconds check" for each part of it, and at
// the end the peak of its memory.
//   tables FOLDER load_trips|load_wide|trips|wide
// TYCHO_BENCH_THREADS: how many threads (2).
#include "bench/bench.h"
#include "frame/expr.h"
#include "frame/group.h"
#include "frame/shape.h"
#include "frame/verbs.h"
#include "num/num.h"
#include "stats/stats.h"

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
  const char *what = argv[2];
  bench_open(argv[1]);
  if (!strcmp(what, "load_trips")) time_load(what, "trips.csv");
  else if (!strcmp(what, "load_wide")) time_load(what, "wide.csv");
  else if (!strcmp(what, "trips")) trips();
  else wide();
  bench_close(what);
  return 0;
}
