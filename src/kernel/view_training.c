// How a model learned, round by round: in answer to questions about a model, and unasked while a fit runs, from what
// it tells of itself (base/rounds.h). The desk looks at each of its ticks; the fit waits no longer than a copy takes.
#include "kernel/desk_int.h"

#include "model/training.h"

#include <math.h>

enum { POINTS_MOST = 20000, TERMS_MOST = 12 };

static WireSeen seen_of(const RoundSeen *s, Arena *a) {
  WireSeen w = {s->tp, s->fp, s->tn, s->fn, .n = SEEN_BINS};
  double **side[2] = {&w.negative, &w.positive};
  for (int k = 0; k < 2; k++) {
    *side[k] = arena_array(a, double, SEEN_BINS);
    for (int b = 0; b < SEEN_BINS; b++) (*side[k])[b] = s->bin[k][b];
  }
  return w;
}

// ---- of a model ---------------------------------------------------------------------------------------------------
static const Model *model_of(const Found *found, ModelRounds *r, Err *err) {
  const HostObject *o = found->object;
  const Model *m = o && o->model ? o->model : o && o->evaluation ? eval_model(o->evaluation) : NULL;
  if (!m) (void)!err_set(err, ERR_TYPE, "it is no model, and no evaluation of one");
  else if (!model_training(m, r))
    (void)!err_set(err, ERR_TYPE, "the model did not learn in rounds: ml.boost does"), m = NULL;
  return m;
}

static void add_points(const ModelRounds *r, Arena *a, MsgTraining *t) {
  t->first = 1, t->step = 1 + (r->n - 1) / POINTS_MOST;
  t->n = r->n ? 1 + (r->n - 1) / t->step : 0;
  t->train = arena_array(a, double, t->n), t->valid = arena_array(a, double, t->n);
  for (int64_t i = 0; i < t->n; i++) t->train[i] = r->train[i * t->step], t->valid[i] = r->valid[i * t->step];
  if (!r->n) return;
  t->best = r->best + 1, t->best_train = r->train[r->best], t->best_valid = r->valid[r->best];
  t->has_seen = r->nseen == r->n;
  if (t->has_seen) t->here = seen_of(&r->seen[r->n - 1], a), t->at_best = seen_of(&r->seen[r->best], a);
}

ErrCode view_training(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  MsgTraining *t = &answer->Training;
  Arena *a = &answer->arena;
  ModelRounds r;
  const Model *m = model_of(found, &r, err);
  (void)job;
  if (!m) return ERR_TYPE;
  ModelInfo info = model_info(m);
  bool two = info.levels->n == 2;
  int64_t rounds = r.n > r.kept ? r.n : r.kept;
  *t = (MsgTraining){.object = ask->ViewTraining.object,
                     .learner = arena_strdup(a, info.type->name),
                     .target = arena_strdup(a, info.target ? info.target : ""),
                     .metric = arena_strdup(a, r.metric ? r.metric : ""),
                     .negative = two ? arena_strdup(a, info.levels->name[0]) : "",
                     .positive = two ? arena_strdup(a, info.levels->name[1]) : "",
                     .version = found->version,
                     .larger = r.larger,
                     .total = rounds,
                     .done = rounds,
                     .kept = r.kept,
                     .ntrain = info.nrow,
                     .nvalid = r.nvalid,
                     .seconds = info.seconds};
  add_points(&r, a, t);
  return OK;
}

static void add_trees(const RoundTrees *trees, Arena *a, MsgRoundAnswer *t) {
  t->tree = trees->first, t->ntree = trees->n, t->leaves = trees->leaves, t->depth = trees->depth;
  t->n = t->terms.n = trees->nterm < TERMS_MOST ? trees->nterm : TERMS_MOST;
  t->terms.name = arena_array(a, const char *, t->n), t->share = arena_array(a, double, t->n);
  for (int64_t k = 0; k < t->n; k++)
    t->terms.name[k] = arena_strdup(a, trees->term[k].term), t->share[k] = trees->term[k].share;
}

ErrCode view_round(Job *job, const Found *found, const Msg *ask, Msg *answer, Err *err) {
  MsgRoundAnswer *t = &answer->RoundAnswer;
  Arena *a = &answer->arena;
  int64_t round = ask->ViewRound.round;
  ModelRounds r;
  RoundTrees trees;
  const Model *m = model_of(found, &r, err);
  (void)job;
  if (!m) return ERR_TYPE;
  if (round < 1 || (round > r.kept && round > r.n))
    return err_set(err, ERR_ARG, "there is no round %lld of %lld", (long long)round, (long long)r.kept);
  *t = (MsgRoundAnswer){.object = ask->ViewRound.object, .version = found->version, .round = round};
  t->train = round <= r.n ? r.train[round - 1] : NAN, t->valid = round <= r.n ? r.valid[round - 1] : NAN;
  t->has_seen = round <= r.nseen;
  if (t->has_seen) t->here = seen_of(&r.seen[round - 1], a), t->at_best = seen_of(&r.seen[r.best], a);
  if (round > r.kept) return OK;
  TRY(model_round(m, round, a, &trees, err));
  add_trees(&trees, a, t);
  return OK;
}

// ---- of the fit that runs -----------------------------------------------------------------------------------------
// What is new since the last time; under the lock of the rounds.
static void copy_rounds(const Rounds *r, int64_t told, Arena *a, MsgTraining *t) {
  bool scored = *r->plan.metric && r->n;
  int64_t n = scored ? r->n - told : 0;
  if (n > POINTS_MOST) n = POINTS_MOST; // the others the next time
  *t = (MsgTraining){.object = "", .learner = "boost", .target = "", .fit = r->fit};
  t->negative = arena_strdup(a, r->plan.class[0]), t->positive = arena_strdup(a, r->plan.class[1]);
  t->metric = arena_strdup(a, r->plan.metric), t->larger = r->plan.larger;
  t->total = r->plan.total, t->done = r->n, t->ntrain = r->plan.ntrain, t->nvalid = r->plan.nvalid;
  t->seconds = clock_seconds() - r->began, t->runs = true;
  t->first = told + 1, t->step = 1, t->n = n;
  t->train = arena_array(a, double, t->n), t->valid = arena_array(a, double, t->n);
  for (int64_t i = 0; i < t->n; i++) t->train[i] = r->round[told + i].train, t->valid[i] = r->round[told + i].valid;
  if (!scored) return;
  t->best = r->best + 1, t->best_train = r->round[r->best].train, t->best_valid = r->round[r->best].valid;
  t->has_seen = r->has_seen;
  if (t->has_seen) t->here = seen_of(&r->seen[0], a), t->at_best = seen_of(&r->seen[1], a);
}

void desk_tell_training(Desk *d, bool ended) {
  Rounds *r = &d->rounds;
  Msg m;
  msg_init(&m, MSG_TRAINING, 0);
  pthread_mutex_lock(&r->lock);
  bool fresh = r->fit != d->told_fit, due = ended ? !fresh && d->telling : r->fit && (fresh || r->n > d->told);
  if (due && fresh) d->told = 0;
  if (due) copy_rounds(r, d->told, &m.arena, &m.Training);
  if (due) d->told = m.Training.n ? d->told + m.Training.n : r->n;
  if (due || ended) d->told_fit = r->fit, d->telling = !ended;
  pthread_mutex_unlock(&r->lock);
  pthread_mutex_lock(&d->lock);
  m.Training.cell = d->cell;
  pthread_mutex_unlock(&d->lock);
  m.Training.runs = !ended;
  if (due) desk_send(d, &m);
  msg_fini(&m);
}
