#include "base/rounds.h"

#include <stdio.h>
#include <stdlib.h>

void rounds_init(Rounds *r) {
  *r = (Rounds){.fit = 0};
  pthread_mutex_init(&r->lock, NULL);
}

void rounds_fini(Rounds *r) {
  pthread_mutex_destroy(&r->lock);
  free(r->round);
}

static Rounds *reader(const Job *job) { return job && !job->inner ? job->rounds : NULL; }

void rounds_begin(Job *job, const char *metric, bool larger, int64_t total) {
  Rounds *r = reader(job);
  if (!r) return;
  pthread_mutex_lock(&r->lock);
  r->fit++, r->n = 0, r->total = total, r->larger = larger, r->has_seen = false;
  snprintf(r->metric, sizeof r->metric, "%s", metric ? metric : "");
  pthread_mutex_unlock(&r->lock);
}

static void add_round(Rounds *r, const Round *round) {
  if (r->n == r->room) {
    r->room = r->room ? 2 * r->room : 256;
    r->round = realloc(r->round, (size_t)r->room * sizeof *r->round);
    if (!r->round) abort();
  }
  r->round[r->n] = *round;
}

void rounds_add(Job *job, const Round *round, const RoundSeen *seen) {
  Rounds *r = reader(job);
  if (!r) return;
  pthread_mutex_lock(&r->lock);
  if (*r->metric) add_round(r, round);
  r->n++, r->has_seen = seen;
  if (seen) r->seen = *seen;
  pthread_mutex_unlock(&r->lock);
}
