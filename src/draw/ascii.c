// The glyph set for anything that is not UTF-8: one mark a cell, another letter for each group.
#include "draw/draw_int.h"

static uint32_t ascii_dots(unsigned bits, int group) {
  static const uint32_t mark[] = {'*', 'o', '+', 'x', '%', '&'};
  return bits == 0 ? ' ' : group < 0 ? '.' : mark[group % 6];
}

const Glyphs glyphs_ascii = {
    .sx = 1,
    .sy = 1,
    .dots = ascii_dots,
    .rule_x = '-',
    .rule_y = '|',
    .corner = '+',
    .tick_x = '+',
    .tick_y = '+',
    .thin = '-',
    .thick = '=',
    .median = '|',
    .up = {' ', '.', '.', '.', ':', ':', ':', '#', '#'},
    .right = {' ', '-', '-', '-', '=', '=', '=', '#', '#'},
    .down_half = '#',
    .left_half = '#',
    .mark = {'@', 'o', '*'},
    .shape = {{'.', 'o', '@'}, {',', 'c', 'o'}, {'.', 'v', '*'}, {'.', 't', '+'}, {'.', 'n', '^'}, {'.', 's', '#'}},
    .end_left = '|',
    .end_right = '|',
    .stroke = {'|', '|', '|'},
    .shade = {' ', '.', ':', '*', '#'},
    .below = {' ', '-', '-', '=', '='},
    .minus = "-",
    .cut = "~",
};
