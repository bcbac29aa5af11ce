// The confusion matrix as a frame: what was, by what was said.
#include "eval/eval_int.h"

#include "base/numfmt.h"

// count: k x k, column-major: count[said * k + was].
static ErrCode count_pairs(Job *job, const Scored *s, int64_t *count, Err *err) {
  memset(count, 0, (size_t)s->nclass * (size_t)s->nclass * sizeof *count);
  for (int64_t i = 0; i < s->n; i++) {
    if (i % EVAL_TICK == 0) TRY(job_tick(job, i, s->n, err));
    count[(int64_t)s->pred[i] * s->nclass + (int64_t)s->y[i]]++;
  }
  return OK;
}

static ErrCode fill_matrix(Job *job, const Scored *s, const Names *levels, int64_t *count, Frame *f, Arena *a,
                           Err *err) {
  TRY(count_pairs(job, s, count, err));
  TRY(table_words(job, f, "actual", levels, NULL, err));
  for (int k = 0; k < s->nclass; k++) {
    TRY(job_tick(job, k, s->nclass, err));
    TRY(table_ints(job, f, table_free_name(f, levels->name[k], "_class", a), count + (int64_t)k * s->nclass, err));
  }
  return OK;
}

ErrCode eval_confusion(Job *job, const Evaluation *e, Frame **out, Err *err) {
  TRY(eval_expect(e, "a confusion matrix", TASK_CLASSIFICATION, false, err));
  Scored s = eval_scored(e);
  ModelInfo info = model_info(e->said->model);
  void *count;
  TRY(eval_alloc(job, (int64_t)s.nclass * s.nclass * 8, "a confusion matrix", &count, err));
  Arena a;
  arena_init(&a);
  Frame *made = frame_new(s.nclass);
  ErrCode code = fill_matrix(job, &s, info.levels, count, made, &a, err);
  const char *caption = arena_printf(&a, "rows are what was, columns what was said; %s", eval_caption(e, &a));
  code = eval_finish(code, made, caption, out);
  arena_fini(&a);
  mem_free(count);
  return code;
}
