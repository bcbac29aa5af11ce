// The glyph set for fonts without braille: 2 x 2 quadrants a cell.
#include "draw/draw_int.h"

static uint32_t block_dots(unsigned bits, int group) {
  // Bits: 1 upper left, 2 upper right, 4 lower left, 8 lower right.
  static const uint32_t quadrant[16] = {' ',    0x2598, 0x259D, 0x2580, 0x2596, 0x258C, 0x259E, 0x259B,
                                        0x2597, 0x259A, 0x2590, 0x259C, 0x2584, 0x2599, 0x259F, 0x2588};
  (void)group;
  return quadrant[bits & 15];
}

const Glyphs glyphs_block = {
    .sx = 2,
    .sy = 2,
    .dots = block_dots,
    GLYPHS_UTF8,
};
