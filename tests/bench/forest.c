// This program's side of the benchmark of exact trees: the table that `boost make` wrote, fitted and scored on the rows
// behind it.
//   forest FILE ROWS TYPE NAME=VALUE...    "job seconds check" lines: fit and predict, AUC on the other rows
// TYPE: tree, forest or extratrees; NAME: an option of it, or seed. TYCHO_BENCH_THREADS: how many threads (2).
// TYCHO_BENCH_CPU: seconds of the processor instead of the clock's.
#include "bench/auc.h"

#include <string.h>

enum { P = 28 };

static Frame *read_rows(FILE *file, int64_t begin, int64_t end) {
  Frame *f = frame_new(end - begin);
  Column *c[P + 1];
  Err err = {0};
  float row[P + 1];
  char name[8];
  fseek(file, (long)begin * (long)sizeof row, SEEK_SET);
  for (int j = 0; j <= P; j++) must(column_new(&JOB, j < P ? COL_F64 : COL_BOOL, end - begin, NULL, &c[j], &err), &err);
  for (int64_t i = 0; i < end - begin && fread(row, sizeof row, 1, file) == 1; i++) {
    c[P]->b[i] = row[P] > 0;
    for (int j = 0; j < P; j++) c[j]->f[i] = (double)row[j];
  }
  for (int j = 0; j <= P; j++) {
    snprintf(name, sizeof name, j < P ? "x%d" : "y", j);
    must(frame_add(f, name, c[j], &err), &err);
  }
  return f;
}

static void set(const ModelType *type, void *opts, const char *text, FitOpts *fit) {
  const char *value = strchr(text, '=');
  if (!value) exit(2);
  Err err = {0};
  Sv name = {text, (size_t)(value++ - text)};
  if (sv_is(name, "seed")) {
    fit->seed = (uint64_t)atoll(value);
    return;
  }
  const Param *p = param_find(type->params, name);
  if (!p) exit(2);
  must(p->type == PARAM_TEXT || p->type == PARAM_CHOICE ? param_set_text(p, "bench", opts, value, &err)
       : p->type == PARAM_BOOL ? param_set_bool(p, "bench", opts, atoi(value), &err)
                               : param_set_real(p, "bench", opts, atof(value), &err), &err);
}

static int run(FILE *file, int64_t rows, const ModelType *type, char **option, int n) {
  Arena a = {0};
  Err err = {0};
  Model *m;
  FitOpts fit = {.seed = 1};
  void *opts = arena_alloc(&a, type->opts_size);
  param_defaults(type->params, opts);
  for (int k = 0; k < n; k++) set(type, opts, option[k], &fit);
  fseek(file, 0, SEEK_END);
  int64_t all = ftell(file) / (int64_t)((P + 1) * sizeof(float));
  Frame *d = read_rows(file, 0, rows), *other = read_rows(file, rows, all);
  Learner *l = learner_new(NULL, 0, type, opts);
  double start = now();
  must(model_fit(&JOB, l, d, "y", &fit, &m, &err), &err);
  double seconds = now() - start, predict, auc = auc_of(m, other, &predict);
  report("fit", seconds, auc);
  report("predict", predict, auc);
  model_unref(m);
  learner_unref(l);
  frame_unref(d);
  frame_unref(other);
  arena_fini(&a);
  return 0;
}

int main(int argc, char **argv) {
  const ModelType *type = argc > 3 ? model_find(sv(argv[3])) : NULL;
  FILE *file = argc > 3 ? fopen(argv[1], "rb") : NULL;
  if (!type || !file) return 2;
  bench_open(".");
  int code = run(file, atoll(argv[2]), type, argv + 4, argc - 4);
  bench_close(argv[3]);
  fclose(file);
  return code;
}
