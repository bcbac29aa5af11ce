// Whether a view shows its pane alone, remembered for each kind of screen and from session to session: who works in a
// small window zooms there once. Kinds of screens are those at which the layout changes.
#include "ui/app_int.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const KIND[SCREEN_COUNT] = {"small", "80x24", "100x30", "140x40", "200x60"};
static const char *const VIEW[VIEW_COUNT] = {"table", "notebook", "evaluate", "settings", "files", "tree", "training"};

int zoom_kind(int w, int h) {
  static const int LEAST[SCREEN_COUNT][2] = {{0, 0}, {80, 23}, {100, 30}, {140, 40}, {200, 60}};
  int kind = SCREEN_COUNT - 1;
  while (kind > 0 && (w < LEAST[kind][0] || h < LEAST[kind][1])) kind--;
  return kind;
}

static bool path_of(const App *a, Str *out) {
  if (!a->state_folder) return false;
  str_addf(out, "%s/zoomed", a->state_folder);
  return true;
}

static void take_line(App *a, Sv line) {
  for (int k = 0; k < SCREEN_COUNT; k++)
    for (int v = 0; v < VIEW_COUNT; v++) {
      char text[32];
      snprintf(text, sizeof text, "%s %s", KIND[k], VIEW[v]);
      if (sv_is(line, text)) a->alone[k][v] = true;
    }
}

void zoom_read(App *a) {
  Str path = {0}, text = {0};
  if (path_of(a, &path) && file_read(str_c(&path), &text, NULL) == OK)
    for (Sv rest = {str_c(&text), text.n}; rest.n;) {
      const char *end = memchr(rest.s, '\n', rest.n);
      size_t n = end ? (size_t)(end - rest.s) : rest.n;
      take_line(a, (Sv){rest.s, n});
      rest = (Sv){rest.s + n + (end != NULL), rest.n - n - (end != NULL)};
    }
  str_fini(&path), str_fini(&text);
}

static void write(const App *a) {
  Str path = {0}, text = {0};
  for (int k = 0; k < SCREEN_COUNT; k++)
    for (int v = 0; v < VIEW_COUNT; v++)
      if (a->alone[k][v]) str_addf(&text, "%s %s\n", KIND[k], VIEW[v]);
  if (path_of(a, &path)) (void)!file_replace(str_c(&path), (Sv){str_c(&text), text.n}, NULL); // it is a convenience
  str_fini(&path), str_fini(&text);
}

void zoom_follow(App *a) { a->zoomed = a->alone[zoom_kind(a->w, a->h)][a->view]; }

void act_zoom(App *a, int arg) {
  (void)arg;
  a->zoomed = !a->zoomed;
  a->alone[zoom_kind(a->w, a->h)][a->view] = a->zoomed;
  write(a);
}
