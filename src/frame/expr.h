// Expressions over the columns of a frame: Lua's expression syntax, compiled to typed loops over blocks of rows.
#pragma once
#include "frame/frame.h"

typedef enum { EXPR_ARG_BOOL, EXPR_ARG_INT, EXPR_ARG_REAL, EXPR_ARG_TEXT } ExprArgKind;
typedef struct ExprArg { // a value for $name
  const char *name;
  ExprArgKind kind;
  bool b;
  int64_t i;
  double f;
  Sv text;
} ExprArg;
// Evaluates `text` (Lua's expression syntax over the columns) for every row. ERR_PARSE and ERR_TYPE show the
// expression with a caret under the place; ERR_NAME adds the nearest name.
NODISCARD ErrCode expr_eval(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Column **out, Err *err);
// Rows where the condition is true; missing is not kept. ERR_TYPE when it is not a condition.
NODISCARD ErrCode frame_where(Job *job, const Frame *f, Sv cond, const ExprArg *arg, int narg, Frame **out, Err *err);
// One new or replaced column.
NODISCARD ErrCode frame_derive(Job *job, const Frame *f, const char *name, Sv text, const ExprArg *arg, int narg,
                               Frame **out, Err *err);
// "ratio = price / sqft" -> name and expression; the name may stand in backticks.
NODISCARD ErrCode expr_split(Sv text, Sv *name, Sv *expr, Err *err);
// The k-th function of expressions, for completion; false past the last.
bool expr_function(int k, const char **signature, const char **doc);
// The k-th line of help on expressions: rules, operators and functions, those of a kind together; false past the last.
typedef struct ExprTopic {
  const char *kind, *name, *signature, *doc; // name: of a function, else NULL
} ExprTopic;
bool expr_topic(int k, ExprTopic *out);
