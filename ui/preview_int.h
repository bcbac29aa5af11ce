// What an expression gives while it is typed: the first values, or how many rows hold, in a few lines above the prompt.
#pragma once
#include "ui/app_int.h"

typedef struct Preview {
  Msg answer;      // MSG_PREVIEW; MSG_NONE = none yet
  char *text;      // that it is about
  char *asked_for; // under way
  uint64_t asked;
} Preview;

void preview_update(App *a); // after each key of the prompt: asks when the expression has changed
bool preview_take(App *a, Msg *m);
void preview_draw(App *a, const Paint *p, int label); // label: columns before the text of the prompt
void preview_free(Preview *p);
