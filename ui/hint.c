// Three lines for who starts the program for the first time, until the first key. The keys are looked up in the key
// table, so that they are right also when that changes.
#include "ui/hint_int.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { LINES = 3, WORDS = 4 };

typedef struct HintKey {
  void (*act)(App *a, int arg);
  const char *words;
} HintKey;
static const HintKey HINT[LINES][WORDS] = {
    {{act_palette, "finds everything"}, {act_help, "keys of this pane"}, {act_explain, "explains"}, {0}},
    {{act_table_target, "what to predict"},
     {act_table_train, "trains"},
     {act_show_notebook, "the session as Lua"},
     {0}},
    {{act_undo, "undoes anything"},
     {act_command_line, "takes Lua and commands"},
     {act_quit, "quits, nothing is lost"},
     {0}}};

bool hint_wanted(const char *state_folder) {
  Str path = {0};
  if (!state_folder) return false;
  str_addf(&path, "%s/welcomed", state_folder);
  int fd = open(str_c(&path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); // fails when it is there
  str_fini(&path);
  if (fd >= 0) close(fd);
  return fd >= 0;
}

static void key_of(const HintKey *hint, char key[24]) {
  key[0] = 0;
  for (const Action *row = ACTIONS; row->act && !*key; row++)
    if (row->act == hint->act && (row->where == IN_ANY || row->where == PANE_table))
      snprintf(key, 24, "%.*s", (int)strcspn(row->keys, " "), row->keys);
}

void hint_draw(const App *a, const Paint *p) {
  int top = a->layout.recipe_y - LINES, w = a->w;
  if (top < 2 || w < 20) return;
  for (int k = 0; k < LINES; k++) {
    int x = 3;
    for (int i = 0; i < w; i++) canvas_put(p->c, i, top + k, ' ', STYLE_FG);
    paint_text(p, 1, top + k, 1, glyph(p, G_EDGE), STYLE_ACCENT);
    for (const HintKey *hint = HINT[k]; hint->act && x < w - 12; hint++) {
      char key[24];
      key_of(hint, key);
      x += paint_text(p, x, top + k, w - 1 - x, key, STYLE_FOCUS) + 1;
      x += paint_text(p, x, top + k, w - 1 - x, hint->words, STYLE_FG) + 3;
    }
    canvas_shade(p->c, 0, top + k, w, EXTRA_POPUP);
  }
}
