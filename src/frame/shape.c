// What the verbs of shape share: loops that can be stopped, and values and names as messages show them.
#include "frame/shape_int.h"

#include "base/numfmt.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Round {
  PoolFn fn;
  void *ctx;
  int64_t first;
} Round;

static void run_round(void *ctx, int64_t begin, int64_t end) {
  const Round *r = ctx;
  r->fn(r->ctx, r->first + begin, r->first + end);
}

ErrCode shape_for(Job *job, int64_t n, int64_t grain, PoolFn fn, void *ctx, Err *err) {
  Round r = {fn, ctx, 0};
  for (int64_t rows = grain * SHAPE_ROUND; r.first < n; r.first += rows) {
    TRY(job_tick(job, r.first, n, err));
    par_for(job, n - r.first < rows ? n - r.first : rows, grain, run_round, &r);
  }
  return job_tick(job, n, n, err);
}

ErrCode shape_new(Job *job, int64_t n, size_t size, const char *what, void *out, Err *err) {
  TRY(job_need(job, n * (int64_t)size, what, err));
  void *p = mem_new((size_t)n * size);
  memcpy(out, &p, sizeof p);
  return p ? OK : out_of_memory(what, err);
}

ShapeText shape_number(int64_t v) {
  ShapeText t;
  fmt_i64(t.s, sizeof t.s, v, true);
  return t;
}

static bool is_word(const char *name) {
  if (!*name || (*name >= '0' && *name <= '9')) return false;
  for (; *name; name++) {
    char c = *name;
    if (!(c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) return false;
  }
  return true;
}

ShapeText shape_key(const char *name) {
  ShapeText t;
  snprintf(t.s, sizeof t.s, is_word(name) ? "%s" : "[\"%s\"]", name);
  return t;
}

ShapeText shape_operand(const char *name) {
  ShapeText t;
  snprintf(t.s, sizeof t.s, is_word(name) ? "%s" : "`%s`", name);
  return t;
}

ShapeText shape_cell(const Column *c, int64_t row) {
  ShapeText t;
  Str s = {0};
  if (!col_valid(c, row)) str_add(&s, "missing");
  else col_format(c, row, CELL_EXACT, &s);
  const char *quote = col_valid(c, row) && col_is_text(c) ? "'" : "";
  size_t fits = utf8_fit((Sv){str_c(&s), s.n}, 40);
  snprintf(t.s, sizeof t.s, "%s%.*s%s%s", quote, (int)fits, str_c(&s), fits < s.n ? "\xE2\x80\xA6" : "", quote);
  str_fini(&s);
  return t;
}

void shape_cells(const Frame *f, const int *col, int m, int64_t row, Str *out) {
  for (int k = 0; k < m; k++)
    str_addf(out, "%s%s=%s", k ? ", " : "", frame_name(f, col[k]), shape_cell(frame_at(f, col[k]), row).s);
}

ErrCode shape_columns(const Frame *f, const Names *names, bool all, int **col, int *m, Err *err) {
  bool every = all && names->n == 0;
  *m = every ? frame_ncol(f) : (int)names->n;
  *col = calloc((size_t)*m + 1, sizeof **col);
  if (!*col) abort();
  for (int k = 0; k < *m; k++) {
    (*col)[k] = k;
    ErrCode code = every ? OK : frame_col(f, sv(names->name[k]), &(*col)[k], err);
    if (code == OK) continue;
    free(*col);
    *col = NULL;
    return code;
  }
  return OK;
}
