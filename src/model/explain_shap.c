// Shapley values as tables: by row, as means, and one value a row for charts.
#include "model/explain.h"

#include "model/trees_int.h"

#include <math.h>

typedef struct Told {
  Features x;
  const Trees *t;
  const Names *terms, *levels; // levels: of sums of their own, or NULL
  double *phi;                 // noutput x (p + 1) x n
  int64_t n, p, k;             // rows, terms, sums that are told
} Told;

static const double *phi_of(const Told *s, int64_t output, int64_t term) {
  return s->phi + (output * (s->p + 1) + term) * s->n;
}

// ---- pieces of tables ---------------------------------------------------------------------------------------------
// Rows are rows x sums x `inner`; the value of each from its row, sum and place.
typedef double (*CellFn)(const Told *s, int64_t i, int64_t k, int64_t j);

static ErrCode add_cells(Job *job, const Told *s, Frame *f, const char *name, int64_t inner, int64_t term, CellFn fn,
                         Err *err) {
  Column *c;
  TRY(column_new(job, COL_F64, frame_nrow(f), NULL, &c, err));
  double *v = c->f;
  for (int64_t i = 0; i < s->n; i++)
    for (int64_t k = 0; k < s->k; k++)
      for (int64_t j = 0; j < inner; j++) *v++ = fn(s, i, k, inner > 1 ? j : term);
  return frame_add(f, name, c, err);
}

static ErrCode add_rows(Job *job, Frame *f, int64_t each, Err *err) {
  Column *c;
  TRY(column_new(job, COL_I64, frame_nrow(f), NULL, &c, err));
  for (int64_t i = 0; i < c->n; i++) c->i[i] = i / each + 1;
  return frame_add(f, "row", c, err);
}

// Row i of the frame has word (i / each) % n.
static ErrCode add_words(Job *job, Frame *f, const char *name, const Names *words, int64_t each, Err *err) {
  Column *c;
  Arena a = {0};
  int64_t n = frame_nrow(f);
  TRY(job_need(job, n * 4, "the names of a table", err));
  Sv *word = arena_array(&a, Sv, words->n);
  uint32_t *code = arena_array(&a, uint32_t, n);
  for (int64_t k = 0; k < words->n; k++) word[k] = sv(words->name[k]);
  for (int64_t i = 0; i < n; i++) code[i] = (uint32_t)(i / each % words->n);
  ErrCode made = column_of_words(job, COL_CAT, word, words->n, code, n, NULL, 0, &c, err);
  arena_fini(&a);
  return made == OK ? frame_add(f, name, c, err) : made;
}

static double cell_phi(const Told *s, int64_t i, int64_t k, int64_t j) { return phi_of(s, k, j)[i]; }

static double cell_total(const Told *s, int64_t i, int64_t k, int64_t j) {
  double total = 0;
  for (j = 0; j <= s->p; j++) total += phi_of(s, k, j)[i];
  return total;
}

static double cell_value(const Told *s, int64_t i, int64_t k, int64_t j) {
  double v;
  (void)k;
  features_read(&s->x, j, i, i + 1, &v);
  return v;
}

// ---- tables -------------------------------------------------------------------------------------------------------
static ErrCode fill_rows(Job *job, const Told *s, Frame *f, Err *err) {
  TRY(add_rows(job, f, s->k, err));
  if (s->levels) TRY(add_words(job, f, "class", s->levels, 1, err));
  for (int64_t j = 0; j < s->p; j++) TRY(add_cells(job, s, f, s->terms->name[j], 1, j, cell_phi, err));
  TRY(add_cells(job, s, f, frame_find(f, sv("base")) < 0 ? "base" : "(base)", 1, s->p, cell_phi, err));
  return add_cells(job, s, f, frame_find(f, sv("total")) < 0 ? "total" : "(total)", 1, 0, cell_total, err);
}

static ErrCode fill_long(Job *job, const Told *s, Frame *f, Err *err) {
  TRY(add_rows(job, f, s->k * s->p, err));
  if (s->levels) TRY(add_words(job, f, "class", s->levels, s->p, err));
  TRY(add_words(job, f, "term", s->terms, 1, err));
  TRY(add_cells(job, s, f, "shap", s->p, 0, cell_phi, err));
  return add_cells(job, s, f, "value", s->p, 0, cell_value, err);
}

typedef struct Mean {
  const char *term;
  double shap, low, high;
} Mean;

static Mean mean_of(Job *job, const Told *s, int64_t j, double *work) {
  Mean m = {s->terms->name[j], 0, INFINITY, -INFINITY};
  for (int64_t k = 0; k < s->k; k++) {
    const double *v = phi_of(s, k, j);
    for (int64_t i = 0; i < s->n; i++) {
      work[i] = fabs(v[i]);
      m.low = fmin(m.low, v[i]), m.high = fmax(m.high, v[i]);
    }
    m.shap += sum_f64(job, work, s->n) / (double)s->n;
  }
  return m;
}

// Largest first; equal ones in the order of the columns.
static void sort_means(Mean *m, int64_t p) {
  for (int64_t a = 1; a < p; a++)
    for (int64_t b = a; b > 0 && m[b].shap > m[b - 1].shap; b--) {
      Mean t = m[b];
      m[b] = m[b - 1], m[b - 1] = t;
    }
}

static ErrCode add_means(const Told *s, const Mean *m, Frame *f, Arena *a, Err *err) {
  const char **term = arena_array(a, const char *, s->p);
  double *v[3];
  for (int k = 0; k < 3; k++) v[k] = arena_array(a, double, s->p);
  for (int64_t j = 0; j < s->p; j++)
    term[j] = m[j].term, v[0][j] = m[j].shap, v[1][j] = m[j].low, v[2][j] = m[j].high;
  TRY(card_add_texts(f, "term", term, err));
  TRY(card_add_reals(f, "shap", v[0], err));
  TRY(card_add_reals(f, "low", v[1], err));
  return card_add_reals(f, "high", v[2], err);
}

static ErrCode fill_means(Job *job, const Told *s, Frame *f, Err *err) {
  Arena a = {0};
  Mean *m = arena_array(&a, Mean, s->p);
  double *work = mem_new((size_t)s->n * sizeof *work);
  ErrCode code = work ? OK : err_set(err, ERR_MEMORY, "no memory for means of %lld rows", (long long)s->n);
  for (int64_t j = 0; j < s->p && code == OK; j++) m[j] = mean_of(job, s, j, work);
  if (code == OK) sort_means(m, s->p), code = add_means(s, m, f, &a, err);
  mem_free(work);
  arena_fini(&a);
  return code;
}

static ErrCode fill_table(Job *job, const Told *s, ShapForm form, Frame **out, Err *err) {
  int64_t n = form == SHAP_MEANS ? s->p : s->n * s->k * (form == SHAP_LONG ? s->p : 1);
  Frame *f = frame_new(n);
  ErrCode code = (form == SHAP_MEANS ? fill_means : form == SHAP_LONG ? fill_long : fill_rows)(job, s, f, err);
  if (code == OK) *out = f;
  else frame_unref(f);
  return code;
}

// ---- a model ------------------------------------------------------------------------------------------------------
static ErrCode tell(Job *job, const Model *m, Told *s, ShapForm form, Frame **out, Err *err) {
  Mat phi;
  TRY(mat_new(job, s->n, s->t->noutput * (s->p + 1), "Shapley values", &phi, err));
  s->phi = phi.x;
  ErrCode code = trees_shap(job, s->t, &s->x, s->phi, err);
  if (code == OK) code = fill_table(job, s, form, out, err);
  mat_free(&phi);
  if (code != OK) return code;
  Str text = {0};
  str_addf(&text, "Shapley values of ml.%s for %s", model_info(m).type->name, model_info(m).target);
  if (m->fit->levels.n == 2 && !s->levels) str_addf(&text, " = %s", m->fit->levels.name[1]);
  str_addf(&text, ", %lld rows", (long long)s->n);
  frame_set_caption(*out, str_c(&text));
  str_fini(&text);
  return OK;
}

static ErrCode shap_of(Job *job, const Model *m, const Frame *x, const Trees *t, ShapForm form, Frame **out,
                       Err *err) {
  const Fitted *f = m->fit;
  Told s = {.t = t, .terms = &f->design.terms, .n = frame_nrow(x), .p = f->design.terms.n, .k = t->noutput};
  if (t->noutput > 1) s.levels = &f->levels;
  TRY(features_open(job, &f->design, x, &s.x, err));
  ErrCode code = tell(job, m, &s, form, out, err);
  features_close(&s.x);
  return code;
}

ErrCode model_shap(Job *job, const Model *m, const Frame *d, ShapForm form, Frame **out, Err *err) {
  const ModelType *type = learner_type(m->fit->learner, NULL);
  Frame *x;
  if (!type || !type->trees)
    return err_set(err, ERR_ARG, "explain.shap is exact for trees: ml.tree, ml.forest, ml.boost; this is %s%s",
                   type ? "ml." : "a pipeline of steps", type ? type->name : "");
  if (!frame_nrow(d)) return err_set(err, ERR_ARG, "there are no rows to explain");
  TRY(model_transform(job, m, d, &x, err));
  ErrCode code = shap_of(job, m, x, type->trees(&m->fit->state), form, out, err);
  frame_unref(x);
  return code;
}
