// Rows without what they should have.
#include "frame/shape_int.h"

#include "frame/verbs.h"

#include <stdlib.h>

typedef struct Dropping {
  const Frame *f;
  const int *col;
  int m;
  int64_t min; // columns that must be present
  uint8_t *keep;
  int64_t *kept; // by chunk, then where the chunk's rows begin
  int64_t *row;
} Dropping;

static int64_t count_present(const Dropping *d, int64_t i) {
  int64_t present = 0;
  for (int k = 0; k < d->m; k++) present += col_valid(frame_at(d->f, d->col[k]), i);
  return present;
}

static void keep_chunk(void *ctx, int64_t begin, int64_t end) {
  Dropping *d = ctx;
  int64_t kept = 0;
  for (int64_t i = begin; i < end; i++) kept += d->keep[i] = count_present(d, i) >= d->min;
  d->kept[begin / SHAPE_GRAIN] = kept;
}

// The usual case, word by word: all of the columns present.
static void keep_whole_chunk(void *ctx, int64_t begin, int64_t end) {
  Dropping *d = ctx;
  int64_t kept = 0;
  memset(d->keep + begin, 1, (size_t)(end - begin));
  for (int k = 0; k < d->m; k++) {
    const Column *c = frame_at(d->f, d->col[k]);
    for (int64_t i = begin; i < end && c->valid; i++) d->keep[i] &= (uint8_t)(c->valid[i >> 6] >> (i & 63) & 1);
  }
  for (int64_t i = begin; i < end; i++) kept += d->keep[i];
  d->kept[begin / SHAPE_GRAIN] = kept;
}

static void list_chunk(void *ctx, int64_t begin, int64_t end) {
  const Dropping *d = ctx;
  int64_t at = d->kept[begin / SHAPE_GRAIN];
  for (int64_t i = begin; i < end; i++)
    if (d->keep[i]) d->row[at++] = i;
}

static ErrCode find_rows(Job *job, Dropping *d, int64_t *n, Err *err) {
  int64_t nrow = frame_nrow(d->f), nchunk = shape_chunks(nrow);
  TRY(shape_new(job, nrow, 1, "a list of rows", &d->keep, err));
  TRY(shape_new(job, nchunk, sizeof *d->kept, "a list of rows", &d->kept, err));
  TRY(shape_for(job, nrow, SHAPE_GRAIN, d->min == d->m ? keep_whole_chunk : keep_chunk, d, err));
  *n = 0;
  for (int64_t c = 0; c < nchunk; c++) {
    int64_t here = d->kept[c];
    d->kept[c] = *n;
    *n += here;
  }
  if (*n == nrow) return OK;
  TRY(shape_new(job, *n, sizeof *d->row, "a list of rows", &d->row, err));
  return shape_for(job, nrow, SHAPE_GRAIN, list_chunk, d, err);
}

// A frame of its own even when no row is left out: the caption is about this verb.
static ErrCode share_all(const Frame *f, Frame **out, Err *err) {
  Frame *made = frame_new(frame_nrow(f));
  for (int j = 0; j < frame_ncol(f); j++) {
    ErrCode code = frame_add(made, frame_name(f, j), column_ref(frame_at(f, j)), err);
    if (code != OK) return frame_unref(made), code;
  }
  *out = made;
  return OK;
}

static void add_caption(const Dropping *d, int64_t n, Frame *made) {
  int most = -1;
  for (int k = 0; k < d->m; k++)
    if (most < 0 || frame_at(d->f, d->col[k])->missing > frame_at(d->f, d->col[most])->missing) most = k;
  Str s = {0};
  str_addf(&s, "%s of %s rows kept", shape_number(n).s, shape_number(frame_nrow(d->f)).s);
  if (n < frame_nrow(d->f))
    str_addf(&s, "; most often missing: %s, %s times", frame_name(d->f, d->col[most]),
             shape_number(frame_at(d->f, d->col[most])->missing).s);
  frame_set_caption(made, str_c(&s));
  str_fini(&s);
}

static ErrCode drop_missing(Job *job, Dropping *d, int64_t min, Frame **out, Err *err) {
  int64_t n;
  if (min > d->m)
    return err_set(err, ERR_ARG, "dropna: min=%s, but only %d column%s looked at", shape_number(min).s, d->m,
                   d->m == 1 ? " is" : "s are");
  d->min = min < 0 ? d->m : min;
  TRY(find_rows(job, d, &n, err));
  TRY(d->row ? frame_gather(job, d->f, d->row, n, out, err) : share_all(d->f, out, err));
  add_caption(d, n, *out);
  return OK;
}

ErrCode frame_drop_missing(Job *job, const Frame *f, const Names *names, int64_t min, Frame **out, Err *err) {
  int *col;
  Dropping d = {.f = f};
  TRY(shape_columns(f, names, true, &col, &d.m, err));
  d.col = col;
  ErrCode code = drop_missing(job, &d, min, out, err);
  mem_free(d.keep);
  mem_free(d.kept);
  mem_free(d.row);
  free(col);
  return code;
}
