// Shared by the rules of suggestions.
#pragma once
#include "prep/prep_int.h"
#include "prep/suggest.h"

typedef struct Suggest {
  Job *job;
  const Frame *file;  // as it is given
  const char *target; // NULL = none
  Frame *now;         // the features as the suggestions so far leave them
  Suggestions *out;
  Arena *arena;  // of *out
  Arena scratch; // lives as long as one rule
} Suggest;

typedef struct Picks { // columns that a rule found
  const char **name;
  int64_t n;
} Picks;
Picks picks_new(Suggest *s);

// A step with its defaults for these columns; options are set by suggest_text and the like.
StepSpec suggest_spec(Suggest *s, const char *step, const Picks *columns);
void suggest_text(StepSpec *spec, const char *option, const char *v);
void suggest_real(StepSpec *spec, const char *option, double v);
void suggest_int(StepSpec *spec, const char *option, int64_t v);
void suggest_names(StepSpec *spec, const char *option, Names v);
// Adds it, and goes on with what it leaves; a step that cannot be fitted or changes nothing is not added.
NODISCARD ErrCode suggest_add(Suggest *s, const char *rule, const StepSpec *spec, const Picks *columns, Err *err,
                              const char *reason, ...) PRINTF(6, 7);
void suggest_remark(Suggest *s, const char *rule, const char *column, int64_t rows, const char *reason);
// Fits the step alone; *card is its card, NULL when it does not fit.
NODISCARD ErrCode suggest_try(Suggest *s, const StepSpec *spec, Frame **card, Err *err);
const char *suggest_count(Suggest *s, int64_t n);     // 1,309
const char *suggest_number(Suggest *s, double v);     // 29.88
const char *suggest_list(Suggest *s, const Picks *p); // "a, b and 3 more"

typedef ErrCode (*SuggestFn)(Suggest *s, const char *rule, Err *err);
ErrCode suggest_units(Suggest *s, const char *rule, Err *err); // suggest_repair.c
ErrCode suggest_types(Suggest *s, const char *rule, Err *err);
ErrCode suggest_blanks(Suggest *s, const char *rule, Err *err);
ErrCode suggest_unknown(Suggest *s, const char *rule, Err *err);
ErrCode suggest_variants(Suggest *s, const char *rule, Err *err);
ErrCode suggest_leaks(Suggest *s, const char *rule, Err *err); // suggest_columns.c
ErrCode suggest_constant(Suggest *s, const char *rule, Err *err);
ErrCode suggest_ids(Suggest *s, const char *rule, Err *err);
ErrCode suggest_empty(Suggest *s, const char *rule, Err *err);
ErrCode suggest_indicator(Suggest *s, const char *rule, Err *err);
ErrCode suggest_impute(Suggest *s, const char *rule, Err *err);
ErrCode suggest_dates(Suggest *s, const char *rule, Err *err); // suggest_shape.c
ErrCode suggest_skew(Suggest *s, const char *rule, Err *err);
ErrCode suggest_levels(Suggest *s, const char *rule, Err *err);
ErrCode suggest_scales(Suggest *s, const char *rule, Err *err);
ErrCode suggest_balance(Suggest *s, const char *rule, Err *err);
