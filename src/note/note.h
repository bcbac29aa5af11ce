// A notebook is a Lua program in the percent format: cells between marker lines that are comments.
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// ---- cells (note.c, marker.c) -------------------------------------------------------------------------------------
typedef enum { NOTE_CODE, NOTE_MARKDOWN, NOTE_RAW } NoteKind;

// `text` may be edited; the other fields change through note_set_kind only.
typedef struct Cell {
  NoteKind kind;
  Str text;          // lines parted by \n, without a last line end; MARKDOWN and RAW without their comment marks
  const char *title; // "" = none
  Names tags;
  int64_t line; // 1-based line of the file where the text began when it was parsed
  bool bare;    // a first cell that no marker line precedes
  Str marker;   // the marker line as it stood, with its line end; empty = written anew
  Str source;   // MARKDOWN and RAW: the lines as they stood, written while `text` still is what they say
  Str gap;      // what stood between the text and the next marker: the line end and blank lines
  Arena arena;  // of title and tags
} Cell;

typedef struct Note {
  Cell *cell;
  int64_t n, cap;
  bool bom, crlf; // crlf: every line ended in CR LF; the texts here have LF
  Str head;       // before the first cell: a first line that begins with #, blank lines
} Note;

// Reads any text; a marker is a line `-- %%`, `-- %% [markdown]`, `-- %% [raw]`, `-- %% title tags=["lab"]`, with
// metadata kept as they are. Markers inside long strings count too, as in other editors of the format.
// note_print gives the same bytes back. ERR_PARSE: a NUL byte. On error `note` needs no note_fini.
NODISCARD ErrCode note_parse(Sv text, Note *note, Err *err);
// Appends the file. Edited MARKDOWN and RAW cells get `-- ` before each line.
void note_print(const Note *note, Str *out);
void note_init(Note *note);
void note_fini(Note *note);
// A new empty cell that becomes cell `at` (0..n), borrowed until the next insertion or removal.
Cell *note_insert(Note *note, int64_t at, NoteKind kind);
void note_remove(Note *note, int64_t at);
// Rewrites the marker of the cell and keeps its title and metadata.
void note_set_kind(Cell *cell, NoteKind kind);
void note_cell_copy(const Cell *cell, Cell *out); // deep; end with note_cell_fini
void note_cell_fini(Cell *cell);
bool note_cell_same(const Cell *a, const Cell *b); // kind, text and all that a file shows of them
// SHA-256 of kind and text. Line ends, blanks at line ends and blank lines at the end make no difference.
void note_cell_hash(const Cell *cell, char hex[65]);

// ---- Lua 5.4 tokens (lexer.c) -------------------------------------------------------------------------------------
typedef enum {
  TOKEN_KEYWORD,
  TOKEN_NAME,
  TOKEN_NUMBER,
  TOKEN_STRING,
  TOKEN_COMMENT,
  TOKEN_OP,
  TOKEN_SPACE,
  TOKEN_ERROR, // what Lua's own lexer refuses: a malformed number, a bad escape, a stray character
} TokenKind;

typedef struct Token {
  TokenKind kind;
  size_t offset, length; // bytes; tokens cover the text without gaps
  bool unfinished;       // a string or long comment whose end is missing
} Token;

typedef struct Lexer {
  Sv text; // borrowed
  size_t at;
} Lexer;

void lexer_init(Lexer *x, Sv text);
// The next token; false at the end of the text. Any bytes are accepted.
bool lexer_next(Lexer *x, Token *token);

// ---- the value of a cell (tail.c) ---------------------------------------------------------------------------------
// Byte offsets of the tokens where a last expression may begin, from the last to the first, at most `max` of them:
// first on their line or after a `;`, outside brackets and blocks, not one of ( { [ " ' - ~ : . ; that would continue
// the line before. Returns how many. The caller tries them in order: the first for which the head alone and
// head "return " tail both compile is the tail.
int64_t note_tail_candidates(Sv cell, size_t *offset, int64_t max);
// Whether the last token is `;`, so that the cell shows no value.
bool note_is_silent(Sv cell);

// ---- the journal (journal.c): what a session holds, kept as it changes, so that it survives its screen ------------
typedef struct Journal Journal;
typedef struct JournalEntry {
  const char *name;   // the notebook's file, "" = none yet
  const char *opened; // what the session was opened with, for a list of sessions ("churn.csv")
  const char *text;   // the whole notebook, with what is being typed
  int64_t cell;       // focused
  int64_t cursor;     // byte in its text, -1 = not being edited
  Names ran;          // note_cell_hash of the cells whose results were current
  int64_t seconds;    // since 1970, when it was written
  const char *saved;  // SHA-256 of the file as the session knew it; "" = never saved
} JournalEntry;
// A new file of its own in `folder` (made when missing, 0700), locked as long as it is open (flock), with disk space
// taken ahead where the file system can, so that a full disk leaves room for the next entries. ERR_IO.
NODISCARD ErrCode journal_open(const char *folder, Journal **out, Err *err);
// Adds an entry (checksummed, one write) and syncs it; when the space is used up, entries go on at the beginning of the
// file, over the oldest. ERR_IO: not kept (disk full ...), the entries before are; may be tried again.
NODISCARD ErrCode journal_write(Journal *j, const JournalEntry *e, Err *err);
// keep: leave the file for the next start, if it has an entry; else remove it. NULL allowed.
void journal_close(Journal *j, bool keep);
// The newest whole entry of a file, whatever else it holds; everything lives in `a`. ERR_PARSE: there is none. ERR_IO.
NODISCARD ErrCode journal_read(const char *path, JournalEntry *e, Arena *a, Err *err);
// Paths of journals in `folder` that no living session holds, newest first. A folder that is missing has none.
Names journal_orphans(const char *folder, Arena *a);
void journal_remove(const char *path); // unless a living session holds it

// ---- grants (grants.c): files outside its folder that a recipe may read, since its user opened them ---------------
// Paths are absolute, with links followed. A folder or file that is missing grants nothing.
Names grants_read(const char *folder, const char *recipe, Arena *a);
NODISCARD ErrCode grants_write(const char *folder, const char *recipe, Names paths, Err *err); // ERR_IO
