// From rows to predictions: the columns of the training, the steps, the design, the type; then classes from
// probabilities. Columns are found by name; int and real are one kind, category and text too, and a column without any
// value fits every kind.
#include "model/model_int.h"

#include "base/near.h"
#include "frame/verbs.h"

#include <math.h>

// ---- the columns that the model was fitted on ---------------------------------------------------------------------
// ", and neither 'fare' nor 'sex'": the other features from the k-th on that are not there.
static const char *others_gone(const Fitted *f, const Frame *d, int64_t k, Arena *a) {
  enum { NAMED = 4 };
  Str s = {0};
  int n = 0;
  for (; k < f->features.n; k++) {
    if (frame_find(d, sv(f->features.name[k])) >= 0) continue;
    if (n++ < NAMED) str_addf(&s, "%s'%s'", n > 1 ? ", " : "", f->features.name[k]);
  }
  const char *text = !n ? "" : arena_printf(a, "; nor do they have %s%s", str_c(&s), n > NAMED ? " and others" : "");
  str_fini(&s);
  return text;
}

static ErrCode no_column(const Fitted *f, const Frame *d, int64_t k, Err *err) {
  const char *name = f->features.name[k];
  Arena a = {0};
  char hint[300];
  int n = frame_ncol(d);
  Sv *names = arena_array(&a, Sv, n);
  for (int j = 0; j < n; j++) names[j] = sv(frame_name(d, j));
  near_hint(hint, sizeof hint, sv(name), names, n);
  err_set(err, ERR_NAME, "the model was fitted on a column '%s', which these data do not have%s%s", name, hint,
          others_gone(f, d, k + 1, &a));
  arena_fini(&a);
  return ERR_NAME;
}

// To trees a bool is 0 or 1, as good as any number.
static bool same_kind(const Fitted *f, ColType a, ColType b) {
  const ModelType *type = learner_type(f->learner, NULL);
  bool trees = f->nstep == 0 && type && type->predict_columns;
  bool numbers = (a == COL_I64 || a == COL_F64 || (trees && a == COL_BOOL)) &&
                 (b == COL_I64 || b == COL_F64 || (trees && b == COL_BOOL));
  bool words = (a == COL_CAT || a == COL_TEXT) && (b == COL_CAT || b == COL_TEXT);
  return a == b || numbers || words;
}

static ErrCode check_columns(const Fitted *f, const Frame *d, Err *err) {
  for (int64_t k = 0; k < f->features.n; k++) {
    const char *name = f->features.name[k];
    int j = frame_find(d, sv(name));
    if (j < 0) return no_column(f, d, k, err);
    const Column *c = frame_at(d, j);
    const char *was = COLTYPES[f->kind[k]].name;
    if (c->missing == c->n || same_kind(f, c->type, f->kind[k])) continue;
    return err_set(err, ERR_TYPE, "column '%s' was %s in training and is %s here: cast it first, "
                   "d:cast{[\"%s\"]=\"%s\"}", name, was, COLTYPES[c->type].name, name, was);
  }
  return OK;
}

static ErrCode apply_steps(Job *job, const Fitted *f, int nstep, Frame **x, Err *err) {
  for (int k = 0; k < nstep; k++) {
    const StepSpec *s = learner_step(f->learner, k);
    Frame *next;
    TRY(s->type->apply(job, s->opts, &f->step[k], *x, &next, err));
    frame_unref(*x);
    *x = next;
  }
  return OK;
}

ErrCode model_transform_to(Job *job, const Model *m, const Frame *d, int nstep, Frame **out, Err *err) {
  Frame *x;
  TRY(check_columns(m->fit, d, err));
  TRY(frame_select(d, &m->fit->features, &x, err));
  ErrCode code = apply_steps(job, m->fit, nstep, &x, err);
  if (code == OK) *out = x;
  else frame_unref(x);
  return code;
}

ErrCode model_transform(Job *job, const Model *m, const Frame *d, Frame **out, Err *err) {
  return model_transform_to(job, m, d, m->fit->nstep, out, err);
}

// By way of the matrix.
static ErrCode predict_rows(Job *job, const Fitted *f, const ModelType *type, const void *opts, const Frame *x,
                            double *out, Err *err) {
  Mat mat;
  if (type->blind) TRY(mat_new(job, frame_nrow(x), 0, "no features", &mat, err));
  else TRY(design_mat(job, &f->design, x, &mat, err));
  ErrCode code = type->predict(job, opts, &f->state, &mat, out, err);
  mat_free(&mat);
  return code;
}

static ErrCode predict_columns(Job *job, const Fitted *f, const ModelType *type, const void *opts, const Frame *x,
                               double *out, Err *err) {
  Features columns;
  TRY(features_open(job, &f->design, x, &columns, err));
  ErrCode code = type->predict_columns(job, opts, &f->state, &columns, out, err);
  features_close(&columns);
  return code;
}

static ErrCode predict_compact(Job *job, const Fitted *f, const ModelType *type, const void *opts, const Frame *x,
                               double *out, Err *err) {
  Compact compact;
  ErrCode code = compact_open(job, &f->design, x, &compact, err);
  if (code == OK) code = type->predict_compact(job, opts, &f->state, &compact, out, err);
  compact_close(&compact);
  return code;
}

// ---- scores -------------------------------------------------------------------------------------------------------
static ErrCode scores_of(Job *job, const Fitted *f, const ModelType *type, const void *opts, const Frame *x,
                         double **out, Err *err) {
  Mat scores;
  TRY(mat_new(job, frame_nrow(x), f->levels.n ? f->levels.n : 1, "predictions", &scores, err));
  ErrCode code = (type->predict_columns   ? predict_columns
                  : type->predict_compact ? predict_compact
                                          : predict_rows)(job, f, type, opts, x, scores.x, err);
  if (code == OK && f->transform.kind != TRANSFORM_NONE) transform_invert(&f->transform, scores.x, scores.n, scores.x);
  if (code == OK) *out = scores.x;
  else mat_free(&scores);
  return code;
}

ErrCode model_scores(Job *job, const Model *m, const Frame *d, double **out, Err *err) {
  const void *opts;
  const ModelType *type = learner_type(m->fit->learner, &opts);
  Frame *x;
  if (!type) return err_set(err, ERR_ARG, "a pipeline of steps alone predicts nothing: use m:transform(d)");
  if (type->blind) return scores_of(job, m->fit, type, opts, d, out, err);
  TRY(model_transform(job, m, d, &x, err));
  ErrCode code = scores_of(job, m->fit, type, opts, x, out, err);
  frame_unref(x);
  return code;
}

// ---- classes ------------------------------------------------------------------------------------------------------
static int64_t class_of(const Model *m, const double *p, int64_t n, int64_t i) {
  int64_t k = m->fit->levels.n, best = 0, positive = m->fit->positive;
  if (k == 2) return p[positive * n + i] >= m->threshold ? positive : 1 - positive;
  for (int64_t j = 1; j < k; j++)
    if (p[j * n + i] > p[best * n + i]) best = j;
  return best;
}

// One category of all levels, in their order.
static ErrCode level_column(const Names *levels, Column **out, Err *err) {
  TextBuilder b;
  Column *text;
  textb_init(&b, NULL);
  ErrCode code = OK;
  for (int64_t k = 0; k < levels->n && code == OK; k++) code = textb_add(&b, sv(levels->name[k]), err);
  if (code == OK) code = textb_take(&b, &text, err);
  textb_fini(&b);
  TRY(code);
  code = column_to_cat(NULL, text, -1, out, err);
  column_unref(text);
  return code;
}

static ErrCode class_column(Job *job, const Model *m, const double *p, int64_t n, Column **out, Err *err) {
  Mat row; // of int64_t
  Column *levels;
  TRY(level_column(&m->fit->levels, &levels, err));
  ErrCode code = mat_new(job, n, 1, "predictions", &row, err);
  if (code == OK) {
    int64_t *k = (int64_t *)(void *)row.x;
    for (int64_t i = 0; i < n; i++) k[i] = class_of(m, p, n, i);
    code = column_gather(job, levels, k, n, out, err);
  }
  mat_free(&row);
  column_unref(levels);
  return code;
}

static ErrCode add_real(Job *job, Frame *f, const char *name, const double *v, Err *err) {
  Column *c;
  TRY(column_new(job, COL_F64, frame_nrow(f), NULL, &c, err));
  for (int64_t i = 0; i < c->n; i++) c->f[i] = v[i];
  return frame_add(f, name, c, err);
}

static ErrCode add_classes(Job *job, const Model *m, const double *p, Frame *f, Err *err) {
  const Names *levels = &m->fit->levels;
  Column *c;
  TRY(class_column(job, m, p, frame_nrow(f), &c, err));
  TRY(frame_add(f, "pred", c, err));
  Str name = {0};
  ErrCode code = OK;
  for (int64_t k = 0; k < levels->n && code == OK; k++) {
    str_clear(&name);
    str_addf(&name, "p_%s", levels->name[k]);
    code = add_real(job, f, str_c(&name), p + k * frame_nrow(f), err);
  }
  str_fini(&name);
  return code;
}

// ---- columns that are too many ------------------------------------------------------------------------------------
static bool is_known(const Fitted *f, const char *name) {
  for (int64_t k = 0; k < f->features.n; k++)
    if (sv_is(sv(name), f->features.name[k])) return true;
  return (f->target && sv_is(sv(name), f->target)) || (f->weight && sv_is(sv(name), f->weight));
}

// "2 columns that the model does not know are left out: cabin, boat"; nothing where there are none.
static void tell_extra(const Fitted *f, const Frame *d, Frame *out) {
  enum { NAMED = 4 };
  Str names = {0}, note = {0};
  int n = 0;
  for (int j = 0; j < frame_ncol(d); j++) {
    const char *name = frame_name(d, j);
    if (is_known(f, name)) continue;
    if (n++ < NAMED) str_addf(&names, "%s%s", n > 1 ? ", " : "", name);
  }
  if (n > NAMED) str_addf(&names, " and %d more", n - NAMED);
  str_addf(&note, "! %d column%s that the model does not know %s left out: %s", n, n == 1 ? "" : "s",
           n == 1 ? "is" : "are", str_c(&names));
  if (n) frame_set_caption(out, str_c(&note));
  str_fini(&note);
  str_fini(&names);
}

// How unlike the training rows, and whether that is above the threshold.
static ErrCode add_anomalies(Job *job, const Model *m, const double *score, Frame *f, Err *err) {
  Column *c;
  TRY(add_real(job, f, "score", score, err));
  TRY(column_new(job, COL_BOOL, frame_nrow(f), NULL, &c, err));
  for (int64_t i = 0; i < c->n; i++) c->b[i] = score[i] > m->threshold;
  return frame_add(f, "outlier", c, err);
}

ErrCode model_predict(Job *job, const Model *m, const Frame *d, Frame **out, Err *err) {
  double *p;
  TRY(model_scores(job, m, d, &p, err));
  Frame *f = frame_new(frame_nrow(d));
  ErrCode code = m->fit->task == TASK_ANOMALY ? add_anomalies(job, m, p, f, err)
                 : m->fit->levels.n           ? add_classes(job, m, p, f, err)
                                              : add_real(job, f, "pred", p, err);
  mem_free(p);
  if (code == OK) tell_extra(m->fit, d, f);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}
