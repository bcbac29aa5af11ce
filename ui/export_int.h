// Writing what shows to a file, by a cell of the notebook.
#pragma once
#include "ui/app_int.h"

void export_command(App *a, const char *file, bool force); // force: over a file that is there

// Words that may follow a command of the : line and begin with the n bytes of `typed`: topics of help, files, tables.
// Returns how many; texts live until the next call (words_after.c).
int words_after(App *a, const char *command, const char *typed, size_t n, PromptWord *word, int most);
