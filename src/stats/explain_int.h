// Shared by the files that explain numbers.
#pragma once
#include "stats/describe_int.h"
#include "stats/assoc.h"
#include "stats/explain.h"

// A column of the rows that a statistic is of.
typedef struct Explain {
  Job *job;
  Explained *out;
  const Frame *f;
  const char *name;         // of the column
  const Column *c;          // its values in these rows
  const int64_t *row;       // their numbers in f; NULL: all
  const char *where;        // "sex == 'female'", NULL: all rows
  const DescribeOpts *opts; // how it was asked
  Row r;                    // what describe says of it
  double *x;                // its values that are no NaN, ascending; n of them
  int64_t n;
  bool brief; // in a list of statistics: no remedy
  const char *stat; // what is being explained
  int which;        // and which of its family it is
} Explain;
enum { STAT_Q1, STAT_MEDIAN, STAT_Q3 };          // places in Row.q
enum { STAT_BY_IQR, STAT_BY_Z, STAT_BY_MAD };    // and in Row.outliers
enum { STAT_FIRST, STAT_LAST, STAT_MEAN_DATE };

#define REAL(v) explain_real(e->out, (v), 4)
#define LONG(v) explain_real(e->out, (v), 6)
#define COUNT(v) explain_count(e->out, (v))

// explain_column.c: one section; ERR_NAME unknown, ERR_ARG not for this type.
NODISCARD ErrCode explain_column(Explain *e, const char *stat, Err *err);
bool explain_column_has(const Column *c, const char *stat);
const char *const *explain_profile(const Column *c); // the statistics that a profile shows, ended by NULL
// explain_shape.c, explain_text.c: the parts of a statistic
typedef void ExplainFn(Explain *e);
ExplainFn explain_quartile, explain_iqr, explain_mad, explain_skew, explain_kurtosis, explain_mode, explain_outliers,
    explain_entropy, explain_top, explain_lengths, explain_span;
// The condition that picks present rows and `more` (NULL: nothing), with the group's own: d:where "...".
const char *explain_where(Explain *e, const char *more);

// explain_pair.c: of columns x and y of f; method as in CorrOpts.
typedef struct ExplainPair {
  Job *job;
  Explained *out;
  const Frame *f;
  const char *x, *y;
  const CorrOpts *opts;
} ExplainPair;
NODISCARD ErrCode explain_pair(ExplainPair *e, const char *stat, Err *err);
bool explain_pair_stat(int k, const char **name, const char **doc);
NODISCARD ErrCode explain_assoc(ExplainPair *e, const AssocOpts *opts, const char *stat, Err *err);

// Cells of answers: row and column of `answer`, whose `asked` is known.
typedef struct ExplainCell {
  Job *job;
  Explained *out;
  const Frame *answer, *f; // f: what it was asked of
  const Asked *asked;
  int64_t row;
  int column;
  const char *name; // of the column
} ExplainCell;
typedef ErrCode ExplainCellFn(ExplainCell *e, Err *err);
ExplainCellFn explain_describe_cell, explain_corr_cell, explain_assoc_cell, explain_crosstab_cell, explain_test_cell;
const char *cell_text(ExplainCell *e, const char *column, int64_t row);  // NULL when missing or no such column
double cell_real(const ExplainCell *e, const char *column, int64_t row); // NaN likewise
ErrCode explain_nothing(const ExplainCell *e, Err *err);                 // ERR_ARG
// ERR_ARG: no answer about a frame, or no such cell.
NODISCARD ErrCode explain_cell_init(ExplainCell *e, Job *job, const Frame *answer, int64_t row, int column,
                                    Explained *out, Err *err);
// The condition that the column, of the table asked, reads as `level`; "true" when no value does.
const char *cell_equals(ExplainCell *e, const char *column, const char *level);
