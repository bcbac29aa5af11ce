// Shared by the acts of the table.
#pragma once
#include "ui/app_int.h"

// The name of the cursor's column; NULL: there is none, and it was said, or the act waits for it.
const char *column_or_say(App *a);
// Writes a verb that changes the table: "d = d:cast{..}", of a view one more verb of its chain.
void table_change(App *a, const char *verb, const char *label);
struct Regex;
bool table_pattern(App *a, const char *pattern, Arena *arena, struct Regex **out);
// Shows what a verb makes of the table: "d:pivot{..}" as a cell of its own.
void table_look(App *a, const char *verb, const char *label);
void pivot_accept(App *a, const char *line); // "rows by columns: mean value"
void columns_accept(App *a, const char *pattern); // the answer to "columns matching "
