// What the user has set, in a file of lines "name = value".
#pragma once
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

// name, values (the first holds where nothing is said), what it is.
// clang-format off
#define SETTINGS(X) \
  X(theme, "auto dark light contrast 16 mono", \
    "Colours. auto asks the terminal whether its ground is dark or light; contrast has nothing dim; 16 takes the " \
    "terminal's own colours; mono has none: weight and glyphs say it all.") \
  X(glyphs, "auto braille block ascii", \
    "What pictures, rules and bars are drawn with. auto goes by the locale; block is for fonts without braille.") \
  X(mouse, "on off", \
    "A click focuses and selects, the wheel scrolls what is under it. F7 frees the mouse for a moment, to copy.") \
  X(numbers, "sensible exact", \
    "How tables show numbers: four digits where that is enough, or every digit that the file has.") \
  X(bell, "10s 60s off", \
    "The bell rings when a job that took at least so long has ended.") \
  X(title, "on off", \
    "The title of the terminal's window says what is open, how far a job is, and that a long one has ended.")
// clang-format on
#define SETTING_ID(name, values, doc) SET_##name,
typedef enum { SETTINGS(SETTING_ID) SETTING_COUNT } SettingId;
#undef SETTING_ID
// Values that the program asks for, by their place.
enum { THEME_AUTO, THEME_DARK, THEME_LIGHT, THEME_CONTRAST, THEME_SIXTEEN, THEME_NONE };
enum { GLYPHS_AUTO, GLYPHS_ARE_BRAILLE, GLYPHS_ARE_BLOCK, GLYPHS_ARE_ASCII };

typedef struct Setting {
  const char *name, *values, *doc;
} Setting;
extern const Setting SETTINGS_TABLE[SETTING_COUNT];

typedef struct Config {
  int value[SETTING_COUNT]; // places among the values
  char *path;               // of the file; NULL = the environment names no folder
  Str problems;             // a line for each line of the file that was not understood
} Config;
void config_init(Config *c, const char *path); // everything as it is where nothing is said; NULL: never written
void config_fini(Config *c);
// Takes over what the text says; lines that cannot be understood are listed in `problems` and change nothing.
void config_parse(Config *c, Sv text);
void config_read(Config *c); // the file, if there is one
Sv config_word(const Config *c, SettingId s);
bool config_choose(Config *c, SettingId s, Sv word); // false: no such value
void config_make_folder(const Config *c); // that of the file
// Writes the setting into the file: into its line, where there is one, so that remarks and everything else stay; else
// below it with its remark. A new file holds all settings. ERR_IO.
NODISCARD ErrCode config_write(Config *c, SettingId s, Err *err);
