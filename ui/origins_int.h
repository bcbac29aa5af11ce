// Which run of a cell wrote each name that the kernel holds. Immutable, shared by reference between the present and the
// undo stack: going back brings back who wrote what, as it brings back the values.
#pragma once
#include "base/mem.h"
#include "base/param.h"

typedef struct Origins {
  int refs;
  const char **name;
  int64_t *run;
  int64_t n;
  Arena arena;
} Origins;
Origins *origins_ref(Origins *o);
void origins_unref(Origins *o);                          // NULL allowed
int64_t origins_get(const Origins *o, const char *name); // 0 = not known; o NULL: nothing is
// What holds after a run wrote some names: a new one with one reference; the one before loses one.
Origins *origins_after(Origins *o, Names writes, int64_t run);
