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
    .rule_x = 0x2500,
    .rule_y = 0x2502,
    .corner = 0x2514,
    .tick_x = 0x252C,
    .tick_y = 0x2524,
    .thin = 0x2500,
    .thick = 0x2501,
    .median = 0x2503,
    .up = {' ', 0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588},
    .right = {' ', 0x258F, 0x258E, 0x258D, 0x258C, 0x258B, 0x258A, 0x2589, 0x2588},
    .down_half = 0x2580,
    .left_half = 0x2590,
    .mark = {0x25CF, 0x25CB, 0x25C6},
    .shade = {' ', 0x2591, 0x2592, 0x2593, 0x2588},
    .minus = "−",
    .cut = "…",
};
