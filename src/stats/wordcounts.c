// The words of a text column and how often each occurs.
#include "stats/quality_int.h"

#include <stdlib.h>

static ErrCode count(Job *job, const Column *cat, WordCounts *w, Err *err) {
  TRY(job_need(job, (int64_t)cat->dict->n * 24, "counting words", err));
  int64_t *count = calloc((size_t)cat->dict->n + 1, sizeof *count);
  w->word = calloc((size_t)cat->dict->n + 1, sizeof *w->word);
  if (!count || !w->word) abort();
  for (int64_t i = 0; i < cat->n; i++)
    if (col_valid(cat, i)) count[col_code(cat, i)]++;
  for (int64_t k = 0; k < cat->dict->n; k++)
    if (count[k]) w->word[w->n] = cat->dict->word[k], count[w->n++] = count[k];
  w->count = count;
  return OK;
}

ErrCode wordcounts_init(Job *job, const Column *c, WordCounts *w, Err *err) {
  *w = (WordCounts){0};
  if (c->dict) w->owner = column_ref(c);
  else TRY(column_to_cat(job, c, -1, &w->owner, err));
  ErrCode code = count(job, w->owner, w, err);
  if (code != OK) wordcounts_fini(w);
  return code;
}

void wordcounts_fini(WordCounts *w) {
  free(w->word);
  free(w->count);
  column_unref(w->owner);
  *w = (WordCounts){0};
}
