// Correlations as frames: a matrix of one of their numbers, or one row a pair.
#include "stats/corr_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

static ErrCode add_texts(Job *job, Frame *out, const char *as, const char *const *text, int64_t n, Err *err) {
  TextBuilder b;
  textb_init(&b, job);
  ErrCode code = OK;
  for (int64_t k = 0; k < n && code == OK; k++) code = textb_add(&b, sv(text[k]), err);
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(out, as, c, err) : code;
}

static double number_of(const CorrPair *c, int show) {
  switch (show) {
  case CORR_N: return (double)c->n;
  case CORR_P: return c->p;
  case CORR_LOW: return c->low;
  case CORR_HIGH: return c->high;
  default: return c->r;
  }
}

// r may be NaN and be meant; of the others NaN says that there is none.
static bool is_known(const CorrPair *c, int show) {
  return show == CORR_N || (show == CORR_R ? c->defined : !isnan(number_of(c, show)));
}

static ErrCode add_numbers(Job *job, Frame *out, const char *name, const CorrPair *const *cell, int64_t n, int show,
                           Err *err) {
  Column *c;
  TRY(column_new(job, show == CORR_N ? COL_I64 : COL_F64, n, NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < n && code == OK; i++) {
    if (show == CORR_N) c->i[i] = cell[i]->n;
    else c->f[i] = number_of(cell[i], show);
    if (!is_known(cell[i], show)) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(out, name, c, err);
  column_unref(c);
  return code;
}

CorrPair *corr_pairs_new(int64_t p) {
  CorrPair *pair = calloc((size_t)(p * p) + 1, sizeof *pair);
  if (!pair) abort();
  for (int64_t k = 0; k < p * p; k++) pair[k] = (CorrPair){.r = NAN, .p = NAN, .low = NAN, .high = NAN, .se = NAN};
  return pair;
}

ErrCode corr_matrix(const CorrIn *s, const CorrPair *pair, int show, Frame **out, Err *err) {
  const CorrPair **cell = calloc((size_t)s->p, sizeof *cell);
  const char **text = calloc((size_t)s->p, sizeof *text);
  if (!cell || !text) abort();
  for (int64_t j = 0; j < s->p; j++) text[j] = frame_name(s->f, (int)j);
  Frame *f = frame_new(s->p);
  const char *name = frame_find(s->f, sv("column")) < 0 ? "column" : "column name";
  ErrCode code = add_texts(s->job, f, name, text, s->p, err);
  for (int64_t j = 0; j < s->p && code == OK; j++) {
    for (int64_t i = 0; i < s->p; i++) cell[i] = &pair[i * s->p + j];
    code = add_numbers(s->job, f, frame_name(s->f, (int)j), cell, s->p, show, err);
  }
  free(cell);
  free(text);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

// ---- one row a pair -----------------------------------------------------------------------------------------------
typedef struct Place {
  double size; // |r|, -1 where there is none
  int64_t at;
} Place;

static int larger_first(const void *a, const void *b) {
  const Place *x = a, *y = b;
  return x->size != y->size ? (x->size < y->size ? 1 : -1) : (x->at > y->at) - (x->at < y->at);
}

static ErrCode add_pairs(const CorrIn *s, const CorrPair *pair, const Place *place, int64_t n, const LongForm *form,
                         Frame *out, Err *err) {
  const char **text = calloc((size_t)n + 1, sizeof *text);
  const CorrPair **cell = calloc((size_t)n + 1, sizeof *cell);
  if (!text || !cell) abort();
  for (int64_t k = 0; k < n; k++) cell[k] = &pair[place[k].at], text[k] = frame_name(s->f, (int)(place[k].at / s->p));
  ErrCode code = add_texts(s->job, out, "column", text, n, err);
  for (int64_t k = 0; k < n; k++) text[k] = frame_name(s->f, (int)(place[k].at % s->p));
  if (code == OK) code = add_texts(s->job, out, "with", text, n, err);
  for (int64_t k = 0; k < n; k++) text[k] = cell[k]->measure;
  if (code == OK && n && text[0]) code = add_texts(s->job, out, "measure", text, n, err);
  const char *name[] = {form->value, "n", "p", "low", "high"};
  for (int show = CORR_R; show <= (form->intervals ? CORR_HIGH : CORR_P) && code == OK; show++)
    code = add_numbers(s->job, out, name[show], cell, n, show, err);
  free(text);
  free(cell);
  return code;
}

static bool is_listed(const LongForm *form, int64_t i, int64_t j) {
  if (form->target >= 0) return j == form->target && i != j;
  return form->both ? i != j : i < j;
}

ErrCode corr_long(const CorrIn *s, const CorrPair *pair, const LongForm *form, Frame **out, Err *err) {
  int64_t n = 0;
  Place *place = calloc((size_t)(s->p * s->p), sizeof *place);
  if (!place) abort();
  for (int64_t i = 0; i < s->p; i++)
    for (int64_t j = 0; j < s->p; j++) {
      const CorrPair *c = &pair[i * s->p + j];
      if (is_listed(form, i, j)) place[n++] = (Place){c->defined && !isnan(c->r) ? fabs(c->r) : -1, i * s->p + j};
    }
  qsort(place, (size_t)n, sizeof *place, larger_first);
  Frame *f = frame_new(n);
  ErrCode code = add_pairs(s, pair, place, n, form, f, err);
  free(place);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

// ---- caption ------------------------------------------------------------------------------------------------------
void corr_caption(const CorrIn *s, const CorrPair *pair, const char *what, const char *how, Frame *out) {
  int64_t least = INT64_MAX, most = 0;
  char number[32];
  Str text = {0};
  for (int64_t i = 0; i < s->p; i++)
    for (int64_t j = 0; j <= i; j++) {
      int64_t n = pair[i * s->p + j].n;
      if ((i == j && s->p > 1) || n < 0) continue;
      least = n < least ? n : least, most = n > most ? n : most;
    }
  fmt_i64(number, sizeof number, least, true);
  str_addf(&text, "%s, n = %s", what, number);
  fmt_i64(number, sizeof number, most, true);
  if (least < most) str_addf(&text, " to %s", number);
  int64_t left_out = s->complete ? s->n - s->present[0] : 0;
  fmt_i64(number, sizeof number, left_out, true);
  if (left_out) str_addf(&text, "; %s row%s with missing values left out", number, left_out == 1 ? "" : "s");
  if (how) str_addf(&text, "; %s", how);
  frame_set_caption(out, str_c(&text));
  str_fini(&text);
}
