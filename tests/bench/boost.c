// This program's side of the benchmark of boosting: a table of 28 columns like HIGGS (measurements of particles, some
// of them functions of others, two classes that overlap), made here, fitted and scored on rows that were not seen.
//   boost make ROWS FILE                     the table as float32, row after row, the class last
//   boost fit ROWS ROUNDS DEPTH LEAVES       "job seconds check" lines: bins, fit, AUC on 200,000 rows; LEAVES above 0:
//                                            by leaf
// TYCHO_BENCH_THREADS: how many threads (2). TYCHO_BENCH_CPU: seconds of the processor instead of the clock's.
#include "bench/auc.h"
#include "base/rng.h"
#include "frame/verbs.h"
#include "model/bins_int.h"
#include "num/num.h"

#include <math.h>
#include <string.h>

enum { P = 28, TEST_ROWS = 200000, SEED = 4 };

typedef struct Dice {
  RngKey key;
  uint64_t row, draw;
} Dice;

static double unit(Dice *d) { return rng_unit(d->key, d->row, d->draw++); }
static double normal(Dice *d) { return sqrt(-2 * log(1 - unit(d))) * cos(6.283185307179586 * unit(d)); }

// x: P numbers. Returns the class.
static int make_row(uint64_t seed, int64_t row, double *x) {
  Dice d = {rng_key(seed, "bench"), (uint64_t)row, 0};
  for (int j = 0; j < 10; j++) x[j] = normal(&d);
  for (int j = 10; j < 16; j++) x[j] = -log(1 - unit(&d));
  for (int j = 16; j < 21; j++) x[j] = (2 * unit(&d) - 1) * 3.141592653589793;
  double angle = cos(x[16] - x[17]) * sqrt(x[10] * x[11]);
  x[21] = sqrt(x[0] * x[0] + x[1] * x[1]) + .3 * normal(&d), x[22] = x[2] * x[3] + .3 * normal(&d);
  x[23] = angle + .3 * normal(&d), x[24] = x[4] + normal(&d), x[25] = x[5] + normal(&d);
  x[26] = normal(&d), x[27] = normal(&d);
  for (int j = 0; j < P; j++) x[j] = (double)(float)x[j];
  double s = .5 * x[0] - .4 * x[1] + .8 * x[2] * x[3] + .7 * sin(x[16]) * x[10] + .4 * (x[0] * x[0] - 1);
  s += (x[4] > .5 && x[5] < 0 ? 1 : 0) - .5 * fabs(x[6]) + .6 * angle + .3 * x[12] * x[7] - .2 * x[13];
  s += (x[8] * x[9] > 0 ? .5 * x[14] : 0) - .25;
  return unit(&d) < 1 / (1 + exp(-1.2 * s));
}

static Frame *make_frame(uint64_t seed, int64_t n) {
  Frame *f = frame_new(n);
  Column *c[P + 1];
  Err err = {0};
  double x[P];
  char name[8];
  for (int j = 0; j <= P; j++) must(column_new(&JOB, j < P ? COL_F64 : COL_BOOL, n, NULL, &c[j], &err), &err);
  for (int64_t i = 0; i < n; i++) {
    c[P]->b[i] = (unsigned char)make_row(seed, i, x);
    for (int j = 0; j < P; j++) c[j]->f[i] = x[j];
  }
  for (int j = 0; j <= P; j++) {
    snprintf(name, sizeof name, j < P ? "x%d" : "y", j);
    must(frame_add(f, name, c[j], &err), &err);
  }
  return f;
}

static int make_file(int64_t n, const char *path) {
  FILE *file = fopen(path, "wb");
  double x[P];
  float out[P + 1];
  if (!file) return 1;
  for (int64_t i = 0; i < n + TEST_ROWS; i++) {
    out[P] = (float)(i < n ? make_row(SEED, i, x) : make_row(SEED + 1, i - n, x));
    for (int j = 0; j < P; j++) out[j] = (float)x[j];
    fwrite(out, sizeof out, 1, file);
  }
  return fclose(file);
}

static double time_bins(const Frame *d) {
  Arena a = {0};
  Design design;
  Features x;
  Bins bins;
  Frame *only;
  Err err = {0};
  const char *name[P];
  for (int j = 0; j < P; j++) name[j] = frame_name(d, j);
  must(frame_select(d, &(Names){name, P}, &only, &err), &err);
  must(design_fit_columns(&JOB, only, "bench", &a, &design, &err), &err);
  must(features_open(&JOB, &design, only, &x, &err), &err);
  double start = now();
  must(bins_new(&JOB, &x, NULL, 256, &bins, &err), &err);
  double seconds = now() - start;
  bins_free(&bins);
  features_close(&x);
  frame_unref(only);
  arena_fini(&a);
  return seconds;
}

static void set(const ModelType *type, void *opts, const char *name, double v) {
  Err err = {0};
  must(param_set_real(param_find(type->params, sv(name)), "bench", opts, v, &err), &err);
}

static int fit(int64_t n, double rounds, double depth, double leaves) {
  const ModelType *type = model_find(sv("boost"));
  Arena a = {0};
  Err err = {0};
  Model *m;
  void *opts = arena_alloc(&a, type->opts_size);
  Frame *d = make_frame(SEED, n);
  report("bins", time_bins(d), 0);
  param_defaults(type->params, opts);
  set(type, opts, "rounds", rounds), set(type, opts, "max_depth", depth), set(type, opts, "max_leaves", leaves);
  set(type, opts, "eta", 0.1);
  if (leaves > 0) must(param_set_text(param_find(type->params, sv("grow")), "bench", opts, "leaf", &err), &err);
  Learner *l = learner_new(NULL, 0, type, opts);
  int64_t before = mem_resident();
  double start = now();
  must(model_fit(&JOB, l, d, "y", &(FitOpts){.seed = 1}, &m, &err), &err);
  double seconds = now() - start, predict;
  Frame *other = make_frame(SEED + 1, TEST_ROWS);
  double auc = auc_of(m, other, &predict);
  report("fit", seconds, auc);
  report("predict", predict, auc);
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  printf("table %.1f MB, peak %.1f MB\n", (double)before / 1e6, (double)use.ru_maxrss / 1e3);
  model_unref(m);
  learner_unref(l);
  frame_unref(d);
  frame_unref(other);
  arena_fini(&a);
  return 0;
}

int main(int argc, char **argv) {
  const char *threads = getenv("TYCHO_BENCH_THREADS");
  JOB.pool = pool_new(threads ? atoi(threads) : 2);
  int code = 2;
  if (argc == 4 && strcmp(argv[1], "make") == 0) code = make_file(atoll(argv[2]), argv[3]);
  else if (argc == 6 && strcmp(argv[1], "fit") == 0)
    code = fit(atoll(argv[2]), atof(argv[3]), atof(argv[4]), atof(argv[5]));
  pool_free(JOB.pool);
  return code;
}
