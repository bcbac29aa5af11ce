// What all nodes of all trees of a fit share.
#include "model/cart_split_int.h"

#include <math.h>

enum { TABLE_MAX = 1 << 20 };

// To 24 bits behind the point: sums of up to 2^29 are then exact, whatever their order.
double cart_log_sum(double x) {
  return x > 0 ? rint(x * fmath_log(x) * 0x1p24) * 0x1p-24 : 0;
}

ErrCode cart_in_new(Job *job, const CartOpts *opts, const CartData *data, const CartTarget *target, CartIn *out,
                    Err *err) {
  *out = (CartIn){.data = data, .target = target, .opts = *opts, .cancel = job ? &job->cancel : NULL};
  if (opts->criterion != CART_ENTROPY) return OK;
  double most = target->total + 1;
  int64_t room = most < TABLE_MAX ? (int64_t)most : TABLE_MAX;
  TRY(job_need(job, room * (int64_t)sizeof(double), "a table of logarithms", err));
  out->log_table = mem_new((size_t)room * sizeof(double));
  if (!out->log_table) return err_set(err, ERR_MEMORY, "no memory for a table of logarithms");
  for (int64_t k = 0; k < room; k++) out->log_table[k] = cart_log_sum((double)k);
  out->log_room = room;
  return OK;
}

void cart_in_free(CartIn *in) {
  mem_free(in->log_table);
  in->log_table = NULL;
}
