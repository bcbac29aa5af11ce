// What a value looks like, ready to be sent, stored, printed or drawn. A Shown holds text only: who makes it knows
// columns and digits, who prints it knows the terminal or the file format, and neither knows the other.
#pragma once
#include "base/mem.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum {
  ALIGN_LEFT,
  ALIGN_RIGHT,
  ALIGN_POINT, // numbers: decimal points stand below each other
} Align;

typedef enum {
  CELL_TEXT,   // quoted in json; the only kind that may be cut to fit a screen
  CELL_NUMBER, // bare in json, never cut
  CELL_BOOL,   // true or false
} CellKind;

typedef struct PageCol {
  const char *name;
  char sign; // type glyph ~ # % @ ? or 0 for none
  Align align;
  CellKind kind;
} PageCol;

// Some rows of a table as formatted text. Everything that it points to lives in its arena.
typedef struct Page {
  const char *title; // NULL = none
  int64_t nrow;      // rows of the whole object
  int64_t first;     // 0-based row of the object that is row 0 here
  int64_t shown;     // rows here
  int ncol;
  PageCol *col;
  const char **cell; // shown x ncol, row-major; NULL = missing
  bool row_numbers;
  Arena arena;
} Page;

// A page of `shown` rows and `ncol` columns without names, all cells missing, nrow = shown. End with page_fini.
void page_init(Page *p, int64_t shown, int ncol);
void page_fini(Page *p);
// Names column j; copies `name`.
void page_col(Page *p, int j, const char *name, char sign, Align align, CellKind kind);
// Fills cell (i, j); copies `text`, NULL = missing. Texts hold no NUL byte.
void page_cell(Page *p, int64_t i, int j, const char *text);
const char *page_get(const Page *p, int64_t i, int j); // borrowed; NULL = missing
size_t show_head(Sv title); // bytes of its first sentence

typedef enum { SHOWN_TEXT, SHOWN_PAGE, SHOWN_ERROR } ShownKind;

typedef struct Shown {
  ShownKind kind;
  const char *text; // of TEXT and ERROR
  const char *json; // of TEXT: the same value as JSON where it has a better form than a string; NULL = none
  Page page;        // its arena owns `text` and `json` too
} Shown;

// Makes a SHOWN_TEXT or SHOWN_ERROR; copies `text` and `json` (NULL allowed). A SHOWN_PAGE is made by setting `kind`
// and calling page_init on `page`. Both end with shown_fini.
void shown_text(Shown *s, ShownKind kind, const char *text, const char *json);
void shown_fini(Shown *s);

// One line here and one file show_<word>.c make a format.
#define SHOW_FORMATS(X)                                                                                                \
  X(FORMAT_TEXT, text)                                                                                                 \
  X(FORMAT_CSV, csv)                                                                                                   \
  X(FORMAT_JSON, json)                                                                                                 \
  X(FORMAT_MD, md)

#define SHOW_FORMAT_NAME(NAME, word) NAME,
typedef enum { SHOW_FORMATS(SHOW_FORMAT_NAME) } ShowFormat;
#undef SHOW_FORMAT_NAME

typedef struct ShowStyle {
  ShowFormat format;
  bool utf8;   // glyphs … · − or their ASCII stand-ins; data keep their letters either way
  bool colour; // SGR sequences; text format only
  int width;   // columns of the screen, 0 = no limit; text format only
} ShowStyle;

// Appends `s` in the style's format, ending in a line end.
// text: aligned columns; control characters, C1, direction marks and malformed bytes become visible escapes.
// csv: RFC 4180 with LF; missing is an empty field, empty text is "". json: an array with one object a line; nan and
// inf are null. md: a table as GitHub reads it. An error is a line that starts with "!" in text, else a field "error".
void show_print(const Shown *s, const ShowStyle *style, Str *out);
// Appends `text` so that it cannot drive a terminal: \n, \t, \x1b for control characters and malformed bytes, \u{9b}
// for C1, direction marks and line separators. With `lines`, line ends and tabs stay as they are.
void escape_add(Str *out, Sv text, bool lines);
// "text", "csv", "json", "md"; false for any other word.
bool show_parse_format(Sv word, ShowFormat *format);
