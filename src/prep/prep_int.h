// Shared by the steps: which columns a step learned from, how it finds them again, and tables for its card.
#pragma once
#include "prep/prep.h"

// The columns that a step learned from, in the order of the training frame. First in every step's state.
typedef struct Learned {
  Names names;
  ColType *type; // of each name, in training
} Learned;

bool column_is_constant(const Column *c); // no value, or the same one in all of two rows or more
// Selects the columns; `col` gets their places in x. ERR_NAME, and ERR_ARG when x has no rows. Owned by `a`.
NODISCARD ErrCode step_learn(const char *step, const Frame *x, const Names *selector, const char *dflt, Arena *a,
                             Learned *out, int **col, Err *err);
// of[j] = index of column j of x among the learned ones, or -1. ERR_NAME a learned column is gone; ERR_TYPE it is of
// another kind now. Int and real are one kind, category and text too: which one a file gives depends on its rows. A
// column without any value fits all.
NODISCARD ErrCode step_match(const char *step, const Frame *x, const Learned *in, Arena *a, int **of, Err *err);
void step_store(Store *s, Learned *in); // reading: in s->arena; empty after an error
void type_store(Store *s, const char *name, ColType *type);
bool types_alike(ColType a, ColType b);

// The distinct words of a column, in any order, and which of them each row has.
typedef struct Codes {
  const Column *c;
  int64_t n; // words; of a dictionary some may occur nowhere
  const Sv *word;
  int64_t *count, missing; // rows of each word; rows without one
  int64_t *group;          // of each row, NULL = the column's own codes
  Arena arena;
} Codes;
// Cells that are no text are written out with all their digits. NaN is missing. O(n); codes_fini.
NODISCARD ErrCode codes_init(Job *job, const char *step, const Column *c, Codes *out, Err *err);
void codes_fini(Codes *k);
static inline int64_t codes_at(const Codes *k, int64_t i) { // the row's word, -1 = missing
  if (k->group) return k->group[i];
  return col_valid(k->c, i) ? col_code(k->c, i) : -1;
}

// No value in row i, or NaN, which no model takes either.
bool cell_missing(const Column *c, int64_t i);
int64_t column_count_missing(const Column *c, int64_t *first); // first: row of the first one, -1 for none
int64_t column_first_infinite(const Column *c); // row; -1: none is
// Column of the k-th term of a design, as a matrix takes it: errors as design_mat.
NODISCARD ErrCode design_term(Job *job, const Design *d, const Frame *x, int64_t k, const Column **out, Err *err);
NODISCARD ErrCode refuse_infinite(const char *name, const Column *c, Err *err); // ERR_ARG that names its first such row
// The values of a number or date column that are not missing; *out has c->n places, *m of them filled; mem_free.
NODISCARD ErrCode column_present(Job *job, const char *step, const Column *c, double **out, int64_t *m, Err *err);
enum { STEP_GRAIN = 1 << 15 }; // rows that a thread takes at once
// A column of another type, to be filled, with missing values where c has them; and one of nothing but missing values.
NODISCARD ErrCode column_like(Job *job, ColType type, const Column *c, Column **out, Err *err);
NODISCARD ErrCode column_missing(Job *job, ColType type, int64_t n, Column **out, Err *err);
// frame_add for a column that a step makes: the error for a used name says whose name it was. Takes c over.
NODISCARD ErrCode step_add(const char *step, Frame *f, const char *name, Column *c, Err *err);
// A copy of a word that can be a name. ERR_ARG when it holds a NUL byte.
NODISCARD ErrCode step_word(const char *step, const char *column, Sv word, Arena *a, const char **out, Err *err);

// Adds a column of n cells to a card; a NULL word and a NaN are missing.
NODISCARD ErrCode card_words(Job *job, Frame *card, const char *name, const char *const *v, Err *err);
NODISCARD ErrCode card_ints(Job *job, Frame *card, const char *name, const int64_t *v, Err *err);
NODISCARD ErrCode card_reals(Job *job, Frame *card, const char *name, const double *v, Err *err);
// Gives the card away, or frees it after an error.
NODISCARD ErrCode frame_give(ErrCode code, Frame *made, Frame **out);

// Training rows and their columns as numbers, for the nearest of them that have a value.
typedef struct Donors {
  int64_t n, p;
  const double *v;     // column after column; NaN = missing
  const bool *nominal; // of each column: a code, which only differs or does not
  bool squares;        // of differences, times p / columns in common (Euclid); else |difference| / columns in common
} Donors;
// For each of m rows (row after row, NaN = missing) and each of its gaps, row after row, the k donors nearest to it
// that have a value there: donor[gap * k ...], nearest first, -1 where there are no more, and their distances. Rows
// without a column in common are no donors; ties go by a hash of the value in the gap's column. `first` has m + 1
// places: the gaps before each row. O(m n p), on all threads; the same bits on any number of them.
NODISCARD ErrCode nearest_find(Job *job, const Donors *d, const double *row, int64_t m, const int64_t *first, int64_t k,
                               int64_t *donor, double *distance, Err *err);
// Of the rows at[0..m) of d, which has no gaps, the k < n nearest others: near[i * k ...], nearest first. The last
// column tells rows apart, by their numbers say, and is no part of the distance. Cost and ties as above.
NODISCARD ErrCode nearest_others(Job *job, const Donors *d, const int64_t *at, int64_t m, int64_t k, int64_t *near,
                                 Err *err);
