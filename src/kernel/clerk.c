// The clerk: a thread that answers the questions which need statistics, one after the other, while the desk goes on
// sending and the main thread computes. It works on immutable objects that it holds by reference, with a job of its own
// and no pool, so that a cell keeps its threads. Answers about tables are kept as bytes, by object, version and column.
#include "kernel/desk_int.h"

#include <signal.h>
#include <stdlib.h>

enum { CACHED = 64, CACHED_BYTES = 1 << 20, REQUEST_AT = 8 };

typedef struct Cached {
  Str key, bytes;
  int64_t used;
} Cached;

struct Clerk {
  Desk *desk;
  pthread_t thread;
  pthread_mutex_t lock; // of the queue and `closed`
  pthread_cond_t work;
  Request *first, *last;
  bool closed;
  Job job;
  Cached cache[CACHED];
  int64_t clock;
};

typedef enum { OF_TABLE, OF_OBJECT, OF_SESSION } ViewOf;
typedef struct View {
  MsgKind ask, answer;
  ViewOf of;
  bool cached;
  ViewFn *fn;
} View;
static const View VIEWS[] = {{MSG_VIEW_HEADS, MSG_HEADS, OF_TABLE, true, view_heads},
                             {MSG_VIEW_COLUMN, MSG_COLUMN, OF_TABLE, true, view_column},
                             {MSG_VIEW_NOTES, MSG_NOTES, OF_TABLE, true, view_notes},
                             {MSG_FIND, MSG_FOUND, OF_TABLE, false, view_find},
                             {MSG_VIEW_EVALUATION, MSG_EVALUATION, OF_OBJECT, false, view_evaluation},
                             {MSG_EXPLAIN, MSG_TEXT, OF_OBJECT, false, view_explain},
                             {MSG_VIEW_ROWS, MSG_ROWS, OF_TABLE, false, view_rows},
                             {MSG_VIEW_CATALOGUE, MSG_CATALOGUE, OF_SESSION, false, view_catalogue},
                             {MSG_CALL, MSG_FORM, OF_SESSION, false, view_call},
                             {MSG_VIEW_PREVIEW, MSG_PREVIEW, OF_TABLE, false, view_preview},
                             {MSG_VIEW_PLOT, MSG_PLOT, OF_SESSION, false, view_plot},
                             {MSG_VIEW_STEPS, MSG_STEPS, OF_TABLE, false, view_steps},
                             {MSG_VIEW_TREE, MSG_TREE, OF_OBJECT, false, view_tree},
                             {MSG_VIEW_TRAINING, MSG_TRAINING, OF_OBJECT, false, view_training},
                             {MSG_VIEW_ROUND, MSG_ROUND, OF_OBJECT, false, view_round},
                             {MSG_VIEW_FILE, MSG_FILE, OF_SESSION, false, view_file},
                             {MSG_VIEW_FOLLOW, MSG_FOLLOWED, OF_TABLE, false, view_follow}};

static const View *view_of(MsgKind kind) {
  for (size_t k = 0; k < sizeof VIEWS / sizeof *VIEWS; k++)
    if (VIEWS[k].ask == kind) return &VIEWS[k];
  return NULL;
}

bool clerk_takes(MsgKind kind) { return view_of(kind); }

// ---- answers that are kept -----------------------------------------------------------------------------------------
static void print_key(const Msg *ask, const Found *found, const char *object, Str *key) {
  str_addf(key, "%d %lld %s", (int)ask->kind, (long long)found->version, object);
  if (ask->kind == MSG_VIEW_COLUMN) str_addf(key, "\n%s\n%s", ask->ViewColumn.column, ask->ViewColumn.target);
}

static const Str *cache_get(Clerk *c, const Str *key) {
  for (int k = 0; k < CACHED; k++) {
    Cached *one = &c->cache[k];
    if (!one->bytes.n || !sv_eq((Sv){str_c(&one->key), one->key.n}, (Sv){str_c(key), key->n})) continue;
    one->used = ++c->clock;
    return &one->bytes;
  }
  return NULL;
}

static void cache_put(Clerk *c, const Str *key, const Str *bytes) {
  Cached *oldest = &c->cache[0];
  if (bytes->n > CACHED_BYTES) return;
  for (int k = 1; k < CACHED; k++)
    if (c->cache[k].used < oldest->used) oldest = &c->cache[k];
  str_clear(&oldest->key);
  str_clear(&oldest->bytes);
  str_addn(&oldest->key, key->s, key->n);
  str_addn(&oldest->bytes, bytes->s, bytes->n);
  oldest->used = ++c->clock;
}

// ---- answering -----------------------------------------------------------------------------------------------------
// The message as bytes, with its request.
static ErrCode write_answer(Clerk *c, const View *view, const Found *found, const Msg *ask, Str *bytes, Err *err) {
  Msg answer;
  msg_init(&answer, view->answer, ask->request);
  answer.owned = true;
  ErrCode code = view->fn(&c->job, found, ask, &answer, err);
  if (code == OK) code = msg_write(&answer, bytes, err);
  msg_fini(&answer);
  return code;
}

static void put_request(Str *bytes, uint64_t request) {
  for (int i = 0; i < 8; i++) bytes->s[REQUEST_AT + i] = (char)(request >> 8 * i & 0xFF);
}

// The rows of a node are asked of a model.
static bool takes_table(const View *view, const Msg *ask) {
  return view->of == OF_TABLE && !(ask->kind == MSG_VIEW_ROWS && strcmp(ask->ViewRows.label, "tree") == 0);
}

static ErrCode answer(Clerk *c, const View *view, const Msg *ask, const char *object, Err *err) {
  Found found;
  if (view->of == OF_SESSION) desk_find_all(c->desk, &found);
  else TRY(desk_find(c->desk, object, takes_table(view, ask), &found, err));
  Str key = {0}, bytes = {0};
  print_key(ask, &found, object, &key);
  const Str *there = view->cached ? cache_get(c, &key) : NULL;
  ErrCode code = OK;
  if (there) {
    str_addn(&bytes, there->s, there->n);
    put_request(&bytes, ask->request);
  } else {
    if (ask->kind == MSG_VIEW_FOLLOW)
      code = desk_find_was(c->desk, ask->ViewFollow.was, ask->ViewFollow.version, &found, err);
    if (ask->kind == MSG_VIEW_PLOT) code = desk_find_chart(c->desk, ask->ViewPlot.run, &found, err);
    if (code == OK) code = write_answer(c, view, &found, ask, &bytes, err);
    if (code == OK && view->cached) cache_put(c, &key, &bytes);
  }
  if (code == OK) desk_send_bytes(c->desk, (Sv){bytes.s, bytes.n});
  str_fini(&key);
  str_fini(&bytes);
  found_fini(&found);
  return code;
}

static const char *object_of(const Msg *ask) {
  switch (ask->kind) {
  case MSG_VIEW_HEADS: return ask->ViewHeads.object;
  case MSG_VIEW_COLUMN: return ask->ViewColumn.object;
  case MSG_VIEW_NOTES: return ask->ViewNotes.object;
  case MSG_FIND: return ask->Find.object;
  case MSG_EXPLAIN: return ask->Explain.object;
  case MSG_VIEW_ROWS: return ask->ViewRows.object;
  case MSG_VIEW_TREE: return ask->ViewTree.object;
  case MSG_VIEW_TRAINING: return ask->ViewTraining.object;
  case MSG_VIEW_ROUND: return ask->ViewRound.object;
  case MSG_VIEW_STEPS: return ask->ViewSteps.object;
  case MSG_VIEW_PREVIEW: return ask->ViewPreview.object;
  case MSG_VIEW_EVALUATION: return ask->ViewEvaluation.object;
  case MSG_VIEW_FOLLOW: return ask->ViewFollow.object;
  default: return "";
  }
}

// ---- the thread ----------------------------------------------------------------------------------------------------
static Request *next(Clerk *c) {
  pthread_mutex_lock(&c->lock);
  while (!c->first && !c->closed) pthread_cond_wait(&c->work, &c->lock);
  Request *r = c->closed ? NULL : c->first;
  if (r && !(c->first = r->next)) c->last = NULL;
  pthread_mutex_unlock(&c->lock);
  return r;
}

static void *clerk_main(void *arg) {
  Clerk *c = arg;
  for (Request *r; (r = next(c)); request_free(r)) {
    Err err = {0};
    const Msg *ask = &r->msg;
    if (answer(c, view_of(ask->kind), ask, object_of(ask), &err) != OK)
      desk_refuse(c->desk, ask->request, err.code, err.msg);
  }
  return NULL;
}

void clerk_ask(Clerk *c, Msg *m) {
  Request *r = calloc(1, sizeof *r);
  if (!r) abort();
  r->msg = *m;
  pthread_mutex_lock(&c->lock);
  if (c->last) c->last->next = r;
  else c->first = r;
  c->last = r;
  pthread_cond_signal(&c->work);
  pthread_mutex_unlock(&c->lock);
}

static void clerk_free(Clerk *c) {
  for (Request *r = c->first, *after; r; r = after) after = r->next, request_free(r);
  for (int k = 0; k < CACHED; k++) str_fini(&c->cache[k].key), str_fini(&c->cache[k].bytes);
  pthread_cond_destroy(&c->work);
  pthread_mutex_destroy(&c->lock);
  free(c);
}

ErrCode clerk_open(Desk *d, Clerk **out, Err *err) {
  Clerk *c = calloc(1, sizeof *c);
  if (!c) abort();
  c->desk = d, c->job.memory = d->job->memory;
  pthread_mutex_init(&c->lock, NULL);
  pthread_cond_init(&c->work, NULL);
  sigset_t all, was; // signals belong to the main thread
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &was);
  int failed = pthread_create(&c->thread, NULL, clerk_main, c);
  pthread_sigmask(SIG_SETMASK, &was, NULL);
  if (!failed) return *out = c, OK;
  clerk_free(c);
  return err_set(err, ERR_IO, "no thread: %s", strerror(failed));
}

void clerk_close(Clerk *c) {
  if (!c) return;
  atomic_store(&c->job.cancel, true);
  pthread_mutex_lock(&c->lock);
  c->closed = true;
  pthread_cond_signal(&c->work);
  pthread_mutex_unlock(&c->lock);
  pthread_join(c->thread, NULL);
  clerk_free(c);
}
