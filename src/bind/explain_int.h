// Shared by the files of stats.*: the row of stats.explain.
#pragma once
#include "bind/bind_int.h"

typedef struct ExplainArgs {
  int d;
  Names columns;
  const char *stat;
} ExplainArgs;
extern const Param EXPLAIN[];
ErrCode bind_explain(Call *c);
