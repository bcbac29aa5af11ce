// Shared by aggregation and windows: functions that give a value for each group.
#pragma once
#include "frame/expr_int.h"
#include "frame/group.h"
#include "frame/group_int.h"

typedef struct AggSums { // of a column, kept for the next function of it
  Column *col;
  struct RealSum *real; // reals
  struct IntSum *exact; // conditions, ints, dates, times
  struct AggSums *next;
} AggSums;

typedef struct AggRun {
  Job *job;
  Groups g;
  Arena arena;
  AggSums *sums;
  int nhidden; // columns under names that cannot be typed
} AggRun;

typedef struct AggCall {
  AggRun *run;
  Column *x; // NULL: of no argument
  double p;  // of a quantile
} AggCall;

typedef struct AggFunc {
  const char *name, *signature;
  // The argument, then '?' where it may be left out, 'p' where a probability follows.
  //   b condition  a number or condition  m number, condition, date or time  x anything
  const char *takes;
  ErrCode (*apply)(const AggCall *c, Column **out, Err *err); // a column of g.ngroup rows
  const char *doc;
} AggFunc;

// Tables that end in a row without a name.
extern const AggFunc AGG_SUMS[], AGG_MOMENTS[], AGG_PICKS[], AGG_ORDER[];
const AggFunc *agg_find(Sv name);
void agg_run_fini(AggRun *r); // the groups too
// ERR_NAME when the call is of no function at all; `more` lists others that there are (NULL: none).
typedef bool (*FuncList)(int k, const char **signature, const char **doc);
NODISCARD ErrCode agg_check_name(const Frame *f, Sv text, const Node *call, FuncList more, Err *err);
// ERR_TYPE when the call is of a function over all rows, whatever their group.
NODISCARD ErrCode agg_check_rows(Sv text, const Node *n, Err *err);
// ERR_ARG or ERR_TYPE when the call's values do not fit.
NODISCARD ErrCode agg_check_arity(Sv text, const Node *call, const AggFunc *f, Err *err);
// Evaluates the call's argument over `over` (a frame with the rows of the groups) and aggregates it.
NODISCARD ErrCode agg_call(AggRun *r, const Frame *over, Sv text, const Node *call, const AggFunc *f, Column **out,
                           Err *err);
// A number that no row changes; NaN when it is none.
NODISCARD ErrCode agg_constant(AggRun *r, Sv text, Node *n, double *value, Err *err);
// Adds the column, which it takes over, under a name that cannot be typed, and lets it stand where the node stood.
NODISCARD ErrCode agg_stand_in(AggRun *r, Node *n, Frame *f, Column *c, Err *err);
// "mean_fare" for "mean(fare)"; "name = expression" is cut in two.
NODISCARD ErrCode agg_split(AggRun *r, Sv text, const char **name, Sv *expr, Err *err);
// A column of results, all present; missing rows are marked by column_set_missing.
NODISCARD ErrCode agg_column(const AggCall *c, ColType type, Column **out, Err *err);

// ---- sums (agg_sum.c) -----------------------------------------------------------------------------------------------
typedef struct RealSum {
  double s, c; // the sum is s + c
  int64_t n;
} RealSum;
typedef struct IntSum {
  __int128 s;
  int64_t n;
} IntSum;
NODISCARD ErrCode agg_sums(const AggCall *c, const AggSums **out, Err *err);
int64_t sums_n(const AggSums *s, int64_t k);
double sums_mean(const AggSums *s, int64_t k); // NaN for no values
