// What the screen knows of a training. A fit that runs tells its rounds as they come; of a model the curves are asked
// for once and each round that is looked at by itself, one question at a time.
#include "ui/app_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const MsgTraining *training_answer(const Training *t) { return t->now.kind == MSG_TRAINING ? &t->now.Training : NULL; }

bool training_runs(const Training *t) { return training_answer(t) && t->now.Training.runs; }

bool training_is_coming(const Training *t) {
  return (t->asked && !training_answer(t)) || (t->round_asked && !training_told(t));
}

int64_t training_last(const Training *t) { return training_answer(t) ? t->now.Training.done : 0; }

int64_t training_round(const Training *t) {
  int64_t last = training_last(t);
  return t->at && t->at < last ? t->at : last;
}

void training_values(const Training *t, int64_t round, double *train, double *valid) {
  int64_t i = t->step ? (round - 1) / t->step : 0;
  bool known = round >= 1 && i < t->n && (round - 1) % t->step == 0;
  *train = known ? t->train[i] : NAN, *valid = known ? t->valid[i] : NAN;
}

const MsgRoundAnswer *training_told(const Training *t) {
  bool told = t->round.kind == MSG_ROUND && t->round.RoundAnswer.round == training_round(t);
  return told ? &t->round.RoundAnswer : NULL;
}

const WireSeen *training_seen(const Training *t, bool best) {
  const MsgTraining *m = training_answer(t);
  const MsgRoundAnswer *r = training_told(t);
  if (!m) return NULL;
  if (best) return m->has_seen ? &m->at_best : NULL;
  if (r) return r->has_seen ? &r->here : NULL;
  return m->has_seen && training_round(t) == m->done ? &m->here : NULL;
}

const char *training_value(const Training *t, double v, char *buf, size_t size) {
  const char *metric = training_answer(t) ? t->now.Training.metric : "";
  bool of_target = strcmp(metric, "rmse") == 0 || strcmp(metric, "mae") == 0;
  if (of_target) fmt_sensible(buf, size, v, 4);
  else snprintf(buf, size, "%.3f", v);
  if (!of_target && buf[0] == '0') memmove(buf, buf + 1, strlen(buf));
  return buf;
}

// ---- asking -------------------------------------------------------------------------------------------------------
static void ask(App *a) {
  Training *t = &a->training;
  Msg m;
  if (!t->object || t->asked) return;
  msg_init(&m, MSG_VIEW_TRAINING, 0);
  m.ViewTraining.object = t->object;
  t->asked = app_ask(a, &m);
}

static void ask_round(App *a) {
  Training *t = &a->training;
  int64_t round = training_round(t);
  Msg m;
  a->dirty = true;
  t->again = t->round_asked != 0;
  if (!t->object || !round || t->round_asked) return;
  msg_init(&m, MSG_VIEW_ROUND, 0);
  m.ViewRound = (MsgViewRound){t->object, round};
  t->round_asked = app_ask(a, &m);
}

void training_go(App *a, int64_t round) {
  a->training.at = round;
  ask_round(a);
}

void training_fini(Training *t) {
  msg_fini(&t->now), msg_fini(&t->round);
  free(t->object), free(t->train), free(t->valid);
  *t = (Training){.more_cell = t->more_cell};
}

void training_lost(Training *t) {
  t->asked = t->round_asked = 0, t->again = false;
  if (training_runs(t)) t->now.Training.runs = false;
}

void training_open(App *a, const char *object) {
  Training *t = &a->training;
  char *name = strdup(object); // may be our own
  if (!name) abort();
  training_fini(t);
  t->object = name;
  ask(a);
}

// ---- being told ---------------------------------------------------------------------------------------------------
static void add_points(Training *t, const MsgTraining *m) {
  if (m->first == 1) t->n = 0, t->step = m->step ? m->step : 1;
  if (m->first != 1 + t->n * t->step) return; // of a fit whose beginning was not heard
  if (t->n + m->n > t->room) {
    t->room = 2 * (t->n + m->n);
    t->train = realloc(t->train, (size_t)t->room * sizeof *t->train);
    t->valid = realloc(t->valid, (size_t)t->room * sizeof *t->valid);
    if (!t->train || !t->valid) abort();
  }
  if (!m->n) return;
  memcpy(t->train + t->n, m->train, (size_t)m->n * sizeof *m->train);
  memcpy(t->valid + t->n, m->valid, (size_t)m->n * sizeof *m->valid);
  t->n += m->n;
}

static void keep(Training *t, Msg *m) {
  msg_fini(&t->now);
  t->now = *m;
  *m = (Msg){0};
  add_points(t, &t->now.Training);
}

// A fit that runs takes the place of what was looked at.
static void take_live(App *a, Msg *m) {
  Training *t = &a->training;
  const MsgTraining *was = training_answer(t);
  if (!was || was->fit != m->Training.fit) training_fini(t), t->step = 1;
  keep(t, m);
  if (!t->offered && a->view != VIEW_TRAINING && !a->message && t->now.Training.runs) {
    app_say(a, STYLE_DIM, "a model learns: :training shows its curves");
    t->offered = true;
  }
}

static void take_answer(App *a, Msg *m) {
  Training *t = &a->training;
  int64_t at = t->at;
  t->asked = 0, t->n = 0;
  keep(t, m);
  if (at > training_last(t)) t->at = 0;
  ask_round(a);
}

static bool take_refused(App *a, const Msg *m) {
  Training *t = &a->training;
  bool whole = m->request == t->asked;
  app_say(a, STYLE_WARN, "! %s", m->Refused.message);
  *(whole ? &t->asked : &t->round_asked) = 0;
  if (whole && !t->n) free(t->object), t->object = NULL;
  return true;
}

bool training_take(App *a, Msg *m) {
  Training *t = &a->training;
  bool ours = m->request && (m->request == t->asked || m->request == t->round_asked);
  bool live = m->kind == MSG_TRAINING && !m->request;
  if (!live && !ours) return false;
  a->dirty = true;
  if (live) take_live(a, m);
  else if (m->kind == MSG_REFUSED) take_refused(a, m);
  else if (m->kind == MSG_TRAINING) take_answer(a, m);
  else if (m->kind == MSG_ROUND) {
    msg_fini(&t->round);
    t->round = *m, t->round_asked = 0;
    *m = (Msg){0};
    if (t->again) ask_round(a);
  }
  msg_fini(m);
  *m = (Msg){0};
  return true;
}

// ---- objects ------------------------------------------------------------------------------------------------------
static const WireObject *object_named(const App *a, const char *name) {
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++)
    if (strcmp(a->objects.Objects.item[k].name, name) == 0) return &a->objects.Objects.item[k];
  return NULL;
}

static bool is_trained(const WireObject *w) { return w && strcmp(w->kind, "Model") == 0 && w->nrow > 0; }

// The model that the cell of the fit wrote.
static const WireObject *written(const App *a) {
  const MsgTraining *m = training_answer(&a->training);
  int64_t i = m && m->fit ? doc_find(&a->doc, m->cell) : -1;
  const Result *r = i >= 0 ? a->doc.cell[i].result : NULL;
  for (int64_t k = r && r->done ? r->writes.n - 1 : -1; k >= 0; k--) {
    const WireObject *w = object_named(a, r->writes.name[k]);
    if (is_trained(w)) return w;
  }
  return NULL;
}

void training_changed(App *a) {
  Training *t = &a->training;
  const MsgTraining *m = training_answer(t);
  if (!t->object && m && !m->runs) {
    const WireObject *w = written(a);
    if (w && !(t->object = strdup(w->name))) abort();
    if (w) ask(a);
    return;
  }
  const WireObject *found = t->object ? object_named(a, t->object) : NULL;
  if (t->object && !found && m && !m->runs) training_fini(t);
  else if (found && (!m || m->version != found->version)) ask(a);
  a->dirty = true;
}

// ---- ways in ------------------------------------------------------------------------------------------------------
static void show(App *a, const char *object) {
  if (a->view != VIEW_TRAINING) app_dive(a, PANE_loss);
  bool there = object && a->training.object && strcmp(a->training.object, object) == 0;
  if (object && !(there && training_answer(&a->training))) training_open(a, object);
}

bool training_is_of(const char *learner) { return strstr(learner, "boost") != NULL; }

static const WireObject *last_trained(const App *a) {
  const WireObject *found = NULL;
  for (int64_t k = 0; a->objects.kind == MSG_OBJECTS && k < a->objects.Objects.n; k++) {
    const WireObject *w = &a->objects.Objects.item[k];
    if (is_trained(w) && training_is_of(w->summary)) found = w;
  }
  return found;
}

void training_command(App *a, const char *rest, bool force) {
  (void)force;
  const WireObject *named = *rest ? object_named(a, rest) : NULL, *last = last_trained(a);
  if (*rest && !named) app_say(a, STYLE_WARN, "! there is no '%s'", rest);
  else if (named && strcmp(named->kind, "Model") == 0 && !training_is_of(named->summary))
    app_say(a, STYLE_DIM, "%s did not learn in rounds: ml.boost does", rest);
  else if (named) show(a, named->name);
  else if (a->running) show(a, NULL);
  else if (training_answer(&a->training) && (!last || a->training.object)) show(a, NULL);
  else if (last) show(a, last->name);
  else app_say(a, STYLE_DIM, "nothing has learned in rounds yet: m = ml.boost{valid=0.2}:fit(d, \"y\")");
}
