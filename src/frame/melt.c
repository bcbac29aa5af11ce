// From wide to long: the value columns below each other, the id columns repeated beside them.
#include "frame/shape_int.h"

#include "frame/verbs.h"

#include <stdlib.h>

typedef struct Melting {
  const Frame *f;
  const MeltOpts *opts;
  int *id, nid, *value, nvalue;
  Part *part; // nvalue
} Melting;

static ErrCode refuse(const Melting *t, const int clash[2], Err *err) {
  const char *name[2] = {frame_name(t->f, t->value[clash[0]]), frame_name(t->f, t->value[clash[1]])};
  ColType a = t->part[clash[0]].col->type, b = t->part[clash[1]].col->type;
  bool texts = a == COL_CAT || a == COL_TEXT;
  return err_set(err, ERR_TYPE,
                 "melt: '%s' is %s and '%s' is %s, which do not fit into one column: choose values=, or write "
                 "d:cast{%s=\"text\"} first",
                 name[0], COLTYPES[a].name, name[1], COLTYPES[b].name, shape_key(name[texts]).s);
}

static ErrCode add_ids(Job *job, const Melting *t, Frame *made, Err *err) {
  for (int k = 0; k < t->nid; k++) {
    const Column *c = frame_at(t->f, t->id[k]);
    Column *repeated;
    for (int v = 0; v < t->nvalue; v++) t->part[v] = (Part){c, c->n};
    TRY(parts_stack(job, t->part, t->nvalue, c->type, &repeated, err));
    TRY(frame_add(made, frame_name(t->f, t->id[k]), repeated, err));
  }
  return OK;
}

static ErrCode add_variable(Job *job, const Melting *t, Frame *made, Err *err) {
  Sv *label = calloc((size_t)t->nvalue, sizeof *label);
  int64_t *rows = calloc((size_t)t->nvalue, sizeof *rows);
  if (!label || !rows) abort();
  for (int v = 0; v < t->nvalue; v++) label[v] = sv(frame_name(t->f, t->value[v])), rows[v] = frame_nrow(t->f);
  Column *c;
  ErrCode code = parts_label(job, label, rows, t->nvalue, &c, err);
  free(label);
  free(rows);
  if (code == OK && frame_add(made, t->opts->names, c, err) != OK) code = err_prefix(err, "melt: names");
  return code;
}

static ErrCode add_value(Job *job, const Melting *t, Frame *made, Err *err) {
  Column *c;
  ColType type;
  int clash[2];
  for (int v = 0; v < t->nvalue; v++) t->part[v] = (Part){frame_at(t->f, t->value[v]), frame_nrow(t->f)};
  if (!parts_unify(t->part, t->nvalue, &type, clash)) return refuse(t, clash, err);
  TRY(parts_stack(job, t->part, t->nvalue, type, &c, err));
  return frame_add(made, t->opts->to, c, err) == OK ? OK : err_prefix(err, "melt: to");
}

// All columns that are not among col[0..m).
static void take_others(const Frame *f, const int *col, int m, int *out, int *n) {
  *n = 0;
  for (int j = 0; j < frame_ncol(f); j++) {
    bool taken = false;
    for (int k = 0; k < m; k++) taken = taken || col[k] == j;
    if (!taken) out[(*n)++] = j;
  }
}

static ErrCode find_columns(Melting *t, Err *err) {
  const MeltOpts *o = t->opts;
  TRY(shape_columns(t->f, &o->id, o->values.n > 0, &t->id, &t->nid, err));
  TRY(shape_columns(t->f, &o->values, true, &t->value, &t->nvalue, err));
  if (!o->id.n && o->values.n) take_others(t->f, t->value, t->nvalue, t->id, &t->nid);
  if (!o->values.n) take_others(t->f, t->id, t->nid, t->value, &t->nvalue);
  if (t->nvalue) return OK;
  return err_set(err, ERR_ARG, "melt: all columns are in id=, none is left for the values");
}

static ErrCode melt(Job *job, Melting *t, Frame **made, Err *err) {
  TRY(find_columns(t, err));
  t->part = calloc((size_t)t->nvalue, sizeof *t->part);
  if (!t->part) abort();
  *made = frame_new(frame_nrow(t->f) * t->nvalue);
  TRY(add_ids(job, t, *made, err));
  TRY(add_variable(job, t, *made, err));
  return add_value(job, t, *made, err);
}

ErrCode frame_melt(Job *job, const Frame *f, const MeltOpts *opts, Frame **out, Err *err) {
  Melting t = {.f = f, .opts = opts};
  Frame *made = NULL;
  ErrCode code = melt(job, &t, &made, err);
  free(t.id);
  free(t.value);
  free(t.part);
  if (code != OK) return frame_unref(made), code;
  *out = made;
  return OK;
}
