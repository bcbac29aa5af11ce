// The grammar of the screen (docs: look): titles on their rules, key bars, numbers on their points, strips.
#pragma once
#include "draw/draw.h"
#include "note/note.h"
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

// clang-format off
#define GLYPHS(X)                                                                                                      \
  X(G_RULE, "─", "-") X(G_FOCUS_RULE, "━", "=") X(G_DIVIDER, "│", "|") X(G_EDGE, "┃", "|") X(G_CURSOR_ROW, "›", ">")   \
  X(G_CRUMB, "›", ">") X(G_FOLDED, "▸", ">") X(G_MORE, "◂", "<") X(G_MISSING, "·", "-") X(G_MINUS, "−", "-")           \
  X(G_BETTER, "▴", "^") X(G_WORSE, "▾", "v") X(G_NOW, "●", "@") X(G_WAS, "○", "o") X(G_BEST, "◆", "*")                 \
  X(G_SELECTED, "•", "*") X(G_TIMES, "×", "x") X(G_SORT_UP, "↑", "^") X(G_SORT_DOWN, "↓", "v") X(G_POINTER, "▲", "^")  \
  X(G_LEFT, "←", "<") X(G_RIGHT, "→", ">") X(G_CUT, "…", "~") X(G_TICK_LEFT, "┤", "+") X(G_TICK_BELOW, "┬", "+")       \
  X(G_CORNER, "└", "+") X(G_CORNER_RIGHT, "┘", "+") X(G_TOP_LEFT, "┌", "+") X(G_TOP_RIGHT, "┐", "+") X(G_FORK, "┴", "+")
// clang-format on
#define GLYPH_NAME(NAME, utf8, ascii) NAME,
typedef enum { GLYPHS(GLYPH_NAME) G_COUNT } Glyph;
#undef GLYPH_NAME
const char *glyph(const Paint *p, Glyph g); // UTF-8 or its ASCII stand-in
void paint_to_ascii(Str *text);             // exchanges the glyphs in it for their stand-ins

// Text at (x, y) in at most w columns, cut with … (never after a blank, a comma or a full stop); control characters
// show as escapes; on a screen of ASCII the glyphs above become their stand-ins. Returns the columns used.
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
enum { KEYS_MOST = 16 };
void paint_key_bar(const Paint *p, Rect r, const KeyWord *pair, int n);
int key_bar_at(Rect r, const KeyWord *pair, int n, int x); // the pair that stands in column x, -1 = none
// Levels 0..1 as eighths ▁▂▃ (0 = blank), in ASCII digits.
void paint_spark(const Paint *p, int x, int y, const double *share, int n, Style style);
// Shares of levels over w columns, one colour a level (blue and its muted pairs); without colours or in ASCII their
// letters.
void paint_shares(const Paint *p, int x, int y, int w, const WireHead *head);
void paint_progress(const Paint *p, int x, int y, int w, double share); // ━━━━────
// A plot in the rectangle (draw_cells, blitted).
void paint_plot(const Paint *p, Rect r, const Plot *plot);
// A histogram without a vertical axis: bars over equal bins, below them the box plot as axis line and a line of ticks.
// False, and nothing is painted: the plot is another kind of picture, or r is less than 8 x 3.
// `at`: the bar that a cursor is on; -1 = none.
bool paint_histogram(const Paint *p, Rect r, const Plot *plot, int64_t at);
// Heights from 0 to 1 as bars that stand on the lowest line of r, equally wide where they fit.
void paint_bars(const Paint *p, Rect r, const double *share, int64_t n, Style style);
// The box plot alone, on the axis of such a histogram in the same columns.
void paint_box(const Paint *p, int x, int y, int w, const Plot *plot, const BoxStats *box);
const Series *histogram_bars(const Plot *plot); // NULL: another kind of picture
int64_t histogram_bar_at(const Plot *plot, int w, int x); // under column x of a histogram w columns wide; -1 = none
// One cell of a table in w columns: missing as a faint ·, "" dim, nan and inf as a warning, text at the left and cut,
// numbers at the right, `right` of their columns from the decimal point on, and … alone where they do not fit.
void paint_cell(const Paint *p, int x, int y, int w, const PageCol *col, int right, const char *text, Style style);
// Columns that the cell takes before its decimal point and from there on; those of text are all `left`.
void cell_measure(const PageCol *col, const char *text, int *left, int *right);
// A page as a table: header line (dim) and as many rows as fit, columns as wide as they need, cut at the right; a last
// line says how many rows do not show. Returns lines used.
int paint_page(const Paint *p, Rect r, const Page *page, Style style);
// Line `line` (0-based) of the Lua program `text`, from column `skip` on, in at most w columns, its tokens coloured;
// `style` overrides all colours when it is not STYLE_FG.
void paint_lua(const Paint *p, int x, int y, int w, Sv text, int line, int skip, Style style);
// The same line after line, for a long text: each call takes a line that begins at a later byte than that before.
typedef struct LuaText {
  Sv text;
  Lexer lexer;
  Token token;
} LuaText;
void lua_text_init(LuaText *t, Sv text);
void paint_lua_line(LuaText *t, const Paint *p, int x, int y, int w, size_t begin, int skip, Style style);
// An overlay: everything behind turns faint, the rectangle is blank and framed, its title ("? help") on the top rule.
void paint_overlay(const Paint *p, Rect r, const char *name, const char *what, const char *keys);
