// The jobs of the session, in the order in which they show.
#pragma once
#include "ui/app_int.h"

typedef struct Jobs {
  int64_t *cell; // indices: running, waiting, done
  int64_t n, running, waiting;
} Jobs;
Jobs jobs_of(const App *a); // the caller frees `cell`
