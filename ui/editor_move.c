// Borders in the text of an editor. A character is a code point with the combining marks that follow it; a mark at the
// beginning of a line is a character of its own. A malformed byte is one too.
#include "base/utf8.h"
#include "ui/editor_int.h"

static bool is_mark(uint32_t cp) { return cp >= 0x300 && utf8_cp_width(cp) == 0; }

static uint32_t decode(const Editor *e, size_t at, size_t *next) {
  int len;
  uint32_t cp = utf8_decode(e->text.s + at, e->text.n - at, &len);
  *next = at + (size_t)len;
  return cp;
}

// Where the code point begins that ends at `at`.
static size_t code_prev(const Editor *e, size_t at) {
  for (size_t n = at < 4 ? at : 4; n > 1; n--) {
    int len;
    utf8_decode(e->text.s + at - n, n, &len);
    if ((size_t)len == n) return at - n;
  }
  return at - 1;
}

// Past the code point that `at` is inside of.
static size_t code_snap(const Editor *e, size_t at) {
  size_t next;
  for (size_t back = 1; back < 4 && back <= at; back++) {
    decode(e, at - back, &next);
    if (next > at) return next;
  }
  return at;
}

size_t edit_snap(const Editor *e, size_t at) {
  size_t next;
  if (at >= e->text.n) return e->text.n;
  at = code_snap(e, at);
  while (at && at < e->text.n && e->text.s[at - 1] != '\n' && is_mark(decode(e, at, &next))) at = next;
  return at;
}

size_t edit_next(const Editor *e, size_t at) {
  size_t next;
  if (at >= e->text.n) return e->text.n;
  decode(e, at, &next);
  return edit_snap(e, next);
}

size_t edit_prev(const Editor *e, size_t at) {
  if (!at) return 0;
  do at = code_prev(e, at);
  while (at && edit_snap(e, at) != at);
  return at;
}

bool edit_is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

size_t edit_word_next(const Editor *e, size_t at) {
  while (at < e->text.n && !edit_is_word(e->text.s[at])) at = edit_next(e, at);
  while (at < e->text.n && edit_is_word(e->text.s[at])) at = edit_next(e, at);
  return at;
}

static bool word_before(const Editor *e, size_t at) { return edit_is_word(e->text.s[edit_prev(e, at)]); }

size_t edit_word_prev(const Editor *e, size_t at) {
  while (at && !word_before(e, at)) at = edit_prev(e, at);
  while (at && word_before(e, at)) at = edit_prev(e, at);
  return at;
}

size_t edit_line_begin(const Editor *e, size_t at) {
  while (at && e->text.s[at - 1] != '\n') at--;
  return at;
}

size_t edit_line_end(const Editor *e, size_t at) {
  while (at < e->text.n && e->text.s[at] != '\n') at++;
  return at;
}

size_t edit_blanks_end(const Editor *e, size_t at) {
  while (at < e->text.n && (e->text.s[at] == ' ' || e->text.s[at] == '\t')) at++;
  return at;
}
