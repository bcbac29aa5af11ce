// Shared by the files that describe columns and look for what is wrong with them: rows by group, words and how often
// they occur, and the columns of an answer.
#pragma once
#include "frame/frame.h"

// ---- rows by the values of columns (by.c) --------------------------------------------------------------------------
typedef struct By {
  int64_t ngroup;
  int64_t *start; // ngroup + 1: where a group begins in `row`
  int64_t *row;   // rows by group, in row order within one
} By;
// Groups in the order of their keys as frame_agg has them: numbers by value, words in dictionary order, missing last.
// ERR_NAME, ERR_MEMORY, ERR_CANCELLED leave *by empty. by_fini.
NODISCARD ErrCode by_init(Job *job, const Frame *f, const Names *names, By *by, Err *err);
void by_fini(By *by);
// Adds the columns `names` of f for the rows row[0..n) to `out`. ERR_NAME says that the answer uses the name itself.
NODISCARD ErrCode by_columns(Job *job, const Frame *f, const Names *names, const int64_t *row, int64_t n,
                             const char *owner, Frame *out, Err *err);

// ---- words (wordcounts.c) ------------------------------------------------------------------------------------------
typedef struct WordCounts {
  int64_t n;
  Sv *word;       // in order, each in at least one row
  int64_t *count; // rows
  Column *owner;  // of their bytes
} WordCounts;
NODISCARD ErrCode wordcounts_init(Job *job, const Column *c, WordCounts *w, Err *err); // CAT, TEXT; wordcounts_fini
void wordcounts_fini(WordCounts *w);

// The columns `names` of f, or all for which `fits` holds. *col: free. ERR_NAME; ERR_TYPE a named column that does not
// fit, with `needs`: "outliers: column 'sex' is category: it needs numbers".
NODISCARD ErrCode columns_choose(const Frame *f, const Names *names, bool (*fits)(const Column *), const char *owner,
                                 const char *needs, int **col, int *m, Err *err);

// ---- columns of an answer (answer.c): a text of NULL, NO_INT and NaN are missing -----------------------------------
#define NO_INT INT64_MIN
NODISCARD ErrCode answer_texts(Job *job, Frame *out, const char *name, const Sv *v, int64_t n, Err *err);
NODISCARD ErrCode answer_ints(Job *job, Frame *out, const char *name, const int64_t *v, int64_t n, Err *err);
NODISCARD ErrCode answer_reals(Job *job, Frame *out, const char *name, const double *v, int64_t n, Err *err);
void answer_caption(Frame *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
// "1,309".
typedef struct Count {
  char s[32];
} Count;
Count count_text(int64_t n);
