#include "ui/field_int.h"

#include "base/utf8.h"

void field_fini(Field *f) {
  str_fini(&f->text);
  *f = (Field){0};
}

void field_set(Field *f, const char *text) {
  str_clear(&f->text);
  str_add(&f->text, text);
  f->at = f->text.n, f->scroll = 0;
}

// ---- moving --------------------------------------------------------------------------------------------------------
static size_t before(const Field *f, size_t at) {
  if (at > 0) at--;
  while (at > 0 && ((unsigned char)f->text.s[at] & 0xC0) == 0x80) at--;
  return at;
}

static size_t behind(const Field *f, size_t at) {
  if (at < f->text.n) at++;
  while (at < f->text.n && ((unsigned char)f->text.s[at] & 0xC0) == 0x80) at++;
  return at;
}

static size_t word_before(const Field *f) {
  size_t at = f->at;
  while (at > 0 && f->text.s[at - 1] == ' ') at--;
  while (at > 0 && f->text.s[at - 1] != ' ') at--;
  return at;
}

static bool go(Field *f, size_t at) {
  bool moved = at != f->at;
  f->at = at;
  return moved;
}

// ---- changing ------------------------------------------------------------------------------------------------------
static bool erase(Field *f, size_t from, size_t to) {
  if (from >= to) return false;
  memmove(f->text.s + from, f->text.s + to, f->text.n - to + 1);
  f->text.n -= to - from, f->at = from;
  return true;
}

static void insert(Field *f, const char *text, size_t n) {
  Str tail = {0};
  str_addn(&tail, str_c(&f->text) + f->at, f->text.n - f->at);
  f->text.n = f->at;
  str_addn(&f->text, text, n);
  f->at = f->text.n;
  str_addn(&f->text, str_c(&tail), tail.n);
  str_fini(&tail);
}

// A line end of pasted text becomes a blank.
static void paste(Field *f, const char *text) {
  for (const char *s = text; *s; s++) insert(f, (unsigned char)*s < 0x20 ? " " : s, 1);
}

static bool control(Field *f, uint32_t letter) {
  switch (letter) {
  case 'a': return go(f, 0), true;
  case 'e': return go(f, f->text.n), true;
  case 'b': return go(f, before(f, f->at)), true;
  case 'f': return go(f, behind(f, f->at)), true;
  case 'd': return erase(f, f->at, behind(f, f->at));
  case 'h': return erase(f, before(f, f->at), f->at);
  case 'k': return erase(f, f->at, f->text.n), true;
  case 'u': return erase(f, 0, f->at), true;
  case 'w': return erase(f, word_before(f), f->at), true;
  default: return false;
  }
}

bool field_key(Field *f, const Key *key) {
  char bytes[4];
  if (key->mods & MOD_ALT) return false;
  if (key->mods & MOD_CTRL && key->code < K_UP) return control(f, key->code);
  switch (key->code) {
  case K_LEFT: return go(f, before(f, f->at));
  case K_RIGHT: return go(f, behind(f, f->at));
  case K_HOME: return go(f, 0);
  case K_END: return go(f, f->text.n);
  case K_BACKSPACE: return erase(f, before(f, f->at), f->at);
  case K_DELETE: return erase(f, f->at, behind(f, f->at));
  case K_PASTE: return paste(f, key->paste), true;
  default:
    if (key->code >= K_UP || key->code < 0x20) return false;
    insert(f, bytes, (size_t)utf8_encode(key->code, bytes));
    return true;
  }
}

// ---- drawing -------------------------------------------------------------------------------------------------------
void field_draw(Field *f, const Paint *p, int x, int y, int w, Style style, bool focused) {
  const char *text = str_c(&f->text);
  int cursor = utf8_width((Sv){text, f->at});
  if (w < 1) return;
  if (cursor - f->scroll > w - 1) f->scroll = cursor - w + 1;
  if (cursor < f->scroll) f->scroll = cursor;
  size_t from = utf8_fit((Sv){text, f->text.n}, f->scroll);
  paint_text(p, x, y, w, text + from, style);
  if (!focused) return;
  int len = 1;
  uint32_t cp = f->at < f->text.n ? utf8_decode(text + f->at, f->text.n - f->at, &len) : ' ';
  canvas_put(p->c, x + cursor - f->scroll, y, cp, STYLE_CURSOR);
}
