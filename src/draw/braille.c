// The glyph set for UTF-8 terminals: 2 x 4 dots a cell. Unicode numbers the dots of a braille cell down the left
// column, then the right one, and the fourth row last: it was added to a code of three rows.
#include "draw/draw_int.h"

static uint32_t braille_dots(unsigned bits, int group) {
  static const uint32_t dot[8] = {0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80};
  uint32_t cp = 0x2800;
  for (int i = 0; i < 8; i++)
    if (bits >> i & 1) cp |= dot[i];
  (void)group;
  return cp;
}

const Glyphs glyphs_braille = {
    .sx = 2,
    .sy = 4,
    .dots = braille_dots,
    GLYPHS_UTF8,
};
