// Tables of coefficients, from arrays.
#include "model/model_int.h"

#include <math.h>

ErrCode card_add_texts(Frame *f, const char *name, const char *const *text, Err *err) {
  TextBuilder b;
  textb_init(&b, NULL);
  ErrCode code = OK;
  for (int64_t i = 0; i < frame_nrow(f) && code == OK; i++) code = textb_add(&b, sv(text[i]), err);
  Column *c = NULL;
  if (code == OK) code = textb_take(&b, &c, err);
  textb_fini(&b);
  return code == OK ? frame_add(f, name, c, err) : code;
}

ErrCode card_add_reals(Frame *f, const char *name, const double *v, Err *err) {
  int64_t n = frame_nrow(f);
  Column *c;
  TRY(column_new(NULL, COL_F64, n, NULL, &c, err));
  for (int64_t i = 0; i < n; i++) {
    c->f[i] = v[i];
    ErrCode code = isnan(v[i]) ? column_set_missing(c, i, err) : OK;
    if (code != OK) {
      column_unref(c);
      return code;
    }
  }
  return frame_add(f, name, c, err);
}

Names card_terms(const Names *terms, bool intercept, Arena *a) {
  int64_t first = intercept ? 1 : 0;
  Names out = {arena_array(a, const char *, terms->n + first), terms->n + first};
  if (intercept) out.name[0] = "(intercept)";
  for (int64_t j = 0; j < terms->n; j++) out.name[first + j] = terms->name[j];
  return out;
}

typedef struct Inference {
  double statistic, p, lower, upper;
} Inference;

static Inference infer(double estimate, double se, double df, double quantile) {
  double t = estimate / se;
  if (isnan(t)) return (Inference){NAN, NAN, NAN, NAN};
  double p = 2 * (isinf(df) ? dist_norm(fabs(t), DIST_UPPER) : dist_t(fabs(t), df, DIST_UPPER));
  return (Inference){t, p, estimate - quantile * se, estimate + quantile * se};
}

ErrCode card_add_inference(Frame *f, const char *statistic, const double *estimate, const double *se, double df,
                           double level, Err *err) {
  int64_t n = frame_nrow(f);
  Arena a;
  arena_init(&a);
  double *col[4], upper = 0.5 + level / 2;
  for (int k = 0; k < 4; k++) col[k] = arena_array(&a, double, n);
  double quantile = isinf(df) ? dist_norm_quantile(upper) : dist_t_quantile(upper, df);
  for (int64_t i = 0; i < n; i++) {
    Inference r = infer(estimate[i], se[i], df, quantile);
    col[0][i] = r.statistic, col[1][i] = r.p, col[2][i] = r.lower, col[3][i] = r.upper;
  }
  const char *name[] = {statistic, "p", "lower", "upper"};
  ErrCode code = card_add_reals(f, "estimate", estimate, err);
  if (code == OK) code = card_add_reals(f, "se", se, err);
  for (int k = 0; k < 4 && code == OK; k++) code = card_add_reals(f, name[k], col[k], err);
  arena_fini(&a);
  return code;
}

// ---- the card of a model ------------------------------------------------------------------------------------------
enum { CLASSES_NAMED = 6 };

static bool is_foreign(const Fitted *f) { return !f->data_hash[0]; } // fitted by another program

static void add_target(const Fitted *f, Str *s) {
  const Names *levels = &f->levels;
  Arena a = {0};
  if (!f->target) return;
  str_addf(s, " for %s", transform_print(&f->transform, f->target, &a));
  arena_fini(&a);
  if (levels->n == 0) return;
  if (levels->n == 2) str_addf(s, " = %s", levels->name[f->positive]);
  if (levels->n > CLASSES_NAMED) {
    str_addf(s, " (%lld classes)", (long long)levels->n);
    return;
  }
  for (int64_t k = 0; k < levels->n; k++) {
    str_add(s, k ? ", " : " (");
    if (!is_foreign(f)) str_addf(s, "%lld ", (long long)f->count[k]);
    str_add(s, levels->name[k]);
  }
  str_addc(s, ')');
}

static void add_steps(const StepLine *line, int n, Str *s) {
  for (int k = 0; k < n; k++) {
    str_addf(s, "\n%d prep.%s, %d columns", k + 1, line[k].name, line[k].in);
    if (line[k].out != line[k].in) str_addf(s, " to %d", line[k].out);
    if (line[k].learned) str_addf(s, ": %s", line[k].learned);
  }
}

// Lines: what was fitted on what; the facts of the type, seed and data; a line for each step; "! ..." for each note.
static void print_caption(const Model *m, const char *type, const char *facts, const StepLine *step, Str *s) {
  const Fitted *f = m->fit;
  int64_t n = f->design.terms.n;
  str_add(s, type);
  add_target(f, s);
  if (!is_foreign(f)) str_addf(s, ", %lld row%s", (long long)f->nrow, f->nrow == 1 ? "" : "s");
  if (n) str_addf(s, ", %lld term%s", (long long)n, n == 1 ? "" : "s");
  if (f->weight) str_addf(s, ", weighted by %s", f->weight);
  str_addf(s, "\n%s", facts ? facts : "");
  if (!is_foreign(f))
    str_addf(s, "%sseed %llu, data %.6s..%.2s", facts && *facts ? ", " : "", (unsigned long long)f->seed, f->data_hash,
             f->data_hash + 62);
  if (f->transform.kind != TRANSFORM_NONE) str_addf(s, ", predictions come back as %s", f->target);
  if (m->threshold != 0.5) str_addf(s, ", threshold %g", m->threshold);
  add_steps(step, f->nstep, s);
  for (int64_t k = 0; k < f->notes.n; k++) str_addf(s, "\n! %s", f->notes.name[k]);
}

ErrCode model_card(Job *job, const Model *m, Frame **out, Err *err) {
  const Fitted *f = m->fit;
  const void *opts;
  const ModelType *type = learner_type(f->learner, &opts);
  if (!type) return model_steps(job, m, out, err);
  Arena a;
  StepLine *step;
  Str caption = {0};
  arena_init(&a);
  ErrCode code = model_step_lines(job, m, &a, &step, err);
  if (code == OK) code = type->card(job, opts, &f->state, &f->design.terms, &f->levels, out, err);
  if (code == OK) {
    print_caption(m, type->name, frame_caption(*out), step, &caption);
    frame_set_caption(*out, str_c(&caption));
  }
  str_fini(&caption);
  arena_fini(&a);
  return code;
}
