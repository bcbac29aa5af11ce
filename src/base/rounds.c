#include "base/rounds.h"

#include <stdlib.h>
#include <time.h>

void rounds_init(Rounds *r) {
  *r = (Rounds){.fit = 0};
  pthread_mutex_init(&r->lock, NULL);
}

void rounds_fini(Rounds *r) {
  pthread_mutex_destroy(&r->lock);
  free(r->round);
}

static Rounds *reader(const Job *job) { return job && !job->inner ? job->rounds : NULL; }

void rounds_begin(Job *job, const RoundsPlan *plan) {
  Rounds *r = reader(job);
  struct timespec t;
  if (!r) return;
  clock_gettime(CLOCK_MONOTONIC, &t);
  pthread_mutex_lock(&r->lock);
  r->fit++, r->n = r->best = 0, r->plan = *plan, r->has_seen = false;
  r->began = (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
  pthread_mutex_unlock(&r->lock);
}

static void add_round(Rounds *r, const Round *round) {
  if (r->n == r->room) {
    r->room = r->room ? 2 * r->room : 256;
    r->round = realloc(r->round, (size_t)r->room * sizeof *r->round);
    if (!r->round) abort();
  }
  r->round[r->n] = *round;
  double best = r->round[r->best].valid;
  if (r->plan.larger ? round->valid > best : round->valid < best) r->best = r->n;
}

void rounds_add(Job *job, const Round *round, const RoundSeen *seen) {
  Rounds *r = reader(job);
  if (!r) return;
  pthread_mutex_lock(&r->lock);
  if (*r->plan.metric) add_round(r, round);
  r->has_seen = seen;
  if (seen) r->seen[0] = *seen;
  if (seen && r->best == r->n) r->seen[1] = *seen;
  r->n++;
  pthread_mutex_unlock(&r->lock);
}
