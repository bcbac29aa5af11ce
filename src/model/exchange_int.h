// Shared by the readers and writers of other programs' models.
#pragma once
#include "model/exchange.h"

#include "base/json.h"
#include "model/link_int.h"

// A model as a file tells it; all in `arena`.
typedef struct Foreign {
  Arena *arena;
  Sums sums;
  Names terms;         // "f0", "f1", ... where the file names none
  bool *words;         // of each term: its numbers are of categories
  const char *target;  // NULL: not told
  Names classes;       // n = 0: not told
  Names *levels;       // of each term; NULL: not told
  const char *program; // "XGBoost 1.7.4"
} Foreign;

NODISCARD ErrCode exchange_read_xgboost(Sv text, Foreign *out, Err *err);
NODISCARD ErrCode exchange_read_lightgbm(Sv text, Foreign *out, Err *err);
// How many words a column has, and whether one of them goes left.
int64_t foreign_words(const Foreign *f, int64_t j);
bool foreign_left(const Foreign *f, const TreeNode *n, int64_t word);
// ERR_ARG: what the format does not have.
NODISCARD ErrCode exchange_print_xgboost(const Foreign *f, Str *out, Err *err);
NODISCARD ErrCode exchange_print_lightgbm(const Foreign *f, Str *out, Err *err);
NODISCARD ErrCode exchange_print_c(const Foreign *f, Str *out, Err *err);

// ---- what their files do not tell and ours do, as attributes (exchange_told.c) -----------------------------------
// Target, classes and the words of columns out of the object that begins at `at` (NULL: none); false after json_fail.
bool exchange_read_told(Json *j, const char *at, Foreign *out);
void exchange_print_told(const Foreign *f, Str *out); // the object
bool exchange_read_text(Json *j, const char *at, const char *name, Arena *a, const char **out);
bool exchange_read_texts(Json *j, const char *at, const char *name, Arena *a, Names *out); // NULL: none
void exchange_print_text(Sv text, Str *out); // in quotes
void exchange_print_texts(const Names *names, Str *out);

// ---- a tree as files have it (exchange_tree.c) --------------------------------------------------------------------
// Nodes in any places with both children told apart; what is reached from node 0 becomes a Tree of ours.
typedef struct ForeignNode {
  int64_t left, right; // -1 in a leaf
  int64_t feature;
  bool missing_left, words, beyond_left;
  double cut;
  const uint64_t *set; // of `words`: those that go left
  double value;        // of a leaf
  double cover, gain;
} ForeignNode;
// Values of inner nodes become the means of their leaves by cover. ERR_PARSE (message without a place): a child or a
// feature that there is not, a node that two lead to, numbers that are not finite.
NODISCARD ErrCode exchange_add_tree(Trees *t, const ForeignNode *node, int64_t n, int64_t output, Err *err);
