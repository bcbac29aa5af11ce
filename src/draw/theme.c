// What a style looks like. A style is named by its meaning; the table gives its SGR parameters on a dark and on a light
// ground in 256 colours, in 16 colours, and without colour. The first four groups (blue, orange, bluish green, reddish
// purple) can be told apart with the usual colour-blindnesses: Okabe and Ito, "Color universal design", 2008.
// The sequential map is viridis, the nearest of the 256 colours; on a light ground it runs backwards, so that few is
// near the ground and many far from it. The diverging map is always background and brings its own ink. Shades of the
// ground (the line under the cursor, popups) exist in 256 colours only; elsewhere a glyph at the left says the same.
#include "draw/draw_int.h"

typedef struct Look {
  const char *dark, *light, *sixteen, *mono;
  const char *on[2][2]; // in 256 colours on the line under the cursor and on a popup: dark, light; NULL = the same
} Look;

// Sequences are borrowed, so what a style looks like on the two further grounds is put together by the compiler: INK
// may stand on any ground, FILL brings its own.
#define GROUNDS(dark, light) {dark "48;5;236", light "48;5;254"}, {dark "48;5;234", light "48;5;255"}
#define INK(dark, light, sixteen, mono) {dark, light, sixteen, mono, {GROUNDS(dark ";", light ";")}}
#define FILL(dark, light, sixteen, mono) {dark, light, sixteen, mono, {{NULL}}}

// clang-format off
static const Look LOOK[STYLE_COUNT] = {
    [STYLE_FG] = {"", "", "", "", {GROUNDS("", "")}},
    [STYLE_STRONG] = INK("1", "1", "1", "1"),
    [STYLE_DIM] = INK("38;5;246", "38;5;241", "", ""),
    [STYLE_FAINT] = INK("38;5;240", "38;5;249", "90", "2"),
    [STYLE_FOCUS] = INK("1;38;5;80", "1;38;5;30", "1;96", "1"),
    [STYLE_ACCENT] = INK("38;5;80", "38;5;30", "36", ""),
    [STYLE_WARN] = INK("1;38;5;204", "1;38;5;161", "1;91", "1"),
    [STYLE_GROUP0] = INK("38;5;69", "38;5;26", "94", ""),
    [STYLE_GROUP1] = INK("38;5;215", "38;5;166", "33", ""),
    [STYLE_GROUP2] = INK("38;5;36", "38;5;29", "36", ""),
    [STYLE_GROUP3] = INK("38;5;175", "38;5;132", "35", ""),
    [STYLE_GROUP4] = INK("38;5;67", "38;5;68", "34", ""),
    [STYLE_GROUP5] = INK("38;5;95", "38;5;180", "93", ""),
    [STYLE_SEQ0 + 0] = INK("38;5;53", "38;5;226", "35", ""),
    [STYLE_SEQ0 + 1] = INK("38;5;54", "38;5;220", "35", ""),
    [STYLE_SEQ0 + 2] = INK("38;5;25", "38;5;148", "34", ""),
    [STYLE_SEQ0 + 3] = INK("38;5;30", "38;5;77", "34", ""),
    [STYLE_SEQ0 + 4] = INK("38;5;36", "38;5;71", "36", ""),
    [STYLE_SEQ0 + 5] = INK("38;5;71", "38;5;36", "36", ""),
    [STYLE_SEQ0 + 6] = INK("38;5;77", "38;5;30", "32", ""),
    [STYLE_SEQ0 + 7] = INK("38;5;148", "38;5;25", "92", ""),
    [STYLE_SEQ0 + 8] = INK("38;5;220", "38;5;54", "93", ""),
    [STYLE_SEQ0 + 9] = INK("38;5;226", "38;5;53", "93", ""),
    [STYLE_DIV0 + 0] = FILL("38;5;16;48;5;39", "38;5;16;48;5;75", "30;104", "7"),
    [STYLE_DIV0 + 1] = FILL("38;5;16;48;5;32", "38;5;16;48;5;117", "97;44", "1"),
    [STYLE_DIV0 + 2] = FILL("38;5;231;48;5;25", "38;5;16;48;5;153", "94", ""),
    [STYLE_DIV0 + 3] = FILL("38;5;231;48;5;24", "38;5;16;48;5;195", "34", ""),
    [STYLE_DIV0 + 4] = INK("38;5;246", "38;5;241", "", ""),
    [STYLE_DIV0 + 5] = FILL("38;5;231;48;5;94", "38;5;16;48;5;230", "33", ""),
    [STYLE_DIV0 + 6] = FILL("38;5;231;48;5;130", "38;5;16;48;5;223", "33", ""),
    [STYLE_DIV0 + 7] = FILL("38;5;16;48;5;172", "38;5;16;48;5;215", "30;43", "1"),
    [STYLE_DIV0 + 8] = FILL("38;5;16;48;5;208", "38;5;16;48;5;208", "30;103", "7"),
    [STYLE_COLUMN] = INK("1;38;5;80", "1;38;5;30", "1;96", "1;4"),
    [STYLE_CURSOR] = FILL("38;5;16;48;5;80", "38;5;231;48;5;30", "30;46", "7"),
    [STYLE_ALARM] = FILL("38;5;16;48;5;204", "38;5;231;48;5;161", "30;101", "7"),
    [STYLE_HIT] = INK("1;4;38;5;80", "1;4;38;5;30", "1;4;96", "1;4"),
    [STYLE_BACK] = INK("38;5;238", "38;5;252", "90", "2"),
    [STYLE_STRING] = INK("38;5;150", "38;5;64", "32", ""),
    [STYLE_NOTE] = INK("3;38;5;245", "3;38;5;243", "90", "2"),
    [STYLE_KEYWORD] = INK("1", "1", "1", "1"),
    [STYLE_REST] = INK("38;5;60", "38;5;110", "90", ""),
};
// clang-format on

// High contrast: what is dim is as plain text, what is faint as dim was, the muted colours are full ones, and accents
// go to the end of their scale.
// clang-format off
static const Look CONTRAST[STYLE_COUNT] = {
    [STYLE_DIM] = INK("38;5;252", "38;5;235", "", ""),
    [STYLE_FAINT] = INK("38;5;248", "38;5;240", "", ""),
    [STYLE_FOCUS] = INK("1;38;5;123", "1;38;5;24", "", ""),
    [STYLE_ACCENT] = INK("38;5;123", "38;5;24", "", ""),
    [STYLE_WARN] = INK("1;38;5;217", "1;38;5;88", "", ""),
    [STYLE_GROUP0] = INK("38;5;111", "38;5;19", "", ""),
    [STYLE_GROUP1] = INK("38;5;221", "38;5;130", "", ""),
    [STYLE_GROUP4] = INK("38;5;75", "38;5;25", "", ""),
    [STYLE_GROUP5] = INK("38;5;180", "38;5;94", "", ""),
    [STYLE_DIV0 + 4] = INK("38;5;252", "38;5;235", "", ""),
    [STYLE_COLUMN] = INK("1;38;5;123", "1;38;5;24", "", ""),
    [STYLE_CURSOR] = FILL("1;38;5;16;48;5;123", "1;38;5;231;48;5;24", "", ""),
    [STYLE_ALARM] = FILL("1;38;5;16;48;5;217", "1;38;5;231;48;5;88", "", ""),
    [STYLE_HIT] = INK("1;4;38;5;123", "1;4;38;5;24", "", ""),
    [STYLE_BACK] = INK("38;5;244", "38;5;245", "", ""),
    [STYLE_STRING] = INK("38;5;157", "38;5;22", "", ""),
    [STYLE_NOTE] = INK("3;38;5;252", "3;38;5;235", "", ""),
    [STYLE_REST] = INK("38;5;146", "38;5;61", "", ""),
};
// clang-format on

// A line over a bar of the first group, whose colour stays behind it.
static const Look OVER_BAR = FILL("38;5;223;48;5;69", "38;5;223;48;5;26", "30;104", "7");

// The sequential map as background.
// clang-format off
static const Look SEQ_BACK[10] = {
    FILL("38;5;231;48;5;53", "38;5;16;48;5;226", "97;45", ""),
    FILL("38;5;231;48;5;54", "38;5;16;48;5;220", "97;45", ""),
    FILL("38;5;231;48;5;25", "38;5;16;48;5;148", "97;44", ""),
    FILL("38;5;231;48;5;30", "38;5;16;48;5;77", "97;44", ""),
    FILL("38;5;16;48;5;36", "38;5;16;48;5;71", "30;46", ""),
    FILL("38;5;16;48;5;71", "38;5;16;48;5;36", "30;46", ""),
    FILL("38;5;16;48;5;77", "38;5;231;48;5;30", "30;42", ""),
    FILL("38;5;16;48;5;148", "38;5;231;48;5;25", "30;102", ""),
    FILL("38;5;16;48;5;220", "38;5;231;48;5;54", "30;103", ""),
    FILL("38;5;16;48;5;226", "38;5;231;48;5;53", "30;103", ""),
};
// clang-format on

// Letters on a cell in the colour of its group.
static const Look GROUP_BACK[6] = {
    FILL("38;5;16;48;5;69", "38;5;231;48;5;26", "30;104", ""),
    FILL("38;5;16;48;5;215", "38;5;16;48;5;166", "30;43", ""),
    FILL("38;5;16;48;5;36", "38;5;231;48;5;29", "30;46", ""),
    FILL("38;5;16;48;5;175", "38;5;231;48;5;132", "30;45", ""),
    FILL("38;5;16;48;5;67", "38;5;16;48;5;68", "97;44", ""),
    FILL("38;5;231;48;5;95", "38;5;16;48;5;180", "30;103", ""),
};

// A cell of the middle of the diverging map.
static const Look ZERO_BACK = FILL("38;5;250;48;5;236", "38;5;238;48;5;254", "97;100", "");

static const char *choose(const Look *look, const DrawStyle *style) {
  switch (style->depth) {
    case THEME_PLAIN: return "";
    case THEME_MONO: return look->mono;
    case THEME_16: return look->sixteen;
    default: return style->light ? look->light : look->dark;
  }
}

static const Look *look_of(Style s, const DrawStyle *style) {
  bool high = style->contrast && style->depth == THEME_256 && CONTRAST[s].dark;
  return high ? &CONTRAST[s] : &LOOK[s];
}

const char *style_sgr(Style s, const DrawStyle *style) {
  return s < STYLE_COUNT ? choose(look_of(s, style), style) : "";
}

const char *cell_sgr(const CanvasCell *cell, const DrawStyle *style) {
  int step = cell->style - (int)STYLE_SEQ0;
  if (cell->extra == EXTRA_OVER_BAR) return choose(&OVER_BAR, style);
  if (cell->extra >= EXTRA_INK && cell->extra < EXTRA_COUNT && hue_known(cell->style))
    return hue_sgr(cell->style, cell->extra - EXTRA_INK, style);
  if (cell->extra == EXTRA_BACK && step >= 0 && step < 10) return choose(&SEQ_BACK[step], style);
  int group = cell->style - (int)STYLE_GROUP0;
  if (cell->extra == EXTRA_BACK && group >= 0 && group < 6) return choose(&GROUP_BACK[group], style);
  if (cell->extra == EXTRA_BACK && cell->style == STYLE_DIV0 + 4) return choose(&ZERO_BACK, style);
  const Look *look = look_of(cell->style < STYLE_COUNT ? cell->style : STYLE_FG, style);
  bool shaded = (cell->extra == EXTRA_ROW || cell->extra == EXTRA_POPUP) && style->depth == THEME_256;
  const char *on = shaded ? look->on[cell->extra == EXTRA_POPUP][style->light] : NULL;
  return on ? on : choose(look, style);
}
