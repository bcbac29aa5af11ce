// Shared inside the expression compiler: text -> tokens -> nodes (what was written) -> ops (typed) -> a column.
#pragma once
#include "frame/expr.h"
#include "frame/frame_int.h"

enum {
  EXPR_BLOCK = 1024,     // rows that one op computes at a time
  EXPR_NESTING = 200,    // parentheses, calls and unary operators inside each other
  EXPR_HEIGHT = 1000,    // operators on one path, as in a + b + c + ...
  EXPR_ARGS = 255,       // values of one call
  EXPR_LENGTH = 1 << 20, // bytes of one expression
};

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
  uint8_t *ok; // 1 where present; NULL when all are
} Vec;

typedef struct Op Op;
typedef struct Call { // one op on one block
  Op *op;
  const Vec *arg;
  int64_t begin; // first row of the block
  int m;         // rows
  Vec out;       // out.ok holds where all arguments are present; a lax function starts with NULL
  uint8_t *spare; // room for out.ok
  Arena *text;    // new text lives until the block is done
} Call;
typedef void (*Kernel)(Call *c);

static inline bool vec_ok(const Vec *v, int i) { return !v->ok || v->ok[i]; }
// The presence array of the result, all present when it was NULL.
uint8_t *call_ok(Call *c);
// Row i overflowed: missing now, and the run is repeated with the op in reals.
void call_overflow(Call *c, int i);

typedef struct Program Program;
typedef struct Func {
  const char *name, *signature;
  const char *types; // a letter an argument, '?' optional, '*' any number more, ':', the result; see expr_type.c
  bool lax;          // sees missing arguments itself; otherwise one of them makes the result missing
  Kernel any, by[NSTORE]; // one kernel, or one for each way the argument is held
  ErrCode (*whole)(Job *job, const Frame *f, const Column *arg, Cell *out, Err *err); // over all rows
  const char *doc;
} Func;

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

// ---- running (expr_plan.c, expr_eval.c) -----------------------------------------------------------------------------
// Computes once what no row changes, and once a word what hangs on one category.
NODISCARD ErrCode expr_lift(Program *p, Op **op, Err *err);
// The op over n rows; column `from` is read as `to` (both NULL: as it is). TEXT stays TEXT.
NODISCARD ErrCode expr_run(Program *p, Op *op, int64_t n, const Column *from, const Column *to, Column **out, Err *err);
Column *expr_own(Program *p, Column *c);
Cell cell_of(const Column *c, int64_t i, Arena *a); // text is copied into `a`

// The value of a tree that was parsed from `text`, for every row of f. Errors point into `text`.
NODISCARD ErrCode expr_tree(Job *job, const Frame *f, Sv text, const ExprArg *arg, int narg, Node *root, Column **out,
                            Err *err);

// ---- functions ------------------------------------------------------------------------------------------------------
extern const Func EXPR_OPERATORS[TOK_COUNT]; // expr_op.c
// Tables that end in a row without a name.
extern const Func EXPR_MATH[], EXPR_TEXT[], EXPR_DATE[], EXPR_CHOOSE[], EXPR_WHOLE[];
const Func *expr_func_find(Sv name);
const Func *expr_func_at(int k); // NULL past the last
void expr_func_hint(char *buf, size_t size, Sv name);
void expr_to_real(Call *c);      // int to real
void expr_to_time(Call *c);      // date to time
void expr_to_date(Call *c);      // time to date
void expr_to_text(Call *c);      // anything to text
void expr_date_add(Call *c);     // date + int days
void expr_date_sub(Call *c);
void expr_date_diff(Call *c);    // int days
void expr_time_add(Call *c);     // time + real seconds
void expr_time_sub(Call *c);
void expr_time_diff(Call *c);    // real seconds
