// The grammar of the screen (docs: look): titles on their rules, key bars, numbers on their points, strips.
#pragma once
#include "draw/draw.h"
#include "show/show.h"
#include "wire/wire.h"

typedef struct Rect {
  int x, y, w, h;
} Rect;

// What panes paint with.
typedef struct Paint {
  Canvas *c;
  const DrawStyle *style;
} Paint;

typedef enum {
  G_RULE,
  G_FOCUS_RULE,
  G_DIVIDER,
  G_EDGE,
  G_CURSOR_ROW,
  G_CRUMB,
  G_FOLDED,
  G_MORE,
  G_MISSING,
  G_MINUS,
  G_BETTER,
  G_WORSE,
  G_NOW,
  G_WAS,
  G_BEST,
  G_SELECTED,
  G_TIMES,
  G_SORT_UP,
  G_SORT_DOWN,
  G_POINTER,
  G_LEFT,
  G_RIGHT,
  G_COUNT
} Glyph;
const char *glyph(const Paint *p, Glyph g); // UTF-8 or its ASCII stand-in

// Text at (x, y) in at most w columns, cut with … (never after a blank or a comma); control characters show as escapes.
// Returns the columns used.
int paint_text(const Paint *p, int x, int y, int w, const char *text, Style style);
int paint_right(const Paint *p, int x, int y, int w, const char *text, Style style); // ends at column x + w - 1
// Text with |style-marked| runs is not known here: call paint_text run by run.
// A title line: " N name  what ━━━━━ state". number 0 = none. At least one stroke of rule stays: `what` is cut first.
// `badge` (NULL: none) stands after the state: COMMAND strong, EDIT as cursor, FILTER as alarm.
typedef struct Badge {
  const char *text;
  Style style;
} Badge;
void paint_title(const Paint *p, Rect r, int number, const char *name, const char *what, const char *state,
                 bool focused, const Badge *badge);
// Pairs key word over the width, key in focus and word dim, evenly spread from column x + 1.
typedef struct KeyWord {
  const char *key, *word;
} KeyWord;
void paint_key_bar(const Paint *p, Rect r, const KeyWord *pair, int n);
// Levels 0..1 as eighths ▁▂▃ (0 = blank), in ASCII digits; or as the glyphs ". : #" of bars with `bars`.
void paint_spark(const Paint *p, int x, int y, const double *share, int n, Style style);
// Shares of levels over w columns, one colour a level (blue, orange, muted); in ASCII their letters.
void paint_shares(const Paint *p, int x, int y, int w, const WireHead *head);
void paint_progress(const Paint *p, int x, int y, int w, double share); // ━━━━────
// A plot in the rectangle (draw_cells, blitted).
void paint_plot(const Paint *p, Rect r, const Plot *plot);
// A page as a table: header line and as many rows as fit, columns as wide as they need, cut at the right; returns lines
// used. Missing as a faint ·, numbers on their point.
int paint_page(const Paint *p, Rect r, const Page *page, Style style);
// Lua with its tokens coloured; one line of a longer text whose lexer state is kept by giving the whole text.
// Paints line `line` (0-based) of `text` from column `skip` on; `style` overrides all colours when not STYLE_FG.
void paint_lua(const Paint *p, int x, int y, int w, Sv text, int line, int skip, Style style);
// An overlay: everything behind turns faint, the rectangle is blank and framed, its title on the top rule.
void paint_overlay(const Paint *p, Rect r, const char *name, const char *what, const char *keys);
