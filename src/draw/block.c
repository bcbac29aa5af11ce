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
