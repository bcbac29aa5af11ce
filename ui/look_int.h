// How the picture of a cell is looked at: a cursor on its marks, a part of its axes, series that are left out, a brush.
// The picture itself stays as the kernel made it; nothing here changes anything but what shows.
#pragma once
#include "draw/draw.h"
#include "ui/doc_int.h"
#include "ui/paint_int.h"

typedef struct App App;

typedef struct LookPlace { // in the units of the axes
  double x, y;
} LookPlace;

typedef struct Look {
  int64_t cell, run; // whose picture; of another one everything begins anew
  bool on;           // a mark is chosen
  int panel, series;
  int64_t mark;
  int alone;               // 1 + the panel that is shown by itself
  bool zoomed[2];          // x, y
  double lo[2], hi[2];     // that show then
  int past[2];             // categories that were scrolled past
  uint64_t hidden;         // names of series, in their order
  int one;                 // 1 + the name that is shown by itself
  bool brushing, by_marks; // from a mark to the cursor, or a rectangle
  int from_series;         // by_marks
  int64_t from_mark;       // by_marks
  LookPlace from, to;      // else
  bool table;              // its marks as a table
  int64_t row, top;
  int64_t base;            // whose marks the cursor counts: 0 of the whole, else the serial number of the part
  LookPlace at;            // of the cursor
  int pressed;             // button of the mouse that is down on it: 1 left, 2 right; 0 = none
  int press_x, press_y;    // where that was, of a right one where it is
  Rect r;                  // where it was drawn last
} Look;

// The kernel's own picture of the part that is looked at (look_part.c).
typedef struct LookPart {
  bool there;            // else the marks of the whole are magnified
  Plot plot;
  MsgViewPlot of, next;  // what it shows; what is asked for
  int64_t kernel, kernel_next;
  int64_t serial;        // of the answers
  uint64_t asked;        // 0 = nothing is
} LookPart;

// A picture as it shows, and where its marks stand; made for one drawing or one key.
typedef struct LookView {
  bool part;         // the kernel's own of what is looked at, else the whole, magnified
  const Plot *whole; // as the kernel made it
  Plot plot;         // what shows, sharing its numbers
  Spots spots;
  Canvas canvas;
  Arena arena;
} LookView;

const Plot *look_plot(const App *a); // the picture that shows; NULL = none
const Plot *look_part(const App *a); // its part, as the kernel has drawn it again; NULL = there is none
void look_part_ask(App *a);          // asks for it where that is due
bool look_part_take(App *a, Msg *m);
void look_part_settle(App *a, Rect r, const DrawStyle *style); // the cursor after whole and part have changed places
void look_part_fini(LookPart *part);
int64_t look_cell(const App *a);     // the index of its cell, -1 = none
// Draws the picture on r.w x r.h cells and finds its spots. End with look_view_fini.
void look_view_init(LookView *v, const App *a, const Plot *plot, Rect r, const DrawStyle *style);
void look_view_fini(LookView *v);
const Plot *look_panel(const LookView *v, int panel);           // panel -1: the plot itself
const SpotArea *look_area(const LookView *v, int panel);        // NULL = it has none
const MarkSpot *look_spot(const LookView *v, const Look *look); // of the cursor; NULL = it does not show
int look_names(const Plot *plot, const char **name, int most);  // distinct names of series, in their order
bool look_is_free(const Plot *plot);                            // places on a plane, not bars or lines on a foot
bool look_scrolls(const Plot *plot, int axis);                  // an axis of categories that can be scrolled

// Cells of an area: where a value stands, and the values that a cell stands for.
int look_column(const SpotArea *a, const Axis *x, double v);
int look_row(const SpotArea *a, const Axis *y, double v);
void look_column_range(const SpotArea *a, const Axis *x, int column, double *lo, double *hi);
void look_row_range(const SpotArea *a, const Axis *y, int row, double *lo, double *hi);

// The cells of the brush, relative to the canvas; false: there is none to be seen.
bool look_brush(const LookView *v, const Look *look, Rect *r);
int64_t look_brushed(const LookView *v, const Look *look); // marks in it

// What the cursor stands on, or the brush holds, in words.
void look_say(const LookView *v, const Look *look, Str *out);
void look_value(const Axis *a, double v, Str *out); // "5.1", "2012-03-01", "setosa"
// An expression for the rows behind it; false, and `out` says why: no rows can be named.
bool look_filter(const LookView *v, const Look *look, Str *out);
// "d" of a cell that ends in d:hist{...}; false: it is not to be seen in the text.
bool look_base(const char *text, const char *chart, Str *out);
// Rows first .. first + n of the marks as a table. End with page_fini.
void look_page(const Plot *plot, int64_t first, int64_t n, Page *page);
int64_t look_marks(const Plot *plot);

// The mouse at a cell of the picture: a button goes down, and is drawn over it (look_mouse.c).
void look_press(App *a, int x, int y, bool right);
void look_drag(App *a, int x, int y);
void look_pan(App *a, const Plot *plot, int axis, double by); // by a share of what shows (act_plot.c)

bool look_draw_line(const App *a, const Paint *p, Rect r); // on the recipe line; false = nothing to say
