// Files in and out of a Frame. Every path goes through a Door, which says what the session may touch.
#pragma once
#include "frame/frame.h"

// What the session allows. `resolve` turns the path that a user wrote into the one to open, or refuses with
// ERR_DENIED and the option that would allow it; `write` says what for.
typedef struct Door {
  void *ctx;
  ErrCode (*resolve)(void *ctx, const char *path, bool write, Str *real, Err *err);
  // Told of every file read whole or in part; may be NULL.
  void (*opened)(void *ctx, const char *path, const char *real);
} Door;

typedef struct NamedType {
  const char *name;
  ColType type;
} NamedType;

enum { NO_QUOTE = (char)0xFF, NO_DELIM = (char)0xFE }; // bytes that no UTF-8 text has
typedef struct ReadOpts { // all zero = decide from the content and say why in the ledger
  char delim;             // 0: sniffed, , ; tab | before others; NO_DELIM: one column
  char quote;             // 0: sniffed among " and '; NO_QUOTE: none
  const char *comment;    // lines that begin so are left out; NULL: sniffed; "": none are
  const char *encoding;   // "utf-8" "utf-16" "utf-16le" "utf-16be" "latin-1" "windows-1252"; NULL: sniffed
  int64_t skip;           // lines before the table; -1: sniffed
  int header;             // -1 sniffed, 0 no, 1 yes; io_read_defaults sets -1
  const char *decimal;    // "," or "."; NULL: from the cells
  const char *thousands;  // the mark between groups of three digits; NULL: from the cells; "": none
  const char *currency;   // a mark that numbers may carry beside the usual ones; NULL
  bool percent;           // in a column with some % every number is a percentage
  const char *dates;      // "dmy" "mdy" "ymd"; NULL: from the cells
  const char *table;      // of a file that holds several tables: its name, or a query; NULL: the only one
  const char *source;     // of several files: the name of a column that says which; NULL: none
  Names na;               // texts that mean missing, instead of the built-in list; n = 0: built in
  Names columns;          // keep only these, in this order; n = 0: all
  int64_t rows;           // keep at most this many; -1 all
  const NamedType *types;
  int64_t ntypes;
  double tolerance;       // share of cells that may dissent from a column's type and become missing: 0.01
} ReadOpts;
void io_read_defaults(ReadOpts *opts);

// The bytes of one input (source.c): a file that is read piece by piece, or, where there is no place to go back to
// (standard input, what an archive holds), all of them in memory.
typedef struct Source {
  const char *path; // as the user wrote it, for messages
  const char *name; // the same without the ending of a compression: its ending tells the format
  const char *real; // for libraries that open files themselves; NULL when there is no such file
  int fd;           // -1: all bytes are in mem
  int64_t size;
  Sv head;          // the first bytes, at most SOURCE_HEAD
  Str mem, first;   // mem: all of them, once asked for; first: what head shows until then
  Str paths, names;
  Str notes;        // what was done to get at the bytes, for the ledger
  int64_t most;     // unpacking may stop behind so many bytes; 0 = all
} Source;
enum { SOURCE_HEAD = 64 << 10 };
// The bytes as they stand in the file. ERR_IO, ERR_DENIED, ERR_MEMORY, ERR_CANCELLED.
NODISCARD ErrCode source_open(Job *job, const Door *door, const char *path, Source *out, Err *err);
// Puts what gzip, bzip2, xz, zstd, zip or tar data hold in the place of the bytes; other bytes stay. An archive must
// hold one file, or one named `member` (may be NULL). ERR_PARSE damaged: what could be read and where it broke;
// ERR_NAME several files: their names; ERR_IO a library that is not installed: its package; ERR_MEMORY; ERR_CANCELLED.
NODISCARD ErrCode source_unpack(Job *job, Source *s, const char *member, Err *err);
void source_close(Source *s);
// All bytes, borrowed until the source is closed; a file is read into memory.
NODISCARD ErrCode source_all(Job *job, Source *s, Sv *out, Err *err);
// Bytes at .. at + n into buf; *got < n only at the end. ERR_IO also when the file has become shorter meanwhile.
NODISCARD ErrCode source_read(Source *s, int64_t at, char *buf, size_t n, size_t *got, Err *err);

typedef struct Format { // a row of formats.h
  const char *name;     // "csv"
  const char *suffixes; // ".csv .tsv .txt"
  const char *options;  // "delim header": those of ReadOpts that it heeds; all heed na columns rows types tolerance
  // How well the first bytes fit, 0..100; `name` is Source.name.
  int (*sniff)(Sv head, const char *name);
  ErrCode (*read)(Job *job, Source *from, const ReadOpts *opts, Frame **out, Err *err);
  // NULL: the format is only read.
  ErrCode (*write)(Job *job, const Frame *f, const char *path, Str *out, Err *err);
} Format;
// The formats, ended by NULL.
const Format *const *io_formats(void);

// Reads `path` ("-" is standard input) in the format its content shows; a pattern ("part-*.csv", "2024-*/x.csv") reads
// all files that match, sorted by name, as io_read_files. The frame carries its source, its ledger (rows
// "(file)" and one for each column: column, type, agree, missing, dissent, lines, examples, note) and its quarantine
// (line, reason, text: what could not be read, and titles before the table). Missing: an empty cell or one of opts->na,
// quoted or not; in text columns "" is an empty text. A cell that does not fit its column's type is missing and listed
// in the ledger.
// ERR_IO no such file, a folder, no permission; ERR_DENIED; ERR_PARSE a binary or empty file; ERR_NAME an option for a
// column that is not there; ERR_MEMORY; ERR_CANCELLED. Cost: one pass over the bytes, one or few over each column.
NODISCARD ErrCode io_read(Job *job, const Door *door, const char *path, const ReadOpts *opts, Frame **out, Err *err);
// Several files (or patterns) as one: rows below each other in this order, columns by name, missing where a file has
// none; int and real meet in real, other types in text. Ledger and quarantine have a column `file`; opts->source names
// one of the table. The errors of io_read, of the first file that has one; ERR_IO a pattern that nothing matches.
NODISCARD ErrCode io_read_files(Job *job, const Door *door, const Names *paths, const ReadOpts *opts, Frame **out,
                                Err *err);
// A first look at a file: its first rows, read from its first bytes alone, however large it is. The ledger says how.
typedef struct FirstLook {
  const char *format; // "csv"
  int64_t bytes;      // of the file
  int64_t rows;       // of the whole table, -1 = not known
  bool about;         // `rows` is an estimate
} FirstLook;
// The errors of io_read; ERR_SHAPE: the format cannot be read in part and the file is large.
NODISCARD ErrCode io_peek(Job *job, const Door *door, const char *path, FirstLook *look, Frame **out, Err *err);
// Writes by the suffix of `path`, compressed when .gz .bz2 .xz or .zst stands behind it, replacing the file safely.
// ERR_NAME unknown suffix (names the known ones); ERR_SHAPE no columns, or no rows where the format cannot say so;
// ERR_TYPE a column that the format cannot hold; ERR_IO; ERR_DENIED; ERR_MEMORY; ERR_CANCELLED. Reading back gives the
// same values, but that in CSV text which looks like numbers or a mark for missing is taken for it unless ReadOpts say
// otherwise.
NODISCARD ErrCode io_write(Job *job, const Door *door, const Frame *f, const char *path, Err *err);
// The bytes of a file through the door, for what is not a table (recipes, models).
NODISCARD ErrCode io_read_bytes(const Door *door, const char *path, Str *out, Err *err);
NODISCARD ErrCode io_write_bytes(const Door *door, const char *path, Sv bytes, Err *err);
