// The way back: every dive leaves a crumb, which keeps the whole table that showed, rows and all that was told of it,
// so that q shows the same picture at once, with the cursor where it was.
#include "ui/app_int.h"

#include <stdlib.h>

static Sheet *stash(Sheet *from) {
  Sheet *kept = malloc(sizeof *kept);
  if (!kept) abort();
  *kept = *from;
  sheet_lost(kept); // answers that come meanwhile are not for it
  return kept;
}

static void drop_stash(Crumb *c) {
  if (!c->sheet) return;
  sheet_fini(c->sheet);
  free(c->sheet);
  c->sheet = NULL;
}

void app_dive(App *a, PaneId pane) {
  a->crumb = realloc(a->crumb, (size_t)(a->ncrumb + 1) * sizeof *a->crumb);
  if (!a->crumb) abort();
  const Sheet *s = &a->sheet;
  a->crumb[a->ncrumb++] = (Crumb){.view = a->view,
                                  .focus = a->focus,
                                  .object = s->object ? strdup(s->object) : NULL,
                                  .row = s->row,
                                  .top = s->top,
                                  .col = s->col,
                                  .left = s->left};
  app_focus(a, pane);
}

bool crumb_stash(App *a, Sheet *from) {
  Crumb *c = a->ncrumb ? &a->crumb[a->ncrumb - 1] : NULL;
  bool ours = c && !c->sheet && c->object && from->object && strcmp(c->object, from->object) == 0;
  if (ours) c->sheet = stash(from);
  return ours;
}

static void show_again(App *a, Crumb *c) {
  Sheet *s = &a->sheet;
  if (!c->object || (s->object && strcmp(s->object, c->object) == 0)) return;
  if (c->sheet) {
    sheet_fini(s);
    *s = *c->sheet;
    free(c->sheet);
    c->sheet = NULL;
    sheet_changed(a);
    return;
  }
  sheet_open(a, c->object);
  s->row = c->row, s->top = c->top, s->col = c->col, s->left = c->left;
}

void crumb_drop(App *a) {
  Crumb *c = &a->crumb[--a->ncrumb];
  drop_stash(c);
  free(c->object);
}

void app_back(App *a) {
  if (!a->ncrumb) {
    a->quit = true;
    return;
  }
  Crumb *c = &a->crumb[a->ncrumb - 1];
  show_again(a, c);
  a->view = c->view, a->focus = c->focus, a->dirty = true;
  zoom_follow(a);
  crumb_drop(a);
  app_arrange(a);
}

void crumbs_forget_tables(App *a) {
  for (int k = 0; k < a->ncrumb; k++) drop_stash(&a->crumb[k]);
}
