// Window functions as they are written.
#pragma once
#include "frame/agg_int.h"

typedef struct WindowFunc {
  const char *name, *signature;
  // What it takes: x anything, a numbers or a condition, d what has differences, '?' when that may be left out; then
  // k a distance (1 when it is left out), t what ties get ('average'), w the width of a rolling window, n a number of
  // parts.
  const char *takes;
  WindowKind kind;
  int sign; // of k
  const char *doc;
} WindowFunc;

// The window function that the node calls, or NULL.
const WindowFunc *window_called(const Node *n);
// Each ERR_ARG or ERR_TYPE when a value does not fit.
NODISCARD ErrCode window_check_arity(Sv text, const Node *n, const WindowFunc *f, Err *err);
NODISCARD ErrCode window_check_type(Sv text, const Node *arg, const WindowFunc *f, const Column *x, Err *err);
NODISCARD ErrCode window_ties(Sv text, const Node *n, const WindowFunc *f, WindowKind *kind, Err *err);
// k, w or n: a whole number that no row changes; a width and a number of parts are 1 or more.
NODISCARD ErrCode window_number(AggRun *r, Sv text, Node *n, const WindowFunc *f, int64_t *k, Err *err);
