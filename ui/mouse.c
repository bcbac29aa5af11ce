// The mouse. A press on a word of the key bar is that key, one on a title takes the focus and then zooms; everything
// else belongs to the pane under the pointer. What asks for an answer or is being typed keeps its keys, so that there
// only the key bar listens, and the wheel turns the pages of the help.
#include "ui/app_int.h"

#include <stdio.h>

static bool is_wheel(const Key *key) { return key->button == MOUSE_WHEEL_UP || key->button == MOUSE_WHEEL_DOWN; }

static bool is_inside(Rect r, const Key *key) {
  return key->x >= r.x && key->x < r.x + r.w && key->y >= r.y && key->y < r.y + r.h;
}

// "←→" is two keys.
static const char *key_of(const KeyWord *pair, Rect r, const KeyWord *all, int n, int x) {
  bool arrows = strcmp(pair->key, "←→") == 0;
  if (!arrows) return pair->key;
  return key_bar_at(r, all, n, x + 1) == key_bar_at(r, all, n, x) &&
                 key_bar_at(r, all, n, x - 1) != key_bar_at(r, all, n, x)
             ? "Left"
             : "Right";
}

static bool press_key_bar(App *a, const Key *press) {
  Rect r = {0, a->layout.keys_y, a->w, 1};
  bool covered = a->layout.recipe_y == r.y && (a->message || prompt_is_open(a->prompt) || a->question.n);
  if (a->layout.n && a->layout.slot[0].r.h == a->h) return false; // no line of its own
  if (covered || press->y != r.y || press->button != MOUSE_LEFT) return false;
  KeyWord pair[KEYS_MOST];
  Arena scratch;
  Key key;
  char name[24] = "";
  arena_init(&scratch);
  int n = app_key_bar(a, pair, &scratch), at = key_bar_at(r, pair, n, press->x);
  if (at >= 0) snprintf(name, sizeof name, "%s", key_of(&pair[at], r, pair, n, press->x));
  arena_fini(&scratch);
  if (*name && keys_parse(name, &key)) app_key(a, &key);
  else if (*name) app_key_name(a, name);
  return true;
}

static void press_pane(App *a, const Slot *s, const Key *key) {
  Rect body = {s->r.x, s->r.y + 1, s->r.w, s->r.h - 1};
  bool title = key->y == s->r.y, here = a->focus == s->pane;
  if (a->editor && s->pane != PANE_notebook) act_edit_leave(a, 0);
  if (!is_wheel(key)) app_focus(a, s->pane);
  if (title && !is_wheel(key)) {
    if (here) act_zoom(a, 0);
  } else if (PANE_TYPES[s->pane]->mouse) PANE_TYPES[s->pane]->mouse(a, key, key->x, key->y, body);
}

// A button that went down on the picture stays its own until it comes up.
static bool draws(App *a, const Key *key) {
  bool drags = key->button == MOUSE_DRAG;
  if (!drags && key->button != MOUSE_RELEASE) return false;
  for (int k = 0; drags && a->look.pressed && k < a->layout.n; k++) {
    Rect r = a->layout.slot[k].r;
    if (a->layout.slot[k].pane == PANE_plot)
      pane_plot.mouse(a, key, key->x, key->y, (Rect){r.x, r.y + 1, r.w, r.h - 1});
  }
  if (!drags) a->look.pressed = 0;
  return true;
}

void app_mouse(App *a, const Key *key) {
  if (draws(a, key)) return;
  if (press_key_bar(a, key)) return;
  if (a->help && is_wheel(key)) act_help_step(a, key->button == MOUSE_WHEEL_UP ? -3 : 3);
  if (a->question.n || a->help || prompt_is_open(a->prompt)) return;
  bool picture = a->focus == PANE_plot && key->button == MOUSE_RIGHT;
  if (!is_wheel(key) && key->button != MOUSE_LEFT && !picture) return;
  for (int k = 0; k < a->layout.n; k++)
    if (is_inside(a->layout.slot[k].r, key)) {
      Slot s = a->layout.slot[k];
      if (key->button == MOUSE_RIGHT && (s.pane != PANE_plot || key->y == s.r.y)) return;
      press_pane(a, &s, key);
      return;
    }
}
