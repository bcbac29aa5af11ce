// The roles that the program plays without a screen. Each returns an exit status: 0 fine, 1 a cell failed or results
// differ, 2 wrong usage.
#pragma once
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct KernelOpts {
  const char *format; // "text", "csv", "json", "md"
  bool plain;         // no colour, ASCII only
  bool trust;         // the recipe may touch what the user may
  bool record;        // write RECIPE.results
  bool narrate;       // print markdown and code beside the values
  uint64_t seed;
  int threads;              // 0: as many as processors
  int64_t memory;           // bytes; 0: 70 % of what is available
  const char *out;          // folder for what a recipe writes; NULL: its own
  const char *root;         // kernel_serve: folder of the recipe that the screen has open; NULL: the present one
  const char *const *allow; // further paths that may be read and written, ended by NULL; may be NULL
  const char *const *args;  // "k=v" words, ended by NULL; may be NULL
} KernelOpts;

// Evaluates code; each file is loaded as d, d2, ...
int kernel_eval(const KernelOpts *opts, const char *code, const char *const *files, int nfile);
// Replays a recipe ("-" is standard input).
int kernel_run(const KernelOpts *opts, const char *recipe);
// Replays a recipe and compares with RECIPE.results, a line a cell.
int kernel_verify(const KernelOpts *opts, const char *recipe);
// Replays a recipe and writes it with its values to `file`: .html, .md or .ipynb.
int kernel_export(const KernelOpts *opts, const char *recipe, const char *file);
// Replays the tour that comes with the program, or describes `file`.
int kernel_tour(const KernelOpts *opts);
bool kernel_tour_path(Str *out); // of the bundled tour; false: not beside the program
int kernel_look(const KernelOpts *opts, const char *const *files, int nfile);
// Serves a screen over the socket `fd` until it hangs up (docs/wire.md).
int kernel_serve(const KernelOpts *opts, int fd);
// Makes pictures for a kernel over the socket `fd`.
int kernel_plotter(int fd);
// Says what works here and what to do about what does not.
int kernel_doctor(const KernelOpts *opts);
// Prints the help page of a topic, NULL for the list.
int kernel_help(const char *topic);
const char *kernel_version(void);
