// Rows that are held out of boosting and scored after each round. They stand in every tree without derivatives: their
// rows are parted and their scores kept like those of the others, so watching them costs no walk of a tree. Rows that
// the fit was given to watch walk each new tree.
#include "model/boost_int.h"

#include "base/pool.h"
#include "base/rng.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef double (*LossFn)(const ObjectiveName *is, const BoostData *d, int64_t i); // of a row, by its scores

static double squared(const ObjectiveName *is, const BoostData *d, int64_t i) {
  double s = d->score[i], e = (is->link == LINK_LOG ? fmath_exp(s) : s) - d->y[i];
  return e * e;
}

static double absolute(const ObjectiveName *is, const BoostData *d, int64_t i) { return sqrt(squared(is, d, i)); }

static double log_loss(const ObjectiveName *is, const BoostData *d, int64_t i) {
  double s = d->score[i], y = d->y[i], most = s, sum = 0;
  int64_t n = d->n;
  if (!is->many) return fmath_softplus(y > 0 ? -s : s);
  for (int k = 1; k < d->noutput; k++) most = fmax(most, d->score[k * n + i]);
  for (int k = 0; k < d->noutput; k++) sum += fmath_exp(d->score[k * n + i] - most);
  return most + fmath_log(sum) - d->score[(int64_t)y * n + i];
}

static double wrong(const ObjectiveName *is, const BoostData *d, int64_t i) {
  int64_t best = 0, n = d->n;
  if (!is->many) return (d->score[i] > 0) != (d->y[i] > 0);
  for (int k = 1; k < d->noutput; k++)
    if (d->score[k * n + i] > d->score[best * n + i]) best = k;
  return best != (int64_t)d->y[i];
}

typedef struct BoostMetric {
  const char *name;
  Task task;
  LossFn loss;      // NULL: AUC
  bool root;
} BoostMetric;

static const BoostMetric METRICS[] = {{"rmse", TASK_REGRESSION, squared, true},
                                      {"mae", TASK_REGRESSION, absolute, false},
                                      {"logloss", TASK_CLASSIFICATION, log_loss, false},
                                      {"error", TASK_CLASSIFICATION, wrong, false},
                                      {"auc", TASK_CLASSIFICATION, NULL, false}};

static const BoostMetric *metric_of(const Boosting *b) {
  if (b->o.metric) return &METRICS[b->o.metric - 1];
  return &METRICS[b->in->task == TASK_REGRESSION ? 0 : 2];
}

bool boost_larger(const char *metric) { return strcmp(metric, "auc") == 0; }

// ---- scores -------------------------------------------------------------------------------------------------------
typedef struct Judged { // the rows of d whose mark in `held` is `mark`; held NULL: all
  const BoostData *d;
  const uint8_t *held;
  bool mark;
  double *work, *other; // d->n each
} Judged;

static bool is_judged(const Judged *j, int64_t i) { return !j->held || (j->held[i] != 0) == j->mark; }

// The mean by weight.
static double mean_loss(const Boosting *b, const BoostMetric *m, const Judged *j) {
  int64_t n = j->d->n;
  for (int64_t i = 0; i < n; i++) {
    bool mine = is_judged(j, i);
    j->other[i] = mine ? j->d->weight ? j->d->weight[i] : 1 : 0;
    j->work[i] = mine ? m->loss(b->name, j->d, i) : 0;
  }
  double mean = sum_dot(b->job, j->work, j->other, n) / sum_f64(b->job, j->other, n);
  return m->root ? sqrt(mean) : mean;
}

// Of the second class; rows count once.
static ErrCode auc_of(const Boosting *b, const Judged *j, double *out, Err *err) {
  int64_t n = 0;
  double ones = 0, sum = 0, *rank = j->other;
  for (int64_t i = 0; i < j->d->n; i++)
    if (is_judged(j, i)) j->work[n++] = j->d->score[i];
  TRY(rank_average(b->job, j->work, n, rank, err));
  for (int64_t i = 0, k = 0; i < j->d->n; i++) {
    if (!is_judged(j, i)) continue;
    if (j->d->y[i] > 0) sum += rank[k], ones++;
    k++;
  }
  *out = (sum - ones * (ones + 1) / 2) / (ones * ((double)n - ones));
  return OK;
}

static ErrCode score_rows(Boosting *b, const BoostMetric *m, bool held, double *out, Err *err) {
  Judged j = {&b->data, b->held, held, b->g.x, b->h.x}; // g and h are free between rounds
  double *work = b->watch.work.x;
  if (held && !b->held) j = (Judged){&b->watch.data, NULL, true, work, work + b->watch.data.n};
  if (!m->loss) return auc_of(b, &j, out, err);
  return *out = mean_loss(b, m, &j), OK;
}

// ---- rows that were given -----------------------------------------------------------------------------------------
static ErrCode read_given(Boosting *b, Err *err) {
  BoostWatch *w = &b->watch;
  const Features *x = b->in->valid;
  w->data = (BoostData){.y = b->in->valid_y, .n = x->n, .noutput = b->data.noutput};
  TRY(mat_new(b->job, x->n, x->p, "the columns of valid", &w->x, err));
  TRY(mat_new(b->job, x->n, b->data.noutput, "the scores of valid", &w->score, err));
  TRY(mat_new(b->job, x->n, 2, "the losses of valid", &w->work, err));
  for (int64_t j = 0; j < x->p; j++) features_read(x, j, 0, x->n, w->x.x + j * x->n);
  w->data.score = w->score.x;
  return OK;
}

static void walk_given(void *ctx, int64_t begin, int64_t end) {
  const Boosting *b = ctx;
  const BoostWatch *w = &b->watch;
  const Trees *t = b->trees;
  for (int64_t k = w->ntree; k < b->round * b->data.noutput; k++) {
    const TreeNode *first = t->node + t->root[k];
    double *score = w->score.x + t->output[k] * w->data.n;
    for (int64_t i = begin; i < end; i++) {
      const TreeNode *node = first;
      while (node->feature != NODE_LEAF) node = first + node_next(t, node, w->x.x[node->feature * w->data.n + i]);
      score[i] += t->value[node - t->node];
    }
  }
}

// Adds the trees that are new, in their order.
static void follow_trees(Boosting *b) {
  BoostWatch *w = &b->watch;
  for (int64_t k = 0; k < w->data.noutput && w->ntree == 0; k++)
    for (int64_t i = 0; i < w->data.n; i++) w->score.x[k * w->data.n + i] = b->trees->base[k];
  par_for(b->job, w->data.n, NUM_BLOCK, walk_given, b);
  w->ntree = b->round * b->data.noutput;
}

// ---- what the rows held out look like ------------------------------------------------------------------------------
enum { SEEN_MOST = 20000 }; // rounds, 4 MB

static void make_room_for_seen(Boosting *b) {
  BoostCurve *c = b->curve;
  if (b->in->nclass != 2 || b->o.rounds > SEEN_MOST) return;
  c->room = b->o.rounds, c->seen = arena_array(b->arena, RoundSeen, c->room);
}

static void see_row(const Boosting *b, const BoostData *d, int64_t i, RoundSeen *out) {
  double p = b->name->many ? d->score[d->n + i] - d->score[i] : d->score[i];
  bool one = d->y[i] > 0, called = p > 0;
  if (b->name->link == LINK_STEP) p = called;
  else p = 1 / (1 + fmath_exp(-p));
  int bin = p >= 0 ? (int)(p * SEEN_BINS) : 0;
  out->bin[one][bin < SEEN_BINS ? bin : SEEN_BINS - 1]++;
  *(one ? called ? &out->tp : &out->fn : called ? &out->fp : &out->tn) += 1;
}

// Of the round that has ended; NULL: there are not two classes.
static const RoundSeen *see_rows(Boosting *b) {
  BoostCurve *c = b->curve;
  const BoostData *d = b->held ? &b->data : &b->watch.data;
  if (!c->seen || c->nseen == c->room) return NULL;
  RoundSeen *seen = &c->seen[c->nseen++];
  *seen = (RoundSeen){0};
  for (int64_t i = 0; i < d->n; i++)
    if (!b->held || b->held[i]) see_row(b, d, i, seen);
  return seen;
}

// ---- rounds -------------------------------------------------------------------------------------------------------
static void announce(const Boosting *b, const BoostMetric *m) {
  RoundsPlan plan = {.larger = !m->loss, .total = b->o.rounds, .ntrain = b->data.n, .nvalid = b->watch.data.n};
  for (int64_t i = 0; b->held && i < b->data.n; i++) plan.nvalid += b->held[i];
  if (b->held) plan.ntrain -= plan.nvalid;
  snprintf(plan.metric, sizeof plan.metric, "%s", m->name);
  for (int k = 0; k < 2 && b->in->nclass == 2; k++) {
    Sv name = sv(b->in->levels->name[k]);
    snprintf(plan.class[k], sizeof plan.class[k], "%.*s", (int)(name.n < 60 ? name.n : utf8_fit(name, 15)), name.s);
  }
  b->curve->nvalid = plan.nvalid;
  rounds_begin(b->job, &plan);
}

static ErrCode draw_rows(Boosting *b, Err *err) {
  RngKey key = rng_key((uint64_t)b->o.seed, "boost.valid");
  int64_t held = 0;
  b->held = mem_new((size_t)b->data.n);
  if (!b->held) return err_set(err, ERR_MEMORY, "no memory for the rows held out");
  for (int64_t i = 0; i < b->data.n; i++) held += b->held[i] = rng_unit(key, (uint64_t)i, 0) < b->o.valid;
  if (held == 0 || held == b->data.n)
    return err_set(err, ERR_ARG, "boost: valid=%g holds out %lld of %lld rows", b->o.valid, (long long)held,
                   (long long)b->data.n);
  return OK;
}

ErrCode boost_hold_out(Boosting *b, Err *err) {
  const BoostMetric *m = metric_of(b);
  if (b->o.metric && (m->task != b->in->task || (!m->loss && b->name->many)))
    return err_set(err, ERR_ARG, "boost: eval_metric \"%s\" does not fit the target", m->name);
  bool given = b->in->valid;
  if (given && b->o.valid > 0)
    return err_set(err, ERR_ARG, "boost: fit was given rows to watch, so leave valid=%g out", b->o.valid);
  if (b->o.early > 0 && !given && !(b->o.valid > 0))
    return err_set(err, ERR_ARG, "boost: early_stopping_rounds needs rows to look at: give valid=0.2, or "
                   "rows as in p:fit(d, \"y\", {valid=rows})");
  if (!given && !(b->o.valid > 0)) return rounds_begin(b->job, &(RoundsPlan){.total = b->o.rounds}), OK;
  b->curve->metric = m->name;
  b->curve->train = arena_array(b->arena, double, b->o.rounds);
  b->curve->valid = arena_array(b->arena, double, b->o.rounds);
  make_room_for_seen(b);
  TRY(given ? read_given(b, err) : draw_rows(b, err));
  announce(b, m);
  return OK;
}

ErrCode boost_watch(Boosting *b, bool *stop, Err *err) {
  BoostCurve *c = b->curve;
  const BoostMetric *m = metric_of(b);
  *stop = false;
  if (!c->metric) return rounds_add(b->job, &(Round){0}, NULL), OK;
  if (!b->held) follow_trees(b);
  TRY(score_rows(b, m, false, &c->train[c->n], err));
  TRY(score_rows(b, m, true, &c->valid[c->n], err));
  bool better = m->loss ? c->valid[c->n] < c->valid[c->best] : c->valid[c->n] > c->valid[c->best];
  if (better) c->best = c->n;
  const RoundSeen *seen = see_rows(b);
  rounds_add(b->job, &(Round){c->train[c->n], c->valid[c->n]}, seen);
  c->ntrain = ++c->n;
  *stop = b->o.early > 0 && c->n - 1 - c->best >= b->o.early;
  return OK;
}
