// Bytes of a terminal as keys: text, control keys, function keys, the mouse, pasted text. Knows no terminal library.
#pragma once
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

// Codes above Unicode. Text is its code point; Ctrl-letters are the small letter with MOD_CTRL.
enum {
  K_UP = 0x110000,
  K_DOWN,
  K_LEFT,
  K_RIGHT,
  K_HOME,
  K_END,
  K_PGUP,
  K_PGDN,
  K_INSERT,
  K_DELETE,
  K_ENTER,
  K_TAB,
  K_BACKSPACE,
  K_ESC,
  K_F1,
  K_F12 = K_F1 + 11,
  K_MOUSE,  // x, y, button
  K_PASTE,  // paste
  K_GROUND, // the terminal's background was asked for: `light`
  K_FOCUS,  // the terminal window got or lost the focus; nothing to do
};
enum { MOD_SHIFT = 1, MOD_ALT = 2, MOD_CTRL = 4 };
enum { MOUSE_LEFT, MOUSE_MIDDLE, MOUSE_RIGHT, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN, MOUSE_RELEASE, MOUSE_DRAG };

typedef struct Key {
  uint32_t code;
  uint8_t mods;
  uint8_t button;    // of MOUSE
  bool light;        // of GROUND
  int x, y;          // of MOUSE, from 0
  const char *paste; // of PASTE: UTF-8 with \n line ends, malformed bytes as U+FFFD, of the control characters only
                     // tabs; borrowed until the next keys_next
  char bytes[32];    // as the terminal sent it, for readline; none of MOUSE, PASTE, GROUND, FOCUS
  uint8_t nbytes;
} Key;

typedef struct Keys {
  Str inbox;
  size_t at; // of inbox, where what is not yet taken begins
  enum { KEYS_PLAIN, KEYS_PASTE, KEYS_STRING } inside;
  Str paste; // what stands inside a paste; of a string sequence its beginning
} Keys;

void keys_init(Keys *k);
void keys_fini(Keys *k);
void keys_feed(Keys *k, const char *bytes, size_t n);
// The next key. false: none, or only the beginning of one (keys_waiting). `late`: no more bytes came in time, so that a
// lone ESC is Esc. Understands xterm, rxvt, Linux console and tmux sequences with modifiers, mouse reports (SGR 1006
// and the old ones), bracketed paste (2004), `CSI 13;2u`, `CSI 27;2;13~`, Alt as an ESC prefix, the answer to OSC 11.
// What it does not know is swallowed whole, never typed; so are malformed bytes. A control character ends a sequence.
bool keys_next(Keys *k, bool late, Key *key);
bool keys_waiting(const Keys *k); // only time can tell what waits: ask again with `late`
// As the key table and the help write it: "a", "^R", "Up", "S-Tab", "Alt-Enter", "S-Enter", "F5", "Space". Of MOUSE and
// the like "".
const char *keys_name(const Key *key, char buf[24]);
// The key of such a name, as a terminal would send it. False: no key is called so (a sequence is several).
bool keys_parse(const char *name, Key *key);

// ---- between keys.c and keys_csi.c --------------------------------------------------------------------------------
// What stands at the beginning of some bytes: a key, something without meaning, or too little to tell. The first two
// say how many bytes they take.
typedef enum { SEQ_KEY, SEQ_NONE, SEQ_MORE } Seq;
// Of what follows ESC [ and ESC O.
Seq csi_parse(Sv in, Key *key, size_t *used);
Seq ss3_parse(Sv in, Key *key, size_t *used);
