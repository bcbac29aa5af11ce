// Shared by the files that look for what is odd: a list of findings, each a sentence with a weight that ranks it.
#pragma once
#include "stats/stats.h"

typedef enum {
  ALERT_UNREAD,
  ALERT_DISSENT,
  ALERT_ALL_MISSING,
  ALERT_MISSING_PATTERN,
  ALERT_MISSING,
  ALERT_CODE,
  ALERT_CUT_OFF,
  ALERT_MIXED,
  ALERT_CONSTANT,
  ALERT_DUPLICATES,
  ALERT_ID,
  ALERT_LEAK, // from here on of the report alone
  ALERT_UNBALANCED,
  ALERT_MISSING_TARGET,
  ALERT_NAN,
  ALERT_SPELLINGS,
  ALERT_NUMBERS,
  ALERT_SKEWED,
  ALERT_CORRELATED,
  ALERT_ZEROS,
  ALERT_CARDINALITY,
  ALERT_BLANK,
  ALERT_UNIQUE,
  ALERT_STRONGEST,
  ALERT_CLEAN,
  ALERT_KINDS,
} AlertKind;

typedef struct Alert {
  AlertKind kind;
  double weight;
  int64_t rows;
  const char *column, *text;
  const char *where; // the rows that it is about, for d:where; "" = none in particular
} Alert;

typedef struct Alerts {
  Job *job;
  const Frame *f;
  const Frame *whole; // what f is a sample of: its missing values are counted; NULL: f
  Arena arena;
  Alert *item;
  int64_t n, cap;
} Alerts;

extern const char *const ALERT_NAMES[ALERT_KINDS];
void alerts_add(Alerts *a, AlertKind kind, double weight, int64_t rows, const char *column, const char *text);
void alerts_where(Alerts *a, const char *where);                // of the one added last
const char *alert_name(Alerts *a, const char *column);          // as conditions write it
const char *alert_count(Alerts *a, int64_t n);                  // 1,309
const char *alert_share(Alerts *a, int64_t part, int64_t all);  // 29%, <1%
const char *alert_cell(Alerts *a, const Column *c, int64_t row); // cut at 30 columns

void alerts_sort(Alerts *a); // worst first, stable
void alerts_file(Alerts *a, const Frame *read); // what `read`, a frame with these columns, tells of its file

NODISCARD ErrCode alerts_missing(Alerts *a, int j, Err *err); // alerts_missing.c
NODISCARD ErrCode alerts_values(Alerts *a, int j, Err *err);  // alerts_values.c: numbers and dates
// x: the values of column j ascending, none of them NaN.
void alerts_sorted(Alerts *a, int j, const double *x, int64_t n);
bool values_are_rows(const Column *c, const double *x, int64_t n); // numbers the rows
typedef struct ValueCode { // a value at the low or high end that stands for missing
  double value, next, far; // next: the nearest other value; far: the other end
  int64_t times;
} ValueCode;
bool values_have_code(const double *x, int64_t n, bool high, ValueCode *out);
bool texts_are_ids(const Column *c); // a different word without a blank in every row
NODISCARD ErrCode alerts_texts(Alerts *a, int j, Err *err);   // alerts_texts.c: categories and texts
