// Rows that are held out of boosting and scored after each round. They stand in every tree without derivatives: their
// rows are parted and their scores kept like those of the others, so watching them costs no walk of a tree.
#include "model/boost_int.h"

#include "base/rng.h"

#include <math.h>
#include <string.h>

typedef double (*LossFn)(const Boosting *b, int64_t i); // of a row, by its scores

static double squared(const Boosting *b, int64_t i) {
  double s = b->score.x[i], d = (b->name->link == LINK_LOG ? fmath_exp(s) : s) - b->data.y[i];
  return d * d;
}

static double absolute(const Boosting *b, int64_t i) { return sqrt(squared(b, i)); }

static double log_loss(const Boosting *b, int64_t i) {
  double s = b->score.x[i], y = b->data.y[i], most = s, sum = 0;
  int64_t n = b->data.n;
  if (!b->name->many) return fmath_softplus(y > 0 ? -s : s);
  for (int k = 1; k < b->data.noutput; k++) most = fmax(most, b->score.x[k * n + i]);
  for (int k = 0; k < b->data.noutput; k++) sum += fmath_exp(b->score.x[k * n + i] - most);
  return most + fmath_log(sum) - b->score.x[(int64_t)y * n + i];
}

static double wrong(const Boosting *b, int64_t i) {
  int64_t best = 0, n = b->data.n;
  if (!b->name->many) return (b->score.x[i] > 0) != (b->data.y[i] > 0);
  for (int k = 1; k < b->data.noutput; k++)
    if (b->score.x[k * n + i] > b->score.x[best * n + i]) best = k;
  return best != (int64_t)b->data.y[i];
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

// ---- scores -------------------------------------------------------------------------------------------------------
// The mean over the rows held out, or over the others, by weight.
static double mean_loss(const Boosting *b, const BoostMetric *m, bool held, double *work, double *weight) {
  int64_t n = b->data.n;
  for (int64_t i = 0; i < n; i++) {
    bool mine = (b->held[i] != 0) == held;
    weight[i] = mine ? b->data.weight ? b->data.weight[i] : 1 : 0;
    work[i] = mine ? m->loss(b, i) : 0;
  }
  double mean = sum_dot(b->job, work, weight, n) / sum_f64(b->job, weight, n);
  return m->root ? sqrt(mean) : mean;
}

// Of the second class; rows count once.
static ErrCode auc_of(const Boosting *b, bool held, double *work, double *rank, double *out, Err *err) {
  int64_t n = 0;
  double ones = 0, sum = 0;
  for (int64_t i = 0; i < b->data.n; i++)
    if ((b->held[i] != 0) == held) work[n++] = b->score.x[i];
  TRY(rank_average(b->job, work, n, rank, err));
  for (int64_t i = 0, k = 0; i < b->data.n; i++) {
    if ((b->held[i] != 0) != held) continue;
    if (b->data.y[i] > 0) sum += rank[k], ones++;
    k++;
  }
  *out = (sum - ones * (ones + 1) / 2) / (ones * ((double)n - ones));
  return OK;
}

static ErrCode score_rows(Boosting *b, const BoostMetric *m, bool held, double *out, Err *err) {
  double *work = b->g.x, *other = b->h.x; // free between rounds
  if (!m->loss) return auc_of(b, held, work, other, out, err);
  return *out = mean_loss(b, m, held, work, other), OK;
}

// ---- rounds -------------------------------------------------------------------------------------------------------
ErrCode boost_hold_out(Boosting *b, Err *err) {
  const BoostMetric *m = metric_of(b);
  if (b->o.metric && (m->task != b->in->task || (!m->loss && b->name->many)))
    return err_set(err, ERR_ARG, "boost: eval_metric \"%s\" does not fit the target", m->name);
  if (b->o.early > 0 && !(b->o.valid > 0))
    return err_set(err, ERR_ARG, "boost: early_stopping_rounds needs rows to look at: give valid=0.2");
  if (!(b->o.valid > 0)) return OK;
  RngKey key = rng_key((uint64_t)b->o.seed, "boost.valid");
  int64_t held = 0;
  b->held = mem_new((size_t)b->data.n);
  if (!b->held) return err_set(err, ERR_MEMORY, "no memory for the rows held out");
  for (int64_t i = 0; i < b->data.n; i++) held += b->held[i] = rng_unit(key, (uint64_t)i, 0) < b->o.valid;
  if (held == 0 || held == b->data.n)
    return err_set(err, ERR_ARG, "boost: valid=%g holds out %lld of %lld rows", b->o.valid, (long long)held,
                   (long long)b->data.n);
  b->curve->metric = m->name;
  b->curve->train = arena_array(b->arena, double, b->o.rounds);
  b->curve->valid = arena_array(b->arena, double, b->o.rounds);
  return OK;
}

ErrCode boost_watch(Boosting *b, bool *stop, Err *err) {
  BoostCurve *c = b->curve;
  const BoostMetric *m = metric_of(b);
  *stop = false;
  if (!b->held) return OK;
  TRY(score_rows(b, m, false, &c->train[c->n], err));
  TRY(score_rows(b, m, true, &c->valid[c->n], err));
  bool better = m->loss ? c->valid[c->n] < c->valid[c->best] : c->valid[c->n] > c->valid[c->best];
  if (better) c->best = c->n;
  c->ntrain = ++c->n;
  *stop = b->o.early > 0 && c->n - 1 - c->best >= b->o.early;
  return OK;
}
