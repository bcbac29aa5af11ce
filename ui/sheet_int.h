// The table that is looked at: what the kernel has told of it, where the cursor is, and where its columns stand.
#pragma once
#include "base/mem.h"
#include "base/regex.h"
#include "ui/keys_int.h"
#include "ui/picks_int.h"
#include "ui/paint_int.h"
#include "wire/wire.h"

typedef struct App App;

// A table that is looked at (sheet.c): which rows and columns show, and what the kernel has told of them. Rows come as
// pages that hold the frozen columns and a run of others around those that show; all columns when there are few.
typedef struct SheetPage {
  Msg m;               // MSG_PAGE; MSG_NONE = free
  int frozen, from, n; // its columns: the first `frozen` of the table, then n from `from` on
  int64_t first, rows; // as asked for
  int64_t used;        // clock of the last look; the least recent one goes
} SheetPage;
typedef struct SheetWidth { // of a column, in columns of the screen; grows with what was seen
  int left, right;          // before and from the decimal point on
  bool wide;                // as wide as its content
} SheetWidth;
#define SEARCH_SIGNS "\\.[](){}*+?|^$" // a text with one of them is a pattern
enum { SHEET_PAGES = 4, SHEET_PROFILES = 16, SHEET_ROWS = 200 };
typedef struct Sheet {
  char *object;    // "d", "#7"; NULL = none
  int64_t version; // of what is asked for; 0 = not known
  int64_t nrow;    // as far as known
  int ncol;
  int64_t row, top;  // cursor and first line, from 0
  int col, left;     // cursor and first column shown, from 0
  int frozen;        // columns that stay at the left
  bool exact;        // all digits
  int lines, across; // rows and columns that showed last
  int heading;       // where the cursor goes: 1 down, -1 up
  int64_t note;      // cursor in the notes
  Picks picks;       // selected rows, of this version
  int64_t pick_from; // row + 1 where a range begins; 0 = none is being drawn
  uint64_t follow_asked; // where the selected rows of the version before stand; 0 = nothing under way
  Msg heads, notes;  // MSG_HEADS, MSG_NOTES; kind MSG_NONE = not there yet
  Msg profile[SHEET_PROFILES];
  int64_t profile_used[SHEET_PROFILES], clock;
  SheetPage page[SHEET_PAGES];
  SheetPage asked;                                                          // what page_asked is about
  uint64_t page_asked, heads_asked, profile_asked, notes_asked, find_asked; // requests under way, 0 = none
  int64_t page_most; // rows asked for at a time; less where a message would be too long
  int64_t profile_version; // that was the newest when the profile was asked for
  bool heads_refused, profile_refused, notes_refused;
  char *refusal;     // why the kernel shows no rows; NULL = it does
  SheetWidth *width; // ncol of them
  char *target;      // column marked by !, or NULL
  char *keep;        // name of the column that the cursor looks for in the heads to come
  char *coming;      // a column that is being made: the cursor goes there when it is
  const char **key;  // sorted by: "-age"; of the cell that made the object
  int nkey;
  bool filtered; // shows a filter's result; all_rows is what it was taken from
  int64_t all_rows;
  char *find;        // what / looked for
  int64_t find_from; // where that search began
  char *find_column; // in this column alone; NULL = all
  bool find_back, find_wrapped, find_asks_all;
  Regex *hit; // what matched is marked in the cells that show (hits.c); NULL = nothing
  RegexRun *hit_run;
  Arena hit_arena;
  char *want_target; // column whose profile is to be told when it comes (!)
  int64_t card_top;  // first line of the row card that shows
  bool card_cell;    // it shows one cell with all its text
  Msg card_row;      // MSG_PAGE of its row with all columns
  uint64_t card_asked;
  Arena arena; // of keys
} Sheet;
void sheet_init(Sheet *s);
void sheet_fini(Sheet *s);
// Shows another object from its first row. A view of what showed (v = d:sort{..}) keeps the cursor's column, the frozen
// ones and the target; anything else remembers nothing.
void sheet_open(App *a, const char *object);
void sheet_changed(App *a);      // objects have new versions: asks anew for what is out of date, keeps the cursor
void sheet_lost(Sheet *s);       // no answer will come to what was asked
// Rows of no object yet: the page is taken over (sheet_ask.c).
void sheet_show_page(Sheet *s, Page *page);
bool sheet_take(App *a, Msg *m); // an answer of the kernel; true = taken over, and then *m is empty
// Asks for what `rows` lines from `top` and the cursor's column need and is missing, and for rows ahead of the cursor.
void sheet_want(App *a, int64_t rows);
const char *sheet_cell(Sheet *s, int64_t row, int col, bool *known); // NULL and *known: missing
int sheet_sort_place(const Sheet *s, int col, bool *down);           // in the keys, from 0; -1 = not sorted by it
const WireHead *sheet_head(const Sheet *s, int col);                 // NULL = not known yet
const char *sheet_name(const Sheet *s, int col);                     // of the column; NULL = not known yet
const PageCol *sheet_form(const Sheet *s, int col);                  // how its cells are aligned; NULL = not known yet
const MsgColumn *sheet_profile(const Sheet *s, const char *column);  // NULL = not there yet
int sheet_ncol(const Sheet *s);
int64_t sheet_nrow(const Sheet *s);
bool sheet_is_picked(const Sheet *s, int64_t row);
// The rows that were selected in a table of `nrow` rows that the one that shows was made of become its selection, now,
// or when the kernel has said where they are (follow.c).
void follow_rows(App *a, const Picks *picks, const char *was, int64_t version, int64_t nrow);
void follow_take(App *a, const Msg *m);
bool sheet_is_left(const Sheet *s, int col);             // its cells stand at the left: text
int sheet_find_column(const Sheet *s, const char *name); // -1 = none, or not known yet
void sheet_move(App *a, int64_t drow, int dcol);         // within bounds
void sheet_goto(App *a, int64_t row, int col);
void sheet_seek(App *a, const char *column); // its cursor goes to the column, now or when the columns are known
void sheet_await_column(Sheet *s, const char *name); // the cursor's, as soon as the table has it
void hits_begin(Sheet *s);  // of what is searched for
void hits_forget(Sheet *s); // nothing is marked any more
// Marks them in a cell that was painted at (x, y) in w columns; those of text stand at its left.
void hits_paint(const Sheet *s, const Paint *p, int col, int x, int y, int w, const char *text);
void sheet_search(App *a, bool backward); // the next cell that holds `find`, from the cursor
void sheet_search_from(App *a, int64_t row);
void sheet_size(Sheet *s, int64_t nrow, int ncol); // of the table, as was told
void sheet_bound(Sheet *s);                        // the cursor within it
// Appends Lua that gives the table: its name, or the call of the cell that made it. False, and it was said: neither.
bool table_expression(App *a, Str *out);
bool table_lua(const App *a, Str *out); // and it was not said
void target_tell(App *a); // says what the column wanted as target is like, when that is known (act_target.c)
// Sort keys and filter of the object, from the cell that assigns it (sheet_source.c).
void sheet_read_source(App *a);
bool sheet_is_view(const App *a, const char *object, const char *from); // object = from:verb..
// The table that the one that shows was made of, and the verbs since then but those that hide columns; false: none do.
// The caller frees *base.
bool sheet_unhidden(const App *a, char **base, Str *verbs);

// Where the columns of a table stand in w columns of the screen (grid.c).
typedef struct GridCol {
  int col, x, w, strip; // strip: columns for what stands under the header
  int right;            // columns from the decimal point on
  bool cut;             // the column runs off the screen
} GridCol;
typedef struct Grid {
  GridCol *item;
  int n, number; // number: column of the screen where row numbers end
  bool more_left, more_right;
} Grid;
// Makes the cursor's column show (sets s->left). Free with grid_fini.
void grid_make(Sheet *s, int w, Grid *g);
void grid_fini(Grid *g);
