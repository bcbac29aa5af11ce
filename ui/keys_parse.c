// Names of keys back to keys: what keys_name says, and the bytes that a terminal would have sent for it.
#include "base/utf8.h"
#include "ui/keys_int.h"

#include <stdlib.h>

typedef struct Named {
  const char *name;
  uint32_t code;
  const char *bytes;
} Named;
static const Named NAMED[] = {{"Up", K_UP, "\x1b[A"},
                              {"Down", K_DOWN, "\x1b[B"},
                              {"Left", K_LEFT, "\x1b[D"},
                              {"Right", K_RIGHT, "\x1b[C"},
                              {"Home", K_HOME, "\x1b[H"},
                              {"End", K_END, "\x1b[F"},
                              {"PgUp", K_PGUP, "\x1b[5~"},
                              {"PgDn", K_PGDN, "\x1b[6~"},
                              {"Insert", K_INSERT, "\x1b[2~"},
                              {"Delete", K_DELETE, "\x1b[3~"},
                              {"Enter", K_ENTER, "\r"},
                              {"Tab", K_TAB, "\t"},
                              {"Backspace", K_BACKSPACE, "\x7f"},
                              {"Esc", K_ESC, "\x1b"},
                              {"Space", ' ', " "}};

static bool takes(const char **name, const char *prefix) {
  size_t n = strlen(prefix);
  if (strncmp(*name, prefix, n) != 0 || !(*name)[n]) return false;
  *name += n;
  return true;
}

static void set_bytes(Key *key, const char *bytes, size_t n) {
  memcpy(key->bytes, bytes, n);
  key->nbytes = (uint8_t)n;
}

static bool parse_named(const char *name, Key *key) {
  for (size_t k = 0; k < sizeof NAMED / sizeof *NAMED; k++) {
    if (strcmp(name, NAMED[k].name) != 0) continue;
    key->code = NAMED[k].code;
    set_bytes(key, NAMED[k].bytes, strlen(NAMED[k].bytes));
    return true;
  }
  char *end;
  long f = name[0] == 'F' && name[1] >= '1' && name[1] <= '9' ? strtol(name + 1, &end, 10) : 0;
  if (f < 1 || f > 12 || *end) return false;
  key->code = K_F1 + (uint32_t)f - 1;
  return true;
}

bool keys_parse(const char *name, Key *key) {
  *key = (Key){0};
  for (bool more = true; more;) {
    more = false;
    if (takes(&name, "Alt-")) key->mods |= MOD_ALT, more = true;
    if (takes(&name, "C-")) key->mods |= MOD_CTRL, more = true;
    if (takes(&name, "S-")) key->mods |= MOD_SHIFT, more = true;
  }
  if (parse_named(name, key)) return true;
  if (name[0] == '^' && name[1] >= '?' && name[1] <= '_' && !name[2]) {
    char byte = (char)(name[1] & 0x1F);
    key->mods |= MOD_CTRL;
    key->code = name[1] >= 'A' && name[1] <= 'Z' ? (uint32_t)name[1] + 32 : (uint32_t)name[1];
    set_bytes(key, &byte, 1);
    return true;
  }
  int len;
  size_t n = strlen(name);
  if (!n || n > 4) return false;
  key->code = utf8_decode(name, n, &len);
  if ((size_t)len != n || key->code <= ' ') return false;
  set_bytes(key, name, n);
  return true;
}
