// Classes that count more or less than their rows, for every type alike: each row's weight is multiplied by that of its
// class. Balanced weights are n / (classes * rows of the class), so that all classes count the same and the total stays
// n. They are those of the rows that the model learns from, behind steps that draw or leave out rows. What a model then
// tells are the probabilities of a population in which classes have these shares.
#include "model/model_int.h"

#include "base/near.h"
#include "base/numfmt.h"

#include <math.h>
#include <string.h>

ErrCode level_find(const Names *levels, const char *option, const char *target, const char *class, int *k, Err *err) {
  for (*k = 0; *k < levels->n; (*k)++)
    if (strcmp(levels->name[*k], class) == 0) return OK;
  Arena a = {0};
  char hint[300];
  Sv *word = arena_array(&a, Sv, levels->n);
  for (int64_t j = 0; j < levels->n; j++) word[j] = sv(levels->name[j]);
  near_hint(hint, sizeof hint, sv(class), word, levels->n);
  arena_fini(&a);
  return err_set(err, ERR_NAME, "%s: target '%s' has no class '%s'%s", option, target, class, hint);
}

static void balance(const FitIn *in, double *w) {
  int64_t nclass = 0, n = in->x->n;
  for (int k = 0; k < in->nclass; k++) w[k] = 0;
  for (int64_t i = 0; i < n; i++) w[(int)in->y[i]]++;
  for (int k = 0; k < in->nclass; k++) nclass += w[k] > 0;
  for (int k = 0; k < in->nclass; k++)
    if (w[k] > 0) w[k] = (double)n / ((double)nclass * w[k]);
}

// Classes that are not named weigh 1.
static ErrCode read_weights(const Names *given, const char *target, const FitIn *in, double *w, Err *err) {
  for (int k = 0; k < in->nclass; k++) w[k] = 1;
  for (int64_t j = 0; j + 1 < given->n; j += 2) {
    const char *text = given->name[j + 1];
    double v;
    int k;
    TRY(level_find(in->levels, "class_weight", target, given->name[j], &k, err));
    if (!parse_f64(text, strlen(text), &v) || !(v > 0) || isinf(v))
      return err_set(err, ERR_ARG, "class_weight: '%s' of class '%s' must be a positive number", text, given->name[j]);
    w[k] = v;
  }
  return OK;
}

static ErrCode weigh_classes(const Names *given, const char *target, const FitIn *in, double *w, Err *err) {
  if (given->n % 2 == 0) return read_weights(given, target, in, w, err);
  if (given->n == 1 && strcmp(given->name[0], "balanced") == 0) return balance(in, w), OK;
  return err_set(err, ERR_ARG, "class_weight: it is \"balanced\", or a table such as {%s=5, %s=1}; '%s' was given",
                 in->levels->name[in->nclass - 1], in->levels->name[0], given->name[0]);
}

static void note_weights(const FitIn *in, const double *w, ModelState *state) {
  enum { SHOWN = 8 };
  Str s = {0};
  for (int k = 0; k < in->nclass && k < SHOWN; k++) {
    char text[NUMFMT_MAX];
    fmt_sensible(text, sizeof text, w[k], 4);
    str_addf(&s, "%s%s %s", k ? ", " : "", in->levels->name[k], text);
  }
  state_note(state, "classes weigh %s%s: probabilities are shifted by that, and no longer say how often", str_c(&s),
             in->nclass > SHOWN ? ", ..." : "");
  str_fini(&s);
}

ErrCode class_weights(Job *job, const ModelType *type, const void *opts, const char *target, const FitIn *in,
                      ModelState *state, Mat *out, Err *err) {
  const Param *p = param_find(type->params, sv("class_weight"));
  const Names *given = p && param_is_weights(p) ? (const Names *)((const char *)opts + p->offset) : NULL;
  *out = (Mat){0};
  if (!given || !given->n || !in->nclass) return OK;
  Arena a = {0};
  double *w = arena_array(&a, double, in->nclass);
  ErrCode code = weigh_classes(given, target, in, w, err);
  if (code == OK) code = mat_new(job, in->x->n, 1, "the weights of classes", out, err);
  for (int64_t i = 0; i < out->n; i++) out->x[i] = w[(int)in->y[i]] * (in->weight ? in->weight[i] : 1);
  if (code == OK) note_weights(in, w, state);
  arena_fini(&a);
  return code;
}
