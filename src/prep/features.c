// A frame by the columns of a design. A column of words is read through a table from its own codes to the levels of the
// training; numbers lie as they are.
#include "prep/features.h"

#include "prep/levels_int.h"

#include <math.h>
#include <string.h>

typedef struct FeatureColumn {
  const Column *c;
  Codes codes;    // of words
  int64_t *level; // of each of their words; -1: training did not have it
} FeatureColumn;

void features_close(Features *f) {
  for (int64_t j = 0; j < f->p && f->column; j++) codes_fini(&f->column[j].codes);
  arena_fini(&f->arena);
  *f = (Features){0};
}

int64_t features_levels(const Features *f, int64_t j) { return f->design->levels[j].n; }

// ---- opening ------------------------------------------------------------------------------------------------------
static ErrCode wrong_kind(const char *name, const Column *c, bool words, Err *err) {
  const char *kind = words ? "category" : "number", *cast = words ? "category" : "real";
  return err_set(err, ERR_TYPE, "column '%s' is %s here and was a %s in training: cast it, d:cast{[\"%s\"]=\"%s\"}",
                 name, COLTYPES[c->type].name, kind, name, cast);
}

static ErrCode open_column(Job *job, Features *f, int64_t j, const Column *c, Err *err) {
  const Names *levels = &f->design->levels[j];
  const char *name = f->design->terms.name[j];
  FeatureColumn *fc = &f->column[j];
  fc->c = c;
  if (c->missing == c->n) return OK;
  if (!levels->n) {
    if (!col_is_number(c)) return wrong_kind(name, c, false, err);
    return column_first_infinite(c) < 0 ? OK : refuse_infinite(name, c, err);
  }
  if (!col_is_text(c)) return wrong_kind(name, c, true, err);
  TRY(codes_init(job, "levels", c, &fc->codes, err));
  fc->level = levels_place(levels, &fc->codes, &f->arena);
  return OK;
}

ErrCode features_open(Job *job, const Design *d, const Frame *x, Features *out, Err *err) {
  *out = (Features){.n = frame_nrow(x), .p = d->terms.n, .design = d};
  out->column = arena_array(&out->arena, FeatureColumn, out->p);
  ErrCode code = OK;
  for (int64_t j = 0; j < out->p && code == OK; j++) {
    int at;
    code = job_tick(job, j, out->p, err);
    if (code == OK) code = frame_col(x, sv(d->terms.name[j]), &at, err);
    if (code == OK) code = open_column(job, out, j, frame_at(x, at), err);
  }
  if (code != OK) features_close(out);
  return code;
}

// ---- reading ------------------------------------------------------------------------------------------------------
static void read_words(const FeatureColumn *fc, int64_t begin, int64_t end, double *out) {
  for (int64_t i = begin; i < end; i++) {
    int64_t word = codes_at(&fc->codes, i), level = word < 0 ? -1 : fc->level[word];
    out[i - begin] = level < 0 ? NAN : (double)level;
  }
}

static void read_numbers(const Column *c, int64_t begin, int64_t end, double *out) {
  if (c->type == COL_F64) memcpy(out, c->f + begin, (size_t)(end - begin) * sizeof *out);
  else if (c->type == COL_BOOL) for (int64_t i = begin; i < end; i++) out[i - begin] = c->b[i];
  else for (int64_t i = begin; i < end; i++) out[i - begin] = (double)c->i[i];
  for (int64_t i = begin; c->missing && i < end; i++)
    if (!col_valid(c, i)) out[i - begin] = NAN;
}

void features_read(const Features *f, int64_t j, int64_t begin, int64_t end, double *out) {
  const FeatureColumn *fc = &f->column[j];
  if (fc->c->missing == fc->c->n) for (int64_t i = begin; i < end; i++) out[i - begin] = NAN;
  else if (fc->level) read_words(fc, begin, end, out);
  else read_numbers(fc->c, begin, end, out);
}
