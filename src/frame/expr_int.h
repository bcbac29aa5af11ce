// Shared inside the expression compiler: text -> tokens -> nodes (what was written) -> ops (typed) -> a column.
#pragma once
#include "frame/func_int.h"

enum {
  EXPR_NESTING = 200,    // parentheses, calls and unary operators inside each other
  EXPR_HEIGHT = 1000,    // operators on one path, as in a + b + c + ...
  EXPR_ARGS = 255,       // values of one call
  EXPR_LENGTH = 1 << 20, // bytes of one expression
};

// ---- what was written (expr_lex.c, expr_parse.c) --------------------------------------------------------------------
typedef enum Tok {
  TOK_END, TOK_VALUE, TOK_NIL, TOK_NAME, TOK_QUOTED, TOK_ARG, TOK_WORD, // WORD: reserved by Lua, without use here
  TOK_OPEN, TOK_CLOSE, TOK_COMMA, TOK_FOREIGN,                          // FOREIGN: another language's operator
  TOK_OR, TOK_AND, TOK_LT, TOK_GT, TOK_LE, TOK_GE, TOK_NE, TOK_EQ, TOK_JOIN,
  TOK_ADD, TOK_SUB, TOK_MUL, TOK_DIV, TOK_IDIV, TOK_MOD, TOK_POW, TOK_NOT, TOK_NEG, TOK_COUNT
} Tok;

typedef struct Token {
  Tok kind;
  int begin, end; // bytes of the expression
  Sv name;
  Cell value; // TOK_VALUE
} Token;

typedef enum NodeKind { NODE_VALUE, NODE_NIL, NODE_COLUMN, NODE_ARG, NODE_CALL, NODE_OP } NodeKind;

typedef struct Node {
  NodeKind kind;
  Tok op;     // NODE_OP
  Sv name;    // of the column, argument or function
  Cell value; // NODE_VALUE
  struct Node **arg;
  int narg;
  int at, at_end;  // bytes of the operator or name
  int begin, end;  // bytes of all of it
  int height;
  bool paren; // stands in parentheses
  bool maybe_text; // a name behind == or ~=, perhaps a text without its quotes
  bool wide;  // its integers overflowed: computed in reals
} Node;

// Reads the token at byte `pos` of `text`. ERR_PARSE says what to write instead.
NODISCARD ErrCode expr_lex(Sv text, int pos, Arena *a, Token *out, Err *err);
NODISCARD ErrCode expr_parse(Sv text, Arena *a, Node **out, Err *err);
bool expr_is_name_byte(char c, bool first);
// Writes "message\n  expression\n  ^^^" with carets under bytes begin..end; returns `code`.
ErrCode expr_error(Sv text, int begin, int end, ErrCode code, Err *err, const char *fmt, ...) PRINTF(6, 7);

// ---- ops (expr_type.c, expr_unify.c) --------------------------------------------------------------------------------
typedef struct Program Program;
typedef enum OpKind { OP_COLUMN, OP_LITERAL, OP_LOOKUP, OP_CALL } OpKind;
struct Op {
  OpKind kind;
  ColType type; // never COL_CAT
  bool zoned;
  bool wordy;          // text made of categories and literals only
  bool by_row;         // depends on the row number
  bool many;           // depends on more than one column
  const Column *col;   // COLUMN: the values; LOOKUP: the codes; CALL: the column that it depends on, unless many
  const Column *table; // LOOKUP: row `code` is the value, the last row stands for missing
  Node *node;
  Cell cell; // LITERAL
  Vec full;  // LITERAL: a block of it
  Kernel kernel;
  bool lax;
  const void *data; // what the function's `prepare` made
  Op **arg;
  int narg, slots; // vectors needed to compute it
  atomic_bool overflow;
};

typedef struct Owned {
  Column *col;
  struct Owned *next;
} Owned;
struct Program {
  Job *job;
  const Frame *frame;
  Sv text;
  const ExprArg *arg;
  int narg;
  Arena arena;
  Owned *owned;   // columns made on the way
  bool again;     // something overflowed: type and run once more
  bool volatile_; // a column in use is volatile
};

// Types `node` against the frame. ERR_NAME, ERR_TYPE, ERR_PARSE (a date that is none).
NODISCARD ErrCode expr_type(Program *p, Node *node, Op **out, Err *err);
Op *op_literal(Program *p, Node *node, Cell cell);
Op *op_call(Program *p, Node *node, Kernel kernel, ColType type, Op **arg, int narg);
bool op_is_text_literal(const Op *op);
const char *op_shown(Program *p, const Op *op); // "age + 1 (int)", arena-owned
Sv node_text(const Program *p, const Node *n);
// `op` as a `type`: the same, int as real, date as time.
Op *op_convert(Program *p, Op *op, ColType type);
// A text literal as a date or, when it has a time of day or `type` says so, as a time.
NODISCARD ErrCode op_parse_date(Program *p, ColType type, Op **op, Err *err);
// Brings all arguments to one type. *clash is the first that does not fit (-1: all do) and says so through OK.
NODISCARD ErrCode op_unify(Program *p, Op **arg, int n, ColType *type, int *clash, Err *err);
// What to write so that a and b fit: ": write ..." or "".
const char *op_pair_hint(Program *p, const Op *a, const Op *b);
// What to write so that `op`, perhaps behind a `not`, fits a type letter, likewise.
const char *op_letter_hint(Program *p, char letter, const Op *op, bool negated);
// a + b or a - b with a date or a time among them.
NODISCARD ErrCode expr_type_date(Program *p, Node *node, Op *a, Op *b, Op **out, Err *err);

// ---- blocks (expr_eval.c) -------------------------------------------------------------------------------------------
enum { EXPR_CHUNK = 64 * EXPR_BLOCK, EXPR_ROUND = 32 * EXPR_CHUNK }; // rows of a thread's turn; rows between ticks
typedef struct Worker { // the buffers of one thread
  const Op *root;
  const Column *from, *to; // column `from` is read as `to`
  struct Slot *slot;
  Vec *vec; // vec[k] is what slot k holds
  int top;
  Arena text;
} Worker;
void worker_init(Worker *w, const Op *root, const Column *from, const Column *to);
void worker_fini(Worker *w);
// The op over rows begin .. begin + m, m <= EXPR_BLOCK, begin a multiple of 64. What the result points to lives until
// the worker's next block; with `dest` the values may stand there.
Vec worker_eval(Worker *w, Op *op, int64_t begin, int m, void *dest);
// Between blocks, on any thread: the user asked to stop. *stopped tells the caller of par_for.
bool expr_is_stopped(const Job *job, atomic_bool *stopped);
// One bit for each byte of 0 or 1; the last word ends in zeros.
void vec_bits(const uint8_t *b, int m, uint64_t *bits);

// ---- running (expr_plan.c, expr_run.c, expr_rows.c) -----------------------------------------------------------------
// Computes once what no row changes, and once a word what hangs on one category.
NODISCARD ErrCode expr_lift(Program *p, Op **op, Err *err);
// The op over n rows; column `from` is read as `to` (both NULL: as it is). TEXT stays TEXT.
NODISCARD ErrCode expr_run(Program *p, Op *op, int64_t n, const Column *from, const Column *to, Column **out, Err *err);
// The op over the frame's rows, lifted: a column in use is shared, text made of categories becomes one.
NODISCARD ErrCode expr_column(Program *p, Op *op, Column **out, Err *err);
// The rows where the condition `op` is true: row[0..n), to be freed with mem_free.
NODISCARD ErrCode expr_rows(Program *p, Op *op, int64_t **row, int64_t *n, Err *err);
// Ops that overflowed are typed as real when the program starts again.
void expr_note_overflow(Program *p, Op *op);
Column *expr_own(Program *p, Column *c);

// The value of a tree that was parsed from `text`, for every row of f. Errors point into `text`.
NODISCARD ErrCode expr_tree(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Node *root, Column **out,
                            Err *err);

// ---- operators ------------------------------------------------------------------------------------------------------
extern const Func EXPR_OPERATORS[TOK_COUNT]; // expr_op.c
