// Rows that a fit watches and does not learn from, or that a model goes on with: they go through the steps as they were
// learned, their targets through the transform and to the classes of the training.
#include "model/model_int.h"

#include "base/map.h"
#include "frame/verbs.h"

#include <math.h>

static ErrCode known_rows(Job *job, const Frame *valid, const char *target, const char *role, Frame **out, Err *err) {
  const Column *y = frame_at(valid, frame_find(valid, sv(target)));
  Mat row; // of int64_t
  int64_t n = 0;
  TRY(mat_new(job, y->n, 1, "the rows with a target", &row, err));
  int64_t *at = (int64_t *)(void *)row.x;
  for (int64_t i = 0; i < y->n; i++)
    if (!target_missing(y, i)) at[n++] = i;
  ErrCode code = n ? frame_gather(job, valid, at, n, out, err)
                   : err_set(err, ERR_ARG, "%s: no row has a target '%s'", role, target);
  mat_free(&row);
  return code;
}

static ErrCode read_classes(const Fitted *m, const Column *c, const char *role, double *y, Err *err) {
  Map map;
  Str word = {0};
  ErrCode code = OK;
  map_init(&map);
  for (int64_t k = 0; k < m->levels.n; k++) map_put(&map, sv(m->levels.name[k]), NULL);
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    int k = 0;
    str_clear(&word);
    col_format(c, i, CELL_EXACT, &word);
    y[i] = (double)map_get(&map, (Sv){str_c(&word), word.n});
    if (y[i] < 0) code = level_find(&m->levels, role, m->target, str_c(&word), &k, err);
  }
  str_fini(&word);
  map_fini(&map);
  return code;
}

static ErrCode read_values(const Fitted *m, const Column *c, const char *role, double *y, Err *err) {
  if (!col_is_number(c))
    return err_set(err, ERR_TYPE, "%s: target '%s' is %s here and a number in training", role, m->target,
                   COLTYPES[c->type].name);
  for (int64_t i = 0; i < c->n; i++) y[i] = col_f64(c, i);
  if (m->transform.kind != TRANSFORM_NONE) transform_apply(&m->transform, y, c->n, y);
  for (int64_t i = 0; i < c->n; i++)
    if (!isfinite(y[i]))
      return err_set(err, ERR_ARG, "%s: target '%s' has values that are infinite or that its transform does not "
                     "take: leave such rows out", role, m->target);
  return OK;
}

static ErrCode open_rows(Job *job, Fitted *m, const char *role, Watched *out, Err *err) {
  const Frame *rows = out->rows;
  const Column *y = frame_at(rows, frame_find(rows, sv(m->target)));
  Model part = {.fit = m};
  TRY(mat_new(job, y->n, 1, "the target of the rows", &out->y, err));
  TRY((m->task == TASK_CLASSIFICATION ? read_classes : read_values)(m, y, role, out->y.x, err));
  if (model_transform(job, &part, rows, &out->x, err) != OK) return err_prefix(err, "%s", role);
  if (features_open(job, &m->design, out->x, &out->columns, err) != OK) return err_prefix(err, "%s", role);
  return OK;
}

ErrCode watched_open(Job *job, Fitted *m, const Frame *given, const char *role, Watched *out, Err *err) {
  const ModelType *type = learner_type(m->learner, NULL);
  int j;
  *out = (Watched){0};
  if (!given) return OK;
  if (!type || !type->rounds)
    return err_set(err, ERR_ARG, "valid is for models that learn in rounds (ml.boost): leave it out");
  if (frame_col(given, sv(m->target), &j, err) != OK) return err_prefix(err, "%s", role);
  TRY(known_rows(job, given, m->target, role, &out->rows, err));
  return open_rows(job, m, role, out, err);
}

void watched_close(Watched *w) {
  features_close(&w->columns);
  mat_free(&w->y);
  frame_unref(w->x), frame_unref(w->rows);
}
