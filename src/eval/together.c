// Rows that must stay together, and rows in order of time: what splits and folds keep.
#include "eval/eval_int.h"

#include "frame/verbs.h"

static ErrCode refuse_missing(const Column *c, const char *name, Err *err) {
  int64_t i = 0;
  if (!c->missing) return OK;
  while (col_valid(c, i)) i++;
  return err_set(err, ERR_ARG, "'%s' is missing in row %lld: leave such rows out, d:dropna{columns={\"%s\"}}", name,
                 (long long)i + 1, name);
}

ErrCode rows_together(Job *job, const Frame *d, const char *name, int64_t *group, int64_t *n, Err *err) {
  int j;
  TRY(frame_col(d, sv(name), &j, err));
  TRY(refuse_missing(frame_at(d, j), name, err));
  return frame_groups(job, d, &j, 1, group, n, err);
}

ErrCode rows_in_time(Job *job, const Frame *d, const char *name, int64_t *order, Err *err) {
  int j;
  void *key;
  TRY(frame_col(d, sv(name), &j, err));
  const Column *c = frame_at(d, j);
  if (col_is_text(c))
    return err_set(err, ERR_TYPE, "time '%s' is %s: a date or a number orders rows; cast it first", name,
                   COLTYPES[c->type].name);
  TRY(refuse_missing(c, name, err));
  TRY(eval_alloc(job, c->n * 8, "the order of the rows", &key, err));
  for (int64_t i = 0; i < c->n; i++) ((uint64_t *)key)[i] = order_key_f64(col_f64(c, i));
  ErrCode code = order_keys(job, key, c->n, false, order, err);
  mem_free(key);
  return code;
}
