// The file of settings. It is the user's: only the line of the setting that changed is written anew. Errors in it are
// said with their line and hurt nothing else.
#include "ui/config_int.h"

#include "base/file.h"
#include "base/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTING_ROW(name, values, doc) {#name, values, doc},
const Setting SETTINGS_TABLE[SETTING_COUNT] = {SETTINGS(SETTING_ROW)};
#undef SETTING_ROW

enum { REMARK_WIDTH = 98 };

void config_init(Config *c, const char *path) { *c = (Config){.path = path ? strdup(path) : NULL}; }

void config_fini(Config *c) {
  free(c->path);
  str_fini(&c->problems);
  *c = (Config){0};
}

// ---- words --------------------------------------------------------------------------------------------------------
static Sv word_at(const char *values, int place) {
  while (place-- > 0) values += strcspn(values, " ") + 1;
  return (Sv){values, strcspn(values, " ")};
}

static int count(const char *values) {
  int n = 1;
  for (; *values; values++) n += *values == ' ';
  return n;
}

Sv config_word(const Config *c, SettingId s) { return word_at(SETTINGS_TABLE[s].values, c->value[s]); }

bool config_choose(Config *c, SettingId s, Sv word) {
  const char *values = SETTINGS_TABLE[s].values;
  for (int k = 0; k < count(values); k++)
    if (sv_eq(word_at(values, k), word)) return c->value[s] = k, true;
  return false;
}

// ---- reading ------------------------------------------------------------------------------------------------------
// "name = value # remark". False: a blank line or a remark. Without = the value is what is left of nothing.
static bool parse_line(Sv line, Sv *name, Sv *value) {
  const char *remark = memchr(line.s, '#', line.n);
  if (remark) line.n = (size_t)(remark - line.s);
  line = sv_trim(line);
  const char *equal = line.n ? memchr(line.s, '=', line.n) : NULL;
  size_t n = equal ? (size_t)(equal - line.s) : line.n;
  *name = sv_trim((Sv){line.s, n});
  *value = equal ? sv_trim((Sv){equal + 1, line.n - n - 1}) : (Sv){"", 0};
  return line.n > 0;
}

static int find(Sv name) {
  for (int s = 0; s < SETTING_COUNT; s++)
    if (sv_is(name, SETTINGS_TABLE[s].name)) return s;
  return -1;
}

static void take_line(Config *c, Sv line, int number) {
  Sv name, value, names[SETTING_COUNT];
  char hint[200] = "";
  if (!parse_line(line, &name, &value)) return;
  int s = find(name);
  if (s >= 0 && config_choose(c, (SettingId)s, value)) return;
  for (int k = 0; k < SETTING_COUNT; k++) names[k] = sv(SETTINGS_TABLE[k].name);
  if (s < 0) {
    near_hint(hint, sizeof hint, name, names, SETTING_COUNT);
    str_addf(&c->problems, "line %d: no setting '" SV_FMT "'%s\n", number, SV_ARG(name), hint);
  } else {
    str_addf(&c->problems, "line %d: %s cannot be '" SV_FMT "': it takes %s\n", number, SETTINGS_TABLE[s].name,
             SV_ARG(value), SETTINGS_TABLE[s].values);
  }
}

static Sv next_line(Sv *rest) {
  const char *end = memchr(rest->s, '\n', rest->n);
  Sv line = {rest->s, end ? (size_t)(end - rest->s) : rest->n};
  size_t used = line.n + (end != NULL);
  *rest = (Sv){rest->s + used, rest->n - used};
  return line;
}

void config_parse(Config *c, Sv text) {
  for (int number = 1; text.n; number++) take_line(c, next_line(&text), number);
}

void config_read(Config *c) {
  Str text = {0};
  if (c->path && file_read(c->path, &text, NULL) == OK) config_parse(c, (Sv){str_c(&text), text.n});
  str_fini(&text);
}

// ---- writing ------------------------------------------------------------------------------------------------------
static void add_remark(Str *out, const char *doc) {
  for (const char *at = doc; *at;) {
    size_t n = strlen(at);
    if (n > REMARK_WIDTH)
      for (n = REMARK_WIDTH; n && at[n] != ' ';) n--;
    str_addf(out, "# %.*s\n", (int)n, at);
    at += n + (at[n] == ' ');
  }
}

static void add_setting(const Config *c, Str *out, SettingId s) {
  const Setting *row = &SETTINGS_TABLE[s];
  str_addc(out, '\n');
  add_remark(out, row->doc);
  str_addf(out, "# One of: %s\n%s = " SV_FMT "\n", row->values, row->name, SV_ARG(config_word(c, s)));
}

static void print_new(const Config *c, Str *out) {
  str_add(out, "# Settings of tycho. F2 in the workbench shows them and changes them here; you may as well.\n");
  for (int s = 0; s < SETTING_COUNT; s++) add_setting(c, out, (SettingId)s);
}

// The text with the setting's last line changed, which is the one that counts.
static void print_changed(const Config *c, Sv text, SettingId s, Str *out) {
  Sv rest = text, name, value, found = {0};
  while (rest.n) {
    Sv line = next_line(&rest);
    if (parse_line(line, &name, &value) && sv_is(name, SETTINGS_TABLE[s].name)) found = line;
  }
  if (!found.s) {
    str_addn(out, text.s, text.n);
    if (text.n && text.s[text.n - 1] != '\n') str_addc(out, '\n');
    add_setting(c, out, s);
    return;
  }
  const char *remark = memchr(found.s, '#', found.n), *end = found.s + found.n;
  str_addn(out, text.s, (size_t)(found.s - text.s));
  str_addf(out, "%s = " SV_FMT "%s", SETTINGS_TABLE[s].name, SV_ARG(config_word(c, s)), remark ? "  " : "");
  if (remark) str_addn(out, remark, (size_t)(end - remark));
  str_addn(out, end, (size_t)(text.s + text.n - end));
}

void config_make_folder(const Config *c) {
  Str folder = {0};
  if (c->path) str_addn(&folder, c->path, (size_t)(strrchr(c->path, '/') - c->path));
  if (c->path) file_make_folder(str_c(&folder));
  str_fini(&folder);
}

ErrCode config_write(Config *c, SettingId s, Err *err) {
  Str text = {0}, out = {0};
  if (!c->path) return err_set(err, ERR_IO, "neither XDG_CONFIG_HOME nor HOME is set: nothing can be kept");
  config_make_folder(c);
  if (file_read(c->path, &text, NULL) == OK) print_changed(c, (Sv){str_c(&text), text.n}, s, &out);
  else print_new(c, &out);
  ErrCode code = file_replace(c->path, (Sv){str_c(&out), out.n}, err);
  str_fini(&text), str_fini(&out);
  return code;
}
