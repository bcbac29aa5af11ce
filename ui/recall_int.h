// The lines that were entered at the prompt before, oldest first, kept in a file.
#pragma once
#include <stdint.h>

enum { RECALL_MOST = 1000 };

typedef struct Recall {
  char *path; // NULL = nowhere
  char **line;
  int64_t n;
} Recall;

// Reads the latest RECALL_MOST lines of `folder`/history-`name`, and shortens a longer file to them. folder NULL: none.
// In the file \n stands for a line end and \\ for a backslash, so that each entry is one line.
void recall_init(Recall *r, const char *folder, const char *name);
void recall_fini(Recall *r);
// Adds a line and appends it to the file, unless it is blank or the same as the one before. A file that cannot be
// written costs nothing but the memory of the line after this session.
void recall_add(Recall *r, const char *line);
