// What the files of cells share: the pen that draws one plot, dots, and the glyph sets.
#pragma once
#include "draw/draw.h"

typedef struct Box {
  int x, y, w, h;
} Box;

// ---- canvas ---------------------------------------------------------------------------------------------------------
void canvas_blank(Canvas *c, Box b);
void canvas_paint(Canvas *c, int x, int y, int w, Style style);          // as background of what stands there
void canvas_over_bar(Canvas *c, int x, int y, uint32_t cp, Style style); // canvas_put that keeps a full bar behind
bool canvas_is_blank(const Canvas *c, int x, int y, int w);              // cells outside count as blank

// ---- glyphs: one file a set -----------------------------------------------------------------------------------------
typedef struct Glyphs {
  int sx, sy;                                 // dots a cell
  uint32_t (*dots)(unsigned bits, int group); // bit row * sx + column
  uint32_t rule_x, rule_y, corner, tick_x, tick_y;
  uint32_t thin, thick, median;  // of a box plot
  uint32_t up[9], right[9];      // eighths of a cell from below and from the left, [0] blank
  uint32_t down_half, left_half; // upper and right half of a cell: ends of negative bars
  uint32_t mark[3];              // now, before, best
  uint32_t shade[5];             // for cells that have no colour
  const char *minus, *cut;
} Glyphs;

// What the glyph sets of a UTF-8 terminal have in common.
#define GLYPHS_UTF8                                                                                                    \
  .rule_x = 0x2500, .rule_y = 0x2502, .corner = 0x2514, .tick_x = 0x252C, .tick_y = 0x2524, .thin = 0x2500,            \
  .thick = 0x2501, .median = 0x2503, .up = {' ', 0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588},      \
  .right = {' ', 0x258F, 0x258E, 0x258D, 0x258C, 0x258B, 0x258A, 0x2589, 0x2588}, .down_half = 0x2580,                 \
  .left_half = 0x2590, .mark = {0x25CF, 0x25CB, 0x25C6}, .shade = {' ', 0x2591, 0x2592, 0x2593, 0x2588}, .minus = "−", \
  .cut = "…"

extern const Glyphs glyphs_braille, glyphs_block, glyphs_ascii;

// ---- the pen --------------------------------------------------------------------------------------------------------
typedef struct Pen {
  const Plot *p;
  const DrawStyle *style;
  const Glyphs *g;
  const Glyphs *dot; // the set for dots: letters where groups would look the same without colour
  Canvas *c;
  Arena *arena; // scratch of this drawing
  Box room;     // cells that the plot may use
  Box area;     // cells between the axes
  bool edges;   // a value is an edge between cells (bars, heat) and not the middle of a dot
} Pen;

// Share of v along an axis, clamped far outside so that it can be multiplied; NaN when v has no place.
double pen_share_x(const Pen *pen, double v);
double pen_share_y(const Pen *pen, double v);
int pen_col(const Pen *pen, double v); // column of the canvas, clamped into the area
int pen_row(const Pen *pen, double v);
bool pen_inside(const Pen *pen, double x, double y); // finite and within both axes
Style pen_style(const Series *s);
Style pen_sequential(double share); // a step of the map that can be seen on the ground
// Text of at most `room` columns, cut with a mark; returns the columns used.
int pen_text(const Pen *pen, int x, int y, int room, const char *text, Style style);
const char *pen_minus(const Pen *pen, const char *number);      // with the set's minus signs
const char *pen_value(const Pen *pen, const Axis *a, double v); // as written beside a mark

// ---- dots: a bitmap finer than cells --------------------------------------------------------------------------------
typedef struct Dots {
  const Glyphs *set;
  int w, h;       // cells
  uint8_t *bits;  // h x w
  uint8_t *style; // that most dots of the cell have (a majority vote, Boyer and Moore 1991)
  int32_t *vote;
  double *weight; // points in the cell, for density
} Dots;

void dots_init(Dots *d, const Pen *pen);
void dots_set(Dots *d, int x, int y, double weight, Style style);
// Joins two places given as shares of the area; every `sparse`-th dot only. Clipped to the area.
void dots_line(Dots *d, double x0, double y0, double x1, double y1, int sparse, Style style);
void dots_flush(const Dots *d, const Pen *pen); // onto the canvas

// ---- mark families --------------------------------------------------------------------------------------------------
bool points_is_mark(const Series *s); // drawn as a glyph with a label, not as dots
void points_draw(Pen *pen);
void bars_draw(Pen *pen);
int bars_width(const Pen *pen, int w); // the widest area <= w in which all bins are equally wide
void bars_box(const Pen *pen, int y);  // box plot in place of the axis line
void heat_draw(Pen *pen);              // CELLs between number axes

// ---- whole plots within pen->room; return the lines used ------------------------------------------------------------
int rows_draw(Pen *pen);   // bars of categories
int matrix_draw(Pen *pen); // cells with categories on both axes
int xy_draw(Pen *pen);     // everything else

// ---- names ----------------------------------------------------------------------------------------------------------
int names_margin(const Pen *pen); // columns wanted at the right for names of lines that end there
void names_draw(const Pen *pen);

// ---- gnuplot --------------------------------------------------------------------------------------------------------
// Runs `program` for at most `timeout_ms` and appends what it writes to `picture`. ERR_IO as gnuplot_render.
NODISCARD ErrCode gnuplot_run(Sv program, int timeout_ms, Str *picture, Err *err);
