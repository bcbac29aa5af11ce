// Acts of the browser of files.
#include "ui/app_int.h"

#include <stdlib.h>

void act_show_files(App *a, int arg) {
  (void)arg;
  if (a->focus == PANE_files || a->focus == PANE_preview) app_back(a);
  else files_show(a, NULL);
}

void act_files_step(App *a, int by) {
  Files *f = &a->files;
  int64_t page = a->h > 12 ? a->h / 2 - 4 : 4, row = f->row + (by == 2 || by == -2 ? by / 2 * page : by);
  if (row >= f->shown) row = f->shown - 1;
  f->row = row > 0 ? row : 0;
  a->dirty = true;
}

void act_files_end(App *a, int side) {
  a->files.row = side > 0 && a->files.shown ? a->files.shown - 1 : 0;
  a->dirty = true;
}

static void go_up(App *a) {
  char *folder = strdup(a->files.folder), *slash = strrchr(folder, '/');
  if (slash && slash[1]) {
    char *name = strdup(slash + 1);
    slash[slash == folder] = 0;
    files_go(a, folder, name);
    free(name);
  }
  free(folder);
}

static void open_entry(App *a, const FileEntry *e) {
  Err err;
  char *path = strdup(e->path);
  while (a->ncrumb && (a->focus == PANE_files || a->focus == PANE_preview)) app_back(a);
  if (app_open_file(a, path, &err) != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
  free(path);
}

void act_files_open(App *a, int arg) {
  const FileEntry *e = files_here(&a->files);
  if (!e) app_say(a, STYLE_DIM, "no name holds that: Backspace takes letters back, / goes to a folder");
  else if (e->kind == FILE_UP) go_up(a);
  else if (e->kind == FILE_FOLDER) {
    char *path = strdup(e->path);
    files_go(a, path, NULL);
    free(path);
  } else if (arg == 0) open_entry(a, e);
}

void act_files_up(App *a, int arg) {
  (void)arg;
  go_up(a);
}

void act_files_hidden(App *a, int arg) {
  (void)arg;
  char *folder = strdup(a->files.folder);
  a->files.hidden = !a->files.hidden;
  files_go(a, folder, NULL);
  app_say(a, STYLE_DIM,
          a->files.hidden ? "names that begin with a dot show" : "names that begin with a dot are left out");
  free(folder);
}

// First the filter, then the browser.
void act_files_leave(App *a, int arg) {
  (void)arg;
  if (!a->files.filter.n) {
    app_back(a);
    return;
  }
  str_clear(&a->files.filter);
  files_filter(&a->files);
}

void act_preview_step(App *a, int by) {
  a->files.look_top += by;
  if (a->files.look_top < 0) a->files.look_top = 0;
  a->dirty = true;
}

void act_preview_right(App *a, int by) {
  a->files.look_left += by;
  if (a->files.look_left < 0) a->files.look_left = 0;
  a->dirty = true;
}
