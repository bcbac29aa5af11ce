// What the files of the gnuplot device share: ink (the program being written), words, colours, and the view of a plot.
// Places are in pixels (points of a pdf) from the lower left corner of the page.
#pragma once
#include "draw/draw_int.h"

// ---- ink: a gnuplot program as layers of strokes, fills, points and texts -------------------------------------------
typedef unsigned Colour; // 0xTTRRGGBB, T = 0 opaque

typedef struct Ink {
  Str data, plot, text; // inline blocks, clauses of the plot command, labels
  int nblock;           // blocks that were opened
  int64_t nrow;         // lines of the open one that hold numbers
  double point, stroke, letter, dash; // point size, line width, font size of one pixel; unit of dashes
  Arena arena;
} Ink;

typedef struct Type { // how a text stands: align 0 left, 0.5 centred, 1 right of its place
  double size, align;
  Colour colour;
  bool bold;
  int turn; // degrees
} Type;

void ink_init(Ink *k, ExportFormat format);
void ink_fini(Ink *k);
void ink_open(Ink *k);                                      // begins a layer, ended by one of the four closings
void ink_place(Ink *k, double x, double y);                 // a corner of a stroke or of a fill of one colour
void ink_break(Ink *k);                                     // the next corner begins another stroke or fill
void ink_corner(Ink *k, double x, double y, Colour colour); // of a fill
void ink_dot(Ink *k, double x, double y, double width, Colour colour);
void ink_close_strokes(Ink *k, double width, Colour colour, bool dashed);
void ink_close_fills(Ink *k); // of ink_corner
void ink_close_dots(Ink *k, int shape);
void ink_line(Ink *k, double x0, double y0, double x1, double y1, double width, Colour colour); // a layer of its own
void ink_rect(Ink *k, double x0, double y0, double x1, double y1, Colour colour);               // within a layer
void ink_text(Ink *k, const char *text, double x, double y, Type type);

// ---- words: sizes are estimates for Helvetica and what takes its place ----------------------------------------------
double words_width(const char *text, double size);
const char *words_fit(Ink *k, const char *text, double size, double room); // cut with … where it is wider
int words_lines(Ink *k, const char *text, double size, double room, int most, const char **line); // broken at blanks

// ---- colours --------------------------------------------------------------------------------------------------------
enum {
  COLOUR_TITLE = 0x111111,
  COLOUR_NAME = 0x262626,
  COLOUR_TICK = 0x4D4D4D,
  COLOUR_AXIS = 0x595959,
  COLOUR_FAINT = 0xA6A6A6,
  COLOUR_WORDS = 0x6B6B6B
};
typedef struct Shades { // values to colours
  ColourRole role;
  double lo, mid, hi;
  bool log;
  bool pale; // begins near white: of cells, which have a ground of their own
} Shades;

Colour colour_group(const Series *s);
Colour colour_thin(Colour c, double opaque); // 0 unseen to 1 solid
bool colour_is_dark(Colour c);
Shades colour_shades(const ColourScale *scale, const Series *s);
Colour colour_at(const Shades *m, double v);

// ---- a view: one pair of axes ---------------------------------------------------------------------------------------
enum { TICKS_MOST = 64 };
typedef struct Ticks {
  int n;
  double at[TICKS_MOST];
  const char *text[TICKS_MOST];
  double widest, size; // pixels: of the longest text, of the letters
} Ticks;

typedef struct Rect {
  double x0, y0, x1, y1;
} Rect;

typedef struct Edges { // room around the area
  double left, right, bottom, top;
} Edges;

enum { VIEW_NAMES = 200 };
typedef struct View {
  const Plot *p, *page; // this one; the one that it is a panel of, or itself
  Ink *ink;
  const Axis *x, *y;           // as they lie on the page
  const char *x_name, *y_name; // NULL = not written here
  const char *title;           // above a panel; NULL = none
  bool turned;                 // bars of categories, the first at the top: the axes change places
  bool x_labels, y_labels;
  bool slant; // names of categories below
  const ColourScale *scale;
  double u;            // pixels of one unit of design: 800 x 500 of them are a page
  double gap_x, gap_y; // between the area and the axis at its left, below it
  Ticks tx, ty;
  Rect area;
  Rect placed[VIEW_NAMES]; // texts that stand already
  int nplaced;
} View;

void view_init(View *v, const Plot *p, const Plot *page, Ink *ink, double u);
// Ticks and the room that everything around the area needs, when the view has w x h pixels in all.
Edges view_edges(View *v, double w, double h);
void view_fit(View *v); // chooses the ticks again for the area
// Place on the page; NaN for what has none. Far outside is moved near.
double view_x(const View *v, double value);
double view_y(const View *v, double value);
bool view_place(const View *v, double x, double y, double *px, double *py); // of data; false when it has none
bool view_inside(const View *v, double px, double py);
bool view_clip(const View *v, double *x0, double *y0, double *x1, double *y1); // a stroke; false when all is outside
// Writes a text at the first of the n places (x, y, align) where it meets no other, and keeps the place.
typedef struct Spot {
  double x, y, align;
} Spot;
bool view_name(View *v, const char *text, const Spot *spot, int n, Colour colour);
void view_draw(View *v); // marks, axes, names

void axis_fit(const View *v, char axis, int most, Ticks *t); // ticks that do not touch
void axis_draw(View *v);
void marks_draw(View *v);
void ends_draw(View *v);          // names of series at their ends
double ends_width(const View *v); // room wanted for them at the right

double marks_foot(const View *v); // where bars and areas without y2 stand, a value of the y axis of the data

// ---- beside the views -----------------------------------------------------------------------------------------------
bool key_has(const Plot *page, const Series *s);      // the name of this series stands in the key
double key_width(const Plot *page, Ink *k, double u); // 0: there is nothing to explain
void key_draw(const Plot *page, Ink *k, double u, double x, double top);
void multiples_draw(const Plot *p, Ink *k, Rect room, double u);

// ---- the text alternative -------------------------------------------------------------------------------------------
// Puts title and description into a picture that gnuplot made, from byte `start` of it.
void alt_embed(const Plot *p, ExportFormat format, size_t start, Str *picture);
