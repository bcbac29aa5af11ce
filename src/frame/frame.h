// A Frame: immutable named typed columns of one length, shared by reference count. Verbs borrow a frame and return a
// new one that shares the columns it did not change. Missing values are a bitmap; NaN in a real column is a value.
#pragma once
#include "base/err.h"
#include "base/job.h"
#include "base/mem.h"
#include "base/param.h"
#include "base/str.h"

typedef enum { COL_BOOL, COL_I64, COL_F64, COL_DATE, COL_TIME, COL_CAT, COL_TEXT, COL_NTYPES } ColType;

// The distinct words of a category column, sorted: numbers by value when every word is one, intervals such as [0, 10)
// by their lower end, else bytewise.
typedef struct Dict {
  atomic_int refs;
  int32_t n;
  Sv *word;
  Arena arena;
} Dict;

typedef struct Column {
  atomic_int refs;
  ColType type;
  uint8_t width;    // bytes of a code: 1, 2 or 4; 0 where there are none
  bool zoned;       // COL_TIME: had a zone in the source; values are UTC either way
  bool volatile_;   // shown, but left out of hashes (seconds, memory)
  atomic_schar span;  // of ints, once col_style looked: where they lie
  int64_t n, missing;
  uint64_t *valid;  // bit i of word i / 64 set = present; NULL when nothing is missing
  union {
    uint8_t *b;     // COL_BOOL
    int64_t *i;     // COL_I64; COL_DATE: days since 1970-01-01; COL_TIME: microseconds since 1970-01-01T00:00 UTC
    double *f;      // COL_F64
    uint8_t *code1; // a code is an index into dict->word; 0 where missing
    uint16_t *code2;
    uint32_t *code4;
    int64_t *off;   // COL_TEXT without a dict: n + 1 offsets into bytes
  };
  char *bytes;      // COL_TEXT without a dict
  Dict *dict;       // COL_CAT, and COL_TEXT that is stored by its words (some of which no row may have)
} Column;

typedef struct Frame Frame;

// ---- columns (column.c) -------------------------------------------------------------------------------------------
// A fixed-width column of n present, uninitialised values, to be filled by its maker before it is shared. CAT, and TEXT
// stored by its words, take over a reference to `dict`, whose size gives the width of the codes. Memory is asked of
// `job`.
NODISCARD ErrCode column_new(Job *job, ColType type, int64_t n, Dict *dict, Column **out, Err *err);
// A column that takes over arrays made by mem_new: n values as they lie in a column, and `valid` (NULL: none
// missing). Not for texts without a dict.
Column *column_take(ColType type, int64_t n, Dict *dict, void *data, uint64_t *valid, int64_t missing);
// Marks row i missing, while the column is being made.
NODISCARD ErrCode column_set_missing(Column *c, int64_t i, Err *err);
Column *column_ref(const Column *c);
void column_unref(Column *c); // NULL allowed
static inline bool col_valid(const Column *c, int64_t i) { return !c->valid || (c->valid[i >> 6] >> (i & 63) & 1); }
static inline int64_t col_code(const Column *c, int64_t i) { // of a column with a dict
  return c->width == 1 ? c->code1[i] : c->width == 2 ? c->code2[i] : (int64_t)c->code4[i];
}
static inline void col_set_code(Column *c, int64_t i, int64_t code) {
  if (c->width == 1) c->code1[i] = (uint8_t)code;
  else if (c->width == 2) c->code2[i] = (uint16_t)code;
  else c->code4[i] = (uint32_t)code;
}
size_t col_width(const Column *c);           // bytes of a value in memory; 0 for texts without a dict
double col_f64(const Column *c, int64_t i);  // BOOL, I64, F64, DATE, TIME as a number; NaN when missing
Sv col_text(const Column *c, int64_t i);     // CAT, TEXT; "" when missing
bool col_is_number(const Column *c);         // BOOL, I64, F64
bool col_is_text(const Column *c);           // CAT, TEXT
// The present values as doubles in row order, for the types of col_f64. `x` has room for c->n; returns how many.
int64_t col_present_f64(const Column *c, double *x);
int64_t column_present_f64(Job *job, const Column *c, double *x); // on all threads
// Rows row[0..n) as a new column; row[i] = -1 gives missing.
NODISCARD ErrCode column_gather(Job *job, const Column *c, const int64_t *row, int64_t n, Column **out, Err *err);

// CAT, or TEXT stored by its words: row i has word[code[i]], but for the rows that `valid` (taken over; NULL: none)
// leaves out. Words are distinct, in any order.
NODISCARD ErrCode column_of_words(Job *job, ColType type, const Sv *word, int64_t nword, const uint32_t *code,
                                  int64_t n, uint64_t *valid, int64_t missing, Column **out, Err *err);

// Text of unknown length, appended cell by cell, then taken as TEXT or, with few distinct words, as CAT.
typedef struct TextBuilder {
  Job *job;
  int64_t n, cap, size, room, missing;
  int64_t *off;
  char *bytes;
  uint64_t *valid;
} TextBuilder;
void textb_init(TextBuilder *b, Job *job);
void textb_fini(TextBuilder *b);
NODISCARD ErrCode textb_add(TextBuilder *b, Sv text, Err *err);
NODISCARD ErrCode textb_add_missing(TextBuilder *b, Err *err);
NODISCARD ErrCode textb_take(TextBuilder *b, Column **out, Err *err); // the builder is empty again
// Up to so many distinct words make a column of `rows` texts a category: 50, or 5 %, at most 65,535.
int64_t category_most(int64_t rows);
// CAT of c (TEXT or CAT) when it has at most `most` distinct words, else OK with *out = NULL. most < 0: no limit.
NODISCARD ErrCode column_to_cat(Job *job, const Column *c, int64_t most, Column **out, Err *err);

// ---- types (coltype.c): the only place that switches on a type ----------------------------------------------------
typedef enum { CELL_EXACT, CELL_PRETTY } CellStyle; // shortest round-trip digits | sensible digits
typedef struct ColTypeOps {
  const char *name; // "bool" "int" "real" "date" "time" "category" "text"
  char sign;        // type glyph: ? # % @ ~
  bool is_number;
  // Reads one whole cell; false when it does not fit. Numbers into *f or *i as the column stores them.
  bool (*parse)(Sv text, int64_t *i, double *f, bool *zoned);
  void (*format)(const Column *c, int64_t row, CellStyle style, Str *out);
} ColTypeOps;
extern const ColTypeOps COLTYPES[COL_NTYPES];
bool coltype_parse_name(Sv word, ColType *type); // also "int64", "double", "datetime", "string", ...
// Appends the cell as text; missing adds nothing.
void col_format(const Column *c, int64_t row, CellStyle style, Str *out);
// How people read the cells of a column of that name: CELL_PRETTY, of years CELL_EXACT (fmt_is_year). O(n) once.
CellStyle col_style(const Column *c, const char *name);
// Sort keys for order_keys: numbers and dates by value (NaN last either way), categories and texts by their place among
// the sorted distinct words. What stands under a missing row has no meaning.
NODISCARD ErrCode column_keys(Job *job, const Column *c, bool descending, uint64_t *key, Err *err);
int64_t date_from_civil(int64_t year, int month, int day);              // days since 1970-01-01
void date_to_civil(int64_t days, int64_t *year, int *month, int *day);  // proleptic Gregorian
bool date_from_parts(int year, int month, int day, int64_t *days);      // false when there is no such day; 0 <= year
// A whole text as a time of day, HH:MM or HH:MM:SS with a fraction and a zone. *us since midnight, of UTC if it has a
// zone, so that it may lie outside of the day. `loose`: also H:MM, and AM or PM behind it.
bool clock_parse(Sv text, bool loose, int64_t *us, bool *zoned);

// ---- frames (frame.c) ---------------------------------------------------------------------------------------------
// An empty frame of n rows, open for frame_add until it is shared.
Frame *frame_new(int64_t n);
// Takes over one reference of c, on failure too. ERR_NAME when the name is used, ERR_SHAPE when the length differs.
NODISCARD ErrCode frame_add(Frame *f, const char *name, Column *c, Err *err);
Frame *frame_ref(const Frame *f);
void frame_unref(Frame *f); // NULL allowed
int64_t frame_nrow(const Frame *f);
int frame_ncol(const Frame *f);
const char *frame_name(const Frame *f, int j);
const Column *frame_at(const Frame *f, int j);
int frame_find(const Frame *f, Sv name);  // -1 when there is none
// ERR_NAME: "no column 'agee': did you mean 'age'?"
NODISCARD ErrCode frame_col(const Frame *f, Sv name, int *j, Err *err);
// What came with a frame that was read from a file; NULL otherwise. Borrowed. frame_set_origin takes references over.
const Frame *frame_ledger(const Frame *f);
const Frame *frame_quarantine(const Frame *f);
const char *frame_source(const Frame *f);
void frame_set_origin(Frame *f, const char *source, Frame *ledger, Frame *quarantine);
// How much of its file was read, and how fast ("whole file, 9 ms"); not part of its hash. NULL when there is none.
const char *frame_reading(const Frame *f);
void frame_set_reading(Frame *f, const char *text);
// A sentence about the whole table, shown above it; not part of its hash. NULL when there is none.
const char *frame_caption(const Frame *f);
void frame_set_caption(Frame *f, const char *text);
// What an answer was asked of, and how; not part of its hash. Choosing, ordering and filtering its rows or columns
// keeps it. `of` stays alive as long as the answer does.
typedef struct Asked {
  atomic_int refs;
  const char *verb;   // "describe", "welch"
  const char *object; // kind of `of`: "Frame"
  const void *of;
  void (*unref)(void *of);
  const void *opts;   // of the verb: DescribeOpts ...; NULL = none
  const char *text;   // the formula of a test; NULL = none
  Arena arena;        // of opts and text
} Asked;
// A copy of the options; takes over a reference to `of`. The frame owns what frame_set_asked is given.
Asked *asked_new(const char *verb, const char *object, void *of, void (*unref)(void *of), const Param *params,
                 const void *opts, size_t size, const char *text);
void frame_set_asked(Frame *f, Asked *asked);
void frame_share_asked(Frame *f, const Frame *from);
const Asked *frame_asked(const Frame *f); // borrowed; NULL when it is no answer
// SHA-256 of names, types and values (volatile columns left out): 64 hexadecimal digits.
void frame_hash(const Frame *f, char hex[65]);
int64_t frame_bytes(const Frame *f);
