// Shared with the table of functions that stats.bootstrap stands in.
#pragma once
#include "bind/bind_int.h"
#include "stats/tests.h"

typedef struct BootstrapArgs {
  int d;
  BootstrapOpts o;
} BootstrapArgs;
extern const Param BOOTSTRAP[];
ErrCode bind_bootstrap(Call *c);
