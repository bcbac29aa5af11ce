// Shared by charts of many points: values and positions, counts on a grid, sums of pairs, trend lines, thinned lines.
#pragma once
#include "chart/chart_int.h"

// ---- points (points.c) --------------------------------------------------------------------------------------------
enum { POINTS_USES = 4 };
typedef struct Points {
  int64_t n;
  int64_t *row;                 // n, ascending; NULL = every row of the frame
  const double *v[POINTS_USES]; // the values of each use, n
} Points;
static inline int64_t points_row(const Points *p, int64_t i) { return p->row ? p->row[i] : i; }
// As rows_pick, with the values. Columns of reals without gaps are not copied.
NODISCARD ErrCode points_load(Pile *p, Use *use, int nuse, Levels *by, int64_t nrow, Points *out, Err *err);
// Least and greatest of n >= 1 finite values.
void points_range(Job *job, const double *v, int64_t n, double *lo, double *hi);
// The logarithms of v where the scale is one; v itself otherwise.
NODISCARD ErrCode points_scaled(Pile *p, const double *v, int64_t n, bool log, const double **out, Err *err);
// Counts in cells as fine as the labels allow, over the axes of the plot as they are; a series of it.
NODISCARD ErrCode points_grid(Pile *p, Plot *plot, const ChartLabels *labels, const double *x, const double *y,
                              int64_t n, Err *err);
// Sums about the middle of the ranges, in units of half a range: what correlation and least squares need of n points.
typedef struct PairSums {
  int64_t n;
  double x_mid, x_half, y_mid, y_half;
  double u, v, uu, vv, uv; // means of u and v; sums of products of deviations
} PairSums;
PairSums pairs_sum(Job *job, const double *x, const double *y, int64_t n);
bool pairs_correlation(const PairSums *s, double *r); // false where a side has no spread, or n < 2

// ---- trend lines (trend.c) ----------------------------------------------------------------------------------------
typedef enum { TREND_NONE, TREND_LINEAR, TREND_LOWESS, TREND_LOESS } TrendKind; // the last two are one
enum { TREND_MARKS = 100 };
typedef struct TrendOpts {
  int kind;        // TrendKind
  double span;     // of LOWESS: share of the points that each fit sees
  bool logx, logy; // fitted, and even, in logarithms
} TrendOpts;
typedef struct Trend {
  int64_t n; // 0: there is none, as fewer than 3 points or all at one x
  double x[TREND_MARKS], y[TREND_MARKS], lo[TREND_MARKS], hi[TREND_MARKS]; // band of LINEAR: 95 % of the mean of y
  double intercept, slope, r2;                                             // of LINEAR, on the scales fitted
  bool banded, sampled; // LOWESS of very many points takes 10,000 of them, evenly from the rows
} Trend;
NODISCARD ErrCode trend_fit(Job *job, const double *x, const double *y, int64_t n, const TrendOpts *o, Trend *out,
                            Err *err);
// Cleveland's robust locally weighted regression at each of the ascending x; equal to lowess() of R 4.2.2. work: 2 n.
// Cleveland, "Robust locally weighted regression and smoothing scatterplots", JASA 74 (1979).
void lowess_fit(const double *x, const double *y, int64_t n, double span, int steps, double delta, double *fit,
                double *work);

// ---- lines (lines.c) ----------------------------------------------------------------------------------------------
// Which of n points, x ascending, a line of at most `most` marks keeps: of each of even columns along x the first, the
// least, the greatest and the last, and one gap (NaN y). All when they are few enough. Returns how many; keep: n.
int64_t lines_thin(const double *x, const double *y, int64_t n, int64_t most, bool log, int64_t *keep);
