// JSON as a stream of tokens.
#pragma once
#include "base/err.h"
#include "base/str.h"

enum { JSON_DEPTH = 256 };
typedef enum { JSON_INT, JSON_REAL, JSON_HUGE } JsonNumber; // in *i, in *f, an integer beyond 64 bits in *raw
typedef struct Json {
  const char *p, *end, *begin; // begin: where lines are counted from
  int64_t line;                // of `begin`
  Str text;                    // the last string, when it had escapes
  int depth;
  int64_t odd;    // halves of surrogate pairs that were replaced
  const char *at; // where the fault is
  char fault[200];
} Json;
// All return false after json_fail, which says what was expected there.
bool json_fail(Json *j, const char *at, const char *fmt, ...) PRINTF(3, 4);
bool json_expected(Json *j, const char *what); // "expected WHAT, found ..." at the present place
int json_peek(Json *j);                        // the next byte that is no space; -1 at the end
bool json_string(Json *j, Sv *out);            // borrowed until the next one
bool json_number(Json *j, JsonNumber *kind, int64_t *i, double *f, Sv *raw);
bool json_word(Json *j, const char *word);
bool json_skip(Json *j, Str *copy); // any value; `copy` (may be NULL) gets it without spaces
void json_place(const Json *j, const char *at, int64_t *line, int64_t *column);
// Of the object that begins here: value[k] = where the value of the member name[k] begins, NULL without one (the last
// of two counts). Stands behind the object afterwards. `what` names the object for the message when there is none.
bool json_members(Json *j, const char *what, const char *const *name, int n, const char **value);
