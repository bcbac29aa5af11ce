// Which part each row is in. K-fold deals shuffled rows in turn, class after class, going on where the class before
// ended, so that whole parts and the classes in them differ by one row at most. Groups: the largest first, each to the
// lightest part, as scikit-learn's GroupKFold. Time: equal blocks of the ordered rows, the remainder in the first, as
// its TimeSeriesSplit.
#include "eval/folds.h"

#include "base/rng.h"
#include "eval/eval_int.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_CLASSES = 20 };

void folds_free(Folds *f) {
  mem_free(f->part);
  *f = (Folds){0};
}

static ErrCode too_few(const char *what, int64_t n, int64_t folds, Err *err) {
  return err_set(err, ERR_ARG, "folds: %lld %s cannot make %lld folds: take fewer", (long long)n, what,
                 (long long)folds);
}

// ---- k-fold -------------------------------------------------------------------------------------------------------
static ErrCode class_of_rows(Job *job, const Frame *d, const char *target, int64_t *class, int64_t *n, Err *err) {
  int j;
  TRY(frame_col(d, sv(target), &j, err));
  return frame_groups(job, d, &j, 1, class, n, err);
}

// A number with many values has no classes to spread.
static bool has_classes(const Frame *d, const char *target, int64_t nclass) {
  const Column *c = frame_at(d, frame_find(d, sv(target)));
  return col_is_text(c) || c->type == COL_BOOL || nclass - (c->missing > 0) <= FEW_CLASSES;
}

// Rows class by class, in the order of the frame within each: a counting sort.
static void by_class(const int64_t *class, int64_t n, int64_t nclass, int64_t *end, int64_t *row) {
  memset(end, 0, (size_t)nclass * sizeof *end);
  for (int64_t i = 0; i < n; i++) end[class[i]]++;
  for (int64_t g = 1; g < nclass; g++) end[g] += end[g - 1];
  for (int64_t i = n; i-- > 0;) row[--end[class[i]]] = i;
  for (int64_t g = 0; g < nclass; g++) end[g] = g + 1 < nclass ? end[g + 1] : n;
}

static void deal(const FoldOpts *opts, int64_t repeat, int64_t *row, const int64_t *end, int64_t nclass, int64_t n,
                 int32_t *part) {
  RngKey key = rng_key(opts->seed + (uint64_t)repeat, "folds");
  for (int64_t g = 0, at = 0; g < nclass; at = end[g++]) rng_shuffle(key, row + at, end[g] - at);
  for (int64_t i = 0; i < n; i++) part[row[i]] = (int32_t)(i % opts->folds);
}

static ErrCode make_kfold(Job *job, const Frame *d, const char *target, const FoldOpts *opts, Folds *f, Err *err) {
  void *block;
  int64_t n = f->n, nclass = 1;
  TRY(eval_alloc(job, n * 24, "folds", &block, err));
  int64_t *class = block, *row = class + n, *end = row + n;
  ErrCode code = OK;
  memset(class, 0, (size_t)n * sizeof *class);
  if (opts->stratify && target) {
    code = class_of_rows(job, d, target, class, &nclass, err);
    if (code == OK && !has_classes(d, target, nclass)) memset(class, 0, (size_t)n * sizeof *class), nclass = 1;
  }
  for (int64_t r = 0; r < f->repeats && code == OK; r++) {
    by_class(class, n, nclass, end, row);
    deal(opts, r, row, end, nclass, n, f->part + r * n);
    code = job_tick(job, r, f->repeats, err);
  }
  mem_free(block);
  return code;
}

// ---- groups -------------------------------------------------------------------------------------------------------
typedef struct GroupSize {
  int64_t size, group;
} GroupSize;

static int larger(const void *a, const void *b) {
  const GroupSize *x = a, *y = b;
  if (x->size != y->size) return x->size > y->size ? -1 : 1;
  return (x->group > y->group) - (x->group < y->group);
}

static void spread_groups(const int64_t *group, int64_t ngroup, Folds *f) {
  Arena a;
  arena_init(&a);
  GroupSize *g = arena_array(&a, GroupSize, ngroup);
  int64_t *weight = arena_array(&a, int64_t, f->nfold), *to = arena_array(&a, int64_t, ngroup);
  for (int64_t k = 0; k < ngroup; k++) g[k].group = k;
  for (int64_t i = 0; i < f->n; i++) g[group[i]].size++;
  qsort(g, (size_t)ngroup, sizeof *g, larger);
  for (int64_t k = 0; k < ngroup; k++) {
    int64_t light = 0;
    for (int64_t p = 1; p < f->nfold; p++)
      if (weight[p] < weight[light]) light = p;
    weight[light] += g[k].size, to[g[k].group] = light;
  }
  for (int64_t i = 0; i < f->n; i++) f->part[i] = (int32_t)to[group[i]];
  arena_fini(&a);
}

static ErrCode make_groups(Job *job, const Frame *d, const FoldOpts *opts, Folds *f, Err *err) {
  void *group;
  int64_t ngroup;
  if (!opts->group)
    return err_set(err, ERR_ARG, "folds: method \"group\" needs the column of the groups: group=\"id\"");
  TRY(eval_alloc(job, f->n * 8, "folds", &group, err));
  ErrCode code = rows_together(job, d, opts->group, group, &ngroup, err);
  if (code == OK && ngroup < f->nfold) code = too_few("groups", ngroup, f->nfold, err);
  if (code == OK) spread_groups(group, ngroup, f);
  mem_free(group);
  return code;
}

// ---- time ---------------------------------------------------------------------------------------------------------
static ErrCode make_time(Job *job, const Frame *d, const FoldOpts *opts, Folds *f, Err *err) {
  void *block;
  int64_t parts = f->nfold + 1, size = f->n / parts, first = f->n - size * f->nfold;
  if (f->n < parts) return too_few("rows in order of time", f->n, f->nfold, err);
  TRY(eval_alloc(job, f->n * 8, "folds", &block, err));
  int64_t *order = block;
  ErrCode code = OK;
  for (int64_t i = 0; i < f->n; i++) order[i] = i;
  if (opts->time) code = rows_in_time(job, d, opts->time, order, err);
  for (int64_t i = 0; i < f->n && code == OK; i++)
    f->part[order[i]] = (int32_t)(i < first ? 0 : 1 + (i - first) / size);
  f->growing = true;
  mem_free(block);
  return code;
}

// ---- all ----------------------------------------------------------------------------------------------------------
static FoldMethod method_of(const FoldOpts *opts) {
  return opts->group ? FOLDS_GROUP : opts->time ? FOLDS_TIME : (FoldMethod)opts->method;
}

static ErrCode check(const FoldOpts *opts, FoldMethod method, int64_t n, Err *err) {
  if (opts->group && opts->time) return err_set(err, ERR_ARG, "folds: group and time exclude each other: take one");
  if (method != FOLDS_KFOLD && opts->repeats > 1)
    return err_set(err, ERR_ARG, "folds: only k-fold has other folds in each repeat: leave repeats out");
  if (method != FOLDS_LOO && n < opts->folds) return too_few("rows", n, opts->folds, err);
  return n >= 2 ? OK : too_few("rows", n, 2, err);
}

ErrCode folds_new(Job *job, const Frame *d, const char *target, const FoldOpts *opts, Folds *out, Err *err) {
  FoldMethod method = method_of(opts);
  int64_t n = frame_nrow(d);
  void *part;
  TRY(check(opts, method, n, err));
  *out = (Folds){.n = n, .nfold = method == FOLDS_LOO ? n : opts->folds, .repeats = opts->repeats};
  TRY(eval_alloc(job, n * out->repeats * (int64_t)sizeof *out->part, "folds", &part, err));
  out->part = part;
  ErrCode code = OK;
  if (method == FOLDS_GROUP) code = make_groups(job, d, opts, out, err);
  else if (method == FOLDS_TIME) code = make_time(job, d, opts, out, err);
  else if (method == FOLDS_KFOLD) code = make_kfold(job, d, target, opts, out, err);
  else
    for (int64_t i = 0; i < n; i++) out->part[i] = (int32_t)i;
  if (code != OK) folds_free(out);
  return code;
}

int64_t folds_rows(const Folds *f, int64_t repeat, int64_t fold, int64_t *train, int64_t *test, int64_t *ntest) {
  const int32_t *part = f->part + repeat * f->n;
  int32_t held = (int32_t)(f->growing ? fold + 1 : fold);
  int64_t ntrain = 0;
  *ntest = 0;
  for (int64_t i = 0; i < f->n; i++) {
    if (part[i] == held) test[(*ntest)++] = i;
    else if (!f->growing || part[i] < held) train[ntrain++] = i;
  }
  return ntrain;
}
