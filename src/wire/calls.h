// The fields of the messages about calls and expressions that a user is about to write. Part of wire.h.
#pragma once
#include "wire/fields.h"

typedef struct MsgViewCatalogue {
  bool data; // the bundled tables too
} MsgViewCatalogue;

typedef struct WireEntry {
  const char *name, *lua, *kind; // "hist", "d:hist{\"age\", by=\"sex\"}", "chart"
  const char *of;                // the kind of object that it is a verb of: "Frame"; "" = none
  const char *doc, *topic;       // a line; what HELP and CALL take: "d:hist"
  int64_t needs, options;        // options that must be given, and all of them; options -1: no call
} WireEntry;

typedef struct MsgCatalogue {
  WireEntry *item;
  int64_t n;
} MsgCatalogue;

typedef struct MsgCall {
  const char *topic; // "ml.logistic"; "" = the innermost call around a place in a text
  const char *text;
  int64_t at; // bytes of text before the place
} MsgCall;

typedef struct WireOption {
  const char *name;
  ParamType type;
  double lo, hi;       // of numbers, both included; infinite where there is no end
  const char *dflt;    // as a user types it, "" = not given; NULL = must be given
  const char *choices; // "a|b|c" of a choice; the kinds that fit of a value; else ""
  const char *doc;     // one line
} WireOption;

typedef struct MsgForm {
  const char *owner, *of, *kind;         // "d:hist", "Frame", "chart"
  const char *signature, *doc, *example; // example "" = none
  int64_t position;                      // the option that stands at the place; -1 = none
  int64_t npos;                          // so many options may be given by place
  bool rest, open;                       // the last of these takes all further values; other names are allowed
  WireOption *option;
  int64_t n;
} MsgForm;

typedef struct MsgViewPreview {
  const char *object, *text; // a table; of a filter a condition, else "name = expression" or an expression
  int64_t rows;              // at most so many rows of values
  bool filter;
} MsgViewPreview;

typedef struct MsgPreview {
  const char *object, *name, *kind; // name: of the new column, "" = none; kind: of its values, "real"
  int64_t version, nrow, looked;    // rows of the table, and how many of them, from the first, were looked at
  int64_t holds;                    // of a filter: how many of these it keeps; else -1
  const char *message;              // why there is nothing; "" = all is well
  int64_t begin, end;               // bytes of the text that are wrong; end 0 = not known
  Page page; // the columns in use, then the new one; first rows, of a filter the first that it keeps
} MsgPreview;

// ---- steps that a table asks for ------------------------------------------------------------------------------------
typedef struct MsgViewSteps {
  const char *object, *target; // a table; its target, "" = none
} MsgViewSteps;

typedef struct WireStep {
  const char *lua;             // "prep.impute{\"age\"}", "" = a remark, for which there is no step
  const char *rule, *reason;   // "impute"; a sentence with its numbers
  Names columns;               // that it is about
  int64_t rows;                // rows that it changes
  const char *shape;           // the column that the bars are of, "" = none
  double *before, *after;      // heights of equal bins or of levels, the highest of each side 1
  int64_t nbefore, nafter;     // 0: there is no such column on this side
  const char *was, *is;        // "category, 12 levels"; "real, 50 to 84, 44 missing"
} WireStep;

typedef struct MsgSteps {
  const char *object;
  int64_t version, nrow;
  WireStep *item; // in the order in which they make sense
  int64_t n;
} MsgSteps;
