// Curves and reliability as frames: of two classes for the positive one, of more for each against all others, one below
// the other.
#include "eval/eval_int.h"

#include "num/num.h"

#include <math.h>

// ---- classes ------------------------------------------------------------------------------------------------------
typedef struct Rest { // classes that are shown
  Scored s;
  Names levels;
  int n, *class;
  bool named; // more than two: a column says which
} Rest;

static ErrCode find_classes(const Evaluation *e, const char *what, Arena *a, Rest *r, Err *err) {
  TRY(eval_expect(e, what, TASK_CLASSIFICATION, false, err));
  ModelInfo info = model_info(e->said->model);
  *r = (Rest){.s = eval_scored(e), .levels = *info.levels, .class = arena_array(a, int, info.levels->n)};
  int64_t *count = arena_array(a, int64_t, r->s.nclass);
  r->named = r->s.nclass > 2;
  for (int64_t i = 0; i < r->s.n; i++) count[(int64_t)r->s.y[i]]++;
  int only = 0;
  for (int k = 0; k < r->s.nclass; k++) {
    if (count[k] == r->s.n) only = k;
    bool both = count[k] > 0 && count[k] < r->s.n;
    if (both && (r->named || k == r->s.positive)) r->class[r->n++] = k;
  }
  if (r->n) return OK;
  return err_set(err, ERR_ARG, "the test rows hold only class '%s': %s needs both", r->levels.name[only], what);
}

static const double *score_of(const Rest *r, int k) { return r->s.score + (int64_t)r->class[k] * r->s.n; }

// The column `class` of parts with so many rows each.
static ErrCode add_class(Job *job, const Rest *r, const int64_t *rows, Frame *f, int64_t *scratch, Err *err) {
  int64_t at = 0;
  if (!r->named) return OK;
  for (int k = 0; k < r->n; k++)
    for (int64_t i = 0; i < rows[k]; i++) scratch[at++] = r->class[k];
  return table_words(job, f, "class", &r->levels, scratch, err);
}

// ---- points -------------------------------------------------------------------------------------------------------
typedef struct Points {
  const Rest *of;
  Roc *roc;
  int64_t *rows, n;
  double *x;
} Points;

typedef enum { AT_THRESHOLD, AT_TPR, AT_FPR, AT_PRECISION, AT_F1, AT_SHARE, AT_LIFT } RealAt;
typedef enum { AT_TP, AT_FP, AT_TN, AT_FN, AT_ROWS } CountAt;

static double real_at(const Roc *r, int64_t i, RealAt at) {
  double tp = (double)r->tp[i], said = (double)(r->tp[i] + r->fp[i]), npos = (double)r->npos;
  double all = npos + (double)r->nneg;
  switch (at) {
  case AT_THRESHOLD: return r->score[i];
  case AT_TPR: return tp / npos;
  case AT_FPR: return (double)r->fp[i] / (double)r->nneg;
  case AT_PRECISION: return tp / said; // NaN at the corner: missing
  case AT_F1: return 2 * tp / (said + npos);
  case AT_SHARE: return said / all;
  case AT_LIFT: return tp / said / (npos / all);
  }
  return NAN;
}

static int64_t count_at(const Roc *r, int64_t i, CountAt at) {
  switch (at) {
  case AT_TP: return r->tp[i];
  case AT_FP: return r->fp[i];
  case AT_TN: return r->nneg - r->fp[i];
  case AT_FN: return r->npos - r->tp[i];
  case AT_ROWS: return r->tp[i] + r->fp[i];
  }
  return 0;
}

static ErrCode add_reals(Job *job, const Points *p, Frame *f, const char *name, RealAt at, Err *err) {
  int64_t n = 0;
  for (int k = 0; k < p->of->n; k++)
    for (int64_t i = 0; i < p->rows[k]; i++) p->x[n++] = real_at(&p->roc[k], i, at);
  TRY(job_tick(job, 0, n, err));
  return table_reals(job, f, name, p->x, err);
}

static ErrCode add_counts(Job *job, const Points *p, Frame *f, const char *name, CountAt at, Err *err) {
  int64_t n = 0, *x = (int64_t *)(void *)p->x;
  for (int k = 0; k < p->of->n; k++)
    for (int64_t i = 0; i < p->rows[k]; i++) x[n++] = count_at(&p->roc[k], i, at);
  TRY(job_tick(job, 0, n, err));
  return table_ints(job, f, name, x, err);
}

static ErrCode fill_roc(Job *job, const Points *p, Frame *f, Err *err) {
  TRY(add_reals(job, p, f, "threshold", AT_THRESHOLD, err));
  TRY(add_reals(job, p, f, "tpr", AT_TPR, err));
  TRY(add_reals(job, p, f, "fpr", AT_FPR, err));
  TRY(add_reals(job, p, f, "precision", AT_PRECISION, err));
  TRY(add_counts(job, p, f, "tp", AT_TP, err));
  TRY(add_counts(job, p, f, "fp", AT_FP, err));
  TRY(add_counts(job, p, f, "tn", AT_TN, err));
  return add_counts(job, p, f, "fn", AT_FN, err);
}

static ErrCode fill_pr(Job *job, const Points *p, Frame *f, Err *err) {
  TRY(add_reals(job, p, f, "threshold", AT_THRESHOLD, err));
  TRY(add_reals(job, p, f, "recall", AT_TPR, err));
  TRY(add_reals(job, p, f, "precision", AT_PRECISION, err));
  TRY(add_reals(job, p, f, "f1", AT_F1, err));
  TRY(add_counts(job, p, f, "tp", AT_TP, err));
  TRY(add_counts(job, p, f, "fp", AT_FP, err));
  return add_counts(job, p, f, "fn", AT_FN, err);
}

static ErrCode fill_gain(Job *job, const Points *p, Frame *f, Err *err) {
  TRY(add_reals(job, p, f, "threshold", AT_THRESHOLD, err));
  TRY(add_counts(job, p, f, "rows", AT_ROWS, err));
  TRY(add_reals(job, p, f, "share", AT_SHARE, err));
  TRY(add_reals(job, p, f, "gain", AT_TPR, err));
  return add_reals(job, p, f, "lift", AT_LIFT, err);
}

static ErrCode fill_points(Job *job, Points *p, CurveKind kind, Frame **made, Err *err) {
  const Rest *r = p->of;
  void *x;
  for (int k = 0; k < r->n; k++) {
    TRY(roc_new(job, score_of(r, k), r->s.y, r->s.n, r->class[k], &p -> roc[k], err));
    p->n += p->rows[k] = p->roc[k].n;
  }
  *made = frame_new(p->n);
  TRY(eval_alloc(job, p->n * 8, "the points of a curve", &x, err));
  p->x = x;
  TRY(add_class(job, r, p->rows, *made, x, err));
  if (kind == CURVE_PR) return fill_pr(job, p, *made, err);
  return kind == CURVE_GAIN ? fill_gain(job, p, *made, err) : fill_roc(job, p, *made, err);
}

static ErrCode points_of(Job *job, const Evaluation *e, CurveKind kind, Arena *a, Frame **out, Err *err) {
  static const char *const what[] = {"a ROC curve", "a precision curve", "a gain curve"};
  Rest r;
  Frame *made = NULL;
  TRY(find_classes(e, what[kind], a, &r, err));
  Points p = {.of = &r, .roc = arena_array(a, Roc, r.n), .rows = arena_array(a, int64_t, r.n)};
  ErrCode code = fill_points(job, &p, kind, &made, err);
  for (int k = 0; k < r.n; k++) roc_free(&p.roc[k]);
  mem_free(p.x);
  return eval_finish(code, made, eval_caption(e, a), out);
}

ErrCode eval_points(Job *job, const Evaluation *e, CurveKind kind, Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  ErrCode code = points_of(job, e, kind, &a, out, err);
  arena_fini(&a);
  return code;
}

// ---- reliability --------------------------------------------------------------------------------------------------
typedef struct Reliability {
  const Rest *of;
  ReliabilityBin *bin;
  int64_t *rows, n; // bins of each class; of all
} Reliability;

// Rows in ascending order of the score of a class. block: 4 x n values of 8 bytes.
static ErrCode count_class(Job *job, Reliability *r, int k, const ReliabilityOpts *o, void *block, Err *err) {
  const Rest *c = r->of;
  const double *score = score_of(c, k);
  int64_t n = c->s.n, *at = (int64_t *)block + n;
  uint64_t *key = block;
  double *sorted = (double *)block + 2 * n;
  uint8_t *hit = (uint8_t *)((double *)block + 3 * n);
  for (int64_t i = 0; i < n; i++) key[i] = order_key_f64(score[i]);
  TRY(order_keys(job, key, n, false, at, err));
  for (int64_t i = 0; i < n; i++) sorted[i] = score[at[i]] + 0.0, hit[i] = c->s.y[at[i]] == c->class[k];
  TRY(job_tick(job, k, c->n, err));
  r->n += r->rows[k] = stats_reliability(job, sorted, hit, n, o, r->bin + r->n);
  return OK;
}

static ErrCode fill_bins(Job *job, const Reliability *r, Frame *f, Arena *a, Err *err) {
  static const char *const real[] = {"lower", "upper", "score", "share", "low", "high"};
  double *x[6];
  int64_t *n = arena_array(a, int64_t, r->n), *hits = arena_array(a, int64_t, r->n), at = 0;
  int64_t *number = arena_array(a, int64_t, r->n);
  for (int j = 0; j < 6; j++) x[j] = arena_array(a, double, r->n);
  for (int k = 0; k < r->of->n; k++)
    for (int64_t b = 0; b < r->rows[k]; b++) number[at++] = b + 1;
  for (int64_t i = 0; i < r->n; i++) {
    const ReliabilityBin *b = &r->bin[i];
    const double v[] = {b->lower, b->upper, b->score, b->share, b->low, b->high};
    for (int j = 0; j < 6; j++) x[j][i] = v[j];
    n[i] = b->n, hits[i] = b->hits;
  }
  TRY(add_class(job, r->of, r->rows, f, arena_array(a, int64_t, r->n), err));
  TRY(table_ints(job, f, "bin", number, err));
  TRY(table_reals(job, f, real[0], x[0], err));
  TRY(table_reals(job, f, real[1], x[1], err));
  TRY(table_ints(job, f, "n", n, err));
  TRY(table_ints(job, f, "hits", hits, err));
  for (int j = 2; j < 6; j++) TRY(table_reals(job, f, real[j], x[j], err));
  return OK;
}

static ErrCode bins_of(Job *job, const Evaluation *e, const ReliabilityOpts *o, Arena *a, Frame **out, Err *err) {
  Rest c;
  void *block;
  TRY(find_classes(e, "a calibration", a, &c, err));
  TRY(eval_alloc(job, c.s.n * 32, "a calibration", &block, err));
  Reliability r = {&c, arena_array(a, ReliabilityBin, c.n * o->bins), arena_array(a, int64_t, c.n), 0};
  ErrCode code = OK;
  for (int k = 0; k < c.n && code == OK; k++) code = count_class(job, &r, k, o, block, err);
  mem_free(block);
  Frame *made = frame_new(r.n);
  if (code == OK) code = fill_bins(job, &r, made, a, err);
  return eval_finish(code, made, eval_caption(e, a), out);
}

ErrCode eval_calibration(Job *job, const Evaluation *e, const ReliabilityOpts *opts, Frame **out, Err *err) {
  Arena a;
  arena_init(&a);
  ErrCode code = bins_of(job, e, opts, &a, out, err);
  arena_fini(&a);
  return code;
}

// ---- the rows that charts draw ------------------------------------------------------------------------------------
static ErrCode fill_classes(Job *job, const Scored *s, const Names *levels, Frame *f, Arena *a, Err *err) {
  void *pick;
  TRY(eval_alloc(job, s->n * 8, "the judged rows", &pick, err));
  int64_t *k = pick;
  for (int64_t i = 0; i < s->n; i++) k[i] = (int64_t)s->y[i];
  ErrCode code = table_words(job, f, "actual", levels, k, err);
  for (int64_t i = 0; i < s->n; i++) k[i] = s->pred[i];
  if (code == OK) code = table_words(job, f, "pred", levels, k, err);
  mem_free(pick);
  if (code == OK && s->nclass == 2) return table_reals(job, f, "score", s->score + s->positive * s->n, err);
  for (int64_t j = 0; j < s->nclass && code == OK; j++)
    code = table_reals(job, f, arena_printf(a, "p_%s", levels->name[j]), s->score + j * s->n, err);
  return code;
}

ErrCode eval_answers(Job *job, const Evaluation *e, Frame **out, Err *err) {
  Scored s = eval_scored(e);
  ModelInfo info = model_info(e->said->model);
  Arena a;
  arena_init(&a);
  Frame *made = frame_new(s.n);
  ErrCode code = OK;
  if (s.nclass) {
    code = fill_classes(job, &s, info.levels, made, &a, err);
  } else {
    code = table_reals(job, made, "actual", s.y, err);
    if (code == OK) code = table_reals(job, made, "pred", s.score, err);
  }
  code = eval_finish(code, made, eval_caption(e, &a), out);
  arena_fini(&a);
  return code;
}
