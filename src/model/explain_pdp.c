// Partial dependence: what a model predicts on average when one column has the same value in every row. The average
// goes over the rows as they are in the other columns, so that it shows the own part of the column where columns do not
// interact.
#include "model/explain.h"

#include "model/model_int.h"

#include <math.h>

typedef struct Pdp {
  Job *job;
  const Model *m;
  const Frame *d;
  const Column *c;
  int at;              // of the column
  int64_t n;           // values
  double *value;       // of numbers
  Sv *word;            // of words; NULL
  double *mean;        // of each value and output: value after value
  int64_t noutput;
} Pdp;

// ---- values -------------------------------------------------------------------------------------------------------
static ErrCode number_values(Pdp *p, int64_t most, Arena *a, Err *err) {
  Mat x;
  TRY(mat_new(p->job, p->c->n, 1, "the values of a column", &x, err));
  int64_t n = col_present_f64(p->c, x.x), k = 0;
  double *share = arena_array(a, double, most);
  p->value = arena_array(a, double, most);
  for (int64_t i = 0; i < most; i++) share[i] = (double)i / (double)(most - 1);
  ErrCode code = quantile_f64(p->job, x.x, n, 1, share, most, p->value, err);
  mat_free(&x);
  for (int64_t i = 0; i < most && n; i++)
    if (k == 0 || p->value[i] != p->value[k - 1]) p->value[k++] = p->value[i];
  p->n = k;
  return code;
}

static ErrCode word_values(Pdp *p, Arena *a, Err *err) {
  Column *cat;
  TRY(column_to_cat(p->job, p->c, -1, &cat, err));
  p->word = arena_array(a, Sv, cat->dict->n);
  for (int32_t k = 0; k < cat->dict->n; k++) {
    Sv w = cat->dict->word[k];
    p->word[p->n++] = (Sv){arena_strndup(a, w.s, w.n), w.n};
  }
  column_unref(cat);
  return OK;
}

// ---- a frame with the value in every row --------------------------------------------------------------------------
static ErrCode same_number(const Pdp *p, double v, Column **out, Err *err) {
  TRY(column_new(p->job, p->c->type, p->c->n, NULL, out, err));
  for (int64_t i = 0; i < p->c->n; i++) {
    if (p->c->type == COL_F64) (*out)->f[i] = v;
    else if (p->c->type == COL_I64) (*out)->i[i] = (int64_t)v;
    else (*out)->b[i] = v != 0;
  }
  return OK;
}

static ErrCode same_word(const Pdp *p, Sv word, Column **out, Err *err) {
  Mat code; // of uint32_t, zeroed
  TRY(mat_new(p->job, (p->c->n + 1) / 2, 1, "a column of one word", &code, err));
  ErrCode made = column_of_words(p->job, p->c->type, &word, 1, (const uint32_t *)(const void *)code.x, p->c->n, NULL, 0,
                                 out, err);
  mat_free(&code);
  return made;
}

static ErrCode with_value(const Pdp *p, int64_t k, Frame **out, Err *err) {
  Column *same;
  TRY(p->word ? same_word(p, p->word[k], &same, err) : same_number(p, p->value[k], &same, err));
  Frame *f = frame_new(frame_nrow(p->d));
  ErrCode code = OK;
  for (int j = 0; j < frame_ncol(p->d) && code == OK; j++)
    code = frame_add(f, frame_name(p->d, j), column_ref(j == p->at ? same : frame_at(p->d, j)), err);
  column_unref(same);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

static ErrCode mean_at(Pdp *p, int64_t k, Err *err) {
  Frame *f;
  double *score;
  int64_t n = frame_nrow(p->d);
  TRY(job_tick(p->job, k, p->n, err));
  TRY(with_value(p, k, &f, err));
  ErrCode code = model_scores(p->job, p->m, f, &score, err);
  frame_unref(f);
  if (code != OK) return code;
  for (int64_t o = 0; o < p->noutput; o++)
    p->mean[k * p->noutput + o] = sum_f64(p->job, score + o * n, n) / (double)n;
  mem_free(score);
  return OK;
}

// ---- the table ----------------------------------------------------------------------------------------------------
static ErrCode add_values(const Pdp *p, const char *name, Frame *f, Arena *a, Err *err) {
  if (!p->word) return card_add_reals(f, name, p->value, err);
  const char **text = arena_array(a, const char *, p->n);
  for (int64_t k = 0; k < p->n; k++) text[k] = p->word[k].s;
  return card_add_texts(f, name, text, err);
}

static ErrCode add_means(const Pdp *p, Frame *f, Arena *a, Err *err) {
  const Names *levels = &p->m->fit->levels;
  double *v = arena_array(a, double, p->n);
  for (int64_t o = 0; o < p->noutput; o++) {
    for (int64_t k = 0; k < p->n; k++) v[k] = p->mean[k * p->noutput + o];
    TRY(card_add_reals(f, levels->n ? arena_printf(a, "p_%s", levels->name[o]) : "pred", v, err));
  }
  return OK;
}

static ErrCode find_column(Pdp *p, const char *name, int64_t most, Arena *a, Err *err) {
  const Names *features = &p->m->fit->features;
  bool known = false;
  for (int64_t j = 0; j < features->n; j++) known = known || sv_is(sv(name), features->name[j]);
  TRY(frame_col(p->d, sv(name), &p->at, err));
  if (!known) return err_set(err, ERR_NAME, "the model does not look at '%s'", name);
  p->c = frame_at(p->d, p->at);
  if (p->c->missing == p->c->n) return err_set(err, ERR_ARG, "column '%s' has no values", name);
  if (col_is_text(p->c)) return word_values(p, a, err);
  if (!col_is_number(p->c)) return err_set(err, ERR_TYPE, "column '%s' is neither a number nor words", name);
  return number_values(p, most, a, err);
}

static ErrCode make_table(Pdp *p, const char *name, int64_t most, Arena *a, Frame **out, Err *err) {
  TRY(find_column(p, name, most, a, err));
  p->noutput = p->m->fit->levels.n ? p->m->fit->levels.n : 1;
  p->mean = arena_array(a, double, p->n * p->noutput);
  for (int64_t k = 0; k < p->n; k++) TRY(mean_at(p, k, err));
  Frame *f = frame_new(p->n);
  ErrCode code = add_values(p, name, f, a, err);
  if (code == OK) code = add_means(p, f, a, err);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

ErrCode model_pdp(Job *job, const Model *m, const Frame *d, const char *column, int64_t most, Frame **out, Err *err) {
  Pdp p = {.job = job, .m = m, .d = d};
  Arena a = {0};
  if (!frame_nrow(d)) return err_set(err, ERR_ARG, "there are no rows to average over");
  ErrCode code = make_table(&p, column, most, &a, out, err);
  arena_fini(&a);
  return code;
}
