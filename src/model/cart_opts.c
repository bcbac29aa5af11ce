// Options under scikit-learn's names, in the numbers that growing needs.
#include "model/cart_int.h"

#include "base/numfmt.h"

#include <math.h>

enum { AUTO, GINI, ENTROPY, LOG_LOSS, SQUARED_ERROR };

static ErrCode read_criterion(const CartAsked *asked, const FitIn *in, const char *owner, CartCriterion *out,
                              Err *err) {
  int c = asked->criterion;
  if (in->nclass && c == SQUARED_ERROR)
    return err_set(err, ERR_ARG, "%s: the target has classes: criterion must be \"gini\" or \"entropy\"", owner);
  if (!in->nclass && c != AUTO && c != SQUARED_ERROR)
    return err_set(err, ERR_ARG, "%s: the target is a number: criterion must be \"squared_error\"", owner);
  *out = !in->nclass ? CART_VARIANCE : c == ENTROPY || c == LOG_LOSS ? CART_ENTROPY : CART_GINI;
  return OK;
}

const char *cart_criterion_print(const CartAsked *asked, int nclass) {
  if (!nclass) return "squared_error";
  return asked->criterion == ENTROPY || asked->criterion == LOG_LOSS ? "entropy" : "gini";
}

// v rows, or below 1 the share v of n, rounded up; from `least` to n + 1.
static int64_t rows_of(double v, int64_t n, int64_t least) {
  double rows = v < 1 ? ceil(v * (double)n) : ceil(v);
  if (rows > (double)n) return n + 1;
  return (int64_t)rows < least ? least : (int64_t)rows;
}

static ErrCode read_features(const char *text, const FitIn *in, const char *owner, int64_t *out, Err *err) {
  int64_t p = in->columns->p;
  double v = NAN;
  Sv word = sv(text ? text : "all");
  if (sv_is(word, "all") || (sv_is(word, "auto") && !in->nclass)) v = (double)p;
  else if (sv_is(word, "sqrt") || sv_is(word, "auto")) v = floor(sqrt((double)p));
  else if (sv_is(word, "third")) v = floor((double)p / 3);
  else if (sv_is(word, "log2")) v = p > 0 ? ilogb((double)p) : 0;
  else if (!parse_f64(word.s, word.n, &v) || !(v > 0))
    return err_set(err, ERR_ARG, "%s: max_features must be \"all\", \"sqrt\", \"log2\", \"third\" or a positive "
                   "number, '%s' was given", owner, text);
  else if (v < 1) v = floor(v * (double)p);
  *out = v < 1 ? 1 : v > (double)p ? p : (int64_t)v;
  return OK;
}

ErrCode cart_opts_read(const CartAsked *asked, const FitIn *in, const char *owner, CartOpts *out, Err *err) {
  int64_t n = in->columns->n;
  *out = (CartOpts){.max_depth = asked->max_depth, .max_leaf_nodes = asked->max_leaf_nodes,
                    .min_split = rows_of(asked->min_split, n, 2), .min_leaf = rows_of(asked->min_leaf, n, 1),
                    .min_decrease = asked->min_decrease};
  TRY(read_criterion(asked, in, owner, &out->criterion, err));
  return read_features(asked->max_features, in, owner, &out->max_features, err);
}
