// Classes with other shares in training: what oversample, undersample and smote have in common. They count the classes,
// say how many rows each shall have, and leave the columns alone; later rows pass unchanged.
#include "prep/balance_int.h"

#include <math.h>
#include <stdio.h>

ErrCode balance_fit(const char *step, const StepIn *in, Arena *a, Balance **out, Err *err) {
  static const Names ALL = {0};
  Balance *b = *out = arena_new(a, Balance);
  int *col;
  TRY(step_learn(step, in->x, &ALL, "*", a, &b->in, &col, err));
  if (!in->levels || !in->y)
    return err_set(err, ERR_ARG,
                   "prep.%s: %s: it balances the classes of a classification; leave the step out, or cast the target, "
                   "d:cast{y=\"category\"}",
                   step, in->y ? "the target is a number and has no classes" : "there is no target");
  int64_t n = in->levels->n;
  b->level = (Names){arena_array(a, const char *, n), n};
  b->rows = arena_array(a, int64_t, n), b->after = arena_array(a, int64_t, n), b->near = arena_array(a, int64_t, n);
  for (int64_t k = 0; k < n; k++) b->level.name[k] = arena_strdup(a, in->levels->name[k]);
  for (int64_t i = 0; i < frame_nrow(in->x); i++) b->rows[(int64_t)in->y[i]]++;
  for (int64_t k = 0; k < n; k++) b->after[k] = b->rows[k];
  return OK;
}

// A class that the steps before have emptied stays empty.
void balance_raise(Balance *b, double ratio) {
  int64_t most = 0;
  for (int64_t k = 0; k < b->level.n; k++) most = b->rows[k] > most ? b->rows[k] : most;
  int64_t want = llround(ratio * (double)most);
  for (int64_t k = 0; k < b->level.n; k++)
    if (b->rows[k] && b->rows[k] < want) b->after[k] = want;
}

void balance_cut(Balance *b, double ratio) {
  int64_t least = INT64_MAX;
  for (int64_t k = 0; k < b->level.n; k++)
    if (b->rows[k] && b->rows[k] < least) least = b->rows[k];
  double want = round((double)least / ratio);
  for (int64_t k = 0; k < b->level.n; k++)
    if ((double)b->rows[k] > want) b->after[k] = (int64_t)want;
}

ErrCode balance_rows(Job *job, const char *step, const StepIn *in, const Balance *b, Arena *a, int64_t **first,
                     int64_t **row, Err *err) {
  int64_t n = frame_nrow(in->x), nclass = b->level.n;
  char what[64];
  snprintf(what, sizeof what, "prep.%s", step);
  TRY(job_need(job, n * (int64_t)sizeof **row, what, err));
  *first = arena_array(a, int64_t, nclass + 1);
  *row = arena_array(a, int64_t, n);
  int64_t *at = arena_array(a, int64_t, nclass);
  for (int64_t k = 0; k < nclass; k++) at[k] = (*first)[k], (*first)[k + 1] = (*first)[k] + b->rows[k];
  for (int64_t i = 0; i < n; i++) (*row)[at[(int64_t)in->y[i]]++] = i;
  return OK;
}

int64_t balance_total(const Balance *b) {
  int64_t n = 0;
  for (int64_t k = 0; k < b->level.n; k++) n += b->after[k];
  return n;
}

ErrCode balance_source(Job *job, const char *step, int64_t n, StepRows *out, Err *err) {
  char what[64];
  snprintf(what, sizeof what, "prep.%s", step);
  TRY(job_need(job, n * (int64_t)sizeof *out->source, what, err));
  out->source = mem_new((size_t)n * sizeof *out->source);
  return out->source ? OK : err_set(err, ERR_MEMORY, "prep.%s: no memory for %lld rows", step, (long long)n);
}

ErrCode balance_apply(Job *job, const char *step, const StepState *state, const Frame *x, Frame **out, Err *err) {
  const Balance *b = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = job_tick(job, 0, 1, err);
  if (code == OK) code = step_match(step, x, &b->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++)
    code = frame_add(made, frame_name(x, j), column_ref(frame_at(x, j)), err);
  arena_fini(&a);
  return frame_give(code, made, out);
}

void balance_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Balance);
  Balance *b = state->data;
  int64_t rows = b->level.n, after = b->level.n, near = b->level.n;
  step_store(s, &b->in);
  store_names(s, "classes", &b->level);
  store_i64s(s, "rows", &b->rows, &rows);
  store_i64s(s, "after", &b->after, &after);
  store_i64s(s, "near", &b->near, &near);
  if (rows == b->level.n && after == rows && near == rows) return;
  store_fail(s, "classes that do not fit their counts");
  b->level.n = 0;
}

ErrCode balance_card(Job *job, const StepState *state, const char *how, const char *const *note, Frame **out,
                     Err *err) {
  const Balance *b = state->data;
  int64_t n = b->level.n, before = 0, after = 0;
  Arena a;
  arena_init(&a);
  double *share = arena_array(&a, double, n), *then = arena_array(&a, double, n);
  for (int64_t k = 0; k < n; k++) before += b->rows[k], after += b->after[k];
  for (int64_t k = 0; k < n; k++) {
    share[k] = before ? (double)b->rows[k] / (double)before : NAN;
    then[k] = after ? (double)b->after[k] / (double)after : NAN;
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "class", b->level.name, err);
  if (code == OK) code = card_ints(job, card, "rows", b->rows, err);
  if (code == OK) code = card_reals(job, card, "share", share, err);
  if (code == OK) code = card_ints(job, card, "rows_after", b->after, err);
  if (code == OK) code = card_reals(job, card, "share_after", then, err);
  if (code == OK && note) code = card_words(job, card, "note", note, err);
  frame_set_caption(card, arena_printf(&a, "%lld training rows become %lld: %s; rows to predict stay as they are",
                                       (long long)before, (long long)after, how));
  arena_fini(&a);
  return frame_give(code, card, out);
}
