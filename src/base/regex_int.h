// Shared by the parts of the regular expressions: pattern -> nodes (regex_parse.c) -> program (regex_compile.c) ->
// automaton (regex_dfa.c) -> searches (regex_run.c).
#pragma once
#include "base/regex.h"

enum {
  REGEX_NESTING = 100,  // parentheses inside each other
  REGEX_REPEAT = 1000,  // the largest count in { }
  REGEX_PROGRAM = 5000, // instructions of a program
  REGEX_STATES = 500,   // of the automaton; a pattern that needs more does without
};
static const uint32_t REGEX_LAST = 0x10FFFF;

typedef struct CharRange {
  uint32_t lo, hi; // both included
} CharRange;
typedef struct CharSet { // sorted and apart once it is finished
  CharRange *range;
  int n, cap;
} CharSet;

typedef enum Assert { ASSERT_BEGIN, ASSERT_END, ASSERT_WORD, ASSERT_NO_WORD } Assert;

// ---- nodes ----------------------------------------------------------------------------------------------------------
typedef enum ReKind { RE_SET, RE_CAT, RE_ALT, RE_REPEAT, RE_GROUP, RE_ASSERT } ReKind;
typedef struct ReNode {
  ReKind kind;
  struct ReNode *child, *last, *next; // first and last child; the next sibling
  CharSet *set;
  int min, max; // REPEAT; max -1: any number
  bool lazy;
  int group; // GROUP: its number, 0 for (?:
  Assert what;
  int at;
} ReNode;
NODISCARD ErrCode regex_nodes(Sv pattern, Arena *a, ReNode **out, int *ngroup, int *at, Err *err);
void charset_add(CharSet *s, uint32_t lo, uint32_t hi, Arena *a);

// ---- programs -------------------------------------------------------------------------------------------------------
typedef enum InstKind { INST_SET, INST_SPLIT, INST_JUMP, INST_SAVE, INST_ASSERT, INST_MATCH } InstKind;
typedef struct Inst {
  InstKind kind;
  int x, y; // where it goes on; SPLIT: x is tried first
  int slot; // SAVE
  Assert what;
  const CharSet *set;
  const uint64_t *bits; // SET: one for each class of characters
} Inst;

// Characters that no set of the program tells apart are one class.
struct Regex {
  Inst *inst;
  int n, ngroup;
  bool words; // has \b or \B
  int nclass, nword;
  uint16_t ascii[128];
  uint32_t *bound;       // class k begins at bound[k]
  const uint64_t *first; // classes that a match can begin with; NULL when one may be empty there
  // The automaton: a state is a set of instructions. NULL when there is none.
  int32_t *next;           // of state s with class k: next[s * nclass + k]
  uint8_t *accept, *ends;  // there is a match; there is one at the end of the text
};
enum { DFA_BEGIN = 0, DFA_INSIDE = 1 }; // states before the first character, and before a later one

static inline int class_of(const Regex *r, uint32_t cp) {
  if (cp < 128) return r->ascii[cp];
  int lo = 0, hi = r->nclass - 1;
  while (lo < hi) {
    int mid = (lo + hi + 1) / 2;
    if (r->bound[mid] <= cp) lo = mid;
    else hi = mid - 1;
  }
  return lo;
}
static inline bool has_bit(const uint64_t *bits, int k) { return bits[k >> 6] >> (k & 63) & 1; }
static inline void set_bit(uint64_t *bits, int k) { bits[k >> 6] |= 1ull << (k & 63); }

void regex_make_dfa(Regex *r, Arena *a);
bool regex_dfa_find(const Regex *r, Sv text, size_t from); // is there a match from there on
