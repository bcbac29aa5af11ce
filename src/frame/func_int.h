// Functions of expressions: what a row of their tables says, what a kernel gets, and the tables.
#pragma once
#include "frame/expr.h"
#include "frame/frame_int.h"

enum { EXPR_BLOCK = 1024 }; // rows that one op computes at a time

typedef struct Cell { // one typed value
  ColType type;       // never COL_CAT
  bool missing;
  union {
    bool b;
    int64_t i; // COL_I64, COL_DATE, COL_TIME
    double f;
    Sv t;
  };
} Cell;
Cell cell_of(const Column *c, int64_t i, Arena *a); // text is copied into `a`

typedef enum Store { STORE_B, STORE_I, STORE_F, STORE_T, NSTORE } Store; // how a vector holds a type
extern const Store EXPR_STORE[COL_NTYPES];
extern const size_t EXPR_WIDTH[NSTORE];

typedef struct Vec { // EXPR_BLOCK values or fewer
  union {
    uint8_t *b;
    int64_t *i;
    double *f;
    Sv *t;
    void *p;
  };
  uint8_t *ok; // 1 where present, else 0; NULL when all are
} Vec;
static inline bool vec_ok(const Vec *v, int i) { return !v->ok || v->ok[i]; }

typedef struct Op Op;
typedef struct Call { // one op on one block
  Op *op;
  const Vec *arg;
  int64_t begin;  // first row of the block
  int m;          // rows
  Vec out;        // out.ok holds where all arguments are present; a lax function starts with NULL
  uint8_t *spare; // room for out.ok
  Arena *text;    // new text lives until the block is done
} Call;
typedef void (*Kernel)(Call *c);
// The presence array of the result, all present when it was NULL.
uint8_t *call_ok(Call *c);
// Row i overflowed: missing now, and the run is repeated with the op in reals.
void call_overflow(Call *c, int i);

typedef struct Whole { // what a function of a whole column gets
  Job *job;
  const Frame *frame;
  const Column *x;   // NULL without arguments
  const Cell *opt;   // its further arguments, present and the same in every row
  int nopt;
} Whole;

// A function of an op's constants, made once: *data for its kernel. An error points at argument *at (-1: the call),
// from byte *byte of its text on (-1: all of it).
typedef struct Prepare {
  const Cell *arg; // missing where an argument is not constant
  int narg;
  Arena *arena; // of the program
  int at, byte;
  const void *data;
} Prepare;

typedef struct Func {
  const char *name, *signature;
  // A letter an argument, '!' before one that is the same in every row, '?' behind an optional one, '*' any number
  // more, ':', the result; see expr_type.c.
  const char *types;
  bool lax;               // sees missing arguments itself; otherwise one of them makes the result missing
  Kernel any, by[NSTORE]; // one kernel, or one for each way the argument is held
  ErrCode (*prepare)(Prepare *p, Err *err);
  ErrCode (*whole)(const Whole *w, Cell *out, Err *err);     // a value of all rows
  ErrCode (*series)(const Whole *w, Column **out, Err *err); // a column of all rows
  const char *doc;
} Func;

// Tables that end in a row without a name.
extern const Func EXPR_MATH[], EXPR_TRIG[], EXPR_TEXT[], EXPR_PIECE[], EXPR_REGEX[], EXPR_DATE[], EXPR_CALENDAR[],
    EXPR_STRFTIME[], EXPR_CHOOSE[], EXPR_WHOLE[], EXPR_SERIES[];
const Func *expr_func_find(Sv name, int narg); // the row that takes so many, else the first of that name
void func_arity(const Func *f, int *lo, int *hi);     // how many arguments it takes
const Func *expr_func_at(int k); // NULL past the last
void expr_func_hint(char *buf, size_t size, Sv name);
void expr_to_real(Call *c);   // int to real
void expr_to_time(Call *c);   // date to time
void expr_to_date(Call *c);   // time to date
void expr_to_text(Call *c);   // anything to text
void expr_date_add(Call *c);  // date + int days
void expr_date_sub(Call *c);
void expr_date_diff(Call *c); // int days
void expr_time_add(Call *c);  // time + real seconds
void expr_time_sub(Call *c);
void expr_time_diff(Call *c); // real seconds
void expr_and(Call *c);
void expr_or(Call *c);

// Characters of text: the byte behind the one at `at`; how many.
size_t text_next(Sv t, size_t at);
int64_t text_count(Sv t);

// False when the calendar has no such day. 1 Monday to 7 Sunday. The week by ISO 8601, and the year it belongs to.
bool calendar_days(int64_t year, int64_t month, int64_t day, int64_t *days);
int64_t calendar_weekday(int64_t days);
void calendar_week(int64_t days, int64_t *year, int64_t *week);
