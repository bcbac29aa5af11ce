// Predictions of the training rows by those trees that did not draw them, as a frame like that of model_predict.
#include "model/model_int.h"

#include <math.h>

static int64_t best_of(const Fitted *f, const double *p, int64_t n, int64_t i, double threshold) {
  int64_t best = 0, positive = f->positive;
  if (f->levels.n == 2) return p[positive * n + i] >= threshold ? positive : 1 - positive;
  for (int64_t k = 1; k < f->levels.n; k++)
    if (p[k * n + i] > p[best * n + i]) best = k;
  return best;
}

static ErrCode add_pred(const Model *m, const double *p, int64_t n, Frame *out, Err *err) {
  TextBuilder b;
  Column *c = NULL;
  textb_init(&b, NULL);
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    if (isnan(p[i])) code = textb_add_missing(&b, err);
    else code = textb_add(&b, sv(m->fit->levels.name[best_of(m->fit, p, n, i, m->threshold)]), err);
  }
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(out, "pred", c, err) : code;
}

static ErrCode fill(const Model *m, const double *p, int64_t n, Frame *out, Err *err) {
  const Names *levels = &m->fit->levels;
  if (!levels->n) return card_add_reals(out, "pred", p, err);
  TRY(add_pred(m, p, n, out, err));
  Str name = {0};
  ErrCode code = OK;
  for (int64_t k = 0; k < levels->n && code == OK; k++) {
    str_clear(&name);
    str_addf(&name, "p_%s", levels->name[k]);
    code = card_add_reals(out, str_c(&name), p + k * n, err);
  }
  str_fini(&name);
  return code;
}

ErrCode model_oob(const Model *m, Frame **out, Err *err) {
  const ModelType *type = learner_type(m->fit->learner, NULL);
  int64_t n = 0;
  const double *p = type && type->oob ? type->oob(&m->fit->state, &n) : NULL;
  if (!p)
    return err_set(err, ERR_ARG, "ml.%s has no predictions out of the bag: they come with bootstrap=true, "
                   "oob_score=true, and are not kept in files", type ? type->name : "pipe");
  Frame *f = frame_new(n);
  ErrCode code = fill(m, p, n, f, err);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}
