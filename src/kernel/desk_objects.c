// What the desk can be asked about: the objects of the last published snapshot and the tables that cells showed. An
// object that is the same as before keeps its version, so that the screen keeps what it has of it.
#include "kernel/desk_int.h"

#include "base/numfmt.h"

#include <math.h>
#include <stdlib.h>

// ---- publishing ----------------------------------------------------------------------------------------------------
static bool is_engine(const HostObject *o) { return o->frame || o->learner || o->model || o->evaluation; }

static bool is_same(const HostObject *a, const HostObject *b) {
  if (strcmp(a->name, b->name) != 0 || a->k != b->k) return false;
  if (is_engine(a))
    return a->frame == b->frame && a->learner == b->learner && a->model == b->model && a->evaluation == b->evaluation;
  return strcmp(a->kind, b->kind) == 0 && strcmp(a->text, b->text) == 0;
}

static int64_t version_of(const Desk *d, const HostObject *o) {
  for (int64_t k = 0; d->snapshot && k < d->snapshot->n; k++)
    if (is_same(&d->snapshot->item[k], o)) return d->version[k];
  return d->serial;
}

void desk_publish(Desk *d, HostSnapshot *taken) {
  int64_t *version = calloc((size_t)taken->n + 1, sizeof *version);
  if (!version) abort();
  pthread_mutex_lock(&d->lock);
  d->serial++;
  for (int64_t k = 0; k < taken->n; k++) version[k] = version_of(d, &taken->item[k]);
  HostSnapshot *gone = d->before;
  free(d->before_version);
  d->before = d->snapshot, d->before_version = d->version;
  d->snapshot = taken, d->version = version;
  pthread_mutex_unlock(&d->lock);
  snapshot_unref(gone);
}

void desk_keep(Desk *d, int64_t cell, const Frame *f) {
  pthread_mutex_lock(&d->lock);
  int at = 0;
  while (at < d->nkept && d->kept[at].cell != cell) at++;
  if (at == d->nkept && d->nkept == KEPT_MOST) at = 0;
  Frame *was = at < d->nkept ? d->kept[at].frame : NULL;
  if (was) memmove(d->kept + at, d->kept + at + 1, (size_t)(--d->nkept - at) * sizeof *d->kept);
  d->kept[d->nkept++] = (Kept){cell, ++d->serial, frame_ref(f)};
  pthread_mutex_unlock(&d->lock);
  frame_unref(was);
}

void desk_keep_chart(Desk *d, int64_t run, ChartAsked *asked) {
  pthread_mutex_lock(&d->lock);
  int at = 0;
  while (at < d->nchart && d->chart[at].run != run) at++;
  if (at == d->nchart && d->nchart == CHARTS_MOST) at = 0;
  ChartAsked *was = at < d->nchart ? d->chart[at].asked : NULL;
  if (at < d->nchart) memmove(d->chart + at, d->chart + at + 1, (size_t)(--d->nchart - at) * sizeof *d->chart);
  if (asked) d->chart[d->nchart++] = (KeptChart){run, chart_asked_ref(asked)};
  pthread_mutex_unlock(&d->lock);
  chart_asked_unref(was);
}

static bool forget_chart(Desk *d) {
  pthread_mutex_lock(&d->lock);
  ChartAsked *was = d->nchart > 1 ? d->chart[0].asked : NULL;
  if (was) memmove(d->chart, d->chart + 1, (size_t)--d->nchart * sizeof *d->chart);
  pthread_mutex_unlock(&d->lock);
  chart_asked_unref(was);
  return was;
}

static bool forget_before(Desk *d) {
  pthread_mutex_lock(&d->lock);
  HostSnapshot *was = d->before;
  d->before = NULL;
  pthread_mutex_unlock(&d->lock);
  snapshot_unref(was);
  return was;
}

bool desk_forget_kept(Desk *d) {
  if (forget_before(d) || forget_chart(d)) return true;
  pthread_mutex_lock(&d->lock);
  Frame *was = d->nkept > 1 ? d->kept[0].frame : NULL;
  if (was) memmove(d->kept, d->kept + 1, (size_t)--d->nkept * sizeof *d->kept);
  pthread_mutex_unlock(&d->lock);
  frame_unref(was);
  return was;
}

void desk_free_objects(Desk *d) {
  for (int k = 0; k < d->nkept; k++) frame_unref(d->kept[k].frame);
  for (int k = 0; k < d->nchart; k++) chart_asked_unref(d->chart[k].asked);
  snapshot_unref(d->snapshot), snapshot_unref(d->before);
  free(d->version), free(d->before_version);
}

// ---- telling -------------------------------------------------------------------------------------------------------
static const char *estimate_words(Arena *a, const HostObject *o) {
  ModelInfo info = model_info(eval_model(o->evaluation));
  bool classes = info.task == TASK_CLASSIFICATION, two = classes && info.levels->n == 2;
  const Curve *c;
  if (two && eval_curve(NULL, o->evaluation, &c, NULL) == OK)
    return arena_printf(a, "AUC %s, threshold %s", word_unit(a, c->auc.value, 3, false),
                        word_unit(a, eval_get_threshold(o->evaluation), 2, false));
  double v;
  if (eval_metric(NULL, o->evaluation, sv(classes ? "accuracy" : "rmse"), &v, NULL) != OK) return "";
  if (classes) return arena_printf(a, "accuracy %s", word_unit(a, v, 3, false));
  return arena_printf(a, "RMSE %s", word_sensible(a, v, 4));
}

static const char *model_words(Arena *a, const Model *m) {
  ModelInfo info = model_info(m);
  int64_t n = info.terms ? info.terms->n : 0;
  const char *type = info.type ? info.type->name : "steps";
  if (!n) return type;
  return arena_printf(a, "%s, %s %s%s", type, word_count(a, n), n == 1 ? "term" : "terms",
                      info.converged ? "" : ", not converged");
}

static const char *learner_words(Arena *a, const Learner *l) {
  const void *opts;
  const ModelType *type = learner_type(l, &opts);
  int n = learner_nstep(l) + (type != NULL);
  return n == 1 && type ? type->name : arena_printf(a, "%d %s", n, n == 1 ? "step" : "steps");
}

static const char *summary_of(Arena *a, const HostObject *o) {
  if (o->frame) return arena_printf(a, "%s × %d", word_count(a, frame_nrow(o->frame)), frame_ncol(o->frame));
  if (o->evaluation) return estimate_words(a, o);
  if (o->model) return model_words(a, o->model);
  return o->learner ? learner_words(a, o->learner) : o->text;
}

void desk_send_objects(Desk *d) {
  Msg m;
  msg_init(&m, MSG_OBJECTS, 0);
  m.Objects.memory = mem_resident();
  pthread_mutex_lock(&d->lock);
  HostSnapshot *s = snapshot_ref(d->snapshot);
  m.Objects.n = s ? s->n : 0;
  m.Objects.item = arena_array(&m.arena, WireObject, m.Objects.n);
  for (int64_t k = 0; k < m.Objects.n; k++) m.Objects.item[k].version = d->version[k];
  pthread_mutex_unlock(&d->lock);
  for (int64_t k = 0; k < m.Objects.n; k++) {
    const HostObject *o = &s->item[k];
    WireObject *w = &m.Objects.item[k];
    w->name = o->name, w->kind = o->kind, w->summary = summary_of(&m.arena, o);
    if (o->model) w->nrow = model_ntree(o->model);
    if (o->frame) w->nrow = frame_nrow(o->frame), w->ncol = frame_ncol(o->frame), w->bytes = frame_bytes(o->frame);
  }
  desk_send(d, &m);
  msg_fini(&m);
  snapshot_unref(s);
}

// ---- finding -------------------------------------------------------------------------------------------------------
static bool find_kept(Desk *d, const char *name, Found *out) {
  int64_t cell;
  if (name[0] != '#' || !parse_i64(name + 1, strlen(name + 1), &cell)) return false;
  pthread_mutex_lock(&d->lock);
  for (int k = 0; k < d->nkept; k++)
    if (d->kept[k].cell == cell)
      *out = (Found){.snapshot = snapshot_ref(d->snapshot), .frame = frame_ref(d->kept[k].frame),
                     .version = d->kept[k].version};
  pthread_mutex_unlock(&d->lock);
  return out->frame;
}

static bool find_named(Desk *d, const char *name, Found *out) {
  pthread_mutex_lock(&d->lock);
  const HostObject *o = snapshot_find(d->snapshot, sv(name));
  if (o)
    *out = (Found){
        .snapshot = snapshot_ref(d->snapshot), .object = o, .version = d->version[o - d->snapshot->item]};
  pthread_mutex_unlock(&d->lock);
  if (o && o->frame) out->frame = frame_ref(o->frame);
  return o;
}

ErrCode desk_find(Desk *d, const char *name, bool table, Found *out, Err *err) {
  *out = (Found){0};
  if (!find_kept(d, name, out) && !find_named(d, name, out))
    return err_set(err, ERR_NAME, "there is no %s '%s'", table ? "table" : "object", name);
  if (!table || out->frame) return OK;
  const char *kind = out->object->kind;
  found_fini(out);
  return err_set(err, ERR_TYPE, "'%s' is no table: it is %s %s", name, strchr("AEIOUaeiou", kind[0]) ? "an" : "a",
                 kind);
}

void desk_find_all(Desk *d, Found *out) {
  pthread_mutex_lock(&d->lock);
  *out = (Found){.snapshot = snapshot_ref(d->snapshot), .paths = d->paths};
  pthread_mutex_unlock(&d->lock);
}

static Frame *frame_of_version(const HostSnapshot *s, const int64_t *version, const char *name, int64_t wanted) {
  const HostObject *o = s ? snapshot_find(s, sv(name)) : NULL;
  return o && o->frame && version[o - s->item] == wanted ? frame_ref(o->frame) : NULL;
}

ErrCode desk_find_was(Desk *d, const char *name, int64_t version, Found *out, Err *err) {
  Found kept = {0};
  if (find_kept(d, name, &kept) && kept.version == version) out->was = frame_ref(kept.frame);
  found_fini(&kept);
  pthread_mutex_lock(&d->lock);
  if (!out->was) out->was = frame_of_version(d->snapshot, d->version, name, version);
  if (!out->was) out->was = frame_of_version(d->before, d->before_version, name, version);
  pthread_mutex_unlock(&d->lock);
  if (out->was) return OK;
  return err_set(err, ERR_NAME, "the rows of '%s' that were selected are not known any more", name);
}

ErrCode desk_find_chart(Desk *d, int64_t run, Found *out, Err *err) {
  pthread_mutex_lock(&d->lock);
  for (int k = 0; k < d->nchart && !out->asked; k++)
    if (d->chart[k].run == run) out->asked = chart_asked_ref(d->chart[k].asked);
  pthread_mutex_unlock(&d->lock);
  return out->asked ? OK : err_set(err, ERR_NAME, "what that picture was drawn from is not known any more");
}

void found_fini(Found *f) {
  chart_asked_unref(f->asked);
  frame_unref(f->was);
  frame_unref(f->frame);
  snapshot_unref(f->snapshot);
  *f = (Found){0};
}
