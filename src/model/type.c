// What several model types need: notes, the product of columns and coefficients, and the reason of a fit without one.
#include "model/model_int.h"

#include <math.h>
#include <stdio.h>

enum { NAMED = 5 }; // columns that a note names

void state_note(ModelState *s, const char *fmt, ...) {
  char text[1024];
  va_list args;
  va_start(args, fmt);
  vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  Names grown = {arena_array(&s->arena, const char *, s->notes.n + 1), s->notes.n + 1};
  for (int64_t i = 0; i < s->notes.n; i++) grown.name[i] = s->notes.name[i];
  grown.name[s->notes.n] = arena_strdup(&s->arena, text);
  s->notes = grown;
}

void note_aliased(ModelState *s, const Names *terms, const int64_t *column, int64_t n) {
  if (n == 0) return;
  Str names = {0};
  for (int64_t k = 0; k < n && k < NAMED; k++)
    str_addf(&names, "%s'%s'", k == 0 ? "" : k + 1 == n ? " and " : ", ", terms->name[column[k]]);
  if (n > NAMED) str_addf(&names, " and %lld more", (long long)(n - NAMED));
  const char *what = n == 1 ? "is a combination of the columns before it: its coefficient is missing"
                            : "are combinations of the columns before them: their coefficients are missing";
  state_note(s, "%s %s, and predictions leave it out", str_c(&names), what);
  str_fini(&names);
}

void note_no_target(ModelState *s, int64_t n) {
  if (n == 1) state_note(s, "1 row without a target was left out");
  else if (n) state_note(s, "%lld rows without a target were left out", (long long)n);
}

double fit_total(Job *job, const FitIn *in) {
  return in->weight ? sum_f64(job, in->weight, in->x->n) : (double)in->x->n;
}

ErrCode fit_not_finite(Job *job, const FitIn *in, const char *owner, Err *err) {
  static const char advice[] = "drop those rows or take its logarithm";
  int64_t n = in->x->n;
  for (int64_t j = 0; j < in->terms->n; j++) {
    const double *x = in->compact ? in->compact->col[j] : j < in->x->p ? in->x->x + j * n : NULL;
    if (!x || isfinite(sum_dot(job, x, x, n))) continue;
    return err_set(err, ERR_NUMERIC, "%s: column '%s' has infinite or huge values: %s", owner, in->terms->name[j],
                   advice);
  }
  if (in->task == TASK_REGRESSION && !isfinite(sum_dot(job, in->y, in->y, n)))
    return err_set(err, ERR_NUMERIC, "%s: the target has infinite or huge values: %s", owner, advice);
  return err_set(err, ERR_NUMERIC, "%s: the numbers leave the range of doubles: scale the columns", owner);
}

// X b, by whichever there is.
static ErrCode margin(Job *job, const Mat *x, const Compact *compact, const double *b, bool intercept, double *out,
                      Err *err) {
  Mat clean;
  int64_t n = x ? x->n : compact->n, p = x ? x->p : compact->p;
  const double *slope = b + intercept;
  TRY(mat_new(job, p, 1, "coefficients", &clean, err));
  for (int64_t j = 0; j < p; j++) clean.x[j] = isnan(slope[j]) ? 0 : slope[j];
  if (x) mat_mul_vec(job, x, clean.x, out);
  else compact_mul_vec(job, compact, clean.x, out);
  if (intercept)
    for (int64_t i = 0; i < n; i++) out[i] += b[0];
  mat_free(&clean);
  return OK;
}

ErrCode margin_mat(Job *job, const Mat *x, const double *b, bool intercept, double *out, Err *err) {
  return margin(job, x, NULL, b, intercept, out, err);
}

ErrCode margin_compact(Job *job, const Compact *x, const double *b, bool intercept, double *out, Err *err) {
  return margin(job, NULL, x, b, intercept, out, err);
}
