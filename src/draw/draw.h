// Plots onto devices: cells of a terminal, and gnuplot for files.
#pragma once
#include "base/err.h"
#include "plot/plot.h"

// ---- styles: named by meaning; a theme turns them into colours ----------------------------------------------------
typedef enum {
  STYLE_FG, STYLE_STRONG, STYLE_DIM, STYLE_FAINT, STYLE_FOCUS, STYLE_ACCENT, STYLE_WARN,
  STYLE_GROUP0, STYLE_GROUP1, STYLE_GROUP2, STYLE_GROUP3, STYLE_GROUP4, STYLE_GROUP5, // blue, orange, then muted pairs
  STYLE_SEQ0, STYLE_SEQ9 = STYLE_SEQ0 + 9,   // sequential, ten steps
  STYLE_DIV0, STYLE_DIV8 = STYLE_DIV0 + 8,   // diverging, DIV4 is zero; painted as background
  STYLE_COUNT
} Style;

typedef struct CanvasCell {
  uint32_t cp;      // 0 = the tail of a wide character
  uint8_t style;
  uint8_t extra;    // a combining mark is not kept; 1 = background style
} CanvasCell;
typedef struct Canvas {
  int w, h;
  CanvasCell *cell; // h x w, row-major
  Arena arena;
} Canvas;
void canvas_init(Canvas *c, int w, int h); // blanks
void canvas_fini(Canvas *c);
void canvas_put(Canvas *c, int x, int y, uint32_t cp, Style style);         // outside: nothing
int canvas_text(Canvas *c, int x, int y, const char *text, Style style);    // clipped; columns used

typedef enum { GLYPHS_BRAILLE, GLYPHS_BLOCK, GLYPHS_ASCII } GlyphSet;
typedef enum { THEME_MONO, THEME_16, THEME_256 } ThemeDepth;
typedef struct DrawStyle {
  GlyphSet glyphs;
  ThemeDepth depth;
  bool light;       // a light background
} DrawStyle;

// Fills a canvas of the size it has with the plot: axes, ticks, marks, series named at their ends, reading as the last
// line where there is room. Any size from 8 x 3; what does not fit is left out, never wrong.
void draw_cells(const Plot *p, const DrawStyle *style, Canvas *out);
// The canvas as lines of text; with SGR sequences when depth is not MONO. Trailing blanks are cut.
void canvas_print(const Canvas *c, const DrawStyle *style, Str *out);
// SGR parameters of a style ("38;5;69"), "" for the default.
const char *style_sgr(Style s, const DrawStyle *style);

// ---- gnuplot ------------------------------------------------------------------------------------------------------
typedef enum { EXPORT_SVG, EXPORT_PNG, EXPORT_PDF } ExportFormat;
bool export_parse_suffix(Sv path, ExportFormat *format); // ".svg" ".png" ".pdf"
// The plot as a gnuplot program with inline data, for one terminal and size in pixels (points for pdf). Labels are
// quoted so that nothing in them is interpreted: single quotes doubled, control characters dropped, noenhanced.
void gnuplot_print(const Plot *p, ExportFormat format, int width, int height, Str *program);
// Runs gnuplot once on that program and takes the picture from its output. ERR_IO: gnuplot is not installed (says what
// to install), or what it complained of. 10 s at most.
NODISCARD ErrCode gnuplot_render(const Plot *p, ExportFormat format, int width, int height, Str *picture, Err *err);
