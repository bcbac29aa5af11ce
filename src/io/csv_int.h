// Shared by the reader of delimited text: what becomes of the cells (text_int.h): words and columns under construction,
// and the ways through a text.
#pragma once
#include "io/text_int.h"

// ---- words.c: distinct words under construction -------------------------------------------------------------------
typedef struct WordSlot { // up to 16 bytes in a and b; longer: a is the hash, b the place of the bytes
  uint64_t a, b;
  uint32_t len, id; // id 0: free, else 1 + number
} WordSlot;
typedef struct Words {
  WordSlot *slot;
  int64_t nslot, n, cap;
  Sv *word; // by number: order of first appearance
  Arena arena;
} Words;
void words_fini(Words *w);
uint64_t words_hash(Sv text, WordSlot *key); // text has PAD readable bytes behind it
int64_t words_find(const Words *w, uint64_t hash, const WordSlot *key, Sv text); // -1: not there
int64_t words_put(Words *w, uint64_t hash, const WordSlot *key, Sv text);
static inline void words_prefetch(const Words *w, uint64_t hash) {
  if (w->nslot) __builtin_prefetch(&w->slot[hash & (uint64_t)(w->nslot - 1)]);
}

// ---- digits.c: cells that are plain numbers -----------------------------------------------------------------------
// Reads cells j of the rows from `begin` on, out[i] of row i, as long as they are plain numbers; returns the row of the
// first that is not, or `end`. The text has PAD readable bytes on either side.
int64_t digits_reals(const Block *b, const Marks *marks, int64_t begin, int64_t end, int j, double *out);
int64_t digits_ints(const Block *b, const Marks *marks, int64_t begin, int64_t end, int j, int64_t *out); // -0 is none

// ---- build.c: columns under construction --------------------------------------------------------------------------
enum { SHOWN = 5 };
typedef struct Shown { // the first dissenters, for the ledger
  int64_t n, row[SHOWN];
  char *text[SHOWN];
} Shown;
typedef struct RowList {
  int64_t *row, n, cap;
} RowList;
typedef struct Part { // what one block adds to one column
  int64_t missing, dissent;
  bool real, zoned; // real: of an int column: these rows hold reals
  Shown shown;
  Words news;        // words that the column did not have ...
  RowList news_rows; // ... and the rows that have one of them, by its number in `news` until it is merged
  RowList zeros;     // rows with -0, which as an int has no sign
  Str bytes;         // HOLD_TEXTS
  Arena scratch;
} Part;
typedef enum { HOLD_NONE, HOLD_VALUES, HOLD_WORDS, HOLD_TEXTS } Hold; // NONE: not wanted
typedef struct Build {
  Hold hold;
  ColType type; // HOLD_VALUES: what cells are read as
  const ValueStyle *style; // NULL: plain
  bool forced;  // the type was asked for: no cell can change it
  char *data;   // HOLD_WORDS: word numbers, HOLD_TEXTS: lengths, 4 bytes each
  size_t width; // bytes of a row in data
  uint64_t *valid;
  bool real, zoned;
  RowList ints, zeros; // ints: pairs of first row and end that hold ints, once real
  Words words;
  Str bytes;
  int64_t cap, missing, dissent;
  Shown shown;
} Build;
void build_init(Build *b, Hold hold, ColType type);
void build_fini(Build *b);
NODISCARD ErrCode build_room(Job *job, Build *b, int64_t n, int64_t rows, Err *err); // `rows` of which n are filled
// Rows begin .. end of the block become rows from `row` on. Blocks may be added side by side, each with its own part.
void build_add(Build *b, Part *p, const Block *block, int64_t begin, int64_t end, int j, int64_t row,
               const Marks *marks);
// Takes a part in; parts come in the order of their rows. `row`, `n`: those of the part, which is empty afterwards.
void build_merge(Build *b, Part *p, int64_t row, int64_t n);
void part_fini(Part *p);
// The column of n rows; the build is empty afterwards.
NODISCARD ErrCode build_take(Job *job, Build *b, int64_t n, Column **out, Err *err);

// ---- stream.c: text into columns ----------------------------------------------------------------------------------
enum { WIDTHS = 64 };
typedef struct Widths { // of the records that did not fit; the first WIDTHS distinct ones
  int64_t width[WIDTHS], times[WIDTHS];
  int n;
} Widths;
void widths_add(Widths *w, int64_t width);
// The width that most of the misfits have, when more than half of the rows, and two at least, are misfits and it keeps
// more of them; else the present one.
int64_t widths_better(const Widths *w, int64_t present, int64_t rows, int64_t ragged);
void ragged_reason(char *buf, size_t size, int64_t fields, int64_t expected); // "2 fields, 3 expected"
extern const char CLOSES_LATER[]; // the fault of a record of several lines with a wrong number of fields

typedef struct StreamSizes { // in bytes; what is read does not depend on them
  size_t first, most;        // windows
  size_t grain;              // a chunk
  size_t careful;            // what libcsv reads at least
} StreamSizes;
typedef struct Stream {
  Job *job;
  Source *from;
  Dialect dialect;
  Marks marks;
  StreamSizes sizes;
  int64_t start, start_line; // of the first record
  int64_t limit;             // rows wanted; -1: all
  int ncol;
  Build *col;
  bool again; // only the columns are wanted: the rest is known
  // what comes out
  int64_t nrow, ragged, stray, stray_line, nul, nul_line, comments, comment_line;
  Widths other;
  LineMap lines;
  Quarantine bad;
  bool encoded; // ERR_PARSE: the text is not UTF-8
  // while reading
  int64_t at, line;
  Window window;
  Part *part;
  int64_t npart;
} Stream;
NODISCARD ErrCode stream_read(Stream *s, Err *err);
void stream_fini(Stream *s);

// ---- start.c: where the table of a text begins, and its dialect ---------------------------------------------------
typedef struct Before { // a line before the table
  int64_t line;
  Sv raw;            // in the text
  const char *fault; // why it could not be read, or NULL
} Before;
typedef struct Start {
  Dialect dialect;
  size_t at;    // of the table: bytes into the text
  int64_t line; // of the table
  int64_t width;
  int64_t comments, comment_line; // left out before the table
  char mark[COMMENT_MOST + 1];    // of the comments
  Before *before;
  int64_t nbefore;
  const char *header_why;
} Start;
// Decides from the beginning of a text, whose first line is `line`. ERR_ARG an option that cannot be; ERR_PARSE no line
// that can be read.
NODISCARD ErrCode start_find(Sv text, int64_t line, const Source *from, const ReadOpts *opts, Start *out, Str *notes,
                             Err *err);
void start_fini(Start *s);
NODISCARD ErrCode start_keep(const Start *s, Quarantine *q, Err *err); // the lines before the table
// Lines left out before anything else is read, as opts->skip says: *at and *line go behind them. ERR_ARG too many.
NODISCARD ErrCode start_skip(Job *job, Source *from, const ReadOpts *opts, int64_t *at, int64_t *line, Str *notes,
                             Err *err);

// ---- csv_rows.c: records one by one -------------------------------------------------------------------------------
typedef struct Rows { // rows under construction
  Job *job;
  int64_t width, n, ragged, stray, stray_line, comments, comment_line;
  LineMap lines;
  TextBuilder *cell;
  Quarantine bad;
  Widths other;
} Rows;
void rows_init(Rows *r, Job *job, int64_t width);
void rows_fini(Rows *r);
NODISCARD ErrCode rows_add(Rows *r, const Record *rec, Err *err);
// At most `most` rows (-1: all) of a text whose first line is `line` into rows_init's.
NODISCARD ErrCode rows_read(Rows *r, Sv text, const Dialect *d, int64_t line, int64_t most, Err *err);
// The same of the table at `start`, or with another width that fits far more records.
NODISCARD ErrCode rows_read_best(Rows *r, Job *job, Sv text, const Start *start, int64_t most, Err *err);
NODISCARD ErrCode rows_take(Rows *r, RawTable *t, Err *err);

// ---- csv.c, csv_stream.c ------------------------------------------------------------------------------------------
// Names from the header of a table; text: from start->at on.
const char **csv_names(Sv text, const Start *start, int64_t width, bool last_filled, Arena *a, Str *notes);
// What is said of the lines: comments, those in quarantine, those with misplaced quotes.
void csv_note_lines(const Start *start, int64_t comments, int64_t comment_line, const Quarantine *bad, int64_t stray,
                    int64_t stray_line, Str *notes);
// The frame with its ledger and quarantine; finding: one for each column of the table.
NODISCARD ErrCode csv_frame(Job *job, RawTable *t, Finding *finding, const ReadOpts *opts, const char *path,
                            Quarantine *bad, const char *notes, Frame **out, Err *err);
// A text of UTF-8 from byte `begin` on. ERR_PARSE with *encoded set: it is not UTF-8.
NODISCARD ErrCode csv_stream(Job *job, Source *from, int64_t begin, const ReadOpts *opts, Str *notes, bool *encoded,
                             Frame **out, Err *err);
