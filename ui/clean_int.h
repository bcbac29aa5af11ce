// The steps that the table asks for, each to be marked; nothing runs before they are accepted.
#pragma once
#include "ui/app_int.h"

typedef struct Clean {
  bool open;
  uint64_t asked; // 0 = nothing is under way
  Msg answer;     // MSG_STEPS; MSG_NONE = not there yet
  char *table;    // Lua for the table
  bool *use;      // of each step whether it is marked
  int64_t at, top;
  int lines; // steps that show
  Rect list; // where they stood last
} Clean;

static inline const MsgSteps *clean_steps(const Clean *c) {
  return c->answer.kind == MSG_STEPS ? &c->answer.Steps : NULL;
}
static inline bool is_step(const WireStep *s) { return *s->lua; } // else a remark
int64_t clean_marked(const Clean *c);
// The cell of the marked steps, in lines; appends nothing where none is marked.
void clean_print(const App *a, const Clean *c, Str *out);
// Asks for the steps of an object; `table` is Lua for it. false, and it was said: the kernel is lost.
bool clean_ask(App *a, const char *object, const char *table);
bool clean_take(App *a, Msg *m);
void clean_key(App *a, const Key *key);
void clean_mouse(App *a, const Key *key);
void clean_draw(App *a, Clean *c, const Paint *p); // clean_draw.c
int clean_bar(const App *a, const KeyWord **pair);
void clean_free(Clean *c);
