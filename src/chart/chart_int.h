// Shared inside the room: which rows a chart uses, the levels that part them, scales and words.
#pragma once
#include "chart/chart.h"
#include "num/num.h"

enum { CHART_TICK = 1 << 16, CHART_MOST_GROUPS = 6, CHART_NAME_COLUMNS = 60, PILE_MOST = 64 };

// ---- memory that lives until the chart is made (chart.c) ----------------------------------------------------------
typedef struct Pile {
  Job *job;
  const char *chart; // "hist", for messages
  const ChartWhole *whole; // of the labels: levels are those of all panels
  void *part[PILE_MOST];
  int n;
} Pile;
// Asks the job first; ERR_MEMORY names the chart. At most PILE_MOST parts.
NODISCARD ErrCode pile_new(Pile *p, int64_t bytes, void *out, Err *err);
void pile_free(Pile *p);
// How many marks and how fine a grid (of PLOT_GRID) a chart may have, where panels share a plot.
int64_t chart_marks(const ChartLabels *labels);
int32_t chart_grid(const ChartLabels *labels);
// The options of a chart without its facet, with scales set (facet.c).
void *chart_options(Arena *a, const ChartType *t, const void *given);
bool chart_uses(const ChartType *t, const void *given, const char *name); // whether an option names the column
// What Series.rows holds for a row of the frame: its number in the frame that was given.
static inline int64_t row_handle(const ChartLabels *labels, int64_t i) {
  return labels->whole ? labels->whole->given[i] : i;
}

// ---- columns and rows (rows.c) ------------------------------------------------------------------------------------
// A column that gives positions, and how many rows it keeps out of the picture.
typedef struct Use {
  const Column *col;
  const char *name;
  bool log, symlog; // scale of its axis
  bool positive;    // only values above 0 can be shown
  int64_t missing, not_finite, not_positive;
} Use;
// ERR_NAME, or ERR_TYPE with `advice` unless the column holds numbers (or dates where `dates`).
NODISCARD ErrCode use_find(const Frame *d, const char *chart, const char *name, bool dates, const char *advice,
                           Use *out, Err *err);
AxisKind use_axis(const Use *u);
void use_scale(Use *u, int scale); // AxisScale; a log scale keeps out what is not above 0

// The distinct values of a column, in its order, and the one of every row. In a panel: those of all panels, so that
// colours and numbers of levels mean the same in each.
typedef struct Levels {
  const char *column;
  int64_t n;
  const char **name; // n, in the plot's arena
  int32_t *of;       // level of each row; -1 missing
  int64_t missing;   // rows left out because of it
  BehindKind kind;
  struct Levels *also; // another column that a row must have a value of; NULL = none
} Levels;
// ERR_NAME; ERR_TYPE a real column; ERR_ARG more than `most` levels, with `advice`.
NODISCARD ErrCode levels_load(Pile *p, const Frame *d, const char *name, int64_t most, const char *advice, Plot *plot,
                              Levels *out, Err *err);

// The rows that every use (and all the levels, NULL = none) can place, in row order; the others are counted where they
// fall out first. ERR_ARG when none is left.
NODISCARD ErrCode rows_pick(Pile *p, Use *use, int nuse, Levels *by, int64_t nrow, int64_t **row, int64_t *n, Err *err);
// Says what rows_pick left out: "263 missing age, 2 infinite fare are not shown"; NULL when nothing was.
const char *rows_note(const Use *use, int nuse, const Levels *by, Plot *plot);

// The levels of a category on an axis, the first at the left or, on a vertical one, at the top.
Axis axis_of_names(Plot *p, const char *const *name, int64_t n, bool downwards);


// ---- a number column by level (parts.c, kde.c) --------------------------------------------------------------------
typedef struct PartsOpts {
  const char *x, *by, *advice; // by NULL: one part
  int64_t most;                // levels
  int scale;                   // AxisScale of x
} PartsOpts;
typedef struct Parts {
  Use use;
  Levels by;
  bool split;                  // by a column
  int64_t n, nlevel;
  double *x;                   // the values of each level, ascending
  int64_t *row, *begin;        // their rows; where each level begins (nlevel + 1)
  double min, max;
} Parts;
// As use_find, levels_load and rows_pick. O(n).
NODISCARD ErrCode parts_load(Pile *p, const Frame *d, const PartsOpts *o, Plot *plot, Parts *out, Err *err);
double sorted_quantile(const double *x, int64_t n, double p);        // type 7
void sorted_hinges(const double *x, int64_t n, double five[5]);      // min, hinges and median, max: fivenum of R
void axis_parts(Plot *p, Axis *a, const Parts *parts, bool all);     // a category a level, the first at the top
void axis_values(Axis *a, const Parts *parts);
const char *words_medians(const Parts *parts, Plot *p);

// Boxes and violins (box.c), on a category axis made by axis_parts: whiskers, hinges and median of sorted values; a
// series of boxes, which must be the first; the values beyond the whiskers as points, of which it returns how many
// there are and, in shown, how many points; words.
void tukey_five(const double *x, int64_t n, double five[5]);
Series *box_add(Plot *p, const Parts *q, double height);
int64_t box_outliers(Plot *p, const Parts *q, const ChartLabels *labels, int64_t *shown);
void box_describe(const Parts *q, int64_t nout, int64_t shown, Plot *p);

enum { KDE_NRD0, KDE_SCOTT, KDE_SILVERMAN, KDE_SJ };
#define KDE_RULES "nrd0|scott|silverman|sj"
// x ascending. ERR_NUMERIC sj of sparse values.
NODISCARD ErrCode kde_bandwidth(Pile *p, const double *x, int64_t n, int rule, double *out, Err *err);
// The density at m points from `from` to `to`; x ascending. ERR_NUMERIC.
NODISCARD ErrCode kde_estimate(Pile *p, const double *x, int64_t n, double bw, double from, double to, double *at,
                               double *y, int64_t m, Err *err);

// ---- steps of 1, 2, 5 (nice.c) ------------------------------------------------------------------------------------
typedef struct Nice { // mantissa times ten to the exponent
  int mantissa, exponent;
} Nice;
double nice_value(Nice s, double k);  // k steps; the double nearest to the decimal number for exponents within 22
Nice nice_above(double least);        // the smallest step of at least `least` > 0
Nice nice_next(Nice s);
double nice_floor(Nice s, double v);  // the greatest k with k steps <= v
double nice_ceil(Nice s, double v);   // the least k with k steps >= v
// An axis of counts or sums: lo and hi move outwards to ticks, about five steps apart; 0 is inside.
void axis_from_zero(Axis *a, double lo, double hi);
// An axis that is the range of the data; equal ends are moved apart.
void axis_over(Axis *a, AxisKind kind, double lo, double hi, bool log);
// Makes the axis of finite values v symlog: linear up to a thousandth of the greatest or up to the least size but 0,
// whichever is more, as a power of ten.
void axis_symlog(Axis *a, const double *v, int64_t n);
double symlog_of(double linear, double v); // v / linear up to 1, then 1 + log10(|v| / linear); as axis_share
double symlog_back(double linear, double s);
// In a panel, the same axis for all: the range that the chart of all rows has.
void axis_whole(Axis *a, const Axis *whole);
// Panels (facet_unite.c): the same ranges, categories and colour scale in all; `whole` may be NULL.
void panels_unite(Plot *p, const Plot *whole);

// ---- words (words.c); everything lives in the plot's arena --------------------------------------------------------
const char *words_copy(Plot *p, Sv text, int columns);       // cut with … when wider
const char *words_round(Plot *p, double v, int digits);      // significant digits; whole parts in full
const char *words_number(Plot *p, double v);                 // with 4 digits
const char *words_count(Plot *p, int64_t n);                 // 1,309
const char *words_share(Plot *p, double part, double whole); // 54%, <1%
const char *words_unit(Plot *p, double v, int decimals, bool sign); // .832, +.89, -.31, 1.00
const char *words_p(Plot *p, double v);                             // "p <.001", "p .032"
const char *words_at(Plot *p, const Axis *a, double v);             // a position on an axis: a date, a level, a number
// ".901 [.876, .921]": r with Fisher's 95 % interval for n >= 4. *sure: the interval leaves 0 out.
const char *words_correlation(Plot *p, double r, int64_t n, bool *sure);
void words_add_note(Plot *p, const char *more);                     // NULL adds nothing
// Title and names of the axes: the user's, else x and y (NULL = none).
void words_labels(Plot *p, const ChartLabels *labels, const char *x, const char *y);
// The columns behind an axis, groups or panels.
Behind behind_use(Plot *p, const Use *u);
Behind behind_levels(Plot *p, const Levels *l);
void behind_parts(Plot *p, const Parts *q, bool rows); // x, and `by` as a category a row or as groups

// ---- bins (bins.c) ------------------------------------------------------------------------------------------------
typedef struct Bins {
  double *edge;     // n + 1, ascending; bin b is [edge b, edge b + 1), the last one closed
  int64_t n;
  bool one_a_value; // of whole numbers: bin b is around edge b + 1/2
} Bins;
enum { BINS_AUTO, BINS_FD, BINS_SCOTT, BINS_STURGES };
typedef struct BinsOpts {
  int64_t n;
  double min, q1, q3, max;
  bool whole, log;          // whole numbers; widths even on a log scale
  double linear;            // > 0: widths even on a symlog scale
  int64_t wanted;           // 0 = automatic
  int rule;                 // BINS_...: so many equal bins as it gives, from min to max
  double sd;                // of BINS_SCOTT: with n, not n - 1; on a log scale of the logarithms
  double width;             // edges at its multiples; 0 = automatic
} BinsOpts;
// As many bins as Freedman and Diaconis' width or Sturges' number give, whichever is more, moved to a 1-2-5 step with 5
// to 60 bins and edges at its multiples; one bin a value for whole numbers in a short range; `wanted` equal bins from
// min to max. ERR_NUMERIC a range beyond the doubles; ERR_ARG `width` with `wanted` or log, or for over 1000 bins.
NODISCARD ErrCode bins_choose(const BinsOpts *o, Plot *plot, Bins *out, Err *err);
int64_t bins_find(const Bins *b, double v); // edge 0 <= v <= edge n
// count[level * bins + bin] of x[0..n), all within the edges (bins_count.c); level NULL: one. On all threads.
typedef struct BinsInput {
  const double *x;
  const int32_t *level; // n, or NULL
  int64_t n, nlevel;
} BinsInput;
NODISCARD ErrCode bins_count(Pile *p, const Bins *b, const BinsInput *in, int64_t *count, Err *err);


// What counts and values show, in one sentence: "right-skewed: mean 29.9 above median 28; 20 to 25 holds 18% of 1,046"
// (bins_words.c).
typedef struct BinsSeen {
  const Bins *bins;
  const int64_t *count; // of each bin
  double *x;            // n values; changed on a log scale
  const Moments *m;     // of x as given
  int64_t n;
  const BoxStats *box;
  bool log;
} BinsSeen;
NODISCARD ErrCode bins_words(Pile *pile, const BinsSeen *seen, Plot *p, Err *err); // fills p->reading
