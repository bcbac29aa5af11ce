// Shared by the files that look for what is odd: a list of findings, each a sentence of a kind that ranks it.
#pragma once
#include "stats/stats.h"

// What an alert says of the data, worst first: rows are lost or read wrongly; what is learnt will not hold; statistics
// are off; methods work badly; good to know. All but the last are warnings.
typedef enum { TIER_LOST, TIER_INVALID, TIER_OFF, TIER_BENT, TIER_REMARK } AlertTier;

// In the order of their importance (ALERT_RULES in alerts.c says why, and from what on each is told).
typedef enum {
  ALERT_UNREAD,
  ALERT_ALL_MISSING,
  ALERT_DISSENT,
  ALERT_LEAK,
  ALERT_UNBALANCED,
  ALERT_MISSING_TARGET,
  ALERT_MISSING_PATTERN,
  ALERT_CODE,
  ALERT_NAN,
  ALERT_CUT_OFF,
  ALERT_NUMBERS,
  ALERT_SPELLINGS,
  ALERT_MIXED,
  ALERT_MISSING,
  ALERT_SKEWED,
  ALERT_CORRELATED,
  ALERT_ZEROS,
  ALERT_CONSTANT,
  ALERT_LEAK_ROWS, // a leak by the order of the rows or by copies
  ALERT_CARDINALITY,
  ALERT_UNEVEN, // classes, a little
  ALERT_BLANK,
  ALERT_FEW_MISSING,
  ALERT_DUPLICATES,
  ALERT_UNIQUE,
  ALERT_ID,
  ALERT_STRONGEST,
  ALERT_CLEAN,
  ALERT_KINDS,
} AlertKind;

typedef struct AlertRule {
  const char *name; // in answers
  AlertTier tier;
  double limit; // from what on it is told; NAN: no number
} AlertRule;
extern const AlertRule ALERT_RULES[ALERT_KINDS];

typedef struct Alert {
  AlertKind kind;
  double size; // orders those of a kind: the rows, or what its limit is about
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

void alerts_add(Alerts *a, AlertKind kind, int64_t rows, const char *column, const char *text);
void alerts_where(Alerts *a, const char *where);                // of the one added last
const char *alert_name(Alerts *a, const char *column);          // as conditions write it
const char *alert_count(Alerts *a, int64_t n);                  // 1,309
const char *alert_share(Alerts *a, int64_t part, int64_t all);  // 29%, <1%
const char *alert_cell(Alerts *a, const Column *c, int64_t row); // cut at 30 columns

void alerts_sort(Alerts *a); // by tier, kind and size, else as they came
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
