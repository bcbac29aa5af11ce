// Statistical tests and fits, each a question of one sentence whose answer is a frame.
#pragma once
#include "frame/frame.h"

// "y ~ a * b + c": what is asked about and what may explain it. "y" and "y ~ 1" have no terms, "~ x" has no response;
// "." stands for all columns that the formula does not name. A name that is no plain identifier stands in backticks
// (dots inside of a name are fine).
typedef struct Formula {
  const char *text;     // as it was given
  const char *response; // NULL = none
  Names term;           // names of columns, each once, in the order of their first appearance
  bool crossed;         // some are joined by * or :, and the parts of a:b stand for themselves too
  const char *block;    // y ~ a | subject; NULL = none
} Formula;
// Names are arena-owned. ERR_PARSE with a caret under the place, ERR_NAME a column that f does not have (with the
// nearest).
NODISCARD ErrCode formula_parse(const Frame *f, const char *owner, const char *text, Arena *a, Formula *out, Err *err);

// Every test answers with one row a comparison. The first columns say what was compared (term, group, groups ...);
// then, as far as the test has them: statistic, df (df1, df2), p, estimate with low and high, effect (its name is the
// column's: cohen_d, eta_sq, ...) with effect_low and effect_high, n. The caption says the method, the hypotheses, and
// each assumption that was checked with what was found.
typedef struct Test Test; // one call, see tests_int.h
typedef struct TestType {
  const char *name;                // "welch": stats.welch(d, "age ~ sex")
  const char *signature, *summary; // one line each
  const char *example;             // Lua that runs as a test
  const char *misleads;            // one sentence: when its answer misleads
  const Param *params;             // its options; the options struct is opts_size long
  size_t opts_size;
  ErrCode (*run)(Test *t, const void *opts);
} TestType;

// One line here and one file src/stats/test_NAME.c (a family shares a file) ending in `const TestType test_NAME`.
// Of means, variances and shares; of ranks, distribution functions and counts.
// clang-format off
#define MEAN_TESTS(X)                                                                                                  \
  X(z) X(t) X(welch) X(paired_t) X(anova) X(tukey) X(games_howell) X(pairwise_t) X(levene) X(bartlett) X(var)          \
  X(proportion) X(binomial) X(poisson) X(correlation)
#define RANK_TESTS(X)                                                                                                  \
  X(mannwhitney) X(wilcoxon) X(sign) X(kruskal) X(dunn) X(friedman) X(cochran_q) X(ks) X(shapiro) X(anderson_darling)  \
  X(chisq) X(fisher) X(mcnemar) X(odds) X(fit)
// clang-format on
#define STATS_TESTS(X) MEAN_TESTS(X) RANK_TESTS(X)
#define TEST_DECLARE(name) extern const TestType test_##name;
STATS_TESTS(TEST_DECLARE)
#undef TEST_DECLARE
const TestType *const *test_types(void); // ended by NULL
const TestType *test_find(Sv name);      // NULL when there is none
// The answer of a test to a formula over f; opts: filled by param_defaults and the setters of its table. Messages begin
// with the name of the test. ERR_PARSE, ERR_NAME as formula_parse; ERR_TYPE, ERR_ARG say what the test needs and what
// was found; ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode test_run(Job *job, const TestType *type, const Frame *f, const char *formula, const void *opts,
                           Frame **out, Err *err);

// p values made larger because there are several of them (adjust.c); as p.adjust of R. NaN stays and does not count.
#define ADJUST_METHODS "holm|hochberg|hommel|bonferroni|BH|BY|none"
typedef enum {
  ADJUST_HOLM,
  ADJUST_HOCHBERG,
  ADJUST_HOMMEL,
  ADJUST_BONFERRONI,
  ADJUST_BH,
  ADJUST_BY,
  ADJUST_NONE
} AdjustMethod;
NODISCARD ErrCode stats_adjust(Job *job, const double *p, int64_t n, int method, double *out, Err *err);

#define BOOTSTRAP_METHODS "percentile|basic|bca"
typedef enum { BOOTSTRAP_PERCENTILE, BOOTSTRAP_BASIC, BOOTSTRAP_BCA } BootstrapMethod;
typedef struct BootstrapOpts {
  Names exprs, by; // expressions over aggregates, as of frame_agg, and corr(x, y)
  int64_t n, seed; // replicates
  double conf;
  int method;
} BootstrapOpts;
// Bootstrap intervals (bootstrap.c): rows are drawn with replacement within each group of `by`, keyed by seed,
// replicate and row, or as counts in large groups (boot_fast.c): the answer does not depend on threads. One row a group
// and expression: `by`, statistic, estimate, bias, se, low, high, n. Quantiles of R's type 7; bca as
// scipy.stats.bootstrap. ERR_NAME, ERR_PARSE, ERR_TYPE as frame_agg, and ERR_TYPE for a statistic that is no number;
// ERR_ARG no rows; ERR_MEMORY, ERR_CANCELLED. O(n rows).
NODISCARD ErrCode stats_bootstrap(Job *job, const Frame *f, const BootstrapOpts *opts, Frame **out, Err *err);
