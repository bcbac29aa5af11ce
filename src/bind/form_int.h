// Calls as forms, for completion, the catalogue and the kernel (form.c).
#pragma once
#include "bind/bind_int.h"

#include "chart/chart.h"
#include "model/model.h"
#include "stats/tests.h"

void form_of_row(const Family *f, const BindFn *r, Arena *a, HostForm *out);
void form_of_chart(const ChartType *t, Arena *a, HostForm *out);
void form_of_test(const TestType *t, Arena *a, HostForm *out);
void form_of_step(const StepType *t, Arena *a, HostForm *out);
void form_of_model(const ModelType *t, Arena *a, HostForm *out);
// The function `name` of "ml.", "prep.", "stats." or, with any other prefix, of the globals.
bool form_find(const char *prefix, Sv name, Arena *a, HostForm *out);
bool form_find_verb(const Class *k, Sv name, Arena *a, HostForm *out); // k NULL: of any class

// Calls `each` for the members of Lua's table of that name; returns how many. `each` may be NULL. (members.c)
int members_of(Sv table, void (*each)(void *ctx, const char *name, const char *kind, const char *doc), void *ctx);

// The options of a test: the frame and the formula, and what the test itself declares (bind_stats.c).
enum { TEST_PLACES = 2 };
const Param *test_params(const TestType *t, Arena *a);
