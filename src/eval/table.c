// Columns of the frames that eval answers with.
#include "eval/eval_int.h"

#include <math.h>

ErrCode eval_alloc(Job *job, int64_t bytes, const char *what, void **out, Err *err) {
  TRY(job_need(job, bytes, what, err));
  *out = mem_new((size_t)bytes);
  return *out ? OK : err_set(err, ERR_MEMORY, "%s: the system has no memory left: take fewer rows", what);
}

ErrCode eval_finish(ErrCode code, Frame *made, const char *caption, Frame **out) {
  if (code == OK) {
    frame_set_caption(made, caption);
    *out = made;
  } else {
    frame_unref(made);
  }
  return code;
}

ErrCode table_reals(Job *job, Frame *f, const char *name, const double *x, Err *err) {
  Column *c;
  TRY(column_new(job, COL_F64, frame_nrow(f), NULL, &c, err));
  ErrCode code = OK;
  for (int64_t i = 0; i < c->n && code == OK; i++) {
    c->f[i] = x[i];
    if (isnan(x[i])) code = column_set_missing(c, i, err);
  }
  if (code == OK) return frame_add(f, name, c, err);
  column_unref(c);
  return code;
}

ErrCode table_ints(Job *job, Frame *f, const char *name, const int64_t *x, Err *err) {
  Column *c;
  TRY(column_new(job, COL_I64, frame_nrow(f), NULL, &c, err));
  memcpy(c->i, x, (size_t)c->n * sizeof *x);
  return frame_add(f, name, c, err);
}

// The words once, as a category; the rows are then gathered by number, without touching text again.
static ErrCode word_column(Job *job, const Names *words, Column **out, Err *err) {
  TextBuilder b;
  textb_init(&b, job);
  Column *text = NULL;
  ErrCode code = OK;
  for (int64_t k = 0; k < words->n && code == OK; k++) code = textb_add(&b, sv(words->name[k]), err);
  if (code == OK) code = textb_take(&b, &text, err);
  if (code == OK) code = column_to_cat(job, text, -1, out, err);
  column_unref(text);
  textb_fini(&b);
  return code;
}

ErrCode table_words(Job *job, Frame *f, const char *name, const Names *words, const int64_t *pick, Err *err) {
  Column *word, *c = NULL;
  TRY(word_column(job, words, &word, err));
  if (!pick) return frame_add(f, name, word, err);
  ErrCode code = column_gather(job, word, pick, frame_nrow(f), &c, err);
  column_unref(word);
  return code == OK ? frame_add(f, name, c, err) : code;
}

const char *table_free_name(const Frame *f, const char *name, const char *suffix, Arena *a) {
  while (frame_find(f, sv(name)) >= 0) name = arena_printf(a, "%s%s", name, suffix);
  return name;
}
