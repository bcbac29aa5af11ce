// Statistical tests and fits, each a question of one sentence whose answer is a frame.
#pragma once
#include "frame/frame.h"

// "y ~ a * b + c": what is asked about and what may explain it. "~ x" has no response; names that are no plain
// identifiers stand in backticks.
typedef struct Formula {
  const char *text;     // as it was given
  const char *response; // NULL = none
  Names term;           // names of columns, each once, in the order of their first appearance
  bool crossed;         // joined by * or :
  const char *block;    // y ~ a | subject; NULL = none
} Formula;
// ERR_PARSE with a caret under the place, ERR_NAME a column that f does not have (with the nearest).
NODISCARD ErrCode formula_parse(const Frame *f, const char *owner, const char *text, Arena *a, Formula *out, Err *err);

// Every test answers with one row a comparison. The first columns say what was compared (term, group, groups ...);
// then, as far as the test has them: statistic, df (df1, df2), p, estimate with low and high, effect (its name is the
// column's: cohen_d, eta_sq, ...) with effect_low and effect_high, n. The caption says the method, the hypotheses, and
// each assumption that was checked with what was found.
typedef struct TestType {
  const char *name;    // "welch": stats.welch(d, "age ~ sex")
  const char *signature, *summary; // one line each
  const char *example; // Lua that runs as a test
  const char *misleads; // one sentence: when its answer misleads
  const Param *params; // its options; the options struct is opts_size long
  size_t opts_size;
  // q: the parsed formula. ERR_TYPE, ERR_ARG say what the test needs and what was found; ERR_MEMORY, ERR_CANCELLED.
  ErrCode (*run)(Job *job, const Frame *f, const Formula *q, const void *opts, Frame **out, Err *err);
} TestType;

// One line here and one file src/stats/test_NAME.c (a family shares a file) ending in `const TestType test_NAME`.
#define STATS_TESTS(X)
#define TEST_DECLARE(name) extern const TestType test_##name;
STATS_TESTS(TEST_DECLARE)
#undef TEST_DECLARE
const TestType *const *test_types(void); // ended by NULL
