// How many cases a test needs, and what it can find.
#pragma once
#include "frame/frame.h"

#define POWER_TESTS "t|anova|proportion|correlation"
typedef enum { POWER_T, POWER_ANOVA, POWER_PROPORTION, POWER_CORRELATION } PowerTest;
#define POWER_SAMPLES "two|one|paired"
typedef enum { POWER_TWO, POWER_ONE, POWER_PAIRED } PowerSamples;
typedef struct PowerOpts {
  int test;
  double n, effect, power, alpha; // NaN: left out; n of each group; effect: Cohen's d, f, h, or r
  int samples, alternative;       // samples: of t and proportion; alternative: two-sided, less, greater
  int64_t groups;                 // of anova
} PowerOpts;
// One row: test, solved, n, the effect under its name, power, alpha, n_needed (n rounded up), n_all (of all groups).
// Exactly one of n, effect and power is left out and solved for; or alpha, when these three are given (else it is
// 0.05). As pwr of R. ERR_ARG otherwise, or a power that cannot be reached.
NODISCARD ErrCode stats_power_plan(const PowerOpts *opts, Frame **out, Err *err);
