// Selecting columns by a score of each. Against the target: F, chi-square or mutual information; without it: variance,
// or a filter of columns that say what another one says already. Learned on the training rows, so that cross-validation
// chooses anew in each fold. Columns that are not looked at stay.
// How many stay: the best k, a share of them, those with p below a bound, or those with a score above one; of equal
// scores the column further left. The correlation filter goes from left to right and drops a column whose absolute
// correlation with one that stayed is above the limit.
#include "prep/select_int.h"

#include "base/numfmt.h"
#include "frame/verbs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DEFAULT_K = 10, CLASSES_AS = 20 }; // ints with up to 20 values count as classes for mutual information

typedef struct SelectOpts {
  Names columns;
  int by;
  int64_t k;
  double share, p, above, limit;
} SelectOpts;

typedef struct Select {
  Learned in;
  int64_t *keep;     // of each learned column 0 or 1
  double *score, *p; // NaN: none
  Names note;        // "" = none
} Select;

static const Param PARAMS[] = {
    {"columns", PARAM_NAMES, offsetof(SelectOpts, columns), .dflt = "",
     .doc = "columns to choose from: names or \"*\", \"@number\"; none given: every number column; others stay"},
    {"by", PARAM_CHOICE, offsetof(SelectOpts, by), .dflt = "f", .choices = "f|chi2|mutual|variance|correlation",
     .doc = "the score: F test, chi-square or mutual information with the target; variance; or the correlation filter"},
    {"k", PARAM_INT, offsetof(SelectOpts, k), 0, PARAM_INF, "0",
     .doc = "how many stay; 0 when another bound is given, and 10 when none is"},
    {"share", PARAM_REAL, offsetof(SelectOpts, share), 0, 1, "0", .doc = "share of the columns that stay; 0: no bound"},
    {"p", PARAM_REAL, offsetof(SelectOpts, p), 0, 1, "0",
     .doc = "columns stay whose p is below this (f and chi2); 0: no bound"},
    {"above", PARAM_REAL, offsetof(SelectOpts, above), -1, PARAM_INF, "-1",
     .doc = "columns stay whose score is above this; -1: no bound, and 0 for variance"},
    {"limit", PARAM_REAL, offsetof(SelectOpts, limit), 0, 1, "0.9",
     .doc = "correlation: most that two columns that stay may be correlated"},
    PARAM_END};

// ---- options -------------------------------------------------------------------------------------------------------
static ErrCode check_opts(const SelectOpts *o, const StepIn *in, Err *err) {
  int bounds = (o->k > 0) + (o->share > 0) + (o->p > 0) + (o->above >= 0);
  if (bounds > 1) return err_set(err, ERR_ARG, "prep.select: give one of k, share, p and above");
  if (o->by == BY_CORRELATION && bounds)
    return err_set(err, ERR_ARG, "prep.select: by=\"correlation\" takes limit, and not k, share, p or above");
  if (o->p > 0 && o->by != BY_F && o->by != BY_CHI2)
    return err_set(err, ERR_ARG, "prep.select: p is for by=\"f\" and by=\"chi2\"; give k, share or above");
  if (o->by <= BY_MUTUAL && !in->y)
    return err_set(err, ERR_ARG,
                   "prep.select: this score needs a target, p:fit(d, \"y\"); by=\"variance\" and "
                   "by=\"correlation\" need none");
  if (o->by == BY_CHI2 && !in->levels)
    return err_set(err, ERR_ARG,
                   "prep.select: by=\"chi2\" is for classes, and the target is a number: by=\"f\" or "
                   "by=\"mutual\"");
  return OK;
}

// ---- the target ----------------------------------------------------------------------------------------------------
typedef struct Choosing {
  Job *job;
  const SelectOpts *opts;
  const StepIn *in;
  const int *col;
  Select *st;
  Goal goal;
  Mat room; // order, centred target, a column twice
  double *x, *spare;
  Arena *arena;
} Choosing;

static void order_classes(Goal *g, Arena *a) {
  g->start = arena_array(a, int64_t, g->nclass + 1);
  int64_t *at = arena_array(a, int64_t, g->nclass + 1);
  for (int64_t i = 0; i < g->n; i++) g->start[(int64_t)g->y[i] + 1]++;
  for (int64_t k = 0; k < g->nclass; k++) at[k + 1] = g->start[k + 1] += g->start[k];
  at[0] = 0;
  for (int64_t i = 0; i < g->n; i++) g->order[at[(int64_t)g->y[i]]++] = i;
}

static ErrCode read_goal(Choosing *t, Err *err) {
  int64_t n = frame_nrow(t->in->x);
  TRY(mat_new(t->job, n, 4, "the scores of prep.select", &t->room, err));
  Goal *g = &t->goal;
  *g = (Goal){.y = t->in->y, .n = n, .nclass = t->in->levels ? t->in->levels->n : 0};
  g->order = (int64_t *)(void *)t->room.x, g->centred = t->room.x + n;
  t->x = t->room.x + 2 * n, t->spare = t->room.x + 3 * n;
  if (!g->y) return OK;
  if (g->nclass) return order_classes(g, t->arena), OK;
  g->mean = sum_f64(t->job, g->y, n) / (double)n;
  affine_map(&(Affine){g->mean, 1}, g->y, n, g->centred);
  return OK;
}

// ---- scores --------------------------------------------------------------------------------------------------------
static bool is_count(const void *ctx, double v) { return (void)ctx, v >= 0; }

static ErrCode is_discrete(Choosing *t, const Column *c, bool *out, Err *err) {
  int64_t distinct;
  if (c->type != COL_I64) return *out = c->type == COL_BOOL, OK;
  memcpy(t->spare, t->x, (size_t)c->n * sizeof *t->x);
  TRY(order_distinct_f64(t->job, t->spare, c->n, &distinct, err));
  return *out = distinct <= CLASSES_AS, OK;
}

static ErrCode score_variance(Choosing *t, const char *name, const Column *c, Score *out, Err *err) {
  double *x;
  int64_t n;
  if (!col_is_number(c)) return check_full("select", name, c, err);
  TRY(column_present(t->job, "select", c, &x, &n, err));
  Moments m = moments_f64(t->job, x, n);
  mem_free(x);
  if (n == 0) return check_full("select", name, c, err);
  *out = (Score){m.min == m.max ? 0 : m.m2 / (double)n, NAN};
  return OK;
}

static ErrCode score_column(Choosing *t, int64_t k, Score *out, Err *err) {
  const char *name = t->st->in.names.name[k];
  const Column *c = frame_at(t->in->x, t->col[k]);
  bool discrete;
  if (t->opts->by == BY_VARIANCE) return score_variance(t, name, c, out, err);
  TRY(check_full("select", name, c, err));
  column_doubles(c, 0, c->n, t->x);
  if (t->opts->by == BY_F) return *out = score_f(t->job, &t->goal, t->x, t->spare), OK;
  if (t->opts->by == BY_CHI2) {
    TRY(check_domain(t->job, "select", name, c, is_count, NULL, "below 0",
                     "chi-square is for counts and shares; by=\"f\" takes any number", err));
    return *out = score_chi2(t->job, &t->goal, t->x, t->spare), OK;
  }
  TRY(is_discrete(t, c, &discrete, err));
  if (discrete) t->st->note.name[k] = "its values as classes";
  *out = (Score){0, NAN};
  return score_mutual(t->job, &t->goal, t->x, discrete, t->in->seed, &out->score, err);
}

// ---- which stay ----------------------------------------------------------------------------------------------------
// Of n scores the `most` best, ties to the left; none that is NaN unless all stay.
static void keep_best(Select *st, int64_t most) {
  int64_t n = st->in.names.n;
  for (int64_t k = 0; k < n; k++) {
    int64_t better = 0;
    double mine = isnan(st->score[k]) ? -INFINITY : st->score[k];
    for (int64_t j = 0; j < n; j++) {
      double other = isnan(st->score[j]) ? -INFINITY : st->score[j];
      better += other > mine || (other == mine && j < k);
    }
    st->keep[k] = better < most;
  }
}

// As SelectPercentile: those above the percentile of the scores, and at it as far as the share reaches.
static int64_t most_of(double share, int64_t n) {
  double at = (1 - share) * (double)(n - 1);
  int64_t above = n - 1 - (int64_t)at, part = (int64_t)((double)n * share);
  return at == floor(at) && part > above ? part : above;
}

static void keep_columns(const SelectOpts *o, Select *st) {
  int64_t n = st->in.names.n;
  double above = o->above < 0 ? 0 : o->above;
  bool plain = o->k == 0 && o->share == 0 && o->p == 0 && o->above < 0;
  if (o->p > 0)
    for (int64_t k = 0; k < n; k++) st->keep[k] = st->p[k] < o->p;
  else if (o->above >= 0 || (plain && o->by == BY_VARIANCE))
    for (int64_t k = 0; k < n; k++) st->keep[k] = st->score[k] > above;
  else keep_best(st, o->share > 0 ? most_of(o->share, n) : plain ? DEFAULT_K : o->k);
}

static ErrCode score_all(Choosing *t, Err *err) {
  Select *st = t->st;
  for (int64_t k = 0; k < st->in.names.n; k++) {
    Score s;
    TRY(job_tick(t->job, k, st->in.names.n, err));
    TRY(score_column(t, k, &s, err));
    st->score[k] = s.score, st->p[k] = s.p;
  }
  keep_columns(t->opts, st);
  return OK;
}

// ---- the correlation filter ----------------------------------------------------------------------------------------
// Columns of unit length and mean 0; those without spread stay 0.
static ErrCode unit_columns(Choosing *t, Mat *m, Err *err) {
  for (int64_t k = 0; k < m->p; k++) {
    const Column *c = frame_at(t->in->x, t->col[k]);
    double *x = m->x + k * m->n;
    TRY(job_tick(t->job, k, m->p, err));
    TRY(check_full("select", t->st->in.names.name[k], c, err));
    column_doubles(c, 0, c->n, x);
    Moments all = moments_f64(t->job, x, m->n);
    double length = sqrt(all.m2);
    affine_map(&(Affine){all.mean, all.min < all.max && length > 0 ? length : INFINITY}, x, m->n, x);
  }
  return OK;
}

static void filter_correlated(Choosing *t, const double *gram) {
  Select *st = t->st;
  int64_t p = st->in.names.n;
  for (int64_t k = 0; k < p; k++) {
    int64_t with = -1;
    for (int64_t j = 0; j < k; j++)
      if (st->keep[j] && (with < 0 || fabs(gram[j * p + k]) > fabs(gram[with * p + k]))) with = j;
    st->score[k] = with < 0 ? NAN : gram[with * p + k];
    st->keep[k] = with < 0 || !(fabs(st->score[k]) > t->opts->limit);
    if (with >= 0) st->note.name[k] = arena_printf(t->arena, "with %s", st->in.names.name[with]);
  }
}

static ErrCode filter_all(Choosing *t, Err *err) {
  int64_t p = t->st->in.names.n;
  Mat x, gram = {0};
  if (p == 0) return OK;
  TRY(mat_new(t->job, frame_nrow(t->in->x), p, "the columns of prep.select", &x, err));
  ErrCode code = mat_new(t->job, p, p, "the correlations of prep.select", &gram, err);
  if (code == OK) code = unit_columns(t, &x, err);
  if (code == OK) code = mat_gram(t->job, &x, NULL, gram.x, err);
  if (code == OK) filter_correlated(t, gram.x);
  mat_free(&gram);
  mat_free(&x);
  return code;
}

// ---- fit and apply -------------------------------------------------------------------------------------------------
static ErrCode none_left(const Select *st, const Frame *x, Err *err) {
  int64_t kept = 0, n = st->in.names.n;
  for (int64_t k = 0; k < n; k++) kept += st->keep[k];
  if (kept || n == 0 || n < frame_ncol(x)) return OK;
  return err_set(err, ERR_ARG,
                 "prep.select: none of the %lld columns passes, and no other column is left: choose a "
                 "looser bound, or k=1 for the best one",
                 (long long)n);
}

static ErrCode select_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {
  const SelectOpts *o = opts;
  Arena *a = &state->arena;
  Select *st = arena_new(a, Select);
  int *col;
  TRY(step_learn("select", in->x, &o->columns, "@number", a, &st->in, &col, err));
  TRY(check_opts(o, in, err));
  int64_t n = st->in.names.n;
  st->keep = arena_array(a, int64_t, n), st->score = arena_array(a, double, n), st->p = arena_array(a, double, n);
  st->note = (Names){arena_array(a, const char *, n), n};
  for (int64_t k = 0; k < n; k++) st->note.name[k] = "", st->p[k] = NAN;
  Choosing t = {.job = job, .opts = o, .in = in, .col = col, .st = st, .arena = a};
  ErrCode code = o->by == BY_CORRELATION ? OK : read_goal(&t, err);
  if (code == OK) code = o->by == BY_CORRELATION ? filter_all(&t, err) : score_all(&t, err);
  mat_free(&t.room);
  if (code == OK) code = none_left(st, in->x, err);
  state->data = st;
  return code;
}

static ErrCode select_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out, Err *err) {
  (void)opts;
  const Select *st = state->data;
  Arena a;
  arena_init(&a);
  int *of;
  Frame *made = frame_new(frame_nrow(x));
  ErrCode code = step_match("select", x, &st->in, &a, &of, err);
  for (int j = 0; j < frame_ncol(x) && code == OK; j++) {
    if (of[j] >= 0 && !st->keep[of[j]]) continue;
    code = job_tick(job, j, frame_ncol(x), err);
    if (code == OK) code = frame_add(made, frame_name(x, j), column_ref(frame_at(x, j)), err);
  }
  arena_fini(&a);
  return frame_give(code, made, out);
}

// ---- store and card ------------------------------------------------------------------------------------------------
static void select_store(Store *s, StepState *state) {
  if (s->reading) state->data = arena_new(&state->arena, Select);
  Select *st = state->data;
  step_store(s, &st->in);
  int64_t nkeep = st->in.names.n, nscore = nkeep, np = nkeep;
  store_i64s(s, "keep", &st->keep, &nkeep);
  store_f64s(s, "scores", &st->score, &nscore);
  store_f64s(s, "p", &st->p, &np);
  store_names(s, "notes", &st->note);
  int64_t n = st->in.names.n;
  if (nkeep != n || nscore != n || np != n || st->note.n != n) store_fail(s, "scores that do not fit their columns");
  if (s->err.code != OK) st->in.names.n = 0;
}

static const char *bound_of(const SelectOpts *o, Arena *a) {
  if (o->by == BY_CORRELATION) return arena_printf(a, "r with the closest column that stays is at most %g", o->limit);
  if (o->p > 0) return arena_printf(a, "p below %g", o->p);
  if (o->share > 0) return arena_printf(a, "the best %g %%", 100 * o->share);
  if (o->above >= 0 || (o->by == BY_VARIANCE && !o->k)) return arena_printf(a, "above %g", fmax(o->above, 0));
  return arena_printf(a, "the best %lld", (long long)(o->k ? o->k : DEFAULT_K));
}

static ErrCode select_card(Job *job, const void *opts, const StepState *state, Frame **out, Err *err) {
  static const char *const what[] = {"f", "chi2", "mutual_information", "variance", "r"};
  const SelectOpts *o = opts;
  const Select *st = state->data;
  int64_t n = st->in.names.n, kept = 0;
  Arena a;
  arena_init(&a);
  const char **stays = arena_array(&a, const char *, n), **note = arena_array(&a, const char *, n);
  for (int64_t k = 0; k < n; k++) {
    stays[k] = st->keep[k] ? "yes" : "no", kept += st->keep[k] != 0;
    note[k] = st->note.name[k][0] ? st->note.name[k] : NULL;
  }
  Frame *card = frame_new(n);
  ErrCode code = card_words(job, card, "column", st->in.names.name, err);
  if (code == OK) code = card_reals(job, card, what[o->by], st->score, err);
  if (code == OK && (o->by == BY_F || o->by == BY_CHI2)) code = card_reals(job, card, "p", st->p, err);
  if (code == OK) code = card_words(job, card, "stays", stays, err);
  if (code == OK && (o->by == BY_MUTUAL || o->by == BY_CORRELATION)) code = card_words(job, card, "note", note, err);
  const char *caption =
      arena_printf(&a, "%lld of %lld columns stay: %s", (long long)kept, (long long)n, bound_of(o, &a));
  frame_set_caption(card, caption);
  arena_fini(&a);
  return frame_give(code, card, out);
}

const StepType step_select = {
    .name = "select",
    .summary = "Keeps the columns with the best scores, or leaves out those that repeat others",
    .source = "Ross, PLoS ONE 9 (2014); Kraskov et al., Phys. Rev. E 69 (2004); checked against scikit-learn 1.2.1, "
              "f_classif, f_regression, chi2, mutual_info_*, SelectKBest and its kin; of two columns that repeat each "
              "other the right one goes, where step_corr of recipes drops the one correlated with more",
    .unfit = "columns that tell something only together, which scores of one column do not see",
    .example = "return pipe{prep.select{by='f', k=5}}:preview(data 'wine', 'class')",
    .params = PARAMS,
    .opts_size = sizeof(SelectOpts),
    .fit = select_fit,
    .apply = select_apply,
    .store = select_store,
    .card = select_card,
};
