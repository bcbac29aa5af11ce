// Shared by the reader of delimited text: text -> windows of chunks -> blocks of cells -> columns under construction.
#pragma once
#include "io/io_int.h"

// ---- scan.c: the marks of a chunk -------------------------------------------------------------------------------------
enum { PAD = 64, NO_TROUBLE = INT32_MAX }; // PAD: readable bytes on either side of a window's text
typedef struct Chunk {
  size_t begin, end; // its bytes in the window
  bool inside;       // does it begin inside quotes?
  bool quotes;       // has it an odd number of them?
  bool ascii, valid; // valid: UTF-8, were it to begin and end between two characters
  uint32_t *pos;     // places of delimiters and line feeds outside quotes
  uint32_t *eol;     // indices into pos of the line feeds
  uint32_t *inner;   // places of line feeds inside quotes
  int64_t npos, neol, ninner, cap, eol_cap, inner_cap;
  int64_t lines;     // line feeds
  int64_t nul;       // NUL bytes
  int64_t trouble;   // the first place that only libcsv can judge, or NO_TROUBLE
} Chunk;
// Counts quotes, line feeds and NULs of text[c->begin, c->end), looks for bytes beyond ASCII.
void scan_count(const char *text, const Dialect *d, Chunk *c);
// Fills the lists; c->inside must be right. Trouble is a quote where none may stand, or a CR that ends a line alone.
void scan_marks(const char *text, size_t n, const Dialect *d, Chunk *c);
void chunk_fini(Chunk *c);
void chunk_room(Chunk *c, int64_t more); // for marks
void chunk_add_eol(Chunk *c, int64_t index);
void chunk_add_inner(Chunk *c, uint32_t at);

// ---- window.c: a piece of the text and its records --------------------------------------------------------------------
typedef struct Ragged { // a record of one line with another number of fields
  int64_t line, fields;
  size_t begin, end;
} Ragged;
typedef struct Walk { // the records that begin in a chunk
  uint32_t *first;    // of each row: the index into Chunk.pos of its first cell's end
  int64_t n, cap;
  Ragged *ragged;
  int64_t nragged, ragged_cap;
  LineMap lines;      // rows counted from the walk's first
  int64_t line;       // of the chunk's first byte
  bool stopped;   // at a record that only libcsv can judge, or that the window does not hold whole ("cut")
  bool cut;
  size_t stop;    // where that one begins
  int64_t stop_line;
} Walk;
typedef struct Window {
  char *base, *text; // text: PAD bytes into base
  size_t room, n;
  bool last;         // it reaches the end of the source
  bool open;         // it ends inside quotes
  Chunk *chunk;
  Walk *walk;
  int64_t nchunk, chunk_cap;
  int64_t used_lines; // line of the byte behind `used`
  size_t used;  // bytes of the records that were walked, and of what lies between them
  bool trouble; // used stops short of a record that only libcsv can judge
} Window;
typedef struct WindowTask {
  Job *job;
  Source *from;
  const Dialect *dialect;
  int64_t at, line; // where the window begins: always a record's first byte
  size_t size, grain; // bytes of the window and of a chunk
  int ncol;
} WindowTask;
// Reads and walks a window. ERR_IO, ERR_MEMORY; ERR_PARSE with *encoded set: it is not UTF-8.
NODISCARD ErrCode window_read(Window *w, const WindowTask *task, bool *encoded, Err *err);
void window_fini(Window *w);

// ---- block.c: cells ---------------------------------------------------------------------------------------------------
typedef enum { CELL_EMPTY, CELL_PLAIN, CELL_DOUBLED } CellKind; // EMPTY: nothing, not even quotes; DOUBLED: has ""
typedef struct Block {                                           // records of the right width
  const char *text;
  const Dialect *dialect;
  int ncol;
  int64_t n;
  const uint32_t *pos, *first; // cell j of row i ends at pos[first[i] + j] and begins behind the mark before that ...
  const Sv *cell;              // ... or, where libcsv read it, is cell[i * ncol + j]; s NULL = empty
} Block;
Sv block_edge(const Block *b, size_t begin, size_t end, CellKind *kind); // with blanks or quotes at an end

// Cell j of row i; a DOUBLED one still has its quotes doubled.
static inline Sv block_cell(const Block *b, int64_t i, int j, CellKind *kind) {
  if (b->cell) {
    Sv c = b->cell[i * b->ncol + j];
    *kind = c.s ? CELL_PLAIN : CELL_EMPTY;
    return c;
  }
  const uint32_t *p = b->pos + b->first[i] + j;
  size_t begin = p[-1] + 1u, end = p[0]; // before the first mark of all stands UINT32_MAX
  if (j + 1 == b->ncol && end > begin && b->text[end - 1] == '\r') end--;
  *kind = CELL_PLAIN;
  char quote = b->dialect->quote;
  if (end > begin && b->text[begin] > ' ' && b->text[begin] != quote && b->text[end - 1] > ' ')
    return (Sv){b->text + begin, end - begin};
  return block_edge(b, begin, end, kind);
}
// text with each doubled quote once, in the arena.
Sv block_undouble(Sv text, char quote, Arena *a);

// ---- words.c: distinct words under construction -----------------------------------------------------------------------
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
void words_init(Words *w);
void words_fini(Words *w);
uint64_t words_hash(Sv text, WordSlot *key); // text has PAD readable bytes behind it
int64_t words_find(const Words *w, uint64_t hash, const WordSlot *key, Sv text); // -1: not there
int64_t words_put(Words *w, uint64_t hash, const WordSlot *key, Sv text);
static inline void words_prefetch(const Words *w, uint64_t hash) {
  if (w->nslot) __builtin_prefetch(&w->slot[hash & (uint64_t)(w->nslot - 1)]);
}

// ---- build.c: columns under construction ------------------------------------------------------------------------------
enum { SHOWN = 5 };
typedef struct Shown { // the first dissenters, for the ledger
  int64_t n, row[SHOWN];
  char *text[SHOWN];
} Shown;
typedef struct RowList {
  int64_t *row, n, cap;
} RowList;
typedef struct Part { // what one block adds to one column
  int64_t missing, dissent, minus_zeros;
  bool real, zoned; // real: of an int column: these rows hold reals
  Shown shown;
  Words news;       // words that the column did not have ...
  RowList news_rows; // ... and the rows that have one of them, by its number in `news` until it is merged
  RowList zeros;    // rows with -0, which as an int has no sign
  Str bytes;        // HOLD_TEXTS
  Arena scratch;
} Part;
typedef enum { HOLD_NONE, HOLD_VALUES, HOLD_WORDS, HOLD_TEXTS } Hold; // NONE: not wanted
typedef struct Build {
  Hold hold;
  ColType type;            // HOLD_VALUES: what cells are read as
  bool forced;             // the type was asked for: no cell can change it
  char *data;              // HOLD_WORDS: word numbers, HOLD_TEXTS: lengths, 4 bytes each
  size_t width;            // bytes of a row in data
  uint64_t *valid;
  bool real, zoned;
  RowList ints, zeros;     // ints: pairs of first row and end that hold ints, once real
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

// ---- stream.c: text into columns --------------------------------------------------------------------------------------
enum { WIDTHS = 64 };
typedef struct Widths { // of the records that did not fit; the first WIDTHS distinct ones
  int64_t width[WIDTHS], times[WIDTHS];
  int n;
} Widths;
void widths_add(Widths *w, int64_t width);
// The width that most of the misfits have, when more than half of the rows are misfits and it keeps more of them; else
// the present one.
int64_t widths_better(const Widths *w, int64_t present, int64_t rows, int64_t ragged);
void ragged_reason(char *buf, size_t size, int64_t fields, int64_t expected); // "2 fields, 3 expected"
extern const char CLOSES_LATER[]; // the fault of a record of several lines with a wrong number of fields

typedef struct StreamSizes { // in bytes; what is read does not depend on them
  size_t first, most; // windows
  size_t grain;       // a chunk
  size_t careful;     // what libcsv reads at least
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
  bool again;                // only the columns are wanted: the rest is known
  // what comes out
  int64_t nrow, ragged, stray, stray_line, nul, nul_line;
  Widths other;
  LineMap lines;
  Quarantine bad;
  bool encoded;              // ERR_PARSE: the text is not UTF-8
  // while reading
  int64_t at, line;
  Window window;
  Part *part;
  int64_t npart;
} Stream;
NODISCARD ErrCode stream_read(Stream *s, Err *err);
void stream_fini(Stream *s);

// ---- csv_rows.c: records one by one -----------------------------------------------------------------------------------
typedef struct Rows { // rows under construction
  Job *job;
  int64_t width, n, ragged, stray, stray_line;
  LineMap lines;
  TextBuilder *cell;
  Quarantine bad;
  Widths other;
} Rows;
void rows_init(Rows *r, Job *job, int64_t width);
void rows_fini(Rows *r);
NODISCARD ErrCode rows_add(Rows *r, const Record *rec, Err *err);
NODISCARD ErrCode rows_read(Rows *r, Sv text, const Dialect *d, int64_t most, Err *err); // into rows_init's
// At most `most` rows (-1: all) of `width` cells, or of another width that fits far more records.
NODISCARD ErrCode rows_read_best(Rows *r, Job *job, Sv text, const Dialect *d, int64_t width, int64_t most, Err *err);
NODISCARD ErrCode rows_take(Rows *r, RawTable *t, Err *err);

// ---- csv.c, csv_stream.c ----------------------------------------------------------------------------------------------
// The dialect and the number of cells of the first record, from the beginning of a text.
NODISCARD ErrCode csv_dialect(Sv text, const Source *from, const ReadOpts *opts, Dialect *d, int64_t *width, Str *notes,
                              Err *err);
const char **csv_names(Sv text, const Dialect *d, int64_t width, bool last_filled, Arena *a, Str *notes);
void csv_note_rows(int64_t bad, int64_t bad_line, int64_t stray, int64_t stray_line, Str *notes);
// The frame with its ledger and quarantine; finding: one for each column of the table.
NODISCARD ErrCode csv_frame(Job *job, RawTable *t, Finding *finding, const ReadOpts *opts, const char *path,
                            Quarantine *bad, const char *notes, Frame **out, Err *err);
// A text of UTF-8 from byte `begin` on. ERR_PARSE with *encoded set: it is not UTF-8.
NODISCARD ErrCode csv_stream(Job *job, Source *from, int64_t begin, const ReadOpts *opts, Str *notes, bool *encoded,
                             Frame **out, Err *err);
