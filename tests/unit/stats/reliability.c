// Reliability of scores. Bins and shares are those of calibration_curve of scikit-learn 1.2.1 on sample_two(60, 23) of
// tests/unit/eval/samples.h, counts by numpy 1.24 searchsorted on its edges; intervals prop.test(correct = FALSE) of R
// 4.2.2.
#include "check.h"

#include "stats/scores.h"

#include <math.h>
#include <stdlib.h>

enum { N = 60 };
static double score[N];
static uint8_t hit[N];

static int by_number(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// Scores ascending; equal scores have their hits in any order.
static void make_sample(void) {
  double both[N][2];
  for (int i = 0; i < N; i++) {
    int y = i * 37 % 101 < 40;
    both[i][0] = ((double)(i * 7919 % 23) + 0.5 * 23 * y) / (1.5 * 23), both[i][1] = y;
  }
  qsort(both, N, sizeof *both, by_number);
  for (int i = 0; i < N; i++) score[i] = both[i][0], hit[i] = both[i][1] == 1;
}

static void check_bins(const ReliabilityOpts *o, const double *share, const double *mean, const int64_t *rows) {
  ReliabilityBin bin[5];
  make_sample();
  assert_int_equal(stats_reliability(NULL, score, hit, N, o, bin), 5);
  double error = 0;
  for (int b = 0; b < 5; b++) {
    assert_near(bin[b].share, share[b], 1e-15);
    assert_near(bin[b].score, mean[b], 1e-14);
    assert_int_equal(bin[b].n, rows[b]);
    assert_true(bin[b].lower <= bin[b].score && bin[b].score <= bin[b].upper);
    error += (double)rows[b] * fabs(share[b] - mean[b]) / N;
  }
  assert_near(stats_calibration_error(bin, 5), error, 1e-14);
}

TEST(bins_of_equal_width_are_those_of_scikit_learn) {
  static const double share[] = {0.0, 0.21428571428571427, 0.4375, 0.6, 1.0};
  static const double mean[] = {0.07971014492753624, 0.3115942028985507, 0.4972826086956522, 0.6753623188405797,
                                0.8876811594202899};
  static const int64_t rows[] = {12, 14, 16, 10, 8};
  check_bins(&(ReliabilityOpts){5, false}, share, mean, rows);
}

TEST(bins_of_equal_numbers_are_those_of_scikit_learn) {
  static const double share[] = {0.0, 0.15384615384615385, 0.36363636363636365, 0.5, 1.0};
  static const double mean[] = {0.07971014492753624, 0.3054626532887402, 0.45322793148880114, 0.5942028985507247,
                                0.8405797101449276};
  static const int64_t rows[] = {12, 13, 11, 12, 12};
  check_bins(&(ReliabilityOpts){5, true}, share, mean, rows);
}

TEST(an_edge_belongs_to_the_bin_below_and_empty_bins_are_left_out) {
  static const double x[] = {0, 0.5, 0.5, 1};
  static const uint8_t y[] = {0, 0, 1, 1};
  ReliabilityBin bin[4];
  assert_int_equal(stats_reliability(NULL, x, y, 4, &(ReliabilityOpts){4, false}, bin), 3);
  assert_true(bin[1].lower == 0.25 && bin[1].upper == 0.5 && bin[1].n == 2 && bin[1].hits == 1);
  assert_true(bin[2].n == 1 && bin[2].score == 1);
  assert_int_equal(stats_reliability(NULL, x + 1, y, 1, &(ReliabilityOpts){4, true}, bin), 1);
}

TEST(intervals_are_those_of_prop_test) {
  static const int64_t of[][2] = {{0, 3}, {3, 3}, {2, 5}};
  static const double want[][2] = {{0, 0.561497031755045}, {0.438502968244955, 1}, {0.117620774232648, 0.769275718723987}};
  for (int k = 0; k < 3; k++) {
    ShareLimits w = stats_wilson((double)of[k][0], (double)of[k][1], 1.959963984540054, 0);
    assert_near(w.low, want[k][0], 1e-14);
    assert_near(w.high, want[k][1], 1e-14);
  }
}

RUN(CASE(bins_of_equal_width_are_those_of_scikit_learn), CASE(bins_of_equal_numbers_are_those_of_scikit_learn),
    CASE(an_edge_belongs_to_the_bin_below_and_empty_bins_are_left_out), CASE(intervals_are_those_of_prop_test))
