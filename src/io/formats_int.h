// Shared by the formats other than delimited text, and by the way from a path to a format.
#pragma once
#include "io/io_int.h"

#include "base/map.h"

// ---- dynlib.c: libraries that are opened on first use ---------------------------------------------------------------
// A struct with one pointer for each function in CALLS(X), and their names; the library's own header gives the types.
#define X_CALL(f) __typeof__(f) *f;
#define X_NAME(f) #f,
// Fills `calls`, a struct of n pointers, with the functions of these names. The library stays open. ERR_IO names the
// package that has it, or the function that it lacks.
NODISCARD ErrCode dynlib_open(const char *library, const char *package, const char *const *name, size_t n, void *calls,
                              Err *err);

// ---- gzip.c, archive.c: compressed files and archives ---------------------------------------------------------------
typedef enum { PACK_NONE, PACK_GZIP, PACK_BZIP2, PACK_XZ, PACK_ZSTD, PACK_ZIP, PACK_TAR } Packing;
Packing packing_of(Sv head);               // from the first bytes
Packing packing_of_name(const char *path); // from the ending: ".gz" ".bz2" ".xz" ".zst"
const char *packing_name(Packing p);
// Unpacks `in` to the end of `out`. `name` is for messages. ERR_PARSE: what could be read and where it broke.
NODISCARD ErrCode gzip_unpack(Job *job, const char *name, Source *in, Str *out, Err *err);
NODISCARD ErrCode gzip_pack(Job *job, Sv bytes, Str *out, Err *err);
// Zip and tar archives must hold one file, or one named `member`; its name goes to `found`.
NODISCARD ErrCode archive_unpack(Job *job, const char *name, Source *in, const char *member, Str *out, Str *found,
                                 Err *err);
NODISCARD ErrCode archive_pack(Job *job, Packing p, Sv bytes, Str *out, Err *err);
// Room for `more` bytes, asked of the job first.
NODISCARD ErrCode grow_bytes(Job *job, Str *out, size_t more, const char *what, Err *err);
// ERR_PARSE: "'x.gz' is damaged gzip data: REASON, behind byte AT; N could be unpacked".
ErrCode packing_broken(Packing p, const char *name, const char *reason, int64_t at, int64_t unpacked, Err *err);

// ---- cells.c: a column whose cells have a kind each -----------------------------------------------------------------
typedef enum { KIND_NONE, KIND_BOOL, KIND_INT, KIND_REAL, KIND_TEXT, NKINDS } Kind;
typedef struct Cells {
  Job *job;
  int64_t n, cap;
  uint8_t *kind;
  int64_t *value;   // of BOOL, INT and, as bits, REAL; NULL until one comes
  TextBuilder text; // of all rows, once one is TEXT
  int64_t count[NKINDS];
  int declared;    // the ColType that the file names, or -1; INT cells of DATE and TIME are what a column stores
  bool zoned;      // of a declared TIME
  const Sv *level; // of a declared CAT: all its words
  int64_t nlevel;
  Column *made;  // the whole column, in place of cells
  bool left_out; // known from a row that was given up only
} Cells;
void cells_init(Cells *c, Job *job);
void cells_fini(Cells *c);
// Row `row` >= c->n; the rows before it that have no cell are missing.
NODISCARD ErrCode cells_add(Cells *c, int64_t row, Kind kind, int64_t value, Err *err); // NONE, BOOL, INT
NODISCARD ErrCode cells_add_real(Cells *c, int64_t row, double value, Err *err);
NODISCARD ErrCode cells_add_text(Cells *c, int64_t row, Sv value, Err *err);
void cells_cut(Cells *c, int64_t n); // forgets the last cell, when there are more than n
// The column of `n` rows: the type that the cells have, or the one that nearly all have, and then the others are
// missing and told in `f`; else all become text. Texts become dates, times, categories, but never numbers.
// `forced`: a ColType, or -1.
NODISCARD ErrCode cells_take(Cells *c, int64_t n, const LineMap *lines, const ReadOpts *opts, int forced, Column **out,
                             Finding *f, Err *err);

// ---- table.c: a table under construction, row by row ----------------------------------------------------------------
typedef struct Table {
  Job *job;
  const ReadOpts *opts;
  Map names;
  Cells *col;
  int64_t ncol, cap, nrow;
  LineMap lines; // of the rows
  int64_t had;   // columns when the present row began
  Quarantine bad;
  Str notes;
} Table;
void table_init(Table *t, Job *job, const ReadOpts *opts);
void table_fini(Table *t);
NODISCARD ErrCode table_column(Table *t, Sv name, int64_t *j, Err *err); // found, or made
// Like table_column, but always a new one, under a name that is not used yet.
NODISCARD ErrCode table_new_column(Table *t, Sv name, int64_t *j, Err *err);
// A column that is made already, of t->nrow rows; takes its reference over, on failure too.
NODISCARD ErrCode table_add_made(Table *t, Sv name, Column *c, Err *err);
void table_end_row(Table *t, int64_t line);
// Gives the present row up: its line goes to the quarantine.
NODISCARD ErrCode table_give_up(Table *t, int64_t line, const char *reason, Sv raw, Err *err);
bool table_is_full(const Table *t); // has the rows that were asked for
// The frame with its ledger, quarantine and source. ERR_PARSE when it has no column, ERR_NAME, ERR_MEMORY.
NODISCARD ErrCode table_take(Table *t, const char *format, const char *path, Frame **out, Err *err);
// The whole source as UTF-8; `own` keeps what had to be converted.
NODISCARD ErrCode table_text(Table *t, Source *from, Str *own, Sv *text, Err *err);
// A text as valid UTF-8: itself, or a repaired copy in `own`.
Sv text_valid(Sv text, Str *own);
// "3 lines could not be read and are kept in d:quarantine()", as the caption of a frame with such.
void say_quarantine(Frame *f);

// ---- json_print.c ---------------------------------------------------------------------------------------------------
NODISCARD ErrCode json_print(Job *job, const Frame *f, bool lines, Str *out, Err *err);

// ---- sqlite_lib.c, sqlite_print.c -----------------------------------------------------------------------------------
NODISCARD ErrCode sqlite_print(Job *job, const Frame *f, const char *path, Str *out, Err *err);

// ---- arff_date.c, arff_print.c --------------------------------------------------------------------------------------
// Dates by a pattern as Java's SimpleDateFormat has it: yyyy MM dd HH mm ss S X Z and 'quoted' text.
bool arff_date_is_known(Sv pattern, bool *has_time, bool *has_zone);
bool arff_date_parse(Sv pattern, Sv text, int64_t *us); // microseconds since 1970-01-01T00:00 UTC
NODISCARD ErrCode arff_print(Job *job, const Frame *f, const char *path, Str *out, Err *err);

// ---- libsvm_print.c -------------------------------------------------------------------------------------------------
NODISCARD ErrCode libsvm_print(Job *job, const Frame *f, const char *path, Str *out, Err *err);

// ---- many.c: several files as one -----------------------------------------------------------------------------------
NODISCARD ErrCode io_read_one(Job *job, const Door *door, const char *path, const ReadOpts *opts, Frame **out,
                              Err *err);
// ---- glob.c ---------------------------------------------------------------------------------------------------------
bool glob_is_pattern(const Door *door, const char *path); // and not the name of a file
// The files that match, as the user would write them, sorted by bytes. ERR_IO when there are none.
NODISCARD ErrCode glob_paths(const Door *door, const char *pattern, Arena *a, Names *out, Err *err);
