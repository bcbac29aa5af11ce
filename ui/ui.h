// The screen: shows what a kernel reports and sends Lua text; it knows no data.
#pragma once
#include "base/str.h"

#include <stdbool.h>

typedef struct UiOpts {
  const char *program;            // starts the kernel
  const char *const *kernel_args; // words for it, ended by NULL
  const char *const *file;        // data or recipes to open, ended by NULL; none: titanic with the tour
  const char *tour;               // the bundled recipe; NULL = not found
  const char *seed;               // as shown
  bool lines;                     // line by line, without panes
} UiOpts;
// Runs until the user quits; an exit status: 0, 2 no terminal that can be used (says why), 3 the kernel cannot start.
int ui_run(const UiOpts *opts);
// Appends what every key does, pane by pane: the page `tycho help keys`.
void ui_print_keys(Str *out);
