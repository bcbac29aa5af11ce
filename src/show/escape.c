// Data never drive the terminal. A cell may hold any bytes: an ESC sequence that renames the window, a C1 control in
// one byte or two, a mark that turns the reading direction of the rest of the line, half a character that swallows the
// next one. Each is shown as an escape in Lua's own syntax, so that what is seen can be typed: \x9b is a byte,
// \u{9b} a code point. A backslash in the data stays single: paths and patterns are common, ambiguity is rare.
#include "base/utf8.h"
#include "show/show_int.h"

static bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x7F; }

static bool drives(uint32_t cp) {
  return (cp >= 0x80 && cp < 0xA0) || cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
         (cp >= 0x2066 && cp <= 0x2069);
}

static void add_byte(Str *out, unsigned char c, bool lines) {
  switch (c) {
  case '\n': str_add(out, lines ? "\n" : "\\n"); break;
  case '\t': str_add(out, lines ? "\t" : "\\t"); break;
  case '\r': str_add(out, "\\r"); break;
  default: str_addf(out, "\\x%02x", c);
  }
}

void escape_add(Str *out, Sv text, bool lines) {
  for (size_t i = 0, run = 0; i < text.n; i += run) {
    for (run = 0; i + run < text.n && is_plain((unsigned char)text.s[i + run]);) run++;
    str_addn(out, text.s + i, run);
    if (run) continue;
    int len;
    uint32_t cp = utf8_decode(text.s + i, text.n - i, &len);
    run = (size_t)len;
    if (len == 1) add_byte(out, (unsigned char)text.s[i], lines);
    else if (drives(cp)) str_addf(out, "\\u{%x}", (unsigned)cp);
    else str_addn(out, text.s + i, run);
  }
}
