// A pool of threads that take chunks by ticket. No spinning: on shared cores a spinning worker keeps the one that
// holds the work from running. Workers sleep on a condition variable between regions (about 10 us a region).
#include "base/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

struct Pool {
  pthread_mutex_t lock;
  pthread_cond_t start, finish;
  uint64_t region; // number of the present region; workers wait for it to change
  int running;     // workers that have not left the present region
  bool stop;
  atomic_bool busy;
  PoolFn fn;
  void *ctx;
  int64_t n, grain;
  _Atomic int64_t ticket;
  int nthread;
  pthread_t thread[];
};

static void run_chunks(PoolFn fn, void *ctx, int64_t n, int64_t grain, _Atomic int64_t *ticket) {
  for (;;) {
    int64_t begin = atomic_fetch_add_explicit(ticket, 1, memory_order_relaxed) * grain;
    if (begin >= n) return;
    fn(ctx, begin, begin + grain < n ? begin + grain : n);
  }
}

static void *worker(void *arg) {
  Pool *p = arg;
  uint64_t seen = 0;
  pthread_mutex_lock(&p->lock);
  for (;;) {
    while (!p->stop && p->region == seen) pthread_cond_wait(&p->start, &p->lock);
    if (p->stop) break;
    seen = p->region;
    pthread_mutex_unlock(&p->lock);
    run_chunks(p->fn, p->ctx, p->n, p->grain, &p->ticket);
    pthread_mutex_lock(&p->lock);
    if (--p->running == 0) pthread_cond_signal(&p->finish);
  }
  pthread_mutex_unlock(&p->lock);
  return NULL;
}

Pool *pool_new(int threads) {
  int helpers = threads > 1 ? threads - 1 : 0;
  Pool *p = calloc(1, sizeof *p + (size_t)helpers * sizeof p->thread[0]);
  if (!p) return NULL;
  pthread_mutex_init(&p->lock, NULL);
  pthread_cond_init(&p->start, NULL);
  pthread_cond_init(&p->finish, NULL);
  sigset_t all, was; // signals belong to the main thread
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &was);
  while (p->nthread < helpers && pthread_create(&p->thread[p->nthread], NULL, worker, p) == 0) p->nthread++;
  pthread_sigmask(SIG_SETMASK, &was, NULL);
  return p;
}

void pool_free(Pool *p) {
  if (!p) return;
  pthread_mutex_lock(&p->lock);
  p->stop = true;
  pthread_cond_broadcast(&p->start);
  pthread_mutex_unlock(&p->lock);
  for (int i = 0; i < p->nthread; i++) pthread_join(p->thread[i], NULL);
  pthread_cond_destroy(&p->start);
  pthread_cond_destroy(&p->finish);
  pthread_mutex_destroy(&p->lock);
  free(p);
}

int pool_threads(const Pool *p) { return p ? p->nthread + 1 : 1; }

static void region_run(Pool *p, int64_t n, int64_t grain, PoolFn fn, void *ctx) {
  pthread_mutex_lock(&p->lock);
  p->fn = fn, p->ctx = ctx, p->n = n, p->grain = grain;
  atomic_store(&p->ticket, 0);
  p->running = p->nthread;
  p->region++;
  pthread_cond_broadcast(&p->start);
  pthread_mutex_unlock(&p->lock);
  run_chunks(fn, ctx, n, grain, &p->ticket);
  pthread_mutex_lock(&p->lock);
  while (p->running > 0) pthread_cond_wait(&p->finish, &p->lock);
  pthread_mutex_unlock(&p->lock);
}

void par_for(Job *job, int64_t n, int64_t grain, PoolFn fn, void *ctx) {
  Pool *p = job ? job->pool : NULL;
  bool in_place = !p || p->nthread == 0 || n <= grain || atomic_exchange(&p->busy, true);
  if (in_place) {
    for (int64_t i = 0; i < n; i += grain) fn(ctx, i, i + grain < n ? i + grain : n);
    return;
  }
  region_run(p, n, grain, fn, ctx);
  atomic_store(&p->busy, false);
}
