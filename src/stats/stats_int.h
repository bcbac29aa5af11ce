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
  ALERT_KINDS,
} AlertKind;

typedef struct Alert {
  AlertKind kind;
  double weight;
  int64_t rows;
  const char *column, *text;
} Alert;

typedef struct Alerts {
  Job *job;
  const Frame *f;
  Arena arena;
  Alert *item;
  int64_t n, cap;
} Alerts;

void alerts_add(Alerts *a, AlertKind kind, double weight, int64_t rows, const char *column, const char *text);
const char *alert_count(Alerts *a, int64_t n);                  // 1,309
const char *alert_share(Alerts *a, int64_t part, int64_t all);  // 29%, <1%
const char *alert_cell(Alerts *a, const Column *c, int64_t row); // cut at 30 columns

NODISCARD ErrCode alerts_missing(Alerts *a, int j, Err *err); // alerts_missing.c
NODISCARD ErrCode alerts_values(Alerts *a, int j, Err *err);  // alerts_values.c: numbers and dates
NODISCARD ErrCode alerts_texts(Alerts *a, int j, Err *err);   // alerts_texts.c: categories and texts
