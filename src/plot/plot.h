// A picture as data: series of marks on two axes. Made where the data is, drawn where the screen is; it knows neither
// frames nor devices. At most PLOT_MOST_BYTES when written: a chart with more than PLOT_MOST_MARKS points sends counts
// on a grid instead.
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { PLOT_MOST_BYTES = 256 * 1024, PLOT_MOST_MARKS = 20000, PLOT_GRID = 512, PLOT_MOST_PANELS = 400 };

typedef enum {
  MARK_POINT, // (x, y)
  MARK_LINE,  // (x, y) joined in order; NaN breaks the line
  MARK_STEP,  // as LINE, horizontal first
  MARK_BAR,   // from y2 (NULL: 0) to y over [x, x2]; on a category axis x is the category's number and x2 = x + 1
  MARK_CELL,  // [x, x2] x [y, y2] coloured by value, written as text (label)
  MARK_GRID,  // ncol x nrow counts over the whole axes, row 0 at the bottom
  MARK_RULE,  // a reference line from (x, y) to (x2, y2)
  MARK_AREA,  // filled between y and y2 (NULL: 0), x in order; NaN breaks it. Densities, bands, violins
  MARK_BOX,   // of a category of the y axis, over [y, y2]: five numbers on the x axis
  MARK_HEX,   // a hexagon around (x, y), coloured by value: x2 and y2 from its middle to its sides and its tips
  MARK_TEXT,  // label, centred on (x, y)
} MarkKind;

// What a colour says; devices choose the colour (see docs: look).
typedef enum { ROLE_GROUP, ROLE_SEQUENTIAL, ROLE_DIVERGING, ROLE_FAINT } ColourRole;

// Arrays are n long or NULL where the kind has no use for them.
typedef struct Series {
  MarkKind kind;
  ColourRole role;
  int group;          // 0 blue, 1 orange, ... for ROLE_GROUP
  int shape;          // of POINT: 0 disc, 1 ring, 2 diamond, 3 cross, 4 triangle, 5 square
  bool dashed;        // of LINE, STEP and RULE
  const char *name;   // written at its end; NULL = not named
  int64_t n;
  double *x, *y, *x2, *y2, *value;
  double *size;       // of POINT: area as a share of the largest, 0..1
  double *five;       // of BOX, n x 5: low whisker, q1, median, q3, high whisker; ascending
  const char **label; // of CELL and TEXT, and of POINTs that are single marks
  int64_t *rows;      // handle of the rows behind a mark (see rows_of); NULL = none, as always of GRID
  int32_t ncol, nrow; // of GRID; value holds the counts, n = ncol * nrow
} Series;

typedef enum {
  AXIS_NUMBER,
  AXIS_CATEGORY,
  AXIS_DATE, // days since 1970-01-01
  AXIS_TIME, // microseconds since 1970-01-01T00:00
  AXIS_NONE, // not drawn
} AxisKind;
// SYMLOG: linear within the axis's `linear` on both sides of 0, logarithmic beyond.
typedef enum { SCALE_LINEAR, SCALE_LOG, SCALE_SYMLOG } AxisScale;
// The column whose values an axis, the groups or the panels show, so that a mark can be turned into the rows behind it;
// column NULL = none, as for counts. Its categories are written as they are (TEXT), or are numbers or true and false.
typedef enum { VALUES_NUMBER, VALUES_TEXT, VALUES_BOOL } BehindKind;
typedef struct Behind {
  const char *column;
  BehindKind kind;
} Behind;

typedef struct Axis {
  AxisKind kind;
  const char *name;      // NULL = none
  double lo, hi;         // shown range; lo < hi; on a log axis both > 0
  AxisScale scale;
  double linear;         // of SYMLOG; > 0
  bool unit;             // lies in 0..1 by nature: no leading zero in read-outs
  bool months;           // of DATE: the year is told elsewhere, so months have names
  const char **category; // ncategory names, at 0.5, 1.5, ...
  int32_t ncategory;
  Behind of;
} Axis;

// How the values of SEQUENTIAL and DIVERGING series become colours. Without it, from the least to the greatest value;
// diverging scales are centred on mid.
typedef struct ColourScale {
  bool present;
  const char *name; // NULL = not explained beside the picture
  double lo, mid, hi;
  bool log;
} ColourScale;

// What the area of points says: 1 of Series.size is `most` of it.
typedef struct SizeScale {
  bool present;
  const char *name;
  double most;
} SizeScale;

typedef struct BoxStats { // drawn as the axis of a histogram
  bool present;
  double min, q1, median, q3, max;
} BoxStats;

typedef struct Plot Plot;
struct Plot {
  const char *title;   // may be NULL
  const char *reading; // one sentence that says what the picture shows
  const char *note;    // what is not in it ("263 missing are not shown"); may be NULL
  int64_t n;           // rows behind it
  Axis x, y;
  BoxStats box;
  ColourScale colour;
  SizeScale size;
  const char *groups;  // what names of series are values of ("species"); NULL = nothing
  const char *chart;   // recipe that made it ("hist"); NULL = none
  Behind group_of, panel_of;
  Series *series;
  int nseries;
  // Small multiples, row by row; the title of each is its name. A plot with panels has no series of its own, and its
  // axes only name what the panels share.
  Plot *panel;
  int npanel, panel_columns;
  bool share_x, share_y; // all panels have the same range, so that inner axes need no labels
  Arena arena;         // owns everything above
};

void plot_init(Plot *p);
void plot_fini(Plot *p);
// A new empty series of `n` marks with x and y allocated (x2, y2, value, label, rows by plot_array when needed).
// Borrowed until the next plot_add.
Series *plot_add(Plot *p, MarkKind kind, int64_t n);
double *plot_array(Plot *p, int64_t n);
// n empty panels, made with plot_init; plot_fini ends them too.
void plot_panels(Plot *p, int n, int columns);
void plot_copy(const Plot *from, Plot *to); // `to` is as plot_init makes it
// Copies the series of `over` onto the axes of p, which grow to hold both; its groups take the next colours. False, and
// nothing done, where the axes differ in kind, scale or categories, or either has panels.
bool plot_layer(Plot *p, const Plot *over);
// Ticks at 1-2-5 steps inside [lo, hi] (to a billionth of its length), at most `most`; on a log axis at 1, 2, 5 times
// powers of ten (SYMLOG: on both sides, and at 0), on DATE and TIME by the calendar and the clock, on CATEGORY every
// k-th. Returns how many.
int axis_ticks(const Axis *a, int most, double *tick);
// A tick as text: as many decimals as the step needs, or with step 0 as the tick needs; thousands marked; dates.
void axis_label(const Axis *a, double tick, double step, char *buf, size_t size);
// Position of v along the axis as a share of its length; may lie outside 0..1. NaN for v <= 0 on a log axis.
double axis_share(const Axis *a, double v);
double axis_value(const Axis *a, double share); // its inverse

// Bytes (little endian, versioned) and back, the same bits. A plot that would pass PLOT_MOST_BYTES is printed coarser:
// positions to 32 or 16 bits of their range, grids with counts added up by fours; at last without texts in cells and
// without handles of rows. At most PLOT_MOST_PANELS panels, which have none of their own.
// plot_parse: ERR_PARSE on anything else, and then `out` holds nothing; never reads past the end, never allocates more
// than PLOT_MOST_BYTES times 32.
void plot_print(const Plot *p, Str *out);
NODISCARD ErrCode plot_parse(Sv bytes, Plot *out, Err *err);
