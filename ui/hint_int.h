// The hint of the first run.
#pragma once
#include "ui/app_int.h"

bool hint_wanted(const char *state_folder); // once in the life of that folder; NULL: never
void hint_draw(const App *a, const Paint *p);
