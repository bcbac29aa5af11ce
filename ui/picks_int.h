// Rows of a table that are selected: runs of neighbours, so that all of ten million rows are one.
#pragma once
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct PickRun {
  int64_t from, to; // rows from..to-1
} PickRun;
typedef struct Picks {
  PickRun *run; // ascending, apart from each other
  int64_t n, cap, rows;
} Picks;

void picks_fini(Picks *m);
void picks_copy(const Picks *m, Picks *out);
bool picks_has(const Picks *m, int64_t row);
void picks_add(Picks *m, int64_t from, int64_t to);
void picks_remove(Picks *m, int64_t from, int64_t to);
void picks_invert(Picks *m, int64_t nrow);
// The condition that holds for these rows: "row() == 3", "between(row(), 5, 9) or one_of(row(), 12, 15)". Rows count
// from 1. False, and nothing is added: more than PICKS_MOST runs would make a line that nobody reads.
enum { PICKS_MOST = 1000 };
bool picks_print(const Picks *m, Str *out);
