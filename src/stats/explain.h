// What a number is: its formula, the formula with the numbers of these data, the rows behind it, and when it misleads.
#pragma once
#include "stats/stats.h"

// Sections of named parts in order: formula, numbers, rows, misleads, instead (as far as they make sense). A text is
// one line; `instead` and `rows` hold Lua with d for the table.
typedef struct Explained {
  Arena arena; // owns every text
  struct ExplainedPart {
    const char *part, *text; // part NULL: the title of a section
  } * item;
  int64_t n, cap;
  const char *where;  // the rows behind it as a condition for d:where; NULL = all rows, or none in particular
  const char *x, *y;  // the pair of columns that it is about; NULL = none
} Explained;
void explained_init(Explained *e);
void explained_fini(Explained *e);
void explained_title(Explained *e, const char *fmt, ...) PRINTF(2, 3);
void explained_add(Explained *e, const char *part, const char *fmt, ...) PRINTF(3, 4);
// As people read them, arena-owned: 29.88 with so many digits, −2.05; 1,309; "p < 0.001".
const char *explain_real(Explained *e, double v, int digits);
const char *explain_count(Explained *e, int64_t n);
const char *explain_share(Explained *e, double share); // 20.1%
// The condition `name` `op` value for d:where, as Lua: age == 0.1667, `a b` == 'x', is_missing(age).
const char *explain_name(Explained *e, const char *column);
const char *condition_name(Arena *a, const char *column); // the same, in an arena
const char *explain_equal(Explained *e, const char *column, const Column *c, int64_t row);
// Keeps the condition as `where` and returns d:where "condition".
const char *explain_keep_where(Explained *e, const char *condition);
// A page for people: parts at the left, what they say beside them, a blank line between sections; lines are not broken.
void explained_print(const Explained *e, Str *out);
// Columns part and text, a row a line of at most 64 columns; the title is the caption.
NODISCARD ErrCode explained_frame(Job *job, const Explained *e, Frame **out, Err *err);

// A statistic of one column (any of d:describe, or NULL: all of its profile) or of a pair of them (r, cov, spearman,
// kendall, cramers_v, chisq, and p of r). ERR_NAME a column or statistic; ERR_ARG no columns or more than two, a
// statistic that the column's type does not have; ERR_TYPE; ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode stats_explain(Job *job, const Frame *f, const Names *columns, const char *stat, Explained *out,
                                Err *err);
bool stats_explain_stat(int k, const char **name, const char **doc); // the k-th, for help; false past the last
// A cell of an answer that remembers what it was asked of (frame_asked): describe, corr, cov, assoc, partial, crosstab
// and the tests. ERR_ARG: it is no such answer, or the cell holds no statistic; else as above.
NODISCARD ErrCode explain_cell(Job *job, const Frame *answer, int64_t row, int column, Explained *out, Err *err);
// Only `where`, or x and y, of a cell: of those above, and of count, pivot, outliers, duplicates, missing_columns,
// inconsistent and alerts, whose rows stand for rows of the table. ERR_ARG where there is neither; else as above.
NODISCARD ErrCode explain_behind(Job *job, const Frame *answer, int64_t row, int column, Explained *out, Err *err);
