// Gradient boosting of trees over binned columns: each round adds, for every sum of trees, the tree that takes most off
// a second-order model of the loss (Newton's step by leaves). Options go by XGBoost's names and defaults; the names of
// other programs are synonyms. base_score is the best constant unless it is given.
// Memory: one byte a value, 60 bytes a row and 8 more a sum, and the histograms of a level.
// References: Friedman, Greedy function approximation, Annals of Statistics 2001; Chen and Guestrin, XGBoost, KDD 2016;
// Ke et al., LightGBM, NIPS 2017.
#include "model/boost_int.h"

#include "base/numfmt.h"
#include "model/training.h"

#include <string.h>

static const Param PARAMS[] = {
    {"rounds", PARAM_INT, offsetof(BoostOpts, rounds), 1, 1e6, "100", NULL, "how many rounds of trees"},
    {"eta", PARAM_REAL, offsetof(BoostOpts, eta), 0, 1, "0.3", NULL, "share of each tree's step that is taken"},
    {"max_depth", PARAM_INT, offsetof(BoostOpts, max_depth), 0, 64, "6", NULL,
     "turns from the root to a leaf at most; 0: any number"},
    {"max_leaves", PARAM_INT, offsetof(BoostOpts, max_leaves), 0, 1 << 20, "0", NULL,
     "leaves of a tree at most; 0: any number, or 31 with grow=\"leaf\""},
    {"grow", PARAM_CHOICE, offsetof(BoostOpts, grow), 0, 0, "depth", "depth|leaf|oblivious",
     "what is split next: the highest node, the leaf that gains most, or all nodes of a level alike"},
    {"max_bin", PARAM_INT, offsetof(BoostOpts, max_bin), 2, 256, "256", NULL, "bins of a column at most"},
    {"objective", PARAM_CHOICE, offsetof(BoostOpts, objective), 0, 0, "auto", OBJECTIVES,
     "loss to be lessened; auto: by the target"},
    {"quantile_alpha", PARAM_REAL, offsetof(BoostOpts, quantile), 1e-6, 1 - 1e-6, "0.5", NULL,
     "share of the target below the predictions of \"reg:quantileerror\""},
    {"num_class", PARAM_INT, offsetof(BoostOpts, num_class), 0, 1e6, "0", NULL,
     "classes of the target, as a check; 0: as many as there are"},
    {"base_score", PARAM_NAMES, offsetof(BoostOpts, base_score), 0, 0, "", "numbers",
     "prediction to begin with, a probability for classes; not given: the best constant"},
    {"alpha", PARAM_REAL, offsetof(BoostOpts, alpha), 0, PARAM_INF, "0", NULL, "penalty on |weight| of leaves"},
    {"lambda", PARAM_REAL, offsetof(BoostOpts, lambda), 0, PARAM_INF, "1", NULL, "penalty on weight^2 / 2 of leaves"},
    {"gamma", PARAM_REAL, offsetof(BoostOpts, gamma), 0, PARAM_INF, "0", NULL, "gain that a split needs"},
    {"min_child_weight", PARAM_REAL, offsetof(BoostOpts, min_child_weight), 0, PARAM_INF, "1", NULL,
     "sum of second derivatives that a child needs; rows, for squared errors"},
    {"min_data_in_leaf", PARAM_INT, offsetof(BoostOpts, min_data), 0, 1e9, "0", NULL, "rows that a child needs"},
    {"increasing", PARAM_NAMES, offsetof(BoostOpts, increasing), 0, 0, "", NULL,
     "columns with which predictions never fall (monotone_constraints of 1)"},
    {"decreasing", PARAM_NAMES, offsetof(BoostOpts, decreasing), 0, 0, "", NULL,
     "columns with which predictions never rise (monotone_constraints of -1)"},
    {"max_delta_step", PARAM_REAL, offsetof(BoostOpts, max_delta_step), 0, PARAM_INF, "0", NULL,
     "largest weight of a leaf before eta; 0: any"},
    {"subsample", PARAM_REAL, offsetof(BoostOpts, subsample), 1e-6, 1, "1", NULL, "share of the rows for each tree"},
    {"colsample_bytree", PARAM_REAL, offsetof(BoostOpts, by_tree), 1e-6, 1, "1", NULL,
     "share of the columns for each tree"},
    {"colsample_bylevel", PARAM_REAL, offsetof(BoostOpts, by_level), 1e-6, 1, "1", NULL,
     "of those for each level of a tree"},
    {"colsample_bynode", PARAM_REAL, offsetof(BoostOpts, by_node), 1e-6, 1, "1", NULL, "of those for each node"},
    {"scale_pos_weight", PARAM_REAL, offsetof(BoostOpts, scale_pos_weight), 1e-9, 1e9, "1", NULL,
     "weight of the second class against the first"},
    {"max_cat_to_onehot", PARAM_INT, offsetof(BoostOpts, onehot), 1, 256, "4", NULL,
     "up to so many words are split off one by one; more are ordered by their gradients"},
    {"max_cat_threshold", PARAM_INT, offsetof(BoostOpts, cat_threshold), 1, 256, "64", NULL,
     "words that one side of a split has at most"},
    {"cat_smooth", PARAM_REAL, offsetof(BoostOpts, cat_smooth), 0, PARAM_INF, "10", NULL,
     "second derivatives added to each word before they are ordered"},
    {"cat_l2", PARAM_REAL, offsetof(BoostOpts, cat_l2), 0, PARAM_INF, "10", NULL,
     "added to lambda where ordered words are split"},
    {"valid", PARAM_REAL, offsetof(BoostOpts, valid), 0, 0.9, "0", NULL,
     "share of the rows that is held out and scored after each round"},
    {"early_stopping_rounds", PARAM_INT, offsetof(BoostOpts, early), 0, 1e6, "0", NULL,
     "stop when so many rounds made the rows held out no better, and keep the best; 0: never"},
    {"eval_metric", PARAM_CHOICE, offsetof(BoostOpts, metric), 0, 0, "auto", BOOST_METRICS,
     "what rows held out are scored by; auto: rmse or logloss"},
    {"verbosity", PARAM_INT, offsetof(BoostOpts, verbosity), 0, 3, "1", NULL,
     "0: notes on the card only of a fit that was stopped or that stopped early"},
    {"seed", PARAM_INT, offsetof(BoostOpts, seed), 0, PARAM_INF, "0", NULL, "of rows and columns by chance"},
    PARAM_END_SYNONYMS("num_round=rounds nrounds=rounds n_estimators=rounds num_iterations=rounds iterations=rounds "
                       "learning_rate=eta depth=max_depth num_leaves=max_leaves grow_policy=grow border_count=max_bin "
                       "loss_function=objective reg_alpha=alpha lambda_l1=alpha reg_lambda=lambda lambda_l2=lambda "
                       "l2_leaf_reg=lambda min_split_loss=gamma min_gain_to_split=gamma "
                       "min_sum_hessian_in_leaf=min_child_weight min_child_samples=min_data_in_leaf "
                       "bagging_fraction=subsample "
                       "feature_fraction=colsample_bytree feature_fraction_bynode=colsample_bynode "
                       "early_stopping_round=early_stopping_rounds od_wait=early_stopping_rounds metric=eval_metric "
                       "random_state=seed random_seed=seed")};

// ---- fit ----------------------------------------------------------------------------------------------
typedef struct Boosted { // state->data
  Sums sums;
  BoostCurve curve;
} Boosted;

static ErrCode all_rounds(Boosting *b, Err *err) {
  ErrCode code = OK;
  bool stop = false;
  while (code == OK && !stop && b->round < b->o.rounds) {
    code = boost_round(b, err);
    if (code == OK) code = boost_watch(b, &stop, err);
  }
  return code;
}

// Early stopping keeps the rounds up to the best one.
static void keep_best(Boosting *b, ModelState *state) {
  const BoostCurve *c = b->curve;
  char value[NUMFMT_MAX];
  if (!b->o.early || !c->n) return;
  fmt_sensible(value, sizeof value, c->valid[c->best], 4);
  state_note(state, "%lld of %lld rounds are kept: %s of the rows held out was best then, %s", (long long)c->best + 1,
             (long long)c->n, c->metric, value);
  trees_cut(b->trees, (c->best + 1) * b->data.noutput);
  b->round = c->best + 1;
}

static void add_notes(const Boosting *b, ModelState *state) {
  const Trees *t = b->trees;
  if (t->nnode == t->ntree)
    state_note(state, "no split gains anything: every row is predicted alike");
  for (int64_t j = 0; j < b->bins.p; j++) {
    const BinColumn *c = &b->bins.column[j];
    if (c->words && c->nlevel > c->nvalue)
      state_note(state, "column '%s' has %lld words: the rarest share one bin", b->in->terms->name[j],
                 (long long)c->nlevel);
  }
}

// Cancelled after a round at least, where part of it is wanted: that.
static ErrCode take_part(Boosting *b, ErrCode code, ModelState *state) {
  if (code != ERR_CANCELLED || b->round == 0 || !job_keep(b->job)) return code;
  trees_cut(b->trees, b->round * b->data.noutput);
  state_note(state, "stopped after %lld of %lld rounds", (long long)b->round, (long long)b->o.rounds);
  state->converged = false;
  return OK;
}

// The leaves that a policy has where there is no other limit. Oblivious trees are limited by levels.
static ErrCode settle_growth(BoostOpts *o, Err *err) {
  if (o->grow == GROW_LEAF && o->max_leaves == 0) o->max_leaves = 31;
  if (o->grow != GROW_OBLIVIOUS) return OK;
  if (o->max_depth > LEVEL_DEPTH)
    return err_set(err, ERR_ARG, "boost: grow=\"oblivious\" doubles the leaves with each level: max_depth is at most "
                   "%d, %lld was given", LEVEL_DEPTH, (long long)o->max_depth);
  if (o->max_depth == 0) o->max_depth = LEVEL_DEPTH;
  while (o->max_leaves > 1 && o->max_depth > 1 && (int64_t)1 << o->max_depth > o->max_leaves) o->max_depth--;
  if (o->max_leaves > 1) o->max_leaves = 0;
  return OK;
}

// On top of the trees that there are, where there are some.
static ErrCode boost_extend(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  BoostOpts o = *(const BoostOpts *)opts;
  Boosted *m = state->data;
  Sums *s = &m->sums;
  Boosting b;
  TRY(settle_growth(&o, err));
  m->curve = (BoostCurve){0};
  TRY(boost_open(job, &o, in, &s->trees, &m->curve, &b, err));
  s->objective = b.name->name, s->link = b.name->link, s->nclass = in->nclass;
  state->converged = true;
  ErrCode code = s->trees.ntree ? boost_resume(&b, err) : OK;
  if (code == OK) code = take_part(&b, all_rounds(&b, err), state);
  if (code == OK) keep_best(&b, state);
  if (code == OK && o.verbosity > 0) add_notes(&b, state);
  state->iterations = b.round;
  boost_close(&b);
  return code;
}

static ErrCode boost_fit(Job *job, const void *opts, const FitIn *in, ModelState *state, Err *err) {
  Boosted *m = state->data = arena_new(&state->arena, Boosted);
  m->sums.trees.arena = &state->arena;
  return boost_extend(job, opts, in, state, err);
}

// ---- card and store -----------------------------------------------------------------------------------------------
// ", logloss .1661 held out and .0531 learned from": of the last round kept, and the best where that is another.
static void add_curves(const BoostCurve *c, int64_t kept, Str *s) {
  char train[NUMFMT_MAX], valid[NUMFMT_MAX], best[NUMFMT_MAX];
  if (!kept || kept > c->n) return;
  fmt_sensible(train, sizeof train, c->train[kept - 1], 4);
  fmt_sensible(valid, sizeof valid, c->valid[kept - 1], 4);
  fmt_sensible(best, sizeof best, c->valid[c->best], 4);
  str_addf(s, ", %s %s held out and %s learned from", c->metric, valid, train);
  if (c->best + 1 < kept) str_addf(s, ", best %s after round %lld", best, (long long)c->best + 1);
}

static ErrCode boost_card(Job *job, const void *opts, const ModelState *state, const Names *terms, const Names *levels,
                          Frame **out, Err *err) {
  const Sums *s = state->data;
  const Trees *t = &s->trees;
  int64_t leaves = (t->nnode + t->ntree) / 2;
  Str facts = {0};
  (void)opts, (void)levels;
  TRY(trees_card(job, t, terms, out, err));
  str_addf(&facts, "%s, %lld tree%s, %lld leaves", s->objective, (long long)t->ntree, t->ntree == 1 ? "" : "s",
           (long long)leaves);
  add_curves(&((const Boosted *)state->data)->curve, t->ntree / t->noutput, &facts);
  frame_set_caption(*out, str_c(&facts));
  str_fini(&facts);
  return OK;
}

static void boost_store(Store *s, const void *opts, int64_t nterm, int nclass, ModelState *state) {
  (void)opts;
  if (s->reading) state->data = arena_new(&state->arena, Boosted);
  Boosted *m = state->data;
  BoostCurve *c = &m->curve;
  sums_store(s, nterm, nclass, &m->sums);
  store_text(s, "metric", &c->metric);
  store_f64s(s, "train", &c->train, &c->ntrain);
  store_f64s(s, "valid", &c->valid, &c->n);
  store_i64(s, "best", &c->best);
  if (c->n != c->ntrain || c->best < 0 || c->best > c->n) store_fail(s, "curves that do not fit each other");
}

static void boost_rounds(const ModelState *state, ModelRounds *out) {
  const BoostCurve *c = &((const Boosted *)state->data)->curve;
  *out = (ModelRounds){.metric = c->n ? c->metric : NULL, .larger = c->n && boost_larger(c->metric), .train = c->train,
                       .valid = c->valid, .n = c->n, .best = c->best, .seen = c->seen, .nseen = c->nseen,
                       .nvalid = c->nvalid};
}

const ModelType model_boost = {
    .name = "boost",
    .summary = "Gradient boosting of trees, for numbers and classes, with missing values and words as they stand",
    .source = "Chen and Guestrin, XGBoost, KDD 2016; Ke et al., LightGBM, NIPS 2017; XGBoost 1.7.4",
    .unfit = "extrapolation beyond the values of the training; a few dozen rows; effects that must be read off",
    .tasks = TASK_REGRESSION | TASK_CLASSIFICATION,
    .example = "return ml.boost{rounds=50}:fit(data 'iris', 'class')",
    .params = PARAMS,
    .opts_size = sizeof(BoostOpts),
    .fit = boost_fit,
    .extend = boost_extend,
    .predict_columns = sums_predict,
    .card = boost_card,
    .store = boost_store,
    .trees = sums_trees,
    .rounds = boost_rounds,
    .sums = sums_get,
};
