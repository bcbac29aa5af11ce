// What stands over the screen and takes its keys: the form of a call, the steps to clean with, the palette. A page of
// help may stand over all of them.
#include "ui/clean_int.h"
#include "ui/form_int.h"
#include "ui/palette_int.h"
#include "ui/preview_int.h"

static Form *open_form(const App *a) { return a->form && a->form->open ? a->form : NULL; }
static Clean *open_clean(const App *a) { return a->clean && a->clean->open ? a->clean : NULL; }
static Palette *open_palette(const App *a) { return a->palette && a->palette->open ? a->palette : NULL; }

static bool is_covered(const App *a) { return a->help || a->question.n || prompt_is_open(a->prompt); }

bool overlay_key(App *a, const Key *key) {
  if (is_covered(a)) return false;
  if (open_form(a)) return form_key(a, key), true;
  if (open_clean(a)) return clean_key(a, key), true;
  if (open_palette(a)) return palette_key(a, key), true;
  return false;
}

bool overlay_mouse(App *a, const Key *key) {
  if (is_covered(a)) return false;
  if (open_form(a)) return form_mouse(a, key), true;
  if (open_clean(a)) return clean_mouse(a, key), true;
  if (open_palette(a)) return palette_mouse(a, key), true;
  return false;
}

bool overlay_draw(App *a, const Paint *p) {
  if (open_form(a)) return form_draw(a, a->form, p), true;
  if (open_clean(a)) return clean_draw(a, a->clean, p), true;
  if (open_palette(a)) return palette_draw(a, a->palette, p), true;
  return false;
}

int overlay_bar(const App *a, const KeyWord **pair) {
  if (is_covered(a)) return 0;
  if (open_clean(a) && !open_form(a)) return clean_bar(a, pair);
  return open_form(a) ? form_bar(a, pair) : open_palette(a) ? palette_bar(a, pair) : 0;
}

bool overlay_take(App *a, Msg *m) {
  return form_take(a, m) || clean_take(a, m) || palette_take(a, m) || preview_take(a, m);
}

void overlay_fini(App *a) {
  form_free(a->form);
  clean_free(a->clean);
  palette_free(a->palette);
  preview_free(a->preview);
}
