// The form of a call: each option with its value, its range and its default; below it the Lua that Enter will run.
#pragma once
#include "ui/draft_int.h"
#include "ui/field_int.h"

enum { SCALE_WIDTH = 9 };
typedef struct Form {
  bool open, editing;
  Draft draft;
  int64_t at, top;
  int lines;
  Rect list; // where the options stood last
  int scale; // column where scales begin
  Field field;
  char *before; // the value before it was edited
} Form;

void form_open(App *a, Draft *draft);     // takes the draft over
void form_ask(App *a, const char *topic); // opens the form of a call when the kernel has answered
void form_key(App *a, const Key *key);
void form_mouse(App *a, const Key *key);
void form_draw(App *a, Form *f, const Paint *p);
bool form_take(App *a, Msg *m);
int form_bar(const App *a, const KeyWord **pair);
void form_free(Form *f);

// ---- numbers on a scale (scale.c) ----------------------------------------------------------------------------------
// Where v stands on the scale of the option, 0 to 1; NaN = it has none. Wide ranges are logarithmic.
double scale_place(const WireOption *o, double v);
double scale_value(const WireOption *o, double place); // the round number at a place
// The next round value in that direction, within the range: 1, 2, 5, 10 on wide ranges, even steps on narrow ones.
double scale_step(const WireOption *o, double v, int by);

// ---- the palette, for overlay.c ------------------------------------------------------------------------------------
typedef struct Palette Palette;
void palette_key(App *a, const Key *key);
void palette_mouse(App *a, const Key *key);
bool palette_take(App *a, Msg *m);
int palette_bar(const App *a, const KeyWord **pair);
void palette_free(Palette *p);
