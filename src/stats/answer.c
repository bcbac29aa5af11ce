// The columns of an answer, from arrays.
#include "stats/quality_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

ErrCode answer_texts(Job *job, Frame *out, const char *name, const Sv *v, int64_t n, Err *err) {
  TextBuilder b;
  textb_init(&b, job);
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) code = v[i].s ? textb_add(&b, v[i], err) : textb_add_missing(&b, err);
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(out, name, c, err) : code;
}

ErrCode answer_ints(Job *job, Frame *out, const char *name, const int64_t *v, int64_t n, Err *err) {
  Column *c;
  TRY(column_new(job, COL_I64, n, NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    c->i[i] = v[i] == NO_INT ? 0 : v[i];
    if (v[i] == NO_INT) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(out, name, c, err);
  column_unref(c);
  return code;
}

ErrCode answer_reals(Job *job, Frame *out, const char *name, const double *v, int64_t n, Err *err) {
  Column *c;
  TRY(column_new(job, COL_F64, n, NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    c->f[i] = v[i];
    if (isnan(v[i])) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(out, name, c, err);
  column_unref(c);
  return code;
}

void answer_caption(Frame *out, const char *fmt, ...) {
  char text[1024];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  frame_set_caption(out, text);
}

Count count_text(int64_t n) {
  Count c;
  fmt_i64(c.s, sizeof c.s, n, true);
  return c;
}

ErrCode columns_choose(const Frame *f, const Names *names, bool (*fits)(const Column *), const char *owner,
                       const char *needs, int **col, int *m, Err *err) {
  int64_t n = names->n ? names->n : frame_ncol(f);
  *col = calloc((size_t)n + 1, sizeof **col), *m = 0;
  if (!*col) abort();
  for (int64_t k = 0; k < n; k++) {
    int j = (int)k;
    ErrCode code = names->n ? frame_col(f, sv(names->name[k]), &j, err) : OK;
    bool fit = code == OK && fits(frame_at(f, j));
    if (code == OK && names->n && !fit)
      code = err_set(err, ERR_TYPE, "%s: column '%s' is %s: it needs %s", owner, frame_name(f, j),
                     COLTYPES[frame_at(f, j)->type].name, needs);
    if (code != OK) return free(*col), *col = NULL, code;
    if (fit) (*col)[(*m)++] = j;
  }
  return OK;
}
