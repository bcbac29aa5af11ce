// What settings do to the screen, and the acts of their pane.
#include "ui/app_int.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

// Beside the file of settings.
static bool keys_path(Str *out) {
  if (!file_config_folder(out)) return false;
  str_add(out, "/keys");
  return true;
}

static void read_keys(App *a) {
  Str path = {0}, text = {0};
  keymap_init(&a->keymap);
  if (keys_path(&path) && file_read(str_c(&path), &text, NULL) == OK)
    keymap_parse(&a->keymap, (Sv){str_c(&text), text.n});
  str_fini(&path), str_fini(&text);
}

// A file with every action in it, to be edited; one that is there stays.
void act_settings_keys(App *a, int arg) {
  (void)arg;
  Str path = {0}, text = {0};
  Err err;
  if (!keys_path(&path))
    app_say(a, STYLE_WARN, "! neither XDG_CONFIG_HOME nor HOME is set: there is no place for keys");
  else if (file_read(str_c(&path), &text, NULL) == OK) {
    keymap_fini(&a->keymap);
    read_keys(a);
    app_say(a, STYLE_FG, "read again: %s, %d moved", str_c(&path), a->keymap.moved);
  } else {
    keymap_print(&text);
    config_make_folder(&a->config);
    if (file_replace(str_c(&path), (Sv){str_c(&text), text.n}, &err) != OK) app_say(a, STYLE_WARN, "! %s", err.msg);
    else app_say(a, STYLE_FG, "all keys stand in %s: edit it, then e reads it", str_c(&path));
  }
  str_fini(&path), str_fini(&text);
}

void settings_open(App *a) {
  Str folder = {0};
  bool known = file_config_folder(&folder);
  if (known) str_add(&folder, "/config");
  config_init(&a->config, known ? str_c(&folder) : NULL);
  config_read(&a->config);
  str_fini(&folder);
  read_keys(a);
  a->caps = a->found;
  settings_apply(a);
}

void settings_tell(App *a) {
  if (a->config.problems.n) app_say(a, STYLE_WARN, "! settings, %s", str_c(&a->config.problems));
  else if (a->keymap.problems.n) app_say(a, STYLE_WARN, "! keys, %s", str_c(&a->keymap.problems));
}

// ---- to the screen ------------------------------------------------------------------------------------------------
static void apply_theme(App *a) {
  DrawStyle *s = &a->caps.style;
  const DrawStyle *found = &a->found.style;
  int theme = a->config.value[SET_theme];
  s->light = theme == THEME_LIGHT || (theme != THEME_DARK && found->light);
  s->contrast = theme == THEME_CONTRAST;
  s->depth = theme == THEME_AUTO      ? found->depth
             : theme == THEME_SIXTEEN ? THEME_16
             : theme == THEME_NONE    ? THEME_MONO
                                      : THEME_256;
}

static void apply_glyphs(App *a) {
  static const GlyphSet SET[] = {
      [GLYPHS_ARE_BRAILLE] = GLYPHS_BRAILLE, [GLYPHS_ARE_BLOCK] = GLYPHS_BLOCK, [GLYPHS_ARE_ASCII] = GLYPHS_ASCII};
  int glyphs = a->config.value[SET_glyphs];
  bool given = glyphs == GLYPHS_AUTO;
  a->caps.style.glyphs = given ? a->found.style.glyphs : SET[glyphs];
}

static void apply_mouse(App *a) {
  bool on = a->found.mouse && a->config.value[SET_mouse] == 0;
  if (a->term && on != a->caps.mouse) term_mouse(a->term, on);
  a->caps.mouse = on;
}

void settings_apply(App *a) {
  apply_theme(a);
  apply_glyphs(a);
  apply_mouse(a);
  a->dirty = true;
}

// ---- acts ---------------------------------------------------------------------------------------------------------
void act_show_settings(App *a, int arg) {
  (void)arg;
  if (a->focus == PANE_settings) app_back(a);
  else app_dive(a, PANE_settings);
}

void act_settings_step(App *a, int by) {
  int64_t row = a->settings_row + by;
  a->settings_row = row < 0 ? 0 : row < SETTING_COUNT ? row : SETTING_COUNT - 1;
  a->dirty = true;
}

void act_settings_change(App *a, int by) {
  SettingId s = (SettingId)a->settings_row;
  int n = 1;
  for (const char *v = SETTINGS_TABLE[s].values; *v; v++) n += *v == ' ';
  Err err;
  a->config.value[s] = (a->config.value[s] + by + n) % n;
  settings_apply(a);
  if (config_write(&a->config, s, &err) != OK) app_say(a, STYLE_WARN, "! only for this session: %s", err.msg);
  else app_say(a, STYLE_DIM, "%s = " SV_FMT " is kept", SETTINGS_TABLE[s].name, SV_ARG(config_word(&a->config, s)));
}
