// Rows in the order of a column, group by group, for the steps that look at the rows beside a row.
#pragma once
#include "prep/prep_int.h"

typedef struct Line {
  int64_t n, *row, *group; // rows by group and order; of each row its group, NULL: one
  const Column *order;     // NULL: as they stand
} Line;
// Learns the columns that make the order ("" or NULL: none) and the groups. Errors of step_learn; ERR_ARG an order of
// several columns.
NODISCARD ErrCode line_learn(const char *step, const char *order, const Names *group, const Frame *x, Arena *a,
                             Learned *by, Learned *in, Err *err);
// The rows of x by the learned columns; line_fini, after an error too. ERR_ARG a missing value in the order; errors of
// step_match.
NODISCARD ErrCode line_init(Job *job, const char *step, const Learned *order, const Learned *group, const Frame *x,
                            Arena *a, Line *l, Err *err);
void line_fini(Line *l);
static inline bool same_group(const Line *l, int64_t a, int64_t b) { return !l->group || l->group[a] == l->group[b]; }
// Room for n numbers; mem_free.
NODISCARD ErrCode step_ints(Job *job, const char *step, int64_t n, int64_t **out, Err *err);
