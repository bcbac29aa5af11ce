// One control sequence as a key. A sequence (ECMA-48, 5.4) is ESC [, then parameters 0x30..0x3F, then intermediates
// 0x20..0x2F, then a final 0x40..0x7E; control characters inside break it off. What the finals and the numbers before ~
// mean: "Xterm Control Sequences" (PC-style function keys), rxvt's reference (finals ^ $ @ for modifiers, ESC [ a,
// ESC O a), console_codes(4) (ESC [ [ A). F13 and up are Shift with F1 and up, as the Linux console has them.
#include "ui/keys_int.h"

typedef struct Csi {
  unsigned char lead;   // one of < = > ? or 0
  unsigned char middle; // the last intermediate, or 0
  unsigned char final;
  int arg[4], sub[4]; // parameters, and what follows a colon in them; 0 = not given
  int n;              // parameters; those beyond the fourth are not kept
} Csi;

enum { CSI_MOST = 256, ARG_MOST = 99999 };

static void parameter_byte(Csi *c, unsigned char b, bool *colon) {
  int k = c->n - 1;
  if (b == ';') c->n++, *colon = false;
  else if (b == ':') *colon = true;
  else if (k < 4 && b <= '9') {
    int *v = *colon ? &c->sub[k] : &c->arg[k];
    if (*v <= ARG_MOST) *v = *v * 10 + (b - '0');
  }
}

// Reads one sequence. `used` without the byte that breaks it off.
static Seq csi_read(Sv in, Csi *c, size_t *used) {
  *c = (Csi){.n = 1};
  bool colon = false;
  for (size_t i = 0; i < in.n; i++) {
    unsigned char b = (unsigned char)in.s[i];
    *used = i;
    if (b < 0x20 || b > 0x7E || i == CSI_MOST) return SEQ_NONE;
    *used = i + 1;
    if (b >= 0x40) return c->final = b, SEQ_KEY;
    if (i == 0 && b >= '<') c->lead = b;
    else if (b >= '0') parameter_byte(c, b, &colon);
    else c->middle = b;
    bool rxvt_shift = b == '$' && c->n == 1 && c->arg[0] && !c->lead; // ESC [ 2 $ has no final
    if (rxvt_shift) return c->final = b, c->middle = 0, SEQ_KEY;
  }
  return SEQ_MORE;
}

static Seq is_key(Key *key, uint32_t code, int mods) {
  key->code = code, key->mods = (uint8_t)(key->mods | mods);
  return SEQ_KEY;
}

static int mods_of(int value) { return value > 1 ? (value - 1) & (MOD_SHIFT | MOD_ALT | MOD_CTRL) : 0; }

// ---- the number before ~ ^ $ @ ------------------------------------------------------------------------------------
static Seq numbered_key(int number, int mods, Key *key) {
  static const uint16_t code[35] = {
#define FROM_UP(k) ((k)-K_UP + 1)
#define F(n) FROM_UP(K_F1 + (n)-1)
      [1] = FROM_UP(K_HOME),
      [2] = FROM_UP(K_INSERT),
      [3] = FROM_UP(K_DELETE),
      [4] = FROM_UP(K_END),
      [5] = FROM_UP(K_PGUP),
      [6] = FROM_UP(K_PGDN),
      [7] = FROM_UP(K_HOME),
      [8] = FROM_UP(K_END),
      [11] = F(1),
      [12] = F(2),
      [13] = F(3),
      [14] = F(4),
      [15] = F(5),
      [17] = F(6),
      [18] = F(7),
      [19] = F(8),
      [20] = F(9),
      [21] = F(10),
      [23] = F(11),
      [24] = F(12),
      [25] = F(1),
      [26] = F(2),
      [28] = F(3),
      [29] = F(4),
      [31] = F(5),
      [32] = F(6),
      [33] = F(7),
      [34] = F(8),
#undef F
#undef FROM_UP
  };
  if (number < 0 || number >= 35 || !code[number]) return SEQ_NONE;
  return is_key(key, K_UP + code[number] - 1u, mods | (number >= 25 ? MOD_SHIFT : 0));
}

// ---- a character with modifiers: CSI 13;2u and CSI 27;2;13~ -------------------------------------------------------
// As the plain terminal would have it: Shift is in a letter itself, and Ctrl goes with the small one.
static Seq character_key(int cp, int mods, Key *key) {
  switch (cp) {
  case '\r': return is_key(key, K_ENTER, mods);
  case '\t': return is_key(key, K_TAB, mods);
  case 0x1B: return is_key(key, K_ESC, mods);
  case 0x08:
  case 0x7F: return is_key(key, K_BACKSPACE, mods);
  case 57414: return is_key(key, K_ENTER, mods); // of the keypad, as kitty numbers it
  default: break;
  }
  bool surrogate = cp >= 0xD800 && cp < 0xE000, private = cp >= 0xE000 && cp < 0xF900;
  if (cp < 0x20 || (cp > 0x7E && cp < 0xA0) || surrogate || private || cp > ARG_MOST) return SEQ_NONE;
  if (mods & MOD_CTRL && cp >= 'A' && cp <= 'Z') cp += 'a' - 'A';
  else if (!(mods & MOD_CTRL) && mods & MOD_SHIFT && cp >= 'a' && cp <= 'z') cp -= 'a' - 'A';
  return is_key(key, (uint32_t)cp, mods & ~MOD_SHIFT);
}

static Seq tilde_key(const Csi *c, Key *key) {
  if (c->arg[0] == 27 && c->n >= 3) return character_key(c->arg[2], mods_of(c->arg[1]), key);
  return numbered_key(c->arg[0], c->n >= 2 ? mods_of(c->arg[1]) : 0, key);
}

// ---- the mouse ----------------------------------------------------------------------------------------------------
// `bits` as all protocols have them: button, modifiers 4 8 16, 32 moving, 64 wheel.
static Seq mouse_key(int bits, int x, int y, bool released, Key *key) {
  int button = bits & 3, mods = (bits & 4 ? MOD_SHIFT : 0) | (bits & 8 ? MOD_ALT : 0) | (bits & 16 ? MOD_CTRL : 0);
  bool wheel = bits & 64, moving = bits & 32;
  if (bits < 0 || bits > 127 || x < 1 || y < 1 || x > ARG_MOST || y > ARG_MOST) return SEQ_NONE;
  if (wheel && (button > 1 || released)) return SEQ_NONE; // sideways
  if (moving && (button == 3 || wheel)) return SEQ_NONE;
  key->x = x - 1, key->y = y - 1;
  if (wheel) key->button = (uint8_t)(MOUSE_WHEEL_UP + button);
  else if (released || button == 3) key->button = MOUSE_RELEASE;
  else key->button = (uint8_t)(moving ? MOUSE_DRAG : MOUSE_LEFT + button);
  return is_key(key, K_MOUSE, mods);
}

// ESC [ M and three bytes, each 32 more than what it says: what a terminal sends that does not know mode 1006.
static Seq old_mouse(Sv in, Key *key, size_t *used) {
  for (size_t i = 1; i < 4; i++) {
    if (i == in.n) return SEQ_MORE;
    if ((unsigned char)in.s[i] < 0x20) return *used = i, SEQ_NONE;
  }
  const unsigned char *b = (const unsigned char *)in.s + 1;
  *used = 4;
  return mouse_key(b[0] - 32, b[1] - 32, b[2] - 32, false, key);
}

// ---- both families ------------------------------------------------------------------------------------------------
// The finals that ESC [ and ESC O share: cursor keys and the first four function keys.
static Seq lettered_key(unsigned char final, int mods, Key *key) {
  static const uint32_t arrow[] = {K_UP, K_DOWN, K_RIGHT, K_LEFT};
  if (final >= 'A' && final <= 'D') return is_key(key, arrow[final - 'A'], mods);
  if (final >= 'P' && final <= 'S') return is_key(key, (uint32_t)(K_F1 + (final - 'P')), mods);
  if (final == 'H') return is_key(key, K_HOME, mods);
  if (final == 'F') return is_key(key, K_END, mods);
  return SEQ_NONE;
}

static Seq csi_key(const Csi *c, Key *key) {
  int mods = mods_of(c->n >= 2 ? c->arg[1] : c->arg[0]); // some send ESC [ 5 A
  bool let_go = c->n >= 2 && c->sub[1] == 3;             // kitty: the key was released
  if (c->lead == '<' && c->n == 3 && !c->middle && (c->final == 'M' || c->final == 'm'))
    return mouse_key(c->arg[0], c->arg[1], c->arg[2], c->final == 'm', key);
  if (c->lead || c->middle || let_go) return SEQ_NONE;
  switch (c->final) {
  case '~': return tilde_key(c, key);
  case '$': return numbered_key(c->arg[0], MOD_SHIFT, key);
  case '^': return numbered_key(c->arg[0], MOD_CTRL, key);
  case '@': return numbered_key(c->arg[0], MOD_CTRL | MOD_SHIFT, key);
  case 'u': return character_key(c->arg[0], c->n >= 2 ? mods_of(c->arg[1]) : 0, key);
  case 'Z': return is_key(key, K_TAB, MOD_SHIFT | mods);
  case 'I':
  case 'O': return is_key(key, K_FOCUS, 0);
  case 'a':
  case 'b':
  case 'c':
  case 'd': return c->arg[0] ? SEQ_NONE : lettered_key((unsigned char)(c->final - 'a' + 'A'), MOD_SHIFT, key);
  default: // the first parameter of a key is 1; what reports a place (R) has others
    return c->n >= 2 && c->arg[0] > 1 ? SEQ_NONE : lettered_key(c->final, mods, key);
  }
}

Seq csi_parse(Sv in, Key *key, size_t *used) {
  if (in.n == 0) return SEQ_MORE;
  if (in.s[0] == 'M') return old_mouse(in, key, used);
  if (in.s[0] == '[') { // Linux console: F1 to F5
    if (in.n == 1) return SEQ_MORE;
    bool known = in.s[1] >= 'A' && in.s[1] <= 'E';
    *used = (unsigned char)in.s[1] < 0x20 ? 1 : 2;
    return known ? is_key(key, (uint32_t)(K_F1 + (in.s[1] - 'A')), 0) : SEQ_NONE;
  }
  Csi c;
  Seq seq = csi_read(in, &c, used);
  return seq == SEQ_KEY ? csi_key(&c, key) : seq;
}

Seq ss3_parse(Sv in, Key *key, size_t *used) {
  static const char keypad[] = "*+,-./0123456789"; // finals j to y
  Csi c;
  Seq seq = csi_read(in, &c, used);
  if (seq != SEQ_KEY) return seq;
  int mods = mods_of(c.n >= 2 ? c.arg[1] : c.arg[0]);
  if (c.lead || c.middle || c.final == '$') return SEQ_NONE;
  if (c.final == 'M') return is_key(key, K_ENTER, mods);
  if (c.final == 'I') return is_key(key, K_TAB, mods);
  if (c.final == 'X') return is_key(key, '=', 0);
  if (c.final >= 'j' && c.final <= 'y') return is_key(key, (uint32_t)keypad[c.final - 'j'], 0);
  if (c.final >= 'a' && c.final <= 'd') return lettered_key((unsigned char)(c.final - 'a' + 'A'), MOD_CTRL, key);
  return lettered_key(c.final, mods, key);
}
