// Shared by grouping, aggregation and windows: which group each row is in, and rows by group.
#pragma once
#include "base/pool.h"
#include "frame/frame_int.h"

enum {
  GROUP_CHUNK = 1 << 16, // least rows of a chunk of work
  GROUP_CHUNKS = 128,    // most chunks that keep results of their own
  GROUP_BLOCK = 1024,    // rows that are turned into keys or values at a time
};

typedef enum {
  GROUP_FIRST, // numbered by first appearance
  GROUP_KEY    // numbered in the order of the keys: numbers and dates by value, NaN behind them, words in dictionary
               // order, missing last
} GroupOrder;

typedef struct Groups {
  int64_t n, ngroup;
  uint32_t *id;    // n: the group of each row
  uint32_t *first; // ngroup: its first row
  // ---- made by groups_part: rows in parts of groups next to each other (id >> shift), in row order within a part
  int shift;
  int64_t npart, *part; // npart + 1: where a part begins
  uint32_t *part_row, *part_id;
  // ---- made by groups_sort: rows by group, in row order within a group
  int64_t *start; // ngroup + 1; may be `part`
  uint32_t *row;  // may be part_row
} Groups;

// Groups of the rows by columns col[0..m) (none: one group, of an empty frame none). Missing is a value of its own, so
// is NaN; -0.0 is 0.0. ERR_SHAPE beyond 2^32 - 2 rows, ERR_MEMORY, ERR_CANCELLED leave *g empty. groups_fini.
NODISCARD ErrCode groups_init(Job *job, const Column *const *col, int m, int64_t n, GroupOrder order, Groups *g,
                              Err *err);
void groups_fini(Groups *g);
NODISCARD ErrCode groups_part(Job *job, Groups *g, Err *err);
NODISCARD ErrCode groups_sort(Job *job, Groups *g, Err *err);
// Groups of (group of g, value of c): those of one group stand together, in the order of c when `order` says so.
NODISCARD ErrCode groups_refine(Job *job, const Groups *g, const Column *c, GroupOrder order, Groups *out, Err *err);
// Rows of each group, or those where c is present; count: ngroup.
NODISCARD ErrCode groups_count(Job *job, Groups *g, const Column *c, int64_t *count, Err *err);

// ---- one state a group (group_reduce.c) -----------------------------------------------------------------------------
typedef enum {
  VALUE_NONE, // the rows alone
  VALUE_REAL, // numbers, conditions, dates as doubles
  VALUE_INT,  // conditions, ints, dates
  VALUE_KEY   // unsigned numbers in the order of the values (reals: NaN last), of everything but plain texts
} ValueKind;
// The values in m rows, what stands under missing ones too, as the doubles, ints or keys that `kind` says.
void values_gather(const Column *c, ValueKind kind, const uint32_t *row, int m, uint64_t *out);
typedef struct Piece { // present rows, GROUP_BLOCK at most
  int m;
  const uint32_t *id, *row; // row: for those who ask
  union {
    const double *f;
    const int64_t *i;
    const uint64_t *key;
  };
} Piece;
typedef struct Reduction {
  size_t size; // of a state, which begins as zeros
  ValueKind kind;
  bool rows; // `add` reads the numbers of the rows
  // Adds the rows of a piece, in row order, to state[id].
  void (*add)(const void *ctx, const Piece *p, void *state);
  // into[k] takes in part[k], of later rows, for n groups.
  void (*merge)(const void *ctx, void *into, const void *part, int64_t n);
} Reduction;
// The states of all groups over the present rows of c (NULL: all rows); state: ngroup x size. Same bits for any number
// of threads: few groups are reduced by chunks of rows that merge in their order, many in parts of groups.
NODISCARD ErrCode groups_reduce(Job *job, Groups *g, const Column *c, const Reduction *r, const void *ctx, void *state,
                                Err *err);

// ---- keys (group_key.c): a row as one number whose digits are the values of its columns -----------------------------
typedef struct GroupKey {
  const Column *col; // NULL: the digits are in `rank`
  uint32_t *rank;    // owned unless borrowed
  bool borrowed;
  int64_t base;   // of ints: the smallest
  uint64_t radix; // digits are 0 .. radix - 1, the last one for missing when there are any
} GroupKey;

typedef struct GroupKeys {
  int64_t n;
  int npart;
  GroupKey *part;
  uint64_t size; // the product of all radices
} GroupKeys;

// The keys of rows begin..begin + m, m <= GROUP_BLOCK.
void group_keys_block(const GroupKeys *k, int64_t begin, int m, uint64_t *key);
NODISCARD ErrCode group_keys_init(Job *job, GroupKeys *k, int most, int64_t n, Err *err);
void group_keys_fini(GroupKeys *k);
NODISCARD ErrCode group_keys_add(Job *job, GroupKeys *k, const Column *c, GroupOrder order, Err *err);
void group_keys_rank(GroupKeys *k, uint32_t *rank, uint64_t radix, bool borrowed);
// Groups of equal keys. Numbers in key order are those of `order`'s columns, since digits keep their order.
NODISCARD ErrCode group_by_keys(Job *job, const GroupKeys *k, GroupOrder order, Groups *g, Err *err);

// ---- the two ways to number keys (group_table.c, group_hash.c) ------------------------------------------------------
NODISCARD ErrCode group_by_table(Job *job, const GroupKeys *k, GroupOrder order, Groups *g, Err *err);
// key: n, destroyed. `words` NULL: equal keys are equal values, in their order. Else keys are hashes of its values, and
// rows with equal keys are compared.
NODISCARD ErrCode group_by_hash(Job *job, uint64_t *key, int64_t n, const Column *words, GroupOrder order, Groups *g,
                                Err *err);
// number[k] for the group whose first row is first[k]: its place among all first rows.
NODISCARD ErrCode group_rank_first(Job *job, const uint32_t *first, int64_t ngroup, int64_t n, uint32_t *number,
                                   Err *err);

// ---- work in chunks -------------------------------------------------------------------------------------------------
// fn over [0, n) in chunks of `grain`, with a tick each `round` chunks.
NODISCARD ErrCode par_rounds(Job *job, int64_t n, int64_t grain, int64_t round, PoolFn fn, void *ctx, Err *err);
// Rows of a chunk when at most GROUP_CHUNKS chunks shall keep results.
int64_t group_grain(int64_t n);
// An array of `n` elements for the job, or ERR_MEMORY.
NODISCARD ErrCode array_new(Job *job, int64_t n, size_t size, const char *what, void *out, Err *err);
