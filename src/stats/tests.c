// The list of tests, and the life of a call: everything that it made ends with it.
#include "stats/tests_int.h"

#include "base/pool.h"

#include <stdio.h>

const TestType *const *test_types(void) {
#define TEST_ROW(name) &test_##name,
  static const TestType *const types[] = {STATS_TESTS(TEST_ROW) NULL};
#undef TEST_ROW
  return types;
}

const TestType *test_find(Sv name) {
  for (const TestType *const *t = test_types(); *t; t++)
    if (sv_is(name, (*t)->name)) return *t;
  return NULL;
}

ErrCode test_array(Test *t, int64_t bytes, void *out) {
  if (t->nblock == t->block_cap) {
    void **more = arena_array(&t->arena, void *, t->block_cap = 2 * t->block_cap + 32);
    if (t->nblock) memcpy(more, t->block, (size_t)t->nblock * sizeof *more);
    t->block = more;
  }
  TRY(job_need(t->job, bytes, t->name, t->err));
  void *p = mem_new((size_t)(bytes > 0 ? bytes : 1));
  if (!p) return test_fail(t, ERR_MEMORY, "the system has no memory left: take fewer rows");
  t->block[t->nblock++] = p;
  memcpy(out, &p, sizeof p);
  return OK;
}

typedef struct Region {
  PoolFn fn;
  void *ctx;
  int64_t first;
} Region;

static void run_region(void *ctx, int64_t begin, int64_t end) {
  const Region *r = ctx;
  r->fn(r->ctx, r->first + begin, r->first + end);
}

ErrCode test_rows(Test *t, int64_t n, PoolFn fn, void *ctx) {
  enum { REGION = 1 << 21 };
  int64_t grain = test_grain(n), rows = grain < REGION ? REGION / grain * grain : grain;
  Region r = {fn, ctx, 0};
  for (; r.first < n; r.first += rows) {
    TRY(job_tick(t->job, r.first, n, t->err));
    par_for(t->job, n - r.first < rows ? n - r.first : rows, grain, run_region, &r);
  }
  return OK;
}

ErrCode test_fail(Test *t, ErrCode code, const char *fmt, ...) {
  char raw[900];
  va_list args;
  va_start(args, fmt);
  vsnprintf(raw, sizeof raw, fmt, args);
  va_end(args);
  return err_set(t->err, code, "%s: %s", t->name, raw);
}

// q NULL: `formula` is parsed first.
static ErrCode run(Job *job, const TestType *type, const Frame *f, const char *formula, const Formula *q,
                   const void *opts, Frame **out, Err *err) {
  Formula parsed;
  Test t = {.job = job, .f = f, .q = q ? q : &parsed, .name = type->name, .err = err};
  arena_init(&t.arena);
  t.out.a = &t.arena;
  ErrCode code = job_tick(job, 0, 1, err);
  if (code == OK && !q) code = formula_parse(f, type->name, formula, &t.arena, &parsed, err);
  if (code == OK) code = type->run(&t, opts);
  if (code == OK) code = result_frame(&t, out);
  while (t.nblock) mem_free(t.block[--t.nblock]);
  str_fini(&t.out.caption);
  arena_fini(&t.arena);
  return code;
}

ErrCode test_run(Job *job, const TestType *type, const Frame *f, const char *formula, const void *opts, Frame **out,
                 Err *err) {
  return run(job, type, f, formula, NULL, opts, out, err);
}

ErrCode test_run_parsed(Job *job, const TestType *type, const Frame *f, const Formula *q, const void *opts, Frame **out,
                        Err *err) {
  return run(job, type, f, NULL, q, opts, out, err);
}
