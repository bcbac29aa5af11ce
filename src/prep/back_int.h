// Steps that add to each row what the rows of its group before it had: lags and rolling windows.
#pragma once
#include "prep/lines_int.h"

typedef struct BackOpts { // first in the options of such a step
  Names columns, group;
  const char *order;
  bool keep;
} BackOpts;

// The last rows of each group in training, cell by cell as text.
typedef struct Tail {
  int64_t n;        // rows
  Names cell;       // column after column: learned ones, groups, order
  int64_t *present; // of each cell 0 or 1
} Tail;

typedef struct Back { // what such a step learns begins with this
  Learned in, order, group;
  Tail tail;
} Back;

// What is computed: expr[k] over the k-th learned column as "x" becomes column `name`.
typedef struct BackPlan {
  const char *step;
  const BackOpts *opts;
  int64_t of_n;          // expressions
  const char **expr, **name;
  int64_t *column;       // of each expression the learned column that is its x
  int64_t min;           // of windows, as WindowOpts
} BackPlan;

// Learns the columns (`dflt` where none is given) and, where there is an order, keeps the last `rows` rows of each
// group. ERR_ARG a column without values.
NODISCARD ErrCode back_fit(Job *job, const char *step, const BackOpts *o, const char *dflt, int64_t rows,
                           const StepIn *in, Arena *a, Back *out, Err *err);
// `tail`: rows that follow the training rows of their group see the last of them.
NODISCARD ErrCode back_apply(Job *job, const BackPlan *plan, const Back *st, bool tail, const Frame *x, Frame **out,
                             Err *err);
void back_store(Store *s, Back *st);
// The new columns and how many of their values the training rows missed.
NODISCARD ErrCode back_card(Job *job, const BackPlan *plan, const Back *st, Frame **out, Err *err);
#define BACK_PARAMS(Opts, what)                                                                                        \
  {"columns", PARAM_NAMES, offsetof(Opts, back.columns), .dflt = "", .doc = what},                                     \
      {"order", PARAM_TEXT, offsetof(Opts, back.order), .dflt = "",                                                    \
       .doc = "column that puts the rows in order, such as a date; not given: as they stand"},                         \
      {"group", PARAM_NAMES, offsetof(Opts, back.group), .dflt = "",                                                   \
       .doc = "columns whose values make groups of rows; a row sees those of its group alone"},                        \
      {"keep", PARAM_BOOL, offsetof(Opts, back.keep), .dflt = "true", .doc = "keep the columns themselves"}
