// The stream of a terminal's bytes, cut into keys. One step looks at what has not been taken yet and says "a key",
// "nothing with a meaning" or "too little to tell"; it never keeps half a decision, so that the keys are the same
// however the bytes were cut into reads. Two things may be long and are taken as they come: pasted text, and string
// sequences (OSC, DCS, APC, PM, SOS), of which only the first bytes are kept.
//
// The one thing that bytes alone cannot tell is whether an ESC stands for itself. The caller asks with `late` when
// nothing came for a while: then ESC is Esc, and ESC [ is Alt-[.
#include "ui/keys_int.h"
#include "base/utf8.h"

#include <stdio.h>

enum { ESC = 0x1B, BEL = 0x07, STRING_KEPT = 64 };

void keys_init(Keys *k) { *k = (Keys){0}; }

void keys_fini(Keys *k) {
  str_fini(&k->inbox);
  str_fini(&k->paste);
  *k = (Keys){0};
}

void keys_feed(Keys *k, const char *bytes, size_t n) {
  if (k->at > k->inbox.n / 2) {
    size_t left = k->inbox.n - k->at;
    memmove(k->inbox.s, k->inbox.s + k->at, left);
    k->inbox.n = left, k->at = 0;
  }
  str_addn(&k->inbox, bytes, n);
}

static Sv waiting(const Keys *k) { return (Sv){k->inbox.s ? k->inbox.s + k->at : "", k->inbox.n - k->at}; }

static Seq is_key(Key *key, uint32_t code, int mods, size_t n, size_t *used) {
  key->code = code, key->mods = (uint8_t)mods, *used = n;
  return SEQ_KEY;
}

// ---- characters ---------------------------------------------------------------------------------------------------
static Seq control_key(unsigned char b, Key *key, size_t *used) {
  switch (b) {
  case '\r':
  case '\n': return is_key(key, K_ENTER, 0, 1, used);
  case '\t': return is_key(key, K_TAB, 0, 1, used);
  case 0x08:
  case 0x7F: return is_key(key, K_BACKSPACE, 0, 1, used);
  case 0x00: return is_key(key, ' ', MOD_CTRL, 1, used);
  default: return is_key(key, b <= 26 ? b + 96u : b + 64u, MOD_CTRL, 1, used);
  }
}

// Whether s[0..n) may still become one character.
static bool utf8_begun(const char *s, size_t n) {
  unsigned char b = (unsigned char)s[0];
  size_t want = b >= 0xF0 && b < 0xF5 ? 4 : b >= 0xE0 && b < 0xF0 ? 3 : b >= 0xC2 && b < 0xE0 ? 2 : 1;
  for (size_t i = 1; i < n && i < want; i++)
    if (((unsigned char)s[i] & 0xC0) != 0x80) return false;
  return n < want;
}

static Seq text_key(Sv in, Key *key, size_t *used) {
  if (in.n == 0) return SEQ_MORE;
  unsigned char b = (unsigned char)in.s[0];
  if (b < 0x20 || b == 0x7F) return control_key(b, key, used);
  if (utf8_begun(in.s, in.n)) return SEQ_MORE;
  int len;
  uint32_t cp = utf8_decode(in.s, in.n, &len);
  *used = (size_t)len;
  bool malformed = cp == 0xFFFD && len == 1, control = cp >= 0x80 && cp < 0xA0;
  return malformed || control ? SEQ_NONE : is_key(key, cp, 0, (size_t)len, used);
}

// ---- what ESC begins ----------------------------------------------------------------------------------------------
static bool is_introducer(char c) { return strchr("[O]PX^_", c) && c; }
static bool is_string(char c) { return c != '[' && c != 'O' && is_introducer(c); }

static Seq sequence(Sv in, Key *key, size_t *used) { // in: ESC [ ... or ESC O ...
  Sv rest = {in.s + 2, in.n - 2};
  Seq seq = in.s[1] == '[' ? csi_parse(rest, key, used) : ss3_parse(rest, key, used);
  if (seq != SEQ_MORE) *used += 2;
  return seq;
}

// ESC ESC: Esc, unless an ESC was put before the sequence of a special key, as rxvt does for Alt.
static Seq escape_escape(Sv in, bool late, Key *key, size_t *used) {
  bool open = in.n == 2 || (in.n == 3 && (in.s[2] == '[' || in.s[2] == 'O'));
  if (open && !late) return SEQ_MORE;
  if (in.n > 3 && (in.s[2] == '[' || in.s[2] == 'O')) {
    Key inner = {0};
    Seq seq = sequence((Sv){in.s + 1, in.n - 1}, &inner, used);
    if (seq == SEQ_MORE) return SEQ_MORE;
    bool special = seq == SEQ_KEY && inner.code >= K_UP && inner.code <= K_F12;
    if (special) return is_key(key, inner.code, inner.mods | MOD_ALT, *used + 1, used);
  }
  return is_key(key, K_ESC, 0, 1, used);
}

static Seq escape_key(Sv in, bool late, Key *key, size_t *used) {
  if (in.n == 1) return late ? is_key(key, K_ESC, 0, 1, used) : SEQ_MORE;
  if (in.s[1] == ESC) return escape_escape(in, late, key, used);
  if (in.n == 2 && is_introducer(in.s[1])) {
    if (!late) return SEQ_MORE;
  } else if (in.s[1] == '[' || in.s[1] == 'O') {
    return sequence(in, key, used);
  }
  Seq seq = text_key((Sv){in.s + 1, in.n - 1}, key, used);
  bool back_tab = seq == SEQ_KEY && key->code == K_TAB; // ESC Tab is what the Linux console sends for Shift-Tab
  if (seq != SEQ_MORE) ++*used, key->mods |= back_tab ? MOD_SHIFT : MOD_ALT;
  return seq;
}

static Seq plain_key(Sv in, bool late, Key *key, size_t *used) {
  return in.n && in.s[0] == ESC ? escape_key(in, late, key, used) : text_key(in, key, used);
}

// ---- string sequences ---------------------------------------------------------------------------------------------
// A colour component of 1 to 4 hexadecimal digits as 0..1; -1 when there is none.
static double hex_share(const char **s) {
  int value = 0, digits = 0;
  for (; digits < 4; digits++, ++*s) {
    const char *found = **s ? strchr("0123456789abcdef", **s | 0x20) : NULL;
    if (!found) break;
    value = value * 16 + (int)(found - "0123456789abcdef");
  }
  return digits ? (double)value / ((1 << 4 * digits) - 1) : -1;
}

// "]11;rgb:ffff/ffff/ffff": light when its luma (Rec. 709) is over one half.
static bool parse_ground(const char *s, bool *light) {
  if (strncmp(s, "]11;rgb", 7) != 0) return false;
  s += s[7] == 'a' ? 8 : 7;
  if (*s != ':') return false;
  double share[3];
  for (int i = 0; i < 3; i++) {
    if (*s++ != (i ? '/' : ':')) return false;
    share[i] = hex_share(&s);
    if (share[i] < 0) return false;
  }
  *light = 0.2126 * share[0] + 0.7152 * share[1] + 0.0722 * share[2] > 0.5;
  return true;
}

// Takes what has come of a string sequence: up to BEL, ESC \, or a control character that does not belong to one.
static Seq string_step(Keys *k, bool late, Key *key) {
  Sv in = waiting(k);
  size_t i = 0;
  while (i < in.n && (unsigned char)in.s[i] >= 0x20) i++;
  size_t room = STRING_KEPT > k->paste.n ? STRING_KEPT - k->paste.n : 0;
  str_addn(&k->paste, in.s, i < room ? i : room);
  k->at += i;
  bool escape = i < in.n && in.s[i] == ESC;
  if (i == in.n || (escape && i + 1 == in.n && !late)) return SEQ_MORE;
  bool whole = in.s[i] == BEL || (escape && i + 1 < in.n && in.s[i + 1] == '\\');
  if (whole) k->at += escape ? 2 : 1;
  if (whole && parse_ground(str_c(&k->paste), &key->light)) key->code = K_GROUND;
  str_clear(&k->paste);
  k->inside = KEYS_PLAIN;
  return key->code ? SEQ_KEY : SEQ_NONE;
}

// ---- pasted text --------------------------------------------------------------------------------------------------
static const char PASTE_BEGIN[] = "\x1b[200~", PASTE_END[] = "\x1b[201~";
enum { PASTE_MARK = 6 };

// Line ends become \n, malformed bytes U+FFFD; control characters but tabs are dropped.
static void clean(Str *text) {
  Str out = {0};
  int len;
  for (size_t i = 0; i < text->n; i += (size_t)len) {
    uint32_t cp = utf8_decode(text->s + i, text->n - i, &len);
    if (cp == '\r') {
      bool pair = i + 1 < text->n && text->s[i + 1] == '\n';
      if (!pair) str_addc(&out, '\n');
      continue;
    }
    if ((cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7F && cp < 0xA0)) continue;
    char utf8[4];
    str_addn(&out, utf8, (size_t)utf8_encode(cp, utf8));
  }
  str_fini(text);
  *text = out;
}

static Seq paste_step(Keys *k, Key *key) {
  Sv in = waiting(k);
  const char *end = memmem(in.s, in.n, PASTE_END, PASTE_MARK);
  size_t n = end ? (size_t)(end - in.s) : in.n;
  if (!end) { // what may be the beginning of the end stays
    size_t tail = in.n < PASTE_MARK - 1 ? in.n : PASTE_MARK - 1;
    while (tail && memcmp(in.s + in.n - tail, PASTE_END, tail) != 0) tail--;
    n -= tail;
  }
  str_addn(&k->paste, in.s, n);
  k->at += n;
  if (!end) return SEQ_MORE;
  k->at += PASTE_MARK;
  k->inside = KEYS_PLAIN;
  clean(&k->paste);
  key->code = K_PASTE, key->paste = str_c(&k->paste);
  return SEQ_KEY;
}

// ---- the stream ---------------------------------------------------------------------------------------------------
static Seq plain_step(Keys *k, bool late, Key *key) {
  Sv in = waiting(k);
  if (in.n >= 3 && in.s[0] == ESC && is_string(in.s[1])) {
    str_addc(&k->paste, in.s[1]);
    k->inside = KEYS_STRING, k->at += 2;
    return SEQ_NONE;
  }
  if (in.n >= PASTE_MARK && memcmp(in.s, PASTE_BEGIN, PASTE_MARK) == 0) {
    k->inside = KEYS_PASTE, k->at += PASTE_MARK;
    return SEQ_NONE;
  }
  size_t used = 0;
  Seq seq = plain_key(in, late, key, &used);
  if (seq == SEQ_MORE) return seq;
  bool sent = seq == SEQ_KEY && key->code != K_MOUSE && key->code != K_FOCUS;
  if (sent && used <= sizeof key->bytes) {
    memcpy(key->bytes, in.s, used);
    key->nbytes = (uint8_t)used;
  }
  k->at += used;
  return seq;
}

bool keys_next(Keys *k, bool late, Key *key) {
  if (k->inside == KEYS_PLAIN) str_clear(&k->paste); // the one handed out before
  for (;;) {
    *key = (Key){0};
    Seq seq = k->inside == KEYS_PASTE    ? paste_step(k, key)
              : k->inside == KEYS_STRING ? string_step(k, late, key)
                                         : plain_step(k, late, key);
    if (seq != SEQ_NONE) return seq == SEQ_KEY;
  }
}

bool keys_waiting(const Keys *k) {
  Sv in = waiting(k);
  if (k->inside != KEYS_PLAIN) return k->inside == KEYS_STRING && in.n == 1 && in.s[0] == ESC;
  Key key;
  size_t used;
  return plain_key(in, false, &key, &used) == SEQ_MORE && plain_key(in, true, &key, &used) == SEQ_KEY;
}

// ---- names --------------------------------------------------------------------------------------------------------
const char *keys_name(const Key *key, char buf[24]) {
  static const char *const special[] = {"Up",   "Down",   "Left",   "Right", "Home", "End",       "PgUp",
                                        "PgDn", "Insert", "Delete", "Enter", "Tab",  "Backspace", "Esc"};
  char name[8] = "";
  buf[0] = 0;
  if (key->code >= K_MOUSE) return buf;
  bool text = key->code < K_UP, ascii = text && key->code < 0x7F;
  bool caret = key->mods & MOD_CTRL && ascii && key->code > ' ';
  if (caret)
    snprintf(name, sizeof name, "^%c", key->code >= 'a' && key->code <= 'z' ? (int)key->code - 32 : (int)key->code);
  else if (text && key->code != ' ') name[utf8_encode(key->code, name)] = 0;
  else if (key->code >= K_F1) snprintf(name, sizeof name, "F%d", (int)(key->code - K_F1 + 1));
  const char *word = text ? "Space" : special[key->code - K_UP < 14 ? key->code - K_UP : 0];
  snprintf(buf, 24, "%s%s%s%s", key->mods & MOD_ALT ? "Alt-" : "", key->mods & MOD_CTRL && !caret ? "C-" : "",
           key->mods & MOD_SHIFT ? "S-" : "", *name ? name : word);
  return buf;
}
