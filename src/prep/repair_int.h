// Steps that look at each distinct value of a column once, as text, and say what it becomes.
#pragma once
#include "prep/each_int.h"

// As each_fit and each_apply, for columns of any type: EachIn has no x, and n counts the values. fit: ERR_ARG a column
// without values. apply also takes numbers where training had something else, since a file whose texts are all mended
// reads as numbers.
NODISCARD ErrCode repair_fit(Job *job, const Each *e, const void *opts, const StepIn *in, StepState *state, Err *err);
NODISCARD ErrCode repair_apply(Job *job, const Each *e, const void *opts, const StepState *state, const Frame *x,
                               Frame **out, Err *err);
#define REPAIR_SLOTS(name)                                                                                             \
  static ErrCode name##_fit(Job *job, const void *opts, const StepIn *in, StepState *state, Err *err) {                \
    return repair_fit(job, &EACH, opts, in, state, err);                                                               \
  }                                                                                                                    \
  static ErrCode name##_apply(Job *job, const void *opts, const StepState *state, const Frame *x, Frame **out,         \
                              Err *err) {                                                                              \
    return repair_apply(job, &EACH, opts, state, x, out, err);                                                         \
  }                                                                                                                    \
  static void name##_store(Store *s, StepState *state) { each_store(s, &EACH, state); }

// A category or text: each row has to[w] of its word w, s NULL = missing. The column itself where nothing changes.
NODISCARD ErrCode repair_words(Job *job, const char *step, const Codes *k, ColType type, const Sv *to, Column **out,
                               Err *err);
static inline ColType repair_type(const Column *c) { return c->type == COL_TEXT ? COL_TEXT : COL_CAT; }
// Any other type: what a word is read as, by the type's place in Column.
typedef struct Read {
  bool fits; // else the rows are missing
  int64_t i;
  double f;
} Read;
NODISCARD ErrCode repair_values(Job *job, const Codes *k, ColType type, const Read *of, Column **out, Err *err);

// What a rule did to training rows: a line of a card. `n` rows, and an example of before and after.
typedef struct Hit {
  const char *rule, *from, *to;
  int64_t n;
} Hit;
typedef struct Hits {
  Hit *hit;
  int64_t n;
} Hits;
// A word and what it became, cut to a few words; NUL bytes end them. Owned by `a`.
const char *hit_text(Sv word, Arena *a);
void hits_store(Store *s, Hits *h);
// The card of all columns: column, rule, n, from, to. hits[k] is that of learned column k.
NODISCARD ErrCode hits_card(Job *job, const Learned *in, const Hits *const *hits, const char *caption, Frame **out,
                            Err *err);
