// What the files of cells share: the pen that draws one plot, dots, and the glyph sets.
#pragma once
#include "draw/draw.h"

typedef struct Box {
  int x, y, w, h;
} Box;

// ---- canvas ---------------------------------------------------------------------------------------------------------
void canvas_blank(Canvas *c, Box b);
void canvas_paint(Canvas *c, int x, int y, int w, Style style);            // as background of what stands there
void canvas_over_bar(Canvas *c, int x, int y, uint32_t cp, Style style);   // canvas_put that keeps a full bar behind
void canvas_ink(Canvas *c, int x, int y, uint32_t cp, Style style);        // in a data colour, be it one of grounds
void canvas_halves(Canvas *c, int x, int y, int upper, int lower);         // two data colours in a cell; -1 = nothing
void canvas_fill_halves(Canvas *c, int x, int y, int upper, int lower);    // the same over a half that is there
void canvas_over_fill(Canvas *c, int x, int y, uint32_t cp, Style style);  // canvas_put; what filled the cell is ground
void canvas_label(Canvas *c, int x, int y, const char *text, Style style); // canvas_text that keeps what is painted
bool canvas_is_blank(const Canvas *c, int x, int y, int w);                // cells outside count as blank

// ---- colours --------------------------------------------------------------------------------------------------------
bool hue_known(Style s); // whether it is a data colour
// SGR parameters of a data colour as ink on the ground of another: `ground` counts from STYLE_GROUP0 + 1, 0 = none.
const char *hue_sgr(Style ink, int ground, const DrawStyle *style);

// ---- glyphs: one file a set -----------------------------------------------------------------------------------------
typedef struct Glyphs {
  int sx, sy;                                 // dots a cell
  uint32_t (*dots)(unsigned bits, int group); // bit row * sx + column
  uint32_t rule_x, rule_y, corner, tick_x, tick_y;
  uint32_t thin, thick, median;  // of a box plot
  uint32_t up[9], right[9];      // eighths of a cell from below and from the left, [0] blank
  uint32_t down_half, left_half; // upper and right half of a cell: ends of negative bars
  uint32_t mark[3];              // now, before, best
  uint32_t shape[6][3];          // of points: disc, ring, diamond, cross, triangle, square; small to large
  uint32_t end_left, end_right;  // of a whisker
  uint32_t stroke[3];            // of a median through the upper, a middle and the lower line of a box
  uint32_t shade[5];             // for cells that have no colour
  uint32_t below[5];             // the same below the middle of a diverging scale
  const char *minus, *cut;
} Glyphs;

// What the glyph sets of a UTF-8 terminal have in common.
#define GLYPHS_UTF8                                                                                                    \
  .rule_x = 0x2500, .rule_y = 0x2502, .corner = 0x2514, .tick_x = 0x252C, .tick_y = 0x2524, .thin = 0x2500,            \
  .thick = 0x2501, .median = 0x2503, .up = {' ', 0x2581, 0x2582, 0x2583, 0x2584, 0x2585, 0x2586, 0x2587, 0x2588},      \
  .right = {' ', 0x258F, 0x258E, 0x258D, 0x258C, 0x258B, 0x258A, 0x2589, 0x2588}, .down_half = 0x2580,                 \
  .left_half = 0x2590, .mark = {0x25CF, 0x25CB, 0x25C6},                                                               \
  .shape = {{0xB7, 0x2022, 0x25CF}, {0x2218, 0x25E6, 0x25CB}, {0xB7, 0x22C4, 0x25C6},                                  \
            {0xB7, '+', 0x254B},    {0xB7, 0x25B4, 0x25B2},   {0xB7, 0x25AA, 0x25A0}},                                 \
  .end_left = 0x251C, .end_right = 0x2524, .stroke = {0x257B, 0x2503, 0x2579},                                         \
  .below = {' ', 0x254C, 0x2500, 0x2550, 0x2261},                                                                      \
  .shade = {' ', 0x2591, 0x2592, 0x2593, 0x2588}, .minus = "−", .cut = "…"

extern const Glyphs glyphs_braille, glyphs_block, glyphs_ascii;

// ---- the pen --------------------------------------------------------------------------------------------------------
typedef struct Pen {
  const Plot *p;
  const ColourScale *colour; // of the plot, or of the whole that it is a panel of
  const DrawStyle *style;
  const Glyphs *g;
  const Glyphs *dot; // the set for dots: letters where groups would look the same without colour
  Canvas *c;
  Arena *arena;                         // scratch of this drawing
  Box room;                             // cells that the plot may use
  Box area;                             // cells between the axes
  bool panel;                           // one of several: its size and its names are not its own to choose
  bool legend;                          // a legend names the series that need it
  bool bare_x, bare_y, unnamed, untold; // axes without labels, without names; a y axis without ticks
  int left;                             // columns for labels of the y axis; -1 = as they need
  bool edges;                           // a value is an edge between cells (bars, heat) and not the middle of a dot
  Spots *spots;                         // notes where marks stand; NULL = nobody asks
  int at;                               // panel, -1 = the plot itself
} Pen;

// Share of v along an axis, clamped far outside so that it can be multiplied; NaN when v has no place.
double pen_share_x(const Pen *pen, double v);
double pen_share_y(const Pen *pen, double v);
int pen_col(const Pen *pen, double v); // column of the canvas, clamped into the area
int pen_row(const Pen *pen, double v);
bool pen_inside(const Pen *pen, double x, double y); // finite and within both axes
Style pen_style(const Series *s);
Style pen_sequential(double share); // a step of the map that can be seen on the ground
const Glyphs *pen_dots(const Plot *p, const DrawStyle *style, const Glyphs *g); // the set for its dots
void pen_more(const Pen *pen, int x, int y, int hidden);                        // "3 more"
uint32_t pen_thick(const Pen *pen, int group);  // line of a box, another for each group where there is no colour
uint32_t pen_filler(const Pen *pen, int group); // a full cell of a group; another for each where there is no colour
bool pen_has_halves(const Pen *pen);            // whether a cell can show two colours
// Text of at most `room` columns, cut with a mark; returns the columns used.
int pen_text(const Pen *pen, int x, int y, int room, const char *text, Style style);
const char *pen_minus(const Pen *pen, const char *number);      // with the set's minus signs
const char *pen_value(const Pen *pen, const Axis *a, double v); // as written beside a mark

// ---- where marks stand (spots.c) ----------------------------------------------------------------------------------
void spot_add(const Pen *pen, int series, int64_t mark, Box b); // clipped to the canvas
void spots_area(const Pen *pen);
void spots_between_axes(const Pen *pen); // the area and all marks that were drawn between axes
bool bars_box_of(const Pen *pen, const Series *s, int64_t i, Box *b);
bool heat_box_of(const Pen *pen, const Series *s, int64_t i, Box *b); // false: outside

// ---- values as colours ----------------------------------------------------------------------------------------------
typedef struct Scale {
  bool diverging, log;
  double lo, mid, hi;
} Scale;

Scale scale_of(const Pen *pen, const Series *s); // the plot's, or of the values of s
double scale_share(const Scale *c, double v);    // 0..1, diverging -1..1; 0 for what has no place
Style scale_style(const Scale *c, double v);     // a step of the whole map
Style scale_ink(const Scale *c, double v);       // one that can be seen on the ground
uint32_t scale_shade(const Pen *pen, const Scale *c, double v);
// A bar of the colours with its ends, right-aligned in the line y from column x on; the columns used, 0 = no room.
int scale_legend(const Pen *pen, int x, int y);

// ---- dots: a bitmap finer than cells --------------------------------------------------------------------------------
typedef struct Dots {
  const Glyphs *set;
  int w, h;       // cells
  uint8_t *bits;  // h x w
  uint8_t *style; // that most dots of the cell have (a majority vote, Boyer and Moore 1991)
  int32_t *vote;
  double *weight; // points in the cell, for density
  double *upper;  // those in its upper half
} Dots;

void dots_init(Dots *d, const Pen *pen);
void dots_set(Dots *d, int x, int y, double weight, Style style);
typedef struct Dash {
  int on, off; // dots drawn and left out in turn
  int at;      // dots done; goes on from piece to piece of a line
} Dash;
// Joins two places given as shares of the area. Clipped to it.
void dots_line(Dots *d, double x0, double y0, double x1, double y1, Dash *dash, Style style);
void dots_flush(const Dots *d, const Pen *pen); // onto the canvas

// ---- a raster of values ---------------------------------------------------------------------------------------------
typedef struct Raster {
  int w, h, lines; // pixels, and how many of them a cell has above each other
  double *sum, *weight;
} Raster;

void raster_init(Raster *r, const Pen *pen);
void raster_add(Raster *r, double x0, double x1, double y0, double y1, double value); // a box, in shares of the area
void raster_hexagon(Raster *r, double x, double y, double wide, double high, double value);
double raster_value(const Raster *r, int x, int row); // the mean, row 0 at the top; NaN = nothing
void raster_flush(const Raster *r, const Pen *pen, const Scale *scale);
void raster_flush_group(const Raster *r, const Pen *pen, const Series *s); // whatever the values

// ---- mark families --------------------------------------------------------------------------------------------------
bool points_is_mark(const Series *s);                               // a single point, or labelled ones
bool points_stand_out(const Plot *p, const Series *s);              // drawn as the mark of its group, not as a cloud
bool points_are_glyphs(const Pen *pen);                             // whether clouds are glyphs, not dots
uint32_t points_glyph(const Pen *pen, const Series *s, int weight); // weight 0 to 2
void points_draw(Pen *pen);
void areas_draw(Pen *pen);
void boxes_draw(Pen *pen);
void texts_draw(Pen *pen);
void bars_draw(Pen *pen);
// Column x of the area from share lo to hi, in eighths of cells; what is there at all shows one.
void bars_fill(const Pen *pen, int x, double lo, double hi, Style style);
void bars_piece(const Pen *pen, int x, double lo, double hi, const Series *s); // of a stack, on what is above it
int bars_width(const Pen *pen, int w); // the widest area <= w in which all bins are equally wide
void bars_box(const Pen *pen, int y);  // box plot in place of the axis line
void heat_draw(Pen *pen);              // CELLs and HEXes between axes

bool bars_are_stacked(const Plot *p);

// ---- the legend -----------------------------------------------------------------------------------------------------
int legend_draw(Pen *pen); // at the top of the room; the lines used. Sets pen->legend
bool legend_has(const Pen *pen, const Series *s);

// ---- whole plots within pen->room; return the lines used ------------------------------------------------------------
int rows_draw(Pen *pen);                  // bars of categories
void rows_head(const Pen *pen, int name); // names their axes
int stacks_draw(Pen *pen);                // stacked bars of categories
int matrix_draw(Pen *pen);                // cells with categories on both axes
int xy_draw(Pen *pen);                    // everything else
int xy_lines(const Pen *pen, const Plot *p); // that it takes to show all categories of the y axis; 0 = it has none
int xy_labels(Pen *pen);                  // columns that the labels of its y axis take
bool flow_is(const Plot *p);              // boxes with arrows
int flow_draw(Pen *pen);
bool branches_are(const Plot *p); // a tree (cells_branches.c)
int branches_draw(Pen *pen);
int panels_draw(Pen *pen);
int cells_picture(Pen *pen); // any of these but panels

// ---- names ----------------------------------------------------------------------------------------------------------
int names_margin(const Pen *pen); // columns wanted at the right for names of lines that end there
void names_draw(const Pen *pen);

// ---- gnuplot --------------------------------------------------------------------------------------------------------
// Runs `program` for at most `timeout_ms` and appends what it writes to `picture`. ERR_IO as gnuplot_render.
NODISCARD ErrCode gnuplot_run(Sv program, int timeout_ms, Str *picture, Err *err);
// The same by a kept one.
NODISCARD ErrCode gnuplot_draw(Gnuplot *g, Sv program, int timeout_ms, Str *picture, Err *err);
