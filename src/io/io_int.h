// Shared inside the room.
#pragma once
#include "io/io.h"
#include "io/value_int.h"

// ---- path.c: a path that cannot be read, explained in the user's words --------------------------------------------
// Checks that `real` can be opened and is a file or a pipe; `path` is what the user wrote. *size: bytes, 0 unknown.
NODISCARD ErrCode path_check(const char *path, const char *real, int64_t *size, Err *err);
Sv path_suffix(const char *path); // ".csv" of "a.b/x.csv"; empty when there is none
const Format *io_format_by_suffix(const char *path); // NULL when none claims it
// The format that fits the first bytes best. ERR_PARSE: empty, or no known one.
NODISCARD ErrCode io_format_of(const Source *from, const Format **out, Err *err);

// ---- decode.c: bytes to UTF-8 -------------------------------------------------------------------------------------
// Whether the first bytes of a file may be text; *odd is the place of the first byte that speaks against it.
bool decode_is_text(Sv head, size_t *odd);
// Whether the text may be UTF-8 from byte *begin (behind a byte order mark) on; `encoding` as in ReadOpts.
bool decode_is_plain(Sv head, const char *encoding, int64_t *begin);
// What a well-known binary file is and what to do with it ("gzip data: unpack it first (gunzip)"), or NULL.
const char *decode_magic(Sv head);
// `bytes` as UTF-8 without a byte order mark: a part of `bytes`, or of `own` when they had to be converted. What was
// done is added to `notes`.
NODISCARD ErrCode decode_text(Job *job, Sv bytes, Str *own, Sv *text, Str *notes, Err *err);
// The same in the encoding that is given (NULL: found). ERR_NAME unknown.
NODISCARD ErrCode decode_as(Job *job, Sv bytes, const char *given, Str *own, Sv *text, Str *notes, Err *err);
size_t decode_valid(Sv text); // length of the valid UTF-8 at the beginning
void note_add(Str *notes, const char *fmt, ...) PRINTF(2, 3); // separated by "; "

// ---- records.c: records of delimited text (the only place that sees libcsv) ---------------------------------------
typedef struct Cell {
  size_t end;      // in Record.bytes
  bool bare_empty; // nothing between the delimiters, not even quotes
} Cell;
typedef struct Record {
  int64_t line;      // 1-based physical line on which it starts
  int64_t lines;     // how many it takes
  Sv raw;            // as in the text, without its line end; the first line only when it has a fault
  const char *fault; // why it cannot be read, or NULL
  bool stray;        // read although a quote stands where none may
  bool complete;
  Str bytes;         // the cells, one behind the other
  Cell *cell;
  int64_t n, cap;
} Record;
typedef struct Dialect {
  char delim;    // NO_DELIM: one column
  char quote;    // NO_QUOTE: none
  Sv comment;    // lines that begin with it are left out; empty: none
  bool header;
  int isa;       // which instructions the scanner may use: 0 those of any machine, 1 also AVX2, 2 also AVX-512
} Dialect;
enum { COMMENT_MOST = 16 }; // bytes of Dialect.comment
enum { RECORD_LINES = 10000, RECORD_BYTES = 64 << 20 }; // longer ones have a fault
typedef struct Records Records;
Records *records_open(Sv text, const Dialect *d, int64_t line); // borrows UTF-8 text, which begins on `line`
void records_close(Records *r);
const Record *records_next(Records *r);     // borrowed until the next call; NULL at the end
// Gives the present record of several lines up for its first line, which then has that fault; the others come next.
const Record *records_first_line(Records *r, const char *fault);
size_t records_at(const Records *r);        // bytes read
size_t records_seen(const Records *r);      // how far it had to look for the present record
int64_t records_line(const Records *r);     // of the next byte
int64_t records_comments(const Records *r, int64_t *first); // left out so far, and the line of the first
static inline Sv record_cell(const Record *r, int64_t j) {
  size_t begin = j ? r->cell[j - 1].end : 0;
  return (Sv){r->bytes.s + begin, r->cell[j].end - begin};
}

// ---- marks.c: texts that mean missing -----------------------------------------------------------------------------
typedef struct Marks {
  const char *const *word;
  int64_t n;
  size_t longest;
  bool first[256]; // may a mark begin with this byte?
  bool digits;     // has a mark a digit?
} Marks;
void marks_init(Marks *m, const Names *na); // NULL or none: the built-in list
bool marks_has(const Marks *m, Sv text);

// ---- sniff.c ------------------------------------------------------------------------------------------------------
enum { SNIFF_BYTES = 256 << 10, SNIFF_LINES = 10 };
Sv sniff_head(Sv text); // what decides: so many bytes and so many lines at least, or all
Sv sniff_line(Sv *text); // takes a line off the beginning; without its end
typedef struct Split {   // why a dialect was chosen
  int64_t width, agree, of; // `agree` of `of` records have `width` cells
  int64_t quoted;           // fields that open with ', when that is the quote
} Split;
// Fills delim and quote, from the options or the records of `text`; the rest of d is given.
void sniff_dialect(Sv text, const char *name, const ReadOpts *opts, Dialect *d, Split *why);

// ---- comments.c ---------------------------------------------------------------------------------------------------
Sv comments_mark(Sv text); // the mark of the lines that the text begins with, or empty
typedef struct Comments {  // what lines with the mark d->comment are
  bool none;               // none are comments
  bool only_first;         // only the run that comes first is
  int64_t n, line, last_line; // of that run: lines, and where it begins and ends
  size_t after, behind;       // the bytes behind it, and behind the mark of its last line
  bool spaced;                // a blank stands there
} Comments;
Comments comments_judge(Sv text, const Dialect *d, int64_t width); // width: of most records

// ---- header.c -----------------------------------------------------------------------------------------------------
typedef enum {
  HEADER_NONE,   // no: words that stand below again
  HEADER_VALUES, // no: values as below
  HEADER_NAMES,  // distinct words that do not stand below
  HEADER_WORDS,  // words, not as many as the rows have cells
  HEADER_OVER,   // words over values
  HEADER_YEARS,  // years over other values
  HEADER_MARKED  // the last of the comments that come first
} Header;
Header header_sniff(Sv text, const Dialect *d, const Marks *marks); // is the first record of the text one?
bool sniff_is_typed(Sv cell); // a bool, number, date or time

// ---- ledger.c: what is told about a file --------------------------------------------------------------------------
typedef struct Quarantine {
  int64_t n, cap;
  int64_t *line;
  int64_t before; // of them: lines before the table, which come first
  TextBuilder reason, text;
} Quarantine;
void quarantine_init(Quarantine *q, Job *job);
void quarantine_fini(Quarantine *q);
NODISCARD ErrCode quarantine_add(Quarantine *q, int64_t line, const char *reason, Sv raw, Err *err);
NODISCARD ErrCode quarantine_take(Quarantine *q, Frame **out, Err *err); // line, reason, text

// Rows and their lines: most follow each other, so a run says it for all of them.
typedef struct LineRun { // rows row, row + 1, ... stand on lines line, line + 1, ...
  int64_t row, line;
} LineRun;
typedef struct LineMap {
  LineRun *run;
  int64_t n, cap;
} LineMap;
void lines_add(LineMap *m, int64_t row, int64_t line); // rows in order
int64_t lines_at(const LineMap *m, int64_t row);
void lines_fini(LineMap *m);

typedef struct Finding { // about one column
  int64_t present, dissent;
  ValueStyle style;
  Str lines, examples, note;
} Finding;
void finding_fini(Finding *f);
// column, type, agree, missing, dissent, lines, examples, note; the first row is "(file)" with `notes`.
NODISCARD ErrCode ledger_new(const Frame *f, const Finding *finding, const char *format, const char *notes, Frame **out,
                             Err *err);
// Adds a note when the smallest or largest number looks like a code for missing. c: I64 or F64.
void sentinel_note(const Column *c, Str *notes);

// ---- infer.c: types -----------------------------------------------------------------------------------------------
typedef struct RawTable { // cells as TEXT columns; what was empty is missing already
  Arena arena;
  int64_t nrow, ncol;
  const char **name; // distinct, in the arena
  Column **cell;     // owned; NULL where `ready` has the column
  Column **ready;    // NULL, or columns that have their type already (owned) and whose finding is filled
  LineMap lines;     // of the rows
  bool comma_free;   // the comma is no delimiter, so it may be a decimal point
} RawTable;
void raw_fini(RawTable *t);
// Place of the column `name`; `what` names the option. ERR_NAME.
NODISCARD ErrCode raw_find(const RawTable *t, const char *what, const char *name, int64_t *j, Err *err);
// A TEXT column as a category when it has few distinct words, else a reference to it.
NODISCARD ErrCode infer_words(Job *job, const Column *text, Column **out, Err *err);
int64_t infer_allowed(const ReadOpts *opts, int64_t present); // cells that may dissent from a column's type
// Keeps the columns of opts->columns, in their order. ERR_NAME.
NODISCARD ErrCode raw_select(RawTable *t, const Names *columns, Err *err);
// Chooses the types and converts; the raw columns are freed on the way. finding[0 .. ncol) must be zero.
NODISCARD ErrCode infer_columns(Job *job, RawTable *t, const ReadOpts *opts, Frame **out, Finding *finding, Err *err);

// ---- names.c ------------------------------------------------------------------------------------------------------
// Names of `width` columns from a header (NULL: c1, c2, ...), made distinct; what had to be changed goes to notes.
// With `shift` the first column is one that the header does not name.
const char **names_make(const Record *header, int64_t width, bool shift, Arena *a, Str *notes);

// ---- csv_print.c --------------------------------------------------------------------------------------------------
NODISCARD ErrCode csv_print(Job *job, const Frame *f, char delim, Str *out, Err *err);
