// Options declared once. A Param row ties a name users type to a field of an options struct; the binding, checks,
// completion, help, the reference pages and save/load are all derived from the table.
#pragma once
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

typedef enum {
  PARAM_BOOL,   // bool
  PARAM_INT,    // int64_t
  PARAM_REAL,   // double
  PARAM_TEXT,   // const char *, NULL when not given
  PARAM_NAMES,  // Names: one string or a list of strings
  PARAM_CHOICE, // int: index into `choices`, separated by '|'
  PARAM_VALUE,  // int: place of any value (a frame, a table, a function) on the caller's stack; 0 when not given
} ParamType;

typedef struct Names {
  const char **name;
  int64_t n;
} Names;

typedef struct Param {
  const char *name;
  ParamType type;
  size_t offset;       // of the field in the options struct
  double lo, hi;       // range of INT and REAL, both ends included
  const char *dflt;    // default as a user would type it; NULL = must be given ("" = none)
  const char *choices; // PARAM_CHOICE: "a|b|c"; PARAM_VALUE: the kinds that fit, for messages ("frame", "table");
                       // PARAM_NAMES: "numbers" where the texts are numbers, which users may write as such; "pairs"
                       // where they are a key, its text, a key ... and users write {["key"] = "text"}; "weights"
                       // where they are "balanced" alone, or names and their weights in turn
  const char *doc;     // one line, no full stop
} Param;

#define PARAM_END {.name = NULL}
// The end of a table whose rows have other names, which users may write too: "learning_rate=eta num_round=rounds".
#define PARAM_END_SYNONYMS(text) {.name = NULL, .doc = (text)}
#define PARAM_INF (__builtin_inf())

// Fills `opts` with the defaults of the table.
void param_defaults(const Param *table, void *opts);
// Row of that name or synonym, or NULL.
const Param *param_find(const Param *table, Sv name);
// "learning_rate, shrinkage": other names of a row of the table; NULL without any. Arena-owned.
const char *param_synonyms(const Param *table, const Param *p, Arena *a);
bool param_is_numbers(const Param *p); // a PARAM_NAMES of numbers
bool param_is_weights(const Param *p); // a PARAM_NAMES of weights
bool param_is_pairs(const Param *p);   // of keys with their texts
bool param_is_orders(const Param *p);  // "orders": one list, or "key: a < b" for each key, written {key = {"a", "b"}}
// ERR_NAME: "logistic has no option 'l3': did you mean 'l2'?"
ErrCode param_unknown(const Param *table, const char *owner, Sv name, Err *err);

// Setters check the range and name owner and option in the error: "head: n must be a whole number of at
// least 0, -1 was given".
NODISCARD ErrCode param_set_bool(const Param *p, const char *owner, void *opts, bool v, Err *err);
NODISCARD ErrCode param_set_int(const Param *p, const char *owner, void *opts, int64_t v, Err *err);
NODISCARD ErrCode param_set_real(const Param *p, const char *owner, void *opts, double v, Err *err);
// TEXT borrows v; CHOICE takes one of its words.
NODISCARD ErrCode param_set_text(const Param *p, const char *owner, void *opts, const char *v, Err *err);
void param_set_names(const Param *p, void *opts, Names v);
void param_set_value(const Param *p, void *opts, int place);
// "a number from 0 to 1", for messages and help. Arena-owned.
const char *param_describe(const Param *p, Arena *a);
// The present value as a user would type it (Lua syntax). Arena-owned.
const char *param_print(const Param *p, const void *opts, Arena *a);
// Copies every option of `from` to `to`, texts and names into the arena; a PARAM_VALUE becomes 0.
void param_copy(const Param *table, const void *from, void *to, Arena *a);
