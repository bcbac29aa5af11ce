#include "check.h"

#include "base/pool.h"

#include <pthread.h>

static const int THREADS[] = {1, 2, 3, 7};
enum { MOST = 4096 };

typedef struct Cover {
  _Atomic int hits[MOST];
  _Atomic int64_t calls;
  int64_t n, grain;
  atomic_bool wrong;
} Cover;

static void cover(void *ctx, int64_t begin, int64_t end) {
  Cover *c = ctx;
  int64_t full = begin + c->grain < c->n ? begin + c->grain : c->n;
  if (begin % c->grain != 0 || end != full || end <= begin) c->wrong = true;
  for (int64_t i = begin; i < end; i++) c->hits[i]++;
  c->calls++;
}

static void expect_covered(Job *job, int64_t n, int64_t grain) {
  static Cover c;
  memset(&c, 0, sizeof c);
  c.n = n, c.grain = grain;
  par_for(job, n, grain, cover, &c);
  assert_false(c.wrong);
  assert_int_equal(c.calls, (n + grain - 1) / grain);
  for (int64_t i = 0; i < MOST; i++) assert_int_equal(c.hits[i], i < n);
}

TEST(every_chunk_runs_exactly_once) {
  static const int64_t sizes[] = {0, 1, 6, 7, 8, 100, MOST}, grains[] = {1, 7, 64, MOST, 1 << 20};
  for (int t = 0; t < 4; t++) {
    Job job = {.pool = pool_new(THREADS[t])};
    for (int i = 0; i < 7; i++)
      for (int k = 0; k < 5; k++) expect_covered(&job, sizes[i], grains[k]);
    pool_free(job.pool);
  }
}

TEST(no_job_or_no_pool_runs_in_place) {
  Job job = {0};
  expect_covered(NULL, 1000, 7);
  expect_covered(&job, 1000, 7);
}

TEST(a_pool_has_the_threads_asked_for) {
  for (int t = 0; t < 4; t++) {
    Pool *p = pool_new(THREADS[t]);
    assert_int_equal(pool_threads(p), THREADS[t]);
    pool_free(p);
  }
  Pool *p = pool_new(-3);
  assert_int_equal(pool_threads(p), 1);
  pool_free(p);
  assert_int_equal(pool_threads(NULL), 1);
  pool_free(NULL);
}

TEST(many_short_regions_in_a_row_do_not_lose_work) {
  Job job = {.pool = pool_new(3)};
  for (int i = 0; i < 3000; i++) {
    static Cover c;
    memset(&c, 0, sizeof c);
    c.n = 10, c.grain = 1;
    par_for(&job, c.n, c.grain, cover, &c);
    assert_int_equal(c.calls, 10);
    assert_false(c.wrong);
  }
  pool_free(job.pool);
}

typedef struct Nest {
  Job *job;
  _Atomic int64_t inner;
  atomic_bool elsewhere;
} Nest;

typedef struct Inner {
  Nest *nest;
  pthread_t owner;
} Inner;

static void inner_chunk(void *ctx, int64_t begin, int64_t end) {
  Inner *in = ctx;
  in->nest->inner += end - begin;
  if (!pthread_equal(in->owner, pthread_self())) in->nest->elsewhere = true;
}

static void outer_chunk(void *ctx, int64_t begin, int64_t end) {
  Nest *nest = ctx;
  Inner in = {nest, pthread_self()};
  for (int64_t i = begin; i < end; i++) par_for(nest->job, 50, 3, inner_chunk, &in);
}

TEST(a_nested_call_runs_in_place) {
  for (int t = 1; t < 4; t++) {
    Job job = {.pool = pool_new(THREADS[t])};
    Nest nest = {.job = &job};
    par_for(&job, 100, 3, outer_chunk, &nest);
    assert_int_equal(nest.inner, 5000);
    assert_false(nest.elsewhere);
    pool_free(job.pool);
  }
}

typedef struct Caller {
  Job *job;
  int64_t sum;
} Caller;

static void add_chunk(void *ctx, int64_t begin, int64_t end) {
  _Atomic int64_t *sum = ctx;
  for (int64_t i = begin; i < end; i++) *sum += i;
}

static void *call_often(void *arg) {
  Caller *c = arg;
  for (int k = 0; k < 200; k++) {
    _Atomic int64_t sum = 0;
    par_for(c->job, 1000, 7, add_chunk, &sum);
    c->sum += sum;
  }
  return NULL;
}

TEST(two_threads_may_call_at_once) {
  Job job = {.pool = pool_new(3)};
  Caller here = {&job, 0}, there = {&job, 0};
  pthread_t other;
  assert_int_equal(pthread_create(&other, NULL, call_often, &there), 0);
  call_often(&here);
  pthread_join(other, NULL);
  assert_int_equal(here.sum, 200 * 499500);
  assert_int_equal(there.sum, 200 * 499500);
  pool_free(job.pool);
}

RUN(CASE(every_chunk_runs_exactly_once), CASE(no_job_or_no_pool_runs_in_place),
    CASE(a_pool_has_the_threads_asked_for), CASE(many_short_regions_in_a_row_do_not_lose_work),
    CASE(a_nested_call_runs_in_place), CASE(two_threads_may_call_at_once))
