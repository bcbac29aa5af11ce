// Shared by the files of tests: a call of a test, its samples, and the frame that it answers with.
#pragma once
#include "stats/tests.h"

#include <stddef.h>

// ---- the answer (result.c) -----------------------------------------------------------------------------------------
// Rows of named values; a column comes into being with the first value under its name, and is missing in other rows.
typedef struct Result {
  Arena *a;
  struct ResultCell *cell;
  int64_t n, cap, nrow;
  const char *column[64];
  int ncol;
  Str caption;
} Result;

struct Test {
  Job *job;
  const Frame *f;
  const Formula *q;
  const char *name; // of the test
  Arena arena;      // lives as long as the call
  void **block;     // arrays of test_array
  int nblock, block_cap;
  Result out;
  Err *err;
};

void result_row(Test *t); // begins a row; values go there
void result_text(Test *t, const char *column, const char *v);
void result_int(Test *t, const char *column, int64_t v);
void result_real(Test *t, const char *column, double v); // NaN: missing
// estimate, low, high; effect, effect_low, effect_high
void result_estimate(Test *t, double estimate, double low, double high);
void result_effect(Test *t, const char *name, double effect, double low, double high);
// A sentence of the caption, without the space between; ends in a full stop.
void result_say(Test *t, const char *fmt, ...) PRINTF(2, 3);
NODISCARD ErrCode result_frame(Test *t, Frame **out);
// "0.034", "< 0.001": how captions show a p value; and any other number, 4 digits. Arena-owned.
const char *say_p(Test *t, double p);
const char *say_number(Test *t, double v);

// ---- a call (tests.c) ----------------------------------------------------------------------------------------------
// An array that ends with the call: job_need, then mem_new. `out`: the place of the pointer. ERR_MEMORY.
NODISCARD ErrCode test_array(Test *t, int64_t bytes, void *out);
// Says "NAME: ..." with the code.
ErrCode test_fail(Test *t, ErrCode code, const char *fmt, ...) PRINTF(3, 4);

// test_run with a formula that was made, not written.
NODISCARD ErrCode test_run_parsed(Job *job, const TestType *type, const Frame *f, const Formula *q, const void *opts,
                                  Frame **out, Err *err);

typedef enum { TWO_SIDED, LESS, GREATER } Alternative;
#define TEST_ALTERNATIVE(Own)                                                                                          \
  {                                                                                                                    \
    "alternative", PARAM_CHOICE, offsetof(Own, alternative), 0, 0, "two.sided", "two.sided|less|greater",             \
        "what is held against the null hypothesis"                                                                     \
  }
#define TEST_CONF(Own)                                                                                                 \
  { "conf", PARAM_REAL, offsetof(Own, conf), 0.01, 0.999999, "0.95", NULL, "confidence level of the intervals" }
#define TEST_ADJUST(Own, dflt)                                                                                        \
  { "adjust", PARAM_CHOICE, offsetof(Own, adjust), 0, 0, dflt, ADJUST_METHODS, "correction for several comparisons" }
// A few levels: a column of numbers makes groups when it has no more distinct values than this.
enum { NUMBER_LEVELS = 20, MOST_GROUPS = 1000 };

// Chunks of rows: test_rows calls fn over [0, n) in chunks of test_grain(n) on all threads, as par_for, with a look at
// the cancel flag now and then. At most 256, so that a table for each costs little.
static inline int64_t test_grain(int64_t n) { return n / 256 < 1 << 15 ? 1 << 15 : n / 256 + 1; }
static inline int64_t test_chunks(int64_t n) { return (n + test_grain(n) - 1) / test_grain(n); }
NODISCARD ErrCode test_rows(Test *t, int64_t n, void (*fn)(void *ctx, int64_t begin, int64_t end), void *ctx);

// ---- what the formula is about (rows.c, rows_factor.c, samples.c) --------------------------------------------------
// Rows in which no column of the formula is missing or NaN.
typedef struct Rows {
  int64_t *row, n, dropped; // row NULL: all rows of the frame
} Rows;
static inline int64_t rows_at(const Rows *r, int64_t i) { return r->row ? r->row[i] : i; }
NODISCARD ErrCode rows_complete(Test *t, Rows *out);
// Says how many rows were left out, if any.
void rows_say(Test *t, int64_t dropped);
// A column's values there. ERR_TYPE no number; ERR_ARG an infinite value.
NODISCARD ErrCode rows_values(Test *t, const char *column, const Rows *r, double **x);
// The same to be read only: the column's own where they are all rows of a real one.
NODISCARD ErrCode rows_lent(Test *t, const char *column, const Rows *r, const double **x);
void rows_doubles(const Rows *r, const Column *c, int64_t first, int64_t n, double *x); // those of places first ...
const char *number_level(Test *t, const Column *c, int64_t row); // a number as the name of a level
// A column's levels that occur there, in the order of the column (numbers by value, false before true). ERR_TYPE when
// it is a text, a date or a number of more than NUMBER_LEVELS values; ERR_ARG above MOST_GROUPS levels.
typedef struct Factor {
  const char *name;   // of the column
  const char **level; // k
  int32_t *code;      // level of each of the rows
  int64_t *count;     // rows of each level
  int64_t *chunk;     // and of each chunk of rows: chunks x k
  int64_t k, n;
} Factor;
NODISCARD ErrCode rows_factor(Test *t, const char *column, const Rows *r, Factor *out);

// Numbers in k groups: group g has n[g] values at x[g], in row order.
typedef struct Samples {
  const char *response, *by; // names of columns; by NULL: one sample
  const char **name;         // of each group
  double **x;
  int64_t *n, k, total, dropped;
} Samples;
// y ~ g: the response by the levels of the only term; y, y ~ 1, ~ y: one sample. ERR_ARG when the formula reads
// otherwise or has a block, when there are fewer than `least` or more than `most` groups, or fewer than `values` values
// in one of them.
NODISCARD ErrCode samples_split(Test *t, int64_t least, int64_t most, int64_t values, Samples *out);
// x ~ y, both numbers, row by row; or y ~ g | block, where g has two levels and a block one row of each (others are
// left out and counted). Two groups of the same length.
NODISCARD ErrCode samples_paired(Test *t, Samples *out);
// y ~ g | block for any number of levels: the blocks that have one row of each level; value b of x[g] is block b's.
NODISCARD ErrCode samples_blocked(Test *t, int64_t least, int64_t most, Samples *out);

// ---- shared by several tests (assume.c) ----------------------------------------------------------------------------
typedef struct OneWay {
  double between, within; // sums of squares
  double df1, df2, f, p;
} OneWay;
void one_way(Test *t, const Samples *s, OneWay *out);
typedef enum { LEVENE_MEDIAN, LEVENE_MEAN } LeveneCentre;
NODISCARD ErrCode levene_statistic(Test *t, const Samples *s, LeveneCentre centre, OneWay *out);
// Sentences about normality within groups and about equal variances; otherwise: what to do when they are not.
NODISCARD ErrCode assume_normal(Test *t, const Samples *s);
// p of Shapiro and Wilk's test, 3 <= n <= SHAPIRO_MOST, values not all equal (test_normality.c).
enum { SHAPIRO_MOST = 5000 };
NODISCARD ErrCode normality_p(Test *t, const double *x, int64_t n, double *p);
NODISCARD ErrCode assume_equal(Test *t, const Samples *s, const char *otherwise);
// Takes the first value away from all, in decimal arithmetic (decimal.c). False, and nothing changed, when the values
// have too many digits.
bool decimal_centre(double *const *x, const int64_t *n, int64_t k, double *centre);

// ---- effects with intervals (effects.c) ----------------------------------------------------------------------------
// Each fills the columns of result_effect; conf: of the interval.
void effect_cohen_d(Test *t, double stat, double unit, double df, double conf); // unit: standard error / sd
void effect_omega(Test *t, const OneWay *w, double conf);
typedef struct EffectLimits {
  double low, high;
} EffectLimits;
EffectLimits effect_share_limits(double f, double df1, double df2, double conf); // of eta and omega squared
// (chisq / scale)^1/2, its limits at most `most`.
void effect_root(Test *t, const char *name, double chisq, double df, double scale, double conf, double most);
void effect_cohen_h(Test *t, double p1, double n1, double p2, double n2, double conf); // n2 infinite: p2 is given
void effect_distance(Test *t, double d, double n1, double n2, double conf);            // likewise
#define DISTANCE_SAID "Interval of the distance: Dvoretzky, Kiefer, Wolfowitz and Massart."

// ---- exact tests of counts (exact.c) -------------------------------------------------------------------------------
typedef struct Exact {
  double p, low, high; // of the share; of the mean
} Exact;
Exact exact_binomial(double x, double n, double p, Alternative alternative, double conf);
Exact exact_poisson(double x, double mean, Alternative alternative, double conf);
// "p is corrected by Holm's method", for captions. Arena-owned.
const char *adjust_word(Test *t, int method);
