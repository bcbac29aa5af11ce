#include "check.h"

#include "base/job.h"

#include <pthread.h>

TEST(ticks_store_progress_until_the_job_is_cancelled) {
  Job job = {0};
  Err err;
  assert_int_equal(job_tick(&job, 3, 10, &err), OK);
  assert_int_equal(job.done, 3);
  assert_int_equal(job.total, 10);
  job.cancel = true;
  assert_int_equal(job_tick(&job, 4, 10, &err), ERR_CANCELLED);
  assert_int_equal(err.code, ERR_CANCELLED);
  assert_string_equal(err.msg, "stopped");
  assert_int_equal(job_tick(&job, 5, 10, NULL), ERR_CANCELLED);
}

TEST(loops_inside_one_that_reports_only_look_at_the_flags) {
  Job job = {.inner = 1, .done = 2, .total = 5};
  assert_int_equal(job_tick(&job, 900, 1000, NULL), OK);
  assert_true(job.done == 2 && job.total == 5);
  job.cancel = true;
  assert_int_equal(job_tick(&job, 901, 1000, NULL), ERR_CANCELLED);
}

TEST(a_cancelled_job_goes_on_with_what_there_is_only_for_those_who_take_it) {
  Job none = {.cancel = true}, part = {.cancel = true, .partial = true};
  assert_false(job_keep(NULL));
  assert_false(job_keep(&none));
  assert_true(none.cancel && !none.kept);
  assert_true(job_keep(&part));
  assert_true(!part.cancel && part.kept);
  assert_int_equal(job_tick(&part, 1, 2, NULL), OK);
}

static void *end_pause(void *arg) {
  Job *job = arg;
  while (atomic_load(&job->done) != 3) continue;
  atomic_store(&job->pause, false);
  return NULL;
}

TEST(a_paused_job_waits_until_the_pause_ends_or_it_is_cancelled) {
  Job job = {.pause = true}, stopped = {.pause = true, .cancel = true};
  pthread_t other;
  assert_int_equal(pthread_create(&other, NULL, end_pause, &job), 0);
  assert_int_equal(job_tick(&job, 3, 10, NULL), OK);
  assert_false(job.pause);
  pthread_join(other, NULL);
  assert_int_equal(job_tick(&stopped, 3, 10, NULL), ERR_CANCELLED);
}

TEST(no_job_never_stops_and_has_no_budget) {
  assert_int_equal(job_tick(NULL, 1, 2, NULL), OK);
  assert_int_equal(job_need(NULL, INT64_MAX, "all", NULL), OK);
  Job job = {0};
  assert_int_equal(job_need(&job, INT64_MAX, "all", NULL), OK);
}

TEST(a_need_over_the_budget_names_thing_and_sizes) {
  Job job = {.memory = 2ll << 30};
  Err err;
  assert_int_equal(job_need(&job, 3328599655, "Gram matrix", &err), ERR_MEMORY); // 3.1 * 2^30
  assert_has(err.msg, "Gram matrix needs 3.1 GB, ");
  assert_has(err.msg, " of 2.0 GB are in use: raise --memory");
  assert_int_equal(job_need(&job, 3328599655, "x", NULL), ERR_MEMORY);
}

TEST(a_need_within_the_budget_or_tiny_is_granted) {
  Job job = {.memory = 64ll << 30}, none = {.memory = 1};
  assert_int_equal(job_need(&job, 16 << 20, "x", NULL), OK);
  assert_int_equal(job_need(&none, (1 << 20) - 1, "x", NULL), OK);
  assert_int_equal(job_need(&none, 1 << 20, "x", NULL), ERR_MEMORY);
}

RUN(CASE(ticks_store_progress_until_the_job_is_cancelled),
    CASE(loops_inside_one_that_reports_only_look_at_the_flags),
    CASE(a_cancelled_job_goes_on_with_what_there_is_only_for_those_who_take_it),
    CASE(a_paused_job_waits_until_the_pause_ends_or_it_is_cancelled), CASE(no_job_never_stops_and_has_no_budget),
    CASE(a_need_over_the_budget_names_thing_and_sizes), CASE(a_need_within_the_budget_or_tiny_is_granted))
