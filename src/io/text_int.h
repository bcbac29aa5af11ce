// Shared by the reader of delimited text: a text in windows, their chunks, marks, records and cells.
#pragma once
#include "io/io_int.h"

// ---- scan.c: the marks of a chunk ---------------------------------------------------------------------------------
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
  int64_t lines;   // line feeds
  int64_t nul;     // NUL bytes
  int64_t trouble; // the first place that only libcsv can judge, or NO_TROUBLE
} Chunk;
// Counts quotes, line feeds and NULs of text[c->begin, c->end), looks for bytes beyond ASCII.
void scan_count(const char *text, const Dialect *d, Chunk *c);
// Fills the lists; c->inside must be right. Trouble is a quote where none may stand, or a CR that ends a line alone.
void scan_marks(const char *text, size_t n, const Dialect *d, Chunk *c);
void chunk_fini(Chunk *c);
void chunk_room(Chunk *c, int64_t more); // for marks
void chunk_add_eol(Chunk *c, int64_t index);
void chunk_add_inner(Chunk *c, uint32_t at);

// ---- window.c: a piece of the text and its records ----------------------------------------------------------------
typedef struct Ragged { // a record of one line with another number of fields, or a comment
  int64_t line, fields; // fields 0: a comment
  size_t begin, end;
} Ragged;
typedef struct Walk { // the records that begin in a chunk
  uint32_t *first;    // of each row: the index into Chunk.pos of its first cell's end
  int64_t n, cap;
  Ragged *ragged;
  int64_t nragged, ragged_cap;
  LineMap lines; // rows counted from the walk's first
  int64_t line;  // of the chunk's first byte
  bool stopped;  // at a record that only libcsv can judge, or that the window does not hold whole ("cut")
  bool cut;
  size_t stop; // where that one begins
  int64_t stop_line;
} Walk;
typedef struct Window {
  char *base, *text; // text: PAD bytes into base
  size_t room, n;
  bool last; // it reaches the end of the source
  bool open; // it ends inside quotes
  Chunk *chunk;
  Walk *walk;
  int64_t nchunk, chunk_cap;
  int64_t used_lines; // line of the byte behind `used`
  size_t used;        // bytes of the records that were walked, and of what lies between them
  bool trouble;       // used stops short of a record that only libcsv can judge
} Window;
typedef struct WindowTask {
  Job *job;
  Source *from;
  const Dialect *dialect;
  int64_t at, line;   // where the window begins: always a record's first byte
  size_t size, grain; // bytes of the window and of a chunk
  int ncol;
} WindowTask;
// Reads and walks a window. ERR_IO, ERR_MEMORY; ERR_PARSE with *encoded set: it is not UTF-8.
NODISCARD ErrCode window_read(Window *w, const WindowTask *task, bool *encoded, Err *err);
void window_fini(Window *w);

// ---- block.c: cells -----------------------------------------------------------------------------------------------
typedef enum { CELL_EMPTY, CELL_PLAIN, CELL_DOUBLED } CellKind; // EMPTY: nothing, not even quotes; DOUBLED: has ""
typedef struct Block {                                          // records of the right width
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
