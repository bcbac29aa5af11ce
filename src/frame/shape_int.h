// Shared among the verbs of shape.
#pragma once
#include "base/pool.h"
#include "frame/frame_int.h"
#include "frame/shape.h"

enum { SHAPE_GRAIN = 1 << 16, SHAPE_ROUND = 16 }; // rows of a chunk, a multiple of 64; chunks between two ticks

// par_for in rounds with a tick before each; begin / grain stays the number of the chunk.
NODISCARD ErrCode shape_for(Job *job, int64_t n, int64_t grain, PoolFn fn, void *ctx, Err *err);
static inline int64_t shape_chunks(int64_t n) { return (n + SHAPE_GRAIN - 1) / SHAPE_GRAIN; }
// n items of `size` bytes, asked of the job first; *out is for mem_free.
NODISCARD ErrCode shape_new(Job *job, int64_t n, size_t size, const char *what, void *out, Err *err);

typedef struct ShapeText { // a short text by value, for messages
  char s[160];
} ShapeText;
ShapeText shape_number(int64_t v);                  // 5,000,000
ShapeText shape_key(const char *name);              // as a key of a Lua table: age, ["Solar.R"]
ShapeText shape_operand(const char *name);          // inside an expression: age, `Solar.R`
ShapeText shape_cell(const Column *c, int64_t row); // as in a message: 17, 'abc', missing
// "id=17, day=2020-01-01"
void shape_cells(const Frame *f, const int *col, int m, int64_t row, Str *out);
// The columns of `names` by number; all of them when `names` is empty and `all`. Owned by the caller (free).
NODISCARD ErrCode shape_columns(const Frame *f, const Names *names, bool all, int **col, int *m, Err *err);

// ---- stack.c ------------------------------------------------------------------------------------------------------
typedef struct Part { // rows of one column of a stack
  const Column *col;  // NULL: n missing rows
  int64_t n;
} Part;
// The type in which the parts meet; false and the two that clash when there is none.
bool parts_unify(const Part *part, int npart, ColType *type, int clash[2]);
// Parts below each other as `type` (one that parts_unify gave, or wider).
NODISCARD ErrCode parts_stack(Job *job, const Part *part, int npart, ColType type, Column **out, Err *err);
// A category column in which label[k] stands in each row of part k.
NODISCARD ErrCode parts_label(Job *job, const Sv *label, const int64_t *rows, int npart, Column **out, Err *err);

// ---- cast.c -------------------------------------------------------------------------------------------------------
bool cast_exists(ColType from, ColType to);
