// Models of other programs. A file becomes a Foreign, and that a Model; writing goes the same way back.
#include "model/exchange_int.h"

#include <string.h>

static bool ends_in(const char *path, const char *suffix) {
  size_t n = strlen(path), m = strlen(suffix);
  return n > m && strcmp(path + n - m, suffix) == 0;
}

ExchangeFormat exchange_by_name(const char *path) {
  if (ends_in(path, ".json")) return EXCHANGE_XGBOOST;
  if (ends_in(path, ".txt")) return EXCHANGE_LIGHTGBM;
  return ends_in(path, ".c") ? EXCHANGE_C : EXCHANGE_NONE;
}

ExchangeFormat exchange_sniff(Sv text) {
  Sv s = sv_trim(text);
  if (s.n && s.s[0] == '{') return EXCHANGE_XGBOOST;
  return s.n >= 5 && memcmp(s.s, "tree\n", 5) == 0 ? EXCHANGE_LIGHTGBM : EXCHANGE_NONE;
}

// ---- classes and categories ---------------------------------------------------------------------------------------
static Names copy_names(const Names *from, Arena *a) {
  Names out = {arena_array(a, const char *, from->n), from->n};
  for (int64_t k = 0; k < from->n; k++) out.name[k] = arena_strdup(a, from->name[k]);
  return out;
}

static ErrCode name_classes(const Foreign *f, const ExchangeOpts *opts, Fitted *m, Err *err) {
  int64_t n = f->sums.nclass;
  const Names *given = opts->classes.n ? &opts->classes : &f->classes;
  if (given->n && given->n != n)
    return err_set(err, ERR_ARG, "classes: %lld were given, the model has %lld", (long long)given->n, (long long)n);
  if (given->n) m->levels = copy_names(given, &m->arena);
  else m->levels = (Names){arena_array(&m->arena, const char *, n), n};
  for (int64_t k = 0; k < n && !given->n; k++) m->levels.name[k] = arena_printf(&m->arena, "%lld", (long long)k);
  for (int64_t k = 0; k < n; k++)
    for (int64_t i = 0; i < k && n < 1000; i++)
      if (strcmp(m->levels.name[i], m->levels.name[k]) == 0)
        return err_set(err, ERR_ARG, "classes: '%s' is there twice", m->levels.name[k]);
  m->count = arena_array(&m->arena, int64_t, n);
  m->positive = n ? n > 1 : -1;
  m->task = n ? TASK_CLASSIFICATION : TASK_REGRESSION;
  return OK;
}

// The words that rows have, in the order of the column's dictionary.
static ErrCode words_of(const Column *c, Arena *a, Names *out, Err *err) {
  Column *cat = NULL;
  TRY(column_to_cat(NULL, c, -1, &cat, err));
  const Dict *d = cat->dict;
  bool *used = arena_array(a, bool, d->n);
  for (int64_t i = 0; i < cat->n; i++)
    if (col_valid(cat, i)) used[col_code(cat, i)] = true;
  *out = (Names){arena_array(a, const char *, d->n), 0};
  for (int32_t k = 0; k < d->n; k++)
    if (used[k]) out->name[out->n++] = arena_strndup(a, d->word[k].s, d->word[k].n);
  column_unref(cat);
  return OK;
}

static ErrCode name_levels(const Foreign *f, const ExchangeOpts *opts, Fitted *m, int64_t j, Err *err) {
  const char *name = f->terms.name[j];
  int at;
  m->kind[j] = COL_F64;
  if (!f->words[j]) return OK;
  if (opts->like) {
    TRY(frame_col(opts->like, sv(name), &at, err));
    const Column *c = frame_at(opts->like, at);
    if (col_is_text(c)) TRY(words_of(c, &m->arena, &m->design.levels[j], err));
  } else if (f->levels) {
    m->design.levels[j] = f->levels[j];
  }
  if (m->design.levels[j].n) m->kind[j] = COL_CAT;
  else state_note(&m->state, "column '%s' holds the numbers of categories, from 0: load_model{..., like=d} takes their "
                  "words, in sorted order, from a frame", name);
  return OK;
}

static ErrCode name_columns(const Foreign *f, const ExchangeOpts *opts, Fitted *m, Err *err) {
  int64_t p = f->terms.n;
  m->features = m->design.terms = f->terms;
  m->design.levels = arena_array(&m->arena, Names, p);
  m->kind = arena_array(&m->arena, ColType, p);
  for (int64_t j = 0; j < p; j++) TRY(name_levels(f, opts, m, j, err));
  return OK;
}

// ---- reading ------------------------------------------------------------------------------------------------------
static ErrCode fill_model(Sv text, const ExchangeOpts *opts, Fitted *m, Err *err) {
  Foreign f = {.arena = &m->state.arena};
  ExchangeFormat format = exchange_sniff(text);
  if (format == EXCHANGE_NONE)
    return err_set(err, ERR_PARSE, "this is no model: XGBoost's JSON begins with '{', LightGBM's text with 'tree'");
  TRY((format == EXCHANGE_XGBOOST ? exchange_read_xgboost : exchange_read_lightgbm)(text, &f, err));
  TRY(name_classes(&f, opts, m, err));
  TRY(name_columns(&f, opts, m, err));
  Sums *b = m->state.data = arena_new(&m->state.arena, Sums);
  *b = f.sums;
  const char *target = opts->target ? opts->target : f.target;
  m->target = arena_strdup(&m->arena, target ? target : "y");
  m->state.iterations = b->trees.ntree / b->trees.noutput;
  m->state.converged = true;
  state_note(&m->state, "read from a file of %s, which does not tell the rows that it was fitted on", f.program);
  m->notes = m->state.notes;
  return OK;
}

ErrCode exchange_read(Sv text, const ExchangeOpts *opts, Model **out, Err *err) {
  static const ExchangeOpts NONE = {0};
  Fitted *m = fitted_new();
  m->learner = learner_new(NULL, 0, &model_imported, NULL);
  ErrCode code = fill_model(text, opts ? opts : &NONE, m, err);
  if (code == OK) *out = model_new(m, 0.5);
  else fitted_unref(m);
  return code;
}

// ---- writing ------------------------------------------------------------------------------------------------------
static ErrCode check_plain(const Fitted *m, const ModelType *type, Err *err) {
  if (!type || !type->sums)
    return err_set(err, ERR_ARG, "other programs and C take boosted trees, ml.boost{}; this is %s%s",
                   type ? "ml." : "a pipeline of steps", type ? type->name : "");
  if (learner_nstep(m->learner))
    return err_set(err, ERR_ARG, "steps before the model cannot be written for other programs: fit ml.boost{} on the "
                   "columns as they stand, it takes words and missing values");
  if (m->transform.kind != TRANSFORM_NONE)
    return err_set(err, ERR_ARG, "a transform of the target cannot be written for other programs");
  return OK;
}

static void describe(const Fitted *m, Arena *a, Foreign *out) {
  int64_t p = m->design.terms.n;
  *out = (Foreign){.arena = a, .terms = m->design.terms, .target = m->target,
                   .classes = m->levels, .levels = m->design.levels, .words = arena_array(a, bool, p)};
  learner_type(m->learner, NULL)->sums(&m->state, &out->sums);
  for (int64_t j = 0; j < p; j++)
    out->words[j] = m->design.levels[j].n > 0 || (j < out->sums.trees.nterm && out->sums.trees.levels[j] > 0);
}

int64_t foreign_words(const Foreign *f, int64_t j) {
  int64_t told = f->levels ? f->levels[j].n : 0, split = f->sums.trees.levels ? f->sums.trees.levels[j] : 0;
  return told > split ? told : split;
}

bool foreign_left(const Foreign *f, const TreeNode *n, int64_t word) {
  const Trees *t = &f->sums.trees;
  return node_next(t, n, (double)word) == n->left;
}

ErrCode exchange_write(Job *job, const Model *m, ExchangeFormat format, Str *out, Err *err) {
  Arena a = {0};
  Foreign f;
  TRY(job_tick(job, 0, 1, err));
  TRY(check_plain(m->fit, learner_type(m->fit->learner, NULL), err));
  describe(m->fit, &a, &f);
  ErrCode code = (format == EXCHANGE_XGBOOST    ? exchange_print_xgboost
                  : format == EXCHANGE_LIGHTGBM ? exchange_print_lightgbm
                                                : exchange_print_c)(&f, out, err);
  arena_fini(&a);
  return code;
}
