// The columns that go into a correlation matrix, and which of their rows are used.
#include "stats/corr_int.h"

#include "frame/verbs.h"

#include <stdlib.h>

// The named columns, all of them wanted; or every wanted column.
static ErrCode choose(const Frame *f, const Names *names, const char *owner, CorrWanted wanted, const char *need,
                      Frame **out, Err *err) {
  const char **name = calloc((size_t)frame_ncol(f) + 1, sizeof *name);
  if (!name) abort();
  Names fitting = {name, 0};
  for (int j = 0; j < frame_ncol(f); j++)
    if (wanted(frame_at(f, j))) name[fitting.n++] = frame_name(f, j);
  ErrCode code = frame_select(f, names->n ? names : &fitting, out, err);
  free(name);
  if (code != OK) return code;
  for (int j = 0; j < frame_ncol(*out) && code == OK; j++)
    if (!wanted(frame_at(*out, j)))
      code = err_set(err, ERR_TYPE, "%s: column '%s' is %s: %s", owner, frame_name(*out, j),
                     COLTYPES[frame_at(*out, j)->type].name, need);
  if (code == OK && frame_ncol(*out) == 0)
    code =
        err_set(err, ERR_ARG, "%s: the frame has no %scolumn", owner, wanted == col_is_number ? "number " : "fitting ");
  if (code != OK) frame_unref(*out), *out = NULL;
  return code;
}

// The column's bitmap with nothing behind the last row.
static void copy_valid(const Column *c, uint64_t *to) {
  int64_t words = (c->n + 63) / 64;
  for (int64_t w = 0; w < words; w++) to[w] = c->valid ? c->valid[w] : ~(uint64_t)0;
  if (c->n % 64) to[words - 1] &= ((uint64_t)1 << c->n % 64) - 1;
}

static int64_t count_gaps(const CorrIn *s) {
  int64_t k = 0;
  for (int64_t j = 0; j < s->p; j++) k += frame_at(s->f, (int)j)->missing > 0;
  return k;
}

static void one_for_all(CorrIn *s, int64_t words) {
  uint64_t *each = s->own + words;
  copy_valid(&(Column){.n = s->n}, s->own);
  for (int64_t j = 0; j < s->p; j++) {
    if (!frame_at(s->f, (int)j)->missing) continue;
    copy_valid(frame_at(s->f, (int)j), each);
    for (int64_t w = 0; w < words; w++) s->own[w] &= each[w];
  }
}

static ErrCode make_bitmaps(CorrIn *s, Err *err) {
  int64_t words = (s->n + 63) / 64, gaps = count_gaps(s);
  if (!gaps) return OK;
  int64_t bytes = (s->complete ? 2 : gaps) * words * 8;
  TRY(job_need(s->job, bytes, s->owner, err));
  s->own = mem_new((size_t)bytes);
  if (!s->own) return err_set(err, ERR_MEMORY, "%s: the system has no memory for %lld rows", s->owner, (long long)s->n);
  if (s->complete) one_for_all(s, words);
  for (int64_t j = 0, k = 0; j < s->p; j++) {
    const Column *c = frame_at(s->f, (int)j);
    if (s->complete) s->valid[j] = s->own;
    if (s->complete || !c->missing) continue;
    s->valid[j] = s->own + k++ * words;
    copy_valid(c, s->own + (k - 1) * words);
  }
  return OK;
}

int64_t corr_count(const uint64_t *a, const uint64_t *b, int64_t n) {
  if (!a && !b) return n;
  int64_t count = 0;
  for (int64_t w = 0; w < (n + 63) / 64; w++) count += __builtin_popcountll((a ? a[w] : b[w]) & (b ? b[w] : a[w]));
  return count;
}

ErrCode corr_in(Job *job, const Frame *f, const Names *columns, const char *owner, CorrWanted wanted, const char *need,
                bool complete, CorrIn *out, Err *err) {
  Frame *chosen = NULL;
  *out = (CorrIn){.job = job, .owner = owner, .complete = complete};
  TRY(choose(f, columns, owner, wanted, need, &chosen, err));
  out->f = chosen, out->p = frame_ncol(chosen), out->n = frame_nrow(chosen);
  out->valid = calloc((size_t)out->p, sizeof *out->valid), out->present = calloc((size_t)out->p, sizeof(int64_t));
  if (!out->valid || !out->present) abort();
  TRY(make_bitmaps(out, err));
  for (int64_t j = 0; j < out->p; j++) out->present[j] = corr_count(out->valid[j], NULL, out->n);
  return OK;
}

void corr_in_fini(CorrIn *s) {
  free(s->valid);
  free(s->present);
  mem_free(s->own);
  frame_unref((Frame *)(uintptr_t)s->f);
}

int64_t corr_close_up(const CorrIn *s, int64_t i, int64_t j, double *u, double *v) {
  const Column *a = frame_at(s->f, (int)i), *b = frame_at(s->f, (int)j);
  int64_t k = 0;
  for (int64_t row = 0; row < s->n; row++) {
    if (!corr_has(s->valid[i], row) || !corr_has(s->valid[j], row)) continue;
    u[k] = col_f64(a, row), v[k] = col_f64(b, row);
    k++;
  }
  return k;
}
