// From sums of trees to predictions, by the name of the objective. The names, and which of them take base_score as a
// probability or a count, are those of XGBoost.
#include "model/link_int.h"

#include "num/num.h"

#include <math.h>
#include <string.h>

static const ObjectiveName NAMES[] = {
    {"reg:squarederror", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"reg:linear", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"reg:absoluteerror", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"reg:squaredlogerror", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"reg:pseudohubererror", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"reg:quantileerror", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"reg:logistic", LINK_LOGIT, TASK_REGRESSION, false, true},
    {"reg:gamma", LINK_LOG, TASK_REGRESSION, false, true},
    {"reg:tweedie", LINK_LOG, TASK_REGRESSION, false, true},
    {"count:poisson", LINK_LOG, TASK_REGRESSION, false, true},
    {"rank:pairwise", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"rank:ndcg", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"rank:map", LINK_IDENTITY, TASK_REGRESSION, false, false},
    {"binary:logistic", LINK_LOGIT, TASK_CLASSIFICATION, false, true},
    {"binary:logitraw", LINK_LOGIT, TASK_CLASSIFICATION, false, false},
    {"binary:hinge", LINK_STEP, TASK_CLASSIFICATION, false, false},
    {"multi:softprob", LINK_SOFTMAX, TASK_CLASSIFICATION, true, false},
    {"multi:softmax", LINK_SOFTMAX, TASK_CLASSIFICATION, true, false},
};

const ObjectiveName *objective_name(Sv name) {
  for (size_t k = 0; k < sizeof NAMES / sizeof *NAMES; k++)
    if (sv_is(name, NAMES[k].name)) return &NAMES[k];
  return NULL;
}

double link_of(Link link, double value) {
  if (link == LINK_LOG) return fmath_log(value);
  return link == LINK_LOGIT ? -fmath_log(1 / value - 1) : value;
}

static void softmax(int nclass, int64_t n, const double *sum, double *out) {
  for (int64_t i = 0; i < n; i++) {
    double most = sum[i], total = 0;
    for (int k = 1; k < nclass; k++) most = fmax(most, sum[k * n + i]);
    for (int k = 0; k < nclass; k++) total += out[k * n + i] = fmath_exp(sum[k * n + i] - most);
    for (int k = 0; k < nclass; k++) out[k * n + i] /= total;
  }
}

void link_apply(Link link, int nclass, int64_t n, const double *sum, double *out) {
  double *first = nclass ? out + n : out; // where the probability of the second class goes
  if (link == LINK_SOFTMAX) {
    softmax(nclass, n, sum, out);
    return;
  }
  if (link == LINK_LOG) fmath_exp_n(sum, first, n);
  else if (link == LINK_LOGIT) fmath_sigmoid_n(sum, first, n);
  else if (link == LINK_STEP) for (int64_t i = 0; i < n; i++) first[i] = sum[i] > 0;
  else if (first != sum) memcpy(first, sum, (size_t)n * sizeof *sum);
  for (int64_t i = 0; nclass && i < n; i++) out[i] = 1 - first[i];
}

ErrCode sums_predict(Job *job, const void *opts, const ModelState *state, const Features *x, double *out, Err *err) {
  (void)opts;
  const Sums *b = state->data;
  TRY(trees_predict(job, &b->trees, x, 0, b->trees.ntree, out, err));
  link_apply((Link)b->link, (int)b->nclass, x->n, out, out);
  return OK;
}

void sums_get(const ModelState *state, Sums *out) { *out = *(const Sums *)state->data; }

const Trees *sums_trees(const ModelState *state) { return &((const Sums *)state->data)->trees; }

void sums_store(Store *s, int64_t nterm, int nclass, Sums *sums) {
  store_text(s, "objective", &sums->objective);
  trees_store(s, &sums->trees, nterm);
  if (!s->reading || s->err.code != OK) return;
  const ObjectiveName *o = objective_name(sv(sums->objective ? sums->objective : ""));
  bool classes = o && o->task == TASK_CLASSIFICATION;
  if (!o || classes != (nclass > 0) || (classes && !o->many && nclass != 2) ||
      sums->trees.noutput != (o->many ? nclass : 1) || sums->trees.width != 1)
    store_fail(s, "an objective that does not fit the trees");
  else sums->link = o->link, sums->nclass = nclass;
}
