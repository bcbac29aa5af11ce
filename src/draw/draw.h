// Plots onto devices: cells of a terminal, and gnuplot for files.
#pragma once
#include "base/err.h"
#include "plot/plot.h"

// ---- styles: named by meaning; a theme turns them into colours ----------------------------------------------------
typedef enum {
  STYLE_FG, STYLE_STRONG, STYLE_DIM, STYLE_FAINT, STYLE_FOCUS, STYLE_ACCENT, STYLE_WARN,
  STYLE_GROUP0, STYLE_GROUP1, // blue, orange
  STYLE_GROUP2, STYLE_GROUP3, // bluish green, reddish purple
  STYLE_GROUP4, STYLE_GROUP5, // muted blue, muted orange
  STYLE_SEQ0, STYLE_SEQ9 = STYLE_SEQ0 + 9,   // sequential, ten steps
  STYLE_DIV0, STYLE_DIV8 = STYLE_DIV0 + 8,   // diverging, DIV4 is zero; painted as background
  // of a screen only:
  STYLE_COLUMN, STYLE_CURSOR, STYLE_ALARM, STYLE_HIT, STYLE_BACK,
  STYLE_STRING, STYLE_NOTE, STYLE_KEYWORD,
  STYLE_REST, // third and later levels of a strip of shares
  STYLE_COUNT
} Style;

typedef struct CanvasCell {
  uint32_t cp;      // 0 = the tail of a wide character
  uint8_t style;
  uint8_t extra;    // how the style is painted; cell_sgr knows
  uint32_t mark;    // a combining mark over cp, or 0
} CanvasCell;
// As ink; as background; as ink on a bar of the first group, on the line under the cursor, on a popup; as ink although
// it is a style of backgrounds; from EXTRA_GROUND, as ink on the ground of STYLE_GROUP0 + extra - EXTRA_GROUND (both of
// them data colours).
enum { EXTRA_NONE, EXTRA_BACK, EXTRA_OVER_BAR, EXTRA_ROW, EXTRA_POPUP, EXTRA_INK, EXTRA_GROUND,
       EXTRA_COUNT = EXTRA_GROUND + STYLE_DIV8 - STYLE_GROUP0 + 1 };
typedef struct Canvas {
  int w, h;
  CanvasCell *cell; // h x w, row-major
  Arena arena;
} Canvas;
void canvas_init(Canvas *c, int w, int h); // blanks
void canvas_fini(Canvas *c);
// Outside the canvas: nothing. Control and direction characters are dropped; a combining mark joins the character to
// its left; a wide character takes two cells or, in the last column, none; what it half covers becomes blank.
void canvas_put(Canvas *c, int x, int y, uint32_t cp, Style style);
int canvas_text(Canvas *c, int x, int y, const char *text, Style style); // clipped; columns used
// Copies `from` to (x, y), clipped; its blanks too.
void canvas_blit(Canvas *c, int x, int y, const Canvas *from);
// Paints w cells from (x, y) as EXTRA_ROW or EXTRA_POPUP, but those of STYLE_CURSOR.
void canvas_shade(Canvas *c, int x, int y, int w, int extra);
// Everything behind an overlay.
void canvas_back(Canvas *c);
void canvas_clear(Canvas *c);

typedef enum { GLYPHS_BRAILLE, GLYPHS_BLOCK, GLYPHS_ASCII } GlyphSet;
// PLAIN: files and pipes, no sequences at all. MONO: a terminal without colours; bold, dim and reverse only.
typedef enum { THEME_PLAIN, THEME_MONO, THEME_16, THEME_256 } ThemeDepth;
typedef struct DrawStyle {
  GlyphSet glyphs;
  ThemeDepth depth;
  bool light;       // a light background
  bool contrast;    // nothing is dim (256 colours)
} DrawStyle;

// Fills a canvas of the size it has with the plot, edge to edge: title, axes, ticks, marks, series named at their ends,
// note and reading as the last lines where there is room. What does not fit is left out, never wrong; below 8 x 3
// nothing may fit. A POINT series of one mark or with labels is drawn as the mark of its group (0 now, 1 before, 2
// best) with its label beside it; any other is a cloud: of glyphs by shape and size while they are few, else of dots.
// BARs on an x category axis run from left to right, stacked where y2 lifts them. Clouds, areas, boxes and stacks of
// several names are named by a line below the title, panels too; panels that do not fit are counted.
void draw_cells(const Plot *p, const DrawStyle *style, Canvas *out);
// The same, and where its marks stand, for a cursor: rectangles of cells, in the order of the series. A mark that
// cannot be seen has no spot; of a grid each cell of the canvas has one. `panel`: -1 of a plot without panels.
typedef struct MarkSpot {
  int panel, series;
  int64_t mark;
  int x, y, w, h;
} MarkSpot;
typedef struct SpotArea { // cells between two axes; dots a cell, and whether values are edges between cells (bars)
  int panel, x, y, w, h, dots_x, dots_y;
  bool edges;
} SpotArea;
typedef struct Spots {
  MarkSpot *spot;
  int64_t n;
  SpotArea *area;
  int64_t narea;
  Arena arena;
} Spots;
void spots_init(Spots *s);
void spots_fini(Spots *s);
void draw_cells_spots(const Plot *p, const DrawStyle *style, Canvas *out, Spots *spots); // adds to `spots`
// The canvas as lines of text; with SGR sequences when depth is not PLAIN. Trailing blanks are cut.
void canvas_print(const Canvas *c, const DrawStyle *style, Str *out);
// SGR parameters of a style ("38;5;69"), "" for the default.
const char *style_sgr(Style s, const DrawStyle *style);
// The same for a cell, whose style may be painted as background ("38;5;16;48;5;172").
const char *cell_sgr(const CanvasCell *cell, const DrawStyle *style);

// ---- gnuplot ------------------------------------------------------------------------------------------------------
typedef enum { EXPORT_SVG, EXPORT_PNG, EXPORT_PDF } ExportFormat;
bool export_parse_suffix(Sv path, ExportFormat *format); // ".svg" ".png" ".pdf"
// The plot as a gnuplot program with inline data, for one terminal and size in pixels (points for pdf). Labels are
// quoted so that nothing in them is interpreted; control characters are dropped.
void gnuplot_print(const Plot *p, ExportFormat format, int width, int height, Str *program);
// Runs gnuplot once on that program, takes the picture from its output and puts title, reading and note into it as
// its text alternative (<title> and <desc>, iTXt chunks, Title and Subject). ERR_IO: gnuplot is not installed (says
// what to install), or what it complained of. 10 s at most.
NODISCARD ErrCode gnuplot_render(const Plot *p, ExportFormat format, int width, int height, Str *picture, Err *err);
// A gnuplot that stays alive between pictures: started at the first one, again when it has died. The pictures are those
// of gnuplot_render.
typedef struct Gnuplot Gnuplot;
Gnuplot *gnuplot_new(void);
void gnuplot_free(Gnuplot *g); // NULL allowed
NODISCARD ErrCode gnuplot_picture(Gnuplot *g, const Plot *p, ExportFormat format, int width, int height, Str *picture,
                                  Err *err);
