// The judged rows themselves: what was, what was said and how surely, beside the columns of the test frame.
#include "eval/eval_int.h"

#include "base/near.h"
#include "base/numfmt.h"

#include <stdlib.h>

// Which of the judged rows are shown, and room for one column of them.
typedef struct Chosen {
  int64_t n;
  int64_t *at;   // n: index into the answers
  void *scratch; // 8 bytes a row
} Chosen;

// ---- choosing -----------------------------------------------------------------------------------------------------
// Class number of `name`, -1 for NULL.
static ErrCode class_of(const ModelInfo *info, const char *name, int *k, Err *err) {
  *k = -1;
  if (!name) return OK;
  for (int64_t i = 0; i < info->levels->n; i++)
    if (strcmp(info->levels->name[i], name) == 0) {
      *k = (int)i;
      return OK;
    }
  Arena a;
  arena_init(&a);
  char hint[300];
  Sv *names = arena_array(&a, Sv, info->levels->n);
  for (int64_t i = 0; i < info->levels->n; i++) names[i] = sv(info->levels->name[i]);
  near_hint(hint, sizeof hint, sv(name), names, info->levels->n);
  arena_fini(&a);
  return err_set(err, ERR_NAME, "rows: no class '%s'%s", name, hint);
}

static ErrCode choose(Job *job, const Scored *s, int was, int said, Chosen *c, Err *err) {
  for (int64_t i = 0; i < s->n; i++) {
    if (i % EVAL_TICK == 0) TRY(job_tick(job, i, s->n, err));
    if ((was < 0 || s->y[i] == was) && (said < 0 || s->pred[i] == said)) c->at[c->n++] = i;
  }
  return OK;
}

// ---- columns ------------------------------------------------------------------------------------------------------
static ErrCode add_row_numbers(Job *job, const Answers *a, const Chosen *c, Frame *f, Err *err) {
  int64_t *x = c->scratch;
  for (int64_t i = 0; i < c->n; i++) x[i] = a->row[c->at[i]] + 1;
  return table_ints(job, f, "row", x, err);
}

static ErrCode add_classes(Job *job, const Scored *s, const Names *levels, const Chosen *c, Frame *f, Err *err) {
  int64_t *k = c->scratch;
  double *p = c->scratch;
  for (int64_t i = 0; i < c->n; i++) k[i] = (int64_t)s->y[c->at[i]];
  TRY(table_words(job, f, "actual", levels, k, err));
  for (int64_t i = 0; i < c->n; i++) k[i] = s->pred[c->at[i]];
  TRY(table_words(job, f, "pred", levels, k, err));
  for (int64_t i = 0; i < c->n; i++) {
    int shown = s->nclass == 2 ? s->positive : s->pred[c->at[i]];
    p[i] = s->score[shown * s->n + c->at[i]];
  }
  return table_reals(job, f, "score", p, err);
}

static ErrCode add_values(Job *job, const Scored *s, const Chosen *c, Frame *f, Err *err) {
  double *x = c->scratch;
  for (int64_t i = 0; i < c->n; i++) x[i] = s->y[c->at[i]];
  TRY(table_reals(job, f, "actual", x, err));
  for (int64_t i = 0; i < c->n; i++) x[i] = s->score[c->at[i]];
  TRY(table_reals(job, f, "pred", x, err));
  for (int64_t i = 0; i < c->n; i++) x[i] = s->y[c->at[i]] - s->score[c->at[i]];
  return table_reals(job, f, "residual", x, err);
}

static ErrCode add_answers(Job *job, const Evaluation *e, const Chosen *c, Frame *f, Err *err) {
  Scored s = eval_scored(e);
  ModelInfo info = model_info(e->said->model);
  TRY(add_row_numbers(job, e->said, c, f, err));
  return s.nclass ? add_classes(job, &s, info.levels, c, f, err) : add_values(job, &s, c, f, err);
}

// `target`: column that is left out, or NULL.
static ErrCode add_features(Job *job, const Answers *a, const Chosen *c, const char *target, Frame *f, Arena *names,
                            Err *err) {
  int64_t *row = c->scratch;
  for (int64_t i = 0; i < c->n; i++) row[i] = a->row[c->at[i]];
  for (int j = 0; j < frame_ncol(a->test); j++) {
    Column *col;
    if (target && strcmp(frame_name(a->test, j), target) == 0) continue;
    TRY(job_tick(job, j, frame_ncol(a->test), err));
    TRY(column_gather(job, frame_at(a->test, j), row, c->n, &col, err));
    TRY(frame_add(f, table_free_name(f, frame_name(a->test, j), "_test", names), col, err));
  }
  return OK;
}

static ErrCode add_brief(Job *job, const Evaluation *e, const Chosen *c, int of, Frame *f, Err *err) {
  Scored s = eval_scored(e);
  ModelInfo info = model_info(e->said->model);
  TRY(add_row_numbers(job, e->said, c, f, err));
  double *p = c->scratch;
  for (int64_t i = 0; i < c->n; i++) p[i] = s.score[of * s.n + c->at[i]];
  TRY(table_reals(job, f, "score", p, err));
  int64_t *k = c->scratch;
  for (int64_t i = 0; i < c->n; i++) k[i] = (int64_t)s.y[c->at[i]];
  return table_words(job, f, "actual", info.levels, k, err);
}

ErrCode rows_frame(Job *job, const Evaluation *e, const int64_t *at, int64_t n, bool brief, int of, Frame **out,
                   Err *err) {
  Chosen c = {.n = n, .at = (int64_t *)(uintptr_t)at};
  TRY(eval_alloc(job, n * 8, "the judged rows", &c.scratch, err));
  Arena a;
  arena_init(&a);
  Frame *made = frame_new(n);
  const char *target = brief ? model_info(e->said->model).target : NULL;
  ErrCode code = brief ? add_brief(job, e, &c, of, made, err) : add_answers(job, e, &c, made, err);
  if (code == OK) code = add_features(job, e->said, &c, target, made, &a, err);
  code = eval_finish(code, made, eval_caption(e, &a), out);
  arena_fini(&a);
  mem_free(c.scratch);
  return code;
}

// ---- the frames ---------------------------------------------------------------------------------------------------
static const char *rows_caption(const Evaluation *e, const Chosen *c, const char *was, const char *said, Arena *a) {
  const char *all = eval_caption(e, a);
  char n[32];
  fmt_i64(n, sizeof n, c->n, true);
  if (was && said) return arena_printf(a, "was '%s', said '%s': %s of %s", was, said, n, all);
  if (was) return arena_printf(a, "was '%s': %s of %s", was, n, all);
  return said ? arena_printf(a, "said '%s': %s of %s", said, n, all) : all;
}

static ErrCode chosen_new(Job *job, const Scored *s, int was, int said, Chosen *c, Err *err) {
  void *block;
  TRY(eval_alloc(job, s->n * 16, "the judged rows", &block, err));
  *c = (Chosen){.at = block, .scratch = (int64_t *)block + s->n};
  ErrCode code = choose(job, s, was, said, c, err);
  if (code != OK) mem_free(block);
  return code;
}

ErrCode eval_rows(Job *job, const Evaluation *e, const char *actual, const char *pred, Frame **out, Err *err) {
  Scored s = eval_scored(e);
  ModelInfo info = model_info(e->said->model);
  Chosen c;
  int was = -1, said = -1;
  if (actual || pred) {
    TRY(eval_expect(e, "rows: choosing by class", TASK_CLASSIFICATION, false, err));
    TRY(class_of(&info, actual, &was, err));
    TRY(class_of(&info, pred, &said, err));
  }
  TRY(chosen_new(job, &s, was, said, &c, err));
  Arena a;
  arena_init(&a);
  Frame *made = frame_new(c.n);
  ErrCode code = add_answers(job, e, &c, made, err);
  if (code == OK) code = add_features(job, e->said, &c, NULL, made, &a, err);
  code = eval_finish(code, made, rows_caption(e, &c, actual, pred, &a), out);
  arena_fini(&a);
  mem_free(c.at);
  return code;
}

ErrCode eval_residuals(Job *job, const Evaluation *e, Frame **out, Err *err) {
  TRY(eval_expect(e, "the table of residuals", TASK_REGRESSION, false, err));
  Scored s = eval_scored(e);
  Chosen c;
  TRY(chosen_new(job, &s, -1, -1, &c, err));
  Arena a;
  arena_init(&a);
  Frame *made = frame_new(c.n);
  ErrCode code = eval_finish(add_answers(job, e, &c, made, err), made, eval_caption(e, &a), out);
  arena_fini(&a);
  mem_free(c.at);
  return code;
}
