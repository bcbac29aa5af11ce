// This program's side of the benchmark of pipelines: does a job and prints "job seconds check", with processor time of
// all threads behind it as "job_cpu" and how far the process grew as "job_memory" (MB).
//   pipelines FOLDER make ROWS | FOLDER columns|knn|smote|cv
// TYCHO_BENCH_THREADS: how many threads (2). `make` writes mixed.csv (14 numbers, 6 words, gaps in half of them, a
// target, a fold), knn.csv (20 numbers that go together, every twentieth cell empty) and rare.csv (30 numbers, one row
// in ten of the rare class).
#include "bench/bench.h"
#include "eval/folds.h"
#include "frame/verbs.h"
#include "num/num.h"

#include "base/rng.h"

#include <math.h>
#include <string.h>

// ---- tables --------------------------------------------------------------------------------------------------------
typedef struct Draw {
  RngKey key;
  uint64_t row, at;
} Draw;

static double unit(Draw *d) { return rng_unit(d->key, d->row, d->at++); }
static double bell(Draw *d) { return dist_norm_quantile(unit(d) * (1 - 1e-12) + 5e-13); }

static FILE *table_open(const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.csv", FOLDER, name);
  FILE *f = fopen(path, "w");
  if (!f) exit(1);
  return f;
}

static void write_names(FILE *f, const char *stem, int n, const char *end) {
  for (int j = 0; j < n; j++) fprintf(f, "%s%s%d", j ? "," : "", stem, j);
  fputs(end, f);
}

static void write_mixed(int64_t rows) {
  static const int64_t LEVELS[6] = {3, 5, 8, 12, 20, 40};
  FILE *f = table_open("mixed");
  write_names(f, "x", 14, ",");
  write_names(f, "g", 6, ",fold,y\n");
  for (int64_t i = 0; i < rows; i++) {
    Draw d = {rng_key(1, "mixed"), (uint64_t)i, 0};
    double eta = -0.4;
    for (int j = 0; j < 14; j++) {
      double v = bell(&d);
      bool gap = j % 2 == 0 && unit(&d) < 0.05;
      if (!gap) fprintf(f, "%.5f", v * (j + 1) + j);
      fputc(',', f);
      eta += gap ? 0 : j < 4 ? 0.4 * v : 0;
    }
    for (int j = 0; j < 6; j++) {
      int64_t k = (int64_t)(unit(&d) * (double)LEVELS[j]);
      if (j % 3 || unit(&d) >= 0.03) fprintf(f, "%c%d", 'a' + j, (int)k);
      fputc(',', f);
      eta += k == 1 ? 0.5 : 0;
    }
    fprintf(f, "f%d,%s\n", (int)(unit(&d) * 5), unit(&d) < 1 / (1 + exp(-eta)) ? "yes" : "no");
  }
  fclose(f);
}

static void write_knn(int64_t rows) {
  FILE *f = table_open("knn");
  write_names(f, "x", 20, "\n");
  for (int64_t i = 0; i < rows; i++) {
    Draw d = {rng_key(2, "knn"), (uint64_t)i, 0};
    double all = bell(&d);
    for (int j = 0; j < 20; j++) {
      double v = all + bell(&d);
      if (unit(&d) >= 0.05) fprintf(f, "%.6f", v);
      fputc(j < 19 ? ',' : '\n', f);
    }
  }
  fclose(f);
}

static void write_rare(int64_t rows) {
  FILE *f = table_open("rare");
  write_names(f, "x", 30, ",y\n");
  for (int64_t i = 0; i < rows; i++) {
    Draw d = {rng_key(3, "rare"), (uint64_t)i, 0};
    bool rare = i % 10 == 0;
    for (int j = 0; j < 30; j++) fprintf(f, "%.6f,", bell(&d) + 0.3 * rare);
    fputs(rare ? "yes\n" : "no\n", f);
  }
  fclose(f);
}

// ---- clocks --------------------------------------------------------------------------------------------------------
static double processor(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double status(const char *key) { // MB
  char line[256];
  double kb = 0;
  FILE *f = fopen("/proc/self/status", "r");
  while (f && fgets(line, sizeof line, f))
    if (!strncmp(line, key, strlen(key))) kb = strtod(line + strlen(key) + 1, NULL);
  if (f) fclose(f);
  return kb / 1024;
}

static void forget_peak(void) {
  FILE *f = fopen("/proc/self/clear_refs", "w");
  if (f) fputs("5", f), fclose(f);
}

typedef struct Watch {
  double wall, cpu, memory;
} Watch;

static Watch watch(void) {
  forget_peak();
  return (Watch){now(), processor(), status("VmRSS")};
}

static void watch_stop(Watch *w) { *w = (Watch){now() - w->wall, processor() - w->cpu, status("VmHWM") - w->memory}; }

static void watch_report(const Watch *w, const char *job, double check) {
  char name[64];
  report(job, w->wall, check);
  snprintf(name, sizeof name, "%s_cpu", job);
  report(name, w->cpu, check);
  snprintf(name, sizeof name, "%s_memory", job);
  report(name, w->memory, check);
}

// ---- jobs ----------------------------------------------------------------------------------------------------------
typedef struct Spec {
  const char *step, *option, *word;
} Spec;

static Learner *pipeline(const Spec *spec, int n, const char *model) {
  StepSpec step[4];
  Arena a = {0};
  Err err = {0};
  for (int k = 0; k < n; k++) {
    step[k].type = prep_find(sv(spec[k].step));
    step[k].opts = arena_alloc(&a, step[k].type->opts_size);
    param_defaults(step[k].type->params, step[k].opts);
    if (!spec[k].option) continue;
    const Param *p = param_find(step[k].type->params, sv(spec[k].option));
    must(param_set_text(p, "bench", step[k].opts, spec[k].word, &err), &err);
  }
  Learner *l = learner_new(step, n, model ? model_find(sv(model)) : NULL, NULL);
  arena_fini(&a);
  return l;
}

static const Spec MIXED[] = {{"impute", "with", "mean"}, {"standard", NULL, NULL}, {"onehot", NULL, NULL}};

// Sum of the amounts of all cells, of the first `rows`.
static double amounts(const Frame *f, int64_t rows) {
  double sum = 0;
  for (int j = 0; j < frame_ncol(f); j++)
    for (int64_t i = 0; i < rows && i < frame_nrow(f); i++) sum += fabs(col_f64(frame_at(f, j), i));
  return sum;
}

static Names features(const Frame *d, Arena *a) {
  Names n = {arena_array(a, const char *, frame_ncol(d)), 0};
  for (int j = 0; j < frame_ncol(d); j++)
    if (strchr("xg", frame_name(d, j)[0])) n.name[n.n++] = frame_name(d, j);
  return n;
}

static void fit_and_transform(const char *job, const char *table, const Spec *spec, int n, int64_t checked, int times) {
  Frame *all = load(table), *d, *z = NULL;
  Arena a = {0};
  Err err = {0};
  Names used = features(all, &a);
  must(frame_select(all, &used, &d, &err), &err);
  frame_unref(all);
  for (int k = 0; k < times; k++) {
    Learner *l = pipeline(spec, n, NULL);
    Model *m = NULL;
    Watch w = watch();
    must(model_fit(&JOB, l, d, NULL, NULL, &m, &err), &err);
    must(model_transform(&JOB, m, d, &z, &err), &err);
    watch_stop(&w);
    watch_report(&w, job, amounts(z, checked));
    frame_unref(z);
    model_unref(m);
    learner_unref(l);
  }
  frame_unref(d);
  arena_fini(&a);
}

// The step alone, on what a pipeline would give it.
static void smote(void) {
  static const char *level[] = {"no", "yes"};
  static const Names LEVELS = {level, 2};
  Frame *all = load("rare.csv"), *x;
  Arena a = {0};
  Err err = {0};
  Names used = features(all, &a);
  must(frame_select(all, &used, &x, &err), &err);
  const StepType *t = prep_find(sv("smote"));
  void *opts = arena_alloc(&a, t->opts_size);
  double *y = arena_array(&a, double, frame_nrow(all));
  for (int64_t i = 0; i < frame_nrow(all); i++)
    y[i] = sv_is(col_text(frame_at(all, frame_find(all, sv("y"))), i), "yes");
  param_defaults(t->params, opts);
  for (int k = 0; k < 3; k++) {
    StepIn in = {.x = x, .y = y, .levels = &LEVELS, .seed = 1};
    StepState state = {0};
    StepRows rows = {0};
    Watch w = watch();
    must(t->fit(&JOB, opts, &in, &state, &err), &err);
    must(step_train(&JOB, t, opts, &state, &in, &rows, &err), &err);
    watch_stop(&w);
    watch_report(&w, "smote", (double)frame_nrow(rows.x));
    frame_unref(rows.x);
    mem_free(rows.source);
    arena_fini(&state.arena);
  }
  frame_unref(x);
  frame_unref(all);
  arena_fini(&a);
}

static void cross_validate(void) {
  static const char *metric[] = {"log_loss"};
  Frame *d = load("mixed.csv"), *scores = NULL;
  Arena a = {0};
  Err err = {0};
  Learner *l = pipeline(MIXED, 3, "logistic");
  CvOpts opts = {.folds = {.method = FOLDS_GROUP, .folds = 5, .repeats = 1, .group = "fold", .seed = 1},
                 .fit = {.features = features(d, &a), .seed = 1},
                 .metrics = {metric, 1}};
  Watch w = watch();
  must(eval_cv(&JOB, l, d, "y", &opts, &scores, &err), &err);
  watch_stop(&w);
  watch_report(&w, "cv", sum_of(scores, "log_loss") / (double)frame_nrow(scores));
  frame_unref(scores);
  learner_unref(l);
  frame_unref(d);
  arena_fini(&a);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  bench_open(argv[1]);
  Spec knn = {"impute_knn", "metric", "euclidean"};
  if (!strcmp(argv[2], "make")) {
    int64_t rows = argc > 3 ? atoll(argv[3]) : 1000000;
    write_mixed(rows), write_knn(rows / 20), write_rare(rows / 10);
  } else if (!strcmp(argv[2], "columns")) {
    fit_and_transform("columns", "mixed.csv", MIXED, 3, INT64_MAX, 3);
  } else if (!strcmp(argv[2], "knn")) {
    fit_and_transform("knn", "knn.csv", &knn, 1, 1000, 1);
  } else if (!strcmp(argv[2], "smote")) {
    smote();
  } else {
    cross_validate();
  }
  pool_free(JOB.pool);
  return 0;
}
