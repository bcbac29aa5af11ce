// A file that is being read, and its first rows (peek.c).
#pragma once
#include "base/str.h"
#include "wire/wire.h"

typedef struct App App;

typedef struct Peek {
  int64_t cell; // that reads it; 0 = none
  char *path;   // as the user wrote it
  double since; // clock
  uint64_t asked;
  bool looked, shows; // the first rows were asked for; they show
  int64_t rows;       // of the whole file, -1 = not known
  bool about;         // that is an estimate
} Peek;

void peek_begin(App *a, int64_t cell, const char *path); // the cell reads this file
void peek_follow(App *a);
bool peek_take(App *a, Msg *m); // true = taken over
bool peek_shows(const App *a);  // the first rows of a file that is not read yet are the sheet
void peek_title(const App *a, Str *what, Str *state);
void peek_fini(Peek *k);
