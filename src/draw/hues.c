// Two data colours in one cell: an ink before a ground, as half blocks need them, and the diverging map as ink.
// Sequences are borrowed, so all pairs are put together by the compiler: the six groups, the sequential map, the
// diverging map, in the order of their styles. The middle of the diverging map, which has no colour as a ground of
// numbers, is here a grey near the ground: a blank would read as missing.
#include "draw/draw_int.h"

enum { HUES = EXTRA_COUNT - EXTRA_GROUND };

// clang-format off
#define DARK(ink) \
  {ink, \
   ink ";48;5;69", ink ";48;5;215", ink ";48;5;36", ink ";48;5;175", ink ";48;5;67", ink ";48;5;95", \
   ink ";48;5;53", ink ";48;5;54", ink ";48;5;25", ink ";48;5;30", ink ";48;5;36", \
   ink ";48;5;71", ink ";48;5;77", ink ";48;5;148", ink ";48;5;220", ink ";48;5;226", \
   ink ";48;5;39", ink ";48;5;32", ink ";48;5;25", ink ";48;5;24", ink ";48;5;236", \
   ink ";48;5;94", ink ";48;5;130", ink ";48;5;172", ink ";48;5;208"}
#define LIGHT(ink) \
  {ink, \
   ink ";48;5;26", ink ";48;5;166", ink ";48;5;29", ink ";48;5;132", ink ";48;5;68", ink ";48;5;180", \
   ink ";48;5;226", ink ";48;5;220", ink ";48;5;148", ink ";48;5;77", ink ";48;5;71", \
   ink ";48;5;36", ink ";48;5;30", ink ";48;5;25", ink ";48;5;54", ink ";48;5;53", \
   ink ";48;5;75", ink ";48;5;117", ink ";48;5;153", ink ";48;5;195", ink ";48;5;254", \
   ink ";48;5;230", ink ";48;5;223", ink ";48;5;215", ink ";48;5;208"}
#define SIXTEEN(ink) \
  {ink, \
   ink ";104", ink ";43", ink ";46", ink ";45", ink ";44", ink ";103", \
   ink ";45", ink ";45", ink ";44", ink ";44", ink ";46", ink ";46", ink ";42", ink ";102", ink ";103", ink ";103", \
   ink ";104", ink ";104", ink ";44", ink ";44", ink ";100", ink ";43", ink ";43", ink ";103", ink ";103"}

static const char *const ON_DARK[][HUES + 1] = {
    DARK("38;5;69"), DARK("38;5;215"), DARK("38;5;36"), DARK("38;5;175"), DARK("38;5;67"), DARK("38;5;95"),
    DARK("38;5;53"), DARK("38;5;54"), DARK("38;5;25"), DARK("38;5;30"), DARK("38;5;36"),
    DARK("38;5;71"), DARK("38;5;77"), DARK("38;5;148"), DARK("38;5;220"), DARK("38;5;226"),
    DARK("38;5;39"), DARK("38;5;32"), DARK("38;5;25"), DARK("38;5;24"), DARK("38;5;236"),
    DARK("38;5;94"), DARK("38;5;130"), DARK("38;5;172"), DARK("38;5;208"),
};
static const char *const ON_LIGHT[][HUES + 1] = {
    LIGHT("38;5;26"), LIGHT("38;5;166"), LIGHT("38;5;29"), LIGHT("38;5;132"), LIGHT("38;5;68"), LIGHT("38;5;180"),
    LIGHT("38;5;226"), LIGHT("38;5;220"), LIGHT("38;5;148"), LIGHT("38;5;77"), LIGHT("38;5;71"),
    LIGHT("38;5;36"), LIGHT("38;5;30"), LIGHT("38;5;25"), LIGHT("38;5;54"), LIGHT("38;5;53"),
    LIGHT("38;5;75"), LIGHT("38;5;117"), LIGHT("38;5;153"), LIGHT("38;5;195"), LIGHT("38;5;254"),
    LIGHT("38;5;230"), LIGHT("38;5;223"), LIGHT("38;5;215"), LIGHT("38;5;208"),
};
static const char *const ON_SIXTEEN[][HUES + 1] = {
    SIXTEEN("94"), SIXTEEN("33"), SIXTEEN("36"), SIXTEEN("35"), SIXTEEN("34"), SIXTEEN("93"),
    SIXTEEN("35"), SIXTEEN("35"), SIXTEEN("34"), SIXTEEN("34"), SIXTEEN("36"),
    SIXTEEN("36"), SIXTEEN("32"), SIXTEEN("92"), SIXTEEN("93"), SIXTEEN("93"),
    SIXTEEN("94"), SIXTEEN("94"), SIXTEEN("34"), SIXTEEN("34"), SIXTEEN("90"),
    SIXTEEN("33"), SIXTEEN("33"), SIXTEEN("93"), SIXTEEN("93"),
};
// clang-format on

bool hue_known(Style s) { return s >= STYLE_GROUP0 && s < STYLE_GROUP0 + HUES; }

const char *hue_sgr(Style ink, int ground, const DrawStyle *style) {
  int i = (int)ink - STYLE_GROUP0;
  switch (style->depth) {
  case THEME_256: return style->light ? ON_LIGHT[i][ground] : ON_DARK[i][ground];
  case THEME_16: return ON_SIXTEEN[i][ground];
  default: return "";
  }
}
