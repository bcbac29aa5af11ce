// Case weights as numbers.
#include "model/model_int.h"

#include "base/numfmt.h"

#include <math.h>

static bool is_weight(double w) { return w > 0 && !isinf(w); }

// Names the first bad weight by its row in the frame that was given.
static ErrCode refuse_weight(const Frame *given, const char *target, const char *name, Err *err) {
  const Column *c = frame_at(given, frame_find(given, sv(name)));
  const Column *y = target ? frame_at(given, frame_find(given, sv(target))) : NULL;
  int64_t i = 0;
  while (i < c->n && ((y && target_missing(y, i)) || is_weight(col_f64(c, i)))) i++;
  char value[NUMFMT_MAX] = "missing";
  if (!isnan(col_f64(c, i))) fmt_shortest(value, sizeof value, col_f64(c, i));
  return err_set(err, ERR_ARG, "weight '%s' is %s in row %lld: weights are positive numbers; leave such rows out", name,
                 value, (long long)i + 1);
}

ErrCode weights_read(Job *job, const Frame *given, const char *target, const char *name, const Column *c, Mat *out,
                     Err *err) {
  if (!col_is_number(c))
    return err_set(err, ERR_TYPE, "weight '%s' is %s: weights are positive numbers", name, COLTYPES[c->type].name);
  TRY(mat_new(job, c->n, 1, "the weights", out, err));
  for (int64_t i = 0; i < c->n; i++) {
    out->x[i] = col_f64(c, i);
    if (!is_weight(out->x[i])) return refuse_weight(given, target, name, err);
  }
  return OK;
}
