// Shared inside join: keys of both sides as one 64-bit number a row, and the rows of the right side by that number.
#pragma once
#include "frame/shape_int.h"

enum { JOIN_BLOCK = 1024 };  // rows looked up together
#define JOIN_NONE UINT32_MAX // no row, no group; row and group numbers of the right side lie below

// ---- a hash table over n items (join_hash.c) ----------------------------------------------------------------------
typedef struct HashSlot {
  uint64_t key;
  uint32_t first, group; // first item of that key, JOIN_NONE: empty; number of the key, not dense
} HashSlot;
typedef struct HashIndex {
  int bits;         // 1 << bits parts, chosen by the top bits of the mixed key
  int64_t *slot_at; // of each part, and the end
  HashSlot *slot;
  const Sv *word;     // items are these words, or
  const Column *text; // the cells of this column: keys are their hashes; both NULL: keys are the values
  int64_t n;
  bool unique;            // no two items have the same key
  uint32_t *number;       // first item of the same key for each item; JOIN_NONE where not ok
  uint32_t *start, *list; // items of group g: list[start[g]] up to list[start[g + 1]], ascending
} HashIndex;
typedef enum HashWant { HASH_NUMBERS = 1, HASH_LISTS = 2 } HashWant; // which of the arrays above are made
// `key` and `ok` (NULL: all) are borrowed while it is made; the index must be freed on failure too.
NODISCARD ErrCode hash_index_make(Job *job, HashIndex *ix, const uint64_t *key, const uint8_t *ok, int64_t n, int want,
                                  Err *err);
// The same over words or the cells of a text column, which stay borrowed.
NODISCARD ErrCode hash_index_words(Job *job, HashIndex *ix, const Sv *word, const Column *text, int64_t n, int want,
                                   Err *err);
void hash_index_free(HashIndex *ix);
// slot[i] of key[i], or NULL; at most JOIN_BLOCK keys. `word` for an index over words.
void hash_index_find(const HashIndex *ix, const uint64_t *key, const Sv *word, int m, const HashSlot **slot);
uint32_t hash_index_word(const HashIndex *ix, Sv word); // first item, or JOIN_NONE

// ---- keys (join_key.c) --------------------------------------------------------------------------------------------
enum { LEFT, RIGHT };
typedef struct KeyCol {
  const Column *side[2];
  uint32_t *place;    // number on the right of each word on the left; NULL: the same, or no codes
  HashIndex words;    // numbers the words of the right where these are not codes
  uint64_t min, span; // of the values on the right; what lies outside cannot match
  HashIndex own, acc; // number the values, and the keys of the columns before, where the product would overflow
  bool has_words, has_own, has_acc;
  uint64_t factor; // key = key * factor + value
} KeyCol;
typedef struct KeyPlan {
  int m;
  KeyCol *col;
  uint64_t span; // keys of the right lie in 0 .. span
  int64_t n;     // rows on the right
  uint64_t *key; // of the right rows
  uint8_t *ok;   // 0 where a part of the key is missing
} KeyPlan;
// Of a plan with m and col[].side; key_plan_free on failure too.
NODISCARD ErrCode key_plan_make(Job *job, KeyPlan *p, Err *err);
void key_plan_free(KeyPlan *p);
// Keys of left rows begin .. begin + m, m <= JOIN_BLOCK; ok[i] = 0 where nothing can match.
void key_plan_left(const KeyPlan *p, int64_t begin, int m, uint64_t *key, uint8_t *ok);

// ---- right rows by key (join_index.c) -----------------------------------------------------------------------------
typedef struct JoinIndex {
  bool direct; // a table over 0 .. span instead of the hash
  uint64_t span;
  uint32_t *first; // direct: first row of each key
  HashIndex hash;
  bool unique, lists;
  uint32_t *start, *list; // by group, when lists are there
  int64_t ngroup;         // matches lie below
} JoinIndex;
NODISCARD ErrCode join_index_make(Job *job, JoinIndex *ix, const KeyPlan *p, bool lists, Err *err);
void join_index_free(JoinIndex *ix);
// match[i]: the group of key[i] when there are lists, otherwise its first row; JOIN_NONE without a match.
void join_index_find(const JoinIndex *ix, const uint64_t *key, const uint8_t *ok, int m, uint32_t *match);
