// Rank correlations of one pair and their tests: Kendall's tau-b (kendall.c) and Spearman's rho without ties
// (spearman.c).
#pragma once
#include "stats/tests_int.h"

typedef struct RankTest {
  const char *method; // "exact", "edgeworth" or "normal"
  double statistic;   // exact, Edgeworth: Kendall's T (concordant pairs) or Spearman's S; normal: z
  double p[3];        // by Alternative
} RankTest;

typedef __int128 RankWhole;
typedef struct RankTies { // sums over runs of t equal values
  RankWhole pairs;        // t (t - 1) / 2
  RankWhole triples;      // t (t - 1) (t - 2)
  RankWhole spread;       // t (t - 1) (2 t + 5)
} RankTies;
typedef struct KendallCounts {
  int64_t n;
  RankTies x, y;
  RankWhole both, discordant; // pairs tied in both; pairs in opposite order
} KendallCounts;

// order: rows in the order of x; x and y: by row, where its run of equal values begins (order_ranks of num); ties:
// whether there are any; room: 3 n. O(n log n).
KendallCounts kendall_count(const uint32_t *order, const uint32_t *x, const uint32_t *y, int64_t n, bool ties,
                            uint32_t *room);
// Of a column with itself; seen: n.
KendallCounts kendall_self(const uint32_t *order, const uint32_t *x, int64_t n, bool ties, uint32_t *seen);
double kendall_tau(const KendallCounts *c); // NAN when a side is constant
// Exact below 50 rows without ties, else normal with the variance under ties; as cor.test of R.
RankTest kendall_test(const KendallCounts *c);

// r: Spearman's correlation of n rows without ties, 2 <= n <= SPEARMAN_MOST. Exact up to 9 rows, else Edgeworth's
// series; as cor.test of R.
enum { SPEARMAN_EXACT = 9, SPEARMAN_MOST = 1290 };
RankTest spearman_test(double r, int64_t n);
