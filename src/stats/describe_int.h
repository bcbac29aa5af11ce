// Shared by the files of the description: one Row for each column (and group), filled by describe_column.c, printed by
// describe_table.c.
#pragma once
#include "stats/quality_int.h"
#include "stats/stats.h"

#include "num/num.h"

typedef enum { // what costs time of its own, so is only done when a statistic asks for it
  NEED_MODE = 1,
  NEED_MAD = 2,
  NEED_ENTROPY = 4,
  NEED_OUTLIERS = 8,
  NEED_LENGTHS = 16
} Need;

#define MAD_SCALE 1.4826      // R's mad: estimates sd where values are normal
#define OUTLIER_IQR 1.5       // of Tukey's box plot
#define OUTLIER_Z 3.0
#define OUTLIER_MAD 3.5       // Iglewicz and Hoaglin 1993

typedef struct Row {
  const char *name;
  const Column *like; // the column in the frame: its type
  int64_t group, n, missing, distinct, freq;
  int64_t used;                 // numbers that the moments are of
  double rows;                  // effective: `used`, or what weights leave of it
  double mean, var, min, max, skew, kurtosis, q[3];
  double mad, mode, entropy, mean_length;
  int64_t mode_n, outliers[3], min_length, max_length; // by IQR, z, MAD
  bool has_mode, has_lengths, has_outliers[3];
  Str top, first, last, middle;
} Row;

// What one column leaves to the next.
typedef struct Describe {
  Job *job;
  const DescribeOpts *opts;
  int need;             // of Need
  const Column *weight; // of the rows at hand; NULL: none
  Room values, room, scratch;
} Describe;

// Fills r from c, whose rows are those of r's group. ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode describe_column(Describe *d, const Column *c, Row *r, Err *err);
NODISCARD ErrCode describe_weighted(Describe *d, const Column *c, Row *r, Err *err); // describe_weighted.c
double shape_skew(const Moments *m, int shape); // NaN where m2 is not above 0
double shape_kurtosis(const Moments *m, int shape);
void row_outliers(const double *x, int64_t n, double median, Row *r); // from r's quartiles, mean, var and mad
double entropy_bits(Job *job, double *count, int64_t n, double total); // of counts, which are changed

// describe_table.c
typedef struct Choice {
  int *stat; // places in the table of statistics
  int n, need;
  bool asked; // by name: kept though no column fills it
} Choice;
NODISCARD ErrCode choice_init(const Names *stats, Choice *out, Err *err); // free(out->stat)
bool choice_has(const Choice *c, const char *name);
// Adds the chosen statistics of row[0..n) to `out` and says in its caption what needs a name.
NODISCARD ErrCode describe_table(const Describe *d, const Choice *c, const Row *row, int64_t n, Frame *out, Err *err);

static inline bool has_moments(const Column *c) { return col_is_number(c); }
static inline bool has_span(const Column *c) { return c->type == COL_DATE || c->type == COL_TIME; }
static inline bool has_top(const Column *c) { return !col_is_number(c); }
