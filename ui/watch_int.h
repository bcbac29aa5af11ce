// The notebook's file while somebody else may change it.
#pragma once
#include "ui/paint_int.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

typedef struct App App;

typedef struct Watch {
  dev_t dev; // of the file as it was looked at last
  ino_t ino;
  off_t size;
  struct timespec time;
  double looked; // when
  char hash[65]; // of what it holds now, "" = as the session knows it
  bool gone;
} Watch;

// Looks at most once a second whether the file is still what was read or written last.
void watch_look(App *a);
// The notice that it is not, on the recipe line; false: there is none.
bool watch_draw(const App *a, const Paint *p, Rect r);
